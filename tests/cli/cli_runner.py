"""Runs of the command as a person or a program makes them."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from cae_core.cli.app import build, language

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "atelier" / "case.toml"

#: Case 9 of the worked payslips: 2,000 € in March 2026, 30 people.
CASE_9 = [
    "--month",
    "2026-03",
    "--gross",
    "2000",
    "--headcount",
    "30",
    "--workplace-accident-rate",
    "1.05",
    "--mobility-rate",
    "2",
    "--health-cover-employee",
    "25",
    "--health-cover-employer",
    "25",
]


def _runner() -> CliRunner:
    try:
        return CliRunner(mix_stderr=False)  # type: ignore[call-arg]  # click before 8.2 joins the streams
    except TypeError:
        return CliRunner()


def cae(*arguments: str, stdin: str | bytes | None = None, columns: int = 120, **environment: str) -> Result:
    """Run `cae` inside this process; narrow spaces are written as plain ones, to be read in tests."""
    variables = {"COLUMNS": str(columns), "CAE_LANG": None, **environment}
    app = build(language(arguments, environment))
    return _runner().invoke(app, list(arguments), input=stdin, env=variables, catch_exceptions=False)


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def words(text: str) -> str:
    """Return a text in one line with single spaces, so that wrapping does not matter."""
    return " ".join(plain(text).split())


def process(
    *arguments: str, stdin: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `cae` in a process of its own, its streams being pipes."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("CAE_LANG", "COLUMNS")}
    return subprocess.run(
        [sys.executable, "-m", "cae_core.cli", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**inherited, "PYTHONPATH": str(ROOT / "src"), **environment},
    )
