"""Seniority (ancienneté), in months: whole months of the contract, less those that do not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.errors import InputError
from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.terms import Term

__all__ = ["Absence", "AbsenceKind", "Seniority", "seniority", "whole_months"]

_ONE_DAY = dt.timedelta(days=1)


class AbsenceKind(Term):
    """Why the contract was suspended, which says whether the months count.

    Law:
        Code du travail, art. L1226-7, L1225-24, L1225-54 et L1234-11.
    """

    SICKNESS = "sickness", "maladie non professionnelle"
    COMMUTING_ACCIDENT = "commuting_accident", "accident de trajet"
    SABBATICAL = "sabbatical", "congé sabbatique"
    BUSINESS_CREATION = "business_creation", "congé pour création d'entreprise"
    UNPAID_LEAVE = "unpaid_leave", "congé sans solde"
    STRIKE = "strike", "grève"
    DISCIPLINARY = "disciplinary", "mise à pied"
    PARENTAL_LEAVE = "parental_leave", "congé parental à temps plein"
    WORK_ACCIDENT = "work_accident", "accident du travail ou maladie professionnelle"
    MATERNITY = "maternity", "maternité, paternité ou adoption"
    PARTIAL_ACTIVITY = "partial_activity", "activité partielle"


#: Kinds whose months count in full.
_COUNTED = frozenset({AbsenceKind.WORK_ACCIDENT, AbsenceKind.MATERNITY, AbsenceKind.PARTIAL_ACTIVITY})


def _kind(word: object) -> AbsenceKind:
    return AbsenceKind.parse(word, "Absence.kind")


def _months(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise InputError("Absence.months", f"expected a number of months, got {value!r}")
    try:
        return Fraction(value)
    except ValueError:
        raise InputError("Absence.months", f"expected a number of months, got {value!r}") from None


@attrs.frozen(kw_only=True)
class Absence:
    """Months during which the contract was suspended.

    Attributes:
        kind: why; a member of :class:`AbsenceKind`, its code or its French name.
        months: how many months, as a whole number, a fraction or a text such as ``"1.5"``.
    """

    kind: AbsenceKind = attrs.field(converter=_kind)
    months: Fraction = attrs.field(converter=_months)

    @months.validator
    def _not_negative(self, attribute: attrs.Attribute[Any], value: Fraction) -> None:
        if value < 0:
            raise InputError("Absence.months", f"expected zero or more, got {value}")


@attrs.frozen(kw_only=True)
class Seniority:
    """The months a person has served, as of a day.

    Attributes:
        starts_on: the first day of the contract.
        on: the last day counted.
        whole_months: whole months from the first day to the day after the last one.
        removed: for each absence, the months taken off.
        citations: the texts that say which months count.
    """

    starts_on: dt.date
    on: dt.date
    whole_months: int
    removed: tuple[tuple[Absence, Fraction], ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def months(self) -> Fraction:
        """The months that count; never below zero."""
        return max(self.whole_months - sum((months for _, months in self.removed), Fraction()), Fraction())

    @property
    def years(self) -> Fraction:
        """The same in years."""
        return self.months * Fraction(1, 12)


def whole_months(starts_on: dt.date, on: dt.date) -> int:
    """Return how many whole months go from the first day to the end of the last one."""
    after = on + _ONE_DAY
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return months if add_months(starts_on, months) <= after else months - 1


def seniority(law: LawOn, starts_on: dt.date, on: dt.date, absences: Iterable[Absence] = ()) -> Seniority:
    """Return the seniority reached at the end of a day.

    Whole months alone count, as in the simulator of the Ministry of Labour. Suspended months are taken off;
    half of them for a full-time parental leave; none for a work accident, a birth or partial activity.

    Args:
        law: the law of the day that decides.
        starts_on: the first day of the contract. An earlier CAPE is not employment and does not count.
        on: the last day counted.
        absences: months during which the contract was suspended.

    Raises:
        InputError: the day comes before the contract starts.

    Law:
        Code du travail, art. R1234-1 et L1234-11.
    """
    starts_on, on = to_day(starts_on, "starts_on"), to_day(on, "on")
    if on < starts_on:
        raise InputError("on", f"{on} comes before the contract starts, on {starts_on}")
    removed = []
    for absence in absences:
        share = Fraction(1)
        if absence.kind in _COUNTED:
            share = Fraction()
        elif absence.kind is AbsenceKind.PARENTAL_LEAVE:
            share -= law.number("seniority_parental_leave_share")
        removed.append((absence, absence.months * share))
    texts = [Citation("C. trav. art. R1234-1"), Citation("C. trav. art. L1234-11")]
    if any(absence.kind is AbsenceKind.PARENTAL_LEAVE for absence, _ in removed):
        texts += law.citations_of("seniority_parental_leave_share")
    return Seniority(
        starts_on=starts_on,
        on=on,
        whole_months=whole_months(starts_on, on),
        removed=tuple(removed),
        citations=tuple(texts),
    )
