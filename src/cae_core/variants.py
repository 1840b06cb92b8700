"""What a variant is, and the changes it may make to the rules of others. Plain data, applied once.

A plugin adds rules of its own through the hooks. To change a rule that another plugin declared, it says so
with one of the records below. Changes are applied country → territory → sector → cooperative; two variants of
one level that touch the same thing are refused, so the order of activation never decides an amount.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from cae_core.errors import RulesetError, UnknownNameError
from cae_core.law import Citation, Parameter
from cae_core.money import EUR, Currency, Lane
from cae_core.payroll.rules import Base, Contribution, Reduction, Values, YearSums
from cae_core.terms import Term

__all__ = [
    "API_VERSION",
    "Change",
    "ChangeParameter",
    "ChangeReduction",
    "Draft",
    "ExtendParameter",
    "MoveLine",
    "Rebase",
    "RemoveLine",
    "ReplaceLine",
    "SetRates",
    "VariantInfo",
    "VariantKind",
    "with_another",
]

#: The version of the hooks. It rises when a plugin written before would no longer be understood.
API_VERSION = 1


class VariantKind(Term):
    """The level a variant speaks for, from the most general."""

    COUNTRY = "country", "pays"
    TERRITORY = "territory", "territoire"
    SECTOR = "sector", "secteur"
    COOPERATIVE = "cooperative", "coopérative"

    @property
    def rank(self) -> int:
        """Its place in the order changes are applied."""
        return list(VariantKind).index(self)


@attrs.frozen(kw_only=True)
class VariantInfo:
    """What a plugin is.

    Attributes:
        kind: the level it speaks for; a ruleset has exactly one country.
        french_name, english_name: what people call it.
        requires: variants that must be active too, by name.
        conflicts: variants that must not be active with it.
        api: the version of the hooks it was written for.
        version: its own version, for people.
        currency: of a country, what it pays in.
    """

    kind: VariantKind
    french_name: str
    english_name: str
    requires: tuple[str, ...] = attrs.field(default=(), converter=tuple[str, ...])
    conflicts: tuple[str, ...] = attrs.field(default=(), converter=tuple[str, ...])
    api: int = API_VERSION
    version: str = ""
    currency: Currency = EUR

    def name(self, lang: str = "fr") -> str:
        """The name in a language."""
        return self.french_name if lang == "fr" else self.english_name


@attrs.define(eq=False)
class Draft:
    """The rules while changes are applied; what is not here cannot be changed by another plugin."""

    parameters: dict[str, Parameter]
    bases: dict[str, Base]
    contributions: dict[str, Contribution]
    reductions: list[Reduction]

    def line(self, code: str) -> Contribution:
        """Return the line that a change is about.

        Raises:
            UnknownNameError: no rule declares it.
        """
        if code not in self.contributions:
            raise UnknownNameError("contribution", code, sorted(self.contributions))
        return self.contributions[code]


@attrs.frozen(kw_only=True)
class ReplaceLine:
    """Another line under the code of an existing one; it keeps its place on the payslip."""

    contribution: Contribution

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"line {self.contribution.code!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        draft.line(self.contribution.code)
        draft.contributions[self.contribution.code] = self.contribution


@attrs.frozen(kw_only=True)
class RemoveLine:
    """A line that is not owed here; the citation says why."""

    code: str
    citation: Citation

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"line {self.code!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        draft.line(self.code)
        del draft.contributions[self.code]


@attrs.frozen(kw_only=True)
class SetRates:
    """Other rates for a line, as parameters whose sum is the rate; ``None`` keeps what the line has.

    Attributes:
        citation: the text; it stands beside that of the line.
    """

    code: str
    citation: Citation
    employee_rates: tuple[str, ...] | None = None
    employer_rates: tuple[str, ...] | None = None

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"line {self.code!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        line = draft.line(self.code)
        changed: dict[str, Any] = {"citation": _both(line.citation, self.citation)}
        for share in ("employee_rates", "employer_rates"):
            if getattr(self, share) is not None:
                changed[share] = getattr(self, share)
        draft.contributions[self.code] = attrs.evolve(line, **changed)


@attrs.frozen(kw_only=True)
class MoveLine:
    """A line charged on another base."""

    code: str
    base: str
    citation: Citation

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"line {self.code!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        line = draft.line(self.code)
        if self.base not in draft.bases:
            raise UnknownNameError("base", self.base, sorted(draft.bases))
        draft.contributions[self.code] = attrs.evolve(
            line, base=self.base, citation=_both(line.citation, self.citation)
        )


@attrs.frozen(kw_only=True)
class Rebase:
    """Bases that count something else instead of gross pay: pay less an abatement, say.

    Attributes:
        bases: the bases to change, by name.
        quantity: what they count from now on: a quantity of the month, or a base where the law measures it
            over the year, such as an abatement with a yearly ceiling.
        instead_of: the quantity they counted.
    """

    bases: tuple[str, ...] = attrs.field(converter=tuple[str, ...])
    quantity: str
    citation: Citation
    instead_of: str = "gross_pay"

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return tuple(f"base {name!r}" for name in self.bases)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        for name in self.bases:
            if name not in draft.bases:
                raise UnknownNameError("base", name, sorted(draft.bases))
            base = draft.bases[name]
            draft.bases[name] = attrs.evolve(
                base,
                formula=_counting(base.formula, self.quantity, self.instead_of, draft.bases),
                citations=(*base.citations, self.citation),
                # What counts as pay changes only where that is what is put aside.
                counts=self.quantity if self.instead_of == "gross_pay" else base.counts,
            )


def _counting(
    formula: Callable[[YearSums, Values], Any], quantity: str, instead_of: str, bases: Mapping[str, Base]
) -> Any:
    counted = bases[quantity].formula if quantity in bases else lambda year, values: year[quantity]

    def rebased(year: YearSums, values: Values) -> Any:
        return formula(with_another(year, instead_of, counted(year, values)), values)

    return rebased


def with_another(year: YearSums, name: str, value: Lane) -> YearSums:
    """Return the quantities of the year with another value of one, as the formulas of a variant want."""
    if type(year) is dict:
        return {**year, name: value}
    # A chain and no copy: what watches a formula sees what it really reads.
    return ChainMap({name: value}, year)  # type: ignore[arg-type]


@attrs.frozen(kw_only=True)
class ChangeReduction:
    """Another reduction in the place of one.

    Attributes:
        code: the code of the reduction; it may have several forms, one in force on a day.
        change: receives each form and returns that of the variant, or ``None`` for none.
        if_declared: nothing is done where nobody declares it: the reduction belongs to a variant that may be
            active too.
    """

    code: str
    change: Callable[[Reduction], Reduction | None]
    if_declared: bool = False

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"reduction {self.code!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        known = sorted({reduction.code for reduction in draft.reductions})
        if self.code not in known:
            if self.if_declared:
                return
            raise UnknownNameError("reduction", self.code, known)
        changed = (
            self.change(reduction) if reduction.code == self.code else reduction
            for reduction in draft.reductions
        )
        draft.reductions = [reduction for reduction in changed if reduction is not None]


@attrs.frozen(kw_only=True)
class ChangeParameter:
    """Other values of a parameter, such as a rate of the territory; the name and the unit stay."""

    parameter: Parameter

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"parameter {self.parameter.name!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        name = self.parameter.name
        if name not in draft.parameters:
            raise UnknownNameError("parameter", name, sorted(draft.parameters))
        if draft.parameters[name].unit != self.parameter.unit:
            raise RulesetError(
                f"parameter {name!r} is in {draft.parameters[name].unit}, not in {self.parameter.unit}"
            )
        draft.parameters[name] = self.parameter


@attrs.frozen(kw_only=True)
class ExtendParameter:
    """Later values of a parameter, which the earlier ones lead up to: what lives on here after its repeal.

    Attributes:
        parameter: its rows stand from the day of the first one on; before, those of the other plugin do.
    """

    parameter: Parameter

    @property
    def touches(self) -> tuple[str, ...]:
        """What it changes."""
        return (f"parameter {self.parameter.name!r}",)

    def apply(self, draft: Draft) -> None:
        """Change the draft."""
        more, first = self.parameter, self.parameter.values[0].in_force_from
        earlier = draft.parameters.get(more.name, more)
        kept = tuple(row for row in earlier.values if row.in_force_from < first)
        # A name that nobody declares and another unit are refused as for other values.
        whole = attrs.evolve(
            earlier, unit=more.unit, values=(*kept, *more.values), known_until=more.known_until
        )
        ChangeParameter(parameter=whole).apply(draft)


#: What a plugin may change in the rules of others.
Change: TypeAlias = (
    ReplaceLine
    | RemoveLine
    | SetRates
    | MoveLine
    | Rebase
    | ChangeReduction
    | ChangeParameter
    | ExtendParameter
)


def _both(first: Citation, second: Citation) -> Citation:
    return Citation(f"{first.text} ; {second.text}", second.url or first.url)
