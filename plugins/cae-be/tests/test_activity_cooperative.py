"""The path in a Belgian activity cooperative, and the arts-work allowance."""

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest

import cae_be as subject
import cae_core
from cae_be.activity_cooperative import ACTIVITY_COOPERATIVE, last_possible_day, restart_supplement
from cae_be.arts import CERTIFICATES, arts_allowance_conditions
from cae_core.calendar import add_months
from cae_core.errors import InputError, LawNotKnownError, RefusedError
from cae_core.pathway import Event, advance, at, begin, deadlines

RULES = cae_core.assemble({"be": subject})
EXAMPLES = {
    each["id"]: each for each in json.loads((Path(__file__).parent / "examples.json").read_text("utf-8"))
}
START = dt.date(2010, 2, 1)
ONE_DAY = dt.timedelta(days=1)


def supported(ends_on, start=START):
    path = begin(RULES.lifecycle("be_activity_cooperative"), "p1")
    return advance(path, Event("agreement", start, {"ends_on": ends_on}))


def after(months):
    """The last day of an agreement of so many whole months."""
    return add_months(START, months) - ONE_DAY


class TestEighteenMonths:
    """The agreement, extensions included, lasts eighteen months at most."""

    @pytest.mark.parametrize("name", ["be-coopact-17m", "be-coopact-19m"])
    def test_example(self, name):
        months, may = (
            EXAMPLES[name]["inputs"]["months_in_agreement"],
            EXAMPLES[name]["expected"]["may_continue"],
        )
        path = supported(after(12))
        if may:
            assert (
                advance(path, Event("extension", after(12), {"ends_on": after(months)})).stage == "supported"
            )
        else:
            with pytest.raises(RefusedError, match="18 months at most"):
                advance(path, Event("extension", after(12), {"ends_on": after(months)}))

    def test_the_last_day_and_the_day_after(self):
        assert last_possible_day(supported(after(6)), START) == dt.date(2011, 7, 31)
        assert supported(dt.date(2011, 7, 31)).stage == "supported"
        with pytest.raises(RefusedError) as refused:
            supported(dt.date(2011, 8, 1))
        (objection,) = refused.value.objections
        assert (objection.code, objection.needs_review) == ("ends_in_time", True)

    def test_an_extension_moves_the_end_forward(self):
        with pytest.raises(RefusedError, match="new end on"):
            advance(supported(after(6)), Event("extension", after(5), {"ends_on": after(6)}))

    def test_it_ends_by_itself(self):
        path = supported(after(6))
        assert at(path, after(6)).stage == "supported"
        assert at(path, after(6) + ONE_DAY).stage == "left"
        with pytest.raises(RefusedError):
            advance(path, Event("set_up", after(6) + ONE_DAY, {}))

    def test_it_ends_early(self):
        assert advance(supported(after(6)), Event("ended_early", after(2), {})).stage == "left"

    def test_the_term_falls_due(self):
        (found,) = deadlines(supported(after(6)), START)
        assert (found.on, found.code) == (after(6), "agreement_term")
        assert "2011-07-31" in found.english
        assert deadlines(at(supported(after(6)), after(7)), after(7)) == ()

    def test_before_the_decree_nothing_is_known(self):
        with pytest.raises(LawNotKnownError):
            supported(dt.date(2009, 6, 30), dt.date(2009, 1, 1))

    def test_the_table_is_that_of_the_plugin(self):
        assert RULES.lifecycle("be_activity_cooperative") is ACTIVITY_COOPERATIVE


class TestRestartSupplement:
    """100 a month for twelve months at most, after six months of the agreement and before its end."""

    def test_example(self):
        example = EXAMPLES["be-coopact-bonus"]
        months = example["inputs"]["left_for_self_employment_after_months"]
        path = advance(supported(after(18)), Event("set_up", add_months(START, months), {}))
        found = restart_supplement(path)
        assert path.stage == "self_employed"
        assert found.granted
        assert found.monthly_cents == example["expected"]["monthly_supplement"] * 100
        assert found.most_months == example["expected"]["max_months"]

    @pytest.mark.parametrize(("day", "granted"), [(dt.date(2010, 7, 31), False), (dt.date(2010, 8, 1), True)])
    def test_the_day_before_six_months_and_the_day(self, day, granted):
        found = restart_supplement(advance(supported(after(18)), Event("set_up", day, {})))
        assert found.granted is granted
        assert bool(found.monthly_cents) is granted
        assert found.reasons[-1].code == "long_enough"

    def test_on_the_first_day(self):
        found = restart_supplement(advance(supported(after(18)), Event("set_up", START, {})))
        assert (found.granted, found.reasons[-1].found) == (False, 0)

    def test_who_did_not_set_up(self):
        found = restart_supplement(at(supported(after(6)), after(7)))
        assert (found.granted, found.reasons[0].code) == (False, "set_up")

    def test_another_path_is_refused(self):
        club = attrs.evolve(ACTIVITY_COOPERATIVE, name="club")
        with pytest.raises(InputError, match="be_activity_cooperative"):
            restart_supplement(begin(club, "p1"))


class TestArtsAllowance:
    """A certificate “starter” or “plus”, and 156 days of salaried work in 24 months."""

    @pytest.mark.parametrize("name", ["be-arts-155", "be-arts-ordinary"])
    def test_example(self, name):
        inputs, wanted = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]["arts_work_allowance"]
        found = arts_allowance_conditions(
            RULES.rights,
            dt.date.fromisoformat(EXAMPLES[name]["date"]),
            salaried_days=inputs["salaried_days_in_24_months"],
            certificate=inputs["certificate"],
        )
        assert all(reason.met for reason in found) is wanted

    @pytest.mark.parametrize(
        ("certificate", "days", "missing"),
        [
            ("plus", 155, ["salaried_days"]),
            ("plus", 156, []),
            ("starter", 156, []),
            ("ordinary", 10, ["certificate", "salaried_days"]),
        ],
    )
    def test_each_condition(self, certificate, days, missing):
        found = arts_allowance_conditions(
            RULES.rights, dt.date(2024, 6, 30), salaried_days=days, certificate=certificate
        )
        assert [reason.code for reason in found if not reason.met] == missing
        assert all(reason.needs_review for reason in found)

    @pytest.mark.parametrize(("certificate", "days"), [("gold", 156), ("plus", -1)])
    def test_nonsense_is_refused(self, certificate, days):
        with pytest.raises(InputError):
            arts_allowance_conditions(
                RULES.rights, dt.date(2024, 6, 30), salaried_days=days, certificate=certificate
            )

    def test_days_known(self):
        with pytest.raises(LawNotKnownError):
            arts_allowance_conditions(
                RULES.rights, dt.date(2023, 12, 31), salaried_days=156, certificate="plus"
            )

    def test_three_certificates(self):
        assert set(CERTIFICATES) == {"ordinary", "starter", "plus"}
