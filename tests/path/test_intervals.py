"""Union of days, clipping, and whole months and days."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import Interval, add_months, months_and_days, union
from cae_core.errors import InputError
from path_samples import day

days = st.dates(dt.date(2014, 1, 1), dt.date(2030, 12, 31))


@st.composite
def intervals(draw):
    first = draw(days)
    return Interval(first, first + dt.timedelta(days=draw(st.integers(0, 1_200))))


def span(first, last):
    return Interval(day(first), last and day(last))


class TestUnion:
    """A day that several intervals cover is there once; what touches is joined; gaps stay."""

    def test_overlap_touch_and_gap(self):
        found = union(
            [
                span("2024-05-01", "2024-05-31"),
                span("2024-01-01", "2024-02-15"),
                span("2024-02-01", "2024-02-29"),
                span("2024-03-01", "2024-03-31"),
            ]
        )
        assert found == (span("2024-01-01", "2024-03-31"), span("2024-05-01", "2024-05-31"))

    def test_one_inside_another(self):
        assert union([span("2024-01-01", "2024-12-31"), span("2024-03-01", "2024-03-31")]) == (
            span("2024-01-01", "2024-12-31"),
        )

    def test_an_open_one_takes_what_follows(self):
        assert union([span("2024-03-01", None), span("2025-01-01", "2025-02-01")]) == (
            span("2024-03-01", None),
        )
        assert union([span("2024-01-01", "2024-02-29"), span("2024-03-01", None)]) == (
            span("2024-01-01", None),
        )

    def test_nothing(self):
        assert union([]) == ()

    @given(st.lists(intervals(), max_size=6), days)
    def test_covers_the_same_days(self, given_, a_day):
        found = union(given_)
        assert any(a_day in each for each in found) is any(a_day in each for each in given_)
        assert all((later.starts_on - earlier.ends_on).days > 1 for earlier, later in pairwise(found))
        assert union(found) == found


class TestClipped:
    def test_before_and_after(self):
        whole = span("2024-01-10", "2024-03-10")
        assert whole.clipped(last=day("2024-02-01")) == span("2024-01-10", "2024-02-01")
        assert whole.clipped(first=day("2024-02-01")) == span("2024-02-01", "2024-03-10")
        assert whole.clipped(last=day("2024-01-09")) is None
        assert whole.clipped(first=day("2024-03-11")) is None
        assert span("2024-01-10", None).clipped(last=day("2024-01-10")) == span("2024-01-10", "2024-01-10")
        assert whole.clipped() == whole


class TestMonthsAndDays:
    """Whole calendar months from the start, then the days that remain."""

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            ("2023-03-01", "2024-02-29", (12, 0)),
            ("2022-09-15", "2024-03-09", (17, 24)),
            ("2024-01-01", "2026-06-30", (30, 0)),
            ("2023-02-01", "2026-01-31", (36, 0)),
            ("2025-09-01", "2026-01-31", (5, 0)),
            ("2024-01-31", "2024-01-31", (0, 1)),
            ("2025-01-31", "2025-02-27", (1, 0)),
            ("2024-01-31", "2024-02-27", (0, 28)),
        ],
    )
    def test_examples(self, first, last, expected):
        assert months_and_days(span(first, last)) == expected

    @given(intervals())
    def test_they_lead_back_to_the_end(self, interval):
        months, rest = months_and_days(interval)
        after = add_months(interval.starts_on, months)
        assert after + dt.timedelta(days=rest - 1) == interval.ends_on
        assert add_months(interval.starts_on, months + 1) > interval.ends_on + dt.timedelta(days=1)
        assert months >= 0 <= rest <= 31

    def test_an_open_interval_has_no_length(self):
        assert span("2024-01-01", None).days is None
        with pytest.raises(InputError, match="expected an end, got one open since 2024-01-01"):
            months_and_days(span("2024-01-01", None))

    def test_days_count_both_ends(self):
        assert span("2023-03-01", "2024-02-29").days == 366
