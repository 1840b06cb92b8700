"""A band of nine paths of ten holds nine years of ten that it has not seen.

The held-out years come from another generator: invoices are counted, sized and delayed here, in floating point, by
numpy's own distributions. So the tables and streams of the library are checked with the band, and the chain from
turnover to net pay is the same.
"""

import pytest
from simulation_samples import RULES, contract, engagement, scenario

from cae_core import Month
from cae_core.money import Rate
from cae_core.payroll.pay_policy import SmoothPay
from cae_core.simulation import (
    Expenses,
    Flows,
    Invoices,
    Payment,
    Sale,
    SeasonalTurnover,
    UncertainLevel,
    quantile,
    run_columns,
    simulate,
)

np = pytest.importorskip("numpy")
BASE = scenario(
    # A small fixed part: where many years pay it and nothing more, a band holds them all.
    engagement=engagement(policy=SmoothPay(months=3, reserve_cents=40_000), contract=contract(10_000)),
    last=Month(2026, 12),
    turnover=SeasonalTurnover(yearly_cents=3_000_000, from_year=2026),
    shocks=[UncertainLevel(spread_hundredths=30)],
    invoices=Invoices(a_month_hundredths=200, variance_ratio_hundredths=200, spread_hundredths=60),
    payment=Payment(delays=((0, Rate.percent("30")), (1, Rate.percent("50")), (3, Rate.percent("20")))),
    expenses=Expenses(share=Rate.percent("8"), monthly_cents=9_000),
)
FIGURES = ("turnover", "fee", "net_before_tax", "net_paid")
LOW, HIGH = Rate.percent("5"), Rate.percent("95")


def held_out(years, seed):
    """Years of the same law of chance, drawn apart: each figure over the year."""
    rng = np.random.default_rng(seed)
    level = rng.lognormal(-(0.3**2) / 2, 0.3, years)
    sales = []
    for month in BASE.months:
        # Mean 2, variance 4: a negative binomial of size 2 and chance one half.
        number = rng.negative_binomial(2, 0.5, years)
        for rank in range(number.max()):
            size = rng.lognormal(-(0.6**2) / 2, 0.6, years) * level * (250_000 / 2)
            amount = np.where(rank < number, np.rint(size), 0).astype(np.int64)
            sales.append(Sale(month, amount, rng.choice([0, 1, 3], years, p=[0.3, 0.5, 0.2])))
    flows = Flows(months=BASE.months, sales=tuple(sales), expenses=BASE.expenses, written_off_after=12)
    columns, _ = run_columns(RULES, BASE, flows, years)
    return {name: columns[name].sum(axis=0) for name in FIGURES}


def coverage(paths, years, seed):
    many = simulate(RULES, BASE, seed=seed, paths=paths)
    found = {}
    for name, values in held_out(years, seed + 1_000).items():
        low, high = (quantile(many.yearly(name), level)[0] for level in (LOW, HIGH))
        found[name] = ((low <= values) & (values <= high)).mean()
    return found


class TestCoverage:
    def test_of_some_years(self):
        """4,000 paths and 4,000 years: three standard errors are 1.5 + 1.5 points."""
        for name, share in coverage(4_000, 4_000, seed=1).items():
            assert 0.88 <= share <= 0.92, name

    @pytest.mark.long
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_of_many_years(self, seed):
        """40,000 paths and 40,000 years: a standard error of 0.15 point on each side."""
        for name, share in coverage(40_000, 40_000, seed).items():
            assert 0.89 <= share <= 0.91, name

    def test_a_band_of_another_activity_does_not(self):
        """The control: held against years twice as uncertain the same band fails."""
        many = simulate(RULES, BASE, seed=1, paths=4_000)
        low, high = (quantile(many.yearly("net_before_tax"), level)[0] for level in (LOW, HIGH))
        wilder = scenario(**{
            name: getattr(BASE, name) for name in ("engagement", "last", "turnover", "invoices", "payment", "expenses")
        }, shocks=[UncertainLevel(spread_hundredths=60)])  # fmt: skip
        values = simulate(RULES, wilder, seed=9, paths=4_000).yearly("net_before_tax")[0]
        assert ((low <= values) & (values <= high)).mean() < 0.8
