"""The closing plan: wages that empty the account by the last day, and not a cent lost."""

import datetime as dt

import attrs
import pytest
from exit_samples import CASE, RULES, day
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import InputError, Month, PayFacts
from cae_core.account import (
    ActivityAccount,
    ActivityStatement,
    AvailabilityPolicy,
    Entry,
    FeeBase,
    FeeBracket,
    FeeMode,
    FeeScale,
)
from cae_core.calendar import Interval
from cae_core.cooperative import Activity, Cooperative
from cae_core.exchange.case_file import read_case
from cae_core.france.exits import ExitCharges, SpreadUntilExit, closing_plan
from cae_core.law import Citation
from cae_core.money import Rate
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.pay_policy import FixedThenSettle, SmoothPay, SpendAvailable
from cae_core.payroll.run import RunState, run_months

COOPERATIVE = Cooperative(
    name="Coopérative des Arches", headcount=130, workplace_accident_rate=Rate.percent("1.15")
)
ACTIVITY = Activity(code="reliure", name="Atelier de reliure")
SCALE = FeeScale(
    code="ten",
    name="Dix pour cent",
    base=FeeBase.GROSS_MARGIN,
    mode=FeeMode.MARGINAL,
    brackets=(FeeBracket(from_cents=0, rate=Rate.percent("10")),),
    citation="Assemblée générale du 12 juin 2023",
    url="",
    in_force_from=day("2023-07-01"),
)


@attrs.frozen
class Contract:
    """A contract with a fixed part, from 2024 on."""

    fixed_pay_cents: int = 0
    ends_on: dt.date | None = None

    @property
    def period(self):
        return Interval(day("2024-03-01"), self.ends_on)

    def fixed_pay_on(self, day):
        return self.fixed_pay_cents

    @property
    def fixed_pay_citation(self):
        return Citation("C. trav. art. L7331-2, 2° d")


def engagement(fixed_pay_cents=0, **changes):
    return Engagement(cooperative=COOPERATIVE, contract=Contract(fixed_pay_cents), scale=SCALE, **changes)


def account(*entries):
    return ActivityAccount(activities=ACTIVITY, entries=entries)


def sold(on, euros, document="F1", paid_on=None):
    """Return an invoice and, if it is paid, its cash-in."""
    common = {"amount_cents": euros * 100, "activity": "reliure", "document": document}
    found = [Entry(dated_on=on, kind="invoice", **common)]
    return [*found, Entry(dated_on=paid_on, kind="cash_in", **common)] if paid_on else found


def plan(given, exit_on="2025-12-31", first="2025-10", **options):
    who = options.pop("who", engagement())
    return closing_plan(RULES, who, Month.parse(first), day(exit_on), RunState(account=given), **options)


def emptied(found):
    """Whether nothing is lacking, and one cent of gross pay more would cost more than there is."""
    return found.left_cents >= 0 and found.next_cost_cents > found.months[-1].available_cents


RICH = account(*sold("2025-09-01", 12_000, paid_on="2025-09-20"))


class TestEmptied:
    """
    The balance is paid before the contract ends: no reserve is kept.
    (Code du travail, art. R7331-12)
    """

    def test_equal_parts_until_the_exit(self):
        found = plan(RICH)
        assert [str(done.month) for done in found.months] == ["2025-10", "2025-11", "2025-12"]
        budgets = [done.budget_cents for done in found.months]
        assert budgets[0] == found.opening_cents // 3 == 4_000_00
        assert budgets[1] == found.months[1].available_cents // 2
        assert budgets[2] == found.months[2].available_cents
        assert emptied(found)

    def test_what_is_left_is_less_than_one_cent_of_gross_costs(self):
        found = plan(RICH)
        last = found.months[-1]
        assert found.next_cost_cents > last.available_cents
        facts = last.payslip.facts.with_gross(last.payslip.gross_pay_cents + 1)
        dearer = RULES.payslip(last.month, facts, year_to_date=found.months[-2].payslip.year_to_date)
        assert dearer.employer_cost_cents == found.next_cost_cents
        assert [each.code for each in found.findings] == ["account_emptied"]
        assert found.findings[0].met

    @pytest.mark.parametrize(
        "policy", [SpendAvailable(), SmoothPay(months=4, reserve_cents=1_000_00), FixedThenSettle()]
    )
    def test_under_any_policy(self, policy):
        found = plan(RICH, policy=policy)
        assert emptied(found)
        assert found.months[0].budget_cents == policy.budget(Month(2025, 10), found.opening_cents)

    def test_one_month_alone(self):
        found = plan(RICH, first="2025-12")
        assert len(found.months) == 1
        assert emptied(found)

    def test_in_the_middle_of_a_month(self):
        """The fixed part is counted by calendar days; entries after the last day are not counted."""
        later = account(*RICH.entries, *sold("2025-12-10", 500, "F2", paid_on="2025-12-20"))
        found = plan(later, exit_on="2025-12-10", who=engagement(310_00))
        assert found.months[-1].fixed_pay_cents == 100_00
        assert found.months[-1].payslip.facts.employed_days == 10
        assert [each.dated_on for each in found.later] == [day("2025-12-20")]
        assert [each.document for each in found.unpaid] == ["F2"]
        assert "entries_after_the_exit" in [each.code for each in found.findings if not each.met]
        assert emptied(found)

    def test_the_day_of_a_cash_in_and_the_day_before(self):
        """Cashed on the last day it is paid as a wage; a day later it is not."""
        entries = [*RICH.entries, *sold("2025-12-01", 500, "F2", paid_on="2025-12-31")]
        on, before = (plan(account(*entries), exit_on=text) for text in ("2025-12-31", "2025-12-30"))
        assert on.unpaid == ()
        assert [each.open_cents for each in before.unpaid] == [500_00]
        assert on.brought_cents - before.brought_cents == 500_00

    def test_the_accounts_of_the_person_say_the_same(self):
        """The account after the plan holds what is left, read from its own entries."""
        found = plan(RICH)
        statement = ActivityStatement.of(found.months[-1].state.account, Month(2025, 12))
        assert statement.available_cents() == found.left_cents


class TestCharges:
    """The indemnity, its levy and the leave not taken are charged to the account, and kept for the last month."""

    CHARGES = ExitCharges(indemnity_cents=925_00, levy_cents=277_50, wages_cents=600_00)

    def test_earlier_months_leave_what_the_end_costs(self):
        found = plan(RICH, charges=self.CHARGES, who=engagement(900_00))
        assert found.reserved_cents > 925_00 + 277_50 + 900_00 + 600_00
        assert found.months[0].budget_cents == (found.opening_cents - found.reserved_cents) // 3
        assert emptied(found)

    def test_spending_everything_each_month_still_carries_the_end(self):
        """
        Without the reserve, October would take all and December could not pay the indemnity.

        What the leave costs depends on the pay of the year: alone in it, 600 € would cost less.
        """
        found = plan(RICH, charges=self.CHARGES, policy=SpendAvailable())
        assert emptied(found)
        assert found.months[-1].payslip.gross_pay_cents >= 600_00
        alone = PayFacts.of(600, headcount=130, workplace_accident_rate="1.15")
        assert found.reserved_cents > 925_00 + 277_50 + RULES.payslip("2025-12", alone).employer_cost_cents

    def test_the_leave_is_paid_with_the_last_payslip(self):
        found = plan(account(), charges=ExitCharges(wages_cents=600_00), who=engagement(900_00))
        assert [done.payslip.gross_pay_cents for done in found.months] == [900_00, 900_00, 1_500_00]

    def test_what_the_account_cannot_carry_stays_owed(self):
        """The cooperative owes it nonetheless: it is said with its figure, and the payslips are whole."""
        found = plan(account(*sold("2025-09-01", 1_000, paid_on="2025-09-20")), charges=self.CHARGES)
        assert found.left_cents < 0
        assert found.months[-1].payslip.gross_pay_cents == 600_00
        (short,) = [each for each in found.findings if each.code == "account_short_at_exit"]
        assert short.found == found.left_cents
        assert not short.met

    @pytest.mark.parametrize("over", [0, 1])
    def test_one_cent_decides(self, over):
        """An account that holds the cost exactly is emptied; one cent less and it is short."""
        only = ExitCharges(indemnity_cents=1_000_00 + over)
        found = plan(account(*sold("2025-09-01", 1_000, paid_on="2025-09-20")), charges=only, first="2025-12")
        assert found.left_cents == -over
        assert found.findings[0].met is (over == 0)

    @pytest.mark.parametrize("name", ["indemnity_cents", "levy_cents", "wages_cents"])
    @pytest.mark.parametrize("wrong", [-1, "1", True])
    def test_amounts_that_cannot_be(self, name, wrong):
        with pytest.raises(InputError, match=f"ExitCharges.{name}: expected zero or more cents"):
            ExitCharges(**{name: wrong})


class TestWhatRemains:
    """Unpaid invoices and expenses to refund are listed with their figures."""

    def test_an_invoice_in_part_unpaid(self):
        part = Entry(
            dated_on="2025-11-02", kind="cash_in", amount_cents=300_00, activity="reliure", document="F2"
        )
        found = plan(account(*RICH.entries, *sold("2025-11-01", 1_000, "F2"), part))
        (unpaid,) = found.unpaid
        assert (unpaid.document, unpaid.open_cents) == ("F2", 700_00)
        assert "invoice_unpaid" in [each.code for each in found.findings if each.needs_review]

    def test_under_accrual_it_is_paid_before_it_is_cashed(self):
        given = account(*RICH.entries, *sold("2025-11-01", 1_000, "F2"))
        cash, accrual = (
            plan(given, who=engagement(availability=policy))
            for policy in (AvailabilityPolicy.CASH, AvailabilityPolicy.ACCRUAL)
        )
        assert accrual.brought_cents - cash.brought_cents == 1_000_00
        assert accrual.unpaid == cash.unpaid

    def test_expenses_she_paid_herself(self):
        note = Entry(dated_on="2025-11-02", kind="expense_advanced", amount_cents=80_00, activity="reliure")
        found = plan(account(*RICH.entries, note))
        assert found.expense_notes_cents == 80_00
        assert "expenses_to_refund" in [each.code for each in found.findings]


class TestConservation:
    """Opening, what the entries bring, fees, charges and wages: what is left is the difference, to the cent."""

    @settings(max_examples=40)
    @given(
        sales=st.lists(
            st.tuples(st.integers(0, 130), st.integers(1, 4_000), st.one_of(st.none(), st.integers(0, 40))),
            max_size=6,
        ),
        costs=st.lists(st.tuples(st.integers(0, 130), st.integers(1, 60_000)), max_size=4),
        charges=st.tuples(st.integers(0, 300_000), st.integers(0, 90_000), st.integers(0, 200_000)),
        fixed=st.sampled_from([0, 30_000, 120_000]),
        exit_day=st.integers(0, 91),
        policy=st.sampled_from(
            [None, SpendAvailable(), SmoothPay(months=2, reserve_cents=50_000), FixedThenSettle()]
        ),
        availability=st.sampled_from(AvailabilityPolicy),
    )
    def test_no_cent_is_lost_or_made(self, sales, costs, charges, fixed, exit_day, policy, availability):
        start, exit_on = day("2025-08-20"), day("2025-10-01") + dt.timedelta(days=exit_day)
        entries = []
        for rank, (after, euros, delay) in enumerate(sales):
            on = start + dt.timedelta(days=after)
            entries += sold(on, euros, f"F{rank}", None if delay is None else on + dt.timedelta(days=delay))
        for after, cents in costs:
            on = start + dt.timedelta(days=after)
            entries.append(Entry(dated_on=on, kind="expense", amount_cents=cents, activity="reliure"))
        indemnity, levy, wages = charges
        given_charges = ExitCharges(indemnity_cents=indemnity, levy_cents=levy, wages_cents=wages)
        found = closing_plan(
            RULES,
            engagement(fixed, availability=availability),
            Month(2025, 10),
            exit_on,
            RunState(account=account(*entries)),
            charges=given_charges,
            policy=policy,
        )
        # Counted from the entries alone, apart from the plan.
        counted = (
            {"cash_in", "expense"} if availability is AvailabilityPolicy.CASH else {"invoice", "expense"}
        )
        moved = {True: 0, False: 0}
        for entry in entries:
            if entry.kind.code in counted and entry.dated_on <= exit_on:
                sign = -1 if entry.kind.code == "expense" else 1
                moved[entry.dated_on < day("2025-10-01")] += sign * entry.amount_cents
        assert found.opening_cents == moved[True]
        fees = sum(done.fee.amount_cents for done in found.months)
        costs_of_pay = sum(done.payslip.employer_cost_cents for done in found.months)
        spent = fees + costs_of_pay + indemnity + levy
        assert found.left_cents == moved[True] + moved[False] - spent
        assert found.brought_cents == moved[False]
        # The wages of the last payslip hold at least what is due, and the account is emptied if it can be.
        last = found.months[-1]
        assert last.payslip.gross_pay_cents >= last.fixed_pay_cents >= wages
        assert found.next_cost_cents > last.available_cents
        # What lacks could not have been left by the months before: they paid what is due, and no more.
        assert found.left_cents >= 0 or not any(done.variable_pay_cents for done in found.months[:-1])
        assert found.findings[0].met is (found.left_cents >= 0)


class TestRefused:
    """Days that cannot be."""

    def test_after_the_end_of_the_contract(self):
        ended = attrs.evolve(engagement(), contract=Contract(0, day("2025-11-30")))
        with pytest.raises(
            InputError, match="the contract runs from 2024-03-01 to 2025-11-30, got 2025-12-31"
        ):
            plan(RICH, who=ended)
        assert plan(RICH, who=ended, exit_on="2025-11-30").exit_on == day("2025-11-30")

    def test_before_the_first_month(self):
        with pytest.raises(InputError, match="2025-09-30 comes before the first month of the plan, 2025-10"):
            plan(RICH, exit_on="2025-09-30")


class TestPolicy:
    """Equal parts of what is available, one for each month left."""

    @pytest.mark.parametrize(
        ("month", "budget"), [("2025-10", 3_000), ("2025-11", 4_500), ("2025-12", 9_000), ("2026-01", 9_000)]
    )
    def test_parts(self, month, budget):
        assert SpreadUntilExit(last=Month(2025, 12)).budget(Month.parse(month), 9_000) == budget

    def test_nothing_out_of_a_debt(self):
        assert SpreadUntilExit(last=Month(2025, 12)).budget(Month(2025, 10), -9_000) == 0
        assert SpreadUntilExit(last=Month(2025, 12)).budget(Month(2025, 12), -9_000) == 0


class TestAfterARun:
    """The plan goes on from the months that were run: fee, year to date and account."""

    def test_it_follows_the_year(self):
        case = read_case(CASE)
        before = list(run_months(RULES, case.engagement, Month(2025, 1), Month(2025, 8), case.start))
        found = closing_plan(RULES, case.engagement, Month(2025, 9), day("2025-12-31"), before[-1].state)
        slips = [done.payslip for done in (*before, *found.months)]
        assert slips[-1].year_to_date.sums["gross_pay"] == sum(slip.gross_pay_cents for slip in slips)
        assert found.opening_cents == before[-1].balance_cents
        assert emptied(found)
        assert [each.document for each in found.unpaid] == ["F2025-12"]
