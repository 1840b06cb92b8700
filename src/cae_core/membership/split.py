"""The employees' part of the surplus, split between persons to the cent.

Each person's weight is exact: her part of the pay of all, of the heads, of the hours, mixed as the statutes
say, times her seniority coefficient. One division at the end gives everybody her exact share but for less
than a cent, and loses none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from math import lcm

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.errors import InputError, InputErrors, RefusedError
from cae_core.law import Citation
from cae_core.money import MILLION, split
from cae_core.reasons import Reason

__all__ = ["Beneficiary", "Part", "SplitKey", "split_employees_part"]

#: A coefficient of one, in hundredths.
_ONE = 100


def _brackets(rows: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((years, coefficient) for years, coefficient in rows)


@attrs.frozen(kw_only=True)
class SplitKey:
    """How the employees' part is split: a mix that makes one, and a coefficient for seniority.

    Attributes:
        by_pay_ppm: in proportion to the pay of the year.
        equally_ppm: the same for everybody.
        by_hours_ppm: in proportion to the hours worked.
        seniority: brackets (whole years at the close, coefficient in hundredths), from zero years; none:
            everybody counts for one.
    """

    by_pay_ppm: int = 0
    equally_ppm: int = 0
    by_hours_ppm: int = 0
    seniority: tuple[tuple[int, int], ...] = attrs.field(default=(), converter=_brackets)

    def __attrs_post_init__(self) -> None:
        mix = (self.by_pay_ppm, self.equally_ppm, self.by_hours_ppm)
        problems = []
        if min(mix) < 0 or sum(mix) != MILLION:
            problems.append(InputError("split", f"expected parts that make 100 %, got {sum(mix)} millionths"))
        years = [start for start, _ in self.seniority]
        if self.seniority and (years[0] != 0 or years != sorted(set(years))):
            problems.append(InputError("seniority", f"expected years that increase from 0, got {years}"))
        if any(coefficient < 1 for _, coefficient in self.seniority):
            problems.append(InputError("seniority", "expected coefficients above zero"))
        if problems:
            raise InputErrors("the split key cannot be used", problems)

    def coefficient(self, years: int) -> int:
        """Return the coefficient of so many whole years of seniority, in hundredths."""
        found = [coefficient for start, coefficient in self.seniority if start <= years]
        return found[-1] if found else _ONE


@attrs.frozen(kw_only=True)
class Beneficiary:
    """A person who shares in the employees' part.

    Attributes:
        code: short and stable.
        name: the name people read.
        pay_cents: gross pay of the year.
        hired_on: first day as an employee; seniority counts from it.
        hours_hundredths: hours worked in the year, in hundredths; ``None`` where the contract has no working
            time, as that of a salaried entrepreneur.
    """

    code: str
    name: str
    pay_cents: int
    hired_on: dt.date = attrs.field(converter=to_day)
    hours_hundredths: int | None = None

    def years_on(self, day: dt.date) -> int:
        """Return the whole years of seniority at the end of a day."""
        following = day + dt.timedelta(days=1)
        years = following.year - self.hired_on.year
        return max(years - (add_months(self.hired_on, 12 * years) > following), 0)


@attrs.frozen(kw_only=True)
class Part:
    """What one person gets, and why.

    Attributes:
        beneficiary: the person.
        years: whole years of seniority at the close.
        coefficient: the seniority coefficient, in hundredths.
        numerator, denominator: her exact part of the whole.
        amount_cents: what she gets: the exact part but for less than a cent.
    """

    beneficiary: Beneficiary
    years: int
    coefficient: int
    numerator: int
    denominator: int
    amount_cents: int


def split_employees_part(
    total_cents: int,
    key: SplitKey,
    beneficiaries: Sequence[Beneficiary],
    *,
    closes_on: dt.date,
    hours_citations: tuple[Citation, ...] = (),
) -> tuple[Part, ...]:
    """Split the employees' part between persons; the order they come in changes nothing.

    Args:
        total_cents: the employees' part.
        key: how it is split.
        beneficiaries: those who have a right to it.
        closes_on: last day of the accounting year, on which seniority is counted.
        hours_citations: why a contract may have no working time, for the objection.

    Returns:
        the parts, by code; they add up to the total.

    Raises:
        RefusedError: nobody to share with, or a key that the facts cannot bear: hours of persons who have
            none, pay where nobody was paid. Every objection is listed.
        InputErrors: one code twice, pay or hours below zero.
    """
    people = sorted(beneficiaries, key=lambda one: one.code)
    _check(people)
    objections = list(_objections(key, people, hours_citations))
    if objections:
        raise RefusedError(
            "la part travail ne peut pas être répartie ainsi",
            "the employees' part cannot be split this way",
            objections,
        )
    years = [one.years_on(closes_on) for one in people]
    coefficients = [key.coefficient(number) for number in years]
    columns = [
        (key.by_pay_ppm, [one.pay_cents for one in people]),
        (key.equally_ppm, [1 for _ in people]),
        (key.by_hours_ppm, [one.hours_hundredths or 0 for one in people]),
    ]
    weighted = [
        (ppm, [amount * coefficient for amount, coefficient in zip(amounts, coefficients, strict=True)])
        for ppm, amounts in columns
        if ppm
    ]
    whole = lcm(*(sum(amounts) for _, amounts in weighted))
    weights = [
        sum(ppm * amounts[rank] * (whole // sum(amounts)) for ppm, amounts in weighted)
        for rank in range(len(people))
    ]
    amounts = split(total_cents, weights)
    return tuple(
        Part(
            beneficiary=one,
            years=number,
            coefficient=coefficient,
            numerator=weight,
            denominator=sum(weights),
            amount_cents=amount,
        )
        for one, number, coefficient, weight, amount in zip(
            people, years, coefficients, weights, amounts, strict=True
        )
    )


def _check(people: Sequence[Beneficiary]) -> None:
    codes = [one.code for one in people]
    problems = [
        InputError(f"beneficiary {code!r}", "comes twice")
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    for one in people:
        for name in ("pay_cents", "hours_hundredths"):
            value = getattr(one, name)
            if value is not None and (type(value) is not int or value < 0):
                problems.append(
                    InputError(f"beneficiary {one.code!r}: {name}", f"expected zero or more, got {value!r}")
                )
    if problems:
        raise InputErrors("the beneficiaries cannot be used", problems)


def _objections(
    key: SplitKey, people: Sequence[Beneficiary], citations: tuple[Citation, ...]
) -> Iterator[Reason]:
    if not people:
        yield Reason(
            code="nobody",
            met=False,
            french="personne n'y a droit",
            english="nobody has a right to it",
        )
        return
    without = [one for one in people if one.hours_hundredths is None]
    if key.by_hours_ppm and without:
        yield Reason(
            code="no_working_time",
            met=False,
            french=f"le temps de travail n'est pas une clé : sans horaire au contrat : "
            f"{', '.join(one.code for one in without)}",
            english=f"hours are no key: no working time in the contract of "
            f"{', '.join(one.code for one in without)}",
            citations=citations,
            found=len(without),
            wanted=0,
            unit="people",
        )
    totals = (
        ("pay", key.by_pay_ppm, sum(one.pay_cents for one in people), "rémunération", "pay"),
        ("hours", key.by_hours_ppm, sum(one.hours_hundredths or 0 for one in people), "heures", "hours"),
    )
    for code, ppm, total, french, english in totals:
        if ppm and not total and not (code == "hours" and without):
            yield Reason(
                code=f"no_{code}",
                met=False,
                french=f"répartir selon : {french}, mais le total est nul",
                english=f"split by {english}, but there is none",
            )
