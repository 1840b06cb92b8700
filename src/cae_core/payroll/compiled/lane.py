"""The month of a group by a program of its formulas, in columns."""

from __future__ import annotations

import attrs

from cae_core.money import Lane
from cae_core.payroll import engine
from cae_core.payroll.compiled import kernels
from cae_core.payroll.compiled.symbols import Symbol
from cae_core.payroll.compiled.tracing import Plan, lanes_of, map_amounts, trace_month
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, Schedule
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["Computed", "compute"]

_KERNELS = {"buffers": kernels.buffered, "compiled": kernels.compiled}


@attrs.frozen(eq=False)
class Computed:
    """The month of a group.

    Attributes:
        amounts: with its lines and state, in columns; ``None`` where totals alone were wanted.
        totals: columns, or one number for everybody.
        outside: stretches of people with a number beyond what the program is exact for; their rows are worth
            nothing, and are for the arrays lane to compute.
    """

    amounts: engine.Amounts | None
    totals: dict[str, Lane]
    outside: list[slice]


def compute(
    law: MonthLaw, schedule: Schedule, facts: PayFacts, before: YearToDate | None, plan: Plan, lane: str
) -> Computed:
    """Compute a month for a group of one status, as :func:`cae_core.payroll.engine.compute` does.

    Raises:
        UntraceableError: a rule does what no program can say.
        InputError: a column has not one number a person.
        MissingExtraError: the lane needs a library that is not installed.
    """
    lanes = lanes_of(facts, before)
    traced = trace_month(law, schedule, facts, before, plan, lanes)
    kernel = traced.kernels.get(lane)
    if kernel is None:
        kernel = traced.kernels[lane] = _KERNELS[lane](traced.program)
    outputs, outside = kernels.run(traced.program, kernel, lanes, len(facts.gross_pay_cents))

    def pick(name: str, found: Lane) -> Lane:
        if not isinstance(found, Symbol):
            return found
        rank = traced.ranks.get(id(found))
        return lanes[found.operands[0]] if rank is None else outputs[rank]

    amounts = traced.amounts and map_amounts(traced.amounts, pick)
    totals: dict[str, Lane] = {}
    for name, found in traced.totals.items():
        column = pick(name, found)
        # Two totals that are the same number are two columns all the same.
        again = any(column is other for other in totals.values()) and hasattr(column, "copy")
        totals[name] = column.copy() if again else column
    return Computed(amounts, totals, outside)
