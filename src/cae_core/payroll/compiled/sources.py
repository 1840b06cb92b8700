"""Steps as source: a loop over people for a compiler, or calls on whole columns for numpy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from cae_core.payroll.compiled.doubles import Kind, Step, Steps
from cae_core.payroll.compiled.symbols import Graph, Operand

__all__ = ["Input", "Program", "calls_source", "loop_source", "trace_program"]


@attrs.frozen
class Input:
    """A column, or a number for everybody, that a program reads, and the bounds it was shown exact for."""

    name: str
    low: int
    high: int


@attrs.frozen(eq=False)
class Program:
    """What a month's formulas do, ready to be printed.

    Attributes:
        scalars, columns: what it reads.
        steps: the operations, in order.
        checks: between which bounds the result of a step must be.
        outputs: the names of the steps whose numbers are wanted.
    """

    scalars: tuple[Input, ...]
    columns: tuple[Input, ...]
    steps: tuple[Step, ...]
    checks: Mapping[str, tuple[int, int]]
    outputs: tuple[str, ...]


def trace_program(graph: Graph, wanted: list[Operand], scalars: list[Input], columns: list[Input]) -> Program:
    """Return the program that gives some symbols; it reads the inputs they need, and the first column."""
    steps = Steps()
    for symbol in graph.checks:
        steps.of(symbol)
    outputs = tuple(steps.of(each) for each in wanted)
    taken = tuple(steps)
    read = {step.operands[0] for step in taken if step.operation in ("column", "scalar")}
    return Program(
        tuple(each for each in scalars if each.name in read),
        tuple(each for rank, each in enumerate(columns) if each.name in read or not rank),
        taken,
        steps.checks,
        outputs,
    )


def loop_source(program: Program) -> str:
    """Return a Python function that goes through the people one by one, for numba.

    It answers whether a number was out of its bounds, and then nothing that it wrote is to be used.
    """
    names = [each.name for each in (*program.scalars, *program.columns)]
    results = [f"r{rank}" for rank in range(len(program.outputs))]
    lines = [f"def kernel({', '.join((*names, *results))}):", "    outside = False"]

    def write(step: Step, margin: str) -> None:
        lines.append(f"{margin}{step.name} = {_python(step)}")
        if step.name in program.checks:
            low, high = program.checks[step.name]
            lines.append(f"{margin}outside |= ({step.name} < {low}) | ({step.name} > {high})")

    for step in program.steps:
        if step.uniform:
            write(step, "    ")
    lines.append(f"    for i in range(len({program.columns[0].name})):")
    for column in program.columns:
        read = f"{column.name}[i]"
        lines.append(f"        outside |= ({read} < {column.low}) | ({read} > {column.high})")
    for step in program.steps:
        if not step.uniform:
            write(step, "        ")
    lines += [
        f"        {result}[i] = integer({name})"
        for result, name in zip(results, program.outputs, strict=True)
    ]
    return "\n".join((*lines, "    return outside", ""))


def _python(step: Step) -> str:
    first, *others = step.operands
    match step.operation:
        case "column":
            return f"double({first}[i])"
        case "scalar":
            return f"double({first})"
        case "floor" | "sqrt":
            return f"{step.operation}({first})"
        case "number":
            return f"double({first})"
        case "minimum":
            return f"{first} if {first} < {others[0]} else {others[0]}"
        case "maximum":
            return f"{first} if {first} > {others[0]} else {others[0]}"
        case "where":
            return f"{others[0]} if {first} else {others[1]}"
        case "lookup":
            return " + ".join(_brackets(step))
        case operation:
            return f"{first} {operation} {others[0]}"


def _brackets(step: Step) -> Iterator[str]:
    """A value by brackets as the sum of what each start passed adds."""
    amount, starts, values = step.operands
    yield f"{values[0]}.0"
    for start, before, after in zip(starts[1:], values, values[1:], strict=False):
        yield f"({after - before}.0 if {amount} >= {start}.0 else 0.0)"


#: Functions of numpy by the operation of a step: one element at a time.
_CALLS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "<": "less",
    "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal", "!=": "not_equal",
    "|": "logical_or", "&": "logical_and", "floor": "floor", "sqrt": "sqrt", "minimum": "minimum",
    "maximum": "maximum",
}  # fmt: skip


def calls_source(program: Program) -> tuple[str, dict[Kind, int]]:
    """Return a Python function of calls to numpy, and how many buffers of each kind it wants.

    Every call writes into a buffer that no later step reads, so that hardly anything is allocated.
    """
    last = {
        name: rank
        for rank, step in enumerate(program.steps)
        for name in step.operands
        if isinstance(name, str)
    }
    last |= dict.fromkeys(program.outputs, len(program.steps))
    buffers = _Buffers()
    tables: list[str] = []
    body: list[str] = []

    def check(column: str, low: int, high: int) -> None:
        body.extend((f"    if {column}.min() < {low} or {column}.max() > {high}:", "        return True"))

    for each in program.columns:
        check(each.name, each.low, each.high)
    for rank, step in enumerate(program.steps):
        if step.uniform:
            body.append(f"    {step.name} = {_python(step)}")
            if step.name in program.checks:
                check(f"asarray({step.name})", *program.checks[step.name])
            continue
        operands = [buffers.held.get(each, each) if isinstance(each, str) else each for each in step.operands]
        done = {each for each in step.operands if isinstance(each, str) and last[each] == rank}
        # A function of one element at a time may write over what it reads; the others start writing before.
        masked = step.operation == "where" and operands[2] == "0.0"
        early = done if step.operation in _CALLS or masked else set()
        buffers.release(early)
        out = buffers.take(step)
        buffers.release(done - early)
        if step.operation == "lookup":
            _, starts, values = step.operands
            tables += [f"s{rank} = asarray({starts[1:]}, double)", f"v{rank} = asarray({values}, double)"]
            body.append(f"    take(v{rank}, searchsorted(s{rank}, {operands[0]}, 'right'), 0, {out}, 'clip')")
        elif masked:  # a truth value as a factor, 0 or 1, is quicker than two copies
            body.append(f"    multiply({operands[1]}, {operands[0]}, out={out})")
        elif step.operation == "where":
            body += [
                f"    copy({out}, {operands[2]})",
                f"    copy({out}, {operands[1]}, 'unsafe', {operands[0]})",
            ]
        elif step.operation in _CALLS:
            body.append(f"    {_CALLS[step.operation]}({', '.join(operands)}, out={out})")
        else:  # a column, or the number of a truth value
            body.append(f"    copy({out}, {operands[0]}, 'unsafe')")
        if step.name in program.checks:
            check(out, *program.checks[step.name])
    results = [f"r{rank}" for rank in range(len(program.outputs))]
    body += [
        f"    copy({result}, {buffers.held.get(name, name)}, 'unsafe')"
        for result, name in zip(results, program.outputs, strict=True)
    ]
    names = [each.name for each in (*program.scalars, *program.columns)]
    head = f"def kernel({', '.join((*names, *results, *(f'{kind}s' for kind in buffers.many)))}):"
    return "\n".join((*tables, head, *body, "    return False", "")), buffers.many


@attrs.frozen(eq=False)
class _Buffers:
    """Which buffer holds what, and which are free."""

    held: dict[str, str] = attrs.field(factory=dict)
    many: dict[Kind, int] = attrs.field(factory=lambda: {"double": 0, "truth": 0})
    _free: dict[Kind, list[str]] = attrs.field(factory=lambda: {"double": [], "truth": []})
    _kinds: dict[str, Kind] = attrs.field(factory=dict)

    def take(self, step: Step) -> str:
        """Return a free buffer for what a step gives; the one freed last is still in the cache."""
        kind = self._kinds[step.name] = step.kind
        if not self._free[kind]:
            self._free[kind].append(f"{kind}s[{self.many[kind]}]")
            self.many[kind] += 1
        self.held[step.name] = self._free[kind].pop()
        return self.held[step.name]

    def release(self, names: set[str]) -> None:
        """Free the buffers of what no later step reads."""
        for name in sorted(names & set(self.held)):
            self._free[self._kinds[name]].append(self.held[name])
