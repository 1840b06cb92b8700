"""Unemployment benefit. Expected values are those of the texts, of the Unédic and of published examples."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_loss_samples import LAW, RULES, cents, day, example, history, on

from cae_core.calendar import Interval, Month, add_months
from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.exits import ENDINGS, EndingKind
from cae_core.france.exits.kinds import Unemployment
from cae_core.france.partial_activity import Standing
from cae_core.france.support import flat_accident_base_cents, solidarity_aid
from cae_core.france.unemployment import (
    BenefitChoices,
    BenefitGround,
    Contracts,
    Ending,
    PartTimePolicy,
    acre_reason,
    affiliation_days,
    allowance_levies,
    benefit_days,
    benefit_ground,
    benefit_month,
    calendar_days,
    capital,
    capital_reason,
    creation_limit_days,
    daily_allowance,
    days_of_month,
    ending_reasons,
    longest_days,
    reduced_allowance,
    reference_wage,
    search_window,
    waiting,
    within,
)
from cae_core.protection import MonthKind, PayHistory, PayMonth, Person, Stoppage, StoppageKind

CODE = "unemployment_benefit"
ENDED = "2025-08-31"
TWO_YEARS = history("2025-08", *[1300] * 24)
YOUNG = Person(born_on="1985-01-01")


def assess(ending, pays=TWO_YEARS, ended=ENDED, *facts, person=YOUNG, **more):
    kind = ending if isinstance(ending, Ending) else Ending(kind=ending)
    return RULES.assess(CODE, pays, ended, kind, person, *facts, **more)


class TestGrounds:
    """The ways of ending a contract, as the exits list them, and the grounds of the benefit say the same."""

    @pytest.mark.parametrize("kind", EndingKind)
    def test_they_agree(self, kind):
        rule, ground = ENDINGS[kind], benefit_ground(kind)
        if ground is None:
            settled = rule.unemployment in (Unemployment.OPENS, Unemployment.CLOSED)
            assert rule.ways or not settled
        else:
            (reason,) = ending_reasons(on(ENDED), Ending(kind=ground), 0)
            assert reason.met is (rule.unemployment is Unemployment.OPENS)
            assert reason.met or rule.unemployment is Unemployment.CLOSED

    def test_where_facts_decide(self):
        open_ones = {kind.code for kind in EndingKind if benefit_ground(kind) is None}
        assert open_ones == {"death", "associate_deadline", "status_renounced", "transfer", "own_structure"}


class TestEndings:
    """Which ending opens rights, each kind in turn."""

    @pytest.mark.parametrize(
        ("kind", "granted", "review"),
        [
            (BenefitGround.DISMISSAL, True, False),
            (BenefitGround.MISCONDUCT, True, False),
            (BenefitGround.AGREED, True, False),
            (BenefitGround.TRIAL_BY_COOPERATIVE, True, True),
            (BenefitGround.LEGITIMATE_RESIGNATION, True, False),
            (BenefitGround.NOT_ASSOCIATE_COOPERATIVE, True, True),
            (BenefitGround.NOT_ASSOCIATE_ENTREPRENEUR, False, True),
            (BenefitGround.TRIAL_BY_ENTREPRENEUR, False, False),
            (BenefitGround.RESIGNATION, False, False),
            (BenefitGround.ABANDONMENT, False, True),
            (BenefitGround.RETIREMENT, False, False),
        ],
    )
    def test_kind(self, kind, granted, review):
        finding = assess(kind)
        assert finding.granted is granted
        assert finding.reason("ending_opens_rights").needs_review is review

    def test_unknown_kind(self):
        finding = RULES.assess(CODE, TWO_YEARS, ENDED)
        assert finding.granted is None
        assert finding.missing_facts == ("Ending.kind",)

    def test_a_project(self):
        """1,300 days in sixty months, advice before, a certified project, a claim within six months."""
        five_years = history("2025-08", *[0] * 60)
        project = Ending(
            kind=BenefitGround.PROJECT_RESIGNATION,
            advised_before=True,
            project_certified_on="2025-07-01",
            claimed_on="2026-01-01",
        )
        finding = assess(project, five_years)
        # 260 or 261 weekdays a year, whatever the pay: months without pay count.
        assert finding.reason("project_days").found >= 1300
        assert finding.granted
        late = assess(
            Ending(
                kind=BenefitGround.PROJECT_RESIGNATION,
                project_certified_on="2025-07-01",
                claimed_on="2026-01-02",
            ),
            five_years,
        )
        assert [reason.code for reason in late.objections] == ["project_advice", "project_claimed_in_time"]
        short = assess(project, TWO_YEARS)
        assert [reason.code for reason in short.objections] == ["project_days"]


class TestAffiliation:
    """Five days a civil week under contract, in the window before the end."""

    def days(self, *periods):
        return affiliation_days(on("2025-08-31"), Contracts(periods=periods).periods)

    def test_weeks(self):
        monday = day("2025-01-06")
        assert self.days(Interval(monday, day("2025-01-12"))) == 5
        assert self.days(Interval(monday, day("2025-01-10"))) == 5
        assert self.days(Interval(monday, day("2025-01-08"))) == 3
        assert self.days(Interval(day("2025-01-11"), day("2025-01-12"))) == 0

    def test_a_week_shared_by_two_contracts_counts_once(self):
        first = Interval(day("2025-01-06"), day("2025-01-08"))
        second = Interval(day("2025-01-08"), day("2025-01-12"))
        assert self.days(first, second) == 5

    def test_twenty_six_weeks(self):
        """130 days: half a year opens rights, at any pay."""
        start = day("2025-03-03")
        enough = Contracts(periods=[Interval(start, start + dt.timedelta(days=181))])
        assert self.days(*enough.periods) == 130
        ended = start + dt.timedelta(days=181)
        finding = assess(BenefitGround.DISMISSAL, history("2025-08", *[0] * 6), ended.isoformat(), enough)
        assert finding.granted
        less = Contracts(periods=[Interval(start + dt.timedelta(days=1), ended)])
        finding = assess(BenefitGround.DISMISSAL, history("2025-08", *[0] * 6), ended.isoformat(), less)
        assert finding.granted is False
        assert (finding.nearest.code, finding.nearest.missing) == ("affiliation", 1)

    @pytest.mark.parametrize(
        ("ended", "wanted"),
        [
            ("2019-10-31", 88),
            ("2019-11-01", 130),
            ("2020-07-31", 130),
            ("2020-08-01", 88),
            ("2021-11-30", 88),
            ("2021-12-01", 130),
            ("2025-03-31", 130),
            ("2025-04-01", 130),
        ],
    )
    def test_days_wanted(self, ended, wanted):
        month = Month.parse(day(ended))
        pays = history(str(month), *[1000] * 12)
        assert assess(BenefitGround.DISMISSAL, pays, ended).reason("affiliation").wanted == wanted

    @pytest.mark.parametrize(("ended", "wanted"), [("2025-03-31", 130), ("2025-04-01", 108)])
    def test_seasonal(self, ended, wanted):
        pays = history(ended[:7], *[1000] * 12)
        finding = assess(Ending(kind=BenefitGround.DISMISSAL, seasonal=True), pays, ended)
        assert finding.reason("affiliation").wanted == wanted

    def test_a_dismissal_follows_the_law_of_its_start(self):
        pays = history("2019-12", *[1000] * 12)
        late = assess(Ending(kind=BenefitGround.DISMISSAL, started_on="2019-10-15"), pays, "2019-12-31")
        assert late.reason("affiliation").wanted == 88
        assert assess(BenefitGround.AGREED, pays, "2019-12-31").reason("affiliation").wanted == 130

    @pytest.mark.parametrize(
        ("ended", "age", "months"),
        [
            ("2019-10-31", 52, 28),
            ("2019-10-31", 53, 36),
            ("2019-11-01", 52, 24),
            ("2025-03-31", 53, 36),
            ("2025-04-01", 54, 24),
            ("2025-04-01", 55, 36),
        ],
    )
    def test_window(self, ended, age, months):
        window = search_window(on(ended), LAW, day(ended), age=age)
        assert window == Interval(add_months(day(ended), -months) + dt.timedelta(days=1), day(ended))

    def test_lockdowns_lengthen_the_window(self):
        """92 days from March to May 2020, 244 from 30 October 2020 to 30 June 2021."""
        window = search_window(on("2021-12-31"), LAW, day("2021-12-31"))
        assert window.starts_on == day("2020-01-01") - dt.timedelta(days=92 + 244)
        assert search_window(on("2019-12-31"), LAW, day("2019-12-31")).starts_on == day("2018-01-01")

    def test_a_support_contract_is_no_employment(self):
        """Nobody has read the circular on it: the months do not count, and the answer says so."""
        months = [
            PayMonth(month=Month(2024, 9) + rank, gross_pay_cents=100_000, kind=MonthKind.SUPPORT)
            for rank in range(12)
        ]
        finding = assess(BenefitGround.DISMISSAL, PayHistory(months))
        assert finding.granted is False
        assert "support_contract_not_counted" in [each.code for each in finding.assumptions]

    def test_contracts_of_a_history(self):
        months = [
            PayMonth(month="2025-01", gross_pay_cents=1, employed_days=10),
            PayMonth(month="2025-02", gross_pay_cents=0),
            PayMonth(month="2025-03", gross_pay_cents=1, employed_days=5),
            PayMonth(month="2025-06", gross_pay_cents=1),
        ]
        assert Contracts.of(PayHistory(months)).periods == (
            Interval(day("2025-01-22"), day("2025-03-05")),
            Interval(day("2025-06-01"), day("2025-06-30")),
        )

    @given(st.permutations([(2025, 1, 1, 31), (2025, 2, 1, 28), (2025, 4, 5, 20), (2025, 4, 15, 30)]))
    def test_the_order_of_contracts_does_not_matter(self, given_):
        periods = [Interval(dt.date(y, m, a), dt.date(y, m, b)) for y, m, a, b in given_]
        assert Contracts(periods=periods).periods == (
            Interval(day("2025-01-01"), day("2025-02-28")),
            Interval(day("2025-04-05"), day("2025-04-30")),
        )


class TestReferenceWage:
    """Pay over calendar days, gaps counting up to a share; twelve months over days worked before."""

    def test_unedic_gap(self):
        """334 days under contract and 300 between them: 70 % make 233.8, counted 234; 568 days, 426 paid."""
        first = Interval(day("2024-01-01"), day("2024-03-30"))
        second = Interval(first.ends_on + dt.timedelta(days=301), first.ends_on + dt.timedelta(days=544))
        contracts = Contracts(periods=[first, second])
        law, window = on("2025-09-25"), search_window(on("2025-09-25"), LAW, second.ends_on)
        wage = reference_wage(law, LAW, history("2025-09", *[1000] * 21), contracts.periods, window)
        assert (wage.contract_days, wage.gap_days, wage.gap_kept_days, wage.days) == (334, 300, 234, 568)
        assert benefit_days(law, wage.days, age=40) == 426

    @pytest.mark.parametrize(("ended", "kept"), [("2025-03-31", 75), ("2025-04-01", 70)])
    def test_the_share_of_gaps(self, ended, kept):
        last = day(ended)
        contracts = Contracts(
            periods=[
                Interval(last - dt.timedelta(days=399), last - dt.timedelta(days=350)),
                Interval(last - dt.timedelta(days=49), last),
            ]
        )
        window = search_window(on(ended), LAW, last)
        wage = reference_wage(on(ended), LAW, history(ended[:7], *[1000] * 24), contracts.periods, window)
        assert (wage.gap_days, wage.gap_kept_days) == (300, kept)

    @pytest.mark.parametrize(
        ("kind", "days", "gap"),
        [
            (StoppageKind.MATERNITY, 10, 90),
            (StoppageKind.WORK_ACCIDENT, 10, 90),
            (StoppageKind.SICKNESS, 15, 100),
            (StoppageKind.SICKNESS, 16, 84),
            (StoppageKind.PARTIAL_ACTIVITY, 30, 100),
        ],
    )
    def test_days_that_are_no_gap(self, kind, days, gap):
        """Maternity, work accident, and a sickness of more than fifteen days, between two contracts."""
        first = Interval(day("2024-01-01"), day("2024-06-30"))
        second = Interval(first.ends_on + dt.timedelta(days=101), day("2025-08-31"))
        ill = first.ends_on + dt.timedelta(days=20)
        stoppage = Stoppage(Interval(ill, ill + dt.timedelta(days=days - 1)), kind)
        pays = PayHistory(history("2025-08", *[1000] * 20).months, [stoppage])
        window = Interval(day("2023-09-01"), day("2025-08-31"))
        contracts = Contracts(periods=[first, second]).periods
        assert reference_wage(on(ENDED), LAW, pays, contracts, window).gap_days == gap

    def test_two_years_of_a_cesa(self):
        """1,300 a month over 731 days: 42.68; each month without pay lowers it."""
        finding = assess(BenefitGround.DISMISSAL)
        assert finding.value("reference_daily_wage") == 42_68
        with_a_zero = history("2025-08", *[1300] * 23, 0)
        assert assess(BenefitGround.DISMISSAL, with_a_zero).value("reference_daily_wage") == 40_90

    @pytest.mark.parametrize(
        ("ended", "daily", "days"), [("2021-09-30", 32_84, 366), ("2021-10-01", 32_79, 366)]
    )
    def test_before_october_2021(self, ended, daily, days):
        """
        12,000 over 261 days worked × 1.4 = 365.4 days; then over 366 calendar days, the first of October
        included.
        """
        contracts = Contracts(periods=[Interval(day("2020-10-01"), day(ended))])
        pays = history(ended[:7], *[1000] * 12) if ended < "2021-10" else history("2021-09", *[1000] * 12)
        finding = assess(BenefitGround.DISMISSAL, pays, ended, contracts)
        assert finding.value("reference_daily_wage") == daily
        assert finding.value("reference_days") == days

    def test_four_ceilings_a_month(self):
        """4 × 3,925 in 2025, 4 × 3,864 in 2024."""
        pays = history("2025-01", 20_000, 20_000)
        contracts = Contracts.of(pays).periods
        window = Interval(day("2024-12-01"), day("2025-01-31"))
        wage = reference_wage(on("2025-01-31"), LAW, pays, contracts, window)
        assert wage.pay_cents == 4 * (386_400 + 392_500)

    def test_a_month_that_the_window_cuts(self):
        pays = history("2025-08", *[3100] * 25)
        contracts = Contracts.of(pays).periods
        window = Interval(day("2025-07-16"), day("2025-08-31"))
        wage = reference_wage(on(ENDED), LAW, pays, contracts, window)
        assert wage.pay_cents == 310_000 * 16 // 31 + 310_000
        part = PayHistory([PayMonth(month="2025-08", gross_pay_cents=100_000, employed_days=10)])
        whole = reference_wage(
            on(ENDED), LAW, part, Contracts.of(part).periods, Interval(day("2025-01-01"), day(ENDED))
        )
        assert (whole.pay_cents, whole.days) == (100_000, 10)

    def test_stopped_months_are_rebuilt(self):
        stopped = [Stoppage(Interval(day("2025-03-01"), day("2025-03-31")), StoppageKind.PARTIAL_ACTIVITY)]
        pays = PayHistory(history("2025-08", *[1300] * 18, 0, *[1300] * 5).months, stopped)
        finding = assess(BenefitGround.DISMISSAL, pays)
        assert "pay_not_rebuilt" in [each.code for each in finding.assumptions]
        assert finding.needs_review
        rebuilt = assess(
            BenefitGround.DISMISSAL, pays, ENDED, BenefitChoices(rebuilt={Month(2025, 3): 130_000})
        )
        assert rebuilt.value("reference_daily_wage") == 42_68
        assert "pay_not_rebuilt" not in [each.code for each in rebuilt.assumptions]

    def test_a_rise_near_the_end_is_said(self):
        """Paying out the account before leaving raises the reference; France Travail may set it aside."""
        finding = assess(BenefitGround.DISMISSAL, history("2025-08", *[500] * 21, 2000, 2000, 2000))
        assert "pay_rise_near_the_end" in [each.code for each in finding.assumptions]
        assert "pay_rise_near_the_end" not in [
            each.code for each in assess(BenefitGround.DISMISSAL).assumptions
        ]

    @given(
        st.lists(st.integers(0, 6_000), min_size=7, max_size=24), st.integers(0, 23), st.integers(0, 2_000)
    )
    def test_more_pay_never_loses_anything(self, pays, rank, more):
        richer = list(pays)
        richer[rank % len(pays)] += more
        before, after = (assess(BenefitGround.AGREED, history("2025-08", *each)) for each in (pays, richer))
        assert before.granted
        assert after.granted
        for figure in ("reference_daily_wage", "daily_allowance", "benefit_days"):
            assert after.value(figure) >= before.value(figure)

    @given(st.lists(st.integers(0, 6_000), min_size=7, max_size=24), st.randoms())
    def test_the_order_the_months_are_given_in_does_not_matter(self, pays, random):
        months = list(history("2025-08", *pays).months)
        random.shuffle(months)
        shuffled = assess(BenefitGround.AGREED, PayHistory(months))
        assert shuffled.amounts == assess(BenefitGround.AGREED, history("2025-08", *pays)).amounts


class TestAllowance:
    """The best of three, at most 75 % of the reference wage."""

    @pytest.mark.parametrize(
        ("asked", "fixed", "minimum"),
        [
            ("2019-06-30", 11_92, 29_06),
            ("2019-07-01", 12_00, 29_26),
            ("2020-07-01", 12_05, 29_38),
            ("2021-07-01", 12_12, 29_56),
            ("2022-06-30", 12_12, 29_56),
            ("2022-07-01", 12_47, 30_42),
            ("2023-04-01", 12_71, 31_00),
            ("2023-07-01", 12_95, 31_59),
            ("2024-07-01", 13_11, 31_97),
            ("2025-06-30", 13_11, 31_97),
            ("2025-07-01", 13_18, 32_13),
            ("2026-07-01", 13_18, 32_13),
        ],
    )
    def test_values_of_the_unedic(self, asked, fixed, minimum):
        allowance = daily_allowance(on(asked), 0)
        assert (allowance.with_fixed_part_cents, allowance.minimum_cents) == (fixed, minimum)

    def test_unedic_2019(self):
        """120 a day: 57 % is 68.40; less 3.60, 3.95 and 0.32 there are 60.53 left."""
        law = on("2019-07-01")
        allowance = daily_allowance(law, 120_00)
        assert allowance.gross_cents == 68_40
        levies = allowance_levies(law, 68_40, 120_00)
        assert (levies.pension_cents, levies.csg_cents, levies.crds_cents) == (3_60, 3_95, 32)
        assert levies.net_cents == 60_53

    def test_unedic_cumul_wage(self):
        """100 a day gives 57."""
        assert daily_allowance(on("2025-07-01"), 100_00).gross_cents == 57_00

    def test_the_cap_bites_under_the_minimum(self):
        allowance = daily_allowance(on("2025-08-31"), 42_68)
        assert (allowance.with_fixed_part_cents, allowance.without_fixed_part_cents) == (30_42, 24_33)
        assert (allowance.minimum_cents, allowance.most_cents, allowance.gross_cents) == (32_13, 32_01, 32_01)

    def test_part_time_is_a_choice(self):
        full = assess(BenefitGround.DISMISSAL)
        assert full.value("daily_allowance") == 32_01
        unknown = BenefitChoices(part_time=PartTimePolicy.EQUIVALENT_HOURS)
        assert (
            "PayMonth.hours_hundredths"
            in assess(BenefitGround.DISMISSAL, TWO_YEARS, ENDED, unknown).missing_facts
        )
        hours = PayHistory(
            [
                PayMonth(month=each.month, gross_pay_cents=each.gross_pay_cents, hours_hundredths=110_72)
                for each in TWO_YEARS.months
            ]
        )
        by_hours = assess(BenefitGround.DISMISSAL, hours, ENDED, unknown)
        # 110.72 / 151.67 = 0.730006: 40.4 % and 9.62, over 23.46 and 24.33.
        assert by_hours.value("daily_allowance") == 26_86
        assert "part_time_by_equivalent_hours" in [each.code for each in by_hours.assumptions]

    @pytest.mark.parametrize(
        ("asked", "euros"),
        [
            ("2019-12-31", 51),
            ("2020-12-31", 51),
            ("2021-01-01", 52),
            ("2021-10-01", 53),
            ("2022-04-30", 53),
            ("2022-05-01", 55),
            ("2022-08-01", 56),
            ("2023-01-01", 57),
            ("2023-05-01", 58),
            ("2024-01-01", 59),
            ("2024-11-01", 60),
            ("2026-01-01", 61),
            ("2026-06-01", 62),
        ],
    )
    def test_nothing_under_the_daily_minimum_wage(self, asked, euros):
        assert allowance_levies(on(asked), 50_00, 80_00).exempt_under_cents == euros * 100

    @given(st.integers(0, 40_000))
    def test_bounds(self, wage):
        law = on("2026-07-01")
        allowance = daily_allowance(law, wage)
        assert allowance.gross_cents <= allowance.most_cents
        assert allowance.gross_cents >= min(allowance.minimum_cents, allowance.most_cents)
        levies = allowance_levies(law, allowance.gross_cents, wage)
        assert 0 <= levies.net_cents <= allowance.gross_cents
        assert levies.net_cents >= min(32_13, allowance.gross_cents)

    @pytest.mark.parametrize("wrong", [{"wage_cents": -1}, {"wage_cents": 1, "part_time_ppm": 1_000_001}])
    def test_what_cannot_be(self, wrong):
        with pytest.raises(InputError):
            daily_allowance(on("2025-07-01"), **wrong)


class TestFall:
    """From the seventh month 30 % less, never under a threshold, for those not yet old enough."""

    @pytest.mark.parametrize(
        ("ended", "first"),
        [("2021-06-30", 183), ("2021-07-01", 244), ("2021-11-30", 244), ("2021-12-01", 183)],
    )
    def test_first_day(self, ended, first):
        law = on(ended)
        assert reduced_allowance(law, 150_00, age=40, first_day=first - 1) == 150_00
        assert reduced_allowance(law, 150_00, age=40, first_day=first) == 105_00

    @pytest.mark.parametrize(
        ("ended", "age", "falls"),
        [
            ("2025-03-31", 56, True),
            ("2025-03-31", 57, False),
            ("2025-04-01", 54, True),
            ("2025-04-01", 55, False),
        ],
    )
    def test_age(self, ended, age, falls):
        assert (reduced_allowance(on(ended), 150_00, age=age, first_day=300) < 150_00) is falls

    def test_threshold(self):
        law = on("2026-07-01")
        assert reduced_allowance(law, 100_00, age=40, first_day=183) == 92_57
        assert reduced_allowance(law, 92_57, age=40, first_day=183) == 92_57
        assert reduced_allowance(law, 90_00, age=40, first_day=183) == 90_00

    @pytest.mark.parametrize(
        ("ended", "threshold"),
        [
            ("2020-06-30", 84_33),
            ("2020-07-01", 84_67),
            ("2021-06-30", 84_67),
            ("2022-06-30", 85_18),
            ("2022-07-01", 87_65),
            ("2023-03-31", 87_65),
            ("2023-04-01", 89_32),
            ("2023-07-01", 91_02),
            ("2024-06-30", 91_02),
            ("2024-07-01", 92_11),
            ("2025-06-30", 92_11),
            ("2025-07-01", 92_57),
        ],
    )
    def test_threshold_through_time(self, ended, threshold):
        """84.33 in the rules of 2019, then each rise that Unédic decided."""
        assert reduced_allowance(on(ended), 100_00, age=40, first_day=300) == threshold
        assert on(ended)["unemployment_degressive_threshold"].needs_review is False

    def test_none_before_november_2019(self):
        assert reduced_allowance(on("2019-10-31"), 150_00, age=40, first_day=700) == 150_00

    def test_in_the_answer(self):
        rich = assess(BenefitGround.DISMISSAL, history("2025-08", *[8000] * 24))
        assert rich.value("daily_allowance_reduced") == max(
            92_57, round(rich.value("daily_allowance") * 0.7 + 1e-9)
        )
        assert "daily_allowance_reduced" not in [
            amount.code for amount in assess(BenefitGround.DISMISSAL).amounts
        ]


class TestDuration:
    """Three quarters of the period, within bounds that go by age."""

    @pytest.mark.parametrize(
        ("name", "ages"),
        [
            ("are-max-duration-548", (30, 54)),
            ("are-max-duration-685", (55, 56)),
            ("are-max-duration-822", (57, 62)),
        ],
    )
    def test_published_maxima(self, name, ages):
        _, expected = example(name)
        for age in ages:
            assert longest_days(on("2025-04-01"), age=age) == expected["max_days"]

    @pytest.mark.parametrize(
        ("ended", "age", "most"),
        [
            ("2023-01-31", 52, 730),
            ("2023-01-31", 53, 913),
            ("2023-01-31", 55, 1095),
            ("2023-02-01", 52, 548),
            ("2023-02-01", 53, 685),
            ("2023-02-01", 55, 822),
            ("2025-03-31", 54, 685),
            ("2025-04-01", 54, 548),
            ("2025-03-31", 56, 822),
            ("2025-04-01", 56, 685),
        ],
    )
    def test_most(self, ended, age, most):
        assert longest_days(on(ended), age=age) == most

    @pytest.mark.parametrize(
        ("ended", "period", "days"),
        [
            ("2023-01-31", 400, 400),
            ("2023-02-01", 400, 300),
            ("2023-02-01", 401, 301),
            ("2025-04-01", 731, 548),
            ("2025-04-01", 100, 182),
            ("2019-10-31", 100, 122),
            ("2019-11-01", 100, 182),
        ],
    )
    def test_days(self, ended, period, days):
        assert benefit_days(on(ended), period, age=40) == days

    def test_overseas_and_seasons(self):
        assert benefit_days(on("2025-04-01"), 400, age=40, overseas=True) == 400
        assert benefit_days(on("2025-04-01"), 100, age=40, seasonal=True) == 152
        assert benefit_days(on("2025-03-31"), 100, age=40, seasonal=True) == 182

    def test_an_agreed_ending_from_september_2026(self):
        """15 and 20.5 months; the days are inferred and to be reviewed."""
        before, after = (
            LAW.on(day("2026-08-31"), assume_unchanged=True),
            LAW.on(day("2026-09-01"), assume_unchanged=True),
        )
        for kind, law, age, most in (
            (BenefitGround.AGREED, before, 40, 548),
            (BenefitGround.AGREED, after, 40, 457),
            (BenefitGround.AGREED, after, 55, 624),
            (BenefitGround.AGREED, after, 60, 624),
            (BenefitGround.DISMISSAL, after, 40, 548),
        ):
            assert longest_days(law, age=age, kind=kind) == most
        assert after["unemployment_agreed_longest_days"].needs_review

    def test_beyond_what_is_known(self):
        with pytest.raises(LawNotKnownError):
            assess(BenefitGround.AGREED, history("2026-10", *[1300] * 24), "2026-10-31")
        finding = assess(
            BenefitGround.AGREED, history("2026-10", *[1300] * 24), "2026-10-31", assume_unchanged=True
        )
        assert finding.value("benefit_days") == 457
        assert finding.assumed
        assert finding.needs_review

    def test_the_same_person_after_two_years(self):
        assert assess(BenefitGround.DISMISSAL).value("benefit_days") == 548

    def test_age_unknown(self):
        finding = RULES.assess(CODE, TWO_YEARS, ENDED, Ending(kind=BenefitGround.DISMISSAL))
        assert finding.granted
        assert finding.missing_facts == ("Person.born_on",)
        assert "age_unknown" in [each.code for each in finding.assumptions]
        old = history("2023-12", *[1300] * 10)
        assert RULES.assess(CODE, old, "2026-07-31", Ending(kind=BenefitGround.DISMISSAL)).granted is None

    def test_birthday(self):
        """55 on the last day of the contract, or the day after."""
        pays = history("2025-08", *[1300] * 36)
        assert (
            assess(BenefitGround.DISMISSAL, pays, person=Person(born_on="1970-08-31")).value("benefit_days")
            == 685
        )
        assert (
            assess(BenefitGround.DISMISSAL, pays, person=Person(born_on="1970-09-01")).value("benefit_days")
            == 548
        )


class TestWaiting:
    """The specific deferral, that of paid leave, then seven days."""

    @pytest.mark.parametrize(
        ("ended", "divisor"),
        [
            ("2019-12-31", 94_40),
            ("2020-01-01", 95_80),
            ("2022-12-31", 95_80),
            ("2023-01-01", 102_40),
            ("2024-01-01", 107_90),
            ("2025-01-01", 109_60),
            ("2026-01-01", 111_80),
        ],
    )
    def test_divisor(self, ended, divisor):
        """94.4, 95.8, 107.9 and 109.6 are published; the others follow the ceiling, cut to one decimal."""
        paid = Ending(kind=BenefitGround.AGREED, severance_above_law_cents=10 * divisor)
        assert waiting(on(ended), paid, day(ended), 50_00).specific_days == 10
        paid = Ending(kind=BenefitGround.AGREED, severance_above_law_cents=10 * divisor - 1)
        assert waiting(on(ended), paid, day(ended), 50_00).specific_days == 9

    def test_bounds(self):
        paid = {"severance_above_law_cents": 10**7, "leave_indemnity_cents": 10**7}
        found = waiting(on(ENDED), Ending(kind=BenefitGround.AGREED, **paid), day(ENDED), 50_00)
        assert (found.specific_days, found.leave_days, found.waiting_days) == (150, 30, 7)
        assert found.starts_on == day(ENDED) + dt.timedelta(days=188)
        economic = Ending(kind=BenefitGround.DISMISSAL, economic=True, **paid)
        assert waiting(on(ENDED), economic, day(ENDED), 50_00).specific_days == 75

    def test_seven_days_once_a_year(self):
        again = Ending(kind=BenefitGround.AGREED, waited_within_year=True)
        assert waiting(on(ENDED), again, day(ENDED), 50_00).starts_on == day("2025-09-01")
        first = Ending(kind=BenefitGround.AGREED)
        assert waiting(on(ENDED), first, day(ENDED), 50_00).starts_on == day("2025-09-08")

    def test_leave(self):
        """1,000 of leave at 42.68 a day: 23 days."""
        leave = Ending(kind=BenefitGround.AGREED, leave_indemnity_cents=100_000)
        assert waiting(on(ENDED), leave, day(ENDED), 42_68).leave_days == 23
        finding = assess(leave)
        assert finding.value("days_before_first_payment") == 30


OPENFISCA = {
    2: "2022-04",
    3: "2022-04",
    4: "2022-04",
    6: "2022-05",
    7: "2022-02",
    8: "2024-02",
    10: "2022-03",
}


class TestWorkBeside:
    """70 % of the pay is taken off, the rest makes whole days, and both stay under the former pay."""

    def month(self, month, given_, **more):
        return benefit_month(
            LAW.on(Month.parse(month).first_day),
            Month.parse(month),
            allowance_cents=cents(given_["aj"]),
            wage_cents=cents(given_["sjr"]),
            gross_pay_cents=cents(given_["gross"]),
            full_allowance_cents=cents(given_["aj_full_rate"]) if "aj_full_rate" in given_ else None,
            **more,
        )

    @pytest.mark.parametrize(("rank", "month"), OPENFISCA.items())
    def test_openfisca(self, rank, month):
        given_, expected = example(f"are-openfisca-complement-{rank}")
        done = self.month(month, given_)
        assert done.days == expected["days"]
        assert done.net_cents == cents(expected["net"])
        if "gross_allowance" in expected:
            assert done.gross_cents == cents(expected["gross_allowance"])
            assert -done.withheld_cents == cents(expected["deductions"])

    def test_openfisca_over_the_former_pay(self):
        """
        Four days would bring pay and benefit to 936, over 30.42 × 30 = 912.60: the rule gives three, 67.50.
        An earlier version of the same test expected three.
        """
        given_, expected = example("are-openfisca-complement-11")
        done = self.month("2022-04", given_)
        assert expected["days"] == 4
        assert (done.days, done.gross_cents, done.ceiling_cents) == (3, 67_50, 912_60)
        assert [reason.code for reason in done.reasons] == ["former_pay_reached"]

    def test_openfisca_few_days_left(self):
        """The levy is due on the four days paid, 5.76, and not on the seven there would have been."""
        given_, expected = example("are-openfisca-complement-12")
        done = self.month("2022-04", given_, remaining_days=given_["remaining_days"])
        assert (done.days, done.gross_cents) == (expected["days"], cents(expected["gross_allowance"]))
        assert (done.withheld_cents, done.net_cents) == (5_76, 142_24)
        assert cents(expected["deductions"]) == -7 * 1_44
        assert self.month("2022-04", given_, remaining_days=0).net_cents == 0

    def test_unedic(self):
        """57 × 30 − 70 % of 2,100 = 240, 4.21 days: four, 228 €."""
        done = self.month("2025-06", {"aj": 57, "sjr": 100, "gross": 2100})
        assert (done.days, done.gross_cents, done.ceiling_cents) == (4, 228_00, 3_042_00)
        assert done.reasons == ()

    @pytest.mark.parametrize(
        ("gross", "days", "paid"), [(0, 30, 960_30), (800, 13, 416_13), (1250, 2, 64_02)]
    )
    def test_a_cesa(self, gross, days, paid):
        done = self.month("2025-10", {"aj": 32.01, "sjr": 42.68, "gross": gross})
        assert (done.days, done.gross_cents) == (days, paid)

    @pytest.mark.parametrize(
        ("month", "days"), [("2025-02", 28), ("2025-03", 31), ("2025-04", 30), ("2026-02", 30)]
    )
    def test_thirty_days_since_april_2025(self, month, days):
        month = Month.parse(month)
        assert days_of_month(LAW.on(month.first_day), month) == days

    def test_official_example_of_a_month(self):
        """35 € × 30 = 1,050 €."""
        done = self.month("2025-05", {"aj": 35, "sjr": 60, "gross": 0})
        assert done.gross_cents == 1_050_00

    def test_waited_days_come_off(self):
        assert self.month("2025-05", {"aj": 35, "sjr": 60, "gross": 0}, unpaid_days=7).days == 23

    @given(st.integers(1, 20_000), st.integers(0, 500_000), st.integers(0, 50_000))
    def test_more_pay_never_more_days(self, wage, gross, more):
        law, month = on("2025-10-01"), Month(2025, 10)
        allowance = daily_allowance(law, wage).gross_cents
        few, many = (
            benefit_month(law, month, allowance_cents=allowance, wage_cents=wage, gross_pay_cents=pay)
            for pay in (gross + more, gross)
        )
        assert few.days <= many.days <= 30
        # Rounding to the nearest day may go half a day over the former pay, never more.
        if few.days and gross + more:
            assert gross + more + few.gross_cents <= few.ceiling_cents + allowance // 2 + 1

    def test_negative(self):
        with pytest.raises(InputError):
            self.month("2025-10", {"aj": 35, "sjr": 60, "gross": -1})


class TestCapital:
    """A part of the benefit left, for who creates a business."""

    @pytest.mark.parametrize("name", ["arce-2024", "arce-sp-2023", "arce-cder-2023", "arce-2023b"])
    def test_published(self, name):
        given_, expected = example(name)
        days = given_.get("remaining_days", given_.get("days"))
        done = capital(
            on("2024-06-01" if "2024" in name else "2023-07-01"),
            allowance_cents=cents(given_.get("aj_gross", given_.get("aj"))),
            remaining_days=days,
        )
        assert done.gross_cents == cents(expected["gross_aid"])
        if "net_aid" in expected:
            # service-public prints 12,059 for 12,059.04.
            assert math.floor(done.net_cents / 100) == math.floor(expected["net_aid"])
        if name == "arce-cder-2023":
            # The page prints 15,073.30; 0.97 × 15,540 is 15,073.80.
            assert done.net_cents == cents(expected["net_aid"]) == 15_073_80
        assert sum(done.halves) == done.net_cents

    @pytest.mark.parametrize(("ended", "gross"), [("2023-06-30", 4_500_00), ("2023-07-01", 6_000_00)])
    def test_share(self, ended, gross):
        assert capital(on(ended), allowance_cents=50_00, remaining_days=200).gross_cents == gross

    def test_for_whom(self):
        assert capital_reason(None).met
        assert not capital_reason(Standing.CESA).met
        assert capital_reason(Standing.CESA).needs_review
        assert not capital_reason(Standing.CAPE).met

    def test_negative(self):
        with pytest.raises(InputError):
            capital(on("2024-01-01"), allowance_cents=-1, remaining_days=1)

    @pytest.mark.parametrize(
        ("ended", "standing", "reading", "days", "review"),
        [
            ("2025-03-31", None, None, 500, False),
            ("2025-04-01", None, None, 300, False),
            ("2025-04-01", Standing.CESA, None, 500, False),
            ("2025-04-01", Standing.CAPE, None, 500, True),
            ("2025-04-01", Standing.CAPE, True, 300, False),
            ("2025-04-01", Standing.CAPE, False, 500, False),
        ],
    )
    def test_sixty_percent_beside_self_employment(self, ended, standing, reading, days, review):
        found, reason = creation_limit_days(on(ended), 500, standing, cape_is_self_employment=reading)
        assert (found, reason.needs_review) == (days, review)


class TestHelpToCreators:
    """ACRE: not for a CESA; since 2026 a CAPE needs a condition of the list."""

    def test_a_cesa_creates_nothing(self):
        reason = acre_reason(on("2025-01-01"), Standing.CESA)
        assert (reason.met, reason.needs_review) == (False, True)
        assert not acre_reason(on("2025-01-01"), Standing.MANAGER).met

    @pytest.mark.parametrize(
        ("signed", "listed", "met", "review"),
        [
            ("2025-12-31", None, True, False),
            ("2026-01-01", None, False, True),
            ("2026-01-01", True, True, False),
            ("2026-01-01", False, False, False),
        ],
    )
    def test_cape(self, signed, listed, met, review):
        reason = acre_reason(on(signed), Standing.CAPE, listed=listed)
        assert (reason.met, reason.needs_review) == (met, review)


class TestSupportContract:
    """Without pay, a CAPE only owes the accident contribution, on a flat base."""

    def test_urssaf_2019(self):
        _, expected = example("cape-urssaf-2019")
        assert flat_accident_base_cents(on("2019-06-01")) == cents(expected["monthly_base"])

    def test_other_years_were_not_found(self):
        with pytest.raises(LawNotKnownError):
            flat_accident_base_cents(on("2020-01-01"))


class TestSolidarityFund:
    """An enterprise that lost half its turnover, up to 1,500 € a month; a salaried entrepreneur is none."""

    @pytest.mark.parametrize("rank", [1, 2])
    def test_openfisca(self, rank):
        given_, expected = example(f"covid-fds-openfisca-{rank}")
        done = solidarity_aid(
            on("2020-04-01"),
            turnover_cents=cents(given_["turnover"]),
            reference_turnover_cents=cents(given_["reference_turnover"]),
            standing=None,
        )
        assert (done.cents, done.granted) == (cents(expected["aid"]), True)

    def aid(self, month="2020-04-01", standing=None, turnover=0, **more):
        return solidarity_aid(
            on(month), turnover_cents=turnover, reference_turnover_cents=100_000, standing=standing, **more
        )

    def test_a_salaried_entrepreneur_runs_no_enterprise(self):
        """CAA Nantes, 28 October 2022, 22NT00629."""
        done = self.aid(standing=Standing.CESA)
        assert (done.cents, [reason.code for reason in done.reasons if not reason.met]) == (
            0,
            ["own_enterprise"],
        )

    @pytest.mark.parametrize(
        ("month", "created", "cents_"),
        [
            ("2020-03-01", "2020-01-31", 1000_00),
            ("2020-03-01", "2020-02-01", 0),
            ("2020-04-01", "2020-02-29", 1000_00),
            ("2020-04-01", "2020-03-01", 0),
            ("2020-05-01", "2020-02-29", 1000_00),
            ("2020-04-01", None, 0),
        ],
    )
    def test_a_cape_with_an_older_business(self, month, created, cents_):
        business = day(created) if created else None
        assert self.aid(month, Standing.CAPE, business_created_on=business).cents == cents_

    def test_half_the_turnover(self):
        assert self.aid(turnover=50_000).granted
        assert not self.aid(turnover=50_001).granted

    def test_people(self):
        assert self.aid(people=10).granted
        assert not self.aid(people=11).granted

    @pytest.mark.parametrize("month", ["2020-02-29", "2020-06-01"])
    def test_other_months(self, month):
        with pytest.raises(LawNotKnownError):
            self.aid(month)


def test_days_of_nothing():
    assert calendar_days(within([], Interval(day("2025-01-01"), day("2025-01-31")))) == 0
