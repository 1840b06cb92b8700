"""The month of pay from which indemnities are counted (salaire de référence)."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.payroll.pay_policy import FixedThenSettle, PayPolicy
from cae_core.payroll.run import MonthRun

__all__ = ["PayMonth", "ReferenceMethod", "ReferencePay", "pay_months", "reference_pay"]


def _month(value: object) -> Month:
    return Month.parse(value)


@attrs.frozen(kw_only=True)
class PayMonth:
    """The gross pay of one month.

    Attributes:
        month: the month; ``Month(2026, 3)`` or ``"2026-03"``.
        gross_cents: all the gross pay of the month.
        annual_cents: of it, the sums of a yearly or exceptional character: the balance of the variable part
            settled once a year is one, an advance paid each month is not.
    """

    month: Month = attrs.field(converter=_month)
    gross_cents: int = attrs.field()
    annual_cents: int = attrs.field(default=0)

    @gross_cents.validator
    def _an_amount(self, attribute: attrs.Attribute[Any], value: object) -> None:
        if type(value) is not int or value < 0:
            raise InputError(f"{self.month}", f"expected zero or more cents of pay, got {value!r}")

    @annual_cents.validator
    def _part_of_the_pay(self, attribute: attrs.Attribute[Any], value: object) -> None:
        if type(value) is not int or not 0 <= value <= self.gross_cents:
            raise InputError(
                f"{self.month}",
                f"expected annual sums from 0 to the gross pay, {self.gross_cents}, got {value!r}",
            )


class ReferenceMethod(enum.Enum):
    """Which of the two formulas gives more."""

    LONG = "long"
    SHORT = "short"
    NONE = "none"


@attrs.frozen(kw_only=True)
class ReferencePay:
    """The reference pay, with both formulas. Amounts are exact fractions of cents: nothing is rounded yet.

    Attributes:
        months: the months of the first formula, in order.
        short_months: those of the second one; empty where there are fewer than three.
        long_cents: the mean of the months of the first formula.
        short_cents: the mean of the last months, their annual sums counted for the part of those months.
        wanted_months: how many months the first formula takes, where there are as many.
        citations: the texts.
    """

    months: tuple[PayMonth, ...]
    short_months: tuple[PayMonth, ...]
    long_cents: Fraction
    short_cents: Fraction | None
    wanted_months: int
    citations: tuple[Citation, ...] = ()

    @property
    def method(self) -> ReferenceMethod:
        """The formula that gives more; the first one where both agree."""
        if not self.months:
            return ReferenceMethod.NONE
        short = self.short_cents is not None and self.short_cents > self.long_cents
        return ReferenceMethod.SHORT if short else ReferenceMethod.LONG

    @property
    def cents(self) -> Fraction:
        """The reference pay."""
        return max(self.long_cents, self.short_cents or Fraction())

    @property
    def annual_cents(self) -> int:
        """The annual sums that the second formula counts in part."""
        return sum(month.annual_cents for month in self.short_months)


def reference_pay(law: LawOn, pay: Iterable[PayMonth]) -> ReferencePay:
    """Return the reference pay: the better of two means.

    The first is the mean of the last twelve months, or of all of them where there are fewer. The second is
    the mean of the last three, in which a yearly or exceptional sum counts for three twelfths alone. The
    balance of a variable part, settled once a year, is such a sum: no text says it of a CESA.

    The simulator of the Ministry of Labour takes every premium it is given off the last three months, those
    of the nine months before included, for its form asks for those of the last three alone. Here a premium
    is taken off the month in which it was paid.

    Args:
        law: the law of the day that decides.
        pay: the months before the decision, in any order; a month without pay is a month of zero. Months of
            sickness are to be left out and earlier ones given instead (case law, not read).

    Raises:
        InputError: a month is given twice.

    Law:
        Code du travail, art. R1234-4; for retirement, art. D1237-2.
    """
    given = sorted(pay, key=lambda each: each.month)
    twice = [before.month for before, after in pairwise(given) if before.month == after.month]
    if twice:
        raise InputError("pay", f"expected each month once, got {', '.join(map(str, twice))} twice")
    names = ("severance_reference_months", "severance_reference_short_months")
    long, short = (law.whole(name) for name in names)
    months = tuple(given[-long:])
    total = sum(each.gross_cents for each in months)
    last = months[-short:] if len(months) >= short else ()
    short_cents = None
    if last:
        annual = sum(each.annual_cents for each in last)
        usual = sum(each.gross_cents for each in last) - annual
        short_cents = Fraction(usual, short) + Fraction(annual, 12)
    return ReferencePay(
        months=months,
        short_months=last,
        long_cents=Fraction(total, len(months)) if months else Fraction(),
        short_cents=short_cents,
        wanted_months=long,
        citations=law.citations_of(*names),
    )


def pay_months(runs: Iterable[MonthRun], policy: PayPolicy) -> tuple[PayMonth, ...]:
    """Return the pay of months that were run.

    Under a policy that settles the variable part once a year, the variable part of that month is an annual
    sum; advances paid month by month are not.
    """
    settles_in = policy.settles_in if isinstance(policy, FixedThenSettle) else None
    return tuple(
        PayMonth(
            month=done.month,
            gross_cents=done.payslip.gross_pay_cents,
            annual_cents=done.variable_pay_cents if done.month.number == settles_in else 0,
        )
        for done in runs
    )
