"""Wage portage: an employee of a portage company, who finds her own clients and is paid from what they pay.

What the company cashes, less its management fee, is the *montant disponible*: it bears expenses, pay,
employer contributions and the financial reserve. The reserve is held on the account of activity until the
time between two missions or the end, and is paid as wages then.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from cae_core.france.law_on import LawOn, nearest_cent
from cae_core.france.statuses.lines import EURO
from cae_core.money import format_euros
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.payslip import Payslip
from cae_core.payroll.year_to_date import YearToDate
from cae_core.reasons import Reason
from cae_core.ruleset import Ruleset

__all__ = ["PortageMonth", "portage_minimum_reason", "portage_month"]


@attrs.frozen(kw_only=True, eq=False)
class PortageMonth:
    """A month of wage portage.

    Attributes:
        available_cents: what is left for pay after the fee and the expenses.
        gross_with_reserve_cents: the largest gross pay whose cost fits it, reserve included.
        payslip: the pay of the month, without the reserve.
        held_cents: the reserve with its contributions, and the cents that no pay could use.
    """

    available_cents: int
    gross_with_reserve_cents: int
    payslip: Payslip
    held_cents: int


def portage_month(
    rules: Ruleset,
    law: LawOn,
    month: str,
    available_cents: int,
    facts: PayFacts,
    year_to_date: YearToDate | None = None,
    *,
    assume_unchanged: bool = False,
) -> PortageMonth:
    """Return the pay and the reserve of a month.

    Args:
        rules: the ruleset.
        law: the law of the month (``ruleset.rights``).
        month: the month, such as ``"2026-03"``.
        available_cents: turnover less fee and expenses; where nothing fits, pay is zero and what the month
            costs anyway is missing from what is held.
        facts: the facts of the person; gross pay is ignored.
        year_to_date: the state of the year after the month before.
        assume_unchanged: after the last day known, carry the law forward.

    Law:
        Code du travail, art. L1254-2; convention collective du 22 mars 2017, art. 21.3: in a permanent
        contract 10 % of pay is set aside.
    """
    found = rules.gross_for_budget(
        month, max(available_cents, 0), facts, year_to_date=year_to_date, assume_unchanged=assume_unchanged
    )
    whole = found.gross_pay_cents if found.fits else 0
    pay = nearest_cent(Fraction(whole, 1 + law.number("portage_reserve")))
    slip = rules.payslip(
        month, facts.with_gross(pay), year_to_date=year_to_date, assume_unchanged=assume_unchanged
    )
    return PortageMonth(
        available_cents=available_cents,
        gross_with_reserve_cents=whole,
        payslip=slip,
        held_cents=available_cents - slip.employer_cost_cents,
    )


def portage_minimum_reason(law: LawOn, gross_with_reserve_cents: int) -> Reason:
    """Return whether a monthly gross pay, reserve included, reaches the minimum of full time.

    Under it portage stays possible for part of the time: the minimum follows the hours.

    Law:
        Code du travail, art. L1254-2; convention collective du 22 mars 2017, art. 21.3.
    """
    names = ("portage_minimum_ceiling", "portage_minimum_rate")
    least = nearest_cent(law.number(names[0]) * law.number(names[1]) * EURO)
    return Reason(
        code="portage_minimum",
        met=gross_with_reserve_cents >= least,
        french=f"brut mensuel, réserve comprise : {format_euros(gross_with_reserve_cents)}, il faut "
        f"{format_euros(least)} à temps plein ; en dessous, à temps partiel seulement",
        english=f"monthly gross pay, reserve included: {format_euros(gross_with_reserve_cents, 'en')}, "
        f"{format_euros(least, 'en')} is needed full time; below, part time alone",
        citations=law.citations_of(*names),
        found=gross_with_reserve_cents,
        wanted=least,
        unit="cents",
        needs_review=law.needs_review(*names),
    )
