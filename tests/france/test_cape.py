"""The contract of support (CAPE): parties, contents, periods, papers, notifications, contributions, liability."""

import datetime as dt
from typing import ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import add_months
from cae_core.errors import ContractError, InputError, LawNotKnownError
from cae_core.france.contracts import (
    CAPE_CONTENTS,
    INVOICE_MENTIONS,
    LegalPerson,
    Renewal,
    contribution_base,
    contributions_due,
    liable,
    notifications,
)
from path_samples import CAPE_CONTENT, COOPERATIVE, cape, day


def renewals(*pairs):
    return [Renewal(signed_on=signed, ends_on=ends) for signed, ends in pairs]


def refused(make, **changes):
    with pytest.raises(ContractError) as caught:
        make(**changes)
    assert str(caught.value).startswith("the CAPE (contrat d'appui au projet d'entreprise) is not valid:")
    assert not any(objection.met for objection in caught.value.objections)
    return {objection.code: objection for objection in caught.value.objections}


class TestParties:
    """
    A legal person helps a natural person who is not employed full time, or the sole associate who manages a
    legal person.
    (Code de commerce, art. L127-1)
    """

    def test_a_full_time_employee_is_excluded(self):
        found = refused(cape, full_time_employee=True)
        assert set(found) == {"full_time_employee"}
        assert str(found["full_time_employee"].citations[0]) == "C. com. art. L127-1"

    def test_both_parties_are_named(self):
        assert set(refused(cape, beneficiary=" ")) == {"parties"}
        assert set(refused(cape, cooperative=LegalPerson(name=""))) == {"parties"}

    def test_the_manager_of_a_legal_person_may_be_helped(self):
        assert not cape(beneficiary_is_natural_person=False).beneficiary_is_natural_person


class TestContents:
    """
    The contract has eight items; the fee of the support and the pay of the beneficiary may be absent.
    (Code de commerce, art. R127-1)
    """

    def test_eight_items(self):
        items = [content.article for content in CAPE_CONTENTS]
        assert list(dict.fromkeys(items)) == [f"R127-1 {rank}°" for rank in range(1, 9)]
        assert {content.article for content in CAPE_CONTENTS if content.optional} == {
            "R127-1 3°",
            "R127-1 7°",
        }

    @pytest.mark.parametrize(
        ("field", "item"),
        [
            ("programme_before_start", "1°"),
            ("programme_after_start", "1°"),
            ("resources", "2°"),
            ("commitments", "4°"),
            ("commitments_ceiling_cents", "4°"),
            ("accounting_terms", "5°"),
            ("early_termination", "6°"),
            ("contributions_repayment", "8°"),
        ],
    )
    def test_one_missing(self, field, item):
        empty = None if field.endswith("_cents") else "  "
        (objection,) = refused(cape, **{field: empty}).values()
        assert objection.code == f"content_{field}"
        assert str(objection.citations[0]) == f"C. com. art. R127-1 {item}"

    def test_the_maximum_of_commitments_is_an_amount(self):
        assert cape(commitments_ceiling_cents=0).commitments_ceiling_cents == 0
        assert set(refused(cape, commitments_ceiling_cents=-1)) == {"commitments_ceiling"}
        assert set(refused(cape, commitments_ceiling_cents="200")) == {"commitments_ceiling"}

    @given(st.sets(st.sampled_from(sorted(CAPE_CONTENT)), min_size=1))
    def test_neither_more_nor_less_than_what_is_missing(self, fields):
        empty = {field: None if field.endswith("_cents") else "" for field in fields}
        assert set(refused(cape, **empty)) == {f"content_{field}" for field in fields}


class TestDuration:
    """
    Twelve months at most, renewed in writing at most twice.
    (Code de commerce, art. L127-2)
    """

    def test_worked_example(self):
        """10 February 2026 to 9 February 2029, by three periods of twelve months."""
        made = cape("2026-02-10", "2027-02-09")
        assert (made.remaining_renewals, made.last_possible_day) == (2, day("2029-02-09"))
        once = made.renewed("2026-07-01", "2028-02-09")
        assert (once.remaining_renewals, once.last_possible_day) == (1, day("2029-02-09"))
        twice = once.renewed("2026-07-02", "2029-02-09")
        assert (twice.remaining_renewals, twice.last_possible_day) == (0, day("2029-02-09"))
        assert twice.period.ends_on == twice.ends_on_renewed == day("2029-02-09")

    @pytest.mark.parametrize(
        ("ends", "fits"), [("2027-02-08", True), ("2027-02-09", True), ("2027-02-10", False)]
    )
    def test_the_day_before_and_after_twelve_months(self, ends, fits):
        if fits:
            assert cape("2026-02-10", ends).ends_on == day(ends)
        else:
            objection = refused(cape, starts_on="2026-02-10", ends_on=ends)["period_too_long"]
            assert (objection.found, objection.wanted, objection.unit) == (366, 365, "days")
            assert not objection.needs_review

    def test_short_periods_use_renewals_up(self):
        """Six, twelve and twelve months: the third year is lost."""
        made = cape("2024-01-01", "2024-06-30", renewals=renewals(
            ("2024-06-01", "2025-06-30"), ("2025-06-01", "2026-06-30")
        ))  # fmt: skip
        assert (made.remaining_renewals, made.last_possible_day) == (0, day("2026-06-30"))
        with pytest.raises(ContractError) as caught:
            made.renewed("2026-06-01", "2026-12-31")
        (objection,) = caught.value.objections
        assert (objection.code, objection.found, objection.wanted) == ("too_many_renewals", 3, 2)

    @pytest.mark.parametrize(
        ("signed", "late"), [("2024-12-30", False), ("2024-12-31", False), ("2025-01-01", True)]
    )
    def test_a_renewal_comes_before_the_term(self, signed, late):
        if late:
            with pytest.raises(ContractError) as caught:
                cape().renewed(signed, "2025-12-31")
            (objection,) = caught.value.objections
            assert objection.code == "renewal_after_term"
            assert objection.needs_review
            assert "C. com. art. L127-2" in objection.text()
        else:
            assert cape().renewed(signed, "2025-12-31").ends_on_renewed == day("2025-12-31")

    def test_everything_at_once(self):
        found = refused(
            cape,
            full_time_employee=True,
            resources="",
            ends_on="2025-01-01",
            renewals=renewals(
                ("2023-12-31", "2024-12-31"), ("2025-01-10", "2025-12-31"), ("2025-12-01", "2026-06-30")
            ),
        )
        assert set(found) == {
            "full_time_employee",
            "content_resources",
            "period_too_long",
            "renewal_before_contract",
            "renewal_ends_before_start",
            "renewal_after_term",
            "too_many_renewals",
        }

    def test_days_out_of_order(self):
        assert set(refused(cape, signed_on="2024-01-02")) == {"starts_before_signature"}
        assert set(refused(cape, ends_on="2023-12-31")) == {"ends_before_start"}
        assert set(refused(cape, ended_early_on="2025-01-01")) == {"early_end_outside"}
        assert cape(ended_early_on="2024-12-31").period.ends_on == day("2024-12-31")

    def test_the_day_before_and_the_day_of_the_law(self):
        assert cape("2005-05-21", "2006-05-20").remaining_renewals == 2
        with pytest.raises(LawNotKnownError):
            cape("2005-05-20", "2006-05-19")
        assert cape("2026-07-31", "2027-07-30").ends_on == day("2027-07-30")
        with pytest.raises(LawNotKnownError):
            cape("2026-08-01", "2027-07-31")
        assert cape("2026-08-01", "2027-07-31", assume_unchanged=True).remaining_renewals == 2

    @given(
        st.dates(dt.date(2010, 1, 1), dt.date(2020, 12, 31)),
        st.lists(st.integers(1, 400), min_size=1, max_size=4),
    )
    def test_never_beyond_36_months(self, start, lengths):
        try:
            made = cape(start, start + dt.timedelta(days=lengths[0] - 1))
            for length in lengths[1:]:
                made = made.renewed(made.ends_on_renewed, made.ends_on_renewed + dt.timedelta(days=length))
        except ContractError:
            assert max(lengths) > 365 or len(lengths) > 3
        else:
            assert made.ends_on_renewed < add_months(start, 36) + dt.timedelta(days=1)
            assert made.ends_on_renewed <= made.last_possible_day


class TestInvoices:
    """
    Before any registration, business papers say that there is a CAPE, with whom, and until when.
    (Code de commerce, art. R127-3)
    """

    made = cape().renewed("2024-11-20", "2025-12-31")
    right: ClassVar = {
        "under_cape": "entreprise en contrat d'appui",
        "cooperative_name": COOPERATIVE.name,
        "cooperative_seat": COOPERATIVE.seat,
        "cooperative_identification": COOPERATIVE.identification,
        "term": "2024-12-31",
    }

    def test_five_mentions(self):
        assert [mention.code for mention in INVOICE_MENTIONS] == list(self.right)
        assert set(self.made.invoice_mentions(day("2024-11-19"))) == set(self.right)

    @pytest.mark.parametrize(
        ("on", "term"),
        [("2024-11-19", "2024-12-31"), ("2024-11-20", "2025-12-31"), ("2025-03-01", "2025-12-31")],
    )
    def test_the_term_changes_with_the_renewal(self, on, term):
        assert self.made.invoice_mentions(day(on))["term"] == term

    def test_nothing_missing(self):
        assert self.made.missing_mentions(self.right, day("2024-11-19")) == ()

    def test_the_old_term_is_wrong_once_renewed(self):
        (reason,) = self.made.missing_mentions(self.right, day("2024-11-20"))
        assert reason.code == "mention_term"
        assert str(reason.citations[0]) == "C. com. art. R127-3"

    def test_each_missing_one_is_named(self):
        found = self.made.missing_mentions({}, day("2024-11-19"))
        assert [reason.code for reason in found] == [f"mention_{code}" for code in self.right]

    @pytest.mark.parametrize(("on", "asked"), [("2024-05-31", True), ("2024-06-01", False)])
    def test_until_registration(self, on, asked):
        made = cape(registered_on="2024-06-01")
        assert bool(made.missing_mentions({}, day(on))) is asked


class TestNotifications:
    """
    Urssaf or CGSS and France Travail are told of the conclusion, renewals and an early end; once registered,
    so are the bodies to join.
    (Code du travail, art. R5142-1 and R5142-2)
    """

    def test_conclusion_and_renewal(self):
        found = notifications(cape().renewed("2024-11-20", "2025-12-31"))
        assert [(each.on, each.event) for each in found] == [
            (day("2024-01-01"), "conclusion"),
            (day("2024-01-01"), "conclusion"),
            (day("2024-11-20"), "renewal"),
            (day("2024-11-20"), "renewal"),
        ]
        assert ["Urssaf" in each.french for each in found] == [True, False, True, False]
        assert ["France Travail" in each.english for each in found] == [False, True, False, True]
        assert {str(each.citation) for each in found} == {"C. trav. art. R5142-1"}

    def test_early_end_and_registration(self):
        found = notifications(cape(ended_early_on="2024-09-30", registered_on="2024-06-01"))
        assert [each.event for each in found][2:] == ["registration", "early_end", "early_end"]
        assert str(found[2].citation) == "C. trav. art. R5142-2"


class TestContributions:
    """
    What is due for a calendar quarter is paid within the first fifteen days of the next one.
    (Code du travail, art. R5142-4)
    """

    def test_worked_example(self):
        """Pay of February 2026: by 15 April 2026."""
        dues = contributions_due(cape("2026-02-01", "2026-06-30"))
        assert [(each.quarter.starts_on, each.quarter.ends_on, each.due_on) for each in dues] == [
            (day("2026-02-01"), day("2026-03-31"), day("2026-04-15")),
            (day("2026-04-01"), day("2026-06-30"), day("2026-07-15")),
        ]

    def test_the_fourth_quarter_is_paid_in_january(self):
        (due,) = contributions_due(cape("2024-10-05", "2024-12-31"))
        assert due.due_on == day("2025-01-15")
        assert str(due.citation) == "C. trav. art. R5142-4"

    def test_until_an_early_end(self):
        dues = list(contributions_due(cape(ended_early_on="2024-04-01")))
        assert [each.due_on for each in dues] == [day("2024-04-15"), day("2024-07-15")]
        assert dues[-1].quarter.days == 1

    def test_beyond_what_is_known(self):
        with pytest.raises(LawNotKnownError):
            list(contributions_due(cape("2026-07-01", "2026-12-31")))
        known = list(contributions_due(cape("2026-07-01", "2026-12-31"), known_on=day("2026-07-20")))
        assert [each.due_on for each in known] == [day("2026-10-15"), day("2027-01-15")]
        assumed = list(contributions_due(cape("2026-07-01", "2026-12-31", assume_unchanged=True)))
        assert all(each.assumed for each in assumed)


class TestBase:
    """
    The base is receipts and pay, less the costs of the activity and of the support.
    (Code du travail, art. R5142-3)
    """

    def test_worked_example(self):
        found = contribution_base(
            receipts_cents=400_000, activity_costs_cents=90_000, cooperative_costs_cents=40_000
        )
        assert found.base_cents == 270_000
        assert str(found.citation) == "C. trav. art. R5142-3"

    def test_the_unpaid_margin_is_an_open_point(self):
        (reason,) = contribution_base(receipts_cents=1).reasons
        assert reason.needs_review
        assert contribution_base(pay_cents=50_000).reasons == ()

    def test_never_below_zero(self):
        assert contribution_base(receipts_cents=100, activity_costs_cents=101).base_cents == 0

    @pytest.mark.parametrize("wrong", [-1, 1.5, True])
    def test_amounts_are_cents(self, wrong):
        with pytest.raises(InputError, match="pay_cents: expected a whole number of cents"):
            contribution_base(pay_cents=wrong)


class TestLiability:
    """
    Before registration the cooperative answers to third parties; afterwards both do, until the contract ends.
    (Code de commerce, art. L127-4 and L127-6)
    """

    def test_worked_example(self):
        """Damage of 3 May 2026 without registration: the cooperative."""
        found = liable(cape("2026-02-01", "2026-12-31"), day("2026-05-03"), damage=True)
        assert (found.debtors, found.jointly) == (("cooperative",), False)
        assert str(found.reason.citations[0]) == "C. com. art. L127-6"

    @pytest.mark.parametrize(
        ("on", "debtors"),
        [
            ("2024-05-31", ("cooperative",)),
            ("2024-06-01", ("cooperative", "beneficiary")),
            ("2024-12-31", ("cooperative", "beneficiary")),
            ("2025-01-01", ("beneficiary",)),
            ("2023-12-31", ("beneficiary",)),
        ],
    )
    def test_the_day_before_and_after(self, on, debtors):
        found = liable(cape(registered_on="2024-06-01"), day(on))
        assert (found.debtors, found.jointly) == (debtors, len(debtors) == 2)
        assert str(found.reason.citations[0]) == "C. com. art. L127-4"

    def test_damage_is_guaranteed_if_the_clauses_were_respected(self):
        made, on = cape(registered_on="2024-06-01"), day("2024-07-01")
        assert liable(made, on, damage=True).jointly
        assert liable(made, on, damage=True, clauses_respected=False).debtors == ("beneficiary",)
        assert liable(made, on, clauses_respected=False).jointly


class TestFrozen:
    def test_a_contract_is_never_changed(self):
        made = cape()
        made.renewed("2024-12-01", "2025-06-30")
        assert made.renewals == ()
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.ends_on = day("2030-01-01")
