"""The kernel: a record batch of facts in, a record batch of payslips out, and nothing else.

It holds names and days only, so it travels to another process, where it loads its rules once. The same rows
give the same cents however they are cut, as long as a person's year is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from cae_core.assembly import load
from cae_core.errors import UnknownNameError
from cae_core.exchange.frames.columns import COLUMNS, GROSSES, ColumnKind, columns_of_facts
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.months import UNKNOWN, MonthRows, Options, Rows, choice_of, in_order, run_months
from cae_core.exchange.frames.naming import Columns, name_columns
from cae_core.exchange.frames.people import plain_batch, plain_type
from cae_core.exchange.frames.problems import RowProblems
from cae_core.exchange.frames.reading import Cells
from cae_core.exchange.frames.streaming import (
    check_columns,
    names_of,
    names_of_variants,
    people_of,
    read_column,
    stream_of,
)
from cae_core.payroll import TOTALS, HoursPolicy

__all__ = ["PayslipKernel"]


@attrs.frozen(kw_only=True)
class PayslipKernel:
    """A pure function from a record batch of facts to a record batch of payslips; it can be pickled.

    ``kernel(batch)`` takes whole years of people, in any order. ``kernel.stream(batches)`` puts together a
    person whose rows were cut, and refuses one who comes back later.

    Attributes:
        totals: the totals wanted, among :data:`~cae_core.payroll.TOTALS`.
        keep: columns of the caller's that come back beside the results.
        year_to_date: the rows of a person in a year continue each other; otherwise each month stands alone.
        lang: the language of the problems.
        assume_unchanged: beyond the last day known, carry the law forward.
        known_on: ignore texts published after this day.
        variants: the names given to :func:`cae_core.load`, or the ruleset that it gave.
    """

    totals: tuple[str, ...] = attrs.field(default=TOTALS[1:], converter=names_of)
    keep: tuple[str, ...] = attrs.field(default=(), converter=names_of)
    year_to_date: bool = True
    lang: str = "fr"
    assume_unchanged: bool = False
    known_on: dt.date | None = None
    variants: tuple[str, ...] = attrs.field(default=("fr",), converter=names_of_variants)

    @totals.validator
    def _check_totals(self, _: object, totals: tuple[str, ...]) -> None:
        for name in totals:
            if name not in TOTALS:
                raise UnknownNameError("total", name, TOTALS)

    def columns(self, given: Any) -> Columns:
        """Recognise the columns of an Arrow schema.

        Raises:
            InputErrors: every column that is unknown, missing, given twice or of a type that cannot be used.
        """
        facts = columns_of_facts(load(*self.variants).fact_specs)
        found, problems = name_columns(
            tuple(given.names), keep=self.keep, year_to_date=self.year_to_date, facts=facts
        )
        results = [field.name for field in self._results(found)]
        return check_columns(found, problems, given, self.keep, results)

    def schema(self, given: Any) -> Any:
        """Return the Arrow schema of the results for the schema of a frame.

        Raises:
            InputErrors: see :meth:`columns`.
        """
        pa = libraries().pa
        found = self.columns(given)
        kept = [pa.field(name, plain_type(given.field(name).type)) for name in found.kept]
        return pa.schema([*kept, *self._results(found), pa.field("error", pa.string())])

    def _results(self, found: Columns) -> list[Any]:
        pa = libraries().pa
        kind = pa.int64() if found.in_cents else pa.decimal128(14, 2)
        ends = [name.removeprefix("gross_pay") for name in GROSSES] if found.wide else [""]
        cents = "_cents" if found.in_cents else ""
        return [pa.field(f"{total}{end}{cents}", kind) for end in ends for total in self.totals]

    def __call__(self, batch: Any) -> Any:
        """Return the results of a record batch, a row each in the same order.

        A row that cannot be computed has its reasons in ``error`` and no amounts; the others have theirs.
        A person's year must be whole in the batch.

        Raises:
            InputErrors: see :meth:`columns`.
        """
        pa = libraries().pa
        schema, found = self.schema(batch.schema), self.columns(batch.schema)
        batch = plain_batch(batch)
        problems = RowProblems(batch.num_rows, self.lang)
        results = self._wide(batch, found, problems) if found.wide else self._long(batch, found, problems)
        kept = [batch.column(name) for name in found.kept]
        amounts = [_amounts(values, empty, found.in_cents) for values, empty in results]
        return pa.RecordBatch.from_arrays([*kept, *amounts, problems.column()], schema=schema)

    def stream(self, batches: Iterable[Any], *, after: Any = None) -> Iterator[Any]:
        """Iterate over the results of record batches, in bounded memory.

        Where rows of a person continue each other they must be sorted by person; the months of a person may
        come in any order.

        Args:
            batches: record batches of one schema.
            after: the person who comes before the first.

        Raises:
            InputErrors: see :meth:`columns`.
            InputError: the rows are not sorted by person.
        """
        return stream_of(self, batches, after)

    def _long(self, batch: Any, found: Columns, problems: RowProblems) -> list[tuple[Any, Any]]:
        """Compute person-months: the columns of the totals, with the rows that have none."""
        np = libraries().np
        month = read_column(batch, found, "month", problems).values
        known = ~problems.bad
        cells = {
            name: read_column(batch, found, name, problems)
            for name in found.names
            if name not in ("person", "month")
        }
        people, count = people_of(batch, found, problems)
        gross = cells["gross_pay"].values
        given_facts = {name: _one_or_all(cells[name]) for name in cells if name in found.given}
        facts, days, (policy, regularisation, last, neutral) = _facts(cells, problems)
        unread = np.flatnonzero(problems.bad & (people >= 0)) if people is not None else None
        rows = Rows(
            facts=facts,
            given=given_facts,
            days=days,
            people=people,
            count=count,
            unread=(None, None)
            if unread is None
            else (people[unread], np.where(known[unread], month[unread], UNKNOWN)),
            problems=problems,
        )
        choices = choice_of(policy, regularisation, last, neutral)
        columns = {name: np.zeros(batch.num_rows, np.int64) for name in self.totals}
        months = (
            MonthRows(number, some, gross, choices, columns)
            for number, some in in_order(month, ~problems.bad)
        )
        run_months(load(*self.variants), rows, months, self._options)
        return [(columns[name], problems.bad) for name in self.totals]

    def _wide(self, batch: Any, found: Columns, problems: RowProblems) -> list[tuple[Any, Any]]:
        """Compute person-years: for each month the columns of the totals, with the rows that have none."""
        np = libraries().np
        rows_count = batch.num_rows
        cells = {name: read_column(batch, found, name, problems) for name in found.names if name != "person"}
        year = cells.pop("year").values
        grosses = [cells.pop(name, None) for name in GROSSES]
        given = [
            np.zeros(rows_count, bool)
            if each is None
            else np.ones(rows_count, bool)
            if each.missing is None
            else ~each.missing
            for each in grosses
        ]
        given_facts = {name: _one_or_all(cells[name]) for name in cells if name in found.given}
        facts, days, (policy, regularisation, last, neutral) = _facts(cells, problems)
        rows = Rows(
            facts=facts,
            given=given_facts,
            days=days,
            people=np.arange(rows_count) if self.year_to_date else None,
            count=rows_count,
            unread=(np.zeros(0, np.int64), np.zeros(0, np.int64)),
            problems=problems,
        )
        columns = [{name: np.zeros(rows_count, np.int64) for name in self.totals} for _ in GROSSES]
        later = np.zeros(rows_count, bool)
        choices: list[Any] = []
        for own in reversed(given):  # the last month is the last that is paid
            choices.insert(0, choice_of(policy, regularisation, last & ~later, neutral))
            later = later | own
        months = (
            MonthRows(number * 12 + rank, paid, each.values, choices[rank], columns[rank])
            for number, some in in_order(year, ~problems.bad)
            for rank, each in enumerate(grosses)
            if each is not None and len(paid := some[given[rank][some] & ~problems.bad[some]])
        )
        run_months(load(*self.variants), rows, months, self._options)
        return [
            (columns[rank][name], problems.bad | ~given[rank])
            for rank in range(len(GROSSES))
            for name in self.totals
        ]

    @property
    def _options(self) -> Options:
        return Options(totals=self.totals, assume_unchanged=self.assume_unchanged, known_on=self.known_on)


def _one_or_all(cells: Cells) -> Any:
    one = cells.one
    return cells.values if one is None else one


def _facts(cells: dict[str, Cells], problems: RowProblems) -> tuple[dict[str, Any], Any, tuple[Any, ...]]:
    """Return the facts that are numbers, the days employed and the four choices, one value or columns."""
    np = libraries().np
    choices = ["hours_policy", "regularisation", "last_month"]
    policy, regularisation, last = (_one_or_all(cells[name]) if name in cells else 0 for name in choices)
    facts = {
        column.fact: _one_or_all(cells[name])
        for name, column in COLUMNS.items()
        if name in cells
        and column.kind is not ColumnKind.WORD
        and name not in ("gross_pay", "last_month", "employed_days", "withholding", "contract_hours")
    }
    neutral: Any = True
    if "withholding" in cells:
        given = cells["withholding"]
        facts["withholding_ppm"] = given.values
        neutral = False if given.missing is None else given.missing
    hours = cells.get("contract_hours")
    facts["contract_hours_hundredths"] = 0 if hours is None else hours.values
    wanted = np.broadcast_to(policy == list(HoursPolicy).index(HoursPolicy.CONTRACT_HOURS), len(problems.bad))
    unknown = wanted if hours is None else wanted & (False if hours.missing is None else hours.missing)
    words = problems.words
    problems.add(
        unknown,
        f"contract_hours{words.colon}"
        + words(
            "la règle contract_hours demande les heures du mois",
            "the hours policy contract_hours needs the hours of the month",
        ),
    )
    days = cells.get("employed_days")
    found = None if days is None else (days.values, False if days.missing is None else days.missing)
    return facts, found, (policy, regularisation, last, neutral)


def _amounts(values: Any, empty: Any, in_cents: bool) -> Any:
    """Return a column of amounts, null where there is none: cents, or euros with two decimals."""
    np, pa, _ = libraries()
    cents = pa.array(values, pa.int64(), mask=empty)
    if in_cents:
        return cents
    halves = np.empty((len(values), 2), "<i8")
    halves[:, 0], halves[:, 1] = values, values >> 63
    return pa.Array.from_buffers(
        pa.decimal128(14, 2), len(values), [cents.buffers()[0], pa.py_buffer(halves)]
    )
