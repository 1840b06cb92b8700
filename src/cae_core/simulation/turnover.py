"""The turnover that is expected, month by month: given, or a year spread over a profile and growing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import MILLION, Rate, divide_half_up, split

__all__ = ["Expenses", "MonthsGiven", "SeasonalTurnover", "Turnover"]

#: The largest turnover of a month: what is drawn from it stays far inside the domain.
_MONTH_MAX = 10**8


class Turnover(Protocol):
    """What is expected of the months. Amounts are cents excluding VAT."""

    def expected(self, months: tuple[Month, ...]) -> tuple[int, ...]:
        """Return the turnover expected of each month, in cents."""


def _cents(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if type(value) is not int or value < 0:
        raise InputError(attribute.name, f"expected a whole number of cents, zero or more, got {value!r}")


def _checked(months: tuple[Month, ...], amounts: tuple[int, ...]) -> tuple[int, ...]:
    for month, cents in zip(months, amounts, strict=True):
        if type(cents) is not int or not 0 <= cents <= _MONTH_MAX:
            raise InputError(f"turnover of {month}", f"expected cents from 0 to {_MONTH_MAX}, got {cents!r}")
    return amounts


@attrs.frozen
class MonthsGiven:
    """Months that are known, or planned one by one.

    Attributes:
        by_month: the turnover of each month, in cents.
    """

    by_month: Mapping[Month, int]

    def expected(self, months: tuple[Month, ...]) -> tuple[int, ...]:
        """Return the months asked for.

        Raises:
            InputError: a month is not given, or is no amount.
        """
        missing = [str(month) for month in months if month not in self.by_month]
        if missing:
            raise InputError("turnover", f"no amount is given for {', '.join(missing)}")
        return _checked(months, tuple(self.by_month[month] for month in months))


@attrs.frozen(kw_only=True)
class SeasonalTurnover:
    """A year of turnover, spread over twelve months and growing from year to year.

    Attributes:
        yearly_cents: the turnover of the first year.
        from_year: the first year.
        profile: how the year is spread: twelve whole weights, January first.
        growth_ppm: by how many millionths each year exceeds the one before; below zero it shrinks.
    """

    yearly_cents: int = attrs.field(validator=_cents)
    from_year: int
    profile: tuple[int, ...] = attrs.field(default=(1,) * 12, converter=tuple)
    growth_ppm: int = attrs.field(default=0)

    @profile.validator
    def _twelve(self, attribute: object, profile: tuple[int, ...]) -> None:
        if (
            len(profile) != 12
            or any(type(each) is not int or each < 0 for each in profile)
            or not sum(profile)
        ):
            raise InputError("profile", f"expected twelve whole weights, not all zero, got {list(profile)!r}")

    @growth_ppm.validator
    def _over_minus_one(self, attribute: object, value: int) -> None:
        if type(value) is not int or value <= -MILLION:
            raise InputError("growth", f"expected millionths over -{MILLION}, got {value!r}")

    def expected(self, months: tuple[Month, ...]) -> tuple[int, ...]:
        """Return the months asked for: the twelve of a year add up to its turnover.

        Raises:
            InputError: a month before the first year.
        """
        years: dict[int, tuple[int, ...]] = {}
        cents = self.yearly_cents
        for year in range(self.from_year, months[-1].year + 1):
            years[year] = split(cents, self.profile)
            cents = divide_half_up(cents * (MILLION + self.growth_ppm), MILLION)
        if months[0].year < self.from_year:
            raise InputError("turnover", f"it starts in {self.from_year}, {months[0]} was asked for")
        return _checked(months, tuple(years[month.year][month.number - 1] for month in months))


@attrs.frozen(kw_only=True)
class Expenses:
    """The direct expenses of an activity: a share of its turnover, and so much a month whatever it sells.

    Attributes:
        share: the part of the turnover invoiced.
        monthly_cents: of every month.
        in_gross_margin: the cooperative deducts them in its gross margin.
    """

    share: Rate = attrs.field(default=Rate(0), validator=attrs.validators.instance_of(Rate))
    monthly_cents: int = attrs.field(default=0, validator=_cents)
    in_gross_margin: bool = True
