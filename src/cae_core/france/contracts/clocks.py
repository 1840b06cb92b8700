"""The two clocks of a CESA, shortened by earlier contracts: trial period and delay to become an associate.

No text says how the duration of an earlier contract is taken off. Two counts are possible, and both are
given: whole calendar months and days, or calendar days. The earlier day is the default, for it is safe in
both readings. Only days under contract count: a day that two contracts cover is taken off once, a gap between
two contracts not at all, and the days of an earlier contract that overlap the clock itself already run in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from cae_core.calendar import Interval, add_months, months_and_days, to_day, union
from cae_core.france.law_on import LawOn, Right
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = [
    "Deduction",
    "Delay",
    "PriorContract",
    "TrialPeriod",
    "associate_deadline",
    "last_useful_meeting",
    "trial_period",
]

_ONE_DAY = dt.timedelta(days=1)
#: The first day of a CESA; contracts of entrepreneurs before were of other kinds.
_FIRST_CESA = dt.date(2016, 1, 1)


@attrs.frozen(kw_only=True)
class PriorContract:
    """An earlier contract between the same person and the same cooperative.

    Attributes:
        starts_on, ends_on: its first and last day; without an end it lasts until the clock starts.
        kind: such as ``"CAPE"`` or ``"CDD"``.
        counts: whether its duration is taken off; the articles say *any other contract*.
        why: why it does not count, where it does not.

    Raises:
        InputError: it ends before it starts.
    """

    starts_on: dt.date = attrs.field(converter=to_day)
    ends_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    kind: str = "CAPE"
    counts: bool = True
    why: str = ""

    @ends_on.validator
    def _not_before_the_start(self, attribute: object, value: dt.date | None) -> None:
        Interval(self.starts_on, value)

    @property
    def period(self) -> Interval:
        """Its days."""
        return Interval(self.starts_on, self.ends_on)


@attrs.frozen(kw_only=True)
class Deduction:
    """What earlier contracts take off a clock.

    Attributes:
        periods: the days under an earlier contract before the clock starts, each once.
        months, remaining_days: their length in whole calendar months, then days, period by period.
        calendar_days: their length in calendar days.
    """

    periods: tuple[Interval, ...]
    months: int
    remaining_days: int
    calendar_days: int

    @classmethod
    def of(cls, contracts: Iterable[PriorContract], before: dt.date) -> Deduction:
        """Return what contracts take off a clock that starts on a day."""
        last = before - _ONE_DAY
        clipped = (contract.period.clipped(last=last) for contract in contracts if contract.counts)
        periods = union(period for period in clipped if period is not None)
        lengths = [months_and_days(period) for period in periods]
        return cls(
            periods=periods,
            months=sum(months for months, _ in lengths),
            remaining_days=sum(days for _, days in lengths),
            calendar_days=sum(period.days or 0 for period in periods),
        )

    def by_months(self, end: dt.date) -> dt.date:
        """Return the day so many months, then days, before another."""
        return add_months(end, -self.months) - dt.timedelta(days=self.remaining_days)

    def by_days(self, end: dt.date) -> dt.date:
        """Return the day so many calendar days before another."""
        return end - dt.timedelta(days=self.calendar_days)


@attrs.frozen(kw_only=True)
class Delay:
    """The delay to become an associate, and how it was found.

    Attributes:
        signed_on: the signature of the CESA, from which it runs.
        anniversary: its end, before anything is taken off.
        deduction: what earlier contracts take off.
        by_months, by_days: its end by each of the two counts.
        rule: the number of the law.
        notes: what no text settles, or what is rarely seen, to be looked at.
    """

    signed_on: dt.date
    anniversary: dt.date
    deduction: Deduction
    by_months: dt.date
    by_days: dt.date
    rule: Right
    notes: tuple[Reason, ...] = ()

    @property
    def deadline(self) -> dt.date:
        """The first unsafe day: who is no associate on it has lost her contract. The earlier count."""
        return min(self.by_months, self.by_days)

    @property
    def last_safe_day(self) -> dt.date:
        """The last day to become an associate."""
        return self.deadline - _ONE_DAY

    @property
    def used_up(self) -> bool:
        """Whether nothing is left at the signature: only a person already admitted can sign."""
        return self.deadline <= self.signed_on

    @property
    def citation(self) -> Citation:
        """The text."""
        return self.rule.citation


def associate_deadline(
    signed_on: dt.date | str, prior: Iterable[PriorContract] = (), *, assume_unchanged: bool = False
) -> Delay:
    """Return the delay in which a salaried entrepreneur becomes an associate, or her contract ends.

    Args:
        signed_on: the day the CESA was signed, neither the first day worked nor that of entry.
        prior: earlier contracts between the same parties. What runs after the signature is not taken off.
        assume_unchanged: after the last day known, carry the law forward.

    Raises:
        LawNotKnownError: signed before the article was in force, or after the last day known.

    Law:
        Code du travail, art. L7331-3. No text suspends the delay, nor says how durations are taken off.
    """
    signed_on, prior = to_day(signed_on, "signed_on"), tuple(prior)
    rule = LawOn.built_in(signed_on, assume_unchanged=assume_unchanged).right("associate_deadline_months")
    anniversary = add_months(signed_on, rule.value)
    deduction = Deduction.of(prior, signed_on)
    delay = Delay(
        signed_on=signed_on,
        anniversary=anniversary,
        deduction=deduction,
        by_months=deduction.by_months(anniversary),
        by_days=deduction.by_days(anniversary),
        rule=rule,
    )
    return attrs.evolve(delay, notes=tuple(_notes(delay, prior)))


def _notes(delay: Delay, prior: tuple[PriorContract, ...]) -> list[Reason]:
    notes = []
    if delay.by_months != delay.by_days:
        notes.append(
            Reason(
                code="two_counts",
                met=True,
                french=f"en mois l'échéance est le {delay.by_months}, en jours le {delay.by_days} ; "
                "aucun texte ne tranche, la plus proche est retenue",
                english=f"by months the deadline is {delay.by_months}, by days {delay.by_days}; "
                "no text decides, the earlier one is kept",
                citations=(delay.citation,),
                needs_review=True,
            )
        )
    if any(contract.counts and contract.starts_on < _FIRST_CESA for contract in prior):
        notes.append(
            Reason(
                code="contract_before_2016",
                met=True,
                french="un contrat d'avant 2016 est déduit comme « tout autre contrat » : à faire vérifier",
                english="a contract from before 2016 is taken off as “any other contract”: to be checked",
                citations=(delay.citation, Citation("Décret n° 2015-1363 du 27 octobre 2015")),
                needs_review=True,
            )
        )
    notes += [
        Reason(
            code="not_deducted",
            met=True,
            french=f"le contrat {contract.kind} du {contract.starts_on} n'est pas déduit : "
            f"{contract.why or 'sans motif'}",
            english=f"the contract {contract.kind} of {contract.starts_on} is not taken off: "
            f"{contract.why or 'no reason given'}",
            citations=(delay.citation,),
            needs_review=True,
        )
        for contract in prior
        if not contract.counts
    ]
    return notes


@attrs.frozen(kw_only=True)
class TrialPeriod:
    """How long a trial period may last, renewal included.

    Attributes:
        starts_on: the first day of performance.
        deduction: what earlier contracts take off.
        by_months, by_days: the last possible day by each of the two counts.
        rule: the number of the law.
    """

    starts_on: dt.date
    deduction: Deduction
    by_months: dt.date
    by_days: dt.date
    rule: Right

    @property
    def last_day(self) -> dt.date:
        """The last possible day of the trial: the earlier count. Before the start where none is possible."""
        return min(self.by_months, self.by_days)

    @property
    def allowed(self) -> bool:
        """Whether a trial of a day at least is possible."""
        return self.last_day >= self.starts_on

    def excess_days(self, ends_on: dt.date) -> int:
        """Return how many days too many a trial has that would end on a day."""
        last = max(self.last_day, self.starts_on - _ONE_DAY)
        return max((ends_on - last).days, 0)

    @property
    def citation(self) -> Citation:
        """The text."""
        return self.rule.citation


def trial_period(
    starts_on: dt.date | str, prior: Iterable[PriorContract] = (), *, assume_unchanged: bool = False
) -> TrialPeriod:
    """Return how long the trial period of a CESA may last, renewal included.

    Args:
        starts_on: the first day of performance.
        prior: earlier contracts between the same parties.
        assume_unchanged: after the last day known, carry the law forward.

    Raises:
        LawNotKnownError: the day is outside the days known.

    Law:
        Code du travail, art. L7332-1. That the trial starts with performance, and is counted in calendar
        months, comes from the ordinary rules of the trial period; no text of the title says it.
    """
    starts_on = to_day(starts_on, "starts_on")
    rule = LawOn.built_in(starts_on, assume_unchanged=assume_unchanged).right("trial_period_months")
    after = add_months(starts_on, rule.value)
    deduction = Deduction.of(prior, starts_on)
    return TrialPeriod(
        starts_on=starts_on,
        deduction=deduction,
        by_months=deduction.by_months(after) - _ONE_DAY,
        by_days=deduction.by_days(after) - _ONE_DAY,
        rule=rule,
    )


def last_useful_meeting(deadline: dt.date, meetings: Iterable[dt.date]) -> dt.date | None:
    """Return the last meeting that can still admit a person in time, or ``None`` where none is known.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 7: associates are admitted by their meeting; C. trav.
        art. L7331-3: before the delay is over, so a meeting on the deadline itself comes too late.
    """
    return max((day for day in meetings if day < deadline), default=None)
