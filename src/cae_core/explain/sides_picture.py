"""Statuses side by side as a picture: where each turnover goes, and what the events would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cae_core.explain.picture import COLOURS, Picture, drawing, plain
from cae_core.explain.words import Words
from cae_core.france.statuses import Comparison, Event, StatusSide
from cae_core.money import divide_half_up, format_decimal

__all__ = ["sides_picture"]

_INK = COLOURS["ink"]
#: What a turnover becomes: attribute of a side, French, English, colour.
_PARTS = (
    ("net_cents", "net avant impôt", "net before tax", COLOURS["net"]),
    ("held_cents", "gardé à son nom", "held in one's name", COLOURS["held"]),
    ("contributions_cents", "cotisations", "contributions", COLOURS["contributions"]),
    ("fee_cents", "contribution ou frais de gestion", "fee", COLOURS["fee"]),
    ("expenses_cents", "dépenses", "expenses", COLOURS["expenses"]),
)
#: The events drawn, each in a panel with its own scale, and the colour of their bars.
_EVENTS, _EVENT_COLOUR = (Event.ILLNESS, Event.WORK_ACCIDENT, Event.BIRTH, Event.LOSS), COLOURS["tax"]
_WIDTH, _BASE = 14, 2
#: A part of the longest bar under which a figure would not be readable inside its segment.
_READABLE = 18


def sides_picture(comparison: Comparison, *, lang: str = "fr") -> Picture:
    """Return the picture: a stacked bar a status, and beside it what each event would bring, gross.

    Args:
        comparison: what to draw.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    words, sides = Words(lang), comparison.sides
    names = [side.status.name_in(lang) for side in sides]
    turnover, expenses = (
        words.euros(cents) for cents in (comparison.turnover_cents, comparison.expenses_cents)
    )
    title = words(
        f"Chiffre d'affaires {turnover}, dépenses {expenses}, {comparison.year}",
        f"Turnover {turnover}, expenses {expenses}, {comparison.year}",
    )
    # Three quarters of an inch a status.
    with drawing(_WIDTH, _BASE + 3 * len(sides) // 4) as figure:
        paid, *panels = figure.subplots(1, 1 + len(_EVENTS), sharey=True, width_ratios=(9, 3, 3, 3, 3))
        _stack(paid, names, sides, words)
        _title(paid, title, 80)
        for axes, event in zip(panels, _EVENTS, strict=True):
            _bars(axes, names, [side.event(event).total_cents or 0 for side in sides], lang)
            _title(axes, event.name_in(lang))
        paid.invert_yaxis()
    nets = ", ".join(f"{name} {words.euros(side.net_cents)}" for name, side in zip(names, sides, strict=True))
    return Picture(figure, f"{title}{words.colon}{words('net avant impôt', 'net before tax')}, {nets}")


def _title(axes: Any, text: str, width: int = 26) -> None:
    """Put a title over a panel, and hide the frame: every bar says its figure."""
    plain(axes, text, width=width, size=9)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)


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
