"""Daily benefits of a work accident or an occupational disease (AT/MP): no condition, from the first hour."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import HUNDREDTHS, ceiling_yearly, css, euros
from cae_core.france.protection.open_points import ACCIDENT_BASE, ACCIDENT_MONTH_REBUILT
from cae_core.money import MILLION, apply_rate, divide_half_up, format_decimal
from cae_core.protection import Amount, Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["AccidentBenefit", "WorkAccident", "accident_benefit"]


@attrs.frozen(kw_only=True)
class WorkAccident:
    """An accident by the fact or in the course of work for the cooperative, on the day asked about.

    Attributes:
        days: how many days are lost after that of the accident, in calendar days.
        discontinuous: work is discontinuous: the base is twelve months; ``None`` gives both.
        recognised: whether the fund recognises it as a work accident.
    """

    days: int | None = None
    discontinuous: bool | None = None
    recognised: bool = True

    def __attrs_post_init__(self) -> None:
        if self.days is not None and (type(self.days) is not int or self.days < 0):
            raise InputError("days", f"expected a whole number, zero or more, got {self.days!r}")


@attrs.frozen(kw_only=True)
class AccidentBenefit:
    """The two daily benefits and what they rest on, in cents.

    Attributes:
        paid_cents: the pay of the reference.
        daily_cents: the daily pay, under its cap.
        net_cents: the net daily gain, which no benefit exceeds.
        maximum_cents: the cap of the daily pay.
        first_cents: the benefit of the first days; ``later_cents`` that of the days after them.
        divisor_hundredths: what the pay is divided by.
    """

    paid_cents: int
    daily_cents: int
    net_cents: int
    maximum_cents: int
    first_cents: int
    later_cents: int
    divisor_hundredths: int


def accident_benefit(case: Case, accident: WorkAccident, *, irregular: bool | None = None) -> AccidentBenefit:
    """Return the daily benefits on the last month of pay, or on twelve months where work is discontinuous.

    Law:
        Code de la sécurité sociale, art. L433-1, L433-2, R433-1 à R433-7.
    """
    irregular = bool(accident.discontinuous) if irregular is None else irregular
    divisor = case.value("accident_irregular_divisor" if irregular else "accident_divisor")
    months = case.value("accident_irregular_months") if irregular else 1
    paid = case.history.last_months(months, case.on).gross_pay_cents
    cap = int(apply_rate(ceiling_yearly(case, case.on), case.value("accident_cap_rate")))
    daily = divide_half_up(paid * HUNDREDTHS, divisor)
    # The net gain is not capped: above the cap of the daily pay, the second rate is whole again.
    net = divide_half_up(
        paid * HUNDREDTHS * (MILLION - case.value("accident_deduction_rate")), divisor * MILLION
    )
    base = min(daily, cap)
    return AccidentBenefit(
        paid_cents=paid,
        daily_cents=base,
        net_cents=net,
        maximum_cents=cap,
        first_cents=min(int(apply_rate(base, case.value("accident_first_rate"))), net),
        later_cents=min(int(apply_rate(base, case.value("accident_later_rate"))), net),
        divisor_hundredths=divisor,
    )


def _steps(benefit: AccidentBenefit, cents: int) -> tuple[str, str]:
    def write(lang: str) -> str:
        paid, divisor, base, net = (
            format_decimal(number, 2, lang)
            for number in (
                benefit.paid_cents,
                benefit.divisor_hundredths,
                benefit.daily_cents,
                benefit.net_cents,
            )
        )
        word = "gain net" if lang == "fr" else "net gain"
        return f"{paid} ÷ {divisor} = {base} ; {word} {net} → {euros(cents)[0 if lang == 'fr' else 1]}"

    return write("fr"), write("en")


def _accident(case: Case) -> Finding:
    accident = case.fact(WorkAccident)
    reason = Reason(
        code="recognised",
        met=accident.recognised,
        french="accident par le fait ou à l'occasion du travail ; aucune condition de paie ni d'heures",
        english="accident by the fact or in the course of work; no condition of pay nor hours",
        citations=(css("L411-1", "L433-1"),),
    )
    if not accident.recognised:
        return case.finding(False, reasons=[reason])
    benefit = accident_benefit(case, accident)
    first_days = case.value("accident_first_days")
    amounts = [
        Amount(
            code="first_daily_benefit",
            french=f"indemnité journalière, {first_days} premiers jours",
            english=f"daily benefit, first {first_days} days",
            value=benefit.first_cents,
            per="day",
            steps=_steps(benefit, benefit.first_cents),
        ),
        Amount(
            code="later_daily_benefit",
            french="indemnité journalière ensuite",
            english="daily benefit afterwards",
            value=benefit.later_cents,
            per="day",
            steps=_steps(benefit, benefit.later_cents),
        ),
        Amount(
            code="maximum_daily_pay",
            french="salaire journalier maximal",
            english="largest daily pay",
            value=benefit.maximum_cents,
            per="day",
        ),
    ]
    assumptions = [ACCIDENT_MONTH_REBUILT]
    if accident.discontinuous is None:
        other = accident_benefit(case, accident, irregular=True)
        assumptions.append(ACCIDENT_BASE)
        amounts += [
            Amount(
                code="first_daily_benefit_twelve_months",
                french="indemnité journalière sur douze mois, premiers jours",
                english="daily benefit on twelve months, first days",
                value=other.first_cents,
                per="day",
                steps=_steps(other, other.first_cents),
            ),
            Amount(
                code="later_daily_benefit_twelve_months",
                french="indemnité journalière sur douze mois, ensuite",
                english="daily benefit on twelve months, afterwards",
                value=other.later_cents,
                per="day",
                steps=_steps(other, other.later_cents),
            ),
        ]
    if accident.days is not None:
        first = min(accident.days, first_days)
        total = first * benefit.first_cents + (accident.days - first) * benefit.later_cents
        amounts.append(
            Amount(code="total", french="total de l'arrêt", english="total of the stoppage", value=total)
        )
    return case.finding(True, reasons=[reason], amounts=amounts, assumptions=assumptions)


ACCIDENT = Entitlement(
    code="work_accident_benefit",
    french_name="Indemnités journalières d'accident du travail",
    english_name="Work accident daily benefits",
    family="accident",
    formula=_accident,
    citations=(css("L411-1", "L412-2", "L433-1", "L433-2"), css("R433-1 à R433-7")),
    assumptions=(ACCIDENT_BASE, ACCIDENT_MONTH_REBUILT),
    facts=(Person, WorkAccident),
)
