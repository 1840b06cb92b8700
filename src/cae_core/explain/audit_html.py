"""The audit of a cooperative as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as escape_markup

from cae_core.calendar import Month
from cae_core.explain.audit_rows import (
    audit_cells,
    audit_notes,
    audit_titles,
    audit_totals,
    decision_rows,
    line_remarks,
    rights_rows,
    timetable_rows,
)
from cae_core.explain.problems import problem_text
from cae_core.explain.words import Words
from cae_core.france.partial_activity import Audit, AuditLine

__all__ = ["audit_html"]

_WORDS = frozenset({"number", "trade", "standing", "decision"})

_STYLE = """
:root { color-scheme: light; --ink: #1c2430; --soft: #5a6675; --line: #d9dee5; --mark: #9a3412; }
* { box-sizing: border-box; }
body { margin: 2.5rem auto; max-width: 84rem; padding: 0 1.5rem; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
p.lead { margin: 0 0 1.5rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .32rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line);
  position: sticky; top: 0; background: #fff; }
td.figure, th.figure { text-align: right; white-space: nowrap; }
thead th.figure { white-space: normal; }
tfoot td { font-weight: 600; border-top: 2px solid var(--line); border-bottom: 0; }
tbody tr.quiet td { color: var(--soft); }
tbody tr.noted td { border-bottom: 0; padding-bottom: 0; }
tr.under ul { margin: 0; padding-left: 1.1rem; color: var(--soft); font-size: .86rem; }
tr.under li.look, li.look { color: var(--mark); }
.narrow { width: auto; min-width: 34rem; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } thead th { position: static; } }
""".strip()


def _escape(text: str) -> str:
    """Return a text that cannot be taken for markup; it never stands in an attribute."""
    return escape_markup(text, quote=False)


def _row(cells: Iterable[tuple[str, bool]], tag: str = "td", style: str = "") -> str:
    inside = "".join(
        f'<{tag} class="figure">{text}</{tag}>' if figure else f"<{tag}>{text}</{tag}>"
        for text, figure in cells
    )
    return f'<tr class="{style}">{inside}</tr>' if style else f"<tr>{inside}</tr>"


def _table(head: Sequence[tuple[str, bool]], body: Iterable[str], foot: str = "", style: str = "") -> str:
    opening = f'<table class="{style}">' if style else "<table>"
    end = f"<tfoot>{foot}</tfoot>" if foot else ""
    top = f"<thead>{_row(head, 'th')}</thead>" if head else ""
    return f"{opening}{top}<tbody>{''.join(body)}</tbody>{end}</table>"


def audit_html(audit: Audit, lang: str = "fr") -> str:
    """Return the audit as a page: timetable, totals, people month by month, remarks and choices.

    The page holds its style, calls nothing from elsewhere, and prints.
    """
    words = Words(lang)
    title = words("Audit d'activité partielle", "Audit of partial activity")
    lead = words(
        f"{len({line.person.code for line in audit.lines})} personnes, placement le "
        f"{words.day(audit.settings.placed_on)}",
        f"{len({line.person.code for line in audit.lines})} people, placed on "
        f"{words.day(audit.settings.placed_on)}",
    )
    sections = [
        _section(words("Délais de la demande", "Deadlines of the request"), _timetable(audit, lang)),
        _section(words("Décisions", "Decisions"), _decisions(audit, words)),
        _section(words("Totaux", "Totals"), _totals(audit, words)),
        *(_section(words.title(words.month(month)), _people(audit, month, words)) for month in audit.months),
        _section(words("Ce que le contrat ouvre ici", "What the contract gives here"), _rights(audit, words)),
        _section(words("Choix et points ouverts", "Choices and open points"), _notes(audit, words)),
    ]
    if audit.problems:
        lines = [
            f'<li class="look">{_escape(problem_text(problem, lang))}</li>' for problem in audit.problems
        ]
        heading = words("Lignes non lues", "Rows not read")
        sections.insert(0, _section(heading, f"<ul>{''.join(lines)}</ul>"))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f'<h1>{_escape(title)}</h1>\n<p class="lead">{_escape(lead)}</p>\n'
        + "\n".join(sections)
        + "\n</body>\n</html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<section>\n<h2>{_escape(title)}</h2>\n{content}\n</section>"


def _timetable(audit: Audit, lang: str) -> str:
    rows = [_row([(_escape(name), False), (_escape(day), True)]) for name, day in timetable_rows(audit, lang)]
    return _table([], rows, style="narrow")


def _decisions(audit: Audit, words: Words) -> str:
    head = [(words("Décision", "Decision"), False), *((_escape(words.month(m)), True) for m in audit.months)]
    rows = [
        _row([(_escape(name), False), *((str(count), True) for count in counts)])
        for name, counts in decision_rows(audit, words.lang)
    ]
    return _table(head, rows, style="narrow")


def _totals(audit: Audit, words: Words) -> str:
    titles = audit_titles(words.lang)
    names = ("hours", "indemnity", "allowance", "cost", "levies")
    head = [
        (words("Mois", "Month"), False),
        (words("Personnes placées", "People placed"), True),
        *((_escape(titles[name]), True) for name in names),
    ]
    rows = [
        _row(
            [
                (_escape(words.month(total.month)), False),
                (str(total.placed), True),
                *((words.amount(getattr(total, name)), True) for name in names),
            ]
        )
        for total in audit_totals(audit)
    ]
    return _table(head, rows)


def _people(audit: Audit, month: Month, words: Words) -> str:
    titles = audit_titles(words.lang)
    head = [(_escape(title), name not in _WORDS) for name, title in titles.items()]
    rows = [_person(line, words) for line in audit.of(month)]
    sums = {
        name: audit.total(month, f"{name}_cents") for name in ("indemnity", "allowance", "cost", "levies")
    }
    sums["hours"] = audit.total(month, "hours")
    foot = _row(
        (
            words.amount(sums[name]) if name in sums else ("Total" if name == "number" else ""),
            name not in _WORDS,
        )
        for name in titles
    )
    return _table(head, rows, foot)


def _person(line: AuditLine, words: Words) -> str:
    cells = {name: _escape(text) for name, text in audit_cells(line, words.lang).items()}
    remarks = "".join(
        f'<li class="look">{_escape(text)}</li>' if look else f"<li>{_escape(text)}</li>"
        for look, text in line_remarks(line, words.lang)
    )
    style = "" if line.decision.placed or line.needs_review else "quiet"
    if remarks:
        style = f"{style} noted".strip()
    row = _row(((text, name not in _WORDS) for name, text in cells.items()), style=style)
    if not remarks:
        return row
    # Under the figures, over the whole width: remarks are sentences.
    return f'{row}<tr class="under"><td></td><td colspan="{len(cells) - 1}"><ul>{remarks}</ul></td></tr>'


def _rights(audit: Audit, words: Words) -> str:
    head = [
        ("", False),
        (words("Entrepreneurs salariés", "Salaried entrepreneurs"), True),
        (words("CAPE ou indépendant", "CAPE or self-employed"), True),
    ]
    rows = [
        _row([(_escape(what), False), (_escape(here), True), (_escape(there), True)])
        for what, here, there in rights_rows(audit, words.lang)
    ]
    return _table(head, rows, style="narrow")


def _notes(audit: Audit, words: Words) -> str:
    lines = (f"<li>{_escape(note)}</li>" for note in audit_notes(audit, words.lang))
    return f"<ul>{''.join(lines)}</ul>"
