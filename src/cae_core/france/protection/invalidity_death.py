"""Invalidity pension and death capital."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import ceiling_yearly, css, figure
from cae_core.france.protection.open_points import INVALIDITY_YEARS, MINIMUM_PENSION, SURVIVORS
from cae_core.france.protection.opening import OPENING_ASSUMPTIONS, WorkPattern, long_opening
from cae_core.money import MILLION, divide_half_up
from cae_core.protection import Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["Death", "Invalidity", "pension"]

_THIRD = 3


@attrs.frozen(kw_only=True)
class Invalidity:
    """A capacity of work reduced by two thirds at least; the day asked about is the first of the month.

    Attributes:
        category: 1 (she can work), 2 (she cannot), 3 (she needs somebody for daily life).
        yearly_pay_cents: the pay of the years before, revalued, in any order; without it, the civil years of
            the history, not revalued.
    """

    category: int = 1
    yearly_pay_cents: tuple[int, ...] = attrs.field(default=(), converter=tuple)

    def __attrs_post_init__(self) -> None:
        if self.category not in (1, 2, _THIRD):
            raise InputError("category", f"expected 1, 2 or 3, got {self.category!r}")
        if any(type(pay) is not int or pay < 0 for pay in self.yearly_pay_cents):
            raise InputError(
                "yearly_pay_cents", f"expected cents, zero or more, got {self.yearly_pay_cents!r}"
            )


def pension(case: Case, yearly_pay_cents: Sequence[int], category: int) -> int:
    """Return the monthly pension of a category, from the pay of the best years, each up to its ceiling.

    Law:
        Code de la sécurité sociale, art. L341-4 et R341-4 à R341-6.
    """
    ceiling = ceiling_yearly(case, case.on)
    best = sorted((min(pay, ceiling) for pay in yearly_pay_cents), reverse=True)
    best = best[: case.count("invalidity_best_years")]
    rate = case.value("invalidity_first_rate" if category == 1 else "invalidity_second_rate")
    monthly = divide_half_up(sum(best) * rate, len(best) * MILLION * 12) if best else 0
    return max(int(monthly), case.value("old_workers_allowance_monthly"))


def _invalidity(case: Case) -> Finding:
    fact = case.fact(Invalidity)
    opening = long_opening(case, case.fact(WorkPattern), case.value("invalidity_affiliation_months"))
    given = fact.yearly_pay_cents
    years = given or tuple(
        case.history.year(year).gross_pay_cents
        for year in sorted({each.month.year for each in case.history.months})
        if year < case.on.year
    )
    if opening.granted is False:
        return case.finding(
            False,
            reasons=opening.reasons,
            assumptions=opening.assumptions,
            missing_facts=opening.missing_facts,
        )
    ceiling = ceiling_yearly(case, case.on)
    rate = case.value("invalidity_first_rate" if fact.category == 1 else "invalidity_second_rate")
    amounts = [
        figure(
            "pension",
            f"pension, catégorie {fact.category}",
            f"pension, category {fact.category}",
            pension(case, years, fact.category),
            per="month",
        ),
        figure(
            "maximum_pension",
            "pension maximale",
            "largest pension",
            int(divide_half_up(ceiling * rate, 12 * MILLION)),
            per="month",
        ),
        figure(
            "minimum_pension",
            "pension minimale",
            "smallest pension",
            case.value("old_workers_allowance_monthly"),
            per="month",
        ),
    ]
    if fact.category == _THIRD:
        amounts.append(
            figure(
                "third_person",
                "majoration pour tierce personne",
                "increase for a third person",
                case.value("third_person_increase_monthly"),
                per="month",
            )
        )
    return case.finding(
        opening.granted,
        reasons=opening.reasons,
        amounts=amounts,
        assumptions=(*opening.assumptions, MINIMUM_PENSION, *([] if given else [INVALIDITY_YEARS])),
        missing_facts=(*opening.missing_facts, *([] if given else ["yearly_pay_cents"])),
    )


@attrs.frozen(kw_only=True)
class Death:
    """What decides the death capital, beside the pay of the months before.

    Attributes:
        on_benefit: she was paid unemployment, sickness or accident benefits, or an invalidity pension, within
            the months before.
    """

    on_benefit: bool = False


def _death(case: Case) -> Finding:
    months = case.value("death_capital_months")
    before = case.history.last_months(months, case.on)
    worked = any(month.days and month.gross_pay_cents for month in before.months)
    under_contract = any(month.days for month in before.months)
    benefit = case.fact(Death).on_benefit
    reason = Reason(
        code="active_before",
        met=under_contract or benefit,
        french=f"salariée ou indemnisée dans les {months} mois avant",
        english=f"employed or on benefit within {months} months before",
        citations=(css("L361-1"),),
        # A contract that ran without any pay: nobody says whether that is an activity.
        needs_review=under_contract and not worked and not benefit,
    )
    known = reason.met or not before.missing
    amounts = [figure("capital", "capital décès", "death capital", case.value("death_capital"))]
    return case.finding(
        True if reason.met else (False if known else None),
        reasons=[reason],
        amounts=amounts if reason.met or not known else (),
        assumptions=[SURVIVORS],
        missing_facts=() if known else [f"pay of {month}" for month in before.missing],
    )


INVALIDITY = Entitlement(
    code="invalidity_pension",
    french_name="Pension d'invalidité",
    english_name="Invalidity pension",
    family="invalidity",
    formula=_invalidity,
    citations=(css("R313-5"), css("L341-1", "L341-4", "R341-4 à R341-6")),
    assumptions=(*OPENING_ASSUMPTIONS, MINIMUM_PENSION, INVALIDITY_YEARS),
    facts=(Person, WorkPattern, Invalidity),
)
DEATH = Entitlement(
    code="death_capital",
    french_name="Capital décès",
    english_name="Death capital",
    family="invalidity",
    formula=_death,
    citations=(css("L361-1", "D361-1"),),
    assumptions=(SURVIVORS,),
    facts=(Person, Death),
)
