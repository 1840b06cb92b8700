"""From turnover to gross pay and back: what a month of turnover can pay, what turnover a gross pay takes.

What a month can spend on pay is its turnover less the cooperative's fee, plus what else the account has or
owes. The fee is a scale: it may jump where a whole-base rate changes, so what is left may fall as turnover
grows. The turnover that a pay takes is the *least* one that leaves enough.
"""

from __future__ import annotations

import attrs

from cae_core.account import FeeMode, FeeScale, FeeState, MonthActivity, base_to_date, charge_month
from cae_core.errors import AmountError, InputError
from cae_core.money import CENTS_MAX, format_euros
from cae_core.payroll.inverse import Inverse
from cae_core.payroll.preimage import Point, Preimage

__all__ = ["TurnoverMonth"]

#: How far around a bracket rounding can move what is left.
_AROUND = 3


@attrs.frozen(kw_only=True)
class TurnoverMonth:
    """A month whose turnover is not known yet: everything else that decides what it can pay.

    Turnover is taken as invoiced and cashed in the month, excluding VAT.

    Attributes:
        inverse: the pay of the month (``rules.inverse(month, facts, year_to_date=…)``).
        scale: the fee scale.
        fee: the state of the fee after the month before.
        activity: what the month has already, as the fee looks at it; by default nothing.
        other_cents: what the account has available besides, before the turnover and the fee of the month:
            balance brought forward, less the expenses of the month; below zero where it owes.
        closing: a yearly floor of the fee falls due (exit, end of the scale).

    Raises:
        InputError: the activity is of another month than the pay.
    """

    inverse: Inverse
    scale: FeeScale
    fee: FeeState = attrs.field(factory=FeeState)
    activity: MonthActivity = attrs.field()
    other_cents: int = 0
    closing: bool = False

    @activity.default
    def _nothing_yet(self) -> MonthActivity:
        return MonthActivity(month=self.inverse.law.month)

    @activity.validator
    def _of_the_month(self, attribute: object, activity: MonthActivity) -> None:
        if activity.month != self.inverse.law.month:
            raise InputError("activity", f"it is of {activity.month}, the pay of {self.inverse.law.month}")

    def fee_cents(self, turnover_cents: int) -> int:
        """Return the fee of the month with a turnover, in cents."""
        charge, _ = charge_month(self.scale, self.fee, self._with(turnover_cents), closing=self.closing)
        fee: int = charge.amount_cents
        return fee

    def available_cents(self, turnover_cents: int) -> int:
        """Return what a turnover leaves for pay, employer contributions included, in cents."""
        return self.other_cents + turnover_cents - self.fee_cents(turnover_cents)

    def turnover_for(self, gross_pay_cents: int) -> int:
        """Return the least turnover, in whole cents, that leaves the cost of a gross pay.

        Raises:
            AmountError: no turnover in the domain does, such as under a fee of the whole.
        """
        cost = self.inverse.cost_cents(gross_pay_cents)
        first = 0
        for edge in (*self._cliffs(), CENTS_MAX + 1):
            # Between two cliffs what is left grows with turnover, or stays.
            last = edge - 1
            if last >= first and self.available_cents(last) >= cost:
                while last > first:
                    middle = (first + last) // 2
                    first, last = (
                        (first, middle) if self.available_cents(middle) >= cost else (middle + 1, last)
                    )
                return first
            first = max(edge, 0)
        raise AmountError(
            f"no turnover leaves {format_euros(cost, 'en')} for a gross pay of "
            f"{format_euros(gross_pay_cents, 'en')} under the scale {self.scale.code!r}",
            gross_pay_cents,
        )

    def grosses_for(self, turnover_cents: int) -> Preimage:
        """Return every gross pay whose least turnover is this one, or the two neighbours.

        Several grosses may take one turnover, a turnover may be taken by none: one cent of turnover may
        leave the same as the cent before, and one cent of gross pay may cost two.
        """
        most = self.available_cents(turnover_cents)
        least = self._most_before(turnover_cents) + 1
        found: list[int] = []
        for cost in range(least, most + 1):
            found += self.inverse.grosses_for("employer_cost", cost).grosses_cents
        if found:
            return Preimage(total="turnover", target_cents=turnover_cents, grosses_cents=tuple(sorted(found)))
        around = self.inverse.grosses_for("employer_cost", max(most, least))
        below, above = around.below, around.above
        if least > most:
            # The turnover leaves no more than a smaller one did: the pay it could carry takes that one.
            exact = self.inverse.grosses_for("employer_cost", least - 1)
            below = Point(exact.grosses_cents[-1], least - 1) if exact.exact else exact.below
        points = [
            point and Point(point.gross_pay_cents, self.turnover_for(point.gross_pay_cents))
            for point in (below, above)
        ]
        return Preimage(
            total="turnover",
            target_cents=turnover_cents,
            grosses_cents=(),
            below=points[0],
            above=points[1],
            rules=around.rules,
        )

    def _with(self, turnover: int) -> MonthActivity:
        now = self.activity
        return attrs.evolve(
            now,
            turnover_invoiced_cents=now.turnover_invoiced_cents + turnover,
            turnover_cashed_cents=now.turnover_cashed_cents + turnover,
            gross_margin_cents=now.gross_margin_cents + turnover,
        )

    def _cliffs(self) -> tuple[int, ...]:
        """The turnovers at which a rate changes for the whole base, and with it the fee of earlier months."""
        if self.scale.mode is not FeeMode.WHOLE_BASE:
            return ()
        counted = base_to_date(self.scale, self.fee, self.activity)
        edges = (bracket.from_cents - counted for bracket in self.scale.brackets[1:])
        return tuple(edge for edge in edges if 0 < edge <= CENTS_MAX)

    def _most_before(self, turnover: int) -> int:
        """The most that any smaller turnover leaves."""
        if turnover <= 0:
            return self.available_cents(0) - 1
        before = {turnover - 1, 0}
        for edge in self._cliffs():
            before.update(range(edge - _AROUND, edge + _AROUND))
        return max(self.available_cents(smaller) for smaller in before if 0 <= smaller < turnover)
