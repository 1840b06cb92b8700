"""The daily allowance (allocation journalière): its amount, its fall, and what is withheld from it."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.law_on import LawOfDay
from cae_core.money import MILLION, Lane, apply_rate, divide_half_up, greatest, least

__all__ = ["AllowanceLevies", "DailyAllowance", "allowance_levies", "daily_allowance", "reduced_allowance"]


@attrs.frozen(kw_only=True)
class DailyAllowance:
    """The gross daily allowance, and the figures it was chosen from.

    Attributes:
        wage_cents: the reference daily wage.
        with_fixed_part_cents: 40.4 % of it and the fixed part.
        without_fixed_part_cents: 57 % of it.
        minimum_cents: the least allowance.
        most_cents: 75 % of it.
        part_time_ppm: the part of full time worked, which the fixed part and the minimum follow.
        gross_cents: the allowance.
    """

    wage_cents: Lane
    with_fixed_part_cents: Lane
    without_fixed_part_cents: Lane
    minimum_cents: int
    most_cents: Lane
    part_time_ppm: int
    gross_cents: Lane


def daily_allowance(law: LawOfDay, wage_cents: Lane, *, part_time_ppm: int = MILLION) -> DailyAllowance:
    """Return the gross daily allowance of a reference daily wage.

    Args:
        law: the law of the days paid.
        wage_cents: the reference daily wage.
        part_time_ppm: the part of full time worked, in millionths. No text says whether a salaried
            entrepreneur, who has no hours, has one: full time is taken.

    Law:
        Règlement d'assurance chômage, art. 14 à 16.
    """
    negative = wage_cents < 0
    if (negative.any() if hasattr(negative, "any") else negative) or not 0 <= part_time_ppm <= MILLION:
        raise InputError("daily_allowance", f"expected a wage of zero or more, got {wage_cents}")
    fixed = apply_rate(law.value("unemployment_fixed_part"), part_time_ppm)
    minimum = apply_rate(law.value("unemployment_minimum_allowance"), part_time_ppm)
    with_fixed = apply_rate(wage_cents, law.value("unemployment_low_share")) + fixed
    without = apply_rate(wage_cents, law.value("unemployment_high_share"))
    most = apply_rate(wage_cents, law.value("unemployment_most_share"))
    return DailyAllowance(
        wage_cents=wage_cents,
        with_fixed_part_cents=with_fixed,
        without_fixed_part_cents=without,
        minimum_cents=minimum,
        most_cents=most,
        part_time_ppm=part_time_ppm,
        gross_cents=least(greatest(greatest(with_fixed, without), minimum), most),
    )


def reduced_allowance(law: LawOfDay, gross_cents: int, *, age: int, first_day: int) -> int:
    """Return the allowance of a day paid, once it may have fallen.

    Args:
        law: the law of the end of the contract.
        gross_cents: the allowance before.
        age: the age at the end of the contract.
        first_day: the rank of the day paid, from 1.

    Law:
        Règlement d'assurance chômage, art. 17 bis: from the seventh month 30 % less, never under a threshold.
    """
    if law.get("unemployment_degressive_day") is None or age >= law.value("unemployment_degressive_age"):
        return gross_cents
    if first_day < law.value("unemployment_degressive_day"):
        return gross_cents
    threshold = law.value("unemployment_degressive_threshold")
    reduced: int = apply_rate(gross_cents, law.value("unemployment_degressive_share"))
    return gross_cents if gross_cents <= threshold else max(reduced, threshold)


@attrs.frozen(kw_only=True)
class AllowanceLevies:
    """What is withheld from a day of allowance.

    Attributes:
        gross_cents: the allowance.
        pension_cents: complementary pension, on the reference daily wage.
        csg_cents, crds_cents: at the full rate; a small tax income lowers them, which is not computed.
        exempt_under_cents: nothing is withheld that would leave this or less: the daily minimum wage.
    """

    gross_cents: int
    pension_cents: int
    csg_cents: int
    crds_cents: int
    exempt_under_cents: int

    @property
    def total_cents(self) -> int:
        """All that is withheld."""
        return self.pension_cents + self.csg_cents + self.crds_cents

    @property
    def net_cents(self) -> int:
        """What is left."""
        return self.gross_cents - self.total_cents


def allowance_levies(law: LawOfDay, gross_cents: int, wage_cents: int) -> AllowanceLevies:
    """Return what is withheld from a day of allowance.

    Args:
        law: the law of the day paid.
        gross_cents: the allowance.
        wage_cents: the reference daily wage.

    Law:
        Règlement d'assurance chômage, art. 19 (complementary pension: 3 % of the wage, never under the least
        allowance); CSS, art. L136-8 et L136-2 (CSG 6.2 %, CRDS 0.5 %, on 98.25 %).
    """
    pension = apply_rate(wage_cents, law.value("unemployment_pension_levy_rate"))
    pension = min(pension, max(gross_cents - law.value("unemployment_minimum_allowance"), 0))
    left = gross_cents - pension
    # 35 hours over seven days, rounded up to the euro.
    floor = -(-law.value("minimum_wage_hourly") * 35 // 700) * 100
    kept = MILLION - law.value("csg_abatement_rate")
    csg_ppm = law.value("replacement_csg_deductible_rate") + law.value("replacement_csg_non_deductible_rate")

    def levy(ppm: int, left: int) -> int:
        cents: int = divide_half_up((gross_cents - pension) * kept * ppm, MILLION * MILLION)
        return cents if left - cents > floor else 0

    csg = levy(csg_ppm, left)
    crds = levy(law.value("crds_rate"), left - csg)
    return AllowanceLevies(
        gross_cents=gross_cents,
        pension_cents=pension,
        csg_cents=csg,
        crds_cents=crds,
        exempt_under_cents=floor,
    )
