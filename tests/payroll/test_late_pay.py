"""The balance of the variable part, paid in the year after: whose rates, ceilings and reductions?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import AmountTypeError, InputError, LawNotKnownError, Month, PayFacts, load
from cae_core.payroll import TOTALS
from cae_core.payroll.late_pay import PayPeriod, late_pay

RULES = load()
FACTS = PayFacts.of("2000", headcount=30, workplace_accident_rate="1.05", hours_policy="full_time")


def year(of, count=12, gross=200_000):
    slips, state = [], None
    for number in range(1, count + 1):
        slips.append(RULES.payslip(Month(of, number), FACTS.with_gross(gross), year_to_date=state))
        state = slips[-1].year_to_date
    return slips


WORKED = year(2025)
SPRING = year(2026, 6)


def balance(period, amount=600_000, **more):
    values = {
        "worked": WORKED, "paid_in": "2026-07", "facts": FACTS, "year_to_date": SPRING[-1].year_to_date, "period": period,
    }  # fmt: skip
    return late_pay(RULES, amount, **{**values, **more})


class TestPeriodOfPayment:
    """
    What is paid regularly, but not each month, goes with the month that pays it.
    (BOSS, Assiette générale, on elements of a rhythm that is not monthly)
    """

    found = balance(PayPeriod.OF_PAYMENT)

    def test_the_payslip_of_july_has_both(self):
        assert self.found.slip.gross_pay_cents == 800_000
        assert self.found.slip.month == Month(2026, 7)
        assert self.found.correction is None

    def test_at_the_rates_of_2026(self):
        """Uncapped old age: 2.11 % for the employer in 2026; 2.02 % in 2025."""
        assert self.found.slip.line("old_age_uncapped").employer_ppm == 21_100

    def test_it_is_the_default(self):
        defaults = late_pay(
            RULES,
            600_000,
            worked=WORKED,
            paid_in="2026-07",
            facts=FACTS,
            year_to_date=SPRING[-1].year_to_date,
        )
        assert defaults.period is PayPeriod.OF_PAYMENT

    def test_the_next_month_goes_on_from_it(self):
        assert self.found.slip.year_to_date.sums["gross_pay"] == 6 * 200_000 + 800_000


class TestPeriodOfWork:
    """
    Contributions are due for the period that the pay rewards, under its rules, whenever it is paid.
    (CSS art. L242-1, I and R242-1, II)
    """

    found = balance(PayPeriod.OF_WORK)

    def test_december_is_corrected_and_july_is_not_touched(self):
        assert self.found.correction.comparison.after.month == Month(2025, 12)
        assert self.found.slip.gross_pay_cents == 200_000

    def test_at_the_rates_of_2025(self):
        """6,000 € more: 121.20 at 2.02 %."""
        (line,) = [line for line in self.found.correction.lines if line.code == "old_age_uncapped"]
        assert (line.employer_ppm, line.base_cents, line.employer_cents) == (20_200, 600_000, 121_20)

    def test_the_reduction_of_2025_is_that_of_the_whole_year(self):
        """
        24,000 € then 30,000 €; minimum wage of the year 21,621.60 €, exit at 1.6: 34,594.56 €. Four months under
        0.3194 and eight under 0.3193: 0.3194 / 0.6 × (34,594.56 / 30,000 − 1) = 0.0815, and 0.0815 too.
        """
        due = self.found.correction.comparison.after.year_to_date.granted["general_reduction"]
        assert due == (800_000 * 815 + 5_000) // 10_000 + (2_200_000 * 815 + 5_000) // 10_000

    def test_what_it_adds_is_the_difference_of_two_years(self):
        again = RULES.payslip("2025-12", FACTS.with_gross(800_000), year_to_date=WORKED[-2].year_to_date)
        for total in TOTALS:
            name = f"{total}_cents"
            assert self.found.added_cents(total) == getattr(again, name) - getattr(WORKED[-1], name)

    def test_after_the_contract_has_ended(self):
        """The last month worked is April; the payslip that pays is another matter."""
        found = balance(
            PayPeriod.OF_WORK,
            worked=year(2025, 4),
            paid_in="2025-06",
            facts=FACTS.with_gross(0),
            year_to_date=None,
        )
        assert found.worked_in == Month(2025, 4)
        assert found.slip.employer_cost_cents == 0


class TestBothSaid:
    """The result says which policy was used, on which texts, and that no text settles it."""

    @pytest.mark.parametrize("period", list(PayPeriod))
    def test_texts(self, period):
        found = balance(period)
        assert found.needs_review
        assert str(found.citations[0]) == "CSS art. L242-1, I et R242-1, II"
        assert period.french_name in ("période de versement", "période d'emploi")

    def test_the_policies_cost_differently(self):
        costs = [balance(period).added_cents("employer_cost") for period in PayPeriod]
        assert costs[0] != costs[1]

    @given(st.integers(0, 3_000_000), st.sampled_from(PayPeriod))
    def test_what_it_adds_keeps_the_identities(self, amount, period):
        found = balance(period, amount)
        added = {total: found.added_cents(total) for total in TOTALS}
        assert added["gross_pay"] == amount
        assert added["employer_cost"] == amount + added["employer_contributions"] - added["reductions"]
        assert added["net_before_tax"] == amount - added["employee_contributions"]


class TestRefusals:
    def test_nothing_worked(self):
        with pytest.raises(InputError, match="expected the payslips of the period"):
            balance(PayPeriod.OF_WORK, worked=[])

    def test_paid_before_it_was_earned(self):
        with pytest.raises(InputError, match="paid_in: expected a month after 2025-12, got 2025-12"):
            balance(PayPeriod.OF_PAYMENT, paid_in="2025-12", year_to_date=None)

    def test_an_amount_in_euros(self):
        with pytest.raises(AmountTypeError, match="amount_cents must be an int of cents"):
            balance(PayPeriod.OF_PAYMENT, 6000.0)

    def test_an_unknown_total(self):
        with pytest.raises(InputError, match="total: expected one of gross_pay"):
            balance(PayPeriod.OF_PAYMENT).added_cents("net")

    def test_a_month_whose_law_is_not_known(self):
        with pytest.raises(LawNotKnownError):
            balance(PayPeriod.OF_PAYMENT, paid_in="2027-03", year_to_date=None)
