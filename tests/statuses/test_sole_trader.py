"""The individual enterprise: the tests of mon-entreprise's model of the self-employed (modele-ti, 7b021aaf)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from status_samples import LAW, euros, on

from cae_core.errors import AmountError, LawNotKnownError
from cae_core.france.statuses import sole_trader_base, sole_trader_year

CEILING_2026 = 48_060


def of_base(base, year=2026, **more):
    """A year whose base is given: an income of base / 74 %, or of what the bounds of the abatement add."""
    income = -(-base * 100 * 100 // 74)
    income = min(max(income, (base + 846) * 100), (base + 62_478) * 100)
    found = sole_trader_year(LAW, year, income, **more)
    assert euros(found.base_cents) == base
    return found


def paid(found, code):
    return euros(found.line(code).amount_cents)


class TestBase:
    """L136-3, D136-5: income less 26 %, between 1.76 % and 130 % of the yearly ceiling."""

    def test_forty_thousand(self):
        assert [euros(each) for each in sole_trader_base(on("2026-01-01"), 40_000_00)] == [10_400, 29_600]

    def test_at_most_130_percent(self):
        taken, base = sole_trader_base(on("2026-01-01"), 250_000_00)
        assert euros(taken) == round(1.3 * CEILING_2026)
        assert euros(base) == 250_000 - 62_478

    def test_at_least_1_76_percent(self):
        assert euros(sole_trader_base(on("2026-01-01"), 1_000_00)[0]) == round(0.0176 * CEILING_2026)

    @pytest.mark.parametrize("income", [-5_000_00, 0, 500_00])
    def test_never_negative(self, income):
        assert sole_trader_base(on("2026-01-01"), income)[1] == 0


class TestLines:
    """Each contribution, to the euro."""

    def test_worked_example(self):
        """40,000 before contributions in 2026: about 12,420 (31 %), line by line."""
        found = sole_trader_year(LAW, 2026, 40_000_00)
        assert {line.code: euros(line.amount_cents) for line in found.lines} == {
            "sickness": 1_208,
            "daily_benefits": 148,
            "family": 0,
            "base_pension": 5_290,
            "points": 2_398,
            "invalidity": 385,
            "csg_deductible": 2_013,
            "csg_other": 858,
            "training": 120,
        }
        assert euros(found.contributions_cents) == 12_420
        assert found.line("sickness").how("en") == "€29,600.00 × 4.08%"

    def test_base_pension(self):
        """EI-RETRAITE-30000: 17.87 % of 30,000."""
        assert paid(of_base(30_000), "base_pension") == 5_361

    def test_base_pension_above_the_ceiling(self):
        """17.87 % of the ceiling and 0.72 % of what exceeds it, as Urssaf charges it."""
        wanted = round(CEILING_2026 * 0.1787 + (100_000 - CEILING_2026) * 0.0072)
        assert paid(of_base(100_000), "base_pension") == wanted

    def test_daily_benefits_minimum(self):
        """EI-IJ-MIN: 40 % of the ceiling is 19,224; 0.5 % of it is 96."""
        found = of_base(1_000)
        assert euros(found.daily_base_cents) == 19_224
        assert paid(found, "daily_benefits") == 96

    def test_daily_benefits_maximum(self):
        found = sole_trader_year(LAW, 2026, 500_000_00)
        assert paid(found, "daily_benefits") == round(5 * CEILING_2026 * 0.005)

    def test_points(self):
        """EI-RCI-10000: 8.1 % of 10,000."""
        assert paid(of_base(10_000), "points") == 810

    @pytest.mark.parametrize(
        ("base", "wanted"),
        [
            (100_000, CEILING_2026 * 0.081 + (100_000 - CEILING_2026) * 0.091),
            (200_000, CEILING_2026 * 0.081 + 3 * CEILING_2026 * 0.091),
        ],
    )
    def test_points_above_the_ceiling(self, base, wanted):
        assert paid(of_base(base), "points") == round(wanted)

    def test_minimum_bases(self):
        """450 minimum wages for the basic pension, 11.5 % of the ceiling for invalidity."""
        found = of_base(1_000)
        assert euros(found.pension_base_cents) == round(450 * 12.02)
        assert paid(found, "base_pension") == round(5_409 * 0.1787)
        assert paid(found, "invalidity") == round(round(CEILING_2026 * 0.115) * 0.013)
        assert paid(found, "points") == 81

    def test_no_minimum_base_with_the_rsa(self):
        found = of_base(1_000, minimum_bases=False)
        assert euros(found.daily_base_cents) == euros(found.pension_base_cents) == 1_000

    @pytest.mark.parametrize(("base", "rate"), [(50_000, 0), (60_000, 0.0153), (70_000, 0.031)])
    def test_family(self, base, rate):
        """Nothing to 110 % of the ceiling, then up to 3.10 % at 140 %, to a hundredth of a percent."""
        # 3.1 × (60,000 − 52,866) ÷ 14,418 = 1.5339
        assert paid(of_base(base), "family") == round(base * rate)

    def test_csg(self):
        """9.7 % in two lines."""
        found = of_base(50_000)
        assert paid(found, "csg_deductible") + paid(found, "csg_other") == 4_850

    @pytest.mark.parametrize(("craft", "training"), [(False, 120), (True, 139)])
    def test_training(self, craft, training):
        """0.25 % of the ceiling, 0.29 % for a craft."""
        assert paid(sole_trader_year(LAW, 2026, 1_000_00, craft=craft), "training") == training

    @pytest.mark.parametrize(
        ("base", "rate"),
        [(9_612, 0), (19_224, 1.5), (28_836, 4), (52_866, 6.5), (96_120, 7.7)],
    )
    def test_sickness_steps(self, base, rate):
        """At 20, 40, 60, 110 and 200 % of the ceiling the rate is that of the code."""
        assert paid(of_base(base), "sickness") == round(base * rate / 100)

    def test_sickness_above_three_ceilings(self):
        found = of_base(200_000)
        wanted = 3 * CEILING_2026 * 0.085 + (200_000 - 3 * CEILING_2026) * 0.065
        assert paid(found, "sickness") == round(wanted)


class TestYears:
    """The base of 2025 and after; the two bases of before are refused."""

    def test_2025(self):
        found = sole_trader_year(LAW, 2025, 40_000_00)
        assert euros(found.base_cents) == 29_600
        assert paid(found, "training") == round(47_100 * 0.0025)

    @pytest.mark.parametrize("year", [2024, 2027])
    def test_not_known(self, year):
        with pytest.raises(LawNotKnownError):
            sole_trader_year(LAW, year, 40_000_00)

    def test_carried_forward(self):
        assert sole_trader_year(LAW, 2027, 40_000_00, assume_unchanged=True).base_cents == 29_600_00

    def test_out_of_range(self):
        with pytest.raises(AmountError):
            sole_trader_year(LAW, 2026, 10**12)


class TestAcre:
    """D131-6-1: everything below 75 % of the ceiling until 2025, a quarter from 2026; then less and less."""

    RELIEVED = ("sickness", "daily_benefits", "family", "base_pension", "invalidity")

    def test_total_in_2025(self):
        found = of_base(30_000, 2025, acre=True)
        assert [paid(found, code) for code in self.RELIEVED] == [0] * 5
        assert paid(found, "points") == 2_430

    def test_a_quarter_in_2026(self):
        without, with_it = of_base(30_000), of_base(30_000, acre=True)
        for code in self.RELIEVED:
            whole = paid(without, code)
            assert paid(with_it, code) == whole - int(whole / 4 + 0.5)

    @pytest.mark.parametrize("base", [CEILING_2026, 50_000])
    def test_nothing_from_the_ceiling_on(self, base):
        without, with_it = of_base(base), of_base(base, acre=True)
        assert with_it.contributions_cents == without.contributions_cents

    def test_taper(self):
        """At 40,000: 0.75 × (PASS − R) ÷ R of the basic pension."""
        whole = 40_000 * 0.1787
        assert paid(of_base(40_000, acre=True), "base_pension") == round(whole) - round(
            whole * 0.75 * 8_060 / 40_000
        )

    def test_no_rate_is_shown_where_it_would_not_give_the_amount(self):
        assert of_base(30_000, acre=True).line("base_pension").how() == ""


@given(income=st.integers(-1_000_000, 50_000_000), more=st.integers(200_00, 5_000_000))
def test_more_income_leaves_more(income, more):
    """Beyond the rounding of lines and of rates, more income always leaves more."""
    paid = [sole_trader_year(LAW, 2026, each).contributions_cents for each in (income, income + more)]
    assert paid[0] <= paid[1] + 20_00
    assert income - paid[0] <= income + more - paid[1]
