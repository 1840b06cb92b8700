"""Gates: ratios of two times, or of two sizes, measured in turn in one run; how they are run and printed."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import attrs

#: What a shared machine may cost a ratio.
NOISE = 0.15


def write_seconds(seconds: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def write_bytes(size: float) -> str:
    """Write a size for people."""
    return f"{size / 2**20:.3g} MiB"


def path_of(variable: str) -> str:
    path = os.environ.get(variable)
    if not path:
        raise SystemExit(f"{variable} is not set; `nox -s bench` installs the peers and sets it")
    return path


class Worker:
    """A peer in a process of its own, warm, answering requests one at a time."""

    def __init__(self, *command: str) -> None:
        """Start it and wait until it is warm."""
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._process.args!r} ended before it answered")
        return json.loads(line)

    def seconds(self, **request: object) -> list[float]:
        """Return the seconds the peer measured on itself."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        found: list[float] = self._read()["seconds"]
        return found

    def close(self) -> None:
        """End the peer."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@attrs.frozen
class Measure:
    """A gate: the ratio of two times, or of two sizes, measured in turn.

    Attributes:
        ours: returns seconds; likewise ``theirs``.
        goal: the ratio ``theirs / ours`` wanted at least, or ``ours / theirs`` at most.
        at_least: which of the two.
        write: how a time, or a size, is written.
    """

    name: str
    theirs_name: str
    ours: Callable[[], float]
    theirs: Callable[[], float]
    goal: float
    at_least: bool = True
    write: Callable[[float], str] = write_seconds

    def ratio(self, ours: float, theirs: float) -> float:
        """Return the ratio of one round."""
        return theirs / ours if self.at_least else ours / theirs

    def verdict(self, ratio: float) -> str:
        """Whether a ratio reaches the goal, or only within the noise, or fails the gate."""
        missing = self.goal / ratio if self.at_least else ratio / self.goal
        if missing <= 1:
            return "pass"
        return "pass, within noise" if missing <= 1 + NOISE else "FAIL"


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _environment() -> dict[str, str]:
    """Bytecode is kept between runs, as in any installed program, whatever the caller's settings."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def own_seconds(command: Sequence[str]) -> float:
    """The seconds that a fresh process measured on itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    return float(done.stdout)


def process_seconds(command: Sequence[str]) -> float:
    """The seconds of a whole process."""
    return timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment()))


def run(gates: Sequence[Measure], rounds: int) -> bool:
    """Measure every gate in turn, print the table, and return whether one fails."""
    for gate in gates:  # a first round for nothing: files, bytecode, compiled laws
        gate.ours(), gate.theirs()
    found = [[(gate.ours(), gate.theirs()) for gate in gates] for _ in range(rounds)]
    failed = False
    header = ("measure", "against", "ours", "theirs", "ratio", "lowest", "highest", "goal", "")
    rows: list[tuple[str, ...]] = [header]
    for gate, pairs in zip(gates, zip(*found, strict=True), strict=True):
        ratios = [gate.ratio(*pair) for pair in pairs]
        ratio = median(ratios)
        verdict = gate.verdict(ratio)
        failed |= verdict == "FAIL"
        rows.append((
            gate.name,
            gate.theirs_name,
            gate.write(median(ours for ours, _ in pairs)),
            gate.write(median(theirs for _, theirs in pairs)),
            *(f"{value:,.3g}" if value < 100 else f"{value:,.0f}" for value in (ratio, min(ratios), max(ratios))),
            f"{'≥' if gate.at_least else '≤'} {gate.goal:,g}",
            verdict,
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(
        f"{rounds} rounds in turn; ratios inside a round, medians over rounds; {NOISE:.0%} of noise allowed"
    )
    return failed
