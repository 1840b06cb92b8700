"""Statutes, meetings and years from files: read whole or refused with everything that is wrong."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from cae_core import load
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.cooperative_results import meeting_dict, meeting_json, surplus_csv, surplus_dict
from cae_core.exchange.meeting_file import read_meeting
from cae_core.exchange.statutes_file import read_statutes, statutes_from_mapping
from cae_core.exchange.surplus_file import read_surplus
from cae_core.france.cooperative_law.surplus import cooperative_year
from cae_core.membership import Basis, LossOrder, Vote

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "cooperative"
GOOD = {
    "name": "Coopérative des Arches",
    "legal_form": "scop_sarl",
    "adopted_on": dt.date(2023, 6, 12),
    "share_value": "20.00",
}


@pytest.fixture
def folder(tmp_path):
    """A copy of the example that a test may spoil."""
    for file in EXAMPLES.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path / file.name)
    return tmp_path


def spoil(file, *pairs):
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def problems(read, path):
    with pytest.raises(InputErrors) as raised:
        read(path)
    return [str(one) for one in raised.value.exceptions]


class TestStatutes:
    def test_the_example(self):
        found = read_statutes(EXAMPLES / "statutes.toml")
        assert (found.share_value_cents, found.pay_rate.ppm, found.employees_rate.ppm) == (
            20_00,
            20_000,
            450_000,
        )
        assert found.split.seniority == ((0, 100), (3, 110), (6, 125))
        assert (found.refund.loss_order, found.refund.instalments) == (LossOrder.RESERVES_FIRST, 5)
        first, second = found.decisions["ordinary"]
        assert (first.quorum, second.quorum, first.basis) == (Fraction(1, 3), 0, Basis.CAST)
        assert str(first.citations[0]) == "Statuts de « Coopérative des Arches » du 2023-06-12"
        load().legal_form(found.legal_form).check(found, load().rights.on(dt.date(2026, 6, 12)))

    def test_the_least_there_is(self):
        found = statutes_from_mapping(GOOD, "s.toml")
        assert (found.split, found.colleges, found.decisions) == (None, (), {})
        assert found.contract_end_ends_status is None

    def test_everything_that_is_wrong(self):
        wrong = {
            **GOOD,
            "adopted_on": "yesterday",
            "share_value": "-1",
            "pay_rat": "2",
            "holding_ceiling": 1.5,
            "college_count": "some",
            "split": {"by_pay": "60", "equally": "50"},
            "refund": {"loss_order": "first", "delay": 3},
            "decision": [{"kind": "ordinary", "majority": "3/2", "basis": "all"}],
            "college": [{"code": "a", "weight": "50"}],
        }
        with pytest.raises(InputErrors) as raised:
            statutes_from_mapping(wrong, "s.toml")
        found = [str(one) for one in raised.value.exceptions]
        assert str(raised.value).startswith("s.toml are not statutes")
        assert found == [
            "s.toml: adopted_on: expected a day such as 2026-03-31, got 'yesterday'",
            "s.toml: share_value: expected zero or more, got '-1'",
            found[2],
            "s.toml: split: split: expected parts that make 100 %, got 1100000 millionths",
            "s.toml: refund: loss_order: expected one of capital, reserves_first, proportional, got 'first'",
            "s.toml: refund: delay: unknown key; known: loss_order, delay_months, instalments",
            "s.toml: college_count: expected one of proportional, majority, got 'some'",
            "s.toml: college[1]: name: is missing",
            "s.toml: decision[1]: majority: expected a part such as \"1/2\", at most 1, got '3/2'",
            "s.toml: decision[1]: basis: expected one of roll, present, cast, got 'all'",
            "s.toml: pay_rat: unknown key; did you mean 'pay_rate'?",
        ]
        assert found[2].startswith("s.toml: holding_ceiling: must be an int, a Decimal or a str, not float")

    def test_colleges_make_a_hundred(self):
        college = [{"code": "a", "name": "A", "weight": "50"}, {"code": "a", "name": "B", "weight": "40"}]
        with pytest.raises(InputErrors) as raised:
            statutes_from_mapping({**GOOD, "college": college}, "s.toml")
        assert len(raised.value.exceptions) == 2

    def test_no_such_file_and_no_toml(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_statutes(tmp_path / "none.toml")
        (tmp_path / "bad.toml").write_text("name =", "utf-8")
        with pytest.raises(InputError, match="is not a TOML file"):
            read_statutes(tmp_path / "bad.toml")


class TestMeeting:
    def test_the_example(self):
        found = read_meeting(EXAMPLES / "meeting.toml")
        assert len(found.roll) == 13  # Hugo Delmas left on 31 March
        assert set(found.present) == {one.code for one in found.roll} - {"A08", "A13", "A10"}
        assert found.proxies == {"A10": "A02"}
        assert found.resolutions[0].votes == {"A05": Vote.AGAINST, "A14": Vote.ABSTAIN}
        assert found.resolutions[2].admits.admitted_on == found.held_on
        assert found.ledger.capital_on(found.held_on) == 705 * 20_00

    def test_present_may_be_given_instead(self, folder):
        spoil(folder / "meeting.toml", ('absent = ["A08", "A13"]', 'present = ["A01", "A02"]'))
        assert read_meeting(folder / "meeting.toml").present == ("A01", "A02")

    def test_everything_that_is_wrong_in_all_the_files(self, folder):
        spoil(
            folder / "meeting.toml",
            ("call = 1", "call = -1"),
            ('absent = ["A08", "A13"]', 'absent = "A08"'),
            ('against = ["A05"]\nabstain = ["A14"]', 'against = ["A05"]\nabstain = ["A05"]'),
            ('kind = "admission"\nothers = "for"', 'kind = "admission"\nothers = "yes"'),
        )
        spoil(
            folder / "associates.csv",
            ("A02;Bastien Lorrain;employed;12/06/2019", "A02;Bastien Lorrain;salarié;12/06/2019"),
            ("A03;Nadia Ferhat;employed;15/06/2020;;62", "A03;;employed;15/06/2020;;beaucoup"),
            ("A04;Yann Kerbrat;employed;14/06/2021", "A04;Yann Kerbrat;employed;14 juin 2021"),
            (
                "A12;Hugo Delmas;employed;12/06/2023;31/03/2026",
                "A12;Hugo Delmas;employed;12/06/2023;31/03/2020",
            ),
        )
        found = problems(read_meeting, folder / "meeting.toml")
        wanted = [
            "associates.csv, line 3: standing: expected one of employed",
            "associates.csv, line 4: shares: expected a whole number",
            "associates.csv, line 4: name: is missing",
            "associates.csv, line 5: admitted_on: expected a day such as 2026-12-31 or 31/12/2026",
            "associates.csv, line 13: ",
            "meeting.toml: call: expected a whole number",
            "meeting.toml: absent: expected a list of codes",
            "meeting.toml: resolution[1]: resolution '1': A05: has two ballots",
            "meeting.toml: resolution[3]: others: expected one of for, against, abstain",
        ]
        assert len(found) == len(wanted)
        for said, start in zip(found, wanted, strict=True):
            assert said.startswith(start)

    def test_present_and_absent_are_one_or_the_other(self, folder):
        spoil(folder / "meeting.toml", ('absent = ["A08", "A13"]', ""))
        assert problems(read_meeting, folder / "meeting.toml") == [
            "meeting.toml: present: expected either present or absent, a list of codes"
        ]

    def test_absent_strangers(self, folder):
        spoil(folder / "meeting.toml", ('"A08", "A13"', '"A08", "A12", "Z9"'))
        assert problems(read_meeting, folder / "meeting.toml") == [
            "meeting.toml: absent: A12 is not on the roll",
            "meeting.toml: absent: Z9 is not on the roll",
        ]

    def test_files_that_are_not_there(self, folder):
        (folder / "associates.csv").unlink()
        spoil(folder / "meeting.toml", ('statutes = "statutes.toml"', 'statutes = "statut.toml"'))
        assert problems(read_meeting, folder / "meeting.toml") == [
            "meeting.toml: statutes: no file 'statut.toml' beside meeting.toml",
            "meeting.toml: associates: no file 'associates.csv' beside meeting.toml",
        ]

    def test_columns(self, folder):
        spoil(folder / "associates.csv", ("code;nom;situation", "code;nom;code;rôle"))
        found = problems(read_meeting, folder / "meeting.toml")
        assert "associates.csv: column 'code' gives code a second time" in found
        assert any("unknown column 'rôle'" in one for one in found)

    @pytest.mark.parametrize(
        ("cell", "message"), [('"A', "expected well-formed CSV"), ("A;B;C;D;E;F;G;H", "expected 6 cells")]
    )
    def test_rows_that_are_no_rows(self, folder, cell, message):
        with (folder / "associates.csv").open("a", encoding="utf-8") as stream:
            stream.write(cell)
        assert any(message in one for one in problems(read_meeting, folder / "meeting.toml"))

    def test_a_file_in_another_encoding(self, folder):
        (folder / "associates.csv").write_bytes("code;nom\nA;É".encode("latin-1"))
        assert any("expected UTF-8" in one for one in problems(read_meeting, folder / "meeting.toml"))


class TestSurplus:
    def test_the_example(self):
        found = read_surplus(EXAMPLES / "surplus.toml")
        assert found.facts.surplus_cents == 38_417_23
        assert len(found.employees) == 15
        assert found.employees[0].hours_hundredths is None
        assert found.participation.headcount == 52

    def test_several_contracts_of_one_person(self, folder):
        with (folder / "employees.csv").open("a", encoding="utf-8") as stream:
            stream.write("E24;Louis Perrin;1 800,00;01/11/2025;\n")
        (louis,) = (one for one in read_surplus(folder / "surplus.toml").employees if one.code == "E24")
        assert louis.pay_cents == 8_000_00
        assert len(louis.spells) == 2

    def test_everything_that_is_wrong_in_all_the_files(self, folder):
        spoil(
            folder / "surplus.toml",
            ('surplus = "38417.23"', 'surplus = "38417.234"'),
            ('\ncapital = "14500.00"\n', "\n"),
            ("headcount = 52", "headcount = -1"),
        )
        spoil(
            folder / "employees.csv",
            ("A02;Bastien Lorrain;26310,50", "A02;Bastien Lorrain;beaucoup"),
            ("01/02/2024;30/09/2025", "01/02/2024;30/09/2023"),
        )
        with (folder / "employees.csv").open("a", encoding="utf-8") as stream:
            stream.write("A01;Claire Vassor;1;01/01/2025;\n")
        found = problems(read_surplus, folder / "surplus.toml")
        assert [one.split(": expected")[0].split(": must")[0] for one in found] == [
            "employees.csv, line 3: pay",
            "employees.csv, line 17: name",
            "employees.csv, line 16: interval: ends on 2023-09-30, before it starts on 2024-02-01",
            "surplus.toml: participation: headcount",
            "surplus.toml: surplus",
            "surplus.toml: capital: is missing",
        ]

    def test_figures_that_do_not_fit_each_other(self, folder):
        spoil(folder / "surplus.toml", ('highest_capital = "14900.00"', 'highest_capital = "14499.99"'))
        (found,) = problems(read_surplus, folder / "surplus.toml")
        assert "at least the capital" in found


def year_of(path):
    asked = read_surplus(path)
    rules = load()
    form = rules.legal_form(asked.statutes.legal_form)
    return cooperative_year(
        form,
        asked.statutes,
        asked.facts,
        asked.employees,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        law=rules.rights.on(asked.approved_on),
        bond_yield=asked.bond_yield,
    )


class TestResults:
    def test_csv_adds_up(self):
        year = year_of(EXAMPLES / "surplus.toml")
        rows = list(csv.DictReader(io.StringIO(surplus_csv(year)), delimiter=";"))
        assert len(rows) == 13
        total = sum(Fraction(row["amount"]) for row in rows)
        assert total * 100 == year.allocation.amount("employees")

    def test_json_carries_every_reason(self):
        data = surplus_dict(year_of(EXAMPLES / "surplus.toml"))
        assert sum(Fraction(line["amount"]) for line in data["allocation"]) == Fraction(data["surplus"])
        assert sum(Fraction(part["exact"]) for part in data["parts"]) == 1
        assert [one["code"] for one in data["without_right"]] == ["E23", "E24"]
        assert all(reason["text"] for reason in data["reasons"])
        english = surplus_dict(year_of(EXAMPLES / "surplus.toml"), lang="en")
        assert english["allocation"][0]["label"] == "Legal reserve (réserve légale)"

    def test_a_scic_has_no_parts(self):
        data = surplus_dict(year_of(EXAMPLES / "scic" / "surplus.toml"))
        assert data["parts"] == []
        assert [line["code"] for line in data["allocation"]] == [
            "legal_reserve",
            "further_reserve",
            "interest",
        ]

    def test_a_meeting(self):
        asked = read_meeting(EXAMPLES / "scic" / "meeting.toml")
        rules = load()
        form, law = rules.legal_form(asked.statutes.legal_form), rules.rights.on(asked.held_on)
        result = asked.under(form.meeting_rules(asked.statutes, law)).result()
        reasons = list(form.composition_reasons(asked.roll, asked.ledger.on(asked.held_on), law))
        data = meeting_dict(result, reasons)
        assert data == json.loads(meeting_json(result, reasons))
        assert [one["carried"] for one in data["resolutions"]] == [True, False]
        assert [college["for"] for college in data["resolutions"][1]["colleges"]] == ["1", "2", "0"]
        assert all(one["met"] for one in data["composition"])
