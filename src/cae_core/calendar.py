"""Months, days and intervals. The only importer of pendulum and dateutil, which load when first needed.

Days are plain :class:`datetime.date` (a ``pendulum.Date`` is one too); bounds are inclusive. Nothing here
reads today's date.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

import attrs

from cae_core.errors import InputError

__all__ = [
    "MONDAY_TO_FRIDAY",
    "MONDAY_TO_SATURDAY",
    "HolidayCalendar",
    "Interval",
    "Month",
    "add_months",
    "add_working_days",
    "easter_sunday",
    "months_and_days",
    "next_working_day",
    "to_day",
    "union",
    "working_days",
]

#: The holidays of a year: data of a country.
HolidayCalendar: TypeAlias = Callable[[int], Collection[dt.date]]
#: The days of the week from Monday to Friday, as ``date.weekday`` numbers them.
MONDAY_TO_FRIDAY = frozenset(range(5))
#: Those from Monday to Saturday: jours ouvrables.
MONDAY_TO_SATURDAY = frozenset(range(6))

_ONE_DAY = dt.timedelta(days=1)
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


@attrs.frozen(order=True)
class Month:
    """A calendar month, the period of a payslip.

    ``Month.parse("2026-03")``, ``Month(2026, 3)``; months are ordered, ``month + 1`` is the next one.
    """

    year: int = attrs.field(validator=[attrs.validators.instance_of(int), attrs.validators.ge(1945)])
    number: int = attrs.field(
        validator=[attrs.validators.instance_of(int), attrs.validators.in_(range(1, 13))]
    )

    @classmethod
    def parse(cls, text: object, what: str = "month") -> Month:
        """Return the month written ``"2026-03"``; a :class:`Month` or a day is taken as it is.

        Raises:
            InputError: anything else, a datetime too: its month depends on where one is.
        """
        if isinstance(text, cls):
            return text
        if isinstance(text, dt.date):
            text = to_day(text, what).isoformat()[:7]
        match = _MONTH.match(text.strip()) if isinstance(text, str) else None
        if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1945:
            raise InputError(what, f"expected a month such as 2026-03, got {text!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> dt.date:
        """The first day of the month, whose law applies to a payslip by default."""
        return dt.date(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.number, self.days)

    @property
    def days(self) -> int:
        """How many calendar days the month has."""
        return monthrange(self.year, self.number)[1]

    @property
    def quarter(self) -> int:
        """The calendar quarter it is in, from 1 to 4."""
        return (self.number + 2) // 3

    def through(self, last: Month) -> Iterator[Month]:
        """Iterate over the months from this one to ``last``, both included."""
        month = self
        while month <= last:
            yield month
            month = month + 1

    def __add__(self, months: int) -> Month:
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def __sub__(self, other: Month) -> int:
        return (self.year - other.year) * 12 + self.number - other.number

    def __contains__(self, day: dt.date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def to_day(value: object, what: str = "day") -> dt.date:
    """Return a day from a ``date`` or an ISO text such as ``"2026-03-31"``.

    Raises:
        InputError: a datetime (its hour would be lost in silence), another type, another notation.
    """
    if isinstance(value, dt.datetime):
        raise InputError(what, f"expected a day, got the moment {value!r}; pass its .date()")
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise InputError(what, f"expected a day such as 2026-03-31, got {value!r}")


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day ``months`` later, or the last day of that month if it is shorter.

    Always count from the origin: 31 January + 2 months is 31 March, but + 1 + 1 is 28 March.
    """
    from dateutil.relativedelta import relativedelta

    later: dt.date = day + relativedelta(months=months)
    return later


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of a year (Gregorian calendar), from which the movable holidays are counted."""
    from dateutil.easter import easter

    found: dt.date = easter(year)
    return found


def working_days(
    first: dt.date, holidays: HolidayCalendar, weekdays: Collection[int] = MONDAY_TO_SATURDAY
) -> Iterator[dt.date]:
    """Iterate, without end, over the working days from ``first`` on, itself included if it is one.

    Args:
        first: where to start.
        holidays: the holidays of a year.
        weekdays: the days of the week that count; Monday to Saturday by default (jours ouvrables).
    """
    day = first
    while True:
        if day.weekday() in weekdays and day not in holidays(day.year):
            yield day
        day += dt.timedelta(days=1)


def next_working_day(
    day: dt.date, holidays: HolidayCalendar, weekdays: Collection[int] = MONDAY_TO_SATURDAY
) -> dt.date:
    """Return the day itself if it is a working day, else the first one after it."""
    return next(working_days(day, holidays, weekdays))


def add_working_days(
    day: dt.date, count: int, holidays: HolidayCalendar, weekdays: Collection[int] = MONDAY_TO_SATURDAY
) -> dt.date:
    """Return the ``count``-th working day after ``day``, which does not count itself.

    Raises:
        InputError: a count below one.
    """
    if count < 1:
        raise InputError("count", f"expected at least one working day, got {count!r}")
    after = working_days(day + dt.timedelta(days=1), holidays, weekdays)
    return next(islice(after, count - 1, None))


@attrs.frozen(order=True)
class Interval:
    """Days from ``starts_on`` to ``ends_on``, both included; ``ends_on=None`` is open."""

    starts_on: dt.date
    ends_on: dt.date | None = attrs.field(default=None)

    @ends_on.validator
    def _not_before_the_start(self, attribute: object, value: dt.date | None) -> None:
        if value is not None and value < self.starts_on:
            raise InputError("interval", f"ends on {value}, before it starts on {self.starts_on}")

    def __contains__(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def days_in(self, month: Month) -> int:
        """How many days of a month the interval covers."""
        first = max(self.starts_on, month.first_day)
        last = min(self.ends_on or month.last_day, month.last_day)
        return max((last - first).days + 1, 0)

    def ends_in(self, month: Month) -> bool:
        """Whether no day of the interval comes after a month."""
        return self.ends_on is not None and self.ends_on <= month.last_day

    def clipped(self, first: dt.date | None = None, last: dt.date | None = None) -> Interval | None:
        """Return the part between two days, both included; ``None`` where nothing is left."""
        starts_on = self.starts_on if first is None else max(self.starts_on, first)
        ends = [day for day in (self.ends_on, last) if day is not None]
        ends_on = min(ends) if ends else None
        return None if ends_on is not None and ends_on < starts_on else Interval(starts_on, ends_on)

    @property
    def days(self) -> int | None:
        """How many calendar days it has, both ends included; ``None`` while it is open."""
        return None if self.ends_on is None else (self.ends_on - self.starts_on).days + 1


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the days that some intervals cover, as few intervals, in order.

    A day that several cover is there once; what touches is joined; gaps stay gaps.
    """
    joined: list[Interval] = []
    for interval in sorted(intervals, key=lambda each: each.starts_on):
        last = joined[-1] if joined else None
        if last is None or (last.ends_on is not None and last.ends_on + _ONE_DAY < interval.starts_on):
            joined.append(interval)
        elif last.ends_on is not None:
            ends_on = None if interval.ends_on is None else max(last.ends_on, interval.ends_on)
            joined[-1] = Interval(last.starts_on, ends_on)
    return tuple(joined)


def months_and_days(interval: Interval) -> tuple[int, int]:
    """Return the whole calendar months of an interval, counted from its start, and the days that remain.

    1 March 2023 to 29 February 2024 is 12 months and 0 days, although it has 366 days.

    Raises:
        InputError: the interval is open.
    """
    if interval.ends_on is None:
        raise InputError("interval", f"expected an end, got one open since {interval.starts_on}")
    after = interval.ends_on + _ONE_DAY
    months = (after.year - interval.starts_on.year) * 12 + after.month - interval.starts_on.month
    if add_months(interval.starts_on, months) > after:
        months -= 1
    return months, (after - add_months(interval.starts_on, months)).days
