"""How long somebody has worked in the cooperative: unbroken employment and whole months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cae_core.calendar import Interval, add_months

__all__ = ["unbroken_since", "whole_months"]

_ONE_DAY = dt.timedelta(days=1)


def unbroken_since(spells: Iterable[Interval], day: dt.date) -> dt.date | None:
    """Return the first day of the employment that runs on a day without a break; ``None`` if none does.

    A contract that starts the day after another ends, or before, breaks nothing.
    """
    start: dt.date | None = None
    reached: dt.date | None = None
    for spell in sorted(spells, key=lambda one: one.starts_on):
        if spell.starts_on > day:
            break
        if reached is None or spell.starts_on > reached + _ONE_DAY:
            start, reached = spell.starts_on, spell.ends_on or day
        else:
            reached = max(reached, spell.ends_on or day)
    return start if reached is not None and reached >= day else None


def whole_months(start: dt.date, end: dt.date) -> int:
    """Return the whole months from the first to the last day, both included.

    From 1 October to 31 December there are three; a day less makes two.
    """
    following = end + _ONE_DAY
    months = (following.year - start.year) * 12 + following.month - start.month
    return months - (add_months(start, months) > following)
