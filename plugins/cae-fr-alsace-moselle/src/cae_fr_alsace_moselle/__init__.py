"""Alsace-Moselle: what the law of the Haut-Rhin, the Bas-Rhin and the Moselle changes in a French payslip.

A line of its own (the local health scheme), other values (apprenticeship tax), a line that is not owed (the
yearly balance of that tax). The numbers stand in ``tables/``, each with its day and its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from cae_core import hookimpl
from cae_core.calendar import HolidayCalendar
from cae_core.france.holidays import ALSACE_MOSELLE, holiday_calendar
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.payroll import Contribution
from cae_core.variants import Change, ChangeParameter, RemoveLine, VariantInfo, VariantKind

__all__ = ["holidays"]

_TABLES = files(__name__) / "tables"

_HEALTH = Contribution(
    code="health_alsace_moselle",
    french_name="Régime local d'assurance maladie d'Alsace-Moselle",
    english_name="Local health scheme of Alsace-Moselle",
    heading="health",
    base="gross_pay",
    employee_rates=("alsace_moselle_health_rate",),
    urssaf_codes=("381",),
    dsn_code="115",
    citation=Citation("CSS art. L242-13 et L325-1"),
    assumptions=("The place of work is in one of the three departments; for telework, the home is.",),
)


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A territory of France."""
    yield VariantInfo(
        kind=VariantKind.TERRITORY,
        french_name="Alsace-Moselle",
        english_name="Alsace-Moselle",
        requires=["fr"],
        version="26.11.0",
    )


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The rate of the local scheme."""
    return load_parameters(_TABLES / "alsace_moselle.toml").values()


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """The line of the local scheme: the employee's, on the whole pay."""
    return (_HEALTH,)


@hookimpl
def cae_register_changes() -> Iterable[Change]:
    """The apprenticeship tax at its local values, and no yearly balance."""
    for parameter in load_parameters(_TABLES / "apprenticeship.toml").values():
        yield ChangeParameter(parameter=parameter)
    yield RemoveLine(code="apprenticeship_balance", citation=Citation("C. trav. art. L6261-2 et R6261-13"))


def holidays(*, good_friday: bool) -> HolidayCalendar:
    """Return what tells the legal holidays of any year here, for the functions of :mod:`cae_core.calendar`.

    Args:
        good_friday: whether the commune of the place of work has a Protestant or a mixed church, where Good
            Friday is a holiday too.

    Law:
        Code du travail, art. L3134-13.
    """
    return holiday_calendar(*(each for each in ALSACE_MOSELLE if good_friday or each.from_easter is None))
