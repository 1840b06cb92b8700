"""The indemnity of the person and the allowance of the cooperative, an hour and a month."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.partial_activity.regimes import Rates
from cae_core.money import MILLION, divide_half_up
from cae_core.terms import Term

__all__ = ["FloorPolicy", "HourlyAmounts", "hourly_amounts", "monthly_cents"]


class FloorPolicy(Term):
    """Whether the floor holds for somebody paid under the minimum wage an hour.

    That only happens where full-time hours are given to a pay smaller than the minimum wage
    (``HoursMethod.VRP_LIKE``, ``HoursMethod.DAYS``): the floor would then pay more than the pay itself.

    * ``OFF_BELOW_MINIMUM_WAGE`` (the default): no floor, as art. D5122-13 says for sales representatives.
    * ``OWN_HOURLY_PAY``: the floor, or the person's own hourly pay where lower, as for part-timers.
    * ``LETTER``: the floor, since no text takes it from an entrepreneur.
    """

    OFF_BELOW_MINIMUM_WAGE = (
        "off_below_minimum_wage",
        "écarté sous le SMIC, comme pour les VRP",
        "off under the minimum wage, as for sales representatives",
    )
    OWN_HOURLY_PAY = ("own_hourly_pay", "limité au taux horaire de la personne", "at most the own hourly pay")
    LETTER = ("letter", "appliqué à la lettre", "to the letter")

    def floor(self, floor_cents: int | None, hourly_cents: int, minimum_wage_cents: int) -> int:
        """Return the floor that holds for an hourly pay; 0 where none does."""
        if floor_cents is None:
            return 0
        if self is FloorPolicy.OWN_HOURLY_PAY:
            return min(floor_cents, hourly_cents)
        if self is FloorPolicy.OFF_BELOW_MINIMUM_WAGE and hourly_cents < minimum_wage_cents:
            return 0
        return floor_cents


@attrs.frozen(kw_only=True)
class HourlyAmounts:
    """What an hour not worked pays.

    Attributes:
        indemnity_cents: to the person, by the cooperative.
        allowance_cents: to the cooperative, by the State; never more than the indemnity.
        floor_applied: the indemnity is the floor.
        cap_applied: a part of the hourly pay does not count for the indemnity.
        allowance_floor_applied: the allowance is its floor.
        allowance_cap_applied: a part of the hourly pay does not count for the allowance.
        usual_net_applied: the indemnity is held at the usual net pay.
    """

    indemnity_cents: int
    allowance_cents: int
    floor_applied: bool
    cap_applied: bool
    allowance_floor_applied: bool
    allowance_cap_applied: bool
    usual_net_applied: bool

    @property
    def cost_cents(self) -> int:
        """What an hour costs the cooperative."""
        return self.indemnity_cents - self.allowance_cents


def _part(hourly_cents: int, cap: int | None, ppm: int) -> tuple[int, bool]:
    """Return a part of the hourly pay, and whether the cap held it; the cap is in hundredths of a cent."""
    counted = hourly_cents * 100 if cap is None else min(hourly_cents * 100, cap)
    return divide_half_up(counted * ppm, 100 * MILLION), counted < hourly_cents * 100


def hourly_amounts(
    rates: Rates,
    hourly_cents: int,
    *,
    floor_policy: FloorPolicy = FloorPolicy.OFF_BELOW_MINIMUM_WAGE,
    usual_net_hourly_cents: int | None = None,
) -> HourlyAmounts:
    """Return what an hour not worked pays.

    Args:
        rates: the rates of the day and of the regime.
        hourly_cents: the gross pay an hour.
        floor_policy: whether the floor holds under the minimum wage.
        usual_net_hourly_cents: the usual net pay an hour; an indemnity cannot exceed it. ``None`` is unknown.

    Law:
        Code du travail, art. R5122-18 (indemnity: rate, floor, cap since 2021, net limit), D5122-13
        (allowance) et R5122-12 (an allowance refunds, it never exceeds what is paid).
    """
    if hourly_cents < 0:
        raise InputError("hourly_cents", f"expected zero or more, got {hourly_cents}")
    if not hourly_cents:
        return HourlyAmounts(
            indemnity_cents=0, allowance_cents=0, floor_applied=False, cap_applied=False,
            allowance_floor_applied=False, allowance_cap_applied=False, usual_net_applied=False,
        )  # fmt: skip

    def floor(cents: int | None) -> int:
        return floor_policy.floor(cents, hourly_cents, rates.minimum_wage_cents)

    by_rate, capped = _part(hourly_cents, rates.indemnity_cap, rates.indemnity_ppm)
    indemnity = max(by_rate, floor(rates.indemnity_floor_cents))
    held = usual_net_hourly_cents is not None and usual_net_hourly_cents < indemnity
    if held:
        assert usual_net_hourly_cents is not None
        indemnity = usual_net_hourly_cents
    if rates.flat_allowance_cents is not None:
        refund, refund_capped, refund_floor = rates.flat_allowance_cents, False, 0
    else:
        assert rates.allowance_ppm is not None
        refund, refund_capped = _part(hourly_cents, rates.allowance_cap, rates.allowance_ppm)
        refund_floor = floor(rates.allowance_floor_cents)
    return HourlyAmounts(
        indemnity_cents=indemnity,
        allowance_cents=min(max(refund, refund_floor), indemnity),
        floor_applied=by_rate < indemnity,
        cap_applied=capped,
        allowance_floor_applied=refund < min(refund_floor, indemnity),
        allowance_cap_applied=refund_capped,
        usual_net_applied=held,
    )


def monthly_cents(hourly_cents: int, hours: int) -> int:
    """Return the amount of some hours, in hundredths, to the nearest cent."""
    return int(divide_half_up(hourly_cents * hours, 100))
