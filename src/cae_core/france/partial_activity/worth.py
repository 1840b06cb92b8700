"""What hours of partial activity are worth for other rights."""

from __future__ import annotations

from cae_core.errors import InputError
from cae_core.law import Snapshot
from cae_core.money import MILLION

__all__ = ["hours_giving_points", "pension_quarters"]


def pension_quarters(law: Snapshot, hours_in_year: int) -> int:
    """Return the quarters of base pension that the hours of a year validate, beside ordinary ones.

    Args:
        law: the law of the year; nothing is validated before March 2020.
        hours_in_year: hours paid, in hundredths.

    Law:
        Loi n° 2020-734, art. 11; décret n° 2020-1491: a quarter for 220 hours, four at most.
    """
    _not_negative(hours_in_year)
    at_most = law.value("partial_activity_pension_quarters") // 100
    return min(hours_in_year // law.value("assimilated_partial_activity_hours"), at_most)


def hours_giving_points(law: Snapshot, hours_in_year: int) -> int:
    """Return the hours of a year that give points of complementary pension, in hundredths.

    Law:
        ANI Agirc-Arrco du 17 novembre 2017: beyond the sixtieth hour.
    """
    _not_negative(hours_in_year)
    return max(hours_in_year - law.value("partial_activity_points_hours"), 0)


def _not_negative(hours: int) -> None:
    if hours < 0 or hours >= MILLION:
        raise InputError("hours_in_year", f"expected hours of one year, in hundredths, got {hours}")
