"""Simulate many paths of a scenario: by parts, each the same whoever computes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError, UnknownNameError
from cae_core.shown import Shown
from cae_core.simulation.columns import RightColumns, run_columns
from cae_core.simulation.draws import BLOCK, Draws, arrays
from cae_core.simulation.scenario import Scenario, Watched

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["PART", "Simulation", "join", "parts_of", "simulate"]

#: Paths that are computed together: enough to make light of each call, few enough for the cache.
PART = 16 * BLOCK


@attrs.frozen(kw_only=True, eq=False)
class Simulation(Shown):
    """Many paths of a scenario, in whole numbers.

    ``simulation["net_before_tax"]`` is a figure in cents, a row a month and a column a path (see
    :data:`~cae_core.simulation.MEASURES`); ``simulation.right("retirement_quarters.quarters")`` is one of the
    rights watched, a row a day.

    Attributes:
        scenario: what was simulated.
        seed: the seed.
        paths: the numbers of the paths.
        rights: the figures of the rights watched, by ``code.figure``.
    """

    scenario: Scenario = attrs.field(repr=False)
    seed: int
    paths: range
    _columns: Mapping[str, Any] = attrs.field(repr=False)
    rights: Mapping[str, RightColumns] = attrs.field(repr=False)

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, measure: str) -> Any:
        """Return a figure in cents, months × paths.

        Raises:
            UnknownNameError: there is no such figure.
        """
        if measure not in self._columns:
            raise UnknownNameError("measure", measure, tuple(self._columns))
        return self._columns[measure]

    def right(self, name: str) -> RightColumns:
        """Return a figure of a right that was watched.

        Raises:
            UnknownNameError: it was not watched.
        """
        if name not in self.rights:
            raise UnknownNameError("right", name, tuple(self.rights))
        return self.rights[name]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months, in order."""
        return self.scenario.months

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years, in order."""
        return tuple(dict.fromkeys(month.year for month in self.months))

    def yearly(self, measure: str) -> Any:
        """Return a figure of each calendar year, years × paths: a sum, or the last month of a balance."""
        np = arrays()
        column = self[measure]
        rows = []
        for year in self.years:
            kept = [rank for rank, month in enumerate(self.months) if month.year == year]
            rows.append(column[kept[-1]] if measure in ("treasury", "result") else column[kept].sum(axis=0))
        return np.stack(rows)


def simulate(
    rules: Ruleset,
    scenario: Scenario,
    *,
    seed: int,
    paths: int | range = 1000,
    watched: Sequence[Watched] = (),
    step: Callable[[], object] | None = None,
) -> Simulation:
    """Simulate many paths of a scenario.

    Args:
        rules: the law.
        scenario: the scenario.
        seed: the same seed gives the same paths, on any machine and however they are shared out.
        paths: how many, or their numbers: ``range(4096, 8192)`` is a part that :func:`join` puts together
            with others.
        watched: the rights to measure.
        step: called after each part of :data:`PART` paths, for a progress bar (see :func:`parts_of`).

    Raises:
        InputError: no path, or a right that has no columns.
        LawNotKnownError: the law of a month is not known, and the scenario does not carry it forward.
        MissingExtraError: numpy is not installed.
    """
    wanted = range(paths) if isinstance(paths, int) else paths
    done = []
    for part in parts_of(wanted):
        draws = Draws(seed, part)
        columns, rights = run_columns(rules, scenario, scenario.flows(draws), len(part), watched)
        done.append(Simulation(scenario=scenario, seed=seed, paths=part, columns=columns, rights=rights))
        if step is not None:
            step()
    if not done:
        raise InputError("paths", f"expected one path or more, got {paths!r}")
    return join(done)


def parts_of(paths: range) -> tuple[range, ...]:
    """Return the parts that paths are computed in."""
    return tuple(
        range(first, min(first + PART, paths.stop)) for first in range(paths.start, paths.stop, PART)
    )


def join(parts: Iterable[Simulation]) -> Simulation:
    """Put the parts of a simulation together, in any order.

    Raises:
        InputError: no part, parts of different seeds or months, or paths that are not in a row.
    """
    ordered = sorted(parts, key=lambda part: part.paths.start)
    if not ordered:
        raise InputError("parts", "expected one part or more, got none")
    first = ordered[0]
    for before, after in pairwise(ordered):
        if (before.seed, before.months, set(before.rights)) != (after.seed, after.months, set(after.rights)):
            raise InputError("parts", "they are not of one simulation: seed, months or rights differ")
        if before.paths.stop != after.paths.start:
            raise InputError("parts", f"{after.paths!r} does not follow {before.paths!r}")
    if len(ordered) == 1:
        return first
    np = arrays()
    return Simulation(
        scenario=first.scenario,
        seed=first.seed,
        paths=range(first.paths.start, ordered[-1].paths.stop),
        columns={name: np.concatenate([part[name] for part in ordered], axis=1) for name in first._columns},
        rights={
            name: RightColumns(
                right.days, np.concatenate([part.rights[name].values for part in ordered], axis=1)
            )
            for name, right in first.rights.items()
        },
    )
