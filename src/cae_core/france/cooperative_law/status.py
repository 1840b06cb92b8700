"""How the status of associate and the employment contract end each other, and the three exceptions."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.france.cooperative_law.forms import SCOP
from cae_core.france.cooperative_law.texts import law_1947, law_1978
from cae_core.france.exits.kinds import ENDINGS, EndingKind
from cae_core.membership.associates import Associate, Standing
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.statutes import Statutes
from cae_core.reasons import Reason

__all__ = ["StatusOutcome", "kept_by_law", "status_after", "status_given_up"]


#: Ends by which a person may be, or may not be, disabled.
_UNFIT = frozenset({EndingKind.UNFIT, EndingKind.UNFIT_WORK_ACCIDENT})


def kept_by_law(kind: EndingKind, *, disability: bool | None = None) -> bool:
    """Whether an end of the employment contract leaves the status of associate of a Scop by the law itself.

    Args:
        kind: how the contract ends.
        disability: the person is disabled (invalidité), which makes her unfit for work; where nobody says,
            a person dismissed as unfit is held to be, to be checked.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 11: pensioned off by the employer, dismissed for economic
        reasons, disability.
    """
    return ENDINGS[kind].keeps_scop_status and not (kind in _UNFIT and disability is False)


@attrs.frozen(kw_only=True)
class StatusOutcome:
    """What becomes of the status of associate, or of the contract.

    Attributes:
        keeps_status: the person stays an associate.
        contract_ends: the employment contract ends.
        associate: the record after it: with its last day, or with another standing.
        reasons: the texts.
    """

    keeps_status: bool
    contract_ends: bool
    associate: Associate
    reasons: tuple[Reason, ...]

    @property
    def needs_review(self) -> bool:
        """Whether a text leaves it open."""
        return any(reason.needs_review for reason in self.reasons)


def status_after(
    end: EndingKind,
    on: dt.date | str,
    associate: Associate,
    form: LegalForm,
    statutes: Statutes,
    *,
    disability: bool | None = None,
) -> StatusOutcome:
    """Return what becomes of the status of associate when the employment contract ends.

    In a Scop it is lost with the contract, unless the statutes say otherwise, but for three ends that leave
    it whatever they say: pensioned off by the employer (who leaves for a pension of her own will is not),
    dismissed for economic reasons, disability. In a Scic nothing is lost unless the statutes say so.

    Args:
        end: how the contract ends.
        on: its last day, which is the last day as an associate where the status is lost.
        associate: the record before.
        form, statutes: the cooperative.
        disability: of a person dismissed as unfit (see :func:`kept_by_law`).

    Raises:
        InputError: the status itself is given up; that is :func:`status_given_up`.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 10, 1° (version of 2012) and 11.
    """
    on = to_day(on)
    if end is EndingKind.STATUS_RENOUNCED:
        raise InputError("end", f"expected an end of the contract, got {end.code}")
    if end is EndingKind.DEATH:
        died = Reason(
            code="death",
            met=False,
            french="le décès met fin à la qualité d'associé",
            english="death ends the status of associate",
        )
        return _lost(associate, on, died)
    if form.family == SCOP and kept_by_law(end, disability=disability):
        reason = Reason(
            code="exception",
            met=True,
            french=f"cette fin du contrat ({end.french_name}) ne fait pas perdre la qualité d'associé",
            english=f"this end of the contract ({end.english_name}) leaves the status of associate",
            citations=(law_1978("11"),),
            # To be unfit for one's post is not always to be disabled.
            needs_review=end in _UNFIT and disability is None,
        )
        return _kept(associate, Standing.RETAINED, reason)
    chosen = statutes.contract_end_ends_status
    linked = form.family == SCOP if chosen is None else chosen
    text = law_1978("10, 1°") if form.family == SCOP else law_1947("19 septies")
    by = ("la loi", "the law") if chosen is None else ("les statuts", "the statutes")
    french = "perdue avec le contrat" if linked else "gardée malgré la fin du contrat"
    english = "lost with the contract" if linked else "kept in spite of the end of the contract"
    reason = Reason(
        code="status_lost_with_contract" if linked else "no_link",
        met=not linked,
        french=f"qualité d'associé {french}, selon {by[0]}",
        english=f"status of associate {english}, by {by[1]}",
        citations=(text,),
    )
    return _lost(associate, on, reason) if linked else _kept(associate, Standing.FORMER, reason)


def status_given_up(
    on: dt.date | str, associate: Associate, form: LegalForm, statutes: Statutes
) -> StatusOutcome:
    """Return what becomes of the employment contract of an associate who gives up that status.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 10, 2°: in a Scop the contract ends too, unless the statutes
        say otherwise.
    """
    on = to_day(on)
    linked = statutes.renunciation_ends_contract
    if linked is None:
        linked = form.family == SCOP
    ends = linked and associate.standing is Standing.EMPLOYED
    reason = Reason(
        code="contract_ends_with_status",
        met=ends,
        french="la renonciation à la qualité d'associé met fin au contrat de travail",
        english="giving up the status of associate ends the employment contract",
        citations=(law_1978("10, 2°") if form.family == SCOP else law_1947("19 septies"),),
    )
    return StatusOutcome(
        keeps_status=False,
        contract_ends=ends,
        associate=attrs.evolve(associate, left_on=on),
        reasons=(reason,),
    )


def _lost(associate: Associate, on: dt.date, reason: Reason) -> StatusOutcome:
    return StatusOutcome(
        keeps_status=False,
        contract_ends=True,
        associate=attrs.evolve(associate, left_on=on),
        reasons=(reason,),
    )


def _kept(associate: Associate, standing: Standing, reason: Reason) -> StatusOutcome:
    return StatusOutcome(
        keeps_status=True,
        contract_ends=True,
        associate=attrs.evolve(associate, standing=standing),
        reasons=(reason,),
    )
