"""A person's month of partial activity: hours paid, indemnity, allowance, levies."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.partial_activity.amounts import (
    FloorPolicy,
    HourlyAmounts,
    hourly_amounts,
    monthly_cents,
)
from cae_core.france.partial_activity.eligibility import Ground
from cae_core.france.partial_activity.levies import IndemnityLevies, indemnity_levies
from cae_core.france.partial_activity.regimes import Rates, Regime, rates_on
from cae_core.law import Snapshot
from cae_core.money import format_decimal
from cae_core.reasons import Reason

__all__ = ["PartialActivityMonth", "partial_activity_month", "quota_hours"]


@attrs.frozen(kw_only=True)
class PartialActivityMonth:
    """What a month of partial activity pays, and to whom.

    Attributes:
        rates: the rates of the day and of the regime.
        hourly_reference_cents: the gross pay an hour.
        hourly: what an hour not worked pays.
        hours_lost: hours lost, in hundredths.
        hours_paid: those within the yearly quota.
        indemnity_cents: to the person, before levies.
        allowance_cents: to the cooperative.
        levies: CSG and CRDS, clipped.
        reasons: what is to be known of it: floors, caps, quota, values nobody has read.
    """

    rates: Rates
    hourly_reference_cents: int
    hourly: HourlyAmounts
    hours_lost: int
    hours_paid: int
    indemnity_cents: int
    allowance_cents: int
    levies: IndemnityLevies
    reasons: tuple[Reason, ...]

    @property
    def cost_cents(self) -> int:
        """What the cooperative pays and is not refunded."""
        return self.indemnity_cents - self.allowance_cents

    @property
    def net_indemnity_cents(self) -> int:
        """What the person receives for the hours not worked."""
        return self.levies.net_indemnity_cents


def quota_hours(law: Snapshot, ground: Ground = Ground.EXCEPTIONAL) -> int:
    """Return the hours that can be paid to a person in the year, in hundredths.

    Law:
        Code du travail, art. R5122-6 et R5122-7; arrêtés du 26 août 2013, du 31 mars 2020, du 10 mai 2021.
    """
    if ground is Ground.MODERNISATION:
        return law.value("partial_activity_modernisation_quota_hours")
    return law.value("partial_activity_quota_hours")


def partial_activity_month(
    law: Snapshot,
    *,
    hourly_reference_cents: int,
    hours_lost: int,
    regime: Regime = Regime.GENERAL,
    ground: Ground = Ground.EXCEPTIONAL,
    headcount: int = 1,
    net_pay_cents: int = 0,
    hours_before: int = 0,
    floor_policy: FloorPolicy = FloorPolicy.OFF_BELOW_MINIMUM_WAGE,
    usual_net_hourly_cents: int | None = None,
) -> PartialActivityMonth:
    """Return what a month of partial activity pays.

    Args:
        law: the law of the month (``ruleset.rights.on(month.first_day)``).
        hourly_reference_cents: the gross pay an hour (see
            :func:`~cae_core.france.partial_activity.hours.reference_pay`).
        hours_lost: hours lost in the month, in hundredths.
        regime: why, as far as rates depend on it.
        ground: why, as far as the quota depends on it.
        headcount: people employed; before March 2020 the allowance depends on it.
        net_pay_cents: the net pay of the hours worked in the month, which bounds the levies.
        hours_before: hours already paid to the person this year, in hundredths.
        floor_policy: whether the floor holds for a pay under the minimum wage an hour.
        usual_net_hourly_cents: the usual net pay an hour, which an indemnity cannot exceed.

    Raises:
        InputError: negative hours, or more than a full-time month.
        LawNotKnownError: the regime does not exist on that day.

    Law:
        Code du travail, art. L5122-1, R5122-6, R5122-11, R5122-12, R5122-18, D5122-13.
    """
    full_time = law.value("full_time_hours_monthly")
    if not 0 <= hours_lost <= full_time or hours_before < 0:
        raise InputError(
            "hours_lost", f"expected zero to {full_time} hundredths of an hour, got {hours_lost}"
        )
    rates = rates_on(law, regime, headcount=headcount)
    quota = quota_hours(law, ground)
    paid = min(hours_lost, max(quota - hours_before, 0))
    hourly = hourly_amounts(
        rates,
        hourly_reference_cents,
        floor_policy=floor_policy,
        usual_net_hourly_cents=usual_net_hourly_cents,
    )
    indemnity = monthly_cents(hourly.indemnity_cents, paid)
    return PartialActivityMonth(
        rates=rates,
        hourly_reference_cents=hourly_reference_cents,
        hourly=hourly,
        hours_lost=hours_lost,
        hours_paid=paid,
        indemnity_cents=indemnity,
        allowance_cents=monthly_cents(hourly.allowance_cents, paid),
        levies=indemnity_levies(law, indemnity, net_pay_cents),
        reasons=tuple(_remarks(law, rates, hourly, hours_lost, paid, quota)),
    )


def _remarks(
    law: Snapshot, rates: Rates, hourly: HourlyAmounts, lost: int, paid: int, quota: int
) -> list[Reason]:
    remarks = []

    def remark(code: str, french: str, english: str, *names: str) -> None:
        texts = law.citations_of(*names)
        remarks.append(Reason(code=code, met=True, french=french, english=english, citations=texts))

    if hourly.floor_applied:
        remark("floor", "plancher horaire appliqué", "hourly floor applied", "partial_activity_hourly_floor")
    if hourly.cap_applied:
        name = "partial_activity_indemnity_cap_minimum_wages"
        remark("cap", "rémunération plafonnée pour l'indemnité", "pay capped for the indemnity", name)
    if hourly.allowance_cap_applied:
        name = "partial_activity_cap_minimum_wages"
        remark(
            "allowance_cap", "rémunération plafonnée pour l'allocation", "pay capped for the allowance", name
        )
    if hourly.usual_net_applied:
        remark(
            "usual_net",
            "indemnité limitée à la rémunération nette habituelle",
            "indemnity held at the usual net pay",
            f"partial_activity_{rates.regime.code}_indemnity_rate",
        )
    if paid < lost:
        remarks.append(
            Reason(
                code="quota",
                met=False,
                french=f"contingent annuel de {format_decimal(quota, 2)} h : "
                f"{format_decimal(paid, 2)} h payées",
                english=f"yearly quota of {format_decimal(quota, 2, 'en')} h: "
                f"{format_decimal(paid, 2, 'en')} h paid",
                citations=law.citations_of("partial_activity_quota_hours"),
                found=paid,
                wanted=lost,
                unit="hours_hundredths",
            )
        )
    unread = [*rates.to_review]
    if law["partial_activity_quota_hours"].needs_review and paid < lost:
        unread.append("partial_activity_quota_hours")
    for name in unread:
        remarks.append(
            Reason(
                code="value_to_review",
                met=True,
                french=f"à vérifier, texte non relu : {law.parameter(name).french_name}",
                english=f"to review, text not read: {name}",
                citations=law.citations_of(name),
                needs_review=True,
            )
        )
    return remarks
