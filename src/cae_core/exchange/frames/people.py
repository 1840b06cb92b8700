"""Record batches cut so that no person's rows are in two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cae_core.errors import InputError
from cae_core.exchange.frames.libraries import libraries

__all__ = ["in_person_order", "joined", "pieces", "plain_batch", "plain_type", "whole_people"]

#: Rows computed together: enough to make light of each call, few enough to stay small.
_MOST, _ENOUGH = 262_144, 131_072


def plain_type(found: Any) -> Any:
    """Return the type under a dictionary or a view: the same values, laid out plainly."""
    pa = libraries().pa
    if pa.types.is_dictionary(found):
        return plain_type(found.value_type)
    if found == pa.string_view():
        return pa.large_string()
    return found


def plain_batch(batch: Any) -> Any:
    """Return a batch whose columns are laid out plainly."""
    _, pa, pc = libraries()
    wanted = [pa.field(field.name, plain_type(field.type)) for field in batch.schema]
    if all(each.type == field.type for each, field in zip(wanted, batch.schema, strict=True)):
        return batch
    columns = [pc.cast(column, each.type) for column, each in zip(batch.columns, wanted, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(wanted))


def joined(batches: list[Any]) -> Any:
    """Return several batches as one."""
    pa = libraries().pa
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]


def pieces(batches: Iterable[Any]) -> Iterator[Any]:
    """Iterate over the same rows in batches that are neither large nor small."""
    held: list[Any] = []
    rows = 0
    for batch in batches:
        for start in range(0, batch.num_rows, _MOST):
            held.append(batch.slice(start, _MOST))
            rows += held[-1].num_rows
            if rows >= _ENOUGH:
                yield joined(held)
                held, rows = [], 0
    if rows:
        yield joined(held)


def whole_people(batches: Iterable[Any], name: str, after: Any = None) -> Iterator[Any]:
    """Iterate over the same rows in batches that hold whole people.

    Args:
        batches: plain batches, sorted by person; a row without a person stays with those before it.
        name: the name of the column of people.
        after: the person who comes before the first.

    Raises:
        InputError: the rows are not sorted by person.
    """
    held: list[Any] = []
    rows, last = 0, after
    for batch in pieces(batches):
        starts, last = _starts(batch.column(name), name, last)
        if starts is None or not starts.any():
            held.append(batch)
            rows += batch.num_rows
            continue
        cut = batch.num_rows - 1 - int(starts[::-1].argmax())
        if rows + cut:
            yield joined([*held, batch.slice(0, cut)] if cut else held)
        held = [batch.slice(cut)]
        rows = held[0].num_rows
    if rows:
        yield joined(held)


def in_person_order(batches: Iterable[Any], name: str) -> bool:
    """Return whether the rows of plain batches are sorted by person."""
    last = None
    try:
        for batch in batches:
            if batch.num_rows:
                _, last = _starts(batch.column(name), name, last)
    except InputError:
        return False
    return True


def _starts(cells: Any, name: str, last: Any) -> tuple[Any, Any]:
    """Return which rows are the first of a person, and the last person.

    Raises:
        InputError: a person comes before the one above.
    """
    np, pa, pc = libraries()
    if last is not None:
        cells = pa.concat_arrays([pa.array([last], cells.type), cells])
    cells = pc.fill_null_forward(cells)
    own, above = cells.slice(1), cells.slice(0, len(cells) - 1)
    fell = pc.less(own, above).fill_null(False)
    if pc.any(fell).as_py():
        row = fell.index(True).as_py()
        raise InputError(
            name,
            f"the rows must be sorted by {name}, so that a year is never cut: {own[row].as_py()!r} comes "
            f"after {above[row].as_py()!r}",
        )
    starts = pc.not_equal(own, above).fill_null(True).to_numpy(zero_copy_only=False)
    if last is None:
        starts = np.concatenate([np.zeros(1, bool), starts])
    return starts, cells[len(cells) - 1].as_py() if len(cells) else last
