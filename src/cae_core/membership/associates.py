"""Who is an associate of a cooperative, and the roll of them on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import Enum

import attrs

from cae_core.calendar import Interval, to_day
from cae_core.errors import InputError, InputErrors

__all__ = ["Associate", "Roll", "Standing"]


class Standing(Enum):
    """What ties an associate to the cooperative besides the shares."""

    EMPLOYED = "employed"
    #: Left her job in a way that keeps the status: pensioned off, dismissed for economic reasons, unfit.
    RETAINED = "retained"
    #: Another former employee who stayed, or was admitted again.
    FORMER = "former"
    OUTSIDE = "outside"
    #: An associate from outside that is a cooperative itself.
    OUTSIDE_COOPERATIVE = "outside_cooperative"

    @classmethod
    def parse(cls, value: object, where: str = "standing") -> Standing:
        """Return the standing written as its name.

        Raises:
            InputError: another word.
        """
        try:
            return value if isinstance(value, cls) else cls(value)
        except ValueError:
            wanted = ", ".join(each.value for each in cls)
            raise InputError(where, f"expected one of {wanted}, got {value!r}") from None

    @property
    def from_outside(self) -> bool:
        """Whether the associate neither works nor ever worked in the cooperative."""
        return self in (Standing.OUTSIDE, Standing.OUTSIDE_COOPERATIVE)


@attrs.frozen(kw_only=True)
class Associate:
    """A person, or a company, that holds the status of associate for some days.

    Attributes:
        code: short and stable; ballots, shares and minutes name the associate by it.
        name: the name people read.
        admitted_on: first day as an associate.
        left_on: last day as an associate; ``None`` while it lasts.
        standing: the tie besides the shares; it decides on which side of the capital and votes one counts.
        category: category of associates, where the legal form has some (``"users"``, ``"employees"`` …).
        college: college in which she votes, where the statutes have colleges.
        vote_suspended: the vote is suspended, for an obligation of the statutes that is not fulfilled.
    """

    code: str
    name: str
    admitted_on: dt.date = attrs.field(converter=to_day)
    left_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    standing: Standing = Standing.EMPLOYED
    category: str = ""
    college: str = ""
    vote_suspended: bool = False

    def __attrs_post_init__(self) -> None:
        problems = [
            InputError(f"associate {self.code!r}: {field}", "expected a text, got nothing")
            for field in ("code", "name")
            if not getattr(self, field).strip()
        ]
        if self.left_on is not None and self.left_on < self.admitted_on:
            problems.append(
                InputError(
                    f"associate {self.code!r}: left_on",
                    f"{self.left_on} comes before the admission of {self.admitted_on}",
                )
            )
        if problems:
            raise InputErrors(f"associate {self.code!r} cannot be used", problems)

    @property
    def period(self) -> Interval:
        """The days as an associate, both bounds included."""
        return Interval(self.admitted_on, self.left_on)


@attrs.frozen
class Roll:
    """The associates on one day, by code. Made by :meth:`on`.

    Attributes:
        day: the day.
        associates: those who are associates on that day, by code.
    """

    day: dt.date
    associates: tuple[Associate, ...]

    @classmethod
    def on(cls, day: dt.date | str, associates: Iterable[Associate]) -> Roll:
        """Return the roll of a day; an associate counts on the first and on the last day too.

        Raises:
            InputErrors: one code stands for two associates on that day.
        """
        day = to_day(day)
        present = sorted((one for one in associates if day in one.period), key=lambda one: one.code)
        codes = [one.code for one in present]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            problems = [
                InputError(f"roll of {day}: {code}", "is the code of two associates") for code in twice
            ]
            raise InputErrors(f"the roll of {day} cannot be made", problems)
        return cls(day, tuple(present))

    def __contains__(self, code: object) -> bool:
        return any(one.code == code for one in self.associates)

    def __iter__(self) -> Iterator[Associate]:
        return iter(self.associates)

    def __len__(self) -> int:
        return len(self.associates)

    def get(self, code: str) -> Associate | None:
        """Return the associate of a code, or ``None`` if nobody on the roll has it."""
        return next((one for one in self.associates if one.code == code), None)

    def counted(self, *standings: Standing) -> int:
        """Return how many associates have one of these standings."""
        return sum(one.standing in standings for one in self.associates)

    def with_admitted(self, associate: Associate) -> Roll:
        """Return the roll with one more associate, admitted on its day."""
        return Roll.on(self.day, (*self.associates, associate))
