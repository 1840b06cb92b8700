from __future__ import annotations

import datetime as dt

import pytest
from membership_samples import MEETING, associate, associates, form, law, statutes

from cae_core.errors import RefusedError
from cae_core.france.cooperative_law.subscription import (
    payment_deadline,
    required_shares,
    subscribe,
    withhold,
)
from cae_core.membership import Movement, MovementKind, Roll, ShareAccount, ShareLedger
from cae_core.money import Rate

OPENING = dt.date(2020, 6, 12)


def ledger(**shares):
    moves = []
    for who, number in shares.items():
        moves += [
            Movement(dated_on=OPENING, associate=who, kind=MovementKind.SUBSCRIPTION, shares=number),
            Movement(dated_on=OPENING, associate=who, kind=MovementKind.PAYMENT, amount_cents=number * 20_00),
        ]
    return ShareLedger(20_00, moves)


def ask(shares, paid=None, *, who="A001", code="scop_sarl", held=None, day=MEETING, **clauses):
    chosen = statutes(legal_form=code, **clauses)
    roll = Roll.on(day, associates(3))
    return subscribe(
        form(code),
        chosen,
        held or ledger(A001=10, A002=10, A003=10),
        roll,
        associate=who,
        shares=shares,
        paid_cents=shares * 20_00 if paid is None else paid,
        law=law(day),
    )


def refused(*arguments, **options):
    with pytest.raises(RefusedError) as raised:
        ask(*arguments, **options)
    return raised.value.objections


class TestArticle24:
    """
    An associate may not hold more shares than the statutes allow, nor more than half of the capital – a
    quarter before July 1992. (loi n° 78-763 du 19 juillet 1978, art. 24)
    """

    def test_half_of_the_capital(self):
        """Ten held of thirty: ten more make half of forty, eleven more are above."""
        assert ask(10).of("A001", MEETING).shares == 20
        (objection,) = refused(11)
        assert objection.code == "associate_capital"
        assert (objection.found, objection.wanted) == (420_00, 410_00)

    @pytest.mark.parametrize(("day", "part"), [("1992-07-13", 4), ("1992-07-14", 2)])
    def test_the_change_of_1992(self, day, part):
        """Eleven shares of twenty-one are above both bounds: a quarter of 420 €, then half."""
        old = [associate(code, admitted_on="1990-01-01") for code in ("A1", "A2")]
        held = ShareLedger(
            20_00,
            [
                Movement(dated_on="1990-01-01", associate=one.code, kind=MovementKind.SUBSCRIPTION, shares=10)
                for one in old
            ],
        )
        with pytest.raises(RefusedError) as raised:
            subscribe(
                form(),
                statutes(),
                held,
                Roll.on(day, old),
                associate="A1",
                shares=1,
                paid_cents=20_00,
                law=law(day),
            )
        (objection,) = raised.value.objections
        assert objection.wanted == 420_00 // part

    @pytest.mark.parametrize(("shares", "allowed"), [(5, True), (6, False)])
    def test_the_ceiling_of_the_statutes(self, shares, allowed):
        if allowed:
            assert ask(shares, holding_ceiling_cents=300_00).of("A001", MEETING).subscribed_cents == 300_00
        else:
            (objection,) = refused(shares, holding_ceiling_cents=300_00)
            assert objection.code == "holding_ceiling"
            assert [str(text) for text in objection.citations] == [
                "Loi n° 78-763 du 19 juillet 1978, art. 24",
                "Statuts de « Coopérative des Arches » du 2023-06-12",
            ]


class TestArticle27:
    """
    Shares are paid when they are subscribed; in a SA a quarter is enough, the rest follows within three years.
    (loi n° 78-763 du 19 juillet 1978, art. 27)
    """

    def test_at_once_in_a_sarl(self):
        (objection,) = refused(4, 79_99)
        assert (objection.code, objection.found, objection.wanted) == ("paid_at_subscription", 79_99, 80_00)

    @pytest.mark.parametrize(("paid", "allowed"), [(19_99, False), (20_00, True), (80_00, True)])
    def test_a_quarter_in_a_sa(self, paid, allowed):
        if allowed:
            assert ask(4, paid, code="scop_sa").of("A001", MEETING).unpaid_cents == 80_00 - paid
        else:
            assert [one.code for one in refused(4, paid, code="scop_sa")] == ["paid_at_subscription"]

    def test_the_rest_within_three_years(self):
        assert payment_deadline("2024-02-29", law()) == dt.date(2027, 2, 28)

    def test_never_more_than_their_value(self):
        assert [one.code for one in refused(1, 20_01)] == ["paid_amount"]


class TestEverythingAtOnce:
    def test_a_stranger_above_every_ceiling_who_pays_too_little(self):
        found = refused(500, 1, who="Z9", holding_ceiling_cents=100_00)
        assert [one.code for one in found] == [
            "not_an_associate",
            "holding_ceiling",
            "associate_capital",
            "paid_at_subscription",
        ]
        assert all(one.citations for one in found)

    def test_in_a_scic_the_law_of_1978_does_not_speak(self):
        assert ask(500, 0, code="scic_sarl").of("A001", MEETING).unpaid_cents == 500 * 20_00


class TestRequiredShares:
    """The statutes may oblige associates who work there to reach a number of shares. (loi de 1978, art. 6)"""

    @pytest.mark.parametrize(
        ("held", "works", "met"), [(49, True, False), (50, True, True), (1, False, True)]
    )
    def test_those_who_work_there(self, held, works, met):
        reason = required_shares(statutes(required_shares=50), ShareAccount(shares=held), works_there=works)
        assert reason.met is met
        assert reason.missing == (50 - held if not met else 0)

    def test_none_are_required_without_a_clause(self):
        assert required_shares(statutes(), ShareAccount(), works_there=True).met


class TestArticle6:
    """
    Pay may be kept for shares, up to a tenth of it. (loi n° 78-763 du 19 juillet 1978, art. 6 and 27; code du
    travail, art. L3251-3)
    """

    def test_two_per_cent(self):
        done = withhold(
            statutes(pay_rate=Rate.percent("2")),
            ledger(A001=1),
            associate="A001",
            on=MEETING,
            gross_pay_cents=1_800_00,
            law=law(),
        )
        assert (done.withheld_cents, done.shares, done.pending_after_cents) == (36_00, 1, 16_00)
