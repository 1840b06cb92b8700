"""One amount of a payslip explained down to its articles: a line, a reduction, a base or a total."""

from __future__ import annotations

from cae_core.errors import UnknownNameError
from cae_core.explain.bases import base_sections, find_base
from cae_core.explain.lines import explain_line
from cae_core.explain.quantities import (
    explain_quantity,
    find_quantity,
    month_and_before,
    quantity_name,
    unit_of,
)
from cae_core.explain.reductions import reduction_sections
from cae_core.explain.slip_rows import ordered_lines
from cae_core.explain.steps import Explanation, Section
from cae_core.explain.totals import TOTAL_LABELS, explain_total, lines_under, total_amount
from cae_core.explain.words import Words
from cae_core.payroll import Base, Payslip

__all__ = ["explain_amount", "explainable_amounts"]


def explainable_amounts(slip: Payslip, lang: str = "fr") -> tuple[tuple[str, str, str], ...]:
    """Return what can be explained on a slip: name, label and amount, in the order of the slip."""
    words = Words(lang)
    rows = []
    for line in ordered_lines(slip):
        shares = [words.amount(cents) for cents in (line.employee_cents, line.employer_cents) if cents]
        rows.append((line.code, line.contribution.name(lang), " + ".join(shares) or words.amount(0)))
    for reduction in slip.reductions:
        rows.append((reduction.code, reduction.reduction.name(lang), words.amount(reduction.amount_cents)))
    for heading in slip.law.headings:
        lines = lines_under(slip, heading.code)
        if lines and heading.code not in slip.law.contributions:
            cents = sum(line.employee_cents + line.employer_cents for line in lines)
            rows.append((heading.code, heading.name(lang), words.amount(cents)))
    named = {name for name, *_ in rows}
    for name, labels in TOTAL_LABELS.items():
        if name not in named and name not in _not_counted(slip):
            rows.append((name, words(*labels), total_amount(slip, name, words)))
            named.add(name)
    for base in (*slip.law.bases, *slip.law.cover_bases):
        if base.name not in named:
            due = slip.measured.bases[base.name]
            rows.append((base.name, words(base.french_name, base.english_name), words.amount(due)))
            named.add(base.name)
    for quantity in slip.law.quantities:
        if quantity.name not in named:
            value = unit_of(slip, quantity.name).write(slip.measured.sums[quantity.name], words)
            rows.append((quantity.name, quantity_name(slip, quantity.name, words), value))
    return tuple(rows)


def explain_amount(slip: Payslip, name: str, lang: str = "fr") -> Explanation:
    """Explain one amount of a payslip, step by step, with figures.

    Args:
        slip: the payslip.
        name: a line, a reduction, a heading, a total, a base or a cumulated quantity of the month, by its
            code (see :func:`explainable_amounts`).
        lang: ``"fr"`` or ``"en"``.

    Raises:
        UnknownNameError: nothing on a payslip of that month has this name; the message suggests close ones.
    """
    words = Words(lang)
    if name in TOTAL_LABELS and name not in ("reductions", *_not_counted(slip)):
        return explain_total(slip, name, words)
    if name in slip.law.contributions:
        return explain_line(slip, slip.line(name), words)
    for reduction in slip.reductions:
        if reduction.code == name:
            return Explanation(
                name=name,
                title=_title(reduction.reduction.name(lang), name, slip, words),
                result=words("Allègement", "Reduction") + words.colon + words.euros(reduction.amount_cents),
                sections=reduction_sections(slip, reduction, words),
                notes=[words.assumption(sentence) for sentence in reduction.reduction.assumptions],
                words=words,
            )
    base = find_base(slip, name)
    if base is not None:
        return Explanation(
            name=name,
            title=_title(words(base.french_name, base.english_name), name, slip, words),
            result=f"{_to_date(base, words)}{words.colon}{words.euros(slip.measured.bases[name])}",
            sections=base_sections(slip, base, words),
            words=words,
        )
    if find_quantity(slip, name) is not None:
        month, _ = month_and_before(slip, name)
        return Explanation(
            name=name,
            title=_title(quantity_name(slip, name, words), name, slip, words),
            result=f"{words('Ce mois', 'This month')}{words.colon}{unit_of(slip, name).write(month, words)}",
            sections=[Section(words("Calcul", "Computation"), explain_quantity(slip, name, words))],
            words=words,
        )
    if name == "reductions" or any(heading.code == name for heading in slip.law.headings):
        return explain_total(slip, name, words)
    raise UnknownNameError("amount", name, [known for known, *_ in explainable_amounts(slip)])


def _to_date(base: Base, words: Words) -> str:
    if base.quarterly:
        return words("À ce jour du trimestre", "To date this quarter")
    return words("À ce jour de l’année", "To date this year")


def _not_counted(slip: Payslip) -> tuple[str, ...]:
    """The totals that the law of the slip does not know: reference hours, where no rule counts them."""
    return () if slip.reference_hours_hundredths is not None else ("reference_hours",)


def _title(label: str, name: str, slip: Payslip, words: Words) -> str:
    return f"{words.title(label)} ({name}) – {words.month(slip.month)}"
