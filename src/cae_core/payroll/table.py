"""Strict reader of the table of contributions: an unknown key or a missing one names the file and the row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from cae_core.errors import TableError
from cae_core.law import Citation
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.rules import Contribution, Heading

__all__ = ["read_contributions"]

_TEXTS = ("code", "french_name", "english_name", "heading", "base", "citation")
_LISTS = (
    "employee_rates",
    "employer_rates",
    "employee_scale",
    "employer_scale",
    "urssaf_codes",
    "assumptions",
)
_NAMES = ("whole_base", "employee_fact", "employer_fact", "headcount_from", "headcount_below", "dsn_code")
_FLAGS = (
    "executive",
    "cover",
    "employee_share_taxable",
    "employer_share_taxable",
    "in_general_reduction",
    "provision",
)


def read_contributions(text: str, file: str) -> tuple[tuple[Heading, ...], tuple[Contribution, ...]]:
    """Return the headings and the rows of a table, in its order.

    Raises:
        TableError: the table is malformed; the error names the file, the row and the key.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(file, "syntax", str(error)) from None
    unknown = set(table) - {"heading", "contribution"}
    if unknown:
        raise TableError(file, ", ".join(sorted(unknown)), "unknown table; expected heading and contribution")
    headings = tuple(_heading(row, file) for row in table.get("heading", ()))
    rows = tuple(_contribution(row, file) for row in table.get("contribution", ()))
    return headings, rows


def _heading(row: Mapping[str, Any], file: str) -> Heading:
    if set(row) != {"code", "french_name", "english_name"}:
        raise TableError(
            file, f"heading {row.get('code')!r}", "needs code, french_name and english_name alone"
        )
    return Heading(**row)


def _contribution(row: Mapping[str, Any], file: str) -> Contribution:
    where = f"contribution {row.get('code')!r}"
    for key in _TEXTS:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise TableError(file, f"{where}: {key}", "is required and must be a text")
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key in _TEXTS or key in _NAMES:
            wanted, ok = "a text", isinstance(value, str)
        elif key in _LISTS:
            wanted, ok = "a list of texts", isinstance(value, list) and all(isinstance(v, str) for v in value)
            value = tuple(value) if ok else value
        elif key in _FLAGS:
            wanted, ok = "true or false", isinstance(value, bool)
        else:
            known = ", ".join(sorted((*_TEXTS, *_LISTS, *_NAMES, *_FLAGS)))
            raise TableError(file, f"{where}: {key}", f"unknown key; known keys: {known}")
        if not ok:
            raise TableError(file, f"{where}: {key}", f"expected {wanted}, got {value!r}")
        values[key] = value
    values["citation"] = Citation(values["citation"])
    made = Contribution(**values)
    for fact in made.named_facts:
        if not hasattr(PayFacts, fact):
            raise TableError(file, f"{where}: {fact}", "no such fact in PayFacts")
    return made
