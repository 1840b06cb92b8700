"""The recipes for engines that may not be installed give the sums of one process."""

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
NEEDED = {
    "with_dask": ("dask.dataframe", "distributed", "pandas"),
    "with_ray": ("ray", "pandas"),
    "with_spark": ("pyspark", "pandas"),
}


def test_every_recipe_is_here():
    assert {file.stem for file in RECIPES.glob("*.py")} == set(NEEDED)


@pytest.mark.long
@pytest.mark.parametrize("recipe", NEEDED)
def test_recipe(recipe, tmp_path):
    for library in NEEDED[recipe]:
        # In another process: some of these warn when they load.
        if subprocess.run(
            [sys.executable, "-c", f"import {library}"], capture_output=True, check=False
        ).returncode:
            pytest.skip(f"{library} is not installed")
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
