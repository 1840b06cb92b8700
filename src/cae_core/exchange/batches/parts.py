"""A Parquet file cut into parts that can be computed in any order, by anybody, once or twice.

A part is some row groups. A person whose rows go over a border belongs whole to the part she starts in: who
reads a part looks by itself at the rows around it, so that no two parts have to agree on anything.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.exchange.frames import FrameKernel, add_sums, sum_by_month
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.payslips import AMOUNTS
from cae_core.exchange.frames.people import plain_batch

__all__ = [
    "Part",
    "PartJob",
    "cut_groups",
    "parquet_writer",
    "part_results",
    "plan_parts",
    "read_schema",
    "settle",
    "sum_part",
    "write_part",
]

#: The copy of an input whose row groups are too large.
_CUT = "cut.parquet"
_ROWS = 262_144
#: Rows read at a time to see where a person ends.
_FEW = 4_096


@attrs.frozen
class Part:
    """Some row groups of a Parquet file: from ``first_group`` to the one before ``past_group``."""

    file: str
    number: int
    first_group: int
    past_group: int


@attrs.frozen
class PartJob:
    """A part to compute, and where its results go. It can be pickled."""

    part: Part
    kernel: FrameKernel
    folder: str = ""

    @property
    def result(self) -> Path:
        """The file of the results; it is whole as soon as it exists."""
        return Path(self.folder).joinpath(f"part-{self.part.number:05d}.parquet")


def _open(file: str) -> Any:
    import pyarrow.parquet as pq

    pa = libraries().pa
    try:
        return pq.ParquetFile(file, buffer_size=2**20)
    except OSError as error:
        raise InputError(file, f"cannot be read: {error.strerror or error}") from None
    except pa.ArrowInvalid as error:
        raise InputError(file, f"expected a Parquet file: {error}") from None


def read_schema(file: str) -> Any:
    """Return the Arrow schema of a Parquet file.

    Raises:
        InputError: it cannot be read.
    """
    with _open(file) as opened:
        return opened.schema_arrow


def plan_parts(file: str | os.PathLike[str], *, rows: int = 1_000_000) -> tuple[Part, ...]:
    """Cut a Parquet file into parts of at least so many rows, along its row groups.

    Raises:
        InputError: not a Parquet file, or fewer than one row a part.
    """
    if rows < 1:
        raise InputError("rows", f"expected at least one row a part, got {rows}")
    with _open(str(file)) as opened:
        sizes = [opened.metadata.row_group(group).num_rows for group in range(opened.metadata.num_row_groups)]
    parts: list[Part] = []
    first = size = 0
    for group, own in enumerate(sizes):
        size += own
        if size >= rows or group == len(sizes) - 1:
            parts.append(Part(str(file), len(parts), first, group + 1))
            first, size = group + 1, 0
    return tuple(parts)


def part_results(job: PartJob) -> Iterator[Any]:
    """Iterate over the results of a part, in bounded memory.

    Raises:
        InputErrors: the columns cannot be used.
        InputError: the rows are not sorted by person.
    """
    with _open(job.part.file) as opened:
        found = job.kernel.columns(opened.schema_arrow)
        groups = range(job.part.first_group, job.part.past_group)
        if not found.by_person:
            yield from job.kernel.stream(opened.iter_batches(_ROWS, row_groups=groups))
            return
        person = found.names["person"]
        before = _last_person(opened, person, job.part.first_group)
        yield from job.kernel.stream(_own_rows(opened, job.part, person, before), after=before)


def _last_person(opened: Any, person: str, group: int) -> Any:
    """Return the last person named before a row group, or ``None``."""
    for earlier in reversed(range(group)):
        cells = opened.read_row_group(earlier, columns=[person])[person].drop_null()
        if len(cells):
            return cells[-1].as_py()
    return None


def _own_rows(opened: Any, part: Part, person: str, before: Any) -> Iterator[Any]:
    """Iterate over the rows of the people who start in a part."""
    last, started = before, before is None
    for batch in map(
        plain_batch, opened.iter_batches(_ROWS, row_groups=range(part.first_group, part.past_group))
    ):
        if not batch.num_rows:
            continue
        start = 0 if started else _same_person(batch.column(person), before)
        started = started or start < batch.num_rows
        if started:
            yield batch.slice(start)
            named = batch.column(person).drop_null()
            last = named[-1].as_py() if len(named) else last
    if not started or last is None:
        return
    following = range(part.past_group, opened.metadata.num_row_groups)
    for batch in map(plain_batch, opened.iter_batches(_FEW, row_groups=following)):
        end = _same_person(batch.column(person), last)
        if end:
            yield batch.slice(0, end)
        if end < batch.num_rows:
            return


def _same_person(cells: Any, person: Any) -> int:
    """Return how many of the first rows are of a person; a row that names nobody stays with those above."""
    np, pa, pc = libraries()
    other = pc.not_equal(cells, pa.scalar(person, cells.type)).fill_null(False).to_numpy(zero_copy_only=False)
    return int(other.argmax()) if np.any(other) else len(other)


def write_part(job: PartJob) -> int:
    """Compute a part into its file, which appears whole or not at all; a part that is there is left alone.

    Returns:
        The number of the part.

    Raises:
        InputErrors, InputError: see :func:`part_results`.
    """
    if job.result.exists():
        return job.part.number
    beside = job.result.with_name(f".{job.result.name}.{uuid.uuid4().hex}.tmp")
    schema = job.kernel.schema(read_schema(job.part.file))
    try:
        with parquet_writer(beside, schema) as writer:
            for batch in part_results(job):
                writer.write_batch(batch)
        settle(beside)
        beside.replace(job.result)
    finally:
        beside.unlink(missing_ok=True)
    return job.part.number


def sum_part(job: PartJob) -> Any:
    """Return the sums by month of a part of payslips (see :func:`~cae_core.exchange.frames.sum_by_month`)."""
    sums = [sum_by_month(batch) for batch in part_results(job)]
    return add_sums(sums) if sums else None


def parquet_writer(file: Path, schema: Any) -> Any:
    """Return what writes results: amounts are hardly ever the same, so a dictionary of them is of no use."""
    import pyarrow.parquet as pq

    pa = libraries().pa
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        use_dictionary=[field.name for field in schema if field.name not in AMOUNTS],
        column_encoding={
            field.name: "DELTA_BINARY_PACKED"
            for field in schema
            if field.name in AMOUNTS and pa.types.is_int64(field.type)
        },
    )


def cut_groups(source: Path, folder: Path, rows: int) -> Path:
    """Return a Parquet file whose row groups are not much larger than a part, which is made of whole groups.

    A file that has such groups is taken as it is; of another a copy is made beside the parts, once.

    Raises:
        InputError: not a Parquet file.
    """
    import pyarrow.parquet as pq

    with _open(str(source)) as opened:
        groups = range(opened.metadata.num_row_groups)
        if all(opened.metadata.row_group(group).num_rows <= 2 * rows for group in groups):
            return source
        staged = folder.joinpath(_CUT)
        if staged.exists():
            return staged
        beside = staged.with_name(f"{_CUT}.tmp")
        with pq.ParquetWriter(beside, opened.schema_arrow) as writer:
            for batch in opened.iter_batches(min(rows, _ROWS)):
                writer.write_batch(batch)
    settle(beside)
    beside.replace(staged)
    return staged


def settle(file: Path) -> None:
    """Wait until a file is on the disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
