"""What the holder of a contract of support (CAPE) is covered for: by pay received alone."""

from __future__ import annotations

from cae_core.calendar import Month
from cae_core.france.protection.common import css, labour
from cae_core.france.protection.open_points import SUPPORT_COVER
from cae_core.law import Citation
from cae_core.protection import Case, Entitlement, Finding, MonthKind, Person
from cae_core.reasons import Reason

__all__: list[str] = []

#: What a contract of support gives, by code: whether it does, with pay or always, in words, and the text.
_ALWAYS, _IF_PAID, _NEVER = "always", "if paid", "never"
_COVERS = (
    (
        "accident_cover",
        _ALWAYS,
        "couverte contre les accidents du travail, même sans rémunération",
        "covered against work accidents, even without pay",
        css("L412-8 14°", "D412-99"),
    ),
    (
        "general_regime",
        _IF_PAID,
        "rémunération versée pendant le contrat : elle ouvre les droits du régime général",
        "pay received under the contract: it opens the rights of the general regime",
        css("L311-3 25°"),
    ),
    (
        "unemployment",
        _IF_PAID,
        "la rémunération versée compte pour le chômage",
        "pay received counts for unemployment",
        labour("L5142-1 à L5142-3"),
    ),
    (
        "supplementary_pension",
        _NEVER,
        "pas de points de retraite complémentaire",
        "no points of the supplementary pension",
        Citation("Circulaire Agirc-Arrco 2007-6-DRE"),
    ),
    (
        "employment_rights",
        _NEVER,
        "ni congés payés, ni couverture collective, ni garantie des salaires : pas de contrat de travail",
        "no paid leave, no collective cover, no guarantee of wages: no contract of employment",
        labour("L5142-1"),
    ),
)


def _support(case: Case) -> Finding:
    now = Month.parse(case.on)
    # The contract is seen in the month of the day, or in the last month closed.
    months = case.history.between(now + -1, now).only(MonthKind.SUPPORT)
    running, paid = bool(months.months), months.gross_pay_cents > 0
    given = {_ALWAYS: running, _IF_PAID: paid, _NEVER: False}
    contract = Reason(
        code="support_contract",
        met=running,
        french="contrat d'appui au projet d'entreprise en cours",
        english="a contract of support is running",
        citations=(Citation("C. com. art. L127-1"),),
    )
    covers = (
        Reason(
            code=code,
            met=given[when],
            french=french,
            english=english,
            citations=(text,),
            # What it gives was read in the codes; what it does not give is what they leave out.
            needs_review=when == _NEVER,
        )
        for code, when, french, english, text in _COVERS
    )
    return case.finding(running, reasons=(contract, *covers), assumptions=[SUPPORT_COVER])


SUPPORT = Entitlement(
    code="support_contract_cover",
    french_name="Couverture pendant le contrat d'appui (CAPE)",
    english_name="Cover under a contract of support",
    family="support",
    formula=_support,
    citations=(Citation("C. com. art. L127-1"), labour("L5142-1 à L5142-3"), css("L311-3 25°", "L412-8 14°")),
    assumptions=(SUPPORT_COVER,),
    facts=(Person,),
)
