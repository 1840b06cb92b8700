"""A path as a picture: the stages along time, what happened, and what falls due.

The only importer of matplotlib, an extra (``plots``) that loads when the first picture is drawn.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from cae_core.errors import InputError, MissingExtraError
from cae_core.explain.words import Words
from cae_core.pathway import Deadline, Pathway

__all__ = ["PICTURES", "path_picture"]

#: The kinds of pictures.
PICTURES = ("svg", "png")

_INK, _GREY, _RULE, _LATE, _ALERT, _DUE = "#22313f", "#6b7a88", "#dde3e8", "#b3261e", "#c98a00", "#1f6f8b"
#: One colour after the other for the stages, in the order of the lifecycle.
_STAGES = ("#b8c4cc", "#8fb996", "#7fa8d1", "#3f7cac", "#1d4e79", "#9d7fb1", "#8d99a3")
_WIDTH, _ROW, _TOP = 11, 3, 4


def path_picture(
    pathway: Pathway, deadlines: Sequence[Deadline], on: dt.date, *, kind: str = "svg", lang: str = "fr"
) -> bytes:
    """Return the picture of a path: a band of stages, a row for each event and for each deadline.

    Args:
        pathway: the person.
        deadlines: what falls due, by day.
        on: today.
        kind: ``"svg"`` or ``"png"``.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: another kind of picture; nothing to draw.
    """
    if kind not in PICTURES:
        raise InputError("kind", f"expected one of {', '.join(PICTURES)}, got {kind!r}")
    if not pathway.history:
        raise InputError("pathway", f"expected an event at least, got none for {pathway.name}")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", "plots") from None

    words = Words(lang)
    rows = [
        (entry.event.on, pathway.lifecycle.kind(entry.event.kind).name(lang), _INK, "o")
        for entry in pathway.history
    ]
    for each in deadlines:
        colour = _LATE if each.on < on else _ALERT if each.alert else _DUE
        rows.append((each.on, each.text(lang), colour, "D"))
    first = min(day for day, *_ in rows)
    last = max(on, *(day for day, *_ in rows))
    span = max((last - first).days, 365)
    margin = dt.timedelta(days=span // 25)

    settings: Any = {
        "svg.hashsalt": "cae_core",
        "svg.fonttype": "none",
        "font.size": 9,
        "font.family": "sans-serif",
    }
    with mpl.rc_context(settings):
        # A row has the height of a line of text; everything is counted in tenths of an inch.
        figure = Figure(figsize=(_WIDTH, (len(rows) * _ROW + 2 * _TOP + 9) // 10 + 1), layout="constrained")
        axes: Any = figure.subplots()
        orders = {stage.code: rank for rank, stage in enumerate(pathway.lifecycle.stages)}
        for stage, days in pathway.periods():
            end = days.ends_on or max(on, days.starts_on)
            band = {"color": _STAGES[orders[stage.code] % len(_STAGES)], "solid_capstyle": "butt"}
            axes.plot([days.starts_on, end], [0, 0], linewidth=13, **band)
            if days.ends_on is None and end < last:
                axes.plot([end, last], [0, 0], linewidth=3, **band)  # what is to come
            axes.annotate(
                stage.name(lang), (days.starts_on, 0), xytext=(1, 10), textcoords="offset points",
                color=_INK, fontsize=8,
            )  # fmt: skip
        for rank, (day, label, colour, marker) in enumerate(rows, start=2):
            axes.plot([day, day], [0, rank], color=_RULE, linewidth=1, zorder=0)
            axes.plot([day], [rank], marker=marker, color=colour, markersize=5, linestyle="none")
            # A label stands where there is room for it.
            right = day - first < last - day
            axes.annotate(
                f"{day.isoformat()}   {label}" if right else f"{label}   {day.isoformat()}",
                (day, rank), xytext=(8 if right else -8, 0), textcoords="offset points",
                ha="left" if right else "right", va="center", color=colour, annotation_clip=False,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )  # fmt: skip
        axes.axvline(on, color=_LATE, linewidth=1, linestyle=":")
        axes.set_xlim(first - margin, last + margin)
        axes.set_ylim(len(rows) + 3, -2)
        axes.xaxis.tick_top()
        axes.yaxis.set_visible(False)
        for side in ("left", "right", "bottom"):
            axes.spines[side].set_visible(False)
        axes.spines["top"].set_color(_GREY)
        axes.tick_params(colors=_GREY)
        axes.set_title(
            words(
                f"{pathway.name} – {pathway.current.french_name}, au {words.day(on)}",
                f"{pathway.name} – {pathway.current.english_name}, on {words.day(on)}",
            ),
            loc="left", color=_INK, fontsize=11,
        )  # fmt: skip
        picture = io.BytesIO()
        # The day of the drawing is left out, so that the same path gives the same file.
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(picture, format=kind, dpi=160, metadata=metadata)
    return picture.getvalue()
