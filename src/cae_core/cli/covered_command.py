"""``cae covered``: what a person is covered for on a day, from her real pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cae_core.calendar import to_day
from cae_core.cli.localised import LocalisedCommand
from cae_core.errors import InputError
from cae_core.explain import Words

if TYPE_CHECKING:
    from cae_core.protection import Finding, PayHistory, Person
    from cae_core.ruleset import Ruleset

__all__ = ["command"]


def command(words: Words) -> click.Command:
    """Return the command."""
    day = words("JOUR", "DAY")
    return LocalisedCommand(
        words,
        name="covered",
        help=words(
            "Dire à quoi une personne a droit un jour donné, d'après sa paie réelle.\n\n"
            "FICHIER est un dossier TOML, dont l'année est calculée, ou un CSV : mois, brut, heures.\n\n"
            "\b\n"
            "  cae covered dossier.toml --on 2026-03-15\n"
            "  cae covered paies.csv --on 2026-03-15 --right sickness_daily_benefit",
            "Say what a person is covered for on a day, from her real pay.\n\n"
            "FILE is a TOML case, whose year is run, or a CSV: month, gross, hours.\n\n"
            "\b\n"
            "  cae covered case.toml --on 2026-03-15\n"
            "  cae covered pay.csv --on 2026-03-15 --right sickness_daily_benefit",
        ),
        short_help=words("Dire à quoi une personne a droit.", "Say what a person is covered for."),
        params=[
            click.Argument(["file"], metavar=words("FICHIER", "FILE")),
            click.Option(
                ["--on"],
                metavar=day,
                required=True,
                help=words(
                    "Jour de l'événement : arrêt, congé, accident, fin de contrat…",
                    "Day of the event: stoppage, leave, accident, end of the contract…",
                ),
            ),
            click.Option(
                ["--right"], metavar="CODE", help=words("Un seul droit, en entier.", "One right, in full.")
            ),
            click.Option(
                ["--entered"],
                metavar=day,
                help=words("Entrée dans la coopérative.", "Day of entry in the cooperative."),
            ),
            click.Option(
                ["--insured"],
                metavar=day,
                help=words("Début d'affiliation, si plus ancien.", "Since when she is insured, if earlier."),
            ),
            click.Option(["--born"], metavar=day, help=words("Jour de naissance.", "Day of birth.")),
            click.Option(["--children"], type=int, help=words("Enfants à charge.", "Dependent children.")),
            click.Option(["--json"], is_flag=True, help=words("Écrire en JSON.", "Write as JSON.")),
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


def _run(words: Words, values: Mapping[str, Any]) -> int:
    from cae_core.assembly import load

    rules, on = load(), to_day(values["on"], "--on")
    history, entered = _history(rules, values["file"], on, assume_unchanged=values["assume_unchanged"])
    person = _person(values, entered)
    findings = _findings(rules, history, on, person, values)
    if values["json"]:
        import json

        from cae_core.explain.cover_rows import finding_dict

        content = [finding_dict(finding, words.lang) for finding in findings]
        click.echo(json.dumps({"on": on.isoformat(), "rights": content}, ensure_ascii=False, indent=2))
    elif values["right"]:
        _print_one(findings[0], words)
    else:
        _print_all(findings, history, words)
    return 0


def _history(
    rules: Ruleset, file: str, on: dt.date, *, assume_unchanged: bool
) -> tuple[PayHistory, dt.date | None]:
    """Return the months paid up to the day, and the first day of the contract where the file says it."""
    from cae_core.calendar import Month

    if Path(file).suffix.lower() != ".toml":
        from cae_core.exchange.pay_history_csv import read_pay_history

        return read_pay_history(file), None
    from cae_core.exchange.case_file import read_case
    from cae_core.payroll.run import run_months
    from cae_core.protection import PayHistory

    case = read_case(file)
    last = min(case.last_month, Month.parse(on))
    if last < case.first_month:
        raise InputError(
            "--on", f"expected a day from {case.first_month} on, the first month of the case, got {on}"
        )
    runs = run_months(
        rules, case.engagement, case.first_month, last, case.start, assume_unchanged=assume_unchanged
    )
    slips = [done.payslip for done in runs]
    return PayHistory.from_payslips(slips), case.engagement.contract.period.starts_on


def _person(values: Mapping[str, Any], entered: dt.date | None) -> Person:
    from cae_core.protection import Person

    return Person(
        born_on=None if values["born"] is None else to_day(values["born"], "--born"),
        children=values["children"],
        entered_on=entered if values["entered"] is None else to_day(values["entered"], "--entered"),
        affiliated_on=None if values["insured"] is None else to_day(values["insured"], "--insured"),
    )


def _findings(
    rules: Ruleset, history: PayHistory, on: dt.date, person: Person, values: Mapping[str, Any]
) -> Sequence[Finding]:
    """Return the answers: of the right asked for, or of every right that exists on the day."""
    asked, assume = values["right"], values["assume_unchanged"]
    if asked is None:
        return rules.assess_all(history, on, person, assume_unchanged=assume)
    entitlement = rules.entitlements.get(asked)
    facts = [person] if entitlement is not None and isinstance(person, entitlement.facts) else []
    return [rules.assess(asked, history, on, *facts, assume_unchanged=assume)]


def _print_one(finding: Finding, words: Words) -> None:
    from textwrap import wrap

    from cae_core.cli.screen import width
    from cae_core.explain.cover_rows import finding_lines

    for line in finding_lines(finding, words.lang):
        indent = " " * (len(line) - len(line.lstrip()))
        for part in wrap(line, width(), subsequent_indent=f"{indent}  ", break_on_hyphens=False):
            click.echo(part)


def _print_all(findings: Sequence[Finding], history: PayHistory, words: Words) -> None:
    from cae_core.cli.screen import console, new_table, print_note, print_table
    from cae_core.explain.cover_rows import cover_row

    screen = console()
    on = findings[0].on
    screen.print(
        words(f"À quoi elle a droit le {words.day(on)}", f"What she is covered for on {words.day(on)}"),
        style="bold",
    )
    screen.print()
    table = new_table(
        [
            (words("Droit", "Right"), "text"),
            (words("Réponse", "Answer"), "word"),
            (words("Montant", "Amount"), "figure"),
            (words("Ce qui manque", "What is missing"), "text"),
        ],
        top=True,
    )
    for row in (cover_row(finding, words.lang) for finding in findings):
        table.add_row(row.name, row.answer, row.amount, row.missing)
    print_table(table, screen)
    screen.print()
    for note in _notes(findings, history, words):
        print_note(screen, "–", note)


def _notes(findings: Sequence[Finding], history: PayHistory, words: Words) -> list[str]:
    """Return what stands under the table: months known, what was assumed, what is to be reviewed."""
    from cae_core.explain.cover_rows import cover_notes

    notes = [
        words(f"Paies connues : {history.span.replace(' to ', ' à ')}.", f"Pay known: {history.span}."),
        words(
            "Chaque droit est regardé comme si son événement commençait ce jour-là ; « --right CODE » en "
            "donne les conditions, les textes et les hypothèses.",
            "Each right is looked at as if its event started that day; “--right CODE” gives its conditions, "
            "texts and assumptions.",
        ),
    ]
    return [*notes, *cover_notes(findings, words.lang)]
