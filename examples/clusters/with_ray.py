"""Payslips by Ray: a task a part of a file, sums back.

python with_ray.py in.parquet
"""

import os
import sys

import ray

from cae_core.exchange.batches import PartJob, plan_parts, sum_part
from cae_core.exchange.frames import PayslipKernel, add_sums


def main(source):
    """Print the cost and the net paid of each month."""
    if not os.environ.get("RAY_ADDRESS"):  # else the cluster that is there, whose machines see the file
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    task = ray.remote(max_retries=3)(sum_part)
    kernel = PayslipKernel(totals=["employer_cost", "net_paid"], lang="en")
    sums = ray.get([task.remote(PartJob(part, kernel)) for part in plan_parts(source)])
    print(add_sums(sums).drop_columns(["rows", "failed"]).to_pandas().to_csv(index=False), end="")


if __name__ == "__main__":
    main(sys.argv[1])
