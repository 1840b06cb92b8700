"""The entries of an activity account, and what each of them moves.

Amounts are cents excluding VAT (hors taxes) and always positive: the kind says the direction. VAT never
belongs to the activity, so a cash-in is entered for its share excluding VAT.

Each kind moves two sides of the account at once, as in double-entry book-keeping. The table
:data:`EFFECTS` is the only place where that is written; totals, balance sheet and checks derive from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.money import CENTS_MAX, format_euros
from cae_core.terms import Term

__all__ = ["EFFECTS", "Effect", "Entry", "EntryKind", "Heading"]


class EntryKind(Term):
    """What happened. The order is the order inside one day, whatever order the entries came in.

    Within a day cash-ins come before credit notes: nothing says which was first, and this order refuses
    neither.
    """

    #: Sold and not yet paid.
    INVOICE = "invoice", "facture"
    CASH_IN = "cash_in", "encaissement"
    CREDIT_NOTE = "credit_note", "avoir"
    CUSTOMER_REFUND = "customer_refund", "remboursement au client"
    WRITE_OFF = "write_off", "créance irrécouvrable"
    #: Paid by the cooperative.
    EXPENSE = "expense", "dépense"
    EXPENSE_REVERSAL = "expense_reversal", "avoir fournisseur"
    #: Paid by the entrepreneur, to whom it is then owed.
    EXPENSE_ADVANCED = "expense_advanced", "dépense avancée"
    #: Pays the entrepreneur back: moves cash, not the result.
    REFUND = "refund", "remboursement de frais"
    #: Income of one activity of the cooperative, expense of another.
    TRANSFER = "transfer", "vente interne"
    #: From here on, posted by the cooperative itself.
    FEE = "fee", "contribution coopérative"
    FEE_REVERSAL = "fee_reversal", "régularisation de contribution"
    PAY = "pay", "coût de la paie"
    PAY_REVERSAL = "pay_reversal", "régularisation de paie"
    NET_RESULT_LEFT = "net_result_left", "résultat net laissé à la coopérative"


class Heading(Term):
    """The headings of the profit and loss account (compte de résultat analytique)."""

    TURNOVER = "turnover", "chiffre d'affaires hors taxes"
    INTERNAL_SALES = "internal_sales", "ventes internes"
    PRODUCTION_COSTS = "production_costs", "charges directes entrant dans la marge brute"
    OTHER_DIRECT_EXPENSES = "other_direct_expenses", "autres charges directes"
    FEE = "fee", "contribution coopérative"
    PAY = "pay", "coût des rémunérations"


@attrs.frozen(kw_only=True)
class Effect:
    """The sides of an account that an entry moves: +1, -1 or 0 for each.

    Attributes:
        treasury: trésorerie of the activity.
        customers: what customers owe (créances clients); below zero, what is owed to them.
        expense_notes: what is owed to the entrepreneur for expenses she paid (notes de frais).
        result: résultat of the activity.
        left: net result left to the cooperative, which is no longer the activity's.
    """

    treasury: int = 0
    customers: int = 0
    expense_notes: int = 0
    result: int = 0
    left: int = 0

    def reversed(self) -> Effect:
        """Return the opposite effect: that of a transfer, seen by the activity that buys."""
        return Effect(
            treasury=-self.treasury,
            customers=-self.customers,
            expense_notes=-self.expense_notes,
            result=-self.result,
            left=-self.left,
        )


#: What each kind moves. Everywhere: treasury + customers = expense notes + result - left.
EFFECTS: dict[EntryKind, Effect] = {
    EntryKind.INVOICE: Effect(customers=+1, result=+1),
    EntryKind.CASH_IN: Effect(treasury=+1, customers=-1),
    EntryKind.CREDIT_NOTE: Effect(customers=-1, result=-1),
    EntryKind.CUSTOMER_REFUND: Effect(treasury=-1, customers=+1),
    EntryKind.WRITE_OFF: Effect(customers=-1, result=-1),
    EntryKind.EXPENSE: Effect(treasury=-1, result=-1),
    EntryKind.EXPENSE_REVERSAL: Effect(treasury=+1, result=+1),
    EntryKind.EXPENSE_ADVANCED: Effect(expense_notes=+1, result=-1),
    EntryKind.REFUND: Effect(treasury=-1, expense_notes=-1),
    # Seen by the activity that sells. No money leaves the cooperative: it changes account that day.
    EntryKind.TRANSFER: Effect(treasury=+1, result=+1),
    EntryKind.FEE: Effect(treasury=-1, result=-1),
    EntryKind.FEE_REVERSAL: Effect(treasury=+1, result=+1),
    # Contributions are paid some weeks after the wage, but what is promised can no longer be spent.
    EntryKind.PAY: Effect(treasury=-1, result=-1),
    EntryKind.PAY_REVERSAL: Effect(treasury=+1, result=+1),
    EntryKind.NET_RESULT_LEFT: Effect(treasury=-1, left=+1),
}

_DAY_ORDER = {kind: rank for rank, kind in enumerate(EntryKind)}
_NEEDS_DOCUMENT = frozenset(
    {
        EntryKind.INVOICE,
        EntryKind.CASH_IN,
        EntryKind.CREDIT_NOTE,
        EntryKind.CUSTOMER_REFUND,
        EntryKind.WRITE_OFF,
    }
)


def _positive(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if type(value) is not int or not 0 < value <= CENTS_MAX:
        wanted = f"a whole number of cents above zero, at most {CENTS_MAX}"
        raise InputError(
            f"Entry.{attribute.name}", f"expected {wanted}, got {value!r} (the kind says the direction)"
        )


def _code(instance: object, attribute: attrs.Attribute[Any], value: str) -> None:
    if not value:
        raise InputError(f"Entry.{attribute.name}", "expected the code of an activity, got nothing")


def _trimmed(text: str) -> str:
    return text.strip()


def _entry_day(value: object) -> dt.date:
    return to_day(value, "Entry.dated_on")


def _entry_kind(value: object) -> EntryKind:
    return EntryKind.parse(value, "Entry.kind")


@attrs.frozen(kw_only=True)
class Entry:
    """One dated entry of an activity account (écriture du compte d'activité).

    Attributes:
        dated_on: the day it counts for.
        kind: what happened; a member of :class:`EntryKind`, its code or its French name.
        amount_cents: above zero, excluding VAT.
        activity: code of the activity; for a transfer, the one that sells.
        label: the words people read.
        document: number of the invoice; a cash-in, a credit note, a refund to a customer and a write-off
            repeat the number of the invoice they belong to. Free for the other kinds.
        other_activity: for a transfer, code of the activity that buys.
        direct: an expense is directly *and* exclusively linked to the activity. If not, it belongs to the
            shared services, which the fee pays: the account refuses it.
        in_gross_margin: an expense that the cooperative deducts in its gross margin (marge brute). Each
            cooperative has its own list; an expense outside it only lowers the result.

    Law:
        Code du travail, art. L7332-3.
    """

    dated_on: dt.date = attrs.field(converter=_entry_day)
    kind: EntryKind = attrs.field(converter=_entry_kind)
    amount_cents: int = attrs.field(validator=_positive)
    activity: str = attrs.field(converter=_trimmed, validator=_code)
    label: str = attrs.field(default="", converter=_trimmed)
    document: str = attrs.field(default="", converter=_trimmed)
    other_activity: str = attrs.field(default="", converter=_trimmed)
    direct: bool = attrs.field(default=True, validator=attrs.validators.instance_of(bool))
    in_gross_margin: bool = attrs.field(default=True, validator=attrs.validators.instance_of(bool))

    @property
    def sort_key(self) -> tuple[object, ...]:
        """A total order: by day, then kind, then everything else, so that no order of arrival shows."""
        return (
            self.dated_on,
            _DAY_ORDER[self.kind],
            self.document,
            self.activity,
            self.other_activity,
            self.amount_cents,
            self.label,
            self.direct,
            self.in_gross_margin,
        )

    def describe(self) -> str:
        """Name the entry for people, as error messages do."""
        words = [
            self.dated_on.isoformat(),
            self.kind.french_name,
            self.document,
            format_euros(self.amount_cents),
        ]
        return " ".join(word for word in words if word)

    def objections(self) -> list[InputError]:
        """Return what no account can accept in this entry, looked at alone."""
        problems = []
        if self.kind in _NEEDS_DOCUMENT and not self.document:
            problems.append("expected the number of the invoice in `document`, got nothing")
        if self.kind is EntryKind.TRANSFER:
            if not self.other_activity:
                problems.append("expected the activity that buys in `other_activity`, got nothing")
            elif self.other_activity == self.activity:
                problems.append(f"the activity {self.activity!r} cannot sell to itself (vente interne)")
        elif self.other_activity:
            problems.append(f"only a transfer has another activity, got {self.other_activity!r}")
        return [InputError(self.describe(), problem) for problem in problems]
