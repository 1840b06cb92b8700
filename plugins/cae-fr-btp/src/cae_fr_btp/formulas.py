"""What the payslip of a building worker measures: abated pay, covers, bad weather, and the changed reduction.

Formulas run on one person and on columns alike. Facts of this plugin are numbers: 0 for no, 1 for yes.
"""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.france.quantities import QUANTITIES, WAGE_UNIT
from cae_core.law import Citation
from cae_core.money import Lane, apply_rate, choose, divide_half_up, greatest, least
from cae_core.payroll import Base, FactCheck, FactSpec, PayFacts, Quantity, Reduction
from cae_core.payroll.rules import Values, YearSums
from cae_core.variants import with_another

__all__ = ["BASES", "CHECKS", "FACTS", "QUANTITIES_OF_BUILDING", "change_reduction", "count_abated_pay"]

FACTS = (
    FactSpec(
        name="btp_expense_deduction",
        french_name="déduction forfaitaire spécifique appliquée (1), ou non (0)",
        english_name="the flat deduction for expenses is applied (1) or not (0)",
        unit="0 or 1",
    ),
    FactSpec(
        name="btp_holiday_fund_ppm",
        french_name="taux annoncé par la caisse de congés payés ; 0 sans caisse",
        english_name="rate announced by the holiday fund; 0 without one",
        unit="millionths",
    ),
    FactSpec(
        name="btp_structural_works",
        french_name="gros œuvre ou travaux publics (1), second œuvre (0)",
        english_name="structural or public works (1), other building (0)",
        unit="0 or 1",
    ),
    FactSpec(
        name="btp_weather_allowance_cents",
        french_name="part de l'abattement intempéries de l'entreprise pour la personne et le mois",
        english_name="part of the company's allowance for bad weather, of the person and the month",
        unit="cents",
    ),
)

_REFERENCE_WAGE = next(quantity.formula for quantity in QUANTITIES if quantity.name == "reference_wage")
#: The scale of a reduction is carried with three more digits, so that the quotient by 90 % is rounded once.
_DIGITS = 1_000


def _minimum_wage(facts: PayFacts, values: Values) -> Lane:
    """The minimum wage of the reference hours, in cents."""
    wage = _REFERENCE_WAGE(facts, values) * values["minimum_wage_hourly"]
    return divide_half_up(wage, values["general_reduction_minimum_wage_hourly"] * WAGE_UNIT)


def _expense_deduction(facts: PayFacts, values: Values) -> Lane:
    """The deduction of the month; what is left is not under the minimum wage.

    Law:
        Arrêté du 20 décembre 2002, art. 9; CSS art. R242-1.
    """
    pay = facts.gross_pay_cents
    most = greatest(pay - _minimum_wage(facts, values), 0)
    deducted = least(apply_rate(pay, values["btp_expense_deduction_rate"]), most)
    return deducted * facts.given.get("btp_expense_deduction", 0)


def _fund_pay(facts: PayFacts, values: Values) -> Lane:
    """Pay on which a fund gives holidays."""
    return choose(facts.given.get("btp_holiday_fund_ppm", 0) > 0, facts.gross_pay_cents, 0)


def _structural_pay(facts: PayFacts, values: Values) -> Lane:
    return facts.gross_pay_cents * facts.given.get("btp_structural_works", 0)


def _weather_allowance(facts: PayFacts, values: Values) -> Lane:
    return facts.given.get("btp_weather_allowance_cents", 0)


QUANTITIES_OF_BUILDING = (
    Quantity(
        name="btp_expense_deduction",
        french_name="déduction forfaitaire spécifique",
        unit="cents",
        formula=_expense_deduction,
        citations=(Citation("Arrêté du 20 décembre 2002, art. 9 ; CSS art. R242-1"),),
    ),
    Quantity(
        name="btp_fund_pay",
        french_name="rémunération déclarée à la caisse de congés payés",
        unit="cents",
        formula=_fund_pay,
        citations=(Citation("C. trav. art. L3141-32 et D3141-29"),),
    ),
    Quantity(
        name="btp_structural_pay",
        french_name="rémunération du gros œuvre",
        unit="cents",
        formula=_structural_pay,
        citations=(Citation("C. trav. art. D5424-36"),),
    ),
    Quantity(
        name="btp_weather_allowance",
        french_name="part de l'abattement intempéries",
        unit="cents",
        formula=_weather_allowance,
        citations=(Citation("C. trav. art. D5424-36"),),
    ),
)


def _abated_pay(year: YearSums, values: Values) -> Lane:
    """Pay less the deduction, which has a ceiling of the year."""
    return year["gross_pay"] - least(year["btp_expense_deduction"], values["btp_expense_deduction_ceiling"])


def _whole_pay(year: YearSums, values: Values) -> Lane:
    """Pay before the deduction."""
    return year["gross_pay"]


def _oppbtp_pay(year: YearSums, values: Values) -> Lane:
    """Pay before the deduction, with the holidays that the fund pays at a flat rate."""
    return divide_half_up(year["gross_pay"] * values["btp_oppbtp_factor"], 10_000)


def _structural_weather_pay(year: YearSums, values: Values) -> Lane:
    """Structural works: pay over the part of the allowance."""
    return greatest(year["btp_structural_pay"] - year["btp_weather_allowance"], 0)


def _other_weather_pay(year: YearSums, values: Values) -> Lane:
    """Other building: pay over the part of the allowance."""
    return greatest(year["gross_pay"] - year["btp_structural_pay"] - year["btp_weather_allowance"], 0)


def _worker_cover_pay(year: YearSums, values: Values) -> Lane:
    """Pay before the deduction, up to three ceilings."""
    return least(year["gross_pay"], year["ceiling"] * values["btp_cover_ceilings"] // 100)


def _executive_cover_pay_2(year: YearSums, values: Values) -> Lane:
    """Pay from one to four ceilings."""
    top = year["ceiling"] * values["btp_executive_cover_ceilings_2"] // 100
    return least(year["gross_pay"], top) - least(year["gross_pay"], year["ceiling"])


def _executive_cover_pay_3(year: YearSums, values: Values) -> Lane:
    """Pay from four to eight ceilings."""
    low, top = (year["ceiling"] * values[f"btp_executive_cover_ceilings_{rank}"] // 100 for rank in (2, 3))
    return least(year["gross_pay"], top) - least(year["gross_pay"], low)


def _base(name: str, french_name: str, english_name: str, formula: Any, law: str) -> Base:
    return Base(
        name=name,
        french_name=french_name,
        english_name=english_name,
        formula=formula,
        citations=(Citation(law),),
    )


_EXECUTIVES = "Régime de prévoyance des cadres du BTP (à vérifier)"
BASES = (
    _base(
        "btp_abated_pay",
        "rémunération après déduction forfaitaire spécifique",
        "pay after the flat deduction for expenses",
        _abated_pay,
        "Arrêté du 20 décembre 2002, art. 9",
    ),
    _base(
        "btp_whole_pay",
        "rémunération avant déduction forfaitaire spécifique",
        "pay before the flat deduction for expenses",
        _whole_pay,
        "C. trav. art. D3141-29",
    ),
    _base(
        "btp_oppbtp_pay",
        "rémunération majorée des congés payés",
        "pay with holiday pay added",
        _oppbtp_pay,
        "Arrêté du 16 décembre 1999 modifié (à vérifier)",
    ),
    _base(
        "btp_structural_weather_pay",
        "rémunération du gros œuvre au-delà de l'abattement",
        "pay of structural works over the allowance",
        _structural_weather_pay,
        "C. trav. art. D5424-36",
    ),
    _base(
        "btp_other_weather_pay",
        "rémunération du second œuvre au-delà de l'abattement",
        "pay of other building over the allowance",
        _other_weather_pay,
        "C. trav. art. D5424-36",
    ),
    _base(
        "btp_worker_cover_pay",
        "rémunération jusqu'à trois plafonds",
        "pay up to three ceilings",
        _worker_cover_pay,
        "Accord collectif national du 31 juillet 1968 (RNPO), art. 5.1",
    ),
    _base(
        "btp_executive_cover_pay_2",
        "rémunération d'un à quatre plafonds",
        "pay from one to four ceilings",
        _executive_cover_pay_2,
        _EXECUTIVES,
    ),
    _base(
        "btp_executive_cover_pay_3",
        "rémunération de quatre à huit plafonds",
        "pay from four to eight ceilings",
        _executive_cover_pay_3,
        _EXECUTIVES,
    ),
)


def change_reduction(reduction: Reduction) -> Reduction:
    """Return the reduction on abated pay, raised where a fund pays the holidays, within its two limits.

    Law:
        CSS art. D241-10 (holiday fund); arrêté du 4 décembre 2019 (130 % of that without the deduction).
    """

    def on(pay: Lane, scale: Any, year: YearSums, values: Values) -> Lane:
        counted, fund = with_another(year, "gross_pay", pay), year["btp_fund_pay"] > 0
        if fund is False:
            return reduction.coefficient(scale, counted, values)
        finer = tuple(part * _DIGITS for part in scale) if isinstance(scale, tuple) else scale * _DIGITS
        raised = divide_half_up(
            reduction.coefficient(finer, counted, values) * 100, values["btp_paid_share"] * _DIGITS // 10_000
        )
        raised = least(raised, reduction.maximum(scale))
        return raised if fund is True else choose(fund, raised, reduction.coefficient(scale, counted, values))

    def coefficient(scale: Any, year: YearSums, values: Values) -> Lane:
        return on(_abated_pay(year, values), scale, year, values)

    def limit(scale: Any, year: YearSums, values: Values) -> Lane:
        without = apply_rate(year["gross_pay"], on(year["gross_pay"], scale, year, values) * 100)
        return divide_half_up(without * values["btp_reduction_limit"], 100)

    return attrs.evolve(
        reduction,
        coefficient=coefficient,
        limit=limit,
        changed=True,
        needs=(*reduction.needs, "btp_paid_share", "btp_reduction_limit"),
        citations=(
            *reduction.citations,
            Citation("CSS art. D241-10 (à vérifier)"),
            Citation("Arrêté du 4 décembre 2019"),
        ),
        assumptions=(
            *reduction.assumptions,
            "Where a fund pays the holidays, the coefficient is raised by 100/90, up to its maximum.",
            "The limit of 130 % looks at the pay of the year under the scale of the month.",
        ),
    )


def count_abated_pay(reduction: Reduction) -> Reduction:
    """Return an exemption of another variant on abated pay: it counts the pay that contributions count.

    Nothing found raises it where a fund pays the holidays, nor limits it to 130 %, unlike the general one.

    Law:
        CSS art. L752-3-2 and L752-3-3 (LODEOM: pay as the contributions count it).
    """

    def coefficient(scale: Any, year: YearSums, values: Values) -> Lane:
        return reduction.coefficient(
            scale, with_another(year, "gross_pay", _abated_pay(year, values)), values
        )

    text = Citation("Arrêté du 20 décembre 2002, art. 9")
    return attrs.evolve(
        reduction,
        coefficient=coefficient,
        changed=True,
        citations=(*reduction.citations, text),
        assumptions=(
            *reduction.assumptions,
            "It counts abated pay, and is neither raised by 100/90 nor limited to 130 %: no text was found.",
        ),
    )


def _not_yes_or_no(name: str) -> Any:
    def violated(facts: PayFacts, values: Values) -> Lane:
        flag = facts.given.get(name, 0)
        return (flag < 0) | (flag > 1)

    return violated


def _executive_with_deduction(facts: PayFacts, values: Values) -> Lane:
    return facts.executive & (facts.given.get("btp_expense_deduction", 0) > 0)


CHECKS = (
    *(
        FactCheck(code=name, message=f"{name} is 0 or 1", citation=citation, violated=_not_yes_or_no(name))
        for name, citation in (
            ("btp_expense_deduction", Citation("Arrêté du 20 décembre 2002, art. 9")),
            ("btp_structural_works", Citation("C. trav. art. D5424-36")),
        )
    ),
    FactCheck(
        code="btp_expense_deduction_of_workers",
        message="the flat deduction for expenses is for workers (ouvriers), not for executives",
        citation=Citation("CGI annexe IV, art. 5"),
        violated=_executive_with_deduction,
    ),
)
