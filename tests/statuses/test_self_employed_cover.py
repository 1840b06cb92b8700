"""What the self-employed receive. Figures of ameli, of France Travail and of the reference pages they relay."""

import pytest
from status_samples import LAW, amount, ask, euros, on, reason

from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.statuses import (
    ATI,
    SELF_EMPLOYED_ACCIDENT,
    SELF_EMPLOYED_BIRTH,
    SELF_EMPLOYED_PENSION,
    SELF_EMPLOYED_SICKNESS,
    MicroActivity,
    SelfEmployed,
    micro_points_contribution,
    sole_trader_year,
)


def person(*incomes, since="2015-01-01", **more):
    return SelfEmployed(incomes_cents=[income * 100 for income in incomes], affiliated_on=since, **more)


class TestSickness:
    """L622-1: 1/730 of the mean income of three years, up to the ceiling, after three days."""

    @pytest.mark.parametrize(
        ("when", "most"),
        [("2021-07-01", 56_35), ("2022-07-01", 56_35), ("2023-07-01", 60_26), ("2024-07-01", 63_52),
         ("2025-07-01", 64_52), ("2026-07-01", 65_84)],
    )  # fmt: skip
    def test_maximum(self, when, most):
        """63.52 in 2024 and the line of each year: the ceiling over 730."""
        found = ask(SELF_EMPLOYED_SICKNESS, when, person(90_000, 90_000, 90_000))
        assert amount(found, "daily_benefit") == most

    @pytest.mark.parametrize(
        ("when", "limit"),
        [("2021-01-01", 4_046_40), ("2022-01-01", 4_093_20), ("2023-01-01", 4_113_60), ("2024-01-01", 4_208_80),
         ("2025-01-01", 4_383_20), ("2026-01-01", 4_582_00)],
    )  # fmt: skip
    def test_nothing_under_a_tenth_of_the_mean_ceiling(self, when, limit):
        """4,113.60 in 2023 (ameli), 4,208.80 in 2024."""
        below = SelfEmployed(incomes_cents=[limit - 1], affiliated_on="2015-01-01")
        refused = ask(SELF_EMPLOYED_SICKNESS, when, below)
        assert not refused.granted
        assert reason(refused, "income").wanted == limit
        at = SelfEmployed(incomes_cents=[limit], affiliated_on="2015-01-01")
        assert ask(SELF_EMPLOYED_SICKNESS, when, at).granted

    @pytest.mark.parametrize(("income", "daily"), [(20_000, 27_40), (26_400, 36_16), (5_940, 8_14)])
    def test_examples(self, income, daily):
        """40,000 of services, 40,000 and 9,000 of liberal turnover.

        5,940 ÷ 730 = 8.137: published maxima are rounded (63.518 is 63.52), so this one is too.
        """
        assert amount(ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(income)), "daily_benefit") == daily

    def test_total(self):
        found = ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(26_400, days=30))
        assert amount(found, "total") == 27 * 36_16
        assert amount(ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(26_400, days=2)), "total") == 0

    def test_mean_of_three_years(self):
        found = ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(30_000, 20_000, 10_000, 90_000))
        assert amount(found, "daily_benefit") == 27_40

    @pytest.mark.parametrize(("since", "granted"), [("2025-07-02", False), ("2025-07-01", True)])
    def test_twelve_months(self, since, granted):
        assert ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(30_000, since=since)).granted is granted

    def test_regulated_liberals(self):
        """SSI-IJ-PL: since July 2021, three ceilings and ninety days."""
        liberal = person(200_000, regulated=True, days=120)
        found = ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", liberal)
        assert amount(found, "daily_benefit") == 197_51
        assert amount(found, "total") == 90 * 197_51
        assert amount(ask(SELF_EMPLOYED_SICKNESS, "2021-07-01", liberal), "daily_benefit") == 169_05
        with pytest.raises(LawNotKnownError):
            ask(SELF_EMPLOYED_SICKNESS, "2021-06-30", liberal)

    def test_bad_income(self):
        with pytest.raises(InputError):
            SelfEmployed(incomes_cents=[-1])

    def test_no_income_is_no_right(self):
        assert ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", SelfEmployed()).granted is False


class TestAccident:
    """No compulsory insurance of work accidents; the voluntary one (L743-1) pays no daily benefit."""

    def test_counts_as_a_sickness(self):
        accident = ask(SELF_EMPLOYED_ACCIDENT, "2026-07-01", person(26_400, days=30))
        sick = ask(SELF_EMPLOYED_SICKNESS, "2026-07-01", person(26_400, days=30))
        assert amount(accident, "total") == amount(sick, "total")
        assert not reason(accident, "accident_insurance").met

    def test_voluntary_insurance_adds_no_daily_benefit(self):
        insured = person(26_400, days=30, voluntary_accident_insurance=True)
        found = ask(SELF_EMPLOYED_ACCIDENT, "2026-07-01", insured)
        assert reason(found, "accident_insurance").met
        assert amount(found, "total") == 27 * 36_16


class TestBirth:
    """L623-1: a monthly ceiling, and 112 flat days; a tenth of both for small incomes."""

    @pytest.mark.parametrize(
        ("when", "rest"), [("2023-01-01", 3_666), ("2024-07-01", 3_864), ("2026-07-01", 4_005)]
    )
    def test_rest_allowance(self, when, rest):
        """SSI-MAT-2023: 3,666."""
        assert euros(amount(ask(SELF_EMPLOYED_BIRTH, when, person(20_000)), "rest_allowance")) == rest

    def test_small_income(self):
        """SSI-MAT-2023: 366.60 under 4,113.60."""
        small = SelfEmployed(incomes_cents=[4_113_59], affiliated_on="2015-01-01")
        found = ask(SELF_EMPLOYED_BIRTH, "2023-01-01", small)
        assert found.granted
        assert amount(found, "rest_allowance") == 366_60

    def test_total_of_2026(self):
        """4,005 + 112 × 65.84; 11,378.59 with unrounded days."""
        assert amount(ask(SELF_EMPLOYED_BIRTH, "2026-07-01", person(20_000)), "total") == 11_379_08

    @pytest.mark.parametrize(
        ("when", "since", "granted"),
        [
            ("2023-08-19", "2022-10-20", False),
            ("2023-08-19", "2022-10-19", True),
            ("2023-08-20", "2023-02-21", False),
            ("2023-08-20", "2023-02-20", True),
        ],
    )
    def test_ten_months_then_six(self, when, since, granted):
        """Décret 2023-790: six months from 20 August 2023, ten before."""
        assert ask(SELF_EMPLOYED_BIRTH, when, person(20_000, since=since)).granted is granted


class TestLoss:
    """L5424-25: 26.30 a day for 182 days, at most, after two years and with 10,000 a year."""

    def test_published(self):
        """ATI-BASE: 26.30 × 182 = 4,786.60."""
        found = ask(ATI, "2026-07-01", person(20_000, 20_000, liquidated=True))
        assert found.granted
        assert amount(found, "daily_allowance") == 26_30
        assert amount(found, "total") == 4_786_60

    @pytest.mark.parametrize(
        ("when", "incomes", "granted"),
        [
            ("2022-03-31", (15_000, 6_000), True),
            ("2022-03-31", (12_000, 6_000), False),
            ("2022-04-01", (12_000, 6_000), True),
            ("2022-04-01", (9_999, 9_999), False),
        ],
    )
    def test_income(self, when, incomes, granted):
        """On average over two years, then on the better of the two from April 2022 (décret 2022-450)."""
        assert ask(ATI, when, person(*incomes, liquidated=True)).granted is granted

    @pytest.mark.parametrize(
        ("when", "incomes", "daily"),
        [
            ("2022-04-01", (10_000, 8_000), 24_66),
            ("2022-04-01", (10_000, 1_000), 19_73),
            ("2022-03-31", (18_000, 2_000), 26_30),
        ],
    )
    def test_not_above_the_income_nor_under_a_minimum(self, when, incomes, daily):
        """L5424-27 and décret 2022-451: 9,000 a year is 24.66 a day; 19.73 at least; flat before."""
        assert amount(ask(ATI, when, person(*incomes, liquidated=True)), "daily_allowance") == daily

    @pytest.mark.parametrize(("since", "granted"), [("2024-07-02", False), ("2024-07-01", True)])
    def test_two_years(self, since, granted):
        assert ask(ATI, "2026-07-01", person(20_000, 20_000, since=since, liquidated=True)).granted is granted

    def test_why_it_ended_decides(self):
        unknown = ask(ATI, "2026-07-01", person(20_000, 20_000))
        assert unknown.granted is None
        assert unknown.missing_facts == ("liquidated",)
        assert ask(ATI, "2026-07-01", person(20_000, 20_000, liquidated=False)).granted is False

    def test_not_before_november_2019(self):
        with pytest.raises(LawNotKnownError):
            ask(ATI, "2019-10-31", person(20_000, 20_000, liquidated=True))


class TestPension:
    """R351-9 and the supplementary regime of the self-employed."""

    @pytest.mark.parametrize(
        ("recorded", "quarters"), [(1_802_99, 0), (1_803_00, 1), (7_211_99, 3), (7_212_00, 4)]
    )
    def test_quarters(self, recorded, quarters):
        found = ask(
            SELF_EMPLOYED_PENSION,
            "2026-07-01",
            SelfEmployed(pension_base_cents=recorded, points_contribution_cents=100_00),
        )
        assert amount(found, "quarters") == quarters

    @pytest.mark.parametrize(
        ("activity", "points"), [(MicroActivity.LIBERAL, 98_98), (MicroActivity.SERVICES, 77_09)]
    )
    def test_points_of_forty_thousand(self, activity, points):
        """98.98 and 77.09 points in 2026."""
        paid = micro_points_contribution(on("2026-01-01"), activity, 40_000_00)
        assert paid.denominator == 1
        found = ask(
            SELF_EMPLOYED_PENSION,
            "2026-07-01",
            SelfEmployed(pension_base_cents=0, points_contribution_cents=int(paid)),
        )
        assert amount(found, "points") == points

    def test_points_of_a_sole_trader(self):
        """29,600 × 8.1 % at 21.726 a point: 110.36."""
        line = sole_trader_year(LAW, 2026, 40_000_00).line("points")
        exact = line.base_cents * line.rate
        found = ask(
            SELF_EMPLOYED_PENSION,
            "2026-07-01",
            SelfEmployed(pension_base_cents=0, points_contribution_cents=int(exact)),
        )
        assert amount(found, "points") == 110_36
        assert amount(found, "pension_of_the_points") == 148_65

    def test_unknown_facts(self):
        found = ask(SELF_EMPLOYED_PENSION, "2026-07-01", SelfEmployed())
        assert found.granted is None
        assert set(found.missing_facts) == {"pension_base_cents", "points_contribution_cents"}
