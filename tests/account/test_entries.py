from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from account_samples import entry

from cae_core.account import EFFECTS, Entry, EntryKind, Heading
from cae_core.errors import InputError
from cae_core.money import CENTS_MAX
from cae_core.terms import Term


class TestEffects:
    """Every entry moves two sides of the account by the same amount (double entry)."""

    @pytest.mark.parametrize("kind", EntryKind)
    def test_both_sides_move_alike(self, kind):
        effect = EFFECTS[kind]
        assert effect.treasury + effect.customers == effect.expense_notes + effect.result - effect.left
        assert effect.reversed().reversed() == effect

    def test_a_refund_moves_cash_and_not_the_result(self):
        """The expense was counted when the entrepreneur paid it; refunding it is no second expense."""
        effect = EFFECTS[EntryKind.REFUND]
        assert (effect.treasury, effect.expense_notes, effect.result) == (-1, -1, 0)

    def test_an_invoice_is_income_before_it_is_cash(self):
        assert EFFECTS[EntryKind.INVOICE].treasury == 0
        assert EFFECTS[EntryKind.INVOICE].result == 1
        assert EFFECTS[EntryKind.CASH_IN].result == 0


class TestEntry:
    """An entry has a day, a kind, an amount above zero and an activity."""

    def test_kind_and_day_may_be_words(self):
        made = entry("2026-03-05", "avoir", 12)
        assert made.kind is EntryKind.CREDIT_NOTE
        assert made.dated_on == dt.date(2026, 3, 5)

    @pytest.mark.parametrize("cents", [0, -100, 12.5, True, Decimal(5), "5", CENTS_MAX + 1])
    def test_the_amount_is_above_zero_in_whole_cents(self, cents):
        with pytest.raises(
            InputError, match=r"Entry.amount_cents: expected a whole number of cents above zero"
        ):
            Entry(dated_on="2026-03-05", kind="invoice", amount_cents=cents, activity="BAGS")

    def test_a_moment_is_not_a_day(self):
        with pytest.raises(InputError, match=r"Entry.dated_on: expected a day, got the moment"):
            Entry(dated_on=dt.datetime(2026, 3, 5, 12), kind="invoice", amount_cents=1, activity="BAGS")

    def test_an_activity_is_needed(self):
        with pytest.raises(
            InputError, match=r"Entry.activity: expected the code of an activity, got nothing"
        ):
            Entry(dated_on="2026-03-05", kind="invoice", amount_cents=1, activity=" ")

    def test_the_description_is_for_people(self):
        described = entry("2026-03-05", "cash_in", 1234, document="F-12").describe()
        assert described == "2026-03-05 encaissement F-12 1\u202f234,00\u00a0€"

    @pytest.mark.parametrize("kind", ["invoice", "cash_in", "credit_note", "customer_refund", "write_off"])
    def test_what_concerns_an_invoice_names_it(self, kind):
        (problem,) = entry("2026-03-05", kind, 12).objections()
        assert problem.message == "expected the number of the invoice in `document`, got nothing"

    def test_a_transfer_has_two_activities_and_nothing_else_has(self):
        assert "that buys" in entry("2026-03-05", "transfer", 12).objections()[0].message
        (to_itself,) = entry("2026-03-05", "transfer", 12, other_activity="BAGS").objections()
        assert to_itself.message == "the activity 'BAGS' cannot sell to itself (vente interne)"
        (other,) = entry("2026-03-05", "expense", 12, other_activity="LESSONS").objections()
        assert other.message == "only a transfer has another activity, got 'LESSONS'"


class TestWords:
    """Every kind has a code for programs and a French name for people; both are understood."""

    @pytest.mark.parametrize("term", [*EntryKind, *Heading])
    def test_both_names_lead_back(self, term: Term):
        assert type(term).parse(term.code, "here") is term
        assert type(term).parse(term.french_name.upper(), "here") is term
        assert type(term).parse(term, "here") is term

    def test_accents_may_be_missing(self):
        assert EntryKind.parse("Depense avancee", "here") is EntryKind.EXPENSE_ADVANCED

    def test_an_unknown_word_gets_the_known_ones_and_the_closest(self):
        with pytest.raises(InputError) as raised:
            EntryKind.parse("factur", "line 3")
        assert str(raised.value).startswith("line 3: expected one of invoice, cash_in, credit_note")
        assert str(raised.value).endswith("got 'factur'; did you mean 'facture'?")

    @pytest.mark.parametrize("word", ["", None, 3])
    def test_nothing_is_no_word(self, word):
        with pytest.raises(InputError, match="expected one of"):
            EntryKind.parse(word, "here")
