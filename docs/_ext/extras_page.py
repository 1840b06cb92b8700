"""The page of extras, from ``pyproject.toml``: the comment over each extra says what it is for."""

from __future__ import annotations

import tomllib
from pathlib import Path

from rst import plain, table, title

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def purposes(text: str) -> dict[str, str]:
    """Return what each extra is for: the comment lines right over it."""
    section = text.partition("[project.optional-dependencies]\n")[2].partition("\n[")[0]
    found: dict[str, str] = {}
    said: list[str] = []
    for line in section.splitlines():
        if line.startswith("#"):
            said.append(line.removeprefix("#").strip())
        else:
            name, equals, _ = line.partition(" = ")
            if equals and name.isidentifier():
                found[name] = " ".join(said)
            said = []
    return found


def extras_page() -> str:
    """Every extra, what it is for and what it installs."""
    text = PROJECT.read_text("utf-8")
    wanted = tomllib.loads(text)["project"]["optional-dependencies"]
    rows = [
        ([f"``{name}``"], [plain(said)], [", ".join(f"``{each}``" for each in wanted[name])])
        for name, said in purposes(text).items()
    ]
    return "\n".join(
        [
            *title("Extras", "page"),
            "The library itself needs attrs and pluggy; pendulum and dateutil for a few days of the year.",
            "What else a part needs is an extra: ``pip install 'cae-core[notebooks,calendar]'``.",
            "A part whose extra is missing says which one to install.",
            "",
            *table(("Extra", "For", "Installs"), rows, (15, 45, 40)),
        ]
    )
