"""What a plan must guarantee, and with what chance.

A guarantee looks at every path and answers a *margin*: zero or more where it holds, and else how much is
missing. The chance it must hold with is that of the paths on which it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import MILLION, Rate, format_euros
from cae_core.reasons import Reason
from cae_core.simulation.bands import Chance, chance
from cae_core.simulation.draws import arrays
from cae_core.simulation.monte_carlo import Simulation
from cae_core.simulation.scenario import Scenario, Watched
from cae_core.simulation.smoothing import agreed, whole_months, worked_months

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["AccountHolds", "FixedPartPaid", "Guarantee", "NetReached", "RightHeld", "Verdict", "judge"]

#: Above every margin: what a guarantee answers where nothing is asked.
_NOTHING_ASKED = MILLION * MILLION


class Guarantee(Protocol):
    """A condition on every path."""

    @property
    def code(self) -> str:
        """A stable word, such as ``"account_holds"``."""

    @property
    def chance(self) -> Rate:
        """With what chance it must hold."""

    @property
    def unit(self) -> str:
        """What a margin counts."""

    @property
    def watched(self) -> tuple[Watched, ...]:
        """The rights it looks at."""

    def name(self, lang: str = "fr") -> str:
        """What it guarantees, figures included."""

    def pays_cents(self, rules: Ruleset, scenario: Scenario) -> tuple[int, ...]:
        """Return the gross pays of a month that are worth comparing because of it."""

    def margins(self, simulation: Simulation) -> Any:
        """Return for each path how far it holds, below zero where it does not."""


def _rate(instance: object, attribute: object, value: object) -> None:
    if not isinstance(value, Rate) or not value.ppm:
        raise InputError("chance", f"expected a rate over 0 %, got {value}")


def _cents(instance: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int:
        raise InputError(attribute.name, f"expected whole cents, got {value!r}")


def _rows(simulation: Simulation, months: tuple[Month, ...]) -> list[int]:
    return [rank for rank, month in enumerate(simulation.months) if month in months]


def _least(values: Any, paths: int) -> Any:
    """Return the least of some rows, path by path; where there is no row nothing is asked."""
    if not len(values):
        return arrays().zeros(paths, dtype=arrays().int64) + _NOTHING_ASKED
    return values.min(axis=0)


@attrs.frozen(kw_only=True)
class AccountHolds:
    """The account never falls below a floor at the end of a month, pay charged (trésorerie ≥ 0).

    Attributes:
        floor_cents: zero, or what the cooperative allows: below zero an advance.
        chance: with what chance it must hold.
    """

    floor_cents: int = attrs.field(default=0, validator=_cents)
    chance: Rate = attrs.field(default=Rate.percent("95"), validator=_rate)
    code = "account_holds"
    unit = "cents"
    watched = ()

    def name(self, lang: str = "fr") -> str:
        """What it guarantees."""
        floor = format_euros(self.floor_cents, lang)
        return f"compte jamais sous {floor}" if lang == "fr" else f"account never under {floor}"

    def pays_cents(self, rules: Ruleset, scenario: Scenario) -> tuple[int, ...]:
        """Return no pay of its own."""
        return ()

    def margins(self, simulation: Simulation) -> Any:
        """Return the lowest balance, over the floor."""
        return _least(simulation["treasury"], len(simulation)) - self.floor_cents


@attrs.frozen(kw_only=True)
class FixedPartPaid:
    """Every month pays the fixed part of the contract at least (part fixe).

    Attributes:
        chance: with what chance it must hold; the law leaves no choice.

    Law:
        Code du travail, art. L7331-2 2° d et R7331-11.
    """

    chance: Rate = attrs.field(default=Rate(MILLION), validator=_rate)
    code = "fixed_part_paid"
    unit = "cents"
    watched = ()

    def name(self, lang: str = "fr") -> str:
        """What it guarantees."""
        return "part fixe du contrat payée" if lang == "fr" else "fixed part of the contract paid"

    def _due(self, scenario: Scenario) -> dict[Month, int]:
        engagement = scenario.engagement
        engagement = attrs.evolve(engagement, contract=agreed(engagement.contract))
        return {month: engagement.fixed_pay(month) for month in worked_months(scenario)}

    def pays_cents(self, rules: Ruleset, scenario: Scenario) -> tuple[int, ...]:
        """Return the fixed part of the contract, the largest where amendments change it."""
        return (max(self._due(scenario).values(), default=0),)

    def margins(self, simulation: Simulation) -> Any:
        """Return the least pay of a month over its fixed part."""
        due = self._due(simulation.scenario)
        pay = simulation["gross_pay"]
        rows = [pay[rank] - due[month] for rank, month in enumerate(simulation.months) if month in due]
        return _least(arrays().stack(rows) if rows else rows, len(simulation))


@attrs.frozen(kw_only=True)
class NetReached:
    """Every whole month pays a net at least (net visé).

    Attributes:
        net_cents: the net of a month.
        measure: ``"net_before_tax"``, or ``"net_paid"`` after income tax.
        chance: with what chance it must hold.
    """

    net_cents: int = attrs.field(validator=_cents)
    measure: str = attrs.field(
        default="net_before_tax", validator=attrs.validators.in_(("net_before_tax", "net_paid"))
    )
    chance: Rate = attrs.field(default=Rate(MILLION), validator=_rate)
    code = "net_reached"
    unit = "cents"
    watched = ()

    def name(self, lang: str = "fr") -> str:
        """What it guarantees."""
        net = format_euros(self.net_cents, lang)
        return f"net d'au moins {net} par mois" if lang == "fr" else f"net of {net} a month at least"

    def pays_cents(self, rules: Ruleset, scenario: Scenario) -> tuple[int, ...]:
        """Return the gross pay whose net is enough in every month, to the euro above."""
        found = 0
        for month in whole_months(scenario):
            law = rules.inverse(
                month, scenario.engagement.facts(month), assume_unchanged=scenario.assume_unchanged
            )
            answer = law.grosses_for(self.measure, self.net_cents)
            over = answer.grosses_cents[:1] or ((answer.above.gross_pay_cents,) if answer.above else (0,))
            found = max(found, *over)
        return (-(-found // 100) * 100,)

    def margins(self, simulation: Simulation) -> Any:
        """Return the least net of a whole month, over the one wanted."""
        rows = _rows(simulation, whole_months(simulation.scenario))
        return _least(simulation[self.measure][rows], len(simulation)) - self.net_cents


@attrs.frozen(kw_only=True)
class RightHeld:
    """A right is held on each of its days: four quarters a year, cover in case of sickness.

    Attributes:
        watch: the right and its days.
        figure: the figure of the right that is looked at, such as ``"quarters"`` or ``"granted"``.
        least: what it must be at least.
        unit: what the figure counts.
        since: the first month whose days count: a right that looks at months before needs some.
        chance: with what chance it must hold on every day.
    """

    watch: Watched
    figure: str
    least: int = 1
    unit: str = "days"
    since: Month | None = None
    chance: Rate = attrs.field(default=Rate.percent("95"), validator=_rate)

    @property
    def code(self) -> str:
        """The code of the right."""
        return self.watch.entitlement.code

    @property
    def watched(self) -> tuple[Watched, ...]:
        """The right it looks at."""
        return (self.watch,)

    def name(self, lang: str = "fr") -> str:
        """What it guarantees."""
        right, when = self.watch.entitlement.name(lang), self.watch.on.name_in(lang)
        least = "" if self.figure == "granted" else f" ≥ {self.least}"
        return f"{right}{least}, {when}"

    def pays_cents(self, rules: Ruleset, scenario: Scenario) -> tuple[int, ...]:
        """Return no pay of its own."""
        return ()

    def margins(self, simulation: Simulation) -> Any:
        """Return the least of the figure, over the one wanted; of what is granted, the days it is not."""
        name = f"{self.code}.{self.figure}"
        if name not in simulation.rights:
            return _least([], len(simulation))
        right = simulation.right(name)
        rows = [
            rank for rank, day in enumerate(right.days) if self.since is None or day >= self.since.first_day
        ]
        values = right.values[rows].astype(arrays().int64)
        if self.figure == "granted":
            return -(values < self.least).sum(axis=0)
        return _least(values, len(simulation)) - self.least


@attrs.frozen(kw_only=True)
class Verdict:
    """What the paths answer to a guarantee.

    Attributes:
        guarantee: what was asked.
        chance: the paths on which it holds.
        slack: the margin of the path that decides: zero or more where the guarantee is met, and else how much
            is missing, in the unit of the guarantee.
    """

    guarantee: Guarantee
    chance: Chance
    slack: int

    @property
    def met(self) -> bool:
        """Whether it holds on as many paths as it must."""
        return self.slack >= 0

    @property
    def missing_ppm(self) -> int:
        """By how much the chance falls short, in millionths; 0 where it is met."""
        return 0 if self.met else max(self.guarantee.chance.ppm - self.chance.ppm, 1)

    def reason(self) -> Reason:
        """Return the answer as a reason, with both chances in millionths."""
        found, wanted = self.chance.rate, self.guarantee.chance
        return Reason(
            code=self.guarantee.code,
            met=self.met,
            french=f"{self.guarantee.name('fr')} : {found.format('fr')} des trajectoires, "
            f"{wanted.format('fr')} demandés",
            english=f"{self.guarantee.name('en')}: {found.format('en')} of the paths, "
            f"{wanted.format('en')} wanted",
            found=self.chance.ppm,
            wanted=wanted.ppm,
            unit="ppm",
        )


def judge(guarantee: Guarantee, simulation: Simulation) -> Verdict:
    """Return what the paths of a simulation answer to a guarantee."""
    np = arrays()
    margins = np.sort(guarantee.margins(simulation))[::-1]
    needed = -(-guarantee.chance.ppm * len(margins) // MILLION)
    return Verdict(guarantee=guarantee, chance=chance(margins >= 0), slack=int(margins[needed - 1]))
