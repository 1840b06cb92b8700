"""Statuses side by side, as rows to show and as plain data: a column a status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from cae_core.explain.cover_rows import finding_dict
from cae_core.explain.words import Words
from cae_core.france.statuses import Comparison, Event, EventCover, PaidLine, StatusSide
from cae_core.money import format_decimal, format_euros

__all__ = [
    "SidesRow",
    "comparison_dict",
    "comparison_json",
    "comparison_notes",
    "comparison_rows",
    "cover_text",
    "lines_of",
]


@attrs.frozen(kw_only=True)
class SidesRow:
    """One row of the table.

    Attributes:
        code: which row; stable, such as ``"paid"`` or ``"illness"``.
        label: what it says.
        cells: one a status, in the order of the comparison.
        total: whether it is a sum.
    """

    code: str
    label: str
    cells: tuple[str, ...]
    total: bool = False


def comparison_rows(comparison: Comparison, lang: str = "fr") -> Iterator[SidesRow]:
    """Iterate over the rows: what comes in, what is paid, what is left, what each event would bring."""
    words, sides = Words(lang), comparison.sides

    def money(code: str, french: str, english: str, cents: list[int | None], total: bool = False) -> SidesRow:
        cells = tuple("–" if each is None else format_decimal(each, 2, lang) for each in cents)
        return SidesRow(code=code, label=words(french, english), cells=cells, total=total)

    yield money("turnover", "Chiffre d'affaires HT", "Turnover", [side.turnover_cents for side in sides])
    yield money("expenses", "Dépenses de l'activité", "Expenses", [side.expenses_cents for side in sides])
    yield money("fee", "Contribution ou frais de gestion", "Fee", [side.fee_cents for side in sides])
    yield money(
        "contributions", "Cotisations sociales et taxes", "Contributions and small taxes",
        [side.contributions_cents for side in sides],
    )  # fmt: skip
    yield money("paid", "Payé", "Paid", [side.paid_cents for side in sides], total=True)
    yield money("held", "Gardé à son nom", "Held in one's name", [side.held_cents for side in sides])
    yield money("net", "Net avant impôt", "Net before tax", [side.net_cents for side in sides])
    yield money("left", "Reste", "Left", [side.left_cents for side in sides], total=True)
    yield money("tax", "Impôt sur le revenu", "Income tax", [side.tax_cents for side in sides])
    for event in Event:
        cells = tuple(cover_text(side.event(event), lang) for side in sides)
        yield SidesRow(code=event.value, label=_capital(event.name_in(lang)), cells=cells)


def cover_text(cover: EventCover, lang: str = "fr") -> str:
    """Return what an event would bring, with a star where a text of the answer is to be reviewed."""
    star = " *" if cover.finding is not None and cover.finding.needs_review else ""
    return cover.text(lang) + star


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def comparison_notes(comparison: Comparison, lang: str = "fr") -> Iterator[str]:
    """Iterate over what a reader must know beside the table."""
    words = Words(lang)
    if comparison.assumed_from is not None:
        day = words.day(comparison.assumed_from)
        yield words(
            f"À partir du {day}, le droit connu est reconduit.",
            f"From {day} on, the law known is carried forward.",
        )
    yield words(
        f"Les événements sont ceux du {words.day(comparison.on)}, après trois ans au même niveau ; montants "
        "bruts, le chômage supposé durer jusqu'au bout des droits.",
        f"The events are those of {words.day(comparison.on)}, after three years at the same level; gross "
        "amounts, unemployment lasting to the end of the rights.",
    )
    for side in comparison.sides:
        for reason in side.objections:
            yield f"{side.status.name_in(lang)}{words.colon}{reason.text(lang)}"
    for reason in comparison.left_out:
        yield reason.french if lang == "fr" else reason.english
    methods: dict[str, list[str]] = {}
    for side in comparison.sides:
        method = side.tax_method[0 if lang == "fr" else 1]
        methods.setdefault(method, []).append(side.status.name_in(lang))
    for method, names in methods.items():
        yield f"{words('Impôt', 'Income tax')}, {', '.join(names)}{words.colon}{method}."
    if any(_to_review(side) for side in comparison.sides):
        yield words(
            "* Un texte de cette réponse reste à vérifier.",
            "* A text of this answer is still to be reviewed.",
        )


def _to_review(side: StatusSide) -> bool:
    return any(cover.finding is not None and cover.finding.needs_review for cover in side.events)


def comparison_dict(comparison: Comparison, lang: str = "fr") -> dict[str, Any]:
    """Return the comparison as plain data; amounts in cents, as in the library."""
    return {
        "year": comparison.year,
        "turnover_cents": comparison.turnover_cents,
        "expenses_cents": comparison.expenses_cents,
        "events_on": comparison.on.isoformat(),
        "assumed_from": comparison.assumed_from.isoformat() if comparison.assumed_from else None,
        "left_out": [
            {"status": reason.code, "why": reason.french if lang == "fr" else reason.english}
            for reason in comparison.left_out
        ],
        "statuses": [_side_dict(side, lang) for side in comparison.sides],
    }


def _side_dict(side: StatusSide, lang: str) -> dict[str, Any]:
    return {
        "code": side.status.value,
        "name": side.status.name_in(lang),
        "fee_cents": side.fee_cents,
        "contributions_cents": side.contributions_cents,
        "paid_cents": side.paid_cents,
        "held_cents": side.held_cents,
        "net_cents": side.net_cents,
        "left_cents": side.left_cents,
        "gross_pay_cents": side.gross_pay_cents,
        "tax_cents": side.tax_cents,
        "tax_method": side.tax_method[0 if lang == "fr" else 1],
        "lines": [_line_dict(line, lang) for line in side.lines],
        "conditions": [
            {"code": reason.code, "met": reason.met, "text": reason.text(lang)} for reason in side.conditions
        ],
        "events": [_event_dict(cover, lang) for cover in side.events],
        "assumptions": [{"code": each.code, "text": each.text(lang)} for each in side.assumptions],
    }


def _line_dict(line: PaidLine, lang: str) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name(lang),
        "amount_cents": line.amount_cents,
        "how": line.how(lang) or None,
        "citations": [citation.text for citation in line.citations],
    }


def _event_dict(cover: EventCover, lang: str) -> dict[str, Any]:
    findings = () if cover.finding is None else (cover.finding, *cover.further)
    return {
        "code": cover.event.value,
        "name": cover.event.name_in(lang),
        "total_cents": cover.total_cents,
        "text": cover.text(lang),
        "why_unknown": cover.unknown[0 if lang == "fr" else 1] or None,
        "answers": [finding_dict(finding, lang) for finding in findings],
    }


def comparison_json(comparison: Comparison, lang: str = "fr") -> str:
    """Return :func:`comparison_dict` as JSON text."""
    return json.dumps(comparison_dict(comparison, lang), ensure_ascii=False, indent=1) + "\n"


def lines_of(side: StatusSide, lang: str = "fr") -> Iterator[str]:
    """Iterate over what a status pays, line by line, with the texts."""
    words = Words(lang)
    for line in side.lines:
        how = f"  = {line.how(lang)}" if line.how(lang) else ""
        texts = f" ({' ; '.join(map(str, line.citations))})" if line.citations else ""
        yield f"{line.name(lang)}{words.colon}{format_euros(line.amount_cents, lang)}{how}{texts}"
