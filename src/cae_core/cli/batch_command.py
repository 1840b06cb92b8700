"""``cae batch``: a whole file of payslips, resumed where it stopped."""

from __future__ import annotations

from typing import Any

import click

from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import new_table, print_table, progress
from cae_core.exchange.batches import BatchDone, open_batch, open_runner
from cae_core.exchange.frames import COLUMNS, GROSSES, PayslipKernel
from cae_core.explain import Words
from cae_core.money import format_decimal
from cae_core.payroll import TOTALS

__all__ = ["command"]


def command(words: Words) -> click.Command:
    """Return the command."""
    return LocalisedCommand(
        words,
        name="batch",
        help=words(
            "Calculer les bulletins de tout un fichier Parquet ou CSV, une ligne par personne et par mois "
            "(ou par année), triées par personne.\n\n"
            "Une ligne fausse a ses raisons dans la colonne error et n'arrête rien ; le code de sortie est "
            "alors 1. Interrompu, le calcul reprend où il s'est arrêté : relancer la même commande.",
            "Compute the payslips of a whole Parquet or CSV file, a row a person-month (or a person-year), "
            "sorted by person.\n\n"
            "A bad row has its reasons in the column error and stops nothing; the exit code is then 1. A run "
            "that was killed goes on where it stopped: run the same command again.",
        ),
        short_help=words("Calculer les bulletins de tout un fichier.", "Compute the payslips of a file."),
        params=[
            click.Argument(["source"], metavar=words("ENTRÉE", "INPUT")),
            click.Argument(["target"], metavar=words("SORTIE", "OUTPUT")),
            *_options(words),
        ],
        callback=lambda **values: _run(words, values),
    )


def _options(words: Words) -> list[click.Parameter]:
    column, number = words("COLONNE", "COLUMN"), "N"

    def show_columns(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            _print_columns(words)
            context.exit()

    return [
        click.Option(
            ["--columns"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=show_columns,
            help=words("Montrer les colonnes de l'entrée.", "Show the columns of the input."),
        ),
        click.Option(
            ["--total", "totals"],
            multiple=True,
            type=click.Choice(TOTALS),
            metavar="TOTAL",
            help=words("Un total voulu ; sinon tous. Répétable.", "A total wanted; else all. Repeatable."),
        ),
        click.Option(
            ["--keep"],
            multiple=True,
            metavar=column,
            help=words("Une autre colonne à recopier. Répétable.", "Another column to copy. Repeatable."),
        ),
        click.Option(
            ["--months-alone"],
            is_flag=True,
            help=words(
                "Prendre chaque mois seul, sans régulariser l'année.",
                "Take each month alone, without the year before it.",
            ),
        ),
        click.Option(
            ["--rows"],
            type=click.IntRange(1),
            default=1_000_000,
            show_default=True,
            metavar=number,
            help=words("Lignes d'une partie, au moins.", "Rows of a part, at least."),
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


def _run(words: Words, values: dict[str, Any]) -> int:
    kernel = PayslipKernel(
        totals=values["totals"] or TOTALS[1:],
        keep=values["keep"],
        year_to_date=not values["months_alone"],
        lang=words.lang,
        assume_unchanged=values["assume_unchanged"],
    )
    with open_batch(values["source"], values["target"], kernel, rows=values["rows"]) as work:
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


def _print_columns(words: Words) -> None:
    titles = (
        words("Colonne", "Column"),
        words("en unités entières", "in whole units"),
        words("Sens", "Meaning"),
    )
    table = new_table([(titles[0], "word"), (titles[1], "word"), (titles[2], "text")])
    for column in COLUMNS.values():
        needed = words(" (nécessaire)", " (needed)") if column.needed else ""
        table.add_row(column.name, column.integer_name, words(column.french, column.meaning) + needed)
        if column.name == "gross_pay":
            years = words("d'une année, avec year", "of a year, with year")
            table.add_row(f"{GROSSES[0]} … {GROSSES[-1][-2:]}", f"{GROSSES[0]}_cents …", years)
    print_table(table)


def _summary(target: str, done: BatchDone, words: Words) -> str:
    rows, failed = (format_decimal(number, 0, words.lang) for number in (done.rows, done.failed))
    return words(
        f"Écrit : {target} – {rows} lignes, {failed} en erreur.",
        f"Written: {target} – {rows} rows, {failed} with an error.",
    )
