"""What a payslip is computed from: the facts of one person in one month, or of many in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

import attrs

from cae_core.errors import AmountError, AmountTypeError, InputError
from cae_core.money import CENTS_MAX, Lane, Rate, format_euros, to_cents
from cae_core.strict import member
from cae_core.terms import Term

__all__ = ["HoursPolicy", "PayFacts", "Regularisation"]


class HoursPolicy(Term):
    """How the reference hours of a contract without working time are found.

    A CESA has no working hours, but some rules need some. No text in force settles it, so the choice is
    the caller's and the payslip says which one was used.
    """

    #: Full time from one monthly minimum wage of pay up, in proportion to pay below (the default).
    EQUIVALENT_HOURS = "equivalent_hours", "équivalent-heures"
    #: Full time whatever the pay.
    FULL_TIME = "full_time", "temps plein"
    #: The hours given, for a person who also holds an ordinary contract.
    CONTRACT_HOURS = "contract_hours", "heures du contrat"


class Regularisation(Term):
    """When what the law measures over the year is set right: ceilings, reductions, thresholds.

    What a law measures over the quarter (``quarterly``) goes with the progressive one alone.

    Law:
        CSS art. R243-10 (ceilings) and D241-9 (general reduction, to be checked): the employer chooses.
    """

    #: Each month charges what is due to date less what was charged before (the default).
    PROGRESSIVE = "progressive", "progressive"
    #: Each month stands alone; December, or the last month with the employer, sets the year right.
    YEAR_END = "year_end", "en fin d'année"


#: The fields that may hold a column (one int64 element per person) instead of one integer.
_COLUMNS = (
    "gross_pay_cents",
    "executive",
    "headcount",
    "workplace_accident_ppm",
    "mobility_ppm",
    "health_cover_employee_cents",
    "health_cover_employer_cents",
    "provident_employee_ppm",
    "provident_employer_ppm",
    "apprentice_ratio_ppm",
    "contract_hours_hundredths",
    "employed_days",
    "affected_pay_cents",
    "affected_pay_due_cents",
    "withholding_ppm",
)


@attrs.frozen(kw_only=True, eq=False)
class PayFacts:
    """The facts of one month of pay; each number may also be an int64 array (one element a person).

    :meth:`of` is the door for euros and percents; the constructor takes integers: ``_cents`` are euro
    cents, ``_ppm`` are millionths, ``_hundredths`` are hundredths of an hour.

    Attributes:
        gross_pay_cents: gross pay of the month (rémunération brute), fixed and variable together.
        executive: whether the person is a *cadre*.
        headcount: yearly average headcount of the cooperative, as the thresholds count it.
        workplace_accident_ppm: rate notified by the Carsat to the establishment (AT/MP).
        mobility_ppm: rate of the *versement mobilité* of the place of work, regional part included.
        health_cover_employee_cents: employee share of the mandatory health cover of the month.
        health_cover_employer_cents: employer share of the same.
        provident_employee_ppm: employee rate of the cooperative's provident cover, on bracket 1.
        provident_employer_ppm: employer rate of the same, beside the mandatory death cover of executives.
        apprentice_ratio_ppm: share of apprentices in the headcount (supplement above 250 people).
        hours_policy: how reference hours are found; one policy for a whole batch.
        contract_hours_hundredths: hours of a whole month, used by ``CONTRACT_HOURS`` alone.
        employed_days: calendar days of the month under contract, without those of an absence that is not
            paid at all; ``None`` is the whole month.
        affected_pay_cents: what an entry, an exit or an absence left of the pay it reduces; beside it may
            stand pay that it does not reduce, such as a bonus.
        affected_pay_due_cents: what that pay would have been for a whole month; 0 where it is not known or
            nothing is reduced, and the days employed are all there is to go by.
        withholding_ppm: personal rate of income tax sent by the tax office; ``None`` is the neutral rate.
        regularisation: when the year is set right; one choice for a whole batch.
        last_month: the month is the last with the employer; it settles the year under ``YEAR_END``.
        given: facts that an active plugin declares (:class:`~cae_core.payroll.FactSpec`), by name.
    """

    gross_pay_cents: Lane
    executive: Lane = False
    headcount: Lane = 20
    workplace_accident_ppm: Lane = 0
    mobility_ppm: Lane = 0
    health_cover_employee_cents: Lane = 0
    health_cover_employer_cents: Lane = 0
    provident_employee_ppm: Lane = 0
    provident_employer_ppm: Lane = 0
    apprentice_ratio_ppm: Lane = 0
    hours_policy: HoursPolicy = HoursPolicy.EQUIVALENT_HOURS
    contract_hours_hundredths: Lane = 0
    employed_days: Lane = None
    affected_pay_cents: Lane = 0
    affected_pay_due_cents: Lane = 0
    withholding_ppm: Lane = None
    regularisation: Regularisation = Regularisation.PROGRESSIVE
    last_month: bool = False
    given: Mapping[str, Lane] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._check_gross()
        if self.hours_policy is HoursPolicy.CONTRACT_HOURS and self.contract_hours_hundredths is None:
            raise AmountError("hours_policy contract_hours needs contract_hours")

    def _check_gross(self) -> None:
        gross = self.gross_pay_cents
        if type(gross) is int:
            if not 0 <= gross <= CENTS_MAX:
                raise AmountError(
                    f"gross_pay must be between 0 and {format_euros(CENTS_MAX, 'en')} a month "
                    f"(got {format_euros(gross, 'en')})",
                    gross,
                )
        else:
            _check_column("gross_pay", gross)

    @classmethod
    def of(
        cls,
        gross_pay: object,
        *,
        executive: bool = False,
        headcount: int = 20,
        workplace_accident_rate: object,
        mobility_rate: object = 0,
        health_cover_employee: object = 0,
        health_cover_employer: object = 0,
        provident_employee_rate: object = 0,
        provident_employer_rate: object = 0,
        apprentice_ratio: object = 0,
        hours_policy: HoursPolicy | str = HoursPolicy.EQUIVALENT_HOURS,
        contract_hours: object = None,
        employed_days: int | None = None,
        affected_pay: object = 0,
        affected_pay_due: object = 0,
        withholding: object = "neutral",
        regularisation: Regularisation | str = Regularisation.PROGRESSIVE,
        last_month: bool = False,
        given: Mapping[str, int] | None = None,
    ) -> PayFacts:
        """Return the facts of one person from euros and percents.

        Amounts are euros as ``int``, ``Decimal`` or ``str``; rates are percents (``"1.05"`` or
        ``"1.05 %"``) or :class:`~cae_core.money.Rate`; ``withholding`` is ``"neutral"`` or a percent.
        The accident rate has no default: it is notified to each establishment.

        Raises:
            AmountTypeError: a ``float``, or another type that cannot hold cents exactly.
            AmountError: a negative amount, more than two decimals, a rate outside 0–100 %.
            InputError: an unknown hours policy, a headcount or a flag of the wrong type.
        """
        for name, flag in (("executive", executive), ("last_month", last_month)):
            if not isinstance(flag, bool):
                raise InputError(name, f"expected true or false, got {flag!r}")
        if isinstance(headcount, bool) or not isinstance(headcount, int) or headcount < 1:
            raise InputError("headcount", f"expected a whole number of people, at least 1, got {headcount!r}")
        if isinstance(employed_days, bool) or not (
            employed_days is None or (isinstance(employed_days, int) and 0 <= employed_days <= 31)
        ):
            raise InputError(
                "employed_days", f"expected a number of days from 0 to 31, got {employed_days!r}"
            )
        policy = member(HoursPolicy)(hours_policy, "hours_policy")
        if policy is HoursPolicy.CONTRACT_HOURS and contract_hours is None:
            raise InputError("contract_hours", "the hours policy contract_hours needs the hours of the month")
        return cls(
            gross_pay_cents=_positive(gross_pay, "gross_pay"),
            executive=executive,
            headcount=headcount,
            workplace_accident_ppm=_ppm(workplace_accident_rate, "workplace_accident_rate"),
            mobility_ppm=_ppm(mobility_rate, "mobility_rate"),
            health_cover_employee_cents=_positive(health_cover_employee, "health_cover_employee"),
            health_cover_employer_cents=_positive(health_cover_employer, "health_cover_employer"),
            provident_employee_ppm=_ppm(provident_employee_rate, "provident_employee_rate"),
            provident_employer_ppm=_ppm(provident_employer_rate, "provident_employer_rate"),
            apprentice_ratio_ppm=_ppm(apprentice_ratio, "apprentice_ratio"),
            hours_policy=policy,
            contract_hours_hundredths=0
            if contract_hours is None
            else _positive(contract_hours, "contract_hours"),
            employed_days=employed_days,
            affected_pay_cents=_positive(affected_pay, "affected_pay"),
            affected_pay_due_cents=_positive(affected_pay_due, "affected_pay_due"),
            withholding_ppm=None if withholding == "neutral" else _ppm(withholding, "withholding"),
            regularisation=member(Regularisation)(regularisation, "regularisation"),
            last_month=last_month,
            given=dict(given or {}),
        )

    def with_gross(self, gross_pay_cents: Lane) -> PayFacts:
        """Return the same facts with another gross pay."""
        # Once for each payslip and each step of an inverse: half the time of attrs.evolve, which checks
        # again what has not changed.
        other = object.__new__(PayFacts)
        for name, value in zip(_BESIDE_GROSS, _beside_gross(self), strict=True):
            object.__setattr__(other, name, value)
        object.__setattr__(other, "gross_pay_cents", gross_pay_cents)
        other._check_gross()
        return other

    def take(self, rows: Any) -> PayFacts:
        """Return the facts of some rows of a batch (a mask, a slice or positions)."""
        return self._picked(lambda column: column[rows])

    def row(self, position: int) -> PayFacts:
        """Return the facts of one person of a batch, as plain integers."""
        return self._picked(lambda column: column[position].item())

    def _picked(self, pick: Callable[[Any], Lane]) -> PayFacts:
        changes: dict[str, Any] = {
            name: pick(value)
            for name in _COLUMNS
            if hasattr(value := getattr(self, name), "__array_namespace__")
        }
        if self.given:
            changes["given"] = {
                name: pick(value) if hasattr(value, "__array_namespace__") else value
                for name, value in self.given.items()
            }
        return attrs.evolve(self, **changes)


_BESIDE_GROSS = tuple(name for name in attrs.fields_dict(PayFacts) if name != "gross_pay_cents")
_beside_gross = attrgetter(*_BESIDE_GROSS)


def _positive(value: object, what: str) -> int:
    cents = to_cents(value, what)
    if cents < 0:
        raise AmountError(f"{what} must not be negative (got {value!r})", value)
    return cents


def _ppm(value: object, what: str) -> int:
    return value.ppm if isinstance(value, Rate) else Rate.percent(value, what).ppm


def _check_column(what: str, column: Any) -> None:
    """Refuse a column that is not int64 or leaves the domain: int64 arithmetic wraps without a word."""
    if not hasattr(column, "__array_namespace__") or str(column.dtype) != "int64":
        kind = getattr(column, "dtype", type(column).__name__)
        raise AmountTypeError(f"{what} must be integer cents, an int or an int64 array (got {kind})", column)
    outside = (column < 0) | (column > CENTS_MAX)
    if outside.any():
        first = int(outside.argmax())
        raise AmountError(
            f"{what} must be between 0 and {CENTS_MAX} cents: row {first} is {int(column[first])} "
            f"({int(outside.sum())} rows of {len(column)})",
            column,
        )
