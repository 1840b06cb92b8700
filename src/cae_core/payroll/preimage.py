"""What an inverse answers: the gross pays that give a total, or the gap; the gross pay that fits a budget."""

from __future__ import annotations

import attrs

__all__ = ["Budgeted", "Point", "Preimage"]


@attrs.frozen
class Point:
    """A gross pay and the total it gives, in cents."""

    gross_pay_cents: int
    total_cents: int


@attrs.frozen(kw_only=True)
class Preimage:
    """The answer to "which gross pay gives this total?".

    Attributes:
        total: the name of the total.
        target_cents: what was asked.
        grosses_cents: every gross pay, in whole cents, that gives exactly the target; increasing.
        below: where there is none, the nearest total under the target, with its gross pay.
        above: likewise over the target.
        rules: where ``above`` is one cent of gross after ``below`` or the other way round, what makes the
            jump: codes of lines with the cents each adds to the total, largest first. A jump of a cent or
            two is only rounding.
    """

    total: str
    target_cents: int
    grosses_cents: tuple[int, ...]
    below: Point | None = None
    above: Point | None = None
    rules: tuple[tuple[str, int], ...] = ()

    @property
    def exact(self) -> bool:
        """Whether some gross pay gives exactly the target."""
        return bool(self.grosses_cents)


@attrs.frozen(kw_only=True)
class Budgeted:
    """The largest gross pay whose employer cost fits a budget.

    Attributes:
        budget_cents: the budget asked.
        gross_pay_cents: the answer; 0 where nothing fits.
        employer_cost_cents: its cost.
        next_cost_cents: the cost of one cent more of gross pay, over the budget.
    """

    budget_cents: int
    gross_pay_cents: int
    employer_cost_cents: int
    next_cost_cents: int

    @property
    def left_over_cents(self) -> int:
        """What the budget keeps: more than a few cents where the cost jumps; negative where nothing fits."""
        return self.budget_cents - self.employer_cost_cents

    @property
    def fits(self) -> bool:
        """Whether the cost is within the budget; even no pay at all may cost, such as a health cover."""
        return self.left_over_cents >= 0
