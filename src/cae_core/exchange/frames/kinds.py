"""Frames of any library through the Arrow PyCapsule interface, and results as the same kind of frame."""

from __future__ import annotations

from typing import Any

from cae_core.errors import InputError
from cae_core.exchange.frames.libraries import libraries

__all__ = ["from_arrow", "to_arrow"]


def _library(frame: Any) -> str:
    return type(frame).__module__.partition(".")[0].lstrip("_")


def to_arrow(frame: Any) -> Any:
    """Return a frame as an Arrow table; columns that Arrow can share are not copied.

    Raises:
        InputError: it does not speak Arrow, or is a query that was not run.
    """
    pa = libraries().pa
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        return pa.table(frame)
    hint = "; run the query first: collect()" if hasattr(frame, "collect") else ""
    raise InputError(
        "frame",
        f"expected a data frame that speaks Arrow (__arrow_c_stream__), got {type(frame).__name__}{hint}",
    )


def from_arrow(table: Any, like: Any, *, same_rows: bool = True) -> Any:
    """Return an Arrow table as the kind of frame that ``like`` is; of another kind, as it is.

    pandas: whole numbers are ``Int64``, decimals are decimals (Arrow), and the index is that of ``like``, if
    the rows are the same.
    DuckDB: a relation of the default connection.
    """
    pa = libraries().pa
    library = _library(like)
    if library == "narwhals":
        import narwhals as nw

        return nw.from_native(from_arrow(table, nw.to_native(like), same_rows=same_rows))
    if library == "pandas":
        import pandas as pd

        def exact(kind: Any) -> Any:
            if pa.types.is_int64(kind):
                return pd.Int64Dtype()
            if pa.types.is_boolean(kind):
                return pd.BooleanDtype()
            return pd.ArrowDtype(kind) if pa.types.is_decimal(kind) or pa.types.is_date(kind) else None

        frame = table.to_pandas(types_mapper=exact)
        if same_rows:
            frame.index = like.index
        return frame
    if library == "polars":
        import polars as pl

        return pl.from_arrow(table)
    if library == "duckdb":
        import duckdb

        return duckdb.from_arrow(table)
    if isinstance(like, pa.RecordBatch):
        whole = table.combine_chunks().to_batches()
        return whole[0] if whole else pa.RecordBatch.from_pylist([], schema=table.schema)
    return table
