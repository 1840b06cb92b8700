"""A toy country with its own currency and coins: nothing of the core is French, nor in euros."""

import datetime as dt
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError, PayFacts, UnknownNameError, assemble, hookimpl, load
from cae_core.errors import CurrencyError
from cae_core.explain import explain_amount, explainable_amounts, payslip_dict, payslip_text, values_to_review
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.money import Currency, Money, greatest, least, round_to_step
from cae_core.payroll import Base, Contribution, FactSpec, Heading, Quantity, TaxStep, Withholding
from cae_core.variants import VariantInfo, VariantKind

TEXT = Citation("Loi de Syldavie, art. 1")
CROWN = Currency("SYC", "kr", payment_step_cents=5)


def parameter(name, unit, value):
    row = DatedValue(value, dt.date(2024, 1, 1), TEXT, source="invented")
    return Parameter(name=name, french_name=name, unit=unit, values=(row,), known_until=dt.date(2026, 12, 31))


def tax(facts, values, taxable_net):
    """A fifth of what exceeds an allowance, which each child raises."""
    allowance = values["allowance"] + facts.given.get("children", 0) * 100_00
    return greatest(taxable_net - allowance, 0) // 5


def tax_steps(facts, values, taxable_net):
    yield TaxStep("abattement", "allowance", values["allowance"] + facts.given.get("children", 0) * 100_00)


def _yearly_capped(year, values):
    return least(year["gross_pay"], values["yearly_ceiling"])


SYLDAVIA = SimpleNamespace(
    cae_variant=hookimpl(lambda: [VariantInfo(
        kind=VariantKind.COUNTRY, french_name="Syldavie", english_name="Syldavia", currency=CROWN)]),
    cae_register_parameters=hookimpl(lambda: [
        parameter("pension_rate", "percent", 53_000), parameter("yearly_ceiling", "amount", 3_000_000),
        parameter("allowance", "amount", 100_000)]),
    cae_register_headings=hookimpl(lambda: [Heading("retirement", "Retraite", "Retirement")]),
    cae_register_quantities=hookimpl(lambda: [
        Quantity(name="gross_pay", french_name="salaire", unit="cents", formula=lambda facts, values: facts.gross_pay_cents)]),
    cae_register_bases=hookimpl(lambda: [
        Base(name="capped", french_name="plafonnée", english_name="capped", formula=_yearly_capped, citations=(TEXT,))]),
    cae_register_contributions=hookimpl(lambda: [
        Contribution(code="pension", french_name="Pension", english_name="Pension", heading="retirement", base="capped",
                     citation=TEXT, employee_rates=("pension_rate",), employer_rates=("pension_rate",))]),
    cae_register_facts=hookimpl(lambda: [
        FactSpec(name="children", french_name="enfants", english_name="children", unit="people")]),
    cae_register_withholding=hookimpl(lambda: [Withholding(citation=TEXT, formula=tax, steps=tax_steps)]),
    cae_known_from=hookimpl(lambda: [dt.date(2024, 1, 1)]),
)  # fmt: skip
RULES = assemble({"syldavia": SYLDAVIA})


def facts(gross, **more):
    return PayFacts.of(gross, workplace_accident_rate=0, **more)


class TestPayslip:
    def test_by_hand(self):
        """2,000: pension 5.3 % = 106; net 1,894; tax a fifth of 894 = 178.80; paid 1,715.20."""
        slip = RULES.payslip("2026-03", facts("2000"))
        assert (slip.net_before_tax_cents, slip.withholding_cents, slip.net_paid_cents) == (
            189_400,
            17_880,
            171_520,
        )
        assert slip.employer_cost_cents == 210_600

    def test_children_lower_the_tax(self):
        assert RULES.payslip("2026-03", facts("2000", given={"children": 2})).withholding_cents == 13_880

    def test_pay_is_rounded_to_five(self):
        """1,234.56: pension 65.43; net 1,169.13; tax 33.82; 1,135.31 is paid 1,135.30."""
        slip = RULES.payslip("2026-03", facts("1234.56"))
        assert slip.net_before_tax_cents - slip.withholding_cents == 113_531
        assert (slip.net_paid_cents, slip.payment_rounding_cents) == (113_530, -1)

    def test_the_ceiling_is_that_of_the_year(self):
        first = RULES.payslip("2026-01", facts("29000"))
        second = RULES.payslip("2026-02", facts("2000"), year_to_date=first.year_to_date)
        assert second.line("pension").base_cents == 100_000

    @given(st.integers(0, 4_000_000), st.integers(0, 6))
    def test_identities(self, gross, children):
        slip = RULES.payslip("2026-03", facts(0, given={"children": children}).with_gross(gross))
        assert slip.net_paid_cents % 5 == 0
        assert abs(slip.payment_rounding_cents) <= 2
        assert (
            slip.net_paid_cents
            == slip.net_before_tax_cents - slip.withholding_cents + slip.payment_rounding_cents
        )

    def test_in_columns(self):
        np = pytest.importorskip("numpy")
        many = attrs.evolve(
            facts(0), gross_pay_cents=np.array([200_000, 123_456]), given={"children": np.array([2, 0])}
        )
        for totals in (None, ["net_paid", "withholding"]):
            batch = RULES.payslips("2026-03", many, totals=totals)
            assert batch["net_paid"].tolist() == [175_520, 113_530]
            assert batch["withholding"].tolist() == [13_880, 3_382]

    def test_it_is_printed_and_explained(self):
        slip = RULES.payslip("2026-03", facts("2000"))
        assert "Pension" in payslip_text(slip)
        assert payslip_dict(slip)["withholding"]["kind"] == "formula"
        told = explain_amount(slip, "withholding", "en").text()
        assert "178.80" in told
        assert "Allowance: 1,000.00" in told

    def test_a_value_that_the_tax_reads_may_have_to_be_reviewed(self):
        def parameters():
            yield from (each for each in SYLDAVIA.cae_register_parameters() if each.name != "allowance")
            known = parameter("allowance", "EUR", 100_000)
            yield attrs.evolve(
                known, values=tuple(attrs.evolve(row, needs_review=True) for row in known.values)
            )

        country = SimpleNamespace(**{**vars(SYLDAVIA), "cae_register_parameters": hookimpl(parameters)})
        slip = assemble({"syldavia": country}).payslip("2026-03", facts("2000"))
        assert values_to_review(slip) == ("allowance",)
        assert values_to_review(RULES.payslip("2026-03", facts("2000"))) == ()

    def test_there_are_no_reference_hours(self):
        slip = RULES.payslip("2026-03", facts("2000"))
        assert "reference_hours" not in {name for name, *_ in explainable_amounts(slip)}
        for name, *_ in explainable_amounts(slip):
            assert explain_amount(slip, name).sections
        with pytest.raises(UnknownNameError):
            explain_amount(slip, "reference_hours")

    def test_what_cannot_be_inverted_is_said(self):
        inverse = RULES.inverse("2026-03", facts(0))
        assert 200_000 in inverse.grosses_for("net_before_tax", 189_400).grosses_cents
        with pytest.raises(InputError, match="net_paid: cannot be inverted where tax is a formula"):
            inverse.grosses_for("net_paid", 171_520)


class TestWithoutTax:
    """A country whose rules withhold no tax says so: the net paid is before tax."""

    def rules(self):
        untaxed = SimpleNamespace(**vars(SYLDAVIA))
        untaxed.cae_register_withholding = hookimpl(lambda: [Withholding(citation=TEXT)])
        untaxed.cae_variant = hookimpl(lambda: [VariantInfo(
            kind=VariantKind.COUNTRY, french_name="Syldavie", english_name="Syldavia")])  # fmt: skip
        return assemble({"syldavia": untaxed})

    def test_the_net_paid_is_the_net(self):
        slip = self.rules().payslip("2026-03", facts("2000"))
        assert (slip.net_paid_cents, slip.withholding_cents, slip.taxed_by) == (189_400, 0, "none")

    def test_it_is_said(self):
        slip = self.rules().payslip("2026-03", facts("2000"))
        assert "Income tax withheld (not computed)" in payslip_text(slip, "en")
        assert payslip_dict(slip)["withholding"]["kind"] == "none"
        assert "not computed by these rules" in str(explain_amount(slip, "withholding", "en"))

    def test_in_columns(self):
        np = pytest.importorskip("numpy")
        many = attrs.evolve(facts(0), gross_pay_cents=np.array([200_000, 0]))
        assert self.rules().payslips("2026-03", many)["net_paid"].tolist() == [189_400, 0]

    def test_the_net_paid_is_inverted(self):
        assert (
            200_000
            in self.rules().inverse("2026-03", facts(0)).grosses_for("net_paid", 189_400).grosses_cents
        )

    def test_a_rate_that_somebody_sent_is_applied(self):
        slip = self.rules().payslip("2026-03", facts("2000", withholding="10"))
        assert (slip.withholding_cents, slip.taxed_by) == (18_940, "personal")


class TestMoney:
    """An amount has one currency."""

    def test_amounts_of_one_currency_add_up(self):
        slip = RULES.payslip("2026-03", facts("2000"))
        assert slip.money("net_paid") + slip.money("withholding") == Money(189_400, CROWN)
        assert slip.money("net_before_tax") - slip.money("withholding") == slip.money("net_paid")

    def test_of_two_do_not(self):
        ours = load().payslip("2026-03", facts("2000")).money("net_paid")
        theirs = RULES.payslip("2026-03", facts("2000")).money("net_paid")
        for put_together in (lambda: ours + theirs, lambda: theirs - ours):
            with pytest.raises(CurrencyError, match="do not add up: an amount has one currency"):
                put_together()
        assert issubclass(CurrencyError, TypeError)

    def test_as_written(self):
        amount = Money(-123_456, CROWN)
        assert amount.format().replace("\u202f", " ").replace("\u00a0", " ") == "-1 234,56 kr"
        assert (amount.format("en"), str(amount)) == ("-kr1,234.56", "-1234.56 SYC")

    def test_an_unknown_total(self):
        with pytest.raises(UnknownNameError, match="Did you mean net_paid"):
            RULES.payslip("2026-03", facts("2000")).money("netpaid")

    @pytest.mark.parametrize(
        ("cents", "step", "rounded"),
        [(113_531, 5, 113_530), (113_533, 5, 113_535), (-113_533, 5, -113_535), (7, 1, 7), (50, 100, 100)],
    )
    def test_steps(self, cents, step, rounded):
        assert round_to_step(cents, step) == rounded
