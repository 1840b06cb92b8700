"""The tables of a person at work: what a case and a scenario have in common.

::

    [cooperative]                      # name, headcount, workplace_accident_rate, mobility_rate,
                                       # health_cover, provident_cover, apprentice_ratio
    [entrepreneur]                     # code, name, entered_on, executive, hours_policy, contract_hours,
                                       # withholding, regularisation, on_social_minimum,
                                       # associate_on
    [[change]]                         # from (a month), and what is another from then on: executive,
                                       # headcount, workplace_accident_rate, mobility_rate, withholding
    [[absence]]                        # starts_on, ends_on: days without pay
    [contract]                         # signed_on, starts_on, ends_on, the contents of art. L7331-2,
                                       # fixed_pay, [[contract.amendment]], trial_ends_on
    [fee_scale]                        # see FeeScale.from_mapping
    [pay_policy]                       # kind (spend_available, fixed_then_settle, smooth, share), and what
                                       # the kind needs; availability
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from cae_core.account import AvailabilityPolicy, FeeScale
from cae_core.calendar import Interval, Month, to_day
from cae_core.cooperative import Cooperative, Entrepreneur
from cae_core.errors import InputError
from cae_core.exchange.contract_tables import build, read_cesa
from cae_core.money import Rate
from cae_core.payroll.engagement import FactChange
from cae_core.payroll.facts import HoursPolicy, Regularisation
from cae_core.payroll.pay_policy import FixedThenSettle, SharePay, SmoothPay, SpendAvailable
from cae_core.strict import StrictTable, count, flag, member, positive_cents, text

__all__ = ["EngagementTables", "read_month", "read_toml"]


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file; numbers with a point are decimals.

    Raises:
        InputError: the file cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not a TOML file: {error}") from None


def read_month(value: object, where: str) -> Month:
    """Return a month of a file."""
    return Month.parse(value, where)


def _withholding(value: object, where: str) -> int | None:
    return None if value == "neutral" else Rate.percent(value, where).ppm


def _ppm(value: object, where: str) -> int:
    return Rate.percent(value, where).ppm


#: What may change from a month on: the key of the file, the fact, how it is read.
_CHANGES: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "executive": ("executive", flag),
    "headcount": ("headcount", count),
    "workplace_accident_rate": ("workplace_accident_ppm", _ppm),
    "mobility_rate": ("mobility_ppm", _ppm),
    "withholding": ("withholding_ppm", _withholding),
}


class EngagementTables:
    """Reads a person at work; problems are kept, and raised together by whoever ends the reading.

    Attributes:
        table: the whole file.
    """

    def __init__(self, path: Path, data: Mapping[str, Any]) -> None:
        self.path = path
        self.table = StrictTable(data, path.name)

    def person(self) -> tuple[Entrepreneur, dict[str, Any]]:
        """Return who it is, and the fields of an ``Engagement``; unusable where there are problems."""
        cooperative = self._cooperative()
        entrepreneur, values = self._entrepreneur()
        values["changes"] = [self._change(row) for row in self.table.tables("change")]
        values["absences"] = [self._absence(row) for row in self.table.tables("absence")]
        values["cooperative"] = cooperative
        values["contract"] = read_cesa(self.table.table("contract"), self.table.problems)
        values["scale"] = self.table.take("fee_scale", FeeScale.from_mapping)
        values["policy"], values["availability"] = self._policy()
        return entrepreneur, values

    def _cooperative(self) -> Any:
        table = self.table.table("cooperative")
        health, provident = (
            table.table("health_cover", required=False),
            table.table("provident_cover", required=False),
        )
        values = {
            "name": table.take("name", text),
            "headcount": table.take("headcount", count),
            "workplace_accident_rate": table.take("workplace_accident_rate", Rate.percent),
            "mobility_rate": table.take("mobility_rate", Rate.percent, Rate(0)),
            "health_cover_employee_cents": health.take("employee", positive_cents, 0),
            "health_cover_employer_cents": health.take("employer", positive_cents, 0),
            "provident_employee_rate": provident.take("employee_rate", Rate.percent, Rate(0)),
            "provident_employer_rate": provident.take("employer_rate", Rate.percent, Rate(0)),
            "apprentice_ratio": table.take("apprentice_ratio", Rate.percent, Rate(0)),
        }
        return self.build(Cooperative, values, table, health, provident)

    def _entrepreneur(self) -> tuple[Any, dict[str, Any]]:
        table = self.table.table("entrepreneur")
        identity = {"code": table.take("code", text), "name": table.take("name", text)}
        person = {
            "entered_on": table.take("entered_on", to_day, None),
            "executive": table.take("executive", flag, False),
            "hours_policy": table.take("hours_policy", member(HoursPolicy), HoursPolicy.EQUIVALENT_HOURS),
            "contract_hours_hundredths": table.take("contract_hours", positive_cents, 0),
            "withholding_ppm": table.take("withholding", _withholding, None),
            "regularisation": table.take(
                "regularisation", member(Regularisation), Regularisation.PROGRESSIVE
            ),
            "on_social_minimum": table.take("on_social_minimum", flag, False),
            "associate_on": table.take("associate_on", to_day, None),
        }
        if person["hours_policy"] is HoursPolicy.CONTRACT_HOURS and "contract_hours" not in table:
            table.problems.append(
                InputError(f"{table.where}: contract_hours", "is missing: the policy needs it")
            )
        return self.build(Entrepreneur, identity, table), person

    def _change(self, table: StrictTable) -> Any:
        month, facts = table.take("from", read_month), {}
        for key, (fact, convert) in _CHANGES.items():
            if key in table:
                facts[fact] = table.take(key, convert)
        return self.build(FactChange, {"from_month": month, "facts": facts}, table)

    def _absence(self, table: StrictTable) -> Any:
        days = {"starts_on": table.take("starts_on", to_day), "ends_on": table.take("ends_on", to_day)}
        return self.build(Interval, days, table)

    def _policy(self) -> tuple[Any, Any]:
        table = self.table.table("pay_policy", required=False)
        availability = table.take("availability", AvailabilityPolicy.parse, AvailabilityPolicy.CASH)
        kind = table.take("kind", text, "spend_available")
        policy: Any = None
        if kind == "spend_available":
            policy = self.build(SpendAvailable, {}, table)
        elif kind == "fixed_then_settle":
            policy = self.build(FixedThenSettle, {"settles_in": table.take("settles_in", count, 12)}, table)
        elif kind == "smooth":
            values = {
                "months": table.take("months", count, 3),
                "reserve_cents": table.take("reserve", positive_cents, 0),
            }
            policy = self.build(SmoothPay, values, table)
        elif kind == "share":
            values = {
                "share": table.take("share", Rate.percent),
                "reserve_cents": table.take("reserve", positive_cents, 0),
                "settles_in": table.take("settles_in", count, None),
            }
            policy = self.build(SharePay, values, table)
        elif kind is not None:
            wanted = "spend_available, fixed_then_settle, smooth, share"
            table.problems.append(
                InputError(f"{table.where}: kind", f"expected one of {wanted}, got {kind!r}")
            )
        return policy, availability

    def build(self, kind: Any, values: dict[str, Any], *tables: StrictTable) -> Any:
        """Make the object of a table, unless one of its values is already a problem."""
        return build(self.table.problems, kind, values, *tables)
