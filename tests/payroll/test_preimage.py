"""Every gross pay that gives a total, or the gap: checked against a table of every cent."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import AmountTypeError, HoursPolicy, PayFacts, UnknownNameError, load
from cae_core.payroll.inverse import INVERTIBLE, Inverse
from cae_core.payroll.trace import outcomes
from strategies import months, pay_facts

np = pytest.importorskip("numpy")
RULES = load()
FACTS = PayFacts.of(
    0, headcount=130, workplace_accident_rate="1.05", mobility_rate="2",
    health_cover_employee="25", health_cover_employer="25",
)  # fmt: skip


class Table:
    """The forward table of a month on the arrays lane: the total at every cent of gross pay."""

    def __init__(self, month, facts, before=None, size=1_500_001):
        self.size = size
        grosses = np.arange(size)
        self.batch = RULES.payslips(month, facts.with_gross(grosses), year_to_date=before, state=False)
        self.sorted = {}

    def answers(self, total, target):
        """The grosses that give the target, the nearest total under it and the nearest over it."""
        column = self.batch[total]
        if total not in self.sorted:
            order = np.argsort(column, kind="stable")
            self.sorted[total] = order, column[order]
        order, values = self.sorted[total]
        first, after = np.searchsorted(values, target), np.searchsorted(values, target, side="right")
        exact = tuple(sorted(order[first:after].tolist()))
        under = int(values[first - 1]) if first else None
        over = int(values[after]) if after < len(values) else None
        return exact, under, over


def check(table, inverse, total, target):
    exact, under, over = table.answers(total, target)
    found = inverse.grosses_for(total, target, most_cents=table.size - 1)
    assert found.grosses_cents == exact
    if not exact:
        assert (found.below.total_cents if found.below else None) == under
        assert (found.above.total_cents if found.above else None) == over
    return found


@pytest.mark.parametrize("month", ["2024-03", "2025-06", "2026-03"])
@pytest.mark.parametrize("total", INVERTIBLE)
def test_against_the_forward_table(month, total):
    """Random targets, and every cent around each breakpoint."""
    table, inverse = Table(month, FACTS), RULES.inverse(month, FACTS)
    column = table.batch[total]
    rng = np.random.default_rng(20260701)
    targets = {
        int(column[gross]) + int(shift) for gross, shift in rng.integers((0, -1), (table.size, 2), (60, 2))
    }
    for edge in inverse.breakpoints:
        near = range(max(edge - 2, 0), min(edge + 3, table.size))
        targets.update(int(column[gross]) + shift for gross in near for shift in (-30, 0, 1))
    for target in targets:
        check(table, inverse, total, target)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_within_a_year(data):
    """After irregular months, where totals rise and fall with reference hours and thresholds."""
    year = data.draw(st.sampled_from([2024, 2025, 2026]))
    policy = data.draw(st.sampled_from(list(HoursPolicy)[:2]))
    facts = PayFacts.of(0, headcount=60, workplace_accident_rate="1.05", hours_policy=policy)
    before = None
    earlier = data.draw(st.lists(st.integers(0, 900_000), min_size=1, max_size=4))
    for number, gross in enumerate(earlier, start=1):
        slip = RULES.payslip(f"{year}-{number:02d}", facts.with_gross(gross), year_to_date=before)
        before = slip.year_to_date
    month = f"{year}-{len(earlier) + 1:02d}"
    table = Table(month, facts, before, size=600_001)
    inverse = RULES.inverse(month, facts, year_to_date=before)
    for total in INVERTIBLE:
        for gross in data.draw(st.lists(st.integers(0, 600_000), min_size=4, max_size=4)):
            check(table, inverse, total, int(table.batch[total][gross]) + data.draw(st.integers(-1, 1)))


def test_the_rounding_of_the_coefficient_can_give_one_cost_twice():
    """2026, five months paid: in June a cent of pay can lift the coefficient, and the reduction of the year."""
    facts = PayFacts.of(0, headcount=130, workplace_accident_rate="1.05", mobility_rate="2")
    before = None
    for number, gross in enumerate([93_987, 122_060, 239_352, 309_275, 142_543], start=1):
        slip = RULES.payslip(f"2026-{number:02d}", facts.with_gross(gross), year_to_date=before)
        before = slip.year_to_date
    table = Table("2026-06", facts, before, size=180_001)
    inverse = RULES.inverse("2026-06", facts, year_to_date=before)
    found = check(table, inverse, "employer_cost", 184_763)
    assert len(found.grosses_cents) == 2
    assert found.grosses_cents[1] - found.grosses_cents[0] > 50
    fitting = (table.batch["employer_cost"] <= 184_763).nonzero()[0]
    assert inverse.for_budget(184_763).gross_pay_cents == int(fitting[-1])


@settings(max_examples=150, deadline=None)
@given(months, pay_facts(), st.sampled_from(INVERTIBLE))
def test_a_gross_pay_is_found_again(month, facts, total):
    """Whatever the person, her covers, her days and her rate of tax: the totals are those of her payslip."""
    if facts.employed_days is not None:
        facts = attrs.evolve(facts, employed_days=min(facts.employed_days, month.days))
    wanted = getattr(RULES.payslip(month, facts), f"{total}_cents")
    found = RULES.inverse(month, facts).grosses_for(total, wanted)
    assert facts.gross_pay_cents in found.grosses_cents
    for gross in found.grosses_cents[:20]:
        assert getattr(RULES.payslip(month, facts.with_gross(gross)), f"{total}_cents") == wanted


class TestTheGapsAndDoublesOfTheLaw:
    """Where a rule starts on the whole pay, some totals cannot be had, and some can be had twice."""

    def test_the_exit_of_the_reduction(self):
        # 3 × 12.02 × 1,820 / 12: at 5,469.10 the reduction of 2 % of the pay ends.
        inverse = RULES.inverse("2026-03", FACTS)
        under = inverse.for_budget(10**6 * 100).employer_cost_cents
        assert under <= 10**8
        last = RULES.payslip("2026-03", FACTS.with_gross(546_909)).employer_cost_cents
        found = inverse.grosses_for("employer_cost", last + 40_00)
        assert not found.exact
        assert (found.below.gross_pay_cents, found.above.gross_pay_cents) == (546_909, 546_910)
        assert found.above.total_cents - found.below.total_cents == 109_39
        assert found.rules[0] == ("general_reduction", 109_38)

    def test_the_start_of_the_cet_lowers_the_net(self):
        # From 4,005.00 to 4,005.01 the CET is due on the whole pay: 0.14 % of 4,005.01, 5.61.
        inverse = RULES.inverse("2026-03", FACTS)
        top = RULES.payslip("2026-03", FACTS.with_gross(400_500)).net_before_tax_cents
        after = RULES.payslip("2026-03", FACTS.with_gross(400_501)).net_before_tax_cents
        assert top - after == 5_61 - 1
        found = inverse.grosses_for("net_before_tax", top)
        assert 400_500 in found.grosses_cents
        assert found.grosses_cents[-1] > 401_000

    def test_one_cent_of_gross_may_cost_two(self):
        inverse = RULES.inverse("2026-03", FACTS)
        costs = [
            RULES.payslip("2026-03", FACTS.with_gross(gross)).employer_cost_cents
            for gross in range(200_000, 200_060)
        ]
        missed = sorted(set(range(costs[0], costs[-1])) - set(costs))
        assert missed
        found = inverse.grosses_for("employer_cost", missed[0])
        assert found.above.gross_pay_cents - found.below.gross_pay_cents == 1
        assert all(abs(cents) <= 2 for _, cents in found.rules)


class TestBreakpoints:
    """They come out of the formulas and tables, by tracing; the law's own thresholds are among them."""

    def test_those_of_march_2026(self):
        found = RULES.inverse("2026-03", FACTS).breakpoints
        # Minimum wage of the formula, ceiling, exit of the reduction, four and eight ceilings, and their next cent.
        for threshold in (182_304, 400_500, 546_910, 1_602_000, 3_204_000):
            assert {threshold, threshold + 1} & set(found), threshold

    def test_those_of_2025_move_with_the_threshold_of_health(self):
        assert 405_406 in RULES.inverse("2025-06", FACTS).breakpoints
        assert 436_801 in RULES.inverse("2024-06", FACTS).breakpoints

    def test_the_traced_lane_gives_the_values_of_the_scalar_lane(self):
        inverse = Inverse(RULES.month_law("2025-06"), FACTS)
        law, seen = inverse.law, {}

        def formulas(gross):
            sums = inverse._quantities(gross)
            seen.update({base.name: base.formula(sums, law.values) for base in law.bases})

        outcomes(formulas, 412_345)
        slip = RULES.payslip("2025-06", FACTS.with_gross(412_345))
        for name, lane in seen.items():
            assert lane.value == slip.year_to_date.bases[name]


class TestTheDoor:
    def test_another_total_is_refused(self):
        with pytest.raises(UnknownNameError, match="net_paid"):
            RULES.inverse("2026-03", FACTS).grosses_for("netpaid", 1)

    @pytest.mark.parametrize("target", [1500.0, "1500", True])
    def test_a_target_that_is_not_cents_is_refused(self, target):
        with pytest.raises(AmountTypeError, match="target_cents must be an int of cents"):
            RULES.inverse("2026-03", FACTS).grosses_for("net_paid", target)
