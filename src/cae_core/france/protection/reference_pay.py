"""The daily pay that sickness and birth benefits are a part of: three or twelve months, capped, rebuilt."""

from __future__ import annotations

import attrs

from cae_core.calendar import Month
from cae_core.france.protection.common import HUNDREDTHS
from cae_core.france.protection.open_points import (
    BEFORE_THE_CONTRACT,
    IDLE_MONTH,
    PAY_OF_THE_MONTH,
    REBUILT_BEFORE_2024,
)
from cae_core.money import divide_half_up, format_decimal
from cae_core.protection import Assumption, Case, PayMonth, Person, StoppageKind

__all__ = ["ReferenceMonth", "ReferencePay", "reference_pay"]

#: Why a month without work is not held against a person: these causes, and no other.
_REBUILT_CAUSES = (
    StoppageKind.SICKNESS,
    StoppageKind.LONG_ILLNESS,
    StoppageKind.WORK_ACCIDENT,
    StoppageKind.MATERNITY,
    StoppageKind.PARTIAL_ACTIVITY,
    StoppageKind.UNEMPLOYMENT,
    StoppageKind.CLOSURE,
    StoppageKind.UNPAID_LEAVE,
)

REFERENCE_ASSUMPTIONS = (IDLE_MONTH, BEFORE_THE_CONTRACT, REBUILT_BEFORE_2024, PAY_OF_THE_MONTH)


@attrs.frozen
class ReferenceMonth:
    """One month of the reference: what was paid, what counts, and whether it was rebuilt."""

    month: Month
    paid_cents: int
    counted_cents: int
    rebuilt: bool = False


@attrs.frozen(kw_only=True)
class ReferencePay:
    """The reference of a benefit.

    Attributes:
        months: each month, before the cap.
        cap_cents: the monthly cap; ``None`` where there is none.
        divisor_hundredths: what the sum is divided by.
        daily_cents: the daily base (salaire journalier de base), half up to the cent.
        assumptions: what was assumed about the months.
    """

    months: tuple[ReferenceMonth, ...]
    cap_cents: int | None
    divisor_hundredths: int
    daily_cents: int
    assumptions: tuple[Assumption, ...] = ()

    def counted(self, month: ReferenceMonth) -> int:
        """Return what a month counts for, under the cap."""
        return month.counted_cents if self.cap_cents is None else min(month.counted_cents, self.cap_cents)

    @property
    def at_the_cap(self) -> bool:
        """Whether every month reaches the cap."""
        return self.cap_cents is not None and all(
            self.counted(each) == self.cap_cents for each in self.months
        )

    @property
    def steps(self) -> tuple[str, str]:
        """How the daily base is found, in both languages."""

        def write(lang: str) -> str:
            parts = [format_decimal(self.counted(each), 2, lang) for each in self.months]
            divisor = format_decimal(self.divisor_hundredths, 2, lang)
            daily = format_decimal(self.daily_cents, 2, lang)
            return f"({' + '.join(parts)}) ÷ {divisor} = {daily}"

        return write("fr"), write("en")


def reference_pay(case: Case, months: int, divisor_hundredths: int, cap_cents: int | None) -> ReferencePay:
    """Return the daily pay of the last months before the event.

    A month that a contract starts or ends in is rebuilt from the days of that month; a month with days lost
    for a cause of the list, from the days worked in the whole period.

    Law:
        Code de la sécurité sociale, art. R323-4 et R323-8 (décret n° 2024-967 du 30 octobre 2024).
    """
    window = case.history.last_months(months, case.on)
    found, assumptions = [], [PAY_OF_THE_MONTH]
    worked_days, worked_pay = _worked(case, window.months)
    started = _started(case)
    for month in window.first.through(window.last):
        paid = case.history.get(month)
        if paid is None:
            if started is not None and month < started and worked_days:
                assumptions += [BEFORE_THE_CONTRACT, REBUILT_BEFORE_2024]
                counted = divide_half_up(worked_pay * month.days, worked_days)
                found.append(ReferenceMonth(month, 0, counted, rebuilt=True))
            else:
                found.append(ReferenceMonth(month, 0, 0))
            continue
        counted, rebuilt = _rebuilt(case, paid, worked_pay, worked_days)
        if rebuilt:
            assumptions.append(REBUILT_BEFORE_2024)
        elif not paid.gross_pay_cents:
            assumptions.append(IDLE_MONTH)
        found.append(ReferenceMonth(month, paid.gross_pay_cents, counted, rebuilt))
    if any(each.rebuilt for each in found) and case.in_force("rebuilt_months"):
        assumptions = [each for each in assumptions if each is not REBUILT_BEFORE_2024]
    capped = [
        each.counted_cents if cap_cents is None else min(each.counted_cents, cap_cents) for each in found
    ]
    return ReferencePay(
        months=tuple(found),
        cap_cents=cap_cents,
        divisor_hundredths=divisor_hundredths,
        daily_cents=divide_half_up(sum(capped) * HUNDREDTHS, divisor_hundredths),
        assumptions=tuple(dict.fromkeys(assumptions)),
    )


def _started(case: Case) -> Month | None:
    """Return the month her contract started in, where it is known."""
    entered = case.fact(Person).entered_on
    if entered is not None:
        return Month.parse(entered)
    first = case.history.months[0] if case.history.months else None
    # A first month that is not whole is the one she came in.
    return first.month if first is not None and first.days < first.month.days else None


def _worked(case: Case, months: tuple[PayMonth, ...]) -> tuple[int, int]:
    """Return the calendar days worked in some months, and the pay of the months that have any."""
    days = pay = 0
    for paid in months:
        worked = max(paid.days - case.history.stopped_days(paid.month, *_REBUILT_CAUSES), 0)
        if worked:
            days, pay = days + worked, pay + paid.gross_pay_cents
    return days, pay


def _rebuilt(case: Case, paid: PayMonth, worked_pay: int, worked_days: int) -> tuple[int, bool]:
    """Return what a month counts for, and whether it was rebuilt."""
    if case.history.stopped_days(paid.month, *_REBUILT_CAUSES) and worked_days:
        return divide_half_up(worked_pay * paid.month.days, worked_days), True
    if 0 < paid.days < paid.month.days:
        return divide_half_up(paid.gross_pay_cents * paid.month.days, paid.days), True
    return paid.gross_pay_cents, False
