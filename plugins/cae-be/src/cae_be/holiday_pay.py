"""The double holiday pay (double pécule de vacances) of an employee after a whole year of work."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.money import CENTS_MAX, apply_rate
from cae_core.payroll.month_law import MonthLaw

__all__ = ["DoubleHolidayPay", "double_holiday_pay"]


@attrs.frozen
class DoubleHolidayPay:
    """Double holiday pay before tax, in cents.

    Attributes:
        gross_cents: the pay.
        charged_cents: what of it bears the contribution.
        contribution_cents: the contribution of the employee; the employer owes none.
        taxable_cents: what is left, taxed by the scale of exceptional pay, which is not computed here.
    """

    gross_cents: int
    charged_cents: int
    contribution_cents: int
    taxable_cents: int


def double_holiday_pay(law: MonthLaw, monthly_pay_cents: int) -> DoubleHolidayPay:
    """Return the double holiday pay of an employee who worked the whole year before.

    Args:
        law: the law of the month it is paid (``rules.month_law("2026-06")``).
        monthly_pay_cents: gross pay of the month.

    Raises:
        InputError: pay outside the domain.

    Law:
        AR du 30 mars 1967, art. 38; loi du 29 juin 1981, art. 38. The part of pay from the third day of the
        fourth week on bears no contribution; what that part is has to be checked.
    """
    if not 0 <= monthly_pay_cents <= CENTS_MAX:
        raise InputError(
            "monthly_pay_cents", f"expected cents from 0 to {CENTS_MAX}, got {monthly_pay_cents}"
        )
    gross = apply_rate(monthly_pay_cents, law.values["double_holiday_rate"])
    charged = apply_rate(monthly_pay_cents, law.values["double_holiday_charged_rate"])
    contribution = apply_rate(charged, law.values["employee_rate"])
    return DoubleHolidayPay(gross, charged, contribution, gross - contribution)
