"""What the record of a path says: the contracts, the delay to become an associate, what comes by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.france.contracts import CapeContract, CesaContract, Delay, PriorContract, associate_deadline
from cae_core.france.cooperative_law.forms import LEGAL_FORMS, SCIC, SCOP
from cae_core.pathway import Event, Pathway

__all__ = [
    "EMPLOYED",
    "KNOWN_FORMS",
    "LEGAL_FAMILIES",
    "CaeFacts",
    "MeetingDay",
    "cape_of",
    "cesa_of",
    "contracts",
    "delay_of",
    "next_automatic",
    "prior_contracts",
]

_ONE_DAY = dt.timedelta(days=1)

#: The stages in which a CESA runs.
EMPLOYED = ("cesa_trial", "cesa", "associate")
#: The families of legal forms, with their French names: what joins contract and membership depends on it.
LEGAL_FAMILIES: Mapping[str, str] = {
    SCOP: "SCOP (loi n° 78-763)",
    SCIC: "SCIC (loi n° 47-1775, art. 19 quinquies)",
    "cooperative": "coopérative de la loi n° 47-1775",
}
#: What a legal form may be: a family, or one of the forms that the French rules register.
KNOWN_FORMS: tuple[str, ...] = (*LEGAL_FAMILIES, *(form.code for form in LEGAL_FORMS))


@attrs.frozen(kw_only=True)
class MeetingDay:
    """The day of a general meeting of associates, as far as deadlines depend on it.

    Attributes:
        on: its day.
        accounts_closed_on: the end of the accounting year whose accounts it approves, if it approves any.
    """

    on: dt.date = attrs.field(converter=to_day)
    accounts_closed_on: dt.date | None = attrs.field(
        default=None, converter=attrs.converters.optional(to_day)
    )


def _by_day(meetings: Iterable[MeetingDay]) -> tuple[MeetingDay, ...]:
    return tuple(sorted(meetings, key=lambda meeting: meeting.on))


def _all(contracts: Iterable[PriorContract]) -> tuple[PriorContract, ...]:
    return tuple(contracts)


@attrs.frozen(kw_only=True)
class CaeFacts:
    """What has to be known of a person and her cooperative, beside what happens.

    Attributes:
        legal_form: a registered form such as ``"scop_sarl"``, or one of :data:`LEGAL_FAMILIES`.
        meetings: general meetings, held and to come. Where none is given, none is checked nor warned of.
        is_cae: its statutes make it a cooperative of art. 26-41 of the law of 1947; no CESA otherwise.
        account_online: the person sees her account in the information system; else it is sent each month.
        prior_contracts: contracts between the same parties before the path begins.
    """

    legal_form: str = attrs.field(default="scop")
    meetings: tuple[MeetingDay, ...] = attrs.field(default=(), converter=_by_day)
    is_cae: bool = True
    account_online: bool = True
    prior_contracts: tuple[PriorContract, ...] = attrs.field(default=(), converter=_all)

    @legal_form.validator
    def _known(self, attribute: object, value: str) -> None:
        if value not in KNOWN_FORMS:
            raise InputError("legal_form", f"expected one of {', '.join(KNOWN_FORMS)}, got {value!r}")

    @property
    def family(self) -> str:
        """The family of the legal form."""
        return self.legal_form.partition("_")[0]

    @property
    def is_scop(self) -> bool:
        """Whether the law of 1978 joins contract and membership."""
        return self.family == SCOP


def cape_of(pathway: Pathway) -> CapeContract | None:
    """Return the last CAPE of a path, with its renewals and its early end."""
    starts = [rank for rank, entry in enumerate(pathway.history) if entry.event.kind == "cape"]
    if not starts:
        return None
    first, *later = pathway.history[starts[-1] :]
    found: CapeContract = first.event["contract"]
    if pathway.assume_unchanged and not found.assume_unchanged:
        found = attrs.evolve(found, assume_unchanged=True)
    for entry in later:
        event = entry.event
        if event.kind == "cape_renewal":
            found = found.renewed(event.on, event["ends_on"])
        elif entry.source == "cape" and entry.target != "cape":
            ended = event.on if event.kind in ("cape_ended_early", "death") else event.on - _ONE_DAY
            if ended < found.ends_on_renewed:
                found = attrs.evolve(found, ended_early_on=ended)
    return found


def cesa_of(pathway: Pathway) -> CesaContract | None:
    """Return the last CESA of a path, as it was signed."""
    signed = pathway.entries("cesa")
    return signed[-1].event["contract"] if signed else None


def contracts(pathway: Pathway) -> list[PriorContract]:
    """Return the contracts of a path itself, each with its days; the one that runs has no end."""
    found: list[PriorContract] = []
    for entry in pathway.history:
        event = entry.event
        if event.kind in ("cape", "cesa"):
            _close(found, event.on - _ONE_DAY)
            found.append(PriorContract(starts_on=event.on, kind=event.kind.upper()))
        elif entry.target in ("exited", "ex_employee_associate") and entry.source != entry.target:
            automatic = pathway.lifecycle.kind(event.kind).automatic
            _close(found, event.on - _ONE_DAY if automatic else event.on)
    return found


def _close(found: list[PriorContract], last: dt.date) -> None:
    if found and found[-1].ends_on is None:
        found[-1] = attrs.evolve(found[-1], ends_on=max(last, found[-1].starts_on))


def prior_contracts(pathway: Pathway, contract: CesaContract) -> tuple[PriorContract, ...]:
    """Return every contract that shortens the clocks of a CESA: those given, and those of the path before."""
    before = (each for each in contracts(pathway) if each.starts_on < contract.starts_on)
    return (*pathway.facts.prior_contracts, *contract.prior_contracts, *before)


def delay_of(pathway: Pathway, contract: CesaContract | None = None) -> Delay | None:
    """Return the delay to become an associate of the CESA of a path, or of one about to start.

    Law:
        Code du travail, art. L7331-3.
    """
    contract = contract or cesa_of(pathway)
    if contract is None:
        return None
    assume = pathway.assume_unchanged or contract.assume_unchanged
    return associate_deadline(contract.signed_on, prior_contracts(pathway, contract), assume_unchanged=assume)


def next_automatic(pathway: Pathway) -> Event | None:
    """Return what the law will do by itself if nothing else happens.

    Law:
        C. com. art. L127-2: a CAPE ends with its term. C. trav. art. L7332-1: a trial that nobody breaks is
        over. Art. L7331-3: without membership in time, the contract ends.
    """
    if pathway.stage == "cape":
        cape = cape_of(pathway)
        assert cape is not None  # the stage was entered by one
        return Event("cape_term", cape.ends_on_renewed + _ONE_DAY)
    found = []
    if pathway.stage in ("cesa_trial", "cesa"):
        delay = delay_of(pathway)
        assert delay is not None  # the stage was entered by a CESA
        found.append(Event("associate_deadline", delay.deadline))
    if pathway.stage == "cesa_trial":
        cesa = cesa_of(pathway)
        assert cesa is not None  # likewise
        assert cesa.trial_last_day is not None  # likewise
        found.append(Event("trial_passed", cesa.trial_last_day + _ONE_DAY))
    return min(found, key=lambda event: event.on, default=None)
