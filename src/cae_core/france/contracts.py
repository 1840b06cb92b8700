"""The contract of a salaried entrepreneur (contrat d'entrepreneur salarié associé, CESA)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from cae_core.calendar import Interval, to_day
from cae_core.errors import ContractError
from cae_core.law import Citation
from cae_core.money import format_euros
from cae_core.reasons import Reason

__all__ = ["CONTENTS", "Amendment", "CesaContract", "Content"]


@attrs.frozen
class Content:
    """Something a written contract must contain: the field that holds it, its article, what it is."""

    field: str
    article: str
    french: str
    english: str


#: What the written contract must contain.
CONTENTS: tuple[Content, ...] = (
    Content(
        "goals",
        "L7331-2 2° a",
        "les objectifs à atteindre et les obligations d'activité minimale",
        "the goals to reach and the duties of minimum activity",
    ),
    Content(
        "support",
        "L7331-2 2° b",
        "les moyens mis en œuvre pour soutenir et contrôler l'activité",
        "the means used to support and control the activity",
    ),
    Content(
        "fee_terms",
        "L7331-2 2° c",
        "les modalités de calcul de la contribution aux services mutualisés",
        "how the contribution to the pooled services is computed",
    ),
    Content(
        "fixed_pay_cents",
        "L7331-2 2° d",
        "le montant de la part fixe de la rémunération",
        "the amount of the fixed part of pay",
    ),
    Content(
        "variable_pay_terms",
        "L7331-2 2° d",
        "les modalités de calcul de la part variable",
        "how the variable part is computed",
    ),
    Content(
        "statutes",
        "L7331-2 2° e",
        "la mention des statuts en vigueur de la coopérative",
        "the statutes of the cooperative in force",
    ),
    Content(
        "rights",
        "L7331-2 2° f",
        "les conditions de garantie des droits sur la clientèle et de propriété intellectuelle",
        "how rights on clientele and intellectual property are guaranteed",
    ),
    Content(
        "membership_terms",
        "R7331-10",
        "les échéances et les étapes pour devenir associé",
        "the deadlines and steps to become an associate",
    ),
)


@attrs.frozen(kw_only=True)
class Amendment:
    """A change of the fixed part, agreed in writing (avenant).

    Attributes:
        from_day: first day of the new amount.
        fixed_pay_cents: the monthly amount from then on.
    """

    from_day: dt.date = attrs.field(converter=to_day)
    fixed_pay_cents: int


@attrs.frozen(kw_only=True)
class CesaContract:
    """A CESA: unlimited duration, a fixed and a variable part, the contents the law demands.

    A contract that lacks one of them cannot be made: the error lists all that are missing, each with the
    letter of the article.

    Attributes:
        signed_on: the day of signature, from which the three years to become an associate run.
        starts_on: the first day of performance.
        ends_on: the last day, where it has ended.
        goals: goals and duties of minimum activity (a).
        support: means of support and of control (b).
        fee_terms: how the cooperative fee is computed (c), such as the code of a fee scale.
        fixed_pay_cents: monthly fixed part (part fixe), an *amount* (d).
        variable_pay_terms: how the variable part (part variable) is computed (d).
        statutes: the statutes in force, with their version or day (e).
        rights: how rights on clientele and intellectual property are guaranteed (f).
        membership_terms: deadlines and steps to become an associate.
        amendments: changes of the fixed part, in order.

    Raises:
        ContractError: contents missing, a fixed part that is no amount, amendments out of order, an end
            before the start.

    Law:
        Code du travail, art. L7331-2, R7331-10 et R7331-11.
    """

    signed_on: dt.date = attrs.field(converter=to_day)
    starts_on: dt.date = attrs.field(converter=to_day)
    ends_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    goals: str = ""
    support: str = ""
    fee_terms: str = ""
    fixed_pay_cents: int | None = None
    variable_pay_terms: str = ""
    statutes: str = ""
    rights: str = ""
    membership_terms: str = ""
    amendments: tuple[Amendment, ...] = attrs.field(default=(), converter=tuple)

    def __attrs_post_init__(self) -> None:
        objections = list(self._objections())
        if objections:
            raise ContractError(
                "le contrat d'entrepreneur salarié associé (CESA) n'est pas valable",
                "the CESA (contrat d'entrepreneur salarié associé) is not valid",
                objections,
            )

    def _objections(self) -> Iterator[Reason]:
        for content in CONTENTS:
            value = getattr(self, content.field)
            if value is None or (isinstance(value, str) and not value.strip()):
                yield Reason(
                    code=f"content_{content.field}",
                    met=False,
                    french=f"manque : {content.french} ({content.field})",
                    english=f"missing: {content.english} ({content.field})",
                    citations=(Citation(f"C. trav. art. {content.article}"),),
                )
        if self.starts_on < self.signed_on:
            yield Reason(
                code="starts_before_signature",
                met=False,
                french=f"il commence le {self.starts_on}, avant sa signature du {self.signed_on}",
                english=f"it starts on {self.starts_on}, before it is signed on {self.signed_on}",
            )
        if self.ends_on is not None and self.ends_on < self.starts_on:
            yield Reason(
                code="ends_before_start",
                met=False,
                french=f"il finit le {self.ends_on}, avant son début du {self.starts_on}",
                english=f"it ends on {self.ends_on}, before it starts on {self.starts_on}",
            )
        yield from self._fixed_part_objections()

    def _fixed_part_objections(self) -> Iterator[Reason]:
        amounts: list[object] = [amendment.fixed_pay_cents for amendment in self.amendments]
        if self.fixed_pay_cents is not None:
            amounts.insert(0, self.fixed_pay_cents)
        for amount in amounts:
            if type(amount) is not int:
                yield Reason(
                    code="fixed_part_is_no_amount",
                    met=False,
                    french=f"la part fixe doit être un nombre entier de centimes (reçu : {amount!r})",
                    english=f"the fixed part must be a whole number of cents (got {amount!r})",
                    citations=(Citation("C. trav. art. L7331-2 2° d"),),
                )
            elif amount < 0:
                yield Reason(
                    code="fixed_part_negative",
                    met=False,
                    french=f"la part fixe ne peut pas être négative (reçu : {format_euros(amount)})",
                    english=f"the fixed part must not be negative (got {format_euros(amount, 'en')})",
                )
        days = [amendment.from_day for amendment in self.amendments]
        if days != sorted(set(days)) or (days and days[0] <= self.starts_on):
            start, listed = self.starts_on, ", ".join(map(str, days))
            yield Reason(
                code="amendments_out_of_order",
                met=False,
                french=f"les avenants doivent se suivre, après le début du {start} (reçu : {listed})",
                english=f"amendments must follow each other and the start of {start} (got {listed})",
                citations=(Citation("C. trav. art. R7331-11"),),
            )

    @property
    def period(self) -> Interval:
        """The days of the contract."""
        return Interval(self.starts_on, self.ends_on)

    def fixed_pay_on(self, day: dt.date) -> int:
        """Return the monthly fixed part in force on a day, in cents.

        Law:
            Code du travail, art. R7331-11: a monthly amount, changed by amendment.
        """
        amount = self.fixed_pay_cents or 0
        for amendment in self.amendments:
            if amendment.from_day <= day:
                amount = amendment.fixed_pay_cents
        return amount

    @property
    def fixed_pay_citation(self) -> Citation:
        """The texts that make the fixed part due, whatever the account holds."""
        return Citation("C. trav. art. L7331-2, 2° d et R7331-11")
