"""What everybody in a data frame of pay is covered for on a day: a row a person and right.

The rules look at one person at a time, some milliseconds for all her rights, where payslips are computed by
columns. What is read and written is columns all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from cae_core.assembly import load
from cae_core.calendar import to_day
from cae_core.errors import CaeCoreError, InputError, UnknownNameError
from cae_core.exchange.frames.histories import Told, read_histories
from cae_core.exchange.frames.history_columns import HISTORY_COLUMNS
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.naming import Columns, recognise
from cae_core.exchange.frames.people import plain_batch, plain_type
from cae_core.exchange.frames.problems import RowProblems
from cae_core.exchange.frames.streaming import (
    check_columns,
    compute_frame,
    names_of,
    names_of_variants,
    stream_of,
)
from cae_core.explain import Words, problem_text
from cae_core.protection import Entitlement, Finding, Person
from cae_core.ruleset import Ruleset

__all__ = ["FINDING_COLUMNS", "FindingsKernel", "frame_findings"]

#: The columns of the results behind ``person`` and those that are kept.
FINDING_COLUMNS = (
    "on",
    "right",
    "granted",
    "amount_code",
    "amount",
    "unit",
    "per",
    "unmet",
    "why",
    "missing_facts",
    "needs_review",
    "assumed",
    "error",
)


def _day(value: object) -> dt.date | None:
    return None if value is None else to_day(value, "on")


@attrs.frozen(kw_only=True)
class FindingsKernel:
    """A pure function from a record batch of pay histories to a record batch of rights; it can be pickled.

    ``kernel(batch)`` takes whole people, in any order. ``kernel.stream(batches)`` puts together a person
    whose rows were cut, and refuses one who comes back later.

    Each person has a row a right, in the order of the first row of each and of the rights of the rules:

    * ``on``, ``right``: the day of the event, the code of the right;
    * ``granted``: whether it is due; empty where a fact that nobody gave decides;
    * ``amount_code``, ``amount``, ``unit``, ``per``: its first figure, a whole number in its unit, unless it
      is refused;
    * ``unmet``, ``why``: the first condition that is not met, its code and its sentence, unless it is due;
    * ``missing_facts``: the facts that nobody gave and that would decide or sharpen the answer;
    * ``needs_review``, ``assumed``: a text was not read yet; the law was carried forward;
    * ``error``: why there is no answer.

    A person with a bad row has no answer, since the month would be missing from every sum: she has one row,
    without a right, with all that is wrong. A row that names nobody has a row of its own.

    Attributes:
        rights: the codes wanted; by default every right that exists on the day.
        on: the day of the event, for everybody; without it the frame has a column ``on``.
        keep: columns of the caller's that come back; each has one value a person.
        facts: frozen records that the rules look at, the same for everybody (see ``entitlement.facts``).
        lang: the language of the sentences.
        assume_unchanged: beyond the last day known, carry the law forward.
        variants: the names given to :func:`cae_core.load`, or the ruleset that it gave.
    """

    rights: tuple[str, ...] = attrs.field(default=(), converter=names_of)
    on: dt.date | None = attrs.field(default=None, converter=_day)
    keep: tuple[str, ...] = attrs.field(default=(), converter=names_of)
    facts: tuple[object, ...] = attrs.field(default=(), converter=tuple)
    lang: str = "fr"
    assume_unchanged: bool = False
    variants: tuple[str, ...] = attrs.field(default=("fr",), converter=names_of_variants)

    def __attrs_post_init__(self) -> None:
        rights = load(*self.variants).entitlements
        for code in self.rights:
            if code not in rights:
                raise UnknownNameError("entitlement", code, sorted(rights))
        kinds = [type(fact) for fact in self.facts]
        looked_at = {kind for code in self.rights or rights for kind in rights[code].facts} - {Person}
        for kind in kinds:
            if kinds.count(kind) > 1:
                raise InputError("facts", f"{kind.__name__} is given twice")
            if not issubclass(kind, tuple(looked_at)):
                wanted = ", ".join(sorted(each.__name__ for each in looked_at)) or "no fact"
                raise InputError("facts", f"the rights look at {wanted}, got {kind.__name__}")

    def columns(self, given: Any) -> Columns:
        """Recognise the columns of an Arrow schema.

        Raises:
            InputErrors: every column that is unknown, missing, given twice or of a type that cannot be used.
        """
        known = dict(HISTORY_COLUMNS)
        known["on"] = attrs.evolve(known["on"], needed=True)
        if self.on is not None:
            del known["on"]
        names, problems = recognise(tuple(given.names), known.values(), keep=self.keep)
        found = Columns(
            known=HISTORY_COLUMNS, wide=False, names=names, by_person=True,
            kept=tuple(name for name in given.names if name in ("person", *self.keep)),
            in_cents=names.get("gross_pay", "").endswith("_cents"),
        )  # fmt: skip
        return check_columns(found, problems, given, self.keep, FINDING_COLUMNS)

    def schema(self, given: Any) -> Any:
        """Return the Arrow schema of the results for the schema of a frame.

        Raises:
            InputErrors: see :meth:`columns`.
        """
        pa = libraries().pa
        kinds = {"on": pa.date32(), "amount": pa.int64()}
        kinds |= dict.fromkeys(("granted", "needs_review", "assumed"), pa.bool_())
        kept = [pa.field(name, plain_type(given.field(name).type)) for name in self.columns(given).kept]
        return pa.schema([*kept, *(pa.field(name, kinds.get(name, pa.string())) for name in FINDING_COLUMNS)])

    def __call__(self, batch: Any) -> Any:
        """Return the rights of the people of a record batch, who are whole in it.

        Raises:
            InputErrors: see :meth:`columns`.
        """
        pa = libraries().pa
        schema, found = self.schema(batch.schema), self.columns(batch.schema)
        batch = plain_batch(batch)
        problems = RowProblems(batch.num_rows, self.lang)
        answers = _Answers(self, found)
        for told in read_histories(batch, found, self.on, problems):
            answers.add(told)
        kept = [batch.column(name).take(pa.array(rows, pa.int64())) for name, rows in answers.kept.items()]
        columns = [pa.array(answers.columns[name], schema.field(name).type) for name in FINDING_COLUMNS]
        return pa.RecordBatch.from_arrays([*kept, *columns], schema=schema)

    def stream(self, batches: Iterable[Any], *, after: Any = None) -> Iterator[Any]:
        """Iterate over the results of record batches, in bounded memory.

        The rows are sorted by person; the months of a person may come in any order.

        Args:
            batches: record batches of one schema.
            after: the person who comes before the first.

        Raises:
            InputErrors: see :meth:`columns`.
            InputError: the rows are not sorted by person.
        """
        return stream_of(self, batches, after)


class _Answers:
    """The columns of the results, filled person after person."""

    def __init__(self, kernel: FindingsKernel, found: Columns) -> None:
        #: The rows where the values of the columns that are kept stand.
        self.kept: dict[str, list[int | None]] = {name: [] for name in found.kept}
        self.columns: dict[str, list[Any]] = {name: [] for name in FINDING_COLUMNS}
        self._kernel, self._words = kernel, Words(kernel.lang)
        self._rules: Ruleset = load(*kernel.variants)
        self._by_day: dict[dt.date, tuple[Entitlement, ...]] = {}

    def add(self, told: Told) -> None:
        """Add the rows of a person, or of a row that names nobody."""
        if told.error:
            self._add(told, error=told.error)
            return
        assert told.on is not None
        for right in self._rights(told.on):
            facts = [each for each in (told.person, *self._kernel.facts) if isinstance(each, right.facts)]
            try:
                finding = self._rules.assess(
                    right.code, told.history, told.on, *facts, assume_unchanged=self._kernel.assume_unchanged
                )
            except CaeCoreError as error:
                self._add(told, right=right.code, error=problem_text(error, self._kernel.lang))
            else:
                self._add(told, **self._answer(finding))

    def _rights(self, on: dt.date) -> tuple[Entitlement, ...]:
        """Return the rights asked for, or all that exist on a day."""
        found = self._by_day.get(on)
        if found is None:
            every, asked, law = self._rules.entitlements, self._kernel.rights, self._rules.rights
            found = self._by_day[on] = (
                tuple(every[code] for code in asked)
                if asked
                else tuple(right for right in every.values() if right.exists_on(on, law))
            )
        return found

    def _answer(self, finding: Finding) -> dict[str, Any]:
        row: dict[str, Any] = {
            "right": finding.code,
            "granted": finding.granted,
            "missing_facts": ", ".join(finding.missing_facts) or None,
            "needs_review": finding.needs_review,
            "assumed": finding.assumed,
        }
        if finding.amounts and finding.granted is not False:
            first = finding.amounts[0]
            row |= {
                "amount_code": first.code,
                "amount": first.value,
                "unit": first.unit,
                "per": first.per or None,
            }
        if finding.objections and finding.granted is not True:
            unmet = finding.objections[0]
            row |= {"unmet": unmet.code, "why": self._words(unmet.french, unmet.english)}
        return row

    def _add(self, told: Told, **values: Any) -> None:
        for name, rows in self.kept.items():
            rows.append(told.rows[name])
        for name, column in self.columns.items():
            column.append(told.on if name == "on" else values.get(name))


def frame_findings(frame: Any, **options: Any) -> Any:
    """Return what the people of a data frame are covered for, in the same kind of frame: a row a right.

    The frame may be of pandas, Polars, pyarrow, DuckDB, narwhals or any library that speaks Arrow: a row a
    month of pay, in any order (see :mod:`cae_core.exchange.frames.history_columns`).

    Args:
        frame: the months paid.
        options: those of :class:`FindingsKernel`.

    Raises:
        InputErrors: every column that is unknown, missing or of a type that cannot be used.
        InputError: not a frame, or facts that no right looks at.
        UnknownNameError: no right has this code.
        MissingExtraError: pyarrow is not installed.

    >>> import pyarrow as pa
    >>> frame = pa.table({
    ...     "person": ["A"] * 12, "month": [f"2025-{number:02d}" for number in range(1, 13)],
    ...     "gross_pay": ["2000"] * 12, "hours": ["151.67"] * 12, "affiliated_on": ["2020-01-01"] * 12,
    ... })
    >>> found = frame_findings(frame, on="2026-01-15", rights="sickness_daily_benefit").to_pylist()[0]
    >>> found["granted"], found["amount"], found["unit"], found["per"]
    (True, 3287, 'cents', 'day')
    """
    return compute_frame(FindingsKernel(**options), frame, same_rows=False)
