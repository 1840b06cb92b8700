"""`cae year`: a person's year as a table, one month as a payslip, and files written whole."""

import csv
import json
import shutil

import pytest
from cli_runner import CASE, cae, plain, process, words

from cae_core import load
from cae_core.errors import InputErrors
from cae_core.exchange.case_file import read_case
from cae_core.explain import problem_lines
from cae_core.explain.year_rows import ACCOUNT_COLUMNS, PAY_COLUMNS, month_row, total_row
from cae_core.money import format_decimal
from cae_core.payroll.run import run_months


@pytest.fixture(scope="module")
def runs():
    case = read_case(CASE)
    return list(run_months(load(), case.engagement, case.first_month, case.last_month, case.start))


@pytest.fixture
def folder(tmp_path):
    """A copy of the example that a test may spoil."""
    for file in CASE.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def written(cents):
    return plain(format_decimal(cents, 2))


class TestTable:
    """From turnover to net paid and the balance of the account, a row each month, and the totals."""

    @pytest.mark.parametrize("columns", [80, 120])
    def test_every_figure_of_every_month(self, runs, columns):
        done = cae("year", str(CASE), columns=columns)
        assert done.exit_code == 0
        lines = plain(done.stdout).splitlines()
        for run in runs:
            row = month_row(run)
            account, pay = (line for line in lines if line.startswith(str(run.month)))
            for line, names in ((account, ACCOUNT_COLUMNS), (pay, PAY_COLUMNS)):
                figures = [written(getattr(row, name)) for name in names if name != "internal_sales"]
                assert " ".join(line.split()) == " ".join([str(run.month), *figures])
        assert max(map(len, lines)) <= columns

    def test_totals(self, runs):
        total = total_row([month_row(run) for run in runs])
        lines = [" ".join(line.split()) for line in plain(cae("year", str(CASE)).stdout).splitlines()]
        account, pay = (line for line in lines if line.startswith("Total"))
        assert account.startswith(f"Total {written(total.turnover)} {written(total.direct_expenses)}")
        assert account.endswith(written(runs[-1].balance_cents))
        assert pay.endswith(f"{written(total.withholding)} {written(total.net_paid)}")

    def test_each_row_adds_up(self, runs):
        for run in runs:
            row = month_row(run)
            assert (
                row.turnover + row.internal_sales - row.direct_expenses - row.cooperative_fee
                == row.result_before_pay
            )
            assert row.gross_pay + row.employer_contributions_net == row.employer_cost
            assert row.gross_pay - row.employee_contributions == row.net_before_tax
            assert row.net_before_tax - row.withholding == row.net_paid

    def test_english(self):
        found = words(cae("year", str(CASE), "--lang", "en").stdout)
        assert "Activity account" in found
        assert "Net before tax" in found
        assert "2,150.00" in found

    def test_an_account_too_short_is_said(self, folder):
        case = folder / "case.toml"
        case.write_text(
            case.read_text("utf-8").replace('fixed_pay = "900.00"', 'fixed_pay = "3900.00"'), "utf-8"
        )
        done = cae("year", str(case))
        assert done.exit_code == 0
        found = words(done.stdout)
        assert "! Janvier 2025 : la part fixe de 3 900,00 € coûte" in found
        assert "(C. trav. art. L7331-2" in found
        assert "are missing" in words(cae("year", str(case), "--lang", "en").stdout)


class TestMonth:
    """`--month`: the whole payslip of one month, with the year before it."""

    def test_the_slip_of_a_month(self, runs):
        done = cae("year", str(CASE), "--month", "2025-07")
        assert done.exit_code == 0
        found = words(done.stdout)
        slip = next(run.payslip for run in runs if str(run.month) == "2025-07")
        assert "Bulletin de paie – juillet 2025" in found
        assert f"Net payé {written(slip.net_paid_cents)}" in found
        withheld = sum(run.payslip.withholding_cents for run in runs if str(run.month) <= "2025-07")
        assert f"cumul annuel de l'impôt prélevé {written(withheld)}" in found

    def test_a_month_that_is_not_run(self):
        done = cae("year", str(CASE), "--month", "2026-01")
        assert done.exit_code == 2
        assert "2025-01 … 2025-12" in done.stderr
        assert done.stdout == ""


class TestFiles:
    """CSV and JSON are written whole or not at all."""

    def test_csv_and_json(self, runs, tmp_path):
        done = cae("year", str(CASE), "--csv", str(tmp_path / "y.csv"), "--json", str(tmp_path / "y.json"))
        assert done.exit_code == 0
        assert plain(done.stderr).count("Écrit : ") == 2
        with (tmp_path / "y.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
        assert [row["month"] for row in rows] == [str(run.month) for run in runs]
        assert rows[5]["net_paid"] == str(runs[5].payslip.net_paid)
        year = json.loads((tmp_path / "y.json").read_text("utf-8"))
        assert year["months"][5]["payslip"]["totals"]["net_paid"] == str(runs[5].payslip.net_paid)
        assert year["months"][5]["figures"]["account_balance"] == rows[5]["account_balance"]
        assert year["totals"]["net_paid"] == str(sum(run.payslip.net_paid for run in runs))
        assert sorted(file.name for file in tmp_path.iterdir()) == ["y.csv", "y.json"]

    def test_a_file_that_cannot_be_written_leaves_nothing(self, tmp_path):
        done = cae("year", str(CASE), "--csv", str(tmp_path / "none" / "y.csv"))
        assert done.exit_code == 2
        assert "ne peut pas être écrit" in plain(done.stderr)
        assert done.stdout == ""
        assert list(tmp_path.iterdir()) == []

    def test_bad_input_does_not_touch_what_is_there(self, folder):
        out = folder / "y.csv"
        out.write_text("before", "utf-8")
        with (folder / "entries.csv").open("a", encoding="utf-8") as stream:
            stream.write("pas un jour;facture;1,00;reliure;;X1\n")
        assert cae("year", str(folder / "case.toml"), "--csv", str(out)).exit_code == 2
        assert out.read_text("utf-8") == "before"


class TestBadInput:
    """A clear message names the file and the place."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("headcount = 130", "headcount = 130\nheadcont = 1"), "headcont : clé inconnue"),
            (("headcount = 130", ""), "headcount : manque"),
            (('fixed_pay = "900.00"', "fixed_pay = 900.005"), "a deux décimales au plus"),
            (('fixed_pay = "900.00"', 'fixed_pay = "-900.00"'), "attendu : zéro ou plus"),
            (('first_month = "2025-01"', 'first_month = "janvier"'), "attendu : un mois comme 2026-03"),
            (
                ('last_month = "2025-12"', 'last_month = "2024-12"'),
                "2024-12 vient avant le premier mois, 2025-01",
            ),
            (
                ('entries = "entries.csv"', 'entries = "none.csv"'),
                "aucun fichier 'none.csv' à côté de case.toml",
            ),
            (('first_month = "2025-01"', "first_month = "), "n'est pas un fichier TOML"),
            (('last_month = "2025-12"', 'last_month = "2026-09"'), "dernier 31 juillet 2026"),
        ],
    )
    def test_a_case_with_a_problem(self, folder, change, said):
        case = folder / "case.toml"
        text = case.read_text("utf-8")
        assert change[0] in text
        case.write_text(text.replace(*change, 1), "utf-8")
        done = cae("year", str(case))
        assert done.exit_code == 2
        assert said in words(done.stderr)
        assert done.stdout == ""

    def test_broken_rows_are_all_named_with_their_line(self, folder):
        with (folder / "entries.csv").open("a", encoding="utf-8") as stream:
            stream.write("2025-02-30;facture;10,00;reliure;;X1\n2025-03-01;facture;dix;reliure;;X2\n")
        last = len((folder / "entries.csv").read_text("utf-8").splitlines())
        done = process("year", str(folder / "case.toml"))
        assert done.returncode == 2
        assert done.stdout == b""
        said = words(done.stderr.decode())
        assert f"ligne {last - 1}" in said
        assert f"ligne {last}" in said
        assert "Traceback" not in said

    def test_a_file_that_may_not_be_read(self, monkeypatch):
        def refused(_):
            raise PermissionError(13, "Permission denied", "entries.csv")

        monkeypatch.setattr("cae_core.cli.year_command.read_case", refused)
        done = cae("year", str(CASE))
        assert done.exit_code == 2
        assert plain(done.stderr) == "Erreur : entries.csv : ne peut pas être lu : accès refusé\n"

    def test_what_is_not_a_file(self, tmp_path):
        assert "c'est un dossier" in cae("year", str(tmp_path)).stderr


def test_a_broken_csv_is_told_in_french(tmp_path):
    """Each bad cell with its line and column, no English left."""
    shutil.copy(CASE, tmp_path / "case.toml")
    rows = (
        "date;nature;montant;activité\n31/02/2025;facture;12,345;reliure\n05/01/2025;factur;100,00;reliure\n"
    )
    (tmp_path / "entries.csv").write_text(rows, "utf-8")
    with pytest.raises(InputErrors) as caught:
        read_case(tmp_path / "case.toml")
    text = "\n".join(problem_lines(caught.value, "fr")).replace("\u00a0", " ")
    assert "ligne 2, colonne 'montant' : deux décimales au plus ; reçu : '12,345'" in text
    assert "vouliez-vous dire 'facture' ?" in text
    assert "must" not in text
    assert "did you" not in text
