"""The legal forms that a French cooperative of activity and employment takes, as records."""

from __future__ import annotations

from functools import partial

from cae_core.france.cooperative_law.composition import scic_composition, scop_composition
from cae_core.france.cooperative_law.governance import scic_meeting_rules, scop_meeting_rules
from cae_core.france.cooperative_law.statute_reasons import scic_statutes_reasons, scop_statutes_reasons
from cae_core.france.cooperative_law.surplus import scic_surplus_rules, scop_surplus_rules
from cae_core.membership.legal_form import LegalForm

__all__ = ["LEGAL_FORMS", "SCIC", "SCOP"]

#: Families of legal forms: under the law of 1978, and under art. 19 quinquies ff. of that of 1947.
SCOP, SCIC = "scop", "scic"


def _scop(company: str) -> LegalForm:
    return LegalForm(
        code=f"scop_{company}",
        french_name=f"Scop {company.upper()} (société coopérative de production)",
        english_name=f"Scop {company.upper()}, a workers' cooperative",
        family=SCOP,
        statutes_reasons=partial(scop_statutes_reasons, company),
        composition_reasons=partial(scop_composition, company),
        meeting_rules=partial(scop_meeting_rules, company),
        surplus_rules=scop_surplus_rules,
        capital_floor="scop_capital_floor_share",
    )


def _scic(company: str) -> LegalForm:
    return LegalForm(
        code=f"scic_{company}",
        french_name=f"Scic {company.upper()} (société coopérative d'intérêt collectif)",
        english_name=f"Scic {company.upper()}, a cooperative of collective interest",
        family=SCIC,
        statutes_reasons=partial(scic_statutes_reasons, company),
        composition_reasons=partial(scic_composition, company),
        meeting_rules=partial(scic_meeting_rules, company),
        surplus_rules=scic_surplus_rules,
        capital_floor="cooperative_capital_floor_share",
    )


#: Scop and Scic, each as SARL, SA and SAS.
LEGAL_FORMS: tuple[LegalForm, ...] = tuple(
    make(company) for make in (_scop, _scic) for company in ("sarl", "sa", "sas")
)
