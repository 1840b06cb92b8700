"""The steps of an ending, each with its day."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.law import Citation

__all__ = ["Step"]


@attrs.frozen(kw_only=True)
class Step:
    """One step of a timetable.

    Attributes:
        code: which step; stable, such as ``"withdrawal_until"``.
        on: its day.
        french, english: what happens.
        citations: the texts that set it.
        needs_review: no text settles the day, or nobody has read it.
    """

    code: str
    on: dt.date
    french: str
    english: str
    citations: tuple[Citation, ...] = ()
    needs_review: bool = False

    def text(self, lang: str = "fr") -> str:
        """What happens, in a language."""
        return self.french if lang == "fr" else self.english
