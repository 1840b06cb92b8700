"""From a total back to gross pay: every gross in whole cents that gives it, or the gap and its rule.

In a CAE the budget comes first, and gross pay follows. No total is a nice function of gross pay. Cost jumps
where a reduction ends; net falls where a contribution starts on the whole pay; and within a year more pay
can cost less, for it brings more reference hours. So nothing is divided by a constant rate, and no bisection
trusts a monotony that the law has not: the pays are cut where some comparison of the formulas changes its
outcome (:mod:`cae_core.payroll.trace`), and inside a piece the search allows for every rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import attrs

from cae_core.errors import AmountTypeError, InputError, UnknownNameError
from cae_core.money import CENTS_MAX, least
from cae_core.payroll import engine
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.month_law import MonthLaw, Schedule
from cae_core.payroll.payslip import PayslipLine, ReductionLine
from cae_core.payroll.pieces import Piece, changes, crossing, last_where, straight_crossings
from cae_core.payroll.preimage import Budgeted, Point, Preimage
from cae_core.payroll.trace import Traced, outcomes
from cae_core.payroll.year_to_date import YearToDate

__all__ = ["INVERTIBLE", "Budgeted", "Inverse", "Point", "Preimage"]

#: The totals that can be asked for.
INVERTIBLE = ("net_before_tax", "net_paid", "employer_cost")

#: A coefficient has four decimals: one step of it, on the pay of the year, is this part of the pay.
_COEFFICIENT_STEPS = 10_000
#: Pays up to a hundred thousand euros a month are searched by default.
_SEARCHED = 10_000_000


class Inverse:
    """One person, one month and the earlier months of the year, at any gross pay.

    The breakpoints are found at the first question and kept: ask the same object for many targets.

    Args:
        law: the law of the month.
        facts: the facts of the person; their gross pay is ignored.
        before: the state of the year after the earlier months.
    """

    def __init__(self, law: MonthLaw, facts: PayFacts, before: YearToDate | None = None) -> None:
        self.law, self.facts = law, facts
        if before is not None:
            before = before.for_month(law.month, law.quarterly)
        self.before = None if engine.stands_alone(law, facts) else before
        self._schedule = law.schedule(facts.executive, facts.headcount)
        self._employee_side = self._side(attrs.evolve(self._schedule, scales=(), shares=(True, False)))
        self._employer_side = self._side(attrs.evolve(self._schedule, shares=(False, True)))
        self._paid_before: int = self.before.sums.get("gross_pay", 0) if self.before else 0
        self._found: dict[tuple[str, int], tuple[Piece, ...]] = {}
        self._ends: dict[tuple[str, int], Point] = {}

    def _side(self, schedule: Schedule) -> tuple[MonthLaw, Schedule]:
        """The law of a side: the bases that something of it is charged on, and no other."""
        bound, law = schedule.bind(self.facts), self.law
        used = {name for rows in (bound.covers, bound.rows) for row in rows for name in row[1:3] if name}
        used |= {reduction.base for reduction, *_ in schedule.scales}
        kept = (tuple(base for base in bases if base.name in used) for bases in (law.bases, law.cover_bases))
        bases, cover_bases = kept
        return attrs.evolve(law, bases=bases, cover_bases=cover_bases), schedule

    def _amounts(self, gross: int, side: tuple[MonthLaw, Schedule]) -> engine.Amounts:
        return engine.compute(*side, self.facts.with_gross(gross), self.before)

    def _nets(self, gross: int) -> engine.Amounts:
        """The nets of a pay, which look neither at the employer's shares nor at reductions."""
        return self._amounts(gross, self._employee_side)

    def _total(self, total: str, gross: int) -> int:
        if total == "employer_cost":
            cost: int = self._amounts(gross, self._employer_side).employer_cost
            return cost
        found = self._nets(gross)
        net: int = found.net_before_tax
        if total == "net_paid":
            return net - int(engine.withhold(self.law, self.facts, found.taxable_net)[1])
        return net

    def cost_cents(self, gross_pay_cents: int) -> int:
        """Return the employer cost of a gross pay of the month, in cents."""
        return self._total("employer_cost", gross_pay_cents)

    def _quantities(self, gross: Traced) -> dict[str, object]:
        facts = self.facts.with_gross(gross)
        earlier = self.before.sums if self.before else {}
        values = self.law.values
        return {q.name: q.formula(facts, values) + earlier.get(q.name, 0) for q in self.law.quantities}

    def _formulas(self, gross: Traced) -> None:
        """Run everything in which gross pay meets a threshold."""
        sums = self._quantities(gross)
        year = {base.name: base.formula(sums, self.law.values) for base in self.law.bases}
        sums["employer_cover"] = 0
        for base in self.law.cover_bases:
            base.formula(sums, self.law.values)
        earlier = self.before.sums if self.before else {}
        for reduction, scale, _, _ in self._schedule.scales:
            if reduction.applies is not None and not reduction.applies.holds(self.facts, self.law.values):
                continue
            measured = reduction.measured(sums, earlier)
            coefficient = reduction.coefficient(scale, measured, self.law.values)
            if reduction.limit is not None:
                # As if all pay were under one scale: near enough to find where the limit is met.
                due = year[reduction.base] * coefficient // _COEFFICIENT_STEPS
                least(due, reduction.limit(scale, sums, self.law.values))

    @cached_property
    def breakpoints(self) -> tuple[int, ...]:
        """The grosses, in cents, at which some comparison of the month's formulas changes its outcome.

        Between the points where reference wages stop following pay, each comparison is one of two straight
        lines, or of a curve that only falls: it changes at most once, and a bisection finds where.
        """
        pivots = changes(lambda gross: outcomes(self._quantities, gross), 0, CENTS_MAX)
        edges = set(pivots)
        for first, after in pairwise((0, *pivots, CENTS_MAX + 1)):
            edges.update(changes(lambda gross: outcomes(self._formulas, gross), first, after - 1))
        return tuple(sorted(edges))

    def _pieces(self, total: str, most: int) -> tuple[Piece, ...]:
        key = total, most
        if key not in self._found:
            edges = [edge for edge in self.breakpoints if 0 < edge <= most]
            bounds = list(pairwise((0, *edges, most + 1)))
            made = [piece for first, after in bounds for piece in self._cut(total, first, after - 1)]
            self._found[key] = tuple(made)
        return self._found[key]

    def _cut(self, total: str, first: int, last: int) -> Iterator[Piece]:
        """Cut a stretch of pays into pieces: one, but for the brackets of the neutral rate of tax."""
        noise = self._noise(total, last)
        if total == "net_paid":
            for tax_ppm, low, high in self._tax_brackets(first, last, noise):
                at_low, at_high = self._taxed(low, tax_ppm), self._taxed(high, tax_ppm)
                yield Piece(low, high, at_low, at_high, noise, tax_ppm=tax_ppm)
            return
        coefficients = [self._coefficients(gross) for gross in (first, last)]
        yield Piece(
            first,
            last,
            self._point(total, first).total_cents,
            self._point(total, last).total_cents,
            noise,
            # Each line and the pay less the reduction grow by zero or more, unless a coefficient grows.
            sure=total == "employer_cost"
            and not self._wholes
            and all(a >= b for a, b in zip(*coefficients, strict=True)),
            straight=total != "employer_cost",
        )

    def _coefficients(self, gross: int) -> list[int]:
        """The coefficients of the reductions, of every scale of the year, at a gross pay."""
        facts = self.facts.with_gross(gross)
        found = engine.compute(self.law, self._schedule, facts, self.before, None, ReductionLine)
        sums, earlier = found.year_to_date.sums, self.before.sums if self.before else {}
        return [
            line.reduction.coefficient(scale, line.reduction.measured(sums, earlier), self.law.values)
            for line in found.reduction_lines
            for scale, _ in line.pay_to_date
        ]

    def _tax_brackets(self, first: int, last: int, noise: int) -> Iterator[tuple[int, int, int]]:
        """Return the tax rates met on a stretch, each with the pays that may fall in its bracket."""
        if self.facts.withholding_ppm is None and not self.law.withholding.scale:
            yield 0, first, last
            return
        if self.facts.withholding_ppm is None:
            starts, rates = self.law.values[self.law.withholding.scale]
        else:
            # Below zero nothing is withheld.
            starts, rates = (0, 0), (0, self.facts.withholding_ppm)

        def reaches(start: int) -> int:
            """The last pay of the stretch whose taxable net is under the start of a bracket."""
            return last_where(lambda gross: self._taxable(gross) < start, first, last)

        # Taxable net grows but for rounding: a bracket is looked for a little beyond its bounds.
        margin = 4 * (noise + 1)
        least, most = self._taxable(first), self._taxable(last)
        for rank, rate in enumerate(rates):
            start = starts[rank] if rank else least
            following = starts[rank + 1] if rank + 1 < len(starts) else most + 1
            if most < start - noise or least > following + noise:
                continue
            low = max(reaches(start) - margin, first) if least < start else first
            high = min(reaches(following) + margin, last) if most >= following else last
            yield rate, low, high

    def _taxable(self, gross: int) -> int:
        return int(self._nets(gross).taxable_net)

    def _taxed(self, gross: int, tax_ppm: int) -> int:
        """Net paid as if taxed at a rate."""
        found = self._nets(gross)
        facts = attrs.evolve(self.facts, withholding_ppm=tax_ppm)
        return int(found.net_before_tax - engine.withhold(self.law, facts, found.taxable_net)[1])

    @cached_property
    def _wholes(self) -> int:
        """How many lines charge the employer what is left of a whole."""
        rows = self._schedule.bind(self.facts).rows
        return sum(row[2] is not None for row in rows)

    def _noise(self, total: str, last: int) -> int:
        """Bound what rounding can move: half a cent a line, and half a step of each coefficient.

        The rest of a whole is made of two amounts of it and one of the employee's, each of a rounded base.
        """
        schedule, side = self._schedule, 6 if total == "employer_cost" else 5
        bound = schedule.bind(self.facts)
        cents = sum(bool(row[side]) for rows in (bound.covers, bound.rows) for row in rows) // 2 + 2
        if total == "employer_cost":
            cents += 2 * self._wholes
            scales = len(schedule.scales) * (2 if self.before else 1)
            cents += scales * (self._paid_before + last) // (2 * _COEFFICIENT_STEPS)
        return cents

    def grosses_for(self, total: str, target_cents: int, *, most_cents: int = _SEARCHED) -> Preimage:
        """Return every gross pay that gives a total, or its two neighbours and what makes the gap.

        Args:
            total: ``"net_before_tax"``, ``"net_paid"`` (after income tax) or ``"employer_cost"``.
            target_cents: the total wanted.
            most_cents: the largest gross pay searched.

        Raises:
            UnknownNameError: another total.
            InputError: net paid, in a country that taxes by a formula or rounds pay to coins;
                or no pay that the law allows gives the total.
            AmountTypeError: the target is not an ``int`` of cents.
        """
        if total not in INVERTIBLE:
            raise UnknownNameError("invertible total", total, INVERTIBLE)
        if total == "net_paid" and (
            self.law.withholding.formula is not None or self.law.currency.payment_step_cents > 1
        ):
            raise InputError(total, "cannot be inverted where tax is a formula or pay is rounded to coins")
        if type(target_cents) is not int:
            raise AmountTypeError(
                f"target_cents must be an int of cents (got {target_cents!r})", target_cents
            )
        exact: set[int] = set()
        below: list[Point] = []
        above: list[Point] = []
        for piece in self._pieces(total, most_cents):
            for point in self._around(total, piece, target_cents):
                if point.total_cents == target_cents:
                    exact.add(point.gross_pay_cents)
                else:
                    (below if point.total_cents < target_cents else above).append(point)
        if exact:
            self._refuse_unless_allowed(exact)
            exact = {gross for gross in exact if self._allowed(gross)}
            return Preimage(total=total, target_cents=target_cents, grosses_cents=tuple(sorted(exact)))
        under = max(below, key=lambda point: (point.total_cents, point.gross_pay_cents), default=None)
        over = min(above, key=lambda point: (point.total_cents, point.gross_pay_cents), default=None)
        return Preimage(
            total=total,
            target_cents=target_cents,
            grosses_cents=(),
            below=under,
            above=over,
            rules=self._jump(total, under, over),
        )

    def _allowed(self, gross: int) -> bool:
        facts = self.facts.with_gross(gross)
        return not any(check.violated(facts, self.law.values) for check in self.law.fact_checks)

    def _refuse_unless_allowed(self, grosses: Iterable[int]) -> None:
        """Refuse pays of which a payslip would allow none, as it refuses them."""
        if not any(self._allowed(gross) for gross in grosses):
            self.law.check_facts(self.facts.with_gross(next(iter(grosses))))

    def _around(self, total: str, piece: Piece, target: int) -> Iterator[Point]:
        """Return every pay of a piece that may give the target, and those next to it, with their totals."""
        ends = [self._point(total, gross) for gross in (piece.first, piece.last)]
        if target <= piece.at_first - 2 * piece.noise:
            yield ends[0]
            return
        if target >= piece.at_last + 2 * piece.noise:
            yield ends[1]
            return
        known = {piece.first: piece.at_first, piece.last: piece.at_last}
        compute = self._value(total, piece)

        def value(gross: int) -> int:
            if gross not in known:
                known[gross] = compute(gross)
            return known[gross]

        near: Iterable[int]
        if piece.straight:
            near = straight_crossings(value, piece, target)
        else:
            at = crossing(value, piece, target)
            near = range(max(at - piece.reach, piece.first), min(at + piece.reach, piece.last) + 1)
            if piece.sure:
                # The pays that give the target stand side by side, the crossing at their end.
                gross = at
                while gross > piece.first and value(gross) == target:
                    gross -= 1
                near = range(gross, min(at + 1, piece.last) + 1)
        for gross in near:
            yield Point(gross, value(gross) if piece.tax_ppm is None else self._total(total, gross))
        yield from ends

    def _point(self, total: str, gross: int) -> Point:
        """Return the total at an end of a piece, which every question asks for."""
        key = total, gross
        if key not in self._ends:
            self._ends[key] = Point(gross, self._total(total, gross))
        return self._ends[key]

    def _value(self, total: str, piece: Piece) -> Callable[[int], int]:
        if piece.tax_ppm is None:
            return lambda gross: self._total(total, gross)
        tax_ppm = piece.tax_ppm
        return lambda gross: self._taxed(gross, tax_ppm)

    def _jump(self, total: str, below: Point | None, above: Point | None) -> tuple[tuple[str, int], ...]:
        """Say which lines make the total jump between two pays one cent apart."""
        if below is None or above is None or abs(below.gross_pay_cents - above.gross_pay_cents) != 1:
            return ()
        sides = [self._lines(total, point.gross_pay_cents) for point in (below, above)]
        codes = dict.fromkeys((*sides[0], *sides[1]))
        moved = {code: sides[1].get(code, 0) - sides[0].get(code, 0) for code in codes}
        jumps = [(code, cents) for code, cents in moved.items() if abs(cents) > 1]
        return tuple(sorted(jumps, key=lambda jump: -abs(jump[1])))

    def _lines(self, total: str, gross: int) -> dict[str, int]:
        """What each line adds to a total at a gross pay."""
        facts = self.facts.with_gross(gross)
        found = engine.compute(self.law, self._schedule, facts, self.before, PayslipLine, ReductionLine)
        if total == "employer_cost":
            lines = {line.code: line.employer_cents for line in found.lines}
            for line in found.reduction_lines:
                lines[line.code] = -line.amount_cents
            return lines
        lines = {line.code: -line.employee_cents for line in found.lines}
        if total == "net_paid":
            lines["withholding"] = -engine.withhold(self.law, facts, found.taxable_net)[1]
        return lines

    def for_budget(self, budget_cents: int) -> Budgeted:
        """Return the largest gross pay of the month whose employer cost fits a budget.

        Raises:
            AmountTypeError: the budget is not an ``int`` of cents.
            InputError: the law does not allow the pay that fits.
        """
        if type(budget_cents) is not int:
            raise AmountTypeError(
                f"budget_cents must be an int of cents (got {budget_cents!r})", budget_cents
            )
        found = 0
        for piece in reversed(self._pieces("employer_cost", CENTS_MAX - 1)):
            largest = piece.last if piece.at_last <= budget_cents else self._largest_in(piece, budget_cents)
            if largest is not None:
                found = largest
                break
        self._refuse_unless_allowed([found])
        return Budgeted(
            budget_cents=budget_cents,
            gross_pay_cents=found,
            employer_cost_cents=self.cost_cents(found),
            next_cost_cents=self.cost_cents(found + 1),
        )

    def _largest_in(self, piece: Piece, budget: int) -> int | None:
        """Return the largest gross of a piece whose cost fits; its last one does not."""
        if piece.at_first > budget + (0 if piece.sure else 2 * piece.noise):
            return None
        at = crossing(self.cost_cents, piece, budget)
        if piece.sure:
            return at
        top, bottom = min(at + piece.reach, piece.last), max(at - piece.reach, piece.first)
        return next((gross for gross in range(top, bottom - 1, -1) if self.cost_cents(gross) <= budget), None)
