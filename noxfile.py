"""Every check of the project, one session each: ``nox`` for the everyday ones, ``nox --list`` for all."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from pathlib import Path

import nox

HERE = Path(__file__).parent
#: The OpenFisca that the comparison is written for; modele-social is in tests/peers/package.json.
OPENFISCA = "openfisca-france==176.1.8"
#: The GETTSIM whose answers are frozen in plugins/cae-de/tests.
GETTSIM = "gettsim==1.3.1"
#: What an installed wheel must be able to do: its tables and its types are inside.
USE = """
import importlib.resources
import cae_core
assert (importlib.resources.files(cae_core) / "py.typed").is_file()
facts = cae_core.PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05")
print(cae_core.load().payslip("2026-03", facts).net_paid)
"""
BIN = "Scripts" if sys.platform == "win32" else "bin"

nox.options.sessions = ["lint", "typing", "tests", "docs", "examples"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout with ruff."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Check types with mypy, strictly, in the library and in this file."""
    session.install("-e", ".[dev]")
    session.run("mypy", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", *(session.posargs or ("-n", "2")))


@nox.session
def properties(session: nox.Session) -> None:
    """Run what takes long: thousands of drawn cases each, a million payslips, every cent of gross pay."""
    session.install("-e", ".[test,dask]")
    arguments = session.posargs or ("-n", "2")
    session.run("pytest", "-m", "hypothesis or long", *arguments, env={"HYPOTHESIS_PROFILE": "long"})


@nox.session
def clusters(session: nox.Session) -> None:
    """Run the recipes of examples/clusters on Dask, Ray and Spark (which needs Java 17)."""
    session.install("-e", ".[test,dask]", "dask[dataframe]", "pyspark>=4.0", "ray>=2.40")
    session.run("pytest", "-m", "clusters", *(session.posargs or ("tests/frames",)))


@nox.session
def compiled(session: nox.Session) -> None:
    """Run the compiled lane on a million cases of each law; it needs numba, which the other tests do not."""
    session.install("-e", ".[test,compiled]")
    session.run("pytest", "-m", "compiled", *(session.posargs or ("-n", "2")))


@nox.session
def plugins(session: nox.Session) -> None:
    """Install each plugin from its folder in a fresh environment next to the core; run its own tests there.

    An argument names one plugin, such as ``cae-fr-btp``.
    """
    folder = Path(session.create_tmp()).resolve()
    found = sorted(project.parent for project in HERE.glob("plugins/*/pyproject.toml"))
    for plugin in [each for each in found if not session.posargs or each.name in session.posargs]:
        fresh, tests = folder / plugin.name, folder / f"{plugin.name}-tests"
        session.run("python", "-m", "venv", "--clear", str(fresh))
        python = str(fresh / BIN / "python")
        # The core first: a plugin asks for it by name, and must get this one.
        session.run(python, "-m", "pip", "install", "--quiet", f"{HERE}[cli,testing]", external=True)
        session.run(python, "-m", "pip", "install", "--quiet", f"{plugin}[test]", external=True)
        # Away from the sources: only what is installed can be imported, and every test must have run.
        shutil.rmtree(tests, ignore_errors=True)
        shutil.copytree(plugin, tests, ignore=shutil.ignore_patterns("src", "__pycache__"))
        with session.chdir(tests):
            session.run(python, "-I", "-m", "pytest", "-ra", "--import-mode=importlib", external=True)
            session.run(python, "-I", "-m", "cae_core.cli", "plugins", external=True)


@nox.session
def gettsim(session: nox.Session) -> None:
    """Ask GETTSIM again for the answers that cae-de is tested with; under the AGPL, it stays apart."""
    session.install(GETTSIM)
    session.run("python", "plugins/cae-de/tools/refresh_gettsim.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into docs/_build, every warning an error."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-n", "-W", "--keep-going", "docs", "docs/_build", *session.posargs)


@nox.session
def examples(session: nox.Session) -> None:
    """Run every example: the scripts, and the command on the case files."""
    session.install("-e", ".[cli,arrays]")
    for script in sorted(HERE.glob("examples/*.py")):
        session.run("python", str(script))
    for case in sorted(HERE.glob("examples/*/case.toml")):
        session.run("cae", "year", str(case))
    for command in ("meeting", "surplus"):
        for file in sorted(HERE.glob(f"examples/**/{command}.toml")):
            session.run("cae", command, str(file))
    session.run("cae", "fee", str(HERE / "examples/cooperative/profile.toml"), "--turnover", "40000")
    session.run("cae", "path", str(HERE / "examples" / "path" / "arches.toml"), "--on", "2026-02-15")
    session.run("cae", "simulate", str(HERE / "examples" / "futures" / "atelier.toml"))


@nox.session
def notebooks(session: nox.Session) -> None:
    """Run every cell of every notebook as a stranger would: a fresh environment with the extra alone."""
    session.install(".[notebooks]")
    folder = Path(session.create_tmp()).resolve()
    for notebook in sorted(HERE.glob("examples/notebooks/*.ipynb")):
        with session.chdir(notebook.parent):
            session.run("jupyter", "execute", notebook.name, f"--output={folder / notebook.name}")


@nox.session
def browser(session: nox.Session) -> None:
    """Move a slider of the simulator in a real browser; needs Chromium and its driver on the path."""
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            session.error(f"{program} is not installed (Debian: apt-get install chromium chromium-driver)")
    session.install(".[browser]")
    session.run(
        "pytest", "-m", "browser", "-p", "no:cacheprovider", "tests/test_simulator.py", *session.posargs
    )


@nox.session
def peers(session: nox.Session) -> None:
    """Compare with the peers, installed under .nox unless CAE_PEERS_PYTHON, CAE_PEERS_NODE_HOME name them."""
    session.install("-e", ".")
    arguments = session.posargs or ("--write", "docs/reference/generated/peers.rst")
    installed = _installed_peers(session)
    session.run("python", "tests/peers/compare.py", *arguments, env=installed)
    session.run("python", "tests/peers/compare_rights.py", env=installed)
    session.run("python", "tests/peers/statuses.py", env=installed)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure against the peers, installed unless CAE_PEERS_PYTHON, CAE_PEERS_NODE_HOME name them."""
    session.install("-e", ".[compiled,dask]")
    peers = _installed_peers(session)
    session.run("python", "tests/bench/bench.py", *session.posargs, env=peers)
    session.run("python", "tests/bench/lanes_bench.py", env=peers)
    session.run("python", "tests/bench/frames_bench.py")


@nox.session
def build(session: nox.Session) -> None:
    """Build the sdist and the wheel, check them, and use the wheel in a fresh environment."""
    session.install("build", "twine")
    folder = Path(session.create_tmp()).resolve()
    dist, fresh = folder / "dist", folder / "fresh"
    for stale in (dist, fresh):
        shutil.rmtree(stale, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(dist))
    wheels = sorted(dist.glob("*.whl"))
    session.run("twine", "check", "--strict", *map(str, sorted(dist.iterdir())))
    session.run("python", "-m", "venv", str(fresh))
    python = str(fresh / BIN / "python")
    session.run(python, "-m", "pip", "install", "--quiet", *map(str, wheels), external=True)
    with session.chdir(folder):  # away from the sources
        session.run(python, "-I", "-c", USE, external=True)


@nox.session
def changelog(session: nox.Session) -> None:
    """Show the changelog that the fragments of changelog.d would make."""
    session.install("-e", ".[dev]")
    version = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    session.run("towncrier", "build", "--draft", "--version", version)


def _installed_peers(session: nox.Session) -> dict[str, str]:
    """Return the variables that name the peers, after installing those that nobody named."""
    folder = Path(session.cache_dir).resolve().parent
    python = os.environ.get("CAE_PEERS_PYTHON") or _installed_openfisca(session, folder / "peers-openfisca")
    node_home = os.environ.get("CAE_PEERS_NODE_HOME") or _installed_node(session, folder / "peers-node")
    return {"CAE_PEERS_PYTHON": python, "CAE_PEERS_NODE_HOME": node_home}


def _installed_openfisca(session: nox.Session, folder: Path) -> str:
    """Install OpenFisca-France in an environment of its own, away from its pins and its licence (AGPL)."""
    python, done = str(folder / BIN / "python"), folder / "installed"
    if not done.is_file() or done.read_text("utf-8") != OPENFISCA:
        session.run("python", "-m", "venv", "--clear", str(folder))
        session.run(python, "-m", "pip", "install", "--quiet", OPENFISCA, external=True)
        done.write_text(OPENFISCA, "utf-8")
    return python


def _installed_node(session: nox.Session, folder: Path) -> str:
    """Install the releases of modele-social, and publicodes, in a folder of their own."""
    wanted, done = (HERE / "tests/peers/package.json").read_text("utf-8"), folder / "installed"
    if not done.is_file() or done.read_text("utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(wanted, "utf-8")
        with session.chdir(folder):
            # Each release asks for a publicodes of its time; the one of package.json runs them all.
            session.run("npm", "install", "--legacy-peer-deps", "--no-audit", "--no-fund", external=True)
        done.write_text(wanted, "utf-8")
    return str(folder)
