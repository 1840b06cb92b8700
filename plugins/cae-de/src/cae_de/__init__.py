"""Germany: the social contributions of an employee, as Smart eG employs its members, and its conditions.

The rules of a country, from an empty set of lines: health, care, pension and unemployment insurance, the
sliding zone (Übergangsbereich), the supplement of the childless and the lower rates of parents. No income tax
is withheld: net pay is before tax.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cae_core import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.payroll import Base, Contribution, FactCheck, FactSpec, Heading, Quantity, Withholding
from cae_core.variants import VariantInfo, VariantKind
from cae_de.formulas import BASES, QUANTITIES, mini_job_limit
from cae_de.people import CHECKS, FACTS, PLACES, given

if TYPE_CHECKING:
    from cae_core.pathway import Lifecycle

__all__ = ["KNOWN_FROM", "PLACES", "given", "mini_job_limit"]

#: The first day of the tables.
KNOWN_FROM = dt.date(2024, 1, 1)

_TABLES = files(__name__) / "tables"
_HEADINGS = (
    Heading("health", "Assurance maladie", "Health insurance"),
    Heading("care", "Assurance dépendance", "Long-term care insurance"),
    Heading("pension", "Assurance pension", "Pension insurance"),
    Heading("jobless", "Assurance chômage", "Unemployment insurance"),
)

_REGULAR = (
    "The pay of the month is the regular one: the sliding zone looks at regular pay, and no yearly bonus is "
    "among it."
)
_HALVES = "BVV § 2"


def _line(
    code: str, german: str, french: str, english: str, heading: str, law: str, **more: Any
) -> Contribution:
    return Contribution(
        code=code,
        french_name=f"{french} ({german})",
        english_name=f"{english} ({german})",
        heading=heading,
        citation=Citation(f"{law} ; {_HALVES}"),
        assumptions=(_REGULAR,),
        **more,
    )


_LINES = (
    _line(
        "health", "Krankenversicherung", "Assurance maladie", "Health insurance", "health",
        "SGB V § 241 et § 249", base="health_pay", whole_base="health_whole_pay",
        employee_rates=("health_half_rate",), employer_rates=("health_half_rate",),
    ),
    _line(
        "health_top_up", "Zusatzbeitrag", "Cotisation de la caisse maladie", "Top-up of the health fund",
        "health", "SGB V § 242 et § 249", base="health_pay", whole_base="health_whole_pay",
        employee_fact="de_top_up_half_ppm", employer_fact="de_top_up_half_ppm",
    ),
    _line(
        "care", "Pflegeversicherung", "Assurance dépendance", "Care insurance", "care",
        "SGB XI § 55 et § 58", base="care_pay", whole_base="care_whole_pay",
        employee_scale=("care_employee_scale", "de_children_under_25"), employer_rates=("care_half_rate",),
    ),
    _line(
        "care_childless", "Pflegeversicherung, Beitragszuschlag für Kinderlose",
        "Assurance dépendance, sans enfant", "Care insurance, without children", "care",
        "SGB XI § 55 Abs. 3 et § 58 Abs. 1", base="care_childless_pay",
        employee_rates=("care_half_rate", "care_childless_rate"), employer_rates=("care_half_rate",),
    ),
    _line(
        "care_supplement", "Beitragszuschlag für Kinderlose im Übergangsbereich",
        "Supplément des personnes sans enfant, zone de transition",
        "Supplement of the childless, sliding zone", "care",
        "SGB XI § 55 Abs. 3 et § 58 Abs. 1", base="care_supplement_pay",
        employee_rates=("care_childless_rate",),
    ),
    _line(
        "pension", "Rentenversicherung", "Assurance pension", "Pension insurance", "pension",
        "SGB VI § 157 et § 168", base="pension_pay", whole_base="pension_whole_pay",
        employee_rates=("pension_half_rate",), employer_rates=("pension_half_rate",),
    ),
    _line(
        "unemployment", "Arbeitslosenversicherung", "Assurance chômage", "Unemployment insurance", "jobless",
        "SGB III § 341 et § 346", base="pension_pay", whole_base="pension_whole_pay",
        employee_rates=("unemployment_half_rate",), employer_rates=("unemployment_half_rate",),
    ),
)  # fmt: skip


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A country."""
    yield VariantInfo(
        kind=VariantKind.COUNTRY, french_name="Allemagne", english_name="Germany", version="26.11.0"
    )


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """Rates, ceilings, the sliding zone."""
    return load_parameters(_TABLES / "contributions.toml").values()


@hookimpl
def cae_register_rights_parameters() -> Iterable[Parameter]:
    """The conditions of Smart eG."""
    return load_parameters(_TABLES / "smart_eg.toml").values()


@hookimpl
def cae_register_headings() -> Iterable[Heading]:
    """The branches of social insurance."""
    return _HEADINGS


@hookimpl
def cae_register_facts() -> Iterable[FactSpec]:
    """Place of work, age, children, the rate of the health fund."""
    return FACTS


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """What is not allowed, or not covered."""
    return CHECKS


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """Pay, and what of it each branch counts."""
    return QUANTITIES


@hookimpl
def cae_register_bases() -> Iterable[Base]:
    """What each branch counts, of the employee and of the whole."""
    return BASES


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """The branches of social insurance."""
    return _LINES


@hookimpl
def cae_register_withholding() -> Iterable[Withholding]:
    """None: the net paid is before income tax."""
    yield Withholding(citation=Citation("EStG § 38 (Lohnsteuer)"))


@hookimpl
def cae_register_lifecycles() -> Iterable[Lifecycle]:
    """The path of a member of Smart eG."""
    from cae_de.smart_eg import SMART_EG  # a payslip does not wait for it

    return (SMART_EG,)
