"""The structural reduction of employer contributions, category 1: a quarter of work, full time or less."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.money import MILLION, Lane, apply_rate, choose, divide_half_up, greatest, least
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.rules import Values, YearSums

__all__ = ["WEEKS", "StructuralReduction", "employer_pay", "reduction_to_date", "structural_reduction"]

_MONTHS = 3
#: The weeks of a quarter.
WEEKS = 13
#: A coefficient is kept in ten-thousandths; time, the factor of the wage and µ in hundredths.
_COEFFICIENT, _HUNDREDTHS = 10_000, 100
#: From hundredths to the millionths of a rate.
_PPM = MILLION // _HUNDREDTHS


@attrs.frozen(eq=False)
class StructuralReduction:
    """The reduction of a quarter and how it was found; columns where the question was one of columns.

    Attributes:
        reference_wage_cents: what the quarter would have paid full time (S).
        whole_cents: the reduction of such a quarter (R).
        performance: the work done, as a part of full-time work (µ), in hundredths.
        factor_ppm: the factor of reduced work (β), in millionths; it is 1 ÷ µ from four fifths on.
        amount_cents: the reduction (P = R × µ × β).
    """

    reference_wage_cents: Lane
    whole_cents: Lane
    performance: Lane
    factor_ppm: Lane
    amount_cents: Lane


def structural_reduction(
    law: MonthLaw, pay_cents: int, *, worked_time: int = 0, week_time: int = 5_00
) -> StructuralReduction:
    """Return the structural reduction of one quarter.

    What the payslips of a quarter charge adds up to it where the contract covers the whole quarter and the
    contributions are not smaller. For a contract that starts or ends within the quarter, ask this one.

    Args:
        law: the law of a month of the quarter (``rules.month_law("2026-09")``).
        pay_cents: pay of the quarter, at 100 % for workers too.
        worked_time: hours or days paid in the quarter, in hundredths; 0 for a whole full-time quarter.
        week_time: hours or days of a week of full-time work, in hundredths.

    Raises:
        InputError: negative pay or time, or no week.
        LawNotKnownError: the numbers of the quarter are not known.

    Law:
        Loi-programme (I) du 24 décembre 2002, art. 331; AR du 16 mai 2003, art. 2 et 3.
    """
    law.snapshot["structural_low_wage"]  # refuses a day that is not known
    for name, number, least_number in (
        ("pay_cents", pay_cents, 0),
        ("worked_time", worked_time, 0),
        ("week_time", week_time, 1),
    ):
        if number < least_number:
            raise InputError(name, f"expected at least {least_number}, got {number}")
    full = WEEKS * week_time
    return _reduction(pay_cents, worked_time or full, full, _MONTHS, _MONTHS, law.values)


def _reduction(
    pay: Lane, time: Lane, full: Lane, months: Lane, claimed: Lane, values: Values
) -> StructuralReduction:
    """The reduction of the months so far, out of the three of a quarter.

    Wage and work are measured as if the quarter ended with these months.
    """
    times = divide_half_up(full * _HUNDREDTHS, time)
    wage = divide_half_up(pay * times, _HUNDREDTHS)
    performance = divide_half_up(time * _HUNDREDTHS * _MONTHS, full * months)
    low, very_low = (
        divide_half_up(
            greatest(values[f"structural_{level}_wage"] - wage, 0) * values[f"structural_{level}_rate"],
            _COEFFICIENT,
        )
        for level in ("low", "very_low")
    )
    whole = low + very_low
    rising = greatest(performance * _PPM - values["structural_factor_rises_from"], 0)
    raised = MILLION + values["structural_factor_increase"]
    raised = raised + apply_rate(rising, values["structural_factor_slope"])
    factor = choose(performance * _PPM < values["structural_factor_from"], 0, raised)
    partial = divide_half_up(whole * performance * factor * claimed, _HUNDREDTHS * MILLION * _MONTHS)
    enough = performance * _PPM >= values["structural_factor_whole_from"]
    amount = choose(enough, divide_half_up(whole * claimed, _MONTHS), partial)
    inverse = divide_half_up(_HUNDREDTHS * MILLION, greatest(performance, 1))
    return StructuralReduction(wage, whole, performance, choose(enough, inverse, factor), amount)


def reduction_to_date(year: YearSums, values: Values) -> Lane:
    """Return what is taken off the employer contributions of the quarter, to date: below zero.

    The months so far stand for the whole quarter, of which they are a part; with the third month it is the
    reduction of the quarter. It is at most the ordinary contributions.
    """
    months = year["quarter_months"]
    # Both are in thirds: a whole month of full-time work is a third of a quarter.
    time, full = year["quarter_time"], divide_half_up(year["quarter_full_time"] * _MONTHS, months)
    found = _reduction(year["quarter_pay"], time, full, months, year["quarter_claimed"], values)
    rate = values["employer_base_rate"] + values["employer_moderation_rate"]
    return 0 - least(found.amount_cents, apply_rate(employer_pay(year, values), rate))


def employer_pay(year: YearSums, values: Values) -> Lane:
    """Return the pay of the quarter to date that ordinary employer contributions count, up to the ceiling."""
    pay = year["quarter_contribution_pay"]
    return least(pay, values["employer_ceiling_quarterly"]) if "employer_ceiling_quarterly" in values else pay
