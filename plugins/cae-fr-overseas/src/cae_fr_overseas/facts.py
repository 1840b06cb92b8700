"""What the exemption asks of a payslip, and what it may not be."""

from __future__ import annotations

from cae_core.law import Citation
from cae_core.money import Lane
from cae_core.payroll import FactCheck, FactSpec, PayFacts
from cae_core.payroll.rules import Values
from cae_fr_overseas.places import Place, Sector

__all__ = ["CHECKS", "FACTS", "asked", "given"]

FACTS = (
    FactSpec(
        name="overseas_place",
        french_name="lieu de travail : 971 Guadeloupe, 972 Martinique, 973 Guyane, 974 La Réunion, "
        "977 Saint-Barthélemy, 978 Saint-Martin",
        english_name="place of work: 971 Guadeloupe, 972 Martinique, 973 Guiana, 974 Réunion, "
        "977 Saint-Barthélemy, 978 Saint-Martin",
        unit="Insee code",
        default=None,
    ),
    FactSpec(
        name="lodeom_sector",
        french_name="secteur de l'activité de la personne (cae_fr_overseas.Sector)",
        english_name="sector of the person's activity (cae_fr_overseas.Sector)",
        unit="number of the sector",
        default=None,
    ),
    FactSpec(
        name="lodeom_turnover_cents",
        french_name="chiffre d'affaires annuel de l'entreprise",
        english_name="yearly turnover of the enterprise",
        unit="cents",
        default=None,
    ),
    FactSpec(
        name="lodeom_innovation",
        french_name="projets innovants à titre principal (1), ou non (0)",
        english_name="mainly at work on innovative projects (1) or not (0)",
        unit="0 or 1",
    ),
)


def given(
    place: Place, sector: Sector = Sector.OTHER, *, turnover_cents: int, innovation: bool = False
) -> dict[str, int]:
    """Return the facts of this plugin, for ``PayFacts(given=...)``.

    Args:
        place: where the work is done.
        sector: the sector of the person's own activity.
        turnover_cents: yearly turnover of the enterprise, in cents.
        innovation: the person mainly carries out innovative projects of information technology.
    """
    return {
        "overseas_place": int(place),
        "lodeom_sector": int(sector),
        "lodeom_turnover_cents": turnover_cents,
        "lodeom_innovation": int(innovation),
    }


def asked(facts: PayFacts, name: str) -> Lane:
    """Return a fact of this plugin; 0 where it is not given."""
    return facts.given.get(name, 0)


def _mayotte(facts: PayFacts, values: Values) -> Lane:
    return asked(facts, "overseas_place") == int(Place.MAYOTTE)


def _nowhere(facts: PayFacts, values: Values) -> Lane:
    place = asked(facts, "overseas_place")
    known = place == int(Place.GUADELOUPE)
    for each in Place:
        known = known | (place == int(each))
    return known ^ True


def _no_sector(facts: PayFacts, values: Values) -> Lane:
    sector = asked(facts, "lodeom_sector")
    return (sector < 0) | (sector > int(max(Sector)))


def _not_yes_or_no(facts: PayFacts, values: Values) -> Lane:
    flag = asked(facts, "lodeom_innovation")
    return (flag < 0) | (flag > 1)


def _negative_turnover(facts: PayFacts, values: Values) -> Lane:
    return asked(facts, "lodeom_turnover_cents") < 0


_TEXT = Citation("CSS art. L752-3-2 et L752-3-3")
CHECKS = (
    FactCheck(
        code="overseas_place",
        message="Mayotte has other contributions, another minimum wage, no CSG and, since 1 July 2026, a "
        "LODEOM of its own: it is not covered",
        citation=Citation("Loi n° 2025-1403 (LFSS 2026) art. 23 ; décret n° 2026-82 du 11 février 2026"),
        violated=_mayotte,
    ),
    FactCheck(
        code="overseas_place",
        message=f"the place of work is one of {', '.join(str(int(place)) for place in Place)}",
        citation=_TEXT,
        violated=_nowhere,
    ),
    FactCheck(
        code="lodeom_sector",
        message=f"the sector is a number from 0 to {int(max(Sector))}",
        citation=_TEXT,
        violated=_no_sector,
    ),
    FactCheck(
        code="lodeom_turnover_cents",
        message="the turnover is zero or more",
        citation=_TEXT,
        violated=_negative_turnover,
    ),
    FactCheck(
        code="lodeom_innovation",
        message="lodeom_innovation is 0 or 1",
        citation=_TEXT,
        violated=_not_yes_or_no,
    ),
)
