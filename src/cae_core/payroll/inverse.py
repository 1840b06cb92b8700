"""From a budget back to gross pay. Exact to the cent, without dividing by a constant rate.

In a CAE the budget comes first: what the activity leaves is the employer's budget, and gross pay follows.
Employer cost is not linear in gross pay, and under year-to-date regularisation it is not even increasing:
more pay can bring more reference hours, hence a larger coefficient on the pay of the whole year. So the
search splits the pays where some rule starts or stops, and inside a part allows for the rounding of the
coefficient instead of trusting a plain bisection.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from cae_core.errors import AmountTypeError
from cae_core.money import CENTS_MAX
from cae_core.payroll import engine
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["Budgeted", "gross_for_budget"]

#: A coefficient is rounded to four decimals: half a step either side, on the pay of the year.
_COEFFICIENT_STEPS = 10_000


@attrs.frozen(kw_only=True)
class Budgeted:
    """The largest gross pay whose employer cost fits a budget.

    Attributes:
        budget_cents: the budget asked.
        gross_pay_cents: the answer; 0 where nothing fits.
        employer_cost_cents: its cost.
        next_cost_cents: the cost of one cent more of gross pay, over the budget.
    """

    budget_cents: int
    gross_pay_cents: int
    employer_cost_cents: int
    next_cost_cents: int

    @property
    def left_over_cents(self) -> int:
        """What the budget keeps: more than a few cents where the cost jumps; negative where nothing fits."""
        return self.budget_cents - self.employer_cost_cents

    @property
    def fits(self) -> bool:
        """Whether the cost is within the budget; even no pay at all may cost, such as a health cover."""
        return self.left_over_cents >= 0


def gross_for_budget(
    law: MonthLaw, budget_cents: int, facts: PayFacts, before: YearToDate | None = None
) -> Budgeted:
    """Return the largest gross pay of the month whose employer cost fits the budget.

    Args:
        law: the law of the month.
        budget_cents: what the employer may spend, in cents.
        facts: the facts of the person; their gross pay is ignored.
        before: the state of the year after the earlier months.

    Raises:
        AmountTypeError: the budget is not an ``int`` of cents.
    """
    if type(budget_cents) is not int:
        raise AmountTypeError(f"budget_cents must be an int of cents (got {budget_cents!r})", budget_cents)
    search = _Search(law, facts, before)
    answer = search.largest(budget_cents)
    found = 0 if answer is None else answer
    return Budgeted(
        budget_cents=budget_cents,
        gross_pay_cents=found,
        employer_cost_cents=search.cost(found),
        next_cost_cents=search.cost(found + 1),
    )


class _Search:
    """One search: the same person, month and earlier months, at any gross pay."""

    def __init__(self, law: MonthLaw, facts: PayFacts, before: YearToDate | None) -> None:
        self.law, self.facts, self.before = law, facts, before
        self.schedule = law.schedule(facts.executive, facts.headcount)
        self.paid_before: int = before.sums.get("gross_pay", 0) if before else 0

    def cost(self, gross: int) -> int:
        facts = self.facts.with_gross(gross)
        cost: int = engine.compute(self.law, self.schedule, facts, self.before).employer_cost
        return cost

    def largest(self, budget: int) -> int | None:
        """Return the largest gross whose cost fits, or None."""
        # No contribution and no reduction exceeds the pay it is computed on, this year's pay included.
        ceiling = min(2 * (max(budget, 0) + 2 * self.paid_before) + 100_00, CENTS_MAX)
        # From the pivot on only pay itself moves: the cost never falls again.
        pivot = min(self._pivot(), ceiling)
        if self.cost(pivot) <= budget:
            return _last(lambda gross: self.cost(gross) <= budget, pivot, ceiling)
        edges = [0, *self._switches(pivot), pivot]
        for first, after in zip(reversed(edges[:-1]), reversed(edges[1:]), strict=True):
            found = self._largest_between(first, after - 1, budget)
            if found is not None:
                return found
        return None

    def _largest_between(self, first: int, last: int, budget: int) -> int | None:
        """Return the largest gross of a part where the cost grows but for rounding the coefficient."""
        if last < first:
            return None
        # The rounding moves the reduction of the year by at most half a step each way, twice at most; the
        # other lines move by less than a cent each. The cost grows by more than half a cent a cent.
        noise = 2 * ((self.paid_before + last) // _COEFFICIENT_STEPS + len(self.schedule.rows) + 2)
        if self.cost(first) > budget + noise:
            return None
        around = _last(lambda gross: self.cost(gross) <= budget, first, last)
        for gross in range(min(around + 2 * noise, last), max(around - 2 * noise, first) - 1, -1):
            if self.cost(gross) <= budget:
                return gross
        return None

    def _quantities(self, gross: int) -> tuple[int, ...]:
        facts = self.facts.with_gross(gross)
        return tuple(
            quantity.formula(facts, self.law.values)
            for quantity in self.law.quantities
            if quantity.name != "gross_pay"
        )

    def _pivot(self) -> int:
        """Return the gross from which reference wages and thresholds no longer move with pay."""
        saturated = self._quantities(CENTS_MAX)
        if self._quantities(0) == saturated:
            return 0
        return 1 + _last(lambda gross: self._quantities(gross) != saturated, 0, CENTS_MAX)

    def _regime(self, gross: int) -> tuple[bool, ...]:
        """Return which bases and reductions are due at all at this gross."""
        found = engine.compute(
            self.law, self.schedule, self.facts.with_gross(gross), self.before, None, lambda *line: line[2]
        )
        return (
            *(base != 0 for base in found.year_to_date.bases.values()),
            *(coefficient != 0 for coefficient in found.reduction_lines),
        )

    def _switches(self, pivot: int) -> list[int]:
        """Return the grosses under the pivot where some base or reduction starts or stops, increasing."""
        if self.before is None:
            return []  # alone, a month under the pivot stays in one regime but for its very first cents
        low, high = self._regime(0), self._regime(max(pivot - 1, 0))
        switches = set()
        for rank, (before, after) in enumerate(zip(low, high, strict=True)):
            if before != after:

                def unchanged(gross: int, rank: int = rank, before: bool = before) -> bool:
                    return self._regime(gross)[rank] == before

                switches.add(_last(unchanged, 0, pivot - 1) + 1)
        return sorted(switches)


def _last(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return a gross where a condition holds while it does not one cent later (``high`` if it holds there).

    The condition is taken to hold at ``low``; where it switches several times, any switch is returned.
    """
    if holds(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
