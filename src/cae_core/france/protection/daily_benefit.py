"""How much sickness pays a day, for how many days, and what the epidemic changed."""

from __future__ import annotations

import datetime as dt
from enum import Enum

import attrs

from cae_core.calendar import Month, to_day
from cae_core.errors import InputError
from cae_core.france.protection.common import euros, floor_rate, last_day_before, minimum_wage_monthly
from cae_core.france.protection.opening import Opening, WorkPattern, short_opening
from cae_core.france.protection.reference_pay import ReferencePay, reference_pay
from cae_core.money import apply_rate, divide_half_up
from cae_core.protection import Amount, Case, Person
from cae_core.reasons import Reason

__all__ = [
    "DailyBenefit",
    "SickCause",
    "SickLeave",
    "benefits_left",
    "daily_benefit",
    "day_amount",
    "is_raised",
    "monthly_cap",
    "net_of_levies",
    "opened",
    "paid_days",
    "waiting_days",
]

#: What is taken off a daily benefit: CSG, its two parts, and CRDS.
_LEVIES = (
    "replacement_csg_deductible_rate",
    "replacement_csg_non_deductible_rate",
    "daily_benefit_crds_rate",
)


class SickCause(Enum):
    """Why she is off sick."""

    ORDINARY = "ordinary"
    #: A long illness of the list (affection de longue durée).
    LONG_ILLNESS = "long_illness"
    #: Isolation or a positive test in the epidemic.
    ISOLATION = "isolation"


@attrs.frozen(kw_only=True)
class SickLeave:
    """A stoppage for sickness, which starts on the day asked about.

    Attributes:
        days: how long it lasts, in calendar days; without it no total is given.
        cause: why.
        prescribed_on: the day it was prescribed; without it the first day.
        benefits_before: daily benefits already paid in the three years before; for a long illness, those of
            this illness.
        waiting_served: the waiting days were served already: same long illness, or work resumed for 48 hours
            at most.
    """

    days: int | None = None
    cause: SickCause = SickCause.ORDINARY
    prescribed_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    benefits_before: int = 0
    waiting_served: bool = False

    def __attrs_post_init__(self) -> None:
        for name, value in (("days", self.days), ("benefits_before", self.benefits_before)):
            if value is not None and (type(value) is not int or value < 0):
                raise InputError(name, f"expected a whole number, zero or more, got {value!r}")


@attrs.frozen(kw_only=True)
class DailyBenefit:
    """One way to count the daily benefit.

    Attributes:
        reference: the pay it rests on.
        maximum_cents: the most a day may give.
        daily_cents: the benefit of a day, before CSG and CRDS.
    """

    reference: ReferencePay
    maximum_cents: int
    daily_cents: int


def monthly_cap(case: Case) -> int:
    """Return the pay of a month that counts at most, in cents.

    Law:
        Code de la sécurité sociale, art. R323-4: a multiple of the monthly minimum wage in force on the last
        day of the month before the stoppage.
    """
    multiple = case.value("sickness_cap_multiple")
    wage = minimum_wage_monthly(case, last_day_before(Month.parse(case.on)))
    cap: int = divide_half_up(multiple * wage, 100)
    return cap


def daily_benefit(case: Case, *, irregular: bool, rate: str = "sickness_rate") -> DailyBenefit:
    """Return the daily benefit on three months of pay, or on twelve where work is discontinuous.

    Law:
        Code de la sécurité sociale, art. L323-4, R323-4, R323-5, R323-8 et R323-9.
    """
    cap = monthly_cap(case)
    months = case.value("sickness_irregular_months" if irregular else "sickness_reference_months")
    divisor = case.value("sickness_irregular_divisor" if irregular else "sickness_divisor")
    reference = reference_pay(case, months, divisor, cap)
    ppm = case.value(rate)
    half = case.value("sickness_rate")
    yearly_part = divide_half_up(cap * 12 * 100 * ppm, case.value("sickness_maximum_divisor") * half)
    daily = yearly_part if reference.at_the_cap else min(floor_rate(reference.daily_cents, ppm), yearly_part)
    return DailyBenefit(reference=reference, maximum_cents=yearly_part, daily_cents=daily)


def paid_days(case: Case, leave: SickLeave, waiting: int) -> int:
    """Return how many days of a stoppage are paid, waiting days and the maximum over time counted."""
    assert leave.days is not None
    days = max(leave.days - waiting, 0)
    if leave.cause is SickCause.ISOLATION and case.in_force("isolation_outside_maximum"):
        return days
    return min(days, benefits_left(case, leave))


def benefits_left(case: Case, leave: SickLeave) -> int:
    """Return how many daily benefits may still be paid.

    Law:
        Code de la sécurité sociale, art. L323-1 et R323-1 2° à 4°.
    """
    name = (
        "sickness_long_illness_days" if leave.cause is SickCause.LONG_ILLNESS else "sickness_maximum_benefits"
    )
    return max(case.value(name) - leave.benefits_before, 0)


def waiting_days(case: Case, leave: SickLeave) -> tuple[int, Reason]:
    """Return the waiting days of a stoppage, and why.

    Law:
        Code de la sécurité sociale, art. L323-1 et R323-1 1°; suspended for everybody from 24 March to
        10 July 2020.
    """
    days = case.value("sickness_waiting_days")
    cause, english, review, met = f"carence de {days} jours", f"{days} waiting days", False, False
    row = case.row("sickness_waiting_days")
    if leave.cause is SickCause.ISOLATION and case.in_force("isolation_benefit"):
        row, cause, english, met = (
            case.row("isolation_benefit"),
            "sans carence : isolement",
            "no waiting day: isolation",
            True,
        )
    elif case.in_force("waiting_days_suspended"):
        row, cause, english, met = (
            case.row("waiting_days_suspended"),
            "sans carence : suspendue pour tous",
            "no waiting day: suspended for everybody",
            True,
        )
    elif leave.waiting_served:
        row = case.row(
            "sickness_waiting_days" if leave.cause is SickCause.LONG_ILLNESS else "sickness_resumption_hours"
        )
        cause, english, met = "sans carence : déjà faite", "no waiting day: served already", True
    review = row.needs_review
    reason = Reason(
        code="waiting_days",
        met=True,
        french=cause,
        english=english,
        citations=(row.citation,),
        found=0 if met else days,
        wanted=0,
        unit="days",
        needs_review=review,
    )
    return (0 if met else days), reason


def opened(case: Case, leave: SickLeave) -> Opening:
    """Return whether the benefits are open, the derogation of isolation included."""
    if leave.cause is SickCause.ISOLATION and case.in_force("isolation_benefit"):
        row = case.row("isolation_benefit")
        reason = Reason(
            code="isolation",
            met=True,
            french="isolement ou test positif : aucune condition d'ouverture",
            english="isolation or positive test: no opening condition",
            citations=(row.citation,),
            needs_review=row.needs_review,
        )
        return Opening(granted=True, reasons=(reason,))
    return short_opening(case, case.fact(WorkPattern))


def is_raised(case: Case, leave: SickLeave) -> bool:
    """Whether three dependent children raise the benefit from the 31st day on."""
    prescribed = leave.prescribed_on or case.on
    children = case.fact(Person).children or 0
    return case.in_force("sickness_raised_rate", prescribed) and children >= case.count(
        "sickness_raised_children"
    )


def net_of_levies(case: Case, daily_cents: int) -> int:
    """Return a daily benefit less CSG and CRDS, to the cent."""
    ppm = sum(case.value(name) for name in _LEVIES)
    return daily_cents - int(apply_rate(daily_cents, ppm))


def day_amount(code: str, french: str, english: str, benefit: DailyBenefit) -> Amount:
    """Return a daily benefit as a figure of an answer, with how it is found."""
    french_steps, english_steps = benefit.reference.steps
    amount = euros(benefit.daily_cents)
    return Amount(
        code=code,
        french=french,
        english=english,
        value=benefit.daily_cents,
        per="day",
        steps=(f"{french_steps} → {amount[0]}", f"{english_steps} → {amount[1]}"),
    )
