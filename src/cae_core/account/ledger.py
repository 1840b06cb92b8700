"""The running account of one or several activities."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs

from cae_core.account.entries import EFFECTS, Effect, Entry, EntryKind, Heading
from cae_core.calendar import Interval, Month
from cae_core.cooperative import Activity, Entrepreneur
from cae_core.errors import InputError, InputErrors
from cae_core.money import format_euros

__all__ = ["ActivityAccount", "Period", "Posting"]

#: Days a total covers: a month, or an interval with inclusive bounds.
Period: TypeAlias = Month | Interval

_HEADINGS = {
    EntryKind.INVOICE: Heading.TURNOVER,
    EntryKind.CREDIT_NOTE: Heading.TURNOVER,
    EntryKind.FEE: Heading.FEE,
    EntryKind.FEE_REVERSAL: Heading.FEE,
    EntryKind.PAY: Heading.PAY,
    EntryKind.PAY_REVERSAL: Heading.PAY,
}
_EXPENSE_KINDS = frozenset(
    {EntryKind.EXPENSE, EntryKind.EXPENSE_REVERSAL, EntryKind.EXPENSE_ADVANCED, EntryKind.WRITE_OFF}
)
_COSTS = (Heading.PRODUCTION_COSTS, Heading.OTHER_DIRECT_EXPENSES)
_NOT_DIRECT = (
    "an expense that is not directly and exclusively linked to the activity (charge directement et "
    "exclusivement liée) cannot be charged to its account: the cooperative fee pays it "
    "(Code du travail, art. L7332-3)"
)


@attrs.frozen
class Posting:
    """An entry as one account sees it: the heading it falls under and the cents it moves on each side."""

    entry: Entry
    heading: Heading | None
    effect: Effect

    @property
    def treasury_cents(self) -> int:
        """What the entry adds to the treasury."""
        return self.effect.treasury * self.entry.amount_cents

    @property
    def customers_cents(self) -> int:
        """What the entry adds to the debt of the customers."""
        return self.effect.customers * self.entry.amount_cents

    @property
    def expense_notes_cents(self) -> int:
        """What the entry adds to the expenses to refund."""
        return self.effect.expense_notes * self.entry.amount_cents

    @property
    def result_cents(self) -> int:
        """What the entry adds to the result."""
        return self.effect.result * self.entry.amount_cents

    @property
    def left_cents(self) -> int:
        """What the entry leaves to the cooperative."""
        return self.effect.left * self.entry.amount_cents


def _as_activities(value: Activity | Iterable[Activity]) -> tuple[Activity, ...]:
    return (value,) if isinstance(value, Activity) else tuple(value)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.sort_key))


@attrs.frozen(kw_only=True)
class ActivityAccount:
    """The account of an activity (compte d'activité): its entries, in order, and what they add up to.

    A value: adding entries gives another account. An account that exists is sound; entries that are not
    are refused together, each with its reason.

    Attributes:
        activities: the activity, or the several activities of one person kept in one account.
        holder: the person; ``None`` for a joint activity, whose shares go to several accounts.
        entries: in order of day, then of kind.

    Law:
        Code du travail, art. R7331-5, R7331-6 (number to be checked).
    """

    activities: tuple[Activity, ...] = attrs.field(converter=_as_activities)
    holder: Entrepreneur | None = None
    entries: tuple[Entry, ...] = attrs.field(default=(), converter=_in_order)

    def __attrs_post_init__(self) -> None:
        codes = self.codes
        if not codes or len(set(codes)) != len(codes):
            raise InputError("ActivityAccount.activities", f"expected distinct activities, got {list(codes)}")
        problems = list(self._objections())
        if problems:
            raise InputErrors(
                f"the account of {', '.join(codes)} refuses {len(problems)} thing(s)",
                problems,
            )

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the activities."""
        return tuple(activity.code for activity in self.activities)

    def with_entries(self, *entries: Entry) -> ActivityAccount:
        """Return the account with more entries, in any order.

        Raises:
            InputErrors: every entry that cannot be posted, with its reason. No entry is posted then.
        """
        return attrs.evolve(self, entries=(*self.entries, *entries))

    def of_activity(self, code: str) -> ActivityAccount:
        """Return the part of the account that belongs to one of its activities.

        Activities under different fee scales need it: their entries must not be added up.
        """
        activity = next((activity for activity in self.activities if activity.code == code), None)
        if activity is None:
            raise InputError("activity", f"expected one of {', '.join(self.codes)}, got {code!r}")
        kept = (entry for entry in self.entries if code in (entry.activity, entry.other_activity))
        return ActivityAccount(activities=(activity,), holder=self.holder, entries=tuple(kept))

    def postings(self, during: Period | None = None) -> Iterator[Posting]:
        """Iterate over the entries of a period, as this account sees them.

        A transfer between two activities of the same account moves nothing in it: it shows in
        :meth:`of_activity` only.
        """
        for entry in self.entries:
            if during is None or entry.dated_on in during:
                effect, heading = self._seen(entry)
                yield Posting(entry, heading, effect)

    def _seen(self, entry: Entry) -> tuple[Effect, Heading | None]:
        cost = Heading.PRODUCTION_COSTS if entry.in_gross_margin else Heading.OTHER_DIRECT_EXPENSES
        if entry.kind is EntryKind.TRANSFER:
            sells, buys = entry.activity in self.codes, entry.other_activity in self.codes
            if sells and buys:
                return Effect(), None
            effect = EFFECTS[entry.kind]
            return (effect, Heading.INTERNAL_SALES) if sells else (effect.reversed(), cost)
        heading = cost if entry.kind in _EXPENSE_KINDS else _HEADINGS.get(entry.kind)
        return EFFECTS[entry.kind], heading

    def total_cents(self, heading: Heading, during: Period | None = None) -> int:
        """Return what one heading adds to the result of a period: below zero for a cost."""
        return sum(posting.result_cents for posting in self.postings(during) if posting.heading is heading)

    def turnover_invoiced_cents(self, during: Period | None = None) -> int:
        """Return the turnover invoiced, less credit notes (chiffre d'affaires facturé)."""
        return self.total_cents(Heading.TURNOVER, during)

    def turnover_cashed_cents(self, during: Period | None = None) -> int:
        """Return what customers paid, less what was paid back to them (chiffre d'affaires encaissé)."""
        return sum(
            posting.treasury_cents
            for posting in self.postings(during)
            if posting.entry.kind in (EntryKind.CASH_IN, EntryKind.CUSTOMER_REFUND)
        )

    def internal_sales_cents(self, during: Period | None = None) -> int:
        """Return what was sold to other activities of the cooperative (ventes internes)."""
        return self.total_cents(Heading.INTERNAL_SALES, during)

    def direct_expenses_cents(self, during: Period | None = None) -> int:
        """Return the expenses linked to the activity, above zero (charges directes).

        Law:
            Code du travail, art. L7332-3.
        """
        return -sum(self.total_cents(heading, during) for heading in _COSTS)

    def gross_margin_cents(self, during: Period | None = None) -> int:
        """Return turnover and internal sales less the expenses counted in the margin (marge brute)."""
        headings = (Heading.TURNOVER, Heading.INTERNAL_SALES, Heading.PRODUCTION_COSTS)
        return sum(self.total_cents(heading, during) for heading in headings)

    def fees_cents(self, during: Period | None = None) -> int:
        """Return the cooperative fee charged, above zero (contribution coopérative)."""
        return -self.total_cents(Heading.FEE, during)

    def pay_cost_cents(self, during: Period | None = None) -> int:
        """Return the employer cost of the payslips charged, above zero."""
        return -self.total_cents(Heading.PAY, during)

    def open_cents(self, document: str, on: dt.date | None = None) -> int:
        """Return what an invoice leaves open on a day; below zero, what is owed to the customer."""
        return sum(
            posting.customers_cents
            for posting in self.postings()
            if posting.entry.document == document and (on is None or posting.entry.dated_on <= on)
        )

    def _objections(self) -> Iterator[InputError]:
        """Go through the entries in order and return everything that cannot be."""
        books = _Books()
        for entry in self.entries:
            if entry.activity not in self.codes and (
                entry.kind is not EntryKind.TRANSFER or entry.other_activity not in self.codes
            ):
                message = f"belongs to activity {entry.activity!r}, this account to {', '.join(self.codes)}"
                yield InputError(entry.describe(), message)
                continue
            alone = entry.objections()
            if self._seen(entry)[1] in _COSTS and not entry.direct:
                alone.append(InputError(entry.describe(), _NOT_DIRECT))
            yield from alone
            objection = "" if alone else books.post(entry)
            if objection:
                yield InputError(entry.describe(), objection)


class _Books:
    """What is open so far: the memory of the checks that look at several entries."""

    def __init__(self) -> None:
        self.seller: dict[str, str] = {}  # the activity that issued each invoice
        self.uncredited: dict[str, int] = {}
        self.open_cents: defaultdict[str, int] = defaultdict(int)
        # By activity, so that the account of each of them alone is sound as well.
        self.notes_cents: defaultdict[str, int] = defaultdict(int)

    def post(self, entry: Entry) -> str:
        """Take an entry into account, or say why it cannot be."""
        effect = EFFECTS[entry.kind]
        if entry.kind is EntryKind.INVOICE and entry.document not in self.seller:
            self.seller[entry.document] = entry.activity
            self.uncredited[entry.document] = entry.amount_cents
        elif objection := self._objection(entry):
            return objection
        elif entry.kind is EntryKind.CREDIT_NOTE:
            self.uncredited[entry.document] -= entry.amount_cents
        if effect.customers:
            self.open_cents[entry.document] += effect.customers * entry.amount_cents
        self.notes_cents[entry.activity] += effect.expense_notes * entry.amount_cents
        return ""

    def _objection(self, entry: Entry) -> str:
        document, amount = entry.document, entry.amount_cents
        came = f"got {format_euros(amount)}"
        if entry.kind is EntryKind.INVOICE:
            return f"invoice (facture) {document!r} is already in the account"
        if EFFECTS[entry.kind].customers:
            if document not in self.seller:
                return f"no invoice (facture) {document!r} is in the account on that day"
            if self.seller[document] != entry.activity:
                return f"invoice {document!r} belongs to {self.seller[document]!r}, got {entry.activity!r}"
        open_cents = self.open_cents[document] if document in self.seller else 0
        if entry.kind in (EntryKind.CASH_IN, EntryKind.WRITE_OFF) and amount > open_cents:
            return f"invoice {document!r} leaves {format_euros(max(open_cents, 0))} open, {came}"
        if entry.kind is EntryKind.CREDIT_NOTE and amount > self.uncredited[document]:
            return (
                f"at most {format_euros(self.uncredited[document])} of {document!r} can be credited, {came}"
            )
        if entry.kind is EntryKind.CUSTOMER_REFUND and amount > -open_cents:
            return f"the customer of {document!r} is owed {format_euros(max(-open_cents, 0))}, {came}"
        if entry.kind is EntryKind.REFUND and amount > self.notes_cents[entry.activity]:
            owed = format_euros(self.notes_cents[entry.activity])
            return f"the expenses to refund (notes de frais) are {owed}, {came}"
        return ""
