"""Paid leave (congés payés): the days a year gives, and their indemnity."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import HUNDREDTHS, figure, labour
from cae_core.france.protection.open_points import LEAVE_MAINTAINED, LEAVE_NOT_FINANCED, LEAVE_REFERENCE
from cae_core.money import MILLION, apply_rate, divide_half_up
from cae_core.protection import Case, Entitlement, Finding, MonthKind, Person
from cae_core.reasons import Reason

__all__ = ["LeaveYear", "leave_days", "leave_indemnity"]


@attrs.frozen(kw_only=True)
class LeaveYear:
    """A year of reference, which ends on the day before the one asked about.

    Attributes:
        months_worked, months_sick, months_accident: how the year was spent, in months; without them the
            months under contract of the history are worked.
        days_taken: working days of leave taken.
        maintained_cents: the pay that would have been earned on those days, where it can be said.
        sick_pay_cents: pay of the year that was paid for sickness: it counts in part.
    """

    months_worked: int | None = None
    months_sick: int = 0
    months_accident: int = 0
    days_taken: int | None = None
    maintained_cents: int | None = None
    sick_pay_cents: int = 0

    def __attrs_post_init__(self) -> None:
        for name in ("months_worked", "months_sick", "months_accident", "days_taken", "sick_pay_cents"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                raise InputError(name, f"expected a whole number, zero or more, got {value!r}")


def leave_days(case: Case, worked: int, sick: int, accident: int) -> tuple[int, int]:
    """Return the working days of leave of a year, in hundredths before rounding, then whole and up.

    Law:
        Code du travail, art. L3141-3, L3141-5, L3141-5-1 et L3141-7: the total of the year is rounded up.
    """
    if case.in_force("leave_accident_month_limit"):
        accident = min(accident, case.value("leave_accident_month_limit"))
    of_sickness = min(
        sick * case.value("leave_sick_days_per_month"), case.value("leave_sick_yearly_days") * HUNDREDTHS
    )
    days = worked * case.value("leave_days_per_month") + of_sickness
    days += accident * case.value("leave_accident_days_per_month")
    whole = min(-(-days // HUNDREDTHS), case.value("leave_yearly_days"))
    return days, whole


def leave_indemnity(case: Case, pay_cents: int, days: int, maintained_cents: int | None = None) -> int:
    """Return the indemnity of some days: a tenth of the year's pay in proportion, or the pay maintained.

    Law:
        Code du travail, art. L3141-24: the better of the two.
    """
    ppm = case.value("leave_indemnity_tenth")
    tenth = int(divide_half_up(pay_cents * ppm * days, MILLION * case.value("leave_yearly_days")))
    return max(tenth, maintained_cents or 0)


def _paid_leave(case: Case) -> Finding:
    year = case.fact(LeaveYear)
    # A contract of support is no contract of employment: it gives no leave.
    window = case.history.last_months(12, case.on).only(MonthKind.EMPLOYMENT)
    worked = year.months_worked
    if worked is None:
        worked = sum(1 for month in window.months if month.days == month.month.days)
    exact, days = leave_days(case, worked, year.months_sick, year.months_accident)
    reason = Reason(
        code="months",
        met=days > 0,
        french=f"{worked} mois de travail, {year.months_sick} de maladie, {year.months_accident} d'accident",
        english=(
            f"{worked} months of work, {year.months_sick} of sickness, {year.months_accident} of accident"
        ),
        citations=(labour("L3141-3 à L3141-7"),),
    )
    sick_part = year.sick_pay_cents - int(apply_rate(year.sick_pay_cents, case.value("leave_sick_pay_share")))
    reference = max(window.gross_pay_cents - sick_part, 0)
    amounts = [
        figure("days", "jours ouvrables acquis", "working days acquired", days, "working_days"),
        figure(
            "days_before_rounding",
            "avant l'arrondi",
            "before rounding",
            exact,
            "working_days_hundredths",
        ),
        figure(
            "yearly_indemnity",
            "indemnité de tous les jours acquis",
            "indemnity of all days acquired",
            leave_indemnity(case, reference, days),
        ),
    ]
    if year.days_taken is not None:
        indemnity = leave_indemnity(case, reference, year.days_taken, year.maintained_cents)
        amounts.append(
            figure("indemnity", "indemnité des jours pris", "indemnity of the days taken", indemnity)
        )
    assumptions = [LEAVE_NOT_FINANCED, LEAVE_REFERENCE]
    if year.maintained_cents is None:
        assumptions.append(LEAVE_MAINTAINED)
    return case.finding(days > 0, reasons=[reason], amounts=amounts, assumptions=assumptions)


PAID_LEAVE = Entitlement(
    code="paid_leave",
    french_name="Congés payés",
    english_name="Paid leave",
    family="leave",
    formula=_paid_leave,
    citations=(labour("L7332-2", "L3141-3 à L3141-7", "L3141-24"),),
    assumptions=(LEAVE_NOT_FINANCED, LEAVE_REFERENCE, LEAVE_MAINTAINED),
    facts=(Person, LeaveYear),
)
