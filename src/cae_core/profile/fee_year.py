"""What a cooperative takes from some months of an activity, line by line, and what is left for pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from cae_core.account import (
    FeeCharge,
    FeeLineKind,
    FeePeriod,
    FeeState,
    MonthActivity,
    base_to_date,
    charge_month,
)
from cae_core.errors import InputError
from cae_core.money import Rate
from cae_core.profile.cooperative_profile import CooperativeProfile, ProfileScale
from cae_core.profile.terms import FeeContract, RecurringCharge

__all__ = ["FeeShare", "FeeYear", "OtherCharge", "fee_years"]


@attrs.frozen(kw_only=True)
class FeeShare:
    """All that one line of a scale took.

    Attributes:
        kind: why.
        rate: the rate, if it is one of something.
        base_cents: what the rate was applied to, added up; each month is rounded as it is charged.
        amount_cents: what it took.
    """

    kind: FeeLineKind
    rate: Rate | None
    base_cents: int
    amount_cents: int


@attrs.frozen(kw_only=True)
class OtherCharge:
    """A charge beside the fee, with what it took."""

    charge: RecurringCharge
    times: int
    amount_cents: int


@attrs.frozen(kw_only=True)
class FeeYear:
    """What is taken from some months, and what is left for pay, employer contributions included.

    Attributes:
        profile: the cooperative.
        scale: the scale of the last month, with its reading.
        months: what the activity did.
        charges: the fee of each month.
        shares: what each line of the scale took.
        other: the other charges.
    """

    profile: CooperativeProfile
    scale: ProfileScale
    months: tuple[MonthActivity, ...] = attrs.field(repr=False)
    charges: tuple[FeeCharge, ...] = attrs.field(repr=False)
    shares: tuple[FeeShare, ...]
    other: tuple[OtherCharge, ...]

    @property
    def turnover_cents(self) -> int:
        """Turnover invoiced, without internal sales."""
        return sum(month.turnover_invoiced_cents for month in self.months)

    @property
    def internal_sales_cents(self) -> int:
        """Sales to other activities of the cooperative."""
        return sum(month.internal_sales_cents for month in self.months)

    @property
    def gross_margin_cents(self) -> int:
        """Gross margin, internal sales included."""
        return sum(month.gross_margin_cents for month in self.months)

    @property
    def fee_cents(self) -> int:
        """The fee of all the months."""
        return sum(charge.amount_cents for charge in self.charges)

    @property
    def other_cents(self) -> int:
        """The other charges of all the months."""
        return sum(each.amount_cents for each in self.other)

    @property
    def left_cents(self) -> int:
        """What is left of the gross margin for pay, employer contributions included."""
        return self.gross_margin_cents - self.fee_cents - self.other_cents


def fee_years(
    profile: CooperativeProfile,
    months: Iterable[MonthActivity],
    *,
    contract: FeeContract = FeeContract.CESA,
    kind: str = "services",
    since_entry_cents: int = 0,
) -> tuple[FeeYear, ...]:
    """Return what a cooperative takes: once, or once for each reading of its page.

    Each month is charged by the scale in force on its first day; the last month is taken for the last one
    under the scale, so that a yearly floor falls due.

    Args:
        profile: the cooperative.
        months: consecutive months, in order; at least one.
        contract: the contract of the person.
        kind: the kind of her activity.
        since_entry_cents: what a scale since entry counted before the first month.

    Raises:
        InputError: no month, no scale in force in one of them, or something the scale looks at is missing.
    """
    given = tuple(months)
    if not given:
        raise InputError("months", "expected one month or more, got none")
    by_month = [profile.scales_for(each.month.first_day, contract=contract, kind=kind) for each in given]
    other = tuple(_other(profile, given, contract))
    years = []
    for last in by_month[-1]:
        # Of earlier scales with several readings, the one of the same code; else the first.
        scales = [
            next((each for each in choice if each.reading_code == last.reading_code), choice[0])
            for choice in by_month
        ]
        charges, shares = _charged(scales, given, since_entry_cents)
        years.append(
            FeeYear(profile=profile, scale=last, months=given, charges=charges, shares=shares, other=other)
        )
    return tuple(years)


def _charged(
    scales: Sequence[ProfileScale], months: Sequence[MonthActivity], since_entry_cents: int
) -> tuple[tuple[FeeCharge, ...], tuple[FeeShare, ...]]:
    state = FeeState(since_entry_cents=since_entry_cents)
    charges: list[FeeCharge] = []
    taken: dict[tuple[FeeLineKind, Rate | None], list[int]] = {}
    for rank, (used, activity) in enumerate(zip(scales, months, strict=True)):
        scale = used.scale
        closing = rank + 1 == len(months) or scales[rank + 1].scale != scale
        to_date = base_to_date(scale, state, activity)
        charge, state = charge_month(scale, state, activity, closing=closing)
        charges.append(charge)
        exempt = any(line.kind is FeeLineKind.EXEMPTION and line.base_cents for line in charge.lines)
        earlier = to_date - activity.base_cents(scale)
        parts = zip(scale.brackets, scale.bracket_bases(to_date), scale.bracket_bases(earlier), strict=True)
        for bracket, part, before in parts:
            if part != before and not exempt:
                taken.setdefault((FeeLineKind.BRACKET, bracket.rate), [0, 0])[0] += part - before
        for line in charge.lines:
            sums = taken.setdefault((line.kind, line.rate), [0, 0])
            sums[1] += line.amount_cents
            if line.kind in (FeeLineKind.INTERNAL_SALES, FeeLineKind.EXEMPTION):
                sums[0] += activity.internal_sales_cents if line.rate else line.base_cents
    shares = tuple(
        FeeShare(kind=kind, rate=rate, base_cents=base, amount_cents=amount)
        for (kind, rate), (base, amount) in taken.items()
        if base or amount
    )
    order = list(FeeLineKind)
    return tuple(charges), tuple(sorted(shares, key=lambda share: order.index(share.kind)))


def _other(
    profile: CooperativeProfile, months: Sequence[MonthActivity], contract: FeeContract
) -> Iterable[OtherCharge]:
    """Return the charges beside the fee; a yearly one is due for each calendar year begun."""
    years = {activity.month.year for activity in months}
    for charge in profile.charges:
        if charge.contract in (None, contract):
            times = len(months) if charge.period is FeePeriod.MONTH else len(years)
            yield OtherCharge(charge=charge, times=times, amount_cents=times * charge.amount_cents)
