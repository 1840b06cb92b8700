"""A year of the chain as CSV or JSON, written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cae_core.errors import InputError
from cae_core.explain.slip_data import payslip_dict, plain_euros
from cae_core.explain.year_rows import ACCOUNT_COLUMNS, PAY_COLUMNS, MonthRow, month_row, total_row
from cae_core.payroll.run import MonthRun

__all__ = ["write_atomically", "year_csv", "year_dict", "year_json"]

_COLUMNS = tuple(dict.fromkeys((*ACCOUNT_COLUMNS, *PAY_COLUMNS)))


def _figures(row: MonthRow) -> dict[str, str | None]:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return {name: None if cents is None else plain_euros(cents) for name, cents in values.items()}


def year_csv(runs: Sequence[MonthRun]) -> str:
    """Return the months as CSV, a row each: cells separated by ``;``, amounts such as ``1234.56``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(("month", *_COLUMNS))
    for done in runs:
        writer.writerow((str(done.month), *(cell or "" for cell in _figures(month_row(done)).values())))
    return text.getvalue()


def year_dict(runs: Sequence[MonthRun], lang: str = "fr") -> dict[str, Any]:
    """Return the year as plain data: the figures, the payslip and the findings of each month, then totals."""
    months = [
        {
            "month": str(done.month),
            "figures": _figures(month_row(done)),
            "fixed_pay": plain_euros(done.fixed_pay_cents),
            "variable_pay": plain_euros(done.variable_pay_cents),
            "available": plain_euros(done.available_cents),
            "payslip": payslip_dict(done.payslip, lang),
            "findings": [
                {
                    "code": finding.code,
                    "amount": plain_euros(finding.amount_cents),
                    "message": finding.text(lang),
                    "citation": finding.citation.text,
                }
                for finding in done.findings
            ],
        }
        for done in runs
    ]
    return {"months": months, "totals": _figures(total_row([month_row(done) for done in runs]))}


def year_json(runs: Sequence[MonthRun], lang: str = "fr") -> str:
    """Return :func:`year_dict` as JSON text."""
    return json.dumps(year_dict(runs, lang), ensure_ascii=False, indent=1) + "\n"


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file whole or not at all: beside under another name, then renamed. A text goes as UTF-8.

    Raises:
        InputError: the file cannot be written; what was there is untouched.
    """
    file = Path(path)
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(str(file), f"cannot be written: {error.strerror}") from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
