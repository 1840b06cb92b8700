"""Every rule of a country and its variants, frozen: what computes payslips and answers about rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import RulesetError, UnknownNameError
from cae_core.law import Legislation
from cae_core.payroll import engine
from cae_core.payroll.batch import PayslipBatch, payslips
from cae_core.payroll.facts import PayFacts
from cae_core.payroll.inverse import Inverse
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.payslip import Payslip
from cae_core.payroll.preimage import Budgeted
from cae_core.payroll.rules import (
    Base,
    Contribution,
    FactCheck,
    FactSpec,
    Heading,
    Quantity,
    Reduction,
    Withholding,
)
from cae_core.payroll.year_to_date import YearToDate
from cae_core.plugins import Plugins

if TYPE_CHECKING:
    from cae_core.membership.legal_form import LegalForm
    from cae_core.pathway import Lifecycle
    from cae_core.payroll.compare import LawComparison
    from cae_core.profile import CooperativeProfile
    from cae_core.protection import Entitlement, Finding, Findings, PayHistory

__all__ = ["Ruleset"]


@attrs.frozen(kw_only=True, eq=False)
class Ruleset:
    """Every rule of a country and its variants, frozen. Made by :func:`cae_core.load` or
    :func:`cae_core.assemble`.

    Attributes:
        plugins: the activated plugins.
        legislation: the dated parameters of the payslip.
    """

    plugins: Plugins
    legislation: Legislation
    headings: tuple[Heading, ...]
    quantities: tuple[Quantity, ...]
    bases: tuple[Base, ...]
    contributions: tuple[Contribution, ...]
    reductions: tuple[Reduction, ...]
    withholding: Withholding
    fact_checks: tuple[FactCheck, ...]
    fact_specs: tuple[FactSpec, ...]
    _months: dict[tuple[Month | str, bool, dt.date | None], MonthLaw] = attrs.field(factory=dict, repr=False)
    _rights: list[Legislation] = attrs.field(factory=list, repr=False)
    _entitlements: dict[str, Entitlement] = attrs.field(factory=dict, repr=False)
    _lifecycles: dict[str, Lifecycle] = attrs.field(factory=dict, repr=False)
    _cooperatives: dict[str, CooperativeProfile] = attrs.field(factory=dict, repr=False)

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of the activated plugins, in the order of activation."""
        return self.plugins.names

    @property
    def rights(self) -> Legislation:
        """The dated parameters of everything beyond the payslip, and those of the payslip itself.

        Protection, path, exits and membership look at many days, each under its own law, so nothing bounds
        these parameters together: each one says from when to when it is known. They are read at first use,
        so that a payslip does not wait for them.
        """
        if not self._rights:
            further = self.plugins.unique("cae_register_rights_parameters", "parameter", "name")
            clash = sorted({row.name for row in further} & set(self.legislation.parameters))
            if clash:
                raise RulesetError(f"parameters declared for the payslip and for rights: {', '.join(clash)}")
            every = {**self.legislation.parameters, **{row.name: row for row in further}}
            self._rights.append(
                Legislation(
                    parameters=every,
                    known_from=min(row.values[0].in_force_from for row in every.values()),
                    known_until=max(row.known_until for row in every.values()),
                )
            )
        return self._rights[0]

    @property
    def entitlements(self) -> Mapping[str, Entitlement]:
        """Every right the plugins declare, by code, in their order; asked at first use."""
        if not self._entitlements:
            declared = self.plugins.unique("cae_register_entitlements", "entitlement", "code")
            self._entitlements.update({entitlement.code: entitlement for entitlement in declared})
        return MappingProxyType(self._entitlements)

    def assess(
        self,
        code: str,
        history: PayHistory,
        on: dt.date | str,
        *facts: object,
        assume_unchanged: bool = False,
    ) -> Finding:
        """Return whether a person has a right on a day, how much and why.

        Args:
            code: the code of an entitlement.
            history: what the person was paid.
            on: the day of the event that the right is about.
            facts: frozen records that the right looks at, one of a type.
            assume_unchanged: beyond the last day known, carry the law forward and mark the answer.

        Raises:
            UnknownNameError: no entitlement has this code.
            InputError: facts that the right does not look at.
            LawNotKnownError: the law of a day it needs is not known.
        """
        from cae_core.protection import assess

        entitlement = self.entitlements.get(code)
        if entitlement is None:
            raise UnknownNameError("entitlement", code, sorted(self.entitlements))
        return assess(entitlement, history, on, *facts, law=self.rights, assume_unchanged=assume_unchanged)

    def assess_all(
        self, history: PayHistory, on: dt.date | str, *facts: object, assume_unchanged: bool = False
    ) -> Findings:
        """Return the answers of every right of a day (see :func:`~cae_core.protection.assess_all`).

        Each right is looked at as if its event started that day, and given the facts that it looks at.
        """
        from cae_core.protection import assess_all

        rights = self.entitlements.values()
        return assess_all(rights, history, on, *facts, law=self.rights, assume_unchanged=assume_unchanged)

    @property
    def lifecycles(self) -> Mapping[str, Lifecycle]:
        """The tables of the paths of people, by name; asked of the plugins at first use."""
        if not self._lifecycles:
            found = self.plugins.unique("cae_register_lifecycles", "lifecycle", "name")
            self._lifecycles.update({lifecycle.name: lifecycle for lifecycle in found})
        return self._lifecycles

    def lifecycle(self, name: str) -> Lifecycle:
        """Return the table of a path by its name, such as ``"cae"``.

        Raises:
            UnknownNameError: no plugin declares it; the message suggests close ones.
        """
        try:
            return self.lifecycles[name]
        except KeyError:
            raise UnknownNameError("lifecycle", name, sorted(self.lifecycles)) from None

    @property
    def cooperatives(self) -> Mapping[str, CooperativeProfile]:
        """The profiles of cooperatives, by code; asked of the plugins at first use."""
        if not self._cooperatives:
            found = self.plugins.unique("cae_register_cooperatives", "cooperative", "code")
            self._cooperatives.update({profile.code: profile for profile in found})
        return MappingProxyType(self._cooperatives)

    def cooperative(self, code: str) -> CooperativeProfile:
        """Return the profile of a cooperative by its code, such as ``"mosaique"``.

        Raises:
            UnknownNameError: no activated plugin declares it; the message suggests close ones.
        """
        try:
            return self.cooperatives[code]
        except KeyError:
            raise UnknownNameError("cooperative", code, sorted(self.cooperatives)) from None

    def month_law(
        self, month: Month | str, *, assume_unchanged: bool = False, known_on: dt.date | None = None
    ) -> MonthLaw:
        """Return the payroll law of a month, as of its first day; compiled at first use, then kept.

        Args:
            month: ``Month(2026, 3)`` or ``"2026-03"``.
            assume_unchanged: beyond the last day known, carry the last values forward and mark the result.
            known_on: ignore texts published after this day.

        Raises:
            LawNotKnownError: the month is outside the days known.
        """
        asked = month if isinstance(month, str | Month) else Month.parse(month)
        found = self._months.get((asked, assume_unchanged, known_on))
        if found is None:
            month = Month.parse(asked)
            key = month, assume_unchanged, known_on
            found = self._months.get(key) or self._compile(month, assume_unchanged, known_on)
            # Also under the text, so that it is read once.
            self._months[key] = self._months[asked, assume_unchanged, known_on] = found
        return found

    def _compile(self, month: Month, assume_unchanged: bool, known_on: dt.date | None) -> MonthLaw:
        snapshot = self.legislation.on(month.first_day, assume_unchanged=assume_unchanged, known_on=known_on)
        values: dict[str, Any] = {"days_in_month": month.days}
        for name, value in snapshot.values.items():
            # A look-up wants the starts and the values of a scale apart.
            values[name] = tuple(zip(*value, strict=True)) if isinstance(value, tuple) else value
        rows = {row.code: row for row in self.contributions if row.in_force(values)}
        bases = tuple(base for base in self.bases if base.in_force(values))
        thresholds = {
            values[name]
            for row in rows.values()
            for name in (row.headcount_from, row.headcount_below)
            if name is not None
        }
        thresholds |= {
            values[reduction.headcount] for reduction in self.reductions if reduction.headcount in values
        }
        return MonthLaw(
            month=month,
            snapshot=snapshot,
            values=values,
            headings=self.headings,
            contributions=rows,
            quantities=tuple(quantity for quantity in self.quantities if quantity.in_force(values)),
            bases=tuple(base for base in bases if not base.after_cover),
            cover_bases=tuple(base for base in bases if base.after_cover),
            reductions=tuple(reduction for reduction in self.reductions if reduction.in_force(values)),
            withholding=self.withholding,
            fact_checks=self.fact_checks,
            thresholds=tuple(sorted(thresholds)),
            fact_specs=self.fact_specs,
            currency=self.plugins.currency,
            quarterly=frozenset(
                [each.name for each in self.quantities if each.quarterly]
                + [each.name for each in self.bases if each.quarterly]
            ),
        )

    def payslip(
        self,
        month: Month | str,
        facts: PayFacts,
        *,
        year_to_date: YearToDate | None = None,
        assume_unchanged: bool = False,
        known_on: dt.date | None = None,
    ) -> Payslip:
        """Return the payslip of one person for one month.

        Args:
            month: the month paid; the law of its first day applies.
            facts: the facts of the person (see :meth:`PayFacts.of`).
            year_to_date: the state after the earlier months of the year (``slip.year_to_date``);
                ``None`` takes the month alone.
            assume_unchanged: see :meth:`month_law`; likewise ``known_on``.

        Raises:
            LawNotKnownError: the month is outside the days known.
            InputError: facts the law does not allow, or months out of order.
        """
        law = self.month_law(month, assume_unchanged=assume_unchanged, known_on=known_on)
        return engine.payslip(law, facts, year_to_date)

    def payslips(
        self,
        month: Month | str,
        facts: PayFacts,
        *,
        year_to_date: YearToDate | None = None,
        lines: bool = False,
        state: bool = True,
        totals: Sequence[str] | None = None,
        lane: str | None = None,
        assume_unchanged: bool = False,
        known_on: dt.date | None = None,
    ) -> PayslipBatch:
        """Return the payslips of many people for one month, from columns (int64 arrays).

        ``batch["net_paid"]`` is a column; ``batch.row(i)`` is the payslip of person ``i``, if ``lines`` were
        kept; ``batch.year_to_date`` is for the next month, unless ``state`` is false. With ``totals``, those
        columns alone are kept; ``lane="compiled"`` runs machine code (see
        :func:`~cae_core.payroll.batch.payslips`).
        """
        law = self.month_law(month, assume_unchanged=assume_unchanged, known_on=known_on)
        return payslips(law, facts, year_to_date, lines=lines, state=state, totals=totals, lane=lane)

    def gross_for_budget(
        self,
        month: Month | str,
        budget_cents: int,
        facts: PayFacts,
        *,
        year_to_date: YearToDate | None = None,
        assume_unchanged: bool = False,
        known_on: dt.date | None = None,
    ) -> Budgeted:
        """Return the largest gross pay whose employer cost fits a budget (see :class:`Budgeted`)."""
        asked = self.inverse(
            month, facts, year_to_date=year_to_date, assume_unchanged=assume_unchanged, known_on=known_on
        )
        return asked.for_budget(budget_cents)

    def inverse(
        self,
        month: Month | str,
        facts: PayFacts,
        *,
        year_to_date: YearToDate | None = None,
        assume_unchanged: bool = False,
        known_on: dt.date | None = None,
    ) -> Inverse:
        """Return what answers "which gross pay gives this net, this net after tax, this cost?" for a month.

        ``rules.inverse("2026-03", facts).grosses_for("net_paid", 150_000)`` gives *every* gross pay in whole
        cents, or the gap with its two neighbours and the rule behind it (see :class:`Preimage`).
        """
        law = self.month_law(month, assume_unchanged=assume_unchanged, known_on=known_on)
        if year_to_date is not None:
            year_to_date.check_precedes(law.month)
        return Inverse(law, facts, year_to_date)

    def compare(
        self,
        before: Month | str,
        after: Month | str,
        *,
        assume_unchanged: bool = False,
        known_on: dt.date | None = None,
    ) -> LawComparison:
        """Return what changes from the payroll law of a month to that of another, with the texts."""
        from cae_core.payroll.compare import compare_laws

        laws = (
            self.month_law(month, assume_unchanged=assume_unchanged, known_on=known_on)
            for month in (before, after)
        )
        return compare_laws(*laws)

    def legal_form(self, code: str) -> LegalForm:
        """Return a legal form of cooperative by its code, such as ``"scop_sarl"``.

        Raises:
            UnknownNameError: no plugin declares the code; the message suggests close ones.
        """
        forms = {
            form.code: form for form in self.plugins.unique("cae_register_legal_forms", "legal form", "code")
        }
        if code not in forms:
            raise UnknownNameError("legal form", code, sorted(forms))
        found: LegalForm = forms[code]
        return found

    def contribution(self, code: str) -> Contribution:
        """Return a row of the table of contributions by its code.

        Raises:
            UnknownNameError: no contribution has this code; the message suggests close ones.
        """
        for row in self.contributions:
            if row.code == code:
                return row
        raise UnknownNameError("contribution", code, sorted(row.code for row in self.contributions))
