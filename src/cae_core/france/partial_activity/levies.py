"""CSG and CRDS on the indemnity, clipped so that nobody falls under the gross minimum wage."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.law import Citation, Snapshot
from cae_core.money import MILLION, divide_half_up

__all__ = ["IndemnityLevies", "indemnity_levies", "minimum_wage_monthly_cents"]

_CLIPPING = Citation("CSS art. L136-1-2, II et L136-8 ; ordonnance n° 2020-346 art. 11")


@attrs.frozen(kw_only=True)
class IndemnityLevies:
    """What is withheld from the indemnity of a month.

    Attributes:
        indemnity_cents: the indemnity.
        net_pay_cents: the net pay of the hours worked in the month.
        room_cents: what may be withheld at most: what pay and indemnity exceed the gross minimum wage by.
        full_cents: what would be withheld without that limit.
        csg_deductible_cents, csg_non_deductible_cents, crds_cents: what is withheld, in that order.
        citations: the texts.
    """

    indemnity_cents: int
    net_pay_cents: int
    room_cents: int
    full_cents: int
    csg_deductible_cents: int
    csg_non_deductible_cents: int
    crds_cents: int
    citations: tuple[Citation, ...]

    @property
    def total_cents(self) -> int:
        """All that is withheld."""
        return self.csg_deductible_cents + self.csg_non_deductible_cents + self.crds_cents

    @property
    def clipped(self) -> bool:
        """Whether the limit was felt."""
        return self.total_cents < self.full_cents

    @property
    def net_indemnity_cents(self) -> int:
        """What the person receives for the hours not worked."""
        return self.indemnity_cents - self.total_cents


def minimum_wage_monthly_cents(law: Snapshot) -> int:
    """Return the gross minimum wage of a full-time month: the hour × 1,820 / 12, to the cent.

    Law:
        Code du travail, art. L3232-1 et L3121-27.
    """
    hours = law.value("full_time_hours_yearly")
    return int(divide_half_up(law.value("minimum_wage_hourly") * hours, 1200))


def indemnity_levies(law: Snapshot, indemnity_cents: int, net_pay_cents: int = 0) -> IndemnityLevies:
    """Return CSG and CRDS on an indemnity of partial activity.

    No social contribution is due. Alsace-Moselle has a health contribution that is not computed here, and
    before March 2020 a small tax income lowered the rate: the full rate is taken.

    Args:
        law: the law of the day of payment.
        indemnity_cents: the indemnity of the month.
        net_pay_cents: the net pay of the hours worked in the month.

    Law:
        CSS, art. L136-1-2, II and L136-8; ordonnance n° 2020-346, art. 11; ordonnance n° 96-50, art. 14.
    """
    if indemnity_cents < 0 or net_pay_cents < 0:
        raise InputError(
            "indemnity_levies",
            f"expected amounts of zero or more, got {indemnity_cents} and {net_pay_cents}",
        )
    names = ("replacement_csg_deductible_rate", "replacement_csg_non_deductible_rate", "crds_rate")
    kept = MILLION - law.value("csg_abatement_rate")
    room = left = max(net_pay_cents + indemnity_cents - minimum_wage_monthly_cents(law), 0)
    taken, full = [], 0
    for name in names:
        levy = divide_half_up(indemnity_cents * kept * law.value(name), MILLION * MILLION)
        full += levy
        taken.append(min(levy, left))
        left -= taken[-1]
    deductible, other, crds = taken
    return IndemnityLevies(
        indemnity_cents=indemnity_cents,
        net_pay_cents=net_pay_cents,
        room_cents=room,
        full_cents=full,
        csg_deductible_cents=deductible,
        csg_non_deductible_cents=other,
        crds_cents=crds,
        citations=(_CLIPPING, *law.citations_of("csg_abatement_rate", *names, "minimum_wage_hourly")),
    )
