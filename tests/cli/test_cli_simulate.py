"""`cae simulate`: bands and chances of a scenario, one path month by month, bands as CSV."""

import csv
import io

import pytest
from cli_runner import ROOT, cae, plain, words

from cae_core import format_euros, load
from cae_core.exchange.scenario_file import read_scenario

pytest.importorskip("numpy")
from cae_core.simulation import band, chance, project, simulate

FILE = ROOT / "examples" / "futures" / "atelier.toml"
SHORT = ("simulate", str(FILE), "--paths", "60", "--seed", "5")


@pytest.fixture(scope="module")
def many():
    return simulate(load(), read_scenario(FILE), seed=5, paths=60)


def test_bands_and_chances_are_those_of_the_simulation(many):
    done = cae(*SHORT)
    assert done.exit_code == 0
    text = plain(done.stdout)
    found = band(many, "net_before_tax", yearly=True)
    for rank, mean in enumerate(found.means):
        cells = " ".join(
            plain(format_euros(cents, "fr")).removesuffix(" €") for cents in (mean, *found.amounts[rank])
        )
        assert f"Net avant impôt {cells}" in words(text)
    never = chance((many["treasury"] >= 0).all(axis=0))
    share = plain(str(never.rate)).replace(".", ",").replace("%", " %")
    assert f"La trésorerie ne passe jamais sous zéro {share}" in words(text)
    assert "Hypothèse : après le dernier jour connu" in text
    assert "quatre en 2027" in text


def test_the_same_seed_says_the_same():
    first, again, other = (cae(*SHORT[:-1], seed).stdout for seed in ("5", "5", "6"))
    assert first == again
    assert first != other


def test_in_english():
    text = plain(cae("--lang", "en", *SHORT).stdout)
    assert "The treasury never falls under zero" in text
    assert "Drawn: uncertain level of activity, a client lost, lumpy invoices, late payments." in words(text)


def test_one_path(many):
    done = cae(*SHORT[:2], "--seed", "5", "--path", "7")
    alone = project(load(), read_scenario(FILE), seed=5, path=7)
    text = words(done.stdout)
    assert "trajectoire 7, graine 5" in text
    for month in alone:
        assert plain(format_euros(month.cents("net_paid"), "fr")).removesuffix(" €") in text
    assert "Allocation d'aide au retour à l'emploi" in text or "ARE" in text


def test_csv(tmp_path, many):
    file = tmp_path / "bands.csv"
    done = cae(*SHORT, "--csv", str(file))
    assert plain(done.stderr).rstrip() == f"Écrit : {file}"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8")), delimiter=";"))
    found = band(many, "treasury")
    kept = [row for row in rows if row["figure"] == "treasury"]
    assert [row["month"] for row in kept] == [str(month) for month in many.months]
    assert [row["level_5.00"] for row in kept] == [
        f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}" for cents in found.at("5")
    ]


def test_a_file_that_is_no_scenario(tmp_path):
    done = cae("simulate", str(ROOT / "examples" / "atelier" / "case.toml"))
    assert done.exit_code == 2
    assert "turnover" in done.stderr
    assert not done.stdout
