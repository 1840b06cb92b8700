"""Which values of the law a payslip was really computed from.

A formula is handed mappings that remember what it reads: nobody has to list its parameters a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from cae_core.payroll import HoursPolicy, PayFacts, Payslip, Status
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.reads import Watched

__all__ = ["Reads", "reads_of", "status_of", "tax_reads", "used_parameters", "values_to_review"]


@attrs.frozen(eq=False)
class Reads:
    """What the formulas of one month read.

    Attributes:
        quantities: parameters read, by quantity.
        bases: quantities and parameters read, by base.
        reductions: quantities and parameters read, by reduction.
    """

    quantities: Mapping[str, tuple[str, ...]]
    bases: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    reductions: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


def status_of(slip: Payslip) -> Status:
    """Return the status that decided which contributions the slip owes."""
    return Status(slip.facts.executive, slip.law.headcount_class(slip.facts.headcount))


def reads_of(slip: Payslip) -> Reads:
    """Return what the formulas of a slip read."""
    facts = slip.facts
    return _reads(slip.law, facts.hours_policy, facts.employed_days is None, status_of(slip))


@lru_cache(maxsize=256)
def _reads(law: MonthLaw, policy: HoursPolicy, whole_month: bool, status: Status) -> Reads:
    facts = PayFacts(gross_pay_cents=1_000_00, hours_policy=policy, employed_days=None if whole_month else 1)
    known = law.snapshot
    quantities, bases, reductions = {}, {}, {}
    sums: dict[str, Any] = {"employer_cover": 0}
    for quantity in law.quantities:
        values = Watched(law.values)
        sums[quantity.name] = quantity.formula(facts, values)
        quantities[quantity.name] = tuple(name for name in values.read if name in known)
    for base in (*law.bases, *law.cover_bases):
        year, values = Watched(sums), Watched(law.values)
        base.formula(year, values)
        bases[base.name] = tuple(year.read), tuple(name for name in values.read if name in known)
    for reduction in law.reductions:
        year, values = Watched(sums), Watched(law.values)
        reduction.coefficient(reduction.scale(values, status), year, values)
        names = (*values.read, reduction.pension_share, reduction.headcount)
        reductions[reduction.code] = (
            tuple(year.read),
            tuple(name for name in dict.fromkeys(names) if name in known),
        )
    return Reads(quantities, bases, reductions)


def tax_reads(slip: Payslip) -> tuple[str, ...]:
    """Return the parameters that the formula of income tax reads for a slip; none where tax is a rate."""
    formula = slip.law.withholding.formula
    if formula is None:
        return ()
    values = Watched(slip.law.values)
    formula(slip.facts, values, slip.taxable_net_cents)
    return tuple(name for name in values.read if name in slip.law.snapshot)


def used_parameters(slip: Payslip) -> tuple[str, ...]:
    """Return the names of the dated values behind the amounts of a slip, each once."""
    used = _used(
        slip.law,
        reads_of(slip),
        tuple(line.code for line in slip.lines if line.base_cents or line.contribution.is_amount),
        tuple(line.code for line in slip.reductions),
        slip.taxed_by == "neutral",
    )
    return tuple(dict.fromkeys((*used, *tax_reads(slip))))


@lru_cache(maxsize=1024)
def _used(
    law: MonthLaw, reads: Reads, codes: tuple[str, ...], reductions: tuple[str, ...], neutral: bool
) -> tuple[str, ...]:
    names: dict[str, None] = {}
    sums: dict[str, None] = {}
    for code in codes:
        row = law.contributions[code]
        names.update(dict.fromkeys(row.parameters))
        for base in row.bases:
            from_sums, from_law = reads.bases[base]
            sums.update(dict.fromkeys(from_sums))
            names.update(dict.fromkeys(from_law))
    for code in reductions:
        from_sums, from_law = reads.reductions[code]
        sums.update(dict.fromkeys(from_sums))
        names.update(dict.fromkeys(from_law))
    for name in sums:
        names.update(dict.fromkeys(reads.quantities.get(name, ())))
    if neutral:
        names[law.withholding.scale] = None
    return tuple(name for name in names if name in law.snapshot)


def values_to_review(slip: Payslip) -> tuple[str, ...]:
    """Return the names of the values used whose text nobody has read yet."""
    return tuple(name for name in _flagged(slip.law) if name in used_parameters(slip))


@lru_cache(maxsize=256)
def _flagged(law: MonthLaw) -> tuple[str, ...]:
    return tuple(name for name in law.snapshot if law.snapshot[name].needs_review)
