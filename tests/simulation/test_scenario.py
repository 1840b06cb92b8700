"""What a scenario expects, what it draws, and what it refuses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation_samples import RULES, contract, engagement, scale, scenario

from cae_core import InputError, Month
from cae_core.calendar import Interval
from cae_core.money import Rate
from cae_core.simulation import (
    Draws,
    Expenses,
    Flows,
    Invoices,
    LostClient,
    MonthsGiven,
    Payment,
    Sale,
    SeasonalTurnover,
    UncertainLevel,
)

np = pytest.importorskip("numpy")
YEAR = tuple(Month(2026, 1).through(Month(2026, 12)))
EVEN = dict.fromkeys(YEAR, 300_000)
MANY = 40_000


def one_year(**changes):
    nothing = {"shocks": (), "invoices": None, "payment": Payment(), "expenses": Expenses()}
    return scenario(first=YEAR[0], last=YEAR[-1], turnover=MonthsGiven(EVEN), **{**nothing, **changes})


class TestExpected:
    def test_months_given_are_those(self):
        assert MonthsGiven({YEAR[0]: 5, YEAR[1]: 7}).expected(YEAR[:2]) == (5, 7)

    def test_a_month_that_is_not_given_is_named(self):
        with pytest.raises(InputError, match="2026-03, 2026-04"):
            MonthsGiven({YEAR[0]: 5, YEAR[1]: 7}).expected(YEAR[:4])

    @given(st.integers(0, 50_000_000), st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any))
    def test_a_year_is_spread_without_losing_a_cent(self, cents, profile):
        found = SeasonalTurnover(yearly_cents=cents, from_year=2026, profile=profile).expected(YEAR)
        assert sum(found) == cents
        assert all(got == 0 for got, weight in zip(found, profile, strict=True) if weight == 0)

    def test_growth_is_compounded_by_year(self):
        """30,000 € growing by 10 % is 33,000 €, then 36,300 €."""
        turnover = SeasonalTurnover(yearly_cents=3_000_000, from_year=2026, growth_ppm=100_000)
        months = tuple(Month(2026, 1).through(Month(2028, 12)))
        found = turnover.expected(months)
        assert [sum(found[first : first + 12]) for first in (0, 12, 24)] == [3_000_000, 3_300_000, 3_630_000]

    def test_refusals(self):
        with pytest.raises(InputError, match="twelve"):
            SeasonalTurnover(yearly_cents=1, from_year=2026, profile=(1,) * 11)
        with pytest.raises(InputError, match="growth"):
            SeasonalTurnover(yearly_cents=1, from_year=2026, growth_ppm=-1_000_000)
        with pytest.raises(InputError, match="starts in 2027"):
            SeasonalTurnover(yearly_cents=1, from_year=2027).expected(YEAR)
        with pytest.raises(InputError, match="turnover of 2026-01"):
            MonthsGiven({YEAR[0]: 10**8 + 1}).expected(YEAR[:1])


class TestFlowsByHand:
    """A path small enough to be followed with a pencil."""

    flows = Flows(
        months=YEAR[:5],
        sales=(
            Sale(YEAR[0], 100_000, 1),
            Sale(YEAR[0], 50_000, -1),
            Sale(YEAR[2], 30_000, 0),
            Sale(YEAR[4], 9_000, 2),
        ),
        expenses=Expenses(share=Rate.percent("10"), monthly_cents=2_000),
        written_off_after=3,
    )

    def test_months(self):
        assert self.flows.invoiced() == [150_000, 0, 30_000, 0, 9_000]
        assert self.flows.cashed() == [0, 100_000, 30_000, 0, 0]
        assert self.flows.written_off() == [0, 0, 0, 50_000, 0]
        assert self.flows.spent() == [17_000, 2_000, 5_000, 2_000, 2_900]

    def test_entries_say_the_same(self):
        account = scenario().account(self.flows)
        assert [
            account.turnover_invoiced_cents(month) for month in self.flows.months
        ] == self.flows.invoiced()
        assert [account.turnover_cashed_cents(month) for month in self.flows.months] == self.flows.cashed()
        spent = [a + b for a, b in zip(self.flows.spent(), self.flows.written_off(), strict=True)]
        assert [account.direct_expenses_cents(month) for month in self.flows.months] == spent


class TestDraws:
    """Means and chances over many paths; the seed is fixed, the bounds are four standard errors."""

    draws = Draws(7, range(MANY))

    def invoiced(self, **changes):
        flows = one_year(**changes).flows(self.draws)
        return np.stack([np.zeros(MANY, dtype=np.int64) + lane for lane in flows.invoiced()])

    def near(self, values, expected):
        assert abs(values.mean() - expected) < 4 * values.std() / np.sqrt(MANY)

    def test_lumpy_invoices_keep_the_mean_and_have_the_variance_of_their_kind(self):
        """Of a sum of a random number of sizes: E(N) Var(S) + Var(N) E(S)², per month."""
        invoices = Invoices(a_month_hundredths=250, variance_ratio_hundredths=150, spread_hundredths=50)
        found = self.invoiced(invoices=invoices).sum(axis=0)
        self.near(found, 12 * 300_000)
        size = 300_000 / 2.5
        variance = 12 * (2.5 * (np.exp(0.25) - 1) * size**2 + 2.5 * 1.5 * size**2)
        assert found.var() == pytest.approx(variance, rel=0.03)

    def test_a_level_is_one_factor_for_the_path(self):
        found = self.invoiced(shocks=[UncertainLevel(spread_hundredths=40)])
        self.near(found[0], 300_000)
        assert (found == found[0]).all()
        assert np.log(found[0]).std() == pytest.approx(0.40, rel=0.02)

    def test_a_yearly_level_is_another_one_each_year(self):
        base = scenario(
            turnover=SeasonalTurnover(yearly_cents=3_600_000, from_year=2026), invoices=None,
            shocks=[UncertainLevel(spread_hundredths=40, each_year=True)],
        )  # fmt: skip
        found = np.stack(base.flows(self.draws).invoiced())
        assert (found[:12] == found[0]).all()
        assert abs(np.corrcoef(found[0], found[12])[0, 1]) < 0.02

    def test_two_levels_do_not_share_their_draws(self):
        level = UncertainLevel(spread_hundredths=40)
        twice = np.log(self.invoiced(shocks=[level, level])[0])
        assert twice.std() == pytest.approx(0.40 * np.sqrt(2), rel=0.02)

    def test_a_client_leaves_and_is_replaced(self):
        """30 % missing for four months after each loss; in January 5 % of the paths have lost it."""
        lost = LostClient(share=Rate.percent("30"), chance=Rate.percent("5"), months=4)
        found = self.invoiced(shocks=[lost])
        assert set(np.unique(found)) == {210_000, 300_000}
        self.near((found[0] == 210_000).astype(float), 0.05)
        gone = found[:, found[0] == 210_000] == 210_000
        assert gone[:4].all()
        # From the fifth month on it may leave again.
        assert gone[4].mean() == pytest.approx(0.05, abs=0.02)

    def test_payment_delays(self):
        payment = Payment(delays=((0, Rate.percent("20")), (2, Rate.percent("70"))), written_off_after=3)
        flows = one_year(payment=payment).flows(self.draws)
        cashed, lost = flows.cashed(), flows.written_off()
        self.near(cashed[0], 60_000)
        self.near(cashed[1], 60_000)
        self.near(cashed[2], 0.9 * 300_000)  # what is paid at once, and what waited two months
        self.near(lost[3], 30_000)
        assert not np.any(lost[2])

    def test_everything_is_whole_cents(self):
        for lane in (*scenario().flows(self.draws).invoiced(), *scenario().flows(self.draws).spent()):
            assert lane.dtype == np.int64


class TestOnePathWhoeverAsks:
    """A draw depends on the seed, the path and the month, and on nothing else."""

    @given(st.integers(0, 2_000), st.integers(1, 600))
    def test_of_a_part(self, first, size):
        part = Draws(3, range(first, first + size)).words("size", YEAR[2], 3)
        whole = Draws(3, range(first + size)).words("size", YEAR[2], 3)
        assert (part == whole[:, first:]).all()

    def test_another_thing_drawn_moves_none(self):
        draws = Draws(3, range(300))
        assert (draws.words("size", YEAR[2], 5)[:3] == draws.words("size", YEAR[2], 3)).all()

    def test_another_seed_month_or_stream_does(self):
        found = [
            Draws(seed, range(50)).words(stream, month, 1).tobytes()
            for seed in (1, 2)
            for stream in ("size", "count")
            for month in (*YEAR[:2], None)
        ]
        assert len(set(found)) == len(found)

    def test_the_length_and_the_policy_do_not_matter(self):
        draws = Draws(3, range(100))
        long, short = scenario(), scenario(last=Month(2026, 6))
        for later, sooner in zip(long.flows(draws).invoiced(), short.flows(draws).invoiced(), strict=False):
            assert (later == sooner).all()

    @pytest.mark.parametrize(
        ("seed", "paths"),
        [(-1, range(1)), ("1", range(1)), (1, range(0)), (1, range(-1, 3)), (1, range(0, 9, 2))],
    )
    def test_bounds(self, seed, paths):
        with pytest.raises(InputError, match=r"seed|paths"):
            Draws(seed, paths)


class TestRefusals:
    def test_months_out_of_order(self):
        with pytest.raises(InputError, match="comes before"):
            scenario(last=Month(2025, 12))

    def test_a_year_that_has_begun_without_its_state(self):
        with pytest.raises(InputError, match="pay of the year to date"):
            scenario(first=Month(2026, 3))
        late = engagement(contract=contract(signed_on="2026-02-20", starts_on="2026-03-01"))
        assert scenario(first=Month(2026, 3), engagement=late).months[0] == Month(2026, 3)

    @pytest.mark.parametrize(
        ("delays", "after"),
        [
            ((), 1),
            (((1, Rate(1)), (0, Rate(1))), 1),
            (((-1, Rate(1)),), 1),
            (((0, Rate(10**6)), (1, Rate(1))), 1),
            (((0, Rate(1)),), 0),
        ],
    )
    def test_payment(self, delays, after):
        with pytest.raises(InputError, match=r"delays|written_off_after"):
            Payment(delays=delays, written_off_after=after)

    def test_a_random_scenario_needs_draws(self):
        with pytest.raises(InputError, match="draws"):
            scenario().flows()


class TestStages:
    """Months of support before the contract are charged by their own scale, and nothing before or after."""

    base = scenario(
        engagement=engagement(
            contract=contract(signed_on="2026-06-20", starts_on="2026-07-15", ends_on="2027-08-31"),
            entered_on=dt.date(2026, 1, 5),
        ),
        support_scale=scale(code="support"),
    )

    def test_scale_of_a_month(self):
        codes = [scale and scale.code for scale in map(self.base.scale, self.base.months)]
        assert codes == ["support"] * 6 + ["flat"] * 14 + [None] * 4

    def test_last_month_under_each(self):
        closing = [month for month in self.base.months if self.base.closes_fee(month)]
        assert closing == [Month(2026, 6), Month(2027, 8)]

    def test_no_turnover_after_the_end(self):
        flows = self.base.flows(Draws(1, range(20)))
        assert [bool(np.any(lane)) for lane in flows.invoiced()] == [True] * 20 + [False] * 4

    def test_the_contract_decides(self):
        assert Interval(dt.date(2026, 7, 15), dt.date(2027, 8, 31)) == self.base.engagement.contract.period
        assert RULES.month_law("2026-07").month == Month(2026, 7)
