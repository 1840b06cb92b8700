"""The columns of data frames, as the library reads them."""

from __future__ import annotations

from collections.abc import Iterator

from rst import plain, table, title

from cae_core.exchange.frames.columns import COLUMNS, GROSSES, ColumnKind, FrameColumn
from cae_core.exchange.frames.history_columns import HISTORY_COLUMNS, PERSON_COLUMNS


def frame_columns_page() -> str:
    """Return the tables of the columns of pay, and of pay histories."""
    lines = title("Columns of a data frame", "page")
    lines += [
        ":doc:`/how-to/a_federation_from_a_data_frame` uses them.",
        "The second name of a column holds whole units of the last decimal: cents, millionths (``_ppm``), "
        "hundredths of an hour.",
        "An empty cell of a column that is not needed is as if the column were not there.",
        "",
        *title("Payslips", "section"),
        "A row is a **person-month**, or a **person-year** with ``year`` and the grosses of its months, "
        f"``{GROSSES[0]}`` … ``{GROSSES[-1]}``, side by side.",
        "A fact that an active plugin asks for has a column of its own name, a whole number in its unit; a "
        "person-year has the same for all its months.",
        "",
        *table(
            ("Name", "Holds", "Meaning", "French", "Rows"), map(_row, COLUMNS.values()), (26, 22, 26, 26, 10)
        ),
        "",
        *title("Rights", "section"),
        "A row is a month of a pay history.",
        "",
        *table(
            ("Name", "Holds", "Meaning", "French", "Rows"),
            map(_row_of_history, HISTORY_COLUMNS.values()),
            (26, 22, 26, 26, 10),
        ),
    ]
    return "\n".join(lines)


def _row(column: FrameColumn) -> tuple[list[str], ...]:
    rows = "months" if column.monthly else "years" if column.name == "year" else ""
    needed = "needed" if column.needed and column.name != "person" else ""
    return (
        [f"``{name}``" for name in column.names],
        list(_held(column)),
        [plain(column.meaning)],
        [plain(column.french)],
        [each for each in (rows, needed) if each] or [""],
    )


def _row_of_history(column: FrameColumn) -> tuple[list[str], ...]:
    once = "one value a person" if column.name in PERSON_COLUMNS else "needed" if column.needed else ""
    return (*_row(column)[:-1], [once])


def _held(column: FrameColumn) -> Iterator[str]:
    if column.words is not None:
        yield ", ".join(f"``{word}``" for word in (*(each.value for each in column.words), *column.also))
    elif column.kind is ColumnKind.NUMBER:
        yield f"{column.decimals} decimals, or a text" if column.decimals else "a whole number"
    else:
        yield {
            ColumnKind.FLAG: "true or false, or ``oui``, ``non``",
            ColumnKind.MONTH: "a date, or a text",
            ColumnKind.PERSON: "a text or a whole number",
            ColumnKind.DAY: "a date, or a text",
            ColumnKind.TEXT: "a text",
        }[column.kind]
