"""A whole month's population at once: the same rules on int64 arrays, the same cents row by row.

The caller's arrays bring their own namespace (array API), so nothing here imports numpy. People are
grouped by status, since a status decides which contributions are owed, and worked through in pieces that
fit the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import attrs

from cae_core.errors import AmountError, InputError, UnknownNameError
from cae_core.money import Lane, round_to_step
from cae_core.payroll import engine
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.groups import LANES, Group, groups
from cae_core.payroll.month_law import MonthLaw, Owed
from cae_core.payroll.payslip import TOTALS, Payslip, PayslipLine, ReductionLine
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["LANES", "PayslipBatch", "payslips"]

#: Computed when they are first asked for.
_WITHHELD = ("withholding_ppm", "withholding", "net_paid")


@attrs.frozen(eq=False)
class _Piece:
    """Some people of a batch, all of one status, with their lines and the state of their year."""

    rows: Any
    amounts: engine.Amounts


@attrs.frozen(eq=False, kw_only=True)
class PayslipBatch:
    """The payslips of many people for one month, in columns of integer cents.

    ``batch["net_paid"]`` is a column, in the order of the people; the names are those of
    :data:`~cae_core.payroll.TOTALS`, and ``"withholding_ppm"``.

    Attributes:
        law: the law of the month.
        facts: the facts given.
        has_lines: whether every line was kept.
        has_state: whether the state of the year was kept.
    """

    law: MonthLaw
    facts: PayFacts
    has_lines: bool
    has_state: bool
    _columns: dict[str, Any] = attrs.field(repr=False)
    _pieces: tuple[_Piece, ...] = attrs.field(repr=False)

    def __len__(self) -> int:
        return len(self.facts.gross_pay_cents)

    def __getitem__(self, total: str) -> Any:
        """Return the column of a total, in cents.

        Raises:
            UnknownNameError: there is no such total.
        """
        if total == "gross_pay":
            return self.facts.gross_pay_cents
        if total not in self._columns:
            if total not in (*engine.COMPUTED, *_WITHHELD):
                raise UnknownNameError("total", total, (*TOTALS, "withholding_ppm"))
            if not {"taxable_net", "net_before_tax"} <= set(self._columns) or total in engine.COMPUTED:
                kept = ", ".join(self._columns)
                raise InputError("totals", f"{total} was not asked for; this batch has gross_pay, {kept}")
            self._withhold()
        return self._columns[total]

    def _withhold(self) -> None:
        taxable_net = self["taxable_net"]
        rate, withheld = engine.withhold(self.law, self.facts, taxable_net)
        self._columns["withholding_ppm"] = rate
        self._columns["withholding"] = withheld
        self._columns["net_paid"] = _paid(self.law, self["net_before_tax"] - withheld)

    @property
    def year_to_date(self) -> YearToDate:
        """The state of the year after the month, in columns.

        Raises:
            InputError: the batch was computed without it.
        """
        if not self.has_state:
            raise InputError("year_to_date", "this batch kept totals only; compute it with state=True")
        if "year_to_date" not in self._columns:
            self._columns["year_to_date"] = self._join_years()
        found: YearToDate = self._columns["year_to_date"]
        return found

    def _join(self, lane_of: Callable[[_Piece], Lane]) -> Any:
        """Put the lanes of the pieces together, in the order of the people."""
        gross = self.facts.gross_pay_cents
        xp = gross.__array_namespace__()
        if len(self._pieces) == 1:
            lane = lane_of(self._pieces[0])
            return lane if hasattr(lane, "__array_namespace__") else xp.zeros_like(gross) + lane
        column = xp.empty_like(gross)
        for piece in self._pieces:
            column[piece.rows] = lane_of(piece)
        return column

    def _join_years(self) -> YearToDate:
        states = [piece.amounts.year_to_date for piece in self._pieces]
        first = states[0]

        def joined(of: str) -> dict[str, Lane]:
            return {name: self._join(partial(_read_state, of, name)) for name in getattr(first, of)}

        pay: dict[str, tuple[tuple[Any, Lane], ...]] = {}
        for code in first.reduction_pay:
            scales = dict.fromkeys(scale for state in states for scale, _ in state.reduction_pay[code])
            pay[code] = tuple((scale, self._join(partial(_read_pay, code, scale))) for scale in scales)
        return YearToDate(
            self.law.month.year, self.law.month, joined("sums"), joined("bases"), pay, joined("granted")
        )

    def row(self, position: int) -> Payslip:
        """Return the payslip of one person, read from the columns.

        Raises:
            InputError: the batch was computed without its lines.
            IndexError: there is no such person.
        """
        if not self.has_lines:
            raise InputError("row", "this batch kept totals only; compute it with lines=True")
        if not -len(self) <= position < len(self):
            raise IndexError(f"the batch has {len(self)} people, none at {position}")
        position %= len(self)
        piece, at = self._find(position)

        def read(lane: Lane) -> Any:
            return lane[at].item() if hasattr(lane, "__array_namespace__") else lane

        found, facts = piece.amounts, self.facts.row(position)
        lines = []
        for owed, *lanes in found.lines:
            own = Owed(owed.contribution, read(owed.employee_ppm), read(owed.employer_ppm))
            lines.append(PayslipLine(own, *(read(lane) for lane in lanes)))
        reductions = []
        for reduction, base, coefficient, maximum, pay, *rest in found.reduction_lines:
            by_scale = [(scale, read(cents)) for scale, cents in pay]
            by_scale = [pair for pair in by_scale[:-1] if pair[1]] + by_scale[-1:]
            reductions.append(
                ReductionLine(
                    reduction,
                    read(base),
                    read(coefficient),
                    maximum,
                    tuple(by_scale),
                    *(read(x) for x in rest),
                )
            )
        state = found.year_to_date.row(at)
        return Payslip(  # type: ignore[call-arg]
            self.law, facts,
            # A line that a whole group owes may be zero for one person of it.
            tuple(line for line in lines if not _empty(line)),
            tuple(line for line in reductions if not line.foreign), facts.gross_pay_cents,
            *(read(getattr(found, name)) for name in engine.COMPUTED),
            *(int(self[name][position]) if hasattr(self[name], "__array_namespace__") else self[name]
              for name in ("withholding_ppm", "withholding", "net_paid")),
            state, state if found.measured is found.year_to_date else found.measured.row(at),
        )  # fmt: skip

    def _find(self, position: int) -> tuple[_Piece, int]:
        """Return the piece that holds a person, and where in it."""
        # A later piece stands in the place of what an earlier one was not sure of.
        for piece in reversed(self._pieces):
            if isinstance(piece.rows, slice):
                if piece.rows.start <= position < piece.rows.stop:
                    return piece, position - piece.rows.start
            else:
                where = (piece.rows == position).nonzero()[0]
                if len(where):
                    return piece, int(where[0])
        raise AssertionError("every person is in a piece")  # pragma: no cover


def _read_state(of: str, name: str, piece: _Piece) -> Lane:
    return getattr(piece.amounts.year_to_date, of)[name]


def _read_pay(code: str, scale: Any, piece: _Piece) -> Lane:
    """The pay of some people under a scale; none where it is the scale of other people of the batch."""
    return dict(piece.amounts.year_to_date.reduction_pay[code]).get(scale, 0)


def _empty(line: PayslipLine) -> bool:
    """Whether nothing was owed by law: no rate, and no amount given by a contract."""
    if line.contribution.is_amount:
        return not (line.employee_cents or line.employer_cents)
    return not (line.employee_ppm or line.employer_ppm)


def payslips(
    law: MonthLaw,
    facts: PayFacts,
    before: YearToDate | None = None,
    *,
    lines: bool = False,
    state: bool = True,
    totals: Sequence[str] | None = None,
    lane: str | None = None,
) -> PayslipBatch:
    """Compute the payslips of many people for one month.

    Args:
        law: the law of the month.
        facts: columns; ``gross_pay_cents`` decides how many people there are.
        before: the state after the earlier months, in columns (``batch.year_to_date``).
        lines: keep every line (needed by :meth:`PayslipBatch.row`), not the totals alone.
        state: keep the state of the year (needed by the next month); a month alone is quicker without.
        totals: keep these columns alone, which then are all that a large batch adds to memory.
        lane: what runs the formulas, with the same cents: ``"arrays"`` runs them as they are, ``"buffers"``
            a program of them in numpy's buffers, ``"compiled"`` the same program as machine code (see
            :mod:`cae_core.payroll.compiled`). ``None`` is the arrays, or buffers for many people. Where no
            program can follow a rule of a plugin the arrays compute; a lane that was asked for then gives
            way with a :class:`~cae_core.errors.SlowerLaneWarning`.

    Raises:
        UnknownNameError: another name in ``totals``, or another lane.
        MissingExtraError: the lane needs a library that is not installed.
        AmountError: ``gross_pay_cents`` is not a column, or leaves the domain.
        InputError: facts the law does not allow, with the first row.
    """
    gross = facts.gross_pay_cents
    if not hasattr(gross, "__array_namespace__"):
        raise AmountError(
            "a batch needs gross_pay_cents as an int64 array; use payslip() for one person", gross
        )
    if lane not in (None, *LANES):
        raise UnknownNameError("lane", lane, LANES)
    if before is not None:
        before.check_precedes(law.month)
    if law.fact_specs or facts.given:
        law.check_given(facts)
    for check in law.fact_checks:
        violated = check.violated(facts, law.values)
        if violated.any() if hasattr(violated, "any") else violated:
            row = f", first in row {int(violated.argmax())}" if hasattr(violated, "argmax") else ""
            raise InputError(check.code, f"in {law.month}, {check.message} ({check.citation}){row}")
    wanted = _wanted(totals)
    _settle_heap(gross.__array_namespace__())
    columns: dict[str, Any] = {}
    pieces = []
    for status, rows in groups(law, facts):
        group = facts if rows is None else facts.take(rows)
        group_before = before if rows is None or before is None else before.take(rows)
        schedule = law.schedule(status.executive, status.headcount)
        month = Group(law, schedule, group, group_before, wanted, lines, lines or state)
        for where, amounts, found in month.computed(lane):
            people = where if rows is None else rows[where]
            for name in wanted:
                _fill(columns, name, gross, people, found[name])
            if amounts is not None:
                pieces.append(_Piece(people, amounts))
    return PayslipBatch(
        law=law,
        facts=facts,
        has_lines=lines,
        has_state=lines or state,
        columns=columns,
        pieces=tuple(pieces),
    )


def _fill(columns: dict[str, Any], name: str, gross: Any, people: Any, found: Lane) -> None:
    """Put the total of some people in its column; a fresh column of everybody is the column."""
    whole = people == slice(0, len(gross)) if isinstance(people, slice) else False
    if whole and hasattr(found, "__array_namespace__"):
        columns[name] = found
        return
    if name not in columns:
        columns[name] = gross.__array_namespace__().empty_like(gross)
    columns[name][people] = found


def _wanted(totals: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns to keep; gross pay is a fact, and always there."""
    if totals is None:
        return engine.COMPUTED
    for name in totals:
        if name not in (*TOTALS, "withholding_ppm"):
            raise UnknownNameError("total", name, (*TOTALS, "withholding_ppm"))
    return tuple(name for name in dict.fromkeys(totals) if name != "gross_pay")


def _paid(law: MonthLaw, net: Lane) -> Lane:
    return round_to_step(net, law.currency.payment_step_cents)


@cache
def _settle_heap(xp: Any) -> None:
    """Make the C library keep the memory that a batch frees, for the next one.

    glibc gives freed memory back to the kernel until it has once seen a large block freed; taking it back
    page by page then costs more than the payslips themselves. The block is never written, so it is free; it
    is just under the 32 MiB beyond which glibc never learns, and leaves twice that for the next batch.
    """
    xp.empty(2**22 - 2**13, dtype=xp.int64)
