"""Statuses side by side on equal turnover and expenses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from cae_core.assembly import load
from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors, LawNotKnownError
from cae_core.france.law_on import LawOn
from cae_core.france.statuses.salaried_side import salaried_side, salaried_year
from cae_core.france.statuses.self_employed_side import MICRO, micro_side, sole_trader_side
from cae_core.france.statuses.side import Event, EventCover, Status, StatusSide
from cae_core.law import Citation
from cae_core.money import CENTS_MAX, MILLION, Rate, format_euros, split, to_cents
from cae_core.payroll.facts import PayFacts
from cae_core.reasons import Reason
from cae_core.ruleset import Ruleset
from cae_core.shown import Shown

__all__ = ["Comparison", "Event", "EventCover", "Status", "StatusSide", "compare_statuses", "usual_facts"]

_MONTHS = (1,) * 12


def _status(status: Status | str) -> Status:
    """Return a status from its code.

    Raises:
        ValueError: there is none of that code.
    """
    for each in Status:
        if status in (each, each.value):
            return each
    raise ValueError(status)


@attrs.frozen(kw_only=True)
class Comparison(Shown):
    """The statuses on one year of turnover and expenses.

    Attributes:
        year: the civil year.
        turnover_cents: the turnover of the year, excluding VAT.
        expenses_cents: the expenses of the activity, pay left out.
        on: the day of the events.
        sides: one a status, in the order asked for.
        left_out: the statuses whose law of the year is not known here, each with why.
        assumed_from: the first day whose law was carried forward; ``None`` where all was known.
    """

    year: int
    turnover_cents: int
    expenses_cents: int
    on: dt.date
    sides: tuple[StatusSide, ...]
    left_out: tuple[Reason, ...] = ()
    assumed_from: dt.date | None = None

    def side(self, status: Status | str) -> StatusSide:
        """Return the side of a status.

        Raises:
            InputError: it was not asked for, or left out.
        """
        for side in self.sides:
            if status in (side.status, side.status.value):
                return side
        given = ", ".join(side.status.value for side in self.sides)
        raise InputError("status", f"expected one of {given}, got {status!r}")


def compare_statuses(
    turnover: object,
    expenses: object,
    year: int,
    *,
    statuses: Iterable[Status | str] = tuple(Status),
    cooperative_fee: Rate | None = None,
    portage_fee: Rate | None = None,
    facts: PayFacts | None = None,
    craft: bool = False,
    flat_tax: bool = False,
    acre: bool = False,
    on: dt.date | str | None = None,
    rules: Ruleset | None = None,
    assume_unchanged: bool = False,
) -> Comparison:
    """Return what each status pays, leaves and covers on equal turnover and expenses.

    Turnover and expenses are level over twelve months. Under a salaried status the whole budget is paid out
    each month. The events are those of somebody who has worked so for three years at the same level.

    Args:
        turnover: the turnover of the year in euros, excluding VAT.
        expenses: the expenses of the activity in euros.
        year: the civil year.
        statuses: those to compare; all by default.
        cooperative_fee: what part of turnover the cooperative takes; by default a usual one.
        portage_fee: what part the portage company takes; by default a usual one.
        facts: the facts of payslips (headcount, accident rate, covers), gross pay left aside; by default 60
            people, the accident rate of office work and no cover (:func:`usual_facts`).
        craft: the self-employed are registered as craft.
        flat_tax: the micro-enterprise chose the flat tax on turnover.
        acre: the self-employed started on 1 January of the year, with ACRE. The events stay those of who
            has worked so for three years.
        on: the day of the events; by default 1 July of the year.
        rules: the ruleset; by default ``cae_core.load()``.
        assume_unchanged: after the last day known, carry the law forward and say so.

    Returns:
        Each side with its lines, its conditions and its events. A status that the law of the year does not
        cover here is in ``left_out``, with why.

    Raises:
        AmountTypeError, AmountError: an amount that is not one.
        InputErrors: every input that cannot be used.
        LawNotKnownError: no status can be computed on the law known.

    Law:
        The CESA: C. trav. art. L7332-2 and L7332-3. The others: their own modules.
    """
    turnover_cents, expenses_cents = to_cents(turnover, "turnover"), to_cents(expenses, "expenses")
    problems = [
        InputError(name, f"expected zero or more, got {format_euros(cents, 'en')}")
        for name, cents in (("turnover", turnover_cents), ("expenses", expenses_cents))
        if not 0 <= cents <= CENTS_MAX
    ]
    if isinstance(year, bool) or not isinstance(year, int) or not 1945 <= year <= 9998:
        problems.append(InputError("year", f"expected a year such as 2026, got {year!r}"))
    asked: list[Status] = []
    for each in statuses:
        try:
            asked.append(_status(each))
        except ValueError:
            known = ", ".join(status.value for status in Status)
            problems.append(InputError("statuses", f"expected one of {known}, got {each!r}"))
    if not asked and not problems:
        problems.append(InputError("statuses", "expected one status or more, got none"))
    if problems:
        raise InputErrors("the statuses cannot be compared", problems)
    maker = _Maker(
        rules=rules or load(),
        year=year,
        turnovers=split(turnover_cents, _MONTHS),
        expenses=split(expenses_cents, _MONTHS),
        fees={Status.COOPERATIVE: cooperative_fee, Status.WAGE_PORTAGE: portage_fee},
        facts=facts,
        craft=craft,
        flat_tax=flat_tax,
        acre=acre,
        on=dt.date(year, 7, 1) if on is None else to_day(on, "on"),
        assume_unchanged=assume_unchanged,
    )
    sides: list[StatusSide] = []
    left_out: list[Reason] = []
    last: LawNotKnownError | None = None
    for status in dict.fromkeys(asked):
        try:
            sides.append(maker.side(status))
        except LawNotKnownError as error:
            last = error
            left_out.append(_not_known(status, error))
    if not sides:
        assert last is not None
        raise last
    known_until = maker.rules.legislation.known_until
    return Comparison(
        year=year,
        turnover_cents=turnover_cents,
        expenses_cents=expenses_cents,
        on=maker.on,
        sides=tuple(sides),
        left_out=tuple(left_out),
        assumed_from=known_until + dt.timedelta(days=1) if known_until < dt.date(year, 12, 1) else None,
    )


def _not_known(status: Status, error: LawNotKnownError) -> Reason:
    return Reason(
        code=status.value,
        met=False,
        french=f"{status.french_name} : le droit du {error.day:%d/%m/%Y} n'est pas connu ici ({error.name})",
        english=f"{status.english_name}: {error}",
    )


@attrs.frozen(kw_only=True, eq=False)
class _Maker:
    """Makes the side of each status from the same inputs."""

    rules: Ruleset
    year: int
    turnovers: tuple[int, ...]
    expenses: tuple[int, ...]
    fees: dict[Status, Rate | None]
    facts: PayFacts | None
    craft: bool
    flat_tax: bool
    acre: bool
    on: dt.date
    assume_unchanged: bool

    def side(self, status: Status) -> StatusSide:
        law, turnover, expenses = self.rules.rights, sum(self.turnovers), sum(self.expenses)
        if status.salaried:
            return self._salaried(status)
        if status in MICRO:
            return micro_side(
                law, status, self.year, self.turnovers, expenses, craft=self.craft, flat_tax=self.flat_tax,
                acre=self.acre, on=self.on, assume_unchanged=self.assume_unchanged,
            )  # fmt: skip
        return sole_trader_side(
            law, self.year, turnover, expenses, craft=self.craft, acre=self.acre, on=self.on,
            assume_unchanged=self.assume_unchanged,
        )  # fmt: skip

    def _salaried(self, status: Status) -> StatusSide:
        fee, citations = self._fee(status)
        paid = salaried_year(
            self.rules,
            self.year,
            self.turnovers,
            self.expenses,
            portage=status is Status.WAGE_PORTAGE,
            fee_ppm=fee,
            facts=self.facts or usual_facts(self.rules, self.year, assume_unchanged=self.assume_unchanged),
            assume_unchanged=self.assume_unchanged,
        )
        return salaried_side(
            self.rules,
            status,
            paid,
            turnover_cents=sum(self.turnovers),
            expenses_cents=sum(self.expenses),
            fee_ppm=fee,
            fee_citations=citations,
            on=self.on,
            assume_unchanged=self.assume_unchanged,
        )

    def _fee(self, status: Status) -> tuple[int, tuple[Citation, ...]]:
        given = self.fees[status]
        if given is not None:
            return given.ppm, ()
        law = LawOn(self.rules.rights, dt.date(self.year, 1, 1), self.assume_unchanged)
        name = "usual_portage_fee" if status is Status.WAGE_PORTAGE else "usual_cooperative_fee"
        return int(law.number(name) * MILLION), law.citations_of(name)


#: People in the cooperative, where nothing is said: above the thresholds of fifty.
_HEADCOUNT = 60


def usual_facts(rules: Ruleset, year: int, *, assume_unchanged: bool = False, **given: Any) -> PayFacts:
    """Return the facts of payslips where little is said: sixty people, the accident rate of office work.

    Args:
        rules: the ruleset.
        year: the civil year; the rate is that of 1 January.
        assume_unchanged: after the last day known, carry the law forward.
        given: what is known, as :meth:`PayFacts.of <cae_core.payroll.facts.PayFacts.of>` takes it.

    Raises:
        LawNotKnownError: the accident rate is neither given nor known, before 2023.
    """
    if "workplace_accident_rate" not in given:
        law = LawOn(rules.rights, dt.date(year, 1, 1), assume_unchanged)
        given["workplace_accident_rate"] = Rate(int(law.number("office_accident_rate") * MILLION))
    given.setdefault("headcount", _HEADCOUNT)
    return PayFacts.of(0, **given)
