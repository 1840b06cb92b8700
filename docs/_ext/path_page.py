"""Write the page of the transitions of each lifecycle, and its picture, from the tables themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from rst import fields, plain, table, title

import cae_core
from cae_core.explain.lifecycle_svg import lifecycle_svg
from cae_core.pathway import Lifecycle, Transition


def pictures(rules: cae_core.Ruleset) -> dict[str, str]:
    """Return the picture of each lifecycle, by the name of its file."""
    return {f"lifecycle_{name}.svg": lifecycle_svg(it, "en") for name, it in rules.lifecycles.items()}


def transitions_page(rules: cae_core.Ruleset) -> str:
    """Every lifecycle: its picture, its stages, its transitions with guards and effects."""
    lines = [
        *title("Transitions", "page"),
        "The paths of people, as tables.",
        "A transition starts from a stage by an event; what it asks and what it does stand beside it.",
        "",
    ]
    for lifecycle in rules.lifecycles.values():
        lines += _lifecycle(lifecycle)
    return "\n".join(lines)


def _lifecycle(lifecycle: Lifecycle) -> Iterable[str]:
    name = plain(f"{lifecycle.english_name} ({lifecycle.name})")
    yield from title(name[:1].upper() + name[1:], "section")
    yield from (f"*{plain(lifecycle.french_name)}*", "")
    yield from (
        f".. image:: lifecycle_{lifecycle.name}.svg",
        f"   :alt: {plain(lifecycle.english_name)}: an arrow from stage to stage for each transition",
        "",
        "A dot is a stage that the transition may start from, an arrow leads to the next one.",
        "Dashed, the law acts by itself when the day has come.",
        "An amber mark: an effect is not settled, or its text was not read.",
        "",
    )
    stages = [
        ([f"``{stage.code}``"], [plain(stage.english_name)], [plain(stage.french_name)])
        for stage in lifecycle.stages
    ]
    yield from table(("Stage", "English", "French"), stages, (30, 35, 35))
    numbered = [row for row in lifecycle.transitions if row.number]
    for row in sorted(numbered, key=lambda row: row.number):
        yield from _transition(lifecycle, row)
    yield from title("Recorded without a change of stage", "entry")
    rows = [
        (
            [f"``{row.event}``"],
            [plain(lifecycle.kind(row.event).english_name)],
            [plain(lifecycle.kind(row.event).french_name)],
        )
        for row in lifecycle.transitions
        if not row.number
    ]
    yield from table(("Event", "English", "French"), rows, (30, 35, 35))


def _transition(lifecycle: Lifecycle, row: Transition) -> Iterable[str]:
    kind = lifecycle.kind(row.event)
    yield from (f".. _transition-{row.code}:", "")
    yield from title(f"{row.number}. ``{row.code}``", "entry")
    facts = [f"``{fact.name}``" + ("" if fact.required else " (optional)") for fact in kind.facts]
    condition = _sentence(row.when) if row.when and inspect.getdoc(row.when) else ""
    yield from fields(
        (
            (
                "Event",
                f"{plain(kind.english_name)} – {plain(kind.french_name)}"
                + (", by law" if kind.automatic else ""),
            ),
            ("From", ", ".join(f"``{code}``" for code in row.sources)),
            ("To", f"``{row.target}``" if row.target else "the same stage"),
            ("Tells", ", ".join(facts)),
            ("Meant where", condition),
            ("Texts", plain("; ".join(map(str, row.citations)))),
        )
    )
    if row.guards:
        yield from ("It asks:", "")
        yield from (f"* {_sentence(guard)}" for guard in row.guards)
        yield ""
    if row.effects:
        yield from ("It does:", "")
        yield from (
            f"* {plain(effect.text('en'))}" + (" **Needs review.**" if effect.needs_review else "")
            for effect in row.effects
        )
        yield ""


def _sentence(function: object) -> str:
    return plain((inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " "))
