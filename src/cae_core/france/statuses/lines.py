"""What a status pays, line by line: base, rate, amount, text."""

from __future__ import annotations

from fractions import Fraction

import attrs

from cae_core.france.law_on import nearest_cent
from cae_core.law import Citation
from cae_core.money import format_decimal, format_euros

__all__ = ["EURO", "PaidLine", "nearest_euro"]

#: Cents in a euro.
EURO = 100


def nearest_euro(cents: Fraction) -> int:
    """Return the nearest whole euro, in cents; a tie goes up. The amount must not be negative.

    Law:
        Code de la sécurité sociale, art. L133-10: contributions are rounded to the nearest euro.
    """
    return EURO * nearest_cent(cents * Fraction(1, EURO))


@attrs.frozen(kw_only=True)
class PaidLine:
    """One contribution or tax, as it can be redone by hand.

    Attributes:
        code: stable, such as ``"base_pension"``.
        french, english: what it is.
        amount_cents: what is paid.
        base_cents: what the rate applies to; ``None`` where the line is a sum of payslips.
        rate: the rate, as an exact fraction; ``None`` likewise.
        citations: the texts.
    """

    code: str
    french: str
    english: str
    amount_cents: int
    base_cents: int | None = None
    rate: Fraction | None = None
    citations: tuple[Citation, ...] = ()

    def name(self, lang: str = "fr") -> str:
        """What it is, in a language."""
        return self.french if lang == "fr" else self.english

    def how(self, lang: str = "fr") -> str:
        """How it is computed, in a language: ``29 600,00 € × 17,87 %``; empty where it is a sum."""
        if self.base_cents is None or self.rate is None:
            return ""
        percent = format_decimal(nearest_cent(self.rate * 10**6), 4, lang).rstrip("0").rstrip(",.")
        space = "\u00a0" if lang == "fr" else ""
        return f"{format_euros(self.base_cents, lang)} × {percent}{space}%"
