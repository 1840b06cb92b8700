"""Holidays and working days."""

import datetime as dt

import pytest
from exit_samples import day
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError
from cae_core.calendar import (
    MONDAY_TO_FRIDAY,
    add_working_days,
    easter_sunday,
    next_working_day,
    working_days,
)
from cae_core.france.holidays import ALSACE_MOSELLE, LEGAL_HOLIDAYS, holiday_calendar, holidays_of

FRANCE = holiday_calendar()
days = st.dates(day("1990-01-01"), day("2060-12-31"))


class TestLegalHolidays:
    """
    Eleven holidays: three of them follow Easter.
    (Code du travail, art. L3133-1)
    """

    def test_of_2013(self):
        """syndicat-infirmier.com, Code du travail: jours fériés en 2013."""
        assert [found.isoformat() for found in holidays_of(2013)] == [
            "2013-01-01", "2013-04-01", "2013-05-01", "2013-05-08", "2013-05-09", "2013-05-20",
            "2013-07-14", "2013-08-15", "2013-11-01", "2013-11-11", "2013-12-25",
        ]  # fmt: skip

    def test_of_2023(self):
        """synonyme-du-mot.com: Ascension on Thursday 18 May, Whit Monday on 29 May, 14 July a Friday."""
        names = {name: found for found, name in holidays_of(2023).items()}
        assert names["Ascension"] == day("2023-05-18")
        assert names["lundi de Pentecôte"] == day("2023-05-29")

    def test_two_on_one_day(self):
        """Ascension fell on 1 May in 2008."""
        assert len(holidays_of(2008)) == 10
        assert holidays_of(2008)[day("2008-05-01")] == "1er mai, Ascension"

    @given(st.integers(1900, 2200))
    def test_the_movable_ones_fall_on_their_day_of_the_week(self, year):
        found = {holiday.french_name: holiday.in_year(year) for holiday in LEGAL_HOLIDAYS}
        assert len(found) == 11
        assert found["Ascension"].strftime("%A") == "Thursday"
        assert (
            found["lundi de Pâques"].strftime("%A") == found["lundi de Pentecôte"].strftime("%A") == "Monday"
        )

    def test_two_more_in_alsace_and_moselle(self):
        """Good Friday and 26 December (art. L3134-13)."""
        more = set(holidays_of(2025, *ALSACE_MOSELLE)) - set(holidays_of(2025))
        assert more == {day("2025-04-18"), day("2025-12-26")}


class TestEaster:
    """Easter Sunday, in years whose date is known to everybody: the earliest and the latest included."""

    @pytest.mark.parametrize(
        ("year", "found"),
        [
            (1818, "1818-03-22"),
            (1943, "1943-04-25"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
        ],
    )
    def test_each(self, year, found):
        assert easter_sunday(year) == day(found)


class TestWorkingDays:
    """Monday to Saturday without holidays, or the days that are asked."""

    def test_a_saturday_and_a_sunday(self):
        saturday, monday = day("2025-09-06"), day("2025-09-08")
        assert next_working_day(saturday, FRANCE) == saturday
        assert next_working_day(saturday, FRANCE, MONDAY_TO_FRIDAY) == monday
        assert next_working_day(day("2025-09-07"), FRANCE) == monday

    def test_over_new_year(self):
        """The holidays of the next year count."""
        assert next_working_day(day("2026-01-01"), FRANCE) == day("2026-01-02")
        assert add_working_days(day("2025-12-31"), 1, FRANCE) == day("2026-01-02")

    def test_a_count_that_cannot_be(self):
        with pytest.raises(InputError, match="expected at least one working day, got 0"):
            add_working_days(day("2025-09-01"), 0, FRANCE)

    @given(days, st.integers(1, 40))
    def test_as_many_working_days_after_as_asked(self, start, count):
        found = add_working_days(start, count, FRANCE)
        between = (start + dt.timedelta(days=rank) for rank in range(1, (found - start).days + 1))
        assert sum(each.weekday() < 6 and each not in FRANCE(each.year) for each in between) == count

    @given(days)
    def test_it_starts_with_the_day_itself_if_it_is_one(self, start):
        first = next(working_days(start, FRANCE))
        assert first >= start
        assert (first == start) is (start.weekday() < 6 and start not in FRANCE(start.year))
