"""A row of a frame is the payslip of the person, to the cent; a bad row has its reasons and spoils no other."""

import datetime as dt
import pickle
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cae_core import InputError, InputErrors, Month, PayFacts, UnknownNameError, load
from cae_core.payroll import TOTALS

pa = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

from frame_samples import federation, in_euros, integer_frame, person_months, scalar_slips  # noqa: E402

from cae_core.exchange.frames import COLUMNS, PayslipKernel, add_sums, frame_payslips, sum_by_month  # noqa: E402

RULES = load()
SMALL = {
    "person": ["A", "A"],
    "month": ["2026-01", "2026-02"],
    "gross_pay": ["2000", "2150.50"],
    "headcount": [130, 130],
    "workplace_accident_rate": ["1.05", "1.05"],
}


def frame(**changes):
    return pa.table({**SMALL, **changes})


def errors(**changes):
    return frame_payslips(frame(**changes), lang="en")["error"].to_pylist()


class TestEquality:
    """Whatever the facts, the months, the order of the rows and the units they come in."""

    @given(person_months())
    def test_each_row_is_the_payslip_of_the_person(self, rows):
        found = frame_payslips(integer_frame(rows), totals=TOTALS).to_pylist()
        for row, slip in zip(found, scalar_slips(rows), strict=True):
            assert row["error"] is None
            assert {total: row[f"{total}_cents"] for total in TOTALS} == {
                total: getattr(slip, f"{total}_cents") for total in TOTALS
            }

    @given(person_months(), st.sampled_from([Decimal, str]))
    def test_in_euros_percents_and_hours(self, rows, kind):
        found = frame_payslips(in_euros(integer_frame(rows), kind), totals=TOTALS).to_pylist()
        for row, slip in zip(found, scalar_slips(rows), strict=True):
            assert row["error"] is None
            assert {total: row[total].scaleb(2) for total in TOTALS} == {
                total: getattr(slip, f"{total}_cents") for total in TOTALS
            }

    @given(person_months())
    def test_months_alone(self, rows):
        frame = integer_frame(rows).drop_columns("person")
        found = frame_payslips(frame, totals="employer_cost", year_to_date=False)
        assert found["employer_cost_cents"].to_pylist() == [
            slip.employer_cost_cents for slip in scalar_slips(rows, alone=True)
        ]

    def test_a_year_ends_and_another_begins(self):
        months = ["2025-11", "2025-12", "2026-01"]
        found = frame_payslips(pa.table({
            "person": ["A"] * 3, "month": months, "gross_pay_cents": [900_000, 100_000, 300_000],
            "headcount": [130] * 3, "workplace_accident_ppm": [10_500] * 3,
        }))  # fmt: skip
        facts = PayFacts(gross_pay_cents=300_000, headcount=130, workplace_accident_ppm=10_500)
        assert found["employer_cost_cents"][2].as_py() == RULES.payslip("2026-01", facts).employer_cost_cents


class TestPersonYears:
    """A row with twelve grosses is the twelve months of the person."""

    @settings(max_examples=25)
    @given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 900_000)), min_size=12, max_size=12), min_size=1,
                    max_size=4),
           st.sampled_from([2024, 2025]), st.sampled_from(["progressive", "year_end"]), st.booleans())  # fmt: skip
    def test_the_same_cents_as_twelve_rows(self, years, year, regularisation, last):
        common = {"headcount": 130, "workplace_accident_ppm": 10_500, "regularisation": regularisation}
        wide = {"year": [year] * len(years), **{name: [value] * len(years) for name, value in common.items()}}
        wide["last_month"] = [last] * len(years)
        for rank in range(12):
            wide[f"gross_pay_{rank + 1:02d}_cents"] = pa.array(
                [grosses[rank] for grosses in years], pa.int64()
            )
        found = frame_payslips(pa.table(wide), totals=("net_paid", "employer_cost")).to_pylist()
        for row, grosses in zip(found, years, strict=True):
            paid = [rank for rank, gross in enumerate(grosses) if gross is not None]
            assert row["error"] is None
            if not paid:
                continue
            long = frame_payslips(pa.table({
                "person": ["A"] * len(paid), "month": [str(Month(year, rank + 1)) for rank in paid],
                "gross_pay_cents": [grosses[rank] for rank in paid],
                "last_month": [last and rank == paid[-1] for rank in paid],
                **{name: [value] * len(paid) for name, value in common.items()},
            }))  # fmt: skip
            for name in ("net_paid", "employer_cost"):
                by_month = [row[f"{name}_{rank + 1:02d}_cents"] for rank in range(12)]
                assert [by_month[rank] for rank in paid] == long[f"{name}_cents"].to_pylist()
                assert all(by_month[rank] is None for rank in range(12) if rank not in paid)

    def test_a_month_without_law_is_said_once(self):
        row = {"year": [2026], "gross_pay_07": ["2000"], "gross_pay_08": ["2000"], "gross_pay_09": ["2000"]}
        found = frame_payslips(
            pa.table({**row, "headcount": [130], "workplace_accident_rate": ["1.05"]}), lang="en"
        ).to_pylist()[0]
        assert found["error"].startswith("the law is not known on 1 August 2026")
        assert ";" not in found["error"]
        assert found["net_paid_07"] is None

    def test_facts_of_one_month_are_refused(self):
        row = {"year": [2026], "gross_pay_01": [2000], "employed_days": [10]}
        with pytest.raises(InputErrors) as caught:
            frame_payslips(pa.table({**row, "headcount": [1], "workplace_accident_rate": ["1"]}))
        assert "employed_days: unknown column" in str(caught.value)


class TestBadRows:
    """Each bad row has every one of its reasons; the good rows have the cents they have without the bad ones."""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"gross_pay": ["-1", "2"]}, "gross_pay must not be negative (got '-1')"),
            ({"gross_pay": ["1.005", "2"]}, "gross_pay must have at most two decimals (got '1.005')"),
            ({"gross_pay": ["much", "2"]}, "gross_pay must be a plain number such as"),
            ({"gross_pay": [None, "2"]}, "gross_pay: is missing"),
            ({"gross_pay": [" ", "2"]}, "gross_pay: is missing"),
            ({"gross_pay": ["10000000.01", "2"]}, "gross_pay must be at most €10,000,000.00"),
            ({"gross_pay": [10_000_001, 2]}, "gross_pay must be at most €10,000,000.00"),
            ({"gross_pay": [-1, 2]}, "gross_pay must not be negative"),
            (
                {"gross_pay": pa.array([Decimal("1.005"), Decimal(2)], pa.decimal128(9, 3))},
                "at most two decimals",
            ),
            (
                {"gross_pay": pa.array([Decimal("9" * 30), Decimal(2)], pa.decimal128(38, 2))},
                "must be at most",
            ),
            (
                {"gross_pay": pa.array([Decimal("9" * 30), Decimal(2)], pa.decimal128(38, 0))},
                "must be at most",
            ),
            (
                {"workplace_accident_rate": ["101", "1"]},
                "workplace_accident_rate must be between 0 and 100 %",
            ),
            ({"workplace_accident_rate": ["1.00001", "1"]}, "at most four decimals of a percent"),
            ({"headcount": [0, 130]}, "headcount: expected a whole number from 1 to"),
            ({"headcount": ["ten", "130"]}, "headcount: expected a whole number from 1 to"),
            (
                {"headcount": pa.array([2**64 - 1, 1], pa.uint64())},
                "headcount: expected a whole number from 1",
            ),
            ({"month": ["2026-13", "2026-02"]}, "month: expected a month such as 2026-03, got '2026-13'"),
            (
                {"month": [dt.date(1900, 1, 1), dt.date(2026, 2, 1)]},
                "month: expected a month such as 2026-03",
            ),
            ({"month": ["2026-08", "2026-02"]}, "the law is not known on 1 August 2026"),
            ({"month": ["2018-12", "2026-02"]}, "the law is not known on 1 December 2018"),
            ({"executive": ["perhaps", "no"]}, "executive: expected yes or no"),
            ({"executive": [7, 0]}, "executive: expected yes or no"),
            (
                {"hours_policy": ["some", "full_time"]},
                "hours_policy: expected one of equivalent_hours, full_time",
            ),
            (
                {"hours_policy": ["contract_hours", "full_time"]},
                "contract_hours: the hours policy contract_hours",
            ),
            ({"employed_days": [32, None]}, "employed_days: expected a whole number from 0 to 31"),
            (
                {"employed_days": [29, None], "month": ["2025-02", "2026-02"]},
                "more days are employed than the month",
            ),
            ({"health_cover_employee": [30, 0], "health_cover_employer": [20, 0]}, "CSS art. L911-7"),
            ({"affected_pay": [2, 0], "affected_pay_due": [1, 0]}, "the pay that an absence left is more"),
            ({"person": [None, "A"]}, "person: is missing"),
        ],
    )
    def test_reason(self, changes, said):
        found = frame_payslips(frame(**{**changes, "person": changes.get("person", ["A", "B"])}), lang="en")
        bad, good = found.to_pylist()
        assert said in bad["error"]
        assert all(bad[total] is None for total in TOTALS[1:])
        assert good["error"] is None
        assert good["net_paid"] is not None

    def test_every_reason_of_a_row(self):
        found = errors(
            gross_pay=["-1", "2"], headcount=[0, 5], workplace_accident_rate=["x", "1"], executive=["?", "no"],
            person=["A", "B"],
        )  # fmt: skip
        assert found[0].count("; ") == 3
        assert found[1] is None

    def test_in_french_by_default(self):
        found = frame_payslips(frame(gross_pay=["-1", "2"], headcount=[0, 5]))["error"].to_pylist()
        assert found[0].replace("\xa0", " ") == (
            "gross_pay ne doit pas être négatif (reçu : '-1') ; "
            "headcount : attendu : un nombre entier de 1 à 1000000000 ; reçu : 0"
        )

    def test_the_months_after_a_bad_one_say_so(self):
        """A year goes on from the month before: without it the cents would be others."""
        found = errors(gross_pay=["2000", "-1"], month=["2026-02", "2026-01"])
        assert found == [
            "year_to_date: the month 2026-01 of this person could not be computed",
            "gross_pay must not be negative (got '-1')",
        ]
        assert errors(gross_pay=["2000", "-1"], month=["2026-01", "2025-12"])[0] is None

    def test_a_month_that_the_law_refuses_stops_the_year_too(self):
        found = errors(health_cover_employee=[30, 0])
        assert "L911-7" in found[0]
        assert found[1] == "year_to_date: the month 2026-01 of this person could not be computed"

    def test_a_month_that_cannot_be_read_may_be_any(self):
        found = errors(month=["2026-1x", "2026-02"])
        assert found[1] == "year_to_date: the month of a row of this person could not be read"

    def test_a_month_given_twice(self):
        assert errors(month=["2026-01", "2026-01"]) == ["month: 2026-01 is given twice for this person"] * 2

    def test_one_percent_of_bad_rows(self):
        """The other people have the cents of the frame without a fault; each bad row says what it has."""
        rows = federation(people=200)
        clean = integer_frame(rows)
        wanted = frame_payslips(clean).to_pylist()
        gross, headcount = clean["gross_pay_cents"].to_pylist(), clean["headcount"].to_pylist()
        bad = {position: position % 2 for position in range(50, len(rows), 100)}
        for position, kind in bad.items():
            if kind:
                gross[position] = -5
            else:
                headcount[position] = 0
        spoilt = clean.set_column(clean.column_names.index("gross_pay_cents"), "gross_pay_cents", [gross])
        spoilt = spoilt.set_column(clean.column_names.index("headcount"), "headcount", [headcount])
        found = frame_payslips(spoilt, lang="en").to_pylist()
        stopped = {
            at for at, row in enumerate(rows)
            if any(row[0] == rows[each][0] and row[1] > rows[each][1] for each in bad)
        }  # fmt: skip
        assert len(bad) == len(rows) // 100
        for at, (row, good) in enumerate(zip(found, wanted, strict=True)):
            if at in bad:
                assert ("gross_pay_cents: expected" if bad[at] else "headcount: expected") in row["error"]
            elif at in stopped:
                assert row["error"].startswith("year_to_date: the month")
            else:
                assert row == good


class TestColumns:
    """What is wrong with the columns is said at once, before any row."""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"headcont": [1, 1]}, "headcont: unknown column, copied only if it is asked for; did you mean headcount?"),
            ({"gross_pay_cents": [1, 1]}, "gross_pay_cents: gives gross_pay a second time"),
            ({"gross_pay": [1.5, 2.5]}, "gross_pay: a double does not hold exact numbers; give decimal or text, or gross_pay_cents"),
            ({"headcount": [1.0, None]}, 'give int64; in pandas: frame["headcount"].astype("Int64")'),
            ({"month": [202601, 202602]}, "month: expected dates, timestamps without a time zone or texts, got int64"),
            ({"executive": [Decimal(1), Decimal(0)]}, "executive: expected truth values or texts"),
            ({"month": pa.array([0, 0], pa.timestamp("us", "UTC"))}, "month: expected dates, timestamps without a time zone"),
        ],
    )  # fmt: skip
    def test_refused(self, changes, said):
        with pytest.raises(InputErrors) as caught:
            frame_payslips(frame(**changes))
        assert said in str(caught.value)

    def test_everything_that_is_missing(self):
        with pytest.raises(InputErrors) as caught:
            frame_payslips(pa.table({"executive": [True]}))
        assert {error.where for error in caught.value.exceptions} == {
            "person", "month", "gross_pay", "headcount", "workplace_accident_rate",
        }  # fmt: skip

    def test_columns_of_the_caller_come_back(self):
        found = frame_payslips(frame(cost_centre=["N", "S"]), keep="cost_centre", totals="net_paid")
        assert found.column_names == ["person", "month", "cost_centre", "net_paid", "error"]
        assert found["cost_centre"].to_pylist() == ["N", "S"]

    def test_a_kept_column_hides_no_result(self):
        with pytest.raises(InputErrors) as caught:
            frame_payslips(frame(net_paid=[1, 2]), keep="net_paid")
        assert "net_paid: is the name of a result" in str(caught.value)

    def test_another_total(self):
        with pytest.raises(UnknownNameError, match="Did you mean net_paid"):
            PayslipKernel(totals=("netpaid",))

    def test_months_as_days_and_as_texts(self):
        days = [dt.date(2026, 1, 31), dt.date(2026, 2, 1)]
        wanted = frame_payslips(frame())["net_paid"]
        for month in (days, pa.array(days).cast(pa.timestamp("ns")), pa.array(days, pa.date64())):
            assert frame_payslips(frame(month=month))["net_paid"] == wanted

    def test_flags_in_every_shape(self):
        wanted = frame_payslips(frame(executive=[True, False]))["net_paid"]
        for flags in (["oui", "non"], ["yes", "NO"], [1, 0]):
            assert frame_payslips(frame(executive=flags))["net_paid"] == wanted

    def test_every_fact_of_a_payslip_has_its_column(self):
        import attrs

        # Those of plugins have the columns of their own names: test_frame_variants.
        assert {column.fact for column in COLUMNS.values() if column.fact} | {"given"} == {
            field.name for field in attrs.fields(PayFacts)
        }

    def test_no_row(self):
        found = frame_payslips(frame().slice(0, 0))
        assert found.num_rows == 0
        assert found.column_names[:3] == ["person", "month", "employee_contributions"]

    def test_what_is_not_a_frame(self):
        with pytest.raises(InputError, match="expected a data frame that speaks Arrow .*, got dict"):
            frame_payslips({})


class TestPartition:
    """The same cents however the rows are cut, as long as no year is."""

    rows = federation()
    whole = frame_payslips(integer_frame(rows))

    @given(st.lists(st.integers(0, 280), max_size=6))
    def test_a_stream_puts_cut_people_together(self, cuts):
        table = integer_frame(self.rows)
        bounds = [0, *sorted(cuts), table.num_rows]
        batches = [
            batch for start, end in pairwise(bounds)
            for batch in table.slice(start, end - start).combine_chunks().to_batches()
        ]  # fmt: skip
        found = pa.Table.from_batches(PayslipKernel().stream(iter(batches)))
        assert found.equals(self.whole)

    @given(st.integers(1, 50), st.lists(st.integers(0, 279), max_size=20))
    def test_with_bad_rows_too(self, size, bad):
        table = integer_frame(self.rows)
        gross = [-1 if at in bad else cents for at, cents in enumerate(table["gross_pay_cents"].to_pylist())]
        table = table.set_column(table.column_names.index("gross_pay_cents"), "gross_pay_cents", [gross])
        found = pa.Table.from_batches(PayslipKernel().stream(table.to_batches(max_chunksize=size)))
        assert found.equals(frame_payslips(table))
        assert found["error"].null_count <= 280 - len(set(bad))

    def test_small_pieces_too(self, monkeypatch):
        """Each batch that is computed holds whole people."""
        monkeypatch.setattr("cae_core.exchange.frames.people._MOST", 16)
        monkeypatch.setattr("cae_core.exchange.frames.people._ENOUGH", 8)
        found = list(PayslipKernel().stream(integer_frame(self.rows).to_batches()))
        assert len(found) > 10
        people = [set(batch["person"].to_pylist()) for batch in found]
        assert sum(map(len, people)) == len(set.union(*people))
        assert pa.Table.from_batches(found).equals(self.whole)

    def test_people_in_any_order(self):
        order = sorted(range(len(self.rows)), key=lambda at: at * 7919 % 283)
        found = frame_payslips(integer_frame([self.rows[at] for at in order]))
        assert found.equals(self.whole.take(order))

    def test_a_person_who_comes_back_is_refused(self):
        """A stream cannot look back: it refuses rather than cut a year in two."""
        table = integer_frame(self.rows)
        batches = table.slice(0, 10).to_batches() + table.slice(0, 3).to_batches()
        with pytest.raises(InputError, match="must be sorted by person, .*'P00000' comes after 'P00001'"):
            list(PayslipKernel().stream(batches))

    def test_a_row_without_a_person_is_bad_and_cuts_nobody(self):
        table = integer_frame(self.rows[:14])
        people = table["person"].to_pylist()
        people[3] = None
        table = table.set_column(0, "person", pa.array(people))
        found = pa.Table.from_batches(PayslipKernel(lang="en").stream(table.to_batches()))
        assert [row for row, error in enumerate(found["error"].to_pylist()) if error] == [3]

    def test_the_kernel_travels(self):
        kernel = pickle.loads(pickle.dumps(PayslipKernel(totals="net_paid", known_on=dt.date(2026, 5, 1))))
        assert kernel == PayslipKernel(totals="net_paid", known_on=dt.date(2026, 5, 1))
        (batch,) = integer_frame(self.rows).to_batches()
        assert kernel(batch).schema == kernel.schema(batch.schema)

    @given(st.integers(1, 279))
    def test_sums_add_up(self, cut):
        parts = [sum_by_month(self.whole.slice(0, cut)), sum_by_month(self.whole.slice(cut))]
        assert add_sums(parts).to_pylist() == sum_by_month(self.whole).to_pylist()
        (january, *_) = sum_by_month(self.whole).to_pylist()
        costs = [
            slip.employer_cost_cents
            for row, slip in zip(self.rows, scalar_slips(self.rows), strict=True)
            if row[1] == Month(2026, 1)
        ]
        assert (january["rows"], january["failed"]) == (40, 0)
        assert january["employer_cost_cents"] == sum(costs)
