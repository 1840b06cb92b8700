"""What falls due on a path, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.pathway.path import Pathway
from cae_core.shown import Shown

__all__ = ["Deadline", "Deadlines", "Window", "deadlines", "deadlines_of"]


@attrs.frozen
class Window:
    """The days that are looked at.

    Attributes:
        on: today, which the caller says.
        until: the last day; ``None`` takes whatever comes once, and of what recurs the next time alone.
    """

    on: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether a day to come is looked at."""
        return self.on <= day and (self.until is None or day <= self.until)


@attrs.frozen(kw_only=True)
class Deadline:
    """The last day to do something.

    Attributes:
        on: the day.
        code: what it is about; stable, such as ``"associate_deadline"``.
        french, english: the sentence.
        citations: the texts.
        alert: a reminder before another deadline, not a deadline itself.
        outstanding: it is known that it was not done, so it stays when its day has passed.
        needs_review: no text settles it, or nobody has read the text yet.
        assumed: the law was carried forward beyond the last day known.
        person, name: whose it is.
    """

    on: dt.date
    code: str
    french: str
    english: str
    citations: tuple[Citation, ...] = ()
    alert: bool = False
    outstanding: bool = False
    needs_review: bool = False
    assumed: bool = False
    person: str = ""
    name: str = ""

    def text(self, lang: str = "fr") -> str:
        """Return the sentence in a language."""
        return self.french if lang == "fr" else self.english


class Deadlines(Shown, tuple[Deadline, ...]):
    """What falls due, by day, then by person: a tuple that knows the days looked at.

    Attributes:
        window: the days that were looked at; its first one is today.
    """

    window: Window

    def __new__(cls, found: Iterable[Deadline], window: Window) -> Self:
        """Keep the deadlines, and the days that were looked at."""
        made = super().__new__(cls, found)
        made.window = window
        return made

    def __getnewargs__(self) -> tuple[tuple[Deadline, ...], Window]:
        return tuple(self), self.window


def deadlines(
    pathway: Pathway, on: dt.date | str, until: dt.date | str | None = None, *, overdue: bool = False
) -> Deadlines:
    """Return what falls due on a path from a day on, by day.

    Args:
        pathway: the person; events after that day are left out.
        on: today; there is no clock.
        until: the last day looked at; ``None`` takes whatever comes once, however far, and of what recurs the
            next time alone.
        overdue: also what is known not to have been done in time.

    Raises:
        InputError: ``until`` comes before ``on``.
        LawNotKnownError: the law of a day that matters is not known.
    """
    return deadlines_of((pathway,), on, until, overdue=overdue)


def deadlines_of(
    pathways: Iterable[Pathway],
    on: dt.date | str,
    until: dt.date | str | None = None,
    *,
    overdue: bool = False,
) -> Deadlines:
    """Return what falls due for many people, by day, then by person: see :func:`deadlines`."""
    window = Window(to_day(on, "on"), None if until is None else to_day(until, "until"))
    if window.until is not None and window.until < window.on:
        raise InputError("until", f"{window.until} comes before {window.on}")
    found = []
    for pathway in pathways:
        standing = pathway.until(window.on)
        for duty in standing.lifecycle.duties:
            for deadline in duty(standing, window):
                if window.holds(deadline.on) or (
                    overdue and deadline.outstanding and deadline.on < window.on
                ):
                    found.append(attrs.evolve(deadline, person=pathway.person, name=pathway.name))
    return Deadlines(sorted(found, key=lambda each: (each.on, each.person, each.code)), window)
