"""The kinds of events of the path, and what each tells."""

from __future__ import annotations

import datetime as dt

from cae_core.france.contracts import CapeContract, CesaContract
from cae_core.france.exits.kinds import EndingKind
from cae_core.pathway import EventKind, Fact

__all__ = ["DISABILITY", "ENDINGS", "EVENTS"]


def _day(name: str, french: str, english: str, *, required: bool = True) -> Fact:
    return Fact(name=name, kind=dt.date, french_name=french, english_name=english, required=required)


def _flag(name: str, french: str, english: str, *, required: bool = True) -> Fact:
    return Fact(name=name, kind=bool, french_name=french, english_name=english, required=required)


_NOTIFIED = _day("notified_on", "jour de la notification", "day it was notified")
_KEEPS_STATUS = _flag(
    "keeps_status",
    "les statuts maintiennent-ils la qualité d'associé ?",
    "do the statutes keep the status of associate?",
    required=False,
)
_REQUEST = _day("requested_on", "jour de la demande", "day of the request", required=False)
_VOTE = (
    _day("voted_on", "jour du vote de l'assemblée", "day of the vote of the meeting", required=False),
    Fact(
        name="vote",
        kind=str,
        french_name="résultat du vote",
        english_name="result of the vote",
        required=False,
        choices=("admitted", "refused"),
    ),
    _flag(
        "by_statutes",
        "admission par les statuts, sans vote",
        "admitted by the statutes, without a vote",
        required=False,
    ),
    _day("subscribed_on", "jour de la souscription", "day of the subscription", required=False),
)

#: The end by a disability that makes unfit for work, which the law of associates tells from a dismissal.
DISABILITY = "disability"


def _way(kind: EndingKind, *facts: Fact) -> EventKind:
    return EventKind(
        code=kind.code, french_name=kind.french_name, english_name=kind.english_name, facts=facts
    )


_AGREED = (
    _day("signed_on", "jour de la signature", "day it was signed"),
    _day("approved_on", "jour de l'homologation", "day it was approved"),
)
#: Every end of a CESA that a person or the cooperative causes: the ways of the exits, and disability.
ENDINGS: tuple[EventKind, ...] = (
    *(
        _way(kind, *(_AGREED if kind is EndingKind.MUTUAL else (_NOTIFIED,)), _KEEPS_STATUS)
        for kind in (
            EndingKind.RESIGNATION,
            EndingKind.MUTUAL,
            EndingKind.DISMISSAL_PERSONAL,
            EndingKind.DISMISSAL_SERIOUS,
            EndingKind.DISMISSAL_WILFUL,
            EndingKind.UNFIT,
            EndingKind.UNFIT_WORK_ACCIDENT,
            EndingKind.DISMISSAL_ECONOMIC,
            EndingKind.RETIREMENT,
            EndingKind.RETIREMENT_BY_COOPERATIVE,
        )
    ),
    EventKind(
        code=DISABILITY,
        french_name="invalidité rendant inapte au travail",
        english_name="disability",
        facts=(_KEEPS_STATUS,),
    ),
)

#: Every kind of event.
EVENTS: tuple[EventKind, ...] = (
    EventKind(
        code="information_meeting",
        french_name="réunion d'information",
        english_name="information meeting",
    ),
    EventKind(
        code="interview",
        french_name="entretien d'accompagnement",
        english_name="support interview",
        facts=(
            _flag("report_signed", "compte rendu signé des deux parties", "report signed by both parties"),
        ),
    ),
    EventKind(
        code="cape",
        french_name="début d'un CAPE",
        english_name="start of a CAPE",
        facts=(Fact(name="contract", kind=CapeContract, french_name="contrat", english_name="contract"),),
    ),
    EventKind(
        code="cape_renewal",
        french_name="signature du renouvellement du CAPE",
        english_name="signature of the renewal of the CAPE",
        facts=(_day("ends_on", "nouveau terme", "new term"),),
    ),
    EventKind(
        code="cape_term",
        french_name="terme du CAPE",
        english_name="term of the CAPE",
        automatic=True,
        # A CESA may start the day after the last day of the CAPE without a gap.
        gives_way_to=("cesa", "cape_renewal"),
    ),
    EventKind(
        code="cape_ended_early",
        french_name="rupture anticipée du CAPE",
        english_name="early end of the CAPE",
    ),
    EventKind(
        code="cesa",
        french_name="début d'un CESA",
        english_name="start of a CESA",
        facts=(
            Fact(name="contract", kind=CesaContract, french_name="contrat", english_name="contract"),
            _REQUEST,
            *_VOTE,
        ),
    ),
    EventKind(
        code="trial_passed",
        french_name="fin de la période d'essai sans rupture",
        english_name="end of the trial period, unbroken",
        automatic=True,
        gives_way_to=("trial_break",),
    ),
    EventKind(
        code="trial_break",
        french_name="rupture de la période d'essai",
        english_name="break of the trial period",
        facts=(
            _NOTIFIED,
            Fact(
                name="by",
                kind=str,
                french_name="qui rompt",
                english_name="who breaks it",
                choices=("cooperative", "entrepreneur"),
            ),
        ),
    ),
    EventKind(
        code="membership_request",
        french_name="demande d'admission",
        english_name="request for membership",
    ),
    EventKind(
        code="admission_refused",
        french_name="refus d'admission par l'assemblée",
        english_name="admission refused by the meeting",
    ),
    EventKind(
        code="admission",
        french_name="admission comme associé",
        english_name="admission as an associate",
        facts=(_REQUEST, *_VOTE),
    ),
    EventKind(
        code="associate_deadline",
        french_name="échéance pour devenir associé",
        english_name="deadline to become an associate",
        automatic=True,
        gives_way_to=("admission",),
    ),
    EventKind(
        code="statement_sent",
        french_name="envoi de l'état des comptes",
        english_name="statement of account sent",
    ),
    *ENDINGS,
    _way(EndingKind.DEATH),
    _way(EndingKind.STATUS_RENOUNCED, _NOTIFIED),
    EventKind(
        code="shares_refunded",
        french_name="remboursement des parts",
        english_name="refund of the shares",
        facts=(Fact(name="amount_cents", kind=int, french_name="montant", english_name="amount"),),
    ),
    EventKind(
        code="account_closed",
        french_name="clôture du compte d'activité",
        english_name="closing of the activity account",
    ),
)
