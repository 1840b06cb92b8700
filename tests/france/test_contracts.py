"""The contract of a salaried entrepreneur (CESA): what it must contain, and its fixed part."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import Interval
from cae_core.errors import ContractError, InputError
from cae_core.france.contracts import CONTENTS, Amendment, CesaContract

CONTENT = {
    "goals": "30 000 € de chiffre d'affaires par an ; dix jours de prospection",
    "support": "deux entretiens par an ; suivi mensuel du compte",
    "fee_terms": "barème voté le 12 juin 2023",
    "fixed_pay_cents": 30_000,
    "variable_pay_terms": "chiffre d'affaires moins charges directes et contribution",
    "statutes": "statuts du 12 juin 2023",
    "rights": "la clientèle reste à l'entrepreneuse",
    "membership_terms": "demande à l'assemblée générale de juin 2025",
}


def contract(**changes) -> CesaContract:
    values = {"signed_on": "2026-01-15", "starts_on": "2026-02-01", **CONTENT, **changes}
    return CesaContract(**{name: value for name, value in values.items() if value != "absent"})


def objections(**changes) -> tuple[str, ...]:
    with pytest.raises(ContractError) as caught:
        contract(**changes)
    assert str(caught.value).startswith(
        "the CESA (contrat d'entrepreneur salarié associé) is not valid:\n  - "
    )
    assert all(f"\n  - {objection}" in str(caught.value) for objection in caught.value.objections)
    assert not any(objection.met for objection in caught.value.objections)
    return tuple(map(str, caught.value.objections))


def missing(field: str) -> str:
    """Return the one objection to a contract without a content, not written at all or left empty."""
    (objection,) = objections(**{field: "absent"})
    empty = None if field == "fixed_pay_cents" else "   "
    assert objections(**{field: empty}) == (objection,)
    return objection


class TestComplete:
    """A contract with all its contents exists as written."""

    def test_it_is_made(self):
        made = contract()
        assert made.signed_on == dt.date(2026, 1, 15)
        assert made.period == Interval(dt.date(2026, 2, 1), None)
        assert made.statutes == "statuts du 12 juin 2023"

    def test_a_fixed_part_of_zero_is_an_amount(self):
        """Zero is written, hence not missing."""
        assert contract(fixed_pay_cents=0).fixed_pay_on(dt.date(2026, 2, 1)) == 0


class TestGoals:
    """
    The contract states the goals to be reached and the duties of minimum activity.
    (Code du travail, art. L7331-2, 2° a)
    """

    def test_missing(self):
        assert missing("goals") == (
            "missing: the goals to reach and the duties of minimum activity (goals) (C. trav. art. L7331-2 2° a)"
        )


class TestSupport:
    """
    The contract states the means the cooperative uses to support and control the activity.
    (Code du travail, art. L7331-2, 2° b)
    """

    def test_missing(self):
        assert missing("support").startswith("missing: the means used to support and control")
        assert missing("support").endswith("(C. trav. art. L7331-2 2° b)")


class TestFee:
    """
    The contract states how the contribution to the pooled services is computed.
    (Code du travail, art. L7331-2, 2° c)
    """

    def test_missing(self):
        assert missing("fee_terms").startswith("missing: how the contribution to the pooled services")
        assert missing("fee_terms").endswith("(C. trav. art. L7331-2 2° c)")


class TestPay:
    """
    The contract states the amount of the fixed part and how the variable part is computed.
    (Code du travail, art. L7331-2, 2° d)
    """

    def test_the_amount_of_the_fixed_part(self):
        """An amount, not a formula."""
        assert missing("fixed_pay_cents").startswith("missing: the amount of the fixed part")
        assert missing("fixed_pay_cents").endswith("(C. trav. art. L7331-2 2° d)")

    def test_the_method_of_the_variable_part(self):
        assert missing("variable_pay_terms").startswith("missing: how the variable part is computed")
        assert missing("variable_pay_terms").endswith("(C. trav. art. L7331-2 2° d)")

    def test_a_negative_fixed_part(self):
        (objection,) = objections(fixed_pay_cents=-1)
        assert objection == "the fixed part must not be negative (got -€0.01)"
        (objection,) = objections(amendments=[Amendment(from_day="2026-07-01", fixed_pay_cents=-1)])
        assert objection == "the fixed part must not be negative (got -€0.01)"

    @pytest.mark.parametrize("wrong", [900.5, "90000", True])
    def test_an_amount_is_a_whole_number_of_cents(self, wrong):
        (objection,) = objections(fixed_pay_cents=wrong)
        assert objection == (
            f"the fixed part must be a whole number of cents (got {wrong!r}) (C. trav. art. L7331-2 2° d)"
        )
        amendment = Amendment(from_day="2026-07-01", fixed_pay_cents=wrong)
        assert objections(amendments=[amendment]) == (objection,)

    def test_an_amendment_without_amount(self):
        amendment = Amendment(from_day="2026-07-01", fixed_pay_cents=None)
        assert objections(amendments=[amendment]) == (
            "the fixed part must be a whole number of cents (got None) (C. trav. art. L7331-2 2° d)",
        )


class TestStatutes:
    """
    The contract mentions the statutes of the cooperative in force.
    (Code du travail, art. L7331-2, 2° e)
    """

    def test_missing(self):
        assert missing("statutes").startswith("missing: the statutes of the cooperative in force")
        assert missing("statutes").endswith("(C. trav. art. L7331-2 2° e)")


class TestRights:
    """
    The contract states how the rights on the clientele and on intellectual property are guaranteed.
    (Code du travail, art. L7331-2, 2° f)
    """

    def test_missing(self):
        assert missing("rights").startswith("missing: how rights on clientele and intellectual property")
        assert missing("rights").endswith("(C. trav. art. L7331-2 2° f)")


class TestMembership:
    """
    The contract states the deadlines and the steps by which the entrepreneur becomes an associate.
    (Code du travail, art. R7331-10)
    """

    def test_missing(self):
        assert missing("membership_terms") == (
            "missing: the deadlines and steps to become an associate (membership_terms) (C. trav. art. R7331-10)"
        )


class TestEverythingAtOnce:
    """All that is wrong is said together, each content with its letter."""

    def test_every_content_is_listed_with_its_letter(self):
        found = objections(**dict.fromkeys(CONTENT, "absent"))
        letters = [objection.split("(C. trav. art. ")[1].rstrip(")") for objection in found]
        assert letters == [
            "L7331-2 2° a",
            "L7331-2 2° b",
            "L7331-2 2° c",
            "L7331-2 2° d",
            "L7331-2 2° d",
            "L7331-2 2° e",
            "L7331-2 2° f",
            "R7331-10",
        ]

    def test_the_table_of_contents_is_that_of_the_contract(self):
        assert [content.field for content in CONTENTS] == list(CONTENT)

    @given(st.sets(st.sampled_from(sorted(CONTENT)), min_size=1))
    def test_neither_more_nor_less_than_what_is_missing(self, fields):
        found = objections(**dict.fromkeys(fields, "absent"))
        assert {objection.split("(")[1].split(")")[0] for objection in found} == fields

    def test_contents_and_days_together(self):
        found = objections(goals="absent", ends_on="2026-01-31", fixed_pay_cents=-5)
        assert len(found) == 3


class TestDays:
    """A contract is signed, then performed, then ends."""

    def test_days_are_read_from_texts(self):
        made = contract(ends_on="2027-01-31")
        assert made.period == Interval(dt.date(2026, 2, 1), dt.date(2027, 1, 31))

    def test_it_may_start_the_day_it_is_signed_and_last_one_day(self):
        made = contract(signed_on="2026-02-01", ends_on="2026-02-01")
        assert made.period.ends_on == made.starts_on == made.signed_on

    def test_it_does_not_start_before_it_is_signed(self):
        assert objections(signed_on="2026-02-02") == (
            "it starts on 2026-02-01, before it is signed on 2026-02-02",
        )

    def test_it_does_not_end_before_it_starts(self):
        assert objections(ends_on="2026-01-31") == ("it ends on 2026-01-31, before it starts on 2026-02-01",)

    def test_a_moment_is_no_day(self):
        with pytest.raises(InputError, match="got the moment"):
            contract(signed_on=dt.datetime(2026, 1, 15, 10))


class TestFixedPay:
    """
    The fixed part is a monthly amount; it changes by amendment.
    (Code du travail, art. L7331-2, 2° d and R7331-11)
    """

    #: 300 € from February, 900 € from July, 600 € from October 2026.
    changed = contract(
        amendments=[
            Amendment(from_day="2026-07-01", fixed_pay_cents=90_000),
            Amendment(from_day="2026-10-15", fixed_pay_cents=60_000),
        ]
    )

    @pytest.mark.parametrize(
        ("day", "cents"),
        [
            ("2026-02-01", 30_000),
            ("2026-06-30", 30_000),
            ("2026-07-01", 90_000),
            ("2026-07-02", 90_000),
            ("2026-10-14", 90_000),
            ("2026-10-15", 60_000),
            ("2030-01-01", 60_000),
        ],
    )
    def test_the_day_before_and_the_day_of_an_amendment(self, day, cents):
        assert self.changed.fixed_pay_on(dt.date.fromisoformat(day)) == cents

    def test_without_amendment(self):
        assert contract().fixed_pay_on(dt.date(2030, 1, 1)) == 30_000

    def test_what_makes_it_due(self):
        assert str(contract().fixed_pay_citation) == "C. trav. art. L7331-2, 2° d et R7331-11"

    @pytest.mark.parametrize(
        "days",
        [
            ["2026-10-01", "2026-07-01"],
            ["2026-07-01", "2026-07-01"],
            ["2026-02-01"],
            ["2026-01-31", "2026-07-01"],
        ],
    )
    def test_amendments_follow_each_other_and_the_start(self, days):
        amendments = [Amendment(from_day=day, fixed_pay_cents=1) for day in days]
        (objection,) = objections(amendments=amendments)
        assert (
            objection
            == f"amendments must follow each other and the start of 2026-02-01 (got {', '.join(days)})"
            " (C. trav. art. R7331-11)"
        )

    def test_the_first_amendment_may_come_on_the_second_day(self):
        made = contract(amendments=[Amendment(from_day="2026-02-02", fixed_pay_cents=1)])
        assert made.fixed_pay_on(dt.date(2026, 2, 2)) == 1
