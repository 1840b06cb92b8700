"""From facts and law to amounts. One formula for both lanes: an ``int`` or an int64 array per quantity.

Nothing here is French, reads a clock or calls a plugin: the same facts, law and earlier months give the
same cents, in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from cae_core.money import Lane, apply_rate, greatest, half_for, least, lookup, round_to_step, sum_of_rates
from cae_core.payroll.facts import PayFacts, Regularisation
from cae_core.payroll.month_law import BoundRow, MonthLaw, Schedule
from cae_core.payroll.payslip import TOTALS, Payslip, PayslipLine, ReductionLine
from cae_core.payroll.rules import Base, Choice
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["COMPUTED", "Amounts", "compute", "cost_of", "payslip", "stands_alone", "totals_of", "withhold"]

#: The totals of :class:`Amounts`; the withheld tax and the net paid come after them.
COMPUTED = TOTALS[1:-2]

_LAST_MONTH = 12
LineMaker = Callable[..., Any]
ReductionMaker = Callable[..., Any]


@attrs.define(eq=False)
class Amounts:
    """The totals of a month on one lane, with its lines where they were asked for.

    ``measured`` is the state that bases and reductions were measured on: the year to date, or the month
    alone.
    """

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
    measured: YearToDate


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
        make_line: called with what is owed, base, both amounts and the base of the whole contribution, where
            that is another one, to keep a line; ``None`` keeps none.
        make_reduction: likewise for the reductions.
    """
    if before is not None:
        before = before.for_month(law.month, law.quarterly)
    if before is not None and stands_alone(law, facts):
        alone = compute(law, schedule, facts, None, make_line, make_reduction)
        alone.year_to_date = before.plus(alone.year_to_date)
        return alone
    month = _Month(law, schedule, facts, before, make_line)
    month.add_quantities()
    month.find_bases(law.bases)
    month.charge_covers()
    month.find_bases(law.cover_bases)
    month.charge_contributions()
    reductions = _reduce(month, make_reduction)
    gross, employee, employer = facts.gross_pay_cents, month.employee, month.employer
    net = gross - employee
    state = YearToDate(
        law.month.year, law.month, month.sums, month.year_bases, reductions.pay, reductions.granted
    )
    return Amounts(
        employee, employer, reductions.amount, gross + employer - reductions.amount,
        net, net, net + month.taxable, month.lines, reductions.lines, state, state,
    )  # fmt: skip


def stands_alone(law: MonthLaw, facts: PayFacts) -> bool:
    """Whether a month is measured alone, the year being set right in a later one."""
    settles = facts.last_month or law.month.number == _LAST_MONTH
    return facts.regularisation is Regularisation.YEAR_END and not settles


class _Month:
    """A month in the making: each method is a phase, and sees the results of the earlier ones."""

    def __init__(
        self,
        law: MonthLaw,
        schedule: Schedule,
        facts: PayFacts,
        before: YearToDate | None,
        make_line: LineMaker | None,
    ) -> None:
        self.law, self.schedule, self.facts, self.before = law, schedule, facts, before
        self.make_line = make_line
        self.bound = schedule.bind(facts)
        self.sums: dict[str, Lane] = {}
        self.bases: dict[str, Lane] = {}
        self.year_bases: dict[str, Lane] = {}
        self.lines: list[Any] = []
        self.choices: dict[Callable[..., Lane], Lane] = {}
        self.employee: Lane = 0
        self.employer: Lane = 0
        self.taxable: Lane = 0

    def chosen(self, choice: Choice) -> Lane:
        """Whether a rule is for these people; what decides between several is asked once."""
        if choice.of not in self.choices:
            self.choices[choice.of] = choice.of(self.facts, self.law.values)
        return self.choices[choice.of] == choice.number

    def add_quantities(self) -> None:
        """GROSS: the quantities of the month, cumulated since 1 January or entry."""
        facts, values, sums = self.facts, self.law.values, self.sums
        earlier = self.before.sums if self.before else {}
        for quantity in self.law.quantities:
            name = quantity.name
            amount = quantity.formula(facts, values)
            sums[name] = amount + earlier[name] if name in earlier else amount

    def find_bases(self, bases: tuple[Base, ...]) -> None:
        """BASES: what is due to date, less what was charged before."""
        sums, values, own, year = self.sums, self.law.values, self.bases, self.year_bases
        earlier = self.before.bases if self.before else {}
        for base in bases:
            name = base.name
            due = year[name] = base.formula(sums, values)
            own[name] = due - earlier[name] if name in earlier else due

    def charge_covers(self) -> None:
        """CONTRIBUTIONS, the covers: first, since other bases add their employer share."""
        facts, make_line = self.facts, self.make_line
        employee = employer = taxable = 0
        for owed in self.schedule.amounts:
            row = owed.contribution
            employee_part = getattr(facts, row.employee_fact) if row.employee_fact else 0
            employer_part = getattr(facts, row.employer_fact)  # type: ignore[arg-type]
            employee, employer = employee + employee_part, employer + employer_part
            if row.employer_share_taxable:
                taxable = taxable + employer_part
            if make_line is not None and _any(employee_part, employer_part):
                self.lines.append(make_line(owed, 0, employee_part, employer_part))
        for owed, base_name, _, employee_ppm, employer_ppm, _, _ in self.bound.covers:
            base = self.bases[base_name]
            employee_part, employer_part = apply_rate(base, employee_ppm), apply_rate(base, employer_ppm)
            employee, employer = employee + employee_part, employer + employer_part
            if make_line is not None:
                self.lines.append(make_line(owed, base, employee_part, employer_part))
        self.employee, self.employer, self.taxable = employee, employer, taxable
        earlier = self.before.sums if self.before else {}
        self.sums["employer_cover"] = employer + earlier["employer_cover"] if earlier else employer

    def charge_contributions(self) -> None:
        """CONTRIBUTIONS, the others: rate by rate for a line each, grouped by base for totals alone."""
        # Without earlier months no base is negative.
        positive = half_for(0)
        halves = {name: half_for(base) if self.before else positive for name, base in self.bases.items()}
        if self.make_line is not None:
            self._charge_rows(self.bound.rows, halves)
            return
        for base_name, employee_rates, taxable_rates, employer_rates in self.bound.totals:
            base, half = self.bases[base_name], halves[base_name]
            if employee_rates:
                self.employee = self.employee + sum_of_rates(base, employee_rates, half)
            if taxable_rates:
                part = sum_of_rates(base, taxable_rates, half)
                self.employee, self.taxable = self.employee + part, self.taxable + part
            if employer_rates:
                self.employer = self.employer + sum_of_rates(base, employer_rates, half)
        # What is left are rates that differ from person to person, and wholes the employer owes the rest of.
        self._charge_rows(self.bound.apart, halves)

    def _charge_rows(self, rows: tuple[BoundRow, ...], halves: dict[str, Lane]) -> None:
        bases, lines, make_line = self.bases, self.lines, self.make_line
        employee, employer, taxable = self.employee, self.employer, self.taxable
        for owed, base_name, whole_name, employee_ppm, employer_ppm, employee_owes, employer_owes in rows:
            base, half = bases[base_name], halves[base_name]
            whole = None if whole_name is None else bases[whole_name]
            employee_part = employer_part = 0
            if employee_owes:
                employee_part = apply_rate(base, employee_ppm, half)
                employee = employee + employee_part
                if owed.contribution.employee_share_taxable:
                    taxable = taxable + employee_part
            if employer_owes:
                employer_part = apply_rate(base, employer_ppm, half)
                if whole is not None:
                    employer_part = 2 * apply_rate(whole, employer_ppm) - employer_part
                employer = employer + employer_part
            if make_line is not None:
                lines.append(make_line(owed, base, employee_part, employer_part, whole))
        self.employee, self.employer, self.taxable = employee, employer, taxable


@attrs.define(eq=False)
class _Reductions:
    """The reductions of a month, and what the next months need to know of them."""

    amount: Lane
    lines: list[Any]
    pay: dict[str, tuple[tuple[Any, Lane], ...]]
    granted: dict[str, Lane]


def _reduce(month: _Month, make_reduction: ReductionMaker | None) -> _Reductions:
    """REDUCTIONS: what is due to date, less what was granted before."""
    found = _Reductions(0, [], {}, {})
    before, sums, values = month.before, month.sums, month.law.values
    for reduction, scale, maximum, pension_ppm in month.schedule.scales:
        code = reduction.code
        counted = month.bases[reduction.base]
        granted_before = before.granted.get(code, 0) if before else 0
        if reduction.applies is not None:
            counts = month.chosen(reduction.applies)
            if not _any(counts, granted_before) and not (before and before.reduction_pay.get(code)):
                # Nobody here has it, nor had it in an earlier month.
                found.pay[code], found.granted[code] = (), 0
                continue
            counted = counted * counts
        year = reduction.measured(sums, before.sums if before else {})
        pay = _add_pay(before.reduction_pay.get(code, ()) if before else (), scale, counted)
        due: Lane = None
        coefficient: Lane = 0
        for period_scale, cents in pay:
            coefficient = reduction.coefficient(period_scale, year, values)
            # A coefficient is in ten-thousandths, a rate in millionths.
            part = apply_rate(cents, coefficient * 100)
            due = part if due is None else due + part
        if reduction.monthly:
            due = granted_before + apply_rate(counted, coefficient * 100)
        limit = None if reduction.limit is None else reduction.limit(scale, sums, values)
        due = due if limit is None else least(due, limit)
        amount = due - granted_before if before else due
        found.amount = found.amount + amount
        found.pay[code], found.granted[code] = pay, due
        if make_reduction is not None:
            found.lines.append(
                make_reduction(
                    reduction, counted, coefficient, maximum, pay, sums["reference_wage"],
                    due, granted_before, amount, pension_ppm, limit,
                )
            )  # fmt: skip
    return found


def withhold(law: MonthLaw, facts: PayFacts, taxable_net: Lane) -> tuple[Lane, Lane]:
    """Return the rate of income tax in millionths and the amount withheld on a taxable net."""
    if law.withholding.formula is not None:
        return 0, law.withholding.formula(facts, law.values, taxable_net)
    rate = facts.withholding_ppm
    if rate is None:
        if not law.withholding.scale:
            return 0, taxable_net * 0
        starts, rates = law.values[law.withholding.scale]
        rate = lookup(starts, rates, taxable_net)
    return rate, apply_rate(greatest(taxable_net, 0), rate)


def totals_of(law: MonthLaw, facts: PayFacts, amounts: Amounts, wanted: Sequence[str]) -> dict[str, Lane]:
    """Return the totals wanted, by name; the tax and what follows it are computed only if wanted."""
    found = {name: getattr(amounts, name) for name in COMPUTED}
    if not set(wanted) <= set(COMPUTED):
        rate, withheld = withhold(law, facts, amounts.taxable_net)
        paid = round_to_step(amounts.net_before_tax - withheld, law.currency.payment_step_cents)
        found |= {"withholding_ppm": rate, "withholding": withheld, "net_paid": paid}
    return {name: found[name] for name in wanted}


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
    if law.fact_specs or facts.given:
        law.check_given(facts)
    law.check_facts(facts)
    schedule = law.schedule(facts.executive, facts.headcount)
    found = compute(law, schedule, facts, before, PayslipLine, ReductionLine)
    rate, withheld = withhold(law, facts, found.taxable_net)
    return Payslip(
        law, facts, tuple(found.lines),
        tuple(line for line in found.reduction_lines if not line.foreign), facts.gross_pay_cents,
        found.employee_contributions, found.employer_contributions, found.reductions, found.employer_cost,
        found.net_before_tax, found.net_social_amount, found.taxable_net, rate, withheld,
        round_to_step(found.net_before_tax - withheld, law.currency.payment_step_cents),
        found.year_to_date, found.measured,
    )  # fmt: skip


def cost_of(law: MonthLaw, facts: PayFacts, before: YearToDate | None = None) -> int:
    """Return the employer cost of one person, without building a payslip."""
    cost: int = compute(law, law.schedule(facts.executive, facts.headcount), facts, before).employer_cost
    return cost
