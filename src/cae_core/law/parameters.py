"""A parameter of the law: dated values, each with the text it comes from.

A text may be published after the first day it applies to. Such a value carries ``published_on``, and a
parameter can be asked what it was *as known on* a day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from itertools import pairwise

import attrs

from cae_core.calendar import to_day
from cae_core.errors import AmountError, LawNotKnownError
from cae_core.law.units import UNITS, Unit, Value

__all__ = ["Citation", "DatedValue", "Parameter"]

_ONE_DAY = dt.timedelta(days=1)


def _filled(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise AmountError(f"{attribute.name} must say something, got {value!r}", value)


@attrs.frozen
class Citation:
    """The text a value comes from, in the words of the field, and where to read it.

    Attributes:
        text: such as ``"Décret n° 2025-887 du 4 septembre 2025 ; CSS art. D241-7"``.
        url: the page of the text, or empty.
    """

    text: str = attrs.field(validator=_filled)
    url: str = ""

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class DatedValue:
    """One row of a parameter: a value, the first day it applies to and its text.

    Attributes:
        value: a whole number in the unit of the parameter, or brackets; None where repealed.
        in_force_from: the first day it applies to.
        citation: the text.
        source: where the value was read, and what other sources say.
        published_on: the day of publication, given where it came after the first day, or where two
            publications rule the same day. Without it, the value counts as always known.
        note: why this value, where sources disagree.
        needs_review: nobody has read the text yet.
        repealed: from this day on there is no value.
    """

    value: Value | None
    in_force_from: dt.date
    citation: Citation
    source: str = attrs.field(validator=_filled)
    published_on: dt.date | None = None
    note: str = ""
    needs_review: bool = False
    repealed: bool = attrs.field(default=False)

    @repealed.validator
    def _either_a_value_or_repealed(self, attribute: object, repealed: bool) -> None:
        if repealed is not (self.value is None):
            raise AmountError(
                f"a row has a value or is repealed, never both (got {self.value!r})", self.value
            )


def _order(row: DatedValue) -> tuple[dt.date, dt.date]:
    """Rows sort by first day, then by publication; the later publication of one day prevails."""
    return row.in_force_from, row.published_on or dt.date.min


@attrs.frozen
class Parameter:
    """A number of the law through time.

    Attributes:
        name: the identifier used in code.
        french_name: what a French reader calls it.
        unit: the name of one of :data:`~cae_core.law.UNITS`.
        values: the rows, by first day, then by publication.
        known_until: the last day the rows were checked for.
        family: the table it belongs to.
    """

    name: str = attrs.field(validator=_filled)
    french_name: str = attrs.field(validator=_filled)
    unit: str = attrs.field(validator=attrs.validators.in_(UNITS))
    values: tuple[DatedValue, ...] = attrs.field()
    known_until: dt.date = attrs.field()
    family: str = ""
    _days: tuple[dt.date, ...] = attrs.field(
        init=False,
        repr=False,
        eq=False,
        default=attrs.Factory(lambda self: tuple(row.in_force_from for row in self.values), takes_self=True),
    )

    @values.validator
    def _dated_in_order(self, attribute: object, rows: tuple[DatedValue, ...]) -> None:
        if not rows or rows[0].repealed:
            raise AmountError(f"{self.name!r} must start with a value")
        for earlier, later in pairwise(rows):
            if _order(earlier) >= _order(later):
                raise AmountError(
                    f"the rows of {self.name!r} must go by first day, then by publication: "
                    f"{later.in_force_from} comes after {earlier.in_force_from}",
                    later,
                )

    @known_until.validator
    def _covers_its_rows(self, attribute: object, known_until: dt.date) -> None:
        last = self.values[-1].in_force_from
        if known_until < last:
            raise AmountError(
                f"{self.name!r} is known until {known_until}, before its row of {last}", known_until
            )

    @property
    def measure(self) -> Unit:
        """The unit, which knows how to write a value for people."""
        return UNITS[self.unit]

    def row_on(self, day: dt.date, known_on: dt.date | None = None) -> DatedValue | None:
        """Return the row that rules a day, a repeal included; None before the first one.

        Unlike :meth:`on` it does not mind ``known_until``.
        """
        rank = bisect_right(self._days, day)
        while rank:
            rank -= 1
            row = self.values[rank]
            if known_on is None or row.published_on is None or row.published_on <= known_on:
                return row
        return None

    def on(
        self, day: dt.date, *, assume_unchanged: bool = False, known_on: dt.date | None = None
    ) -> DatedValue:
        """Return the value in force on a day, with its text.

        Args:
            day: the day the law applies to.
            assume_unchanged: after ``known_until``, carry the last value forward instead of refusing.
            known_on: ignore what was published after this day.

        Raises:
            LawNotKnownError: before the first value, after ``known_until``, or where repealed.
        """
        day = to_day(day)
        row = self.row_on(day, None if known_on is None else to_day(known_on, "known_on"))
        first = self.values[0].in_force_from
        if row is None:
            hint = f" No text published by {known_on} gives it." if known_on and first <= day else ""
            raise LawNotKnownError(self.name, day, first, self.known_until, hint)
        if row.repealed:
            hint = f" It is repealed since {row.in_force_from} ({row.citation})."
            raise LawNotKnownError(self.name, day, first, row.in_force_from - _ONE_DAY, hint)
        if day > self.known_until and not assume_unchanged:
            hint = " Pass assume_unchanged=True to carry the last value forward."
            raise LawNotKnownError(self.name, day, first, self.known_until, hint)
        return row
