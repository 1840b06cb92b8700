"""What becomes of the surplus of a year, to the cent: reserves, employees, interest on shares.

The rules of a legal form come as :class:`SurplusRules`, the choices of the cooperative as rates. A choice
that the law does not allow is refused with every objection; interest that meets a ceiling is lowered to it,
and the result says by which one.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from cae_core.errors import InputError, InputErrors, RefusedError
from cae_core.law import Citation
from cae_core.money import MILLION, Rate, apply_rate, format_euros
from cae_core.reasons import Reason, unmet

__all__ = ["Allocation", "AllocationLine", "SurplusFacts", "SurplusRules", "allocate"]

_NOTHING = Rate(0)


@attrs.frozen(kw_only=True)
class SurplusFacts:
    """The figures of a year, in cents.

    Attributes:
        surplus_cents: net surplus of the year, after earlier losses (excédents nets de gestion); below zero
            for a loss.
        legal_reserve_cents: legal reserve before the allocation.
        other_reserves_cents: all other reserves before it.
        capital_cents: capital at the close.
        highest_capital_cents: highest capital ever reached.
        paid_up_cents: paid-up capital that bears interest.
    """

    surplus_cents: int
    legal_reserve_cents: int = 0
    other_reserves_cents: int = 0
    capital_cents: int = 0
    highest_capital_cents: int = 0
    paid_up_cents: int = 0

    def __attrs_post_init__(self) -> None:
        problems = []
        for field in attrs.fields(SurplusFacts):
            value = getattr(self, field.name)
            if type(value) is not int or (value < 0 and field.name != "surplus_cents"):
                problems.append(InputError(field.name, f"expected zero or more in cents, got {value!r}"))
        if not problems and self.capital_cents > self.highest_capital_cents:
            problems.append(
                InputError(
                    "highest_capital_cents",
                    f"expected at least the capital ({self.capital_cents}), got {self.highest_capital_cents}",
                )
            )
        if not problems and self.paid_up_cents > self.capital_cents:
            problems.append(
                InputError(
                    "paid_up_cents",
                    f"expected at most the capital, {self.capital_cents}, got {self.paid_up_cents}",
                )
            )
        if problems:
            raise InputErrors("the figures of the year cannot be used", problems)


@attrs.frozen(kw_only=True)
class SurplusRules:
    """How a legal form shares out its surplus.

    Attributes:
        legal_reserve_ppm: part of the surplus that goes to the legal reserve until it is full.
        reserve_counts_all: the legal reserve is full when *all* reserves reach the capital; otherwise when
            the
            legal reserve alone reaches the highest capital ever.
        further_reserve_ppm: part of what the legal reserve leaves that must go to a further reserve.
        further_reserve_wanted: the further reserve must receive something each year.
        employees_minimum_ppm: least part of the surplus for the employees; ``None``: there is no such part.
        interest_within_reserves: interest is at most what the reserves receive.
        interest_within_employees: interest is at most what the employees receive.
        interest_rate_cap_ppm: highest rate of interest; ``None``: no such cap.
        further_reserve_french, further_reserve_english: what the further reserve is called.
        legal_reserve_citations, further_reserve_citations, employees_citations, interest_citations: the
            texts.
        needs_review: codes of the lines and reasons whose text nobody has read yet.
    """

    legal_reserve_ppm: int
    reserve_counts_all: bool
    further_reserve_ppm: int
    further_reserve_wanted: bool
    employees_minimum_ppm: int | None
    interest_within_reserves: bool
    interest_within_employees: bool
    interest_rate_cap_ppm: int | None
    further_reserve_french: str
    further_reserve_english: str
    legal_reserve_citations: tuple[Citation, ...] = ()
    further_reserve_citations: tuple[Citation, ...] = ()
    employees_citations: tuple[Citation, ...] = ()
    interest_citations: tuple[Citation, ...] = ()
    needs_review: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class AllocationLine:
    """One destination of the surplus.

    Attributes:
        code: ``"legal_reserve"``, ``"further_reserve"``, ``"employees"`` or ``"interest"``.
        french, english: its name.
        amount_cents: what it receives.
        base_cents, rate_ppm: what it is a rate of, where it is one.
        citations: the texts.
        needs_review: nobody has read the text yet.
    """

    code: str
    french: str
    english: str
    amount_cents: int
    base_cents: int | None = None
    rate_ppm: int | None = None
    citations: tuple[Citation, ...] = ()
    needs_review: bool = False


@attrs.frozen(kw_only=True)
class Allocation:
    """The allocation of the surplus of a year; the lines add up to it.

    Attributes:
        facts: the figures of the year.
        lines: the destinations, in the order of the law.
        reasons: each bound of the law, the figures compared, and whether it was met by what was asked.
    """

    facts: SurplusFacts
    lines: tuple[AllocationLine, ...]
    reasons: tuple[Reason, ...]

    def amount(self, code: str) -> int:
        """Return what a destination receives, in cents; a destination that is not there receives nothing."""
        return sum(line.amount_cents for line in self.lines if line.code == code)

    @property
    def total_cents(self) -> int:
        """What the lines add up to: the surplus, or nothing in a year without one."""
        return sum(line.amount_cents for line in self.lines)


def allocate(
    facts: SurplusFacts,
    rules: SurplusRules,
    *,
    employees_rate: Rate = _NOTHING,
    interest_rate: Rate = _NOTHING,
) -> Allocation:
    """Share out the surplus of a year.

    The legal reserve comes first, then the employees' part, then interest; what is left goes to the further
    reserve (fonds de développement, réserve statutaire).

    Args:
        facts: the figures of the year.
        rules: those of the legal form.
        employees_rate: part of the surplus for the employees.
        interest_rate: rate of interest on the paid-up capital.

    Raises:
        RefusedError: rates that the law does not allow; every objection with its article.
    """
    if facts.surplus_cents <= 0:
        return Allocation(facts=facts, lines=(), reasons=(_no_surplus(facts),))
    surplus = facts.surplus_cents
    legal = min(apply_rate(surplus, rules.legal_reserve_ppm), _room_in_reserve(facts, rules))
    employees = apply_rate(surplus, employees_rate.ppm)
    rest = surplus - legal - employees
    interest, reasons = _interest(facts, rules, interest_rate, legal, employees)
    further = rest - interest
    objections = unmet(_bounds(facts, rules, employees_rate, rest, further, legal))
    if objections:
        raise RefusedError(
            "cette répartition des excédents n'est pas permise",
            "this allocation of the surplus is not allowed",
            objections,
        )
    lines = [
        AllocationLine(
            code="legal_reserve",
            french="Réserve légale",
            english="Legal reserve (réserve légale)",
            amount_cents=legal,
            base_cents=surplus,
            rate_ppm=rules.legal_reserve_ppm,
            citations=rules.legal_reserve_citations,
        ),
        AllocationLine(
            code="further_reserve",
            french=rules.further_reserve_french,
            english=rules.further_reserve_english,
            amount_cents=further,
            citations=rules.further_reserve_citations,
        ),
        AllocationLine(
            code="employees",
            french="Part travail, aux salariés",
            english="Employees' part (part travail)",
            amount_cents=employees,
            base_cents=surplus,
            rate_ppm=employees_rate.ppm,
            citations=rules.employees_citations,
        ),
        AllocationLine(
            code="interest",
            french="Intérêts aux parts sociales",
            english="Interest on shares (intérêts aux parts sociales)",
            amount_cents=interest,
            base_cents=facts.paid_up_cents,
            rate_ppm=interest_rate.ppm,
            citations=rules.interest_citations,
        ),
    ]
    marked = [attrs.evolve(line, needs_review=line.code in rules.needs_review) for line in lines]
    bounds = (*_bounds(facts, rules, employees_rate, rest, further, legal), *reasons)
    return Allocation(
        facts=facts,
        lines=tuple(
            line for line in marked if line.code != "employees" or rules.employees_minimum_ppm is not None
        ),
        reasons=tuple(bounds),
    )


def _room_in_reserve(facts: SurplusFacts, rules: SurplusRules) -> int:
    if rules.reserve_counts_all:
        return max(facts.capital_cents - facts.legal_reserve_cents - facts.other_reserves_cents, 0)
    return max(facts.highest_capital_cents - facts.legal_reserve_cents, 0)


def _interest(
    facts: SurplusFacts, rules: SurplusRules, rate: Rate, legal: int, employees: int
) -> tuple[int, list[Reason]]:
    """Return the interest, and each ceiling with what was asked."""
    asked = apply_rate(facts.paid_up_cents, rate.ppm)
    # What is not interest goes to the reserves, so interest is at most half of what the employees leave.
    shared = max(facts.surplus_cents - employees, 0)
    rest = max(shared - legal, 0)
    further = -(-rest * rules.further_reserve_ppm // MILLION)
    ceilings = [
        ("interest_within_rest", rest - further, "ce qui reste après les réserves", "what reserves leave")
    ]
    if rules.interest_within_reserves:
        ceilings.append(
            (
                "interest_within_reserves",
                shared // 2,
                "la moitié de ce que laisse la part travail (intérêts ≤ réserves)",
                "half of what the employees' part leaves (interest ≤ reserves)",
            )
        )
    if rules.interest_within_employees:
        ceilings.append(("interest_within_employees", employees, "la part travail", "the employees' part"))
    if rules.interest_rate_cap_ppm is not None:
        cap = apply_rate(facts.paid_up_cents, rules.interest_rate_cap_ppm)
        ceilings.append(("interest_rate_cap", cap, "le taux plafond", "the highest rate"))
    reasons = [
        Reason(
            code=code,
            met=asked <= most,
            french=f"intérêts demandés {format_euros(asked)}, au plus {french} : {format_euros(most)}",
            english=f"interest asked {format_euros(asked, 'en')}, at most {english}: "
            f"{format_euros(most, 'en')}",
            citations=rules.interest_citations,
            found=asked,
            wanted=most,
            unit="cents",
            needs_review=code in rules.needs_review,
        )
        for code, most, french, english in ceilings
    ]
    return min(asked, *(most for _, most, _, _ in ceilings)), reasons


def _bounds(
    facts: SurplusFacts, rules: SurplusRules, employees_rate: Rate, rest: int, further: int, legal: int
) -> Iterator[Reason]:
    least = rules.employees_minimum_ppm
    if least is None and employees_rate.ppm:
        yield Reason(
            code="no_employees_part",
            met=False,
            french=f"cette forme n'a pas de part travail (reçu : {employees_rate.format()})",
            english=f"this legal form has no employees' part (got {employees_rate})",
            citations=rules.employees_citations,
        )
    if least is not None:
        yield Reason(
            code="employees_minimum",
            met=employees_rate.ppm >= least,
            french=f"part travail de {employees_rate.format()}, au moins {Rate(least).format()}",
            english=f"employees' part of {employees_rate}, at least {Rate(least)}",
            citations=rules.employees_citations,
            found=employees_rate.ppm,
            wanted=least,
            unit="ppm",
        )
    yield Reason(
        code="within_surplus",
        met=rest >= 0,
        french=f"réserve légale et part travail : {format_euros(facts.surplus_cents - rest)} "
        f"sur {format_euros(facts.surplus_cents)}",
        english=f"legal reserve and employees' part: {format_euros(facts.surplus_cents - rest, 'en')} "
        f"of {format_euros(facts.surplus_cents, 'en')}",
        citations=(*rules.legal_reserve_citations, *rules.employees_citations),
        found=facts.surplus_cents - rest,
        wanted=facts.surplus_cents,
        unit="cents",
    )
    if rules.further_reserve_wanted and rest >= 0:
        yield Reason(
            code="further_reserve_wanted",
            met=further > 0,
            french=f"{rules.further_reserve_french} : il reçoit {format_euros(further)}, il doit être doté",
            english=f"{rules.further_reserve_english}: gets {format_euros(further, 'en')}, must get "
            "something",
            citations=rules.further_reserve_citations,
            found=further,
            wanted=1,
            unit="cents",
        )
    if rules.further_reserve_ppm and rest >= 0:
        wanted = -(-(facts.surplus_cents - legal) * rules.further_reserve_ppm // MILLION)
        yield Reason(
            code="further_reserve_minimum",
            met=further >= wanted,
            french=f"{rules.further_reserve_french} : {format_euros(further)}, au moins "
            f"{format_euros(wanted)}",
            english=f"{rules.further_reserve_english}: {format_euros(further, 'en')}, "
            f"at least {format_euros(wanted, 'en')}",
            citations=rules.further_reserve_citations,
            found=further,
            wanted=wanted,
            unit="cents",
            needs_review="further_reserve" in rules.needs_review,
        )


def _no_surplus(facts: SurplusFacts) -> Reason:
    return Reason(
        code="surplus",
        met=False,
        french=f"il n'y a pas d'excédent à répartir ({format_euros(facts.surplus_cents)})",
        english=f"there is no surplus to share out ({format_euros(facts.surplus_cents, 'en')})",
        found=facts.surplus_cents,
        wanted=1,
        unit="cents",
    )
