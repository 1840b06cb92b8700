"""``cae payslip``: one payslip for a person to read, or thousands for a program."""

from __future__ import annotations

import sys
from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.options import budget_lines, compute, fact_options, given_options
from cae_core.cli.screen import console, print_note, print_table, progress, slip_table
from cae_core.errors import InputError
from cae_core.exchange.payslip_json import compute_cases, read_case_list, write_results
from cae_core.explain import Words, payslip_notes, payslip_rows
from cae_core.explain.plain_text import slip_title
from cae_core.payroll import Payslip

__all__ = ["command", "print_slip"]

_BAR_FROM = 500


def command(words: Words) -> click.Command:
    """Return the command."""
    options = [
        click.Option(
            ["--detail"],
            is_flag=True,
            help=words(
                "Détailler ce que le modèle groupe, avec les taux employeur.",
                "List what the model groups, with the employer rates.",
            ),
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help=words(
                "Lire une liste JSON de cas sur l'entrée standard, écrire la liste des résultats.",
                "Read a JSON list of cases on standard input, write the list of results.",
            ),
        ),
    ]
    return LocalisedCommand(
        words,
        name="payslip",
        help=words(
            "Calculer un bulletin de paie, sous les rubriques et dans l'ordre du modèle officiel.\n\n"
            "Le mois est pris seul, sans cumul de l'année ; pour une année, voir « cae year ».\n\n"
            "\b\n"
            "  cae payslip --month 2026-03 --gross 2000 --headcount 30 \\\n"
            "              --workplace-accident-rate 1.05 --mobility-rate 2\n"
            "  cae payslip --json < cas.json > bulletins.json",
            "Compute a payslip, under the headings and in the order of the official model.\n\n"
            "The month is taken alone, without the year to date; for a year, see “cae year”.\n\n"
            "\b\n"
            "  cae payslip --month 2026-03 --gross 2000 --headcount 30 \\\n"
            "              --workplace-accident-rate 1.05 --mobility-rate 2\n"
            "  cae payslip --json < cases.json > payslips.json",
        ),
        short_help=words("Calculer un bulletin de paie.", "Compute a payslip."),
        params=[*fact_options(words), *options],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    if values["as_json"]:
        return _many(words, values)
    asked = compute(load(), values, words)
    if asked.budgeted is not None:
        lines = budget_lines(load(), asked, values, words)
        if not asked.budgeted.fits:
            click.echo("\n".join(lines), err=True)
            return 1
        click.echo("\n".join(lines) + "\n")
    print_slip(asked.slip, words, detail=values["detail"])
    return 0


def print_slip(
    slip: Payslip, words: Words, *, detail: bool = False, withheld_before_cents: int | None = None
) -> None:
    """Print a payslip and what stands under it."""
    rows = payslip_rows(slip, words.lang, detail=detail, withheld_before_cents=withheld_before_cents)
    screen = console()
    print_table(slip_table(rows, words.lang, slip_title(slip, words.lang)), screen)
    screen.print()
    for note in payslip_notes(slip, words.lang):
        print_note(screen, "–", note)


def _many(words: Words, values: dict[str, Any]) -> int:
    given = [*given_options(values), *(["--detail"] if values["detail"] else [])]
    if given:
        listed = ", ".join(given)
        message = words(
            f"les faits sont dans les cas, pas dans {listed}", f"facts are in the cases, not in {listed}"
        )
        raise InputError("--json", message)
    source = sys.stdin.buffer.read()
    cases = read_case_list(source)
    with progress(words("Bulletins", "Payslips"), len(cases), at_least=_BAR_FROM) as step:
        results = compute_cases(
            load(), cases, words.lang, assume_unchanged=values["assume_unchanged"], progress=step
        )
        # Everything is computed and written as text before the first byte leaves.
        text = "".join(write_results(results.objects))
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8"))
    stream.flush()
    if results.failed:
        click.echo(
            words(
                f"{results.failed} cas sur {len(cases)} en erreur : voir leur objet « error ».",
                f"{results.failed} of {len(cases)} cases failed: see their “error” object.",
            ),
            err=True,
        )
    return 1 if results.failed else 0
