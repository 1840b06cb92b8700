"""Many paths: each has the cents of the path projected alone, whatever the order and the partition."""

import datetime as dt
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_samples import RULES, contract, engagement, scale, scenario

from cae_core import InputError, LawNotKnownError, Month, UnknownNameError
from cae_core.account import AvailabilityPolicy, FeeBase, FeeBracket, FeeLimit, FeeMode, FeePeriod, FeeState
from cae_core.france.unemployment import BenefitGround, Ending
from cae_core.money import Rate
from cae_core.payroll.engagement import FactChange
from cae_core.payroll.pay_policy import FixedThenSettle, SharePay, SmoothPay, SpendAvailable
from cae_core.simulation import (
    MEASURES,
    Expenses,
    Payment,
    SeasonalTurnover,
    Start,
    WatchDay,
    Watched,
    join,
    project,
    simulate,
)

np = pytest.importorskip("numpy")
RIGHTS = RULES.entitlements
WATCHED = (
    Watched(RIGHTS["retirement_quarters"], WatchDay.YEAR_END),
    Watched(RIGHTS["sickness_daily_benefit"], WatchDay.EACH_MONTH),
    Watched(RIGHTS["unemployment_benefit"], WatchDay.LAST_DAY, (Ending(kind=BenefitGround.AGREED),)),
)
PROGRESSIVE_FEE = scale(
    code="brackets",
    base=FeeBase.GROSS_MARGIN,
    mode=FeeMode.MARGINAL,
    brackets=(FeeBracket(0, Rate.percent("12")), FeeBracket(1_500_000, Rate.percent("9"))),
    floor=FeeLimit(4_000, FeePeriod.MONTH),
    cap=FeeLimit(250_000, FeePeriod.YEAR),
)
SUPPORTED = engagement(
    contract=contract(signed_on="2026-05-20", starts_on="2026-06-15", ends_on="2027-10-20"),
    entered_on=dt.date(2026, 1, 5),
    associate_on=dt.date(2027, 4, 1),
)
LATE = Payment(delays=((1, Rate.percent("60")), (3, Rate.percent("30"))), written_off_after=5)
SCENARIOS = {
    "shared": scenario(),
    "all at once": scenario(engagement=engagement(policy=SpendAvailable(), contract=contract(0))),
    "fixed, then settled": scenario(engagement=engagement(policy=FixedThenSettle())),
    "smoothed": scenario(engagement=engagement(policy=SmoothPay(months=4, reserve_cents=100_000))),
    "fixed alone": scenario(engagement=engagement(policy=SharePay(share=Rate(0), settles_in=None))),
    "by what is invoiced": scenario(
        engagement=engagement(availability=AvailabilityPolicy.ACCRUAL), payment=LATE
    ),
    "fee by brackets": scenario(engagement=engagement(scale=PROGRESSIVE_FEE), payment=LATE),
    "from support to associate": scenario(engagement=SUPPORTED, support_scale=scale(code="support")),
    "with a past": scenario(
        start=Start(treasury_cents=-35_000, fee=FeeState(since_entry_cents=900_000)),
        expenses=Expenses(share=Rate.percent("5"), in_gross_margin=False),
    ),
    "with money": scenario(start=Start(treasury_cents=1_200_000)),
    "facts that change": scenario(
        engagement=engagement(
            executive=True,
            changes=[FactChange(from_month=Month(2026, 9), facts={"headcount": 30, "mobility_ppm": 20_000})],
        )
    ),
    "nothing drawn": scenario(shocks=(), invoices=None, payment=Payment()),
}


class TestEveryPath:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_has_the_cents_of_its_projection(self, name):
        """Account, fee, pay, cost, nets, treasury and rights, month by month."""
        base = SCENARIOS[name]
        many = simulate(RULES, base, seed=11, paths=range(250, 262), watched=WATCHED)
        for column, path in enumerate(list(many.paths)[:: 12 if name == "nothing drawn" else 3]):
            column *= 12 if name == "nothing drawn" else 3
            alone = project(RULES, base, seed=11, path=path, watched=WATCHED)
            for row, month in enumerate(alone):
                for measure in MEASURES:
                    assert month.cents(measure) == many[measure][row, column], (path, month.month, measure)
                for finding in month.findings:
                    self.check(finding, many, column)

    @staticmethod
    def check(finding, many, column):
        names = {
            "retirement_quarters": ("quarters", lambda it: it.value("quarters")),
            "sickness_daily_benefit": ("granted", lambda it: it.granted is True),
            "unemployment_benefit": (
                "daily_allowance",
                lambda it: it.value("daily_allowance") if it.granted else 0,
            ),
        }
        figure, read = names[finding.code]
        right = many.right(f"{finding.code}.{figure}")
        assert right.values[right.days.index(finding.on), column] == read(finding), finding.on

    def test_rights_were_asked_on_their_days(self):
        many = simulate(RULES, SCENARIOS["shared"], seed=1, paths=5, watched=WATCHED)
        assert many.right("retirement_quarters.quarters").days == (
            dt.date(2026, 12, 31),
            dt.date(2027, 12, 31),
        )
        sick = many.right("sickness_daily_benefit.granted").days
        assert (len(sick), sick[0], sick[-1]) == (24, dt.date(2026, 2, 1), dt.date(2028, 1, 1))
        assert many.right("unemployment_benefit.granted").days == (dt.date(2027, 12, 31),)


class TestIdentity:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_what_comes_in_less_what_goes_out_is_the_change_of_the_treasury(self, name):
        base = SCENARIOS[name]
        many = simulate(RULES, base, seed=5, paths=300)
        moved = many["cashed"] - many["expenses"] - many["fee"] - many["employer_cost"]
        before = np.vstack([np.full((1, 300), base.start.treasury_cents), many["treasury"][:-1]])
        assert (many["treasury"] - before == moved).all()

    def test_result_and_treasury_differ_by_what_customers_owe(self):
        many = simulate(RULES, SCENARIOS["by what is invoiced"], seed=5, paths=300)
        owed = np.cumsum(many["turnover"] - many["cashed"] - many["written_off"], axis=0)
        assert (many["result"] - many["treasury"] == owed).all()
        assert (owed >= 0).all()

    def test_a_year_is_the_sum_of_its_months_and_a_balance_its_last(self):
        many = simulate(RULES, SCENARIOS["shared"], seed=5, paths=50)
        assert (many.yearly("fee")[1] == many["fee"][12:].sum(axis=0)).all()
        assert (many.yearly("treasury")[0] == many["treasury"][11]).all()


class TestPartition:
    whole = staticmethod(lambda: simulate(RULES, SCENARIOS["shared"], seed=2, paths=700, watched=WATCHED))

    @settings(max_examples=6, deadline=None)
    @given(
        st.lists(st.integers(1, 699), min_size=1, max_size=3, unique=True), st.randoms(use_true_random=False)
    )
    def test_does_not_matter(self, cuts, random):
        whole, bounds = self.whole(), [0, *sorted(cuts), 700]
        ranges = [range(first, last) for first, last in pairwise(bounds)]
        random.shuffle(ranges)
        parts = [simulate(RULES, SCENARIOS["shared"], seed=2, paths=part, watched=WATCHED) for part in ranges]
        joined = join(parts)
        for measure in MEASURES:
            assert (joined[measure] == whole[measure]).all()
        for name, right in whole.rights.items():
            assert (joined.right(name).values == right.values).all()

    def test_parts_must_fit(self):
        base = SCENARIOS["shared"]
        part = simulate(RULES, base, seed=2, paths=range(5))
        with pytest.raises(InputError, match="does not follow"):
            join([part, simulate(RULES, base, seed=2, paths=range(6, 9))])
        with pytest.raises(InputError, match="not of one simulation"):
            join([part, simulate(RULES, base, seed=3, paths=range(5, 9))])
        with pytest.raises(InputError, match="at least one|one part or more"):
            join([])

    def test_a_seed_is_a_simulation(self):
        base = SCENARIOS["shared"]
        first, again, other = (simulate(RULES, base, seed=seed, paths=40)["net_paid"] for seed in (8, 8, 9))
        assert (first == again).all()
        assert (first != other).any()

    def test_progress_counts_parts(self):
        steps = []
        short = scenario(last=Month(2026, 2))
        simulate(RULES, short, seed=2, paths=range(4_000, 9_000), step=lambda: steps.append(1))
        assert len(steps) == 2


class TestRefusals:
    def test_law_that_is_not_known(self):
        with pytest.raises(LawNotKnownError):
            simulate(RULES, attrs.evolve(SCENARIOS["shared"], assume_unchanged=False), seed=1, paths=1)

    def test_no_path(self):
        with pytest.raises(InputError, match="one path or more"):
            simulate(RULES, SCENARIOS["shared"], seed=1, paths=0)

    def test_a_right_without_columns(self):
        other = next(right for right in RIGHTS.values() if right.columns is None)
        with pytest.raises(InputError, match="ask it of a projection"):
            simulate(RULES, SCENARIOS["shared"], seed=1, paths=1, watched=[Watched(other, WatchDay.LAST_DAY)])

    def test_names(self):
        many = simulate(RULES, SCENARIOS["shared"], seed=1, paths=1)
        with pytest.raises(UnknownNameError, match="net_before_tax"):
            many["net_before_taxes"]
        with pytest.raises(UnknownNameError):
            many.right("quarters")


class TestProjection:
    def test_without_anything_drawn_needs_no_arrays(self, monkeypatch):
        import sys

        monkeypatch.setitem(sys.modules, "numpy", None)
        done = project(RULES, SCENARIOS["nothing drawn"])
        assert len(done.payslips) == 24
        assert done.assumed
        with pytest.raises(ImportError, match="arrays"):
            project(RULES, SCENARIOS["shared"])

    def test_months_of_support_pay_nothing_and_are_charged(self):
        done = project(RULES, attrs.evolve(SCENARIOS["from support to associate"]), seed=4)
        assert done["2026-03"].payslip is None
        assert done["2026-03"].fee.scale.code == "support"
        assert done["2026-06"].payslip is not None
        assert done["2027-11"].fee is None
        with pytest.raises(InputError, match="2026-01 to 2027-12"):
            done["2028-01"]

    def test_totals(self):
        flat = scenario(
            shocks=(), invoices=None, payment=Payment(), expenses=Expenses(),
            turnover=SeasonalTurnover(yearly_cents=2_400_000, from_year=2026),
        )  # fmt: skip
        done = project(RULES, flat)
        assert done.total_cents("turnover") == 4_800_000
        assert done.total_cents("fee", 2026) == 240_000
