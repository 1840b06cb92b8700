"""The arrays lane gives the cents of the scalar lane, row by row, for every rule and month."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import AmountError, AmountTypeError, HoursPolicy, InputError, PayFacts, UnknownNameError, load
from cae_core.payroll import TOTALS
from strategies import MONTHS, headcounts, months, pay_facts

np = pytest.importorskip("numpy")
RULES = load()


def columns(people):
    """The facts of many people as columns; one policy, whole months."""

    def column(name):
        return np.array([getattr(person, name) for person in people], dtype=np.int64)

    names = [
        "gross_pay_cents", "headcount", "workplace_accident_ppm", "mobility_ppm", "health_cover_employee_cents",
        "health_cover_employer_cents", "provident_employee_ppm", "provident_employer_ppm", "apprentice_ratio_ppm",
        "contract_hours_hundredths", "affected_pay_cents", "affected_pay_due_cents",
    ]  # fmt: skip
    return PayFacts(
        **{name: column(name) for name in names},
        executive=np.array([person.executive for person in people]),
        hours_policy=people[0].hours_policy,
    )


@st.composite
def populations(draw):
    policy = draw(st.sampled_from(list(HoursPolicy)))
    people = draw(st.lists(pay_facts(policies=(policy,)), min_size=1, max_size=12))
    return [_whole(person) for person in people]


def _whole(person):
    return attrs.evolve(person, employed_days=None, withholding_ppm=None)


def same(left, right):
    assert left.lines == right.lines
    assert left.reductions == right.reductions
    for total in TOTALS:
        assert getattr(left, f"{total}_cents") == getattr(right, f"{total}_cents"), total
    assert left.withholding_ppm == right.withholding_ppm


@given(months, populations())
def test_a_row_is_the_payslip_of_the_person(month, people):
    batch = RULES.payslips(month, columns(people), lines=True)
    for position, person in enumerate(people):
        same(batch.row(position), RULES.payslip(month, person))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([2024, 2025, 2026]), populations(), st.data())
def test_year_to_date_too(year, people, data):
    before, befores = None, [None] * len(people)
    for number in range(1, 7):
        month = f"{year}-{number:02d}"
        people = [person.with_gross(data.draw(st.integers(0, 1_200_000))) for person in people]
        batch = RULES.payslips(month, columns(people), year_to_date=before, lines=True)
        for position, person in enumerate(people):
            slip = RULES.payslip(month, person, year_to_date=befores[position])
            same(batch.row(position), slip)
            befores[position] = slip.year_to_date
        before = batch.year_to_date


@given(st.sampled_from(MONTHS), st.lists(st.integers(0, 4_000_000), min_size=1, max_size=40), headcounts)
def test_totals_alone_are_the_totals_with_lines(month, grosses, headcount):
    facts = PayFacts(gross_pay_cents=np.array(grosses), headcount=headcount, workplace_accident_ppm=10_500)
    quick, whole = RULES.payslips(month, facts, state=False), RULES.payslips(month, facts, lines=True)
    for total in TOTALS:
        assert (quick[total] == whole[total]).all()


def test_pieces_join_in_the_order_of_the_people():
    rng = np.random.default_rng(20260701)
    size = 40_000  # three pieces a group
    facts = PayFacts(
        gross_pay_cents=rng.integers(0, 1_200_000, size),
        executive=rng.integers(0, 2, size).astype(bool),
        headcount=rng.choice([5, 30, 130], size),
        workplace_accident_ppm=rng.choice([10_500, 21_200], size),
    )
    batch = RULES.payslips("2025-06", facts)
    for position in (0, 1, 17, 16_383, 16_384, 20_000, 39_999):
        assert batch["net_paid"][position] == RULES.payslip("2025-06", facts.row(position)).net_paid_cents
    assert (batch["gross_pay"] - batch["employee_contributions"] == batch["net_before_tax"]).all()


class TestTheDoor:
    """int64 arithmetic wraps without a word: the domain is checked before anything is computed."""

    def test_floats_are_refused(self):
        with pytest.raises(AmountTypeError, match="int64 array .got float64"):
            PayFacts(gross_pay_cents=np.array([2000.0]))

    def test_a_negative_row_is_named(self):
        with pytest.raises(AmountError, match="row 1 is -5 .1 rows of 3"):
            PayFacts(gross_pay_cents=np.array([1, -5, 2]))

    def test_beyond_the_domain(self):
        with pytest.raises(AmountError, match="row 0"):
            PayFacts(gross_pay_cents=np.array([10**12]))

    def test_one_person_is_not_a_batch(self):
        with pytest.raises(AmountError, match="use payslip"):
            RULES.payslips("2026-03", PayFacts.of("2000", workplace_accident_rate="1"))

    def test_facts_the_law_does_not_allow_name_the_row(self):
        facts = PayFacts(
            gross_pay_cents=np.array([200_000, 200_000]),
            health_cover_employee_cents=np.array([0, 2_501]),
            health_cover_employer_cents=np.array([0, 2_500]),
        )
        with pytest.raises(InputError, match="L911-7.*first in row 1"):
            RULES.payslips("2026-03", facts)

    def test_totals_only_says_how_to_get_more(self):
        facts = PayFacts(gross_pay_cents=np.array([200_000]))
        quick = RULES.payslips("2026-03", facts, state=False)
        with pytest.raises(InputError, match="lines=True"):
            quick.row(0)
        with pytest.raises(InputError, match="state=True"):
            _ = quick.year_to_date

    def test_there_is_no_such_person(self):
        batch = RULES.payslips("2026-03", PayFacts(gross_pay_cents=np.array([200_000])), lines=True)
        with pytest.raises(IndexError, match="1 people"):
            batch.row(1)


class TestChosenTotals:
    """A large batch keeps the columns asked for and nothing else."""

    facts = PayFacts(gross_pay_cents=np.array([0, 200_000, 600_000, 1_000_000]), headcount=130)

    @pytest.mark.parametrize("total", TOTALS)
    def test_one_alone(self, total):
        whole, alone = (
            RULES.payslips("2026-03", self.facts, state=False, totals=kept) for kept in (None, [total])
        )
        assert whole[total].tolist() == alone[total].tolist()

    def test_what_was_not_asked_for_is_said(self):
        batch = RULES.payslips("2026-03", self.facts, totals=["employer_cost"])
        for missing in ("reductions", "net_paid"):
            with pytest.raises(
                InputError, match=f"{missing} was not asked for; this batch has gross_pay, employer_cost"
            ):
                batch[missing]

    def test_another_name(self):
        with pytest.raises(UnknownNameError, match="Did you mean net_paid"):
            RULES.payslips("2026-03", self.facts, totals=["netpaid"])

    def test_a_personal_rate_and_several_statuses(self):
        facts = attrs.evolve(
            self.facts, withholding_ppm=np.array([0, 10_000, 43_000, 0]), headcount=np.array([1, 60, 30, 260])
        )
        whole, some = (
            RULES.payslips("2025-06", facts, totals=kept) for kept in (None, ["net_paid", "withholding"])
        )
        assert whole["net_paid"].tolist() == some["net_paid"].tolist()
        assert whole["withholding"].tolist() == some["withholding"].tolist()
