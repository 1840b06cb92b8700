"""Invented cooperatives for the tests of associates, meetings and surpluses."""

from __future__ import annotations

import datetime as dt
import random

from cae_core import load
from cae_core.calendar import Interval
from cae_core.france.cooperative_law.surplus import EmployeeYear
from cae_core.membership import Associate, RefundTerms, SplitKey, Standing, Statutes
from cae_core.money import MILLION, Rate

RULES = load()
MEETING = dt.date(2026, 6, 12)


def law(day=MEETING):
    return RULES.rights.on(dt.date.fromisoformat(day) if isinstance(day, str) else day)


def form(code="scop_sarl"):
    return RULES.legal_form(code)


def statutes(**changes):
    """Statutes of a Scop SARL that the law allows; ``legal_form="scic_sarl"`` takes away what a Scic has not."""
    values = {
        "name": "Coopérative des Arches",
        "legal_form": "scop_sarl",
        "adopted_on": "2023-06-12",
        "share_value_cents": 20_00,
        "employees_rate": Rate.percent("45"),
        "interest_rate": Rate.percent("5.5"),
        "split": SplitKey(by_pay_ppm=MILLION),
        "refund": RefundTerms(delay_months=60, instalments=5),
        **changes,
    }
    if values["legal_form"].startswith("scic"):
        values = {**values, "employees_rate": Rate(0), "split": None, **changes}
    return Statutes(**values)


def associate(code, **changes):
    return Associate(**{"code": code, "name": f"Nom {code}", "admitted_on": "2020-06-12", **changes})


def associates(employed, outside=0, cooperatives=0, **changes):
    """So many associates: A001 … employed, X001 … from outside, C001 … cooperatives from outside."""
    kinds = (
        ("A", employed, Standing.EMPLOYED),
        ("X", outside, Standing.OUTSIDE),
        ("C", cooperatives, Standing.OUTSIDE_COOPERATIVE),
    )
    return [
        associate(f"{letter}{rank:03d}", standing=standing, **changes)
        for letter, number, standing in kinds
        for rank in range(1, number + 1)
    ]


def population(size=130, seed=1978):
    """Salaried entrepreneurs of a year, with uneven pay and dates of entry; the same ones for one seed."""
    draw = random.Random(seed)
    people = []
    for rank in range(size):
        hired = dt.date(2016, 1, 1) + dt.timedelta(days=draw.randrange(3_600))
        left = None if draw.random() < 0.9 else dt.date(2025, 1, 1) + dt.timedelta(days=draw.randrange(364))
        if left is not None and left < hired:
            left = None
        people.append(
            EmployeeYear(
                code=f"E{rank:03d}",
                name=f"Personne {rank}",
                pay_cents=draw.randrange(0, 3_500_000),
                spells=(Interval(hired, left),),
            )
        )
    return people
