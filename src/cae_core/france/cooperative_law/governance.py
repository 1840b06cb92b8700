"""Who decides in a Scop or a Scic: meetings, mandates, the supervisory board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from cae_core.calendar import add_months, to_day
from cae_core.france.cooperative_law.texts import art, checked, law_1947, law_1978, whole
from cae_core.law import Snapshot
from cae_core.membership.associates import Roll, Standing
from cae_core.membership.statutes import Statutes
from cae_core.membership.voting import Basis, DecisionRule, MeetingRules, ProxyRule
from cae_core.money import MILLION
from cae_core.reasons import Reason

__all__ = [
    "Mandate",
    "mandate_reasons",
    "scic_meeting_rules",
    "scop_meeting_rules",
    "supervisory_board",
]

#: Decisions that an ordinary meeting takes, by the names that resolutions use.
_ORDINARY = ("ordinary", "admission", "election")


def _company_decisions(company: str, law: Snapshot) -> dict[str, tuple[DecisionRule, ...]]:
    """Return the decision rules of company law; those of a SAS are for its statutes to say."""
    if company == "sas":
        return {}

    def part(name: str) -> Fraction:
        return Fraction(law.value(name), MILLION)

    def rule(*names: str, **parts: Fraction | Basis | bool) -> DecisionRule:
        return DecisionRule(
            citations=art(law, *names),
            needs_review=any(law[name].needs_review for name in names),
            **parts,  # type: ignore[arg-type]
        )

    two_thirds = Fraction(whole(law, "company_extraordinary_majority_thirds"), 3)
    basis = Basis.PRESENT if company == "sarl" else Basis.CAST
    extraordinary = tuple(
        rule(
            quorum,
            "company_extraordinary_majority_thirds",
            quorum=part(quorum),
            majority=two_thirds,
            basis=basis,
            more_than=False,
        )
        for quorum in ("company_extraordinary_quorum", "company_extraordinary_second_quorum")
    )
    if company == "sarl":
        name = "sarl_ordinary_majority_halves"
        half = Fraction(whole(law, name), 2)
        ordinary = rule(name, majority=half, basis=Basis.ROLL), rule(name, majority=half, basis=Basis.CAST)
    else:
        name = "company_ordinary_quorum"
        ordinary = rule(name, quorum=part(name)), rule(name)
    return {**dict.fromkeys(_ORDINARY, ordinary), "extraordinary": extraordinary}


def _decisions(statutes: Statutes, company: str, law: Snapshot) -> dict[str, tuple[DecisionRule, ...]]:
    chosen = dict(statutes.decisions)
    if "ordinary" in chosen:
        # What an ordinary meeting decides follows its rule, unless the statutes single it out.
        chosen = {**dict.fromkeys(_ORDINARY, chosen["ordinary"]), **chosen}
    return {**_company_decisions(company, law), **chosen}


def _bound(law: Snapshot, name: str) -> int | None:
    return None if law.get(name) is None else law.value(name)


def scop_meeting_rules(company: str, statutes: Statutes, law: Snapshot) -> MeetingRules:
    """Return the rules of the meeting of a Scop.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 12, 14 and 16: one vote each, proxies, terms. Loi n° 47-1775 du
        10 septembre 1947, art. 3 bis: associates from outside.
    """
    term = "scop_manager_term_months" if company == "sarl" else "cooperative_manager_term_months"
    return MeetingRules(
        decisions=_decisions(statutes, company, law),
        proxies=ProxyRule(
            threshold=law.value("scop_proxy_threshold"),
            below=whole(law, "scop_proxies_below_threshold"),
            divisor=whole(law, "scop_proxies_divisor"),
            citations=art(law, "scop_proxies_divisor"),
        ),
        outside_ppm=_bound(law, "outside_votes_maximum"),
        outside_with_cooperatives_ppm=_bound(law, "outside_votes_with_cooperatives_maximum"),
        term_months=law.value(term),
        vote_citations=(law_1978("12 et 14"),),
        outside_citations=(law_1947("3 bis"),),
        term_citations=art(law, term),
    )


def scic_meeting_rules(company: str, statutes: Statutes, law: Snapshot) -> MeetingRules:
    """Return the rules of the meeting of a Scic: one vote each, inside its college where there are colleges.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 6 and 19 octies.
    """
    return MeetingRules(
        decisions=_decisions(statutes, company, law),
        colleges=statutes.colleges,
        college_count=statutes.college_count,
        term_months=law.value("cooperative_manager_term_months"),
        vote_citations=(law_1947("1er et 19 octies"),),
        term_citations=art(law, "cooperative_manager_term_months"),
    )


def _from_outside(roll: Roll, code: str) -> bool:
    one = roll.get(code)
    return one is not None and one.standing is not Standing.EMPLOYED


@attrs.frozen(kw_only=True)
class Mandate:
    """The office of a manager, a director or a member of the supervisory board.

    Attributes:
        associate: code of the holder.
        office: such as ``"gérant"``.
        starts_on: first day.
        months: length of the term.
    """

    associate: str
    office: str
    starts_on: dt.date = attrs.field(converter=to_day)
    months: int

    @property
    def ends_on(self) -> dt.date:
        """The last day of the term."""
        return add_months(self.starts_on, self.months) - dt.timedelta(days=1)


def mandate_reasons(
    mandates: Sequence[Mandate], roll: Roll, rules: MeetingRules, law: Snapshot
) -> Iterator[Reason]:
    """Iterate over what the law wants of the mandates of a Scop on the day of a roll, met or not.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 15 (a third at most for associates who do not work there) and
        16 (four years in a SARL).
    """
    running = [one for one in mandates if one.starts_on <= roll.day <= one.ends_on]
    for one in running:
        if one.associate not in roll:
            yield Reason(
                code="holder_not_an_associate",
                met=False,
                french=f"{one.associate} ({one.office}) n'est pas associé le {roll.day}",
                english=f"{one.associate} ({one.office}) is not an associate on {roll.day}",
                citations=(law_1978("15"),),
            )
        if rules.term_months is not None:
            yield Reason(
                code="term",
                met=one.months <= rules.term_months,
                french=f"mandat de {one.associate} : {one.months} mois, {rules.term_months} au plus",
                english=f"term of {one.associate}: {one.months} months, at most {rules.term_months}",
                citations=rules.term_citations,
                found=one.months,
                wanted=rules.term_months,
                unit="months",
            )
    outside = sum(_from_outside(roll, one.associate) for one in running)
    divisor = whole(law, "scop_outside_mandates_divisor")
    most = len(running) // divisor
    yield checked(
        law,
        "scop_outside_mandates_divisor",
        code="outside_mandates",
        met=outside * divisor <= len(running),
        found=outside,
        wanted=most,
        unit="people",
        french=f"{outside} mandats d'associés non employés sur {len(running)}, {most} au plus",
        english=f"{outside} of {len(running)} mandates are of associates who are not employed, at most "
        f"{most}",
    )


def supervisory_board(associates: int, law: Snapshot) -> Reason:
    """Return whether a Scop SARL does without a supervisory board (conseil de surveillance); met: it does.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 16: wanted above twenty associates.
    """
    most = law.value("scop_supervisory_board_associates")
    return checked(
        law,
        "scop_supervisory_board_associates",
        code="no_supervisory_board",
        met=associates <= most,
        found=associates,
        wanted=most,
        unit="people",
        french=f"{associates} associés ; au-delà de {most}, un conseil de surveillance est constitué",
        english=f"{associates} associates; above {most} a supervisory board is wanted",
    )
