"""The path of a member of Smart eG: member, employed, gone; each condition is one that it publishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from cae_core.calendar import Month, add_months
from cae_core.law import Citation, Legislation
from cae_core.money import format_euros
from cae_core.pathway import Event, EventKind, Fact, Lifecycle, Stage, Step, Transition
from cae_core.reasons import Reason

__all__ = ["SMART_EG", "SmartFacts", "employment_reasons", "health_cover_reasons"]

_PAGE = Citation(
    "Smart eG, « Genaue Voraussetzungen und Kosten »", "https://smart-eg.de/genaue-voraussetzungen-und-kosten"
)


@attrs.frozen(kw_only=True)
class SmartFacts:
    """What the path has to know.

    Attributes:
        rights: the dated numbers, ``rules.rights``.
    """

    rights: Legislation


def _number(rights: Legislation, name: str, on: dt.date) -> tuple[int, bool]:
    """A number that Smart eG publishes, and whether it has to be reviewed."""
    row = rights.parameter(name).on(on)
    assert isinstance(row.value, int)
    return row.value, row.needs_review


def health_cover_reasons(
    rights: Legislation, on: dt.date, *, average_monthly_orders_cents: int, main_income: bool
) -> tuple[Reason, ...]:
    """Return what Smart eG asks before its contract brings health cover, met or not.

    Args:
        rights: the dated numbers, ``rules.rights``.
        on: the first day of the contract.
        average_monthly_orders_cents: what the orders bring in a month, on average, net of VAT.
        main_income: whether the pay of Smart is most of the person's income.

    Raises:
        LawNotKnownError: what was asked on that day is not known.
    """
    least, review = _number(rights, "smart_eg_least_orders", on)
    found = average_monthly_orders_cents
    return (
        Reason(
            code="average_orders",
            met=found >= least,
            french=f"commandes : {format_euros(found)} par mois en moyenne, il en faut {format_euros(least)}",
            english=f"orders of {format_euros(found, 'en')} a month on average, "
            f"at least {format_euros(least, 'en')} are needed",
            citations=(_PAGE,),
            found=found,
            wanted=least,
            unit="cents",
            needs_review=review,
        ),
        Reason(
            code="main_income",
            met=main_income,
            french="le salaire de Smart doit être la plus grande part du revenu",
            english="the pay of Smart must be most of the income",
            citations=(_PAGE,),
        ),
    )


def employment_reasons(
    rights: Legislation,
    on: dt.date,
    *,
    ends_on: dt.date | None,
    resident: bool,
    may_be_employed: bool,
    in_statutory_scheme: bool,
    orders_through_smart: bool,
    done_in_person: bool,
    client_instructs: bool,
) -> tuple[Reason, ...]:
    """Return what Smart eG asks before it employs a member, met or not.

    Args:
        rights: the dated numbers, ``rules.rights``.
        on: the first day of the contract.
        ends_on: its last day; ``None`` where it has none.
        resident: the person lives in Germany.
        may_be_employed: a citizen of the European Union, or a permit that allows employment.
        in_statutory_scheme: insured by a German public health fund before.
        orders_through_smart: there are orders that Smart can invoice.
        done_in_person: the person does the work.
        client_instructs: a client may give instructions, or the person is part of the client's business.

    Raises:
        LawNotKnownError: what was asked on that day is not known.
    """

    def plain(code: str, met: bool, french: str, english: str) -> Reason:
        return Reason(code=code, met=met, french=french, english=english, citations=(_PAGE,))

    months, review = _number(rights, "smart_eg_least_months", on)
    long_enough = ends_on is None or ends_on >= add_months(on, months) - dt.timedelta(days=1)
    return (
        plain("resident", resident, "il faut résider en Allemagne", "the person must live in Germany"),
        plain(
            "may_be_employed",
            may_be_employed,
            "hors Union européenne, il faut un titre qui permette l'emploi",
            "from outside the European Union, a permit must allow employment",
        ),
        plain(
            "orders_through_smart",
            orders_through_smart,
            "il faut des commandes que Smart puisse facturer",
            "there must be orders that Smart can invoice",
        ),
        plain(
            "done_in_person",
            done_in_person,
            "les commandes sont exécutées en personne",
            "orders are carried out in person",
        ),
        plain(
            "no_instructions",
            not client_instructs,
            "le client ne donne pas d'instructions et n'intègre pas la personne à son entreprise",
            "the client gives no instructions and does not make the person part of its business",
        ),
        Reason(
            code="contract_months",
            met=in_statutory_scheme or long_enough,
            french=f"hors du régime légal jusque-là, le contrat dure au moins {months} mois",
            english=f"outside the statutory scheme until then, the contract lasts at least {months} months",
            citations=(_PAGE,),
            needs_review=review,
        ),
    )


def _subscribed(step: Step) -> Iterator[Reason]:
    """At least one share at entry."""
    share, review = _number(step.pathway.facts.rights, "smart_eg_share", step.event.on)
    found = step.event["subscribed"]
    yield Reason(
        code="share",
        met=found >= share and found % share == 0,
        french=f"souscrit : {format_euros(found)} ; il faut une part de {format_euros(share)} ou plusieurs",
        english=f"{format_euros(found, 'en')} subscribed; a share is {format_euros(share, 'en')}",
        citations=(_PAGE,),
        found=found,
        wanted=share,
        unit="cents",
        needs_review=review,
    )


def _employable(step: Step) -> Iterator[Reason]:
    event = step.event
    names = (
        "ends_on", "resident", "may_be_employed", "in_statutory_scheme", "orders_through_smart",
        "done_in_person", "client_instructs",
    )  # fmt: skip
    yield from employment_reasons(
        step.pathway.facts.rights, event.on, **{name: event[name] for name in names}
    )


def _covered(step: Step) -> Iterator[Reason]:
    event = step.event
    if event["health_cover"]:
        yield from health_cover_reasons(
            step.pathway.facts.rights,
            event.on,
            average_monthly_orders_cents=event["average_monthly_orders"],
            main_income=event["main_income"],
        )


def _first_of_a_month(step: Step) -> Iterator[Reason]:
    on = step.event.on
    yield Reason(
        code="first_of_a_month",
        met=on == Month(on.year, on.month).first_day,
        french="le contrat commence le premier jour d'un mois",
        english="the contract starts on the first day of a month",
        citations=(Citation("Smart eG, guide des membres, « Anstellungsbedingungen »"),),
    )


def _fact(name: str, kind: type, french_name: str, english_name: str, required: bool = True) -> Fact:
    return Fact(name=name, kind=kind, french_name=french_name, english_name=english_name, required=required)


def _ends_by_itself(pathway: object) -> Event | None:
    """The day after the last one of a contract with a term, the person is a member without a contract."""
    from cae_core.pathway import Pathway

    assert isinstance(pathway, Pathway)
    last = pathway.entries("employment")[-1:]
    if pathway.stage != "employed" or not last or last[0].event["ends_on"] is None:
        return None
    return Event("term_reached", last[0].event["ends_on"] + dt.timedelta(days=1))


#: The table, as the plugin declares it.
SMART_EG = Lifecycle(
    name="smart_eg",
    french_name="parcours à Smart eG (Allemagne)",
    english_name="path at Smart eG (Germany)",
    start="interested",
    stages=(
        Stage("interested", "personne intéressée", "interested person"),
        Stage("member", "membre sans contrat de travail", "member without a contract", resting=True),
        Stage("employed", "membre salarié", "employed member", resting=True),
        Stage("left", "partie de la coopérative", "left the cooperative", resting=True),
    ),
    events=(
        EventKind(
            code="admission",
            french_name="admission",
            english_name="admission",
            facts=(_fact("subscribed", int, "capital souscrit, en centimes", "capital, in cents"),),
        ),
        EventKind(
            code="employment",
            french_name="contrat de travail",
            english_name="contract of employment",
            facts=(
                _fact("ends_on", dt.date, "dernier jour du contrat", "last day of contract", required=False),
                _fact("resident", bool, "réside en Allemagne", "lives in Germany"),
                _fact("may_be_employed", bool, "a le droit d'être salariée", "may be employed"),
                _fact("in_statutory_scheme", bool, "déjà au régime légal", "insured by a public fund before"),
                _fact("orders_through_smart", bool, "a des commandes facturables", "has orders to invoice"),
                _fact("done_in_person", bool, "les exécute elle-même", "does the work in person"),
                _fact("client_instructs", bool, "reçoit des instructions du client", "is told by the client"),
                _fact("health_cover", bool, "assurance maladie par Smart", "health cover by Smart"),
                _fact("average_monthly_orders", int, "commandes par mois, en centimes",
                      "orders a month, in cents"),
                _fact("main_income", bool, "revenu principal", "main income"),
            ),
        ),
        EventKind(
            code="term_reached",
            french_name="terme du contrat",
            english_name="end of the contract by its term",
            automatic=True,
            gives_way_to=("employment", "departure"),
        ),
        EventKind(code="end", french_name="fin du contrat", english_name="end of the contract"),
        EventKind(code="departure", french_name="départ", english_name="departure"),
    ),
    transitions=(
        Transition(
            number=1, code="admission", sources=("interested",), event="admission", target="member",
            guards=(_subscribed,), citations=(_PAGE,),
        ),
        Transition(
            number=2, code="employment", sources=("member", "employed"), event="employment",
            target="employed", guards=(_employable, _covered, _first_of_a_month), citations=(_PAGE,),
        ),
        Transition(
            number=3, code="term_reached", sources=("employed",), event="term_reached", target="member",
            citations=(_PAGE,),
        ),
        Transition(
            number=4, code="end", sources=("employed",), event="end", target="member", citations=(_PAGE,)
        ),
        Transition(
            number=5, code="departure", sources=("member", "employed"), event="departure", target="left",
            citations=(_PAGE,),
        ),
    ),
    facts=SmartFacts,
    next_automatic=_ends_by_itself,
)  # fmt: skip
