"""Who computes the parts: this process, others of this machine, or a cluster. The results are the same.

A runner runs a function over tasks and iterates over the results as they come. A task that was lost with its
worker is run again; tasks can be run twice without harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from cae_core.errors import CaeCoreError, InputError, MissingExtraError

__all__ = ["Runner", "WorkersLostError", "open_runner"]

#: How often a task may be lost with its worker before nobody believes in an accident.
_TRIES = 3
#: Dask makes the C library of its workers give memory back at each free; taking it again costs more.
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(2**28)}


class WorkersLostError(CaeCoreError, RuntimeError):
    """Workers were lost, again and again, without any task done in between."""


class Runner(Protocol):
    """What runs a function over tasks."""

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """Iterate over the results, in whatever order they come."""


class _Here:
    """This process."""

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        yield from map(function, tasks)


class _Processes:
    """Several processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        from concurrent.futures import ProcessPoolExecutor, as_completed
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        left, lost = dict(enumerate(tasks)), 0
        while left:
            before = len(left)
            pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _leave_with_parent)
            try:
                futures = {pool.submit(function, task): rank for rank, task in left.items()}
                for future in as_completed(futures):
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        continue
                    del left[futures[future]]
                    yield result
            except BrokenProcessPool:
                pass  # already while tasks were handed out
            finally:
                pool.shutdown(cancel_futures=True)
            lost = lost + 1 if len(left) == before else 0
            if lost == _TRIES:
                raise WorkersLostError(
                    f"the workers of {len(left)} parts ended {_TRIES} times: out of memory?"
                )


def _leave_with_parent() -> None:
    """Make a worker end when the process that started it was killed."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    Thread(target=watch, daemon=True).start()


class _Dask:
    """A Dask cluster; it runs again what was lost with a worker."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        from distributed import as_completed

        futures = self._client.map(function, list(tasks), pure=False, retries=_TRIES)
        for _, result in as_completed(futures, with_results=True):
            yield result


@contextmanager
def open_runner(workers: int = 1, scheduler: str = "") -> Iterator[Runner]:
    """Open what computes the parts, and close it at the end.

    Args:
        workers: how many processes of this machine; one is this process itself.
        scheduler: the address of a Dask scheduler, whose workers see the same files; ``"local"`` starts a
            cluster of ``workers`` processes on this machine.

    Raises:
        InputError: fewer than one worker, or nobody answers at the address.
        MissingExtraError: Dask is asked for and not installed.
    """
    if workers < 1:
        raise InputError("workers", f"expected at least one, got {workers}")
    if not scheduler:
        yield _Here() if workers == 1 else _Processes(workers)
        return
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingExtraError(error.name or "distributed", "dask") from None
    if scheduler == "local":
        with (
            dask.config.set({"distributed.nanny.pre-spawn-environ": _KEEP_MEMORY}),
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            yield _Dask(client)
        return
    try:
        client = Client(scheduler)
    except (OSError, ValueError) as error:
        raise InputError("scheduler", f"nobody answers at {scheduler}: {error}") from None
    with client:
        yield _Dask(client)
