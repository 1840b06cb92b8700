"""What no text settles about the unemployment benefit, and what the caller chooses."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from cae_core.calendar import Month
from cae_core.protection import Assumption
from cae_core.terms import Term

__all__ = [
    "AGE",
    "BY_HOURS",
    "GENERAL_RULES",
    "NOT_REBUILT",
    "OPEN_POINTS",
    "PART_TIME",
    "PAY_RISE",
    "SUPPORT",
    "WEEKDAYS",
    "BenefitChoices",
    "PartTimePolicy",
]


class PartTimePolicy(Term):
    """Whether somebody without working time is paid as a part-timer.

    The fixed part and the minimum follow the hours worked where these are fewer than the legal ones. No text
    says whether a salaried entrepreneur has hours; the difference can reach a sixth of the allowance.

    * ``FULL_TIME`` (the default): no hours, no reduction.
    * ``EQUIVALENT_HOURS``: the hours of the pay history, over the legal ones.
    """

    FULL_TIME = ("full_time", "temps plein", "full time")
    EQUIVALENT_HOURS = ("equivalent_hours", "équivalent-heures", "equivalent hours")


@attrs.frozen(kw_only=True)
class BenefitChoices:
    """What the caller chooses or knows beyond the ending: a fact of the unemployment benefit.

    Attributes:
        part_time: whether hours reduce the allowance.
        overseas: in an overseas territory where the duration is not reduced by a quarter.
        rebuilt: by month with a stoppage or partial activity, the pay of ordinary times.
    """

    part_time: PartTimePolicy = PartTimePolicy.FULL_TIME
    overseas: bool = False
    rebuilt: Mapping[Month, int] = attrs.field(factory=dict, hash=False)


GENERAL_RULES = Assumption(
    code="general_rules",
    french="Règles générales : rien ne dit si un CESA relève de l'annexe I (VRP, rémunération variable).",
    english="General rules: nothing says whether a CESA falls under annex I (variable pay).",
    source="Règlement d'assurance chômage, annexe I",
)
PART_TIME = Assumption(
    code="no_part_time_ratio",
    french="Sans heures de travail, l'allocation n'est pas réduite comme pour un temps partiel.",
    english="Without working hours the allowance is not reduced as for part time.",
    source="Règlement d'assurance chômage, art. 15",
)
BY_HOURS = Assumption(
    code="part_time_by_equivalent_hours",
    french="L'allocation est réduite par les équivalent-heures, qu'aucun texte ne désigne.",
    english="The allowance is reduced by equivalent hours, which no text names.",
    source="Règlement d'assurance chômage, art. 15",
)
WEEKDAYS = Assumption(
    code="weekdays_of_partial_weeks",
    french="D'une semaine incomplète comptent les jours ouvrés sous contrat.",
    english="Of an incomplete week its weekdays under contract count.",
    source="Circulaire Unédic n° 2025-03",
)
SUPPORT = Assumption(
    code="support_contract_not_counted",
    french="Les mois de contrat d'appui (CAPE) ne comptent pas : la circulaire n'a pas été lue.",
    english="Months of a support contract (CAPE) do not count: the circular was not read.",
    source="Circulaire Unédic n° 2025-03, p. 320",
)
NOT_REBUILT = Assumption(
    code="pay_not_rebuilt",
    french="Des mois d'arrêt ou d'activité partielle sont pris à leur montant payé, faute de rémunération "
    "habituelle (BenefitChoices.rebuilt).",
    english="Months of stoppage or partial activity count as paid: the pay of ordinary times was not given.",
    source="Règlement d'assurance chômage, art. 12",
)
PAY_RISE = Assumption(
    code="pay_rise_near_the_end",
    french="Les trois derniers mois dépassent le double de la moyenne : France Travail peut les écarter.",
    english="The last three months are over twice the mean: France Travail may set them aside.",
    source="Règlement d'assurance chômage, art. 12",
)
AGE = Assumption(
    code="age_unknown",
    french="Âge inconnu : durée et période de recherche des plus jeunes.",
    english="Age unknown: duration and search window of the youngest.",
)

#: All of them.
OPEN_POINTS = (GENERAL_RULES, PART_TIME, BY_HOURS, WEEKDAYS, SUPPORT, NOT_REBUILT, PAY_RISE, AGE)
