"""The columns of a frame recognised by their names, and what is wrong with the names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

import attrs

from cae_core.errors import InputError
from cae_core.exchange.frames.columns import COLUMNS, GROSSES, MONTH_GROSSES, FrameColumn

__all__ = ["Columns", "name_columns", "recognise"]

#: Made by pandas of an index; never a column of the caller's.
_INDEX = "__index_level_"


@attrs.frozen(kw_only=True)
class Columns:
    """The columns of one frame, recognised.

    Attributes:
        known: the columns that a frame of its kind may have, by name.
        wide: whether a row is a person-year.
        names: for each known column that is there, the name it has in the frame.
        kept: the columns that come back beside the results, in their order.
        in_cents: whether amounts came in whole cents.
        by_person: whether the rows of a person continue each other.
        given: the names of the facts of plugins.
    """

    known: Mapping[str, FrameColumn]
    wide: bool
    names: Mapping[str, str]
    kept: tuple[str, ...]
    in_cents: bool
    by_person: bool
    given: frozenset[str] = frozenset()

    def column(self, name: str) -> FrameColumn:
        """Return what a column may hold."""
        return self.known[name]


def name_columns(
    given: tuple[str, ...],
    *,
    keep: tuple[str, ...] = (),
    year_to_date: bool = True,
    facts: Mapping[str, FrameColumn] = MappingProxyType({}),
) -> tuple[Columns, list[InputError]]:
    """Recognise the columns of a frame, and say what is wrong with their names.

    Args:
        given: the names of the columns, in their order.
        keep: further columns of the caller's, which come back beside the results.
        year_to_date: the rows of a person in a year continue each other; otherwise each month stands alone.
        facts: the columns of facts of plugins.
    """
    wide = any(name.removesuffix("_cents") in GROSSES for name in given)
    known = {
        column.name: column
        for column in (*COLUMNS.values(), *(MONTH_GROSSES.values() if wide else ()), *facts.values())
        if not (column.monthly if wide else column.name == "year")
    }
    hints = {"person": "; or take each month alone (year_to_date=False)"}
    if wide or not year_to_date:
        known["person"] = attrs.evolve(known["person"], needed=False)
    names, problems = recognise(given, known.values(), keep=keep, hints=hints)
    kept = tuple(name for name in given if name in ("person", "month", "year") or name in keep)
    grosses = [names[name] for name in ("gross_pay", *GROSSES) if name in names]
    return (
        Columns(
            known=known,
            wide=wide,
            names=names,
            kept=kept,
            in_cents=any(name.endswith("_cents") for name in grosses),
            by_person=not wide and year_to_date,
            given=frozenset(facts),
        ),
        problems,
    )


def recognise(
    given: tuple[str, ...],
    known: Iterable[FrameColumn],
    *,
    keep: tuple[str, ...] = (),
    hints: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, str], list[InputError]]:
    """Return the name that each known column has in a frame, and what is wrong with the names.

    Args:
        given: the names of the columns of the frame.
        known: the columns that it may have.
        keep: further columns that are not refused.
        hints: what else may be done where a column is missing, by its name.
    """
    known = tuple(known)
    by_name = {name: column for column in known for name in column.names}
    names: dict[str, str] = {}
    problems = []
    for name in given:
        column = by_name.get(name)
        if column is None:
            if name not in keep and not name.startswith(_INDEX):
                problems.append(InputError(name, _unknown(name, tuple(by_name))))
        elif column.name in names:
            problems.append(InputError(name, f"gives {names[column.name]} a second time"))
        else:
            names[column.name] = name
    problems += [
        InputError(column.name, f"expected a column {' or '.join(column.names)}{hints.get(column.name, '')}")
        for column in known
        if column.needed and column.name not in names
    ]
    return names, problems


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"unknown column, copied only if it is asked for{f'; did you mean {close[0]}?' if close else ''}"
