"""What the audit decides for a person and a month, and computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from cae_core.calendar import Month
from cae_core.france.partial_activity.audit_people import AuditPerson, AuditSettings, WorkState
from cae_core.france.partial_activity.eligibility import Standing, can_be_placed
from cae_core.france.partial_activity.hours import (
    ReferencePay,
    lost_hours,
    reference_months,
    reference_pay,
)
from cae_core.france.partial_activity.levies import (
    IndemnityLevies,
    indemnity_levies,
    minimum_wage_monthly_cents,
)
from cae_core.france.partial_activity.month import PartialActivityMonth, partial_activity_month
from cae_core.france.partial_activity.regimes import Regime, regime_open
from cae_core.france.partial_activity.worth import pension_quarters
from cae_core.law import Citation, Snapshot
from cae_core.money import MILLION
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = ["AuditLine", "Decision", "person_lines"]

_SICK_LEAVE = Citation("CSS art. L321-1 ; décret n° 2020-73 du 31 janvier 2020")


class Decision(Term):
    """What the audit decides for a person and a month."""

    TOTAL = ("AP_TOTAL", "activité partielle totale", "partial activity, whole month")
    PARTIAL = ("AP_PARTIAL", "activité partielle", "partial activity")
    CHILDCARE = ("AP_CHILDCARE", "activité partielle, garde d'enfant", "partial activity, childcare")
    WORKING = ("NO_AP_WORKING", "travaille, rien à demander", "works, nothing to ask")
    NO_LOSS = ("NO_AP_NO_LOSS", "aucune perte attendue", "no loss expected")
    NOT_EMPLOYEE = ("NOT_EMPLOYEE", "n'est pas salarié", "not an employee")
    REVIEW = ("REVIEW", "à examiner", "to be examined")

    @property
    def placed(self) -> bool:
        """Whether hours are asked for."""
        return self in (Decision.TOTAL, Decision.PARTIAL, Decision.CHILDCARE)


@attrs.frozen(kw_only=True)
class AuditLine:
    """A person and a month.

    Attributes:
        person, month: whose, and which.
        decision: what is to be done.
        reference: the reference pay; ``None`` where none was needed or found.
        share_ppm: the part of the activity lost.
        parts: what is paid: for the loss, for childcare, both or nothing.
        levies: CSG and CRDS on the whole; ``None`` where nothing is paid.
        hours_in_year: hours paid to the person this year, this month included, in hundredths.
        pension_quarters: the quarters of base pension that these hours validate so far.
        reasons: why, and what is to be known.
    """

    person: AuditPerson
    month: Month
    decision: Decision
    reference: ReferencePay | None
    share_ppm: int
    parts: tuple[PartialActivityMonth, ...]
    levies: IndemnityLevies | None
    hours_in_year: int
    pension_quarters: int
    reasons: tuple[Reason, ...]

    @property
    def hours(self) -> int:
        """Hours paid in the month, in hundredths."""
        return sum(part.hours_paid for part in self.parts)

    @property
    def indemnity_cents(self) -> int:
        """The indemnity, before levies."""
        return sum(part.indemnity_cents for part in self.parts)

    @property
    def allowance_cents(self) -> int:
        """What the cooperative is refunded."""
        return sum(part.allowance_cents for part in self.parts)

    @property
    def cost_cents(self) -> int:
        """What the cooperative pays and is not refunded."""
        return self.indemnity_cents - self.allowance_cents

    @property
    def levies_cents(self) -> int:
        """CSG and CRDS withheld."""
        return self.levies.total_cents if self.levies else 0

    @property
    def net_cents(self) -> int | None:
        """Net pay kept and net indemnity; ``None`` where the net pay kept is unknown."""
        if self.levies is None:
            return None
        kept = self.person.kept_net.get(self.month)
        if kept is None and self.decision is not Decision.TOTAL:
            return None
        return (kept or 0) + self.levies.net_indemnity_cents

    @property
    def needs_review(self) -> bool:
        """Whether a person must look at it before anything is asked for."""
        open_points = any(not reason.met for reason in self.reasons)
        return self.decision is Decision.REVIEW or (open_points and self.person.standing.employed)


def person_lines(
    person: AuditPerson,
    placement: Snapshot,
    laws: Mapping[Month, Snapshot],
    settings: AuditSettings,
    headcount: int,
) -> Iterator[AuditLine]:
    """Iterate over the months of a person: what is decided, and what it pays.

    Args:
        person: the person.
        placement: the law of the first day of the placement, for the reference pay.
        laws: the law of each month, in order.
        settings: the choices of the cooperative.
        headcount: people employed.
    """
    standing = can_be_placed(person.standing)
    reference: ReferencePay | None = None
    remarks: tuple[Reason, ...] = (standing,)
    if standing.met:
        reference, more = _reference(person, placement, settings)
        remarks = (standing, *more)
    hours_in_year: dict[int, int] = {}
    for month, law in laws.items():
        before = hours_in_year.get(month.year, 0)
        line = _line(person, month, law, settings, headcount, reference, remarks, before)
        hours_in_year[month.year] = line.hours_in_year
        yield line


def _reference(
    person: AuditPerson, placement: Snapshot, settings: AuditSettings
) -> tuple[ReferencePay | None, tuple[Reason, ...]]:
    pays = reference_months(placement, person.history)
    if any(pays):
        found = reference_pay(placement, pays, settings.method)
        return found, found.reasons
    nothing = Reason(
        code="paid_before",
        met=False,
        french="aucune rémunération dans les mois de référence : rien à indemniser sans examen",
        english="no pay in the reference months: nothing can be compensated without examination",
        citations=placement.citations_of("partial_activity_reference_months"),
        needs_review=True,
    )
    return None, (nothing,)


def _line(
    person: AuditPerson,
    month: Month,
    law: Snapshot,
    settings: AuditSettings,
    headcount: int,
    reference: ReferencePay | None,
    remarks: tuple[Reason, ...],
    hours_before: int,
) -> AuditLine:
    share = person.share_lost(month)
    decision, parts = Decision.NOT_EMPLOYEE, []
    reasons = list(remarks[:1])
    levies = None
    if person.standing is Standing.MANAGER:
        decision = Decision.REVIEW
    elif person.standing.employed:
        decision = _wanted(person, share)
        childcare = _childcare(person, month, law)
        reasons += childcare
        for_child = bool(childcare) and childcare[0].met
        if reference is not None:
            hours = _hours(person, month, law, settings, reference, for_child=for_child)
            parts = _parts(law, settings, headcount, reference, hours, hours_before)
            if parts and not decision.placed:
                decision = Decision.CHILDCARE
        elif decision.placed or for_child:
            decision = Decision.REVIEW
            reasons += remarks[1:]
    if parts:
        kept = person.kept_net.get(month)
        reasons += [*remarks[1:], *(reason for part in parts for reason in part.reasons)]
        reasons += _file_remarks(person, decision, kept)
        if _regime(settings, law) is not settings.regime:
            reasons.append(regime_open(law, settings.regime))
        indemnity = sum(part.indemnity_cents for part in parts)
        if kept is None and decision is not Decision.TOTAL:
            # Without the net pay kept nobody knows how much room there is: nothing is clipped.
            kept = minimum_wage_monthly_cents(law)
        levies = indemnity_levies(law, indemnity, kept or 0)
    in_year = hours_before + sum(part.hours_paid for part in parts)
    counted = law.get("assimilated_partial_activity_hours") is not None
    return AuditLine(
        person=person,
        month=month,
        decision=decision,
        reference=reference,
        share_ppm=share,
        parts=tuple(parts),
        levies=levies,
        hours_in_year=in_year,
        pension_quarters=pension_quarters(law, in_year) if counted else 0,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _wanted(person: AuditPerson, share: int) -> Decision:
    if person.state is WorkState.WORKING:
        return Decision.WORKING
    if share == MILLION:
        return Decision.TOTAL
    return Decision.PARTIAL if share else Decision.NO_LOSS


def _childcare(person: AuditPerson, month: Month, law: Snapshot) -> list[Reason]:
    """Return whether hours taken by a child can be paid as partial activity; nothing without such hours."""
    if not person.childcare_hours:
        return []
    route = regime_open(law, Regime.CHILDCARE)
    opens = law.parameter("partial_activity_childcare_indemnity_rate").values[0]
    if route.met:
        return [route, *_ends_within(month, law)]
    if opens.in_force_from <= law.day:
        return [route]
    return [
        Reason(
            code="childcare_sick_leave",
            met=False,
            french="garde d'enfant : arrêt de travail dérogatoire à déclarer ; "
            f"l'activité partielle ne s'ouvre pour ce motif que le {opens.in_force_from}",
            english="childcare: a sick leave is to be declared; "
            f"partial activity only opens for it on {opens.in_force_from}",
            citations=(_SICK_LEAVE, opens.citation),
        )
    ]


def _ends_within(month: Month, law: Snapshot) -> list[Reason]:
    """Return a remark where the regime is over before the month is: only the hours before count."""
    last = law.parameter("partial_activity_childcare_indemnity_rate").row_on(month.last_day)
    if last is None or not last.repealed:
        return []
    return [
        Reason(
            code="regime_ends_within",
            met=False,
            french=f"garde d'enfant : plus d'activité partielle à partir du {last.in_force_from}, "
            "ne compter que les heures d'avant",
            english=f"childcare: no partial activity from {last.in_force_from} on, count the hours before",
            citations=(last.citation,),
            needs_review=True,
        )
    ]


def _hours(
    person: AuditPerson,
    month: Month,
    law: Snapshot,
    settings: AuditSettings,
    reference: ReferencePay,
    *,
    for_child: bool,
) -> list[tuple[Regime, int]]:
    """Return the hours lost, by regime: what a child takes comes after what the activity has lost."""
    share, kept = person.share_lost(month), person.kept_gross.get(month, 0)
    # A method that looks at pay alone would find hours lost by somebody who works.
    lost = lost_hours(law, reference, share_ppm=share, kept_pay_cents=kept) if share else 0
    taken = min(person.childcare_hours, reference.hours - lost) if for_child else 0
    return [(_regime(settings, law), lost), (Regime.CHILDCARE, taken)]


def _regime(settings: AuditSettings, law: Snapshot) -> Regime:
    """Return the regime of the cooperative: when hers is over, a firm follows the general rates."""
    ended = settings.regime in (Regime.PROTECTED, Regime.CLOSED) and not regime_open(law, settings.regime).met
    return Regime.GENERAL if ended else settings.regime


def _parts(
    law: Snapshot,
    settings: AuditSettings,
    headcount: int,
    reference: ReferencePay,
    hours: Sequence[tuple[Regime, int]],
    hours_before: int,
) -> list[PartialActivityMonth]:
    parts: list[PartialActivityMonth] = []
    for regime, lost in hours:
        if lost:
            part = partial_activity_month(
                law,
                hourly_reference_cents=reference.hourly_cents,
                hours_lost=lost,
                regime=regime,
                ground=settings.ground,
                headcount=headcount,
                hours_before=hours_before + sum(done.hours_paid for done in parts),
                floor_policy=settings.floor_policy,
            )
            parts.append(part)
    return parts


def _file_remarks(person: AuditPerson, decision: Decision, kept: int | None) -> list[Reason]:
    remarks = []
    if decision is not Decision.CHILDCARE and not person.evidence:
        remarks.append(
            Reason(
                code="evidence",
                met=False,
                french="le dossier ne contient pas de justificatif de la perte d'activité",
                english="the file holds no proof of the loss of activity",
                citations=(Citation("C. trav. art. R5122-2"),),
            )
        )
    if kept is None and decision is not Decision.TOTAL:
        remarks.append(
            Reason(
                code="kept_net_known",
                met=False,
                french="net maintenu inconnu : CSG et CRDS retenues sans écrêtement",
                english="net pay kept unknown: CSG and CRDS are not clipped",
            )
        )
    return remarks
