"""Compare partial activity and the benefit beside work with OpenFisca-France and modele-social.

    CAE_PEERS_PYTHON=python-with-openfisca CAE_PEERS_NODE_HOME=folder-of-node_modules \
        python tests/peers/compare_rights.py

Each case is run on both sides. Where the results differ, the peer's result is computed again from ours with
the known differences (see ``docs/explanation/peers_rights.rst``), each under its name; what is left is
unexplained, printed, and makes the command leave with 1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import cae_core
from cae_core.calendar import Month
from cae_core.france.partial_activity import (
    FloorPolicy,
    HoursMethod,
    partial_activity_month,
    reference_pay,
)
from cae_core.france.unemployment import benefit_month, daily_allowance

HERE = Path(__file__).parent
RIGHTS = cae_core.load().rights
FULL_TIME = Fraction(15167, 100)
#: What is under this is a matter of rounding on the peer's side.
CENT = Fraction(1, 100)


def law(month: str):
    """The law of the first day of a month."""
    return RIGHTS.on(Month.parse(month).first_day)


def worker(command: list[str], cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Run a peer on some cases."""
    done = subprocess.run(
        command, input=json.dumps(cases), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


class Tally:
    """Counts what is equal, what is explained and by what, what is not."""

    def __init__(self, title: str) -> None:
        self.title, self.cases, self.equal = title, 0, 0
        self.explained: Counter[str] = Counter()
        self.unexplained: list[str] = []

    def add(self, ours: Fraction, theirs: float, predicted: Fraction, reasons: list[str], where: str) -> None:
        """Add one amount, in euros or days; ``predicted`` is ours with the known differences."""
        self.cases += 1
        peer = Fraction(theirs).limit_denominator(10**6)
        if abs(peer - ours) < CENT / 2:
            self.equal += 1
        elif reasons and abs(peer - predicted) < CENT:
            self.explained.update(reasons)
        else:
            self.unexplained.append(f"{where}: ours {float(ours):.2f}, theirs {theirs:.2f}")

    def show(self, engine: str) -> None:
        """Print the outcome."""
        print(f"{self.title} – {engine}")
        print(f"  {self.cases} amounts, {self.equal} equal, {len(self.unexplained)} unexplained")
        for reason, count in sorted(self.explained.items()):
            print(f"  {count:4d}  {reason}")
        for line in self.unexplained:
            print(f"  !     {line}")


def ours_of(month: str, gross: int, lost: Fraction, policy: FloorPolicy):
    """Our month of partial activity for a full-time employee."""
    snapshot = law(month)
    reference = reference_pay(snapshot, [gross * 100], HoursMethod.VRP_LIKE)
    return partial_activity_month(
        snapshot,
        hourly_reference_cents=reference.hourly_cents,
        hours_lost=int(lost * 100),
        floor_policy=policy,
    )


def openfisca_partial_activity() -> Tally:
    """The indemnity of 2020 and 2021; openfisca takes the hours paid for the hours lost."""
    cases = [
        {"kind": "partial_activity", "month": month, "gross": gross, "hours": float(FULL_TIME)}
        for month in ("2020-03", "2020-04", "2020-12", "2021-03", "2021-08", "2022-06", "2024-02")
        for gross in (800, 1300, 1600, 1800, 2600, 4000, 6900, 9000)
    ]
    done = worker([os.environ["CAE_PEERS_PYTHON"], str(HERE / "rights_openfisca.py")], cases)
    tally = Tally("Indemnity of partial activity")
    for case, theirs in zip(cases, done["results"], strict=True):
        month, gross = case["month"], case["gross"]
        found = ours_of(month, gross, FULL_TIME, FloorPolicy.LETTER)
        ours = Fraction(found.indemnity_cents, 100)
        reasons = ["an hour is rounded to the cent here, nothing is rounded there"]
        rate, floor = Fraction(70, 100), Fraction(803, 100)
        if month >= "2021-02":
            reasons.append("its rate and floor become those of the allowance (36 %) in February 2021")
            rate = Fraction(36, 100)
            floor = Fraction({"2021": "7.30", "2022": "7.53", "2024": "8.30"}[month[:4]])
        if found.hourly.cap_applied:
            reasons.append("it has no cap, the law caps at 4.5 minimum wages since January 2021")
        hours = Fraction(case["hours"]).limit_denominator(100)
        predicted = max(rate * gross / hours, floor) * hours
        where = f"{month}, {gross} €"
        tally.add(ours, theirs["indemnity"], predicted, reasons, where)
    tally.show(done["engine"])
    return tally


def modele_social_partial_activity() -> tuple[Tally, Tally]:
    """Indemnity and allowance of 2024 to 2026, full time."""
    cases = [
        {"month": month, "gross": gross, "worked": worked}
        for month in ("2024-02", "2024-11", "2024-12", "2025-06", "2026-02", "2026-06")
        for gross in (1900, 2100, 2600, 4000, 8000, 8600, 12000)
        for worked in (0, 50, 100)
    ]
    done = worker(["node", str(HERE / "rights_modele_social.mjs")], cases)
    indemnities, allowances = Tally("Indemnity of partial activity"), Tally("Allowance of partial activity")
    legal = Fraction(1820, 12)
    for case, theirs in zip(cases, done["results"], strict=True):
        month, gross, worked = case["month"], case["gross"], case["worked"]
        lost = FULL_TIME - worked
        found = ours_of(month, gross, lost, FloorPolicy.LETTER)
        wage = Fraction(found.rates.minimum_wage_cents, 100)
        where = f"{month}, {gross} €, {worked} h worked"
        rounding = (
            "an hour is rounded to the cent here, nothing is rounded there, and a month has 1,820 ÷ 12 h"
        )
        missing = Fraction(gross) / legal * (legal - worked)
        base = missing * Fraction(60, 100)
        reasons = [rounding]
        if found.hourly.cap_applied:
            reasons.append("it has no cap on the indemnity, the law caps at 4.5 minimum wages")
        topped = Fraction(theirs["indemnity"]) - Fraction(theirs["base"])
        if topped > CENT:
            reasons.append("it tops up to its own monthly net minimum wage (RMM), here the floor is hourly")
            base += topped
        ours = Fraction(found.indemnity_cents, 100)
        indemnities.add(ours, theirs["indemnity"], base, reasons, where)
        floor = Fraction(found.rates.allowance_floor_cents or 0, 100)
        reasons = [rounding]
        least = missing * Fraction(36, 100)
        bites = found.hourly.allowance_floor_applied or least < floor * (legal - worked)
        if month < "2025" and bites:
            floor = Fraction("8.21")
            reasons.append(
                "its release of 2024 keeps the floor of 2023; later ones skip 8.30 and start 8.46 late"
            )
        if month == "2026-06" and bites:
            floor = Fraction("8.57")
            reasons.append("the floor of June 2026 (8.78) is expected, no decree says it")
        most = wage * Fraction(45, 10) * Fraction(36, 100) * (legal - worked)
        predicted = min(max(missing * Fraction(36, 100), floor * (legal - worked)), most)
        allowances.add(Fraction(found.allowance_cents, 100), theirs["allowance"], predicted, reasons, where)
    indemnities.show(done["engine"])
    allowances.show(done["engine"])
    return indemnities, allowances


def openfisca_benefit() -> tuple[Tally, Tally]:
    """Days paid beside work, and the net benefit."""
    months = (
        "2022-02",
        "2022-04",
        "2022-05",
        "2023-03",
        "2024-02",
        "2024-12",
        "2025-03",
        "2025-05",
        "2026-03",
    )
    cases = []
    for month in months:
        for wage in (3000, 4268, 4800, 5691, 10000, 20720):
            allowance = daily_allowance(law(month), wage).gross_cents
            for gross in (100, 375, 846, 918, 1255, 1800, 2100):
                cases.append(
                    {"kind": "unemployment", "month": month, "gross": gross, "wage": wage / 100}
                    | {"allowance": allowance / 100}
                )
    done = worker([os.environ["CAE_PEERS_PYTHON"], str(HERE / "rights_openfisca.py")], cases)
    days, nets = Tally("Days of benefit beside work"), Tally("Net benefit beside work")
    for case, theirs in zip(cases, done["results"], strict=True):
        month = Month.parse(case["month"])
        wage, allowance = round(case["wage"] * 100), round(case["allowance"] * 100)
        found = benefit_month(
            law(case["month"]),
            month,
            allowance_cents=allowance,
            wage_cents=wage,
            gross_pay_cents=case["gross"] * 100,
        )
        where = f"{case['month']}, {case['gross']} €, {case['allowance']} of {case['wage']}"
        reasons = []
        base = max(Fraction(allowance, 100) * month.days - Fraction(case["gross"] * 7, 10), Fraction(0))
        predicted = Fraction(round(base / Fraction(allowance, 100)))
        if found.payable_days != month.days:
            reasons.append("it still pays calendar days, the law says thirty since April 2025")
        if found.reasons:
            reasons.append("it lets pay and benefit exceed the former pay")
        days.add(Fraction(found.days), theirs["days"], predicted, reasons, where)
        levies = found.levies
        pension = Fraction(wage * 3, 10_000)
        least = law(case["month"]).value("unemployment_minimum_allowance")
        money = list(reasons)
        a_day = Fraction(levies.total_cents, 100)
        if allowance - pension * 100 <= least and levies.pension_cents:
            money.append("its complementary pension is all or nothing, here it stops at the least allowance")
            a_day = Fraction(levies.csg_cents + levies.crds_cents, 100)
        net = predicted * (Fraction(allowance, 100) - a_day)
        nets.add(Fraction(found.net_cents, 100), theirs["net"], net, money, where)
    days.show(done["engine"])
    nets.show(done["engine"])
    return days, nets


def main() -> int:
    """Run every comparison; 1 where something is unexplained."""
    tallies = [
        openfisca_partial_activity(),
        *modele_social_partial_activity(),
        *openfisca_benefit(),
    ]
    return int(any(tally.unexplained for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
