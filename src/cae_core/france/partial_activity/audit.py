"""The audit of a cooperative: who works, who has slowed down, who has stopped, and what each can be paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.partial_activity.audit_line import AuditLine, Decision, person_lines
from cae_core.france.partial_activity.audit_people import AuditPerson, AuditSettings
from cae_core.france.partial_activity.deadlines import Deadlines, deadlines
from cae_core.law import Legislation

__all__ = ["Audit", "audit"]


@attrs.frozen(kw_only=True)
class Audit:
    """The audit of a cooperative.

    Attributes:
        settings: the choices made.
        headcount: people employed.
        months: the months looked at.
        lines: a line a person and month, in the order of the people.
        timetable: the deadlines of the request.
        problems: what could not be read, a problem a row; the other rows are all there.
    """

    settings: AuditSettings
    headcount: int
    months: tuple[Month, ...]
    lines: tuple[AuditLine, ...]
    timetable: Deadlines
    problems: tuple[InputError, ...] = ()

    def of(self, month: Month) -> tuple[AuditLine, ...]:
        """Return the lines of a month."""
        return tuple(line for line in self.lines if line.month == month)

    def decisions(self, month: Month) -> Mapping[Decision, int]:
        """Return how many people have each decision."""
        return Counter(line.decision for line in self.of(month))

    def total(self, month: Month, what: str) -> int:
        """Return the sum of an attribute of the lines of a month: ``"hours"``, ``"cost_cents"`` …"""
        return sum(getattr(line, what) for line in self.of(month))


def audit(
    law: Legislation,
    people: Iterable[AuditPerson],
    months: Sequence[Month],
    settings: AuditSettings,
    problems: Sequence[InputError] = (),
) -> Audit:
    """Decide for each person and month, and compute what is asked for.

    Args:
        law: ``ruleset.rights``.
        people: the people, employees or not.
        months: the months to look at, in order; the first is not before the month of the placement.
        settings: the choices of the cooperative.
        problems: rows that could not be read, to be carried to the report.

    Raises:
        InputError: no month, months out of order or before the placement.
        LawNotKnownError: a month outside what is known.

    Law:
        Code du travail, art. L5122-1 and the articles of each step (see the reasons of the lines).
    """
    people, months = tuple(people), tuple(months)
    first = Month.parse(settings.placed_on)
    if not months or list(months) != sorted(set(months)) or months[0] < first:
        listed = ", ".join(map(str, months))
        raise InputError("months", f"expected months in order, not before {first}, got [{listed}]")
    headcount = settings.headcount
    if headcount is None:
        headcount = sum(person.standing.employed for person in people)
    placement = law.on(settings.placed_on, assume_unchanged=settings.assume_unchanged)
    laws = {month: law.on(month.first_day, assume_unchanged=settings.assume_unchanged) for month in months}
    lines = [line for person in people for line in person_lines(person, placement, laws, settings, headcount)]
    timetable = deadlines(
        law,
        settings.placed_on,
        settings.ground,
        headcount=headcount,
        requested_on=settings.requested_on,
        period_ends_on=months[-1].last_day,
        assume_unchanged=settings.assume_unchanged,
    )
    return Audit(
        settings=settings,
        headcount=headcount,
        months=months,
        lines=tuple(lines),
        timetable=timetable,
        problems=tuple(problems),
    )
