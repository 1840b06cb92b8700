"""Work accidents and the employer's supplement."""

import pytest
from rights_samples import RULES, case, euros, history, level

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.protection.daily_benefit import SickCause, SickLeave
from cae_core.france.protection.opening import WorkPattern
from cae_core.france.protection.supplement import SupplementClaim, supplement_days
from cae_core.france.protection.work_accident import WorkAccident
from cae_core.protection import PayHistory, Person


class TestAccident:
    """R433-1 to R433-7: 60 % for 28 days, then 80 %, never above the net daily gain."""

    def assess(self, pay, on="2026-02-10", **fact):
        return RULES.assess(
            "work_accident_benefit", history(on[:7].replace("-02", "-01"), pay), on, WorkAccident(**fact)
        )

    def test_worked_example(self):
        found = self.assess("2433.60", days=30)
        assert euros(found, "first_daily_benefit") == "48.00"
        assert euros(found, "later_daily_benefit") == "63.20"
        assert found.value("total") == 28 * 4_800 + 2 * 6_320

    @pytest.mark.parametrize(
        ("on", "maximum", "first", "later"),
        [
            ("2019-02-10", "337.97", "202.78", "270.38"),
            ("2020-02-10", "343.07", "205.84", "274.46"),
            ("2023-02-10", "366.89", "220.13", "293.51"),
            ("2025-02-10", "392.81", "235.69", "314.25"),
            ("2026-02-10", "400.82", "240.49", "320.66"),
        ],
    )
    def test_maxima(self, on, maximum, first, later):
        """A list prints 220.14 for 2023, the 60 % of 366.893; here as in 2021 and 2026 it is that of 366.89."""
        found = self.assess(20_000, on)
        assert euros(found, "maximum_daily_pay") == maximum
        assert euros(found, "first_daily_benefit") == first
        assert euros(found, "later_daily_benefit") == later

    def test_the_net_gain_limits_it_until_pay_is_high_enough(self):
        """400.82 × 30.42 = 12 192.94 €: net gain 316.65; at 405.90 a day the second rate is whole."""
        assert euros(self.assess("12192.94"), "later_daily_benefit") == "316.65"
        assert euros(self.assess("12347.48"), "later_daily_benefit") == "320.66"

    def test_from_the_first_hour_and_without_pay(self):
        found = RULES.assess("work_accident_benefit", PayHistory(), "2026-02-10")
        assert found.granted is True
        assert found.value("first_daily_benefit") == 0

    def test_twelve_months_where_work_is_discontinuous(self):
        pays = history("2025-02", *[2000] * 11, 0)
        found = RULES.assess("work_accident_benefit", pays, "2026-02-10")
        assert found.value("first_daily_benefit") == 0
        assert euros(found, "first_daily_benefit_twelve_months") == "36.16"
        alone = RULES.assess("work_accident_benefit", pays, "2026-02-10", WorkAccident(discontinuous=True))
        assert euros(alone, "first_daily_benefit") == "36.16"

    def test_not_recognised(self):
        assert self.assess(2000, recognised=False).granted is False


class TestSupplement:
    """L1226-1, D1226-1 to D1226-8: 90 % then two thirds, after a year in the company."""

    def assess(self, *facts, on="2026-02-10", entered="2024-01-01", pay=2000, hours=100):
        pays = level("2026-01", pay, hours=hours)
        return RULES.assess("employer_supplement", pays, on, Person(entered_on=entered), *facts)

    def test_worked_example(self):
        """2 000 € a month, benefit 32.87: 27.13 then 11.57 a day; thirty days at the first rate are 813.90."""
        found = self.assess(SickLeave(days=37))
        assert euros(found, "first_daily_supplement") == "27.13"
        assert euros(found, "second_daily_supplement") == "11.57"
        assert euros(found, "total") == "813.90"

    @pytest.mark.parametrize(
        ("years", "days"),
        [
            (1, 30),
            (5, 30),
            (6, 40),
            (10, 40),
            (11, 50),
            (16, 60),
            (21, 70),
            (26, 80),
            (30, 80),
            (31, 90),
            (40, 90),
        ],
    )
    def test_days_by_seniority(self, years, days):
        assert supplement_days(case("employer_supplement", "2026-02-10"), years * 12) == days

    @pytest.mark.parametrize(("entered", "granted"), [("2025-02-10", True), ("2025-02-11", False)])
    def test_a_year_of_seniority(self, entered, granted):
        assert self.assess(entered=entered).granted is granted

    @pytest.mark.parametrize(
        ("days", "first", "second"), [(7, 0, 0), (8, 1, 0), (37, 30, 0), (38, 30, 1), (90, 30, 30)]
    )
    def test_from_the_eighth_day(self, days, first, second):
        found = self.assess(SickLeave(days=days))
        assert (found.value("first_days"), found.value("second_days")) == (first, second)

    @pytest.mark.parametrize(
        ("before", "first", "second"), [(10, 20, 30), (30, 0, 30), (40, 0, 20), (60, 0, 0)]
    )
    def test_days_of_the_year_before_are_taken_off(self, before, first, second):
        found = self.assess(SickLeave(days=90), SupplementClaim(days_paid_before=before))
        assert (found.value("first_days"), found.value("second_days")) == (first, second)

    def test_a_work_accident_from_the_first_day(self):
        found = self.assess(SickLeave(days=5), SupplementClaim(work_accident=True))
        assert found.value("waiting_days") == 0
        assert found.value("first_days") == 5

    def test_a_work_accident_whose_benefit_rises(self):
        """2 000 €: 60.00 a day at 90 %; benefits 39.45 for 28 days, then 51.94: 28 × 20.55 and 2 × 8.06."""
        found = self.assess(SickLeave(days=30), SupplementClaim(work_accident=True))
        assert found.value("total") == 28 * (6_000 - 3_945) + 2 * (6_000 - 5_194)

    def test_an_accident_that_is_not_recognised(self):
        facts = SupplementClaim(work_accident=True), WorkAccident(recognised=False)
        assert self.assess(*facts).granted is False

    def test_no_benefit_no_supplement(self):
        assert self.assess(WorkPattern(discontinuous=False), pay=100, hours=10).granted is False

    def test_a_late_certificate(self):
        assert self.assess(SupplementClaim(note_sent_in_time=False)).granted is False

    def test_seniority_nobody_gave(self):
        found = RULES.assess("employer_supplement", level("2026-01", 2000), "2026-02-10")
        assert found.granted is None
        assert found.missing_facts == ("entered_on",)

    @pytest.mark.parametrize(
        ("on", "granted"),
        [("2021-01-09", False), ("2021-01-10", True), ("2023-01-31", True), ("2023-02-01", False)],
    )
    def test_isolation_asks_no_seniority(self, on, granted):
        pays = level(Month.parse(on[:7]) + -1, 2000)
        facts = Person(entered_on=on), SickLeave(cause=SickCause.ISOLATION)
        assert RULES.assess("employer_supplement", pays, on, *facts).granted is granted

    @pytest.mark.parametrize(("on", "review"), [("2026-06-25", False), ("2026-06-26", True)])
    def test_the_law_of_june_2026_was_not_read(self, on, review):
        pays = level("2026-05", 2000)
        found = RULES.assess("employer_supplement", pays, on, Person(entered_on="2020-01-01"))
        codes = [each.code for each in found.assumptions]
        assert ("supplement_of_june_2026" in codes) is review
        # Its average is a convention: it is marked in any case.
        assert found.needs_review

    def test_refusals(self):
        with pytest.raises(InputError):
            SupplementClaim(days_paid_before=-1)
        with pytest.raises(InputError):
            WorkAccident(days=-1)
