"""The pay histories of the people of a batch, read from its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.exchange.frames.columns import ColumnKind
from cae_core.exchange.frames.history_columns import PERSON_COLUMNS
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.naming import Columns
from cae_core.exchange.frames.problems import RowProblems
from cae_core.exchange.frames.reading import Cells, day_of
from cae_core.exchange.frames.streaming import people_of, read_column
from cae_core.exchange.frames.years import month_of
from cae_core.exchange.pay_history_csv import DECLARED
from cae_core.explain import problem_text
from cae_core.protection import MonthKind, PayHistory, PayMonth, Person

__all__ = ["Told", "read_histories"]

_KINDS = tuple(MonthKind)


@attrs.frozen(kw_only=True)
class Told:
    """What the rows of a person tell.

    Attributes:
        rows: for each column that is kept, the row that has its value, if one has.
        on: the day of the event, where it is known.
        history: the months paid.
        person: what does not change.
        error: everything that is wrong; then nothing else is to be used.
    """

    rows: Mapping[str, int | None]
    on: dt.date | None = None
    history: PayHistory = attrs.field(factory=PayHistory)
    person: Person = attrs.field(factory=Person)
    error: str = ""


def read_histories(batch: Any, found: Columns, on: dt.date | None, problems: RowProblems) -> Iterator[Told]:
    """Iterate over the people of a batch that holds whole people, in the order of the first row of each.

    A row that names nobody stands alone, with its error.

    Args:
        batch: a plain record batch.
        found: its columns.
        on: the day of the event of everybody; ``None`` where each has her own.
        problems: receives what is wrong with the rows.
    """
    np = libraries().np
    months = read_column(batch, found, "month", problems).values
    known = ~problems.bad
    people, count = people_of(batch, found, problems)
    cells = {
        name: _listed(read_column(batch, found, name, problems))
        for name in found.names
        if name not in ("person", "month") and found.column(name).kind is not ColumnKind.TEXT
    }
    if "hours_policy" in found.names:
        cells["hours_policy"] = batch.column(found.names["hours_policy"]).to_pylist()
    kept = {name: batch.column(name).to_pylist() for name in found.kept if name != "person"}
    reader = _Reader(found, cells, kept, months.tolist(), known.tolist(), on, problems)
    # One after the other, each with her rows in their order: those of nobody come first, one by one.
    order = np.argsort(people, kind="stable")
    starts = np.searchsorted(people[order], np.arange(count + 1)).tolist()
    nobody = [[row] for row in order[: starts[0]].tolist()]
    everybody = [order[start:end].tolist() for start, end in pairwise(starts)]
    for rows in sorted([*nobody, *everybody]):
        yield reader.told(rows)


def _listed(cells: Cells) -> list[Any]:
    """Return a column as Python integers, ``None`` where a cell is empty."""
    values: list[Any] = cells.values.tolist()
    if cells.missing is None:
        return values
    return [None if empty else value for value, empty in zip(values, cells.missing.tolist(), strict=True)]


@attrs.frozen(eq=False)
class _Reader:
    """The columns of a batch as Python values, from which people are read one by one."""

    found: Columns
    cells: Mapping[str, list[Any]]
    kept: Mapping[str, list[Any]]
    months: Sequence[int]
    known: Sequence[bool]
    on: dt.date | None
    problems: RowProblems

    def told(self, rows: Sequence[int]) -> Told:
        """Return what some rows, all those of a person, tell of her."""
        wrong = [said for row in rows for said in self._wrong(row)]
        one = {name: self._one(name, column, rows, wrong) for name, column in self.kept.items()}
        columns = {"person": rows[0], **{name: row for name, (_, row) in one.items()}}
        good = [row for row in rows if not self.problems.bad[row]]
        facts = {
            name: self._one(self.found.names[name], self.cells[name], good, wrong)[0]
            for name in PERSON_COLUMNS
            if name in self.cells
        }
        on = self.on
        days = {
            name: None if value is None else day_of(value)
            for name, value in facts.items()
            if name != "children"
        }
        if on is None:
            on = days.pop("on", None)
            if on is None and not wrong:
                wrong.append(self._said("on", self.problems.words("manque", "is missing")))
        months = () if wrong else tuple(self._months(rows, wrong))
        if wrong:
            return Told(rows=columns, on=on, error=self.problems.joined(dict.fromkeys(wrong)))
        person = Person(children=facts.get("children"), **days)
        return Told(rows=columns, on=on, history=PayHistory(months), person=person)

    def _said(self, name: str, text: str) -> str:
        return f"{name}{self.problems.words.colon}{text}"

    def _wrong(self, row: int) -> Iterator[str]:
        """Iterate over what is wrong with a row, with its month where it is known."""
        month = f"{month_of(self.months[row])}, " if self.known[row] else ""
        for said in self.problems.of(row):
            yield f"{month}{said}"

    def _one(
        self, name: str, column: Sequence[Any], rows: Sequence[int], wrong: list[str]
    ) -> tuple[Any, int | None]:
        """Return the one value of a person, and the row that has it; two values are a problem."""
        values: list[Any] = []
        where: int | None = None
        for row in rows:
            value = column[row]
            if value is not None and value not in values:
                values.append(value)
                where = row if where is None else where
        if len(values) > 1:
            several, words = ", ".join(self._shown(name, value) for value in values), self.problems.words
            wrong.append(
                self._said(
                    name,
                    words(
                        f"une seule valeur par personne ; reçu : {several}",
                        f"expected one value a person, got {several}",
                    ),
                )
            )
        return (None if where is None else values[0]), where

    def _shown(self, name: str, value: Any) -> str:
        kind = self.found.known[name].kind if name in self.found.known and name in self.cells else None
        return str(day_of(value)) if kind is ColumnKind.DAY else str(value)

    def _months(self, rows: Sequence[int], wrong: list[str]) -> Iterator[PayMonth]:
        """Iterate over the months of a person; what no month can be is a problem."""
        seen: set[int] = set()
        for row in rows:
            number = self.months[row]
            if number in seen:
                month = month_of(number)
                said = self.problems.words(
                    f"{month} est donné deux fois pour cette personne",
                    f"{month} is given twice for this person",
                )
                wrong.append(self._said("month", said))
                continue
            seen.add(number)
            try:
                yield self._month(row)
            except InputError as error:
                wrong.append(problem_text(error, self.problems.words.lang))

    def _month(self, row: int) -> PayMonth:
        def cell(name: str) -> Any:
            column = self.cells.get(name)
            return None if column is None else column[row]

        hours, policy = cell("hours"), cell("hours_policy")
        return PayMonth(
            month=month_of(self.months[row]),
            gross_pay_cents=self.cells["gross_pay"][row],
            hours_hundredths=hours,
            hours_policy=policy or ("" if hours is None else DECLARED),
            employed_days=cell("employed_days"),
            kind=_KINDS[cell("kind") or 0],
        )
