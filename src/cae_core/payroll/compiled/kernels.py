"""Programs made to run: by numpy with its buffers kept, or by numba as machine code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeAlias

from cae_core.errors import AmountTypeError, InputError, MissingExtraError
from cae_core.payroll.compiled.sources import Program, calls_source, loop_source

__all__ = ["Kernel", "buffered", "compiled", "run"]

#: People for whom one call is made: machine code, and calls of numpy whose columns are to stay in cache.
_BLOCK = 65_536
_CHUNK = 16_384


#: Fills the outputs from scalars and columns; answers where numbers were out of the bounds of the program.
Kernel: TypeAlias = Callable[[Sequence[int], Sequence[Any], Sequence[Any]], list[slice]]


def run(
    program: Program, kernel: Kernel, lanes: Mapping[str, Any], size: int
) -> tuple[list[Any], list[slice]]:
    """Run a program on every person.

    Returns:
        the columns it gives, and the stretches of people among whom a number is out of its bounds: what the
        columns hold for these is worth nothing.

    Raises:
        AmountTypeError: a column does not hold whole numbers.
        InputError: a column has not one number a person.
    """
    import numpy as np

    scalars = [lanes[each.name] for each in program.scalars]
    columns = [_whole_numbers(each.name, lanes[each.name], size) for each in program.columns]
    outputs = [np.empty(size, np.int64) for _ in program.outputs]
    if not all(each.low <= value <= each.high for each, value in zip(program.scalars, scalars, strict=True)):
        return outputs, [slice(0, size)]
    return outputs, kernel(scalars, columns, outputs)


def _whole_numbers(name: str, column: Any, size: int) -> Any:
    """A column as machine code reads it: 64-bit integers side by side, one a person."""
    import numpy as np

    if column.dtype.kind not in "biu":
        raise AmountTypeError(f"{name} must be a column of integers (got {column.dtype})", column)
    if column.shape != (size,):
        raise InputError(name, f"expected a column of {size} people, got the shape {column.shape}")
    return np.ascontiguousarray(column, np.int64)


def _blocks(
    call: Callable[..., bool], people: int, columns: Sequence[Any], outputs: Sequence[Any]
) -> list[slice]:
    """Make a call for each block of people; return the blocks for which it says yes."""
    size = len(columns[0])
    blocks = (slice(start, min(start + people, size)) for start in range(0, size, people))
    return [
        block for block in blocks
        if call(*(column[block] for column in columns), *(output[block] for output in outputs))
    ]  # fmt: skip


def buffered(program: Program) -> Kernel:
    """Return a program as calls of numpy, which write into a few buffers that stay in the cache."""
    source, many = calls_source(program)
    function = _numpy_function(source)

    def kernel(scalars: Sequence[int], columns: Sequence[Any], outputs: Sequence[Any]) -> list[slice]:
        import numpy as np

        kinds = {"double": np.float64, "truth": np.bool_}
        # Each run brings its own, so threads do not meet.
        buffers: list[list[Any]] = [
            [np.empty(_CHUNK, kinds[kind]) for _ in range(count)] for kind, count in many.items()
        ]

        def call(*lanes: Any) -> bool:
            size = len(lanes[0])
            held = buffers if size == _CHUNK else [[each[:size] for each in kind] for kind in buffers]
            return bool(function(*scalars, *lanes, *held))

        return _blocks(call, _CHUNK, columns, outputs)

    return kernel


@lru_cache(maxsize=256)
def _numpy_function(source: str) -> Callable[..., bool]:
    import numpy as np

    names = {**vars(np), "copy": np.copyto, "integer": int, "double": np.float64}
    return _defined(source, names)


def compiled(program: Program) -> Kernel:
    """Return a program as machine code; the same source is compiled once in a process, in about a second.

    Raises:
        MissingExtraError: numba is not installed.
    """
    shape = len(program.scalars), len(program.columns), len(program.outputs)
    function = _machine_code(loop_source(program), shape)

    def kernel(scalars: Sequence[int], columns: Sequence[Any], outputs: Sequence[Any]) -> list[slice]:
        return _blocks(partial(function, *scalars), _BLOCK, columns, outputs)

    return kernel


@lru_cache(maxsize=256)
def _machine_code(source: str, shape: tuple[int, int, int]) -> Callable[..., bool]:
    try:
        import numba
    except ImportError:
        raise MissingExtraError("numba", "compiled") from None
    import numpy as np

    names = {"floor": np.floor, "sqrt": np.sqrt, "double": numba.float64, "integer": numba.int64}
    scalars, columns, outputs = shape
    types = (
        *[numba.int64] * scalars,
        # Columns that nobody may write to, such as those of a file mapped to memory, are as good as others.
        *[numba.types.Array(numba.int64, 1, "C", readonly=True)] * columns,
        *[numba.types.Array(numba.int64, 1, "C")] * outputs,
    )
    # Under numpy's model of errors a division has no branch, and the loop becomes vectors.
    compile_for = numba.njit(numba.boolean(*types), error_model="numpy", nogil=True)
    found: Callable[..., bool] = compile_for(_defined(source, names))
    return found


def _defined(source: str, names: dict[str, Any]) -> Callable[..., bool]:
    """The function that a source defines."""
    exec(compile(source, "<the formulas of a month>", "exec"), names)
    found: Callable[..., bool] = names["kernel"]
    return found
