"""The parts of an ending, by the rule of its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from cae_core.calendar import Month, to_day
from cae_core.errors import RefusedError
from cae_core.france.exits.facts import ExitFacts
from cae_core.france.exits.kinds import EndingKind, EndingRule, IndemnityKind, NoticeKind
from cae_core.france.exits.mutual import MutualTimetable, sign_by
from cae_core.france.exits.notice import (
    Notice,
    dismissal_notice,
    resignation_notice,
    retirement_notice,
    trial_notice,
)
from cae_core.france.exits.reference_pay import reference_pay
from cae_core.france.exits.seniority import seniority, whole_months
from cae_core.france.exits.severance import (
    Indemnity,
    legal_severance,
    mutual_indemnity,
    retirement_indemnity,
)
from cae_core.france.exits.steps import Step
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = ["EndingParts"]


@attrs.frozen
class EndingParts:
    """What one way of ending is made of: notice, first possible day, indemnity, steps, remarks.

    Attributes:
        law: the law of the day of the decision.
        rule: the way by which it is done.
        facts: the facts of the person.
        decided_on: the day of the decision.
    """

    law: LawOn
    rule: EndingRule
    facts: ExitFacts
    decided_on: dt.date

    def notice(self, presented_on: dt.date | None) -> Notice | None:
        """Return the notice of the way, where it has one."""
        law, facts, rule = self.law, self.facts, self.rule
        served = seniority(law, facts.starts_on, self.decided_on, facts.absences)
        starts = self.decided_on if presented_on is None else to_day(presented_on, "presented_on")
        if rule.notice is NoticeKind.TRIAL:
            return trial_notice(
                law,
                facts.starts_on,
                self.decided_on,
                by_employer=rule.kind is EndingKind.TRIAL_BY_COOPERATIVE,
                trial_ends_on=facts.trial_ends_on,
            )
        if rule.notice in (NoticeKind.DISMISSAL, NoticeKind.NOT_WORKED):
            return dismissal_notice(law, served, starts, disabled=facts.disabled, agreed=facts.agreed_notice)
        if rule.notice is NoticeKind.RETIREMENT:
            by_employer = rule.kind is EndingKind.RETIREMENT_BY_COOPERATIVE
            return retirement_notice(
                law,
                served,
                starts,
                by_employer=by_employer,
                disabled=facts.disabled,
                agreed=facts.agreed_notice,
            )
        if rule.notice is NoticeKind.RESIGNATION:
            return resignation_notice(starts, facts.agreed_notice)
        return None

    def earliest(self, notice: Notice | None, mutual: MutualTimetable | None) -> dt.date | None:
        """Return the first day on which the contract may end."""
        if mutual is not None:
            return mutual.earliest_end_on
        if self.rule.notice is NoticeKind.NOT_WORKED or notice is None:
            return self.decided_on
        return notice.last_day_on

    def too_early(self, earliest: dt.date | None, last: dt.date | None) -> list[Reason]:
        """Say where the day wished comes before the earliest one; refuse it for an ending by agreement."""
        if earliest is None or last is None or last >= earliest:
            return []
        reason = Reason(
            code="not_before_the_earliest_end",
            met=False,
            french=f"la fin du {last} vient avant la première date possible, le {earliest}",
            english=f"the end of {last} comes before the first possible day, {earliest}",
            citations=self.rule.citations,
        )
        if self.rule.notice is NoticeKind.TIMETABLE:
            raise RefusedError(
                "cette date de rupture conventionnelle n'est pas possible",
                "this day of an ending by agreement is not possible",
                [reason],
            )
        return [reason]

    def indemnity(self, last: dt.date | None) -> Indemnity | None:
        """Return what is owed for the end, where something can be."""
        kind, law, facts = self.rule.indemnity, self.law, self.facts
        if kind is IndemnityKind.NONE or last is None:
            return None
        counted_to = last
        if self.rule.kind is EndingKind.UNFIT:
            # The notice is not worked, the contract ends at once, and yet the notice counts (art. L1226-4).
            served_now = seniority(law, facts.starts_on, self.decided_on, facts.absences)
            virtual = dismissal_notice(
                law, served_now, self.decided_on, disabled=facts.disabled, agreed=facts.agreed_notice
            )
            counted_to = virtual.last_day_on or last
        served = seniority(law, facts.starts_on, max(counted_to, self.decided_on), facts.absences)
        decided = Month.parse(self.decided_on)
        reference = reference_pay(law, (each for each in facts.pay if each.month < decided))
        agreed = facts.agreed_indemnity_cents
        if kind is IndemnityKind.MUTUAL:
            return mutual_indemnity(law, served, reference, agreed_cents=agreed)
        if kind is IndemnityKind.RETIREMENT:
            return retirement_indemnity(law, served, reference, agreed_cents=agreed)
        found = legal_severance(
            law,
            served,
            reference,
            at_notification=seniority(law, facts.starts_on, self.decided_on, facts.absences),
            serious_misconduct=kind is IndemnityKind.FORFEITED,
            unfit_work_accident=kind is IndemnityKind.SPECIAL,
            agreed_cents=agreed,
        )
        if kind is IndemnityKind.UNSETTLED:
            found = attrs.evolve(found, conditions=(*found.conditions, _counts_as_dismissal(self.rule)))
        return found

    def steps(
        self, notice: Notice | None, mutual: MutualTimetable | None, last: dt.date | None
    ) -> list[Step]:
        """Return the steps, in order."""
        if mutual is not None:
            found = list(mutual.steps)
        else:
            french, english = _decided(self.rule)
            found = [
                Step(
                    code="decided",
                    on=self.decided_on,
                    french=french,
                    english=english,
                    citations=self.rule.citations,
                )
            ]
            if notice is not None and notice.last_day_on is not None and notice.starts_on != self.decided_on:
                found.append(
                    Step(
                        code="notice_starts",
                        on=notice.starts_on,
                        french="présentation de la lettre : le préavis part de ce jour",
                        english="the letter is presented: the notice runs from this day",
                        citations=(Citation("C. trav. art. L1234-3"),),
                    )
                )
        if self.rule.kind is EndingKind.ASSOCIATE_DEADLINE and last is not None:
            found.insert(0, self._before_the_deadline(last))
        if last is not None:
            found.append(
                Step(
                    code="last_day",
                    on=last,
                    french="dernier jour du contrat : solde de tout compte, certificat, attestation",
                    english="last day of the contract: final settlement, certificate, statement for benefit",
                    citations=(Citation("C. trav. art. L1234-19, L1234-20 et R1234-9"),),
                )
            )
        return sorted(found, key=lambda step: step.on)

    def _before_the_deadline(self, last: dt.date) -> Step:
        return Step(
            code="mutual_sign_by",
            on=sign_by(self.law, last - dt.timedelta(days=1), holidays=self.facts.holidays),
            french="dernier jour pour signer une rupture conventionnelle qui finisse avant l'échéance",
            english="last day to sign an ending by agreement that takes effect before the deadline",
            citations=(Citation("C. trav. art. L1237-13 et L1237-14"),),
            needs_review=True,
        )

    def remarks(self, rule: EndingRule) -> Iterable[Reason]:
        """Say what is peculiar to a way of ending."""
        if rule.needs_review:
            yield Reason(
                code="nature_of_the_end",
                met=False,
                french=f"{rule.kind.french_name} : aucun texte lu ne règle toutes ses suites",
                english=f"{rule.kind.english_name}: no text read settles everything that follows",
                citations=rule.citations,
                needs_review=True,
            )
        if self.rule.kind is EndingKind.UNFIT_WORK_ACCIDENT:
            yield Reason(
                code="compensatory_indemnity",
                met=True,
                french="s'y ajoute une indemnité égale au préavis légal, qui n'allonge pas l'ancienneté",
                english="an indemnity equal to the legal notice is owed besides; it adds no seniority",
                citations=(
                    Citation("C. trav. art. L1226-14"),
                    Citation("Cass. soc. 2 juillet 2014, n° 12-29.677"),
                ),
            )
        if self.rule.kind is EndingKind.RETIREMENT_BY_COOPERATIVE:
            yield self._old_enough()
        if self.rule.indemnity is IndemnityKind.RETIREMENT:
            yield Reason(
                code="retirement_indemnity_bears_contributions",
                met=True,
                french="l'indemnité de départ à la retraite est soumise à cotisations comme un salaire",
                english="the indemnity of who leaves for retirement bears contributions as pay does",
                citations=(Citation("CSS art. L242-1"), Citation("CGI art. 80 duodecies")),
            )
        if self.rule.notice is NoticeKind.TRIAL and self.facts.trial_ends_on is None:
            yield Reason(
                code="trial_agreed",
                met=False,
                french="la date de fin de l'essai n'est pas donnée : sans clause d'essai, il n'y en a pas",
                english="the last day of the trial is not given: without a clause there is no trial",
                citations=(Citation("C. trav. art. L7332-1"),),
            )

    def _old_enough(self) -> Reason:
        name = "retirement_by_employer_age"
        wanted = self.law.whole(name)
        age = None
        if self.facts.born_on is not None:
            age = whole_months(self.facts.born_on, self.decided_on - dt.timedelta(days=1)) // 12
        known = "âge inconnu" if age is None else f"{age} ans"
        known_english = "age unknown" if age is None else f"aged {age}"
        return Reason(
            code="age_for_retirement_by_cooperative",
            met=age is not None and age >= wanted,
            french=f"{known} ; avant {wanted} ans, la coopérative interroge la personne, qui peut refuser",
            english=f"{known_english}; before {wanted} the cooperative asks the person, who may refuse",
            citations=self.law.citations_of(name),
            found=age,
            wanted=wanted,
            unit="years",
        )


def _counts_as_dismissal(rule: EndingRule) -> Reason:
    deadline = rule.kind is EndingKind.ASSOCIATE_DEADLINE
    return Reason(
        code="counts_as_dismissal",
        met=False,
        french=(
            "rien ne dit que cette fin soit un licenciement : le montant ne serait dû que si elle l'est"
            if deadline
            else "la renonciation vient de la personne : le montant n'est dû que si c'est un licenciement"
        ),
        english=(
            "nothing says that this end is a dismissal: the amount would be owed only if it is"
            if deadline
            else "the person gives up the status: the amount is owed only if that is a dismissal"
        ),
        citations=(*rule.citations, Citation("C. trav. art. L1234-9")),
        needs_review=True,
    )


def _decided(rule: EndingRule) -> tuple[str, str]:
    """Return what happens on the day of the decision, in both languages."""
    if rule.kind is EndingKind.DEATH:
        return "décès", "death"
    if rule.kind is EndingKind.ASSOCIATE_DEADLINE:
        return "échéance : l'admission n'a pas eu lieu", "deadline: the admission has not taken place"
    return f"notification : {rule.kind.french_name}", f"told: {rule.kind.english_name}"
