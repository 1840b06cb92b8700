"""One way of ending a contract, answered as a whole: notice, indemnity, timetable, effects, open points."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError
from cae_core.france.exits.charges import ExitCharges
from cae_core.france.exits.effects import effects
from cae_core.france.exits.facts import ExitFacts
from cae_core.france.exits.kinds import ENDINGS, EndingKind, EndingRule, IndemnityKind, NoticeKind
from cae_core.france.exits.levies import EndingLevy, ending_levy
from cae_core.france.exits.mutual import MutualTimetable, mutual_timetable
from cae_core.france.exits.notice import Notice
from cae_core.france.exits.parts import EndingParts
from cae_core.france.exits.severance import Indemnity
from cae_core.france.exits.steps import Step
from cae_core.france.law_on import LawOn
from cae_core.law import Legislation
from cae_core.reasons import Reason

__all__ = ["EndingResult", "ending"]


@attrs.frozen(kw_only=True, eq=False)
class EndingResult:
    """One way of ending, as a whole.

    Attributes:
        rule: what the law attaches to the way of ending.
        way: the way by which it is done; the same, but for a transfer and for a structure of one's own.
        decided_on: the day of the signature, of the telling or of the event.
        notice: the notice, where the way has one.
        mutual: the days of an ending by agreement.
        indemnity: what is owed for the end; ``None`` where nothing can be.
        levy: what the employer owes on it.
        earliest_end_on: the first day on which the contract may end; ``None`` where it cannot be said.
        ends_on: the last day of the contract: the one wished, else the earliest.
        timetable: the steps, in order.
        effects: what becomes of shares, account, clientele and rights.
        remarks: conditions of the way itself and what a person should know.
    """

    rule: EndingRule
    way: EndingRule
    decided_on: dt.date
    notice: Notice | None = None
    mutual: MutualTimetable | None = None
    indemnity: Indemnity | None = None
    levy: EndingLevy | None = None
    earliest_end_on: dt.date | None = None
    ends_on: dt.date | None = None
    timetable: tuple[Step, ...] = ()
    effects: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()

    @property
    def indemnity_cents(self) -> int:
        """What is owed for the end."""
        return self.indemnity.cents if self.indemnity else 0

    @property
    def levy_cents(self) -> int:
        """What the employer owes on the indemnity."""
        return self.levy.amount_cents if self.levy else 0

    def charges(self, *, leave_indemnity_cents: int = 0) -> ExitCharges:
        """Return what the end costs the account, for :func:`~cae_core.france.exits.closing.closing_plan`.

        Args:
            leave_indemnity_cents: gross indemnity of the leave earned and not taken.
        """
        wages = self.way.indemnity is IndemnityKind.RETIREMENT
        return ExitCharges(
            indemnity_cents=0 if wages else self.indemnity_cents,
            levy_cents=self.levy_cents,
            wages_cents=leave_indemnity_cents + (self.indemnity_cents if wages else 0),
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason behind the result, effects included."""
        found = list(self.remarks)
        if self.notice:
            found += self.notice.reasons
        if self.indemnity:
            found += (*self.indemnity.conditions, *self.indemnity.remarks)
        if self.levy:
            found += self.levy.remarks
        return (*found, *self.effects)

    @property
    def to_review(self) -> tuple[Reason, ...]:
        """What no text settles, or nobody has read: to be checked before anyone relies on it."""
        return tuple(reason for reason in self.reasons if reason.needs_review)


def ending(
    law: Legislation,
    kind: EndingKind | str,
    facts: ExitFacts,
    decided_on: dt.date,
    *,
    ends_on: dt.date | None = None,
    presented_on: dt.date | None = None,
    sent_on: dt.date | None = None,
    received_on: dt.date | None = None,
    way: EndingKind | str | None = None,
    assume_unchanged: bool = False,
) -> EndingResult:
    """Return what one way of ending brings.

    Args:
        law: the dated parameters (``ruleset.rights``).
        kind: the way of ending, its code or its French name.
        facts: the facts of the person.
        decided_on: the day of the signature (ending by agreement), of the telling (trial, dismissal,
            resignation, retirement) or of the event (death; the associate deadline, that is the first day on
            which it is too late); its law applies.
        ends_on: the last day that is wished; by default, the earliest possible.
        presented_on: the day a letter of dismissal was first presented; by default, ``decided_on``.
        sent_on: the day the request for approval is sent.
        received_on: the day it is received.
        way: how a transfer or a structure of one's own is done: by resignation (the default) or by agreement.
        assume_unchanged: beyond the last day known, carry the law forward.

    Raises:
        InputError: a day before the contract starts; a way that is none of the kind.
        RefusedError: an ending by agreement whose days the law does not allow.
        LawNotKnownError: the law of the day is not known.

    Law:
        Code du travail, art. L7331-1: the whole labour code applies to the contract, this title aside.
    """
    rule = ENDINGS[EndingKind.parse(kind, "kind")]
    ways = rule.ways or (rule.kind,)
    done_by = ENDINGS[ways[0] if way is None else EndingKind.parse(way, "way")]
    if done_by.kind not in ways:
        raise InputError(
            "way", f"expected one of {', '.join(each.code for each in ways)}, got {done_by.kind.code}"
        )
    decided_on = to_day(decided_on, "decided_on")
    if decided_on < facts.starts_on:
        raise InputError("decided_on", f"{decided_on} comes before the contract starts, on {facts.starts_on}")
    on = LawOn(law, decided_on, assume_unchanged)
    parts = EndingParts(on, done_by, facts, decided_on)
    notice = parts.notice(presented_on)
    mutual = None
    if done_by.notice is NoticeKind.TIMETABLE:
        mutual = mutual_timetable(
            on, decided_on, sent_on=sent_on, received_on=received_on, holidays=facts.holidays
        )
    earliest = parts.earliest(notice, mutual)
    last = earliest if ends_on is None else to_day(ends_on, "ends_on")
    remarks = [*parts.too_early(earliest, last), *parts.remarks(rule)]
    indemnity = parts.indemnity(last)
    levy = None
    # Where the ending bears no levy, an end older than the ceilings known is still answered.
    ceiling = law.parameter("social_security_ceiling_monthly")
    if indemnity is not None and last is not None and (done_by.levy or ceiling.row_on(last)):
        levy = ending_levy(LawOn(law, last, assume_unchanged), done_by.levy, indemnity.cents)
    return EndingResult(
        rule=rule,
        way=done_by,
        decided_on=decided_on,
        notice=notice,
        mutual=mutual,
        indemnity=indemnity,
        levy=levy,
        earliest_end_on=earliest,
        ends_on=last,
        timetable=tuple(parts.steps(notice, mutual, last)),
        effects=effects(
            rule,
            done_by,
            form=facts.form,
            associate=facts.associate,
            statutes_keep_status=facts.statutes_keep_status,
            holds_new_contract=rule.kind is EndingKind.TRANSFER,
        ),
        remarks=tuple(remarks),
    )
