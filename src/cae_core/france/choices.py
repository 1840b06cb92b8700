"""A closed list of words with a name in both languages."""

from __future__ import annotations

from typing import Self

from cae_core.account.entries import Term

__all__ = ["Choice"]


class Choice(Term):
    """A word of a closed list: the value is its code, beside it what people read in either language."""

    english_name: str

    def __new__(cls, code: str, french_name: str, english_name: str) -> Self:
        """Keep the code as the value, and both names beside it."""
        choice = object.__new__(cls)
        choice._value_ = code
        choice.french_name, choice.english_name = french_name, english_name
        return choice

    def name_in(self, lang: str = "fr") -> str:
        """Return the name in a language."""
        return self.french_name if lang == "fr" else self.english_name
