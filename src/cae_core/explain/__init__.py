"""Results for people and programs: the payslip, one amount down to its articles, the dated law.

Pure functions: they return texts, rows or plain data and print nothing. Figures are those of the results;
nothing is computed again with other rules.
"""

from cae_core.explain.amounts import explain_amount, explainable_amounts
from cae_core.explain.law_rows import LawRow, ValueRow, close_names, law_rows, law_text, value_rows
from cae_core.explain.meeting_rows import meeting_text
from cae_core.explain.plain_text import payslip_text
from cae_core.explain.problems import problem_lines, problem_text
from cae_core.explain.reads import used_parameters, values_to_review
from cae_core.explain.slip_data import payslip_dict
from cae_core.explain.slip_rows import RowKind, SlipRow, payslip_notes, payslip_rows
from cae_core.explain.spoken import language
from cae_core.explain.steps import Explanation, Section, Step
from cae_core.explain.surplus_rows import allocation_text
from cae_core.explain.words import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Explanation",
    "LawRow",
    "RowKind",
    "Section",
    "SlipRow",
    "Step",
    "ValueRow",
    "Words",
    "allocation_text",
    "close_names",
    "explain_amount",
    "explainable_amounts",
    "language",
    "law_rows",
    "law_text",
    "meeting_text",
    "payslip_dict",
    "payslip_notes",
    "payslip_rows",
    "payslip_text",
    "problem_lines",
    "problem_text",
    "used_parameters",
    "value_rows",
    "values_to_review",
]
