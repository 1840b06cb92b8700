"""`cae sides`: a table in either language, JSON, pictures, and refusals."""

import builtins
import json

import pytest
from cli_runner import cae, plain

from cae_core.errors import InputError, MissingExtraError
from cae_core.explain.sides_picture import sides_picture
from cae_core.explain.sides_rows import comparison_dict, comparison_notes, comparison_rows
from cae_core.france.statuses import Event, Status, compare_statuses

ASKED = ("sides", "--turnover", "30000", "--expenses", "3000", "--year")


@pytest.fixture(scope="module")
def compared():
    return compare_statuses("30000", "3000", 2025)


def said(done):
    return " ".join(plain(done.stdout).split())


class TestTable:
    def test_in_french(self):
        done = cae(*ASKED, "2026")
        assert done.exit_code == 0
        text = said(done)
        for row in (
            "Les statuts en 2026, en euros",
            "Payé 9 064,06 7 279,04 7 740,00 6 408,00 3 732,00 7 946,00",
            "Ce que chaque événement rapporterait",
            "À partir du 1er août 2026, le droit connu est reconduit.",
            "Impôt, CESA en coopérative, portage salarial : retenue à la source au taux neutre.",
        ):
            assert row in text, row
        assert "2 255,61 € à temps plein" in text

    def test_in_english(self):
        text = said(cae(*ASKED, "2025", "--lang", "en", "--status", "micro_services", "--flat-tax"))
        assert "Statuses in 2025, in euros" in text
        assert "Income tax 516.00" in text
        assert "Income tax, micro-enterprise (services): flat tax on turnover." in text
        assert "carried forward" not in text
        assert "CESA" not in text

    def test_lines(self):
        text = said(cae(*ASKED, "2025", "--lang", "en", "--status", "sole_trader", "--lines"))
        assert "basic pension: €3,570.00 = €19,980.00 × 17.87%" in text
        assert "CSS art. D633-3" in text

    def test_fees(self):
        text = said(cae(*ASKED, "2025", "--lang", "en", "--fee", "12", "--portage-fee", "5"))
        assert "Fee 3,600.00 1,500.00 0.00" in text

    def test_facts_of_the_payslips(self):
        """In 2021 the rate of office work is not known; the real one may be given."""
        text = said(cae(*ASKED, "2021", "--status", "cooperative", "--status", "micro_sales"))
        assert "le droit du 01/01/2021 n'est pas connu ici (office_accident_rate)" in text
        given = ("--workplace-accident-rate", "1.05", "--headcount", "30", "--health-cover-employer", "30")
        text = said(cae(*ASKED, "2021", "--status", "cooperative", *given))
        assert "Payé" in text
        assert "n'est pas connu" not in text

    def test_in_plain_french(self):
        done = cae("sides", "--turnover=-1", "--year", "2025", "--status", "cesa")
        text = plain(done.stderr)
        assert "les statuts ne peuvent pas être comparés" in text
        assert "zéro ou plus" in text
        done = cae("sides", "--turnover", "1", "--year", "12")
        assert "une année comme 2026" in plain(done.stderr)

    def test_a_year_before_the_single_base(self):
        text = said(cae(*ASKED, "2024"))
        assert "entreprise individuelle au réel : le droit du 01/01/2024 n'est pas connu ici" in text


class TestFiles:
    def test_json(self, tmp_path):
        file = tmp_path / "sides.json"
        assert cae(*ASKED, "2025", "--json", str(file)).exit_code == 0
        data = json.loads(file.read_text("utf-8"))
        assert [each["code"] for each in data["statuses"]] == [status.value for status in Status]
        for each in data["statuses"]:
            assert each["paid_cents"] + each["left_cents"] == 27_000_00
            assert [event["code"] for event in each["events"]] == [event.value for event in Event]
            assert all(event["answers"][0]["reasons"] for event in each["events"])

    @pytest.mark.parametrize("kind", ["svg", "png"])
    def test_picture(self, tmp_path, kind):
        pytest.importorskip("matplotlib")
        file = tmp_path / f"sides.{kind}"
        assert cae(*ASKED, "2025", f"--{kind}", str(file)).exit_code == 0
        content = file.read_bytes()
        assert content.startswith(b"<?xml" if kind == "svg" else b"\x89PNG")
        if kind == "svg":
            for text in ("CESA en coopérative", "cotisations", "un mois de maladie", "19\u202f560"):
                assert text in content.decode("utf-8")

    def test_nothing_is_written_where_something_is_wrong(self, tmp_path):
        file = tmp_path / "sides.json"
        done = cae("sides", "--turnover", "-1", "--year", "2025", "--json", str(file))
        assert done.exit_code == 2
        assert not file.exists()
        assert "turnover" in plain(done.stderr)


class TestRefusals:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("--turnover", "1,5,5", "--year", "2025"),
            ("--turnover", "1", "--year", "12"),
            ("--turnover", "1", "--year", "2025", "--status", "cesa"),
            ("--turnover", "1", "--year", "2025", "--fee", "120"),
            ("--turnover", "1", "--year", "2015"),
            ("--year", "2025"),
        ],
    )
    def test_bad_input(self, arguments):
        assert cae("sides", *arguments).exit_code == 2


class TestRows:
    def test_cells(self, compared):
        rows = {row.code: row for row in comparison_rows(compared, "en")}
        assert set(rows) >= {"turnover", "paid", "left", *(event.value for event in Event)}
        assert all(len(row.cells) == len(Status) for row in rows.values())
        assert rows["loss"].cells[4] == "nothing"

    def test_notes_name_every_objection(self, compared):
        notes = list(comparison_notes(compared, "en"))
        assert sum(note.startswith("wage portage: ") for note in notes) == 1
        assert any("1 July 2025" in note for note in notes)

    def test_data_in_both_languages(self, compared):
        french, english = comparison_dict(compared), comparison_dict(compared, "en")
        assert french["statuses"][0]["name"] == "CESA en coopérative"
        assert english["statuses"][0]["name"] == "CESA in a cooperative"


class TestPicture:
    def test_same_figures_same_file(self, compared):
        pytest.importorskip("matplotlib")
        for kind in ("svg", "png"):
            assert sides_picture(compared).content(kind) == sides_picture(compared).content(kind)

    def test_kind(self, compared):
        with pytest.raises(InputError):
            sides_picture(compared).content("pdf")

    def test_without_the_extra(self, compared, monkeypatch):
        real = builtins.__import__

        def without(name, *arguments):
            if name.startswith("matplotlib"):
                raise ImportError(name)
            return real(name, *arguments)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match=r"cae-core\[plots\]"):
            sides_picture(compared)
