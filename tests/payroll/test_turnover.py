"""From turnover to gross pay and back, under any fee scale: checked against every cent of turnover."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import AmountError, InputError, Month, PayFacts, load
from cae_core.account import (
    FeeBase,
    FeeBracket,
    FeeLimit,
    FeeMode,
    FeePeriod,
    FeeScale,
    FeeState,
    MonthActivity,
)
from cae_core.money import Rate
from cae_core.payroll.engine import cost_of
from cae_core.payroll.turnover import TurnoverMonth

RULES = load()
FACTS = PayFacts.of(0, headcount=130, workplace_accident_rate="1.05", hours_policy="full_time")
MARCH = Month(2026, 3)


def scale(mode="flat", brackets=((0, "11.5"),), **more):
    values = {
        "code": "example", "name": "Barème d'exemple", "citation": "Délibération d'exemple", "url": "",
        "in_force_from": MARCH.first_day.replace(year=2020), "base": FeeBase.TURNOVER_INVOICED,
        "mode": FeeMode(mode), "brackets": [FeeBracket(start, Rate.percent(rate)) for start, rate in brackets],
    }  # fmt: skip
    return FeeScale(**{**values, **more})


def month(**more):
    values = {"inverse": RULES.inverse(MARCH, FACTS), "scale": scale()}
    return TurnoverMonth(**{**values, **more})


class TestFlat:
    """A fee of 11.5 %: the cost divided by 0.885, to the next cent that leaves enough."""

    @pytest.mark.parametrize("gross", [176_500, 205_500, 256_000, 600_000])
    def test_the_least_turnover(self, gross):
        cost = cost_of(RULES.month_law(MARCH), FACTS.with_gross(gross))
        turnover = month().turnover_for(gross)
        fee = (turnover * 115 + 500) // 1000
        assert turnover - fee >= cost > turnover - 1 - ((turnover - 1) * 115 + 500) // 1000

    def test_optéos_from_cost_to_turnover(self):
        """Published (wiki Optéos, 30/09/2024): cost 1,896, 2,420, 3,367 → 2,142, 2,734, 3,805 at 11.5 %."""
        for cost, turnover in ((189_600, 2_142), (242_000, 2_734), (336_700, 3_805)):
            fits = [euros for euros in range(2_000, 4_000) if month().available_cents(euros * 100) >= cost]
            assert fits[0] in (turnover, turnover + 1)  # the page rounds to the nearest euro

    def test_what_the_account_has_already(self):
        """500 € of balance are 500 € of cost that no turnover has to bring."""
        gross = 200_000
        cost = month().inverse.cost_cents(gross)
        assert month(other_cents=cost).turnover_for(gross) == 0
        assert month(other_cents=cost - 88_50).turnover_for(gross) == 100_00

    def test_forth_and_back(self):
        for gross in (0, 1, 150_000, 182_303, 182_304, 400_501, 546_909, 546_910):
            assert gross in month().grosses_for(month().turnover_for(gross)).grosses_cents


scales = st.one_of(
    st.builds(lambda rate: scale(brackets=((0, rate),)), st.sampled_from(["0", "6.5", "10", "11.5", "15"])),
    st.builds(
        lambda mode, first, second: scale(mode, ((0, "10"), (first, "8"), (first + second, "13"))),
        st.sampled_from(["marginal", "whole_base", "since_entry"]),
        st.integers(150_000, 320_000), st.integers(1_000, 100_000),
    ),
    st.builds(
        lambda floor, cap: scale(
            floor=FeeLimit(floor, FeePeriod.MONTH), cap=FeeLimit(floor + cap, FeePeriod.MONTH), fixed_monthly_cents=3_000
        ),
        st.integers(0, 40_000), st.integers(0, 10_000),
    ),
)  # fmt: skip


class TestAgainstEveryCent:
    """Whatever the scale, also where a rate changes for the whole base and what is left falls."""

    @settings(max_examples=15, deadline=None)
    @given(scales, st.integers(0, 60_000), st.integers(-20_000, 60_000), st.data())
    def test_of_turnover(self, fee_scale, counted, other, data):
        fee = FeeState(
            scale=fee_scale.version, last_month=MARCH + -1, base_cents=counted, since_entry_cents=counted
        )
        asked = month(scale=fee_scale, fee=fee, other_cents=other)
        gross = data.draw(st.integers(60_000, 190_000))
        cost = asked.inverse.cost_cents(gross)
        found = asked.turnover_for(gross)
        assert asked.available_cents(found) >= cost
        # No smaller one does: every cent near the answer and near each rate, and a comb over the rest.
        edges = [found, *(bracket.from_cents - counted for bracket in fee_scale.brackets)]
        smaller = {turnover for edge in edges for turnover in range(edge - 400, edge + 400)} | set(
            range(0, found, 997)
        )
        assert all(asked.available_cents(turnover) < cost for turnover in smaller if 0 <= turnover < found)

    @settings(max_examples=15, deadline=None)
    @given(scales, st.integers(0, 60_000), st.data())
    def test_of_gross_pay(self, fee_scale, counted, data):
        fee = FeeState(
            scale=fee_scale.version, last_month=MARCH + -1, base_cents=counted, since_entry_cents=counted
        )
        asked = month(scale=fee_scale, fee=fee)
        middle = data.draw(st.sampled_from([150_000, 182_303, 200_000]))
        window = range(middle - 6, middle + 7)
        needed = {gross: asked.turnover_for(gross) for gross in window}
        for turnover in range(needed[middle] - 2, needed[middle] + 3):
            found = asked.grosses_for(turnover)
            expected = [gross for gross in window if needed[gross] == turnover]
            assert [gross for gross in found.grosses_cents if gross in window] == expected
            if not found.exact:
                assert found.below is None or found.below.total_cents < turnover
                assert found.above is None or found.above.total_cents > turnover


class TestCliffs:
    """encom1 reads its rates on the whole base: at 35,000 € of the year the fee falls from 3,500 to 2,800 €."""

    fee_scale = scale("whole_base", ((0, "10"), (3_500_000, "8"), (4_500_000, "6")))

    def test_more_is_left_at_the_cliff(self):
        fee = FeeState(
            scale=self.fee_scale.version, last_month=Month(2026, 2), base_cents=3_000_000, year_cents=300_000
        )
        asked = month(scale=self.fee_scale, fee=fee)
        # 34,999.99 to date: 3,500 less 3,000 charged; 35,000.00: 2,800 less 3,000, 200 are given back.
        assert asked.available_cents(499_999) == 499_999 - 50_000
        assert asked.available_cents(500_000) == 500_000 + 20_000
        assert asked.turnover_for(asked.inverse.for_budget(460_000).gross_pay_cents) == 500_000

    def test_every_pay_of_the_cliff_takes_one_turnover(self):
        """10 % to 2,500 €, then 9 % of all of it: at 2,500 € of turnover 2,275 € are left, a cent before 2,250."""
        asked = month(scale=scale("whole_base", ((0, "10"), (250_000, "9"))))
        assert (asked.available_cents(249_999), asked.available_cents(250_000)) == (224_999, 227_500)
        found = asked.grosses_for(250_000)
        costs = [asked.inverse.cost_cents(gross) for gross in found.grosses_cents]
        assert min(costs) >= 225_000
        assert max(costs) == 227_500 or asked.inverse.cost_cents(found.grosses_cents[-1] + 1) > 227_500
        assert found.grosses_cents == tuple(range(found.grosses_cents[0], found.grosses_cents[-1] + 1))


class TestRefusals:
    def test_a_fee_of_everything(self):
        with pytest.raises(AmountError, match="no turnover leaves"):
            month(scale=scale(brackets=((0, "100"),))).turnover_for(1)

    def test_another_month(self):
        with pytest.raises(InputError, match="it is of 2026-02, the pay of 2026-03"):
            month(activity=MonthActivity(month=Month(2026, 2)))
