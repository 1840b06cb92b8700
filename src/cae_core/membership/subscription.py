"""Shares bought with a part of pay: what is kept, how many whole shares it makes, what waits."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.errors import InputError
from cae_core.membership.shares import Movement, MovementKind, ShareAccount
from cae_core.money import Rate, apply_rate

__all__ = ["Withholding", "withhold_for_shares"]


@attrs.frozen(kw_only=True)
class Withholding:
    """What is kept on one pay for shares, and what becomes of it; amounts in cents.

    Attributes:
        gross_pay_cents: the pay.
        asked_cents: the percentage of the statutes.
        most_cents: the most the law lets keep on this pay.
        room_cents: what is missing to the ceiling of the holding; ``None`` without a ceiling.
        withheld_cents: what is kept: the smallest of the three.
        pending_before_cents: what waited before.
        shares: whole shares subscribed with what waited and what is kept.
        pending_after_cents: what still waits.
    """

    gross_pay_cents: int
    asked_cents: int
    most_cents: int
    room_cents: int | None
    withheld_cents: int
    pending_before_cents: int
    shares: int
    pending_after_cents: int

    def movements(
        self, associate: str, day: dt.date, share_value_cents: int, document: str = ""
    ) -> tuple[Movement, ...]:
        """Return the movements that book it."""
        kinds = {
            MovementKind.WITHHELD: {"amount_cents": self.withheld_cents},
            MovementKind.SUBSCRIPTION: {"shares": self.shares},
            MovementKind.FROM_PENDING: {"amount_cents": self.shares * share_value_cents},
        }
        return tuple(
            Movement(dated_on=day, associate=associate, kind=kind, document=document, **moved)
            for kind, moved in kinds.items()
            if any(moved.values())
        )


def withhold_for_shares(
    gross_pay_cents: int,
    held: ShareAccount,
    *,
    share_value_cents: int,
    rate: Rate,
    most_divisor: int,
    holding_ceiling_cents: int | None = None,
) -> Withholding:
    """Return what is kept on a pay for shares.

    Args:
        gross_pay_cents: the gross pay.
        held: what the associate holds before.
        share_value_cents: nominal value of a share.
        rate: the percentage of pay of the statutes.
        most_divisor: the law lets keep one part in so many; what a division leaves is not kept.
        holding_ceiling_cents: nominal value beyond which nothing more is kept; money that waits counts.

    Raises:
        InputError: a pay below zero.
    """
    if type(gross_pay_cents) is not int or gross_pay_cents < 0:
        raise InputError("gross_pay_cents", f"expected zero or more in cents, got {gross_pay_cents!r}")
    asked = apply_rate(gross_pay_cents, rate.ppm)
    most = gross_pay_cents // most_divisor
    room = None
    if holding_ceiling_cents is not None:
        room = max(holding_ceiling_cents - held.subscribed_cents - held.pending_cents, 0)
    kept = min(asked, most, *(() if room is None else (room,)))
    shares, waits = divmod(held.pending_cents + kept, share_value_cents)
    return Withholding(
        gross_pay_cents=gross_pay_cents,
        asked_cents=asked,
        most_cents=most,
        room_cents=room,
        withheld_cents=kept,
        pending_before_cents=held.pending_cents,
        shares=shares,
        pending_after_cents=waits,
    )
