"""A pay history from a CSV file: everything that is there, or every problem."""

import pytest

from cae_core.calendar import Month
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.pay_history_csv import read_pay_history
from cae_core.protection import MonthKind, PayMonth


def read(tmp_path, text):
    file = tmp_path / "paies.csv"
    file.write_bytes(text.encode("utf-8"))
    return read_pay_history(file)


def problems(tmp_path, text):
    with pytest.raises(InputErrors) as refused:
        read(tmp_path, text)
    return [str(problem).split(", ", 1)[-1] for problem in refused.value.exceptions]


class TestReading:
    def test_every_column_in_french(self, tmp_path):
        text = "\ufeffMois;Brut;Heures;Jours;Contrat\n2026-02;1 234,50;101,25;;CESA\n2026-01;0;;15;cape\n\n"
        history = read(tmp_path, text)
        assert history.months == (
            PayMonth(month="2026-01", gross_pay_cents=0, employed_days=15, kind=MonthKind.SUPPORT),
            PayMonth(
                month="2026-02", gross_pay_cents=123_450, hours_hundredths=10_125, hours_policy="declared"
            ),
        )

    def test_the_least_in_english(self, tmp_path):
        history = read(tmp_path, "month,gross\n2026-01,700\n")
        assert history["2026-01"].hours_hundredths is None
        assert history.gaps == ()

    def test_what_gave_the_hours(self, tmp_path):
        history = read(tmp_path, "month,gross,hours,hours_policy\n2026-01,700,58,equivalent_hours\n")
        assert history[Month(2026, 1)].hours_policy == "equivalent_hours"


class TestRefusals:
    def test_every_problem_of_every_row(self, tmp_path):
        text = "month;gross;hours;days;kind\n2026-13;1;;;\n2026-01;-1;x;1.5;job\n2026-02;;;;\n2026-03;1;1;1;cesa;1\n"
        found = problems(tmp_path, text)
        assert [problem[:6] for problem in found] == ["line 2"] + ["line 3"] * 4 + ["line 4", "line 5"]

    def test_a_month_twice(self, tmp_path):
        assert (
            "2026-01 is given a second time" in problems(tmp_path, "month;gross\n2026-01;1\n2026-01;2\n")[0]
        )

    def test_a_month_that_cannot_be(self, tmp_path):
        assert "28" in problems(tmp_path, "month;gross;days\n2026-02;1;30\n")[0]

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("month;pay\n", "unknown column 'pay'"),
            ("month;gross;mois\n", "second time"),
            ("month\n2026-01\n", "expected a column gross"),
        ],
    )
    def test_columns(self, tmp_path, text, wanted):
        assert wanted in "\n".join(problems(tmp_path, text))

    def test_broken_quotes(self, tmp_path):
        assert "well-formed CSV" in problems(tmp_path, 'month;gross\n2026-01;"1\n')[0]

    def test_files(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_pay_history(tmp_path / "missing.csv")
        with pytest.raises(InputError, match="expected a row a month"):
            read(tmp_path, "month;gross\n")
        (tmp_path / "latin.csv").write_bytes(b"month;gross\n2026-01;1\xe9\n")
        with pytest.raises(InputError, match="0xe9"):
            read_pay_history(tmp_path / "latin.csv")
