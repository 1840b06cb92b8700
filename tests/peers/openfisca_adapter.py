"""OpenFisca-France as a worker: cases in JSON on the standard input, payslips in JSON on the output.

Run it with a Python that has ``openfisca-france``; nothing of it is copied here, only names of variables.
All the cases of one month make one simulation. Amounts are the engine's own, unrounded, positive where
paid by that side.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib import metadata
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

#: line → (variables of the employee share, variables of the employer share), added up.
LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "health": ((), ("mmid_employeur_net_allegement",)),
    "health_cover": (("complementaire_sante_salarie",), ("complementaire_sante_employeur",)),
    "provident_executive": ((), ("prevoyance_obligatoire_cadre",)),
    "workplace_accident": ((), ("accident_du_travail",)),
    "old_age_capped": (("vieillesse_plafonnee_salarie",), ("vieillesse_plafonnee_employeur",)),
    "old_age_uncapped": (("vieillesse_deplafonnee_salarie",), ("vieillesse_deplafonnee_employeur",)),
    "agirc_arrco": (("agirc_arrco_salarie",), ("agirc_arrco_employeur",)),
    "ceg": (("contribution_equilibre_general_salarie",), ("contribution_equilibre_general_employeur",)),
    "cet": (("contribution_equilibre_technique_salarie",), ("contribution_equilibre_technique_employeur",)),
    "family": ((), ("famille_net_allegement",)),
    "unemployment": (("chomage_salarie",), ("chomage_employeur",)),
    "ags": ((), ("ags",)),
    "apec": (("apec_salarie",), ("apec_employeur",)),
    "solidarity_autonomy": ((), ("contribution_solidarite_autonomie",)),
    "fnal": ((), ("fnal",)),
    "mobility": ((), ("versement_transport",)),
    "social_dialogue": ((), ("financement_organisations_syndicales",)),
    "training": ((), ("contribution_formation_professionnelle",)),
    "apprenticeship": ((), ("taxe_apprentissage", "contribution_supplementaire_apprentissage")),
    "construction": ((), ("participation_effort_construction",)),
    "forfait_social": ((), ("forfait_social",)),
    "csg_deductible": (("csg_deductible_salaire",), ()),
    "csg_crds_non_deductible": (("csg_imposable_salaire", "crds_salaire"), ()),
    "payroll_tax": ((), ("taxe_salaires",)),
}
#: total → (sign, variable)
TOTALS = {
    "employer_contributions": (-1, "cotisations_employeur"),
    "reductions": (1, "allegement_general"),
    "employer_cost": (1, "salaire_super_brut"),
    "net_before_tax": (1, "salaire_net_a_payer"),
    "taxable_net": (1, "salaire_imposable"),
}
#: The engine takes a mobility rate as the rate due, so the threshold of eleven people is applied for it.
MOBILITY_HEADCOUNT = 11
#: The modes that take a month alone: no recovery of earlier months.
MODES = {
    "cotisation_sociale_mode_recouvrement": "mensuel_strict",
    "allegement_general_mode_recouvrement": "progressif",
    "allegement_cotisation_maladie_mode_recouvrement": "progressif",
    "allegement_cotisation_allocations_familiales_mode_recouvrement": "progressif",
}


def payslips(system: Any, month: str, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the payslips of one month."""
    size = len(cases)
    simulation = SimulationBuilder().build_default_simulation(system, size)

    def column(name: str) -> Any:
        return np.array([case[name] for case in cases], dtype=np.float32)

    def choose(variable: str, names: list[str]) -> None:
        values = system.get_variable(variable).possible_values.encode(np.array(names))
        simulation.set_input(variable, month, values)

    employee, employer = column("cover_employee"), column("cover_employer")
    simulation.set_input("salaire_de_base", month, column("gross"))
    headcounts = np.array([case["headcount"] for case in cases], dtype=np.int32)
    simulation.set_input("effectif_entreprise", month, headcounts)
    choose("categorie_salarie", ["prive_cadre" if case["executive"] else "prive_non_cadre" for case in cases])
    choose(
        "contrat_de_travail", ["temps_plein" if case["hours"] is None else "temps_partiel" for case in cases]
    )
    hours = np.array([case["hours"] or 0 for case in cases], dtype=np.float32)
    simulation.set_input("heures_remunerees_volume", month, hours)
    simulation.set_input("taux_accident_travail", month, column("accident_rate"))
    mobility = np.where(headcounts >= MOBILITY_HEADCOUNT, column("mobility_rate"), 0).astype(np.float32)
    simulation.set_input("taux_versement_transport", month, mobility)
    simulation.set_input("complementaire_sante_montant", month, employee + employer)
    simulation.set_input("complementaire_sante_part_employeur", month, employer / (employee + employer))
    simulation.set_input(
        "prevoyance_obligatoire_cadre_taux_employeur", month, np.full(size, 0.015, dtype=np.float32)
    )
    for variable, mode in MODES.items():
        choose(variable, [mode] * size)

    def read(variable: str) -> Any:
        return simulation.calculate(variable, month).astype(float)

    def total(variables: tuple[str, ...]) -> Any:
        # Contributions are negative in the engine; a line it does not owe must not come out as −0.
        return sum((-read(variable) for variable in variables), np.zeros(size))

    lines = {line: (total(left), total(right)) for line, (left, right) in LINES.items()}
    lines["general_reduction"] = (np.zeros(size), -read("allegement_general"))
    totals = {name: sign * read(variable) for name, (sign, variable) in TOTALS.items()}
    return [
        {
            "lines": {line: [left[i], right[i]] for line, (left, right) in lines.items()},
            "totals": {name: amounts[i] for name, amounts in totals.items()},
        }
        for i in range(size)
    ]


def main() -> None:
    """Answer the cases of the standard input, in their order."""
    cases = json.load(sys.stdin)
    system = FranceTaxBenefitSystem()
    by_month: dict[str, list[int]] = defaultdict(list)
    for position, case in enumerate(cases):
        by_month[case["month"]].append(position)
    results: list[Any] = [None] * len(cases)
    for month, positions in sorted(by_month.items()):
        for position, result in zip(
            positions, payslips(system, month, [cases[p] for p in positions]), strict=True
        ):
            results[position] = result
    json.dump(
        {"engine": f"openfisca-france {metadata.version('openfisca-france')}", "results": results}, sys.stdout
    )


if __name__ == "__main__":
    main()
