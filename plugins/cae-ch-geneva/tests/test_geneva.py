"""Geneva against published figures; francs that are no euros, five centimes, amounts of the year."""

import json
from decimal import ROUND_HALF_UP, Decimal
from importlib import metadata
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cae_ch_geneva as subject
import cae_core
from cae_core import InputError, LawNotKnownError, PayFacts
from cae_core.errors import CurrencyError
from cae_core.explain import explain_amount, payslip_text
from cae_core.money import Money, split
from cae_core.testing import assert_plugin_conforms

RULES = cae_core.assemble({"ch-geneva": subject})
EXAMPLES = {
    each["id"]: each
    for each in json.loads(
        (Path(__file__).parent / "examples.json").read_text("utf-8"), parse_float=Decimal, parse_int=Decimal
    )
}


def cents(francs):
    """Whole cents of a figure, half up."""
    return int((Decimal(francs) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def person(gross, age=38, **given):
    return PayFacts.of(str(gross), workplace_accident_rate="0.5", given={"ch_age": age, **given})


def year(number, pays, age=38):
    """The payslips of a year of pays in cents, each after the other."""
    state, slips = None, []
    for month, pay in enumerate(pays, start=1):
        slips.append(
            RULES.payslip(f"{number}-{month:02d}", person(0, age).with_gross(pay), year_to_date=state)
        )
        state = slips[-1].year_to_date
    return slips


class TestItConforms:
    people = (
        *(
            person(gross, age)
            for gross, age in ((1500, 22), (1950, 30), (4800, 38), (7560, 50), (14_000, 60))
        ),
        person("5432.10", 41, ch_non_professional_accident_ppm=12_300, ch_source_tax_ppm=83_000),
    )

    def test_alone(self):
        assert_plugin_conforms(subject, "ch-geneva", people=self.people)


class TestCoordinatedPay:
    """Yearly pay up to a maximum, less a deduction, at least a minimum; nothing up to the threshold (LPP 7, 8)."""

    @pytest.mark.parametrize(
        "name", [name for name in EXAMPLES if name.startswith(("ch-lpp-coordinated-", "ch-lpp-2024-"))]
    )
    def test_published(self, name):
        example = EXAMPLES[name]
        number = int(example["date"][:4])
        pays = split(cents(example["inputs"]["annual_wage"]), [1] * 12)
        slips = year(number, pays)
        found = sum(slip.line("lpp_credit_2").base_cents for slip in slips)
        assert found == cents(example["expected"]["coordinated_wage"])

    def test_seven_are_published(self):
        assert len([name for name in EXAMPLES if "coordinated" in name or "2024" in name]) == 7

    def test_the_deduction_is_whole_for_part_time(self):
        """30,000 at half time: 3,540 would be left, 3,780 are insured; 15,000 would be none."""
        assert sum(slip.line("lpp_credit_2").base_cents for slip in year(2025, [2500_00] * 12)) == 3780_00

    def test_the_threshold_itself_is_outside(self):
        at, over = (
            sum(slip.line("lpp_credit_2").base_cents for slip in year(2025, [1890_00] * 11 + [last]))
            for last in (1890_00, 1890_01)
        )
        assert (at, over) == (0, 3780_00)

    def test_the_turn_of_the_year(self):
        """5,000 a month: less 2,143.75 in 2024, less 2,205 in 2025."""
        bases = [
            RULES.payslip(month, person("5000")).line("lpp_credit_2").base_cents
            for month in ("2024-12", "2025-01")
        ]
        assert bases == [2856_25, 2795_00]

    @given(st.permutations([0, 1000_00, 2500_00, 4800_00, 7560_00, 12_000_00, 3333_33]))
    def test_the_order_of_the_months_does_not_matter(self, pays):
        """31,193.33 in seven months: less 7 twelfths of 26,460."""
        slips = year(2026, pays)
        assert sum(slip.line("lpp_credit_2").base_cents for slip in slips) == 31_193_33 - 15_435_00


class TestAgeCredits:
    """7, 10, 15 and 18 % at 25, 35, 45 and 55, of which the employer pays at least half (LPP 16, 66)."""

    def test_published(self):
        example = EXAMPLES["ch-lpp-credit-38y"]
        inputs, expected = example["inputs"], example["expected"]
        slips = year(2025, split(cents(inputs["annual_wage"]), [1] * 12), int(inputs["age"]))
        lines = [slip.line("lpp_credit_2") for slip in slips]
        employee, employer = (
            sum(getattr(line, f"{who}_cents") for line in lines) for who in ("employee", "employer")
        )
        assert employee + employer == cents(expected["age_credit_year"])
        assert employee == cents(expected["employee_share_at_most"]) <= employer
        assert lines[0].employee_ppm + lines[0].employer_ppm == expected["age_credit_rate"] * 1_000_000
        assert sum(line.base_cents for line in lines) == cents(expected["coordinated_wage"])

    @pytest.mark.parametrize(
        ("age", "percent"),
        [(18, 0), (24, 0), (25, 7), (34, 7), (35, 10), (44, 10), (45, 15), (54, 15), (55, 18), (64, 18)],
    )
    def test_scale(self, age, percent):
        slip = RULES.payslip("2026-03", person("5000", age))
        lines = [slip.line(f"lpp_credit_{band}") for band in (1, 2, 3, 4)]
        owed = [line for line in lines if line.base_cents]
        assert sum(line.employee_ppm + line.employer_ppm for line in owed) == percent * 10_000
        # One band at most, in whole francs and centimes of 2,795 coordinated francs.
        assert sum(line.employee_cents for line in owed) == cents(Decimal(2795) * percent / 200)

    @pytest.mark.parametrize("age", [17, 65])
    def test_other_ages_are_refused(self, age):
        with pytest.raises(InputError, match="not covered"):
            RULES.payslip("2026-03", person("5000", age))

    def test_age_must_be_given(self):
        with pytest.raises(InputError, match="need ch_age"):
            RULES.payslip("2026-03", attrs.evolve(person("5000"), given={}))


class TestFirstPillar:
    def test_published(self):
        example = EXAMPLES["ch-first-pillar-4800"]
        expected = example["expected"]
        slip = RULES.payslip(example["date"][:7], person(example["inputs"]["gross_month"]))
        for who in ("employee", "employer"):
            first = sum(getattr(slip.line(code), f"{who}_cents") for code in ("avs", "ai", "apg"))
            assert first == cents(expected[f"avs_ai_apg_{who}"])
            assert getattr(slip.line("unemployment"), f"{who}_cents") == cents(expected[f"ac_{who}"])

    def test_the_ceiling_is_that_of_the_year(self):
        """148,200 a year: 20,000 in January find 12,350, and a low February the rest of two months' room."""
        slips = year(2026, [20_000_00, 3_000_00, 12_350_00])
        bases = [slip.line("unemployment").base_cents for slip in slips]
        assert bases == [12_350_00, 23_000_00 - 12_350_00, 12_350_00]

    def test_of_a_whole_year(self):
        pays = [20_000_00] * 6 + [9_000_00] * 6
        slips = year(2025, pays)
        assert sum(slip.line("unemployment").base_cents for slip in slips) == 148_200_00
        assert sum(slip.line("avs").base_cents for slip in slips) == sum(pays)

    def test_accidents_are_of_contracts(self):
        slip = RULES.payslip("2026-03", person("20000", ch_non_professional_accident_ppm=12_000))
        assert slip.line("professional_accident").employer_cents == 61_75
        assert slip.line("non_professional_accident").employee_cents == 148_20

    def test_twelve_twelfths_are_the_yearly_amount(self):
        for name, parameter in RULES.legislation.parameters.items():
            if name.endswith("_yearly"):
                assert all(row.value % 12 == 0 for row in parameter.values), name


class TestGeneva:
    def test_published(self):
        example = EXAMPLES["ch-ge-maternity-2025"]
        expected = example["expected"]
        line = RULES.payslip(example["date"][:7], person(example["inputs"]["gross_month"])).line(
            "geneva_maternity"
        )
        assert line.employee_ppm == line.employer_ppm == expected["rate_each"] * 1_000_000
        # To the centime; the page of the fund leaves 1.536 as it is, and five centimes are for what is paid.
        assert line.employee_cents == cents(expected["employee_unrounded"]) == 154

    @pytest.mark.parametrize(("month", "ppm"), [("2024-12", 380), ("2025-01", 320), ("2026-01", 320)])
    def test_maternity(self, month, ppm):
        assert RULES.month_law(month).values["geneva_maternity_rate"] == ppm

    def test_2024(self):
        """The table of the cantonal fund: 2.28 % of family allowances and 0.07 % of early childhood."""
        slip = RULES.payslip("2024-06", person("10000"))
        assert slip.line("geneva_family").employer_cents == 228_00
        assert slip.line("geneva_early_childhood").employer_cents == 7_00
        assert not any(value.needs_review for code in ("geneva_family", "geneva_maternity")
                       for value in slip.law.dated_values(slip.line(code).contribution))  # fmt: skip

    def test_what_was_not_found_is_marked(self):
        snapshot = RULES.month_law("2026-03").snapshot
        marked = [name for name in snapshot if snapshot[name].needs_review]
        assert marked == [
            "geneva_maternity_rate",
            "geneva_family_rate",
            "geneva_early_childhood_rate",
            "reference_age",
        ]

    def test_other_years_are_refused(self):
        with pytest.raises(LawNotKnownError, match="2024-01-01"):
            RULES.payslip("2023-12", person("5000"))
        with pytest.raises(LawNotKnownError, match="2026-07-31"):
            RULES.payslip("2026-08", person("5000"))


class TestFrancs:
    """Another currency, and its coins: data of the country."""

    def test_paid_in_steps_of_five(self):
        """4,800: 438.49 of shares leave 4,361.51, of which 4,361.50 are handed over."""
        slip = RULES.payslip("2026-06", person("4800"))
        assert (slip.net_before_tax_cents, slip.net_paid_cents) == (4361_51, 4361_50)
        assert slip.payment_rounding_cents == -1
        # Lines are to the centime: what is owed to a fund is no cash.
        assert sum(line.employee_cents for line in slip.lines) == 438_49

    @pytest.mark.parametrize(("last", "paid"), [(32, 30), (33, 35), (37, 35), (38, 40)])
    def test_the_usage_of_geneva(self, last, paid):
        """0.32 is paid 0.30 and 0.33 is paid 0.35, as the federation of employers says (20min.ch, 2018)."""
        for gross in range(4800_00, 4802_00):
            slip = RULES.payslip("2026-06", person(0).with_gross(gross))
            if slip.net_before_tax_cents % 100 == last:
                assert slip.net_paid_cents % 100 == paid
                return
        raise AssertionError(last)

    def test_francs_and_euros_do_not_add_up(self):
        francs = RULES.payslip("2026-06", person("4800")).money("net_paid")
        euros = (
            cae_core.load()
            .payslip("2026-06", PayFacts.of("2000", workplace_accident_rate="1"))
            .money("net_paid")
        )
        assert francs == Money(4361_50, subject.CHF)
        for put_together in (lambda: francs + euros, lambda: euros - francs):
            with pytest.raises(CurrencyError, match="do not add up"):
                put_together()
        assert francs.format("en") == "CHF4,361.50"

    def test_no_amount_of_the_law_is_in_euros(self):
        assert {each.unit for each in RULES.legislation.parameters.values()} == {"amount", "percent", "years"}
        ceiling = RULES.legislation.parameter("insured_pay_ceiling_yearly")
        assert ceiling.measure.format(ceiling.values[0].value, "en") == "148,200.00"
        for lang in ("fr", "en"):
            assert "€" not in payslip_text(RULES.payslip("2026-06", person("4800")), lang, detail=True)

    def test_tax_at_source(self):
        """A rate of the person's scale, on gross pay: 8.3 % of 5,000."""
        slip = RULES.payslip("2026-03", person("5000", ch_source_tax_ppm=83_000))
        assert slip.withholding_cents == 415_00
        assert slip.net_paid_cents % 5 == 0

    def test_a_line_is_told(self):
        told = str(explain_amount(RULES.payslip("2026-06", person("4800")), "lpp_credit_2", "en"))
        assert "OPP 2" in told
        assert "2,595.00" in told


def test_columns():
    """People of every age in one batch: each row is the payslip alone, to the centime."""
    np = pytest.importorskip("numpy")
    ages = np.arange(18, 65)
    many = attrs.evolve(person(0), gross_pay_cents=ages * 12_345, given={"ch_age": ages})
    batch = RULES.payslips("2026-03", many, lines=True)
    for position in range(len(ages)):
        alone = RULES.payslip("2026-03", many.row(position))
        assert batch["net_paid"][position] == alone.net_paid_cents
        assert batch["employer_cost"][position] == alone.employer_cost_cents


def test_every_example_is_used():
    text = Path(__file__).read_text("utf-8")
    assert [
        name
        for name in EXAMPLES
        if name not in text and not name.startswith(("ch-lpp-coordinated-", "ch-lpp-2024-"))
    ] == []


def test_it_is_found_by_its_name():
    try:
        metadata.distribution("cae-ch-geneva")
    except metadata.PackageNotFoundError:
        pytest.skip("the plugin is tested from its sources; `nox -s plugins` installs it")
    assert cae_core.load("ch-geneva").payslip("2026-06", person("4800")).net_paid_cents == 4361_50
