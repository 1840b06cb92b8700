"""How long before the end the other side must be told: notice (préavis) and trial (délai de prévenance)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from cae_core.calendar import add_months
from cae_core.errors import InputError
from cae_core.france.exits.seniority import Seniority
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = [
    "AgreedNotice",
    "Notice",
    "dismissal_notice",
    "last_day_of_notice",
    "resignation_notice",
    "retirement_notice",
    "trial_notice",
]

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class AgreedNotice:
    """A notice that an agreement, the contract or usage sets.

    Attributes:
        months, days: its length.
        source: where it stands, in the words of the field: ``"convention Syntec, art. 15"``.
    """

    months: int = 0
    days: int = 0
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if type(self.months) is not int or type(self.days) is not int or min(self.months, self.days) < 0:
            raise InputError("AgreedNotice", f"expected months and days, zero or more, got {self!r}")


@attrs.frozen(kw_only=True)
class Notice:
    """A notice, in calendar units.

    Attributes:
        starts_on: the day from which it runs.
        months, days: its length.
        last_day_on: the last day of the contract; ``None`` where no text says how long it is.
        legal_months: what the law alone gives, before an agreement and the doubling.
        compensated_days: days that the end of the trial cuts off, which are paid.
        reasons: what the length follows from, and what is uncertain.
    """

    starts_on: dt.date
    months: int = 0
    days: int = 0
    last_day_on: dt.date | None
    legal_months: int = 0
    compensated_days: int = 0
    reasons: tuple[Reason, ...] = ()


def last_day_of_notice(starts_on: dt.date, months: int, days: int = 0) -> dt.date:
    """Return the last day of a notice whose first day is ``starts_on``.

    A month that starts on the 16th ends on the 15th; one that starts on the 31st and meets no 31st ends on
    the last day of the month. The Code du travail does not say it; practice does, after the way the trial is
    counted (Cass. soc. 15 mars 2006, n° 04-44.544), not art. 641 of the Code de procédure civile.
    """
    day = starts_on
    if months:
        day = add_months(starts_on, months)
        if day.day < starts_on.day:
            # The month is too short: its last day is the end, and the days that may follow come after it.
            day += _ONE_DAY
    return day + dt.timedelta(days=days) - _ONE_DAY


def _counted_from(starts_on: dt.date) -> Reason:
    return Reason(
        code="notice_counted_from_its_first_day",
        met=True,
        french=f"le préavis part du {starts_on} et finit la veille du même quantième (usage)",
        english=f"the notice runs from {starts_on} and ends the day before the same number (usage)",
        citations=(Citation("Cass. soc. 15 mars 2006, n° 04-44.544, par analogie"),),
        needs_review=True,
    )


def _served(law: LawOn, served: Fraction, legal: int) -> Reason:
    name = "dismissal_notice_scale"
    return Reason(
        code="notice_by_seniority",
        met=legal > 0,
        french=f"{int(served)} mois d'ancienneté à la notification : {legal} mois de préavis légal",
        english=f"{int(served)} months of seniority when told: {legal} months of legal notice",
        citations=law.citations_of(name),
        found=int(served),
        wanted=int(law.steps(name)[1][0]),
        unit="months",
    )


def dismissal_notice(
    law: LawOn,
    served: Seniority,
    presented_on: dt.date,
    *,
    disabled: bool = False,
    agreed: AgreedNotice | None = None,
) -> Notice:
    """Return the notice of a dismissal: none under six months, one month, two from two years on.

    An agreement, the contract or usage may give more. A disabled person has twice as much, but the doubling
    never goes beyond three months. A person may be freed from working it: the contract still ends with it.

    Args:
        law: the law of the day of notification.
        served: the seniority on that day.
        presented_on: the day the letter was first presented, from which the notice runs.
        disabled: recognised as a disabled worker.
        agreed: what an agreement, the contract or usage sets.

    Law:
        Code du travail, art. L1234-1, L1234-3 et L5213-9.
    """
    legal = int(law.step("dismissal_notice_scale", served.months))
    reasons = [_served(law, served.months, legal)]
    months, days = _better(legal, agreed, presented_on, reasons)
    if disabled:
        months, days = _doubled(law, presented_on, months, days, reasons)
    return _notice(presented_on, months, days, legal, reasons)


def retirement_notice(
    law: LawOn,
    served: Seniority,
    starts_on: dt.date,
    *,
    by_employer: bool,
    disabled: bool = False,
    agreed: AgreedNotice | None = None,
) -> Notice:
    """Return the notice of a retirement: that of a dismissal.

    Of the law and an agreement, the person has what suits her: the shorter one where she leaves, the longer
    one where she is put into retirement. So the simulator of the Ministry of Labour reads it.

    Law:
        Code du travail, art. L1237-6 (mise à la retraite), L1237-10 (départ) et L1234-1.
    """
    if by_employer:
        return dismissal_notice(law, served, starts_on, disabled=disabled, agreed=agreed)
    legal = int(law.step("dismissal_notice_scale", served.months))
    reasons = [_served(law, served.months, legal)]
    months, days = legal, 0
    if agreed is not None and (
        not legal
        or last_day_of_notice(starts_on, agreed.months, agreed.days) < last_day_of_notice(starts_on, legal)
    ):
        months, days = agreed.months, agreed.days
        reasons.append(_agreed(agreed))
    if disabled:
        months, days = _doubled(law, starts_on, months, days, reasons)
    return _notice(starts_on, months, days, legal, reasons)


def resignation_notice(starts_on: dt.date, agreed: AgreedNotice | None = None) -> Notice:
    """Return the notice of a resignation, which the law leaves to agreements and usage.

    Without one of them there is no answer: ``last_day_on`` is ``None`` and the reason says what to look for.

    Law:
        Code du travail, art. L1237-1.
    """
    if agreed is not None:
        return _notice(starts_on, agreed.months, agreed.days, 0, [_agreed(agreed)])
    wanted = Reason(
        code="agreement_or_usage",
        met=False,
        french="la durée du préavis de démission vient d'un accord ou de l'usage : à donner",
        english="the notice of a resignation comes from an agreement or usage: to be given",
        citations=(Citation("C. trav. art. L1237-1"),),
    )
    return Notice(starts_on=starts_on, last_day_on=None, reasons=(wanted,))


def trial_notice(
    law: LawOn,
    starts_on: dt.date,
    notified_on: dt.date,
    *,
    by_employer: bool,
    trial_ends_on: dt.date | None = None,
) -> Notice:
    """Return how long before the end of a trial the other side must be told.

    Twenty-four hours under eight days of presence, then forty-eight; the cooperative gives two weeks after
    one month and one month after three. The trial is not prolonged by it: what is left after its last day is
    paid. Presence counts calendar days, the day of the telling included: under doubt, the longer notice.

    Args:
        law: the law of the day of the telling.
        starts_on: the first day of the contract.
        notified_on: the day the other side is told.
        by_employer: the cooperative ends the trial.
        trial_ends_on: the last day of the trial.

    Raises:
        InputError: the day comes before the contract starts, or after the trial.

    Law:
        Code du travail, art. L1221-25 et L1221-26.
    """
    if notified_on < starts_on:
        raise InputError("notified_on", f"{notified_on} comes before the contract starts, on {starts_on}")
    if trial_ends_on is not None and notified_on > trial_ends_on:
        raise InputError("notified_on", f"{notified_on} comes after the trial, which ends on {trial_ends_on}")
    present = (notified_on - starts_on).days + 1
    weeks_from, months_from = (
        add_months(starts_on, law.whole(name))
        for name in ("trial_notice_weeks_after_months", "trial_notice_months_after_months")
    )
    months = days = 0
    if by_employer and notified_on >= months_from:
        name = "trial_notice_months"
        months = law.whole(name)
    elif by_employer and notified_on >= weeks_from:
        name = "trial_notice_weeks"
        days = 7 * law.whole(name)
    else:
        short = present < law.whole("trial_notice_first_days")
        name = "trial_notice_first_hours" if short else "trial_notice_hours"
        days = law.whole(name) // 24
    # Told at some hour of a day, the contract ends at that hour of the last one.
    last = add_months(notified_on, months) + dt.timedelta(days=days)
    length = (f"{months} mois", f"{months} month(s)") if months else (f"{days} jours", f"{days} days")
    reasons = [
        Reason(
            code="notice_by_presence",
            met=True,
            french=f"{present} jours de présence au {notified_on} : {length[0]} de prévenance",
            english=f"{present} days of presence on {notified_on}: {length[1]} of notice",
            citations=law.citations_of(name),
            found=present,
            unit="days",
            needs_review=True,
        )
    ]
    cut = 0
    if trial_ends_on is not None and last > trial_ends_on:
        cut, last = (last - trial_ends_on).days, trial_ends_on
    if cut and by_employer:
        reasons.append(
            Reason(
                code="trial_not_prolonged",
                met=False,
                french=f"l'essai finit le {trial_ends_on} : {cut} jours de prévenance sont à indemniser",
                english=f"the trial ends on {trial_ends_on}: {cut} days of notice are to be paid",
                citations=(Citation("C. trav. art. L1221-25"),),
                found=cut,
                unit="days",
            )
        )
    return Notice(
        starts_on=notified_on,
        months=months,
        days=days,
        last_day_on=last,
        compensated_days=cut if by_employer else 0,
        reasons=tuple(reasons),
    )


def _agreed(agreed: AgreedNotice) -> Reason:
    source = agreed.source or "accord, contrat ou usage"
    return Reason(
        code="notice_agreed",
        met=True,
        french=f"{agreed.months} mois et {agreed.days} jours de préavis : {source}",
        english=f"{agreed.months} months and {agreed.days} days of notice: {source}",
    )


def _better(
    legal: int, agreed: AgreedNotice | None, starts_on: dt.date, reasons: list[Reason]
) -> tuple[int, int]:
    """Return the longer of the law and the agreement."""
    if agreed is None:
        return legal, 0
    if last_day_of_notice(starts_on, agreed.months, agreed.days) <= last_day_of_notice(starts_on, legal):
        return legal, 0
    reasons.append(_agreed(agreed))
    return agreed.months, agreed.days


def _doubled(
    law: LawOn, starts_on: dt.date, months: int, days: int, reasons: list[Reason]
) -> tuple[int, int]:
    """Double a notice, never beyond three months by the doubling."""
    names = ("disabled_notice_factor", "disabled_notice_maximum_months")
    factor, most = (law.whole(name) for name in names)
    longest = last_day_of_notice(starts_on, most)
    if not (months or days) or last_day_of_notice(starts_on, months, days) >= longest:
        return months, days
    reasons.append(
        Reason(
            code="notice_doubled",
            met=True,
            french=f"travailleur handicapé : préavis multiplié par {factor}, {most} mois au plus",
            english=f"disabled worker: the notice is multiplied by {factor}, up to {most} months",
            citations=law.citations_of(*names),
        )
    )
    if last_day_of_notice(starts_on, months * factor, days * factor) >= longest:
        return most, 0
    return months * factor, days * factor


def _notice(starts_on: dt.date, months: int, days: int, legal: int, reasons: list[Reason]) -> Notice:
    if months:
        reasons.append(_counted_from(starts_on))
    return Notice(
        starts_on=starts_on,
        months=months,
        days=days,
        last_day_on=last_day_of_notice(starts_on, months, days) if months or days else starts_on,
        legal_months=legal,
        reasons=tuple(reasons),
    )
