"""What is compared: each line of a payslip on each side, and each total, in exact cents."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from cae_core import Payslip

__all__ = ["LINES", "TOTALS", "Figures", "composing_lines", "figures_of", "peer_figures", "unit_of"]

#: ``"ags.employer"`` or ``"employer_cost"`` → cents (millionths for ``withholding_rate``).
Figures: TypeAlias = dict[str, Fraction]

#: Line of the peers → our rows. Peers give one amount where the payslip has a row for each rate or bracket.
LINES: Mapping[str, tuple[str, ...]] = {
    "health": ("health_reduced", "health"),
    "health_cover": ("health_cover",),
    "provident_executive": ("provident_executive",),
    "workplace_accident": ("workplace_accident",),
    "old_age_capped": ("old_age_capped",),
    "old_age_uncapped": ("old_age_uncapped",),
    "agirc_arrco": ("agirc_arrco_t1", "agirc_arrco_t2"),
    "ceg": ("ceg_t1", "ceg_t2"),
    "cet": ("cet",),
    "family": ("family_reduced", "family"),
    "unemployment": ("unemployment",),
    "ags": ("ags",),
    "apec": ("apec",),
    "solidarity_autonomy": ("solidarity_autonomy",),
    "fnal": ("fnal_capped", "fnal_uncapped"),
    "mobility": ("mobility",),
    "social_dialogue": ("social_dialogue",),
    "training": ("training_under_11", "training_11_plus"),
    "apprenticeship": (
        "apprenticeship_yearly",
        "apprenticeship",
        "apprenticeship_balance",
        "apprenticeship_supplement",
        "apprenticeship_supplement_from_2000",
    ),
    "construction": ("construction",),
    "forfait_social": ("forfait_social",),
    "csg_deductible": ("csg_deductible",),
    "csg_crds_non_deductible": ("csg_crds_non_deductible",),
    # A cooperative whose services bear VAT owes none; the peers must say the same.
    "payroll_tax": (),
    "general_reduction": (),
}
TOTALS = (
    "employee_contributions",
    "employer_contributions",
    "reductions",
    "employer_cost",
    "net_before_tax",
    "net_social_amount",
    "taxable_net",
    "withholding_rate",
    "net_paid",
)
_ROWS = {row: line for line, rows in LINES.items() for row in rows}


def figures_of(slip: Payslip) -> Figures:
    """Return the figures of a payslip of the library.

    Raises:
        KeyError: a line of the payslip belongs to no line of the peers.
    """
    found = {f"{line}.{side}": Fraction(0) for line in LINES for side in ("employee", "employer")}
    for line in slip.lines:
        compared = _ROWS[line.code]
        found[f"{compared}.employee"] += line.employee_cents
        found[f"{compared}.employer"] += line.employer_cents
    found["general_reduction.employer"] -= slip.reductions_cents
    for total in TOTALS:
        cents = slip.withholding_ppm if total == "withholding_rate" else getattr(slip, f"{total}_cents")
        found[total] = Fraction(cents)
    return found


def peer_figures(result: Mapping[str, Any]) -> Figures:
    """Return the figures of a payslip of a peer, exactly as its doubles hold them."""
    found = {}
    for line, (employee, employer) in result["lines"].items():
        found[f"{line}.employee"] = Fraction(employee) * 100
        found[f"{line}.employer"] = Fraction(employer) * 100
    for total, amount in result["totals"].items():
        found[total] = Fraction(amount) * (10**6 if total == "withholding_rate" else 100)
    return found


def unit_of(figure: str) -> str:
    """Return the unit a figure is written in, once divided by a hundred (a rate: by ten thousand)."""
    return "%" if figure == "withholding_rate" else "€"


def composing_lines(figure: str, slip: Payslip) -> int:
    """Return how many rounded amounts of the payslip a figure is made of."""
    if figure not in TOTALS:
        return 1
    employee = sum(line.employee_cents != 0 for line in slip.lines)
    employer = sum(line.employer_cents != 0 for line in slip.lines)
    reductions = len(slip.reductions)
    return {
        "employer_contributions": employer,
        "reductions": reductions,
        "employer_cost": employer + reductions,
        "withholding_rate": 0,
    }.get(figure, employee)
