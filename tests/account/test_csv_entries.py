from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from account_samples import entry, histories, refused
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import Entry, EntryKind, read_entries, write_entries
from cae_core.errors import InputErrors

FRENCH = """\
Date;Nature;Montant HT;Activité;Libellé;Facture;Charge directe
05/03/2026;facture;1 234,56;BAGS;Sacs « été »;F-12;
31/12/2026;Encaissement;1\u202f000,00 €;BAGS;;F-12;

06/03/2026;dépense;20;BAGS;Tissu;;oui
07/03/2026;depense avancee;20,5;BAGS;Timbres;;non
"""
ENGLISH = """\
dated_on,kind,amount,activity,other_activity,in_gross_margin
2026-03-05,transfer,"1234,50",BAGS,PRINT,no
2026-03-06,fee,12.34,BAGS,,yes
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "entries.csv"
    file.write_bytes(text.encode(encoding))
    return file


def problems(folder: Path, text: str) -> list[str]:
    file = written(folder, text)
    with pytest.raises(InputErrors) as raised:
        read_entries(file)
    return [str(problem).replace(str(file), "entries.csv") for problem in raised.value.exceptions]


class TestReading:
    """What a spreadsheet saves is read as it is: French or English, with or without a byte order mark."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_a_french_spreadsheet(self, tmp_path, encoding, ends):
        read = read_entries(written(tmp_path, FRENCH.replace("\n", ends), encoding))
        assert [made.kind for made in read] == [
            EntryKind.INVOICE,
            EntryKind.CASH_IN,
            EntryKind.EXPENSE,
            EntryKind.EXPENSE_ADVANCED,
        ]
        assert [made.amount_cents for made in read] == [1_234_56, 1_000_00, 20_00, 20_50]
        assert read[0].dated_on == dt.date(2026, 3, 5)
        assert read[0].label == "Sacs « été »"
        assert [made.direct for made in read] == [True, True, True, False]

    def test_an_english_file_with_commas(self, tmp_path):
        sale, fee = read_entries(written(tmp_path, ENGLISH))
        assert (sale.amount_cents, sale.other_activity, sale.in_gross_margin) == (1_234_50, "PRINT", False)
        assert (fee.kind, fee.amount_cents) == (EntryKind.FEE, 12_34)

    def test_a_label_may_run_over_several_lines(self, tmp_path):
        text = (
            'date;nature;montant;activité;libellé\n2026-03-05;fee;1;A;"un\ndeux; trois"\n2026-03-05;x;1;A;\n'
        )
        (problem,) = problems(tmp_path, text)
        assert problem.startswith("entries.csv, line 4, column 'nature'")

    def test_only_a_header_is_no_entry(self, tmp_path):
        assert read_entries(written(tmp_path, "date;nature;montant;activité\n")) == ()

    def test_a_missing_file_is_the_error_python_knows(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            read_entries(tmp_path / "nothing.csv")


class TestBadRows:
    """Every bad row is reported with file, line, column, what came and what was wanted; none is lost."""

    def test_all_of_them_at_once(self, tmp_path):
        text = (
            "date;nature;montant;activité;facture;autre activité;charge directe\n"
            "31/02/2026;facture;10;BAGS;F1;;\n"
            "2026-03-05;factur;10;BAGS;F1;;\n"
            "2026-03-05;facture;10,123;BAGS;F1;;\n"
            "2026-03-05;facture;-10;BAGS;F1;;\n"
            "2026-03-05;facture;1.234,56;;F1;;\n"
            "2026-03-05;facture;10;BAGS;;;\n"
            "2026-03-05;vente interne;10;BAGS;;BAGS;\n"
            "2026-03-05;dépense;10;BAGS;;;peut-être\n"
            "2026-03-05;dépense;10\n"
            ";;;;F1;;\n"
            "2026-03-05;facture;10;BAGS;F1;;\n"
        )
        found = problems(tmp_path, text)
        assert [problem.split(":")[0] for problem in found] == [
            "entries.csv, line 2, column 'date'",
            "entries.csv, line 3, column 'nature'",
            "entries.csv, line 4, column 'montant'",
            "entries.csv, line 5, column 'montant'",
            "entries.csv, line 6, column 'montant'",
            "entries.csv, line 6, column 'activité'",
            "entries.csv, line 7",
            "entries.csv, line 8",
            "entries.csv, line 9, column 'charge directe'",
            "entries.csv, line 10",
            "entries.csv, line 11, column 'date'",
            "entries.csv, line 11, column 'nature'",
            "entries.csv, line 11, column 'montant'",
            "entries.csv, line 11, column 'activité'",
        ]
        assert found[0].endswith("expected a day such as 2026-12-31 or 31/12/2026, got '31/02/2026'")
        assert found[1].endswith("got 'factur'; did you mean 'facture'?")
        assert found[2].endswith("must have at most two decimals, got '10,123'")
        assert found[3].endswith("expected an amount above zero (the kind says the direction), got '-10'")
        assert found[4].endswith("must be a plain number such as 1234.56 or 1 234,56, got '1.234,56'")
        assert found[6].endswith("expected the number of the invoice in `document`, got nothing")
        assert found[7].endswith("the activity 'BAGS' cannot sell to itself (vente interne)")
        assert found[8].endswith("expected yes or no (oui ou non), got 'peut-être'")
        assert "expected 7 cells, got 3" in found[9]

    def test_the_summary_counts_them(self, tmp_path):
        file = written(tmp_path, "date;nature;montant;activité\n1;2;3;A\n")
        with pytest.raises(InputErrors) as raised:
            read_entries(file)
        assert str(raised.value).startswith(f"{file}: 2 problem(s), no entry was read\n  - ")

    def test_a_missing_column(self, tmp_path):
        assert problems(tmp_path, "date;nature;activité\n2026-03-05;fee;A\n") == [
            "entries.csv, line 1: expected a column amount or montant or montant_ht, got none"
        ]

    def test_an_unknown_column_and_one_given_twice(self, tmp_path):
        """Their cells cannot be lost in silence; the other columns are still checked."""
        text = "date;jour;nature;montant;activité;couleur\n2026-03-05;2026-03-05;fee;x;A;red\n"
        unknown = problems(tmp_path, text)
        assert unknown[0] == "entries.csv, line 1: column 'jour' gives dated_on a second time"
        assert unknown[1].startswith("entries.csv, line 1: unknown column 'couleur'; known: dated_on, kind")
        assert unknown[2].startswith("entries.csv, line 2, column 'montant'")

    @pytest.mark.parametrize("text", ["", "\n\n", ";;\n"])
    def test_an_empty_file(self, tmp_path, text):
        (problem,) = problems(tmp_path, text)
        assert problem.endswith("got an empty file")

    def test_a_quote_that_does_not_close(self, tmp_path):
        text = 'date;nature;montant;activité\nx;fee;1;A\n2026-03-05;"fee;1;A\n2026-03-05;fee;1;A\n'
        found = problems(tmp_path, text)
        assert any("line 3: expected well-formed CSV" in problem for problem in found)
        assert any("line 2, column 'date'" in problem for problem in found)

    def test_another_encoding(self, tmp_path):
        with refused("expected UTF-8, got the byte 0xe9 at position"):
            read_entries(written(tmp_path, "date;nature;montant;activité\n", "latin-1"))


class TestWriting:
    """A file that was written reads back equal, and is complete or untouched."""

    LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)

    @given(histories(), LABELS)
    def test_there_and_back(self, tmp_path_factory, entries, label):
        labelled = Entry(
            dated_on=dt.date(2026, 1, 1),
            kind="expense",
            amount_cents=1,
            activity="A;B",
            label=label,
            direct=False,
        )
        file = tmp_path_factory.mktemp("csv") / "out.csv"
        write_entries(file, [*entries, labelled])
        assert read_entries(file) == (*entries, labelled)

    @pytest.mark.parametrize("label", ["un\rdeux", "un\ndeux", "un\r\ndeux", 'dit "oui" ; non', "=1+1"])
    def test_labels_that_look_like_csv(self, tmp_path, label):
        file = tmp_path / "entries.csv"
        made = entry("2026-03-05", "fee", 10, label=label)
        write_entries(file, [made])
        assert read_entries(file) == (made,)

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    def test_a_failure_leaves_the_old_file_and_nothing_beside_it(self, tmp_path, monkeypatch, step):
        file = tmp_path / "entries.csv"
        write_entries(file, [entry("2026-03-05", "fee", 10)])
        before = file.read_bytes()

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
        with pytest.raises(OSError, match="No space left"):
            write_entries(file, [entry("2026-03-05", "fee", 99)])
        assert file.read_bytes() == before
        assert list(tmp_path.iterdir()) == [file]

    def test_entries_that_cannot_be_computed_leave_no_file(self, tmp_path):
        def entries():
            yield entry("2026-03-05", "fee", 10)
            raise RuntimeError("half way")

        with pytest.raises(RuntimeError):
            write_entries(tmp_path / "entries.csv", entries())
        assert list(tmp_path.iterdir()) == []
