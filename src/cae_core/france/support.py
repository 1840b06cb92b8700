"""The support contract (CAPE) without pay, and the solidarity fund of spring 2020."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import Month, to_day
from cae_core.errors import InputError
from cae_core.france.partial_activity import Standing
from cae_core.law import Citation, Snapshot
from cae_core.money import MILLION, divide_half_up
from cae_core.reasons import Reason, unmet

__all__ = ["SolidarityAid", "flat_accident_base_cents", "solidarity_aid"]


def flat_accident_base_cents(law: Snapshot) -> int:
    """Return the monthly base of the accident contribution of a CAPE without pay, in whole euros.

    It is the only contribution owed then (CTP 239); a month begun counts whole. The hourly base was found for
    2019 alone, so other years are refused.

    Raises:
        LawNotKnownError: another year than 2019.

    Law:
        CSS, art. D412-99; Urssaf, cas particuliers, porteurs de projet.
    """
    hours = law.value("full_time_hours_monthly")
    return int(divide_half_up(law.value("support_flat_base_hourly") * hours, 10_000)) * 100


@attrs.frozen(kw_only=True)
class SolidarityAid:
    """The aid of the solidarity fund for a month.

    Attributes:
        cents: the aid; zero where a condition is not met.
        reasons: every condition.
    """

    cents: int
    reasons: tuple[Reason, ...]

    @property
    def granted(self) -> bool:
        """Whether every condition is met."""
        return not unmet(self.reasons)


def solidarity_aid(
    law: Snapshot,
    *,
    turnover_cents: int,
    reference_turnover_cents: int,
    standing: Standing | None,
    people: int = 0,
    business_created_on: dt.date | None = None,
) -> SolidarityAid:
    """Return the aid of the solidarity fund for March, April or May 2020.

    It went to enterprises. A salaried entrepreneur runs none; the holder of a CAPE had it for a business of
    her own created before, never for the activity inside the cooperative.

    Args:
        law: the law of the month.
        turnover_cents: the turnover of the month.
        reference_turnover_cents: that of the same month a year before, or the monthly mean.
        standing: what binds the person to the cooperative; ``None`` for an enterprise of her own.
        people: how many people the enterprise employs.
        business_created_on: the day a holder of a CAPE created a business of her own.

    Raises:
        InputError: negative turnovers.
        LawNotKnownError: before March or after May 2020.

    Law:
        Décret n° 2020-371 du 30 mars 2020; CAA Nantes, 28 octobre 2022, 22NT00629.
    """
    if turnover_cents < 0 or reference_turnover_cents < 0:
        raise InputError("turnover", f"expected zero or more, got {turnover_cents}")
    loss = max(reference_turnover_cents - turnover_cents, 0)
    share, most = law.value("solidarity_fund_loss_share"), law.value("solidarity_fund_people")
    found = divide_half_up(loss * MILLION, reference_turnover_cents) if reference_turnover_cents else 0
    reasons = (
        _enterprise(law, standing, business_created_on),
        Reason(
            code="loss_of_turnover",
            met=reference_turnover_cents > 0 and loss * MILLION >= reference_turnover_cents * share,
            french=f"perte de {found // 10_000} % du chiffre d'affaires, {share // 10_000} % demandés",
            english=f"{found // 10_000}% of the turnover lost, {share // 10_000}% wanted",
            citations=law.citations_of("solidarity_fund_loss_share"),
            found=found,
            wanted=share,
            unit="ppm",
            needs_review=law["solidarity_fund_loss_share"].needs_review,
        ),
        Reason(
            code="people",
            met=people <= most,
            french=f"{people} salariés, {most} au plus",
            english=f"{people} employees, {most} at most",
            citations=law.citations_of("solidarity_fund_people"),
        ),
    )
    aid = 0 if unmet(reasons) else min(loss, law.value("solidarity_fund_cap"))
    return SolidarityAid(cents=aid, reasons=reasons)


def _enterprise(law: Snapshot, standing: Standing | None, created_on: dt.date | None) -> Reason:
    if standing is None:
        met, french, english = True, "entreprise à son nom", "an enterprise of her own"
    elif standing is Standing.CAPE and created_on is not None:
        month = Month.parse(law.day)
        limit = Month(2020, 2) if month == Month(2020, 3) else Month(2020, 3)
        met = to_day(created_on) < limit.first_day
        french = f"entreprise propre créée le {created_on}, attendue avant le {limit.first_day}"
        english = f"own business created on {created_on}, wanted before {limit.first_day}"
    else:
        met = False
        french = "aucune entreprise à son nom : l'activité est celle de la coopérative"
        english = "no enterprise of her own: the activity is the cooperative's"
    return Reason(
        code="own_enterprise",
        met=met,
        french=french,
        english=english,
        citations=(Citation("Décret n° 2020-371 du 30 mars 2020, art. 1 ; CAA Nantes 22NT00629"),),
    )
