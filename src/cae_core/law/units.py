"""Units of the values of the law: how a text becomes an exact whole number, and back for people.

Nothing here rounds: a text with more decimals than its unit keeps is refused, never cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

import attrs

from cae_core.errors import AmountError, AmountTypeError
from cae_core.money import MILLION, Rate, format_decimal, format_euros

__all__ = ["UNITS", "Scale", "Unit", "Value"]

#: Brackets of a scale: (from, rate in millionths); the lower bound belongs to its bracket.
Scale: TypeAlias = tuple[tuple[int, int], ...]
#: A value of the law, as formulas use it.
Value: TypeAlias = int | Scale

#: What stands behind a number of these units, in French and in English.
_WORDS = {
    "hours": ("\u00a0h", "\u00a0h"),
    "months": ("\u00a0mois", "\u00a0months"),
    "days": ("\u00a0jours", "\u00a0days"),
    "times": ("\u00a0fois", "\u00a0times"),
}
_PLAIN_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?", re.ASCII)


@attrs.frozen
class Unit:
    """A unit a table may use, and the whole number its values are kept in.

    Attributes:
        name: the word written in the table.
        decimals: how many decimals of the text the whole number keeps: 2 for euros kept in cents.
        kept_as: the whole number, in words.
        bounds: for a scale, the unit of the lower bounds.
        steps: for a scale, the unit of what stands from each bound on; percents where it is not said.
    """

    name: str
    decimals: int
    kept_as: str
    bounds: Unit | None = None
    steps: Unit | None = None

    def parse(self, written: object) -> Value:
        """Return the exact whole number of a quoted text, or the brackets of a scale.

        Raises:
            AmountTypeError: anything but a quoted text, or pairs of them for a scale.
            AmountError: not a plain positive number, too many decimals, or beyond 100 percent.
        """
        return self._number(written) if self.bounds is None else self._scale(written, self.bounds)

    def _number(self, written: object) -> int:
        if not isinstance(written, str):
            raise AmountTypeError(f'expected a quoted number such as "12.02", got {written!r}', written)
        match = _PLAIN_NUMBER.fullmatch(written)
        if not match:
            raise AmountError(f"expected a plain number such as 12.02, got {written!r}", written)
        decimals = (match[2] or "").rstrip("0")
        if len(decimals) > self.decimals:
            raise AmountError(f"{self.name} has at most {self.decimals} decimals, got {written!r}", written)
        number = int(match[1] + decimals.ljust(self.decimals, "0"))
        if self.name == "percent" and number > MILLION:
            raise AmountError(f"expected at most 100 percent, got {written!r}", written)
        return number

    def _scale(self, written: object, bounds: Unit) -> Scale:
        if not isinstance(written, list) or not all(
            isinstance(pair, list) and len(pair) == 2 for pair in written
        ):
            raise AmountTypeError(
                f'expected pairs such as [["0", "0"], ["1591", "0.5"]], got {written!r}', written
            )
        steps = self.steps or UNITS["percent"]
        scale = tuple((bounds._number(start), steps._number(step)) for start, step in written)
        starts = [start for start, _ in scale]
        if starts[:1] != [0] or any(low >= high for low, high in pairwise(starts)):
            raise AmountError("a scale starts at 0 and its lower bounds increase", written)
        return scale

    def format(self, value: Value, lang: str = "fr") -> str:
        """Write a value for people: ``12,02 €/h`` in French, ``€12.02/h`` in English."""
        if isinstance(value, tuple):
            bounds = self.bounds or self
            start_word = "à partir de" if lang == "fr" else "from"
            steps = self.steps or UNITS["percent"]
            return "; ".join(
                f"{steps.format(step, lang)} {start_word} {bounds.format(start, lang)}"
                for start, step in value
            )
        if self.name in ("EUR", "EUR/hour"):
            return format_euros(value, lang) + ("/h" if self.name == "EUR/hour" else "")
        if self.name == "amount":
            return format_decimal(value, self.decimals, lang)
        if self.name == "percent":
            return Rate(value).format(lang)
        if self.name == "EUR/point":
            figure = format_decimal(value, self.decimals, lang)
            return f"{figure}\u00a0€/point" if lang == "fr" else f"€{figure}/point"
        decimals = self.decimals
        # A coefficient always shows its four decimals, as the decrees do; 1.60 times is said 1.6 times.
        while self.name != "coefficient" and decimals and value % 10 == 0:
            value, decimals = value // 10, decimals - 1
        words = _WORDS.get(self.name, ("", ""))
        return format_decimal(value, decimals, lang) + words[0 if lang == "fr" else 1]


_EUR = Unit("EUR", 2, "cents")
_PERCENT = Unit("percent", 4, "millionths: 8.55 percent is 85,500")
_HEADCOUNT = Unit("headcount", 0, "people")
_NUMBER = Unit("number", 2, "hundredths: 1.75 is 175")

#: Every unit a table may name.
UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        unit.name: unit
        for unit in (
            _EUR,
            Unit("EUR/hour", 2, "cents an hour"),
            Unit("amount", 2, "hundredths of the currency of the country, written without its sign"),
            _PERCENT,
            Unit("coefficient", 4, "ten-thousandths: 0.3194 is 3,194"),
            Unit("multiple", 2, "hundredths: 2.5 ceilings or minimum wages is 250"),
            Unit("hours", 2, "hundredths of an hour"),
            _HEADCOUNT,
            _NUMBER,
            Unit("months", 0, "months"),
            Unit("days", 0, "days"),
            Unit("EUR/point", 4, "ten-thousandths of a euro a point"),
            Unit("times", 0, "how many times"),
            Unit("years", 0, "years"),
            Unit("scale_eur", 0, "brackets (from, rate) in cents and millionths", _EUR),
            Unit("scale_percent", 0, "brackets (from, rate), both in millionths", _PERCENT),
            Unit("scale_people", 0, "brackets (from, rate) in people and millionths", _HEADCOUNT),
            Unit("scale_amounts", 0, "steps (from, amount), both in cents", _EUR, _EUR),
            Unit("scale_people_amounts", 0, "steps (from, amount) in people and cents", _HEADCOUNT, _EUR),
            Unit("scale_number", 0, "steps (from, number), both in hundredths", _NUMBER, _NUMBER),
        )
    }
)
