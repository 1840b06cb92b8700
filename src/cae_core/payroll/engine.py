"""From facts and law to amounts. One formula for both lanes: an ``int`` or an int64 array per quantity.

Nothing here is French, reads a clock or calls a plugin: the same facts, law and earlier months give the
same cents, in any process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.money import Lane, apply_rate, greatest, half_for, lookup, sum_of_rates
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, Owed, Schedule
from cae_core.payroll.payslip import Payslip, PayslipLine, ReductionLine
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["Amounts", "compute", "cost_of", "payslip", "withhold"]

LineMaker = Callable[[Owed, Lane, Lane, Lane], Any]
ReductionMaker = Callable[..., Any]


@attrs.define(eq=False)
class Amounts:
    """The totals of a month on one lane, with its lines where they were asked for."""

    employee_contributions: Lane
    employer_contributions: Lane
    reductions: Lane
    employer_cost: Lane
    net_before_tax: Lane
    net_social_amount: Lane
    taxable_net: Lane
    lines: list[Any]
    reduction_lines: list[Any]
    year_to_date: YearToDate


def compute(
    law: MonthLaw,
    schedule: Schedule,
    facts: PayFacts,
    before: YearToDate | None = None,
    make_line: LineMaker | None = None,
    make_reduction: ReductionMaker | None = None,
) -> Amounts:
    """Compute a month for one person or for a group of one status.

    Args:
        law: the law of the month.
        schedule: what the status of ``facts`` owes (``law.schedule(executive, headcount)``).
        facts: integers, or columns.
        before: the state of the year after the earlier months; ``None`` takes the month alone.
        make_line: called with what is owed, base and both amounts to keep a line; ``None`` keeps none.
        make_reduction: likewise for the reductions.
    """
    values = law.values
    gross = facts.gross_pay_cents
    earlier_sums = before.sums if before else {}
    earlier_bases = before.bases if before else {}

    # GROSS: the quantities of the month, cumulated since 1 January or entry.
    sums: dict[str, Lane] = {}
    for quantity in law.quantities:
        name = quantity.name
        amount = quantity.formula(facts, values)
        sums[name] = amount + earlier_sums[name] if name in earlier_sums else amount

    # BASES: due to date, less what was charged before.
    bases: dict[str, Lane] = {}
    year_bases: dict[str, Lane] = {}
    for base in law.bases:
        name = base.name
        due = year_bases[name] = base.formula(sums, values)
        bases[name] = due - earlier_bases[name] if name in earlier_bases else due

    # CONTRIBUTIONS: covers first, since other bases add their employer share.
    lines: list[Any] = []
    employee = employer = taxable = cover = 0
    for owed in schedule.amounts:
        row = owed.contribution
        employee_part = getattr(facts, row.employee_fact) if row.employee_fact else 0
        employer_part = getattr(facts, row.employer_fact)  # type: ignore[arg-type]
        employee, employer, cover = employee + employee_part, employer + employer_part, cover + employer_part
        if row.employer_share_taxable:
            taxable = taxable + employer_part
        if make_line is not None and _any(employee_part, employer_part):
            lines.append(make_line(owed, 0, employee_part, employer_part))
    bound = schedule.bind(facts)
    for owed, base_name, employee_ppm, employer_ppm, _, _ in bound.covers:
        cover_base = bases[base_name]
        employee_part, employer_part = (
            apply_rate(cover_base, employee_ppm),
            apply_rate(cover_base, employer_ppm),
        )
        employee, employer, cover = employee + employee_part, employer + employer_part, cover + employer_part
        if make_line is not None:
            lines.append(make_line(owed, cover_base, employee_part, employer_part))

    sums["employer_cover"] = (
        cover + earlier_sums["employer_cover"] if "employer_cover" in earlier_sums else cover
    )
    for base in law.cover_bases:
        name = base.name
        due = year_bases[name] = base.formula(sums, values)
        bases[name] = due - earlier_bases[name] if name in earlier_bases else due

    # Without earlier months no base is negative.
    halves = {name: half_for(base) if before else half_for(0) for name, base in bases.items()}
    rows = bound.rows
    if make_line is None:
        # The same rates, grouped by base; what is left are rates that differ from person to person.
        rows = bound.columns
        for base_name, employee_rates, taxable_rates, employer_rates in bound.totals:
            row_base, half = bases[base_name], halves[base_name]
            if employee_rates:
                employee = employee + sum_of_rates(row_base, employee_rates, half)
            if taxable_rates:
                part = sum_of_rates(row_base, taxable_rates, half)
                employee, taxable = employee + part, taxable + part
            if employer_rates:
                employer = employer + sum_of_rates(row_base, employer_rates, half)
    for owed, base_name, employee_ppm, employer_ppm, employee_owes, employer_owes in rows:
        row_base, half = bases[base_name], halves[base_name]
        employee_part = employer_part = 0
        if employee_owes:
            employee_part = apply_rate(row_base, employee_ppm, half)
            employee = employee + employee_part
            if owed.contribution.employee_share_taxable:
                taxable = taxable + employee_part
        if employer_owes:
            employer_part = apply_rate(row_base, employer_ppm, half)
            employer = employer + employer_part
        if make_line is not None:
            lines.append(make_line(owed, row_base, employee_part, employer_part))

    # REDUCTIONS: due to date, less what was granted before.
    reduction_lines: list[Any] = []
    reduced: Lane = None
    reduction_pay: dict[str, tuple[tuple[Any, Lane], ...]] = {}
    granted: dict[str, Lane] = {}
    for reduction, scale, maximum, pension_ppm in schedule.scales:
        code = reduction.code
        pay = _add_pay(before.reduction_pay.get(code, ()) if before else (), scale, gross)
        due = coefficient = None
        for period_scale, cents in pay:
            coefficient = reduction.coefficient(period_scale, sums, values)
            # A coefficient is in ten-thousandths, a rate in millionths.
            part = apply_rate(cents, coefficient * 100)
            due = part if due is None else due + part
        granted_before = before.granted.get(code, 0) if before else 0
        amount = due - granted_before if before else due
        reduced = amount if reduced is None else reduced + amount
        reduction_pay[code], granted[code] = pay, due
        if make_reduction is not None:
            reduction_lines.append(
                make_reduction(
                    reduction, gross, coefficient, maximum, pay, sums["reference_wage"],
                    due, granted_before, amount, pension_ppm,
                )
            )  # fmt: skip

    # NET.
    cost = gross + employer
    if reduced is None:
        reduced = 0
    net = gross - employee
    taxable_net = net + taxable
    return Amounts(
        employee, employer, reduced, cost - reduced, net, net, taxable_net, lines, reduction_lines,
        YearToDate(law.month.year, law.month, sums, year_bases, reduction_pay, granted),
    )  # fmt: skip


def withhold(law: MonthLaw, facts: PayFacts, taxable_net: Lane) -> tuple[Lane, Lane]:
    """Return the rate of income tax in millionths and the amount withheld on a taxable net."""
    rate = facts.withholding_ppm
    if rate is None:
        starts, rates = law.values[law.withholding.scale]
        rate = lookup(starts, rates, taxable_net)
    return rate, apply_rate(greatest(taxable_net, 0), rate)


def _any(*amounts: Lane) -> bool:
    """Whether some amount is not zero: a line of zeros is not printed."""
    return any(amount.any() if hasattr(amount, "any") else amount for amount in amounts)


def _add_pay(pay: tuple[tuple[Any, Lane], ...], scale: Any, gross: Lane) -> tuple[tuple[Any, Lane], ...]:
    """Add a month's pay to the pay of its scale; the month's own scale comes last."""
    paid = dict(pay)
    own = paid.pop(scale, 0) + gross
    # A scale without pay (months at zero) leaves no trace: the coefficient of nothing is not shown.
    return (*(pair for pair in paid.items() if type(pair[1]) is not int or pair[1]), (scale, own))


def payslip(law: MonthLaw, facts: PayFacts, before: YearToDate | None = None) -> Payslip:
    """Return the payslip of one person, with every line."""
    if before is not None:
        before.check_precedes(law.month)
    for check in law.fact_checks:
        if check.violated(facts, law.values):
            raise InputError(check.code, f"in {law.month}, {check.message} ({check.citation})")
    schedule = law.schedule(facts.executive, facts.headcount)
    found = compute(law, schedule, facts, before, PayslipLine, ReductionLine)
    rate, withheld = withhold(law, facts, found.taxable_net)
    return Payslip(
        law, facts, tuple(found.lines), tuple(found.reduction_lines), facts.gross_pay_cents,
        found.employee_contributions, found.employer_contributions, found.reductions, found.employer_cost,
        found.net_before_tax, found.net_social_amount, found.taxable_net, rate, withheld,
        found.net_before_tax - withheld, found.year_to_date,
    )  # fmt: skip


def cost_of(law: MonthLaw, facts: PayFacts, before: YearToDate | None = None) -> int:
    """Return the employer cost of one person, without building a payslip."""
    cost: int = compute(law, law.schedule(facts.executive, facts.headcount), facts, before).employer_cost
    return cost
