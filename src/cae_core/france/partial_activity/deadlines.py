"""The deadlines of a request of partial activity and of the payment of the allowance."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.errors import InputError
from cae_core.france.law_on import LawOn
from cae_core.france.partial_activity.eligibility import Ground
from cae_core.law import Citation, DatedValue, Legislation

__all__ = ["Deadlines", "deadlines"]

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Deadlines:
    """The days a cooperative must know.

    Attributes:
        placed_on: the first day not worked.
        ground: why.
        request_by: the last day to ask; ``None`` where the law of that time set none.
        requested_on: the day of the request: the one given, else the last possible.
        works_council_by: the last day to send the opinion of the works council (CSE); ``None`` under fifty.
        silence_days: after so many days without an answer the request is granted.
        granted_on: the day silence grants it.
        authorised_until: the last day that one authorisation can cover.
        rolling_months: the most months over twelve consecutive ones; ``None`` where there is no such limit.
        period_ends_on: the last day of the period asked for, if it is given.
        claim_by: the last day to claim the allowance, after the end of that period.
        citations: the texts.
        to_review: the parameters whose text nobody has read, by name.
    """

    placed_on: dt.date
    ground: Ground
    request_by: dt.date | None
    requested_on: dt.date
    works_council_by: dt.date | None
    silence_days: int
    granted_on: dt.date
    authorised_until: dt.date
    rolling_months: int | None
    period_ends_on: dt.date
    claim_by: dt.date
    citations: tuple[Citation, ...]
    to_review: tuple[str, ...]


def deadlines(
    law: Legislation,
    placed_on: dt.date,
    ground: Ground = Ground.EXCEPTIONAL,
    *,
    headcount: int = 1,
    requested_on: dt.date | None = None,
    period_ends_on: dt.date | None = None,
    assume_unchanged: bool = False,
) -> Deadlines:
    """Return the deadlines of a request.

    Args:
        law: ``ruleset.rights``.
        placed_on: the first day that the people are placed.
        ground: why.
        headcount: people employed; from fifty the works council (CSE) gives its opinion.
        requested_on: the day of the request; the last possible day by default.
        period_ends_on: the last day of the period asked for; the longest possible by default.
        assume_unchanged: after the last day known, carry the law forward.

    Raises:
        InputError: a period that ends before it starts, or later than an authorisation can last.
        LawNotKnownError: a day outside what is known.

    Law:
        Code du travail, art. R5122-2 to R5122-4, R5122-9 and L5122-1, IV.
    """
    placed_on = to_day(placed_on, "placed_on")
    read: dict[str, DatedValue] = {}

    def value(name: str, day: dt.date) -> int:
        on = LawOn(law, day, assume_unchanged)
        read[name] = on.row(name)
        return on.value(name)

    def known(name: str) -> bool:
        return LawOn(law, placed_on, assume_unchanged).get(name) is not None

    afterwards = ground.may_be_asked_afterwards
    request_by: dt.date | None = placed_on - _ONE_DAY
    if ground is Ground.EXCEPTIONAL and not known("partial_activity_works_council_months"):
        request_by = None  # before March 2020 an exceptional circumstance had no deadline
    elif afterwards:
        request_by = placed_on + dt.timedelta(days=value("partial_activity_request_days", placed_on))
    asked = to_day(requested_on, "requested_on") if requested_on else request_by or placed_on

    council: dt.date | None = None
    if headcount >= value("partial_activity_works_council_headcount", placed_on):
        council = asked
        if afterwards and known("partial_activity_works_council_months"):
            council = add_months(asked, value("partial_activity_works_council_months", placed_on))

    kind = "disaster_authorised" if ground is Ground.DISASTER else "authorised"
    until = add_months(placed_on, value(f"partial_activity_{kind}_months", placed_on)) - _ONE_DAY
    ends = until if period_ends_on is None else to_day(period_ends_on, "period_ends_on")
    if not placed_on <= ends <= until:
        raise InputError("period_ends_on", f"expected a day from {placed_on} to {until}, got {ends}")
    silence = value("partial_activity_silence_days", asked)
    rolling = None
    if ground is not Ground.DISASTER and known("partial_activity_rolling_months"):
        rolling = value("partial_activity_rolling_months", placed_on)
    claim_by = add_months(ends, value("partial_activity_claim_months", asked))
    return Deadlines(
        placed_on=placed_on,
        ground=ground,
        request_by=request_by,
        requested_on=asked,
        works_council_by=council,
        silence_days=silence,
        granted_on=asked + dt.timedelta(days=silence),
        authorised_until=until,
        rolling_months=rolling,
        period_ends_on=ends,
        claim_by=claim_by,
        citations=tuple(dict.fromkeys(row.citation for row in read.values())),
        to_review=tuple(name for name, row in read.items() if row.needs_review),
    )
