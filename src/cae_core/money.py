"""Money is an integer number of cents, a rate an integer number of millionths.

The formulas of the law are written with the few operations of this module, so that one formula runs
on two *lanes*: a Python ``int`` (one person) or an int64 array (a population), with the same cents.
This is the only module that rounds, and the only one where a ``float`` is allowed to exist
(:func:`times_power_seven_quarters`, on a pure number, never on an amount).

Domain: a monthly amount is at most :data:`CENTS_MAX`, so that no product of an amount and a rate, and
no numerator of a reduction cumulated over a year, leaves the int64 range.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, InvalidOperation
from typing import Any, TypeAlias

import attrs

from cae_core.errors import AmountError, AmountTypeError, CurrencyError

__all__ = [
    "CENTS_MAX",
    "EUR",
    "MILLION",
    "Currency",
    "Lane",
    "Money",
    "Rate",
    "apply_rate",
    "choose",
    "divide_half_up",
    "format_decimal",
    "format_euros",
    "greatest",
    "half_for",
    "least",
    "lookup",
    "round_to_step",
    "split",
    "sum_of_rates",
    "times_power_seven_quarters",
    "to_cents",
]

#: An ``int`` or an int64 array. ``Any`` because numpy is optional and both lanes share one formula.
Lane: TypeAlias = Any

#: Ten million euros: the largest amount of one month.
CENTS_MAX = 10**9
MILLION = 10**6
_HALF = MILLION // 2

# Twelve months of the largest amount, in the finest unit a reduction uses, times its largest factor.
assert 12 * CENTS_MAX * 1200 * 10 * 10**4 < 2**63


def _namespace(*lanes: Lane) -> Any:
    """Return the array namespace of the first array among ``lanes``."""
    for lane in lanes:
        getter = getattr(lane, "__array_namespace__", None)
        if getter is not None:
            return getter()
    kinds = ", ".join(type(lane).__name__ for lane in lanes)
    raise AmountTypeError(f"expected integer cents or an int64 array, got {kinds}", lanes)


def least(a: Lane, b: Lane) -> Lane:
    """Return the smaller of two lanes, element by element."""
    if type(a) is int and type(b) is int:
        return a if a < b else b
    return _namespace(a, b).minimum(a, b)


def greatest(a: Lane, b: Lane) -> Lane:
    """Return the larger of two lanes, element by element."""
    if type(a) is int and type(b) is int:
        return a if a > b else b
    return _namespace(a, b).maximum(a, b)


def choose(condition: Lane, if_true: Lane, if_false: Lane) -> Lane:
    """Return ``if_true`` where the condition holds, else ``if_false``."""
    if condition is True:
        return if_true
    if condition is False:
        return if_false
    return _namespace(condition).where(condition, if_true, if_false)


def divide_half_up(numerator: Lane, denominator: Lane) -> Lane:
    """Return the nearest integer to ``numerator / denominator``; a tie goes away from zero.

    A correction of −x therefore rounds to exactly minus the rounding of x: what was charged can be
    taken back to the cent. The denominator must be positive.
    """
    return (2 * numerator + denominator - (numerator < 0)) // (2 * denominator)


def half_for(base_cents: Lane) -> Lane:
    """Return what :func:`apply_rate` adds before it floors, so that a tie goes away from zero.

    It depends on the sign alone, so several rates on one base share it.
    """
    if type(base_cents) is int:
        return _HALF if base_cents >= 0 else _HALF - 1
    negative = base_cents < 0
    return _HALF - negative if negative.any() else _HALF


def apply_rate(base_cents: Lane, ppm: Lane, half: Lane = None) -> Lane:
    """Return ``base × rate`` to the cent, half up; the rate is in millionths (8.55 % = 85,500).

    Args:
        base_cents: the base; a tie goes away from zero, as in :func:`divide_half_up`.
        ppm: the rate.
        half: ``half_for(base_cents)``, where the caller has it already.
    """
    return (base_cents * ppm + (half_for(base_cents) if half is None else half)) // MILLION


def sum_of_rates(base_cents: Lane, ppms: tuple[int, ...], half: Lane) -> Lane:
    """Return the sum of several rates of one base, each to the cent as :func:`apply_rate` rounds it."""
    first, *others = ppms
    total = apply_rate(base_cents, first, half)
    for ppm in others:
        part = base_cents * ppm
        # In place: on a column nothing is allocated but the product; on an int it is the same sum.
        part += half
        part //= MILLION
        total += part
    return total


def lookup(starts: Sequence[int], values: Sequence[int], amount: Lane) -> Lane:
    """Return the value of the bracket an amount falls in; ``starts`` are inclusive and increasing.

    An amount under the first start takes the first value.
    """
    if type(amount) is int:
        return values[max(bisect_right(starts, amount) - 1, 0)]
    xp = _namespace(amount)
    if hasattr(xp, "lookup"):
        return xp.lookup(starts, values, amount)  # a lane that keeps what a formula does
    rank = xp.searchsorted(xp.asarray(starts), amount, side="right") - 1
    return xp.asarray(values)[xp.maximum(rank, 0)]


def times_power_seven_quarters(scale: int, numerator: Lane, denominator: Lane) -> Lane:
    """Return the nearest integer to ``scale × (numerator / denominator) ** 1.75``; numerator ≥ 0.

    Written with ``*`` and ``sqrt``, whose last bit IEEE 754 fixes, so that both lanes agree on every
    machine (``pow`` is not fixed). The result is a coefficient, a pure number of at most four digits:
    the error of the doubles, about 1e-12, is a million times smaller than its closest approach to a tie
    over all cents (see the test that compares with integer arithmetic).
    """
    if type(numerator) is int and type(denominator) is int:
        x = numerator / denominator
        root = math.sqrt(x)
        return int(scale * (x * root * math.sqrt(root)) + 0.5)
    xp = _namespace(numerator, denominator)
    if hasattr(xp, "times_power_seven_quarters"):
        return xp.times_power_seven_quarters(scale, numerator, denominator)  # a lane that carries an int
    x = numerator / denominator
    root = xp.sqrt(x)
    return xp.astype(scale * (x * root * xp.sqrt(root)) + 0.5, xp.int64)


def split(total_cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share an amount in proportion to whole weights without losing or making a cent.

    Largest remainder: each part is first rounded towards zero, then the cents left go one by one to
    the largest remainders; among equals, to the first. The parts of −x are minus the parts of x.

    Raises:
        AmountError: no weight, a negative weight, or only zeros.
    """
    if not weights or min(weights) < 0 or not sum(weights):
        raise AmountError(f"weights must be non-negative with a positive sum (got {list(weights)})", weights)
    sign, magnitude, whole = (-1 if total_cents < 0 else 1), abs(total_cents), sum(weights)
    parts = [magnitude * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda rank: -(magnitude * weights[rank] % whole))
    for rank in by_remainder[: magnitude - sum(parts)]:
        parts[rank] += 1
    return tuple(sign * part for part in parts)


#: Moves a decimal point without rounding, whatever precision the caller's own context has.
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_SPACES = "[ \u00a0\u202f]"
_FRENCH_NUMBER = re.compile(rf"[+-]?(\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+)([.,]\d+)?")


def _decimal(value: object, what: str) -> Decimal:
    """Return an exact decimal from an int, a Decimal or a text such as ``"1 234,56"``."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        hint = f'; write "{value}" or Decimal("{value}")' if isinstance(value, float) else ""
        raise AmountTypeError(
            f"{what} must be an int, a Decimal or a str, not {type(value).__name__} "
            f"(got {value!r}): only these hold cents exactly{hint}",
            value,
        )
    if isinstance(value, str):
        text = value.strip()
        if not _FRENCH_NUMBER.fullmatch(text):
            raise AmountError(
                f"{what} must be a plain number such as 1234.56 or 1 234,56 (got {value!r})", value
            )
        value = re.sub(_SPACES, "", text).replace(",", ".")
    try:
        number = Decimal(value)
    except InvalidOperation:  # pragma: no cover - the pattern above lets nothing else through
        raise AmountError(f"{what} must be a number (got {value!r})", value) from None
    if not number.is_finite():
        raise AmountError(f"{what} must be a finite number (got {value!r})", value)
    return number


def to_cents(euros: object, what: str = "amount") -> int:
    """Return integer cents from euros given as ``int``, ``Decimal`` or ``str``.

    Args:
        euros: euros; a text may use the French notation, ``"1 234,56"``.
        what: the name used in error messages.

    Raises:
        AmountTypeError: a ``float`` or any other type: it cannot hold cents exactly.
        AmountError: more than two decimals, or beyond :data:`CENTS_MAX`.
    """
    cents = _decimal(euros, what).scaleb(2, _EXACT)
    if cents != cents.to_integral_value():
        raise AmountError(f"{what} must have at most two decimals (got {euros!r})", euros)
    if cents.copy_abs() > CENTS_MAX:
        raise AmountError(f"{what} must be at most {format_euros(CENTS_MAX, 'en')} (got {euros!r})", euros)
    return int(cents)


def format_decimal(number: int, decimals: int, lang: str = "fr") -> str:
    """Write ``number / 10**decimals``: ``1 234,56`` in French, ``1,234.56`` in English."""
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number), 10**decimals)
    text = f"{whole:,}" + (f".{rest:0{decimals}d}" if decimals else "")
    if lang == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return sign + text


def format_euros(cents: int, lang: str = "fr") -> str:
    """Write an amount for people: ``1 234,56 €`` in French, ``€1,234.56`` in English."""
    return EUR.format(cents, lang)


@attrs.frozen
class Currency:
    """A currency with cents, and the smallest step in which pay is handed over.

    Attributes:
        code: its code, such as ``"EUR"``.
        sign: what stands beside an amount.
        payment_step_cents: pay is rounded to a multiple of it: 1 cent, or 5 where small coins are gone.
    """

    code: str
    sign: str
    payment_step_cents: int = attrs.field(default=1, validator=attrs.validators.ge(1))

    def format(self, cents: int, lang: str = "fr") -> str:
        """Write an amount for people: ``1 234,56 CHF`` in French, ``CHF1,234.56`` in English."""
        if lang == "fr":
            return f"{format_decimal(cents, 2)}\u00a0{self.sign}"
        return f"{'-' if cents < 0 else ''}{self.sign}{format_decimal(abs(cents), 2, lang)}"


#: The euro.
EUR = Currency("EUR", "€")


@attrs.frozen(order=False)
class Money:
    """An amount with its currency: what leaves a payslip for a world that has several.

    Attributes:
        cents: hundredths of the currency.
        currency: the currency.
    """

    cents: int
    currency: Currency

    def _same(self, other: Money) -> None:
        if self.currency.code != other.currency.code:
            raise CurrencyError(self.currency.code, other.currency.code)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents - other.cents, self.currency)

    def format(self, lang: str = "fr") -> str:
        """Write the amount for people."""
        return self.currency.format(self.cents, lang)

    def __str__(self) -> str:
        return f"{format_decimal(self.cents, 2, 'en').replace(',', '')} {self.currency.code}"


def round_to_step(cents: Lane, step_cents: int) -> Lane:
    """Return the nearest multiple of a step; a tie goes away from zero."""
    return cents if step_cents == 1 else divide_half_up(cents, step_cents) * step_cents


@attrs.frozen(order=True)
class Rate:
    """An exact proportion, such as 6.90 % (``Rate.percent("6.90")``).

    Attributes:
        ppm: millionths: 6.90 % is 69,000. Four decimals of a percent are enough for every rate in force.
    """

    ppm: int = attrs.field(validator=attrs.validators.instance_of(int))

    @classmethod
    def percent(cls, text: object, what: str = "rate") -> Rate:
        """Return the rate written in percent: ``"8.55"``, ``"8,55 %"``, ``Decimal("8.55")``."""
        if isinstance(text, str):
            text = text.strip().removesuffix("%").rstrip(" \u00a0\u202f")
        return cls._exact(_decimal(text, what), 4, text, what)

    @classmethod
    def fraction(cls, number: object, what: str = "rate") -> Rate:
        """Return the rate written as a fraction of one: ``"0.0855"``."""
        return cls._exact(_decimal(number, what), 6, number, what)

    @classmethod
    def _exact(cls, number: Decimal, shift: int, came: object, what: str) -> Rate:
        ppm = number.scaleb(shift, _EXACT)
        if ppm != ppm.to_integral_value():
            raise AmountError(f"{what} must have at most four decimals of a percent (got {came!r})", came)
        if not 0 <= ppm <= MILLION:
            raise AmountError(f"{what} must be between 0 and 100 % (got {came!r})", came)
        return cls(int(ppm))

    def of(self, base_cents: Lane) -> Lane:
        """Return this proportion of an amount, to the cent, half up."""
        return apply_rate(base_cents, self.ppm)

    def format(self, lang: str = "fr", digits: int = 2) -> str:
        """Write the rate for people: ``6,90 %``; more decimals only where the rate has them."""
        decimals = 4
        ppm = self.ppm
        while decimals > digits and ppm % 10 == 0:
            ppm, decimals = ppm // 10, decimals - 1
        return format_decimal(ppm, decimals, lang) + ("\u00a0%" if lang == "fr" else "%")

    def __str__(self) -> str:
        return self.format("en")
