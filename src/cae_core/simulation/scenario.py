"""A scenario: one person at work, what her activity may bring, and the months looked at."""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.account import ActivityAccount, Entry, EntryKind, FeeScale, FeeState
from cae_core.calendar import Month
from cae_core.cooperative import Activity
from cae_core.errors import InputError
from cae_core.money import Lane
from cae_core.pathway import Pathway
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.year_to_date import YearToDate
from cae_core.protection import Entitlement, PayHistory
from cae_core.simulation.draws import Draws
from cae_core.simulation.flows import Flows, Sale
from cae_core.simulation.turnover import Expenses, Turnover
from cae_core.simulation.uncertainty import Invoices, Payment, Shock
from cae_core.terms import Term

__all__ = ["Scenario", "Start", "WatchDay", "Watched"]


class WatchDay(Term):
    """On which days a right is asked about."""

    EACH_MONTH = "each_month", "le lendemain de chaque mois", "the day after each month"
    YEAR_END = "year_end", "le 31 décembre", "31 December"
    LAST_DAY = "last_day", "le dernier jour", "the last day"


@attrs.frozen
class Watched:
    """A right that is asked about while time passes.

    Attributes:
        entitlement: the right.
        on: on which days.
        facts: what it looks at beside the pay.
    """

    entitlement: Entitlement
    on: WatchDay
    facts: tuple[object, ...] = ()

    def falls_in(self, month: Month, last: Month) -> bool:
        """Whether it is asked about once the pay of a month is known."""
        if self.on is WatchDay.EACH_MONTH:
            return True
        return month == last or (self.on is WatchDay.YEAR_END and month.number == 12)

    def day(self, month: Month) -> Any:
        """The day it is asked about once the pay of a month is known."""
        return (month + 1).first_day if self.on is WatchDay.EACH_MONTH else month.last_day


@attrs.frozen(kw_only=True, eq=False)
class Start:
    """How things stand before the first month.

    Attributes:
        treasury_cents: what the account holds, all of it earned; below zero what it owes.
        fee: the state of the fee.
        year_to_date: the state of the payroll, where the year has begun.
        history: what was paid before, for the rights.
    """

    treasury_cents: int = 0
    fee: FeeState = attrs.field(factory=FeeState)
    year_to_date: YearToDate | None = None
    history: PayHistory = attrs.field(factory=PayHistory)


@attrs.frozen(kw_only=True, eq=False)
class Scenario:
    """Everything a simulation needs but the law and the seed.

    Attributes:
        name: what people call it.
        engagement: the person at work: cooperative, contract, fee scale, pay policy, the day of admission as
            an associate.
        first, last: the months looked at, both included.
        turnover: what is expected of each month.
        shocks: what may change it, in this order.
        invoices: how it comes in; ``None`` is one invoice a month of what is expected.
        payment: when invoices are paid.
        expenses: the direct expenses.
        start: how things stand before.
        support_scale: the fee scale of the months before the contract (CAPE): the activity then runs without
            pay. Without it nothing happens before the contract.
        pathway: her path, for the deadlines.
        assume_unchanged: beyond the last day known, carry the law forward and mark what rests on it.

    Raises:
        InputError: the months are in the wrong order, or the pay of the year so far would be missing.
    """

    name: str
    engagement: Engagement
    first: Month
    last: Month
    turnover: Turnover
    shocks: tuple[Shock, ...] = attrs.field(default=(), converter=tuple)
    invoices: Invoices | None = None
    payment: Payment = attrs.field(factory=Payment)
    expenses: Expenses = attrs.field(factory=Expenses)
    start: Start = attrs.field(factory=Start)
    support_scale: FeeScale | None = None
    pathway: Pathway | None = None
    assume_unchanged: bool = False

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise InputError("last", f"{self.last} comes before the first month, {self.first}")
        starts = Month.parse(self.engagement.contract.period.starts_on)
        if self.first.number != 1 and starts < self.first and self.start.year_to_date is None:
            raise InputError(
                "first",
                f"expected January, the first month of the contract ({starts}) or the state of the year so "
                f"far, got {self.first}: the pay of the year to date would be missing",
            )

    @property
    def months(self) -> tuple[Month, ...]:
        """The months looked at."""
        return tuple(self.first.through(self.last))

    @property
    def drawn(self) -> tuple[Shock | Invoices | Payment, ...]:
        """What is drawn, in order."""
        payment = (self.payment,) if self.payment.random else ()
        return (*self.shocks, *(() if self.invoices is None else (self.invoices,)), *payment)

    @property
    def random(self) -> bool:
        """Whether anything is drawn."""
        return bool(self.drawn)

    def works_in(self, month: Month) -> bool:
        """Whether the contract of employment covers a day of a month."""
        return bool(self.engagement.contract.period.days_in(month))

    def supported_in(self, month: Month) -> bool:
        """Whether a month is one of the contract of support, before employment."""
        starts = Month.parse(self.engagement.contract.period.starts_on)
        return self.support_scale is not None and month < starts

    def scale(self, month: Month) -> FeeScale | None:
        """The fee scale of a month; ``None`` where nothing is charged."""
        if self.supported_in(month):
            return self.support_scale
        return self.engagement.scale if self.works_in(month) else None

    def closes_fee(self, month: Month) -> bool:
        """Whether a month is the last under its fee scale."""
        if self.supported_in(month):
            return not self.supported_in(month + 1)
        return self.works_in(month) and self.engagement.contract.period.ends_in(month)

    def flows(self, draws: Draws | None = None) -> Flows:
        """Return what comes in and goes out: whole numbers where nothing is drawn, else columns of paths.

        Raises:
            InputError: something is drawn and no draws are given.
        """
        months = self.months
        means: list[Lane] = list(self.turnover.expected(months))
        if self.random and draws is None:
            raise InputError("draws", "the scenario draws: give Draws(seed, paths)")
        ranks: dict[type, int] = {}
        for shock in self.shocks:
            assert draws is not None
            rank = ranks[type(shock)] = ranks.get(type(shock), -1) + 1
            means = shock.apply(means, months, draws, rank)
        sales = []
        for month, mean in zip(months, means, strict=True):
            if self.scale(month) is None:
                continue
            amounts: Any = (mean,) if self.invoices is None else self.invoices.amounts(mean, month, draws)  # type: ignore[arg-type]
            delays = self.payment.rows(month, len(amounts), draws)
            sales += [Sale(month, *pair) for pair in zip(amounts, delays, strict=True)]
        return Flows(
            months=months,
            sales=tuple(sale for sale in sales if hasattr(sale.amount_cents, "any") or sale.amount_cents),
            expenses=self.expenses,
            written_off_after=self.payment.written_off_after,
        )

    def account(self, flows: Flows) -> ActivityAccount:
        """Return the account of one path, with what was there before and every entry of its flows."""
        code, before = "activity", self.first + -1
        opening = self.start.treasury_cents
        entries = list(flows.entries(code))
        if opening > 0:
            what: dict[str, Any] = {
                "dated_on": before.last_day, "amount_cents": opening, "activity": code, "document": "opening"
            }  # fmt: skip
            entries += [Entry(kind=kind, **what) for kind in (EntryKind.INVOICE, EntryKind.CASH_IN)]
        elif opening < 0:
            entries.append(
                Entry(dated_on=before.last_day, kind=EntryKind.EXPENSE, amount_cents=-opening, activity=code)
            )
        return ActivityAccount(activities=Activity(code=code, name=self.name), entries=entries)
