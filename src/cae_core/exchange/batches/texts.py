"""CSV in and out of a batch: read once into a file of columns, written row by row at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cae_core.errors import InputError
from cae_core.exchange.batches.parts import settle
from cae_core.exchange.frames.libraries import libraries

__all__ = ["csv_writer", "stage_csv"]

_STAGED = "input.parquet"
_BLOCK = 2**24


def stage_csv(source: Path, folder: Path) -> Path:
    """Copy a CSV into a Parquet file of texts, beside the parts; one that is there is whole.

    The file is UTF-8, with or without a byte order mark; cells are separated by ``;`` or ``,``; the first row
    names the columns. An empty cell says nothing.

    Raises:
        InputError: not such a file.
    """
    import pyarrow.csv as texts
    import pyarrow.parquet as pq

    pa = libraries().pa
    staged = folder.joinpath(_STAGED)
    if staged.exists():
        return staged
    names, delimiter = _header(source)
    beside = staged.with_name(f"{_STAGED}.tmp")
    try:
        with (
            texts.open_csv(
                source,
                read_options=texts.ReadOptions(block_size=_BLOCK),
                parse_options=texts.ParseOptions(delimiter=delimiter, newlines_in_values=True),
                convert_options=texts.ConvertOptions(
                    column_types={name: pa.string() for name in names},
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            ) as reader,
            pq.ParquetWriter(beside, reader.schema) as writer,
        ):
            for batch in reader:
                writer.write_batch(batch)
    except pa.ArrowInvalid as error:
        beside.unlink(missing_ok=True)
        raise InputError(str(source), f"expected well-formed CSV, got: {error}") from None
    settle(beside)
    beside.replace(staged)
    return staged


def _header(source: Path) -> tuple[list[str], str]:
    import csv

    try:
        with source.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
    except UnicodeDecodeError as error:
        raise InputError(
            str(source), f"expected UTF-8, got the byte {error.object[error.start]:#04x}"
        ) from None
    delimiter = ";" if ";" in first else ","
    names = next(csv.reader([first], delimiter=delimiter), [])
    if not names:
        raise InputError(str(source), "expected a first row that names the columns, got nothing")
    return names, delimiter


def csv_writer(file: Path, schema: Any) -> Any:
    """Return what writes batches as CSV: cells separated by ``;``, amounts such as ``1234.56``."""
    import pyarrow.csv as texts

    return texts.CSVWriter(
        file, schema, write_options=texts.WriteOptions(delimiter=";", quoting_style="needed")
    )
