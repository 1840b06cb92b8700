from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from membership_samples import form, law, population, statutes

from cae_core.calendar import Interval
from cae_core.errors import InputErrors, RefusedError
from cae_core.france.cooperative_law.surplus import (
    EmployeeYear,
    cooperative_year,
    right_to_employees_part,
)
from cae_core.membership import SplitKey, SurplusFacts, allocate
from cae_core.money import MILLION, Rate

OPENS, CLOSES = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


def facts(surplus=40_000_00, **changes):
    values = {
        "surplus_cents": surplus,
        "legal_reserve_cents": 20_000_00,
        "capital_cents": 60_000_00,
        "highest_capital_cents": 60_000_00,
        "paid_up_cents": 60_000_00,
        **changes,
    }
    return SurplusFacts(**values)


def scop(asked=None, employees="45", interest="5.5", day="2026-06-12"):
    return allocate(
        asked or facts(),
        form().surplus_rules(law(day), None),
        employees_rate=Rate.percent(employees),
        interest_rate=Rate.percent(interest),
    )


def scic(asked=None, interest="0", bond_yield="3.1"):
    return allocate(
        asked or facts(),
        form("scic_sarl").surplus_rules(law(), bond_yield and Rate.percent(bond_yield)),
        interest_rate=Rate.percent(interest),
    )


def lines(allocation):
    return {line.code: line.amount_cents for line in allocation.lines}


def objections(*arguments, **options):
    with pytest.raises(RefusedError) as raised:
        scop(*arguments, **options)
    return [one.code for one in raised.value.objections]


class TestWorkedExample:
    def test_forty_thousand(self):
        """
        Surplus 40,000 €, legal reserve 20,000 € under a capital of 60,000 €, 45 % for the employees: 6,000 to the
        legal reserve, 18,000 to the employees, 3,300 of interest, 12,700 to the development fund.

        The reference gets 3,300 from a cap of 5.5 % on the rate of interest. A Scop has no such cap since July
        1992 (art. 33, 4°, last sentence): here 5.5 % is the rate that the statutes chose. The amounts are equal.
        """
        done = scop()
        assert lines(done) == {
            "legal_reserve": 6_000_00,
            "further_reserve": 12_700_00,
            "employees": 18_000_00,
            "interest": 3_300_00,
        }
        assert all(reason.met for reason in done.reasons)
        assert done.amount("interest") <= done.amount("legal_reserve") + done.amount("further_reserve")


class TestLegalReserve:
    """
    Fifteen per cent of the surplus, until the legal reserve reaches the highest capital ever.
    (loi n° 78-763 du 19 juillet 1978, art. 33, 1°)
    """

    @pytest.mark.parametrize(
        ("before", "gets"),
        [(0, 6_000_00), (54_000_00, 6_000_00), (54_000_01, 5_999_99), (60_000_00, 0), (61_000_00, 0)],
    )
    def test_until_it_is_full(self, before, gets):
        assert lines(scop(facts(legal_reserve_cents=before)))["legal_reserve"] == gets

    def test_the_highest_capital_counts_not_the_present_one(self):
        asked = facts(legal_reserve_cents=60_000_00, highest_capital_cents=70_000_00)
        assert lines(scop(asked))["legal_reserve"] == 6_000_00

    def test_rounded_half_up(self):
        assert lines(scop(facts(surplus=10_10)))["legal_reserve"] == 1_52


class TestEmployeesPart:
    """At least a quarter of the surplus goes to the employees. (art. 33, 3°)"""

    def test_a_quarter_is_enough(self):
        assert lines(scop(employees="25"))["employees"] == 10_000_00
        assert objections(employees="24.9999") == ["employees_minimum"]

    def test_something_is_left_for_the_development_fund(self):
        """Art. 33, 2°: 15 % and 85 % leave nothing."""
        assert objections(employees="85") == ["further_reserve_wanted"]
        assert lines(scop(employees="84.9", interest="0"))["further_reserve"] == 40_00

    def test_interest_that_would_leave_it_nothing_is_refused(self):
        assert objections(employees="84.9", interest="5.5") == ["further_reserve_wanted"]

    def test_more_than_there_is(self):
        assert objections(employees="85.1") == ["within_surplus"]


class TestInterest:
    """
    Interest on shares is at most what the employees get, and at most what the reserves get; the cap of the law
    of 1947 on its rate does not hold in a Scop. (art. 33, 4°, since July 1992)
    """

    def test_at_most_the_employees_part(self):
        asked = facts(capital_cents=10**8, highest_capital_cents=10**8, paid_up_cents=10**8)
        done = scop(asked, employees="25", interest="50")
        assert done.amount("interest") == done.amount("employees") == 10_000_00
        assert [reason.code for reason in done.reasons if not reason.met] == [
            "interest_within_rest",
            "interest_within_reserves",
            "interest_within_employees",
        ]

    def test_at_most_what_the_reserves_get(self):
        """60 % for the employees leaves 16,000 €: at most 8,000 of interest, and then 8,000 of reserves."""
        done = scop(employees="60", interest="100")
        assert done.amount("interest") == 8_000_00
        assert done.amount("legal_reserve") + done.amount("further_reserve") == 8_000_00

    def test_within_the_ceilings_any_rate_will_do(self):
        assert scop(interest="15").amount("interest") == 9_000_00

    @given(
        st.integers(1, 10**9),
        st.integers(250_000, 840_000),
        st.integers(0, 200_000),
        st.integers(0, 10**8),
        st.integers(0, 10**8),
    )
    def test_the_ceilings_hold_and_no_cent_is_lost(self, surplus, employees, interest, reserve, capital):
        asked = SurplusFacts(
            surplus_cents=surplus,
            legal_reserve_cents=reserve,
            capital_cents=capital,
            highest_capital_cents=capital,
            paid_up_cents=capital,
        )
        legal = min(Fraction(surplus * 15, 100), max(capital - reserve, 0))
        left = surplus - legal - Fraction(surplus * employees, MILLION)
        # What would leave nothing for the development fund is refused, and tested above.
        assume(left - Fraction(capital * interest, MILLION) > 2)
        rules = form().surplus_rules(law(), None)
        done = allocate(asked, rules, employees_rate=Rate(employees), interest_rate=Rate(interest))
        amounts = lines(done)
        assert sum(amounts.values()) == done.total_cents == surplus
        assert min(amounts.values()) >= 0
        assert amounts["interest"] <= amounts["employees"]
        assert amounts["interest"] <= amounts["legal_reserve"] + amounts["further_reserve"]
        assert amounts["legal_reserve"] <= max(capital - reserve, 0)


class TestNoSurplus:
    """A year without a surplus shares out nothing, and says so."""

    @pytest.mark.parametrize("surplus", [0, -1, -40_000_00])
    def test_nothing(self, surplus):
        done = scop(facts(surplus=surplus))
        assert (done.lines, done.total_cents) == ((), 0)
        assert [reason.code for reason in done.reasons] == ["surplus"]

    def test_figures_that_cannot_be(self):
        with pytest.raises(InputErrors) as raised:
            facts(legal_reserve_cents=-1, capital_cents=-1)
        assert len(raised.value.exceptions) == 2
        with pytest.raises(InputErrors) as raised:
            facts(highest_capital_cents=1)
        assert "at least the capital" in str(raised.value)


class TestScic:
    """
    Fifteen per cent while all reserves are under the capital, then at least half of what is left to a reserve of the
    statutes; interest up to the yield of bonds and two points; nothing for the employees.
    (loi n° 47-1775 du 10 septembre 1947, art. 14, 16 and 19 nonies)
    """

    def test_at_least_fifty_seven_and_a_half_per_cent(self):
        """What les-scic.coop publishes: 15 % and half of the rest, here with as much interest as there can be."""
        asked = facts(
            legal_reserve_cents=0, capital_cents=10**9, highest_capital_cents=10**9, paid_up_cents=10**9
        )
        done = scic(asked, interest="5")
        reserves = done.amount("legal_reserve") + done.amount("further_reserve")
        assert Fraction(reserves, 40_000_00) == Fraction("0.575")
        assert done.amount("interest") == 17_000_00

    def test_everything_in_reserve_without_interest(self):
        done = scic()
        assert lines(done) == {"legal_reserve": 6_000_00, "further_reserve": 34_000_00, "interest": 0}

    @pytest.mark.parametrize(
        ("other", "gets"),
        [(33_999_99, 6_000_00), (34_000_00, 6_000_00), (34_000_01, 5_999_99), (40_000_00, 0)],
    )
    def test_all_reserves_count(self, other, gets):
        """Art. 16: until the reserves together reach the capital."""
        assert lines(scic(facts(other_reserves_cents=other)))["legal_reserve"] == gets

    @pytest.mark.parametrize(
        ("interest", "amount", "met"), [("5.1", 3_060_00, True), ("5.1001", 3_060_00, False)]
    )
    def test_two_points_above_the_yield_of_bonds(self, interest, amount, met):
        done = scic(interest=interest)
        assert done.amount("interest") == amount
        assert {one.code: one.met for one in done.reasons}["interest_rate_cap"] is met

    def test_without_the_yield_no_interest(self):
        assert scic(interest="2", bond_yield=None).amount("interest") == 0

    def test_no_employees_part(self):
        with pytest.raises(RefusedError, match="no employees' part"):
            allocate(facts(), form("scic_sarl").surplus_rules(law(), None), employees_rate=Rate.percent("25"))

    def test_what_nobody_has_read_is_marked(self):
        marked = {line.code for line in scic().lines if line.needs_review}
        assert marked == {"further_reserve"}

    @given(st.integers(1, 10**9), st.integers(0, MILLION), st.integers(0, 10**8), st.integers(0, 10**8))
    def test_no_cent_is_lost(self, surplus, interest, reserves, capital):
        asked = SurplusFacts(
            surplus_cents=surplus,
            other_reserves_cents=reserves,
            capital_cents=capital,
            highest_capital_cents=capital,
            paid_up_cents=capital,
        )
        rules = form("scic_sarl").surplus_rules(law(), Rate.percent("3"))
        done = allocate(asked, rules, interest_rate=Rate(interest))
        amounts = lines(done)
        assert sum(amounts.values()) == surplus
        assert amounts["further_reserve"] * 2 >= surplus - amounts["legal_reserve"]


def employee(*spells, pay=1_000_00, code="E1"):
    days = [tuple(None if day is None else dt.date.fromisoformat(day) for day in spell) for spell in spells]
    return EmployeeYear(code=code, name=code, pay_cents=pay, spells=[Interval(*spell) for spell in days])


def granted(*spells, opens=OPENS, closes=CLOSES):
    return right_to_employees_part(employee(*spells), opens_on=opens, closes_on=closes, law=law())


class TestWhoShares:
    """
    Every employee who is there at the close and has either three months of presence in the year or six months
    of seniority, associate or not. (art. 33, 3°)
    """

    @pytest.mark.parametrize(("hired", "shares"), [("2025-10-01", True), ("2025-10-02", False)])
    def test_three_months_of_presence(self, hired, shares):
        found = granted((hired, None))
        assert found.granted is shares
        assert [reason.code for reason in found.reasons] == ["employed_at_close", "presence", "seniority"]

    @pytest.mark.parametrize(("hired", "shares"), [("2025-07-01", True), ("2025-07-02", False)])
    def test_six_months_of_seniority(self, hired, shares):
        """A short accounting year of two months: presence is never enough, seniority may be."""
        found = granted((hired, None), opens=dt.date(2025, 11, 1))
        assert found.reasons[1].met is False
        assert found.granted is shares

    @pytest.mark.parametrize(("left", "shares"), [("2025-12-30", False), ("2025-12-31", True), (None, True)])
    def test_there_at_the_close(self, left, shares):
        assert granted(("2020-01-01", left)).granted is shares

    def test_spells_are_added_up(self):
        """Two months and twenty days, then the days to the close: eleven more make a third month, ten do not."""
        assert not granted(("2025-02-01", "2025-04-20"), ("2025-12-22", None)).granted
        assert granted(("2025-02-01", "2025-04-20"), ("2025-12-21", None)).granted

    def test_overlapping_contracts_count_once(self):
        assert employee(("2025-01-01", "2025-02-28"), ("2025-02-01", "2025-03-15")).months_between(
            OPENS, CLOSES
        ) == (2, 15)

    def test_presence_before_the_year_does_not_count(self):
        assert employee(("2019-01-01", "2025-01-31")).months_between(OPENS, CLOSES) == (1, 0)

    def test_seniority_starts_again_after_a_break(self):
        one = employee(("2015-01-01", "2025-10-30"), ("2025-11-01", None))
        assert one.hired_on(CLOSES) == dt.date(2025, 11, 1)
        assert employee(("2015-01-01", "2025-10-31"), ("2025-11-01", None)).hired_on(CLOSES) == dt.date(
            2015, 1, 1
        )


def year(people, asked=None, code="scop_sarl", **changes):
    chosen = statutes(legal_form=code, **changes)
    return cooperative_year(
        form(code), chosen, asked or facts(), people, opens_on=OPENS, closes_on=CLOSES, law=law()
    )


class TestOneHundredAndThirty:
    """A cooperative of 130 people, always the same: one call shares the surplus among them to the cent."""

    KEY = SplitKey(by_pay_ppm=700_000, equally_ppm=300_000, seniority=[(0, 100), (3, 120), (6, 150)])

    def test_one_call(self):
        done = year(population(), facts(surplus=51_234_57), split=self.KEY)
        assert len(done.rights) == 130
        assert (
            sum(part.amount_cents for part in done.parts) == done.allocation.amount("employees") == 23_055_56
        )
        assert done.allocation.total_cents == 51_234_57
        assert len(done.parts) == sum(right.granted for right in done.rights)

    def test_against_exact_fractions(self):
        """Worked again with fractions, formula by formula, without the code of the split."""
        done = year(population(), facts(surplus=51_234_57), split=self.KEY)
        people = [right.employee for right in done.rights if right.granted]
        coefficients = []
        for one in people:
            hired = one.spells[0].starts_on
            years = 2025 - hired.year + (1 if (hired.month, hired.day) == (1, 1) else 0)
            coefficients.append(Fraction(150 if years >= 6 else 120 if years >= 3 else 100, 100))
        paid = sum(one.pay_cents * weight for one, weight in zip(people, coefficients, strict=True))
        heads = sum(coefficients)
        total = done.allocation.amount("employees")
        for part, one, weight in zip(done.parts, people, coefficients, strict=True):
            exact = (
                total * weight * (Fraction(7, 10) * Fraction(one.pay_cents) / paid + Fraction(3, 10) / heads)
            )
            assert part.beneficiary.code == one.code
            assert abs(part.amount_cents - exact) < 1

    def test_the_same_seed_is_the_same_cooperative(self):
        assert population() == population()
        assert population(seed=1) != population()

    def test_by_hours_is_refused_for_all_of_them(self):
        """A CESA has no working time. (C. trav., art. L7332-2 and L7332-3)"""
        with pytest.raises(RefusedError) as raised:
            year(population(), split=SplitKey(by_hours_ppm=MILLION))
        (objection,) = raised.value.objections
        assert objection.code == "no_working_time"
        assert objection.found == len(
            [one for one in population() if one.hired_on(CLOSES) and granted_of(one)]
        )
        assert any("L7332-2" in str(text) for text in objection.citations)

    def test_a_scic_shares_nothing_among_them(self):
        done = year(population(), code="scic_sarl")
        assert (done.parts, done.rights) == ((), ())

    def test_what_the_meeting_votes_replaces_the_statutes(self):
        done = cooperative_year(
            form(),
            statutes(),
            facts(),
            population(),
            opens_on=OPENS,
            closes_on=CLOSES,
            law=law(),
            employees_rate=Rate.percent("30"),
            interest_rate=Rate(0),
        )
        assert lines(done.allocation) == {
            "legal_reserve": 6_000_00,
            "further_reserve": 22_000_00,
            "employees": 12_000_00,
            "interest": 0,
        }


def granted_of(one):
    return right_to_employees_part(one, opens_on=OPENS, closes_on=CLOSES, law=law()).granted


class TestBadInput:
    def test_one_code_twice_and_a_year_that_ends_before_it_starts(self):
        people = [employee(("2020-01-01", None)), employee(("2021-01-01", None))]
        with pytest.raises(InputErrors) as raised:
            cooperative_year(form(), statutes(), facts(), people, opens_on=CLOSES, closes_on=OPENS, law=law())
        assert len(raised.value.exceptions) == 2

    def test_nobody_has_a_right(self):
        with pytest.raises(RefusedError, match="nobody has a right to it"):
            year([employee(("2025-12-01", None))])
