"""A past payslip was wrong: its correction, the months after it, and the same year either way."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cae_core import HoursPolicy, InputError, PayFacts, load
from cae_core.payroll import TOTALS
from cae_core.payroll.causes import Cause
from cae_core.payroll.compare import compare_payslips
from cae_core.payroll.correction import correct
from strategies import gross_cents, pay_facts, pay_years

RULES = load()
FACTS = PayFacts.of("2000", headcount=30, workplace_accident_rate="1.05", hours_policy=HoursPolicy.FULL_TIME)
BEFORE_THE_DECREE = dt.date(2026, 6, 5)


def issued(year, facts_by_month, first=1, **known):
    """The payslips of the months of a year, each after the one before."""
    slips, before = [], None
    for number, facts in enumerate(facts_by_month, start=first):
        slip = RULES.payslip(f"{year}-{number:02d}", facts, year_to_date=before, **known)
        before = slip.year_to_date
        slips.append(slip)
    return slips


def state(slip):
    return {
        field: dict(getattr(slip.year_to_date, field))
        for field in ("sums", "bases", "reduction_pay", "granted")
    }


def amounts(slip):
    return [getattr(slip, f"{total}_cents") for total in TOTALS], slip.lines, slip.reductions


def half_up(exact):
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))


class TestALateInvoice:
    """2,000 € in March, April and May 2026, issued; then March should have been 2,500 €."""

    slips = issued(2026, [FACTS] * 3, first=3)
    correction = correct(slips, "2026-03", FACTS.with_gross(2500_00))

    def test_the_month_under_its_own_law(self):
        assert self.correction.original is self.slips[0]
        assert amounts(self.correction.corrected) == amounts(
            RULES.payslip("2026-03", FACTS.with_gross(2500_00))
        )
        totals = self.correction.comparison.totals
        assert totals["gross_pay"].cents == 500_00
        # Employee shares of 500 €: 6.90, 0.40, 3.15 and 0.86 % of pay; 6.80 and 2.90 % of 491.25.
        assert totals["employee_contributions"].cents == 34_50 + 2_00 + 15_75 + 4_30 + 33_41 + 14_24

    def test_the_lines_of_the_correction(self):
        lines = {line.code: line for line in self.correction.lines if line.code != "csg_crds_non_deductible"}
        assert all(line.base_cents == 500_00 for code, line in lines.items() if code != "csg_deductible")
        assert (lines["old_age_capped"].employee_cents, lines["old_age_capped"].employer_cents) == (
            34_50,
            42_75,
        )
        assert (lines["csg_deductible"].base_cents, lines["csg_deductible"].employee_cents) == (491_25, 33_41)

    def test_where_rounding_moves_a_cent_the_line_is_taken_back_and_charged_again(self):
        # 2.90 % of 1,965.00 is 56.985, so 56.99; of 2,456.25 it is 71.23: 14.24 more, but 2.90 % of 491.25 is 14.25.
        found = [line for line in self.correction.lines if line.code == "csg_crds_non_deductible"]
        assert [(line.base_cents, line.employee_cents) for line in found] == [
            (-1965_00, -56_99),
            (2456_25, 71_23),
        ]

    def test_the_reduction_falls_and_the_later_months_take_the_rest(self):
        # To date, with 3 × 1,823.03 of minimum wage a month and Tmin + Tdelta × (½ × (3 × wage / pay − 1)) ^ 1.75:
        # 2,500 / 1,823.03 → 0.1719; 4,500 / 3,646.07 → 0.2282 ... of which the months before were granted.
        granted = [self.correction.comparison, *self.correction.later]
        due = [each.after.reductions[0].due_to_date_cents for each in granted]
        coefficients = [each.after.reductions[0].coefficient for each in granted]
        for coefficient, pay, months in zip(coefficients, (2500, 4500, 6500), (1, 2, 3), strict=True):
            x = Fraction(3 * 1202 * 1820 * months, 1200 * pay * 2) - Fraction(1, 2)
            n = coefficient - 200
            assert Fraction(2 * n - 1) ** 4 <= (2 * 3781) ** 4 * x**7 < Fraction(2 * n + 1) ** 4
        assert due == [
            half_up(Fraction(pay * 100 * c, 10_000))
            for pay, c in zip((2500, 4500, 6500), coefficients, strict=True)
        ]
        assert sum(each.reductions[0].amount_cents for each in granted) == due[-1] - 3 * 629_40
        assert self.correction.carry_forward.granted == {"general_reduction": due[-1] - 3 * 629_40}

    def test_the_later_months_change_by_the_year_to_date_alone(self):
        for later in self.correction.later:
            assert later.totals["net_paid"].cents == 0
            (effect,) = later.explains("employer_cost")
            assert [reason.cause for reason in effect.reasons] == [Cause.YEAR_TO_DATE]

    def test_totals_of_the_whole(self):
        correct_year = issued(2026, [FACTS.with_gross(2500_00), FACTS, FACTS], first=3)
        for total in TOTALS:
            paid = [
                sum(getattr(slip, f"{total}_cents") for slip in year) for year in (self.slips, correct_year)
            ]
            assert self.correction.difference_cents(total) == paid[1] - paid[0]

    def test_booked_in_june_instead(self):
        """Full time, the same rates from March to June: 500 € more in June end the year alike."""
        carry = self.correction.carry_forward
        assert carry.gross_pay_cents == 500_00
        assert carry.not_absorbed == ()
        assert carry.sums == {"gross_pay": 500_00}
        assert carry.bases["bracket_1"] == 500_00
        assert dict(carry.year_to_date.sums) == dict(self.slips[-1].year_to_date.sums)
        booked = RULES.payslip("2026-06", FACTS.with_gross(2500_00), year_to_date=carry.year_to_date)
        right = RULES.payslip("2026-06", FACTS, year_to_date=self.correction.year_to_date)
        assert state(booked) == state(right)
        of_both_ways = booked.reductions_cents, right.reductions_cents + carry.granted["general_reduction"]
        assert of_both_ways[0] == of_both_ways[1]

    def test_a_second_month_is_corrected_in_the_corrected_year(self):
        again = correct(self.correction.slips, "2026-04", FACTS.with_gross(2200_00))
        right = issued(2026, [FACTS.with_gross(2500_00), FACTS.with_gross(2200_00), FACTS], first=3)
        assert list(map(amounts, again.slips)) == list(map(amounts, right))


class TestARetroactiveText:
    """Décret n° 2026-509 of 12 June 2026 applies from 1 June: 0.3346 becomes 0.3147 on 2,000 € at full time."""

    slips = issued(2026, [FACTS], first=6, known_on=BEFORE_THE_DECREE)
    correction = correct(slips, "2026-06", laws=RULES)

    def test_the_correction(self):
        (reduction,) = self.correction.reductions
        assert (reduction.before.coefficient, reduction.after.coefficient) == (3346, 3147)
        assert (reduction.before.amount_cents, reduction.after.amount_cents) == (669_20, 629_40)
        assert reduction.amount_cents == -39_80
        assert reduction.urssaf_part_cents + reduction.pension_part_cents == -39_80
        assert self.correction.lines == ()
        moved = {name for name, total in self.correction.comparison.totals.items() if total.cents}
        assert moved == {"reductions", "employer_cost"}

    def test_its_reason_is_the_text(self):
        (effect,) = self.correction.comparison.explains("employer_cost")
        (reason,) = effect.reasons
        assert (effect.cents, reason.parameter.name) == (39_80, "general_reduction_minimum_wage_hourly")
        assert "2026-509" in reason.parameter.after.citation.text
        assert reason.parameter.after.published_on == dt.date(2026, 6, 14)

    def test_july_can_take_it_back(self):
        """The state to carry knows the right reference wage, and what June was granted too much."""
        carry = self.correction.carry_forward
        assert (carry.gross_pay_cents, carry.granted) == (0, {"general_reduction": -39_80})
        july = RULES.payslip("2026-07", FACTS, year_to_date=carry.year_to_date)
        assert july.reductions_cents == 629_40 - 39_80
        # The state as issued would not: it keeps the minimum wage of 12.31 € for June.
        uncorrected = RULES.payslip("2026-07", FACTS, year_to_date=self.slips[-1].year_to_date)
        assert uncorrected.reductions_cents > july.reductions_cents

    def test_as_known_on_the_same_day_nothing_changes(self):
        assert not correct(self.slips, "2026-06", laws=RULES, known_on=BEFORE_THE_DECREE).comparison

    def test_with_other_facts_too(self):
        both = correct(self.slips, "2026-06", FACTS.with_gross(2500_00), laws=RULES)
        assert amounts(both.corrected) == amounts(RULES.payslip("2026-06", FACTS.with_gross(2500_00)))

    def test_an_earlier_month_that_the_text_changes_comes_first(self):
        slips = issued(2026, [FACTS, FACTS], first=6, known_on=BEFORE_THE_DECREE)
        with pytest.raises(InputError, match="changes 2026-06 too"):
            correct(slips, "2026-07", laws=RULES)
        both = correct(slips, "2026-06", laws=RULES)
        assert list(map(amounts, both.slips)) == list(map(amounts, issued(2026, [FACTS, FACTS], first=6)))


@st.composite
def wrong_years(draw):
    """The facts of the months of a year as they were thought to be, the wrong month, and its facts."""
    year, grosses = draw(pay_years(most=6))
    facts = draw(pay_facts())
    month = draw(st.integers(1, len(grosses)))
    right = facts.with_gross(draw(gross_cents)) if draw(st.booleans()) else draw(pay_facts())
    return year, [facts.with_gross(gross) for gross in grosses], month, right


class TestAnyYear:
    """Replaying a year that was right from the start gives the corrected year, slip by slip and cent by cent."""

    @given(wrong_years())
    def test_the_corrected_year_is_the_right_one(self, wrong):
        year, facts, month, right = wrong
        slips = issued(year, facts)
        was = [(amounts(slip), state(slip)) for slip in slips]
        found = correct(slips, f"{year}-{month:02d}", right)
        replayed = issued(year, [*facts[: month - 1], right, *facts[month:]])
        assert [amounts(slip) for slip in found.slips] == [amounts(slip) for slip in replayed]
        assert state(found.slips[-1]) == state(replayed[-1])
        # Past slips are untouched, and those before the month are the very same.
        assert [(amounts(slip), state(slip)) for slip in slips] == was
        assert all(kept is slip for kept, slip in zip(found.earlier, slips, strict=False))

    @given(wrong_years())
    def test_original_and_correction_make_the_corrected_slip(self, wrong):
        year, facts, month, right = wrong
        found = correct(issued(year, facts), f"{year}-{month:02d}", right)
        sums = {}
        for line in (*found.original.lines, *found.lines):
            own = sums.setdefault(line.code, [0, 0, 0])
            for place, field in enumerate(("base_cents", "employee_cents", "employer_cents")):
                own[place] += getattr(line, field)
        corrected = {
            line.code: [line.base_cents, line.employee_cents, line.employer_cents]
            for line in found.corrected.lines
        }
        assert {code: own for code, own in sums.items() if any(own)} == {
            code: own for code, own in corrected.items() if any(own)
        }
        for line in found.lines:
            if not line.contribution.is_amount:
                assert line.employee_cents == half_up(Fraction(line.base_cents * line.employee_ppm, 10**6))
                assert line.employer_cents == half_up(Fraction(line.base_cents * line.employer_ppm, 10**6))
        granted = sum(reduction.amount_cents for reduction in found.reductions)
        assert found.original.reductions_cents + granted == found.corrected.reductions_cents

    @given(wrong_years(), st.integers(0, 1_000_000))
    def test_the_next_month_can_take_the_whole_correction(self, wrong, next_gross):
        """At full time, with one scale, one set of rates and no cover on pay, both ways end the year alike."""
        year, facts, month, right = wrong
        assume(year != 2025)
        alike = {
            "hours_policy": HoursPolicy.FULL_TIME, "employed_days": None, "executive": False, "headcount": 30,
            "mobility_ppm": 8_000, "workplace_accident_ppm": 10_500, "provident_employee_ppm": 0,
            "provident_employer_ppm": 0,
        }  # fmt: skip
        facts = [attrs.evolve(each, **alike) for each in (*facts, right)]
        *facts, right = facts
        found = correct(issued(year, facts), f"{year}-{month:02d}", right)
        carry, next_month = found.carry_forward, found.slips[-1].month + 1
        assume(next_gross + carry.gross_pay_cents >= 0)
        after = facts[-1].with_gross(next_gross)
        booked = RULES.payslip(
            next_month, after.with_gross(next_gross + carry.gross_pay_cents), year_to_date=carry.year_to_date
        )
        right_way = RULES.payslip(next_month, after, year_to_date=found.year_to_date)
        assert state(booked) == state(right_way)
        # Per line, the next slip takes up the bases of every correction.
        for line in booked.lines:
            if not line.contribution.is_amount:
                corrections = sum(
                    each.base_cents
                    for comparison in (found.comparison, *found.later)
                    for each in comparison.lines
                    if each.code == line.code
                )
                assert line.base_cents == right_way.line(line.code).base_cents + corrections


class TestWhatTheNextMonthCannotTake:
    """A year to date keeps bases, not rates: a wrong rate or a wrong cover needs the correction of its month."""

    def test_a_rate_and_an_amount(self):
        slips = issued(2026, [FACTS] * 3)
        right = attrs.evolve(
            FACTS, workplace_accident_ppm=20_000, health_cover_employer_cents=30_00, mobility_ppm=5_000
        )
        carry = correct(slips, "2026-02", right).carry_forward
        assert carry.not_absorbed == ("health_cover", "workplace_accident", "mobility")

    def test_a_line_that_only_one_slip_has(self):
        """No pay and a mobility rate, then a pay without: the pay must not be charged at that rate later."""
        slips = issued(2026, [attrs.evolve(FACTS, gross_pay_cents=0, mobility_ppm=8_000)])
        assert correct(slips, "2026-01", FACTS).carry_forward.not_absorbed == ("mobility",)
        assert correct(slips, "2026-01", FACTS.with_gross(0)).carry_forward.not_absorbed == ()

    def test_under_equivalent_hours_late_pay_counts_for_the_month_that_pays_it(self):
        low = attrs.evolve(FACTS, gross_pay_cents=1000_00, hours_policy=HoursPolicy.EQUIVALENT_HOURS)
        found = correct(issued(2026, [low, low]), "2026-01", low.with_gross(1500_00))
        carry = found.carry_forward
        assert carry.sums["reference_wage"] == 500_00 * 1200
        booked = RULES.payslip("2026-03", low.with_gross(1500_00), year_to_date=carry.year_to_date)
        assert booked.year_to_date.sums["reference_wage"] == 3500_00 * 1200


class TestNothingIsMutated:
    """A payslip and a correction are frozen."""

    def test_frozen(self):
        slips = issued(2026, [FACTS])
        found = correct(slips, "2026-01", FACTS.with_gross(1))
        for thing, field in (
            (slips[0], "net_paid_cents"),
            (slips[0].lines[0], "base_cents"),
            (found, "lines"),
            (found.carry_forward, "gross_pay_cents"),
            (found.comparison, "lines"),
        ):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(thing, field, 0)

    def test_the_list_given_is_left_alone(self):
        slips = issued(2026, [FACTS, FACTS])
        given_slips = list(slips)
        correct(slips, "2026-01", FACTS.with_gross(1))
        assert all(kept is slip for kept, slip in zip(given_slips, slips, strict=True))


class TestRefusals:
    """What cannot be corrected is said, with what came and what was wanted."""

    slips = issued(2026, [FACTS] * 3)

    @pytest.mark.parametrize(
        ("slips", "month", "message"),
        [
            ([], "2026-01", "expected the payslips of a year, got none"),
            (slips, "2026-04", "no slip is of 2026-04; got those of 2026-01, 2026-02, 2026-03"),
            (slips[::-1], "2026-01", "expected them in order, got 2026-02 after 2026-03"),
            ([slips[0], slips[0]], "2026-01", "in order, got 2026-01 after 2026-01"),
            ([*issued(2025, [FACTS]), slips[0]], "2026-01", "expected one year, got 2025-01 and 2026-01"),
            ([slips[0], slips[2]], "2026-01", "the slip of 2026-03 does not continue that of 2026-01"),
            (slips, "2026-13", "expected a month such as 2026-03"),
        ],
    )
    def test_slips_that_are_not_one_year(self, slips, month, message):
        with pytest.raises(InputError, match=message):
            correct(slips, month, FACTS.with_gross(1))

    def test_slips_that_each_stand_alone(self):
        alone = [RULES.payslip(month, FACTS) for month in ("2026-01", "2026-02")]
        with pytest.raises(InputError, match="had 0 of gross_pay, not 200000"):
            correct(alone, "2026-01", FACTS.with_gross(1))

    def test_a_year_that_goes_on_with_other_reductions(self):
        state_of_january = attrs.evolve(self.slips[0].year_to_date, granted={"general_reduction": 1})
        other = RULES.payslip("2026-02", FACTS, year_to_date=state_of_january)
        with pytest.raises(InputError, match="does not continue the reductions of 2026-01"):
            correct([self.slips[0], other], "2026-01", FACTS.with_gross(1))

    def test_nothing_to_correct(self):
        with pytest.raises(InputError, match="expected its facts, or the laws now known"):
            correct(self.slips, "2026-01")
        with pytest.raises(InputError, match="expected laws too"):
            correct(self.slips, "2026-01", FACTS, known_on=BEFORE_THE_DECREE)

    def test_facts_the_law_does_not_allow(self):
        wrong = attrs.evolve(FACTS, health_cover_employee_cents=30_00)
        with pytest.raises(InputError, match="less than half of the mandatory health cover"):
            correct(self.slips, "2026-01", wrong)


class TestAgainstTheSlipItself:
    """The comparison of a correction is that of the two slips."""

    def test_it_is(self):
        slips = issued(2026, [FACTS] * 2)
        found = correct(slips, "2026-02", FACTS.with_gross(1500_00))
        again = compare_payslips(slips[1], found.corrected)
        assert found.comparison.lines == again.lines
        assert found.comparison.totals == again.totals
        assert found.later == ()
        assert found.month == slips[1].month
