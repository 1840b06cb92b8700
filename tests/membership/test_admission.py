from __future__ import annotations

import datetime as dt

import pytest
from membership_samples import form, law, statutes

from cae_core.calendar import Interval
from cae_core.france.cooperative_law.admission import admission_right, application_duty

HIRED = dt.date(2026, 2, 1)


def right(requested_on="2027-03-01", *, code="scop_sarl", hired=HIRED, spells=None, **changes):
    values = {
        "requested_on": requested_on,
        "adult_on": "2008-01-01",
        "employment": spells or [Interval(hired)],
        "meetings": ["2026-06-12", "2027-06-12", "2028-06-12"],
        "law": law("2026-06-12"),
        **changes,
    }
    return admission_right(form(code), statutes(legal_form=code, **values.pop("statutes", {})), **values)


def met(found):
    return {reason.code: reason.met for reason in found.reasons}


class TestArticle7:
    """
    The ordinary meeting admits associates. It has to rule on the request of an adult who has been employed
    without a break for at least a year. After a refusal a new request may be made each year.
    (loi n° 78-763 du 19 juillet 1978, art. 7)
    """

    @pytest.mark.parametrize(("requested", "a_year"), [("2027-01-31", False), ("2027-02-01", True)])
    def test_the_day_before_and_the_day_of_a_year(self, requested, a_year):
        assert met(right(requested))["employed_a_year_at_request"] is a_year

    def test_a_year_at_the_request(self):
        found = right("2027-02-01")
        assert found.must_rule
        assert found.first_meeting == dt.date(2027, 6, 12)
        assert not any(reason.needs_review for reason in found.reasons if reason.code.endswith("request"))

    def test_a_year_at_the_meeting_only(self):
        """Hired 2026-02-01, request of 2026-11-10, meeting of 2027-06-12: the text does not say which day counts."""
        found = right("2026-11-10")
        assert found.must_rule
        assert met(found) == {
            "adult": True,
            "employed_a_year_at_request": False,
            "employed_a_year_at_meeting": True,
        }
        assert [reason.code for reason in found.reasons if reason.needs_review] == [
            "employed_a_year_at_meeting"
        ]

    @pytest.mark.parametrize(("hired", "granted"), [("2026-06-13", False), ("2026-06-12", True)])
    def test_the_meeting_the_day_before_the_year_is_over(self, hired, granted):
        assert right("2026-11-10", hired=dt.date.fromisoformat(hired)).must_rule is granted

    def test_figures_are_given(self):
        reason = next(one for one in right("2026-11-10").reasons if one.code == "employed_a_year_at_request")
        assert (reason.found, reason.wanted, reason.missing, reason.unit) == (9, 12, 3, "months")
        assert str(reason.citations[0]) == "Loi n° 78-763 du 19 juillet 1978, art. 7"

    @pytest.mark.parametrize(("adult", "granted"), [("2027-03-01", True), ("2027-03-02", False)])
    def test_of_age(self, adult, granted):
        assert right(adult_on=adult).must_rule is granted

    def test_a_break_starts_the_year_again(self):
        broken = [Interval(dt.date(2024, 1, 1), dt.date(2026, 7, 31)), Interval(dt.date(2026, 8, 2))]
        assert not right("2027-03-01", spells=broken, meetings=["2027-03-01"]).must_rule
        unbroken = [Interval(dt.date(2024, 1, 1), dt.date(2026, 7, 31)), Interval(dt.date(2026, 8, 1))]
        assert right("2027-03-01", spells=unbroken, meetings=["2027-03-01"]).must_rule

    def test_who_is_employed_no_more(self):
        gone = [Interval(dt.date(2024, 1, 1), dt.date(2027, 2, 28))]
        assert not right("2027-03-01", spells=gone).must_rule

    def test_a_cape_is_no_employment(self):
        """Only contracts of employment are given: without one there is no right."""
        assert not right("2027-03-01", spells=[Interval(dt.date(2027, 3, 2))], meetings=[]).must_rule

    @pytest.mark.parametrize(("requested", "again"), [("2027-06-11", False), ("2027-06-12", True)])
    def test_a_year_after_a_refusal(self, requested, again):
        found = right(requested, refused_on="2026-06-12")
        assert met(found)["a_year_since_the_refusal"] is again
        assert found.must_rule is again

    def test_no_meeting_after_the_request(self):
        assert right("2028-06-13").first_meeting is None

    def test_the_meeting_on_the_day_of_the_request(self):
        assert right("2027-06-12").first_meeting == dt.date(2027, 6, 12)


class TestMembershipDeadline:
    """
    The contract of a salaried entrepreneur ends by law if she is not an associate in time: a meeting on the
    first unsafe day comes too late. (code du travail, art. L7331-3)
    """

    @pytest.mark.parametrize(("deadline", "in_time"), [("2027-06-12", False), ("2027-06-13", True)])
    def test_the_last_safe_day(self, deadline, in_time):
        found = right(deadline_on=deadline)
        assert met(found)["meeting_before_deadline"] is in_time
        assert found.must_rule

    def test_no_meeting_at_all(self):
        assert met(right("2028-06-13", deadline_on="2030-01-01"))["meeting_before_deadline"] is False


class TestArticle8:
    """
    The statutes may admit employees of age on request, after a time that they set, without a vote.
    (loi n° 78-763 du 19 juillet 1978, art. 8)
    """

    @pytest.mark.parametrize(
        ("requested", "of_right"), [("2026-11-10", "2027-08-01"), ("2027-08-02", "2027-08-02")]
    )
    def test_after_the_time_of_the_statutes(self, requested, of_right):
        found = right(requested, statutes={"admitted_after_months": 18})
        assert found.of_right_on == dt.date.fromisoformat(of_right)

    def test_not_without_such_a_clause(self):
        assert right().of_right_on is None

    def test_not_for_who_is_not_employed(self):
        found = right(spells=[Interval(dt.date(2030, 1, 1))], statutes={"admitted_after_months": 18})
        assert found.of_right_on is None


class TestScic:
    """In a Scic nothing obliges to rule: its statutes say how one becomes an associate. (loi de 1947, art. 19 septies)"""

    def test_no_right(self):
        found = right(code="scic_sarl")
        assert not found.must_rule
        assert [reason.code for reason in found.reasons] == ["no_right_in_this_form"]


class TestArticle9:
    """
    The statutes may oblige employees to apply, at the earliest when of age; who does not is deemed to have
    resigned – but not a salaried entrepreneur. (loi de 1978, art. 9; code du travail, art. L7331-3)
    """

    def duty(self, *, code="scop_sarl", months=24, adult_on="2008-01-01", cesa=False):
        chosen = statutes(legal_form=code, apply_within_months=months)
        return application_duty(form(code), chosen, hired_on="2024-02-29", adult_on=adult_on, cesa=cesa)

    def test_deemed_to_have_resigned(self):
        found = self.duty()
        assert (found.due_on, found.deemed_resigned) == (dt.date(2026, 2, 28), True)

    def test_not_before_majority(self):
        assert self.duty(adult_on="2027-05-04").due_on == dt.date(2027, 5, 4)

    def test_a_cesa_ends_by_law_and_is_no_resignation(self):
        found = self.duty(cesa=True)
        assert not found.deemed_resigned
        assert any(reason.needs_review for reason in found.reasons)

    def test_a_scic_has_no_such_resignation(self):
        found = self.duty(code="scic_sarl")
        assert not found.deemed_resigned
        assert "19 septies" in str(found.reasons[0].citations[0])

    def test_no_clause_no_duty(self):
        found = self.duty(months=None)
        assert (found.due_on, found.deemed_resigned, found.reasons[0].met) == (None, False, False)
