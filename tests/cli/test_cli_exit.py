"""`cae exit`: how a contract ends, in tables or as JSON."""

import json
import shutil

import pytest
from cli_runner import CASE, cae, words

MUTUAL = ("exit", str(CASE), "--kind", "rupture conventionnelle", "--on", "2025-09-01")


class TestTables:
    """Timetable, indemnity, closing plan and what follows, in the reader's language."""

    def test_an_ending_by_agreement(self):
        done = cae(*MUTUAL, "--associate")
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "Claire Vasseur – Rupture conventionnelle" in found
        assert "16 septembre 2025 Dernier jour pour se rétracter" in found
        assert "7 octobre 2025 Première date possible de fin du contrat" in found
        assert "Ancienneté comptée 19 mois" in found
        assert "Contribution patronale (30,00 %)" in found
        assert "Plan de sortie" in found
        assert "la qualité d'associé prend fin avec le contrat" in found
        assert "8 mois de salaire connus, 12 sont requis" in found

    def test_in_english(self):
        found = words(cae(*MUTUAL, "--lang", "en").stdout)
        assert "Ending by agreement (rupture conventionnelle)" in found
        assert "7 October 2025 First day on which the contract may end" in found
        assert "Left on the account" in found
        assert "sont" not in found

    @pytest.mark.parametrize("columns", [80, 120])
    def test_no_figure_is_cut(self, columns):
        done = cae(*MUTUAL, columns=columns)
        data = json.loads(cae(*MUTUAL, "--json").stdout)
        for row in data["closing_plan"]["months"]:
            written = row["employer_cost"].replace(".", ",")
            assert written.replace(",", "") in words(done.stdout).replace(" ", "").replace(",", "")

    def test_without_a_last_day_there_is_no_plan(self):
        """A resignation without the notice of an agreement."""
        done = cae("exit", str(CASE), "--kind", "resignation", "--on", "2025-09-01")
        assert done.exit_code == 0
        assert "Plan de sortie" not in done.stdout
        assert "la durée du préavis de démission vient d'un accord ou de l'usage" in words(done.stdout)


class TestJson:
    """The same figures, for a program."""

    def test_figures(self):
        data = json.loads(cae(*MUTUAL, "--json", "--leave-indemnity", "300,00").stdout)
        assert data["kind"] == "mutual"
        assert data["ends_on"] == data["earliest_end_on"] == "2025-10-07"
        assert [step["code"] for step in data["timetable"]][-1] == "last_day"
        plan = data["closing_plan"]
        assert [row["month"] for row in plan["months"]] == ["2025-09", "2025-10"]
        spent = sum(float(row["employer_cost"]) for row in plan["months"]) + float(plan["fees"])
        left = float(plan["opening"]) + float(plan["brought"]) - spent
        left -= float(data["indemnity"]["owed"]) + float(data["levy"])
        assert round(left, 2) == float(plan["left"])
        assert {each["document"] for each in plan["unpaid"]} == {"F2025-09"}

    def test_past_pay_completes_the_twelve_months(self):
        past = [f"--past-pay=2024-{month:02d}=1200" for month in (9, 10, 11, 12)]
        data = json.loads(cae(*MUTUAL, *past, "--json").stdout)
        assert len(data["indemnity"]["reference_months"]) == 12
        assert "pay_history" not in [each["code"] for each in data["reasons"]]

    def test_the_law_of_the_cooperative(self):
        """A SCIC keeps the associate; a SCOP does not, unless its statutes say so."""
        for options, kept in (
            (("--form", "scop"), False),
            (("--form", "scic"), True),
            (("--statutes", "keep"), True),
            (("--form", "scic", "--statutes", "lose"), False),
        ):
            data = json.loads(cae(*MUTUAL, "--associate", *options, "--json").stdout)
            (status,) = [each for each in data["reasons"] if each["code"] == "associate_status"]
            assert status["met"] is kept

    def test_a_transfer_by_agreement(self):
        data = json.loads(
            cae(
                "exit", str(CASE), "--kind", "transfer", "--way", "mutual", "--on", "2025-09-01", "--json"
            ).stdout
        )
        assert (data["kind"], data["way"]) == ("transfer", "mutual")

    def test_a_dismissal_with_a_longer_notice(self):
        data = json.loads(
            cae(
                "exit", str(CASE), "--kind", "dismissal_economic", "--on", "2025-09-01", "--notice-months", "3",
                "--disabled", "--json",
            ).stdout
        )  # fmt: skip
        assert data["ends_on"] == "2025-11-30"

    def test_beyond_the_days_known(self):
        asked = ("exit", str(CASE), "--kind", "dismissal_economic", "--on", "2026-07-15")
        refused = cae(*asked)
        assert refused.exit_code == 2
        assert "ajouter --assume-unchanged" in refused.stderr
        data = json.loads(cae(*asked, "--assume-unchanged", "--json").stdout)
        assert data["ends_on"] == "2026-09-14"


class TestBadInput:
    """Every problem at once, with its option; nothing is printed beside."""

    def test_nothing_given(self):
        done = cae("exit", str(CASE))
        assert done.exit_code == 2
        said = words(done.stderr)
        assert "la sortie ne peut pas être calculée" in said
        assert "--kind : manque" in said
        assert "--on : manque" in said
        assert done.stdout == ""

    def test_several_problems(self):
        done = cae(
            "exit", str(CASE), "--kind", "demision", "--on", "01/09/2025", "--indemnity", "12,345",
            "--notice-days", "x", "--statutes", "maybe", "--past-pay", "2024-13=12", "--past-pay", "2024-12=-1",
            "--leave-indemnity", "-1",
        )  # fmt: skip
        assert done.exit_code == 2
        said = words(done.stderr)
        for option in ("--kind", "--on", "--indemnity", "--notice-days", "--statutes", "--leave-indemnity"):
            assert f"{option} :" in said, option
        assert said.count("--past-pay :") == 2
        assert "vouliez-vous dire 'démission'" in said
        assert done.stdout == ""

    def test_a_day_the_law_does_not_allow(self):
        done = cae(*MUTUAL, "--end", "2025-10-06")
        assert done.exit_code == 2
        said = words(done.stderr)
        assert "cette date de rupture conventionnelle n'est pas possible" in said
        assert "la fin du 2025-10-06 vient avant la première date possible, le 2025-10-07" in said

    def test_a_case_that_cannot_be_read(self, tmp_path):
        assert (
            cae("exit", str(tmp_path / "none.toml"), "--kind", "death", "--on", "2025-09-01").exit_code == 2
        )

    def test_before_the_case_the_plan_starts_with_it(self, tmp_path):
        """Decided in 2024, the months run from the first one of the case."""
        for file in CASE.parent.iterdir():
            shutil.copy(file, tmp_path / file.name)
        done = cae("exit", str(tmp_path / "case.toml"), "--kind", "mutual", "--on", "2024-12-02", "--json")
        data = json.loads(done.stdout)
        assert data["closing_plan"]["months"][0]["month"] == "2025-01"
