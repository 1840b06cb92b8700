"""The months of an activity from a few figures, to ask a fee about them."""

from __future__ import annotations

from collections.abc import Sequence

from cae_core.account import MonthActivity
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import split

__all__ = ["activity_months", "spread"]


def spread(total_cents: int, months: int) -> tuple[int, ...]:
    """Share an amount evenly over months, without losing a cent."""
    return split(total_cents, [1] * months)


def activity_months(
    first_month: Month,
    turnover_cents: Sequence[int],
    *,
    costs_cents: Sequence[int] | None = None,
    internal_sales_cents: Sequence[int] | None = None,
    cashed_cents: Sequence[int] | None = None,
    months_since_entry: int | None = 0,
    associate: bool | None = False,
    on_social_minimum: bool = False,
) -> tuple[MonthActivity, ...]:
    """Return consecutive months of an activity.

    Args:
        first_month: the first month.
        turnover_cents: what was invoiced each month, internal sales left out.
        costs_cents: what each month takes off the gross margin (marge brute); by default nothing.
        internal_sales_cents: sales to other activities of the cooperative; by default none.
        cashed_cents: what was cashed each month; by default what was invoiced.
        months_since_entry: of the first month; 0 in the month of entry.
        associate: the person is an associate.
        on_social_minimum: she lives on a social minimum.

    Raises:
        InputError: the lists are not of one length.
    """
    count = len(turnover_cents)
    nothing = [0] * count
    columns = {
        "costs": nothing if costs_cents is None else costs_cents,
        "internal_sales": nothing if internal_sales_cents is None else internal_sales_cents,
        "cashed": turnover_cents if cashed_cents is None else cashed_cents,
    }
    for name, column in columns.items():
        if len(column) != count:
            raise InputError(name, f"expected {count} months, as for the turnover, got {len(column)}")
    return tuple(
        MonthActivity(
            month=first_month + rank,
            turnover_invoiced_cents=turnover,
            turnover_cashed_cents=columns["cashed"][rank],
            gross_margin_cents=turnover + columns["internal_sales"][rank] - columns["costs"][rank],
            internal_sales_cents=columns["internal_sales"][rank],
            months_since_entry=None if months_since_entry is None else months_since_entry + rank,
            associate=associate,
            on_social_minimum=on_social_minimum,
        )
        for rank, turnover in enumerate(turnover_cents)
    )
