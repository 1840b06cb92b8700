"""The language in which a notebook shows results: French, unless it is told otherwise."""

from __future__ import annotations

from types import TracebackType

from cae_core.explain.words import Words

__all__ = ["language", "spoken"]

_spoken = ["fr"]


class language:  # noqa: N801 - read as a verb: `language("en")`, `with language("en"):`
    """Choose the language of what notebooks show from here on, or inside a ``with`` alone.

    It changes what is displayed and no figure. Functions that write for a reader take their own ``lang``.

    Args:
        lang: ``"fr"`` or ``"en"``.

    Raises:
        InputError: another language.
    """

    def __init__(self, lang: str) -> None:
        self._before, _spoken[0] = _spoken[0], Words(lang).lang

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _spoken[0] = self._before

    def __repr__(self) -> str:
        return f"language({_spoken[0]!r})"


def spoken(lang: str | None = None) -> Words:
    """Return the words of a language; ``None`` takes the one that the notebook speaks."""
    return Words(_spoken[0] if lang is None else lang)
