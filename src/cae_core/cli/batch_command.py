"""``cae batch``: a whole file of payslips or of rights, resumed where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cae_core.assembly import load
from cae_core.calendar import to_day
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import new_table, print_table, progress
from cae_core.errors import InputError
from cae_core.explain import Words
from cae_core.money import format_decimal
from cae_core.payroll import TOTALS

if TYPE_CHECKING:
    from cae_core.exchange.batches import BatchDone
    from cae_core.exchange.frames import FrameKernel

__all__ = ["command"]

#: Rows of a part: some seconds of work each.
_ROWS, _ROWS_OF_RIGHTS = 1_000_000, 20_000


def command(words: Words) -> click.Command:
    """Return the command."""
    return LocalisedCommand(
        words,
        name="batch",
        help=words(
            "Calculer tout un fichier Parquet ou CSV, une ligne par personne et par mois (ou par an), triées "
            "par personne : les bulletins, ou avec --covered à quoi chacune a droit.\n\n"
            "Une ligne fausse a ses raisons dans la colonne error et n'arrête rien ; le code de sortie est "
            "alors 1. Interrompu, le calcul reprend où il s'est arrêté : relancer la même commande.\n\n"
            "\b\n"
            "  cae batch paies.parquet bulletins.parquet\n"
            "  cae batch paies.parquet droits.parquet --covered --on 2026-03-15",
            "Compute a whole Parquet or CSV file, a row a person-month (or a person-year), sorted by person: "
            "the payslips, or with --covered what each person is covered for.\n\n"
            "A bad row has its reasons in the column error and stops nothing; the exit code is then 1. A run "
            "that was killed goes on where it stopped: run the same command again.\n\n"
            "\b\n"
            "  cae batch pay.parquet payslips.parquet\n"
            "  cae batch pay.parquet rights.parquet --covered --on 2026-03-15",
        ),
        short_help=words("Calculer tout un fichier de paies.", "Compute a whole file of pay."),
        params=[
            click.Argument(["source"], required=False, metavar=words("ENTRÉE", "INPUT")),
            click.Argument(["target"], required=False, metavar=words("SORTIE", "OUTPUT")),
            *_options(words),
        ],
        callback=lambda **values: _run(words, values),
    )


def _options(words: Words) -> list[click.Parameter]:
    column, number = words("COLONNE", "COLUMN"), "N"
    return [
        click.Option(
            ["--columns"],
            is_flag=True,
            help=words("Montrer les colonnes de l'entrée.", "Show the columns of the input."),
        ),
        click.Option(
            ["--with", "variants"],
            multiple=True,
            metavar=words("EXTENSION", "PLUGIN"),
            help=words("Extension à activer. Répétable.", "Plugin to activate. Repeatable."),
        ),
        click.Option(
            ["--keep"],
            multiple=True,
            metavar=column,
            help=words("Une autre colonne à recopier. Répétable.", "Another column to copy. Repeatable."),
        ),
        *_options_of_payslips(words),
        *_options_of_rights(words),
        click.Option(
            ["--rows"],
            type=click.IntRange(1),
            metavar=number,
            help=words(
                f"Lignes d'une partie, au moins ({_ROWS:_} ; droits : {_ROWS_OF_RIGHTS:_}).".replace(
                    "_", "\u202f"
                ),
                f"Rows of a part, at least ({_ROWS:,}; rights: {_ROWS_OF_RIGHTS:,}).",
            ),
        ),
        click.Option(
            ["--workers"],
            type=click.IntRange(1),
            default=1,
            show_default=True,
            metavar=number,
            help=words("Processus qui calculent.", "Processes that compute."),
        ),
        click.Option(
            ["--scheduler"],
            default="",
            metavar=words("ADRESSE", "ADDRESS"),
            help=words(
                "Ordonnanceur Dask dont les machines voient ces fichiers ; « local » en démarre un ici.",
                "Dask scheduler whose machines see these files; “local” starts one here.",
            ),
        ),
        click.Option(
            ["--assume-unchanged"],
            is_flag=True,
            help=words(
                "Après le dernier jour connu, reconduire le droit.",
                "After the last day known, carry the law forward.",
            ),
        ),
    ]


def _options_of_payslips(words: Words) -> list[click.Parameter]:
    return [
        click.Option(
            ["--total", "totals"],
            multiple=True,
            type=click.Choice(TOTALS),
            metavar="TOTAL",
            help=words(
                "Un total voulu des bulletins ; sinon tous. Répétable.",
                "A total wanted of the payslips; else all. Repeatable.",
            ),
        ),
        click.Option(
            ["--months-alone"],
            is_flag=True,
            help=words(
                "Prendre chaque mois seul, sans régulariser l'année.",
                "Take each month alone, without the year before it.",
            ),
        ),
    ]


def _options_of_rights(words: Words) -> list[click.Parameter]:
    return [
        click.Option(
            ["--covered"],
            is_flag=True,
            help=words(
                "Dire à quoi chaque personne a droit, une ligne par droit.",
                "Say what each person is covered for, a row a right.",
            ),
        ),
        click.Option(
            ["--on"],
            metavar=words("JOUR", "DAY"),
            help=words(
                "Jour de l'événement, pour toutes ; sinon la colonne on.",
                "Day of the event, for everybody; else the column on.",
            ),
        ),
        click.Option(
            ["--right", "rights"],
            multiple=True,
            metavar="CODE",
            help=words("Un droit voulu ; sinon tous. Répétable.", "A right wanted; else all. Repeatable."),
        ),
    ]


def _run(words: Words, values: dict[str, Any]) -> int:
    from cae_core.exchange.batches import open_batch, open_runner

    if values["columns"]:
        _print_columns(words, values)
        return 0
    context = click.get_current_context()
    for parameter in context.command.params[:2]:
        if values[str(parameter.name)] is None:
            raise click.MissingParameter(ctx=context, param=parameter)
    rows = values["rows"] or (_ROWS_OF_RIGHTS if values["covered"] else _ROWS)
    with open_batch(values["source"], values["target"], _kernel(words, values), rows=rows) as work:
        if work.resumed:
            click.echo(
                words(
                    f"Reprise : {work.resumed} parties sur {len(work.jobs)} déjà faites.",
                    f"Going on: {work.resumed} parts of {len(work.jobs)} already done.",
                ),
                err=True,
            )
        left = len(work.jobs) - work.resumed
        with (
            open_runner(values["workers"], values["scheduler"]) as runner,
            progress(words("Parties", "Parts"), left) as step,
        ):
            for _ in work.compute(runner):
                step()
        done = work.assemble()
    click.echo(_summary(values["target"], done, words), err=True)
    return int(done.failed > 0)


def _kernel(words: Words, values: dict[str, Any]) -> FrameKernel:
    """Return what is computed.

    Raises:
        InputError: an option of payslips with --covered, or one of rights without it.
    """
    from cae_core.exchange.frames import FindingsKernel, PayslipKernel

    of_payslips = {"--total": values["totals"], "--months-alone": values["months_alone"]}
    of_rights = {"--on": values["on"], "--right": values["rights"]}
    for option, value in (of_payslips if values["covered"] else of_rights).items():
        if value:
            without = words("à enlever avec --covered", "not with --covered")
            only = words("seulement avec --covered", "only with --covered")
            raise InputError(option, without if values["covered"] else only)
    common: dict[str, Any] = {
        "keep": values["keep"],
        "lang": words.lang,
        "assume_unchanged": values["assume_unchanged"],
        "variants": _variants(values),
    }
    if values["covered"]:
        on = None if values["on"] is None else to_day(values["on"], "--on")
        return FindingsKernel(rights=values["rights"], on=on, **common)
    totals = values["totals"] or TOTALS[1:]
    return PayslipKernel(totals=totals, year_to_date=not values["months_alone"], **common)


def _variants(values: dict[str, Any]) -> tuple[str, ...]:
    return ("fr", *(name for name in values["variants"] if name != "fr"))


def _print_columns(words: Words, values: dict[str, Any]) -> None:
    from cae_core.exchange.frames import COLUMNS, GROSSES, HISTORY_COLUMNS
    from cae_core.exchange.frames.columns import columns_of_facts

    titles = (
        words("Colonne", "Column"),
        words("en entiers", "as integers"),
        words("Sens", "Meaning"),
    )
    table = new_table([(titles[0], "word"), (titles[1], "word"), (titles[2], "text")])
    if values["covered"]:
        columns = HISTORY_COLUMNS
    else:
        columns = {**COLUMNS, **columns_of_facts(load(*_variants(values)).fact_specs)}
    for column in columns.values():
        needed = words(" (nécessaire)", " (needed)") if column.needed else ""
        table.add_row(column.name, column.integer_name, words(column.french, column.meaning) + needed)
        if column.name == "gross_pay" and not values["covered"]:
            years = words("d'une année, avec year", "of a year, with year")
            table.add_row(f"{GROSSES[0]} … {GROSSES[-1][-2:]}", f"{GROSSES[0]}_cents …", years)
    print_table(table)


def _summary(target: str, done: BatchDone, words: Words) -> str:
    rows, failed = (format_decimal(number, 0, words.lang) for number in (done.rows, done.failed))
    return words(
        f"Écrit : {target} – {rows} lignes, {failed} en erreur.",
        f"Written: {target} – {rows} rows, {failed} with an error.",
    )
