"""Tables on the screen. The only importer of rich, which loads when the first table is drawn."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from cae_core.explain import RowKind, SlipRow
from cae_core.explain.plain_text import column_titles, shown_columns, starts_block

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["Cell", "console", "new_table", "print_note", "print_table", "progress", "slip_table", "width"]

#: A text and the style it is drawn in.
Cell = tuple[str, str]

#: How wide a table is drawn where no terminal says it.
_PIPED_WIDTH = 120
_STYLES = {
    RowKind.GROSS: "bold",
    RowKind.HEADING: "bold",
    RowKind.DETAIL: "dim",
    RowKind.TOTAL: "bold",
    RowKind.NET: "bold green",
}
_INDENT = {RowKind.LINE: 2, RowKind.DETAIL: 4}


def console(*, error: bool = False) -> Console:
    """Return the screen; a pipe is as wide as ``COLUMNS`` says, else 120 characters."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    columns = os.environ.get("COLUMNS", "")
    fixed = None if columns.isdecimal() or stream.isatty() else _PIPED_WIDTH
    return Console(file=stream, width=fixed, highlight=False, markup=False, emoji=False)


def width() -> int:
    """Return how many characters a line of text may have: never so many that it is hard to read."""
    return min(console().width, 110)


def new_table(columns: Sequence[tuple[str, str]], *, title: str = "", top: bool = False) -> Table:
    """Return an empty table.

    Args:
        columns: titles, each with ``"figure"`` (right, never cut), ``"word"`` (left, never cut) or
            ``"text"`` (left, wrapped).
        title: printed above, to the left.
        top: figures stand beside the first line of a text, not its last.
    """
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
    )
    for name, kind in columns:
        if kind == "figure":
            table.add_column(name, justify="right", vertical="top" if top else "bottom")
        else:
            table.add_column(name, no_wrap=kind == "word", overflow="ignore" if kind == "word" else "fold")
    return table


def print_table(table: Table, screen: Console | None = None) -> None:
    """Print a table; it may be wider than the screen, for a figure is never cut."""
    from rich.measure import Measurement

    screen = screen or console()
    everything = screen.options.update(width=10_000)

    def measured() -> Measurement:
        return Measurement.get(screen, everything, table)

    if measured().maximum > screen.width:
        # A figure or a code is never cut; a title breaks between words alone, and texts take what is left.
        for column in table.columns:
            if column.justify == "right" or column.no_wrap:
                cells = [Measurement.get(screen, everything, cell).maximum for cell in column.cells]
                column.width = max([0, *cells, *(len(word) for word in str(column.header).split())])
    if measured().minimum > screen.width:
        table.padding = (0, 0, 0, 0)
    screen.width = max(screen.width, measured().minimum)
    screen.print(table)


def print_note(screen: Console, mark: str, note: str, style: str = "dim") -> None:
    """Print a remark with a mark before it; its lines stand under each other and no figure is broken."""
    indent = " " * (len(mark) + 1)
    lines = wrap(
        note, screen.width, initial_indent=f"{mark} ", subsequent_indent=indent, break_on_hyphens=False
    )
    for line in lines:
        screen.print(line, style=style)


def slip_table(rows: Sequence[SlipRow], lang: str, title: str) -> Table:
    """Return a payslip as a table."""
    from rich.padding import Padding
    from rich.text import Text

    names, titles = shown_columns(rows), column_titles(lang)
    table = new_table([("", "text"), *((titles[name], "figure") for name in names)], title=title)
    for before, row in pairwise((None, *rows)):
        assert row is not None
        if starts_block(before, row):
            table.add_section()
        style = _STYLES.get(row.kind, "")
        label = Padding(Text(row.label, style=style), (0, 0, 0, _INDENT.get(row.kind, 0)))
        figures = (Text(getattr(row, name), style=style, no_wrap=True) for name in names)
        table.add_row(label, *figures)
    return table


@contextmanager
def progress(label: str, total: int, *, at_least: int = 1) -> Iterator[Callable[[], object]]:
    """Show a bar on the error stream while something is done, where it is a terminal and it takes long.

    Args:
        label: what is being done.
        total: how many steps there are.
        at_least: under so many steps nothing is shown.
    """
    if total < at_least or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
