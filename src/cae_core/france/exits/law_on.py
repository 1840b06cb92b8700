"""The numbers of the law on one day, as exact fractions, each with its text."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from cae_core.law import Citation, DatedValue, Legislation

__all__ = ["LawOn", "nearest_cent"]


def nearest_cent(amount: Fraction) -> int:
    """Return the nearest whole number of cents; a tie goes up. The amount must not be negative."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


@attrs.frozen
class LawOn:
    """Reads parameters on one day.

    Attributes:
        law: the dated parameters (``ruleset.rights``).
        day: the day whose law applies.
        assume_unchanged: after the last day known, carry the last values forward.
    """

    law: Legislation = attrs.field(repr=False)
    day: dt.date
    assume_unchanged: bool = False

    def row(self, name: str) -> DatedValue:
        """Return the value in force with its text.

        Raises:
            LawNotKnownError: the day is outside the days known.
        """
        return self.law.parameter(name).on(self.day, assume_unchanged=self.assume_unchanged)

    def number(self, name: str) -> Fraction:
        """Return a value in its unit: ``Fraction(1, 2)`` for 50 percent, ``Fraction(8)`` for eight months."""
        value = self.row(name).value
        assert isinstance(value, int)
        unit = self.law.parameter(name).measure
        # A percent is kept in millionths: its two digits and the four decimals of the unit.
        return Fraction(value, 10 ** (unit.decimals + 2 if unit.name == "percent" else unit.decimals))

    def whole(self, name: str) -> int:
        """Return a value that is a whole number in its unit."""
        number = self.number(name)
        assert number.denominator == 1, name
        return number.numerator

    def step(self, name: str, amount: Fraction | int) -> Fraction:
        """Return the step of a scale of numbers that an amount has reached."""
        value = self.row(name).value
        assert isinstance(value, tuple)
        reached = [step for start, step in value if Fraction(start, 100) <= amount]
        return Fraction(reached[-1], 100)

    def steps(self, name: str) -> tuple[tuple[Fraction, Fraction], ...]:
        """Return a scale of numbers: from which amount on, which number."""
        value = self.row(name).value
        assert isinstance(value, tuple)
        return tuple((Fraction(start, 100), Fraction(step, 100)) for start, step in value)

    def citations(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values, each once."""
        return tuple(dict.fromkeys(self.row(name).citation for name in names))

    def needs_review(self, *names: str) -> bool:
        """Whether nobody has read the text of one of these values yet."""
        return any(self.row(name).needs_review for name in names)
