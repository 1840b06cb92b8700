"""``cae year``: a person's year, from turnover to net paid, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from cae_core.assembly import load
from cae_core.calendar import Month
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.payslip_command import print_slip
from cae_core.cli.screen import console, new_table, print_note, print_table, progress
from cae_core.errors import InputError
from cae_core.exchange.case_file import Case, read_case
from cae_core.exchange.year_files import write_atomically, year_csv, year_json
from cae_core.explain import Words
from cae_core.explain.slip_rows import hours_policy_name
from cae_core.explain.year_rows import (
    ACCOUNT_COLUMNS,
    PAY_COLUMNS,
    MonthRow,
    kept_columns,
    month_row,
    total_row,
    year_findings,
    year_notes,
    year_titles,
)
from cae_core.payroll import Payslip
from cae_core.payroll.run import MonthRun, run_months

__all__ = ["command", "slip_of_case"]


def command(words: Words) -> click.Command:
    """Return the command."""
    file = words("FICHIER", "FILE")
    return LocalisedCommand(
        words,
        name="year",
        help=words(
            "Montrer l'année d'une personne, du chiffre d'affaires au net payé, mois par mois.\n\n"
            "FICHIER est un dossier TOML (contrat, coopérative, barème, politique de paie) ; les écritures "
            "sont dans le CSV qu'il nomme.",
            "Show a person's year, from turnover to net paid, month by month.\n\n"
            "FILE is a TOML case (contract, cooperative, scale, pay policy); the entries are in the CSV "
            "that it names.",
        ),
        short_help=words("Montrer l'année d'une personne.", "Show a person's year."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--month"],
                metavar=words("AAAA-MM", "YYYY-MM"),
                help=words("Le bulletin complet d'un mois.", "The whole payslip of one month."),
            ),
            click.Option(
                ["--detail"],
                is_flag=True,
                help=words("Avec --month : tout détailler.", "With --month: list everything."),
            ),
            click.Option(
                ["--csv", "csv_file"], metavar=file, help=words("Écrire les mois en CSV.", "Write as CSV.")
            ),
            click.Option(
                ["--json", "json_file"],
                metavar=file,
                help=words("Écrire les mois et bulletins en JSON.", "Write months and payslips as JSON."),
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
    case = read_case(values["file"])
    asked = None if values["month"] is None else Month.parse(values["month"], "--month")
    runs = _run_case(case, words, assume_unchanged=values["assume_unchanged"])
    done = None if asked is None else _month_of(runs, asked)
    # Both texts exist before the first file is touched.
    files = [
        (values["csv_file"], year_csv(runs) if values["csv_file"] else ""),
        (values["json_file"], year_json(runs, words.lang) if values["json_file"] else ""),
    ]
    for path, text in files:
        if path:
            write_atomically(path, text)
    if done is None:
        _print_year(case, runs, words)
    else:
        _print_month(runs, done, words, detail=values["detail"])
    for path, _ in files:
        if path:
            click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _run_case(case: Case, words: Words, *, assume_unchanged: bool) -> list[MonthRun]:
    months = case.last_month - case.first_month + 1
    runs = []
    with progress(words("Mois", "Months"), months) as step:
        for done in run_months(
            load(), case.engagement, case.first_month, case.last_month, case.start,
            assume_unchanged=assume_unchanged,
        ):  # fmt: skip
            runs.append(done)
            step()
    return runs


def _month_of(runs: Sequence[MonthRun], month: Month) -> MonthRun:
    for done in runs:
        if done.month == month:
            return done
    known = f"{runs[0].month} … {runs[-1].month}" if runs else "…"
    raise InputError("--month", f"expected one of {known}, got {month}")


def slip_of_case(file: str, month: str, *, assume_unchanged: bool = False) -> Payslip:
    """Return the payslip of one month of a case, with the year before it."""
    asked = Month.parse(month, "--month")
    runs = _run_case(read_case(file), Words(), assume_unchanged=assume_unchanged)
    return _month_of(runs, asked).payslip


def _print_year(case: Case, runs: Sequence[MonthRun], words: Words) -> None:
    screen = console()
    rows = [month_row(done) for done in runs]
    screen.print(f"{case.entrepreneur.name} – {case.engagement.cooperative.name}", style="bold")
    screen.print()
    account, pay = kept_columns(ACCOUNT_COLUMNS, rows), PAY_COLUMNS
    titles = (words("Compte d'activité", "Activity account"), words("Rémunération", "Pay"))
    for title, names in zip(titles, (account, pay), strict=True):
        table = new_table(
            [
                (year_titles(words.lang)["month"], "word"),
                *((year_titles(words.lang)[name], "figure") for name in names),
            ],
            title=title,
        )
        _fill(table, names, rows, words)
        print_table(table, screen)
        screen.print()
    findings = year_findings(runs, words.lang)
    for finding in findings:
        print_note(screen, "!", finding, "yellow")
    if findings:
        screen.print()
    for note in _notes(case, runs, words):
        print_note(screen, "–", note)


def _fill(table: Any, names: Sequence[str], rows: Sequence[MonthRow], words: Words) -> None:
    from rich.text import Text

    def cells(row: MonthRow, style: str) -> list[Text]:
        found = []
        for name in names:
            cents = getattr(row, name)
            shade = "red" if cents is not None and cents < 0 else style
            missing = "–" if row.month is not None else ""
            found.append(Text(missing if cents is None else words.amount(cents), style=shade, no_wrap=True))
        return found

    for row in rows:
        table.add_row(str(row.month), *cells(row, ""))
    table.add_section()
    table.add_row(Text("Total", style="bold"), *cells(total_row(rows), "bold"))


def _notes(case: Case, runs: Sequence[MonthRun], words: Words) -> list[str]:
    """Return what stands under the year: policy of pay and of hours, then what every year says."""
    engagement = case.engagement
    policy = hours_policy_name(engagement.hours_policy, words.lang)
    chosen = words(
        f"Politique de paie : {engagement.policy.french_name} ; heures de référence : {policy}.",
        f"Pay policy: {type(engagement.policy).__name__} ({engagement.policy.french_name}); "
        f"reference hours: {policy}.",
    )
    return [chosen, *year_notes(runs, words.lang)]


def _print_month(runs: Sequence[MonthRun], done: MonthRun, words: Words, *, detail: bool) -> None:
    screen = console()
    row, titles = month_row(done), year_titles(words.lang)
    table = new_table([("", "word"), ("", "figure")], title=words("Compte d'activité", "Activity account"))
    for name in kept_columns(ACCOUNT_COLUMNS, [row]):
        cents = getattr(row, name)
        table.add_row(titles[name], "–" if cents is None else words.amount(cents))
    table.show_header = False
    print_table(table, screen)
    screen.print()
    earlier = [each for each in runs if each.month.year == done.month.year and each.month < done.month]
    withheld = sum(each.payslip.withholding_cents for each in earlier)
    print_slip(done.payslip, words, detail=detail, withheld_before_cents=withheld)
    for finding in year_findings([done], words.lang):
        print_note(screen, "!", finding, "yellow")
