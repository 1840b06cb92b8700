"""The work bonus (bonus à l'emploi): what the contribution of a low wage is lowered by, in two parts."""

from __future__ import annotations

import attrs

from cae_be.facts import given
from cae_core.money import Lane, apply_rate, choose, divide_half_up, greatest, least
from cae_core.payroll import PayFacts
from cae_core.payroll.rules import Values

__all__ = ["WorkBonus", "contribution_pay", "work_bonus"]

#: A slope is kept in ten-thousandths, hours and days in hundredths.
_SLOPE, _HUNDREDTHS = 10_000, 100


@attrs.frozen(eq=False)
class WorkBonus:
    """The work bonus of a month and how it was found; each amount in cents, or a column of them.

    Attributes:
        reference_wage: what the month would have paid full time.
        share: the part of a whole month that is paid, in hundredths.
        full_a, full_b: the parts of that wage, for a whole month of full-time work.
        due: the contribution that the bonus lowers.
        a, b: what is granted of part A (low wages) and of part B (very low wages).
    """

    reference_wage: Lane
    share: Lane
    full_a: Lane
    full_b: Lane
    due: Lane
    a: Lane
    b: Lane


def contribution_pay(facts: PayFacts, values: Values) -> Lane:
    """Return the pay that contributions count: 108 % of that of workers and artists.

    Law:
        AR du 28 novembre 1969, art. 19.
    """
    gross = facts.gross_pay_cents
    return gross + apply_rate(gross, values["worker_increase"]) * given(facts, "worker")


def work_bonus(facts: PayFacts, values: Values) -> WorkBonus:
    """Return the work bonus of a month.

    Each part is rounded to the cent, and never negative. Where both together exceed the contribution, part B
    is cut first, then part A. Where less than a whole month of full-time work is paid, the pay of an hour (or
    day) is rounded to the cent, and the part of the month to two decimals.

    Law:
        Loi du 20 décembre 1999, art. 2; AR du 17 janvier 2000, art. 2.
    """
    gross, worked, month = facts.gross_pay_cents, given(facts, "worked_time"), given(facts, "month_time")
    partial = (worked > 0) & (worked < month)
    counted = choose(partial, worked, _HUNDREDTHS)
    hourly = divide_half_up(gross * _HUNDREDTHS, counted)
    wage = choose(partial, divide_half_up(hourly * month, _HUNDREDTHS), gross)
    share = choose(partial, divide_half_up(counted * _HUNDREDTHS, greatest(month, 1)), _HUNDREDTHS)
    full_a, full_b = (_part(letter, wage, given(facts, "worker"), values) for letter in "ab")
    a, b = (divide_half_up(full * share, _HUNDREDTHS) for full in (full_a, full_b))
    due = apply_rate(contribution_pay(facts, values), values["employee_rate"])
    granted_a = least(a, due)
    return WorkBonus(wage, share, full_a, full_b, due, granted_a, least(b, due - granted_a))


def _part(letter: str, wage: Lane, worker: Lane, values: Values) -> Lane:
    """A part of the bonus of a whole month: flat, then falling, then nothing."""
    part = f"work_bonus_{letter}"
    most, slope = (
        choose(worker > 0, values[f"{part}_{what}_worker"], values[f"{part}_{what}"])
        for what in ("most", "slope")
    )
    above = greatest(wage - values[f"{part}_from"], 0)
    falling = greatest(divide_half_up(most * _SLOPE - slope * above, _SLOPE), 0)
    return choose(wage > values[f"{part}_to"], 0, falling)
