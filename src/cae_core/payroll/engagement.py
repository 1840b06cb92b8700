"""A person at work in a cooperative: everything that decides her pay, but for what the account holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import attrs

from cae_core.account import AvailabilityPolicy, FeeScale
from cae_core.calendar import Interval, Month
from cae_core.cooperative import Cooperative
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.money import divide_half_up
from cae_core.payroll.facts import HoursPolicy, PayFacts, Regularisation
from cae_core.payroll.pay_policy import PayPolicy, SpendAvailable

__all__ = ["Engagement", "FactChange", "PayContract"]


class PayContract(Protocol):
    """What a run asks of a contract: its days and its fixed part."""

    @property
    def period(self) -> Interval:
        """The days of the contract."""

    def fixed_pay_on(self, day: dt.date) -> int:
        """Return the monthly fixed part on a day, in cents."""

    @property
    def fixed_pay_citation(self) -> Citation:
        """The texts that make the fixed part due."""


#: The facts that may change while a person is at work.
_CHANGING = frozenset(
    {
        "executive",
        "headcount",
        "workplace_accident_ppm",
        "mobility_ppm",
        "health_cover_employee_cents",
        "health_cover_employer_cents",
        "provident_employee_ppm",
        "provident_employer_ppm",
        "apprentice_ratio_ppm",
        "withholding_ppm",
    }
)


@attrs.frozen(kw_only=True)
class FactChange:
    """Facts that are others from a month on: a status, a headcount, a rate notified each year.

    Attributes:
        from_month: the first month of the new facts.
        facts: the new values, by the names of :class:`~cae_core.PayFacts`.
    """

    from_month: Month
    facts: Mapping[str, int | bool | None] = attrs.field()

    @facts.validator
    def _known(self, attribute: object, facts: Mapping[str, object]) -> None:
        unknown = sorted(set(facts) - _CHANGING)
        if unknown or not facts:
            raise InputError(
                f"change from {self.from_month}",
                f"expected some of {', '.join(sorted(_CHANGING))}, got {', '.join(unknown) or 'nothing'}",
            )


@attrs.frozen(kw_only=True)
class Engagement:
    """One person at work in a cooperative: everything that does not change from month to month.

    Attributes:
        cooperative: the employer, with the figures that are its own.
        contract: the contract, with its fixed part.
        scale: the fee scale of the contract.
        policy: how much of what is available is paid each month.
        availability: whether pay comes out of cash (the default) or of invoiced result.
        executive: whether the person is a *cadre*.
        hours_policy: how reference hours are found; ``contract_hours_hundredths`` goes with one of them.
        withholding_ppm: personal rate of income tax; ``None`` is the neutral rate.
        regularisation: when the figures of the year are set right: each month, or at its end.
        given: facts that an active plugin asks for, by name.
        changes: facts that are others from a month on, such as a headcount or a rate of the new year.
        absences: days of the contract without pay, such as unpaid leave; they reduce the fixed part.
        entered_on: the day of entry in the cooperative, which may be before the contract (CAPE).
        on_social_minimum: the person lives on a social minimum, which some scales exempt.
        associate_on: the day she became an associate (associée), which some scales look at.
    """

    cooperative: Cooperative
    contract: PayContract
    scale: FeeScale
    policy: PayPolicy = attrs.field(factory=SpendAvailable)
    availability: AvailabilityPolicy = AvailabilityPolicy.CASH
    executive: bool = False
    hours_policy: HoursPolicy = HoursPolicy.EQUIVALENT_HOURS
    contract_hours_hundredths: int = 0
    withholding_ppm: int | None = None
    regularisation: Regularisation = Regularisation.PROGRESSIVE
    given: Mapping[str, int] = attrs.field(factory=dict)
    changes: tuple[FactChange, ...] = attrs.field(default=(), converter=tuple)
    absences: tuple[Interval, ...] = attrs.field(default=(), converter=tuple)
    entered_on: dt.date | None = None
    on_social_minimum: bool = False
    associate_on: dt.date | None = None

    def facts(self, month: Month, gross_pay_cents: int = 0) -> PayFacts:
        """Return the facts of a payslip of a month, as they are then."""
        cooperative = self.cooperative
        days = sum(1 for _ in self._days(month))
        facts = PayFacts(
            gross_pay_cents=gross_pay_cents,
            executive=self.executive,
            headcount=cooperative.headcount,
            workplace_accident_ppm=cooperative.workplace_accident_rate.ppm,
            mobility_ppm=cooperative.mobility_rate.ppm,
            health_cover_employee_cents=cooperative.health_cover_employee_cents,
            health_cover_employer_cents=cooperative.health_cover_employer_cents,
            provident_employee_ppm=cooperative.provident_employee_rate.ppm,
            provident_employer_ppm=cooperative.provident_employer_rate.ppm,
            apprentice_ratio_ppm=cooperative.apprentice_ratio.ppm,
            hours_policy=self.hours_policy,
            contract_hours_hundredths=self.contract_hours_hundredths,
            employed_days=None if days == month.days else days,
            withholding_ppm=self.withholding_ppm,
            regularisation=self.regularisation,
            last_month=self.contract.period.ends_in(month),
            given=self.given,
        )
        changed: dict[str, Any] = {}
        for change in sorted(self.changes, key=lambda change: change.from_month):
            if change.from_month <= month:
                changed.update(change.facts)
        return attrs.evolve(facts, **changed) if changed else facts

    def fee_standing(self, month: Month) -> dict[str, Any]:
        """Return what a fee scale may look at beside the activity, by the names of ``MonthActivity``."""
        entered = Month.parse(self.entered_on or self.contract.period.starts_on)
        return {
            "months_since_entry": max(month - entered, 0),
            "associate": self.associate_on is not None and self.associate_on <= month.last_day,
            "on_social_minimum": self.on_social_minimum,
        }

    def fixed_pay(self, month: Month) -> int:
        """Return the fixed part due for a month, in cents.

        In a month of entry, of exit, of an absence or of an amendment it is counted by calendar days, as the
        ceiling is: no text fixes the method for a CESA.
        """
        due: int = divide_half_up(sum(map(self.contract.fixed_pay_on, self._days(month))), month.days)
        return due

    def _days(self, month: Month) -> Iterator[dt.date]:
        """Iterate over the days of a month under contract and not absent."""
        for rank in range(month.days):
            day = month.first_day + dt.timedelta(rank)
            if day in self.contract.period and not any(day in absence for absence in self.absences):
                yield day
