"""`cae fee`: one cooperative line by line, several side by side, from a name, a profile or a case."""

import json
import sys
from pathlib import Path

import pytest
from cli_runner import CASE, ROOT, cae, plain, words

from cae_core import assembly, load
from cae_core.exchange.case_file import read_case
from cae_core.money import format_decimal
from cae_core.payroll.run import run_months

PLUGIN = ROOT / "plugins" / "cae-cooperatives" / "src"
PROFILES = PLUGIN / "cae_cooperatives" / "profiles"


def profile(code):
    return str(PROFILES / f"{code}.toml")


def lines(done):
    return [" ".join(line.split()) for line in plain(done.stdout).splitlines()]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The plugin, as an installed distribution looks to Python: its package and its entry point."""
    info = tmp_path / "cae_cooperatives-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cae-cooperatives\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[cae_core.variants]\ncooperatives = cae_cooperatives\n", "utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(PLUGIN), *sys.path])
    monkeypatch.setattr(assembly, "_LOADED", {})


class TestOneCooperative:
    """The fee of each month, what each line took, and what is left for pay."""

    def test_the_published_example_of_astrolabe(self):
        """90,000 €: 4,400 + 4,000 + 900 = 9,300 (internal rules, article 1)."""
        done = cae("fee", profile("astrolabe"), "--turnover", "90000", "--from", "2024-01")
        assert done.exit_code == 0
        found = lines(done)
        assert "Contribution coopérative – Astrolabe CAE" in found
        assert "Tranche 40 000,00 × 11,00 % 4 400,00" in found
        assert "Tranche 40 000,00 × 10,00 % 4 000,00" in found
        assert "Tranche 10 000,00 × 9,00 % 900,00" in found
        assert "Contribution coopérative 9 300,00" in found
        assert "Reste de la marge pour la paie, cotisations employeur comprises 80 700,00" in found
        assert "2024-01 7 500,00 7 500,00 825,00 6 675,00" in found
        assert "Total 90 000,00 90 000,00 9 300,00 80 700,00" in found

    def test_in_english(self):
        done = cae("fee", profile("astrolabe"), "--turnover", "90000", "--from", "2024-01", "--lang", "en")
        found = words(done.stdout)
        assert "Cooperative fee 9,300.00" in found
        assert "Left of the margin for pay, employer contributions included 80,700.00" in found
        assert "30 March 2023 (confidence: high)" in found
        assert "Not published: the entry fee, the capital." in found

    def test_each_option_is_looked_at(self):
        """Coopaname on a social minimum: 13.5 % of 2,000 and no fixed part; a CAPE pays its accident cover."""
        one = ["--from", "2023-01", "--months", "1"]
        done = cae(
            "fee", profile("coopaname"), "--turnover", "3000", "--costs", "1000", "--social-minimum", *one
        )
        assert "Contribution coopérative 270,00" in lines(done)
        assert "Exonération -30,00" in lines(done)
        done = cae("fee", profile("tumukumakop"), "--turnover", "1000", "--contract", "cape", *one)
        assert "Exonération 1 000,00 0,00" in lines(done)
        assert "Accidents du travail, en CAPE 3,95" in lines(done)
        done = cae("fee", profile("opteos"), "--turnover", "45000", "--kind", "training")
        assert "Contribution coopérative 5 250,00" in lines(done)
        solstice = ["fee", profile("solstice"), "--turnover", "60000"]
        assert "Contribution coopérative 5 500,00" in lines(cae(*solstice))
        assert "Contribution coopérative 5 000,00" in lines(cae(*solstice, "--associate"))
        done = cae("fee", profile("solstice"), "--turnover", "0:0", "--months-since-entry", "11")
        assert "Contribution coopérative 180,00" in lines(done)
        done = cae("fee", profile("crealead"), "--turnover", "1000", "--base-since-entry", "80000", *one)
        assert "Tranche 1 000,00 × 9,00 % 90,00" in lines(done)
        done = cae("fee", profile("crealead"), "--turnover", "0", "--internal-sales", "1000", *one)
        assert "Ventes internes 1 000,00 × 5,00 % 50,00" in lines(done)

    def test_a_contradiction_of_the_page_is_said(self):
        found = words(cae("fee", profile("equinoxe"), "--turnover", "22000").stdout)
        assert "La page se contredit : 22 000 € de chiffre d'affaires : l'exemple donne 19 800,00 €" in found
        assert "le barème 19 360,00 €" in found

    def test_two_readings_of_a_page_are_both_shown(self):
        found = words(cae("fee", profile("encom1"), "--turnover", "50000").stdout)
        assert "encom1 (taux sur toute la base)" in found
        assert "Contribution coopérative 3 000,00" in found
        assert "encom1 (par tranches)" in found
        assert "Contribution coopérative 4 600,00" in found

    @pytest.mark.parametrize("columns", [80, 120])
    def test_figures_are_never_cut(self, columns):
        done = cae("fee", profile("astrolabe"), "--turnover", "90000", columns=columns)
        assert "Total 90 000,00 90 000,00 9 300,00 80 700,00" in lines(done)


class TestCase:
    """A case of `cae year` has its own scale and its own activity."""

    def test_the_fee_of_the_year_is_that_of_the_chain(self):
        case = read_case(CASE)
        runs = run_months(load(), case.engagement, case.first_month, case.last_month, case.start)
        fee = sum(run.fee.amount_cents for run in runs)
        found = lines(cae("fee", str(CASE)))
        assert f"Contribution coopérative {plain(format_decimal(fee, 2))}" in found
        assert "Non publié" not in "".join(found)

    def test_her_activity_at_another_cooperative(self):
        """30,741.85 € of gross margin at 12 %, above the floor in every month."""
        done = cae("fee", profile("mosaique"), "--case", str(CASE))
        assert "Contribution coopérative 3 689,02" in lines(done)

    def test_what_is_typed_goes_before_the_case(self):
        done = cae("fee", str(CASE), "--turnover", "1000", "--from", "2025-01", "--months", "1")
        assert "Contribution coopérative 115,00" in lines(done)
        done = cae("fee", profile("mosaique"), "--case", str(CASE), "--turnover", "1000")
        assert done.exit_code == 2
        assert "--case : avec --turnover, c'est l'un ou l'autre" in plain(done.stderr)

    def test_side_by_side_with_her_own(self):
        found = lines(cae("fee", "--compare", str(CASE), profile("coodyssee")))
        assert "Contribution 3 527,89 4 099,20" in found


class TestCompare:
    """Cooperatives side by side on one activity, with what is left for pay."""

    def test_figures(self):
        """40,000 €, of which 5,000 in costs: 11.5 % of 30,000 and 10.5 % of 5,000; 13.5 % of 35,000 and 360."""
        done = cae(
            "fee",
            "--compare",
            profile("opteos"),
            profile("coopaname"),
            "--turnover",
            "40000",
            "--costs",
            "5000",
        )
        assert done.exit_code == 0
        found = lines(done)
        assert "Contribution 3 975,00 5 085,00" in found
        assert "Reste pour la paie 31 025,00 29 915,00" in found
        assert "Part fixe 360,00" in found
        assert "Prélevé / marge brute 11,36 % 14,53 %" in found
        assert "CAPE, durée la plus longue 36 mois" in found

    def test_each_reading_is_a_column(self):
        done = cae("fee", "--compare", profile("encom1"), profile("coodyssee"), "--turnover", "50000")
        assert "Contribution 3 000,00 4 600,00 6 000,00" in lines(done)
        assert "Autres charges 192,00 192,00" in lines(done)

    def test_several_need_the_option(self):
        done = cae("fee", profile("opteos"), profile("coopaname"), "--turnover", "1")
        assert done.exit_code == 2
        assert "ajouter --compare" in plain(done.stderr)

    def test_every_cooperative_that_cannot_answer_is_named(self):
        done = cae(
            "fee",
            "--compare",
            profile("smart_fr"),
            profile("solstice"),
            "--turnover",
            "1",
            "--from",
            "2015-01",
        )
        assert done.exit_code == 2
        assert done.stdout == ""
        said = plain(done.stderr)
        assert "contribution coopérative, Smart (France) : aucun barème publié pour CESA et services" in said
        assert (
            "Solstice : attendu : un jour à partir du 2017-01-01, premier barème ; reçu : 2015-01-01" in said
        )


class TestJson:
    """`--json`: every month, every line, exact."""

    def test_what_is_written(self, tmp_path):
        file = tmp_path / "fee.json"
        done = cae(
            "fee",
            profile("astrolabe"),
            "--turnover",
            "90000",
            "--from",
            "2024-01",
            "--json",
            str(file),
            "--lang",
            "en",
        )
        assert done.exit_code == 0
        assert "Written:" in done.stderr
        (found,) = json.loads(file.read_text("utf-8"))["cooperatives"]
        assert found["totals"] == {
            "turnover": "90000.00",
            "internal_sales": "0.00",
            "gross_margin": "90000.00",
            "fee": "9300.00",
            "other_charges": "0.00",
            "left_for_pay": "80700.00",
        }
        assert found["lines"][0] == {
            "kind": "bracket",
            "rate_ppm": 110000,
            "base": "40000.00",
            "amount": "4400.00",
        }
        assert len(found["months"]) == 12
        assert found["months"][0]["lines"][0]["due_to_date"] == "825.00"
        assert found["scale"]["version"] == "astrolabe_cesa@2023-03-30"

    def test_nothing_is_written_if_something_is_wrong(self, tmp_path):
        file = tmp_path / "fee.json"
        assert cae("fee", profile("astrolabe"), "--json", str(file)).exit_code == 2
        assert not file.exists()


class TestPlugins:
    """Cooperatives are found by name where a plugin declares them; installing it is enough."""

    def test_by_name(self, installed):
        done = cae("fee", "astrolabe", "--turnover", "90000")
        assert "Contribution coopérative 9 300,00" in lines(done)

    def test_the_list(self, installed):
        found = words(cae("fee").stdout)
        assert "mosaique CAE Mosaïque" in found
        assert "tumukumakop Tumukumak'op" in found

    def test_an_unknown_name_gets_close_ones(self, installed):
        done = cae("fee", "mosaic", "--turnover", "1")
        assert done.exit_code == 2
        assert "aucune coopérative ne s'appelle 'mosaic'. Vouliez-vous dire mosaique ?" in plain(done.stderr)

    def test_only_the_plugins_asked_for(self, installed):
        done = cae("fee", "astrolabe", "--with", "cooperatives", "--turnover", "90000")
        assert "Contribution coopérative 9 300,00" in lines(done)
        done = cae("fee", "astrolabe", "--with", "fr", "--turnover", "90000")
        assert done.exit_code == 2

    def test_without_a_plugin(self, monkeypatch):
        monkeypatch.setattr("cae_core.cli.fee_command.available", lambda: {"fr": "cae-core"})
        done = cae("fee")
        assert done.exit_code == 0
        assert "Aucune coopérative connue" in done.stdout


class TestBadInput:
    """Everything wrong is said at once, where it is."""

    def test_options(self):
        done = cae("fee", profile("solstice"), "--turnover", "x", "--costs", "1.234", "--from", "2017")
        assert done.exit_code == 2
        said = plain(done.stderr)
        for option in ("--turnover", "--costs", "--from"):
            assert f"  - {option}" in said

    def test_lists_of_different_lengths(self):
        done = cae("fee", profile("solstice"), "--turnover", "1:2:3", "--costs", "1:2")
        assert "--costs : 3 mois, comme le chiffre d'affaires ; reçu : 2" in plain(done.stderr)

    def test_no_activity(self):
        assert "--turnover : manque, ou --case" in plain(cae("fee", profile("solstice")).stderr)

    def test_a_profile_with_mistakes(self, tmp_path):
        file = tmp_path / "ours.toml"
        file.write_text(
            'code = "ours"\n[source]\ntitle = "Statuts"\nurl = "https://example.org"\n[[scale]]\nmode = "flat"\n'
            'brackets = [{from = "0", rate = "12"}]\n[cape]\nmonth = 6\n',
            "utf-8",
        )
        done = cae("fee", str(file), "--turnover", "1")
        assert done.exit_code == 2
        said = plain(done.stderr)
        assert "ours.toml n'est pas le profil d'une coopérative" in said
        assert "ours.toml: name : manque" in said
        assert "ours.toml: cape: month : clé inconnue ; vouliez-vous dire 'months' ?" in said
        assert "ours.toml: scale[1]: base : manque" in said

    def test_no_file(self, tmp_path):
        done = cae("fee", str(Path(tmp_path) / "none.toml"), "--turnover", "1")
        assert done.exit_code == 2
        assert "aucun fichier de ce nom" in plain(done.stderr)
