"""The legal holidays (fêtes légales), from which working days are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import attrs

from cae_core.calendar import HolidayCalendar, easter_sunday

__all__ = ["ALSACE_MOSELLE", "LEGAL_HOLIDAYS", "Holiday", "holiday_calendar", "holidays_of"]


@attrs.frozen(kw_only=True)
class Holiday:
    """One holiday: a fixed day of the year, or a number of days from Easter Sunday.

    Attributes:
        french_name: what it is called.
        month, day: the day of the year, where it is fixed.
        from_easter: days after Easter Sunday, where it moves with it; below zero, before it.
    """

    french_name: str
    month: int = 0
    day: int = 0
    from_easter: int | None = None

    def in_year(self, year: int) -> dt.date:
        """Return the day on which it falls in a year."""
        if self.from_easter is None:
            return dt.date(year, self.month, self.day)
        return easter_sunday(year) + dt.timedelta(days=self.from_easter)


#: The eleven of the whole country. Law: Code du travail, art. L3133-1.
LEGAL_HOLIDAYS: tuple[Holiday, ...] = (
    Holiday(french_name="1er janvier", month=1, day=1),
    Holiday(french_name="lundi de Pâques", from_easter=1),
    Holiday(french_name="1er mai", month=5, day=1),
    Holiday(french_name="8 mai", month=5, day=8),
    Holiday(french_name="Ascension", from_easter=39),
    Holiday(french_name="lundi de Pentecôte", from_easter=50),
    Holiday(french_name="14 juillet", month=7, day=14),
    Holiday(french_name="Assomption", month=8, day=15),
    Holiday(french_name="Toussaint", month=11, day=1),
    Holiday(french_name="11 novembre", month=11, day=11),
    Holiday(french_name="Noël", month=12, day=25),
)

#: The two more of Alsace and Moselle; Good Friday only where there is a Protestant or a mixed church.
#: Law: Code du travail, art. L3134-13.
ALSACE_MOSELLE: tuple[Holiday, ...] = (
    Holiday(french_name="vendredi saint", from_easter=-2),
    Holiday(french_name="26 décembre", month=12, day=26),
)


def holidays_of(year: int, *more: Holiday) -> Mapping[dt.date, str]:
    """Return the holidays of a year by day, with what they are called.

    Two that fall on one day, such as Ascension on 1 May 2008, share it.

    Args:
        year: the year.
        more: holidays of a territory beside the eleven of the country, such as :data:`ALSACE_MOSELLE`.

    Law:
        Code du travail, art. L3133-1.
    """
    found: dict[dt.date, str] = {}
    for holiday in (*LEGAL_HOLIDAYS, *more):
        day = holiday.in_year(year)
        found[day] = f"{found[day]}, {holiday.french_name}" if day in found else holiday.french_name
    return dict(sorted(found.items()))


def holiday_calendar(*more: Holiday) -> HolidayCalendar:
    """Return what tells the holidays of any year, for the functions of :mod:`cae_core.calendar`.

    Args:
        more: holidays of a territory beside the eleven of the country.
    """

    @cache
    def of_year(year: int) -> frozenset[dt.date]:
        return frozenset(holidays_of(year, *more))

    return of_year
