"""The shares of an associate who leaves: what she gets, when, and what the capital floor lets pay now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cae_core.calendar import to_day
from cae_core.france.cooperative_law.texts import art, law_1947
from cae_core.law import Snapshot
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.refund import Claim, PaidClaim, Refund, pay_claims, refund_of_shares
from cae_core.membership.shares import ShareLedger
from cae_core.membership.statutes import Statutes

__all__ = ["exit_refund", "refunds_now"]


def exit_refund(
    statutes: Statutes,
    ledger: ShareLedger,
    *,
    associate: str,
    left_on: dt.date | str,
    closes_on: dt.date | str,
    losses_cents: int,
    statutory_reserves_cents: int,
    law: Snapshot,
) -> Refund:
    """Return what an associate who left gets for her shares.

    Her shares are those of the last day as an associate, before they are cancelled. The whole capital is
    that of the close of the year, to which her shares are added back if they are gone by then.

    Args:
        statutes: loss order, delay and instalments.
        ledger: the shares.
        associate: her code.
        left_on: last day as an associate.
        closes_on: close of the accounting year of the exit.
        losses_cents: losses of the balance sheet at the close.
        statutory_reserves_cents: reserves that the statutes set up; the legal reserve is not one of them.
        law: the law of the exit.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 18: nominal value, less a part of the losses.
    """
    left_on, closes_on = to_day(left_on), to_day(closes_on)
    held = ledger.of(associate, left_on)
    gone = held.subscribed_cents - ledger.of(associate, closes_on).subscribed_cents
    return refund_of_shares(
        held.paid_up_cents,
        statutes.refund,
        left_on=left_on,
        closes_on=closes_on,
        capital_cents=ledger.capital_on(closes_on) + max(gone, 0),
        losses_cents=losses_cents,
        statutory_reserves_cents=statutory_reserves_cents,
        answerable_months=law.value("former_associate_answerable_months"),
        citations=(law_1947("18"),),
    )


def refunds_now(
    form: LegalForm, ledger: ShareLedger, claims: Iterable[Claim], *, day: dt.date | str, law: Snapshot
) -> tuple[PaidClaim, ...]:
    """Return what can be paid of each claim on a day without bringing the capital under its floor.

    The shares of the claims are not cancelled yet: they are cancelled as they are refunded.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 13; loi n° 78-763 du 19 juillet 1978, art. 31, in a Scop.
    """
    day = to_day(day)
    return pay_claims(
        claims,
        capital_cents=ledger.capital_on(day),
        highest_capital_cents=ledger.highest_capital(day),
        floor_ppm=law.value(form.capital_floor),
        citations=art(law, form.capital_floor),
        needs_review=law[form.capital_floor].needs_review,
    )
