"""What holds on every payslip: every cent is in one line, and every line can be redone by hand."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cae_core import load
from strategies import months, pay_facts

RULES = load()


def half_up(exact):
    """The nearest integer; a tie goes away from zero."""
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))


@st.composite
def slips(draw):
    """A payslip of any month, alone or after earlier months of its year."""
    month = draw(months)
    facts = draw(pay_facts().filter(lambda facts: facts.employed_days is None))
    before = None
    if month.number > 1 and draw(st.booleans()):
        first = month + (1 - month.number)
        for earlier in list(first.through(month + -1))[-2:]:
            gross = draw(st.integers(0, 1_500_000))
            before = RULES.payslip(earlier, facts.with_gross(gross), year_to_date=before).year_to_date
    return RULES.payslip(month, facts, year_to_date=before)


@given(slips())
def test_totals_reconcile(slip):
    assert (
        slip.gross_pay_cents + slip.employer_contributions_cents - slip.reductions_cents
        == slip.employer_cost_cents
    )
    assert slip.gross_pay_cents - slip.employee_contributions_cents == slip.net_before_tax_cents
    assert slip.net_before_tax_cents - slip.withholding_cents == slip.net_paid_cents


@given(slips())
def test_every_cent_is_in_one_line(slip):
    assert sum(line.employee_cents for line in slip.lines) == slip.employee_contributions_cents
    assert sum(line.employer_cents for line in slip.lines) == slip.employer_contributions_cents
    assert sum(line.amount_cents for line in slip.reductions) == slip.reductions_cents
    assert len({line.code for line in slip.lines}) == len(slip.lines)


@given(slips())
def test_every_line_can_be_redone_by_hand(slip):
    for line in slip.lines:
        if line.contribution.is_amount:
            continue
        assert line.employee_cents == half_up(Fraction(line.base_cents * line.employee_ppm, 10**6))
        assert line.employer_cents == half_up(Fraction(line.base_cents * line.employer_ppm, 10**6))


@given(slips())
def test_every_line_is_under_a_heading(slip):
    shown = [line for _, lines in slip.by_heading() for line in lines]
    assert sorted(line.code for line in shown) == sorted(line.code for line in slip.lines)


@given(slips())
def test_the_same_facts_give_the_same_cents(slip):
    again = RULES.payslip(slip.month, slip.facts, year_to_date=None)
    once_more = RULES.payslip(slip.month, slip.facts, year_to_date=None)
    assert again.lines == once_more.lines
    assert again.reductions == once_more.reductions


@given(slips())
def test_euros_are_the_cents(slip):
    assert slip.net_paid * 100 == slip.net_paid_cents
    assert slip.employer_cost.as_tuple().exponent == -2
