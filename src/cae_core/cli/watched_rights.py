"""The rights that commands ask about while time passes, each on its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset
    from cae_core.simulation import Watched

__all__ = ["watched_rights"]


def watched_rights(rules: Ruleset) -> tuple[Watched, ...]:
    """Return quarters and sick pay, and unemployment benefit after an ending by agreement."""
    from cae_core.france.unemployment import BenefitGround, Ending
    from cae_core.simulation import WatchDay, Watched

    rights, agreed = rules.entitlements, (Ending(kind=BenefitGround.AGREED),)
    return (
        Watched(rights["retirement_quarters"], WatchDay.YEAR_END),
        Watched(rights["sickness_daily_benefit"], WatchDay.EACH_MONTH),
        Watched(rights["unemployment_benefit"], WatchDay.LAST_DAY, agreed),
    )
