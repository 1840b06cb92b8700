"""Who has LODEOM and under which scale: one formula on numbers, and its reasons told for one person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import attrs

from cae_core import Ruleset
from cae_core.calendar import Month
from cae_core.law import Citation, Snapshot
from cae_core.money import Lane, choose, format_euros, lookup
from cae_core.payroll import PayFacts
from cae_core.payroll.rules import Values
from cae_core.reasons import Reason
from cae_fr_overseas.facts import asked
from cae_fr_overseas.places import Place, Scale, Sector

__all__ = ["Lodeom", "lodeom", "reasons_of", "scale_of"]

#: A list of sectors: from which number on one is in it (100) or not (0).
_Listed: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

#: What of the law decides the scale.
_LAW = (
    "lodeom_small_headcount",
    "lodeom_medium_headcount",
    "lodeom_turnover_limit",
    "lodeom_sectors",
    "lodeom_reinforced_sectors",
    "lodeom_guiana_sectors",
    "lodeom_islands_sectors",
    "lodeom_islands_reinforced_sectors",
)


def scale_of(facts: PayFacts, values: Values) -> Lane:
    """Return the number of the scale (:class:`Scale`) that the facts give; 0 for none.

    Law:
        CSS art. L752-3-2, II and III, L752-3-3, II to IV.
    """
    given = (
        facts.headcount,
        asked(facts, "overseas_place"),
        asked(facts, "lodeom_sector"),
        asked(facts, "lodeom_turnover_cents"),
        asked(facts, "lodeom_innovation"),
    )
    law = tuple(values[name] for name in _LAW)
    if all(type(fact) is int for fact in given):
        return _scale_of_one(*given, *law)
    return _scale_of(*given, *law)


def _scale_of(
    headcount: Lane,
    place: Lane,
    sector: Lane,
    turnover: Lane,
    innovation: Lane,
    small_below: int,
    medium_below: int,
    limit: int,
    sectors: _Listed,
    reinforced_sectors: _Listed,
    guiana_sectors: _Listed,
    islands_sectors: _Listed,
    islands_reinforced_sectors: _Listed,
) -> Lane:
    def listed(those: _Listed) -> Lane:
        return lookup(*those, sector * 100) > 0

    small, medium = headcount < small_below, (headcount < medium_below) & (turnover < limit)
    guiana = (place == int(Place.GUIANA)) & listed(guiana_sectors)
    department = choose(
        medium & (innovation > 0),
        int(Scale.INNOVATION),
        choose(
            medium & (listed(reinforced_sectors) | guiana),
            int(Scale.REINFORCED),
            choose(small | listed(sectors), int(Scale.COMPETITIVENESS), int(Scale.NONE)),
        ),
    )
    island = choose(
        medium & listed(islands_reinforced_sectors),
        int(Scale.ISLANDS_REINFORCED),
        choose(
            small,
            int(Scale.ISLANDS_SMALL),
            choose(listed(islands_sectors), int(Scale.ISLANDS_SECTOR), int(Scale.NONE)),
        ),
    )
    somewhere = choose(place >= int(Place.SAINT_BARTHELEMY), island, department)
    return choose(place >= int(Place.GUADELOUPE), somewhere, int(Scale.NONE))


#: Of one person: a cooperative asks the same for all its people and months.
_scale_of_one = lru_cache(maxsize=1024)(_scale_of)


@attrs.frozen(kw_only=True)
class Lodeom:
    """Whether a person's pay has LODEOM, and why.

    Attributes:
        scale: the scale; ``Scale.NONE`` leaves the general reduction.
        reasons: every condition looked at, met or not; the last one says what follows.
    """

    scale: Scale
    reasons: tuple[Reason, ...]

    @property
    def granted(self) -> bool:
        """Whether there is a scale."""
        return self.scale is not Scale.NONE


def lodeom(rules: Ruleset, month: Month | str, facts: PayFacts) -> Lodeom:
    """Return whether a person has LODEOM in a month, and why.

    Args:
        rules: a ruleset with the variant ``fr-overseas``.
        month: the month.
        facts: the facts of the payslip, those of :func:`~cae_fr_overseas.facts.given` included.

    Raises:
        InputError: a fact of this plugin is missing, unknown, or of a place that is not covered.
        LawNotKnownError: the law of the month is not known.

    Law:
        CSS art. L752-3-2 and L752-3-3.
    """
    slip = rules.payslip(month, facts)
    return Lodeom(scale=_scale(facts, slip.law.snapshot), reasons=slip.reasons)


def _scale(facts: PayFacts, law: Snapshot) -> Scale:
    values: dict[str, Any] = {
        name: value if isinstance(value, int) else tuple(zip(*value, strict=True))
        for name, value in law.values.items()
    }
    return Scale(scale_of(facts, values))


def reasons_of(facts: PayFacts, law: Snapshot) -> tuple[Reason, ...]:
    """Return the conditions of LODEOM for one person, met or not, and what follows."""
    scale = _scale(facts, law)
    islands = asked(facts, "overseas_place") >= Place.SAINT_BARTHELEMY
    return (
        *(_island_reasons if islands else _department_reasons)(facts, law),
        Reason(
            code="lodeom",
            met=scale is not Scale.NONE,
            french=f"LODEOM, {scale.french_name}"
            + ("" if scale else " : la réduction générale s'applique à la place"),
            english=f"LODEOM, {scale.english_name}" + ("" if scale else ": the general reduction instead"),
            citations=(Citation("CSS art. L752-3-3" if islands else "CSS art. L752-3-2"),),
        ),
    )


def _inside(law: Snapshot, name: str, sector: Sector) -> bool:
    scale = law[name].value
    assert isinstance(scale, tuple)  # a list of sectors
    return [step for start, step in scale if start <= sector * 100][-1] > 0


def _fewer(facts: PayFacts, law: Snapshot) -> Reason:
    people, most = facts.headcount, law.value("lodeom_small_headcount")
    return Reason(
        code="lodeom_headcount",
        met=people < most,
        french=f"LODEOM, moins de {most} salariés, quel que soit le secteur : {people}",
        english=f"LODEOM, fewer than {most} employees, whatever the sector: {people}",
        citations=law.citations_of("lodeom_small_headcount"),
        found=people,
        wanted=most,
        unit="people",
    )


def _sector(facts: PayFacts, law: Snapshot, name: str) -> Reason:
    sector = Sector(asked(facts, "lodeom_sector"))
    return Reason(
        code="lodeom_sector",
        met=_inside(law, name, sector),
        french=f"LODEOM, secteur éligible quel que soit l'effectif : {sector.french_name}",
        english=f"LODEOM, sector eligible whatever the headcount: {sector.english_name}",
        citations=law.citations_of(name),
        needs_review=law[name].needs_review,
    )


def _size(facts: PayFacts, law: Snapshot) -> tuple[bool, str, str]:
    """Whether the enterprise is small enough for the better scales, in words."""
    people, turnover = facts.headcount, asked(facts, "lodeom_turnover_cents")
    most, limit = law.value("lodeom_medium_headcount"), law.value("lodeom_turnover_limit")
    return (
        people < most and turnover < limit,
        f"{people} salariés (moins de {most}), chiffre d'affaires de {format_euros(turnover)} "
        f"(moins de {format_euros(limit)})",
        f"{people} employees (fewer than {most}), turnover of {format_euros(turnover, 'en')} "
        f"(under {format_euros(limit, 'en')})",
    )


def _reinforced(facts: PayFacts, law: Snapshot, *names: str) -> Reason:
    sector, (met, french, english) = Sector(asked(facts, "lodeom_sector")), _size(facts, law)
    return Reason(
        code="lodeom_reinforced",
        met=met and any(_inside(law, name, sector) for name in names),
        french=f"LODEOM, barème renforcé : secteur {sector.french_name}, {french}",
        english=f"LODEOM, reinforced scale: sector {sector.english_name}, {english}",
        citations=law.citations_of(*names, "lodeom_medium_headcount", "lodeom_turnover_limit"),
        needs_review=any(law[name].needs_review for name in names),
    )


def _department_reasons(facts: PayFacts, law: Snapshot) -> Iterator[Reason]:
    """Guadeloupe, Guiana, Martinique, Réunion."""
    yield _fewer(facts, law)
    yield _sector(facts, law, "lodeom_sectors")
    guiana = asked(facts, "overseas_place") == Place.GUIANA
    yield _reinforced(
        facts, law, "lodeom_reinforced_sectors", *(("lodeom_guiana_sectors",) if guiana else ())
    )
    innovates, (met, french, english) = asked(facts, "lodeom_innovation") > 0, _size(facts, law)
    yield Reason(
        code="lodeom_innovation",
        met=innovates and met,
        french="LODEOM, barème d'innovation et croissance : "
        f"{'' if innovates else 'pas de '}projets innovants à titre principal, {french}",
        english="LODEOM, innovation and growth scale: "
        f"{'' if innovates else 'not '}mainly at work on innovative projects, {english}",
        citations=(Citation("CSS art. L752-3-2, III, C"),),
    )


def _island_reasons(facts: PayFacts, law: Snapshot) -> Iterator[Reason]:
    """Saint-Barthélemy and Saint-Martin."""
    yield _fewer(facts, law)
    yield _sector(facts, law, "lodeom_islands_sectors")
    yield _reinforced(facts, law, "lodeom_islands_reinforced_sectors")
