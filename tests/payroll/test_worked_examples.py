"""Payslips computed elsewhere, to the cent. One file an example, with who computed it; no tolerance."""

import tomllib
from pathlib import Path

import pytest

from cae_core import Month, PayFacts, load
from cae_core.money import Rate, to_cents

EXAMPLES = sorted((Path(__file__).parent.parent / "worked_examples").glob("*.toml"))


def read(path):
    return tomllib.loads(path.read_text("utf-8"))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request):
    return read(request.param)


@pytest.fixture
def slip(example):
    given = dict(example["input"])
    return load().payslip(given.pop("month"), PayFacts.of(given.pop("gross_pay"), **given))


def test_there_are_examples():
    assert len(EXAMPLES) >= 13
    assert all(read(path)["checked_with"] for path in EXAMPLES)


def test_every_line_and_no_other(example, slip):
    found = {
        line.code: (line.base_cents, line.employee_cents, line.employer_cents)
        for line in slip.lines
        if line.employee_cents or line.employer_cents
    }
    assert found == {code: tuple(map(to_cents, amounts)) for code, *amounts in example["slip"]["lines"]}


def test_the_reduction_and_its_two_parts(example, slip):
    (line,) = slip.reductions
    wanted = example["slip"].get("reduction", {"coefficient": "0", "amount": "0"})
    assert line.coefficient == Rate.percent(wanted["coefficient"]).ppm // 100
    assert line.amount_cents == to_cents(wanted["amount"])
    totals = example["totals"]
    if "urssaf_part" in totals:
        assert line.urssaf_part_cents == to_cents(totals["urssaf_part"])
        assert line.pension_part_cents == to_cents(totals["pension_part"])


@pytest.mark.parametrize(
    "total",
    [
        "employee_contributions",
        "employer_cost",
        "net_before_tax",
        "net_social_amount",
        "taxable_net",
        "withholding",
        "net_paid",
    ],
)
def test_every_total(example, slip, total):
    if total not in example["totals"]:
        # No payslip had a net social amount before July 2023.
        assert total == "net_social_amount"
        assert slip.month < Month(2023, 7)
        return
    assert getattr(slip, f"{total}_cents") == to_cents(example["totals"][total])


def test_the_neutral_rate(example, slip):
    assert slip.withholding_rate == Rate.percent(example["totals"]["withholding_rate"])
