"""How a contract ended, and whether that opens rights to unemployment benefit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.france.exits.kinds import EndingKind
from cae_core.france.law_on import LawOfDay
from cae_core.law import Citation
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = ["BenefitGround", "Ending", "benefit_ground", "ending_reasons"]

_INVOLUNTARY = Citation("C. trav. art. L5422-1, I ; règlement d'assurance chômage art. 2")
_ASSOCIATION = Citation("C. trav. art. L7331-3")
_ABANDONMENT = Citation("C. trav. art. L1237-1-1")


class BenefitGround(Term):
    """How the contract of a salaried entrepreneur ended, as far as the benefit depends on it.

    Several ways of ending a contract are one ground, and one way may be several: :func:`benefit_ground`.
    """

    DISMISSAL = ("dismissal", "licenciement", "dismissal")
    MISCONDUCT = ("misconduct", "licenciement pour faute grave ou lourde", "dismissal for gross misconduct")
    AGREED = ("agreed", "rupture conventionnelle homologuée", "agreed ending, approved")
    TRIAL_BY_COOPERATIVE = (
        "trial_by_cooperative",
        "fin d'essai par la coopérative",
        "trial ended by the cooperative",
    )
    TRIAL_BY_ENTREPRENEUR = (
        "trial_by_entrepreneur",
        "fin d'essai par l'entrepreneur",
        "trial ended by the entrepreneur",
    )
    RESIGNATION = ("resignation", "démission", "resignation")
    LEGITIMATE_RESIGNATION = ("legitimate_resignation", "démission légitime", "legitimate resignation")
    PROJECT_RESIGNATION = (
        "project_resignation",
        "démission pour un projet de reconversion ou de création",
        "resignation for a project of retraining or creation",
    )
    ABANDONMENT = ("abandonment", "abandon de poste", "job abandonment")
    NOT_ASSOCIATE_COOPERATIVE = (
        "not_associate_cooperative",
        "fin à trois ans, association refusée par la coopérative",
        "ended after three years, the cooperative refused the association",
    )
    NOT_ASSOCIATE_ENTREPRENEUR = (
        "not_associate_entrepreneur",
        "fin à trois ans, association refusée par l'entrepreneur",
        "ended after three years, the entrepreneur refused the association",
    )
    RETIREMENT = ("retirement", "départ à la retraite", "retirement")


_GROUNDS: Mapping[EndingKind, BenefitGround] = {
    EndingKind.TRIAL_BY_COOPERATIVE: BenefitGround.TRIAL_BY_COOPERATIVE,
    EndingKind.TRIAL_BY_ENTREPRENEUR: BenefitGround.TRIAL_BY_ENTREPRENEUR,
    EndingKind.RESIGNATION: BenefitGround.RESIGNATION,
    EndingKind.MUTUAL: BenefitGround.AGREED,
    EndingKind.DISMISSAL_PERSONAL: BenefitGround.DISMISSAL,
    EndingKind.DISMISSAL_ECONOMIC: BenefitGround.DISMISSAL,
    EndingKind.DISMISSAL_SERIOUS: BenefitGround.MISCONDUCT,
    EndingKind.DISMISSAL_WILFUL: BenefitGround.MISCONDUCT,
    EndingKind.UNFIT: BenefitGround.DISMISSAL,
    EndingKind.UNFIT_WORK_ACCIDENT: BenefitGround.DISMISSAL,
    EndingKind.RETIREMENT: BenefitGround.RETIREMENT,
    EndingKind.RETIREMENT_BY_COOPERATIVE: BenefitGround.RETIREMENT,
}


def benefit_ground(kind: EndingKind) -> BenefitGround | None:
    """Return the ground of the benefit that a way of ending a contract is.

    A resignation is the plain one: legitimate or with a project, it is another ground, as the caller says.

    Returns:
        ``None`` where facts decide (who refused the association, how a transfer is done) and for a death.
    """
    return _GROUNDS.get(kind)


@attrs.frozen(kw_only=True)
class Ending:
    """How a contract ended, and what was paid then: a fact of the unemployment benefit.

    Attributes:
        kind: how it ended.
        started_on: the day the dismissal was started, where there was one: its law applies.
        economic: the ground was economic.
        seasonal: the work was seasonal.
        severance_above_law_cents: what was paid beyond the legal severance, whatever its name.
        leave_indemnity_cents: the indemnity for paid leave not taken.
        waited_within_year: the seven days of waiting were served in the last twelve months.
        advised_before: for a project, advice was taken before resigning.
        project_certified_on: for a project, the day it was found real and serious.
        claimed_on: the day of the claim to France Travail.
    """

    kind: BenefitGround | None = None
    started_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    economic: bool = False
    seasonal: bool = False
    severance_above_law_cents: int = 0
    leave_indemnity_cents: int = 0
    waited_within_year: bool = False
    advised_before: bool | None = None
    project_certified_on: dt.date | None = attrs.field(
        default=None, converter=attrs.converters.optional(to_day)
    )
    claimed_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))


def _reason(kind: BenefitGround, met: bool, citation: Citation, *, needs_review: bool = False) -> Reason:
    opens = ("ouvre des droits", "opens rights") if met else ("n'ouvre pas de droits", "opens no rights")
    return Reason(
        code="ending_opens_rights",
        met=met,
        french=f"{kind.french_name} : {opens[0]}",
        english=f"{kind.english_name}: {opens[1]}",
        citations=(citation,),
        needs_review=needs_review,
    )


def ending_reasons(law: LawOfDay, ending: Ending, worked_days: int) -> tuple[Reason, ...]:
    """Return whether an ending opens rights, and the conditions where it has some.

    An ending after three years without association is on no list. It is held involuntary where the
    cooperative refused and voluntary where the entrepreneur did; both carry ``needs_review``.

    Args:
        law: the law of the end of the contract.
        ending: how it ended; its kind is known.
        worked_days: days counted in the sixty months before, for a resignation with a project.

    Law:
        Code du travail, art. L5422-1, L5422-1-1, R5422-2 et suivants, L1237-1-1, L7331-3.
    """
    kind = ending.kind
    assert kind is not None
    if kind in (
        BenefitGround.DISMISSAL,
        BenefitGround.MISCONDUCT,
        BenefitGround.AGREED,
        BenefitGround.LEGITIMATE_RESIGNATION,
    ):
        return (_reason(kind, True, _INVOLUNTARY),)
    if kind is BenefitGround.TRIAL_BY_COOPERATIVE:
        # Article 2 of the rules does not name it.
        return (_reason(kind, True, _INVOLUNTARY, needs_review=True),)
    if kind is BenefitGround.NOT_ASSOCIATE_COOPERATIVE:
        return (_reason(kind, True, _ASSOCIATION, needs_review=True),)
    if kind is BenefitGround.NOT_ASSOCIATE_ENTREPRENEUR:
        return (_reason(kind, False, _ASSOCIATION, needs_review=True),)
    if kind is BenefitGround.ABANDONMENT:
        return (_reason(kind, False, _ABANDONMENT, needs_review=True),)
    if kind is BenefitGround.PROJECT_RESIGNATION:
        return _project(law, ending, worked_days)
    return (_reason(kind, False, _INVOLUNTARY),)


def _project(law: LawOfDay, ending: Ending, worked_days: int) -> tuple[Reason, ...]:
    text = Citation("C. trav. art. L5422-1, II et L5422-1-1")
    wanted = law.value("unemployment_project_days")
    certified, claimed = ending.project_certified_on, ending.claimed_on
    months = law.value("unemployment_project_claim_months")
    in_time = certified is not None and claimed is not None and claimed <= add_months(certified, months)
    return (
        Reason(
            code="project_days",
            met=worked_days >= wanted,
            french=f"{worked_days} jours travaillés en soixante mois, {wanted} demandés",
            english=f"{worked_days} days worked in sixty months, {wanted} wanted",
            citations=law.citations_of("unemployment_project_days"),
            found=worked_days,
            wanted=wanted,
            unit="days",
        ),
        Reason(
            code="project_advice",
            met=bool(ending.advised_before),
            french="conseil en évolution professionnelle demandé avant la démission",
            english="career advice asked for before resigning",
            citations=(text,),
        ),
        Reason(
            code="project_certified",
            met=certified is not None,
            french="projet reconnu réel et sérieux par la commission",
            english="project found real and serious by the commission",
            citations=(text,),
        ),
        Reason(
            code="project_claimed_in_time",
            met=in_time,
            french=f"inscription dans les {months} mois du projet reconnu",
            english=f"claim within {months} months of the certified project",
            citations=law.citations_of("unemployment_project_claim_months"),
        ),
    )
