"""What the self-employed receive in sickness, at a birth, after an accident.

They are insured by the general regime too, but by rules of their own: a daily benefit of 1/730 of the mean
income of three years, a flat allowance at a birth, nothing more for a work accident.
:mod:`~cae_core.france.statuses.later_life_of_self_employed` has the loss of the activity and retirement.

These rights are asked with :func:`cae_core.protection.assess`, an empty pay history and a
:class:`SelfEmployed` record; they are not among those of a salaried entrepreneur.
"""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.france.protection.common import ceiling_yearly, css, figure, whole_months
from cae_core.money import MILLION, apply_rate, divide_half_up, format_euros
from cae_core.protection import Amount, Assumption, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = [
    "SELF_EMPLOYED_ACCIDENT",
    "SELF_EMPLOYED_BIRTH",
    "SELF_EMPLOYED_SICKNESS",
    "SelfEmployed",
]

BEST_OF_INCOMES = Assumption(
    code="self_employed_incomes",
    french="les revenus donnés sont ceux que la caisse retient, une année civile chacun",
    english="the incomes given are those that the fund counts, a civil year each",
)
DAILY_ROUNDED = Assumption(
    code="self_employed_daily_rounded",
    french="l'indemnité d'un jour est arrondie au centime avant d'être multipliée, comme on la publie",
    english="the benefit of a day is rounded to the cent before it is multiplied, as it is published",
)


def _incomes(values: object) -> tuple[int, ...]:
    incomes = tuple(values) if isinstance(values, tuple | list) else ()
    if not all(type(income) is int and income >= 0 for income in incomes):
        raise InputError("incomes_cents", f"expected whole cents, zero or more, got {values!r}")
    return incomes


@attrs.frozen(kw_only=True)
class SelfEmployed:
    """What decides the rights of a self-employed person. A fact that is not given is ``None``.

    Attributes:
        incomes_cents: yearly incomes counted, the last year first, three at most.
        affiliated_on: since when without a break.
        days: how long the stoppage lasts, for totals.
        regulated: a regulated liberal profession (CNAVPL).
        voluntary_accident_insurance: she took the voluntary insurance of accidents.
        liquidated: a judgment of liquidation or redressement, or a fall of income attested by a third party.
        pension_base_cents: what the basic pension records for the year.
        points_contribution_cents: what is paid in the year to the supplementary pension.
    """

    incomes_cents: tuple[int, ...] = attrs.field(default=(), converter=_incomes)
    affiliated_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    days: int | None = None
    regulated: bool = False
    voluntary_accident_insurance: bool = False
    liquidated: bool | None = None
    pension_base_cents: int | None = None
    points_contribution_cents: int | None = None


def affiliated(case: Case, person: SelfEmployed, name: str) -> Reason:
    wanted = case.value(name)
    months = 0 if person.affiliated_on is None else whole_months(person.affiliated_on, case.on)
    return Reason(
        code="affiliation",
        met=months >= wanted,
        french=f"affiliation : {months} mois, il en faut {wanted}",
        english=f"insurance: {months} months, {wanted} are needed",
        citations=(case.citation(name),),
        found=months,
        wanted=wanted,
        unit="months",
    )


def mean_income(case: Case, person: SelfEmployed, ceilings: str) -> int:
    """Return the mean yearly income (RAAM), each year up to its ceiling, in cents.

    Law:
        Code de la sécurité sociale, art. D622-1 et suivants: the mean of three years, or of those lived.
    """
    years = min(len(person.incomes_cents), case.count("self_employed_income_years"))
    if not years:
        return 0
    most = ceiling_yearly(case, case.on) * case.value(ceilings) // 100
    mean: int = divide_half_up(sum(person.incomes_cents[:years]), years)
    return min(mean, most)


def _low_limit(case: Case) -> int:
    """Return the income under which little or nothing is due: a part of the mean ceiling of three years."""
    years = case.count("self_employed_income_years")
    before = [ceiling_yearly(case, dt.date(case.on.year - back, 1, 1)) for back in range(1, years + 1)]
    limit: int = divide_half_up(sum(before) * case.value("self_employed_low_income"), years * MILLION)
    return limit


def _enough(case: Case, mean: int) -> Reason:
    limit = _low_limit(case)
    return Reason(
        code="income",
        met=mean >= limit,
        french=f"revenu annuel moyen {format_euros(mean)}, il faut {format_euros(limit)}",
        english=f"mean yearly income {format_euros(mean, 'en')}, {format_euros(limit, 'en')} are needed",
        citations=(case.citation("self_employed_low_income"),),
        found=mean,
        wanted=limit,
        unit="cents",
    )


def _sickness_parts(case: Case, person: SelfEmployed) -> tuple[list[Reason], int, int]:
    """Return the conditions of sickness benefits, the mean income and the benefit of a day."""
    mean = mean_income(
        case, person, "regulated_sickness_ceilings" if person.regulated else "self_employed_sickness_ceilings"
    )
    reasons = [affiliated(case, person, "self_employed_sickness_months"), _enough(case, mean)]
    daily: int = divide_half_up(mean, case.count("self_employed_divisor"))
    return reasons, mean, daily


def _sickness_amounts(case: Case, person: SelfEmployed, mean: int, daily: int) -> list[Amount]:
    divisor, waiting = case.count("self_employed_divisor"), case.value("self_employed_waiting_days")
    amounts = [
        Amount(
            code="daily_benefit",
            french="indemnité journalière",
            english="daily benefit",
            value=daily,
            per="day",
            steps=(f"{format_euros(mean)} ÷ {divisor}", f"{format_euros(mean, 'en')} ÷ {divisor}"),
        ),
        figure("waiting_days", "carence", "waiting days", waiting, "days"),
    ]
    if person.days is not None:
        paid = max(person.days - waiting, 0)
        if person.regulated:
            paid = min(paid, case.value("regulated_sickness_days"))
        amounts.append(
            Amount(
                code="total",
                french="total de l'arrêt",
                english="total of the stoppage",
                value=paid * daily,
                steps=(f"{paid} × {format_euros(daily)}", f"{paid} × {format_euros(daily, 'en')}"),
            )
        )
    return amounts


def _sickness(case: Case) -> Finding:
    person = case.fact(SelfEmployed)
    reasons, mean, daily = _sickness_parts(case, person)
    granted = all(reason.met for reason in reasons)
    amounts = _sickness_amounts(case, person, mean, daily) if granted else []
    return case.finding(
        granted, reasons=reasons, amounts=amounts, assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED)
    )


def _accident(case: Case) -> Finding:
    person = case.fact(SelfEmployed)
    insured = person.voluntary_accident_insurance
    insurance = Reason(
        code="accident_insurance",
        met=insured,
        french="assurance volontaire : soins, rente et capital, mais aucune indemnité journalière"
        if insured
        else "aucune assurance obligatoire des accidents du travail : ceux-ci comptent comme une maladie",
        english="voluntary insurance: care, pension and capital, but no daily benefit"
        if insured
        else "no compulsory insurance of work accidents: they count as a sickness",
        citations=(css("L743-1"),),
    )
    reasons, mean, daily = _sickness_parts(case, person)
    granted = all(reason.met for reason in reasons)
    amounts = _sickness_amounts(case, person, mean, daily) if granted else []
    return case.finding(
        granted,
        reasons=[insurance, *reasons],
        amounts=amounts,
        assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED),
    )


def _birth(case: Case) -> Finding:
    person = case.fact(SelfEmployed)
    insured = affiliated(case, person, "self_employed_birth_months")
    mean = mean_income(case, person, "self_employed_sickness_ceilings")
    enough = _enough(case, mean)
    ceiling = ceiling_yearly(case, case.on)
    rest, daily = ceiling // 12, divide_half_up(ceiling, case.count("self_employed_divisor"))
    if not enough.met:
        share = case.value("self_employed_birth_low_share")
        rest, daily = int(apply_rate(rest, share)), int(apply_rate(daily, share))
        enough = attrs.evolve(
            enough,
            french=f"{enough.french} : une petite part seulement est due",
            english=f"{enough.english}: only a small part is due",
        )
    days = case.value("self_employed_birth_days")
    total = rest + days * daily
    amounts = [
        figure("rest_allowance", "allocation forfaitaire de repos maternel", "rest allowance", rest),
        figure("daily_benefit", "indemnité journalière forfaitaire", "flat daily benefit", daily, per="day"),
        figure("paid_days", "jours indemnisés", "days paid", days, "days"),
        figure(
            "total", "total du congé", "total of the leave", total,
            steps=(
                f"{format_euros(rest)} + {days} × {format_euros(daily)}",
                f"{format_euros(rest, 'en')} + {days} × {format_euros(daily, 'en')}",
            ),
        ),
    ]  # fmt: skip
    return case.finding(
        insured.met,
        reasons=[insured, enough],
        amounts=amounts if insured.met else (),
        assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED),
    )


#: Daily benefits of sickness.
SELF_EMPLOYED_SICKNESS = Entitlement(
    code="self_employed_sickness",
    french_name="Indemnités journalières maladie des indépendants",
    english_name="Sickness daily benefits of the self-employed",
    family="sickness",
    formula=_sickness,
    citations=(css("L622-1", "D622-1 et suivants"),),
    assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED),
    facts=(SelfEmployed, Person),
)
#: What a work accident brings: a sickness, no more.
SELF_EMPLOYED_ACCIDENT = Entitlement(
    code="self_employed_accident",
    french_name="Accident du travail des indépendants",
    english_name="Work accident of the self-employed",
    family="accident",
    formula=_accident,
    citations=(css("L622-1", "L743-1"),),
    assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED),
    facts=(SelfEmployed, Person),
)
#: The allowance and the daily benefits of maternity.
SELF_EMPLOYED_BIRTH = Entitlement(
    code="self_employed_birth",
    french_name="Allocation et indemnités de maternité des indépendantes",
    english_name="Maternity allowance and benefits of the self-employed",
    family="parents",
    formula=_birth,
    citations=(css("L623-1", "D623-1 et suivants"),),
    assumptions=(BEST_OF_INCOMES, DAILY_ROUNDED),
    facts=(SelfEmployed, Person),
)
