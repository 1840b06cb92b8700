"""The hook specifications, and the marker by which a plugin implements them.

Hooks declare, they never intervene: each is called once, without argument, while a ruleset is assembled (or,
for what a payslip does not need, when it is first asked for), and never during a computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from cae_core.law import Parameter
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
from cae_core.variants import Change, VariantInfo

if TYPE_CHECKING:
    from cae_core.membership.legal_form import LegalForm
    from cae_core.pathway import Lifecycle
    from cae_core.profile import CooperativeProfile
    from cae_core.protection import Entitlement

__all__ = ["ENTRY_POINTS", "PROJECT", "Hooks", "hookimpl"]

#: The group of entry points, and the name of the hook markers.
PROJECT = "cae_core"
ENTRY_POINTS = "cae_core.variants"

hookspec = pluggy.HookspecMarker(PROJECT)
#: Marks the functions by which a plugin declares its rules.
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hook specifications. Each is called once, without argument, while a ruleset is assembled."""

    @hookspec
    def cae_variant(self) -> Iterable[VariantInfo]:  # type: ignore[empty-body]
        """Say what the plugin is, as one :class:`~cae_core.variants.VariantInfo`.

        Its level, its names, what it requires, what it cannot stand with, the version of the hooks it was
        written for and, of a country, its currency.
        """

    @hookspec
    def cae_register_changes(self) -> Iterable[Change]:  # type: ignore[empty-body]
        """Declare changes to the rules of other plugins: the records of :mod:`cae_core.variants`.

        Another rate, no line, another base. They are applied country, territory, sector, cooperative; two
        plugins of one level that touch the same thing are refused.
        """

    @hookspec
    def cae_register_parameters(self) -> Iterable[Parameter]:  # type: ignore[empty-body]
        """Declare dated parameters: :class:`~cae_core.law.Parameter`.

        A name may be declared by one plugin alone. The French plugin reads them from its tables with
        :func:`~cae_core.law.load_parameters`.
        """

    @hookspec
    def cae_register_rights_parameters(self) -> Iterable[Parameter]:  # type: ignore[empty-body]
        """Declare the dated parameters of protection, path, exits and membership.

        :attr:`~cae_core.ruleset.Ruleset.rights` holds them beside those of the payslip. Asked at first use,
        so that a payslip does not wait for them.
        """

    @hookspec
    def cae_register_legal_forms(self) -> Iterable[LegalForm]:  # type: ignore[empty-body]
        """Declare legal forms of cooperatives: :class:`~cae_core.membership.legal_form.LegalForm`.

        Asked at first use, by :meth:`~cae_core.ruleset.Ruleset.legal_form`; one code belongs to one plugin.
        """

    @hookspec
    def cae_register_headings(self) -> Iterable[Heading]:  # type: ignore[empty-body]
        """Declare the headings of the payslip, in their order: :class:`~cae_core.payroll.Heading`."""

    @hookspec
    def cae_register_quantities(self) -> Iterable[Quantity]:  # type: ignore[empty-body]
        """Declare the quantities cumulated over the year: :class:`~cae_core.payroll.Quantity`.

        Gross pay or the ceiling, say.
        """

    @hookspec
    def cae_register_bases(self) -> Iterable[Base]:  # type: ignore[empty-body]
        """Declare contribution bases, from the cumulated quantities: :class:`~cae_core.payroll.Base`."""

    @hookspec
    def cae_register_contributions(self) -> Iterable[Contribution]:  # type: ignore[empty-body]
        """Declare the lines of the payslip: :class:`~cae_core.payroll.Contribution`."""

    @hookspec
    def cae_register_reductions(self) -> Iterable[Reduction]:  # type: ignore[empty-body]
        """Declare reductions of employer contributions: :class:`~cae_core.payroll.Reduction`.

        Several may share one code where the law changed the formula; one of them is in force on a day.
        One that only some people have says by which facts (:class:`~cae_core.payroll.Choice`), and may tell
        the conditions.
        """

    @hookspec
    def cae_register_withholding(self) -> Iterable[Withholding]:  # type: ignore[empty-body]
        """Declare how income tax is withheld without a personal rate: :class:`~cae_core.payroll.Withholding`.

        A ruleset has exactly one; it may say that none is withheld.
        """

    @hookspec
    def cae_register_facts(self) -> Iterable[FactSpec]:  # type: ignore[empty-body]
        """Declare facts that the rules of the plugin ask for: :class:`~cae_core.payroll.FactSpec`.

        They stand beside those every payslip has. The caller gives them in ``PayFacts(given={name: value})``;
        a name that no active plugin declares is refused.
        """

    @hookspec
    def cae_register_fact_checks(self) -> Iterable[FactCheck]:  # type: ignore[empty-body]
        """Declare what the law does not allow in the facts: :class:`~cae_core.payroll.FactCheck`."""

    @hookspec
    def cae_register_entitlements(self) -> Iterable[Entitlement]:  # type: ignore[empty-body]
        """Declare the rights a person may have from her pay: :class:`~cae_core.protection.Entitlement`.

        Asked at first use (:attr:`~cae_core.ruleset.Ruleset.entitlements`).
        """

    @hookspec
    def cae_register_lifecycles(self) -> Iterable[Lifecycle]:  # type: ignore[empty-body]
        """Declare lifecycles, the tables of the paths of people: :class:`~cae_core.pathway.Lifecycle`.

        Asked at first use; :meth:`~cae_core.ruleset.Ruleset.lifecycle` finds one by its name.
        """

    @hookspec
    def cae_register_cooperatives(self) -> Iterable[CooperativeProfile]:  # type: ignore[empty-body]
        """Declare cooperatives by what they publish: :class:`~cae_core.profile.CooperativeProfile`.

        Fee, fixed part, capital. Asked at first use (:attr:`~cae_core.ruleset.Ruleset.cooperatives`); they
        change no payslip.
        """

    @hookspec
    def cae_known_from(self) -> Iterable[dt.date]:  # type: ignore[empty-body]
        """Declare the first day from which the plugin's rules are complete.

        Of several, the latest one counts for the ruleset.
        """
