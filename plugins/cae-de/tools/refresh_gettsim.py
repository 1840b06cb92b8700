"""Ask GETTSIM for the contributions of many people and freeze its answers: ``nox -s gettsim``.

GETTSIM is under the AGPL, so it is installed apart, asked and never imported by the plugin nor by its tests.
What is kept are numbers: its own floats, to the sixth decimal, under the version that gave them. One call a
year answers for everybody.
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
from gettsim import InputData, MainTarget, TTTargets, main  # noqa: E402

ANSWERS = Path(__file__).parent.parent / "tests" / "gettsim.json"
BRANCHES = ("kranken", "pflege", "rente", "arbeitslosen")
EMPLOYEE, WHOLE = "beitragspflichtige_einnahmen_aus_midijob_arbeitnehmer_m", "midijob_bemessungsentgelt_m"
#: In cents: the limit of mini-jobs, the ceilings (health, pension West, pension East).
YEARS = {
    "2024-07-01": (538_00, 5_175_00, 7_550_00, 7_450_00),
    "2025-07-01": (556_00, 5_512_50, 8_050_00, 8_050_00),
    "2026-07-01": (603_00, 5_812_50, 8_450_00, 8_450_00),
}
TOP = 2_000_00
#: Age, children ever, children under 25.
PROFILES = (
    (22, 0, 0), (23, 0, 0), (24, 0, 0), (45, 0, 0), (45, 1, 1), (45, 2, 2), (45, 3, 3), (45, 4, 4),
    (45, 5, 5), (22, 1, 1), (60, 3, 0), (50, 3, 1), (50, 4, 2),
)  # fmt: skip


def people(day: str) -> list[tuple[int, int, int, int, int]]:
    """Return gross cents, age, children, those under 25, East: each edge with everybody, then a grid."""
    limit, *ceilings = YEARS[day]
    edges = {600_00, TOP, 10_000_00, limit + 1, limit + 2, limit + 100, *ceilings}
    edges |= {edge + step for edge in (TOP, *ceilings) for step in (-1, 1)}
    edges = {edge for edge in edges if edge > limit}
    found = [(gross, *profile, 0) for gross in sorted(edges) for profile in PROFILES]
    grid = [*range(limit + 37, TOP, 3_17), *range(TOP + 23, 10_000_00, 23_39)]
    found += [(gross, *PROFILES[rank % len(PROFILES)], 0) for rank, gross in enumerate(grid)]
    if day < "2025":
        found += [(gross, *PROFILES[3], 1) for gross in sorted(edges)]
    return found


def answers(day: str) -> list[list[Any]]:
    """Ask once for everybody of a year."""
    rows = people(day)
    gross, age, children, young, east = (np.array(column) for column in zip(*rows, strict=True))
    size = len(rows)
    nothing, no = np.zeros(size), np.zeros(size, dtype=bool)
    pensions = (
        "betriebliche_altersvorsorge_m", "geförderte_private_vorsorge_m", "basisrente_m",
        "sonstige_private_vorsorge_m", "aus_berufsständischen_versicherungen_m",
    )  # fmt: skip
    data = {
        "p_id": np.arange(size),
        "hh_id": np.arange(size),
        "alter": age,
        "wohnort_ost_hh": east > 0,
        "einnahmen": {"bruttolohn_m": gross / 100, "renten": dict.fromkeys(pensions, nothing)},
        "einkommensteuer": {
            "einkünfte": {
                "aus_selbstständiger_arbeit": {"betrag_m": nothing},
                "ist_hauptberuflich_selbstständig": no,
            }
        },
        "sozialversicherung": {
            "kranken": {"beitrag": {"privat_versichert": no}},
            "pflege": {"beitrag": {"anzahl_kinder_bis_24": young, "hat_kinder": children > 0}},
            "rente": {"altersrente": {"betrag_m": nothing}, "erwerbsminderung": {"betrag_m": nothing}},
        },
    }
    shares = {"betrag_versicherter_m": None, "betrag_arbeitgeber_m": None}
    wanted = {branch: {"beitrag": dict(shares)} for branch in BRANCHES}
    found = main(
        main_target=MainTarget.results.tree,
        policy_date_str=day,
        input_data=InputData.tree(data),
        tt_targets=TTTargets(tree={"sozialversicherung": {**wanted, EMPLOYEE: None, WHOLE: None}}),
    )["sozialversicherung"]
    columns = [found[branch]["beitrag"][share] for branch in BRANCHES for share in shares]
    columns += [found[EMPLOYEE], found[WHOLE]]
    return [[*row, *(round(float(column[rank]), 6) for column in columns)] for rank, row in enumerate(rows)]


def written() -> str:
    """Return the file: a row a line, so that a change shows where it is."""
    names = ["gross_cents", "age", "children", "children_under_25", "east"]
    names += [f"{branch}_{share}" for branch in BRANCHES for share in ("ee", "er")]
    names += ["zone_employee_base", "zone_whole_base"]
    years = []
    for day in YEARS:
        rows = ",\n".join(json.dumps(row) for row in answers(day))
        years.append(f'"{day}": [\n{rows}\n]')
    said = f'"gettsim": "{version("gettsim")}",\n"columns": {json.dumps(names)}'
    return f'{{\n{said},\n"days": {{\n' + ",\n".join(years) + "\n}\n}\n"


if __name__ == "__main__":
    ANSWERS.write_text(written(), "utf-8")
    print(ANSWERS, sum(len(people(day)) for day in YEARS), "people")
