"""The payslip: headings, what the months cumulate, bases, lines."""

from __future__ import annotations

from typing import Any

from cae_be.bonus import contribution_pay, work_bonus
from cae_be.facts import given
from cae_be.structural import WEEKS, employer_pay, reduction_to_date
from cae_be.tax import special_contribution
from cae_core.law import Citation
from cae_core.money import Lane, choose
from cae_core.payroll import Base, Contribution, Heading, PayFacts, Quantity
from cae_core.payroll.rules import Values, YearSums

__all__ = ["BASES", "HEADINGS", "LINES", "QUANTITIES"]

_ORDINARY = "Loi du 29 juin 1981, art. 38"
_PAY = "Loi du 27 juin 1969, art. 23 ; AR du 28 novembre 1969, art. 19"
_BONUS = "Loi du 20 décembre 1999, art. 2 ; AR du 17 janvier 2000"
_SPECIAL = "Loi du 30 mars 1994, art. 106 à 112"
_CEILING = "Loi du 29 juin 1981, art. 38, § 3 ; loi-programme du 18 juillet 2025 (à vérifier)"
_STRUCTURAL = "Loi-programme (I) du 24 décembre 2002, art. 331 ; AR du 16 mai 2003"
_HOLIDAYS = "Lois coordonnées du 28 juin 1971 relatives aux vacances annuelles"

HEADINGS = (
    Heading("social_security", "Cotisations de sécurité sociale (ONSS)", "Social security contributions"),
    Heading("special", "Cotisation spéciale", "Special contribution"),
    Heading("holidays", "Vacances annuelles", "Annual holidays"),
    Heading("structural", "Réduction structurelle", "Structural reduction"),
)


def _gross(facts: PayFacts, values: Values) -> Lane:
    return facts.gross_pay_cents


def _bonus_a(facts: PayFacts, values: Values) -> Lane:
    return work_bonus(facts, values).a


def _bonus_b(facts: PayFacts, values: Values) -> Lane:
    return work_bonus(facts, values).b


def _worker_pay(facts: PayFacts, values: Values) -> Lane:
    return contribution_pay(facts, values) * given(facts, "worker")


def _one(facts: PayFacts, values: Values) -> Lane:
    return 1


def _time(facts: PayFacts, values: Values) -> Lane:
    """Three times what is paid, or a whole month: thirteen weeks are three months."""
    worked = given(facts, "worked_time")
    return choose(worked > 0, 3 * worked, _full_time(facts, values))


def _full_time(facts: PayFacts, values: Values) -> Lane:
    return WEEKS * given(facts, "week_time")


def _claimed(facts: PayFacts, values: Values) -> Lane:
    return given(facts, "structural_reduction")


def _quantity(
    name: str,
    french: str,
    english: str,
    formula: Any,
    law: str,
    *,
    quarterly: bool = False,
    unit: str = "cents",
) -> Quantity:
    return Quantity(
        name=name,
        french_name=french,
        english_name=english,
        unit=unit,
        formula=formula,
        citations=(Citation(law),),
        quarterly=quarterly,
    )


QUANTITIES = (
    _quantity("gross_pay", "rémunération brute", "gross pay", _gross, _PAY),
    _quantity(
        "contribution_pay",
        "rémunération soumise à cotisations",
        "pay that contributions count",
        contribution_pay,
        _PAY,
    ),
    _quantity("work_bonus_a", "bonus à l'emploi, volet A", "work bonus, part A", _bonus_a, _BONUS),
    _quantity("work_bonus_b", "bonus à l'emploi, volet B", "work bonus, part B", _bonus_b, _BONUS),
    _quantity(
        "special_contribution",
        "cotisation spéciale du mois",
        "special contribution of the month",
        special_contribution,
        _SPECIAL,
    ),
    _quantity("worker_pay", "rémunération des ouvriers", "pay of workers", _worker_pay, _HOLIDAYS),
    _quantity(
        "quarter_contribution_pay",
        "rémunération du trimestre soumise à cotisations",
        "pay of the quarter that contributions count",
        contribution_pay,
        _CEILING,
        quarterly=True,
    ),
    _quantity(
        "quarter_pay", "rémunération du trimestre", "pay of the quarter", _gross, _STRUCTURAL, quarterly=True
    ),
    _quantity(
        "quarter_months", "mois du trimestre", "months of the quarter", _one, _STRUCTURAL,
        quarterly=True, unit="months",
    ),
    _quantity(
        "quarter_time", "temps payé du trimestre, en tiers de centièmes",
        "time paid in the quarter, in thirds of hundredths", _time, _STRUCTURAL,
        quarterly=True, unit="thirds of hundredths",
    ),
    _quantity(
        "quarter_full_time", "temps d'un trimestre à temps plein, en tiers de centièmes",
        "time of a quarter of full-time work, in thirds of hundredths", _full_time, _STRUCTURAL,
        quarterly=True, unit="thirds of hundredths",
    ),
    _quantity(
        "quarter_claimed", "mois pour lesquels la réduction est demandée",
        "months for which the reduction is claimed", _claimed, _STRUCTURAL,
        quarterly=True, unit="months",
    ),
)  # fmt: skip


def _pay(year: YearSums, values: Values) -> Lane:
    return year["contribution_pay"]


def _minus_a(year: YearSums, values: Values) -> Lane:
    return 0 - year["work_bonus_a"]


def _minus_b(year: YearSums, values: Values) -> Lane:
    return 0 - year["work_bonus_b"]


def _special(year: YearSums, values: Values) -> Lane:
    return year["special_contribution"]


def _workers(year: YearSums, values: Values) -> Lane:
    return year["worker_pay"]


def _base(
    name: str, french: str, english: str, formula: Any, law: str, *, needs: tuple[str, ...] = (),
    quarterly: bool = False,
) -> Base:  # fmt: skip
    return Base(
        name=name,
        french_name=french,
        english_name=english,
        formula=formula,
        citations=(Citation(law),),
        needs=needs,
        quarterly=quarterly,
    )


BASES = (
    _base("contribution_pay", "rémunération brute, à 108 % pour les ouvriers et les artistes",
          "gross pay, at 108% for workers and artists", _pay, _PAY),
    _base("work_bonus_a", "bonus à l'emploi, volet A, en moins", "work bonus, part A, taken off",
          _minus_a, _BONUS),
    _base("work_bonus_b", "bonus à l'emploi, volet B, en moins", "work bonus, part B, taken off",
          _minus_b, _BONUS),
    _base("special_contribution", "montant de la cotisation spéciale", "amount of the special contribution",
          _special, _SPECIAL),
    _base("employer_pay", "rémunération du trimestre jusqu'au plafond",
          "pay of the quarter up to the ceiling", employer_pay, _CEILING, quarterly=True),
    _base("worker_pay", "rémunération des ouvriers à 108 %", "pay of workers at 108%", _workers, _HOLIDAYS),
    _base("structural_reduction", "réduction structurelle du trimestre, en moins",
          "structural reduction of the quarter, taken off", reduction_to_date, _STRUCTURAL,
          needs=("structural_low_wage",), quarterly=True),
)  # fmt: skip

_MONTHLY = "Withheld on the pay of the month; the law measures it over the quarter."
LINES = (
    Contribution(
        code="employee_contribution",
        french_name="Cotisation personnelle ONSS",
        english_name="Employee contribution",
        heading="social_security",
        base="contribution_pay",
        employee_rates=("employee_rate",),
        citation=Citation(f"{_ORDINARY}, § 2"),
    ),
    *(
        Contribution(
            code=f"work_bonus_{letter}",
            french_name=f"Bonus à l'emploi, volet {letter.upper()}",
            english_name=f"Work bonus, part {letter.upper()}",
            heading="social_security",
            base=f"work_bonus_{letter}",
            employee_rates=("work_bonus_employee_share",),
            citation=Citation(_BONUS),
            assumptions=(
                "Nothing was granted for the month elsewhere; the ceiling of the year is not looked at.",
            ),
        )
        for letter in "ab"
    ),
    Contribution(
        code="employer_contribution",
        french_name="Cotisation patronale ONSS",
        english_name="Employer contribution",
        heading="social_security",
        base="employer_pay",
        employer_rates=("employer_base_rate", "employer_moderation_rate"),
        citation=Citation(f"{_ORDINARY}, § 3 et 3bis"),
        assumptions=(
            "Work accidents, the closure fund, joint committees and the levy of June 2026 are not counted.",
            "The ceiling counts pay at 108% for workers.",
        ),
    ),
    Contribution(
        code="special_contribution",
        french_name="Cotisation spéciale de sécurité sociale",
        english_name="Special contribution for social security",
        heading="special",
        base="special_contribution",
        employee_rates=("special_contribution_employee_share",),
        employee_share_taxable=True,
        citation=Citation(_SPECIAL),
        assumptions=(_MONTHLY,),
    ),
    Contribution(
        code="worker_holidays",
        french_name="Vacances annuelles des ouvriers, cotisation trimestrielle",
        english_name="Holidays of workers, each quarter",
        heading="holidays",
        base="worker_pay",
        employer_rates=("worker_holiday_quarterly_rate",),
        citation=Citation(_HOLIDAYS),
    ),
    Contribution(
        code="worker_holidays_yearly",
        french_name="Vacances annuelles des ouvriers, décompte annuel (provision)",
        english_name="Holidays of workers, account of the year (provision)",
        heading="holidays",
        base="worker_pay",
        employer_rates=("worker_holiday_yearly_rate",),
        provision=True,
        citation=Citation(_HOLIDAYS),
    ),
    Contribution(
        code="structural_reduction",
        french_name="Réduction structurelle",
        english_name="Structural reduction",
        heading="structural",
        base="structural_reduction",
        employer_rates=("structural_reduction_employer_share",),
        citation=Citation(_STRUCTURAL),
        assumptions=(
            "Category 1; the contract covers the whole quarter, whose other months are like those so far.",
        ),
    ),
)
