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
import sys
from pathlib import Path
from statistics import median

import numpy as np
from futures import future_measures
from gates import Measure, Worker, own_seconds, path_of, process_seconds, run, timed
from variants import variant_measures
from years import inverse_measures, year_measures

import cae_core
from cae_core import Month, PayFacts
from cae_core.payroll import engine

HERE = Path(__file__).parent
MONTH = Month(2026, 3)
HEADCOUNT = 130
PEOPLE = 10_000
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
        return timed(payslips) / len(many)

    def openfisca_one() -> float:
        return median(openfisca.seconds(task="single", gross=euros))

    def modele_social_one() -> float:
        return median(modele_social.seconds(task="net", gross=euros))

    def openfisca_batch() -> float:
        return min(openfisca.seconds(task="batch", people=PEOPLE, repeats=3)) / PEOPLE

    def batch() -> float:
        return min(timed(month_of_everybody) for _ in range(10)) / PEOPLE

    node_once = ["node", str(HERE / "modele_social_worker.mjs"), "once"]
    return [
        Measure("one payslip with all its lines", "OpenFisca, five totals", one, openfisca_one, 500),
        Measure("one payslip with all its lines", "modele-social, net", one, modele_social_one, 1_000),
        Measure(
            "one payslip with all its lines", "the same amounts, no objects", one,
            lambda: timed(amounts) / len(many), 3, at_least=False,
        ),
        Measure(f"a month of {PEOPLE:,} people, each", "OpenFisca, best batch", batch, openfisca_batch, 100),
        Measure(
            "load, fresh process", "OpenFisca", lambda: own_seconds([sys.executable, "-c", LOAD_CAE_CORE]),
            lambda: own_seconds([openfisca_python, "-c", LOAD_OPENFISCA]), 25,
        ),
        Measure(
            "fresh process to first payslip", "modele-social, net",
            lambda: process_seconds([sys.executable, "-c", FIRST_PAYSLIP]),
            lambda: process_seconds(node_once), 0.3, at_least=False,
        ),
    ]  # fmt: skip


def main() -> int:
    """Measure, print the table, and return 1 where a gate fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    openfisca_python = path_of("CAE_PEERS_PYTHON")
    path_of("CAE_PEERS_NODE_HOME")
    openfisca = Worker(openfisca_python, str(HERE / "openfisca_worker.py"))
    modele_social = Worker("node", str(HERE / "modele_social_worker.mjs"))
    gates = [
        *measures(openfisca_python, openfisca, modele_social),
        *year_measures(openfisca),
        *inverse_measures(modele_social),
        *variant_measures(),
        *future_measures(),
    ]
    failed = run(gates, rounds)
    openfisca.close()
    modele_social.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
