"""A payslip of a past month was wrong: what should it have been, and what becomes of the months after it?

Nothing that was issued is changed. A correction is computed beside the slips: under the law of the month
that was wrong, from the year to date it had, then month after month with the year to date as it should be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, apply_rate
from cae_core.payroll.causes import state_before
from cae_core.payroll.compare import PayslipComparison, compare_payslips
from cae_core.payroll.differences import LineDifference, ReductionDifference
from cae_core.payroll.engine import payslip
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, MonthLaws
from cae_core.payroll.payslip import Payslip, PayslipLine
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["CarryForward", "Correction", "correct"]


@attrs.frozen(kw_only=True, eq=False)
class CarryForward:
    """The whole correction booked in the next month, instead of correcting each slip.

    The bases and the reductions of a year are what is due to date less what was charged before. So the
    next slip takes up by itself what earlier months charged too much or too little::

        facts = facts.with_gross(facts.gross_pay_cents + carry.gross_pay_cents)
        rules.payslip(next_month, facts, year_to_date=carry.year_to_date)

    It gives the same year where the months have the same rates and no quantity of a month depends on its
    pay. Under equivalent hours a late pay counts for the reference wage of the month that pays it.

    Attributes:
        gross_pay_cents: the pay to add to that of the next month; negative where too much was paid.
        year_to_date: the state to hand to the next slip: what happened as it should be known, but the bases
            charged and the reductions granted as they were issued.
        sums: what the corrected year has more than the issued one, by quantity, the pay to add included.
        bases: likewise by base, in cents: what the next slip takes up.
        granted: likewise by reduction, in cents.
        not_absorbed: the lines whose rate or contract amount was wrong. A year to date keeps bases, not
            rates, so the next slip cannot take them up: they need the correction of their month.
    """

    gross_pay_cents: int
    year_to_date: YearToDate
    sums: Mapping[str, int]
    bases: Mapping[str, int]
    granted: Mapping[str, int]
    not_absorbed: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False)
class Correction:
    """The correction of one month of a year, and what follows from it. Made by :func:`correct`.

    Attributes:
        earlier: the slips before the month, as issued: they stand.
        comparison: the slip that was wrong and the corrected one, line by line.
        lines: the lines of the correction slip. Each can be redone by hand, ``base × rate = amount``: the
            difference of the bases at the one rate, or the line taken back and charged again where the rate
            differs or rounding moves a cent. Original and correction sum to the corrected line, exactly.
        later: the later slips of the year, each as issued and as recomputed.
        carry_forward: the whole correction booked in the month after the last slip.
    """

    earlier: tuple[Payslip, ...]
    comparison: PayslipComparison
    lines: tuple[PayslipLine, ...]
    later: tuple[PayslipComparison, ...]
    carry_forward: CarryForward

    @property
    def original(self) -> Payslip:
        """The slip that was wrong, as issued."""
        return self.comparison.before

    @property
    def corrected(self) -> Payslip:
        """The slip as it should have been."""
        return self.comparison.after

    @property
    def month(self) -> Month:
        """The month that was wrong."""
        return self.original.month

    @property
    def reductions(self) -> tuple[ReductionDifference, ...]:
        """The reductions of the correction slip: what is granted more, or taken back."""
        return tuple(reduction for reduction in self.comparison.reductions if reduction)

    @property
    def slips(self) -> tuple[Payslip, ...]:
        """The year as it should have been, up to the last slip; a second month can be corrected in it."""
        return (*self.earlier, self.corrected, *(each.after for each in self.later))

    @property
    def year_to_date(self) -> YearToDate:
        """The state after the last slip as it should be: hand it to the next month."""
        return self.slips[-1].year_to_date

    def difference_cents(self, total: str) -> int:
        """Return the difference of a total over the month and the later ones, by its name in ``TOTALS``."""
        cents: int = sum(each.totals[total].cents for each in (self.comparison, *self.later))
        return cents


def correct(
    slips: Sequence[Payslip],
    month: Month | str,
    facts: PayFacts | None = None,
    *,
    laws: MonthLaws | None = None,
    known_on: dt.date | None = None,
) -> Correction:
    """Return the correction of one month of a year.

    Correct the month itself (``lines``, then ``later``) where the law of the period must apply: whenever a
    rate, a ceiling or an exemption differs between the month and the one that pays, for another year, and
    after the person has left. Within the year, where they do not differ, the whole may be booked in the
    next month (``carry_forward``). Income tax is withheld when money is paid: the tax shown here is that of
    the month as it should have been, whatever the month that pays it.

    Args:
        slips: the payslips of one year with one employer, as they were issued, in order, up to the last one.
        month: the month that was wrong; of several, the first, then the next in ``Correction.slips``.
        facts: what the facts of that month were; ``None`` keeps those of the slip.
        laws: a ruleset, where the law is better known now than when the slips were issued (a retroactive
            text): the month and the later ones are computed under it. ``None`` keeps the law of each slip.
        known_on: with ``laws``, ignore texts published after this day.

    Raises:
        InputError: a month without slip, slips of two years, out of order or that do not continue each
            other; neither facts nor laws; a law that changes an earlier month too.

    Law:
        CSS art. L242-1, I and R242-1, II: contributions are due for the period that the pay rewards, under
        its rules. BOSS, Assiette générale, § 430 (principle) and § 480 (the month that takes the event into
        account is tolerated), both read in secondary sources. CSS art. R243-10, and D241-9 (to be checked):
        regularisation over the year. CGI art. 204 A (to be checked): income tax is withheld on payment.
    """
    month = Month.parse(month)
    issued = tuple(slips)
    place = _place(issued, month)
    if facts is None and laws is None:
        raise InputError("correction", f"nothing corrects {month}: expected its facts, or the laws now known")
    if laws is None and known_on is not None:
        raise InputError("known_on", "expected laws too: the slips keep the law they were issued under")

    def law_of(slip: Payslip) -> MonthLaw:
        if laws is None:
            return slip.law
        return laws.month_law(slip.month, assume_unchanged=slip.assumed, known_on=known_on)

    earlier, original, later = issued[:place], issued[place], issued[place + 1 :]
    if laws is not None:
        _check_earlier(earlier, law_of)
    start = earlier[-1].year_to_date if earlier else state_before(original)
    right = original.facts if facts is None else facts
    corrected = payslip(law_of(original), right, start)
    recomputed = _continued(corrected, later, law_of)
    # As it should be but for the pay, which the next month will pay: the month keeps its own share of it.
    unpaid = payslip(law_of(original), right.with_gross(original.gross_pay_cents), start)
    known = (unpaid, *_continued(unpaid, later, law_of))[-1].year_to_date
    comparison = compare_payslips(original, corrected)
    followed = tuple(map(compare_payslips, later, recomputed))
    was, now = issued[-1].year_to_date, (corrected, *recomputed)[-1].year_to_date
    return Correction(
        earlier=earlier,
        comparison=comparison,
        lines=tuple(line for difference in comparison.lines for line in _correction_lines(difference)),
        later=followed,
        carry_forward=CarryForward(
            gross_pay_cents=comparison.totals["gross_pay"].cents,
            year_to_date=attrs.evolve(known, bases=was.bases, granted=was.granted),
            sums=_more(was.sums, now.sums),
            bases=_more(was.bases, now.bases),
            granted=_more(was.granted, now.granted),
            not_absorbed=tuple(
                dict.fromkeys(_not_absorbed((comparison, *followed), issued[-1].month + 1)),
            ),
        ),
    )


def _place(slips: tuple[Payslip, ...], month: Month) -> int:
    """Return where the slip of a month is; refuse slips that are not one year in order."""
    if not slips:
        raise InputError("slips", "expected the payslips of a year, got none")
    for before, after in pairwise(slips):
        if after.month.year != before.month.year:
            raise InputError("slips", f"expected one year, got {before.month} and {after.month}")
        if after.month <= before.month:
            raise InputError("slips", f"expected them in order, got {after.month} after {before.month}")
        _check_continues(before, after)
    months = [slip.month for slip in slips]
    if month not in months:
        raise InputError("month", f"no slip is of {month}; got those of {', '.join(map(str, months))}")
    return months.index(month)


def _check_continues(before: Payslip, after: Payslip) -> None:
    """Refuse a slip that did not start from the one before: its difference would not be the correction's."""
    handed = before.year_to_date.for_month(after.month, after.law.quarterly)
    taken = state_before(after)
    for name, amount in taken.sums.items():
        if amount != handed.sums.get(name, 0):
            raise InputError(
                "slips",
                f"the slip of {after.month} does not continue that of {before.month}: "
                f"its year to date had {amount} of {name}, not {handed.sums.get(name, 0)}",
            )
    if dict(taken.granted) != {code: handed.granted.get(code, 0) for code in taken.granted}:
        raise InputError(
            "slips", f"the slip of {after.month} does not continue the reductions of {before.month}"
        )


def _check_earlier(slips: Sequence[Payslip], law_of: _LawOf) -> None:
    """Refuse to skip a month that the law now known changes as well."""
    for slip in slips:
        again = payslip(law_of(slip), slip.facts, state_before(slip))
        sums = slip.year_to_date.sums, again.year_to_date.sums
        if compare_payslips(slip, again) or dict(sums[0]) != dict(sums[1]):
            raise InputError("month", f"the law now known changes {slip.month} too: correct it first")


class _LawOf(Protocol):
    def __call__(self, slip: Payslip) -> MonthLaw: ...


def _continued(first: Payslip, later: Sequence[Payslip], law_of: _LawOf) -> tuple[Payslip, ...]:
    """Compute the later months again, each from the state of the one before."""
    found, last = [], first
    for slip in later:
        last = payslip(law_of(slip), slip.facts, last.year_to_date)
        found.append(last)
    return tuple(found)


def _correction_lines(difference: LineDifference) -> Iterator[PayslipLine]:
    """The lines that make the corrected line of the original one, each ``base × rate = amount``."""
    if not difference:
        return
    was, now = difference.before, difference.after
    base, employee, employer = difference.base_cents, difference.employee_cents, difference.employer_cents
    line = now or was
    assert line is not None  # one of the slips has it
    old, new = difference.rates_ppm
    redone = apply_rate(base, line.employee_ppm), apply_rate(base, line.employer_ppm)
    if line.contribution.is_amount or (
        old == new and redone == (employee, employer) and line.whole_base_cents is None
    ):
        yield PayslipLine(line.owed, base, employee, employer)
        return
    if was is not None and (was.base_cents or was.whole_base_cents):
        whole = None if was.whole_base_cents is None else -was.whole_base_cents
        yield PayslipLine(was.owed, -was.base_cents, -was.employee_cents, -was.employer_cents, whole)
    if now is not None and (now.base_cents or now.whole_base_cents):
        yield now


def _not_absorbed(comparisons: Sequence[PayslipComparison], paid_in: Month) -> Iterator[str]:
    for comparison in comparisons:
        closed = comparison.before.month.quarter != paid_in.quarter
        was, now = comparison.before.year_to_date.bases, comparison.after.year_to_date.bases
        for line in comparison.lines:
            either = line.after or line.before
            assert either is not None  # one of the slips has it
            name, (old, new) = either.contribution.base, line.rates_ppm
            # A quarter that is over keeps what is its own: the next one starts again.
            if either.contribution.is_amount or (closed and name in comparison.before.law.quarterly):
                wrong = bool(line.employee_cents or line.employer_cents)
            else:
                # A slip shows no line where it has no rate: its base is in the year to date.
                charged = bool(either.base_cents or line.base_cents) or was.get(name) != now.get(name)
                wrong = old != new and charged
            if wrong:
                yield line.code


def _more(was: Mapping[str, Lane], now: Mapping[str, Lane]) -> dict[str, int]:
    """What is more now than was, by name; what does not differ is left out."""
    found = {name: now.get(name, 0) - was.get(name, 0) for name in dict.fromkeys((*now, *was))}
    return {name: cents for name, cents in found.items() if cents}
