"""A joint activity: one activity that several people run, shared between their accounts.

Sharing each entry on its own would give the odd cent to the same person every time. Here each person's
part of an entry is her part of the cumulated amount less what she got before, on a schedule that never
gives more than the cent above her exact share, nor less than the cent below, and never takes a cent back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import gcd

import attrs

from cae_core.account.entries import Entry, EntryKind
from cae_core.account.ledger import ActivityAccount
from cae_core.cooperative import Activity
from cae_core.errors import InputError, InputErrors

__all__ = ["JointActivity", "JointShare", "cumulated_parts"]

#: A finer division than one hundred-thousandth is a slip, not a convention.
_MAX_WEIGHTS = 100_000

_PERSONAL = frozenset({EntryKind.PAY, EntryKind.PAY_REVERSAL, EntryKind.NET_RESULT_LEFT})
_SETTLES = frozenset({EntryKind.CASH_IN, EntryKind.WRITE_OFF, EntryKind.CUSTOMER_REFUND})


@attrs.frozen
class JointShare:
    """One person's share of a joint activity.

    Attributes:
        activity: code of *her* activity that receives the share, in her own account.
        weight: whole number, at least 1: 60 and 40, or 3 and 2, or hours.
    """

    activity: str
    weight: int = attrs.field(validator=attrs.validators.instance_of(int))


@lru_cache(maxsize=32)
def _cycle(weights: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the parts after 0, 1, 2… cents, until every share is exact.

    The next cent goes, among those who are not ahead of their share, to the one who would be behind
    first. Such a schedule always exists and keeps everybody within one cent (it is the quota method of
    apportionment, with the earliest deadline first).
    """
    whole = sum(weights)
    given = [0] * len(weights)
    rows = [tuple(given)]
    for cents in range(1, whole + 1):
        may_receive = [rank for rank, weight in enumerate(weights) if given[rank] * whole < weight * cents]
        # Ceiling division: the last cent at which the next one of this person is not late.
        first = min(may_receive, key=lambda rank: (-(-(given[rank] + 1) * whole // weights[rank]), rank))
        given[first] += 1
        rows.append(tuple(given))
    return tuple(rows)


def cumulated_parts(total_cents: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Share a cumulated amount: whole cents, less than one cent from the exact shares.

    When the amount grows no part ever gets smaller, which :func:`cae_core.money.split` does not promise.

    Args:
        total_cents: zero or more.
        weights: whole numbers, at least 1, whose sum once reduced is at most 100,000.

    Raises:
        InputError: weights or an amount that cannot be shared.
    """
    if total_cents < 0:
        raise InputError("total_cents", f"expected zero or more, got {total_cents}")
    if not weights or min(weights) < 1:
        raise InputError("weights", f"expected whole numbers, at least 1, got {list(weights)}")
    common = gcd(*weights)
    reduced = tuple(weight // common for weight in weights)
    if sum(reduced) > _MAX_WEIGHTS:
        raise InputError(
            "weights", f"expected a sum of at most {_MAX_WEIGHTS} once reduced, got {list(weights)}"
        )
    rounds, rest = divmod(total_cents, sum(reduced))
    row = _cycle(reduced)[rest]
    return tuple(rounds * weight + part for weight, part in zip(reduced, row, strict=True))


@attrs.frozen(kw_only=True)
class JointActivity:
    """An activity run by several people under a convention (activité commune).

    Attributes:
        activity: the joint activity, with a code of its own.
        convention: reference of the convention signed with the cooperative.
        shares: one per person, at least two.

    Law:
        Code du travail, art. R7331-7 (number to be checked).
    """

    activity: Activity
    convention: str
    shares: tuple[JointShare, ...] = attrs.field(converter=tuple)

    def __attrs_post_init__(self) -> None:
        where = f"joint activity {self.activity.code!r}"
        problems = [InputError(where, objection) for objection in self._objections()]
        if problems:
            raise InputErrors(f"{where} cannot be shared", problems)

    def _objections(self) -> list[str]:
        found = []
        if not self.convention.strip():
            found.append(
                "expected the reference of the convention signed with the cooperative, got nothing: people "
                "who run an activity together share it under a convention (Code du travail, art. R7331-7)"
            )
        codes = [share.activity for share in self.shares]
        if len(codes) < 2 or len(set(codes)) != len(codes):
            found.append(f"expected at least two shares, each with its own activity, got {codes}")
        if self.activity.code in codes:
            found.append(
                f"{self.activity.code!r} is the joint activity; a share needs the code of a person's own"
            )
        weights = [share.weight for share in self.shares]
        if any(weight < 1 for weight in weights):
            found.append(f"expected whole weights, at least 1, got {weights}")
        elif weights and sum(weights) // gcd(*weights) > _MAX_WEIGHTS:
            found.append(
                f"expected weights whose sum, once reduced, is at most {_MAX_WEIGHTS}, got {weights}"
            )
        return found

    def parts(self, cumulated_cents: int) -> dict[str, int]:
        """Return each person's part of a cumulated amount, by the code of her share."""
        weights = tuple(share.weight for share in self.shares)
        amounts = cumulated_parts(cumulated_cents, weights)
        return {share.activity: cents for share, cents in zip(self.shares, amounts, strict=True)}

    def split_entries(self, entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
        """Share every entry of the joint activity since it began, each under the code of its share.

        Invoices, and every other kind, are cumulated: each person's total of a kind stays within one cent
        of her share. What settles or cancels an invoice follows the parts that the invoice had, so that
        each account stays sound and a paid invoice is paid for everybody. More entries at the end change
        nothing before. A part of no cent makes no entry.

        Raises:
            InputErrors: entries that an account refuses; pay, which is personal and belongs to each
                person's own account; a transfer with somebody who has a share.

        Law:
            Code du travail, art. R7331-7 (number to be checked).
        """
        account = ActivityAccount(activities=self.activity, entries=tuple(entries))
        problems = [problem for entry in account.entries for problem in self._cannot_share(entry)]
        if problems:
            where = f"joint activity {self.activity.code!r}"
            raise InputErrors(f"{where}: {len(problems)} thing(s) cannot be shared", problems)
        shared: dict[str, list[Entry]] = {share.activity: [] for share in self.shares}
        positions = _Positions()
        for entry in account.entries:
            lower, upper = positions.of(entry, self.activity.code)
            parts_before, parts_after = self.parts(lower), self.parts(upper)
            for code, received in shared.items():
                cents = parts_after[code] - parts_before[code]
                if cents:
                    received.append(self._renamed(entry, code, cents))
        return {code: tuple(received) for code, received in shared.items()}

    def _cannot_share(self, entry: Entry) -> list[InputError]:
        if entry.kind in _PERSONAL:
            message = "is personal: post it to the person's own account, after the joint activity is shared"
            return [InputError(entry.describe(), message)]
        partner = {entry.activity, entry.other_activity} & {share.activity for share in self.shares}
        if partner:
            message = f"{partner.pop()!r} has a share: she cannot trade with it under the code of that share"
            return [InputError(entry.describe(), message)]
        return []

    def _renamed(self, entry: Entry, code: str, cents: int) -> Entry:
        if entry.activity == self.activity.code:
            return attrs.evolve(entry, activity=code, amount_cents=cents)
        return attrs.evolve(entry, other_activity=code, amount_cents=cents)


class _Positions:
    """Where each entry lies on the line of cumulated cents that its parts are read from.

    An invoice takes the next stretch of its line. Payments fill that stretch from its start and credit
    notes from its end: nobody is then paid, or credited, more than her part of it.
    """

    def __init__(self) -> None:
        self.cumulated: defaultdict[str, int] = defaultdict(int)
        self.invoices: dict[str, tuple[int, int]] = {}
        self.settled: defaultdict[str, int] = defaultdict(int)
        self.credited: defaultdict[str, int] = defaultdict(int)

    def of(self, entry: Entry, joint_code: str) -> tuple[int, int]:
        """Return the stretch of one entry, and remember that it is taken."""
        document, amount = entry.document, entry.amount_cents
        if entry.kind in _SETTLES:
            start, _ = self.invoices[document]
            before = self.settled[document]
            after = before + (-amount if entry.kind is EntryKind.CUSTOMER_REFUND else amount)
            self.settled[document] = after
            return start + min(before, after), start + max(before, after)
        if entry.kind is EntryKind.CREDIT_NOTE:
            _, end = self.invoices[document]
            self.credited[document] += amount
            return end - self.credited[document], end - self.credited[document] + amount
        # A sale and a purchase are one kind of entry, but two totals.
        line = entry.kind.code
        if entry.kind is EntryKind.TRANSFER and entry.activity != joint_code:
            line = "purchase"
        lower = self.cumulated[line]
        upper = lower + amount
        self.cumulated[line] = upper
        if entry.kind is EntryKind.INVOICE:
            self.invoices[document] = (lower, upper)
        return lower, upper
