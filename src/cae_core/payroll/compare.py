"""What changed between two payslips, line by line, and why; :func:`compare_laws` compares the laws alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import attrs

from cae_core.errors import UnknownNameError
from cae_core.payroll.causes import Cause, Causes, Outcome
from cae_core.payroll.differences import LineDifference, ReductionDifference, TotalDifference
from cae_core.payroll.law_changes import (
    Change,
    ContributionChange,
    LawComparison,
    ParameterChange,
    ReductionChange,
    behind_bases,
    compare_laws,
    in_order,
)
from cae_core.payroll.payslip import TOTALS, Payslip, PayslipLine
from cae_core.payroll.reads import law_reads
from cae_core.payroll.rules import Contribution

__all__ = [
    "Change",
    "ContributionChange",
    "Effect",
    "EffectReason",
    "LawComparison",
    "LineDifference",
    "ParameterChange",
    "PayslipComparison",
    "ReductionChange",
    "ReductionDifference",
    "TotalDifference",
    "compare_laws",
    "compare_payslips",
]


@attrs.frozen(kw_only=True)
class EffectReason:
    """Why an amount differs.

    Attributes:
        cause: the law, the pay of the month, a fact, or the earlier months of the year.
        parameter: for the law, the value that changed with its text; ``None`` where the rule itself or the
            length of the month did.
        fact: for a fact, the field of :class:`~cae_core.PayFacts`.
    """

    cause: Cause
    parameter: ParameterChange | None = None
    fact: str = ""


@attrs.frozen(kw_only=True)
class Effect:
    """One item of the difference of a total: the gross pay, a line, a reduction or the tax.

    Attributes:
        name: ``gross_pay``, ``withholding``, or the code of a line or of a reduction.
        cents: what it adds to the total; the effects of a total sum to its difference, exactly.
        reasons: why, in the order law, pay, facts, year to date.
        difference: the line or the reduction on both slips.
    """

    name: str
    cents: int
    reasons: tuple[EffectReason, ...]
    difference: LineDifference | ReductionDifference | None = None


@attrs.frozen(kw_only=True)
class _Recipe:
    """How a total is made: the sign of each kind of item, 0 where it takes no part."""

    gross: int = 0
    employee: int = 0
    employer: int = 0
    taxable: int = 0
    reductions: int = 0
    tax: int = 0

    def of_line(self, line: PayslipLine | None) -> int:
        """What a line adds to the total."""
        if line is None:
            return 0
        row, taxed = line.contribution, 0
        if row.is_amount:
            taxed = line.employer_cents if row.employer_share_taxable else 0
        elif row.employee_share_taxable and not row.cover:
            taxed = line.employee_cents
        return (
            self.employee * line.employee_cents + self.employer * line.employer_cents + self.taxable * taxed
        )

    def parameters(self, row: Contribution) -> Iterator[str]:
        """Iterate over the parameters of a row that this total depends on: a share, its rates."""
        if self.employee or self.taxable:
            yield from (*row.employee_rates, *(row.employee_scale or ())[:1])
        if self.employer or self.taxable:
            yield from (*row.employer_rates, *(row.employer_scale or ())[:1])
        yield from (name for name in (row.headcount_from, row.headcount_below) if name)


_RECIPES: Mapping[str, _Recipe] = {
    "gross_pay": _Recipe(gross=1),
    "employee_contributions": _Recipe(employee=1),
    "employer_contributions": _Recipe(employer=1),
    "reductions": _Recipe(reductions=1),
    "employer_cost": _Recipe(gross=1, employer=1, reductions=-1),
    "net_before_tax": _Recipe(gross=1, employee=-1),
    "net_social_amount": _Recipe(gross=1, employee=-1),
    "taxable_net": _Recipe(gross=1, employee=-1, taxable=1),
    "withholding": _Recipe(tax=1),
    "net_paid": _Recipe(gross=1, employee=-1, tax=-1),
}


@attrs.frozen(kw_only=True, eq=False)
class PayslipComparison:
    """Two payslips side by side; every difference is after less before.

    Attributes:
        lines: every line of either slip, in the order of the slip, those that do not differ included.
        reductions: likewise.
        totals: every total, by its name in :data:`~cae_core.payroll.payslip.TOTALS`.
        laws: the differences of the laws of both months.
    """

    before: Payslip
    after: Payslip
    lines: tuple[LineDifference, ...]
    reductions: tuple[ReductionDifference, ...]
    totals: Mapping[str, TotalDifference]
    laws: LawComparison

    def __bool__(self) -> bool:
        return any((*self.lines, *self.reductions, *(total.cents for total in self.totals.values())))

    def line(self, code: str) -> LineDifference:
        """Return a line of either slip by its code.

        Raises:
            UnknownNameError: neither slip has such a line.
        """
        for line in self.lines:
            if line.code == code:
                return line
        raise UnknownNameError("contribution", code, [line.code for line in self.lines])

    def explains(self, total: str) -> tuple[Effect, ...]:
        """Return what makes the difference of a total, each with its reasons; they sum to it exactly.

        The order is that of the slip: gross pay, lines, reductions, tax. What does not move the total is
        left out. The reasons are found by exchanging one thing alone between the slips and computing again.

        Args:
            total: a name of :data:`~cae_core.payroll.payslip.TOTALS`.

        Raises:
            UnknownNameError: no total has this name.
        """
        if total not in _RECIPES:
            raise UnknownNameError("total", total, TOTALS)
        return tuple(self._effects(_RECIPES[total], Causes(self.before, self.after)))

    def _effects(self, recipe: _Recipe, causes: Causes) -> Iterator[Effect]:
        cents = recipe.gross * self.totals["gross_pay"].cents
        if cents:
            yield Effect(name="gross_pay", cents=cents, reasons=(EffectReason(cause=Cause.PAY),))
        for line in self.lines:
            cents = recipe.of_line(line.after) - recipe.of_line(line.before)
            if cents:
                reasons = tuple(self._reasons_of_line(line, recipe, causes))
                yield Effect(name=line.code, cents=cents, reasons=reasons, difference=line)
        for reduction in self.reductions:
            cents = recipe.reductions * reduction.amount_cents
            if cents:
                reasons = tuple(self._reasons_of_reduction(reduction, causes))
                yield Effect(name=reduction.code, cents=cents, reasons=reasons, difference=reduction)
        cents = recipe.tax * self.totals["withholding"].cents
        if cents:
            yield Effect(name="withholding", cents=cents, reasons=tuple(self._reasons_of_tax(causes)))

    def _reasons_of_line(
        self, line: LineDifference, recipe: _Recipe, causes: Causes
    ) -> Iterator[EffectReason]:
        code = line.code

        def share(outcome: Outcome) -> int:
            return recipe.of_line(outcome.lines.get(code))

        def bases(outcome: Outcome) -> tuple[int | None, ...] | None:
            found = outcome.lines.get(code)
            return (found.base_cents, found.whole_base_cents) if found else None

        for factor in causes.of(share):
            if factor.cause is not Cause.LAW:
                yield EffectReason(cause=factor.cause, fact=factor.fact)
                continue
            contributions = (slip.law.contributions for slip in (self.before, self.after))
            rows = [rows[code] for rows in contributions if code in rows]
            found = self._named(name for row in rows for name in recipe.parameters(row))
            # A line that only one law has began or ended with its rate; its base is no reason.
            if len(rows) > 1 and causes.moves(factor, bases):
                for names in zip_longest(*(row.bases for row in rows), fillvalue=rows[0].base):
                    found += self._behind_base(*names)
            yield from self._law(found)

    def _reasons_of_reduction(self, reduction: ReductionDifference, causes: Causes) -> Iterator[EffectReason]:
        for factor in causes.of_reduction(reduction.code):
            if factor.cause is Cause.LAW:
                reads = (law_reads(slip.law).reductions for slip in (self.before, self.after))
                names = [name for read in reads for name in read.get(reduction.code, ())]
                yield from self._law(self._named(names))
            else:
                yield EffectReason(cause=factor.cause, fact=factor.fact)

    def _reasons_of_tax(self, causes: Causes) -> Iterator[EffectReason]:
        for factor in causes.of(lambda outcome: outcome.withholding_cents):
            if factor.cause is not Cause.LAW:
                yield EffectReason(cause=factor.cause, fact=factor.fact)
                continue
            found = []
            if causes.moves(factor, lambda outcome: outcome.withholding_ppm):
                found = self._named([slip.law.withholding.scale for slip in (self.before, self.after)])
            if causes.moves(factor, lambda outcome: outcome.taxable_net_cents):
                effects = self._effects(_RECIPES["taxable_net"], causes)
                reasons = (reason.parameter for effect in effects for reason in effect.reasons)
                found += [parameter for parameter in reasons if parameter]
            yield from self._law(found)

    def _named(self, names: Iterable[str]) -> list[ParameterChange]:
        changed = {change.name: change for change in self.laws.parameters}
        return [changed[name] for name in names if name in changed]

    def _behind_base(self, was: str, now: str) -> tuple[ParameterChange, ...]:
        old, new = law_reads(self.before.law).bases[was], law_reads(self.after.law).bases[now]
        return behind_bases(old, new, {change.name: change for change in self.laws.parameters})

    def _law(self, found: Iterable[ParameterChange]) -> Iterator[EffectReason]:
        """A reason for each value that changed, or one without any where none has a name."""
        for change in {each.name: each for each in found}.values() or (None,):
            yield EffectReason(cause=Cause.LAW, parameter=change)


def compare_payslips(before: Payslip, after: Payslip) -> PayslipComparison:
    """Return the differences of two payslips, of one month or of two, of one person or of two."""
    lines, reductions = (
        [{each.code: each for each in getattr(slip, field)} for slip in (before, after)]
        for field in ("lines", "reductions")
    )

    def both(found: list[dict[str, Any]], code: str) -> dict[str, Any]:
        return {"code": code, "before": found[0].get(code), "after": found[1].get(code)}

    return PayslipComparison(
        before=before,
        after=after,
        lines=tuple(
            LineDifference(**both(lines, code))
            for code in in_order(before.law, after.law, (*lines[0], *lines[1]))
        ),
        reductions=tuple(
            ReductionDifference(**both(reductions, code))
            for code in dict.fromkeys((*reductions[0], *reductions[1]))
        ),
        totals={
            name: TotalDifference(
                name=name,
                before_cents=getattr(before, f"{name}_cents"),
                after_cents=getattr(after, f"{name}_cents"),
            )
            for name in TOTALS
        },
        laws=compare_laws(before.law, after.law),
    )
