"""Daily benefits of sickness (indemnités journalières maladie)."""

from __future__ import annotations

from cae_core.france.protection.common import css, figure
from cae_core.france.protection.daily_benefit import (
    SickLeave,
    benefits_left,
    daily_benefit,
    day_amount,
    is_raised,
    net_of_levies,
    opened,
    paid_days,
    waiting_days,
)
from cae_core.france.protection.open_points import (
    MONTHLY_CAP,
    ONE_MINIMUM_WAGE_BEFORE,
    TRUNCATED,
    UNDECIDED_REFERENCE,
)
from cae_core.france.protection.opening import (
    OPENING_ASSUMPTIONS,
    WorkPattern,
    long_opening,
    short_opening_columns,
)
from cae_core.france.protection.reference_pay import REFERENCE_ASSUMPTIONS
from cae_core.money import Lane
from cae_core.protection import Amount, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = []


def _sickness(case: Case) -> Finding:
    leave, pattern = case.fact(SickLeave), case.fact(WorkPattern)
    opening = opened(case, leave)
    if opening.granted is False:
        return case.finding(
            False,
            reasons=opening.reasons,
            assumptions=opening.assumptions,
            nearest=opening.nearest,
            missing_facts=opening.missing_facts,
        )
    waiting, waited = waiting_days(case, leave)
    left, period = benefits_left(case, leave), case.value("sickness_period_months")
    usual, irregular = daily_benefit(case, irregular=False), daily_benefit(case, irregular=True)
    main = irregular if pattern.discontinuous else usual
    amounts = [
        day_amount("daily_benefit", "indemnité journalière", "daily benefit", main),
        Amount(
            code="daily_base",
            french="salaire journalier de base",
            english="daily base",
            value=main.reference.daily_cents,
            per="day",
            steps=main.reference.steps,
        ),
        Amount(
            code="net_daily_benefit",
            french="indemnité journalière nette de CSG et CRDS",
            english="daily benefit net of CSG and CRDS",
            value=net_of_levies(case, main.daily_cents),
            per="day",
        ),
        Amount(
            code="maximum_daily_benefit",
            french="indemnité journalière maximale",
            english="largest daily benefit",
            value=main.maximum_cents,
            per="day",
        ),
        Amount(code="waiting_days", french="carence", english="waiting days", value=waiting, unit="days"),
        Amount(
            code="benefits_left",
            french="indemnités restant à verser au plus",
            english="benefits left at most",
            value=left,
            unit="days",
        ),
    ]
    assumptions = [
        *opening.assumptions,
        TRUNCATED,
        MONTHLY_CAP,
        ONE_MINIMUM_WAGE_BEFORE,
        *main.reference.assumptions,
    ]
    if pattern.discontinuous is None:
        assumptions.append(UNDECIDED_REFERENCE)
        amounts.append(
            day_amount(
                "daily_benefit_twelve_months",
                "indemnité journalière sur douze mois",
                "daily benefit on twelve months",
                irregular,
            )
        )
    raised = None
    if is_raised(case, leave):
        raised = daily_benefit(
            case, irregular=bool(pattern.discontinuous), rate="sickness_raised_rate"
        ).daily_cents
        amounts.append(
            Amount(
                code="raised_daily_benefit",
                french="indemnité journalière majorée, dès le 31e jour",
                english="raised daily benefit, from the 31st day",
                value=raised,
                per="day",
            )
        )
    if case.in_force("first_sick_note_days"):
        amounts += _notes(case)
    if leave.days is not None:
        amounts += _totals(case, leave, waiting, main.daily_cents, raised)
    exhausted = Reason(
        code="benefits_left",
        met=left > 0,
        french=f"il reste {left} indemnités à verser sur {period} mois",
        english=f"{left} benefits are left over {period} months",
        citations=(case.citation("sickness_maximum_benefits"),),
        found=left,
        wanted=1,
        unit="days",
    )
    return case.finding(
        opening.granted if left else False,
        reasons=(*opening.reasons, waited, exhausted),
        amounts=amounts,
        assumptions=assumptions,
        nearest=opening.nearest,
        missing_facts=opening.missing_facts,
    )


def _totals(case: Case, leave: SickLeave, waiting: int, daily: int, raised: int | None) -> list[Amount]:
    assert leave.days is not None
    paid = paid_days(case, leave, waiting)
    from_day = case.value("sickness_raised_from_day") if raised else 0
    at_the_higher = max(min(leave.days, waiting + paid) - max(from_day - 1, waiting), 0) if raised else 0
    total = (paid - at_the_higher) * daily + at_the_higher * (raised or 0)
    return [
        Amount(code="paid_days", french="jours indemnisés", english="days paid", value=paid, unit="days"),
        Amount(code="total", french="total de l'arrêt", english="total of the stoppage", value=total),
    ]


def _notes(case: Case) -> list[Amount]:
    """Return how long a sick note may be, where the law bounds it: a warning, it decides nothing here."""
    return [
        figure(
            "first_note_days",
            "durée d'un premier arrêt prescrit, au plus",
            "longest first note",
            case.value("first_sick_note_days"),
            "days",
        ),
        figure(
            "further_note_days",
            "durée d'une prolongation, au plus",
            "longest extension",
            case.value("further_sick_note_days"),
            "days",
        ),
    ]


def _long_sickness(case: Case) -> Finding:
    """Whether a stoppage goes on being paid beyond its sixth month, judged on its first day."""
    opening = long_opening(case, case.fact(WorkPattern), case.value("sickness_long_affiliation_months"))
    limit = Amount(
        code="paid_months",
        french="durée payée si la condition manque",
        english="months paid where it is not met",
        value=case.value("sickness_long_from_month"),
        unit="months",
    )
    return case.finding(
        opening.granted,
        reasons=opening.reasons,
        amounts=() if opening.granted else (limit,),
        assumptions=opening.assumptions,
        missing_facts=opening.missing_facts,
    )


def _sickness_columns(case: Case) -> dict[str, Lane]:
    return {"granted": short_opening_columns(case, case.fact(WorkPattern))}


SICKNESS = Entitlement(
    code="sickness_daily_benefit",
    french_name="Indemnités journalières maladie",
    english_name="Sickness daily benefits",
    family="sickness",
    formula=_sickness,
    citations=(
        css("L313-1", "L323-1", "L323-4"),
        css("R313-1", "R313-3", "R313-7", "R323-1", "R323-4", "R323-8"),
    ),
    assumptions=(
        *OPENING_ASSUMPTIONS,
        *REFERENCE_ASSUMPTIONS,
        UNDECIDED_REFERENCE,
        TRUNCATED,
        MONTHLY_CAP,
        ONE_MINIMUM_WAGE_BEFORE,
    ),
    facts=(Person, WorkPattern, SickLeave),
    columns=_sickness_columns,
)

LONG_SICKNESS = Entitlement(
    code="sickness_beyond_six_months",
    french_name="Maladie au-delà de six mois",
    english_name="Sickness beyond six months",
    family="sickness",
    formula=_long_sickness,
    citations=(css("L313-1", "R313-3 2°"),),
    assumptions=OPENING_ASSUMPTIONS,
    facts=(Person, WorkPattern),
)
