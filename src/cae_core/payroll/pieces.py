"""Stretches of pay between two breakpoints, and the search inside one."""

from __future__ import annotations

from collections.abc import Callable

import attrs

__all__ = ["Piece", "changes", "crossing", "last_where"]

#: Where a total is no straight line, it moves by more than half a cent per cent of gross pay.
_CENTS_PER_MOVE = 2


@attrs.frozen
class Piece:
    """Pays between two breakpoints, where a total grows but for rounding.

    Attributes:
        first, last: the pays, in cents, both included.
        at_first, at_last: the total there.
        noise: the most that rounding moves the total away from a growing function.
        sure: the total never falls in the piece, rounding included.
        straight: but for rounding, the total is a straight line.
        tax_ppm: the rate of tax that the total supposes, in millionths; ``None`` where it takes none.
    """

    first: int
    last: int
    at_first: int
    at_last: int
    noise: int
    sure: bool = False
    straight: bool = True
    tax_ppm: int | None = None

    @property
    def reach(self) -> int:
        """How far from a crossing a pay can still give the target."""
        span, rise = self.last - self.first, self.at_last - self.at_first - 2 * self.noise
        if not self.straight:
            return 2 * (self.noise + 1) * _CENTS_PER_MOVE
        return span if rise <= 0 else min(2 * (self.noise + 1) * span // rise + 1, span)


def crossing(value: Callable[[int], int], piece: Piece, target: int) -> int:
    """Return a pay whose total is at most the target while that of the next cent is over it.

    The first pay where every total is over the target, the last where none is. Interpolation, then a step
    past the target to catch it from both sides, then halves: some eight totals where twenty halves would do.
    """
    low, high = piece.first, piece.last
    at_low, at_high = value(low), value(high)
    if at_low > target:
        return low
    if at_high <= target:
        return high
    while high - low > 32:
        width = high - low
        guess = low + (target - at_low) * (high - low) // (at_high - at_low)
        guess = min(max(guess, low + 1), high - 1)
        at_guess = value(guess)
        step = 2 * abs(target - at_guess) + 16
        if at_guess <= target:
            low, at_low = guess, at_guess
            probe = min(guess + step, high - 1)
        else:
            high, at_high = guess, at_guess
            probe = max(guess - step, low + 1)
        for pay in (probe, (low + high) // 2):
            # The second is for a total that is far from straight: the stretch is halved in any case.
            if low < pay < high and (pay is probe or high - low > width // 2):
                at_pay = value(pay)
                if at_pay <= target:
                    low, at_low = pay, at_pay
                else:
                    high, at_high = pay, at_pay
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if value(middle) <= target else (low, middle)
    return low


def last_where(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return a pay where a condition holds while it does not one cent later (``high`` if it holds there).

    The condition is taken to hold at ``low``; where it switches several times, any switch is returned.
    """
    if holds(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def changes(outcome: Callable[[int], tuple[bool, ...]], low: int, high: int) -> list[int]:
    """Return the pays at which some outcome differs from one cent before, each changing at most once."""
    if high <= low:
        return []
    first, last = outcome(low), outcome(high)
    found = set()
    for rank, (before, after) in enumerate(zip(first, last, strict=True)):
        if before is not after:

            def unchanged(pay: int, rank: int = rank, before: bool = before) -> bool:
                return outcome(pay)[rank] is before

            found.add(last_where(unchanged, low, high) + 1)
    return sorted(found)
