"""The reference of the hooks, made from their specifications, and what does not agree with them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["hook_problems", "hooks_page", "signatures"]

#: A hook as a page shows it, at the start of a line: ``name(…) -> …``.
_SHOWN = re.compile(r"^``(cae_\w+)(\(.*?)``$", re.MULTILINE)
#: A hook as an example writes it: the function of a plugin, whatever it is indented by.
_WRITTEN = re.compile(r"^[ >.]*def (cae_\w+)\((.*?)\)", re.MULTILINE)
#: A hook that a sentence names.
_NAMED = re.compile(r"\bcae_(?:variant|register_\w+|known_from)\b")


def signatures(specs: type) -> dict[str, str]:
    """Return the signature of each hook, as a plugin implements it: without ``self``."""
    found = {}
    for name, spec in vars(specs).items():
        if name.startswith("cae_"):
            signature = inspect.signature(spec)
            own = signature.replace(parameters=list(signature.parameters.values())[1:])
            found[name] = str(own).replace("'", "")
    return found


def hooks_page(specs: type) -> str:
    """Return the page: every hook in the order of the specifications, with all that its docstring says."""
    lines = []
    for name, signature in signatures(specs).items():
        said = inspect.getdoc(vars(specs)[name]) or ""
        lines += [f".. _hook-{name}:", "", f"``{name}{signature}``"]
        lines += [f"   {line}".rstrip() for line in said.splitlines()]
        lines.append("")
    return "\n".join(lines)


def hook_problems(specs: type, reference: str, pages: Mapping[str, str]) -> Iterator[str]:
    """Iterate over the hooks that are not documented, or not as they are.

    Args:
        specs: the class of the specifications.
        reference: the reference page, generated parts included.
        pages: other pages by name, whose examples and sentences name hooks.
    """
    known = signatures(specs)
    shown = dict(_SHOWN.findall(reference))
    for name, signature in known.items():
        if not (inspect.getdoc(vars(specs)[name]) or "").strip():
            yield f"{name}: its specification says nothing"
        if name not in shown:
            yield f"{name}: the reference does not have it"
        elif shown[name] != signature:
            yield f"{name}: the reference shows {shown[name]}, it is {signature}"
    for name in shown:
        if name not in known:
            yield f"{name}: the reference has it, no hook is called so"
    for page, text in {"the reference": reference, **pages}.items():
        yield from _examples(page, text, known)


def _examples(page: str, text: str, known: Mapping[str, str]) -> Iterable[str]:
    for name, written in _WRITTEN.findall(text):
        if name in known:
            asked = [part.strip() for part in written.split(",") if part.strip() not in ("", "self")]
            has = [
                part.strip() for part in known[name].partition(")")[0].strip("(").split(",") if part.strip()
            ]
            if asked != has:
                yield f"{name}: {page} writes it with ({', '.join(asked)}), it takes ({', '.join(has)})"
    for name in dict.fromkeys(_NAMED.findall(text)):
        if name not in known and f"unknown hook '{name}'" not in text:
            yield f"{name}: {page} names it, no hook is called so"
