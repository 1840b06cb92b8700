"""Ending by agreement: withdrawal, request, approval, first day of the end."""

import datetime as dt

import pytest
from exit_samples import EXAMPLES, day, law_on
from hypothesis import given
from hypothesis import strategies as st

from cae_core.calendar import MONDAY_TO_FRIDAY
from cae_core.errors import LawNotKnownError, RefusedError
from cae_core.france.exits import mutual_timetable, sign_by
from cae_core.france.holidays import ALSACE_MOSELLE, holiday_calendar, holidays_of

days = st.dates(day("2023-01-01"), day("2026-07-31"))


class TestMinistryExample:
    """telerc.travail.gouv.fr: received on Monday 5 November 2012, the delay ends on Thursday 22 November."""

    def test_it(self):
        found = mutual_timetable(
            law_on("2012-10-15"), day("2012-10-15"), sent_on=day("2012-11-02"), received_on=day("2012-11-05")
        )
        assert found.approved_on == day("2012-11-22")
        assert found.earliest_end_on == day("2012-11-23")


class TestWithdrawal:
    """
    Fifteen calendar days from the day after the signature.
    (Code du travail, art. L1237-13)
    """

    def test_a_request_of_the_last_day_is_refused(self):
        """
        dalloz-actualite.fr, 4 February 2016: signed on 8 March 2010, sent on the 23rd, refused.

        The fifteenth day is the 23rd, until midnight: the request may be sent from the 24th on.
        """
        law = law_on("2010-03-08")
        with pytest.raises(RefusedError) as caught:
            mutual_timetable(law, day("2010-03-08"), sent_on=day("2010-03-23"))
        assert "sent on 2010-03-23, before the end of the delay to withdraw, on 2010-03-23" in str(
            caught.value
        )
        assert caught.value.french == "la demande d'homologation n'est pas recevable"
        found = mutual_timetable(law, day("2010-03-08"), sent_on=day("2010-03-24"))
        assert found.withdrawal_until_on == day("2010-03-23")

    def test_the_example_of_the_office(self):
        """A delay that ends on a Saturday goes to Monday, and the request leaves on Tuesday."""
        expected = EXAMPLES["rc-withdrawal-saturday"]["expected"]
        assert expected == {"deadline": "next Monday", "file_may_be_sent_from": "Tuesday"}
        found = mutual_timetable(law_on("2025-09-05"), day("2025-09-05"))
        assert (day("2025-09-05") + dt.timedelta(days=15)).strftime("%A") == "Saturday"
        assert found.withdrawal_until_on.strftime("%A %d") == "Monday 22"
        assert found.sendable_from_on.strftime("%A %d") == "Tuesday 23"

    @pytest.mark.parametrize(
        ("signed", "until"),
        [
            ("2025-09-04", "2025-09-19"),  # ends on a Friday
            ("2025-09-06", "2025-09-22"),  # on a Sunday
            ("2025-09-07", "2025-09-22"),  # on a Monday
            ("2025-04-16", "2025-05-02"),  # on 1 May, a Thursday
            ("2025-04-23", "2025-05-09"),  # on 8 May, a Thursday
            ("2025-04-06", "2025-04-22"),  # on Easter Monday
            ("2025-12-10", "2025-12-26"),  # on Christmas Day
        ],
    )
    def test_postponed_from_a_day_off(self, signed, until):
        """Code du travail, art. R1231-1."""
        assert mutual_timetable(law_on(signed), day(signed)).withdrawal_until_on == day(until)

    def test_the_holidays_of_the_place(self):
        """26 December is a holiday in Alsace and Moselle: Christmas then leads to Monday the 29th."""
        found = mutual_timetable(
            law_on("2025-12-10"), day("2025-12-10"), holidays=holiday_calendar(*ALSACE_MOSELLE)
        )
        assert found.withdrawal_until_on == day("2025-12-29")


class TestApproval:
    """
    Fifteen working days from the day after the receipt; silence is approval.
    (Code du travail, art. L1237-14)
    """

    def test_a_whole_timetable(self):
        """Signed on 1 September 2025: fifteen working days lead to Saturday 4 October, hence Monday 6."""
        found = mutual_timetable(law_on(), day("2025-09-01"))
        assert [(step.code, step.on.isoformat()) for step in found.steps] == [
            ("signed", "2025-09-01"),
            ("withdrawal_until", "2025-09-16"),
            ("sent", "2025-09-17"),
            ("received", "2025-09-17"),
            ("approved", "2025-10-06"),
            ("earliest_end", "2025-10-07"),
        ]
        assert found.sendable_from_on == day("2025-09-17")

    @pytest.mark.parametrize(
        ("received", "approved"),
        [
            ("2025-10-20", "2025-11-07"),  # 1 November, a Saturday, does not count
            ("2025-10-24", "2025-11-13"),  # nor does the 11th
            ("2025-10-26", "2025-11-17"),  # a Sunday is received on Monday
            ("2025-10-27", "2025-11-17"),  # the fifteenth is Saturday 15
            ("2025-11-11", "2025-12-01"),  # a holiday is received on the 12th; the fifteenth is Saturday 29
        ],
    )
    def test_days_off_do_not_count(self, received, approved):
        """Counted by hand on a calendar."""
        found = mutual_timetable(
            law_on("2025-09-01"), day("2025-09-01"), sent_on=day(received), received_on=day(received)
        )
        assert found.approved_on == day(approved)

    def test_received_before_it_is_sent(self):
        with pytest.raises(RefusedError) as caught:
            mutual_timetable(
                law_on(), day("2025-09-01"), sent_on=day("2025-09-10"), received_on=day("2025-09-09")
            )
        assert [each.code for each in caught.value.objections] == [
            "sent_after_withdrawal",
            "received_after_sent",
        ]

    @given(days)
    def test_each_step_follows_the_one_before(self, signed):
        found = mutual_timetable(law_on(signed.isoformat()), signed)
        order = [step.on for step in found.steps]
        assert order == sorted(order)
        for end in (found.withdrawal_until_on, found.approved_on):
            assert end.weekday() in MONDAY_TO_FRIDAY
            assert end not in holidays_of(end.year)
        assert (found.withdrawal_until_on - signed).days >= 15
        between = [
            found.received_on + dt.timedelta(days=rank)
            for rank in range(1, (found.approved_on - found.received_on).days + 1)
        ]
        counted = [each for each in between if each.weekday() != 6 and each not in holidays_of(each.year)]
        # Fifteen, and the Saturday from which the end was moved.
        assert len(counted) - 15 in (0, 1, 2)


class TestSignBy:
    """The last signature that lets the contract end on a day."""

    @given(days)
    def test_one_day_later_is_too_late(self, ends):
        law = law_on("2026-07-31")
        last = sign_by(law, ends)
        assert mutual_timetable(law, last).earliest_end_on <= ends
        assert mutual_timetable(law, last + dt.timedelta(days=1)).earliest_end_on > ends

    def test_about_five_weeks(self):
        """Signed on Tuesday 2 September, the fifteenth working day is Monday 6 October."""
        assert sign_by(law_on(), day("2025-10-07")) == day("2025-09-02")
        assert sign_by(law_on(), day("2025-10-06")) == day("2025-08-31")


class TestLaw:
    """The delays exist since the law of 25 June 2008."""

    def test_the_day_before_there_is_none(self):
        with pytest.raises(LawNotKnownError):
            mutual_timetable(law_on("2008-06-26"), day("2008-06-26"))
        assert mutual_timetable(law_on("2008-06-27"), day("2008-06-27"))
