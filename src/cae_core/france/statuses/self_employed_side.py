"""The self-employed side of a comparison: micro-enterprise or individual enterprise."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import partial

import attrs

from cae_core.calendar import Month
from cae_core.france.law_on import LawOn, nearest_cent
from cae_core.france.statuses.later_life_of_self_employed import ATI, SELF_EMPLOYED_PENSION
from cae_core.france.statuses.lines import PaidLine
from cae_core.france.statuses.micro import (
    MicroActivity,
    micro_ceiling_reason,
    micro_declaration,
    micro_income,
    micro_pension_base,
    micro_points_contribution,
)
from cae_core.france.statuses.protection_of_self_employed import (
    SELF_EMPLOYED_ACCIDENT,
    SELF_EMPLOYED_BIRTH,
    SELF_EMPLOYED_SICKNESS,
    SelfEmployed,
)
from cae_core.france.statuses.salaried_side import cover_of
from cae_core.france.statuses.side import Event, EventCover, Status, StatusSide
from cae_core.france.statuses.sole_trader import sole_trader_year
from cae_core.law import Legislation
from cae_core.protection import Assumption, Entitlement, Finding, PayHistory, assess

__all__ = ["MICRO", "micro_side", "self_employed_events", "sole_trader_side"]

#: The activity behind each status of micro-enterprise.
MICRO = {
    Status.MICRO_SALES: MicroActivity.SALES,
    Status.MICRO_SERVICES: MicroActivity.SERVICES,
    Status.MICRO_LIBERAL: MicroActivity.LIBERAL,
}
SAME_INCOME_BEFORE = Assumption(
    code="same_income_before",
    french="les trois années d'avant ont donné le même revenu",
    english="the three years before gave the same income",
)
MONTHLY_DECLARATIONS = Assumption(
    code="monthly_declarations",
    french="le chiffre d'affaires est égal d'un mois à l'autre, et déclaré chaque mois",
    english="turnover is level from month to month, and declared each month",
)
LIQUIDATION = Assumption(
    code="liquidation",
    french="l'activité s'arrête par une liquidation, ou n'est plus viable et un tiers l'atteste",
    english="the activity ends by liquidation, or is no longer viable and a third party attests it",
)
_NOT_MODELLED = ("non modélisé", "not modelled")


def micro_side(
    law: Legislation,
    status: Status,
    year: int,
    turnovers: tuple[int, ...],
    expenses_cents: int,
    *,
    craft: bool,
    flat_tax: bool,
    acre: bool,
    on: dt.date,
    assume_unchanged: bool,
) -> StatusSide:
    """Return the side of a micro-enterprise: twelve declarations, each to the euro."""
    activity = MICRO[status]
    craft = craft and activity is not MicroActivity.LIBERAL
    created = dt.date(year, 1, 1) if acre else None
    declared = [
        micro_declaration(
            law, activity, turnover, Month(year, number).first_day, craft=craft, flat_tax=flat_tax,
            acre_created_on=created, assume_unchanged=assume_unchanged,
        )
        for number, turnover in enumerate(turnovers, start=1)
    ]  # fmt: skip
    lines = tuple(_summed([each.lines[rank] for each in declared]) for rank in range(len(declared[0].lines)))
    total = sum(turnovers)
    tax = sum(each.tax.amount_cents for each in declared if each.tax) if flat_tax else None
    today = LawOn(law, on, assume_unchanged)
    days = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    base = points = Fraction()
    for number, turnover in enumerate(turnovers, start=1):
        month = LawOn(law, Month(year, number).first_day, assume_unchanged)
        base += micro_pension_base(month, activity, turnover)
        points += micro_points_contribution(month, activity, turnover)
    covered = SelfEmployed(
        incomes_cents=[micro_income(today, activity, total)] * 3,
        pension_base_cents=base.numerator // base.denominator,
        points_contribution_cents=nearest_cent(points),
    )
    return StatusSide(
        status=status,
        turnover_cents=total,
        expenses_cents=expenses_cents,
        lines=lines,
        held_cents=0,
        net_cents=total - expenses_cents - sum(line.amount_cents for line in lines),
        tax_cents=tax,
        tax_method=("versement libératoire", "flat tax on turnover") if flat_tax else _NOT_MODELLED,
        conditions=(micro_ceiling_reason(today, activity, total, days),),
        events=self_employed_events(law, covered, on, assume_unchanged=assume_unchanged),
        assumptions=(MONTHLY_DECLARATIONS, SAME_INCOME_BEFORE, LIQUIDATION),
    )


def _summed(lines: list[PaidLine]) -> PaidLine:
    """Return one line of the year from those of its months; the rate stays where it was one all year."""
    rates = {line.rate for line in lines}
    return attrs.evolve(
        lines[0],
        amount_cents=sum(line.amount_cents for line in lines),
        base_cents=sum(line.base_cents or 0 for line in lines) if len(rates) == 1 else None,
        rate=lines[0].rate if len(rates) == 1 else None,
        citations=tuple(dict.fromkeys(text for line in lines for text in line.citations)),
    )


def sole_trader_side(
    law: Legislation,
    year: int,
    turnover_cents: int,
    expenses_cents: int,
    *,
    craft: bool,
    acre: bool,
    on: dt.date,
    assume_unchanged: bool,
) -> StatusSide:
    """Return the side of an individual enterprise under the standard regime."""
    lived = sole_trader_year(
        law, year, turnover_cents - expenses_cents, craft=craft, acre=acre, assume_unchanged=assume_unchanged
    )
    points = lived.line("points")
    exact = (points.base_cents or 0) * (points.rate or Fraction())
    covered = SelfEmployed(
        incomes_cents=[lived.daily_base_cents] * 3,
        pension_base_cents=lived.pension_base_cents,
        points_contribution_cents=nearest_cent(exact),
    )
    return StatusSide(
        status=Status.SOLE_TRADER,
        turnover_cents=turnover_cents,
        expenses_cents=expenses_cents,
        lines=lived.lines,
        held_cents=0,
        net_cents=turnover_cents - expenses_cents - lived.contributions_cents,
        tax_cents=None,
        tax_method=_NOT_MODELLED,
        events=self_employed_events(law, covered, on, assume_unchanged=assume_unchanged),
        assumptions=(SAME_INCOME_BEFORE, LIQUIDATION),
    )


def self_employed_events(
    law: Legislation,
    person: SelfEmployed,
    on: dt.date,
    *,
    days: int = 30,
    assume_unchanged: bool = False,
) -> tuple[EventCover, ...]:
    """Return what each event would bring to a self-employed person in her fourth year of activity.

    Args:
        law: the dated parameters (``ruleset.rights``).
        person: her incomes, and what the year gives for retirement.
        on: the day of the event.
        days: how long a stoppage lasts, in calendar days.
        assume_unchanged: after the last day known, carry the law forward.
    """
    person = attrs.evolve(person, affiliated_on=dt.date(on.year - 3, 1, 1), days=days, liquidated=True)

    def ask(right: Entitlement) -> Finding:
        return assess(right, PayHistory(()), on, person, law=law, assume_unchanged=assume_unchanged)

    return tuple(
        cover_of(event, partial(ask, right))
        for event, right in (
            (Event.ILLNESS, SELF_EMPLOYED_SICKNESS),
            (Event.BIRTH, SELF_EMPLOYED_BIRTH),
            (Event.WORK_ACCIDENT, SELF_EMPLOYED_ACCIDENT),
            (Event.LOSS, ATI),
            (Event.RETIREMENT, SELF_EMPLOYED_PENSION),
        )
    )
