"""A worked example that a cooperative prints, or that follows from its scale."""

from __future__ import annotations

import attrs

from cae_core.account import MonthActivity
from cae_core.profile.terms import FeeContract, Remark

__all__ = ["PublishedExample"]


@attrs.frozen(kw_only=True)
class PublishedExample(Remark):
    """What goes in, and what the page says comes out.

    Attributes:
        url: where it is printed.
        derived: the figures follow from the published scale; the page does not print them.
        months: what the activity did.
        contract: the contract.
        kind: the kind of the activity.
        reading: the reading of the page it is about.
        fee_cents: the fee of all the months.
        fees_by_month: the fee of each month.
        other_cents: the other charges of all the months.
        left_cents: what is left of the margin.
        to_the_euro: the page rounds to whole euros.
        inconsistent: it is known that the scale of the same page gives something else.
    """

    url: str
    derived: bool = False
    months: tuple[MonthActivity, ...]
    contract: FeeContract = FeeContract.CESA
    kind: str = "services"
    reading: str = ""
    fee_cents: int | None = None
    fees_by_month: tuple[int, ...] | None = None
    other_cents: int | None = None
    left_cents: int | None = None
    to_the_euro: bool = False
    inconsistent: bool = False
