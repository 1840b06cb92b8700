"""A row of rights is the answer to the person herself; who has a bad month is told why, and nobody else."""

import datetime as dt
import json
import pickle
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import InputError, InputErrors, Month, UnknownNameError, load
from cae_core.errors import LawNotKnownError
from cae_core.france.protection.opening import WorkPattern
from cae_core.protection import MonthKind, PayHistory, PayMonth, Person

pa = pytest.importorskip("pyarrow")

from cae_core.exchange.frames import FindingsKernel, frame_findings  # noqa: E402
from cae_core.exchange.frames.findings import FINDING_COLUMNS  # noqa: E402
from cae_core.exchange.frames.history_columns import HISTORY_COLUMNS  # noqa: E402

RULES = load()
RIGHTS = tuple(RULES.entitlements)
ON = dt.date(2026, 3, 15)
SIX = [f"2025-{number:02d}" for number in range(1, 7)]
PUBLISHED = json.loads(
    (Path(__file__).parents[1] / "protection" / "published_examples.json").read_text("utf-8"),
    parse_float=Decimal,
)


@st.composite
def people(draw):
    """Some people: who, the day of each, her history and what does not change."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        on = draw(st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30)))
        last = Month.parse(on)
        months = [
            PayMonth(
                month=last + -back,
                gross_pay_cents=draw(st.integers(0, 600_000)),
                hours_hundredths=(hours := draw(st.none() | st.integers(0, 17_000))),
                hours_policy="" if hours is None else draw(st.sampled_from(["declared", "equivalent_hours"])),
                employed_days=draw(st.none() | st.integers(0, 28)),
                kind=draw(st.sampled_from(list(MonthKind))),
            )
            for back in sorted(draw(st.sets(st.integers(-1, 16), min_size=1, max_size=8)))
        ]
        days = st.none() | st.dates(dt.date(1960, 1, 1), dt.date(2023, 12, 31))
        person = Person(
            born_on=draw(days), entered_on=draw(days), affiliated_on=draw(days),
            children=draw(st.none() | st.integers(0, 4)),
        )  # fmt: skip
        found.append((f"P{number}", on, PayHistory(months), person))
    return found


def history_frame(found, *, order=None, on_one_row=False):
    """The frame of some people; what does not change on every row, or on one of them."""
    rows = []
    for name, on, history, person in found:
        for rank, month in enumerate(history.months):
            said = not on_one_row or rank == len(history.months) // 2
            rows.append({
                "person": name, "month": str(month.month), "gross_pay_cents": month.gross_pay_cents,
                "hours_hundredths": month.hours_hundredths, "hours_policy": month.hours_policy or None,
                "employed_days": month.employed_days, "kind": month.kind.value, "on": on if said else None,
                **{
                    name: getattr(person, name) if said else None
                    for name in ("born_on", "children", "entered_on", "affiliated_on")
                },
            })  # fmt: skip
    kinds = {"month": pa.string(), "hours_policy": pa.string(), "kind": pa.string(), "person": pa.string()}
    days = dict.fromkeys(("on", "born_on", "entered_on", "affiliated_on"), pa.date32())
    rows = rows if order is None else [rows[at] for at in order(len(rows))]
    return pa.table({
        name: pa.array([row[name] for row in rows], (kinds | days).get(name, pa.int64())) for name in rows[0]
    })  # fmt: skip


def asked(name, on, history, person, rights=RIGHTS, *facts, rules=RULES):
    """The rows of a person, from the answers to her."""
    rows = []
    for code in rights:
        right = rules.entitlements[code]
        if not right.exists_on(on, rules.rights):
            continue
        mine = [fact for fact in (person, *facts) if isinstance(fact, right.facts)]
        try:
            finding = rules.assess(code, history, on, *mine)
        except LawNotKnownError:
            rows.append((name, on, code, None, None, "LAW"))
            continue
        first = finding.amounts[0].value if finding.amounts and finding.granted is not False else None
        unmet = finding.objections[0].code if finding.objections and finding.granted is not True else None
        rows.append((name, on, code, finding.granted, first, unmet))
    return rows


def told(table):
    return [
        (row["person"], row["on"], row["right"], row["granted"], row["amount"], "LAW" if row["error"] else row["unmet"])
        for row in table.to_pylist()
    ]  # fmt: skip


def small(**columns):
    months = [str(Month(2025, 9) + rank) for rank in range(6)]
    return pa.table({
        "person": ["A"] * 6, "month": months, "gross_pay": ["2000"] * 6, "hours": ["151.67"] * 6,
        "affiliated_on": ["2020-01-01"] * 6, **columns,
    })  # fmt: skip


def errors(rights="sickness_daily_benefit", on=ON, **columns):
    found = frame_findings(small(**columns), rights=rights, on=on, lang="en").to_pylist()
    return [(row["right"], row["error"]) for row in found]


class TestEquality:
    """The answers are those of `rules.assess`, right after right."""

    @settings(max_examples=40)
    @given(people(), st.booleans(), st.randoms())
    def test_each_person_is_answered_as_if_she_were_alone(self, found, on_one_row, random):
        def order(count):
            return random.sample(range(count), count)

        table = history_frame(found, order=order, on_one_row=on_one_row)
        wanted = [row for name in dict.fromkeys(table["person"].to_pylist()) for each in found if each[0] == name
                  for row in asked(*each)]  # fmt: skip
        assert told(frame_findings(table)) == wanted

    def test_a_published_figure(self):
        """The daily benefit of three months at 2,000 €, as it is published for 2026."""
        published = next(each for each in PUBLISHED if each["id"] == "IJ-AMOUNT-2000")
        (row,) = frame_findings(small(), on=ON, rights="sickness_daily_benefit").to_pylist()
        assert row["granted"] is True
        assert Decimal(row["amount"]) == published["expected"]["ij"] * 100
        assert (row["amount_code"], row["unit"], row["per"]) == ("daily_benefit", "cents", "day")

    def test_a_refusal_says_its_first_reason(self):
        history = PayHistory([
            PayMonth(month=Month(2025, 1) + rank, gross_pay_cents=10_000, hours_hundredths=1_000,
                     hours_policy="declared") for rank in range(14)
        ])  # fmt: skip
        person = Person(affiliated_on="2020-01-01")
        table = history_frame([("A", ON, history, person)])
        (row,) = frame_findings(table, rights="sickness_daily_benefit", lang="en").to_pylist()
        finding = RULES.assess("sickness_daily_benefit", history, ON, person)
        assert (row["granted"], row["amount"], row["error"]) == (False, None, None)
        assert (row["unmet"], row["why"]) == (finding.objections[0].code, finding.objections[0].english)

    def test_what_nobody_said_is_named(self):
        table = small().drop_columns("hours")
        (row,) = frame_findings(table, on=ON, rights="unemployment_benefit").to_pylist()
        assert row["granted"] is None
        assert "Ending.kind" in row["missing_facts"]

    def test_facts_of_everybody(self):
        pattern = WorkPattern(discontinuous=True)
        table = small(month=[str(Month(2025, 3) + rank) for rank in range(6)])
        (name, history, person) = "A", PayHistory([
            PayMonth(month=Month(2025, 3) + rank, gross_pay_cents=200_000, hours_hundredths=15_167,
                     hours_policy="declared") for rank in range(6)
        ]), Person(affiliated_on="2020-01-01")  # fmt: skip
        codes = ("sickness_daily_benefit", "maternity_benefit", "wage_guarantee")
        with_it = frame_findings(table, on=ON, rights=codes, facts=[pattern])
        assert told(with_it) == asked(name, ON, history, person, codes, pattern)
        assert told(with_it) != told(frame_findings(table, on=ON, rights=codes))

    def test_all_rights_that_exist(self):
        before = frame_findings(small(), on=ON)["right"].to_pylist()
        assert before == [code for code in RIGHTS if RULES.entitlements[code].exists_on(ON, RULES.rights)]
        assert before != list(RIGHTS)

    def test_the_law_of_a_day_that_is_not_known(self):
        late = errors(on="2027-01-01")
        assert late[0][0] == "sickness_daily_benefit"
        assert late[0][1].endswith("last 31 July 2026.")
        found = frame_findings(
            small(), on="2027-01-01", rights="sickness_daily_benefit", assume_unchanged=True
        )
        assert (found["error"][0].as_py(), found["assumed"][0].as_py()) == (None, True)

    def test_rights_of_a_plugin(self, tmp_path, monkeypatch):
        """A right that a plugin declares is answered like the others."""
        info = tmp_path / "lucky-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lucky\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[cae_core.variants]\nfr-lucky = lucky_of_test\n")
        (tmp_path / "lucky_of_test.py").write_text(LUCKY, "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        rules = load("fr", "fr-lucky")
        found = frame_findings(small(), on=ON, rights="lucky", variants=rules).to_pylist()
        assert [(row["right"], row["granted"], row["amount"]) for row in found] == [("lucky", True, 6)]


LUCKY = """
from cae_core import hookimpl
from cae_core.protection import Amount, Entitlement
from cae_core.variants import VariantInfo, VariantKind


def formula(case):
    count = len(case.history.months)
    return case.finding(True, amounts=[Amount(code="months", french="mois", english="months", value=count, unit="months")])


@hookimpl
def cae_variant():
    yield VariantInfo(kind=VariantKind.SECTOR, french_name="Chance", english_name="Luck", requires=["fr"], version="1")


@hookimpl
def cae_register_entitlements():
    yield Entitlement(code="lucky", french_name="chance", english_name="luck", family="luck", formula=formula)
"""


class TestBadRows:
    """A person with a bad month has one row that says what is wrong; the others have their answers."""

    @pytest.mark.parametrize(
        ("columns", "said"),
        [
            ({"gross_pay": ["-1", *["2000"] * 5]}, "2025-09, gross_pay must not be negative (got '-1')"),
            ({"gross_pay": [None, *["2000"] * 5]}, "2025-09, gross_pay: is missing"),
            ({"hours": ["1.005", *["10"] * 5]}, "2025-09, hours must have at most two decimals (got '1.005')"),
            ({"hours": ["744.01", *["10"] * 5]}, "2025-09: hours must fit the month, in hundredths, got 74401"),
            ({"month": ["2025-9x", *SIX[1:]]}, "month: expected a month such as 2026-03, got '2025-9x'"),
            ({"month": ["2025-02", *SIX[1:]]}, "month: 2025-02 is given twice for this person"),
            ({"employed_days": [32, *[None] * 5]}, "2025-09, employed_days: expected a whole number from 0 to 31, got 32"),
            ({"employed_days": [31, *[None] * 5]}, "2025-09: employed days must be between 0 and 30, got 31"),
            ({"kind": ["cdi", *["cesa"] * 5]}, "2025-09, kind: expected one of employment, support, got 'cdi'"),
            ({"born_on": ["1980-02-30", *[None] * 5]}, "2025-09, born_on: expected a day such as 2026-03-31, got '1980-02-30'"),
            ({"born_on": ["1980-01-01", "1980-01-02", *[None] * 4]}, "born_on: expected one value a person, got 1980-01-01, 1980-01-02"),
            ({"children": [1, 2, *[1] * 4]}, "children: expected one value a person, got 1, 2"),
            ({"children": [-1, *[1] * 5]}, "2025-09, children: expected a whole number from 0 to 99, got -1"),
        ],
    )  # fmt: skip
    def test_reason(self, columns, said):
        assert errors(**columns) == [(None, said)]

    def test_every_reason_and_every_month(self):
        ((_, said),) = errors(gross_pay=["-1", "x", *["1"] * 4], children=[1, 1, 1, 1, 1, 2])
        assert said.count("; ") == 2
        assert "2025-10, gross_pay must be a plain number" in said

    def test_in_french_by_default(self):
        table = small(gross_pay=["-1", *["2000"] * 5], children=[1, 1, 1, 1, 1, 2])
        (row,) = frame_findings(table, on=ON).to_pylist()
        assert row["error"].replace("\xa0", " ") == (
            "2025-09, gross_pay ne doit pas être négatif (reçu : '-1') ; "
            "children : une seule valeur par personne ; reçu : 1, 2"
        )

    def test_her_own_day(self):
        days = [None, None, "2026-03-15", None, None, None]
        good = frame_findings(small(on=days), rights="wage_guarantee").to_pylist()
        assert [(row["on"], row["error"]) for row in good] == [(ON, None)]
        missing = frame_findings(small(on=[None] * 6), rights="wage_guarantee", lang="en").to_pylist()
        assert [(row["on"], row["right"], row["error"]) for row in missing] == [
            (None, None, "on: is missing")
        ]

    def test_a_row_that_names_nobody_is_told_apart(self):
        names = ["A", "A", None, "A", "A", "A"]
        found = frame_findings(small(person=names), rights="wage_guarantee", on=ON, lang="en").to_pylist()
        assert [(row["person"], row["right"], row["error"]) for row in found] == [
            ("A", "wage_guarantee", None), (None, None, "2025-11, person: is missing"),
        ]  # fmt: skip

    def test_one_percent_of_bad_rows(self):
        """Each bad row is told; whoever has none has the answers of the frame without a fault."""
        rows = [(person, rank) for person in range(100) for rank in range(12)]
        gross = [150_000 + person * 1_000 for person, _ in rows]
        clean = {
            "person": [person for person, _ in rows],
            "month": [str(Month(2025, 1) + rank) for _, rank in rows],
            "hours": ["100"] * len(rows),
        }
        codes = ("sickness_daily_benefit", "paternity_benefit")
        wanted = frame_findings(pa.table({**clean, "gross_pay_cents": gross}), on="2026-01-02", rights=codes)
        bad = range(37, len(rows), 100)
        spoilt = [-7 if at in bad else cents for at, cents in enumerate(gross)]
        found = frame_findings(
            pa.table({**clean, "gross_pay_cents": spoilt}), on="2026-01-02", rights=codes, lang="en"
        ).to_pylist()
        people_hit = {rows[at][0]: rows[at][1] for at in bad}
        assert len(bad) == len(people_hit) == len(rows) // 100
        assert {row["person"] for row in found if row["error"]} == set(people_hit)
        for person, rank in people_hit.items():
            (row,) = [row for row in found if row["person"] == person]
            assert row["error"].startswith(f"{Month(2025, 1) + rank}, gross_pay_cents: expected")
        good = [row for row in found if row["error"] is None]
        whys = {(row["person"], row["right"]): row["granted"] for row in wanted.to_pylist()}
        assert {(row["person"], row["right"]): row["granted"] for row in good} == {
            key: value for key, value in whys.items() if key[0] not in people_hit
        }
        assert len(good) == 2 * (100 - len(bad))


class TestColumns:
    """What is wrong with the columns is said at once."""

    def refused(self, table, **options):
        with pytest.raises(InputErrors) as caught:
            frame_findings(table, **options)
        return {error.where: error.message for error in caught.value.exceptions}

    def test_missing(self):
        assert set(self.refused(pa.table({"hours": ["1"]}))) == {"person", "month", "gross_pay", "on"}

    def test_a_day_for_everybody_and_a_day_each(self):
        assert "unknown column" in self.refused(small(on=["2026-01-01"] * 6), on=ON)["on"]

    def test_a_fact_of_a_payslip_is_unknown(self):
        assert "unknown column" in self.refused(small(headcount=[1] * 6), on=ON)["headcount"]

    @pytest.mark.parametrize(
        ("columns", "said"),
        [
            ({"gross_pay": [1.5] * 6}, "a double does not hold exact numbers; give decimal or text, or gross_pay_cents as int64"),
            ({"born_on": [19800101] * 6}, "expected dates, timestamps without a time zone or texts, got int64"),
            ({"hours_policy": [1] * 6}, "expected texts, got int64"),
        ],
    )  # fmt: skip
    def test_types(self, columns, said):
        assert said in self.refused(small(**columns), on=ON).values()

    def test_what_is_kept_has_one_value_a_person(self):
        ours = small(cooperative=[None, "N", None, None, "N", None])
        found = frame_findings(ours, on=ON, keep="cooperative", rights="wage_guarantee")
        assert found.column_names == ["person", "cooperative", *FINDING_COLUMNS]
        assert found["cooperative"].to_pylist() == ["N"]
        (row,) = frame_findings(
            small(cooperative=["N", "S"] * 3), on=ON, keep="cooperative", lang="en"
        ).to_pylist()
        assert row["error"] == "cooperative: expected one value a person, got N, S"

    def test_a_kept_column_hides_no_result(self):
        assert "is the name of a result" in self.refused(small(unit=["x"] * 6), on=ON, keep="unit")["unit"]

    def test_unknown_right(self):
        with pytest.raises(UnknownNameError, match="sickness_daily_benefit"):
            FindingsKernel(rights="sickness_daily_benefits")

    def test_facts_that_nobody_looks_at(self):
        with pytest.raises(InputError, match="the rights look at .*, got Month"):
            FindingsKernel(facts=[Month(2026, 1)])
        with pytest.raises(InputError, match="got WorkPattern"):
            FindingsKernel(rights="wage_guarantee", facts=[WorkPattern()])
        with pytest.raises(InputError, match="got Person"):
            FindingsKernel(facts=[Person()])
        with pytest.raises(InputError, match="WorkPattern is given twice"):
            FindingsKernel(facts=[WorkPattern(), WorkPattern()])

    def test_days_in_every_shape(self):
        texts = ["1980-05-06"] * 6
        wanted = frame_findings(small(born_on=texts), on=ON)
        days = pa.array([dt.date(1980, 5, 6)] * 6)
        for column in (days, days.cast(pa.timestamp("ns")), days.cast(pa.date64())):
            assert frame_findings(small(born_on=column), on=ON).equals(wanted)

    def test_kinds_of_contract_in_the_words_of_the_field(self):
        wanted = frame_findings(small(kind=["employment", "support"] * 3), on=ON)
        assert frame_findings(small(kind=["CESA", "cape"] * 3), on=ON).equals(wanted)
        assert not frame_findings(small(), on=ON).equals(wanted)

    def test_no_row(self):
        found = frame_findings(small().slice(0, 0), on=ON)
        assert (found.num_rows, found.column_names) == (0, ["person", *FINDING_COLUMNS])

    def test_every_fact_of_a_month_has_its_column(self):
        import attrs

        names = {column.integer_name or column.name for column in HISTORY_COLUMNS.values()}
        assert {field.name for field in attrs.fields(PayMonth)} <= names
        assert {field.name for field in attrs.fields(Person)} <= names


class TestKinds:
    """The kind of frame that came goes back, with the rows of the answers."""

    wanted = frame_findings(small(), on=ON)

    def test_pandas(self):
        pd = pytest.importorskip("pandas")
        frame = small().to_pandas()
        frame.index = list("abcdef")
        found = frame_findings(frame, on=ON)
        assert isinstance(found, pd.DataFrame)
        assert found["granted"].dtype == pd.BooleanDtype()
        assert found["amount"].dtype == pd.Int64Dtype()
        assert [None if each is pd.NA else each for each in found["amount"]] == self.wanted[
            "amount"
        ].to_pylist()
        assert list(found.index) == list(range(len(found)))

    def test_polars_duckdb_narwhals(self):
        pl, nw, duckdb = (pytest.importorskip(name) for name in ("polars", "narwhals", "duckdb"))
        table = small()
        frame = frame_findings(pl.from_arrow(table), on=ON)
        assert isinstance(frame, pl.DataFrame)
        assert frame["why"].to_list() == self.wanted["why"].to_pylist()
        assert isinstance(frame_findings(nw.from_native(pl.from_arrow(table)), on=ON), nw.DataFrame)
        relation = frame_findings(duckdb.from_arrow(table), on=ON)
        assert relation.fetchall() == [tuple(row.values()) for row in self.wanted.to_pylist()]


class TestPartition:
    """The same answers however the rows are cut."""

    @settings(max_examples=25)
    @given(st.lists(st.integers(0, 60), max_size=6), st.sets(st.integers(0, 59), max_size=4))
    def test_a_stream_puts_cut_people_together(self, cuts, nobody):
        names = [None if at in nobody else f"P{at // 6}" for at in range(60)]
        table = pa.table({
            "person": pa.array(names, pa.string()), "month": [str(Month(2025, 9) + at % 6) for at in range(60)],
            "gross_pay_cents": [100_000 + 7_000 * at for at in range(60)], "hours": ["100"] * 60,
        })  # fmt: skip
        kernel = FindingsKernel(rights=("sickness_daily_benefit", "wage_guarantee"), on=ON)
        whole = frame_findings(table, rights=kernel.rights, on=ON)
        bounds = [0, *sorted(cuts), 60]
        batches = [
            batch for start, end in pairwise(bounds)
            for batch in table.slice(start, end - start).combine_chunks().to_batches()
        ]  # fmt: skip
        assert pa.Table.from_batches(kernel.stream(iter(batches))).equals(whole)

    def test_a_person_who_comes_back_is_refused(self):
        batches = [*small().to_batches(), *small(person=["B"] * 6).to_batches(), *small().to_batches()]
        with pytest.raises(InputError, match="must be sorted by person, .*'A' comes after 'B'"):
            list(FindingsKernel(on=ON).stream(batches))

    def test_the_kernel_travels(self):
        kernel = FindingsKernel(on=ON, rights="wage_guarantee", facts=(), keep="cooperative")
        assert pickle.loads(pickle.dumps(kernel)) == kernel
