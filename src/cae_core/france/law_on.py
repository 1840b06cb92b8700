"""The numbers of the law on one day, each with its text: how the French rules read them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Protocol

import attrs

from cae_core.errors import AmountTypeError
from cae_core.france.rights import rights_law
from cae_core.law import Citation, DatedValue, Legislation
from cae_core.protection import Case

__all__ = ["LawOfDay", "LawOn", "Right", "nearest_cent"]


class LawOfDay(Protocol):
    """The least a rule needs: :class:`LawOn` has it, and a :class:`~cae_core.law.Snapshot` as well."""

    def value(self, name: str) -> int:
        """Return the whole number in force, as it is kept."""
        ...

    def get(self, name: str) -> DatedValue | None:
        """Return the value in force, or ``None`` where there is none."""
        ...

    def citations_of(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values."""
        ...


@attrs.frozen
class Right:
    """A number of the law as a rule reads it on a day.

    Attributes:
        value: in the unit of the parameter: months, days, times.
        citation: its text.
        needs_review: nobody has read the text yet.
        assumed: the day lies beyond what is known, and the caller chose to carry the value forward.
    """

    value: int
    citation: Citation
    needs_review: bool
    assumed: bool


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
        case: the question being answered, which remembers every value read for its answer.
    """

    law: Legislation = attrs.field(repr=False)
    day: dt.date
    assume_unchanged: bool = False
    case: Case | None = attrs.field(default=None, repr=False)

    @classmethod
    def built_in(cls, day: dt.date, *, assume_unchanged: bool = False) -> LawOn:
        """Return the built-in law of a day, for what is not given a ruleset: a contract, a path."""
        return cls(rights_law(), day, assume_unchanged)

    @classmethod
    def of_case(cls, case: Case, day: dt.date) -> LawOn:
        """Return the law of a day as a case reads it."""
        return cls(case.law, day, case.assume_unchanged, case)

    def row(self, name: str) -> DatedValue:
        """Return the value in force with its text.

        Raises:
            UnknownNameError: no parameter has this name.
            LawNotKnownError: the day is outside the days known.
        """
        if self.case is not None:
            return self.case.row(name, self.day)
        return self.law.parameter(name).on(self.day, assume_unchanged=self.assume_unchanged)

    def get(self, name: str) -> DatedValue | None:
        """Return the value in force; ``None`` before its first day and after its repeal.

        Raises:
            LawNotKnownError: the day is after the last day known.
        """
        row = self.law.parameter(name).row_on(self.day)
        return None if row is None or row.repealed else self.row(name)

    def value(self, name: str) -> int:
        """Return the whole number in force, as it is kept: cents, millionths, days."""
        value = self.row(name).value
        if not isinstance(value, int):
            raise AmountTypeError(f"{name!r} is a scale, not one number", value)
        return value

    def right(self, name: str) -> Right:
        """Return the whole number in force, with its text and its marks."""
        row, value = self.row(name), self.value(name)
        assumed = self.day > self.law.parameter(name).known_until
        return Right(value, row.citation, row.needs_review, assumed)

    def number(self, name: str) -> Fraction:
        """Return a value in its unit: ``Fraction(1, 2)`` for 50 percent, ``Fraction(8)`` for eight months."""
        value = self.value(name)
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

    def citations_of(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values, each once."""
        return tuple(dict.fromkeys(self.row(name).citation for name in names))

    def needs_review(self, *names: str) -> bool:
        """Whether nobody has read the text of one of these values yet."""
        return any(self.row(name).needs_review for name in names)
