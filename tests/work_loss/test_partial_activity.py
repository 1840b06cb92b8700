"""Partial activity: regimes, hours, amounts, levies. Expected values are those of the texts and examples."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_loss_samples import LAW, RULES, cents, day, example, history, on

from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.partial_activity import (
    FloorPolicy,
    Ground,
    HoursMethod,
    Regime,
    Standing,
    can_be_placed,
    compensable_hours,
    equivalent_hours,
    hourly_amounts,
    hours_giving_points,
    indemnity_levies,
    long_term_limits,
    lost_hours,
    lost_share,
    may_be_filed,
    minimum_wage_monthly_cents,
    monthly_cents,
    partial_activity_month,
    pension_quarters,
    quota_hours,
    rates_on,
    reduction_allowed,
    reference_months,
    reference_pay,
    regime_open,
)
from cae_core.money import divide_half_up
from cae_core.payroll import PayFacts

APRIL = on("2020-04-01")
FULL_TIME = 151_67
DAVID = [100_000, 500_000, 150_000, 350_000, 200_000]
CHLOE = [euros * 100 for euros in (1400, 300, 600, 1200, 0, 500, 1100, 1500, 900, 1300, 1200, 800)]
#: Gross pay of up to twelve months.
MONTHS = st.lists(st.integers(0, 900_000), min_size=1, max_size=12)
#: The first day of each month in which the general rates are known.
FIRST_DAYS = st.sampled_from(
    [
        dt.date(year, month, 1)
        for year in range(2019, 2027)
        for month in range(1, 13)
        if (year, month) < (2026, 8)
    ]
)


class TestWhoCanBePlaced:
    """An employee, which a salaried entrepreneur is and the holder of a CAPE is not."""

    def test_salaried_entrepreneurs(self):
        assert can_be_placed(Standing.CESA).met
        assert can_be_placed(Standing.ASSOCIATE).met

    def test_a_support_contract_is_no_employment(self):
        reason = can_be_placed(Standing.CAPE)
        assert not reason.met
        assert not reason.needs_review

    def test_nobody_agrees_on_managers(self):
        reason = can_be_placed(Standing.MANAGER)
        assert (reason.met, reason.needs_review) == (False, True)


class TestRates:
    """The rates of the hours, the day before and the day of each change."""

    @pytest.mark.parametrize(
        ("regime", "asked", "indemnity", "allowance"),
        [
            (Regime.GENERAL, "2020-02-29", 70, None),
            (Regime.GENERAL, "2020-03-01", 70, 70),
            (Regime.GENERAL, "2020-05-31", 70, 70),
            (Regime.GENERAL, "2020-06-01", 70, 60),
            (Regime.GENERAL, "2021-05-31", 70, 60),
            (Regime.GENERAL, "2021-06-01", 70, 52),
            (Regime.GENERAL, "2021-06-30", 70, 52),
            (Regime.GENERAL, "2021-07-01", 60, 36),
            (Regime.GENERAL, "2026-07-31", 60, 36),
            (Regime.PROTECTED, "2021-06-30", 70, 70),
            (Regime.PROTECTED, "2021-07-01", 70, 60),
            (Regime.PROTECTED, "2021-07-31", 70, 60),
            (Regime.PROTECTED, "2021-08-01", 70, 52),
            (Regime.PROTECTED, "2021-08-31", 70, 52),
            (Regime.CLOSED, "2020-03-01", 70, 70),
            (Regime.CLOSED, "2022-03-31", 70, 70),
            (Regime.CHILDCARE, "2020-05-01", 70, 70),
            (Regime.CHILDCARE, "2020-06-01", 70, 60),
            (Regime.CHILDCARE, "2020-09-01", 70, 60),
            (Regime.CHILDCARE, "2021-03-31", 70, 60),
            (Regime.CHILDCARE, "2021-04-01", 70, 70),
            (Regime.CHILDCARE, "2022-07-31", 70, 70),
            (Regime.VULNERABLE, "2022-07-31", 70, 70),
            (Regime.VULNERABLE, "2022-09-01", 70, 60),
            (Regime.VULNERABLE, "2023-01-31", 70, 60),
            (Regime.LONG_TERM, "2020-07-31", 70, 60),
            (Regime.LONG_TERM, "2026-07-31", 70, 60),
            (Regime.REBOUND, "2025-03-01", 70, 60),
        ],
    )
    def test_percent(self, regime, asked, indemnity, allowance):
        rates = rates_on(on(asked), regime)
        assert rates.indemnity_ppm == indemnity * 10_000
        assert rates.allowance_ppm == (None if allowance is None else allowance * 10_000)
        assert regime_open(on(asked), regime).met

    @pytest.mark.parametrize(
        ("regime", "asked"),
        [
            (Regime.PROTECTED, "2020-02-29"),
            (Regime.PROTECTED, "2021-09-01"),
            (Regime.CLOSED, "2022-04-01"),
            (Regime.CHILDCARE, "2020-04-30"),
            (Regime.CHILDCARE, "2020-07-06"),
            (Regime.CHILDCARE, "2020-08-31"),
            (Regime.CHILDCARE, "2022-08-01"),
            (Regime.VULNERABLE, "2022-08-01"),
            (Regime.VULNERABLE, "2022-08-31"),
            (Regime.VULNERABLE, "2023-02-01"),
            (Regime.LONG_TERM, "2020-07-30"),
            (Regime.REBOUND, "2025-02-28"),
        ],
    )
    def test_a_regime_that_is_not_there(self, regime, asked):
        assert not regime_open(on(asked), regime).met
        with pytest.raises(LawNotKnownError):
            rates_on(on(asked), regime)

    def test_a_flat_amount_before_march_2020(self):
        """7.74 € up to 250 people, 7.23 € above."""
        law = on("2020-02-29")
        assert rates_on(law, headcount=250).flat_allowance_cents == 774
        assert rates_on(law, headcount=251).flat_allowance_cents == 723
        assert rates_on(law).to_review == ()

    @pytest.mark.parametrize(
        ("asked", "floor", "general"),
        [
            ("2020-03-01", 803, 803),
            ("2020-12-31", 803, 803),
            ("2021-01-01", 811, 811),
            ("2021-06-30", 811, 811),
            ("2021-07-01", 811, 730),
            ("2021-09-30", 811, 730),
            ("2021-10-01", 830, 747),
            ("2022-01-01", 837, 753),
            ("2022-04-30", 837, 753),
            ("2022-05-01", 859, 773),
            ("2022-08-01", 876, 788),
            ("2023-01-01", 892, 803),
            ("2023-05-01", 912, 821),
            ("2023-12-31", 912, 821),
            ("2024-01-01", 922, 830),
            ("2024-10-31", 922, 830),
            ("2024-11-01", 940, 846),
            ("2025-12-31", 940, 846),
            ("2026-01-01", 952, 857),
            ("2026-05-31", 952, 857),
        ],
    )
    def test_floors(self, asked, floor, general):
        rates = rates_on(on(asked))
        assert (rates.indemnity_floor_cents, rates.allowance_floor_cents) == (floor, general)
        long_term = rates_on(on(asked), Regime.LONG_TERM) if asked >= "2020-07-31" else None
        assert long_term is None or long_term.allowance_floor_cents == floor

    def test_the_floors_of_june_2026_are_expected_and_no_more(self):
        rates = rates_on(on("2026-06-01"))
        assert (rates.indemnity_floor_cents, rates.allowance_floor_cents) == (975, 878)
        assert set(rates.to_review) == {
            "partial_activity_hourly_floor",
            "partial_activity_general_allowance_floor",
        }
        assert rates_on(on("2026-05-31")).to_review == ()
        month = partial_activity_month(on("2026-06-01"), hourly_reference_cents=13_00, hours_lost=10_00)
        assert "value_to_review" in [reason.code for reason in month.reasons]

    @pytest.mark.parametrize(("asked", "capped"), [("2020-12-31", False), ("2021-01-01", True)])
    def test_the_indemnity_is_capped_since_2021_alone(self, asked, capped):
        """
        Until then the employer owes 70 % of the whole pay and is refunded up to 4.5 minimum wages: décret
        n° 2020-1316 caps the indemnity from 1 January 2021.
        """
        hourly = hourly_amounts(rates_on(on(asked)), 100_00)
        assert hourly.cap_applied is capped
        assert hourly.allowance_cap_applied
        if not capped:
            assert hourly.indemnity_cents == 70_00

    def test_outside_what_is_known(self):
        with pytest.raises(LawNotKnownError):
            rates_on(LAW.on(day("2026-08-01")))
        with pytest.raises(LawNotKnownError, match="last known day 2026-07-31"):
            # Unknown is not closed.
            regime_open(LAW.on(day("2026-08-01")), Regime.LONG_TERM)
        assert rates_on(LAW.on(day("2026-08-01"), assume_unchanged=True)).indemnity_ppm == 600_000


class TestPublishedHours:
    """Hours compensated are those of the contract, at most the legal ones, less those worked."""

    def test_ministry_full_time(self):
        given_, expected = example("ap-qa-2020-ex1")
        assert compensable_hours(APRIL, given_["worked_hours"] * 100) == cents(expected["compensable_hours"])
        reference = reference_pay(APRIL, [cents(given_["gross_month"])], HoursMethod.VRP_LIKE)
        assert reference.hours == cents(given_["monthly_hours"])
        assert reference.hourly_cents == cents(expected["hourly_reference"])

    def test_ministry_33_hours(self):
        given_, expected = example("ap-qa-2020-ex2")
        hours = compensable_hours(APRIL, given_["worked_hours"] * 100, given_["monthly_hours"] * 100)
        assert hours == cents(expected["compensable_hours"])

    def test_more_than_the_legal_duration_is_not_paid(self):
        assert compensable_hours(APRIL, 0, 169_00) == FULL_TIME

    def test_more_worked_than_agreed_is_no_debt(self):
        assert compensable_hours(APRIL, 160_00) == 0

    def test_federation_equivalent_hours(self):
        given_, expected = example("cae-eqhours-2020")
        months = [cents(euros) for euros in given_["gross_months"]]
        mean = reference_pay(APRIL, months)
        assert mean.hours == cents(expected["eq_hours_aggregate"])
        monthly = reference_pay(APRIL, months, HoursMethod.MEAN_OF_EQUIVALENTS)
        assert monthly.hours == cents(expected["eq_hours_monthly_capped_mean"])

    def test_federation_2016(self):
        """1,000 of 1,466.62 × 151.67 = 103.4 h, at 9.67 € an hour; the law known here starts in 2018."""
        assert equivalent_hours(on("2018-06-01"), 100_000) == 101_21  # 1,000 / 9.88
        assert equivalent_hours(APRIL, 0) == 0
        assert equivalent_hours(APRIL, 10**7) == FULL_TIME


class TestFourMethods:
    """No text names the entrepreneurs: the method is the caller's, and the result says which it was."""

    def month(self, pays, method, share=1_000_000, kept=0, policy=FloorPolicy.OFF_BELOW_MINIMUM_WAGE):
        reference = reference_pay(APRIL, pays, method)
        lost = lost_hours(APRIL, reference, share_ppm=share, kept_pay_cents=kept)
        return partial_activity_month(
            APRIL, hourly_reference_cents=reference.hourly_cents, hours_lost=lost, floor_policy=policy
        )

    def test_the_default_is_the_common_law(self):
        reference = reference_pay(APRIL, DAVID)
        assert reference.method is HoursMethod.EQUIVALENT_OF_MEAN
        (method,) = (reason for reason in reference.reasons if reason.code == "hours_method")
        assert method.needs_review
        assert [each for each in HoursMethod if each.in_common_law] == [
            HoursMethod.EQUIVALENT_OF_MEAN,
            HoursMethod.MEAN_OF_EQUIVALENTS,
        ]

    def test_uneven_pay(self):
        """Month by month each month is held at full time: fewer hours, each worth more."""
        mean = reference_pay(APRIL, DAVID)
        assert (mean.pay_cents, mean.hours, mean.hourly_cents) == (260_000, FULL_TIME, 17_14)
        monthly = reference_pay(APRIL, DAVID, HoursMethod.MEAN_OF_EQUIVALENTS)
        assert (monthly.hours, monthly.hourly_cents) == (140_26, 18_54)
        assert self.month(DAVID, HoursMethod.EQUIVALENT_OF_MEAN).indemnity_cents == 1_820_04
        assert self.month(DAVID, HoursMethod.MEAN_OF_EQUIVALENTS).indemnity_cents == 1_820_57

    def test_by_pay_lost(self):
        """1,080 lost at 11.87 an hour: 90.99 hours, one hundredth less than by share."""
        pays = [180_000] * 12
        by_pay = self.month(pays, HoursMethod.VRP_LIKE, share=600_000, kept=72_000)
        assert (by_pay.hours_lost, by_pay.indemnity_cents) == (90_99, 756_13)
        by_share = self.month(pays, HoursMethod.EQUIVALENT_OF_MEAN, share=600_000)
        assert (by_share.hours_lost, by_share.indemnity_cents) == (91_00, 756_21)

    def test_in_days(self):
        """Twenty-two days of seven hours: 2,600 / 154 an hour, half a day is 3 h 30."""
        reference = reference_pay(APRIL, DAVID, HoursMethod.DAYS)
        assert reference.hourly_cents == 16_88
        assert lost_hours(APRIL, reference, share_ppm=500_000) == 77_00
        assert lost_hours(APRIL, reference, share_ppm=40_000) == 3_50
        assert lost_hours(APRIL, reference, share_ppm=1_000_000) == FULL_TIME

    @pytest.mark.parametrize(
        ("policy", "indemnity"),
        [
            (FloorPolicy.LETTER, 1_217_91),
            (FloorPolicy.OFF_BELOW_MINIMUM_WAGE, 629_43),
            (FloorPolicy.OWN_HOURLY_PAY, 899_40),
        ],
    )
    def test_the_trap_of_the_floor(self, policy, indemnity):
        """Full-time hours at 900 a month: the floor to the letter would pay 1,217.91, more than her pay."""
        month = self.month(CHLOE, HoursMethod.VRP_LIKE, policy=policy)
        assert month.hourly_reference_cents == 5_93
        assert month.indemnity_cents == indemnity

    def test_common_law_needs_no_policy(self):
        for policy in FloorPolicy:
            assert self.month(CHLOE, HoursMethod.EQUIVALENT_OF_MEAN, policy=policy).indemnity_cents == 712_02

    def test_no_pay(self):
        reference = reference_pay(APRIL, [0, 0])
        assert (reference.hours, reference.hourly_cents) == (0, 0)
        assert self.month([0], HoursMethod.VRP_LIKE).indemnity_cents == 0

    @pytest.mark.parametrize("months", [[], [1] * 13, [-1]])
    def test_months_that_cannot_be(self, months):
        with pytest.raises(InputError, match="one to 12 months of pay"):
            reference_pay(APRIL, months)

    @given(MONTHS, st.sampled_from(HoursMethod), st.randoms())
    def test_the_order_of_months_does_not_matter(self, months, method, random):
        shuffled = list(months)
        random.shuffle(shuffled)
        assert reference_pay(APRIL, shuffled, method) == reference_pay(APRIL, months, method)

    @given(MONTHS, st.sampled_from(HoursMethod), st.integers(0, 11), st.integers(0, 100_000))
    def test_more_pay_is_never_less_reference_pay(self, months, method, rank, more):
        richer = list(months)
        richer[rank % len(months)] += more
        before, after = reference_pay(APRIL, months, method), reference_pay(APRIL, richer, method)
        assert after.pay_cents >= before.pay_cents
        assert after.hours >= before.hours

    @given(MONTHS)
    def test_a_full_stop_pays_the_rate_of_the_mean_pay(self, months):
        """In common law, floor and hour apart, the indemnity is 70 % of the mean pay; only cents differ."""
        reference = reference_pay(APRIL, months)
        hourly = reference.hourly_cents * 70 // 100
        if hourly > 803:
            month = self.month(months, HoursMethod.EQUIVALENT_OF_MEAN)
            # Half a cent an hour at each of the two roundings, over 151.67 hours.
            assert abs(month.indemnity_cents - reference.pay_cents * 70 // 100) <= 152

    @given(MONTHS)
    def test_an_hour_is_worth_the_minimum_wage_at_least(self, months):
        """With equivalent hours; a few cents a month make so few hours that the rounding of these shows."""
        reference = reference_pay(APRIL, months)
        if reference.hours >= 10_00:
            assert reference.hourly_cents >= reference.minimum_wage_cents


class TestReferenceMonths:
    """The twelve calendar months before the first day, or those worked if fewer."""

    def test_of_a_history(self):
        law = on("2020-03-17")
        pays = history("2020-03", *range(1, 16))
        assert reference_months(law, pays) == tuple(euros * 100 for euros in range(3, 15))
        assert reference_months(law, history("2020-02", 1000, 5000)) == (100_000, 500_000)
        assert reference_months(law, history("2020-03", 1000)) == ()

    def test_the_share_of_a_turnover(self):
        assert lost_share(100, 40) == 600_000
        assert lost_share(100, 100) == lost_share(100, 250) == lost_share(0, 0) == 0
        assert lost_share(100, -5) == 1_000_000


class TestPublishedAmounts:
    """Every published example of amounts, and what is wrong where one is."""

    def test_payroll_editor_minimum_wage(self):
        given_, expected = example("ap-ebp-smic-84h")
        reference = reference_pay(on("2020-03-16"), [cents(given_["gross_month"])], HoursMethod.VRP_LIKE)
        assert reference.hours == cents(given_["contract_hours"])
        month = partial_activity_month(
            on("2020-03-16"),
            hourly_reference_cents=reference.hourly_cents,
            hours_lost=given_["ap_hours"] * 100,
        )
        # The page prints 7.10 before the floor; 10.15 × 0.7 is 7.105. The floor hides the difference.
        assert expected["hourly_before_floor"] == 7.1
        assert month.hourly.floor_applied
        assert month.hourly.indemnity_cents == cents(expected["hourly"])
        assert month.indemnity_cents == cents(expected["indemnity"])

    def test_openfisca_floor(self):
        """800 for 100 hours is under the minimum wage: openfisca applies the floor to the letter."""
        given_, expected = example("ap-openfisca-800")
        hours = given_["ap_hours"] * 100
        month = partial_activity_month(
            on("2020-05-01"),
            hourly_reference_cents=cents(given_["gross_month"]) * 100 // hours,
            hours_lost=hours,
            floor_policy=FloorPolicy.LETTER,
        )
        assert month.indemnity_cents == cents(expected["indemnity"])

    def test_openfisca_high_pay(self):
        """
        7,000 is the indemnity, and it is right: in 2020 nothing capped it. What 4.5 minimum wages cap is the
        allowance, 31.97 × 100 hours: the employer bears the rest.
        """
        given_, expected = example("ap-openfisca-10000")
        hours = given_["ap_hours"] * 100
        hourly = cents(given_["gross_month"]) * 100 // hours
        month = partial_activity_month(on("2020-05-01"), hourly_reference_cents=hourly, hours_lost=hours)
        assert month.indemnity_cents == cents(expected["indemnity"])
        assert month.allowance_cents == 3_197_00
        assert month.cost_cents == 3_803_00
        later = partial_activity_month(on("2021-01-01"), hourly_reference_cents=hourly, hours_lost=hours)
        assert later.indemnity_cents == 3_229_00

    @pytest.mark.parametrize(
        ("asked", "cents_an_hour"),
        [
            ("2021-01-01", 32_29),
            ("2021-06-30", 32_29),
            ("2021-10-01", 28_30),
            ("2024-01-01", 31_46),
            ("2024-11-01", 32_08),
            ("2026-01-01", 32_45),
            ("2026-06-01", 33_24),
        ],
    )
    def test_the_most_an_hour_pays(self, asked, cents_an_hour):
        assert hourly_amounts(rates_on(on(asked)), 200_00).indemnity_cents == cents_an_hour

    def test_the_most_an_hour_refunds_in_2020(self):
        assert hourly_amounts(rates_on(APRIL), 200_00).allowance_cents == 31_97

    def test_service_public_2024(self):
        given_, expected = example("ap-f13898-2024")
        rates = rates_on(on("2024-01-01"))
        assert rates.minimum_wage_cents == cents(given_["smic_hour"])
        assert rates.indemnity_floor_cents == cents(expected["indemnity_floor_hour"])
        assert hourly_amounts(rates, 200_00).indemnity_cents == cents(expected["indemnity_cap_hour"])

    def test_october_2021(self):
        given_, expected = example("ap-cap-70-2021-10")
        rates = rates_on(on("2021-10-01"), Regime.CLOSED)
        assert rates.minimum_wage_cents == cents(given_["smic_hour"])
        assert rates.indemnity_floor_cents == cents(expected["floor"])
        assert hourly_amounts(rates, 200_00).indemnity_cents == cents(expected["cap"])

    @pytest.mark.parametrize(
        ("asked", "indemnity", "allowance", "cost"),
        [
            ("2020-04-01", 12_00, 12_00, 0),
            ("2020-06-01", 12_00, 10_28, 260_87),
            ("2021-06-01", 12_00, 8_91, 468_66),
            ("2021-07-01", 10_28, 7_30, 451_98),
        ],
    )
    def test_the_same_hour_through_time(self, asked, indemnity, allowance, cost):
        month = partial_activity_month(on(asked), hourly_reference_cents=17_14, hours_lost=FULL_TIME)
        assert (month.hourly.indemnity_cents, month.hourly.allowance_cents) == (indemnity, allowance)
        assert month.cost_cents == cost

    def test_urssaf_2020(self):
        """2,300 gross, half not worked: 2,300 × 50 % × 70 % = 805, with hours a matter of cents."""
        reference = reference_pay(APRIL, [230_000], HoursMethod.VRP_LIKE)
        lost = lost_hours(APRIL, reference, share_ppm=1_000_000, kept_pay_cents=115_000)
        month = partial_activity_month(APRIL, hourly_reference_cents=reference.hourly_cents, hours_lost=lost)
        # 15.16 an hour × 0.7 is 10.612, paid 10.61; 75.86 hours: 804.87. The page multiplies euros.
        assert (lost, month.hourly.indemnity_cents, month.indemnity_cents) == (75_86, 10_61, 804_87)

    @pytest.mark.parametrize("rank", [2, 3])
    def test_mon_entreprise_full_stop(self, rank):
        """Its employer cost holds 20 € of health cover; it rounds to the euro."""
        given_, expected = example(f"ap-mon-entreprise-2026-{rank}")
        law = on("2026-06-01")
        reference = reference_pay(law, [cents(given_["gross"])], HoursMethod.VRP_LIKE)
        month = partial_activity_month(
            law, hourly_reference_cents=reference.hourly_cents, hours_lost=reference.hours
        )
        # It multiplies the monthly pay, we pay hours at a rate in whole cents: half a cent × 151.67 at most.
        assert abs(month.net_indemnity_cents - expected["net"] * 100) <= 126
        assert abs(month.cost_cents + 20_00 - expected["employer_cost"] * 100) <= 126
        exact = cents(given_["gross"]) * 60 // 100
        assert round(indemnity_levies(law, exact).net_indemnity_cents / 100) == expected["net"]

    def test_mon_entreprise_under_the_minimum_wage(self):
        """
        1,560 gross is under the full-time minimum wage of 1,867.02. It tops up to its own net minimum wage of
        1,456 a month, after a share of health cover; the law tops up a full-time employee to the net minimum
        wage (RMM), which an entrepreneur, who has no working time, is not. The hourly floor gives 9.75 × 151.67
        once a decree says 9.75; at the floor of May 2026, 9.52 × 151.67 = 1,443.90.
        """
        given_, expected = example("ap-mon-entreprise-2026-1")
        month = partial_activity_month(
            on("2026-05-01"),
            hourly_reference_cents=reference_pay(on("2026-05-01"), [cents(given_["gross"])]).hourly_cents,
            hours_lost=FULL_TIME,
        )
        assert month.hourly.indemnity_cents == 9_52
        assert month.indemnity_cents == 1_443_90
        assert expected["net"] * 100 - month.indemnity_cents == 12_10
        # The refund is the same: 8.57 × 151.67 = 1,299.81, and 1,456 − 1,299.81 + 20 is its cost of 176.
        assert month.allowance_cents == 1_299_81
        assert round(expected["net"] - 1299.81 + 20) == expected["employer_cost"]

    @pytest.mark.parametrize("rank", [4, 5])
    def test_mon_entreprise_partly_worked(self, rank):
        """
        The hours worked are an ordinary payslip (health cover 20 € each, mean AT rate 2.08 %), the others partial
        activity. Its second employer cost is 40.32 € too low: since June 2026 it computes the general
        reduction with the new minimum wage, 12.31, where décret n° 2026-509 keeps 12.02.
        """
        given_, expected = example(f"ap-mon-entreprise-2026-{rank}")
        pay = given_["gross"] * round(given_["worked_hours"] * 100) // FULL_TIME + 1
        facts = PayFacts.of(
            pay,
            headcount=1,
            workplace_accident_rate="2.08",
            health_cover_employee=20,
            health_cover_employer=20,
        )
        slip = RULES.payslip("2026-06", facts)
        lost = cents(given_["gross"] - pay)
        indemnity, refund = lost * 60 // 100, lost * 36 // 100
        levies = indemnity_levies(on("2026-06-01"), indemnity, slip.net_before_tax_cents)
        net = slip.net_before_tax_cents + levies.net_indemnity_cents
        assert round(net / 100) == expected["net"]
        cost = slip.employer_cost_cents + indemnity - refund
        too_low = 0
        if rank == 5:
            excess = (3 * 12.31 * 1820 / 12 / pay - 1) / 2
            with_new_wage = round(0.02 + 0.3781 * excess**1.75, 4)
            too_low = round(with_new_wage * pay * 100) - slip.reductions_cents
            assert too_low > 0
        assert round((cost - too_low) / 100) == expected["employer_cost"]


class TestLevies:
    """CSG and CRDS, clipped at the gross minimum wage of a full-time month."""

    def test_payroll_editor_2020(self):
        given_, expected = example("ap-clip-sage-2020")
        assert minimum_wage_monthly_cents(APRIL) == cents(given_["smic_month_gross"])
        levies = indemnity_levies(APRIL, cents(given_["indemnity"]), cents(given_["net_pay_kept"]))
        assert levies.full_cents == cents(expected["full_levies"])
        assert levies.room_cents == levies.csg_deductible_cents == cents(expected["levies_after_clipping"])
        assert (levies.csg_non_deductible_cents, levies.crds_cents) == (0, 0)
        assert levies.clipped
        whole = indemnity_levies(APRIL, cents(given_["indemnity"]), 10**6)
        assert whole.csg_deductible_cents == cents(expected["csg_deductible"])
        assert whole.csg_non_deductible_cents == cents(expected["csg_non_deductible"])
        assert whole.crds_cents == cents(expected["crds"])

    def test_order_of_clipping(self):
        """The CRDS goes first, then the CSG that is not deductible."""
        levies = indemnity_levies(APRIL, 160_000)
        assert (levies.csg_deductible_cents, levies.csg_non_deductible_cents, levies.crds_cents) == (
            5974,
            84,
            0,
        )
        assert levies.net_indemnity_cents == minimum_wage_monthly_cents(APRIL)

    @pytest.mark.parametrize(
        ("asked", "wage"),
        [
            ("2019-12-31", 1_521_22),
            ("2020-01-01", 1_539_42),
            ("2021-01-01", 1_554_58),
            ("2021-10-01", 1_589_47),
            ("2022-01-01", 1_603_12),
            ("2022-05-01", 1_645_58),
            ("2022-08-01", 1_678_95),
            ("2023-01-01", 1_709_28),
            ("2023-05-01", 1_747_20),
            ("2024-01-01", 1_766_92),
            ("2024-11-01", 1_801_80),
            ("2026-01-01", 1_823_03),
            ("2026-06-01", 1_867_02),
        ],
    )
    def test_the_monthly_minimum_wage(self, asked, wage):
        assert minimum_wage_monthly_cents(on(asked)) == wage

    def test_a_part_timer_is_measured_by_full_time(self):
        """Urssaf model, June 2026: 28 hours a week at 3,000 gross, 1,800 of indemnity and no levy."""
        assert indemnity_levies(on("2026-06-01"), 180_000).total_cents == 0

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    def test_nobody_falls_under_the_minimum_wage(self, indemnity, net):
        levies = indemnity_levies(APRIL, indemnity, net)
        floor = min(minimum_wage_monthly_cents(APRIL), indemnity + net)
        assert net + levies.net_indemnity_cents >= floor
        assert 0 <= levies.total_cents <= levies.full_cents

    def test_negative(self):
        with pytest.raises(InputError):
            indemnity_levies(APRIL, -1)


class TestQuota:
    """A person is paid for so many hours a year."""

    @pytest.mark.parametrize(
        ("asked", "hours"),
        [("2019-12-31", 1000), ("2020-01-01", 1607), ("2021-12-31", 1607), ("2022-01-01", 1000)],
    )
    def test_hours(self, asked, hours):
        assert quota_hours(on(asked)) == hours * 100
        assert quota_hours(on(asked), Ground.MODERNISATION) == 100_00

    def test_what_is_left(self):
        month = partial_activity_month(
            APRIL, hourly_reference_cents=1500, hours_lost=FULL_TIME, hours_before=1500_00
        )
        assert (month.hours_paid, month.hours_lost) == (107_00, FULL_TIME)
        assert [reason.code for reason in month.reasons if not reason.met] == ["quota"]
        nothing = partial_activity_month(
            APRIL, hourly_reference_cents=1500, hours_lost=FULL_TIME, hours_before=1607_00
        )
        assert nothing.indemnity_cents == nothing.allowance_cents == 0

    def test_more_than_a_month(self):
        with pytest.raises(InputError, match="hundredths of an hour"):
            partial_activity_month(APRIL, hourly_reference_cents=1500, hours_lost=FULL_TIME + 1)


class TestWhateverTheMonth:
    """The cooperative never receives more than it pays; amounts keep within floors and caps."""

    @given(
        FIRST_DAYS,
        st.integers(0, 30_000),
        st.integers(0, FULL_TIME),
        st.sampled_from(FloorPolicy),
        st.sampled_from([1, 300]),
        st.none() | st.integers(1, 3_000),
    )
    def test_the_refund_is_never_a_gain(self, first, hourly, hours, policy, headcount, net):
        law = LAW.on(first)
        for regime in Regime:
            if not regime_open(law, regime).met:
                continue
            month = partial_activity_month(
                law,
                hourly_reference_cents=hourly,
                hours_lost=hours,
                regime=regime,
                headcount=headcount,
                floor_policy=policy,
                usual_net_hourly_cents=net,
            )
            assert 0 <= month.allowance_cents <= month.indemnity_cents
            assert net is None or month.hourly.indemnity_cents <= max(net, 0)
            rates = month.rates
            if net is None and hourly >= rates.minimum_wage_cents and rates.indemnity_floor_cents:
                assert month.hourly.indemnity_cents >= rates.indemnity_floor_cents
            if rates.indemnity_cap is not None:
                most = rates.indemnity_cap * rates.indemnity_ppm // 10**8 + 1
                assert month.hourly.indemnity_cents <= max(most, rates.indemnity_floor_cents or 0)

    @given(FIRST_DAYS, st.integers(1, 20_000), st.integers(0, 2_000))
    def test_a_better_hour_never_pays_less(self, first, hourly, more):
        rates = rates_on(LAW.on(first))
        for policy in FloorPolicy:
            before = hourly_amounts(rates, hourly, floor_policy=policy)
            after = hourly_amounts(rates, hourly + more, floor_policy=policy)
            assert after.indemnity_cents >= before.indemnity_cents
            assert after.allowance_cents >= before.allowance_cents


class TestWorth:
    """What the hours are worth for other rights."""

    def test_pension_quarters(self):
        given_, expected = example("ap-pension-220")
        assert pension_quarters(APRIL, given_["ap_hours_year"] * 100) == expected["quarters"]
        hours = [219_99, 220_00, 439_99, 440_00, 879_99, 880_00, 1607_00]
        assert [pension_quarters(APRIL, each) for each in hours] == [0, 1, 1, 2, 3, 4, 4]

    def test_nothing_before_march_2020(self):
        with pytest.raises(LawNotKnownError):
            pension_quarters(on("2020-02-29"), 220_00)

    def test_points_after_sixty_hours(self):
        assert [hours_giving_points(APRIL, each) for each in (0, 60_00, 61_50)] == [0, 0, 1_50]


class TestLongTerm:
    """Long partial activity needs an agreement, filed while the law lets one be filed."""

    @pytest.mark.parametrize(
        ("regime", "asked", "may"),
        [
            (Regime.LONG_TERM, "2020-07-30", False),
            (Regime.LONG_TERM, "2020-07-31", True),
            (Regime.LONG_TERM, "2022-12-31", True),
            (Regime.LONG_TERM, "2023-01-01", False),
            (Regime.REBOUND, "2025-02-28", False),
            (Regime.REBOUND, "2025-03-01", True),
            (Regime.REBOUND, "2026-02-28", True),
            (Regime.REBOUND, "2026-03-01", False),
        ],
    )
    def test_filing(self, regime, asked, may):
        assert may_be_filed(on(asked), regime).met is may
        if not may:
            with pytest.raises(LawNotKnownError):
                long_term_limits(on(asked), regime)

    def test_limits(self):
        limits = long_term_limits(on("2025-09-01"), Regime.REBOUND)
        assert (limits.paid_months, limits.span_months, limits.block_months) == (18, 24, 6)

    @pytest.mark.parametrize(
        ("asked", "months"), [("2022-04-09", (24, 36)), ("2022-04-10", (36, 48)), ("2022-12-31", (36, 48))]
    )
    def test_longer_from_april_2022(self, asked, months):
        """24 months over 36, then 36 over 48 by the decree of 8 April 2022, published on the ninth."""
        limits = long_term_limits(on(asked), Regime.LONG_TERM)
        assert (limits.paid_months, limits.span_months) == months

    def test_reduction(self):
        """40 % of the legal hours over the agreement, 50 % where the firm's situation justifies it."""
        limits = long_term_limits(on("2025-09-01"), Regime.REBOUND)
        assert reduction_allowed(limits, 40_00, 100_00).met
        assert not reduction_allowed(limits, 40_01, 100_00).met
        assert reduction_allowed(limits, 50_00, 100_00, exceptional=True).met
        assert not reduction_allowed(limits, 50_01, 100_00, exceptional=True).met

    def test_other_regimes_have_no_agreement(self):
        with pytest.raises(InputError, match="LONG_TERM or REBOUND, got GENERAL"):
            may_be_filed(APRIL, Regime.GENERAL)

    def test_amounts(self):
        """70 % paid, 60 % refunded, at the same floor on both sides."""
        month = partial_activity_month(
            on("2025-09-01"), hourly_reference_cents=20_00, hours_lost=100_00, regime=Regime.REBOUND
        )
        assert (month.indemnity_cents, month.allowance_cents) == (1_400_00, 1_200_00)
        low = partial_activity_month(
            on("2025-09-01"), hourly_reference_cents=11_88, hours_lost=100_00, regime=Regime.REBOUND
        )
        assert (low.indemnity_cents, low.allowance_cents) == (940_00, 940_00)


def test_hours_times_rate():
    """12.00 × 151.67 = 1,820.04."""
    assert monthly_cents(12_00, FULL_TIME) == 1_820_04


class TestShareOfTheNetPay:
    """
    Published for May 2020 (example PARTIAL-2020-05): 70 % of the gross, "about 84 %" of the net; at the minimum
    wage, all of it. The 84 % suppose a net of 78 % of the gross (0.654 / 0.78); a payslip of that month without
    covers leaves 79.2 %, hence 83 %. Near the minimum wage the levies are clipped, and more is left.
    """

    @pytest.mark.parametrize(("gross", "share"), [("1539.42", 100), ("2000", 88), ("2500", 83), ("3000", 83)])
    def test_against_the_payslip_of_the_month(self, gross, share):
        facts = PayFacts.of(gross, headcount=30, workplace_accident_rate="1.05")
        net = RULES.payslip("2020-05", facts).net_before_tax_cents
        hourly = divide_half_up(facts.gross_pay_cents * 12 * 100, 182_000)
        month = partial_activity_month(on("2020-05-01"), hourly_reference_cents=hourly, hours_lost=15_167)
        assert round(100 * month.levies.net_indemnity_cents / net) == share
