"""What the law asks before a transition: each guard returns its conditions, met or not, with articles."""

from __future__ import annotations

from collections.abc import Iterator

from cae_core.errors import RefusedError
from cae_core.france.contracts import CesaContract
from cae_core.france.contracts.cesa import trial_objections
from cae_core.france.cooperative_law.status import kept_by_law
from cae_core.france.exits.kinds import EndingKind
from cae_core.france.lifecycle.events import DISABILITY
from cae_core.france.lifecycle.record import (
    cape_of,
    cesa_of,
    contracts,
    delay_of,
    prior_contracts,
)
from cae_core.law import Citation
from cae_core.pathway import Step
from cae_core.reasons import Reason

__all__ = [
    "admitted_in_time",
    "after_notice",
    "approved",
    "cape_renewed",
    "cooperative_is_cae",
    "delay_left",
    "earlier_cape",
    "follows_the_contract_before",
    "has_admission",
    "has_trial",
    "keeps_status",
    "member_vote",
    "once",
    "starts_as_written",
    "status_is_told",
    "status_kept_by_law",
    "still_in_trial",
    "trial_allowed",
    "vote_before_signature",
    "was_associate",
]

_L7331_3, _L7332_1 = "C. trav. art. L7331-3", "C. trav. art. L7332-1"
_ADMISSION = "Loi n° 78-763 du 19 juillet 1978, art. 7"


def _reason(
    code: str, met: bool, french: str, english: str, *texts: str, needs_review: bool = False
) -> Reason:
    citations = tuple(map(Citation, texts))
    return Reason(
        code=code, met=met, french=french, english=english, citations=citations, needs_review=needs_review
    )


def starts_as_written(step: Step) -> Iterator[Reason]:
    """The event is of the first day of the contract, and the contract has not ended yet."""
    contract, on = step.event["contract"], step.event.on
    yield _reason(
        "starts_as_written",
        contract.starts_on == on,
        f"l'événement est du {on}, le contrat commence le {contract.starts_on}",
        f"the event is of {on}, the contract starts on {contract.starts_on}",
    )
    if isinstance(contract, CesaContract):
        yield _reason(
            "open_ended",
            contract.ends_on is None,
            "le contrat commence sans fin connue : sa fin est un événement",
            "the contract starts without a known end: its end is an event",
        )


def follows_the_contract_before(step: Step) -> Iterator[Reason]:
    """Two contracts of one person with one cooperative do not run together; a CESA ends the CAPE."""
    on = step.event.on
    last = max((each.ends_on or each.starts_on for each in contracts(step.pathway)), default=None)
    yield _reason(
        "no_overlap",
        last is None or on > last,
        f"le contrat commence le {on}, le précédent court encore le {last or '–'}",
        f"the contract starts on {on}, the one before still runs on {last or '–'}",
    )


def cooperative_is_cae(step: Step) -> Iterator[Reason]:
    """Only a cooperative of activity and employment can be party to a CESA."""
    yield _reason(
        "cooperative_is_cae",
        step.pathway.facts.is_cae,
        "les statuts font de l'employeur une coopérative d'activité et d'emploi",
        "the statutes make the employer a cooperative of activity and employment",
        "C. trav. art. L7331-1 et L7331-2",
        "Loi n° 47-1775 du 10 septembre 1947, art. 26-41",
    )


def cape_renewed(step: Step) -> Iterator[Reason]:
    """A renewal is written before the term, at most twice, for twelve months at most."""
    cape = cape_of(step.pathway)
    assert cape is not None  # the stage
    try:
        cape.renewed(step.event.on, step.event["ends_on"])
    except RefusedError as refused:
        yield from refused.objections
    else:
        yield _reason(
            "renewed",
            True,
            f"renouvelé par écrit le {step.event.on}, avant le terme du {cape.ends_on_renewed}",
            f"renewed in writing on {step.event.on}, before the term of {cape.ends_on_renewed}",
            "C. com. art. L127-2",
        )


def earlier_cape(step: Step) -> Iterator[Reason]:
    """A further CAPE with the same cooperative is no renewal; whether it may be made, no text says."""
    periods = [
        *(each for each in step.pathway.facts.prior_contracts if each.kind == "CAPE"),
        *(each for each in contracts(step.pathway) if each.kind == "CAPE"),
    ]
    if periods:
        first = min(each.starts_on for each in periods)
        yield _reason(
            "earlier_cape",
            True,
            f"un CAPE a déjà été conclu, le {first} : est-ce un nouveau contrat ? Aucun texte ne le dit",
            f"there was a CAPE already, of {first}: is it a new contract? No text says",
            "C. com. art. L127-2",
            needs_review=True,
        )


def has_trial(step: Step) -> bool:
    """Whether the contract that starts has a trial period."""
    contract: CesaContract = step.event["contract"]
    return contract.trial_last_day is not None


def has_admission(step: Step) -> bool:
    """Whether the person was admitted before she signs."""
    return step.event["vote"] == "admitted" or bool(step.event["by_statutes"])


def trial_allowed(step: Step) -> Iterator[Reason]:
    """Eight months at most, renewal included, less every earlier contract."""
    contract = step.event["contract"]
    found = list(trial_objections(contract, prior_contracts(step.pathway, contract)))
    yield from found
    if not found and contract.trial_last_day is not None:
        yield _reason(
            "trial_allowed",
            True,
            f"période d'essai jusqu'au {contract.trial_last_day}",
            f"trial period until {contract.trial_last_day}",
            _L7332_1,
        )


def delay_left(step: Step) -> Iterator[Reason]:
    """Earlier contracts leave time to become an associate after the signature."""
    contract = step.event["contract"]
    delay = delay_of(step.pathway, contract)
    assert delay is not None  # a contract was given
    days = delay.deduction.calendar_days
    yield _reason(
        "delay_left",
        delay.deadline > contract.starts_on,
        f"{delay.rule.value} mois depuis la signature du {contract.signed_on}, moins {days} jours de contrats"
        f" antérieurs : échéance le {delay.deadline}"
        + ("" if delay.deadline > contract.starts_on else ", déjà passée ; l'admission doit précéder"),
        f"{delay.rule.value} months from the signature of {contract.signed_on}, less {days} days of earlier "
        f"contracts: deadline on {delay.deadline}"
        + ("" if delay.deadline > contract.starts_on else ", already past; admission has to come first"),
        _L7331_3,
    )
    yield from delay.notes


def member_vote(step: Step) -> Iterator[Reason]:
    """A request, a vote of the meeting or the way of the statutes, a subscription."""
    event, facts = step.event, step.pathway.facts
    text = _ADMISSION if facts.is_scop else "Statuts de la coopérative"
    requested, voted = event["requested_on"], event["voted_on"]
    requests = step.pathway.entries("membership_request")
    requested = requested or (requests[-1].event.on if requests else None)
    yield _reason(
        "requested",
        requested is not None and requested <= (voted or event.on),
        f"demande : {requested or 'aucune'}, au plus tard le {voted or event.on}",
        f"request: {requested or 'none'}, at the latest on {voted or event.on}",
        text,
    )
    if not event["by_statutes"]:
        french = {"admitted": "admission", "refused": "refus"}.get(event["vote"] or "", "inconnu")
        yield _reason(
            "voted",
            voted is not None and voted <= event.on and event["vote"] == "admitted",
            f"vote : {voted or 'aucun'}, résultat : {french}",
            f"vote: {voted or 'none'}, result: {event['vote'] or 'unknown'}",
            text,
        )
        if facts.meetings and voted is not None:
            yield _reason(
                "meeting_known",
                any(meeting.on == voted for meeting in facts.meetings),
                f"une assemblée se tient le {voted}",
                f"a general meeting is held on {voted}",
                text,
            )
    subscribed = event["subscribed_on"]
    yield _reason(
        "subscribed",
        subscribed is not None and subscribed <= event.on,
        f"souscription de parts, selon les statuts : {subscribed or 'aucune'}",
        f"subscription of shares, as the statutes ask: {subscribed or 'none'}",
        "Loi n° 78-763 du 19 juillet 1978, art. 6" if facts.is_scop else "Statuts de la coopérative",
    )


def admitted_in_time(step: Step) -> Iterator[Reason]:
    """Admission comes before the delay is over: on the deadline itself it is too late."""
    delay = delay_of(step.pathway)
    assert delay is not None  # the stage
    yield _reason(
        "admitted_in_time",
        step.event.on < delay.deadline,
        f"admission le {step.event.on}, dernier jour utile le {delay.last_safe_day}",
        f"admitted on {step.event.on}, last safe day {delay.last_safe_day}",
        _L7331_3,
    )


def vote_before_signature(step: Step) -> Iterator[Reason]:
    """Where no time is left, the person is already admitted when she signs."""
    voted, signed = step.event["voted_on"], step.event["contract"].signed_on
    yield _reason(
        "vote_before_signature",
        bool(step.event["by_statutes"]) or (voted is not None and voted <= signed),
        f"vote du {voted or '–'}, au plus tard à la signature du {signed}",
        f"vote of {voted or '–'}, at the latest at the signature of {signed}",
        _L7331_3,
    )


def still_in_trial(step: Step) -> Iterator[Reason]:
    """A trial is broken while it runs."""
    cesa = cesa_of(step.pathway)
    assert cesa is not None  # the stage
    last = cesa.trial_last_day
    yield _reason(
        "still_in_trial",
        last is not None and step.event.on <= last,
        f"rupture le {step.event.on}, essai jusqu'au {last or '–'}",
        f"broken on {step.event.on}, trial until {last or '–'}",
        _L7332_1,
    )


def after_notice(step: Step) -> Iterator[Reason]:
    """The contract does not end before the end is notified; the length of the notice is not checked here."""
    notified = step.event["notified_on"]
    yield _reason(
        "notified",
        notified is None or notified <= step.event.on,
        f"notification du {notified or '–'}, fin du contrat le {step.event.on}",
        f"notified on {notified or '–'}, contract ends on {step.event.on}",
        "C. trav. art. L1221-25 et L1221-26" if step.event.kind == "trial_break" else "C. trav. art. L7331-1",
    )


def approved(step: Step) -> Iterator[Reason]:
    """A mutual termination is signed, then approved, and ends the contract the day after at the earliest."""
    signed, agreed, on = step.event["signed_on"], step.event["approved_on"], step.event.on
    yield _reason(
        "approved",
        signed < agreed < on,
        f"signature le {signed}, homologation le {agreed}, fin le {on} : dans cet ordre",
        f"signed on {signed}, approved on {agreed}, ended on {on}: in this order",
        "C. trav. art. L1237-13 et L1237-14",
    )


def _kept_by_law(step: Step) -> bool:
    disabled = step.event.kind == DISABILITY
    kind = EndingKind.UNFIT if disabled else EndingKind.parse(step.event.kind, "kind")
    return step.pathway.facts.is_scop and kept_by_law(kind, disability=disabled)


def keeps_status(step: Step) -> bool:
    """Whether an associate who stops working for the cooperative stays an associate.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 10 et 11: in a SCOP the status goes with the contract unless
        the statutes say otherwise (art. 10), but for the ends of
        :func:`~cae_core.france.cooperative_law.status.kept_by_law`, of which art. 11 makes no such
        reserve. Elsewhere the statutes say.
    """
    return _kept_by_law(step) or bool(step.event["keeps_status"])


def status_is_told(step: Step) -> Iterator[Reason]:
    """Outside a SCOP only the statutes join contract and membership, so the event has to say."""
    facts = step.pathway.facts
    yield _reason(
        "status_is_told",
        facts.is_scop or step.event["keeps_status"] is not None,
        "hors SCOP, seuls les statuts disent si la qualité d'associé se perd avec le contrat : "
        "indiquer keeps_status",
        "outside a SCOP only the statutes say whether membership goes with the contract: give keeps_status",
        "Loi n° 47-1775 du 10 septembre 1947, art. 19 septies" if facts.family == "scic" else "Statuts",
        needs_review=not facts.is_scop,
    )


def status_kept_by_law(step: Step) -> Iterator[Reason]:
    """No statutes take away the status that the law leaves: an event may not say that it is lost."""
    yield _reason(
        "status_kept_by_law",
        not (_kept_by_law(step) and step.event["keeps_status"] is False),
        "dans une SCOP, cette fin du contrat laisse la qualité d'associé, quoi que disent les statuts : "
        "retirer keeps_status",
        "in a SCOP this end of the contract leaves the status of associate whatever the statutes say: "
        "leave keeps_status out",
        "Loi n° 78-763 du 19 juillet 1978, art. 11",
    )


def was_associate(step: Step) -> Iterator[Reason]:
    """Only shares that were held are refunded."""
    yield _reason(
        "was_associate",
        any(entry.target == "associate" for entry in step.pathway.history),
        "la personne a été associée",
        "the person was an associate",
        "Loi n° 47-1775 du 10 septembre 1947, art. 18",
    )


def once(step: Step) -> Iterator[Reason]:
    """What closes a departure is done once, until another contract."""
    done = False
    for entry in step.pathway.history:
        if entry.event.kind in ("cape", "cesa"):
            done = False
        elif entry.event.kind == step.event.kind:
            done = True
    yield _reason("once", not done, "pas déjà fait depuis le départ", "not done already since the departure")
