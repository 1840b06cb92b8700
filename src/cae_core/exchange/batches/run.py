"""A whole file of payslips or of rights: part by part, resumed where it stopped, written whole or not at all.

Beside the output stands a folder while the work goes on, ``NAME.parts``: a file for each part that is done,
and ``plan.json``, which says of what. A run that was killed goes on from there. The folder of another input
or of other options is never used. At the end the parts become one file, which is renamed into place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from cae_core.assembly import load
from cae_core.errors import InputError
from cae_core.exchange.batches.parts import (
    PartJob,
    cut_groups,
    parquet_writer,
    plan_parts,
    read_schema,
    settle,
    write_part,
)
from cae_core.exchange.batches.runners import Runner, open_runner
from cae_core.exchange.batches.texts import csv_writer, stage_csv
from cae_core.exchange.frames import FrameKernel, PayslipKernel
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.year_files import write_atomically
from cae_core.plugins import available

__all__ = ["BatchDone", "BatchWork", "open_batch", "run_batch"]

_PLAN = "plan.json"
#: How much of the beginning and of the end of a file tells it from another.
_ENDS = 2**16


@attrs.frozen(kw_only=True)
class BatchDone:
    """What a batch did.

    Attributes:
        rows: the rows of the output; of payslips, as many as in the input.
        failed: how many could not be computed; the column ``error`` says why.
        parts: how many parts there were.
        resumed: how many of them an earlier run had done.
    """

    rows: int
    failed: int
    parts: int
    resumed: int


@attrs.frozen(kw_only=True)
class BatchWork:
    """The parts of a file to compute, those that are done left alone.

    Attributes:
        target: the output.
        jobs: every part.
        resumed: how many of them an earlier run had done.
    """

    target: Path
    jobs: tuple[PartJob, ...]
    resumed: int
    _schema: Any
    _folder: Path

    def compute(self, runner: Runner) -> Iterator[int]:
        """Compute what is not done; iterate over the numbers of the parts as they are."""
        yield from runner.run(write_part, [job for job in self.jobs if not job.result.exists()])

    def assemble(self) -> BatchDone:
        """Put the parts together into the output, then remove them."""
        import pyarrow.parquet as pq

        beside = self._folder.joinpath(f"assembled{self.target.suffix}.tmp")
        rows = failed = 0
        opened = csv_writer if _is_csv(self.target) else parquet_writer
        with opened(beside, self._schema) as writer:
            for job in self.jobs:
                with pq.ParquetFile(job.result, buffer_size=2**20) as part:
                    for batch in part.iter_batches(2**18):
                        rows += batch.num_rows
                        failed += batch.num_rows - batch.column("error").null_count
                        writer.write_batch(batch)
        settle(beside)
        beside.replace(self.target)
        shutil.rmtree(self._folder.parent)
        return BatchDone(rows=rows, failed=failed, parts=len(self.jobs), resumed=self.resumed)


def _is_csv(file: Path) -> bool:
    return file.suffix.lower() in (".csv", ".txt")


@contextmanager
def open_batch(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    kernel: FrameKernel | None = None,
    *,
    rows: int = 1_000_000,
) -> Iterator[BatchWork]:
    """Open the work of a batch, found again where an earlier run left it; nobody else can meanwhile.

    Args:
        source: a Parquet file, or a CSV (``.csv``) whose cells are separated by ``;`` or ``,``.
        target: the output, Parquet or CSV by its name.
        kernel: what is computed; by default, payslips.
        rows: how many rows a part has at least.

    Raises:
        InputErrors: the columns cannot be used.
        InputError: a file cannot be read or written, or another run is at work on the output.
    """
    libraries()
    kernel = kernel or PayslipKernel()
    source, target = Path(source), Path(target)
    if source.resolve() == target.resolve():
        raise InputError(str(target), "is the input: choose another name for the output")
    plan = _plan(source, kernel, rows)
    folder = target.with_name(f"{target.name}.parts").joinpath(_digest(json.dumps(plan).encode()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(target), f"cannot be written: {error.strerror}") from None
    with _alone(folder.parent, target):
        for other in folder.parent.iterdir():
            if other != folder and other.is_dir():
                shutil.rmtree(other)
        for left in folder.glob("*.tmp"):
            left.unlink(missing_ok=True)
        write_atomically(folder.joinpath(_PLAN), json.dumps(plan, indent=1, ensure_ascii=False) + "\n")
        staged = stage_csv(source, folder) if _is_csv(source) else source
        file = cut_groups(staged, folder, rows)
        jobs = tuple(
            PartJob(part, kernel, str(folder.resolve())) for part in plan_parts(file.resolve(), rows=rows)
        )
        yield BatchWork(
            target=target, jobs=jobs, resumed=sum(job.result.exists() for job in jobs),
            schema=kernel.schema(read_schema(str(file))), folder=folder,
        )  # fmt: skip


def run_batch(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    kernel: FrameKernel | None = None,
    *,
    rows: int = 1_000_000,
    workers: int = 1,
    scheduler: str = "",
) -> BatchDone:
    """Compute the payslips or rights of a file into another; a run that was killed goes on where it stopped.

    Args:
        source: a Parquet file or a CSV; its rows are sorted by person, so that no year is cut.
        target: the output, Parquet or CSV by its name.
        kernel: what is computed; by default, payslips.
        rows: how many rows a part has at least.
        workers: how many processes compute; see :func:`~cae_core.exchange.batches.open_runner`.
        scheduler: the address of a Dask scheduler, or ``"local"``.

    Raises:
        InputErrors: the columns cannot be used.
        InputError: a file cannot be read or written, or the rows are not sorted by person.
    """
    with open_batch(source, target, kernel, rows=rows) as work, open_runner(workers, scheduler) as runner:
        for _ in work.compute(runner):
            pass
        return work.assemble()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _plan(source: Path, kernel: FrameKernel, rows: int) -> dict[str, Any]:
    """Return what the parts depend on: the input, the options and the law."""
    try:
        with source.open("rb") as stream:
            status = os.fstat(stream.fileno())
            ends = stream.read(_ENDS)
            stream.seek(max(status.st_size - _ENDS, 0))
            ends += stream.read(_ENDS)
    except OSError as error:
        raise InputError(str(source), f"cannot be read: {error.strerror}") from None
    rules = load(*kernel.variants)
    law = repr((rules.rights.parameters, rules.contributions))
    return {
        "source": str(source.resolve()),
        "size": status.st_size,
        "changed": status.st_mtime_ns,
        "ends": _digest(ends),
        "computed": type(kernel).__name__,
        "kernel": repr(kernel),
        "software": _software(kernel),
        "rows": rows,
        "law": _digest(law.encode()),
    }


def _software(kernel: FrameKernel) -> list[str]:
    """Return what computes, with its versions: the parts of another release are not this one's."""
    from importlib.metadata import PackageNotFoundError, version

    known = available()
    try:
        core = version("cae-core")
    except PackageNotFoundError:  # a checkout that is not installed
        core = "?"
    return [core, *(f"{name}: {known.get(name, '?')}" for name in kernel.variants)]


@contextmanager
def _alone(folder: Path, target: Path) -> Iterator[None]:
    """Keep other runs away from the parts; the system lets go when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - no such locks there
        yield
        return
    with folder.joinpath("lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(str(target), "another run is at work on it") from None
        yield
