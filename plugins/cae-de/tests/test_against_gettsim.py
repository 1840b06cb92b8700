"""Frozen answers of GETTSIM (``tools/refresh_gettsim.py``), thousands of people, and what rounding makes of them.

GETTSIM rounds nothing but the factor of the sliding zone and the limit of mini-jobs. The law rounds: every half
to the cent (BVV § 1 Abs. 2 and § 2), the two bases of the sliding zone (SGB IV § 20 Abs. 2a, SGB VI § 123), the
top-up of the health fund apart from the rest. So:

* outside the zone, each amount of a line is GETTSIM's, half up;
* in the zone, each base is GETTSIM's, half up, and the amounts are those bases by the published halves,
  rounded where the law rounds; how far that is from GETTSIM's own unrounded amounts is counted.
"""

import json
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import cae_core
import cae_de as subject
from cae_core import PayFacts

RULES = cae_core.assemble({"de": subject})
FROZEN = json.loads((Path(__file__).parent / "gettsim.json").read_text("utf-8"), parse_float=Decimal)
COLUMNS = FROZEN["columns"]
#: Published halves, in percent: health, average top-up, care, pension, unemployment.
HALVES = {
    "2024-07-01": ("7.3", "0.85", "1.7", "9.3", "1.3"),
    "2025-07-01": ("7.3", "1.25", "1.8", "9.3", "1.3"),
    "2026-07-01": ("7.3", "1.45", "1.8", "9.3", "1.3"),
}
TOP = 2_000_00


def cents(euros):
    return int((Decimal(euros) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def part(euros, share, of):
    """A share of an amount to the cent: the top-up of a contribution for health, say."""
    exact = Fraction(euros) * 100 * Fraction(share) / Fraction(of)
    return int(exact + Fraction(1, 2))


def half_up(base_cents, percent):
    return int(base_cents * Fraction(percent) / 100 + Fraction(1, 2))


def computed(day, row):
    person = PayFacts(
        gross_pay_cents=row["gross_cents"],
        given={
            "de_place": row["east"],
            "de_age": row["age"],
            "de_children": row["children"],
            "de_children_under_25": row["children_under_25"],
            "de_top_up_half_ppm": int(Decimal(HALVES[day][1]) * 10_000),
        },
    )
    found = RULES.payslip(day[:7], person)
    return {code: found.line(code) for code in (
        "health", "health_top_up", "care", "care_childless", "care_supplement", "pension", "unemployment")}  # fmt: skip


def rows(day, *, in_zone):
    for row in FROZEN["days"][day]:
        named = dict(zip(COLUMNS, row, strict=True))
        if (named["gross_cents"] <= TOP) is in_zone:
            yield named


def test_there_are_thousands():
    assert FROZEN["gettsim"] == "1.3.1"
    assert sum(len(each) for each in FROZEN["days"].values()) > 2_900
    said = [dict(zip(COLUMNS, row, strict=True)) for each in FROZEN["days"].values() for row in each]
    assert {row["children_under_25"] for row in said} == {0, 1, 2, 3, 4, 5}
    assert {22, 23, 24} < {row["age"] for row in said}
    assert {row["east"] for row in said} == {0, 1}


@pytest.mark.parametrize("day", HALVES)
def test_above_the_zone(day):
    health, top_up, *_ = HALVES[day]
    whole = Fraction(health) + Fraction(top_up)
    for row in rows(day, in_zone=False):
        line = computed(day, row)
        for share in ("employee_cents", "employer_cents"):
            side = "ee" if share == "employee_cents" else "er"
            assert getattr(line["pension"], share) == cents(row[f"rente_{side}"]), row
            assert getattr(line["unemployment"], share) == cents(row[f"arbeitslosen_{side}"]), row
            care = sum(getattr(line[code], share) for code in ("care", "care_childless", "care_supplement"))
            assert care == cents(row[f"pflege_{side}"]), row
            # One figure there, two lines here: each is its part of the figure, to the cent.
            assert getattr(line["health"], share) == part(row[f"kranken_{side}"], health, whole), row
            assert getattr(line["health_top_up"], share) == part(row[f"kranken_{side}"], top_up, whole), row


@pytest.mark.parametrize("day", HALVES)
def test_in_the_zone(day):
    health, top_up, care, pension, unemployment = HALVES[day]
    for row in rows(day, in_zone=True):
        line = computed(day, row)
        employee, whole = cents(row["zone_employee_base"]), cents(row["zone_whole_base"])
        assert (line["pension"].base_cents, line["pension"].whole_base_cents) == (employee, whole), row
        lowered = Fraction(25, 100) * min(max(row["children_under_25"] - 1, 0), 4)
        for code, half, own in (
            ("health", health, health), ("health_top_up", top_up, top_up),
            ("care", care, Fraction(care) - lowered), ("pension", pension, pension),
            ("unemployment", unemployment, unemployment),
        ):  # fmt: skip
            assert line[code].employee_cents == half_up(employee, own), (code, row)
            assert line[code].employer_cents == 2 * half_up(whole, half) - half_up(employee, half), (
                code,
                row,
            )
        childless = row["children"] == 0 and row["age"] >= 23
        assert line["care_supplement"].employee_cents == (half_up(whole, "0.6") if childless else 0), row


@pytest.mark.parametrize(
    ("day", "by_cents"),
    [
        ("2024-07-01", {0: 3_201, 1: 1_116, 2: 49, 3: 2}),
        ("2025-07-01", {0: 3_056, 1: 1_155, 2: 61}),
        ("2026-07-01", {0: 2_870, 1: 1_135, 2: 42, 3: 1}),
    ],
)  # fmt: skip
def test_what_rounding_moves_in_the_zone(day, by_cents):
    """How many amounts of a branch are so many cents from GETTSIM's, half up: counted once, to see it move.

    A doubled half may be a cent from the whole, and the employee's part half a cent from hers; health is two
    lines, so twice that.
    """
    found = Counter()
    for row in rows(day, in_zone=True):
        line = computed(day, row)
        for branch, codes in (
            ("kranken", ("health", "health_top_up")), ("rente", ("pension",)),
            ("pflege", ("care", "care_childless", "care_supplement")), ("arbeitslosen", ("unemployment",)),
        ):  # fmt: skip
            for side, share in (("ee", "employee_cents"), ("er", "employer_cents")):
                ours = sum(getattr(line[code], share) for code in codes)
                away = abs(ours - cents(row[f"{branch}_{side}"]))
                assert away <= {"ee": 1, "er": 3 if branch == "kranken" else 2}[side], (branch, side, row)
                found[away] += 1
    assert found == by_cents
