"""The plugins of a ruleset: found by name, registered with pluggy, asked for what they declare."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import attrs
import pluggy

from cae_core.errors import RulesetError, UnknownNameError
from cae_core.hooks import ENTRY_POINTS, PROJECT, Hooks

__all__ = ["Plugins", "plugin"]

#: The built-in plugins, by name: modules that are imported when first asked for.
_BUILT_IN = {"fr": "cae_core.france"}


@attrs.frozen(eq=False)
class Plugins:
    """Some activated plugins, in an order that shows nowhere: the country first, then variants by name."""

    names: tuple[str, ...]
    _manager: pluggy.PluginManager = attrs.field(repr=False)

    @classmethod
    def of(cls, plugins: Mapping[str, object]) -> Plugins:
        """Register plugins by name.

        Raises:
            RulesetError: a hook is misspelt or has another signature.
        """
        manager = pluggy.PluginManager(PROJECT)
        manager.add_hookspecs(Hooks)
        try:
            for name, registered in plugins.items():
                manager.register(registered, name)
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            owner = next((name for name, other in plugins.items() if other is error.plugin), "?")
            raise RulesetError(f"plugin {owner!r}: {error}") from error
        return cls(tuple(plugins), manager)

    def declared(self, hook: str) -> list[tuple[str, Any]]:
        """Return what the plugins declare by a hook, each with the name of its plugin."""
        manager = self._manager
        countries = {impl.plugin_name for impl in manager.hook.cae_register_withholding.get_hookimpls()}
        caller = getattr(manager.hook, hook)
        found = [(str(impl.plugin_name), item) for impl in caller.get_hookimpls() for item in impl.function()]
        return sorted(found, key=lambda pair: (pair[0] not in countries, pair[0]))

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
        known = sorted({*_BUILT_IN, *(point.name for point in entry_points(group=ENTRY_POINTS))})
        raise UnknownNameError("variant", name, known)
    return next(iter(found)).load()
