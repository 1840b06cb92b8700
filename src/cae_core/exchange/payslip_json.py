"""Cases of payslips from JSON, and their results back: the door for programs (``cae payslip --json``).

A list of cases comes in, a list of results goes out in the same order. A case that cannot be computed
yields an error object with its id and every problem found; the others are computed. Numbers are exact: a
JSON number is read as a ``Decimal``, never as a float.

A case may follow an earlier one of the same list (``"after": "<id>"``): it then continues its year.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import CaeCoreError, InputError, InputErrors, LawNotKnownError
from cae_core.explain import Words, payslip_dict, problem_text
from cae_core.money import Rate
from cae_core.payroll import HoursPolicy, PayFacts, Regularisation, YearToDate
from cae_core.ruleset import Ruleset
from cae_core.strict import StrictTable, flag, member, positive_cents, text

__all__ = ["PayslipCase", "Results", "compute_cases", "read_case_list", "read_case_object", "write_results"]


@attrs.frozen(kw_only=True)
class PayslipCase:
    """One case: whose payslip, of which month, from which facts.

    Attributes:
        id: the caller's own name of the case, given back with the result.
        month: the month paid.
        facts: the facts.
        after: the id of the earlier case whose year this one continues, or empty.
    """

    id: str
    month: Month
    facts: PayFacts
    after: str = ""


@attrs.frozen
class Results:
    """The results of a list of cases, in their order.

    Attributes:
        objects: one object for each case: a payslip, or an ``error``.
        failed: how many could not be computed.
    """

    objects: tuple[dict[str, Any], ...]
    failed: int


def read_case_list(source: str | bytes) -> list[Any]:
    """Return the list in a JSON text; what is in each case is read later, case by case.

    Raises:
        InputError: not JSON, not a list, a key written twice, or a number such as ``NaN``.
    """
    try:
        content = json.loads(
            source, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_each_key_once
        )
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError("input", f"expected a JSON list of cases, got what is not JSON: {error}") from None
    if not isinstance(content, list):
        raise InputError("input", f"expected a JSON list of cases, got {_kind(content)}")
    return content


def _no_constant(name: str) -> Any:
    raise InputError("input", f"expected exact numbers, got {name}")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for rank, (key, _) in enumerate(pairs) if key in dict(pairs[:rank]))
        raise InputError("input", f"expected each key once in an object, got {twice!r} twice")
    return found


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "one object (put it in a list: [ … ])"
    if value is None:
        return "null"
    return "a text" if isinstance(value, str) else "a number or a truth value"


def compute_cases(
    rules: Ruleset,
    cases: Iterable[Any],
    lang: str = "fr",
    *,
    assume_unchanged: bool = False,
    progress: Callable[[], object] | None = None,
) -> Results:
    """Compute the payslips of a list of cases; one that is wrong never spoils the others.

    Args:
        rules: the ruleset.
        cases: what :func:`read_case_list` returned.
        lang: the language of labels and messages.
        assume_unchanged: beyond the last day known, carry the law forward and mark the result.
        progress: called after each case.
    """
    years: dict[str, YearToDate | None] = {}
    positions: dict[str, int] = {}
    objects = []
    failed = 0
    for position, content in enumerate(cases, start=1):
        given = content.get("id") if isinstance(content, Mapping) else None
        identity = given if isinstance(given, str) else None
        try:
            case = read_case_object(content, f"case {position}")
            if case.id in positions:
                raise InputError("id", f"{case.id!r} is already the id of case {positions[case.id]}")
            positions[case.id] = position
            years[case.id] = None
            slip = rules.payslip(
                case.month,
                case.facts,
                year_to_date=_year_before(case, years),
                assume_unchanged=assume_unchanged,
            )
            years[case.id] = slip.year_to_date
            objects.append({"id": case.id, **payslip_dict(slip, lang)})
        except CaeCoreError as error:
            failed += 1
            if identity is not None and identity not in positions:
                positions[identity], years[identity] = position, None
            objects.append({"id": identity, "error": _error(error, position, lang)})
        if progress is not None:
            progress()
    return Results(tuple(objects), failed)


def _year_before(case: PayslipCase, years: Mapping[str, YearToDate | None]) -> YearToDate | None:
    if not case.after:
        return None
    if case.after not in years or case.after == case.id:
        raise InputError("after", f"expected the id of a case before this one, got {case.after!r}")
    year = years[case.after]
    if year is None:
        raise InputError("after", f"the case {case.after!r} it follows failed")
    return year if year.year == case.month.year else None


def _error(error: CaeCoreError, position: int, lang: str) -> dict[str, Any]:
    """Return the error object of a case: what is wrong, key by key."""
    colon = Words(lang).colon
    problems = []
    for each in error.exceptions if isinstance(error, InputErrors) else (error,):
        key, said = "", each
        if isinstance(each, InputError):
            key = each.where.removeprefix(f"case {position}").removeprefix(": ").replace(": ", ".")
            said = InputError("", each.message)
        elif isinstance(each, LawNotKnownError):
            key = "month"
        problems.append({"key": key, "message": problem_text(said, lang)})
    listed = [
        f"{each['key']}{colon}{each['message']}" if each["key"] else each["message"] for each in problems
    ]
    return {"position": position, "message": "\n".join(listed), "problems": problems}


def _identity(value: object, where: str) -> str:
    text(value, where)
    return str(value)  # given back as it came, spaces included


def _percent(value: object, where: str) -> int:
    return Rate.percent(value, where).ppm


def _withholding(value: object, where: str) -> int | None:
    return None if value == "neutral" else _percent(value, where)


def _headcount(value: object, where: str) -> int:
    if type(value) is not int or value < 1:
        raise InputError(where, f"expected a whole number of people, at least 1, got {value!r}")
    return value


def _days(value: object, where: str) -> int:
    if type(value) is not int or not 0 <= value <= 31:
        raise InputError(where, f"expected a number of days from 0 to 31, got {value!r}")
    return value


def read_case_object(content: object, place: str) -> PayslipCase:
    """Read one case strictly: every problem of it is raised together.

    Args:
        content: an object of keys and values, such as ``docs/schema/payslip-cases.schema.json`` says.
        place: where it stands, for the messages.

    Raises:
        InputErrors: every key that is missing, unknown or not understood.
        InputError: not an object.
    """
    if not isinstance(content, Mapping):
        raise InputError(place, f"expected an object of keys and values, got {content!r}")
    table = StrictTable(content, place)
    identity = table.take("id", _identity)
    month = table.take("month", Month.parse)
    after = table.take("after", text, "")
    facts: dict[str, Any] = {
        "gross_pay_cents": table.take("gross_pay", positive_cents),
        "headcount": table.take("headcount", _headcount),
        "workplace_accident_ppm": table.take("workplace_accident_rate", _percent),
        "executive": table.take("executive", flag, False),
        "mobility_ppm": table.take("mobility_rate", _percent, 0),
        "apprentice_ratio_ppm": table.take("apprentice_ratio", _percent, 0),
        "hours_policy": table.take("hours_policy", member(HoursPolicy), HoursPolicy.EQUIVALENT_HOURS),
        "contract_hours_hundredths": table.take("contract_hours", positive_cents, 0),
        "employed_days": table.take("employed_days", _days, None),
        "affected_pay_cents": table.take("affected_pay", positive_cents, 0),
        "affected_pay_due_cents": table.take("affected_pay_due", positive_cents, 0),
        "withholding_ppm": table.take("withholding", _withholding, None),
        "regularisation": table.take("regularisation", member(Regularisation), Regularisation.PROGRESSIVE),
        "last_month": table.take("last_month", flag, False),
    }
    health = table.table("health_cover", required=False)
    facts["health_cover_employee_cents"] = health.take("employee", positive_cents, 0)
    facts["health_cover_employer_cents"] = health.take("employer", positive_cents, 0)
    provident = table.table("provident_cover", required=False)
    facts["provident_employee_ppm"] = provident.take("employee_rate", _percent, 0)
    facts["provident_employer_ppm"] = provident.take("employer_rate", _percent, 0)
    health.unknown()
    provident.unknown()
    if facts["hours_policy"] is HoursPolicy.CONTRACT_HOURS and "contract_hours" not in table:
        table.problems.append(InputError(f"{place}: contract_hours", "is missing: the policy needs it"))
    table.finish("cannot be computed")
    return PayslipCase(id=identity, month=month, facts=PayFacts(**facts), after=after)


def write_results(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Iterate over the pieces of a JSON list, one result a line."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    separator = "[\n"
    for each in objects:
        yield separator + encode(each)
        separator = ",\n"
    yield "\n]\n" if separator != "[\n" else "[]\n"
