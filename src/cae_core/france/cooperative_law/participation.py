"""Statutory profit sharing (participation): the special reserve, and its base in a Scop."""

from __future__ import annotations

from fractions import Fraction

import attrs

from cae_core.errors import InputError, InputErrors
from cae_core.france.cooperative_law.texts import art, checked, whole
from cae_core.law import Citation, Snapshot
from cae_core.money import MILLION, apply_rate, divide_half_up, format_euros
from cae_core.reasons import Reason

__all__ = ["SpecialReserve", "participation_is_due", "scop_net_profit", "special_reserve"]


@attrs.frozen(kw_only=True)
class SpecialReserve:
    """The special reserve (réserve spéciale de participation) and what it is made of; amounts in cents.

    Attributes:
        net_profit_cents: profit after tax (B).
        equity_cents: equity (C); in a Scop the paid-up capital.
        equity_return_cents: what is taken off for the return on equity.
        wages_cents: wages (S).
        added_value_cents: added value (VA).
        amount_cents: the special reserve: half of (B − 5 % C) × S ÷ VA, rounded once, never below zero.
        citations: the texts.
    """

    net_profit_cents: int
    equity_cents: int
    equity_return_cents: int
    wages_cents: int
    added_value_cents: int
    amount_cents: int
    citations: tuple[Citation, ...]

    def met_by(self, employees_part_cents: int) -> Reason:
        """Return whether the employees' part of a Scop is enough to feed the special reserve.

        An agreement may put that part, or some of it, into the special reserve; both are then booked before
        the accounts are closed.

        Law:
            Code du travail, art. R3323-10.
        """
        return Reason(
            code="fed_by_employees_part",
            met=employees_part_cents >= self.amount_cents,
            french=f"part travail de {format_euros(employees_part_cents)}, "
            f"réserve spéciale de {format_euros(self.amount_cents)}",
            english=f"employees' part of {format_euros(employees_part_cents, 'en')}, "
            f"special reserve of {format_euros(self.amount_cents, 'en')}",
            citations=(Citation("C. trav. art. R3323-10"),),
            found=employees_part_cents,
            wanted=self.amount_cents,
            unit="cents",
        )


def scop_net_profit(surplus_cents: int, law: Snapshot) -> int:
    """Return the net profit of a Scop in the formula, in cents: the surplus less a quarter, less tax on that.

    Law:
        Code du travail, art. R3323-9, 1°; code général des impôts, art. 219.
    """
    if surplus_cents <= 0:
        return 0
    before_tax = surplus_cents - apply_rate(surplus_cents, law.value("scop_participation_deduction"))
    net: int = before_tax - apply_rate(before_tax, law.value("corporate_tax_rate"))
    return net


def special_reserve(
    net_profit_cents: int, *, equity_cents: int, wages_cents: int, added_value_cents: int, law: Snapshot
) -> SpecialReserve:
    """Return the special reserve of the common formula.

    Args:
        net_profit_cents: B; :func:`scop_net_profit` in a Scop, the taxed profit less tax in a Scic.
        equity_cents: C; in a Scop the capital paid up at the close.
        wages_cents: S.
        added_value_cents: VA.
        law: the law of the close.

    Raises:
        InputErrors: amounts below zero, no added value, wages above it.

    Law:
        Code du travail, art. L3324-1 and R3323-9, 2°.
    """
    problems = [
        InputError(name, f"expected zero or more in cents, got {value!r}")
        for name, value in (("equity_cents", equity_cents), ("wages_cents", wages_cents))
        if type(value) is not int or value < 0
    ]
    if type(added_value_cents) is not int or added_value_cents <= 0:
        problems.append(
            InputError(
                "added_value_cents", f"expected an amount above zero in cents, got {added_value_cents!r}"
            )
        )
    if problems:
        raise InputErrors("the special reserve cannot be computed", problems)
    rate, divisor = law.value("participation_equity_rate"), whole(law, "participation_divisor")
    base = net_profit_cents - Fraction(equity_cents * rate, MILLION)
    exact = max(base, Fraction(0)) * Fraction(wages_cents, added_value_cents * divisor)
    return SpecialReserve(
        net_profit_cents=net_profit_cents,
        equity_cents=equity_cents,
        equity_return_cents=apply_rate(equity_cents, rate),
        wages_cents=wages_cents,
        added_value_cents=added_value_cents,
        amount_cents=divide_half_up(exact.numerator, exact.denominator),
        citations=art(
            law, "participation_equity_rate", "participation_divisor", "scop_participation_deduction"
        ),
    )


def participation_is_due(headcount: int, law: Snapshot) -> Reason:
    """Return whether the headcount makes participation compulsory; for how many years is not looked at.

    Law:
        Code du travail, art. L3322-2.
    """
    least = law.value("participation_headcount")
    return checked(
        law,
        "participation_headcount",
        code="participation_headcount",
        met=headcount >= least,
        found=headcount,
        wanted=least,
        unit="people",
        french=f"effectif de {headcount}, participation obligatoire à partir de {least}",
        english=f"headcount of {headcount}, participation is compulsory from {least}",
    )
