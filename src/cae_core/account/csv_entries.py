"""Entries from a CSV file, such as a spreadsheet saves, and back.

Reading is strict and complete: every row is looked at, every problem is reported with its line and
column, and one problem is enough for no entry to be returned.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from cae_core.account.entries import Entry, EntryKind
from cae_core.calendar import to_day
from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.money import to_cents
from cae_core.terms import plain_word

__all__ = ["read_entries", "write_entries"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dated_on": ("dated_on", "date", "day", "jour"),
    "kind": ("kind", "type", "nature"),
    "amount": ("amount", "montant", "montant_ht"),
    "activity": ("activity", "activite", "code_activite"),
    "label": ("label", "libelle"),
    "document": ("document", "piece", "facture", "numero_de_facture"),
    "other_activity": ("other_activity", "autre_activite", "activite_acheteuse"),
    "direct": ("direct", "charge_directe"),
    "in_gross_margin": ("in_gross_margin", "marge_brute", "dans_la_marge_brute"),
}
_NEEDED = ("dated_on", "kind", "amount", "activity")
_FIELDS = {"amount": "amount_cents"}
_YES = frozenset({"yes", "true", "1", "oui", "vrai"})
_NO = frozenset({"no", "false", "0", "non", "faux"})
_FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def _day(cell: str, where: str) -> dt.date:
    french = _FRENCH_DAY.fullmatch(cell)
    try:
        return to_day(f"{french[3]}-{french[2]}-{french[1]}" if french else cell, where)
    except InputError:
        raise InputError(where, f"expected a day such as 2026-12-31 or 31/12/2026, got {cell!r}") from None


def _amount(cell: str, where: str) -> int:
    try:
        cents = to_cents(cell.removesuffix("€").rstrip(" \u00a0\u202f"), "amount")
    except AmountError as problem:
        message = str(problem).removeprefix("amount ").split(" (got")[0]
        raise InputError(where, f"{message}, got {cell!r}") from None
    if cents <= 0:
        raise InputError(where, f"expected an amount above zero (the kind says the direction), got {cell!r}")
    return cents


def _yes(cell: str, where: str) -> bool:
    word = cell.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise InputError(where, f"expected yes or no (oui ou non), got {cell!r}")


def _filled(cell: str, where: str) -> str:
    if not cell:
        raise InputError(where, "expected the code of an activity, got nothing")
    return cell


def _free(cell: str, where: str) -> str:
    return cell


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "dated_on": _day,
    "kind": EntryKind.parse,
    "amount": _amount,
    "activity": _filled,
    "label": _free,
    "document": _free,
    "other_activity": _free,
    "direct": _yes,
    "in_gross_margin": _yes,
}


def read_entries(path: str | os.PathLike[str]) -> tuple[Entry, ...]:
    """Read the entries of a CSV file, in the order of the file.

    The file is UTF-8, with or without a byte order mark; cells are separated by ``;`` or ``,``. The first
    row names the columns, in English or in French (``date; nature; montant; activité; libellé; facture;
    autre activité; charge directe; marge brute``). Days are written 2026-12-31 or 31/12/2026, amounts
    1234.56 or 1 234,56. The last five columns may be missing.

    Raises:
        InputErrors: every problem of every row, with its line, its column, what came and what was wanted.
        OSError: the file cannot be opened.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = (
            f"expected UTF-8, got the byte {problem.object[problem.start]:#04x} at position {problem.start}"
        )
        raise InputErrors(f"{file} cannot be read", [InputError(str(file), message)]) from None
    problems: list[InputError] = []
    rows = _rows(text, str(file), problems)
    columns = _columns(rows, str(file), problems)
    entries = []
    for line, cells in rows[1:] if columns else ():
        entry = _entry(cells, columns, f"{file}, line {line}", problems)
        if entry is not None:
            entries.append(entry)
    if problems:
        raise InputErrors(f"{file}: {len(problems)} problem(s), no entry was read", problems)
    return tuple(entries)


def _rows(text: str, where: str, problems: list[InputError]) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the line it starts on."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if ";" in header else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error as problem:
            # Quotes that do not close swallow what follows: no later row can be trusted.
            message = f"expected well-formed CSV, got: {problem}; nothing after this line could be read"
            problems.append(InputError(f"{where}, line {line}", message))
            return rows
        if any(cell.strip() for cell in cells):
            rows.append((line, [cell.strip() for cell in cells]))
        line = reader.line_num + 1


def _columns(
    rows: list[tuple[int, list[str]]], where: str, problems: list[InputError]
) -> list[tuple[str, str]]:
    """Return, for each column, the field it fills and the name it has in the file."""
    if not rows:
        problems.append(
            InputError(where, f"expected a first row with {', '.join(_NEEDED)}, got an empty file")
        )
        return []
    line, headers = rows[0]
    columns: list[tuple[str, str]] = []
    found = []
    for header in headers:
        field = next((field for field, names in _COLUMNS.items() if plain_word(header) in names), "")
        if not field:
            message = f"unknown column {header!r}; known: {', '.join(_COLUMNS)}"
            found.append(InputError(f"{where}, line {line}", message))
        elif field in (known for known, _ in columns):
            found.append(
                InputError(f"{where}, line {line}", f"column {header!r} gives {field} a second time")
            )
        columns.append((field, header))
    for field in _NEEDED:
        if field not in (known for known, _ in columns):
            names = " or ".join(_COLUMNS[field])
            found.append(InputError(f"{where}, line {line}", f"expected a column {names}, got none"))
    problems += found
    # Without its needed columns no row can be read; with an unknown one, the others still can.
    needed_are_there = all(field in (known for known, _ in columns) for field in _NEEDED)
    return columns if needed_are_there else []


def _entry(
    cells: list[str], columns: list[tuple[str, str]], where: str, problems: list[InputError]
) -> Entry | None:
    if len(cells) != len(columns):
        problems.append(InputError(where, f"expected {len(columns)} cells, got {len(cells)}: {cells!r}"))
        return None
    values: dict[str, Any] = {}
    found: list[InputError] = []
    for cell, (field, header) in zip(cells, columns, strict=True):
        if not field or (not cell and field not in _NEEDED):
            continue
        try:
            values[_FIELDS.get(field, field)] = _READERS[field](cell, f"{where}, column {header!r}")
        except InputError as problem:
            found.append(problem)
    if not found:
        entry = Entry(**values)
        found = [InputError(where, problem.message) for problem in entry.objections()]
        if not found:
            return entry
    problems += found
    return None


def write_entries(path: str | os.PathLike[str], entries: Iterable[Entry]) -> None:
    """Write entries to a CSV file that :func:`read_entries` reads back equal.

    The file is complete or untouched: it is written beside under another name, then renamed.

    Args:
        path: the file; replaced if it exists.
        entries: in the order to write them.

    Raises:
        OSError: the file cannot be written.
    """
    file = Path(path)
    text = io.StringIO(newline="")
    # Both characters in the line end, so that the writer quotes a cell with either of them.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in entries:
        euros, cents = divmod(entry.amount_cents, 100)
        writer.writerow(
            [
                entry.dated_on.isoformat(),
                entry.kind.code,
                f"{euros}.{cents:02d}",
                entry.activity,
                entry.label,
                entry.document,
                entry.other_activity,
                "yes" if entry.direct else "no",
                "yes" if entry.in_gross_margin else "no",
            ]
        )
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(text.getvalue().encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
