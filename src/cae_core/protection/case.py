"""A rule answers one question about a person on a day; :func:`assess` asks it.

The rule gets a :class:`Case`: the pay history, the day, the law and the facts of the person. Each fact is a
frozen record of its own type (:class:`~cae_core.protection.Person`, or one that the rules of a country
declare); a rule asks for the type it needs. Every value of the law that it reads is remembered: the texts
go into the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError, LawNotKnownError
from cae_core.law import Citation, DatedValue, Legislation
from cae_core.money import Lane
from cae_core.protection.entitlement import Assumption, Entitlement
from cae_core.protection.finding import Amount, Finding, Findings, Nearest
from cae_core.protection.history import PayHistory
from cae_core.reasons import Reason

__all__ = ["Case", "assess", "assess_all", "measure"]


@attrs.frozen(kw_only=True, eq=False)
class Case:
    """All that a rule may look at.

    Attributes:
        entitlement: the right asked about.
        history: the months paid.
        on: the day of the event.
        law: the dated parameters.
        facts: frozen records, one of a type.
        assume_unchanged: carry the law beyond the last day known.
    """

    entitlement: Entitlement
    history: PayHistory
    on: dt.date
    law: Legislation
    facts: tuple[object, ...] = ()
    assume_unchanged: bool = False
    _read: dict[tuple[str, dt.date], DatedValue] = attrs.field(factory=dict, init=False, repr=False)
    _beyond: list[str] = attrs.field(factory=list, init=False, repr=False)

    def fact(self, kind: type[Any]) -> Any:
        """Return the record of a type that was given, or one that says nothing."""
        for fact in self.facts:
            if isinstance(fact, kind):
                return fact
        return kind()

    def row(self, name: str, day: dt.date | None = None) -> DatedValue:
        """Return a value of the law on a day (by default the day of the event), and remember it.

        Raises:
            LawNotKnownError: the law of that day is not known.
        """
        day = self.on if day is None else day
        parameter = self.law.parameter(name)
        found = parameter.on(day, assume_unchanged=self.assume_unchanged)
        self._read[name, found.in_force_from] = found
        if day > parameter.known_until:
            self._beyond.append(name)
        return found

    def value(self, name: str, day: dt.date | None = None) -> int:
        """Return the whole number of a value of the law on a day, and remember it."""
        value = self.row(name, day).value
        assert isinstance(value, int), f"{name} is a scale"
        return value

    def count(self, name: str, day: dt.date | None = None) -> int:
        """Return a value of the law that is a whole number of things, kept in hundredths."""
        hundredths = self.value(name, day)
        assert hundredths % 100 == 0, f"{name} is not whole"
        return hundredths // 100

    def in_force(self, name: str, day: dt.date | None = None) -> bool:
        """Whether a parameter has a value on a day; before its first one and after its repeal it has none."""
        row = self.law.parameter(name).row_on(self.on if day is None else day)
        if row is None or row.repealed:
            return False
        self.row(name, day)
        return True

    def citation(self, name: str, day: dt.date | None = None) -> Citation:
        """Return the text of a value of the law."""
        return self.row(name, day).citation

    def finding(
        self,
        granted: bool | None,
        *,
        reasons: Iterable[Reason] = (),
        amounts: Iterable[Amount] = (),
        assumptions: Iterable[Assumption] = (),
        nearest: Nearest | None = None,
        missing_facts: Iterable[str] = (),
        needs_review: bool = False,
    ) -> Finding:
        """Return the answer, with the texts of every value read and of the entitlement."""
        reasons = tuple(reasons)
        rows = self._read.values()
        citations = (
            *self.entitlement.citations,
            *(citation for reason in reasons for citation in reason.citations),
            *(row.citation for row in rows),
        )
        return Finding(
            entitlement=self.entitlement,
            on=self.on,
            granted=granted,
            amounts=tuple(amounts),
            reasons=reasons,
            citations=tuple(dict.fromkeys(citations)),
            assumptions=tuple(dict.fromkeys(assumptions)),
            needs_review=needs_review
            or any(reason.needs_review for reason in reasons)
            or any(row.needs_review for row in rows),
            nearest=nearest,
            missing_facts=tuple(dict.fromkeys(missing_facts)),
            assumed=bool(self._beyond),
        )


def assess(
    entitlement: Entitlement,
    history: PayHistory,
    on: dt.date | str,
    *facts: object,
    law: Legislation,
    assume_unchanged: bool = False,
) -> Finding:
    """Return whether a person has a right on a day, how much, and why.

    Args:
        entitlement: the right.
        history: what the person was paid.
        on: the day of the event that the right is about.
        facts: frozen records, at most one of a type (see ``entitlement.facts``).
        law: the dated parameters (``ruleset.rights``).
        assume_unchanged: beyond the last day known, carry the law forward and mark the answer.

    Raises:
        InputError: two facts of one type, or a fact the right does not look at.
        LawNotKnownError: the law of a day it needs is not known.
    """
    return entitlement.formula(_case(entitlement, history, on, facts, law, assume_unchanged))


def measure(
    entitlement: Entitlement,
    history: PayHistory,
    on: dt.date | str,
    *facts: object,
    law: Legislation,
    assume_unchanged: bool = False,
) -> Mapping[str, Lane]:
    """Return the figures of a right for many people at once, whose pay is in columns.

    ``"granted"`` is a column of truth values where the right can be refused; the other names are those of
    the amounts of :func:`assess`. Row by row the figures are those of a finding; reasons and texts are asked
    of :func:`assess`, one person at a time.

    Args:
        entitlement: the right; it must have ``columns``.
        history: months with pay and hours in columns, or in whole numbers for everybody.
        on, facts, law, assume_unchanged: as for :func:`assess`; the same for everybody.

    Raises:
        InputError: the right has no figures in columns; facts as for :func:`assess`.
        LawNotKnownError: the law of a day it needs is not known.
    """
    if entitlement.columns is None:
        raise InputError("entitlement", f"{entitlement.code} is answered one person at a time: use assess")
    return entitlement.columns(_case(entitlement, history, on, facts, law, assume_unchanged))


def _case(
    entitlement: Entitlement,
    history: PayHistory,
    on: dt.date | str,
    facts: tuple[object, ...],
    law: Legislation,
    assume_unchanged: bool,
) -> Case:
    kinds = [type(fact) for fact in facts]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise InputError("facts", f"{kind.__name__} is given twice")
        if not issubclass(kind, entitlement.facts):
            wanted = ", ".join(each.__name__ for each in entitlement.facts) or "no fact"
            raise InputError("facts", f"{entitlement.code} looks at {wanted}, got {kind.__name__}")
    return Case(
        entitlement=entitlement,
        history=history,
        on=to_day(on, "on"),
        law=law,
        facts=facts,
        assume_unchanged=assume_unchanged,
    )


def assess_all(
    entitlements: Iterable[Entitlement],
    history: PayHistory,
    on: dt.date | str,
    *facts: object,
    law: Legislation,
    assume_unchanged: bool = False,
) -> Findings:
    """Return the answers of every right that exists on a day; each is given the facts that it looks at.

    A right whose law is older than what is known is left out.

    Args:
        entitlements: the rights.
        history: what the person was paid.
        on: the day: each right is looked at as if its event started then.
        facts: frozen records, at most one of a type.
        law: the dated parameters (``ruleset.rights``).
        assume_unchanged: beyond the last day known, carry the law forward and mark the answers.

    Raises:
        InputError: two facts of one type, or a fact that none of the rights looks at.
        LawNotKnownError: the day is after the last one known, or nothing of its law is known.
    """
    day = to_day(on, "on")
    asked = [each for each in entitlements if each.exists_on(day, law)]
    for fact in facts:
        if not any(isinstance(fact, each.facts) for each in asked):
            raise InputError("facts", f"no right looks at {type(fact).__name__}")
    found: list[Finding] = []
    unknown: list[LawNotKnownError] = []
    for each in asked:
        own = [fact for fact in facts if isinstance(fact, each.facts)]
        try:
            found.append(assess(each, history, day, *own, law=law, assume_unchanged=assume_unchanged))
        except LawNotKnownError as error:
            unknown.append(error)
    late = [error for error in unknown if error.last_known is not None and error.day > error.last_known]
    if late or (unknown and not found):
        raise (late or unknown)[0]
    return Findings(found)
