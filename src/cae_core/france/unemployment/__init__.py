"""Unemployment benefit (ARE): who, how much, how long, beside work or instead as a capital."""

from cae_core.france.unemployment.allowance import (
    AllowanceLevies,
    DailyAllowance,
    allowance_levies,
    daily_allowance,
    reduced_allowance,
)
from cae_core.france.unemployment.benefit import UNEMPLOYMENT_BENEFIT
from cae_core.france.unemployment.creation import (
    Capital,
    acre_reason,
    capital,
    capital_reason,
    creation_limit_days,
)
from cae_core.france.unemployment.duration import Waiting, benefit_days, longest_days, waiting
from cae_core.france.unemployment.endings import BenefitGround, Ending, benefit_ground, ending_reasons
from cae_core.france.unemployment.open_points import BenefitChoices, PartTimePolicy
from cae_core.france.unemployment.periods import (
    Contracts,
    affiliation_days,
    calendar_days,
    search_window,
    within,
)
from cae_core.france.unemployment.reference_wage import (
    ReferenceWage,
    rebuilt_months,
    reference_pay_cents,
    reference_wage,
)
from cae_core.france.unemployment.work import BenefitMonth, benefit_month, days_of_month

__all__ = [
    "UNEMPLOYMENT_BENEFIT",
    "AllowanceLevies",
    "BenefitChoices",
    "BenefitGround",
    "BenefitMonth",
    "Capital",
    "Contracts",
    "DailyAllowance",
    "Ending",
    "PartTimePolicy",
    "ReferenceWage",
    "Waiting",
    "acre_reason",
    "affiliation_days",
    "allowance_levies",
    "benefit_days",
    "benefit_ground",
    "benefit_month",
    "calendar_days",
    "capital",
    "capital_reason",
    "creation_limit_days",
    "daily_allowance",
    "days_of_month",
    "ending_reasons",
    "longest_days",
    "rebuilt_months",
    "reduced_allowance",
    "reference_pay_cents",
    "reference_wage",
    "search_window",
    "waiting",
    "within",
]
