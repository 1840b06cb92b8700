"""A person's case, from a TOML file and a CSV of entries: everything ``cae year`` runs.

::

    first_month = "2025-01"
    last_month = "2025-12"
    entries = "entries.csv"            # beside the TOML file

    [[activity]]                       # code, name, kind
    [opening]                          # fee_base_since_entry: what a scale since entry counted before

and the tables of a person at work: see ``cae_core.exchange.engagement_tables``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from cae_core.account import (
    ActivityAccount,
    FeeMode,
    FeePeriod,
    FeeState,
    read_entries,
)
from cae_core.calendar import Month
from cae_core.cooperative import Activity, Entrepreneur
from cae_core.errors import InputError
from cae_core.exchange.engagement_tables import EngagementTables, read_month, read_toml
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.month_law import MonthLaws
from cae_core.payroll.run import MonthRuns, RunState, run_months
from cae_core.strict import StrictTable, positive_cents, text

__all__ = ["Case", "read_case"]


@attrs.frozen(kw_only=True)
class Case:
    """A person, her engagement, her entries and the months to run.

    Attributes:
        first_month: January, or the first month of the contract: a year is only right from its start.
        last_month: the last month to run.
        entrepreneur: the person.
        engagement: what does not change from month to month.
        account: the activity account, with every entry of the file.
        fee_base_since_entry_cents: what a fee scale since entry counted before the first month.
    """

    first_month: Month
    last_month: Month
    entrepreneur: Entrepreneur
    engagement: Engagement
    account: ActivityAccount
    fee_base_since_entry_cents: int = 0

    @property
    def start(self) -> RunState:
        """The state before the first month."""
        return RunState(account=self.account, fee=FeeState(since_entry_cents=self.fee_base_since_entry_cents))

    def run(self, laws: MonthLaws, *, assume_unchanged: bool = False) -> MonthRuns:
        """Return the months of the case, run one after the other.

        Args:
            laws: a ruleset.
            assume_unchanged: beyond the last day known, carry the law forward and mark the payslips.

        Raises:
            LawNotKnownError: the law of a month is not known.
        """
        months = run_months(
            laws, self.engagement, self.first_month, self.last_month, self.start,
            assume_unchanged=assume_unchanged,
        )  # fmt: skip
        return MonthRuns(months)


def read_case(path: str | Path) -> Case:
    """Read a case and its entries.

    Raises:
        InputErrors: every key that is missing, unknown or not understood, in the file and in its entries;
            the contents that the law demands and the contract lacks, each with its letter.
        InputError: the file cannot be read, or is not TOML; the months cannot be run.
    """
    path = Path(path)
    return _Reader(path, read_toml(path)).case()


class _Reader(EngagementTables):
    """Reads the tables of one case; all problems are raised together."""

    def case(self) -> Case:
        table = self.table
        first, last = table.take("first_month", read_month), table.take("last_month", read_month)
        entrepreneur, person = self.person()
        activities = [self._activity(row) for row in table.tables("activity")]
        if not activities:
            table.problems.append(InputError(f"{table.where}: activity", "is missing: expected [[activity]]"))
        contract, scale = person["contract"], person["scale"]
        entries = table.take("entries", self._entries, ())
        opening = table.table("opening", required=False)
        since_entry = opening.take("fee_base_since_entry", positive_cents, 0)
        opening.unknown()
        table.finish("is not a case that can be run")
        if last < first:
            raise InputError(f"{table.where}: last_month", f"{last} comes before the first month, {first}")
        starts = Month.parse(contract.starts_on)
        if first.number != 1 and first > starts:
            raise InputError(
                f"{table.where}: first_month",
                f"expected January or the first month of the contract, {starts}: from {first} on, "
                "the pay of the year to date would be missing",
            )
        entered = Month.parse(person["entered_on"] or contract.starts_on)
        if scale.mode is FeeMode.SINCE_ENTRY and entered < first and "fee_base_since_entry" not in opening:
            raise InputError(
                f"{table.where}: opening",
                f"expected fee_base_since_entry, for the scale counts since the entry of {entered} and the "
                f"run starts in {first}",
            )
        if scale.period is FeePeriod.YEAR and first > starts and first.number != scale.year_starts_in:
            raise InputError(
                f"{table.where}: first_month",
                f"expected month {scale.year_starts_in:02d}, in which the year of the fee scale starts, or "
                f"the first month of the contract, got {first}: the fee of the year to date would be missing",
            )
        return Case(
            first_month=first,
            last_month=last,
            entrepreneur=entrepreneur,
            engagement=Engagement(**person),
            account=ActivityAccount(activities=activities, holder=entrepreneur, entries=entries),
            fee_base_since_entry_cents=since_entry,
        )

    def _activity(self, table: StrictTable) -> Any:
        values = {
            "code": table.take("code", text),
            "name": table.take("name", text),
            "kind": table.take("kind", text, "services"),
        }
        return self.build(Activity, values, table)

    def _entries(self, value: object, where: str) -> Any:
        name = text(value, where)
        file = self.path.parent / name
        if not file.is_file():
            raise InputError(where, f"no file {name!r} beside {self.path.name}")
        return read_entries(file)
