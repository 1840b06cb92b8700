"""Rules assembled from plugins: by name with :func:`load`, from objects with :func:`assemble`.

Hooks declare, they never intervene: they are called while a ruleset is assembled and never during a
computation. The French rules are a plugin like any other. Installing a package changes nothing:
:func:`load` activates the variants it is given by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from cae_core.errors import RulesetError, UnknownNameError
from cae_core.law import Legislation
from cae_core.payroll.facts import PayFacts
from cae_core.plugins import Plugins, plugin
from cae_core.ruleset import Ruleset
from cae_core.variants import Draft

__all__ = ["assemble", "load"]


def assemble(plugins: Mapping[str, object]) -> Ruleset:
    """Return the ruleset of some plugins, by name. Their order never changes a result.

    Raises:
        RulesetError: two plugins declare one name, a row names what nobody declares, a hook is misspelt.
    """
    activated = Plugins.of(plugins)
    withholdings = activated.all("cae_register_withholding")
    if len(withholdings) != 1:
        raise RulesetError(f"exactly one withholding is wanted, got {len(withholdings)}")
    parameters = activated.unique("cae_register_parameters", "parameter", "name")
    known_from = activated.all("cae_known_from")
    if not known_from or not parameters:
        raise RulesetError("no plugin declares parameters and the first day they are known")
    draft = Draft(
        parameters={parameter.name: parameter for parameter in parameters},
        bases={base.name: base for base in activated.unique("cae_register_bases", "base", "name")},
        contributions={
            row.code: row for row in activated.unique("cae_register_contributions", "contribution", "code")
        },
        reductions=list(activated.all("cae_register_reductions")),
    )
    activated.apply_changes(draft)
    every: dict[str, Any] = {**draft.parameters}
    legislation = Legislation(
        parameters=every,
        known_from=max(known_from),
        known_until=min(parameter.known_until for parameter in draft.parameters.values()),
    )
    ruleset = Ruleset(
        plugins=activated,
        legislation=legislation,
        headings=activated.unique("cae_register_headings", "heading", "code"),
        quantities=activated.unique("cae_register_quantities", "quantity", "name"),
        bases=tuple(draft.bases.values()),
        contributions=tuple(draft.contributions.values()),
        reductions=tuple(draft.reductions),
        withholding=withholdings[0],
        fact_checks=activated.all("cae_register_fact_checks"),
        fact_specs=activated.unique("cae_register_facts", "fact", "name"),
    )
    _check_names(ruleset)
    return ruleset


def _check_names(ruleset: Ruleset) -> None:
    """Refuse a rule that names what nobody declares: it would never be in force, without a word."""
    known: dict[str, set[str]] = {
        "parameter": set(ruleset.legislation.parameters),
        "base": {base.name for base in ruleset.bases},
        "heading": {heading.code for heading in ruleset.headings},
        "fact": {
            *(field.name for field in attrs.fields(PayFacts)),
            *(spec.name for spec in ruleset.fact_specs),
        },
    }

    def check(who: str, **named: Iterable[str]) -> None:
        for kind, names in named.items():
            for name in names:
                if name not in known[kind]:
                    raise RulesetError(f"{who}: {UnknownNameError(kind, name, sorted(known[kind]))}")

    for row in ruleset.contributions:
        check(
            f"contribution {row.code!r}",
            parameter=row.parameters,
            base=row.bases,
            heading=[row.heading],
            fact=row.named_facts,
        )
    for quantity in ruleset.quantities:
        check(f"quantity {quantity.name!r}", parameter=quantity.needs)
    for base in ruleset.bases:
        check(f"base {base.name!r}", parameter=base.needs)
    for reduction in ruleset.reductions:
        names = [*reduction.needs, reduction.pension_share, reduction.headcount]
        who = f"reduction {reduction.code!r}"
        check(who, parameter=names, base=[reduction.base], heading=[reduction.heading])
    if ruleset.withholding.scale:
        check("withholding", parameter=[ruleset.withholding.scale])


def load(*variants: str) -> Ruleset:
    """Return the rules of a country and its variants, by name: ``load()`` is ``load("fr")``.

    The same names give the same ruleset, kept after the first call. Other variants than ``"fr"`` are
    installed packages that declare an entry point in the group ``cae_core.variants``.

    Raises:
        UnknownNameError: no installed package declares the variant.
    """
    names = variants or ("fr",)
    found = _LOADED.get(names)
    if found is None:
        found = _LOADED[names] = assemble({name: plugin(name) for name in names})
    return found


_LOADED: dict[tuple[str, ...], Ruleset] = {}
