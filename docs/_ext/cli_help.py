"""The help of the command, as it prints it."""

from __future__ import annotations

from rst import title


def cli_help() -> str:
    """What ``cae --help`` and the help of each command print in English."""
    from click import Context, Group

    from cae_core.cli.app import build

    command = build("en")
    assert isinstance(command, Group)
    whole = Context(command, info_name="cae", max_content_width=80, terminal_width=80)
    lines = [".. code-block:: text", "", *_indented(command.get_help(whole))]
    for name, each in command.commands.items():
        context = Context(each, info_name=name, parent=whole, max_content_width=80, terminal_width=80)
        lines += ["", *title(f"``cae {name}``", "section"), ".. code-block:: text", ""]
        lines += _indented(each.get_help(context))
    return "\n".join(lines)


def _indented(text: str) -> list[str]:
    return [f"   {line}".rstrip() for line in text.splitlines()]
