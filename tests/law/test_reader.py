"""The reader refuses a bad table and names the file and the key."""

import datetime as dt
from pathlib import Path

import pytest

from cae_core.errors import TableError
from cae_core.law import UNITS, load_parameters, read_parameters, read_toml

GOOD = """\
known_until = 2026-07-31
[ceiling]
french_name = "plafond"
unit = "EUR"
[[ceiling.values]]
in_force_from = 2025-01-01
value = "3925"
citation = "Arrêté du 19 décembre 2024"
source = "read"
[[ceiling.values]]
in_force_from = 2026-01-01
value = "4005"
citation = "Arrêté du 22 décembre 2025"
url = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053143451"
source = "read"
published_on = 2025-12-23
note = "why"
needs_review = true
"""


def table(folder: Path, text: str, name: str = "family.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


class TestGood:
    """A good table."""

    def test_every_key_arrives(self, tmp_path):
        ceiling = load_parameters([table(tmp_path, GOOD)])["ceiling"]
        assert (ceiling.name, ceiling.french_name, ceiling.unit) == ("ceiling", "plafond", "EUR")
        assert (ceiling.family, ceiling.known_until) == ("family", dt.date(2026, 7, 31))
        first, last = ceiling.values
        assert (first.value, first.note, first.needs_review, first.published_on) == (392_500, "", False, None)
        assert last.value == 400_500
        assert last.in_force_from == dt.date(2026, 1, 1)
        assert str(last.citation) == "Arrêté du 22 décembre 2025"
        assert last.citation.url.endswith("JORFTEXT000053143451")
        assert (last.source, last.note, last.needs_review) == ("read", "why", True)
        assert last.published_on == dt.date(2025, 12, 23)

    def test_a_folder_is_read_whole(self, tmp_path):
        table(tmp_path, GOOD, "a.toml")
        table(tmp_path, GOOD.replace("ceiling", "floor"), "b.toml")
        table(tmp_path, "not a table", "notes.txt")
        assert list(load_parameters(tmp_path)) == ["ceiling", "floor"]

    def test_one_file(self, tmp_path):
        assert list(load_parameters(table(tmp_path, GOOD))) == ["ceiling"]

    def test_a_parameter_may_be_known_for_another_time(self, tmp_path):
        text = GOOD.replace('unit = "EUR"', 'unit = "EUR"\nknown_until = 2026-12-31')
        assert load_parameters(table(tmp_path, text))["ceiling"].known_until == dt.date(2026, 12, 31)

    def test_keys_of_another_reader(self, tmp_path):
        file = table(tmp_path, GOOD + '[[contribution]]\ncode = "x"\n')
        assert list(load_parameters(file, other_keys=["contribution"])) == ["ceiling"]
        with pytest.raises(TableError, match="contribution"):
            load_parameters(file)

    def test_a_repeal(self, tmp_path):
        ceiling = load_parameters(table(tmp_path, GOOD.replace('value = "4005"', "repealed = true")))[
            "ceiling"
        ]
        assert (ceiling.values[1].value, ceiling.values[1].repealed) == (None, True)


BAD = {
    "a list instead of a table": (
        "[[ceiling.values]]\nin",
        "[[x]]\n[[ceiling.values]]\nin",
        "x: unknown key",
    ),
    "an unknown key at the top": ("known_until", "until", "until: unknown key"),
    "an unknown key of a parameter": ("french_name", "name", "ceiling.name: unknown key"),
    "an unknown key of a row": ("note", "remark", "ceiling.values, row 2, remark: unknown key"),
    "a name in capitals": ("ceiling", "Ceiling", "Ceiling: a name is in lower case"),
    "no known_until": ("known_until = 2026-07-31\n", "", "ceiling.known_until: missing"),
    "known_until before a row": (
        "2026-07-31",
        "2025-07-31",
        "ceiling.values: 'ceiling' is known until 2025-07-31",
    ),
    "no French name": ('french_name = "plafond"\n', "", "ceiling.french_name: missing"),
    "no unit": ('unit = "EUR"\n', "", "ceiling.unit: missing"),
    "an unknown unit": ('"EUR"', '"euros"', "ceiling.unit: unknown unit 'euros'; known: EUR"),
    "no citation": (
        'citation = "Arrêté du 22 décembre 2025"\n',
        "",
        "ceiling.values, row 2, citation: missing",
    ),
    "an empty citation": (
        "Arrêté du 19 décembre 2024",
        " ",
        "ceiling.values, row 1, citation: expected a text",
    ),
    "no source": ('"\nsource = "read"\n[', '"\n[', "ceiling.values, row 1, source: missing"),
    "no day": ("in_force_from = 2025-01-01\n", "", "ceiling.values, row 1, in_force_from: missing"),
    "a quoted day": ("2025-01-01", '"2025-01-01"', "ceiling.values, row 1, in_force_from: expected a day"),
    "a moment": ("2025-12-23", "2025-12-23T10:00:00", "ceiling.values, row 2, published_on: expected a day"),
    "days out of order": (
        "2025-01-01",
        "2026-02-01",
        "ceiling.values: the rows of 'ceiling' must go by first day",
    ),
    "no value": ('value = "4005"\n', "", "ceiling.values, row 2, value: missing; write repealed = true"),
    "a bare float": ('"4005"', "4005.0", "ceiling.values, row 2, value: expected a quoted number"),
    "a bare integer": ('"4005"', "4005", "ceiling.values, row 2, value: expected a quoted number"),
    "a French number": ('"4005"', '"4 005,00"', "ceiling.values, row 2, value: expected a plain number"),
    "a negative number": ('"4005"', '"-1"', "ceiling.values, row 2, value: expected a plain number"),
    "too many decimals": ('"4005"', '"4005.125"', "ceiling.values, row 2, value: EUR has at most 2 decimals"),
    "a value and a repeal": (
        "needs_review",
        "repealed",
        "ceiling.values, row 2, value: a repealed row has no value",
    ),
    "a flag that is false": ("= true", "= false", "ceiling.values, row 2, needs_review: expected true"),
    "an address that is none": ("https://", "", "ceiling.values, row 2, url: expected https://"),
    "not TOML": ("unit =", "unit", "TOML: "),
}


@pytest.mark.parametrize(("old", "new", "message"), BAD.values(), ids=BAD)
def test_bad_tables(tmp_path, old, new, message):
    assert old in GOOD
    with pytest.raises(TableError) as caught:
        load_parameters(table(tmp_path, GOOD.replace(old, new)))
    assert str(caught.value).startswith(f"family.toml: {message}")
    assert caught.value.file == "family.toml"


@pytest.mark.parametrize("values", ["values = []", "", "values = [1]"])
def test_rows_that_are_none(tmp_path, values):
    head = GOOD.partition("[[")[0]
    with pytest.raises(TableError, match=r"^family\.toml: ceiling\.values"):
        load_parameters(table(tmp_path, head + values))


def test_a_name_in_two_files_names_both(tmp_path):
    files = [table(tmp_path, GOOD, "a.toml"), table(tmp_path, GOOD, "b.toml")]
    with pytest.raises(TableError, match=r"^b\.toml: ceiling: already defined in a\.toml$"):
        load_parameters(files)


def test_content_already_read(tmp_path):
    content = read_toml(table(tmp_path, GOOD))
    assert read_parameters("tables/other.toml", content)["ceiling"].family == "other"


class TestUnits:
    """A text becomes an exact whole number, or is refused."""

    @pytest.mark.parametrize(
        ("unit", "text", "value"),
        [
            ("EUR", "4005", 400_500),
            ("EUR/hour", "12.02", 1_202),
            ("amount", "148200", 14_820_000),
            ("percent", "8.55", 85_500),
            ("percent", "0.016", 160),
            ("percent", "100", 1_000_000),
            ("coefficient", "0.3194", 3_194),
            ("multiple", "2.25", 225),
            ("hours", "151.67", 15_167),
            ("headcount", "2000", 2_000),
            ("headcount", "50.0", 50),
            ("number", "1.75", 175),
            ("scale_eur", [["0", "0"], ["1591", "0.5"]], ((0, 0), (159_100, 5_000))),
            ("scale_percent", [["0", "0.40"], ["1", "0.20"]], ((0, 4_000), (10_000, 2_000))),
            ("scale_people", [["0", "1.8"], ["2", "1.55"]], ((0, 18_000), (2, 15_500))),
            ("scale_amounts", [["0", "0"], ["1591", "425.59"]], ((0, 0), (159_100, 42_559))),
            ("scale_people_amounts", [["0", "0"], ["2", "1656"]], ((0, 0), (2, 165_600))),
        ],
    )
    def test_exact_parsing(self, unit, text, value):
        assert UNITS[unit].parse(text) == value

    @pytest.mark.parametrize(
        ("unit", "text", "message"),
        [
            ("percent", "100.01", "at most 100 percent"),
            ("percent", "8.55 %", "plain number"),
            ("percent", "8.55555", "at most 4 decimals"),
            ("headcount", "10.5", "at most 0 decimals"),
            ("coefficient", ".3194", "plain number"),
            ("EUR", "1e3", "plain number"),
            ("EUR", "٣", "plain number"),
            ("EUR", True, "quoted number"),
            ("EUR", [["0", "0"]], "quoted number"),
            ("scale_eur", "0", "expected pairs"),
            ("scale_eur", [["0"]], "expected pairs"),
            ("scale_eur", [["0", 1]], "quoted number"),
            ("scale_eur", [], "starts at 0"),
            ("scale_eur", [["1", "0"]], "starts at 0"),
            ("scale_eur", [["0", "0"], ["5", "1"], ["5", "2"]], "lower bounds increase"),
        ],
    )
    def test_refused(self, unit, text, message):
        with pytest.raises((ValueError, TypeError), match=message):
            UNITS[unit].parse(text)

    @pytest.mark.parametrize(
        ("unit", "value", "french", "english"),
        [
            ("EUR", 400_500, "4\u202f005,00\u00a0€", "€4,005.00"),
            ("EUR/hour", 1_202, "12,02\u00a0€/h", "€12.02/h"),
            ("amount", 14_820_000, "148\u202f200,00", "148,200.00"),
            ("percent", 160, "0,016\u00a0%", "0.016%"),
            ("coefficient", 200, "0,0200", "0.0200"),
            ("multiple", 160, "1,6", "1.6"),
            ("multiple", 800, "8", "8"),
            ("hours", 182_000, "1\u202f820\u00a0h", "1,820\u00a0h"),
            ("headcount", 50, "50", "50"),
            ("number", 0, "0", "0"),
        ],
    )
    def test_written_for_people(self, unit, value, french, english):
        assert UNITS[unit].format(value) == french
        assert UNITS[unit].format(value, "en") == english
