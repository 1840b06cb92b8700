"""Objects and strategies that the tests of the activity account share."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st

from cae_core.account import Entry, EntryKind, FeeScale, MonthActivity
from cae_core.calendar import Month
from cae_core.cooperative import Activity, Entrepreneur
from cae_core.errors import InputErrors

SCALES = Path(__file__).parent / "scales"
BAGS = Activity(code="BAGS", name="Sacs en toile")
LESSONS = Activity(code="LESSONS", name="Cours de couture", kind="training")
ALICE = Entrepreneur(code="E1", name="Alice Martin")


def scale(name: str) -> FeeScale:
    """Read one of the published scales."""
    file = SCALES / f"{name}.toml"
    return FeeScale.from_mapping(tomllib.loads(file.read_text(encoding="utf-8")), file.name)


@contextmanager
def refused(pattern: str) -> Iterator[None]:
    """Expect a refusal whose text, all problems together, matches the pattern."""
    with pytest.raises(InputErrors) as raised:
        yield
    assert re.search(pattern, str(raised.value)), str(raised.value)


def entry(day: str, kind: str, euros: int, **more: object) -> Entry:
    """Write an entry of the bags in whole euros."""
    values: dict[str, object] = {"activity": "BAGS", **more}
    return Entry(dated_on=day, kind=kind, amount_cents=euros * 100, **values)


def year(name: str, cents: list[int], *, start: str = "2026-01", **more: object) -> list[MonthActivity]:
    """Return consecutive months in which ``name`` took the values of ``cents``."""
    first = Month.parse(start)
    return [
        MonthActivity(month=first + rank, months_since_entry=rank, **{name: amount}, **more)
        for rank, amount in enumerate(cents)
    ]


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
CENTS = st.integers(1, 500_000)
FREE_KINDS = st.sampled_from(
    [
        EntryKind.EXPENSE,
        EntryKind.EXPENSE_REVERSAL,
        EntryKind.FEE,
        EntryKind.FEE_REVERSAL,
        EntryKind.PAY,
        EntryKind.PAY_REVERSAL,
        EntryKind.NET_RESULT_LEFT,
    ]
)


@st.composite
def invoice_lives(draw: st.DrawFn, number: int) -> list[Entry]:
    """Draw an invoice and what became of it: paid, credited, paid back, written off."""
    total = draw(CENTS)
    day = draw(DAYS)
    document = f"F{number}"

    def later() -> dt.date:
        return day + dt.timedelta(days=draw(st.integers(0, 40)))

    def make(kind: EntryKind, cents: int, on: dt.date) -> list[Entry]:
        if not cents:
            return []
        return [Entry(dated_on=on, kind=kind, amount_cents=cents, activity="BAGS", document=document)]

    made = make(EntryKind.INVOICE, total, day)
    cashed = draw(st.integers(0, total))
    first = draw(st.integers(0, cashed))
    day = later()
    made += make(EntryKind.CASH_IN, first, day) + make(EntryKind.CASH_IN, cashed - first, later())
    day += dt.timedelta(days=41)
    credited = draw(st.integers(0, total))
    made += make(EntryKind.CREDIT_NOTE, credited, day)
    day += dt.timedelta(days=1)
    left = total - cashed - credited
    if left < 0:
        made += make(EntryKind.CUSTOMER_REFUND, draw(st.integers(0, -left)), later())
    else:
        made += make(EntryKind.WRITE_OFF, draw(st.integers(0, left)), later())
    return made


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw the sound history of the bags, in no particular order."""
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 5))):
        made += draw(invoice_lives(number))
    for rank in range(draw(st.integers(0, 6))):
        direct = {"in_gross_margin": draw(st.booleans()), "label": f"n° {rank}"}
        made.append(
            Entry(
                dated_on=draw(DAYS),
                kind=draw(FREE_KINDS),
                amount_cents=draw(CENTS),
                activity="BAGS",
                **direct,
            )
        )
    for _ in range(draw(st.integers(0, 3))):
        day, cents = draw(DAYS), draw(CENTS)
        made.append(Entry(dated_on=day, kind="expense_advanced", amount_cents=cents, activity="BAGS"))
        refunded = draw(st.integers(0, cents))
        if refunded:
            later = day + dt.timedelta(days=draw(st.integers(0, 60)))
            made.append(Entry(dated_on=later, kind="refund", amount_cents=refunded, activity="BAGS"))
    for _ in range(draw(st.integers(0, 3))):
        seller, buyer = draw(st.sampled_from([("BAGS", "PRINT"), ("PRINT", "BAGS")]))
        sale = {"activity": seller, "other_activity": buyer}
        made.append(Entry(dated_on=draw(DAYS), kind="transfer", amount_cents=draw(CENTS), **sale))
    return draw(st.permutations(made))
