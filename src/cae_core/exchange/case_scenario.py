"""The months after a case, as a scenario: the same person, the same activity, and what nobody knows of it.

What is known comes from the case: the account after its last month, the fee and the pay of the year to date,
the pay that rights look at, the months in which the activity sells and what it spends. What is not known is
asked for, in a few numbers that a person can answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from cae_core.account import AvailabilityPolicy, EntryKind, FeeBase
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.exchange import case_file
from cae_core.money import MILLION, Rate, divide_half_up
from cae_core.payroll.run import MonthRun, run_months
from cae_core.protection import PayHistory
from cae_core.simulation import Expenses, Invoices, Payment, Scenario, SeasonalTurnover, Start, UncertainLevel

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["CaseScenario", "Outlook", "scenario_after"]

#: The largest mean number of invoices of a month, in hundredths.
_INVOICES_MAX = 3_000


@attrs.frozen(kw_only=True)
class Outlook:
    """What a person may say of the months to come.

    Attributes:
        last: the last month looked at; by default the first December at least half a year away.
        yearly_turnover_cents: the turnover of a year; by default that of the case.
        level_spread_hundredths: how far the level of the year may be from it: the standard deviation of its
            logarithm, in hundredths.
        size_spread_hundredths: the same for the size of an invoice.
        paid_after: after how many months customers pay.
    """

    last: Month | None = None
    yearly_turnover_cents: int | None = None
    level_spread_hundredths: int = 20
    size_spread_hundredths: int = 50
    paid_after: int = 1


@attrs.frozen(kw_only=True)
class CaseScenario:
    """The months after a case.

    Attributes:
        scenario: the scenario.
        runs: the months of the case, as they were run.
        receivables_cents: what customers owe after the last of them.
        receivables_counted: whether that is in the account from the first month on; where the fee is charged
            on what customers pay, it is left out.
    """

    scenario: Scenario
    runs: tuple[MonthRun, ...]
    receivables_cents: int
    receivables_counted: bool


def scenario_after(
    rules: Ruleset, case: case_file.Case, outlook: Outlook | None = None, *, assume_unchanged: bool = False
) -> CaseScenario:
    """Run a case, and return the months after it as a scenario.

    Turnover keeps the seasons of the case where it has twelve months of a calendar year, and is even
    otherwise; invoices come in as many as before; expenses are those of a month of the case, on average.

    Args:
        rules: the law.
        case: the case.
        outlook: what is said of the months to come.
        assume_unchanged: beyond the last day known, carry the law forward.

    Raises:
        InputError: the case sells nothing and no turnover is given, the contract has ended, or the months to
            come end before they start.
        LawNotKnownError: the law of a month is not known.
    """
    said = Outlook() if outlook is None else outlook
    first = case.last_month + 1
    last = _december(first) if said.last is None else said.last
    runs = tuple(
        run_months(
            rules, case.engagement, case.first_month, case.last_month, case.start,
            assume_unchanged=assume_unchanged,
        )
    )  # fmt: skip
    ends_on = case.engagement.contract.period.ends_on
    if not runs or (ends_on is not None and ends_on < first.first_day):
        raise InputError("case", f"expected a contract that goes on in {first}")
    state, months = runs[-1].state, tuple(case.first_month.through(case.last_month))
    invoiced = [max(case.account.turnover_invoiced_cents(month), 0) for month in months]
    turnover = said.yearly_turnover_cents
    if turnover is None:
        turnover = divide_half_up(sum(invoiced) * 12, len(months))
    if not turnover:
        raise InputError("turnover", "the case sells nothing: say what is expected of a year")
    whole_year = len(months) == 12 and months[0].number == 1 and any(invoiced)
    kinds = [posting.entry.kind for month in months for posting in case.account.postings(month)]
    number = kinds.count(EntryKind.INVOICE)
    spent = sum(case.account.direct_expenses_cents(month) for month in months)
    kept, statement = state.year_to_date, runs[-1].statement
    # What customers owe is charged already where the fee is not on what they pay.
    counted = case.engagement.scale.base is not FeeBase.TURNOVER_CASHED
    receivables = max(statement.receivables_cents, 0)
    available = statement.available_cents(AvailabilityPolicy.CASH)
    profile: Any = tuple(invoiced) if whole_year else (1,) * 12
    shocks: Any = (UncertainLevel(spread_hundredths=said.level_spread_hundredths),)
    scenario = Scenario(
        name=case.entrepreneur.name,
        engagement=case.engagement,
        first=first,
        last=last,
        turnover=SeasonalTurnover(yearly_cents=turnover, from_year=first.year, profile=profile),
        shocks=shocks,
        invoices=Invoices(
            a_month_hundredths=min(max(divide_half_up(number * 100, len(months)), 100), _INVOICES_MAX),
            spread_hundredths=said.size_spread_hundredths,
        ),
        payment=Payment(delays=((said.paid_after, Rate(MILLION)),)),
        expenses=Expenses(monthly_cents=divide_half_up(spent, len(months))),
        start=Start(
            treasury_cents=available + (receivables if counted else 0),
            fee=state.fee,
            year_to_date=kept if kept is not None and kept.year == first.year else None,
            history=PayHistory.from_payslips(done.payslip for done in runs),
        ),
        assume_unchanged=assume_unchanged,
    )
    return CaseScenario(
        scenario=scenario, runs=runs, receivables_cents=receivables, receivables_counted=counted
    )


def _december(first: Month) -> Month:
    """Return the first December that leaves half a year."""
    return Month((first + 5).year, 12)
