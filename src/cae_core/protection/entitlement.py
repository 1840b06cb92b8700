"""An entitlement: a right, the rule that answers for it, and what the rule looks at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import attrs

from cae_core.calendar import to_day
from cae_core.law import Citation, Legislation
from cae_core.money import Lane

if TYPE_CHECKING:
    from cae_core.protection.case import Case
    from cae_core.protection.finding import Finding

__all__ = ["Assumption", "Entitlement", "Person"]


@attrs.frozen(kw_only=True)
class Assumption:
    """Something that no text settles, and how it was settled here.

    Attributes:
        code: which question; stable.
        french, english: what was assumed.
        source: where the question comes from; may be empty.
    """

    code: str
    french: str
    english: str
    source: str = ""

    def text(self, lang: str = "fr") -> str:
        """The sentence in a language."""
        return self.french if lang == "fr" else self.english


@attrs.frozen(kw_only=True)
class Person:
    """What does not change with the risk. A fact that is not given is ``None``: nobody knows.

    Attributes:
        born_on: the day of birth.
        children: how many children are dependent.
        entered_on: first day in the company, from which seniority counts.
        affiliated_on: first day of insurance; without it the history and ``entered_on`` say it.
    """

    born_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    children: int | None = None
    entered_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    affiliated_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))


@attrs.frozen(kw_only=True)
class Entitlement:
    """A right, and the rule that answers whether a person has it.

    Attributes:
        code: stable, such as ``"sickness_daily_benefit"``.
        french_name, english_name: its names.
        family: the group it is shown under, such as ``"sickness"``.
        formula: the rule.
        citations: the articles behind the rule; those of its numbers come with the numbers.
        assumptions: every question that no text settles and that the rule may have to settle.
        facts: the types of facts it looks at, beside the history.
        needs: parameters without which the right does not exist on a day.
        columns: the same rule on columns: returns figures by name, each a number or a column, for many
            people at once (see :func:`~cae_core.protection.measure`); ``None`` where it has none.
    """

    code: str
    french_name: str
    english_name: str
    family: str
    formula: Callable[[Case], Finding] = attrs.field(repr=False)
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    facts: tuple[type, ...] = ()
    needs: tuple[str, ...] = ()
    columns: Callable[[Case], Mapping[str, Lane]] | None = attrs.field(default=None, repr=False)

    def exists_on(self, day: dt.date, law: Legislation) -> bool:
        """Whether the right exists under the law of a day; one that does not is refused with that reason."""
        rows = (law.parameter(name).row_on(day) for name in self.needs)
        return all(row is not None and not row.repealed for row in rows)

    def name(self, lang: str = "fr") -> str:
        """The name in a language."""
        return self.french_name if lang == "fr" else self.english_name
