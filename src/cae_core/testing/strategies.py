"""Hypothesis strategies: months the law is known for, facts of a payslip, years of pay, populations.

Each returns a strategy, so that a test says what it wants drawn::

    @given(strategies.months(RULES), strategies.pay_facts())
    def test_the_net_is_never_above_the_gross(month, facts): ...
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import MissingExtraError
from cae_core.payroll.facts import HoursPolicy, PayFacts
from cae_core.ruleset import Ruleset

try:
    from hypothesis import strategies as st
except ImportError:  # pragma: no cover - every environment of the tests has it
    raise MissingExtraError("hypothesis", "testing") from None

__all__ = ["gross_cents", "headcounts", "months", "pay_facts", "pay_years", "populations"]

_HEADCOUNTS = (1, 10, 11, 30, 49, 50, 130, 249, 250, 1999, 2000)


def _known_months(rules: Ruleset) -> list[Month]:
    first, last = (
        Month(day.year, day.month) for day in (rules.legislation.known_from, rules.legislation.known_until)
    )
    return list(first.through(last))


def months(rules: Ruleset) -> st.SearchStrategy[Month]:
    """Return the months whose law a ruleset knows."""
    return st.sampled_from(_known_months(rules))


def gross_cents(edges: Sequence[int] = ()) -> st.SearchStrategy[int]:
    """Return gross pay of a month in cents, up to 40,000 €.

    Args:
        edges: pays drawn more often, such as those where a rule starts or stops.
    """
    ranges = [st.integers(0, 1_200_000), st.integers(0, 4_000_000)]
    return st.one_of(ranges[0], st.sampled_from(list(edges)), ranges[1]) if edges else st.one_of(*ranges)


def headcounts() -> st.SearchStrategy[int]:
    """Return sizes of a cooperative, on both sides of the usual thresholds."""
    return st.sampled_from(_HEADCOUNTS)


def pay_facts(
    *,
    gross: st.SearchStrategy[int] | None = None,
    policies: Sequence[HoursPolicy] = tuple(HoursPolicy),
) -> st.SearchStrategy[PayFacts]:
    """Return the facts of one person for one month, all that the law allows.

    Args:
        gross: the gross pay drawn, in cents; :func:`gross_cents` if not given.
        policies: the hours policies drawn.
    """
    pay = gross_cents() if gross is None else gross

    @st.composite
    def drawn(draw: st.DrawFn) -> PayFacts:
        employer_cover = draw(st.integers(0, 8_000))
        due = draw(st.one_of(st.just(0), st.integers(1, 800_000)))
        return PayFacts(
            gross_pay_cents=draw(pay),
            executive=draw(st.booleans()),
            headcount=draw(headcounts()),
            workplace_accident_ppm=draw(st.sampled_from([0, 6_700, 10_700, 22_300, 75_000])),
            mobility_ppm=draw(st.sampled_from([0, 8_000, 20_000, 32_000])),
            health_cover_employee_cents=draw(st.integers(0, employer_cover)),
            health_cover_employer_cents=employer_cover,
            provident_employee_ppm=draw(st.sampled_from([0, 5_000])),
            provident_employer_ppm=draw(st.sampled_from([0, 12_345])),
            apprentice_ratio_ppm=draw(st.sampled_from([0, 9_999, 10_000, 25_000, 49_999, 50_000])),
            hours_policy=draw(st.sampled_from(policies)),
            contract_hours_hundredths=draw(st.integers(0, 16_000)),
            employed_days=draw(st.one_of(st.none(), st.integers(1, 28))),
            affected_pay_cents=draw(st.integers(0, due)),
            affected_pay_due_cents=due,
            withholding_ppm=draw(st.one_of(st.none(), st.sampled_from([0, 43_000, 139_000]))),
        )

    return drawn()


def pay_years(
    rules: Ruleset, *, gross: st.SearchStrategy[int] | None = None, most: int = 12
) -> st.SearchStrategy[tuple[int, list[int]]]:
    """Return a year and the monthly gross pay of its first months, zeros included.

    Args:
        rules: the years are those whose January it knows, the months those it knows.
        gross: the gross pay drawn, in cents.
        most: no more months than this.
    """
    pay = gross_cents() if gross is None else gross
    known = _known_months(rules)
    sizes = {
        month.year: sum(each.year == month.year for each in known) for month in known if month.number == 1
    }

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[int, list[int]]:
        year = draw(st.sampled_from(sorted(sizes)))
        paid = st.lists(st.one_of(st.just(0), pay), min_size=1, max_size=min(sizes[year], most))
        return year, draw(paid)

    return drawn()


def populations(most: int = 12, **facts: Any) -> st.SearchStrategy[list[PayFacts]]:
    """Return people that one batch can hold (see :func:`~cae_core.testing.columns`).

    Args:
        most: no more people than this.
        facts: what :func:`pay_facts` takes, but the policies: one is drawn for all.
    """

    def people(policy: HoursPolicy) -> st.SearchStrategy[list[PayFacts]]:
        person = pay_facts(policies=(policy,), **facts).map(
            lambda each: attrs.evolve(each, employed_days=None, withholding_ppm=None)
        )
        return st.lists(person, min_size=1, max_size=most)

    return st.sampled_from(list(HoursPolicy)).flatmap(people)
