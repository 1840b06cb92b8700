"""What a variant changes in the rules it stands on, for a reader: lines, bases, reductions, values, facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from cae_core.assembly import assemble
from cae_core.errors import CaeCoreError
from cae_core.explain.problems import problem_text
from cae_core.explain.words import Words
from cae_core.plugins import infos_of
from cae_core.ruleset import Ruleset
from cae_core.variants import VariantInfo, VariantKind

__all__ = ["VariantRow", "variant_dict", "variant_row"]


#: The lists of a row, in the order they are told.
_TOLD = (
    "added", "changed", "removed", "bases", "reductions", "parameters", "facts",
    "entitlements", "lifecycles", "cooperatives",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class VariantRow:
    """A variant and what it does; each pair is a code and what it is called.

    Attributes:
        name: the name it is activated under.
        distribution: the installed package it comes from, with its version.
        title: what people call it.
        kind: its level.
        requires: what must be active with it.
        added, changed, removed: lines of the payslip, beside those of what it stands on.
        bases: bases that count something else; likewise ``reductions``.
        parameters: dated values that are others.
        facts: facts it asks for.
        entitlements, lifecycles, cooperatives: what it brings beyond the payslip.
        problem: why it cannot be activated, where it cannot.
    """

    name: str
    distribution: str
    title: str = ""
    kind: VariantKind | None = None
    requires: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    bases: tuple[tuple[str, str], ...] = ()
    reductions: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    entitlements: tuple[tuple[str, str], ...] = ()
    lifecycles: tuple[tuple[str, str], ...] = ()
    cooperatives: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def variant_row(
    name: str, distribution: str, plugins: Mapping[str, object], lang: str = "fr", *, country: str = "fr"
) -> VariantRow:
    """Return what a variant changes.

    Args:
        name: its name.
        distribution: the package it comes from.
        plugins: every variant at hand, by name; it is looked at with those it requires alone.
        lang: ``"fr"`` or ``"en"``.
        country: the country it is looked at in, where it requires none.
    """
    words = Words(lang)
    try:
        infos = infos_of(plugins)
        info = infos[name]
        said: dict[str, Any] = {
            "name": name,
            "distribution": distribution or info.version,
            "title": info.name(lang),
            "kind": info.kind,
            "requires": info.requires,
        }
        if info.kind is VariantKind.COUNTRY:
            rules = assemble({name: plugins[name]})
            lines = tuple((row.code, row.name(lang)) for row in rules.contributions)
            facts = tuple(
                (spec.name, words(spec.french_name, spec.english_name)) for spec in rules.fact_specs
            )
            brought: dict[str, Any] = _brought(name, rules, words)
            return VariantRow(**said, added=lines, facts=facts, **brought)
        below = {each: plugins[each] for each in _required(name, infos)}
        if not any(infos[each].kind is VariantKind.COUNTRY for each in below):
            below[country] = plugins[country]
        rules = assemble({**below, name: plugins[name]})
        done: dict[str, Any] = {**_compared(assemble(below), rules, words), **_brought(name, rules, words)}
        return attrs.evolve(VariantRow(**said), **done)
    except CaeCoreError as error:
        return VariantRow(name=name, distribution=distribution, problem=problem_text(error, lang))


def _required(name: str, infos: Mapping[str, VariantInfo]) -> set[str]:
    """Return everything a variant stands on, as far as it is at hand."""
    found: set[str] = set()
    wanted = list(infos[name].requires)
    while wanted:
        each = wanted.pop()
        if each in infos and each not in found:
            found.add(each)
            wanted += infos[each].requires
    return found


def _compared(before: Ruleset, after: Ruleset, words: Words) -> dict[str, tuple[tuple[str, str], ...]]:
    lang = words.lang
    lines = [{row.code: row for row in rules.contributions} for rules in (before, after)]
    values = [rules.legislation.parameters for rules in (before, after)]
    moved = [name for name, parameter in values[0].items() if values[1][name] != parameter]
    bases = [{base.name: base for base in rules.bases} for rules in (before, after)]
    reductions = [{each.code: each for each in rules.reductions} for rules in (before, after)]
    asked = [{spec.name: spec for spec in rules.fact_specs} for rules in (before, after)]
    return {
        "added": tuple((code, row.name(lang)) for code, row in lines[1].items() if code not in lines[0]),
        "changed": tuple(
            (code, row.name(lang))
            for code, row in lines[1].items()
            if code in lines[0] and (row != lines[0][code] or set(row.parameters) & set(moved))
        ),
        "removed": tuple((code, row.name(lang)) for code, row in lines[0].items() if code not in lines[1]),
        "bases": tuple(
            (name, words(base.french_name, base.english_name))
            for name, base in bases[1].items()
            if name in bases[0] and base != bases[0][name]
        ),
        "reductions": tuple(
            (code, each.name(lang))
            for code, each in {**reductions[0], **reductions[1]}.items()
            if reductions[0].get(code) != reductions[1].get(code)
        ),
        "parameters": tuple((name, values[1][name].french_name) for name in moved),
        "facts": tuple(
            (name, words(spec.french_name, spec.english_name))
            for name, spec in asked[1].items()
            if name not in asked[0]
        ),
    }


def _brought(name: str, rules: Ruleset, words: Words) -> dict[str, tuple[tuple[str, str], ...]]:
    """What a variant declares beyond the payslip."""

    def own(hook: str) -> list[Any]:
        return [item for owner, item in rules.plugins.declared(hook) if owner == name]

    return {
        "entitlements": tuple(
            (each.code, words(each.french_name, each.english_name))
            for each in own("cae_register_entitlements")
        ),
        "lifecycles": tuple(
            (each.name, words(each.french_name, each.english_name)) for each in own("cae_register_lifecycles")
        ),
        "cooperatives": tuple((each.code, each.name) for each in own("cae_register_cooperatives")),
    }


def variant_dict(row: VariantRow) -> dict[str, object]:
    """Return a variant for a program: the same, under the same names."""
    found: dict[str, object] = {"name": row.name, "distribution": row.distribution}
    if row.problem:
        return {**found, "problem": row.problem}
    found |= {"title": row.title, "kind": row.kind.value if row.kind else "", "requires": list(row.requires)}
    for field in _TOLD:
        found[field] = [{"code": code, "name": name} for code, name in getattr(row, field)]
    return found
