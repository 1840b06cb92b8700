"""What an end costs the account beside pay, and how the account is spent until then."""

from __future__ import annotations

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError

__all__ = ["ExitCharges", "SpreadUntilExit"]


@attrs.frozen(kw_only=True)
class SpreadUntilExit:
    """Spend what is available in equal parts until the month of exit (vider le compte en parts égales).

    Attributes:
        last: the month of exit, in which everything left is spent.
    """

    last: Month
    french_name = "vider le compte en parts égales jusqu'à la sortie"

    def budget(self, month: Month, available_cents: int, *, leaves: bool = False) -> int | None:
        """Return one part for each month left, this one included."""
        if leaves or month >= self.last:
            return max(available_cents, 0)
        return max(available_cents, 0) // (self.last - month + 1)


@attrs.frozen(kw_only=True)
class ExitCharges:
    """What the end costs the account, beside the pay of its months.

    Attributes:
        indemnity_cents: the indemnity of the end, which bears no contributions.
        levy_cents: what the employer owes on it.
        wages_cents: gross sums paid with the last payslip that bear contributions: leave not taken, a notice
            that is paid and not worked, the indemnity of who leaves for retirement.
    """

    indemnity_cents: int = 0
    levy_cents: int = 0
    wages_cents: int = 0

    def __attrs_post_init__(self) -> None:
        for name in ("indemnity_cents", "levy_cents", "wages_cents"):
            value = getattr(self, name)
            if type(value) is not int or value < 0:
                raise InputError(f"ExitCharges.{name}", f"expected zero or more cents, got {value!r}")
