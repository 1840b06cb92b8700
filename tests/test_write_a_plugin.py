"""The plugin of the how-to is written out from its page, installed on a path, tested and used."""

import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("numpy")

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-to" / "write_a_plugin.rst").read_text("utf-8")
BLOCK = re.compile(r"^\.\. code-block:: \w+\n   :caption: (.+)\n\n((?:(?:   .*)?\n)+)", re.MULTILINE)
BLOCKS = {caption: textwrap.dedent(code).strip() + "\n" for caption, code in BLOCK.findall(PAGE)}
TREE = PAGE.partition("at the end::\n\n")[2].partition("\nThe numbers")[0]


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    """The four files, and what an installer would write beside the package: its name and its entry points."""
    folder = tmp_path_factory.mktemp("plugin")
    for caption, code in BLOCKS.items():
        if not caption.startswith("cae "):
            file = folder / caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, "utf-8")
    project = tomllib.loads(BLOCKS["pyproject.toml"])["project"]
    installed = folder / "src" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    installed.mkdir()
    installed.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {module}\n" for name, module in points.items())
        for group, points in project["entry-points"].items()
    ]
    installed.joinpath("entry_points.txt").write_text("".join(lines), "utf-8")
    return folder


def run(plugin, *arguments):
    path = os.pathsep.join([str(ROOT / "src"), str(plugin / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=plugin, env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_files_are_those_announced(plugin):
    announced = {line.strip() for line in TREE.splitlines()[1:] if line.strip()}
    assert announced == {caption for caption in BLOCKS if "/" in caption} | {"pyproject.toml"}


def test_its_tests_pass(plugin):
    done = run(plugin, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", "tests")
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout


def test_the_command_shows_what_the_page_shows(plugin):
    (caption,) = (caption for caption in BLOCKS if caption.startswith("cae "))
    done = run(plugin, "-m", "cae_core.cli", *caption.split()[1:])
    assert [line.rstrip() for line in done.stdout.splitlines()] == BLOCKS[caption].splitlines()


def test_it_is_used_by_its_name(plugin):
    assert run(plugin, "use.py").stdout == "700\n"
