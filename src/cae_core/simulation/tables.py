"""Distributions as tables of whole numbers: the same on every machine, and nothing floats.

A draw is one cell of a table of equally likely ones. The tables are made once, from series and exponentials
of decimals, whose last digit the standard fixes; drawing from them is a look-up.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import cache

from cae_core.errors import InputError
from cae_core.money import MILLION, split

__all__ = ["CELLS", "COUNT_BITS", "count_table", "lognormal_table"]

#: The cells of a table of sizes: a size is drawn among so many, all as likely.
CELLS = 2048
#: A count is looked up with a whole number of so many bits.
COUNT_BITS = 62

#: Fixed point of the normal quantiles.
_ONE = 10**24
_HALF_CELL = _ONE // (2 * CELLS)
#: How near a quantile is searched: far beyond the millionths that are kept.
_CLOSE = 10**8
#: √(2π), which turns the density into its inverse.
_ROOT_OF_TWO_PI = Decimal("2.506628274631000502415765284811")
_DIGITS = Context(prec=34)
#: Fixed point of the chances of counts: the first of many is tiny (e⁻³⁰), and all others are its multiples.
_FINE = 10**60
_FINE_DIGITS = Context(prec=70)
#: A count less likely to be passed than one in 2 ** 50 is the last of its table.
_RARE = 2 ** (COUNT_BITS - 50)
_SPREAD_MAX = 150


@cache
def _normal_quantiles() -> tuple[int, ...]:
    """The middle of each cell of a standard normal distribution, times :data:`_ONE`, from the median up."""
    found: list[int] = []
    x, probability = 0, 0  # the probability from the median to x
    for rank in range(CELLS // 2):
        wanted = (2 * rank + 1) * _HALF_CELL
        while abs(wanted - probability) > _CLOSE:
            inverse_density = _scaled(_exp(x * x // (2 * _ONE)) * _ROOT_OF_TWO_PI)
            x += (wanted - probability) * inverse_density // _ONE
            probability = _from_median(x)
        found.append(x)
    return tuple(found)


def _exp(scaled: int) -> Decimal:
    """Return the exponential of a fixed-point number."""
    return _DIGITS.exp(Decimal(scaled).scaleb(-24, _DIGITS))


def _scaled(number: Decimal) -> int:
    return int(number.scaleb(24, _DIGITS))


def _from_median(x: int) -> int:
    """Return the probability between the median and x: density × (x + x³/3 + x⁵/(3·5) + …)."""
    square, term, total, odd = x * x // _ONE, x, x, 1
    while term:
        odd += 2
        term = term * square // (odd * _ONE)
        total += term
    inverse_density = _scaled(_exp(square // 2) * _ROOT_OF_TWO_PI)
    return total * _ONE // inverse_density


@cache
def lognormal_table(spread_hundredths: int) -> tuple[int, ...]:
    """Return the cells of a lognormal distribution of mean one, in millionths: their mean is exactly one.

    Args:
        spread_hundredths: the standard deviation of the logarithm, in hundredths: with 50, two draws of three
            lie between 0.6 and 1.6 times the median.

    Raises:
        InputError: a spread below 0 or above 1.50.
    """
    if type(spread_hundredths) is not int or not 0 <= spread_hundredths <= _SPREAD_MAX:
        raise InputError("spread", f"expected hundredths from 0 to {_SPREAD_MAX}, got {spread_hundredths!r}")
    upper = [quantile * spread_hundredths // 100 for quantile in _normal_quantiles()]
    weights = [_scaled(_exp(each)) for each in (*(-value for value in reversed(upper)), *upper)]
    return split(CELLS * MILLION, weights)


@cache
def count_table(
    mean_hundredths: int, variance_ratio_hundredths: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what a count is looked up with: the starts of its brackets, in 2 ** -62, and the counts.

    Args:
        mean_hundredths: the mean, in hundredths.
        variance_ratio_hundredths: the variance as a part of the mean, in hundredths: 100 is a Poisson
            distribution, more a negative binomial one (invoices come in bursts).

    Raises:
        InputError: a mean that is not between 0.01 and 30, a ratio that is not between 1 and 10.
    """
    if type(mean_hundredths) is not int or not 1 <= mean_hundredths <= 3_000:
        raise InputError("a_month", f"expected hundredths from 1 to 3000, got {mean_hundredths!r}")
    ratio = variance_ratio_hundredths
    if type(ratio) is not int or not 100 <= ratio <= 1_000:
        raise InputError("variance_ratio", f"expected hundredths from 100 to 1000, got {ratio!r}")
    over = ratio - 100
    if not over:
        logarithm = -mean_hundredths * _FINE // 100
    else:
        # The size of a negative binomial is mean / (ratio − 1); no event has chance ratio ** −size.
        of_ratio = int(_FINE_DIGITS.ln(Decimal(ratio).scaleb(-2)).scaleb(60, _FINE_DIGITS))
        logarithm = -of_ratio * mean_hundredths // over
    chance = int(_FINE_DIGITS.exp(Decimal(logarithm).scaleb(-60, _FINE_DIGITS)).scaleb(60, _FINE_DIGITS))
    starts, counts, below, count = [0], [0], 0, 0
    whole = 2**COUNT_BITS
    while (below := below + chance) < _FINE and whole - below * whole // _FINE > _RARE:
        count += 1
        starts.append(below * whole // _FINE)
        counts.append(count)
        if not over:
            chance = chance * mean_hundredths // (100 * count)
        else:
            # × (size + count − 1) / count × (ratio − 1) / ratio
            chance = chance * (mean_hundredths + (count - 1) * over) // (count * ratio)
    return tuple(starts), tuple(counts)
