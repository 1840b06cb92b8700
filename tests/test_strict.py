"""Reading a mapping that a person wrote: every key is asked for, every problem is kept for the end."""

from decimal import Decimal

import pytest

from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.strict import StrictTable, count, flag, positive_cents, text


def problems_of(table: StrictTable) -> list[str]:
    with pytest.raises(InputErrors) as caught:
        table.finish("is not usable")
    assert str(caught.value).startswith(f"{table.where} is not usable\n")
    return [str(problem) for problem in caught.value.exceptions]


class TestTake:
    """A key is read, missing, or kept as a problem."""

    def test_what_is_there_is_converted(self):
        table = StrictTable({"name": " Arches ", "pay": "12,50", "people": 3, "open": True}, "a.toml")
        assert table.take("name", text) == "Arches"
        assert table.take("pay", positive_cents) == 1250
        assert table.take("people", count) == 3
        assert table.take("open", flag) is True
        table.finish("is not usable")

    def test_a_default_is_given_as_it_is(self):
        table = StrictTable({}, "a.toml")
        marker = object()
        assert table.take("name", text, marker) is marker
        assert table.take("other", text, None) is None
        table.finish("is not usable")

    def test_a_missing_key_names_its_place(self):
        table = StrictTable({}, "a.toml")
        assert table.take("name", text) is None
        assert problems_of(table) == ["a.toml: name: is missing"]

    def test_an_empty_value_is_not_a_missing_key(self):
        """A default never hides what was written."""
        table = StrictTable({"name": ""}, "a.toml")
        assert table.take("name", text, "default") is None
        assert problems_of(table) == ["a.toml: name: expected a text, got ''"]

    def test_the_place_of_an_amount_is_said_once(self):
        table = StrictTable({"pay": 900.5, "fee": "1.234"}, "a.toml")
        table.take("pay", positive_cents)
        table.take("fee", positive_cents)
        found = problems_of(table)
        assert found[0].startswith("a.toml: pay: must be an int, a Decimal or a str, not float (got 900.5)")
        assert found[1] == "a.toml: fee: must have at most two decimals (got '1.234')"

    def test_every_problem_of_a_group_is_kept(self):
        def convert(value, where):
            raise InputErrors("two", [InputError(where, "first"), InputError(where, "second")])

        table = StrictTable({"rows": 1}, "a.toml")
        assert table.take("rows", convert) is None
        assert problems_of(table) == ["a.toml: rows: first", "a.toml: rows: second"]

    def test_an_error_nobody_meant_is_not_swallowed(self):
        """A mistake in the program is no problem of the file."""
        table = StrictTable({"rows": 1}, "a.toml")
        with pytest.raises(ZeroDivisionError):
            table.take("rows", lambda value, where: value // 0)

    def test_contains(self):
        table = StrictTable({"name": None}, "a.toml")
        assert "name" in table
        assert "other" not in table


class TestUnknownKeys:
    """A key nobody asks for is a mistake, most often of spelling."""

    def test_a_close_name_is_suggested(self):
        table = StrictTable({"headcont": 3, "headcount": 3}, "a.toml")
        table.take("headcount", count)
        assert problems_of(table) == ["a.toml: headcont: unknown key; did you mean 'headcount'?"]

    def test_else_the_known_names_are_listed(self):
        table = StrictTable({"zzz": 3}, "a.toml")
        table.take("name", text, "")
        table.take("people", count, 0)
        assert problems_of(table) == ["a.toml: zzz: unknown key; known: name, people"]

    def test_they_come_with_all_the_rest(self):
        table = StrictTable({"nme": "x", "people": -1}, "a.toml")
        table.take("name", text)
        table.take("people", count)
        assert problems_of(table) == [
            "a.toml: name: is missing",
            "a.toml: people: expected a whole number, zero or more, got -1",
            "a.toml: nme: unknown key; did you mean 'name'?",
        ]


class TestNested:
    """A table inside a table shares its problems and says its place."""

    def test_a_table_under_a_key(self):
        outer = StrictTable({"cover": {"employer": "-1"}}, "a.toml")
        outer.table("cover").take("employer", positive_cents)
        assert problems_of(outer) == ["a.toml: cover: employer: expected zero or more, got '-1'"]

    def test_a_missing_table_is_one_problem_not_one_per_key(self):
        outer = StrictTable({}, "a.toml")
        inner = outer.table("cover")
        assert inner.take("employer", positive_cents) is None
        assert problems_of(outer) == ["a.toml: cover: is missing"]

    def test_a_table_that_may_be_missing(self):
        outer = StrictTable({}, "a.toml")
        assert outer.table("cover", required=False).take("employer", positive_cents, 0) == 0
        outer.finish("is not usable")

    def test_something_else_than_a_table_is_one_problem(self):
        outer = StrictTable({"cover": 25}, "a.toml")
        outer.table("cover").take("employer", positive_cents)
        assert problems_of(outer) == ["a.toml: cover: expected a table of keys and values, got 25"]

    def test_the_whole_is_not_a_table(self):
        table = StrictTable(["name"], "a.toml")
        table.take("name", text)
        assert problems_of(table) == ["a.toml: expected a table of keys and values, got ['name']"]

    def test_a_list_of_tables_counts_from_one(self):
        outer = StrictTable({"activity": [{"code": "a"}, {"code": ""}, 3]}, "a.toml")
        assert [row.take("code", text) for row in outer.tables("activity")] == ["a", None, None]
        assert problems_of(outer) == [
            "a.toml: activity[2]: code: expected a text, got ''",
            "a.toml: activity[3]: expected a table of keys and values, got 3",
        ]

    def test_no_list_is_an_empty_list(self):
        table = StrictTable({}, "a.toml")
        assert list(table.tables("activity")) == []
        table.finish("is not usable")

    @pytest.mark.parametrize("wrong", ["a", {"code": "a"}, 3])
    def test_another_thing_than_a_list(self, wrong):
        table = StrictTable({"activity": wrong}, "a.toml")
        assert list(table.tables("activity")) == []
        assert problems_of(table) == [f"a.toml: activity: expected a list of tables, got {wrong!r}"]


class TestConverters:
    """Each says what it wanted and what came."""

    @pytest.mark.parametrize("wrong", ["", "  ", 3, None, ["a"]])
    def test_text(self, wrong):
        with pytest.raises(InputError, match="here: expected a text, got"):
            text(wrong, "here")

    @pytest.mark.parametrize("wrong", [0, 1, "true", None])
    def test_flag(self, wrong):
        with pytest.raises(InputError, match="here: expected true or false, got"):
            flag(wrong, "here")

    @pytest.mark.parametrize("wrong", [-1, True, 1.0, "1", None, Decimal(1)])
    def test_count(self, wrong):
        with pytest.raises(InputError, match="here: expected a whole number, zero or more, got"):
            count(wrong, "here")

    def test_positive_cents(self):
        assert positive_cents("0", "here") == 0
        assert positive_cents(Decimal("900.0"), "here") == 90_000
        with pytest.raises(InputError, match="here: expected zero or more, got '-0.01'"):
            positive_cents("-0.01", "here")
        with pytest.raises(AmountError, match="here must have at most two decimals"):
            positive_cents(Decimal("900.005"), "here")
