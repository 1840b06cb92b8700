"""Alsace-Moselle against published figures and an engine, line by line; and it conforms."""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from importlib import metadata
from pathlib import Path

import pytest

import cae_core
import cae_fr_alsace_moselle as subject
from cae_core import PayFacts
from cae_core.money import to_cents
from cae_core.plugins import plugin
from cae_core.testing import assert_plugin_conforms

ELSEWHERE = cae_core.load("fr")
HERE = cae_core.assemble({"fr": plugin("fr"), "fr-alsace-moselle": subject})
EXAMPLES = json.loads(
    (Path(__file__).parent / "examples.json").read_text("utf-8"), parse_float=Decimal, parse_int=Decimal
)
LINE = "health_alsace_moselle"


def cents(euros):
    """Whole cents of a published figure, half up: engines print more decimals."""
    return int((Decimal(euros) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def slips(month, gross, headcount=60):
    facts = PayFacts.of(gross, headcount=int(headcount), workplace_accident_rate="1.25")
    return HERE.payslip(month, facts), ELSEWHERE.payslip(month, facts)


def test_it_conforms():
    apprentices = PayFacts(gross_pay_cents=215_000, headcount=2_100, apprentice_ratio_ppm=12_000)
    assert_plugin_conforms(subject, "fr-alsace-moselle", people=[apprentices])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_example(example):
    expected, gross, month = dict(example["expected"]), example["inputs"]["gross"], example["date"][:7]
    day = dt.date.fromisoformat(example["date"])
    if "rate" in expected:
        rate = HERE.legislation.parameter("alsace_moselle_health_rate").on(day).value
        assert rate == expected.pop("rate") * 1_000_000
        if day < HERE.legislation.known_from:  # no payslip is that old: the rate alone is known
            assert cents(gross * rate / 1_000_000) == cents(expected.pop("employee_sickness"))
            assert expected.pop("employer_sickness_extra") == 0
    if "monthly_saving_vs_previous_rate" in expected:
        (before, _), (after, _) = slips("2022-03", gross), slips("2022-04", gross)
        saving = before.line(LINE).employee_cents - after.line(LINE).employee_cents
        assert saving == cents(expected.pop("monthly_saving_vs_previous_rate"))
    if not expected:
        return
    here, elsewhere = slips(month, gross, example["inputs"].get("headcount", 60))
    line, tax = here.line(LINE), here.line("apprenticeship")
    main, balance = (elsewhere.line(code) for code in ("apprenticeship", "apprenticeship_balance"))
    found = {
        "employee_sickness": line.employee_cents,
        "employer_sickness_extra": line.employer_cents,
        "apprenticeship_tax_here": tax.employer_cents,
        "due_here": tax.employer_cents,
        "apprenticeship_tax_elsewhere": main.employer_cents + balance.employer_cents,
        "due_elsewhere": main.employer_cents + balance.employer_cents,
        "rate_here": tax.employer_ppm,
        "rate_elsewhere_base": main.employer_ppm,
        "rate_elsewhere_balance": balance.employer_ppm,
    }
    nets = [expected.pop(f"net_before_income_tax_{where}", None) for where in ("elsewhere", "here")]
    if nets[0] is not None:
        # The engine keeps every decimal and rounds nothing, so its nets are no sum of cents; the gap is the
        # line, whole: it is not deducted from the base of the CSG.
        assert nets[0] - nets[1] == expected["employee_sickness"]
        assert elsewhere.net_before_tax_cents - here.net_before_tax_cents == line.employee_cents
    assert expected
    for name, value in expected.items():
        unit = value * 1_000_000 if name.startswith("rate") else cents(value)
        assert found[name] == unit, name


class TestApril2022:
    """A month worked out by hand and by two engines: 2,100 €, 30 people, just after the rate fell.

    openfisca-france 176.1.8 has the line at 31.50, the old rate; modele-social 8.0.0 agrees to the cent.
    """

    facts = PayFacts.of(
        "2100",
        headcount=30,
        workplace_accident_rate="1.25",
        mobility_rate="2",
        health_cover_employee="15",
        health_cover_employer="15",
        hours_policy="full_time",
    )
    slip = HERE.payslip("2022-04", facts)

    def test_every_line_and_no_other(self):
        found = {
            line.code: (line.base_cents, line.employee_cents, line.employer_cents)
            for line in self.slip.lines
            if line.employee_cents or line.employer_cents
        }
        pay = "2100.00"
        wanted = {
            "health_reduced": (pay, "0", "147.00"),
            LINE: (pay, "27.30", "0"),
            "health_cover": ("0", "15.00", "15.00"),
            "workplace_accident": (pay, "0", "26.25"),
            "old_age_capped": (pay, "144.90", "179.55"),
            "old_age_uncapped": (pay, "8.40", "39.90"),
            "agirc_arrco_t1": (pay, "66.15", "99.12"),
            "ceg_t1": (pay, "18.06", "27.09"),
            "family_reduced": (pay, "0", "72.45"),
            "unemployment": (pay, "0", "85.05"),
            "ags": (pay, "0", "3.15"),
            "solidarity_autonomy": (pay, "0", "6.30"),
            "fnal_capped": (pay, "0", "2.10"),
            "mobility": (pay, "0", "42.00"),
            "social_dialogue": (pay, "0", "0.34"),
            "training_11_plus": (pay, "0", "21.00"),
            "apprenticeship": (pay, "0", "9.24"),
            "forfait_social": ("15.00", "0", "1.20"),
            "csg_deductible": ("2078.25", "141.32", "0"),
            "csg_crds_non_deductible": ("2078.25", "60.27", "0"),
        }
        assert found == {code: tuple(map(to_cents, amounts)) for code, amounts in wanted.items()}

    def test_the_reduction(self):
        (line,) = self.slip.reductions
        assert (line.coefficient, line.amount_cents) == (1179, 247_59)
        assert (line.urssaf_part_cents, line.pension_part_cents) == (201_02, 46_57)

    def test_every_total(self):
        slip = self.slip
        assert slip.employee_contributions_cents == 481_40
        assert slip.employer_contributions_cents - slip.reductions_cents == 529_15
        assert slip.employer_cost_cents == 2629_15
        assert slip.net_before_tax_cents == 1618_60
        assert slip.taxable_net_cents == 1693_87
        assert (slip.withholding_cents, slip.net_paid_cents) == (35_57, 1583_03)


class TestApprenticeship:
    """No tax on the pay of 2019; 0.44 % once a year for 2020 and 2021, then monthly; never a balance."""

    @pytest.mark.parametrize(
        ("month", "codes"),
        [
            ("2019-12", {}),
            ("2020-01", {"apprenticeship_yearly": 8_80}),
            ("2021-12", {"apprenticeship_yearly": 8_80}),
            ("2022-01", {"apprenticeship": 8_80}),
            ("2026-07", {"apprenticeship": 8_80}),
        ],
    )
    def test_what_is_owed(self, month, codes):
        here, _ = slips(month, "2000")
        found = {
            line.code: line.employer_cents for line in here.lines if line.code.startswith("apprenticeship")
        }
        assert found == codes

    def test_the_supplement_is_52_percent_of_that_elsewhere(self):
        for headcount, elsewhere in ((250, "0.40"), (2_000, "0.60")):
            facts = PayFacts.of("2000", headcount=headcount, workplace_accident_rate="1")
            slip = HERE.payslip("2026-03", facts)
            (line,) = (line for line in slip.lines if line.code.startswith("apprenticeship_supplement"))
            assert line.employer_ppm == Decimal(elsewhere) * 10_000 * 52 / 100
            assert any(value.needs_review for value in slip.law.dated_values(line.contribution))


class TestHolidays:
    """26 December everywhere; Good Friday where there is a Protestant or a mixed church (L3134-13)."""

    good_friday, boxing_day = dt.date(2026, 4, 3), dt.date(2026, 12, 26)

    def test_both(self):
        assert {self.good_friday, self.boxing_day} <= subject.holidays(good_friday=True)(2026)
        assert len(subject.holidays(good_friday=True)(2026)) == 13

    def test_one(self):
        assert self.good_friday not in subject.holidays(good_friday=False)(2026)
        assert self.boxing_day in subject.holidays(good_friday=False)(2026)


def test_it_is_found_by_its_name():
    try:
        metadata.distribution("cae-fr-alsace-moselle")
    except metadata.PackageNotFoundError:
        pytest.skip("the plugin is tested from its sources; `nox -s plugins` installs it")
    facts = PayFacts.of("2000", workplace_accident_rate="1")
    found = cae_core.load("fr", "fr-alsace-moselle").payslip("2026-03", facts)
    assert found.line(LINE).employee_cents == 26_00
