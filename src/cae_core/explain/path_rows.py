"""A path and what falls due on it, as rows for people and as plain data for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from cae_core.explain.words import Words
from cae_core.pathway import Deadline, Entry, Pathway
from cae_core.reasons import Reason

__all__ = ["DeadlineRow", "PathRow", "deadline_dict", "deadline_rows", "path_dict", "path_rows"]


@attrs.frozen
class PathRow:
    """An event of a path, as people read it.

    Attributes:
        on: the day.
        label: what happened.
        stage: where it led, or nothing where it changed nothing.
        number: the row of the table of transitions.
        texts: the articles.
        notes: what has to be reviewed.
    """

    on: dt.date
    label: str
    stage: str
    number: int
    texts: str
    notes: tuple[str, ...]


@attrs.frozen
class DeadlineRow:
    """Something that falls due, as people read it.

    Attributes:
        on: the day.
        name: whose it is.
        label: what is due.
        texts: the articles.
        days: how many days are left; negative where it is late.
        alert: a reminder, not a deadline itself.
        mark: ``"*"`` where a text has to be reviewed, ``"~"`` where the law was carried forward.
    """

    on: dt.date
    name: str
    label: str
    texts: str
    days: int
    alert: bool
    mark: str


def path_rows(pathway: Pathway, lang: str = "fr") -> list[PathRow]:
    """Return the events of a path."""
    return [_row(pathway, entry, lang) for entry in pathway.history]


def _row(pathway: Pathway, entry: Entry, lang: str) -> PathRow:
    lifecycle, words = pathway.lifecycle, Words(lang)
    notes = [reason.text(lang) for reason in entry.reasons if reason.needs_review]
    notes += [effect.text(lang) for effect in entry.transition.effects if effect.needs_review]
    label = lifecycle.kind(entry.event.kind).name(lang)
    if entry.event["report_signed"] is False:
        label += words(" (compte rendu non signé)", " (report not signed)")
    return PathRow(
        on=entry.event.on,
        label=Words.title(label),
        stage="" if entry.source == entry.target else lifecycle.stage(entry.target).name(lang),
        number=entry.transition.number,
        texts=" ; ".join(map(str, entry.transition.citations)),
        notes=tuple(dict.fromkeys(notes)),
    )


def deadline_rows(deadlines: Iterable[Deadline], on: dt.date, lang: str = "fr") -> list[DeadlineRow]:
    """Return what falls due, seen from a day."""
    return [
        DeadlineRow(
            on=each.on,
            name=each.name,
            label=Words.title(each.text(lang)),
            texts=" ; ".join(map(str, each.citations)),
            days=(each.on - on).days,
            alert=each.alert,
            mark="*" * each.needs_review + "~" * each.assumed,
        )
        for each in deadlines
    ]


def _reason(reason: Reason, lang: str) -> dict[str, Any]:
    return {
        "code": reason.code,
        "met": reason.met,
        "message": reason.french if lang == "fr" else reason.english,
        "citations": [citation.text for citation in reason.citations],
        "needs_review": reason.needs_review,
    }


def deadline_dict(deadline: Deadline, lang: str = "fr") -> dict[str, Any]:
    """Return something that falls due as plain data."""
    return {
        "on": deadline.on.isoformat(),
        "person": deadline.person,
        "name": deadline.name,
        "code": deadline.code,
        "message": deadline.text(lang),
        "citations": [citation.text for citation in deadline.citations],
        "alert": deadline.alert,
        "outstanding": deadline.outstanding,
        "needs_review": deadline.needs_review,
        "assumed": deadline.assumed,
    }


def path_dict(pathway: Pathway, lang: str = "fr") -> dict[str, Any]:
    """Return a path as plain data: where the person stands, what happened, with reasons and legal effects."""
    return {
        "person": pathway.person,
        "name": pathway.name,
        "lifecycle": pathway.lifecycle.name,
        "stage": pathway.stage,
        "stage_name": pathway.current.name(lang),
        "history": [
            {
                "on": entry.event.on.isoformat(),
                "event": entry.event.kind,
                "name": pathway.lifecycle.kind(entry.event.kind).name(lang),
                "transition": entry.transition.code,
                "number": entry.transition.number,
                "source": entry.source,
                "target": entry.target,
                "reasons": [_reason(reason, lang) for reason in entry.reasons],
                "effects": [
                    {"message": effect.text(lang), "needs_review": effect.needs_review}
                    for effect in entry.transition.effects
                ],
                "citations": [citation.text for citation in entry.transition.citations],
            }
            for entry in pathway.history
        ],
    }
