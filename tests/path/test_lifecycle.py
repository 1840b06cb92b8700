"""Any lifecycle: a table that is checked, a frozen record, and an event that is taken or refused whole."""

import datetime as dt

import attrs
import pytest

from cae_core import RefusedError, RulesetError, UnknownNameError, assemble, hookimpl, load
from cae_core.errors import InputError
from cae_core.law import Citation
from cae_core.pathway import (
    Deadline,
    Event,
    EventKind,
    Fact,
    Lifecycle,
    Stage,
    Transition,
    advance,
    at,
    begin,
    deadlines,
    deadlines_of,
)
from cae_core.plugins import plugin
from cae_core.reasons import Reason

TEXT = Citation("Règlement intérieur, art. 4")


def paid(step):
    amount = step.event["amount_cents"]
    yield Reason(
        code="paid",
        met=amount >= 1_000,
        french=f"payé {amount}",
        english=f"paid {amount}",
        citations=(TEXT,),
        found=amount,
        wanted=1_000,
        unit="cents",
    )


def kind(code, *facts, **more):
    return EventKind(code=code, french_name=f"{code} fr", english_name=code, facts=facts, **more)


AMOUNT = Fact(name="amount_cents", kind=int, french_name="montant", english_name="amount")
COLOUR = Fact(
    name="colour",
    kind=str,
    french_name="couleur",
    english_name="colour",
    required=False,
    choices=("red", "blue"),
)
FLAG = Fact(name="urgent", kind=bool, french_name="urgent", english_name="urgent", required=False)
KINDS = (
    kind("join", AMOUNT, COLOUR, FLAG),
    kind("note"),
    kind("leave"),
    kind("expire", automatic=True, gives_way_to=("leave",)),
)


def row(code, sources, event, target, **more):
    return Transition(
        number=1, code=code, sources=sources, event=event, target=target, citations=(TEXT,), **more
    )


def expires(pathway):
    """A membership lasts thirty days."""
    return Event("expire", pathway.last_on + dt.timedelta(days=30)) if pathway.stage == "member" else None


def renew(pathway, window):
    if pathway.stage == "member":
        joined = pathway.entries("join")[-1].event.on
        yield Deadline(on=joined + dt.timedelta(days=29), code="renew", french="renouveler", english="renew")
        yield Deadline(
            on=joined - dt.timedelta(days=1), code="late", french="retard", english="late", outstanding=True
        )


CLUB = Lifecycle(
    name="club",
    french_name="club",
    english_name="club",
    stages=(
        Stage("guest", "invité", "guest"),
        Stage("member", "membre", "member"),
        Stage("gone", "parti", "gone", True),
    ),
    start="guest",
    events=KINDS,
    transitions=(
        row("join", ("guest",), "join", "member", guards=(paid,)),
        row("note", ("guest", "member"), "note", None),
        row("leave", ("member",), "leave", "gone"),
        row("expire", ("member",), "expire", "gone"),
    ),
    next_automatic=expires,
    duties=(renew,),
)
JOINED = Event("join", "2025-01-10", {"amount_cents": 1_000})


def objections(pathway, event):
    with pytest.raises(RefusedError) as caught:
        advance(pathway, event)
    assert caught.value.objections
    assert not any(objection.met for objection in caught.value.objections)
    return {objection.code: objection for objection in caught.value.objections}


class TestTable:
    """A table that names what nobody declares, or that holds a dead end, is refused."""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (
                {"transitions": (*CLUB.transitions, row("x", ("guest",), "join", "nowhere"))},
                "'x': unknown nowhere",
            ),
            ({"transitions": (*CLUB.transitions, row("x", ("guest",), "jump", "gone"))}, "'x': unknown jump"),
            ({"transitions": (*CLUB.transitions, row("x", (), "join", "gone"))}, "'x': unknown join"),
            ({"transitions": (*CLUB.transitions, CLUB.transitions[0])}, "two transitions are called 'join'"),
            ({"transitions": CLUB.transitions[:2]}, "nothing leads out of 'member'"),
            ({"stages": (*CLUB.stages, Stage("moon", "lune", "moon", True))}, "nothing leads to 'moon'"),
        ],
    )
    def test_refused(self, changes, said):
        with pytest.raises(RulesetError, match="lifecycle 'club'") as caught:
            attrs.evolve(CLUB, **changes)
        assert said in str(caught.value)

    def test_by_name(self):
        assert CLUB.stage("member").name("fr") == "membre"
        assert CLUB.kind("join").name("en") == "join"
        assert CLUB.transition("leave").target == "gone"
        with pytest.raises(UnknownNameError, match="no stage is called 'membre'. Did you mean member"):
            CLUB.stage("membre")


class TestAdvance:
    """An event is taken or refused with every objection; the path it comes from never changes."""

    def test_taken(self):
        before = begin(CLUB, "P1")
        after = advance(before, JOINED)
        assert (before.stage, before.history, after.stage) == ("guest", (), "member")
        (entry,) = after.history
        assert (entry.source, entry.target, entry.transition.code) == ("guest", "member", "join")
        assert [reason.code for reason in entry.reasons] == ["paid"]
        assert after.current.french_name == "membre"

    def test_a_guard_objects_with_its_text(self):
        found = objections(begin(CLUB, "P1"), Event("join", "2025-01-10", {"amount_cents": 999}))
        assert set(found) == {"paid"}
        assert (found["paid"].missing, found["paid"].citations) == (1, (TEXT,))

    def test_facts_all_at_once(self):
        event = Event("join", "2025-01-10", {"colour": "green", "urgent": 1, "size": 3})
        found = objections(begin(CLUB, "P1"), event)
        assert set(found) == {"fact_amount_cents", "fact_colour", "fact_urgent", "fact_size"}
        assert found["fact_amount_cents"].french == "manque : montant (amount_cents)"
        assert found["fact_colour"].french == "couleur (colour) : attendu red, blue, reçu 'green'"
        assert found["fact_size"].english == "unknown fact: size (known: amount_cents, colour, urgent)"

    def test_time_goes_back_and_the_guard_objects_too(self):
        noted = advance(begin(CLUB, "P1"), Event("note", "2025-02-01"))
        found = objections(noted, Event("join", "2025-01-31", {"amount_cents": 1}))
        assert set(found) == {"time_goes_back", "paid"}
        assert advance(noted, Event("join", "2025-02-01", {"amount_cents": 1_000})).stage == "member"

    def test_no_such_step_says_since_when(self):
        gone = advance(advance(begin(CLUB, "P1"), JOINED), Event("leave", "2025-01-20"))
        found = objections(gone, Event("join", "2025-02-01", {"amount_cents": 1_000}))
        assert found["no_such_step"].french == (
            "étape « parti » depuis le 2025-01-20 (leave fr) ; cet événement suppose : invité"
        )
        assert found["no_such_step"].citations == (TEXT,)

    def test_an_unknown_event(self):
        assert set(objections(begin(CLUB, "P1"), Event("jump", "2025-01-01"))) == {"unknown_event"}

    def test_nobody_reports_what_the_law_does(self):
        joined = advance(begin(CLUB, "P1"), JOINED)
        assert set(objections(joined, Event("expire", "2025-02-09"))) == {"unknown_event"}

    def test_the_error_names_person_day_and_event(self):
        with pytest.raises(RefusedError) as caught:
            advance(begin(CLUB, "P1", name="Claire"), Event("leave", "2025-01-01"))
        assert caught.value.french == "Claire, 2025-01-01 : leave fr, refusé"
        assert str(caught.value).startswith("Claire, 2025-01-01: leave, refused:\n  - stage “guest”")


class TestTime:
    """What the law does by itself happens when its day has come, before the event of a later day."""

    joined = advance(begin(CLUB, "P1"), JOINED)

    @pytest.mark.parametrize(
        ("on", "stage"), [("2025-02-08", "member"), ("2025-02-09", "gone"), ("2026-01-01", "gone")]
    )
    def test_the_day_before_and_the_day(self, on, stage):
        assert at(self.joined, dt.date.fromisoformat(on)).stage == stage
        assert self.joined.stage == "member"

    def test_it_gives_way_to_some_events_of_the_day_itself(self):
        assert advance(self.joined, Event("leave", "2025-02-09")).history[-1].transition.code == "leave"
        found = objections(self.joined, Event("note", "2025-02-09"))
        assert "depuis le 2025-02-09 (expire fr)" in found["no_such_step"].french
        assert advance(self.joined, Event("note", "2025-02-08")).stage == "member"

    def test_an_event_of_a_later_day_finds_it_done(self):
        found = objections(self.joined, Event("leave", "2025-02-10"))
        assert "depuis le 2025-02-09 (expire fr)" in found["no_such_step"].french

    def test_as_it_was(self):
        left = advance(self.joined, Event("leave", "2025-01-20"))
        assert left.until(dt.date(2025, 1, 19)).stage == "member"
        assert left.until(dt.date(2025, 1, 9)) == begin(CLUB, "P1")
        assert left.until(dt.date(2025, 1, 20)) == left

    def test_periods(self):
        left = advance(self.joined, Event("leave", "2025-01-20"))
        assert [(stage.code, str(days.starts_on), days.ends_on) for stage, days in left.periods()] == [
            ("member", "2025-01-10", dt.date(2025, 1, 19)),
            ("gone", "2025-01-20", None),
        ]


class TestDeadlines:
    joined = advance(begin(CLUB, "P1"), JOINED)

    def test_from_a_day_on(self):
        (found,) = deadlines(self.joined, "2025-01-10")
        assert (found.code, str(found.on), found.person, found.text(), found.text("en")) == (
            "renew", "2025-02-08", "P1", "renouveler", "renew",
        )  # fmt: skip
        assert deadlines(self.joined, "2025-02-08") == (found,)
        assert deadlines(self.joined, "2025-02-09") == ()
        assert deadlines(self.joined, "2025-01-10", "2025-02-07") == ()

    def test_what_was_not_done_in_time(self):
        codes = [each.code for each in deadlines(self.joined, "2025-01-10", overdue=True)]
        assert codes == ["late", "renew"]

    def test_many_people_by_day_then_person(self):
        other = advance(begin(CLUB, "A1"), Event("join", "2025-01-11", {"amount_cents": 1_000}))
        third = advance(begin(CLUB, "A0"), JOINED)
        found = deadlines_of([self.joined, other, third], "2025-01-12")
        assert [(str(each.on), each.person) for each in found] == [
            ("2025-02-08", "A0"), ("2025-02-08", "P1"), ("2025-02-09", "A1"),
        ]  # fmt: skip

    def test_events_to_come_are_left_out(self):
        assert deadlines(self.joined, "2025-01-09") == ()

    def test_until_before_on(self):
        with pytest.raises(InputError, match="until: 2025-01-01 comes before 2025-01-02"):
            deadlines(self.joined, "2025-01-02", "2025-01-01")


class TestHook:
    """A country or a cooperative adds its own lifecycle; one name has one owner."""

    class Club:
        @hookimpl
        def cae_register_lifecycles(self):
            return (CLUB,)

    def test_registered(self):
        rules = assemble({"fr": plugin("fr"), "club": self.Club()})
        assert rules.lifecycle("club") is CLUB
        assert set(rules.lifecycles) == {"cae", "club"}
        assert set(load().lifecycles) == {"cae"}

    def test_unknown(self):
        with pytest.raises(UnknownNameError, match="no lifecycle is called 'caes'. Did you mean cae"):
            load().lifecycle("caes")

    def test_declared_twice(self):
        rules = assemble({"fr": plugin("fr"), "club": self.Club(), "other": self.Club()})
        with pytest.raises(RulesetError, match="lifecycle 'club' is declared by both"):
            _ = rules.lifecycles

    def test_the_facts_it_wants(self):
        with pytest.raises(InputError, match="expected CaeFacts for the lifecycle 'cae', got None"):
            begin(load().lifecycle("cae"), "P1")
