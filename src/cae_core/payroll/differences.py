"""What two payslips have in common, side by side: a line, a reduction, a total. After less before, always."""

from __future__ import annotations

import attrs

from cae_core.payroll.payslip import PayslipLine, ReductionLine

__all__ = ["LineDifference", "ReductionDifference", "TotalDifference"]


def _between(before: object, after: object, field: str) -> int:
    """After less before; a line that a slip does not have counts for nothing."""
    cents: int = getattr(after, field, 0) - getattr(before, field, 0)
    return cents


@attrs.frozen(kw_only=True)
class LineDifference:
    """A line of either slip on both, ``None`` where a slip does not have it; true where something differs.

    Differences are after less before, exact to the cent.
    """

    code: str
    before: PayslipLine | None
    after: PayslipLine | None

    @property
    def base_cents(self) -> int:
        """The difference of the bases."""
        return _between(self.before, self.after, "base_cents")

    @property
    def employee_cents(self) -> int:
        """The difference of the employee shares."""
        return _between(self.before, self.after, "employee_cents")

    @property
    def employer_cents(self) -> int:
        """The difference of the employer shares."""
        return _between(self.before, self.after, "employer_cents")

    @property
    def rates_ppm(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Employee and employer rate, before then after, in millionths; 0 where there is none."""
        before, after = (
            (line.employee_ppm, line.employer_ppm) if line else (0, 0) for line in (self.before, self.after)
        )
        return before, after

    def __bool__(self) -> bool:
        before, after = self.rates_ppm
        return before != after or bool(self.base_cents or self.employee_cents or self.employer_cents)

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        line = self.after or self.before
        assert line is not None  # one of the slips has it
        return line.contribution.name(lang)


@attrs.frozen(kw_only=True)
class ReductionDifference:
    """A reduction of either slip on both; a positive amount is granted more after."""

    code: str
    before: ReductionLine | None
    after: ReductionLine | None

    @property
    def amount_cents(self) -> int:
        """The difference of what the month grants."""
        return _between(self.before, self.after, "amount_cents")

    @property
    def pension_part_cents(self) -> int:
        """The difference of the parts deducted from the supplementary pension."""
        return _between(self.before, self.after, "pension_part_cents")

    @property
    def urssaf_part_cents(self) -> int:
        """The difference of the parts deducted from what the Urssaf receives."""
        return _between(self.before, self.after, "urssaf_part_cents")

    def __bool__(self) -> bool:
        return bool(self.amount_cents)

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        line = self.after or self.before
        assert line is not None  # one of the slips has it
        return line.reduction.name(lang)


@attrs.frozen(kw_only=True)
class TotalDifference:
    """A total of both slips."""

    name: str
    before_cents: int
    after_cents: int

    @property
    def cents(self) -> int:
        """After less before."""
        return self.after_cents - self.before_cents
