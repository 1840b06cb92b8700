"""What a person is covered for, from what she was really paid.

A :class:`PayHistory` is the months paid; an :class:`Entitlement` is a rule that answers whether a right is
due on a day; a :class:`Finding` is the answer: granted or not, the amounts, every condition met or not, the
texts, what was assumed and what is missing. Not being entitled is an answer with its reasons.
"""

from cae_core.protection.case import Case, assess, assess_all, measure
from cae_core.protection.entitlement import Assumption, Entitlement, Person
from cae_core.protection.finding import Amount, Finding, Findings, Nearest, format_quantity
from cae_core.protection.history import MonthKind, PayHistory, PayMonth, Stoppage, StoppageKind, Window

__all__ = [
    "Amount",
    "Assumption",
    "Case",
    "Entitlement",
    "Finding",
    "Findings",
    "MonthKind",
    "Nearest",
    "PayHistory",
    "PayMonth",
    "Person",
    "Stoppage",
    "StoppageKind",
    "Window",
    "assess",
    "assess_all",
    "format_quantity",
    "measure",
]
