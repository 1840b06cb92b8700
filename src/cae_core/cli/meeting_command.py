"""``cae meeting``: a general meeting, its roll, its quorum and the result of each resolution."""

from __future__ import annotations

from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.exchange.cooperative_results import meeting_json
from cae_core.exchange.meeting_file import MeetingFile, read_meeting
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words
from cae_core.explain.meeting_rows import (
    MEETING_COLUMNS,
    meeting_titles,
    presence_text,
    reason_lines,
    resolution_rows,
)
from cae_core.membership.meeting import MeetingResult
from cae_core.reasons import Reason

__all__ = ["command"]


def command(words: Words) -> click.Command:
    """Return the command."""
    file = words("FICHIER", "FILE")
    return LocalisedCommand(
        words,
        name="meeting",
        help=words(
            "Dépouiller une assemblée générale : associés du jour, quorum, résultat de chaque résolution.\n\n"
            "FICHIER est un dossier TOML (date, présents, pouvoirs, résolutions) ; les statuts et la liste "
            "des associés sont dans les fichiers qu'il nomme.",
            "Count a general meeting: associates of the day, quorum, result of each resolution.\n\n"
            "FILE is a TOML file (day, presence, proxies, resolutions); the statutes and the associates "
            "are in the files that it names.",
        ),
        short_help=words("Dépouiller une assemblée générale.", "Count a general meeting."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--json", "json_file"],
                metavar=file,
                help=words("Écrire le résultat en JSON.", "Write the result as JSON."),
            ),
            assume_unchanged(words),
        ],
        callback=lambda **values: _run(words, values),
    )


def assume_unchanged(words: Words) -> click.Option:
    """Return the option that carries the last values of the law forward."""
    return click.Option(
        ["--assume-unchanged"],
        is_flag=True,
        help=words(
            "Après le dernier jour connu, reconduire le droit.",
            "After the last day known, carry the law forward.",
        ),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    meeting = read_meeting(values["file"])
    rules = load()
    form = rules.legal_form(meeting.statutes.legal_form)
    law = rules.rights.on(meeting.held_on, assume_unchanged=values["assume_unchanged"])
    form.check(meeting.statutes, law)
    result = meeting.under(form.meeting_rules(meeting.statutes, law)).result()
    holdings = meeting.ledger.on(meeting.held_on)
    composition = tuple(form.composition_reasons(meeting.roll, holdings, law)) if holdings else ()
    if values["json_file"]:
        write_atomically(values["json_file"], meeting_json(result, composition, words.lang))
    _print(meeting, result, composition, words)
    if values["json_file"]:
        path = values["json_file"]
        click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _print(
    meeting: MeetingFile, result: MeetingResult, composition: tuple[Reason, ...], words: Words
) -> None:
    screen = console()
    title = words("Assemblée du", "Meeting of")
    screen.print(f"{meeting.statutes.name} – {title} {words.day(meeting.held_on)}", style="bold")
    screen.print(presence_text(result, words.lang))
    screen.print()
    titles = meeting_titles(words.lang)
    table = new_table(
        [
            ("", "word"),
            (words("Résolution", "Resolution"), "text"),
            *((titles[name], "word" if name == "outcome" else "figure") for name in MEETING_COLUMNS),
        ]
    )
    rows = resolution_rows(result, words.lang)
    for row in rows:
        table.add_row(row.code, row.title, *(getattr(row, name) for name in MEETING_COLUMNS))
    print_table(table, screen)
    screen.print()
    for row in rows:
        for note in row.notes:
            print_note(screen, f"{row.code}.", note)
    if composition:
        screen.print()
        screen.print(words("Associés et capital", "Associates and capital"), style="bold")
        for line, reason in zip(reason_lines(composition, words.lang), composition, strict=True):
            print_note(screen, "–", line, "dim" if reason.met else "yellow")
