from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from membership_samples import form, law, statutes

from cae_core.errors import InputError, InputErrors
from cae_core.france.cooperative_law.exit_refund import exit_refund, refunds_now
from cae_core.law import Citation
from cae_core.membership import (
    Claim,
    LossOrder,
    Movement,
    MovementKind,
    RefundTerms,
    ShareLedger,
    pay_claims,
    refund_of_shares,
)
from cae_core.membership.refund import capital_floor

LEFT, CLOSE = dt.date(2025, 10, 31), dt.date(2025, 12, 31)


def refund(nominal=2_000_00, terms=None, **changes):
    values = {"left_on": LEFT, "closes_on": CLOSE, "capital_cents": 60_000_00, **changes}
    return refund_of_shares(nominal, terms or RefundTerms(), **values)


class TestNominalLessLosses:
    """
    Who leaves gets the nominal value of her shares, less her part of the losses of the balance sheet; the
    statutes may have the reserves they set up bear these first. (loi de 1947, art. 18)
    """

    def test_without_losses(self):
        done = refund()
        assert (done.amount_cents, done.loss_cents) == (2_000_00, 0)

    def test_half_of_the_capital_lost(self):
        """2,000 € of shares, capital 60,000 €, losses 30,000 €, no reserves: 1,000 €."""
        assert refund(losses_cents=30_000_00).amount_cents == 1_000_00

    def test_reserves_bear_first(self):
        """With 25,000 € of reserves, 5,000 € of losses are left for the capital: 1,833.33 €."""
        done = refund(
            terms=RefundTerms(loss_order=LossOrder.RESERVES_FIRST),
            losses_cents=30_000_00,
            statutory_reserves_cents=25_000_00,
        )
        assert (done.borne_by_reserves_cents, done.borne_by_capital_cents) == (25_000_00, 5_000_00)
        assert done.amount_cents == 1_833_33

    def test_reserves_bear_nothing_unless_the_statutes_say_so(self):
        done = refund(losses_cents=30_000_00, statutory_reserves_cents=25_000_00)
        assert done.amount_cents == 1_000_00

    def test_in_proportion(self):
        """The model statutes: losses × capital ÷ (capital + reserves): 30,000 × 60 ÷ 100 = 18,000; 1,400 €."""
        done = refund(
            terms=RefundTerms(loss_order=LossOrder.PROPORTIONAL),
            losses_cents=30_000_00,
            statutory_reserves_cents=40_000_00,
        )
        assert (done.borne_by_capital_cents, done.amount_cents) == (18_000_00, 1_400_00)

    def test_never_more_than_the_nominal_nor_less_than_nothing(self):
        assert refund(losses_cents=90_000_00).amount_cents == 0
        assert refund(statutory_reserves_cents=500_000_00).amount_cents == 2_000_00

    @given(
        st.integers(0, 10**7),
        st.integers(0, 10**8),
        st.integers(0, 10**8),
        st.integers(0, 10**8),
        st.sampled_from(LossOrder),
        st.integers(1, 12),
    )
    def test_no_cent_is_lost(self, nominal, others, losses, reserves, order, instalments):
        done = refund(
            nominal,
            RefundTerms(loss_order=order, delay_months=60, instalments=instalments),
            capital_cents=nominal + others,
            losses_cents=losses,
            statutory_reserves_cents=reserves,
        )
        assert done.amount_cents + done.loss_cents == nominal
        assert sum(payment.amount_cents for payment in done.schedule) == done.amount_cents
        assert 0 <= done.amount_cents <= nominal
        assert done.borne_by_reserves_cents <= reserves
        assert done.borne_by_reserves_cents + done.borne_by_capital_cents <= losses

    def test_what_cannot_be(self):
        with pytest.raises(InputErrors) as raised:
            refund(-1, closes_on=dt.date(2025, 1, 1), losses_cents=-1)
        assert len(raised.value.exceptions) == 3
        with pytest.raises(InputErrors) as raised:
            refund(60_000_01)
        assert "at most the capital" in str(raised.value)
        with pytest.raises(InputErrors):
            RefundTerms(delay_months=-1, instalments=0)


class TestSchedule:
    """Within the delay of the statutes, five years at most, from the exit."""

    def test_five_yearly_payments(self):
        done = refund(1_000_01, RefundTerms(delay_months=60, instalments=5))
        assert [(one.due_on.isoformat(), one.amount_cents) for one in done.schedule] == [
            ("2026-10-31", 200_01),
            ("2027-10-31", 200_00),
            ("2028-10-31", 200_00),
            ("2029-10-31", 200_00),
            ("2030-10-31", 200_00),
        ]

    def test_at_once(self):
        assert [one.due_on for one in refund().schedule] == [LEFT]

    def test_an_exit_on_the_last_of_february(self):
        done = refund(
            terms=RefundTerms(delay_months=12), left_on=dt.date(2024, 2, 29), closes_on=dt.date(2024, 12, 31)
        )
        assert done.schedule[0].due_on == dt.date(2025, 2, 28)

    def test_answerable_for_five_years(self):
        assert refund(answerable_months=60).answerable_until == dt.date(2030, 10, 31)


class TestCapitalFloor:
    """
    Refunds may not bring the capital under a quarter of the highest ever. (loi de 1947, art. 13) In a Scop it
    was half until the law of 22 March 2012. (loi de 1978, art. 31)
    """

    def test_a_quarter_of_sixty_thousand(self):
        """Of the highest capital, not of the present one: 15,000 €."""
        ppm = law().value(form("scic_sarl").capital_floor)
        assert capital_floor(60_000_00, ppm) == 15_000_00

    @pytest.mark.parametrize(
        ("day", "floor"), [("2012-03-23", 30_000_00), ("2012-03-24", 15_000_00), ("2026-06-12", 15_000_00)]
    )
    def test_the_change_of_2012(self, day, floor):
        scop = form("scop_sarl").capital_floor
        assert capital_floor(60_000_00, law(day).value(scop)) == floor
        assert law(day)[scop].needs_review is (day >= "2012-03-24")

    def test_a_part_of_a_cent_counts_whole(self):
        assert capital_floor(1_01, 250_000) == 26

    def paid(self, claims, capital=20_000_00):
        return pay_claims(
            claims,
            capital_cents=capital,
            highest_capital_cents=60_000_00,
            floor_ppm=250_000,
            citations=(Citation("art. 13"),),
        )

    @pytest.mark.parametrize(
        ("claim", "now", "later"),
        [(5_000_00, 5_000_00, 0), (5_000_01, 5_000_00, 1), (9_000_00, 5_000_00, 4_000_00)],
    )
    def test_what_waits(self, claim, now, later):
        (done,) = self.paid([Claim(associate="A", left_on=LEFT, amount_cents=claim)])
        assert (done.paid_cents, done.deferred_cents, done.reason.met) == (now, later, not later)
        assert (done.reason.found, done.reason.wanted) == (20_000_00 - claim, 15_000_00)

    def test_in_the_order_of_exits(self):
        """Nobody is paid before those who left earlier, even a small claim."""
        claims = [
            Claim(associate="C", left_on="2025-12-31", amount_cents=10_00),
            Claim(associate="B", left_on="2025-06-30", amount_cents=4_000_00),
            Claim(associate="A", left_on="2024-06-30", amount_cents=3_000_00),
        ]
        done = self.paid(claims)
        assert [(one.claim.associate, one.paid_cents, one.deferred_cents) for one in done] == [
            ("A", 3_000_00, 0),
            ("B", 2_000_00, 2_000_00),
            ("C", 0, 10_00),
        ]

    def test_a_loss_lowers_the_amount_not_the_shares(self):
        """Of 8,000 € of shares refunded 6,000 €, 5,000 € may be cancelled now: 3,750 € are paid."""
        (done,) = self.paid(
            [Claim(associate="A", left_on=LEFT, amount_cents=6_000_00, nominal_cents=8_000_00)]
        )
        assert (done.cancelled_cents, done.paid_cents, done.deferred_cents) == (5_000_00, 3_750_00, 2_250_00)

    def test_a_refund_is_never_above_the_nominal(self):
        with pytest.raises(InputError, match="claim of A"):
            Claim(associate="A", left_on=LEFT, amount_cents=2, nominal_cents=1)

    def test_under_the_floor_already(self):
        (done,) = self.paid([Claim(associate="A", left_on=LEFT, amount_cents=1)], capital=14_000_00)
        assert done.paid_cents == 0

    @given(
        st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 900)), max_size=12), st.integers(0, 10**7)
    )
    def test_the_floor_holds_and_no_cent_is_lost(self, rows, over):
        claims = [
            Claim(associate=f"A{rank}", left_on=LEFT + dt.timedelta(days=days), amount_cents=cents)
            for rank, (cents, days) in enumerate(rows)
        ]
        capital = 15_000_00 + over
        done = pay_claims(claims, capital_cents=capital, highest_capital_cents=60_000_00, floor_ppm=250_000)
        assert capital - sum(one.paid_cents for one in done) >= 15_000_00
        assert all(one.paid_cents + one.deferred_cents == one.claim.amount_cents for one in done)


class TestExitFromTheLedger:
    """The shares of who leaves are those of the last day; the capital at the close has them added back."""

    def test_an_exit(self):
        opening = dt.date(2020, 6, 12)
        moves = []
        for who, shares in (("A1", 100), ("A2", 2_900)):
            moves += [
                Movement(dated_on=opening, associate=who, kind=MovementKind.SUBSCRIPTION, shares=shares),
                Movement(
                    dated_on=opening, associate=who, kind=MovementKind.PAYMENT, amount_cents=shares * 20_00
                ),
            ]
        day_after = LEFT + dt.timedelta(days=1)
        gone = Movement(dated_on=day_after, associate="A1", kind=MovementKind.CANCELLATION, shares=100)
        ledger = ShareLedger(20_00, [*moves, gone])
        done = exit_refund(
            statutes(refund=RefundTerms(loss_order=LossOrder.RESERVES_FIRST, delay_months=60)),
            ledger,
            associate="A1",
            left_on=LEFT,
            closes_on=CLOSE,
            losses_cents=30_000_00,
            statutory_reserves_cents=25_000_00,
            law=law(LEFT),
        )
        assert (done.nominal_cents, done.capital_cents, done.amount_cents) == (2_000_00, 60_000_00, 1_833_33)
        assert done.answerable_until == dt.date(2030, 10, 31)
        assert "art. 18" in str(done.reasons[0].citations[0])

        claims = [Claim(associate="A1", left_on=LEFT, amount_cents=done.amount_cents, nominal_cents=2_000_00)]
        (paid,) = refunds_now(form(), ledger, claims, day=LEFT, law=law(LEFT))
        assert (paid.paid_cents, paid.cancelled_cents, paid.reason.found) == (1_833_33, 2_000_00, 58_000_00)
        assert paid.reason.wanted == 15_000_00
        assert paid.reason.needs_review
