"""Legal forms are registered like every other rule: another country, or a variant, may add one."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from membership_samples import RULES, law, statutes

import cae_core
from cae_core import france, hookimpl
from cae_core.errors import RulesetError, UnknownNameError
from cae_core.law import Citation
from cae_core.membership import LegalForm, MeetingRules, SurplusFacts, SurplusRules, allocate
from cae_core.membership.voting import DecisionRule

CODES = ("scop_sarl", "scop_sa", "scop_sas", "scic_sarl", "scic_sa", "scic_sas")


class BelgianForm:
    """A form with rules of its own: everything goes to a reserve."""

    @hookimpl
    def cae_register_legal_forms(self):
        yield LegalForm(
            code="sc_be",
            french_name="Société coopérative de droit belge",
            english_name="Belgian cooperative",
            family="be",
            statutes_reasons=lambda statutes, law: (),
            composition_reasons=lambda roll, holdings, law: (),
            meeting_rules=lambda statutes, law: MeetingRules(decisions={"ordinary": (DecisionRule(),)}),
            surplus_rules=lambda law, bond_yield: SurplusRules(
                legal_reserve_ppm=0,
                reserve_counts_all=False,
                further_reserve_ppm=1_000_000,
                further_reserve_wanted=False,
                employees_minimum_ppm=None,
                interest_within_reserves=False,
                interest_within_employees=False,
                interest_rate_cap_ppm=60_000,
                further_reserve_french="Réserve",
                further_reserve_english="Reserve",
                interest_citations=(Citation("AR du 8 janvier 1962"),),
            ),
            capital_floor="none",
        )


class TestRegistration:
    @pytest.mark.parametrize("code", CODES)
    def test_the_french_ones(self, code):
        found = RULES.legal_form(code)
        assert found.code == code
        assert found.family == code.partition("_")[0]
        assert found.capital_floor in RULES.rights.parameters

    def test_a_wrong_code_gets_the_right_one(self):
        with pytest.raises(
            UnknownNameError, match="no legal form is called 'scop_sarll'. Did you mean scop_sarl"
        ):
            RULES.legal_form("scop_sarll")

    def test_another_country_adds_one(self):
        rules = cae_core.assemble({"fr": france, "be": BelgianForm()})
        found = rules.legal_form("sc_be")
        done = allocate(SurplusFacts(surplus_cents=100), found.surplus_rules(law(), None))
        assert [(line.code, line.amount_cents) for line in done.lines if line.amount_cents] == [
            ("further_reserve", 100)
        ]
        assert rules.legal_form("scop_sarl").family == "scop"
        found.check(statutes(legal_form="sc_be"), law())

    def test_one_code_has_one_owner(self):
        rules = cae_core.assemble({"fr": france, "be": BelgianForm(), "be2": BelgianForm()})
        with pytest.raises(RulesetError, match="legal form 'sc_be' is declared by both 'be' and 'be2'"):
            rules.legal_form("sc_be")


TABLE = files("cae_core.france") / "tables" / "rights" / "cooperatives.toml"
ROWS = {name: one for name, one in RULES.rights.parameters.items() if one.family == "cooperatives"}


class TestTable:
    """Each number of the law of cooperatives is dated, has its text, and is used."""

    def test_it_is_read(self):
        assert len(ROWS) > 40
        assert {one.known_until.isoformat() for one in ROWS.values()} == {"2026-07-31"}

    def test_every_parameter_is_used(self):
        folder = files("cae_core.france") / "cooperative_law"
        code = "\n".join(file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".py"))
        code = (
            code.replace("{company}", "sarl")
            + code.replace("{company}", "sa")
            + code.replace("{company}", "sas")
        )
        unused = [name for name in ROWS if not re.search(rf'"{name}"', code)]
        assert unused == []

    @pytest.mark.parametrize("name", ROWS)
    def test_what_comes_from_memory_is_marked(self, name):
        for row in ROWS[name].values:
            if "memory" in row.source or "not read" in row.source or "not found" in row.source:
                assert row.needs_review
