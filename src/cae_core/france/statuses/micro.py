"""The micro-enterprise: contributions on turnover, training, chamber, flat tax, ceilings, ACRE.

Everything is a part of turnover: expenses, however large, change nothing. Each line of a declaration is
rounded to the euro.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from cae_core.calendar import Month, to_day
from cae_core.errors import AmountError, InputError
from cae_core.france.law_on import LawOn
from cae_core.france.statuses.lines import EURO, PaidLine, nearest_euro
from cae_core.law import Legislation
from cae_core.money import format_euros
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = [
    "MicroActivity",
    "MicroDeclaration",
    "flat_tax_reason",
    "micro_acre_ends_on",
    "micro_ceiling_reason",
    "micro_declaration",
    "micro_income",
    "micro_pension_base",
    "micro_points_contribution",
    "micro_quarter_turnover",
    "micro_rate",
]


class MicroActivity(Term):
    """What is sold, as the rates of the micro-enterprise tell activities apart."""

    SALES = "sales", "vente, restauration ou hébergement", "sales, catering or lodging"
    SERVICES = "services", "prestations de services (BIC)", "services (BIC)"
    LIBERAL = "liberal", "profession libérale du régime général (BNC)", "liberal, general regime (BNC)"
    REGULATED = "regulated", "profession libérale affiliée à la Cipav", "liberal, Cipav"

    @property
    def family(self) -> str:
        """The family of the fiscal rules: both liberal activities share theirs."""
        return "liberal" if self is MicroActivity.REGULATED else self.value


@attrs.frozen(kw_only=True)
class MicroDeclaration:
    """A declaration of turnover, with its lines.

    Attributes:
        activity: what is sold.
        on: the day whose rates apply.
        turnover_cents: the turnover cashed in the period.
        lines: what is paid to Urssaf as contributions, the global one first.
        tax: the flat tax, where it was chosen; it comes beside the contributions.
    """

    activity: MicroActivity
    on: dt.date
    turnover_cents: int
    lines: tuple[PaidLine, ...]
    tax: PaidLine | None = None

    @property
    def contributions_cents(self) -> int:
        """The contributions, training and chamber included, the tax left out."""
        return sum(line.amount_cents for line in self.lines)


def micro_acre_ends_on(law: Legislation, created_on: dt.date | str) -> dt.date:
    """Return the last day of ACRE: the end of the third civil quarter after that of the creation.

    Law:
        Code de la sécurité sociale, art. D131-6-3.
    """
    created = to_day(created_on, "created_on")
    more = LawOn(law, created).whole("micro_acre_quarters")
    first_of_quarter = Month(created.year, created.month - (created.month - 1) % 3)
    return (first_of_quarter + (3 * (more + 1) - 1)).last_day


def micro_rate(
    law: Legislation,
    activity: MicroActivity,
    on: dt.date | str,
    *,
    acre_created_on: dt.date | str | None = None,
    assume_unchanged: bool = False,
) -> Fraction:
    """Return the global rate of contributions on a day, ACRE deducted while it lasts.

    With ACRE the rate of the day is multiplied by the share that the law of the day of *creation* leaves,
    then rounded to one decimal of a percent, two for liberal activities from 2026.

    Args:
        law: the dated parameters (``ruleset.rights``).
        activity: what is sold.
        on: the day of the declaration.
        acre_created_on: the day of creation of who has ACRE.
        assume_unchanged: after the last day known, carry the last values forward.

    Raises:
        LawNotKnownError: a day outside those known.
        InputError: ACRE of a Cipav affiliate created from July 2026: its rate was read nowhere.

    Law:
        Code de la sécurité sociale, art. D613-4, L131-6-4, D131-6-3.
    """
    day = to_day(on, "on")
    today = LawOn(law, day, assume_unchanged)
    rate = today.number(f"micro_rate_{activity.value}")
    if acre_created_on is None:
        return rate
    created = to_day(acre_created_on, "acre_created_on")
    if created > day or day > micro_acre_ends_on(law, created):
        return rate
    paid = LawOn(law, created, assume_unchanged).number("micro_acre_paid")
    if activity is MicroActivity.REGULATED:
        if paid > Fraction(1, 2):
            raise InputError("acre_created_on", f"no rate of ACRE is known for Cipav created on {created}")
        return today.number("micro_acre_rate_regulated")
    liberal = "_liberal" if activity is MicroActivity.LIBERAL else ""
    digits = 2 + today.whole(f"micro_acre_decimals{liberal}")
    return Fraction(_half_up(rate * paid * 10**digits), 10**digits)


def _half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def micro_declaration(
    law: Legislation,
    activity: MicroActivity,
    turnover_cents: int,
    on: dt.date | str,
    *,
    craft: bool = False,
    flat_tax: bool = False,
    acre_created_on: dt.date | str | None = None,
    assume_unchanged: bool = False,
) -> MicroDeclaration:
    """Return what a declaration of turnover costs, line by line, each to the euro.

    Args:
        law: the dated parameters (``ruleset.rights``).
        activity: what is sold.
        turnover_cents: the turnover cashed in the month or the quarter, excluding VAT.
        on: the day whose rates apply.
        craft: a craft registered with the chamber of crafts; of sales and services alone.
        flat_tax: whether the flat tax (versement libératoire) was chosen.
        acre_created_on: the day of creation of who has ACRE.
        assume_unchanged: after the last day known, carry the last values forward.

    Raises:
        AmountError: a negative turnover.
        InputError: a liberal activity said to be a craft.
        LawNotKnownError: a day outside those known.

    Law:
        CSS art. L613-7, D613-4, L133-10; C. trav. art. L6331-48; CGI art. 1600, 1601, 151-0.
    """
    if turnover_cents < 0:
        raise AmountError(f"turnover must not be negative (got {format_euros(turnover_cents, 'en')})")
    liberal = activity.family == "liberal"
    if craft and liberal:
        raise InputError("craft", f"{activity.value} is no craft")
    day = to_day(on, "on")
    today = LawOn(law, day, assume_unchanged)
    trade = activity.value if liberal else ("craft" if craft else "trade")

    def line(code: str, french: str, english: str, name: str, rate: Fraction | None = None) -> PaidLine:
        found = today.number(name) if rate is None else rate
        names = (name, "micro_acre_paid") if rate is not None and rate != today.number(name) else (name,)
        return PaidLine(
            code=code,
            french=french,
            english=english,
            amount_cents=nearest_euro(turnover_cents * found),
            base_cents=turnover_cents,
            rate=found,
            citations=today.citations_of(*names),
        )

    rate = micro_rate(law, activity, day, acre_created_on=acre_created_on, assume_unchanged=assume_unchanged)
    name = f"micro_rate_{activity.value}"
    lines = [line("contributions", "cotisations sociales", "social contributions", name, rate)]
    lines.append(line("training", "contribution à la formation", "training", f"micro_training_{trade}"))
    if not liberal:
        chamber = f"micro_chamber_{trade}_{activity.value}"
        lines.append(line("chamber", "taxe pour frais de chambre", "chamber tax", chamber))
    tax = None
    if flat_tax:
        name = f"micro_flat_tax_{activity.family}"
        tax = line("flat_tax", "versement libératoire de l'impôt", "flat income tax", name)
    return MicroDeclaration(
        activity=activity, on=day, turnover_cents=turnover_cents, lines=tuple(lines), tax=tax
    )


def flat_tax_reason(law: LawOn, income_cents_per_part: int) -> Reason:
    """Return whether the flat tax may be chosen for a year, from the income of two years before.

    Args:
        law: the law of a day of the year.
        income_cents_per_part: reference income (revenu fiscal de référence) of two years before, over the
            parts of the household.

    Law:
        Code général des impôts, art. 151-0.
    """
    most = _cents(law, "micro_flat_tax_income_limit")
    return Reason(
        code="flat_tax_income",
        met=income_cents_per_part <= most,
        french=f"revenu de référence par part {format_euros(income_cents_per_part)}, au plus "
        f"{format_euros(most)}",
        english=f"reference income a part {format_euros(income_cents_per_part, 'en')}, at most "
        f"{format_euros(most, 'en')}",
        citations=law.citations_of("micro_flat_tax_income_limit"),
        found=income_cents_per_part,
        wanted=most,
        unit="cents",
    )


def _cents(law: LawOn, name: str) -> int:
    cents = law.number(name) * EURO
    assert cents.denominator == 1, name
    return cents.numerator


def micro_ceiling_reason(law: LawOn, activity: MicroActivity, turnover_cents: int, days: int) -> Reason:
    """Return whether a turnover stays under the ceiling; that of a part of a year is brought to a year.

    Two years above the ceiling in a row end the micro-enterprise; one alone does not.

    Args:
        law: the law of a day of the year.
        activity: what is sold.
        turnover_cents: the turnover of the year.
        days: the days of activity in the year.

    Raises:
        InputError: no day of activity, or more than the year has.

    Law:
        Code général des impôts, art. 50-0 et 102 ter: in proportion to the days.
    """
    whole = (dt.date(law.day.year + 1, 1, 1) - dt.date(law.day.year, 1, 1)).days
    if not 1 <= days <= whole:
        raise InputError("days", f"expected a number of days from 1 to {whole}, got {days!r}")
    name = "micro_ceiling_sales" if activity is MicroActivity.SALES else "micro_ceiling_services"
    most = _cents(law, name)
    yearly = turnover_cents * whole // days
    return Reason(
        code="micro_ceiling",
        met=yearly <= most,
        french=f"chiffre d'affaires ramené à l'année {format_euros(yearly)}, au plus {format_euros(most)}",
        english=f"turnover brought to a year {format_euros(yearly, 'en')}, at most "
        f"{format_euros(most, 'en')}",
        citations=law.citations_of(name),
        found=yearly,
        wanted=most,
        unit="cents",
    )


def micro_income(law: LawOn, activity: MicroActivity, turnover_cents: int) -> int:
    """Return the income that tax and daily benefits count: turnover less the flat abatement, in cents.

    Law:
        Code général des impôts, art. 50-0 et 102 ter.
    """
    rate = law.number(f"micro_abatement_{activity.family}")
    least = _cents(law, "micro_abatement_minimum")
    abatement = max(_half_up(turnover_cents * rate), least)
    return max(turnover_cents - abatement, 0)


def micro_pension_base(law: LawOn, activity: MicroActivity, turnover_cents: int) -> Fraction:
    """Return the income that the basic pension records, in cents: the share of what was paid over its rate.

    Raises:
        InputError: Cipav affiliates gain points, not an income.

    Law:
        Code de la sécurité sociale, art. D613-6, R351-9.
    """
    if activity is MicroActivity.REGULATED:
        raise InputError("activity", "the basic pension of a Cipav affiliate counts points, not an income")
    share = law.number(f"micro_base_share_{_sharing(activity)}")
    paid = turnover_cents * law.number(f"micro_rate_{activity.value}") * share
    return Fraction(paid, law.number("micro_base_pension_rate"))


def micro_points_contribution(law: LawOn, activity: MicroActivity, turnover_cents: int) -> Fraction:
    """Return what of the contributions goes to the supplementary pension, in cents.

    Raises:
        InputError: that of a Cipav affiliate is another regime's.

    Law:
        Code de la sécurité sociale, art. D613-6.
    """
    if activity is MicroActivity.REGULATED:
        raise InputError("activity", "the supplementary pension of a Cipav affiliate is not here")
    share = law.number(f"micro_points_share_{_sharing(activity)}")
    return turnover_cents * law.number(f"micro_rate_{activity.value}") * share


def _sharing(activity: MicroActivity) -> str:
    return "liberal" if activity is MicroActivity.LIBERAL else "trade"


def micro_quarter_turnover(law: LawOn, activity: MicroActivity, quarters: int) -> int:
    """Return the least yearly turnover, in cents, that gives some quarters of the basic pension.

    The rates of the day hold for the whole year.

    Args:
        law: the law of a day of the year.
        activity: what is sold.
        quarters: from one to four.

    Law:
        Code de la sécurité sociale, art. R351-9: 150 hourly minimum wages of 1 January for a quarter.
    """
    if activity is MicroActivity.REGULATED:
        return quarters * _cents(law, "micro_regulated_quarter_turnover")
    january = attrs.evolve(law, day=dt.date(law.day.year, 1, 1))
    one = january.number("quarter_minimum_wages") * january.number("minimum_wage_hourly") * EURO
    for_one_cent = micro_pension_base(law, activity, 1)
    least = Fraction(quarters * one, for_one_cent)
    return -(-least.numerator // least.denominator)
