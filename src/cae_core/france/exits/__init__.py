"""How a contract ends: notice, indemnity, timetable, what becomes of shares, account, clientele and rights.

:func:`~cae_core.france.exits.endings.ending` answers for one way of ending;
:func:`~cae_core.france.exits.closing.closing_plan` empties the activity account by the last day.
"""

from cae_core.france.exits.charges import ExitCharges, SpreadUntilExit
from cae_core.france.exits.closing import ClosingPlan, UnpaidInvoice, closing_plan
from cae_core.france.exits.effects import CooperativeForm
from cae_core.france.exits.endings import EndingResult, ending
from cae_core.france.exits.facts import ExitFacts
from cae_core.france.exits.kinds import ENDINGS, Decider, EndingKind, EndingRule
from cae_core.france.exits.levies import EndingLevy, ending_levy
from cae_core.france.exits.mutual import MutualTimetable, mutual_timetable, sign_by
from cae_core.france.exits.notice import (
    AgreedNotice,
    Notice,
    dismissal_notice,
    resignation_notice,
    retirement_notice,
    trial_notice,
)
from cae_core.france.exits.reference_pay import PayMonth, ReferencePay, pay_months, reference_pay
from cae_core.france.exits.seniority import Absence, AbsenceKind, Seniority, seniority
from cae_core.france.exits.severance import Indemnity, legal_severance, mutual_indemnity, retirement_indemnity
from cae_core.france.exits.steps import Step

__all__ = [
    "ENDINGS",
    "Absence",
    "AbsenceKind",
    "AgreedNotice",
    "ClosingPlan",
    "CooperativeForm",
    "Decider",
    "EndingKind",
    "EndingLevy",
    "EndingResult",
    "EndingRule",
    "ExitCharges",
    "ExitFacts",
    "Indemnity",
    "MutualTimetable",
    "Notice",
    "PayMonth",
    "ReferencePay",
    "Seniority",
    "SpreadUntilExit",
    "Step",
    "UnpaidInvoice",
    "closing_plan",
    "dismissal_notice",
    "ending",
    "ending_levy",
    "legal_severance",
    "mutual_indemnity",
    "mutual_timetable",
    "pay_months",
    "reference_pay",
    "resignation_notice",
    "retirement_indemnity",
    "retirement_notice",
    "seniority",
    "sign_by",
    "trial_notice",
]
