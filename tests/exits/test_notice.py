"""Notice: dismissal, retirement, resignation, and the telling during a trial."""

import datetime as dt

import pytest
from exit_samples import EXAMPLES, day, law_on, served
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError
from cae_core.calendar import add_months
from cae_core.france.exits import (
    AgreedNotice,
    dismissal_notice,
    resignation_notice,
    retirement_notice,
    seniority,
    trial_notice,
)
from cae_core.france.exits.notice import last_day_of_notice

ON = day("2025-09-01")


def months_served(months):
    return served(f"{months}/12")


class TestOfficialExamples:
    """The tests of the simulator of the Ministry of Labour, in months."""

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("end-notice-")])
    def test_dismissal(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        steps = {"<6 months": (0, 5), "6 months to 2 years": (6, 23), ">2 years": (24, 60)}
        for months in steps[inputs["seniority"]]:
            found = dismissal_notice(
                law_on(), months_served(months), ON, disabled=inputs.get("disabled", False)
            )
            assert (found.months, found.days) == (expected["months"], 0)

    @pytest.mark.parametrize("by_employer", [True, False])
    @pytest.mark.parametrize(
        ("months", "expected", "disabled"),
        [
            (3, 0, False), (6, 1, False), (11, 1, False), (12, 1, False), (23, 1, False), (24, 2, False),
            (25, 2, False), (3, 0, True), (6, 2, True), (24, 3, True),
        ],
    )  # fmt: skip
    def test_retirement(self, months, expected, disabled, by_employer):
        """preavis-retraite/depart-mise.spec.ts, and the same for a disabled person."""
        found = retirement_notice(
            law_on(), months_served(months), ON, by_employer=by_employer, disabled=disabled
        )
        assert found.months == expected


class TestDismissal:
    """
    One month of notice between six months and two years of service, two from two years on.
    (Code du travail, art. L1234-1)
    """

    @pytest.mark.parametrize(
        ("told_on", "months"),
        [("2025-06-29", 0), ("2025-06-30", 1), ("2026-12-30", 1), ("2026-12-31", 2)],
    )
    def test_the_day_before_and_the_day_of_each_step(self, told_on, months):
        law = law_on(told_on, assume_unchanged=True)
        found = dismissal_notice(law, seniority(law, day("2025-01-01"), day(told_on)), day(told_on))
        assert found.months == found.legal_months == months

    def test_none_ends_the_contract_on_the_day(self):
        found = dismissal_notice(law_on(), months_served(5), ON)
        assert found.last_day_on == ON
        assert not found.reasons[0].met

    def test_it_runs_from_the_presentation_of_the_letter(self):
        """Code du travail, art. L1234-3."""
        found = dismissal_notice(law_on(), months_served(30), day("2025-09-04"))
        assert found.starts_on == day("2025-09-04")
        assert found.last_day_on == day("2025-11-03")

    @pytest.mark.parametrize(("agreed", "last"), [(1, "2025-10-31"), (2, "2025-10-31"), (3, "2025-11-30")])
    def test_an_agreement_may_give_more(self, agreed, last):
        found = dismissal_notice(
            law_on(),
            months_served(30),
            ON,
            agreed=AgreedNotice(months=agreed, source="convention Syntec, art. 15"),
        )
        assert found.last_day_on == day(last)
        assert any("Syntec" in reason.french for reason in found.reasons) is (agreed == 3)

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [
            (AgreedNotice(days=20), (0, 40)),
            (AgreedNotice(days=45), (0, 90)),
            (AgreedNotice(days=46), (3, 0)),
            (AgreedNotice(months=4), (4, 0)),
        ],
    )
    def test_the_doubling_never_goes_beyond_three_months(self, agreed, expected):
        """1 September plus ninety days is 29 November, one day under three months; ninety-two are over."""
        found = dismissal_notice(law_on(), months_served(3), ON, disabled=True, agreed=agreed)
        assert (found.months, found.days) == expected


class TestRetirementAgreement:
    """Who leaves may use a shorter notice of an agreement; who is put into retirement has the longer one."""

    @pytest.mark.parametrize(
        ("by_employer", "agreed", "last"),
        [
            (False, 1, "2025-09-30"),
            (False, 3, "2025-10-31"),
            (True, 1, "2025-10-31"),
            (True, 3, "2025-11-30"),
        ],
    )
    def test_each(self, by_employer, agreed, last):
        found = retirement_notice(
            law_on(), months_served(30), ON, by_employer=by_employer, agreed=AgreedNotice(months=agreed)
        )
        assert found.last_day_on == day(last)

    def test_under_six_months_the_agreement_alone_speaks(self):
        found = retirement_notice(
            law_on(), months_served(3), ON, by_employer=False, agreed=AgreedNotice(days=15)
        )
        assert (found.days, found.last_day_on) == (15, day("2025-09-15"))


class TestLastDay:
    """A notice in months ends the day before the same number, as practice counts it."""

    @pytest.mark.parametrize(
        ("starts", "months", "days", "last"),
        [
            ("2025-11-05", 1, 0, "2025-12-04"),  # rocketlawyer.com
            ("2025-02-01", 1, 0, "2025-02-28"),  # rocketlawyer.com: the last day of February
            ("2024-02-01", 1, 0, "2024-02-29"),
            ("2013-01-14", 1, 0, "2013-02-13"),  # lhotellerie-restauration.fr
            ("2013-01-14", 0, 15, "2013-01-28"),  # lhotellerie-restauration.fr
            ("2025-06-16", 1, 0, "2025-07-15"),  # blog-pratique-droit-du-travail.fr
            ("2025-06-06", 1, 0, "2025-07-05"),  # lexical.nc
            ("2025-01-31", 1, 0, "2025-02-28"),
            ("2025-01-29", 1, 0, "2025-02-28"),
            ("2025-01-28", 1, 0, "2025-02-27"),
            ("2025-08-31", 3, 0, "2025-11-30"),
        ],
    )
    def test_published_examples_and_short_months(self, starts, months, days, last):
        assert last_day_of_notice(day(starts), months, days) == day(last)

    @given(st.dates(day("2000-01-01"), day("2030-01-01")), st.integers(1, 12))
    def test_never_more_than_the_same_number_and_never_two_days_less(self, starts, months):
        same = add_months(starts, months)
        assert same - dt.timedelta(days=1) <= last_day_of_notice(starts, months) <= same

    def test_the_way_it_is_counted_is_to_be_reviewed(self):
        found = dismissal_notice(law_on(), months_served(30), ON)
        assert [reason.code for reason in found.reasons if reason.needs_review] == [
            "notice_counted_from_its_first_day"
        ]


class TestResignation:
    """
    No legal length: an agreement or usage gives it.
    (Code du travail, art. L1237-1)
    """

    def test_without_an_agreement_there_is_no_answer(self):
        found = resignation_notice(ON)
        assert found.last_day_on is None
        assert [(reason.code, reason.met) for reason in found.reasons] == [("agreement_or_usage", False)]

    def test_with_one(self):
        assert resignation_notice(ON, AgreedNotice(months=3)).last_day_on == day("2025-11-30")

    def test_one_of_no_length(self):
        assert resignation_notice(ON, AgreedNotice()).last_day_on == ON

    @pytest.mark.parametrize("wrong", [{"months": -1}, {"days": "3"}])
    def test_a_length_that_cannot_be(self, wrong):
        with pytest.raises(InputError, match="AgreedNotice"):
            AgreedNotice(**wrong)


class TestTrialByTheCooperative:
    """
    Twenty-four hours under eight days of presence, forty-eight, two weeks after one month, one month after
    three.
    (Code du travail, art. L1221-25)
    """

    @pytest.mark.parametrize(
        ("told_on", "last"),
        [
            ("2025-03-01", "2025-03-02"),
            ("2025-03-06", "2025-03-07"),  # profession-culture.com: hired on 1 March, told on the 6th
            ("2025-03-07", "2025-03-08"),
            ("2025-03-08", "2025-03-10"),
            ("2025-03-31", "2025-04-02"),
            ("2025-04-01", "2025-04-15"),
            ("2025-05-31", "2025-06-14"),
            ("2025-06-01", "2025-07-01"),
        ],
    )
    def test_the_day_before_and_the_day_of_each_step(self, told_on, last):
        found = trial_notice(law_on(told_on), day("2025-03-01"), day(told_on), by_employer=True)
        assert found.last_day_on == day(last)
        assert found.compensated_days == 0
        assert found.reasons[0].needs_review

    def test_the_trial_is_not_prolonged(self):
        """
        KALIARTI000021482455: hired on 1 January, trial until 31 May, told on 15 May.

        The contract ends on 31 May and fifteen days are paid.
        """
        found = trial_notice(
            law_on("2025-05-15"),
            day("2025-01-01"),
            day("2025-05-15"),
            by_employer=True,
            trial_ends_on=day("2025-05-31"),
        )
        assert found.last_day_on == day("2025-05-31")
        assert found.compensated_days == 15

    @pytest.mark.parametrize(("trial_ends", "days"), [("2025-06-15", 0), ("2025-06-14", 1)])
    def test_the_last_day_that_is_enough(self, trial_ends, days):
        found = trial_notice(
            law_on("2025-05-15"),
            day("2025-01-01"),
            day("2025-05-15"),
            by_employer=True,
            trial_ends_on=day(trial_ends),
        )
        assert found.compensated_days == days

    def test_after_the_trial(self):
        with pytest.raises(InputError, match="2025-06-01 comes after the trial, which ends on 2025-05-31"):
            trial_notice(
                law_on(),
                day("2025-01-01"),
                day("2025-06-01"),
                by_employer=True,
                trial_ends_on=day("2025-05-31"),
            )

    def test_before_the_contract(self):
        with pytest.raises(InputError, match="comes before the contract starts"):
            trial_notice(law_on(), day("2025-01-02"), day("2025-01-01"), by_employer=True)


class TestTrialByTheEntrepreneur:
    """
    Forty-eight hours, twenty-four under eight days of presence.
    (Code du travail, art. L1221-26)
    """

    @pytest.mark.parametrize(
        ("told_on", "last"),
        [
            ("2025-03-07", "2025-03-08"),
            ("2025-03-08", "2025-03-10"),
            ("2025-03-10", "2025-03-12"),  # profession-culture.com: hired on 1 March, told on the 10th
            ("2025-06-01", "2025-06-03"),
        ],
    )
    def test_each_step(self, told_on, last):
        found = trial_notice(law_on(told_on), day("2025-03-01"), day(told_on), by_employer=False)
        assert found.last_day_on == day(last)

    def test_nothing_is_paid_where_the_trial_ends_before(self):
        found = trial_notice(
            law_on(), day("2025-03-01"), day("2025-03-31"), by_employer=False, trial_ends_on=day("2025-03-31")
        )
        assert (found.last_day_on, found.compensated_days) == (day("2025-03-31"), 0)
