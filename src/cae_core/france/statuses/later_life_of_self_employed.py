"""What the self-employed receive when the activity stops, and what a year gives for retirement."""

from __future__ import annotations

import datetime as dt

from cae_core.france.protection.common import ceiling_yearly, css, euros, figure, labour
from cae_core.france.statuses.protection_of_self_employed import SelfEmployed, affiliated
from cae_core.law import Citation
from cae_core.money import Rate, divide_half_up, format_euros
from cae_core.protection import Assumption, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["ATI", "SELF_EMPLOYED_PENSION"]

ATI_BY_THE_DAY = Assumption(
    code="ati_by_the_day",
    french="le revenu moyen qui limite l'ATI est ramené au jour par 365",
    english="the mean income that limits the allowance is brought to a day by 365",
)


def _loss(case: Case) -> Finding:
    person = case.fact(SelfEmployed)
    months = affiliated(case, person, "ati_activity_months")
    wanted = case.value("ati_income")
    last_two = person.incomes_cents[:2]
    softened = case.in_force("ati_minimum_daily")
    mean = divide_half_up(sum(last_two), len(last_two)) if last_two else 0
    counted = max(last_two, default=0) if softened else mean
    income = Reason(
        code="income",
        met=counted >= wanted,
        french=f"revenu {format_euros(counted)}, il faut {format_euros(wanted)}",
        english=f"income {format_euros(counted, 'en')}, {format_euros(wanted, 'en')} are needed",
        citations=(case.citation("ati_income"),),
        found=counted,
        wanted=wanted,
        unit="cents",
    )
    fall = f" ou baisse des revenus de {_percent(case, 'fr')}" if softened else ""
    falls = f" or a fall of income of {_percent(case, 'en')}" if softened else ""
    ended = Reason(
        code="not_viable",
        met=bool(person.liquidated),
        french=f"liquidation ou redressement{fall}, attesté",
        english=f"liquidation or redressement{falls}, attested",
        citations=(labour("L5424-25"),),
    )
    reasons = [months, income, ended]
    met = all(reason.met for reason in reasons[:2])
    granted = met and person.liquidated if person.liquidated is not None else (None if met else False)
    daily = case.value("ati_daily")
    if softened:
        daily = max(min(daily, int(divide_half_up(mean, 365))), case.value("ati_minimum_daily"))
    days = case.value("ati_days")
    amounts = [
        figure("daily_allowance", "allocation par jour", "daily allowance", daily, per="day"),
        figure("benefit_days", "durée", "days", days, "days"),
        figure(
            "total", "total", "total", daily * days,
            steps=(f"{days} × {euros(daily)[0]}", f"{days} × {euros(daily)[1]}"),
        ),
    ]  # fmt: skip
    return case.finding(
        granted,
        reasons=reasons,
        amounts=amounts if granted is not False else (),
        assumptions=(ATI_BY_THE_DAY,),
        missing_facts=() if person.liquidated is not None or not met else ("liquidated",),
    )


def _percent(case: Case, lang: str) -> str:
    return Rate(case.value("ati_loss")).format(lang, digits=0)


def _pension(case: Case) -> Finding:
    person = case.fact(SelfEmployed)
    january = dt.date(case.on.year, 1, 1)
    base, paid = person.pension_base_cents, person.points_contribution_cents
    missing = [
        name
        for name, value in (("pension_base_cents", base), ("points_contribution_cents", paid))
        if value is None
    ]
    if base is None or paid is None:
        return case.finding(None, missing_facts=missing)
    one = case.value("quarter_minimum_wages", january) * case.value("minimum_wage_hourly", january) // 100
    recorded = min(base, ceiling_yearly(case, january))
    quarters = min(recorded // one, case.count("quarters_maximum"))
    price, value = case.value("points_price_self_employed", january), case.value("points_value_self_employed")
    points = divide_half_up(paid * 10**4, price)
    yearly = divide_half_up(points * value, 10**4)
    reason = Reason(
        code="quarter",
        met=quarters > 0,
        french=f"un trimestre par {format_euros(one)} de revenu cotisé dans l'année",
        english=f"a quarter for each {format_euros(one, 'en')} of income recorded in the year",
        citations=(case.citation("quarter_minimum_wages", january),),
        found=recorded,
        wanted=one,
        unit="cents",
    )
    amounts = [
        figure("quarters", "trimestres de l'année", "quarters of the year", quarters, "quarters"),
        figure("recorded_pay", "revenu porté au compte", "income recorded", recorded),
        figure("points", "points de l'année", "points of the year", points, "points_hundredths"),
        figure(
            "pension_of_the_points", "pension de ces points", "pension of these points", yearly, per="year"
        ),
    ]
    return case.finding(quarters > 0 or points > 0, reasons=[reason], amounts=amounts)


#: The allowance of who loses the activity.
ATI = Entitlement(
    code="self_employed_loss",
    french_name="Allocation des travailleurs indépendants (ATI)",
    english_name="Allowance of the self-employed (ATI)",
    family="unemployment",
    formula=_loss,
    citations=(labour("L5424-24 à L5424-29"), Citation("C. trav. art. R5424-70 à D5424-76")),
    assumptions=(ATI_BY_THE_DAY,),
    facts=(SelfEmployed, Person),
)
#: Quarters and points of a year.
SELF_EMPLOYED_PENSION = Entitlement(
    code="self_employed_pension",
    french_name="Année de retraite des indépendants",
    english_name="Year of retirement of the self-employed",
    family="retirement",
    formula=_pension,
    citations=(css("L351-2", "R351-9"),),
    facts=(SelfEmployed, Person),
)
