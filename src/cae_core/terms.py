"""Closed lists of words, each with a code for programs and a name for people in both languages."""

from __future__ import annotations

import enum
import re
import unicodedata
from difflib import get_close_matches
from typing import Self

from cae_core.errors import InputError

__all__ = ["Term", "plain_word"]


def plain_word(text: str) -> str:
    """Return a word as people compare it: ``Dépense avancée`` is ``depense_avancee``."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", kept).strip("_")


class Term(enum.Enum):
    """A closed list of words: the value is the English code, beside it what people read in either language.

    A member is written ``CODE = "code", "nom français", "English name"``. Without an English name it is the
    code with spaces.
    """

    french_name: str
    english_name: str

    def __new__(cls, code: str, french_name: str, english_name: str = "") -> Self:
        """Keep the code as the value, and both names beside it."""
        term = object.__new__(cls)
        term._value_ = code
        term.french_name = french_name
        term.english_name = english_name or code.replace("_", " ")
        return term

    @property
    def code(self) -> str:
        """The English code, as written in tables and files."""
        return str(self.value)

    def name_in(self, lang: str = "fr") -> str:
        """Return the name in a language."""
        return self.french_name if lang == "fr" else self.english_name

    @classmethod
    def parse(cls, word: object, where: str) -> Self:
        """Return the member called ``word``, by its code or by its French name, with or without accents.

        Raises:
            InputError: no such word; the message lists the words there are.
        """
        if isinstance(word, cls):
            return word
        wanted = plain_word(word) if isinstance(word, str) else ""
        by_word = {plain_word(name): (term, name) for term in cls for name in (term.french_name, term.code)}
        if wanted in by_word:
            return by_word[wanted][0]
        known = [term.code for term in cls]
        close = get_close_matches(wanted, by_word, n=1)
        hint = f"; did you mean {by_word[close[0]][1]!r}?" if close else ""
        raise InputError(where, f"expected one of {', '.join(known)}, got {word!r}{hint}")
