"""The command ``cae``: the door for people, and for programs that speak JSON.

This module imports neither click nor rich, so that it can say how to install them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec

__all__ = ["main"]

_NEEDED = ("click", "rich")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with its code: 0 done, 1 done in part, 2 bad input.

    Args:
        arguments: the words after ``cae``; by default those of the process.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        sys.stderr.write(
            f"cae : il manque {', '.join(missing)}. Pour l'installer : pip install 'cae-core[cli]'\n"
            f"cae: {', '.join(missing)} missing. To install it: pip install 'cae-core[cli]'\n"
        )
        raise SystemExit(2)
    from cae_core.cli.app import run

    raise SystemExit(run(sys.argv[1:] if arguments is None else list(arguments)))
