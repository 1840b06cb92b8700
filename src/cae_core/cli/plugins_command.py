"""``cae plugins``: the variants that can be activated, and what each changes."""

from __future__ import annotations

import json

import click

from cae_core.cli.localised import LocalisedCommand, version
from cae_core.cli.screen import console, new_table, print_table
from cae_core.errors import UnknownNameError
from cae_core.explain import Words
from cae_core.explain.variant_rows import VariantRow, variant_dict, variant_row
from cae_core.plugins import available, infos_of, plugin

__all__ = ["command"]

#: Codes listed in a row; one variant alone is listed whole.
_MOST_SHOWN = 10
#: What a variant does, in the order it is told: field, French, English.
_DONE = (
    ("added", "Lignes ajoutées", "Lines added"),
    ("changed", "Lignes changées", "Lines changed"),
    ("removed", "Lignes retirées", "Lines removed"),
    ("bases", "Assiettes changées", "Bases changed"),
    ("reductions", "Réductions changées", "Reductions changed"),
    ("parameters", "Valeurs changées", "Values changed"),
    ("facts", "Données demandées", "Facts asked for"),
    ("entitlements", "Droits", "Entitlements"),
    ("lifecycles", "Parcours", "Lifecycles"),
    ("cooperatives", "Coopératives", "Cooperatives"),
)


def command(words: Words) -> click.Command:
    """Return the command."""
    return LocalisedCommand(
        words,
        name="plugins",
        help=words(
            "Lister les variantes disponibles : pays, territoires, secteurs, coopératives, et ce que "
            "chacune change ou apporte.\n\nAvec VARIANTE, celle-là seule, avec le libellé de chaque ligne. "
            "Installer un module ne change rien : une variante s'active par son nom.",
            "List the variants that can be activated: countries, territories, sectors, cooperatives, and "
            "what each changes or brings.\n\nWith VARIANT, that one alone, with the label of each line. "
            "Installing a package changes nothing: a variant is activated by its name.",
        ),
        short_help=words("Lister les variantes disponibles.", "List the variants."),
        params=[
            click.Argument(["variant"], required=False, metavar=words("[VARIANTE]", "[VARIANT]")),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words("Écrire en JSON.", "Write as JSON.")
            ),
        ],
        callback=lambda **values: _run(words, **values),
    )


def _run(words: Words, variant: str | None, as_json: bool) -> int:
    # The built-in rules are of this very version.
    own = {"cae-core": f"cae-core {version()}"}
    distributions = {name: own.get(found, found) for name, found in available().items()}
    if variant is not None and variant not in distributions:
        raise UnknownNameError("variant", variant, sorted(distributions))
    wanted = sorted(distributions) if variant is None else [variant]
    plugins, broken = _loaded(distributions)
    rows = [
        broken.get(name) or variant_row(name, distributions[name], plugins, words.lang) for name in wanted
    ]
    if as_json:
        click.echo(json.dumps([variant_dict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        for rank, row in enumerate(rows):
            _show(row, words, whole=variant is not None, blank=rank > 0)
    return 0


def _loaded(distributions: dict[str, str]) -> tuple[dict[str, object], dict[str, VariantRow]]:
    """Import every variant; a package that breaks is told, and hides no other."""
    plugins: dict[str, object] = {}
    broken: dict[str, VariantRow] = {}
    for name, distribution in distributions.items():
        try:
            plugins[name] = plugin(name)
            infos_of({name: plugins[name]})
        except Exception as error:
            plugins.pop(name, None)
            problem = f"{type(error).__name__}: {error}"
            broken[name] = VariantRow(name=name, distribution=distribution, problem=problem)
    return plugins, broken


def _show(row: VariantRow, words: Words, *, whole: bool, blank: bool) -> None:
    from rich.text import Text

    screen = console()
    if blank:
        screen.print()
    title = Text(row.name, style="bold")
    title.append(f"  {row.title}" if row.title else "", style="not bold")
    screen.print(title)
    kind = row.kind.name_in(words.lang) if row.kind else ""
    details = [kind, row.distribution]
    if row.requires:
        details.append(words(f"avec {', '.join(row.requires)}", f"with {', '.join(row.requires)}"))
    screen.print("  " + " · ".join(each for each in details if each), style="dim")
    if row.problem:
        screen.print("  " + words("ne s'active pas : ", "cannot be activated: ") + row.problem, style="red")
        return
    table = new_table([("", "word"), ("", "text")], top=True)
    table.show_header = False
    for field, french, english in _DONE:
        pairs = getattr(row, field)
        if not pairs:
            continue
        label = f"  {words(french, english)} ({len(pairs)})"
        if whole:
            table.add_row(label, "")
            for code, name in pairs:
                table.add_row(f"    {code}", name)
        else:
            codes = [code for code, _ in pairs[:_MOST_SHOWN]] + ["…"] * (len(pairs) > _MOST_SHOWN)
            table.add_row(label, ", ".join(codes))
    if table.row_count:
        print_table(table, screen)
    else:
        screen.print("  " + words("ne change aucun bulletin", "changes no payslip"), style="dim")
