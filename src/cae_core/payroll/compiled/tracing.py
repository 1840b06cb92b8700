"""The formulas of a month run on symbols, once for each kind of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from weakref import WeakKeyDictionary

import attrs

from cae_core.errors import UntraceableError
from cae_core.money import MILLION, Lane
from cae_core.payroll import engine
from cae_core.payroll.compiled.kernels import Kernel
from cae_core.payroll.compiled.sources import Input, Program, trace_program
from cae_core.payroll.compiled.symbols import EXACT_MAX, Graph, Symbol
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, Owed, Schedule
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["Plan", "TracedMonth", "lanes_of", "map_amounts", "map_state", "trace_month"]

#: The largest number that a program takes for a fact, by what its name ends with: a million euros of pay,
#: 100,000 of anything else, 100 %, 1,000 hours.
_MOST = {
    "gross_pay_cents": 10**8, "_cents": 10**7, "_ppm": MILLION, "_hundredths": 10**5, "_days": 31,
    "headcount": 10**8,
}  # fmt: skip
_MOST_GIVEN = 10**8
#: How many largest months a state may hold.
_MONTHS = 16

Pick = Callable[[str, Lane], Lane]
_FACTS = tuple(name for name in attrs.fields_dict(PayFacts) if name.endswith(tuple(_MOST)))


@attrs.frozen
class Plan:
    """What is to be computed of a month: which totals, and whether lines and state are kept."""

    totals: tuple[str, ...]
    lines: bool
    state: bool


@attrs.frozen(eq=False)
class TracedMonth:
    """A month's formulas on symbols.

    Attributes:
        program: the operations behind every symbol wanted.
        amounts: the amounts with their lines and state, on symbols; ``None`` where totals alone are wanted.
        totals: the totals wanted, on symbols.
        ranks: which output of the program a symbol is, by its identity.
        kernels: what runs the program, by lane.
    """

    program: Program
    amounts: engine.Amounts | None
    totals: dict[str, Lane]
    ranks: dict[int, int]
    kernels: dict[str, Kernel] = attrs.field(factory=dict)


#: By kind of facts; or why it cannot be traced.
_traced: WeakKeyDictionary[Schedule, dict[object, TracedMonth | str]] = WeakKeyDictionary()


def trace_month(
    law: MonthLaw,
    schedule: Schedule,
    facts: PayFacts,
    before: YearToDate | None,
    plan: Plan,
    lanes: Mapping[str, Lane],
) -> TracedMonth:
    """Return a month on symbols; traced once for each kind of facts, whatever their values.

    Args:
        law: the law of the month.
        schedule: what the group owes.
        facts: the facts of the group.
        before: the state of its year.
        plan: what is wanted.
        lanes: ``lanes_of(facts, before)``.

    Raises:
        UntraceableError: a rule does with its columns what symbols cannot do.
    """
    known = _traced.setdefault(schedule, {})
    kinds = tuple((name, _kind(lane)) for name, lane in lanes.items())
    scales = before and tuple((code, tuple(dict(pay))) for code, pay in before.reduction_pay.items())
    key = (
        kinds,
        scales,
        # What is measured over the quarter starts again in a new one.
        before and before.last_month,
        facts.hours_policy,
        facts.regularisation,
        engine.stands_alone(law, facts),
        facts.last_month,
        plan,
    )
    found = known.get(key)
    if found is None:
        try:
            found = _trace(law, schedule, facts, before, plan)
        except (AttributeError, TypeError) as error:
            # Known as well: what cannot be traced is not tried again for every batch.
            found = f"a rule of {law.month} cannot be traced ({error}); the lane 'arrays' runs it as it is"
        known[key] = found
    if isinstance(found, str):
        raise UntraceableError(found)
    return found


def _kind(lane: Lane) -> str:
    if lane is None or lane is True or lane is False:
        return str(lane)
    if hasattr(lane, "__array_namespace__"):
        return "column"
    return "scalar" if lane else "0"


def lanes_of(facts: PayFacts, before: YearToDate | None) -> dict[str, Lane]:
    """Return every input by the name it has in a program: facts, then the state of the year."""
    found = {name: getattr(facts, name) for name in _FACTS}
    found |= {f"given_{name}": lane for name, lane in facts.given.items()}
    return found if before is None else found | _lanes_of_state(before)


def _lanes_of_state(state: YearToDate) -> dict[str, Lane]:
    found: dict[str, Lane] = {}
    for of in ("sums", "bases", "granted"):
        found |= {f"{of}_{name}": lane for name, lane in getattr(state, of).items()}
    for code, pay in state.reduction_pay.items():
        # By scale, not by place: the scale of the month comes last, whichever it is.
        ranks = {scale: rank for rank, scale in enumerate(sorted(dict(pay), key=repr))}
        found |= {f"pay_{code}_{ranks[scale]}": lane for scale, lane in pay}
    return found


def _trace(
    law: MonthLaw, schedule: Schedule, facts: PayFacts, before: YearToDate | None, plan: Plan
) -> TracedMonth:
    graph = Graph()
    scalars: list[Input] = []
    columns: list[Input] = []

    def symbol(name: str, lane: Lane, low: int, high: int) -> Lane:
        kind = _kind(lane)
        if kind not in ("column", "scalar"):
            return lane
        if not name.isidentifier():
            raise UntraceableError(f"{name!r} is no name for a source")
        inputs, make = (columns, graph.column) if kind == "column" else (scalars, graph.scalar)
        inputs.append(Input(name, low, high))
        return make(name, low, high)

    own = {name: symbol(name, lane, 0, _most(name)) for name, lane in lanes_of(facts, None).items()}
    given = {name: own.pop(f"given_{name}") for name in facts.given}
    traced = attrs.evolve(facts, executive=schedule.status.executive, given=given, **own)
    if before is not None:
        alone = _lanes_of_state(engine.compute(law, schedule, traced).year_to_date)

        def earlier(name: str, lane: Lane) -> Lane:
            # The pay under any scale is pay: the month's own scale comes last.
            month = alone.get(name, own["gross_pay_cents"])
            low, high = (month.low, month.high) if isinstance(month, Symbol) else (month, month)
            low, high = min(_MONTHS * low, 0), max(_MONTHS * high, 1)
            return symbol(name, lane, max(low, -EXACT_MAX), min(high, EXACT_MAX))

        before = map_state(before, earlier)
        graph.checks.clear()  # of the month alone
    keep = (lambda *line: line) if plan.lines else None
    amounts = engine.compute(law, schedule, traced, before, keep, keep)
    totals = engine.totals_of(law, traced, amounts, plan.totals)
    # A total is a column of its own even where it is one of the facts.
    for name, lane in totals.items():
        _be_sure(name, lane)
    wanted = {id(lane): lane for lane in totals.values() if isinstance(lane, Symbol)}

    def want(name: str, lane: Lane) -> Lane:
        _be_sure(name, lane)
        if isinstance(lane, Symbol) and lane.operation not in ("column", "scalar"):
            wanted.setdefault(id(lane), lane)
        return lane

    kept = amounts if plan.lines or plan.state else None
    if kept is not None:
        map_amounts(kept, want)
    program = trace_program(graph, list(wanted.values()), scalars, columns)
    return TracedMonth(program, kept, totals, {key: rank for rank, key in enumerate(wanted)})


def _be_sure(name: str, lane: Lane) -> None:
    """Refuse what is neither a symbol nor a number for everybody: a rule kept what only these people have."""
    if lane is not None and not isinstance(lane, Symbol | int):
        raise UntraceableError(f"{name or 'an amount'} is a {type(lane).__name__}")


def _most(name: str) -> int:
    return next((most for ending, most in _MOST.items() if name.endswith(ending)), _MOST_GIVEN)


def map_state(state: YearToDate, pick: Pick) -> YearToDate:
    """Return a state with every lane replaced by what ``pick`` makes of its name and of it."""
    lanes = iter([pick(name, lane) for name, lane in _lanes_of_state(state).items()])
    sums, bases, granted = (
        {name: next(lanes) for name in mapping} for mapping in (state.sums, state.bases, state.granted)
    )
    pay = {
        code: tuple((scale, next(lanes)) for scale, _ in found) for code, found in state.reduction_pay.items()
    }
    return YearToDate(state.year, state.last_month, sums, bases, pay, granted)


def map_amounts(amounts: engine.Amounts, pick: Pick) -> engine.Amounts:
    """Return amounts, their lines and state with every lane replaced by what ``pick`` makes of it."""
    lines = [
        (
            Owed(owed.contribution, pick("", owed.employee_ppm), pick("", owed.employer_ppm)),
            *(pick("", lane) for lane in lanes),
        )
        for owed, *lanes in amounts.lines
    ]
    reductions = [
        (
            reduction, pick("", base), pick("", coefficient), maximum,
            tuple((scale, pick("", cents)) for scale, cents in pay), *(pick("", lane) for lane in rest),
        )
        for reduction, base, coefficient, maximum, pay, *rest in amounts.reduction_lines
    ]  # fmt: skip
    state = map_state(amounts.year_to_date, pick)
    measured = state if amounts.measured is amounts.year_to_date else map_state(amounts.measured, pick)
    totals = (pick(name, getattr(amounts, name)) for name in engine.COMPUTED)
    return engine.Amounts(*totals, lines, reductions, state, measured)  # type: ignore[call-arg]
