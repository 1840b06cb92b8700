"""What a plugin declares, looked at before anything is computed: the same when asked twice, with texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import Any

import attrs

from cae_core.law import Citation, Parameter
from cae_core.payroll.rules import Base, Contribution, FactCheck, Reduction
from cae_core.plugins import Plugins

__all__ = ["Problem", "check_citations", "check_declared_twice"]


@attrs.frozen
class Problem:
    """A promise that is not kept, where, and what shows it."""

    promise: str
    where: str
    shown_by: str


def check_declared_twice(plugins: Plugins, name: str) -> Iterator[Problem]:
    """Ask a plugin twice: a hook that looks at a clock, a file or a counter declares something else."""
    for hook in plugins.hooks_of(name):
        first, second = ([item for owner, item in plugins.declared(hook) if owner == name] for _ in range(2))
        if len(first) != len(second):
            yield Problem(
                "asked twice, it declares something else",
                hook,
                f"{len(first)} records, then {len(second)}",
            )
            continue
        for rank, (one, other) in enumerate(zip(first, second, strict=True)):
            place = _difference(one, other)
            if place is not None:
                yield Problem("asked twice, it declares something else", hook, f"record {rank}{place}")


def check_citations(plugins: Plugins, name: str) -> Iterator[Problem]:
    """Look for lines, bases, reductions, parameters, checks and changes without a text."""
    for hook in plugins.hooks_of(name):
        for owner, item in plugins.declared(hook):
            if owner == name:
                for place in _without_text(item):
                    yield Problem("a text is missing", f"{hook}, {place}", "no citation")


def _without_text(item: Any) -> Iterator[str]:
    if isinstance(item, Parameter):
        for row in item.values:
            if not isinstance(row.citation, Citation):
                yield f"parameter {item.name!r}, from {row.in_force_from}"
    elif isinstance(item, Base | Reduction):
        called = item.name if isinstance(item, Base) else item.code
        if not item.citations or not all(isinstance(each, Citation) for each in item.citations):
            yield f"{type(item).__name__.lower()} {called!r}"
    elif isinstance(item, Contribution | FactCheck):
        if not isinstance(item.citation, Citation):
            yield f"{'line' if isinstance(item, Contribution) else 'check'} {item.code!r}"
    elif hasattr(item, "touches"):
        text = getattr(item, "citation", True)
        if not isinstance(text, Citation) and text is not True:
            yield f"the change of {', '.join(item.touches)}"
        for inner in (getattr(item, "contribution", None), getattr(item, "parameter", None)):
            if inner is not None:
                yield from _without_text(inner)


def _difference(one: Any, other: Any) -> str | None:
    """Return where two records differ, ``None`` where they say the same."""
    if one is other or (type(one) is type(other) and not callable(one) and _equal(one, other)):
        return None
    if isinstance(one, FunctionType) and isinstance(other, FunctionType):
        # A function made anew at each call is the same if it does the same with the same things.
        cells = [
            [cell.cell_contents for cell in each.__closure__ or ()] + list(each.__defaults__ or ())
            for each in (one, other)
        ]
        alike = one.__code__ == other.__code__ and _difference(*cells) is None
        return None if alike else f": function {one.__qualname__} does something else"
    if type(one) is not type(other):
        return f": {one!r}, then {other!r}"
    if attrs.has(type(one)):
        names = [field.name for field in attrs.fields(type(one))]
        return _first_difference(*({name: getattr(each, name) for name in names} for each in (one, other)))
    if isinstance(one, tuple | list) and len(one) == len(other):
        return _first_difference(dict(enumerate(one)), dict(enumerate(other)))
    if isinstance(one, Mapping) and set(one) == set(other):
        return _first_difference(one, other)
    return f": {one!r}, then {other!r}"


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _first_difference(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> str | None:
    for key, value in one.items():
        place = _difference(value, other[key])
        if place is not None:
            return f", {key}{place}"
    return None
