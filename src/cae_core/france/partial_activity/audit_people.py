"""What the audit of a cooperative is made from: the people, what they said, and the choices made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from cae_core.calendar import Month, to_day
from cae_core.france.partial_activity.amounts import FloorPolicy
from cae_core.france.partial_activity.eligibility import Ground, Standing
from cae_core.france.partial_activity.hours import HoursMethod, lost_share
from cae_core.france.partial_activity.regimes import Regime
from cae_core.money import MILLION
from cae_core.protection import PayHistory
from cae_core.terms import Term

__all__ = ["AuditPerson", "AuditSettings", "WorkState"]


class WorkState(Term):
    """What a person said of her activity."""

    WORKING = ("working", "travaille", "works")
    REDUCED = ("reduced", "réduit", "has slowed down")
    STOPPED = ("stopped", "arrêté", "has stopped")


@attrs.frozen(kw_only=True)
class AuditPerson:
    """What the cooperative knows of a person.

    Attributes:
        code: the number of the person.
        standing: what binds her to the cooperative.
        state: whether she works.
        trade: her trade, for the report.
        history: gross pay by month; a month worked without pay is a zero, one before the contract is absent.
        baseline_cents: the monthly turnover of ordinary times.
        expected: the turnover expected, by month; where absent, a person who has stopped expects nothing.
        kept_gross: the gross pay of the month for the hours worked, by month.
        kept_net: the net pay of it; where absent the levies are not clipped.
        childcare_hours: hours a month that a child takes, in hundredths.
        evidence: whether the file proves the loss (cancelled quotes, closed venues …).
    """

    code: str
    standing: Standing
    state: WorkState
    trade: str = ""
    history: PayHistory = attrs.field(factory=PayHistory)
    baseline_cents: int = 0
    expected: Mapping[Month, int] = attrs.field(factory=dict, hash=False)
    kept_gross: Mapping[Month, int] = attrs.field(factory=dict, hash=False)
    kept_net: Mapping[Month, int] = attrs.field(factory=dict, hash=False)
    childcare_hours: int = 0
    evidence: bool = True

    def share_lost(self, month: Month) -> int:
        """Return the part of the activity lost in a month, in millionths."""
        if self.state is WorkState.WORKING:
            return 0
        if self.state is WorkState.STOPPED and month not in self.expected:
            return MILLION
        return lost_share(self.baseline_cents, self.expected.get(month, self.baseline_cents))


@attrs.frozen(kw_only=True)
class AuditSettings:
    """The choices of the cooperative, the same for everybody.

    Attributes:
        placed_on: the first day of partial activity in the cooperative.
        ground: the ground of the request.
        regime: the regime of the cooperative.
        method: how the hours of a salaried entrepreneur are found.
        floor_policy: whether the floor holds for a pay under the minimum wage an hour.
        headcount: people employed; ``None`` counts the employees of the audit.
        requested_on: the day of the request; the last possible one by default.
        assume_unchanged: after the last day known, carry the law forward.
    """

    placed_on: dt.date = attrs.field(converter=to_day)
    ground: Ground = Ground.EXCEPTIONAL
    regime: Regime = Regime.GENERAL
    method: HoursMethod = HoursMethod.EQUIVALENT_OF_MEAN
    floor_policy: FloorPolicy = FloorPolicy.OFF_BELOW_MINIMUM_WAGE
    headcount: int | None = None
    requested_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    assume_unchanged: bool = False
