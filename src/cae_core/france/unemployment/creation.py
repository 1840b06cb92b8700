"""Creating a business with a right to benefit: the capital (ARCE), the help (ACRE), the limit of 60 %."""

from __future__ import annotations

import attrs

from cae_core.errors import InputError
from cae_core.france.law_on import LawOfDay
from cae_core.france.partial_activity import Standing
from cae_core.law import Citation
from cae_core.money import MILLION, apply_rate, divide_half_up
from cae_core.reasons import Reason

__all__ = ["Capital", "acre_reason", "capital", "capital_reason", "creation_limit_days"]

_CREATION = Citation("Règlement d'assurance chômage art. 35 ; C. trav. art. L5141-1")


@attrs.frozen(kw_only=True)
class Capital:
    """The benefit left, paid as a capital in two halves six months apart.

    Attributes:
        remaining_cents: the benefit left.
        gross_cents: the part of it that is paid.
        pension_cents: the levy of the complementary pension.
        halves: the two payments.
    """

    remaining_cents: int
    gross_cents: int
    pension_cents: int
    halves: tuple[int, int]

    @property
    def net_cents(self) -> int:
        """What is paid in all."""
        return self.gross_cents - self.pension_cents


def capital(law: LawOfDay, *, allowance_cents: int, remaining_days: int) -> Capital:
    """Return the capital that the benefit left gives to the creator of a business.

    Args:
        law: the law of the end of the contract.
        allowance_cents: the allowance of a day.
        remaining_days: days of benefit left on the day of creation.

    Law:
        Règlement d'assurance chômage, art. 35: 45 %, then 60 % for contracts ended from July 2023, less 3 %.
    """
    if allowance_cents < 0 or remaining_days < 0:
        raise InputError("capital", f"expected zero or more, got {allowance_cents} and {remaining_days}")
    left = allowance_cents * remaining_days
    gross = apply_rate(left, law.value("arce_share"))
    pension = apply_rate(gross, law.value("unemployment_pension_levy_rate"))
    first = divide_half_up(gross - pension, 2)
    return Capital(
        remaining_cents=left,
        gross_cents=gross,
        pension_cents=pension,
        halves=(first, gross - pension - first),
    )


def _creates_none(standing: Standing) -> Reason | None:
    if not standing.employed:
        return None
    return Reason(
        code="business_created",
        met=False,
        french="un entrepreneur salarié ne crée pas d'entreprise : il est employé par la coopérative",
        english="a salaried entrepreneur creates no business: the cooperative employs her",
        citations=(_CREATION,),
        needs_review=True,
    )


def capital_reason(standing: Standing | None) -> Reason:
    """Tell whether the capital (ARCE) can be had: not for a CESA, possible for one's own business.

    Args:
        standing: what binds the person to the cooperative; ``None`` for a business of her own.

    Law:
        Règlement d'assurance chômage, art. 35.
    """
    none = _creates_none(standing) if standing else None
    return none or Reason(
        code="business_created",
        met=standing is None,
        french="une entreprise créée ou reprise, avec l'ACRE" if standing is None else
        "le contrat d'appui prépare une entreprise, il n'en crée pas",
        english="a business created or taken over, with the ACRE" if standing is None else
        "a support contract prepares a business, it creates none",
        citations=(_CREATION,),
        needs_review=standing is not None,
    )  # fmt: skip


def acre_reason(law: LawOfDay, standing: Standing, *, listed: bool | None = None) -> Reason:
    """Tell whether the help to creators (ACRE) can be had.

    Args:
        law: the law of the creation, or of the signature of the support contract.
        standing: what binds the person to the cooperative.
        listed: the person meets a condition of the list (jobseeker, RSA, young …); since 2026 she must.

    Law:
        CSS, art. L131-6-4; code du travail, art. L5141-1; LFSS pour 2026.
    """
    none = _creates_none(standing)
    if none or standing is Standing.MANAGER:
        return none or Reason(
            code="acre",
            met=False,
            french="ACRE d'un mandataire : à examiner",
            english="ACRE of a manager: to be examined",
            citations=(Citation("CSS art. L131-6-4"),),
            needs_review=True,
        )
    automatic = law.get("acre_listed_only") is None
    days = "" if automatic else f" ({law.value('acre_claim_days')} jours)"
    return Reason(
        code="acre",
        met=automatic or bool(listed),
        french="ACRE possible pour le titulaire d'un CAPE"
        + ("" if automatic else f", s'il était dans la liste à la signature et le demande à temps{days}"),
        english="ACRE possible for the holder of a CAPE"
        + ("" if automatic else ", if she was on the list at the signature and asks in time"),
        citations=(Citation("CSS art. L131-6-4"),)
        if automatic
        else law.citations_of("acre_listed_only", "acre_claim_days"),
        needs_review=not automatic and listed is None,
    )


def creation_limit_days(
    law: LawOfDay,
    remaining_days: int,
    standing: Standing | None,
    *,
    cape_is_self_employment: bool | None = None,
) -> tuple[int, Reason]:
    """Return the days that can be paid while a business of one's own runs, and why.

    Since April 2025 the benefit beside self-employment stops at 60 % of the days left on the day of
    creation. A CESA is employment. For a CAPE the readings differ: the caller says which one holds.

    Args:
        law: the law of the end of the contract that opened the right.
        remaining_days: days left on the day of creation.
        standing: what binds the person to the cooperative; ``None`` for a business of her own.
        cape_is_self_employment: whether a CAPE counts as self-employment; ``None`` leaves the question open
            and does not limit.

    Law:
        Règlement annexé à la convention du 15 novembre 2024, art. 32; circulaire Unédic n° 2025-03.
    """
    limited = standing is None or (standing is Standing.CAPE and bool(cape_is_self_employment))
    known = law.get("unemployment_creation_limit") is not None
    days = remaining_days
    if limited and known:
        days = -(-remaining_days * law.value("unemployment_creation_limit") // MILLION)
    open_question = known and standing is Standing.CAPE and cape_is_self_employment is None
    reason = Reason(
        code="creation_limit",
        met=days == remaining_days,
        french=f"{days} jours payables sur {remaining_days} pendant l'activité",
        english=f"{days} days payable of {remaining_days} during the activity",
        citations=law.citations_of("unemployment_creation_limit") if known else (),
        found=days,
        wanted=remaining_days,
        unit="days",
        needs_review=open_question,
    )
    return days, reason
