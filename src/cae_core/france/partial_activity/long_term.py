"""Long partial activity (APLD, APLD-R): what an agreement may contain, by the day it is filed."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.partial_activity.regimes import Regime
from cae_core.law import Snapshot
from cae_core.money import MILLION, divide_half_up
from cae_core.reasons import Reason

__all__ = ["LongTermLimits", "long_term_limits", "may_be_filed", "reduction_allowed"]


@attrs.frozen(kw_only=True)
class LongTermLimits:
    """What an agreement filed on a day may contain.

    Attributes:
        regime: ``Regime.LONG_TERM`` or ``Regime.REBOUND``.
        reduction_ppm: the part of the legal hours that may be lost over its whole life.
        exceptional_reduction_ppm: the same where the situation of the firm justifies it.
        paid_months: how many months may be paid.
        span_months: within how many consecutive months.
        block_months: how long each authorisation lasts.
    """

    regime: Regime
    reduction_ppm: int
    exceptional_reduction_ppm: int
    paid_months: int
    span_months: int
    block_months: int


def may_be_filed(law: Snapshot, regime: Regime) -> Reason:
    """Tell whether an agreement can be filed on the day of a snapshot.

    Law:
        Loi n° 2020-734, art. 53 (APLD: until 31 December 2022); loi n° 2025-127, art. 193 (APLD-R: from
        1 March 2025 to 28 February 2026).
    """
    _needs_an_agreement(regime)
    name = f"{regime.code}_reduction_share"
    found = law.get(name)
    row = found or law.parameter(name).row_on(law.day)
    day = law.day.isoformat()
    return Reason(
        code="agreement_filed_in_time",
        met=found is not None,
        french=f"un accord d'{regime.french_name} "
        + (f"peut être déposé le {day}" if found else f"ne peut pas être déposé le {day}"),
        english=f"an agreement of {regime.english_name} "
        + (f"can be filed on {day}" if found else f"cannot be filed on {day}"),
        citations=(row.citation,) if row else (),
    )


def long_term_limits(law: Snapshot, regime: Regime) -> LongTermLimits:
    """Return what an agreement filed on the day of a snapshot may contain.

    Raises:
        LawNotKnownError: none can be filed on that day (see :func:`may_be_filed`).

    Law:
        Décret n° 2020-926 (APLD); décret n° 2025-338 (APLD-R).
    """
    _needs_an_agreement(regime)

    def value(what: str) -> int:
        return law.value(f"{regime.code}_{what}")

    return LongTermLimits(
        regime=regime,
        reduction_ppm=value("reduction_share"),
        exceptional_reduction_ppm=value("exceptional_reduction_share"),
        paid_months=value("paid_months"),
        span_months=value("span_months"),
        block_months=value("block_months"),
    )


def reduction_allowed(
    limits: LongTermLimits, lost_hours: int, legal_hours: int, *, exceptional: bool = False
) -> Reason:
    """Tell whether hours lost over the life of an agreement keep within the reduction it may make.

    Args:
        limits: those of the agreement.
        lost_hours: hours lost since its start, in hundredths.
        legal_hours: legal hours of its whole life, in hundredths.
        exceptional: the situation of the firm justifies the higher limit.
    """
    if legal_hours <= 0 or lost_hours < 0:
        raise InputError("hours", f"expected legal hours above zero, got {lost_hours} of {legal_hours}")
    allowed = limits.exceptional_reduction_ppm if exceptional else limits.reduction_ppm
    met = lost_hours * MILLION <= legal_hours * allowed
    found = divide_half_up(lost_hours * MILLION, legal_hours)
    return Reason(
        code="reduction_within_limit",
        met=met,
        french=f"réduction de l'horaire : {found // 10_000} % sur la durée de l'accord, au plus "
        f"{allowed // 10_000} %",
        english=f"reduction of hours: {found // 10_000}% over the agreement, at most {allowed // 10_000}%",
        found=found,
        wanted=allowed,
        unit="ppm",
    )


def _needs_an_agreement(regime: Regime) -> None:
    if regime not in (Regime.LONG_TERM, Regime.REBOUND):
        raise InputError("regime", f"expected LONG_TERM or REBOUND, got {regime.name}")
