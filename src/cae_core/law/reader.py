"""The reader of the tables of the law: strict, because a slip in a table is a slip on every payslip.

One file is one family of parameters::

    known_until = 2026-07-31

    [social_security_ceiling_monthly]
    french_name = "plafond mensuel de la sécurité sociale (PMSS)"
    unit = "EUR"
    [[social_security_ceiling_monthly.values]]
    in_force_from = 2026-01-01
    value = "4005"
    citation = "Arrêté du 22 décembre 2025"
    source = "openfisca-france 176.1.8 and modele-social 11.1.0 agree"

Numbers are quoted, so that no float ever exists. A row may also have ``url``, ``published_on``, ``note``,
``needs_review`` and, instead of a value, ``repealed = true``. A parameter may have its own ``known_until``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from cae_core.errors import AmountError, AmountTypeError, TableError
from cae_core.law.parameters import Citation, DatedValue, Parameter
from cae_core.law.units import UNITS, Unit

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    #: A file or a folder, on disk or in an installed package (``importlib.resources.files``).
    Source: TypeAlias = Path | Traversable

__all__ = ["load_parameters", "read_parameters", "read_toml"]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PARAMETER_KEYS = frozenset({"french_name", "unit", "values", "known_until"})
_ROW_KEYS = frozenset(
    {
        "in_force_from",
        "value",
        "repealed",
        "citation",
        "url",
        "source",
        "published_on",
        "note",
        "needs_review",
    }
)


def read_toml(file: Source) -> dict[str, Any]:
    """Return the content of a TOML file; its numbers with a point come as ``Decimal``.

    Raises:
        TableError: the file is not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise TableError(file.name, "TOML", str(error)) from None


def load_parameters(
    source: Source | Iterable[Source], *, other_keys: Collection[str] = ()
) -> dict[str, Parameter]:
    """Read every parameter of a folder of tables, or of the given files.

    Args:
        source: a folder, whose ``.toml`` files are read by name, or files.
        other_keys: keys at the top of a file that another reader takes care of.

    Raises:
        TableError: a malformed table, or a name defined twice; the message names files and key.
    """
    parameters: dict[str, Parameter] = {}
    origin: dict[str, str] = {}
    for file in _files(source):
        for name, parameter in read_parameters(file.name, read_toml(file), other_keys=other_keys).items():
            if name in origin:
                raise TableError(file.name, name, f"already defined in {origin[name]}")
            parameters[name], origin[name] = parameter, file.name
    return parameters


def _files(source: Source | Iterable[Source]) -> list[Source]:
    if isinstance(source, Iterable):
        return list(source)
    if not source.is_dir():
        return [source]
    return sorted(
        (file for file in source.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )


def read_parameters(
    file: str, content: Mapping[str, Any], *, other_keys: Collection[str] = ()
) -> dict[str, Parameter]:
    """Return the parameters of the content of one file; the family is the name of the file.

    Raises:
        TableError: a malformed table; the message names the file and the key.
    """
    family = file.rpartition("/")[2].removesuffix(".toml")
    shared = _day(file, "", content, "known_until", required=False)
    return {
        name: _parameter(file, family, name, table, shared)
        for name, table in content.items()
        if name != "known_until" and name not in other_keys
    }


def _parameter(file: str, family: str, name: str, table: object, shared: dt.date | None) -> Parameter:
    if not _NAME.fullmatch(name):
        raise TableError(file, name, "a name is in lower case, with underscores between words")
    if not isinstance(table, dict):
        raise TableError(file, name, f"unknown key: expected a table [{name}], got {table!r}")
    _only(file, name, table, _PARAMETER_KEYS)
    unit = UNITS.get(_text(file, name, table, "unit"))
    if unit is None:
        raise TableError(file, f"{name}.unit", f"unknown unit {table['unit']!r}; known: {', '.join(UNITS)}")
    known_until = _day(file, name, table, "known_until", required=False) or shared
    if known_until is None:
        raise TableError(file, f"{name}.known_until", "missing, here and at the top of the file")
    rows = table.get("values")
    if not isinstance(rows, list) or not rows:
        raise TableError(file, f"{name}.values", f"missing: at least one row [[{name}.values]]")
    french_name = _text(file, name, table, "french_name")
    values = tuple(
        _row(file, f"{name}.values, row {rank}", row, unit) for rank, row in enumerate(rows, start=1)
    )
    try:
        return Parameter(name, french_name, unit.name, values, known_until, family)
    except AmountError as error:
        raise TableError(file, f"{name}.values", str(error)) from None


def _row(file: str, place: str, row: object, unit: Unit) -> DatedValue:
    if not isinstance(row, dict):
        raise TableError(file, place, f"expected a table, got {row!r}")
    _only(file, place, row, _ROW_KEYS)
    day = _day(file, place, row, "in_force_from", required=True)
    assert day is not None  # required
    repealed = _flag(file, place, row, "repealed")
    if repealed and "value" in row:
        raise TableError(file, f"{place}, value", "a repealed row has no value")
    if not repealed and "value" not in row:
        raise TableError(file, f"{place}, value", "missing; write repealed = true where the law has none")
    try:
        value = None if repealed else unit.parse(row["value"])
    except (AmountError, AmountTypeError) as error:
        raise TableError(file, f"{place}, value", f"{error} (unit {unit.name})") from None
    url = _text(file, place, row, "url") if "url" in row else ""
    if url and not url.startswith("https://"):
        raise TableError(file, f"{place}, url", f"expected https://…, got {url!r}")
    return DatedValue(
        value=value,
        in_force_from=day,
        citation=Citation(_text(file, place, row, "citation"), url),
        source=_text(file, place, row, "source"),
        published_on=_day(file, place, row, "published_on", required=False),
        note=_text(file, place, row, "note") if "note" in row else "",
        needs_review=_flag(file, place, row, "needs_review"),
        repealed=repealed,
    )


def _at(place: str, key: str) -> str:
    """Return the place of a key: ``name.key`` in a parameter, ``name.values, row 2, key`` in a row."""
    if not place:
        return key
    return f"{place}, {key}" if ", row " in place else f"{place}.{key}"


def _only(file: str, place: str, table: Mapping[str, object], known: Collection[str]) -> None:
    for key in table:
        if key not in known:
            raise TableError(file, _at(place, key), f"unknown key; known: {', '.join(sorted(known))}")


def _text(file: str, place: str, table: Mapping[str, object], key: str) -> str:
    text = table.get(key)
    if text is None:
        raise TableError(file, _at(place, key), "missing")
    if not isinstance(text, str) or not text.strip():
        raise TableError(file, _at(place, key), f"expected a text, got {text!r}")
    return text


def _day(file: str, place: str, table: Mapping[str, object], key: str, *, required: bool) -> dt.date | None:
    day = table.get(key)
    if day is None:
        if required:
            raise TableError(file, _at(place, key), "missing")
        return None
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise TableError(
            file, _at(place, key), f"expected a day such as 2026-01-01, without quotes, got {day!r}"
        )
    return day


def _flag(file: str, place: str, table: Mapping[str, object], key: str) -> bool:
    # Only `true` may be written: `false` is what a missing key says, and one way to say it is enough.
    if key not in table:
        return False
    if table[key] is not True:
        raise TableError(file, _at(place, key), f"expected true, or no key at all, got {table[key]!r}")
    return True
