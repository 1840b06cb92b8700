"""The reduction of employer contributions explained: its formula with the figures put in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from cae_core.explain.quantities import explain_quantity, month_and_before, quantity_name, unit_of
from cae_core.explain.reads import reads_of
from cae_core.explain.steps import Section, Step, cited, parameter_steps
from cae_core.explain.words import Words
from cae_core.money import divide_half_up, format_decimal
from cae_core.payroll import Payslip, ReductionLine

__all__ = ["reduction_sections"]

#: Only one of the two French formulas reads each of these.
_UNTIL_2025, _FROM_2026 = "general_reduction_divisor", "general_reduction_power"


def reduction_sections(slip: Payslip, line: ReductionLine, words: Words) -> list[Section]:
    """Return how a reduction was made: cumulated figures, coefficient, due to date, this month, its parts."""
    from_sums, from_law = reads_of(slip).reductions[line.code]
    sections = [
        Section(words.title(quantity_name(slip, name, words)), explain_quantity(slip, name, words))
        for name in from_sums
    ]
    steps = parameter_steps(words, slip.law, from_law)
    steps += _coefficients(slip, line, words)
    texts = cited(words, line.reduction.citations)
    sections.append(Section(words("Coefficient", "Coefficient"), (*steps, *((texts,) if texts else ()))))
    sections.append(Section(words("Montant", "Amount"), _amounts(slip, line, words)))
    return sections


def _coefficient(value: int, words: Words) -> str:
    return format_decimal(value, 4, words.lang)


def _coefficient_of(slip: Payslip, line: ReductionLine, scale: Any) -> int:
    found: int = line.reduction.coefficient(scale, _measured(slip, line), slip.law.values)
    return found


def _measured(slip: Payslip, line: ReductionLine) -> Mapping[str, int]:
    """The cumulated quantities that the coefficient looks at."""
    sums = slip.measured.sums
    return line.reduction.measured(sums, {name: month_and_before(slip, name)[1] for name in sums})


def _coefficients(slip: Payslip, line: ReductionLine, words: Words) -> list[Step]:
    steps = []
    for scale, _ in line.pay_to_date:
        if line.reduction.changed:
            found = _coefficient(_coefficient_of(slip, line, scale), words)
            steps.append(
                Step(
                    words("Coefficient C, tel que la variante le change", "Coefficient C, as changed"), found
                )
            )
        elif _FROM_2026 in line.reduction.needs:
            steps += _from_2026(slip, line, scale, words)
        elif _UNTIL_2025 in line.reduction.needs:
            steps += _until_2025(slip, line, scale, words)
        else:
            found = _coefficient(_coefficient_of(slip, line, scale), words)
            steps.append(Step(words("Coefficient", "Coefficient"), found))
    return steps


def _exit(slip: Payslip, words: Words) -> tuple[str, Fraction, Fraction, str]:
    """Return the multiple of the exit written out, pay and exit in euros, and the multiple times the wage."""
    sums, multiple = slip.measured.sums, slip.law.values["general_reduction_exit_multiple"]
    unit = unit_of(slip, "reference_wage")
    wage = unit.write(sums["reference_wage"], words)
    limit = Fraction(multiple * sums["reference_wage"], 100 * unit.per_cent * 100)
    times = words.number(Fraction(multiple, 100), 2).rstrip("0").rstrip(",.")
    return times, Fraction(max(sums["gross_pay"], 1), 100), limit, f"{times} × {wage}"


def _from_2026(slip: Payslip, line: ReductionLine, scale: Any, words: Words) -> list[Step]:
    minimum, delta = scale
    times, pay, limit, product = _exit(slip, words)
    exit_step = Step(
        words("Point de sortie", "Exit"),
        f"{product} = {words.number(limit, 4)}, {words('rémunération', 'pay')} {words.number(pay, 2)}",
    )
    if pay >= limit:
        none = words("la rémunération atteint le point de sortie : 0", "pay reaches the exit: 0")
        return [exit_step, Step(words("Coefficient C", "Coefficient C"), none)]
    ratio = (limit / pay - 1) / 2
    wage = product.removeprefix(f"{times} × ")
    steps = [
        exit_step,
        Step(
            words("Rapport", "Ratio"),
            f"½ × ({times} × {wage} ÷ {words.number(pay, 2)} − 1) = {words.number(ratio, 8)}",
        ),
    ]
    power = Decimal(slip.law.values[_FROM_2026]).scaleb(-2)
    if ratio >= 1:
        raised = Decimal(1)
        at_most = words("1 au plus, au SMIC et en dessous", "at most 1, at the minimum wage and below")
        steps.append(Step(words("Puissance", "Power"), f"{at_most} = {words.number(1, 8)}"))
    else:
        with localcontext() as context:
            context.prec = 28
            raised = (Decimal(ratio.numerator) / Decimal(ratio.denominator)) ** power
        exponent = words.number(Fraction(power), 2)
        steps.append(
            Step(
                words("Puissance", "Power"),
                f"{words.number(ratio, 8)} ^ {exponent} = {words.number(Fraction(raised), 8)}",
            )
        )
    found = _coefficient(_coefficient_of(slip, line, scale), words)
    four = words("arrondi à quatre décimales", "rounded to four decimals")
    steps.append(
        Step(
            words("Coefficient C", "Coefficient C"),
            f"{_coefficient(minimum, words)} + {_coefficient(delta, words)} × "
            f"{words.number(Fraction(raised), 8)} = {found}, {four}",
        )
    )
    return steps


def _until_2025(slip: Payslip, line: ReductionLine, scale: Any, words: Words) -> list[Step]:
    _, pay, limit, product = _exit(slip, words)
    divisor = Fraction(slip.law.values[_UNTIL_2025], 100)
    raw = Fraction(scale, 10_000) / divisor * (limit / pay - 1)
    bounded = min(max(raw, Fraction(0)), Fraction(scale, 10_000))
    found = _coefficient(_coefficient_of(slip, line, scale), words)
    text = (
        f"{_coefficient(scale, words)} ÷ {words.number(divisor, 1)} × "
        f"({product} ÷ {words.number(pay, 2)} − 1) = {words.number(raw, 6)}"
    )
    if raw != bounded:
        text += words(
            f", ramené entre 0 et {_coefficient(scale, words)}",
            f", brought between 0 and {_coefficient(scale, words)}",
        )
    four = words("arrondi à quatre décimales", "rounded to four decimals")
    return [Step(words("Coefficient C", "Coefficient C"), f"{text} → {found}, {four}")]


def _amounts(slip: Payslip, line: ReductionLine, words: Words) -> list[Step]:
    steps, parts = [], []
    several = len(line.pay_to_date) > 1
    several = several and not line.reduction.monthly
    for scale, pay in line.pay_to_date:
        coefficient = _coefficient_of(slip, line, scale)
        if line.reduction.monthly:
            # A month stands alone: what is due to date is what was granted and that of the month.
            if (scale, pay) == line.pay_to_date[-1]:
                month = words("Réduction du mois seul", "Reduction of the month alone")
                made = f"{words.amount(line.base_cents)} × {_coefficient(coefficient, words)}"
                steps.append(Step(month, f"{made} = {words.amount(line.amount_cents)}"))
            continue
        due = divide_half_up(pay * coefficient, 10_000)
        parts.append(words.amount(due))
        label = words("Réduction due à ce jour de l'année", "Reduction due to date this year")
        if several:
            label = words(
                f"Due sur la rémunération au paramètre {_scale(scale, words)}",
                f"Due on the pay under the parameter {_scale(scale, words)}",
            )
        steps.append(
            Step(label, f"{words.amount(pay)} × {_coefficient(coefficient, words)} = {words.amount(due)}")
        )
    if several:
        steps.append(
            Step(
                words("Réduction due à ce jour de l'année", "Reduction due to date this year"),
                f"{' + '.join(parts)} = {words.amount(line.due_to_date_cents)}",
            )
        )
    if line.limit_cents is not None:
        steps.append(
            Step(
                words("Limite à ce jour de l'année", "Limit to date this year"),
                f"{words('au plus', 'at most')} {words.amount(line.limit_cents)} "
                f"→ {words.amount(line.due_to_date_cents)}",
            )
        )
    steps.append(
        Step(
            words("Réduction du mois", "Reduction of the month"),
            f"{words.amount(line.due_to_date_cents)} − {words.amount(line.granted_before_cents)} "
            f"{words('déjà accordés', 'already granted')} = {words.amount(line.amount_cents)}",
        )
    )
    share, maximum = words.percent(line.pension_ppm), _coefficient(line.maximum, words)
    steps += [
        Step(
            words("Part Agirc-Arrco", "Agirc-Arrco part"),
            f"{words.amount(line.amount_cents)} × {share} ÷ {maximum} "
            f"= {words.amount(line.pension_part_cents)}",
        ),
        Step(
            words("Part Urssaf", "Urssaf part"),
            f"{words.amount(line.amount_cents)} − {words.amount(line.pension_part_cents)} "
            f"= {words.amount(line.urssaf_part_cents)}",
        ),
    ]
    return steps


def _scale(scale: Any, words: Words) -> str:
    """Write what of a coefficient depends on the period: ``0,3194``, or ``0,0200 + 0,3781``."""
    parts = scale if isinstance(scale, tuple) else (scale,)
    return " + ".join(_coefficient(part, words) for part in parts)
