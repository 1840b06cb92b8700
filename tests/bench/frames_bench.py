"""What a file of payslips costs: memory that does not grow with the rows, and two workers against one.

    python tests/bench/frames_bench.py [--rounds 3] [--large]

Needs the extras ``arrow`` and ``dask``. ``--large`` takes 10⁷ and 10⁸ rows instead of 10⁶ and 10⁷; it writes
files of some gigabytes in the folder of temporary files. Each run is a process of its own; both sides compute the
same totals, and the sums of the two sides are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from gates import Measure, run, write_bytes

#: The months that the rows of a person are of.
MONTHS = [f"2026-{number:02d}" for number in range(1, 8)]
GROUP = 262_144
TOTALS = ("employer_cost", "net_paid")

#: The sums of a file by month, on a cluster or here: seconds without the start, and the peak of the process.
SUMS = """
import json, sys, time
from cae_core.exchange.batches import PartJob, open_runner, plan_parts, sum_part
from cae_core.exchange.frames import PayslipKernel, add_sums

def main():
    file, workers, scheduler, totals = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4].split(",")
    jobs = [PartJob(part, PayslipKernel(totals=totals)) for part in plan_parts(file, rows=1_000_000)]
    with open_runner(workers, scheduler) as runner:
        list(runner.run(sum_part, jobs[:workers]))  # every worker has its rules
        start = time.perf_counter()
        sums = add_sums(runner.run(sum_part, jobs))
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "sums": str(sums.to_pylist())}))

if __name__ == "__main__":
    main()
"""
#: A whole `cae batch` in this very process, and the most memory it ever had.
BATCH = """
import json, resource, sys
from cae_core.exchange.batches import run_batch
from cae_core.exchange.frames import PayslipKernel
done = run_batch(sys.argv[1], sys.argv[2], PayslipKernel(totals=sys.argv[3].split(",")))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"rows": done.rows, "failed": done.failed, "peak": peak}))
"""


def write_rows(file: Path, rows: int) -> None:
    """Write a file of person-months, sorted by person, one in a hundred wrong."""
    rng = np.random.default_rng(7)
    months = pa.array(MONTHS)
    schema = pa.schema({
        "person": pa.int64(), "month": pa.string(), "gross_pay_cents": pa.int64(), "executive": pa.bool_(),
        "headcount": pa.int64(), "workplace_accident_ppm": pa.int64(),
    })  # fmt: skip
    with pq.ParquetWriter(file, schema) as writer:
        for start in range(0, rows, GROUP):
            at = np.arange(start, min(start + GROUP, rows))
            gross = np.round(182_303 * np.exp(rng.normal(0.35, 0.45, len(at)))).astype(np.int64)
            gross[rng.random(len(at)) < 0.01] = -1
            columns = [
                at // 7, months.take(pa.array(at % 7)), gross, at // 7 % 7 == 0, np.full(len(at), 130),
                np.full(len(at), 10_500),
            ]  # fmt: skip
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _asked(script: str, *arguments: str) -> dict[str, object]:
    """Run a script of its own and return what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measured.py"
        file.write_text(script, "utf-8")
        done = subprocess.run(
            [sys.executable, str(file), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def frame_measures(folder: Path, rows: int) -> list[Measure]:
    """Return the gates of a file of ``rows`` person-months and of one ten times larger."""
    small, large = folder / "small.parquet", folder / "large.parquet"
    write_rows(small, rows)
    write_rows(large, 10 * rows)
    sums: dict[str, set[object]] = {"seen": set()}

    def peak(file: Path, wanted: int) -> float:
        found = _asked(BATCH, str(file), str(folder / "out.parquet"), ",".join(TOTALS))
        assert found["rows"] == wanted
        assert found["failed"]
        return float(str(found["peak"]))

    def seconds(workers: int, scheduler: str) -> float:
        found = _asked(SUMS, str(large), str(workers), scheduler, ",".join(TOTALS))
        sums["seen"].add(found["sums"])
        assert len(sums["seen"]) == 1, "the two sides do not agree on the cents"
        return float(str(found["seconds"]))

    return [
        Measure(
            f"peak memory of cae batch, {10 * rows:,} rows", f"{rows:,} rows", lambda: peak(large, 10 * rows),
            lambda: peak(small, rows), 1.3, at_least=False, write=write_bytes,
        ),
        Measure(
            f"two Dask workers, {10 * rows:,} rows", "one process", lambda: seconds(2, "local"),
            lambda: seconds(1, ""), 1.5,
        ),
    ]  # fmt: skip


def main() -> int:
    """Measure, print the table, and return 1 where a gate fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="10⁷ and 10⁸ rows: half an hour")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        failed = run(frame_measures(Path(folder), 10_000_000 if asked.large else 1_000_000), asked.rounds)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
