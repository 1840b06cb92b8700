"""People of one status, computed on a lane: a status decides which contributions are owed.

They are worked through in pieces that fit the processor's cache, or by a program of the formulas.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import attrs

from cae_core.errors import SlowerLaneWarning, UntraceableError
from cae_core.money import Lane
from cae_core.payroll import engine
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, Schedule
from cae_core.payroll.rules import Status
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["LANES", "Group", "groups"]

#: What can run the formulas on columns.
LANES = ("arrays", "buffers", "compiled")

#: People in a piece: enough to make light of each call, few enough for the columns to stay in cache.
_PIECE = 16_384

#: People of one status for whom a program of the formulas is worth its making.
_LARGE = 131_072

#: Which people of a group, their amounts if these are kept, and the totals wanted.
Found = tuple[Any, engine.Amounts | None, dict[str, Lane]]


@attrs.frozen(eq=False)
class Group:
    """People of one status, and what is wanted of their month."""

    law: MonthLaw
    schedule: Schedule
    facts: PayFacts
    before: YearToDate | None
    totals: tuple[str, ...]
    lines: bool
    amounts: bool

    def __len__(self) -> int:
        return len(self.facts.gross_pay_cents)

    def take(self, rows: Any) -> Group:
        """Return some of the people."""
        before = None if self.before is None else self.before.take(rows)
        return attrs.evolve(self, facts=self.facts.take(rows), before=before)

    def computed(self, lane: str | None) -> Iterator[Found]:
        """Compute the month on a lane; ``None`` chooses between those that need nothing but the arrays."""
        chosen = lane or ("buffers" if len(self) >= _LARGE else "arrays")
        if chosen != "arrays":
            try:
                yield from self._by_program(chosen)
                return
            except UntraceableError as error:  # a rule of a plugin that no program can follow
                if lane is not None:
                    warnings.warn(str(error), SlowerLaneWarning, stacklevel=4)
        yield from self._by_pieces()

    def _by_pieces(self) -> Iterator[Found]:
        """The formulas themselves, on pieces of the columns."""
        keep = (lambda *line: line) if self.lines else None
        parts = max(-(-len(self) // _PIECE), 1)
        for rank in range(parts):
            part = slice(len(self) * rank // parts, len(self) * (rank + 1) // parts)
            some = self if parts == 1 else self.take(part)
            amounts = engine.compute(self.law, self.schedule, some.facts, some.before, keep, keep)
            totals = engine.totals_of(self.law, some.facts, amounts, self.totals)
            yield part, amounts if self.amounts else None, totals

    def _by_program(self, lane: str) -> Iterator[Found]:
        """A program of the formulas, on the whole columns; beyond its bounds, the formulas themselves."""
        from cae_core.payroll.compiled.lane import compute
        from cae_core.payroll.compiled.tracing import Plan

        plan = Plan(self.totals, self.lines, self.amounts)
        found = compute(self.law, self.schedule, self.facts, self.before, plan, lane)
        yield slice(0, len(self)), found.amounts, found.totals
        for stretch in found.outside:
            for part, amounts, totals in self.take(stretch)._by_pieces():
                yield slice(stretch.start + part.start, stretch.start + part.stop), amounts, totals


def groups(law: MonthLaw, facts: PayFacts) -> Iterator[tuple[Status, Any]]:
    """Iterate over the statuses of a batch with the positions of their people; ``None`` is everybody."""
    executive, headcount = facts.executive, facts.headcount
    if isinstance(executive, bool) and isinstance(headcount, int):
        yield Status(executive, law.headcount_class(headcount)), None
        return
    zeros = facts.gross_pay_cents * 0
    headcounts, executives = zeros + headcount, (zeros + executive) > 0
    bounds = (0, *law.thresholds)
    for lowest, following in zip(bounds, (*law.thresholds, None), strict=True):
        in_class = headcounts >= lowest
        if following is not None:
            in_class = in_class & (headcounts < following)
        for is_executive in (False, True):
            rows = (in_class & (executives == is_executive)).nonzero()[0]
            if len(rows):
                yield Status(is_executive, lowest), rows
