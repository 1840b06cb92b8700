"""``cae path``: where people stand between CAPE, CESA and membership, and what falls due."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import click

from cae_core.calendar import add_months, to_day
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.errors import InputError
from cae_core.exchange.path_file import PathFile, read_paths
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words
from cae_core.explain.path_rows import deadline_dict, deadline_rows, path_dict, path_rows
from cae_core.pathway import Deadline, Pathway, deadlines_of

__all__ = ["command"]

#: How many months are looked at for many people, where nothing else is asked.
_HORIZON = 12
_FILES = ("json", "ics", "svg", "png")


def command(words: Words) -> click.Command:
    """Return the command."""
    file, day = words("FICHIER", "FILE"), words("JOUR", "DAY")
    writes = {
        "json": words("Écrire parcours et échéances en JSON.", "Write paths and deadlines as JSON."),
        "ics": words("Écrire les échéances en iCalendar.", "Write the deadlines as iCalendar."),
        "svg": words("Dessiner le parcours d'une personne.", "Draw the path of one person."),
        "png": words("De même, en PNG.", "Likewise, as PNG."),
    }
    return LocalisedCommand(
        words,
        name="path",
        help=words(
            "Montrer le parcours de personnes (CAPE, CESA, associé) et leurs prochaines échéances.\n\n"
            "FICHIER est un fichier TOML d'événements, ou un dossier de tels fichiers. Pour plusieurs "
            "personnes : toutes les échéances des douze mois à venir, par jour.",
            "Show the paths of people (CAPE, CESA, associate) and what falls due next.\n\n"
            "FILE is a TOML file of events, or a folder of such files. For several people: everything that "
            "falls due in the next twelve months, by day.",
        ),
        short_help=words("Montrer un parcours et ses échéances.", "Show a path and what falls due."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--person"],
                metavar="CODE",
                help=words("Une personne seule, par son code.", "One person alone, by her code."),
            ),
            click.Option(
                ["--on"],
                metavar=day,
                help=words("Vu de ce jour ; aujourd'hui sinon.", "Seen from this day; else today."),
            ),
            click.Option(["--until"], metavar=day, help=words("Jusqu'à ce jour.", "Until this day.")),
            *(
                click.Option([f"--{kind}", f"{kind}_file"], metavar=file, help=writes[kind])
                for kind in _FILES
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


def _run(words: Words, values: dict[str, Any]) -> int:
    found = read_paths(values["file"], assume_unchanged=values["assume_unchanged"])
    on = to_day(values["on"], "--on") if values["on"] else dt.date.today()
    people = found.people if values["person"] is None else (found.person(values["person"]),)
    until = to_day(values["until"], "--until") if values["until"] else None
    if until is None and len(people) > 1:
        until = add_months(on, _HORIZON)
    due = deadlines_of(people, on, until, overdue=True)
    standing = [pathway.until(on) for pathway in people]
    # Every content exists before the first file is touched.
    contents = {
        kind: _content(kind, found, standing, due, on, words) for kind in _FILES if values[f"{kind}_file"]
    }
    for kind, content in contents.items():
        write_atomically(values[f"{kind}_file"], content)
    screen = console()
    if len(standing) == 1:
        _print_path(found, standing[0], words)
    else:
        title = words(f"{len(standing)} personnes", f"{len(standing)} people")
        screen.print(f"{found.cooperative} – {title}", style="bold")
        screen.print()
    _print_deadlines(due, on, until, words, several=len(standing) > 1)
    for kind in contents:
        path = values[f"{kind}_file"]
        click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _content(
    kind: str,
    found: PathFile,
    people: Sequence[Pathway],
    due: Sequence[Deadline],
    on: dt.date,
    words: Words,
) -> str | bytes:
    """Return what a file of a kind holds."""
    if kind == "json":
        data = {
            "cooperative": found.cooperative,
            "on": on.isoformat(),
            "people": [path_dict(pathway, words.lang) for pathway in people],
            "deadlines": [deadline_dict(each, words.lang) for each in due],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if kind == "ics":
        from cae_core.exchange.calendar_file import calendar_text

        return calendar_text(due, on, title=found.cooperative, lang=words.lang)
    if len(people) != 1:
        codes = ", ".join(pathway.person for pathway in people[:20])
        raise InputError("--person", f"expected the code of one person ({codes}), got nothing")
    from cae_core.explain.path_picture import path_picture

    return path_picture(people[0], due, on, lang=words.lang).content(kind)


def _print_path(found: PathFile, pathway: Pathway, words: Words) -> None:
    screen = console()
    screen.print(f"{pathway.name} – {found.cooperative}", style="bold")
    screen.print(words(f"Étape : {pathway.current.french_name}", f"Stage: {pathway.current.english_name}"))
    screen.print()
    table = new_table(
        [
            (words("Jour", "Day"), "word"),
            (words("Événement", "Event"), "text"),
            (words("Étape", "Stage"), "text"),
            (words("Articles", "Articles"), "text"),
        ],
        title=words("Parcours", "Path"),
    )
    rows = path_rows(pathway, words.lang)
    for row in rows:
        mark = " *" if row.notes else ""
        table.add_row(row.on.isoformat(), f"{row.label}{mark}", row.stage, row.texts)
    print_table(table, screen)
    screen.print()
    for note in dict.fromkeys(note for row in rows for note in row.notes):
        print_note(screen, "*", note)
    if any(row.notes for row in rows):
        screen.print()


def _print_deadlines(
    due: Sequence[Deadline], on: dt.date, until: dt.date | None, words: Words, *, several: bool
) -> None:
    from rich.text import Text

    screen = console()
    period = words(f"au {words.day(on)}", f"on {words.day(on)}")
    if until is not None:
        period = words(f"du {words.day(on)} au {words.day(until)}", f"{words.day(on)} to {words.day(until)}")
    table = new_table(
        [
            (words("Jour", "Day"), "word"),
            (words("Reste", "Left"), "figure"),
            *([(words("Personne", "Person"), "word")] if several else []),
            (words("Échéance", "Deadline"), "text"),
            (words("Articles", "Articles"), "text"),
        ],
        title=words(f"Échéances, {period}", f"Deadlines, {period}"),
        top=True,
    )
    rows = deadline_rows(due, on, words.lang)
    for row in rows:
        style = "bold red" if row.days < 0 else "yellow" if row.alert else ""
        left = words(f"{row.days} j", f"{row.days} d")
        label = f"{row.label} {row.mark}".rstrip()
        cells = [row.on.isoformat(), left, *([row.name] if several else []), label]
        table.add_row(*(Text(cell, style=style) for cell in cells), Text(row.texts, style="dim"))
    if rows:
        print_table(table, screen)
    else:
        screen.print(words(f"Aucune échéance {period}.", f"Nothing falls due, {period}."))
    screen.print()
    if any(row.days < 0 for row in rows):
        print_note(screen, "!", words("En rouge : en retard.", "In red: overdue."))
    if any("*" in row.mark for row in rows):
        print_note(
            screen,
            "*",
            words(
                "à vérifier : texte non relu, ou point que rien ne tranche.",
                "to review: text not read, or nothing settles it.",
            ),
        )
    if any("~" in row.mark for row in rows):
        print_note(screen, "~", words("droit reconduit sans changement.", "law carried forward unchanged."))
