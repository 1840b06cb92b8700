import datetime as dt

import pytest
from membership_samples import associate, associates

from cae_core.errors import InputErrors
from cae_core.membership import Roll, Standing


class TestRoll:
    """The roll of a meeting holds those who are associates on its day, first and last day included."""

    @pytest.mark.parametrize(
        ("day", "there"),
        [
            ("2020-06-11", False),
            ("2020-06-12", True),
            ("2026-03-31", True),
            ("2026-04-01", False),
        ],
    )
    def test_the_first_and_the_last_day_count(self, day, there):
        left = associate("A1", admitted_on="2020-06-12", left_on="2026-03-31")
        assert ("A1" in Roll.on(day, [left])) is there

    def test_one_code_is_one_associate(self):
        with pytest.raises(InputErrors) as raised:
            Roll.on("2026-06-12", [associate("A1"), associate("A1"), associate("B"), associate("B")])
        assert [str(one) for one in raised.value.exceptions] == [
            "roll of 2026-06-12: A1: is the code of two associates",
            "roll of 2026-06-12: B: is the code of two associates",
        ]

    def test_who_comes_back_may_keep_her_code(self):
        first = associate("A1", left_on="2022-12-31")
        second = associate("A1", admitted_on="2024-06-10")
        assert len(Roll.on("2026-06-12", [first, second])) == 1
        assert len(Roll.on("2023-06-12", [first, second])) == 0

    def test_counted_by_standing(self):
        roll = Roll.on("2026-06-12", associates(3, 2, 1))
        assert roll.counted(Standing.EMPLOYED) == 3
        assert roll.counted(Standing.OUTSIDE, Standing.OUTSIDE_COOPERATIVE) == 3

    def test_order_of_the_list_changes_nothing(self):
        people = associates(4)
        assert Roll.on("2026-06-12", people) == Roll.on("2026-06-12", people[::-1])


class TestBadInput:
    def test_everything_that_is_wrong_is_said_at_once(self):
        with pytest.raises(InputErrors) as raised:
            associate(" ", name="", left_on="2019-01-01")
        assert len(raised.value.exceptions) == 3

    def test_an_unknown_standing(self):
        with pytest.raises(Exception, match="expected one of employed, retained, former, outside"):
            Standing.parse("salarié")

    def test_days_are_read(self):
        assert associate("A1").admitted_on == dt.date(2020, 6, 12)
