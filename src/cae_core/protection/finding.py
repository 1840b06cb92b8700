"""An answer about one right on one day: granted or not, how much, why, and what is missing."""

from __future__ import annotations

import datetime as dt
import re

import attrs

from cae_core.errors import UnknownNameError
from cae_core.law import Citation
from cae_core.money import format_decimal, format_euros
from cae_core.protection.entitlement import Assumption, Entitlement
from cae_core.reasons import Reason, unmet
from cae_core.shown import Shown

__all__ = ["Amount", "Finding", "Findings", "Nearest", "format_quantity"]

#: How a quantity is written, by unit: (decimals, French word, English word).
_UNITS = {
    "days": (0, "jours", "days"),
    "working_days_hundredths": (2, "jours ouvrables", "working days"),
    "working_days": (0, "jours ouvrables", "working days"),
    "months": (0, "mois", "months"),
    "weeks": (0, "semaines", "weeks"),
    "years": (0, "ans", "years"),
    "quarters": (0, "trimestres", "quarters"),
    "people": (0, "personnes", "people"),
    "hours_hundredths": (2, "h", "h"),
    "points_hundredths": (2, "points", "points"),
    "ppm": (4, "%", "%"),
}
_PER = {"day": "jour", "month": "mois", "year": "an", "hour": "heure"}


def format_quantity(value: int, unit: str, lang: str = "fr") -> str:
    """Write a quantity for people, in the units of reasons and amounts."""
    if unit == "cents":
        return format_euros(value, lang)
    decimals, french, english = _UNITS.get(unit, (0, unit, unit))
    if not decimals:
        # French counts zero as one; "mois" has no singular.
        french = french if abs(value) > 1 or unit == "months" else re.sub(r"s\b", "", french)
        english = english if abs(value) != 1 else re.sub(r"s\b", "", english)
    while decimals and value % 10 == 0 and unit == "ppm":
        value, decimals = value // 10, decimals - 1
    return f"{format_decimal(value, decimals, lang)} {french if lang == 'fr' else english}".rstrip()


@attrs.frozen(kw_only=True)
class Amount:
    """One figure of an answer.

    Attributes:
        code: which figure; stable, such as ``"daily_benefit"``.
        french, english: what it is.
        value: a whole number in ``unit``.
        unit: ``"cents"``, ``"days"``, ``"quarters"``, ``"points_hundredths"`` …
        per: ``"day"``, ``"month"``, ``"year"``, or empty for a figure that stands alone.
        steps: how it is computed, with the figures, to redo it by hand, in French and in English; may be
            empty.
    """

    code: str
    french: str
    english: str
    value: int
    unit: str = "cents"
    per: str = ""
    steps: tuple[str, str] = ("", "")

    def name(self, lang: str = "fr") -> str:
        """What it is, in a language."""
        return self.french if lang == "fr" else self.english

    def how(self, lang: str = "fr") -> str:
        """How it is computed, in a language."""
        return self.steps[0 if lang == "fr" else 1]

    def text(self, lang: str = "fr") -> str:
        """The figure with its unit: ``32,87 € par jour``."""
        written = format_quantity(self.value, self.unit, lang)
        if not self.per:
            return written
        return f"{written} par {_PER[self.per]}" if lang == "fr" else f"{written} a {self.per}"


@attrs.frozen(kw_only=True)
class Nearest:
    """The smallest thing that is missing to be entitled, and until when it can be reached.

    Attributes:
        code: the code of the reason that would then be met.
        missing: how much is missing, in ``unit``.
        by_on: the last day that counts, where there is one.
    """

    code: str
    missing: int
    unit: str
    by_on: dt.date | None = None
    french: str = ""
    english: str = ""

    def text(self, lang: str = "fr") -> str:
        """The sentence in a language, such as ``il manque 412,00 € de brut avant le 31/03/2026``."""
        what = format_quantity(self.missing, self.unit, lang)
        words = self.french if lang == "fr" else self.english
        what = f"{what} {words}".rstrip()
        if lang == "fr":
            return f"il manque {what}" + (f" avant le {self.by_on:%d/%m/%Y}" if self.by_on else "")
        return f"{what} missing" + (f" by {self.by_on}" if self.by_on else "")


@attrs.frozen(kw_only=True)
class Finding(Shown):
    """The answer of one entitlement on one day.

    Attributes:
        entitlement: the right that was asked about.
        on: the day of the event: the first day of a stoppage, of a leave, of a judgment …
        granted: whether it is due; ``None`` where a fact that nobody gave decides (see ``missing_facts``).
        amounts: the figures, where it is due; figures that help to understand a refusal too.
        reasons: every condition, met or not.
        citations: the texts, those of the numbers included.
        assumptions: what no text settles and was assumed.
        needs_review: a text was not read yet, or none settles a condition.
        nearest: what is missing, where something can still be done about it.
        missing_facts: the facts nobody gave and that would decide or sharpen the answer.
        assumed: a value of the law was carried beyond the last day known, as the caller asked.
    """

    entitlement: Entitlement
    on: dt.date
    granted: bool | None
    amounts: tuple[Amount, ...] = ()
    reasons: tuple[Reason, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    needs_review: bool = False
    nearest: Nearest | None = None
    missing_facts: tuple[str, ...] = ()
    assumed: bool = False

    @property
    def code(self) -> str:
        """The code of the entitlement."""
        return self.entitlement.code

    @property
    def objections(self) -> tuple[Reason, ...]:
        """The conditions that are not met."""
        return unmet(self.reasons)

    def amount(self, code: str) -> Amount:
        """Return one figure by its code.

        Raises:
            UnknownNameError: the answer has no such figure.
        """
        for amount in self.amounts:
            if amount.code == code:
                return amount
        raise UnknownNameError("amount", code, sorted(amount.code for amount in self.amounts))

    def value(self, code: str) -> int:
        """Return the whole number of one figure."""
        return self.amount(code).value

    def reason(self, code: str) -> Reason:
        """Return one condition by its code.

        Raises:
            UnknownNameError: no condition has this code.
        """
        for reason in self.reasons:
            if reason.code == code:
                return reason
        raise UnknownNameError("reason", code, sorted(reason.code for reason in self.reasons))


class Findings(Shown, tuple[Finding, ...]):
    """The answers of several entitlements on one day, in the order of the rules."""

    __slots__ = ()

    def of(self, code: str) -> Finding:
        """Return the answer of one entitlement by its code.

        Raises:
            UnknownNameError: nobody asked about it.
        """
        for finding in self:
            if finding.code == code:
                return finding
        raise UnknownNameError("entitlement", code, sorted(finding.code for finding in self))
