"""Compare micro-enterprises and individual enterprises with the public simulators of Urssaf.

    CAE_PEERS_NODE_HOME=folder-of-node_modules CAE_PEERS_MODELE_TI=rules.json python tests/peers/statuses.py

``rules.json`` holds the rules of the folders modele-ti and modele-commun of betagouv/mon-entreprise as one
object; without it the individual enterprise is left out. Every line must be equal to the euro. What is not is
explained by a known difference under its name (see ``docs/explanation/both_sides.rst``), or printed, and makes the
command leave with 1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import cae_core
from cae_core.calendar import to_day
from cae_core.france.law_on import LawOn
from cae_core.france.statuses import (
    SELF_EMPLOYED_SICKNESS,
    MicroActivity,
    SelfEmployed,
    micro_declaration,
    micro_income,
    micro_quarter_turnover,
    sole_trader_year,
)
from cae_core.protection import PayHistory, assess

HERE = Path(__file__).parent
LAW = cae_core.load().rights
MICRO_TURNOVERS = [1_000, 2_500, 5_000, 7_999, 12_000, 13_992, 20_000, 24_115, 33_333, 50_000, 77_000]
INCOMES = [
    0,
    500,
    846,
    1_846,
    5_000,
    12_345,
    20_000,
    26_000,
    40_000,
    50_001,
    64_946,
    80_000,
    100_000,
    150_000,
    250_000,
]


def cases() -> list[dict]:
    micro = [
        {"kind": "micro", "day": "2026-03-01", "turnover": turnover, "activity": activity}
        for activity in ("sales", "services", "liberal")
        for turnover in MICRO_TURNOVERS
    ]
    trader = [
        {
            "kind": "sole_trader",
            "day": f"{year}-01-01",
            "turnover": income + 3_000,
            "expenses": 3_000,
            "acre": acre,
        }
        for year in (2025, 2026)
        for income in INCOMES
        for acre in (False, True)
    ]
    return micro + trader


def micro(case: dict) -> dict[str, float]:
    """Ours, in the words of the peer."""
    activity, day = MicroActivity(case["activity"]), to_day(case["day"])
    law, cents = LawOn(LAW, day), case["turnover"] * 100
    declared = micro_declaration(LAW, activity, (2 * cents + 12) // 24, day)
    covered = SelfEmployed(incomes_cents=[micro_income(law, activity, cents)], affiliated_on="2015-01-01")
    finding = assess(SELF_EMPLOYED_SICKNESS, PayHistory(()), day, covered, law=LAW)
    return {
        "contributions": declared.lines[0].amount_cents / 100,
        "everything": declared.contributions_cents / 100,
        "quarters": sum(cents >= micro_quarter_turnover(law, activity, each) for each in range(1, 5)),
        "sickness": finding.amount("daily_benefit").value / 100 if finding.granted else 0,
    }


def trader(case: dict) -> dict[str, float]:
    year = int(case["day"][:4])
    found = sole_trader_year(LAW, year, (case["turnover"] - case["expenses"]) * 100, acre=case["acre"])
    lines = {line.code: line.amount_cents / 100 for line in found.lines}
    lines["csg"] = lines.pop("csg_deductible") + lines.pop("csg_other")
    return lines


def explained(case: dict, name: str, ours: float, theirs: float) -> str:
    """Return the known difference behind a gap, or nothing."""
    gap = abs(ours - theirs)
    if case["kind"] == "micro":
        if name == "everything" and gap <= 1.5:
            return "training is not rounded to the euro there"
        if name == "quarters":
            return (
                "quarters are counted there on the income after the abatement, not on the share of the rate"
            )
        if name == "sickness" and gap < 0.01:
            return "a day of sickness is not rounded there"
        if name == "sickness" and (not ours or not theirs):
            return "the income limit is there a tenth of this year's ceiling, not of the mean of three years"
        return ""
    if case["acre"] and name in ("sickness", "daily_benefits", "base_pension", "invalidity") and gap <= 1:
        return "the relief of ACRE is rounded in another order"
    return ""


def main() -> int:
    asked = cases()
    done = subprocess.run(
        ["node", str(HERE / "statuses_modele.mjs")],
        input=json.dumps(asked), capture_output=True, encoding="utf-8", check=False, env=os.environ,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    equal, known, unknown, left_out = 0, Counter(), [], 0
    for case, theirs in zip(asked, json.loads(done.stdout), strict=True):
        if theirs is None:
            left_out += 1
            continue
        ours = micro(case) if case["kind"] == "micro" else trader(case)
        for name, value in ours.items():
            peer = theirs[name] or 0
            if abs(value - peer) < 1e-6:
                equal += 1
            elif why := explained(case, name, value, peer):
                known[why] += 1
            else:
                unknown.append(f"{case}: {name} {value} here, {peer} there")
    print(f"{equal} figures are equal, {left_out} cases were left out")
    for why, count in known.most_common():
        print(f"{count:5} {why}")
    for line in unknown:
        print("UNEXPLAINED", line)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
