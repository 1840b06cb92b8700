"""The conditions that Smart eG publishes, each with both sides, and the path of a member."""

import datetime as dt
import json
from pathlib import Path

import pytest

import cae_core
import cae_de as subject
from cae_core import RefusedError
from cae_core.pathway import Event, advance, at, begin
from cae_core.reasons import unmet
from cae_de.smart_eg import SmartFacts, employment_reasons, health_cover_reasons

RULES = cae_core.assemble({"de": subject})
EXAMPLES = {
    each["id"]: each for each in json.loads((Path(__file__).parent / "examples.json").read_text("utf-8"))
}
DAY = dt.date(2025, 7, 1)
GOOD = {
    "ends_on": dt.date(2025, 10, 31),
    "resident": True,
    "may_be_employed": True,
    "in_statutory_scheme": False,
    "orders_through_smart": True,
    "done_in_person": True,
    "client_instructs": False,
}
COVERED = {"health_cover": True, "average_monthly_orders": 695_00, "main_income": True}


def member(subscribed=50_00):
    path = begin(RULES.lifecycle("smart_eg"), "M1", facts=SmartFacts(rights=RULES.rights))
    return advance(path, Event("admission", "2025-06-10", {"subscribed": subscribed}))


def hired(path, on="2025-07-01", **changes):
    return advance(path, Event("employment", on, {**GOOD, **COVERED, **changes}))


def objections(call):
    with pytest.raises(RefusedError) as caught:
        call()
    return [reason.code for reason in caught.value.objections]


class TestHealthCover:
    """Orders of 695 euros a month on average, and the pay of Smart as main income."""

    def test_the_published_example(self):
        said = EXAMPLES["de-smart-guard-orders"]
        orders = round(said["inputs"]["average_monthly_orders_net"] * 100)
        orders_reason, _ = health_cover_reasons(
            RULES.rights,
            dt.date.fromisoformat(said["date"]),
            average_monthly_orders_cents=orders,
            main_income=True,
        )
        assert orders_reason.met is said["expected"]["health_cover_through_coop"]
        assert orders_reason.wanted == round(said["expected"]["minimum"] * 100)
        assert orders_reason.missing == 5_00

    @pytest.mark.parametrize(
        ("orders", "main", "missing"),
        [(694_99, True, ["average_orders"]), (695_00, True, []), (695_00, False, ["main_income"]),
         (0, False, ["average_orders", "main_income"])],
    )  # fmt: skip
    def test_both_sides(self, orders, main, missing):
        found = health_cover_reasons(RULES.rights, DAY, average_monthly_orders_cents=orders, main_income=main)
        assert [reason.code for reason in unmet(found)] == missing

    def test_the_amount_is_to_be_reviewed(self):
        """Its guide, without a day, says 760 euros by now."""
        orders, _ = health_cover_reasons(RULES.rights, DAY, average_monthly_orders_cents=0, main_income=True)
        assert orders.needs_review

    def test_a_contract_without_it_asks_neither(self):
        path = hired(member(), health_cover=False, average_monthly_orders=0, main_income=False)
        assert path.stage == "employed"


class TestEmployment:
    """What is asked before a contract, everything that is missing at once."""

    def test_all_of_it(self):
        assert not unmet(employment_reasons(RULES.rights, DAY, **GOOD))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"resident": False}, "resident"), ({"may_be_employed": False}, "may_be_employed"),
            ({"orders_through_smart": False}, "orders_through_smart"),
            ({"done_in_person": False}, "done_in_person"), ({"client_instructs": True}, "no_instructions"),
            ({"ends_on": dt.date(2025, 10, 30)}, "contract_months"),
        ],
    )  # fmt: skip
    def test_each(self, changes, code):
        assert [
            each.code for each in unmet(employment_reasons(RULES.rights, DAY, **{**GOOD, **changes}))
        ] == [code]

    def test_four_months_only_for_who_comes_from_outside(self):
        short = {**GOOD, "ends_on": dt.date(2025, 7, 31), "in_statutory_scheme": True}
        assert not unmet(employment_reasons(RULES.rights, DAY, **short))
        assert not unmet(employment_reasons(RULES.rights, DAY, **{**GOOD, "ends_on": None}))

    def test_the_path_says_everything_at_once(self):
        found = objections(
            lambda: hired(
                member(), "2025-07-02", resident=False, client_instructs=True, average_monthly_orders=0
            )
        )
        assert found == [
            "resident",
            "no_instructions",
            "contract_months",
            "average_orders",
            "first_of_a_month",
        ]


class TestPath:
    """Member, employed, member again at the end of the term, gone."""

    def test_one_share_of_50_euros(self):
        said = EXAMPLES["de-smart-capital"]["expected"]
        entry = round(said["minimum_shares"] * said["share_value"] * 100)
        assert member(entry).stage == "member"
        assert objections(lambda: member(entry - 1)) == ["share"]
        assert objections(lambda: member(entry + 1)) == ["share"]
        assert member(3 * entry).stage == "member"

    def test_nobody_is_employed_without_being_a_member(self):
        path = begin(RULES.lifecycle("smart_eg"), "M1", facts=SmartFacts(rights=RULES.rights))
        assert objections(lambda: hired(path)) == ["no_such_step"]

    def test_the_term_ends_the_contract(self):
        path = hired(member())
        assert at(path, dt.date(2025, 10, 31)).stage == "employed"
        assert at(path, dt.date(2025, 11, 1)).stage == "member"

    def test_a_contract_follows_another_without_a_gap(self):
        path = hired(hired(member()), "2025-11-01", ends_on=None)
        assert [stage.code for stage, _ in path.periods()] == ["member", "employed"]
        assert at(path, dt.date(2026, 7, 1)).stage == "employed"
        assert advance(path, Event("end", "2026-01-31")).stage == "member"

    def test_departure(self):
        assert advance(member(), Event("departure", "2025-12-31")).stage == "left"

    def test_before_the_tables(self):
        path = begin(RULES.lifecycle("smart_eg"), "M1", facts=SmartFacts(rights=RULES.rights))
        with pytest.raises(cae_core.LawNotKnownError):
            advance(path, Event("admission", "2023-12-31", {"subscribed": 50_00}))
