"""A month of benefit, and a month of benefit beside work: the days paid and what is left for later."""

from __future__ import annotations

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.law_on import LawOfDay
from cae_core.france.unemployment.allowance import AllowanceLevies, allowance_levies
from cae_core.money import MILLION, divide_half_up
from cae_core.reasons import Reason

__all__ = ["BenefitMonth", "benefit_month", "days_of_month"]


@attrs.frozen(kw_only=True)
class BenefitMonth:
    """A month of benefit.

    Attributes:
        month: the month.
        gross_pay_cents: the pay of the work taken up.
        payable_days: the days a month without work would pay.
        days: days paid; so many are taken from the right, the others stay.
        allowance_cents: the allowance of a day.
        ceiling_cents: what pay and benefit together may reach: 30.42 reference daily wages.
        levies: what is withheld from a day.
        reasons: what is to be known of it.
    """

    month: Month
    gross_pay_cents: int
    payable_days: int
    days: int
    allowance_cents: int
    ceiling_cents: int
    levies: AllowanceLevies
    reasons: tuple[Reason, ...]

    @property
    def gross_cents(self) -> int:
        """The benefit of the month before levies."""
        return self.days * self.allowance_cents

    @property
    def withheld_cents(self) -> int:
        """What is withheld."""
        return self.days * self.levies.total_cents

    @property
    def net_cents(self) -> int:
        """The benefit of the month."""
        return self.gross_cents - self.withheld_cents


def days_of_month(law: LawOfDay, month: Month) -> int:
    """Return the days that a month of benefit pays: thirty since April 2025, the calendar ones before.

    Law:
        Règlement annexé à la convention du 15 novembre 2024, art. 25.
    """
    return month.days if law.get("unemployment_month_days") is None else law.value("unemployment_month_days")


def benefit_month(
    law: LawOfDay,
    month: Month,
    *,
    allowance_cents: int,
    wage_cents: int,
    gross_pay_cents: int = 0,
    full_allowance_cents: int | None = None,
    remaining_days: int | None = None,
    unpaid_days: int = 0,
) -> BenefitMonth:
    """Return what a month of benefit pays beside the pay of work: that of a CESA, or of a CAPE.

    Args:
        law: the law of the month.
        month: the month.
        allowance_cents: the allowance of a day.
        wage_cents: the reference daily wage.
        gross_pay_cents: the gross pay of the month; turnover does not count.
        full_allowance_cents: the allowance before it fell, which the days are counted with.
        remaining_days: days of benefit left; ``None`` is enough of them.
        unpaid_days: days of the month that are waited or deferred.

    Law:
        Règlement d'assurance chômage, art. 30 à 32: 70 % of the pay is taken off, what is left is turned into
        whole days, and pay and benefit together stay under the former pay.
    """
    if min(allowance_cents, wage_cents, gross_pay_cents, unpaid_days) < 0:
        raise InputError("benefit_month", "expected amounts and days of zero or more")
    payable = max(days_of_month(law, month) - unpaid_days, 0)
    whole = allowance_cents if full_allowance_cents is None else full_allowance_cents
    ceiling = divide_half_up(wage_cents * law.value("unemployment_work_month_days"), 100)
    days = 0
    reasons: list[Reason] = []
    if whole:
        share = law.value("unemployment_work_share")
        base = max(whole * payable * MILLION - gross_pay_cents * share, 0)
        days = divide_half_up(base, whole * MILLION)
    if gross_pay_cents and gross_pay_cents + days * allowance_cents > ceiling:
        days = max(divide_half_up(ceiling - gross_pay_cents, allowance_cents), 0) if allowance_cents else 0
        reasons.append(
            Reason(
                code="former_pay_reached",
                met=False,
                french="rémunération et allocation sont plafonnées à l'ancien salaire",
                english="pay and benefit together are held at the former pay",
                citations=law.citations_of("unemployment_work_month_days"),
                found=gross_pay_cents,
                wanted=ceiling,
                unit="cents",
            )
        )
    if remaining_days is not None and remaining_days < days:
        days = remaining_days
    return BenefitMonth(
        month=month,
        gross_pay_cents=gross_pay_cents,
        payable_days=payable,
        days=days,
        allowance_cents=allowance_cents,
        ceiling_cents=ceiling,
        levies=allowance_levies(law, allowance_cents, wage_cents),
        reasons=tuple(reasons),
    )
