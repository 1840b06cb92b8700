"""What went wrong, said in the reader's language.

Errors are raised in English, for programmers. What people type and read is said again in French here; a
message that has no French stays as it was raised, which is better than a vague one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cae_core.errors import (
    InputError,
    InputErrors,
    LawNotKnownError,
    MissingExtraError,
    RefusedError,
    UnknownNameError,
)
from cae_core.explain.problems_fr import FRENCH
from cae_core.explain.words import Words

__all__ = ["problem_lines", "problem_text"]

#: How Python writes an exact number; a reader wants the number.
_DECIMAL = re.compile(r"Decimal\('([^']*)'\)")
_COMPILED = tuple((re.compile(pattern), french) for pattern, french in FRENCH)


def problem_text(error: Exception, lang: str = "fr") -> str:
    """Return what went wrong in one text, a line for each problem.

    Args:
        error: an error raised on purpose.
        lang: ``"fr"`` or ``"en"``.
    """
    return "\n".join(problem_lines(error, lang))


def problem_lines(error: Exception, lang: str = "fr") -> Iterator[str]:
    """Iterate over the lines that say what went wrong."""
    words = Words(lang)
    if isinstance(error, InputErrors):
        yield _said(error.message, words)
        for problem in error.exceptions:
            lines = _one(problem, words).split("\n")
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])
    elif isinstance(error, RefusedError):
        yield from _refused(error, words)
    elif isinstance(error, LawNotKnownError):
        yield _not_known(error, words)
    elif isinstance(error, UnknownNameError):
        yield _unknown(error, words)
    elif isinstance(error, MissingExtraError):
        yield words(f"{error.library} n'est pas installé : {error.install}", str(error))
    else:
        yield _one(error, words)


def _refused(error: RefusedError, words: Words) -> Iterator[str]:
    yield f"{words(error.french, error.english)}{words.colon.rstrip(' ')}"
    yield from (f"  - {objection.text(words.lang)}" for objection in error.objections)


def _one(error: Exception, words: Words) -> str:
    if not isinstance(error, InputError):
        return _said(str(error), words)
    if isinstance(error.__cause__, RefusedError):
        said = "\n".join(_refused(error.__cause__, words))
    else:
        said = "\n".join(_said(line, words) for line in error.message.split("\n"))
    return f"{_said(error.where, words)}{words.colon}{said}" if error.where else said


def _said(message: str, words: Words) -> str:
    message = _DECIMAL.sub(r"\1", message)
    if words.lang == "fr":
        for pattern, french in _COMPILED:
            message = pattern.sub(french, message)
    return message


def _not_known(error: LawNotKnownError, words: Words) -> str:
    name = words("le droit", "the law") if error.name == "the law" else error.name
    first = words.day(error.first_known) if error.first_known else words("jamais", "never")
    last = words.day(error.last_known) if error.last_known else words("sans fin", "no end")
    return words(
        f"{name} n'est pas connu au {words.day(error.day)} : premier jour connu {first}, dernier {last}.",
        f"{name} is not known on {words.day(error.day)}: first known day {first}, last {last}.",
    )


_KINDS = {
    "parameter": "aucun paramètre ne s'appelle",
    "amount": "aucun montant du bulletin ne s'appelle",
    "contribution": "aucune cotisation ne s'appelle",
    "variant": "aucune variante ne s'appelle",
    "legal form": "aucune forme juridique ne s'appelle",
    "kind of decision": "aucune sorte de décision ne s'appelle",
    "lifecycle": "aucun parcours ne s'appelle",
    "cooperative": "aucune coopérative ne s'appelle",
}


def _unknown(error: UnknownNameError, words: Words) -> str:
    if words.lang == "en":
        return str(error)
    from difflib import get_close_matches

    close = get_close_matches(error.name, error.known, n=3)
    hint = f" Vouliez-vous dire {', '.join(close)} ?" if close else ""
    return f"{_KINDS.get(error.kind, 'aucun nom ne correspond à')} {error.name!r}.{hint}"
