"""What a Belgian payslip needs to know beside the pay, and what these facts may be.

Facts are numbers: 0 for no, 1 for yes.
"""

from __future__ import annotations

from typing import Any

from cae_core.law import Citation
from cae_core.money import Lane
from cae_core.payroll import FactCheck, FactSpec, PayFacts, Regularisation
from cae_core.payroll.rules import Values

__all__ = [
    "CHECKS",
    "FACTS",
    "SINGLE",
    "SPOUSE_WITHOUT_INCOME",
    "SPOUSE_WITH_INCOME",
    "SPOUSE_WITH_LOW_INCOME",
    "SPOUSE_WITH_LOW_PENSION",
    "given",
]

#: The taxation of the household: ``given["household"]``.
SINGLE, SPOUSE_WITHOUT_INCOME, SPOUSE_WITH_INCOME, SPOUSE_WITH_LOW_INCOME, SPOUSE_WITH_LOW_PENSION = range(5)

#: Hours and days are in hundredths.
_ONE = 100

FACTS = (
    FactSpec(
        name="worker",
        french_name="ouvrier ou artiste, cotisations sur 108 % (1), employé (0)",
        english_name="worker or artist, contributions on 108% (1), or employee (0)",
        unit="0 or 1",
    ),
    FactSpec(
        name="household",
        french_name="isolé (0), conjoint sans revenus professionnels (1), avec revenus (2), "
        "avec de petits revenus (3), avec une petite pension (4)",
        english_name="single (0), spouse without income from work (1), with income (2), "
        "with a low income (3), with a low pension (4)",
        unit="0 to 4",
    ),
    FactSpec(
        name="children",
        french_name="enfants à charge pour l'impôt",
        english_name="dependent children, for the tax",
        unit="people",
    ),
    FactSpec(
        name="lone_parent",
        french_name="parent isolé, pour l'impôt (1), ou non (0)",
        english_name="lone parent, for the tax (1), or not (0)",
        unit="0 or 1",
    ),
    FactSpec(
        name="worked_time",
        french_name="heures (ou jours) payés du mois, en centièmes ; 0 pour un mois complet à temps plein",
        english_name="hours (or days) paid in the month, in hundredths; 0 for a whole full-time month",
        unit="hundredths",
    ),
    FactSpec(
        name="month_time",
        french_name="heures (ou jours) d'un mois complet à temps plein, en centièmes",
        english_name="hours (or days) of a whole month of full-time work, in hundredths",
        unit="hundredths",
    ),
    FactSpec(
        name="week_time",
        french_name="heures (ou jours) d'une semaine à temps plein, en centièmes",
        english_name="hours (or days) of a week of full-time work, in hundredths",
        unit="hundredths",
        default=5_00,
    ),
    FactSpec(
        name="structural_reduction",
        french_name="réduction structurelle demandée (1), ou non (0)",
        english_name="the structural reduction is claimed (1) or not (0)",
        unit="0 or 1",
        default=1,
    ),
)
_DEFAULTS: dict[str, Any] = {spec.name: spec.default for spec in FACTS}


def given(facts: PayFacts, name: str) -> Lane:
    """Return a fact of this plugin, or what stands where nobody gave it."""
    return facts.given.get(name, _DEFAULTS[name])


def _outside(name: str, least: int, most: int) -> Any:
    def violated(facts: PayFacts, values: Values) -> Lane:
        fact = given(facts, name)
        return (fact < least) | (fact > most)

    return violated


def _lone_parent(facts: PayFacts, values: Values) -> Lane:
    not_alone = (given(facts, "household") != SINGLE) | (given(facts, "children") < 1)
    return (given(facts, "lone_parent") > 0) & not_alone


def _more_than_the_month(facts: PayFacts, values: Values) -> Lane:
    worked = given(facts, "worked_time")
    return (worked > 0) & ((worked > given(facts, "month_time")) | (worked < _ONE))


def _reduction_not_known(facts: PayFacts, values: Values) -> Lane:
    unknown = "structural_low_wage" not in values
    return (given(facts, "structural_reduction") > 0) & unknown


def _year_end(facts: PayFacts, values: Values) -> Lane:
    return facts.regularisation is Regularisation.YEAR_END


_TIME = Citation("AR du 17 janvier 2000, art. 2 ; AR du 16 mai 2003, art. 2")
_TAX = Citation("AR/CIR 92, annexe III")
_REDUCTION = Citation("Loi-programme (I) du 24 décembre 2002, art. 331")


def _range(name: str, most: int, message: str, citation: Citation, least: int = 0) -> FactCheck:
    return FactCheck(code=name, message=message, citation=citation, violated=_outside(name, least, most))


CHECKS = (
    _range("worker", 1, "worker is 0 or 1", Citation("AR du 28 novembre 1969, art. 19")),
    _range("household", 4, "household is a number from 0 (single) to 4 (spouse with a low pension)", _TAX),
    _range("children", 30, "the number of dependent children is from 0 to 30", _TAX),
    _range("lone_parent", 1, "lone_parent is 0 or 1", _TAX),
    FactCheck(
        code="lone_parent",
        message="a lone parent is single and has a dependent child",
        citation=_TAX,
        violated=_lone_parent,
    ),
    _range("worked_time", 100_000, "worked_time is from 0 to 1,000 hours or days", _TIME),
    _range("month_time", 100_000, "month_time is from 0 to 1,000 hours or days", _TIME),
    _range("week_time", 10_000, "week_time is from 1 to 100 hours or days", _TIME, 100),
    FactCheck(
        code="worked_time",
        message="what is paid is at least one hour or day, and at most a whole month (month_time)",
        citation=_TIME,
        violated=_more_than_the_month,
    ),
    _range("structural_reduction", 1, "structural_reduction is 0 or 1", _REDUCTION),
    FactCheck(
        code="structural_reduction",
        message="no source agrees with another on the structural reduction; "
        "ask without it (structural_reduction = 0)",
        citation=_REDUCTION,
        violated=_reduction_not_known,
    ),
    FactCheck(
        code="regularisation",
        message="contributions are settled each quarter, never at the end of the year",
        citation=Citation("Loi du 27 juin 1969, art. 23"),
        violated=_year_end,
    ),
)
