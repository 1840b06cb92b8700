"""Whether an associate may subscribe shares, or a part of pay be kept for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cae_core.calendar import add_months, to_day
from cae_core.errors import RefusedError
from cae_core.france.cooperative_law.forms import SCOP
from cae_core.france.cooperative_law.texts import checked, law_1978, whole
from cae_core.law import Citation, Snapshot
from cae_core.membership.associates import Roll
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.shares import Movement, MovementKind, ShareAccount, ShareLedger
from cae_core.membership.statutes import Statutes
from cae_core.membership.subscription import Withholding, withhold_for_shares
from cae_core.money import MILLION, Rate, format_euros
from cae_core.reasons import Reason

__all__ = ["payment_deadline", "required_shares", "subscribe", "withhold"]


def subscribe(
    form: LegalForm,
    statutes: Statutes,
    ledger: ShareLedger,
    roll: Roll,
    *,
    associate: str,
    shares: int,
    paid_cents: int,
    law: Snapshot,
    document: str = "",
) -> ShareLedger:
    """Return the ledger after a subscription on the day of the roll, paid as far as ``paid_cents``.

    Raises:
        RefusedError: who is no associate, a holding above the ceiling of the statutes or above half of the
            capital, too little paid; every objection with its article.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 24 (half of the capital at most) and 27 (paid at once; in a SA
        a quarter, the rest within three years).
    """
    held = ledger.of(associate, roll.day)
    objections = list(_objections(form, statutes, ledger, roll, held, associate, shares, paid_cents, law))
    if objections:
        raise RefusedError(
            f"la souscription de {shares} part(s) par {associate} n'est pas permise",
            f"the subscription of {shares} share(s) by {associate} is not allowed",
            objections,
        )
    moves = [
        Movement(
            dated_on=roll.day,
            associate=associate,
            kind=MovementKind.SUBSCRIPTION,
            shares=shares,
            document=document,
        )
    ]
    if paid_cents:
        moves.append(
            Movement(
                dated_on=roll.day,
                associate=associate,
                kind=MovementKind.PAYMENT,
                amount_cents=paid_cents,
                document=document,
            )
        )
    return ledger.and_then(*moves)


def _objections(
    form: LegalForm,
    statutes: Statutes,
    ledger: ShareLedger,
    roll: Roll,
    held: ShareAccount,
    associate: str,
    shares: int,
    paid_cents: int,
    law: Snapshot,
) -> Iterator[Reason]:
    statute = (Citation(f"Statuts de « {statutes.name} » du {statutes.adopted_on}"),)
    if associate not in roll:
        yield Reason(
            code="not_an_associate",
            met=False,
            french=f"{associate} n'est pas associé le {roll.day}",
            english=f"{associate} is not an associate on {roll.day}",
            citations=(law_1978("21"),) if form.family == SCOP else statute,
        )
    value = shares * ledger.share_value_cents
    after, ceiling = held.subscribed_cents + value, statutes.holding_ceiling_cents
    if ceiling is not None and after > ceiling:
        yield Reason(
            code="holding_ceiling",
            met=False,
            french=f"{associate} aurait {format_euros(after)} de parts, {format_euros(ceiling)} au plus",
            english=f"{associate} would hold {format_euros(after, 'en')}, at most "
            f"{format_euros(ceiling, 'en')}",
            citations=(law_1978("24"), *statute) if form.family == SCOP else statute,
            found=after,
            wanted=ceiling,
            unit="cents",
        )
    if not 0 <= paid_cents <= value:
        yield Reason(
            code="paid_amount",
            met=False,
            french=f"versement de {format_euros(paid_cents)} pour {format_euros(value)} de parts",
            english=f"{format_euros(paid_cents, 'en')} paid for {format_euros(value, 'en')} of shares",
            found=paid_cents,
            wanted=value,
            unit="cents",
        )
    if form.family == SCOP:
        yield from _scop_objections(form, ledger, roll, associate, after, value, paid_cents, law)


def _scop_objections(
    form: LegalForm,
    ledger: ShareLedger,
    roll: Roll,
    associate: str,
    after: int,
    value: int,
    paid_cents: int,
    law: Snapshot,
) -> Iterator[Reason]:
    capital, most = ledger.capital_on(roll.day) + value, law.value("scop_associate_capital_maximum")
    if after * MILLION > most * capital:
        yield checked(
            law,
            "scop_associate_capital_maximum",
            code="associate_capital",
            met=False,
            found=after,
            wanted=most * capital // MILLION,
            unit="cents",
            french=f"{associate} aurait {format_euros(after)} sur un capital de {format_euros(capital)}, "
            f"{Rate(most).format()} au plus",
            english=f"{associate} would hold {format_euros(after, 'en')} of a capital of "
            f"{format_euros(capital, 'en')}, at most {Rate(most)}",
        )
    by_quarters = form.code == "scop_sa"
    least = value
    if by_quarters:
        least = -(-value // whole(law, "scop_sa_paid_at_subscription_divisor"))
    if 0 <= paid_cents < least:
        yield Reason(
            code="paid_at_subscription",
            met=False,
            french=f"{format_euros(paid_cents)} versés à la souscription, au moins {format_euros(least)}",
            english=f"{format_euros(paid_cents, 'en')} paid at subscription, at least "
            f"{format_euros(least, 'en')}",
            citations=(law_1978("27"),),
            found=paid_cents,
            wanted=least,
            unit="cents",
        )


def required_shares(statutes: Statutes, held: ShareAccount, *, works_there: bool) -> Reason:
    """Return whether an associate holds the shares that the statutes demand of those who work there.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 6, second paragraph.
    """
    wanted = (statutes.required_shares or 0) if works_there else 0
    return Reason(
        code="required_shares",
        met=held.shares >= wanted,
        french=f"{held.shares} part(s) souscrite(s), {wanted} demandée(s) par les statuts",
        english=f"{held.shares} share(s) subscribed, {wanted} demanded by the statutes",
        citations=(law_1978("6"),),
        found=held.shares,
        wanted=wanted,
        unit="shares",
    )


def payment_deadline(subscribed_on: dt.date | str, law: Snapshot) -> dt.date:
    """Return the last day to pay the rest of shares subscribed in a Scop SA.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 27: three years from the day of the subscription.
    """
    return add_months(to_day(subscribed_on), law.value("scop_sa_payment_months"))


def withhold(
    statutes: Statutes,
    ledger: ShareLedger,
    *,
    associate: str,
    on: dt.date,
    gross_pay_cents: int,
    law: Snapshot,
) -> Withholding:
    """Return what is kept on a pay for shares, under the statutes and the ceiling of a tenth of pay.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 6 and 27; code du travail, art. L3251-3.
    """
    return withhold_for_shares(
        gross_pay_cents,
        ledger.of(associate, on),
        share_value_cents=ledger.share_value_cents,
        rate=statutes.pay_rate,
        most_divisor=whole(law, "scop_pay_withheld_divisor"),
        holding_ceiling_cents=statutes.holding_ceiling_cents,
    )
