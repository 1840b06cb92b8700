"""Statuses side by side as a picture: where each turnover goes, and what the events would bring.

matplotlib is an extra (``plots``) that loads when a picture is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from cae_core.errors import InputError, MissingExtraError
from cae_core.explain.words import Words
from cae_core.france.statuses import Comparison, Event, StatusSide
from cae_core.money import divide_half_up, format_decimal

__all__ = ["PICTURES", "sides_picture"]

#: The kinds of pictures.
PICTURES = ("svg", "png")

_INK = "#22313f"
#: What a turnover becomes: attribute of a side, French, English, colour.
_PARTS = (
    ("net_cents", "net avant impôt", "net before tax", "#2f7d4f"),
    ("held_cents", "gardé à son nom", "held in one's name", "#8fb996"),
    ("contributions_cents", "cotisations", "contributions", "#3f7cac"),
    ("fee_cents", "contribution ou frais de gestion", "fee", "#c98a00"),
    ("expenses_cents", "dépenses", "expenses", "#b8c4cc"),
)
#: The events drawn, each in a panel with its own scale, and the colour of their bars.
_EVENTS, _EVENT_COLOUR = (Event.ILLNESS, Event.WORK_ACCIDENT, Event.BIRTH, Event.LOSS), "#9d7fb1"
_WIDTH, _BASE = 14, 2
#: A part of the longest bar under which a figure would not be readable inside its segment.
_READABLE = 18


def sides_picture(comparison: Comparison, *, kind: str = "svg", lang: str = "fr") -> bytes:
    """Return the picture: a stacked bar a status, and beside it what each event would bring, gross.

    Args:
        comparison: what to draw.
        kind: ``"svg"`` or ``"png"``.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: another kind of picture.
    """
    if kind not in PICTURES:
        raise InputError("kind", f"expected one of {', '.join(PICTURES)}, got {kind!r}")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", "plots") from None

    words, sides = Words(lang), comparison.sides
    names = [side.status.name_in(lang) for side in sides]
    turnover, expenses = (
        words.euros(cents) for cents in (comparison.turnover_cents, comparison.expenses_cents)
    )
    settings: Any = {
        "svg.hashsalt": "cae_core",
        "svg.fonttype": "none",
        "font.size": 9,
        "font.family": "sans-serif",
    }
    with mpl.rc_context(settings):
        # Three quarters of an inch a status.
        figure = Figure(figsize=(_WIDTH, _BASE + 3 * len(sides) // 4), layout="constrained")
        paid, *panels = figure.subplots(1, 1 + len(_EVENTS), sharey=True, width_ratios=(9, 3, 3, 3, 3))
        _stack(paid, names, sides, words)
        _title(
            paid,
            words(
                f"Chiffre d'affaires {turnover}, dépenses {expenses}, {comparison.year}",
                f"Turnover {turnover}, expenses {expenses}, {comparison.year}",
            ),
            80,
        )
        for axes, event in zip(panels, _EVENTS, strict=True):
            _bars(axes, names, [side.event(event).total_cents or 0 for side in sides], lang)
            _title(axes, event.name_in(lang))
        paid.invert_yaxis()
        picture = io.BytesIO()
        # The day of the drawing is left out, so that the same figures give the same file.
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(picture, format=kind, dpi=150, metadata=metadata)
    return picture.getvalue()


def _title(axes: Any, text: str, width: int = 26) -> None:
    """Put a title over a panel, and hide the frame: every bar says its figure."""
    axes.set_title("\n".join(wrap(text, width)), loc="left", color=_INK, fontsize=9)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    axes.tick_params(axis="y", colors=_INK, length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _stack(axes: Any, names: list[str], sides: Sequence[StatusSide], words: Words) -> None:
    """Draw where each turnover goes, in whole euros, each segment labelled where there is room."""
    starts = [0] * len(names)
    longest = max(side.turnover_cents for side in sides) // 100 or 1
    for attribute, french, english, colour in _PARTS:
        widths = [divide_half_up(max(getattr(side, attribute), 0), 100) for side in sides]
        axes.barh(names, widths, left=starts, color=colour, label=words(french, english), edgecolor="white")
        for rank, (start, width) in enumerate(zip(starts, widths, strict=True)):
            if width * _READABLE >= longest:
                _figure(axes, start + width // 2, rank, width, "center", _text_colour(colour), words.lang)
            starts[rank] = start + width
    axes.legend(loc="upper left", bbox_to_anchor=(0, 0), ncols=3, frameon=False, fontsize=8)


def _text_colour(colour: str) -> str:
    return _INK if colour in (_PARTS[1][3], _PARTS[-1][3]) else "white"


def _bars(axes: Any, names: list[str], cents: list[int], lang: str) -> None:
    """Draw one event, its amount at the end of each bar."""
    widths = [divide_half_up(each, 100) for each in cents]
    axes.barh(names, widths, color=_EVENT_COLOUR)
    for rank, width in enumerate(widths):
        _figure(axes, width, rank, width, "left", _INK, lang)
    # Room for the figure at the end of the longest bar.
    axes.set_xlim(0, (max(widths) or 1) * 3 // 2)


def _figure(axes: Any, at: int, rank: int, euros: int, align: str, colour: str, lang: str) -> None:
    shift = 3 if align == "left" else 0
    axes.annotate(
        format_decimal(euros, 0, lang), (at, rank), xytext=(shift, 0), textcoords="offset points",
        ha=align, va="center", color=colour, fontsize=8,
    )  # fmt: skip
