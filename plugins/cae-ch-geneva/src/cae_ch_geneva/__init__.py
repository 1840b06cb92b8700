"""Geneva, a small country for the core: Swiss francs, five centimes, ceilings of the year, a pension by age.

Federal insurances and those of the canton, at what the law says; premiums of contracts are facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files

from cae_ch_geneva.formulas import BANDS, BASES, CHECKS, FACTS, QUANTITIES, source_tax
from cae_core import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.money import Currency
from cae_core.payroll import Base, Contribution, FactCheck, FactSpec, Heading, Quantity, Withholding
from cae_core.variants import VariantInfo, VariantKind

__all__ = ["CHF", "KNOWN_FROM"]

#: Coins of one and two centimes are gone: pay is handed over in steps of five.
CHF = Currency("CHF", "CHF", payment_step_cents=5)
#: The first year whose rates were found for both the federation and the canton.
KNOWN_FROM = dt.date(2024, 1, 1)

_AGES = {1: "25 à 34 ans", 2: "35 à 44 ans", 3: "45 à 54 ans", 4: "55 ans et plus"}
_ENGLISH_AGES = {1: "25 to 34", 2: "35 to 44", 3: "45 to 54", 4: "55 and over"}
_HALVES = "The employer pays half of the age credits; more is the choice of a fund."
_MONTHS = "Yearly amounts count by twelfths for each month with the employer; a month begun counts whole."


def _federal(
    code: str, french_name: str, english_name: str, law: str, base: str = "gross_pay"
) -> Contribution:
    return Contribution(
        code=code,
        french_name=french_name,
        english_name=english_name,
        heading="social_insurance",
        base=base,
        employee_rates=(f"{code}_rate",),
        employer_rates=(f"{code}_rate",),
        citation=Citation(law),
        assumptions=(_MONTHS,) if base != "gross_pay" else (),
    )


_LINES = (
    _federal("avs", "AVS", "Old age and survivors (AVS)", "LAVS (RS 831.10) art. 4, 5 et 13"),
    _federal("ai", "AI", "Invalidity (AI)", "LAI (RS 831.20) art. 3"),
    _federal("apg", "APG", "Loss of earnings (APG)", "LAPG (RS 834.1) art. 27"),
    _federal("unemployment", "AC", "Unemployment (AC)", "LACI (RS 837.0) art. 2 à 4", "insured_pay"),
    Contribution(
        code="professional_accident",
        french_name="Accidents professionnels (AP)",
        english_name="Professional accidents (AP)",
        heading="accident",
        base="insured_pay",
        employer_fact="workplace_accident_ppm",
        citation=Citation("LAA (RS 832.20) art. 91, al. 1"),
    ),
    Contribution(
        code="non_professional_accident",
        french_name="Accidents non professionnels (ANP)",
        english_name="Non-professional accidents (ANP)",
        heading="accident",
        base="insured_pay",
        employee_fact="ch_non_professional_accident_ppm",
        citation=Citation("LAA (RS 832.20) art. 91, al. 2"),
    ),
    *(
        Contribution(
            code=f"lpp_credit_{band}",
            french_name=f"LPP, bonification de vieillesse, {_AGES[band]}",
            english_name=f"Occupational pension, age credit, {_ENGLISH_AGES[band]}",
            heading="occupational_pension",
            base=f"coordinated_pay_{band}",
            employee_rates=(f"lpp_credit_{band}_rate",),
            employer_rates=(f"lpp_credit_{band}_rate",),
            citation=Citation("LPP (RS 831.40) art. 16 et 66"),
            assumptions=(_HALVES, _MONTHS),
        )
        for band in BANDS
    ),
    Contribution(
        code="lpp_risk",
        french_name="LPP, risques et frais",
        english_name="Occupational pension, risks and costs",
        heading="occupational_pension",
        base="coordinated_pay",
        employee_fact="provident_employee_ppm",
        employer_fact="provident_employer_ppm",
        citation=Citation("LPP (RS 831.40) art. 66, al. 1 ; règlement de l'institution de prévoyance"),
        assumptions=(_MONTHS,),
    ),
    Contribution(
        code="geneva_maternity",
        french_name="Assurance-maternité genevoise (AMat)",
        english_name="Geneva maternity insurance (AMat)",
        heading="geneva",
        base="gross_pay",
        employee_rates=("geneva_maternity_rate",),
        employer_rates=("geneva_maternity_rate",),
        citation=Citation("LAMat (rs/GE J 5 07)"),
    ),
    Contribution(
        code="geneva_family",
        french_name="Allocations familiales (AF)",
        english_name="Family allowances (AF)",
        heading="geneva",
        base="gross_pay",
        employer_rates=("geneva_family_rate",),
        citation=Citation("LAF (rs/GE J 5 10)"),
    ),
    Contribution(
        code="geneva_early_childhood",
        french_name="Contribution petite enfance (CPE)",
        english_name="Early childhood contribution (CPE)",
        heading="geneva",
        base="gross_pay",
        employer_rates=("geneva_early_childhood_rate",),
        citation=Citation("LAPr (rs/GE J 6 28, à vérifier)"),
    ),
)


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A country with its own currency: the canton and the federation together."""
    yield VariantInfo(
        kind=VariantKind.COUNTRY,
        french_name="Suisse, canton de Genève",
        english_name="Switzerland, canton of Geneva",
        version="26.11.0",
        currency=CHF,
    )


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The numbers of the federation and of the canton."""
    return load_parameters(files(__name__) / "tables").values()


@hookimpl
def cae_register_headings() -> Iterable[Heading]:
    """The headings of a payslip, in the order they are usually printed."""
    return (
        Heading("social_insurance", "Assurances sociales", "Social insurance"),
        Heading("accident", "Accidents", "Accidents"),
        Heading("occupational_pension", "Prévoyance professionnelle", "Occupational pension"),
        Heading("geneva", "Canton de Genève", "Canton of Geneva"),
    )


@hookimpl
def cae_register_facts() -> Iterable[FactSpec]:
    """Age, and what contracts and the tax office say."""
    return FACTS


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """Ages that other rules are for."""
    return CHECKS


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """Pay, and the months' parts of yearly amounts."""
    return QUANTITIES


@hookimpl
def cae_register_bases() -> Iterable[Base]:
    """Whole, insured and coordinated pay."""
    return BASES


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """The lines of the payslip."""
    return _LINES


@hookimpl
def cae_register_withholding() -> Iterable[Withholding]:
    """The tax at source, at the rate of the person's scale."""
    return (Withholding(citation=Citation("LIFD (RS 642.11) art. 83 à 86"), formula=source_tax),)
