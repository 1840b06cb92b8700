from __future__ import annotations

import datetime as dt

import pytest
from account_samples import ALICE, BAGS, LESSONS, entry, histories, refused
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import ActivityAccount, Heading
from cae_core.calendar import Interval, Month
from cae_core.errors import InputError, InputErrors

MARCH = Month(2026, 3)


@pytest.fixture
def account() -> ActivityAccount:
    return ActivityAccount(activities=BAGS, holder=ALICE)


def refusals(account: ActivityAccount, *entries) -> list[str]:
    with pytest.raises(InputErrors) as raised:
        account.with_entries(*entries)
    return [problem.message for problem in raised.value.exceptions]


class TestTotals:
    """Turnover, expenses and margin of the activity, for any period (art. L7332-3)."""

    def test_a_small_history_by_hand(self, account):
        account = account.with_entries(
            entry("2026-02-10", "invoice", 1_000, document="F1"),
            entry("2026-03-02", "cash_in", 600, document="F1"),
            entry("2026-03-10", "invoice", 500, document="F2"),
            entry("2026-03-11", "credit_note", 100, document="F2"),
            entry("2026-03-12", "expense", 150),
            entry("2026-03-12", "expense", 40, in_gross_margin=False),
            entry("2026-03-13", "transfer", 80, other_activity="PRINT"),
            entry("2026-03-14", "transfer", 30, activity="PRINT", other_activity="BAGS"),
            entry("2026-03-20", "fee", 45),
            entry("2026-03-31", "pay", 300),
        )
        assert account.turnover_invoiced_cents(MARCH) == 400_00
        assert account.turnover_invoiced_cents() == 1_400_00
        assert account.turnover_cashed_cents(MARCH) == 600_00
        assert account.internal_sales_cents(MARCH) == 80_00
        assert account.direct_expenses_cents(MARCH) == 220_00  # 150 + 40 + 30 bought inside
        assert account.gross_margin_cents(MARCH) == 300_00  # 400 + 80 - 150 - 30
        assert account.fees_cents(MARCH) == 45_00
        assert account.pay_cost_cents(MARCH) == 300_00

    def test_bounds_are_inclusive(self, account):
        account = account.with_entries(entry("2026-03-31", "invoice", 10, document="F1"))
        last_day = Interval(dt.date(2026, 3, 31), dt.date(2026, 3, 31))
        assert account.turnover_invoiced_cents(last_day) == 10_00
        assert account.turnover_invoiced_cents(Interval(dt.date(2026, 4, 1))) == 0
        assert account.turnover_invoiced_cents(Month(2026, 4)) == 0

    def test_open_amount_of_an_invoice(self, account):
        account = account.with_entries(
            entry("2026-03-01", "invoice", 100, document="F1"),
            entry("2026-03-05", "cash_in", 100, document="F1"),
            entry("2026-03-09", "credit_note", 20, document="F1"),
        )
        assert account.open_cents("F1", dt.date(2026, 3, 4)) == 100_00
        assert account.open_cents("F1", dt.date(2026, 3, 5)) == 0
        assert account.open_cents("F1") == -20_00

    @given(histories(), st.data())
    def test_the_order_of_arrival_changes_nothing(self, entries, data):
        """Permuting entries, within a day or at all, gives the same account."""
        account = ActivityAccount(activities=BAGS, entries=entries)
        shuffled = ActivityAccount(activities=BAGS, entries=data.draw(st.permutations(entries)))
        assert shuffled == account
        one_by_one = ActivityAccount(activities=BAGS)
        for made in account.entries:
            one_by_one = one_by_one.with_entries(made)
        assert one_by_one == account

    @given(histories())
    def test_months_add_up(self, entries):
        account = ActivityAccount(activities=BAGS, entries=entries)
        months = list(Month(2026, 1).through(Month(2027, 12)))
        for heading in Heading:
            assert sum(account.total_cents(heading, month) for month in months) == account.total_cents(
                heading
            )


class TestRefusals:
    """A sound account stays sound: what does not fit is refused, all of it at once."""

    INVOICE = entry("2026-03-01", "invoice", 100, document="F1")

    def test_a_cash_in_larger_than_what_is_open(self, account):
        account = account.with_entries(self.INVOICE, entry("2026-03-02", "cash_in", 70, document="F1"))
        assert refusals(account, entry("2026-03-03", "cash_in", 31, document="F1")) == [
            "invoice 'F1' leaves 30,00\u00a0€ open, got 31,00\u00a0€"
        ]
        assert refusals(account, entry("2026-03-03", "write_off", 31, document="F1")) == [
            "invoice 'F1' leaves 30,00\u00a0€ open, got 31,00\u00a0€"
        ]
        account.with_entries(entry("2026-03-03", "cash_in", 30, document="F1"))

    @pytest.mark.parametrize("kind", ["cash_in", "credit_note", "customer_refund", "write_off"])
    def test_an_unknown_document(self, account, kind):
        assert refusals(account, entry("2026-03-03", kind, 1, document="F9")) == [
            "no invoice (facture) 'F9' is in the account on that day"
        ]

    def test_a_cash_in_before_its_invoice(self, account):
        assert refusals(account, self.INVOICE, entry("2026-02-28", "cash_in", 1, document="F1")) == [
            "no invoice (facture) 'F1' is in the account on that day"
        ]

    def test_the_same_invoice_twice(self, account):
        assert refusals(account, self.INVOICE, self.INVOICE) == [
            "invoice (facture) 'F1' is already in the account"
        ]

    def test_a_credit_note_larger_than_the_invoice(self, account):
        account = account.with_entries(self.INVOICE, entry("2026-03-02", "credit_note", 60, document="F1"))
        assert refusals(account, entry("2026-03-03", "credit_note", 41, document="F1")) == [
            "at most 40,00\u00a0€ of 'F1' can be credited, got 41,00\u00a0€"
        ]

    def test_a_paid_invoice_can_be_credited_and_paid_back(self, account):
        account = account.with_entries(
            self.INVOICE,
            entry("2026-03-02", "cash_in", 100, document="F1"),
            entry("2026-03-03", "credit_note", 20, document="F1"),
        )
        assert refusals(account, entry("2026-03-04", "customer_refund", 21, document="F1")) == [
            "the customer of 'F1' is owed 20,00\u00a0€, got 21,00\u00a0€"
        ]
        paid_back = account.with_entries(entry("2026-03-04", "customer_refund", 20, document="F1"))
        assert paid_back.open_cents("F1") == 0
        assert paid_back.turnover_cashed_cents() == 80_00

    def test_a_refund_of_expenses_nobody_advanced(self, account):
        """Money paid without an expense behind it is pay under another name."""
        account = account.with_entries(entry("2026-03-01", "expense_advanced", 50))
        assert refusals(account, entry("2026-03-02", "refund", 51)) == [
            "the expenses to refund (notes de frais) are 50,00\u00a0€, got 51,00\u00a0€"
        ]

    def test_another_activity(self, account):
        assert refusals(account, entry("2026-03-01", "expense", 5, activity="LESSONS")) == [
            "belongs to activity 'LESSONS', this account to BAGS"
        ]
        stranger = entry("2026-03-01", "transfer", 5, activity="A", other_activity="B")
        assert refusals(account, stranger) == ["belongs to activity 'A', this account to BAGS"]

    def test_every_problem_of_a_batch_is_named_and_nothing_is_posted(self, account):
        batch = [
            self.INVOICE,
            entry("2026-03-02", "cash_in", 200, document="F1"),
            entry("2026-03-02", "cash_in", 5, document="F2"),
            entry("2026-03-03", "transfer", 5, other_activity="BAGS"),
            entry("2026-03-04", "expense", 5, direct=False),
        ]
        with pytest.raises(InputErrors) as raised:
            account.with_entries(*batch)
        text = str(raised.value)
        assert text.startswith("the account of BAGS refuses 4 thing(s)")
        assert "2026-03-02 encaissement F1 200,00" in text
        assert "2026-03-02 encaissement F2 5,00" in text
        assert "cannot sell to itself" in text
        assert account.entries == ()
        with refused("refuses 4 thing"):
            ActivityAccount(activities=BAGS, entries=batch)

    def test_an_account_has_distinct_activities(self):
        for activities in ((), (BAGS, BAGS)):
            with pytest.raises(InputError, match="expected distinct activities"):
                ActivityAccount(activities=activities)


class TestDirectExpenses:
    """
    The variable pay depends on the turnover less the charges directly and exclusively linked to the
    activity. (Code du travail, art. L7332-3)
    """

    @pytest.mark.parametrize("kind", ["expense", "expense_advanced"])
    def test_a_common_expense_is_refused_with_the_article(self, account, kind):
        (message,) = refusals(account, entry("2026-03-01", kind, 5, direct=False))
        assert "charge directement et exclusivement liée" in message
        assert "art. L7332-3" in message

    def test_buying_inside_is_an_expense_and_selling_inside_is_not(self, account):
        bought = entry("2026-03-01", "transfer", 5, activity="PRINT", other_activity="BAGS", direct=False)
        assert "art. L7332-3" in refusals(account, bought)[0]
        account.with_entries(entry("2026-03-01", "transfer", 5, other_activity="PRINT", direct=False))


class TestSeveralActivities:
    """A person may have one account for several activities. (art. R7331-6, number to be checked)"""

    BOTH = ActivityAccount(activities=(BAGS, LESSONS), holder=ALICE)

    def test_each_activity_can_be_looked_at_alone(self):
        both = self.BOTH.with_entries(
            entry("2026-03-01", "invoice", 100, document="F1"),
            entry("2026-03-01", "invoice", 30, document="F2", activity="LESSONS"),
        )
        assert both.turnover_invoiced_cents() == 130_00
        assert both.of_activity("LESSONS").turnover_invoiced_cents() == 30_00
        assert both.of_activity("BAGS").holder is ALICE

    def test_a_sale_from_one_to_the_other_shows_only_when_they_are_apart(self):
        both = self.BOTH.with_entries(entry("2026-03-01", "transfer", 40, other_activity="LESSONS"))
        assert both.internal_sales_cents() == both.direct_expenses_cents() == 0
        assert both.of_activity("BAGS").internal_sales_cents() == 40_00
        assert both.of_activity("LESSONS").direct_expenses_cents() == 40_00

    def test_a_payment_belongs_to_the_activity_of_its_invoice(self):
        wrong = entry("2026-03-02", "cash_in", 5, document="F1", activity="LESSONS")
        assert refusals(self.BOTH, TestRefusals.INVOICE, wrong) == [
            "invoice 'F1' belongs to 'BAGS', got 'LESSONS'"
        ]

    def test_an_unknown_activity(self):
        with pytest.raises(InputError, match="expected one of BAGS, LESSONS, got 'PRINT'"):
            self.BOTH.of_activity("PRINT")


class TestTransfers:
    """A sale inside the cooperative is the income of one and the expense of the other: conserved."""

    @given(
        st.lists(st.tuples(st.sampled_from([("BAGS", "LESSONS"), ("LESSONS", "BAGS")]), st.integers(1, 999)))
    )
    def test_nothing_is_made_or_lost(self, sales):
        entries = [
            entry("2026-03-01", "transfer", euros, activity=seller, other_activity=buyer)
            for (seller, buyer), euros in sales
        ]
        accounts = [ActivityAccount(activities=activity, entries=entries) for activity in (BAGS, LESSONS)]
        for side in ("treasury_cents", "result_cents"):
            moved = [getattr(posting, side) for account in accounts for posting in account.postings()]
            assert sum(moved) == 0
        sold = sum(account.internal_sales_cents() for account in accounts)
        assert sold == sum(account.direct_expenses_cents() for account in accounts)
        assert sold == 100 * sum(euros for _, euros in sales)
