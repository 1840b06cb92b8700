"""The reductions of LODEOM, one for each scale, and the thresholds of the reduced rates of its holders."""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.france.quantities import QUANTITIES, WAGE_UNIT
from cae_core.law import Citation
from cae_core.money import Lane, choose, divide_half_up, greatest, least
from cae_core.payroll import Choice, PayFacts, Quantity, Reduction, Status
from cae_core.payroll.rules import Values, YearSums
from cae_fr_overseas.eligibility import reasons_of, scale_of
from cae_fr_overseas.places import Scale

__all__ = ["REDUCTIONS", "THRESHOLDS", "of_the_others"]

_ASSUMPTIONS = (
    "The employer is up to date with its declarations and payments, and was not sentenced for undeclared "
    "work or tax fraud.",
    "The minimum wage is that of the general reduction, kept at that of 1 January in 2026.",
    "The contributions in scope are owed at their ordinary rates: a lower real sum would lower the maximum.",
)
_BY_MONTH = "The hours paid in the month are the reference hours of the policy."


def _department_maximum(values: Values, status: Status) -> int:
    """T by the rate of FNAL that is owed."""
    size = "large" if status.headcount >= values["general_reduction_headcount"] else "small"
    maximum: int = values[f"lodeom_maximum_{size}"]
    return maximum


def _island_maximum(values: Values, status: Status) -> int:
    maximum: int = values["lodeom_islands_maximum"]
    return maximum


@attrs.frozen
class _Coefficient:
    """The coefficient of a scale, whose multiples are the parameters that start with a name.

    T up to the first multiple. Then ``first × T / (exit − first) × (exit × minimum wage / pay − 1)``; with a
    plateau, the amount of the first multiple until there, ``first × T × minimum wage / pay``, and the slope
    divided by ``exit − plateau``. To four decimals, at most T.
    """

    name: str
    plateau: bool

    def __call__(self, maximum: Any, year: YearSums, values: Values) -> Lane:
        first, exit_ = values[f"{self.name}_full"], values[f"{self.name}_exit"]
        pay, wage = greatest(year["gross_pay"], 1) * WAGE_UNIT, year["reference_wage"]
        # Multiples are in hundredths: they cancel out but for one.
        start = values[f"{self.name}_plateau"] if self.plateau else first
        below_exit = greatest(exit_ * wage - 100 * pay, 0)
        slope = divide_half_up(first * maximum * below_exit, (exit_ - start) * 100 * pay)
        if self.plateau:
            # The two curves cross at the end of the plateau: the lower one is in force.
            slope = least(slope, divide_half_up(first * maximum * wage, 100 * pay))
        return least(slope, maximum)


def _reduction(scale: Scale, name: str, plateau: bool, law: str, *, islands: bool = False) -> Reduction:
    multiples = ("full", "plateau", "exit") if plateau else ("full", "exit")
    return Reduction(
        code=name,
        french_name=f"Exonération LODEOM, {scale.french_name}",
        english_name=f"LODEOM exemption, {scale.english_name}",
        heading="reductions",
        base="gross_pay",
        scale=_island_maximum if islands else _department_maximum,
        coefficient=_Coefficient(name, plateau),
        maximum=int,
        pension_share=(
            "lodeom_islands_pension_share" if islands else "general_reduction_supplementary_pension_share"
        ),
        headcount="general_reduction_headcount",
        citations=(Citation(law),),
        assumptions=(*_ASSUMPTIONS, *((_BY_MONTH,) if islands else ())),
        needs=tuple(f"{name}_{each}" for each in multiples),
        applies=Choice(scale_of, int(scale)),
        monthly=islands,
        why=reasons_of,
    )


REDUCTIONS = (
    _reduction(
        Scale.COMPETITIVENESS, "lodeom_competitiveness", False, "CSS art. L752-3-2, III, A et D752-7, II, 1°"
    ),
    _reduction(Scale.REINFORCED, "lodeom_reinforced", False, "CSS art. L752-3-2, III, B et D752-7, II, 2°"),
    _reduction(Scale.INNOVATION, "lodeom_innovation", True, "CSS art. L752-3-2, III, C et D752-7, II, 3°"),
    _reduction(
        Scale.ISLANDS_SMALL,
        "lodeom_islands_small",
        True,
        "CSS art. L752-3-3, III et D752-8, II",
        islands=True,
    ),
    _reduction(
        Scale.ISLANDS_SECTOR,
        "lodeom_islands_sector",
        False,
        "CSS art. L752-3-3, III et D752-8, III",
        islands=True,
    ),
    _reduction(
        Scale.ISLANDS_REINFORCED,
        "lodeom_islands_reinforced",
        True,
        "CSS art. L752-3-3, IV et D752-8, IV",
        islands=True,
    ),
)


def of_the_others(reduction: Reduction) -> Reduction:
    """Return a reduction for the pay that has no LODEOM: the exemption stands in its place.

    Law:
        CSS art. L752-3-2, I and L752-3-3, I: one or the other, never both on the same pay.
    """
    text = Citation("CSS art. L752-3-2 et L752-3-3")
    return attrs.evolve(
        reduction, applies=Choice(scale_of, int(Scale.NONE)), citations=(*reduction.citations, text)
    )


_FRENCH = {quantity.name: quantity for quantity in QUANTITIES}


@attrs.frozen
class _Threshold:
    """The threshold of a reduced rate: that of France until 2025, then for those who have LODEOM alone."""

    name: str

    def __call__(self, facts: PayFacts, values: Values) -> Lane:
        threshold = _FRENCH[self.name].formula(facts, values)
        if "lodeom_reduced_rates_alone" not in values:
            return threshold
        return choose(scale_of(facts, values) > 0, threshold, 0)


#: What France measures under the same names, for those who still have the reduced rates.
THRESHOLDS: tuple[Quantity, ...] = tuple(
    attrs.evolve(
        _FRENCH[name],
        name=f"overseas_{name}",
        formula=_Threshold(name),
        citations=(*_FRENCH[name].citations, Citation("Loi n° 2025-199 (LFSS 2025) art. 18")),
    )
    for name in ("health_threshold", "family_threshold")
)
