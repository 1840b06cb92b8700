"""`cae path`: where people stand and what falls due, on the screen and in files."""

import json
import xml.etree.ElementTree as ET

import pytest
from cli_runner import ROOT, cae, plain, process, words

FILE = str(ROOT / "examples" / "path" / "arches.toml")


class TestOnePerson:
    def test_path_and_deadlines(self):
        done = cae("path", FILE, "--person", "E042", "--on", "2025-03-10")
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "Claire Vasseur – Coopérative des Arches Étape : CESA" in found
        assert "2023-03-01 Début d'un CAPE CAPE C. com. art. L127-1" in found
        assert "2025-06-14 96 j Dernière assemblée connue" in found
        assert "2026-02-28 355 j Dernier jour pour être admis comme associé" in found

    def test_events_to_come_are_not_told(self):
        found = words(cae("path", FILE, "--person", "E042", "--on", "2025-03-10").stdout)
        assert "Admission comme associé" not in found

    def test_english(self):
        found = words(cae("path", FILE, "--person", "E118", "--on", "2026-02-15", "--lang", "en").stdout)
        assert "Stage: CESA, trial period" in found
        assert "2026-04-11 55 d End of the trial period" in found

    def test_what_is_late_is_said(self):
        found = words(cae("path", FILE, "--person", "E118", "--on", "2026-03-15").stdout)
        assert "2026-03-10 -5 j Envoyer l'état des comptes" in found
        assert "En rouge : en retard." in found

    def test_nothing_due(self):
        found = words(
            cae("path", FILE, "--person", "E127", "--on", "2024-11-01", "--until", "2024-11-30").stdout
        )
        assert "Aucune échéance du 1er novembre 2024 au 30 novembre 2024." in found

    @pytest.mark.parametrize("columns", [80, 120])
    def test_width(self, columns):
        done = cae("path", FILE, "--person", "E042", "--on", "2025-03-10", columns=columns)
        assert max(map(len, plain(done.stdout).splitlines())) <= columns


class TestSeveral:
    def test_the_next_twelve_months_by_day(self):
        done = cae("path", FILE, "--on", "2026-02-15")
        assert done.exit_code == 0
        days = [line[:10] for line in done.stdout.splitlines() if line[:2] == "20"]
        assert days == sorted(days)
        assert days[0] == "2026-02-28"
        assert days[-1] == "2027-02-10"
        found = words(done.stdout)
        assert "Coopérative des Arches – 3 personnes" in found
        assert "Échéances, du 15 février 2026 au 15 février 2027" in found
        assert "2026-04-15 59 j Nadia Ferrand Payer les cotisations du CAPE" in found

    def test_until(self):
        found = cae("path", FILE, "--on", "2026-02-15", "--until", "2026-03-31").stdout
        assert {line[:10] for line in found.splitlines() if line[:2] == "20"} == {"2026-02-28", "2026-03-10"}


class TestFiles:
    def test_all_kinds(self, tmp_path):
        pytest.importorskip("icalendar")
        pytest.importorskip("matplotlib")
        names = {kind: str(tmp_path / f"p.{kind}") for kind in ("json", "ics", "svg", "png")}
        options = [part for kind, name in names.items() for part in (f"--{kind}", name)]
        done = cae("path", FILE, "--person", "E042", "--on", "2025-03-10", *options)
        assert done.exit_code == 0
        assert plain(done.stderr).count("Écrit : ") == 4
        data = json.loads((tmp_path / "p.json").read_text("utf-8"))
        (person,) = data["people"]
        assert (person["stage"], person["stage_name"]) == ("cesa", "CESA")
        assert [entry["number"] for entry in person["history"]] == [0, 1, 5, 0, 0, 0]
        assert data["deadlines"][0]["code"] == "last_useful_meeting"
        assert (tmp_path / "p.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
        svg = ET.parse(tmp_path / "p.svg").getroot()
        texts = " ".join(svg.itertext())
        assert "Claire Vasseur – CESA, au 10 mars 2025" in texts
        assert "2024-03-01   début d'un CESA" in texts
        assert sorted(file.name for file in tmp_path.iterdir()) == ["p.ics", "p.json", "p.png", "p.svg"]

    def test_the_same_path_gives_the_same_picture(self, tmp_path):
        pytest.importorskip("matplotlib")
        for name in ("a.svg", "b.svg"):
            cae("path", FILE, "--person", "E042", "--on", "2025-03-10", "--svg", str(tmp_path / name))
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()

    def test_a_picture_is_of_one_person(self, tmp_path):
        pytest.importorskip("matplotlib")
        done = cae("path", FILE, "--on", "2026-02-15", "--svg", str(tmp_path / "a.svg"))
        assert done.exit_code == 2
        assert "le code d'une personne (E042, E118, E127)" in words(done.stderr)
        assert list(tmp_path.iterdir()) == []

    def test_nothing_to_draw(self, tmp_path):
        pytest.importorskip("matplotlib")
        done = cae("path", FILE, "--person", "E118", "--on", "2025-12-01", "--svg", str(tmp_path / "a.svg"))
        assert done.exit_code == 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--person", "E000"], "attendu : le code d'une personne (E042, E118, E127) ; reçu : 'E000'"),
            (["--on", "demain"], "--on : attendu : un jour comme 2026-03-31"),
            (["--on", "2026-02-15", "--until", "2026-02-14"], "2026-02-14 vient avant le 2026-02-15"),
            (["--on", "2026-08-01"], "ajouter --assume-unchanged"),
        ],
    )
    def test_options(self, options, said):
        done = cae("path", FILE, *options)
        assert done.exit_code == 2
        assert said in words(done.stderr)
        assert done.stdout == ""

    def test_the_law_carried_forward_is_marked(self):
        done = cae("path", FILE, "--on", "2026-08-01", "--assume-unchanged")
        assert done.exit_code == 0
        assert "~ droit reconduit sans changement." in words(done.stdout)

    def test_what_the_law_does_not_allow(self, tmp_path):
        text = (ROOT / "examples" / "path" / "arches.toml").read_text("utf-8")
        file = tmp_path / "bad.toml"
        file.write_text(text.replace('vote = "admitted"', 'vote = "refused"'), "utf-8")
        done = process("path", str(file), "--on", "2026-02-15")
        assert done.returncode == 2
        assert done.stdout == b""
        said = words(done.stderr.decode())
        assert "person[1]: event[7] : Claire Vasseur, 2025-06-14 : admission comme associé, refusé" in said
        assert "(Loi n° 78-763 du 19 juillet 1978, art. 7)" in said
        assert "Traceback" not in said
