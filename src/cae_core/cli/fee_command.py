"""``cae fee``: what a cooperative takes from an activity, and several cooperatives side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.fee_activity import activity_of_case, activity_of_options, profile_of_case
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.case_file import read_case
from cae_core.exchange.fee_results import fee_json
from cae_core.exchange.statutes_file import read_toml_file
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words
from cae_core.explain.fee_rows import (
    comparison_rows,
    fee_month_rows,
    fee_notes,
    fee_share_rows,
    fee_titles,
    fee_year_title,
)
from cae_core.plugins import available, plugin
from cae_core.profile import (
    CooperativeProfile,
    FeeContract,
    FeeYear,
    fee_years,
    read_profile,
)
from cae_core.ruleset import Ruleset

__all__ = ["command"]

_HOOK = "cae_register_cooperatives"


def command(words: Words) -> click.Command:
    """Return the command."""
    file, amount = words("FICHIER", "FILE"), words("MONTANT", "AMOUNT")
    return LocalisedCommand(
        words,
        name="fee",
        help=words(
            "Calculer la contribution coopérative d'une activité, ligne par ligne, et ce qui reste pour la "
            "paie.\n\n"
            "COOPÉRATIVE est le code d'une coopérative qu'une extension déclare, le fichier TOML d'un "
            "profil, ou un dossier de « cae year ». Sans rien, les coopératives connues. Un montant est "
            "celui de la période, réparti également, ou un par mois, séparés par « : ».",
            "Compute the cooperative fee of an activity, line by line, and what is left for pay.\n\n"
            "COOPERATIVE is the code of one that a plugin declares, the TOML file of a profile, or a case of "
            "“cae year”. Without any, the known ones. An amount is that of the whole period, spread evenly, "
            "or one a month, separated by “:”.",
        ),
        short_help=words("Calculer la contribution coopérative.", "Compute the cooperative fee."),
        params=[
            click.Argument(["sources"], nargs=-1, metavar=words("[COOPÉRATIVE]...", "[COOPERATIVE]...")),
            click.Option(
                ["--compare"],
                is_flag=True,
                help=words("Mettre les coopératives côte à côte.", "Set the cooperatives side by side."),
            ),
            click.Option(
                ["--case", "case_file"],
                metavar=file,
                help=words(
                    "L'activité d'un dossier de « cae year ».", "The activity of a case of “cae year”."
                ),
            ),
            click.Option(
                ["--turnover"],
                metavar=amount,
                help=words("Chiffre d'affaires hors taxes.", "Turnover without VAT."),
            ),
            click.Option(
                ["--costs"],
                metavar=amount,
                help=words("Charges qui entrent dans la marge brute.", "Costs that the gross margin counts."),
            ),
            click.Option(
                ["--internal-sales"],
                metavar=amount,
                help=words(
                    "Ventes à d'autres activités de la coopérative, en plus.",
                    "Sales to other activities of the cooperative, besides.",
                ),
            ),
            click.Option(
                ["--from", "first_month"],
                metavar=words("AAAA-MM", "YYYY-MM"),
                help=words(
                    "Premier mois ; par défaut janvier de la dernière année connue.",
                    "First month; by default January of the last year known.",
                ),
            ),
            click.Option(
                ["--months"],
                type=click.IntRange(1, 600),
                default=12,
                metavar=words("NOMBRE", "NUMBER"),
                help=words("Nombre de mois ; 12 par défaut.", "Number of months; 12 by default."),
            ),
            click.Option(
                ["--contract"],
                type=click.Choice([term.code for term in FeeContract]),
                default=FeeContract.CESA.code,
                help=words("Contrat ; cesa par défaut.", "Contract; cesa by default."),
            ),
            click.Option(
                ["--kind"],
                default="services",
                metavar=words("MOT", "WORD"),
                help=words(
                    "Nature de l'activité, comme training.", "Kind of the activity, such as training."
                ),
            ),
            click.Option(
                ["--months-since-entry"],
                type=click.IntRange(0, 600),
                default=0,
                metavar=words("NOMBRE", "NUMBER"),
                help=words(
                    "Mois depuis l'entrée, au premier mois.", "Months since entry, in the first month."
                ),
            ),
            click.Option(
                ["--base-since-entry"],
                metavar=amount,
                help=words("Base comptée depuis l'entrée, avant.", "Base counted since entry, before."),
            ),
            click.Option(
                ["--associate"], is_flag=True, help=words("La personne est associée.", "She is an associate.")
            ),
            click.Option(
                ["--social-minimum"],
                is_flag=True,
                help=words("La personne vit de minima sociaux.", "She lives on a social minimum."),
            ),
            click.Option(
                ["--with", "variants"],
                multiple=True,
                metavar=words("EXTENSION", "PLUGIN"),
                help=words(
                    "Extension à activer ; par défaut celles qui déclarent des coopératives.",
                    "Plugin to activate; by default those that declare cooperatives.",
                ),
            ),
            click.Option(
                ["--json", "json_file"],
                metavar=file,
                help=words("Écrire le résultat en JSON.", "Write the result as JSON."),
            ),
        ],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    rules = _rules(values["variants"]) if not values["sources"] or values["variants"] else None
    if not values["sources"]:
        assert rules is not None
        return _list(rules, words)
    if len(values["sources"]) > 1 and not values["compare"]:
        raise InputError(
            "cae fee", words("plusieurs coopératives : ajouter --compare", "several: add --compare")
        )
    if values["case_file"] is not None and values["turnover"] is not None:
        message = words("avec --turnover, c'est l'un ou l'autre", "with --turnover it is one or the other")
        raise InputError("--case", message)
    profiles: list[CooperativeProfile] = []
    case = None if values["case_file"] is None else read_case(values["case_file"])
    for source in values["sources"]:
        if not _is_file(source):
            rules = rules or _rules(())
            profiles.append(rules.cooperative(source))
        elif _is_case(source):
            own = read_case(source)
            profiles.append(profile_of_case(own))
            case = case or own
        else:
            profiles.append(read_profile(source))
    # What is typed goes before what a case holds.
    if case is None or values["turnover"] is not None:
        asked = activity_of_options(values, words)
    else:
        asked = activity_of_case(case)
    years: list[FeeYear] = []
    problems: list[InputError] = []
    for profile in profiles:
        try:
            years += fee_years(
                profile,
                asked.months,
                contract=asked.contract,
                kind=asked.kind,
                since_entry_cents=asked.since_entry_cents,
            )
        except InputError as problem:
            problems.append(problem)
    if problems:
        raise InputErrors(
            words("la contribution ne peut pas être calculée", "the fee cannot be computed"), problems
        )
    if values["json_file"]:
        write_atomically(values["json_file"], fee_json(years, words.lang))
    if values["compare"]:
        _print_comparison(years, words)
    else:
        for rank, year in enumerate(years):
            _print_year(year, words, again=rank > 0)
    if values["json_file"]:
        path = values["json_file"]
        click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _rules(variants: Sequence[str]) -> Ruleset:
    """Return the rules with the variants asked for, or with every one that declares cooperatives.

    A profile changes nothing where it is not named, so looking at all of them is safe.
    """
    names = variants or [name for name in available() if hasattr(plugin(name), _HOOK)]
    return load("fr", *(name for name in names if name != "fr"))


def _is_file(source: str) -> bool:
    return source.endswith(".toml") or Path(source).is_file()


def _is_case(source: str) -> bool:
    """Whether a file is a case of ``cae year``: it names its months, which a profile does not."""
    return "first_month" in read_toml_file(Path(source))


def _list(rules: Ruleset, words: Words) -> int:
    screen = console()
    if not rules.cooperatives:
        click.echo(
            words(
                "Aucune coopérative connue : installer une extension, comme cae-cooperatives, ou nommer un "
                "fichier.",
                "No cooperative is known: install a plugin, such as cae-cooperatives, or name a file.",
            )
        )
        return 0
    table = new_table(
        [("Code", "word"), (words("Coopérative", "Cooperative"), "text"), ("Source", "text")], top=True
    )
    for code, profile in rules.cooperatives.items():
        table.add_row(code, profile.name, profile.source.title)
    print_table(table, screen)
    return 0


def _print_year(year: FeeYear, words: Words, *, again: bool) -> None:
    screen = console()
    if again:
        screen.print()
    title = words("Contribution coopérative", "Cooperative fee")
    screen.print(f"{title} – {fee_year_title(year, words.lang)}", style="bold")
    screen.print()
    titles, rows = fee_titles(words.lang), fee_month_rows(year, words.lang)
    names = [name for name in titles if name != "internal_sales" or year.internal_sales_cents]
    table = new_table([(titles[name], "word" if name == "month" else "figure") for name in names])
    for row in rows:
        if row is rows[-1]:
            table.add_section()
        table.add_row(*(getattr(row, name) for name in names))
    print_table(table, screen)
    screen.print()
    table = new_table(
        [
            (words("Ligne", "Line"), "text"),
            (words("Calcul", "How"), "figure"),
            (words("Montant", "Amount"), "figure"),
        ]
    )
    for line in fee_share_rows(year, words.lang):
        if line.total:
            table.add_section()
        table.add_row(line.label, line.how, line.amount, style="bold" if line.total else "")
        if line.total:
            table.add_section()
    print_table(table, screen)
    screen.print()
    for note in fee_notes(year, words.lang):
        print_note(screen, "–", note)


def _print_comparison(years: Sequence[FeeYear], words: Words) -> None:
    screen = console()
    first, last = years[0].months[0].month, years[0].months[-1].month
    title = words("Contribution coopérative", "Cooperative fee")
    screen.print(f"{title}, {words.month(first)} – {words.month(last)}", style="bold")
    screen.print()
    table = new_table([("", "text"), *((fee_year_title(year, words.lang), "figure") for year in years)])
    for row in comparison_rows(years, words.lang):
        if row.total:
            table.add_section()
        table.add_row(row.label, *row.cells, style="bold" if row.total else "")
        if row.name == "part":
            table.add_section()
    print_table(table, screen)
    screen.print()
    for year in {year.profile.code: year for year in years}.values():
        for note in fee_notes(year, words.lang):
            print_note(screen, f"{year.profile.name} –", note)
