"""The statement of an activity account as rows: profit and loss, balance sheet, the entries behind them."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cae_core.account import ActivityStatement, StatementLine
from cae_core.explain.words import Words

__all__ = ["EntryRow", "StatementRow", "entry_rows", "statement_rows", "statement_title"]

#: The lines in English; French names are those of the statement.
_ENGLISH = {
    "turnover": "turnover, without VAT",
    "internal_sales": "internal sales",
    "production_costs": "direct costs counted in the gross margin",
    "gross_margin": "gross margin",
    "other_direct_expenses": "other direct expenses",
    "fee": "fee of the cooperative",
    "result_before_pay": "result before pay",
    "pay": "cost of pay",
    "result": "result",
    "treasury": "treasury",
    "receivables": "receivables",
    "total_assets": "total assets",
    "expense_notes": "expenses to refund",
    "owed_to_customers": "owed to customers",
    "result_brought_forward": "result brought forward",
    "result_of_period": "result of the period",
    "net_result_left": "net result left to the cooperative",
    "carried_result": "result carried",
    "total_liabilities": "total liabilities",
}
#: The parts of a statement: attribute, French, English.
_PARTS = (
    ("profit_and_loss", "Compte de résultat analytique", "Profit and loss"),
    ("assets", "Bilan, actif", "Balance sheet, assets"),
    ("liabilities", "Bilan, passif", "Balance sheet, liabilities"),
)


@attrs.frozen
class StatementRow:
    """One line of a statement.

    Attributes:
        part: the part it stands in, such as the profit and loss.
        code: the code of the line.
        label: what it is.
        amount: its amount.
        total: whether it adds lines above.
    """

    part: str
    code: str
    label: str
    amount: str
    total: bool


@attrs.frozen
class EntryRow:
    """An entry behind a line of the profit and loss."""

    line: str
    day: str
    kind: str
    label: str
    document: str
    amount: str


def statement_title(statement: ActivityStatement, lang: str = "fr") -> str:
    """Return the title of a statement, with its days."""
    words = Words(lang)
    first, last = words.day(statement.starts_on), words.day(statement.on)
    return words(f"État des comptes du {first} au {last}", f"Statement from {first} to {last}")


def line_name(line: StatementLine, words: Words) -> str:
    """Return what a line is called."""
    return words.title(words(line.french_name, _ENGLISH[line.code]))


def statement_rows(statement: ActivityStatement, lang: str = "fr") -> tuple[StatementRow, ...]:
    """Return the lines, in printed order; a line that nothing moved and nothing adds up is left out."""
    words = Words(lang)
    return tuple(
        StatementRow(
            words(french, english),
            line.code,
            line_name(line, words),
            words.amount(line.amount_cents),
            bool(line.adds),
        )
        for attribute, french, english in _PARTS
        for line in _moved(getattr(statement, attribute))
    )


def _moved(lines: Iterable[StatementLine]) -> list[StatementLine]:
    return [line for line in lines if line.adds or line.details]


def entry_rows(statement: ActivityStatement, lang: str = "fr") -> tuple[EntryRow, ...]:
    """Return the entries of the profit and loss, each under its line; they add up to it."""
    words = Words(lang)
    return tuple(
        EntryRow(
            line_name(line, words),
            detail.entry.dated_on.isoformat(),
            words.title(detail.entry.kind.name_in(lang)),
            detail.entry.label,
            detail.entry.document,
            words.amount(detail.amount_cents),
        )
        for line in statement.profit_and_loss
        for detail in line.details
    )
