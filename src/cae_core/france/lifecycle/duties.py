"""What falls due on the path: trial, terms, contributions, interviews, accounts, and membership in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from cae_core.calendar import Interval, add_months
from cae_core.france.contracts import contributions_due, last_useful_meeting, trial_period
from cae_core.france.law_on import LawOn, Right
from cae_core.france.lifecycle.record import EMPLOYED, cape_of, cesa_of, delay_of, prior_contracts
from cae_core.france.rights import rights_parameters
from cae_core.pathway import Deadline, Pathway, Window

__all__ = ["DUTIES", "missing_interviews"]

_ONE_DAY = dt.timedelta(days=1)
_YEAR = 12
_ALERTS = ("associate_alert_first_months", "associate_alert_second_months", "associate_alert_third_months")


def _right(pathway: Pathway, name: str, day: dt.date) -> Right:
    return LawOn.built_in(day, assume_unchanged=pathway.assume_unchanged).right(name)


def _deadline(
    on: dt.date,
    code: str,
    french: str,
    english: str,
    rule: Right,
    *,
    alert: bool = False,
    outstanding: bool = False,
    needs_review: bool = False,
) -> Deadline:
    return Deadline(
        on=on,
        code=code,
        french=french,
        english=english,
        citations=(rule.citation,),
        alert=alert,
        outstanding=outstanding,
        needs_review=needs_review or rule.needs_review,
        assumed=rule.assumed,
    )


def cape_terms(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The term of a CAPE, and the last day that renewals can reach."""
    cape = cape_of(pathway) if pathway.stage == "cape" else None
    if cape is None:
        return
    left, rule = cape.remaining_renewals, cape.renewals_allowed
    yield _deadline(
        cape.ends_on_renewed,
        "cape_term",
        "terme du CAPE : "
        + (f"le renouveler par écrit (encore {left} fois) ou " if left else "")
        + "signer un CESA",
        "term of the CAPE: " + (f"renew it in writing ({left} left) or " if left else "") + "sign a CESA",
        rule,
    )
    if left:
        yield _deadline(
            cape.last_possible_day,
            "cape_last_day",
            "dernier jour possible du CAPE, tous renouvellements compris",
            "last possible day of the CAPE, with every renewal",
            rule,
        )


def cape_contributions(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The contributions of each quarter of a CAPE, also of the last one after it has ended."""
    cape = cape_of(pathway)
    if cape is None:
        return
    for due in contributions_due(cape, known_on=window.on):
        if due.due_on < window.on:
            continue
        first, last = due.quarter.starts_on, due.quarter.ends_on
        yield Deadline(
            on=due.due_on,
            code="cape_contributions",
            french=f"payer les cotisations du CAPE, du {first} au {last}",
            english=f"pay the contributions of the CAPE, {first} to {last}",
            citations=(due.citation,),
            # Whether a margin that is not paid out owes any is open.
            needs_review=not cape.pay_terms,
            assumed=due.assumed,
        )
        if window.until is None or due.due_on > window.until:
            return


def trial(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The last day of a trial period, and of its renewal where one is still possible."""
    cesa = cesa_of(pathway) if pathway.stage == "cesa_trial" else None
    if cesa is None or cesa.trial_last_day is None:
        return
    last = cesa.trial_last_day
    longest = trial_period(
        cesa.starts_on, prior_contracts(pathway, cesa), assume_unchanged=pathway.assume_unchanged
    )
    renewable = cesa.trial_renewed_until is None and longest.last_day > last
    yield _deadline(
        last,
        "trial_end",
        "fin de la période d'essai : dernier jour pour la rompre"
        + (f" ou la renouveler (au plus jusqu'au {longest.last_day})" if renewable else ""),
        "end of the trial period: last day to break it"
        + (f" or to renew it (until {longest.last_day} at most)" if renewable else ""),
        longest.rule,
    )


def membership(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The deadline to become an associate, its alerts, and the last general meeting before it."""
    delay = delay_of(pathway) if pathway.stage in ("cesa_trial", "cesa") else None
    if delay is None:
        return
    review = any(note.needs_review for note in delay.notes)
    yield _deadline(
        delay.last_safe_day,
        "associate_deadline",
        f"dernier jour pour être admis comme associé ; sinon le contrat prend fin le {delay.deadline}",
        f"last day to be admitted as an associate; otherwise the contract ends on {delay.deadline}",
        delay.rule,
        needs_review=review,
    )
    for name in _ALERTS:
        alert = _right(pathway, name, delay.signed_on)
        day = add_months(delay.deadline, -alert.value)
        if day > delay.signed_on:
            yield _deadline(
                day,
                f"associate_alert_{alert.value}",
                f"alerte : {alert.value} mois avant l'échéance du {delay.deadline} pour devenir associé",
                f"alert: {alert.value} months before the deadline of {delay.deadline} to become an associate",
                alert,
                alert=True,
            )
    if not pathway.facts.meetings:
        return
    days = [meeting.on for meeting in pathway.facts.meetings]
    last = last_useful_meeting(delay.deadline, (day for day in days if day >= window.on))
    if last is not None:
        yield _deadline(
            last,
            "last_useful_meeting",
            f"dernière assemblée connue qui puisse admettre avant l'échéance du {delay.deadline}",
            f"last meeting known that can admit before the deadline of {delay.deadline}",
            delay.rule,
        )
    else:
        yield _deadline(
            delay.last_safe_day,
            "no_meeting_left",
            f"aucune assemblée connue d'ici l'échéance du {delay.deadline} : en convoquer une",
            f"no meeting is known until the deadline of {delay.deadline}: call one",
            delay.rule,
        )


def variable_balance(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The balance of the variable part, a month after the meeting that approves the accounts."""
    cesa = cesa_of(pathway) if pathway.stage in EMPLOYED else None
    if cesa is None:
        return
    for meeting in pathway.facts.meetings:
        closed = meeting.accounts_closed_on
        if closed is None or closed < cesa.starts_on:
            continue
        rule = _right(pathway, "variable_balance_months", min(meeting.on, window.on))
        yield _deadline(
            add_months(meeting.on, rule.value),
            "variable_balance",
            f"payer le solde de la part variable de l'exercice clos le {closed}",
            f"pay the balance of the variable part of the year closed on {closed}",
            rule,
        )


def account_statement(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The monthly statement of account of a person who cannot see it in the information system."""
    cesa = cesa_of(pathway) if pathway.stage in EMPLOYED else None
    if cesa is None or pathway.facts.account_online:
        return
    sent = [entry.event.on for entry in pathway.entries("statement_sent") if entry.event.on >= cesa.starts_on]
    origin = max((cesa.starts_on, *sent))
    rule = _right(pathway, "account_statement_months", window.on)
    count = 1
    while True:
        day = add_months(origin, count * rule.value)
        yield _deadline(
            day,
            "account_statement",
            "envoyer l'état des comptes",
            "send the statement of account",
            rule,
            # The first one that was missed stays; each later one is told when its time comes.
            outstanding=count == 1,
        )
        if day >= (window.until or window.on):
            return
        count += 1


def missing_interviews(
    pathway: Pathway, on: dt.date, until: dt.date | None = None
) -> Iterator[tuple[Interval, int, Right]]:
    """Iterate over the years of a CESA, and how many interviews each still lacks.

    An interview counts once its report is signed. No text says which year is meant: it is that of the
    contract, from one anniversary to the next.

    Args:
        pathway: the person.
        on: today: later years are under its law.
        until: years that begin until this day, today by default.

    Yields:
        the year, how many interviews with a signed report are missing in it, the number of the law.

    Law:
        Code du travail, art. R7331-2 et suivants (the number of the article was not read).
    """
    cesa = cesa_of(pathway)
    if cesa is None:
        return
    known_from = rights_parameters()["interviews_yearly"].values[0].in_force_from
    held = [entry.event.on for entry in pathway.entries("interview") if entry.event["report_signed"]]
    until = until or on
    for rank in range((until.year - cesa.starts_on.year) + 1):
        first = add_months(cesa.starts_on, _YEAR * rank)
        year = Interval(first, add_months(cesa.starts_on, _YEAR * (rank + 1)) - _ONE_DAY)
        if first > until or first < known_from:
            continue
        rule = _right(pathway, "interviews_yearly", min(first, on))
        yield year, max(rule.value - sum(day in year for day in held), 0), rule


def interviews(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The interviews of each year of the contract, and those that past years lack."""
    if pathway.stage not in EMPLOYED:
        return
    for year, missing, rule in missing_interviews(pathway, window.on, window.until):
        assert year.ends_on is not None  # a year of twelve months
        if missing:
            yield _deadline(
                year.ends_on,
                "interviews",
                f"encore {missing} entretien(s) avec compte rendu signé pour l'année du {year.starts_on}",
                f"{missing} more interview(s) with a signed report for the year of {year.starts_on}",
                rule,
                outstanding=True,
            )


#: Every duty, in no order: deadlines are sorted by day.
DUTIES: tuple[Callable[[Pathway, Window], Iterable[Deadline]], ...] = (
    cape_terms,
    cape_contributions,
    trial,
    membership,
    variable_balance,
    account_statement,
    interviews,
)
