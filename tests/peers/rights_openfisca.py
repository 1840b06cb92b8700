"""OpenFisca-France as a worker for rights: cases in JSON on the standard input, results in JSON on the output.

Run it with a Python that has ``openfisca-france``; nothing of it is copied here, only names of variables.
Two kinds of cases: ``partial_activity`` (gross, hours) and ``unemployment`` (gross, allowance, wage).
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from typing import Any

from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

SYSTEM = FranceTaxBenefitSystem()


def simulation(month: str, values: dict[str, Any]) -> Any:
    """Return the simulation of one person."""
    person = {name: {month: value} for name, value in values.items()}
    household = {"p": ["p"]}
    return SimulationBuilder().build_from_dict(
        SYSTEM,
        {
            "individus": {"p": person},
            "familles": {"f": {"parents": household["p"]}},
            "foyers_fiscaux": {"f": {"declarants": household["p"]}},
            "menages": {"m": {"personne_de_reference": household["p"]}},
        },
    )


def partial_activity(case: dict[str, Any]) -> dict[str, float]:
    """Return the indemnity of partial activity."""
    given = {"salaire_de_base": case["gross"], "heures_remunerees_volume": case["hours"]}
    found = simulation(case["month"], given).calculate("covid_activite_partielle_montant", case["month"])
    return {"indemnity": float(found[0])}


def unemployment(case: dict[str, Any]) -> dict[str, float]:
    """Return the days paid beside work, and what they pay."""
    month = case["month"]
    given = {
        "salaire_de_base": case["gross"],
        "activite": "actif",
        "allocation_retour_emploi_journaliere": case["allowance"],
        "are_salaire_journalier_reference": case["wage"],
        "complement_are_nombre_jours_restants": 500,
    }
    run = simulation(month, given)
    names = {
        "days": "complement_are_nombre_jours_indemnises",
        "gross": "complement_are_brut",
        "withheld": "complement_are_deductions",
        "net": "complement_are_net",
    }
    return {name: float(run.calculate(variable, month)[0]) for name, variable in names.items()}


KINDS = {"partial_activity": partial_activity, "unemployment": unemployment}
CASES = json.load(sys.stdin)
RESULTS = [KINDS[case["kind"]](case) for case in CASES]
json.dump(
    {"engine": f"openfisca-france {metadata.version('openfisca-france')}", "results": RESULTS}, sys.stdout
)
