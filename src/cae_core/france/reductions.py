"""The general reduction of employer contributions (réduction générale), in its two formulas.

Both are one coefficient of the year's pay, to four decimals, times that pay; at the end of 2019 a second one
adds to it. ``reference_wage`` is in
twelve-hundredths of a cent (see :mod:`cae_core.france.quantities`).
"""

from __future__ import annotations

from cae_core.france.quantities import WAGE_UNIT
from cae_core.law import Citation
from cae_core.money import Lane, choose, divide_half_up, greatest, least, times_power_seven_quarters
from cae_core.payroll.rules import Reduction, Status, Values, YearSums

__all__ = ["REDUCTIONS"]

_AGREED_POWER = 175  # 1.75: the only power times_power_seven_quarters can raise to
#: Part of the accident rate that the maximum already contains.
_ACCIDENT_SHARE = "workplace_accident_general_reduction_share"
_ASSUMPTIONS = (
    "The contributions in scope are owed at their ordinary rates: a lower real sum would lower the maximum.",
    "A month that is not wholly paid counts its days, unless the pay due without the absence is given.",
)


def _of_its_size(name: str, values: Values, status: Status) -> int:
    """The value for the size of the employer, which follows the FNAL rate really due."""
    size = "large" if status.headcount >= values["general_reduction_headcount"] else "small"
    value: int = values[f"{name}_{size}"]
    return value


def _scale_until_2025(values: Values, status: Status) -> int:
    return _of_its_size("general_reduction_maximum", values, status)


def _unemployment_scale(values: Values, status: Status) -> int:
    maximum: int = values["general_reduction_unemployment_maximum"]
    return maximum


def _coefficient_until_2025(maximum: int, year: YearSums, values: Values) -> Lane:
    """``T / 0.6 × (1.6 × minimum wage / pay − 1)``, between 0 and T, in ten-thousandths.

    Law:
        CSS art. L241-13 and D241-7, until 31 December 2025.
    """
    exit_multiple, divisor = values["general_reduction_exit_multiple"], values["general_reduction_divisor"]
    pay = greatest(year["gross_pay"], 1) * WAGE_UNIT
    # Both factors are in hundredths: they cancel out.
    below_exit = greatest(exit_multiple * year["reference_wage"] - 100 * pay, 0)
    return least(divide_half_up(maximum * below_exit, divisor * pay), maximum)


def _scale_from_2026(values: Values, status: Status) -> tuple[int, int]:
    if values["general_reduction_power"] != _AGREED_POWER:
        raise ValueError(
            f"the formula is written for the power 1.75, got {values['general_reduction_power']}/100"
        )
    delta = _of_its_size("general_reduction_delta", values, status)
    return values["general_reduction_minimum_coefficient"], delta


def _coefficient_from_2026(scale: tuple[int, int], year: YearSums, values: Values) -> Lane:
    """``Tmin + Tdelta × (½ × (3 × minimum wage / pay − 1)) ** 1.75`` below three minimum wages, else 0.

    At the exit the curve ends on Tmin and drops to nothing: a cliff of about 110 € a month.

    Law:
        CSS art. L241-13 III and D241-7, from 1 January 2026.
    """
    minimum, delta = scale
    # Twice the ratio keeps it whole: ½ × (limit − pay) / pay. A pay of one cent stands for no pay.
    pay = greatest(year["gross_pay"], 1) * WAGE_UNIT
    below = _hundredths(values["general_reduction_exit_multiple"], year["reference_wage"]) - pay
    # At or under the minimum wage the ratio reaches 1: the maximum, whatever the rounding of the power.
    curve = least(times_power_seven_quarters(delta, greatest(below, 0), 2 * pay), delta)
    return choose(below > 0, curve + minimum, 0)


def _hundredths(multiple: int, wage: Lane) -> Lane:
    """A multiple of a wage, exact: the multiple in force since 2026 is whole."""
    return multiple // 100 * wage if multiple % 100 == 0 else multiple * wage // 100


REDUCTIONS = (
    Reduction(
        code="general_reduction",
        french_name="Réduction générale de cotisations patronales",
        english_name="General reduction of employer contributions",
        heading="reductions",
        base="gross_pay",
        scale=_scale_until_2025,
        coefficient=_coefficient_until_2025,
        maximum=int,
        pension_share="general_reduction_supplementary_pension_share",
        headcount="general_reduction_headcount",
        citations=(Citation("CSS art. L241-13 et D241-7"),),
        assumptions=_ASSUMPTIONS,
        needs=("general_reduction_divisor", "general_reduction_maximum_small", _ACCIDENT_SHARE),
    ),
    Reduction(
        code="general_reduction",
        french_name="Réduction générale dégressive unique",
        english_name="Single degressive general reduction",
        heading="reductions",
        base="gross_pay",
        scale=_scale_from_2026,
        coefficient=_coefficient_from_2026,
        maximum=sum,
        pension_share="general_reduction_supplementary_pension_share",
        headcount="general_reduction_headcount",
        citations=(
            Citation("CSS art. L241-13 et D241-7"),
            Citation("Décrets n° 2025-887, n° 2025-1446 et n° 2026-509"),
        ),
        assumptions=_ASSUMPTIONS,
        needs=("general_reduction_power", "general_reduction_delta_small", _ACCIDENT_SHARE),
    ),
    Reduction(
        code="general_reduction_unemployment",
        french_name="Réduction générale, majoration au titre de l'assurance chômage",
        english_name="General reduction, increase for unemployment insurance",
        heading="reductions",
        base="gross_pay",
        scale=_unemployment_scale,
        coefficient=_coefficient_until_2025,
        maximum=int,
        pension_share="general_reduction_unemployment_pension_share",
        headcount="general_reduction_headcount",
        citations=(
            Citation("CSS art. L241-13 et D241-7"),
            Citation("Loi n° 2018-1203 (LFSS 2019) art. 8, IX ; décret n° 2018-1356, art. 4"),
        ),
        assumptions=(
            *_ASSUMPTIONS,
            "Two coefficients are rounded and applied apart in 2019: that of T on the pay of the whole year, "
            "that of its increase on the pay since October, both with the pay and wage of the whole year.",
        ),
        needs=("general_reduction_divisor", "general_reduction_unemployment_maximum"),
    ),
)
