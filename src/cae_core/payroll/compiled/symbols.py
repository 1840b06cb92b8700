"""A lane of symbols: it keeps what a formula does instead of doing it.

A :class:`Symbol` stands for any whole number between two bounds. The bounds go along with the operations, and
no symbol leaves the numbers that a double holds exactly: where the bounds do not show that a sum or a product
stays among them, the program has a check of its operands to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs

from cae_core.errors import AmountTypeError
from cae_core.money import times_power_seven_quarters

__all__ = ["EXACT_MAX", "Graph", "Operand", "Symbol", "most"]

#: What an operation works on: a symbol, or a number known when the formula is traced.
Operand: TypeAlias = "Symbol | int"

#: Doubles hold every whole number up to here.
EXACT_MAX = 2**53

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TRUTHS = {"<", "<=", ">", ">=", "==", "!=", "|", "&", "known"}


@attrs.frozen(eq=False)
class Graph:
    """The operations met while tracing; the same operation on the same operands is one symbol.

    Attributes:
        checks: symbols that a program has to check the bounds of.
    """

    checks: list[Symbol] = attrs.field(factory=list)
    _known: dict[tuple[object, ...], Symbol] = attrs.field(factory=dict, repr=False)

    def column(self, name: str, low: int, high: int) -> Symbol:
        """Return the symbol of a column: another number for each person."""
        return self.of("column", (name,), low, high)

    def scalar(self, name: str, low: int, high: int) -> Symbol:
        """Return the symbol of a number that is the same for everybody."""
        return self.of("scalar", (name,), low, high)

    def of(self, operation: str, operands: tuple[Any, ...], low: int, high: int) -> Symbol:
        """Return the symbol of an operation."""
        # A symbol by its identity: its ``==`` is an operation of the formula.
        key = (operation, *(id(each) if isinstance(each, Symbol) else (each,) for each in operands))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Symbol(self, operation, operands, low, high)
        return found


class Symbol:
    """A whole number, or a truth value, between two bounds, with the operation that gives it."""

    __slots__ = ("graph", "high", "low", "operands", "operation")
    dtype = "int64"

    def __init__(self, graph: Graph, operation: str, operands: tuple[Any, ...], low: int, high: int) -> None:
        self.graph, self.operation, self.operands, self.low, self.high = graph, operation, operands, low, high

    def __repr__(self) -> str:
        return f"<{self.operation} {self.low}…{self.high}>"

    def __bool__(self) -> bool:
        raise AmountTypeError("a formula asks `if` of a column; write money.choose", self)

    def __array_namespace__(self) -> type[_Namespace]:
        return _Namespace

    @property
    def is_truth(self) -> bool:
        """Whether the symbol is a truth value."""
        return self.operation in _TRUTHS

    def within(self, low: int, high: int) -> Operand:
        """Return the same number, which a program checks to be between these bounds too."""
        if low <= self.low and self.high <= high:
            return self
        low = max(self.low, low)
        high = max(min(self.high, high), low)
        found = self.graph.of("within", (self, low, high), low, high)
        # Kept apart: what later bounds decide is no operation, and would take the check with it.
        self.graph.checks.append(found)
        return found

    def any(self) -> bool:
        """Whether the number may be other than zero."""
        return self.low != 0 or self.high != 0

    def __add__(self, other: Operand) -> Operand:
        return _add(self, other)

    __radd__ = __add__

    def __sub__(self, other: Operand) -> Operand:
        return _subtract(self, other)

    def __rsub__(self, other: Operand) -> Operand:
        return _subtract(other, self)

    def __neg__(self) -> Operand:
        return _subtract(0, self)

    def __mul__(self, other: Operand) -> Operand:
        return _multiply(self, other)

    __rmul__ = __mul__

    def __floordiv__(self, other: Operand) -> Operand:
        return _divide(self, other)

    def __rfloordiv__(self, other: Operand) -> Operand:
        return _divide(other, self)

    def __lt__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth("<", self, other, self.high < low, self.low >= high)

    def __le__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth("<=", self, other, self.high <= low, self.low > high)

    def __gt__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth(">", self, other, self.low > high, self.high <= low)

    def __ge__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth(">=", self, other, self.low >= high, self.high < low)

    def __eq__(self, other: Operand) -> Operand:  # type: ignore[override]
        low, high = _bounds(other)
        never = self.high < low or self.low > high
        return _truth("==", self, other, self.low == self.high == low == high, never)

    def __ne__(self, other: Operand) -> Operand:  # type: ignore[override]
        low, high = _bounds(other)
        always = self.high < low or self.low > high
        return _truth("!=", self, other, always, self.low == self.high == low == high)

    __hash__ = None  # type: ignore[assignment]

    def __or__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth("|", self, other, bool(self.low or low), not (self.high or high))

    __ror__ = __or__

    def __and__(self, other: Operand) -> Operand:
        low, high = _bounds(other)
        return _truth("&", self, other, bool(self.low and low), not (self.high and high))

    __rand__ = __and__


def _bounds(operand: Operand) -> tuple[int, int]:
    if isinstance(operand, Symbol):
        return operand.low, operand.high
    if isinstance(operand, int):
        return int(operand), int(operand)
    raise AmountTypeError(f"a formula mixes a column with a {type(operand).__name__}", operand)


def most(operand: Operand) -> int:
    """Return the largest magnitude that an operand can have."""
    low, high = _bounds(operand)
    return max(abs(low), abs(high))


def _check(operand: Operand, largest: int) -> Operand:
    """The operand, which the program checks not to be larger where its bounds allow that."""
    if isinstance(operand, Symbol):
        return operand.within(-largest, largest)
    if abs(operand) > largest:
        raise AmountTypeError("a formula has a number that no double holds exactly", operand)
    return operand


def _new(operation: str, first: Operand, second: Operand, low: int, high: int) -> Operand:
    if low == high:
        return low
    graph = first.graph if isinstance(first, Symbol) else second.graph  # type: ignore[union-attr]
    return graph.of(operation, (first, second), low, high)


def _truth(operation: str, first: Symbol, second: Operand, always: bool, never: bool) -> Operand:
    """A comparison that the bounds decide is no operation. It stays a symbol, for ``any`` to be asked."""
    if always or never:
        return first.graph.of("known", (always,), int(always), int(always))
    if operation in "|&":
        for one, other in ((first, second), (second, first)):
            low, high = _bounds(other)
            if low == high:  # true in an "and", false in an "or": the other decides
                return one
    return first.graph.of(operation, (first, second), 0, 1)


def _plain(operand: Operand) -> Operand:
    """A symbol that can be one number only is that number."""
    low, high = _bounds(operand)
    return low if low == high else operand


def _add(a: Operand, b: Operand) -> Operand:
    a, b = _plain(a), _plain(b)
    if isinstance(a, int):
        a, b = b, a  # a number known beforehand comes second
    if isinstance(b, int) and b == 0:
        return a
    a, b, low, high = _sum(a, b, 1)
    return _new("+", a, b, low, high)


def _subtract(a: Operand, b: Operand) -> Operand:
    a, b = _plain(a), _plain(b)
    if a is b:
        return 0
    if isinstance(b, int):
        return _add(a, -b)
    a, b, low, high = _sum(a, b, -1)
    return _new("-", a, b, low, high)


def _sum(a: Operand, b: Operand, sign: int) -> tuple[Operand, Operand, int, int]:
    """Two operands whose sum, or difference, is exact in doubles, with its bounds."""
    if most(a) + most(b) > EXACT_MAX:
        a, b = _check(a, EXACT_MAX // 2), _check(b, EXACT_MAX // 2)
    (low, high), (other_low, other_high) = _bounds(a), sorted(sign * bound for bound in _bounds(b))
    return a, b, low + other_low, high + other_high


def _multiply(a: Operand, b: Operand) -> Operand:
    a, b = _plain(a), _plain(b)
    if isinstance(a, int):
        a, b = b, a
    if isinstance(b, int):
        if isinstance(a, int) or b == 0:
            return b * (a if isinstance(a, int) else 0)
        if b == 1:
            return a
        if a.operation == "*" and isinstance(a.operands[1], int):
            return _multiply(a.operands[0], a.operands[1] * b)
    if most(a) * most(b) > EXACT_MAX:
        if isinstance(b, Symbol):
            # The wider one is what bounds say too much of, unless they say too much of both.
            b = _check(b, EXACT_MAX // min(most(a), most(b), 2**26))
        a = _check(a, EXACT_MAX // most(b))
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    corners = [x * y for x in (low, high) for y in (other_low, other_high)]
    return _new("*", a, b, min(corners), max(corners))


def _divide(a: Operand, b: Operand) -> Operand:
    a, b = _plain(a), _plain(b)
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    if other_low < 1:
        raise AmountTypeError("a formula divides by what may be zero or less", b)
    if isinstance(a, Symbol) and isinstance(b, int) and a.operation == "*" and isinstance(a.operands[1], int):
        factor, rest = divmod(a.operands[1], b)
        if not rest:
            return _multiply(a.operands[0], factor)
    corners = [x // y for x in (low, high) for y in (other_low, other_high)]
    return _new("//", a, b, min(corners), max(corners))


def _where(condition: Symbol, number: Operand, holds: bool) -> tuple[int, int]:
    """The bounds of a number where a condition holds, or does not: ``due > 0`` says that ``due`` is not 0."""
    low, high = _bounds(number)
    if condition.operation in _OPPOSITE and condition.operands[0] is number:
        other_low, other_high = _bounds(condition.operands[1])
        operation = condition.operation if holds else _OPPOSITE[condition.operation]
        if operation in (">", ">="):
            low = max(low, other_low + (operation == ">"))
        else:
            high = min(high, other_high - (operation == "<"))
    return low, high


class _Namespace:
    """The few functions of an array namespace that formulas use."""

    @staticmethod
    def minimum(a: Operand, b: Operand) -> Operand:
        a, b = _plain(a), _plain(b)
        (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
        if a is b or high <= other_low:
            return a
        if other_high <= low:
            return b
        return _new("minimum", a, b, min(low, other_low), min(high, other_high))

    @staticmethod
    def maximum(a: Operand, b: Operand) -> Operand:
        a, b = _plain(a), _plain(b)
        (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
        if a is b or low >= other_high:
            return a
        if other_low >= high:
            return b
        return _new("maximum", a, b, max(low, other_low), max(high, other_high))

    @staticmethod
    def where(condition: Symbol, if_true: Operand, if_false: Operand) -> Operand:
        if not condition.is_truth:
            condition = condition != 0  # type: ignore[assignment]
        if condition.low == condition.high:
            return if_true if condition.low else if_false
        if_true, if_false = _plain(if_true), _plain(if_false)
        low, high = _where(condition, if_true, True)
        other_low, other_high = _where(condition, if_false, False)
        if if_true is if_false or low == high == other_low == other_high:
            return if_true
        operands = (condition, if_true, if_false)
        return condition.graph.of("where", operands, min(low, other_low), max(high, other_high))

    @staticmethod
    def lookup(starts: Sequence[int], values: Sequence[int], amount: Symbol) -> Operand:
        """The value of a bracket; ``starts`` increase."""
        operands = (amount, tuple(map(int, starts)), tuple(map(int, values)))
        return amount.graph.of("lookup", operands, min(operands[2]), max(operands[2]))

    @staticmethod
    def times_power_seven_quarters(scale: int, numerator: Operand, denominator: Operand) -> Operand:
        numerator, denominator = _plain(numerator), _plain(denominator)
        largest = times_power_seven_quarters(scale, _bounds(numerator)[1], _bounds(denominator)[0])
        graph = numerator.graph if isinstance(numerator, Symbol) else denominator.graph  # type: ignore[union-attr]
        return _check(graph.of("power", (numerator, denominator, scale), 0, largest), EXACT_MAX)
