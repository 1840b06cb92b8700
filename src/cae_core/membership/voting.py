"""What a vote is made of: resolutions, decision rules, colleges, proxies; and how votes weigh.

Votes are exact fractions, for those of associates from outside may have to be reduced in proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction

import attrs

from cae_core.errors import InputError, InputErrors
from cae_core.law import Citation
from cae_core.membership.associates import Associate, Roll, Standing
from cae_core.money import MILLION

__all__ = [
    "Basis",
    "College",
    "CollegeCount",
    "DecisionRule",
    "MeetingRules",
    "ProxyRule",
    "Resolution",
    "Vote",
    "voting_weights",
]


class Vote(Enum):
    """What a ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Basis(Enum):
    """Of what a majority is counted."""

    #: All the votes of the roll.
    ROLL = "roll"
    #: The votes of those present or represented; an abstention is as good as a vote against.
    PRESENT = "present"
    #: The votes for and against.
    CAST = "cast"


class CollegeCount(Enum):
    """How the vote of a college is carried to the whole."""

    #: Its weight is shared between for and against in proportion to its votes.
    PROPORTIONAL = "proportional"
    #: Its weight goes whole to the side with more votes; to neither in a tie.
    MAJORITY = "majority"


@attrs.frozen(kw_only=True)
class DecisionRule:
    """When a decision can be taken, and when it is.

    Attributes:
        quorum: part of the votes of the roll that must be present or represented; zero: none.
        majority: part of the votes wanted.
        basis: of which votes.
        more_than: the part must be exceeded (``majority`` alone does not do), as half is.
        citations: where it is written.
        needs_review: nobody has read the text yet.
    """

    quorum: Fraction = Fraction(0)
    majority: Fraction = Fraction(1, 2)
    basis: Basis = Basis.CAST
    more_than: bool = True
    citations: tuple[Citation, ...] = ()
    needs_review: bool = False

    def __attrs_post_init__(self) -> None:
        for name in ("quorum", "majority"):
            if not 0 <= getattr(self, name) <= 1:
                raise InputError(name, f"expected a part between 0 and 1, got {getattr(self, name)}")

    def carried(self, votes_for: Fraction, base: Fraction) -> bool:
        """Whether so many votes for carry a decision counted on a base."""
        wanted = self.majority * base
        return votes_for > wanted if self.more_than else votes_for >= wanted and votes_for > 0


@attrs.frozen(kw_only=True)
class ProxyRule:
    """How many others an associate may stand for.

    Attributes:
        threshold: number of associates from which the larger allowance holds; zero: always the divisor.
        below: proxies of one associate below it.
        divisor: from it on, one proxy for so many associates; what the division leaves gives none.
        citations: where it is written.
    """

    threshold: int
    below: int
    divisor: int
    citations: tuple[Citation, ...] = ()

    def most(self, associates: int) -> int:
        """Return how many proxies one associate may hold among so many associates."""
        return self.below if associates < self.threshold else associates // self.divisor


@attrs.frozen(kw_only=True)
class College:
    """A group of associates whose vote has a weight (collège).

    Attributes:
        code: what ``Associate.college`` names.
        name: what people call it.
        weight_ppm: its part of the votes, in millionths; those of all colleges make one.
    """

    code: str
    name: str
    weight_ppm: int


def _copied(decisions: Mapping[str, tuple[DecisionRule, ...]]) -> Mapping[str, tuple[DecisionRule, ...]]:
    return dict(decisions)


@attrs.frozen(kw_only=True)
class MeetingRules:
    """The rules of a general meeting: the law's, as far as the statutes have not chosen otherwise.

    Attributes:
        decisions: for each kind of decision (``"ordinary"``, ``"extraordinary"`` …) the rule at the first
            call, then at each later one; the last one holds for all that follow.
        proxies: how many others one may stand for; ``None``: no bound.
        colleges: in which one votes; none: one person, one vote, all together.
        college_count: how the vote of a college is carried.
        outside_ppm: the most votes that associates from outside have together, cooperatives left out;
            ``None``: no bound.
        outside_with_cooperatives_ppm: the same, cooperatives included.
        term_months: the longest term of an elected manager; ``None``: no bound.
        vote_citations: who votes, and with one vote.
        outside_citations, term_citations: where these bounds are written.
    """

    decisions: Mapping[str, tuple[DecisionRule, ...]] = attrs.field(converter=_copied, hash=False)
    proxies: ProxyRule | None = None
    colleges: tuple[College, ...] = ()
    college_count: CollegeCount = CollegeCount.PROPORTIONAL
    outside_ppm: int | None = None
    outside_with_cooperatives_ppm: int | None = None
    term_months: int | None = None
    vote_citations: tuple[Citation, ...] = ()
    outside_citations: tuple[Citation, ...] = ()
    term_citations: tuple[Citation, ...] = ()

    def rule(self, kind: str, call: int) -> DecisionRule:
        """Return the rule of a kind of decision at a call, from 1."""
        rules = self.decisions[kind]
        return rules[min(call, len(rules)) - 1]


@attrs.frozen(kw_only=True)
class Resolution:
    """What is put to the vote, and the votes.

    Attributes:
        code: short and stable.
        title: what is decided.
        kind: one of the decisions of ``MeetingRules.decisions``.
        votes: the votes, by code of the associate who has the vote, represented ones included.
        others: the vote of everybody present or represented who is not in ``votes``.
        admits: an associate who votes on what follows, if the resolution is carried.
        elects: code of the associate elected as a manager, for ``term_months``.
        term_months: length of the term.
    """

    code: str
    title: str
    kind: str = "ordinary"
    votes: Mapping[str, Vote] = attrs.field(factory=dict, converter=dict, hash=False)
    others: Vote = Vote.ABSTAIN
    admits: Associate | None = None
    elects: str = ""
    term_months: int | None = None

    @classmethod
    def of(
        cls,
        code: str,
        title: str,
        ballots: Iterable[tuple[str, Vote]],
        others: Vote = Vote.ABSTAIN,
        **more: object,
    ) -> Resolution:
        """Return a resolution from ballots.

        Raises:
            InputErrors: somebody has two ballots; all such codes are listed.
        """
        votes: dict[str, Vote] = {}
        twice: dict[str, None] = {}
        for associate, vote in ballots:
            if associate in votes:
                twice[associate] = None
            votes[associate] = vote
        if twice:
            problems = [InputError(f"resolution {code!r}: {one}", "has two ballots") for one in twice]
            raise InputErrors(f"the ballots of resolution {code!r} cannot be counted", problems)
        return cls(code=code, title=title, votes=votes, others=others, **more)  # type: ignore[arg-type]


def voting_weights(roll: Roll, rules: MeetingRules) -> dict[str, Fraction]:
    """Return the vote of each associate of a roll: one, or less where the bound of outside votes bites.

    Associates from outside together never have more than the bound; each one's vote is then reduced in
    proportion. Associates whose vote is suspended have none, and lower nobody's bound.
    """
    voters = [one for one in roll if not one.vote_suspended]
    outside = sum(one.standing is Standing.OUTSIDE for one in voters)
    cooperatives = sum(one.standing is Standing.OUTSIDE_COOPERATIVE for one in voters)
    inside = len(voters) - outside - cooperatives
    for_outside = for_cooperatives = Fraction(1)
    if rules.outside_ppm is not None and outside:
        for_outside = min(for_outside, _share(rules.outside_ppm, inside + cooperatives, outside))
    if rules.outside_with_cooperatives_ppm is not None and outside + cooperatives:
        together = for_outside * outside + cooperatives
        reduced = min(Fraction(1), _share(rules.outside_with_cooperatives_ppm, inside, together))
        for_outside, for_cooperatives = for_outside * reduced, reduced
    weights = {Standing.OUTSIDE: for_outside, Standing.OUTSIDE_COOPERATIVE: for_cooperatives}
    return {
        one.code: Fraction(0) if one.vote_suspended else weights.get(one.standing, Fraction(1))
        for one in roll
    }


def _share(bound_ppm: int, others: int | Fraction, bounded: int | Fraction) -> Fraction:
    """Return by what the bounded votes are multiplied so that they are ``bound`` of the whole."""
    if bound_ppm >= MILLION:
        return Fraction(1)
    return Fraction(bound_ppm * Fraction(others), (MILLION - bound_ppm) * Fraction(bounded))
