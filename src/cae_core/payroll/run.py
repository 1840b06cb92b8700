"""The chain of a CAE, month after month: account → fee → budget → gross pay → payslip → account.

Each month, on its last day: the entries of the month are in the account, the cooperative's fee is charged,
the pay policy decides a budget, the largest gross pay whose cost fits it is paid, and its cost is charged
to the account. The fixed part is due even where the account is short: the run says so, it does not zero it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from cae_core.account import (
    ActivityAccount,
    ActivityStatement,
    Entry,
    EntryKind,
    FeeCharge,
    FeeState,
    MonthActivity,
    charge_month,
)
from cae_core.calendar import Interval, Month
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.money import format_euros
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.engine import cost_of, payslip
from cae_core.payroll.inverse import Inverse
from cae_core.payroll.month_law import MonthLaw, MonthLaws
from cae_core.payroll.payslip import Payslip
from cae_core.payroll.preimage import Budgeted
from cae_core.payroll.year_to_date import YearToDate
from cae_core.shown import Shown

__all__ = ["MonthRun", "MonthRuns", "PayFinding", "RunState", "run_month", "run_months"]


@attrs.frozen(kw_only=True)
class PayFinding:
    """Something a person should know about a month, with its figures and its text.

    Attributes:
        code: what kind of finding; stable.
        amount_cents: the figure it is about.
        french, english: the sentence, figures included.
        citation: the text behind it.
    """

    code: str
    month: Month
    amount_cents: int
    french: str
    english: str
    citation: Citation

    def text(self, lang: str = "fr") -> str:
        """The sentence in a language."""
        return self.french if lang == "fr" else self.english


@attrs.frozen(kw_only=True)
class RunState:
    """All that a month needs of the months before. Start with ``RunState(account=...)``."""

    account: ActivityAccount
    fee: FeeState = attrs.field(factory=FeeState)
    year_to_date: YearToDate | None = None


@attrs.frozen(kw_only=True, eq=False)
class MonthRun(Shown):
    """One month of the chain, every step of it.

    Attributes:
        month: the month.
        fee: the cooperative's fee, with its lines.
        statement: the statement of the month, pay included.
        available_cents: what the account could spend on pay, after the fee.
        budget_cents: what the policy decided to spend; ``None`` is the fixed part alone.
        budgeted: the largest gross pay that fits the budget, where there was one.
        fixed_pay_cents: the fixed part due.
        payslip: the payslip; its gross pay is the fixed part and the variable part.
        findings: what a person should know.
        state: the state after the month.
    """

    month: Month
    fee: FeeCharge
    statement: ActivityStatement
    available_cents: int
    budget_cents: int | None
    budgeted: Budgeted | None
    fixed_pay_cents: int
    payslip: Payslip
    findings: tuple[PayFinding, ...]
    state: RunState

    @property
    def variable_pay_cents(self) -> int:
        """The variable part paid this month, or advanced on the year's."""
        return self.payslip.gross_pay_cents - self.fixed_pay_cents

    @property
    def balance_cents(self) -> int:
        """What the account has available at the end of the month, pay charged."""
        return self.available_cents - self.payslip.employer_cost_cents


class MonthRuns(Shown, tuple[MonthRun, ...]):
    """Months of the chain run in a row: ``MonthRuns(run_months(…))``."""

    __slots__ = ()

    @property
    def payslips(self) -> tuple[Payslip, ...]:
        """The payslips, in order."""
        return tuple(done.payslip for done in self)

    def month(self, month: Month | str) -> MonthRun:
        """Return one month.

        Raises:
            InputError: it was not run.
        """
        asked = Month.parse(month)
        for done in self:
            if done.month == asked:
                return done
        known = f"{self[0].month} … {self[-1].month}" if self else "…"
        raise InputError("month", f"expected one of {known}, got {asked}")

    def statement(self) -> ActivityStatement:
        """Return the statement of all the months, pay included.

        Raises:
            InputError: no month was run.
        """
        if not self:
            raise InputError("months", "expected one month or more, got none")
        period = Interval(self[0].month.first_day, self[-1].month.last_day)
        return ActivityStatement.of(self[-1].state.account, period)


def run_month(
    laws: MonthLaws,
    engagement: Engagement,
    month: Month,
    state: RunState,
    *,
    assume_unchanged: bool = False,
    known_on: dt.date | None = None,
) -> MonthRun:
    """Run one month of the chain.

    Args:
        laws: a ruleset.
        engagement: the person at work.
        month: the month; the contract must cover a day of it.
        state: the state after the month before.
        assume_unchanged: beyond the last day known, carry the law forward and mark the payslip.
        known_on: ignore texts published after this day.

    Raises:
        InputError: the contract does not cover the month.
        LawNotKnownError: the law of the month is not known.
    """
    period = engagement.contract.period
    if not period.days_in(month):
        raise InputError(
            str(month), f"the contract runs from {period.starts_on} to {period.ends_on or 'no end'}"
        )
    leaves = period.ends_in(month)
    law = laws.month_law(month, assume_unchanged=assume_unchanged, known_on=known_on)
    year = state.year_to_date if state.year_to_date and state.year_to_date.year == month.year else None

    activity = MonthActivity.of(state.account, month, **engagement.fee_standing(month))
    charge, fee_state = charge_month(engagement.scale, state.fee, activity, closing=leaves)
    account = _with(state.account, charge.entry(state.account.codes[0]))

    available = ActivityStatement.of(account, month).available_cents(engagement.availability)
    budget = engagement.policy.budget(month, available, leaves=leaves)
    facts = engagement.facts(month)
    fixed = engagement.fixed_pay(month)
    budgeted = None if budget is None else Inverse(law, facts, year).for_budget(budget)
    gross = max(fixed, budgeted.gross_pay_cents if budgeted else 0)
    slip = payslip(law, facts.with_gross(gross), year)

    account = _with(account, _pay_entry(slip, state.account.codes[0]))
    return MonthRun(
        month=month,
        fee=charge,
        statement=ActivityStatement.of(account, month),
        available_cents=available,
        budget_cents=budget,
        budgeted=budgeted,
        fixed_pay_cents=fixed,
        payslip=slip,
        findings=tuple(_findings(engagement, law, month, available, fixed, slip, year)),
        state=RunState(account=account, fee=fee_state, year_to_date=slip.year_to_date),
    )


def run_months(
    laws: MonthLaws,
    engagement: Engagement,
    first: Month,
    last: Month,
    state: RunState,
    *,
    assume_unchanged: bool = False,
    known_on: dt.date | None = None,
) -> Iterator[MonthRun]:
    """Run several months in a row, from ``first`` to ``last``, both included.

    Months before the contract starts are not run; their entries still count in the account.
    """
    for month in first.through(last):
        if not engagement.contract.period.days_in(month):
            continue
        done = run_month(laws, engagement, month, state, assume_unchanged=assume_unchanged, known_on=known_on)
        state = done.state
        yield done


def _with(account: ActivityAccount, entry: Entry | None) -> ActivityAccount:
    return account if entry is None else account.with_entries(entry)


def _pay_entry(slip: Payslip, activity: str) -> Entry | None:
    """The entry that charges a payslip to the account; a regularisation may give back more than it costs."""
    cost = slip.employer_cost_cents
    if cost == 0:
        return None
    return Entry(
        dated_on=slip.month.last_day,
        kind=EntryKind.PAY if cost > 0 else EntryKind.PAY_REVERSAL,
        amount_cents=abs(cost),
        activity=activity,
        label=f"Paie {slip.month}",
    )


def _findings(
    engagement: Engagement,
    law: MonthLaw,
    month: Month,
    available: int,
    fixed: int,
    slip: Payslip,
    year: YearToDate | None,
) -> Iterator[PayFinding]:
    """Say where the account does not carry the pay that is due."""
    cost = slip.employer_cost_cents
    if cost <= max(available, 0):
        return
    short = cost - available
    fixed_cost = cost_of(law, engagement.facts(month, fixed), year)
    if fixed:
        french = (
            f"la part fixe de {format_euros(fixed)} coûte {format_euros(fixed_cost)} et reste due ; "
            f"le compte d'activité n'a que {format_euros(available)} : il manque {format_euros(short)}. "
            "Prévoir un entretien, un avenant sur la part fixe ou une avance."
        )
        english = (
            f"the fixed part of {format_euros(fixed, 'en')} costs {format_euros(fixed_cost, 'en')} and stays "
            f"due; the activity account has {format_euros(available, 'en')}: {format_euros(short, 'en')} are "
            "missing. Plan an interview, an amendment of the fixed part or an advance."
        )
    else:
        french = (
            f"aucune rémunération, mais {format_euros(cost)} de coût (complémentaires) restent dus : "
            f"il manque {format_euros(short)}."
        )
        english = (
            f"no pay, but {format_euros(cost, 'en')} of cost (covers) remain due: "
            f"{format_euros(short, 'en')} are missing."
        )
    yield PayFinding(
        code="account_short",
        month=month,
        amount_cents=short,
        french=french,
        english=english,
        citation=engagement.contract.fixed_pay_citation,
    )
