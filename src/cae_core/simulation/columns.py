"""Many paths at once: the chain of a month, from turnover to net pay and treasury, on whole columns.

It is the chain of :func:`~cae_core.payroll.run.run_month`, with the same rules: the fee, the policy, the
payslip and the rights are written once and run on numbers or on columns; a path projected alone has the cents
of its column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from cae_core.account import AvailabilityPolicy, FeeState, MonthActivity, charge_month
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, greatest
from cae_core.payroll.batch import payslips
from cae_core.payroll.batch_inverse import grosses_for_budgets
from cae_core.payroll.year_to_date import YearToDate
from cae_core.protection import PayHistory, PayMonth, measure
from cae_core.simulation.draws import arrays
from cae_core.simulation.flows import Flows
from cae_core.simulation.scenario import Scenario, Watched

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["MEASURES", "RightColumns", "run_columns"]

#: The figures of a month, in cents: of the account, of the payslip, and the account after the month.
MEASURES = (
    "turnover",
    "cashed",
    "expenses",
    "written_off",
    "fee",
    "gross_pay",
    "employer_cost",
    "net_before_tax",
    "net_paid",
    "treasury",
    "result",
)
_OF_PAYSLIP = ("gross_pay", "employer_cost", "net_before_tax", "net_paid")


@attrs.frozen(eq=False)
class RightColumns:
    """A figure of a right on several days.

    Attributes:
        days: the days, in order.
        values: a row a day, a column a path.
    """

    days: tuple[Any, ...]
    values: Any = attrs.field(repr=False)


class _Run:
    """Some paths on their way: what they hold after the months so far."""

    def __init__(self, rules: Ruleset, scenario: Scenario, zeros: Any) -> None:
        self.rules, self.scenario, self.zeros = rules, scenario, zeros
        start = scenario.start
        self.treasury = self.result = zeros + start.treasury_cents
        self.fee: FeeState = start.fee
        self.year: YearToDate | None = start.year_to_date
        self.history: PayHistory = start.history
        self.found: dict[str, list[Any]] = {name: [] for name in MEASURES}

    def month(self, month: Month, invoiced: Lane, cashed: Lane, lost: Lane, spent: Lane) -> None:
        """Live one month."""
        scenario, engagement = self.scenario, self.scenario.engagement
        in_margin = spent if scenario.expenses.in_gross_margin else 0
        self.treasury = self.treasury + cashed - spent
        self.result = self.result + invoiced - lost - spent
        scale, fee = scenario.scale(month), self.zeros
        if scale is not None:
            activity = MonthActivity(
                month=month,
                turnover_invoiced_cents=invoiced,
                turnover_cashed_cents=cashed,
                gross_margin_cents=invoiced - lost - in_margin,
                **engagement.fee_standing(month),
            )
            charge, self.fee = charge_month(scale, self.fee, activity, closing=scenario.closes_fee(month))
            fee = self.zeros + charge.amount_cents
            self.treasury, self.result = self.treasury - fee, self.result - fee
        paid: Mapping[str, Any] = dict.fromkeys(_OF_PAYSLIP, self.zeros)
        if scenario.works_in(month):
            paid = self._pay(month)
        cost = paid["employer_cost"]
        self.treasury, self.result = self.treasury - cost, self.result - cost
        account = {
            "turnover": invoiced,
            "cashed": cashed,
            "expenses": spent,
            "written_off": lost,
            "fee": fee,
            "treasury": self.treasury,
            "result": self.result,
        }
        for name, kept in self.found.items():
            kept.append(self.zeros + (account[name] if name in account else paid[name]))

    def _pay(self, month: Month) -> Mapping[str, Any]:
        scenario, engagement = self.scenario, self.scenario.engagement
        law = self.rules.month_law(month, assume_unchanged=scenario.assume_unchanged)
        year = self.year if self.year is not None and self.year.year == month.year else None
        accrual = engagement.availability is AvailabilityPolicy.ACCRUAL
        available = self.result if accrual else self.treasury
        leaves = engagement.contract.period.ends_in(month)
        budget = engagement.policy.budget(month, available, leaves=leaves)
        facts = engagement.facts(month).with_gross(self.zeros)
        gross = self.zeros + engagement.fixed_pay(month)
        if budget is not None:
            gross = greatest(gross, grosses_for_budgets(law, facts, budget, year))
        facts = facts.with_gross(gross)
        slips = payslips(law, facts, year)
        self.year = slips.year_to_date
        hours = law.reference_hours_hundredths(facts)
        self.history = self.history.with_months(
            PayMonth(
                month=month,
                gross_pay_cents=gross,
                hours_hundredths=None if hours is None else self.zeros + hours,
                hours_policy=facts.hours_policy.value,
                employed_days=facts.employed_days,
            )
        )
        return {name: slips[name] for name in _OF_PAYSLIP}


def run_columns(
    rules: Ruleset, scenario: Scenario, flows: Flows, paths: int, watched: Sequence[Watched] = ()
) -> tuple[dict[str, Any], dict[str, RightColumns]]:
    """Run the months of a scenario on given flows, for many paths at once.

    Args:
        rules: the law.
        scenario: the scenario; its turnover is not looked at.
        flows: what comes in and goes out, in columns.
        paths: how many paths.
        watched: the rights to measure; each must have columns.

    Returns:
        for each measure, its months × paths; for each figure of a right, its days × paths.

    Raises:
        InputError: a right has no columns.
        LawNotKnownError: the law of a month is not known, and the scenario does not carry it forward.
    """
    for each in watched:
        if each.entitlement.columns is None:
            raise InputError(
                "watched", f"{each.entitlement.code} is answered one person at a time: ask it of a projection"
            )
    np = arrays()
    run = _Run(rules, scenario, np.zeros(paths, dtype=np.int64))
    asked: dict[str, tuple[list[Any], list[Any]]] = {}
    lanes = zip(flows.invoiced(), flows.cashed(), flows.written_off(), flows.spent(), strict=True)
    for month, (invoiced, cashed, lost, spent) in zip(flows.months, lanes, strict=True):
        run.month(month, *(run.zeros + lane for lane in (invoiced, cashed, lost, spent)))
        if not scenario.works_in(month):
            continue
        for each in watched:
            if each.falls_in(month, scenario.last):
                day = each.day(month)
                figures = measure(
                    each.entitlement, run.history, day, *each.facts,
                    law=rules.rights, assume_unchanged=scenario.assume_unchanged,
                )  # fmt: skip
                for name, lane in figures.items():
                    days, rows = asked.setdefault(f"{each.entitlement.code}.{name}", ([], []))
                    days.append(day)
                    rows.append(run.zeros + lane)
    columns = {name: np.stack(rows) for name, rows in run.found.items()}
    return columns, {name: RightColumns(tuple(days), np.stack(rows)) for name, (days, rows) in asked.items()}
