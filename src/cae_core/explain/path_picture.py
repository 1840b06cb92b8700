"""A path as a picture: the stages along time, what happened, and what falls due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.explain.picture import COLOURS, Picture, drawing, plain
from cae_core.explain.words import Words
from cae_core.pathway import Deadline, Deadlines, Pathway

__all__ = ["deadlines_picture", "path_picture"]

#: One colour after the other for the stages, in the order of the lifecycle.
_STAGES = ("#b8c4cc", "#8fb996", "#7fa8d1", "#3f7cac", "#1d4e79", "#9d7fb1", "#8d99a3")
_WIDTH, _ROW, _TOP = 11, 3, 4


@attrs.frozen
class _Row:
    """A line of the picture: something that happened or falls due."""

    on: dt.date
    label: str
    colour: str
    marker: str


def path_picture(
    pathway: Pathway, deadlines: Sequence[Deadline], on: dt.date, *, lang: str = "fr"
) -> Picture:
    """Return the picture of a path: a band of stages, a row for each event and for each deadline.

    Args:
        pathway: the person.
        deadlines: what falls due, by day.
        on: today.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: nothing to draw.
    """
    if not pathway.history:
        raise InputError("pathway", f"expected an event at least, got none for {pathway.name}")
    words = Words(lang)
    rows = [
        _Row(entry.event.on, pathway.lifecycle.kind(entry.event.kind).name(lang), COLOURS["ink"], "o")
        for entry in pathway.history
    ]
    rows += [_due(each, on, each.text(lang)) for each in deadlines]
    title = words(
        f"{pathway.name} – {pathway.current.french_name}, au {words.day(on)}",
        f"{pathway.name} – {pathway.current.english_name}, on {words.day(on)}",
    )
    return _picture(rows, on, title, pathway, lang)


def deadlines_picture(deadlines: Deadlines, *, lang: str = "fr") -> Picture:
    """Return the picture of what falls due: a row for each deadline along time.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: nothing to draw.
    """
    if not deadlines:
        raise InputError("deadlines", "expected a deadline at least, got none")
    words, on = Words(lang), deadlines.window.on
    several = len({each.person for each in deadlines}) > 1
    rows = [
        _due(each, on, f"{each.name}{words.colon}{each.text(lang)}" if several else each.text(lang))
        for each in deadlines
    ]
    title = words(f"Échéances, au {words.day(on)}", f"Deadlines, on {words.day(on)}")
    return _picture(rows, on, title, None, lang)


def _due(deadline: Deadline, on: dt.date, label: str) -> _Row:
    colour = "late" if deadline.on < on else "alert" if deadline.alert else "due"
    return _Row(deadline.on, label, COLOURS[colour], "D")


def _picture(rows: Sequence[_Row], on: dt.date, title: str, pathway: Pathway | None, lang: str) -> Picture:
    first, last = min(each.on for each in rows), max(on, *(each.on for each in rows))
    if pathway is None:
        first = min(first, on)
    margin = dt.timedelta(days=max((last - first).days, 365) // 25)
    # A row has the height of a line of text; everything is counted in tenths of an inch.
    with drawing(_WIDTH, (len(rows) * _ROW + 2 * _TOP + 9) // 10 + 1) as figure:
        axes: Any = figure.subplots()
        if pathway is not None:
            _band(axes, pathway, on, last, lang)
        for rank, each in enumerate(rows, start=2):
            axes.plot([each.on, each.on], [0, rank], color=COLOURS["rule"], linewidth=1, zorder=0)
            axes.plot(
                [each.on], [rank], marker=each.marker, color=each.colour, markersize=5, linestyle="none"
            )
            # A label stands where there is room for it.
            right = each.on - first < last - each.on
            day = each.on.isoformat()
            axes.annotate(
                f"{day}   {each.label}" if right else f"{each.label}   {day}",
                (each.on, rank), xytext=(8 if right else -8, 0), textcoords="offset points",
                ha="left" if right else "right", va="center", color=each.colour, annotation_clip=False,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )  # fmt: skip
        axes.axvline(on, color=COLOURS["late"], linewidth=1, linestyle=":")
        axes.set_xlim(first - margin, last + margin)
        axes.set_ylim(len(rows) + 3, -2 if pathway is not None else 1)
        axes.xaxis.tick_top()
        axes.yaxis.set_visible(False)
        plain(axes, title, kept=("top",), width=120)
    return Picture(figure, f"{title}, {len(rows)} {Words(lang)('lignes', 'rows')}")


def _band(axes: Any, pathway: Pathway, on: dt.date, last: dt.date, lang: str) -> None:
    """Draw the stages along time, thin where they are to come."""
    orders = {stage.code: rank for rank, stage in enumerate(pathway.lifecycle.stages)}
    for stage, days in pathway.periods():
        end = days.ends_on or max(on, days.starts_on)
        band = {"color": _STAGES[orders[stage.code] % len(_STAGES)], "solid_capstyle": "butt"}
        axes.plot([days.starts_on, end], [0, 0], linewidth=13, **band)
        if days.ends_on is None and end < last:
            axes.plot([end, last], [0, 0], linewidth=3, **band)
        axes.annotate(
            stage.name(lang), (days.starts_on, 0), xytext=(1, 10), textcoords="offset points",
            color=COLOURS["ink"], fontsize=8,
        )  # fmt: skip
