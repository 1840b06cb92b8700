"""``cae law``: the dated values of the law, with their texts and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cae_core.assembly import load
from cae_core.calendar import Month, to_day
from cae_core.cli.law_changes import show_changes
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_table
from cae_core.errors import InputError, UnknownNameError
from cae_core.explain import LawRow, ValueRow, Words, close_names, law_rows, value_rows
from cae_core.law import Legislation, Parameter
from cae_core.payroll.compare import compare_laws

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["command"]

#: From this width on, the French name of a parameter has a column of its own.
_WIDE = 110


def command(words: Words) -> click.Command:
    """Return the command."""
    day = words("JOUR", "DAY")
    return LocalisedCommand(
        words,
        name="law",
        help=words(
            "Montrer les valeurs datées du droit, avec leurs textes et leurs sources.\n\n"
            "Sans PARAMÈTRE, la liste de ceux qui ont une valeur au dernier jour connu.\n\n"
            "\b\n"
            "  cae law social_security_ceiling_monthly --on 2025-06-01\n"
            "  cae law minimum_wage_hourly",
            "Show the dated values of the law, with their texts and sources.\n\n"
            "Without PARAMETER, the list of those that have a value on the last day known.\n\n"
            "\b\n"
            "  cae law social_security_ceiling_monthly --on 2025-06-01\n"
            "  cae law minimum_wage_hourly",
        ),
        short_help=words("Montrer les valeurs datées du droit.", "Show the dated values of the law."),
        params=[
            click.Argument(["parameter"], required=False, metavar=words("[PARAMÈTRE]", "[PARAMETER]")),
            click.Option(
                ["--on"], metavar=day, help=words("Valeur en vigueur ce jour.", "Value in force on a day.")
            ),
            click.Option(
                ["--diff"],
                nargs=2,
                metavar=words("MOIS MOIS", "MONTH MONTH"),
                help=words("Ce qui change d'un mois à l'autre.", "What changes from one month to another."),
            ),
            click.Option(
                ["--known-on"],
                metavar=day,
                help=words(
                    "Ignorer ce qui fut publié après ce jour ; avec --diff, pour le premier mois.",
                    "Ignore what was published after; with --diff, for the first month.",
                ),
            ),
            click.Option(
                ["--assume-unchanged"],
                is_flag=True,
                help=words(
                    "Après le dernier jour connu, reconduire les valeurs.",
                    "After the last day known, carry the values forward.",
                ),
            ),
        ],
        callback=lambda **values: _run(words, **values),
    )


def _run(
    words: Words,
    parameter: str | None,
    on: str | None,
    diff: tuple[str, str] | None,
    known_on: str | None,
    assume_unchanged: bool,
) -> int:
    legislation = load().legislation
    day = None if on is None else to_day(on, "--on")
    known = None if known_on is None else to_day(known_on, "--known-on")
    if diff is not None:
        for given, name in ((parameter, parameter), (on, "--on")):
            if given is not None:
                message = words("avec --diff, c'est l'un ou l'autre", "with --diff it is one or the other")
                raise InputError(str(name), message)
        first, second = (Month.parse(month, "--diff") for month in diff)
        before = load().month_law(first, assume_unchanged=assume_unchanged, known_on=known)
        show_changes(compare_laws(before, load().month_law(second, assume_unchanged=assume_unchanged)), words)
    elif parameter is None:
        day = day or legislation.known_until
        rows = law_rows(legislation, day, words.lang, known_on=known, assume_unchanged=assume_unchanged)
        _list(list(rows), day, words)
    else:
        found = _found(legislation, parameter, words)
        values = value_rows(found, words.lang, on=day, known_on=known, assume_unchanged=assume_unchanged)
        _history(found, values, words)
    return 0


def _found(legislation: Legislation, name: str, words: Words) -> Parameter:
    try:
        return legislation.parameter(name)
    except UnknownNameError:
        close = close_names(legislation, name)
        if not close:
            message = words(
                "aucun paramètre de ce nom ; « cae law » les liste tous",
                "no parameter of that name; “cae law” lists them all",
            )
            raise InputError(name, message) from None
        listed = "".join(f"\n  {each} – {legislation.parameter(each).french_name}" for each in close)
        message = words(
            "aucun paramètre de ce nom. Ceux-ci en sont proches :", "no parameter of that name. Close ones:"
        )
        raise InputError(name, f"{message}{listed}") from None


def _list(rows: Sequence[LawRow], day: dt.date, words: Words) -> None:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    screen = console()
    wide = screen.width >= _WIDE
    columns = [
        (words("Paramètre", "Parameter"), "word" if wide else "text"),
        (words("Valeur", "Value"), "figure"),
        (words("Depuis", "Since"), "word"),
    ]
    if wide:
        columns.insert(1, (words("Nom", "French name"), "text"))
    table = new_table(
        columns, title=words(f"Droit au {words.day(day)}", f"Law on {words.day(day)}"), top=True
    )
    family = None
    for row in rows:
        if row.family != family:
            family = row.family
            table.add_section()
            table.add_row(Text(family, style="bold cyan"))
        since = row.since + (" *" if row.needs_review else "")
        name = Text(f"  {row.name}")
        if wide:
            table.add_row(name, row.french_name, row.value, since)
        else:
            french = Padding(Text(row.french_name, style="dim"), (0, 0, 0, 4))
            table.add_row(Group(name, french), row.value, since)
    print_table(table, screen)
    screen.print()
    screen.print(
        words(
            "* à vérifier : texte non relu. « cae law PARAMÈTRE » montre l'histoire et les textes.",
            "* to review: the text has not been read. “cae law PARAMETER” shows the history and the texts.",
        ),
        style="dim",
    )


def _history(parameter: Parameter, values: Sequence[ValueRow], words: Words) -> None:
    from rich.text import Text

    screen = console()
    columns = [
        (words("Depuis", "Since"), "word"),
        (words("Valeur", "Value"), "figure"),
        (words("Texte", "Text"), "text"),
    ]
    title = f"{parameter.name}\n{parameter.french_name}"
    table = new_table(columns, title=title, top=True)
    for row in values:
        style = "dim" if row.repealed else ""
        table.add_row(row.since, Text(row.value, style=style), _behind(row, words))
    print_table(table, screen)
    screen.print()
    known = words.day(parameter.known_until)
    screen.print(words(f"Connu jusqu'au {known}.", f"Known until {known}."), style="dim")


def _behind(row: ValueRow, words: Words) -> Text:
    """Return everything behind a value: its text, then in small what else is known."""
    from rich.text import Text

    text = Text(row.text)
    published = words(f"publié le {row.published_on}", f"published on {row.published_on}")
    for detail in (
        row.url,
        f"source{words.colon}{row.source}",
        published if row.published_on else "",
        f"note{words.colon}{row.note}" if row.note else "",
    ):
        if detail:
            text.append(f"\n{detail}", style="dim")
    if row.needs_review:
        text.append("\n" + words("à vérifier", "to review"), style="yellow")
    return text
