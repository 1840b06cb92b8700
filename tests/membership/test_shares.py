import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.errors import InputError, InputErrors
from cae_core.membership import Movement, MovementKind, ShareAccount, ShareLedger, withhold_for_shares
from cae_core.money import Rate

DAY = dt.date(2025, 1, 31)
VALUE = 20_00


def move(kind, *, shares=0, cents=0, day=DAY, who="A1"):
    return Movement(dated_on=day, associate=who, kind=MovementKind(kind), shares=shares, amount_cents=cents)


def refused(*movements):
    with pytest.raises(InputErrors) as raised:
        ShareLedger(VALUE, movements)
    return [str(one) for one in raised.value.exceptions]


class TestLedger:
    """Shares and the money for them, from subscription to refund, one movement after the other."""

    def test_a_whole_story(self):
        ledger = ShareLedger(
            VALUE,
            [
                move("subscription", shares=1, day=dt.date(2024, 6, 10)),
                move("payment", cents=20_00, day=dt.date(2024, 6, 10)),
                move("withheld", cents=36_00, day=dt.date(2024, 7, 31)),
                move("subscription", shares=1, day=dt.date(2024, 7, 31)),
                move("from_pending", cents=20_00, day=dt.date(2024, 7, 31)),
                move("cancellation", shares=2, day=dt.date(2025, 12, 31)),
                move("pending_released", cents=16_00, day=dt.date(2025, 12, 31)),
                move("loss", cents=3_00, day=dt.date(2026, 6, 12)),
                move("refund", cents=53_00, day=dt.date(2026, 7, 1)),
            ],
        )
        assert ledger.of("A1", dt.date(2024, 7, 31)) == ShareAccount(
            shares=2,
            subscribed_cents=40_00,
            paid_up_cents=40_00,
            pending_cents=16_00,
            contributed_cents=56_00,
        )
        assert ledger.of("A1", dt.date(2025, 12, 31)).owed_cents == 56_00
        assert ledger.of("A1", dt.date(2026, 7, 1)) == ShareAccount(
            losses_cents=3_00, refunded_cents=53_00, contributed_cents=56_00
        )

    def test_capital_the_day_before_and_the_day_after(self):
        ledger = ShareLedger(VALUE, [move("subscription", shares=5), move("payment", cents=100_00)])
        before, after = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
        assert [ledger.capital_on(day) for day in (before, DAY, after)] == [0, 100_00, 100_00]

    def test_the_highest_capital_ever_is_not_the_present_one(self):
        later = dt.date(2026, 1, 1)
        ledger = ShareLedger(
            VALUE,
            [
                move("subscription", shares=10),
                move("payment", cents=200_00),
                move("cancellation", shares=7, day=later),
            ],
        )
        assert (ledger.capital_on(later), ledger.highest_capital(later)) == (60_00, 200_00)

    def test_shares_that_come_and_go_on_one_day_are_no_summit(self):
        """The highest capital is looked at day by day, at the end of each."""
        ledger = ShareLedger(VALUE, [move("subscription", shares=10), move("cancellation", shares=4)])
        assert ledger.highest_capital(DAY) == 120_00

    def test_an_unpaid_share_that_is_cancelled_gives_no_debt(self):
        """At exit the rest that is not paid need not be claimed (art. 28)."""
        ledger = ShareLedger(
            VALUE,
            [move("subscription", shares=4), move("payment", cents=20_00), move("cancellation", shares=4)],
        )
        held = ledger.of("A1", DAY)
        assert (held.owed_cents, held.subscribed_cents, held.paid_up_cents) == (20_00, 0, 0)


class TestWhatCannotBe:
    def test_each_objection_is_listed(self):
        found = refused(
            move("payment", cents=1),
            move("cancellation", shares=1),
            move("from_pending", cents=1),
            move("refund", cents=1),
            move("subscription", shares=1),
        )
        assert found == [
            "payment of 2025-01-31 (A1): expected at most 0 cents (owed on the shares subscribed), got 1",
            "cancellation of 2025-01-31 (A1): expected at most 0 share(s) held, got 1",
            "from_pending of 2025-01-31 (A1): expected at most 0 cents "
            "(waiting and owed on the shares subscribed), got 1",
            "refund of 2025-01-31 (A1): expected at most 0 cents (owed by the cooperative), got 1",
        ]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "subscription", "cents": 5},
            {"kind": "subscription", "shares": 1, "cents": 5},
            {"kind": "payment", "shares": 1},
            {"kind": "payment", "cents": -5},
            {"kind": "refund"},
        ],
    )
    def test_a_movement_moves_shares_or_money(self, wrong):
        with pytest.raises(InputError):
            move(**wrong)

    def test_a_share_has_a_value(self):
        with pytest.raises(InputError, match="expected an amount above zero"):
            ShareLedger(0)


@st.composite
def stories(draw):
    """Movements of a few associates that a ledger accepts, drawn one after the other."""
    ledger = ShareLedger(VALUE)
    for step in range(draw(st.integers(0, 25))):
        who = draw(st.sampled_from("ABC"))
        day = DAY + dt.timedelta(days=step // 3)
        held = ledger.of(who, day)
        most = {
            "subscription": 50,
            "payment": held.unpaid_cents,
            "withheld": 500_00,
            "from_pending": min(held.pending_cents, held.unpaid_cents),
            "cancellation": held.shares,
            "pending_released": held.pending_cents,
            "loss": held.owed_cents,
            "refund": held.owed_cents,
        }
        kind = draw(st.sampled_from([name for name, limit in most.items() if limit]))
        number = draw(st.integers(1, most[kind]))
        unit = "shares" if kind in ("subscription", "cancellation") else "cents"
        ledger = ledger.and_then(move(kind, day=day, who=who, **{unit: number}))
    return ledger


class TestConservation:
    """No cent and no share is lost or made."""

    @given(stories())
    def test_every_cent_is_somewhere(self, ledger):
        for day in {one.dated_on for one in ledger.movements}:
            for held in (*ledger.on(day).values(), ledger.total_on(day)):
                assert held.contributed_cents == (
                    held.paid_up_cents
                    + held.pending_cents
                    + held.owed_cents
                    + held.losses_cents
                    + held.refunded_cents
                )
                assert 0 <= held.paid_up_cents <= held.subscribed_cents == held.shares * VALUE

    @given(stories())
    def test_shares_are_those_subscribed_less_those_cancelled(self, ledger):
        total = sum(
            one.shares * (1 if one.kind is MovementKind.SUBSCRIPTION else -1) for one in ledger.movements
        )
        last = DAY + dt.timedelta(days=99)
        assert ledger.total_on(last).shares == total
        assert ledger.highest_capital(last) >= ledger.capital_on(last)


class TestPayIntoShares:
    """
    The statutes may have a percentage of pay put into shares, up to a ceiling; what makes no whole share
    waits; at most a tenth of the pay is kept. (loi de 1978, art. 6 and 27)
    """

    def kept(self, gross, held=None, **terms):
        values = {
            "share_value_cents": VALUE,
            "rate": Rate.percent("2"),
            "most_divisor": 10,
            "holding_ceiling_cents": None,
            **terms,
        }
        return withhold_for_shares(gross, held or ShareAccount(), **values)

    def test_two_per_cent_of_eighteen_hundred(self):
        """36 €: one share of 20 €, and 16 € that wait."""
        done = self.kept(1_800_00)
        assert (done.withheld_cents, done.shares, done.pending_after_cents) == (36_00, 1, 16_00)

    def test_what_waited_counts(self):
        done = self.kept(1_800_00, ShareAccount(pending_cents=16_00, contributed_cents=16_00))
        assert (done.withheld_cents, done.shares, done.pending_after_cents) == (36_00, 2, 12_00)

    def test_never_more_than_a_tenth(self):
        done = self.kept(999_99, rate=Rate.percent("12"))
        assert (done.asked_cents, done.most_cents, done.withheld_cents) == (120_00, 99_99, 99_99)

    @pytest.mark.parametrize(
        ("held", "kept"), [(9_964_00, 36_00), (9_964_01, 35_99), (10_000_00, 0), (11_000_00, 0)]
    )
    def test_the_ceiling_of_the_statutes(self, held, kept):
        account = ShareAccount(subscribed_cents=held)
        assert self.kept(1_800_00, account, holding_ceiling_cents=10_000_00).withheld_cents == kept

    def test_it_is_booked(self):
        ledger = ShareLedger(VALUE).and_then(
            *self.kept(1_800_00).movements("A1", DAY, VALUE, "bulletin 2025-01")
        )
        assert ledger.of("A1", DAY) == ShareAccount(
            shares=1,
            subscribed_cents=20_00,
            paid_up_cents=20_00,
            pending_cents=16_00,
            contributed_cents=36_00,
        )

    def test_nothing_is_booked_for_nothing(self):
        assert self.kept(0).movements("A1", DAY, VALUE) == ()

    @given(
        st.integers(0, 10**7),
        st.integers(1, 50_000),
        st.integers(0, 10**6),
        st.integers(0, 100_000),
        st.none() | st.integers(0, 10**7),
    )
    def test_no_cent_is_lost(self, gross, value, waiting, ppm, ceiling):
        done = withhold_for_shares(
            gross,
            ShareAccount(pending_cents=waiting),
            share_value_cents=value,
            rate=Rate(ppm),
            most_divisor=10,
            holding_ceiling_cents=ceiling,
        )
        assert waiting + done.withheld_cents == done.shares * value + done.pending_after_cents
        assert 0 <= done.pending_after_cents < value
        assert done.withheld_cents * 10 <= gross

    def test_a_pay_below_zero(self):
        with pytest.raises(InputError, match="gross_pay_cents"):
            self.kept(-1)
