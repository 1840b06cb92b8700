"""Every error and warning raised on purpose.

Each class derives from :class:`CaeCoreError` *and* from the built-in that a Python programmer would
catch. The message says what came, what was wanted and where; the values stay on the exception.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

__all__ = [
    "AmountError",
    "AmountTypeError",
    "CaeCoreError",
    "CaeCoreWarning",
    "ContractError",
    "CurrencyError",
    "InputError",
    "InputErrors",
    "LawNotKnownError",
    "MissingExtraError",
    "RefusedError",
    "RulesetError",
    "SlowerLaneWarning",
    "TableError",
    "UnknownNameError",
    "UntraceableError",
]


class CaeCoreError(Exception):
    """Base of every error raised on purpose. Never raised itself.

    It can be pickled: an error in another process comes back as it was.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[CaeCoreError], arguments: tuple[Any, ...], values: dict[str, Any]) -> CaeCoreError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(values)
    return error


class CaeCoreWarning(UserWarning):
    """Base of every warning issued on purpose."""


class AmountError(CaeCoreError, ValueError):
    """An amount, a rate or a number of hours that cannot be what was meant."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class AmountTypeError(CaeCoreError, TypeError):
    """An amount came as a type that cannot hold cents exactly, such as ``float``."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class CurrencyError(CaeCoreError, TypeError):
    """Amounts of two currencies were put together."""

    def __init__(self, ours: str, theirs: str) -> None:
        super().__init__(f"{ours} and {theirs} do not add up: an amount has one currency")
        self.ours, self.theirs = ours, theirs


class LawNotKnownError(CaeCoreError, LookupError):
    """The law was asked for on a day that the tables do not cover.

    The library refuses rather than guesses. ``first_known`` and ``last_known`` bound what it knows.
    """

    def __init__(
        self, name: str, day: dt.date, first_known: dt.date | None, last_known: dt.date | None, hint: str = ""
    ) -> None:
        first = first_known.isoformat() if first_known else "never"
        last = last_known.isoformat() if last_known else "no end known"
        super().__init__(
            f"{name!r} is not known on {day.isoformat()}: "
            f"first known day {first}, last known day {last}.{hint}"
        )
        self.name, self.day, self.first_known, self.last_known = name, day, first_known, last_known


class UnknownNameError(CaeCoreError, KeyError):
    """A parameter, contribution or base was asked for by a name that does not exist."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.kind, self.name, self.known = kind, name, tuple(known)

    def __str__(self) -> str:
        from difflib import get_close_matches

        close = get_close_matches(self.name, self.known, n=3)
        hint = f" Did you mean {', '.join(close)}?" if close else ""
        return f"no {self.kind} is called {self.name!r}.{hint}"


class TableError(CaeCoreError, ValueError):
    """A table of the law is malformed; the message names the file and the key."""

    def __init__(self, file: str, key: str, message: str) -> None:
        super().__init__(f"{file}: {key}: {message}")
        self.file, self.key = file, key


class RulesetError(CaeCoreError, ValueError):
    """Plugins that cannot be assembled into one ruleset."""


class RefusedError(CaeCoreError, ValueError):
    """Something the law does not allow, with every objection found.

    ``french`` and ``english`` say what is refused; ``objections`` are the
    :class:`~cae_core.reasons.Reason` that are not met, each with its text in both languages.
    """

    def __init__(self, french: str, english: str, objections: Sequence[Any]) -> None:
        super().__init__(english)
        self.french, self.english, self.objections = french, english, tuple(objections)

    def __str__(self) -> str:
        return "".join([f"{self.english}:", *(f"\n  - {objection}" for objection in self.objections)])


class ContractError(RefusedError):
    """A contract that cannot be valid, with every objection found."""


class MissingExtraError(CaeCoreError, ImportError):
    """Something asked for needs a library that is an extra of this one, and is not installed."""

    def __init__(self, library: str, extra: str) -> None:
        install = f"pip install 'cae-core[{extra}]'"
        super().__init__(f"{library} is not installed: {install}")
        self.library, self.extra, self.install = library, extra, install


class UntraceableError(CaeCoreError, TypeError):
    """A rule does with columns what a program of its formulas cannot say; the arrays lane can."""


class SlowerLaneWarning(CaeCoreWarning):
    """Another lane than the one asked for computed, with the same cents: a rule is no program."""


class InputError(CaeCoreError, ValueError):
    """One thing a person or a program gave that cannot be used; ``where`` says the place."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message


class InputErrors(CaeCoreError, ExceptionGroup[InputError]):  # noqa: N818 - a plural, as its kind is
    """All the :class:`InputError` found in one input, so that one run reports everything."""

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {error}" for error in self.exceptions)])
