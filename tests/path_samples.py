"""Contracts and people that the tests of the path share; all invented."""

from cae_core import load
from cae_core.calendar import to_day
from cae_core.france.contracts import CapeContract, CesaContract, LegalPerson
from cae_core.france.lifecycle import CaeFacts
from cae_core.pathway import Event, advance, begin

CAPE_CONTENT = {
    "programme_before_start": "étude de marché, premiers devis",
    "programme_after_start": "suivi mensuel",
    "resources": "un bureau, douze heures d'accompagnement",
    "commitments": "achats sur accord de la coopérative, qui les supporte",
    "commitments_ceiling_cents": 200_000,
    "accounting_terms": "chaque mois",
    "early_termination": "préavis de quinze jours",
    "contributions_repayment": "retenues sur le compte d'activité",
}
CESA_CONTENT = {
    "goals": "30 000 € par an",
    "support": "deux entretiens par an",
    "fee_terms": "barème voté",
    "fixed_pay_cents": 30_000,
    "variable_pay_terms": "chiffre d'affaires moins charges et contribution",
    "statutes": "statuts du 12 juin 2023",
    "rights": "la clientèle reste à l'entrepreneuse",
    "membership_terms": "demande avant l'assemblée de juin",
}
COOPERATIVE = LegalPerson(
    name="Coopérative des Arches", seat="1 rue des Arches, 32000 Auch", identification="900 000 000"
)


def day(text):
    return to_day(text)


def cape(starts_on="2024-01-01", ends_on="2024-12-31", **changes):
    values = {
        "cooperative": COOPERATIVE,
        "beneficiary": "Claire Vasseur",
        "signed_on": starts_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
        **CAPE_CONTENT,
        **changes,
    }
    return CapeContract(**values)


def cesa(starts_on="2025-01-01", signed_on=None, **changes):
    values = {"signed_on": signed_on or starts_on, "starts_on": starts_on, **CESA_CONTENT, **changes}
    return CesaContract(**values)


def started(contract, **facts):
    """The event by which a contract starts."""
    kind = "cape" if isinstance(contract, CapeContract) else "cesa"
    return Event(kind, contract.starts_on, {"contract": contract, **facts})


def event(kind, on, **facts):
    return Event(
        kind, on, {name: day(value) if name.endswith("_on") else value for name, value in facts.items()}
    )


def admission(on, requested_on=None, voted_on=None, subscribed_on=None, vote="admitted", **facts):
    return event(
        "admission",
        on,
        requested_on=requested_on or on,
        voted_on=voted_on or on,
        subscribed_on=subscribed_on or on,
        vote=vote,
        **facts,
    )


def person(*events, assume_unchanged=False, **facts):
    pathway = begin(
        load().lifecycle("cae"),
        "E042",
        name="Claire Vasseur",
        facts=CaeFacts(**facts),
        assume_unchanged=assume_unchanged,
    )
    for each in events:
        pathway = advance(pathway, each)
    return pathway
