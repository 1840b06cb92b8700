"""The README is true: its examples run, its files exist, and CI runs its test command."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_examples():
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 8
    assert results.failed == 0


def test_ci_runs_the_test_command_of_the_readme():
    (command,) = re.findall(r"```sh\n(python3 .*-m pytest.*)\n```", README)
    assert command in (ROOT / ".ci/run").read_text("utf-8").splitlines()


def test_the_files_it_names_exist():
    named = re.findall(r"(?:examples|docs)/[\w./-]+", README)
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


def test_the_dated_scope_is_that_of_the_tables():
    from cae_core import load

    law = load().legislation
    assert law.known_from.strftime("%B %Y") == "January 2019"
    assert law.known_until.strftime("%B %Y") == "July 2026"
    assert "from January 2019 to July 2026" in re.sub(r"\s+", " ", README)
