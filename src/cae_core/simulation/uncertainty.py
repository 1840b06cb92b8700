"""What may happen to a turnover: its level, a client lost, invoices that come in lumps and are paid late.

Each is a small frozen record. A shock changes what is expected of the months; invoices turn it into amounts;
payment says when they are cashed. Amounts are whole cents from the draw on.
"""

from __future__ import annotations

from typing import Any, Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import MILLION, Lane, Rate, apply_rate, choose, divide_half_up, greatest, lookup
from cae_core.simulation.draws import Draws, arrays
from cae_core.simulation.tables import COUNT_BITS, count_table, lognormal_table

__all__ = ["Invoices", "LostClient", "Payment", "Shock", "UncertainLevel"]


class Shock(Protocol):
    """Changes what is expected of the months of each path."""

    french_name: str
    english_name: str

    def apply(self, means: list[Lane], months: tuple[Month, ...], draws: Draws, rank: int) -> list[Lane]:
        """Return what is then expected of each month, in cents, a column of paths each."""


@attrs.frozen(kw_only=True)
class UncertainLevel:
    """The level of the activity is not known: each path, or each year of it, is multiplied by a factor.

    Factors are lognormal with mean one, so that the mean turnover is unchanged.

    Attributes:
        spread_hundredths: standard deviation of the logarithm of the factor, in hundredths.
        each_year: another factor for each calendar year, instead of one for the path.
    """

    spread_hundredths: int = attrs.field()
    each_year: bool = False
    french_name = "niveau d'activité incertain"
    english_name = "uncertain level of activity"

    @spread_hundredths.validator
    def _in_bounds(self, attribute: object, value: int) -> None:
        lognormal_table(value)

    def apply(self, means: list[Lane], months: tuple[Month, ...], draws: Draws, rank: int) -> list[Lane]:
        """Multiply the months of a path by its factor."""
        table = arrays().asarray(lognormal_table(self.spread_hundredths))
        factors: dict[int, Lane] = {}
        found = []
        for mean, month in zip(means, months, strict=True):
            key = month.year if self.each_year else 0
            if key not in factors:
                stream, when = ("year", Month(month.year, 1)) if self.each_year else ("level", None)
                factors[key] = table[draws.cells(stream, when, 1, rank)[0]]
            found.append(apply_rate(mean, factors[key]))
        return found


@attrs.frozen(kw_only=True)
class LostClient:
    """A client that makes a share of the turnover may leave, and is replaced some months later.

    Attributes:
        share: the part of the turnover it makes.
        chance: the chance that it leaves in a month.
        months: how many months its share is missing.
    """

    share: Rate
    chance: Rate
    months: int = attrs.field()
    french_name = "perte d'un client"
    english_name = "a client lost"

    @months.validator
    def _some(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 1:
            raise InputError("months", f"expected a whole number of months, at least 1, got {value!r}")

    def apply(self, means: list[Lane], months: tuple[Month, ...], draws: Draws, rank: int) -> list[Lane]:
        """Take the share off the months in which the client is gone."""
        threshold = self.chance.ppm * 2**COUNT_BITS // MILLION
        left: Lane = 0
        found = []
        for mean, month in zip(means, months, strict=True):
            leaves = (draws.words("client", month, 1, rank)[0] < threshold) & (left == 0)
            left = choose(leaves, self.months, left)
            found.append(choose(left > 0, apply_rate(mean, MILLION - self.share.ppm), mean))
            left = greatest(left - 1, 0)
        return found


@attrs.frozen(kw_only=True)
class Invoices:
    """Turnover in lumps: a number of invoices each month, each of its own size.

    The mean of a month is what is expected of it: so many invoices, of so much on average. Numbers are
    Poisson, or negative binomial where they come in bursts; sizes are lognormal.

    Attributes:
        a_month_hundredths: the mean number of invoices of a month, in hundredths.
        variance_ratio_hundredths: variance of the number ÷ its mean, in hundredths; 100 is Poisson.
        spread_hundredths: standard deviation of the logarithm of the size, in hundredths.
    """

    a_month_hundredths: int
    variance_ratio_hundredths: int = 100
    spread_hundredths: int = 0
    french_name = "factures irrégulières"
    english_name = "lumpy invoices"

    def __attrs_post_init__(self) -> None:
        lognormal_table(self.spread_hundredths)
        count_table(self.a_month_hundredths, self.variance_ratio_hundredths)

    def amounts(self, mean: Lane, month: Month, draws: Draws) -> Any:
        """Return the invoices of a month: a row for each, in cents; zero where there is none.

        Rounded once: the expectation of the month × the size of the invoice ÷ the number expected.
        """
        starts, counts = count_table(self.a_month_hundredths, self.variance_ratio_hundredths)
        number = lookup(starts, counts, draws.words("count", month, 1)[0])
        rows = max(int(number.max()), 1)
        sizes = arrays().asarray(lognormal_table(self.spread_hundredths))[draws.cells("size", month, rows)]
        invoiced = divide_half_up(mean * sizes * 100, MILLION * self.a_month_hundredths)
        ranks = arrays().arange(rows)[:, None]
        return choose(ranks < number, invoiced, 0)


def _delays(delays: Any) -> tuple[tuple[int, Rate], ...]:
    return tuple((months, rate) for months, rate in delays)


@attrs.frozen(kw_only=True)
class Payment:
    """When invoices are paid.

    Attributes:
        delays: ``((months, chance), …)``: 0 is the month of the invoice. By default all are paid at once.
        written_off_after: an invoice that is never paid is written off so many months later: the chances of
            the delays need not add up to 100 %.
    """

    delays: tuple[tuple[int, Rate], ...] = attrs.field(default=((0, Rate(MILLION)),), converter=_delays)
    written_off_after: int = attrs.field(default=12)
    french_name = "délais de paiement"
    english_name = "late payments"

    @delays.validator
    def _chances(self, attribute: object, delays: tuple[tuple[int, Rate], ...]) -> None:
        months = [each for each, _ in delays]
        if not delays or months != sorted(set(months)) or any(type(each) is not int for each in months):
            raise InputError("delays", f"expected different whole months, increasing, got {months}")
        if months[0] < 0 or sum(rate.ppm for _, rate in delays) > MILLION:
            raise InputError("delays", "expected months from 0 and chances of 100 % together at most")

    @written_off_after.validator
    def _later(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 1:
            raise InputError("written_off_after", f"expected months, at least 1, got {value!r}")

    @property
    def random(self) -> bool:
        """Whether an invoice may be paid at several moments, or never."""
        return len(self.delays) > 1 or self.delays[0][1].ppm < MILLION

    @property
    def unpaid_ppm(self) -> int:
        """The chance that an invoice is never paid, in millionths."""
        return MILLION - sum(rate.ppm for _, rate in self.delays)

    def rows(self, month: Month, rows: int, draws: Draws | None) -> Any:
        """Return the delay of each invoice of a month; −1 where it is never paid."""
        if not self.random:
            return (self.delays[0][0],) * rows
        assert draws is not None
        starts, values, below = [], [], 0
        for months, rate in self.delays:
            starts.append(below * 2**COUNT_BITS // MILLION)
            values.append(months)
            below += rate.ppm
        if self.unpaid_ppm:
            starts.append(below * 2**COUNT_BITS // MILLION)
            values.append(-1)
        return lookup(starts, values, draws.words("delay", month, rows))
