"""The two clocks of a CESA, and what earlier contracts take off them.

The worked figures were computed by hand from the articles.
"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import add_months
from cae_core.errors import ContractError, InputError, LawNotKnownError
from cae_core.france.contracts import (
    PriorContract,
    associate_deadline,
    last_useful_meeting,
    trial_period,
)
from path_samples import cesa, day


def prior(*periods, **more):
    return [PriorContract(starts_on=first, ends_on=last, **more) for first, last in periods]


class TestDelay:
    """
    She becomes an associate within three years of the conclusion of the contract, less any earlier contract.
    (Code du travail, art. L7331-3)
    """

    @pytest.mark.parametrize(
        ("periods", "signed", "anniversary", "by_months", "by_days", "deadline"),
        [
            ([], "2024-02-29", "2027-02-28", "2027-02-28", "2027-02-28", "2027-02-28"),
            (
                [("2023-03-01", "2024-02-29")],
                "2024-03-01", "2027-03-01", "2026-03-01", "2026-02-28", "2026-02-28",
            ),
            (
                [("2022-09-15", "2024-03-14")],
                "2024-03-10", "2027-03-10", "2025-09-16", "2025-09-14", "2025-09-14",
            ),
            (
                [("2024-01-01", "2026-06-30")],
                "2026-07-01", "2029-07-01", "2027-01-01", "2027-01-01", "2027-01-01",
            ),
            (
                [("2023-02-01", "2026-01-31")],
                "2026-02-02", "2029-02-02", "2026-02-02", "2026-02-02", "2026-02-02",
            ),
        ],
    )  # fmt: skip
    def test_worked_examples(self, periods, signed, anniversary, by_months, by_days, deadline):
        found = associate_deadline(signed, prior(*periods))
        assert found.anniversary == day(anniversary)
        assert found.by_months == day(by_months)
        assert found.by_days == day(by_days)
        assert found.deadline == day(deadline)
        assert found.last_safe_day == day(deadline) - dt.timedelta(days=1)
        assert str(found.citation) == "C. trav. art. L7331-3"

    def test_lengths_of_the_worked_examples(self):
        leap = associate_deadline("2024-03-01", prior(("2023-03-01", "2024-02-29"))).deduction
        assert (leap.months, leap.remaining_days, leap.calendar_days) == (12, 0, 366)
        clipped = associate_deadline("2024-03-10", prior(("2022-09-15", "2024-03-14"))).deduction
        assert (clipped.months, clipped.remaining_days, clipped.calendar_days) == (17, 24, 542)

    def test_days_after_the_signature_run_already(self):
        """Taking off the five days of overlap too would give 9 September."""
        whole = associate_deadline("2024-03-10", prior(("2022-09-15", "2024-03-14")))
        cut = associate_deadline("2024-03-10", prior(("2022-09-15", "2024-03-09")))
        assert whole.deadline == cut.deadline == day("2025-09-14")

    def test_nothing_is_left_after_36_months(self):
        assert associate_deadline("2026-02-02", prior(("2023-02-01", "2026-01-31"))).used_up
        assert not associate_deadline("2026-07-01", prior(("2024-01-01", "2026-06-30"))).used_up

    def test_gaps_are_not_taken_off(self):
        apart = prior(("2022-01-01", "2022-03-31"), ("2023-01-01", "2023-03-31"))
        assert associate_deadline("2024-01-01", apart).by_months == day("2026-07-01")

    def test_a_day_under_two_contracts_counts_once(self):
        one = associate_deadline("2024-01-01", prior(("2023-01-01", "2023-06-30")))
        two = prior(("2023-01-01", "2023-06-30"), ("2023-02-01", "2023-04-30"))
        assert associate_deadline("2024-01-01", two).deadline == one.deadline

    def test_any_other_contract_counts_unless_told(self):
        old = ("2022-01-01", "2022-12-31")
        counted = associate_deadline("2024-01-01", prior(old, kind="CDI"))
        assert counted.by_months == day("2026-01-01")
        left_out = associate_deadline(
            "2024-01-01", prior(old, kind="CDI", counts=False, why="autre employeur")
        )
        assert left_out.deadline == day("2027-01-01")
        (note,) = left_out.notes
        assert note.needs_review
        assert "autre employeur" in note.french

    def test_two_counts_are_a_point_to_review(self):
        (note,) = associate_deadline("2024-03-01", prior(("2023-03-01", "2024-02-29"))).notes
        assert (note.code, note.needs_review, note.met) == ("two_counts", True, True)
        assert associate_deadline("2024-02-29").notes == ()

    def test_a_contract_of_before_2016_is_a_point_to_review(self):
        """An old contract turned into a CESA late has used the three years up."""
        found = associate_deadline("2024-01-01", prior(("2012-01-01", "2023-12-31"), kind="CDI"))
        assert found.used_up
        assert "contract_before_2016" in {note.code for note in found.notes}

    def test_the_day_before_and_the_day_of_the_law(self):
        assert associate_deadline("2014-08-02").deadline == day("2017-08-02")
        with pytest.raises(LawNotKnownError):
            associate_deadline("2014-08-01")
        assert associate_deadline("2026-07-31").deadline == day("2029-07-31")
        with pytest.raises(LawNotKnownError):
            associate_deadline("2026-08-01")
        assumed = associate_deadline("2026-08-01", assume_unchanged=True)
        assert assumed.deadline == day("2029-08-01")
        assert assumed.rule.assumed

    @given(
        st.dates(dt.date(2016, 1, 1), dt.date(2026, 7, 31)),
        st.lists(st.tuples(st.integers(-2_000, 200), st.integers(0, 900)), max_size=4),
    )
    def test_the_two_counts_are_close_and_bounded(self, signed, spans):
        contracts = [
            PriorContract(
                starts_on=signed + dt.timedelta(days=first),
                ends_on=signed + dt.timedelta(days=first + length),
            )
            for first, length in spans
        ]
        found = associate_deadline(signed, contracts)
        assert found.deadline == min(found.by_months, found.by_days) <= found.anniversary
        # Month lengths differ by three days at most, and a leap day: a few days for each period.
        assert abs((found.by_months - found.by_days).days) <= 4 * (len(found.deduction.periods) + 1)
        assert (found.anniversary - found.by_days).days == found.deduction.calendar_days
        shorter = associate_deadline(signed, contracts[1:])
        assert found.by_days <= shorter.by_days


class TestTrial:
    """
    The trial is optional; renewal included it has eight months at most, less any earlier contract.
    (Code du travail, art. L7332-1)
    """

    def test_worked_example(self):
        """Five months of CAPE leave three: 30 April by both counts, for 242 − 153 days are left."""
        found = trial_period("2026-02-01", prior(("2025-09-01", "2026-01-31")))
        assert found.by_months == found.by_days == found.last_day == day("2026-04-30")
        assert found.deduction.calendar_days == 153
        assert found.allowed

    def test_without_earlier_contract(self):
        assert trial_period("2026-02-01").last_day == day("2026-09-30")

    def test_eight_months_of_cape_leave_no_trial(self):
        """242 days of CAPE are as many as the eight months from February have; 241 leave one day."""
        assert not trial_period("2026-02-01", prior(("2025-06-01", "2026-01-31"))).allowed
        assert not trial_period("2026-02-01", prior(("2025-06-04", "2026-01-31"))).allowed
        assert trial_period("2026-02-01", prior(("2025-06-05", "2026-01-31"))).last_day == day("2026-02-01")

    @pytest.mark.parametrize(("ends", "excess"), [("2026-04-29", 0), ("2026-04-30", 0), ("2026-05-01", 1)])
    def test_the_day_before_and_after(self, ends, excess):
        earlier = prior(("2025-09-01", "2026-01-31"))
        assert trial_period("2026-02-01", earlier).excess_days(day(ends)) == excess
        if excess:
            with pytest.raises(ContractError) as caught:
                cesa("2026-02-01", trial_ends_on=ends, prior_contracts=earlier)
            (objection,) = caught.value.objections
            assert (objection.code, objection.found - objection.wanted) == ("trial_too_long", excess)
            assert str(objection.citations[0]) == "C. trav. art. L7332-1"
        else:
            assert cesa("2026-02-01", trial_ends_on=ends, prior_contracts=earlier).trial_last_day == day(ends)

    def test_renewal_is_inside_the_eight_months(self):
        made = cesa("2025-01-01", trial_ends_on="2025-04-30", trial_renewed_until="2025-08-31")
        assert made.trial_last_day == day("2025-08-31")
        with pytest.raises(ContractError, match="it lasts at most 8 months, renewal included"):
            cesa("2025-01-01", trial_ends_on="2025-04-30", trial_renewed_until="2025-09-01")

    def test_no_trial_at_all_is_possible(self):
        with pytest.raises(ContractError, match="so none is possible") as caught:
            cesa(
                "2025-01-01", trial_ends_on="2025-01-31", prior_contracts=prior(("2024-01-01", "2024-12-31"))
            )
        assert "donc aucune n'est possible" in caught.value.objections[0].french

    @pytest.mark.parametrize(
        ("first", "renewed", "codes"),
        [
            (None, "2025-03-31", {"trial_renewal_out_of_order"}),
            ("2025-03-31", "2025-03-31", {"trial_renewal_out_of_order"}),
            ("2024-12-31", None, {"trial_ends_before_start"}),
            ("2024-12-31", "2024-12-30", {"trial_ends_before_start", "trial_renewal_out_of_order"}),
        ],
    )
    def test_out_of_order(self, first, renewed, codes):
        with pytest.raises(ContractError) as caught:
            cesa("2025-01-01", trial_ends_on=first, trial_renewed_until=renewed)
        assert {each.code for each in caught.value.objections} == codes

    def test_after_the_last_day_known(self):
        with pytest.raises(LawNotKnownError):
            cesa("2026-08-01", trial_ends_on="2026-09-30")
        assert cesa("2026-08-01").trial_last_day is None
        made = cesa("2026-08-01", trial_ends_on="2027-03-31", assume_unchanged=True)
        assert made.trial_last_day == day("2027-03-31")


class TestMeeting:
    """
    An admission is voted by the meeting of associates, before the delay is over.
    (Loi n° 78-763 du 19 juillet 1978, art. 7; Code du travail, art. L7331-3)
    """

    meetings = (day("2024-06-15"), day("2025-06-14"), day("2026-06-13"))

    @pytest.mark.parametrize(
        ("deadline", "last"),
        [
            ("2025-06-13", "2024-06-15"),
            ("2025-06-14", "2024-06-15"),
            ("2025-06-15", "2025-06-14"),
            ("2024-06-15", None),
        ],
    )
    def test_the_day_before_and_after(self, deadline, last):
        assert last_useful_meeting(day(deadline), self.meetings) == (last and day(last))

    def test_no_meeting_known(self):
        assert last_useful_meeting(day("2025-06-13"), ()) is None


class TestPriorContract:
    def test_it_does_not_end_before_it_starts(self):
        with pytest.raises(InputError, match="ends on 2023-12-31, before it starts on 2024-01-01"):
            PriorContract(starts_on="2024-01-01", ends_on="2023-12-31")

    def test_one_that_runs_is_cut_at_the_signature(self):
        open_ = [PriorContract(starts_on="2023-03-01")]
        assert associate_deadline("2024-03-01", open_).deadline == day("2026-02-28")

    def test_the_contract_knows_its_delay(self):
        made = cesa("2024-03-01", prior_contracts=prior(("2023-03-01", "2024-02-29")))
        assert made.associate_delay.last_safe_day == day("2026-02-27")
        assert made.associate_delay.deadline < add_months(made.signed_on, 24)
