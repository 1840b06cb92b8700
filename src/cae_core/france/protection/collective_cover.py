"""Health and provident cover of the cooperative, their portability, and the guarantee of wages (AGS)."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.protection.common import HUNDREDTHS, css, figure, labour, seniority
from cae_core.france.protection.open_points import (
    GUARANTEE_OF_THE_ACCOUNT,
    HEALTH_PAYMENT,
    NON_EXECUTIVE_COVER,
    PORTABILITY_BY_MONTHS,
)
from cae_core.law import Citation
from cae_core.money import MILLION, divide_half_up
from cae_core.protection import Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["Contract", "Cover", "Judgment"]


@attrs.frozen(kw_only=True)
class Cover:
    """The collective cover of the cooperative.

    Attributes:
        employee_cents: the employee's share of the health cover, a month.
        employer_cents: the employer's share.
        part_time: the act that set the cover up lets part-timers be dispensed, and she is one.
        otherwise_covered: she holds another cover that dispenses her by law.
        executive: she is a *cadre*.
    """

    employee_cents: int | None = None
    employer_cents: int | None = None
    part_time: bool = False
    otherwise_covered: bool = False
    executive: bool = False


def _health(case: Case) -> Finding:
    cover = case.fact(Cover)
    share = case.row("health_cover_employer_minimum_share")
    reasons = [
        Reason(
            code="employee",
            met=True,
            french=(
                "toute salariée doit se voir proposer la couverture, quels que soient sa paie et ses heures"
            ),
            english="every employee must be offered the cover, whatever her pay and hours",
            citations=(css("L911-7"),),
        )
    ]
    amounts = []
    if cover.employee_cents is not None and cover.employer_cents is not None:
        whole = cover.employee_cents + cover.employer_cents
        assert isinstance(share.value, int)
        least = int(-(-whole * share.value // MILLION))
        amounts.append(
            figure(
                "employer_share", "part de l'employeur", "employer's share", cover.employer_cents, per="month"
            )
        )
        amounts.append(
            figure(
                "employer_minimum",
                "part minimale de l'employeur",
                "least share of the employer",
                least,
                per="month",
            )
        )
        reasons.append(
            Reason(
                code="employer_pays_half",
                met=cover.employer_cents >= least,
                french="l'employeur paie au moins la moitié",
                english="the employer pays half at least",
                citations=(share.citation,),
                found=cover.employer_cents,
                wanted=least,
                unit="cents",
            )
        )
    reasons.append(_dispensed(case, cover))
    return case.finding(True, reasons=reasons, amounts=amounts, assumptions=[HEALTH_PAYMENT])


def _dispensed(case: Case, cover: Cover) -> Reason:
    """Return whether she may ask not to be covered: it is her choice, never the employer's."""
    rate = case.value("cover_dispensation_share")
    gross = case.history.last_months(1, case.on).gross_pay_cents
    heavy = (
        cover.part_time
        and cover.employee_cents is not None
        and cover.employee_cents * MILLION >= gross * rate
    )
    return Reason(
        code="may_be_dispensed",
        met=heavy or cover.otherwise_covered,
        french=(
            "elle peut demander une dispense (autre couverture, ou part d'au moins 10 % du brut à temps "
            "partiel)"
        ),
        english=(
            "she may ask to be dispensed (another cover, or a share of 10 % of gross pay at least, part-time)"
        ),
        citations=(css("D911-2"), case.citation("cover_dispensation_share")),
        found=cover.employee_cents,
        wanted=int(-(-gross * rate // MILLION)),
        unit="cents",
    )


def _provident(case: Case) -> Finding:
    cover = case.fact(Cover)
    rate = case.row("provident_executive_minimum_rate")
    reason = Reason(
        code="executive",
        met=cover.executive,
        french=(
            "prévoyance décès obligatoire pour les cadres seulement ; sinon selon l'accord de la coopérative"
        ),
        english="provident cover is compulsory for executives only; else by agreement of the cooperative",
        citations=(rate.citation,),
    )
    assert isinstance(rate.value, int)
    amounts = [
        figure(
            "employer_rate", "taux minimal de l'employeur", "least rate of the employer", rate.value, "ppm"
        )
    ]
    assumptions = () if cover.executive else (NON_EXECUTIVE_COVER,)
    return case.finding(
        cover.executive, reasons=[reason], amounts=amounts if cover.executive else (), assumptions=assumptions
    )


@attrs.frozen(kw_only=True)
class Contract:
    """The end of the contract on the day asked about.

    Attributes:
        months_hundredths: how long the last contracts with the same employer ran, in hundredths of a month;
            without it, the months since the entry.
        unemployment_benefit: she is entitled to unemployment benefit; ``None`` leaves it open.
        gross_misconduct: it ended for gross misconduct (faute lourde).
    """

    months_hundredths: int | None = None
    unemployment_benefit: bool | None = None
    gross_misconduct: bool = False

    def __attrs_post_init__(self) -> None:
        if self.months_hundredths is not None and (
            type(self.months_hundredths) is not int or self.months_hundredths < 0
        ):
            raise InputError(
                "months_hundredths", f"expected a whole number, zero or more, got {self.months_hundredths!r}"
            )


def _portability(case: Case) -> Finding:
    contract = case.fact(Contract)
    months = contract.months_hundredths
    if months is None:
        entered = seniority(case)
        months = None if entered is None else entered * HUNDREDTHS
    entitled = contract.unemployment_benefit
    reasons = [
        Reason(
            code="unemployment_benefit",
            met=entitled is True,
            french="droit à l'allocation de chômage",
            english="entitled to unemployment benefit",
            citations=(css("L911-8"),),
        ),
        Reason(
            code="no_gross_misconduct",
            met=not contract.gross_misconduct,
            french="pas de faute lourde",
            english="no gross misconduct",
            citations=(css("L911-8"),),
        ),
    ]
    missing = [
        *(["unemployment_benefit"] if entitled is None else []),
        *(["months_hundredths"] if months is None else []),
    ]
    if entitled is False or contract.gross_misconduct:
        none = figure("months", "durée de maintien", "months kept", 0, "months")
        return case.finding(False, reasons=reasons, amounts=[none], assumptions=[PORTABILITY_BY_MONTHS])
    amounts = []
    if months is not None:
        kept = min(-(-months // HUNDREDTHS), case.value("portability_maximum_months"))
        amounts.append(figure("months", "durée de maintien", "months kept", kept, "months"))
    return case.finding(
        None if missing else True,
        reasons=reasons,
        amounts=amounts,
        assumptions=[PORTABILITY_BY_MONTHS],
        missing_facts=missing,
    )


@attrs.frozen(kw_only=True)
class Judgment:
    """A judgment that opens the insolvency of the cooperative, on the day asked about.

    Attributes:
        months: whole months of contract before the judgment; without it, since the entry.
        claim_cents: gross pay, leave and indemnities due and unpaid.
    """

    months: int | None = None
    claim_cents: int | None = None


def _guarantee(case: Case) -> Finding:
    judgment = case.fact(Judgment)
    months = judgment.months if judgment.months is not None else seniority(case)
    reason = Reason(
        code="employee",
        met=True,
        french="toute salariée est garantie dès le premier jour",
        english="every employee is guaranteed from the first day",
        citations=(labour("L3253-6", "L3253-8"),),
    )
    if months is None:
        return case.finding(
            True, reasons=[reason], assumptions=[GUARANTEE_OF_THE_ACCOUNT], missing_facts=["entered_on"]
        )
    if months >= case.value("guarantee_long_months"):
        name = "guarantee_long_multiple"
    elif months >= case.value("guarantee_middle_months"):
        name = "guarantee_middle_multiple"
    else:
        name = "guarantee_short_multiple"
    base = case.value("guarantee_base_ceilings") * case.value("social_security_ceiling_monthly")
    ceiling = divide_half_up(base * case.value(name), HUNDREDTHS * HUNDREDTHS)
    amounts = [figure("ceiling", "plafond de la garantie", "ceiling of the guarantee", int(ceiling))]
    if judgment.claim_cents is not None:
        paid = min(judgment.claim_cents, int(ceiling))
        amounts.append(figure("paid", "créances payées", "claims paid", paid))
    return case.finding(True, reasons=[reason], amounts=amounts, assumptions=[GUARANTEE_OF_THE_ACCOUNT])


HEALTH = Entitlement(
    code="health_cover",
    french_name="Complémentaire santé",
    english_name="Health cover",
    family="cover",
    formula=_health,
    citations=(css("L911-7", "D911-2 à D911-8"),),
    assumptions=(HEALTH_PAYMENT,),
    facts=(Person, Cover),
)
PROVIDENT = Entitlement(
    code="provident_cover",
    french_name="Prévoyance",
    english_name="Provident cover",
    family="cover",
    formula=_provident,
    citations=(Citation("ANI du 17 novembre 2017 relatif à la prévoyance des cadres"),),
    assumptions=(NON_EXECUTIVE_COVER,),
    facts=(Person, Cover),
)
PORTABILITY = Entitlement(
    code="cover_portability",
    french_name="Portabilité des couvertures",
    english_name="Portability of covers",
    family="cover",
    formula=_portability,
    citations=(css("L911-8"),),
    assumptions=(PORTABILITY_BY_MONTHS,),
    facts=(Person, Contract),
)
GUARANTEE = Entitlement(
    code="wage_guarantee",
    french_name="Garantie des salaires (AGS)",
    english_name="Guarantee of wages",
    family="insolvency",
    formula=_guarantee,
    citations=(labour("L3253-6 à L3253-21", "D3253-5"),),
    assumptions=(GUARANTEE_OF_THE_ACCOUNT,),
    facts=(Person, Judgment),
)
