"""The activity that ``cae fee`` asks about: from a case file, or from a few options."""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.account import MonthActivity
from cae_core.assembly import load
from cae_core.calendar import Month
from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.exchange.case_file import Case
from cae_core.explain import Words
from cae_core.money import to_cents
from cae_core.profile import (
    CooperativeProfile,
    FeeContract,
    ProfileScale,
    Source,
    activity_months,
    spread,
)

__all__ = ["AskedActivity", "activity_of_case", "activity_of_options", "profile_of_case"]


@attrs.frozen(kw_only=True)
class AskedActivity:
    """One activity, as every cooperative is asked about it."""

    months: tuple[MonthActivity, ...]
    contract: FeeContract
    kind: str
    since_entry_cents: int


def profile_of_case(case: Case) -> CooperativeProfile:
    """Return the cooperative of a case, by its own scale alone."""
    scale = case.engagement.scale
    return CooperativeProfile(
        code=scale.code,
        name=case.engagement.cooperative.name,
        source=Source(title=scale.citation, url=scale.url, dated_on=scale.in_force_from),
        scales=(ProfileScale(scale=scale),),
    )


def activity_of_case(case: Case) -> AskedActivity:
    """Return the activity of a case over its months, before any fee or pay."""
    engagement = case.engagement
    entered = Month.parse(engagement.entered_on or engagement.contract.period.starts_on)
    months = [
        MonthActivity.of(
            case.account,
            month,
            months_since_entry=max(month - entered, 0),
            associate=engagement.associate_on is not None and engagement.associate_on <= month.last_day,
            on_social_minimum=engagement.on_social_minimum,
        )
        for month in case.first_month.through(case.last_month)
    ]
    (activity, *_) = case.account.activities
    return AskedActivity(
        months=tuple(months),
        contract=FeeContract.CESA,
        kind=activity.kind,
        since_entry_cents=case.fee_base_since_entry_cents,
    )


def activity_of_options(values: dict[str, Any], words: Words) -> AskedActivity:
    """Return the activity that the options describe.

    Raises:
        InputErrors: every option that is missing or not understood.
    """
    problems: list[InputError] = []

    def amounts(name: str, option: str) -> tuple[int, ...] | None:
        cells = [] if values[name] is None else values[name].split(":")
        try:
            found = [to_cents(cell, option) for cell in cells]
        except AmountError as problem:
            problems.append(InputError(option, str(problem).removeprefix(f"{option} ")))
            return None
        return spread(found[0], values["months"]) if len(found) == 1 else tuple(found) or None

    turnover = amounts("turnover", "--turnover")
    costs, internal = amounts("costs", "--costs"), amounts("internal_sales", "--internal-sales")
    before = amounts("base_since_entry", "--base-since-entry")
    if values["turnover"] is None:
        problems.append(InputError("--turnover", words("manque, ou --case", "is missing, or --case")))
    first = Month(load().legislation.known_until.year, 1)
    try:
        first = first if values["first_month"] is None else Month.parse(values["first_month"], "--from")
    except InputError as problem:
        problems.append(problem)
    months: tuple[MonthActivity, ...] = ()
    if not problems and turnover is not None:
        try:
            months = activity_months(
                first,
                turnover,
                costs_cents=costs,
                internal_sales_cents=internal,
                months_since_entry=values["months_since_entry"],
                associate=values["associate"],
                on_social_minimum=values["social_minimum"],
            )
        except InputError as problem:
            problems.append(InputError(f"--{problem.where.replace('_', '-')}", problem.message))
    if problems:
        raise InputErrors(
            words("la contribution ne peut pas être calculée", "the fee cannot be computed"), problems
        )
    return AskedActivity(
        months=months,
        contract=FeeContract.parse(values["contract"], "--contract"),
        kind=values["kind"],
        since_entry_cents=sum(before or ()),
    )
