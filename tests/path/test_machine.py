"""Random events on random days: time never goes back, and nobody is employed without a right to be."""

import datetime as dt

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cae_core import ContractError, RefusedError, load
from cae_core.calendar import add_months
from cae_core.france.contracts import PriorContract
from cae_core.france.lifecycle import MeetingDay
from cae_core.pathway import Event, advance, at, deadlines
from path_samples import cape, cesa, person

LIFECYCLE = load().lifecycle("cae")
FIRST = dt.date(2017, 1, 1)
ONE_DAY = dt.timedelta(days=1)
gaps = st.one_of(st.integers(0, 40), st.integers(-20, 500))
lengths = st.integers(1, 400)


class Path(RuleBasedStateMachine):
    """One person, to whom anything may be said to happen on any day."""

    def __init__(self):
        super().__init__()
        self.day = FIRST
        #: What the machine itself knows: the days under each contract, and the last contract signed.
        self.under, self.signed, self.starts = [], None, None

    @initialize(
        form=st.sampled_from(["scop", "scic", "cooperative"]), old=st.booleans(), online=st.booleans()
    )
    def begin(self, form, old, online):
        prior = [PriorContract(starts_on="2016-01-01", ends_on="2016-04-30")] if old else []
        meetings = [
            MeetingDay(on=f"{year}-06-10", accounts_closed_on=f"{year - 1}-12-31")
            for year in range(2017, 2030)
        ]
        self.under = [(each.starts_on, each.ends_on) for each in prior]
        self.pathway = person(
            legal_form=form, prior_contracts=prior, account_online=online, meetings=meetings
        )

    def after(self, gap):
        """A day some days later, or earlier; never beyond what is known of the law."""
        return min(self.day + dt.timedelta(days=gap), dt.date(2026, 7, 31))

    @staticmethod
    def refused(error):
        assert error.objections
        assert not any(objection.met for objection in error.objections)

    def happen(self, gap, kind, **facts):
        on = self.after(gap)
        before = self.pathway
        try:
            after = advance(before, Event(kind, on, facts))
        except RefusedError as error:
            self.refused(error)
            return None
        assert before.last_on is None or on >= before.last_on
        assert after.history[: len(before.history)] == before.history
        assert after.last_on == on
        self.now(after, on)
        return on

    def now(self, after, on):
        """Take what the law did by itself into account as well."""
        for entry in after.history[len(self.pathway.history) :]:
            if entry.event.kind == "associate_deadline":
                self.under[-1] = (self.under[-1][0], entry.event.on - ONE_DAY)
        self.pathway, self.day = after, on

    @rule(gap=gaps, length=lengths)
    def cape_starts(self, gap, length):
        on = self.after(gap)
        try:
            contract = cape(on, on + dt.timedelta(days=length - 1))
        except ContractError:
            assert length > 365
            return
        if self.happen(gap, "cape", contract=contract):
            self.under.append((on, contract.ends_on))

    @rule(gap=gaps, length=lengths)
    def cape_is_renewed(self, gap, length):
        start = self.pathway
        if self.happen(gap, "cape_renewal", ends_on=self.day + dt.timedelta(days=length)):
            assert start.stage == "cape"
            self.under[-1] = (self.under[-1][0], self.pathway.history[-1].event["ends_on"])

    @rule(
        gap=gaps,
        early=st.integers(0, 60),
        trial=st.one_of(st.none(), st.integers(1, 250)),
        voted=st.booleans(),
    )
    def cesa_starts(self, gap, early, trial, voted):
        on = self.after(gap)
        signed = on - dt.timedelta(days=early)
        last = None if trial is None else on + dt.timedelta(days=trial)
        try:
            contract = cesa(on, signed_on=signed, trial_ends_on=last)
        except ContractError:
            assert trial > 240
            return
        vote = (
            {"vote": "admitted", "requested_on": signed, "voted_on": signed, "subscribed_on": signed}
            if voted
            else {}
        )
        if self.happen(gap, "cesa", contract=contract, **vote):
            if self.under:
                self.under[-1] = (self.under[-1][0], min(self.under[-1][1] or on, on - ONE_DAY))
            self.signed, self.starts = signed, on
            self.before = [span for span in self.under if span[0] <= span[1]]
            self.under.append((on, None))

    @rule(gap=gaps, wait=st.integers(-5, 90), vote=st.sampled_from(["admitted", "refused"]), by=st.booleans())
    def admission(self, gap, wait, vote, by):
        on = self.day + dt.timedelta(days=gap - wait)
        self.happen(
            gap, "admission", requested_on=on, voted_on=on, subscribed_on=on, vote=vote, by_statutes=by
        )

    @rule(
        gap=gaps,
        kind=st.sampled_from([
            "resignation", "dismissal_personal", "dismissal_economic", "retirement", "retirement_by_cooperative",
            "disability", "mutual", "trial_break", "death", "status_renounced", "cape_ended_early",
        ]),
        keeps=st.sampled_from([None, True, False]),
    )  # fmt: skip
    def something_ends(self, gap, kind, keeps):
        on = self.day + dt.timedelta(days=gap)
        told = {
            "mutual": {"signed_on": on - 40 * ONE_DAY, "approved_on": on - ONE_DAY},
            "disability": {}, "death": {}, "cape_ended_early": {},
            "trial_break": {"notified_on": on, "by": "entrepreneur"},
        }.get(kind, {"notified_on": on})  # fmt: skip
        if keeps is not None and kind not in ("death", "cape_ended_early", "trial_break", "status_renounced"):
            told["keeps_status"] = keeps
        if self.happen(gap, kind, **told) and self.under:
            first, last = self.under[-1]
            self.under[-1] = (first, min(last or self.day, self.day))

    @rule(
        gap=gaps,
        kind=st.sampled_from(
            [
                "information_meeting",
                "membership_request",
                "admission_refused",
                "account_closed",
                "statement_sent",
            ]
        ),
    )
    def something_is_recorded(self, gap, kind):
        stage = at(self.pathway, max(self.after(gap), self.day)).stage
        if self.happen(gap, kind):
            assert self.pathway.stage == stage

    @rule(gap=gaps, signed=st.booleans())
    def interview(self, gap, signed):
        self.happen(gap, "interview", report_signed=signed)

    @rule(gap=st.integers(0, 400))
    def time_passes(self, gap):
        on = self.after(gap)
        self.now(at(self.pathway, on), on)

    @rule(until=st.integers(0, 500))
    def what_falls_due(self, until):
        found = deadlines(self.pathway, self.day, self.day + dt.timedelta(days=until))
        assert [each.on for each in found] == sorted(each.on for each in found)
        assert all(self.day <= each.on <= self.day + dt.timedelta(days=until) for each in found)
        assert all(each.citations and each.french and each.english for each in found)

    @invariant()
    def time_never_goes_back(self):
        days = [entry.event.on for entry in self.pathway.history]
        assert days == sorted(days)

    @invariant()
    def each_step_is_in_the_table(self):
        stage = LIFECYCLE.start
        for entry in self.pathway.history:
            assert entry.source == stage
            assert entry.source in entry.transition.sources
            assert entry.target == (entry.transition.target or entry.source)
            stage = entry.target
        assert stage == self.pathway.stage

    @precondition(lambda self: self.pathway.stage in ("cesa_trial", "cesa"))
    @invariant()
    def nobody_is_employed_beyond_the_deadline(self):
        """Counted again here, day by day, without the library's intervals."""
        covered = {
            ordinal
            for first, last in self.before
            for ordinal in range(first.toordinal(), min(last, self.signed - ONE_DAY).toordinal() + 1)
        }
        deadline = add_months(self.signed, 36) - dt.timedelta(days=len(covered))
        assert self.pathway.last_on < deadline
        standing = at(self.pathway, deadline)
        assert standing.stage not in ("cesa_trial", "cesa")

    @precondition(lambda self: self.pathway.stage in ("cesa_trial", "cesa", "associate"))
    @invariant()
    def nobody_is_employed_without_a_contract(self):
        (*_, entry) = self.pathway.entries("cesa")
        assert entry.event["contract"].starts_on == self.starts <= self.pathway.last_on


TestPath = Path.TestCase
TestPath.settings = settings(stateful_step_count=25)
