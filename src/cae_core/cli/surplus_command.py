"""``cae surplus``: what becomes of a cooperative's surplus, and each person's part of it."""

from __future__ import annotations

from typing import Any

import click

from cae_core.assembly import load
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.meeting_command import assume_unchanged
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.exchange.cooperative_results import surplus_csv, surplus_json
from cae_core.exchange.surplus_file import SurplusFile, read_surplus
from cae_core.exchange.year_files import write_atomically
from cae_core.explain import Words
from cae_core.explain.meeting_rows import reason_lines
from cae_core.explain.surplus_rows import allocation_rows, allocation_titles, part_rows, part_titles
from cae_core.france.cooperative_law.forms import SCOP
from cae_core.france.cooperative_law.participation import (
    SpecialReserve,
    participation_is_due,
    scop_net_profit,
    special_reserve,
)
from cae_core.france.cooperative_law.surplus import CooperativeYear, cooperative_year
from cae_core.law import Snapshot
from cae_core.membership.legal_form import LegalForm

__all__ = ["command"]


def command(words: Words) -> click.Command:
    """Return the command."""
    file = words("FICHIER", "FILE")
    return LocalisedCommand(
        words,
        name="surplus",
        help=words(
            "Répartir les excédents d'une coopérative : réserves, intérêts, part de chaque salarié au "
            "centime.\n\n"
            "FICHIER est un dossier TOML (exercice, excédents, réserves, capital) ; les statuts et les "
            "salariés sont dans les fichiers qu'il nomme.",
            "Share out the surplus of a cooperative: reserves, interest, each employee's part to the "
            "cent.\n\n"
            "FILE is a TOML file (year, surplus, reserves, capital); the statutes and the employees are in "
            "the files that it names.",
        ),
        short_help=words("Répartir les excédents d'une coopérative.", "Share out a cooperative's surplus."),
        params=[
            click.Argument(["file"], metavar=file),
            click.Option(
                ["--csv", "csv_file"],
                metavar=file,
                help=words("Écrire la part de chacun en CSV.", "Write each person's part as CSV."),
            ),
            click.Option(
                ["--json", "json_file"],
                metavar=file,
                help=words("Écrire la répartition en JSON.", "Write the allocation as JSON."),
            ),
            assume_unchanged(words),
        ],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    asked = read_surplus(values["file"])
    rules = load()
    form = rules.legal_form(asked.statutes.legal_form)
    law = rules.rights.on(asked.approved_on, assume_unchanged=values["assume_unchanged"])
    form.check(asked.statutes, law)
    year = cooperative_year(
        form,
        asked.statutes,
        asked.facts,
        asked.employees,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        law=law,
        bond_yield=asked.bond_yield,
        employees_rate=asked.employees_rate,
        interest_rate=asked.interest_rate,
    )
    reserve = _special_reserve(asked, form, law)
    # Both texts exist before the first file is touched.
    files = [
        (values["csv_file"], surplus_csv(year) if values["csv_file"] else ""),
        (values["json_file"], surplus_json(year, reserve, words.lang) if values["json_file"] else ""),
    ]
    for path, content in files:
        if path:
            write_atomically(path, content)
    _print(asked, year, words)
    if reserve is not None:
        _print_reserve(asked, year, reserve, law, words)
    for path, _ in files:
        if path:
            click.echo(words(f"Écrit : {path}", f"Written: {path}"), err=True)
    return 0


def _special_reserve(asked: SurplusFile, form: LegalForm, law: Snapshot) -> SpecialReserve | None:
    facts = asked.participation
    if facts is None:
        return None
    scop = form.family == SCOP
    return special_reserve(
        scop_net_profit(asked.facts.surplus_cents, law) if scop else facts.net_profit_cents,
        equity_cents=asked.facts.paid_up_cents if scop else facts.equity_cents,
        wages_cents=facts.wages_cents,
        added_value_cents=facts.added_value_cents,
        law=law,
    )


def _print(asked: SurplusFile, year: CooperativeYear, words: Words) -> None:
    screen = console()
    title = words("Exercice clos le", "Year closed on")
    screen.print(f"{asked.statutes.name} – {title} {words.day(asked.closes_on)}", style="bold")
    screen.print()
    rows, titles = allocation_rows(year.allocation, words.lang), allocation_titles(words.lang)
    if rows:
        kinds = {"label": "text", "how": "figure", "amount": "figure", "texts": "text"}
        table = new_table([(titles[name], kind) for name, kind in kinds.items()], top=True)
        for row in rows:
            table.add_row(*(getattr(row, name) for name in kinds))
        table.add_section()
        table.add_row(words("Excédent", "Surplus"), "", words.amount(year.allocation.total_cents), "")
        print_table(table, screen)
        screen.print()
    for line in reason_lines(year.allocation.reasons, words.lang):
        print_note(screen, "–", line)
    if year.parts:
        screen.print()
        names = part_titles(words.lang)
        words_of_a_row = ("code", "name")
        table = new_table(
            [(title, "word" if name in words_of_a_row else "figure") for name, title in names.items()],
            title=words("Part travail", "Employees' part"),
        )
        for part in part_rows(year.parts, words.lang):
            table.add_row(*(getattr(part, name) for name in names))
        table.add_section()
        total = words.amount(sum(part.amount_cents for part in year.parts))
        table.add_row("Total", *[""] * (len(names) - 2), total)
        print_table(table, screen)
    for right in year.rights:
        if not right.granted:
            why = " ; ".join(reason_lines(right.reasons, words.lang))
            label = words("sans droit", "no right")
            print_note(screen, "!", f"{right.employee.name}, {label}{words.colon}{why}", "yellow")


def _print_reserve(
    asked: SurplusFile, year: CooperativeYear, reserve: SpecialReserve, law: Snapshot, words: Words
) -> None:
    screen = console()
    assert asked.participation is not None
    screen.print()
    amount = words.euros(reserve.amount_cents)
    screen.print(
        words("Réserve spéciale de participation : ", "Special reserve (participation): ") + amount,
        style="bold",
    )
    reasons = [participation_is_due(asked.participation.headcount, law)]
    if year.parts:
        reasons.append(reserve.met_by(year.allocation.amount("employees")))
    for line in reason_lines(reasons, words.lang):
        print_note(screen, "–", line)
