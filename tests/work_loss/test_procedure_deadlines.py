"""The deadlines of a request, the day before and the day of each change."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_loss_samples import LAW, day

from cae_core.errors import InputError, LawNotKnownError
from cae_core.france.partial_activity import Ground, deadlines


class TestRequest:
    """Before the placement; for a disaster or an exceptional circumstance, within thirty days after it."""

    def test_april_2020(self):
        found = deadlines(LAW, day("2020-03-17"), headcount=130, period_ends_on=day("2020-06-30"))
        assert found.request_by == day("2020-04-16")
        assert found.works_council_by == day("2020-06-16")
        assert (found.silence_days, found.granted_on) == (2, day("2020-04-18"))
        assert found.authorised_until == day("2021-03-16")
        assert found.claim_by == day("2021-06-30")
        assert found.rolling_months is None

    @pytest.mark.parametrize(
        ("ground", "placed", "request_by"),
        [
            (Ground.EXCEPTIONAL, "2020-02-29", None),
            (Ground.EXCEPTIONAL, "2020-03-01", "2020-03-31"),
            (Ground.DISASTER, "2020-02-29", "2020-03-30"),
            (Ground.DISASTER, "2025-01-10", "2025-02-09"),
            (Ground.ECONOMY, "2020-03-17", "2020-03-16"),
            (Ground.SUPPLY, "2026-03-02", "2026-03-01"),
        ],
    )
    def test_last_day(self, ground, placed, request_by):
        found = deadlines(LAW, day(placed), ground)
        assert found.request_by == (day(request_by) if request_by else None)

    @pytest.mark.parametrize(
        ("asked", "days"),
        [("2020-02-28", 15), ("2020-03-01", 2), ("2020-09-30", 2), ("2020-10-01", 15), ("2026-07-01", 15)],
    )
    def test_silence(self, asked, days):
        """
        Two days from March 2020; décret n° 2020-1188 brought fifteen back on 1 October 2020, three months
        before the end first announced.
        """
        found = deadlines(LAW, day(asked), requested_on=day(asked))
        assert found.silence_days == days
        assert found.granted_on == day(asked) + dt.timedelta(days=days)

    @pytest.mark.parametrize(
        ("ground", "placed", "until", "rolling"),
        [
            (Ground.ECONOMY, "2020-02-29", "2020-08-28", None),
            (Ground.ECONOMY, "2020-03-01", "2021-02-28", None),
            (Ground.ECONOMY, "2021-06-30", "2022-06-29", None),
            (Ground.ECONOMY, "2021-07-01", "2021-09-30", 6),
            (Ground.DISASTER, "2021-06-30", "2022-06-29", None),
            (Ground.DISASTER, "2021-07-01", "2021-12-31", None),
        ],
    )
    def test_longest_authorisation(self, ground, placed, until, rolling):
        found = deadlines(LAW, day(placed), ground)
        assert (found.authorised_until, found.rolling_months) == (day(until), rolling)

    @pytest.mark.parametrize(("headcount", "asked"), [(49, False), (50, True)])
    def test_works_council_from_fifty(self, headcount, asked):
        assert bool(deadlines(LAW, day("2020-03-17"), headcount=headcount).works_council_by) is asked

    def test_its_opinion_comes_with_an_ordinary_request(self):
        found = deadlines(LAW, day("2025-05-05"), Ground.ECONOMY, headcount=60)
        assert found.works_council_by == found.requested_on == day("2025-05-04")

    @pytest.mark.parametrize(("asked", "months"), [("2018-12-31", 12), ("2020-12-30", 12), ("2020-12-31", 6)])
    def test_claim(self, asked, months):
        """One year after the period, six months where the authorisation is asked from 31 December 2020."""
        ends = day(asked) + dt.timedelta(days=31)
        found = deadlines(LAW, day(asked), requested_on=day(asked), period_ends_on=ends)
        assert (found.claim_by.year - ends.year) * 12 + found.claim_by.month - ends.month == months

    def test_claim_published(self):
        """Example published in 2021: a period that ended on 31 May 2020 is claimed by 31 May 2021."""
        found = deadlines(LAW, day("2020-03-17"), period_ends_on=day("2020-05-31"))
        assert found.claim_by == day("2021-05-31")

    def test_claim_before_any_limit(self):
        """The limit came with the budget law for 2019, for authorisations asked from 24 September 2018."""
        with pytest.raises(LawNotKnownError):
            deadlines(LAW, day("2018-09-23"))

    @pytest.mark.parametrize("placed", ["2019-05-01", "2020-05-01", "2025-05-01"])
    def test_every_text_was_read(self, placed):
        assert deadlines(LAW, day(placed), Ground.DISASTER).to_review == ()

    @pytest.mark.parametrize("ends", ["2020-03-16", "2021-03-17"])
    def test_a_period_that_cannot_be(self, ends):
        with pytest.raises(InputError, match="a day from 2020-03-17 to 2021-03-16"):
            deadlines(LAW, day("2020-03-17"), period_ends_on=day(ends))

    def test_outside_what_is_known(self):
        with pytest.raises(LawNotKnownError):
            deadlines(LAW, day("2026-08-01"))
        assert deadlines(LAW, day("2026-08-01"), assume_unchanged=True).silence_days == 15

    @given(st.dates(dt.date(2019, 1, 1), dt.date(2026, 6, 30)), st.sampled_from(Ground))
    def test_in_order(self, placed, ground):
        found = deadlines(LAW, placed, ground, headcount=60)
        assert found.granted_on > found.requested_on
        assert placed <= found.period_ends_on < found.claim_by
        assert found.request_by is None or abs((found.request_by - placed).days) <= 30
