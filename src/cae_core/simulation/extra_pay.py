"""One more euro of pay in a month: what it costs, to the cent, what it pays, and which rights it moves.

In December everything of the year is settled: what a euro more changes in the reduction and under the
ceiling is that of the whole year. Rights move by steps: a euro mostly brings nothing of a quarter, and
sometimes a whole one. So the pay that reaches the next step is priced as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError, UnknownNameError
from cae_core.money import CENTS_MAX, MILLION, divide_half_up
from cae_core.payroll.compare import PayslipComparison, compare_payslips
from cae_core.payroll.engine import payslip
from cae_core.payroll.inverse import INVERTIBLE, Inverse
from cae_core.payroll.payslip import Payslip
from cae_core.payroll.year_to_date import YearToDate
from cae_core.protection import Amount, Entitlement, Finding, PayHistory, PayMonth, assess
from cae_core.simulation.projection import Projection
from cae_core.simulation.scenario import Watched

if TYPE_CHECKING:
    from cae_core.ruleset import Ruleset

__all__ = ["ExtraPay", "FigureChange", "NextStep", "RightChange", "extra_pay", "extra_pay_in"]

#: What the amount that is added may be counted in.
_TOTALS = ("gross_pay", *INVERTIBLE)


@attrs.frozen(kw_only=True)
class FigureChange:
    """A figure of a right, before and after; ``None`` where an answer does not have it."""

    before: Amount | None
    after: Amount | None

    @property
    def either(self) -> Amount:
        """The figure, to say what it is and in which unit."""
        found = self.after or self.before
        assert found is not None  # one of the answers has it
        return found

    @property
    def difference(self) -> int:
        """After less before, in the unit of the figure; what an answer does not have counts for nothing."""
        return (self.after.value if self.after else 0) - (self.before.value if self.before else 0)


@attrs.frozen(kw_only=True)
class RightChange:
    """A right, before and after.

    Attributes:
        before, after: the answers.
    """

    before: Finding
    after: Finding

    @property
    def entitlement(self) -> Entitlement:
        """The right."""
        return self.after.entitlement

    @property
    def opened(self) -> bool:
        """Whether it is granted after and was not before."""
        return self.after.granted is True and self.before.granted is not True

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures that differ, in the order of the answer."""
        sides = [{amount.code: amount for amount in finding.amounts} for finding in (self.before, self.after)]
        before, after = sides
        changes = (
            FigureChange(before=before.get(code), after=after.get(code)) for code in {**after, **before}
        )
        return tuple(change for change in changes if change.difference)

    def __bool__(self) -> bool:
        return self.before.granted is not self.after.granted or bool(self.figures)


@attrs.frozen(kw_only=True)
class NextStep:
    """The pay that is missing to reach the next step of a right.

    Attributes:
        gross_pay_cents: how much more gross pay.
        employer_cost_cents: what it costs.
        net_before_tax_cents: what it pays.
        right: the right, before and after it is paid.
    """

    gross_pay_cents: int
    employer_cost_cents: int
    net_before_tax_cents: int
    right: RightChange


@attrs.frozen(kw_only=True)
class ExtraPay:
    """What more pay in a month costs and brings.

    Attributes:
        before, after: the payslips.
        rights: every right asked about, whether it moves or not.
        steps: the next step of each right that says what is missing.
    """

    before: Payslip
    after: Payslip
    rights: tuple[RightChange, ...]
    steps: tuple[NextStep, ...]

    def cents(self, total: str) -> int:
        """Return how much more of a total of the payslip there is, such as ``"employer_cost"``."""
        found: int = getattr(self.after, f"{total}_cents") - getattr(self.before, f"{total}_cents")
        return found

    @property
    def lines(self) -> PayslipComparison:
        """Both payslips line by line, with what moves and why."""
        return compare_payslips(self.before, self.after)

    @property
    def net_of_cost_ppm(self) -> int | None:
        """The part of the cost paid as net before tax, in millionths; ``None`` where nothing is spent.

        A coefficient has few decimals, and one step of it moves the reduction of the whole year: a single
        euro may cost several, or nothing. A hundred euros say more.
        """
        cost = self.cents("employer_cost")
        return divide_half_up(self.cents("net_before_tax") * MILLION, cost) if cost > 0 else None

    @property
    def moved(self) -> tuple[RightChange, ...]:
        """The rights that move."""
        return tuple(right for right in self.rights if right)


def extra_pay(
    rules: Ruleset,
    slip: Payslip,
    *,
    before: YearToDate | None = None,
    history: PayHistory | None = None,
    amount_cents: int = 100,
    of: str = "gross_pay",
    rights: Sequence[Watched] = (),
    assume_unchanged: bool = False,
) -> ExtraPay:
    """Return what more pay in a month costs and brings.

    Args:
        rules: the law.
        slip: the payslip of the month as it stands.
        before: the state of the year before the month.
        history: what was paid in the months before, for the rights.
        amount_cents: how much more; one euro by default.
        of: what the amount is counted in: ``"gross_pay"``, ``"net_before_tax"``, ``"net_paid"``, or
            ``"employer_cost"``, of which not more is spent. Where no gross pay gives the net to the cent, the
            least that gives more is taken.
        rights: the rights to ask about, each on its own day.
        assume_unchanged: for the rights, carry the law forward beyond the last day known.

    Raises:
        InputError: an amount that is not above zero, or more than any pay gives.
        UnknownNameError: another total.
        LawNotKnownError: the law of a right is not known on its day.

    Law:
        Code de la sécurité sociale, art. L241-13 (reduction) and R243-10 (ceiling): both are those of the
        calendar year, set right in the course of it or with its last pay.
    """
    if type(amount_cents) is not int or not 0 < amount_cents < CENTS_MAX:
        raise InputError("amount", f"expected whole cents over zero, got {amount_cents!r}")
    gross = _more(slip, before, amount_cents, of)
    after = _paid(slip, before, gross)
    past = PayHistory() if history is None else history

    def ask(watch: Watched, paid: Payslip) -> Finding:
        return assess(
            watch.entitlement, past.with_months(PayMonth.of(paid)), watch.day(slip.month), *watch.facts,
            law=rules.rights, assume_unchanged=assume_unchanged,
        )  # fmt: skip

    changes, steps = [], []
    for watch in rights:
        now = ask(watch, slip)
        changes.append(RightChange(before=now, after=ask(watch, after)))
        missing = _missing(now, slip)
        if missing:
            reached = _paid(slip, before, slip.gross_pay_cents + missing)
            steps.append(
                NextStep(
                    gross_pay_cents=missing,
                    employer_cost_cents=reached.employer_cost_cents - slip.employer_cost_cents,
                    net_before_tax_cents=reached.net_before_tax_cents - slip.net_before_tax_cents,
                    right=RightChange(before=now, after=ask(watch, reached)),
                )
            )
    return ExtraPay(before=slip, after=after, rights=tuple(changes), steps=tuple(steps))


def extra_pay_in(
    rules: Ruleset,
    projection: Projection,
    month: Month | str,
    *,
    amount_cents: int = 100,
    of: str = "gross_pay",
    rights: Sequence[Watched] = (),
) -> ExtraPay:
    """Return what more pay in a month of a projection costs and brings; see :func:`extra_pay`.

    Raises:
        InputError: the month is not projected, or pays nothing.
    """
    wanted = projection[month]
    if wanted.payslip is None:
        raise InputError("month", f"{wanted.month} has no payslip")
    scenario = projection.scenario
    earlier = [slip for slip in projection.payslips if slip.month < wanted.month]
    year = earlier[-1].year_to_date if earlier else scenario.start.year_to_date
    return extra_pay(
        rules,
        wanted.payslip,
        before=year if year is not None and year.year == wanted.month.year else None,
        history=scenario.start.history.with_months(*_months(earlier)),
        amount_cents=amount_cents,
        of=of,
        rights=rights,
        assume_unchanged=scenario.assume_unchanged,
    )


def _months(slips: Iterable[Payslip]) -> list[PayMonth]:
    return [PayMonth.of(slip) for slip in slips]


def _paid(slip: Payslip, before: YearToDate | None, gross: int) -> Payslip:
    return payslip(slip.law, slip.facts.with_gross(gross), before)


def _more(slip: Payslip, before: YearToDate | None, amount: int, of: str) -> int:
    """Return the gross pay of the month once the amount is added."""
    if of not in _TOTALS:
        raise UnknownNameError("total", of, _TOTALS)
    gross = slip.gross_pay_cents
    if of == "gross_pay":
        return gross + amount
    wanted = getattr(slip, f"{of}_cents") + amount
    inverse = Inverse(slip.law, slip.facts, before)
    if of == "employer_cost":
        return inverse.for_budget(wanted).gross_pay_cents
    found = inverse.grosses_for(of, wanted)
    over = [each for each in found.grosses_cents if each > gross]
    if not over and found.above is not None:
        over = [found.above.gross_pay_cents]
    if not over:
        raise InputError("amount", f"no gross pay gives {amount} cents more of {of}")
    return over[0]


def _missing(finding: Finding, slip: Payslip) -> int:
    """Return the gross pay that is missing for the next step of a right, where the month can still pay it."""
    nearest = finding.nearest
    if nearest is None or nearest.unit != "cents" or nearest.missing <= 0:
        return 0
    late = nearest.by_on is not None and nearest.by_on < slip.month.last_day
    return 0 if late or slip.gross_pay_cents + nearest.missing >= CENTS_MAX else nearest.missing
