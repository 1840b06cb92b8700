"""The people of an audit from a CSV file, and the audit as CSV or JSON.

A row that cannot be used is reported with its line and left out; every other row is read.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.explain.audit_rows import AUDIT_COLUMNS, audit_figures, timetable_days
from cae_core.explain.slip_data import plain_euros
from cae_core.france.partial_activity import Audit, AuditPerson, Standing, WorkState
from cae_core.money import to_cents
from cae_core.protection import PayHistory, PayMonth
from cae_core.terms import Term, plain_word

__all__ = ["AuditFile", "audit_csv", "audit_dict", "audit_json", "read_people"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "number", "numero"),
    "standing": ("standing", "statut"),
    "state": ("state", "etat"),
    "trade": ("trade", "metier"),
    "baseline": ("usual_turnover", "chiffre_d_affaires_habituel", "ca_habituel"),
    "childcare_hours": ("childcare_hours", "heures_garde_enfant"),
    "evidence": ("evidence", "justificatif"),
}
#: The columns of months: ``paie_2020-02``.
_BY_MONTH: Mapping[str, tuple[str, ...]] = {
    "pay": ("pay", "paie"),
    "expected": ("expected_turnover", "ca_prevu"),
    "kept_gross": ("kept_gross", "brut_maintenu"),
    "kept_net": ("kept_net", "net_maintenu"),
}
_NEEDED = ("code", "standing", "state")
_MONTH_COLUMN = re.compile(r"(.+)_(\d{4})_(\d{2})")
_YES = frozenset({"yes", "true", "1", "oui", "vrai"})
_NO = frozenset({"no", "false", "0", "non", "faux"})


@attrs.frozen(kw_only=True)
class AuditFile:
    """The people of a file.

    Attributes:
        people: those whose row can be used, in the order of the file.
        months: the months for which a turnover is expected, in order.
        problems: what is wrong with the other rows, each with its line and column.
    """

    people: tuple[AuditPerson, ...]
    months: tuple[Month, ...]
    problems: tuple[InputError, ...]


@attrs.frozen
class _Column:
    field: str
    header: str
    month: Month | None = None


def read_people(path: str | os.PathLike[str]) -> AuditFile:
    """Read the people of an audit.

    The file is UTF-8, cells are separated by ``;`` or ``,``, a person is one line. The first row names the
    columns, in French or in English: ``numero; statut; etat; metier; ca_habituel; heures_garde_enfant;
    justificatif``, then by month ``paie_2020-02``, ``ca_prevu_2020-04``, ``brut_maintenu_2020-04`` and
    ``net_maintenu_2020-04``. An empty pay is a month before the contract; a month worked without pay is 0.

    Raises:
        InputErrors: the first row cannot be used; a problem of another row is in ``problems``.
        OSError: the file cannot be opened.
    """
    file = Path(path)
    raw = file.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    lines = [(rank, line) for rank, line in enumerate(raw, start=1) if line.strip()]
    if not lines:
        raise InputErrors(f"{file} is empty", [InputError(str(file), "expected a first row of column names")])
    header_line, header = lines[0]
    delimiter = ";" if b";" in header else ","
    columns = _columns(
        _cells(header, delimiter, f"{file}, line {header_line}"), f"{file}, line {header_line}"
    )
    people: dict[str, AuditPerson] = {}
    problems: list[InputError] = []
    for rank, line in lines[1:]:
        where = f"{file}, line {rank}"
        found: list[InputError] = []
        try:
            person = _person(_cells(line, delimiter, where), columns, where, found)
        except InputError as problem:
            found.append(problem)
        else:
            if not found and person.code in people:
                found.append(InputError(where, f"the number {person.code!r} is given twice"))
            if not found:
                people[person.code] = person
        problems += found
    months = {column.month for column in columns if column.field == "expected" and column.month}
    return AuditFile(people=tuple(people.values()), months=tuple(sorted(months)), problems=tuple(problems))


def _cells(line: bytes, delimiter: str, where: str) -> list[str]:
    """Return the cells of a line; each line stands alone, so that an open quote spoils no other."""
    try:
        (cells,) = csv.reader([line.decode("utf-8")], delimiter=delimiter, strict=True)
    except UnicodeDecodeError as problem:
        message = f"expected UTF-8, got the byte {line[problem.start]:#04x} at position {problem.start}"
        raise InputError(where, message) from None
    except csv.Error as problem:
        raise InputError(where, f"expected well-formed CSV, got: {problem}") from None
    return [cell.strip() for cell in cells]


def _columns(headers: list[str], where: str) -> list[_Column]:
    columns: list[_Column] = []
    problems = []
    for header in headers:
        word = plain_word(header)
        field = next((field for field, names in _COLUMNS.items() if word in names), "")
        month = None
        match = _MONTH_COLUMN.fullmatch(word)
        if not field and match:
            field = next((field for field, names in _BY_MONTH.items() if match[1] in names), "")
            try:
                month = Month.parse(f"{match[2]}-{match[3]}", header)
            except InputError as problem:
                problems.append(InputError(where, f"column {header!r}: {problem.message}"))
        if not field:
            names = [
                *(names[-1] for names in _COLUMNS.values()),
                *(f"{n[-1]}_2020-04" for n in _BY_MONTH.values()),
            ]
            problems.append(InputError(where, f"unknown column {header!r}; known: {', '.join(names)}"))
        elif any((column.field, column.month) == (field, month) for column in columns):
            problems.append(InputError(where, f"column {header!r} gives {field} a second time"))
        columns.append(_Column(field, header, month))
    there = {column.field for column in columns}
    for field in (*_NEEDED, "pay", "expected"):
        if field not in there:
            names = [*_COLUMNS.get(field, ()), *(f"{name}_2020-04" for name in _BY_MONTH.get(field, ()))]
            names = list(dict.fromkeys((names[0], names[-1])))
            problems.append(InputError(where, f"expected a column {' or '.join(names)}, got none"))
    if problems:
        raise InputErrors(f"{where}: the columns cannot be used", problems)
    return columns


def _known() -> list[str]:
    by_month = (f"{names[-1]}_2020-04" for names in _BY_MONTH.values())
    return [*(names[-1] for names in _COLUMNS.values()), *by_month]


def _cents(cell: str, where: str) -> int:
    try:
        cents = to_cents(cell.removesuffix("€").rstrip(" \u00a0\u202f"), "amount")
    except AmountError as problem:
        message = str(problem).removeprefix("amount ").split(" (got")[0]
        raise InputError(where, f"{message}, got {cell!r}") from None
    if cents < 0:
        raise InputError(where, f"expected zero or more, got {cell!r}")
    return cents


def _yes(cell: str, where: str) -> bool:
    word = cell.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise InputError(where, f"expected yes or no (oui ou non), got {cell!r}")


def _filled(cell: str, where: str) -> str:
    if not cell:
        raise InputError(where, "expected the number of the person, got nothing")
    return cell


def _term(kind: type[Term]) -> Callable[[str, str], Term]:
    """Return the reader of a closed list, whose message names the words in both languages."""

    def read(cell: str, where: str) -> Term:
        try:
            return kind.parse(cell, where)
        except InputError:
            words = [
                each.code if each.code == each.french_name else f"{each.french_name} ({each.code})"
                for each in kind
            ]
            raise InputError(where, f"expected one of {', '.join(words)}, got {cell!r}") from None

    return read


_READERS: Mapping[str, Any] = {
    "code": _filled,
    "standing": _term(Standing),
    "state": _term(WorkState),
    "trade": lambda cell, where: cell,
    "baseline": _cents,
    # Hundredths of an hour are written like cents.
    "childcare_hours": _cents,
    "evidence": _yes,
}


def _person(cells: list[str], columns: list[_Column], where: str, problems: list[InputError]) -> AuditPerson:
    if len(cells) != len(columns):
        raise InputError(where, f"expected {len(columns)} cells, got {len(cells)}: {cells!r}")
    values: dict[str, Any] = {}
    by_month: dict[str, dict[Month, int]] = {field: {} for field in _BY_MONTH}
    for cell, column in zip(cells, columns, strict=True):
        if not cell and column.field not in _NEEDED:
            continue
        place = f"{where}, column {column.header!r}"
        try:
            if column.month is None:
                values[column.field] = _READERS[column.field](cell, place)
            else:
                by_month[column.field][column.month] = _cents(cell, place)
        except InputError as problem:
            problems.append(problem)
    if not problems:
        asked = [column.month for column in columns if column.field == "expected" and column.month]
        problems += _objections(values, by_month, asked, where)
    if problems:
        raise problems.pop()
    history = PayHistory(
        [PayMonth(month=month, gross_pay_cents=cents) for month, cents in by_month.pop("pay").items()]
    )
    return AuditPerson(
        code=values["code"],
        standing=values["standing"],
        state=values["state"],
        trade=values.get("trade", ""),
        history=history,
        baseline_cents=values.get("baseline", 0),
        expected=by_month["expected"],
        kept_gross=by_month["kept_gross"],
        kept_net=by_month["kept_net"],
        childcare_hours=values.get("childcare_hours", 0),
        evidence=values.get("evidence", True),
    )


def _objections(
    values: Mapping[str, Any], by_month: Mapping[str, Mapping[Month, int]], asked: list[Month], where: str
) -> list[InputError]:
    """What is wrong with a row whose cells can all be read."""
    found = []
    paid = sorted(by_month["pay"])
    if paid and len(paid) <= paid[-1] - paid[0]:
        missing = next(month for month in paid[0].through(paid[-1]) if month not in by_month["pay"])
        found.append(
            InputError(
                where, f"expected the pay of {missing}, between two months paid (0 without pay), got nothing"
            )
        )
    if values["state"] is WorkState.REDUCED:
        if not values.get("baseline"):
            found.append(InputError(where, "expected the usual turnover, got nothing"))
        for month in sorted(set(asked) - set(by_month["expected"])):
            found.append(InputError(where, f"expected the turnover of {month}, got nothing"))
    return found


def audit_csv(audit: Audit) -> str:
    """Return the audit as CSV, a row a person and month: cells separated by ``;``, amounts as 1234.56."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(AUDIT_COLUMNS)
    for line in audit.lines:
        figures = audit_figures(line)
        writer.writerow([figures[name] for name in AUDIT_COLUMNS])
    return text.getvalue()


def audit_dict(audit: Audit, lang: str = "fr") -> dict[str, Any]:
    """Return the audit as plain data: settings, timetable, totals of each month, lines with their reasons."""
    settings = audit.settings
    return {
        "settings": {
            "placed_on": settings.placed_on.isoformat(),
            "ground": settings.ground.code,
            "regime": settings.regime.code,
            "method": settings.method.code,
            "floor_policy": settings.floor_policy.code,
            "headcount": audit.headcount,
        },
        "timetable": timetable_days(audit),
        "months": [
            {
                "month": str(month),
                "people": {decision.code: count for decision, count in sorted(
                    audit.decisions(month).items(), key=lambda pair: pair[0].code
                )},
                "hours": plain_euros(audit.total(month, "hours")),
                **{
                    name: plain_euros(audit.total(month, f"{name}_cents"))
                    for name in ("indemnity", "allowance", "cost", "levies")
                },
            }
            for month in audit.months
        ],
        "lines": [
            {
                **audit_figures(line),
                "reasons": [
                    {
                        "code": reason.code,
                        "met": reason.met,
                        "needs_review": reason.needs_review,
                        "text": reason.text(lang),
                    }
                    for reason in line.reasons
                ],
            }
            for line in audit.lines
        ],
        "problems": [str(problem) for problem in audit.problems],
    }  # fmt: skip


def audit_json(audit: Audit, lang: str = "fr") -> str:
    """Return :func:`audit_dict` as JSON text."""
    return json.dumps(audit_dict(audit, lang), ensure_ascii=False, indent=1) + "\n"
