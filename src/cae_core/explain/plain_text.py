"""A payslip as plain text in aligned columns, for a log, a message or a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import wrap

from cae_core.explain.slip_rows import RowKind, SlipRow, payslip_notes, payslip_rows
from cae_core.explain.words import Words
from cae_core.payroll import Payslip

__all__ = ["column_titles", "payslip_text", "shown_columns", "slip_title", "starts_block"]

_INDENT = {RowKind.LINE: 2, RowKind.DETAIL: 4}
_SMALLEST_LABEL = 24
_COLUMNS = ("base", "employee_rate", "employee", "employer_rate", "employer")


def slip_title(slip: Payslip, lang: str = "fr") -> str:
    """Return the title of a payslip, without a name: ``Bulletin de paie – mars 2026``."""
    words = Words(lang)
    return f"{words('Bulletin de paie', 'Payslip')} – {words.month(slip.month)}"


def column_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns of figures, by the field of :class:`SlipRow` they show."""
    words = Words(lang)
    return {
        "base": words("Base", "Base"),
        "employee_rate": words("Taux sal.", "Rate"),
        "employee": words("Salarié", "Employee"),
        "employer_rate": words("Taux empl.", "Rate"),
        "employer": words("Employeur", "Employer"),
    }


def shown_columns(rows: Sequence[SlipRow]) -> tuple[str, ...]:
    """Return the columns some row fills; employer rates are optional on the model."""
    return tuple(name for name in _COLUMNS if any(getattr(row, name) for row in rows))


def starts_block(before: SlipRow | None, row: SlipRow) -> bool:
    """Whether a line is drawn above a row: above each total, and above the first of the nets."""
    first_net = row.kind is RowKind.NET and before is not None and before.kind is RowKind.TOTAL
    return row.kind is RowKind.TOTAL or first_net


def payslip_text(slip: Payslip, lang: str = "fr", *, detail: bool = False, width: int = 96) -> str:
    """Return the payslip as text, under the headings and in the order of the statutory model.

    Args:
        slip: the payslip.
        lang: ``"fr"`` or ``"en"``.
        detail: list what the model groups in one line, with the employer rates.
        width: how many characters a line may have; figures are never cut, labels are wrapped.
    """
    rows = payslip_rows(slip, lang, detail=detail)
    lines = [slip_title(slip, lang), "", *_table(rows, lang, width), ""]
    for note in payslip_notes(slip, lang):
        lines += wrap(note, width, initial_indent="– ", subsequent_indent="  ")
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[SlipRow], lang: str, width: int) -> Iterator[str]:
    titles, names = column_titles(lang), shown_columns(rows)
    sizes = {name: max(len(titles[name]), *(len(getattr(row, name)) for row in rows)) for name in names}
    label_size = max(width - sum(size + 2 for size in sizes.values()), _SMALLEST_LABEL)
    rule = "─" * (label_size + sum(size + 2 for size in sizes.values()))
    yield " " * label_size + "".join(f"  {titles[name]:>{sizes[name]}}" for name in names)
    yield rule
    for before, row in pairwise((None, *rows)):
        assert row is not None
        if starts_block(before, row):
            yield rule
        indent = " " * _INDENT.get(row.kind, 0)
        *above, last = wrap(row.label, label_size, initial_indent=indent, subsequent_indent=indent + "  ")
        yield from above
        figures = "".join(f"  {getattr(row, name):>{sizes[name]}}" for name in names)
        yield f"{last:<{label_size}}{figures}".rstrip()
    yield rule
