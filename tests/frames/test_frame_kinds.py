"""pandas, Polars, DuckDB, narwhals, pyarrow: the frame that came is the kind of frame that goes back."""

from decimal import Decimal

import pytest

from cae_core import InputErrors
from cae_core.errors import MissingExtraError

pa = pytest.importorskip("pyarrow")
from frame_samples import federation, integer_frame  # noqa: E402

from cae_core.exchange.frames import frame_payslips  # noqa: E402

TABLE = integer_frame(federation(people=9))
WANTED = frame_payslips(TABLE)


def test_pyarrow_batch():
    (batch,) = TABLE.to_batches()
    found = frame_payslips(batch)
    assert isinstance(found, pa.RecordBatch)
    assert pa.Table.from_batches([found]).equals(WANTED)
    assert isinstance(frame_payslips(batch.slice(0, 0)), pa.RecordBatch)


def test_whatever_speaks_arrow():
    class Foreign:
        def __arrow_c_stream__(self, requested_schema=None):
            return TABLE.__arrow_c_stream__(requested_schema)

    assert frame_payslips(Foreign()).equals(WANTED)


class TestPandas:
    pd = pytest.importorskip("pandas")

    def frame(self):
        return TABLE.to_pandas(types_mapper={pa.int64(): self.pd.Int64Dtype()}.get)

    def test_round_trip(self):
        found = frame_payslips(self.frame())
        assert isinstance(found, self.pd.DataFrame)
        assert found["net_paid_cents"].dtype == self.pd.Int64Dtype()
        assert found["net_paid_cents"].tolist() == WANTED["net_paid_cents"].to_pylist()
        assert found["error"].isna().all()

    def test_the_index_is_kept_and_is_no_column(self):
        frame = self.frame()
        frame = frame[frame["person"] != "P00003"]
        found = frame_payslips(frame)
        assert found.index.equals(frame.index)
        assert "P00003" not in set(found["person"])

    def test_categories(self):
        found = frame_payslips(self.frame().astype({"person": "category", "month": "category"}))
        assert found["net_paid_cents"].tolist() == WANTED["net_paid_cents"].to_pylist()

    def test_amounts_of_bad_rows_do_not_turn_the_others_into_floats(self):
        frame = self.frame()
        frame.loc[0, "headcount"] = 0
        found = frame_payslips(frame)
        assert found["net_paid_cents"].isna().sum() == 7
        assert found["net_paid_cents"][7] == WANTED["net_paid_cents"][7].as_py()

    def test_decimals_stay_decimals(self):
        frame = self.frame().drop(columns="gross_pay_cents")
        frame["gross_pay"] = [Decimal(cents.as_py()).scaleb(-2) for cents in TABLE["gross_pay_cents"]]
        found = frame_payslips(frame)
        assert found["net_paid"][0] == Decimal(WANTED["net_paid_cents"][0].as_py()).scaleb(-2)

    def test_floats_are_refused_with_the_way_out(self):
        frame = self.frame().astype({"headcount": "float64"})
        with pytest.raises(InputErrors) as caught:
            frame_payslips(frame)
        assert 'frame["headcount"].astype("Int64")' in str(caught.value)


class TestPolars:
    def test_round_trip(self):
        pl = pytest.importorskip("polars")
        found = frame_payslips(pl.from_arrow(TABLE))
        assert isinstance(found, pl.DataFrame)
        assert found["net_paid_cents"].to_list() == WANTED["net_paid_cents"].to_pylist()
        assert found["person"].to_list() == WANTED["person"].to_pylist()

    def test_a_query_that_was_not_run(self):
        pl = pytest.importorskip("polars")
        with pytest.raises(Exception, match=r"run the query first: collect\(\)"):
            frame_payslips(pl.from_arrow(TABLE).lazy())


def test_duckdb():
    duckdb = pytest.importorskip("duckdb")
    people = TABLE  # noqa: F841 - DuckDB finds it by its name
    found = frame_payslips(duckdb.sql("select * from people order by person desc"))
    assert isinstance(found, duckdb.DuckDBPyRelation)
    cost = duckdb.sql("select sum(employer_cost_cents), count(error) from found").fetchall()
    assert cost == [(sum(WANTED["employer_cost_cents"].to_pylist()), 0)]


def test_narwhals():
    nw = pytest.importorskip("narwhals")
    pl = pytest.importorskip("polars")
    found = frame_payslips(nw.from_native(pl.from_arrow(TABLE)))
    assert isinstance(found, nw.DataFrame)
    assert found["net_paid_cents"].to_list() == WANTED["net_paid_cents"].to_pylist()


def test_without_pyarrow(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'cae-core\[arrow\]'"):
        frame_payslips(TABLE)
