"""What the lanes cost from ten thousand to a hundred million person-months, against C and against OpenFisca.

    python tests/bench/lanes_bench.py [--rounds 5] [--most 100000000]

Needs the extra ``compiled``, a C compiler, and ``CAE_PEERS_PYTHON`` (see ``bench.py``). Each side starts from the
facts and ends with five totals in fresh columns; beyond a million people they are taken a million at a time. The
sides are first compared: not one of their totals may differ by a cent.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from c_loop import CLoop, make_c_loop
from gates import Measure, Worker, path_of, run, timed

import cae_core
from cae_core import Month, PayFacts, Ruleset

HERE = Path(__file__).parent
MONTH = Month(2026, 3)
#: The totals OpenFisca is asked for, under our names.
TOTALS = ("net_before_tax", "employer_contributions", "employee_contributions", "reductions", "employer_cost")
SIZES = (10**4, 10**5, 10**6, 10**7, 10**8)
#: People at a time; and how many are drawn, who come again in what is larger.
PART = 10**6
DRAWN = 10**7
#: OpenFisca is quickest, by person, around this size.
OPENFISCA_BEST = 10**4

Lane = Callable[[PayFacts], Any]


def facts_of(gross: np.ndarray) -> PayFacts:
    """The facts of people of one status, whom OpenFisca is told the same of."""
    return PayFacts(gross_pay_cents=gross, headcount=130, workplace_accident_ppm=10_500, mobility_ppm=20_000)


def draw(people: int) -> np.ndarray:
    """Draw pays that lie as pays do, half of them under 1.4 minimum wages."""
    logarithms = np.random.default_rng(7).normal(0.35, 0.45, people)
    return np.round(182_303 * np.exp(logarithms)).astype(np.int64)


def parts(gross: np.ndarray, people: int) -> Iterator[PayFacts]:
    """The facts of so many people, a part at a time."""
    for start in range(0, people, PART):
        first = start % len(gross)
        yield facts_of(gross[first : first + min(PART, people - start)])


def seconds_each(lane: Lane, gross: np.ndarray, people: int) -> float:
    """The seconds of one person-month; the best of several where that takes no time."""
    repeats = min(max(3 * 10**6 // people, 1), 50)

    def everybody() -> None:
        for facts in parts(gross, people):
            lane(facts)

    return min(timed(everybody) for _ in range(repeats)) / people


def compare(lanes: dict[str, Lane], loop: CLoop, gross: np.ndarray) -> None:
    """Compare what is measured, to the cent; and see that a cent too much is found."""

    def unequal(lane: Lane, facts: PayFacts, more: int = 0) -> int:
        expected, found = loop(facts), lane(facts)
        expected[TOTALS[0]][0] += more
        return sum(int((expected[total] != found[total]).sum()) for total in TOTALS)

    for name, lane in lanes.items():
        for facts in parts(gross, len(gross)):
            differing = unequal(lane, facts)
            if differing:
                raise SystemExit(f"{name} and the loop in C differ in {differing} totals")
        if unequal(lane, facts_of(gross[:PART]), more=1) != 1:
            raise SystemExit(f"a cent too much was not found in {name}: the comparison proves nothing")
    print(f"{len(gross):,} people: {len(TOTALS)} totals of {', '.join(lanes)} and the loop in C are equal")


def lane_measures(rules: Ruleset, openfisca: Worker, most: int) -> list[Measure]:
    """Return the gates of every size, after comparing what they measure."""
    gross = draw(min(most, DRAWN))
    loop = make_c_loop(rules.month_law(MONTH), facts_of(gross[:1]), TOTALS)

    def lane(name: str | None) -> Lane:
        return lambda facts: rules.payslips(MONTH, facts, state=False, totals=TOTALS, lane=name)

    by_numpy, compiled = lane(None), lane("compiled")
    first = timed(lambda: compiled(facts_of(gross[:1])))
    print(f"the first batch of a process on the compiled lane, numba loaded and code made: {first:.1f} s")
    compare({"numpy": by_numpy, "compiled": compiled}, loop, gross)

    def openfisca_batch() -> float:
        return min(openfisca.seconds(task="batch", people=OPENFISCA_BEST, repeats=3)) / OPENFISCA_BEST

    def each(of: Lane, people: int) -> Callable[[], float]:
        return lambda: seconds_each(of, gross, people)

    found = []
    for people in (size for size in SIZES if size <= most):
        ours, in_c = each(compiled, people), each(loop, people)
        found += [
            Measure(
                f"{people:,} people, numpy", "a loop in C", each(by_numpy, people), in_c, 20, at_least=False
            ),
            Measure(f"{people:,} people, compiled", "a loop in C", ours, in_c, 2, at_least=False),
            Measure(f"{people:,} people, compiled", "OpenFisca, best batch", ours, openfisca_batch, 1_000),
        ]
    return found


def main() -> int:
    """Measure, print the table, and return 1 where a gate fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave out what is larger")
    options = parser.parse_args()
    openfisca = Worker(path_of("CAE_PEERS_PYTHON"), str(HERE / "openfisca_worker.py"))
    failed = run(lane_measures(cae_core.load(), openfisca, options.most), options.rounds)
    openfisca.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
