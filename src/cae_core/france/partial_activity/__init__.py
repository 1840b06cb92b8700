"""Partial activity (activité partielle): who, how many hours, what they pay, what they cost, by when to ask.

The law of the day is a :class:`~cae_core.law.Snapshot`: ``cae_core.load().rights.on(day)``.
"""

from cae_core.france.partial_activity.amounts import FloorPolicy, HourlyAmounts, hourly_amounts, monthly_cents
from cae_core.france.partial_activity.audit import Audit, audit
from cae_core.france.partial_activity.audit_line import AuditLine, Decision
from cae_core.france.partial_activity.audit_people import AuditPerson, AuditSettings, WorkState
from cae_core.france.partial_activity.deadlines import Deadlines, deadlines
from cae_core.france.partial_activity.eligibility import Ground, Standing, can_be_placed
from cae_core.france.partial_activity.hours import (
    HoursMethod,
    ReferencePay,
    compensable_hours,
    equivalent_hours,
    lost_hours,
    lost_share,
    reference_months,
    reference_pay,
)
from cae_core.france.partial_activity.levies import (
    IndemnityLevies,
    indemnity_levies,
    minimum_wage_monthly_cents,
)
from cae_core.france.partial_activity.long_term import (
    LongTermLimits,
    long_term_limits,
    may_be_filed,
    reduction_allowed,
)
from cae_core.france.partial_activity.month import PartialActivityMonth, partial_activity_month, quota_hours
from cae_core.france.partial_activity.regimes import Rates, Regime, rates_on, regime_open
from cae_core.france.partial_activity.worth import hours_giving_points, pension_quarters

__all__ = [
    "Audit",
    "AuditLine",
    "AuditPerson",
    "AuditSettings",
    "Deadlines",
    "Decision",
    "FloorPolicy",
    "Ground",
    "HourlyAmounts",
    "HoursMethod",
    "IndemnityLevies",
    "LongTermLimits",
    "PartialActivityMonth",
    "Rates",
    "ReferencePay",
    "Regime",
    "Standing",
    "WorkState",
    "audit",
    "can_be_placed",
    "compensable_hours",
    "deadlines",
    "equivalent_hours",
    "hourly_amounts",
    "hours_giving_points",
    "indemnity_levies",
    "long_term_limits",
    "lost_hours",
    "lost_share",
    "may_be_filed",
    "minimum_wage_monthly_cents",
    "monthly_cents",
    "partial_activity_month",
    "pension_quarters",
    "quota_hours",
    "rates_on",
    "reduction_allowed",
    "reference_months",
    "reference_pay",
    "regime_open",
]
