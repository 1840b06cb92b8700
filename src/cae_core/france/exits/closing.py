"""The closing plan: months of wages that empty the activity account by the last day of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count

import attrs

from cae_core.account import ActivityAccount, ActivityStatement, Entry, EntryKind
from cae_core.calendar import Interval, Month, to_day
from cae_core.errors import InputError
from cae_core.france.exits.charges import ExitCharges, SpreadUntilExit
from cae_core.law import Citation
from cae_core.money import format_euros
from cae_core.payroll.engagement import Engagement, PayContract
from cae_core.payroll.engine import cost_of
from cae_core.payroll.month_law import MonthLaws
from cae_core.payroll.pay_policy import PayPolicy
from cae_core.payroll.run import MonthRun, RunState, run_months
from cae_core.reasons import Reason

__all__ = ["ClosingPlan", "UnpaidInvoice", "closing_plan"]


@attrs.frozen(kw_only=True)
class UnpaidInvoice:
    """An invoice that customers still owe on the last day.

    Attributes:
        document: its number.
        open_cents: what is owed.
    """

    document: str
    open_cents: int


@attrs.frozen(kw_only=True, eq=False)
class ClosingPlan:
    """How an account is emptied, to the cent.

    ``opening + brought − fees − indemnity − levy − wages of the months = left``: no cent is lost or made.

    Attributes:
        exit_on: the last day of the contract.
        charges: what the end costs beside pay.
        reserved_cents: what earlier months leave for the last one.
        opening_cents: what was available before the first month.
        months: the months, each with its payslip; the last one pays everything left.
        unpaid: invoices that customers owe on the last day.
        expense_notes_cents: expenses she paid herself and was not yet refunded.
        later: entries of the account that come after the last day: the plan does not count them.
        findings: what the account cannot carry, and what remains to be done.
    """

    exit_on: dt.date
    charges: ExitCharges
    reserved_cents: int
    opening_cents: int
    months: tuple[MonthRun, ...]
    unpaid: tuple[UnpaidInvoice, ...]
    expense_notes_cents: int
    later: tuple[Entry, ...]
    findings: tuple[Reason, ...]

    @property
    def fees_cents(self) -> int:
        """The cooperative's fee of the months."""
        return sum(done.fee.amount_cents for done in self.months)

    @property
    def pay_cost_cents(self) -> int:
        """The employer cost of the payslips, the sums of the end that bear contributions included."""
        return sum(done.payslip.employer_cost_cents for done in self.months)

    @property
    def gross_pay_cents(self) -> int:
        """The gross pay of the payslips."""
        return sum(done.payslip.gross_pay_cents for done in self.months)

    @property
    def net_paid_cents(self) -> int:
        """What the person receives by the payslips."""
        return sum(done.payslip.net_paid_cents for done in self.months)

    @property
    def left_cents(self) -> int:
        """What the account still has; below zero, what it lacks and the cooperative owes nonetheless."""
        return self.months[-1].balance_cents

    @property
    def next_cost_cents(self) -> int | None:
        """What one cent more of gross pay would cost in all, in the last month: why the cents left stay."""
        budgeted = self.months[-1].budgeted
        return None if budgeted is None else budgeted.next_cost_cents

    @property
    def brought_cents(self) -> int:
        """What the entries of the months brought: cash-ins less expenses (or sales less expenses)."""
        spent = self.fees_cents + self.pay_cost_cents + self.charges.indemnity_cents + self.charges.levy_cents
        return self.left_cents + spent - self.opening_cents


@attrs.frozen
class _UntilExit:
    """A contract that ends on a day."""

    contract: PayContract
    exit_on: dt.date

    @property
    def period(self) -> Interval:
        return Interval(self.contract.period.starts_on, self.exit_on)

    def fixed_pay_on(self, day: dt.date) -> int:
        return self.contract.fixed_pay_on(day)

    @property
    def fixed_pay_citation(self) -> Citation:
        return self.contract.fixed_pay_citation


@attrs.define
class _Reserving:
    """A policy that leaves, until the last month, what the end is sure to cost."""

    policy: PayPolicy
    reserved_cents: int
    french_name: str

    def budget(self, month: Month, available_cents: int, *, leaves: bool = False) -> int | None:
        if leaves:
            return max(available_cents, 0)
        return self.policy.budget(month, available_cents - self.reserved_cents)


@attrs.frozen(kw_only=True)
class _Leaving(Engagement):
    """An engagement whose last payslip owes more than the fixed part."""

    exit_month: Month
    wages_cents: int

    def fixed_pay(self, month: Month) -> int:
        due = super().fixed_pay(month)
        return due + self.wages_cents if month == self.exit_month else due


def closing_plan(
    laws: MonthLaws,
    engagement: Engagement,
    first: Month,
    exit_on: dt.date,
    state: RunState,
    *,
    charges: ExitCharges | None = None,
    policy: PayPolicy | None = None,
    assume_unchanged: bool = False,
) -> ClosingPlan:
    """Return the months of wages that empty an account by the last day of the contract.

    An entrepreneur keeps no reserve: what the account holds is paid as wages before the contract ends. Each
    month before the last one leaves what the end is sure to cost; the last payslip pays all that is left, to
    the last cent that fits. What the account cannot carry stays owed by the cooperative, and is said.

    Args:
        laws: a ruleset.
        engagement: the person at work; her contract must run until the day at least.
        first: the first month of the plan; the state is that after the month before.
        exit_on: the last day of the contract.
        state: account, fee and year to date before the first month.
        charges: what the end costs beside pay.
        policy: how much each month spends; by default, equal parts until the exit.
        assume_unchanged: beyond the last day known, carry the law forward and mark the payslips.

    Raises:
        InputError: the day comes before the first month, or after the end of the contract.
        LawNotKnownError: the law of a month is not known.

    Law:
        Code du travail, art. R7331-12: the variable part is settled, its balance is due. Practice: before
        the contract ends.
    """
    exit_on = to_day(exit_on, "exit_on")
    last = Month.parse(exit_on)
    charges = charges or ExitCharges()
    period = engagement.contract.period
    if exit_on not in period:
        raise InputError(
            "exit_on",
            f"the contract runs from {period.starts_on} to {period.ends_on or 'no end'}, got {exit_on}",
        )
    if last < first:
        raise InputError("exit_on", f"{exit_on} comes before the first month of the plan, {first}")
    leaving = _Leaving(
        **{
            field.name: getattr(engagement, field.name)
            for field in attrs.fields(Engagement)
            if field.name not in ("contract", "policy")
        },
        contract=_UntilExit(engagement.contract, exit_on),
        exit_month=last,
        wages_cents=charges.wages_cents,
    )
    law = laws.month_law(last, assume_unchanged=assume_unchanged)
    # What the last payslip owes whatever the account holds, at the cost it would have alone in its year.
    owed = cost_of(law, leaving.facts(last, leaving.fixed_pay(last)))
    reserved = charges.indemnity_cents + charges.levy_cents + owed
    policy = policy or SpreadUntilExit(last=last)
    before = max(first, Month.parse(period.starts_on)) + -1
    opening = ActivityStatement.of(state.account, before).available_cents(engagement.availability)
    entries = state.account.entries
    known = attrs.evolve(state.account, entries=[each for each in entries if each.dated_on <= exit_on])
    account = _charged(known, exit_on, charges)
    begin = attrs.evolve(state, account=account)
    for attempt in count(1):
        reserving = attrs.evolve(leaving, policy=_Reserving(policy, reserved, policy.french_name))
        runs = tuple(run_months(laws, reserving, first, last, begin, assume_unchanged=assume_unchanged))
        left = runs[-1].balance_cents
        # The pay of the year so far changes what the last payslip costs: leave more, while there is some.
        if left >= 0 or not any(done.variable_pay_cents for done in runs[:-1]):
            break
        reserved -= left * attempt
    statement = ActivityStatement.of(runs[-1].state.account, Interval(last.first_day, last.last_day))
    unpaid = tuple(_unpaid(runs[-1].state.account))
    plan = ClosingPlan(
        exit_on=exit_on,
        charges=charges,
        reserved_cents=reserved,
        opening_cents=opening,
        months=runs,
        unpaid=unpaid,
        expense_notes_cents=statement.owed_to_entrepreneur_cents,
        later=tuple(each for each in entries if each.dated_on > exit_on),
        findings=(),
    )
    return attrs.evolve(plan, findings=tuple(_findings(plan)))


def _charged(account: ActivityAccount, exit_on: dt.date, charges: ExitCharges) -> ActivityAccount:
    """Charge to the account what the end costs beside pay, on the last day."""
    activity = account.codes[0]
    entries = [
        Entry(dated_on=exit_on, kind=EntryKind.PAY, amount_cents=cents, activity=activity, label=label)
        for cents, label in (
            (charges.indemnity_cents, "Indemnité de rupture"),
            (charges.levy_cents, "Contribution patronale sur l'indemnité"),
        )
        if cents
    ]
    return account.with_entries(*entries)


def _unpaid(account: ActivityAccount) -> Iterator[UnpaidInvoice]:
    owed: dict[str, int] = {}
    for posting in account.postings():
        if posting.customers_cents:
            document = posting.entry.document
            owed[document] = owed.get(document, 0) + posting.customers_cents
    for document, cents in owed.items():
        if cents > 0:
            yield UnpaidInvoice(document=document, open_cents=cents)


def _findings(plan: ClosingPlan) -> Iterator[Reason]:
    left, nothing = plan.left_cents, Citation("C. trav. art. L7331-2 et L7332-3")
    if left < 0:
        short, owed = format_euros(-left), format_euros(-left, "en")
        yield Reason(
            code="account_short_at_exit",
            met=False,
            french=f"le compte ne porte pas la sortie : il manque {short}, que la coopérative doit encore",
            english=f"the account does not carry the exit: {owed} lack, which the cooperative owes still",
            citations=(nothing,),
            found=left,
            wanted=0,
            unit="cents",
        )
    else:
        yield Reason(
            code="account_emptied",
            met=True,
            french=f"compte vidé : il reste {format_euros(left)}, moins qu'un centime de brut ne coûte",
            english=f"emptied: {format_euros(left, 'en')} are left, less than one cent of gross pay costs",
            citations=(Citation("C. trav. art. R7331-12"),),
            found=left,
            wanted=0,
            unit="cents",
        )
    for invoice in plan.unpaid:
        french, english = format_euros(invoice.open_cents), format_euros(invoice.open_cents, "en")
        yield Reason(
            code="invoice_unpaid",
            met=False,
            french=f"facture {invoice.document} : {french} à encaisser, à provisionner ou à verser plus tard",
            english=f"invoice {invoice.document}: {english} to be cashed, provided for, or paid later",
            citations=(nothing,),
            found=invoice.open_cents,
            wanted=0,
            unit="cents",
            needs_review=True,
        )
    if plan.later:
        count = len(plan.later)
        yield Reason(
            code="entries_after_the_exit",
            met=False,
            french=f"{count} écritures du compte viennent après la sortie et ne sont pas comptées",
            english=f"{count} entries of the account come after the exit and are not counted",
            found=count,
            wanted=0,
            unit="entries",
            needs_review=True,
        )
    if plan.expense_notes_cents:
        cents = plan.expense_notes_cents
        yield Reason(
            code="expenses_to_refund",
            met=False,
            french=f"notes de frais à rembourser avant la sortie : {format_euros(cents)}",
            english=f"expenses to refund before the exit: {format_euros(cents, 'en')}",
            found=cents,
            wanted=0,
            unit="cents",
        )
