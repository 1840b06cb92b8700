from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from membership_samples import MEETING, associate, associates, form, law, statutes

from cae_core.errors import LawNotKnownError, RefusedError
from cae_core.france.cooperative_law.governance import Mandate, mandate_reasons, supervisory_board
from cae_core.membership import (
    Basis,
    College,
    DecisionRule,
    GeneralMeeting,
    Movement,
    MovementKind,
    RefundTerms,
    Resolution,
    Roll,
    ShareLedger,
    SplitKey,
    Standing,
    Vote,
)
from cae_core.money import MILLION, Rate

DECISIONS = {"ordinary": (DecisionRule(),), "extraordinary": (DecisionRule(majority=Fraction(2, 3)),)}


def composition(people, code="scop_sarl", day=MEETING, **shares):
    """The reasons of a form, by code; everybody holds ten shares of 20 € but for those given."""
    roll = Roll.on(day, people)
    held = {one.code: shares.get(one.code, 10) for one in roll}
    moves = [
        Movement(dated_on=day, associate=code, kind=MovementKind.SUBSCRIPTION, shares=number)
        for code, number in held.items()
        if number
    ]
    holdings = ShareLedger(20_00, moves).on(day)
    return {reason.code: reason for reason in form(code).composition_reasons(roll, holdings, law(day))}


def rules(code="scop_sarl", day=MEETING, **clauses):
    return form(code).meeting_rules(statutes(legal_form=code, **clauses), law(day))


def not_met(code, **clauses):
    chosen = statutes(legal_form=code, **clauses)
    return [one.code for one in form(code).statutes_reasons(chosen, law()) if not one.met]


class TestArticle5:
    """
    A Scop has employed associates: two in a SARL or a SAS, seven in a SA.
    (loi n° 78-763 du 19 juillet 1978, art. 5)
    """

    @pytest.mark.parametrize(
        ("code", "employed", "enough"),
        [
            ("scop_sarl", 1, False),
            ("scop_sarl", 2, True),
            ("scop_sas", 1, False),
            ("scop_sas", 2, True),
            ("scop_sa", 6, False),
            ("scop_sa", 7, True),
        ],
    )
    def test_how_many(self, code, employed, enough):
        reason = composition(associates(employed), code)["employed_associates"]
        assert reason.met is enough
        assert reason.found == employed

    def test_who_was_pensioned_off_is_employed_no_more(self):
        people = [*associates(1), associate("R", standing=Standing.RETAINED)]
        assert not composition(people)["employed_associates"].met

    def test_a_sarl_has_a_hundred_associates_at_most(self):
        """C. com., art. L223-3."""
        assert composition(associates(100))["associates_maximum"].met
        assert not composition(associates(101))["associates_maximum"].met
        assert "associates_maximum" not in composition(associates(101), "scop_sas")

    @pytest.mark.parametrize(("day", "known"), [("2014-08-01", False), ("2014-08-02", True)])
    def test_a_scop_may_be_a_sas_since_the_law_of_2014(self, day, known):
        people = associates(2, admitted_on="2014-01-01")
        day = dt.date.fromisoformat(day)
        if known:
            assert composition(people, "scop_sas", day)["employed_associates"].met
        else:
            with pytest.raises(LawNotKnownError):
                composition(people, "scop_sas", day)


class TestCapitalAndVotes:
    """Those who work there hold 51 % of the capital and 65 % of the votes; nobody above half of the capital."""

    @pytest.mark.parametrize(("outside", "met"), [(490, True), (491, False)])
    def test_fifty_one_per_cent_of_the_capital(self, outside, met):
        people = [*associates(2), associate("X", standing=Standing.OUTSIDE)]
        found = composition(people, A001=255, A002=255, X=outside)
        assert found["employed_capital"].met is met

    def test_those_the_law_keeps_count_on_the_side_of_the_employed(self):
        people = [
            *associates(2),
            associate("R", standing=Standing.RETAINED),
            associate("X", standing=Standing.OUTSIDE),
        ]
        assert composition(people, A001=2, A002=2, R=47, X=49)["employed_capital"].met
        former = [
            *associates(2),
            associate("R", standing=Standing.FORMER),
            associate("X", standing=Standing.OUTSIDE),
        ]
        assert not composition(former, A001=2, A002=2, R=47, X=49)["employed_capital"].met

    @pytest.mark.parametrize(
        ("employed", "outside", "met"), [(13, 7, True), (12, 7, False), (65, 35, True), (64, 36, False)]
    )
    def test_sixty_five_per_cent_of_the_votes(self, employed, outside, met):
        assert composition(associates(employed, outside))["employed_votes"].met is met

    def test_former_employees_count_there_too(self):
        people = [*associates(12, 7), associate("F", standing=Standing.FORMER)]
        assert composition(people)["employed_votes"].met

    def test_half_of_the_capital(self):
        """Art. 24."""
        assert "associate_capital" not in composition(associates(2), A001=50, A002=50)
        assert not composition(associates(2), A001=51, A002=49)["associate_capital"].met

    @pytest.mark.parametrize(
        ("code", "shares", "met"),
        [
            ("scop_sarl", (1, 0), False),
            ("scop_sarl", (1, 1), True),
            ("scop_sa", (462, 462), False),
            ("scop_sa", (463, 462), True),
        ],
    )
    def test_capital_at_least(self, code, shares, met):
        """30 € in a SARL, 18,500 € in a SA."""
        assert composition(associates(2), code, A001=shares[0], A002=shares[1])["capital_minimum"].met is met


class TestArticle14:
    """
    One vote each; a represented associate is represented by an associate, who holds one proxy below twenty
    associates and one for each twenty from there on. (loi n° 78-763 du 19 juillet 1978, art. 14)
    """

    @pytest.mark.parametrize(("people", "most"), [(2, 1), (19, 1), (20, 1), (39, 1), (40, 2), (130, 6)])
    def test_proxies(self, people, most):
        proxies = rules().proxies
        assert proxies.most(people) == most
        assert str(proxies.citations[0]) == "Loi n° 78-763 du 19 juillet 1978, art. 14"

    def test_no_colleges(self):
        colleges = [
            College(code=str(rank), name=str(rank), weight_ppm=weight)
            for rank, weight in enumerate((500_000, 250_000, 250_000))
        ]
        assert not_met("scop_sarl", colleges=colleges) == ["no_colleges"]
        assert not_met("scic_sarl", colleges=colleges) == []


class TestArticle3Bis:
    """Outside associates: 35 % of the votes since July 1992, 49 % with cooperatives. (loi de 1947, art. 3 bis)"""

    @pytest.mark.parametrize(
        ("day", "bounds"),
        [
            ("1992-07-13", (None, None)),
            ("1992-07-14", (350_000, None)),
            ("2014-08-01", (350_000, None)),
            ("2014-08-02", (350_000, 490_000)),
        ],
    )
    def test_bounds_through_time(self, day, bounds):
        found = rules("scop_sarl", dt.date.fromisoformat(day), decisions=DECISIONS) if day > "2005" else None
        law_of_day = law(day)
        names = ("outside_votes_maximum", "outside_votes_with_cooperatives_maximum")
        known = tuple(None if law_of_day.get(name) is None else law_of_day.value(name) for name in names)
        assert known == bounds
        if found is not None:
            assert (found.outside_ppm, found.outside_with_cooperatives_ppm) == bounds

    def test_a_meeting_under_the_law(self):
        """Thirteen employed, eight from outside: the eight weigh seven votes."""
        people = associates(13, 8)
        asked = GeneralMeeting(
            held_on=MEETING,
            roll=Roll.on(MEETING, people),
            rules=rules(),
            present=[one.code for one in people],
            resolutions=[Resolution(code="1", title="Comptes", others=Vote.FOR)],
        )
        assert asked.result().all_votes == 20


class TestDecisions:
    """Company law says how a SARL and a SA decide; the statutes may say otherwise, those of a SAS must."""

    def test_a_sarl_counts_all_associates_at_the_first_call(self):
        first, second = rules().decisions["ordinary"]
        assert (first.basis, first.majority, first.more_than) == (Basis.ROLL, Fraction(1, 2), True)
        assert second.basis is Basis.CAST
        assert not first.needs_review

    def test_a_sa_has_a_quorum_at_the_first_call(self):
        first, second = rules("scop_sa").decisions["ordinary"]
        assert (first.quorum, second.quorum) == (Fraction(1, 5), 0)

    @pytest.mark.parametrize("code", ["scop_sarl", "scop_sa", "scic_sarl"])
    def test_extraordinary(self, code):
        first, second = rules(code).decisions["extraordinary"]
        assert (first.quorum, second.quorum) == (Fraction(1, 4), Fraction(1, 5))
        assert (first.majority, first.more_than) == (Fraction(2, 3), False)

    def test_the_statutes_come_first(self):
        found = rules(decisions={"ordinary": (DecisionRule(quorum=Fraction(1, 3)),)})
        assert found.decisions["ordinary"][0].quorum == Fraction(1, 3)
        assert found.decisions["admission"] == found.decisions["ordinary"]
        assert found.decisions["extraordinary"][0].quorum == Fraction(1, 4)

    @pytest.mark.parametrize("code", ["scop_sas", "scic_sas"])
    def test_a_sas_has_to_say_it(self, code):
        assert not_met(code) == ["decisions"]
        assert not_met(code, decisions=DECISIONS) == []


class TestArticle15And16:
    """
    Managers of a SARL are elected for four years at most; associates who do not work there hold a third of the
    mandates at most. Above twenty associates there is a supervisory board. (loi de 1978, art. 15 and 16)
    """

    @pytest.mark.parametrize(
        ("code", "months"), [("scop_sarl", 48), ("scop_sa", 72), ("scop_sas", 72), ("scic_sarl", 72)]
    )
    def test_the_longest_term(self, code, months):
        assert rules(code).term_months == months
        assert not_met(code, term_months=months, decisions=DECISIONS) == []
        assert not_met(code, term_months=months + 1, decisions=DECISIONS) == ["term"]

    def reasons(self, mandates, day=MEETING):
        people = [*associates(6), *associates(0, 3)]
        roll = Roll.on(day, people)
        return list(mandate_reasons(mandates, roll, rules(), law()))

    def mandate(self, who, months=48, starts="2024-06-12"):
        return Mandate(associate=who, office="gérant", starts_on=starts, months=months)

    def test_four_years_end_the_day_before(self):
        assert self.mandate("A001").ends_on == dt.date(2028, 6, 11)
        assert [one.met for one in self.reasons([self.mandate("A001"), self.mandate("A002", 49)])][:2] == [
            True,
            False,
        ]

    @pytest.mark.parametrize(("outside", "met"), [(1, True), (2, False)])
    def test_a_third_from_outside(self, outside, met):
        holders = ["A001", "A002", "A003", "X001", "X002"][: 3 - outside] + ["X001", "X002"][:outside]
        assert self.reasons([self.mandate(who) for who in holders])[-1].met is met

    def test_a_term_that_is_over_counts_no_more(self):
        over = self.mandate("X001", starts="2020-06-12")
        assert self.reasons([self.mandate("A001"), over])[-1].found == 0

    def test_the_holder_is_an_associate(self):
        assert self.reasons([self.mandate("Z9")])[0].code == "holder_not_an_associate"

    @pytest.mark.parametrize(("people", "without"), [(20, True), (21, False)])
    def test_a_supervisory_board_above_twenty(self, people, without):
        assert supervisory_board(people, law()).met is without


class TestScicCategories:
    """
    At least three categories of associates, with those who benefit from the activity and the employees, or
    else producers; local authorities hold half of the capital at most. (loi de 1947, art. 19 septies)
    """

    def people(self, *categories):
        return [
            associate(f"S{rank}", category=category, standing=Standing.OUTSIDE)
            for rank, category in enumerate(categories)
        ]

    @pytest.mark.parametrize(
        ("categories", "missing"),
        [
            (("employees", "beneficiaries", "volunteers"), []),
            (("producers", "beneficiaries", "volunteers"), []),
            (("employees", "beneficiaries"), ["categories"]),
            (("employees", "volunteers", "public_bodies"), ["category_beneficiaries"]),
            (("volunteers", "beneficiaries", "funders"), ["category_employees"]),
            (("volunteers",), ["categories", "category_beneficiaries", "category_employees"]),
        ],
    )
    def test_which(self, categories, missing):
        found = composition(self.people(*categories), "scic_sarl", S2=1)
        assert [code for code, reason in found.items() if not reason.met] == missing

    @pytest.mark.parametrize(("shares", "met"), [(20, True), (21, False)])
    def test_half_of_the_capital_for_public_bodies(self, shares, met):
        found = composition(
            self.people("employees", "beneficiaries", "public_bodies"), "scic_sarl", S2=shares
        )
        assert found["public_bodies_capital"].met is met


class TestScicColleges:
    """Three colleges at least, each with 10 to 50 % of the votes. (loi de 1947, art. 19 octies)"""

    def colleges(self, *percents):
        return [
            College(code=str(rank), name=f"Collège {rank}", weight_ppm=percent * 10_000)
            for rank, percent in enumerate(percents)
        ]

    @pytest.mark.parametrize(
        ("percents", "found"),
        [
            ((50, 40, 10), []),
            ((), []),
            ((51, 39, 10), ["college_weight"]),
            ((50, 41, 9), ["college_weight"]),
            ((50, 50), ["colleges"]),
            ((91, 9), ["colleges", "college_weight", "college_weight"]),
        ],
    )
    def test_weights(self, percents, found):
        assert not_met("scic_sarl", colleges=self.colleges(*percents)) == found

    def test_no_employees_part(self):
        """Art. 19 nonies: after the reserves there is interest alone."""
        assert not_met("scic_sarl", employees_rate=Rate.percent("25")) == ["no_employees_part"]


class TestStatutesOfAScop:
    """Every objection at once, each with its article. (loi n° 78-763 du 19 juillet 1978)"""

    def test_good_ones(self):
        form().check(statutes(), law())

    def test_all_that_is_wrong(self):
        wrong = statutes(
            shares_at_admission=2,
            pay_rate=Rate.percent("10.01"),
            employees_rate=Rate.percent("24.99"),
            split=SplitKey(equally_ppm=MILLION, seniority=[(0, 100), (10, 201)]),
            term_months=49,
            refund=RefundTerms(delay_months=61),
        )
        with pytest.raises(RefusedError) as raised:
            form().check(wrong, law())
        found = {one.code: str(one.citations[0]) for one in raised.value.objections}
        assert found == {
            "shares_at_admission": "Loi n° 78-763 du 19 juillet 1978, art. 6",
            "pay_rate": "Loi n° 78-763 du 19 juillet 1978, art. 6 et 27 ; C. trav. art. L3251-3",
            "employees_rate": "Loi n° 78-763 du 19 juillet 1978, art. 33, 3°",
            "seniority_coefficient": "Loi n° 78-763 du 19 juillet 1978, art. 33, 3°",
            "term": "Loi n° 78-763 du 19 juillet 1978, art. 16",
            "refund_delay": "Usage des statuts de Scop",
        }
        assert "les statuts de « Coopérative des Arches » ne sont pas permis" in raised.value.french

    def test_the_bounds_themselves_are_allowed(self):
        form().check(
            statutes(
                pay_rate=Rate.percent("10"),
                employees_rate=Rate.percent("25"),
                split=SplitKey(equally_ppm=MILLION, seniority=[(0, 100), (10, 200)]),
                term_months=48,
            ),
            law(),
        )

    def test_a_split_key_is_wanted(self):
        assert not_met("scop_sarl", split=None) == ["split_key"]

    def test_statutes_of_another_form(self):
        with pytest.raises(RefusedError, match="statutes of another legal form: scop_sarl"):
            form("scop_sa").check(statutes(), law())
