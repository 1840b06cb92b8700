"""The French rules, as the built-in plugin ``"fr"``. Nothing outside this package knows a French number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cae_core.france.bases import BASES
from cae_core.france.quantities import QUANTITIES
from cae_core.france.reductions import REDUCTIONS
from cae_core.france.rights import rights_parameters
from cae_core.hooks import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.money import MILLION, Lane
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.rules import (
    Base,
    Contribution,
    FactCheck,
    Heading,
    Quantity,
    Reduction,
    Values,
    Withholding,
)
from cae_core.payroll.table import read_contributions
from cae_core.variants import VariantInfo, VariantKind

if TYPE_CHECKING:
    from cae_core.membership.legal_form import LegalForm
    from cae_core.pathway import Lifecycle
    from cae_core.protection import Entitlement

__all__ = ["KNOWN_FROM"]

_TABLES = files(__name__) / "tables"
_CONTRIBUTIONS = "contributions.toml"

#: The first day whose payslips are covered line by line; some parameters are older.
KNOWN_FROM = dt.date(2019, 1, 1)


@cache
def _lines() -> tuple[tuple[Heading, ...], tuple[Contribution, ...]]:
    return read_contributions((_TABLES / _CONTRIBUTIONS).read_text("utf-8"), _CONTRIBUTIONS)


def _cover_too_small(facts: PayFacts, values: Values) -> Lane:
    """Whether the employer pays less than half of the mandatory health cover."""
    employer = facts.health_cover_employer_cents
    whole = facts.health_cover_employee_cents + employer
    return employer * MILLION < whole * values["health_cover_employer_minimum_share"]


def _more_days_than_the_month(facts: PayFacts, values: Values) -> Lane:
    return facts.employed_days is not None and facts.employed_days > values["days_in_month"]


def _more_affected_pay_than_due(facts: PayFacts, values: Values) -> Lane:
    return facts.affected_pay_cents > facts.affected_pay_due_cents


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """France, the general regime of mainland France."""
    return (VariantInfo(kind=VariantKind.COUNTRY, french_name="France", english_name="France"),)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The dated parameters of the tables."""
    tables = [
        file for file in _TABLES.iterdir() if file.name.endswith(".toml") and file.name != _CONTRIBUTIONS
    ]
    return load_parameters(sorted(tables, key=lambda file: file.name)).values()


@hookimpl
def cae_register_rights_parameters() -> Iterable[Parameter]:
    """The dated parameters of protection, path, exits and membership."""
    return rights_parameters().values()


@hookimpl
def cae_register_legal_forms() -> Iterable[LegalForm]:
    """Scop and Scic, each as SARL, SA and SAS."""
    from cae_core.france.cooperative_law.forms import LEGAL_FORMS  # a payslip does not wait for them

    return LEGAL_FORMS


@hookimpl
def cae_register_headings() -> Iterable[Heading]:
    """The headings of the statutory payslip."""
    return _lines()[0]


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """The lines of the payslip."""
    return _lines()[1]


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """Pay, ceilings and reference wages of the year."""
    return QUANTITIES


@hookimpl
def cae_register_bases() -> Iterable[Base]:
    """The contribution bases."""
    return BASES


@hookimpl
def cae_register_reductions() -> Iterable[Reduction]:
    """The general reduction, in both formulas, and its increase of 2019."""
    return REDUCTIONS


@hookimpl
def cae_register_withholding() -> Iterable[Withholding]:
    """The neutral rate of income tax."""
    return (Withholding(scale="withholding_neutral_scale", citation=Citation("CGI art. 204 H, III")),)


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """What the law does not allow in the facts of a payslip."""
    return (
        FactCheck(
            code="health_cover",
            message="the employer pays less than half of the mandatory health cover (complémentaire santé)",
            citation=Citation("CSS art. L911-7"),
            violated=_cover_too_small,
        ),
        FactCheck(
            code="employed_days",
            message="more days are employed than the month has (jours calendaires d'emploi)",
            citation=Citation("CSS art. R242-2"),
            violated=_more_days_than_the_month,
        ),
        FactCheck(
            code="affected_pay",
            message="the pay that an absence left is more than the pay due without it",
            citation=Citation("CSS art. D241-7"),
            violated=_more_affected_pay_than_due,
        ),
    )


@hookimpl
def cae_register_entitlements() -> Iterable[Entitlement]:
    """The rights of a salaried entrepreneur; their modules are read when first asked for."""
    from cae_core.france.protection import ENTITLEMENTS
    from cae_core.france.unemployment import UNEMPLOYMENT_BENEFIT

    return (*ENTITLEMENTS, UNEMPLOYMENT_BENEFIT)


@hookimpl
def cae_register_lifecycles() -> Iterable[Lifecycle]:
    """The path in a cooperative: prospect, CAPE, CESA, associate, exit."""
    from cae_core.france.lifecycle import CAE_LIFECYCLE  # a payslip does not wait for it

    return (CAE_LIFECYCLE,)


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)
