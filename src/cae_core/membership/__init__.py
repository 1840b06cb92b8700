"""Associates of a cooperative: their roll, shares and votes, and what becomes of the surplus.

Everything here holds in any country: the numbers of the law come as data, from a
:class:`~cae_core.membership.legal_form.LegalForm` that a plugin registers, and the choices of a cooperative
from its :class:`~cae_core.membership.statutes.Statutes`.
"""

from cae_core.membership.allocation import Allocation, AllocationLine, SurplusFacts, SurplusRules, allocate
from cae_core.membership.associates import Associate, Roll, Standing
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.meeting import GeneralMeeting, MeetingResult, ResolutionResult
from cae_core.membership.refund import (
    Claim,
    LossOrder,
    Payment,
    Refund,
    RefundTerms,
    pay_claims,
    refund_of_shares,
)
from cae_core.membership.shares import Movement, MovementKind, ShareAccount, ShareLedger
from cae_core.membership.split import Beneficiary, Part, SplitKey, split_employees_part
from cae_core.membership.statutes import Statutes
from cae_core.membership.subscription import Withholding, withhold_for_shares
from cae_core.membership.voting import (
    Basis,
    College,
    CollegeCount,
    DecisionRule,
    MeetingRules,
    ProxyRule,
    Resolution,
    Vote,
)

__all__ = [
    "Allocation",
    "AllocationLine",
    "Associate",
    "Basis",
    "Beneficiary",
    "Claim",
    "College",
    "CollegeCount",
    "DecisionRule",
    "GeneralMeeting",
    "LegalForm",
    "LossOrder",
    "MeetingResult",
    "MeetingRules",
    "Movement",
    "MovementKind",
    "Part",
    "Payment",
    "ProxyRule",
    "Refund",
    "RefundTerms",
    "Resolution",
    "ResolutionResult",
    "Roll",
    "ShareAccount",
    "ShareLedger",
    "SplitKey",
    "Standing",
    "Statutes",
    "SurplusFacts",
    "SurplusRules",
    "Vote",
    "Withholding",
    "allocate",
    "pay_claims",
    "refund_of_shares",
    "split_employees_part",
    "withhold_for_shares",
]
