"""``cae simulate``: the years an activity may bring, and how likely each thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table, progress
from cae_core.explain import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from cae_core.explain.simulation_rows import BandRow
    from cae_core.simulation import Projection, Scenario, Simulation

__all__ = ["command"]


def command(words: Words) -> click.Command:
    """Return the command."""
    file = words("FICHIER", "FILE")
    return LocalisedCommand(
        words,
        name="simulate",
        help=words(
            "Simuler les mois à venir d'une activité : net, trésorerie et droits, avec leurs chances.\n\n"
            "FICHIER est un scénario TOML : la personne, son contrat et sa politique de paie, le chiffre "
            "d'affaires attendu et ce qui peut arriver (factures irrégulières, retards, client perdu). "
            "Chaque trajectoire suit tout le droit, mois par mois ; la même graine donne les mêmes.\n\n"
            "\b\n"
            "  cae simulate examples/futures/atelier.toml\n"
            "  cae simulate examples/futures/atelier.toml --path 12",
            "Simulate the months to come of an activity: net, treasury and rights, with their chances.\n\n"
            "FILE is a TOML scenario: the person, her contract and pay policy, the turnover expected and "
            "what may happen (lumpy invoices, late payments, a client lost). Each path follows all the law, "
            "month by month; the same seed gives the same paths.\n\n"
            "\b\n"
            "  cae simulate examples/futures/atelier.toml\n"
            "  cae simulate examples/futures/atelier.toml --path 12",
        ),
        short_help=words("Simuler les mois à venir.", "Simulate the months to come."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--paths"],
                type=click.IntRange(1, 1_000_000),
                default=2000,
                show_default=True,
                metavar="N",
                help=words("Combien de trajectoires.", "How many paths."),
            ),
            click.Option(
                ["--seed"],
                type=click.IntRange(0, 2**32 - 1),
                default=1,
                show_default=True,
                metavar="N",
                help=words("Graine du tirage.", "Seed of the draws."),
            ),
            click.Option(
                ["--path"],
                type=click.IntRange(0),
                metavar="N",
                help=words(
                    "Montrer une seule trajectoire, mois par mois.", "Show one path alone, month by month."
                ),
            ),
            click.Option(
                ["--csv", "csv_file"],
                metavar=file,
                help=words("Écrire les fourchettes de chaque mois.", "Write the bands of each month."),
            ),
        ],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    from cae_core.assembly import load
    from cae_core.cli.watched_rights import watched_rights
    from cae_core.exchange.scenario_file import read_scenario
    from cae_core.simulation import parts_of, project, simulate

    scenario, rules = read_scenario(values["file"]), load()
    watched, seed = watched_rights(rules), values["seed"]
    if values["path"] is not None:
        with progress(words("Mois", "Months"), len(scenario.months)) as step:
            done = project(rules, scenario, seed=seed, path=values["path"], watched=watched, step=step)
        _print_path(done, words)
        return 0
    paths = values["paths"] if scenario.random else 1
    with progress(words("Trajectoires", "Paths"), len(parts_of(range(paths)))) as step:
        many = simulate(rules, scenario, seed=seed, paths=paths, watched=watched, step=step)
    if values["csv_file"]:
        from cae_core.exchange.band_csv import band_csv
        from cae_core.exchange.year_files import write_atomically

        write_atomically(values["csv_file"], band_csv(many))
    _print_bands(many, words)
    if values["csv_file"]:
        click.echo(words(f"Écrit : {values['csv_file']}", f"Written: {values['csv_file']}"), err=True)
    return 0


def _head(screen: Console, scenario: Scenario, said: str, words: Words) -> None:
    screen.print(f"{scenario.name} – {scenario.engagement.cooperative.name}", style="bold")
    screen.print(f"{words.month(scenario.first)} … {words.month(scenario.last)}, {said}")
    screen.print()


def _print_bands(many: Simulation, words: Words) -> None:
    from cae_core.explain.simulation_rows import band_rows, chance_rows, model_lines, right_rows

    screen, lang = console(), words.lang
    _head(
        screen,
        many.scenario,
        words(f"{len(many)} trajectoires, graine {many.seed}", f"{len(many)} paths, seed {many.seed}"),
        words,
    )
    for year in many.years:
        _print_rows(screen, str(year), band_rows(many, year, lang), words)
    rights = right_rows(many, lang)
    if rights:
        _print_rows(screen, words("Droits", "Rights"), rights, words)
    table = new_table(
        [("", "text"), (words("Chance", "Chance"), "figure"), (words("Erreur", "Error"), "figure")],
        title=words("Chances", "Chances"),
    )
    for row in chance_rows(many, lang):
        table.add_row(row.title, row.share, row.error)
    print_table(table, screen)
    screen.print()
    for line in model_lines(many, lang):
        print_note(screen, "–", line)


def _print_rows(screen: Console, title: str, rows: Sequence[BandRow], words: Words) -> None:
    from cae_core.explain.simulation_rows import level_title
    from cae_core.simulation import LEVELS

    names = [words("Moyenne", "Mean"), *(level_title(level, words.lang) for level in LEVELS)]
    table = new_table([("", "text"), *((name, "figure") for name in names)], title=title)
    for row in rows:
        table.add_row(row.title, row.mean, *row.amounts)
    print_table(table, screen)
    screen.print()


def _print_path(done: Projection, words: Words) -> None:
    from cae_core.explain.simulation_rows import path_columns, path_remarks

    screen = console()
    said = words(f"trajectoire {done.path}, graine {done.seed}", f"path {done.path}, seed {done.seed}")
    _head(screen, done.scenario, said, words)
    titles, rows = path_columns(done, words.lang)
    table = new_table([(words("Mois", "Month"), "word"), *((title, "figure") for title in titles)])
    for month, *cells in rows:
        table.add_row(month, *cells)
    print_table(table, screen)
    screen.print()
    for line in path_remarks(done, words.lang):
        print_note(screen, "–", line)
