"""The largest gross pay whose cost fits a budget: exact, gaps and odd cases included."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import AmountTypeError, HoursPolicy, PayFacts, load
from cae_core.payroll.engine import cost_of
from strategies import months, pay_facts, pay_years

RULES = load()
FACTS = PayFacts.of(0, headcount=130, workplace_accident_rate="1.05", mobility_rate="2")


def cost(month, facts, gross, before=None):
    return cost_of(RULES.month_law(month), facts.with_gross(gross), before)


class TestAlone:
    """A month alone: the cost grows with pay, so the answer is where it crosses the budget."""

    @given(months, pay_facts().filter(lambda facts: facts.employed_days is None), st.integers(0, 2_000_000))
    def test_it_fits_and_one_cent_more_does_not(self, month, facts, budget):
        found = RULES.gross_for_budget(month, budget, facts)
        assert found.next_cost_cents == cost(month, facts, found.gross_pay_cents + 1)
        if found.fits:
            assert found.employer_cost_cents == cost(month, facts, found.gross_pay_cents) <= budget
            assert budget < found.next_cost_cents
        else:
            assert found.gross_pay_cents == 0
            assert cost(month, facts, 0) > budget

    @given(months, pay_facts().filter(lambda facts: facts.employed_days is None))
    def test_forth_and_back(self, month, facts):
        budget = cost(month, facts, facts.gross_pay_cents)
        found = RULES.gross_for_budget(month, budget, facts)
        assert found.gross_pay_cents >= facts.gross_pay_cents
        assert found.employer_cost_cents == budget

    def test_a_budget_inside_the_jump_of_three_minimum_wages_leaves_money_over(self):
        # From 5,469.09 to 5,469.10 the reduction of 2 % ends: 109.39 of cost for one cent of gross.
        under = cost("2026-03", FACTS, 546_909)
        found = RULES.gross_for_budget("2026-03", under + 50_00, FACTS)
        assert (found.gross_pay_cents, found.left_over_cents) == (546_909, 50_00)
        assert found.next_cost_cents - under == 109_39

    def test_a_cover_costs_even_without_pay(self):
        facts = PayFacts.of(0, headcount=30, workplace_accident_rate="1", health_cover_employer="40")
        found = RULES.gross_for_budget("2026-03", 30_00, facts)
        # 40.00 and 8 % of forfait social.
        assert (found.fits, found.gross_pay_cents, found.employer_cost_cents) == (False, 0, 43_20)

    @pytest.mark.parametrize("budget", [2000.0, "2000", True])
    def test_a_budget_that_is_not_cents_is_refused(self, budget):
        with pytest.raises(AmountTypeError, match="budget_cents must be an int of cents"):
            RULES.gross_for_budget("2026-03", budget, FACTS)


class TestWithinTheYear:
    """
    Under year-to-date regularisation more pay can cost less: more reference hours raise the reduction, or bring the
    year back under a threshold. The answer is still the largest gross that fits.
    """

    def after(self, year, grosses, facts=FACTS):
        before = None
        for number, gross in enumerate(grosses, start=1):
            slip = RULES.payslip(f"{year}-{number:02d}", facts.with_gross(gross), year_to_date=before)
            before = slip.year_to_date
        return f"{year}-{len(grosses) + 1:02d}", before

    def test_one_more_cent_can_lower_the_cost_of_the_year(self):
        # 2025: 10,700.00 paid, 4,203.60 of reference wages (two full months and 600.00): over 2.25 of them. A
        # month of g under the minimum wage adds g to both, and 10,700 + g ≤ 2.25 × (4,203.60 + g) from 993.52 on:
        # health goes back from 13 to 7 % on the pay of the year, 6 % of 11,693.52.
        month, before = self.after(2025, [700_000, 0, 310_000, 60_000])
        costs = [cost(month, FACTS, gross, before) for gross in range(99_000, 101_000)]
        costs = [10**9] * 99_000 + costs
        drop = min(range(99_001, len(costs)), key=lambda gross: costs[gross] - costs[gross - 1])
        assert drop == 99_352
        assert -702_00 < costs[drop] - costs[drop - 1] < -701_00
        between = costs[drop] + 10
        found = RULES.gross_for_budget(month, between, FACTS, year_to_date=before)
        assert found.gross_pay_cents == max(gross for gross, paid in enumerate(costs) if paid <= between)

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def test_against_every_cent(self, data):
        """All the grosses up to the minimum wage, one by one: none larger fits."""
        year, grosses = data.draw(pay_years(most=5))
        month, before = self.after(year, grosses)
        window = range(data.draw(st.integers(0, 178_000)), 182_400)
        window = window[:2_500] if data.draw(st.booleans()) else window[-2_500:]
        costs = {gross: cost(month, FACTS, gross, before) for gross in window}
        budget = data.draw(st.sampled_from(sorted(costs.values())))
        found = RULES.gross_for_budget(month, budget, FACTS, year_to_date=before)
        largest = max(gross for gross, paid in costs.items() if paid <= budget)
        assert found.gross_pay_cents >= largest
        assert found.gross_pay_cents == largest or found.gross_pay_cents not in costs
        assert found.employer_cost_cents <= budget < found.next_cost_cents

    @settings(max_examples=60, deadline=None)
    @given(pay_years(most=11), st.integers(0, 2_000_000), st.sampled_from(list(HoursPolicy)[:2]))
    def test_it_fits_and_one_cent_more_does_not(self, pay, budget, policy):
        year, grosses = pay
        if year == 2026:
            grosses = grosses[:6]
        facts = PayFacts.of(0, headcount=130, workplace_accident_rate="1.05", hours_policy=policy)
        month, before = self.after(year, grosses, facts)
        found = RULES.gross_for_budget(month, budget, facts, year_to_date=before)
        if found.fits:
            assert found.employer_cost_cents == cost(month, facts, found.gross_pay_cents, before) <= budget
            assert budget < cost(month, facts, found.gross_pay_cents + 1, before)
        else:
            # Nothing at all fits, not even a gross in the middle.
            assert all(cost(month, facts, gross, before) > budget for gross in range(0, 400_000, 997))
