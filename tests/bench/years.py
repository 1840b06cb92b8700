"""What a year of regularised pay costs, in time and memory, and what an inverse costs."""

from __future__ import annotations

import tracemalloc
from statistics import median

import numpy as np
from gates import Measure, Worker, timed, write_bytes

import cae_core
from cae_core import Month, PayFacts, YearToDate

YEAR = 2025
PEOPLE = 12_000
MILLION = 1_000_000
#: The totals OpenFisca is asked for, under our names.
TOTALS = ("net_before_tax", "employer_contributions", "employee_contributions", "reductions", "employer_cost")


def _facts(gross: np.ndarray) -> PayFacts:
    return PayFacts(gross_pay_cents=gross, headcount=130, workplace_accident_ppm=10_500, mobility_ppm=20_000)


def _grosses(people: int) -> list[np.ndarray]:
    rng = np.random.default_rng(7)
    return [np.round(182_303 * np.exp(rng.normal(0.35, 0.45, people))).astype(np.int64) for _ in range(12)]


def year_measures(openfisca: Worker) -> list[Measure]:
    """Return the gates of the year."""
    rules = cae_core.load()
    grosses = _grosses(PEOPLE)
    one = [int(column[0]) for column in grosses]

    def everybody(*, regularised: bool) -> None:
        state: YearToDate | None = None
        for number, gross in enumerate(grosses, start=1):
            batch = rules.payslips(Month(YEAR, number), _facts(gross), year_to_date=state, state=regularised)
            for total in TOTALS:
                batch[total]
            if regularised:
                state = batch.year_to_date

    def somebody(*, regularised: bool) -> None:
        facts = PayFacts.of(0, headcount=130, workplace_accident_rate="1.05", mobility_rate="2")
        state = None
        for number, gross in enumerate(one, start=1):
            slip = rules.payslip(Month(YEAR, number), facts.with_gross(gross), year_to_date=state)
            state = slip.year_to_date if regularised else None

    def columns(*, regularised: bool) -> float:
        return min(timed(lambda: everybody(regularised=regularised)) for _ in range(5)) / (12 * PEOPLE)

    def objects(*, regularised: bool) -> float:
        return min(timed(lambda: somebody(regularised=regularised)) for _ in range(20)) / 12

    def openfisca_year() -> float:
        return min(openfisca.seconds(task="year", people=PEOPLE, year=YEAR)) / (12 * PEOPLE)

    asked = ("net_paid", "employer_cost")
    tiled = np.tile(grosses[0], -(-2 * MILLION // PEOPLE))

    def peak(people: int) -> int:
        facts = _facts(tiled[:people])
        rules.payslips(Month(YEAR, 3), facts, state=False, totals=asked)
        tracemalloc.start()
        batch = rules.payslips(Month(YEAR, 3), facts, state=False, totals=asked)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert all(len(batch[total]) == people for total in asked)
        return found

    def memory() -> float:
        """What the second million adds: the pieces worked through are the same."""
        return float(peak(2 * MILLION) - peak(MILLION))

    return [
        Measure(
            "a regularised person-month, columns", "the month alone", lambda: columns(regularised=True),
            lambda: columns(regularised=False), 2.5, at_least=False,
        ),
        Measure(
            "a regularised person-month, objects", "the month alone", lambda: objects(regularised=True),
            lambda: objects(regularised=False), 2.5, at_least=False,
        ),
        Measure(
            f"a year of {PEOPLE:,} people, each month", "OpenFisca, progressive, vectorised",
            lambda: columns(regularised=True), openfisca_year, 60,
        ),
        Measure(
            f"memory added by {MILLION:,} person-months", "bytes of the two columns asked for", memory,
            lambda: float(8 * MILLION * len(asked)), 1.3, at_least=False, write=write_bytes,
        ),
    ]  # fmt: skip


def inverse_measures(modele_social: Worker) -> list[Measure]:
    """Return the gate of the inverse; every one of our answers is checked to be exact."""
    rules = cae_core.load()
    law = rules.month_law("2026-03")
    facts = PayFacts.of(0, executive=True, headcount=130, workplace_accident_rate="1.05")
    inverse = rules.inverse("2026-03", facts)
    costs = [inverse.cost_cents(gross) for gross in range(200_000, 900_000, 349_9)]

    def ours() -> float:
        # A fresh object each time, its breakpoints included.
        fresh = rules.inverse("2026-03", facts)
        seconds = timed(lambda: [fresh.grosses_for("employer_cost", cost) for cost in costs])
        for cost in costs:
            found = fresh.grosses_for("employer_cost", cost)
            assert found.exact
            assert all(rules.payslip(law.month, facts.with_gross(gross)).employer_cost_cents == cost
                       for gross in found.grosses_cents)  # fmt: skip
        return seconds / len(costs)

    def theirs() -> float:
        return median(modele_social.seconds(task="cost", cost=[cents / 100 for cents in costs[:10]]))

    return [Measure("cost to every gross pay", "modele-social, one gross pay", ours, theirs, 1_000)]
