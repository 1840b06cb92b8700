from __future__ import annotations

import datetime as dt

import pytest
from membership_samples import associate, form, statutes

from cae_core.errors import InputError
from cae_core.france.cooperative_law.status import kept_by_law, status_after, status_given_up
from cae_core.france.exits import EndingKind
from cae_core.membership import Roll, Standing

DAY = dt.date(2026, 10, 31)


def after(end, code="scop_sarl", disability=None, **clauses):
    chosen = statutes(legal_form=code, **clauses)
    kind = EndingKind(end)
    return status_after(kind, DAY, associate("A1"), form(code), chosen, disability=disability)


class TestArticle10:
    """
    In a Scop every end of the employment contract ends the status of associate, unless the statutes say
    otherwise. (loi n° 78-763 du 19 juillet 1978, art. 10, 1°, version of 2012)
    """

    @pytest.mark.parametrize(
        "end", ["resignation", "mutual", "dismissal_personal", "dismissal_serious", "trial_by_cooperative"]
    )
    def test_it_is_lost(self, end):
        found = after(end)
        assert not found.keeps_status
        assert found.associate.left_on == DAY
        assert not found.needs_review

    @pytest.mark.parametrize(("day", "there"), [("2026-10-31", True), ("2026-11-01", False)])
    def test_associate_until_the_last_day(self, day, there):
        assert ("A1" in Roll.on(day, [after("resignation").associate])) is there

    def test_the_statutes_may_say_otherwise(self):
        found = after("resignation", contract_end_ends_status=False)
        assert found.keeps_status
        assert found.associate.standing is Standing.FORMER
        assert found.associate.left_on is None

    def test_leaving_for_a_pension_is_not_what_the_law_names(self):
        found = after("retirement")
        assert (found.keeps_status, found.needs_review) == (False, False)

    def test_death(self):
        assert not after("death", contract_end_ends_status=False).keeps_status


class TestArticle11:
    """
    Pensioned off by the employer, dismissed for economic reasons, unfit through disability: the status stays.
    (loi n° 78-763 du 19 juillet 1978, art. 11)
    """

    @pytest.mark.parametrize("end", ["retirement_by_cooperative", "dismissal_economic", "unfit"])
    def test_the_three_exceptions(self, end):
        found = after(end, disability=True, contract_end_ends_status=True)
        assert found.keeps_status
        assert not found.needs_review
        assert found.associate.standing is Standing.RETAINED
        assert str(found.reasons[0].citations[0]).endswith("art. 11")

    @pytest.mark.parametrize("end", ["unfit", "unfit_work_accident"])
    def test_to_be_unfit_is_not_always_to_be_disabled(self, end):
        assert not after(end, disability=False).keeps_status
        assert after(end).keeps_status
        assert after(end).needs_review

    def test_there_are_three(self):
        kept = {end.code for end in EndingKind if kept_by_law(end, disability=False)}
        assert kept == {"retirement_by_cooperative", "dismissal_economic"}
        unfit = {"unfit", "unfit_work_accident"}
        assert {end.code for end in EndingKind if kept_by_law(end, disability=True)} == kept | unfit


class TestGivingUp:
    """
    Giving up the status of associate ends the employment contract, unless the statutes say otherwise.
    (loi n° 78-763 du 19 juillet 1978, art. 10, 2°)
    """

    def given_up(self, code="scop_sarl", standing=Standing.EMPLOYED, **clauses):
        chosen = statutes(legal_form=code, **clauses)
        return status_given_up(DAY, associate("A1", standing=standing), form(code), chosen)

    def test_it_is_no_end_of_the_contract(self):
        with pytest.raises(InputError, match="expected an end of the contract, got status_renounced"):
            after("status_renounced")

    def test_the_contract_ends(self):
        found = self.given_up()
        assert (found.keeps_status, found.contract_ends) == (False, True)
        assert found.associate.left_on == DAY

    def test_the_statutes_may_say_otherwise(self):
        assert not self.given_up(renunciation_ends_contract=False).contract_ends

    def test_who_has_no_contract_loses_none(self):
        assert not self.given_up(standing=Standing.RETAINED).contract_ends

    def test_not_in_a_scic(self):
        assert not self.given_up("scic_sarl").contract_ends
        assert self.given_up("scic_sarl", renunciation_ends_contract=True).contract_ends


class TestScic:
    """The law of 1978 does not hold in a Scic: contract and status are tied by its statutes alone."""

    @pytest.mark.parametrize("end", ["resignation", "dismissal_economic", "mutual"])
    def test_nothing_is_lost(self, end):
        found = after(end, "scic_sarl")
        assert found.keeps_status
        assert "47-1775" in str(found.reasons[0].citations[0])

    @pytest.mark.parametrize("end", ["resignation", "dismissal_economic"])
    def test_unless_the_statutes_say_so(self, end):
        """And then without the three exceptions, which are those of a Scop."""
        assert not after(end, "scic_sarl", contract_end_ends_status=True).keeps_status
