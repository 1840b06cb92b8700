"""What a simulation costs: 10,000 paths of two years, with all the law of each month, in a minute."""

from __future__ import annotations

from pathlib import Path

from gates import Measure, timed

import cae_core
from cae_core.cli.watched_rights import watched_rights
from cae_core.exchange.scenario_file import read_scenario
from cae_core.simulation import simulate

SCENARIO = Path(__file__).parents[2] / "examples" / "futures" / "atelier.toml"
PATHS, MINUTE = 10_000, 60.0


def future_measures() -> list[Measure]:
    """Return the gate of a simulation: the one gate in seconds, for it is how long a person waits."""
    rules, scenario = cae_core.load(), read_scenario(SCENARIO)
    watched = watched_rights(rules)

    def simulated() -> float:
        return timed(lambda: simulate(rules, scenario, seed=1, paths=PATHS, watched=watched))

    return [
        Measure(
            f"{PATHS:,} paths of 24 months, with rights", "a minute", simulated, lambda: MINUTE, 1,
            at_least=False,
        ),
    ]  # fmt: skip
