"""A cooperative's year, from a TOML file, the statutes and a CSV of employees: what ``cae surplus`` runs.

::

    statutes = "statutes.toml"
    employees = "employees.csv"        # code; name; pay; starts_on; ends_on; hours: a row for each contract
    opens_on = 2025-01-01
    closes_on = 2025-12-31
    approved_on = 2026-06-12           # the meeting that approves the accounts; its law applies
    surplus = "40000.00"
    legal_reserve = "20000.00"         # before the allocation
    other_reserves = "25000.00"
    capital = "60000.00"
    highest_capital = "60000.00"
    paid_up_capital = "60000.00"       # what bears interest
    bond_yield = "3.20"                # Scic: average yield of private bonds (TMO), three years
    employees_rate = "45"              # instead of the statutes, if the meeting voted it
    interest_rate = "3"

    [participation]
    headcount = 130
    wages = "1500000.00"
    added_value = "1875000.00"
    net_profit = "0"                   # Scic only: taxed profit less tax
    equity = "0"                       # Scic only
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from cae_core.calendar import Interval, to_day
from cae_core.errors import CaeCoreError, InputError, InputErrors
from cae_core.exchange.csv_rows import csv_day, read_rows
from cae_core.exchange.meeting_file import beside
from cae_core.exchange.statutes_file import read_statutes, read_toml_file
from cae_core.france.cooperative_law.surplus import EmployeeYear
from cae_core.membership.allocation import SurplusFacts
from cae_core.membership.statutes import Statutes
from cae_core.money import Rate, to_cents
from cae_core.strict import StrictTable, count, positive_cents, text

__all__ = ["ParticipationFacts", "SurplusFile", "read_surplus"]

_COLUMNS = {
    "code": ("code",),
    "name": ("name", "nom"),
    "pay": ("pay", "rémunération", "brut"),
    "starts_on": ("starts_on", "début", "entrée"),
    "ends_on": ("ends_on", "fin", "sortie"),
    "hours": ("hours", "heures"),
}


@attrs.frozen(kw_only=True)
class ParticipationFacts:
    """What statutory profit sharing is computed from; amounts in cents.

    Attributes:
        headcount: headcount of the firm.
        wages_cents, added_value_cents: wages and added value of the year.
        net_profit_cents, equity_cents: profit after tax and equity; a Scop has its own, given by law.
    """

    headcount: int
    wages_cents: int
    added_value_cents: int
    net_profit_cents: int = 0
    equity_cents: int = 0


@attrs.frozen(kw_only=True)
class SurplusFile:
    """A year as it was written down.

    Attributes:
        statutes: the statutes.
        facts: surplus, reserves and capital.
        employees: every employee of the year.
        opens_on, closes_on: the accounting year.
        approved_on: the meeting, whose law applies.
        bond_yield: average yield of private bonds, for a Scic.
        employees_rate, interest_rate: what was voted instead of the rates of the statutes.
        participation: for statutory profit sharing, where it is asked.
    """

    statutes: Statutes
    facts: SurplusFacts
    employees: tuple[EmployeeYear, ...]
    opens_on: dt.date
    closes_on: dt.date
    approved_on: dt.date
    bond_yield: Rate | None = None
    employees_rate: Rate | None = None
    interest_rate: Rate | None = None
    participation: ParticipationFacts | None = None


def read_surplus(path: str | Path) -> SurplusFile:
    """Read a year, its statutes and its employees.

    Raises:
        InputErrors: every key, column and cell that is missing, unknown or not understood, in all the files.
        InputError: a file cannot be read, or is not TOML.
    """
    path = Path(path)
    table = StrictTable(read_toml_file(path), path.name)
    values: dict[str, Any] = {
        "statutes": table.take("statutes", lambda value, where: beside(path, value, where, read_statutes)),
        "employees": _employees(table, path),
        "opens_on": table.take("opens_on", to_day),
        "closes_on": table.take("closes_on", to_day),
        "approved_on": table.take("approved_on", to_day),
        "bond_yield": table.take("bond_yield", Rate.percent, None),
        "employees_rate": table.take("employees_rate", Rate.percent, None),
        "interest_rate": table.take("interest_rate", Rate.percent, None),
        "participation": _participation(table) if "participation" in table else None,
    }
    facts = {"surplus_cents": table.take("surplus", to_cents)}
    for key, name in (
        ("legal_reserve", "legal_reserve_cents"),
        ("other_reserves", "other_reserves_cents"),
        ("capital", "capital_cents"),
        ("highest_capital", "highest_capital_cents"),
        ("paid_up_capital", "paid_up_cents"),
    ):
        facts[name] = table.take(key, positive_cents)
    table.take("participation", lambda value, where: value, None)
    if not table.problems:
        try:
            values["facts"] = SurplusFacts(**facts)
        except InputErrors as errors:
            table.problems.extend(InputError(f"{table.where}", str(each)) for each in errors.exceptions)
    table.finish("is not a year of a cooperative")
    return SurplusFile(**values)


def _participation(table: StrictTable) -> ParticipationFacts | None:
    before = len(table.problems)
    inner = table.table("participation")
    values = {
        "headcount": inner.take("headcount", count),
        "wages_cents": inner.take("wages", positive_cents),
        "added_value_cents": inner.take("added_value", positive_cents),
        "net_profit_cents": inner.take("net_profit", to_cents, 0),
        "equity_cents": inner.take("equity", positive_cents, 0),
    }
    inner.unknown()
    return None if len(table.problems) > before else ParticipationFacts(**values)


def _employees(table: StrictTable, path: Path) -> tuple[EmployeeYear, ...]:
    file = table.take("employees", lambda value, where: beside(path, value, where, Path))
    rows: defaultdict[str, list[tuple[StrictTable, dict[str, Any]]]] = defaultdict(list)
    for row in [] if file is None else read_rows(file, _COLUMNS, table.problems):
        before = len(table.problems)
        values = {
            "code": row.take("code", text),
            "name": row.take("name", text),
            "pay": row.take("pay", positive_cents),
            "starts_on": row.take("starts_on", csv_day),
            "ends_on": row.take("ends_on", csv_day, None),
            "hours": row.take("hours", positive_cents, None),  # hundredths, as cents are,
        }
        row.unknown()
        if len(table.problems) == before:
            rows[values["code"]].append((row, values))
    return tuple(
        employee
        for code, found in rows.items()
        if (employee := _employee(code, found, table.problems)) is not None
    )


def _employee(
    code: str, rows: Sequence[tuple[StrictTable, dict[str, Any]]], problems: list[InputError]
) -> EmployeeYear | None:
    """Return one employee from the rows of her contracts; hours are known only if every row has some."""
    names = {values["name"] for _, values in rows}
    hours = [values["hours"] for _, values in rows]
    if len(names) > 1:
        row, _ = rows[-1]
        problems.append(
            InputError(f"{row.where}: name", f"expected one name for {code}, got {sorted(names)}")
        )
        return None
    spells = []
    for row, values in rows:
        try:
            spells.append(Interval(values["starts_on"], values["ends_on"]))
        except CaeCoreError as problem:
            problems.append(InputError(row.where, str(problem)))
            return None
    return EmployeeYear(
        code=code,
        name=names.pop(),
        pay_cents=sum(values["pay"] for _, values in rows),
        spells=tuple(spells),
        hours_hundredths=None if None in hours else sum(hours),
    )
