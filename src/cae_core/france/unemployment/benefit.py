"""The unemployment benefit (ARE) as an entitlement: opened or not, how much, how long, from when."""

from __future__ import annotations

from collections.abc import Callable

from cae_core.calendar import Interval, Month, add_months
from cae_core.errors import InputError
from cae_core.france.law_on import LawOn
from cae_core.france.unemployment.allowance import (
    DailyAllowance,
    allowance_levies,
    daily_allowance,
    reduced_allowance,
)
from cae_core.france.unemployment.duration import benefit_days, waiting
from cae_core.france.unemployment.endings import BenefitGround, Ending, ending_reasons
from cae_core.france.unemployment.open_points import (
    AGE,
    BY_HOURS,
    GENERAL_RULES,
    NOT_REBUILT,
    OPEN_POINTS,
    PART_TIME,
    PAY_RISE,
    SUPPORT,
    WEEKDAYS,
    BenefitChoices,
    PartTimePolicy,
)
from cae_core.france.unemployment.periods import (
    Contracts,
    affiliation_days,
    search_window,
    within,
)
from cae_core.france.unemployment.reference_wage import ReferenceWage, rebuilt_months, reference_wage
from cae_core.law import Citation
from cae_core.money import MILLION, Lane, choose, divide_half_up, format_euros
from cae_core.protection import (
    Amount,
    Case,
    Entitlement,
    Finding,
    MonthKind,
    Nearest,
    PayHistory,
    Person,
)
from cae_core.reasons import Reason

__all__ = ["UNEMPLOYMENT_BENEFIT"]


_UNKNOWN_ENDING = Reason(
    code="ending_known",
    met=False,
    french="la manière dont le contrat finit décide du droit et n'est pas donnée",
    english="how the contract ends decides the right, and is not given",
    citations=(Citation("C. trav. art. L5422-1"),),
)


def _age(case: Case) -> int | None:
    born = case.fact(Person).born_on
    if born is None:
        return None
    years: int = case.on.year - born.year
    return years - (add_months(born, 12 * years) > case.on)


def _affiliation(law: LawOn, ending: Ending, days: int, hours: int | None) -> Reason:
    name = "unemployment_affiliation_days"
    if ending.seasonal and law.get("unemployment_seasonal_affiliation_days") is not None:
        name = "unemployment_seasonal_affiliation_days"
    wanted, hours_wanted = law.value(name), law.value("unemployment_affiliation_hours")
    by_hours = hours is not None and bool(hours >= hours_wanted) and not ending.seasonal
    return Reason(
        code="affiliation",
        met=days >= wanted or by_hours,
        french=f"{days} jours travaillés dans la période de recherche, {wanted} demandés",
        english=f"{days} days worked in the search window, {wanted} wanted",
        citations=law.citations_of(name),
        found=days,
        wanted=wanted,
        unit="days",
    )


def _formula(case: Case) -> Finding:
    ending, choices = case.fact(Ending), case.fact(BenefitChoices)
    if ending.kind is None:
        return case.finding(None, reasons=[_UNKNOWN_ENDING], missing_facts=["Ending.kind"])
    dismissed = ending.kind in (BenefitGround.DISMISSAL, BenefitGround.MISCONDUCT)
    law = LawOn.of_case(case, ending.started_on if dismissed and ending.started_on else case.on)
    given = case.fact(Contracts)
    contracts = (given if given.periods else Contracts.of(case.history)).until(case.on)
    age = _age(case)
    window = search_window(law, case.law, case.on, age=age)
    inside = within(contracts.periods, window)
    days = affiliation_days(law, inside)
    reasons = [
        *ending_reasons(law, ending, _project_days(case, law, ending, contracts, window)),
        _affiliation(law, ending, days, _hours(case.history, window)),
    ]
    missing = ["Person.born_on"] if age is None else []
    assumptions = [GENERAL_RULES, WEEKDAYS]
    if age is None:
        assumptions.append(AGE)
    if any(month.kind is MonthKind.SUPPORT for month in case.history.months):
        assumptions.append(SUPPORT)
    granted = all(reason.met for reason in reasons)
    affiliation = reasons[-1]
    if not granted or not inside:
        nearest = None
        if all(reason.met for reason in reasons[:-1]) and affiliation.missing:
            nearest = Nearest(code="affiliation", missing=affiliation.missing, unit="days")
        # A window half as long again may still hold the days that are missing.
        unknown = age is None and all(reason.met for reason in reasons[:-1])
        return case.finding(
            None if unknown else False,
            reasons=reasons,
            assumptions=assumptions,
            nearest=nearest,
            missing_facts=missing,
        )
    wage = reference_wage(law, case.law, case.history, inside, window, rebuilt=choices.rebuilt)
    ratio, ratio_missing = _ratio(case.history, inside, law, choices.part_time)
    assumptions.append(PART_TIME if choices.part_time is PartTimePolicy.FULL_TIME else BY_HOURS)
    stopped = set(rebuilt_months(case.history, window)) - set(choices.rebuilt)
    if stopped:
        assumptions.append(NOT_REBUILT)
    if _rise(case.history, window):
        assumptions.append(PAY_RISE)
    allowance = daily_allowance(LawOn.of_case(case, case.on), wage.daily_cents, part_time_ppm=ratio)
    return case.finding(
        True,
        reasons=reasons,
        amounts=_amounts(case, law, ending, wage, allowance, age or 0, choices),
        assumptions=assumptions,
        missing_facts=[*missing, *ratio_missing],
        needs_review=bool(stopped),
    )


def _project_days(case: Case, law: LawOn, ending: Ending, contracts: Contracts, window: Interval) -> int:
    """Return the days worked that a resignation for a project looks at."""
    first = window.starts_on
    if ending.kind is BenefitGround.PROJECT_RESIGNATION and law.get("unemployment_project_window_months"):
        first = add_months(case.on, -law.value("unemployment_project_window_months"))
    return affiliation_days(law, within(contracts.periods, Interval(first, case.on)))


def _columns(case: Case) -> dict[str, Lane]:
    """The figures for many people whose contracts are the same: the days of each, the allowance of each pay.

    Under the policy of full time alone: the part of full time of one person is her own.
    """
    ending, choices = case.fact(Ending), case.fact(BenefitChoices)
    if ending.kind is None:
        raise InputError("facts", "the columns of the unemployment benefit need Ending.kind")
    if choices.part_time is not PartTimePolicy.FULL_TIME or choices.rebuilt:
        raise InputError(
            "facts", "the columns of the unemployment benefit take full time and rebuild no month"
        )
    dismissed = ending.kind in (BenefitGround.DISMISSAL, BenefitGround.MISCONDUCT)
    law = LawOn.of_case(case, ending.started_on if dismissed and ending.started_on else case.on)
    given = case.fact(Contracts)
    contracts = (given if given.periods else Contracts.of(case.history)).until(case.on)
    window = search_window(law, case.law, case.on, age=_age(case))
    inside = within(contracts.periods, window)
    days = affiliation_days(law, inside)
    granted: Lane = _affiliation(law, ending, days, None).met
    hours = _hours(case.history, window)
    if not granted and hours is not None and not ending.seasonal:
        granted = hours >= law.value("unemployment_affiliation_hours")
    opened = all(
        reason.met
        for reason in ending_reasons(law, ending, _project_days(case, law, ending, contracts, window))
    )
    if not opened or not inside:
        return {"granted": False, "affiliation_days": days, "daily_allowance": 0}
    wage = reference_wage(law, case.law, case.history, inside, window)
    daily = daily_allowance(LawOn.of_case(case, case.on), wage.daily_cents).gross_cents
    return {"granted": granted, "affiliation_days": days, "daily_allowance": choose(granted, daily, 0)}


def _hours(history: PayHistory, window: Interval) -> Lane | None:
    """Return the hours of the months that lie in the window, where the history says them all."""
    assert window.ends_on is not None
    return history.between(Month.parse(window.starts_on), Month.parse(window.ends_on)).hours_hundredths


def _ratio(
    history: PayHistory, periods: tuple[Interval, ...], law: LawOn, policy: PartTimePolicy
) -> tuple[int, list[str]]:
    if policy is PartTimePolicy.FULL_TIME:
        return MILLION, []
    last = periods[-1].ends_on
    assert last is not None
    months = history.between(Month.parse(periods[0].starts_on), Month.parse(last))
    hours = months.hours_hundredths
    if hours is None or not months.months:
        return MILLION, ["PayMonth.hours_hundredths"]
    legal = law.value("full_time_hours_monthly") * len(months.months)
    return min(int(divide_half_up(hours * MILLION, legal)), MILLION), []


def _rise(history: PayHistory, window: Interval) -> bool:
    assert window.ends_on is not None
    last = Month.parse(window.ends_on)
    every = history.between(Month.parse(window.starts_on), last)
    recent = history.between(last + -2, last)
    if len(every.months) <= 3 or not every.gross_pay_cents:
        return False
    return bool(recent.gross_pay_cents * len(every.months) > 2 * 3 * every.gross_pay_cents)


def _both(write: Callable[[Callable[[int], str]], str]) -> tuple[str, str]:
    """Return the steps of an amount in both languages."""
    return write(format_euros), write(lambda cents: format_euros(cents, "en"))


def _amounts(
    case: Case,
    law: LawOn,
    ending: Ending,
    wage: ReferenceWage,
    allowance: DailyAllowance,
    age: int,
    choices: BenefitChoices,
) -> list[Amount]:
    gross = allowance.gross_cents
    days = benefit_days(
        law, wage.days, age=age, kind=ending.kind, overseas=choices.overseas, seasonal=ending.seasonal
    )
    before = waiting(law, ending, case.on, wage.daily_cents)
    levies = allowance_levies(LawOn.of_case(case, case.on), gross, wage.daily_cents)
    reduced = reduced_allowance(law, gross, age=age, first_day=days)
    found = [
        Amount(
            code="reference_daily_wage",
            french="salaire journalier de référence",
            english="reference daily wage",
            value=wage.daily_cents,
            per="day",
            steps=_both(lambda euros: f"{euros(wage.pay_cents)} / {wage.days}"),
        ),
        Amount(
            code="reference_days",
            french="jours de la période de référence",
            english="days of the reference period",
            value=wage.days,
            unit="days",
            steps=_both(lambda _: f"{wage.contract_days} + {wage.gap_kept_days} ({wage.gap_days})"),
        ),
        Amount(
            code="daily_allowance",
            french="allocation journalière brute",
            english="gross daily allowance",
            value=gross,
            per="day",
            steps=_both(
                lambda euros: (
                    f"min(max({euros(allowance.with_fixed_part_cents)} ; "
                    f"{euros(allowance.without_fixed_part_cents)} ; {euros(allowance.minimum_cents)}) ; "
                    f"{euros(allowance.most_cents)})"
                )
            ),
        ),
        Amount(
            code="daily_allowance_net",
            french="allocation journalière nette, au taux plein de CSG",
            english="net daily allowance, at the full CSG rate",
            value=levies.net_cents,
            per="day",
            steps=_both(
                lambda euros: (
                    f"{euros(gross)} - {euros(levies.pension_cents)} - {euros(levies.csg_cents)}"
                    f" - {euros(levies.crds_cents)}"
                )
            ),
        ),
        Amount(
            code="benefit_days",
            french="durée d'indemnisation",
            english="days of benefit",
            value=days,
            unit="days",
        ),
        Amount(
            code="days_before_first_payment",
            french="différés et délai d'attente",
            english="deferrals and waiting",
            value=before.days,
            unit="days",
            steps=_both(
                lambda _: (
                    f"{before.specific_days} + {before.leave_days} + {before.waiting_days}"
                    f" → {before.starts_on}"
                )
            ),
        ),
        Amount(
            code="whole_benefit",
            french="allocation brute sur toute la durée, avant dégressivité",
            english="gross benefit over all the days, before it falls",
            value=gross * days,
            steps=_both(lambda euros: f"{euros(gross)} x {days}"),
        ),
    ]
    if reduced != gross:
        found.append(
            Amount(
                code="daily_allowance_reduced",
                french="allocation journalière brute après dégressivité",
                english="gross daily allowance once it has fallen",
                value=reduced,
                per="day",
            )
        )
    return found


UNEMPLOYMENT_BENEFIT = Entitlement(
    code="unemployment_benefit",
    french_name="Allocation d'aide au retour à l'emploi (ARE)",
    english_name="Unemployment benefit (ARE)",
    family="unemployment",
    formula=_formula,
    citations=(
        Citation("C. trav. art. L5422-1"),
        Citation("Règlement d'assurance chômage, art. 2 à 22"),
    ),
    assumptions=OPEN_POINTS,
    facts=(Person, Ending, Contracts, BenefitChoices),
    columns=_columns,
)
