"""The profile of a cooperative from one TOML file.

::

    code = "mosaique"
    name = "CAE Mosaïque"
    place = "Montpellier"              # if the source says it
    entry_fee = "0"                    # leave out what is not published: it is then said to be so
    minimum_fixed_pay = "150"          # of a month

    [source]                           # title, url, dated_on, confidence (high, medium, low; leave it out
                                       # where the cooperative speaks for itself)
    [[scale]]                          # contracts, kinds, reading, day_published, and the keys of
                                       # FeeScale.from_mapping; code, name, citation and url come from above
    [capital]                          # share, shares_at_entry, shares_a_year, most_shares, pay_rate,
                                       # net_from, when
    [cape]                             # months, renewals, renewal_months, deposit
    [[charge]]                         # french, english, amount, period, contract
    [[gap]]                            # french, english: what the page leaves out
    [[contradiction]]                  # french, english: where it contradicts itself in words
    [[example]]                        # french, english, url, derived, contract, kind, reading, what the
                                       # activity did, and the figures: fee, fees, other, left
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from cae_core.account import FeePeriod, FeeScale
from cae_core.calendar import Month, to_day
from cae_core.errors import InputError, InputErrors
from cae_core.money import Rate, to_cents
from cae_core.profile.activity import activity_months, spread
from cae_core.profile.cooperative_profile import CooperativeProfile, ProfileScale
from cae_core.profile.published import PublishedExample
from cae_core.profile.terms import (
    CapeTerms,
    CapitalTerms,
    Confidence,
    FeeContract,
    Reading,
    RecurringCharge,
    Remark,
    Source,
)
from cae_core.strict import StrictTable, count, flag, positive_cents, text

__all__ = ["profile_from_mapping", "read_profile"]

#: The keys of a scale that say whom it is for; the others are those of the scale itself.
_OURS = ("contracts", "kinds", "reading", "day_published")
_VERDICT = "is not the profile of a cooperative"


def read_profile(path: str | Path) -> CooperativeProfile:
    """Read the profile of a cooperative.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
        InputError: the file cannot be read, or is not TOML.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not a TOML file: {error}") from None
    return profile_from_mapping(data, path.name)


def profile_from_mapping(data: Mapping[str, Any], where: str) -> CooperativeProfile:
    """Return a profile from a mapping with the keys above; ``where`` names the place in messages.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
    """
    table = StrictTable(data, where)
    values: dict[str, Any] = {
        "code": table.take("code", text),
        "name": table.take("name", text),
        "place": table.take("place", text, ""),
        "source": _source(table.table("source")),
        "entry_fee_cents": table.take("entry_fee", positive_cents, None),
        "minimum_fixed_pay_cents": table.take("minimum_fixed_pay", positive_cents, None),
        "capital": _capital(table),
        "cape": _cape(table),
        "charges": tuple(_charge(row) for row in table.tables("charge")),
        "gaps": tuple(_remark(row) for row in table.tables("gap")),
        "contradictions": tuple(_remark(row) for row in table.tables("contradiction")),
        "examples": tuple(_example(row) for row in table.tables("example")),
    }
    values["scales"] = tuple(_scale(row, values) for row in table.take("scale", _rows, []) or ())
    scales = [each for each in values["scales"] if isinstance(each, ProfileScale)]
    for problem in (each for each in values["scales"] if not isinstance(each, ProfileScale)):
        table.problems.extend(problem)
    seen: set[tuple[str, str]] = set()
    for each in scales:
        # The state of an account knows a scale by its version.
        key = (each.scale.version, each.reading_code)
        if key in seen:
            table.problems.append(
                InputError(f"{where}: scale", f"two scales are {each.scale.version!r}; give each a code")
            )
        seen.add(key)
    table.finish(_VERDICT)
    return CooperativeProfile(**values)


def _rows(value: object, where: str) -> list[tuple[str, Any]]:
    if not isinstance(value, list):
        raise InputError(where, f"expected a list of tables, got {value!r}")
    return [(f"{where}[{rank}]", row) for rank, row in enumerate(value, start=1)]


def _scale(row: tuple[str, Any], profile: Mapping[str, Any]) -> ProfileScale | list[InputError]:
    """Return a scale and whom it is for, or every problem found."""
    where, data = row
    if not isinstance(data, Mapping):
        return [InputError(where, f"expected a table of keys and values, got {data!r}")]
    source = profile["source"]
    common = {
        "code": profile["code"],
        "name": profile["name"],
        "citation": source and source.title,
        "url": source and source.url,
    }
    ours = StrictTable({key: data[key] for key in _OURS if key in data}, where)
    values = {
        "contracts": ours.take("contracts", _list(FeeContract.parse), ()),
        "kinds": ours.take("kinds", _list(text), ()),
        "reading": ours.take("reading", _reading, None),
        "day_published": ours.take("day_published", flag, True),
    }
    try:
        theirs = {**common, **{key: value for key, value in data.items() if key not in _OURS}}
        scale = FeeScale.from_mapping(theirs, where)
    except InputErrors as errors:
        return [*ours.problems, *(each for each in errors.exceptions if isinstance(each, InputError))]
    return ours.problems or ProfileScale(scale=scale, **values)


def _list(convert: Callable[[Any, str], Any]) -> Callable[[Any, str], tuple[Any, ...]]:
    def read(value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value:
            raise InputError(where, f"expected a list, got {value!r}")
        return tuple(convert(each, f"{where}[{rank}]") for rank, each in enumerate(value, start=1))

    return read


def _reading(value: object, where: str) -> Reading:
    table = StrictTable(value, where)
    values = {name: table.take(name, text) for name in ("code", "french", "english")}
    table.finish("is not a reading")
    return Reading(**values)


def _source(table: StrictTable) -> Source:
    values: dict[str, Any] = {
        "title": table.take("title", text),
        "url": table.take("url", text),
        "dated_on": table.take("dated_on", to_day, None),
        "confidence": table.take("confidence", Confidence.parse, None),
    }
    table.unknown()
    return Source(**values)


def _capital(profile: StrictTable) -> CapitalTerms | None:
    if "capital" not in profile:
        return None
    table = profile.table("capital")
    values: dict[str, Any] = {
        "share_cents": table.take("share", positive_cents, None),
        "shares_at_entry": table.take("shares_at_entry", count, None),
        "shares_a_year": table.take("shares_a_year", count, None),
        "most_shares": table.take("most_shares", count, None),
        "pay_rate": table.take("pay_rate", Rate.percent, None),
        "net_from_cents": table.take("net_from", positive_cents, None),
        "when": _remark(table.table("when")) if "when" in table else None,
    }
    table.unknown()
    return CapitalTerms(**values)


def _cape(profile: StrictTable) -> CapeTerms | None:
    if "cape" not in profile:
        return None
    table = profile.table("cape")
    values: dict[str, Any] = {
        "months": table.take("months", count, None),
        "renewals": table.take("renewals", count, None),
        "renewal_months": table.take("renewal_months", count, None),
        "deposit_cents": table.take("deposit", positive_cents, None),
    }
    table.unknown()
    return CapeTerms(**values)


def _remark(table: StrictTable) -> Remark:
    values: dict[str, Any] = {name: table.take(name, text) for name in ("french", "english")}
    table.unknown()
    return Remark(**values)


def _charge(table: StrictTable) -> RecurringCharge:
    values: dict[str, Any] = {
        "french": table.take("french", text),
        "english": table.take("english", text),
        "amount_cents": table.take("amount", positive_cents),
        "period": table.take("period", FeePeriod.parse),
        "contract": table.take("contract", FeeContract.parse, None),
    }
    table.unknown()
    return RecurringCharge(**values)


def _amounts(value: object, where: str) -> tuple[int, ...]:
    """Return one amount, or one for each month or year."""
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise InputError(where, "expected an amount or a list of amounts, got an empty list")
    return tuple(to_cents(each, where) for each in rows)


def _example(table: StrictTable) -> PublishedExample | None:
    """Return an example. Amounts of a list are those of months, or of years if it says ``each = "year"``."""
    before = len(table.problems)
    said: dict[str, Any] = {
        "french": table.take("french", text),
        "english": table.take("english", text),
        "url": table.take("url", text),
        "derived": table.take("derived", flag, False),
        "contract": table.take("contract", FeeContract.parse, FeeContract.CESA),
        "kind": table.take("kind", text, "services"),
        "reading": table.take("reading", text, ""),
        "fee_cents": table.take("fee", to_cents, None),
        "fees_by_month": table.take("fees", _amounts, None),
        "other_cents": table.take("other", to_cents, None),
        "left_cents": table.take("left", to_cents, None),
        "to_the_euro": table.take("to_the_euro", flag, False),
        "inconsistent": table.take("inconsistent", flag, False),
    }
    person: dict[str, Any] = {
        "months_since_entry": table.take("months_since_entry", count, 0),
        "associate": table.take("associate", flag, False),
        "on_social_minimum": table.take("on_social_minimum", flag, False),
    }
    first = table.take("first_month", Month.parse)
    length = table.take("months", count, 12)
    by_year = table.take("each", FeePeriod.parse, FeePeriod.MONTH) is FeePeriod.YEAR
    columns = {
        name: table.take(name, _amounts, None) for name in ("turnover", "costs", "internal_sales", "cashed")
    }
    table.unknown()
    if len(table.problems) > before:
        return None
    if all(said[name] is None for name in ("fee_cents", "fees_by_month", "other_cents", "left_cents")):
        message = "expected a figure (fee, fees, other or left), got none"
        table.problems.append(InputError(table.where, message))
        return None
    monthly: dict[str, Any] = {
        f"{name}_cents": None if column is None else _monthly(column, length, by_year)
        for name, column in columns.items()
    }
    turnover = monthly.pop("turnover_cents")
    if turnover is None:
        turnover = (0,) * len(next((column for column in monthly.values() if column), (0,) * length))
    try:
        months = activity_months(first, turnover, **monthly, **person)
        if said["fees_by_month"] is not None and len(said["fees_by_month"]) != len(months):
            message = f"expected {len(months)} amounts, one a month, got {len(said['fees_by_month'])}"
            raise InputError("fees", message)
    except InputError as problem:
        table.problems.append(InputError(f"{table.where}: {problem.where}", problem.message))
        return None
    return PublishedExample(months=months, **said)


def _monthly(amounts: tuple[int, ...], months: int, by_year: bool) -> tuple[int, ...]:
    """Return an amount for each month: one is spread over the months, a list is taken month by month."""
    if by_year:
        return tuple(cents for year in amounts for cents in spread(year, 12))
    return spread(amounts[0], months) if len(amounts) == 1 else amounts
