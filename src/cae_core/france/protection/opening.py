"""Whether pay or hours open the cash benefits of health insurance.

One of two conditions is enough: contributions on enough pay, or enough hours. Pay is compared with the
hourly minimum wage; 1,015 of it in six months is more than a full-time minimum wage, so that most salaried
entrepreneurs pass by the hours, which their cooperative declares by a convention.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.protection.common import (
    HUNDREDTHS,
    affiliation_reason,
    day,
    euros,
    hours,
)
from cae_core.france.protection.open_points import (
    HOURS_BY_CONVENTION,
    JANUARY_MINIMUM_WAGE,
    MINIMUM_WAGE_OF_THE_PERIOD,
    MONTHS_NOT_GIVEN,
    PERHAPS_DISCONTINUOUS,
    SHOWN_BY_HISTORY,
)
from cae_core.law import Citation
from cae_core.money import MILLION, Lane, divide_half_up
from cae_core.protection import Assumption, Case, Nearest, Person, StoppageKind, Window
from cae_core.reasons import Reason

__all__ = [
    "MinimumWageDay",
    "Opening",
    "WorkPattern",
    "long_opening",
    "short_opening",
    "short_opening_columns",
]

#: The policies whose hours are a convention: nobody measured them.
_CONVENTION = "equivalent_hours"
#: Stoppages whose paid days count as hours.
_ASSIMILATED = (
    StoppageKind.SICKNESS,
    StoppageKind.LONG_ILLNESS,
    StoppageKind.WORK_ACCIDENT,
    StoppageKind.MATERNITY,
    StoppageKind.PATERNITY,
    StoppageKind.ADOPTION,
)

OPENING_ASSUMPTIONS = (
    HOURS_BY_CONVENTION,
    MINIMUM_WAGE_OF_THE_PERIOD,
    JANUARY_MINIMUM_WAGE,
    MONTHS_NOT_GIVEN,
    PERHAPS_DISCONTINUOUS,
    SHOWN_BY_HISTORY,
)


class MinimumWageDay(Enum):
    """Which minimum wage the money condition compares with: the text and a public page disagree."""

    #: The first day of the period, as the text says (the default).
    STATUTE = "statute"
    #: The day of the stoppage, as a page of ameli says.
    STOPPAGE = "stoppage"


@attrs.frozen(kw_only=True)
class WorkPattern:
    """How the work of a person looks to the fund.

    Attributes:
        discontinuous: whether it is discontinuous or seasonal; ``None`` leaves it open, as the law does.
        minimum_wage_day: which minimum wage the money condition compares with.
    """

    discontinuous: bool | None = None
    minimum_wage_day: MinimumWageDay = attrs.field(default=MinimumWageDay.STATUTE)

    @minimum_wage_day.validator
    def _known(self, attribute: object, value: object) -> None:
        if not isinstance(value, MinimumWageDay):
            raise InputError("minimum_wage_day", f"expected a MinimumWageDay, got {value!r}")


@attrs.frozen(kw_only=True)
class Opening:
    """Whether the benefits are open.

    Attributes:
        granted: ``None`` where something that nobody gave decides.
        reasons: the conditions, of which one is enough.
        assumptions, missing_facts, nearest: see :class:`~cae_core.protection.Finding`.
    """

    granted: bool | None
    reasons: tuple[Reason, ...]
    assumptions: tuple[Assumption, ...] = ()
    missing_facts: tuple[str, ...] = ()
    nearest: Nearest | None = None


@attrs.frozen
class _Test:
    """One condition over some months: a pay or a number of hours."""

    code: str
    window: Window
    found: Lane | None
    wanted: int
    unit: str
    citation: Citation
    by_convention: bool = False
    by_assimilation: bool = False

    @property
    def met(self) -> Lane:
        return self.found is not None and self.found >= self.wanted

    def reason(self) -> Reason:
        write = euros if self.unit == "cents" else hours
        wanted = write(self.wanted)
        span = day(self.window.first.first_day), day(self.window.last.last_day)
        found = ("heures non connues", "hours not known") if self.found is None else write(self.found)
        what = ("brut", "gross pay") if self.unit == "cents" else ("heures", "hours")
        return Reason(
            code=self.code,
            met=self.met,
            french=f"{what[0]} du {span[0][0]} au {span[1][0]} : {found[0]}, il faut {wanted[0]}",
            english=f"{what[1]} from {span[0][1]} to {span[1][1]}: {found[1]}, {wanted[1]} are needed",
            citations=(self.citation,),
            found=self.found,
            wanted=self.wanted,
            unit=self.unit,
            needs_review=self.by_assimilation or (self.met and self.by_convention),
        )


def _money(case: Case, at: dt.date, long: bool, pattern: WorkPattern) -> _Test:
    prefix = "sickness_long" if long else "sickness"
    months = case.value("sickness_long_months" if long else "sickness_money_months")
    window = case.history.last_months(months, at)
    multiple = case.row(f"{prefix}_money_multiple")
    if long:
        compared = dt.date(window.first.year, 1, 1)
    elif pattern.minimum_wage_day is MinimumWageDay.STOPPAGE:
        compared = case.on
    else:
        compared = window.first.first_day
    assert isinstance(multiple.value, int)
    wanted = divide_half_up(multiple.value * case.value("minimum_wage_hourly", compared), HUNDREDTHS)
    code = "twelve_months_pay" if long else "six_months_pay"
    return _Test(code, window, window.gross_pay_cents, wanted, "cents", multiple.citation)


def _hours(case: Case, at: dt.date, long: bool) -> _Test:
    prefix = "sickness_long" if long else "sickness"
    months = case.value("sickness_long_months" if long else "sickness_hours_months")
    window = case.history.last_months(months, at)
    row = case.row(f"{prefix}_hours")
    assert isinstance(row.value, int)
    found, assimilated = window.hours_hundredths, False
    known = window.known_hours_hundredths
    every = window.first.through(window.last)
    days = sum(case.history.stopped_days(month, *_ASSIMILATED) for month in every)
    columns = type(known) is not int  # of many people: hours that are not known leave it at those that are
    if days and (columns or known < row.value):
        known = known + days * case.value("assimilated_hours_per_day")
        assimilated = True
    if found is not None or columns or known >= row.value:
        found = known
    return _Test(
        "twelve_months_hours" if long else "three_months_hours",
        window,
        found,
        row.value,
        "hours_hundredths",
        row.citation,
        by_convention=_CONVENTION in window.hours_policies,
        by_assimilation=assimilated,
    )


def short_opening(case: Case, pattern: WorkPattern) -> Opening:
    """Return whether a stoppage of at most six months is open on the day of the event.

    Law:
        Code de la sécurité sociale, art. L313-1, R313-3 1° et, pour une activité discontinue ou saisonnière,
        R313-7.
    """
    usual = (_money(case, case.on, False, pattern), _hours(case, case.on, False))
    if any(test.met for test in usual):
        return _opening(case, True, usual)
    if pattern.discontinuous is False:
        return _opening(case, None if _unknown(case, usual) else False, usual, pattern)
    further = (_money(case, case.on, True, pattern), _hours(case, case.on, True))
    tests = (*usual, *further)
    if any(test.met for test in further):
        granted = True if pattern.discontinuous else None
    else:
        granted = None if _unknown(case, tests) else False
    return _opening(case, granted, tests, pattern)


def short_opening_columns(case: Case, pattern: WorkPattern) -> Lane:
    """Return where a stoppage of at most six months is open for sure, for pay and hours in columns.

    What is left open for a person (work that may be discontinuous) counts as not open, as it does where
    nobody says it; stoppages are those of one person, and no column.

    Law:
        As :func:`short_opening`.
    """
    opened = _money(case, case.on, False, pattern).met | _hours(case, case.on, False).met
    if pattern.discontinuous:
        opened = opened | _money(case, case.on, True, pattern).met | _hours(case, case.on, True).met
    return opened


def long_opening(case: Case, pattern: WorkPattern, affiliated: int) -> Opening:
    """Return whether the conditions over twelve months hold, with so many months of insurance.

    Law:
        Code de la sécurité sociale, art. R313-3 2° (arrêt de plus de six mois) et R313-5 (invalidité).
    """
    tests = (_money(case, case.on, True, pattern), _hours(case, case.on, True))
    insured, known = affiliation_reason(case, affiliated, case.entitlement.citations[0])
    opened = _opening(case, True if any(test.met for test in tests) else None, tests)
    if opened.granted is None and not _unknown(case, tests):
        opened = attrs.evolve(opened, granted=False)
    granted = opened.granted
    if known is False or granted is False:
        granted = False
    elif known is None or granted is None:
        granted = None
    return attrs.evolve(
        opened,
        granted=granted,
        reasons=(insured, *opened.reasons),
        assumptions=(*opened.assumptions, *([SHOWN_BY_HISTORY] if known is None else [])),
        missing_facts=(*opened.missing_facts, *(["affiliated_on"] if known is None else [])),
    )


def _unknown(case: Case, tests: tuple[_Test, ...]) -> tuple[str, ...]:
    """Return what nobody gave and would decide: hours, or the pay of months under contract or before."""
    facts = ["hours"] if any(test.found is None for test in tests) else []
    return (*facts, *_months_not_given(case, tests))


def _months_not_given(case: Case, tests: tuple[_Test, ...]) -> tuple[str, ...]:
    """Return the months of the windows that nobody gave, those before her entry left out."""
    entered = case.fact(Person).entered_on
    missing = {month for test in tests for month in test.window.missing}
    return tuple(f"pay of {month}" for month in sorted(missing) if not entered or month.last_day >= entered)


def _opening(
    case: Case, granted: bool | None, tests: tuple[_Test, ...], pattern: WorkPattern | None = None
) -> Opening:
    assumptions: list[Assumption] = []
    facts: list[str] = []
    if any(test.by_convention and test.met for test in tests):
        assumptions.append(HOURS_BY_CONVENTION)
    if any(test.window.missing for test in tests):
        assumptions.append(MONTHS_NOT_GIVEN)
    if any(test.code == "six_months_pay" for test in tests):
        assumptions.append(MINIMUM_WAGE_OF_THE_PERIOD)
    if any(test.code == "twelve_months_pay" for test in tests):
        assumptions.append(JANUARY_MINIMUM_WAGE)
    if granted is None:
        facts += _unknown(case, tests)
        if pattern is not None and pattern.discontinuous is None:
            facts.append("discontinuous")
    if pattern is not None and pattern.discontinuous is None and len(tests) > 2:
        assumptions.append(PERHAPS_DISCONTINUOUS)
    nearest = None if granted else _nearest(case, pattern or WorkPattern())
    return Opening(
        granted=granted,
        reasons=tuple(test.reason() for test in tests),
        assumptions=tuple(assumptions),
        missing_facts=tuple(facts),
        nearest=nearest,
    )


def _nearest(case: Case, pattern: WorkPattern) -> Nearest | None:
    """Return what the running month still lacks for the benefits to be open from the next month on."""
    running = Month.parse(case.on)
    at = (running + 1).first_day
    tests = (_money(case, at, False, pattern), _hours(case, at, False))
    if any(test.met for test in tests):
        return None
    ways = list(_ways(case, running, tests))
    return min(ways, key=lambda way: way[0])[1] if ways else None


def _ways(case: Case, running: Month, tests: tuple[_Test, ...]) -> Iterator[tuple[int, Nearest]]:
    """Yield each way to reach a condition this month, with the millionths of the condition it lacks."""
    until = running.last_day
    words = {"cents": ("de brut", "of gross pay"), "hours_hundredths": ("", "of work")}
    for test in tests:
        if test.found is None:
            continue
        missing = test.wanted - test.found
        share = missing * MILLION // test.wanted
        french, english = words[test.unit]
        way = Nearest(
            code=test.code, missing=missing, unit=test.unit, by_on=until, french=french, english=english
        )
        if test.unit == "cents":
            yield share, way
            continue
        month = case.history.get(running)
        full = case.value("full_time_hours_monthly", running.first_day)
        had = (month.hours_hundredths or 0) if month else 0
        if test.by_convention and had + missing <= full:
            more = _pay_for_hours(case, running, had + missing, full) - (
                month.gross_pay_cents if month else 0
            )
            yield (
                share,
                attrs.evolve(way, missing=more, unit="cents", french="de brut", english="of gross pay"),
            )
        elif not test.by_convention:
            yield share, way


def _pay_for_hours(case: Case, month: Month, wanted: int, full: int) -> int:
    """Return the gross pay that the convention turns into so many hours."""
    wage = case.value("minimum_wage_hourly", month.first_day)
    yearly = case.value("full_time_hours_yearly", month.first_day)
    # hours = pay × full ÷ (wage × yearly ÷ 12), rounded; the smallest pay that gives them, to the cent above.
    return -(-(wanted * wage * yearly) // (12 * HUNDREDTHS * full))
