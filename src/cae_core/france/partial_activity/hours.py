"""Hours and hourly pay of a contract without working time: four named methods.

Partial activity pays hours not worked. A salaried entrepreneur has none, and the decree on employees
outside working time (art. D5122-15) does not name her: the choice of a method is the cooperative's.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cae_core.errors import InputError
from cae_core.law import Snapshot
from cae_core.money import MILLION, divide_half_up, least
from cae_core.protection import MonthKind, PayHistory
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = [
    "HoursMethod",
    "ReferencePay",
    "compensable_hours",
    "equivalent_hours",
    "lost_hours",
    "lost_share",
    "reference_months",
    "reference_pay",
]


class HoursMethod(Term):
    """How the reference hours and the hours lost of a salaried entrepreneur are found.

    * ``EQUIVALENT_OF_MEAN`` (the default): the mean pay divided by the minimum wage, at most full time.
    * ``MEAN_OF_EQUIVALENTS``: the same month by month, then the mean; fewer hours where pay is uneven.
    * ``VRP_LIKE``: full time, hours lost from the pay lost. Legal for sales representatives alone.
    * ``DAYS``: seven hours a day, from days not worked. Legal for people paid by the year in days alone.
    """

    EQUIVALENT_OF_MEAN = (
        "equivalent_of_mean",
        "équivalent-heures de la rémunération moyenne",
        "hours at the minimum wage of the mean pay",
    )
    MEAN_OF_EQUIVALENTS = (
        "mean_of_equivalents",
        "moyenne des équivalents-heures mensuels",
        "mean of the monthly hours at the minimum wage",
    )
    VRP_LIKE = (
        "vrp_like",
        "comme les VRP, par la perte de rémunération",
        "as sales representatives, by pay lost",
    )
    DAYS = ("days", "en jours, comme les forfaits en jours", "in days, as people paid by days")

    @property
    def in_common_law(self) -> bool:
        """Whether it reads the article that rules everybody, and no text made for others."""
        return self in (HoursMethod.EQUIVALENT_OF_MEAN, HoursMethod.MEAN_OF_EQUIVALENTS)


@attrs.frozen(kw_only=True)
class ReferencePay:
    """What an hour not worked is worth, and how many hours a month holds.

    Attributes:
        method: how it was found.
        months_used: how many months of pay the mean is of.
        pay_cents: the mean gross pay of these months.
        hours: reference hours of a month, in hundredths.
        hourly_cents: gross pay an hour.
        minimum_wage_cents: the hourly minimum wage used.
        reasons: what is to be known of it.
    """

    method: HoursMethod
    months_used: int
    pay_cents: int
    hours: int
    hourly_cents: int
    minimum_wage_cents: int
    reasons: tuple[Reason, ...] = ()


def equivalent_hours(law: Snapshot, gross_cents: int, months: int = 1) -> int:
    """Return the hours at the minimum wage that a gross pay is worth, in hundredths, at most full time.

    Args:
        law: the law of the day that rules (the placement, for partial activity).
        gross_cents: the gross pay of one month, or of several.
        months: of how many months; the result is for one.

    Law:
        CSS, art. D241-27, by analogy: the convention of the federations since 2016.
    """
    if gross_cents < 0 or months < 1:
        raise InputError(
            "equivalent_hours", f"expected a pay of zero or more for a month or more, got {gross_cents}"
        )
    hours = divide_half_up(gross_cents * 100, months * law.value("minimum_wage_hourly"))
    return int(least(hours, law.value("full_time_hours_monthly")))


def compensable_hours(law: Snapshot, worked: int, contract: int | None = None) -> int:
    """Return the hours of a month that can be compensated, in hundredths.

    Args:
        law: the law of the month.
        worked: hours worked, or treated as worked.
        contract: the hours of the contract; ``None`` is the legal duration, which is also the most.

    Law:
        Code du travail, art. R5122-11 et R5122-19.
    """
    legal = law.value("full_time_hours_monthly")
    reference = legal if contract is None else min(contract, legal)
    return max(reference - worked, 0)


def reference_months(law: Snapshot, history: PayHistory) -> tuple[int, ...]:
    """Return the gross pay of the months that the reference pay is the mean of.

    Args:
        law: the law of the first day of the placement.
        history: what the person was paid. A month worked without pay counts as zero; a month that the history
            does not give, or that was not under an employment contract, does not count.

    Law:
        Code du travail, art. R5122-18, al. 3: the twelve calendar months before, or those worked if fewer.
    """
    window = history.last_months(law.value("partial_activity_reference_months"), law.day)
    return tuple(month.gross_pay_cents for month in window if month.kind is MonthKind.EMPLOYMENT)


def reference_pay(
    law: Snapshot, months_cents: Sequence[int], method: HoursMethod = HoursMethod.EQUIVALENT_OF_MEAN
) -> ReferencePay:
    """Return the reference pay, from the gross pay of the months before the placement.

    The whole pay of a salaried entrepreneur, fixed and variable, is taken as variable and averaged.

    Args:
        law: the law of the placement; its minimum wage is used.
        months_cents: gross pay of the calendar months before the placement, or of the months worked if
            fewer; a month worked without pay is a zero. Their order does not matter.
        method: how hours are found.

    Raises:
        InputError: no month, more months than the law looks at, or a negative pay.

    Law:
        Code du travail, art. R5122-18, al. 3; décret n° 2020-435, art. 2.
    """
    at_most = law.value("partial_activity_reference_months")
    count, total = len(months_cents), sum(months_cents)
    if not 1 <= count <= at_most or min(months_cents, default=0) < 0:
        raise InputError(
            "months_cents",
            f"expected one to {at_most} months of pay, zero or more each, got {list(months_cents)}",
        )
    full_time = law.value("full_time_hours_monthly")
    if method is HoursMethod.EQUIVALENT_OF_MEAN:
        hours = equivalent_hours(law, total, count)
    elif method is HoursMethod.MEAN_OF_EQUIVALENTS:
        hours = divide_half_up(sum(equivalent_hours(law, cents) for cents in months_cents), count)
    else:
        hours = full_time
    if method is HoursMethod.DAYS:
        month_hours = law.value("partial_activity_month_days") * law.value("partial_activity_day_hours")
        hourly = divide_half_up(total * 100, count * month_hours)
    else:
        hourly = divide_half_up(total * 100, count * hours) if hours else 0
    return ReferencePay(
        method=method,
        months_used=count,
        pay_cents=divide_half_up(total, count),
        hours=hours,
        hourly_cents=hourly,
        minimum_wage_cents=law.value("minimum_wage_hourly"),
        reasons=tuple(_remarks(law, count, at_most, method)),
    )


def _remarks(law: Snapshot, count: int, at_most: int, method: HoursMethod) -> list[Reason]:
    texts = law.citations_of("partial_activity_reference_months")
    remarks = [
        Reason(
            code="hours_method",
            met=True,
            french=f"aucun texte ne donne les heures d'un CESA ; méthode retenue : {method.french_name}",
            english=f"no text gives the hours of a CESA; method used: {method.english_name}",
            citations=texts[:1],
            needs_review=True,
        )
    ]
    if count < at_most:
        remarks.append(
            Reason(
                code="whole_reference_period",
                met=False,
                french=f"moyenne de {count} mois travaillés, moins que {at_most}",
                english=f"mean of {count} months worked, fewer than {at_most}",
                citations=texts,
                found=count,
                wanted=at_most,
                unit="months",
            )
        )
    return remarks


def lost_share(baseline_cents: int, expected_cents: int) -> int:
    """Return the part of a turnover that is lost, in millionths: none if it grows, at most all.

    Cooperatives turned a forecast of turnover into hours this way in 2020; no text does.
    """
    if baseline_cents <= 0:
        return 0
    lost = min(max(baseline_cents - expected_cents, 0), baseline_cents)
    return int(divide_half_up(lost * MILLION, baseline_cents))


def lost_hours(law: Snapshot, reference: ReferencePay, *, share_ppm: int, kept_pay_cents: int = 0) -> int:
    """Return the hours of a month that are lost, in hundredths.

    Args:
        law: the law of the month.
        reference: the reference pay; its method says how hours are counted.
        share_ppm: the part of the activity that is lost (see :func:`lost_share`).
        kept_pay_cents: the gross pay of the month; the method ``VRP_LIKE`` looks at it alone.

    Law:
        Code du travail, art. R5122-19; D5122-15 for the methods of other employees.
    """
    if not 0 <= share_ppm <= MILLION:
        raise InputError("share_ppm", f"expected zero to one million, got {share_ppm}")
    if reference.method is HoursMethod.VRP_LIKE:
        if not reference.hourly_cents:
            return 0
        lost = max(reference.pay_cents - kept_pay_cents, 0)
        return min(int(divide_half_up(lost * 100, reference.hourly_cents)), reference.hours)
    if reference.method is HoursMethod.DAYS:
        half_days = 2 * law.value("partial_activity_month_days") * share_ppm // MILLION
        return min(half_days * law.value("partial_activity_day_hours") // 2, reference.hours)
    return int(divide_half_up(reference.hours * share_ppm, MILLION))
