"""What the cooperative fee of a month is, and why.

One principle: cumulate, and charge in a month what is due to date less what was charged before. A credit
note or a rate that changes for the whole base then corrects earlier months by itself, and twelve months
add up to the year to the cent. Written with the operations of :mod:`cae_core.money`, it charges one activity
or a column of them.

Order of a month: brackets and internal sales → monthly cap and floor → yearly cap → yearly floor, when
the year or the contract ends → fixed fee and deduction.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cae_core.account.fee_charge import FeeCharge, FeeLine, FeeLineKind, FeeState, MonthActivity
from cae_core.account.fee_scale import FeeLimit, FeeMode, FeePeriod, FeeScale
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, choose, divide_half_up, greatest, least

__all__ = ["base_to_date", "charge_month", "fee_for"]


def charge_month(
    scale: FeeScale, state: FeeState, activity: MonthActivity, *, closing: bool = False
) -> tuple[FeeCharge, FeeState]:
    """Return the fee of one month and the state to charge the next one with.

    Args:
        scale: the scale in force.
        state: the state after the month before, or ``FeeState()``.
        activity: what was done in the month; a month without activity is charged too.
        closing: it is the last month, at exit or under this scale: a yearly floor falls due. It always
            does in the last month of the accounting year.

    Raises:
        InputError: the month does not follow the one before, or begins before the scale is in force;
            the scale changes in the middle of a year that was not closed; the months since entry, or
            whether the person is an associate, are needed and not given.

    Law:
        Code du travail, art. L7331-2 2° c.
    """
    month = activity.month
    state = _opened(scale, state, month)
    before = state
    exempt = _is_exempt(scale, activity)
    if exempt:
        lines = [FeeLine(kind=FeeLineKind.EXEMPTION, base_cents=activity.base_cents(scale), due_cents=0)]
        state = attrs.evolve(state, since_entry_cents=state.since_entry_cents + activity.base_cents(scale))
    else:
        lines, state = _proportional(scale, state, activity)
        given_up = _line_of_monthly_cap(scale, lines, before, activity)
        state = attrs.evolve(
            state,
            given_up_cents=state.given_up_cents - _sum(given_up),
            floors_cents=state.floors_cents + (_amount(scale.floor, activity) or 0),
            caps_cents=state.caps_cents + (_amount(scale.cap, activity) or 0),
        )
        lines += given_up
        lines += _line_of_monthly_floor(scale, lines, state, activity)
        state = attrs.evolve(state, year_cents=state.year_cents + _sum(lines))
        over_cap = _over_yearly_cap(scale, state, activity)
        lines += _line_of_yearly_cap(state.over_cap_cents, over_cap)
        state = attrs.evolve(state, over_cap_cents=over_cap)
    closes_year = (month + 1).number == scale.year_starts_in
    if closing or closes_year:
        lines += _line_of_yearly_floor(scale, state, activity)
    if not exempt:
        lines += _lines_of_fixed_fee(scale, activity)
    state = attrs.evolve(state, last_month=month, closed=closing)
    charge = FeeCharge(month=month, amount_cents=_sum(lines), lines=tuple(lines), scale=scale)
    return charge, state


def base_to_date(scale: FeeScale, state: FeeState, activity: MonthActivity) -> Lane:
    """Return what the brackets of a scale count to date, the month included, in cents.

    Args:
        scale: the scale in force.
        state: the state after the month before.
        activity: what was done in the month.

    Raises:
        InputError: as :func:`charge_month`.
    """
    opened = _opened(scale, state, activity.month)
    earlier = opened.since_entry_cents if scale.mode is FeeMode.SINCE_ENTRY else opened.base_cents
    return earlier + activity.base_cents(scale)


def fee_for(
    months: Iterable[MonthActivity],
    scale: FeeScale,
    state: FeeState | None = None,
    *,
    closing: bool = True,
) -> tuple[FeeCharge, ...]:
    """Return the fee of several months in a row.

    Args:
        months: consecutive months, in order.
        scale: the scale in force.
        state: the state before the first month.
        closing: a yearly floor falls due in the last month given, even if the year is not over.
    """
    running = state or FeeState()
    given = list(months)
    charges = []
    for rank, activity in enumerate(given, start=1):
        charge, running = charge_month(scale, running, activity, closing=closing and rank == len(given))
        charges.append(charge)
    return tuple(charges)


def _sum(lines: list[FeeLine]) -> Lane:
    return sum(line.amount_cents for line in lines)


def _some(amount: Lane) -> bool:
    """Whether an amount, or one of a column, is not zero: a line of zeros is not kept."""
    return bool(amount.any() if hasattr(amount, "any") else amount)


def _year(scale: FeeScale, month: Month) -> int:
    """Return the accounting year of a month, by the civil year in which it starts."""
    return month.year - (month.number < scale.year_starts_in)


def _opened(scale: FeeScale, state: FeeState, month: Month) -> FeeState:
    """Return the state with the counters that start again in this month at zero."""
    where = f"fee of {month} (contribution coopérative)"
    if month.first_day < scale.in_force_from:
        raise InputError(
            where, f"scale {scale.code!r} is in force from {scale.in_force_from.isoformat()} only"
        )
    last = state.last_month
    if last is not None and (month <= last or (not state.closed and month != last + 1)):
        wanted = f"a month after {last}" if state.closed else f"{last + 1}, for {last} was charged last"
        raise InputError(where, f"expected {wanted}; months are charged in order, those without activity too")
    new_year = last is None or state.closed or _year(scale, month) != _year(scale, last)
    if not new_year and state.scale != scale.version:
        message = f"the year runs under scale {state.scale!r}, got {scale.version!r}"
        raise InputError(where, f"{message}; charge its last month under the old one with closing=True")
    if new_year or scale.period is FeePeriod.MONTH:
        # A base below zero is charged nowhere. It is not lost: it lowers the next period.
        state = attrs.evolve(
            state,
            base_cents=least(state.base_cents, 0),
            internal_sales_cents=least(state.internal_sales_cents, 0),
        )
    if new_year:
        state = attrs.evolve(
            state,
            scale=scale.version,
            closed=False,
            months_charged=0,
            year_cents=0,
            given_up_cents=0,
            floors_cents=0,
            caps_cents=0,
            over_cap_cents=0,
        )
    return state


def _is_exempt(scale: FeeScale, activity: MonthActivity) -> bool:
    if not scale.exempt_first_months:
        return False
    if activity.months_since_entry is None:
        where = f"fee of {activity.month} (contribution coopérative)"
        first = f"scale {scale.code!r} exempts the first {scale.exempt_first_months} months"
        raise InputError(where, f"expected months_since_entry, for {first}, got nothing")
    return activity.months_since_entry < scale.exempt_first_months


def _proportional(
    scale: FeeScale, state: FeeState, activity: MonthActivity
) -> tuple[list[FeeLine], FeeState]:
    """Return the lines that are a rate of something, and the state with the month counted."""
    base = activity.base_cents(scale)
    after = attrs.evolve(
        state,
        base_cents=state.base_cents + base,
        since_entry_cents=state.since_entry_cents + base,
        months_charged=state.months_charged + 1,
    )
    since_entry = scale.mode is FeeMode.SINCE_ENTRY
    earlier = state.since_entry_cents if since_entry else state.base_cents
    to_date = earlier + base
    lines = []
    parts = zip(scale.brackets, scale.bracket_bases(to_date), scale.bracket_bases(earlier), strict=True)
    for bracket, part, part_before in parts:
        line = FeeLine(
            kind=FeeLineKind.BRACKET,
            base_cents=part,
            rate=bracket.rate,
            due_cents=bracket.rate.of(part),
            before_cents=bracket.rate.of(part_before),
        )
        lines.append(line)
    if scale.internal_sales_rate is not None:
        internal = state.internal_sales_cents + activity.internal_sales_cents
        rate = scale.internal_sales_rate
        line = FeeLine(
            kind=FeeLineKind.INTERNAL_SALES,
            base_cents=greatest(internal, 0),
            rate=rate,
            due_cents=rate.of(greatest(internal, 0)),
            before_cents=rate.of(greatest(state.internal_sales_cents, 0)),
        )
        lines.append(line)
        after = attrs.evolve(after, internal_sales_cents=internal)
    return [line for line in lines if _some(line.amount_cents)], after


def _amount(limit: FeeLimit | None, activity: MonthActivity, period: FeePeriod | None = None) -> int | None:
    """Return the amount of a limit in a month, if there is one and it is of the period asked for."""
    if limit is None or (period is not None and limit.period is not period):
        return None
    try:
        return limit.amount_for(activity.months_since_entry, activity.associate)
    except InputError as problem:
        where = f"fee of {activity.month} (contribution coopérative)"
        raise InputError(where, f"{problem.where}: {problem.message}") from None


def _line_of_monthly_cap(
    scale: FeeScale, lines: list[FeeLine], state: FeeState, activity: MonthActivity
) -> list[FeeLine]:
    """Return what the cap gives up this month; a correction first uses up what it gave up before."""
    cap = _amount(scale.cap, activity, FeePeriod.MONTH)
    if cap is None:
        return []
    proportional = _sum(lines)
    given_back = -least(-proportional, state.given_up_cents)
    given_up = choose(proportional > 0, greatest(proportional - cap, 0), given_back)
    return [FeeLine(kind=FeeLineKind.CAP, due_cents=-given_up)] if _some(given_up) else []


def _line_of_monthly_floor(
    scale: FeeScale, lines: list[FeeLine], state: FeeState, activity: MonthActivity
) -> list[FeeLine]:
    """Return what is missing to the floor of the month, and of the months of the year so far.

    A correction of earlier months gives back what they were charged, but the floor of the month is due
    all the same, and the year so far never falls below the floors of its months.
    """
    floor = _amount(scale.floor, activity, FeePeriod.MONTH)
    if floor is None:
        return []
    missing = greatest(floor - greatest(_sum(lines), 0), 0)
    missing = missing + greatest(state.floors_cents - (state.year_cents + _sum(lines) + missing), 0)
    return [FeeLine(kind=FeeLineKind.FLOOR, due_cents=missing)] if _some(missing) else []


def _over_yearly_cap(scale: FeeScale, state: FeeState, activity: MonthActivity) -> Lane:
    """Return what the year so far has above its cap; a prorated cap grows by a twelfth each month."""
    cap = _amount(scale.cap, activity, FeePeriod.YEAR)
    if cap is None or scale.cap is None:
        return 0
    limit = divide_half_up(state.caps_cents, 12) if scale.cap.prorated else cap
    return greatest(state.year_cents - limit, 0)


def _line_of_yearly_cap(before_cents: Lane, over_cents: Lane) -> list[FeeLine]:
    line = FeeLine(kind=FeeLineKind.CAP, due_cents=-over_cents, before_cents=-before_cents)
    return [line] if _some(line.amount_cents) else []


def _line_of_yearly_floor(scale: FeeScale, state: FeeState, activity: MonthActivity) -> list[FeeLine]:
    floor = _amount(scale.floor, activity, FeePeriod.YEAR)
    if floor is None or scale.floor is None or not state.months_charged:
        return []
    if scale.floor.prorated:
        floor = divide_half_up(state.floors_cents, 12)
    missing = greatest(floor - (state.year_cents - state.over_cap_cents), 0)
    return [FeeLine(kind=FeeLineKind.FLOOR, due_cents=missing)] if _some(missing) else []


def _lines_of_fixed_fee(scale: FeeScale, activity: MonthActivity) -> list[FeeLine]:
    fixed, deducted = scale.fixed_monthly_cents, scale.monthly_deduction_cents
    lines = [FeeLine(kind=FeeLineKind.FIXED, due_cents=fixed)] if fixed else []
    if fixed and activity.on_social_minimum and scale.fixed_exempt_on_social_minimum:
        lines.append(FeeLine(kind=FeeLineKind.EXEMPTION, due_cents=-fixed))
    if deducted:
        lines.append(FeeLine(kind=FeeLineKind.DEDUCTION, due_cents=-deducted))
    return lines
