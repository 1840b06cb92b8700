"""The state of the year of everybody in a batch, while its months are computed one after the other."""

from __future__ import annotations

from typing import Any

from cae_core.calendar import Month
from cae_core.exchange.frames.libraries import libraries
from cae_core.payroll import YearToDate

__all__ = ["YearStates", "month_of"]

#: The parts of a state that are one column by name.
_PARTS = ("sums", "bases", "granted")


class YearStates:
    """The states of one calendar year, a position a person; people without earlier months are at zero.

    A month concerns some people, not always the same. As long as they are the same, the state goes from a
    month to the next as it is; otherwise it is laid down here and taken up again.
    """

    def __init__(self, year: int, people: int) -> None:
        self.year, self._people = year, people
        self._columns: dict[tuple[Any, ...], Any] = {}
        self._last: tuple[Any, YearToDate] | None = None

    def before(self, people: Any) -> YearToDate | None:
        """Return the state of some people (their positions), or ``None`` where nobody has one."""
        if self._last is not None and _same(self._last[0], people):
            return self._last[1]
        self._lay_down()
        if not self._columns:
            return None
        parts: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
        pay: dict[str, list[tuple[Any, Any]]] = {}
        for (part, name, *scale), column in self._columns.items():
            if part == "reduction_pay":
                pay.setdefault(name, []).append((scale[0], column[people]))
            else:
                parts[part][name] = column[people]
        return YearToDate(
            self.year, None, parts["sums"], parts["bases"],
            {code: tuple(pairs) for code, pairs in pay.items()}, parts["granted"],
        )  # fmt: skip

    def after(self, people: Any, state: YearToDate) -> None:
        """Keep the state of some people after a month."""
        if self._last is not None and not _same(self._last[0], people):
            self._lay_down()
        self._last = people, state

    def _lay_down(self) -> None:
        if self._last is None:
            return
        people, state = self._last
        self._last = None
        found: dict[tuple[Any, ...], Any] = {
            (part, name): lane for part in _PARTS for name, lane in getattr(state, part).items()
        }
        for code, pairs in state.reduction_pay.items():
            found |= {("reduction_pay", code, scale): lane for scale, lane in pairs}
        # What the month no longer has starts again from nothing, as in the payslips of one person.
        for key in self._columns.keys() - found.keys():
            self._columns[key][people] = 0
        np = libraries().np
        for key, lane in found.items():
            if key not in self._columns:
                self._columns[key] = np.zeros(self._people, np.int64)
            self._columns[key][people] = lane


def _same(some: Any, others: Any) -> bool:
    return some is others or (len(some) == len(others) and bool((some == others).all()))


def month_of(number: int) -> Month:
    """Return the month behind a number of months since year 0."""
    return Month(number // 12, number % 12 + 1)
