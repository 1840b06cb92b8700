"""How much of what an activity leaves is paid this month, and how much is kept for later.

A policy sees the state of the account and answers a budget: an amount of employer cost. It is written with
the operations of :mod:`cae_core.money`: the state may be a column of accounts. The gross pay that
fits it is found by :meth:`~cae_core.payroll.inverse.Inverse.for_budget`; the fixed part is due in any case.
"""

from __future__ import annotations

from typing import Protocol

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Lane, Rate, apply_rate, greatest

__all__ = ["FixedThenSettle", "PayPolicy", "SharePay", "SmoothPay", "SpendAvailable"]


class PayPolicy(Protocol):
    """Decides the budget of a month."""

    french_name: str

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return the employer cost to spend this month, in cents; ``None`` pays the fixed part alone.

        Args:
            month: the month paid.
            available_cents: what the account can spend after the fee; negative when it is short.
            leaves: the contract ends this month: nothing can be kept for later.
        """


@attrs.frozen
class SpendAvailable:
    """Spend every month what is available (tout le disponible)."""

    french_name = "verser tout le disponible"

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return all that is available."""
        return greatest(available_cents, 0)


@attrs.frozen(kw_only=True)
class FixedThenSettle:
    """Pay the fixed part, and settle the variable part once a year (part variable en fin d'exercice).

    Attributes:
        settles_in: the number of the month in which the variable part is paid; December by default.

    Law:
        Code du travail, art. R7331-11 et R7331-12: the variable part is computed per accounting year and
        its balance is due at the latest one month after the general meeting that approves the accounts.
    """

    settles_in: int = attrs.field(default=12)
    french_name = "part fixe, puis solde de la part variable"

    @settles_in.validator
    def _a_month(self, attribute: object, value: int) -> None:
        if type(value) is not int or not 1 <= value <= 12:
            raise InputError("settles_in", f"expected a month number from 1 to 12, got {value!r}")

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return all that is available in the month of settlement, else nothing beside the fixed part."""
        return greatest(available_cents, 0) if leaves or month.number == self.settles_in else None


@attrs.frozen(kw_only=True)
class SmoothPay:
    """Spend each month one part in ``months`` of what exceeds a reserve (lissage).

    Good months then feed the next ones, and a reserve stays in the account until the contract ends. An
    entrepreneur cannot keep a reserve of her own for ever: what is left is paid at exit.

    Attributes:
        months: over how many months what is available is spread.
        reserve_cents: what the policy leaves in the account.
    """

    months: int = attrs.field(default=3)
    reserve_cents: int = attrs.field(default=0)
    french_name = "lissage avec réserve"

    @months.validator
    def _at_least_one(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 1:
            raise InputError("months", f"expected a whole number of months, at least 1, got {value!r}")

    @reserve_cents.validator
    def _not_negative(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 0:
            raise InputError("reserve", f"expected zero or more cents, got {value!r}")

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return a part of what exceeds the reserve; everything when the contract ends."""
        if leaves:
            return greatest(available_cents, 0)
        return greatest(available_cents - self.reserve_cents, 0) // self.months


@attrs.frozen(kw_only=True)
class SharePay:
    """Spend each month a share of what exceeds a reserve, and all that exceeds it in one month of the year.

    The fixed part is due beside it: it is paid even where the share is less.

    Attributes:
        share: the share of what exceeds the reserve; 0 % is the fixed part alone.
        reserve_cents: what stays in the account until the contract ends.
        settles_in: the number of the month that pays all that exceeds the reserve; ``None`` is no month.
    """

    share: Rate = attrs.field(validator=attrs.validators.instance_of(Rate))
    reserve_cents: int = attrs.field(default=0)
    settles_in: int | None = attrs.field(default=12)
    french_name = "part du disponible, puis solde"

    @reserve_cents.validator
    def _not_negative(self, attribute: object, value: int) -> None:
        if type(value) is not int or value < 0:
            raise InputError("reserve", f"expected zero or more cents, got {value!r}")

    @settles_in.validator
    def _a_month(self, attribute: object, value: int | None) -> None:
        if value is not None and (type(value) is not int or not 1 <= value <= 12):
            raise InputError("settles_in", f"expected a month number from 1 to 12, got {value!r}")

    def budget(self, month: Month, available_cents: Lane, *, leaves: bool = False) -> Lane | None:
        """Return the share of what exceeds the reserve; all of it in the month of settlement."""
        if leaves:
            return greatest(available_cents, 0)
        above = greatest(available_cents - self.reserve_cents, 0)
        if month.number == self.settles_in:
            return above
        return apply_rate(above, self.share.ppm) if self.share.ppm else None
