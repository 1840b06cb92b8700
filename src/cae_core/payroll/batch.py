"""A whole month's population at once: the same rules on int64 arrays, the same cents row by row.

The caller's arrays bring their own namespace (array API), so nothing here imports numpy. People are
grouped by status, since a status decides which contributions are owed, and worked through in chunks
that fit the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from cae_core.errors import AmountError, InputError
from cae_core.money import Lane
from cae_core.payroll import engine
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.payslip import Payslip, PayslipLine, ReductionLine
from cae_core.payroll.rules import Status
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["PayslipBatch", "payslips"]

_CHUNK = 8192

#: Names of the total columns of a batch, with the attribute of the engine's amounts that fills each.
_TOTALS = (
    "employee_contributions",
    "employer_contributions",
    "reductions",
    "employer_cost",
    "net_before_tax",
    "net_social_amount",
    "taxable_net",
    "withholding_ppm",
    "withholding",
    "net_paid",
)


@attrs.frozen(eq=False, kw_only=True)
class PayslipBatch:
    """The payslips of many people for one month, in columns of integer cents.

    Attributes:
        facts: the facts given.
        totals: a column by name of :data:`~cae_core.payroll.TOTALS`, plus ``withholding_ppm``.
        lines: where kept, ``code → (base, employee ppm, employee share, employer ppm, employer share)``.
        reductions: where lines are kept, the fields of each :class:`ReductionLine` by code.
        year_to_date: the state after the month, in columns.
    """

    law: MonthLaw
    facts: PayFacts
    totals: dict[str, Any]
    lines: dict[str, tuple[Lane, ...]] | None
    reductions: dict[str, tuple[Lane, ...]] | None
    year_to_date: YearToDate

    def __len__(self) -> int:
        return len(self.facts.gross_pay_cents)

    def __getitem__(self, total: str) -> Any:
        """Return the column of a total, such as ``batch["net_paid"]``, in cents."""
        return self.facts.gross_pay_cents if total == "gross_pay" else self.totals[total]

    def row(self, position: int) -> Payslip:
        """Return the payslip of one person, read from the columns.

        Raises:
            InputError: the batch was computed without its lines.
        """
        if self.lines is None or self.reductions is None:
            raise InputError("row", "this batch kept totals only; compute it with lines=True")

        def at(lane: Lane) -> Any:
            return lane[position].item() if hasattr(lane, "__array_namespace__") else lane

        facts = self.facts.row(position)
        schedule = self.law.schedule(Status(facts.executive, self.law.headcount_class(facts.headcount)))
        owed = [
            *(row.code for row in schedule.amounts),
            *(row.code for rows in schedule.bind(facts) for row, *_ in rows),
        ]
        lines = []
        for code in owed:
            line = PayslipLine(self.law.contributions[code], *(at(lane) for lane in self.lines[code]))
            if not self.law.contributions[code].is_amount or line.employee_cents or line.employer_cents:
                lines.append(line)
        reductions = []
        for reduction, scale, maximum, pension_ppm in schedule.scales:
            coefficient, pay, wage, due, before, amount = (
                at(lane) for lane in self.reductions[reduction.code]
            )
            by_scale = tuple((key, at(lane)) for key, lane in pay) if isinstance(pay, tuple) else ()
            by_scale = tuple(pair for pair in by_scale if pair[1] or pair[0] == scale)
            reductions.append(
                ReductionLine(
                    reduction, facts.gross_pay_cents, coefficient, maximum, by_scale, wage,
                    due, before, amount, pension_ppm,
                )
            )  # fmt: skip
        totals = [at(self.totals[name]) for name in _TOTALS]
        return Payslip(  # type: ignore[call-arg]
            self.law, facts, tuple(lines), tuple(reductions), facts.gross_pay_cents, *totals,
            self.year_to_date.row(position),
        )  # fmt: skip


def payslips(
    law: MonthLaw, facts: PayFacts, before: YearToDate | None = None, *, lines: bool = False
) -> PayslipBatch:
    """Compute the payslips of many people for one month.

    Args:
        law: the law of the month.
        facts: columns; ``gross_pay_cents`` decides how many people there are.
        before: the state after the earlier months, in columns (``batch.year_to_date``).
        lines: keep every line (needed by :meth:`PayslipBatch.row`), not the totals alone.
    """
    gross = facts.gross_pay_cents
    if not hasattr(gross, "__array_namespace__"):
        raise AmountError(
            "a batch needs gross_pay_cents as an int64 array; use payslip() for one person", gross
        )
    if before is not None:
        before.check_precedes(law.month)
    for check in law.fact_checks:
        violated = check.violated(facts, law.values)
        if violated.any() if hasattr(violated, "any") else violated:
            raise InputError(check.code, f"{check.message} ({check.citation}){_first_row(violated)}")
    joined = _Columns(gross.__array_namespace__(), len(gross))
    for status, rows in _groups(law, facts):
        group = facts if rows is None else facts.take(rows)
        group_before = before if rows is None or before is None else before.take(rows)
        schedule = law.schedule(status)
        size = len(group.gross_pay_cents)
        for start in range(0, size, _CHUNK):
            piece = slice(start, min(start + _CHUNK, size))
            chunk, chunk_before = group, group_before
            if size > _CHUNK:
                chunk = group.take(piece)
                chunk_before = None if group_before is None else group_before.take(piece)
            found = engine.compute(
                law, schedule, chunk, chunk_before,
                (lambda *line: line) if lines else None, (lambda *line: line) if lines else None,
            )  # fmt: skip
            joined.add(piece if rows is None else rows[piece], found)
    return PayslipBatch(
        law=law,
        facts=facts,
        totals={name: joined.column(("total", name)) for name in _TOTALS},
        lines=joined.lines() if lines else None,
        reductions=joined.reductions() if lines else None,
        year_to_date=joined.year_to_date(law),
    )


def _first_row(violated: Any) -> str:
    return f", first in row {int(violated.argmax())}" if hasattr(violated, "argmax") else ""


def _groups(law: MonthLaw, facts: PayFacts) -> Iterator[tuple[Status, Any]]:
    """Iterate over the statuses of a batch with the positions of their people; ``None`` is everybody."""
    executive, headcount = facts.executive, facts.headcount
    if isinstance(executive, bool) and isinstance(headcount, int):
        yield Status(executive, law.headcount_class(headcount)), None
        return
    xp = facts.gross_pay_cents.__array_namespace__()
    everybody = xp.zeros_like(facts.gross_pay_cents)
    for threshold in (0, *law.thresholds):
        following = min((t for t in law.thresholds if t > threshold), default=None)
        in_class = (everybody + headcount >= threshold) & (
            (everybody + headcount < following) if following is not None else (everybody == 0)
        )
        for is_executive in (False, True):
            rows = xp.nonzero(in_class & ((everybody + executive) == int(is_executive)))[0]
            if len(rows):
                yield Status(is_executive, threshold), rows


class _Columns:
    """Results of the pieces of a batch, put together in the order of the people."""

    def __init__(self, xp: Any, size: int) -> None:
        self._xp, self._size = xp, size
        self._found: dict[Any, Any] = {}
        self._pieces = 0

    def add(self, rows: Any, found: engine.Amounts) -> None:
        self._pieces += 1
        for name in _TOTALS:
            self._put(("total", name), rows, getattr(found, name))
        for line in found.lines:
            for rank, lane in enumerate(line[1:]):
                self._put(("line", line[0].code, rank), rows, lane)
        for reduction, _, coefficient, _, pay, wage, due, before, amount, _ in found.reduction_lines:
            for name, lane in zip(("coefficient", "wage", "due", "before", "amount"),
                                  (coefficient, wage, due, before, amount), strict=True):  # fmt: skip
                self._put(("reduction", reduction.code, name), rows, lane)
            for scale, lane in pay:
                self._put(("pay", reduction.code, scale), rows, lane)
        state = found.year_to_date
        for kind, lanes in (("sum", state.sums), ("base", state.bases), ("granted", state.granted)):
            for name, lane in lanes.items():
                self._put((kind, name), rows, lane)
        for code, by_scale in state.reduction_pay.items():
            for scale, lane in by_scale:
                self._put(("pay", code, scale), rows, lane)

    def _put(self, key: Any, rows: Any, lane: Lane) -> None:
        known = self._found.get(key)
        if isinstance(rows, slice) and self._pieces == 1 and rows.stop == self._size:
            self._found[key] = lane  # one piece is everybody: nothing to put together
            return
        if known is None:
            if self._pieces == 1 and isinstance(lane, int):
                self._found[key] = lane
                return
            known = self._xp.zeros(self._size, dtype=self._xp.int64)
            self._found[key] = known
        elif isinstance(known, int):
            if isinstance(lane, int) and lane == known:
                return
            known = self._found[key] = self._xp.zeros(self._size, dtype=self._xp.int64) + known
        known[rows] = lane

    def column(self, key: Any) -> Any:
        lane = self._found[key]
        return (
            lane
            if hasattr(lane, "__array_namespace__")
            else self._xp.zeros(self._size, dtype=self._xp.int64) + lane
        )

    def lines(self) -> dict[str, tuple[Lane, ...]]:
        codes = dict.fromkeys(key[1] for key in self._found if key[0] == "line")
        return {code: tuple(self._found["line", code, rank] for rank in range(5)) for code in codes}

    def _pay(self, code: str) -> tuple[tuple[Any, Lane], ...]:
        return tuple((key[2], lane) for key, lane in self._found.items() if key[:2] == ("pay", code))

    def reductions(self) -> dict[str, tuple[Lane, ...]]:
        codes = dict.fromkeys(key[1] for key in self._found if key[0] == "reduction")

        def get(code: str, name: str) -> Lane:
            return self._found["reduction", code, name]

        return {
            code: (
                get(code, "coefficient"),
                self._pay(code),
                *(get(code, n) for n in ("wage", "due", "before", "amount")),
            )
            for code in codes
        }

    def year_to_date(self, law: MonthLaw) -> YearToDate:
        def named(kind: str) -> dict[str, Lane]:
            return {key[1]: lane for key, lane in self._found.items() if key[0] == kind}

        granted = named("granted")
        return YearToDate(
            law.month.year,
            law.month,
            named("sum"),
            named("base"),
            {code: self._pay(code) for code in granted},
            granted,
        )
