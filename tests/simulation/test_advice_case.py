"""The months after a case: what is known comes from its run, what is not from a few numbers."""

from functools import cache
from pathlib import Path

import attrs
import pytest
from simulation_samples import RULES

from cae_core import InputError, Month
from cae_core.account import FeeBase
from cae_core.exchange.case_file import read_case
from cae_core.exchange.case_scenario import Outlook, scenario_after
from cae_core.payroll.run import run_months
from cae_core.simulation import project

pytest.importorskip("numpy")
CASE = read_case(Path(__file__).parents[2] / "examples" / "atelier" / "case.toml")


@cache
def after(outlook=None):
    return scenario_after(RULES, CASE, outlook, assume_unchanged=True)


class TestKnown:
    def test_the_account_and_the_pay_of_the_case(self):
        """``cae year`` ends December 2025 with 4,070.30 €; customers owe 2,900.00 €, fee already charged."""
        found = after()
        assert found.receivables_cents == 290_000
        assert found.receivables_counted
        assert found.scenario.start.treasury_cents == 407_030 + 290_000
        assert sum(month.gross_pay_cents for month in found.scenario.start.history.months) == 2_205_813

    def test_where_the_fee_is_on_what_is_cashed_what_is_owed_is_left_out(self):
        scale = attrs.evolve(CASE.engagement.scale, base=FeeBase.TURNOVER_CASHED)
        other = attrs.evolve(CASE, engagement=attrs.evolve(CASE.engagement, scale=scale))
        found = scenario_after(RULES, other, assume_unchanged=True)
        assert not found.receivables_counted
        assert found.scenario.start.treasury_cents == found.runs[-1].balance_cents

    def test_turnover_expenses_and_seasons(self):
        """34,160.00 € in twelve months, 3,418.15 € of expenses, 5,900 € in May alone."""
        scenario = after().scenario
        expected = scenario.turnover.expected(scenario.months)
        assert sum(expected) == 3_416_000
        assert expected[4] == 590_000
        assert expected[0] == 215_000
        assert scenario.expenses.monthly_cents == 28_485  # 341,815 ÷ 12 = 28,484.6
        assert (scenario.first, scenario.last) == (Month(2026, 1), Month(2026, 12))

    def test_in_the_course_of_a_year_the_pay_so_far_goes_on(self):
        """A case that ends in June: July of the scenario has the payslip that July of the case had."""
        half = attrs.evolve(CASE, last_month=Month(2025, 6))
        found = scenario_after(RULES, half, assume_unchanged=True)
        scenario = found.scenario
        assert (scenario.first, scenario.last) == (Month(2025, 7), Month(2025, 12))
        assert scenario.start.year_to_date == found.runs[-1].state.year_to_date
        slip = project(RULES, scenario, seed=1).months[0].payslip
        runs = {done.month: done for done in run_months(
            RULES, CASE.engagement, CASE.first_month, CASE.last_month, CASE.start
        )}  # fmt: skip
        june = runs[Month(2025, 6)].state.year_to_date
        again = RULES.payslip("2025-07", slip.facts, year_to_date=june)
        assert again.employer_cost_cents == slip.employer_cost_cents
        # Six months are no year: what they sold is spread evenly, at the pace they had.
        sold = sum(runs[Month(2025, number)].statement.turnover_cents for number in range(1, 7))
        assert sum(scenario.turnover.expected(tuple(Month(2025, 1).through(Month(2025, 12))))) == 2 * sold


class TestSaid:
    def test_turnover_and_last_month(self):
        found = after(Outlook(last=Month(2027, 6), yearly_turnover_cents=4_000_000)).scenario
        assert found.last == Month(2027, 6)
        assert sum(found.turnover.expected(found.months[:12])) == 4_000_000

    def test_the_first_december_that_leaves_half_a_year(self):
        for last, december in ((6, 2025), (7, 2026), (11, 2026)):
            case = attrs.evolve(CASE, last_month=Month(2025, last))
            assert scenario_after(RULES, case, assume_unchanged=True).scenario.last == Month(december, 12)

    def test_refusals(self):
        ended = attrs.evolve(CASE.engagement.contract, ends_on="2025-12-31")
        case = attrs.evolve(CASE, engagement=attrs.evolve(CASE.engagement, contract=ended))
        with pytest.raises(InputError, match="goes on in 2026-01"):
            scenario_after(RULES, case, assume_unchanged=True)
        with pytest.raises(InputError, match="what is expected of a year"):
            after(Outlook(yearly_turnover_cents=0))
