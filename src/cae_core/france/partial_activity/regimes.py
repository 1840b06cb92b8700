"""The regimes of partial activity, and the rates, floors and caps of each on a day."""

from __future__ import annotations

import attrs

from cae_core.law import Citation, Snapshot
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = ["Rates", "Regime", "rates_on", "regime_open"]


class Regime(Term):
    """Why an hour is not worked, as far as the rates depend on it.

    ``GENERAL`` is everybody's. ``PROTECTED`` and ``CLOSED`` were for firms of the hardest hit sectors and for
    those closed by order; ``CHILDCARE`` and ``VULNERABLE`` for people; all four are over. ``LONG_TERM`` and
    ``REBOUND`` need an agreement (see :func:`may_be_filed`).
    """

    GENERAL = ("general", "cas général", "general case")
    PROTECTED = ("protected", "secteurs protégés", "protected sectors")
    CLOSED = ("closed", "fermeture administrative ou très forte baisse", "closed by order or very large loss")
    CHILDCARE = ("childcare", "garde d'enfant", "childcare")
    VULNERABLE = ("vulnerable", "personne vulnérable", "vulnerable person")
    LONG_TERM = ("long_term", "activité partielle de longue durée (APLD)", "long partial activity (APLD)")
    REBOUND = ("rebound", "APLD rebond (APLD-R)", "long partial activity “rebond” (APLD-R)")


@attrs.frozen(kw_only=True)
class Rates:
    """What the law gives for an hour not worked on a day.

    Attributes:
        regime: whose rates these are.
        indemnity_ppm: the part of the hourly pay that the person receives.
        allowance_ppm: the part that the employer is paid back; ``None`` where a flat amount is paid.
        flat_allowance_cents: the flat amount an hour, before March 2020.
        indemnity_floor_cents: the least an hour of indemnity; ``None`` before March 2020.
        allowance_floor_cents: the least an hour of allowance; ``None`` where flat.
        indemnity_cap: the most hourly pay counted for the indemnity, in hundredths of a cent; ``None``
            before 2021, when the whole pay counted.
        allowance_cap: the same for the allowance.
        minimum_wage_cents: the hourly minimum wage of the day.
        citations: the texts.
        to_review: the parameters whose text nobody has read, by name.
    """

    regime: Regime
    indemnity_ppm: int
    allowance_ppm: int | None
    flat_allowance_cents: int | None
    indemnity_floor_cents: int | None
    allowance_floor_cents: int | None
    indemnity_cap: int | None
    allowance_cap: int | None
    minimum_wage_cents: int
    citations: tuple[Citation, ...]
    to_review: tuple[str, ...]


def _rate_name(regime: Regime, what: str) -> str:
    return f"partial_activity_{regime.code}_{what}_rate"


def regime_open(law: Snapshot, regime: Regime) -> Reason:
    """Tell whether a regime exists on the day of a snapshot.

    A regime of the epidemic that is over is not an error: its firms follow the general rates, its people
    cannot be placed for that reason any more.

    Law:
        Code du travail, art. R5122-18 et D5122-13; loi n° 2020-473, art. 20; loi n° 2020-734, art. 53;
        loi n° 2025-127, art. 193.
    """
    name = _rate_name(regime, "indemnity")
    found = law.get(name)
    row = found or law.parameter(name).row_on(law.day)
    day = law.day.isoformat()
    return Reason(
        code="regime_open",
        met=found is not None,
        french=f"le régime « {regime.french_name} » "
        + (f"existe le {day}" if found else f"n'existe pas le {day}"),
        english=f"the regime “{regime.english_name}” "
        + (f"exists on {day}" if found else f"does not exist on {day}"),
        citations=(row.citation,) if row else (),
        needs_review=bool(row and row.needs_review),
    )


def rates_on(law: Snapshot, regime: Regime = Regime.GENERAL, *, headcount: int = 1) -> Rates:
    """Return the rates of a regime on the day of a snapshot (``ruleset.rights.on(day)``).

    Args:
        law: the law of the day of the hours not worked.
        regime: the regime.
        headcount: people employed; before March 2020 the flat amount depends on it.

    Raises:
        LawNotKnownError: the regime does not exist on that day (see :func:`regime_open`).

    Law:
        Code du travail, art. R5122-18 (indemnité) et D5122-13 (allocation).
    """
    names = [_rate_name(regime, "indemnity"), "minimum_wage_hourly"]
    indemnity_ppm, wage = law.value(names[0]), law.value(names[1])
    flat: int | None = None
    allowance_ppm: int | None = None
    if regime is Regime.GENERAL and law.get(_rate_name(regime, "allowance")) is None:
        small = headcount <= law.value("partial_activity_flat_allowance_headcount")
        names.append(f"partial_activity_flat_allowance_{'small' if small else 'large'}")
        flat = law.value(names[-1])
    else:
        names.append(_rate_name(regime, "allowance"))
        allowance_ppm = law.value(names[-1])

    def optional(name: str) -> int | None:
        if law.get(name) is None:
            return None
        names.append(name)
        return law.value(name)

    indemnity_floor = optional("partial_activity_hourly_floor")
    allowance_floor = indemnity_floor
    if regime is Regime.GENERAL:
        allowance_floor = optional("partial_activity_general_allowance_floor")
    indemnity_cap = optional("partial_activity_indemnity_cap_minimum_wages")
    allowance_cap = optional("partial_activity_cap_minimum_wages")
    return Rates(
        regime=regime,
        indemnity_ppm=indemnity_ppm,
        allowance_ppm=allowance_ppm,
        flat_allowance_cents=flat,
        indemnity_floor_cents=indemnity_floor,
        allowance_floor_cents=None if flat is not None else allowance_floor,
        indemnity_cap=None if indemnity_cap is None else wage * indemnity_cap,
        allowance_cap=None if allowance_cap is None else wage * allowance_cap,
        minimum_wage_cents=wage,
        citations=law.citations_of(*names),
        to_review=tuple(dict.fromkeys(name for name in names if law[name].needs_review)),
    )
