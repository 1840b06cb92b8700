"""Rows of a CSV that people keep in a spreadsheet, each as a strict table that names its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.strict import StrictTable
from cae_core.terms import plain_word

__all__ = ["csv_day", "csv_yes", "read_rows"]

_FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_YES = frozenset({"yes", "true", "1", "oui", "vrai"})
_NO = frozenset({"no", "false", "0", "non", "faux"})


def csv_day(cell: object, where: str) -> dt.date:
    """Return a day written ``2026-12-31`` or ``31/12/2026``."""
    french = _FRENCH_DAY.fullmatch(str(cell))
    try:
        return to_day(f"{french[3]}-{french[2]}-{french[1]}" if french else cell, where)
    except InputError:
        raise InputError(where, f"expected a day such as 2026-12-31 or 31/12/2026, got {cell!r}") from None


def csv_yes(cell: object, where: str) -> bool:
    """Return a truth value written in either language."""
    word = str(cell).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise InputError(where, f"expected yes or no (oui ou non), got {cell!r}")


def read_rows(
    path: Path, columns: Mapping[str, Sequence[str]], problems: list[InputError]
) -> list[StrictTable]:
    """Return the rows of a CSV file as tables without their empty cells; problems go to a shared list.

    The file is UTF-8, with or without a byte order mark; cells are separated by ``;`` or ``,``. The first row
    names the columns.

    Args:
        path: the file.
        columns: the keys of the tables, each with the words that name its column, accents and case aside.
        problems: receives what cannot be read: a file, a column, a row with too many cells.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.append(InputError(str(path), f"cannot be read: {error.strerror}"))
        return []
    except UnicodeDecodeError as error:
        problems.append(
            InputError(str(path), f"expected UTF-8, got the byte {error.object[error.start]:#04x}")
        )
        return []
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        header, *rows = [(reader.line_num, cells) for cells in reader] or [(1, [])]
    except csv.Error as error:
        problems.append(
            InputError(f"{path.name}, line {reader.line_num}", f"expected well-formed CSV, got: {error}")
        )
        return []
    by_word = {plain_word(word): key for key, words in columns.items() for word in words}
    keys = []
    for cell in header[1]:
        key = by_word.get(plain_word(cell))
        if key is None:
            problems.append(InputError(path.name, f"unknown column {cell!r}; known: {', '.join(columns)}"))
        elif key in keys:
            problems.append(InputError(path.name, f"column {cell!r} gives {key} a second time"))
        keys.append(key or cell)
    if not header[1]:
        problems.append(InputError(path.name, f"expected a first row with {', '.join(columns)}, got nothing"))
    tables = []
    for line, cells in rows:
        where = f"{path.name}, line {line}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(keys):
            problems.append(InputError(where, f"expected {len(keys)} cells, got {len(cells)}"))
            continue
        filled = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if cell.strip()}
        tables.append(StrictTable(filled, where, problems))
    return tables
