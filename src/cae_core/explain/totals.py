"""The totals of a payslip explained: each is the sum or the difference of lines that are on the slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cae_core.explain.quantities import explain_quantity
from cae_core.explain.reads import tax_reads
from cae_core.explain.slip_rows import hours_policy_name, ordered_lines
from cae_core.explain.steps import (
    Explanation,
    Section,
    Step,
    cited,
    dated_text,
    parameter_steps,
    rounded_product,
)
from cae_core.explain.words import Words
from cae_core.money import format_decimal
from cae_core.payroll import Payslip, PayslipLine

__all__ = ["TOTAL_LABELS", "explain_total", "lines_under", "total_amount"]

#: The totals that can be explained, in French and in English.
TOTAL_LABELS: Mapping[str, tuple[str, str]] = {
    "gross_pay": ("rémunération brute", "gross pay"),
    "employee_contributions": ("cotisations salariales", "employee contributions"),
    "employer_contributions": (
        "cotisations patronales, avant allègements",
        "employer contributions, before reductions",
    ),
    "reductions": ("allègements de cotisations", "reductions of contributions"),
    "total_contributions": ("total des cotisations et contributions", "total of contributions"),
    "net_social_amount": ("montant net social", "net social amount"),
    "net_before_tax": ("net à payer avant impôt", "net pay before tax"),
    "taxable_net": ("net imposable", "taxable net"),
    "withholding": ("impôt prélevé à la source", "income tax withheld"),
    "net_paid": ("net payé", "net paid"),
    "employer_cost": ("total versé par l'employeur", "total paid by the employer"),
    "reference_hours": ("heures de référence", "reference hours"),
}


def lines_under(slip: Payslip, heading: str) -> list[PayslipLine]:
    """Return the lines under a heading that charge something."""
    return [line for line in ordered_lines(slip) if line.contribution.heading == heading]


def total_amount(slip: Payslip, name: str, words: Words) -> str:
    """Return a total as it is written; the total of contributions has both shares."""
    if name == "reference_hours":
        return f"{format_decimal(slip.reference_hours_hundredths or 0, 2, words.lang)} h"
    if name == "total_contributions":
        employer = slip.employer_contributions_cents - slip.reductions_cents
        return f"{words.amount(slip.employee_contributions_cents)} + {words.amount(employer)}"
    return words.amount(getattr(slip, f"{name}_cents"))


def explain_total(slip: Payslip, name: str, words: Words) -> Explanation:
    """Explain a total, or what a heading of the payslip adds up to."""
    label = words(*TOTAL_LABELS[name]) if name in TOTAL_LABELS else ""
    make = _MAKERS.get(name)
    if make is not None:
        steps, result = make(slip, words), total_amount(slip, name, words)
    elif name == "reductions":
        steps, result = _reductions(slip, words), words.amount(slip.reductions_cents)
    else:
        heading = next(heading for heading in slip.law.headings if heading.code == name)
        label = heading.name(words.lang)
        lines = lines_under(slip, name)
        steps = _sum(lines, "employer_cents", words("part employeur", "employer share"), words)
        if any(line.employee_cents for line in lines):
            steps = [
                *_sum(lines, "employee_cents", words("part salarié", "employee share"), words),
                *steps,
            ]
        result = words.amount(sum(line.employee_cents + line.employer_cents for line in lines))
    return Explanation(
        name=name,
        title=f"{words.title(label)} ({name}) – {words.month(slip.month)}",
        result=f"{words('Montant', 'Amount')}{words.colon}{result}",
        sections=[Section(words("Calcul", "Computation"), steps)],
        words=words,
    )


def _sum(lines: Sequence[PayslipLine], share: str, label: str, words: Words) -> list[Step]:
    """One step a line, then their sum."""
    owed = [line for line in lines if getattr(line, share)]
    steps = [
        Step(f"{line.contribution.name(words.lang)} ({line.code})", words.amount(getattr(line, share)))
        for line in owed
    ]
    cents = [getattr(line, share) for line in owed]
    added = " + ".join(words.amount(each) for each in cents) or words.amount(0)
    return [
        *steps,
        Step(f"{words('Total', 'Total')}, {label}", f"{added} = {words.amount(sum(cents))}"),
    ]


def _gross_pay(slip: Payslip, words: Words) -> list[Step]:
    given = words("donnée par l'appelant", "given by the caller")
    return [
        Step(
            words("Rémunération brute du mois", "Gross pay of the month"),
            f"{words.amount(slip.gross_pay_cents)}, {given}",
        )
    ]


def _employee(slip: Payslip, words: Words) -> list[Step]:
    return _sum(ordered_lines(slip), "employee_cents", words("part salarié", "employee share"), words)


def _employer(slip: Payslip, words: Words) -> list[Step]:
    return _sum(ordered_lines(slip), "employer_cents", words("part employeur", "employer share"), words)


def _reductions(slip: Payslip, words: Words) -> list[Step]:
    steps = [
        Step(f"{line.reduction.name(words.lang)} ({line.code})", words.amount(line.amount_cents))
        for line in slip.reductions
    ]
    total = words("Total des allègements", "Total of reductions")
    return [*steps, Step(total, words.amount(slip.reductions_cents))]


def _total_contributions(slip: Payslip, words: Words) -> list[Step]:
    net = slip.employer_contributions_cents - slip.reductions_cents
    return [
        *_employee(slip, words),
        *_employer(slip, words),
        Step(
            words("Part employeur, allègements déduits", "Employer share, net of reductions"),
            f"{words.amount(slip.employer_contributions_cents)} − {words.amount(slip.reductions_cents)} "
            f"= {words.amount(net)}",
        ),
    ]


def _cost(slip: Payslip, words: Words) -> list[Step]:
    text = (
        f"{words.amount(slip.gross_pay_cents)} + {words.amount(slip.employer_contributions_cents)} "
        f"− {words.amount(slip.reductions_cents)} = {words.amount(slip.employer_cost_cents)}"
    )
    label = words(
        "Brut + cotisations patronales − allègements", "Gross + employer contributions − reductions"
    )
    return [*_employer(slip, words), *_reductions(slip, words), Step(label, text)]


def _net_before_tax(slip: Payslip, words: Words) -> list[Step]:
    text = (
        f"{words.amount(slip.gross_pay_cents)} − {words.amount(slip.employee_contributions_cents)} "
        f"= {words.amount(slip.net_before_tax_cents)}"
    )
    label = words("Brut − cotisations salariales", "Gross − employee contributions")
    return [*_employee(slip, words), Step(label, text)]


def _net_social(slip: Payslip, words: Words) -> list[Step]:
    text = (
        f"{words.amount(slip.gross_pay_cents)} − {words.amount(slip.employee_contributions_cents)} "
        f"= {words.amount(slip.net_social_amount_cents)}"
    )
    label = words(
        "Brut − toutes les cotisations salariales obligatoires, CSG-CRDS et part salariale de la couverture "
        "collective comprises",
        "Gross − all mandatory employee contributions, CSG-CRDS and the employee share of collective cover "
        "included",
    )
    return [*_employee(slip, words), Step(label, text)]


def _taxable_net(slip: Payslip, words: Words) -> list[Step]:
    steps = [*_net_before_tax(slip, words)]
    added = []
    for line in ordered_lines(slip):
        row = line.contribution
        for adds, cents, share in (
            (row.employee_share_taxable, line.employee_cents, words("part salarié", "employee share")),
            (row.employer_share_taxable, line.employer_cents, words("part employeur", "employer share")),
        ):
            if adds and cents:
                added.append(cents)
                steps.append(
                    Step(f"+ {row.name(words.lang)}, {share}", words.amount(cents), (str(row.citation),))
                )
    sums = " + ".join(words.amount(cents) for cents in (slip.net_before_tax_cents, *added))
    steps.append(
        Step(words("Net imposable", "Taxable net"), f"{sums} = {words.amount(slip.taxable_net_cents)}")
    )
    return steps


def _withholding(slip: Payslip, words: Words) -> list[Step]:
    taxable = max(slip.taxable_net_cents, 0)
    steps = [Step(words("Net imposable", "Taxable net"), words.amount(slip.taxable_net_cents))]
    withholding = slip.law.withholding
    if slip.taxed_by == "formula":
        steps += parameter_steps(words, slip.law, tax_reads(slip))
        told = (
            withholding.steps(slip.facts, slip.law.values, slip.taxable_net_cents)
            if withholding.steps
            else ()
        )
        steps += [Step(words(step.french, step.english), words.amount(step.cents)) for step in told]
        steps.append(Step(words("Impôt prélevé", "Tax withheld"), words.amount(slip.withholding_cents)))
        return [*steps, *filter(None, (cited(words, [withholding.citation]),))]
    if slip.taxed_by == "none":
        text = words("non calculé par ces règles : le net payé est avant impôt",
                     "not computed by these rules: the net paid is before tax")  # fmt: skip
        steps.append(Step(words("Impôt", "Tax"), text))
        return [*steps, *filter(None, (cited(words, [withholding.citation]),))]
    if slip.taxed_by == "neutral":
        row = slip.law.snapshot[withholding.scale]
        parameter = slip.law.snapshot.parameter(withholding.scale)
        starts = [start for start, _ in slip.law.snapshot.scale(withholding.scale)]
        low = max((start for start in starts if start <= taxable), default=starts[0])
        high = next((start for start in starts if start > low), None)
        bracket = words(f"à partir de {words.amount(low)}", f"from {words.amount(low)}")
        if high is not None:
            bracket += words(f", moins de {words.amount(high)}", f", under {words.amount(high)}")
        steps.append(
            Step(
                words.parameter(parameter),
                f"{bracket}{words.colon}{words.percent(slip.withholding_ppm)}",
                dated_text(words, parameter, row),
            )
        )
    else:
        given = words(
            "transmis par l'administration fiscale, donné par l'appelant", "sent by the tax office, given"
        )
        steps.append(
            Step(
                words("Taux personnalisé", "Personal rate"), f"{words.percent(slip.withholding_ppm)}, {given}"
            )
        )
    product = rounded_product(words, taxable, slip.withholding_ppm, slip.withholding_cents)
    steps.append(Step(words("Impôt prélevé", "Tax withheld"), product))
    texts = cited(words, [withholding.citation])
    return [*steps, *((texts,) if texts else ())]


def _net_paid(slip: Payslip, words: Words) -> list[Step]:
    text = (
        f"{words.amount(slip.net_before_tax_cents)} − {words.amount(slip.withholding_cents)} "
        f"= {words.amount(slip.net_paid_cents)}"
    )
    label = words("Net avant impôt − impôt prélevé", "Net before tax − tax withheld")
    return [*_withholding(slip, words), Step(label, text)]


def _hours(slip: Payslip, words: Words) -> list[Step]:
    policy = hours_policy_name(slip.hours_policy, words.lang)
    chosen = Step(words("Règle choisie par l'appelant", "Policy chosen by the caller"), policy)
    return [chosen, *explain_quantity(slip, "reference_wage", words)]


_MAKERS: Mapping[str, Callable[[Payslip, Words], list[Step]]] = {
    "gross_pay": _gross_pay,
    "employee_contributions": _employee,
    "employer_contributions": _employer,
    "total_contributions": _total_contributions,
    "employer_cost": _cost,
    "net_before_tax": _net_before_tax,
    "net_social_amount": _net_social,
    "taxable_net": _taxable_net,
    "withholding": _withholding,
    "net_paid": _net_paid,
    "reference_hours": _hours,
}
