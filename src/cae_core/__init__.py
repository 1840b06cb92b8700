"""The employment rules of French *coopératives d'activité et d'emploi* (CAE), exact and explained.

>>> import cae_core
>>> rules = cae_core.load()
>>> facts = cae_core.PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05")
>>> rules.payslip("2026-03", facts).net_before_tax
Decimal('1583.19')
"""

from cae_core.assembly import assemble, load
from cae_core.calendar import Month
from cae_core.errors import (
    AmountError,
    AmountTypeError,
    CaeCoreError,
    CaeCoreWarning,
    ContractError,
    InputError,
    InputErrors,
    LawNotKnownError,
    RefusedError,
    RulesetError,
    TableError,
    UnknownNameError,
)
from cae_core.hooks import hookimpl
from cae_core.money import Rate, format_euros, to_cents
from cae_core.payroll import (
    HoursPolicy,
    PayFacts,
    Payslip,
    PayslipLine,
    ReductionLine,
    Regularisation,
    YearToDate,
)
from cae_core.reasons import Reason
from cae_core.ruleset import Ruleset
from cae_core.shown import Views, shown_by

__all__ = [
    "AmountError",
    "AmountTypeError",
    "CaeCoreError",
    "CaeCoreWarning",
    "ContractError",
    "HoursPolicy",
    "InputError",
    "InputErrors",
    "LawNotKnownError",
    "Month",
    "PayFacts",
    "Payslip",
    "PayslipLine",
    "Rate",
    "Reason",
    "ReductionLine",
    "RefusedError",
    "Regularisation",
    "Ruleset",
    "RulesetError",
    "TableError",
    "UnknownNameError",
    "YearToDate",
    "assemble",
    "format_euros",
    "hookimpl",
    "load",
    "to_cents",
]


def _views() -> Views:
    """Whoever shows results; nothing of it loads before the first look."""
    from cae_core.explain import views

    return views


shown_by(_views)
