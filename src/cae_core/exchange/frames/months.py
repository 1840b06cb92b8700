"""The payslips of a batch, month after month: the same engine, on the rows that are in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import attrs

from cae_core.errors import InputError, LawNotKnownError
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.problems import RowProblems
from cae_core.exchange.frames.years import YearStates, month_of
from cae_core.explain import problem_text
from cae_core.payroll import HoursPolicy, PayFacts, Regularisation
from cae_core.payroll.month_law import MonthLaw
from cae_core.ruleset import Ruleset

__all__ = ["UNKNOWN", "MonthRows", "Options", "Rows", "choice_of", "in_order", "run_months"]

_POLICIES, _REGULARISATIONS = tuple(HoursPolicy), tuple(Regularisation)
#: A number of months that no month has: nobody failed yet.
_NEVER = 2**31 - 1
#: The month of a row could not be read, so that no month of the person is surely after it.
UNKNOWN = -1


@attrs.frozen(kw_only=True)
class Options:
    """What the computation of a frame may choose, beside its rows."""

    totals: tuple[str, ...]
    assume_unchanged: bool = False
    known_on: dt.date | None = None


@attrs.frozen(eq=False, kw_only=True)
class Rows:
    """The rows of a batch, read.

    Attributes:
        facts: the facts that are one number, a column or one value for all.
        given: the facts of plugins, likewise.
        days: the calendar days employed and where they are not given, if any is.
        people: the position of the person of each row, or ``None`` where each month stands alone.
        count: how many people there are.
        unread: the people and the months of the rows that could not be read; a month may be unknown (−1).
    """

    facts: Mapping[str, Any]
    given: Mapping[str, Any]
    days: tuple[Any, Any] | None
    people: Any
    count: int
    unread: tuple[Any, Any]
    problems: RowProblems


@attrs.frozen(eq=False)
class MonthRows:
    """The rows of one month: which, what they earn, where their results go.

    Attributes:
        choices: for each row the policy, the regularisation, whether it is the last month and whether the
            rate of income tax is the neutral one, as one number; or one number for all.
    """

    month: int
    rows: Any
    gross: Any
    choices: Any
    columns: Mapping[str, Any]


@attrs.frozen(eq=False)
class _Year:
    """A year of the people of a batch: their states, and the first month of each that failed."""

    states: YearStates
    failed: Any

    @classmethod
    def of(cls, rows: Rows, year: int) -> _Year:
        np = libraries().np
        failed = np.full(rows.count, _NEVER, np.int64)
        people, months = rows.unread
        own = (months == UNKNOWN) | (months // 12 == year)
        np.minimum.at(failed, people[own], months[own])
        return cls(YearStates(year, rows.count), failed)


def run_months(rules: Ruleset, rows: Rows, months: Iterator[MonthRows], options: Options) -> None:
    """Compute months in their order and write the totals asked for into their columns."""
    year: _Year | None = None
    for each in months:
        month = month_of(each.month)
        if rows.people is not None and (year is None or year.states.year != month.year):
            year = _Year.of(rows, month.year)
        try:
            law = rules.month_law(month, assume_unchanged=options.assume_unchanged, known_on=options.known_on)
        except LawNotKnownError as error:
            _fail(rows, each, year, each.rows, problem_text(error, rows.problems.words.lang))
            continue
        at = each.rows if year is None else _each_once(rows, each, year)
        for choice, some in _by_choice(each.choices, at):
            _run_some(rules, law, rows, attrs.evolve(each, rows=some), choice, year, options)


def _fail(rows: Rows, each: MonthRows, year: _Year | None, where: Any, text: str) -> None:
    """Say why rows cannot be computed, and stop the year of their people there."""
    rows.problems.add(where, text)
    if year is not None and len(where):
        libraries().np.minimum.at(year.failed, rows.people[where], each.month)


def _each_once(rows: Rows, each: MonthRows, year: _Year) -> Any:
    """Leave out the people who have two rows for the month: nobody knows which one is right."""
    np = libraries().np
    people = rows.people[each.rows]
    twice = np.bincount(people, minlength=rows.count)[people] > 1
    if not twice.any():
        return each.rows
    words, month = rows.problems.words, month_of(each.month)
    said = words(
        f"{month} est donné deux fois pour cette personne", f"{month} is given twice for this person"
    )
    _fail(rows, each, year, each.rows[twice], f"month{words.colon}{said}")
    return each.rows[~twice]


def _by_choice(choices: Any, rows: Any) -> Iterator[tuple[int, Any]]:
    if isinstance(choices, int):
        yield choices, rows
        return
    np = libraries().np
    own = choices[rows]
    for choice in np.unique(own).tolist():
        some = rows[own == choice]
        yield choice, some


def choice_of(policy: Any, regularisation: Any, last: Any, neutral: Any) -> Any:
    """Return four choices as one number."""
    return ((policy * len(_REGULARISATIONS) + regularisation) * 2 + last) * 2 + neutral


def _run_some(
    rules: Ruleset, law: MonthLaw, rows: Rows, each: MonthRows, choice: int, year: _Year | None,
    options: Options,
) -> None:  # fmt: skip
    """Compute people of one month who made the same choices."""
    at = each.rows
    if not len(at):
        return
    facts = _facts(law, rows, each, choice)
    good = _allowed(law, facts, rows, each, year)
    if year is not None:
        good = _not_stopped(rows, each, year, good)
    if good is not None:
        at, facts = at[good], facts.take(good)
        if not len(at):
            return
    people = None if year is None else rows.people[at]
    batch = rules.payslips(
        law.month, facts, year_to_date=None if year is None else year.states.before(people),
        state=year is not None, totals=options.totals,
        assume_unchanged=options.assume_unchanged, known_on=options.known_on,
    )  # fmt: skip
    if year is not None:
        year.states.after(people, batch.year_to_date)
    whole = len(at) == len(each.gross)
    for name in options.totals:
        each.columns[name][slice(None) if whole else at] = batch[name]


def _facts(law: MonthLaw, rows: Rows, each: MonthRows, choice: int) -> PayFacts:
    np = libraries().np
    at, whole = each.rows, len(each.rows) == len(each.gross)

    def own(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: value if not hasattr(value, "dtype") or whole else value[at]
            for name, value in columns.items()
        }

    facts = own(rows.facts)
    if rows.days is not None:
        # A whole month has all its days: the same cents as when nothing is said.
        days, missing = rows.days
        facts["employed_days"] = np.where(missing, law.month.days, days)[at]
    choice, neutral = divmod(choice, 2)
    choice, last = divmod(choice, 2)
    policy, regularisation = divmod(choice, len(_REGULARISATIONS))
    if neutral:
        facts["withholding_ppm"] = None
    return PayFacts(
        gross_pay_cents=each.gross if whole else each.gross[at],
        hours_policy=_POLICIES[policy],
        regularisation=_REGULARISATIONS[regularisation],
        last_month=bool(last),
        given=own(rows.given),
        **facts,
    )


def _allowed(law: MonthLaw, facts: PayFacts, rows: Rows, each: MonthRows, year: _Year | None) -> Any:
    """Return which rows the law allows, or ``None`` where it allows all of them."""
    np = libraries().np
    good = None
    for check in law.fact_checks:
        violated = np.broadcast_to(np.asarray(check.violated(facts, law.values)), len(each.rows))
        if violated.any():
            error = InputError(check.code, f"in {law.month}, {check.message} ({check.citation})")
            _fail(rows, each, year, each.rows[violated], problem_text(error, rows.problems.words.lang))
            good = ~violated if good is None else good & ~violated
    return good


def _not_stopped(rows: Rows, each: MonthRows, year: _Year, good: Any) -> Any:
    """Leave out the people whose year an earlier month has stopped."""
    first = year.failed[rows.people[each.rows]]
    stopped = first < each.month
    if not stopped.any():
        return good
    words = rows.problems.words

    def said(row: int) -> str:
        month = int(year.failed[rows.people[row]])
        if month == UNKNOWN:
            return words(
                "year_to_date : le mois d'une ligne de cette personne n'a pas pu être lu",
                "year_to_date: the month of a row of this person could not be read",
            )
        name = month_of(month)
        return words(
            f"year_to_date : le mois {name} de cette personne n'a pas pu être calculé",
            f"year_to_date: the month {name} of this person could not be computed",
        )

    rows.problems.add(each.rows[stopped], said)
    return ~stopped if good is None else good & ~stopped


def in_order(months: Any, good: Any) -> Iterator[tuple[int, Any]]:
    """Iterate over the months of rows, from the earliest, with their rows; bad rows left out."""
    np = libraries().np
    rows = np.flatnonzero(good)
    if not len(rows):
        return
    own = months[rows]
    first, last = int(own.min()), int(own.max())
    if first == last:
        yield first, rows
        return
    if last - first < 2**16:
        own = (own - first).astype(np.uint16)  # sorted by counting
    order = np.argsort(own, kind="stable")
    rows, own = rows[order], months[rows[order]]
    starts = [0, *(np.flatnonzero(own[1:] != own[:-1]) + 1).tolist(), len(rows)]
    for start, end in pairwise(starts):
        yield int(own[start]), rows[start:end]
