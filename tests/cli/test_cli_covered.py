"""`cae covered`: what a person is covered for on a day."""

import datetime as dt
import json

import pytest
from cli_runner import CASE, cae, process, words

from cae_core import load

RIGHTS = load().entitlements


@pytest.fixture
def pays(tmp_path):
    file = tmp_path / "paies.csv"
    rows = [f"2025-{month:02d};1500;124" for month in range(9, 13)] + ["2026-01;900;74", "2026-02;400;33"]
    file.write_text("mois;brut;heures\n" + "\n".join(rows) + "\n", "utf-8")
    return str(file)


class TestTable:
    def test_every_right_of_the_day(self, pays):
        done = cae("covered", pays, "--on", "2026-03-15", "--entered", "2025-09-01", columns=200)
        assert done.exit_code == 0
        text = words(done.stdout)
        for right in RIGHTS.values():
            there = right.exists_on(dt.date(2026, 3, 15), load().rights)
            assert (right.french_name in text) is there, right.code
        assert "À quoi elle a droit le 15 mars 2026" in text
        assert "Paies connues : 2025-09 à 2026-02." in text

    def test_what_is_missing(self, tmp_path):
        """412 € of gross pay before the end of the year: 3 606 less 3 194."""
        file = tmp_path / "pay.csv"
        file.write_text("month,gross,hours\n2026-01,3194,10\n", "utf-8")
        text = words(cae("covered", str(file), "--on", "2026-03-15").stdout)
        assert "il manque 412,00 € de brut pour un trimestre de plus avant le 31/12/2026" in text

    def test_in_english(self, pays):
        text = words(cae("covered", pays, "--on", "2026-03-15", "--lang", "en").stdout)
        assert "What she is covered for on 15 March 2026" in text
        assert "Sickness daily benefits" in text

    def test_a_case_runs_its_year(self):
        done = cae("covered", str(CASE), "--on", "2025-11-15")
        assert done.exit_code == 0
        assert "Paies connues : 2025-01 à 2025-11." in words(done.stdout)

    def test_rights_that_no_longer_exist_are_left_out(self, tmp_path):
        file = tmp_path / "pay.csv"
        file.write_text(
            "month,gross,hours\n" + "".join(f"2020-{n:02d},1500,100\n" for n in (1, 2, 3)), "utf-8"
        )
        for on, there in (("2020-04-10", True), ("2020-05-10", False)):
            text = words(cae("covered", str(file), "--on", on).stdout)
            assert ("garde d'enfant" in text) is there


class TestOneRight:
    def test_conditions_figures_texts_and_assumptions(self, pays):
        done = cae("covered", pays, "--on", "2026-03-15", "--right", "sickness_daily_benefit")
        text = words(done.stdout)
        assert "✗ brut du 01/09/2025 au 28/02/2026 : 7 300,00 €, il faut 12 058,20 €" in text
        assert "✓ heures du 01/12/2025 au 28/02/2026 : 231,00 h, il faut 150,00 h" in text
        assert "(1 500,00 + 900,00 + 400,00) ÷ 91,25 = 30,68 → 15,34 €" in text
        assert "CSS art. R323-4 ; décret n° 2025-160 du 20 février 2025" in text
        assert "hypothèse : " in text

    def test_facts_of_the_person(self, pays):
        asked = ["covered", pays, "--on", "2026-03-15", "--right", "sickness_beyond_six_months"]
        assert "Maladie au-delà de six mois : à voir" in words(cae(*asked).stdout)
        insured = words(cae(*asked, "--insured", "2020-01-01").stdout)
        assert "✓ affiliation : 74 mois, il en faut 12" in insured


class TestJson:
    def test_every_answer(self, pays):
        done = cae("covered", pays, "--on", "2026-03-15", "--json", "--children", "1", "--born", "1990-05-01")
        content = json.loads(done.stdout)
        assert content["on"] == "2026-03-15"
        rights = {right["code"]: right for right in content["rights"]}
        assert set(rights) == {
            code for code, right in RIGHTS.items() if right.exists_on(dt.date(2026, 3, 15), load().rights)
        }
        sick = rights["sickness_daily_benefit"]
        assert sick["granted"] is True
        assert sick["amounts"][0] == {
            "code": "daily_benefit",
            "name": "indemnité journalière",
            "value": 1534,
            "unit": "cents",
            "per": "day",
            "text": "15,34\u00a0€ par jour",
            "how": "(1\u202f500,00 + 900,00 + 400,00) ÷ 91,25 = 30,68 → 15,34\u00a0€",
        }
        assert rights["retirement_quarters"]["nearest"]["by"] == "2026-12-31"


class TestRefusals:
    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (["--on", "15 mars"], "15 mars"),
            (["--on", "2026-03-15", "--right", "sickness_daily"], "sickness_daily_benefit"),
            (["--on", "2026-03-15", "--born", "hier"], "hier"),
            (["--on", "2026-08-15"], "--assume-unchanged"),
        ],
    )
    def test_leaves_with_two(self, pays, more, said):
        done = cae("covered", pays, *more)
        assert done.exit_code == 2
        assert said in done.stderr

    def test_every_problem_of_a_file_in_french(self, tmp_path):
        file = tmp_path / "paies.csv"
        file.write_text("mois;brut;jours\n2026-13;1;\n2026-02;1;30\n2026-03;x;\n2026-04;;\n", "utf-8")
        done = cae("covered", str(file), "--on", "2026-03-15")
        assert done.exit_code == 2
        said = words(done.stderr)
        for part in (
            "4 problème(s), aucun mois n'a été lu",
            "ligne 2, month : attendu : un mois comme 2026-03 ; reçu : '2026-13'",
            "ligne 3 : de 0 à 28 jours d'emploi ; reçu : 30",
            "ligne 4, gross : doit être un nombre simple",
            "ligne 5, gross : manque",
        ):
            assert part in said

    def test_the_day_is_asked_for(self, pays):
        assert cae("covered", pays).exit_code == 2

    def test_a_day_before_the_case(self):
        done = cae("covered", str(CASE), "--on", "2024-12-15")
        assert done.exit_code == 2
        assert "2025-01" in done.stderr

    def test_the_law_carried_forward(self, pays):
        done = cae("covered", pays, "--on", "2026-08-15", "--assume-unchanged")
        assert done.exit_code == 0
        assert "droit reconduit" in words(done.stdout)


class TestProcess:
    def test_the_table_loads_no_payroll_for_a_csv(self, pays):
        done = process("covered", pays, "--on", "2026-03-15")
        assert done.returncode == 0
        assert "Indemnités journalières maladie" in done.stdout.decode()
