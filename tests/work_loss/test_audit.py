"""The audit of April 2020: five people by hand, a cooperative of 130, and files with broken rows."""

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_loss_samples import HERE, LAW, ROOT, history

from cae_core.calendar import Month
from cae_core.errors import InputError, InputErrors
from cae_core.exchange.audit_file import audit_csv, audit_json, read_people
from cae_core.explain.audit_html import audit_html
from cae_core.france.partial_activity import (
    AuditPerson,
    AuditSettings,
    Decision,
    FloorPolicy,
    Ground,
    HoursMethod,
    Regime,
    Standing,
    WorkState,
    audit,
)

FOLDER = ROOT / "examples" / "audit_2020"
PLACED = AuditSettings(placed_on="2020-03-17")
APRIL, MAY, JUNE = Month(2020, 4), Month(2020, 5), Month(2020, 6)


def audited(file, settings=PLACED):
    given_ = read_people(file)
    return audit(LAW, given_.people, given_.months, settings, given_.problems)


def alone(months=(APRIL,), settings=PLACED, **about):
    person = AuditPerson(**{"code": "1", "standing": Standing.CESA, "state": WorkState.STOPPED, **about})
    return audit(LAW, [person], months, settings).lines


class TestFivePeople:
    """The five people worked out by hand in the research note, April 2020."""

    done = audited(FOLDER / "five_people.csv")

    def test_the_golden_file(self):
        assert audit_csv(self.done) == (HERE / "golden" / "five_people.csv").read_text("utf-8")

    @pytest.mark.parametrize(
        ("code", "decision", "hours", "indemnity", "allowance", "levies", "net"),
        [
            ("1", Decision.WORKING, 0, 0, 0, 0, None),
            ("2", Decision.PARTIAL, 91_00, 756_21, 756_21, 0, 1_317_81),
            ("3", Decision.TOTAL, 88_67, 712_02, 712_02, 0, 712_02),
            ("4", Decision.TOTAL, 151_67, 1_820_04, 1_820_04, 119_81, 1_700_23),
            ("5", Decision.NOT_EMPLOYEE, 0, 0, 0, 0, None),
        ],
    )
    def test_by_hand(self, code, decision, hours, indemnity, allowance, levies, net):
        (line,) = (line for line in self.done.lines if line.person.code == code)
        assert line.decision is decision
        assert (line.hours, line.indemnity_cents, line.allowance_cents) == (hours, indemnity, allowance)
        assert (line.levies_cents, line.net_cents) == (levies, net)

    def test_levies_of_david(self):
        levies = self.done.lines[3].levies
        parts = (levies.csg_deductible_cents, levies.csg_non_deductible_cents, levies.crds_cents)
        assert parts == (67_95, 42_92, 8_94)

    def test_totals(self):
        totals = [
            self.done.total(APRIL, f"{what}_cents") for what in ("indemnity", "allowance", "cost", "levies")
        ]
        assert totals == [3_288_27, 3_288_27, 0, 119_81]
        assert self.done.total(APRIL, "hours") == 331_34
        assert sum(line.decision.placed for line in self.done.lines) == 3
        assert self.done.headcount == 4

    def test_other_methods(self):
        by_pay = audited(
            FOLDER / "five_people.csv",
            AuditSettings(
                placed_on="2020-03-17", method=HoursMethod.VRP_LIKE, floor_policy=FloorPolicy.LETTER
            ),
        )
        assert [line.indemnity_cents for line in by_pay.lines[:3]] == [0, 756_13, 1_217_91]

    def test_the_quarter_of_david(self):
        """151.67 hours in April validate nothing; with May he has passed 220: a first quarter."""
        april, may = alone((APRIL, MAY), history=history("2020-02", 1000, 5000, 1500, 3500, 2000))
        assert (april.hours_in_year, april.pension_quarters) == (151_67, 0)
        assert (may.hours_in_year, may.pension_quarters) == (303_34, 1)

    def test_childcare_is_sick_leave_in_april(self):
        codes = [reason.code for reason in self.done.lines[0].reasons if not reason.met]
        assert codes == ["childcare_sick_leave"]


class TestChildcare:
    """Until 30 April 2020 a sick leave; from 1 May partial activity, without any economic reason."""

    def test_seventy_hours_of_may(self):
        april, may = alone(
            (APRIL, MAY),
            state=WorkState.WORKING,
            history=history("2020-02", *[2400] * 12),
            childcare_hours=70_00,
            kept_net={MAY: 100_000},
        )
        assert (april.decision, april.indemnity_cents) == (Decision.WORKING, 0)
        assert (may.decision, may.hours) == (Decision.CHILDCARE, 70_00)
        assert (may.indemnity_cents, may.allowance_cents) == (774_90, 774_90)

    def test_it_comes_after_what_is_lost(self):
        (line,) = alone((MAY,), history=history("2020-02", *[2400] * 12), childcare_hours=70_00)
        assert (line.decision, line.hours) == (Decision.TOTAL, 151_67)

    def test_over_within_july(self):
        """Childcare stopped on 6 July 2020: the hours of the month are to be looked at."""
        (line,) = alone(
            (Month(2020, 7),),
            state=WorkState.WORKING,
            history=history("2020-02", *[2400] * 12),
            childcare_hours=14_00,
            kept_net={Month(2020, 7): 150_000},
        )
        assert line.decision is Decision.CHILDCARE
        assert [reason.code for reason in line.reasons if not reason.met] == ["regime_ends_within"]
        assert line.needs_review

    def test_closed_in_august(self):
        (line,) = alone(
            (Month(2020, 8),),
            state=WorkState.WORKING,
            history=history("2020-02", *[2400] * 12),
            childcare_hours=70_00,
        )
        assert line.decision is Decision.WORKING
        assert [reason.code for reason in line.reasons if not reason.met] == ["regime_open"]


class TestDecisions:
    """Each person, and why."""

    paid = history("2020-02", *[1800] * 12)

    def test_no_pay_before(self):
        (line,) = alone()
        assert line.decision is Decision.REVIEW
        assert [reason.code for reason in line.reasons if not reason.met] == ["paid_before"]
        (line,) = alone(history=history("2020-02", *[0] * 12))
        assert line.decision is Decision.REVIEW

    def test_a_manager_is_examined(self):
        (line,) = alone(standing=Standing.MANAGER, history=self.paid)
        assert line.decision is Decision.REVIEW
        assert line.needs_review

    def test_no_loss(self):
        (line,) = alone(state=WorkState.REDUCED, history=self.paid, baseline_cents=100, expected={APRIL: 100})
        assert (line.decision, line.indemnity_cents) == (Decision.NO_LOSS, 0)

    def test_a_working_person_is_never_paid_by_pay_lost(self):
        settings = AuditSettings(placed_on="2020-03-17", method=HoursMethod.VRP_LIKE)
        (line,) = alone(settings=settings, state=WorkState.WORKING, history=self.paid)
        assert (line.decision, line.indemnity_cents) == (Decision.WORKING, 0)

    def test_proof_and_net_pay(self):
        (line,) = alone(
            state=WorkState.REDUCED,
            history=history("2020-02", *[4000] * 12),
            baseline_cents=100,
            expected={APRIL: 40},
            evidence=False,
        )
        codes = [reason.code for reason in line.reasons if not reason.met]
        assert codes == ["evidence", "kept_net_known"]
        assert line.levies_cents == line.levies.full_cents
        assert line.net_cents is None

    def test_a_regime_that_ends_during_the_audit(self):
        """Protected sectors follow the general rates from September 2021: 70 and 52, then 60 and 36."""
        settings = AuditSettings(placed_on="2021-08-01", regime=Regime.PROTECTED)
        august, september = alone(
            (Month(2021, 8), Month(2021, 9)), settings, history=history("2021-07", 4000)
        )
        assert (august.indemnity_cents, august.allowance_cents) == (2_799_83, 2_079_40)
        assert (september.indemnity_cents, september.allowance_cents) == (2_399_42, 1_439_35)
        assert "regime_open" in [reason.code for reason in september.reasons if not reason.met]

    def test_before_the_epidemic(self):
        """70 % without a floor, and a flat refund that never exceeds what is paid."""
        settings = AuditSettings(placed_on="2019-06-03", ground=Ground.ECONOMY)
        rich, poor = (
            alone((Month(2019, 6),), settings, history=history("2019-05", euros))[0] for euros in (3042, 1000)
        )
        # 20.06 an hour: 14.04, of which 7.74 refunded; 10.03 an hour: 7.02, all of it refunded.
        assert (rich.parts[0].hourly.indemnity_cents, rich.parts[0].hourly.allowance_cents) == (14_04, 7_74)
        assert (poor.parts[0].hourly.indemnity_cents, poor.parts[0].hourly.allowance_cents) == (7_02, 7_02)
        assert rich.pension_quarters == 0
        assert "value_to_review" not in [reason.code for reason in rich.reasons]

    def test_the_quota_of_the_year(self):
        """A hundred hours a person and year for modernisation; January opens a new year."""
        settings = AuditSettings(placed_on="2020-11-02", ground=Ground.MODERNISATION)
        months = [Month(2020, 11) + rank for rank in range(4)]
        lines = alone(months, settings, history=history("2020-10", 1000))
        assert [line.hours for line in lines] == [98_52, 1_48, 98_52, 1_48]
        assert [line.hours_in_year for line in lines] == [98_52, 100_00, 98_52, 100_00]

    def test_longer_than_an_authorisation(self):
        """Since July 2021 three months at most: October cannot be asked with July."""
        settings = AuditSettings(placed_on="2021-07-01", ground=Ground.ECONOMY)
        with pytest.raises(InputError, match="from 2021-07-01 to 2021-09-30, got 2021-10-31"):
            alone([Month(2021, 7), Month(2021, 10)], settings, history=history("2021-06", 1800))

    @pytest.mark.parametrize("months", [(), (MAY, APRIL), (Month(2020, 2),)])
    def test_months_that_cannot_be(self, months):
        with pytest.raises(InputError, match="months in order, not before 2020-03"):
            alone(months)

    @given(
        st.lists(st.integers(0, 5_000), min_size=1, max_size=12),
        st.sampled_from(WorkState),
        st.sampled_from(HoursMethod),
        st.integers(0, 200),
        st.integers(0, 151_67),
    )
    def test_never_a_gain(self, pays, state, method, expected, childcare):
        settings = AuditSettings(placed_on="2020-03-17", method=method)
        for line in alone(
            (APRIL, MAY, JUNE),
            settings,
            state=state,
            history=history("2020-02", *pays),
            baseline_cents=100,
            expected=dict.fromkeys((APRIL, MAY, JUNE), expected),
            childcare_hours=childcare,
        ):
            assert 0 <= line.allowance_cents <= line.indemnity_cents
            assert line.hours <= 151_67
            assert bool(line.parts) is line.decision.placed or not line.hours


class TestCooperative:
    """130 people, made with a fixed seed by the script beside the file."""

    file = FOLDER / "people.csv"

    def test_made_by_the_script(self):
        done = subprocess.run(
            [sys.executable, FOLDER / "make_people.py"], capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout == self.file.read_text("utf-8")

    def test_everybody_every_month(self):
        done = audited(self.file)
        assert len(done.lines) == 390
        assert done.problems == ()
        for month in done.months:
            assert sum(done.decisions(month).values()) == 130
            assert done.total(month, "allowance_cents") <= done.total(month, "indemnity_cents")

    def test_rates_change_in_june(self):
        """Refunded in full in April and May, 60 of 70 from June: the cooperative starts to pay."""
        done = audited(self.file)
        assert done.total(APRIL, "cost_cents") == done.total(MAY, "cost_cents") == 0
        assert done.total(JUNE, "cost_cents") > 0

    def test_the_order_of_rows_does_not_matter(self, tmp_path):
        header, *rows = self.file.read_text("utf-8").splitlines()
        turned = tmp_path / "turned.csv"
        turned.write_text("\n".join([header, *reversed(rows)]), "utf-8")
        one, other = audited(self.file), audited(turned)
        assert sorted(audit_csv(one).splitlines()) == sorted(audit_csv(other).splitlines())

    def test_json(self):
        data = json.loads(audit_json(audited(self.file)))
        assert data["timetable"]["request_by"] == "2020-04-16"
        assert [month["month"] for month in data["months"]] == ["2020-04", "2020-05", "2020-06"]
        assert sum(float(line["indemnity"]) for line in data["lines"]) == pytest.approx(
            sum(float(month["indemnity"]) for month in data["months"])
        )

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_html_needs_nothing_else(self, lang):
        page = audit_html(audited(self.file), lang)
        assert page.startswith("<!DOCTYPE html>")
        for outside in ("http:", "https:", "src=", "<link", "<script", "@import", "url("):
            assert outside not in page
        assert page.count("<tr") == page.count("</tr>")
        assert all(f"P{number:03d}" in page for number in range(1, 131))

    def test_html_escapes_what_people_wrote(self, tmp_path):
        file = tmp_path / "people.csv"
        file.write_text(
            "numero;statut;etat;metier;paie_2020-02;ca_prevu_2020-04\n1;CESA;arrêté;<b>café</b>;100;\n",
            "utf-8",
        )
        page = audit_html(audited(file))
        assert "&lt;b&gt;café&lt;/b&gt;" in page
        assert "<b>" not in page


HEADER = "numero;statut;etat;metier;ca_habituel;paie_2020-01;paie_2020-02;ca_prevu_2020-04"
GOOD = "1;CESA;arrêté;bois;100;1000;1000;0"


def read(tmp_path, *lines, encoding="utf-8"):
    file = tmp_path / "people.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return read_people(file)


class TestBrokenRows:
    """A broken row is reported with its line, and spoils no other."""

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("2;CESA;arrêté;bois;100;1000", r"line 3: expected 8 cells, got 6"),
            (
                ";CESA;arrêté;bois;100;1000;1000;0",
                r"line 3, column 'numero': expected the number of the person",
            ),
            (
                "2;CDI;arrêté;bois;100;1;1;0",
                r"line 3, column 'statut': expected one of CAPE, CESA, associé \(ASSOCIATE\), mandataire",
            ),
            (
                "2;CESA;fini;bois;100;1;1;0",
                r"line 3, column 'etat': expected one of travaille \(working\), réduit",
            ),
            ("2;CESA;arrêté;bois;100;mille;1;0", r"line 3, column 'paie_2020-01': must be a plain number"),
            (
                "2;CESA;arrêté;bois;100;-1;1;0",
                r"line 3, column 'paie_2020-01': expected zero or more, got '-1'",
            ),
            ("2;CESA;arrêté;bois;100;1,005;1;0", r"line 3, column 'paie_2020-01': must have at most two dec"),
            ("2;CESA;réduit;bois;;1;1;0", r"line 3: expected the usual turnover, got nothing"),
            ("2;CESA;réduit;bois;100;1;1;", r"line 3: expected the turnover of 2020-04, got nothing"),
            ("1;CESA;arrêté;bois;100;1;1;0", r"line 3: the number '1' is given twice"),
            ('2;"CESA;arrêté;bois;100;1;1;0', r"line 3: expected well-formed CSV"),
        ],
    )
    def test_one_in_three(self, tmp_path, row, message):
        last = "3;associé;arrêté;bois;100;1000;1000;0"
        done = read(tmp_path, HEADER, GOOD, row, last)
        assert [person.code for person in done.people] == ["1", "3"]
        (problem,) = done.problems
        assert str(problem).startswith(str(tmp_path))
        assert re.search(message, str(problem))
        page = audit_html(audit(LAW, done.people, done.months, PLACED, done.problems))
        assert "Lignes non lues" in page

    def test_a_hole_between_two_months(self, tmp_path):
        header = HEADER.replace("paie_2020-01", "paie_2019-12;paie_2020-01")
        done = read(tmp_path, header, "1;CESA;arrêté;bois;100;1000;;1000;0")
        assert "expected the pay of 2020-01, between two months paid (0 without pay)" in str(done.problems[0])
        assert read(tmp_path, header, "1;CESA;arrêté;bois;100;;;1000;0").problems == ()

    def test_another_encoding_in_one_row(self, tmp_path):
        file = tmp_path / "people.csv"
        file.write_bytes(
            b"\xef\xbb\xbf"
            + HEADER.encode()
            + b"\n1;CESA;arr\xeat\xe9;bois;100;1;1;0\n"
            + GOOD.encode()
            + b"\n"
        )
        done = read_people(file)
        assert [person.code for person in done.people] == ["1"]
        assert "line 2: expected UTF-8, got the byte 0xea at position 10" in str(done.problems[0])

    def test_every_problem_of_a_row(self, tmp_path):
        done = read(tmp_path, HEADER, "2;CDI;fini;bois;100;mille;1;0", GOOD)
        assert len(done.problems) == 3

    def test_english_words(self, tmp_path):
        done = read(
            tmp_path,
            "number,standing,state,pay_2020-02,expected_turnover_2020-04,kept_net_2020-04,evidence",
            "1,cesa,stopped,1000.50,,,no",
        )
        (person,) = done.people
        assert (person.standing, person.state, person.evidence) == (Standing.CESA, WorkState.STOPPED, False)
        assert person.history["2020-02"].gross_pay_cents == 1_000_50

    @pytest.mark.parametrize(
        ("header", "message"),
        [
            ("", "expected a first row"),
            (
                "numero;statut;etat;paie_2020-02",
                "expected a column expected_turnover_2020-04 or ca_prevu_2020-04",
            ),
            (HEADER + ";age", "unknown column 'age'; known: numero"),
            (HEADER + ";paie_2020-13", "column 'paie_2020-13': expected a month"),
            (HEADER + ";paie_2020-02", "gives pay a second time"),
            (HEADER.replace("numero", "nom"), "expected a column code or numero, got none"),
        ],
    )
    def test_a_first_row_that_cannot_be_used(self, tmp_path, header, message):
        with pytest.raises(InputErrors) as raised:
            read(tmp_path, header, GOOD)
        assert message in str(raised.value) or header == ""


class TestCommand:
    """``cae audit FILE``: a report on the screen and in files; a broken row makes it leave with 1."""

    def run(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "cae_core.cli", "audit", *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "120", "PATH": ""},
        )

    def test_files(self, tmp_path):
        names = [tmp_path / f"report.{kind}" for kind in ("csv", "html", "json")]
        done = self.run(
            FOLDER / "five_people.csv", "--placed-on", "2020-03-17",
            "--csv", names[0], "--html", names[1], "--json", names[2],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert names[0].read_text("utf-8") == (HERE / "golden" / "five_people.csv").read_text("utf-8")
        assert "Audit d'activité partielle" in names[1].read_text("utf-8")
        assert json.loads(names[2].read_text("utf-8"))["settings"]["method"] == "equivalent_of_mean"
        for said in ("16 avril 2020", "3 288,27", "119,81", "arrêt de travail dérogatoire"):
            assert said in done.stdout.replace("\u202f", " ").replace("\xa0", " ")

    def test_a_broken_row(self, tmp_path):
        file = tmp_path / "people.csv"
        file.write_text("\n".join([HEADER, GOOD, "2;CDI;arrêté;bois;100;1;1;0"]), "utf-8")
        done = self.run(file, "--csv", tmp_path / "out.csv")
        assert done.returncode == 1
        assert "ligne 3, colonne 'statut'" in done.stderr
        assert len((tmp_path / "out.csv").read_text("utf-8").splitlines()) == 2

    def test_bad_options(self):
        file = FOLDER / "five_people.csv"
        assert self.run(file, "--placed-on", "2020-05-02").returncode == 2
        assert self.run(file, "--placed-on", "hier").returncode == 2
        assert self.run(file, "--headcount", "0").returncode == 2
        assert self.run("nothing.csv").returncode == 2

    def test_english(self):
        done = self.run(FOLDER / "five_people.csv", "--lang", "en")
        assert done.returncode == 0
        assert "Audit of partial activity" in done.stdout
