"""A third lane, that remembers which way each comparison went: where the formulas of a month break.

Formulas reach ``minimum``, ``maximum`` and ``where`` through the array namespace of their operands. A
:class:`Traced` brings a namespace that records the outcomes, so the breakpoints of the law come out of its
own formulas and tables, and are written down nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cae_core.money import times_power_seven_quarters

__all__ = ["Outcomes", "Traced", "outcomes"]

#: Each comparison met: how it went, and by how much; the margin changes sign where the outcome does.
Outcomes = tuple[tuple[bool, int], ...]
Record = list[tuple[bool, int]]


class Traced:
    """An integer, or a truth value with its margin, that records the comparisons it takes part in."""

    __slots__ = ("margin", "record", "value")
    dtype = "int64"

    def __init__(self, value: Any, record: Record, margin: int = 0) -> None:
        self.value, self.record, self.margin = value, record, margin

    def __array_namespace__(self) -> type[_Namespace]:
        return _Namespace

    def _with(self, other: Any, operation: Callable[[Any, Any], Any]) -> Traced:
        return Traced(operation(self.value, _value(other)), self.record)

    def __add__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: a - b)

    def __rsub__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: b - a)

    def __mul__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: a // b)

    def __or__(self, other: Any) -> Traced:
        return self._with(other, lambda a, b: a | b)

    def _compared(self, other: Any, operation: Callable[[Any, Any], bool]) -> Traced:
        """A truth value that knows how far it is from being another."""
        value, against = self.value, _value(other)
        return Traced(operation(value, against), self.record, value - against)

    def __lt__(self, other: Any) -> Traced:
        return self._compared(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> Traced:
        return self._compared(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> Traced:
        return self._compared(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> Traced:
        return self._compared(other, lambda a, b: a >= b)

    def any(self) -> bool:
        """Whether the truth value holds."""
        return bool(self.value)


def _value(lane: Any) -> Any:
    return lane.value if isinstance(lane, Traced) else lane


def _record_of(*lanes: Any) -> Record:
    found: Record = next(lane.record for lane in lanes if isinstance(lane, Traced))
    return found


class _Namespace:
    """The few functions of an array namespace that formulas use."""

    @staticmethod
    def times_power_seven_quarters(scale: int, numerator: Any, denominator: Any) -> Traced:
        record = _record_of(numerator, denominator)
        return Traced(times_power_seven_quarters(scale, _value(numerator), _value(denominator)), record)

    @staticmethod
    def minimum(a: Any, b: Any) -> Traced:
        record, first = _record_of(a, b), _value(a) < _value(b)
        record.append((first, _value(a) - _value(b)))
        return Traced(_value(a) if first else _value(b), record)

    @staticmethod
    def maximum(a: Any, b: Any) -> Traced:
        record, first = _record_of(a, b), _value(a) > _value(b)
        record.append((first, _value(a) - _value(b)))
        return Traced(_value(a) if first else _value(b), record)

    @staticmethod
    def where(condition: Any, if_true: Any, if_false: Any) -> Traced:
        record, holds = _record_of(condition, if_true, if_false), bool(_value(condition))
        record.append((holds, condition.margin if isinstance(condition, Traced) else 0))
        return Traced(_value(if_true) if holds else _value(if_false), record)


def outcomes(formula: Callable[[Traced], Any], value: int) -> Outcomes:
    """Return how each comparison of a formula goes at a value."""
    record: Record = []
    formula(Traced(value, record))
    return tuple(record)
