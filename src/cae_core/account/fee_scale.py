"""The fee scale of a cooperative (barème de la contribution coopérative), as data.

A scale says what is counted, over which period, at which rates and within which limits.
:mod:`cae_core.account.fees` charges it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors
from cae_core.money import Lane, Rate, choose, format_euros, greatest, least, to_cents
from cae_core.strict import StrictTable, count, flag, positive_cents, text
from cae_core.terms import Term

__all__ = ["FeeBase", "FeeBracket", "FeeLimit", "FeeMode", "FeePeriod", "FeeScale"]


class FeeBase(Term):
    """What the fee is a part of, always excluding VAT."""

    TURNOVER_INVOICED = "turnover_invoiced", "chiffre d'affaires facturé"
    TURNOVER_CASHED = "turnover_cashed", "chiffre d'affaires encaissé"
    GROSS_MARGIN = "gross_margin", "marge brute"


class FeeMode(Term):
    """How the rates follow the base."""

    FLAT = "flat", "taux unique"
    MARGINAL = "marginal", "par tranches"
    WHOLE_BASE = "whole_base", "taux de la tranche atteinte, sur toute la base"
    SINCE_ENTRY = "since_entry", "par tranches depuis l'entrée dans la coopérative"


class FeePeriod(Term):
    """Over which time brackets, a floor or a cap are counted."""

    MONTH = "month", "mois"
    YEAR = "year", "exercice"


@attrs.frozen
class FeeBracket:
    """A rate and where it begins. A bracket ends where the next begins: ``[from, next)``.

    A cooperative that writes "from 30,001 €" means "above 30,000 €": write 30,000.
    """

    from_cents: int = attrs.field(validator=attrs.validators.instance_of(int))
    rate: Rate = attrs.field(validator=attrs.validators.instance_of(Rate))


@attrs.frozen
class FeeLimit:
    """A floor (plancher) or a cap (plafond), counted by month or by year.

    Attributes:
        amount_cents: zero or more.
        period: the month or the year it applies to.
        prorated: a yearly limit counts one twelfth for each month charged. By default it applies in full,
            as most published scales write it, even for a part of the year.
        after_months, after_cents: the amount from so many months after entry on, if it is another one.
        associate_cents: the amount for associates (associés), if it is another one.
    """

    amount_cents: int = attrs.field(
        validator=[attrs.validators.instance_of(int), attrs.validators.ge(0)],
    )
    period: FeePeriod = attrs.field(validator=attrs.validators.instance_of(FeePeriod))
    prorated: bool = False
    after_months: int | None = None
    after_cents: int | None = None
    associate_cents: int | None = None

    def __attrs_post_init__(self) -> None:
        if (self.after_months is None) is not (self.after_cents is None):
            raise InputError("limit of a fee", "expected after_months and after together, got one of them")
        if self.after_months is not None and self.associate_cents is not None:
            raise InputError("limit of a fee", "expected seniority or associates to change it, got both")

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every amount it may have, in cents."""
        others = (self.after_cents, self.associate_cents)
        return (self.amount_cents, *(cents for cents in others if cents is not None))

    def amount_for(self, months_since_entry: int | None, associate: bool | None) -> int:
        """Return its amount for one person, in cents.

        Raises:
            InputError: it depends on something that is not given.
        """
        if self.after_months is not None and self.after_cents is not None:
            if months_since_entry is None:
                raise InputError("months_since_entry", "expected a number, for a limit changes with it")
            return self.after_cents if months_since_entry >= self.after_months else self.amount_cents
        if self.associate_cents is not None:
            if associate is None:
                raise InputError("associate", "expected true or false, for a limit is another for associates")
            return self.associate_cents if associate else self.amount_cents
        return self.amount_cents


@attrs.frozen(kw_only=True)
class FeeScale:
    """One published scale, dated and cited.

    Attributes:
        code: short and stable; the state of an account remembers which scale it runs under.
        name: the name people read.
        citation: where the rule is written: statutes, decision of the general meeting, internal rules.
        url: where it can be read.
        in_force_from: first day it applies; it charges the months that begin on or after that day.
        base: what is counted.
        mode: how the rates follow it.
        brackets: at least one, the first from zero.
        period: over which the brackets are counted. Ignored by ``since_entry``, which never starts again.
        year_starts_in: month number in which the accounting year (exercice) starts.
        floor: the least that is due, before the fixed fee.
        cap: the most that is due, before the fixed fee.
        fixed_monthly_cents: fixed fee of each month, added to the rest.
        monthly_deduction_cents: taken off the fee of each month, which may then be below zero: "15 % less
            6,000 a year" is a deduction of 500.
        fixed_exempt_on_social_minimum: people on social minima (minima sociaux) do not owe the fixed fee.
        exempt_first_months: how many months after entry are free of everything.
        internal_sales_rate: rate of internal sales, which then leave the base; ``None``: the ordinary rates.

    Law:
        Code du travail, art. L7331-2 2° c, R7331-8 (number to be checked), R7331-9. For a CAPE: Code de
        commerce, art. R127-1 3°.
    """

    code: str
    name: str
    citation: str
    url: str
    in_force_from: dt.date
    base: FeeBase
    mode: FeeMode
    brackets: tuple[FeeBracket, ...] = attrs.field(converter=tuple)
    period: FeePeriod = FeePeriod.YEAR
    year_starts_in: int = 1
    floor: FeeLimit | None = None
    cap: FeeLimit | None = None
    fixed_monthly_cents: int = 0
    monthly_deduction_cents: int = 0
    fixed_exempt_on_social_minimum: bool = False
    exempt_first_months: int = 0
    internal_sales_rate: Rate | None = None
    note: str = ""

    def __attrs_post_init__(self) -> None:
        where = f"fee scale {self.code!r}"
        problems = [InputError(where, objection) for objection in self._objections()]
        if problems:
            raise InputErrors(f"{where} cannot be used", problems)

    def _objections(self) -> list[str]:
        found = []
        for name in ("code", "name", "citation"):
            if not getattr(self, name).strip():
                found.append(f"{name}: expected a text, got nothing")
        starts = [bracket.from_cents for bracket in self.brackets]
        if not starts or starts[0] != 0:
            found.append("brackets: the first one must start at 0")
        if starts != sorted(set(starts)):
            listed = ", ".join(format_euros(start, "en") for start in starts)
            found.append(f"brackets: expected each to start above the one before, got {listed}")
        if self.mode is FeeMode.FLAT and len(starts) > 1:
            found.append(f"brackets: a flat scale (taux unique) has one, got {len(starts)}")
        if not 1 <= self.year_starts_in <= 12:
            found.append(f"year_starts_in: expected a month number from 1 to 12, got {self.year_starts_in}")
        for name in ("fixed_monthly_cents", "monthly_deduction_cents", "exempt_first_months"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 0:
                found.append(f"{name}: expected a whole number, zero or more, got {getattr(self, name)!r}")
        for name, limit in (("floor", self.floor), ("cap", self.cap)):
            if limit and limit.prorated and limit.period is FeePeriod.MONTH:
                found.append(f"{name}: only a yearly floor or cap can be prorated")
        if self.floor and self.cap and max(_yearly(self.floor)) > min(_yearly(self.cap)):
            found.append("floor: over a year it exceeds the cap")
        return found

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], where: str) -> FeeScale:
        """Read a scale from a mapping, such as a TOML table. Amounts are euros, rates percents.

        ::

            code = "mosaique"
            name = "CAE Mosaïque"
            citation = "Rémunération et contribution"
            url = "https://…"
            in_force_from = 2024-01-01
            base = "gross_margin"
            mode = "flat"
            brackets = [{from = "0", rate = "12"}]
            floor = {amount = "40", period = "month"}
            cap = {amount = "8400", period = "year"}

        Args:
            data: the keys above, and the other fields of the class (``fixed_monthly``, in euros).
            where: the file or the place, for messages.

        Raises:
            InputErrors: every key that is unknown, missing or not understood.
        """
        table = StrictTable(data, where)
        values = {
            "code": table.take("code", text),
            "name": table.take("name", text),
            "citation": table.take("citation", text),
            "url": table.take("url", text),
            "in_force_from": table.take("in_force_from", to_day),
            "base": table.take("base", FeeBase.parse),
            "mode": table.take("mode", FeeMode.parse),
            "brackets": table.take("brackets", _brackets(table.problems)),
            "period": table.take("period", FeePeriod.parse, FeePeriod.YEAR),
            "year_starts_in": table.take("year_starts_in", count, 1),
            "floor": table.take("floor", _limit(table.problems), None),
            "cap": table.take("cap", _limit(table.problems), None),
            "fixed_monthly_cents": table.take("fixed_monthly", positive_cents, 0),
            "monthly_deduction_cents": table.take("monthly_deduction", positive_cents, 0),
            "fixed_exempt_on_social_minimum": table.take("fixed_exempt_on_social_minimum", flag, False),
            "exempt_first_months": table.take("exempt_first_months", count, 0),
            "internal_sales_rate": table.take("internal_sales_rate", Rate.percent, None),
            "note": table.take("note", text, ""),
        }
        table.finish("is not a fee scale")
        try:
            return cls(**values)
        except InputErrors as errors:
            moved = [InputError(where, problem.message) for problem in errors.exceptions]
            raise InputErrors(f"{where} is not a fee scale", moved) from None

    @property
    def version(self) -> str:
        """The code and the day in force, which tell two versions of a scale apart."""
        return f"{self.code}@{self.in_force_from.isoformat()}"

    def bracket_bases(self, base_cents: Lane) -> tuple[Lane, ...]:
        """Return the part of a base that each bracket charges. A base below zero is charged nowhere."""
        base = greatest(base_cents, 0)
        starts = [bracket.from_cents for bracket in self.brackets]
        parts = []
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            if self.mode is FeeMode.WHOLE_BASE:
                reached = base >= start
                parts.append(choose(reached if following is None else reached & (base < following), base, 0))
            else:
                parts.append(greatest((base if following is None else least(base, following)) - start, 0))
        return tuple(parts)


def _yearly(limit: FeeLimit) -> list[int]:
    return [cents * (12 if limit.period is FeePeriod.MONTH else 1) for cents in limit.amounts]


def _brackets(problems: list[InputError]) -> Callable[[Any, str], tuple[FeeBracket, ...]]:
    """Return a reader of brackets, each a table ``{from, rate}``, that keeps every problem."""

    def read(value: Any, where: str) -> tuple[FeeBracket, ...]:
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise InputError(where, f"expected a list of tables {{from, rate}}, got {value!r}")
        found = []
        for rank, row in enumerate(value, start=1):
            table = StrictTable(row, f"{where}[{rank}]", problems)
            from_cents, rate = table.take("from", to_cents), table.take("rate", Rate.percent)
            table.unknown()
            if from_cents is not None and rate is not None:
                found.append(FeeBracket(from_cents, rate))
        return tuple(found)

    return read


def _limit(problems: list[InputError]) -> Callable[[Any, str], FeeLimit | None]:
    """Return a reader of a floor or a cap, a table ``{amount, period}``, that keeps every problem."""

    def read(value: Any, where: str) -> FeeLimit | None:
        table = StrictTable(value, where, problems)
        amount, period = table.take("amount", positive_cents), table.take("period", FeePeriod.parse)
        values = {
            "prorated": table.take("prorated", flag, False),
            "after_months": table.take("after_months", count, None),
            "after_cents": table.take("after", positive_cents, None),
            "associate_cents": table.take("associate", positive_cents, None),
        }
        table.unknown()
        if amount is None or period is None or values["prorated"] is None:
            return None
        try:
            return FeeLimit(amount, period, **values)
        except InputError as problem:
            raise InputError(where, problem.message) from None

    return read
