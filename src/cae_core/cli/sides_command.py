"""``cae sides``: statuses side by side on equal turnover and expenses."""

from __future__ import annotations

from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.errors import InputError
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words
from cae_core.explain.sides_rows import comparison_json, comparison_notes, comparison_rows, lines_of
from cae_core.france.statuses import Comparison, Status, compare_statuses, usual_facts
from cae_core.money import Rate
from cae_core.payroll import PayFacts
from cae_core.ruleset import Ruleset

__all__ = ["command"]

_FILES = ("json", "svg", "png")
#: Facts of the payslips: name, placeholder, French, English.
_FACTS = (
    ("headcount", "N", "Effectif de la coopérative ; 60 sinon.", "Headcount of the cooperative; else 60."),
    (
        "workplace_accident_rate",
        "%",
        "Taux AT/MP ; celui des bureaux sinon.",
        "Accident rate; else that of office work.",
    ),
    ("mobility_rate", "%", "Taux du versement mobilité.", "Mobility rate."),
    ("health_cover_employee", "EUR", "Complémentaire santé, part salarié.", "Health cover, employee share."),
    ("health_cover_employer", "EUR", "Idem, part employeur.", "Health cover, employer share."),
)


def command(words: Words) -> click.Command:
    """Return the command."""
    file, rate = words("FICHIER", "FILE"), "%"
    known = ", ".join(status.value for status in Status)
    writes = {
        "json": words("Écrire tout, conditions et textes compris, en JSON.", "Write everything as JSON."),
        "svg": words("Dessiner la comparaison.", "Draw the comparison."),
        "png": words("De même, en PNG.", "Likewise, as PNG."),
    }
    return LocalisedCommand(
        words,
        name="sides",
        help=words(
            "Comparer les statuts à chiffre d'affaires et dépenses égaux : ce qui est payé, ce qui reste, ce "
            "que chaque événement rapporterait.\n\n"
            "\b\n"
            "  cae sides --turnover 30000 --expenses 3000 --year 2026",
            "Compare statuses on equal turnover and expenses: what is paid, what is left, what each event "
            "would bring.\n\n"
            "\b\n"
            "  cae sides --turnover 30000 --expenses 3000 --year 2026",
        ),
        short_help=words("Comparer les statuts en chiffres.", "Compare statuses in numbers."),
        params=[
            click.Option(
                ["--turnover"], metavar="EUR", required=True,
                help=words("Chiffre d'affaires de l'année, hors taxes.", "Yearly turnover, without VAT."),
            ),
            click.Option(
                ["--expenses"], metavar="EUR", default="0",
                help=words("Dépenses de l'activité ; 0 sinon.", "Expenses of the activity; else 0."),
            ),
            click.Option(
                ["--year"], metavar=words("AAAA", "YYYY"), type=int, required=True,
                help=words("Année civile.", "Civil year."),
            ),
            click.Option(
                ["--status", "statuses"], metavar=words("STATUT", "STATUS"), multiple=True,
                help=words(f"Un statut seul, répétable : {known}.", f"One status, repeatable: {known}."),
            ),
            click.Option(
                ["--fee", "cooperative_fee"], metavar=rate,
                help=words("Contribution de la coopérative.", "Fee of the cooperative."),
            ),
            click.Option(
                ["--portage-fee"], metavar=rate,
                help=words("Frais de gestion du portage.", "Fee of the portage company."),
            ),
            *(
                click.Option(
                    [f"--{name.replace('_', '-')}"], metavar=metavar, help=words(french, english),
                )
                for name, metavar, french, english in _FACTS
            ),
            click.Option(
                ["--craft"], is_flag=True,
                help=words("Les indépendants sont artisans.", "The self-employed are registered as craft."),
            ),
            click.Option(
                ["--flat-tax"], is_flag=True,
                help=words("Versement libératoire en micro-entreprise.", "Flat tax of the micro-enterprise."),
            ),
            click.Option(
                ["--acre"], is_flag=True,
                help=words(
                    "Première année des indépendants, avec l'ACRE.",
                    "First year of the self-employed, with ACRE.",
                ),
            ),
            click.Option(
                ["--on"], metavar=words("JOUR", "DAY"),
                help=words("Jour des événements ; 1er juillet sinon.", "Day of the events; else 1 July."),
            ),
            click.Option(
                ["--lines"], is_flag=True,
                help=words("Montrer aussi chaque ligne payée.", "Show each line paid as well."),
            ),
            *(
                click.Option([f"--{kind}", f"{kind}_file"], metavar=file, help=writes[kind])
                for kind in _FILES
            ),
        ],
        callback=lambda **values: _run(words, values),
    )  # fmt: skip


def _rate(text: str | None, where: str) -> Rate | None:
    return None if text is None else Rate.percent(text, where)


def _facts(rules: Ruleset, year: int, values: dict[str, Any]) -> PayFacts | None:
    """Return the facts given, the others being usual; ``None`` where none is."""
    given: dict[str, Any] = {name: values[name] for name, *_ in _FACTS if values[name] is not None}
    if "headcount" in given and given["headcount"].isdecimal():
        given["headcount"] = int(given["headcount"])
    return usual_facts(rules, year, assume_unchanged=True, **given) if given else None


def _run(words: Words, values: dict[str, Any]) -> int:
    year = values["year"]
    if not 1945 <= year <= 9998:
        raise InputError("--year", f"expected a year such as 2026, got {year!r}")
    rules = load()
    # A year that has begun is compared as a whole: what is not known yet is carried forward, and said.
    comparison = compare_statuses(
        values["turnover"],
        values["expenses"],
        year,
        statuses=values["statuses"] or tuple(Status),
        cooperative_fee=_rate(values["cooperative_fee"], "--fee"),
        portage_fee=_rate(values["portage_fee"], "--portage-fee"),
        facts=_facts(rules, year, values),
        rules=rules,
        craft=values["craft"],
        flat_tax=values["flat_tax"],
        acre=values["acre"],
        on=values["on"],
        assume_unchanged=True,
    )
    # Every content exists before the first file is touched.
    contents = {kind: _content(kind, comparison, words) for kind in _FILES if values[f"{kind}_file"]}
    for kind, content in contents.items():
        write_atomically(values[f"{kind}_file"], content)
    _print(comparison, words, lines=values["lines"])
    for kind in contents:
        path = values[f"{kind}_file"]
        click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _content(kind: str, comparison: Comparison, words: Words) -> str | bytes:
    """Return what a file of a kind holds."""
    if kind == "json":
        return comparison_json(comparison, words.lang)
    from cae_core.explain.sides_picture import sides_picture

    return sides_picture(comparison, lang=words.lang).content(kind)


#: Rows whose cells are words: they stand in a table of their own, a status a line.
_EVENTS_FROM = "illness"


def _print(comparison: Comparison, words: Words, *, lines: bool) -> None:
    screen, lang = console(), words.lang
    rows = list(comparison_rows(comparison, lang))
    edge = next(rank for rank, row in enumerate(rows) if row.code == _EVENTS_FROM)
    names = [side.status.name_in(lang) for side in comparison.sides]
    title = words(f"Les statuts en {comparison.year}, en euros", f"Statuses in {comparison.year}, in euros")
    table = new_table([("", "text"), *((name, "figure") for name in names)], title=title)
    for row in rows[:edge]:
        table.add_row(row.label, *row.cells, style="bold" if row.total else None)
        if row.total:
            table.add_section()
    print_table(table, screen)
    screen.print()
    events = rows[edge:]
    covered = new_table(
        [("", "text"), *((row.label, "text") for row in events)],
        title=words("Ce que chaque événement rapporterait", "What each event would bring"),
        top=True,
    )
    for rank, name in enumerate(names):
        covered.add_row(name, *(row.cells[rank] for row in events))
    print_table(covered, screen)
    screen.print()
    for note in comparison_notes(comparison, lang):
        print_note(screen, "–", note)
    if lines:
        for side in comparison.sides:
            screen.print()
            screen.print(side.status.name_in(lang), style="bold")
            for line in lines_of(side, lang):
                print_note(screen, " ", line, "")
