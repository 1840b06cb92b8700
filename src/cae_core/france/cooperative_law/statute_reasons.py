"""What the law wants of the statutes of a Scop and of a Scic."""

from __future__ import annotations

from collections.abc import Iterator

from cae_core.france.cooperative_law.texts import art, checked, law_1947, law_1978, whole
from cae_core.law import Citation, Snapshot
from cae_core.membership.statutes import Statutes
from cae_core.money import MILLION, Rate, format_decimal
from cae_core.reasons import Reason

__all__ = ["scic_statutes_reasons", "scop_statutes_reasons"]


def scop_statutes_reasons(company: str, statutes: Statutes, law: Snapshot) -> Iterator[Reason]:
    """Iterate over what the law wants of the statutes of a Scop, met or not.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 6 (one share at admission, a tenth of pay), 14 (one vote each),
        16 (terms), 33 (employees' part, seniority coefficient).
    """
    most = whole(law, "scop_shares_at_admission_maximum")
    yield checked(
        law,
        "scop_shares_at_admission_maximum",
        code="shares_at_admission",
        met=statutes.shares_at_admission <= most,
        found=statutes.shares_at_admission,
        wanted=most,
        unit="shares",
        french=f"{statutes.shares_at_admission} part(s) exigée(s) à l'admission, {most} au plus",
        english=f"{statutes.shares_at_admission} share(s) demanded at admission, at most {most}",
    )
    divisor = whole(law, "scop_pay_withheld_divisor")
    yield checked(
        law,
        "scop_pay_withheld_divisor",
        code="pay_rate",
        met=statutes.pay_rate.ppm * divisor <= MILLION,
        found=statutes.pay_rate.ppm,
        wanted=MILLION // divisor,
        unit="ppm",
        french=f"retenue de {statutes.pay_rate.format()} de la rémunération, un {divisor}e au plus",
        english=f"{statutes.pay_rate} of pay kept for shares, at most one part in {divisor}",
    )
    least = law.value("scop_employees_part_minimum")
    yield checked(
        law,
        "scop_employees_part_minimum",
        code="employees_rate",
        met=statutes.employees_rate.ppm >= least,
        found=statutes.employees_rate.ppm,
        wanted=least,
        unit="ppm",
        french=f"part travail de {statutes.employees_rate.format()}, {Rate(least).format()} au moins",
        english=f"employees' part of {statutes.employees_rate}, at least {Rate(least)}",
    )
    yield from _split_reasons(statutes, law)
    term = "scop_manager_term_months" if company == "sarl" else "cooperative_manager_term_months"
    yield from _common(company, term, statutes, law)
    yield Reason(
        code="no_colleges",
        met=not statutes.colleges,
        french="une personne, une voix : pas de collèges dans une Scop",
        english="one person, one vote: no colleges in a Scop",
        citations=(law_1978("14"),),
    )


def _split_reasons(statutes: Statutes, law: Snapshot) -> Iterator[Reason]:
    yield Reason(
        code="split_key",
        met=statutes.split is not None,
        french="les statuts disent comment la part travail est répartie",
        english="the statutes say how the employees' part is split",
        citations=(law_1978("33, 3°"),),
    )
    if statutes.split is not None and statutes.split.seniority:
        most = law.value("scop_seniority_coefficient_maximum")
        highest = max(coefficient for _, coefficient in statutes.split.seniority)
        yield checked(
            law,
            "scop_seniority_coefficient_maximum",
            code="seniority_coefficient",
            met=highest <= most,
            found=highest,
            wanted=most,
            unit="hundredths",
            french=f"coefficient d'ancienneté de {format_decimal(highest, 2)}, "
            f"{format_decimal(most, 2)} au plus",
            english=f"seniority coefficient of {format_decimal(highest, 2, 'en')}, "
            f"at most {format_decimal(most, 2, 'en')}",
        )


def _common(company: str, term: str, statutes: Statutes, law: Snapshot) -> Iterator[Reason]:
    if statutes.term_months is not None:
        most = law.value(term)
        yield checked(
            law,
            term,
            code="term",
            met=0 < statutes.term_months <= most,
            found=statutes.term_months,
            wanted=most,
            unit="months",
            french=f"mandats de {statutes.term_months} mois, {most} au plus",
            english=f"terms of {statutes.term_months} months, at most {most}",
        )
    most = law.value("refund_delay_months")
    yield checked(
        law,
        "refund_delay_months",
        code="refund_delay",
        met=statutes.refund.delay_months <= most,
        found=statutes.refund.delay_months,
        wanted=most,
        unit="months",
        french=f"remboursement des parts en {statutes.refund.delay_months} mois, {most} au plus",
        english=f"shares refunded within {statutes.refund.delay_months} months, at most {most}",
    )
    if company == "sas":
        missing = [kind for kind in ("ordinary", "extraordinary") if kind not in statutes.decisions]
        yield Reason(
            code="decisions",
            met=not missing,
            french="les statuts d'une SAS disent comment elle décide (manque : "
            f"{', '.join(missing) or 'rien'})",
            english=f"the statutes of a SAS say how it decides (missing: {', '.join(missing) or 'nothing'})",
            citations=(Citation("C. com. art. L227-9"),),
        )


def scic_statutes_reasons(company: str, statutes: Statutes, law: Snapshot) -> Iterator[Reason]:
    """Iterate over what the law wants of the statutes of a Scic, met or not.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 6 (terms), 19 octies (colleges), 19 nonies (no employees'
        part).
    """
    yield Reason(
        code="no_employees_part",
        met=not statutes.employees_rate.ppm and statutes.split is None,
        french="une Scic n'a pas de part travail",
        english="a Scic has no employees' part",
        citations=(law_1947("19 nonies"),),
        needs_review=law["scic_statutory_reserve_share"].needs_review,
    )
    yield from _common(company, "cooperative_manager_term_months", statutes, law)
    if not statutes.colleges:
        return
    least = whole(law, "scic_colleges_minimum")
    yield checked(
        law,
        "scic_colleges_minimum",
        code="colleges",
        met=len(statutes.colleges) >= least,
        found=len(statutes.colleges),
        wanted=least,
        unit="colleges",
        french=f"{len(statutes.colleges)} collèges, {least} au moins",
        english=f"{len(statutes.colleges)} colleges, at least {least}",
    )
    low, high = law.value("scic_college_minimum"), law.value("scic_college_maximum")
    for college in statutes.colleges:
        yield Reason(
            code="college_weight",
            met=low <= college.weight_ppm <= high,
            french=f"collège « {college.name} » : {Rate(college.weight_ppm).format()}, "
            f"entre {Rate(low).format()} et {Rate(high).format()}",
            english=f"college “{college.name}”: {Rate(college.weight_ppm)}, between {Rate(low)} and "
            f"{Rate(high)}",
            citations=art(law, "scic_college_minimum", "scic_college_maximum"),
            found=college.weight_ppm,
            wanted=low if college.weight_ppm < low else high,
            unit="ppm",
            needs_review=law["scic_college_minimum"].needs_review,
        )
