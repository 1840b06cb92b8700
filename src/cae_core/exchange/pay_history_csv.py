"""A pay history from a CSV file: a row a month, as a spreadsheet or a payroll program writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cae_core.calendar import Month
from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.money import to_cents
from cae_core.protection import MonthKind, PayHistory, PayMonth

__all__ = ["DECLARED", "KINDS", "read_pay_history"]

#: The fields and the titles a column may have, in English or in French.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "month": ("month", "mois"),
    "gross_pay_cents": ("gross", "gross_pay", "brut"),
    "hours_hundredths": ("hours", "heures"),
    "hours_policy": ("hours_policy", "politique_heures"),
    "employed_days": ("employed_days", "days", "jours"),
    "kind": ("kind", "contrat"),
}
_NEEDED = ("month", "gross_pay_cents")
#: Words of the field for the kinds of contract.
KINDS: Mapping[str, MonthKind] = {"cape": MonthKind.SUPPORT, "cesa": MonthKind.EMPLOYMENT}
#: What gave the hours of a file that does not say it.
DECLARED = "declared"


def _hundredths(cell: str, where: str) -> int:
    try:
        number = to_cents(cell, "cell")
    except AmountError as problem:
        raise InputError(where, str(problem).removeprefix("cell ")) from None
    if number < 0:
        raise InputError(where, f"expected zero or more, got {cell!r}")
    return number


def _whole(cell: str, where: str) -> int:
    if not cell.isdecimal():
        raise InputError(where, f"expected a whole number, zero or more, got {cell!r}")
    return int(cell)


def _kind(cell: str, where: str) -> MonthKind:
    try:
        return KINDS.get(cell.casefold()) or MonthKind.parse(cell, where)
    except InputError:
        wanted = ", ".join([*KINDS, *(kind.value for kind in MonthKind)])
        raise InputError(where, f"expected one of {wanted}, got {cell!r}") from None


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "month": Month.parse,
    "gross_pay_cents": _hundredths,
    "hours_hundredths": _hundredths,
    "hours_policy": lambda cell, where: cell,
    "employed_days": _whole,
    "kind": _kind,
}


def read_pay_history(path: str | Path) -> PayHistory:
    """Read the months of one person, in any order.

    The file is UTF-8; cells are separated by ``;`` or ``,``. The first row names the columns, in English or
    in French: ``month`` (``mois``) and ``gross`` (``brut``), and if they are there ``hours`` (``heures``),
    ``hours_policy``, ``employed_days`` (``jours``) and ``kind`` (``contrat``: ``cesa`` or ``cape``).
    An empty cell of hours says that nobody knows them.

    Raises:
        InputErrors: every problem of every row, with its line and column; a month given twice.
        InputError: the file cannot be read.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(
            str(file), f"expected UTF-8, got the byte {error.object[error.start]:#04x}"
        ) from None
    problems: list[InputError] = []
    header = next((line for line in text.splitlines() if line.strip()), "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    months: dict[Month, PayMonth] = {}
    fields: list[str] | None = None
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{file.name}, line {rows.line_num}"
            if fields is None:
                fields = _fields(cells, where)
                continue
            month = _month(dict(zip(fields, cells, strict=False)), len(cells) - len(fields), where, problems)
            if month is not None and month.month in months:
                problems.append(InputError(where, f"{month.month} is given a second time"))
            elif month is not None:
                months[month.month] = month
    except csv.Error as error:
        problems.append(
            InputError(f"{file.name}, line {rows.line_num}", f"expected well-formed CSV, got: {error}")
        )
    if problems:
        raise InputErrors(f"{file}: {len(problems)} problem(s), no month was read", problems)
    if not months:
        raise InputError(
            str(file), f"expected a row a month under {', '.join(names[0] for names in _COLUMNS.values())}"
        )
    return PayHistory(months.values())


def _fields(cells: list[str], where: str) -> list[str]:
    """Return the field of each column.

    Raises:
        InputErrors: a column that is unknown, given twice or missing.
    """
    problems, fields = [], []
    for cell in cells:
        title = cell.strip().casefold().replace(" ", "_")
        field = next((field for field, names in _COLUMNS.items() if title in names), "")
        if not field:
            known = ", ".join(names[0] for names in _COLUMNS.values())
            problems.append(InputError(where, f"unknown column {cell.strip()!r}; known: {known}"))
        elif field in fields:
            problems.append(InputError(where, f"column {cell.strip()!r} is there a second time"))
        fields.append(field)
    problems += [
        InputError(where, f"expected a column {' or '.join(_COLUMNS[field])}, got none")
        for field in _NEEDED
        if field not in fields
    ]
    if problems:
        raise InputErrors(f"{where} does not name the columns of a pay history", problems)
    return fields


def _month(cells: Mapping[str, str], extra: int, where: str, problems: list[InputError]) -> PayMonth | None:
    if extra > 0:
        problems.append(InputError(where, f"expected {len(cells)} cells, got {len(cells) + extra}"))
        return None
    values: dict[str, Any] = {}
    before = len(problems)
    for field, names in _COLUMNS.items():
        cell = cells.get(field, "").strip()
        if not cell:
            if field in _NEEDED:
                problems.append(InputError(f"{where}, {names[0]}", "is missing"))
            continue
        try:
            values[field] = _READERS[field](cell, f"{where}, {names[0]}")
        except InputError as problem:
            problems.append(problem)
    if len(problems) > before:
        return None
    if "hours_hundredths" in values:
        values.setdefault("hours_policy", DECLARED)
    try:
        return PayMonth(**values)
    except InputError as problem:
        problems.append(InputError(where, problem.message))
        return None
