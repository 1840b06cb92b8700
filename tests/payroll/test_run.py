"""The chain of a CAE, month after month: account → fee → budget → gross pay → payslip → account."""

import csv
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import HoursPolicy, InputError, LawNotKnownError, Month, Regularisation, load
from cae_core.account import (
    ActivityAccount,
    AvailabilityPolicy,
    Entry,
    EntryKind,
    FeeBase,
    FeeBracket,
    FeeLimit,
    FeeMode,
    FeePeriod,
    FeeScale,
)
from cae_core.calendar import Interval
from cae_core.cooperative import Activity, Cooperative
from cae_core.exchange.case_file import read_case
from cae_core.france.contracts import Amendment, CesaContract
from cae_core.money import Rate
from cae_core.payroll.engagement import Engagement, FactChange
from cae_core.payroll.pay_policy import FixedThenSettle, SmoothPay, SpendAvailable
from cae_core.payroll.run import RunState, run_month, run_months

RULES = load()
EXAMPLE = Path(__file__).parents[2] / "examples" / "atelier"
JANUARY, DECEMBER = Month(2025, 1), Month(2025, 12)

COOPERATIVE = Cooperative(
    name="Coopérative des Arches",
    headcount=130,
    workplace_accident_rate=Rate.percent("1.15"),
    mobility_rate=Rate.percent("0.80"),
)
COVERED = attrs.evolve(COOPERATIVE, health_cover_employee_cents=2_500, health_cover_employer_cents=2_500)


def cesa(fixed_pay_cents=90_000, **changes) -> CesaContract:
    values = {
        "signed_on": "2024-02-15",
        "starts_on": "2024-03-01",
        "goals": "a",
        "support": "b",
        "fee_terms": "c",
        "fixed_pay_cents": fixed_pay_cents,
        "variable_pay_terms": "d",
        "statutes": "e",
        "rights": "f",
        "membership_terms": "g",
        **changes,
    }
    return CesaContract(**values)


def fee_scale(rate="10", **changes) -> FeeScale:
    values = {
        "code": "flat",
        "name": "Contribution",
        "citation": "assemblée générale",
        "url": "",
        "in_force_from": dt.date(2020, 1, 1),
        "base": FeeBase.TURNOVER_CASHED,
        "mode": FeeMode.FLAT,
        "brackets": (FeeBracket(0, Rate.percent(rate)),),
        **changes,
    }
    return FeeScale(**values)


def engagement(**changes) -> Engagement:
    values = {"cooperative": COOPERATIVE, "contract": cesa(), "scale": fee_scale(), **changes}
    return Engagement(**values)


def entry(day: str, kind: EntryKind, euros: int, document: str = "") -> Entry:
    return Entry(dated_on=day, kind=kind, amount_cents=euros * 100, activity="atelier", document=document)


def sale(day: str, euros: int) -> list[Entry]:
    """An invoice paid the same day."""
    return [
        entry(day, EntryKind.INVOICE, euros, f"F-{day}"),
        entry(day, EntryKind.CASH_IN, euros, f"F-{day}"),
    ]


def account(*entries: Entry) -> ActivityAccount:
    return ActivityAccount(activities=Activity(code="atelier", name="Atelier"), entries=entries)


def run(engaged: Engagement, entries, first=JANUARY, last=DECEMBER, **options):
    return list(run_months(RULES, engaged, first, last, RunState(account=account(*entries)), **options))


def summary(done):
    """The figures of a month, to compare runs."""
    return (
        done.month,
        done.fee.amount_cents,
        done.available_cents,
        done.budget_cents,
        done.fixed_pay_cents,
        done.payslip.gross_pay_cents,
        done.payslip.employer_cost_cents,
        done.payslip.net_paid_cents,
        done.balance_cents,
        [finding.french for finding in done.findings],
    )


YEAR_OF_SALES = [line for month in JANUARY.through(DECEMBER) for line in sale(f"{month}-10", 2_500)]


@pytest.fixture(scope="module")
def example():
    case = read_case(EXAMPLE / "case.toml")
    return list(run_months(RULES, case.engagement, case.first_month, case.last_month, case.start))


def example_rows():
    with (EXAMPLE / "entries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            day = dt.datetime.strptime(row["date"], "%d/%m/%Y").date()
            yield day, row["nature"], Decimal(row["montant"].replace(" ", "").replace(",", "."))


class TestTheExampleByPlainArithmetic:
    """A year of the example from its CSV: fee, available and balance, to the cent; pay is taken as given."""

    CENT = Decimal("0.01")

    def fees(self) -> list[Decimal]:
        """11.5 % of the year's gross margin up to 30,000 €, 10.5 % up to 60,000 €, then 9.5 %, cumulated."""
        due_before, margin, fees = Decimal(0), Decimal(0), []
        for number in range(1, 13):
            for day, nature, euros in example_rows():
                if (day.year, day.month) == (2025, number):
                    if nature == "facture":
                        margin += euros
                    elif nature in ("avoir", "dépense", "dépense avancée"):
                        margin -= euros
            parts = ((0, 30_000, "0.115"), (30_000, 60_000, "0.105"), (60_000, 10**9, "0.095"))
            due = Decimal(0)
            for low, high, rate in parts:
                part = max(min(margin, Decimal(high)) - low, Decimal(0))
                due += (part * Decimal(rate)).quantize(self.CENT, ROUND_HALF_UP)
            fees.append(due - due_before)
            due_before = due
        return fees

    def cash_of(self, year: int, number: int) -> Decimal:
        """What came in less what went out, fees of the file too; what she advanced is already owed to her."""
        signs = {"encaissement": 1, "dépense": -1, "dépense avancée": -1, "contribution coopérative": -1}
        return sum(
            (
                signs.get(nature, 0) * euros
                for day, nature, euros in example_rows()
                if (day.year, day.month) == (year, number)
            ),
            Decimal(0),
        )

    def test_the_fee_of_each_month(self, example):
        assert [Decimal(done.fee.amount_cents).scaleb(-2) for done in example] == self.fees()

    def test_the_fee_of_the_year(self, example):
        """Whatever the months: the scale applied once to the margin of the year, a little over 30,000 €."""
        margin = sum(
            {"facture": 1, "avoir": -1, "dépense": -1, "dépense avancée": -1}.get(nature, 0) * euros
            for day, nature, euros in example_rows()
            if day.year == 2025
        )
        assert margin > 30_000
        wanted = Decimal("3450.00") + ((margin - 30_000) * Decimal("0.105")).quantize(
            self.CENT, ROUND_HALF_UP
        )
        assert Decimal(sum(done.fee.amount_cents for done in example)).scaleb(-2) == wanted

    def test_available_and_balance_of_each_month(self, example):
        balance = self.cash_of(2024, 12)
        for number, (done, fee) in enumerate(zip(example, self.fees(), strict=True), start=1):
            available = balance + self.cash_of(2025, number) - fee
            assert Decimal(done.available_cents).scaleb(-2) == available
            balance = available - done.payslip.employer_cost
            assert Decimal(done.balance_cents).scaleb(-2) == balance

    def test_half_of_what_exceeds_the_reserve_is_the_budget(self, example):
        assert [done.budget_cents for done in example] == [
            max(done.available_cents - 150_000, 0) // 2 for done in example
        ]

    def test_the_fixed_part_follows_its_amendment_of_july(self, example):
        assert [done.fixed_pay_cents for done in example] == [90_000] * 6 + [120_000] * 6

    def test_the_largest_gross_that_fits(self, example):
        """No cent more of gross pay would have fitted; in September the fixed part exceeds the budget."""
        for done in example:
            found = done.budgeted
            assert found.employer_cost_cents <= done.budget_cents < found.next_cost_cents
            assert done.payslip.gross_pay_cents == max(done.fixed_pay_cents, found.gross_pay_cents)
        beyond = [
            done.month.number for done in example if done.payslip.employer_cost_cents > done.budget_cents
        ]
        assert beyond == [9]
        assert not any(done.findings for done in example)

    def test_twelve_payslips_and_their_year(self, example):
        assert [done.month for done in example] == list(JANUARY.through(DECEMBER))
        to_date = example[-1].state.year_to_date
        assert to_date.sums["gross_pay"] == sum(done.payslip.gross_pay_cents for done in example)
        assert to_date.sums["ceiling"] == 12 * 392_500


@st.composite
def lives(draw):
    """Draw some months of entries, a policy and a contract."""
    entries = []
    for rank in range(draw(st.integers(0, 8))):
        day = draw(st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 30)))
        cents = draw(st.integers(100, 900_000))
        document = f"F{rank}"
        made = [
            Entry(dated_on=day, kind="invoice", amount_cents=cents, activity="atelier", document=document)
        ]
        if draw(st.booleans()):
            later = day + dt.timedelta(days=draw(st.integers(0, 60)))
            paid = draw(st.integers(1, cents))
            made.append(
                Entry(
                    dated_on=later, kind="cash_in", amount_cents=paid, activity="atelier", document=document
                )
            )
        entries += made
    for _ in range(draw(st.integers(0, 5))):
        day = draw(st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 30)))
        kind = draw(st.sampled_from(["expense", "expense_advanced", "expense_reversal"]))
        cents = draw(st.integers(1, 200_000))
        entries.append(Entry(dated_on=day, kind=kind, amount_cents=cents, activity="atelier"))
    policy = draw(
        st.one_of(
            st.just(SpendAvailable()),
            st.builds(FixedThenSettle, settles_in=st.integers(1, 6)),
            st.builds(SmoothPay, months=st.integers(1, 4), reserve_cents=st.integers(0, 200_000)),
        )
    )
    engaged = engagement(
        contract=cesa(draw(st.sampled_from([0, 15_000, 90_000, 250_000]))),
        policy=policy,
        cooperative=draw(st.sampled_from([COOPERATIVE, COVERED])),
        executive=draw(st.booleans()),
        availability=draw(st.sampled_from(AvailabilityPolicy)),
        scale=fee_scale(base=draw(st.sampled_from(FeeBase))),
        hours_policy=draw(st.sampled_from([HoursPolicy.EQUIVALENT_HOURS, HoursPolicy.FULL_TIME])),
    )
    return engaged, tuple(entries)


#: What each kind adds to what can be spent: paid out of cash, or out of what was invoiced.
CASH = {"cash_in": 1, "expense": -1, "expense_advanced": -1, "expense_reversal": 1}
INVOICED = {"invoice": 1, "expense": -1, "expense_advanced": -1, "expense_reversal": 1}


class TestTheChainConserves:
    """Opening balance + what came in − fee − cost of the pay = closing balance, every month, to the cent."""

    @given(lives())
    @settings(max_examples=20)
    def test_no_cent_is_lost_or_made(self, life):
        engaged, entries = life
        effects = CASH if engaged.availability is AvailabilityPolicy.CASH else INVOICED
        opening = 0
        for done in run(engaged, entries, last=Month(2025, 6)):
            moved = sum(
                effects.get(each.kind.code, 0) * each.amount_cents
                for each in entries
                if each.dated_on in done.month
            )
            assert done.available_cents == opening + moved - done.fee.amount_cents
            assert done.balance_cents == done.available_cents - done.payslip.employer_cost_cents
            assert done.statement.available_cents(engaged.availability) == done.balance_cents
            assert done.statement.pay_cost_cents == done.payslip.employer_cost_cents
            assert done.statement.fee_cents == done.fee.amount_cents
            opening = done.balance_cents

    @given(lives())
    @settings(max_examples=20)
    def test_pay_is_the_fixed_part_or_the_most_that_fits(self, life):
        engaged, entries = life
        for done in run(engaged, entries, last=Month(2025, 6)):
            gross = done.payslip.gross_pay_cents
            assert gross >= done.fixed_pay_cents == engaged.contract.fixed_pay_cents
            assert gross == done.fixed_pay_cents + done.variable_pay_cents
            if done.variable_pay_cents:
                assert done.payslip.employer_cost_cents <= done.budget_cents < done.budgeted.next_cost_cents
            if done.budget_cents is None:
                assert done.budgeted is None
                assert done.variable_pay_cents == 0
            short = done.payslip.employer_cost_cents > max(done.available_cents, 0)
            assert [finding.amount_cents for finding in done.findings] == [-done.balance_cents] * short

    @given(lives())
    @settings(max_examples=6)
    def test_the_same_inputs_give_the_same_cents(self, life):
        engaged, entries = life
        last = Month(2025, 4)
        assert [summary(done) for done in run(engaged, entries, last=last)] == [
            summary(done) for done in run(engaged, entries[::-1], last=last)
        ]

    def test_a_month_is_computed_again_from_an_earlier_state(self):
        """Nothing is mutated: the third month, from the state after the second."""
        done = run(engagement(), YEAR_OF_SALES, last=Month(2025, 4))
        again = run_month(RULES, engagement(), Month(2025, 3), done[1].state)
        assert summary(again) == summary(done[2])

    def test_later_entries_are_unseen(self):
        """A month of the chain does not know what comes after it."""
        until_march = [line for line in YEAR_OF_SALES if line.dated_on <= dt.date(2025, 3, 31)]
        seen = [summary(done) for done in run(engagement(), YEAR_OF_SALES)][:3]
        assert seen == [summary(done) for done in run(engagement(), until_march, last=Month(2025, 3))]


class TestPolicies:
    """What is available is spent as the policy of the cooperative says."""

    def test_spend_available_leaves_less_than_a_cent_of_pay_costs(self):
        for done in run(engagement(), YEAR_OF_SALES):
            assert done.budget_cents == done.available_cents
            assert 0 <= done.balance_cents < done.budgeted.next_cost_cents - done.payslip.employer_cost_cents

    def test_the_variable_part_is_settled_in_december(self):
        engaged = engagement(policy=FixedThenSettle())
        done = run(engaged, YEAR_OF_SALES)
        assert [month.payslip.gross_pay_cents for month in done[:11]] == [90_000] * 11
        assert [month.variable_pay_cents for month in done[:11]] == [0] * 11
        assert done[-1].variable_pay_cents > 500_000
        assert done[-1].balance_cents < 2

    def test_or_at_exit(self):
        engaged = engagement(policy=FixedThenSettle(), contract=cesa(ends_on="2025-05-31"))
        done = run(engaged, YEAR_OF_SALES)
        assert [month.month.number for month in done] == [1, 2, 3, 4, 5]
        assert [month.variable_pay_cents > 0 for month in done] == [False] * 4 + [True]

    def test_a_reserve_stays(self):
        engaged = engagement(policy=SmoothPay(months=1, reserve_cents=100_000), contract=cesa(0))
        for done in run(engaged, YEAR_OF_SALES):
            assert done.budget_cents == done.available_cents - 100_000
            step = done.budgeted.next_cost_cents - done.payslip.employer_cost_cents
            assert 100_000 <= done.balance_cents < 100_000 + step

    def test_out_of_what_is_invoiced(self):
        """An invoice not yet paid counts in full, or for nothing."""
        unpaid = [entry("2025-01-10", EntryKind.INVOICE, 3_000, "F1")]
        scale = fee_scale(base=FeeBase.TURNOVER_INVOICED)
        by_cash = run(engagement(scale=scale), unpaid, last=JANUARY)[0]
        by_invoice = run(
            engagement(scale=scale, availability=AvailabilityPolicy.ACCRUAL), unpaid, last=JANUARY
        )[0]
        assert (by_cash.available_cents, by_invoice.available_cents) == (-30_000, 270_000)


class TestAccountShort:
    """
    The fixed part is owed by contract, whatever the account holds: the run says what is missing, it does
    not zero the wage.  (Code du travail, art. L7331-2, 2° d and R7331-11)
    """

    def test_the_fixed_part_is_paid_and_the_amount_missing_said(self):
        (done,) = run(engagement(), sale("2025-01-10", 500), last=JANUARY)
        assert done.available_cents == 45_000  # 500 € less a fee of 10 %
        assert done.payslip.gross_pay_cents == done.fixed_pay_cents == 90_000
        (finding,) = done.findings
        assert finding.code == "account_short"
        assert finding.month == JANUARY
        assert finding.amount_cents == done.payslip.employer_cost_cents - 45_000 == -done.balance_cents
        assert str(finding.citation) == "C. trav. art. L7331-2, 2° d et R7331-11"

    def test_what_is_missing_includes_what_was_missing_before(self):
        """Below zero, the account is short of the pay and of its debt."""
        january, february = run(engagement(), [], last=Month(2025, 2))
        assert february.available_cents == -january.payslip.employer_cost_cents
        assert february.payslip.gross_pay_cents == 90_000
        (finding,) = february.findings
        assert (
            finding.amount_cents == january.payslip.employer_cost_cents + february.payslip.employer_cost_cents
        )

    def test_in_french_and_in_english(self):
        (done,) = run(engagement(), sale("2025-01-10", 500), last=JANUARY)
        (finding,) = done.findings
        cost = done.payslip.employer_cost_cents
        assert 90_000 < cost < 100_000, "three digits of euros, as written below"
        comma, point = f"{cost // 100},{cost % 100:02d}", f"{cost // 100}.{cost % 100:02d}"
        short = cost - 45_000
        assert (
            finding.text()
            == finding.text("fr")
            == (
                f"la part fixe de 900,00\u00a0€ coûte {comma}\u00a0€ et reste due ; le compte d'activité "
                f"n'a que 450,00\u00a0€ : il manque {short // 100},{short % 100:02d}\u00a0€. "
                "Prévoir un entretien, un avenant "
                "sur la part fixe ou une avance."
            )
        )
        assert finding.text("en") == (
            f"the fixed part of €900.00 costs €{point} and stays due; the activity account has €450.00: "
            f"€{short // 100}.{short % 100:02d} are missing. Plan an interview, an amendment of "
            "the fixed part or an advance."
        )

    def test_to_the_cent(self):
        """An account that holds just the cost is not short; one cent less is."""
        cost = run(engagement(), [], last=JANUARY)[0].payslip.employer_cost_cents
        free = fee_scale("0")
        for cents, short in ((cost, 0), (cost - 1, 1), (cost + 1, 0)):
            paid = [
                Entry(dated_on="2025-01-10", kind=kind, amount_cents=cents, activity="atelier", document="F")
                for kind in ("invoice", "cash_in")
            ]
            (done,) = run(engagement(scale=free), paid, last=JANUARY)
            assert sum(finding.amount_cents for finding in done.findings) == short

    def test_no_pay_but_the_covers_are_due(self):
        """Without a fixed part there is no wage, yet the health cover of the month is owed."""
        (done,) = run(engagement(contract=cesa(0), cooperative=COVERED), [], last=JANUARY)
        assert done.payslip.gross_pay_cents == 0
        assert done.payslip.employer_cost_cents == 2_700  # 25 € and 8 % of forfait social on them
        (finding,) = done.findings
        assert finding.amount_cents == 2_700
        assert finding.text("fr").startswith(
            "aucune rémunération, mais 27,00\u00a0€ de coût (complémentaires)"
        )
        assert finding.text("en") == "no pay, but €27.00 of cost (covers) remain due: €27.00 are missing."

    def test_an_account_in_debt_without_anything_due_is_not_short_of_pay(self):
        (done,) = run(
            engagement(contract=cesa(0)), [entry("2025-01-10", EntryKind.EXPENSE, 100)], last=JANUARY
        )
        assert done.balance_cents == -10_000
        assert done.payslip.employer_cost_cents == 0
        assert done.findings == ()


class TestRegularisation:
    """
    Contributions follow the pay cumulated since 1 January: a low month after a high one takes back
    what the ceiling of the year had left unused, or grants more of the reduction.  (Code de la sécurité sociale, art. R243-10)
    """

    def test_the_pay_beyond_the_ceiling_of_january_falls_under_that_of_february(self):
        """The bases handed from month to month: 3,925 € of ceiling a month, cumulated."""
        january, february = run(engagement(), sale("2025-01-10", 8_000), last=Month(2025, 2))
        assert january.payslip.gross_pay_cents > 392_500 + 90_000
        assert january.payslip.line("old_age_capped").base_cents == 392_500
        assert february.payslip.gross_pay_cents == 90_000
        to_date = january.payslip.gross_pay_cents + 90_000
        assert february.payslip.line("old_age_capped").base_cents == min(to_date, 785_000) - 392_500 > 90_000

    def test_a_negative_cost_is_entered_as_a_reversal(self):
        """Full-time reference hours: a month without pay raises the reduction of the year."""
        engaged = engagement(
            contract=cesa(0), policy=FixedThenSettle(settles_in=1), hours_policy=HoursPolicy.FULL_TIME
        )
        january, february = run(engaged, sale("2025-01-10", 5_000), last=Month(2025, 2))
        cost = february.payslip.employer_cost_cents
        assert february.payslip.gross_pay_cents == 0
        assert cost < 0
        (reversal,) = (each for each in february.state.account.entries if each.kind is EntryKind.PAY_REVERSAL)
        assert reversal.amount_cents == -cost
        assert reversal.dated_on == dt.date(2025, 2, 28)
        assert february.balance_cents == january.balance_cents - cost
        assert february.findings == ()


class TestEntryAndExit:
    """A month of entry or of exit is counted by calendar days; at exit everything is spent."""

    def test_entry_in_the_middle_of_a_month(self):
        """From 17 to 31 March, 15 days of 31: 900 × 15 / 31 = 435.48; ceiling 3,925 × 15 / 31 = 1,899.19."""
        engaged = engagement(contract=cesa(signed_on="2025-03-10", starts_on="2025-03-17"))
        march, april, *_ = run(engaged, [])
        assert march.month == Month(2025, 3)
        assert march.payslip.facts.employed_days == 15
        assert march.fixed_pay_cents == march.payslip.gross_pay_cents == 43_548
        assert march.payslip.year_to_date.sums["ceiling"] == 189_919
        assert april.fixed_pay_cents == 90_000
        assert april.payslip.facts.employed_days is None
        assert april.payslip.year_to_date.sums["ceiling"] == 189_919 + 392_500

    def test_exit_in_the_middle_of_a_month(self):
        """Until 10 June, 10 days of 30: a third of 900 €; what the account holds is paid."""
        engaged = engagement(
            contract=cesa(ends_on="2025-06-10"), policy=SmoothPay(months=6, reserve_cents=100_000)
        )
        done = run(engaged, YEAR_OF_SALES)
        assert done[-1].month == Month(2025, 6)
        last = done[-1]
        assert last.fixed_pay_cents == 30_000
        assert last.payslip.facts.employed_days == 10
        assert done[-2].balance_cents > 100_000
        assert last.budget_cents == last.available_cents
        assert 0 <= last.balance_cents < last.budgeted.next_cost_cents - last.payslip.employer_cost_cents

    def test_exit_on_the_last_day_is_a_whole_month(self):
        engaged = engagement(contract=cesa(ends_on="2025-06-30"), policy=FixedThenSettle())
        last = run(engaged, YEAR_OF_SALES)[-1]
        assert last.fixed_pay_cents == 90_000
        assert last.payslip.facts.employed_days is None
        assert last.variable_pay_cents > 0

    def test_entry_and_exit_in_one_month(self):
        """From 5 to 14 June: 10 days of 30."""
        engaged = engagement(
            contract=cesa(signed_on="2025-06-01", starts_on="2025-06-05", ends_on="2025-06-14")
        )
        (done,) = run(engaged, [])
        assert (done.fixed_pay_cents, done.payslip.facts.employed_days) == (30_000, 10)

    def test_a_whole_february_is_a_whole_month(self):
        assert run(engagement(), [], last=Month(2025, 2))[1].fixed_pay_cents == 90_000

    def test_an_amendment_in_the_middle_of_a_month(self):
        """900 € until 14 July and 1,200 € from the 15th: (14 × 900 + 17 × 1,200) / 31 = 1,064.52."""
        changed = cesa(amendments=[Amendment(from_day="2025-07-15", fixed_pay_cents=120_000)])
        fixed = [engagement(contract=changed).fixed_pay(Month(2025, number)) for number in (6, 7, 8)]
        assert fixed == [90_000, 106_452, 120_000]

    def test_the_yearly_floor_of_the_fee_is_closed_at_exit(self):
        """2,160 € a year at least; 10 % of the 10,000 € cashed until April are 1,000 €."""
        scale = fee_scale(floor=FeeLimit(216_000, FeePeriod.YEAR))
        entries = [line for number in range(1, 5) for line in sale(f"2025-{number:02d}-10", 2_500)]
        leaving = run(engagement(scale=scale, contract=cesa(ends_on="2025-04-30")), entries)
        assert [done.fee.amount_cents for done in leaving] == [25_000, 25_000, 25_000, 25_000 + 116_000]
        staying = run(engagement(scale=scale), entries)
        assert [done.fee.amount_cents for done in staying][:4] == [25_000] * 4
        assert staying[-1].fee.amount_cents == 116_000

    def test_a_month_outside_the_contract(self):
        engaged = engagement(contract=cesa(ends_on="2025-04-30"))
        assert [done.month.number for done in run(engaged, [])] == [1, 2, 3, 4]
        with pytest.raises(InputError, match="2025-05: the contract runs from 2024-03-01 to 2025-04-30"):
            run_month(RULES, engaged, Month(2025, 5), RunState(account=account()))
        with pytest.raises(InputError, match="2024-02: the contract runs from 2024-03-01 to no end"):
            run_month(RULES, engagement(), Month(2024, 2), RunState(account=account()))

    def test_months_since_entry_in_the_cooperative(self):
        """A scale that exempts the first months counts from the entry, in CAPE too, not from the contract."""
        scale = fee_scale(exempt_first_months=6)
        contract = cesa(signed_on="2025-01-01", starts_on="2025-01-01")
        fresh = run(engagement(scale=scale, contract=contract), YEAR_OF_SALES)
        assert [done.fee.amount_cents for done in fresh][:7] == [0] * 6 + [25_000]
        known = run(
            engagement(scale=scale, contract=contract, entered_on=dt.date(2024, 9, 20)), YEAR_OF_SALES
        )
        assert [done.fee.amount_cents for done in known][:3] == [0, 0, 25_000]


class TestChangeOfYear:
    """The payroll starts again on 1 January; the account does not."""

    def test_the_year_to_date_starts_again_and_the_balance_goes_on(self):
        engaged = engagement(policy=SmoothPay(months=2, reserve_cents=50_000))
        december, january = run(engaged, YEAR_OF_SALES, first=Month(2025, 1), last=Month(2026, 1))[-2:]
        assert december.state.year_to_date.year == 2025
        assert january.state.year_to_date.year == 2026
        assert january.state.year_to_date.sums["gross_pay"] == january.payslip.gross_pay_cents
        assert january.available_cents == december.balance_cents
        alone = RULES.payslip("2026-01", january.payslip.facts)
        assert alone.employer_cost_cents == january.payslip.employer_cost_cents

    def test_brackets_of_the_fee_start_again(self):
        """5 % from 20,000 € a year on: the months after, until December."""
        scale = fee_scale(
            mode=FeeMode.MARGINAL,
            brackets=(FeeBracket(0, Rate.percent("10")), FeeBracket(2_000_000, Rate.percent("5"))),
        )
        entries = [*YEAR_OF_SALES, *sale("2026-01-10", 2_500)]
        done = run(engagement(scale=scale), entries, last=Month(2026, 1))
        assert [month.fee.amount_cents for month in done] == [25_000] * 8 + [12_500] * 4 + [25_000]


class TestLawNotKnown:
    """Beyond the last day known the run stops, unless the caller says that the law stays as it is."""

    def test_it_stops(self):
        months = run_months(RULES, engagement(), Month(2026, 7), Month(2026, 8), RunState(account=account()))
        assert next(months).month == Month(2026, 7)
        with pytest.raises(LawNotKnownError, match="2026-08-01"):
            next(months)

    def test_assumed_months_are_marked(self):
        done = run(engagement(), [], first=Month(2026, 6), last=Month(2026, 9), assume_unchanged=True)
        assert [month.payslip.assumed for month in done] == [False, False, True, True]


class TestAbsences:
    """Days without pay reduce the fixed part and the ceiling by calendar days; the variable part is not theirs."""

    def test_ten_days_of_june(self):
        """900 € × 20 / 30 = 600; ceiling of 3,925 € × 20 / 30 = 2,616.67."""
        absent = engagement(absences=[Interval(dt.date(2025, 6, 11), dt.date(2025, 6, 20))])
        june = run(absent, [], last=Month(2025, 6))[-1]
        assert june.fixed_pay_cents == 60_000
        assert june.payslip.facts.employed_days == 20
        assert june.payslip.year_to_date.sums["ceiling"] == 5 * 392_500 + 261_667

    def test_two_absences_that_overlap_count_once(self):
        days = [
            Interval(dt.date(2025, 6, 1), dt.date(2025, 6, 10)),
            Interval(dt.date(2025, 6, 6), dt.date(2025, 6, 15)),
        ]
        assert engagement(absences=days).facts(Month(2025, 6)).employed_days == 15

    def test_a_whole_month(self):
        absent = engagement(absences=[Interval(dt.date(2025, 5, 20), dt.date(2025, 7, 10))])
        june = run(absent, [], last=Month(2025, 6))[-1]
        assert (june.fixed_pay_cents, june.payslip.facts.employed_days) == (0, 0)


class TestChanges:
    """A status, a headcount, a rate notified each year: the payslip has those of its month."""

    changed = engagement(
        changes=[
            FactChange(from_month=Month(2025, 7), facts={"executive": True, "withholding_ppm": 41_000}),
            FactChange(
                from_month=Month(2025, 4), facts={"workplace_accident_ppm": 12_000, "withholding_ppm": None}
            ),
        ]
    )

    def test_the_month_before_and_the_month_of_a_change(self):
        facts = [self.changed.facts(Month(2025, number)) for number in (3, 4, 6, 7)]
        assert [each.workplace_accident_ppm for each in facts] == [11_500, 12_000, 12_000, 12_000]
        assert [each.executive for each in facts] == [False, False, False, True]
        assert [each.withholding_ppm for each in facts] == [None, None, None, 41_000]

    @pytest.mark.parametrize("facts", [{"gross_pay_cents": 1}, {}, {"headcont": 3}])
    def test_what_may_change_is_known(self, facts):
        with pytest.raises(
            InputError, match="change from 2025-04: expected some of apprentice_ratio_ppm, executive"
        ):
            FactChange(from_month=Month(2025, 4), facts=facts)


class TestYearEndRegularisation:
    """The run settles in December, and in the month of exit."""

    def test_december(self):
        late = run(engagement(regularisation=Regularisation.YEAR_END), YEAR_OF_SALES)
        state = late[-1].payslip.year_to_date
        assert sum(done.payslip.reductions_cents for done in late) == state.granted["general_reduction"]

    def test_exit(self):
        engaged = engagement(contract=cesa(ends_on="2025-06-10"), regularisation=Regularisation.YEAR_END)
        late = run(engaged, YEAR_OF_SALES)
        assert [done.payslip.facts.last_month for done in late] == [False] * 5 + [True]


class TestFactsOfTheEngagement:
    """Every figure of the cooperative and of the person reaches the payslip."""

    def test_they_are_handed_over(self):
        cooperative = attrs.evolve(
            COVERED,
            provident_employee_rate=Rate.percent("0.5"),
            provident_employer_rate=Rate.percent("1.5"),
            apprentice_ratio=Rate.percent("2"),
        )
        engaged = engagement(
            cooperative=cooperative,
            executive=True,
            hours_policy=HoursPolicy.CONTRACT_HOURS,
            contract_hours_hundredths=10_000,
            withholding_ppm=43_000,
            regularisation=Regularisation.YEAR_END,
            given={"children": 2},
        )
        facts = engaged.facts(JANUARY, 123_456)
        found = {field.name: getattr(facts, field.name) for field in attrs.fields(type(facts))}
        assert found == {
            "gross_pay_cents": 123_456,
            "executive": True,
            "headcount": 130,
            "workplace_accident_ppm": 11_500,
            "mobility_ppm": 8_000,
            "health_cover_employee_cents": 2_500,
            "health_cover_employer_cents": 2_500,
            "provident_employee_ppm": 5_000,
            "provident_employer_ppm": 15_000,
            "apprentice_ratio_ppm": 20_000,
            "hours_policy": HoursPolicy.CONTRACT_HOURS,
            "contract_hours_hundredths": 10_000,
            "employed_days": None,
            "affected_pay_cents": 0,
            "affected_pay_due_cents": 0,
            "withholding_ppm": 43_000,
            "regularisation": Regularisation.YEAR_END,
            "last_month": False,
            "given": {"children": 2},
        }

    def test_social_minimum_reaches_the_fee(self):
        scale = fee_scale(fixed_monthly_cents=3_000, fixed_exempt_on_social_minimum=True)
        fees = [
            run(engagement(scale=scale, on_social_minimum=minimum), [], last=JANUARY)[0].fee.amount_cents
            for minimum in (False, True)
        ]
        assert fees == [3_000, 0]

    def test_gross_pay_never_decreases_with_turnover(self):
        """More cashed, more paid: within one month, without earlier ones."""
        gross = [
            run(engagement(), sale("2025-01-10", euros), last=JANUARY)[0].payslip.gross_pay_cents
            for euros in range(500, 9_000, 500)
        ]
        assert all(less <= more for less, more in pairwise(gross))
        assert gross[0] == 90_000 < gross[-1]
