"""A fee charged in columns has, row by row, the cents of the fee charged alone."""

import datetime as dt

import pytest

from cae_core import InputError, Month
from cae_core.account import (
    FeeBase,
    FeeBracket,
    FeeLimit,
    FeeMode,
    FeePeriod,
    FeeScale,
    FeeState,
    MonthActivity,
    charge_month,
)
from cae_core.money import Rate

np = pytest.importorskip("numpy")
PEOPLE, MONTHS = 40, 27


def random_scale(rng) -> FeeScale:
    """Any of the shapes a scale can have."""
    mode = rng.choice(list(FeeMode))
    starts = [0] if mode is FeeMode.FLAT else [0, 1_500_000, 4_000_000][: rng.integers(1, 4)]
    brackets = [FeeBracket(start, Rate(int(rng.integers(0, 200_000)))) for start in starts]

    def limit(low, high):
        period = rng.choice(list(FeePeriod))
        amount = int(rng.integers(low, high)) * (12 if period is FeePeriod.YEAR else 1)
        prorated = period is FeePeriod.YEAR and bool(rng.random() < 0.5)
        return FeeLimit(
            amount, period, prorated=prorated, **rng.choice([{}, {"after_months": 8, "after_cents": amount}])
        )

    return FeeScale(
        code="any",
        name="Contribution",
        citation="assemblée générale",
        url="",
        in_force_from=dt.date(2020, 1, 1),
        base=rng.choice(list(FeeBase)),
        mode=mode,
        brackets=brackets,
        period=rng.choice(list(FeePeriod)),
        year_starts_in=int(rng.choice([1, 7])),
        floor=limit(1_000, 8_000) if rng.random() < 0.5 else None,
        cap=limit(20_000, 60_000) if rng.random() < 0.5 else None,
        fixed_monthly_cents=int(rng.choice([0, 3_000])),
        monthly_deduction_cents=int(rng.choice([0, 5_000])),
        exempt_first_months=int(rng.choice([0, 0, 6])),
        internal_sales_rate=rng.choice([None, Rate.percent("5")]),
    )


class TestColumns:
    @pytest.mark.parametrize("seed", range(60))
    def test_have_the_cents_of_each_row(self, seed):
        rng = np.random.default_rng(seed)
        scale = random_scale(rng)
        state, alone = FeeState(), [FeeState() for _ in range(PEOPLE)]
        months = list(Month(2026, 3).through(Month(2026, 3) + (MONTHS - 1)))
        for rank, month in enumerate(months):
            # Corrections below zero, months without anything, months far over the caps.
            lanes = {
                name: (rng.normal(200_000, 400_000, PEOPLE) * (rng.random(PEOPLE) < 0.8)).astype(np.int64)
                for name in (
                    "turnover_invoiced_cents",
                    "turnover_cashed_cents",
                    "gross_margin_cents",
                    "internal_sales_cents",
                )
            }
            what = {"month": month, "months_since_entry": rank, "associate": rank > 10}
            closing = month == months[-1]
            charge, state = charge_month(scale, state, MonthActivity(**what, **lanes), closing=closing)
            column = np.zeros(PEOPLE, dtype=np.int64) + charge.amount_cents
            for person in range(PEOPLE):
                activity = MonthActivity(**what, **{name: int(lane[person]) for name, lane in lanes.items()})
                own, alone[person] = charge_month(scale, alone[person], activity, closing=closing)
                assert own.amount_cents == column[person], (month, person)

    def test_are_whole_numbers(self):
        with pytest.raises(InputError, match="whole number of cents"):
            MonthActivity(month=Month(2026, 1), turnover_invoiced_cents=np.array([1.5]))
