"""Every path of five years, month by month from a first day as a prospect, by every event the table knows.

What matters of a stage is how far its ends are: months to the term of a CAPE, of a trial, to the deadline to
become an associate, and the months under contract so far. Two paths that agree on these have the same future,
so each such state is explored once, from where it is first met.
"""

from collections import deque
from functools import cache

import pytest

from cae_core import RefusedError, load
from cae_core.calendar import Month, add_months
from cae_core.france.contracts import Deduction
from cae_core.france.lifecycle import cape_of, cesa_of, delay_of
from cae_core.france.lifecycle.record import contracts
from cae_core.pathway import Event, advance, at
from path_samples import admission, cape, cesa, day, person, started

LIFECYCLE = load().lifecycle("cae")
START, MONTHS = Month(2019, 1), 60
EMPLOYED = ("cesa_trial", "cesa", "associate")


def last_of(on, months):
    """The last day before the same day some months later."""
    return add_months(on, months).fromordinal(add_months(on, months).toordinal() - 1)


@cache
def events_on(on):
    return tuple(_events_on(on))


def _events_on(on):
    """Every event that may be tried on a day; made once, for many paths stand on the same one."""
    told = {"notified_on": on}
    vote = {"requested_on": on, "voted_on": on, "vote": "admitted", "subscribed_on": on}
    yield Event("cape", on, {"contract": cape(on, last_of(on, 12))})
    for months in (6, 12):
        yield Event("cape_renewal", on, {"ends_on": last_of(on, months)})
    yield Event("cape_ended_early", on)
    yield Event("cesa", on, {"contract": cesa(on)})
    yield Event("cesa", on, {"contract": cesa(on), **vote})
    for months in (2, 8):
        yield Event("cesa", on, {"contract": cesa(on, trial_ends_on=last_of(on, months))})
    yield Event("trial_break", on, {**told, "by": "cooperative"})
    yield Event("admission", on, vote)
    for kind in LIFECYCLE.events:
        names = {fact.name for fact in kind.facts}
        if names == {"notified_on", "keeps_status"}:
            for keeps in (True, False):
                yield Event(kind.code, on, {**told, "keeps_status": keeps})
    earlier = {"signed_on": add_months(on, -2), "approved_on": add_months(on, -1)}
    for keeps in ({}, {"keeps_status": True}):
        yield Event("mutual", on, {**earlier, **keeps})
    yield Event("disability", on)
    yield Event("disability", on, {"keeps_status": False})
    yield Event("status_renounced", on, told)
    yield Event("shares_refunded", on, {"amount_cents": 100_000})
    for code in (
        "information_meeting", "membership_request", "admission_refused", "statement_sent", "death",
        "account_closed",
    ):  # fmt: skip
        yield Event(code, on)
    yield Event("interview", on, {"report_signed": True})


def months_to(on, later):
    return None if later is None else (later.year - on.year) * 12 + later.month - on.month


def signature(pathway, on):
    """What the future of a path depends on."""
    under = min(Deduction.of(contracts(pathway), add_months(on, 1)).months, 36)  # no delay is left beyond
    kinds = {entry.event.kind for entry in pathway.history}
    if pathway.stage == "cape":
        contract = cape_of(pathway)
        return "cape", months_to(on, contract.ends_on_renewed), contract.remaining_renewals, under
    if pathway.stage in ("cesa_trial", "cesa"):
        trial = cesa_of(pathway).trial_last_day if pathway.stage == "cesa_trial" else None
        return pathway.stage, months_to(on, delay_of(pathway).deadline), months_to(on, trial)
    if pathway.stage == "associate":
        return ("associate",)
    was_member = any(entry.target == "associate" for entry in pathway.history)
    return pathway.stage, under, was_member, "account_closed" in kinds, "shares_refunded" in kinds


@cache
def explored():
    """Every state with the path that first met it, every accepted step, every refusal, every month alone."""
    first = person()
    states = {signature(first, START.first_day): first}
    waiting = deque([(first, START)])
    steps, refusals, alone = [], [], []
    while waiting:
        pathway, month = waiting.popleft()
        on = month.first_day
        later = at(pathway, (month + 1).first_day)
        alone.append((pathway, later))
        following = [(later, month + 1)]
        for event in events_on(on):
            try:
                after = advance(pathway, event)
            except RefusedError as error:
                refusals.append(error)
                continue
            steps.append((pathway, event, after))
            following.append((after, month))
        for after, reached in following:
            key = signature(after, reached.first_day)
            if key not in states and reached - START <= MONTHS:
                states[key] = after
                waiting.append((after, reached))
    return states, steps, refusals, alone


def ends_of_a_scic_associate():
    """What each event makes of an associate of a SCIC, whose statutes alone join contract and membership."""
    signed, on = add_months(START.first_day, 1), add_months(START.first_day, 24)
    associate = person(started(cesa(signed)), admission(str(add_months(signed, 6))), legal_form="scic")
    for event in events_on(on):
        try:
            yield advance(associate, event)
        except RefusedError:
            continue


class TestExploration:
    def test_it_goes_far(self):
        states, steps, refusals, _ = explored()
        assert len(states) > 300
        assert len(steps) > 2_000
        assert len(refusals) > 2_000

    def test_every_transition_is_taken(self):
        _, steps, _, alone = explored()
        every = [after for _, _, after in steps] + [after for _, after in alone]
        every += ends_of_a_scic_associate()  # the paths explored are those of a SCOP
        taken = {entry.transition.code for after in every for entry in after.history}
        assert taken == {row.code for row in LIFECYCLE.transitions}
        assert {LIFECYCLE.transition(code).number for code in taken} >= set(range(1, 18))

    def test_every_stage_is_reached_and_none_is_a_dead_end(self):
        states, steps, *_ = explored()
        assert {key[0] for key in states} == {stage.code for stage in LIFECYCLE.stages}
        moved = {before.stage for before, _, after in steps if after.stage != before.stage}
        assert moved >= {stage.code for stage in LIFECYCLE.stages if not stage.resting}
        # Also state by state: a change is always possible, at once or when its day comes.
        movable = {id(before) for before, _, after in steps if after.stage != before.stage}
        stuck = [
            pathway
            for pathway in states.values()
            if not pathway.current.resting
            and id(pathway) not in movable
            and LIFECYCLE.next_automatic(pathway) is None
        ]
        assert stuck == []

    def test_every_state_is_legal(self):
        for before, event, after in explored()[1]:
            days = [entry.event.on for entry in after.history]
            assert days == sorted(days)
            on = event.on
            if after.stage == "cape":
                contract = cape_of(after)
                assert on <= contract.ends_on_renewed <= last_of(contract.starts_on, 36)
            if after.stage in EMPLOYED:
                assert cesa_of(after).starts_on <= on
            if after.stage in ("cesa_trial", "cesa"):
                assert on < delay_of(after).deadline
            if after.stage == "cesa_trial":
                contract = cesa_of(after)
                assert contract.starts_on <= contract.trial_last_day <= last_of(contract.starts_on, 8)
            if after.stage == "associate" != before.stage:
                assert {reason.code for reason in after.history[-1].reasons} >= {
                    "requested",
                    "voted",
                    "subscribed",
                }

    def test_every_refusal_says_why(self):
        for error in explored()[2]:
            assert error.objections
            assert not any(objection.met for objection in error.objections)
            assert all(objection.french and objection.english for objection in error.objections)

    @pytest.mark.parametrize("months", [8, 12, 24, 36, 60])
    def test_alone_time_leaves_only_who_may_stay(self, months):
        """Without any event, whoever is still there after three years is an associate, was one, or never began."""
        states, *_ = explored()
        for pathway in states.values():
            later = at(pathway, add_months(pathway.last_on or day("2019-01-01"), months))
            if months >= 36:
                assert later.stage in ("prospect", "associate", "ex_employee_associate", "exited")
