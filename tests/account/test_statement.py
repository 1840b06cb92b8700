from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from account_samples import BAGS, DAYS, entry, histories
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import ActivityAccount, ActivityStatement, AvailabilityPolicy
from cae_core.calendar import Interval, Month
from cae_core.errors import InputError

YEAR_2025 = Interval(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def account(*entries) -> ActivityAccount:
    return ActivityAccount(activities=BAGS, entries=entries)


class TestProfitAndLoss:
    """
    Pay depends on the turnover less the charges directly and exclusively linked to the activity and
    less the contribution to the shared services. (Code du travail, art. L7332-3)
    """

    def test_the_worked_chain_of_the_pay_structure(self):
        """Turnover 48,000; purchases 6,000; other expenses 3,000; 12 % of 42,000; pay 23,400 loaded."""
        drawn = ActivityStatement.of(
            account(
                entry("2025-02-01", "invoice", 48_000, document="F1"),
                entry("2025-03-01", "expense", 6_000),
                entry("2025-04-01", "expense", 3_000, in_gross_margin=False),
                entry("2025-12-31", "fee", 5_040),
                entry("2025-12-31", "pay", 18_000 + 2_000 + 3_400),
            ),
            YEAR_2025,
        )
        assert drawn.turnover_cents == 48_000_00
        assert drawn.gross_margin_cents == 42_000_00
        assert drawn.direct_expenses_cents == 9_000_00
        assert drawn.fee_cents == 5_040_00
        assert drawn.result_before_pay_cents == 33_960_00
        assert drawn.pay_cost_cents == 23_400_00
        assert drawn.result_cents == 10_560_00

    def test_reversals_lower_the_costs(self):
        drawn = ActivityStatement.of(
            account(
                entry("2025-02-01", "expense", 50),
                entry("2025-02-02", "expense_reversal", 20),
                entry("2025-02-03", "fee", 12),
                entry("2025-02-04", "fee_reversal", 2),
                entry("2025-02-05", "pay", 100),
                entry("2025-02-06", "pay_reversal", 1),
                entry("2025-02-07", "transfer", 7, other_activity="PRINT"),
            ),
            YEAR_2025,
        )
        assert (drawn.direct_expenses_cents, drawn.fee_cents, drawn.pay_cost_cents) == (30_00, 10_00, 99_00)
        assert drawn.internal_sales_cents == 7_00
        assert drawn.result_cents == drawn.treasury_cents == -132_00


class TestBalance:
    """Per activity the cooperative keeps an analytic balance sheet and result. (art. R7331-5)"""

    ENTRIES = (
        entry("2024-12-01", "invoice", 900, document="F0"),
        entry("2025-01-10", "cash_in", 900, document="F0"),
        entry("2025-02-01", "invoice", 1_000, document="F1"),
        entry("2025-03-01", "cash_in", 1_000, document="F1"),
        entry("2025-03-05", "credit_note", 100, document="F1"),
        entry("2025-04-01", "invoice", 400, document="F2"),
        entry("2025-05-01", "expense_advanced", 60),
        entry("2025-05-09", "refund", 45),
        entry("2025-06-30", "net_result_left", 200),
        entry("2026-01-15", "cash_in", 400, document="F2"),
    )

    def test_by_hand_on_the_last_day_of_the_year(self):
        drawn = ActivityStatement.of(account(*self.ENTRIES), YEAR_2025)
        assert drawn.on == dt.date(2025, 12, 31)
        assert drawn.treasury_cents == 900_00 + 1_000_00 - 45_00 - 200_00
        assert drawn.receivables_cents == 400_00
        assert drawn.owed_to_entrepreneur_cents == 15_00
        assert drawn.owed_to_customers_cents == 100_00
        assert drawn.cents("result_brought_forward") == 900_00
        assert drawn.result_cents == drawn.cents("result_of_period") == 1_000_00 - 100_00 + 400_00 - 60_00
        assert drawn.cents("net_result_left") == -200_00
        assert drawn.carried_result_cents == 1_940_00
        assert drawn.cents("total_assets") == drawn.cents("total_liabilities") == 2_055_00

    def test_an_earlier_day_does_not_see_what_comes_after(self):
        drawn = ActivityStatement.of(account(*self.ENTRIES), YEAR_2025, on=dt.date(2025, 2, 1))
        assert (drawn.turnover_cents, drawn.treasury_cents, drawn.receivables_cents) == (
            1_000_00,
            900_00,
            1_000_00,
        )

    @given(histories(), DAYS, st.integers(0, 400))
    def test_the_balance_balances_on_any_day(self, entries, starts_on, length):
        """Treasury and receivables are what is owed and the result to date."""
        period = Interval(starts_on, starts_on + dt.timedelta(days=length))
        drawn = ActivityStatement.of(account(*entries), period)
        assert drawn.cents("total_assets") == drawn.cents("total_liabilities")
        assert drawn.carried_result_cents == (
            drawn.treasury_cents
            + drawn.receivables_cents
            - drawn.owed_to_entrepreneur_cents
            - drawn.owed_to_customers_cents
        )
        assert drawn.cents("result_of_period") == drawn.result_cents
        assert min(drawn.receivables_cents, drawn.owed_to_customers_cents) >= 0
        assert drawn.owed_to_entrepreneur_cents >= 0

    @given(histories())
    def test_the_results_of_the_months_make_the_result_to_date(self, entries):
        held = account(*entries)
        months = [ActivityStatement.of(held, month) for month in Month(2026, 1).through(Month(2027, 6))]
        assert sum(drawn.result_cents for drawn in months) == sum(p.result_cents for p in held.postings())
        for before, after in pairwise(months):
            left = before.cents("net_result_left") - after.cents("net_result_left")
            assert after.carried_result_cents - before.carried_result_cents == after.result_cents - left


class TestDetail:
    """The statement shows charges and income in detail, not only their totals. (art. L7332-3 al. 2)"""

    @given(histories())
    def test_the_detail_adds_up_to_each_line(self, entries):
        drawn = ActivityStatement.of(account(*entries), Month(2026, 3))
        amounts = {line.code: line.amount_cents for line in drawn.lines}
        assert len(amounts) == len(drawn.lines)
        for line in drawn.lines:
            if line.adds:
                assert not line.details
                assert line.amount_cents == sum(amounts[code] for code in line.adds)
            else:
                assert line.amount_cents == sum(detail.amount_cents for detail in line.details)
                assert all(detail.entry in entries for detail in line.details)
            assert line.french_name

    def test_receivables_show_the_invoices_still_open(self):
        drawn = ActivityStatement.of(account(*TestBalance.ENTRIES), YEAR_2025)
        assert {detail.entry.document for detail in drawn.line("receivables").details} == {"F2"}
        assert {detail.entry.document for detail in drawn.line("owed_to_customers").details} == {"F1"}

    def test_an_unknown_line_gets_the_known_ones(self):
        drawn = ActivityStatement.of(account(), YEAR_2025)
        with pytest.raises(InputError, match="expected one of turnover, .*, got 'profit'"):
            drawn.cents("profit")


class TestAvailable:
    """What can be spent on pay: cash less debts, or the invoiced result (policy of the cooperative)."""

    def test_by_hand(self):
        drawn = ActivityStatement.of(account(*TestBalance.ENTRIES), YEAR_2025)
        assert drawn.available_cents() == 1_655_00 - 15_00 - 100_00
        assert drawn.available_cents(AvailabilityPolicy.ACCRUAL) == 1_940_00

    @given(histories(), DAYS)
    def test_the_policies_differ_by_what_customers_owe(self, entries, day):
        drawn = ActivityStatement.of(account(*entries), Interval(dt.date(2026, 1, 1)), on=day)
        cash, accrual = drawn.available_cents(), drawn.available_cents(AvailabilityPolicy.ACCRUAL)
        assert accrual - cash == drawn.receivables_cents

    def test_a_shortfall_shows(self):
        """A negative account is not rounded up to zero: somebody has to act on it."""
        drawn = ActivityStatement.of(account(entry("2025-03-01", "pay", 300)), YEAR_2025)
        assert drawn.available_cents() == -300_00


class TestDays:
    """A statement has a period and a day inside it; it never reads today's date."""

    @pytest.mark.parametrize("day", [dt.date(2024, 12, 31), dt.date(2026, 1, 1)])
    def test_a_day_outside_the_period_is_refused(self, day):
        with pytest.raises(InputError, match=f"on: expected a day from 2025-01-01 to 2025-12-31, got {day}"):
            ActivityStatement.of(account(), YEAR_2025, on=day)

    def test_an_open_period_needs_a_day(self):
        with pytest.raises(InputError, match="expected the day of the statement"):
            ActivityStatement.of(account(), Interval(dt.date(2025, 1, 1)))
        with pytest.raises(InputError, match="expected a day from 2025-01-01 to any later day"):
            ActivityStatement.of(account(), Interval(dt.date(2025, 1, 1)), on=dt.date(2024, 1, 1))

    def test_a_period_is_a_month_or_an_interval(self):
        with pytest.raises(InputError, match="expected a Month or an Interval, got 2025"):
            ActivityStatement.of(account(), 2025)
