"""The seventeen transitions of the path in a cooperative, a class each: what the law asks, and what it does."""

import pytest

from cae_core import RefusedError, load
from cae_core.errors import InputError
from cae_core.france.contracts import PriorContract
from cae_core.france.exits import EndingKind
from cae_core.france.lifecycle import (
    KNOWN_FORMS,
    LEGAL_FAMILIES,
    CaeFacts,
    MeetingDay,
    cape_of,
    delay_of,
)
from cae_core.pathway import Event, advance, at
from path_samples import admission, cape, cesa, day, event, person, started

LIFECYCLE = load().lifecycle("cae")
IN_CAPE = person(started(cape()))
IN_TRIAL = person(started(cesa(trial_ends_on="2025-04-30", trial_renewed_until="2025-08-31")))
IN_CESA = person(started(cesa()))
ASSOCIATE = person(started(cesa()), admission("2026-06-13"))


def taken(pathway, event):
    after = advance(pathway, event)
    entry = after.history[-1]
    return entry.transition.number, after.stage


def refused(pathway, event):
    with pytest.raises(RefusedError) as caught:
        advance(pathway, event)
    return {objection.code: objection for objection in caught.value.objections}


def texts(objection):
    return [str(citation) for citation in objection.citations]


class TestTheTable:
    def test_seventeen_numbers(self):
        assert {row.number for row in LIFECYCLE.transitions} == set(range(18))

    def test_each_numbered_row_says_its_text_and_what_it_does(self):
        for row in LIFECYCLE.transitions:
            if row.number:
                assert row.citations, row.code
                assert row.effects, row.code
                assert all(effect.french and effect.english for effect in row.effects)

    def test_rows_of_one_event_never_compete(self):
        """Of the rows that one event may take from one stage, all but one say when they are meant."""
        for row in LIFECYCLE.transitions:
            others = [
                other
                for other in LIFECYCLE.transitions
                if other.event == row.event and set(other.sources) & set(row.sources) and other is not row
            ]
            assert row.when is not None or not others, row.code


class TestCape:
    """1. Prospect → CAPE. (Code de commerce, art. L127-1, L127-2 et R127-1)"""

    def test_taken(self):
        assert taken(person(), started(cape())) == (1, "cape")

    def test_she_is_no_employee_and_the_bodies_are_told(self):
        effects = " ".join(effect.text("en") for effect in LIFECYCLE.transition("cape").effects)
        assert "no employment contract" in effects
        assert "Urssaf and France Travail" in effects

    def test_the_day_is_that_of_the_contract(self):
        wrong = Event("cape", "2024-01-02", {"contract": cape()})
        assert set(refused(person(), wrong)) == {"starts_as_written"}

    def test_another_kind_of_contract(self):
        assert set(refused(person(), Event("cape", "2025-01-01", {"contract": cesa()}))) == {"fact_contract"}

    def test_two_do_not_run_together(self):
        found = refused(IN_CAPE, started(cape("2024-06-01", "2024-12-31")))
        assert set(found) == {"no_such_step"}

    def test_who_comes_back_starts_again(self):
        gone = advance(IN_CAPE, event("cape_ended_early", "2024-03-31"))
        assert taken(gone, started(cape("2024-04-01", "2024-12-31"))) == (1, "cape")
        assert set(refused(gone, started(cape("2024-03-31", "2024-12-31")))) == {"no_overlap"}

    def test_a_second_one_is_an_open_point(self):
        gone = advance(IN_CAPE, event("cape_ended_early", "2024-03-31"))
        again = advance(gone, started(cape("2024-04-01", "2024-12-31")))
        (reason,) = [each for each in again.history[-1].reasons if each.needs_review]
        assert (reason.code, reason.met) == ("earlier_cape", True)
        assert not any(each.needs_review for each in IN_CAPE.history[-1].reasons)


class TestRenewal:
    """2. CAPE → CAPE: written, before the term, at most twice. (Code de commerce, art. L127-2)"""

    @pytest.mark.parametrize("on", ["2024-06-01", "2024-12-30", "2024-12-31"])
    def test_until_the_term(self, on):
        assert taken(IN_CAPE, event("cape_renewal", on, ends_on="2025-12-31")) == (2, "cape")

    def test_the_day_after_the_term(self):
        found = refused(IN_CAPE, event("cape_renewal", "2025-01-01", ends_on="2025-12-31"))
        assert set(found) == {"renewal_after_term"}
        assert texts(found["renewal_after_term"]) == ["C. com. art. L127-2"]

    def test_later_the_contract_is_over(self):
        found = refused(IN_CAPE, event("cape_renewal", "2025-01-02", ends_on="2025-12-31"))
        assert "depuis le 2025-01-01 (terme du CAPE)" in found["no_such_step"].french

    def test_thirteen_months_and_a_third_time(self):
        assert set(refused(IN_CAPE, event("cape_renewal", "2024-06-01", ends_on="2026-01-01"))) == {
            "period_too_long"
        }
        twice = advance(
            advance(IN_CAPE, event("cape_renewal", "2024-06-01", ends_on="2025-12-31")),
            event("cape_renewal", "2025-06-01", ends_on="2026-12-31"),
        )
        assert cape_of(twice).last_possible_day == day("2026-12-31")
        assert set(refused(twice, event("cape_renewal", "2026-07-01", ends_on="2027-06-30"))) == {
            "too_many_renewals"
        }


class TestProspectToCesa:
    """3. Prospect → CESA, with or without a trial period. (Code du travail, art. L7331-2 et L7332-1)"""

    def test_without_a_trial(self):
        assert taken(person(), started(cesa())) == (3, "cesa")

    def test_with_a_trial(self):
        assert taken(person(), started(cesa(trial_ends_on="2025-04-30"))) == (3, "cesa_trial")

    def test_an_employer_that_is_no_cae(self):
        found = refused(person(is_cae=False), started(cesa()))
        assert set(found) == {"cooperative_is_cae"}
        assert texts(found["cooperative_is_cae"]) == [
            "C. trav. art. L7331-1 et L7331-2",
            "Loi n° 47-1775 du 10 septembre 1947, art. 26-41",
        ]

    def test_a_contract_that_has_ended_does_not_start(self):
        assert set(refused(person(), started(cesa(ends_on="2025-12-31")))) == {"open_ended"}

    def test_contracts_given_from_before_shorten_the_clocks(self):
        """Seven months of an older contract leave one month of trial."""
        before = person(
            prior_contracts=[PriorContract(starts_on="2023-01-01", ends_on="2023-07-31", kind="CDD")]
        )
        assert taken(before, started(cesa(trial_ends_on="2025-01-30"))) == (3, "cesa_trial")
        assert set(refused(before, started(cesa(trial_ends_on="2025-04-30")))) == {"trial_too_long"}

    def test_who_comes_back_has_her_old_contract_taken_off(self):
        gone = advance(IN_CESA, event("resignation", "2025-12-31", notified_on="2025-10-01"))
        again = advance(gone, started(cesa("2026-03-01")))
        assert again.stage == "cesa"
        assert delay_of(again).by_months == day("2028-03-01")

    def test_already_admitted(self):
        new = started(
            cesa("2025-07-01"), vote="admitted", requested_on=day("2025-05-01"),
            voted_on=day("2025-06-14"), subscribed_on=day("2025-06-20"),
        )  # fmt: skip
        assert taken(person(), new) == (3, "associate")


class TestCapeToTrial:
    """4. CAPE → CESA with a trial: what is left of eight months. (Code du travail, art. L7332-1)"""

    five_months = person(started(cape("2024-08-01", "2024-12-31")))

    @pytest.mark.parametrize(("ends", "allowed"), [("2025-03-31", True), ("2025-04-01", False)])
    def test_the_last_possible_day(self, ends, allowed):
        """Five months, 153 days: from 1 September back to 1 April by both counts, so until the day before."""
        new = started(cesa(trial_ends_on=ends))
        if allowed:
            assert taken(self.five_months, new) == (4, "cesa_trial")
        else:
            assert set(refused(self.five_months, new)) == {"trial_too_long"}

    def test_after_a_year_none_is_left(self):
        assert set(refused(IN_CAPE, started(cesa(trial_ends_on="2025-01-31")))) == {"trial_too_long"}


class TestCapeToCesa:
    """5. CAPE → CESA: the CAPE is taken off the three years. (Code du travail, art. L7331-3)"""

    def test_the_day_after_the_term(self):
        after = advance(IN_CAPE, started(cesa()))
        assert (after.history[-1].transition.number, after.stage) == (5, "cesa")
        assert (delay_of(after).by_months, delay_of(after).by_days) == (day("2027-01-01"), day("2026-12-31"))
        assert {reason.code for reason in after.history[-1].reasons if reason.needs_review} == {"two_counts"}

    def test_during_the_cape(self):
        after = advance(IN_CAPE, started(cesa("2024-07-01")))
        assert cape_of(after).period.ends_on == day("2024-06-30")
        assert delay_of(after).by_months == day("2027-01-01")

    def test_a_cape_of_no_day_at_all(self):
        assert set(refused(IN_CAPE, started(cesa("2024-01-01")))) == {"no_overlap"}
        assert taken(IN_CAPE, started(cesa("2024-01-02"))) == (5, "cesa")

    def test_after_a_gap_she_starts_from_outside(self):
        """The CAPE is over since 1 January; its twelve months are taken off all the same, the gap is not."""
        after = advance(IN_CAPE, started(cesa("2025-03-01")))
        assert [entry.transition.code for entry in after.history] == [
            "cape", "cape_term", "prospect_to_cesa_no_trial",
        ]  # fmt: skip
        assert delay_of(after).by_months == day("2027-03-01")

    long = person(
        started(cape("2023-02-01", "2024-01-31")),
        event("cape_renewal", "2024-01-10", ends_on="2025-01-31"),
        event("cape_renewal", "2025-01-10", ends_on="2026-01-31"),
    )

    def test_36_months_leave_nothing(self):
        found = refused(self.long, started(cesa("2026-02-02")))
        assert set(found) == {"delay_left"}
        assert "échéance le 2026-02-02" in found["delay_left"].french
        assert texts(found["delay_left"]) == ["C. trav. art. L7331-3"]

    @pytest.mark.parametrize(("voted", "in_time"), [("2026-01-31", True), ("2026-02-01", False)])
    def test_unless_she_is_admitted_first(self, voted, in_time):
        new = started(
            cesa("2026-02-01", signed_on="2026-01-31"), vote="admitted", requested_on=day("2025-12-01"),
            voted_on=day(voted), subscribed_on=day("2026-01-31"),
        )  # fmt: skip
        if in_time:
            assert taken(self.long, new) == (5, "associate")
        else:
            assert set(refused(self.long, new)) == {"vote_before_signature"}


class TestTrialPassed:
    """6. A trial that nobody breaks is over, by itself. (Code du travail, art. L7332-1)"""

    @pytest.mark.parametrize(("on", "stage"), [("2025-08-31", "cesa_trial"), ("2025-09-01", "cesa")])
    def test_the_last_day_and_the_day_after(self, on, stage):
        assert at(IN_TRIAL, day(on)).stage == stage

    def test_it_is_recorded(self):
        assert at(IN_TRIAL, day("2025-09-01")).history[-1].transition.number == 6


class TestTrialBreak:
    """7. A trial is broken while it runs. (Code du travail, art. L7332-1, L1221-25 et L1221-26)"""

    def test_until_the_last_day(self):
        on_the_last = event("trial_break", "2025-08-31", notified_on="2025-07-31", by="cooperative")
        assert taken(IN_TRIAL, on_the_last) == (7, "exited")

    def test_the_day_after(self):
        late = event("trial_break", "2025-09-01", notified_on="2025-09-02", by="entrepreneur")
        assert set(refused(IN_TRIAL, late)) == {"still_in_trial", "notified"}

    def test_who_breaks_it_is_said(self):
        assert set(
            refused(IN_TRIAL, event("trial_break", "2025-05-01", notified_on="2025-05-01", by="she"))
        ) == {"fact_by"}

    def test_there_is_none_to_break(self):
        broken = event("trial_break", "2025-05-01", notified_on="2025-05-01", by="cooperative")
        assert set(refused(IN_CESA, broken)) == {"no_such_step"}


class TestAdmission:
    """
    8. CESA → associate: a request, a vote, a subscription, before the delay is over.
    (Code du travail, art. L7331-3; loi n° 78-763 du 19 juillet 1978, art. 7)
    """

    def test_taken(self):
        assert taken(IN_CESA, admission("2026-06-13")) == (8, "associate")
        assert taken(IN_TRIAL, admission("2025-06-14")) == (8, "associate")

    @pytest.mark.parametrize("on", ["2027-12-30", "2027-12-31"])
    def test_until_the_last_safe_day(self, on):
        assert taken(person(started(cesa())), admission(on)) == (8, "associate")

    def test_on_the_deadline_it_is_too_late(self):
        found = refused(IN_CESA, admission("2028-01-01"))
        assert set(found) == {"admitted_in_time"}
        assert found["admitted_in_time"].french == "admission le 2028-01-01, dernier jour utile le 2027-12-31"
        assert texts(found["admitted_in_time"]) == ["C. trav. art. L7331-3"]

    def test_the_day_after_she_is_out(self):
        assert "no_such_step" in refused(IN_CESA, admission("2028-01-02"))

    def test_refused_by_the_meeting(self):
        found = refused(IN_CESA, admission("2026-06-13", vote="refused"))
        assert set(found) == {"voted"}
        assert texts(found["voted"]) == ["Loi n° 78-763 du 19 juillet 1978, art. 7"]

    def test_everything_at_once(self):
        found = refused(IN_CESA, Event("admission", "2028-01-01"))
        assert set(found) == {"requested", "voted", "subscribed", "admitted_in_time"}

    def test_out_of_order(self):
        found = refused(
            IN_CESA,
            admission(
                "2026-06-13", requested_on="2026-06-15", voted_on="2026-06-14", subscribed_on="2026-06-14"
            ),
        )
        assert set(found) == {"requested", "voted", "subscribed"}

    def test_a_request_recorded_before(self):
        asked = advance(IN_CESA, event("membership_request", "2026-01-10"))
        new = event(
            "admission", "2026-06-13", voted_on="2026-06-13", subscribed_on="2026-06-13", vote="admitted"
        )
        assert taken(asked, new) == (8, "associate")
        assert set(refused(IN_CESA, new)) == {"requested"}

    def test_only_a_meeting_that_is_held(self):
        known = person(started(cesa()), meetings=[MeetingDay(on="2026-06-13")])
        late = admission("2026-06-20", requested_on="2026-01-10", voted_on="2026-06-13")
        assert taken(known, late) == (8, "associate")
        assert set(refused(known, admission("2026-06-12"))) == {"meeting_known"}

    def test_by_the_statutes_of_a_scic(self):
        scic = person(started(cesa()), legal_form="scic")
        new = event(
            "admission", "2026-06-13", requested_on="2026-01-01", subscribed_on="2026-06-01", by_statutes=True
        )
        assert taken(scic, new) == (8, "associate")
        found = refused(scic, event("admission", "2026-06-13", by_statutes=True))
        assert {code: texts(reason) for code, reason in found.items()} == {
            "requested": ["Statuts de la coopérative"],
            "subscribed": ["Statuts de la coopérative"],
        }

    def test_a_refusal_may_be_recorded_and_asked_again(self):
        turned_down = advance(IN_CESA, event("admission_refused", "2025-06-14"))
        assert turned_down.stage == "cesa"
        assert taken(turned_down, admission("2026-06-13")) == (8, "associate")


class TestMembershipDeadline:
    """9. Not an associate in time: the contract ends by law. (Code du travail, art. L7331-3)"""

    @pytest.mark.parametrize(("on", "stage"), [("2027-12-31", "cesa"), ("2028-01-01", "exited")])
    def test_the_last_safe_day_and_the_deadline(self, on, stage):
        assert at(IN_CESA, day(on)).stage == stage

    def test_its_nature_is_to_be_reviewed_and_it_is_no_resignation(self):
        row = at(IN_CESA, day("2028-01-01")).history[-1].transition
        assert (row.number, row.needs_review) == (9, True)
        (open_point,) = [effect for effect in row.effects if effect.needs_review]
        assert "nature de cette fin" in open_point.french

    def test_an_associate_stays(self):
        assert at(ASSOCIATE, day("2035-01-01")).stage == "associate"


class TestResignation:
    """10. In a SCOP membership goes with the contract. (Loi n° 78-763 du 19 juillet 1978, art. 10)"""

    def test_before_and_after_admission(self):
        assert taken(IN_CESA, event("resignation", "2026-01-31", notified_on="2025-11-01")) == (10, "exited")
        assert taken(ASSOCIATE, event("resignation", "2026-12-31", notified_on="2026-10-01")) == (
            10,
            "exited",
        )

    def test_not_before_it_is_notified(self):
        assert set(refused(IN_CESA, event("resignation", "2026-01-31", notified_on="2026-02-01"))) == {
            "notified"
        }

    def test_in_a_scic_the_statutes_say(self):
        scic = person(started(cesa()), admission("2026-06-13"), legal_form="scic")
        leaves = {"notified_on": "2026-10-01"}
        found = refused(scic, event("resignation", "2026-12-31", **leaves))
        assert set(found) == {"status_is_told"}
        assert found["status_is_told"].needs_review
        assert taken(scic, event("resignation", "2026-12-31", keeps_status=False, **leaves)) == (10, "exited")
        assert taken(scic, event("resignation", "2026-12-31", keeps_status=True, **leaves)) == (
            12, "ex_employee_associate",
        )  # fmt: skip


class TestMutualTermination:
    """11. Signed, approved, then ended. (Code du travail, art. L1237-11 à L1237-16)"""

    right = event("mutual", "2026-10-07", signed_on="2026-09-01", approved_on="2026-10-06")

    def test_taken(self):
        assert taken(IN_CESA, self.right) == (11, "exited")
        assert taken(ASSOCIATE, self.right) == (11, "exited")

    def test_not_on_the_day_of_the_approval(self):
        early = event("mutual", "2026-10-06", signed_on="2026-09-01", approved_on="2026-10-06")
        assert set(refused(IN_CESA, early)) == {"approved"}


class TestProtectedEndings:
    """12. Three ends of the contract leave membership. (Loi n° 78-763 du 19 juillet 1978, art. 11)"""

    @pytest.mark.parametrize("kind", ["dismissal_economic", "retirement_by_cooperative", "disability"])
    def test_she_stays_an_associate(self, kind):
        told = {} if kind == "disability" else {"notified_on": "2026-08-01"}
        assert taken(ASSOCIATE, event(kind, "2026-10-31", **told)) == (12, "ex_employee_associate")

    @pytest.mark.parametrize("kind", ["dismissal_economic", "retirement_by_cooperative", "disability"])
    def test_whatever_the_statutes_say(self, kind):
        """Art. 10 lets the statutes say otherwise; art. 11 has no such reserve."""
        told = {} if kind == "disability" else {"notified_on": "2026-08-01"}
        found = refused(ASSOCIATE, event(kind, "2026-10-31", keeps_status=False, **told))
        assert set(found) == {"status_kept_by_law"}
        assert [str(text) for text in found["status_kept_by_law"].citations] == [
            "Loi n° 78-763 du 19 juillet 1978, art. 11"
        ]

    def test_outside_a_scop_the_statutes_may_take_it(self):
        scic = person(started(cesa()), admission("2026-06-13"), legal_form="scic")
        told = event("dismissal_economic", "2026-12-31", notified_on="2026-10-01", keeps_status=False)
        assert taken(scic, told) == (14, "exited")

    def test_of_another_end_the_statutes_say(self):
        kept = event("retirement", "2026-10-31", notified_on="2026-08-01", keeps_status=True)
        assert taken(ASSOCIATE, kept) == (12, "ex_employee_associate")

    def test_who_is_no_associate_leaves(self):
        told = event("dismissal_economic", "2026-10-31", notified_on="2026-08-01")
        assert taken(IN_CESA, told) == (14, "exited")


class TestRenunciation:
    """13. To renounce membership ends the contract. (Loi n° 78-763 du 19 juillet 1978, art. 10)"""

    def test_taken(self):
        new = event("status_renounced", "2026-12-31", notified_on="2026-12-01")
        assert taken(ASSOCIATE, new) == (13, "exited")

    def test_also_long_after_the_contract(self):
        kept = advance(ASSOCIATE, event("disability", "2026-10-31"))
        assert taken(kept, event("status_renounced", "2028-12-31", notified_on="2028-12-01")) == (
            13,
            "exited",
        )


class TestOrdinaryEndings:
    """14. Dismissal, retirement, death. (Code du travail, art. L7331-1)"""

    @pytest.mark.parametrize("kind", ["dismissal_personal", "retirement"])
    @pytest.mark.parametrize("pathway", [IN_CESA, IN_TRIAL, ASSOCIATE], ids=["cesa", "trial", "associate"])
    def test_taken(self, kind, pathway):
        on = "2025-06-30" if pathway is not ASSOCIATE else "2026-09-30"
        assert taken(pathway, event(kind, on, notified_on=on)) == (14, "exited")

    @pytest.mark.parametrize("pathway", [IN_CAPE, IN_CESA, ASSOCIATE], ids=["cape", "cesa", "associate"])
    def test_death(self, pathway):
        on = "2024-06-30" if pathway is IN_CAPE else "2026-09-30"
        assert taken(pathway, event("death", on)) == (14, "exited")


class TestCapeEnd:
    """15. A CAPE ends with its term, or early. (Code de commerce, art. L127-2 et R127-1 6°)"""

    @pytest.mark.parametrize(("on", "stage"), [("2024-12-31", "cape"), ("2025-01-01", "exited")])
    def test_the_term_and_the_day_after(self, on, stage):
        assert at(IN_CAPE, day(on)).stage == stage

    def test_early(self):
        ended = advance(IN_CAPE, event("cape_ended_early", "2024-05-31"))
        assert (ended.history[-1].transition.number, ended.stage) == (15, "exited")
        assert cape_of(ended).period.ends_on == day("2024-05-31")

    def test_not_after_the_term(self):
        assert set(refused(IN_CAPE, event("cape_ended_early", "2025-01-01"))) == {"no_such_step"}


class TestAfterwards:
    """16, 17. Shares are refunded and the account is closed, each once. (C. trav. art. R7331-12)"""

    gone = advance(ASSOCIATE, event("resignation", "2026-12-31", notified_on="2026-10-01"))

    def test_taken(self):
        assert taken(self.gone, event("shares_refunded", "2027-06-30", amount_cents=200_000)) == (
            16,
            "exited",
        )
        assert taken(self.gone, event("account_closed", "2026-12-31")) == (17, "exited")

    def test_once(self):
        closed = advance(self.gone, event("account_closed", "2026-12-31"))
        assert set(refused(closed, event("account_closed", "2027-01-31"))) == {"once"}

    def test_only_shares_that_were_held(self):
        gone = advance(IN_CESA, event("resignation", "2025-12-31", notified_on="2025-10-01"))
        assert set(refused(gone, event("shares_refunded", "2026-06-30", amount_cents=1))) == {"was_associate"}

    def test_the_account_of_an_associate_who_no_longer_works(self):
        kept = advance(ASSOCIATE, event("disability", "2026-10-31"))
        assert taken(kept, event("account_closed", "2026-11-30")) == (17, "ex_employee_associate")


class TestRecords:
    """What is recorded without a change of stage."""

    def test_meeting_and_interview(self):
        met = advance(person(), event("information_meeting", "2023-11-05"))
        seen = advance(met, event("interview", "2023-12-01", report_signed=False))
        assert (seen.stage, [entry.transition.number for entry in seen.history]) == ("prospect", [0, 0])

    def test_an_interview_says_whether_its_report_is_signed(self):
        assert set(refused(person(), Event("interview", "2023-12-01"))) == {"fact_report_signed"}


class TestFacts:
    def test_legal_form(self):
        with pytest.raises(
            InputError,
            match="legal_form: expected one of scop, scic, cooperative, scop_sarl, scop_sa, .*, got 'sarl'",
        ):
            CaeFacts(legal_form="sarl")

    @pytest.mark.parametrize("form", KNOWN_FORMS)
    def test_each_form_has_its_family(self, form):
        assert CaeFacts(legal_form=form).family in LEGAL_FAMILIES
        assert CaeFacts(legal_form=form).is_scop is form.startswith("scop")

    def test_every_legal_ending_has_its_event(self):
        """The codes are those by which the exits say notice, indemnity and effects."""
        kinds = {kind.code for kind in LIFECYCLE.events} | {"trial_by_cooperative", "trial_by_entrepreneur"}
        assert {kind.code for kind in EndingKind} - kinds == {"transfer", "own_structure"}

    def test_meetings_are_in_order(self):
        facts = CaeFacts(meetings=[MeetingDay(on="2026-06-13"), MeetingDay(on="2025-06-14")])
        assert [str(meeting.on) for meeting in facts.meetings] == ["2025-06-14", "2026-06-13"]
