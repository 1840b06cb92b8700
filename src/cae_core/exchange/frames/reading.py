"""The cells of a frame as exact integers, column by column.

Whole columns are read at once; a cell that cannot be used goes, alone, through the door that reads one
payslip, which says what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import attrs

from cae_core.calendar import Month, to_day
from cae_core.errors import CaeCoreError
from cae_core.exchange.csv_rows import csv_yes
from cae_core.exchange.frames.columns import ColumnKind, FrameColumn
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.problems import RowProblems
from cae_core.explain import problem_text
from cae_core.money import Rate, to_cents
from cae_core.strict import member

__all__ = ["Cells", "day_number", "day_of", "month_number", "read_cells", "type_problem"]

_WHOLE = re.compile(r"-?\d{1,10}")
_NEUTRAL = "neutral"
_EPOCH = dt.date(1970, 1, 1)


@attrs.frozen(eq=False)
class Cells:
    """A column as integers.

    Attributes:
        values: int64, or bool for a flag; a month is the number of months since year 0, a day that of days
            since 1970.
        missing: the cells that are empty, where some are and the law has its own answer to it.
    """

    values: Any
    missing: Any = None

    @property
    def one(self) -> int | bool | None:
        """The value of every cell, where it is the same one."""
        values = self.values
        if self.missing is not None or not len(values) or not (values == values[0]).all():
            return None
        found: int | bool = values[0].item()
        return found


def month_number(month: Month) -> int:
    """Return the number of months since year 0."""
    return month.year * 12 + month.number - 1


def day_number(day: dt.date) -> int:
    """Return the number of days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> dt.date:
    """Return the day behind a number of days since 1970."""
    return _EPOCH + dt.timedelta(number)


#: The days that Python knows.
_FIRST_DAY, _LAST_DAY = day_number(dt.date.min), day_number(dt.date.max)


def type_problem(column: FrameColumn, name: str, found: Any) -> str:
    """Return why a type cannot hold what the column says, or nothing."""
    pa = libraries().pa
    types, kind = pa.types, column.kind
    if types.is_null(found) or types.is_string(found) or types.is_large_string(found):
        return ""
    if types.is_floating(found) and kind is ColumnKind.NUMBER:
        wanted = f"decimal or text, or {column.integer_name} as int64" if column.decimals else "int64"
        pandas = f'; in pandas: frame["{name}"].astype("Int64")' if not _decimals(column, name) else ""
        return f"a {found} does not hold exact numbers; give {wanted}{pandas}"
    fits = {
        ColumnKind.NUMBER: types.is_integer(found)
        or (types.is_decimal(found) and found.bit_width <= 128 and _decimals(column, name) > 0),
        ColumnKind.FLAG: types.is_boolean(found) or types.is_integer(found),
        ColumnKind.MONTH: types.is_date(found) or (types.is_timestamp(found) and found.tz is None),
        ColumnKind.DAY: types.is_date(found) or (types.is_timestamp(found) and found.tz is None),
        ColumnKind.TEXT: False,
        ColumnKind.PERSON: types.is_integer(found),
        ColumnKind.WORD: False,
    }[kind]
    wanted = {
        ColumnKind.NUMBER: "whole numbers or texts" if not _decimals(column, name) else "decimals or texts",
        ColumnKind.FLAG: "truth values or texts",
        ColumnKind.MONTH: "dates, timestamps without a time zone or texts",
        ColumnKind.DAY: "dates, timestamps without a time zone or texts",
        ColumnKind.TEXT: "texts",
        ColumnKind.PERSON: "texts or whole numbers",
        ColumnKind.WORD: "texts",
    }[kind]
    return "" if fits else f"expected {wanted}, got {found}"


def _decimals(column: FrameColumn, name: str) -> int:
    return 0 if name == column.integer_name else column.decimals


def read_cells(cells: Any, column: FrameColumn, name: str, problems: RowProblems) -> Cells:
    """Return a column as integers; what cannot be used is a problem of its row.

    Args:
        cells: an Arrow array, of a type that :func:`type_problem` does not refuse.
        column: what the column holds.
        name: the name it has in the frame.
        problems: receives the problems.
    """
    np, pa, _ = libraries()
    if pa.types.is_null(cells.type):
        cells = pa.nulls(len(cells), pa.string())
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        values, missing = _read_texts(cells, column, name, problems)
    elif column.kind in (ColumnKind.MONTH, ColumnKind.DAY):
        values, missing = _read_days(cells, column, name, problems)
    elif pa.types.is_boolean(cells.type):
        missing = _nulls(cells)
        values = cells.fill_null(False).to_numpy(zero_copy_only=False)
    elif pa.types.is_decimal(cells.type):
        values, missing = _read_decimals(cells, column, name, problems)
    else:
        values, missing = _read_integers(cells, column, name, problems)
    if column.kind is ColumnKind.FLAG:
        values = values.astype(bool)
    if missing is None:
        return Cells(values)
    if column.needed:
        problems.add(missing, _said(name, problems.words("manque", "is missing"), problems))
        return Cells(values)
    if column.default is None:
        return Cells(values, missing)
    return Cells(np.where(missing, column.default, values))


def _said(name: str, text: str, problems: RowProblems) -> str:
    return f"{name}{problems.words.colon}{text}"


def _nulls(cells: Any) -> Any:
    """Return which cells are empty, or ``None`` where none is."""
    return cells.is_null().to_numpy(zero_copy_only=False) if cells.null_count else None


def _one_number(column: FrameColumn, name: str, value: Any, problems: RowProblems) -> tuple[int, str]:
    """Return one number, or 0 and why it cannot be used."""
    words = problems.words
    if not _decimals(column, name):
        plain = str(value).strip()
        if _WHOLE.fullmatch(plain) and column.lowest <= int(plain) <= column.highest:
            return int(plain), ""
        said = words(
            f"attendu : un nombre entier de {column.lowest} à {column.highest} ; reçu : {value!r}",
            f"expected a whole number from {column.lowest} to {column.highest}, got {value!r}",
        )
        return 0, _said(name, said, problems)
    try:
        number = Rate.percent(value, name).ppm if column.decimals == 4 else to_cents(value, name)
    except CaeCoreError as error:
        return 0, problem_text(error, words.lang)
    if number < column.lowest:
        came = repr(str(value))
        return 0, words(
            f"{name} ne doit pas être négatif (reçu : {came})", f"{name} must not be negative (got {came})"
        )
    return number, ""


def _told(cells: Any, bad: Any, column: FrameColumn, name: str, problems: RowProblems) -> None:
    """Say what is wrong with some cells, each as the door of one payslip says it."""
    problems.add(bad, lambda row: _one_number(column, name, cells[row].as_py(), problems)[1])


def _read_integers(cells: Any, column: FrameColumn, name: str, problems: RowProblems) -> tuple[Any, Any]:
    np = libraries().np
    missing = _nulls(cells)
    values = (cells if missing is None else cells.fill_null(0)).to_numpy(zero_copy_only=False)
    lowest, highest, factor = column.lowest, column.highest, 10 ** _decimals(column, name)
    if column.kind is ColumnKind.FLAG:
        lowest, highest = 0, 1
    bad = (values < -(-lowest // factor)) | (values > highest // factor)
    if missing is not None:
        bad &= ~missing
    if bad.any():
        if column.kind is ColumnKind.FLAG:
            said = problems.words("attendu : oui ou non", "expected yes or no")
            problems.add(bad, _said(name, said, problems))
        else:
            _told(cells, bad, column, name, problems)
        values = np.where(bad, 0, values)
    values = values.astype(np.int64, copy=False)
    return (values * factor if factor > 1 else values), missing


def _read_days(cells: Any, column: FrameColumn, name: str, problems: RowProblems) -> tuple[Any, Any]:
    np, pa, pc = libraries()
    missing = _nulls(cells)
    days = pc.cast(cells, pa.date32(), safe=False).fill_null(0).view(pa.int32()).to_numpy()
    if column.kind is ColumnKind.DAY:
        values = days.astype(np.int64)
        outside = (values < _FIRST_DAY) | (values > _LAST_DAY)
        said = problems.words("attendu : un jour comme 2026-03-15", "expected a day such as 2026-03-15")
    else:
        values = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
        outside = (values < 1945 * 12) | (values >= 10_000 * 12)
        said = problems.words("attendu : un mois comme 2026-03", "expected a month such as 2026-03")
    problems.add(outside if missing is None else outside & ~missing, _said(name, said, problems))
    return values, missing


def _unscaled(decimals: Any) -> tuple[Any, Any]:
    """Return the integers behind decimals, and which of them leave int64."""
    np, _, _ = libraries()
    if not len(decimals):
        return np.zeros(0, np.int64), np.zeros(0, bool)
    halves = np.frombuffer(decimals.buffers()[1], "<i8").reshape(-1, 2)
    halves = halves[decimals.offset : decimals.offset + len(decimals)]
    low, high = halves[:, 0], halves[:, 1]
    return low, high != low >> 63


def _read_decimals(cells: Any, column: FrameColumn, name: str, problems: RowProblems) -> tuple[Any, Any]:
    np, pa, pc = libraries()
    missing = _nulls(cells)
    cells128 = pc.cast(cells, pa.decimal128(38, cells.type.scale))
    target, digits = pa.decimal128(38, column.decimals), cells.type.scale - column.decimals
    if digits > 0:
        cut = pc.cast(cells128, target, safe=False)
        bad = pc.not_equal(pc.cast(cut, cells128.type, safe=False), cells128)
        bad = bad.fill_null(False).to_numpy(zero_copy_only=False)
        values, outside = _unscaled(cut.fill_null(0))
    else:
        values, outside = _unscaled(cells128.fill_null(0))
        bad = np.zeros(len(cells), bool)
        factor = 10**-digits
        outside = outside | (values > column.highest // factor) | (values < -column.highest)
        values = np.where(outside, 0, values) * factor
    bad |= outside | (values < column.lowest) | (values > column.highest)
    if missing is not None:
        bad &= ~missing
    if bad.any():
        _told(cells, bad, column, name, problems)
        values = np.where(bad, 0, values)
    return np.ascontiguousarray(values), missing


def _read_texts(cells: Any, column: FrameColumn, name: str, problems: RowProblems) -> tuple[Any, Any]:
    """Read each different text once: plain numbers all together, the others one by one."""
    np, pa, pc = libraries()
    encoded = cells.dictionary_encode()
    texts = pc.utf8_trim_whitespace(encoded.dictionary)
    empty = pc.equal(texts, "").to_numpy(zero_copy_only=False)
    if column.name == "withholding":
        empty |= pc.equal(texts, _NEUTRAL).to_numpy(zero_copy_only=False)
    values, single = np.zeros(len(texts), np.int64), ~empty
    said = [""] * len(texts)
    if column.kind is ColumnKind.NUMBER:
        decimals = _decimals(column, name)
        pattern = rf"^\d{{1,7}}(\.\d{{1,{decimals}}})?$" if decimals else r"^\d{1,10}$"
        plain = pc.match_substring_regex(texts, pattern)
        exact = pc.cast(pc.if_else(plain, texts, "0"), pa.decimal128(38, decimals))
        values = _unscaled(exact)[0].copy()
        fits = (values >= column.lowest) & (values <= column.highest)
        single &= ~(plain.to_numpy(zero_copy_only=False) & fits)
    for rank in np.flatnonzero(single).tolist():
        values[rank], said[rank] = _one_text(encoded.dictionary[rank].as_py(), column, name, problems)
    missing = _nulls(cells)
    codes = encoded.indices.fill_null(0).to_numpy() if missing is not None else encoded.indices.to_numpy()
    if not len(texts):
        return np.zeros(len(cells), np.int64), missing
    bad = np.array([bool(text) for text in said])[codes]
    if empty.any():
        blank = empty[codes]
        missing = blank if missing is None else missing | blank
    if missing is not None:
        bad &= ~missing
    if bad.any():
        problems.add(bad, lambda row: said[codes[row]])
    return values[codes], missing


def _one_text(text: str, column: FrameColumn, name: str, problems: RowProblems) -> tuple[int, str]:
    """Return what one text stands for, or 0 and why it cannot be used."""
    if column.kind is ColumnKind.NUMBER:
        return _one_number(column, name, text, problems)
    try:
        if column.kind is ColumnKind.MONTH:
            return month_number(Month.parse(text, name)), ""
        if column.kind is ColumnKind.FLAG:
            return int(csv_yes(text.strip(), name)), ""
        if column.kind is ColumnKind.DAY:
            return day_number(to_day(text, name)), ""
        assert column.words is not None
        word = column.also.get(text.strip().casefold(), text.strip())
        return list(column.words).index(member(column.words)(word, name)), ""
    except CaeCoreError as error:
        return 0, problem_text(error, problems.words.lang)
