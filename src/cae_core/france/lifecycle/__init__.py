"""The path of a person in a French cooperative: prospect, CAPE, CESA, associate, exit."""

from cae_core.france.lifecycle.duties import DUTIES, missing_interviews
from cae_core.france.lifecycle.events import EVENTS
from cae_core.france.lifecycle.record import (
    KNOWN_FORMS,
    LEGAL_FAMILIES,
    CaeFacts,
    MeetingDay,
    cape_of,
    cesa_of,
    delay_of,
    next_automatic,
    prior_contracts,
)
from cae_core.france.lifecycle.transitions import STAGES, TRANSITIONS
from cae_core.pathway import Lifecycle

__all__ = [
    "CAE_LIFECYCLE",
    "KNOWN_FORMS",
    "LEGAL_FAMILIES",
    "CaeFacts",
    "MeetingDay",
    "cape_of",
    "cesa_of",
    "delay_of",
    "missing_interviews",
    "prior_contracts",
]

#: The table, as a plugin declares it.
CAE_LIFECYCLE = Lifecycle(
    name="cae",
    french_name="parcours en coopérative d'activité et d'emploi",
    english_name="path in a French business and employment cooperative",
    stages=STAGES,
    start="prospect",
    events=EVENTS,
    transitions=TRANSITIONS,
    facts=CaeFacts,
    next_automatic=next_automatic,
    duties=DUTIES,
)
