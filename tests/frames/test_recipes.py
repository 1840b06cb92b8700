"""The recipes for other engines, run on them, give the sums of one process: `nox -s clusters`."""

import subprocess
import sys
from pathlib import Path

import pytest

import cae_core

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402
from frame_samples import federation, integer_frame  # noqa: E402

from cae_core.exchange.frames import frame_payslips, sum_by_month  # noqa: E402

RECIPES = Path(__file__).parents[2] / "examples" / "clusters"
NAMES = ("with_dask", "with_ray", "with_spark")


def test_every_recipe_is_here():
    assert {file.stem for file in RECIPES.glob("*.py")} == set(NAMES)


@pytest.mark.clusters
@pytest.mark.parametrize("recipe", NAMES)
def test_recipe(recipe, tmp_path):
    table = integer_frame(federation(people=30))
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=50)
    done = subprocess.run(
        [sys.executable, str(RECIPES / f"{recipe}.py"), str(tmp_path / "in.parquet")],
        capture_output=True, encoding="utf-8", timeout=300, check=False, cwd=tmp_path,
        env={"PYTHONPATH": str(Path(cae_core.__file__).parents[1]), "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    sums = sum_by_month(frame_payslips(table, totals=["employer_cost", "net_paid"]))
    wanted = [
        f"{row['month']},{row['employer_cost_cents']},{row['net_paid_cents']}" for row in sums.to_pylist()
    ]
    assert done.stdout.splitlines() == ["month,employer_cost_cents,net_paid_cents", *wanted]
