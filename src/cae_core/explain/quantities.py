"""What the law cumulates over the year, explained: pay, ceilings, reference wages, thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import attrs

from cae_core.explain.reads import reads_of
from cae_core.explain.steps import Step, cited, parameter_steps
from cae_core.explain.words import Words
from cae_core.payroll import HoursPolicy, Payslip, Quantity

__all__ = ["Unit", "explain_quantity", "find_quantity", "month_and_before", "quantity_name", "unit_of"]

_COVER = "employer_cover"
_ENGLISH = {
    "gross_pay": "gross pay",
    "ceiling": "social security ceiling",
    "reference_wage": "minimum wage counted in the general reduction",
    "health_threshold": "threshold of the reduced health rate",
    "family_threshold": "threshold of the reduced family rate",
}


@attrs.frozen
class Unit:
    """The unit of a cumulated quantity: ``cents``, a part of a cent such as ``1/1200 cent``, or a count.

    Attributes:
        per_cent: how many of them make a cent; 0 for what is no money, such as ``months``.
    """

    per_cent: int

    def write(self, value: int, words: Words) -> str:
        """Write the euros: two decimals where the cents are whole, else four, more under one euro."""
        if not self.per_cent:
            return words.number(Fraction(value), 0)
        decimals = 2 if value % self.per_cent == 0 else 4 if value >= 100 * self.per_cent else 10
        return words.number(Fraction(value, self.per_cent * 100), decimals)


def find_quantity(slip: Payslip, name: str) -> Quantity | None:
    """Return a quantity of the month by its name, or None."""
    return next((quantity for quantity in slip.law.quantities if quantity.name == name), None)


def unit_of(slip: Payslip, name: str) -> Unit:
    """Return the unit of a quantity."""
    quantity = find_quantity(slip, name)
    written = quantity.unit if quantity else "cents"
    if not written.endswith((" cent", "cents")):
        return Unit(0)
    return Unit(1 if written == "cents" else int(written.removeprefix("1/").removesuffix(" cent")))


def quantity_name(slip: Payslip, name: str, words: Words) -> str:
    """Return what a quantity is called."""
    if name == _COVER:
        return words(
            "part patronale de santé et de prévoyance", "employer share of health and provident cover"
        )
    quantity = find_quantity(slip, name)
    french = quantity.french_name if quantity else name
    english = quantity.english_name if quantity else ""
    return words(french, english or _ENGLISH.get(name, french))


def month_and_before(slip: Payslip, name: str) -> tuple[int, int]:
    """Return the part of the month and that of the earlier months of a cumulated quantity."""
    quantity = find_quantity(slip, name)
    if quantity is not None:
        month: int = quantity.formula(slip.facts, slip.law.values)
    else:
        month = sum(line.employer_cents for line in slip.lines if line.contribution.cover)
    return month, slip.measured.sums[name] - month


def explain_quantity(slip: Payslip, name: str, words: Words) -> list[Step]:
    """Return how a quantity of the month was made and what it is to date."""
    month, before = month_and_before(slip, name)
    unit = unit_of(slip, name)
    steps = parameter_steps(words, slip.law, reads_of(slip).quantities.get(name, ()))
    how = _HOW.get(name)
    written = unit.write(month, words)
    steps.append(Step(words("Ce mois", "This month"), how(slip, words) if how else written))
    quantity = find_quantity(slip, name)
    if before:
        to_date = unit.write(before + month, words)
        steps.append(
            Step(
                words("Cumul du trimestre", "To date this quarter")
                if quantity is not None and quantity.quarterly
                else words("Cumul de l'année", "To date this year"),
                f"{unit.write(before, words)} {words('avant', 'before')} + {written} = {to_date}",
            )
        )
    texts = cited(words, quantity.citations) if quantity else None
    return [*steps, *((texts,) if texts else ())]


def _written(slip: Payslip, name: str, words: Words) -> str:
    return unit_of(slip, name).write(month_and_before(slip, name)[0], words)


def _ceiling(slip: Payslip, words: Words) -> str:
    whole, days = slip.law.values["social_security_ceiling_monthly"], slip.facts.employed_days
    if days is None:
        return f"{words('mois entier', 'whole month')} = {words.amount(whole)}"
    return (
        f"{words.amount(whole)} × {days} ÷ {slip.month.days} "
        f"{words('jours calendaires', 'calendar days')} = {_written(slip, 'ceiling', words)}"
    )


def _full_time_wage(slip: Payslip) -> Fraction:
    """The minimum wage of a full-time month, in euros."""
    return Fraction(slip.law.values["general_reduction_minimum_wage_hourly"] * _yearly_hours(slip), 120_000)


def _full_time(slip: Payslip, words: Words) -> str:
    hourly = words.amount(slip.law.values["general_reduction_minimum_wage_hourly"])
    hours, wage = words.number(Fraction(_yearly_hours(slip), 100), 0), words.number(_full_time_wage(slip), 4)
    return f"{words('temps plein', 'full time')}, {hourly} × {hours} h ÷ 12 = {wage}"


def _yearly_hours(slip: Payslip) -> int:
    hours: int = slip.law.values["full_time_hours_yearly"]
    return hours


def _reference_wage(slip: Payslip, words: Words) -> str:
    facts, policy, full_time = slip.facts, slip.hours_policy, _full_time(slip, words)
    wage, whole = _written(slip, "reference_wage", words), _full_time_wage(slip)
    by_pay = facts.affected_pay_due_cents > 0
    if policy is HoursPolicy.FULL_TIME:
        return f"{full_time}{_share(slip, whole, words)}"
    if policy is HoursPolicy.EQUIVALENT_HOURS:
        smaller = words(
            "équivalent-heures : la plus petite de ce montant et de la rémunération du mois",
            "equivalent hours: the smaller of that and the pay of the month",
        )
        if not by_pay:
            reduced = f"{full_time}{_share(slip, whole, words)}"
            return f"{reduced}{words.then}{smaller}, {words.amount(slip.gross_pay_cents)} = {wage}"
        due = facts.gross_pay_cents + facts.affected_pay_due_cents - facts.affected_pay_cents
        without = f"{words.amount(due)} {words('sans absence', 'without absence')}"
        least = min(whole, Fraction(due, 100))
        kept = f"{smaller}, {without} = {words.number(least, 4)}"
        return f"{full_time}{words.then}{kept}{_share(slip, least, words)}"
    given, hours = words("heures du contrat", "hours of the contract"), facts.contract_hours_hundredths
    if hours >= slip.law.values["full_time_hours_monthly"]:
        return f"{given}, {full_time}{_share(slip, whole, words)}"
    hourly = slip.law.values["general_reduction_minimum_wage_hourly"]
    of_hours = Fraction(hourly * hours, 10_000)
    product = f"{words.number(Fraction(hours, 100), 2)} h × {words.amount(hourly)}"
    return f"{given}, {product} = {words.number(of_hours, 4)}{_share(slip, of_hours, words)}"


def _share(slip: Payslip, wage: Fraction, words: Words) -> str:
    """Write the part of the month that is paid, by pay or else by days; empty where nothing is missing."""
    facts = slip.facts
    if facts.affected_pay_due_cents:
        paid, whole = facts.affected_pay_cents, facts.affected_pay_due_cents
        label, share = words("part payée", "part paid"), f"{words.amount(paid)} ÷ {words.amount(whole)}"
    elif facts.employed_days is not None:
        paid, whole = facts.employed_days, slip.month.days
        label, days = words("part employée", "part employed"), words("jours calendaires", "calendar days")
        share = f"{paid} ÷ {whole} {days}"
    else:
        return ""
    part = words.number(wage * Fraction(paid, whole), 4)
    return f"{words.then}{label}, {words.number(wage, 4)} × {share} = {part}"


def _threshold(multiple: str, name: str) -> Callable[[Payslip, Words], str]:
    def how(slip: Payslip, words: Words) -> str:
        values, unit = slip.law.values, unit_of(slip, "reference_wage")
        wage, _ = month_and_before(slip, "reference_wage")
        hourly = values["general_reduction_minimum_wage_hourly"]
        frozen = values["reduced_rates_minimum_wage_hourly"]
        limit = Fraction(wage * values[multiple] * frozen, 100 * unit.per_cent * 100 * hourly)
        text = f"{words.number(Fraction(values[multiple], 100), 2)} × {unit.write(wage, words)}"
        if frozen != hourly:
            text += f" × {words.amount(frozen)} ÷ {words.amount(hourly)}"
        text = f"{_reference_wage(slip, words)}{words.then}{text} = {words.number(limit, 4)}"
        floor = values.get("reduced_rates_current_minimum_wage_multiple")
        if floor is None:
            return text
        lowest = words.number(Fraction(wage * floor, 100 * unit.per_cent * 100), 4)
        least = f"{words.number(Fraction(floor, 100), 2)} × {unit.write(wage, words)} = {lowest}"
        written = _written(slip, name, words)
        return f"{text}{words.then}{words('au moins', 'at least')} {least}{words.then}{written}"

    return how


_HOW: Mapping[str, Callable[[Payslip, Words], str]] = {
    "ceiling": _ceiling,
    "reference_wage": _reference_wage,
    "health_threshold": _threshold("health_reduced_rate_multiple", "health_threshold"),
    "family_threshold": _threshold("family_reduced_rate_multiple", "family_threshold"),
}
