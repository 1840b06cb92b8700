"""A scenario from one TOML file: everything ``cae simulate`` draws.

::

    name = "atelier"
    first_month = "2026-01"
    last_month = "2027-12"
    assume_unchanged = true            # beyond the last day known, the law is carried forward and marked

    [turnover]                         # a year: yearly, from_year, profile (twelve weights), growth (percent)
    months = { "2026-01" = "2500" }    # or the months, one by one
    [[level]]                          # spread ("0.25"), each_year: the level of the activity is not known
    [[lost_client]]                    # share and chance (percent), months
    [invoices]                         # a_month ("2.5"), variance_ratio ("1.5"), spread ("0.7")
    [payment]                          # delays = [{ months = 1, chance = "60" }], written_off_after
    [expenses]                         # share (percent), monthly, in_gross_margin
    [start]                            # treasury, fee_base_since_entry, and the gross pay of the months
                                       # before, which rights look at: gross_pay = { "2025-12" = "1200" },
                                       # hours = { "2025-12" = "100" }
    [support_scale]                    # the fee scale of the months before the contract (CAPE)

and the tables of a person at work: see ``cae_core.exchange.engagement_tables``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from cae_core.account import FeeScale, FeeState
from cae_core.calendar import Month
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.engagement_tables import EngagementTables, read_month, read_toml
from cae_core.money import Rate, to_cents
from cae_core.payroll.engagement import Engagement
from cae_core.protection import PayHistory, PayMonth
from cae_core.simulation import (
    Expenses,
    Invoices,
    LostClient,
    MonthsGiven,
    Payment,
    Scenario,
    SeasonalTurnover,
    Start,
    UncertainLevel,
)
from cae_core.strict import StrictTable, count, flag, positive_cents, text

__all__ = ["read_scenario"]


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
        InputError: the file cannot be read, or is not TOML; the months cannot be run.
    """
    path = Path(path)
    return _Reader(path, read_toml(path)).scenario()


def _hundredths(value: object, where: str) -> int:
    """Return hundredths of a number such as ``"0.25"``, exactly."""
    try:
        number = Decimal(str(value).replace(",", ".")) * 100
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or number != int(number):
        raise InputError(where, f"expected a number of two decimals at most, such as 0.25, got {value!r}")
    return int(number)


def _ppm(value: object, where: str) -> int:
    text_of = str(value).strip()
    rate = Rate.percent(text_of.removeprefix("-"), where).ppm
    return -rate if text_of.startswith("-") else rate


def _weights(value: object, where: str) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(each) is not int for each in value):
        raise InputError(where, f"expected twelve whole weights, January first, got {value!r}")
    return tuple(value)


def _cents_either_sign(value: object, where: str) -> int:
    return to_cents(value, where)


def _months(value: object, where: str) -> dict[Month, int]:
    if not isinstance(value, Mapping) or not value:
        raise InputError(where, f'expected months such as {{ "2026-01" = "2500" }}, got {value!r}')
    return {
        Month.parse(month, where): positive_cents(amount, f"{where}: {month}")
        for month, amount in value.items()
    }


def _delays(value: object, where: str) -> tuple[tuple[int, Rate], ...]:
    if not isinstance(value, list):
        raise InputError(where, f'expected [{{ months = 1, chance = "60" }}], got {value!r}')
    found = []
    for rank, row in enumerate(value, start=1):
        table = StrictTable(row, f"{where}[{rank}]")
        months, chance = table.take("months", count), table.take("chance", Rate.percent)
        table.finish("is not a delay")
        found.append((months, chance))
    return tuple(found)


class _Reader(EngagementTables):
    """Reads the tables of one scenario; all problems are raised together."""

    def scenario(self) -> Scenario:
        table = self.table
        values: dict[str, Any] = {
            "first": table.take("first_month", read_month),
            "last": table.take("last_month", read_month),
            "assume_unchanged": table.take("assume_unchanged", flag, False),
        }
        entrepreneur, person = self.person()
        values["turnover"] = self._turnover(table.table("turnover"))
        values["shocks"] = [
            *(self._level(row) for row in table.tables("level")),
            *(self._client(row) for row in table.tables("lost_client")),
        ]
        invoices = table.table("invoices", required=False)
        values["invoices"] = self._invoices(invoices) if "invoices" in table else None
        values["payment"] = self._payment(table.table("payment", required=False))
        values["expenses"] = self._expenses(table.table("expenses", required=False))
        values["start"] = self._start(table.table("start", required=False))
        values["support_scale"] = table.take("support_scale", FeeScale.from_mapping, None)
        name = table.take("name", text, "")
        table.finish("is not a scenario that can be simulated")
        try:
            return Scenario(name=name or entrepreneur.name, engagement=Engagement(**person), **values)
        except InputError as problem:
            raise InputErrors(
                f"{table.where} is not a scenario that can be simulated",
                [InputError(f"{table.where}: {problem.where}", problem.message)],
            ) from None

    def _turnover(self, table: StrictTable) -> Any:
        if "months" in table:
            return self.build(MonthsGiven, {"by_month": table.take("months", _months)}, table)
        values = {
            "yearly_cents": table.take("yearly", positive_cents),
            "from_year": table.take("from_year", count),
            "profile": table.take("profile", _weights, (1,) * 12),
            "growth_ppm": table.take("growth", _ppm, 0),
        }
        return self.build(SeasonalTurnover, values, table)

    def _level(self, table: StrictTable) -> Any:
        values = {
            "spread_hundredths": table.take("spread", _hundredths),
            "each_year": table.take("each_year", flag, False),
        }
        return self.build(UncertainLevel, values, table)

    def _client(self, table: StrictTable) -> Any:
        values = {
            "share": table.take("share", Rate.percent),
            "chance": table.take("chance", Rate.percent),
            "months": table.take("months", count),
        }
        return self.build(LostClient, values, table)

    def _invoices(self, table: StrictTable) -> Any:
        values = {
            "a_month_hundredths": table.take("a_month", _hundredths),
            "variance_ratio_hundredths": table.take("variance_ratio", _hundredths, 100),
            "spread_hundredths": table.take("spread", _hundredths, 0),
        }
        return self.build(Invoices, values, table)

    def _payment(self, table: StrictTable) -> Any:
        values: dict[str, Any] = {}
        if "delays" in table:
            values["delays"] = table.take("delays", _delays)
        if "written_off_after" in table:
            values["written_off_after"] = table.take("written_off_after", count)
        return self.build(Payment, values, table)

    def _expenses(self, table: StrictTable) -> Any:
        values = {
            "share": table.take("share", Rate.percent, Rate(0)),
            "monthly_cents": table.take("monthly", positive_cents, 0),
            "in_gross_margin": table.take("in_gross_margin", flag, True),
        }
        return self.build(Expenses, values, table)

    def _start(self, table: StrictTable) -> Any:
        values = {
            "treasury_cents": table.take("treasury", _cents_either_sign, 0),
            "fee": FeeState(since_entry_cents=table.take("fee_base_since_entry", positive_cents, 0) or 0),
            "history": self._history(table),
        }
        return self.build(Start, values, table)

    def _history(self, table: StrictTable) -> PayHistory:
        paid, hours = table.take("gross_pay", _months, {}), table.take("hours", _months, {})
        if paid is None or hours is None:
            return PayHistory()
        alone = [str(month) for month in hours if month not in paid]
        if alone:
            table.problems.append(
                InputError(f"{table.where}: hours", f"no gross pay is given for {', '.join(alone)}")
            )
            return PayHistory()
        return PayHistory(
            months=tuple(
                PayMonth(month=month, gross_pay_cents=paid[month], hours_hundredths=hours.get(month))
                for month in sorted(paid)
            )
        )
