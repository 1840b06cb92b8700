"""The audit of a cooperative as one HTML page that needs nothing else."""

from __future__ import annotations

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
from cae_core.explain.html import escape, page, row, section, table
from cae_core.explain.problems import problem_text
from cae_core.explain.words import Words
from cae_core.france.partial_activity import Audit, AuditLine

__all__ = ["audit_html"]

_WORDS = frozenset({"number", "trade", "standing", "decision"})


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
        section(words("Délais de la demande", "Deadlines of the request"), _timetable(audit, lang)),
        section(words("Décisions", "Decisions"), _decisions(audit, words)),
        section(words("Totaux", "Totals"), _totals(audit, words)),
        *(section(words.title(words.month(month)), _people(audit, month, words)) for month in audit.months),
        section(words("Ce que le contrat ouvre ici", "What the contract gives here"), _rights(audit, words)),
        section(words("Choix et points ouverts", "Choices and open points"), _notes(audit, words)),
    ]
    if audit.problems:
        lines = [f'<li class="look">{escape(problem_text(problem, lang))}</li>' for problem in audit.problems]
        heading = words("Lignes non lues", "Rows not read")
        sections.insert(0, section(heading, f"<ul>{''.join(lines)}</ul>"))
    return page(title, lead, sections, lang)


def _timetable(audit: Audit, lang: str) -> str:
    rows = [row([(escape(name), False), (escape(day), True)]) for name, day in timetable_rows(audit, lang)]
    return table([], rows, style="narrow")


def _decisions(audit: Audit, words: Words) -> str:
    head = [(words("Décision", "Decision"), False), *((escape(words.month(m)), True) for m in audit.months)]
    rows = [
        row([(escape(name), False), *((str(count), True) for count in counts)])
        for name, counts in decision_rows(audit, words.lang)
    ]
    return table(head, rows, style="narrow")


def _totals(audit: Audit, words: Words) -> str:
    titles = audit_titles(words.lang)
    names = ("hours", "indemnity", "allowance", "cost", "levies")
    head = [
        (words("Mois", "Month"), False),
        (words("Personnes placées", "People placed"), True),
        *((escape(titles[name]), True) for name in names),
    ]
    rows = [
        row(
            [
                (escape(words.month(total.month)), False),
                (str(total.placed), True),
                *((words.amount(getattr(total, name)), True) for name in names),
            ]
        )
        for total in audit_totals(audit)
    ]
    return table(head, rows)


def _people(audit: Audit, month: Month, words: Words) -> str:
    titles = audit_titles(words.lang)
    head = [(escape(title), name not in _WORDS) for name, title in titles.items()]
    rows = [_person(line, words) for line in audit.of(month)]
    sums = {
        name: audit.total(month, f"{name}_cents") for name in ("indemnity", "allowance", "cost", "levies")
    }
    sums["hours"] = audit.total(month, "hours")
    foot = row(
        (
            words.amount(sums[name]) if name in sums else ("Total" if name == "number" else ""),
            name not in _WORDS,
        )
        for name in titles
    )
    return table(head, rows, foot)


def _person(line: AuditLine, words: Words) -> str:
    cells = {name: escape(text) for name, text in audit_cells(line, words.lang).items()}
    remarks = "".join(
        f'<li class="look">{escape(text)}</li>' if look else f"<li>{escape(text)}</li>"
        for look, text in line_remarks(line, words.lang)
    )
    style = "" if line.decision.placed or line.needs_review else "quiet"
    if remarks:
        style = f"{style} noted".strip()
    figures = row(((text, name not in _WORDS) for name, text in cells.items()), style=style)
    if not remarks:
        return figures
    # Under the figures, over the whole width: remarks are sentences.
    return f'{figures}<tr class="under"><td></td><td colspan="{len(cells) - 1}"><ul>{remarks}</ul></td></tr>'


def _rights(audit: Audit, words: Words) -> str:
    head = [
        ("", False),
        (words("Entrepreneurs salariés", "Salaried entrepreneurs"), True),
        (words("CAPE ou indépendant", "CAPE or self-employed"), True),
    ]
    rows = [
        row([(escape(what), False), (escape(here), True), (escape(there), True)])
        for what, here, there in rights_rows(audit, words.lang)
    ]
    return table(head, rows, style="narrow")


def _notes(audit: Audit, words: Words) -> str:
    lines = (f"<li>{escape(note)}</li>" for note in audit_notes(audit, words.lang))
    return f"<ul>{''.join(lines)}</ul>"
