"""``cae explain``: one amount of a payslip, down to its articles."""

from __future__ import annotations

from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.options import compute, fact_options, given_options
from cae_core.cli.screen import new_table, print_table, width
from cae_core.cli.year_command import slip_of_case
from cae_core.errors import InputError
from cae_core.explain import Explanation, Words, explain_amount, explainable_amounts
from cae_core.explain.plain_text import slip_title
from cae_core.payroll import Payslip

__all__ = ["command"]

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "result": {"fg": "green", "bold": True},
    "section": {"fg": "cyan", "bold": True},
    "source": {"dim": True},
    "note": {"dim": True},
}


def command(words: Words) -> click.Command:
    """Return the command."""
    return LocalisedCommand(
        words,
        name="explain",
        help=words(
            "Expliquer un montant pas à pas : assiette, taux, arrondi, textes.\n\n"
            "MONTANT est le code d'une ligne, d'un total, d'une assiette ou d'un cumul ; sans lui, leur "
            "liste. Le bulletin est celui des options, ou celui d'un mois du dossier FICHIER (voir "
            "« cae year »).\n\n"
            "\b\n"
            "  cae explain general_reduction --month 2026-03 --gross 2000 --headcount 30 \\\n"
            "              --workplace-accident-rate 1.05\n"
            "  cae explain net_paid dossier.toml --month 2025-06",
            "Explain an amount step by step: base, rate, rounding, texts.\n\n"
            "AMOUNT is the code of a line, a total, a base or a cumulated quantity; without it, their list. "
            "The payslip is that of the options, or of a month of the case FILE (see “cae year”).\n\n"
            "\b\n"
            "  cae explain general_reduction --month 2026-03 --gross 2000 --headcount 30 \\\n"
            "              --workplace-accident-rate 1.05\n"
            "  cae explain net_paid case.toml --month 2025-06",
        ),
        short_help=words(
            "Expliquer un montant jusqu'à ses articles.", "Explain an amount down to its articles."
        ),
        params=[
            click.Argument(["amount"], required=False, metavar=words("[MONTANT]", "[AMOUNT]")),
            click.Argument(["file"], required=False, metavar=words("[FICHIER]", "[FILE]")),
            *fact_options(words),
        ],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    slip = _slip(values, words)
    if values["amount"] is None:
        _list(slip, words)
    else:
        _print(explain_amount(slip, values["amount"], words.lang))
    return 0


def _slip(values: dict[str, Any], words: Words) -> Payslip:
    file = values["file"]
    if file is None:
        return compute(load(), values, words).slip
    given = [option for option in given_options(values) if option != "--month"]
    if given:
        listed = ", ".join(given)
        message = words(
            f"les faits sont ceux du fichier, pas {listed}", f"facts are those of the file, not {listed}"
        )
        raise InputError(file, message)
    if values["month"] is None:
        raise InputError(
            "--month", words("manque : un dossier a plusieurs mois", "is missing: a case has months")
        )
    return slip_of_case(file, values["month"], assume_unchanged=values["assume_unchanged"])


def _print(explanation: Explanation) -> None:
    for kind, line in explanation.lines(width()):
        click.echo(click.style(line, **_STYLES[kind]) if kind in _STYLES else line)


def _list(slip: Payslip, words: Words) -> None:
    columns = [("Code", "word"), (words("Montant", "Amount"), "figure"), (words("Libellé", "Label"), "text")]
    table = new_table(columns, title=slip_title(slip, words.lang))
    for name, label, amount in explainable_amounts(slip, words.lang):
        table.add_row(name, amount, words.title(label))
    print_table(table)
