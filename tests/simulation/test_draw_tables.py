"""Tables of whole numbers against the distributions they stand for, computed apart."""

import math
import statistics

import pytest

from cae_core import InputError
from cae_core.money import MILLION
from cae_core.simulation.tables import CELLS, COUNT_BITS, count_table, lognormal_table

NORMAL = statistics.NormalDist()


class TestSizes:
    @pytest.mark.parametrize("spread", [1, 25, 70, 150])
    def test_mean_is_exactly_one(self, spread):
        assert sum(lognormal_table(spread)) == CELLS * MILLION

    @pytest.mark.parametrize("spread", [25, 70, 150])
    def test_cells_are_those_of_the_distribution(self, spread):
        """The middle of each cell, by the standard library, and the mean of the cells brought to one."""
        sigma = spread / 100
        raw = [math.exp(sigma * NORMAL.inv_cdf((2 * rank + 1) / (2 * CELLS))) for rank in range(CELLS)]
        mean = statistics.fmean(raw)
        for cell, expected in zip(lognormal_table(spread), raw, strict=True):
            assert abs(cell - expected / mean * MILLION) < 1.01

    @pytest.mark.parametrize("spread", [25, 70])
    def test_spread_is_what_was_asked(self, spread):
        """Of the logarithm; the cells leave a tail out, so a little less."""
        found = statistics.pstdev(math.log(cell) for cell in lognormal_table(spread))
        assert 0.995 < found / (spread / 100) < 1

    def test_no_spread_is_one_size(self):
        assert set(lognormal_table(0)) == {MILLION}

    @pytest.mark.parametrize("spread", [-1, 151, 0.5, "70"])
    def test_bounds(self, spread):
        with pytest.raises(InputError, match="spread"):
            lognormal_table(spread)


class TestCounts:
    @staticmethod
    def chances(mean, ratio):
        starts, counts = count_table(mean, ratio)
        ends = (*starts[1:], 2**COUNT_BITS)
        assert list(counts) == list(range(len(counts)))
        return [(end - start) / 2**COUNT_BITS for start, end in zip(starts, ends, strict=True)]

    @pytest.mark.parametrize("mean", [10, 250, 3_000])
    def test_poisson(self, mean):
        for count, found in enumerate(self.chances(mean, 100)[:-1]):
            expected = math.exp(-mean / 100 + count * math.log(mean / 100) - math.lgamma(count + 1))
            assert found == pytest.approx(expected, abs=1e-14, rel=1e-9)

    @pytest.mark.parametrize(("mean", "ratio"), [(250, 150), (80, 400), (3_000, 1_000)])
    def test_negative_binomial(self, mean, ratio):
        size, part = (mean / 100) / (ratio / 100 - 1), 100 / ratio
        for count, found in enumerate(self.chances(mean, ratio)[:-1]):
            logarithm = (
                math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
                + size * math.log(part) + count * math.log(1 - part)
            )  # fmt: skip
            assert found == pytest.approx(math.exp(logarithm), abs=1e-13, rel=1e-9)

    @pytest.mark.parametrize(("mean", "ratio"), [(250, 100), (250, 150), (80, 400), (3_000, 1_000)])
    def test_mean_and_variance(self, mean, ratio):
        chances = self.chances(mean, ratio)
        first = sum(count * chance for count, chance in enumerate(chances))
        second = sum(count**2 * chance for count, chance in enumerate(chances))
        assert first == pytest.approx(mean / 100, rel=1e-9)
        assert (second - first**2) / first == pytest.approx(ratio / 100, rel=1e-9)

    @pytest.mark.parametrize(("mean", "ratio"), [(0, 100), (3_001, 100), (100, 99), (100, 1_001), (1.0, 100)])
    def test_bounds(self, mean, ratio):
        with pytest.raises(InputError):
            count_table(mean, ratio)
