"""The shares of a cooperative: immutable movements, and what they make on a day.

Money that an associate pays, or that is kept on her pay, never disappears: on any day it is paid-up
capital, money awaiting a whole share, a debt of the cooperative, a refund already paid or a loss she bore.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors

__all__ = ["Movement", "MovementKind", "ShareAccount", "ShareLedger"]


class MovementKind(Enum):
    """What a movement does."""

    #: Shares are taken; they are owed until they are paid.
    SUBSCRIPTION = "subscription"
    #: Money paid for shares that were subscribed.
    PAYMENT = "payment"
    #: Money kept on pay; it waits until it makes a whole share.
    WITHHELD = "withheld"
    #: Waiting money pays for shares that were subscribed.
    FROM_PENDING = "from_pending"
    #: Shares are cancelled, at exit for instance; what was paid on them becomes a debt of the cooperative.
    CANCELLATION = "cancellation"
    #: Waiting money that will make no share becomes a debt of the cooperative.
    PENDING_RELEASED = "pending_released"
    #: The part of the losses of the cooperative that an associate bears on the debt.
    LOSS = "loss"
    #: The cooperative pays its debt.
    REFUND = "refund"


_BY_SHARES = frozenset({MovementKind.SUBSCRIPTION, MovementKind.CANCELLATION})


@attrs.frozen(kw_only=True)
class Movement:
    """One movement of shares or of money.

    Attributes:
        dated_on: its day.
        associate: code of the associate.
        kind: what it does.
        shares: number of shares, for a subscription and a cancellation.
        amount_cents: amount, for every other kind.
        document: what proves it: subscription form, payslip, minutes.
    """

    dated_on: dt.date = attrs.field(converter=to_day)
    associate: str
    kind: MovementKind
    shares: int = 0
    amount_cents: int = 0
    document: str = ""

    def __attrs_post_init__(self) -> None:
        moved, other = self.shares, self.amount_cents
        wanted = "a number of shares, at least 1, and no amount"
        if self.kind not in _BY_SHARES:
            moved, other, wanted = other, moved, "an amount above zero in cents, and no shares"
        if type(moved) is not int or moved < 1 or other != 0:
            raise InputError(
                f"{self.kind.value} of {self.dated_on} ({self.associate})",
                f"expected {wanted}, got {self.shares!r} share(s) and {self.amount_cents!r} cents",
            )


@attrs.frozen(kw_only=True)
class ShareAccount:
    """What one associate, or all of them, hold on a day; amounts in cents.

    Attributes:
        shares: number of shares subscribed and not cancelled.
        subscribed_cents: their nominal value.
        paid_up_cents: what was paid on them.
        pending_cents: money kept on pay that awaits a whole share.
        owed_cents: what the cooperative owes for cancelled shares.
        losses_cents: losses borne since the beginning.
        refunded_cents: refunds paid since the beginning.
        contributed_cents: everything paid or kept on pay since the beginning.
    """

    shares: int = 0
    subscribed_cents: int = 0
    paid_up_cents: int = 0
    pending_cents: int = 0
    owed_cents: int = 0
    losses_cents: int = 0
    refunded_cents: int = 0
    contributed_cents: int = 0

    @property
    def unpaid_cents(self) -> int:
        """What is still to be paid on the shares held."""
        return self.subscribed_cents - self.paid_up_cents


def _by_day(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    return tuple(sorted(movements, key=lambda one: one.dated_on))


@attrs.frozen
class ShareLedger:
    """Every movement of shares since the foundation, in order; one nominal value.

    Attributes:
        share_value_cents: nominal value of a share, the same for all.
        movements: sorted by day; movements of one day keep the order they were given in.

    Raises:
        InputErrors: movements that cannot be: more paid than subscribed, more cancelled than held, more
            used than waits, more refunded than owed. All of them are listed.
    """

    share_value_cents: int = attrs.field()
    movements: tuple[Movement, ...] = attrs.field(default=(), converter=_by_day)

    @share_value_cents.validator
    def _above_zero(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 1:
            raise InputError("share_value_cents", f"expected an amount above zero in cents, got {value!r}")

    def __attrs_post_init__(self) -> None:
        problems: list[InputError] = []
        self._accounts(self.movements, problems)
        if problems:
            raise InputErrors("the movements of shares cannot be", problems)

    def and_then(self, *movements: Movement) -> ShareLedger:
        """Return the ledger with further movements."""
        return ShareLedger(self.share_value_cents, (*self.movements, *movements))

    def _accounts(
        self, movements: Iterable[Movement], problems: list[InputError] | None = None
    ) -> dict[str, ShareAccount]:
        accounts: defaultdict[str, ShareAccount] = defaultdict(ShareAccount)
        for movement in movements:
            try:
                accounts[movement.associate] = self._after(accounts[movement.associate], movement)
            except InputError as problem:
                if problems is None:  # pragma: no cover - the constructor has gone through all of them
                    raise
                problems.append(problem)
        return dict(accounts)

    def _after(self, before: ShareAccount, movement: Movement) -> ShareAccount:
        kind, cents = movement.kind, movement.amount_cents
        limits: Mapping[MovementKind, tuple[int, str]] = {
            MovementKind.PAYMENT: (before.unpaid_cents, "owed on the shares subscribed"),
            MovementKind.FROM_PENDING: (
                min(before.pending_cents, before.unpaid_cents),
                "waiting and owed on the shares subscribed",
            ),
            MovementKind.PENDING_RELEASED: (before.pending_cents, "waiting"),
            MovementKind.LOSS: (before.owed_cents, "owed by the cooperative"),
            MovementKind.REFUND: (before.owed_cents, "owed by the cooperative"),
        }
        where = f"{kind.value} of {movement.dated_on} ({movement.associate})"
        if kind in limits and cents > limits[kind][0]:
            raise InputError(
                where, f"expected at most {limits[kind][0]} cents ({limits[kind][1]}), got {cents}"
            )
        if kind is MovementKind.CANCELLATION and movement.shares > before.shares:
            raise InputError(where, f"expected at most {before.shares} share(s) held, got {movement.shares}")
        return attrs.evolve(before, **self._changes(before, movement))

    def _changes(self, before: ShareAccount, movement: Movement) -> dict[str, int]:
        cents, value = movement.amount_cents, movement.shares * self.share_value_cents
        match movement.kind:
            case MovementKind.SUBSCRIPTION:
                return {
                    "shares": before.shares + movement.shares,
                    "subscribed_cents": before.subscribed_cents + value,
                }
            case MovementKind.PAYMENT:
                return {
                    "paid_up_cents": before.paid_up_cents + cents,
                    "contributed_cents": before.contributed_cents + cents,
                }
            case MovementKind.WITHHELD:
                return {
                    "pending_cents": before.pending_cents + cents,
                    "contributed_cents": before.contributed_cents + cents,
                }
            case MovementKind.FROM_PENDING:
                return {
                    "pending_cents": before.pending_cents - cents,
                    "paid_up_cents": before.paid_up_cents + cents,
                }
            case MovementKind.CANCELLATION:
                # What is unpaid is on the shares subscribed last: those that stay are paid first.
                left = before.subscribed_cents - value
                paid_left = min(before.paid_up_cents, left)
                return {
                    "shares": before.shares - movement.shares,
                    "subscribed_cents": left,
                    "paid_up_cents": paid_left,
                    "owed_cents": before.owed_cents + before.paid_up_cents - paid_left,
                }
            case MovementKind.PENDING_RELEASED:
                return {
                    "pending_cents": before.pending_cents - cents,
                    "owed_cents": before.owed_cents + cents,
                }
            case MovementKind.LOSS:
                return {
                    "owed_cents": before.owed_cents - cents,
                    "losses_cents": before.losses_cents + cents,
                }
            case MovementKind.REFUND:
                return {
                    "owed_cents": before.owed_cents - cents,
                    "refunded_cents": before.refunded_cents + cents,
                }

    def on(self, day: dt.date) -> dict[str, ShareAccount]:
        """Return what each associate holds at the end of a day, by code."""
        return self._accounts(one for one in self.movements if one.dated_on <= day)

    def of(self, associate: str, day: dt.date) -> ShareAccount:
        """Return what one associate holds at the end of a day; nothing at all is an answer too."""
        return self.on(day).get(associate, ShareAccount())

    def total_on(self, day: dt.date) -> ShareAccount:
        """Return what all associates hold at the end of a day."""
        accounts = self.on(day).values()
        names = [field.name for field in attrs.fields(ShareAccount)]
        return ShareAccount(**{name: sum(getattr(one, name) for one in accounts) for name in names})

    def capital_on(self, day: dt.date) -> int:
        """Return the capital at the end of a day, in cents: the nominal value of the shares subscribed."""
        return self.total_on(day).subscribed_cents

    def highest_capital(self, day: dt.date) -> int:
        """Return the highest capital at the end of any day up to a day, in cents."""
        days = {one.dated_on for one in self.movements if one.dated_on <= day}
        return max((self.capital_on(each) for each in days), default=0)
