"""The salaried side of a comparison: a CESA in a cooperative, or wage portage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from cae_core.calendar import Month
from cae_core.errors import LawNotKnownError
from cae_core.france.law_on import LawOn
from cae_core.france.protection.daily_benefit import SickLeave
from cae_core.france.protection.parents import Birth
from cae_core.france.protection.supplement import SupplementClaim
from cae_core.france.protection.work_accident import WorkAccident
from cae_core.france.statuses.lines import PaidLine
from cae_core.france.statuses.side import Event, EventCover, Status, StatusSide
from cae_core.france.statuses.wage_portage import portage_minimum_reason, portage_month
from cae_core.france.unemployment import BenefitGround, Ending
from cae_core.law import Citation
from cae_core.money import MILLION, apply_rate
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.payslip import Payslip
from cae_core.protection import Assumption, Finding, PayHistory, PayMonth, Person
from cae_core.reasons import Reason
from cae_core.ruleset import Ruleset

__all__ = ["PaidYear", "cover_of", "level_history", "salaried_events", "salaried_side", "salaried_year"]

PAID_OUT = Assumption(
    code="all_paid_out",
    french="tout ce que l'activité permet est payé, chaque mois",
    english="everything the activity allows is paid, each month",
)
SAME_PAY_BEFORE = Assumption(
    code="same_pay_before",
    french="les trois années d'avant ont donné la même paie",
    english="the three years before gave the same pay",
)
AGREED_ENDING = Assumption(
    code="agreed_ending",
    french="le contrat finit par une rupture conventionnelle",
    english="the contract ends by agreement",
)
_YEARS_BEFORE = 3
_AGE = 40


@attrs.frozen(kw_only=True, eq=False)
class PaidYear:
    """Twelve payslips on level turnover and expenses.

    Attributes:
        slips: one a month.
        fee_cents: the fee of the year.
        held_cents: what was not paid out.
        monthly_grosses: the gross pay of each month, the reserve included in portage.
    """

    slips: tuple[Payslip, ...]
    fee_cents: int
    held_cents: int
    monthly_grosses: tuple[int, ...]


def salaried_year(
    rules: Ruleset,
    year: int,
    turnovers: tuple[int, ...],
    expenses: tuple[int, ...],
    *,
    portage: bool,
    fee_ppm: int,
    facts: PayFacts,
    assume_unchanged: bool,
) -> PaidYear:
    """Return the payslips of a year whose whole budget is paid out each month."""
    slips: list[Payslip] = []
    grosses: list[int] = []
    fees = held = 0
    before = None
    for number, (turnover, spent) in enumerate(zip(turnovers, expenses, strict=True), start=1):
        month = Month(year, number)
        fee = int(apply_rate(turnover, fee_ppm))
        budget = turnover - fee - spent
        if portage:
            law = LawOn(rules.rights, month.first_day, assume_unchanged)
            lived = portage_month(
                rules, law, str(month), budget, facts, before, assume_unchanged=assume_unchanged
            )
            slip, left, gross = lived.payslip, lived.held_cents, lived.gross_with_reserve_cents
        else:
            found = rules.gross_for_budget(
                month, max(budget, 0), facts, year_to_date=before, assume_unchanged=assume_unchanged
            )
            gross = found.gross_pay_cents if found.fits else 0
            slip = rules.payslip(
                month, facts.with_gross(gross), year_to_date=before, assume_unchanged=assume_unchanged
            )
            left = budget - slip.employer_cost_cents
        before = slip.year_to_date
        fees, held = fees + fee, held + left
        slips.append(slip)
        grosses.append(gross)
    return PaidYear(slips=tuple(slips), fee_cents=fees, held_cents=held, monthly_grosses=tuple(grosses))


def salaried_side(
    rules: Ruleset,
    status: Status,
    paid: PaidYear,
    *,
    turnover_cents: int,
    expenses_cents: int,
    fee_ppm: int,
    fee_citations: tuple[Citation, ...],
    on: dt.date,
    assume_unchanged: bool,
) -> StatusSide:
    """Return the side of a year of payslips, with the events of a day."""
    slips = paid.slips
    cost = sum(slip.employer_cost_cents for slip in slips)
    gross = sum(slip.gross_pay_cents for slip in slips)
    net = sum(slip.net_before_tax_cents for slip in slips)
    portage = status is Status.WAGE_PORTAGE
    names = (
        ("frais de gestion", "management fee") if portage else ("contribution coopérative", "cooperative fee")
    )
    lines = (
        PaidLine(
            code="fee", french=names[0], english=names[1], amount_cents=paid.fee_cents,
            base_cents=turnover_cents, rate=Fraction(fee_ppm, MILLION), citations=fee_citations,
        ),
        PaidLine(
            code="employer", french="cotisations patronales, réductions déduites",
            english="employer contributions less reductions", amount_cents=cost - gross,
        ),
        PaidLine(
            code="employee", french="cotisations salariales", english="employee contributions",
            amount_cents=gross - net,
        ),
    )  # fmt: skip
    conditions: tuple[Reason, ...] = ()
    if portage:
        law = LawOn(rules.rights, on, assume_unchanged)
        conditions = (portage_minimum_reason(law, min(paid.monthly_grosses)),)
    return StatusSide(
        status=status,
        turnover_cents=turnover_cents,
        expenses_cents=expenses_cents,
        lines=lines,
        held_cents=paid.held_cents,
        net_cents=net,
        gross_pay_cents=gross,
        tax_cents=sum(slip.withholding_cents for slip in slips),
        tax_method=("retenue à la source au taux neutre", "withholding at the neutral rate"),
        conditions=conditions,
        events=salaried_events(rules, slips, on, assume_unchanged=assume_unchanged),
        assumptions=(PAID_OUT, SAME_PAY_BEFORE, AGREED_ENDING),
    )


def level_history(slips: Iterable[Payslip], before: int = _YEARS_BEFORE) -> PayHistory:
    """Return a history in which the years before had the same months."""
    months = [PayMonth.of(slip) for slip in slips]
    return PayHistory(
        attrs.evolve(each, month=each.month + -12 * back) for back in range(before + 1) for each in months
    )


def salaried_events(
    rules: Ruleset, slips: Iterable[Payslip], on: dt.date, *, days: int = 30, assume_unchanged: bool = False
) -> tuple[EventCover, ...]:
    """Return what each event would bring to somebody paid so, every year.

    Args:
        rules: the ruleset.
        slips: the payslips of a year.
        on: the day of the event.
        days: how long a stoppage lasts, in calendar days.
        assume_unchanged: after the last day known, carry the law forward.
    """
    history = level_history(slips)
    entered = dt.date(on.year - _YEARS_BEFORE, 1, 1)
    person = Person(
        born_on=dt.date(on.year - _AGE, 1, 1), entered_on=entered, affiliated_on=entered, children=0
    )

    def ask(code: str, *facts: object) -> Finding:
        return rules.assess(code, history, on, person, *facts, assume_unchanged=assume_unchanged)

    sick, accident, claim = SickLeave(days=days), WorkAccident(days=days), SupplementClaim(work_accident=True)
    asked: dict[Event, tuple[Callable[[], Finding], ...]] = {
        Event.ILLNESS: (
            lambda: ask("sickness_daily_benefit", sick),
            lambda: ask("employer_supplement", sick),
        ),
        Event.BIRTH: (lambda: ask("maternity_benefit", Birth(born_on=on, due_on=on)),),
        Event.WORK_ACCIDENT: (
            lambda: ask("work_accident_benefit", accident),
            lambda: ask("employer_supplement", sick, accident, claim),
        ),
        Event.LOSS: (lambda: ask("unemployment_benefit", Ending(kind=BenefitGround.AGREED)),),
        Event.RETIREMENT: (
            lambda: ask("retirement_quarters"),
            lambda: ask("supplementary_pension_points"),
        ),
    }
    return tuple(cover_of(event, *questions) for event, questions in asked.items())


def cover_of(event: Event, *questions: Callable[[], Finding]) -> EventCover:
    """Return the cover of an event from the questions that answer it; a law that is not known is said."""
    try:
        findings = [ask() for ask in questions]
    except LawNotKnownError as error:
        return EventCover(event=event, finding=None, unknown=(f"droit non connu : {error.name}", str(error)))
    return EventCover(event=event, finding=findings[0], further=tuple(findings[1:]))
