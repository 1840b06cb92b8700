"""The tables of ``cae law --diff``: what changes from the law of one month to that of another."""

from __future__ import annotations

from collections.abc import Sequence

from cae_core.cli.screen import console, new_table, print_table
from cae_core.explain import Words
from cae_core.explain.comparison_rows import (
    LineChangeRow,
    ValueChangeRow,
    line_change_rows,
    value_change_rows,
)
from cae_core.payroll.compare import LawComparison
from cae_core.payroll.month_law import MonthLaw

__all__ = ["show_changes"]

#: From this width on, the text of a value has a column of its own.
_WIDE = 110


def show_changes(comparison: LawComparison, words: Words) -> None:
    """Print the parameters, then the lines and the reductions that differ; or that nothing does."""
    screen = console()
    before, after = _named(comparison.before, words), _named(comparison.after, words)
    if not comparison:
        screen.print(words(f"Rien ne change : {before} → {after}.", f"Nothing changes: {before} → {after}."))
        return
    title = words(f"Ce qui change : {before} → {after}", f"What changes: {before} → {after}")
    values = list(value_change_rows(comparison, words.lang))
    if values:
        _values(values, title, words)
        screen.print()
    rows = list(line_change_rows(comparison, words.lang))
    if rows:
        _lines(rows, words)
        screen.print()
    if any(row.needs_review for row in values):
        screen.print(
            words("* à vérifier : texte non relu.", "* to review: the text has not been read."), style="dim"
        )
    note = words(
        "« cae law PARAMÈTRE » montre l'histoire d'une valeur, avec sa source.",
        "“cae law PARAMETER” shows the history of a value, with its source.",
    )
    screen.print(note, style="dim")


def _named(law: MonthLaw, words: Words) -> str:
    known_on = law.snapshot.known_on
    name = words.month(law.month)
    if known_on is None:
        return name
    day = words.day(known_on)
    return words(f"{name} (connu le {day})", f"{name} (as known on {day})")


def _values(rows: Sequence[ValueChangeRow], title: str, words: Words) -> None:
    from rich.text import Text

    screen = console()
    wide = screen.width >= _WIDE
    columns = [
        (words("Paramètre", "Parameter"), "text"),
        (words("Avant", "Before"), "figure"),
        (words("Après", "After"), "figure"),
    ]
    if wide:
        columns.append((words("Texte", "Text"), "text"))
    table = new_table(columns, title=title, top=True)
    for row in rows:
        name = Text(row.french_name)
        name.append(f"\n{row.name}", style="dim")
        text = row.text + (" *" if row.needs_review else "")
        if row.published_on:
            text += words(f"\npublié le {row.published_on}", f"\npublished on {row.published_on}")
        if wide:
            table.add_row(name, row.before, row.after, text)
        else:
            table.add_row(name.append(f"\n{text}", style="dim"), row.before, row.after)
    print_table(table, screen)


def _lines(rows: Sequence[LineChangeRow], words: Words) -> None:
    from rich.text import Text

    table = new_table(
        [(words("Ligne", "Line"), "text"), (words("Ce qui change", "What changes"), "text")], top=True
    )
    for row in rows:
        several = words(f"{len(row.codes)} lignes", f"{len(row.codes)} lines")
        name = Text(row.labels[0] if len(row.labels) == 1 else several)
        name.append(f"\n{', '.join(row.codes)}", style="dim")
        moved = f"{words.colon}{row.before} → {row.after}" if row.before or row.after else ""
        table.add_row(name, row.what + moved)
    print_table(table, console())
