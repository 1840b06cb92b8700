"""The path in a Belgian activity cooperative: no employment, an agreement of eighteen months at most.

The person keeps her unemployment benefit or her integration income, tries out her activity under the number
of the cooperative, and leaves for self-employment, another job or nothing. Each condition carries the mark
that the text has to be read: the sources report the royal decree, and the Regions are competent since 2014.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import attrs

from cae_core.calendar import Interval, add_months, months_and_days
from cae_core.errors import InputError
from cae_core.law import Citation, DatedValue, Parameter, load_parameters
from cae_core.pathway import (
    Deadline,
    Effect,
    Event,
    EventKind,
    Fact,
    Guard,
    Lifecycle,
    Pathway,
    Stage,
    Step,
    Transition,
    Window,
)
from cae_core.reasons import Reason, unmet

__all__ = ["ACTIVITY_COOPERATIVE", "RestartSupplement", "last_possible_day", "restart_supplement"]

_ONE_DAY = dt.timedelta(days=1)
_TEXT = Citation("Loi du 1er mars 2007 portant des dispositions diverses (III), art. 80 et suivants")
_DECREE = Citation("AR du 15 juin 2009 (à vérifier)")


@cache
def _parameters() -> dict[str, Parameter]:
    return load_parameters(files("cae_be") / "tables" / "rights")


def _number(pathway: Pathway, name: str, day: dt.date) -> tuple[int, DatedValue]:
    row = _parameters()[name].on(day, assume_unchanged=pathway.assume_unchanged)
    assert isinstance(row.value, int)
    return row.value, row


def _agreement(pathway: Pathway) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of the agreement, extensions included."""
    entries = pathway.entries("agreement", "extension")
    return (entries[0].event.on, entries[-1].event["ends_on"]) if entries else None


def last_possible_day(pathway: Pathway, starts_on: dt.date) -> dt.date:
    """Return the last day that an agreement may have, extensions included.

    Law:
        Loi du 1er mars 2007 (III), art. 80 et suivants; AR du 15 juin 2009 (à vérifier).
    """
    months, _ = _number(pathway, "activity_cooperative_most_months", starts_on)
    return add_months(starts_on, months) - _ONE_DAY


def _ends_in_time(step: Step) -> Iterator[Reason]:
    """The agreement, extensions included, lasts eighteen months at most."""
    found = _agreement(step.pathway)
    starts_on, ends_on = found[0] if found else step.event.on, step.event["ends_on"]
    last = last_possible_day(step.pathway, starts_on)
    months, row = _number(step.pathway, "activity_cooperative_most_months", starts_on)
    yield Reason(
        code="ends_in_time",
        met=starts_on <= ends_on <= last,
        french=f"du {starts_on} au {ends_on} ; {months} mois au plus, jusqu'au {last}",
        english=f"from {starts_on} to {ends_on}; {months} months at most, until {last}",
        citations=(row.citation,),
        needs_review=row.needs_review,
    )


def _extends(step: Step) -> Iterator[Reason]:
    """An extension is made before the end, and moves it."""
    found = _agreement(step.pathway)
    assert found is not None  # the stage
    yield Reason(
        code="extends",
        met=step.event["ends_on"] > found[1],
        french=f"nouvelle fin le {step.event['ends_on']}, après celle du {found[1]}",
        english=f"new end on {step.event['ends_on']}, after that of {found[1]}",
        citations=(_TEXT, _DECREE),
        needs_review=True,
    )


def _next_automatic(pathway: Pathway) -> Event | None:
    found = _agreement(pathway)
    if pathway.stage != "supported" or found is None:
        return None
    return Event("agreement_term", found[1] + _ONE_DAY)


def _term(pathway: Pathway, window: Window) -> Iterator[Deadline]:
    """The last day of the agreement, and the last day that an extension could reach."""
    found = _agreement(pathway)
    if pathway.stage != "supported" or found is None:
        return
    last = last_possible_day(pathway, found[0])
    yield Deadline(
        on=found[1],
        code="agreement_term",
        french=f"fin de la convention d'accompagnement ; prolongation possible jusqu'au {last}",
        english=f"end of the support agreement; it may be extended until {last}",
        citations=(_TEXT, _DECREE),
        needs_review=True,
    )


_KEPT = Effect(
    french="Les allocations de chômage, le revenu d'intégration ou l'aide sociale sont conservés ; il n'y a "
    "ni contrat de travail ni salaire.",
    english="Unemployment benefit, integration income or social aid are kept; there is no contract of "
    "employment and no pay.",
    citations=(_TEXT, _DECREE),
    needs_review=True,
)
_ENDED = Effect(
    french="L'accompagnement prend fin.",
    english="The support ends.",
    citations=(_TEXT,),
    needs_review=True,
)
_SUPPLEMENT = Effect(
    french="Un complément de reprise de travail peut être dû : voir restart_supplement.",
    english="A restart supplement may be due: see restart_supplement.",
    citations=(_DECREE,),
    needs_review=True,
)
_END_FACT = Fact(
    name="ends_on",
    kind=dt.date,
    french_name="dernier jour de la convention",
    english_name="last day of the agreement",
)


def _transition(
    number: int, code: str, source: str, target: str | None, *guards: Guard, effect: Effect
) -> Transition:
    return Transition(
        number=number,
        code=code,
        sources=(source,),
        event=code,
        target=target,
        guards=guards,
        effects=(effect,),
        citations=(_TEXT, _DECREE),
    )


#: The table, as the plugin declares it.
ACTIVITY_COOPERATIVE = Lifecycle(
    name="be_activity_cooperative",
    french_name="parcours en coopérative d'activités belge",
    english_name="path in a Belgian activity cooperative",
    stages=(
        Stage("applicant", "candidat", "applicant"),
        Stage("supported", "candidat-entrepreneur accompagné", "candidate entrepreneur, supported"),
        Stage("self_employed", "indépendant", "self-employed", resting=True),
        Stage("left", "sorti", "left", resting=True),
    ),
    start="applicant",
    events=(
        EventKind(
            code="agreement",
            french_name="convention d'accompagnement",
            english_name="support agreement",
            facts=(_END_FACT,),
        ),
        EventKind(
            code="extension",
            french_name="prolongation de la convention",
            english_name="extension of the agreement",
            facts=(_END_FACT,),
        ),
        EventKind(
            code="set_up",
            french_name="installation comme indépendant",
            english_name="start of self-employment",
        ),
        EventKind(code="ended_early", french_name="fin anticipée", english_name="early end"),
        EventKind(
            code="agreement_term",
            french_name="terme de la convention",
            english_name="term of the agreement",
            automatic=True,
        ),
    ),
    transitions=(
        _transition(1, "agreement", "applicant", "supported", _ends_in_time, effect=_KEPT),
        _transition(2, "extension", "supported", None, _extends, _ends_in_time, effect=_KEPT),
        _transition(3, "set_up", "supported", "self_employed", effect=_SUPPLEMENT),
        _transition(4, "ended_early", "supported", "left", effect=_ENDED),
        _transition(5, "agreement_term", "supported", "left", effect=_ENDED),
    ),
    next_automatic=_next_automatic,
    duties=(_term,),
)


@attrs.frozen(kw_only=True)
class RestartSupplement:
    """The supplement of a person who leaves an activity cooperative for self-employment.

    Attributes:
        granted: whether every condition is met.
        monthly_cents: what is due each month; 0 where it is not granted.
        most_months: for how many months at most; 0 where it is not granted.
        reasons: the conditions.
    """

    granted: bool
    monthly_cents: int
    most_months: int
    reasons: tuple[Reason, ...]


def restart_supplement(pathway: Pathway) -> RestartSupplement:
    """Return whether a person who set up gets the restart supplement, how much and why.

    Args:
        pathway: a path in :data:`ACTIVITY_COOPERATIVE`.

    Raises:
        InputError: a path in another lifecycle.
        LawNotKnownError: the law of the day is not known.

    Law:
        AR du 15 juin 2009 (à vérifier): after six months of the agreement, and before its eighteen are over.
    """
    if pathway.lifecycle is not ACTIVITY_COOPERATIVE:
        raise InputError("pathway", f"expected a path in {ACTIVITY_COOPERATIVE.name!r}")
    found, left = _agreement(pathway), pathway.entries("set_up")
    started = Reason(
        code="set_up",
        met=bool(left),
        french="la personne s'est installée comme indépendante pendant la convention",
        english="the person set up as self-employed during the agreement",
        citations=(_DECREE,),
        needs_review=True,
    )
    if not left or found is None:
        return RestartSupplement(granted=False, monthly_cents=0, most_months=0, reasons=(started,))
    day = left[0].event.on
    wanted, row = _number(pathway, "restart_supplement_after_months", day)
    months = months_and_days(Interval(found[0], day - _ONE_DAY))[0] if day > found[0] else 0
    long_enough = Reason(
        code="long_enough",
        met=months >= wanted,
        french=f"{months} mois révolus de convention, {wanted} demandés",
        english=f"{months} whole months of the agreement, {wanted} are needed",
        citations=(row.citation,),
        found=months,
        wanted=wanted,
        unit="months",
        needs_review=row.needs_review,
    )
    reasons = (started, long_enough)
    if unmet(reasons):
        return RestartSupplement(granted=False, monthly_cents=0, most_months=0, reasons=reasons)
    monthly, most = (
        _number(pathway, f"restart_supplement_{what}", day)[0] for what in ("monthly", "most_months")
    )
    return RestartSupplement(granted=True, monthly_cents=monthly, most_months=most, reasons=reasons)
