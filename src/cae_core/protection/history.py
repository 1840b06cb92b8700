"""What a person was really paid, month after month: the ground of every right that depends on pay.

A history is the same whatever the order its months are given in. A month that nobody gives is a *gap*: it
counts for nothing, and whoever adds up months says which ones were not known. A month without pay under a
running contract is no gap: it is given, with a pay of zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from cae_core.calendar import Interval, Month, to_day
from cae_core.errors import InputError, InputErrors
from cae_core.money import CENTS_MAX, Lane, format_euros, least
from cae_core.terms import Term

if TYPE_CHECKING:
    from cae_core.payroll.payslip import Payslip


__all__ = ["MonthKind", "PayHistory", "PayMonth", "Stoppage", "StoppageKind", "Window"]


class MonthKind(Term):
    """Under which kind of contract a month was lived."""

    #: A contract of employment, that of a salaried entrepreneur included.
    EMPLOYMENT = "employment", "contrat de travail"
    #: A contract of support of a project, before any employment.
    SUPPORT = "support", "contrat d'appui au projet"


class StoppageKind(Term):
    """Why a person did not work for some days."""

    SICKNESS = "sickness", "maladie"
    LONG_ILLNESS = "long_illness", "affection de longue durée"
    WORK_ACCIDENT = "work_accident", "accident du travail ou maladie professionnelle"
    MATERNITY = "maternity", "maternité"
    PATERNITY = "paternity", "paternité"
    ADOPTION = "adoption", "adoption"
    BIRTH_LEAVE = "birth_leave", "congé supplémentaire de naissance"
    CHILDCARE = "childcare", "garde d'enfant"
    PARTIAL_ACTIVITY = "partial_activity", "activité partielle"
    UNEMPLOYMENT = "unemployment", "chômage"
    UNPAID_LEAVE = "unpaid_leave", "congé non payé autorisé"
    CLOSURE = "closure", "fermeture de l'établissement"


def _month(month: Month | str) -> Month:
    return Month.parse(month)


def _month_kind(kind: MonthKind | str) -> MonthKind:
    return MonthKind.parse(kind, "kind")


def _stoppage_kind(kind: StoppageKind | str) -> StoppageKind:
    return StoppageKind.parse(kind, "kind")


def _within(figure: Lane, most: int) -> bool:
    """Whether a whole number, or each one of a column, is between zero and a bound."""
    if str(getattr(figure, "dtype", "")) == "int64":
        return not ((figure < 0) | (figure > most)).any()
    return type(figure) is int and 0 <= figure <= most


@attrs.frozen(kw_only=True)
class PayMonth:
    """One month of a history.

    Pay and hours may also be int64 arrays, one row a person, for people under the same contract: sums of
    months are then columns (see :func:`~cae_core.protection.measure`).

    Attributes:
        month: the month.
        gross_pay_cents: gross pay subject to contributions; 0 where the contract ran without pay.
        hours_hundredths: hours declared or counted for the month, in hundredths; ``None`` where nobody knows.
        hours_policy: what gave the hours, such as ``"equivalent_hours"`` or ``"declared"``.
        employed_days: calendar days under contract in the month; ``None`` is the whole month.
        kind: the kind of contract.

    Raises:
        InputError: a negative figure, more days than the month has.
    """

    month: Month = attrs.field(converter=_month)
    gross_pay_cents: Lane
    hours_hundredths: Lane | None = None
    hours_policy: str = ""
    employed_days: int | None = None
    kind: MonthKind = attrs.field(default=MonthKind.EMPLOYMENT, converter=_month_kind)

    def __attrs_post_init__(self) -> None:
        where = str(self.month)
        if not _within(self.gross_pay_cents, CENTS_MAX):
            raise InputError(
                where,
                "gross pay must be whole cents between 0 and "
                f"{format_euros(CENTS_MAX, 'en')}, got {self.gross_pay_cents!r}",
            )
        hours = self.hours_hundredths
        if hours is not None and not _within(hours, self.month.days * 2400):
            raise InputError(where, f"hours must fit the month, in hundredths, got {hours!r}")
        days = self.employed_days
        if days is not None and (type(days) is not int or not 0 <= days <= self.month.days):
            raise InputError(where, f"employed days must be between 0 and {self.month.days}, got {days!r}")

    @property
    def days(self) -> int:
        """Calendar days under contract in the month."""
        return self.month.days if self.employed_days is None else self.employed_days

    @classmethod
    def of(cls, slip: Payslip) -> PayMonth:
        """Return the month of a payslip, with the hours its policy gave."""
        return cls(
            month=slip.month,
            gross_pay_cents=slip.gross_pay_cents,
            hours_hundredths=slip.reference_hours_hundredths,
            hours_policy=slip.hours_policy.value,
            employed_days=slip.facts.employed_days,
        )


@attrs.frozen
class Stoppage:
    """Some days without work: which, and why. An open stoppage is still running."""

    interval: Interval
    kind: StoppageKind = attrs.field(converter=_stoppage_kind)


@attrs.frozen
class Window:
    """Some months in a row of a history.

    Attributes:
        first, last: the bounds, both included.
        months: the months that the history gives, in order.
        missing: the months that it does not.
    """

    first: Month
    last: Month
    months: tuple[PayMonth, ...]
    missing: tuple[Month, ...]

    def __iter__(self) -> Iterator[PayMonth]:
        return iter(self.months)

    def only(self, kind: MonthKind) -> Window:
        """Return the window with the months of one kind of contract alone."""
        months = tuple(month for month in self.months if month.kind is kind)
        return attrs.evolve(self, months=months)

    @property
    def gross_pay_cents(self) -> Lane:
        """Gross pay of the months given."""
        return sum(month.gross_pay_cents for month in self.months)

    @property
    def hours_hundredths(self) -> Lane | None:
        """Hours of the months given; ``None`` where one of them with pay does not say its hours."""
        if any(month.hours_hundredths is None and _some(month.gross_pay_cents) for month in self.months):
            return None
        return self.known_hours_hundredths

    @property
    def known_hours_hundredths(self) -> Lane:
        """Hours of the months that say them."""
        return sum(month.hours_hundredths for month in self.months if month.hours_hundredths is not None)

    @property
    def hours_policies(self) -> tuple[str, ...]:
        """What gave the hours, each once, in alphabetical order."""
        return tuple(sorted({month.hours_policy for month in self.months if month.hours_policy}))

    @property
    def employed_days(self) -> int:
        """Calendar days under contract of the months given."""
        return sum(month.days for month in self.months)

    def capped_gross_pay_cents(self, cap_cents: int) -> Lane:
        """Return the gross pay, each month up to a cap."""
        return sum(least(month.gross_pay_cents, cap_cents) for month in self.months)


def _some(figure: Lane) -> bool:
    return bool(figure.any() if hasattr(figure, "any") else figure)


def _in_order(months: Iterable[PayMonth]) -> tuple[PayMonth, ...]:
    return tuple(sorted(months, key=lambda each: each.month))


def _by_first_day(stoppages: Iterable[Stoppage]) -> tuple[Stoppage, ...]:
    def order(stoppage: Stoppage) -> tuple[dt.date, dt.date, str]:
        days = stoppage.interval
        return days.starts_on, days.ends_on or dt.date.max, stoppage.kind.value

    return tuple(sorted(stoppages, key=order))


@attrs.frozen
class PayHistory:
    """The months a person was paid for, and the days she stopped work.

    Attributes:
        months: the months given, by month; they may be given in any order.
        stoppages: the days without work, by first day.

    Raises:
        InputErrors: a month is given twice.
    """

    months: tuple[PayMonth, ...] = attrs.field(default=(), converter=_in_order)
    stoppages: tuple[Stoppage, ...] = attrs.field(default=(), converter=_by_first_day)
    _by_month: Mapping[Month, PayMonth] = attrs.field(init=False, repr=False, eq=False, hash=False)

    @_by_month.default
    def _indexed(self) -> Mapping[Month, PayMonth]:
        found = {each.month: each for each in self.months}
        if len(found) < len(self.months):
            pairs = pairwise(each.month for each in self.months)
            twice = dict.fromkeys(month for month, after in pairs if month == after)
            raise InputErrors(
                "the history is not usable",
                [InputError(str(month), "this month is given twice") for month in twice],
            )
        return found

    @classmethod
    def from_payslips(cls, slips: Iterable[Payslip], stoppages: Iterable[Stoppage] = ()) -> PayHistory:
        """Return the history of some payslips of one person, in any order."""
        return cls([PayMonth.of(slip) for slip in slips], stoppages)

    def __getitem__(self, month: Month | str) -> PayMonth:
        """Return one month.

        Raises:
            InputError: the history does not give it.
        """
        month = Month.parse(month)
        found = self._by_month.get(month)
        if found is None:
            raise InputError(str(month), f"the history does not give this month; it gives {self.span}")
        return found

    def get(self, month: Month) -> PayMonth | None:
        """Return one month, or ``None`` where the history does not give it."""
        return self._by_month.get(month)

    @property
    def span(self) -> str:
        """From which month to which one the history goes, in words."""
        return f"{self.months[0].month} to {self.months[-1].month}" if self.months else "no month"

    @property
    def gaps(self) -> tuple[Month, ...]:
        """The months between the first and the last that are not given."""
        if not self.months:
            return ()
        return self.between(self.months[0].month, self.months[-1].month).missing

    def between(self, first: Month | str, last: Month | str) -> Window:
        """Return the months from one to another, both included.

        Raises:
            InputError: the last comes before the first.
        """
        first, last = Month.parse(first), Month.parse(last)
        if last < first:
            raise InputError("months", f"{last} comes before {first}")
        every = tuple(first.through(last))
        given = tuple(self._by_month[month] for month in every if month in self._by_month)
        return Window(first, last, given, tuple(month for month in every if month not in self._by_month))

    def last_months(self, count: int, before: dt.date) -> Window:
        """Return the last ``count`` whole calendar months before a day: the month of the day is left out."""
        if type(count) is not int or count < 1:
            raise InputError("count", f"expected one month or more, got {count!r}")
        month = Month.parse(to_day(before))
        return self.between(month + -count, month + -1)

    def year(self, year: int) -> Window:
        """Return the months of a civil year."""
        return self.between(Month(year, 1), Month(year, 12))

    def stopped_days(self, month: Month, *kinds: StoppageKind) -> int:
        """Return how many days of a month were without work, for some reasons or for any."""
        days: set[int] = set()
        for stoppage in self.stoppages:
            if kinds and stoppage.kind not in kinds:
                continue
            if stoppage.interval.days_in(month):
                days |= {
                    rank
                    for rank in range(month.days)
                    if month.first_day + dt.timedelta(rank) in stoppage.interval
                }
        return len(days)

    def with_months(self, *months: PayMonth) -> PayHistory:
        """Return the history with some months more, or in the place of those of the same name."""
        replaced = {**self._by_month, **{each.month: each for each in months}}
        return PayHistory(replaced.values(), self.stoppages)

    def until(self, month: Month) -> PayHistory:
        """Return the history up to a month, included."""
        return PayHistory([each for each in self.months if each.month <= month], self.stoppages)
