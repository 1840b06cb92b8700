"""The notebooks of ``examples/``: sources without outputs, and every cell runs."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import cae_core
from cae_core.exchange.case_file import read_case
from cae_core.exchange.scenario_file import read_scenario
from cae_core.france.statuses import Event, compare_statuses
from cae_core.payroll.turnover import TurnoverMonth
from cae_core.protection import PayHistory
from cae_core.simulation import simulate

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "examples/notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind="code"):
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


class TestSources:
    def test_the_six_questions(self):
        assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]

    @each_notebook
    def test_no_output_is_kept(self, notebook):
        for cell in cells(notebook):
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert cell["metadata"] == {}

    @each_notebook
    def test_a_change_of_a_line_is_a_change_of_a_line(self, notebook):
        """As Jupyter writes it: one line of source a line, the same keys in the same order."""
        text = notebook.read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
        assert json.loads(text)["metadata"] == {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }

    @each_notebook
    def test_small_cells_and_public_names(self, notebook):
        for cell in cells(notebook):
            assert len(source(cell).splitlines()) <= 32
            assert not re.search(r"(?<![\w.])_\w|\._[a-z]", source(cell))

    @each_notebook
    def test_one_sentence_a_line(self, notebook):
        for cell in cells(notebook, "markdown"):
            for line in source(cell).splitlines():
                assert not re.search(r"[a-zé0-9)`][.?!] [A-ZÀÉ][a-zé]", line), line

    @each_notebook
    def test_shown_in_the_documentation(self, notebook):
        page = (ROOT / "docs/tutorials/index.rst").read_text("utf-8")
        assert f"   notebooks/{notebook.stem}\n" in page


class Ran:
    """A notebook with its outputs."""

    def __init__(self, path):
        self.cells = cells(path)
        self.outputs = [output for cell in self.cells for output in cell["outputs"]]

    @property
    def printed(self):
        text = "".join("".join(each["text"]) for each in self.outputs if each["output_type"] == "stream")
        return re.sub(r"[\u202f\xa0]", " ", text)

    def shown(self, mime):
        return ["".join(each["data"][mime]) for each in self.outputs if mime in each.get("data", {})]


def run(notebook, folder):
    """Run a notebook as the documentation does."""
    pytest.importorskip("nbclient")
    command = [sys.executable, ROOT / "docs/_ext/notebooks.py", folder, notebook]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=600, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return Ran(folder / notebook.name)


def euros(cents):
    return re.sub(r"[\u202f\xa0]", " ", cae_core.format_euros(cents))


RULES = cae_core.load()
CASE = read_case(ROOT / "examples/atelier/case.toml")


def first_income(ran):
    """The fee, the budget and the turnover that 1 500 € take, asked of the library apart."""
    facts = CASE.engagement.facts(cae_core.Month(2025, 3))
    month = TurnoverMonth(inverse=RULES.inverse("2025-03", facts), scale=CASE.engagement.scale)
    # 11,5 % of 3 000 €, the first bracket of the example's scale.
    assert f"contribution {euros(345_00)}" in ran.printed
    assert f"budget de paie {euros(2_655_00)}" in ran.printed
    gross = month.inverse.grosses_for("net_paid", 1_500_00).grosses_cents[0]
    assert RULES.payslip("2025-03", facts.with_gross(gross)).net_paid_cents == 1_500_00
    assert f"chiffre d'affaires {euros(month.turnover_for(gross))}" in ran.printed
    # The same thousand futures, asked apart.
    futures = simulate(RULES, read_scenario(ROOT / "examples/futures/atelier.toml"), seed=1, paths=1000)
    holding = int((futures["treasury"].min(axis=0) >= 0).sum())
    assert f"le compte tient dans {holding // 10}.{holding % 10}0% des avenirs" in ran.printed


def smooth_year(ran):
    """With a full time a month, two ways of spending the same sum keep the same part of it."""
    rows = {
        match[1].strip(): (match[2], match[3])
        for match in re.finditer(r"^(.+?)  +(\d\d\.\d%)  +(\d\d\.\d%)$", ran.printed, re.MULTILINE)
    }
    assert len(rows) == 4
    all_now, in_december = rows["tout verser"], rows["solde en décembre"]
    assert all_now[1] == in_december[1]
    assert all_now[0] > in_december[0]


def covered(ran):
    """The least regular pay of the tens of euros opens the daily benefits; ten euros less leaves them open."""
    least = int(re.search(r"par mois : (\d+),00 €", ran.printed)[1]) * 100
    facts = CASE.engagement.facts(cae_core.Month(2025, 1))
    for gross, granted in ((least, True), (least - 10_00, None)):
        slips = [RULES.payslip(f"2025-{n:02d}", facts.with_gross(gross)) for n in range(1, 13)]
        history = PayHistory.from_payslips(slips)
        assert RULES.assess("sickness_daily_benefit", history, "2025-11-15").granted is granted


def two_statuses(ran):
    cesa, micro = compare_statuses(
        30_000, 3_000, 2026, statuses=["cooperative", "micro_liberal"], assume_unchanged=True
    ).sides
    # 30 000 € less 25,6 % and 0,2 % of it, and 3 000 € of expenses.
    assert micro.net_cents == 19_260_00
    assert f"{euros(micro.net_cents - cesa.net_cents)} pour la micro" in ran.printed
    loss = cesa.event(Event.LOSS).total_cents - micro.event(Event.LOSS).total_cents
    assert f"{euros(loss)} pour le CESA" in ran.printed


def budget(ran):
    # The brackets of the example's scale on 36 000 €: 30 000 × 11,5 % + 6 000 × 10,5 %.
    assert "3 450,00  Tranche  30 000,00 × 11,50 %" in ran.printed
    assert "4 080,00  Contribution coopérative" in ran.printed
    before, after = re.findall(r"premier taux [\d.]+ % : (-?)[\d ]+,\d\d €", ran.printed)
    assert (before, after) == ("-", "")


def reform(ran):
    """Shares of people add up; a row of the batch is what the law of each year gives alone."""
    people = [
        int(each.replace(",", "")) for each in re.findall(r"^[\d.]+ to [\d.]+ +([\d,]+) ", ran.printed, re.M)
    ]
    assert len(people) == 5
    assert 490_000 < sum(people) <= 500_000
    # The single reduction ends at three minimum wages, the former one at 1.6 (LFSS 2025, art. 18).
    assert "general_reduction_exit_multiple: 1.6 → 3" in ran.printed
    assert 'lang="en"' in ran.shown("text/html")[0]


CHECKS = dict(zip(NOTEBOOKS, (first_income, smooth_year, covered, two_statuses, budget, reform), strict=True))


class TestRuns:
    @each_notebook
    def test_every_cell_and_what_it_says(self, notebook, tmp_path):
        done = run(notebook, tmp_path)
        assert [cell["execution_count"] for cell in done.cells] == list(range(1, len(done.cells) + 1))
        assert not [each for each in done.outputs if each["output_type"] == "error"]
        assert not [each for each in done.outputs if each.get("name") == "stderr"]
        shown = done.shown("text/html")
        pictures = sum('class="cae-picture"' in each for each in shown) + len(done.shown("image/png"))
        assert pictures >= 1
        for each in shown:
            assert ET.fromstring(each).get("class") in ("cae", "cae-picture")
        CHECKS[notebook](done)
