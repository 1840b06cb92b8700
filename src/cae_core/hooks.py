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
        """Say what the plugin is: its level, its names, what it requires; one record."""

    @hookspec
    def cae_register_changes(self) -> Iterable[Change]:  # type: ignore[empty-body]
        """Declare changes to the rules of other plugins: another rate, no line, another base."""

    @hookspec
    def cae_register_parameters(self) -> Iterable[Parameter]:  # type: ignore[empty-body]
        """Declare dated parameters; a name may be declared by one plugin alone."""

    @hookspec
    def cae_register_rights_parameters(self) -> Iterable[Parameter]:  # type: ignore[empty-body]
        """Declare the dated parameters of protection, path, exits and membership; asked at first use."""

    @hookspec
    def cae_register_legal_forms(self) -> Iterable[LegalForm]:  # type: ignore[empty-body]
        """Declare legal forms of cooperatives; asked at first use."""

    @hookspec
    def cae_register_headings(self) -> Iterable[Heading]:  # type: ignore[empty-body]
        """Declare the headings of the payslip, in their order."""

    @hookspec
    def cae_register_quantities(self) -> Iterable[Quantity]:  # type: ignore[empty-body]
        """Declare the quantities cumulated over the year."""

    @hookspec
    def cae_register_bases(self) -> Iterable[Base]:  # type: ignore[empty-body]
        """Declare contribution bases."""

    @hookspec
    def cae_register_contributions(self) -> Iterable[Contribution]:  # type: ignore[empty-body]
        """Declare the lines of the payslip."""

    @hookspec
    def cae_register_reductions(self) -> Iterable[Reduction]:  # type: ignore[empty-body]
        """Declare reductions of employer contributions; of one code, one is in force on a day."""

    @hookspec
    def cae_register_withholding(self) -> Iterable[Withholding]:  # type: ignore[empty-body]
        """Declare how income tax is withheld without a personal rate; exactly one per ruleset."""

    @hookspec
    def cae_register_facts(self) -> Iterable[FactSpec]:  # type: ignore[empty-body]
        """Declare facts that the rules of the plugin ask for, beside those every payslip has."""

    @hookspec
    def cae_register_fact_checks(self) -> Iterable[FactCheck]:  # type: ignore[empty-body]
        """Declare what the law does not allow in the facts of a payslip."""

    @hookspec
    def cae_register_entitlements(self) -> Iterable[Entitlement]:  # type: ignore[empty-body]
        """Declare the rights a person may have from her pay; asked at first use."""

    @hookspec
    def cae_register_lifecycles(self) -> Iterable[Lifecycle]:  # type: ignore[empty-body]
        """Declare lifecycles, the tables of the paths of people; asked at first use."""

    @hookspec
    def cae_register_cooperatives(self) -> Iterable[CooperativeProfile]:  # type: ignore[empty-body]
        """Declare cooperatives by what they publish: fee, fixed part, capital; asked at first use."""

    @hookspec
    def cae_known_from(self) -> Iterable[dt.date]:  # type: ignore[empty-body]
        """Declare the first day from which the plugin's rules are complete; the latest one counts."""
