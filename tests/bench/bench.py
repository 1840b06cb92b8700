"""Measure the library against its peers, in one run and in turn; the gates are ratios, never seconds.

    python tests/bench/bench.py [--rounds 7]

Each round measures both sides one after the other; a ratio is taken inside its round, and the table shows
medians over the rounds. A gate fails beyond 15 % of its goal: exit code 1. ``CAE_PEERS_PYTHON`` and
``CAE_PEERS_NODE_HOME`` name the peers (see ``tests/peers/compare.py``); they run as separate programs and
time themselves. Each side starts from its inputs (``PayFacts``, a situation) and must read them. The library
computes every line of a payslip, the peers the totals asked of them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import attrs
import numpy as np

import cae_core
from cae_core import Month, PayFacts
from cae_core.payroll import engine

HERE = Path(__file__).parent
MONTH = Month(2026, 3)
HEADCOUNT = 130
PEOPLE = 10_000
#: What a shared machine may cost a ratio.
NOISE = 0.15

#: An executive with a health cover: the longest payslip there is.
FACTS = PayFacts.of(
    "2500",
    executive=True,
    headcount=HEADCOUNT,
    workplace_accident_rate="1.05",
    mobility_rate="2",
    health_cover_employee=25,
    health_cover_employer=25,
)
#: The totals OpenFisca is asked for, under our names.
TOTALS = ("net_before_tax", "employer_contributions", "employee_contributions", "reductions", "employer_cost")

LOAD_CAE_CORE = """
import time; start = time.perf_counter()
import cae_core
cae_core.load().month_law("2026-03")
print(time.perf_counter() - start)
"""
LOAD_OPENFISCA = """
import time; start = time.perf_counter()
from openfisca_france import FranceTaxBenefitSystem
FranceTaxBenefitSystem()
print(time.perf_counter() - start)
"""
FIRST_PAYSLIP = """
import cae_core
facts = cae_core.PayFacts.of("2500", executive=True, headcount=130, workplace_accident_rate="1.05")
cae_core.load().payslip("2026-03", facts)
"""


def _path(variable: str) -> str:
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
    """A gate: the ratio of two times measured in turn.

    Attributes:
        ours: returns seconds; likewise ``theirs``.
        goal: the ratio ``theirs / ours`` wanted at least, or ``ours / theirs`` at most.
        at_least: which of the two.
    """

    name: str
    theirs_name: str
    ours: Callable[[], float]
    theirs: Callable[[], float]
    goal: float
    at_least: bool = True

    def ratio(self, ours: float, theirs: float) -> float:
        """Return the ratio of one round."""
        return theirs / ours if self.at_least else ours / theirs

    def verdict(self, ratio: float) -> str:
        """Whether a ratio reaches the goal, or only within the noise, or fails the gate."""
        missing = self.goal / ratio if self.at_least else ratio / self.goal
        if missing <= 1:
            return "pass"
        return "pass, within noise" if missing <= 1 + NOISE else "FAIL"


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _environment() -> dict[str, str]:
    """Bytecode is kept between runs, as in any installed program, whatever the caller's settings."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def _own_seconds(command: Sequence[str]) -> float:
    """The seconds that a fresh process measured on itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    return float(done.stdout)


def _process_seconds(command: Sequence[str]) -> float:
    """The seconds of a whole process."""
    return _timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment()))


def measures(openfisca_python: str, openfisca: Worker, modele_social: Worker) -> list[Measure]:
    """Return every gate."""
    rules = cae_core.load()
    law = rules.month_law(MONTH)
    few = [2000_00 + 7919 * i % 800_000 for i in range(20)]
    many = [2000_00 + 7919 * i % 800_000 for i in range(2000)]
    euros = [cents / 100 for cents in few]

    def payslips() -> None:
        for cents in many:
            rules.payslip(MONTH, FACTS.with_gross(cents))

    def amounts() -> None:
        for cents in many:
            facts = FACTS.with_gross(cents)
            engine.compute(law, law.schedule(facts.executive, facts.headcount), facts)

    draw = np.random.default_rng(7).normal(0.35, 0.45, PEOPLE)
    gross = np.round(182_303 * np.exp(draw)).astype(np.int64)

    def month_of_everybody() -> None:
        facts = PayFacts(
            gross_pay_cents=gross,
            headcount=HEADCOUNT,
            workplace_accident_ppm=10_500,
            mobility_ppm=20_000,
        )
        batch = rules.payslips(MONTH, facts)
        for total in TOTALS:
            batch[total]

    def one() -> float:
        return _timed(payslips) / len(many)

    def openfisca_one() -> float:
        return median(openfisca.seconds(task="single", gross=euros))

    def modele_social_one() -> float:
        return median(modele_social.seconds(task="net", gross=euros))

    def openfisca_batch() -> float:
        return min(openfisca.seconds(task="batch", people=PEOPLE, repeats=3)) / PEOPLE

    def batch() -> float:
        return min(_timed(month_of_everybody) for _ in range(10)) / PEOPLE

    node_once = ["node", str(HERE / "modele_social_worker.mjs"), "once"]
    return [
        Measure("one payslip with all its lines", "OpenFisca, five totals", one, openfisca_one, 500),
        Measure("one payslip with all its lines", "modele-social, net", one, modele_social_one, 1_000),
        Measure(
            "one payslip with all its lines", "the same amounts, no objects", one,
            lambda: _timed(amounts) / len(many), 3, at_least=False,
        ),
        Measure(f"a month of {PEOPLE:,} people, each", "OpenFisca, best batch", batch, openfisca_batch, 100),
        Measure(
            "load, fresh process", "OpenFisca", lambda: _own_seconds([sys.executable, "-c", LOAD_CAE_CORE]),
            lambda: _own_seconds([openfisca_python, "-c", LOAD_OPENFISCA]), 25,
        ),
        Measure(
            "fresh process to first payslip", "modele-social, net",
            lambda: _process_seconds([sys.executable, "-c", FIRST_PAYSLIP]),
            lambda: _process_seconds(node_once), 0.3, at_least=False,
        ),
    ]  # fmt: skip


def _write(seconds: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def main() -> int:
    """Measure, print the table, and return 1 where a gate fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    openfisca_python = _path("CAE_PEERS_PYTHON")
    _path("CAE_PEERS_NODE_HOME")
    openfisca = Worker(openfisca_python, str(HERE / "openfisca_worker.py"))
    modele_social = Worker("node", str(HERE / "modele_social_worker.mjs"))
    gates = measures(openfisca_python, openfisca, modele_social)
    for gate in gates:  # a first round for nothing: files, bytecode, compiled laws
        gate.ours(), gate.theirs()
    found = [[(gate.ours(), gate.theirs()) for gate in gates] for _ in range(rounds)]
    openfisca.close()
    modele_social.close()

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
            _write(median(ours for ours, _ in pairs)),
            _write(median(theirs for _, theirs in pairs)),
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
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
