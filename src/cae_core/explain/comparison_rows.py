"""What changed, for a reader: between the laws of two months, or in a total of two payslips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from cae_core.explain.totals import TOTAL_LABELS
from cae_core.explain.words import Words
from cae_core.law import DatedValue
from cae_core.money import format_decimal
from cae_core.payroll import HoursPolicy, PayFacts
from cae_core.payroll.causes import Cause
from cae_core.payroll.compare import (
    Change,
    ContributionChange,
    EffectReason,
    LawComparison,
    ParameterChange,
    PayslipComparison,
    ReductionChange,
)
from cae_core.payroll.month_law import MonthLaw

__all__ = [
    "EffectRow",
    "LineChangeRow",
    "ValueChangeRow",
    "effect_rows",
    "line_change_rows",
    "value_change_rows",
]

_NOTHING = "–"

#: What a fact is called; another one is called by its field.
_FACTS: Mapping[str, tuple[str, str]] = {
    "executive": ("cadre", "executive"),
    "headcount": ("effectif", "headcount"),
    "workplace_accident_ppm": ("taux AT/MP", "workplace accident rate"),
    "mobility_ppm": ("taux du versement mobilité", "mobility rate"),
    "health_cover_employee_cents": ("complémentaire santé, part salarié", "health cover, employee share"),
    "health_cover_employer_cents": ("complémentaire santé, part employeur", "health cover, employer share"),
    "provident_employee_ppm": ("prévoyance, taux salarié", "provident cover, employee rate"),
    "provident_employer_ppm": ("prévoyance, taux employeur", "provident cover, employer rate"),
    "apprentice_ratio_ppm": ("part d'alternants", "share of apprentices"),
    "hours_policy": ("heures de référence", "reference hours"),
    "contract_hours_hundredths": ("heures du contrat", "hours of the contract"),
    "employed_days": ("jours d'emploi", "days employed"),
    "affected_pay_cents": ("rémunération réduite par l'absence", "pay reduced by the absence"),
    "affected_pay_due_cents": ("rémunération due sans l'absence", "pay due without the absence"),
    "withholding_ppm": ("taux d'impôt", "rate of tax"),
    "regularisation": ("régularisation", "regularisation"),
    "last_month": ("dernier mois", "last month"),
}


@attrs.frozen(kw_only=True)
class ValueChangeRow:
    """A parameter whose value differs.

    Attributes:
        before, after: the values; of a scale, how many brackets and the first that differs.
        text: the text that makes the difference, and where to read it.
        published_on: its publication, where the table says it, or empty.
    """

    name: str
    french_name: str
    before: str
    after: str
    text: str
    url: str
    published_on: str
    needs_review: bool


@attrs.frozen(kw_only=True)
class LineChangeRow:
    """A line or a reduction that the law changes; lines whose base changes for one reason share a row.

    Attributes:
        codes: the codes of the lines.
        labels: their names, in the same order.
        what: what changes, and the values behind a base or a coefficient.
        before, after: the rates, or the formulas; empty for a base.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    what: str
    before: str
    after: str


@attrs.frozen(kw_only=True)
class EffectRow:
    """One item of the difference of a total, with its reasons in words."""

    name: str
    label: str
    amount: str
    reasons: tuple[str, ...]


def value_change_rows(comparison: LawComparison, lang: str = "fr") -> Iterator[ValueChangeRow]:
    """Iterate over the parameters that differ between two months, by family."""
    words = Words(lang)
    for change in comparison.parameters:
        row = change.deciding
        before, after = _short(change, words)
        yield ValueChangeRow(
            name=change.name,
            french_name=change.parameter.french_name,
            before=before,
            after=after,
            text=row.citation.text,
            url=row.citation.url,
            published_on="" if row.published_on is None else row.published_on.isoformat(),
            needs_review=row.needs_review,
        )


def _short(change: ParameterChange, words: Words) -> tuple[str, str]:
    scales = [row.value for row in (change.before, change.after) if row and isinstance(row.value, tuple)]
    if not scales:
        before, after = change.format(words.lang)
        return before or _NOTHING, after or _ended(change.after, words)
    differing = [
        rank for rank in range(max(map(len, scales))) if len({scale[rank : rank + 1] for scale in scales}) > 1
    ]

    def told(row: DatedValue | None) -> str:
        if row is None or not isinstance(row.value, tuple):
            return _ended(row, words)
        count = words(f"{len(row.value)} tranches", f"{len(row.value)} brackets")
        shown = row.value[differing[0] :][:1] if differing else ()
        first = change.parameter.measure.format(shown, words.lang) if shown else ""
        return f"{count}\n{first}".strip()

    return told(change.before), told(change.after)


def _ended(row: DatedValue | None, words: Words) -> str:
    return words("abrogé", "repealed") if row and row.repealed else _NOTHING


def line_change_rows(comparison: LawComparison, lang: str = "fr") -> Iterator[LineChangeRow]:
    """Iterate over what changes for the lines and the reductions between two months.

    Lines that appear or disappear come first, then rates and populations, bases, and reductions.
    """
    words = Words(lang)
    changes = comparison.contributions
    for wanted in (Change.APPEARS, Change.DISAPPEARS, Change.RATES, Change.POPULATION):
        for change in changes:
            if wanted in change.changes:
                yield from _of_line(change, wanted, comparison, words)
    shared: dict[str, list[ContributionChange]] = {}
    for change in changes:
        if Change.BASE in change.changes:
            why = _behind(change.parameters[Change.BASE], words)
            shared.setdefault(why, []).append(change)
    for why, lines in shared.items():
        what = words("assiette", "base") + (f"{words.colon}{why}" if why else "")
        codes, labels = tuple(each.code for each in lines), tuple(each.name(lang) for each in lines)
        yield LineChangeRow(codes=codes, labels=labels, what=what, before="", after="")
    for reduction in comparison.reductions:
        yield _of_reduction(reduction, words)


def _of_line(
    change: ContributionChange, wanted: Change, comparison: LawComparison, words: Words
) -> Iterator[LineChangeRow]:
    was, now = _rates(change.code, comparison.before, words), _rates(change.code, comparison.after, words)
    if wanted is Change.RATES:
        moved = [(share, was.get(share, ""), now.get(share, "")) for share in dict.fromkeys((*was, *now))]
        found = [
            (f"{words('taux', 'rate')}, {share}", *rates) for share, *rates in moved if rates[0] != rates[1]
        ]
        found = found or [(words("taux", "rates"), "", "")]
    elif wanted is Change.POPULATION:
        why = _behind(change.parameters[wanted], words)
        found = [(words("population", "population") + (f"{words.colon}{why}" if why else ""), "", "")]
    else:
        what = words("apparaît", "appears") if wanted is Change.APPEARS else words("disparaît", "disappears")
        found = [(what, *(" + ".join(rates.values()) or _NOTHING for rates in (was, now)))]
    for what, before, after in found:
        yield LineChangeRow(
            codes=(change.code,), labels=(change.name(words.lang),), what=what, before=before, after=after
        )


def _rates(code: str, law: MonthLaw, words: Words) -> dict[str, str]:
    """The rates of a line under a law, by share; a share without a rate of the law is left out."""
    row = law.contributions.get(code)
    if row is None:
        return {}
    shares = (
        (words("part salarié", "employee share"), row.employee_rates),
        (words("part employeur", "employer share"), row.employer_rates),
    )
    found = {
        share: words.percent(sum(law.values[name] for name in names)) for share, names in shares if names
    }
    for (share, _), scale in zip(shares, (row.employee_scale, row.employer_scale), strict=True):
        if scale:
            brackets = len(law.snapshot.scale(scale[0]))
            found[share] = words(f"{brackets} tranches", f"{brackets} brackets")
    return found


def _of_reduction(change: ReductionChange, words: Words) -> LineChangeRow:
    if change.change is Change.VALUE:
        what = f"{words('valeurs', 'values')}{words.colon}{_behind(change.parameters, words)}"
        before = after = ""
    else:
        what = {
            Change.APPEARS: words("apparaît", "appears"),
            Change.DISAPPEARS: words("disparaît", "disappears"),
        }.get(change.change, words("formule", "formula"))
        before, after = (row.name(words.lang) if row else _NOTHING for row in (change.before, change.after))
    return LineChangeRow(
        codes=(change.code,), labels=(change.name(words.lang),), what=what, before=before, after=after
    )


def _behind(parameters: Iterable[ParameterChange], words: Words) -> str:
    return words.then.join(each.parameter.french_name for each in parameters)


def effect_rows(comparison: PayslipComparison, total: str, lang: str = "fr") -> Iterator[EffectRow]:
    """Iterate over what makes the difference of a total of two payslips, each with its reasons.

    Raises:
        UnknownNameError: no total has this name.
    """
    words = Words(lang)
    for effect in comparison.explains(total):
        label = effect.difference.name(lang) if effect.difference else words(*TOTAL_LABELS[effect.name])
        yield EffectRow(
            name=effect.name,
            label=label,
            amount=words.amount(effect.cents),
            reasons=tuple(_because(reason, comparison, words) for reason in effect.reasons),
        )


def _because(reason: EffectReason, comparison: PayslipComparison, words: Words) -> str:
    before, after = comparison.before, comparison.after
    if reason.cause is Cause.PAY:
        was, now = words.euros(before.gross_pay_cents), words.euros(after.gross_pay_cents)
        return f"{words('rémunération', 'pay')}{words.colon}{was} → {now}"
    if reason.cause is Cause.YEAR_TO_DATE:
        return words("cumul de l'année", "year to date")
    if reason.cause is Cause.FACTS:
        label = words(*_FACTS.get(reason.fact, (reason.fact, reason.fact)))
        was, now = (_fact(slip.facts, reason.fact, words) for slip in (before, after))
        return f"{label}{words.colon}{was} → {now}"
    if reason.parameter is None:
        return words("règle ou durée du mois", "rule or length of the month")
    was, now = (each.replace("\n", ", ") for each in _short(reason.parameter, words))
    citation = reason.parameter.deciding.citation
    return f"{reason.parameter.parameter.french_name}{words.colon}{was} → {now} ({citation})"


def _fact(facts: PayFacts, name: str, words: Words) -> str:
    value = getattr(facts, name)
    if isinstance(value, HoursPolicy):
        return words(value.french_name, value.value)
    if isinstance(value, bool):
        return words("oui", "yes") if value else words("non", "no")
    if value is None:
        return (
            words("taux neutre", "neutral rate")
            if name == "withholding_ppm"
            else words("mois entier", "whole month")
        )
    if name.endswith("_cents"):
        return words.euros(value)
    if name.endswith("_ppm"):
        return words.percent(value)
    if name.endswith("_hundredths"):
        return f"{format_decimal(value, 2, words.lang)} h"
    return words.number(value, 0)
