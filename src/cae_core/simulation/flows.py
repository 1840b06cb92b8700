"""What comes in and goes out month after month: invoices, cash-ins, write-offs, expenses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from cae_core.account import Entry, EntryKind
from cae_core.calendar import Month
from cae_core.money import Lane, choose
from cae_core.simulation.turnover import Expenses

__all__ = ["Flows", "Sale"]


@attrs.frozen(eq=False)
class Sale:
    """An invoice of a path, or one invoice of each path.

    Attributes:
        month: the month it is invoiced in.
        amount_cents: its amount excluding VAT; zero where a path has none.
        delay: months until it is paid; −1 where it never is.
    """

    month: Month
    amount_cents: Lane
    delay: Lane


def _row(lane: Lane, position: int) -> Lane:
    return int(lane[position]) if hasattr(lane, "__array_namespace__") else lane


@attrs.frozen(eq=False, kw_only=True)
class Flows:
    """The flows of one path, in whole numbers, or of many, in columns.

    Attributes:
        months: the months, in a row.
        sales: the invoices.
        expenses: what is spent.
        written_off_after: how many months after an invoice that is never paid it is written off.
    """

    months: tuple[Month, ...]
    sales: tuple[Sale, ...] = attrs.field(repr=False)
    expenses: Expenses
    written_off_after: int

    def row(self, position: int) -> Flows:
        """Return the flows of one path of a column."""
        sales = (
            Sale(sale.month, _row(sale.amount_cents, position), _row(sale.delay, position))
            for sale in self.sales
        )
        return attrs.evolve(self, sales=tuple(sale for sale in sales if sale.amount_cents))

    def invoiced(self) -> list[Lane]:
        """Return the turnover invoiced in each month, in cents."""
        found: list[Lane] = [0] * len(self.months)
        for sale in self.sales:
            rank = sale.month - self.months[0]
            found[rank] = found[rank] + sale.amount_cents
        return found

    def cashed(self) -> list[Lane]:
        """Return what customers pay in each month, in cents."""
        return self._settled(lambda delay: delay)

    def written_off(self) -> list[Lane]:
        """Return the invoices written off in each month, in cents."""
        return self._settled(lambda delay: choose(delay < 0, self.written_off_after, -1))

    def _settled(self, after: Any) -> list[Lane]:
        found: list[Lane] = [0] * len(self.months)
        for sale in self.sales:
            rank, delay = sale.month - self.months[0], after(sale.delay)
            if type(delay) is int:
                if 0 <= delay < len(found) - rank:
                    found[rank + delay] = found[rank + delay] + sale.amount_cents
                continue
            for later in sorted(set(delay.tolist())):
                if 0 <= later < len(found) - rank:
                    part = choose(delay == later, sale.amount_cents, 0)
                    found[rank + later] = found[rank + later] + part
        return found

    def spent(self) -> list[Lane]:
        """Return the direct expenses of each month, in cents."""
        share, monthly = self.expenses.share, self.expenses.monthly_cents
        return [share.of(invoiced) + monthly for invoiced in self.invoiced()]

    def entries(self, activity: str) -> Iterator[Entry]:
        """Iterate over the entries that one path posts to the account of an activity.

        Invoices are dated on the first day of their month, everything else on the last.
        """
        last = self.months[-1]
        for rank, sale in enumerate(self.sales, start=1):
            document = f"{sale.month}-{rank:03d}"
            what: dict[str, Any] = {
                "amount_cents": sale.amount_cents, "activity": activity, "document": document
            }  # fmt: skip
            yield Entry(dated_on=sale.month.first_day, kind=EntryKind.INVOICE, **what)
            never = sale.delay < 0
            settled = sale.month + (self.written_off_after if never else sale.delay)
            if settled <= last:
                kind = EntryKind.WRITE_OFF if never else EntryKind.CASH_IN
                yield Entry(dated_on=settled.last_day, kind=kind, **what)
        for month, cents in zip(self.months, self.spent(), strict=True):
            if cents:
                yield Entry(
                    dated_on=month.last_day,
                    kind=EntryKind.EXPENSE,
                    amount_cents=cents,
                    activity=activity,
                    in_gross_margin=self.expenses.in_gross_margin,
                )
