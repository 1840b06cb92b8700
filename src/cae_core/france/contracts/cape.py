"""The contract of support for a business project (contrat d'appui au projet d'entreprise, CAPE)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import attrs

from cae_core.calendar import Interval, add_months, to_day
from cae_core.errors import ContractError
from cae_core.france.contracts.contents import Content, missing_contents, objection, out_of_order
from cae_core.france.law_on import LawOn, Right
from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = ["CAPE_CONTENTS", "INVOICE_MENTIONS", "CapeContract", "LegalPerson", "Mention", "Renewal"]

_ONE_DAY = dt.timedelta(days=1)
_L127_1, _L127_2, _R127_1 = "C. com. art. L127-1", "C. com. art. L127-2", "C. com. art. R127-1"


def _content(field: str, item: str, french: str, english: str, *, optional: bool = False) -> Content:
    return Content(field, f"R127-1 {item}", french, english, optional, "C. com.")


#: What the written contract must contain; items 3° and 7° may be absent.
CAPE_CONTENTS: tuple[Content, ...] = (
    _content(
        "programme_before_start",
        "1°",
        "le programme et les engagements jusqu'au début de l'activité économique",
        "the programme and the commitments until the economic activity starts",
    ),
    _content(
        "programme_after_start",
        "1°",
        "les engagements après le début de l'activité économique",
        "the commitments after the economic activity has started",
    ),
    _content(
        "resources",
        "2°",
        "la nature, le montant et les conditions d'usage des moyens mis à disposition",
        "the nature, amount and conditions of use of the resources made available",
    ),
    _content(
        "support_fee",
        "3°",
        "la rémunération de l'accompagnateur, par calcul ou forfait",
        "what the support costs, by formula or lump sum",
        optional=True,
    ),
    _content(
        "commitments",
        "4°",
        "la nature et les conditions des engagements envers les tiers, et qui les supporte à la fin",
        "the nature and conditions of commitments to third parties, and who bears them in the end",
    ),
    _content(
        "commitments_ceiling_cents",
        "4°",
        "le montant maximal des engagements envers les tiers",
        "the maximum amount of commitments to third parties",
    ),
    _content(
        "accounting_terms",
        "5°",
        "la périodicité à laquelle les données comptables sont données, après le début de l'activité",
        "how often accounting data are given, after the activity has started",
    ),
    _content(
        "early_termination",
        "6°",
        "les modalités de rupture anticipée",
        "how it may end early",
    ),
    _content(
        "pay_terms",
        "7°",
        "la rémunération du bénéficiaire avant le début de l'activité",
        "the pay of the beneficiary before the activity starts",
        optional=True,
    ),
    _content(
        "contributions_repayment",
        "8°",
        "le remboursement des cotisations sociales, après le début de l'activité",
        "how social contributions are paid back, after the activity has started",
    ),
)


@attrs.frozen(kw_only=True)
class LegalPerson:
    """The legal person that gives the support: name, registered seat, identification number."""

    name: str
    seat: str = ""
    identification: str = ""


@attrs.frozen(kw_only=True)
class Renewal:
    """A further period of a CAPE, agreed in writing.

    Attributes:
        signed_on: the day it was signed.
        ends_on: its last day; it starts the day after the period before.
    """

    signed_on: dt.date = attrs.field(converter=to_day)
    ends_on: dt.date = attrs.field(converter=to_day)


def _in_order(renewals: Iterable[Renewal]) -> tuple[Renewal, ...]:
    return tuple(renewals)


@attrs.frozen
class Mention:
    """Something that the papers of a beneficiary must say.

    Attributes:
        code: which mention.
        french, english: what it is.
    """

    code: str
    french: str
    english: str


#: What invoices, orders, advertising and letters must say before any registration.
INVOICE_MENTIONS: tuple[Mention, ...] = (
    Mention("under_cape", "bénéficiaire d'un contrat d'appui", "the beneficiary has a contract of support"),
    Mention("cooperative_name", "dénomination de l'accompagnateur", "name of the supporting entity"),
    Mention("cooperative_seat", "siège de l'accompagnateur", "seat of the supporting entity"),
    Mention("cooperative_identification", "numéro d'identification", "identification number"),
    Mention("term", "terme du contrat d'appui", "term of the contract of support"),
)


@attrs.frozen(kw_only=True)
class CapeContract:
    """A CAPE: support for a person who prepares a business, without employment. Twelve months, twice renewed.

    A contract that is not valid cannot be made: the error lists all that is wrong, each with its article.

    Attributes:
        cooperative: the legal person that gives the support.
        beneficiary: the person helped.
        beneficiary_is_natural_person: otherwise she is the sole associate who manages a legal person.
        full_time_employee: she works full time for somebody, which excludes a CAPE.
        signed_on: the day of signature.
        starts_on: the first day.
        ends_on: the last day of the first period, its term before any renewal.
        renewals: the further periods, in order.
        ended_early_on: the last day, where it was broken before its term.
        registered_on: the day the business was registered; in a CAE it never is, as a rule.
        programme_before_start, programme_after_start: programme and commitments (1°).
        resources: the means made available (2°).
        support_fee: what the support costs (3°), where it costs something.
        commitments: commitments to third parties (4°).
        commitments_ceiling_cents: their maximum amount (4°).
        accounting_terms: how often accounting data are given (5°).
        early_termination: how it may end early (6°).
        pay_terms: pay before the activity starts (7°), where there is any.
        contributions_repayment: how contributions are paid back (8°).
        assume_unchanged: after the last day known, carry the law of the durations forward.

    Raises:
        ContractError: a party the law excludes, contents missing, periods that are too long, too many, late
            or out of order.
        LawNotKnownError: signed on a day outside those known.

    Law:
        Code de commerce, art. L127-1, L127-2 et R127-1.
    """

    cooperative: LegalPerson
    beneficiary: str
    beneficiary_is_natural_person: bool = True
    full_time_employee: bool = False
    signed_on: dt.date = attrs.field(converter=to_day)
    starts_on: dt.date = attrs.field(converter=to_day)
    ends_on: dt.date = attrs.field(converter=to_day)
    renewals: tuple[Renewal, ...] = attrs.field(default=(), converter=_in_order)
    ended_early_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    registered_on: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(to_day))
    programme_before_start: str = ""
    programme_after_start: str = ""
    resources: str = ""
    support_fee: str = ""
    commitments: str = ""
    commitments_ceiling_cents: int | None = None
    accounting_terms: str = ""
    early_termination: str = ""
    pay_terms: str = ""
    contributions_repayment: str = ""
    assume_unchanged: bool = False

    def __attrs_post_init__(self) -> None:
        objections = list(self._objections())
        if objections:
            raise ContractError(
                "le contrat d'appui au projet d'entreprise (CAPE) n'est pas valable",
                "the CAPE (contrat d'appui au projet d'entreprise) is not valid",
                objections,
            )

    def _objections(self) -> Iterator[Reason]:
        if not self.cooperative.name.strip() or not self.beneficiary.strip():
            yield objection("parties", "les deux parties sont nommées", "both parties are named", _L127_1)
        if self.full_time_employee:
            yield objection(
                "full_time_employee",
                "le bénéficiaire est salarié à temps complet, ce que la loi exclut",
                "the beneficiary is employed full time, which the law excludes",
                _L127_1,
            )
        yield from missing_contents(self, CAPE_CONTENTS)
        ceiling = self.commitments_ceiling_cents
        if ceiling is not None and (type(ceiling) is not int or ceiling < 0):
            yield objection(
                "commitments_ceiling",
                f"le montant maximal des engagements est un nombre entier de centimes (reçu : {ceiling!r})",
                f"the maximum of commitments is a whole number of cents (got {ceiling!r})",
                f"{_R127_1} 4°",
            )
        yield from out_of_order(self.signed_on, self.starts_on, self.ends_on)
        yield from self._period_objections()
        early = self.ended_early_on
        if early is not None and not self.starts_on <= early <= self.ends_on_renewed:
            yield objection(
                "early_end_outside",
                f"la rupture anticipée du {early} n'est pas entre le {self.starts_on} et le "
                f"{self.ends_on_renewed}",
                f"the early end of {early} is not between {self.starts_on} and {self.ends_on_renewed}",
                f"{_R127_1} 6°",
            )

    def _period_objections(self) -> Iterator[Reason]:
        starts_on, previous = self.starts_on, None
        for rank, (signed_on, ends_on) in enumerate(
            [(self.signed_on, self.ends_on), *((each.signed_on, each.ends_on) for each in self.renewals)]
        ):
            if previous is not None:
                yield from self._renewal_objections(rank, signed_on, ends_on, previous)
                starts_on = previous + _ONE_DAY
            term = self._right("cape_term_months", signed_on)
            longest = add_months(starts_on, term.value) - _ONE_DAY
            if ends_on > longest:
                yield Reason(
                    code="period_too_long",
                    met=False,
                    french=f"la période du {starts_on} finit le {ends_on} ; une période a {term.value} mois "
                    f"au plus, donc jusqu'au {longest}",
                    english=f"the period of {starts_on} ends on {ends_on}; a period has {term.value} months "
                    f"at most, that is until {longest}",
                    citations=(term.citation,),
                    found=(ends_on - starts_on).days + 1,
                    wanted=(longest - starts_on).days + 1,
                    unit="days",
                    needs_review=term.needs_review,
                )
            previous = ends_on
        allowed = self.renewals_allowed
        if len(self.renewals) > allowed.value:
            yield Reason(
                code="too_many_renewals",
                met=False,
                french=f"il est renouvelé {len(self.renewals)} fois ; la loi le permet {allowed.value} fois",
                english=f"it is renewed {len(self.renewals)} times; the law allows {allowed.value}",
                citations=(allowed.citation,),
                found=len(self.renewals),
                wanted=allowed.value,
                unit="times",
                needs_review=allowed.needs_review,
            )

    def _renewal_objections(
        self, rank: int, signed_on: dt.date, ends_on: dt.date, previous: dt.date
    ) -> Iterator[Reason]:
        if signed_on > previous:
            yield objection(
                "renewal_after_term",
                f"le renouvellement {rank} est signé le {signed_on}, après le terme du {previous} ; "
                "est-ce un nouveau contrat ? Aucun texte ne le dit",
                f"renewal {rank} is signed on {signed_on}, after the term of {previous}; is it a new "
                "contract? No text says",
                _L127_2,
                needs_review=True,
            )
        if signed_on < self.signed_on:
            yield objection(
                "renewal_before_contract",
                f"le renouvellement {rank} est signé le {signed_on}, avant le contrat du {self.signed_on}",
                f"renewal {rank} is signed on {signed_on}, before the contract of {self.signed_on}",
                _L127_2,
            )
        if ends_on <= previous:
            yield objection(
                "renewal_ends_before_start",
                f"le renouvellement {rank} finit le {ends_on}, avant de commencer le {previous + _ONE_DAY}",
                f"renewal {rank} ends on {ends_on}, before it starts on {previous + _ONE_DAY}",
                _L127_2,
            )

    def _right(self, name: str, day: dt.date) -> Right:
        return LawOn.built_in(day, assume_unchanged=self.assume_unchanged).right(name)

    @property
    def renewals_allowed(self) -> Right:
        """How many times it may be renewed."""
        return self._right("cape_renewals", self.signed_on)

    @property
    def ends_on_renewed(self) -> dt.date:
        """The term: the last day, renewals included, where nothing ends it early."""
        return self.renewals[-1].ends_on if self.renewals else self.ends_on

    @property
    def period(self) -> Interval:
        """The days of the contract, as it stands."""
        return Interval(self.starts_on, self.ended_early_on or self.ends_on_renewed)

    @property
    def remaining_renewals(self) -> int:
        """How many renewals are left. A short period uses one up as a long one does."""
        return self.renewals_allowed.value - len(self.renewals)

    @property
    def last_possible_day(self) -> dt.date:
        """The last day it can reach by all the renewals that are left, each as long as the law allows."""
        months = self._right("cape_term_months", self.signed_on).value * self.remaining_renewals
        return add_months(self.ends_on_renewed + _ONE_DAY, months) - _ONE_DAY

    def term_on(self, day: dt.date) -> dt.date:
        """Return the term as it was agreed on a day: what an invoice of that day says.

        Law:
            Code de commerce, art. R127-3.
        """
        signed = [each.ends_on for each in self.renewals if each.signed_on <= day]
        return signed[-1] if signed else self.ends_on

    def renewed(self, signed_on: dt.date | str, ends_on: dt.date | str) -> CapeContract:
        """Return the contract with one more period.

        Raises:
            ContractError: the law does not allow it.
        """
        renewal = Renewal(signed_on=to_day(signed_on), ends_on=to_day(ends_on))
        return attrs.evolve(self, renewals=(*self.renewals, renewal))

    def invoice_mentions(self, day: dt.date) -> Mapping[str, str]:
        """Return what an invoice of a day must say, by the code of the mention.

        Law:
            Code de commerce, art. R127-3: on business papers before any registration.
        """
        return {
            "under_cape": "contrat d'appui au projet d'entreprise (C. com. art. L127-1)",
            "cooperative_name": self.cooperative.name,
            "cooperative_seat": self.cooperative.seat,
            "cooperative_identification": self.cooperative.identification,
            "term": self.term_on(day).isoformat(),
        }

    def missing_mentions(self, written: Mapping[str, str], day: dt.date) -> tuple[Reason, ...]:
        """Return the mentions that the papers of a day lack or have wrong; nothing once registered.

        Args:
            written: what the papers say, by the code of the mention; ``under_cape`` in any words.
            day: the day of the papers, for the term changes with each renewal.

        Law:
            Code de commerce, art. R127-3.
        """
        if self.registered_on is not None and self.registered_on <= day:
            return ()
        wanted, found = self.invoice_mentions(day), []
        for mention in INVOICE_MENTIONS:
            said, due = written.get(mention.code, "").strip(), wanted[mention.code]
            right_one = bool(said) and (mention.code == "under_cape" or said == due)
            found.append(
                Reason(
                    code=f"mention_{mention.code}",
                    met=right_one,
                    french=f"mention : {mention.french} (attendu : {due or '?'} ; écrit : {said or '–'})",
                    english=f"mention: {mention.english} (wanted: {due or '?'}; written: {said or '–'})",
                    citations=(Citation("C. com. art. R127-3"),),
                )
            )
        return tuple(reason for reason in found if not reason.met)
