"""Every plan on the same paths: several plans at once, side by side in the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, greatest
from cae_core.simulation.columns import RightColumns, run_columns
from cae_core.simulation.draws import Draws, arrays
from cae_core.simulation.flows import Flows, Sale
from cae_core.simulation.guarantees import Guarantee
from cae_core.simulation.monte_carlo import Simulation
from cae_core.simulation.outcomes import Outcome, outcome_of
from cae_core.simulation.scenario import Scenario, Watched
from cae_core.simulation.smoothing import Plan, RegularPay, agreed

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["PlanRuns", "gathered"]

#: Columns that are run together.
_COLUMNS = 16_384


@attrs.frozen(eq=False)
class _ManyPlans:
    """The policies of several plans, reserves in a column: what ``SharePay`` answers for each of them."""

    reserves_cents: Lane
    settles_in: int | None
    french_name = "plusieurs plans"

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return all that exceeds the reserve in the month of settlement, and everything at the end."""
        if leaves:
            return greatest(available_cents, 0)
        return greatest(available_cents - self.reserves_cents, 0) if month.number == self.settles_in else None


@attrs.frozen(kw_only=True, eq=False)
class PlanRuns:
    """The paths that every plan meets.

    Attributes:
        rules: the law.
        scenario: the scenario.
        flows: what comes in and goes out.
        seed: the seed.
        paths: the numbers of the paths.
        guarantees: what the plans are asked.
        watched: the rights that the guarantees look at.
    """

    rules: Ruleset
    scenario: Scenario
    flows: Flows
    seed: int
    paths: range
    guarantees: tuple[Guarantee, ...]
    watched: tuple[Watched, ...]

    @classmethod
    def of(
        cls, rules: Ruleset, scenario: Scenario, guarantees: tuple[Guarantee, ...], *, seed: int, paths: range
    ) -> PlanRuns:
        """Draw the paths.

        Raises:
            InputError: two guarantees look at one right on other days or with other facts.
            MissingExtraError: numpy is not installed.
        """
        flows = gathered(scenario.flows(Draws(seed, paths))) if scenario.random else scenario.flows()
        return cls(
            rules=rules,
            scenario=scenario,
            flows=flows,
            seed=seed,
            paths=paths,
            guarantees=guarantees,
            watched=_watched(guarantees),
        )

    def outcomes(self, plans: Sequence[Plan]) -> Iterator[Outcome]:
        """Iterate over what the paths say of each plan."""
        together = max(_COLUMNS // len(self.paths), 1)
        for first in range(0, len(plans), together):
            some = plans[first : first + together]
            for settles_in in dict.fromkeys(plan.settles_in for plan in some):
                yield from self._together([plan for plan in some if plan.settles_in == settles_in])

    def _together(self, plans: Sequence[Plan]) -> Iterator[Outcome]:
        """Run plans that settle in the same month."""
        np, count = arrays(), len(self.paths)

        def column(amounts: Iterable[int]) -> Lane:
            return np.repeat(np.asarray(list(amounts), dtype=np.int64), count)

        engagement = self.scenario.engagement
        pays: Any = column(plan.monthly_cents for plan in plans)
        many = attrs.evolve(
            engagement,
            contract=RegularPay(agreed(engagement.contract), pays),
            policy=_ManyPlans(column(plan.reserve_cents for plan in plans), plans[0].settles_in),
        )
        columns, rights = run_columns(
            self.rules,
            attrs.evolve(self.scenario, engagement=many),
            _side_by_side(self.flows, len(plans)),
            count * len(plans),
            self.watched,
        )
        for rank, plan in enumerate(plans):
            own = slice(rank * count, (rank + 1) * count)
            simulation = Simulation(
                scenario=plan.scenario(self.scenario),
                seed=self.seed,
                paths=self.paths,
                columns={name: rows[:, own] for name, rows in columns.items()},
                rights={
                    name: RightColumns(right.days, right.values[:, own]) for name, right in rights.items()
                },
            )
            yield outcome_of(plan, simulation, self.guarantees)


def _watched(guarantees: Iterable[Guarantee]) -> tuple[Watched, ...]:
    """Return the rights that some guarantees look at, each once."""
    found: dict[str, Watched] = {}
    for guarantee in guarantees:
        for watch in guarantee.watched:
            code = watch.entitlement.code
            if found.setdefault(code, watch) != watch:
                raise InputError("guarantees", f"{code} is looked at on two kinds of days")
    return tuple(found.values())


def gathered(flows: Flows) -> Flows:
    """Return flows with the sales of a month that are paid after as long put together: the same sums."""
    found: dict[tuple[Month, int], Lane] = {}
    for sale in flows.sales:
        for delay in [sale.delay] if isinstance(sale.delay, int) else sorted(set(sale.delay.tolist())):
            part = sale.amount_cents
            if not isinstance(sale.delay, int):
                part = part * (sale.delay == delay)
            key = sale.month, delay
            found[key] = found.get(key, 0) + part
    sales = tuple(Sale(month, cents, delay) for (month, delay), cents in found.items())
    return attrs.evolve(flows, sales=sales)


def _side_by_side(flows: Flows, copies: int) -> Flows:
    """Return flows repeated, once for each plan."""
    np = arrays()

    def repeated(lane: Lane) -> Lane:
        return np.tile(lane, copies) if hasattr(lane, "__array_namespace__") else lane

    sales = tuple(Sale(sale.month, repeated(sale.amount_cents), repeated(sale.delay)) for sale in flows.sales)
    return attrs.evolve(flows, sales=sales)
