"""Months, days and intervals: bounds included, counted from the origin."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import Interval, Month, add_months, to_day
from cae_core.errors import InputError

months = st.builds(Month, st.integers(1945, 2200), st.integers(1, 12))
days = st.dates(dt.date(1970, 1, 1), dt.date(2100, 12, 31))
MOMENT = dt.datetime(2026, 3, 31, 23, 30)


class TestMonth:
    """The period of a payslip."""

    @pytest.mark.parametrize("given_", ["2026-03", " 2026-03 ", Month(2026, 3), dt.date(2026, 3, 31)])
    def test_what_is_read(self, given_):
        assert Month.parse(given_) == Month(2026, 3)

    @pytest.mark.parametrize(("number", "quarter"), [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)])
    def test_its_quarter(self, number, quarter):
        assert Month(2026, number).quarter == quarter

    @given(months)
    def test_what_is_written_is_read_back(self, month):
        assert Month.parse(str(month)) == month

    @pytest.mark.parametrize(
        "wrong",
        [
            "2026",
            "2026-3",
            "2026-13",
            "2026-00",
            "26-03",
            "2026-03-01",
            "mars 2026",
            "",
            "1944-12",
            None,
            202603,
            2026.03,
            (2026, 3),
            "2026/03",
            "-2026-03",
        ],
    )
    def test_another_notation_is_refused(self, wrong):
        with pytest.raises(InputError) as caught:
            Month.parse(wrong, "first_month")
        assert str(caught.value) == f"first_month: expected a month such as 2026-03, got {wrong!r}"

    def test_a_day_before_the_first_month_is_refused_alike(self):
        """Social security begins in 1945; a day given says so as a text does."""
        with pytest.raises(InputError, match="month: expected a month such as 2026-03, got '1944-12'"):
            Month.parse(dt.date(1944, 12, 31))

    def test_a_moment_is_refused(self):
        """Which month a moment belongs to depends on where one is."""
        with pytest.raises(InputError, match="month: expected a day, got the moment"):
            Month.parse(MOMENT)

    @pytest.mark.parametrize(
        ("year", "number"), [(2026, 0), (2026, 13), (1944, 12), (2026, 1.0), ("2026", 1)]
    )
    def test_an_impossible_month(self, year, number):
        with pytest.raises((ValueError, TypeError)):
            Month(year, number)

    @given(months, months)
    def test_order_is_that_of_first_days(self, one, other):
        assert (one < other) is (one.first_day < other.first_day)
        assert (one == other) is (one.first_day == other.first_day)

    @given(months, st.integers(0, 600))
    def test_adding_then_subtracting(self, month, number):
        assert (month + number) - month == number
        assert month - (month + number) == -number
        assert (month + number) + -number == month

    def test_over_the_end_of_a_year(self):
        assert Month(2025, 12) + 1 == Month(2026, 1)
        assert Month(2026, 1) + -1 == Month(2025, 12)
        assert Month(2026, 3) + 24 == Month(2028, 3)
        assert Month(2026, 1) - Month(2024, 11) == 14

    @pytest.mark.parametrize(
        ("year", "number", "length"),
        [
            (2024, 2, 29),
            (2025, 2, 28),
            (2026, 2, 28),
            (2000, 2, 29),
            (2100, 2, 28),
            (2026, 4, 30),
            (2026, 12, 31),
        ],
    )
    def test_its_days(self, year, number, length):
        month = Month(year, number)
        assert month.days == length
        assert (month.first_day, month.last_day) == (dt.date(year, number, 1), dt.date(year, number, length))

    @given(months)
    def test_the_next_month_starts_the_day_after(self, month):
        assert (month + 1).first_day - month.last_day == dt.timedelta(days=1)

    @given(months, days)
    def test_it_contains_its_days_and_no_other(self, month, day):
        assert (day in month) is (month.first_day <= day <= month.last_day)
        assert day in Month.parse(day)

    def test_through(self):
        assert [str(month) for month in Month(2025, 11).through(Month(2026, 2))] == [
            "2025-11",
            "2025-12",
            "2026-01",
            "2026-02",
        ]
        assert list(Month(2026, 3).through(Month(2026, 3))) == [Month(2026, 3)]
        assert list(Month(2026, 3).through(Month(2026, 2))) == []


class TestToDay:
    """A day is a date, or its ISO text; a moment is neither."""

    def test_what_is_read(self):
        day = dt.date(2026, 3, 31)
        assert to_day("2026-03-31") == to_day(" 2026-03-31 ") == day
        assert to_day(day) is day

    def test_a_moment_is_refused_with_its_remedy(self):
        with pytest.raises(InputError, match=r"signed_on: .*got the moment .*pass its \.date\(\)"):
            to_day(MOMENT, "signed_on")

    @pytest.mark.parametrize("wrong", ["31/03/2026", "2026-02-29", "2026-03", "", None, 20260331, "today"])
    def test_another_notation_is_refused(self, wrong):
        with pytest.raises(InputError) as caught:
            to_day(wrong, "ends_on")
        assert str(caught.value) == f"ends_on: expected a day such as 2026-03-31, got {wrong!r}"
        assert caught.value.where == "ends_on"


class TestAddMonths:
    """A delay in months ends on the same-numbered day, or the last one; always counted from the origin."""

    @pytest.mark.parametrize(
        ("day", "number", "wanted"),
        [
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-01-31", 2, "2026-03-31"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 36, "2027-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2026-06-15", 1, "2026-07-15"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2026-05-31", 0, "2026-05-31"),
        ],
    )
    def test_by_hand(self, day, number, wanted):
        assert add_months(to_day(day), number) == to_day(wanted)

    def test_from_the_origin_not_from_the_month_before(self):
        first = dt.date(2026, 1, 31)
        assert add_months(first, 2) == dt.date(2026, 3, 31)
        assert add_months(add_months(first, 1), 1) == dt.date(2026, 3, 28)

    @given(days, st.integers(-240, 240))
    def test_the_month_is_that_many_further(self, day, number):
        found = add_months(day, number)
        assert Month.parse(found) - Month.parse(day) == number
        assert found.day == min(day.day, Month.parse(found).days)
        assert type(found) is dt.date


class TestInterval:
    """Days from the first to the last, both included; without an end it stays open."""

    def test_both_bounds_are_inside(self):
        interval = Interval(dt.date(2026, 3, 10), dt.date(2026, 3, 20))
        assert dt.date(2026, 3, 10) in interval
        assert dt.date(2026, 3, 20) in interval
        assert dt.date(2026, 3, 9) not in interval
        assert dt.date(2026, 3, 21) not in interval

    def test_one_day(self):
        day = dt.date(2026, 3, 10)
        assert Interval(day, day).days_in(Month(2026, 3)) == 1

    def test_an_end_before_the_start_is_refused(self):
        with pytest.raises(InputError, match="interval: ends on 2026-03-09, before it starts on 2026-03-10"):
            Interval(dt.date(2026, 3, 10), dt.date(2026, 3, 9))

    @pytest.mark.parametrize(
        ("starts", "ends", "month", "number"),
        [
            ("2026-03-17", None, "2026-03", 15),
            ("2026-03-17", None, "2026-02", 0),
            ("2026-03-17", None, "2030-02", 28),
            ("2025-01-01", "2026-02-10", "2026-02", 10),
            ("2025-01-01", "2026-02-10", "2026-03", 0),
            ("2026-02-10", "2026-02-11", "2026-02", 2),
            ("2026-01-01", "2026-12-31", "2026-02", 28),
        ],
    )
    def test_days_in_a_month(self, starts, ends, month, number):
        interval = Interval(to_day(starts), None if ends is None else to_day(ends))
        assert interval.days_in(Month.parse(month)) == number

    @given(days, st.one_of(st.none(), st.integers(0, 100)), st.integers(-2, 5))
    def test_days_in_counts_the_days_contained(self, starts, length, ahead):
        ends = None if length is None else starts + dt.timedelta(days=length)
        interval, month = Interval(starts, ends), Month.parse(starts) + ahead
        contained = [
            rank for rank in range(month.days) if month.first_day + dt.timedelta(days=rank) in interval
        ]
        assert interval.days_in(month) == len(contained)
