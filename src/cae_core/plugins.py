"""The plugins of a ruleset: found by name, registered with pluggy, asked for what they declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import groupby
from typing import Any

import attrs
import pluggy

from cae_core.errors import CaeCoreError, RulesetError, UnknownNameError
from cae_core.hooks import ENTRY_POINTS, PROJECT, Hooks
from cae_core.money import EUR, Currency
from cae_core.variants import API_VERSION, Draft, VariantInfo, VariantKind

__all__ = ["Plugins", "available", "infos_of", "plugin"]

#: The built-in plugins, by name: modules that are imported when first asked for.
_BUILT_IN = {"fr": "cae_core.france"}


@attrs.frozen(eq=False)
class Plugins:
    """Some activated plugins, in an order that shows nowhere: by level, then by name.

    Attributes:
        names: in the order of activation.
        infos: what each one is, by name.
    """

    names: tuple[str, ...]
    infos: Mapping[str, VariantInfo]
    _manager: pluggy.PluginManager = attrs.field(repr=False)

    @classmethod
    def of(cls, plugins: Mapping[str, object]) -> Plugins:
        """Register plugins by name.

        Raises:
            RulesetError: a hook is misspelt or has another signature, a plugin was written for another
                version of the hooks, lacks what it requires, or cannot stand with another one.
        """
        manager = _manager(plugins)
        infos = _infos(manager, tuple(plugins))
        _check_together(infos)
        return cls(tuple(plugins), infos, manager)

    @property
    def currency(self) -> Currency:
        """The currency of the country; the euro where no plugin is one."""
        countries = (info.currency for info in self.infos.values() if info.kind is VariantKind.COUNTRY)
        return next(countries, EUR)

    def declared(self, hook: str) -> list[tuple[str, Any]]:
        """Return what the plugins declare by a hook, each with the name of its plugin.

        Raises:
            RulesetError: a plugin raised; the message names it and the hook.
        """
        found = [
            (str(impl.plugin_name), item)
            for impl in getattr(self._manager.hook, hook).get_hookimpls()
            for item in _asked(str(impl.plugin_name), hook, impl.function)
        ]
        return sorted(found, key=lambda pair: self._place(pair[0]))

    def _place(self, name: str) -> tuple[int, str]:
        return self.infos[name].kind.rank, name

    def hooks_of(self, name: str) -> tuple[str, ...]:
        """Return the hooks that a plugin implements."""
        registered = self._manager.get_plugin(name)
        return tuple(sorted(caller.name for caller in self._manager.get_hookcallers(registered) or ()))

    def all(self, hook: str) -> tuple[Any, ...]:
        """Return everything declared by a hook."""
        return tuple(item for _, item in self.declared(hook))

    def unique(self, hook: str, kind: str, attribute: str) -> tuple[Any, ...]:
        """Return what is declared by a hook; one name declared twice is refused.

        Replacing a rule must be said, not done by accident.
        """
        owners: dict[str, str] = {}
        items = self.declared(hook)
        for owner, item in items:
            name = getattr(item, attribute)
            if name in owners:
                raise RulesetError(f"{kind} {name!r} is declared by both {owners[name]!r} and {owner!r}")
            owners[name] = owner
        return tuple(item for _, item in items)

    def apply_changes(self, draft: Draft) -> None:
        """Apply what the plugins change in the rules of others, level by level.

        Raises:
            RulesetError: two plugins of one level touch the same thing, or a change is about something that
                nobody declares.
        """
        changes = self.declared("cae_register_changes")
        for _, level in groupby(changes, key=lambda pair: self.infos[pair[0]].kind):
            touched: dict[str, str] = {}
            for owner, change in level:
                for thing in change.touches:
                    if thing in touched:
                        raise RulesetError(f"{thing} is changed by both {touched[thing]!r} and {owner!r}")
                    touched[thing] = owner
                try:
                    change.apply(draft)
                except UnknownNameError as error:
                    raise RulesetError(f"plugin {owner!r} changes what is not there: {error}") from error


def infos_of(plugins: Mapping[str, object]) -> Mapping[str, VariantInfo]:
    """Return what plugins say they are, by name, whether or not they can stand together.

    Raises:
        RulesetError: a hook is misspelt or has another signature, or a plugin raised.
    """
    return _infos(_manager(plugins), tuple(plugins))


def _manager(plugins: Mapping[str, object]) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        for name, registered in plugins.items():
            manager.register(registered, name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        owner = next((name for name, other in plugins.items() if other is error.plugin), "?")
        raise RulesetError(f"plugin {owner!r}: {error}") from error
    return manager


def _asked(name: str, hook: str, function: Callable[[], Any]) -> list[Any]:
    """Ask a plugin; what it raises is said with its name and that of the hook."""
    try:
        return list(function())
    except Exception as error:
        if isinstance(error, CaeCoreError):
            raise RulesetError(f"plugin {name!r}, hook {hook}: {error}") from error
        raise RulesetError(f"plugin {name!r}, hook {hook}: {type(error).__name__}: {error}") from error


def _infos(manager: pluggy.PluginManager, names: tuple[str, ...]) -> dict[str, VariantInfo]:
    """Return what each plugin says it is; one that says nothing is taken by what it declares."""
    countries = {impl.plugin_name for impl in manager.hook.cae_register_withholding.get_hookimpls()}
    infos = {
        name: VariantInfo(
            kind=VariantKind.COUNTRY if name in countries else VariantKind.COOPERATIVE,
            french_name=name,
            english_name=name,
        )
        for name in names
    }
    for impl in manager.hook.cae_variant.get_hookimpls():
        said = _asked(str(impl.plugin_name), "cae_variant", impl.function)
        if len(said) != 1 or not isinstance(said[0], VariantInfo):
            raise RulesetError(f"plugin {impl.plugin_name!r}, hook cae_variant: expected one VariantInfo")
        infos[str(impl.plugin_name)] = said[0]
    return infos


def _check_together(infos: Mapping[str, VariantInfo]) -> None:
    countries = sorted(name for name, info in infos.items() if info.kind is VariantKind.COUNTRY)
    if len(countries) > 1:
        raise RulesetError(f"one country is wanted, got {', '.join(countries)}")
    for name, info in infos.items():
        if info.api != API_VERSION:
            raise RulesetError(
                f"plugin {name!r} was written for version {info.api} of the hooks, this is {API_VERSION}"
            )
        missing = sorted(set(info.requires) - set(infos))
        if missing:
            raise RulesetError(f"plugin {name!r} requires {', '.join(missing)}: activate it too")
        against = sorted(set(info.conflicts) & set(infos))
        if against:
            raise RulesetError(f"plugin {name!r} cannot be active with {', '.join(against)}")


def plugin(name: str) -> object:
    """Return a built-in plugin, or one that an installed package declares as an entry point.

    Raises:
        UnknownNameError: neither knows the name.
    """
    if name in _BUILT_IN:
        return import_module(_BUILT_IN[name])
    from importlib.metadata import entry_points

    found = entry_points(group=ENTRY_POINTS, name=name)
    if not found:
        known = {*_BUILT_IN, *(point.name for point in entry_points(group=ENTRY_POINTS))}
        raise UnknownNameError("variant", name, sorted(known))
    return next(iter(found)).load()


def available() -> dict[str, str]:
    """Return the variants that can be activated, each with the distribution it comes from."""
    from importlib.metadata import entry_points

    found = {
        point.name: f"{point.dist.name} {point.dist.version}" if point.dist else ""
        for point in entry_points(group=ENTRY_POINTS)
    }
    return {**found, **dict.fromkeys(_BUILT_IN, "cae-core")}
