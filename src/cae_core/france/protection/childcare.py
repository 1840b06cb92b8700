"""The stoppage of a parent who kept a child at home in the spring of 2020."""

from __future__ import annotations

import attrs

from cae_core.france.protection.daily_benefit import daily_benefit, day_amount
from cae_core.france.protection.opening import WorkPattern
from cae_core.france.protection.reference_pay import REFERENCE_ASSUMPTIONS
from cae_core.law import Citation
from cae_core.protection import Amount, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["ChildcareStop"]


@attrs.frozen(kw_only=True)
class ChildcareStop:
    """Keeping a child at home in the spring of 2020, when the schools were closed.

    Attributes:
        child_age: the age of the child.
        can_telework: whether she could work from home.
        other_parent_stopped: whether the other parent was stopped for the same child on the same days.
        days: how long, in calendar days.
    """

    child_age: int | None = None
    can_telework: bool | None = None
    other_parent_stopped: bool | None = None
    days: int | None = None


def _childcare(case: Case) -> Finding:
    fact = case.fact(ChildcareStop)
    open_now = case.entitlement.exists_on(case.on, case.law)
    row = case.law.parameter("childcare_stop").row_on(case.on)
    age_limit = case.count("childcare_child_age") if open_now else 0
    reasons = [
        Reason(
            code="period",
            met=open_now,
            french="arrêt du 16 mars au 30 avril 2020 ; depuis le 1er mai 2020, c'est l'activité partielle",
            english="stoppage from 16 March to 30 April 2020; since 1 May 2020 it is partial activity",
            citations=(row.citation,) if row else case.entitlement.citations,
            needs_review=bool(row and row.needs_review),
        )
    ]
    asked = (
        (
            "child",
            fact.child_age is not None and fact.child_age < age_limit,
            fact.child_age,
            "enfant de moins de 16 ans",
            "a child under 16",
        ),
        (
            "no_telework",
            fact.can_telework is False,
            fact.can_telework,
            "pas de télétravail possible",
            "no work from home",
        ),
        (
            "one_parent",
            fact.other_parent_stopped is False,
            fact.other_parent_stopped,
            "un seul parent à la fois",
            "one parent at a time",
        ),
    )
    missing = []
    if open_now:
        for code, met, value, french, english in asked:
            reasons.append(
                Reason(
                    code=code, met=met, french=french, english=english, citations=case.entitlement.citations
                )
            )
            if value is None:
                missing.append(code)
    refused = not open_now or any(not reason.met and reason.code not in missing for reason in reasons)
    granted = False if refused else (None if missing else True)
    amounts = []
    if granted:
        case.in_force("childcare_stop")
        benefit = daily_benefit(case, irregular=bool(case.fact(WorkPattern).discontinuous))
        amounts.append(day_amount("daily_benefit", "indemnité journalière", "daily benefit", benefit))
        if fact.days is not None:
            amounts.append(
                Amount(
                    code="total",
                    french="total de l'arrêt",
                    english="total",
                    value=fact.days * benefit.daily_cents,
                )
            )
    return case.finding(granted, reasons=reasons, amounts=amounts, missing_facts=missing)


CHILDCARE = Entitlement(
    code="childcare_sick_leave",
    french_name="Arrêt pour garde d'enfant (printemps 2020)",
    english_name="Stoppage for childcare (spring 2020)",
    family="sickness",
    formula=_childcare,
    citations=(
        Citation("Décret n° 2020-73 du 31 janvier 2020"),
        Citation("Loi n° 2020-473 du 25 avril 2020, art. 20"),
    ),
    assumptions=REFERENCE_ASSUMPTIONS,
    facts=(Person, WorkPattern, ChildcareStop),
    needs=("childcare_stop",),
)
