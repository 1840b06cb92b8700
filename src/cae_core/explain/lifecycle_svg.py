"""The table of a lifecycle as a picture: a line down for each stage, an arrow across for each transition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from xml.sax.saxutils import escape

from cae_core.pathway import Lifecycle, Transition

__all__ = ["lifecycle_svg"]

_LEFT, _STEP, _TOP, _ROW, _BOTTOM = 330, 124, 64, 26, 24
_STYLE = (
    "text{font-family:system-ui,'DejaVu Sans',sans-serif;font-size:12px;fill:#22313f}"
    ".head{font-weight:600;text-anchor:middle}.number{font-weight:600;fill:#1f6f8b;text-anchor:end}"
    ".life{stroke:#c9d3da;stroke-width:2}.arrow{stroke:#1f6f8b;stroke-width:2;fill:none}"
    ".law{stroke-dasharray:5 4}.tip{fill:#1f6f8b}.from{fill:#1f6f8b}.open{fill:#c98a00}"
    ".box{fill:#eef3f6;stroke:#c9d3da}"
)


def lifecycle_svg(lifecycle: Lifecycle, lang: str = "fr") -> str:
    """Return the picture of a lifecycle as SVG.

    A row of the picture is a transition of the table: its number, its event, an arrow from each stage it may
    start from to the one it leads to; dashed where the law acts by itself; an amber mark where an effect of
    it has to be reviewed. Events that only record something are left out.
    """
    places = {stage.code: _LEFT + rank * _STEP for rank, stage in enumerate(lifecycle.stages)}
    rows = list(_rows(lifecycle))
    width = _LEFT + _STEP * (len(places) - 1) + 80
    height = _TOP + _ROW * len(rows) + _BOTTOM
    title = lifecycle.french_name if lang == "fr" else lifecycle.english_name
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" height="{height}">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for stage in lifecycle.stages:
        x = places[stage.code]
        parts.append(f'<line class="life" x1="{x}" y1="{_TOP - 14}" x2="{x}" y2="{height - 8}"/>')
        lines = wrap(stage.name(lang), 16)
        parts.append(f'<rect class="box" x="{x - 56}" y="8" width="112" height="{_TOP - 20}" rx="6"/>')
        for rank, line in enumerate(lines):
            y = 34 + 15 * rank - 7 * (len(lines) - 1)
            parts.append(f'<text class="head" x="{x}" y="{y}">{escape(line)}</text>')
    for rank, (number, label, arrows) in enumerate(rows):
        y = _TOP + _ROW * rank + 14
        parts.append(f'<text class="number" x="28" y="{y + 4}">{number}</text>')
        parts.append(f'<text x="38" y="{y + 4}">{escape(label[lang != "fr"])}</text>')
        for row in arrows:
            parts += _arrow(lifecycle, row, places, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rows(lifecycle: Lifecycle) -> Iterator[tuple[int, tuple[str, str], list[Transition]]]:
    """Iterate over the rows of the picture: transitions of one number and event that lead to one stage."""
    numbered = [row for row in lifecycle.transitions if row.number]
    numbered.sort(key=lambda row: row.number)
    for (number, event, _), group in groupby(numbered, lambda row: (row.number, row.event, row.target)):
        kind = lifecycle.kind(event)
        yield number, (kind.french_name, kind.english_name), list(group)


def _arrow(lifecycle: Lifecycle, row: Transition, places: dict[str, int], y: int) -> Iterator[str]:
    law = " law" if lifecycle.kind(row.event).automatic else ""
    end = None if row.target is None or row.target in row.sources else places[row.target]
    starts = [places[source] for source in row.sources]
    if end is None:
        for start in starts:
            curve = f"M{start + 4},{y - 4} C{start + 34},{y - 14} {start + 34},{y + 14} {start + 10},{y + 5}"
            yield f'<path class="arrow{law}" d="{curve}"/>'
            yield f'<path class="tip" d="M{start + 4},{y + 3} l9,-3 l-1,9 z"/>'
    else:
        # One line for all the stages on a side, from the one that is furthest.
        for way, side in ((1, [x for x in starts if x < end]), (-1, [x for x in starts if x > end])):
            if side:
                furthest = min(side) if way == 1 else max(side)
                yield f'<line class="arrow{law}" x1="{furthest}" y1="{y}" x2="{end - way * 8}" y2="{y}"/>'
                yield f'<path class="tip" d="M{end},{y} l{-way * 10},-5 l0,10 z"/>'
    for start in starts:
        yield f'<circle class="from" cx="{start}" cy="{y}" r="4"/>'
    if row.needs_review:
        yield f'<circle class="open" cx="7" cy="{y}" r="4"/>'
