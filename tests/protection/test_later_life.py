"""Invalidity, death, retirement, leave, training, covers, guarantee: on each side of each change."""

import datetime as dt

import attrs
import pytest
from rights_samples import RULES, case, euros, history, level

from cae_core.calendar import Interval
from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.protection.collective_cover import Contract, Cover, Judgment
from cae_core.france.protection.invalidity_death import Death, Invalidity, pension
from cae_core.france.protection.paid_leave import LeaveYear, leave_days, leave_indemnity
from cae_core.france.protection.retirement import YearOfLife, free_points, points_of_pay, quarters_of_pay
from cae_core.france.protection.training_account import Training, training_fee
from cae_core.protection import MonthKind, PayHistory, PayMonth, Person, Stoppage, StoppageKind


class TestInvalidity:
    """L341-4: 30 or 50 % of the mean of the ten best years, each up to its ceiling."""

    @pytest.mark.parametrize(
        ("mean", "category", "wanted"),
        [
            (22_000, 1, 55_000),
            (22_000, 2, 91_667),
            (60_000, 1, 120_150),
            (60_000, 2, 200_250),
            (1_000, 1, 33_831),
        ],
    )
    def test_pension(self, mean, category, wanted):
        asked = case("invalidity_pension", "2026-03-01")
        assert pension(asked, [mean * 100] * 10, category) == wanted

    def test_ten_best_years(self):
        asked = case("invalidity_pension", "2026-03-01")
        assert pension(asked, [0] * 20 + [2_200_000] * 10, 1) == 55_000
        assert pension(asked, [2_200_000] * 4 + [0] * 6, 1) == 33_831

    @pytest.mark.parametrize(
        ("on", "first", "second"),
        [
            ("2020-03-01", "1028.40", "1714.00"),
            ("2022-12-31", "1028.40", "1714.00"),
            ("2023-01-01", "1099.80", "1833.00"),
            ("2024-01-01", "1159.20", "1932.00"),
            ("2025-01-01", "1177.50", "1962.50"),
            ("2025-12-31", "1177.50", "1962.50"),
            ("2026-01-01", "1201.50", "2002.50"),
        ],
    )
    def test_maxima(self, on, first, second):
        pays = level(f"{int(on[:4]) - 1}-12", 9000, months=24, hours=150)
        facts = Person(affiliated_on="2010-01-01"), Invalidity(yearly_pay_cents=[10_000_000] * 10)
        assert euros(RULES.assess("invalidity_pension", pays, on, *facts), "pension") == first
        facts = facts[0], attrs.evolve(facts[1], category=2)
        assert euros(RULES.assess("invalidity_pension", pays, on, *facts), "pension") == second

    def test_help_of_a_third_person(self):
        """1 288.13 € from April 2025; the amount of April 2026 was not found, so that it is refused."""
        pays, insured = level("2026-02", 2000), Person(affiliated_on="2010-01-01")
        third = Invalidity(category=3, yearly_pay_cents=[2_400_000] * 10)
        found = RULES.assess("invalidity_pension", pays, "2026-03-31", insured, third)
        assert euros(found, "third_person") == "1288.13"
        with pytest.raises(LawNotKnownError, match="third_person_increase_monthly"):
            RULES.assess("invalidity_pension", pays, "2026-04-01", insured, third)

    def test_refused_without_a_year_of_insurance(self):
        found = RULES.assess(
            "invalidity_pension", level("2026-02", 2000), "2026-03-01", Person(affiliated_on="2025-03-02")
        )
        assert found.granted is False

    @pytest.mark.parametrize("wrong", [{"category": 4}, {"yearly_pay_cents": [-1]}])
    def test_refusals(self, wrong):
        with pytest.raises(InputError):
            Invalidity(**wrong)


class TestDeath:
    """L361-1: a flat capital for those who were active in the three months before."""

    @pytest.mark.parametrize(
        ("on", "wanted"),
        [
            ("2020-03-31", 3461),
            ("2020-04-01", 3472),
            ("2021-04-01", 3476),
            ("2022-06-30", 3539),
            ("2022-07-01", 3681),
            ("2024-03-31", 3738),
            ("2024-04-01", 3910),
            ("2025-04-01", 3977),
            ("2026-03-31", 3977),
            ("2026-04-01", 4009),
        ],
    )
    def test_amount(self, on, wanted):
        found = RULES.assess("death_capital", PayHistory(), on, Death(on_benefit=True))
        assert found.value("capital") == wanted * 100

    def test_three_months_before(self):
        pays = history("2025-12", 1000, 0, 0, 0, days={1: 0, 2: 0, 3: 0})
        assert RULES.assess("death_capital", pays, "2026-03-10").granted is True
        assert RULES.assess("death_capital", pays, "2026-04-10").granted is False
        assert RULES.assess("death_capital", pays, "2026-04-10", Death(on_benefit=True)).granted is True
        assert RULES.assess("death_capital", PayHistory(), "2026-04-10").granted is None


#: The pay of one quarter, by year.
ONE_QUARTER = {
    2019: "1504.50",
    2020: "1522.50",
    2021: "1537.50",
    2022: "1585.50",
    2023: "1690.50",
    2024: "1747.50",
    2025: "1782.00",
    2026: "1803.00",
}


class TestQuarters:
    """R351-9: 150 minimum wages of 1 January give a quarter, four at most."""

    @pytest.mark.parametrize(("year", "one"), ONE_QUARTER.items())
    def test_one_quarter(self, year, one):
        """A rise of the minimum wage inside the year changes nothing."""
        on = "2026-07-01" if year == 2026 else f"{year}-12-31"
        assert euros(RULES.assess("retirement_quarters", history(f"{year}-01", 0), on), "one_quarter") == one
        asked, cents = case("retirement_quarters", on), int(one.replace(".", ""))
        assert [quarters_of_pay(asked, cents * 4 + more) for more in (-1, 0)] == [3, 4]
        assert [quarters_of_pay(asked, cents + more) for more in (-1, 0)] == [0, 1]

    def test_four_at_most(self):
        assert quarters_of_pay(case("retirement_quarters", "2026-03-01"), 10_000_000) == 4

    def test_what_is_missing_before_the_end_of_the_year(self):
        found = RULES.assess("retirement_quarters", history("2026-01", 3_000, 194), "2026-03-15")
        assert found.value("quarters") == 1
        assert found.nearest.missing == 41_200
        assert found.nearest.by_on == dt.date(2026, 12, 31)

    @pytest.mark.parametrize(
        ("life", "quarters"),
        [
            (YearOfLife(sick_days=59), 0),
            (YearOfLife(sick_days=120), 2),
            (YearOfLife(birth_days=89), 0),
            (YearOfLife(birth_days=112), 1),
            (YearOfLife(unemployed_days=49), 0),
            (YearOfLife(unemployed_days=100), 2),
            (YearOfLife(partial_activity_hours_hundredths=44_000), 2),
            (YearOfLife(partial_activity_hours_hundredths=21_999), 0),
            (YearOfLife(sick_days=365), 4),
        ],
    )
    def test_assimilated(self, life, quarters):
        found = RULES.assess("retirement_quarters", history("2026-01", 0), "2026-03-01", life)
        assert found.value("quarters") == quarters

    @pytest.mark.parametrize(("year", "quarters"), [(2019, 0), (2020, 2)])
    def test_partial_activity_counts_since_march_2020(self, year, quarters):
        life = YearOfLife(partial_activity_hours_hundredths=44_000)
        found = RULES.assess("retirement_quarters", history(f"{year}-01", 0), f"{year}-12-31", life)
        assert found.value("quarters") == quarters

    def test_pay_and_sickness_together(self):
        """3 700 € in 2026 and 130 days off sick: two and two."""
        sick = Stoppage(Interval(dt.date(2026, 1, 1), dt.date(2026, 5, 10)), StoppageKind.SICKNESS)
        pays = history("2026-06", 3700, stoppages=[sick])
        found = RULES.assess("retirement_quarters", pays, "2026-07-01")
        assert found.value("quarters") == 4
        assert found.value("quarters_of_sickness") == 2

    def test_unpaid_months_change_nothing_where_the_sum_is_the_same(self):
        even, uneven = history("2025-01", *[600] * 12), history("2025-01", *[0] * 11, 7200)
        found = [
            RULES.assess("retirement_quarters", pays, "2025-12-31").value("quarters")
            for pays in (even, uneven)
        ]
        assert found == [4, 4]


class TestPoints:
    """Agirc-Arrco: pay of each bracket × rate ÷ price of the year."""

    @pytest.mark.parametrize(("pay", "points"), [(17_500, 5_375), (60_000, 24_815), (0, 0)])
    def test_points_of_2026(self, pay, points):
        assert points_of_pay(case("supplementary_pension_points", "2026-03-01"), pay * 100) == points

    def test_what_they_are_worth(self):
        """53.75 points × 1.4386 = 77.32 € a year (77.3248)."""
        pays = history("2026-01", 9_000, 8_500)
        found = RULES.assess("supplementary_pension_points", pays, "2026-03-01")
        assert euros(found, "pension_of_the_points") == "77.32"

    def test_free_points_after_sixty_days_alone(self):
        pays = history("2025-01", *[1500] * 12)
        for days, free in ((60, 0), (61, free_points(10_000, 0, 61))):
            life = YearOfLife(longest_stoppage_days=days, points_before_hundredths=10_000)
            found = RULES.assess("supplementary_pension_points", pays, "2025-12-31", life)
            assert found.value("free_points") == free

    def test_they_never_exceed_the_year_before(self):
        assert free_points(12_500, 9_975, 100) == 2_525
        assert free_points(12_500, 12_500, 100) == 0
        assert free_points(12_500, 20_000, 100) == 0

    def test_a_year_before_that_nobody_gave(self):
        pays = history("2025-01", *[1500] * 12)
        found = RULES.assess(
            "supplementary_pension_points", pays, "2025-12-31", YearOfLife(longest_stoppage_days=90)
        )
        assert found.missing_facts == ("points_before_hundredths",)

    def test_the_longest_stoppage_of_the_history(self):
        sick = Stoppage(Interval(dt.date(2025, 11, 1), dt.date(2026, 1, 10)), StoppageKind.SICKNESS)
        pays = history("2025-01", *[1500] * 12, stoppages=[sick])
        assert (
            RULES.assess("supplementary_pension_points", pays, "2025-12-31").reason("free_points").found == 71
        )


class TestPaidLeave:
    """L3141-3 to L3141-7: two days and a half a month; sickness counts since the law of April 2024."""

    @pytest.mark.parametrize(
        ("worked", "sick", "accident", "days"),
        [(12, 0, 0, 30), (0, 12, 0, 24), (4, 8, 0, 26), (0, 0, 12, 30), (7, 5, 0, 28), (1, 0, 0, 3)],
    )
    def test_days(self, worked, sick, accident, days):
        assert leave_days(case("paid_leave", "2026-03-01"), worked, sick, accident)[1] == days

    @pytest.mark.parametrize(("on", "days"), [("2024-04-23", 3_000), ("2024-04-24", 3_500)])
    def test_the_limit_of_a_year_of_accident_ended(self, on, days):
        assert leave_days(case("paid_leave", on), 0, 0, 14)[0] == days

    def test_sickness_counts_back(self):
        """The law was published on 23 April 2024 and counts sickness back to 1 December 2009."""
        row = RULES.rights.parameter("leave_sick_days_per_month").values[0]
        assert (row.in_force_from, row.published_on) == (dt.date(2009, 12, 1), dt.date(2024, 4, 23))
        assert leave_days(case("paid_leave", "2020-06-01"), 7, 5, 0)[1] == 28

    @pytest.mark.parametrize(
        ("pay", "days", "wanted"),
        [(17_500, 12, 70_000), (17_500, 30, 175_000), (36_000, 18, 216_000), (0, 12, 0)],
    )
    def test_indemnity(self, pay, days, wanted):
        assert leave_indemnity(case("paid_leave", "2026-03-01"), pay * 100, days) == wanted

    def test_the_better_of_the_two(self):
        pays = level("2026-02", 2000)
        found = RULES.assess(
            "paid_leave", pays, "2026-03-01", LeaveYear(days_taken=12, maintained_cents=97_000)
        )
        assert found.value("indemnity") == 97_000
        found = RULES.assess(
            "paid_leave", pays, "2026-03-01", LeaveYear(days_taken=12, maintained_cents=95_000)
        )
        assert found.value("indemnity") == 96_000

    def test_pay_of_sickness_counts_for_four_fifths(self):
        pays = level("2026-02", 2000)
        found = RULES.assess(
            "paid_leave", pays, "2026-03-01", LeaveYear(days_taken=30, sick_pay_cents=400_000)
        )
        assert found.value("indemnity") == (2_400_000 - 80_000) // 10

    def test_months_from_the_history(self):
        assert RULES.assess("paid_leave", level("2026-02", 2000, months=7), "2026-03-01").value("days") == 18
        assert RULES.assess("paid_leave", PayHistory(), "2026-03-01").granted is False

    def test_refusals(self):
        with pytest.raises(InputError, match="months_sick"):
            LeaveYear(months_sick=-1)


class TestTraining:
    """L6323-11, R6323-1: 500 € a year; for pay that no hours set, in proportion under half a year."""

    @pytest.mark.parametrize(("gross", "credit"), [(17_500, 50_000), (9_000, 17_999), (0, 0)])
    def test_credit(self, gross, credit):
        """2 080 × 12.02 € = 25 001.60 €: 17 500 is 70 %, 9 000 is 35.9976 %, which no rounding makes 36."""
        found = RULES.assess("training_account", history("2026-01", gross), "2026-03-01")
        assert found.value("credit") == credit
        assert found.needs_review

    def test_half_a_year(self):
        for pay, whole in (("12500.80", True), ("12500.79", False)):
            found = RULES.assess("training_account", history("2026-01", pay), "2026-03-01")
            assert (found.value("credit") == 50_000 and found.reason("half_a_year").met) is whole

    def test_the_cap_of_the_account(self):
        pays = history("2026-01", 20_000)
        for balance, credit in ((460_000, 40_000), (500_000, 0)):
            found = RULES.assess("training_account", pays, "2026-03-01", Training(balance_cents=balance))
            assert found.value("credit") == credit
        low = Training(balance_cents=500_000, low_qualified=True)
        assert RULES.assess("training_account", pays, "2026-03-01", low).value("credit") == 80_000

    @pytest.mark.parametrize(
        ("on", "fee"),
        [
            ("2024-05-01", 0),
            ("2024-05-02", 10_000),
            ("2024-12-31", 10_000),
            ("2025-01-01", 10_223),
            ("2025-12-31", 10_223),
            ("2026-01-01", 10_320),
            ("2026-04-01", 10_320),
            ("2026-04-02", 15_000),
        ],
    )
    def test_fee(self, on, fee):
        assert training_fee(case("training_account", on), exempt=False) == fee
        assert training_fee(case("training_account", on), exempt=True) == 0

    @pytest.mark.parametrize(("on", "capped"), [("2026-02-25", False), ("2026-02-26", True)])
    def test_caps_of_use(self, on, capped):
        found = RULES.assess("training_account", history("2026-01", 2000), on)
        assert ("training_driving_cap" in [each.code for each in found.amounts]) is capped


class TestCovers:
    """L911-7, L911-8: offered to every employee; kept for a time after the contract."""

    def test_dispensation_of_part_timers(self):
        """A share of 23.50 € is 10 % of 235 €."""
        cover = Cover(employee_cents=2_350, employer_cents=2_350, part_time=True)
        for pay, may in ((235, True), ("235.01", False)):
            found = RULES.assess("health_cover", history("2026-01", pay), "2026-02-10", cover)
            assert found.granted is True
            assert found.reason("may_be_dispensed").met is may
        full_time = attrs.evolve(cover, part_time=False)
        found = RULES.assess("health_cover", history("2026-01", 100), "2026-02-10", full_time)
        assert not found.reason("may_be_dispensed").met

    def test_the_employer_pays_half(self):
        for employer, met in ((2_350, True), (2_349, False)):
            cover = Cover(employee_cents=2_350, employer_cents=employer)
            found = RULES.assess("health_cover", history("2026-01", 1000), "2026-02-10", cover)
            assert found.reason("employer_pays_half").met is met

    def test_provident_cover_of_executives(self):
        pays = history("2026-01", 1000)
        assert RULES.assess("provident_cover", pays, "2026-02-10").granted is False
        found = RULES.assess("provident_cover", pays, "2026-02-10", Cover(executive=True))
        assert found.value("employer_rate") == 15_000

    @pytest.mark.parametrize(
        ("contract", "granted", "months"),
        [
            (Contract(months_hundredths=100, unemployment_benefit=True), True, 1),
            (Contract(months_hundredths=101, unemployment_benefit=True), True, 2),
            (Contract(months_hundredths=1_201, unemployment_benefit=True), True, 12),
            (Contract(months_hundredths=500, unemployment_benefit=False), False, 0),
            (Contract(months_hundredths=500, unemployment_benefit=True, gross_misconduct=True), False, 0),
            (Contract(months_hundredths=500), None, 5),
        ],
    )
    def test_portability(self, contract, granted, months):
        found = RULES.assess("cover_portability", history("2026-01", 1000), "2026-02-10", contract)
        assert found.granted is granted
        assert found.value("months") == months

    def test_refusals(self):
        with pytest.raises(InputError):
            Contract(months_hundredths=-1)


class TestGuarantee:
    """D3253-5: six, five or four times four ceilings, by the time under contract before the judgment."""

    @pytest.mark.parametrize(
        ("on", "long", "middle", "short"),
        [
            ("2019-06-01", 81_048, 67_540, 54_032),
            ("2020-01-01", 82_272, 68_560, 54_848),
            ("2022-12-31", 82_272, 68_560, 54_848),
            ("2023-01-01", 87_984, 73_320, 58_656),
            ("2024-01-01", 92_736, 77_280, 61_824),
            ("2025-12-31", 94_200, 78_500, 62_800),
            ("2026-01-01", 96_120, 80_100, 64_080),
        ],
    )
    def test_ceilings(self, on, long, middle, short):
        for months, wanted in ((24, long), (23, middle), (6, middle), (5, short)):
            found = RULES.assess("wage_guarantee", PayHistory(), on, Judgment(months=months))
            assert found.value("ceiling") == wanted * 100

    def test_claims(self):
        found = RULES.assess(
            "wage_guarantee", PayHistory(), "2026-05-10", Judgment(months=14, claim_cents=610_000)
        )
        assert found.value("paid") == 610_000
        found = RULES.assess(
            "wage_guarantee", PayHistory(), "2026-05-10", Judgment(months=1, claim_cents=9_000_000)
        )
        assert found.value("paid") == 6_408_000

    def test_seniority_nobody_gave(self):
        assert RULES.assess("wage_guarantee", PayHistory(), "2026-05-10").missing_facts == ("entered_on",)


class TestSupportContract:
    """A contract of support (CAPE) is no contract of employment: pay received alone opens rights."""

    @staticmethod
    def support(*pays):
        return PayHistory(
            [
                PayMonth(month=f"2026-0{rank}", gross_pay_cents=pay * 100, kind=MonthKind.SUPPORT)
                for rank, pay in enumerate(pays, start=1)
            ]
        )

    @pytest.mark.parametrize("pay", [0, 1000])
    def test_what_pay_opens(self, pay):
        found = RULES.assess("support_contract_cover", self.support(0, pay), "2026-03-10")
        assert found.granted is True
        assert found.needs_review
        met = {reason.code for reason in found.reasons if reason.met}
        assert met == {"support_contract", "accident_cover"} | (
            {"general_regime", "unemployment"} if pay else set()
        )

    def test_no_such_contract(self):
        assert RULES.assess("support_contract_cover", history("2026-02", 1000), "2026-03-10").granted is False
        assert RULES.assess("support_contract_cover", PayHistory(), "2026-03-10").granted is False

    def test_pay_counts_for_quarters_but_gives_no_points_and_no_leave(self):
        pays = self.support(2000, 2000)
        assert RULES.assess("retirement_quarters", pays, "2026-03-10").value("quarters") == 2
        assert RULES.assess("supplementary_pension_points", pays, "2026-03-10").granted is False
        assert RULES.assess("paid_leave", pays, "2026-03-10").granted is False
