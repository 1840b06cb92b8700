"""The statutes of a cooperative, read strictly from TOML.

::

    name = "Coopérative des Arches"
    legal_form = "scop_sas"
    adopted_on = 2023-06-12
    share_value = "20.00"
    shares_at_admission = 1
    required_shares = 50               # to be reached by associates who work there
    pay_rate = "2"                     # percent of gross pay put into shares
    holding_ceiling = "4000.00"
    term_months = 48
    employees_rate = "45"              # percent of the surplus
    interest_rate = "3"                # percent of the paid-up shares
    college_count = "proportional"

    [split]                            # percents that make 100
    by_pay = "60"
    equally = "40"
    seniority = [{ years = 0, coefficient = "1" }, { years = 5, coefficient = "1.2" }]

    [refund]
    loss_order = "reserves_first"
    delay_months = 60
    instalments = 5

    [[decision]]                       # one for each call, in order
    kind = "ordinary"
    quorum = "1/4"
    majority = "1/2"
    basis = "cast"
    more_than = true

    [[college]]
    code = "users"
    name = "Bénéficiaires"
    weight = "40"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors
from cae_core.law import UNITS, Citation
from cae_core.membership.refund import LossOrder, RefundTerms
from cae_core.membership.split import SplitKey
from cae_core.membership.statutes import Statutes
from cae_core.membership.voting import Basis, College, CollegeCount, DecisionRule
from cae_core.money import Rate
from cae_core.strict import StrictTable, count, flag, positive_cents, text

__all__ = ["read_statutes", "read_toml_file", "statutes_from_mapping"]

_FRACTION = re.compile(r"(\d{1,3})(?:/([1-9]\d{0,2}))?")
_NOTHING = Rate(0)


def read_toml_file(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file; numbers with a point come as ``Decimal``.

    Raises:
        InputError: the file cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not a TOML file: {error}") from None


def read_statutes(path: str | Path) -> Statutes:
    """Read the statutes of a cooperative.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
        InputError: the file cannot be read, or is not TOML.
    """
    path = Path(path)
    return statutes_from_mapping(read_toml_file(path), path.name)


def statutes_from_mapping(data: Mapping[str, Any], where: str) -> Statutes:
    """Return the statutes from a mapping with the keys above; ``where`` names the place in messages.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
    """
    table = StrictTable(data, where)
    values: dict[str, Any] = {
        "name": table.take("name", text),
        "legal_form": table.take("legal_form", text),
        "adopted_on": table.take("adopted_on", to_day),
        "share_value_cents": table.take("share_value", positive_cents),
        "shares_at_admission": table.take("shares_at_admission", count, 1),
        "required_shares": table.take("required_shares", count, None),
        "pay_rate": table.take("pay_rate", Rate.percent, _NOTHING),
        "holding_ceiling_cents": table.take("holding_ceiling", positive_cents, None),
        "contract_end_ends_status": table.take("contract_end_ends_status", flag, None),
        "renunciation_ends_contract": table.take("renunciation_ends_contract", flag, None),
        "apply_within_months": table.take("apply_within_months", count, None),
        "admitted_after_months": table.take("admitted_after_months", count, None),
        "term_months": table.take("term_months", count, None),
        "employees_rate": table.take("employees_rate", Rate.percent, _NOTHING),
        "interest_rate": table.take("interest_rate", Rate.percent, _NOTHING),
        "split": _split(table) if "split" in table else None,
        "refund": _refund(table),
        "college_count": table.take("college_count", _word(CollegeCount), CollegeCount.PROPORTIONAL),
        "colleges": tuple(_colleges(table)),
    }
    cited = Citation(f"Statuts de « {values['name'] or where} » du {values['adopted_on']}")
    values["decisions"] = _decisions(table, cited)
    table.take("split", lambda value, place: value, None)
    table.finish("are not statutes")
    return Statutes(**values)


def _word(kind: type[Enum]) -> Any:
    def read(value: object, where: str) -> Enum:
        try:
            return kind(value)
        except ValueError:
            wanted = ", ".join(str(each.value) for each in kind)
            raise InputError(where, f"expected one of {wanted}, got {value!r}") from None

    return read


def _part(value: object, where: str) -> Fraction:
    match = _FRACTION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match or int(match[1]) > int(match[2] or 1):
        raise InputError(where, f'expected a part such as "1/2", at most 1, got {value!r}')
    return Fraction(int(match[1]), int(match[2] or 1))


def _coefficient(value: object, where: str) -> int:
    found = UNITS["multiple"].parse(value)
    assert isinstance(found, int)
    return found


def _split(table: StrictTable) -> SplitKey | None:
    split = table.table("split")
    values = {
        f"{name}_ppm": split.take(name, Rate.percent, _NOTHING) for name in ("by_pay", "equally", "by_hours")
    }
    brackets = [
        (row.take("years", count), row.take("coefficient", _coefficient)) for row in split.tables("seniority")
    ]
    split.unknown()
    if any(rate is None for rate in values.values()) or any(None in bracket for bracket in brackets):
        return None
    try:
        return SplitKey(**{name: rate.ppm for name, rate in values.items()}, seniority=brackets)
    except InputErrors as errors:
        table.problems.extend(InputError(split.where, str(each)) for each in errors.exceptions)
        return None


def _refund(table: StrictTable) -> RefundTerms:
    refund = table.table("refund", required=False)
    values = {
        "loss_order": refund.take("loss_order", LossOrder.parse, LossOrder.CAPITAL),
        "delay_months": refund.take("delay_months", count, 0),
        "instalments": refund.take("instalments", count, 1),
    }
    refund.unknown()
    if None in values.values():
        return RefundTerms()
    try:
        return RefundTerms(**values)
    except InputErrors as errors:
        table.problems.extend(InputError(refund.where, str(each)) for each in errors.exceptions)
        return RefundTerms()


def _colleges(table: StrictTable) -> list[College]:
    found = []
    for row in table.tables("college"):
        code, name = row.take("code", text), row.take("name", text)
        weight = row.take("weight", Rate.percent)
        row.unknown()
        if code and name and weight is not None:
            found.append(College(code=code, name=name, weight_ppm=weight.ppm))
    return found


def _decisions(table: StrictTable, cited: Citation) -> dict[str, tuple[DecisionRule, ...]]:
    found: dict[str, tuple[DecisionRule, ...]] = {}
    for row in table.tables("decision"):
        kind = row.take("kind", text)
        values = {
            "quorum": row.take("quorum", _part, Fraction(0)),
            "majority": row.take("majority", _part, Fraction(1, 2)),
            "basis": row.take("basis", _word(Basis), Basis.CAST),
            "more_than": row.take("more_than", flag, True),
        }
        row.unknown()
        if kind and None not in values.values():
            found[kind] = (*found.get(kind, ()), DecisionRule(citations=(cited,), **values))
    return found
