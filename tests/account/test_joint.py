from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from account_samples import BAGS, entry, histories, refused
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import ActivityAccount, Entry, EntryKind, JointActivity, JointShare, cumulated_parts
from cae_core.cooperative import Activity
from cae_core.errors import InputError, InputErrors
from cae_core.money import split

WEIGHTS = st.lists(st.integers(1, 60), min_size=2, max_size=5).map(tuple)
PERSONAL = {EntryKind.PAY, EntryKind.PAY_REVERSAL, EntryKind.NET_RESULT_LEFT}


def joint(*weights: int, convention: str = "2026-04") -> JointActivity:
    shares = [JointShare(f"S{rank}", weight) for rank, weight in enumerate(weights)]
    return JointActivity(activity=BAGS, convention=convention, shares=shares)


def shareable(entries) -> list:
    return [made for made in entries if made.kind not in PERSONAL]


class TestParts:
    """A part of a cumulated amount is within one cent of the exact share and never goes down."""

    @given(WEIGHTS, st.integers(0, 3_000))
    def test_nothing_is_lost_and_nobody_is_a_cent_away(self, weights, cents):
        parts = cumulated_parts(cents, weights)
        assert sum(parts) == cents
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(cents * weight, sum(weights))) < 1

    @given(WEIGHTS, st.integers(0, 3_000), st.integers(0, 3_000))
    def test_more_money_is_never_less_for_anybody(self, weights, cents, more):
        before, after = cumulated_parts(cents, weights), cumulated_parts(cents + more, weights)
        assert all(new >= old for old, new in zip(before, after, strict=True))

    def test_the_largest_remainder_would_take_a_cent_back(self):
        """At 6, 6, 2: ten cents make 4, 4, 2 by largest remainder, and eleven 5, 5, 1 (Alabama paradox)."""
        assert (split(10, (6, 6, 2)), split(11, (6, 6, 2))) == ((4, 4, 2), (5, 5, 1))
        ten, eleven = cumulated_parts(10, (6, 6, 2)), cumulated_parts(11, (6, 6, 2))
        assert all(new >= old for old, new in zip(ten, eleven, strict=True))
        assert cumulated_parts(14, (6, 6, 2)) == (6, 6, 2)

    @pytest.mark.parametrize(
        ("cents", "weights", "message"),
        [
            (-1, (1, 1), "total_cents: expected zero or more, got -1"),
            (1, (), "weights: expected whole numbers, at least 1, got \\[\\]"),
            (1, (0, 1), "weights: expected whole numbers, at least 1, got \\[0, 1\\]"),
            (1, (99_999, 2), "expected a sum of at most 100000 once reduced"),
        ],
    )
    def test_what_cannot_be_shared(self, cents, weights, message):
        with pytest.raises(InputError, match=message):
            cumulated_parts(cents, weights)

    def test_only_the_proportion_counts(self):
        assert cumulated_parts(10_001, (60_000_000, 40_000_000)) == cumulated_parts(10_001, (3, 2))


class TestConvention:
    """
    People who run an activity together sign a convention with the cooperative, which says among
    others how the pay is shared. (art. R7331-7, number to be checked)
    """

    def test_no_convention_no_sharing(self):
        with refused("reference of the convention .* R7331-7"):
            joint(60, 40, convention=" ")

    def test_every_objection_is_named(self):
        with pytest.raises(InputErrors) as raised:
            JointActivity(activity=BAGS, convention="", shares=[JointShare("BAGS", 0)])
        messages = [problem.message for problem in raised.value.exceptions]
        assert len(messages) == 4
        assert messages[1] == "expected at least two shares, each with its own activity, got ['BAGS']"
        assert messages[2].startswith("'BAGS' is the joint activity")
        assert messages[3] == "expected whole weights, at least 1, got [0]"

    def test_weights_finer_than_a_convention(self):
        with refused("whose sum, once reduced, is at most 100000"):
            joint(1, 100_000)

    def test_a_margin_of_ten_thousand_at_sixty_and_forty(self):
        assert joint(60, 40).parts(10_000_00) == {"S0": 6_000_00, "S1": 4_000_00}


class TestEntries:
    """Every entry is shared: no cent is lost in one entry, nor over time."""

    @given(histories(), WEIGHTS)
    def test_each_entry_is_conserved_and_each_account_stays_sound(self, entries, weights):
        entries = shareable(entries)
        shared = joint(*weights).split_entries(entries)
        held = ActivityAccount(activities=BAGS, entries=entries)
        accounts = [
            # The account refuses what is not sound: a payment above what its invoice leaves open, say.
            ActivityAccount(activities=Activity(code=code, name=code), entries=parts)
            for code, parts in shared.items()
        ]
        for side in ("treasury", "customers", "expense_notes", "result"):
            name = f"{side}_cents"
            whole = sum(getattr(posting, name) for posting in held.postings())
            assert sum(getattr(p, name) for account in accounts for p in account.postings()) == whole
        for day in {made.dated_on for made in entries}:
            for kind in EntryKind:
                here = sum(e.amount_cents for e in entries if (e.dated_on, e.kind) == (day, kind))
                there = [e for parts in shared.values() for e in parts if (e.dated_on, e.kind) == (day, kind)]
                assert sum(e.amount_cents for e in there) == here

    @given(st.lists(st.integers(1, 3), min_size=1, max_size=60), WEIGHTS)
    def test_small_entries_do_not_favour_anybody(self, cents, weights):
        """Of sixty invoices of one to three cents, each person has her share within one cent, always."""
        first = dt.date(2026, 1, 1)
        entries = [
            Entry(
                dated_on=first + dt.timedelta(days=rank),
                kind="invoice",
                amount_cents=amount,
                activity="BAGS",
                document=f"F{rank}",
            )
            for rank, amount in enumerate(cents)
        ]
        shared = joint(*weights).split_entries(entries)
        for last in {made.dated_on for made in entries}:
            whole = sum(made.amount_cents for made in entries if made.dated_on <= last)
            for rank, weight in enumerate(weights):
                received = sum(e.amount_cents for e in shared[f"S{rank}"] if e.dated_on <= last)
                assert abs(received - Fraction(whole * weight, sum(weights))) < 1

    @given(histories(), WEIGHTS, st.data())
    def test_later_entries_change_nothing_before(self, entries, weights, data):
        entries = shareable(entries)
        if not entries:
            return
        last = data.draw(st.sampled_from(sorted({made.dated_on for made in entries})))
        early = joint(*weights).split_entries(made for made in entries if made.dated_on <= last)
        whole = joint(*weights).split_entries(entries)
        for code, parts in early.items():
            assert parts == tuple(made for made in whole[code] if made.dated_on <= last)

    def test_a_paid_invoice_is_paid_for_everybody(self):
        """Ten euros in thirds, paid in two parts: the second payment gives each what is still open."""
        shared = joint(1, 1, 1).split_entries(
            [
                entry("2026-01-01", "invoice", 10, document="F1"),
                entry("2026-01-02", "cash_in", 7, document="F1"),
                entry("2026-01-03", "cash_in", 3, document="F1"),
            ]
        )
        for code, parts in shared.items():
            account = ActivityAccount(activities=Activity(code=code, name=code), entries=parts)
            assert account.open_cents("F1") == 0
            assert account.turnover_cashed_cents() == account.turnover_invoiced_cents()

    def test_what_is_bought_inside_is_shared_too(self):
        bought = entry("2026-01-01", "transfer", 10, activity="PRINT", other_activity="BAGS")
        shared = joint(60, 40).split_entries([bought])
        (part,) = shared["S0"]
        assert (part.activity, part.other_activity, part.amount_cents) == ("PRINT", "S0", 6_00)

    @pytest.mark.parametrize("kind", sorted(PERSONAL, key=lambda kind: kind.code))
    def test_pay_is_personal(self, kind):
        with refused("is personal: post it to the person's own account"):
            joint(60, 40).split_entries([entry("2026-01-01", kind.code, 10)])

    def test_a_share_does_not_trade_with_the_whole_under_the_same_code(self):
        sold = entry("2026-01-01", "transfer", 10, activity="S0", other_activity="BAGS")
        with refused("'S0' has a share"):
            joint(60, 40).split_entries([sold])

    def test_entries_that_no_account_accepts(self):
        with refused("no invoice"):
            joint(60, 40).split_entries([entry("2026-01-01", "cash_in", 10, document="F1")])
