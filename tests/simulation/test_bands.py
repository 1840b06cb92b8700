"""Bands, chances and paired differences, against counts made by hand."""

import pytest
from simulation_samples import RULES, contract, engagement, scenario

from cae_core import InputError, UnknownNameError
from cae_core.money import Rate
from cae_core.simulation import (
    Chance,
    WatchDay,
    Watched,
    band,
    chance,
    compare,
    quantile,
    right_band,
    simulate,
)

np = pytest.importorskip("numpy")
PATHS = 400


@pytest.fixture(scope="module")
def many():
    watched = [Watched(RULES.entitlements["retirement_quarters"], WatchDay.YEAR_END)]
    return simulate(RULES, scenario(), seed=21, paths=PATHS, watched=watched)


class TestQuantile:
    @pytest.mark.parametrize(
        ("level", "expected"), [("5", 5), ("50", 50), ("95", 95), ("95.01", 96), ("100", 100), ("0", 1)]
    )
    def test_is_the_least_that_a_share_does_not_pass(self, level, expected):
        values = np.random.default_rng(1).permutation(np.arange(1, 101))
        assert quantile(values, Rate.percent(level)) == expected

    def test_of_one_value(self):
        assert quantile(np.array([7]), Rate.percent("50")) == 7


class TestBand:
    def test_counts_paths(self, many):
        """By definition: a share of the paths is at or under each amount, and one cent less takes fewer."""
        found = band(many, "treasury", levels=("5", "50", "95"))
        for row, amounts in enumerate(found.amounts):
            for level, amount in zip((20, 200, 380), amounts, strict=True):
                assert (
                    (many["treasury"][row] <= amount).sum() >= level > (many["treasury"][row] < amount).sum()
                )

    def test_means_are_of_the_paths(self, many):
        found = band(many, "net_paid", yearly=True)
        assert found.periods == ("2026", "2027")
        for mean, row in zip(found.means, many.yearly("net_paid"), strict=True):
            assert abs(mean * PATHS - int(row.sum())) <= PATHS // 2

    def test_level(self, many):
        found = band(many, "net_paid")
        assert found.at("50") == tuple(amounts[2] for amounts in found.amounts)
        with pytest.raises(InputError, match="level"):
            found.at("33")

    def test_of_a_right(self, many):
        found = right_band(many, "retirement_quarters.quarters", unit="quarters")
        assert found.periods == ("2026-12-31", "2027-12-31")
        assert all(0 <= low <= high <= 4 for low, *_, high in found.amounts)

    @pytest.mark.parametrize("levels", [(), ("50", "5"), ("5", "5")])
    def test_levels_increase(self, many, levels):
        with pytest.raises(InputError, match="increasing"):
            band(many, "net_paid", levels=levels)

    def test_name(self, many):
        with pytest.raises(UnknownNameError):
            band(many, "net")


class TestChance:
    def test_counts(self, many):
        never_short = (many["treasury"] >= 0).all(axis=0)
        assert chance(never_short).count == sum(map(bool, never_short))

    def test_share_and_error(self):
        """1.96 × √(0.9 × 0.1 ÷ 10,000) = 0.00588."""
        found = Chance(count=9_000, paths=10_000)
        assert found.ppm == 900_000
        assert found.error_ppm == 5_880
        assert str(found.rate) == "90.00%"

    @pytest.mark.parametrize("count", [0, 3_000])
    def test_what_never_or_always_happens_is_not_sure(self, count):
        """The rule of three: 3 ÷ 3,000."""
        assert Chance(count=count, paths=3_000).error_ppm == 1_000


class TestCompare:
    """Common random numbers: two policies meet the same turnover, path by path."""

    def test_differences_are_paired(self, many):
        richer = scenario(engagement=engagement(contract=contract(90_000)))
        other = simulate(RULES, richer, seed=21, paths=PATHS)
        found = compare(many, other, "gross_pay", yearly=True, levels=("50",))
        differences = other.yearly("gross_pay") - many.yearly("gross_pay")
        assert [each.count for each in found.higher] == [int((row > 0).sum()) for row in differences]
        assert [each.count for each in found.lower] == [int((row < 0).sum()) for row in differences]
        assert found.band.at("50") == tuple(int(np.sort(row)[199]) for row in differences)

    def test_pairs_say_more_than_two_bands(self, many):
        """The spread of the difference is far under that of either simulation."""
        other = simulate(
            RULES, scenario(engagement=engagement(contract=contract(61_000))), seed=21, paths=PATHS
        )
        differences = other.yearly("gross_pay") - many.yearly("gross_pay")
        assert differences.std() * 5 < many.yearly("gross_pay").std()

    def test_other_draws_are_refused(self, many):
        for changes in ({"seed": 22, "paths": PATHS}, {"seed": 21, "paths": PATHS - 1}):
            with pytest.raises(InputError, match="same turnover"):
                compare(many, simulate(RULES, scenario(), **changes), "net_paid")
