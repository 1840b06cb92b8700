"""The surplus of a year in a Scop and in a Scic, and who shares in the employees' part; the whole in one
call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from cae_core.calendar import Interval, add_months, to_day
from cae_core.errors import InputError, InputErrors
from cae_core.france.cooperative_law.texts import art, checked, law_1947, law_1978
from cae_core.law import Citation, Snapshot
from cae_core.membership.allocation import Allocation, SurplusFacts, SurplusRules, allocate
from cae_core.membership.employment import unbroken_since, whole_months
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.split import Beneficiary, Part, split_employees_part
from cae_core.membership.statutes import Statutes
from cae_core.money import MILLION, Rate
from cae_core.reasons import Reason

__all__ = [
    "CooperativeYear",
    "EmployeeYear",
    "PartRight",
    "cooperative_year",
    "right_to_employees_part",
    "scic_surplus_rules",
    "scop_surplus_rules",
]

#: Days that make a month where spells of presence are added up: as many as the longest month, so that a
#: single spell is counted by the calendar alone.
_DAYS_OF_A_MONTH = 31


def scop_surplus_rules(law: Snapshot, bond_yield: Rate | None = None) -> SurplusRules:
    """Return how a Scop shares out its surplus.

    The rate of interest has no cap of its own: since 1992 the law sets aside the cap of art. 14 of the law of
    1947, whatever the yield of bonds. Whether a law after 2014 changed that was not checked.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 33 (version of 1992).
    """
    return SurplusRules(
        legal_reserve_ppm=law.value("scop_legal_reserve_rate"),
        reserve_counts_all=False,
        further_reserve_ppm=0,
        further_reserve_wanted=True,
        employees_minimum_ppm=law.value("scop_employees_part_minimum"),
        interest_within_reserves=True,
        interest_within_employees=True,
        interest_rate_cap_ppm=None,
        further_reserve_french="Fonds de développement",
        further_reserve_english="Development fund (fonds de développement)",
        legal_reserve_citations=art(law, "scop_legal_reserve_rate"),
        further_reserve_citations=(law_1978("33, 2°"),),
        employees_citations=art(law, "scop_employees_part_minimum"),
        interest_citations=(law_1978("33, 4°"),),
    )


def scic_surplus_rules(law: Snapshot, bond_yield: Rate | None = None) -> SurplusRules:
    """Return how a Scic shares out its surplus: legal reserve, half of the rest in reserve, capped interest.

    Args:
        law: the law of the day of the meeting.
        bond_yield: average yield of private bonds (TMO) over the three calendar years before the meeting, as
            published; without it no interest can be served.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 14, 16 and 19 nonies.
    """
    cap = 0 if bond_yield is None else min(bond_yield.ppm + law.value("cooperative_interest_points"), MILLION)
    unread = {
        line
        for line, name in (
            ("further_reserve", "scic_statutory_reserve_share"),
            ("interest_rate_cap", "cooperative_interest_points"),
        )
        if law[name].needs_review
    }
    return SurplusRules(
        legal_reserve_ppm=law.value("cooperative_reserve_rate"),
        reserve_counts_all=True,
        further_reserve_ppm=law.value("scic_statutory_reserve_share"),
        further_reserve_wanted=False,
        employees_minimum_ppm=None,
        interest_within_reserves=False,
        interest_within_employees=False,
        interest_rate_cap_ppm=cap,
        further_reserve_french="Réserve statutaire",
        further_reserve_english="Reserve of the statutes (réserve statutaire)",
        legal_reserve_citations=art(law, "cooperative_reserve_rate"),
        further_reserve_citations=art(law, "scic_statutory_reserve_share"),
        employees_citations=(law_1947("19 nonies"),),
        interest_citations=art(law, "cooperative_interest_points"),
        needs_review=frozenset(unread),
    )


def _sorted(spells: Iterable[Interval]) -> tuple[Interval, ...]:
    return tuple(sorted(spells, key=lambda spell: spell.starts_on))


@attrs.frozen(kw_only=True)
class EmployeeYear:
    """The year of an employee: what her right to the employees' part, and her part, are found from.

    A holder of a CAPE is no employee and has no such record.

    Attributes:
        code, name: who she is.
        pay_cents: gross pay of the year.
        spells: days under an employment contract, earlier years included; bounds inclusive.
        hours_hundredths: hours worked; ``None`` for a CESA, which has no working time.
    """

    code: str
    name: str
    pay_cents: int
    spells: tuple[Interval, ...] = attrs.field(converter=_sorted)
    hours_hundredths: int | None = None

    def __attrs_post_init__(self) -> None:
        if not self.spells:
            raise InputError(f"employee {self.code!r}: spells", "expected at least one, got none")

    def hired_on(self, day: dt.date) -> dt.date | None:
        """Return from when seniority counts on a day: the start of the unbroken employment of that day."""
        return unbroken_since(self.spells, day)

    def months_between(self, first: dt.date, last: dt.date) -> tuple[int, int]:
        """Return the presence between two days as whole months and further days.

        Each spell gives its calendar months; the days that are left are added up, thirty-one to a month.
        """
        months = days = 0
        covered = first - dt.timedelta(days=1)
        for spell in self.spells:
            start = max(spell.starts_on, covered + dt.timedelta(days=1))
            end = min(spell.ends_on or last, last)
            if end < start:
                continue
            covered = end
            full = whole_months(start, end)
            months += full
            days += (end - add_months(start, full)).days + 1
        return months + days // _DAYS_OF_A_MONTH, days % _DAYS_OF_A_MONTH


@attrs.frozen(kw_only=True)
class PartRight:
    """Whether an employee shares in the employees' part, and why.

    Attributes:
        employee: the employee.
        granted: she does.
        reasons: employed at the close; presence and seniority, of which one is enough.
    """

    employee: EmployeeYear
    granted: bool
    reasons: tuple[Reason, ...]


def right_to_employees_part(
    employee: EmployeeYear, *, opens_on: dt.date, closes_on: dt.date, law: Snapshot
) -> PartRight:
    """Return whether an employee, associate or not, shares in the employees' part.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 33, 3°: in the firm at the close, with three months of presence
        in the year or six months of seniority.
    """
    presence, seniority = "scop_employees_part_presence_months", "scop_employees_part_seniority_months"
    hired = employee.hired_on(closes_on)
    there = Reason(
        code="employed_at_close",
        met=hired is not None,
        french=f"employé à la clôture du {closes_on}",
        english=f"employed at the close of {closes_on}",
        citations=(law_1978("33, 3°"),),
    )
    months, _ = employee.months_between(opens_on, closes_on)
    wanted = law.value(presence)
    present = checked(
        law,
        presence,
        code="presence",
        met=months >= wanted,
        found=months,
        wanted=wanted,
        unit="months",
        french=f"{months} mois de présence dans l'exercice, {wanted} suffisent",
        english=f"{months} months of presence in the year, {wanted} are enough",
    )
    years = 0 if hired is None else whole_months(hired, closes_on)
    wanted = law.value(seniority)
    senior = checked(
        law,
        seniority,
        code="seniority",
        met=years >= wanted,
        found=years,
        wanted=wanted,
        unit="months",
        french=f"{years} mois d'ancienneté à la clôture, {wanted} suffisent",
        english=f"{years} months of seniority at the close, {wanted} are enough",
    )
    granted = there.met and (present.met or senior.met)
    return PartRight(employee=employee, granted=granted, reasons=(there, present, senior))


@attrs.frozen(kw_only=True)
class CooperativeYear:
    """What a cooperative makes of its year.

    Attributes:
        statutes: the choices applied.
        opens_on, closes_on: the accounting year.
        allocation: the surplus, to the cent.
        rights: each employee's right to the employees' part, with its reasons.
        parts: each person's part; they add up to the employees' part.
    """

    statutes: Statutes
    opens_on: dt.date
    closes_on: dt.date
    allocation: Allocation
    rights: tuple[PartRight, ...]
    parts: tuple[Part, ...]


def cooperative_year(
    form: LegalForm,
    statutes: Statutes,
    facts: SurplusFacts,
    employees: Iterable[EmployeeYear],
    *,
    opens_on: dt.date,
    closes_on: dt.date,
    law: Snapshot,
    bond_yield: Rate | None = None,
    employees_rate: Rate | None = None,
    interest_rate: Rate | None = None,
) -> CooperativeYear:
    """Allocate the surplus of a year and split the employees' part between those who have a right to it.

    Args:
        form: the legal form.
        statutes: the choices of the cooperative.
        facts: the figures of the year.
        employees: every employee of the year, associates or not; holders of a CAPE are not employees.
        opens_on, closes_on: the accounting year.
        law: the law of the day of the meeting that approves the accounts.
        bond_yield: see :func:`scic_surplus_rules`.
        employees_rate, interest_rate: what the meeting votes instead of the rates of the statutes.

    Raises:
        RefusedError: an allocation or a split that the law does not allow; every objection with its article.
        InputErrors: one code twice, days out of order.
    """
    opens_on, closes_on = to_day(opens_on), to_day(closes_on)
    people = sorted(employees, key=lambda one: one.code)
    _check_year(people, opens_on, closes_on)
    allocation = allocate(
        facts,
        form.surplus_rules(law, bond_yield),
        employees_rate=statutes.employees_rate if employees_rate is None else employees_rate,
        interest_rate=statutes.interest_rate if interest_rate is None else interest_rate,
    )
    rights: tuple[PartRight, ...] = ()
    parts: tuple[Part, ...] = ()
    total = allocation.amount("employees")
    if total and statutes.split is not None:
        rights = tuple(
            right_to_employees_part(one, opens_on=opens_on, closes_on=closes_on, law=law) for one in people
        )
        parts = split_employees_part(
            total,
            statutes.split,
            [_beneficiary(right.employee, closes_on) for right in rights if right.granted],
            closes_on=closes_on,
            hours_citations=(Citation("C. trav. art. L7332-2 et L7332-3"), law_1978("33, 3°")),
        )
    return CooperativeYear(
        statutes=statutes,
        opens_on=opens_on,
        closes_on=closes_on,
        allocation=allocation,
        rights=rights,
        parts=parts,
    )


def _beneficiary(employee: EmployeeYear, closes_on: dt.date) -> Beneficiary:
    return Beneficiary(
        code=employee.code,
        name=employee.name,
        pay_cents=employee.pay_cents,
        hired_on=employee.hired_on(closes_on) or closes_on,
        hours_hundredths=employee.hours_hundredths,
    )


def _check_year(people: Sequence[EmployeeYear], opens_on: dt.date, closes_on: dt.date) -> None:
    codes = [one.code for one in people]
    problems = [
        InputError(f"employee {code!r}", "comes twice")
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    if closes_on < opens_on:
        problems.append(InputError("closes_on", f"{closes_on} comes before the opening of {opens_on}"))
    if problems:
        raise InputErrors("the year cannot be computed", problems)
