"""What the French payslip cumulates over the year: pay, ceilings and reference wages.

Reference wages are kept in twelve-hundredths of a cent: a month of full time is 1,820 / 12 hours and
contract hours have two decimals, so both are whole numbers of that unit and nothing is rounded before
the coefficient.
"""

from __future__ import annotations

from cae_core.law import Citation
from cae_core.money import Lane, choose, divide_half_up, greatest, least
from cae_core.payroll.facts import HoursPolicy, PayFacts
from cae_core.payroll.rules import Quantity, Values

__all__ = ["QUANTITIES", "THRESHOLD_UNIT", "WAGE_UNIT"]

#: Reference wages are counted in 1/1200 of a cent.
WAGE_UNIT = 1200
#: Thresholds are a multiple (in hundredths) of a reference wage.
THRESHOLD_UNIT = 100 * WAGE_UNIT


def _gross_pay(facts: PayFacts, values: Values) -> Lane:
    return facts.gross_pay_cents


def _ceiling(facts: PayFacts, values: Values) -> Lane:
    """The ceiling of the month, by calendar days of employment where the month is not whole.

    Law:
        CSS art. R242-2: never in thirtieths, so a whole February has a whole ceiling. A CESA has no
        working time, hence no part-time reduction of its ceiling.
    """
    ceiling = values["social_security_ceiling_monthly"]
    if facts.employed_days is None:
        return ceiling
    return divide_half_up(ceiling * facts.employed_days, values["days_in_month"])


def _wage(facts: PayFacts, values: Values, hourly_cents: int) -> Lane:
    """The minimum wage of the reference hours, in 1/1200 of a cent, under the caller's policy.

    Law:
        CSS art. D241-7: where the contract is suspended without full pay, or starts or ends in the month, the
        minimum wage is reduced as the pay is: what is paid to what a whole month would have paid, without
        what the absence leaves untouched. Where that is not given, the days employed stand for it.
    """
    full_time = hourly_cents * values["full_time_hours_yearly"]
    gross, paid, due = facts.gross_pay_cents, facts.affected_pay_cents, facts.affected_pay_due_cents
    days, given = (values["days_in_month"] if facts.employed_days is None else facts.employed_days), due > 0
    if facts.hours_policy is HoursPolicy.EQUIVALENT_HOURS:
        # Pay that goes with the days: reducing both the pay and the hours changes nothing below full time.
        by_days = least(gross * WAGE_UNIT, _share(full_time, days, values["days_in_month"]))
        whole = least((gross + due - paid) * WAGE_UNIT, full_time)
        return choose(given, _share(whole, paid, greatest(due, 1)), by_days)
    if facts.hours_policy is HoursPolicy.FULL_TIME:
        wage = full_time
    else:
        hours = facts.contract_hours_hundredths
        wage = choose(hours >= values["full_time_hours_monthly"], full_time, hourly_cents * hours * 12)
    return _share(wage, choose(given, paid, days), choose(given, due, values["days_in_month"]))


def _share(wage: Lane, paid: Lane, whole: Lane) -> Lane:
    """The part of a wage that is paid; all of it where nothing is missing."""
    return wage if paid is whole else divide_half_up(wage * paid, whole)


def _reference_wage(facts: PayFacts, values: Values) -> Lane:
    """The minimum wage counted in the general reduction.

    Law:
        CSS art. D241-7 and D241-27; the equivalent hours of a CESA are a practice note (2016) that
        refers to circ. DSS/SD5B/2015/99.
    """
    return _wage(facts, values, values["general_reduction_minimum_wage_hourly"])


def _threshold(multiple: int, facts: PayFacts, values: Values) -> Lane:
    """The pay up to which a reduced rate applies, in 1/120000 of a cent; it moves with the hours.

    Law:
        CSS art. L241-2-1 and L241-6-1 (2019 to 2023: current minimum wage), D241-3-1 and D241-3-2; décrets
        n° 2023-1329 (2024: minimum wage of 31 December 2023, never under twice the current one) and
        n° 2025-318 (2025).
    """
    hourly = values["general_reduction_minimum_wage_hourly"]
    wage = _wage(facts, values, hourly)

    def priced(other: int) -> Lane:
        """The same hours, those of the reduction, at another price of the hour."""
        return wage if other == hourly else divide_half_up(wage * other, hourly)

    limit = multiple * priced(values["reduced_rates_minimum_wage_hourly"])
    floor = values.get("reduced_rates_current_minimum_wage_multiple")
    return limit if floor is None else greatest(limit, floor * priced(values["minimum_wage_hourly"]))


def _health_threshold(facts: PayFacts, values: Values) -> Lane:
    return _threshold(values["health_reduced_rate_multiple"], facts, values)


def _family_threshold(facts: PayFacts, values: Values) -> Lane:
    return _threshold(values["family_reduced_rate_multiple"], facts, values)


QUANTITIES = (
    Quantity(name="gross_pay", french_name="rémunération brute", unit="cents", formula=_gross_pay),
    Quantity(
        name="ceiling",
        french_name="plafond de la sécurité sociale",
        unit="cents",
        formula=_ceiling,
        citations=(Citation("CSS art. R242-2 ; L241-3, al. 1"),),
    ),
    Quantity(
        name="reference_wage",
        french_name="SMIC retenu pour la réduction générale",
        unit="1/1200 cent",
        formula=_reference_wage,
        citations=(Citation("CSS art. D241-7 et D241-27"),),
    ),
    Quantity(
        name="health_threshold",
        french_name="seuil du taux réduit d'assurance maladie",
        unit="1/120000 cent",
        formula=_health_threshold,
        citations=(Citation("CSS art. L241-2-1 et D241-3-2"),),
        needs=("health_reduced_rate_multiple", "reduced_rates_minimum_wage_hourly"),
    ),
    Quantity(
        name="family_threshold",
        french_name="seuil du taux réduit d'allocations familiales",
        unit="1/120000 cent",
        formula=_family_threshold,
        citations=(Citation("CSS art. L241-6-1 et D241-3-1"),),
        needs=("family_reduced_rate_multiple", "reduced_rates_minimum_wage_hourly"),
    ),
)
