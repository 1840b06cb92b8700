"""What is owed for the end itself: legal severance, minimum of an ending by agreement, retirement."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from cae_core.france.exits.reference_pay import ReferencePay
from cae_core.france.exits.seniority import Seniority
from cae_core.france.law_on import LawOn, nearest_cent
from cae_core.law import Citation
from cae_core.money import format_decimal, format_euros
from cae_core.reasons import Reason, unmet

__all__ = ["Indemnity", "legal_severance", "mutual_indemnity", "retirement_indemnity"]

_RATES = ("severance_first_years_divisor", "severance_later_years_divisor", "severance_first_years")


@attrs.frozen(kw_only=True)
class Indemnity:
    """An indemnity, with every figure needed to do it again by hand.

    ``reference × months_of_pay``, rounded to the cent, times ``factor``. Each part is there where a condition
    is not met too, so that a person sees what it costs.

    Attributes:
        french_name: what it is called.
        seniority: the seniority that the amount counts.
        reference: the month of pay.
        first_years, later_years: years at the first and at the second rate.
        months_of_pay: how many months of pay they give.
        factor: 2 where the person is unfit after a work accident.
        computed_cents: the amount, conditions left aside.
        agreed_cents: what an agreement or the parties set, where it is more.
        conditions: what the right depends on; one that is not met leaves nothing.
        remarks: what else a person should know: months of pay that lack, sums counted in part.
        citations: the texts.
    """

    french_name: str
    seniority: Seniority
    reference: ReferencePay
    first_years: Fraction = Fraction()
    later_years: Fraction = Fraction()
    months_of_pay: Fraction
    factor: int = 1
    computed_cents: int
    agreed_cents: int = 0
    conditions: tuple[Reason, ...]
    remarks: tuple[Reason, ...] = ()
    citations: tuple[Citation, ...]

    @property
    def legal_cents(self) -> int:
        """What the law gives: nothing where a condition is not met."""
        return 0 if unmet(self.conditions) else self.computed_cents

    @property
    def cents(self) -> int:
        """What is owed."""
        return max(self.legal_cents, self.agreed_cents)


def legal_severance(
    law: LawOn,
    seniority: Seniority,
    reference: ReferencePay,
    *,
    at_notification: Seniority | None = None,
    serious_misconduct: bool = False,
    unfit_work_accident: bool = False,
    agreed_cents: int = 0,
) -> Indemnity:
    """Return the legal severance (indemnité légale de licenciement).

    One quarter of a month of pay for each year up to ten, one third beyond; whole months in proportion. It
    is owed from eight months of uninterrupted service, unless there is serious misconduct. It is doubled,
    without a condition of service, for a person unfit after a work accident or an occupational disease.

    Args:
        law: the law of the day of notification.
        seniority: at the end of the notice, worked or not.
        reference: the month of pay.
        at_notification: the seniority that opens the right; by default the same.
        serious_misconduct: faute grave or faute lourde.
        unfit_work_accident: unfit after a work accident or an occupational disease.
        agreed_cents: what an agreement, usage or the contract gives.

    Law:
        Code du travail, art. L1234-9, L1226-14, R1234-1, R1234-2 et R1234-4.
    """
    wanted = law.whole("severance_minimum_months")
    served = (at_notification or seniority).months
    conditions = [_served(law, served, wanted, waived=unfit_work_accident)]
    if serious_misconduct:
        conditions.append(
            Reason(
                code="no_serious_misconduct",
                met=False,
                french="la faute grave ou lourde prive de l'indemnité de licenciement",
                english="serious or wilful misconduct forfeits the severance",
                citations=(Citation("C. trav. art. L1234-9"),),
            )
        )
    factor = law.whole("severance_work_accident_factor") if unfit_work_accident else 1
    doubling = ("severance_work_accident_factor",) if unfit_work_accident else ()
    names = (*_RATES, "severance_minimum_months", *doubling)
    return _by_years(
        law,
        "indemnité spéciale de licenciement" if unfit_work_accident else "indemnité légale de licenciement",
        seniority,
        reference,
        factor=factor,
        agreed_cents=agreed_cents,
        conditions=conditions,
        citations=(*law.citations_of(*names), *reference.citations),
    )


def mutual_indemnity(
    law: LawOn, seniority: Seniority, reference: ReferencePay, *, agreed_cents: int = 0
) -> Indemnity:
    """Return the smallest indemnity of an ending by agreement (rupture conventionnelle).

    The amount of the legal severance, in proportion from the first whole month: eight months are not asked.

    Args:
        law: the law of the day of signature.
        seniority: at the end of the contract.
        reference: the month of pay, known at the signature.
        agreed_cents: what the parties agree; below the minimum, a reason says so.

    Law:
        Code du travail, art. L1237-13.
    """
    texts = (Citation("C. trav. art. L1237-13"), *law.citations_of(*_RATES), *reference.citations)
    found = _by_years(
        law,
        "indemnité spécifique de rupture conventionnelle",
        seniority,
        reference,
        factor=1,
        agreed_cents=agreed_cents,
        conditions=(),
        citations=texts,
    )
    if not agreed_cents:
        return found
    minimum = found.computed_cents
    enough = Reason(
        code="at_least_the_legal_minimum",
        met=agreed_cents >= minimum,
        french=f"{format_euros(agreed_cents)} convenus, minimum {format_euros(minimum)}",
        english=f"{format_euros(agreed_cents, 'en')} agreed, at least {format_euros(minimum, 'en')}",
        citations=texts[:1],
        found=agreed_cents,
        wanted=minimum,
        unit="cents",
    )
    return attrs.evolve(found, remarks=(*found.remarks, enough))


def retirement_indemnity(
    law: LawOn, seniority: Seniority, reference: ReferencePay, *, agreed_cents: int = 0
) -> Indemnity:
    """Return the indemnity of a person who leaves for retirement (indemnité de départ à la retraite).

    Half a month of pay from ten years of seniority, one from fifteen, one and a half from twenty, two from
    thirty. Who is put into retirement by the employer has the legal severance instead (art. L1237-7).

    Law:
        Code du travail, art. L1237-9, D1237-1 et D1237-2.
    """
    name = "retirement_leave_scale"
    first = law.steps(name)[1][0]
    months = law.step(name, seniority.years)
    long_enough = Reason(
        code="years_for_retirement_indemnity",
        met=months > 0,
        french=f"{_number(seniority.years)} années d'ancienneté, {first} sont requises",
        english=f"{_number(seniority.years, 'en')} years of seniority, {first} are wanted",
        citations=law.citations_of(name),
        found=int(seniority.months),
        wanted=int(first * 12),
        unit="months",
    )
    return Indemnity(
        french_name="indemnité de départ à la retraite",
        seniority=seniority,
        reference=reference,
        months_of_pay=months,
        computed_cents=nearest_cent(reference.cents * months),
        agreed_cents=agreed_cents,
        conditions=(long_enough,),
        remarks=_pay_known(reference, seniority),
        citations=(*law.citations_of(name), Citation("C. trav. art. D1237-2")),
    )


def _by_years(
    law: LawOn,
    french_name: str,
    seniority: Seniority,
    reference: ReferencePay,
    *,
    factor: int,
    agreed_cents: int,
    conditions: Sequence[Reason],
    citations: Sequence[Citation],
) -> Indemnity:
    first_divisor, later_divisor, limit = (law.number(name) for name in _RATES)
    first = min(seniority.years, limit)
    later = seniority.years - first
    months = Fraction(first, first_divisor) + Fraction(later, later_divisor)
    return Indemnity(
        french_name=french_name,
        seniority=seniority,
        reference=reference,
        first_years=first,
        later_years=later,
        months_of_pay=months,
        factor=factor,
        # Rounded before it is doubled, as the simulator of the Ministry of Labour does.
        computed_cents=factor * nearest_cent(reference.cents * months),
        agreed_cents=agreed_cents,
        conditions=tuple(conditions),
        remarks=_pay_known(reference, seniority),
        citations=tuple(dict.fromkeys(citations)),
    )


def _number(value: Fraction, lang: str = "fr") -> str:
    """Write a number with at most two decimals, cut and not rounded: under ten years stays under ten."""
    return format_decimal(int(value * 100), 2, lang).rstrip("0").rstrip(".,")


def _served(law: LawOn, served: Fraction, wanted: int, *, waived: bool) -> Reason:
    more = " (sans condition : inaptitude professionnelle)" if waived else ""
    more_english = " (not asked: unfit after a work accident)" if waived else ""
    return Reason(
        code="months_served",
        met=waived or served >= wanted,
        french=f"{_number(served)} mois d'ancienneté, {wanted} sont requis{more}",
        english=f"{_number(served, 'en')} months of seniority, {wanted} are wanted{more_english}",
        citations=law.citations_of("severance_minimum_months"),
        found=int(served),
        wanted=wanted,
        unit="months",
    )


def _pay_known(reference: ReferencePay, seniority: Seniority) -> tuple[Reason, ...]:
    """Say where the months of pay given are fewer than the formula wants, or hold an annual sum."""
    found = []
    wanted = min(reference.wanted_months, seniority.whole_months)
    if len(reference.months) < wanted:
        found.append(
            Reason(
                code="pay_history",
                met=False,
                french=f"{len(reference.months)} mois de salaire connus, {wanted} sont requis : à compléter",
                english=f"{len(reference.months)} months of pay are known, {wanted} are wanted",
                citations=reference.citations,
                found=len(reference.months),
                wanted=wanted,
                unit="months",
                needs_review=True,
            )
        )
    if reference.annual_cents:
        annual = reference.annual_cents
        found.append(
            Reason(
                code="annual_sums_in_proportion",
                met=True,
                french=(
                    f"{format_euros(annual)} de sommes annuelles dans les trois derniers mois, comptées pour "
                    "trois douzièmes ; qu'un solde de part variable en soit une, aucun texte ne le dit"
                ),
                english=(
                    f"{format_euros(annual, 'en')} of annual sums in the last three months, counted for "
                    "three twelfths; that the balance of a variable part is one, no text says"
                ),
                citations=reference.citations,
                needs_review=True,
            )
        )
    return tuple(found)
