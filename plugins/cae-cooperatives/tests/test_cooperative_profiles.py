"""Each profile charges the examples of its own page, and says where that page contradicts itself."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

import cae_cooperatives
from cae_core import RulesetError, UnknownNameError, assemble, load
from cae_core.account import FeeLineKind
from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.money import Rate
from cae_core.plugins import plugin as found_plugin
from cae_core.profile import (
    FeeContract,
    activity_months,
    check_example,
    fee_years,
    inconsistencies,
    read_profile,
    spread,
)
from cae_core.variants import VariantKind

FOLDER = Path(cae_cooperatives.__file__).parent / "profiles"
CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))
}
PROFILES = {file.stem: read_profile(file) for file in sorted(FOLDER.glob("*.toml"))}
EXAMPLES = [(code, example) for code, profile in PROFILES.items() for example in profile.examples]


@cache
def rules():
    return assemble({"fr": found_plugin("fr"), "cooperatives": cae_cooperatives})


def cents(euros: object) -> int:
    """Return cents from a figure of the JSON, which json reads as a number."""
    whole, _, rest = f"{euros:.2f}".partition(".")
    return int(whole) * 100 + (int(rest) if not whole.startswith("-") else -int(rest))


def years(code, months, **asked):
    return fee_years(PROFILES[code], months, **asked)


def months_of(first, euros, **more):
    return activity_months(Month.parse(first), [amount * 100 for amount in euros], **more)


class TestPlugin:
    """The profiles are declared by a hook, by code, and change no payslip."""

    def test_every_file_is_declared_under_its_name(self):
        assert list(rules().cooperatives) == sorted(PROFILES)
        assert len(PROFILES) >= 24
        assert rules().cooperative("mosaique").name == "CAE Mosaïque"

    def test_what_it_is(self):
        info = rules().plugins.infos["cooperatives"]
        assert info.kind is VariantKind.COOPERATIVE
        assert rules().plugins.hooks_of("cooperatives") == ("cae_register_cooperatives", "cae_variant")

    def test_a_payslip_is_the_same(self):
        from cae_core import PayFacts

        facts = PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05")
        assert rules().payslip("2026-03", facts).lines == load().payslip("2026-03", facts).lines
        assert load().cooperatives == {}

    def test_an_unknown_cooperative_gets_close_names(self):
        with pytest.raises(
            UnknownNameError, match="no cooperative is called 'mosaic'. Did you mean mosaique"
        ):
            rules().cooperative("mosaic")

    def test_two_plugins_do_not_declare_one_cooperative(self):
        twice = assemble({"fr": found_plugin("fr"), "one": cae_cooperatives, "two": _Again()})
        with pytest.raises(RulesetError, match="cooperative 'mosaique' is declared by both"):
            twice.cooperative("mosaique")


class _Again:
    @cae_cooperatives.hookimpl
    def cae_register_cooperatives(self):
        return [PROFILES["mosaique"]]


class TestEveryProfile:
    """A profile names its source and gives at least one example for each scale it has now."""

    @pytest.mark.parametrize("code", PROFILES)
    def test_it_names_its_source(self, code):
        profile = PROFILES[code]
        assert profile.code == code
        assert profile.source.url.startswith("http")
        assert profile.source.title
        assert all(example.url.startswith("http") for example in profile.examples)

    @pytest.mark.parametrize("code", PROFILES)
    def test_its_scales_in_force_have_an_example(self, code):
        profile = PROFILES[code]
        charged = {check_example(profile, example).year.scale for example in profile.examples}
        latest = {
            each
            for each in profile.scales
            if not any(
                other.scale.in_force_from > each.scale.in_force_from
                and (other.contracts, other.kinds) == (each.contracts, each.kinds)
                for other in profile.scales
            )
        }
        assert latest <= charged
        assert profile.scales or profile.capital, "a profile says something"

    @pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{c}: {e.english}" for c, e in EXAMPLES])
    def test_its_example_is_what_its_scale_gives_unless_the_page_is_wrong(self, code, example):
        check = check_example(PROFILES[code], example)
        assert check.agrees is not example.inconsistent, check.disagreements

    def test_most_figures_are_published_or_follow_from_one_scale(self):
        printed = [example for _, example in EXAMPLES if not example.derived]
        assert len(printed) >= 8


class TestInconsistentPages:
    """A page whose example and scale disagree is found, with both figures."""

    def test_equinoxe(self):
        """ "19,800 € after 12 %" of 22,000 €: 12 % leaves 19,360 €; 19,800 € is what 10 % leaves."""
        profile = PROFILES["equinoxe"]
        (wrong,) = [example for example in profile.examples if example.inconsistent]
        (found,) = check_example(profile, wrong).disagreements
        assert (found.what, found.printed_cents, found.computed_cents) == ("left", 19_800_00, 19_360_00)
        assert found.implied_rate == Rate.percent("10")
        (said,) = inconsistencies(profile)
        assert "19\u202f800,00\u00a0€" in said.french
        assert "19\u202f360,00\u00a0€" in said.french
        assert said.french.endswith("l'exemple correspond à un taux de 10,00\u00a0%")
        assert "€19,800.00 for what is left after the fee, the scale €19,360.00" in said.english

    def test_opteos(self):
        """The wiki prints "cost = invoice × 0.8935"; 11.5 % leaves 0.885, 0.8935 is what 10.65 % leaves."""
        (said,) = inconsistencies(PROFILES["opteos"])
        assert "893,50\u00a0€" in said.french
        assert "885,00\u00a0€" in said.french
        assert "10,65\u00a0%" in said.french

    def test_crealead_contradicts_itself_in_words(self):
        (said,) = inconsistencies(PROFILES["crealead"])
        assert "5 %" in said.french

    def test_no_other(self):
        assert {code for code, profile in PROFILES.items() if inconsistencies(profile)} == {
            "equinoxe", "opteos", "crealead",
        }  # fmt: skip


class TestDates:
    """A cooperative changes rate and base by a vote: the scale of the month applies."""

    def test_coopaname_reform_of_2015(self):
        """Ten per cent of turnover, then 11.5 % of gross margin from 2 January 2015: both change at once."""
        case = CASES["coop-coopaname-2015-reform"]
        changes = dt.date.fromisoformat(case["expected"]["base_changes_on"])
        coopaname = PROFILES["coopaname"]
        for day, rule in ((changes - dt.timedelta(1), "old_rule"), (changes, "new_rule")):
            (used,) = coopaname.scales_for(day)
            said = case["inputs"][rule]
            assert used.scale.base.code.startswith(said["base"])
            (bracket,) = used.scale.brackets
            assert bracket.rate.ppm == round(said["rate"] * 10**6)

    def test_a_year_over_the_change_is_charged_by_both(self):
        """January begins before 2 January: it is under the old scale."""
        months = months_of("2014-12", [1_000, 1_000, 1_000], costs_cents=[500_00] * 3)
        (year,) = years("coopaname", months)
        assert [charge.amount_cents for charge in year.charges] == [100_00, 100_00, 57_50]

    def test_before_the_first_scale_nothing_is_guessed(self):
        with pytest.raises(
            InputError, match="expected a day from 2017-01-01 on, its first scale, got 2016-12-01"
        ):
            years("solstice", months_of("2016-12", [1_000]))


class TestNotPublished:
    """What a page leaves out is said, never guessed."""

    def test_terms(self):
        assert PROFILES["astrolabe"].not_published == ("entry_fee_cents", "capital")
        assert PROFILES["smart_fr"].not_published == (
            "scales", "entry_fee_cents", "minimum_fixed_pay_cents", "cape",
        )  # fmt: skip
        assert "entry_fee_cents" not in PROFILES["tumukumakop"].not_published
        assert "scale_day" in PROFILES["coopaname"].not_published
        assert "scale_day" not in PROFILES["solstice"].not_published

    def test_no_scale_no_fee(self):
        with pytest.raises(InputError, match="expected a published scale, got none for CESA and services"):
            years("smart_fr", months_of("2026-01", [1_000]))

    def test_no_scale_for_this_contract(self):
        with pytest.raises(InputError, match="got none for CESA"):
            years("champs_des_possibles", months_of("2026-01", [1_000]))


class TestTerms:
    """Fixed part, capital and CAPE as published."""

    def test_astrolabe(self):
        """At least 150 € a month of fixed part; six months of the least fee (1,200 € a year) at signing."""
        astrolabe = PROFILES["astrolabe"]
        assert astrolabe.minimum_fixed_pay_cents == 150_00
        assert astrolabe.cape.deposit_cents == 600_00 == 1_200_00 * 6 // 12
        (cape,) = astrolabe.scales_for(dt.date(2024, 1, 1), contract=FeeContract.CAPE)
        assert cape.scale.floor.amount_cents == 1_200_00

    def test_cape_of_crealead(self):
        """Six months and twice twelve: 30 months."""
        assert PROFILES["crealead"].cape.longest_months == 30
        assert PROFILES["artefacts"].cape.longest_months == 16
        assert PROFILES["lets_co_up"].cape.longest_months is None

    def test_doc_servizi_at_entry(self):
        case = CASES["coop-docservizi-entry"]["expected"]
        doc = PROFILES["doc_servizi"]
        assert doc.entry_fee_cents == cents(case["admin_fee"])
        assert doc.capital.shares_at_entry == case["shares"]
        assert doc.capital.share_cents == cents(case["share_value"])
        assert doc.capital.entry_cents == cents(case["capital"])
        assert doc.capital.shares_a_year == case["shares_per_following_year"]

    def test_smart_in_france(self):
        smart = PROFILES["smart_fr"].capital
        assert (smart.share_cents, smart.most_shares) == (30_00, 3)
        for name in ("capital-smartfr-99", "capital-smartfr-done"):
            asked, expected = CASES[name]["inputs"], CASES[name]["expected"]
            levied = smart.levied_cents(asked["shares_paid"], cents(asked["contract_net"]))
            assert levied == cents(expected["share_levied"])
        assert [smart.levied_cents(paid, 100_00) for paid in range(4)] == [30_00, 30_00, 30_00, 0]
        assert PROFILES["doc_servizi"].capital.levied_cents(0, 100_00) is None


class TestPublishedCases:
    """The cases of the study of variants, to the cent; ``kind`` says which follow from a scale."""

    def test_solstice_of_a_month(self):
        found = [name for name in CASES if name.startswith("coop-solstice") and "-t" in name]
        assert len(found) == 5
        for name in found:
            asked, expected = CASES[name]["inputs"], CASES[name]["expected"]
            months = activity_months(
                Month(2017, 6),
                [cents(asked["gross_margin_month"])],
                months_since_entry=asked["months_since_entry"],
                associate=asked["associate"],
            )
            (year,) = years("solstice", months)
            (bracket,) = [share for share in year.shares if share.kind is FeeLineKind.BRACKET]
            assert bracket.rate.ppm == round(expected["rate"] * 10**6), name
            assert bracket.amount_cents == cents(expected["before_floor"]), name
            assert year.fee_cents == cents(expected["due"]), name

    @pytest.mark.parametrize(
        ("name", "due"), [("nonassociate", "due_year"), ("associate", "due_year"), ("prorata", "due")]
    )
    def test_solstice_caps(self, name, due):
        case = CASES[f"coop-solstice-2017-cap-{name}"]
        asked, expected = case["inputs"], case["expected"]
        months = activity_months(
            Month(2017, 1),
            [cents(asked["gross_margin_month"])] * asked["months"],
            associate=asked["associate"],
        )
        (year,) = years("solstice", months)
        taken = {share.kind: share.amount_cents for share in year.shares}
        assert taken[FeeLineKind.BRACKET] == cents(expected.get("uncapped_year", expected.get("uncapped")))
        assert year.fee_cents == cents(expected[due])

    def test_crealead_reaches_its_first_step(self):
        """80,000 € since entry: the last euro below is charged 10 %, the next one 9 %."""
        case = CASES["coop-crealead-threshold"]
        asked = case["inputs"]["turnover_since_entry"]
        assert sum(asked) == case["expected"]["cumulative"]
        turnover = [month for euros in asked for month in spread(euros * 100, 12)]
        months = activity_months(Month(2020, 1), [*turnover, 100_00])
        (year,) = years("crealead", months)
        before, after = year.charges[-2], year.charges[-1]
        assert before.lines[-1].rate.ppm == round(case["expected"]["rate_before"] * 10**6)
        (next_one,) = after.lines
        assert next_one.rate.ppm == round(case["expected"]["rate_from_next_invoice"] * 10**6)
        assert after.amount_cents == 9_00

    def test_crealead_internal_sale(self):
        case = CASES["coop-crealead-internal"]
        months = activity_months(
            Month(2020, 12), [0], internal_sales_cents=[cents(case["inputs"]["internal_sale"])]
        )
        (year,) = years("crealead", months)
        assert year.fee_cents == cents(case["expected"]["due"])
        (share,) = year.shares
        assert (share.kind, share.base_cents) == (FeeLineKind.INTERNAL_SALES, 1_000_00)

    @pytest.mark.parametrize("name", ["coop-coopaname-2000", "coop-coopaname-minima"])
    def test_coopaname(self, name):
        asked, expected = CASES[name]["inputs"], CASES[name]["expected"]
        months = activity_months(
            Month(2023, 1),
            [cents(asked["turnover_ht"])],
            costs_cents=[cents(asked["production_costs"])],
            on_social_minimum=asked["minima_sociaux"],
        )
        (year,) = years("coopaname", months)
        assert year.fee_cents == cents(expected["due"])
        taken = {share.kind: share.amount_cents for share in year.shares}
        if "variable" in expected:
            assert year.gross_margin_cents == cents(expected["gross_margin"])
            assert taken[FeeLineKind.BRACKET] == cents(expected["variable"])
            assert taken[FeeLineKind.FIXED] == cents(expected["fixed"])

    @pytest.mark.parametrize("name", ["coop-tumuku-month3", "coop-tumuku-month7"])
    def test_tumukumakop(self, name):
        asked, expected = CASES[name]["inputs"], CASES[name]["expected"]
        months = activity_months(
            Month(2024, 6),
            [cents(asked["gross_margin_month"])],
            months_since_entry=asked["months_since_entry"],
        )
        (year,) = years("tumukumakop", months, contract=FeeContract.parse(asked["phase"], "phase"))
        assert year.fee_cents == cents(expected["contribution"])
        monthly = sum(each.amount_cents for each in year.other if each.charge.contract is not None)
        assert monthly == cents(expected["at_insurance"])

    @pytest.mark.parametrize(
        ("name", "code", "figure", "contract"),
        [
            ("coop-champs-cape", "champs_des_possibles", "turnover_ht", FeeContract.CAPE),
            ("coop-chantiers-de-demain", "chantiers_de_demain", "turnover_ht", FeeContract.CESA),
            ("coop-smartbe-1000", "smart_be", "invoice_htva", FeeContract.CESA),
            ("coop-smartde-1000", "smart_eg", "invoice_net", FeeContract.CESA),
            ("coop-affine-90000", "codeurs_en_liberte", "turnover_year", FeeContract.CESA),
            ("coop-affine-24000", "codeurs_en_liberte", "turnover_year", FeeContract.CESA),
        ],
    )
    def test_one_rate(self, name, code, figure, contract):
        case = CASES[name]
        euros = case["inputs"][figure]
        count = 12 if figure == "turnover_year" else 1
        months = activity_months(Month(2026, 1), spread(euros * 100, count))
        (year,) = years(code, months, contract=contract)
        assert year.fee_cents == cents(case["expected"]["contribution"])
        if "activity_budget" in case["expected"]:
            assert year.left_cents == cents(case["expected"]["activity_budget"])

    def test_every_case_is_used(self):
        """No case is left aside: each name is written in this file, or is one of a family that is."""
        text = Path(__file__).read_text("utf-8")
        family = {name for name in CASES if name.startswith("coop-solstice")}
        assert all(name in text for name in set(CASES) - family)
        assert len(family) == 8


class TestReadings:
    """A page that can be read in two ways gives two years, side by side."""

    def test_encom1(self):
        whole, marginal = years("encom1", activity_months(Month(2023, 1), spread(50_000_00, 12)))
        assert (whole.scale.reading_code, whole.fee_cents) == ("whole_base", 3_000_00)
        assert (marginal.scale.reading_code, marginal.fee_cents) == ("marginal", 4_600_00)
        assert whole.other_cents == 12 * 16_00

    def test_lines_of_a_year_say_what_the_rates_were_applied_to(self):
        _, year = years("encom1", activity_months(Month(2023, 1), spread(50_000_00, 12)))
        assert [(share.base_cents, share.rate.ppm, share.amount_cents) for share in year.shares] == [
            (35_000_00, 100_000, 3_500_00), (10_000_00, 80_000, 800_00), (5_000_00, 60_000, 300_00),
        ]  # fmt: skip
