"""Whole numbers in doubles: the operations of a formula as the ones a processor does many at a time.

Processors divide no vector of whole numbers, and are quick with doubles. A double holds every whole number
up to 2 ** 53, and no symbol is larger, so sums, products and comparisons are exact. Divisions that round down
are exact as well, for the reasons given here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import attrs

from cae_core.errors import AmountTypeError
from cae_core.payroll.compiled.symbols import Operand, Symbol, most

__all__ = ["Kind", "Step", "Steps"]

#: What a step gives: a number, or whether something holds.
Kind: TypeAlias = Literal["double", "truth"]


@attrs.frozen
class Step:
    """One operation of the machine.

    Attributes:
        name: what the result is called.
        operation: ``+ - * /``, a comparison, ``| &``, ``floor sqrt minimum maximum where lookup``, ``number``
            of a truth value, or where the value comes from: ``column``, ``scalar``.
        operands: names of earlier steps, or numbers as they are written in a source.
        uniform: the same for everybody: no column is behind it.
    """

    name: str
    operation: str
    operands: tuple[Any, ...]
    kind: Kind
    uniform: bool


@attrs.frozen(eq=False)
class Steps:
    """The steps that lead to some symbols, in an order in which they can be taken.

    Attributes:
        checks: between which bounds the result of a step must be for the later ones to be exact.
    """

    checks: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    _steps: dict[tuple[object, ...], Step] = attrs.field(factory=dict)
    _names: dict[str, Step] = attrs.field(factory=dict)
    #: By symbol, which is kept so that its identity stays its own.
    _found: dict[int, tuple[Symbol, str]] = attrs.field(factory=dict)

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def of(self, operand: Operand) -> str:
        """Return the name of the step that gives a symbol, after adding those it needs."""
        if not isinstance(operand, Symbol):
            return f"{int(operand)}.0"
        known = self._found.get(id(operand))
        name = known[1] if known is not None else self._take(operand)
        self._found[id(operand)] = operand, name
        return name

    def _add(self, operation: str, *operands: Any, kind: Kind = "double") -> str:
        key = (operation, *operands)
        found = self._steps.get(key)
        if found is None:
            uniform = operation != "column" and all(
                self._names[name].uniform for name in operands if name in self._names
            )
            found = Step(f"t{len(self._steps)}", operation, operands, kind, uniform)
            self._steps[key] = self._names[found.name] = found
        return found.name

    def _number(self, operand: Operand) -> str:
        """The name of a number; a truth value counts for 1 or 0."""
        is_truth = isinstance(operand, Symbol) and operand.is_truth
        return self._add("number", self.of(operand)) if is_truth else self.of(operand)

    def _truth(self, operand: Operand) -> str:
        if not isinstance(operand, Symbol) or not operand.is_truth:
            raise AmountTypeError("a formula takes a number for a truth value", operand)
        return self.of(operand)

    def _take(self, symbol: Symbol) -> str:
        """Take the step that gives a symbol."""
        operation, operands = symbol.operation, symbol.operands
        match operation:
            case "column" | "scalar":
                return self._add(operation, *operands)
            case "within":
                name = self.of(operands[0])
                low, high = self.checks.get(name, (symbol.low, symbol.high))
                self.checks[name] = max(low, symbol.low), min(high, symbol.high)
                return name
            case "//":
                return self._divide(*operands)
            case "power":
                return self._power(*operands)
            case "lookup":
                return self._add(operation, self._number(operands[0]), *operands[1:])
            case "where":
                return self._add(operation, self._truth(operands[0]), *map(self._number, operands[1:]))
            case "|" | "&":
                return self._add(operation, *map(self._truth, operands), kind="truth")
        kind: Kind = "truth" if symbol.is_truth else "double"
        return self._add(operation, *map(self._number, operands), kind=kind)

    def _divide(self, numerator: Operand, denominator: Operand) -> str:
        """``floor(n / d)`` in doubles.

        Quotients are multiples of ``1 / d``. Half of that is added, and what the machine then finds may be
        wrong by as much, either way, without changing its whole part. Each of its roundings is at most
        ``2 ** -53`` of what it rounds, and bounds say how large that can be.
        """
        if not isinstance(denominator, Symbol):
            found = self._scaled(numerator, denominator)
            if found:
                return found
            if most(numerator) < 2**51:  # the reciprocal and the product are rounded: |n| × 2 × 2**-53 < ½
                return self._add("floor", self._add("*", self._plus_half(numerator), f"(1 / {denominator})"))
        # A quotient that is not whole is at least 1 / d away from the whole number above it, and the machine
        # rounds by less than that as long as n is under 2**53: nothing need be added.
        return self._add("floor", self._add("/", self._number(numerator), self._number(denominator)))

    def _scaled(self, numerator: Operand, d: int) -> str | None:
        """``floor((x × k + h) / d)`` as ``floor(x × (k/d) + (h + ½)/d)``: a line of a payslip."""
        if not isinstance(numerator, Symbol) or numerator.operation not in ("*", "+"):
            return None
        product, rest = (numerator, 0) if numerator.operation == "*" else numerator.operands
        if not _by_a_number(product):
            product, rest = rest, product
        # The two factors and the product are rounded, the rest as well, then their sum.
        if not _by_a_number(product) or 2 * most(product) + 2 * most(rest) + most(numerator) >= 2**52:
            return None
        x, k = product.operands
        scaled = self._add("*", self._number(x), f"({k} / {d})")
        if isinstance(rest, Symbol):
            offset = self._add("*", self._plus_half(rest), f"(1 / {d})")
        else:
            offset = f"({2 * rest + 1} / {2 * d})"
        return self._add("floor", self._add("+", scaled, offset))

    def _plus_half(self, number: Operand) -> str:
        if isinstance(number, Symbol) and number.operation == "+" and isinstance(number.operands[1], int):
            number, more = number.operands
            return self._add("+", self._number(number), f"({2 * more + 1} / 2)")
        return self._add("+", self._number(number), "0.5")

    def _power(self, numerator: Operand, denominator: Operand, scale: int) -> str:
        """What :func:`~cae_core.money.times_power_seven_quarters` does, operation by operation."""
        x = self._add("/", self._number(numerator), self._number(denominator))
        root = self._add("sqrt", x)
        power = self._add("*", self._add("*", x, root), self._add("sqrt", root))
        return self._add("floor", self._add("+", self._add("*", f"{scale}.0", power), "0.5"))


def _by_a_number(operand: Operand) -> bool:
    """Whether an operand is a column times a number known beforehand."""
    product = isinstance(operand, Symbol) and operand.operation == "*"
    return product and isinstance(operand.operands[1], int)  # type: ignore[union-attr]
