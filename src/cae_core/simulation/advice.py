"""Advice: the best plan that keeps what must be guaranteed, and what each guarantee costs.

Every plan of a family meets the same paths. What the paths say of each plan is kept, so that the best plan
without a guarantee, or with another chance, is read from the same table: the price of a guarantee is what
the best plan would give more without it, and it is never below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from cae_core.errors import InputError
from cae_core.reasons import Reason
from cae_core.simulation.guarantees import Guarantee, Verdict
from cae_core.simulation.outcomes import Aim, Outcome
from cae_core.simulation.plan_runs import PlanRuns
from cae_core.simulation.scenario import Scenario
from cae_core.simulation.smoothing import PlanFamily, family_for

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["Advice", "Price", "Shortfall", "advise"]


@attrs.frozen(kw_only=True)
class Price:
    """What a guarantee costs.

    Attributes:
        guarantee: the guarantee.
        cents: what the best plan without it gives more of the aim; 0 where it costs nothing.
        without: the best plan without it, which keeps all the others.
    """

    guarantee: Guarantee
    cents: int
    without: Outcome


@attrs.frozen(kw_only=True)
class Shortfall:
    """A guarantee that the nearest plan does not keep, where no plan keeps all of them.

    Attributes:
        verdict: what the nearest plan gives of it, and by how much it falls short.
        best: the plan that holds it with the highest chance, whatever the others.
        without: the best plan that keeps all the others; ``None`` where they do not go together either.
    """

    verdict: Verdict
    best: Outcome
    without: Outcome | None

    @property
    def guarantee(self) -> Guarantee:
        """The guarantee."""
        return self.verdict.guarantee

    @property
    def alone(self) -> bool:
        """Whether some plan keeps it, whatever the others: then it is the others that stand in the way."""
        return self.best.verdict(self.guarantee).met


@attrs.frozen(kw_only=True)
class Advice:
    """The best plan of a family, or the nearest one and all that it lacks.

    Attributes:
        scenario: what was looked at.
        seed, paths: the draws.
        aim: what the best plan has most of.
        guarantees: what it must keep.
        outcomes: every plan of the family, by pay and reserve.
        best: the best plan that keeps every guarantee; where none does, the one that falls short by least.
        elsewhere: the same plan on as many other paths, which had no part in choosing it.
    """

    scenario: Scenario = attrs.field(repr=False)
    seed: int
    paths: int
    aim: Aim
    guarantees: tuple[Guarantee, ...]
    outcomes: tuple[Outcome, ...] = attrs.field(repr=False)
    best: Outcome
    elsewhere: Outcome

    @property
    def feasible(self) -> bool:
        """Whether a plan of the family keeps every guarantee."""
        return not self.best.broken

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every guarantee, kept or not by the plan, with both chances."""
        return tuple(verdict.reason() for verdict in self.best.verdicts)

    def best_of(self, guarantees: Iterable[Guarantee]) -> Outcome | None:
        """Return the best plan that keeps some of the guarantees, or ``None`` where no plan does."""
        kept = tuple(guarantees)
        return max(
            (outcome for outcome in self.outcomes if outcome.keeps(kept)), key=_order(self.aim), default=None
        )

    def _without(self, guarantee: Guarantee) -> Outcome | None:
        return self.best_of(each for each in self.guarantees if each != guarantee)

    @property
    def prices(self) -> tuple[Price, ...]:
        """The price of each guarantee; none where no plan keeps them all (see :attr:`shortfalls`)."""
        if not self.feasible:
            return ()
        found = []
        for guarantee in self.guarantees:
            without = self._without(guarantee)
            assert without is not None  # the best plan keeps them as well
            cents = without.value(self.aim) - self.best.value(self.aim)
            found.append(Price(guarantee=guarantee, cents=cents, without=without))
        return tuple(found)

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Each guarantee that the nearest plan does not keep; none where a plan keeps them all."""
        return tuple(
            Shortfall(
                verdict=verdict,
                best=max(self.outcomes, key=_order(self.aim, verdict.guarantee)),
                without=self._without(verdict.guarantee),
            )
            for verdict in self.best.broken
        )

    def ladder(self, guarantee: Guarantee, *, others: bool = True) -> tuple[Outcome, ...]:
        """Return, for each pay of the family, the plan that holds a guarantee with the highest chance.

        It answers "how much every month, how safely": pay goes up, the chance goes down.

        Args:
            guarantee: one of the guarantees.
            others: the plan keeps all the other guarantees as well; a pay where none does is left out.
        """
        kept = [each for each in self.guarantees if each != guarantee] if others else []
        found: dict[int, list[Outcome]] = {}
        for outcome in self.outcomes:
            if outcome.keeps(kept):
                found.setdefault(outcome.plan.monthly_cents, []).append(outcome)
        key = _order(self.aim, guarantee)
        return tuple(max(found[monthly], key=key) for monthly in sorted(found))


def _order(aim: Aim, first: Guarantee | None = None) -> Callable[[Outcome], tuple[int, ...]]:
    """Return the order of plans: the aim, then what is paid in total, then more regular pay, less reserve."""

    def key(outcome: Outcome) -> tuple[int, ...]:
        plan = outcome.plan
        chosen = () if first is None else (outcome.verdict(first).chance.count, outcome.verdict(first).slack)
        return (*chosen, outcome.value(aim), outcome.mean_cents, plan.monthly_cents, -plan.reserve_cents)

    return key


def advise(
    rules: Ruleset,
    scenario: Scenario,
    guarantees: Iterable[Guarantee],
    *,
    seed: int,
    paths: int = 1000,
    aim: Aim = Aim.MONTHLY,
    family: PlanFamily | None = None,
    step: Callable[[int, int], object] | None = None,
) -> Advice:
    """Return the best plan that keeps some guarantees, and what each of them costs.

    Every plan of the family meets the same paths. Where no plan keeps all the guarantees, the answer is the
    plan that falls short by the least, with each guarantee that fails and by how much.

    Args:
        rules: the law.
        scenario: the scenario; its pay policy and its fixed part are replaced by those of each plan.
        guarantees: what the plan must keep, each with its chance.
        seed: the same seed gives the same advice.
        paths: on how many paths.
        aim: what the best plan has most of.
        family: the plans to compare; by default those of
            :func:`~cae_core.simulation.smoothing.family_for`.
        step: called after each plan with how many are done and how many there are, for a progress bar.

    Raises:
        InputError: no path, no month at work, the same guarantee twice, a right that has no columns.
        LawNotKnownError: the law of a month is not known, and the scenario does not carry it forward.
        MissingExtraError: numpy is not installed.
    """
    asked = tuple(guarantees)
    if len(set(asked)) < len(asked):
        raise InputError("guarantees", "the same guarantee is given twice")
    if type(paths) is not int or paths < 1:
        raise InputError("paths", f"expected one path or more, got {paths!r}")
    drawn = PlanRuns.of(rules, scenario, asked, seed=seed, paths=range(paths))
    if family is None:
        further = [cents for guarantee in asked for cents in guarantee.pays_cents(rules, scenario)]
        family = family_for(rules, scenario, drawn.flows, paths, further_cents=further)
    outcomes = []
    for outcome in drawn.outcomes(tuple(family)):
        outcomes.append(outcome)
        if step is not None:
            step(len(outcomes), len(family))
    key = _order(aim)
    kept = [outcome for outcome in outcomes if not outcome.broken]
    best = max(kept, key=key) if kept else max(outcomes, key=lambda it: (-_missing(it), key(it)))
    others = PlanRuns.of(rules, scenario, asked, seed=seed, paths=range(paths, 2 * paths))
    (elsewhere,) = others.outcomes([best.plan])
    return Advice(
        scenario=scenario,
        seed=seed,
        paths=paths,
        aim=aim,
        guarantees=asked,
        outcomes=tuple(outcomes),
        best=best,
        elsewhere=elsewhere,
    )


def _missing(outcome: Outcome) -> int:
    """By how much a plan falls short of its guarantees: the chances that are missing, added up."""
    return sum(verdict.missing_ppm for verdict in outcome.broken)
