"""A file is written whole or not at all."""

import pytest

from cae_core import InputError
from cae_core.exchange.year_files import write_atomically, year_csv, year_dict


class TestWriteAtomically:
    """Written beside under another name, then renamed."""

    def test_a_new_file_and_one_replaced(self, tmp_path):
        file = tmp_path / "out.csv"
        write_atomically(file, "a;é\n")
        write_atomically(file, "b;è\n")
        assert file.read_bytes() == "b;è\n".encode()
        assert list(tmp_path.iterdir()) == [file]

    def test_a_failure_leaves_what_was_there(self, tmp_path, monkeypatch):
        file = tmp_path / "out.csv"
        file.write_text("before", "utf-8")

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(InputError, match="cannot be written: No space left"):
            write_atomically(file, "after")
        assert file.read_text("utf-8") == "before"
        assert list(tmp_path.iterdir()) == [file]

    def test_a_folder_is_no_file(self, tmp_path):
        with pytest.raises(InputError, match="cannot be written"):
            write_atomically(tmp_path, "text")


class TestYear:
    """No month at all is still a table and an object."""

    def test_no_month(self):
        assert year_csv([]).startswith("month;turnover;")
        assert year_csv([]).count("\n") == 1
        assert year_dict([])["months"] == []
        assert year_dict([])["totals"]["net_paid"] == "0.00"
