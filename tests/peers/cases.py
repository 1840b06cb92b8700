"""The cases that the library and its peers are given: a grid of ordinary months, dense near thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from cae_core import HoursPolicy, Month, PayFacts, Ruleset

__all__ = [
    "MODELE_SOCIAL_MONTHS",
    "Case",
    "equivalent_hours_cases",
    "full_time_cases",
    "gross_amounts",
    "months",
]

FIRST, LAST = Month(2019, 1), Month(2026, 7)
#: modele-social takes a tenth of a second a case: a month of each text is enough for it.
MODELE_SOCIAL_MONTHS = (
    "2020-03", "2021-03", "2021-10", "2022-03", "2022-05", "2022-08", "2023-03", "2023-05", "2024-03", "2024-11",
    "2025-02", "2025-05", "2026-01", "2026-03", "2026-05", "2026-06", "2026-07",
)  # fmt: skip
HEADCOUNTS = (8, 30, 130)

_AMOUNTS = 40
_LOWEST, _HIGHEST = 600_00, 12_000_00
#: Filled in this order, after the thresholds, until there are forty amounts.
_ORDINARY = (
    600_00, 12_000_00, 1_200_00, 2_000_00, 3_000_00, 5_000_00, 7_777_77, 10_000_00, 2_500_00, 3_500_00,
    4_250_00, 6_500_00, 8_500_00, 1_500_00, 2_222_22, 2_650_49, 3_199_99, 4_500_00, 5_600_00, 9_500_00,
    1_700_00, 2_100_00, 2_800_00, 3_850_00, 4_800_00, 5_300_00, 7_000_00, 11_000_00, 1_000_00, 1_900_00,
    2_350_00, 3_350_00, 3_700_00, 4_100_00, 5_800_00, 9_000_00, 750_00, 1_350_00, 2_900_00, 4_650_00,
)  # fmt: skip
#: Beyond the grid, above four and eight ceilings, where the last bases are capped.
_BEYOND = (16_500_00, 33_000_00)
#: Pays under the minimum wage, for a person without working time.
_UNDER_THE_MINIMUM_WAGE = (600_00, 777_77, 900_00, 1_050_00, 1_200_00, 1_350_00, 1_499_99, 1_600_00, 1_765_00)


@attrs.frozen(order=True)
class Case:
    """One month of one employee.

    Attributes:
        equivalent_hours: the person has no working time and earns less than the minimum wage; peers are
            given the hours that the pay is worth, the library its ``equivalent_hours`` policy.
    """

    month: str
    gross_cents: int
    executive: bool
    headcount: int
    equivalent_hours: bool = False

    accident_ppm = 10_500
    mobility_ppm = 20_000
    cover_employee_cents = 25_00

    @property
    def cover_employer_cents(self) -> int:
        """The employer share of the health cover: half for most, more for executives."""
        return 35_00 if self.executive else 25_00

    @property
    def facts(self) -> PayFacts:
        """The case as the library takes it."""
        return PayFacts(
            gross_pay_cents=self.gross_cents,
            executive=self.executive,
            headcount=self.headcount,
            workplace_accident_ppm=self.accident_ppm,
            mobility_ppm=self.mobility_ppm,
            health_cover_employee_cents=self.cover_employee_cents,
            health_cover_employer_cents=self.cover_employer_cents,
            hours_policy=HoursPolicy.EQUIVALENT_HOURS if self.equivalent_hours else HoursPolicy.FULL_TIME,
        )

    def as_json(self, rules: Ruleset) -> dict[str, object]:
        """Return the case as the adapters of the peers read it: euros, fractions and hours, in floats."""
        hours = None
        if self.equivalent_hours:
            values = rules.month_law(self.month).values
            wage = values["general_reduction_minimum_wage_hourly"] * values["full_time_hours_yearly"] / 1200
            hours = values["full_time_hours_monthly"] / 100 * self.gross_cents / wage
        return {
            "month": self.month,
            "gross": self.gross_cents / 100,
            "executive": self.executive,
            "headcount": self.headcount,
            "hours": hours,
            "accident_rate": self.accident_ppm / 10**6,
            "mobility_rate": self.mobility_ppm / 10**6,
            "cover_employee": self.cover_employee_cents / 100,
            "cover_employer": self.cover_employer_cents / 100,
        }

    def __str__(self) -> str:
        """Write the case as the options of ``compare.py`` that run it alone."""
        return (
            f"--month {self.month} --gross {Decimal(self.gross_cents).scaleb(-2)} --headcount {self.headcount}"
            + " --executive" * self.executive
            + " --equivalent-hours" * self.equivalent_hours
        )


def months() -> tuple[str, ...]:
    """Return every month of the grid."""
    return tuple(str(month) for month in FIRST.through(LAST))


def _thresholds(rules: Ruleset, month: str) -> set[int]:
    """The pays of a month at which some rate or base changes, in cents."""
    values = rules.month_law(month).values
    hours = values["full_time_hours_yearly"]
    reduction_wage = values["general_reduction_minimum_wage_hourly"] * hours
    found = {
        reduction_wage // 1200,
        values["minimum_wage_hourly"] * hours // 1200,
        values["general_reduction_exit_multiple"] * reduction_wage // 120_000,
        values["social_security_ceiling_monthly"],
    }
    frozen = values.get("reduced_rates_minimum_wage_hourly")
    if frozen is not None:
        for name in ("health_reduced_rate_multiple", "family_reduced_rate_multiple"):
            found.add(values[name] * frozen * hours // 120_000)
    return found


def gross_amounts(rules: Ruleset, month: str) -> tuple[int, ...]:
    """Return forty pays from 600 to 12,000 €, each threshold of the month to the cent, and two beyond."""
    found = {threshold + step for threshold in _thresholds(rules, month) for step in (-1, 0, 1)}
    assert all(_LOWEST <= amount <= _HIGHEST for amount in found)
    for amount in _ORDINARY:
        if len(found) < _AMOUNTS:
            found.add(amount)
    return (*sorted(found), *_BEYOND)


def full_time_cases(rules: Ruleset, of_months: tuple[str, ...]) -> Iterator[Case]:
    """Iterate over the grid: every pay of every month, executive or not, of three sizes."""
    for month in of_months:
        for gross in gross_amounts(rules, month):
            for executive in (False, True):
                for headcount in HEADCOUNTS:
                    yield Case(month, gross, executive, headcount)


def equivalent_hours_cases(rules: Ruleset, of_months: tuple[str, ...]) -> Iterator[Case]:
    """Iterate over pays under the minimum wage of the month, for people without working time."""
    for month in of_months:
        values = rules.month_law(month).values
        wage = values["general_reduction_minimum_wage_hourly"] * values["full_time_hours_yearly"]
        for gross in _UNDER_THE_MINIMUM_WAGE:
            for headcount in HEADCOUNTS:
                if gross * 1200 < wage:
                    yield Case(month, gross, False, headcount, equivalent_hours=True)
