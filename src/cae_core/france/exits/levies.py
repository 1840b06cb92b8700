"""What the employer owes on an ending indemnity that bears no contributions (CSS art. L137-12)."""

from __future__ import annotations

from fractions import Fraction

import attrs

from cae_core.france.law_on import LawOn
from cae_core.law import Citation
from cae_core.money import apply_rate
from cae_core.reasons import Reason

__all__ = ["EndingLevy", "ending_levy"]


@attrs.frozen(kw_only=True)
class EndingLevy:
    """The employer's levy on an ending indemnity.

    Attributes:
        indemnity_cents: the indemnity.
        exempt_cents: the part of it that bears no contributions, hence the base of the levy.
        rate_ppm: the rate, in millionths.
        amount_cents: the levy.
        remarks: what is uncertain.
        citations: the texts.
    """

    indemnity_cents: int
    exempt_cents: int
    rate_ppm: int
    amount_cents: int
    remarks: tuple[Reason, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def taxed_cents(self) -> int:
        """The part of the indemnity that bears contributions, as pay does."""
        return self.indemnity_cents - self.exempt_cents


def ending_levy(law: LawOn, parameter: str | None, indemnity_cents: int) -> EndingLevy:
    """Return the levy of the employer on an ending indemnity.

    Two kinds of ending bear one: by agreement and retirement decided by the cooperative. The base is what
    contributions leave out: up to two yearly ceilings, and nothing beyond ten. The other limits (twice the
    pay of the year before, half of the indemnity) concern what exceeds the legal minimum alone: a remark
    says so.

    Args:
        law: the law of the last day of the contract.
        parameter: the name of the rate; ``None`` where the ending bears none.
        indemnity_cents: the indemnity owed.

    Law:
        CSS art. L137-12 et L242-1, II, 7°.
    """
    names = (
        "ending_indemnity_exempt_ceilings",
        "ending_indemnity_unexempt_ceilings",
        "social_security_ceiling_monthly",
    )
    if not indemnity_cents:
        return EndingLevy(indemnity_cents=0, exempt_cents=0, rate_ppm=0, amount_cents=0)
    year = law.number(names[2]) * 100 * 12
    exempt = indemnity_cents
    if indemnity_cents > law.number(names[1]) * year:
        exempt = 0
    elif indemnity_cents > law.number(names[0]) * year:
        exempt = int(law.number(names[0]) * year)
    rate = law.number(parameter) if parameter else Fraction()
    ppm = int(rate * 1_000_000)
    remarks = []
    if parameter and law.needs_review(parameter):
        row = law.row(parameter)
        remarks.append(
            Reason(
                code="levy_to_review",
                met=True,
                french=f"contribution patronale : premier jour à vérifier ({row.in_force_from})",
                english=f"employer's levy: first day to be checked ({row.in_force_from})",
                citations=(row.citation,),
                needs_review=True,
            )
        )
    if exempt < indemnity_cents:
        remarks.append(
            Reason(
                code="indemnity_above_the_exempt_part",
                met=False,
                french="une part de l'indemnité est soumise à cotisations comme un salaire : non chiffrée",
                english="a part of the indemnity bears contributions as pay does: not computed here",
                citations=law.citations_of(*names[:2]),
                found=indemnity_cents,
                wanted=exempt,
                unit="cents",
                needs_review=True,
            )
        )
    return EndingLevy(
        indemnity_cents=indemnity_cents,
        exempt_cents=exempt,
        rate_ppm=ppm,
        amount_cents=apply_rate(exempt, ppm),
        remarks=tuple(remarks),
        citations=law.citations_of(*((parameter,) if parameter else ()), *names[:2]),
    )
