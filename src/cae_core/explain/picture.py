"""Pictures: the one importer of matplotlib, an extra (``plots``) that loads when a picture is drawn.

Positions and sizes are whole numbers, amounts whole euros: nothing is computed from what is drawn.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from textwrap import wrap
from typing import Any

import attrs

from cae_core.errors import InputError, MissingExtraError
from cae_core.explain.words import Words
from cae_core.money import divide_half_up, format_decimal

__all__ = ["COLOURS", "PICTURES", "Picture", "Step", "drawing", "plain", "waterfall"]

#: The kinds of files.
PICTURES = ("svg", "png")
#: One colour for one thing, in every picture.
COLOURS = {
    "ink": "#22313f",
    "soft": "#6b7a88",
    "rule": "#dde3e8",
    "late": "#b3261e",
    "alert": "#c98a00",
    "due": "#1f6f8b",
    "net": "#2f7d4f",
    "held": "#8fb996",
    "contributions": "#3f7cac",
    "fee": "#c98a00",
    "expenses": "#b8c4cc",
    "gross": "#1d4e79",
    "turnover": "#7fa8d1",
    "tax": "#9d7fb1",
}
_SETTINGS: Any = {"svg.hashsalt": "cae_core", "font.size": 9, "font.family": "sans-serif"}


@attrs.frozen(eq=False, repr=False)
class Picture:
    """A picture of a result, that a notebook shows.

    Attributes:
        figure: matplotlib's figure, to change or to save (``picture.figure.savefig("pay.png")``).
        text: what it shows, for who cannot see it.
    """

    figure: Any
    text: str

    def content(self, kind: str = "svg", dpi: int = 160, *, outlines: bool = False) -> bytes:
        """Return the picture as a file; the same figures give the same bytes.

        Args:
            kind: ``"svg"`` or ``"png"``.
            dpi: dots an inch of a PNG.
            outlines: in SVG, draw letters as outlines, the same wherever it is shown; else as text.

        Raises:
            InputError: another kind.
        """
        if kind not in PICTURES:
            raise InputError("kind", f"expected one of {', '.join(PICTURES)}, got {kind!r}")
        content = io.BytesIO()
        with _settings(outlines=outlines):
            # The day of the drawing is left out.
            metadata = {"Date": None} if kind == "svg" else {"Software": None}
            self.figure.savefig(content, format=kind, dpi=dpi, metadata=metadata)
        return content.getvalue()

    def _repr_html_(self) -> str:
        # On its own white ground, so that it reads in a dark notebook too.
        data = base64.b64encode(self.content(outlines=True)).decode("ascii")
        source = f"data:image/svg+xml;base64,{data}"
        return f'<img class="cae-picture" alt="{escape(self.text)}" style="max-width: 100%" src="{source}" />'

    def __repr__(self) -> str:
        return f"<Picture: {self.text}>"


@contextmanager
def _settings(*, outlines: bool = False) -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context({**_SETTINGS, "svg.fonttype": "path" if outlines else "none"}):
        yield


@contextmanager
def drawing(width: int, height: int) -> Iterator[Any]:
    """Open a figure of some inches, to draw in; it belongs to no window.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", "plots") from None
    with _settings():
        yield Figure(figsize=(width, height), layout="constrained")


def plain(axes: Any, title: str = "", *, kept: Sequence[str] = (), width: int = 90, size: int = 11) -> None:
    """Take the frame of a panel off, but for the sides kept, and put its title over it."""
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(side in kept)
        axes.spines[side].set_color(COLOURS["rule"])
    axes.tick_params(colors=COLOURS["ink"], length=0)
    if title:
        axes.set_title("\n".join(wrap(title, width)), loc="left", color=COLOURS["ink"], fontsize=size)


def euros_axis(axis: Any, lang: str) -> None:
    """Write the numbers of an axis as the reader does, few of them."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: format_decimal(int(value), 0, lang)))


@attrs.frozen
class Step:
    """One bar of a waterfall.

    Attributes:
        label: what it is.
        cents: what it adds, or where it takes away, below zero; of a total, the total itself.
        colour: one of :data:`COLOURS`.
        total: it starts from zero again.
    """

    label: str
    cents: int
    colour: str
    total: bool = False


def waterfall(axes: Any, steps: Sequence[Step], words: Words) -> None:
    """Draw totals and, between them, what leads from one to the next; each bar says its amount."""
    level, edges = 0, [0]
    for rank, step in enumerate(steps):
        start = 0 if step.total else level
        level = start + step.cents
        ends = divide_half_up(start, 100), divide_half_up(level, 100)
        edges += ends
        axes.barh([rank], [ends[1] - ends[0]], left=[ends[0]], color=COLOURS[step.colour])
        right = max(ends)
        written = words.amount(step.cents) if step.total else _signed(step.cents, words)
        axes.annotate(
            written, (right, rank), xytext=(6, 0), textcoords="offset points", va="center",
            color=COLOURS["ink"], fontweight="bold" if step.total else "normal",
        )  # fmt: skip
        if rank:
            axes.plot([ends[0], ends[0]], [rank - 1, rank], color=COLOURS["soft"], linewidth=1, zorder=0)
    axes.set_yticks(range(len(steps)), [step.label for step in steps])
    axes.invert_yaxis()
    axes.axvline(0, color=COLOURS["soft"], linewidth=1)
    low, high = min(edges), max(edges)
    # Room for the amount beside the longest bar.
    axes.set_xlim(low - (high - low) // 40, high + max((high - low) // 5, 1))
    axes.xaxis.set_visible(False)


def _signed(cents: int, words: Words) -> str:
    return ("+\u202f" if cents > 0 else "") + words.amount(cents).replace("-", "\u2212")
