"""Payroll: from gross pay to contributions, reductions, nets and employer cost. Nothing here is French."""

from cae_core.payroll.facts import HoursPolicy, PayFacts, Regularisation
from cae_core.payroll.payslip import TOTALS, Payslip, PayslipLine, ReductionLine
from cae_core.payroll.rules import (
    Base,
    Choice,
    Contribution,
    FactCheck,
    FactSpec,
    Heading,
    Quantity,
    Reduction,
    Status,
    TaxStep,
    Withholding,
)
from cae_core.payroll.year_to_date import YearToDate

__all__ = [
    "TOTALS",
    "Base",
    "Choice",
    "Contribution",
    "FactCheck",
    "FactSpec",
    "Heading",
    "HoursPolicy",
    "PayFacts",
    "Payslip",
    "PayslipLine",
    "Quantity",
    "Reduction",
    "ReductionLine",
    "Regularisation",
    "Status",
    "TaxStep",
    "Withholding",
    "YearToDate",
]
