"""The payslips of a whole data frame, and their sums by month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cae_core.exchange.frames.columns import GROSSES
from cae_core.exchange.frames.kernel import PayslipKernel
from cae_core.exchange.frames.kinds import to_arrow
from cae_core.exchange.frames.libraries import libraries
from cae_core.exchange.frames.people import plain_type
from cae_core.exchange.frames.streaming import compute_frame
from cae_core.payroll import TOTALS

__all__ = ["AMOUNTS", "add_sums", "frame_payslips", "sum_by_month"]

#: Every name that a column of amounts may have.
AMOUNTS = frozenset(
    f"{total}{month.removeprefix('gross_pay')}{unit}"
    for total in TOTALS
    for month in ("", *GROSSES)
    for unit in ("", "_cents")
)


def frame_payslips(frame: Any, **options: Any) -> Any:
    """Return the payslips of a data frame as the same kind of frame, a row each in the same order.

    The frame may be of pandas, Polars, pyarrow, DuckDB, narwhals or any library that speaks Arrow. Its rows
    may be of several months, years and statuses, in any order. Amounts go back as they came: euros with
    two decimals, or whole cents. A row that cannot be computed has its reasons in ``error`` and no amounts.

    Args:
        frame: a row a person-month or a person-year (see :mod:`cae_core.exchange.frames.columns`).
        options: those of :class:`PayslipKernel`.

    Raises:
        InputErrors: every column that is unknown, missing or of a type that cannot be used.
        InputError: not a frame.
        MissingExtraError: pyarrow is not installed.

    >>> import pyarrow as pa
    >>> frame = pa.table({
    ...     "person": ["A", "A"], "month": ["2026-01", "2026-02"], "gross_pay": ["2000", "2150,50"],
    ...     "headcount": [130, 130], "workplace_accident_rate": ["1.05", "1.05"],
    ... })
    >>> frame_payslips(frame, totals="net_before_tax")["net_before_tax"].to_pylist()
    [Decimal('1583.19'), Decimal('1702.34')]
    """
    return compute_frame(PayslipKernel(**options), frame, same_rows=True)


def sum_by_month(results: Any) -> Any:
    """Return the sums of results by month, exact: a table with a row a month.

    Args:
        results: what :func:`frame_payslips` or the kernel returned, of any kind; person-years, by year.

    Returns:
        An Arrow table with the month as it came, ``rows``, ``failed`` and the sum of each total.
    """
    _, pa, pc = libraries()
    frame = to_arrow(results)
    wanted = pa.schema([pa.field(field.name, plain_type(field.type)) for field in frame.schema])
    table = frame if frame.schema == wanted else frame.cast(wanted)
    by = "month" if "month" in table.column_names else "year"
    amounts = [name for name in table.column_names if name in AMOUNTS]
    found = table.group_by(by).aggregate(
        [(by, "count", pc.CountOptions(mode="all")), ("error", "count"), *((name, "sum") for name in amounts)]
    )
    return found.rename_columns([by, "rows", "failed", *amounts]).sort_by(by)


def add_sums(sums: Iterable[Any]) -> Any:
    """Return the sums of :func:`sum_by_month` of several parts together, whatever their order."""
    pa = libraries().pa
    # In one piece of its own: what came from another process may be aligned in a way that Arrow warns of.
    table = pa.concat_tables(list(sums)).combine_chunks()
    by, *amounts = table.column_names
    found = table.group_by(by).aggregate([(name, "sum") for name in amounts])
    return found.rename_columns([by, *amounts]).sort_by(by)
