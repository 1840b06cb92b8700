"""What a notebook shows of a result: its HTML, and its picture.

Words, tables and drawings stand on a higher floor than results (``cae_core.explain``), so a result only knows
that somebody can show it: ``import cae_core`` says who, and nothing of it loads before the first look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cae_core.explain.picture import Picture

__all__ = ["Shown", "Views", "shown_by"]


class Views(Protocol):
    """Whoever shows results: the module ``cae_core.explain.views``."""

    def html(self, result: object, lang: str | None = None) -> str:
        """Return a result as HTML."""

    def plot(self, result: object, lang: str | None = None, **options: object) -> Picture:
        """Return the picture of a result."""


class Shown:
    """A result that shows itself in a notebook, in the language of :func:`cae_core.explain.language`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return _views().html(self)

    def plot(self, lang: str | None = None, **options: object) -> Picture:
        """Draw the result.

        Args:
            lang: ``"fr"`` or ``"en"``; by default the language of the notebook.
            options: what the picture of some results can be told (see :mod:`cae_core.explain.views`).

        Returns:
            A picture that a notebook shows; its ``figure`` is matplotlib's, to change or to save.

        Raises:
            MissingExtraError: matplotlib is not installed; the message names the extra ``plots``.
        """
        return _views().plot(self, lang, **options)


_find: list[Callable[[], Views]] = []


def shown_by(find: Callable[[], Views]) -> None:
    """Say who shows results: a function that imports it, called at the first look."""
    _find[:] = [find]


def _views() -> Views:
    return _find[0]()
