"""What the French rights share: texts, minimum wage, ceiling, months of insurance."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import Month, add_months
from cae_core.law import Citation
from cae_core.money import MILLION, divide_half_up, format_decimal, format_euros
from cae_core.protection import Amount, Case, Person
from cae_core.reasons import Reason

__all__ = [
    "HUNDREDTHS",
    "Affiliation",
    "affiliation",
    "ceiling_yearly",
    "css",
    "day",
    "euros",
    "figure",
    "floor_rate",
    "hours",
    "labour",
    "last_day_before",
    "minimum_wage_monthly",
    "seniority",
    "whole_months",
]

HUNDREDTHS = 100


def css(*articles: str) -> Citation:
    """Return the citation of articles of the code of social security."""
    return Citation(f"CSS art. {', '.join(articles)}")


def labour(*articles: str) -> Citation:
    """Return the citation of articles of the labour code."""
    return Citation(f"C. trav. art. {', '.join(articles)}")


def euros(cents: int) -> tuple[str, str]:
    """Write an amount in both languages."""
    return format_euros(cents), format_euros(cents, "en")


def hours(hundredths: int) -> tuple[str, str]:
    """Write hours in both languages."""
    return f"{format_decimal(hundredths, 2)}\u00a0h", f"{format_decimal(hundredths, 2, 'en')} h"


def day(value: dt.date) -> tuple[str, str]:
    """Write a day in both languages."""
    return f"{value:%d/%m/%Y}", value.isoformat()


def figure(
    code: str,
    french: str,
    english: str,
    value: int,
    unit: str = "cents",
    per: str = "",
    steps: tuple[str, str] = ("", ""),
) -> Amount:
    """Return one figure of an answer."""
    return Amount(code=code, french=french, english=english, value=value, unit=unit, per=per, steps=steps)


def last_day_before(month: Month) -> dt.date:
    """Return the last day of the month before one."""
    return (month + -1).last_day


def minimum_wage_monthly(case: Case, on: dt.date) -> int:
    """Return the monthly minimum wage of 35 hours in force on a day, in cents.

    Law:
        Hourly minimum wage × 1820 ÷ 12, to the cent, as it is published.
    """
    hourly = case.value("minimum_wage_hourly", on)
    yearly = case.value("full_time_hours_yearly", on)
    monthly: int = divide_half_up(hourly * yearly, 12 * HUNDREDTHS)
    return monthly


def ceiling_yearly(case: Case, on: dt.date) -> int:
    """Return the yearly ceiling of the year of a day, in cents."""
    return 12 * case.value("social_security_ceiling_monthly", on)


def floor_rate(cents: int, ppm: int) -> int:
    """Return a rate of an amount, cut to the cent: what the health fund really does with a daily benefit."""
    return cents * ppm // MILLION


def whole_months(start: dt.date, on: dt.date) -> int:
    """Return how many whole months lie between two days; none where the start is later."""
    months = max((on.year - start.year) * 12 + on.month - start.month, 0)
    while months and add_months(start, months) > on:
        months -= 1
    return months


@attrs.frozen
class Affiliation:
    """For how long a person has been insured: at least so many months, or exactly."""

    months: int
    exact: bool


def affiliation(case: Case) -> Affiliation:
    """Return the whole months of insurance before the day of the event.

    Without a first day of insurance, the entry in the company and the first month paid show it at least.
    """
    person = case.fact(Person)
    if person.affiliated_on is not None:
        return Affiliation(whole_months(person.affiliated_on, case.on), exact=True)
    starts = [person.entered_on] if person.entered_on else []
    if case.history.months:
        first = case.history.months[0]
        starts.append(first.month.last_day - dt.timedelta(first.days - 1) if first.days else case.on)
    return Affiliation(max((whole_months(start, case.on) for start in starts), default=0), exact=False)


def affiliation_reason(case: Case, wanted: int, citation: Citation) -> tuple[Reason, bool | None]:
    """Return the condition of months of insurance, and whether it holds; ``None`` where nobody knows."""
    found = affiliation(case)
    met = found.months >= wanted
    least = ("", "") if found.exact else ("au moins ", "at least ")
    reason = Reason(
        code="affiliation",
        met=met,
        french=f"affiliation : {least[0]}{found.months} mois, il en faut {wanted}",
        english=f"insurance: {least[1]}{found.months} months, {wanted} are needed",
        citations=(citation,),
        found=found.months,
        wanted=wanted,
        unit="months",
    )
    return reason, True if met else (False if found.exact else None)


def seniority(case: Case) -> int | None:
    """Return the whole months in the company, or ``None`` where nobody said when she came."""
    entered = case.fact(Person).entered_on
    return None if entered is None else whole_months(entered, case.on)
