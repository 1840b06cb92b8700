"""What goes into a fee, what comes out, and what is remembered from month to month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from cae_core.account.entries import Entry, EntryKind
from cae_core.account.fee_scale import FeeBase, FeeScale
from cae_core.account.ledger import ActivityAccount
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, Rate, format_euros
from cae_core.terms import Term

__all__ = ["FeeCharge", "FeeLine", "FeeLineKind", "FeeState", "MonthActivity"]


def _whole_cents(instance: MonthActivity, attribute: attrs.Attribute[Any], value: object) -> None:
    if type(value) is not int and str(getattr(value, "dtype", "")) != "int64":
        message = f"expected a whole number of cents, got {value!r}"
        raise InputError(f"MonthActivity.{attribute.name} of {instance.month}", message)


@attrs.frozen(kw_only=True)
class MonthActivity:
    """What an activity did in a month, as far as a fee looks at it. Amounts exclude VAT.

    An amount may also be an int64 array, of many activities that share everything else: the fee is then
    charged in columns, by the same rules.

    Attributes:
        month: the month.
        turnover_invoiced_cents: invoices less credit notes, without internal sales.
        turnover_cashed_cents: cash-ins less refunds to customers, without internal sales.
        gross_margin_cents: gross margin (marge brute), internal sales included.
        internal_sales_cents: sales to other activities of the cooperative (ventes internes).
        months_since_entry: 0 in the month of entry; asked for only if the scale looks at it.
        associate: the person is an associate (associé) at the end of the month; asked for likewise.
        on_social_minimum: the person lives on a social minimum (minima sociaux) that month.
    """

    month: Month
    turnover_invoiced_cents: Lane = attrs.field(default=0, validator=_whole_cents)
    turnover_cashed_cents: Lane = attrs.field(default=0, validator=_whole_cents)
    gross_margin_cents: Lane = attrs.field(default=0, validator=_whole_cents)
    internal_sales_cents: Lane = attrs.field(default=0, validator=_whole_cents)
    months_since_entry: int | None = None
    associate: bool | None = None
    on_social_minimum: bool = False

    @classmethod
    def of(
        cls,
        account: ActivityAccount,
        month: Month,
        *,
        months_since_entry: int | None = None,
        associate: bool | None = None,
        on_social_minimum: bool = False,
    ) -> MonthActivity:
        """Read a month from an account."""
        return cls(
            month=month,
            turnover_invoiced_cents=account.turnover_invoiced_cents(month),
            turnover_cashed_cents=account.turnover_cashed_cents(month),
            gross_margin_cents=account.gross_margin_cents(month),
            internal_sales_cents=account.internal_sales_cents(month),
            months_since_entry=months_since_entry,
            associate=associate,
            on_social_minimum=on_social_minimum,
        )

    def base_cents(self, scale: FeeScale) -> Lane:
        """Return what the brackets of a scale count in this month.

        Internal sales are counted like the others, unless the scale has a rate of their own for them.
        """
        internal = self.internal_sales_cents
        if scale.base is FeeBase.GROSS_MARGIN:
            return self.gross_margin_cents - (0 if scale.internal_sales_rate is None else internal)
        cashed = scale.base is FeeBase.TURNOVER_CASHED
        turnover = self.turnover_cashed_cents if cashed else self.turnover_invoiced_cents
        return turnover + (internal if scale.internal_sales_rate is None else 0)


class FeeLineKind(Term):
    """Why a line is in a charge."""

    BRACKET = "bracket", "tranche"
    INTERNAL_SALES = "internal_sales", "ventes internes"
    CAP = "cap", "plafond"
    FLOOR = "floor", "plancher"
    FIXED = "fixed", "part fixe"
    DEDUCTION = "deduction", "abattement"
    EXEMPTION = "exemption", "exonération"


@attrs.frozen(kw_only=True)
class FeeLine:
    """One line of a charge: what is due to date, less what was due before.

    Attributes:
        kind: why the line is there.
        base_cents: the base to date that the rate applies to (of a month, for a line without rate).
        rate: the rate; then ``due_cents`` is ``rate × base_cents``, half up.
        due_cents: due to date, in the period the line is counted over.
        before_cents: what of it earlier months already counted.
    """

    kind: FeeLineKind
    base_cents: Lane = 0
    rate: Rate | None = None
    due_cents: Lane
    before_cents: Lane = 0

    @property
    def amount_cents(self) -> Lane:
        """What the line adds to the charge of the month."""
        return self.due_cents - self.before_cents

    @property
    def text(self) -> str:
        """The line in French, so that a clerk can redo it."""
        due, amount = format_euros(self.due_cents), format_euros(self.amount_cents)
        if self.rate is not None:
            computed = f"{format_euros(self.base_cents)} × {self.rate.format()} = {due}"
        elif self.base_cents:
            computed = f"base de {format_euros(self.base_cents)}, {due}"
        else:
            computed = due
        before = (
            f", dont {format_euros(self.before_cents)} déjà comptés : {amount}" if self.before_cents else ""
        )
        return f"{self.kind.french_name} : {computed}{before}"


@attrs.frozen(kw_only=True)
class FeeCharge:
    """The fee of one month (contribution coopérative), with the lines it is made of.

    Attributes:
        month: the month it is charged to.
        amount_cents: what is charged; below zero, what is given back.
        lines: they add up to the amount.
        scale: the scale that was used, with its citation.

    Law:
        Code du travail, art. L7331-2 2° c, R7331-9.
    """

    month: Month
    amount_cents: Lane
    lines: tuple[FeeLine, ...]
    scale: FeeScale = attrs.field(repr=False)

    def entry(self, activity: str, dated_on: dt.date | None = None) -> Entry | None:
        """Return the entry to post, on the last day of the month by default; ``None`` for no charge."""
        if self.amount_cents == 0:
            return None
        return Entry(
            dated_on=dated_on or self.month.last_day,
            kind=EntryKind.FEE if self.amount_cents > 0 else EntryKind.FEE_REVERSAL,
            amount_cents=abs(self.amount_cents),
            activity=activity,
            label=f"{self.scale.name} {self.month}",
        )


@attrs.frozen(kw_only=True)
class FeeState:
    """All that the next month needs to know of the months before. Start with ``FeeState()``.

    It survives a change of contract or of scale: only the base since entry is then carried on.

    Attributes:
        scale: version of the scale of the running year.
        last_month: the last month charged.
        closed: the running year was closed before its end; the next month starts another one.
        base_cents: base of the running period.
        since_entry_cents: base since entry in the cooperative.
        internal_sales_cents: internal sales of the running period, if they have their own rate.
        months_charged: months of the running year that were not exempt.
        year_cents: due in the running year, after monthly and before yearly limits, without fixed fee.
        given_up_cents: of the running year, what the monthly cap gave up and corrections may use up.
        floors_cents: the floors of the months charged in the running year, added up.
        caps_cents: their caps, added up, where a yearly cap is prorated.
        over_cap_cents: what the yearly cap has given up in the running year.
    """

    scale: str = ""
    last_month: Month | None = None
    closed: bool = False
    base_cents: Lane = 0
    since_entry_cents: Lane = 0
    internal_sales_cents: Lane = 0
    months_charged: int = 0
    year_cents: Lane = 0
    given_up_cents: Lane = 0
    floors_cents: int = 0
    caps_cents: int = 0
    over_cap_cents: Lane = 0
