"""The month of pay from which indemnities are counted: the better of two means."""

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from exit_samples import CASE, EXAMPLES, RULES, law_on, paid
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError, Month
from cae_core.exchange.case_file import read_case
from cae_core.france.exits import PayMonth, pay_months, reference_pay
from cae_core.france.exits.reference_pay import ReferenceMethod
from cae_core.payroll.pay_policy import FixedThenSettle, SpendAvailable
from cae_core.payroll.run import run_months

REFERENCES = [name for name in EXAMPLES if name.startswith("end-refsalary-")]


class TestOfficialExamples:
    """The tests of the simulator of the Ministry of Labour; the latest month comes last here."""

    @pytest.mark.parametrize("name", REFERENCES)
    def test_each(self, name):
        example = EXAMPLES[name]
        months = example["inputs"]["months"]
        annual = {rank: each.get("prime", 0) for rank, each in enumerate(months)}
        found = reference_pay(law_on(), paid(*[each["salary"] for each in months], annual=annual))
        euros = found.cents * Fraction(1, 100)
        expected = Fraction(str(example["expected"]["reference_salary"]))
        # The figures of the examples are binary doubles cut at four decimals.
        assert abs(euros - expected) < Fraction(1, 10_000)
        assert round(Decimal(euros.numerator) / euros.denominator, 4) == expected.numerator / Decimal(
            expected.denominator
        )

    def test_twelve_months_with_a_premium_of_the_first_one(self):
        """
        salaire-ref.spec.ts, 2,008.33: the premium of January is eleven months old in December.

        The simulator takes it off the last three months all the same (1,075 instead of 1,700): its test
        passes either way, for the mean of the twelve months is more.
        """
        euros = (3000, 2500, 2500, 1700, 1700, 1700, 1700, 2500, 1700, 1700, 1700, 1700)
        found = reference_pay(law_on(), paid(*euros, annual={0: 2500}))
        assert found.cents == Fraction(24_100_00, 12)
        assert found.short_cents == 1_700_00


class TestTheTrapOfTheSimulator:
    """
    A yearly sum counts in the last three months only where it was paid in them.
    (Code du travail, art. R1234-4, 2°)
    """

    def test_a_balance_nine_months_old_is_not_taken_off_the_last_three(self):
        """The simulator, fed with it, takes 1,800 off months that never held it."""
        euros = (900, 900, 2_700, *[900] * 6, 1_500, 1_500, 1_500)
        found = reference_pay(law_on(), paid(*euros, annual={2: 1_800}))
        assert found.short_cents == 1_500_00
        assert found.method is ReferenceMethod.SHORT
        fooled = Fraction(4_500_00 - 1_800_00, 3) + Fraction(1_800_00, 12)
        assert fooled == 1_050_00

    @pytest.mark.parametrize(("rank", "short"), [(8, 1_200_00), (9, 1_350_00), (11, 1_350_00)])
    def test_the_month_before_the_three_and_the_first_of_them(self, rank, short):
        euros = [1_200] * 12
        euros[rank] += 1_800
        found = reference_pay(law_on(), paid(*euros, annual={rank: 1_800}))
        assert found.short_cents == short
        assert found.annual_cents == (1_800_00 if rank > 8 else 0)

    def test_counted_whole_it_would_give_too_much(self):
        """1,800 instead of 1,350: what marking the balance as an annual sum avoids."""
        euros = [1_133.34] * 6 + [1_133.32] * 3 + [1_200, 1_200, 3_000]
        assert reference_pay(law_on(), paid(*euros)).cents == 1_800_00


class TestMonths:
    """
    The mean of the last twelve months, or of all of them where the service is shorter.
    (Code du travail, art. R1234-4, 1°)
    """

    def test_older_months_are_left(self):
        found = reference_pay(law_on(), paid(*[9_000] * 3, *[1_000] * 12))
        assert len(found.months) == 12
        assert found.cents == 1_000_00

    def test_a_month_without_pay_counts(self):
        """A month without turnover is a month of zero, not a month that is not there."""
        assert reference_pay(law_on(), paid(0, 0, 0, 0, 1_200, 1_200, 0, 0, 0)).cents == Fraction(2_400_00, 9)

    def test_two_months_have_no_second_formula(self):
        assert reference_pay(law_on(), paid(1_000, 2_000)).short_cents is None

    def test_no_month(self):
        found = reference_pay(law_on(), [])
        assert (found.cents, found.method) == (0, ReferenceMethod.NONE)

    def test_a_month_given_twice_is_refused(self):
        with pytest.raises(InputError, match="expected each month once, got 2025-08 twice"):
            reference_pay(law_on(), [*paid(1_000), *paid(1_000)])

    @pytest.mark.parametrize(("gross", "annual"), [(-1, 0), (100, 101), (100, -1), ("100", 0), (100, True)])
    def test_amounts_that_cannot_be(self, gross, annual):
        with pytest.raises(InputError, match="2025-08"):
            PayMonth(month="2025-08", gross_cents=gross, annual_cents=annual)

    @given(st.lists(st.integers(0, 500_000), min_size=3, max_size=12), st.randoms())
    def test_the_order_never_shows_and_no_mean_beats_the_answer(self, amounts, random):
        pay = [PayMonth(month=Month(2024, 1) + rank, gross_cents=each) for rank, each in enumerate(amounts)]
        found = reference_pay(law_on(), pay)
        random.shuffle(pay)
        assert reference_pay(law_on(), pay) == found
        assert found.cents == max(Fraction(sum(amounts), len(amounts)), Fraction(sum(amounts[-3:]), 3))


class TestFromRuns:
    """The variable part settled once a year is an annual sum; advances are not."""

    def test_settled_in_june(self):
        case = read_case(CASE)
        policy = FixedThenSettle(settles_in=6)
        engagement = attrs.evolve(case.engagement, policy=policy)
        runs = list(run_months(RULES, engagement, Month(2025, 1), Month(2025, 7), case.start))
        found = pay_months(runs, policy)
        assert [each.annual_cents > 0 for each in found] == [False] * 5 + [True, False]
        assert found[5].gross_cents == 900_00 + found[5].annual_cents
        assert all(each.annual_cents == 0 for each in pay_months(runs, SpendAvailable()))
