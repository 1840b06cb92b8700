"""OpenFisca-France timing itself: one request in JSON a line on the standard input, one answer a line.

``{"task": "single", "gross": […]}`` answers the seconds of each warm call; ``{"task": "batch", "people": n,
"repeats": r}`` the seconds of each whole batch; ``{"task": "year", "people": n, "year": y}`` those of a year. Run it with a Python that has ``openfisca-france``.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

MONTH = "2026-03"
HEADCOUNT = 130
OUTPUTS = (
    "salaire_net",
    "cotisations_employeur",
    "cotisations_salariales",
    "allegement_general",
    "salaire_super_brut",
)


def single(system: Any, gross: float) -> float:
    """Build the situation of one person and compute the five outputs; return the seconds."""
    start = time.perf_counter()
    person = {
        "date_naissance": {"ETERNITY": "1985-01-01"},
        "salaire_de_base": {MONTH: gross},
        "effectif_entreprise": {MONTH: HEADCOUNT},
        "categorie_salarie": {MONTH: "prive_cadre"},
    }
    entities = {
        "individus": {"a": person},
        "familles": {"f": {"parents": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
    }
    simulation = SimulationBuilder().build_from_entities(system, entities)
    for output in OUTPUTS:
        simulation.calculate(output, MONTH)
    return time.perf_counter() - start


def batch(system: Any, gross: Any) -> float:
    """Compute the five outputs of many people; return the seconds."""
    start = time.perf_counter()
    size = len(gross)
    simulation = SimulationBuilder().build_default_simulation(system, size)
    simulation.set_input("date_naissance", "ETERNITY", np.full(size, "1985-01-01", dtype="datetime64[D]"))
    simulation.set_input("salaire_de_base", MONTH, gross)
    simulation.set_input("effectif_entreprise", MONTH, np.full(size, HEADCOUNT))
    for output in OUTPUTS:
        simulation.calculate(output, MONTH)
    return time.perf_counter() - start


def year(system: Any, people: int, of: int) -> float:
    """Compute the five outputs of twelve months, regularised as OpenFisca does; return the seconds."""
    rng = np.random.default_rng(7)
    grosses = [np.round(1823.03 * np.exp(rng.normal(0.35, 0.45, people)), 2) for _ in range(12)]
    start = time.perf_counter()
    simulation = SimulationBuilder().build_default_simulation(system, people)
    simulation.set_input("date_naissance", "ETERNITY", np.full(people, "1985-01-01", dtype="datetime64[D]"))
    months = [f"{of}-{number:02d}" for number in range(1, 13)]
    for month, gross in zip(months, grosses, strict=True):
        simulation.set_input("salaire_de_base", month, gross)
        simulation.set_input("effectif_entreprise", month, np.full(people, HEADCOUNT))
        simulation.set_input("allegement_general_mode_recouvrement", month, np.full(people, "progressif"))
    for month in months:
        for output in OUTPUTS:
            simulation.calculate(output, month)
    return time.perf_counter() - start


def main() -> None:
    """Warm up, say so, then answer requests until the input ends."""
    system = FranceTaxBenefitSystem()
    single(system, 2500.0)
    batch(system, np.full(100, 2500.0))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["task"] == "single":
            seconds = [single(system, gross) for gross in request["gross"]]
        elif request["task"] == "year":
            seconds = [year(system, request["people"], request["year"])]
        else:
            draw = np.random.default_rng(7).normal(0.35, 0.45, request["people"])
            gross = np.round(1823.03 * np.exp(draw), 2)
            seconds = [batch(system, gross) for _ in range(request["repeats"])]
        print(json.dumps({"seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
