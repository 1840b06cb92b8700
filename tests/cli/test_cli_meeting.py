"""`cae meeting` and `cae surplus`: from files to tables, every figure and every reason in either language."""

import csv
import json
import shutil
from decimal import Decimal
from fractions import Fraction

import pytest
from cli_runner import ROOT, cae, plain

from cae_core import load
from cae_core.errors import InputError
from cae_core.exchange.meeting_file import read_meeting
from cae_core.explain import meeting_text

EXAMPLES = ROOT / "examples" / "cooperative"


@pytest.fixture
def folder(tmp_path):
    """A copy of the example that a test may spoil."""
    for file in EXAMPLES.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path / file.name)
    return tmp_path


def spoil(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def said(done):
    return " ".join(plain(done.stdout).split())


class TestMeeting:
    def test_results(self):
        done = cae("meeting", str(EXAMPLES / "meeting.toml"))
        assert done.exit_code == 0
        text = said(done)
        assert "11 voix présentes ou représentées sur 13 (13 associés)" in text
        for row in (
            "1 Approbation des comptes de 2025 9 1 1 adoptée",
            "2 Répartition des excédents : 45 % aux salariés, 3 % d'intérêt aux parts 9 2 0 adoptée",
            "3 Admission de Jeanne Roche 11 0 0 adoptée",
            "4 Élection de Nadia Ferhat à la présidence, pour quatre ans 9 2 1 adoptée",
            "5 Modification des statuts : retenue portée de 2 à 4 % 7 5 0 rejetée",
        ):
            assert row in text
        assert "5. ✗ majorité : 7 pour sur 12, il faut 2/3 des voix présentes ou représentées" in text

    def test_in_english(self):
        text = said(cae("meeting", str(EXAMPLES / "meeting.toml"), "--lang", "en"))
        assert "11 of 13 votes present or represented (13 associates)" in text
        assert "7 5 0 rejected" in text
        assert "10 employed associates, at least 2" in text

    def test_colleges(self):
        text = said(cae("meeting", str(EXAMPLES / "scic" / "meeting.toml")))
        assert (
            "collège Entrepreneurs salariés (50,00 %) : 1 pour, 3 contre, soit 12,50 % des voix pour" in text
        )
        assert "majorité (collèges pondérés) : 13/40 pour sur 1" in text

    def test_json_is_written_whole(self, folder):
        target = folder / "resultat.json"
        assert cae("meeting", str(folder / "meeting.toml"), "--json", str(target)).exit_code == 0
        data = json.loads(target.read_text("utf-8"))
        assert [one["carried"] for one in data["resolutions"]] == [True, True, True, True, False]

    def test_votes_that_cannot_be_counted(self, folder):
        spoil(
            folder / "meeting.toml",
            'against = ["A05"]\nabstain = ["A14"]',
            'against = ["A12", "A08"]\nabstain = ["Z9"]',
        )
        done = cae("meeting", str(folder / "meeting.toml"))
        assert done.exit_code == 2
        errors = plain(done.stderr).splitlines()
        assert errors[0] == "Erreur : les votes de l'assemblée du 2026-06-12 ne peuvent pas être comptés :"
        assert len(errors) == 4
        assert all("Loi n° 78-763 du 19 juillet 1978, art. 12 et 14" in line for line in errors[1:])

    def test_statutes_that_the_law_does_not_allow(self, folder):
        spoil(folder / "statutes.toml", 'pay_rate = "2"', 'pay_rate = "11"')
        spoil(folder / "statutes.toml", 'employees_rate = "45"', 'employees_rate = "20"')
        done = cae("meeting", str(folder / "meeting.toml"))
        assert done.exit_code == 2
        assert "part travail de 20,00 %, 25,00 % au moins" in plain(done.stderr)
        assert "retenue de 11,00 % de la rémunération, un 10e au plus" in plain(done.stderr)

    def test_problems_of_the_files_are_said_in_french(self, folder):
        spoil(folder / "meeting.toml", 'absent = ["A08", "A13"]', 'absents = ["A08", "A13"]')
        errors = plain(cae("meeting", str(folder / "meeting.toml")).stderr)
        assert "meeting.toml n'est pas une assemblée que l'on peut dépouiller" in errors
        assert "attendu : present ou absent, l'un des deux, une liste de codes" in errors
        assert "clé inconnue ; vouliez-vous dire 'absent' ?" in errors

    def test_beyond_the_law_that_is_known(self, folder):
        spoil(folder / "meeting.toml", "held_on = 2026-06-12", "held_on = 2027-06-12")
        refused = cae("meeting", str(folder / "meeting.toml"))
        assert refused.exit_code == 2
        assert "--assume-unchanged" in refused.stderr
        assert cae("meeting", str(folder / "meeting.toml"), "--assume-unchanged").exit_code == 0

    def test_an_unknown_legal_form(self, folder):
        spoil(folder / "statutes.toml", 'legal_form = "scop_sas"', 'legal_form = "scop_sass"')
        errors = plain(cae("meeting", str(folder / "meeting.toml")).stderr)
        assert "aucune forme juridique ne s'appelle 'scop_sass'" in errors


class TestSurplus:
    def test_allocation_and_parts(self):
        text = said(cae("surplus", str(EXAMPLES / "surplus.toml")))
        for row in (
            "Réserve légale 15,00 % × 38 417,23 5 700,00",
            "Part travail, aux salariés 45,00 % × 38 417,23 17 287,75",
            "Intérêts aux parts sociales 3,00 % × 14 500,00 435,00",
            "Excédent 38 417,23",
            "A01 Claire Vasseur 21 480,00 7 ans 1,25 10,198 % 1 762,94",
            "Total 17 287,75",
        ):
            assert row in text
        assert "! Agathe Simonnet, sans droit :" in text
        assert "Réserve spéciale de participation :" in text

    def test_in_english(self):
        text = said(cae("surplus", str(EXAMPLES / "surplus.toml"), "--lang", "en"))
        assert "Legal reserve (réserve légale) 15.00% × 38,417.23 5,700.00" in text
        assert "A01 Claire Vasseur 21,480.00 7 y 1.25 10.198% 1,762.94" in text

    def test_a_scic(self):
        text = said(cae("surplus", str(EXAMPLES / "scic" / "surplus.toml")))
        assert "Réserve statutaire" in text
        assert "Part travail" not in text

    def test_csv_and_json(self, folder):
        parts, whole = folder / "parts.csv", folder / "tout.json"
        done = cae("surplus", str(folder / "surplus.toml"), "--csv", str(parts), "--json", str(whole))
        assert done.exit_code == 0
        rows = list(csv.DictReader(parts.read_text("utf-8").splitlines(), delimiter=";"))
        assert sum(Decimal(row["amount"]) for row in rows) == Decimal("17287.75")
        data = json.loads(whole.read_text("utf-8"))
        assert data["special_reserve"]["amount"] == "6577.88"

        # The legal reserve stops at the highest capital ever: 14,900 − 9,200, less than 15 %.
        assert data["allocation"][0]["amount"] == "5700.00"

    def test_participation_by_hand(self):
        """Half of (38,417.23 − 25 % − 25 % tax − 5 % of 14,500) × 412,600 ÷ 655,000."""
        after_quarter = 38_417_23 - Fraction(9_604_31)
        net = after_quarter - Fraction(7_203_23)
        exact = (net - Fraction(14_500_00, 20)) * Fraction(412_600, 655_000) / 2
        assert abs(exact - 6_577_88) <= Fraction(1, 2)

    def test_nothing_is_written_when_it_is_refused(self, folder):
        spoil(folder / "statutes.toml", 'by_pay = "50"\nequally = "50"', 'by_hours = "100"')
        target = folder / "parts.csv"
        done = cae("surplus", str(folder / "surplus.toml"), "--csv", str(target))
        assert done.exit_code == 2
        assert "sans horaire au contrat : A01, A02" in plain(done.stderr)
        assert not target.exists()

    def test_a_year_without_a_surplus(self, folder):
        spoil(folder / "surplus.toml", 'surplus = "38417.23"', 'surplus = "-1200.00"')
        done = cae("surplus", str(folder / "surplus.toml"))
        assert done.exit_code == 0
        assert "il n'y a pas d'excédent à répartir (-1 200,00 €)" in said(done)


def test_a_file_that_is_not_there():
    done = cae("meeting", "nowhere.toml")
    assert done.exit_code == 2
    assert "nowhere.toml : ne peut pas être lu : aucun fichier de ce nom" in plain(done.stderr)
    with pytest.raises(InputError):
        read_meeting("nowhere.toml")


class TestPlainText:
    """The same result as text, for minutes or a notebook."""

    def test_minutes(self):
        asked = read_meeting(EXAMPLES / "meeting.toml")
        rules = load()
        form = rules.legal_form(asked.statutes.legal_form)
        law = rules.rights.on(asked.held_on)
        result = asked.under(form.meeting_rules(asked.statutes, law)).result()
        lines = plain(meeting_text(result)).splitlines()
        assert lines[0] == "11 voix présentes ou représentées sur 13 (13 associés)"
        assert "1. Approbation des comptes de 2025 : adoptée" in lines
        assert "   pour 9, contre 1, abst. 1" in lines
        assert max(map(len, lines)) <= 96
        english = meeting_text(result, "en")
        assert "5. Modification des statuts : retenue portée de 2 à 4 %: rejected" in english
