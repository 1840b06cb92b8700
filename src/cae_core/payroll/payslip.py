"""The payslip of one person: a table of lines that can each be redone by hand, and their totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import UnknownNameError
from cae_core.law import Citation
from cae_core.money import Money, Rate, divide_half_up
from cae_core.payroll.facts import HoursPolicy, PayFacts
from cae_core.payroll.month_law import MonthLaw, Owed
from cae_core.payroll.rules import Contribution, Heading, Reduction
from cae_core.reasons import Reason
from cae_core.shown import Shown

if TYPE_CHECKING:
    from cae_core.payroll.year_to_date import YearToDate

__all__ = ["TOTALS", "Payslip", "PayslipLine", "ReductionLine"]


@attrs.frozen
class PayslipLine:
    """One contribution: ``base × rate = amount``, for each share, to the cent.

    Attributes:
        owed: the row of the table, with the rates owed.
        base_cents: the base of the month; negative where a month corrects earlier ones; 0 for an amount
            given by a contract.
        employee_cents: employee share; likewise ``employer_cents``.
        whole_base_cents: where the employee has a smaller base, that of the whole contribution:
            ``2 × whole base × rate − base × rate`` is the employer share.
    """

    owed: Owed
    base_cents: int
    employee_cents: int
    employer_cents: int
    whole_base_cents: int | None = None

    @property
    def contribution(self) -> Contribution:
        """The row of the table."""
        return self.owed.contribution

    @property
    def code(self) -> str:
        """The code of the contribution."""
        return self.owed.contribution.code

    @property
    def employee_ppm(self) -> int:
        """The employee rate in millionths, 0 where there is none."""
        ppm: int = self.owed.employee_ppm
        return ppm

    @property
    def employer_ppm(self) -> int:
        """The employer rate in millionths, 0 where there is none."""
        ppm: int = self.owed.employer_ppm
        return ppm

    @property
    def employee_rate(self) -> Rate:
        """The employee rate."""
        return Rate(self.employee_ppm)

    @property
    def employer_rate(self) -> Rate:
        """The employer rate."""
        return Rate(self.employer_ppm)


@attrs.frozen
class ReductionLine:
    """A reduction of employer contributions, as the difference of two yearly figures.

    Attributes:
        base_cents: the pay of the month that it counts.
        coefficient: coefficient of the year to date, in ten-thousandths.
        maximum: largest coefficient of the month's scale, in ten-thousandths.
        pay_to_date_cents: pay since 1 January or entry, by scale: ``((scale, cents), …)``.
        due_to_date_cents: the reduction of the year to date.
        granted_before_cents: what earlier months granted.
        amount_cents: ``due_to_date − granted_before``: positive lowers the cost, negative repays.
        pension_ppm: share of the supplementary pension in the maximum coefficient, in millionths.
        limit_cents: the most that is due to date, where the law has a limit.
    """

    reduction: Reduction
    base_cents: int
    coefficient: int
    maximum: int
    pay_to_date: tuple[tuple[Any, int], ...]
    reference_wage: int
    due_to_date_cents: int
    granted_before_cents: int
    amount_cents: int
    pension_ppm: int
    limit_cents: int | None = None

    @property
    def code(self) -> str:
        """The code of the reduction."""
        return self.reduction.code

    @property
    def foreign(self) -> bool:
        """Whether it is a reduction of other people: by its facts, no month of this person ever had it."""
        figures = (self.base_cents, self.pay_to_date_cents, self.due_to_date_cents, self.granted_before_cents)
        return self.reduction.applies is not None and not any(figures)

    @property
    def pension_part_cents(self) -> int:
        """The part deducted from the supplementary pension (Agirc-Arrco), to the cent."""
        part: int = divide_half_up(self.amount_cents * self.pension_ppm, self.maximum * 100)
        return part

    @property
    def urssaf_part_cents(self) -> int:
        """The part deducted from what the Urssaf receives: the rest, so that no cent is lost."""
        return self.amount_cents - self.pension_part_cents

    @property
    def pay_to_date_cents(self) -> int:
        """Pay since 1 January or entry."""
        return sum(cents for _, cents in self.pay_to_date)


def _euros(field: str, doc: str) -> Any:
    def read(self: Any) -> Decimal:
        cents = getattr(self, field)
        # From its digits: arithmetic would round to the precision of the caller's decimal context.
        return Decimal((int(cents < 0), tuple(map(int, str(abs(cents)))), -2))

    read.__doc__ = f"{doc}, in euros (exact)."
    return property(read)


#: The totals, under the names of the field, in the order they are read.
TOTALS = (
    "gross_pay",
    "employee_contributions",
    "employer_contributions",
    "reductions",
    "employer_cost",
    "net_before_tax",
    "net_social_amount",
    "taxable_net",
    "withholding",
    "net_paid",
)


@attrs.frozen(eq=False)
class Payslip(Shown):
    """A payslip: facts, lines, reductions and totals of one person for one month.

    ``gross_pay + employer_contributions − reductions = employer_cost`` and
    ``gross_pay − employee_contributions = net_before_tax``, to the cent; every cent is in one line.
    Each total exists in integer cents (``net_paid_cents``) and in exact euros (``net_paid``).
    """

    law: MonthLaw
    facts: PayFacts
    lines: tuple[PayslipLine, ...]
    reductions: tuple[ReductionLine, ...]
    gross_pay_cents: int
    employee_contributions_cents: int
    employer_contributions_cents: int
    reductions_cents: int
    employer_cost_cents: int
    net_before_tax_cents: int
    net_social_amount_cents: int
    taxable_net_cents: int
    withholding_ppm: int
    withholding_cents: int
    net_paid_cents: int
    #: The state of the year after the month: hand it to the next one.
    year_to_date: YearToDate
    #: What bases and reductions were measured on: the year to date, or the month alone.
    measured: YearToDate

    gross_pay = _euros("gross_pay_cents", "Gross pay (rémunération brute)")
    employee_contributions = _euros("employee_contributions_cents", "Employee shares")
    employer_contributions = _euros("employer_contributions_cents", "Employer shares, before reductions")
    employer_cost = _euros("employer_cost_cents", "Total paid by the employer (total versé par l'employeur)")
    net_before_tax = _euros("net_before_tax_cents", "Net pay before income tax")
    net_social_amount = _euros("net_social_amount_cents", "Net social amount (montant net social)")
    taxable_net = _euros("taxable_net_cents", "Taxable net (net imposable)")
    withholding = _euros("withholding_cents", "Income tax withheld (prélèvement à la source)")
    net_paid = _euros("net_paid_cents", "Net paid (net payé)")

    @property
    def month(self) -> Month:
        """The month of the payslip."""
        return self.law.month

    @property
    def hours_policy(self) -> HoursPolicy:
        """The policy that gave the reference hours."""
        return self.facts.hours_policy

    @property
    def withholding_rate(self) -> Rate:
        """The rate of income tax withheld."""
        return Rate(self.withholding_ppm)

    @property
    def reference_hours_hundredths(self) -> int | None:
        """Reference hours of the month under the policy, in hundredths; ``None`` where the law has none."""
        return self.law.reference_hours_hundredths(self.facts)

    @property
    def assumed(self) -> bool:
        """Whether the law of a day not covered was assumed unchanged, at the caller's request."""
        return self.law.snapshot.assumed

    @property
    def taxed_by(self) -> str:
        """What gave the income tax: a ``"formula"``, the ``"neutral"`` scale or a ``"personal"`` rate.

        ``"none"``: the rules of the country withhold none, so the net paid is before tax.
        """
        if self.law.withholding.formula is not None:
            return "formula"
        if self.facts.withholding_ppm is not None:
            return "personal"
        return "neutral" if self.law.withholding.scale else "none"

    def money(self, total: str) -> Money:
        """Return a total with its currency, by its name in :data:`TOTALS`.

        Raises:
            UnknownNameError: there is no such total.
        """
        if total not in TOTALS:
            raise UnknownNameError("total", total, TOTALS)
        return Money(getattr(self, f"{total}_cents"), self.law.currency)

    @property
    def payment_rounding_cents(self) -> int:
        """What rounding to the smallest coin adds to the net paid."""
        return self.net_paid_cents - (self.net_before_tax_cents - self.withholding_cents)

    def line(self, code: str) -> PayslipLine:
        """Return the line of a contribution, a line of zeros where it is not due.

        Raises:
            UnknownNameError: no contribution of that month has this code.
        """
        for line in self.lines:
            if line.code == code:
                return line
        if code in self.law.contributions:
            return PayslipLine(Owed(self.law.contributions[code], 0, 0), 0, 0, 0)
        raise UnknownNameError("contribution", code, sorted(self.law.contributions))

    def by_heading(self) -> Iterator[tuple[Heading, tuple[PayslipLine, ...]]]:
        """Iterate over the headings of the statutory payslip that have lines, in the order of the law."""
        for heading in self.law.headings:
            lines = tuple(line for line in self.lines if line.contribution.heading == heading.code)
            if lines:
                yield heading, lines

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why reductions that depend on facts are granted or not: their conditions, met or not."""
        asked = dict.fromkeys(each.why for each in self.law.reductions if each.why is not None)
        return tuple(reason for why in asked for reason in why(self.facts, self.law.snapshot))

    def citations(self, line: PayslipLine | ReductionLine) -> tuple[Citation, ...]:
        """Return the texts behind a line: the article that makes it due and those that set its rates."""
        if isinstance(line, ReductionLine):
            reduction = line.reduction
            names = (*reduction.needs, reduction.headcount, reduction.pension_share)
            return tuple(dict.fromkeys((*reduction.citations, *self.law.snapshot.citations_of(*names))))
        return self.law.citations_of(line.contribution)
