"""The few shapes of reStructuredText that generated pages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TITLES = {"page": "=", "section": "-", "entry": "~"}
_SPECIAL = re.compile(r"([\\*`|]|(?<=\w)_(?!\w))")


def plain(text: str) -> str:
    """Escape a text, so that reStructuredText shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def title(text: str, level: str) -> list[str]:
    """Return a title of a level."""
    return [text, _TITLES[level] * len(text), ""]


def entry(kind: str, code: str) -> list[str]:
    """Return the title of a parameter, contribution, base or reduction, with its target."""
    return [f".. _{kind}-{code}:", "", *title(f"``{code}``", "entry")]


def link(kind: str, code: str) -> str:
    """Return a link to an entry, shown as code."""
    return f":ref:`{code} <{kind}-{code}>`"


def table(header: Sequence[str], rows: Iterable[Sequence[Sequence[str]]], widths: Sequence[int]) -> list[str]:
    """Return a table; a cell is a list of lines, each shown on its own."""
    lines = [".. list-table::", "   :header-rows: 1", f"   :widths: {' '.join(map(str, widths))}", ""]
    for row in ([[cell] for cell in header], *rows):
        for rank, cell in enumerate(row):
            shown = [f"| {line}" for line in cell] if len(cell) > 1 else list(cell or [""])
            lines.append(f"   {'* -' if rank == 0 else '  -'} {shown[0]}".rstrip())
            lines += [f"       {line}" for line in shown[1:]]
    return [*lines, ""]


def fields(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return a list of fields, those without text left out."""
    return [*(f":{name}: {text}" for name, text in pairs if text), ""]
