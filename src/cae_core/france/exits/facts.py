"""The facts from which an ending is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from cae_core.calendar import HolidayCalendar, to_day
from cae_core.france.exits.effects import CooperativeForm
from cae_core.france.exits.notice import AgreedNotice
from cae_core.france.exits.reference_pay import PayMonth
from cae_core.france.exits.seniority import Absence

__all__ = ["ExitFacts"]


def _pay(value: Iterable[PayMonth]) -> tuple[PayMonth, ...]:
    return tuple(value)


def _absences(value: Iterable[Absence]) -> tuple[Absence, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class ExitFacts:
    """What an ending is computed from, whatever its kind.

    Attributes:
        starts_on: the first day of the contract.
        pay: gross pay of the months before the decision; those from the month of the decision on are left.
        absences: months during which the contract was suspended.
        trial_ends_on: the last day of the trial, where one was agreed.
        born_on: the day of birth, for a retirement decided by the cooperative.
        form: the law of the cooperative.
        associate: the person is an associate.
        statutes_keep_status: what the statutes say of associate status when the contract ends.
        disabled: recognised as a disabled worker.
        agreed_notice: the notice of an agreement, the contract or usage.
        agreed_indemnity_cents: the indemnity of an agreement, or what the parties agree.
        holidays: the holidays of the place; by default, the eleven of the whole country.
    """

    starts_on: dt.date = attrs.field(converter=to_day)
    pay: tuple[PayMonth, ...] = attrs.field(default=(), converter=_pay)
    absences: tuple[Absence, ...] = attrs.field(default=(), converter=_absences)
    trial_ends_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    born_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    form: CooperativeForm = CooperativeForm.SCOP
    associate: bool = False
    statutes_keep_status: bool | None = None
    disabled: bool = False
    agreed_notice: AgreedNotice | None = None
    agreed_indemnity_cents: int = 0
    holidays: HolidayCalendar | None = None
