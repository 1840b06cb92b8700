"""What a cooperative publishes beside its fee scale. What it does not publish is ``None``, never a guess."""

from __future__ import annotations

import datetime as dt

import attrs

from cae_core.account import FeePeriod
from cae_core.money import Rate
from cae_core.terms import Term

__all__ = [
    "CapeTerms",
    "CapitalTerms",
    "Confidence",
    "FeeContract",
    "Reading",
    "RecurringCharge",
    "Remark",
    "Source",
]


class Confidence(Term):
    """How sure a figure is."""

    #: The cooperative's own page or rules.
    HIGH = "high", "sûr"
    #: One good secondary source: a newspaper, a member.
    MEDIUM = "medium", "moyen"
    #: Old, approximate or inferred.
    LOW = "low", "faible"


class FeeContract(Term):
    """The contract a person is under, as far as a fee looks at it.

    Law:
        CAPE: Code de commerce, art. L127-1. CESA: Code du travail, art. L7331-2.
    """

    CAPE = "cape", "CAPE"
    CESA = "cesa", "CESA"


@attrs.frozen(kw_only=True)
class Remark:
    """A sentence in both languages."""

    french: str
    english: str

    def text(self, lang: str = "fr") -> str:
        """Return the sentence of a language."""
        return self.french if lang == "fr" else self.english


@attrs.frozen(kw_only=True)
class Reading(Remark):
    """One way to understand a rule that a page leaves open; its code is what examples name it by."""

    code: str


@attrs.frozen(kw_only=True)
class Source:
    """Where a profile comes from.

    Attributes:
        title: the page or the text.
        url: where it can be read.
        dated_on: its day, if it bears one.
        confidence: how sure its figures are; ``None``: the cooperative speaks for itself, so that nothing
            is said of what it does not publish.
    """

    title: str
    url: str
    dated_on: dt.date | None = None
    confidence: Confidence | None = None


@attrs.frozen(kw_only=True)
class RecurringCharge(Remark):
    """Something else that an activity pays: insurance, cover of workplace accidents.

    Attributes:
        amount_cents: each month or each year, as ``period`` says.
        contract: under which contract; ``None``: under both.
    """

    amount_cents: int
    period: FeePeriod
    contract: FeeContract | None = None


@attrs.frozen(kw_only=True)
class CapitalTerms:
    """The capital that a person subscribes.

    Attributes:
        share_cents: value of a share (part sociale).
        shares_at_entry: how many at entry or admission.
        shares_a_year: how many each year after.
        most_shares: no more is asked.
        pay_rate: part of pay put into shares.
        net_from_cents: a share is levied on each contract whose net pay reaches this.
        when: when it falls due.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 11; loi n° 78-763 du 19 juillet 1978, art. 31.
    """

    share_cents: int | None = None
    shares_at_entry: int | None = None
    shares_a_year: int | None = None
    most_shares: int | None = None
    pay_rate: Rate | None = None
    net_from_cents: int | None = None
    when: Remark | None = None

    @property
    def entry_cents(self) -> int | None:
        """What is subscribed at entry, where value and number are published."""
        if self.share_cents is None or self.shares_at_entry is None:
            return None
        return self.share_cents * self.shares_at_entry

    def levied_cents(self, shares_paid: int, net_cents: int) -> int | None:
        """What a contract pays towards shares.

        Args:
            shares_paid: shares paid before.
            net_cents: net pay of the contract.

        Returns:
            One share or nothing, in cents; ``None`` where no share is levied on contracts.
        """
        if self.net_from_cents is None or self.share_cents is None:
            return None
        complete = self.most_shares is not None and shares_paid >= self.most_shares
        return 0 if complete or net_cents < self.net_from_cents else self.share_cents


@attrs.frozen(kw_only=True)
class CapeTerms:
    """The support contract as the cooperative signs it (contrat d'appui au projet d'entreprise).

    Attributes:
        months: first duration.
        renewals: how many times it is renewed.
        renewal_months: duration of a renewal.
        deposit_cents: what the person brings at signing.

    Law:
        Code de commerce, art. L127-3: twelve months at most, renewed twice.
    """

    months: int | None = None
    renewals: int | None = None
    renewal_months: int | None = None
    deposit_cents: int | None = None

    @property
    def longest_months(self) -> int | None:
        """The duration with every renewal, where all of it is published."""
        if self.months is None or self.renewals is None or self.renewal_months is None:
            return None
        return self.months + self.renewals * self.renewal_months
