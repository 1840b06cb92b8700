"""Results as HTML, from the same rows as the tables of the command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from cae_core.account import ActivityStatement
from cae_core.explain.cover_rows import (
    cover_notes,
    cover_row,
    finding_amounts,
    finding_missing,
    finding_reasons,
)
from cae_core.explain.html import Cell, escape, notes, row, section, table
from cae_core.explain.path_rows import deadline_rows, path_rows
from cae_core.explain.plain_text import column_titles, shown_columns, slip_title, starts_block
from cae_core.explain.sides_rows import comparison_notes, comparison_rows, lines_of
from cae_core.explain.slip_rows import RowKind, SlipRow, payslip_notes, payslip_rows
from cae_core.explain.statement_rows import entry_rows, statement_rows, statement_title
from cae_core.explain.words import Words
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
from cae_core.france.statuses import Comparison
from cae_core.pathway import Deadlines, Pathway
from cae_core.payroll import Payslip
from cae_core.payroll.run import MonthRun, MonthRuns
from cae_core.protection import Finding, Findings

__all__ = [
    "comparison_html",
    "deadlines_html",
    "finding_html",
    "findings_html",
    "month_html",
    "months_html",
    "path_html",
    "payslip_html",
    "statement_html",
]

_SLIP_STYLES = {
    RowKind.GROSS: "head",
    RowKind.HEADING: "head",
    RowKind.LINE: "under-head",
    RowKind.DETAIL: "detail",
    RowKind.TOTAL: "sum",
    RowKind.NET: "net",
}


def _texts(*cells: str) -> list[Cell]:
    return [(escape(cell), False) for cell in cells]


def _figures(cells: Iterable[str]) -> list[Cell]:
    return [(escape(cell), True) for cell in cells]


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def payslip_html(slip: Payslip, words: Words, *, withheld_before_cents: int | None = None) -> str:
    """Return a payslip under the headings and in the order of the statutory model.

    Law:
        Code du travail, art. R3243-1; arrêté du 25 février 2016, as changed by that of 31 janvier 2023.
    """
    rows = payslip_rows(slip, words.lang, withheld_before_cents=withheld_before_cents)
    names, titles = shown_columns(rows), column_titles(words.lang)
    head = [
        *_texts(words("Cotisations et contributions sociales", "Contributions")),
        *_figures(titles[name] for name in names),
    ]
    body = (
        row(
            [*_texts(each.label), *_figures(getattr(each, name) for name in names)],
            style=_slip_style(before, each),
        )
        for before, each in pairwise((None, *rows))
        if each is not None
    )
    return table(head, body, caption=slip_title(slip, words.lang)) + notes(payslip_notes(slip, words.lang))


def _slip_style(before: SlipRow | None, each: SlipRow) -> str:
    style = _SLIP_STYLES[each.kind]
    return f"{style} sum" if starts_block(before, each) and style != "sum" else style


def statement_html(statement: ActivityStatement, words: Words) -> str:
    """Return a statement, and its entries folded under it."""
    body: list[str] = []
    for part, lines in groupby(statement_rows(statement, words.lang), lambda each: each.part):
        body.append(row([*_texts(part), ("", True)], style="head"))
        body += [
            row([*_texts(each.label), *_figures([each.amount])], style="sum" if each.total else "under-head")
            for each in lines
        ]
    head = [*_texts(words("Compte d'activité", "Activity account")), *_figures([words("Euros", "Euros")])]
    entries = [
        row([*_texts(each.line, each.day, each.kind, each.label, each.document), *_figures([each.amount])])
        for each in entry_rows(statement, words.lang)
    ]
    titles = _texts(
        words("Ligne", "Line"),
        words("Jour", "Day"),
        words("Nature", "Kind"),
        words("Libellé", "Label"),
        words("Pièce", "Document"),
    )
    behind = table([*titles, *_figures([words("Euros", "Euros")])], entries)
    folded = _folded(words(f"{len(entries)} écritures", f"{len(entries)} entries"), behind) if entries else ""
    return table(head, body, caption=statement_title(statement, words.lang)) + folded


def month_html(done: MonthRun, words: Words) -> str:
    """Return a month of the chain: its statement, its payslip, what a person should know."""
    return (
        _findings_of([done], words)
        + statement_html(done.statement, words)
        + payslip_html(done.payslip, words)
    )


def months_html(runs: MonthRuns, words: Words) -> str:
    """Return months of the chain: the account and the pay, month by month, with what a person should know."""
    if not runs:
        return f"<p>{escape(words('Aucun mois.', 'No month.'))}</p>"
    rows = [month_row(done) for done in runs]
    account = _months(rows, kept_columns(ACCOUNT_COLUMNS, rows), words, _ACCOUNT)
    pay = _months(rows, PAY_COLUMNS, words, _PAY)
    return account + pay + _findings_of(runs, words) + notes(year_notes(runs, words.lang))


_ACCOUNT = ("Compte d'activité", "Activity account")
_PAY = ("Rémunération", "Pay")


def _months(rows: Sequence[MonthRow], names: Sequence[str], words: Words, title: tuple[str, str]) -> str:
    titles = year_titles(words.lang)

    def cells(each: MonthRow, label: str) -> list[Cell]:
        figures = (getattr(each, name) for name in names)
        missing = "–" if each.month is not None else ""
        return [
            *_texts(label),
            *_figures(missing if cents is None else words.amount(cents) for cents in figures),
        ]

    head = [*_texts(titles["month"]), *_figures(titles[name] for name in names)]
    body = [row(cells(each, str(each.month))) for each in rows]
    return table(head, body, row(cells(total_row(rows), "Total")), caption=words(*title))


def _findings_of(runs: Iterable[MonthRun], words: Words) -> str:
    return notes(year_findings(runs, words.lang), "look")


def findings_html(findings: Findings, words: Words) -> str:
    """Return the answers as one table: the right, yes or no, the first figure, what is missing."""
    head = [
        *_texts(words("Droit", "Right"), words("Réponse", "Answer")),
        *_figures([words("Montant", "Amount")]),
        *_texts(words("Ce qui manque", "What is missing")),
    ]
    body = []
    for each in (cover_row(finding, words.lang) for finding in findings):
        style = "" if each.finding.granted else "quiet"
        answer = escape(each.answer)
        answer = f'<span class="yes">{answer}</span>' if each.finding.granted else answer
        cells = [*_texts(each.name), (answer, False), *_figures([each.amount]), *_texts(each.missing)]
        body.append(row(cells, style=style))
    caption = ""
    if findings:
        day = words.day(findings[0].on)
        caption = words(f"À quoi elle a droit le {day}", f"What she is covered for on {day}")
    each_alone = words(
        "Chaque droit est regardé comme si son événement commençait ce jour-là.",
        "Each right is looked at as if its event started that day.",
    )
    return table(head, body, caption=caption) + notes([each_alone, *cover_notes(findings, words.lang)])


def finding_html(finding: Finding, words: Words) -> str:
    """Return one answer in full: conditions, figures with how they are found, assumptions, texts."""
    lang = words.lang
    answer = cover_row(finding, lang).answer
    title = f"{finding.entitlement.name(lang)}{words.colon}{answer}"
    conditions = "".join(
        f"<li{'' if met else _LOOK}>{'✓' if met else '✗'} {escape(text)}</li>"
        for met, text in finding_reasons(finding, lang)
    )
    parts = [f"<ul>{conditions}</ul>"] if conditions else []
    rows = [
        row([*_texts(name), *_figures([text]), *_texts(how)])
        for name, text, how in finding_amounts(finding, lang)
    ]
    if rows:
        parts.append(table([], rows))
    missing = finding_missing(finding, lang)
    if missing:
        parts.append(f"<p>→ {escape(missing)}</p>")
    parts.append(
        notes(
            f"{words('hypothèse', 'assumption')}{words.colon}{each.text(lang)}"
            for each in finding.assumptions
        )
    )
    parts.append(_folded(words("Textes", "Texts"), notes(str(each) for each in finding.citations)))
    return section(f"{title}, {words.day(finding.on)}", "".join(parts))


_LOOK = ' class="look"'


def comparison_html(comparison: Comparison, words: Words) -> str:
    """Return statuses side by side: a column a status, then the lines of each, folded."""
    names = [side.status.name_in(words.lang) for side in comparison.sides]
    turnover, expenses = words.euros(comparison.turnover_cents), words.euros(comparison.expenses_cents)
    caption = words(
        f"Chiffre d'affaires {turnover}, dépenses {expenses}, {comparison.year}, en euros",
        f"Turnover {turnover}, expenses {expenses}, {comparison.year}, in euros",
    )
    body = [
        row([*_texts(each.label), *_figures(each.cells)], style="sum" if each.total else "")
        for each in comparison_rows(comparison, words.lang)
    ]
    lines = "".join(
        _folded(side.status.name_in(words.lang), notes(lines_of(side, words.lang)))
        for side in comparison.sides
    )
    return (
        table([("", False), *_figures(names)], body, style="wrapped", caption=caption)
        + notes(comparison_notes(comparison, words.lang))
        + lines
    )


def deadlines_html(deadlines: Deadlines, words: Words) -> str:
    """Return what falls due: the day, how many days are left, what, by which text."""
    on, until = deadlines.window.on, deadlines.window.until
    days = words(f"au {words.day(on)}", f"on {words.day(on)}")
    if until is not None:
        days = words(f"du {words.day(on)} au {words.day(until)}", f"{words.day(on)} to {words.day(until)}")
    if not deadlines:
        return f"<p>{escape(words(f'Aucune échéance {days}.', f'Nothing falls due, {days}.'))}</p>"
    several = len({each.person for each in deadlines}) > 1
    head = [
        *_texts(words("Jour", "Day")),
        *_figures([words("Reste", "Left")]),
        *(_texts(words("Personne", "Person")) if several else []),
        *_texts(words("Échéance", "Deadline"), words("Articles", "Articles")),
    ]
    body = [
        row(
            [
                *_texts(each.on.isoformat()),
                *_figures([words(f"{each.days} j", f"{each.days} d")]),
                *(_texts(each.name) if several else []),
                *_texts(f"{each.label} {each.mark}".rstrip(), each.texts),
            ],
            style="late" if each.days < 0 else "quiet" if each.alert else "",
        )
        for each in deadline_rows(deadlines, on, words.lang)
    ]
    return table(head, body, caption=words(f"Échéances, {days}", f"Deadlines, {days}"))


def path_html(pathway: Pathway, words: Words) -> str:
    """Return a path: where the person stands, and what happened."""
    head = _texts(
        words("Jour", "Day"),
        words("Événement", "Event"),
        words("Étape", "Stage"),
        words("Articles", "Articles"),
    )
    rows = path_rows(pathway, words.lang)
    body = [
        row(_texts(each.on.isoformat(), each.label + (" *" if each.notes else ""), each.stage, each.texts))
        for each in rows
    ]
    caption = f"{pathway.name} – {pathway.current.name(words.lang)}"
    return table(head, body, caption=caption) + notes(
        f"* {note}" for note in dict.fromkeys(note for each in rows for note in each.notes)
    )
