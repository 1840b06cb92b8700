"""What is owed for the end: legal severance, ending by agreement, retirement; the published examples, exactly."""

from fractions import Fraction

import pytest
from exit_samples import EXAMPLES, LAW, cents, day, law_on, paid, reference, served, years_of
from hypothesis import given
from hypothesis import strategies as st

from cae_core.errors import LawNotKnownError
from cae_core.france.exits import (
    Absence,
    legal_severance,
    mutual_indemnity,
    reference_pay,
    retirement_indemnity,
    seniority,
)
from cae_core.france.law_on import LawOn
from cae_core.money import divide_half_up

DISMISSALS = [name for name in EXAMPLES if name.startswith("end-dismissal-") and "dates" not in name]
UNFIT = [name for name in EXAMPLES if name.startswith("end-unfit-")]
MUTUAL = [name for name in EXAMPLES if name.startswith("end-rc-")]


class TestOfficialExamples:
    """The examples of the simulator of the Ministry of Labour, each to the cent."""

    def test_all_of_them_are_there(self):
        assert (len(DISMISSALS), len(UNFIT), len(MUTUAL)) == (12, 6, 8)

    @pytest.mark.parametrize("name", DISMISSALS)
    def test_dismissal(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        computed = inputs.get("seniority_years", inputs.get("computed_seniority_years"))
        wanted = inputs.get("required_seniority_years", computed)
        found = legal_severance(
            law_on(), served(computed), reference(inputs["reference_salary"]), at_notification=served(wanted)
        )
        assert found.cents == cents(expected["indemnity"])

    @pytest.mark.parametrize("name", UNFIT)
    def test_unfit_after_a_work_accident(self, name):
        """Twice the rounded indemnity, whatever the seniority: 11/12 of a year gives 916.66, not 916.67."""
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        found = legal_severance(
            law_on(),
            served(inputs["seniority_years"]),
            reference(inputs["reference_salary"]),
            unfit_work_accident=True,
        )
        assert found.cents == cents(expected["indemnity"])
        assert found.factor == 2

    @pytest.mark.parametrize("name", MUTUAL)
    def test_ending_by_agreement(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        found = mutual_indemnity(
            law_on(), served(inputs["seniority_years"]), reference(inputs["reference_salary"])
        )
        assert found.cents == cents(expected["indemnity"])

    def test_from_dates(self):
        """An absence without a length, as the test of the simulator gives it, removes nothing."""
        example = EXAMPLES["end-dismissal-dates-2"]
        inputs = example["inputs"]
        law = law_on("2024-01-01")
        of = seniority(law, day(inputs["entry"]), day(inputs["exit"]))
        assert of.years == Fraction(7, 4)
        found = legal_severance(law, of, reference(inputs["salary"], law))
        assert found.cents == cents(example["expected"]["indemnity"]) == 875_00

    def test_two_years_from_dates(self):
        """calculate.spec.ts: 1 January 2022 to 1 January 2024 at 2,000 € gives 1,000 €."""
        law = law_on("2024-01-01")
        of = seniority(law, day("2022-01-01"), day("2024-01-01"))
        assert legal_severance(law, of, reference(2000, law)).cents == 1000_00

    def test_two_suspended_months_lose_the_right(self):
        """calculate.spec.ts, "le bug des 2 mois": 1 January to 4 March 2024 with two months of sickness."""
        law = law_on("2024-03-04")
        absences = [Absence(kind="sickness", months=2)]
        told = seniority(law, day("2024-01-01"), day("2024-03-04"), absences)
        end = seniority(law, day("2024-01-01"), day("2024-03-26"), absences)
        assert told.months == 0
        assert legal_severance(law, end, reference(2000, law), at_notification=told).cents == 0


class TestRates:
    """
    A quarter of a month of pay for each year up to ten, a third for each year beyond; months in proportion.
    (Code du travail, art. R1234-1 et R1234-2)
    """

    @pytest.mark.parametrize(
        ("years", "expected"), [(10, 5_000_00), ("121/12", 5_055_56), ("119/12", 4_958_33), (13, 7_000_00)]
    )
    def test_around_ten_years(self, years, expected):
        """2,000 € a month; one month more or less than ten years."""
        found = legal_severance(law_on(), served(years), reference(2000))
        assert found.cents == expected
        assert found.first_years == min(years_of(years), 10)
        assert found.first_years + found.later_years == years_of(years)

    def test_every_figure_is_there_to_do_it_again(self):
        """The entrepreneur of the reference: 1,350 € and two years and four months, 787.50 €."""
        pay = paid(*[1_133.34] * 6, *[1_133.32] * 3, 1_200, 1_200, 3_000, annual={11: 1_800})
        found = legal_severance(law_on(), served("28/12"), reference_pay(law_on(), pay))
        assert found.reference.long_cents == Fraction(15_600_00, 12) == 1_300_00
        assert found.reference.short_cents == 1_350_00
        assert found.months_of_pay == Fraction(7, 12)
        assert found.cents == divide_half_up(1_350_00 * 7, 12) == 787_50

    @given(st.integers(8, 600), st.integers(0, 1_000_000), st.integers(8, 600))
    def test_more_service_never_gives_less(self, months, euros, more):
        first, second = sorted((months, more))
        small, large = (
            legal_severance(law_on(), served(Fraction(each, 12)), reference(euros)).cents
            for each in (first, second)
        )
        assert small <= large


class TestEightMonths:
    """
    The severance is owed from eight months of uninterrupted service.
    (Code du travail, art. L1234-9)
    """

    @pytest.mark.parametrize(
        ("told_on", "months", "owed"),
        [("2025-08-30", 7, False), ("2025-08-31", 8, True), ("2025-09-01", 8, True)],
    )
    def test_the_day_before_and_the_day_after(self, told_on, months, owed):
        """Since 1 January 2025, eight months are served at the end of 31 August."""
        law = law_on(told_on)
        told = seniority(law, day("2025-01-01"), day(told_on))
        assert told.whole_months == months
        found = legal_severance(law, told, reference(1200, law))
        assert (found.cents > 0) is owed
        (condition,) = found.conditions
        assert condition.met is owed
        assert (condition.found, condition.wanted) == (months, 8)
        assert found.computed_cents == divide_half_up(1200_00 * months, 48)

    def test_the_right_is_looked_at_when_told_the_amount_at_the_end(self):
        law = law_on("2025-08-30")
        told, end = (seniority(law, day("2025-01-01"), day(on)) for on in ("2025-08-30", "2025-09-30"))
        assert legal_severance(law, end, reference(1200, law), at_notification=told).cents == 0
        assert legal_severance(law, end, reference(1200, law)).cents == 225_00

    def test_the_law_before_the_table_is_not_guessed(self):
        """Rates of 27 September 2017: the day before, a fifth was the rule, and it is not in the table."""
        with pytest.raises(LawNotKnownError):
            legal_severance(LawOn(LAW, day("2017-09-26")), served(3), reference(2000))
        assert legal_severance(LawOn(LAW, day("2017-09-27")), served(4), reference(2000)).cents == 2000_00

    def test_after_the_last_day_known(self):
        with pytest.raises(LawNotKnownError):
            legal_severance(law_on("2026-08-01"), served(4), reference(2000))
        law = law_on("2026-08-01", assume_unchanged=True)
        assert legal_severance(law, served(4), reference(2000)).cents == 2000_00


class TestMisconduct:
    """
    Serious misconduct forfeits the severance.
    (Code du travail, art. L1234-9)
    """

    def test_nothing_is_owed_and_the_figure_stays_to_be_seen(self):
        found = legal_severance(law_on(), served(2), reference(2000), serious_misconduct=True)
        assert found.cents == 0
        assert found.computed_cents == 1000_00
        assert [each.code for each in found.conditions if not each.met] == ["no_serious_misconduct"]

    def test_an_agreement_may_still_give_something(self):
        found = legal_severance(
            law_on(), served(2), reference(2000), serious_misconduct=True, agreed_cents=300_00
        )
        assert found.cents == 300_00


class TestAgreed:
    """The better of the law and an agreement is owed; the parties cannot go below the minimum (L1237-13)."""

    @pytest.mark.parametrize(("agreed", "owed", "met"), [(999_99, 1000_00, False), (1000_00, 1000_00, True)])
    def test_around_the_minimum(self, agreed, owed, met):
        found = mutual_indemnity(law_on(), served(2), reference(2000), agreed_cents=agreed)
        assert found.cents == owed
        (remark,) = found.remarks
        assert (remark.code, remark.met) == ("at_least_the_legal_minimum", met)
        assert remark.missing == 1000_00 - agreed

    def test_more_is_owed_as_agreed(self):
        assert mutual_indemnity(law_on(), served(2), reference(2000), agreed_cents=2500_00).cents == 2500_00
        assert legal_severance(law_on(), served(2), reference(2000), agreed_cents=2500_00).cents == 2500_00


class TestRetirement:
    """
    Half a month of pay from ten years, one from fifteen, one and a half from twenty, two from thirty.
    (Code du travail, art. D1237-1)
    """

    @pytest.mark.parametrize(
        ("years", "months"),
        [
            ("119/12", 0),
            (10, Fraction(1, 2)),
            ("179/12", Fraction(1, 2)),
            (15, 1),
            ("239/12", 1),
            (20, Fraction(3, 2)),
            ("359/12", Fraction(3, 2)),
            (30, 2),
            (45, 2),
        ],
    )
    def test_the_month_before_and_the_month_of_each_step(self, years, months):
        found = retirement_indemnity(law_on(), served(years), reference(2000))
        assert found.months_of_pay == months
        assert found.cents == 2000_00 * months
        assert found.conditions[0].met is (months > 0)

    def test_under_ten_years_is_not_written_as_ten(self):
        found = retirement_indemnity(law_on(), served("1199/120"), reference(2000))
        assert found.conditions[0].english == "9.99 years of seniority, 10 are wanted"


class TestPayThatLacks:
    """The formula wants twelve months, or all of them: fewer are said, not made up."""

    def test_fewer_months_than_served(self):
        found = legal_severance(law_on(), served(2), reference_pay(law_on(), paid(2000, 2000)))
        (remark,) = found.remarks
        assert (remark.code, remark.met, remark.found, remark.wanted) == ("pay_history", False, 2, 12)
        assert remark.needs_review

    def test_as_many_as_served(self):
        found = legal_severance(law_on(), served("9/12"), reference_pay(law_on(), paid(*[1000] * 9)))
        assert found.remarks == ()
        assert found.cents == 187_50

    def test_no_month_at_all(self):
        found = legal_severance(law_on(), served(2), reference_pay(law_on(), []))
        assert found.cents == 0
        assert found.remarks[0].found == 0
