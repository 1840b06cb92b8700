"""Frames drawn for the tests, and the payslips of their people one by one."""

from decimal import Decimal

import pytest
from hypothesis import strategies as st

from cae_core import HoursPolicy, Month, PayFacts, Regularisation, load
from cae_core.exchange.frames import COLUMNS
from strategies import pay_facts

pa = pytest.importorskip("pyarrow")
RULES = load()

WORDS = {"hours_policy", "regularisation"}
FLAGS = {"executive", "last_month"}


@st.composite
def person_months(draw, people=4, years=(2019, 2021, 2024, 2025)):
    """Some months of some people, each row with facts of its own, in any order: [(person, month, facts)]."""
    found = []
    for person in range(draw(st.integers(1, people))):
        year = draw(st.sampled_from(years))
        numbers = draw(st.sets(st.integers(1, 12), min_size=1, max_size=5))
        regularisation = draw(st.sampled_from(list(Regularisation)))
        for rank, number in enumerate(sorted(numbers)):
            facts = draw(pay_facts())
            last = rank == len(numbers) - 1 and draw(st.booleans())
            found.append((f"P{person}", Month(year, number), _with(facts, regularisation, last)))
    return draw(st.permutations(found))


def _with(facts, regularisation, last):
    import attrs

    return attrs.evolve(facts, regularisation=regularisation, last_month=last)


def integer_frame(rows):
    """The frame of some person-months, numbers as integers."""
    columns = {"person": [row[0] for row in rows], "month": [str(row[1]) for row in rows]}
    for column in COLUMNS.values():
        if column.name in ("person", "month", "year"):
            continue
        values = [getattr(row[2], column.fact) for row in rows]
        if column.name in WORDS:
            columns[column.name] = [value.value for value in values]
        elif column.name in FLAGS:
            columns[column.name] = values
        else:
            columns[column.integer_name or column.name] = pa.array(values, pa.int64())
    return pa.table(columns)


def in_euros(frame, kind):
    """The same frame in euros, percents and hours: as ``Decimal`` or as texts."""
    columns = {}
    by_integer_name = {column.integer_name: column for column in COLUMNS.values() if column.integer_name}
    for name in frame.column_names:
        column = by_integer_name.get(name)
        values = frame[name].to_pylist()
        if column is None:
            columns[name] = (
                frame[name] if kind is Decimal else [None if v is None else str(v) for v in values]
            )
        else:
            exact = [None if v is None else Decimal(v).scaleb(-column.decimals) for v in values]
            columns[column.name] = (
                exact if kind is Decimal else [None if v is None else str(v) for v in exact]
            )
            if kind is Decimal:
                columns[column.name] = pa.array(exact, pa.decimal128(12, column.decimals))
    return pa.table(columns)


def scalar_slips(rows, *, alone=False, rules=RULES):
    """The payslip of each row computed alone, from the months of the person before it."""
    slips = {}
    for person in dict.fromkeys(row[0] for row in rows):
        state = None
        for row in sorted((row for row in rows if row[0] == person), key=lambda row: row[1]):
            _, month, facts = row
            before = None if alone or state is None or state.year != month.year else state
            slip = rules.payslip(month, facts, year_to_date=before)
            state = slip.year_to_date
            slips[person, month] = slip
    return [slips[row[0], row[1]] for row in rows]


def federation(people=40, months=range(1, 8), year=2026):
    """A frame of a federation, sorted by person and month: several statuses, all good."""
    rows = []
    for person in range(people):
        for number in months:
            facts = PayFacts.of(
                Decimal(90000 + (person * 7919 + number * 4999) % 400_000).scaleb(-2),
                executive=person % 5 == 0,
                headcount=(8, 30, 130, 260)[person % 4],
                workplace_accident_rate="1.05",
                mobility_rate="2",
                health_cover_employee=25,
                health_cover_employer=25,
                hours_policy=HoursPolicy.FULL_TIME if person % 7 == 0 else HoursPolicy.EQUIVALENT_HOURS,
                withholding="neutral" if person % 3 else "4.3",
            )
            rows.append((f"P{person:05d}", Month(year, number), facts))
    return rows
