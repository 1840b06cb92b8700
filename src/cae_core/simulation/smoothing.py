"""Plans that smooth pay: the same gross pay every month, and a reserve when the year is settled.

A plan is a pay policy and a contract like any other: whoever projects or simulates the engagement of a plan
gets the cents that the advice was found on. The plans that are compared form a *family*, a finite list: it is
looked at from end to end, so that the best one is the best one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from cae_core.calendar import Interval, Month
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.money import CENTS_MAX, Lane, Rate, divide_half_up
from cae_core.payroll.engagement import Engagement, PayContract
from cae_core.payroll.pay_policy import SharePay
from cae_core.simulation.columns import run_columns
from cae_core.simulation.flows import Flows
from cae_core.simulation.scenario import Scenario

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["Plan", "PlanFamily", "RegularPay", "family_for"]

#: Steps between two pays, in cents, and how many of them a family has at most.
_STEPS = (500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)
_LEVELS = 80
#: Reserves that are tried, in months of what the activity leaves.
_RESERVED_MONTHS = (0, 1, 2, 3, 4, 6)


@attrs.frozen
class RegularPay:
    """A contract whose pay of every month is that of a plan, in the place of its fixed part.

    Attributes:
        contract: the contract, for everything else.
        monthly_cents: gross pay of a whole month.
    """

    contract: PayContract
    monthly_cents: int

    @property
    def period(self) -> Interval:
        """The days of the contract."""
        return self.contract.period

    def fixed_pay_on(self, day: dt.date) -> int:
        """Return the pay of the plan, in cents."""
        return self.monthly_cents

    @property
    def fixed_pay_citation(self) -> Citation:
        """The texts that make the fixed part due."""
        return self.contract.fixed_pay_citation


def _amount(instance: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or not 0 <= value < CENTS_MAX:
        raise InputError(attribute.name, f"expected whole cents, zero or more, got {value!r}")


@attrs.frozen(kw_only=True)
class Plan:
    """The same gross pay every month, whatever comes in, and once a year what exceeds a reserve.

    The pay is due like a fixed part: where the account is short the plan makes a debt, and the chance of
    that is what is looked at. A person who would rather be paid less in such a month has the same chance of
    never meeting one, for until then nothing differs.

    Attributes:
        monthly_cents: gross pay of a whole month.
        reserve_cents: what the settlement leaves in the account, for the months to come.
        settles_in: the number of the month that pays what exceeds the reserve; ``None`` is no month.
    """

    monthly_cents: int = attrs.field(validator=_amount)
    reserve_cents: int = attrs.field(default=0, validator=_amount)
    settles_in: int | None = 12

    def policy(self) -> SharePay:
        """Return the plan as a pay policy: what is paid beside the pay of every month."""
        return SharePay(share=Rate(0), reserve_cents=self.reserve_cents, settles_in=self.settles_in)

    def engagement(self, engagement: Engagement) -> Engagement:
        """Return a person at work under the plan."""
        contract = RegularPay(agreed(engagement.contract), self.monthly_cents)
        return attrs.evolve(engagement, contract=contract, policy=self.policy())

    def scenario(self, scenario: Scenario) -> Scenario:
        """Return a scenario under the plan."""
        return attrs.evolve(scenario, engagement=self.engagement(scenario.engagement))


def agreed(contract: PayContract) -> PayContract:
    """Return the contract behind that of a plan."""
    return contract.contract if isinstance(contract, RegularPay) else contract


def _increasing(amounts: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(amounts)))


@attrs.frozen(kw_only=True)
class PlanFamily:
    """The plans that are compared: each pay with each reserve.

    Attributes:
        monthly_cents: gross pays of a whole month.
        reserves_cents: reserves.
        settles_in: the number of the month of settlement; ``None`` is no month.
    """

    monthly_cents: tuple[int, ...] = attrs.field(converter=_increasing)
    reserves_cents: tuple[int, ...] = attrs.field(default=(0,), converter=_increasing)
    settles_in: int | None = 12

    def __attrs_post_init__(self) -> None:
        if not self.monthly_cents or not self.reserves_cents:
            raise InputError("family", "expected one pay or more, and one reserve or more")
        for plan in self:
            plan.policy()

    def __iter__(self) -> Iterator[Plan]:
        for monthly in self.monthly_cents:
            for reserve in self.reserves_cents:
                yield Plan(monthly_cents=monthly, reserve_cents=reserve, settles_in=self.settles_in)

    def __len__(self) -> int:
        return len(self.monthly_cents) * len(self.reserves_cents)


def worked_months(scenario: Scenario) -> tuple[Month, ...]:
    """Return the months of a scenario that the contract of employment touches."""
    return tuple(month for month in scenario.months if scenario.works_in(month))


def whole_months(scenario: Scenario) -> tuple[Month, ...]:
    """Return the months of a scenario that are worked from the first day to the last."""
    engagement = scenario.engagement
    return tuple(month for month in worked_months(scenario) if engagement.facts(month).employed_days is None)


class _NothingMore:
    """Pays nothing beside what is due every month, not even when the contract ends."""

    french_name = "paie régulière seule"

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return no budget."""
        return None


def _spent(rules: Ruleset, scenario: Scenario, flows: Flows, paths: int, monthly: int) -> tuple[int, int]:
    """Return what is left and what pay costs over the months, on average, at a pay without settlement."""
    contract = RegularPay(agreed(scenario.engagement.contract), monthly)
    engagement = attrs.evolve(scenario.engagement, contract=contract, policy=_NothingMore())
    columns, _ = run_columns(rules, attrs.evolve(scenario, engagement=engagement), flows, paths)
    total = columns["employer_cost"].sum(axis=0)
    return divide_half_up(int(columns["treasury"][-1].sum()), paths), divide_half_up(int(total.sum()), paths)


def family_for(
    rules: Ruleset,
    scenario: Scenario,
    flows: Flows,
    paths: int,
    *,
    further_cents: Iterable[int] = (),
    settles_in: int | None = 12,
) -> PlanFamily:
    """Return the plans worth comparing for a scenario.

    Pays go from zero to the most that the activity carries *on average* over the months: above it a plan
    spends, as a rule, money that never comes. Reserves are none to six months of what the activity leaves.

    Args:
        rules: the law.
        scenario: the scenario.
        flows: what comes in and goes out on the paths.
        paths: how many paths.
        further_cents: pays to compare as well, such as the fixed part.
        settles_in: the number of the month of settlement; ``None`` is no month.

    Raises:
        InputError: no month of the scenario is worked.
    """
    months = len(worked_months(scenario))
    if not months:
        raise InputError("scenario", f"no month from {scenario.first} to {scenario.last} is worked")
    left, covers = _spent(rules, scenario, flows, paths, 0)
    carried = left + covers
    monthly = max(carried // months, 0)
    step = next((each for each in _STEPS if monthly <= each * _LEVELS), _STEPS[-1])
    # Pay alone costs as much whatever comes in: one path says it.
    alone = flows.row(0)
    count, beyond = 0, monthly // step + 1
    while beyond - count > 1:
        middle = (count + beyond) // 2
        if _spent(rules, scenario, alone, 1, middle * step)[1] <= carried:
            count = middle
        else:
            beyond = middle
    pays = {rank * step for rank in range(count + 1)}
    return PlanFamily(
        monthly_cents=(*pays, *further_cents),
        reserves_cents=tuple(number * monthly // step * step for number in _RESERVED_MONTHS),
        settles_in=settles_in,
    )
