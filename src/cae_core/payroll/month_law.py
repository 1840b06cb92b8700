"""The payroll law of one month, compiled once: rates looked up, rows sorted, those out of force left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.law import Citation, DatedValue, Snapshot
from cae_core.money import EUR, Currency, Lane, divide_half_up, lookup
from cae_core.payroll.facts import HoursPolicy, PayFacts
from cae_core.payroll.rules import (
    Base,
    Contribution,
    FactCheck,
    FactSpec,
    Heading,
    Quantity,
    Reduction,
    Status,
    Values,
    Withholding,
)

__all__ = ["Bound", "BoundRow", "MonthLaw", "MonthLaws", "Owed", "Schedule"]


@attrs.frozen
class Owed:
    """A contribution with the rates a person owes it at, in millionths; 0 where a share owes nothing."""

    contribution: Contribution
    employee_ppm: Lane
    employer_ppm: Lane


#: (what is owed, base, base of the whole, employee ppm, employer ppm, does the employee owe?, the employer?)
BoundRow = tuple[Owed, str, str | None, Any, Any, bool, bool]


@attrs.frozen(eq=False)
class Bound:
    """The rows of a schedule with every rate known.

    Attributes:
        covers: cover rows, computed first.
        rows: the other rows.
        totals: the same rates as ``rows`` grouped by base, for when only totals are wanted:
            ``(base, employee rates, taxable employee rates, employer rates)``.
        apart: the rows that cannot be grouped: a rate is a column, or the employer has a base of her own.
    """

    covers: tuple[BoundRow, ...]
    rows: tuple[BoundRow, ...]
    totals: tuple[tuple[str, tuple[int, ...], tuple[int, ...], tuple[int, ...]], ...]
    apart: tuple[BoundRow, ...]


_BOUND_MAX = 1024
_BOTH = (True, True)


@attrs.frozen(eq=False)
class Schedule:
    """The contributions that one status owes in one month, with their rates.

    ``given`` lists the facts of plugins that rows read, with what stands where nobody gave them;
    ``shares`` says which shares are charged, of the employee and of the employer: an inverse looks at one.
    Covers are always charged whole, for other bases add their employer share.
    """

    status: Status
    rows: tuple[tuple[Contribution, int, int], ...]
    covers: tuple[tuple[Contribution, int, int], ...]
    amounts: tuple[Owed, ...]
    scales: tuple[tuple[Reduction, Any, int, int], ...]
    values: Values
    given: tuple[tuple[str, Any], ...] = ()
    shares: tuple[bool, bool] = _BOTH
    _bound: dict[tuple[int, ...], Bound] = attrs.field(factory=dict, repr=False, init=False)

    def bind(self, facts: PayFacts) -> Bound:
        """Return the rows with the rates that the facts give (accidents, mobility, covers) filled in."""
        given = (
            facts.workplace_accident_ppm,
            facts.mobility_ppm,
            facts.provident_employee_ppm,
            facts.provident_employer_ppm,
            facts.apprentice_ratio_ppm,
            *(facts.given.get(name, default) for name, default in self.given),
        )
        if not all(type(rate) is int for rate in given):
            return _bound(self._fill(self.covers, facts, _BOTH), self._fill(self.rows, facts, self.shares))
        found = self._bound.get(given)
        if found is None:
            if len(self._bound) >= _BOUND_MAX:
                self._bound.clear()
            found = _bound(self._fill(self.covers, facts, _BOTH), self._fill(self.rows, facts, self.shares))
            self._bound[given] = found
        return found

    def _fill(
        self,
        rows: tuple[tuple[Contribution, int, int], ...],
        facts: PayFacts,
        shares: tuple[bool, bool],
    ) -> tuple[BoundRow, ...]:
        filled = []
        for row, employee_ppm, employer_ppm in rows:
            if row.employee_fact:
                employee_ppm = self._rate(facts, row.employee_fact)
            elif row.employee_scale:
                employee_ppm = self._rate_of_scale(facts, *row.employee_scale)
            if row.employer_fact:
                employer_ppm = self._rate(facts, row.employer_fact)
            elif row.employer_scale:
                employer_ppm = self._rate_of_scale(facts, *row.employer_scale)
            owes = shares[0] and _owes(employee_ppm), shares[1] and _owes(employer_ppm)
            if any(owes):
                owed = Owed(row, employee_ppm, employer_ppm)
                filled.append((owed, row.base, row.whole_base, employee_ppm, employer_ppm, *owes))
        return tuple(filled)

    def _rate_of_scale(self, facts: PayFacts, scale: str, fact: str) -> Lane:
        starts, rates = self.values[scale]
        return lookup(starts, rates, self._rate(facts, fact))

    def _rate(self, facts: PayFacts, name: str) -> Lane:
        for given, default in self.given:
            if given == name:
                return facts.given.get(name, default)
        return getattr(facts, name)


def _bound(covers: tuple[BoundRow, ...], rows: tuple[BoundRow, ...]) -> Bound:
    groups: dict[str, tuple[list[int], list[int], list[int]]] = {}
    apart = []
    for bound_row in rows:
        owed, base, whole, employee_ppm, employer_ppm, employee_owes, employer_owes = bound_row
        rates_known = type(employee_ppm) is int and type(employer_ppm) is int
        if not rates_known or whole is not None:
            apart.append(bound_row)
            continue
        employee, taxable, employer = groups.setdefault(base, ([], [], []))
        if employee_owes:
            (taxable if owed.contribution.employee_share_taxable else employee).append(employee_ppm)
        if employer_owes:
            employer.append(employer_ppm)
    totals = tuple((base, *map(tuple, rates)) for base, rates in groups.items())
    return Bound(covers, rows, totals, tuple(apart))  # type: ignore[arg-type]


def _owes(ppm: Any) -> bool:
    """Whether a rate charges anything; a column may."""
    return type(ppm) is not int or ppm != 0


@attrs.frozen(eq=False, kw_only=True)
class MonthLaw:
    """Everything a payslip of one month needs, for any status.

    Attributes:
        snapshot: the parameters on the first day of the month.
        values: their raw values.
        thresholds: the headcounts at which a rate changes, increasing.
        quarterly: the quantities and the bases that start again with each quarter, by name.
    """

    month: Month
    snapshot: Snapshot
    values: Values
    headings: tuple[Heading, ...]
    contributions: Mapping[str, Contribution]
    quantities: tuple[Quantity, ...]
    bases: tuple[Base, ...]
    cover_bases: tuple[Base, ...]
    reductions: tuple[Reduction, ...]
    withholding: Withholding
    fact_checks: tuple[FactCheck, ...]
    thresholds: tuple[int, ...]
    fact_specs: tuple[FactSpec, ...] = ()
    currency: Currency = EUR
    quarterly: frozenset[str] = frozenset()
    _schedules: dict[tuple[bool, int], Schedule] = attrs.field(factory=dict, repr=False)

    def check_given(self, facts: PayFacts) -> None:
        """Refuse facts that no active plugin asks for, and the absence of one that must be given.

        Raises:
            InputError: all of them, by name.
        """
        known = {spec.name: spec for spec in self.fact_specs}
        unknown = sorted(set(facts.given) - set(known))
        if unknown:
            wanted = ", ".join(sorted(known)) or "none"
            raise InputError(
                "given", f"expected facts of the active variants ({wanted}), got {', '.join(unknown)}"
            )
        missing = sorted(
            name for name, spec in known.items() if spec.default is None and name not in facts.given
        )
        if missing:
            raise InputError("given", f"the active variants need {', '.join(missing)}")

    def check_facts(self, facts: PayFacts) -> None:
        """Refuse facts of one person that the law does not allow.

        Raises:
            InputError: the first check that they violate.
        """
        for check in self.fact_checks:
            if check.violated(facts, self.values):
                raise InputError(check.code, f"in {self.month}, {check.message} ({check.citation})")

    def headcount_class(self, headcount: int) -> int:
        """Return the lowest headcount that owes the same rates: 0, then each threshold."""
        return max((threshold for threshold in self.thresholds if threshold <= headcount), default=0)

    def schedule(self, executive: bool, headcount: int) -> Schedule:
        """Return what a person owes; compiled at first use, once for all headcounts of a class."""
        found = self._schedules.get((executive, headcount))
        if found is None:
            status = Status(executive, self.headcount_class(headcount))
            key = executive, status.headcount
            found = self._schedules.get(key) or self._compile(status)
            self._schedules[key] = self._schedules[executive, headcount] = found
        return found

    def _compile(self, status: Status) -> Schedule:
        values = self.values
        owed = [row for row in self.contributions.values() if row.applies_to(status, values)]

        def rated(rows: list[Contribution]) -> tuple[tuple[Contribution, int, int], ...]:
            return tuple(
                (
                    row,
                    sum(values[name] for name in row.employee_rates),
                    sum(values[name] for name in row.employer_rates),
                )
                for row in rows
            )

        scales = []
        for reduction in self.reductions:
            scale = reduction.scale(values, status)
            scales.append((reduction, scale, reduction.maximum(scale), values[reduction.pension_share]))
        return Schedule(
            status=status,
            rows=rated([row for row in owed if not row.cover]),
            covers=rated([row for row in owed if row.cover and not row.is_amount]),
            amounts=tuple(Owed(row, 0, 0) for row in owed if row.is_amount),
            scales=tuple(scales),
            values=values,
            given=tuple(
                (spec.name, spec.default)
                for spec in self.fact_specs
                if any(spec.name in row.named_facts for row in owed)
            ),
        )

    def dated_values(self, row: Contribution) -> tuple[DatedValue, ...]:
        """Return the dated values of the rates of a contribution."""
        return tuple(self.snapshot[name] for name in row.rate_parameters)

    def citations_of(self, row: Contribution) -> tuple[Citation, ...]:
        """Return the texts of a contribution: the article that makes it due, then those of its rates."""
        found = [row.citation, *(value.citation for value in self.dated_values(row))]
        return tuple(dict.fromkeys(found))

    def reference_hours_hundredths(self, facts: PayFacts) -> int | None:
        """Return the reference hours of the month under the policy, in hundredths of an hour.

        ``None`` where the law counts no reference wage.
        """
        wages = (quantity.formula for quantity in self.quantities if quantity.name == "reference_wage")
        wage = next(wages, None)
        if wage is None:
            return None
        whole = PayFacts(gross_pay_cents=0, hours_policy=HoursPolicy.FULL_TIME)
        full_time = wage(whole, self.values)
        hours: int = divide_half_up(
            wage(facts, self.values) * self.values["full_time_hours_monthly"], full_time
        )
        return hours


class MonthLaws(Protocol):
    """What gives the payroll law of a month, as known on a day: a :class:`~cae_core.Ruleset`."""

    def month_law(
        self, month: Month, *, assume_unchanged: bool = False, known_on: dt.date | None = None
    ) -> MonthLaw:
        """Return the payroll law of a month."""
