"""What falls due on the path, the day before and the day after; for one person and for a whole cooperative."""

import datetime as dt
import random

import attrs
import pytest

from cae_core import LawNotKnownError
from cae_core.calendar import add_months
from cae_core.france.lifecycle import MeetingDay, missing_interviews
from cae_core.pathway import Event, advance, deadlines, deadlines_of
from path_samples import admission, cape, cesa, day, event, person, started

ONE_DAY = dt.timedelta(days=1)
MEETINGS = (
    MeetingDay(on="2025-06-14", accounts_closed_on="2024-12-31"),
    MeetingDay(on="2026-06-13", accounts_closed_on="2025-12-31"),
)


def due(pathway, on, code, until=None, **more):
    return [str(each.on) for each in deadlines(pathway, on, until, **more) if each.code == code]


class TestMembershipDeadline:
    """
    The last safe day to be admitted, alerts before, and the last meeting that can still admit.
    (Code du travail, art. L7331-3)
    """

    #: Twelve months of CAPE, then a CESA: by days the deadline is 28 February 2026.
    pathway = person(
        started(cape("2023-03-01", "2024-02-29")), started(cesa("2024-03-01")), meetings=MEETINGS
    )

    def test_the_last_safe_day(self):
        (found,) = [
            each for each in deadlines(self.pathway, "2024-06-01") if each.code == "associate_deadline"
        ]
        assert found.on == day("2026-02-27")
        assert "le contrat prend fin le 2026-02-28" in found.french
        assert [str(citation) for citation in found.citations] == ["C. trav. art. L7331-3"]
        assert found.needs_review  # the two counts differ

    @pytest.mark.parametrize(("months", "on"), [(12, "2025-02-28"), (6, "2025-08-28"), (3, "2025-11-28")])
    def test_alerts(self, months, on):
        assert due(self.pathway, "2024-06-01", f"associate_alert_{months}") == [on]
        assert due(self.pathway, on, f"associate_alert_{months}") == [on]
        alerts = [each for each in deadlines(self.pathway, "2024-06-01") if each.alert]
        assert len(alerts) == 3

    def test_an_alert_that_would_come_before_the_signature_is_none(self):
        """After thirty months of CAPE six are left: the alert twelve months before would be past."""
        short = person(
            started(cape("2022-01-01", "2022-12-31")),
            event("cape_renewal", "2022-12-01", ends_on="2023-12-31"),
            event("cape_renewal", "2023-12-01", ends_on="2024-06-30"),
            started(cesa("2024-07-01")),
        )
        codes = {each.code for each in deadlines(short, "2024-07-01") if each.alert}
        assert codes == {"associate_alert_3"}

    def test_the_last_useful_meeting(self):
        assert due(self.pathway, "2024-06-01", "last_useful_meeting") == ["2025-06-14"]
        assert due(self.pathway, "2025-06-14", "last_useful_meeting") == ["2025-06-14"]
        assert due(self.pathway, "2025-06-15", "last_useful_meeting") == []

    def test_no_meeting_left_before_the_deadline(self):
        assert due(self.pathway, "2025-06-14", "no_meeting_left") == []
        assert due(self.pathway, "2025-06-15", "no_meeting_left") == ["2026-02-27"]

    def test_without_a_calendar_of_meetings_nothing_is_said_of_them(self):
        codes = {each.code for each in deadlines(person(started(cesa())), "2025-02-01")}
        assert not codes & {"last_useful_meeting", "no_meeting_left"}

    def test_an_associate_has_none(self):
        admitted = advance(self.pathway, admission("2025-06-14"))
        codes = {each.code for each in deadlines(admitted, "2025-06-15")}
        assert codes == {"variable_balance", "interviews"}

    def test_nor_has_who_lost_her_contract(self):
        assert deadlines(self.pathway, "2026-02-28") == ()


class TestCape:
    """
    The term of a CAPE, what renewals can reach, and the contributions of each quarter.
    (Code de commerce, art. L127-2; code du travail, art. R5142-4)
    """

    pathway = person(started(cape("2024-02-10", "2025-02-09")))

    def test_term_and_last_possible_day(self):
        assert due(self.pathway, "2024-06-01", "cape_term") == ["2025-02-09"]
        assert due(self.pathway, "2024-06-01", "cape_last_day") == ["2027-02-09"]
        assert due(self.pathway, "2025-02-09", "cape_term") == ["2025-02-09"]
        assert due(self.pathway, "2025-02-10", "cape_term") == []

    def test_the_last_renewal(self):
        last = person(
            started(cape("2024-02-10", "2024-08-09")),
            event("cape_renewal", "2024-08-01", ends_on="2025-08-09"),
            event("cape_renewal", "2025-08-01", ends_on="2026-08-09"),
        )
        (found,) = [each for each in deadlines(last, "2025-09-01") if each.code.startswith("cape_t")]
        assert found.french == "terme du CAPE : signer un CESA"
        assert due(last, "2025-09-01", "cape_last_day") == []

    def test_quarters(self):
        assert due(self.pathway, "2024-02-10", "cape_contributions", "2025-12-31") == [
            "2024-04-15", "2024-07-15", "2024-10-15", "2025-01-15", "2025-04-15",
        ]  # fmt: skip

    def test_only_the_next_one_without_a_last_day(self):
        assert due(self.pathway, "2024-04-15", "cape_contributions") == ["2024-04-15"]
        assert due(self.pathway, "2024-04-16", "cape_contributions") == ["2024-07-15"]

    def test_the_last_quarter_is_due_after_the_end(self):
        assert due(self.pathway, "2025-03-01", "cape_contributions") == ["2025-04-15"]
        assert due(self.pathway, "2025-04-16", "cape_contributions") == []

    def test_without_pay_what_is_owed_is_an_open_point(self):
        unpaid, paid = self.pathway, person(started(cape(pay_terms="500 € par mois")))
        for pathway, review in ((unpaid, True), (paid, False)):
            (found,) = [
                each for each in deadlines(pathway, "2024-05-01") if each.code == "cape_contributions"
            ]
            assert found.needs_review is review


class TestTrial:
    """The last day to break a trial, and to renew it. (Code du travail, art. L7332-1)"""

    @pytest.mark.parametrize(("on", "found"), [("2025-04-29", 1), ("2025-04-30", 1), ("2025-05-01", 0)])
    def test_the_day_before_and_after(self, on, found):
        assert len(due(person(started(cesa(trial_ends_on="2025-04-30"))), on, "trial_end")) == found

    def test_how_far_it_may_be_renewed(self):
        renewable = person(started(cesa(trial_ends_on="2025-04-30")))
        (found,) = [each for each in deadlines(renewable, "2025-02-01") if each.code == "trial_end"]
        assert "au plus jusqu'au 2025-08-31" in found.french
        full = person(started(cesa(trial_ends_on="2025-08-31")))
        (found,) = [each for each in deadlines(full, "2025-02-01") if each.code == "trial_end"]
        assert "renouveler" not in found.french


class TestVariableBalance:
    """
    The balance of the variable part is paid one month at most after the meeting that approves the accounts.
    (Code du travail, art. R7331-12)
    """

    @pytest.mark.parametrize(
        ("meeting", "expected"),
        [
            ("2026-06-15", "2026-07-15"),
            ("2026-01-31", "2026-02-28"),
            ("2024-01-31", "2024-02-29"),
            ("2026-05-31", "2026-06-30"),
        ],
    )
    def test_worked_examples(self, meeting, expected):
        """A meeting of 31 January: 28 or 29 February, never 3 March."""
        held = MeetingDay(on=meeting, accounts_closed_on=f"{int(meeting[:4]) - 1}-12-31")
        pathway = person(started(cesa("2023-01-01")), meetings=[held])
        assert due(pathway, "2023-06-01", "variable_balance") == [expected]
        if expected < "2026":  # before the contract has ended for want of membership
            assert due(pathway, expected, "variable_balance") == [expected]

    def test_only_of_years_she_worked_in(self):
        pathway = person(started(cesa("2025-02-01")), meetings=MEETINGS)
        assert due(pathway, "2025-06-01", "variable_balance") == ["2026-07-13"]

    def test_a_meeting_that_approves_nothing(self):
        pathway = person(started(cesa()), meetings=[MeetingDay(on="2026-01-15")])
        assert due(pathway, "2025-06-01", "variable_balance") == []


class TestStatement:
    """
    Without access to the information system the account is sent once a month.
    (Code du travail, art. R7331-5)
    """

    pathway = person(started(cesa("2026-02-01")), account_online=False)

    def test_worked_example(self):
        """Sent on 12 April 2026: the next one by 12 May."""
        sent = advance(self.pathway, event("statement_sent", "2026-04-12"))
        assert due(sent, "2026-04-13", "account_statement") == ["2026-05-12"]
        assert due(sent, "2026-04-13", "account_statement", "2026-07-31") == [
            "2026-05-12", "2026-06-12", "2026-07-12",
        ]  # fmt: skip

    def test_one_that_was_missed_stays(self):
        assert due(self.pathway, "2026-03-02", "account_statement") == ["2026-04-01"]
        assert due(self.pathway, "2026-03-02", "account_statement", overdue=True) == [
            "2026-03-01",
            "2026-04-01",
        ]

    def test_none_where_it_is_online(self):
        assert due(person(started(cesa())), "2025-03-02", "account_statement", "2025-12-31") == []


class TestInterviews:
    """
    At least two interviews a year, each with a signed report.
    (Code du travail, art. R7331-3)
    """

    pathway = person(started(cesa("2025-02-01")))

    def held(self, *days, signed=True):
        found = self.pathway
        for on in days:
            found = advance(found, Event("interview", on, {"report_signed": signed}))
        return found

    def test_worked_example(self):
        """One interview in the year of the contract: one is missing at its end."""
        year, missing, rule = next(missing_interviews(self.held("2025-05-20"), day("2026-02-01")))
        assert (str(year.starts_on), str(year.ends_on), missing) == ("2025-02-01", "2026-01-31", 1)
        assert not rule.needs_review
        found = [
            each
            for each in deadlines(self.held("2025-05-20"), "2026-02-01", overdue=True)
            if each.outstanding
        ]
        assert [(str(each.on), each.code) for each in found] == [
            ("2026-01-31", "interviews"),
            ("2027-01-31", "interviews"),
        ]
        assert found[0].french.startswith("encore 1 entretien(s)")

    @pytest.mark.parametrize(
        ("days", "missing"),
        [
            ((), 2),
            (("2025-02-01",), 1),
            (("2025-02-01", "2026-01-31"), 0),
            (("2025-05-20", "2026-02-01"), 1),
            (("2025-05-20", "2025-06-20", "2025-07-20"), 0),
        ],
    )
    def test_the_year_is_that_of_the_contract(self, days, missing):
        assert next(missing_interviews(self.held(*days), day("2026-01-31")))[1] == missing

    def test_a_meeting_without_a_signed_report_does_not_count(self):
        talked = self.held("2025-05-20", "2025-09-20", signed=False)
        assert next(missing_interviews(talked, day("2025-12-01")))[1] == 2

    def test_done_there_is_nothing_due(self):
        assert due(self.held("2025-05-20", "2025-11-20"), "2025-12-01", "interviews") == []
        assert due(self.pathway, "2025-12-01", "interviews") == ["2026-01-31"]
        assert due(self.pathway, "2025-12-01", "interviews", "2027-12-31") == ["2026-01-31", "2027-01-31"]

    def test_years_before_the_decree(self):
        old = person(started(cesa("2015-02-01")), admission("2016-06-11"))
        years = [str(year.starts_on) for year, _, _ in missing_interviews(old, day("2017-03-01"))]
        assert years == ["2016-02-01", "2017-02-01"]


class TestLaw:
    """Deadlines are refused beyond what is known, unless the law is carried forward, and marked then."""

    def test_refused(self):
        contract = cesa("2026-06-01")
        pathway = person(started(contract), account_online=False)
        assert deadlines(pathway, "2026-07-31")
        with pytest.raises(LawNotKnownError):
            deadlines(pathway, "2026-08-01")

    def test_carried_forward(self):
        pathway = person(started(cesa("2026-06-01")), account_online=False, assume_unchanged=True)
        (found,) = [each for each in deadlines(pathway, "2026-08-01") if each.code == "account_statement"]
        assert found.assumed


def cooperative(people=130, seed=20260101):
    """A cooperative of some size: CAPE, trial, CESA and associates, drawn with a fixed seed."""
    draw = random.Random(seed)
    meetings = [
        MeetingDay(on=f"{year}-06-{draw.randint(8, 20):02d}", accounts_closed_on=f"{year - 1}-12-31")
        for year in range(2022, 2029)
    ]
    today, found = day("2026-01-01"), []
    for rank in range(people):
        start = add_months(day("2022-07-01"), draw.randint(0, 40))
        events = [started(cape(start, add_months(start, 12) - ONE_DAY))]
        if rank % 3:
            first = add_months(start, draw.randint(3, 11))
            events.append(started(cesa(first)))
            if rank % 2:
                events.append(admission(next(meeting.on for meeting in meetings if meeting.on > first)))
        pathway = person(
            *(each for each in events if each.on <= today), meetings=meetings, account_online=rank % 5 > 0
        )
        found.append(attrs.evolve(pathway, person=f"E{rank:03d}", name=f"Personne {rank}"))
    return found


class TestWholeCooperative:
    """One call gives what falls due for 130 people in the next twelve months, by day."""

    people = cooperative()
    found = deadlines_of(people, "2026-01-01", "2026-12-31")

    def test_by_day_then_person(self):
        assert list(self.found) == sorted(self.found, key=lambda each: (each.on, each.person, each.code))
        assert all(day("2026-01-01") <= each.on <= day("2026-12-31") for each in self.found)

    def test_every_kind_and_nearly_everybody(self):
        assert {each.code for each in self.found} >= {
            "cape_term", "cape_contributions", "associate_deadline", "last_useful_meeting", "variable_balance",
            "account_statement", "interviews",
        }  # fmt: skip
        assert len({each.person for each in self.found}) > 90

    def test_it_is_what_each_person_has(self):
        one_by_one = [
            each for pathway in self.people for each in deadlines(pathway, "2026-01-01", "2026-12-31")
        ]
        assert sorted(self.found, key=repr) == sorted(one_by_one, key=repr)
        assert len(self.found) == len(one_by_one) > 300
