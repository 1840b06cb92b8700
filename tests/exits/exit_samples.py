"""Seniorities, pay and published examples for the tests of endings."""

import datetime as dt
import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from cae_core import Month, load
from cae_core.france.exits import Absence, PayMonth, Seniority, reference_pay
from cae_core.france.law_on import LawOn

RULES = load()
CASE = Path(__file__).parents[2] / "examples" / "atelier" / "case.toml"
LAW = RULES.rights
EXAMPLES = {
    each["id"]: each
    for each in json.loads(
        (Path(__file__).parent / "official_examples.json").read_text("utf-8"), parse_float=Decimal
    )
}


def day(text):
    return dt.date.fromisoformat(text)


def law_on(text="2025-09-01", *, assume_unchanged=False):
    return LawOn(LAW, day(text), assume_unchanged)


def years_of(value):
    """Return a number of years written as a number or as a fraction."""
    return Fraction(str(value))


def served(years):
    """Return the seniority of a number of years, whole or not: what is not a whole month is an absence."""
    months = years_of(years) * 12
    whole = math.ceil(months)
    absence = Absence(kind="sickness", months=whole - months)
    return Seniority(
        starts_on=day("1970-01-01"),
        on=day("2025-09-01"),
        whole_months=whole,
        removed=((absence, absence.months),),
    )


def paid(*euros, annual=None, last="2025-08"):
    """Return months of pay that end with ``last``; ``annual`` gives annual sums by rank."""
    months = [Month.parse(last) + (rank + 1 - len(euros)) for rank in range(len(euros))]
    return [
        PayMonth(
            month=month,
            gross_cents=int(Decimal(str(gross)) * 100),
            annual_cents=int(Decimal(str((annual or {}).get(rank, 0))) * 100),
        )
        for rank, (month, gross) in enumerate(zip(months, euros, strict=True))
    ]


def reference(euros, law=None):
    """Return the reference pay of twelve equal months."""
    return reference_pay(law or law_on(), paid(*[euros] * 12))


def cents(euros):
    return int(Decimal(str(euros)) * 100)
