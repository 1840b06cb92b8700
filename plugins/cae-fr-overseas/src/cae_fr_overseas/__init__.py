"""Overseas: the LODEOM exemption in place of the general reduction, with the reasons where it is not granted.

In Guadeloupe, Guiana, Martinique, Réunion, Saint-Barthélemy and Saint-Martin. Mayotte is refused: it has
other contributions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files

from cae_core import hookimpl
from cae_core.law import Citation, Parameter, load_parameters
from cae_core.payroll import FactCheck, FactSpec, Quantity, Reduction
from cae_core.variants import Change, ChangeReduction, ExtendParameter, Rebase, VariantInfo, VariantKind
from cae_fr_overseas.eligibility import Lodeom, lodeom
from cae_fr_overseas.facts import CHECKS, FACTS, given
from cae_fr_overseas.places import Place, Scale, Sector
from cae_fr_overseas.scales import REDUCTIONS, THRESHOLDS, of_the_others

__all__ = ["KNOWN_FROM", "Lodeom", "Place", "Scale", "Sector", "given", "lodeom"]

#: The reform of the exemption; before, it had other scales.
KNOWN_FROM = dt.date(2019, 1, 1)

_TABLES = files(__name__) / "tables"
_OWN = (_TABLES / "conditions.toml", _TABLES / "lodeom.toml")


@hookimpl
def cae_variant() -> Iterable[VariantInfo]:
    """A territory of France; nobody works here and in Alsace-Moselle at once."""
    yield VariantInfo(
        kind=VariantKind.TERRITORY,
        french_name="Outre-mer (LODEOM)",
        english_name="Overseas (LODEOM)",
        requires=["fr"],
        conflicts=["fr-alsace-moselle"],
        version="26.11.0",
    )


@hookimpl
def cae_known_from() -> Iterable[dt.date]:
    """The first day covered."""
    return (KNOWN_FROM,)


@hookimpl
def cae_register_parameters() -> Iterable[Parameter]:
    """The numbers of LODEOM and its conditions."""
    return load_parameters(_OWN).values()


@hookimpl
def cae_register_facts() -> Iterable[FactSpec]:
    """Where the work is done, in which sector, and the size of the enterprise."""
    return FACTS


@hookimpl
def cae_register_fact_checks() -> Iterable[FactCheck]:
    """What these facts may be."""
    return CHECKS


@hookimpl
def cae_register_quantities() -> Iterable[Quantity]:
    """The thresholds of the reduced rates, of those who still have them."""
    return THRESHOLDS


@hookimpl
def cae_register_reductions() -> Iterable[Reduction]:
    """The exemption, by scale."""
    return REDUCTIONS


@hookimpl
def cae_register_changes() -> Iterable[Change]:
    """The general reduction for the others alone; the reduced rates live on after 2025."""
    for code in ("general_reduction", "general_reduction_unemployment"):
        yield ChangeReduction(code=code, change=of_the_others)
    for parameter in load_parameters(_TABLES / "reduced_rates.toml").values():
        yield ExtendParameter(parameter=parameter)
    for risk, text in (("health", "CSS art. L241-2-1"), ("family", "CSS art. L241-6-1")):
        yield Rebase(
            bases=(f"{risk}_reduced_pay", f"{risk}_full_pay"),
            quantity=f"overseas_{risk}_threshold",
            instead_of=f"{risk}_threshold",
            citation=Citation(f"{text} (rédaction maintenue pour LODEOM)"),
        )
