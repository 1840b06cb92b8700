"""What a person is covered for, as rows to show and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from cae_core.explain.words import Words
from cae_core.protection import Amount, Finding, format_quantity
from cae_core.reasons import Reason

__all__ = [
    "CoverRow",
    "cover_notes",
    "cover_row",
    "finding_amounts",
    "finding_dict",
    "finding_lines",
    "finding_missing",
    "finding_reasons",
]


@attrs.frozen(kw_only=True)
class CoverRow:
    """One right in a table.

    Attributes:
        code: the code of the right.
        name: what it is called.
        answer: yes, no, or to be seen.
        amount: its first figure, with its unit.
        missing: what is missing to have it, or which fact would decide.
        finding: the whole answer.
    """

    code: str
    name: str
    answer: str
    amount: str
    missing: str
    finding: Finding


def answer(granted: bool | None, words: Words) -> str:
    """Return yes, no, or "to be seen"."""
    if granted is None:
        return words("à voir", "open")
    return words("oui", "yes") if granted else words("non", "no")


def cover_row(finding: Finding, lang: str = "fr") -> CoverRow:
    """Return the row of one answer."""
    words = Words(lang)
    amount = finding.amounts[0].text(lang) if finding.amounts and finding.granted is not False else ""
    return CoverRow(
        code=finding.code,
        name=finding.entitlement.name(lang),
        answer=answer(finding.granted, words) + (" *" if finding.needs_review else ""),
        amount=amount,
        missing=_missing(finding, words),
        finding=finding,
    )


def _missing(finding: Finding, words: Words) -> str:
    if finding.nearest is not None:
        return finding.nearest.text(words.lang)
    if finding.granted is None and finding.missing_facts:
        return words("à préciser : ", "to be said: ") + _facts(finding.missing_facts, words)
    if finding.granted is False and finding.objections:
        return finding.objections[0].french if words.lang == "fr" else finding.objections[0].english
    return ""


#: What a missing fact is called; the others are named by their identifier.
_FACTS = {
    "hours": ("les heures", "the hours"),
    "discontinuous": ("si l'activité est discontinue", "whether work is discontinuous"),
    "affiliated_on": ("le début d'affiliation", "since when she is insured"),
    "entered_on": ("l'entrée dans la coopérative", "the day of entry in the cooperative"),
    "born_on": ("le jour de la naissance", "the day of birth of the child"),
    "unemployment_benefit": ("le droit au chômage", "the right to unemployment benefit"),
    "daily_benefits": ("le droit aux indemnités journalières", "the right to daily benefits"),
    "yearly_pay_cents": ("les paies de la carrière", "the pay of the career"),
    "points_before_hundredths": ("les points de l'année d'avant", "the points of the year before"),
    "child": ("l'âge de l'enfant", "the age of the child"),
    "no_telework": ("si le télétravail est possible", "whether she can work from home"),
    "Ending.kind": ("la manière dont le contrat finit", "how the contract ends"),
    "Person.born_on": ("sa date de naissance", "her day of birth"),
    "one_parent": ("l'arrêt de l'autre parent", "whether the other parent is stopped"),
}


def _facts(facts: Iterable[str], words: Words) -> str:
    months, others = [], []
    for fact in facts:
        if fact.startswith("pay of "):
            months.append(fact.removeprefix("pay of "))
        else:
            others.append(words(*_FACTS.get(fact, (fact, fact))))
    if months:
        span = months[0] if len(months) == 1 else f"{months[0]} … {months[-1]}"
        others.insert(0, words(f"la paie de {span}", f"the pay of {span}"))
    return ", ".join(others)


def cover_notes(findings: Iterable[Finding], lang: str = "fr") -> Iterator[str]:
    """Iterate over what stands under a table of answers: what was assumed, what is to be reviewed."""
    words, findings = Words(lang), tuple(findings)
    if any(finding.needs_review for finding in findings):
        yield words(
            "* : un texte n'a pas été relu, ou aucun ne tranche une condition.",
            "*: a text was not read, or none settles a condition.",
        )
    if any(finding.assumed for finding in findings):
        yield words(
            "Hypothèse : droit reconduit sans changement.", "Assumption: law carried forward unchanged."
        )


def finding_reasons(finding: Finding, lang: str = "fr") -> Iterator[tuple[bool, str]]:
    """Iterate over the conditions: whether it is met, and the sentence with its texts."""
    words = Words(lang)
    for reason in finding.reasons:
        yield reason.met, reason.text(lang) + _mark(reason, words)


def finding_amounts(finding: Finding, lang: str = "fr") -> Iterator[tuple[str, str, str]]:
    """Iterate over the figures: what it is, the figure, how it is found."""
    for amount in finding.amounts:
        yield amount.name(lang), amount.text(lang), amount.how(lang)


def finding_missing(finding: Finding, lang: str = "fr") -> str:
    """Return what is missing to have the right, or which fact would decide; nothing where it is granted."""
    return "" if finding.granted is True else _missing(finding, Words(lang))


def finding_lines(finding: Finding, lang: str = "fr") -> Iterator[str]:
    """Iterate over the whole answer in words: conditions, figures, texts, what was assumed."""
    words = Words(lang)
    yield f"{finding.entitlement.name(lang)}{words.colon}{answer(finding.granted, words)}"
    for met, text in finding_reasons(finding, lang):
        yield f"  {'✓' if met else '✗'} {text}"
    for name, text, how in finding_amounts(finding, lang):
        yield f"  {name}{words.colon}{text}" + (f"  = {how}" if how else "")
    missing = finding_missing(finding, lang)
    if missing:
        yield f"  → {missing}"
    for assumption in finding.assumptions:
        yield f"  – {words('hypothèse', 'assumption')}{words.colon}{assumption.text(lang)}"
    for citation in finding.citations:
        yield f"  § {citation}"


def _mark(reason: Reason, words: Words) -> str:
    return words(" [à vérifier]", " [to review]") if reason.needs_review else ""


def finding_dict(finding: Finding, lang: str = "fr") -> dict[str, Any]:
    """Return an answer as plain data; amounts in whole numbers of their unit, as in the library."""
    nearest = finding.nearest
    return {
        "code": finding.code,
        "name": finding.entitlement.name(lang),
        "family": finding.entitlement.family,
        "on": finding.on.isoformat(),
        "granted": finding.granted,
        "amounts": [_amount(amount, lang) for amount in finding.amounts],
        "reasons": [_reason(reason, lang) for reason in finding.reasons],
        "nearest": None
        if nearest is None
        else {
            "code": nearest.code,
            "missing": nearest.missing,
            "unit": nearest.unit,
            "by": nearest.by_on.isoformat() if nearest.by_on else None,
            "text": nearest.text(lang),
        },
        "missing_facts": list(finding.missing_facts),
        "assumptions": [{"code": each.code, "text": each.text(lang)} for each in finding.assumptions],
        "citations": [citation.text for citation in finding.citations],
        "needs_review": finding.needs_review,
        "assumed": finding.assumed,
    }


def _amount(amount: Amount, lang: str) -> dict[str, Any]:
    return {
        "code": amount.code,
        "name": amount.name(lang),
        "value": amount.value,
        "unit": amount.unit,
        "per": amount.per or None,
        "text": amount.text(lang),
        "how": amount.how(lang) or None,
    }


def _reason(reason: Reason, lang: str) -> dict[str, Any]:
    return {
        "code": reason.code,
        "met": reason.met,
        "text": reason.french if lang == "fr" else reason.english,
        "found": reason.found,
        "wanted": reason.wanted,
        "missing": reason.missing,
        "unit": reason.unit or None,
        "missing_text": format_quantity(reason.missing, reason.unit, lang) if reason.missing else None,
        "citations": [citation.text for citation in reason.citations],
        "needs_review": reason.needs_review,
    }
