from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from membership_samples import law

from cae_core.errors import InputErrors, LawNotKnownError
from cae_core.france.cooperative_law.participation import (
    participation_is_due,
    scop_net_profit,
    special_reserve,
)


def reserve(net=22_500_00, equity=60_000_00, wages=80, value=100):
    return special_reserve(net, equity_cents=equity, wages_cents=wages, added_value_cents=value, law=law())


class TestBaseOfAScop:
    """
    The profit of a Scop is its surplus less a quarter, less tax at the common rate; its equity is the capital
    paid up. (code du travail, art. R3323-9)
    """

    def test_forty_thousand(self):
        """30,000 after a quarter, 22,500 after tax at 25 %."""
        assert scop_net_profit(40_000_00, law()) == 22_500_00

    @pytest.mark.parametrize("surplus", [0, -5])
    def test_no_surplus_no_profit(self, surplus):
        assert scop_net_profit(surplus, law()) == 0

    def test_the_rate_of_tax_is_that_of_its_year(self):
        assert scop_net_profit(40_000_00, law("2022-01-01")) == 22_500_00
        with pytest.raises(LawNotKnownError, match="corporate_tax_rate"):
            scop_net_profit(40_000_00, law("2021-12-31"))


class TestFormula:
    """Half of (profit − 5 % of equity) × wages ÷ added value. (code du travail, art. L3324-1)"""

    def test_seven_thousand_eight_hundred(self):
        """(22,500 − 3,000) × 0.8 ÷ 2 = 7,800 €."""
        found = reserve()
        assert found.amount_cents == 7_800_00
        assert found.equity_return_cents == 3_000_00
        assert str(found.citations[0]) == "C. trav. art. L3324-1, 2°"

    def test_never_below_zero(self):
        assert reserve(net=2_999_99).amount_cents == 0
        assert reserve(net=-5_000_00).amount_cents == 0

    @given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
    def test_rounded_once(self, net, equity, wages, value):
        exact = max(Fraction(net) - Fraction(equity, 20), Fraction(0)) * Fraction(wages, value) / 2
        assert abs(reserve(net, equity, wages, value).amount_cents - exact) <= Fraction(1, 2)

    def test_what_cannot_be(self):
        with pytest.raises(InputErrors) as raised:
            reserve(equity=-1, wages=-1, value=0)
        assert len(raised.value.exceptions) == 3


class TestEmployeesPartAndReserve:
    """An agreement may put the employees' part into the special reserve. (code du travail, art. R3323-10)"""

    @pytest.mark.parametrize(("part", "enough"), [(7_799_99, False), (7_800_00, True), (18_000_00, True)])
    def test_whether_it_is_enough(self, part, enough):
        assert reserve().met_by(part).met is enough


class TestHeadcount:
    """Compulsory from fifty. (code du travail, art. L3322-2)"""

    @pytest.mark.parametrize(("people", "due"), [(49, False), (50, True)])
    def test_threshold(self, people, due):
        found = participation_is_due(people, law())
        assert (found.met, found.needs_review) == (due, False)
