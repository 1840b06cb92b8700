"""The individual enterprise under the standard regime: craft, trade, liberal of the general regime.

Income of 2025 and after. One base serves contributions and CSG: turnover less expenses, less 26 %. Each line
is rounded to the euro. The years before had two bases that depended on each other; they are refused.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import attrs

from cae_core.errors import AmountError
from cae_core.france.law_on import LawOn
from cae_core.france.statuses.lines import EURO, PaidLine, nearest_euro
from cae_core.law import Citation, Legislation
from cae_core.money import format_euros

__all__ = ["SoleTraderYear", "sole_trader_base", "sole_trader_year", "yearly_ceiling"]

#: What the creators' relief (ACRE) lowers.
_RELIEVED = ("sickness", "daily_benefits", "family", "base_pension", "invalidity")


@attrs.frozen(kw_only=True)
class SoleTraderYear:
    """A whole year of contributions, line by line.

    Attributes:
        year: the year of the income.
        income_cents: turnover less expenses, before any contribution.
        abatement_cents: what is taken off it.
        base_cents: the base of contributions and CSG.
        pension_base_cents: the base of the basic pension: the former, or its minimum.
        daily_base_cents: the base of daily benefits: the former, or its minimum.
        lines: what is paid.
    """

    year: int
    income_cents: int
    abatement_cents: int
    base_cents: int
    pension_base_cents: int
    daily_base_cents: int
    lines: tuple[PaidLine, ...]

    @property
    def contributions_cents(self) -> int:
        """Everything paid to Urssaf for the year, in cents."""
        return sum(line.amount_cents for line in self.lines)

    def line(self, code: str) -> PaidLine:
        """Return one line."""
        return next(line for line in self.lines if line.code == code)


def yearly_ceiling(law: LawOn) -> int:
    """Return the yearly ceiling of social security (PASS) of the day, in cents."""
    monthly = law.number("social_security_ceiling_monthly") * EURO
    assert monthly.denominator == 1
    return 12 * monthly.numerator


def sole_trader_base(law: LawOn, income_cents: int) -> tuple[int, int]:
    """Return the abatement and the base of contributions, in cents, each to the euro; neither is negative.

    Law:
        Code de la sécurité sociale, art. L131-6, L136-3 et D136-5: 26 %, between 1.76 % and 130 % of the
        yearly ceiling.
    """
    ceiling = yearly_ceiling(law)
    income = max(income_cents, 0)
    abatement = income * law.number("sole_trader_abatement")
    least = ceiling * law.number("sole_trader_abatement_floor")
    most = ceiling * law.number("sole_trader_abatement_cap")
    taken = nearest_euro(min(max(abatement, least), most))
    return taken, nearest_euro(Fraction(max(income - taken, 0)))


def _on_the_line(steps: tuple[tuple[Fraction, Fraction], ...], ceilings: Fraction) -> Fraction:
    """Return the rate reached at a number of ceilings, to a hundredth of a percent, half up."""
    reached = steps[-1][1]
    for (start, low), (end, high) in pairwise(steps):
        if start <= ceilings < end:
            reached = low + Fraction((high - low) * (ceilings - start), end - start)
            break
    hundredths = reached * 100
    return Fraction(
        (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator), 10**4
    )


def _sickness(law: LawOn, base: Fraction) -> tuple[Fraction, Fraction]:
    """Return the exact contribution on a base and its rate below the last step."""
    ceiling = yearly_ceiling(law)
    steps = law.steps("sole_trader_sickness_scale")
    rate = _on_the_line(steps, Fraction(base, ceiling))
    edge = steps[-1][0] * ceiling
    return min(base, edge) * rate + max(base - edge, Fraction()) * law.number(
        "sole_trader_sickness_above"
    ), rate


def sole_trader_year(
    law: Legislation,
    year: int,
    income_cents: int,
    *,
    craft: bool = False,
    acre: bool = False,
    minimum_bases: bool = True,
    assume_unchanged: bool = False,
) -> SoleTraderYear:
    """Return the contributions of a whole year of activity.

    Args:
        law: the dated parameters (``ruleset.rights``).
        year: the year of the income; its law is that of 1 January.
        income_cents: turnover less expenses, before contributions; may be negative.
        craft: a craft, whose training contribution is higher.
        acre: the activity was created on 1 January of the year, with ACRE.
        minimum_bases: the least bases apply; not to who has the RSA or the prime d'activité, nor to
            seasonal activities.
        assume_unchanged: after the last day known, carry the last values forward.

    Raises:
        LawNotKnownError: a year before 2025, or after the last day known.
        AmountError: an income beyond ten million euros.

    Law:
        CSS art. L131-6, L136-3, D621-1 à D621-3, D613-1, D633-2, D633-3, D635-7, D632-1, D632-2, L133-10,
        D131-6-1; C. trav. art. L6331-48.
    """
    if abs(income_cents) > EURO * 10**7:
        raise AmountError(f"income is out of range (got {format_euros(income_cents, 'en')})", income_cents)
    today = LawOn(law, dt.date(year, 1, 1), assume_unchanged)
    ceiling = yearly_ceiling(today)
    abatement, base = sole_trader_base(today, income_cents)

    def floor(name: str, of: Fraction | int) -> int:
        return nearest_euro(of * today.number(name)) if minimum_bases else 0

    wage = today.number("minimum_wage_hourly") * EURO
    pension = max(base, nearest_euro(today.number("sole_trader_base_pension_floor") * wage) * minimum_bases)
    cap = int(today.number("sole_trader_daily_cap") * ceiling)
    daily = min(max(base, floor("sole_trader_daily_floor", ceiling)), cap)
    invalidity = min(max(base, floor("sole_trader_invalidity_floor", ceiling)), ceiling)
    relief = _Relief(today, base, acre)
    lines: list[PaidLine] = []

    def add(code: str, french: str, english: str, of: int, exact: Fraction, *names: str) -> None:
        paid = relief.lower(code, of, exact)
        citations = today.citations_of(*names) + (relief.citations if code in _RELIEVED and acre else ())
        # What ACRE lowers is no longer the rate times the base.
        rate = Fraction(exact, of) if of and paid == nearest_euro(exact) else None
        lines.append(
            PaidLine(
                code=code, french=french, english=english, amount_cents=paid,
                base_cents=of, rate=rate, citations=citations,
            )
        )  # fmt: skip

    def rates(of: int, edge: int, first: str, second: str) -> Fraction:
        return min(of, edge) * today.number(first) + max(of - edge, 0) * today.number(second)

    sickness, _ = _sickness(today, Fraction(base))
    add("sickness", "maladie-maternité", "sickness and maternity", base, sickness,
        "sole_trader_sickness_scale", "sole_trader_sickness_above")  # fmt: skip
    add("daily_benefits", "indemnités journalières", "daily benefits", daily,
        daily * today.number("sole_trader_daily_rate"), "sole_trader_daily_rate",
        "sole_trader_daily_floor")  # fmt: skip
    family = base * _on_the_line(today.steps("sole_trader_family_scale"), Fraction(base, ceiling))
    add("family", "allocations familiales", "family benefits", base, family, "sole_trader_family_scale")
    add("base_pension", "retraite de base", "basic pension", pension,
        rates(pension, ceiling, "sole_trader_base_pension", "sole_trader_base_pension_above"),
        "sole_trader_base_pension", "sole_trader_base_pension_floor")  # fmt: skip
    counted = min(base, int(today.number("sole_trader_points_cap") * ceiling))
    add("points", "retraite complémentaire", "supplementary pension", counted,
        rates(counted, ceiling, "sole_trader_points_first", "sole_trader_points_second"),
        "sole_trader_points_first")  # fmt: skip
    add("invalidity", "invalidité-décès", "invalidity and death", invalidity,
        invalidity * today.number("sole_trader_invalidity"), "sole_trader_invalidity",
        "sole_trader_invalidity_floor")  # fmt: skip
    for code, french, english in (
        ("csg_deductible", "CSG déductible", "deductible CSG"),
        ("csg_other", "CSG non déductible et CRDS", "other CSG and CRDS"),
    ):
        name = f"sole_trader_{code}"
        add(code, french, english, base, base * today.number(name), name)
    name = "sole_trader_training_craft" if craft else "sole_trader_training"
    add("training", "contribution à la formation", "training", ceiling, ceiling * today.number(name), name)
    return SoleTraderYear(
        year=year,
        income_cents=income_cents,
        abatement_cents=abatement,
        base_cents=base,
        pension_base_cents=pension,
        daily_base_cents=daily,
        lines=tuple(lines),
    )


class _Relief:
    """ACRE over a whole year: a share of contributions below 75 % of the ceiling, then less and less."""

    def __init__(self, law: LawOn, base: int, acre: bool) -> None:
        self.law, self.base, self.acre = law, base, acre
        self.ceiling = yearly_ceiling(law)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The texts."""
        return self.law.citations_of("sole_trader_acre")

    def lower(self, code: str, of: int, exact: Fraction) -> int:
        """Return what is left of a contribution on a base, to the euro.

        Law:
            Code de la sécurité sociale, art. D131-6-1: E × (PASS − R) ÷ (PASS − 75 % of PASS), E being what
            an income of 75 % of the ceiling is relieved of.
        """
        if not self.acre or code not in _RELIEVED:
            return nearest_euro(exact)
        share, edge = (
            self.law.number("sole_trader_acre"),
            self.ceiling * self.law.number("sole_trader_acre_full"),
        )
        whole = nearest_euro(exact)
        if of <= edge:
            return whole - nearest_euro(share * whole)
        if of >= self.ceiling:
            return whole
        # A rate that does not move gives the contribution of the edge in proportion; sickness has its own.
        at_edge = _sickness(self.law, edge)[0] if code == "sickness" else Fraction(exact * edge, of)
        return whole - nearest_euro(Fraction(share * at_edge * (self.ceiling - of), self.ceiling - edge))
