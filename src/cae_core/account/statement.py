"""The statement handed to the entrepreneur: profit and loss, balance sheet, detail behind each total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs

from cae_core.account.entries import Entry, EntryKind, Heading
from cae_core.account.ledger import ActivityAccount, Period, Posting
from cae_core.calendar import Interval, Month, to_day
from cae_core.errors import InputError
from cae_core.shown import Shown
from cae_core.terms import Term

__all__ = ["ActivityStatement", "AvailabilityPolicy", "StatementDetail", "StatementLine"]


class AvailabilityPolicy(Term):
    """What counts as available for pay. The law speaks of turnover; most cooperatives pay from cash.

    Law:
        Code du travail, art. L7332-3.
    """

    CASH = "cash", "trésorerie disponible"
    ACCRUAL = "accrual", "résultat facturé"


@attrs.frozen
class StatementDetail:
    """An entry and the cents it adds to a line."""

    entry: Entry
    amount_cents: int


@attrs.frozen(kw_only=True)
class StatementLine:
    """One line of a statement.

    Attributes:
        code: short name, stable.
        french_name: the words people read.
        amount_cents: signed, so that a column can be added from top to bottom.
        details: the entries the amount is made of; they add up to it.
        adds: for a subtotal, the codes of the lines it adds; it has no details of its own.
    """

    code: str
    french_name: str
    amount_cents: int
    details: tuple[StatementDetail, ...] = ()
    adds: tuple[str, ...] = ()


def _line(
    code: str, french_name: str, postings: Iterable[Posting], amount: Callable[[Posting], int]
) -> StatementLine:
    details = tuple(
        StatementDetail(posting.entry, cents) for posting in postings if (cents := amount(posting)) != 0
    )
    total = sum(detail.amount_cents for detail in details)
    return StatementLine(code=code, french_name=french_name, amount_cents=total, details=details)


@attrs.frozen(kw_only=True)
class ActivityStatement(Shown):
    """The statement of an account (état des comptes) for a period, as it stands on a day.

    Made by :meth:`of`; it reads the account and nothing else, never today's date.

    Attributes:
        account: the account it was drawn from.
        starts_on: first day of the period.
        on: the day of the balance sheet, last day counted in the profit and loss account.
        profit_and_loss: lines of the compte de résultat analytique, costs below zero.
        assets: lines of the balance sheet (bilan analytique), actif.
        liabilities: lines of the balance sheet, passif: debts, then the result carried.

    Law:
        Code du travail, art. L7332-3, R7331-5.
    """

    account: ActivityAccount = attrs.field(repr=False)
    starts_on: dt.date
    on: dt.date
    profit_and_loss: tuple[StatementLine, ...]
    assets: tuple[StatementLine, ...]
    liabilities: tuple[StatementLine, ...]

    @classmethod
    def of(cls, account: ActivityAccount, period: Period, on: dt.date | None = None) -> ActivityStatement:
        """Draw the statement of a period.

        Args:
            account: the account.
            period: a month or an interval, such as the accounting year.
            on: the day it is drawn, inside the period; by default its last day. Later entries are unseen.

        Raises:
            InputError: the day is outside the period, or the period has no end and no day was given.
        """
        starts_on, ends_on = _bounds(period)
        last = ends_on if on is None else to_day(on, "on")
        if last is None:
            raise InputError("on", "expected the day of the statement, for the period has no end")
        if last < starts_on or (ends_on is not None and last > ends_on):
            raise InputError(
                "on", f"expected a day from {starts_on} to {ends_on or 'any later day'}, got {last}"
            )
        to_date = [posting for posting in account.postings() if posting.entry.dated_on <= last]
        within = [posting for posting in to_date if posting.entry.dated_on >= starts_on]
        return cls(
            account=account,
            starts_on=starts_on,
            on=last,
            profit_and_loss=_profit_and_loss(within),
            assets=_assets(to_date),
            liabilities=_liabilities(to_date, starts_on),
        )

    @property
    def lines(self) -> tuple[StatementLine, ...]:
        """Every line, in printed order."""
        return (*self.profit_and_loss, *self.assets, *self.liabilities)

    def line(self, code: str) -> StatementLine:
        """Return the line called ``code``.

        Raises:
            InputError: no such line.
        """
        for line in self.lines:
            if line.code == code:
                return line
        raise InputError(
            "code", f"expected one of {', '.join(line.code for line in self.lines)}, got {code!r}"
        )

    def cents(self, code: str) -> int:
        """Return the amount of the line called ``code``."""
        return self.line(code).amount_cents

    @property
    def turnover_cents(self) -> int:
        """Turnover of the period, excluding VAT (chiffre d'affaires hors taxes)."""
        return self.cents("turnover")

    @property
    def internal_sales_cents(self) -> int:
        """Sales of the period to other activities (ventes internes)."""
        return self.cents("internal_sales")

    @property
    def direct_expenses_cents(self) -> int:
        """Direct expenses of the period, above zero (charges directes)."""
        return -self.cents("production_costs") - self.cents("other_direct_expenses")

    @property
    def gross_margin_cents(self) -> int:
        """Gross margin of the period (marge brute)."""
        return self.cents("gross_margin")

    @property
    def fee_cents(self) -> int:
        """Cooperative fee of the period, above zero (contribution coopérative)."""
        return -self.cents("fee")

    @property
    def result_before_pay_cents(self) -> int:
        """Result of the period before any pay (résultat avant rémunération).

        Law:
            Code du travail, art. L7332-3.
        """
        return self.cents("result_before_pay")

    @property
    def pay_cost_cents(self) -> int:
        """Employer cost of the payslips of the period, above zero."""
        return -self.cents("pay")

    @property
    def result_cents(self) -> int:
        """Result of the period (résultat)."""
        return self.cents("result")

    @property
    def treasury_cents(self) -> int:
        """Treasury on the day (trésorerie)."""
        return self.cents("treasury")

    @property
    def receivables_cents(self) -> int:
        """What customers owe on the day (créances clients)."""
        return self.cents("receivables")

    @property
    def owed_to_entrepreneur_cents(self) -> int:
        """Expenses she paid and was not yet refunded (notes de frais à rembourser)."""
        return self.cents("expense_notes")

    @property
    def owed_to_customers_cents(self) -> int:
        """What is owed to customers on the day (clients créditeurs)."""
        return self.cents("owed_to_customers")

    @property
    def carried_result_cents(self) -> int:
        """Result to date, less what was left to the cooperative (résultat à reporter)."""
        return self.cents("carried_result")

    def available_cents(self, policy: AvailabilityPolicy = AvailabilityPolicy.CASH) -> int:
        """Return what can be spent on pay on that day, employer contributions included.

        Under the cash policy: the treasury less debts, unpaid invoices counting for nothing. Under the
        accrual policy: the result carried, unpaid invoices counting in full. Below zero, the shortfall;
        fixed pay is due nonetheless, for it is owed by contract.

        Law:
            Code du travail, art. L7332-3, R7331-11.
        """
        if policy is AvailabilityPolicy.ACCRUAL:
            return self.carried_result_cents
        return self.treasury_cents - self.owed_to_entrepreneur_cents - self.owed_to_customers_cents


def _bounds(period: Period) -> tuple[dt.date, dt.date | None]:
    if isinstance(period, Month):
        return period.first_day, period.last_day
    if isinstance(period, Interval):
        return period.starts_on, period.ends_on
    raise InputError("period", f"expected a Month or an Interval, got {period!r}")


def _profit_and_loss(postings: list[Posting]) -> tuple[StatementLine, ...]:
    lines: list[StatementLine] = []

    def add(heading: Heading) -> None:
        under = [posting for posting in postings if posting.heading is heading]
        lines.append(_line(heading.code, heading.french_name, under, lambda posting: posting.result_cents))

    def subtotal(code: str, french_name: str, *adds: str) -> None:
        cents = sum(line.amount_cents for line in lines if line.code in adds)
        lines.append(StatementLine(code=code, french_name=french_name, amount_cents=cents, adds=adds))

    add(Heading.TURNOVER)
    add(Heading.INTERNAL_SALES)
    add(Heading.PRODUCTION_COSTS)
    subtotal("gross_margin", "marge brute", "turnover", "internal_sales", "production_costs")
    add(Heading.OTHER_DIRECT_EXPENSES)
    add(Heading.FEE)
    subtotal(
        "result_before_pay", "résultat avant rémunération", "gross_margin", "other_direct_expenses", "fee"
    )
    add(Heading.PAY)
    subtotal("result", "résultat", "result_before_pay", "pay")
    return tuple(lines)


def _by_customer_balance(postings: list[Posting]) -> tuple[list[Posting], list[Posting]]:
    """Separate the invoices customers still owe from those for which they are owed something."""
    open_cents: dict[str, int] = {}
    for posting in postings:
        document = posting.entry.document
        open_cents[document] = open_cents.get(document, 0) + posting.customers_cents
    moving = [posting for posting in postings if posting.customers_cents]
    owed_by = [posting for posting in moving if open_cents[posting.entry.document] > 0]
    owed_to = [posting for posting in moving if open_cents[posting.entry.document] < 0]
    return owed_by, owed_to


def _assets(postings: list[Posting]) -> tuple[StatementLine, ...]:
    treasury = _line("treasury", "trésorerie", postings, lambda posting: posting.treasury_cents)
    owed_by, _ = _by_customer_balance(postings)
    receivables = _line("receivables", "créances clients", owed_by, lambda posting: posting.customers_cents)
    total = StatementLine(
        code="total_assets",
        french_name="total de l'actif",
        amount_cents=treasury.amount_cents + receivables.amount_cents,
        adds=("treasury", "receivables"),
    )
    return treasury, receivables, total


def _liabilities(postings: list[Posting], starts_on: dt.date) -> tuple[StatementLine, ...]:
    # Each line is added up from its own entries: that both sides agree is a fact, not a construction.
    _, owed_to = _by_customer_balance(postings)
    before = [posting for posting in postings if posting.entry.dated_on < starts_on]
    within = [posting for posting in postings if posting.entry.dated_on >= starts_on]
    left = [posting for posting in postings if posting.entry.kind is EntryKind.NET_RESULT_LEFT]
    debts = (
        _line(
            "expense_notes",
            "notes de frais à rembourser",
            postings,
            lambda posting: posting.expense_notes_cents,
        ),
        _line("owed_to_customers", "clients créditeurs", owed_to, lambda posting: -posting.customers_cents),
    )
    results = (
        _line("result_brought_forward", "résultat antérieur", before, lambda posting: posting.result_cents),
        _line("result_of_period", "résultat de la période", within, lambda posting: posting.result_cents),
        _line(
            "net_result_left",
            "résultat net laissé à la coopérative",
            left,
            lambda posting: -posting.left_cents,
        ),
    )
    carried = StatementLine(
        code="carried_result",
        french_name="résultat à reporter",
        amount_cents=sum(line.amount_cents for line in results),
        adds=tuple(line.code for line in results),
    )
    total = StatementLine(
        code="total_liabilities",
        french_name="total du passif",
        amount_cents=sum(line.amount_cents for line in debts) + carried.amount_cents,
        adds=(*(line.code for line in debts), "carried_result"),
    )
    return (*debts, *results, carried, total)
