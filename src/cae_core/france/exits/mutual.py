"""Ending by agreement (rupture conventionnelle): signature, withdrawal, request, approval, end."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import (
    MONDAY_TO_FRIDAY,
    HolidayCalendar,
    add_working_days,
    next_working_day,
    to_day,
)
from cae_core.errors import RefusedError
from cae_core.france.exits.steps import Step
from cae_core.france.holidays import holiday_calendar
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = ["MutualTimetable", "mutual_timetable", "sign_by"]

_ONE_DAY = dt.timedelta(days=1)
_POSTPONED = Citation("C. trav. art. R1231-1")
_OFFICE = Citation(
    "telerc.travail.gouv.fr, Calcul des délais",
    "https://www.telerc.travail.gouv.fr/RuptureConventionnellePortailPublic/jsp/site/Portal.jsp?page_id=56",
)


@attrs.frozen(kw_only=True)
class MutualTimetable:
    """The days of an ending by agreement.

    Attributes:
        signed_on: both sides have signed.
        withdrawal_until_on: the last day on which one of them may withdraw.
        sendable_from_on: the first day on which the request may be sent.
        sent_on: the day it is sent.
        received_on: the day the administration has it.
        approved_on: the end of its delay: silence is approval.
        earliest_end_on: the first day on which the contract may end.
        withdrawal_texts, approval_texts: the texts of the two delays.
    """

    signed_on: dt.date
    withdrawal_until_on: dt.date
    sendable_from_on: dt.date
    sent_on: dt.date
    received_on: dt.date
    approved_on: dt.date
    earliest_end_on: dt.date
    withdrawal_texts: tuple[Citation, ...] = attrs.field(repr=False)
    approval_texts: tuple[Citation, ...] = attrs.field(repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The timetable, in order."""
        withdrawal, approval = self.withdrawal_texts, self.approval_texts
        return (
            Step(
                code="signed",
                on=self.signed_on,
                french="signature de la convention, un exemplaire remis à chacun",
                english="signature, a copy handed to each side",
                citations=(Citation("C. trav. art. L1237-11 et L1237-12"),),
            ),
            Step(
                code="withdrawal_until",
                on=self.withdrawal_until_on,
                french="dernier jour pour se rétracter",
                english="last day to withdraw",
                citations=(*withdrawal, _POSTPONED),
            ),
            Step(
                code="sent",
                on=self.sent_on,
                french="envoi de la demande d'homologation",
                english="the request for approval is sent",
                citations=(Citation("C. trav. art. L1237-14"),),
            ),
            Step(
                code="received",
                on=self.received_on,
                french="réception de la demande par l'administration",
                english="the administration receives the request",
                citations=(Citation("C. trav. art. L1237-14"),),
            ),
            Step(
                code="approved",
                on=self.approved_on,
                french="fin de l'instruction ; le silence vaut homologation",
                english="end of the delay; silence is approval",
                citations=(*approval, _POSTPONED),
            ),
            Step(
                code="earliest_end",
                on=self.earliest_end_on,
                french="première date possible de fin du contrat",
                english="first day on which the contract may end",
                citations=(Citation("C. trav. art. L1237-13"),),
            ),
        )


def mutual_timetable(
    law: LawOn,
    signed_on: dt.date,
    *,
    sent_on: dt.date | None = None,
    received_on: dt.date | None = None,
    holidays: HolidayCalendar | None = None,
) -> MutualTimetable:
    """Return the days of an ending by agreement.

    Fifteen calendar days to withdraw, from the day after the signature; then the request is sent; then
    fifteen working days, Monday to Saturday without holidays, from the day after the working day on which it
    is received. A delay that ends on a Saturday, a Sunday or a holiday goes on to the next working day. The
    contract may end from the day after the approval.

    Args:
        law: the law of the day of signature.
        signed_on: the day both sides sign.
        sent_on: the day the request is sent; by default, the first day on which it may be.
        received_on: the day it is received; by default, that of the sending, which is online.
        holidays: the holidays of the place; by default, the eleven of the whole country.

    Raises:
        RefusedError: the request is sent before the end of the withdrawal, or received before it is sent.

    Law:
        Code du travail, art. L1237-13, L1237-14 et R1231-1.
    """
    signed_on = to_day(signed_on, "signed_on")
    holidays = holidays or holiday_calendar()
    names = ("mutual_withdrawal_days", "mutual_approval_working_days")
    calendar_days, working_days = (law.whole(name) for name in names)
    withdrawal = next_working_day(signed_on + dt.timedelta(days=calendar_days), holidays, MONDAY_TO_FRIDAY)
    sendable = withdrawal + _ONE_DAY
    sent = sendable if sent_on is None else to_day(sent_on, "sent_on")
    received = sent if received_on is None else to_day(received_on, "received_on")
    objections = list(_objections(law, withdrawal, sent, received))
    if objections:
        raise RefusedError(
            "la demande d'homologation n'est pas recevable",
            "the request for approval is not admissible",
            objections,
        )
    counted_from = next_working_day(received, holidays)
    approved = next_working_day(
        add_working_days(counted_from, working_days, holidays), holidays, MONDAY_TO_FRIDAY
    )
    return MutualTimetable(
        signed_on=signed_on,
        withdrawal_until_on=withdrawal,
        sendable_from_on=sendable,
        sent_on=sent,
        received_on=received,
        approved_on=approved,
        earliest_end_on=approved + _ONE_DAY,
        withdrawal_texts=law.citations_of(names[0]),
        approval_texts=(*law.citations_of(names[1]), _OFFICE),
    )


def _objections(law: LawOn, withdrawal: dt.date, sent: dt.date, received: dt.date) -> list[Reason]:
    found = []
    if sent <= withdrawal:
        found.append(
            Reason(
                code="sent_after_withdrawal",
                met=False,
                french=f"envoyée le {sent}, avant la fin du délai de rétractation, le {withdrawal}",
                english=f"sent on {sent}, before the end of the delay to withdraw, on {withdrawal}",
                citations=law.citations_of("mutual_withdrawal_days"),
            )
        )
    if received < sent:
        found.append(
            Reason(
                code="received_after_sent",
                met=False,
                french=f"reçue le {received}, avant son envoi du {sent}",
                english=f"received on {received}, before it is sent on {sent}",
            )
        )
    return found


def sign_by(law: LawOn, ends_on: dt.date, *, holidays: HolidayCalendar | None = None) -> dt.date:
    """Return the last day of signature that lets the contract end on a day, all steps being taken at once.

    Before the associate deadline, for instance: the end by law is of a nature that nothing settles, and the
    federation of the cooperatives advises an ending by agreement before it.

    Args:
        law: the law of about that day.
        ends_on: the last day of the contract.
        holidays: the holidays of the place; by default, the eleven of the whole country.
    """
    day = ends_on - _ONE_DAY
    while mutual_timetable(law, day, holidays=holidays).earliest_end_on > ends_on:
        day -= _ONE_DAY
    return day
