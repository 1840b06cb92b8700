"""Contribution bases explained: from pay and ceilings to date to the base of the month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from cae_core.explain.quantities import explain_quantity, month_and_before, quantity_name, unit_of
from cae_core.explain.reads import reads_of
from cae_core.explain.steps import Section, Step, cited, parameter_steps
from cae_core.explain.words import Words
from cae_core.payroll import Base, Payslip

__all__ = ["base_sections", "find_base"]


def find_base(slip: Payslip, name: str) -> Base | None:
    """Return a base of the month by its name, or None."""
    bases = (*slip.law.bases, *slip.law.cover_bases)
    return next((base for base in bases if base.name == name), None)


def base_sections(slip: Payslip, base: Base, words: Words) -> list[Section]:
    """Return how a base of the month was made."""
    from_sums, from_law = reads_of(slip).bases[base.name]
    sections = []
    for name in from_sums:
        month, before = month_and_before(slip, name)
        if name == "gross_pay" and not before:
            continue
        sections.append(
            Section(words.title(quantity_name(slip, name, words)), explain_quantity(slip, name, words))
        )
    due = slip.measured.bases[base.name]
    charged = due - _of_month(slip, base)
    steps = parameter_steps(words, slip.law, from_law)
    formula = _FORMULAS.get(base.name)
    cumul = (
        words("à ce jour du trimestre", "to date this quarter")
        if base.quarterly
        else words("à ce jour de l'année", "to date this year")
    )
    steps.append(
        Step(
            words(f"Assiette due {cumul}", f"Base due {cumul}")
            if charged
            else words("Assiette due", "Base due"),
            formula(slip, base, words) if formula else _plain(slip, from_sums, due, words),
        )
    )
    if charged:
        month = due - charged
        steps.append(
            Step(
                words("Assiette du mois", "Base of the month"),
                f"{words.amount(due)} − {_signed(words, charged)} "
                f"{words('déjà soumis', 'already charged')} = {words.amount(month)}",
            )
        )
    texts = cited(words, base.citations)
    title = (
        f"{words('Assiette', 'Base')}{words.colon}{words(base.french_name, base.english_name)} ({base.name})"
    )
    return [*sections, Section(title, (*steps, *((texts,) if texts else ())))]


def _of_month(slip: Payslip, base: Base) -> int:
    """The base of the month: what some line shows, else what the cumul of the month alone gives."""
    for line in slip.lines:
        if line.contribution.base == base.name and not line.contribution.is_amount:
            return line.base_cents
        if line.contribution.whole_base == base.name and line.whole_base_cents is not None:
            return line.whole_base_cents
    due: int = slip.measured.bases[base.name]
    return due


def _signed(words: Words, cents: int) -> str:
    return words.amount(cents) if cents >= 0 else f"({words.amount(cents)})"


def _plain(slip: Payslip, names: tuple[str, ...], due: int, words: Words) -> str:
    listed = ", ".join(
        f"{quantity_name(slip, name, words)} {unit_of(slip, name).write(slip.measured.sums[name], words)}"
        for name in names
    )
    return f"{words('à partir de', 'from')} {listed} → {words.amount(due)}"


def _pay(slip: Payslip, base: Base) -> int:
    """The pay that a base counts: gross pay, or what a variant puts in its place."""
    measured = slip.measured
    pay: int = measured.sums[base.counts] if base.counts in measured.sums else measured.bases[base.counts]
    return pay


def _ceiling(slip: Payslip, multiple: str = "") -> int:
    """The ceiling to date, times a multiple of the law."""
    ceiling: int = slip.measured.sums["ceiling"]
    return ceiling * slip.law.values[multiple] // 100 if multiple else ceiling


def _times(slip: Payslip, multiple: str, words: Words) -> str:
    """The multiplication of the ceiling, with its figures: ``4 × 4 005,00 = 16 020,00``."""
    times = words.number(Fraction(slip.law.values[multiple], 100), 2).rstrip("0").rstrip(",.")
    return f"{times} × {words.amount(_ceiling(slip))} = {words.amount(_ceiling(slip, multiple))}"


def _smaller(words: Words, a: int, b: int) -> str:
    both = f"{words.amount(a)} {words('et', 'and')} {words.amount(b)}"
    return words(
        f"la plus petite de {both} = {words.amount(min(a, b))}",
        f"the smaller of {both} = {words.amount(min(a, b))}",
    )


def _gross_pay(slip: Payslip, base: Base, words: Words) -> str:
    return f"{words('toute la rémunération', 'the whole pay')} = {words.amount(_pay(slip, base))}"


def _bracket_1(slip: Payslip, base: Base, words: Words) -> str:
    return _smaller(words, _pay(slip, base), _ceiling(slip))


def _bracket_2(slip: Payslip, base: Base, words: Words) -> str:
    limit = _ceiling(slip, "bracket_2_ceilings")
    upper, lower = min(_pay(slip, base), limit), min(_pay(slip, base), _ceiling(slip))
    return (
        f"{_times(slip, 'bracket_2_ceilings', words)}{words.then}"
        f"{_smaller(words, _pay(slip, base), limit)}{words.then}"
        f"{_smaller(words, _pay(slip, base), _ceiling(slip))}{words.then}"
        f"{words.amount(upper)} − {words.amount(lower)} = {words.amount(upper - lower)}"
    )


def _capped_pay(slip: Payslip, base: Base, words: Words) -> str:
    limit = _ceiling(slip, "capped_base_ceilings")
    return (
        f"{_times(slip, 'capped_base_ceilings', words)}{words.then}{_smaller(words, _pay(slip, base), limit)}"
    )


def _cet_pay(slip: Payslip, base: Base, words: Words) -> str:
    pay, ceiling = _pay(slip, base), _ceiling(slip)
    if pay <= ceiling:
        return words(
            f"rien, car {words.amount(pay)} ne dépasse pas le plafond de {words.amount(ceiling)} "
            f"= {words.amount(0)}",
            f"nothing, as {words.amount(pay)} does not exceed the ceiling of {words.amount(ceiling)} "
            f"= {words.amount(0)}",
        )
    limit = _ceiling(slip, "bracket_2_ceilings")
    exceeds = words(
        f"{words.amount(pay)} dépasse {words.amount(ceiling)} : tout est dû",
        f"{words.amount(pay)} exceeds {words.amount(ceiling)}: all of it is due",
    )
    return f"{exceeds}{words.then}{_smaller(words, pay, limit)}"


def _csg(slip: Payslip, base: Base, words: Words) -> str:
    pay, cover = _pay(slip, base), slip.measured.sums["employer_cover"]
    rate = words.percent(slip.law.values["csg_abatement_rate"])
    abatement = pay + cover - slip.measured.bases["csg_pay"]
    abated = words.amount(min(pay, _ceiling(slip, "csg_abatement_ceilings")))
    cut = f"{words('abattement', 'abatement')} {rate} × {abated} = {words.amount(abatement)}"
    added = words("de couverture patronale", "of employer cover")
    return (
        f"{cut}{words.then}{words.amount(pay)} − {words.amount(abatement)} + {words.amount(cover)} {added} "
        f"= {words.amount(pay - abatement + cover)}"
    )


def _employer_cover(slip: Payslip, base: Base, words: Words) -> str:
    return words.amount(slip.measured.sums["employer_cover"])


def _at_rate(threshold: str, reduced: bool) -> Callable[[Payslip, Base, Words], str]:
    """The whole pay falls on one side of the threshold, never a part of it."""

    def formula(slip: Payslip, base: Base, words: Words) -> str:
        pay = _pay(slip, base)
        if threshold not in slip.measured.sums:
            return _gross_pay(slip, base, words)
        limit, unit = slip.measured.sums[threshold], unit_of(slip, threshold)
        within = pay * unit.per_cent <= limit
        due = pay if within is reduced else 0
        verdict = words("ne dépasse pas", "does not exceed") if within else words("dépasse", "exceeds")
        return (
            f"{words.amount(pay)} {verdict} {words('le seuil de', 'the threshold of')} "
            f"{unit.write(limit, words)}{words.colon}{words('assiette', 'base')} = {words.amount(due)}"
        )

    return formula


#: How the French bases are made, in words; the base of a plugin lists the figures it was made from.
_FORMULAS: Mapping[str, Callable[[Payslip, Base, Words], str]] = {
    "gross_pay": _gross_pay,
    "bracket_1": _bracket_1,
    "bracket_2": _bracket_2,
    "capped_pay": _capped_pay,
    "cet_pay": _cet_pay,
    "health_reduced_pay": _at_rate("health_threshold", reduced=True),
    "health_full_pay": _at_rate("health_threshold", reduced=False),
    "family_reduced_pay": _at_rate("family_threshold", reduced=True),
    "family_full_pay": _at_rate("family_threshold", reduced=False),
    "csg_pay": _csg,
    "employer_cover": _employer_cover,
}
