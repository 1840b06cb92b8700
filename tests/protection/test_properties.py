"""What holds for every history: order, more pay, caps and floors, and answers that can be redone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rights_samples import RULES, case

from cae_core.calendar import Month
from cae_core.france.protection.daily_benefit import daily_benefit
from cae_core.france.protection.opening import WorkPattern
from cae_core.france.protection.parents import rest_benefit
from cae_core.france.protection.retirement import free_points, points_of_pay
from cae_core.france.protection.training_account import Training, training_credit
from cae_core.france.protection.work_accident import WorkAccident, accident_benefit
from cae_core.protection import PayHistory, PayMonth, Person

FIRST = Month(2024, 6)
PAYS = st.lists(st.integers(0, 900_000), min_size=1, max_size=26)
DAYS = st.dates(dt.date(2024, 7, 1), dt.date(2026, 7, 31))
#: The rights that depend on pay, with hours that do not change with it.
BY_PAY = [
    "sickness_daily_benefit",
    "sickness_beyond_six_months",
    "maternity_benefit",
    "paternity_benefit",
    "adoption_benefit",
    "invalidity_pension",
    "retirement_quarters",
    "supplementary_pension_points",
    "training_account",
]
FACTS = {
    Person: Person(affiliated_on="2020-01-01", entered_on="2020-01-01"),
    WorkPattern: WorkPattern(discontinuous=False),
}


def months(pays, hours=5_000):
    return [
        PayMonth(month=FIRST + rank, gross_pay_cents=pay, hours_hundredths=hours, hours_policy="declared")
        for rank, pay in enumerate(pays)
    ]


def ask(code, pays, on):
    entitlement = RULES.entitlements[code]
    facts = [fact for kind, fact in FACTS.items() if kind in entitlement.facts]
    return RULES.assess(code, PayHistory(months(pays)), on, *facts)


def rank(granted):
    """No, perhaps, yes."""
    return {False: 0, None: 1, True: 2}[granted]


class TestOrder:
    """The order in which months are given never matters."""

    @given(pays=PAYS, on=DAYS, data=st.data())
    def test_every_right(self, pays, on, data):
        shuffled = data.draw(st.permutations(months(pays)))
        code = data.draw(st.sampled_from(sorted(RULES.entitlements)))
        assert RULES.assess(code, PayHistory(shuffled), on) == RULES.assess(
            code, PayHistory(months(pays)), on
        )


class TestMorePay:
    """More pay never loses a right that depends on pay alone, and never lowers its amount."""

    @pytest.mark.parametrize("code", BY_PAY)
    @given(pays=PAYS, on=DAYS, data=st.data())
    def test_never_lost(self, code, pays, on, data):
        which = data.draw(st.integers(0, len(pays) - 1))
        more = [pay + data.draw(st.integers(0, 200_000)) * (place == which) for place, pay in enumerate(pays)]
        before, after = ask(code, pays, on), ask(code, more, on)
        assert rank(after.granted) >= rank(before.granted)
        shared = {amount.code: amount.value for amount in before.amounts if amount.code in BENEFITS}
        for amount in after.amounts:
            if amount.code in shared:
                assert amount.value >= shared[amount.code], amount.code


BENEFITS = {
    "daily_benefit",
    "daily_benefit_twelve_months",
    "total",
    "pension",
    "quarters",
    "points",
    "credit",
}


class TestNearest:
    """What is said to be missing is enough, and one cent less is not."""

    @given(pays=PAYS, on=DAYS, data=st.data())
    def test_sickness(self, pays, on, data):
        pays = [pay // 6 for pay in pays]
        found = ask("sickness_daily_benefit", pays, on)
        running = Month.parse(on)
        if found.nearest is None or found.nearest.unit != "cents" or running + 1 > Month(2026, 7):
            return
        for missing, granted in ((found.nearest.missing, True), (found.nearest.missing - 1, False)):
            history = PayHistory(months(pays))
            had = history.get(running)
            paid = PayMonth(
                month=running,
                gross_pay_cents=(had.gross_pay_cents if had else 0) + missing,
                hours_hundredths=had.hours_hundredths if had else 0,
            )
            facts = FACTS[Person], FACTS[WorkPattern]
            after = RULES.assess(
                "sickness_daily_benefit", history.with_months(paid), (running + 1).first_day, *facts
            )
            assert after.reason("six_months_pay").met is granted


class TestCapsAndFloors:
    """No amount leaves its bounds."""

    @given(pays=PAYS, on=DAYS, irregular=st.booleans())
    def test_daily_benefits(self, pays, on, irregular):
        history = PayHistory(months(pays))
        sick = daily_benefit(case("sickness_daily_benefit", on, history), irregular=irregular)
        assert 0 <= sick.daily_cents <= sick.maximum_cents
        assert sick.daily_cents * 2 <= sick.reference.daily_cents + 1
        rest = rest_benefit(case("maternity_benefit", on, history), irregular=irregular)
        assert rest.minimum_cents <= rest.daily_cents <= rest.maximum_cents

    @given(pays=PAYS, on=DAYS, irregular=st.booleans())
    def test_accidents(self, pays, on, irregular):
        fact = WorkAccident(discontinuous=irregular)
        found = accident_benefit(case("work_accident_benefit", on, PayHistory(months(pays))), fact)
        assert found.daily_cents <= found.maximum_cents
        assert found.first_cents <= found.later_cents <= found.net_cents

    @given(before=st.integers(0, 100_000), gained=st.integers(0, 100_000), days=st.integers(0, 365))
    def test_free_points(self, before, gained, days):
        free = free_points(before, gained, days)
        assert 0 <= free <= max(before - gained, 0)

    @given(pay=st.integers(0, 50_000_000), on=DAYS)
    def test_points_and_training(self, pay, on):
        assert points_of_pay(case("supplementary_pension_points", on), pay) >= 0
        asked = case("training_account", on)
        assert 0 <= training_credit(asked, pay, Training()) <= 50_000


class TestEveryAnswer:
    """Whatever the right and the history: conditions, texts, and nothing left unsaid."""

    @given(
        pays=st.lists(st.integers(0, 900_000), max_size=26),
        on=st.dates(dt.date(2019, 4, 1), dt.date(2026, 3, 31)),
    )
    def test_is_an_answer(self, pays, on):
        for code in RULES.entitlements:
            found = RULES.assess(code, PayHistory(months(pays)), on)
            assert found.reasons, code
            assert found.citations, code
            assert all(reason.french and reason.english for reason in found.reasons)
            assert len({amount.code for amount in found.amounts}) == len(found.amounts)
            if found.granted is None:
                assert found.missing_facts, code
            if found.granted is False:
                assert found.objections, code
            declared = set(RULES.entitlements[code].assumptions)
            assert set(found.assumptions) <= declared, code
