"""One person in a lifecycle: a frozen record, and the only way to add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from cae_core.calendar import Interval
from cae_core.errors import InputError, RefusedError
from cae_core.pathway.lifecycle import Event, Lifecycle, Stage, Step, Transition
from cae_core.reasons import Reason, unmet
from cae_core.shown import Shown

__all__ = ["Entry", "Pathway", "advance", "at", "begin"]

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen
class Entry:
    """An event of the past, and what it did.

    Attributes:
        event: what happened.
        transition: the row of the table that was taken.
        source, target: the stages before and after.
        reasons: the conditions of the row, all met; some may have to be reviewed.
    """

    event: Event
    transition: Transition
    source: str
    target: str
    reasons: tuple[Reason, ...] = ()


@attrs.frozen(kw_only=True)
class Pathway(Shown):
    """A person in a lifecycle. Made by :func:`begin`; :func:`advance` and :func:`at` return the next one.

    Attributes:
        lifecycle: the table.
        person: the code of the person.
        name: what she is called.
        stage: the code of the stage she is at.
        facts: what the lifecycle has to know of her and her cooperative.
        history: what happened, in order.
        assume_unchanged: after the last day known, the law is carried forward.
    """

    lifecycle: Lifecycle = attrs.field(repr=lambda it: repr(it.name))
    person: str
    name: str
    stage: str
    facts: Any = None
    history: tuple[Entry, ...] = attrs.field(default=(), repr=lambda it: f"<{len(it)} entries>")
    assume_unchanged: bool = False

    @property
    def last_on(self) -> dt.date | None:
        """The day of the last event."""
        return self.history[-1].event.on if self.history else None

    @property
    def current(self) -> Stage:
        """The stage she is at."""
        return self.lifecycle.stage(self.stage)

    def entries(self, *kinds: str) -> tuple[Entry, ...]:
        """Return what happened of some kinds, in order."""
        return tuple(entry for entry in self.history if entry.event.kind in kinds)

    def until(self, on: dt.date) -> Pathway:
        """Return the path as it was at the end of a day: later events are left out, and time has passed."""
        kept = tuple(entry for entry in self.history if entry.event.on <= on)
        stage = kept[-1].target if kept else self.lifecycle.start
        return at(attrs.evolve(self, history=kept, stage=stage), on)

    def periods(self) -> Iterator[tuple[Stage, Interval]]:
        """Iterate over the stages she went through and their days; the last one is open.

        A stage starts on the day of the event that led to it. What came before the first event has no start.
        """
        changes = [entry for entry in self.history if entry.source != entry.target]
        for rank, entry in enumerate(changes):
            following = changes[rank + 1].event.on - _ONE_DAY if rank + 1 < len(changes) else None
            if following is None or following >= entry.event.on:
                yield self.lifecycle.stage(entry.target), Interval(entry.event.on, following)


def begin(
    lifecycle: Lifecycle, person: str, *, name: str = "", facts: Any = None, assume_unchanged: bool = False
) -> Pathway:
    """Return a person at the start of a lifecycle.

    Args:
        lifecycle: the table, such as ``rules.lifecycle("cae")``.
        person: the code of the person.
        name: what she is called; her code by default.
        facts: what the lifecycle has to know of her and her cooperative, of the class it wants.
        assume_unchanged: after the last day known, carry the law forward.

    Raises:
        InputError: the facts are not of the class that the lifecycle wants.
    """
    if not isinstance(facts, lifecycle.facts):
        wanted = lifecycle.facts.__name__
        raise InputError("facts", f"expected {wanted} for the lifecycle {lifecycle.name!r}, got {facts!r}")
    return Pathway(
        lifecycle=lifecycle,
        person=person,
        name=name or person,
        stage=lifecycle.start,
        facts=facts,
        assume_unchanged=assume_unchanged,
    )


def at(pathway: Pathway, on: dt.date) -> Pathway:
    """Return a path as it stands at the end of a day: what the law does by itself until then has happened.

    A day before the last event changes nothing: what happened is not undone.

    Raises:
        LawNotKnownError: the law of a day that matters is not known.
    """
    while (event := pathway.lifecycle.next_automatic(pathway)) is not None and event.on <= on:
        pathway = _take(pathway, event, reported=False)
    return pathway


def advance(pathway: Pathway, event: Event) -> Pathway:
    """Return the path with one more event.

    Time passes first: what the law does by itself until the day of the event has happened, unless it gives
    way to such an event on that very day; the guards then say whether the event comes too late.

    Raises:
        RefusedError: the event is not possible; the error lists every objection, each with its texts.
        LawNotKnownError: the law of a day that matters is not known.
    """
    pathway = at(pathway, event.on - _ONE_DAY)
    law = pathway.lifecycle.next_automatic(pathway)
    if law is not None and event.kind not in pathway.lifecycle.kind(law.kind).gives_way_to:
        pathway = at(pathway, event.on)
    return _take(pathway, event, reported=True)


def _take(pathway: Pathway, event: Event, *, reported: bool) -> Pathway:
    step, reasons = Step(pathway, event), list(_first_objections(pathway, event, reported=reported))
    row = None if any(reason.code != "time_goes_back" for reason in reasons) else _row(step)
    if row is not None:
        reasons += [reason for guard in row.guards for reason in guard(step)]
    objections = unmet(reasons)
    if row is None or objections:
        kind = next((kind for kind in pathway.lifecycle.events if kind.code == event.kind), None)
        french, english = (kind.french_name, kind.english_name) if kind else (event.kind, event.kind)
        who = f"{pathway.name}, {event.on}"
        raise RefusedError(f"{who} : {french}, refusé", f"{who}: {english}, refused", objections)
    target = row.target or pathway.stage
    entry = Entry(event, row, pathway.stage, target, tuple(reasons))
    return attrs.evolve(pathway, stage=target, history=(*pathway.history, entry))


def _row(step: Step) -> Transition | None:
    return next(
        (
            row
            for row in step.pathway.lifecycle.transitions
            if row.event == step.event.kind
            and step.pathway.stage in row.sources
            and (row.when is None or row.when(step))
        ),
        None,
    )


def _first_objections(pathway: Pathway, event: Event, *, reported: bool) -> Iterator[Reason]:
    """Iterate over what is wrong before any guard is asked."""
    lifecycle = pathway.lifecycle
    kinds = {kind.code: kind for kind in lifecycle.events if not (reported and kind.automatic)}
    kind = kinds.get(event.kind)
    if kind is None:
        listed = ", ".join(kinds)
        yield Reason(
            code="unknown_event",
            met=False,
            french=f"événement inconnu : {event.kind!r} (connus : {listed})",
            english=f"unknown event: {event.kind!r} (known: {listed})",
        )
        return
    last = pathway.last_on
    if last is not None and event.on < last:
        yield Reason(
            code="time_goes_back",
            met=False,
            french=f"l'événement précédent est du {last} : le temps ne revient pas en arrière",
            english=f"the event before is of {last}: time does not go back",
        )
    problems = list(kind.problems(event.facts))
    yield from problems
    if not problems and _row(Step(pathway, event)) is None:
        yield _no_such_step(pathway, event)


def _no_such_step(pathway: Pathway, event: Event) -> Reason:
    """Return the objection to an event that no row takes from where the person stands."""
    lifecycle, now = pathway.lifecycle, pathway.current
    rows = [row for row in lifecycle.transitions if row.event == event.kind]
    stages = [lifecycle.stage(code) for code in dict.fromkeys(code for row in rows for code in row.sources)]
    texts = dict.fromkeys(citation for row in rows for citation in row.citations)
    french = english = ""
    for entry in pathway.history:
        if entry.target != entry.source:
            cause = lifecycle.kind(entry.event.kind)
            french = f" depuis le {entry.event.on} ({cause.french_name})"
            english = f" since {entry.event.on} ({cause.english_name})"
    return Reason(
        code="no_such_step",
        met=False,
        french=f"étape « {now.french_name} »{french} ; cet événement suppose : "
        + ", ".join(stage.french_name for stage in stages),
        english=f"stage “{now.english_name}”{english}; this event supposes: "
        + ", ".join(stage.english_name for stage in stages),
        citations=tuple(texts),
    )
