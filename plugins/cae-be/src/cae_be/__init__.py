"""Belgium: the private sector as Smart and others employ people, and the rules of activity cooperatives.

A country for ``cae_core``: contributions, work bonus, special contribution, withholding tax, structural
reduction. The numbers stand in ``tables/``, each with its day and its text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING

from cae_be.bonus import WorkBonus, work_bonus
from cae_be.facts import (
    CHECKS,
    FACTS,
    SINGLE,
    SPOUSE_WITH_INCOME,
    SPOUSE_WITH_LOW_INCOME,
    SPOUSE_WITH_LOW_PENSION,
    SPOUSE_WITHOUT_INCOME,
)
from cae_be.holiday_pay import DoubleHolidayPay, double_holiday_pay
from cae_be.lines import BASES, HEADINGS, LINES, QUANTITIES
from cae_be.structural import StructuralReduction, structural_reduction
from cae_be.tax import WithholdingSteps, told, withheld, withholding_steps
from cae_core import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.payroll import Base, Contribution, FactCheck, FactSpec, Heading, Quantity, Withholding
from cae_core.variants import VariantInfo, VariantKind

if TYPE_CHECKING:
    from cae_core.pathway import Lifecycle

__all__ = [
    "KNOWN_FROM",
    "SINGLE",
    "SPOUSE_WITHOUT_INCOME",
    "SPOUSE_WITH_INCOME",
    "SPOUSE_WITH_LOW_INCOME",
    "SPOUSE_WITH_LOW_PENSION",
    "DoubleHolidayPay",
    "StructuralReduction",
    "WithholdingSteps",
    "WorkBonus",
    "double_holiday_pay",
    "structural_reduction",
    "withholding_steps",
    "work_bonus",
]

#: No source gives the work bonus of an earlier day.
KNOWN_FROM = dt.date(2025, 2, 1)

_TABLES = files(__name__) / "tables"


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A country that pays in euros."""
    yield VariantInfo(
        kind=VariantKind.COUNTRY,
        french_name="Belgique",
        english_name="Belgium",
        version="26.11.0",
    )


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The numbers of a payslip."""
    return load_parameters(_TABLES).values()


@hookimpl
def cae_register_rights_parameters() -> Iterable[Parameter]:
    """The numbers of activity cooperatives and of artists."""
    return load_parameters(_TABLES / "rights").values()


@hookimpl
def cae_register_headings() -> Iterable[Heading]:
    """The headings of the payslip."""
    return HEADINGS


@hookimpl
def cae_register_facts() -> Iterable[FactSpec]:
    """Status, household, working time."""
    return FACTS


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """What these facts may be."""
    return CHECKS


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """What months and quarters cumulate."""
    return QUANTITIES


@hookimpl
def cae_register_bases() -> Iterable[Base]:
    """Pay, and the amounts that formulas find."""
    return BASES


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """The lines of the payslip."""
    return LINES


@hookimpl
def cae_register_withholding() -> Iterable[Withholding]:
    """The key formula of the withholding tax."""
    text = Citation("CIR 92, art. 270 à 275 ; AR/CIR 92, annexe III")
    yield Withholding(citation=text, formula=withheld, steps=told)


@hookimpl
def cae_register_lifecycles() -> Iterable[Lifecycle]:
    """The path in an activity cooperative."""
    from cae_be.activity_cooperative import ACTIVITY_COOPERATIVE  # a payslip does not wait for it

    return (ACTIVITY_COOPERATIVE,)
