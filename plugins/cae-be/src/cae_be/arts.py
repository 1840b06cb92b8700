"""The arts-work allowance: who may ask for it."""

from __future__ import annotations

import datetime as dt

from cae_core.errors import InputError
from cae_core.law import Legislation
from cae_core.reasons import Reason

__all__ = ["CERTIFICATES", "arts_allowance_conditions"]

#: The certificates of artists, and whether they open the allowance.
CERTIFICATES = {"ordinary": False, "starter": True, "plus": True}


def arts_allowance_conditions(
    law: Legislation, on: dt.date, *, salaried_days: int, certificate: str, assume_unchanged: bool = False
) -> tuple[Reason, ...]:
    """Return the conditions of the arts-work allowance, met or not; it is open if all are.

    Args:
        law: the numbers (``rules.rights``).
        on: the day it is asked for.
        salaried_days: days of salaried work in the months before that count; the rule that turns fees into
            days is not coded.
        certificate: ``"ordinary"``, ``"starter"`` or ``"plus"``.
        assume_unchanged: beyond the last day known, carry the law forward.

    Raises:
        InputError: another certificate, or a negative number of days.
        LawNotKnownError: the day is outside the days known.

    Law:
        AR du 25 novembre 1991, art. 181 et suivants (à vérifier).
    """
    if certificate not in CERTIFICATES:
        raise InputError("certificate", f"expected {', '.join(CERTIFICATES)}, got {certificate!r}")
    if salaried_days < 0:
        raise InputError("salaried_days", f"expected no negative number of days, got {salaried_days}")
    wanted, months = (
        law.parameter(f"arts_allowance_{what}").on(on, assume_unchanged=assume_unchanged)
        for what in ("days", "months")
    )
    assert isinstance(wanted.value, int)
    return (
        Reason(
            code="certificate",
            met=CERTIFICATES[certificate],
            french=f"attestation « {certificate} » ; « starter » ou « plus » est demandée",
            english=f"certificate “{certificate}”; “starter” or “plus” is needed",
            citations=(wanted.citation,),
            needs_review=wanted.needs_review,
        ),
        Reason(
            code="salaried_days",
            met=salaried_days >= wanted.value,
            french=f"{salaried_days} jours de travail salarié en {months.value} mois, {wanted.value} requis",
            english=f"{salaried_days} days of salaried work in {months.value} months, {wanted.value} needed",
            citations=(wanted.citation, months.citation),
            found=salaried_days,
            wanted=wanted.value,
            unit="days",
            needs_review=wanted.needs_review or months.needs_review,
        ),
    )
