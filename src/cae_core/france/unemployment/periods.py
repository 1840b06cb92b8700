"""Days under contract: the window they are looked for in, and how many count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from cae_core.calendar import Interval, add_months
from cae_core.france.law_on import LawOfDay
from cae_core.law import Legislation
from cae_core.protection import MonthKind, PayHistory

__all__ = ["Contracts", "affiliation_days", "calendar_days", "search_window", "within"]

_ONE_DAY = dt.timedelta(days=1)


def _merged(periods: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return periods in order, those that touch or overlap made one."""
    merged: list[Interval] = []
    for period in sorted(periods):
        assert period.ends_on is not None
        if merged and period.starts_on <= (merged[-1].ends_on or period.starts_on) + _ONE_DAY:
            last = merged.pop()
            assert last.ends_on is not None
            period = Interval(last.starts_on, max(last.ends_on, period.ends_on))
        merged.append(period)
    return tuple(merged)


@attrs.frozen(kw_only=True)
class Contracts:
    """The days under employment contract: a fact of the unemployment benefit.

    Attributes:
        periods: first and last day of each contract, in any order; those that touch or overlap are one.
            Without any, the pay history says it (see :meth:`of`).
    """

    periods: tuple[Interval, ...] = attrs.field(default=(), converter=_merged)

    @classmethod
    def of(cls, history: PayHistory) -> Contracts:
        """Return the days under contract that a pay history tells.

        A month that is not wholly under contract is at the start of a contract where the month before is not
        given, and at its end otherwise. Months under a support contract (CAPE) are no employment.
        """
        given = {each.month: each for each in history.months if each.kind is MonthKind.EMPLOYMENT}
        periods = []
        for month, each in given.items():
            if not each.days:
                continue
            first, last = month.first_day, month.last_day
            if each.days < month.days and month + -1 not in given:
                first = last - dt.timedelta(days=each.days - 1)
            elif each.days < month.days:
                last = first + dt.timedelta(days=each.days - 1)
            periods.append(Interval(first, last))
        return cls(periods=periods)

    def until(self, day: dt.date) -> Contracts:
        """Return the days up to a day, included."""
        return Contracts(periods=within(self.periods, Interval(dt.date.min, day)))


def within(periods: Sequence[Interval], bounds: Interval) -> tuple[Interval, ...]:
    """Return what falls inside some bounds."""
    kept = []
    for period in periods:
        first = max(period.starts_on, bounds.starts_on)
        last = min(period.ends_on or dt.date.max, bounds.ends_on or dt.date.max)
        if first <= last:
            kept.append(Interval(first, last))
    return tuple(kept)


def calendar_days(periods: Iterable[Interval]) -> int:
    """Return how many days some periods hold."""
    return sum((period.ends_on - period.starts_on).days + 1 for period in periods if period.ends_on)


def affiliation_days(law: LawOfDay, periods: Sequence[Interval]) -> int:
    """Return the days worked that some contracts count for: five a whole week, the weekdays of a part of one.

    Args:
        law: the law of the end of the contract.
        periods: days under contract, merged.

    Law:
        Règlement d'assurance chômage, art. 3: five days for each civil week under contract; of an incomplete
        week the days worked, taken here as its weekdays under contract.
    """
    week = law.value("unemployment_week_days")
    by_week: dict[tuple[int, int], int] = {}
    for period in periods:
        assert period.ends_on is not None
        day = period.starts_on
        while day <= period.ends_on:
            year, number, weekday = day.isocalendar()
            whole = weekday == 1 and day + 6 * _ONE_DAY <= period.ends_on
            if whole:
                by_week[year, number] = week
                day += 7 * _ONE_DAY
                continue
            if weekday <= week:
                by_week[year, number] = min(by_week.get((year, number), 0) + 1, week)
            day += _ONE_DAY
    return sum(by_week.values())


def search_window(
    law: LawOfDay, rights: Legislation, ended_on: dt.date, *, age: int | None = None
) -> Interval:
    """Return the days in which work is looked for, the last one being the end of the contract.

    Args:
        law: the law of the end of the contract.
        rights: all the parameters: each day of a lockdown lengthens the window by one.
        ended_on: the last day of the contract.
        age: the age on that day; ``None`` is younger than the seniors.

    Law:
        Règlement d'assurance chômage, art. 3; ordonnance n° 2020-324.
    """
    senior = age is not None and age >= law.value("unemployment_senior_window_age")
    months = law.value(f"unemployment_{'senior_' if senior else ''}window_months")
    first = add_months(ended_on, -months) + _ONE_DAY
    lockdown = rights.parameter("unemployment_window_lengthened")
    days = 0
    for row, following in zip(lockdown.values, [*lockdown.values[1:], None], strict=True):
        if not row.repealed:
            end = (following.in_force_from if following else ended_on + _ONE_DAY) - _ONE_DAY
            days += calendar_days(within([Interval(row.in_force_from, end)], Interval(first, ended_on)))
    return Interval(first - days * _ONE_DAY, ended_on)
