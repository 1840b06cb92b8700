"""What a German payslip measures each month: capped pay, both bases of the sliding zone, dearer care.

Every month stands alone: ceilings and the sliding zone are those of the month, nothing is set right over the
year. Formulas run on one person and on columns alike.
"""

from __future__ import annotations

from typing import Any

from cae_core.law import Citation
from cae_core.money import Lane, choose, divide_half_up, greatest, least
from cae_core.payroll import Base, PayFacts, Quantity
from cae_core.payroll.rules import Values, YearSums

__all__ = ["BASES", "QUANTITIES", "is_childless", "mini_job_limit"]

#: A factor is kept in ten-thousandths.
_FACTOR = 10_000
_EURO = 100


def mini_job_limit(values: Values) -> int:
    """Return the most that a mini-job pays in a month, in cents (Geringfügigkeitsgrenze).

    Law:
        SGB IV § 8 Abs. 1a: the minimum wage × 130 / 3, rounded up to whole euros.
    """
    wage: int = values["minimum_wage"] * values["mini_job_multiplier"]
    euro_parts: int = values["mini_job_divisor"] * _EURO
    return -(-wage // euro_parts) * _EURO


def is_childless(facts: PayFacts, values: Values) -> Lane:
    """Whether a person pays the supplement of the childless: none, ever, and 23 on the first of the month."""
    older = facts.given.get("de_age", 0) >= values["care_childless_age"]
    return (facts.given.get("de_children", 0) == 0) & older


def _in_zone(pay: Lane, values: Values, inside: Lane, outside: Lane) -> Lane:
    """One value in the sliding zone, another below and above it."""
    under_top = choose(pay <= values["sliding_zone_top"], inside, outside)
    return choose(pay > mini_job_limit(values), under_top, outside)


def _over_mini_job(pay: Lane, values: Values) -> Lane:
    """Pay above the limit of mini-jobs, no more than the zone is wide."""
    return greatest(least(pay, values["sliding_zone_top"]) - mini_job_limit(values), 0)


def _employee_pay(pay: Lane, ceiling: Lane, values: Values) -> Lane:
    """The base of the employee: 2,000 / (2,000 − G) × (pay − G) in the zone, else pay up to the ceiling.

    Law:
        SGB IV § 20 Abs. 2a Satz 6; no step is rounded, the base is, to the cent (SGB VI § 123).
    """
    top, limit = values["sliding_zone_top"], mini_job_limit(values)
    reduced = divide_half_up(top * _over_mini_job(pay, values), top - limit)
    return _in_zone(pay, values, reduced, least(pay, ceiling))


def _whole_pay(pay: Lane, ceiling: Lane, values: Values) -> Lane:
    """The base of the whole: F × G + (2,000 / (2,000 − G) − G / (2,000 − G) × F) × (pay − G) in the zone.

    Law:
        SGB IV § 20 Abs. 2a Satz 1; rounded once, like the other.
    """
    top, limit, factor = values["sliding_zone_top"], mini_job_limit(values), values["sliding_zone_factor"]
    over = _over_mini_job(pay, values)
    reduced = divide_half_up(
        factor * limit * (top - limit) + (top * _FACTOR - limit * factor) * over, _FACTOR * (top - limit)
    )
    return _in_zone(pay, values, reduced, least(pay, ceiling))


def _pension_ceiling(facts: PayFacts, values: Values) -> Lane:
    return choose(
        facts.given.get("de_place", 0) > 0, values["pension_ceiling_east"], values["pension_ceiling_west"]
    )


def _gross_pay(facts: PayFacts, values: Values) -> Lane:
    return facts.gross_pay_cents


def _health_pay(facts: PayFacts, values: Values) -> Lane:
    return _employee_pay(facts.gross_pay_cents, values["health_ceiling"], values)


def _health_whole_pay(facts: PayFacts, values: Values) -> Lane:
    return _whole_pay(facts.gross_pay_cents, values["health_ceiling"], values)


def _pension_pay(facts: PayFacts, values: Values) -> Lane:
    return _employee_pay(facts.gross_pay_cents, _pension_ceiling(facts, values), values)


def _pension_whole_pay(facts: PayFacts, values: Values) -> Lane:
    return _whole_pay(facts.gross_pay_cents, _pension_ceiling(facts, values), values)


def _care_childless_pay(facts: PayFacts, values: Values) -> Lane:
    """Pay of the childless outside the zone: the half and the supplement are one rate there."""
    pay = facts.gross_pay_cents
    above = _in_zone(pay, values, 0, least(pay, values["health_ceiling"]))
    return choose(is_childless(facts, values), above, 0)


def _care_supplement_pay(facts: PayFacts, values: Values) -> Lane:
    """Pay of the childless in the zone: the supplement counts on the base of the whole, the half does not."""
    whole = _in_zone(facts.gross_pay_cents, values, _health_whole_pay(facts, values), 0)
    return choose(is_childless(facts, values), whole, 0)


def _care_pay(facts: PayFacts, values: Values) -> Lane:
    return _health_pay(facts, values) - _care_childless_pay(facts, values)


def _care_whole_pay(facts: PayFacts, values: Values) -> Lane:
    return _health_whole_pay(facts, values) - _care_childless_pay(facts, values)


_ZONE = "SGB IV § 20 Abs. 2a"
_HEALTH, _CARE, _PENSION = (
    "SGB V § 223 Abs. 3 et § 226",
    "SGB XI § 55 Abs. 2 et § 57",
    "SGB VI § 157 et § 159",
)

#: Name, French, English, formula, texts: each is a quantity of the month and the base that counts it.
_MEASURED: tuple[tuple[str, str, str, Any, tuple[str, ...]], ...] = (
    ("health_pay", "salaire soumis à l'assurance maladie, part salariée", "pay for health, employee",
     _health_pay, (_HEALTH, _ZONE)),
    ("health_whole_pay", "salaire soumis à l'assurance maladie, cotisation entière", "pay for health, whole",
     _health_whole_pay, (_HEALTH, _ZONE)),
    ("care_pay", "salaire soumis à l'assurance dépendance, part salariée", "pay for care, employee",
     _care_pay, (_CARE, _ZONE)),
    ("care_whole_pay", "salaire soumis à l'assurance dépendance, cotisation entière", "pay for care, whole",
     _care_whole_pay, (_CARE, _ZONE)),
    ("care_childless_pay", "salaire d'une personne sans enfant", "pay of a person without children",
     _care_childless_pay, (_CARE, "SGB XI § 55 Abs. 3")),
    ("care_supplement_pay", "salaire d'une personne sans enfant, dans la zone de transition",
     "pay of a person without children, in the sliding zone", _care_supplement_pay,
     (_ZONE, "SGB XI § 55 Abs. 3")),
    ("pension_pay", "salaire soumis aux assurances pension et chômage, part salariée",
     "pay for pension and unemployment, employee", _pension_pay, (_PENSION, "SGB III § 341", _ZONE)),
    ("pension_whole_pay", "salaire soumis aux assurances pension et chômage, cotisation entière",
     "pay for pension and unemployment, whole", _pension_whole_pay, (_PENSION, "SGB III § 341", _ZONE)),
)  # fmt: skip

QUANTITIES = (
    Quantity(name="gross_pay", french_name="salaire brut", unit="cents", formula=_gross_pay),
    *(
        Quantity(
            name=name,
            french_name=french_name,
            unit="cents",
            formula=formula,
            citations=tuple(map(Citation, texts)),
        )
        for name, french_name, _, formula, texts in _MEASURED
    ),
)


def _to_date(name: str) -> Any:
    """The sum of the months: what is due to date, less what was charged, is the month itself."""

    def due(year: YearSums, values: Values) -> Lane:
        return year[name]

    return due


BASES = tuple(
    Base(
        name=name,
        french_name=french_name,
        english_name=english_name,
        formula=_to_date(name),
        citations=tuple(map(Citation, texts)),
    )
    for name, french_name, english_name, _, texts in _MEASURED
)
