"""Pay that comes after the year it rewards: the balance of the variable part, and which period it belongs to.

The variable part of a CESA is settled once the accounts are approved, so it is paid months after the year
it rewards. Whether the rates, ceilings and reductions of its payment or of its work apply is open: no text
speaks of a CESA. So the choice is a named policy of the caller, and the result says which one was used.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cae_core.calendar import Month
from cae_core.errors import AmountTypeError, InputError
from cae_core.law import Citation
from cae_core.payroll.correction import Correction, correct
from cae_core.payroll.engine import payslip
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaws
from cae_core.payroll.payslip import TOTALS, Payslip
from cae_core.payroll.year_to_date import YearToDate
from cae_core.terms import Term

__all__ = ["LatePay", "PayPeriod", "late_pay"]


class PayPeriod(Term):
    """The period that late pay belongs to, whose rates, ceilings and reductions apply."""

    #: The month that pays it: pay of a fixed rhythm that is not monthly goes with its payment (the default).
    OF_PAYMENT = "of_payment", "période de versement"
    #: The last month of the work it rewards: the principle of the law for what is paid late.
    OF_WORK = "of_work", "période d'emploi"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The texts that speak for it."""
        principle = Citation("CSS art. L242-1, I et R242-1, II")
        if self is PayPeriod.OF_WORK:
            return (principle, Citation("BOSS, Assiette générale, § 430 (lu dans des sources secondaires)"))
        return (
            principle,
            Citation("BOSS, Assiette générale, § 450 (lu dans des sources secondaires)"),
            Citation("C. trav. art. R7331-12"),
        )


@attrs.frozen(kw_only=True, eq=False)
class LatePay:
    """What pay that came late adds, under a policy.

    Attributes:
        period: the policy used.
        amount_cents: the late pay, gross.
        worked_in: the last month of the period it rewards.
        paid_in: the month that pays it.
        slip: the payslip of the month that pays it; under :attr:`PayPeriod.OF_WORK` without the late pay,
            whose contributions are those of ``correction``.
        correction: under :attr:`PayPeriod.OF_WORK`, the correction of the month worked.
        needs_review: no text settles which period the balance of a CESA belongs to.
    """

    period: PayPeriod
    amount_cents: int
    worked_in: Month
    paid_in: Month
    slip: Payslip
    without: Payslip
    correction: Correction | None = None
    needs_review: bool = True

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The texts that speak for the policy."""
        return self.period.citations

    def added_cents(self, total: str) -> int:
        """Return what the late pay adds to a total, by its name in :data:`~cae_core.payroll.TOTALS`.

        Raises:
            InputError: there is no such total.
        """
        if total not in TOTALS:
            raise InputError("total", f"expected one of {', '.join(TOTALS)}, got {total!r}")
        if self.correction is not None:
            return self.correction.difference_cents(total)
        name = f"{total}_cents"
        return int(getattr(self.slip, name) - getattr(self.without, name))


def late_pay(
    laws: MonthLaws,
    amount_cents: int,
    *,
    worked: Sequence[Payslip],
    paid_in: Month | str,
    facts: PayFacts,
    year_to_date: YearToDate | None = None,
    period: PayPeriod = PayPeriod.OF_PAYMENT,
) -> LatePay:
    """Return what pay for an earlier period adds, under the policy of the caller.

    After the contract has ended the last period of work is the only one left: pass
    :attr:`PayPeriod.OF_WORK`. Under it the income tax shown is that of the month corrected; it is withheld by
    the month that pays.

    Args:
        laws: a ruleset.
        amount_cents: the late pay, gross.
        worked: the payslips of the year it rewards, in order, up to its last month.
        paid_in: the month that pays it, after those.
        facts: the facts of that month, with its own pay.
        year_to_date: the state before it.
        period: which period the pay belongs to.

    Raises:
        InputError: no payslip of the period, or a payment that does not come after it.
        AmountTypeError: the amount is not an ``int`` of cents.
        LawNotKnownError: the law of the month of payment is not known.
    """
    if type(amount_cents) is not int:
        raise AmountTypeError(f"amount_cents must be an int of cents (got {amount_cents!r})", amount_cents)
    month = Month.parse(paid_in, "paid_in")
    if not worked:
        raise InputError("worked", "expected the payslips of the period that the pay rewards, got none")
    last = worked[-1]
    if month <= last.month:
        raise InputError("paid_in", f"expected a month after {last.month}, got {month}")
    law = laws.month_law(month)
    without = payslip(law, facts, year_to_date)
    slip, correction = without, None
    if period is PayPeriod.OF_WORK:
        correction = correct(worked, last.month, last.facts.with_gross(last.gross_pay_cents + amount_cents))
    else:
        slip = payslip(law, facts.with_gross(facts.gross_pay_cents + amount_cents), year_to_date)
    return LatePay(
        period=period,
        amount_cents=amount_cents,
        worked_in=last.month,
        paid_in=month,
        slip=slip,
        without=without,
        correction=correction,
    )
