"""The pages of rights: what a person may be entitled to, the dated numbers behind it, and what is open."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from itertools import groupby

from rst import entry, fields, link, plain, table, title

import cae_core
from cae_core.law import Parameter
from cae_core.protection import Entitlement

#: The tables of rights and the groups of entitlements, as they are titled.
TITLES = {
    "accident": "Work accident",
    "cover": "Health and provident cover",
    "insolvency": "Insolvency of the cooperative",
    "invalidity": "Invalidity and death",
    "invalidity_death": "Invalidity and death",
    "leave": "Paid leave",
    "parents": "Birth and adoption",
    "retirement": "Retirement",
    "sickness": "Sickness",
    "support": "Contract of support",
    "training": "Training",
}


def _title(family: str) -> str:
    return TITLES.get(family, family.replace("_", " ").capitalize())


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n")[0]


def entitlements_page(rules: cae_core.Ruleset) -> str:
    """Every right, with its articles, the facts it looks at and what no text settles about it."""
    found = list(rules.entitlements.values())
    lines = [
        *title("Entitlements", "page"),
        f"{len(found)} rights that ``cae covered`` and :meth:`~cae_core.ruleset.Ruleset.assess` answer for.",
        "Each is looked at on the day of its event; :doc:`/explanation/covered` explains how.",
        "",
    ]
    for family, group in groupby(found, lambda right: right.family):
        lines += title(_title(family), "section")
        for right in group:
            lines += _entitlement(rules, right)
    return "\n".join(lines)


def _entitlement(rules: cae_core.Ruleset, right: Entitlement) -> list[str]:
    since = []
    for name in right.needs:
        rows = rules.rights.parameter(name).values
        ended = f" to {rows[-1].in_force_from.isoformat()}, excluded" if rows[-1].repealed else ""
        since.append(f"from {rows[0].in_force_from.isoformat()}{ended} ({link('parameter', name)})")
    lines = entry("entitlement", right.code)
    lines += fields(
        (
            ("English", plain(right.english_name)),
            ("French", plain(right.french_name)),
            ("Exists", ", ".join(since)),
            ("Texts", plain("; ".join(map(str, right.citations)))),
        )
    )
    facts = [
        ([f":class:`~{kind.__module__}.{kind.__name__}`"], [plain(_first_line(kind))]) for kind in right.facts
    ]
    lines += table(("Facts", "What they are"), facts, (35, 65))
    if right.assumptions:
        links = ", ".join(f":ref:`{each.code} <assumption-{each.code}>`" for each in right.assumptions)
        lines += [f"Open points: {links}.", ""]
    return lines


def rights_parameters_page(rules: cae_core.Ruleset) -> str:
    """Every dated number beyond the payslip, with its history, by table."""
    found = _further(rules)
    count = sum(len(parameter.values) for parameter in found)
    lines = [
        *title("Parameters of rights", "page"),
        f"{len(found)} numbers of the law beyond the payslip, {count} dated values, each with its text.",
        "They add to those of :doc:`parameters`; :attr:`~cae_core.ruleset.Ruleset.rights` holds both.",
        "",
    ]
    for family in sorted({parameter.family for parameter in found}):
        lines += title(_title(family), "section")
        for parameter in found:
            if parameter.family == family:
                lines += _parameter(parameter)
    return "\n".join(lines)


def _further(rules: cae_core.Ruleset) -> list[Parameter]:
    return [
        each for name, each in rules.rights.parameters.items() if name not in rules.legislation.parameters
    ]


def _parameter(parameter: Parameter) -> list[str]:
    import generated  # it lists these pages: the two cannot import each other while they load

    lines = entry("parameter", parameter.name)
    lines += fields(
        (
            ("French", plain(parameter.french_name)),
            ("Unit", f"{parameter.unit}, kept as {plain(parameter.measure.kept_as)}"),
            ("Known until", parameter.known_until.isoformat()),
        )
    )
    rows = [
        ([row.in_force_from.isoformat()], generated.value_lines(parameter, row), generated.text_lines(row))
        for row in reversed(parameter.values)
    ]
    return [*lines, *table(("In force from", "Value", "Text"), rows, (15, 25, 60))]


def rights_open_points_page(rules: cae_core.Ruleset) -> str:
    """What no text settles about rights, and the numbers that nobody has checked yet."""
    import generated

    lines = [
        *title("Open points of rights", "page"),
        "What is not settled about what a person is covered for.",
        "An answer that rests on one of these says so.",
        "",
        *title("What no text settles", "section"),
    ]
    users: dict[str, list[str]] = {}
    points = {}
    for right in rules.entitlements.values():
        for each in right.assumptions:
            points[each.code] = each
            users.setdefault(each.code, []).append(link("entitlement", right.code))
    for code, each in points.items():
        lines += [f".. _assumption-{code}:", "", *title(f"``{code}``", "entry"), plain(each.english), ""]
        lines += [f"*{plain(each.french)}*", ""]
        lines += fields(
            (("Where it comes from", plain(each.source)), ("Used by", ", ".join(dict.fromkeys(users[code]))))
        )
    lines += title("Values whose text nobody has read yet", "section")
    rows: list[Iterable[list[str]]] = []
    for parameter in _further(rules):
        for row in parameter.values:
            if row.needs_review:
                said = [f"Source: {plain(row.source)}.", *([f"Note: {plain(row.note)}."] * bool(row.note))]
                rows.append(
                    (
                        [link("parameter", parameter.name)],
                        [row.in_force_from.isoformat()],
                        generated.value_lines(parameter, row),
                        [plain(row.citation.text), *said],
                    )
                )
    lines += table(("Parameter", "From", "Value", "What is known"), rows, (30, 12, 13, 45))  # type: ignore[arg-type]
    return "\n".join(lines)
