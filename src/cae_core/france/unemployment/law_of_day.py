"""The law of a day, as the rules of unemployment read it: a snapshot, or one that remembers what it gave."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import attrs

from cae_core.law import Citation, DatedValue
from cae_core.protection import Case

__all__ = ["CaseLaw", "LawOfDay"]


class LawOfDay(Protocol):
    """What a rule needs of the law: a :class:`~cae_core.law.Snapshot` has it."""

    def value(self, name: str) -> int:
        """Return the whole number in force."""
        ...

    def get(self, name: str) -> DatedValue | None:
        """Return the value in force, or ``None`` where there is none."""
        ...

    def citations_of(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values."""
        ...


@attrs.frozen
class CaseLaw:
    """The law of a day read through a case, which remembers every value for its answer."""

    case: Case
    day: dt.date

    def value(self, name: str) -> int:
        """Return the whole number in force, and remember it."""
        return self.case.value(name, self.day)

    def get(self, name: str) -> DatedValue | None:
        """Return the value in force and remember it, or ``None`` where there is none."""
        return self.case.row(name, self.day) if self.case.in_force(name, self.day) else None

    def citations_of(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values."""
        return tuple(dict.fromkeys(self.case.citation(name, self.day) for name in names))
