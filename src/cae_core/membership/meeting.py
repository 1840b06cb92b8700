"""A general meeting: the roll of the day, who is there, and the result of each resolution with its
reasons."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from cae_core.calendar import to_day
from cae_core.errors import RefusedError, UnknownNameError
from cae_core.law import Citation
from cae_core.membership.associates import Roll
from cae_core.membership.voting import (
    Basis,
    CollegeCount,
    DecisionRule,
    MeetingRules,
    Resolution,
    Vote,
    voting_weights,
)
from cae_core.money import MILLION, divide_half_up
from cae_core.reasons import Reason, unmet

__all__ = ["CollegeResult", "GeneralMeeting", "MeetingResult", "ResolutionResult"]


@attrs.frozen(kw_only=True)
class CollegeResult:
    """The votes inside one college, and what they bring to the whole.

    Attributes:
        code, name: the college.
        weight_ppm: its weight, in millionths of all votes.
        votes_for, votes_against, abstained: the votes inside.
        carried_for, carried_against: what it brings to each side, as parts of all votes.
    """

    code: str
    name: str
    weight_ppm: int
    votes_for: Fraction
    votes_against: Fraction
    abstained: Fraction
    carried_for: Fraction
    carried_against: Fraction


@attrs.frozen(kw_only=True)
class ResolutionResult:
    """The result of one resolution.

    Attributes:
        resolution: what was voted.
        rule: the rule it was counted under.
        roll: the associates when it was voted.
        votes_for, votes_against, abstained: exact numbers of votes.
        base: the votes the majority is counted on; one where there are colleges.
        counted_for: the votes for that are compared with it.
        colleges: the votes by college, where there are some.
        reasons: quorum and majority, met or not.
    """

    resolution: Resolution
    rule: DecisionRule
    roll: Roll
    votes_for: Fraction
    votes_against: Fraction
    abstained: Fraction
    base: Fraction
    counted_for: Fraction
    colleges: tuple[CollegeResult, ...]
    reasons: tuple[Reason, ...]

    @property
    def carried(self) -> bool:
        """Whether the resolution is carried."""
        return not unmet(self.reasons)

    @property
    def quorum_met(self) -> bool:
        """Whether the meeting could decide; if not, it is called again."""
        return all(reason.met for reason in self.reasons if reason.code == "quorum")


@attrs.frozen(kw_only=True)
class MeetingResult:
    """Everything a meeting decided.

    Attributes:
        roll: the associates at the opening.
        present_votes: votes present or represented at the opening.
        all_votes: votes of the roll at the opening.
        results: one for each resolution, in order.
    """

    roll: Roll
    present_votes: Fraction
    all_votes: Fraction
    results: tuple[ResolutionResult, ...]


def _codes(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _in_order(given: Iterable[Resolution]) -> tuple[Resolution, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class GeneralMeeting:
    """A meeting of the associates.

    Attributes:
        held_on: the day.
        roll: the associates of that day.
        rules: the rules of the meeting.
        present: codes of those who are there.
        proxies: who stands for whom: code of the absent associate → code of the one who is there.
        resolutions: what is voted, in order; an associate admitted by one votes on the next ones.
        call: 1 for the first call; 2 when the first could not decide.
    """

    held_on: dt.date = attrs.field(converter=to_day)
    roll: Roll
    rules: MeetingRules
    present: tuple[str, ...] = attrs.field(converter=_codes)
    proxies: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    resolutions: tuple[Resolution, ...] = attrs.field(default=(), converter=_in_order)
    call: int = 1

    def result(self) -> MeetingResult:
        """Count the votes.

        Raises:
            RefusedError: votes or proxies that cannot be counted, each with its article.
            UnknownNameError: a resolution is of a kind without a rule.
        """
        for resolution in self.resolutions:
            if resolution.kind not in self.rules.decisions:
                raise UnknownNameError("kind of decision", resolution.kind, sorted(self.rules.decisions))
        objections = list(self._objections())
        if objections:
            raise RefusedError(
                f"les votes de l'assemblée du {self.held_on} ne peuvent pas être comptés",
                f"the votes of the meeting of {self.held_on} cannot be counted",
                objections,
            )
        roll, there = self.roll, {*self.present, *self.proxies}
        weights = voting_weights(roll, self.rules)
        opening = sum((weights[code] for code in there), Fraction(0)), sum(weights.values(), Fraction(0))
        results = []
        for resolution in self.resolutions:
            done = self._counted(resolution, roll, there)
            results.append(done)
            if done.carried and resolution.admits is not None:
                roll = roll.with_admitted(resolution.admits)
                there.add(resolution.admits.code)
        return MeetingResult(
            roll=self.roll, present_votes=opening[0], all_votes=opening[1], results=tuple(results)
        )

    def _counted(self, resolution: Resolution, roll: Roll, there: set[str]) -> ResolutionResult:
        weights = voting_weights(roll, self.rules)
        sides: dict[Vote, dict[str, Fraction]] = {vote: {} for vote in Vote}
        for code in sorted(there):
            sides[resolution.votes.get(code, resolution.others)][code] = weights[code]
        votes = {vote: sum(found.values(), Fraction(0)) for vote, found in sides.items()}
        rule = self.rules.rule(resolution.kind, self.call)
        colleges = tuple(self._colleges(sides, roll))
        every, present = sum(weights.values(), Fraction(0)), sum(votes.values(), Fraction(0))
        base = {
            Basis.ROLL: every,
            Basis.PRESENT: present,
            Basis.CAST: votes[Vote.FOR] + votes[Vote.AGAINST],
        }[rule.basis]
        counted = votes[Vote.FOR]
        if colleges:
            counted = sum((one.carried_for for one in colleges), Fraction(0))
            against = sum((one.carried_against for one in colleges), Fraction(0))
            base = counted + against if rule.basis is Basis.CAST else Fraction(1)
        reasons = (_quorum(rule, present, every), _majority(rule, counted, base, bool(colleges)))
        return ResolutionResult(
            resolution=resolution,
            rule=rule,
            roll=roll,
            votes_for=votes[Vote.FOR],
            votes_against=votes[Vote.AGAINST],
            abstained=votes[Vote.ABSTAIN],
            base=base,
            counted_for=counted,
            colleges=colleges,
            reasons=reasons,
        )

    def _colleges(self, sides: Mapping[Vote, Mapping[str, Fraction]], roll: Roll) -> Iterator[CollegeResult]:
        for college in self.rules.colleges:
            inside = {
                vote: sum(
                    (weight for code, weight in found.items() if _college(roll, code) == college.code),
                    Fraction(0),
                )
                for vote, found in sides.items()
            }
            yes, no = inside[Vote.FOR], inside[Vote.AGAINST]
            weight = Fraction(college.weight_ppm, MILLION)
            carried_for = carried_against = Fraction(0)
            if self.rules.college_count is CollegeCount.MAJORITY:
                carried_for, carried_against = weight * (yes > no), weight * (no > yes)
            elif yes + no:
                carried_for, carried_against = (
                    Fraction(weight * yes, yes + no),
                    Fraction(weight * no, yes + no),
                )
            yield CollegeResult(
                code=college.code,
                name=college.name,
                weight_ppm=college.weight_ppm,
                votes_for=yes,
                votes_against=no,
                abstained=inside[Vote.ABSTAIN],
                carried_for=carried_for,
                carried_against=carried_against,
            )

    def _objections(self) -> Iterator[Reason]:
        cited = self.rules.vote_citations
        admitted = {one.admits.code for one in self.resolutions if one.admits is not None}
        for code in dict.fromkeys((*self.present, *self.proxies, *self.proxies.values())):
            if code not in self.roll:
                yield _no(
                    "not_an_associate",
                    f"{code} n'est pas associé le {self.held_on}",
                    f"{code} is not an associate on {self.held_on}",
                    cited,
                )
        colleges = {college.code for college in self.rules.colleges}
        for one in self.roll:
            if colleges and one.college not in colleges:
                yield _no(
                    "no_college",
                    f"{one.code} n'est dans aucun des collèges ({', '.join(sorted(colleges))})",
                    f"{one.code} is in none of the colleges ({', '.join(sorted(colleges))})",
                    cited,
                )
        yield from self._proxy_objections()
        there = {*self.present, *self.proxies}
        for number, resolution in enumerate(self.resolutions):
            before = {one.admits.code for one in self.resolutions[:number] if one.admits is not None}
            for code in resolution.votes:
                voter = self.roll.get(code)
                if voter is not None and voter.vote_suspended:
                    french = f"{code} vote sur « {resolution.title} », son droit de vote est suspendu"
                    english = f"{code} votes on “{resolution.title}”, the vote is suspended"
                    yield _no("vote_suspended", french, english, cited)
                elif code in there or code in before:
                    continue
                elif voter is not None:
                    french = f"{code} vote sur « {resolution.title} » sans être présent ni représenté"
                    english = f"{code} votes on “{resolution.title}” and is neither present nor represented"
                    yield _no("absent", french, english, cited)
                elif code in admitted:
                    french = f"{code} vote sur « {resolution.title} » avant d'être admis"
                    english = f"{code} votes on “{resolution.title}” before the admission"
                    yield _no("not_yet_an_associate", french, english, cited)
                else:
                    french = f"{code} vote sur « {resolution.title} » sans être associé"
                    english = f"{code} votes on “{resolution.title}” and is not an associate"
                    yield _no("not_an_associate", french, english, cited)
            yield from self._resolution_objections(resolution)

    def _proxy_objections(self) -> Iterator[Reason]:
        rule = self.rules.proxies
        cited = rule.citations if rule else self.rules.vote_citations
        for absent, holder in self.proxies.items():
            if absent in self.present:
                french, english = (
                    f"{absent} est à la fois présent et représenté",
                    (f"{absent} is both present and represented"),
                )
                yield _no("present_and_represented", french, english, cited)
            if holder not in self.present and holder in self.roll:
                french, english = (
                    f"{holder} représente {absent} sans être présent",
                    (f"{holder} stands for {absent} and is not present"),
                )
                yield _no("holder_absent", french, english, cited)
        if rule is None:
            return
        most = rule.most(len(self.roll))
        for holder, held in sorted(Counter(self.proxies.values()).items()):
            if held > most:
                yield Reason(
                    code="too_many_proxies",
                    met=False,
                    french=f"{holder} a {held} pouvoirs, {most} au plus pour {len(self.roll)} associés",
                    english=f"{holder} holds {held} proxies, at most {most} among {len(self.roll)} "
                    "associates",
                    citations=cited,
                    found=held,
                    wanted=most,
                    unit="people",
                )

    def _resolution_objections(self, resolution: Resolution) -> Iterator[Reason]:
        admits, most = resolution.admits, self.rules.term_months
        if admits is not None and admits.code in self.roll:
            yield _no(
                "already_an_associate",
                f"« {resolution.title} » admet {admits.code}, déjà associé",
                f"“{resolution.title}” admits {admits.code}, an associate already",
                self.rules.vote_citations,
            )
        if admits is not None and admits.admitted_on != self.held_on:
            yield _no(
                "admitted_on_another_day",
                f"« {resolution.title} » admet {admits.code} au {admits.admitted_on}, pas au {self.held_on}",
                f"“{resolution.title}” admits {admits.code} on {admits.admitted_on}, not on {self.held_on}",
                self.rules.vote_citations,
            )
        if resolution.elects and most is not None and (resolution.term_months or 0) > most:
            yield Reason(
                code="term_too_long",
                met=False,
                french=f"« {resolution.title} » : mandat de {resolution.term_months} mois, {most} au plus",
                english=f"“{resolution.title}”: a term of {resolution.term_months} months, at most {most}",
                citations=self.rules.term_citations,
                found=resolution.term_months,
                wanted=most,
                unit="months",
            )


def _college(roll: Roll, code: str) -> str:
    one = roll.get(code)
    return one.college if one is not None else ""


def _no(code: str, french: str, english: str, citations: Sequence[Citation]) -> Reason:
    return Reason(code=code, met=False, french=french, english=english, citations=tuple(citations))


def _ppm(part: Fraction, whole: Fraction) -> int:
    ratio = Fraction(part, whole) if whole else Fraction(0)
    rounded: int = divide_half_up(ratio.numerator * MILLION, ratio.denominator)
    return rounded


def _quorum(rule: DecisionRule, present: Fraction, every: Fraction) -> Reason:
    met = present >= rule.quorum * every and present > 0
    wanted = (
        (f"il en faut {rule.quorum}", f"{rule.quorum} wanted")
        if rule.quorum
        else ("sans quorum", "no quorum")
    )
    return Reason(
        code="quorum",
        met=met,
        french=f"quorum : {present} voix présentes ou représentées sur {every}, {wanted[0]}",
        english=f"quorum: {present} of {every} votes present or represented, {wanted[1]}",
        citations=rule.citations,
        found=_ppm(present, every),
        wanted=_ppm(rule.quorum, Fraction(1)),
        unit="ppm",
        needs_review=rule.needs_review,
    )


_BASES = {
    Basis.ROLL: ("des voix de tous les associés", "of the votes of all associates"),
    Basis.PRESENT: ("des voix présentes ou représentées", "of the votes present or represented"),
    Basis.CAST: ("des voix exprimées", "of the votes cast"),
}


def _majority(rule: DecisionRule, counted: Fraction, base: Fraction, colleges: bool) -> Reason:
    more = ("plus de ", "more than ") if rule.more_than else ("", "at least ")
    french, english = _BASES[rule.basis]
    by = (" (collèges pondérés)", " (weighted colleges)") if colleges else ("", "")
    return Reason(
        code="majority",
        met=rule.carried(counted, base),
        french=f"majorité{by[0]} : {counted} pour sur {base}, il faut {more[0]}{rule.majority} {french}",
        english=f"majority{by[1]}: {counted} for of {base}, {more[1]}{rule.majority} {english} wanted",
        citations=rule.citations,
        found=_ppm(counted, base),
        wanted=_ppm(rule.majority, Fraction(1)),
        unit="ppm",
        needs_review=rule.needs_review,
    )
