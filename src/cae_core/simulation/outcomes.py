"""What the paths say of a plan: the net of a month, the net of all the months, and each guarantee."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from cae_core.errors import InputError
from cae_core.money import Rate, divide_half_up
from cae_core.simulation.bands import quantile
from cae_core.simulation.guarantees import Guarantee, Verdict, judge
from cae_core.simulation.monte_carlo import Simulation
from cae_core.simulation.smoothing import Plan, whole_months
from cae_core.terms import Term

__all__ = ["Aim", "Outcome", "outcome_of"]

_MIDDLE = Rate.percent("50")


class Aim(Term):
    """What the best plan has most of."""

    #: The net that every whole month pays at least.
    MONTHLY = "monthly", "le plus chaque mois", "most every month"
    #: The mean over the paths of all the net paid, less what the account owes at the end.
    MEAN = "mean", "le plus au total, en moyenne", "most in total, on average"
    #: The same, on the path in the middle.
    MEDIAN = "median", "le plus au total, sur la trajectoire médiane", "most in total, on the median path"


@attrs.frozen(kw_only=True)
class Outcome:
    """What the paths say of a plan. Nets are before income tax, which does not depend on the months.

    Attributes:
        plan: the plan.
        monthly_net_cents: the net that each whole month pays at least, on any path.
        mean_cents: all the net paid, less what the account owes at the end: the mean of the paths.
        median_cents: the same on the path in the middle.
        kept_cents: what the account holds at the end where it holds something, the mean of the paths: it is
            not in the figures above, and not lost.
        verdicts: what they say of each guarantee.
    """

    plan: Plan
    monthly_net_cents: int
    mean_cents: int
    median_cents: int
    kept_cents: int
    verdicts: tuple[Verdict, ...]

    def value(self, aim: Aim) -> int:
        """Return what the plan gives of an aim, in cents."""
        values = {Aim.MONTHLY: self.monthly_net_cents, Aim.MEAN: self.mean_cents}
        return values.get(aim, self.median_cents)

    def verdict(self, guarantee: Guarantee) -> Verdict:
        """Return what the paths say of a guarantee.

        Raises:
            InputError: it was not asked.
        """
        for verdict in self.verdicts:
            if verdict.guarantee == guarantee:
                return verdict
        raise InputError("guarantee", f"{guarantee.name('en')} was not asked")

    def keeps(self, guarantees: Iterable[Guarantee]) -> bool:
        """Whether it keeps some guarantees."""
        return all(self.verdict(guarantee).met for guarantee in guarantees)

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The guarantees it does not keep."""
        return tuple(verdict for verdict in self.verdicts if not verdict.met)


def outcome_of(plan: Plan, simulation: Simulation, guarantees: Sequence[Guarantee]) -> Outcome:
    """Return what a simulation says of the plan it was made under."""
    nets, paths = simulation["net_before_tax"], len(simulation)
    whole = whole_months(simulation.scenario)
    rows = [rank for rank, month in enumerate(simulation.months) if month in whole]
    end = simulation["treasury"][-1]
    worth = nets.sum(axis=0) + end.clip(max=0)
    return Outcome(
        plan=plan,
        monthly_net_cents=int(nets[rows].min()) if rows else 0,
        mean_cents=divide_half_up(int(worth.sum()), paths),
        median_cents=int(quantile(worth, _MIDDLE)),
        kept_cents=divide_half_up(int(end.clip(min=0).sum()), paths),
        verdicts=tuple(judge(guarantee, simulation) for guarantee in guarantees),
    )
