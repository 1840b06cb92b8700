"""What every kernel of frames has in common: whole people, batch after batch, the same rows however cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

from cae_core.assembly import load
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.frames.kinds import from_arrow, to_arrow
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.naming import Columns
from cae_core.exchange.frames.people import (
    in_person_order,
    joined,
    pieces,
    plain_batch,
    plain_type,
    whole_people,
)
from cae_core.exchange.frames.problems import RowProblems
from cae_core.exchange.frames.reading import Cells, read_cells, type_problem
from cae_core.ruleset import Ruleset

__all__ = [
    "FrameKernel",
    "check_columns",
    "compute_frame",
    "names_of",
    "names_of_variants",
    "people_of",
    "read_column",
    "stream_of",
]


class FrameKernel(Protocol):
    """A pure function from a record batch to a record batch, of payslips or of rights; it can be pickled."""

    @property
    def variants(self) -> tuple[str, ...]:
        """The names given to :func:`cae_core.load`."""

    def columns(self, given: Any) -> Columns:
        """Recognise the columns of an Arrow schema."""

    def schema(self, given: Any) -> Any:
        """Return the Arrow schema of the results for the schema of a frame."""

    def __call__(self, batch: Any) -> Any:
        """Return the results of a record batch that holds whole people."""

    def stream(self, batches: Iterable[Any], *, after: Any = None) -> Iterator[Any]:
        """Iterate over the results of record batches, in bounded memory."""


def check_columns(
    found: Columns, problems: Iterable[InputError], given: Any, keep: tuple[str, ...], results: Iterable[str]
) -> Columns:
    """Return the columns of a frame once nothing is wrong with their names and types.

    Raises:
        InputErrors: every problem there is.
    """
    every = list(problems)
    for name, own in found.names.items():
        said = type_problem(found.column(name), own, plain_type(given.field(own).type))
        if said:
            every.append(InputError(own, said))
    taken = {*results, "error"}
    every += [InputError(name, "there is no such column to keep") for name in keep if name not in given.names]
    every += [
        InputError(name, "is the name of a result: give the column another name")
        for name in found.kept
        if name in taken
    ]
    if every:
        raise InputErrors("the columns of the frame cannot be used", every)
    return found


def stream_of(kernel: FrameKernel, batches: Iterable[Any], after: Any = None) -> Iterator[Any]:
    """Iterate over the results of record batches, in bounded memory.

    Args:
        kernel: what is computed.
        batches: record batches of one schema; where rows of a person belong together, sorted by person.
        after: the person who comes before the first.

    Raises:
        InputErrors: the columns cannot be used.
        InputError: the rows are not sorted by person.
    """
    rest = iter(batches)
    first = next(rest, None)
    if first is None:
        return
    found = kernel.columns(first.schema)
    every = map(plain_batch, chain((first,), rest))
    if found.by_person:
        yield from map(kernel, whole_people(every, found.names["person"], after))
    else:
        yield from map(kernel, pieces(every))


def compute_frame(kernel: FrameKernel, frame: Any, *, same_rows: bool) -> Any:
    """Return the results of a whole frame, its rows in any order, as the same kind of frame.

    Args:
        kernel: what is computed.
        frame: a frame of any library that speaks Arrow.
        same_rows: whether there is a result for each row, in the same order.
    """
    table = to_arrow(frame)
    schema = kernel.schema(table.schema)
    results = libraries().pa.Table.from_batches(_piece_by_piece(kernel, table), schema)
    return from_arrow(results, frame, same_rows=same_rows)


def _piece_by_piece(kernel: FrameKernel, table: Any) -> list[Any]:
    """Compute piece by piece; all at once where the rows of a person may be anywhere."""
    found, batches = kernel.columns(table.schema), [plain_batch(batch) for batch in table.to_batches()]
    if found.by_person and not in_person_order(batches, found.names["person"]):
        return [kernel(joined(batches))]
    return list(kernel.stream(batches))


def names_of(value: str | Sequence[str]) -> tuple[str, ...]:
    """Return names; a text alone is one name."""
    return (value,) if isinstance(value, str) else tuple(value)


def names_of_variants(value: str | Sequence[str] | Ruleset) -> tuple[str, ...]:
    """Return the names by which another process can load the same ruleset.

    Raises:
        InputError: a ruleset that was not loaded by name, which no other process could find.
    """
    if not isinstance(value, Ruleset):
        return names_of(value)
    if load(*value.variants) is not value:
        raise InputError(
            "variants", f"expected rules that load() gave, got others: {', '.join(value.variants)}"
        )
    return value.variants


def read_column(batch: Any, found: Columns, name: str, problems: RowProblems) -> Cells:
    """Return a known column of a batch as integers."""
    own = found.names[name]
    return read_cells(batch.column(own), found.column(name), own, problems)


def people_of(batch: Any, found: Columns, problems: RowProblems) -> tuple[Any, int]:
    """Return the position of the person of each row, −1 where nobody is named, and how many there are."""
    if not found.by_person:
        return None, 0
    own = found.names["person"]
    encoded = batch.column(own).dictionary_encode()
    words = problems.words
    problems.add(
        encoded.is_null().to_numpy(zero_copy_only=False),
        f"{own}{words.colon}{words('manque', 'is missing')}",
    )
    return encoded.indices.fill_null(-1).to_numpy(), len(encoded.dictionary)
