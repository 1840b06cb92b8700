"""How much of what an activity leaves is paid this month: a budget, or the fixed part alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.payroll.pay_policy import FixedThenSettle, SmoothPay, SpendAvailable

MARCH, DECEMBER = Month(2026, 3), Month(2026, 12)
available = st.integers(-1_000_000, 10_000_000)
policies = st.one_of(
    st.just(SpendAvailable()),
    st.builds(FixedThenSettle, settles_in=st.integers(1, 12)),
    st.builds(SmoothPay, months=st.integers(1, 24), reserve_cents=st.integers(0, 500_000)),
)
months = st.builds(Month, st.just(2026), st.integers(1, 12))


class TestAnyPolicy:
    """What no policy may do."""

    @given(policies, months, available, st.booleans())
    def test_a_budget_is_never_negative_nor_more_than_there_is(self, policy, month, cents, leaves):
        budget = policy.budget(month, cents, leaves=leaves)
        assert budget is None or 0 <= budget <= max(cents, 0)

    @given(policies, months, available)
    def test_everything_is_spent_at_exit(self, policy, month, cents):
        """Nobody keeps a reserve of her own in a cooperative."""
        assert policy.budget(month, cents, leaves=True) == max(cents, 0)

    @given(policies)
    def test_it_has_a_name_people_read(self, policy):
        assert policy.french_name


class TestSpendAvailable:
    """All that is available, every month."""

    @given(months, available)
    def test_all(self, month, cents):
        assert SpendAvailable().budget(month, cents) == max(cents, 0)


class TestFixedThenSettle:
    """
    The variable part is computed per accounting year; an advance on it may be paid each month.
    (Code du travail, art. R7331-11 and R7331-12)
    """

    def test_the_fixed_part_alone_until_december(self):
        policy = FixedThenSettle()
        budgets = [policy.budget(Month(2026, number), 500_000) for number in range(1, 13)]
        assert budgets == [None] * 11 + [500_000]

    @given(st.integers(1, 12), months, available)
    def test_in_the_month_chosen_alone(self, settles_in, month, cents):
        budget = FixedThenSettle(settles_in=settles_in).budget(month, cents)
        assert budget == (max(cents, 0) if month.number == settles_in else None)

    @pytest.mark.parametrize("wrong", [0, 13, -1, "12", True, 1.0])
    def test_a_month_that_does_not_exist(self, wrong):
        with pytest.raises(InputError, match="settles_in: expected a month number from 1 to 12, got"):
            FixedThenSettle(settles_in=wrong)


class TestSmoothPay:
    """One part in several months of what exceeds a reserve."""

    @pytest.mark.parametrize(
        ("cents", "budget"),
        [(487_965, 168_982), (150_000, 0), (150_001, 0), (150_002, 1), (149_999, 0), (0, 0), (-50_000, 0)],
    )
    def test_half_of_what_exceeds_1500_euros(self, cents, budget):
        assert SmoothPay(months=2, reserve_cents=150_000).budget(MARCH, cents) == budget

    def test_the_default_is_a_third_without_reserve(self):
        assert SmoothPay().budget(MARCH, 100_000) == 33_333

    @given(st.integers(1, 24), st.integers(0, 500_000), available)
    def test_the_reserve_is_left(self, months, reserve, cents):
        budget = SmoothPay(months=months, reserve_cents=reserve).budget(DECEMBER, cents)
        assert cents - budget >= min(cents, reserve)
        assert budget * months <= max(cents - reserve, 0) < (budget + 1) * months or budget == 0

    @pytest.mark.parametrize("wrong", [0, -1, 1.5, "3", True])
    def test_over_no_month(self, wrong):
        with pytest.raises(InputError, match="months: expected a whole number of months, at least 1"):
            SmoothPay(months=wrong)

    @pytest.mark.parametrize("wrong", [-1, 1.5, "3", True])
    def test_a_reserve_that_is_none(self, wrong):
        with pytest.raises(InputError, match="reserve: expected zero or more cents"):
            SmoothPay(reserve_cents=wrong)
