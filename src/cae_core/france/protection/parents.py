"""Maternity, paternity and adoption: conditions, lengths and daily benefits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from cae_core.calendar import Month, add_months, to_day
from cae_core.errors import InputError
from cae_core.france.protection.common import affiliation_reason, css, euros, figure, labour, last_day_before
from cae_core.france.protection.open_points import (
    BIRTH_DAYS_FROM_HER_ACCOUNT,
    BIRTH_MAXIMUM_ROUNDED,
    SHOWN_BY_HISTORY,
    UNDECIDED_REFERENCE,
)
from cae_core.france.protection.opening import OPENING_ASSUMPTIONS, WorkPattern, short_opening
from cae_core.france.protection.reference_pay import REFERENCE_ASSUMPTIONS, ReferencePay, reference_pay
from cae_core.money import MILLION, apply_rate, divide_half_up
from cae_core.protection import Amount, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["Birth", "RestBenefit", "maternity_weeks", "opened_for_birth", "rest_benefit"]

_WEEK = 7
_TWO = 2


@attrs.frozen(kw_only=True)
class Birth:
    """A birth or an adoption; the leave starts on the day asked about.

    Attributes:
        born_on: the day of birth or of arrival at home; without it the day the leave starts.
        due_on: the day the birth is or was expected.
        children: how many are born or adopted together.
        children_before: how many children she already has, for the third child.
        illness: a pathological pregnancy or birth, prescribed.
        hospitalised: the child is in a neonatal ward.
        shared: the leave of adoption is shared by both parents.
        stopped_weeks: how many weeks she stops; without it the whole leave.
    """

    born_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    due_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    children: int = 1
    children_before: int = 0
    illness: bool = False
    hospitalised: bool = False
    shared: bool = False
    stopped_weeks: int | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.children) is not int or self.children < 1:
            raise InputError("children", f"expected one child or more, got {self.children!r}")
        if type(self.children_before) is not int or self.children_before < 0:
            raise InputError(
                "children_before", f"expected a whole number, zero or more, got {self.children_before!r}"
            )


@attrs.frozen(kw_only=True)
class RestBenefit:
    """A daily benefit of maternity, paternity or adoption, in cents."""

    reference: ReferencePay
    maximum_cents: int
    minimum_cents: int
    daily_cents: int


def rest_benefit(case: Case, *, irregular: bool) -> RestBenefit:
    """Return the daily benefit: pay up to the ceiling, less a flat rate, not under a minimum.

    Law:
        Code de la sécurité sociale, art. L331-3 et R331-5: the ceiling is that in force on the last day of
        the month before the leave.
    """
    months = case.value("sickness_irregular_months" if irregular else "sickness_reference_months")
    divisor = case.value("sickness_irregular_divisor" if irregular else "sickness_divisor")
    cap = case.value("social_security_ceiling_monthly", last_day_before(Month.parse(case.on)))
    reference = reference_pay(case, months, divisor, cap)
    left = MILLION - case.value("maternity_deduction_rate")
    usual = case.value("sickness_divisor") * MILLION
    maximum = divide_half_up(case.value("sickness_reference_months") * cap * 100 * left, usual)
    minimum = divide_half_up(case.value("old_workers_allowance_monthly") * 12, 365)
    daily = maximum if reference.at_the_cap else int(apply_rate(reference.daily_cents, left))
    return RestBenefit(
        reference=reference,
        maximum_cents=maximum,
        minimum_cents=minimum,
        daily_cents=max(min(daily, maximum), minimum),
    )


def maternity_weeks(case: Case, birth: Birth) -> tuple[int, int]:
    """Return the weeks of maternity leave before and after the birth.

    Law:
        Code du travail, art. L1225-17 à L1225-21; code de la sécurité sociale, art. L331-3 et L331-4.
    """
    if birth.children > _TWO:
        kind = "maternity_triplets"
    elif birth.children == _TWO:
        kind = "maternity_twins"
    elif birth.children_before >= _TWO:
        kind = "maternity_third"
    else:
        kind = "maternity"
    before, after = case.count(f"{kind}_before_weeks"), case.count(f"{kind}_after_weeks")
    if birth.illness:
        before += case.count("maternity_illness_before_weeks")
        after += case.count("maternity_illness_after_weeks")
    return before, after


def opened_for_birth(case: Case, further: Sequence[Reason] = ()) -> tuple[bool | None, dict[str, Any]]:
    """Return whether the benefits of a birth are open, and what a finding says about it.

    Law:
        Code de la sécurité sociale, art. L331-3, R313-1, R313-3 et R313-4.
    """
    opening = short_opening(case, case.fact(WorkPattern))
    wanted = case.row("maternity_affiliation_months")
    assert isinstance(wanted.value, int)
    insured, known = affiliation_reason(case, wanted.value, wanted.citation)
    parts = (opening.granted, known, *(reason.met for reason in further))
    granted = False if False in parts else (None if None in parts else True)
    return granted, {
        "reasons": (insured, *opening.reasons, *further),
        "assumptions": [*opening.assumptions, *([SHOWN_BY_HISTORY] if known is None else [])],
        "missing_facts": [*opening.missing_facts, *(["affiliated_on"] if known is None else [])],
        "nearest": opening.nearest,
    }


def _answer(case: Case, days: int, length: list[Amount], further: Sequence[Reason] = ()) -> Finding:
    granted, said = opened_for_birth(case, further)
    if granted is False:
        return case.finding(False, **said)
    pattern = case.fact(WorkPattern)
    benefit = rest_benefit(case, irregular=bool(pattern.discontinuous))
    amounts = [
        figure(
            "daily_benefit",
            "indemnité journalière",
            "daily benefit",
            benefit.daily_cents,
            per="day",
            steps=_steps(benefit),
        ),
        figure(
            "maximum_daily_benefit",
            "indemnité journalière maximale",
            "largest daily benefit",
            benefit.maximum_cents,
            per="day",
        ),
        figure(
            "minimum_daily_benefit",
            "indemnité journalière minimale",
            "smallest daily benefit",
            benefit.minimum_cents,
            per="day",
        ),
        *length,
        figure("total", "total du congé", "total of the leave", days * benefit.daily_cents),
    ]
    assumptions = [*said["assumptions"], BIRTH_MAXIMUM_ROUNDED, *benefit.reference.assumptions]
    if pattern.discontinuous is None:
        other = rest_benefit(case, irregular=True)
        assumptions.append(UNDECIDED_REFERENCE)
        amounts.append(
            figure(
                "daily_benefit_twelve_months",
                "indemnité journalière sur douze mois",
                "daily benefit on twelve months",
                other.daily_cents,
                per="day",
                steps=_steps(other),
            )
        )
    return case.finding(granted, amounts=amounts, **{**said, "assumptions": assumptions})


def _steps(benefit: RestBenefit) -> tuple[str, str]:
    french, english = benefit.reference.steps
    amount = euros(benefit.daily_cents)
    return f"{french} → {amount[0]}", f"{english} → {amount[1]}"


def _maternity(case: Case) -> Finding:
    birth = case.fact(Birth)
    before, after = maternity_weeks(case, birth)
    least = case.count("maternity_minimum_stop_weeks")
    weeks = before + after if birth.stopped_weeks is None else birth.stopped_weeks
    stops = Reason(
        code="stops_long_enough",
        met=weeks >= least,
        french=f"arrêt de {weeks} semaines, il en faut au moins {least}",
        english=f"{weeks} weeks off, at least {least} are needed",
        citations=(css("L331-3"),),
        found=weeks,
        wanted=least,
        unit="weeks",
    )
    days = min(weeks, before + after) * _WEEK
    length = [
        figure("leave_days", "durée du congé", "length of the leave", days, "days"),
        figure("weeks_before", "semaines avant la naissance", "weeks before the birth", before, "weeks"),
        figure("weeks_after", "semaines après la naissance", "weeks after the birth", after, "weeks"),
    ]
    return _answer(case, days, length, [stops])


def _paternity(case: Case) -> Finding:
    birth = case.fact(Birth)
    born = birth.born_on or case.on
    days = case.value("paternity_days" if birth.children == 1 else "paternity_multiple_days", born)
    if birth.hospitalised:
        days += case.value("paternity_hospital_days", born)
    until = add_months(born, case.value("paternity_deadline_months", born))
    in_time = Reason(
        code="in_time",
        met=born <= case.on < until,
        french=f"congé commencé avant le {until:%d/%m/%Y}",
        english=f"leave started before {until}",
        citations=(case.citation("paternity_deadline_months", born),),
    )
    employer = case.value("birth_days", born)
    length = [
        figure("leave_days", "durée du congé", "length of the leave", days, "days"),
        figure(
            "birth_days",
            "congé de naissance payé par l'employeur",
            "birth leave paid by the employer",
            employer,
            "days",
        ),
    ]
    if case.in_force("paternity_compulsory_days", born):
        compulsory = case.value("paternity_compulsory_days", born)
        length.append(figure("compulsory_days", "jours obligatoires", "compulsory days", compulsory, "days"))
        part = case.value("paternity_part_days", born)
        length.append(figure("part_days", "durée minimale d'une fraction", "shortest part", part, "days"))
    found = _answer(case, days, length, [in_time])
    return attrs.evolve(found, assumptions=(*found.assumptions, BIRTH_DAYS_FROM_HER_ACCOUNT))


def _adoption(case: Case) -> Finding:
    birth = case.fact(Birth)
    born = birth.born_on or case.on
    if birth.children > 1:
        name, shared = "adoption_multiple_weeks", "adoption_shared_multiple_days"
    else:
        name = "adoption_third_weeks" if birth.children_before >= _TWO else "adoption_weeks"
        shared = "adoption_shared_days"
    days = case.count(name, born) * _WEEK
    if birth.shared:
        days += case.value(shared, born)
    return _answer(case, days, [figure("leave_days", "durée du congé", "length of the leave", days, "days")])


_ASSUMPTIONS = (*OPENING_ASSUMPTIONS, *REFERENCE_ASSUMPTIONS, BIRTH_MAXIMUM_ROUNDED, UNDECIDED_REFERENCE)

MATERNITY = Entitlement(
    code="maternity_benefit",
    french_name="Indemnités journalières de maternité",
    english_name="Maternity benefit",
    family="parents",
    formula=_maternity,
    citations=(css("L331-3 à L331-5", "R313-1", "R313-3", "R313-4", "R331-5"), labour("L1225-17 à L1225-21")),
    assumptions=_ASSUMPTIONS,
    facts=(Person, WorkPattern, Birth),
)
PATERNITY = Entitlement(
    code="paternity_benefit",
    french_name="Indemnités journalières de paternité",
    english_name="Paternity benefit",
    family="parents",
    formula=_paternity,
    citations=(css("L331-8", "D331-3"), labour("L1225-35", "D1225-8")),
    assumptions=(*_ASSUMPTIONS, BIRTH_DAYS_FROM_HER_ACCOUNT),
    facts=(Person, WorkPattern, Birth),
)
ADOPTION = Entitlement(
    code="adoption_benefit",
    french_name="Indemnités journalières d'adoption",
    english_name="Adoption benefit",
    family="parents",
    formula=_adoption,
    citations=(css("L331-7"), labour("L1225-37 à L1225-40")),
    assumptions=_ASSUMPTIONS,
    facts=(Person, WorkPattern, Birth),
)
