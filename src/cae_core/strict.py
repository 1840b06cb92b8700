"""Reading a mapping that a person wrote: every key is asked for, every problem is kept for the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any

from cae_core.errors import AmountError, AmountTypeError, InputError, InputErrors
from cae_core.money import to_cents

__all__ = ["StrictTable", "count", "flag", "member", "positive_cents", "text"]

_REQUIRED: Any = object()


class StrictTable:
    """Takes the keys of one mapping, one after the other, and keeps every problem for the end.

    ::

        table = StrictTable(data, "case.toml")
        name = table.take("name", text)
        table.finish("is not a case")     # raises all that was missing, unknown or not understood
    """

    def __init__(self, data: object, where: str, problems: list[InputError] | None = None) -> None:
        self.where = where
        self.problems: list[InputError] = [] if problems is None else problems
        self._taken: list[str] = []
        self._usable = isinstance(data, Mapping)
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not self._usable:
            self.problems.append(InputError(where, f"expected a table of keys and values, got {data!r}"))

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str, convert: Callable[[Any, str], Any], default: Any = _REQUIRED) -> Any:
        """Return the converted value of a key; a problem is kept and ``None`` returned."""
        self._taken.append(key)
        where = f"{self.where}: {key}"
        if key not in self._data:
            if default is _REQUIRED and self._usable:
                self.problems.append(InputError(where, "is missing"))
            return None if default is _REQUIRED else default
        try:
            return convert(self._data[key], where)
        except InputErrors as errors:
            self.problems.extend(each for each in errors.exceptions if isinstance(each, InputError))
        except InputError as problem:
            self.problems.append(problem)
        except (AmountError, AmountTypeError) as problem:
            self.problems.append(InputError(where, str(problem).removeprefix(f"{where} ")))
        return None

    def table(self, key: str, *, required: bool = True) -> StrictTable:
        """Return the table under a key, which shares the list of problems."""
        self._taken.append(key)
        if key not in self._data:
            if required and self._usable:
                self.problems.append(InputError(f"{self.where}: {key}", "is missing"))
            return StrictTable({}, f"{self.where}: {key}", [])
        return StrictTable(self._data[key], f"{self.where}: {key}", self.problems)

    def tables(self, key: str) -> Iterator[StrictTable]:
        """Iterate over the tables of a list, each named by its rank from 1."""
        self._taken.append(key)
        rows = self._data.get(key, ())
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            self.problems.append(
                InputError(f"{self.where}: {key}", f"expected a list of tables, got {rows!r}")
            )
            return
        for rank, row in enumerate(rows, start=1):
            yield StrictTable(row, f"{self.where}: {key}[{rank}]", self.problems)

    def unknown(self) -> None:
        """Keep a problem for each key that nobody asked for."""
        for key in self._data:
            if key not in self._taken:
                close = get_close_matches(str(key), self._taken, n=1)
                hint = f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(self._taken)}"
                self.problems.append(InputError(f"{self.where}: {key}", f"unknown key{hint}"))

    def finish(self, verdict: str) -> None:
        """Raise everything that was found, unknown keys included.

        Raises:
            InputErrors: there is at least one problem; its message is ``where`` and the verdict.
        """
        self.unknown()
        if self.problems:
            raise InputErrors(f"{self.where} {verdict}", self.problems)


def text(value: object, where: str) -> str:
    """Return a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise InputError(where, f"expected a text, got {value!r}")
    return value.strip()


def flag(value: object, where: str) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise InputError(where, f"expected true or false, got {value!r}")
    return value


def count(value: object, where: str) -> int:
    """Return a whole number, zero or more."""
    if type(value) is not int or value < 0:
        raise InputError(where, f"expected a whole number, zero or more, got {value!r}")
    return value


def member(kind: type[Enum]) -> Callable[[object, str], Any]:
    """Return what converts a text to a member of an enumeration, by its value."""

    def convert(value: object, where: str) -> Enum:
        try:
            return kind(value)
        except ValueError:
            wanted = ", ".join(str(each.value) for each in kind)
            raise InputError(where, f"expected one of {wanted}, got {value!r}") from None

    return convert


def positive_cents(value: object, where: str) -> int:
    """Return an amount in cents, zero or more."""
    cents = to_cents(value, where)
    if cents < 0:
        raise InputError(where, f"expected zero or more, got {value!r}")
    return cents
