"""Each way of ending as a whole: who decides, when, how much, and what becomes of each thing."""

import datetime as dt

import pytest
from exit_samples import LAW, day, law_on, paid

from cae_core import InputError
from cae_core.errors import LawNotKnownError, RefusedError
from cae_core.france.exits import (
    ENDINGS,
    AgreedNotice,
    CooperativeForm,
    Decider,
    EndingKind,
    ExitFacts,
    ending,
    ending_levy,
)
from cae_core.reasons import Reason

PAY = paid(*[1_200] * 12, last="2025-08")
FACTS = {"starts_on": "2022-09-01", "pay": PAY, "associate": True}
#: Three years on 1 September 2025: 36 months when told, 1,200 € a month.
ON = day("2025-09-01")


def end(kind, on=ON, **changes):
    facts = {**FACTS, **{name: changes.pop(name) for name in list(changes) if name in FIELDS}}
    return ending(LAW, kind, ExitFacts(**facts), on, **changes)


FIELDS = {each.name for each in ExitFacts.__attrs_attrs__}


def effect(result, code) -> Reason:
    (found,) = [each for each in result.effects if each.code == code]
    return found


class TestTable:
    """Every way of ending has its record, its texts and its effects."""

    def test_all_of_them(self):
        assert set(ENDINGS) == set(EndingKind)
        assert len(EndingKind) == 17

    @pytest.mark.parametrize("kind", EndingKind)
    def test_each_answers(self, kind):
        result = end(
            kind, trial_ends_on="2025-12-31", agreed_notice=AgreedNotice(months=1), born_on="1955-01-01"
        )
        assert result.rule.citations
        assert result.ends_on is not None
        assert result.timetable[-1].code == "last_day"
        assert [each.code for each in result.effects if each.code != "shares_refunded"] == [
            "associate_status",
            "account_emptied",
            "clientele",
            "unemployment",
            "cover",
            "leave_indemnity",
        ]
        for reason in result.reasons:
            assert reason.french
            assert reason.english
            assert reason.french != reason.english

    @pytest.mark.parametrize("kind", EndingKind)
    def test_by_its_french_name(self, kind):
        assert EndingKind.parse(kind.french_name, "kind") is kind

    def test_what_nothing_settles(self):
        """Marked in the table, in the result and in the documentation."""
        assert {rule.kind for rule in ENDINGS.values() if rule.needs_review} == {
            EndingKind.DEATH,
            EndingKind.ASSOCIATE_DEADLINE,
            EndingKind.STATUS_RENOUNCED,
            EndingKind.TRANSFER,
            EndingKind.OWN_STRUCTURE,
        }
        for rule in ENDINGS.values():
            result = end(rule.kind)
            assert ("nature_of_the_end" in [each.code for each in result.to_review]) is rule.needs_review


class TestEndOfTrial:
    """
    The cooperative or the entrepreneur ends the trial, without a reason nor an indemnity.
    (Code du travail, art. L7332-1, L1221-25, L1221-26)
    """

    def test_by_the_cooperative(self):
        result = end(
            "trial_by_cooperative",
            day("2025-05-15"),
            starts_on="2025-01-01",
            trial_ends_on="2025-08-31",
            pay=(),
        )
        assert result.ends_on == day("2025-06-15")
        assert result.indemnity is None
        assert effect(result, "unemployment").met
        assert result.rule.decider is Decider.COOPERATIVE

    def test_by_the_entrepreneur(self):
        result = end(
            "trial_by_entrepreneur", day("2025-05-15"), starts_on="2025-01-01", trial_ends_on="2025-08-31"
        )
        assert result.ends_on == day("2025-05-17")
        assert not effect(result, "unemployment").met

    def test_without_a_clause_there_is_no_trial(self):
        result = end("trial_by_cooperative", day("2025-05-15"), starts_on="2025-01-01")
        assert "trial_agreed" in [each.code for each in result.remarks if not each.met]


class TestResignation:
    """
    The entrepreneur leaves; the notice comes from an agreement or usage, and nothing is owed.
    (Code du travail, art. L1237-1)
    """

    def test_without_the_notice_the_last_day_is_not_known(self):
        result = end("resignation")
        assert result.earliest_end_on is None
        assert result.ends_on is None

    def test_with_it(self):
        result = end("démission", agreed_notice=AgreedNotice(months=3))
        assert result.ends_on == day("2025-11-30")
        assert result.indemnity_cents == 0
        assert not effect(result, "unemployment").met
        assert not effect(result, "cover").met
        assert not effect(result, "associate_status").met
        assert effect(result, "shares_refunded").met

    @pytest.mark.parametrize(("wished", "late_enough"), [("2025-11-29", False), ("2025-11-30", True)])
    def test_the_day_before_the_end_of_the_notice(self, wished, late_enough):
        """The cooperative may agree to less: it is said, not refused."""
        result = end("resignation", agreed_notice=AgreedNotice(months=3), ends_on=day(wished))
        assert result.ends_on == day(wished)
        assert ("not_before_the_earliest_end" in [each.code for each in result.remarks]) is not late_enough


class TestMutual:
    """
    Both sides agree; the indemnity is at least the legal one, and the employer owes a levy on it.
    (Code du travail, art. L1237-11 à L1237-14)
    """

    def test_as_a_whole(self):
        """37 months on 7 October: 1,200 × 37 / 48 = 925.00; 30 % of it is 277.50."""
        result = end("mutual")
        assert result.ends_on == day("2025-10-07")
        assert result.indemnity.seniority.whole_months == 37
        assert result.indemnity_cents == 925_00
        assert result.levy_cents == 277_50
        assert effect(result, "unemployment").met
        assert effect(result, "cover").met
        assert result.charges(leave_indemnity_cents=100_00).wages_cents == 100_00

    def test_from_the_first_month(self):
        """No eight months are asked: two months give 1,200 × 2 / 48 = 50.00."""
        result = end("mutual", starts_on="2025-08-05", pay=paid(1_200))
        assert result.indemnity_cents == 50_00

    def test_the_day_before_the_first_possible_one_is_refused(self):
        with pytest.raises(RefusedError) as caught:
            end("mutual", ends_on=day("2025-10-06"))
        assert "the end of 2025-10-06 comes before the first possible day, 2025-10-07" in str(caught.value)
        assert end("mutual", ends_on=day("2025-10-07")).ends_on == day("2025-10-07")

    def test_pay_of_the_month_of_signature_does_not_count(self):
        """The reference pay is known when the parties sign: what the exit itself pays is not in it."""
        result = end("mutual", pay=[*PAY, *paid(9_000, last="2025-09")])
        assert result.indemnity_cents == 925_00


class TestDismissal:
    """
    Notice and severance, on personal or economic grounds.
    (Code du travail, art. L1234-1, L1234-9)
    """

    def test_the_notice_counts_in_the_amount(self):
        """36 months when told, two months of notice: 38 months, 1,200 × 38 / 48 = 950.00."""
        result = end("dismissal_personal")
        assert result.ends_on == day("2025-10-31")
        assert result.indemnity_cents == 950_00
        assert result.levy_cents == 0
        assert effect(result, "unemployment").met
        assert not effect(result, "associate_status").met

    def test_the_presentation_of_the_letter(self):
        result = end("dismissal_personal", presented_on=day("2025-09-04"))
        assert result.ends_on == day("2025-11-03")
        assert [step.code for step in result.timetable] == ["decided", "notice_starts", "last_day"]

    @pytest.mark.parametrize("kind", ["dismissal_serious", "dismissal_wilful"])
    def test_misconduct(self, kind):
        """No notice, no severance; benefit is open all the same."""
        result = end(kind)
        assert result.ends_on == ON
        assert result.indemnity_cents == 0
        assert result.indemnity.computed_cents == 900_00
        assert effect(result, "unemployment").met
        assert effect(result, "leave_indemnity").met

    def test_wilful_misconduct_alone_forfeits_the_cover(self):
        """CSS art. L911-8."""
        assert effect(end("dismissal_serious"), "cover").met
        assert not effect(end("dismissal_wilful"), "cover").met


class TestUnfit:
    """
    The contract ends at once; after a work accident the severance is doubled.
    (Code du travail, art. L1226-4, L1226-14)
    """

    def test_the_notice_is_not_worked_but_counts(self):
        result = end("unfit")
        assert result.ends_on == ON
        assert result.indemnity.seniority.whole_months == 38
        assert result.indemnity_cents == 950_00

    def test_after_a_work_accident_it_does_not_count(self):
        """Cass. soc.: what is paid then is no notice. 1,200 × 36 / 48 × 2 = 1,800.00."""
        result = end("unfit_work_accident")
        assert result.indemnity_cents == 1_800_00
        assert "compensatory_indemnity" in [each.code for each in result.remarks]

    def test_eight_months_are_not_asked_after_a_work_accident(self):
        short = {"starts_on": "2025-07-01", "pay": paid(1_200, 1_200)}
        assert end("unfit_work_accident", **short).indemnity_cents == 100_00
        assert end("unfit", **short).indemnity_cents == 0


class TestRetirement:
    """
    Who leaves has half a month from ten years on; who is put into retirement has the legal severance.
    (Code du travail, art. L1237-5 à L1237-10)
    """

    def test_who_leaves(self):
        result = end("retirement", starts_on="2014-01-01")
        assert result.ends_on == day("2025-10-31")
        assert result.indemnity_cents == 600_00
        assert result.levy_cents == 0
        charges = result.charges(leave_indemnity_cents=10_00)
        assert (charges.indemnity_cents, charges.wages_cents) == (0, 610_00)

    @pytest.mark.parametrize(("starts", "owed"), [("2015-11-02", 0), ("2015-11-01", 600_00)])
    def test_ten_years_on_the_last_day(self, starts, owed):
        result = end("retirement", starts_on=starts)
        assert result.ends_on == day("2025-10-31")
        assert result.indemnity_cents == owed

    @pytest.mark.parametrize(
        ("born", "old_enough"), [("1955-09-02", False), ("1955-09-01", True), (None, False)]
    )
    def test_by_the_cooperative_from_seventy(self, born, old_enough):
        result = end("retirement_by_cooperative", born_on=born)
        (age,) = [each for each in result.remarks if each.code == "age_for_retirement_by_cooperative"]
        assert age.met is old_enough
        assert result.indemnity_cents == 950_00
        assert result.levy_cents == 285_00
        assert effect(result, "associate_status").met


class TestDeath:
    """Wages, leave and what the account holds go to the heirs; how the balance does, no text says."""

    def test_it(self):
        result = end("death")
        assert result.ends_on == ON
        assert result.indemnity is None
        assert "héritiers" in effect(result, "account_emptied").french
        assert effect(result, "account_emptied").needs_review
        assert not effect(result, "unemployment").met

    def test_the_family_has_six_months_to_keep_the_cover_for_twelve(self):
        """(Loi n° 89-1009 du 31 décembre 1989, art. 4, 2°)"""
        cover = effect(end("death"), "cover")
        assert cover.met
        assert not cover.needs_review
        assert "six mois" in cover.french
        assert "douze mois" in cover.french


class TestAssociateDeadline:
    """
    The contract ends by law where the person has not become an associate in time.
    (Code du travail, art. L7331-3)
    """

    def test_whether_it_is_a_dismissal_is_not_settled(self):
        result = end("associate_deadline", associate=False)
        assert result.ends_on == ON
        assert result.indemnity_cents == 0
        assert result.indemnity.computed_cents == 900_00
        (open_point,) = [each for each in result.indemnity.conditions if not each.met]
        assert open_point.code == "counts_as_dismissal"
        assert open_point.needs_review
        assert effect(result, "unemployment").needs_review
        assert result.notice is None

    def test_until_when_an_ending_by_agreement_avoids_it(self):
        """It must end the day before at the latest: 31 August; the timetable begins with that day."""
        result = end("associate_deadline", associate=False)
        first = result.timetable[0]
        assert first.code == "mutual_sign_by"
        assert end("mutual", first.on).earliest_end_on <= ON - dt.timedelta(days=1)
        assert end("mutual", first.on + dt.timedelta(days=1)).earliest_end_on > ON - dt.timedelta(days=1)


class TestShares:
    """
    In a SCOP the end of the contract ends associate status, but for retirement by the cooperative, economic
    dismissal and disability; the statutes may say otherwise.
    (Loi n° 78-763, art. 10 et 11)
    """

    def test_the_exceptions(self):
        kept = {rule.kind for rule in ENDINGS.values() if rule.keeps_scop_status}
        assert kept == {
            EndingKind.DISMISSAL_ECONOMIC,
            EndingKind.RETIREMENT_BY_COOPERATIVE,
            EndingKind.UNFIT,
            EndingKind.UNFIT_WORK_ACCIDENT,
        }

    @pytest.mark.parametrize("kind", EndingKind)
    def test_a_scic_is_under_no_such_rule(self, kind):
        result = end(kind, form=CooperativeForm.SCIC)
        assert effect(result, "associate_status").met
        assert effect(result, "associate_status").needs_review
        assert "shares_refunded" not in [each.code for each in result.effects]

    @pytest.mark.parametrize("keeps", [True, False])
    @pytest.mark.parametrize("form", CooperativeForm)
    def test_the_statutes_prevail(self, form, keeps):
        result = end("resignation", form=form, statutes_keep_status=keeps)
        assert effect(result, "associate_status").met is keeps
        assert ("shares_refunded" in [each.code for each in result.effects]) is not keeps

    @pytest.mark.parametrize("form", CooperativeForm)
    def test_they_do_not_take_what_article_11_leaves(self, form):
        """Only art. 10 begins with « sauf stipulations contraires des statuts »."""
        result = end("dismissal_economic", form=form, statutes_keep_status=False)
        assert effect(result, "associate_status").met is (form is CooperativeForm.SCOP)

    def test_who_is_no_associate_has_no_share(self):
        result = end("resignation", associate=False)
        assert not effect(result, "associate_status").met
        assert "shares_refunded" not in [each.code for each in result.effects]


class TestTransferAndOwnStructure:
    """No text makes them a way of ending: they are done by resignation or by agreement."""

    def test_by_resignation_unless_said(self):
        result = end("transfer", agreed_notice=AgreedNotice(months=1))
        assert result.way.kind is EndingKind.RESIGNATION
        assert result.ends_on == day("2025-09-30")
        assert result.indemnity is None

    def test_by_agreement(self):
        result = end("own_structure", way="mutual")
        assert result.ends_on == day("2025-10-07")
        assert result.indemnity_cents == 925_00
        assert effect(result, "unemployment").met
        assert effect(result, "cover").met

    def test_a_transfer_is_no_loss_of_employment(self):
        for way in ("resignation", "mutual"):
            assert not effect(end("transfer", way=way), "unemployment").met

    def test_another_way_is_refused(self):
        with pytest.raises(InputError, match="way: expected one of resignation, mutual, got death"):
            end("transfer", way="death")
        with pytest.raises(InputError, match="way: expected one of resignation, got mutual"):
            end("resignation", way="mutual")

    def test_the_account_does_not_follow(self):
        assert "l'autre coopérative" in effect(end("transfer"), "account_emptied").french
        assert "nouvelle structure" in effect(end("own_structure"), "account_emptied").french


class TestClientele:
    """
    The rights on the clientele are the person's, whatever the end.
    (Code du travail, art. L7331-2, 2° f)
    """

    @pytest.mark.parametrize("kind", EndingKind)
    def test_always(self, kind):
        found = effect(end(kind), "clientele")
        assert found.met
        assert found.citations[0].text == "C. trav. art. L7331-2, 2° f"


class TestLevy:
    """
    The employer owes a levy on an indemnity of an ending by agreement or a retirement it decides: 20 % and
    50 %, then 30 % for both from 1 September 2023, 40 % from 31 December 2025 on.
    (CSS art. L137-12)
    """

    @pytest.mark.parametrize(
        ("ends", "mutual", "retirement"),
        [
            ("2024-01-01", 300_00, 300_00),
            ("2025-12-30", 300_00, 300_00),
            ("2025-12-31", 400_00, 400_00),
        ],
    )
    def test_the_day_before_and_the_day_of_each_change(self, ends, mutual, retirement):
        law = law_on(ends)
        assert ending_levy(law, "mutual_contribution_rate", 1000_00).amount_cents == mutual
        assert (
            ending_levy(law, "retirement_by_employer_contribution_rate", 1000_00).amount_cents == retirement
        )

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("mutual_contribution_rate", 200_000, 300_000),
            ("retirement_by_employer_contribution_rate", 500_000, 300_000),
        ],
    )
    def test_the_rates_of_2023(self, name, before, after):
        """The ceilings known begin in 2024: the rows themselves are looked at."""
        parameter = LAW.parameter(name)
        assert parameter.on(day("2023-08-31")).value == before
        assert parameter.on(day("2023-09-01")).value == after

    def test_half_of_the_indemnity_from_2009(self):
        """50 %, but 25 % for what was paid up to the end of 2008, which is not here."""
        parameter = LAW.parameter("retirement_by_employer_contribution_rate")
        assert parameter.on(day("2009-01-01")).value == 500_000
        with pytest.raises(LawNotKnownError):
            parameter.on(day("2008-12-31"))

    def test_the_law_of_the_last_day_applies(self):
        """Signed before, ended after the change: the BOSS looks at the end of the contract."""
        assert end("mutual", day("2025-11-03"), ends_on=day("2025-12-30")).levy.rate_ppm == 300_000
        assert end("mutual", day("2025-11-03"), ends_on=day("2025-12-31")).levy.rate_ppm == 400_000
        result = end("mutual", day("2025-12-01"), ends_on=day("2026-01-07"))
        assert result.levy.rate_ppm == 400_000
        assert "levy_to_review" not in [each.code for each in result.to_review]

    @pytest.mark.parametrize(
        ("indemnity", "exempt"),
        [(94_200_00, 94_200_00), (94_200_01, 94_200_00), (471_000_00, 94_200_00), (471_000_01, 0)],
    )
    def test_two_yearly_ceilings_and_nothing_beyond_ten(self, indemnity, exempt):
        """47,100 € in 2025 (CSS art. L242-1, II, 7°)."""
        found = ending_levy(law_on("2025-10-07"), "mutual_contribution_rate", indemnity)
        assert found.exempt_cents == exempt
        assert found.taxed_cents == indemnity - exempt
        assert found.amount_cents == exempt * 3 // 10
        assert ("indemnity_above_the_exempt_part" in [each.code for each in found.remarks]) is (
            exempt < indemnity
        )

    def test_nothing_is_owed_on_nothing(self):
        assert ending_levy(law_on(), "mutual_contribution_rate", 0).amount_cents == 0


class TestDays:
    """A day that cannot be is said; the law of an unknown day is refused."""

    def test_before_the_contract(self):
        with pytest.raises(InputError, match="decided_on: 2022-08-31 comes before the contract starts"):
            end("death", day("2022-08-31"))

    def test_beyond_the_days_known(self):
        with pytest.raises(LawNotKnownError):
            end("dismissal_personal", day("2026-08-01"))
        result = end("dismissal_personal", day("2026-08-01"), assume_unchanged=True)
        assert result.ends_on == day("2026-09-30")

    def test_a_past_end_without_a_levy_needs_no_ceiling(self):
        """The ceilings known begin later; a dismissal of 2017 is answered."""
        result = end(
            "dismissal_personal",
            day("2017-11-01"),
            starts_on="2014-11-01",
            pay=paid(*[1200] * 12, last="2017-10"),
        )
        assert result.indemnity_cents == 950_00
        assert result.levy is None
