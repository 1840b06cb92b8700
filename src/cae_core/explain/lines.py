"""One contribution explained: base, rates, amounts of both shares, and the texts of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cae_core.explain.bases import base_sections, find_base
from cae_core.explain.reads import status_of
from cae_core.explain.steps import Explanation, Section, Step, cited, parameter_step, rounded_product
from cae_core.explain.words import Words
from cae_core.money import apply_rate
from cae_core.payroll import Contribution, Payslip, PayslipLine

__all__ = ["explain_line"]

#: Where the facts of a rate come from.
_GIVEN: Mapping[str, tuple[str, str]] = {
    "workplace_accident_ppm": (
        "taux AT/MP notifié à l'établissement par la Carsat",
        "accident rate notified to the establishment by the Carsat",
    ),
    "mobility_ppm": ("taux du lieu de travail", "rate of the place of work"),
    "provident_employee_ppm": ("taux du contrat de prévoyance", "rate of the provident contract"),
    "provident_employer_ppm": ("taux du contrat de prévoyance", "rate of the provident contract"),
    "health_cover_employee_cents": ("montant du contrat de santé", "amount of the health contract"),
    "health_cover_employer_cents": ("montant du contrat de santé", "amount of the health contract"),
    "apprentice_ratio_ppm": ("part des alternants dans l'effectif", "share of apprentices in the headcount"),
}


def explain_line(slip: Payslip, line: PayslipLine, words: Words) -> Explanation:
    """Explain a contribution; one that is not due says why."""
    row = line.contribution
    sections: list[Section] = []
    owed = any(each.code == line.code for each in slip.lines)
    if not owed:
        sections.append(Section(words("Pas due", "Not due"), _why_not(slip, row, words)))
    elif row.is_amount:
        sections.append(Section(words("Montants", "Amounts"), _given_amounts(line, words)))
    else:
        base = find_base(slip, row.base)
        assert base is not None  # a row names a base that exists, which the ruleset checks
        sections += base_sections(slip, base, words)
        whole = find_base(slip, row.whole_base) if row.whole_base else None
        if whole is not None:
            sections += base_sections(slip, whole, words)
        for title, names, fact, scale, ppm, cents in (
            (words("Part salarié", "Employee share"), row.employee_rates, row.employee_fact,
             row.employee_scale, line.employee_ppm, line.employee_cents),
            (words("Part employeur", "Employer share"), row.employer_rates, row.employer_fact,
             row.employer_scale, line.employer_ppm, line.employer_cents),
        ):  # fmt: skip
            if ppm:
                rest = line.whole_base_cents if title == words("Part employeur", "Employer share") else None
                made = (
                    [Step(words("Montant", "Amount"), rounded_product(words, line.base_cents, ppm, cents))]
                    if rest is None
                    else _rest_of_whole(line, rest, words)
                )
                steps = [*_rate(slip, names, fact, scale, ppm, words), *made]
                sections.append(Section(title, steps))
    sections.append(Section(words("Fondement", "Legal ground"), _due(slip, row, words)))
    shares = [
        (words("part salarié", "employee share"), line.employee_cents),
        (words("part employeur", "employer share"), line.employer_cents),
    ]
    result = ", ".join(f"{label} {words.euros(cents)}" for label, cents in shares if cents or not owed)
    label = row.name(words.lang)
    return Explanation(
        name=row.code,
        title=f"{words.title(label)} ({row.code}) – {words.month(slip.month)}",
        result=words.title(result) if result else words("Montant nul", "Nothing this month"),
        sections=sections,
        notes=[words.assumption(sentence) for sentence in row.assumptions],
        words=words,
    )


def _rest_of_whole(line: PayslipLine, whole_cents: int, words: Words) -> list[Step]:
    """What the employer owes: twice the half of the whole, less the half on the employee's base."""
    ppm = line.employer_ppm
    half, own = apply_rate(whole_cents, ppm), apply_rate(line.base_cents, ppm)
    rest = f"2 × {words.amount(half)} − {words.amount(own)} = {words.amount(line.employer_cents)}"
    return [
        Step(
            words("Moitié de la cotisation entière", "Half of the whole"),
            rounded_product(words, whole_cents, ppm, half),
        ),
        Step(
            words("Moitié sur l'assiette du salarié", "Half on the employee's base"),
            rounded_product(words, line.base_cents, ppm, own),
        ),
        Step(words("Montant", "Amount"), rest),
    ]


def _said(slip: Payslip, fact: str, words: Words) -> str:
    """What a fact is called: one of the core, or one that a plugin declares."""
    specs = {spec.name: (spec.french_name, spec.english_name) for spec in slip.law.fact_specs}
    return words(*(_GIVEN.get(fact) or specs.get(fact) or (fact, fact)))


def _rate(
    slip: Payslip,
    names: Sequence[str],
    fact: str | None,
    scale: tuple[str, str] | None,
    ppm: int,
    words: Words,
) -> list[Step]:
    if fact:
        return [Step(words("Taux", "Rate"), f"{words.percent(ppm)}, {_said(slip, fact, words)}")]
    if not names and scale:
        parameter, by = scale
        given = (
            words.percent(getattr(slip.facts, by))
            if hasattr(slip.facts, by)
            else str(slip.facts.given.get(by, _default(slip, by)))
        )
        found = words(
            f"pour {_said(slip, by, words)} de {given} : {words.percent(ppm)}",
            f"for {_said(slip, by, words)} of {given}: {words.percent(ppm)}",
        )
        return [parameter_step(words, slip.law, parameter), Step(words("Taux", "Rate"), found)]
    steps = [parameter_step(words, slip.law, name) for name in names]
    if len(names) > 1:
        parts = " + ".join(words.percent(slip.law.snapshot.value(name)) for name in names)
        steps.append(Step(words("Taux", "Rate"), f"{parts} = {words.percent(ppm)}"))
    return steps


def _default(slip: Payslip, fact: str) -> int | None:
    return next((spec.default for spec in slip.law.fact_specs if spec.name == fact), None)


def _given_amounts(line: PayslipLine, words: Words) -> list[Step]:
    steps = []
    for label, fact, cents in (
        (words("Part salarié", "Employee share"), line.contribution.employee_fact, line.employee_cents),
        (words("Part employeur", "Employer share"), line.contribution.employer_fact, line.employer_cents),
    ):
        if fact:
            steps.append(Step(label, f"{words.amount(cents)}, {words(*_GIVEN.get(fact, (fact, fact)))}"))
    return steps


def _headcounts(slip: Payslip, row: Contribution, words: Words) -> list[Step]:
    steps = []
    for name, at_least in ((row.headcount_from, True), (row.headcount_below, False)):
        if name:
            threshold, step = slip.law.snapshot.value(name), parameter_step(words, slip.law, name)
            text = words(
                f"{'à partir de' if at_least else 'moins de'} {threshold} ; effectif {slip.facts.headcount}",
                f"{'from' if at_least else 'under'} {threshold} people; headcount {slip.facts.headcount}",
            )
            steps.append(Step(step.label, text, step.sources))
    return steps


def _due(slip: Payslip, row: Contribution, words: Words) -> list[Step]:
    steps = _headcounts(slip, row, words)
    if row.executive is not None:
        who = words(
            "les cadres" if row.executive else "les non-cadres", "executives" if row.executive else "others"
        )
        steps.append(Step(words("Réservée", "Only for"), who))
    texts = cited(words, [row.citation])
    if texts:
        steps.append(texts)
    codes = [f"DSN {row.dsn_code}"] if row.dsn_code else []
    codes += [f"CTP {code}" for code in row.urssaf_codes]
    if codes:
        steps.append(Step(words("Codes déclaratifs", "Declaration codes"), ", ".join(codes)))
    return steps


def _why_not(slip: Payslip, row: Contribution, words: Words) -> list[Step]:
    status, values = status_of(slip), slip.law.values
    if row.executive is not None and row.executive is not status.executive:
        return [
            Step(
                words("Statut", "Status"),
                words("elle dépend du statut de cadre", "it depends on executive status"),
            )
        ]
    if not row.applies_to(status, values):
        return _headcounts(slip, row, words)
    return [Step(words("Taux ou montant donné", "Rate or amount given"), words("nul", "zero"))]
