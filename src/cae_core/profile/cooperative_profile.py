"""The profile of a cooperative, and which of its scales applies to a person on a day."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.account import FeeScale
from cae_core.errors import InputError
from cae_core.profile.published import PublishedExample
from cae_core.profile.terms import (
    CapeTerms,
    CapitalTerms,
    FeeContract,
    Reading,
    RecurringCharge,
    Remark,
    Source,
)

__all__ = ["CooperativeProfile", "ProfileScale"]


@attrs.frozen(kw_only=True)
class ProfileScale:
    """A fee scale and whom it is for.

    Attributes:
        scale: the scale.
        contracts: the contracts it is for; empty, every contract.
        kinds: the kinds of activity it is for (:attr:`~cae_core.cooperative.Activity.kind`); empty, those
            that no other scale names.
        reading: which reading of the page it is, where the page allows several.
        day_published: the day in force is that of the page, not one chosen to use the scale.
    """

    scale: FeeScale
    contracts: tuple[FeeContract, ...] = ()
    kinds: tuple[str, ...] = ()
    reading: Reading | None = None
    day_published: bool = True

    @property
    def reading_code(self) -> str:
        """The code of the reading; empty where the page says it all."""
        return self.reading.code if self.reading else ""


@attrs.frozen(kw_only=True)
class CooperativeProfile:
    """What one cooperative publishes about money between it and a person. ``None``: not published.

    Attributes:
        code: short and stable.
        name: the name people read.
        place: where it is, if the source says it.
        source: where it was read.
        scales: its fee scales, past ones included; none, if only the rest is published.
        entry_fee_cents: what is paid once, at entry.
        minimum_fixed_pay_cents: the least fixed part of a month (part fixe).
        capital: what is subscribed.
        cape: its support contract.
        charges: what an activity pays beside the fee.
        gaps: what the page leaves out, beyond what :attr:`not_published` finds.
        contradictions: where the page contradicts itself in words.
        examples: worked examples; :func:`inconsistencies` says which ones the scale does not give.
    """

    code: str
    name: str
    source: Source
    place: str = ""
    scales: tuple[ProfileScale, ...] = ()
    entry_fee_cents: int | None = None
    minimum_fixed_pay_cents: int | None = None
    capital: CapitalTerms | None = None
    cape: CapeTerms | None = None
    charges: tuple[RecurringCharge, ...] = ()
    gaps: tuple[Remark, ...] = ()
    contradictions: tuple[Remark, ...] = ()
    examples: tuple[PublishedExample, ...] = ()

    @property
    def not_published(self) -> tuple[str, ...]:
        """The terms of which nothing is published, by name of the attribute."""
        terms = ("scales", "entry_fee_cents", "minimum_fixed_pay_cents", "capital", "cape")
        missing = [name for name in terms if getattr(self, name) in (None, ())]
        if any(not each.day_published for each in self.scales):
            missing.append("scale_day")
        return tuple(missing)

    def scales_for(
        self, on: dt.date, *, contract: FeeContract = FeeContract.CESA, kind: str = "services"
    ) -> tuple[ProfileScale, ...]:
        """Return the scale in force for a person, or every reading of it where the page allows several.

        Args:
            on: the first day of the month to charge.
            contract: her contract.
            kind: the kind of her activity; a scale that names it goes before those that name none.

        Raises:
            InputError: no scale is published for her, or none is in force yet.
        """
        where = f"fee of {self.name} (contribution coopérative)"
        mine = [each for each in self.scales if not each.contracts or contract in each.contracts]
        mine = [each for each in mine if kind in each.kinds] or [each for each in mine if not each.kinds]
        if not mine:
            raise InputError(
                where, f"expected a published scale, got none for {contract.code.upper()} and {kind}"
            )
        started = [each for each in mine if each.scale.in_force_from <= on]
        if not started:
            first = min(each.scale.in_force_from for each in mine)
            raise InputError(
                where, f"expected a day from {first.isoformat()} on, its first scale, got {on.isoformat()}"
            )
        latest = max(each.scale.in_force_from for each in started)
        return tuple(each for each in started if each.scale.in_force_from == latest)
