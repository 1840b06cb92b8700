"""Every published example is looked at, every number of the law is used."""

import re
from importlib.resources import files

import pytest
from work_loss_samples import EXAMPLES, HERE, ROOT

from cae_core.law import load_parameters

FAMILIES = ("partial_activity", "replacement_income", "support", "unemployment_benefit")
TABLES = files("cae_core.france") / "tables" / "rights"
PARAMETERS = load_parameters([TABLES / f"{family}.toml" for family in FAMILIES])
TESTS = "\n".join(file.read_text("utf-8") for file in HERE.glob("test_*.py"))
CODE = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/cae_core/france").rglob("*.py"))
#: Names that code puts together: a regime, a kind of agreement, an age, a size.
BUILT = (
    r"partial_activity_\w+_(indemnity|allowance)_rate",
    r"(long_term|rebound)_\w+",
    r"partial_activity_flat_allowance_(small|large)",
    r"partial_activity_(disaster_)?authorised_months",
    r"unemployment_(senior_)?window_months",
    r"unemployment_agreed_(senior_)?longest_days",
    r"unemployment_(economic_)?deferral_days",
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_looked_at(name):
    stem, _, rank = name.rpartition("-")
    in_a_loop = rank.isdigit() and f'f"{stem}-{{rank}}"' in TESTS
    assert f'"{name}"' in TESTS or in_a_loop


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_number_of_the_law_is_used(name):
    assert f'"{name}"' in CODE or any(re.fullmatch(pattern, name) for pattern in BUILT)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_row_says_where_it_comes_from(name):
    for row in PARAMETERS[name].values:
        assert len(row.citation.text) > 8
        assert row.source
        # Memory and inference never go unmarked.
        assert row.needs_review or not re.match(r"memory|inferred|computed", row.source)
