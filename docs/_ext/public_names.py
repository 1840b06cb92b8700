"""Show the public face of the code: resolve names as readers write them, and keep what is private unseen.

A package documents what its modules define (``cae_core.law.Parameter`` lives in ``cae_core.law.parameters``),
and ``cae_core`` itself hands out the most used names. A docstring may use any of these names: the target is
imported, and the link leads to the one place where that object is documented.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from typing import Any

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

ROOT = "cae_core"
#: ``french, english: the sentence`` in an ``Attributes:`` section: one sentence for several names.
_SEVERAL = re.compile(r"^(?P<indent> +)(?P<names>\w+(?:, \w+)+): (?P<text>.+)$")


def _find(dotted: str) -> Any:
    """Return the object a dotted name leads to, or ``None``."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        name = ".".join(parts[:cut])
        try:
            found: Any = sys.modules.get(name) or importlib.import_module(name)
        except ImportError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found
    return None


def _same_object(target: str, module: str | None, documented: dict[str, Any]) -> Iterator[str]:
    """Iterate over the full names under which a target may be documented."""
    for dotted in (target, f"{module}.{target}", f"{ROOT}.{target}"):
        found = _find(dotted) if dotted.startswith(ROOT) else None
        if found is None:
            continue
        home, name = getattr(found, "__module__", None), getattr(found, "__qualname__", None)
        if isinstance(home, str) and isinstance(name, str):
            while home:
                yield f"{home}.{name}"
                home = home.rpartition(".")[0]
        else:
            # A constant does not know where it was defined: its name does, among the documented ones.
            last = dotted.rpartition(".")[2]
            yield from (full for full in documented if full.endswith(f".{last}"))
    if "." not in target:
        yield from (full for full in documented if full.endswith(f".{target}"))


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """Answer ``missing-reference`` for Python names."""
    if node.get("refdomain") != "py":
        return None
    domain = env.domains["py"]
    documented = domain.data["objects"]
    for name in _same_object(node["reftarget"], node.get("py:module"), documented):
        if name in documented:
            document = node.get("refdoc", env.docname)
            # A constant may be asked for by the role of a class, as type hints do.
            return domain.resolve_xref(env, document, app.builder, "obj", name, node, content)
    return None


def hide_private_arguments(
    app: Sphinx, what: str, name: str, obj: object, options: object, signature: str, returns: str
) -> tuple[str, str] | None:
    """Show no signature for a class that only the library makes: some of its arguments are private."""
    made_of = attrs.fields(obj) if what == "class" and isinstance(obj, type) and attrs.has(obj) else ()
    if any(field.init and field.name.startswith("_") for field in made_of):
        return "", ""
    # A default made anew for each object is shown as such.
    return (signature.replace("NOTHING", "..."), returns) if signature else None


def tidy(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Prepare a docstring for napoleon."""
    if what in ("attribute", "data", "property") and lines:
        # Napoleon takes "Pays her back: moves cash" for a type and its description, in a first line only.
        lines[:0] = ["..", ""]
    told = []
    for line in lines:
        match = _SEVERAL.match(line)
        names = match["names"].split(", ") if match and what == "class" else []
        told += [f"{match['indent']}{each}: {match['text']}" for each in names] or [line]  # type: ignore[index]
    lines[:] = told


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the handlers."""
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-signature", hide_private_arguments)
    app.connect("autodoc-process-docstring", tidy, priority=400)  # before napoleon
    return {"parallel_read_safe": True, "parallel_write_safe": True}
