"""The reference daily wage (salaire journalier de référence): reference pay over reference days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

import attrs

from cae_core.calendar import Interval, Month, add_months
from cae_core.france.law_on import LawOfDay
from cae_core.france.unemployment.periods import affiliation_days, calendar_days, within
from cae_core.law import Legislation
from cae_core.money import MILLION, Lane, divide_half_up, least
from cae_core.protection import MonthKind, PayHistory, StoppageKind

__all__ = ["ReferenceWage", "rebuilt_months", "reference_pay_cents", "reference_wage"]

_ONE_DAY = dt.timedelta(days=1)
#: The stoppages whose months are rebuilt at the pay of ordinary times.
_REBUILT = (
    StoppageKind.SICKNESS,
    StoppageKind.LONG_ILLNESS,
    StoppageKind.WORK_ACCIDENT,
    StoppageKind.MATERNITY,
    StoppageKind.PATERNITY,
    StoppageKind.ADOPTION,
    StoppageKind.CHILDCARE,
    StoppageKind.PARTIAL_ACTIVITY,
)


#: The stoppages whose days between two contracts do not count; sickness only where it is long.
_NOT_A_GAP = (
    StoppageKind.MATERNITY,
    StoppageKind.PATERNITY,
    StoppageKind.ADOPTION,
    StoppageKind.WORK_ACCIDENT,
)
_SICKNESS = (StoppageKind.SICKNESS, StoppageKind.LONG_ILLNESS)


@attrs.frozen(kw_only=True)
class ReferenceWage:
    """The reference daily wage, and what it is made of; pay may be a column, days are the same for all.

    Attributes:
        pay_cents: reference pay.
        contract_days: calendar days under contract looked at; before October 2021, days worked.
        gap_days: days without contract between the first and the last of them, without those of a long
            sickness, of a maternity or of a work accident.
        gap_kept_days: those that count.
        days: what the pay is divided by; since October 2021 the duration of the benefit starts from it.
        daily_cents: the reference daily wage.
    """

    pay_cents: Lane
    contract_days: int
    gap_days: int
    gap_kept_days: int
    days: int
    daily_cents: Lane


def reference_pay_cents(
    rights: Legislation,
    history: PayHistory,
    periods: tuple[Interval, ...],
    period: Interval,
    *,
    rebuilt: Mapping[Month, int] | None = None,
    ceilings: int = 400,
) -> Lane:
    """Return the gross pay of a period, each month up to so many ceilings of social security.

    A month that the period cuts counts for its days under contract inside; a month without a day under
    contract counts for nothing.

    Args:
        rights: all the parameters.
        history: what was paid.
        periods: days under contract, merged.
        period: the days looked at.
        rebuilt: the pay of ordinary times of months with a stoppage, in place of what was paid.
        ceilings: how many monthly ceilings, in hundredths.

    Law:
        Règlement d'assurance chômage, art. 11 et 12.
    """
    assert period.ends_on is not None
    total: Lane = 0
    ceilings_of = rights.parameter("social_security_ceiling_monthly")
    for month in Month.parse(period.starts_on).through(Month.parse(period.ends_on)):
        paid = history.get(month)
        if paid is None or paid.kind is not MonthKind.EMPLOYMENT:
            continue
        gross = (rebuilt or {}).get(month, paid.gross_pay_cents)
        ceiling = ceilings_of.on(month.first_day, assume_unchanged=True).value
        assert isinstance(ceiling, int)
        capped = least(gross, divide_half_up(ceiling * ceilings, 100))
        under_contract = within(periods, Interval(month.first_day, month.last_day))
        inside = calendar_days(within(under_contract, period))
        if inside:
            total = total + divide_half_up(capped * inside, calendar_days(under_contract))
    return total


def rebuilt_months(history: PayHistory, period: Interval) -> tuple[Month, ...]:
    """Return the months of a period with a stoppage that is rebuilt at the pay of ordinary times.

    Law:
        Règlement d'assurance chômage, art. 12.
    """
    assert period.ends_on is not None
    months = Month.parse(period.starts_on).through(Month.parse(period.ends_on))
    return tuple(month for month in months if history.stopped_days(month, *_REBUILT))


def reference_wage(
    law: LawOfDay,
    rights: Legislation,
    history: PayHistory,
    periods: tuple[Interval, ...],
    window: Interval,
    *,
    rebuilt: Mapping[Month, int] | None = None,
) -> ReferenceWage:
    """Return the reference daily wage.

    Since October 2021 the pay of the window is divided by the calendar days from the first contract to the
    last, days without contract counting up to a share of the others. Before, the pay of twelve months was
    divided by 1.4 times the days worked.

    Args:
        law: the law of the end of the contract.
        rights: all the parameters.
        history: what was paid.
        periods: days under contract, merged, in order; at least one inside the window.
        window: the days looked at (see :func:`~cae_core.france.unemployment.periods.search_window`).
        rebuilt: the pay of ordinary times of months with a stoppage.

    Law:
        Décret n° 2019-797, annexe A, art. 9, 11 to 13; décret n° 2021-346; règlement annexé à la convention
        du 15 novembre 2024, same articles.
    """
    ended_on = window.ends_on
    assert ended_on is not None
    ceilings = law.value("unemployment_pay_ceilings")
    if law.get("unemployment_gap_share") is None:
        first = add_months(ended_on, -law.value("unemployment_old_reference_months")) + _ONE_DAY
        year = Interval(first, ended_on)
        pay = reference_pay_cents(rights, history, periods, year, rebuilt=rebuilt, ceilings=ceilings)
        worked = affiliation_days(law, within(periods, year))
        factor = law.value("unemployment_divisor_factor")
        divisor = worked * factor
        return ReferenceWage(
            pay_cents=pay,
            contract_days=worked,
            gap_days=0,
            gap_kept_days=0,
            days=-(-divisor // 100),
            daily_cents=divide_half_up(pay * 100, divisor) if divisor else 0,
        )
    inside = within(periods, window)
    span = Interval(inside[0].starts_on, inside[-1].ends_on)
    employed = calendar_days(inside)
    gap = calendar_days([span]) - employed - _excluded_days(law, history, inside)
    # 70 % of 334 days is 233.8 and counts for 234, in the example of the Unédic.
    most = -(-employed * law.value("unemployment_gap_share") // MILLION)
    kept = min(gap, most)
    pay = reference_pay_cents(rights, history, periods, span, rebuilt=rebuilt, ceilings=ceilings)
    return ReferenceWage(
        pay_cents=pay,
        contract_days=employed,
        gap_days=gap,
        gap_kept_days=kept,
        days=employed + kept,
        daily_cents=divide_half_up(pay, employed + kept),
    )


def _excluded_days(law: LawOfDay, history: PayHistory, contracts: tuple[Interval, ...]) -> int:
    """Return the days between contracts that a stoppage takes out of the gap."""
    longest = law.value("unemployment_gap_sickness_days")
    days: set[dt.date] = set()
    for before, after in pairwise(contracts):
        assert before.ends_on is not None
        if after.starts_on - before.ends_on <= _ONE_DAY:
            continue
        gap = Interval(before.ends_on + _ONE_DAY, after.starts_on - _ONE_DAY)
        for stoppage in history.stoppages:
            inside = within([stoppage.interval], gap)
            long_enough = (
                calendar_days(within([stoppage.interval], Interval(dt.date.min, gap.ends_on))) > longest
            )
            if stoppage.kind in _NOT_A_GAP or (stoppage.kind in _SICKNESS and long_enough):
                for period in inside:
                    days |= {period.starts_on + dt.timedelta(rank) for rank in range(calendar_days([period]))}
    return len(days)
