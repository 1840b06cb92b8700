"""The loop in C that the lanes are measured against gives their cents, and says what it needs."""

import shutil

import pytest

from bench import c_loop
from cae_core import load
from cae_core.payroll import TOTALS
from lane_cases import laws, population
from strategies import MONTHS

np = pytest.importorskip("numpy")
RULES = load()
WANTED = TOTALS[1:]
needs_compiler = pytest.mark.skipif(
    not any(map(shutil.which, ("cc", "gcc", "clang"))), reason="the loop needs a C compiler"
)


@needs_compiler
@pytest.mark.parametrize("month", laws(RULES, MONTHS)[::8], ids=str)
def test_the_same_cents(month):
    """Another language and another compiler, thresholds and ties included."""
    facts = population(RULES, month, np.random.default_rng(3), 3_000, statuses=False)
    found = c_loop.make_c_loop(RULES.month_law(month), facts, WANTED)(facts)
    expected = RULES.payslips(month, facts, lane="arrays")
    assert [name for name in WANTED if (found[name] != expected[name]).any()] == []


def facts_of_march():
    return population(RULES, "2026-03", np.random.default_rng(3), 0, statuses=False)


@needs_compiler
def test_a_fault_is_caught(monkeypatch):
    """``floor(x + 0.5)`` in place of the exact margin: the comparison above can fail."""
    right = c_loop.c_source
    monkeypatch.setattr(
        c_loop, "c_source", lambda program: right(program).replace("(1000001.0 / 2000000.0)", "0.5")
    )
    facts = facts_of_march()
    found = c_loop.make_c_loop(RULES.month_law("2026-03"), facts, WANTED)(facts)
    expected = RULES.payslips("2026-03", facts, lane="arrays")
    assert any((found[name] != expected[name]).any() for name in WANTED)


def test_without_a_compiler(monkeypatch):
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(
        SystemExit, match="no C compiler found: .* install one, such as gcc, or name it in CC"
    ):
        c_loop.make_c_loop(RULES.month_law("2026-03"), facts_of_march(), WANTED)


def test_a_compiler_that_is_none(monkeypatch):
    monkeypatch.setenv("CC", "/no/such/compiler")
    with pytest.raises(SystemExit, match="/no/such/compiler did not compile the loop: .*No such file"):
        c_loop.make_c_loop(RULES.month_law("2026-03"), facts_of_march(), WANTED)
