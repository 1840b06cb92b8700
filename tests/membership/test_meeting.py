from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from membership_samples import MEETING, associate, associates

from cae_core.errors import InputError, InputErrors, RefusedError, UnknownNameError
from cae_core.law import Citation
from cae_core.membership import (
    Basis,
    College,
    CollegeCount,
    DecisionRule,
    GeneralMeeting,
    MeetingRules,
    ProxyRule,
    Resolution,
    Roll,
    Standing,
    Vote,
)
from cae_core.membership.voting import voting_weights

LAW = Citation("Loi, art. 1")
PROXIES = Citation("Loi, art. 2")
CAPPED = {"outside_ppm": 350_000, "outside_with_cooperatives_ppm": 490_000}


def rules(quorum=0, majority=Fraction(1, 2), basis=Basis.CAST, more_than=True, **more):
    rule = DecisionRule(
        quorum=Fraction(quorum), majority=Fraction(majority), basis=basis, more_than=more_than
    )
    values = {
        "decisions": {"ordinary": (rule, DecisionRule())},
        "proxies": ProxyRule(threshold=20, below=1, divisor=20, citations=(PROXIES,)),
        "vote_citations": (LAW,),
        **more,
    }
    return MeetingRules(**values)


def vote(code="1", votes=None, others=Vote.FOR, **more):
    return Resolution(code=code, title=f"Résolution {code}", votes=votes or {}, others=others, **more)


def meeting(people, resolutions, *, present=None, absent=(), under=None, **more):
    roll = Roll.on(MEETING, people)
    if present is None:
        present = [one.code for one in roll if one.code not in absent]
    return GeneralMeeting(
        held_on=MEETING, roll=roll, rules=under or rules(), present=present, resolutions=resolutions, **more
    )


def objections(asked):
    with pytest.raises(RefusedError) as raised:
        asked.result()
    return [reason.code for reason in raised.value.objections], raised.value


class TestOnePersonOneVote:
    """Each associate has one vote, whatever she holds of the capital. (loi de 1947, art. 1; 1978, art. 14)"""

    def test_everybody_counts_for_one(self):
        done = meeting(associates(7), [vote(votes={"A001": Vote.AGAINST})]).result().results[0]
        assert (done.votes_for, done.votes_against, done.abstained) == (6, 1, 0)

    def test_a_suspended_vote_counts_nowhere(self):
        people = [*associates(3), associate("Z", vote_suspended=True)]
        result = meeting(people, [vote()]).result()
        assert (result.present_votes, result.all_votes) == (3, 3)


class TestMajority:
    """More than half, or at least two thirds: the bound itself is on one side."""

    @pytest.mark.parametrize(("yes", "carried"), [(5, False), (6, True)])
    def test_half_must_be_exceeded(self, yes, carried):
        people = associates(10)
        votes = {one.code: Vote.FOR for one in people[:yes]}
        done = meeting(people, [vote(votes=votes, others=Vote.AGAINST)]).result().results[0]
        assert done.carried is carried

    @pytest.mark.parametrize(("yes", "carried"), [(7, False), (8, True)])
    def test_two_thirds_are_enough(self, yes, carried):
        people = associates(12)
        votes = {one.code: Vote.FOR for one in people[:yes]}
        under = rules(majority=Fraction(2, 3), basis=Basis.PRESENT, more_than=False)
        done = meeting(people, [vote(votes=votes, others=Vote.ABSTAIN)], under=under).result().results[0]
        assert done.carried is carried

    @pytest.mark.parametrize(
        ("basis", "carried"), [(Basis.CAST, True), (Basis.PRESENT, False), (Basis.ROLL, False)]
    )
    def test_of_what_a_majority_is_counted(self, basis, carried):
        """Three for, two against, three abstentions, two absent."""
        people = associates(10)
        votes = {one.code: Vote.FOR for one in people[:3]} | {one.code: Vote.AGAINST for one in people[3:5]}
        asked = meeting(
            people,
            [vote(votes=votes, others=Vote.ABSTAIN)],
            absent=("A009", "A010"),
            under=rules(basis=basis),
        )
        assert asked.result().results[0].carried is carried

    def test_of_the_roll_the_absent_count(self):
        people = associates(11)
        absent = tuple(one.code for one in people[6:])
        under = rules(basis=Basis.ROLL)
        assert meeting(people, [vote()], absent=absent, under=under).result().results[0].carried
        fewer = (*absent, "A006")
        assert not meeting(people, [vote()], absent=fewer, under=under).result().results[0].carried

    def test_nobody_for_carries_nothing(self):
        people = associates(3)
        under = rules(majority=0, more_than=False)
        assert not meeting(people, [vote(others=Vote.ABSTAIN)], under=under).result().results[0].carried


class TestQuorum:
    """Without the quorum nothing is decided, and the meeting is called again."""

    @pytest.mark.parametrize(("there", "met"), [(4, False), (5, True)])
    def test_the_bound_itself_is_enough(self, there, met):
        people = associates(20)
        present = [one.code for one in people[:there]]
        done = meeting(people, [vote()], present=present, under=rules(Fraction(1, 4))).result().results[0]
        assert (done.quorum_met, done.carried) == (met, met)
        assert done.reasons[0].found == there * 50_000

    def test_the_second_call_has_its_own_rule(self):
        people = associates(20)
        under = rules(Fraction(1, 4))
        assert meeting(people, [vote()], present=["A001"], under=under, call=2).result().results[0].carried
        assert meeting(people, [vote()], present=["A001"], under=under, call=3).result().results[0].carried

    def test_who_is_represented_counts(self):
        people = associates(8)
        asked = meeting(
            people, [vote()], present=["A001"], proxies={"A002": "A001"}, under=rules(Fraction(1, 4))
        )
        assert asked.result().results[0].quorum_met

    def test_an_empty_meeting_decides_nothing(self):
        assert not meeting(associates(3), [vote()], present=[]).result().results[0].carried


class TestProxies:
    """
    One proxy each below twenty associates; from twenty on, one twentieth of the associates.
    (loi de 1978, art. 14)
    """

    @pytest.mark.parametrize(
        ("people", "held", "allowed"),
        [
            (19, 1, True),
            (19, 2, False),
            (20, 1, True),
            (20, 2, False),
            (39, 2, False),
            (40, 2, True),
            (130, 6, True),
            (130, 7, False),
        ],
    )
    def test_the_bound(self, people, held, allowed):
        everybody = associates(people)
        absent = [one.code for one in everybody[1 : held + 1]]
        asked = meeting(everybody, [vote()], absent=absent, proxies=dict.fromkeys(absent, "A001"))
        if allowed:
            assert asked.result().present_votes == people
        else:
            codes, error = objections(asked)
            assert codes == ["too_many_proxies"]
            assert error.objections[0].citations == (PROXIES,)
            assert (error.objections[0].found, error.objections[0].wanted) == (held, held - 1)

    def test_a_proxy_is_held_by_an_associate_who_is_there(self):
        codes, _ = objections(
            meeting(
                associates(5),
                [vote()],
                present=["A001", "A002"],
                proxies={"A002": "A001", "A003": "A004", "A005": "Z9"},
            )
        )
        assert codes == ["not_an_associate", "present_and_represented", "holder_absent"]


class TestOutsideVotes:
    """
    Associates from outside have 35 % of the votes at most, 49 % with cooperatives among them; above, each
    one's vote is reduced in proportion. (loi de 1947, art. 3 bis)
    """

    def weights(self, *numbers):
        roll = Roll.on(MEETING, associates(*numbers))
        found = voting_weights(roll, rules(**CAPPED))
        return {letter: found.get(f"{letter}001") for letter in "AXC"}, sum(found.values())

    @pytest.mark.parametrize("outside", [0, 1, 7])
    def test_up_to_the_bound_a_vote_is_a_vote(self, outside):
        """Seven of twenty are 35 %."""
        found, total = self.weights(13, outside)
        assert total == 13 + outside
        assert found["X"] in (None, 1)

    def test_above_it_each_vote_is_reduced(self):
        """Thirteen inside, eight outside: together they weigh what seven would, 7/8 each."""
        found, total = self.weights(13, 8)
        assert found["X"] == Fraction(7, 8)
        assert total == 20

    def test_cooperatives_have_the_larger_bound(self):
        """Fifty-one inside: forty-nine cooperatives are within it, fifty are not."""
        assert self.weights(51, 0, 49)[0]["C"] == 1
        assert self.weights(51, 0, 50)[0]["C"] == Fraction(49, 50)

    @given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
    def test_the_bounds_hold_and_nobody_gains(self, inside, outside, cooperatives):
        people = associates(inside, outside, cooperatives)
        roll = Roll.on(MEETING, people)
        found = voting_weights(roll, rules(**CAPPED))
        total = sum(found.values())
        by = {
            standing: sum(found[one.code] for one in people if one.standing is standing)
            for standing in Standing
        }
        assert by[Standing.OUTSIDE] * 100 <= 35 * total
        assert (by[Standing.OUTSIDE] + by[Standing.OUTSIDE_COOPERATIVE]) * 100 <= 49 * total
        assert by[Standing.EMPLOYED] == inside
        assert all(0 < weight <= 1 for weight in found.values())

    def test_a_meeting_counts_with_the_reduced_votes(self):
        """Thirteen against, eight from outside for: 7 votes to 13."""
        votes = {one.code: Vote.AGAINST for one in associates(13)}
        done = meeting(associates(13, 8), [vote(votes=votes)], under=rules(**CAPPED)).result().results[0]
        assert (done.votes_for, done.votes_against) == (7, 13)


class TestColleges:
    """Each college votes on its own, and its result has the weight that the statutes give it."""

    COLLEGES = (
        College(code="workers", name="Salariés", weight_ppm=500_000),
        College(code="users", name="Bénéficiaires", weight_ppm=200_000),
        College(code="others", name="Autres", weight_ppm=300_000),
    )

    def people(self, workers=4, users=5, others=1):
        sizes = {"workers": workers, "users": users, "others": others}
        return [
            associate(f"{college[0].upper()}{rank}", college=college)
            for college, size in sizes.items()
            for rank in range(size)
        ]

    def done(self, votes, count=CollegeCount.PROPORTIONAL, basis=Basis.CAST, **sizes):
        under = rules(colleges=self.COLLEGES, college_count=count, basis=basis)
        asked = meeting(self.people(**sizes), [vote(votes=votes, others=Vote.AGAINST)], under=under)
        return asked.result().results[0]

    def test_in_proportion(self):
        """One of four workers and all five users: 12.5 + 20 of 100."""
        yes = dict.fromkeys(["W0", "U0", "U1", "U2", "U3", "U4"], Vote.FOR)
        done = self.done(yes)
        assert done.votes_for == 6
        assert done.counted_for == Fraction(325, 1000)
        assert not done.carried

    def test_a_minority_of_heads_may_carry(self):
        """Four workers and the other one: 80 of 100, though six heads of eleven are against."""
        yes = dict.fromkeys(["W0", "W1", "W2", "W3", "O0"], Vote.FOR)
        done = self.done(yes, users=6)
        assert (done.votes_for, done.votes_against) == (5, 6)
        assert (done.counted_for, done.carried) == (Fraction(4, 5), True)

    def test_by_the_majority_of_each(self):
        """Two of four workers are no majority: half of the votes go nowhere; users and the other are for."""
        yes = dict.fromkeys(["W0", "W1", "U0", "U1", "U2", "O0"], Vote.FOR)
        done = self.done(yes, CollegeCount.MAJORITY)
        assert (done.counted_for, done.base) == (Fraction(1, 2), Fraction(1, 2))
        assert done.carried
        assert not self.done(yes, CollegeCount.MAJORITY, Basis.PRESENT).carried

    def test_everybody_is_in_a_college(self):
        people = [*self.people(), associate("Z1"), associate("Z2", college="elsewhere")]
        codes, _ = objections(meeting(people, [vote()], under=rules(colleges=self.COLLEGES)))
        assert codes == ["no_college", "no_college"]

    @given(
        st.dictionaries(
            st.sampled_from(["W0", "W1", "W2", "W3", "U0", "U1", "U2", "U3", "U4", "O0"]),
            st.sampled_from(Vote),
        )
    )
    def test_no_weight_is_lost_or_made(self, votes):
        """A college where somebody votes for or against brings its whole weight, never more."""
        for count in CollegeCount:
            for college in self.done(votes, count).colleges:
                weight = Fraction(college.weight_ppm, 1_000_000)
                cast = college.votes_for + college.votes_against
                tie = count is CollegeCount.MAJORITY and college.votes_for == college.votes_against
                expected = 0 if not cast or tie else weight
                assert college.carried_for + college.carried_against == expected


class TestAdmissionInTheMeeting:
    """Who is admitted by the meeting votes on what follows, and not before."""

    NEW = associate("N1", admitted_on=MEETING)

    def test_she_votes_afterwards(self):
        asked = meeting(
            associates(5),
            [vote("1"), vote("2", admits=self.NEW), vote("3", votes={"N1": Vote.AGAINST})],
        )
        first, second, third = asked.result().results
        assert (first.votes_for, second.votes_for, third.votes_for) == (5, 5, 5)
        assert third.votes_against == 1
        assert len(third.roll) == 6

    def test_not_if_she_is_rejected(self):
        asked = meeting(associates(5), [vote("1", others=Vote.AGAINST, admits=self.NEW), vote("2")])
        assert asked.result().results[1].votes_for == 5

    def test_a_vote_before_the_admission(self):
        codes, _ = objections(
            meeting(associates(5), [vote("1", votes={"N1": Vote.FOR}), vote("2", admits=self.NEW)])
        )
        assert codes == ["not_yet_an_associate"]

    def test_an_admission_is_of_the_day_of_the_meeting(self):
        late = associate("N1", admitted_on="2026-06-13")
        codes, _ = objections(meeting(associates(5), [vote(admits=late)]))
        assert codes == ["admitted_on_another_day"]
        codes, _ = objections(meeting(associates(5), [vote(admits=associate("A001", admitted_on=MEETING))]))
        assert codes == ["already_an_associate"]


class TestBadInput:
    """Everything that cannot be counted is said at once, each with its article."""

    def test_votes_of_those_who_have_none(self):
        people = [*associates(4), associate("S1", vote_suspended=True), associate("L1", left_on="2026-06-11")]
        votes = {"S1": Vote.FOR, "Z9": Vote.FOR, "A004": Vote.FOR, "L1": Vote.FOR}
        codes, error = objections(meeting(people, [vote(votes=votes)], absent=("A004",)))
        assert codes == ["vote_suspended", "not_an_associate", "absent", "not_an_associate"]
        assert all(reason.citations == (LAW,) for reason in error.objections)
        assert "Z9 vote sur « Résolution 1 » sans être associé" in [one.french for one in error.objections]

    def test_presence_of_a_stranger(self):
        codes, _ = objections(meeting(associates(2), [vote()], present=["A001", "Z9"]))
        assert codes == ["not_an_associate"]

    def test_the_last_day_still_votes(self):
        people = [*associates(2), associate("L1", left_on=MEETING)]
        assert meeting(people, [vote()]).result().all_votes == 3

    def test_two_ballots(self):
        ballots = [("A1", Vote.FOR), ("A2", Vote.FOR), ("A1", Vote.AGAINST), ("A2", Vote.ABSTAIN)]
        with pytest.raises(InputErrors) as raised:
            Resolution.of("1", "Comptes", ballots)
        assert len(raised.value.exceptions) == 2

    def test_an_unknown_kind(self):
        with pytest.raises(UnknownNameError, match="Did you mean ordinary"):
            meeting(associates(2), [vote(kind="ordinry")]).result()

    def test_a_term_that_is_too_long(self):
        under = rules(term_months=48)
        assert meeting(associates(2), [vote(elects="A001", term_months=48)], under=under).result()
        codes, error = objections(meeting(associates(2), [vote(elects="A001", term_months=49)], under=under))
        assert codes == ["term_too_long"]
        assert (error.objections[0].found, error.objections[0].wanted) == (49, 48)

    @pytest.mark.parametrize("name", ["quorum", "majority"])
    def test_a_part_above_one(self, name):
        with pytest.raises(InputError, match="between 0 and 1"):
            DecisionRule(**{name: Fraction(3, 2)})


class TestConservation:
    @given(
        st.integers(1, 15),
        st.integers(0, 8),
        st.lists(st.sampled_from(Vote), min_size=23, max_size=23),
        st.sets(st.integers(0, 22)),
    )
    def test_every_vote_that_is_there_is_counted_once(self, inside, outside, ballots, away):
        people = associates(inside, outside)
        absent = [one.code for rank, one in enumerate(people) if rank in away]
        votes = {
            one.code: ballot for one, ballot in zip(people, ballots, strict=False) if one.code not in absent
        }
        under = rules(outside_ppm=350_000)
        result = meeting(people, [vote(votes=votes)], absent=absent, under=under).result()
        done = result.results[0]
        assert done.votes_for + done.votes_against + done.abstained == result.present_votes
        assert result.present_votes <= result.all_votes
