"""What a person was paid, month after month."""

import datetime as dt
from itertools import permutations

import pytest

import cae_core
from cae_core.calendar import Interval, Month
from cae_core.errors import InputError, InputErrors
from cae_core.protection import MonthKind, PayHistory, PayMonth, Stoppage, StoppageKind


def paid(month, euros, hours=None, **more):
    return PayMonth(
        month=month,
        gross_pay_cents=euros * 100,
        hours_hundredths=None if hours is None else hours * 100,
        **more,
    )


class TestMonths:
    """A month is usable or refused."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"gross_pay_cents": -1},
            {"gross_pay_cents": 12.5},
            {"gross_pay_cents": 10**9 + 1},
            {"gross_pay_cents": 1, "hours_hundredths": -1},
            {"gross_pay_cents": 1, "hours_hundredths": 31 * 2400 + 1},
            {"gross_pay_cents": 1, "employed_days": 32},
            {"gross_pay_cents": 1, "employed_days": -1},
        ],
    )
    def test_what_no_month_can_be(self, wrong):
        with pytest.raises(InputError, match="2026-03"):
            PayMonth(month="2026-03", **wrong)

    def test_a_month_from_a_payslip(self):
        facts = cae_core.PayFacts.of(1_200, workplace_accident_rate=1, employed_days=20)
        slip = cae_core.load().payslip("2026-03", facts)
        assert PayHistory.from_payslips([slip])["2026-03"] == PayMonth(
            month="2026-03",
            gross_pay_cents=120_000,
            hours_hundredths=slip.reference_hours_hundredths,
            hours_policy="equivalent_hours",
            employed_days=20,
        )

    def test_days_under_contract(self):
        assert paid("2026-02", 1).days == 28
        assert paid("2026-02", 1, employed_days=3).days == 3


class TestOrder:
    """The order in which months are given changes nothing."""

    def test_every_order_gives_the_same_history(self):
        months = [paid("2026-01", 10), paid("2025-12", 20), paid("2026-03", 30)]
        assert len({PayHistory(some) for some in permutations(months)}) == 1

    def test_a_month_given_twice(self):
        with pytest.raises(InputErrors) as refused:
            PayHistory([paid("2026-01", 10), paid("2026-01", 20)])
        assert "2026-01: this month is given twice" in str(refused.value)


class TestWindows:
    """Some months in a row: what they add up to, and which ones are not known."""

    HISTORY = PayHistory([paid("2025-12", 100, 10), paid("2026-01", 200, 20), paid("2026-03", 400, 40)])

    def test_gaps(self):
        assert self.HISTORY.gaps == (Month(2026, 2),)
        assert PayHistory().gaps == ()

    def test_the_last_months_leave_out_that_of_the_day(self):
        window = self.HISTORY.last_months(3, dt.date(2026, 3, 31))
        assert (window.first, window.last) == (Month(2025, 12), Month(2026, 2))
        assert window.gross_pay_cents == 30_000
        assert window.hours_hundredths == 3_000
        assert window.missing == (Month(2026, 2),)
        assert self.HISTORY.last_months(3, dt.date(2026, 4, 1)).gross_pay_cents == 60_000

    def test_a_year(self):
        assert self.HISTORY.year(2026).gross_pay_cents == 60_000
        assert len(self.HISTORY.year(2026).missing) == 10

    def test_one_kind_of_contract_alone(self):
        support = paid("2026-02", 300, kind=MonthKind.SUPPORT)
        year = self.HISTORY.with_months(support).year(2026)
        assert year.only(MonthKind.SUPPORT).gross_pay_cents == 30_000
        assert year.only(MonthKind.EMPLOYMENT).gross_pay_cents == 60_000

    def test_a_cap_by_month(self):
        assert self.HISTORY.year(2026).capped_gross_pay_cents(25_000) == 45_000

    def test_hours_that_one_paid_month_does_not_say_are_unknown(self):
        history = PayHistory([paid("2026-01", 200, 20), paid("2026-02", 100), paid("2026-03", 0)])
        window = history.year(2026)
        assert window.hours_hundredths is None
        assert window.known_hours_hundredths == 2_000
        assert PayHistory([paid("2026-03", 0)]).year(2026).hours_hundredths == 0

    def test_refusals(self):
        with pytest.raises(InputError, match="2025-12 to 2026-03"):
            self.HISTORY["2026-02"]
        with pytest.raises(InputError):
            self.HISTORY.between("2026-03", "2026-02")
        with pytest.raises(InputError):
            self.HISTORY.last_months(0, dt.date(2026, 3, 1))

    def test_months_more_and_months_less(self):
        longer = self.HISTORY.with_months(paid("2026-02", 300), paid("2026-03", 500))
        assert longer.year(2026).gross_pay_cents == 100_000
        assert longer.until(Month(2026, 1)).year(2026).gross_pay_cents == 20_000


class TestStoppages:
    """The days without work of a month, each once."""

    def test_days(self):
        sick = Stoppage(Interval(dt.date(2026, 1, 20), dt.date(2026, 2, 3)), StoppageKind.SICKNESS)
        leave = Stoppage(Interval(dt.date(2026, 2, 2), dt.date(2026, 2, 10)), "unpaid_leave")
        history = PayHistory((), [leave, sick])
        assert history.stoppages == (sick, leave)
        assert history.stopped_days(Month(2026, 1)) == 12
        assert history.stopped_days(Month(2026, 2)) == 10
        assert history.stopped_days(Month(2026, 2), StoppageKind.SICKNESS) == 3

    def test_an_unknown_kind(self):
        with pytest.raises(InputError, match="maternity"):
            Stoppage(Interval(dt.date(2026, 1, 20)), "holidays")
        with pytest.raises(InputError, match="support"):
            paid("2026-01", 1, kind="other")

    def test_names(self):
        for kind in (*StoppageKind, *MonthKind):
            assert kind.french_name
