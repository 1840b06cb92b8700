"""What earlier months of the year have cumulated: the only memory of the payroll."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane

__all__ = ["YearToDate"]


@attrs.frozen(eq=False)
class YearToDate:
    """The state of a year after some months with the same employer; columns for a batch.

    ``slip.year_to_date`` is the state after a payslip: hand it to the next month. Nothing is mutated, so
    any earlier state can be computed from again.

    Attributes:
        year: the calendar year; the next month must be in it and after ``last_month``.
        sums: cumulated quantities (gross pay, ceiling, reference wages), by name.
        bases: contribution bases charged to date, by name, in cents.
        reduction_pay: for each reduction, pay by scale: ``((scale, cents), …)``.
        granted: reductions granted to date, by code, in cents.
    """

    year: int
    last_month: Month | None = None
    sums: Mapping[str, Lane] = attrs.field(factory=dict)
    bases: Mapping[str, Lane] = attrs.field(factory=dict)
    reduction_pay: Mapping[str, tuple[tuple[Any, Lane], ...]] = attrs.field(factory=dict)
    granted: Mapping[str, Lane] = attrs.field(factory=dict)

    def check_precedes(self, month: Month) -> None:
        """Refuse a month of another year, or one that does not come after the last.

        Raises:
            InputError: the months are out of order.
        """
        if month.year != self.year:
            raise InputError("year_to_date", f"it is of {self.year}, the payslip of {month}")
        if self.last_month is not None and month <= self.last_month:
            raise InputError(
                "year_to_date", f"it already includes {self.last_month}, the payslip is of {month}"
            )

    def for_month(self, month: Month, quarterly: Collection[str]) -> YearToDate:
        """Return the state that a month starts from: in a new quarter, what is quarterly starts again.

        Args:
            month: the month to compute.
            quarterly: the quantities and bases that are measured over the quarter, by name.
        """
        if not quarterly or self.last_month is None or self.last_month.quarter == month.quarter:
            return self
        sums, bases = (
            {name: lane for name, lane in lanes.items() if name not in quarterly}
            for lanes in (self.sums, self.bases)
        )
        return attrs.evolve(self, sums=sums, bases=bases)

    def plus(self, month: YearToDate) -> YearToDate:
        """Return the state after a month that was measured alone: everything adds up."""
        pay = {}
        for code, months in month.reduction_pay.items():
            paid = dict(self.reduction_pay.get(code, ()))
            for scale, lane in months:
                # The scale of the month comes last.
                paid[scale] = paid.pop(scale, 0) + lane
            pay[code] = tuple(paid.items())
        return YearToDate(
            self.year,
            month.last_month,
            _added(self.sums, month.sums),
            _added(self.bases, month.bases),
            pay,
            _added(self.granted, month.granted),
        )

    def minus(self, month: YearToDate) -> YearToDate:
        """Return the state before a month that was measured alone."""
        pay = {}
        for code, lanes in self.reduction_pay.items():
            own = dict(month.reduction_pay.get(code, ()))
            earlier = ((scale, lane - own.get(scale, 0)) for scale, lane in lanes)
            pay[code] = tuple((scale, lane) for scale, lane in earlier if _some(lane))
        return YearToDate(
            self.year,
            None,
            _subtracted(self.sums, month.sums),
            _subtracted(self.bases, month.bases),
            pay,
            _subtracted(self.granted, month.granted),
        )

    def take(self, rows: Any) -> YearToDate:
        """Return the state of some people of a batch (a mask, a slice or positions)."""

        def taken(lane: Lane) -> Lane:
            return lane[rows] if hasattr(lane, "__array_namespace__") else lane

        return self._map(taken)

    def row(self, position: int) -> YearToDate:
        """Return the state of one person of a batch, as plain integers."""

        def read(lane: Lane) -> Lane:
            return lane[position].item() if hasattr(lane, "__array_namespace__") else lane

        return self._map(read)

    def _map(self, pick: Callable[[Lane], Lane]) -> YearToDate:
        def kept(pay: tuple[tuple[Any, Lane], ...]) -> tuple[tuple[Any, Lane], ...]:
            # A scale that none of these people ever had belongs to other people of the batch.
            picked = ((scale, pick(lane)) for scale, lane in pay)
            return tuple((scale, lane) for scale, lane in picked if _some(lane))

        return YearToDate(
            self.year,
            self.last_month,
            {name: pick(lane) for name, lane in self.sums.items()},
            {name: pick(lane) for name, lane in self.bases.items()},
            {code: kept(pay) for code, pay in self.reduction_pay.items()},
            {code: pick(lane) for code, lane in self.granted.items()},
        )


def _added(earlier: Mapping[str, Lane], month: Mapping[str, Lane]) -> dict[str, Lane]:
    return {name: lane + earlier[name] if name in earlier else lane for name, lane in month.items()}


def _subtracted(after: Mapping[str, Lane], month: Mapping[str, Lane]) -> dict[str, Lane]:
    return {name: lane - month.get(name, 0) for name, lane in after.items()}


def _some(lane: Lane) -> bool:
    return bool(lane.any() if hasattr(lane, "any") else lane)
