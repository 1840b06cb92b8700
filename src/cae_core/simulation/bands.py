"""What many paths say together: bands, chances, and the difference between two policies.

A band is made of order statistics: the amount of a level is that of a path, nothing is interpolated. With
common random numbers, two simulations of one seed meet the same turnover path by path, so their differences
are taken path by path.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.money import MILLION, Rate, divide_half_up
from cae_core.shown import Shown
from cae_core.simulation.draws import arrays
from cae_core.simulation.monte_carlo import Simulation

__all__ = ["LEVELS", "Band", "Chance", "Difference", "band", "chance", "compare", "quantile", "right_band"]

#: The levels of a band: in the middle nine paths of ten, half of them on each side of the median.
LEVELS = (Rate.percent("5"), Rate.percent("25"), Rate.percent("50"), Rate.percent("75"), Rate.percent("95"))


@attrs.frozen(kw_only=True)
class Band(Shown):
    """A figure over time, and how it spreads over the paths.

    Attributes:
        measure: the figure.
        periods: the months, years or days, in order.
        levels: the shares of the paths, increasing.
        amounts: for each period, for each level, the least amount that this share of the paths does not pass.
        means: for each period the mean of the paths, to the nearest whole number.
        paths: how many paths.
        unit: ``"cents"``, or what the figure counts.
    """

    measure: str
    periods: tuple[str, ...]
    levels: tuple[Rate, ...]
    amounts: tuple[tuple[int, ...], ...]
    means: tuple[int, ...]
    paths: int
    unit: str = "cents"

    def at(self, level: Rate | str) -> tuple[int, ...]:
        """Return the amounts of one level, period after period.

        Raises:
            InputError: the band has no such level.
        """
        wanted = level if isinstance(level, Rate) else Rate.percent(level)
        if wanted not in self.levels:
            known = ", ".join(map(str, self.levels))
            raise InputError("level", f"expected one of {known}, got {wanted}")
        rank = self.levels.index(wanted)
        return tuple(amounts[rank] for amounts in self.amounts)


@attrs.frozen(kw_only=True)
class Chance:
    """How many paths meet a condition.

    Attributes:
        count: how many do.
        paths: of how many.
    """

    count: int
    paths: int

    @property
    def ppm(self) -> int:
        """The share of the paths, in millionths."""
        share: int = divide_half_up(self.count * MILLION, self.paths)
        return share

    @property
    def rate(self) -> Rate:
        """The share of the paths, to a hundredth of a percent."""
        return Rate(divide_half_up(self.ppm, 100) * 100)

    @property
    def error_ppm(self) -> int:
        """How far it may be from the share of endless paths, in 95 cases of 100, in millionths.

        Where all paths meet the condition, or none, the rule of three: three of so many paths.
        """
        if self.count in (0, self.paths):
            return min(3 * MILLION // self.paths, MILLION)
        return 196 * isqrt(self.ppm * (MILLION - self.ppm) // self.paths) // 100


@attrs.frozen(kw_only=True)
class Difference:
    """What a second policy changes, path by path.

    Attributes:
        band: the differences, second less first.
        higher: for each period, how many paths gain.
        lower: how many lose.
    """

    band: Band
    higher: tuple[Chance, ...]
    lower: tuple[Chance, ...]


def quantile(values: Any, level: Rate) -> Any:
    """Return, for each row, the least value that a share of the row does not pass: an order statistic."""
    ordered = arrays().sort(values, axis=-1)
    return ordered[..., _rank(ordered.shape[-1], level)]


def _rank(paths: int, level: Rate) -> int:
    return max(-(-paths * level.ppm // MILLION) - 1, 0)


def _levels(levels: Sequence[Rate | str]) -> tuple[Rate, ...]:
    read = tuple(level if isinstance(level, Rate) else Rate.percent(level) for level in levels)
    if not read or list(read) != sorted(set(read)):
        raise InputError("levels", f"expected different levels, increasing, got {list(map(str, read))}")
    return read


def _band(
    values: Any, measure: str, periods: Sequence[object], levels: Sequence[Rate | str], unit: str
) -> Band:
    read = _levels(levels)
    ordered = arrays().sort(values, axis=1)
    paths = ordered.shape[1]
    ranks = [_rank(paths, level) for level in read]
    return Band(
        measure=measure,
        periods=tuple(map(str, periods)),
        levels=read,
        amounts=tuple(tuple(row) for row in ordered[:, ranks].tolist()),
        means=tuple(divide_half_up(total, paths) for total in ordered.sum(axis=1).tolist()),
        paths=paths,
        unit=unit,
    )


def _values(simulation: Simulation, measure: str, yearly: bool) -> tuple[Any, Sequence[object]]:
    if yearly:
        return simulation.yearly(measure), simulation.years
    return simulation[measure], simulation.months


def band(
    simulation: Simulation, measure: str, *, levels: Sequence[Rate | str] = LEVELS, yearly: bool = False
) -> Band:
    """Return the band of a figure, month by month or year by year.

    Args:
        simulation: the paths.
        measure: one of :data:`~cae_core.simulation.MEASURES`.
        levels: shares of the paths, increasing, such as ``("5", "50", "95")`` percent.
        yearly: sums of calendar years; of a balance the last month.

    Raises:
        UnknownNameError: there is no such figure.
        InputError: levels out of order.
    """
    values, periods = _values(simulation, measure, yearly)
    return _band(values, measure, periods, levels, "cents")


def right_band(
    simulation: Simulation, name: str, *, levels: Sequence[Rate | str] = LEVELS, unit: str = ""
) -> Band:
    """Return the band of a figure of a right that was watched, day by day; see :func:`band`."""
    right = simulation.right(name)
    return _band(right.values, name, right.days, levels, unit)


def chance(holds: Any) -> Chance:
    """Return how many paths meet a condition: a column of truth values.

    ``chance((simulation["treasury"] >= 0).all(axis=0))`` is the chance that the treasury never falls short.
    """
    return Chance(count=int((holds != 0).sum()), paths=len(holds))


def compare(
    first: Simulation,
    second: Simulation,
    measure: str,
    *,
    levels: Sequence[Rate | str] = LEVELS,
    yearly: bool = False,
) -> Difference:
    """Return what a second policy changes in a figure, on the same turnover path by path.

    Raises:
        InputError: the simulations are not of the same months, paths and turnover.
        UnknownNameError: there is no such figure.
    """
    same = (first.months, first.paths) == (second.months, second.paths)
    if not same or (first["turnover"] != second["turnover"]).any():
        raise InputError(
            "compare", "expected two simulations of the same turnover: one seed, paths and months"
        )
    (before, periods), (after, _) = _values(first, measure, yearly), _values(second, measure, yearly)
    differences = after - before
    return Difference(
        band=_band(differences, measure, periods, levels, "cents"),
        higher=tuple(chance(row > 0) for row in differences),
        lower=tuple(chance(row < 0) for row in differences),
    )
