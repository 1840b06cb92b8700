"""From budgets to gross pays, a column at a time: the same cents as the inverse of one person.

The largest gross pay whose cost fits is looked for where cost is known to grow. Reference wages follow pay up
to a *pivot*, the same for everybody. Above it no coefficient rises, so cost grows. Below it, pay under a
minimum wage after better months raises the coefficient of the year, step by step: inside a step cost grows,
from one step to the next it falls by what the step gives on the pay of the year. So the last step that fits
is looked for first, then the pay inside it. What has another shape is asked of
:class:`~cae_core.payroll.inverse.Inverse`, row by row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from cae_core.errors import AmountTypeError
from cae_core.money import CENTS_MAX, Lane, choose, greatest, least
from cae_core.payroll import engine
from cae_core.payroll.batch import payslips
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.groups import groups
from cae_core.payroll.inverse import Inverse
from cae_core.payroll.month_law import MonthLaw, Schedule
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["grosses_for_budgets"]

#: How many steps of a coefficient beyond the last that fits are looked at.
_STEPS_AHEAD = 3


def grosses_for_budgets(
    law: MonthLaw, facts: PayFacts, budgets_cents: Lane, before: YearToDate | None = None
) -> Lane:
    """Return, for each person, the largest gross pay of the month whose employer cost fits a budget.

    Row by row it is the answer of :meth:`~cae_core.payroll.inverse.Inverse.for_budget`.

    Args:
        law: the law of the month.
        facts: the facts of the people; their gross pay is ignored.
        budgets_cents: the budgets, an int64 array: one row a person.
        before: the state of the year after the earlier months, in columns.

    Raises:
        AmountTypeError: the budgets are not an int64 array.
    """
    if str(getattr(budgets_cents, "dtype", "")) != "int64":
        raise AmountTypeError(
            f"budgets_cents must be an int64 array of cents (got {budgets_cents!r})", budgets_cents
        )
    facts = facts.with_gross(budgets_cents * 0)
    before = None if engine.stands_alone(law, facts) else before
    found = budgets_cents * 0
    for status, rows in groups(law, facts):
        schedule = law.schedule(status.executive, status.headcount)
        if rows is None:
            return _Search(law, schedule, facts, before).largest(budgets_cents)
        some = None if before is None else before.take(rows)
        found[rows] = _Search(law, schedule, facts.take(rows), some).largest(budgets_cents[rows])
    return found


@attrs.frozen(eq=False)
class _Shape:
    """What of a month may fall as pay rises: bases, and the coefficients of reductions."""

    bases: tuple[Lane, ...]
    coefficients: tuple[Lane, ...]


@attrs.frozen(eq=False)
class _Search:
    """People of one status, one month and the earlier months of the year."""

    law: MonthLaw
    schedule: Schedule
    facts: PayFacts
    before: YearToDate | None

    def cost(self, gross: Lane) -> Lane:
        """Return the employer cost of a column of pays."""
        facts = self.facts.with_gross(gross)
        return payslips(self.law, facts, self.before, state=False, totals=("employer_cost",))["employer_cost"]

    def take(self, rows: Any) -> _Search:
        """Return the search of some people."""
        before = None if self.before is None else self.before.take(rows)
        return _Search(self.law, self.schedule, self.facts.take(rows), before)

    def _sums(self, gross: Lane) -> dict[str, Lane]:
        facts, values = self.facts.with_gross(gross), self.law.values
        earlier = self.before.sums if self.before else {}
        return {q.name: q.formula(facts, values) + earlier.get(q.name, 0) for q in self.law.quantities}

    def _shape(self, gross: Lane) -> _Shape:
        sums, values = self._sums(gross), self.law.values
        return _Shape(
            tuple(gross * 0 + base.formula(sums, values) for base in self.law.bases),
            tuple(gross * 0 + rule.coefficient(scale, sums, values) for rule, scale in self._scales()),
        )

    def _scales(self) -> list[tuple[Any, Any]]:
        """The reductions with every scale of the year that has pay."""
        found = []
        for reduction, scale, _, _ in self.schedule.scales:
            paid = self.before.reduction_pay.get(reduction.code, ()) if self.before else ()
            found += [(reduction, each) for each in dict.fromkeys([scale, *(one for one, _ in paid)])]
        return found

    def _pivot(self) -> Lane:
        """The pay from which no quantity but the pay follows it."""
        zeros = self.facts.gross_pay_cents
        # Plainly beyond what any reference wage follows, and far from the end of the domain.
        most = zeros + CENTS_MAX // 2
        at_most = self._sums(most)
        following = [name for name in at_most if name != "gross_pay"]

        def follows(gross: Lane) -> Lane:
            sums = self._sums(gross)
            differs = zeros > 0
            for name in following:
                differs = differs | (sums[name] != at_most[name])
            return differs

        return _last(follows, zeros - 1, most) + 1

    def largest(self, budgets: Lane) -> Lane:
        """Return the largest pay that fits, or zero where none does."""
        pivot = self._pivot()
        top = greatest(budgets, pivot) + 1
        while (fits := self.cost(top) <= budgets).any():
            top = choose(fits, least(2 * top, CENTS_MAX - 1), top)
            if (top >= CENTS_MAX - 1).any():
                break
        at_zero, at_pivot, at_top = (self._shape(gross) for gross in (pivot * 0, pivot, top))
        falling = budgets < budgets
        for before, after in ((at_zero, at_pivot), (at_pivot, at_top)):
            for low, high in zip(before.bases, after.bases, strict=True):
                falling = falling | (high < low)
        rising = sinking = budgets < budgets
        for low, middle, high in zip(
            at_zero.coefficients, at_pivot.coefficients, at_top.coefficients, strict=True
        ):
            rising, sinking = rising | (middle > low), sinking | (middle < low)
            falling = falling | (high > middle)
        limited = any(reduction.limit is not None for reduction, *_ in self.schedule.scales)
        falling = falling | (rising & sinking) | limited
        above = self.cost(pivot) <= budgets
        found = self._within(budgets, choose(above, pivot, -1), choose(above, top, pivot))
        steps = (rising & ~above & ~falling).nonzero()[0]
        if len(steps):
            some = self.take(steps)
            found[steps] = some._by_steps(budgets[steps], pivot[steps])
        for row in falling.nonzero()[0].tolist():
            earlier = None if self.before is None else self.before.row(row)
            one = Inverse(self.law, self.facts.row(row), earlier)
            found[row] = one.for_budget(int(budgets[row])).gross_pay_cents
        return greatest(found, 0)

    def _within(self, budgets: Lane, low: Lane, high: Lane) -> Lane:
        """Return the last pay that fits, from ``low``, which does, to before ``high``; cost grows between."""
        return _last(lambda gross: self.cost(gross) <= budgets, low, high)

    def _by_steps(self, budgets: Lane, pivot: Lane) -> Lane:
        """Return the largest pay that fits under the pivot, where the coefficient rises step by step."""

        def coefficient(gross: Lane) -> Lane:
            """All coefficients together: while their sum stays, each does."""
            sums, values = self._sums(gross), self.law.values
            return sum(
                (rule.coefficient(scale, sums, values) for rule, scale in self._scales()), start=gross * 0
            )

        first, last = coefficient(pivot * 0), coefficient(pivot)

        def start(step: Lane) -> Lane:
            """The least pay that reaches a step; beyond the pivot for one beyond the last."""
            reached = _last(lambda gross: coefficient(gross) < step, pivot * 0 - 1, pivot) + 1
            return choose(step > last, pivot + 1, reached)

        # Between the first step and the others cost may jump; from the second on, starts cost more and more.
        second = self.cost(least(start(first + 1), pivot)) <= budgets
        step = _last(
            lambda asked: self.cost(least(start(asked), pivot)) <= budgets,
            choose(second, first + 1, first),
            choose(second, last + 1, first + 1),
        )
        for ahead in range(1, _STEPS_AHEAD * len(self._scales())):
            # Several coefficients do not give back the same at each of their steps.
            further = least(step + ahead, last)
            step = choose(self.cost(least(start(further), pivot)) <= budgets, further, step)
            second = second | (step > first)
        low = choose(second, start(step), -1)
        high = start(step + 1)
        return self._within(budgets, low, choose(high > pivot, pivot, high))


def _last(holds: Callable[[Lane], Lane], low: Lane, high: Lane) -> Lane:
    """Return the last value from ``low``, where a condition holds, to before ``high``, where it does not.

    It is not asked at either end. Every row is halved until the widest is done.
    """
    while (wide := high - low > 1).any():
        middle = choose(wide, (low + high) // 2, greatest(low, 0))
        true = holds(middle)
        low, high = choose(wide & true, middle, low), choose(wide & ~true, middle, high)
    return low
