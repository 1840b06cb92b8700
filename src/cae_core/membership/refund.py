"""Shares given back at exit: nominal value less losses, over a schedule, above the capital floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.errors import InputError, InputErrors
from cae_core.law import Citation
from cae_core.money import MILLION, divide_half_up, format_euros, split
from cae_core.reasons import Reason

__all__ = [
    "Claim",
    "LossOrder",
    "PaidClaim",
    "Payment",
    "Refund",
    "RefundTerms",
    "capital_floor",
    "pay_claims",
    "refund_of_shares",
]


class LossOrder(Enum):
    """What bears the losses of the balance sheet first; the legal reserve never does here."""

    #: The capital bears all of them.
    CAPITAL = "capital"
    #: The reserves of the statutes first, the capital what is left.
    RESERVES_FIRST = "reserves_first"
    #: Capital and reserves of the statutes in proportion.
    PROPORTIONAL = "proportional"

    @classmethod
    def parse(cls, value: object, where: str = "loss_order") -> LossOrder:
        """Return the order written as its name.

        Raises:
            InputError: another word.
        """
        try:
            return value if isinstance(value, cls) else cls(value)
        except ValueError:
            wanted = ", ".join(each.value for each in cls)
            raise InputError(where, f"expected one of {wanted}, got {value!r}") from None


@attrs.frozen(kw_only=True)
class RefundTerms:
    """The choices of the statutes on refunds.

    Attributes:
        loss_order: what bears losses first.
        delay_months: by when the last instalment is paid, from the exit.
        instalments: how many equal payments, the last one at the end of the delay.
    """

    loss_order: LossOrder = LossOrder.CAPITAL
    delay_months: int = 0
    instalments: int = 1

    def __attrs_post_init__(self) -> None:
        problems = []
        if type(self.delay_months) is not int or self.delay_months < 0:
            problems.append(InputError("delay_months", f"expected zero or more, got {self.delay_months!r}"))
        if type(self.instalments) is not int or self.instalments < 1:
            problems.append(InputError("instalments", f"expected at least 1, got {self.instalments!r}"))
        if problems:
            raise InputErrors("the terms of refunds cannot be used", problems)


@attrs.frozen(kw_only=True)
class Payment:
    """An amount and the last day to pay it."""

    due_on: dt.date
    amount_cents: int


@attrs.frozen(kw_only=True)
class Refund:
    """What an associate who left gets back; amounts in cents.

    Attributes:
        left_on: last day as an associate.
        closes_on: close of the accounting year of the exit: losses are those of that day, so the amount is
            known after the meeting that approves those accounts.
        nominal_cents: what was paid up on the shares.
        capital_cents: the whole capital, her shares included.
        losses_cents: losses of the balance sheet.
        borne_by_reserves_cents: what the reserves of the statutes bear of them.
        borne_by_capital_cents: what the capital bears.
        loss_cents: her part of that.
        amount_cents: what she gets.
        schedule: the payments, which add up to it.
        answerable_until: last day on which losses of her time may still lower it.
        reasons: what was applied, with the texts.
    """

    left_on: dt.date
    closes_on: dt.date
    nominal_cents: int
    capital_cents: int
    losses_cents: int
    borne_by_reserves_cents: int
    borne_by_capital_cents: int
    loss_cents: int
    amount_cents: int
    schedule: tuple[Payment, ...]
    answerable_until: dt.date
    reasons: tuple[Reason, ...]


def refund_of_shares(
    nominal_cents: int,
    terms: RefundTerms,
    *,
    left_on: dt.date,
    closes_on: dt.date,
    capital_cents: int,
    losses_cents: int = 0,
    statutory_reserves_cents: int = 0,
    answerable_months: int = 0,
    citations: tuple[Citation, ...] = (),
) -> Refund:
    """Return what is given back for shares: their nominal value less a part of the losses, never a reserve.

    Args:
        nominal_cents: what was paid up on the shares.
        terms: the choices of the statutes.
        left_on: last day as an associate.
        closes_on: close of the accounting year of the exit.
        capital_cents: the whole capital at the close, the shares of those who leave included.
        losses_cents: losses of the balance sheet at the close.
        statutory_reserves_cents: reserves that may bear losses; the legal reserve is not one.
        answerable_months: how long losses of her time may still lower the refund.
        citations: the texts.

    Raises:
        InputErrors: amounts below zero, more nominal value than capital, a close before the exit.
    """
    left_on, closes_on = to_day(left_on), to_day(closes_on)
    amounts = {
        "nominal_cents": nominal_cents,
        "capital_cents": capital_cents,
        "losses_cents": losses_cents,
        "statutory_reserves_cents": statutory_reserves_cents,
    }
    problems = [
        InputError(name, f"expected zero or more in cents, got {value!r}")
        for name, value in amounts.items()
        if type(value) is not int or value < 0
    ]
    if not problems and nominal_cents > capital_cents:
        problems.append(
            InputError("nominal_cents", f"expected at most the capital, {capital_cents}, got {nominal_cents}")
        )
    if closes_on < left_on:
        problems.append(InputError("closes_on", f"{closes_on} comes before the exit of {left_on}"))
    if problems:
        raise InputErrors("the refund cannot be computed", problems)
    by_reserves = _borne_by_reserves(terms.loss_order, losses_cents, capital_cents, statutory_reserves_cents)
    by_capital = min(losses_cents - by_reserves, capital_cents)
    loss = divide_half_up(nominal_cents * by_capital, capital_cents) if capital_cents else 0
    amount = nominal_cents - loss
    due = [
        add_months(left_on, terms.delay_months * rank // terms.instalments)
        for rank in range(1, terms.instalments + 1)
    ]
    parts = split(amount, [1] * terms.instalments)
    return Refund(
        left_on=left_on,
        closes_on=closes_on,
        nominal_cents=nominal_cents,
        capital_cents=capital_cents,
        losses_cents=losses_cents,
        borne_by_reserves_cents=by_reserves,
        borne_by_capital_cents=by_capital,
        loss_cents=loss,
        amount_cents=amount,
        schedule=tuple(Payment(due_on=day, amount_cents=part) for day, part in zip(due, parts, strict=True)),
        answerable_until=add_months(left_on, answerable_months),
        reasons=(
            Reason(
                code="nominal_less_losses",
                met=loss == 0,
                french=f"valeur nominale {format_euros(nominal_cents)}, moins {format_euros(loss)} de pertes",
                english=f"nominal value {format_euros(nominal_cents, 'en')}, "
                f"less {format_euros(loss, 'en')} of losses",
                citations=citations,
                found=amount,
                wanted=nominal_cents,
                unit="cents",
            ),
        ),
    )


def _borne_by_reserves(order: LossOrder, losses: int, capital: int, reserves: int) -> int:
    if order is LossOrder.CAPITAL:
        return 0
    if order is LossOrder.RESERVES_FIRST:
        return min(losses, reserves)
    whole = capital + reserves
    borne: int = min(divide_half_up(losses * reserves, whole) if whole else 0, reserves)
    return borne


@attrs.frozen(kw_only=True)
class Claim:
    """A refund that is due, in the order of exits.

    Attributes:
        associate: code of the one who left.
        left_on: last day as an associate: the claims are paid in this order.
        amount_cents: what is due.
        nominal_cents: nominal value of the shares, by which the refund lowers the capital; the amount where
            no loss was taken off.
    """

    associate: str
    left_on: dt.date = attrs.field(converter=to_day)
    amount_cents: int
    nominal_cents: int = attrs.field()

    @nominal_cents.default
    def _no_loss(self) -> int:
        return self.amount_cents

    @nominal_cents.validator
    def _at_least_the_amount(self, attribute: object, value: int) -> None:
        if value < self.amount_cents or self.amount_cents < 0:
            raise InputError(
                f"claim of {self.associate}",
                f"expected a nominal value of at least the amount, {self.amount_cents}, got {value}",
            )


def capital_floor(highest_capital_cents: int, floor_ppm: int) -> int:
    """Return the amount under which refunds may not bring the capital: a part of the highest ever, in cents.

    A part of a cent counts whole: the capital may not be below the exact floor.
    """
    return -(-highest_capital_cents * floor_ppm // MILLION)


@attrs.frozen(kw_only=True)
class PaidClaim:
    """What of a claim can be paid now, and what waits for new subscriptions.

    Attributes:
        claim: the claim.
        cancelled_cents: nominal value of the shares that are cancelled now.
        paid_cents: what is paid for them.
        deferred_cents: what waits.
        reason: the capital before and the floor.
    """

    claim: Claim
    cancelled_cents: int
    paid_cents: int
    deferred_cents: int
    reason: Reason


def pay_claims(
    claims: Iterable[Claim],
    *,
    capital_cents: int,
    highest_capital_cents: int,
    floor_ppm: int,
    citations: tuple[Citation, ...] = (),
    needs_review: bool = False,
) -> tuple[PaidClaim, ...]:
    """Return what can be paid of each claim without bringing the capital under its floor.

    Claims are paid in the order of exits: nobody is paid before those who left earlier.

    Args:
        claims: the refunds that are due.
        capital_cents: the capital now, with the shares of the claims, which are not cancelled yet.
        highest_capital_cents: the highest capital ever reached.
        floor_ppm: the part of it under which refunds may not go.
        citations: the text of the floor.
        needs_review: nobody has read that text yet.
    """
    floor = capital_floor(highest_capital_cents, floor_ppm)
    capital = capital_cents
    paid_claims: list[PaidClaim] = []
    for claim in sorted(claims, key=lambda one: (one.left_on, one.associate)):
        cancelled = min(claim.nominal_cents, max(capital - floor, 0))
        if paid_claims and paid_claims[-1].cancelled_cents < paid_claims[-1].claim.nominal_cents:
            cancelled = 0
        paid = claim.amount_cents
        if cancelled < claim.nominal_cents:
            paid = claim.amount_cents * cancelled // claim.nominal_cents
        after = capital - claim.nominal_cents
        paid_claims.append(
            PaidClaim(
                claim=claim,
                cancelled_cents=cancelled,
                paid_cents=paid,
                deferred_cents=claim.amount_cents - paid,
                reason=Reason(
                    code="capital_floor",
                    met=cancelled == claim.nominal_cents,
                    french=f"capital de {format_euros(after)} après ce remboursement, "
                    f"plancher de {format_euros(floor)}",
                    english=f"capital of {format_euros(after, 'en')} after this refund, "
                    f"floor of {format_euros(floor, 'en')}",
                    citations=citations,
                    found=after,
                    wanted=floor,
                    unit="cents",
                    needs_review=needs_review,
                ),
            )
        )
        capital -= cancelled
    return tuple(paid_claims)
