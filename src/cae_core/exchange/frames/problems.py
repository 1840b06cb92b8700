"""What is wrong with the rows of a frame: every problem of each row, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cae_core.exchange.frames.libraries import libraries
from cae_core.explain import Words

__all__ = ["RowProblems"]


class RowProblems:
    """The problems of the rows of a batch.

    Attributes:
        bad: a truth value a row: whether it has a problem.
    """

    def __init__(self, rows: int, lang: str) -> None:
        self.words = Words(lang)
        self.bad = libraries().np.zeros(rows, bool)
        self._texts: dict[int, list[str]] = {}

    def add(self, rows: Any, text: str | Callable[[int], str]) -> None:
        """Add a problem to rows; the text may depend on the row."""
        np = libraries().np
        where = np.flatnonzero(rows) if rows.dtype == bool else rows
        if not len(where):
            return
        self.bad[where] = True
        for row in where.tolist():
            found = self._texts.setdefault(row, [])
            said = text if isinstance(text, str) else text(row)
            if said not in found:
                found.append(said)

    def joined(self, texts: Iterable[str]) -> str:
        """Return several problems as one text."""
        return self.words(" ; ", "; ").join(texts)

    def of(self, row: int) -> tuple[str, ...]:
        """Return the problems of a row."""
        return tuple(self._texts.get(row, ()))

    def column(self) -> Any:
        """Return the texts as a column: null where nothing is wrong."""
        pa = libraries().pa
        if not self._texts:
            return pa.nulls(len(self.bad), pa.string())
        texts: list[str | None] = [None] * len(self.bad)
        for row, found in self._texts.items():
            texts[row] = self.joined(found)
        return pa.array(texts, pa.string())
