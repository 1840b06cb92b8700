"""How long the benefit is paid, and after how many days it starts."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.errors import InputError
from cae_core.france.law_on import LawOfDay
from cae_core.france.unemployment.endings import BenefitGround, Ending
from cae_core.money import MILLION

__all__ = ["Waiting", "benefit_days", "longest_days", "waiting"]


def longest_days(law: LawOfDay, *, age: int, kind: BenefitGround | None = None) -> int:
    """Return the most days a benefit can last.

    Args:
        law: the law of the end of the contract.
        age: the age on that day.
        kind: how the contract ended: an agreed ending has a shorter maximum from September 2026.

    Law:
        Règlement d'assurance chômage, art. 9; avenant du 25 février 2026.
    """
    if age >= law.value("unemployment_senior_age"):
        most = law.value("unemployment_senior_longest_days")
    elif age >= law.value("unemployment_middle_age"):
        most = law.value("unemployment_middle_longest_days")
    else:
        most = law.value("unemployment_longest_days")
    if kind is BenefitGround.AGREED and law.get("unemployment_agreed_longest_days") is not None:
        senior = age >= law.value("unemployment_agreed_senior_age")
        most = min(most, law.value(f"unemployment_agreed_{'senior_' if senior else ''}longest_days"))
    return most


def benefit_days(
    law: LawOfDay,
    reference_days: int,
    *,
    age: int,
    kind: BenefitGround | None = None,
    overseas: bool = False,
    seasonal: bool = False,
) -> int:
    """Return how many days the benefit is paid.

    Args:
        law: the law of the end of the contract.
        reference_days: the days of the reference period (see :class:`ReferenceWage`).
        age: the age at the end of the contract.
        kind: how it ended.
        overseas: in an overseas territory where the days are not reduced by a quarter.
        seasonal: the work was seasonal.

    Law:
        Règlement d'assurance chômage, art. 9; décret n° 2023-33 (three quarters, rounded up).
    """
    if reference_days < 0:
        raise InputError("reference_days", f"expected zero or more, got {reference_days}")
    share = MILLION if overseas else law.value("unemployment_duration_share")
    days = -(-reference_days * share // MILLION)
    name = "unemployment_shortest_days"
    if seasonal and law.get("unemployment_seasonal_shortest_days") is not None:
        name = "unemployment_seasonal_shortest_days"
    return min(max(days, law.value(name)), longest_days(law, age=age, kind=kind))


@attrs.frozen(kw_only=True)
class Waiting:
    """The days before the first one paid.

    Attributes:
        specific_days: for what was paid beyond the legal severance.
        leave_days: for paid leave not taken.
        waiting_days: served once in twelve months.
        starts_on: the first day paid.
    """

    specific_days: int
    leave_days: int
    waiting_days: int
    starts_on: dt.date

    @property
    def days(self) -> int:
        """All of them."""
        return self.specific_days + self.leave_days + self.waiting_days


def waiting(law: LawOfDay, ending: Ending, ended_on: dt.date, wage_cents: int) -> Waiting:
    """Return the days before the first one paid.

    Args:
        law: the law of the end of the contract.
        ending: what was paid at the end.
        ended_on: the last day of the contract.
        wage_cents: the reference daily wage.

    Law:
        Règlement d'assurance chômage, art. 21 (deferrals) et 22 (waiting).
    """
    most = law.value(f"unemployment_{'economic_' if ending.economic else ''}deferral_days")
    specific = min(ending.severance_above_law_cents // law.value("unemployment_deferral_divisor"), most)
    leave = ending.leave_indemnity_cents // wage_cents if wage_cents else 0
    leave = min(leave, law.value("unemployment_leave_deferral_days"))
    served = 0 if ending.waited_within_year else law.value("unemployment_waiting_days")
    return Waiting(
        specific_days=specific,
        leave_days=leave,
        waiting_days=served,
        starts_on=ended_on + dt.timedelta(days=1 + specific + leave + served),
    )
