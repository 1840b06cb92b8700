"""Building (bâtiment): what its bodies charge, the deduction for expenses, and what both do to the reduction.

For workers (ouvriers) and executives; technicians and supervisors (ETAM) have another split of the
supplementary pension and another cover, which are not coded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files

from cae_core import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.payroll import Base, Contribution, FactCheck, FactSpec, Quantity
from cae_core.variants import Change, ChangeReduction, Rebase, VariantInfo, VariantKind
from cae_fr_btp.company import holiday_fund_ppm, weather_allowance_shares
from cae_fr_btp.formulas import (
    BASES,
    CHECKS,
    FACTS,
    QUANTITIES_OF_BUILDING,
    change_reduction,
    count_abated_pay,
)

__all__ = ["KNOWN_FROM", "holiday_fund_ppm", "weather_allowance_shares"]

#: Before, the general reduction with the deduction had no limit, and no example of it was found.
KNOWN_FROM = dt.date(2020, 1, 1)

_NOT_ABATED = "The whole pay counts, before the flat deduction for expenses."
_COVER = {"heading": "health", "cover": True, "dsn_code": "059"}
_ALLOWANCE = "The part of the company's allowance is given; it counts from January, not from April."
_LINES = (
    Contribution(
        code="btp_worker_cover",
        french_name="Prévoyance des ouvriers du BTP",
        english_name="Provident cover of building workers",
        base="btp_worker_cover_pay",
        employee_rates=("btp_worker_cover_employee_rate",),
        employer_rates=("btp_worker_cover_employer_rate",),
        executive=False,
        citation=Citation("Accord collectif national du 31 juillet 1968 (RNPO)"),
        assumptions=(
            "Everybody who is no executive is a worker (ouvrier), not a technician or a supervisor (ETAM).",
            "The whole pay counts, before the flat deduction, without the holidays that the fund pays.",
        ),
        **_COVER,  # type: ignore[arg-type]
    ),
    *(
        Contribution(
            code=f"btp_executive_cover_{rank}",
            french_name=f"Prévoyance des cadres du BTP, tranche {rank}",
            english_name=f"Provident cover of building executives, bracket {rank}",
            base=f"btp_executive_cover_pay_{rank}",
            employee_rates=(f"btp_executive_cover_rate_{rank}",),
            employer_rates=(f"btp_executive_cover_rate_{rank}",),
            executive=True,
            citation=Citation("Régime de prévoyance des cadres du BTP (à vérifier)"),
            **_COVER,  # type: ignore[arg-type]
        )
        for rank in (2, 3)
    ),
    Contribution(
        code="btp_holiday_fund",
        french_name="Caisse de congés payés du BTP",
        english_name="Holiday fund of building",
        heading="other_employer",
        base="btp_whole_pay",
        employer_fact="btp_holiday_fund_ppm",
        citation=Citation("C. trav. art. L3141-32 et D3141-29"),
        assumptions=(_NOT_ABATED,),
    ),
    Contribution(
        code="btp_weather_structural",
        french_name="Chômage intempéries, gros œuvre et travaux publics",
        english_name="Weather unemployment, structural and public works",
        heading="other_employer",
        base="btp_structural_weather_pay",
        employer_rates=("btp_weather_structural_rate",),
        citation=Citation("C. trav. art. L5424-15 et D5424-36"),
        assumptions=(_ALLOWANCE,),
    ),
    Contribution(
        code="btp_weather_other",
        french_name="Chômage intempéries, second œuvre",
        english_name="Weather unemployment, other building",
        heading="other_employer",
        base="btp_other_weather_pay",
        employer_rates=("btp_weather_other_rate",),
        citation=Citation("C. trav. art. L5424-15 et D5424-36"),
        assumptions=(_ALLOWANCE,),
    ),
    Contribution(
        code="btp_oppbtp",
        french_name="OPPBTP (prévention)",
        english_name="OPPBTP (prevention)",
        heading="other_employer",
        base="btp_oppbtp_pay",
        employer_rates=("btp_oppbtp_rate",),
        citation=Citation("C. trav. art. R4643-36, R4643-38 et R4643-39"),
        assumptions=(_NOT_ABATED,),
    ),
)

#: The exemptions of cae-fr-overseas, where it is active too.
_OVERSEAS = (
    "lodeom_competitiveness",
    "lodeom_reinforced",
    "lodeom_innovation",
    "lodeom_islands_small",
    "lodeom_islands_sector",
    "lodeom_islands_reinforced",
)
#: All but the CSG and the employer share of the covers.
_ABATED = (
    "gross_pay",
    "bracket_1",
    "bracket_2",
    "capped_pay",
    "cet_pay",
    "health_reduced_pay",
    "health_full_pay",
    "family_reduced_pay",
    "family_full_pay",
)


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A sector of France."""
    yield VariantInfo(
        kind=VariantKind.SECTOR,
        french_name="Bâtiment",
        english_name="Building",
        requires=["fr"],
        version="26.11.0",
    )


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The numbers of building."""
    return load_parameters(files(__name__) / "tables").values()


@hookimpl
def cae_register_facts() -> Iterable[FactSpec]:
    """What a building worker's payslip needs to know beside the rest."""
    return FACTS


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """What these facts may be."""
    return CHECKS


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """The deduction, the pay of the fund, the pay of structural works and the allowance."""
    return QUANTITIES_OF_BUILDING


@hookimpl
def cae_register_bases() -> Iterable[Base]:
    """Pay before and after the deduction, and the bases of building's own lines."""
    return BASES


@hookimpl
def cae_register_contributions() -> Iterable[Contribution]:
    """Covers, holiday fund, weather unemployment, OPPBTP."""
    return _LINES


@hookimpl
def cae_register_changes() -> Iterable[Change]:
    """Contributions count abated pay; the general reduction too, raised and limited."""
    text = Citation("CGI annexe IV, art. 5 ; arrêté du 20 décembre 2002, art. 9")
    yield Rebase(bases=_ABATED, quantity="btp_abated_pay", citation=text)
    yield ChangeReduction(code="general_reduction", change=change_reduction)
    for code in _OVERSEAS:
        yield ChangeReduction(code=code, change=count_abated_pay, if_declared=True)
