"""Why two payslips differ: each cause is exchanged alone between them, and what moves has that cause.

The law, the pay, each fact and the earlier months of the year are what a payslip is computed from, so
nothing else can be a cause. What is exchanged is computed by the same engine: nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from cae_core.payroll.engine import compute, withhold
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.payslip import Payslip, PayslipLine, ReductionLine
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["Cause", "Causes", "Factor", "Outcome", "state_before"]

_PAY = "gross_pay_cents"


class Cause(Enum):
    """What can make two payslips differ."""

    LAW = "law"
    PAY = "pay"
    FACTS = "facts"
    YEAR_TO_DATE = "year_to_date"


@attrs.frozen
class Factor:
    """One thing that differs between two payslips.

    Attributes:
        cause: what kind of thing.
        fact: for a fact, the field of :class:`~cae_core.PayFacts`.
    """

    cause: Cause
    fact: str = ""


@attrs.frozen(eq=False)
class Outcome:
    """The amounts of a month that somebody may ask the cause of.

    Attributes:
        reductions: amounts by code; none where both slips have another formula.
    """

    lines: Mapping[str, PayslipLine]
    reductions: Mapping[str, int]
    taxable_net_cents: int
    withholding_ppm: int
    withholding_cents: int


@attrs.frozen(eq=False)
class _World:
    """All that a payslip is computed from."""

    law: MonthLaw
    facts: PayFacts
    state: YearToDate

    def with_factor(self, factor: Factor, other: _World) -> _World:
        """Return this world with one thing of another."""
        if factor.cause is Cause.LAW:
            return attrs.evolve(self, law=other.law)
        if factor.cause is Cause.YEAR_TO_DATE:
            return attrs.evolve(self, state=other.state)
        name = factor.fact or _PAY
        return attrs.evolve(self, facts=attrs.evolve(self.facts, **{name: getattr(other.facts, name)}))

    def outcome(self, *, reductions: bool) -> Outcome:
        law, facts = self.law, self.facts
        schedule = law.schedule(facts.executive, facts.headcount)
        if not reductions:
            schedule = attrs.evolve(schedule, scales=())
        found = compute(law, schedule, facts, self.state, PayslipLine, ReductionLine)
        rate, withheld = withhold(law, facts, found.taxable_net)
        return Outcome(
            lines={line.code: line for line in found.lines},
            reductions={line.code: line.amount_cents for line in found.reduction_lines},
            taxable_net_cents=found.taxable_net,
            withholding_ppm=rate,
            withholding_cents=withheld,
        )


class Causes:
    """The causes of the differences of two payslips."""

    def __init__(self, before: Payslip, after: Payslip) -> None:
        self._worlds = tuple(_World(slip.law, slip.facts, state_before(slip)) for slip in (before, after))
        #: Pay to date is kept by scale, and a scale means nothing to another formula.
        self.same_formulas = before.law.reductions == after.law.reductions
        #: What differs at all, in the order reasons are given.
        self.factors = tuple(self._differing())
        self._outcomes: dict[tuple[int, Factor | None, bool], Outcome] = {}

    def _differing(self) -> Iterator[Factor]:
        before, after = self._worlds
        if before.law is not after.law:
            yield Factor(Cause.LAW)
        if before.facts.gross_pay_cents != after.facts.gross_pay_cents:
            yield Factor(Cause.PAY)
        for field in attrs.fields_dict(PayFacts):
            if field != _PAY and getattr(before.facts, field) != getattr(after.facts, field):
                yield Factor(Cause.FACTS, field)
        if _figures(before.state) != _figures(after.state):
            yield Factor(Cause.YEAR_TO_DATE)

    def _outcome(self, side: int, factor: Factor | None, reductions: bool) -> Outcome:
        key = side, factor, reductions
        found = self._outcomes.get(key)
        if found is None:
            world, other = self._worlds[side], self._worlds[1 - side]
            if factor is not None:
                world = world.with_factor(factor, other)
            found = self._outcomes[key] = world.outcome(reductions=reductions)
        return found

    def moves(self, factor: Factor, read: Callable[[Outcome], Any]) -> bool:
        """Whether exchanging one factor alone, on either slip, changes what is read."""
        # Without a common formula the reductions are left out, on both sides of the comparison.
        safe = self.same_formulas or factor.cause not in (Cause.LAW, Cause.YEAR_TO_DATE)
        return any(
            read(self._outcome(side, None, safe)) != read(self._outcome(side, factor, safe))
            for side in (0, 1)
        )

    def of(self, read: Callable[[Outcome], Any]) -> tuple[Factor, ...]:
        """Return the factors that change what is read.

        Where none does alone, it takes several together: then all that differ are returned.
        """
        return tuple(factor for factor in self.factors if self.moves(factor, read)) or self.factors

    def of_reduction(self, code: str) -> tuple[Factor, ...]:
        """Return the factors behind the difference of a reduction; another formula is the law's doing."""

        def read(outcome: Outcome) -> int | None:
            return outcome.reductions.get(code)

        if self.same_formulas:
            return self.of(read)
        sure = (Cause.LAW, Cause.YEAR_TO_DATE)
        return tuple(factor for factor in self.factors if factor.cause in sure or self.moves(factor, read))


def _figures(state: YearToDate) -> tuple[object, ...]:
    def told(amounts: Mapping[str, Any]) -> dict[str, Any]:
        # No earlier month and months at zero are the same to a payslip.
        return {name: amount for name, amount in amounts.items() if amount}

    return tuple(map(told, (state.sums, state.bases, state.reduction_pay, state.granted)))


def state_before(slip: Payslip) -> YearToDate:
    """Return the state of the year that a payslip started from, worked out from the payslip itself.

    A base that no line of the slip shows is taken under the law of the slip.
    """
    law, after, measured = slip.law, slip.year_to_date, slip.measured
    if measured is not after:
        return after.minus(measured)
    month = {quantity.name: quantity.formula(slip.facts, law.values) for quantity in law.quantities}
    month["employer_cover"] = sum(line.employer_cents for line in slip.lines if line.contribution.cover)
    sums = {name: cents - month[name] for name, cents in after.sums.items()}
    rated = [line for line in slip.lines if not line.contribution.is_amount]
    shown = {line.contribution.base: line.base_cents for line in rated}
    bases = {}
    for base in (*law.bases, *law.cover_bases):
        name = base.name
        bases[name] = after.bases[name] - shown[name] if name in shown else base.formula(sums, law.values)
    pay: dict[str, tuple[tuple[Any, int], ...]] = {}
    for line in slip.reductions:
        # The scale of the month comes last, with the pay of the month in it.
        *earlier, (scale, cents) = line.pay_to_date
        own = cents - line.base_cents
        pay[line.code] = (*earlier, *([(scale, own)] if own else []))
    granted = {line.code: line.granted_before_cents for line in slip.reductions}
    return YearToDate(slip.month.year, None, sums, bases, pay, granted)
