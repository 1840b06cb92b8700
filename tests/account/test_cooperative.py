from __future__ import annotations

import pytest

from cae_core.cooperative import Activity, Cooperative, Entrepreneur
from cae_core.errors import InputError
from cae_core.money import Rate

ACCIDENT = Rate.percent("1.10")


class TestCooperative:
    """The employer carries the figures that are its own: headcount, notified rates, collective covers."""

    def test_only_name_headcount_and_accident_rate_are_needed(self):
        """Every other rate and amount is zero until the cooperative gives its own."""
        cooperative = Cooperative(name="La Fabrique", headcount=1, workplace_accident_rate=ACCIDENT)
        assert cooperative.mobility_rate == Rate(0)
        assert cooperative.apprentice_ratio == Rate(0)
        assert cooperative.provident_employer_rate == Rate(0)
        assert cooperative.health_cover_employer_cents == 0

    @pytest.mark.parametrize("headcount", [0, -1, True, "12", 1.5])
    def test_headcount_is_a_whole_number_of_at_least_one(self, headcount):
        with pytest.raises(InputError, match="Cooperative.headcount: expected a whole number of people"):
            Cooperative(name="La Fabrique", headcount=headcount, workplace_accident_rate=ACCIDENT)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("mobility_rate", 0.02),
            ("provident_employee_rate", "2"),
            ("provident_employer_rate", None),
            ("apprentice_ratio", None),
            ("health_cover_employee_cents", -1),
            ("health_cover_employer_cents", 12.5),
            ("name", "  "),
        ],
    )
    def test_what_came_and_what_was_wanted_are_in_the_message(self, field, value):
        good = {"name": "La Fabrique", "headcount": 12, "workplace_accident_rate": ACCIDENT}
        with pytest.raises(InputError, match=f"Cooperative.{field}: expected .*, got ") as raised:
            Cooperative(**{**good, field: value})
        assert repr(value) in str(raised.value)

    def test_the_law_on_the_employer_share_of_the_health_cover_is_not_here(self):
        """Half is a French number: only the payroll rules know it."""
        cooperative = Cooperative(
            name="La Fabrique",
            headcount=12,
            workplace_accident_rate=ACCIDENT,
            health_cover_employee_cents=4_000,
            health_cover_employer_cents=1_000,
        )
        assert cooperative.health_cover_employee_cents == 4_000


class TestPeopleAndActivities:
    """An activity and a person are known by a code."""

    def test_an_activity_sells_services_unless_told_otherwise(self):
        assert Activity(code="A", name="Conseil").kind == "services"

    @pytest.mark.parametrize("made", [Activity, Entrepreneur])
    def test_a_code_is_needed(self, made):
        with pytest.raises(InputError, match="code: expected a text that is not empty, got ''"):
            made(code="", name="Conseil")
