"""The two contracts of a cooperative, support (CAPE) and salaried entrepreneur (CESA), and their clocks."""

from cae_core.france.contracts.cape import (
    CAPE_CONTENTS,
    INVOICE_MENTIONS,
    CapeContract,
    LegalPerson,
    Mention,
    Renewal,
)
from cae_core.france.contracts.cape_duties import (
    CapeBase,
    ContributionsDue,
    Liability,
    Notification,
    contribution_base,
    contributions_due,
    liable,
    notifications,
)
from cae_core.france.contracts.cesa import CONTENTS, Amendment, CesaContract
from cae_core.france.contracts.clocks import (
    Deduction,
    Delay,
    PriorContract,
    TrialPeriod,
    associate_deadline,
    last_useful_meeting,
    trial_period,
)
from cae_core.france.contracts.contents import Content

__all__ = [
    "CAPE_CONTENTS",
    "CONTENTS",
    "INVOICE_MENTIONS",
    "Amendment",
    "CapeBase",
    "CapeContract",
    "CesaContract",
    "Content",
    "ContributionsDue",
    "Deduction",
    "Delay",
    "LegalPerson",
    "Liability",
    "Mention",
    "Notification",
    "PriorContract",
    "Renewal",
    "TrialPeriod",
    "associate_deadline",
    "contribution_base",
    "contributions_due",
    "last_useful_meeting",
    "liable",
    "notifications",
    "trial_period",
]
