"""Sickness: who is covered, for how much and how long, on the day before and after each change."""

import datetime as dt

import attrs
import pytest
from rights_samples import RULES, case, euros, history, level

from cae_core.calendar import Interval, Month
from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.protection.childcare import ChildcareStop
from cae_core.france.protection.daily_benefit import SickCause, SickLeave, daily_benefit, paid_days
from cae_core.france.protection.opening import WorkPattern
from cae_core.payroll import PayFacts
from cae_core.protection import PayHistory, PayMonth, Person, Stoppage, StoppageKind

SICK = "sickness_daily_benefit"


def assess(on, pays, *facts, **more):
    return RULES.assess(SICK, pays, on, *facts, **more)


#: The threshold of each minimum wage, by the month that the period of reference starts in.
THRESHOLDS = {
    "2019-01": "10180.45",
    "2020-01": "10302.25",
    "2021-01": "10403.75",
    "2021-10": "10637.20",
    "2022-01": "10728.55",
    "2022-05": "11012.75",
    "2022-08": "11236.05",
    "2023-01": "11439.05",
    "2023-05": "11692.80",
    "2024-01": "11824.75",
    "2024-11": "12058.20",
    "2026-01": "12200.30",
}


class TestMoneyCondition:
    """R313-3 1° a: pay of the six civil months before, over 1,015 hourly minimum wages of their first day."""

    @pytest.mark.parametrize(("starts", "wanted"), THRESHOLDS.items())
    def test_threshold(self, starts, wanted):
        on = (Month.parse(starts) + 6).first_day
        exact = history(starts, wanted, 0, 0, 0, 0, 0, hours=0)
        found = assess(on, exact)
        assert found.granted is True
        assert found.reason("six_months_pay").wanted == int(wanted.replace(".", ""))
        less = f"{int(wanted.replace('.', '')) - 1}"
        short = history(starts, f"{less[:-2]}.{less[-2:]}", 0, 0, 0, 0, 0, hours=0)
        refused = assess(on, short, WorkPattern(discontinuous=False))
        assert refused.granted is False
        assert refused.reason("six_months_pay").missing == 1

    def test_the_minimum_wage_of_june_2026_waits_for_a_period_that_starts_with_it(self):
        assert assess("2026-07-01", level("2026-06", 2500)).reason("six_months_pay").wanted == 1_220_030

    def test_the_month_of_the_stoppage_does_not_count(self):
        pays = history("2026-01", 0, 0, 20_000, hours=0)
        assert (
            assess("2026-03-31", pays, WorkPattern(discontinuous=False)).reason("six_months_pay").found == 0
        )
        assert assess("2026-04-01", pays).granted is True

    def test_a_full_time_minimum_wage_does_not_reach_it(self):
        """2,033 € a month in 2026, when the monthly minimum wage is 1,823.03 €."""
        refused = assess("2026-07-01", level("2026-06", "1823.03", hours=0), WorkPattern(discontinuous=False))
        assert refused.granted is False


class TestHoursCondition:
    """R313-3 1° b: 150 hours in the three civil months before."""

    def test_the_hundredth_of_an_hour(self):
        enough = history("2026-01", 100, 100, 100, hours=50)
        assert assess("2026-04-10", enough).granted is True
        short = history("2026-01", 100, 100, 100, hours=49)
        refused = assess(
            "2026-04-10", short, WorkPattern(discontinuous=False), Person(entered_on="2026-01-01")
        )
        assert refused.granted is False
        assert refused.reason("three_months_hours").missing == 300

    def test_hours_of_a_convention_are_marked(self):
        pays = history("2026-01", 700, 700, 700, hours=58, policy="equivalent_hours")
        found = assess("2026-04-10", pays)
        assert found.granted is True
        assert found.needs_review
        assert "hours_by_convention" in [each.code for each in found.assumptions]
        declared = assess("2026-04-10", history("2026-01", 700, 700, 700, hours=58))
        assert not declared.needs_review

    def test_hours_nobody_knows_leave_it_open(self):
        found = assess("2026-04-10", level("2026-03", 700, hours=None), WorkPattern(discontinuous=False))
        assert found.granted is None
        assert found.missing_facts == ("hours",)

    def test_days_of_benefit_count_six_hours(self):
        """From memory (R313-8), so that it is marked where it decides."""
        sick = Stoppage(Interval(dt.date(2026, 2, 1), dt.date(2026, 2, 25)), StoppageKind.SICKNESS)
        pays = history("2026-01", 100, 0, 0, hours=0, stoppages=[sick])
        found = assess("2026-04-10", pays)
        assert found.reason("three_months_hours").found == 15_000
        assert found.granted is True
        assert found.needs_review


class TestDiscontinuousWork:
    """R313-7: seasonal or discontinuous work opens the right over twelve months."""

    @pytest.mark.parametrize(("pattern", "granted"), [(True, True), (False, False), (None, None)])
    def test_the_fund_decides(self, pattern, granted):
        pays = PayHistory(
            [*history("2025-04", *[1500] * 9, hours=67).months, *history("2026-01", 0, 0, 0, hours=40).months]
        )
        found = assess("2026-04-10", pays, WorkPattern(discontinuous=pattern))
        assert found.granted is granted
        if granted is None:
            assert found.missing_facts == ("discontinuous",)

    @pytest.mark.parametrize(("hours", "granted"), [(599, False), (600, True)])
    def test_six_hundred_hours(self, hours, granted):
        first = history("2025-04", 1000, hours=hours).months
        idle = history("2025-05", *[0] * 11, hours=0).months
        pays = PayHistory([*first, *idle])
        assert assess("2026-04-10", pays, WorkPattern(discontinuous=True)).granted is granted


class TestMonthsNobodyGave:
    """A refusal that rests on a month that nobody gave is no refusal."""

    def test_open_and_the_months_named(self):
        found = assess("2026-04-10", history("2026-02", 100, 100, hours=10), WorkPattern(discontinuous=False))
        assert found.granted is None
        assert found.missing_facts == tuple(
            f"pay of {month}" for month in ("2025-10", "2025-11", "2025-12", "2026-01")
        )

    def test_months_before_she_came_are_known_to_be_empty(self):
        found = assess(
            "2026-04-10",
            history("2026-02", 100, 100, hours=10),
            WorkPattern(discontinuous=False),
            Person(entered_on="2026-02-01"),
        )
        assert found.granted is False


class TestNearest:
    """What the running month lacks for the right to be open from the next one on."""

    def test_pay_of_the_month(self):
        """October to March must reach 1,015 × 11.88 €; 11 000 € are there, March included so far."""
        pays = history("2025-10", 2000, 2000, 2000, 2000, 2000, 1000, hours=0)
        found = assess("2026-03-15", pays, WorkPattern(discontinuous=False))
        assert found.nearest.missing == 1_205_820 - 1_100_000
        assert found.nearest.unit == "cents"
        assert found.nearest.by_on == dt.date(2026, 3, 31)
        assert found.nearest.text() == "il manque 1\u202f058,20\u00a0€ de brut avant le 31/03/2026"
        assert found.nearest.text("en") == "€1,058.20 of gross pay missing by 2026-03-31"

    def test_reaching_it_opens_the_right(self):
        pays = history("2025-10", 2000, 2000, 2000, 2000, 2000, "2058.20", hours=0)
        assert assess("2026-04-01", pays).granted is True

    def test_pay_that_the_convention_turns_into_hours(self):
        """100 hours are missing; 12.02 € of gross pay give one, so that 1,202 € are, less what rounding gives."""
        pays = history("2025-10", *[100] * 3, 300, 300, hours=25, policy="equivalent_hours")
        found = assess("2026-03-15", pays, WorkPattern(discontinuous=False))
        assert found.nearest.code == "three_months_hours"
        assert found.nearest.unit == "cents"
        assert 120_190 <= found.nearest.missing <= 120_200

    def test_the_pay_it_names_gives_the_hours(self):
        """Payslips of the convention: paying what is missing in March opens the right in April."""
        rules, slips = RULES, []
        facts = PayFacts.of(300, workplace_accident_rate=1)
        for month in ("2026-01", "2026-02", "2026-03"):
            earlier = slips[-1].year_to_date if slips else None
            slips.append(rules.payslip(month, facts, year_to_date=earlier))
        before = PayHistory.from_payslips(slips[:2]).with_months(*history("2025-10", 0, 0, 0, hours=0).months)
        pattern = WorkPattern(discontinuous=False)
        nearest = assess("2026-03-15", before, pattern).nearest
        slips[2] = rules.payslip(
            "2026-03", facts.with_gross(nearest.missing), year_to_date=slips[1].year_to_date
        )
        after = before.with_months(PayMonth.of(slips[2]))
        assert assess("2026-04-01", after, pattern).granted is True
        less = PayMonth.of(
            rules.payslip(
                "2026-03", facts.with_gross(nearest.missing - 20), year_to_date=slips[1].year_to_date
            )
        )
        assert assess("2026-04-01", before.with_months(less), pattern).granted is False

    def test_nothing_where_the_next_month_is_open_anyway(self):
        pays = history("2026-01", 0, 0, 5000, hours=150)
        assert (
            assess("2026-03-15", PayHistory(pays.months[2:]), WorkPattern(discontinuous=False)).nearest
            is None
        )


class TestAmount:
    """R323-4: three months over 91.25, twelve over 365; half of it; no month above the cap."""

    def test_maximum_on_each_side_of_each_change(self):
        """The list of the maxima published since 2019, and the days they start."""
        for on, wanted in {
            "2019-02-01": "45.01",
            "2020-02-01": "45.55",
            "2021-10-31": "46.00",
            "2021-11-01": "47.03",
            "2022-01-31": "47.03",
            "2022-02-01": "47.43",
            "2022-06-01": "48.69",
            "2022-09-01": "49.68",
            "2023-02-01": "50.58",
            "2023-06-01": "51.70",
            "2024-02-01": "52.28",
            "2024-12-01": "53.31",
            "2025-03-31": "53.31",
            "2025-04-01": "41.47",
            "2026-01-31": "41.47",
            "2026-02-01": "41.95",
            "2026-06-30": "41.95",
            "2026-07-01": "42.97",
        }.items():
            found = assess(on, level(Month.parse(on[:7]) + -1, 9000, hours=160))
            assert euros(found, "daily_benefit") == euros(found, "maximum_daily_benefit") == wanted, on

    def test_irregular_pay(self):
        """900, 2 800 (counted for 2 613.83) and 1 500 before August 2026: 54.95 a day, 27.47."""
        pays = history("2025-08", *[1000] * 9, 900, 2800, 1500, hours=100)
        found = assess("2026-08-10", pays, SickLeave(days=25), assume_unchanged=True)
        assert found.assumed
        assert euros(found, "daily_base") == "54.95"
        assert euros(found, "daily_benefit") == "27.47"
        assert found.value("paid_days") == 22
        assert euros(found, "total") == "604.34"

    def test_twelve_months(self):
        """17 500 € of which no month is above the cap: 47.95 a day, 23.97."""
        pays = history("2025-07", *[1500] * 11, 1000, hours=100)
        found = assess("2026-07-10", pays, WorkPattern(discontinuous=True))
        assert euros(found, "daily_base") == "47.95"
        assert euros(found, "daily_benefit") == "23.97"
        both = assess("2026-07-10", pays)
        assert euros(both, "daily_benefit_twelve_months") == "23.97"

    def test_net_of_csg_and_crds(self):
        """6.7 % of 42.97 (a public deck prints 39.09, a slip)."""
        assert euros(assess("2026-07-01", level("2026-06", 9000)), "net_daily_benefit") == "40.09"

    def test_three_children_until_june_2020(self):
        """60.73 a day from the 31st day, prescribed before 1 July 2020; abolished since."""
        pays, family = level("2020-05", 9000), Person(children=3)
        found = assess("2020-06-30", pays, family, SickLeave(days=40))
        assert euros(found, "raised_daily_benefit") == "60.73"
        # No waiting day in June 2020: 30 days at 45.55, ten at 60.73.
        assert found.value("total") == 30 * 4_555 + 10 * 6_073
        for facts in (
            (family, SickLeave(prescribed_on="2020-07-01")),
            (Person(children=2), SickLeave()),
        ):
            assert "raised_daily_benefit" not in [
                each.code for each in assess("2020-06-30", pays, *facts).amounts
            ]
        assert "raised_daily_benefit" not in [
            each.code for each in assess("2020-07-01", pays, family).amounts
        ]

    def test_raised_of_2019(self):
        found = assess("2019-03-01", level("2019-02", 9000), Person(children=3))
        assert euros(found, "raised_daily_benefit") == "60.02"


class TestIncompleteMonths:
    """R323-8: months that a contract or a listed cause left incomplete are rebuilt; idle months are not."""

    def test_entry_in_the_period(self):
        """750 € in the fifteen days of June: 1 500 € a month; May, before the contract, likewise."""
        pays = history("2026-06", 750, hours=75, days={0: 15})
        found = daily_benefit(
            case(SICK, "2026-07-10", pays, Person(entered_on="2026-06-16")), irregular=False
        )
        june = found.reference.months[-1]
        assert (june.counted_cents, june.rebuilt) == (150_000, True)
        assert [month.rebuilt for month in found.reference.months] == [True, True, True]

    def test_the_worked_example(self):
        """Contract on 16 June, 750 € then 1 500 €. May is an interpretation: no text names that month.

        Here it takes the daily income of the days worked; to take it for a month of thirty days of June's income,
        1 500 €, would give a daily pay of 49.32 instead.
        """
        pays = history("2026-06", 750, 1500, hours=100, days={0: 15})
        asked = case(SICK, "2026-08-10", pays, Person(entered_on="2026-06-16"), assume_unchanged=True)
        found = daily_benefit(asked, irregular=False)
        # May is rebuilt on the days worked of the period: 2 250 € in 46 days, 31 of them in May.
        assert [month.counted_cents for month in found.reference.months] == [151_630, 150_000, 150_000]
        assert "before_the_contract" in [each.code for each in found.reference.assumptions]

    def test_a_month_off_sick_is_rebuilt(self):
        sick = Stoppage(Interval(dt.date(2026, 2, 1), dt.date(2026, 2, 28)), StoppageKind.SICKNESS)
        pays = history("2026-01", 3100, 0, 3100, hours=150, stoppages=[sick])
        months = daily_benefit(case(SICK, "2026-04-10", pays), irregular=False).reference.months
        assert [month.counted_cents for month in months] == [310_000, 280_000, 310_000]

    def test_a_month_without_turnover_is_not(self):
        pays = history("2026-01", 1500, 0, 1500, hours=100)
        reference = daily_benefit(case(SICK, "2026-04-10", pays), irregular=False).reference
        assert [month.counted_cents for month in reference.months] == [150_000, 0, 150_000]
        assert "idle_month" in [each.code for each in reference.assumptions]

    @pytest.mark.parametrize(("on", "assumed"), [("2024-10-31", True), ("2024-11-01", False)])
    def test_the_decree_of_october_2024(self, on, assumed):
        pays = history("2024-09", 750, hours=100, days={0: 15}).with_months(*history("2024-10", 1500).months)
        reference = daily_benefit(case(SICK, on, pays), irregular=False).reference
        found = "rebuilt_before_november_2024" in [each.code for each in reference.assumptions]
        assert found is assumed


class TestWaitingDays:
    """R323-1 1°: paid from the fourth day; the exceptions of the law and of the epidemic."""

    PAYS = staticmethod(lambda on: level(Month.parse(on[:7]) + -1, 2000))

    @pytest.mark.parametrize(
        ("on", "days", "paid"),
        [
            ("2026-03-10", 2, 0),
            ("2026-03-10", 3, 0),
            ("2026-03-10", 4, 1),
            ("2026-03-10", 25, 22),
            ("2020-03-23", 10, 7),
            ("2020-03-24", 10, 10),
            ("2020-04-06", 10, 10),
            ("2020-07-10", 10, 10),
            ("2020-07-11", 10, 7),
        ],
    )
    def test_days_paid(self, on, days, paid):
        assert assess(on, self.PAYS(on), SickLeave(days=days)).value("paid_days") == paid

    def test_served_already(self):
        for cause in (SickCause.LONG_ILLNESS, SickCause.ORDINARY):
            leave = SickLeave(days=25, cause=cause, waiting_served=True)
            found = assess("2026-03-10", self.PAYS("2026-03"), leave)
            assert found.value("paid_days") == 25
        assert found.needs_review  # the 48 hours are a practice of the funds

    @pytest.mark.parametrize(
        ("on", "waiting", "granted"),
        [
            ("2020-01-30", 3, False),
            ("2020-01-31", 0, True),
            ("2021-01-10", 0, True),
            ("2023-01-31", 0, True),
            ("2023-02-01", 3, False),
        ],
    )
    def test_isolation(self, on, waiting, granted):
        """No condition and no waiting day, from 31 January 2020 to 31 January 2023."""
        leave = SickLeave(days=7, cause=SickCause.ISOLATION)
        poor = level(Month.parse(on[:7]) + -1, 10, hours=1)
        found = assess(on, poor, leave, WorkPattern(discontinuous=False))
        assert found.granted is granted
        if granted:
            assert found.value("waiting_days") == waiting


class TestDuration:
    """R323-1: 360 benefits in three years, three years for a long illness."""

    def test_what_is_left(self):
        leave = SickLeave(days=40, benefits_before=340)
        found = assess("2026-03-10", level("2026-02", 2000), leave)
        assert found.value("benefits_left") == found.value("paid_days") == 20

    def test_nothing_left(self):
        found = assess("2026-03-10", level("2026-02", 2000), SickLeave(days=40, benefits_before=360))
        assert found.granted is False
        assert [reason.code for reason in found.objections if reason.unit == "days"] == ["benefits_left"]

    def test_a_long_illness(self):
        leave = SickLeave(cause=SickCause.LONG_ILLNESS, benefits_before=1_000)
        assert assess("2026-03-10", level("2026-02", 2000), leave).value("benefits_left") == 95

    @pytest.mark.parametrize(("on", "paid"), [("2020-12-10", 0), ("2021-01-10", 10), ("2023-01-31", 10)])
    def test_isolation_stands_outside(self, on, paid):
        leave = SickLeave(days=10, cause=SickCause.ISOLATION, benefits_before=360)
        asked = case(SICK, on, level(Month.parse(on[:7]) + -1, 2000), leave)
        assert paid_days(asked, leave, 0) == paid


class TestBeyondSixMonths:
    """R313-3 2°: twelve months of insurance, and 2,030 minimum wages or 600 hours in twelve months."""

    @pytest.mark.parametrize(("pay", "granted"), [("24116.40", True), ("24116.39", False)])
    def test_money(self, pay, granted):
        """The minimum wage of 1 January 2025 for a year that starts in July 2025."""
        pays = history("2025-07", pay, *[0] * 11, hours=0)
        found = RULES.assess(
            "sickness_beyond_six_months", pays, "2026-07-10", Person(affiliated_on="2025-07-10")
        )
        assert found.granted is granted
        assert found.reason("twelve_months_pay").wanted == 2_411_640

    @pytest.mark.parametrize(("since", "granted"), [("2025-07-10", True), ("2025-07-11", False)])
    def test_twelve_months_of_insurance(self, since, granted):
        pays = level("2026-06", 1000, hours=60)
        found = RULES.assess("sickness_beyond_six_months", pays, "2026-07-10", Person(affiliated_on=since))
        assert found.granted is granted
        if not granted:
            assert found.value("paid_months") == 6

    def test_insurance_nobody_gave(self):
        found = RULES.assess("sickness_beyond_six_months", level("2026-06", 1000, months=6), "2026-07-10")
        assert found.granted is None
        assert "affiliated_on" in found.missing_facts


class TestChildcare:
    """Spring 2020: a parent of a child under 16 is stopped, until partial activity takes over on 1 May."""

    FACT = ChildcareStop(child_age=8, can_telework=False, other_parent_stopped=False, days=10)

    @pytest.mark.parametrize(
        ("on", "granted"),
        [("2020-03-15", False), ("2020-03-16", True), ("2020-04-30", True), ("2020-05-01", False)],
    )
    def test_period(self, on, granted):
        pays = level(Month.parse(on[:7]) + -1, 2000)
        assert RULES.assess("childcare_sick_leave", pays, on, self.FACT).granted is granted

    def test_no_condition_of_pay_nor_waiting_day(self):
        found = RULES.assess("childcare_sick_leave", level("2020-03", 10, hours=1), "2020-04-06", self.FACT)
        assert found.value("total") == 10 * found.value("daily_benefit")

    @pytest.mark.parametrize(
        "wrong", [{"child_age": 16}, {"can_telework": True}, {"other_parent_stopped": True}]
    )
    def test_who_is_not(self, wrong):
        fact = attrs.evolve(self.FACT, **wrong)
        assert (
            RULES.assess("childcare_sick_leave", level("2020-03", 2000), "2020-04-06", fact).granted is False
        )

    def test_what_nobody_said(self):
        found = RULES.assess("childcare_sick_leave", level("2020-03", 2000), "2020-04-06")
        assert found.granted is None
        assert found.missing_facts == ("child", "no_telework", "one_parent")


class TestRefusals:
    def test_facts(self):
        for wrong in ({"days": -1}, {"benefits_before": "3"}):
            with pytest.raises(InputError):
                SickLeave(**wrong)
        with pytest.raises(InputError):
            WorkPattern(minimum_wage_day="statute")

    def test_law_not_known(self):
        with pytest.raises(LawNotKnownError):
            assess("2026-08-01", level("2026-07", 2000))
