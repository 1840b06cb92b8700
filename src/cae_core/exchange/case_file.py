"""A person's case, from a TOML file and a CSV of entries: everything ``cae year`` runs.

::

    first_month = "2025-01"
    last_month = "2025-12"
    entries = "entries.csv"            # beside the TOML file

    [cooperative]                      # name, headcount, workplace_accident_rate, mobility_rate,
                                       # health_cover, provident_cover, apprentice_ratio
    [entrepreneur]                     # code, name, entered_on, executive, hours_policy, contract_hours,
                                       # withholding, regularisation, on_social_minimum,
                                       # associate_on
    [[change]]                         # from (a month), and what is another from then on: executive,
                                       # headcount, workplace_accident_rate, mobility_rate, withholding
    [[absence]]                        # starts_on, ends_on: days without pay
    [[activity]]                       # code, name, kind
    [contract]                         # signed_on, starts_on, ends_on, the contents of art. L7331-2,
                                       # fixed_pay, [[contract.amendment]], trial_ends_on
    [fee_scale]                        # see FeeScale.from_mapping
    [opening]                          # fee_base_since_entry: what a scale since entry counted before
    [pay_policy]                       # kind, and what the kind needs; availability
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from cae_core.account import (
    ActivityAccount,
    AvailabilityPolicy,
    FeeMode,
    FeePeriod,
    FeeScale,
    FeeState,
    read_entries,
)
from cae_core.calendar import Interval, Month, to_day
from cae_core.cooperative import Activity, Cooperative, Entrepreneur
from cae_core.errors import InputError
from cae_core.exchange.contract_tables import build, read_cesa
from cae_core.money import Rate
from cae_core.payroll.engagement import Engagement, FactChange
from cae_core.payroll.facts import HoursPolicy, Regularisation
from cae_core.payroll.pay_policy import FixedThenSettle, SmoothPay, SpendAvailable
from cae_core.payroll.run import RunState
from cae_core.strict import StrictTable, count, flag, member, positive_cents, text

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


def read_case(path: str | Path) -> Case:
    """Read a case and its entries.

    Raises:
        InputErrors: every key that is missing, unknown or not understood, in the file and in its entries;
            the contents that the law demands and the contract lacks, each with its letter.
        InputError: the file cannot be read, or is not TOML; the months cannot be run.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not a TOML file: {error}") from None
    return _Reader(path, data).case()


def _month(value: object, where: str) -> Month:
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


class _Reader:
    """Reads the tables of one case; all problems are raised together."""

    def __init__(self, path: Path, data: Mapping[str, Any]) -> None:
        self.path = path
        self.table = StrictTable(data, path.name)

    def case(self) -> Case:
        table = self.table
        first, last = table.take("first_month", _month), table.take("last_month", _month)
        cooperative = self._cooperative()
        entrepreneur, person = self._entrepreneur()
        activities = [self._activity(row) for row in table.tables("activity")]
        if not activities:
            table.problems.append(InputError(f"{table.where}: activity", "is missing: expected [[activity]]"))
        person["changes"] = [self._change(row) for row in table.tables("change")]
        person["absences"] = [self._absence(row) for row in table.tables("absence")]
        contract = self._contract()
        scale = table.take("fee_scale", FeeScale.from_mapping)
        policy, availability = self._policy()
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
            engagement=Engagement(
                cooperative=cooperative,
                contract=contract,
                scale=scale,
                policy=policy,
                availability=availability,
                **person,
            ),
            account=ActivityAccount(activities=activities, holder=entrepreneur, entries=entries),
            fee_base_since_entry_cents=since_entry,
        )

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
        return self._build(Cooperative, values, table, health, provident)

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
        return self._build(Entrepreneur, identity, table), person

    def _activity(self, table: StrictTable) -> Any:
        values = {
            "code": table.take("code", text),
            "name": table.take("name", text),
            "kind": table.take("kind", text, "services"),
        }
        return self._build(Activity, values, table)

    def _change(self, table: StrictTable) -> Any:
        month, facts = table.take("from", _month), {}
        for key, (fact, convert) in _CHANGES.items():
            if key in table:
                facts[fact] = table.take(key, convert)
        return self._build(FactChange, {"from_month": month, "facts": facts}, table)

    def _absence(self, table: StrictTable) -> Any:
        days = {"starts_on": table.take("starts_on", to_day), "ends_on": table.take("ends_on", to_day)}
        return self._build(Interval, days, table)

    def _contract(self) -> Any:
        return read_cesa(self.table.table("contract"), self.table.problems)

    def _policy(self) -> tuple[Any, Any]:
        table = self.table.table("pay_policy", required=False)
        availability = table.take("availability", AvailabilityPolicy.parse, AvailabilityPolicy.CASH)
        kind = table.take("kind", text, "spend_available")
        policy: Any = None
        if kind == "spend_available":
            policy = self._build(SpendAvailable, {}, table)
        elif kind == "fixed_then_settle":
            policy = self._build(FixedThenSettle, {"settles_in": table.take("settles_in", count, 12)}, table)
        elif kind == "smooth":
            values = {
                "months": table.take("months", count, 3),
                "reserve_cents": table.take("reserve", positive_cents, 0),
            }
            policy = self._build(SmoothPay, values, table)
        elif kind is not None:
            wanted = "spend_available, fixed_then_settle, smooth"
            table.problems.append(
                InputError(f"{table.where}: kind", f"expected one of {wanted}, got {kind!r}")
            )
        return policy, availability

    def _entries(self, value: object, where: str) -> Any:
        name = text(value, where)
        file = self.path.parent / name
        if not file.is_file():
            raise InputError(where, f"no file {name!r} beside {self.path.name}")
        return read_entries(file)

    def _build(self, kind: Any, values: dict[str, Any], *tables: StrictTable) -> Any:
        return build(self.table.problems, kind, values, *tables)
