from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.errors import InputErrors, RefusedError
from cae_core.law import Citation
from cae_core.membership import Beneficiary, SplitKey, split_employees_part
from cae_core.money import MILLION

CLOSE = dt.date(2025, 12, 31)


def person(code, pay=0, hired="2020-01-01", hours=None):
    return Beneficiary(code=code, name=code, pay_cents=pay, hired_on=hired, hours_hundredths=hours)


def amounts(total, key, people):
    return {
        part.beneficiary.code: part.amount_cents
        for part in split_employees_part(total, key, people, closes_on=CLOSE)
    }


class TestKeys:
    """By pay, equally, by hours, or a mix, as the statutes say. (loi de 1978, art. 33, 3°)"""

    PEOPLE = (
        person("A", 10_000_00, hours=100_00),
        person("B", 30_000_00, hours=300_00),
        person("C", hours=0),
    )

    def test_by_pay(self):
        assert amounts(18_000_00, SplitKey(by_pay_ppm=MILLION), self.PEOPLE) == {
            "A": 4_500_00,
            "B": 13_500_00,
            "C": 0,
        }

    def test_equally(self):
        """No cent is lost: the odd ones go to the first by code."""
        assert amounts(100_00, SplitKey(equally_ppm=MILLION), self.PEOPLE) == {
            "A": 33_34,
            "B": 33_33,
            "C": 33_33,
        }

    def test_by_hours(self):
        assert amounts(400_00, SplitKey(by_hours_ppm=MILLION), self.PEOPLE) == {
            "A": 100_00,
            "B": 300_00,
            "C": 0,
        }

    def test_mixed(self):
        """18,000 €, 60 % by pay and 40 % equally: 2,400 each, then a quarter and three quarters of 10,800."""
        key = SplitKey(by_pay_ppm=600_000, equally_ppm=400_000)
        assert amounts(18_000_00, key, self.PEOPLE) == {"A": 5_100_00, "B": 10_500_00, "C": 2_400_00}

    def test_the_mix_makes_one(self):
        for wrong in (
            {},
            {"by_pay_ppm": MILLION, "equally_ppm": 1},
            {"by_pay_ppm": -1, "equally_ppm": MILLION + 1},
        ):
            with pytest.raises(InputErrors) as raised:
                SplitKey(**wrong)
            assert "parts that make 100 %" in str(raised.value)


class TestSeniority:
    """A coefficient of at most two, by seniority as an employee. (loi de 1978, art. 33, 3°)"""

    KEY = SplitKey(equally_ppm=MILLION, seniority=[(0, 100), (3, 150), (6, 200)])

    @pytest.mark.parametrize(
        ("hired", "years", "coefficient"),
        [
            ("2026-01-01", 0, 100),
            ("2023-01-02", 2, 100),
            ("2023-01-01", 3, 150),
            ("2022-12-31", 3, 150),
            ("2020-01-02", 5, 150),
            ("2020-01-01", 6, 200),
        ],
    )
    def test_whole_years_at_the_close(self, hired, years, coefficient):
        (part,) = split_employees_part(1_00, self.KEY, [person("A", hired=hired)], closes_on=CLOSE)
        assert (part.years, part.coefficient) == (years, coefficient)

    def test_it_weighs(self):
        people = [
            person("A", hired="2025-03-01"),
            person("B", hired="2022-03-01"),
            person("C", hired="2016-03-01"),
        ]
        assert amounts(450_00, self.KEY, people) == {"A": 100_00, "B": 150_00, "C": 200_00}

    @pytest.mark.parametrize(
        "wrong", [[(1, 100)], [(0, 100), (0, 120)], [(0, 100), (5, 120), (3, 130)], [(0, 0)]]
    )
    def test_brackets_start_at_zero_and_increase(self, wrong):
        with pytest.raises(InputErrors):
            SplitKey(equally_ppm=MILLION, seniority=wrong)


class TestWhatCannotBeSplit:
    def test_hours_of_those_who_have_none(self):
        """A CESA has no working time: hours are no key for it. (C. trav., art. L7332-2)"""
        with pytest.raises(RefusedError) as raised:
            split_employees_part(
                1_00,
                SplitKey(by_hours_ppm=500_000, by_pay_ppm=500_000),
                [person("B", hours=5), person("A"), person("C")],
                closes_on=CLOSE,
                hours_citations=(Citation("C. trav. art. L7332-2"),),
            )
        hours, pay = raised.value.objections
        assert hours.code == "no_working_time"
        assert "A, C" in hours.french
        assert str(hours.citations[0]) == "C. trav. art. L7332-2"
        assert pay.code == "no_pay"

    def test_nobody(self):
        with pytest.raises(RefusedError, match="nobody has a right to it"):
            split_employees_part(1_00, SplitKey(equally_ppm=MILLION), [], closes_on=CLOSE)

    def test_one_code_twice_and_amounts_below_zero(self):
        with pytest.raises(InputErrors) as raised:
            amounts(1, SplitKey(equally_ppm=MILLION), [person("A"), person("A", -1), person("B", hours=-1)])
        assert len(raised.value.exceptions) == 3


PEOPLE = st.lists(
    st.tuples(st.integers(0, 10**8), st.integers(0, 300_000), st.integers(2000, 2025)),
    min_size=1,
    max_size=25,
)
KEYS = st.sampled_from(
    [
        SplitKey(equally_ppm=MILLION),
        SplitKey(by_pay_ppm=333_333, equally_ppm=666_667),
        SplitKey(
            by_pay_ppm=500_000,
            equally_ppm=300_000,
            by_hours_ppm=200_000,
            seniority=[(0, 100), (2, 133), (7, 200)],
        ),
    ]
)


class TestConservation:
    """Every cent goes to somebody, and nobody is a cent away from her exact part."""

    @given(st.integers(0, 10**9), KEYS, PEOPLE)
    def test_within_a_cent_and_no_cent_lost(self, total, key, rows):
        people = [
            person(f"P{rank:02d}", pay + 1, f"{year}-05-01", hours + 1)
            for rank, (pay, hours, year) in enumerate(rows)
        ]
        parts = split_employees_part(total, key, people, closes_on=CLOSE)
        assert sum(part.amount_cents for part in parts) == total
        for part in parts:
            exact = Fraction(total * part.numerator, part.denominator)
            assert abs(part.amount_cents - exact) < 1
        assert sum(Fraction(part.numerator, part.denominator) for part in parts) == 1

    @given(st.integers(0, 10**7), KEYS, PEOPLE, st.randoms())
    def test_the_order_of_the_list_changes_nothing(self, total, key, rows, shuffle):
        people = [
            person(f"P{rank:02d}", pay + 1, f"{year}-05-01", hours + 1)
            for rank, (pay, hours, year) in enumerate(rows)
        ]
        mixed = list(people)
        shuffle.shuffle(mixed)
        assert amounts(total, key, mixed) == amounts(total, key, people)

    def test_a_mix_is_the_sum_of_its_keys(self):
        """Worked by hand: 1,000 €, half by pay (1:2:7), half equally: 50 + 166.67, 100 + 166.67, 350 + 166.67."""
        people = [person("A", 100), person("B", 200), person("C", 700)]
        key = SplitKey(by_pay_ppm=500_000, equally_ppm=500_000)
        assert amounts(1_000_00, key, people) == {"A": 216_67, "B": 266_67, "C": 516_66}
