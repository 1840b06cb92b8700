"""What a law measures over the quarter starts again with the next one; what it measures over the year goes on."""

import datetime as dt
from types import SimpleNamespace

import attrs
import pytest

from cae_core import PayFacts, assemble, hookimpl
from cae_core.explain import explain_amount
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.money import least
from cae_core.payroll import Base, Contribution, Heading, Quantity, Withholding
from cae_core.payroll.correction import correct
from cae_core.variants import VariantInfo, VariantKind

TEXT = Citation("Loi de Syldavie, art. 2")


def _parameter(name, unit, value):
    row = DatedValue(value, dt.date(2024, 1, 1), TEXT, source="invented")
    return Parameter(name=name, french_name=name, unit=unit, values=(row,), known_until=dt.date(2026, 12, 31))


def _pay(name, quarterly, english=""):
    return Quantity(
        english_name=english,
        name=name,
        french_name=name,
        unit="cents",
        formula=lambda facts, values: facts.gross_pay_cents,
        quarterly=quarterly,
    )


def _capped(name, counted, quarterly):
    return Base(
        name=name, french_name=name, english_name=name, quarterly=quarterly, citations=(TEXT,),
        formula=lambda year, values: least(year[counted], values["ceiling"]),
    )  # fmt: skip


def _grows(year, values):
    """A crown for each month that the quarter has had."""
    return year["quarter_months"] * 100


MONTHS_PAID = Quantity(
    name="quarter_months",
    french_name="mois payés",
    unit="months",
    formula=lambda facts, values: 1,
    quarterly=True,
)
GROWING = Base(
    name="growing",
    french_name="croissante",
    english_name="growing",
    formula=_grows,
    citations=(TEXT,),
    quarterly=True,
)


#: A tenth of pay up to 10,000 a quarter from the employer, up to 10,000 a year from the employee.
SYLDAVIA = SimpleNamespace(
    cae_variant=hookimpl(lambda: [VariantInfo(kind=VariantKind.COUNTRY, french_name="Syldavie", english_name="Syldavia")]),
    cae_register_parameters=hookimpl(lambda: [_parameter("rate", "percent", 100_000), _parameter("ceiling", "EUR", 1_000_000)]),
    cae_register_headings=hookimpl(lambda: [Heading("health", "Santé", "Health")]),
    cae_register_quantities=hookimpl(lambda: [_pay("gross_pay", False), _pay("quarter_pay", True, "pay of the quarter"), MONTHS_PAID]),
    cae_register_bases=hookimpl(lambda: [_capped("of_year", "gross_pay", False), _capped("of_quarter", "quarter_pay", True), GROWING]),
    cae_register_contributions=hookimpl(lambda: [
        Contribution(code="year", french_name="An", english_name="Year", heading="health", base="of_year", citation=TEXT, employee_rates=("rate",)),
        Contribution(code="quarter", french_name="Trimestre", english_name="Quarter", heading="health", base="of_quarter", citation=TEXT, employer_rates=("rate",)),
        Contribution(code="months", french_name="Mois", english_name="Months", heading="health", base="growing", citation=TEXT, employer_rates=("rate",)),
    ]),
    cae_register_withholding=hookimpl(lambda: [Withholding(citation=TEXT, formula=lambda facts, values, net: net * 0)]),
    cae_known_from=hookimpl(lambda: [dt.date(2024, 1, 1)]),
)  # fmt: skip
RULES = assemble({"syldavia": SYLDAVIA})
MONTHS = {"2026-01": 6_000, "2026-02": 6_000, "2026-03": 1_000, "2026-04": 7_000, "2026-05": 4_000}


def slips():
    state = None
    for month, euros in MONTHS.items():
        slip = RULES.payslip(month, PayFacts.of(euros, workplace_accident_rate=0), year_to_date=state)
        state = slip.year_to_date
        yield slip


class TestQuarter:
    def test_each_quarter_has_its_own_ceiling(self):
        found = [slip.line("quarter").base_cents for slip in slips()]
        assert found == [600_000, 400_000, 0, 700_000, 300_000]

    def test_the_year_goes_on(self):
        assert [slip.line("year").base_cents for slip in slips()] == [600_000, 400_000, 0, 0, 0]

    def test_in_columns(self):
        np = pytest.importorskip("numpy")
        state = None
        for slip in slips():
            both = attrs.evolve(
                PayFacts(gross_pay_cents=0), gross_pay_cents=np.array([slip.gross_pay_cents, 0])
            )
            batch = RULES.payslips(slip.month, both, year_to_date=state, lines=True)
            state = batch.year_to_date
            assert batch.row(0).line("quarter").base_cents == slip.line("quarter").base_cents
            assert batch["employer_cost"].tolist() == [slip.employer_cost_cents, 10]

    def test_gross_pay_is_found_again(self):
        *_, march, april, may = slips()
        for before, after in ((march, april), (april, may)):
            asked = RULES.inverse(after.month, after.facts, year_to_date=before.year_to_date)
            found = asked.grosses_for("employer_cost", after.employer_cost_cents)
            assert after.gross_pay_cents in found.grosses_cents

    def test_it_is_told(self):
        *_, may = slips()
        told = str(explain_amount(may, "quarter", "en")).replace("\u202f", " ")
        assert "Base due to date this quarter" in told
        assert "7,000.00 before + 4,000.00 = 11,000.00" in told
        assert "To date this year" not in told

    def test_a_count_is_told_as_a_number(self):
        *_, may = slips()
        told = str(explain_amount(may, "months", "en"))
        assert "1 before + 1 = 2" in told
        assert "from mois payés 2 →" in told  # no English name was given
        assert "Pay of the quarter" in str(explain_amount(may, "quarter", "en"))

    def test_a_month_skipped_changes_nothing(self):
        """Nothing was paid in the first quarter but January; in April the ceiling is whole again."""
        first, *_ = slips()
        april = RULES.payslip("2026-04", first.facts.with_gross(1_200_000), year_to_date=first.year_to_date)
        assert april.line("quarter").base_cents == 1_000_000


class TestCorrection:
    def corrected(self, issued, month="2026-02"):
        return correct(issued, month, PayFacts.of(5_000, workplace_accident_rate=0))

    def test_a_month_of_an_earlier_quarter(self):
        """5,000 instead of 6,000 in February: 1,000 more was under the ceiling in March, nothing changes later."""
        found = self.corrected(list(slips()))
        january, february, march, *later = found.slips
        assert [slip.line("quarter").base_cents for slip in (january, february, march)] == [
            600_000,
            400_000,
            0,
        ]
        assert found.comparison.line("quarter").employer_cents == 0
        assert [slip.line("quarter").base_cents for slip in later] == [700_000, 300_000]

    def test_what_a_quarter_that_is_over_keeps(self):
        """3,000 instead of 7,000 in April: May takes up the ceiling; paid in June it is absorbed, in July not."""
        issued = list(slips())
        fewer = PayFacts.of(3_000, workplace_accident_rate=0)
        found = correct(issued, "2026-04", fewer)
        assert [slip.line("quarter").base_cents for slip in found.slips[3:]] == [300_000, 400_000]
        assert "quarter" not in found.carry_forward.not_absorbed
        june = RULES.payslip("2026-06", fewer, year_to_date=issued[-1].year_to_date)
        assert "quarter" in correct([*issued, june], "2026-04", fewer).carry_forward.not_absorbed
