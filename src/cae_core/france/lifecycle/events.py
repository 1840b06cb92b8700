"""The kinds of events of the path, and what each tells."""

from __future__ import annotations

import datetime as dt

from cae_core.france.contracts import CapeContract, CesaContract
from cae_core.pathway import EventKind, Fact

__all__ = ["ENDINGS", "EVENTS", "PROTECTED"]


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

#: The ends of employment after which an associate of a SCOP stays one (loi n° 78-763, art. 11).
PROTECTED = ("dismissal_economic", "retirement_by_cooperative", "disability")
#: Every end of a CESA that a person or the cooperative causes; codes are those of ``france.exits.ENDINGS``.
ENDINGS: tuple[EventKind, ...] = (
    EventKind(
        code="resignation",
        french_name="démission",
        english_name="resignation",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="mutual",
        french_name="rupture conventionnelle",
        english_name="mutual termination (rupture conventionnelle)",
        facts=(
            _day("signed_on", "jour de la signature", "day it was signed"),
            _day("approved_on", "jour de l'homologation", "day it was approved"),
            _KEEPS_STATUS,
        ),
    ),
    EventKind(
        code="dismissal_personal",
        french_name="licenciement pour motif personnel",
        english_name="dismissal for a personal reason",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="dismissal_serious",
        french_name="licenciement pour faute grave",
        english_name="dismissal for serious misconduct",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="dismissal_wilful",
        french_name="licenciement pour faute lourde",
        english_name="dismissal for wilful misconduct",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="unfit",
        french_name="licenciement pour inaptitude",
        english_name="dismissal of a person who is unfit for work",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="unfit_work_accident",
        french_name="licenciement pour inaptitude professionnelle",
        english_name="dismissal of a person whom her work made unfit",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="dismissal_economic",
        french_name="licenciement économique",
        english_name="economic dismissal_personal",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="retirement",
        french_name="départ volontaire à la retraite",
        english_name="voluntary retirement",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="retirement_by_cooperative",
        french_name="mise à la retraite",
        english_name="retirement by the employer",
        facts=(_NOTIFIED, _KEEPS_STATUS),
    ),
    EventKind(
        code="disability",
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
    EventKind(code="death", french_name="décès", english_name="death"),
    EventKind(
        code="status_renounced",
        french_name="renonciation à la qualité d'associé",
        english_name="renunciation of the status of associate",
        facts=(_NOTIFIED,),
    ),
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
