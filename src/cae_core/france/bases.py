"""The contribution bases (assiettes) of the general regime, as functions of the year's cumulated pay.

Each formula returns the base due since 1 January or entry; the month is the difference. So a ceiling
unused in a low month serves a high one, and the other way round, as CSS art. R243-10 wants.
"""

from __future__ import annotations

from cae_core.france.quantities import THRESHOLD_UNIT
from cae_core.law import Citation
from cae_core.money import Lane, apply_rate, choose, least
from cae_core.payroll.rules import Base, Values, YearSums

__all__ = ["BASES"]


def _gross_pay(year: YearSums, values: Values) -> Lane:
    return year["gross_pay"]


def _bracket_1(year: YearSums, values: Values) -> Lane:
    return least(year["gross_pay"], year["ceiling"])


def _bracket_2(year: YearSums, values: Values) -> Lane:
    pay, ceiling = year["gross_pay"], year["ceiling"]
    return least(pay, _times(values["bracket_2_ceilings"], ceiling)) - least(pay, ceiling)


def _capped_pay(year: YearSums, values: Values) -> Lane:
    return least(year["gross_pay"], _times(values["capped_base_ceilings"], year["ceiling"]))


def _cet_pay(year: YearSums, values: Values) -> Lane:
    """Pay of both brackets, only where it exceeds the ceiling: due from the first euro, or not at all."""
    pay, ceiling = year["gross_pay"], year["ceiling"]
    return choose(pay > ceiling, least(pay, _times(values["bracket_2_ceilings"], ceiling)), 0)


def _health_reduced_pay(year: YearSums, values: Values) -> Lane:
    """The whole pay where it does not exceed the threshold (« n'excèdent pas »: equality is within)."""
    pay = year["gross_pay"]
    return choose(pay * THRESHOLD_UNIT <= year["health_threshold"], pay, 0)


def _health_full_pay(year: YearSums, values: Values) -> Lane:
    if "health_threshold" not in year:
        return year["gross_pay"]
    return year["gross_pay"] - _health_reduced_pay(year, values)


def _family_reduced_pay(year: YearSums, values: Values) -> Lane:
    """The whole pay where it does not exceed the threshold."""
    pay = year["gross_pay"]
    return choose(pay * THRESHOLD_UNIT <= year["family_threshold"], pay, 0)


def _family_full_pay(year: YearSums, values: Values) -> Lane:
    if "family_threshold" not in year:
        return year["gross_pay"]
    return year["gross_pay"] - _family_reduced_pay(year, values)


def _csg(year: YearSums, values: Values) -> Lane:
    """Pay less 1.75 % up to four ceilings, then whole; employer cover is added without abatement."""
    pay, cap = year["gross_pay"], _times(values["csg_abatement_ceilings"], year["ceiling"])
    abated = apply_rate(least(pay, cap), values["csg_abatement_rate"])
    return pay - abated + year["employer_cover"]


def _employer_cover(year: YearSums, values: Values) -> Lane:
    return year["employer_cover"]


def _times(hundredths: int, ceiling: Lane) -> Lane:
    """A multiple of the ceiling; the multiples in force are whole, so nothing is rounded away."""
    return ceiling * hundredths // 100


def _base(name: str, french_name: str, english_name: str, formula: object, law: str, **more: object) -> Base:
    return Base(
        name=name,
        french_name=french_name,
        english_name=english_name,
        formula=formula,  # type: ignore[arg-type]
        citations=(Citation(law),),
        **more,  # type: ignore[arg-type]
    )


BASES = (
    _base("gross_pay", "totalité de la rémunération", "whole pay", _gross_pay, "CSS art. L242-1"),
    _base(
        "bracket_1",
        "tranche 1, jusqu'au plafond",
        "bracket 1, up to the ceiling",
        _bracket_1,
        # R243-10 held the regularisation until 2016; its text of 2020 is on corrections alone. The end of
        # R242-2, where the regularisation may now be, was not found.
        "CSS art. R242-2 ; L241-3, al. 1 ; R243-10 (à vérifier)",
    ),
    _base(
        "bracket_2",
        "tranche 2, du plafond à huit plafonds",
        "bracket 2, from one to eight ceilings",
        _bracket_2,
        "ANI Agirc-Arrco du 17 novembre 2017",
    ),
    _base(
        "capped_pay",
        "rémunération jusqu'à quatre plafonds",
        "pay up to four ceilings",
        _capped_pay,
        "C. trav. art. L5422-9 ; règlement d'assurance chômage",
    ),
    _base(
        "cet_pay",
        "tranches 1 et 2, si la rémunération dépasse le plafond",
        "brackets 1 and 2, where pay exceeds the ceiling",
        _cet_pay,
        "ANI Agirc-Arrco du 17 novembre 2017",
    ),
    _base(
        "health_reduced_pay",
        "rémunération au taux réduit d'assurance maladie",
        "pay at the reduced health rate",
        _health_reduced_pay,
        "CSS art. L241-2-1",
        needs=("health_reduced_rate",),
    ),
    _base(
        "health_full_pay",
        "rémunération au taux plein d'assurance maladie",
        "pay at the full health rate",
        _health_full_pay,
        "CSS art. L241-2 et L241-2-1",
    ),
    _base(
        "family_reduced_pay",
        "rémunération au taux réduit d'allocations familiales",
        "pay at the reduced family rate",
        _family_reduced_pay,
        "CSS art. L241-6-1",
        needs=("family_reduced_rate",),
    ),
    _base(
        "family_full_pay",
        "rémunération au taux plein d'allocations familiales",
        "pay at the full family rate",
        _family_full_pay,
        "CSS art. L241-6 et L241-6-1",
    ),
    _base(
        "csg_pay",
        "assiette CSG-CRDS",
        "CSG-CRDS base",
        _csg,
        "CSS art. L136-1-1, L136-2 et L242-1",
        after_cover=True,
    ),
    _base(
        "employer_cover",
        "part patronale de santé et de prévoyance",
        "employer share of health and provident cover",
        _employer_cover,
        "CSS art. L137-15 et L137-16",
        after_cover=True,
    ),
)
