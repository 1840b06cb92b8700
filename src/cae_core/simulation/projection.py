"""One path, month after month, with everything a clerk would want to see of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from cae_core.account import ActivityStatement, EntryKind, FeeCharge, MonthActivity, charge_month
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.pathway import Deadline, deadlines
from cae_core.payroll.payslip import Payslip
from cae_core.payroll.run import MonthRun, PayFinding, RunState, run_month
from cae_core.protection import Finding, PayMonth, assess
from cae_core.simulation.draws import BLOCK, Draws
from cae_core.simulation.flows import Flows
from cae_core.simulation.scenario import Scenario, Watched

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["ProjectedMonth", "Projection", "project"]


@attrs.frozen(kw_only=True, eq=False)
class ProjectedMonth:
    """One month of a projection.

    Attributes:
        month: the month.
        fee: the cooperative's fee; ``None`` where there is no contract.
        statement: the statement of the account, pay included.
        run: the pay with every step of it; ``None`` without employment.
        findings: what the rights watched answer once the month is paid.
        deadlines: what falls due on her path in the month.
    """

    month: Month
    fee: FeeCharge | None
    statement: ActivityStatement
    run: MonthRun | None
    findings: tuple[Finding, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    @property
    def payslip(self) -> Payslip | None:
        """The payslip, where there is one."""
        return None if self.run is None else self.run.payslip

    @property
    def remarks(self) -> tuple[PayFinding, ...]:
        """What the pay of the month makes one say, such as an account that is short."""
        return () if self.run is None else self.run.findings

    def cents(self, measure: str) -> int:
        """Return a figure of the month, by the names of :data:`~cae_core.simulation.MEASURES`."""
        statement, slip = self.statement, self.payslip
        of_account = {
            "turnover": statement.turnover_cents,
            "fee": statement.fee_cents,
            "treasury": statement.treasury_cents,
            "result": statement.carried_result_cents,
        }
        account = statement.account
        if measure == "cashed":
            return account.turnover_cashed_cents(self.month)
        lost = sum(
            posting.entry.amount_cents
            for posting in account.postings(self.month)
            if posting.entry.kind is EntryKind.WRITE_OFF
        )
        if measure in ("expenses", "written_off"):
            return lost if measure == "written_off" else statement.direct_expenses_cents - lost
        if measure in of_account:
            return of_account[measure]
        found: int = 0 if slip is None else getattr(slip, f"{measure}_cents")
        return found


@attrs.frozen(kw_only=True, eq=False)
class Projection:
    """A path, month by month.

    Attributes:
        scenario: what was projected.
        seed, path: which path; they say nothing where the scenario draws nothing.
        months: the months.
    """

    scenario: Scenario = attrs.field(repr=False)
    seed: int
    path: int
    months: tuple[ProjectedMonth, ...] = attrs.field(repr=lambda it: f"<{len(it)} months>")

    def __iter__(self) -> Iterator[ProjectedMonth]:
        return iter(self.months)

    def __getitem__(self, month: Month | str) -> ProjectedMonth:
        """Return one month.

        Raises:
            InputError: it is not one of those projected.
        """
        wanted = Month.parse(month)
        for each in self.months:
            if each.month == wanted:
                return each
        raise InputError(
            "month", f"expected one from {self.scenario.first} to {self.scenario.last}, got {wanted}"
        )

    @property
    def payslips(self) -> tuple[Payslip, ...]:
        """The payslips, in order."""
        return tuple(each.payslip for each in self.months if each.payslip is not None)

    @property
    def assumed(self) -> bool:
        """Whether some month rests on law carried forward."""
        return any(slip.assumed for slip in self.payslips)

    def total_cents(self, measure: str, year: int | None = None) -> int:
        """Return a figure over a year, or over all the months."""
        kept = (each for each in self.months if year is None or each.month.year == year)
        return sum(each.cents(measure) for each in kept)


def project(
    rules: Ruleset,
    scenario: Scenario,
    *,
    seed: int = 0,
    path: int = 0,
    watched: Sequence[Watched] = (),
    step: Callable[[], object] | None = None,
) -> Projection:
    """Project one path of a scenario.

    Args:
        rules: the law.
        scenario: the scenario.
        seed: where something is drawn, from which seed.
        path: which path of that seed; it is the same path as in a simulation of many.
        watched: the rights to ask about.
        step: called after each month, for a progress bar.

    Raises:
        LawNotKnownError: the law of a month is not known, and the scenario does not carry it forward.
        MissingExtraError: something is drawn and numpy is not installed.
    """
    flows = path_flows(scenario, seed, path)
    start = scenario.start
    state = RunState(account=scenario.account(flows), fee=start.fee, year_to_date=start.year_to_date)
    history, found = start.history, []
    for month in scenario.months:
        run, fee = None, None
        if scenario.works_in(month):
            run = run_month(
                rules, scenario.engagement, month, state, assume_unchanged=scenario.assume_unchanged
            )
            state, fee, statement = run.state, run.fee, run.statement
            history = history.with_months(PayMonth.of(run.payslip))
        else:
            state, fee = _charged(scenario, month, state)
            statement = ActivityStatement.of(state.account, month)
        asked = [each for each in watched if run is not None and each.falls_in(month, scenario.last)]
        findings = tuple(
            assess(
                each.entitlement, history, each.day(month), *each.facts,
                law=rules.rights, assume_unchanged=scenario.assume_unchanged,
            )
            for each in asked
        )  # fmt: skip
        due = _due(scenario, month.first_day, month.last_day)
        found.append(
            ProjectedMonth(
                month=month, fee=fee, statement=statement, run=run, findings=findings, deadlines=due
            )
        )
        if step is not None:
            step()
    return Projection(scenario=scenario, seed=seed, path=path, months=tuple(found))


def path_flows(scenario: Scenario, seed: int, path: int) -> Flows:
    """Return the flows of one path, in whole numbers."""
    if not scenario.random:
        return scenario.flows()
    first = path - path % BLOCK
    return scenario.flows(Draws(seed, range(first, first + BLOCK))).row(path - first)


def _charged(scenario: Scenario, month: Month, state: RunState) -> tuple[RunState, FeeCharge | None]:
    """Charge the fee of a month without employment, where there is one."""
    scale = scenario.scale(month)
    if scale is None:
        return state, None
    activity = MonthActivity.of(state.account, month, **scenario.engagement.fee_standing(month))
    charge, fee = charge_month(scale, state.fee, activity, closing=scenario.closes_fee(month))
    entry = charge.entry(state.account.codes[0])
    account = state.account if entry is None else state.account.with_entries(entry)
    return attrs.evolve(state, account=account, fee=fee), charge


def _due(scenario: Scenario, first: dt.date, last: dt.date) -> tuple[Deadline, ...]:
    return () if scenario.pathway is None else deadlines(scenario.pathway, first, last)
