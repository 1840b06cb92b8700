"""Which parameters stand behind a base or a reduction, found by watching its formula read the law.

Nobody lists them a second time: a formula that reads one more parameter tomorrow is followed by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs

from cae_core.payroll.facts import HoursPolicy, PayFacts
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.rules import Status

__all__ = ["LawReads", "Watched", "law_reads"]

#: The cumulated employer share of the covers, which is no quantity: the cover lines make it.
_COVER = "employer_cover"


class Watched(Mapping[str, Any]):
    """A mapping that remembers which of its keys were read, in order."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.read: dict[str, None] = {}

    def __getitem__(self, key: str) -> Any:
        value = self._values[key]
        self.read[key] = None
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@attrs.frozen(eq=False)
class LawReads:
    """The names of the parameters behind the rules of a month, whatever the facts.

    Attributes:
        bases: parameters by base, those of the quantities and of the covers it adds included.
        reductions: parameters by reduction, likewise.
    """

    bases: Mapping[str, tuple[str, ...]]
    reductions: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=256)
def law_reads(law: MonthLaw) -> LawReads:
    """Return which parameters the bases and the reductions of a month read."""
    sums: dict[str, Any] = {_COVER: 0}
    behind: dict[str, tuple[str, ...]] = {_COVER: ()}
    for quantity in law.quantities:
        values = Watched(law.values)
        # What is read may depend on the policy, and on whether the month is whole.
        for policy in HoursPolicy:
            for days in (None, 1):
                facts = PayFacts(gross_pay_cents=1_000_00, hours_policy=policy, employed_days=days)
                sums[quantity.name] = quantity.formula(facts, values)
        behind[quantity.name] = tuple(values.read)

    def names(read: Iterable[str], year: Iterable[str]) -> tuple[str, ...]:
        found = (*read, *(name for quantity in year for name in behind[quantity]))
        return tuple(name for name in dict.fromkeys(found) if name in law.snapshot)

    bases: dict[str, tuple[str, ...]] = {}
    for base in (*law.bases, *law.cover_bases):
        if base.after_cover and not behind[_COVER]:
            rows = [row for row in law.contributions.values() if row.cover]
            behind[_COVER] = tuple(name for row in rows for name in (*row.parameters, *bases[row.base]))
        year, values = Watched(sums), Watched(law.values)
        base.formula(year, values)
        bases[base.name] = names(values.read, year.read)

    reductions = {}
    for reduction in law.reductions:
        year, values = Watched(sums), Watched(law.values)
        for headcount in (0, *law.thresholds):
            scale = reduction.scale(values, Status(False, headcount))
            reduction.coefficient(scale, year, values)
            if reduction.limit is not None:
                reduction.limit(scale, year, values)
        if reduction.applies is not None:
            reduction.applies.holds(PayFacts(gross_pay_cents=1_000_00), values)
        own = (*reduction.needs, *values.read, reduction.pension_share, reduction.headcount)
        reductions[reduction.code] = names(own, year.read)
    return LawReads(bases, reductions)
