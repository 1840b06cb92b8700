"""What each transition does in law, in words."""

from __future__ import annotations

from collections.abc import Mapping

from cae_core.law import Citation
from cae_core.pathway import Effect

__all__ = ["EFFECTS"]


def _effect(french: str, english: str, *texts: str, needs_review: bool = False) -> Effect:
    return Effect(
        french=french, english=english, citations=tuple(map(Citation, texts)), needs_review=needs_review
    )


_BODIES = "C. trav. art. R5142-1"
_BALANCE = _effect(
    "le solde de la part variable et l'indemnité de congés payés sont dus",
    "the balance of the variable part and the pay for leave not taken are due",
    "C. trav. art. L7332-2 et L7332-3",
)

#: By what happens.
EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "cape": (
        _effect(
            "pas de contrat de travail : la personne garde son statut (ARE, RSA)",
            "no employment contract: the person keeps her status (unemployment benefit, minimum income)",
            "C. com. art. L127-1",
        ),
        _effect(
            "avant toute immatriculation, la coopérative répond seule envers les tiers",
            "before any registration the cooperative alone answers to third parties",
            "C. com. art. L127-4 et L127-6",
        ),
        _effect(
            "l'Urssaf et France Travail sont informés du contrat et de son terme",
            "Urssaf and France Travail are told of the contract and its term",
            _BODIES,
        ),
    ),
    "cape_renewal": (
        _effect("l'Urssaf et France Travail en sont informés", "Urssaf and France Travail are told", _BODIES),
        _effect(
            "les factures portent le nouveau terme", "invoices carry the new term", "C. com. art. R127-3"
        ),
    ),
    "cesa": (
        _effect(
            "salariat : le code du travail s'applique, sous réserve du titre",
            "employment: the labour code applies, subject to the title",
            "C. trav. art. L7331-1",
        ),
        _effect(
            "les trois ans pour devenir associé courent depuis la signature",
            "the three years to become an associate run from the signature",
            "C. trav. art. L7331-3",
        ),
    ),
    "cesa_from_cape": (
        _effect("le CAPE prend fin", "the CAPE ends", "C. com. art. L127-2"),
        _effect(
            "la durée du CAPE est déduite de l'essai et des trois ans",
            "the duration of the CAPE is taken off the trial and off the three years",
            "C. trav. art. L7332-1",
            "C. trav. art. L7331-3",
        ),
    ),
    "trial_passed": (
        _effect("le contrat est confirmé", "the contract is confirmed", "C. trav. art. L7332-1"),
    ),
    "trial_break": (
        _effect(
            "fin sans procédure de licenciement, avec un délai de prévenance",
            "end without a dismissal procedure, with a notice",
            "C. trav. art. L1221-25 et L1221-26",
        ),
    ),
    "admission": (
        _effect(
            "une personne, une voix", "one person, one vote", "Loi n° 47-1775 du 10 septembre 1947, art. 9"
        ),
        _effect(
            "le contrat de travail ne change pas ; souscription selon les statuts",
            "the employment contract does not change; subscription as the statutes say",
            "C. trav. art. L7332-7",
        ),
    ),
    "associate_deadline": (
        _effect(
            "le contrat prend fin par la loi, sans être la démission de la loi de 1978, art. 9",
            "the contract ends by law; it is not the resignation of the law of 1978, art. 9",
            "C. trav. art. L7331-3",
        ),
        _effect(
            "nature de cette fin (indemnité, préavis, droit à l'ARE) : aucun texte ne la règle",
            "nature of this end (severance, notice, unemployment benefit): no text settles it",
            "C. trav. art. L7331-3",
            needs_review=True,
        ),
        _BALANCE,
    ),
    "resignation": (
        _effect(
            "préavis selon la convention collective ; pas d'indemnité, pas d'ARE en principe",
            "notice as the collective agreement says; no severance, no unemployment benefit as a rule",
            "C. trav. art. L1237-1",
            "C. trav. art. L5422-1",
        ),
        _BALANCE,
    ),
    "mutual": (
        _effect(
            "indemnité au moins légale, ARE possible",
            "severance of at least the legal one, unemployment benefit possible",
            "C. trav. art. L1237-13",
            "C. trav. art. L5422-1",
        ),
        _BALANCE,
    ),
    "dismissal_personal": (_BALANCE,),
    "dismissal_serious": (_BALANCE,),
    "dismissal_wilful": (_BALANCE,),
    "unfit": (_BALANCE,),
    "unfit_work_accident": (_BALANCE,),
    "dismissal_economic": (_BALANCE,),
    "retirement": (_BALANCE,),
    "retirement_by_cooperative": (_BALANCE,),
    "disability": (_BALANCE,),
    "death": (_BALANCE,),
    "loses_status": (
        _effect(
            "dans une SCOP, la qualité d'associé se perd avec le contrat, sauf statuts contraires",
            "in a SCOP the status of associate is lost with the contract, unless the statutes say otherwise",
            "Loi n° 78-763 du 19 juillet 1978, art. 10",
        ),
    ),
    "keeps_status": (
        _effect(
            "le contrat prend fin, la personne reste associée",
            "the contract ends, the person stays an associate",
            "Loi n° 78-763 du 19 juillet 1978, art. 11",
        ),
        _BALANCE,
    ),
    "status_renounced": (
        _effect(
            "dans une SCOP, renoncer à être associé met fin au contrat de travail, sauf statuts contraires ; "
            "hors SCOP, les statuts le disent",
            "in a SCOP to renounce membership ends the employment contract, unless the statutes say "
            "otherwise; elsewhere the statutes say",
            "Loi n° 78-763 du 19 juillet 1978, art. 10",
            needs_review=True,
        ),
        _BALANCE,
    ),
    "cape_end": (
        _effect(
            "le solde du compte revient à la personne ; à quel titre, aucun texte ne le dit",
            "the balance of the account goes to the person; as what, no text says",
            "C. com. art. R127-1",
            needs_review=True,
        ),
        _effect(
            "la solidarité envers les tiers prend fin",
            "joint liability to third parties ends",
            "C. com. art. L127-4",
        ),
    ),
    "shares_refunded": (
        _effect(
            "au nominal, moins la part des pertes ; jamais sous le quart du capital le plus haut",
            "at face value, less the share of losses; never below a quarter of the highest capital",
            "Loi n° 47-1775 du 10 septembre 1947, art. 13 et 18",
        ),
    ),
    "account_closed": (
        _effect(
            "rien ne reste en réserve au nom de la personne",
            "nothing stays in reserve in the person's name",
            "C. trav. art. R7331-12",
        ),
    ),
}
