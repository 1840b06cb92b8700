"""``cae audit``: the entrepreneurs of a cooperative, and what partial activity pays and costs for each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from cae_core.assembly import load
from cae_core.calendar import Month, to_day
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.errors import InputError
from cae_core.exchange.audit_file import AuditFile, audit_csv, audit_json, read_people
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words, problem_text
from cae_core.explain.audit_html import audit_html
from cae_core.explain.audit_rows import (
    audit_cells,
    audit_notes,
    audit_titles,
    audit_totals,
    decision_rows,
    line_remarks,
    timetable_rows,
)
from cae_core.france.partial_activity import (
    Audit,
    AuditSettings,
    FloorPolicy,
    Ground,
    HoursMethod,
    Regime,
    audit,
)

__all__ = ["command"]

_SOME_FAILED = 1


def command(words: Words) -> click.Command:
    """Return the command."""
    file, day = words("FICHIER", "FILE"), words("AAAA-MM-JJ", "YYYY-MM-DD")
    return LocalisedCommand(
        words,
        name="audit",
        help=words(
            "Auditer une coopérative en activité partielle : décider pour chacun, calculer heures, "
            "indemnité, allocation, prélèvements et coût, et donner les délais de la demande.\n\n"
            "FICHIER est un CSV, une ligne par personne : numero, statut, etat, metier, ca_habituel, "
            "heures_garde_enfant, justificatif, puis par mois paie_AAAA-MM, ca_prevu_AAAA-MM, "
            "brut_maintenu_AAAA-MM, net_maintenu_AAAA-MM. Une ligne fausse est signalée et n'empêche pas "
            "les autres.",
            "Audit a cooperative for partial activity: decide for each person, compute hours, indemnity, "
            "allowance, levies and cost, and give the deadlines of the request.\n\n"
            "FILE is a CSV, a line a person: number, standing, state, trade, usual_turnover, "
            "childcare_hours, evidence, then by month pay_YYYY-MM, expected_turnover_YYYY-MM, "
            "kept_gross_YYYY-MM, kept_net_YYYY-MM. A wrong line is reported and spoils no other.",
        ),
        short_help=words("Auditer une coopérative (activité partielle).", "Audit a cooperative."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--placed-on"],
                metavar=day,
                help=words(
                    "Premier jour de l'activité partielle (par défaut, celui du premier mois prévu).",
                    "First day of partial activity (by default, that of the first month expected).",
                ),
            ),
            click.Option(
                ["--requested-on"],
                metavar=day,
                help=words(
                    "Jour de la demande (par défaut, le dernier possible).",
                    "Day of the request (by default, the last possible).",
                ),
            ),
            _choice("--ground", Ground.EXCEPTIONAL, words("Motif de la demande.", "Ground of the request.")),
            _choice("--regime", Regime.GENERAL, words("Régime de la coopérative.", "Regime.")),
            _choice(
                "--method",
                HoursMethod.EQUIVALENT_OF_MEAN,
                words("Comment trouver les heures d'un CESA.", "How the hours of a CESA are found."),
            ),
            _choice(
                "--floor",
                FloorPolicy.OFF_BELOW_MINIMUM_WAGE,
                words("Plancher d'une paie sous le SMIC horaire.", "Floor of a pay under the minimum wage."),
            ),
            click.Option(
                ["--headcount"],
                type=int,
                metavar="N",
                help=words(
                    "Effectif (par défaut, les salariés du fichier).",
                    "Headcount (by default, the employees of the file).",
                ),
            ),
            *(
                click.Option([f"--{kind}", f"{kind}_file"], metavar=file, help=words(french, english))
                for kind, french, english in (
                    ("csv", "Écrire l'audit en CSV.", "Write the audit as CSV."),
                    ("html", "Écrire le rapport en HTML.", "Write the report as HTML."),
                    ("json", "Écrire l'audit en JSON.", "Write the audit as JSON."),
                )
            ),
            click.Option(
                ["--assume-unchanged"],
                is_flag=True,
                help=words(
                    "Après le dernier jour connu, reconduire le droit.",
                    "After the last day known, carry the law forward.",
                ),
            ),
        ],
        callback=lambda **values: _run(words, values),
    )


def _choice(name: str, default: Any, text: str) -> click.Option:
    codes = [each.code for each in type(default)]
    return click.Option([name], type=click.Choice(codes), default=default.code, show_default=True, help=text)


def _run(words: Words, values: dict[str, Any]) -> int:
    given = read_people(values["file"])
    done = _audit(given, values)
    # Every text exists before the first file is touched.
    files = [
        (values["csv_file"], audit_csv(done) if values["csv_file"] else ""),
        (values["html_file"], audit_html(done, words.lang) if values["html_file"] else ""),
        (values["json_file"], audit_json(done, words.lang) if values["json_file"] else ""),
    ]
    for path, text in files:
        if path:
            write_atomically(path, text)
    _print(done, words)
    for path, _ in files:
        if path:
            click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    for problem in done.problems:
        label = words("Ligne non lue", "Row not read") + words.colon
        click.echo(click.style(label, fg="red") + problem_text(problem, words.lang), err=True)
    return _SOME_FAILED if done.problems else 0


def _audit(given: AuditFile, values: dict[str, Any]) -> Audit:
    headcount = values["headcount"]
    if headcount is not None and headcount < 1:
        raise InputError("--headcount", f"expected one or more, got {headcount}")

    def day(name: str, otherwise: dt.date | None) -> dt.date | None:
        written = values[name]
        return otherwise if written is None else to_day(written, f"--{name.replace('_', '-')}")

    first: Month = given.months[0]
    placed_on = day("placed_on", first.first_day)
    assert placed_on is not None
    settings = AuditSettings(
        placed_on=placed_on,
        ground=Ground.parse(values["ground"], "--ground"),
        regime=Regime.parse(values["regime"], "--regime"),
        method=HoursMethod.parse(values["method"], "--method"),
        floor_policy=FloorPolicy.parse(values["floor"], "--floor"),
        headcount=headcount,
        requested_on=day("requested_on", None),
        assume_unchanged=values["assume_unchanged"],
    )
    return audit(load().rights, given.people, given.months, settings, given.problems)


def _print(done: Audit, words: Words) -> None:
    screen = console()
    screen.print(words("Audit d'activité partielle", "Audit of partial activity"), style="bold")
    screen.print()
    table = new_table(
        [("", "word"), ("", "figure")], title=words("Délais de la demande", "Deadlines of the request")
    )
    for row in timetable_rows(done, words.lang):
        table.add_row(*row)
    table.show_header = False
    print_table(table, screen)
    screen.print()
    months = [words.month(month) for month in done.months]
    table = new_table(
        [("", "word"), *((month, "figure") for month in months)], title=words("Décisions", "Decisions")
    )
    for name, counts in decision_rows(done, words.lang):
        table.add_row(name, *map(str, counts))
    print_table(table, screen)
    screen.print()
    _print_totals(done, words, screen)
    for month in done.months:
        screen.print()
        _print_month(done, month, words, screen)
    screen.print()
    for note in audit_notes(done, words.lang):
        print_note(screen, "–", note)


def _print_totals(done: Audit, words: Words, screen: Any) -> None:
    titles, names = audit_titles(words.lang), ("hours", "indemnity", "allowance", "cost", "levies")
    table = new_table(
        [
            (words("Mois", "Month"), "word"),
            (words("Personnes placées", "People placed"), "figure"),
            *((titles[name], "figure") for name in names),
        ],
        title=words("Totaux", "Totals"),
    )
    for total in audit_totals(done):
        figures = (words.amount(getattr(total, name)) for name in names)
        table.add_row(words.month(total.month), str(total.placed), *figures)
    print_table(table, screen)


def _print_month(done: Audit, month: Month, words: Words, screen: Any) -> None:
    """Print the people for whom something is asked or to be examined; the files have everybody."""
    titles = audit_titles(words.lang)
    names = (
        "number",
        "decision",
        "hourly_reference",
        "hours",
        "indemnity",
        "allowance",
        "cost",
        "levies",
        "net",
    )
    kinds = {"number": "word", "decision": "text"}
    shown = [line for line in done.of(month) if line.decision.placed or line.needs_review]
    table = new_table(
        [(titles[name], kinds.get(name, "figure")) for name in names],
        title=words.title(words.month(month)),
        top=True,
    )
    for line in shown:
        cells = audit_cells(line, words.lang)
        looks = [text for look, text in line_remarks(line, words.lang, texts=False) if look]
        cells["decision"] = "\n".join([cells["decision"], *(f"! {text}" for text in looks)])
        table.add_row(*(cells[name] for name in names))
    print_table(table, screen)
