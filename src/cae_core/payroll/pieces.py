"""Stretches of pay between two breakpoints, and the search inside one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import attrs

from cae_core.payroll.trace import Outcomes

__all__ = ["Piece", "changes", "crossing", "last_where", "straight_crossings"]

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

    @property
    def slack(self) -> int:
        """How much more than the pay a straight total can grow: what falling taxes give back by rounding."""
        return 0 if self.tax_ppm is None else 2 * self.noise * self.tax_ppm // 1_000_000 + 2


def straight_crossings(value: Callable[[int], int], piece: Piece, target: int) -> Iterator[int]:
    """Return the pays of a straight piece that may give the target, and the two around a crossing.

    A net grows by at most one cent per cent of pay, falling taxes apart. So a pay whose total is ten cents
    short is ten cents of pay away from any that gives the target: the search steps over the others, from
    both sides of where the line crosses the target, give or take the rounding.
    """
    span, rise, slack = piece.last - piece.first, piece.at_last - piece.at_first, piece.slack
    middle = piece.first + (target - piece.at_first) * span // max(rise, 1)
    low = min(max(middle - piece.reach, piece.first), piece.last)
    high = max(min(middle + piece.reach, piece.last), piece.first)
    while low < high and (short := target - value(low)) > 0:
        low = min(low + max(short - slack, 1), high)
    while high > low and (over := value(high) - target) > 0:
        high = max(high - max(over - slack, 1), low)
    yield from range(max(low - 1 - slack, piece.first), min(high + 1 + slack, piece.last) + 1)


def crossing(value: Callable[[int], int], piece: Piece, target: int) -> int:
    """Return a pay whose total is at most the target while that of the next cent is over it.

    The first pay where every total is over the target, the last where none is. Interpolation, then a step
    past the target to catch it from both sides, then halves: some eight totals where twenty halves would do.
    """
    low, high = piece.first, piece.last
    at_low, at_high = piece.at_first, piece.at_last
    if at_low > target:
        return low
    if at_high <= target:
        return high
    while high - low > 1:
        width = high - low
        guess = low + (target - at_low) * width // (at_high - at_low)
        guess = min(max(guess, low + 1), high - 1)
        at_guess = value(guess)
        step = abs(target - at_guess) + 1
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


def changes(outcome: Callable[[int], Outcomes], low: int, high: int) -> list[int]:
    """Return the pays at which some outcome differs from one cent before, each changing at most once.

    One search serves all comparisons. Most margins are straight lines: where one crosses zero is known at
    once, and looked at first; halves find the others.
    """
    found: list[int] = []

    def between(first: int, at_first: Outcomes, last: int, at_last: Outcomes) -> None:
        differing = [pair for pair in zip(at_first, at_last, strict=True) if pair[0][0] is not pair[1][0]]
        if not differing:
            return
        if last - first == 1:
            found.append(last)
            return
        (_, here), (_, there) = differing[0]
        known, at = [(first, at_first), (last, at_last)], (first + last) // 2
        if here != there:
            root = first - here * (last - first) // (there - here)
            known += [(pay, outcome(pay)) for pay in (root, root + 1) if first < pay < last]
        if len(known) == 2 or not any(_differ(a, b) for (a, b) in _neighbours(known)):
            known.append((at, outcome(at)))
        known = sorted(dict(known).items())
        for (pay, seen), (following, then) in pairwise(known):
            between(pay, seen, following, then)

    if high > low:
        between(low, outcome(low), high, outcome(high))
    return sorted(found)


def _neighbours(known: list[tuple[int, Outcomes]]) -> Iterator[tuple[Outcomes, Outcomes]]:
    """Iterate over the outcomes at pays one cent apart."""
    by_pay = dict(known)
    return ((seen, by_pay[pay + 1]) for pay, seen in by_pay.items() if pay + 1 in by_pay)


def _differ(before: Outcomes, after: Outcomes) -> bool:
    return any(a[0] is not b[0] for a, b in zip(before, after, strict=True))
