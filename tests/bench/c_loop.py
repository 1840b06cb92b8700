"""The formulas of a month as a loop in C, printed from the same program and compiled when the bench runs.

It is what the lanes are measured against: straight doubles in one loop, as fast as the system's compiler makes
it. It checks no bounds, which the lanes do; and it writes into columns that are as fresh as theirs.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from cae_core import PayFacts
from cae_core.payroll.compiled.doubles import Step
from cae_core.payroll.compiled.sources import Program
from cae_core.payroll.compiled.tracing import Plan, lanes_of, trace_month
from cae_core.payroll.month_law import MonthLaw

__all__ = ["CLoop", "c_source", "make_c_loop"]

#: None of these changes a result: no fused products, and neither errno nor traps, which nobody reads.
FLAGS = (
    "-O3", "-march=native", "-std=c11", "-shared", "-fPIC",
    "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math",
)  # fmt: skip


def c_source(program: Program) -> str:
    """Return a function of C that goes through the people one by one."""
    scalars = [f"long long {each.name}" for each in program.scalars]
    columns = [f"const long long *restrict {each.name}" for each in program.columns]
    results = [f"long long *restrict r{rank}" for rank in range(len(program.outputs))]
    uniform = [f"    {_declared(step)}" for step in program.steps if step.uniform]
    each = [f"        {_declared(step)}" for step in program.steps if not step.uniform]
    stored = [f"        r{rank}[i] = (long long)({name});" for rank, name in enumerate(program.outputs)]
    return "\n".join(
        (
            "#include <math.h>",
            f"void kernel(long long size, {', '.join((*scalars, *columns, *results))}) {{",
            *uniform,
            "    for (long long i = 0; i < size; i++) {",
            *each,
            *stored,
            "    }",
            "}",
            "",
        )
    )


def _declared(step: Step) -> str:
    kind = "int" if step.kind == "truth" else "double"
    return f"{kind} {step.name} = {_expression(step)};"


def _constant(operand: object) -> str:
    """A quotient of two whole numbers is one of doubles in Python."""
    text = str(operand)
    if " / " in text:
        above, below = text.strip("()").split(" / ")
        return f"({above}.0 / {below}.0)"
    return text


def _expression(step: Step) -> str:
    first, *others = (_constant(each) if not isinstance(each, tuple) else each for each in step.operands)
    match step.operation:
        case "column":
            return f"(double){first}[i]"
        case "scalar" | "number":
            return f"(double){first}"
        case "floor" | "sqrt":
            return f"{step.operation}({first})"
        case "minimum":
            return f"{first} < {others[0]} ? {first} : {others[0]}"
        case "maximum":
            return f"{first} > {others[0]} ? {first} : {others[0]}"
        case "where":
            return f"{first} ? {others[0]} : {others[1]}"
        case "lookup":
            starts, values = others
            steps = zip(starts[1:], values, values[1:], strict=False)
            added = (f"({first} >= {start}.0 ? {after - before}.0 : 0.0)" for start, before, after in steps)
            return " + ".join((f"{values[0]}.0", *added))
        case operation:
            return f"{first} {operation} {others[0]}"


@attrs.frozen(eq=False)
class CLoop:
    """A compiled loop, and the totals it gives."""

    program: Program
    totals: dict[str, int]
    scalars: tuple[int, ...]
    _function: Any

    def __call__(self, facts: PayFacts) -> dict[str, Any]:
        """Return the totals of some people, in fresh columns."""
        columns = [getattr(facts, each.name) for each in self.program.columns]
        size = len(columns[0])
        outputs = [np.empty(size, np.int64) for _ in self.program.outputs]
        self._function(
            ctypes.c_longlong(size),
            *map(ctypes.c_longlong, self.scalars),
            *(ctypes.c_void_p(each.ctypes.data) for each in (*columns, *outputs)),
        )
        return {name: outputs[rank] for name, rank in self.totals.items()}


def make_c_loop(law: MonthLaw, facts: PayFacts, totals: Sequence[str]) -> CLoop:
    """Print, compile and load the loop for people of one status; ``CC`` names another compiler."""
    lanes = lanes_of(facts, None)
    schedule = law.schedule(facts.executive, facts.headcount)
    month = trace_month(law, schedule, facts, None, Plan(tuple(totals), False, False), lanes)
    ranks = {name: month.ranks[id(symbol)] for name, symbol in month.totals.items()}
    scalars = tuple(int(lanes[each.name]) for each in month.program.scalars)
    return CLoop(month.program, ranks, scalars, _compiled(c_source(month.program)))


def _compiled(source: str) -> Any:
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit(
            "no C compiler found: the lanes are measured against a loop in C; install one, such as gcc, "
            "or name it in CC"
        )
    with tempfile.TemporaryDirectory() as folder:
        written, library = Path(folder, "month.c"), Path(folder, "month.so")
        written.write_text(source, "utf-8")
        try:
            subprocess.run(
                [compiler, *FLAGS, "-o", str(library), str(written), "-lm"],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", None) or error
            raise SystemExit(f"the C compiler {compiler} did not compile the loop: {said}") from None
        # The file may go once it is loaded.
        return ctypes.CDLL(str(library)).kernel
