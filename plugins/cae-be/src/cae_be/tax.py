"""What is withheld from the employee beside the contributions: the special contribution and the tax."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from cae_be.bonus import contribution_pay, work_bonus
from cae_be.facts import (
    SINGLE,
    SPOUSE_WITH_INCOME,
    SPOUSE_WITH_LOW_INCOME,
    SPOUSE_WITH_LOW_PENSION,
    SPOUSE_WITHOUT_INCOME,
    given,
)
from cae_core.money import Lane, apply_rate, choose, divide_half_up, greatest, least, lookup
from cae_core.payroll import PayFacts, TaxStep
from cae_core.payroll.rules import Values

__all__ = ["WithholdingSteps", "special_contribution", "told", "withheld", "withholding_steps"]

_MONTHS = 12


def _bracketed(values: Values, amounts: str, rates: str, pay: Lane) -> Lane:
    """Return the amount of the lower brackets plus the rate of what is above them, to the cent.

    A bound belongs to the bracket below it.
    """
    (starts, lower), (_, ppms) = values[amounts], values[rates]
    found = apply_rate(pay, ppms[0])
    for start, below, ppm in zip(starts[1:], lower[1:], ppms[1:], strict=True):
        found = choose(pay > start, below + apply_rate(pay - start, ppm), found)
    return found


def special_contribution(facts: PayFacts, values: Values) -> Lane:
    """Return the special contribution for social security of a month.

    Law:
        Loi du 30 mars 1994, art. 106 à 112.
    """
    pay, household = contribution_pay(facts, values), given(facts, "household")
    single = _bracketed(values, "special_amounts_single", "special_rates_single", pay)
    common = _bracketed(values, "special_amounts_common", "special_rates_common", pay)
    one_income = least(common, values["special_most_one_income"])
    at_least = greatest(common, values["special_least_two_incomes"])
    two_incomes = choose(
        pay < values["special_least_from"], 0, least(at_least, values["special_most_two_incomes"])
    )
    married = choose(household == SPOUSE_WITH_INCOME, two_incomes, one_income)
    return choose(household == SINGLE, single, married)


@attrs.frozen(eq=False)
class WithholdingSteps:
    """How the tax of a month was found, step by step, each rounded to the cent; amounts or columns of them.

    Attributes:
        taxable_year: twelve times the taxable pay of the month.
        expenses: flat expenses.
        net_year: what is left.
        spouse_part: what of it counts as the spouse's.
        scale_tax: tax of both parts by the scale, less that of the exempt part; never negative.
        reductions: for children, a lone parent or a spouse who earns little; at most the tax.
        year_tax: tax of the year.
        before_bonus: a twelfth of it.
        bonus_a, bonus_b: what the two parts of the work bonus take off.
        withheld: the tax of the month; never negative.
    """

    taxable_year: Lane
    expenses: Lane
    net_year: Lane
    spouse_part: Lane
    scale_tax: Lane
    reductions: Lane
    year_tax: Lane
    before_bonus: Lane
    bonus_a: Lane
    bonus_b: Lane
    withheld: Lane


def withholding_steps(facts: PayFacts, values: Values, taxable: Lane) -> WithholdingSteps:
    """Return the withholding tax of a month with every step of the key formula.

    Args:
        facts: the facts of the month.
        values: the values in force (``rules.month_law("2026-09").values``).
        taxable: taxable pay of the month (``slip.taxable_net_cents``).

    Law:
        AR/CIR 92, annexe III (formule-clé).
    """
    year = taxable * _MONTHS
    expenses = least(apply_rate(year, values["tax_expense_rate"]), values["tax_expense_most"])
    net = year - expenses
    shared = given(facts, "household") == SPOUSE_WITHOUT_INCOME
    imputed = least(apply_rate(net, values["tax_spouse_rate"]), values["tax_spouse_most"])
    spouse = choose(shared, imputed, 0)
    scale = "tax_scale_amounts", "tax_scale_rates"
    tax = _bracketed(values, *scale, net - spouse) + _bracketed(values, *scale, spouse)
    exempt = values["tax_free_reduction"]
    tax = greatest(tax - choose(shared, 2 * exempt, exempt), 0)
    reductions = least(_for_dependents(facts, values), tax)
    before = divide_half_up(tax - reductions, _MONTHS)
    bonus = work_bonus(facts, values)
    off_a = apply_rate(bonus.a, values["tax_bonus_a_rate"])
    off_b = apply_rate(bonus.b, values["tax_bonus_b_rate"])
    left = greatest(before - off_a - off_b, 0)
    return WithholdingSteps(
        year, expenses, net, spouse, tax, reductions, tax - reductions, before, off_a, off_b, left
    )


def withheld(facts: PayFacts, values: Values, taxable: Lane) -> Lane:
    """Return the withholding tax of a month, in cents: the last of :func:`withholding_steps`."""
    return withholding_steps(facts, values, taxable).withheld


def told(facts: PayFacts, values: Values, taxable: int) -> Iterator[TaxStep]:
    """Iterate over the steps of the key formula as they are told."""
    steps = withholding_steps(facts, values, taxable)
    names = (
        ("rémunération imposable de l'année", "taxable pay of the year", steps.taxable_year),
        ("frais professionnels forfaitaires", "flat expenses", steps.expenses),
        ("revenu net de l'année", "net income of the year", steps.net_year),
        ("part imputée au conjoint", "part counted as the spouse's", steps.spouse_part),
        (
            "impôt du barème, quotité exemptée déduite",
            "tax by the scale, less the exempt part",
            steps.scale_tax,
        ),
        ("réductions pour charges de famille", "reductions for dependents", steps.reductions),
        ("impôt de l'année", "tax of the year", steps.year_tax),
        ("impôt d'un mois", "tax of a month", steps.before_bonus),
        ("bonus fiscal à l'emploi, volet A", "fiscal work bonus, part A", steps.bonus_a),
        ("bonus fiscal à l'emploi, volet B", "fiscal work bonus, part B", steps.bonus_b),
    )
    for french, english, cents in names:
        if cents:
            yield TaxStep(french, english, cents)


def _for_dependents(facts: PayFacts, values: Values) -> Lane:
    """What the tax of the year is less for a lone parent, for children and for a spouse who earns little."""
    household, children = given(facts, "household"), given(facts, "children")
    counts, amounts = values["tax_children"]
    further = values["tax_further_child"] * greatest(children - counts[-1], 0)
    lone = values["tax_lone_parent"] * given(facts, "lone_parent")
    low_income = choose(household == SPOUSE_WITH_LOW_INCOME, values["tax_spouse_low_income"], 0)
    low_pension = choose(household == SPOUSE_WITH_LOW_PENSION, values["tax_spouse_low_pension"], 0)
    return lookup(counts, amounts, children) + further + lone + low_income + low_pension
