"""The contract of a salaried entrepreneur (contrat d'entrepreneur salarié associé, CESA)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from cae_core.calendar import Interval, to_day
from cae_core.errors import ContractError
from cae_core.france.contracts.clocks import Delay, PriorContract, associate_deadline, trial_period
from cae_core.france.contracts.contents import Content, missing_contents, objection, out_of_order
from cae_core.law import Citation
from cae_core.money import format_euros
from cae_core.reasons import Reason

__all__ = ["CONTENTS", "Amendment", "CesaContract", "trial_objections"]


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
        trial_ends_on: the last day of the trial period, where one was agreed.
        trial_renewed_until: the last day of its renewal, where it was renewed.
        prior_contracts: earlier contracts between the same parties, which shorten the trial and the delay to
            become an associate.
        assume_unchanged: after the last day known, carry the law of the trial period forward.

    Raises:
        ContractError: contents missing, a fixed part that is no amount, amendments out of order, an end
            before the start, a trial period that is too long.
        LawNotKnownError: a trial period after the last day known.

    Law:
        Code du travail, art. L7331-2, L7332-1, R7331-10 et R7331-11.
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
    trial_ends_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    trial_renewed_until: dt.date | None = attrs.field(
        default=None, converter=attrs.converters.optional(to_day)
    )
    prior_contracts: tuple[PriorContract, ...] = attrs.field(default=(), converter=tuple)
    assume_unchanged: bool = False

    def __attrs_post_init__(self) -> None:
        objections = list(self._objections())
        if objections:
            raise ContractError(
                "le contrat d'entrepreneur salarié associé (CESA) n'est pas valable",
                "the CESA (contrat d'entrepreneur salarié associé) is not valid",
                objections,
            )

    def _objections(self) -> Iterator[Reason]:
        yield from missing_contents(self, CONTENTS)
        yield from out_of_order(self.signed_on, self.starts_on, self.ends_on)
        yield from self._fixed_part_objections()
        yield from trial_objections(self, self.prior_contracts)

    def _fixed_part_objections(self) -> Iterator[Reason]:
        amounts: list[object] = [amendment.fixed_pay_cents for amendment in self.amendments]
        if self.fixed_pay_cents is not None:
            amounts.insert(0, self.fixed_pay_cents)
        for amount in amounts:
            if type(amount) is not int:
                yield objection(
                    "fixed_part_is_no_amount",
                    f"la part fixe doit être un nombre entier de centimes (reçu : {amount!r})",
                    f"the fixed part must be a whole number of cents (got {amount!r})",
                    "C. trav. art. L7331-2 2° d",
                )
            elif amount < 0:
                yield objection(
                    "fixed_part_negative",
                    f"la part fixe ne peut pas être négative (reçu : {format_euros(amount)})",
                    f"the fixed part must not be negative (got {format_euros(amount, 'en')})",
                )
        days = [amendment.from_day for amendment in self.amendments]
        if days != sorted(set(days)) or (days and days[0] <= self.starts_on):
            start, listed = self.starts_on, ", ".join(map(str, days))
            yield objection(
                "amendments_out_of_order",
                f"les avenants doivent se suivre, après le début du {start} (reçu : {listed})",
                f"amendments must follow each other and the start of {start} (got {listed})",
                "C. trav. art. R7331-11",
            )

    @property
    def period(self) -> Interval:
        """The days of the contract."""
        return Interval(self.starts_on, self.ends_on)

    @property
    def trial_last_day(self) -> dt.date | None:
        """The last day of the trial period, renewal included; ``None`` without one."""
        return self.trial_renewed_until or self.trial_ends_on

    @property
    def associate_delay(self) -> Delay:
        """The delay to become an associate, from the signature and less earlier contracts.

        Law:
            Code du travail, art. L7331-3.
        """
        return associate_deadline(
            self.signed_on, self.prior_contracts, assume_unchanged=self.assume_unchanged
        )

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


def trial_objections(contract: CesaContract, prior: Iterable[PriorContract]) -> Iterator[Reason]:
    """Iterate over what is wrong with the trial period of a contract, given earlier contracts.

    Law:
        Code du travail, art. L7332-1: it is optional, and at most eight months, renewal included, less
        earlier contracts.
    """
    first, last = contract.trial_ends_on, contract.trial_last_day
    if last is None:
        return
    text = "C. trav. art. L7332-1"
    if first is None or (contract.trial_renewed_until is not None and contract.trial_renewed_until <= first):
        yield objection(
            "trial_renewal_out_of_order",
            f"la période d'essai est renouvelée jusqu'au {last}, et devrait d'abord finir plus tôt",
            f"the trial period is renewed until {last}, and should first end earlier",
            text,
        )
    if (first or last) < contract.starts_on:
        yield objection(
            "trial_ends_before_start",
            f"la période d'essai finit le {first or last}, avant le début du {contract.starts_on}",
            f"the trial period ends on {first or last}, before the start of {contract.starts_on}",
            text,
        )
    trial = trial_period(contract.starts_on, prior, assume_unchanged=contract.assume_unchanged)
    if excess := trial.excess_days(last):
        months, days = trial.deduction.months, trial.deduction.calendar_days
        yield Reason(
            code="trial_too_long",
            met=False,
            french=f"la période d'essai finit le {last} ; elle dure au plus {trial.rule.value} mois, "
            f"renouvellement compris, moins {days} jours de contrats antérieurs ({months} mois entiers), "
            + (f"soit jusqu'au {trial.last_day}" if trial.allowed else "donc aucune n'est possible"),
            english=f"the trial period ends on {last}; it lasts at most {trial.rule.value} months, renewal "
            f"included, less {days} days of earlier contracts ({months} whole months), "
            + (f"that is until {trial.last_day}" if trial.allowed else "so none is possible"),
            citations=(trial.citation,),
            found=(last - contract.starts_on).days + 1,
            wanted=(last - contract.starts_on).days + 1 - excess,
            unit="days",
        )
