"""What a CAPE brings with it: who is told, what is paid each quarter and on what, who answers to others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from cae_core.calendar import Interval, Month
from cae_core.errors import InputError
from cae_core.france.contracts.cape import CapeContract
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = [
    "CapeBase",
    "ContributionsDue",
    "Liability",
    "Notification",
    "contribution_base",
    "contributions_due",
    "liable",
    "notifications",
]


@attrs.frozen(kw_only=True)
class Notification:
    """Somebody to be told of a CAPE, at once.

    Attributes:
        on: the day of what is told; no text gives a number of days.
        event: ``"conclusion"``, ``"renewal"``, ``"early_end"`` or ``"registration"``.
        french, english: who is told what.
        citation: the text.
    """

    on: dt.date
    event: str
    french: str
    english: str
    citation: Citation


def notifications(contract: CapeContract) -> tuple[Notification, ...]:
    """Return who is told of a contract and of what, by day.

    Law:
        Code du travail, art. R5142-1: Urssaf or CGSS and France Travail, of the conclusion and its term, then
        of renewals and of an early end. Art. R5142-2: once the business is registered, the bodies that the
        beneficiary has to join at the end.
    """
    found = [*_told(contract.signed_on, "conclusion", "la conclusion du CAPE", "the conclusion of the CAPE")]
    for renewal in contract.renewals:
        found += _told(renewal.signed_on, "renewal", "le renouvellement du CAPE", "the renewal of the CAPE")
    if contract.ended_early_on is not None:
        found += _told(
            contract.ended_early_on, "early_end", "la rupture anticipée du CAPE", "the early end of the CAPE"
        )
    if contract.registered_on is not None:
        found.append(
            Notification(
                on=contract.registered_on,
                event="registration",
                french="les organismes dont le bénéficiaire relèvera reçoivent le contrat et son terme",
                english="the bodies that the beneficiary will join receive the contract and its term",
                citation=Citation("C. trav. art. R5142-2"),
            )
        )
    return tuple(sorted(found, key=lambda each: each.on))


def _told(on: dt.date, event: str, french: str, english: str) -> Iterator[Notification]:
    for body, name in (("l'Urssaf ou la CGSS", "Urssaf or CGSS"), ("France Travail", "France Travail")):
        yield Notification(
            on=on,
            event=event,
            french=f"informer {body} : {french}",
            english=f"tell {name}: {english}",
            citation=Citation("C. trav. art. R5142-1"),
        )


@attrs.frozen(kw_only=True)
class ContributionsDue:
    """The contributions of a calendar quarter of a CAPE.

    Attributes:
        quarter: the days of the contract that fall in the quarter.
        due_on: the last day to pay them.
        citation: the text.
        assumed: the law was carried forward.
    """

    quarter: Interval
    due_on: dt.date
    citation: Citation
    assumed: bool


def contributions_due(
    contract: CapeContract, *, known_on: dt.date | None = None
) -> Iterator[ContributionsDue]:
    """Iterate over the quarters of a contract, each with the last day to pay its contributions.

    Args:
        contract: the contract.
        known_on: later quarters are under the law of this day; otherwise under that of their own last day.

    Raises:
        LawNotKnownError: a quarter ends after the last day known; see ``assume_unchanged`` of the contract.

    Law:
        Code du travail, art. R5142-4: what is due for a calendar quarter is paid within the first fifteen
        days of the next one, where an employer pays each month. What is owed without pay is an open point.
    """
    period = contract.period
    month = Month.parse(period.starts_on)
    first = Month(month.year, (month.number - 1) // 3 * 3 + 1)
    while (quarter := period.clipped(first.first_day, (first + 2).last_day)) is not None:
        assert quarter.ends_on is not None  # clipped
        day = quarter.ends_on if known_on is None else min(quarter.ends_on, known_on)
        law = LawOn.built_in(day, assume_unchanged=contract.assume_unchanged)
        last = law.right("cape_contributions_day")
        due_on = (first + 3).first_day + dt.timedelta(days=last.value - 1)
        yield ContributionsDue(quarter=quarter, due_on=due_on, citation=last.citation, assumed=last.assumed)
        first = first + 3


@attrs.frozen(kw_only=True)
class CapeBase:
    """The base of the contributions of a CAPE for a quarter, and what it is made of, in cents.

    Attributes:
        receipts_cents: receipts of the activity, without VAT.
        pay_cents: pay of the beneficiary before the activity starts (R127-1 7°).
        activity_costs_cents: costs of the activity.
        cooperative_costs_cents: what the support costs (L127-3).
        base_cents: what is left, never below zero.
        reasons: what is open.
        citation: the text.
    """

    receipts_cents: int
    pay_cents: int
    activity_costs_cents: int
    cooperative_costs_cents: int
    base_cents: int
    reasons: tuple[Reason, ...]
    citation: Citation


def contribution_base(
    *,
    receipts_cents: int = 0,
    pay_cents: int = 0,
    activity_costs_cents: int = 0,
    cooperative_costs_cents: int = 0,
) -> CapeBase:
    """Return the base of the contributions: receipts and pay, less costs of the activity and of the support.

    Raises:
        InputError: an amount is negative.

    Law:
        Code du travail, art. R5142-3, which still cites the 7° of art. 1 of the decree of 2005, now R127-1.
    """
    given = {
        "receipts_cents": receipts_cents,
        "pay_cents": pay_cents,
        "activity_costs_cents": activity_costs_cents,
        "cooperative_costs_cents": cooperative_costs_cents,
    }
    for name, cents in given.items():
        if type(cents) is not int or cents < 0:
            raise InputError(name, f"expected a whole number of cents, zero or more, got {cents!r}")
    citation = Citation("C. trav. art. R5142-3")
    left = receipts_cents + pay_cents - activity_costs_cents - cooperative_costs_cents
    unpaid = Reason(
        code="unpaid_margin",
        met=True,
        french="lue à la lettre, la marge entre dans l'assiette même sans être versée ; beaucoup de "
        "coopératives ne cotisent que sur ce qu'elles versent",
        english="to the letter the margin counts even where it is not paid out; many cooperatives "
        "contribute on what they pay alone",
        citations=(citation,),
        needs_review=True,
    )
    return CapeBase(
        **given,
        base_cents=max(left, 0),
        reasons=(unpaid,) if receipts_cents > 0 and left > 0 else (),
        citation=citation,
    )


@attrs.frozen(kw_only=True)
class Liability:
    """Who answers to a third party.

    Attributes:
        debtors: ``"cooperative"``, ``"beneficiary"``, or both.
        jointly: they answer together, each for the whole.
        reason: why, with its text.
    """

    debtors: tuple[str, ...]
    jointly: bool
    reason: Reason


def liable(
    contract: CapeContract, day: dt.date, *, damage: bool = False, clauses_respected: bool = True
) -> Liability:
    """Return who answers to a third party for what the beneficiary did on a day.

    Args:
        contract: the contract, with the day of registration if there was one.
        day: the day of the commitment or of the damage.
        damage: damage done, otherwise a commitment made.
        clauses_respected: the beneficiary kept to the contract, on which the guarantee of damage depends.

    Law:
        Code de commerce, art. L127-4: before any registration the cooperative bears commitments; afterwards
        both do, within the contract and until it ends. Art. L127-6: the same for damage, which after
        registration the cooperative guarantees if the clauses were respected.
    """
    citation = Citation("C. com. art. L127-6" if damage else "C. com. art. L127-4")
    if day not in contract.period:
        debtors: tuple[str, ...] = ("beneficiary",)
        french, english = "hors du contrat", "outside the contract"
    elif contract.registered_on is None or day < contract.registered_on:
        debtors = ("cooperative",)
        french, english = "avant toute immatriculation", "before any registration"
    elif damage and not clauses_respected:
        debtors = ("beneficiary",)
        french, english = "clauses du contrat non respectées", "the clauses were not respected"
    else:
        debtors = ("cooperative", "beneficiary")
        french, english = "après l'immatriculation", "after registration"
    names = {
        "cooperative": ("la coopérative", "the cooperative"),
        "beneficiary": ("le bénéficiaire", "the beneficiary"),
    }
    reason = Reason(
        code="liable",
        met=True,
        french=f"{' et '.join(names[each][0] for each in debtors)} : {french}, le {day}",
        english=f"{' and '.join(names[each][1] for each in debtors)}: {english}, on {day}",
        citations=(citation,),
    )
    return Liability(debtors=debtors, jointly=len(debtors) > 1, reason=reason)
