"""The employer's supplement to daily benefits (maintien légal de salaire)."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import css, figure, labour, seniority
from cae_core.france.protection.daily_benefit import SickCause, SickLeave, daily_benefit, is_raised, opened
from cae_core.france.protection.open_points import (
    AVERAGE_OF_TWELVE_MONTHS,
    PAID_BY_HER_ACCOUNT,
    SUPPLEMENT_OF_JUNE_2026,
)
from cae_core.france.protection.opening import OPENING_ASSUMPTIONS, WorkPattern
from cae_core.france.protection.reference_pay import REFERENCE_ASSUMPTIONS
from cae_core.france.protection.work_accident import WorkAccident, accident_benefit
from cae_core.money import MILLION, divide_half_up
from cae_core.protection import Amount, Case, Entitlement, Finding, MonthKind, Person
from cae_core.reasons import Reason

__all__ = ["SupplementClaim"]


@attrs.frozen(kw_only=True)
class SupplementClaim:
    """What decides the supplement, beside the stoppage itself (:class:`SickLeave`).

    Attributes:
        work_accident: the stoppage is a work accident, other than one on the way to work.
        days_paid_before: days of supplement already paid in the twelve months before the stoppage.
        note_sent_in_time: the employer had the certificate within 48 hours.
    """

    work_accident: bool = False
    days_paid_before: int = 0
    note_sent_in_time: bool = True

    def __attrs_post_init__(self) -> None:
        if type(self.days_paid_before) is not int or self.days_paid_before < 0:
            raise InputError(
                "days_paid_before", f"expected a whole number, zero or more, got {self.days_paid_before!r}"
            )


def supplement_days(case: Case, months: int) -> int:
    """Return for how many days each of the two rates is paid, after so many months in the company.

    Law:
        Code du travail, art. D1226-1 et D1226-2.
    """
    step = case.value("supplement_step_months")
    # The first step ends with the fifth year; each further year of five that is begun adds days.
    steps = max(months // 12 - 1, 0) // (step // 12)
    days = case.value("supplement_days") + steps * case.value("supplement_more_days")
    return int(min(days, case.value("supplement_maximum_days")))


def _average_pay(case: Case) -> int:
    """Return the mean monthly pay of the months before, in cents: a convention."""
    months = case.value("supplement_average_months")
    window = case.history.last_months(months, case.on).only(MonthKind.EMPLOYMENT)
    if not window.months:
        return 0
    mean: int = divide_half_up(window.gross_pay_cents, len(window.months))
    return mean


def _part(case: Case, pay: int, rate: str, benefit: int) -> int:
    """Return what the employer adds a day at one of the two rates, the daily benefit deducted."""
    days = case.value("supplement_month_days")
    return max(int(divide_half_up(pay * case.value(rate), days * MILLION)) - benefit, 0)


def _supplement(case: Case) -> Finding:
    leave, claim = case.fact(SickLeave), case.fact(SupplementClaim)
    wanted = case.value("supplement_seniority_months")
    months = seniority(case)
    exempt = leave.cause is SickCause.ISOLATION and case.in_force("isolation_supplement")
    known = months is not None or exempt
    reasons = [
        Reason(
            code="seniority",
            met=exempt or (months or 0) >= wanted,
            french=(
                f"ancienneté : {'non connue' if months is None else f'{months} mois'}, il en faut {wanted}"
            ),
            english=(
                f"seniority: {'not known' if months is None else f'{months} months'}, {wanted} are needed"
            ),
            citations=(case.citation("isolation_supplement" if exempt else "supplement_seniority_months"),),
            found=months,
            wanted=wanted,
            unit="months",
        ),
        Reason(
            code="note_in_time",
            met=claim.note_sent_in_time,
            french="arrêt envoyé sous 48 heures",
            english="certificate sent within 48 hours",
            citations=(labour("L1226-1 1°"),),
        ),
    ]
    benefits = _benefits(case, leave, claim)
    reasons.append(benefits.reason())
    average = _average_pay(case)
    seniority_ok = reasons[0].met
    refused = not claim.note_sent_in_time or benefits.due is False or (known and not seniority_ok)
    granted = False if refused else (None if benefits.due is None or not known else True)
    missing = [*([] if known else ["entered_on"]), *(["daily_benefits"] if benefits.due is None else [])]
    assumptions = [AVERAGE_OF_TWELVE_MONTHS, PAID_BY_HER_ACCOUNT]
    if case.row("supplement_seniority_months").needs_review:
        assumptions.append(SUPPLEMENT_OF_JUNE_2026)
    amounts: list[Amount] = []
    if granted is not False:
        each = max(supplement_days(case, months or wanted), 0)
        waiting = 0 if claim.work_accident or exempt else case.value("supplement_waiting_days")
        # As of the first day paid at each rate.
        first = _part(case, average, "supplement_first_rate", benefits.on_day(waiting + 1))
        second = _part(case, average, "supplement_second_rate", benefits.on_day(waiting + each + 1))
        amounts = [
            Amount(
                code="first_daily_supplement",
                french="complément par jour, premier taux",
                english="daily supplement, first rate",
                value=first,
                per="day",
            ),
            Amount(
                code="second_daily_supplement",
                french="complément par jour, second taux",
                english="daily supplement, second rate",
                value=second,
                per="day",
            ),
            Amount(
                code="days_each",
                french="durée de chaque taux",
                english="days of each rate",
                value=each,
                unit="days",
            ),
            Amount(code="waiting_days", french="carence", english="waiting days", value=waiting, unit="days"),
            Amount(
                code="reference_pay",
                french="paie mensuelle moyenne",
                english="mean monthly pay",
                value=average,
                per="month",
            ),
        ]
        if leave.days is not None:
            amounts += _totals(case, average, benefits, waiting, each, claim.days_paid_before)
    return case.finding(
        granted,
        reasons=reasons,
        amounts=amounts,
        assumptions=assumptions,
        missing_facts=missing,
    )


@attrs.frozen
class _Benefits:
    """The daily benefits that are deducted: whether they are due, and how much they are from which day."""

    due: bool | None
    first_cents: int = 0
    later_cents: int = 0
    later_from: int = 0

    def on_day(self, day: int) -> int:
        """Return the benefit of a day of the stoppage, counted from 1."""
        return self.later_cents if self.later_from and day >= self.later_from else self.first_cents

    def reason(self) -> Reason:
        """The condition that they are due."""
        return Reason(
            code="daily_benefits",
            met=self.due is True,
            french="indemnités journalières dues",
            english="daily benefits are due",
            citations=(css("L321-1", "L433-1"), labour("L1226-1 2°")),
        )


def _benefits(case: Case, leave: SickLeave, claim: SupplementClaim) -> _Benefits:
    if claim.work_accident:
        accident = case.fact(WorkAccident)
        paid = accident_benefit(case, accident)
        later_from = case.value("accident_first_days") + 1
        return _Benefits(accident.recognised, paid.first_cents, paid.later_cents, later_from)
    due = opened(case, leave).granted
    if due is False:
        return _Benefits(False)
    irregular = bool(case.fact(WorkPattern).discontinuous)
    daily = daily_benefit(case, irregular=irregular).daily_cents
    if not is_raised(case, leave):
        return _Benefits(due, daily)
    raised = daily_benefit(case, irregular=irregular, rate="sickness_raised_rate").daily_cents
    return _Benefits(due, daily, raised, case.value("sickness_raised_from_day"))


def _totals(
    case: Case, average: int, benefits: _Benefits, waiting: int, each: int, before: int
) -> list[Amount]:
    """Return the days paid at each rate and the total; days paid in the year before are taken off first."""
    days = case.fact(SickLeave).days
    assert days is not None
    paid = max(days - waiting, 0)
    at_first = min(paid, max(each - before, 0))
    at_second = min(paid - at_first, max(each - max(before - each, 0), 0))
    total = 0
    for rank in range(at_first + at_second):
        rate = "supplement_first_rate" if rank < at_first else "supplement_second_rate"
        total += _part(case, average, rate, benefits.on_day(waiting + rank + 1))
    return [
        figure("first_days", "jours au premier taux", "days at the first rate", at_first, "days"),
        figure("second_days", "jours au second taux", "days at the second rate", at_second, "days"),
        figure("total", "complément de l'arrêt", "supplement of the stoppage", total),
    ]


SUPPLEMENT = Entitlement(
    code="employer_supplement",
    french_name="Complément de salaire de l'employeur",
    english_name="Employer's supplement",
    family="sickness",
    formula=_supplement,
    citations=(labour("L1226-1", "L1226-1-1", "D1226-1 à D1226-8"),),
    assumptions=(
        AVERAGE_OF_TWELVE_MONTHS,
        PAID_BY_HER_ACCOUNT,
        SUPPLEMENT_OF_JUNE_2026,
        *OPENING_ASSUMPTIONS,
        *REFERENCE_ASSUMPTIONS,
    ),
    facts=(Person, WorkPattern, SickLeave, WorkAccident, SupplementClaim),
)
