"""The stages, and the table of transitions between them: 17 numbers, and what is recorded without a change.

A person who comes back after an exit starts again as a prospect does; her earlier contracts still shorten the
clocks. Rows that share a number differ by one case alone: with or without a trial period, for instance.
"""

from __future__ import annotations

from cae_core.france.lifecycle import guards
from cae_core.france.lifecycle.effects import EFFECTS
from cae_core.france.lifecycle.events import ENDINGS
from cae_core.law import Citation
from cae_core.pathway import Guard, Stage, Step, Transition

__all__ = ["STAGES", "TRANSITIONS"]

#: The stages, in the order of a path.
STAGES: tuple[Stage, ...] = (
    Stage("prospect", "prospect", "prospect"),
    Stage("cape", "CAPE", "CAPE"),
    Stage("cesa_trial", "CESA, période d'essai", "CESA, trial period"),
    Stage("cesa", "CESA", "CESA"),
    Stage("associate", "associé (CESA)", "associate (CESA)"),
    Stage("ex_employee_associate", "associé non salarié", "associate, no longer employed"),
    Stage("exited", "sorti", "exited", resting=True),
)

_NEW = ("prospect", "exited")
_CESA = ("cesa_trial", "cesa", "associate")


def _texts(*texts: str) -> tuple[Citation, ...]:
    return tuple(map(Citation, texts))


_CONTRACT: tuple[Guard, ...] = (
    guards.starts_as_written,
    guards.follows_the_contract_before,
    guards.cooperative_is_cae,
    guards.trial_allowed,
)
_CESA_TEXTS = _texts("C. trav. art. L7331-2", "C. trav. art. L7331-3", "C. trav. art. L7332-1")


def _with_trial(step: Step) -> bool:
    return guards.has_trial(step) and not guards.has_admission(step)


def _without_trial(step: Step) -> bool:
    return not guards.has_trial(step) and not guards.has_admission(step)


def _cesa(source: str, sources: tuple[str, ...], numbers: tuple[int, int, int]) -> tuple[Transition, ...]:
    """Return the rows of a CESA that starts: with a trial, without one, for a person already admitted."""
    admitted = (guards.member_vote, guards.vote_before_signature)
    rows = (
        ("trial", "cesa_trial", _with_trial, (guards.delay_left,)),
        ("no_trial", "cesa", _without_trial, (guards.delay_left,)),
        ("admitted", "associate", guards.has_admission, admitted),
    )
    return tuple(
        Transition(
            number=number,
            code=f"{source}_to_cesa_{case}",
            sources=sources,
            event="cesa",
            target=target,
            when=when,
            guards=(*_CONTRACT, *more),
            effects=EFFECTS["cesa_from_cape" if source == "cape" else "cesa"],
            citations=_CESA_TEXTS,
        )
        for number, (case, target, when, more) in zip(numbers, rows, strict=True)
    )


def _loses(step: Step) -> bool:
    return not guards.keeps_status(step)


def _asked(kind: str) -> tuple[Guard, ...]:
    """Return what is asked of an end of employment, whatever becomes of the status of associate."""
    if kind == "mutual":
        return (guards.approved,)
    return () if kind == "disability" else (guards.after_notice,)


def _ending(number: int, kind: str, sources: tuple[str, ...], *texts: str) -> tuple[Transition, ...]:
    """Return the rows of an end of employment: not an associate, or one who loses that status."""
    ask = _asked(kind)
    before = tuple(source for source in sources if source != "associate")
    return (
        Transition(
            number=number,
            code=f"{kind}_employee",
            sources=before,
            event=kind,
            target="exited",
            guards=ask,
            effects=EFFECTS[kind],
            citations=_texts(*texts),
        ),
        Transition(
            number=number,
            code=f"{kind}_associate",
            sources=("associate",),
            event=kind,
            target="exited",
            when=_loses,
            guards=(*ask, guards.status_is_told),
            effects=(*EFFECTS[kind], *EFFECTS["loses_status"]),
            citations=_texts(*texts, "Loi n° 78-763 du 19 juillet 1978, art. 10"),
        ),
    )


def _keeps(kind: str) -> Transition:
    """Return the row of an end of employment after which an associate stays one."""
    return Transition(
        number=12,
        code=f"{kind}_keeps_status",
        sources=("associate",),
        event=kind,
        target="ex_employee_associate",
        when=guards.keeps_status,
        guards=(*_asked(kind), guards.status_kept_by_law),
        effects=EFFECTS["keeps_status"],
        citations=_texts("Loi n° 78-763 du 19 juillet 1978, art. 10 et 11"),
    )


_LABOUR_CODE = "C. trav. art. L7331-1"

#: Every transition.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        number=1,
        code="cape",
        sources=_NEW,
        event="cape",
        target="cape",
        guards=(guards.starts_as_written, guards.follows_the_contract_before, guards.earlier_cape),
        effects=EFFECTS["cape"],
        citations=_texts("C. com. art. L127-1 et L127-2", "C. com. art. R127-1"),
    ),
    Transition(
        number=2,
        code="cape_renewal",
        sources=("cape",),
        event="cape_renewal",
        target="cape",
        guards=(guards.cape_renewed,),
        effects=EFFECTS["cape_renewal"],
        citations=_texts("C. com. art. L127-2"),
    ),
    *_cesa("prospect", _NEW, (3, 3, 3)),
    *_cesa("cape", ("cape",), (4, 5, 5)),
    Transition(
        number=6,
        code="trial_passed",
        sources=("cesa_trial",),
        event="trial_passed",
        target="cesa",
        effects=EFFECTS["trial_passed"],
        citations=_texts("C. trav. art. L7332-1"),
    ),
    Transition(
        number=7,
        code="trial_break",
        sources=("cesa_trial",),
        event="trial_break",
        target="exited",
        guards=(guards.still_in_trial, guards.after_notice),
        effects=EFFECTS["trial_break"],
        citations=_texts("C. trav. art. L7332-1", "C. trav. art. L1221-25 et L1221-26"),
    ),
    Transition(
        number=8,
        code="admission",
        sources=("cesa_trial", "cesa"),
        event="admission",
        target="associate",
        guards=(guards.member_vote, guards.admitted_in_time),
        effects=EFFECTS["admission"],
        citations=_texts("C. trav. art. L7331-3", "Loi n° 78-763 du 19 juillet 1978, art. 7"),
    ),
    Transition(
        number=9,
        code="associate_deadline",
        sources=("cesa_trial", "cesa"),
        event="associate_deadline",
        target="exited",
        effects=EFFECTS["associate_deadline"],
        citations=_texts("C. trav. art. L7331-3"),
    ),
    *_ending(10, "resignation", ("cesa", "associate"), _LABOUR_CODE),
    *_ending(11, "mutual", ("cesa", "associate"), "C. trav. art. L1237-11 à L1237-16"),
    *(_keeps(kind.code) for kind in ENDINGS),
    Transition(
        number=13,
        code="status_renounced",
        sources=("associate", "ex_employee_associate"),
        event="status_renounced",
        target="exited",
        guards=(guards.after_notice,),
        effects=EFFECTS["status_renounced"],
        citations=_texts("Loi n° 78-763 du 19 juillet 1978, art. 10"),
    ),
    *(
        row
        for kind in ENDINGS
        if kind.code not in ("resignation", "mutual")
        for row in _ending(14, kind.code, _CESA, _LABOUR_CODE)
    ),
    Transition(
        number=14,
        code="death",
        sources=(*_CESA, "cape", "ex_employee_associate"),
        event="death",
        target="exited",
        effects=EFFECTS["death"],
        citations=_texts(_LABOUR_CODE),
    ),
    Transition(
        number=15,
        code="cape_term",
        sources=("cape",),
        event="cape_term",
        target="exited",
        effects=EFFECTS["cape_end"],
        citations=_texts("C. com. art. L127-2"),
    ),
    Transition(
        number=15,
        code="cape_ended_early",
        sources=("cape",),
        event="cape_ended_early",
        target="exited",
        effects=EFFECTS["cape_end"],
        citations=_texts("C. com. art. R127-1 6°"),
    ),
    Transition(
        number=16,
        code="shares_refunded",
        sources=("exited",),
        event="shares_refunded",
        target=None,
        guards=(guards.was_associate, guards.once),
        effects=EFFECTS["shares_refunded"],
        citations=_texts("Loi n° 47-1775 du 10 septembre 1947, art. 13 et 18"),
    ),
    Transition(
        number=17,
        code="account_closed",
        sources=("exited", "ex_employee_associate"),
        event="account_closed",
        target=None,
        guards=(guards.once,),
        effects=EFFECTS["account_closed"],
        citations=_texts("C. trav. art. L7332-3 et R7331-12"),
    ),
    *(
        Transition(number=0, code=code, sources=sources, event=code, target=None, citations=_texts(*texts))
        for code, sources, texts in (
            ("information_meeting", (*_NEW, "cape"), ()),
            ("interview", ("prospect", "cape", *_CESA), ("C. trav. art. R7331-2 et suivants",)),
            (
                "membership_request",
                ("cape", "cesa_trial", "cesa"),
                ("Loi n° 78-763 du 19 juillet 1978, art. 7",),
            ),
            (
                "admission_refused",
                ("cape", "cesa_trial", "cesa"),
                ("Loi n° 78-763 du 19 juillet 1978, art. 7",),
            ),
            ("statement_sent", ("cape", *_CESA, "exited"), ("C. trav. art. R7331-5",)),
        )
    ),
)
