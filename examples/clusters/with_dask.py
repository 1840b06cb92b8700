"""Payslips of a Dask DataFrame: every partition holds whole people, the kernel does the rest.

    python with_dask.py in.parquet

Without a scheduler the cluster is two processes of this machine; `DASK_SCHEDULER_ADDRESS` names another.
"""

import os
import sys

import dask.dataframe as dd
from distributed import Client

from cae_core.exchange.frames import frame_payslips


def payslips(frame):
    """Compute a partition, a pandas frame."""
    return frame_payslips(frame, totals=["employer_cost", "net_paid"], lang="en")


def main(source):
    """Print the cost and the net paid of each month."""
    address = os.environ.get("DASK_SCHEDULER_ADDRESS")
    with Client(address) if address else Client(n_workers=2, threads_per_worker=1, dashboard_address=None):
        frame = dd.read_parquet(source, dtype_backend="pyarrow")  # an empty cell makes no float of a number
        frame = frame.shuffle("person")  # a person in one partition, in any order
        done = frame.map_partitions(payslips, meta=payslips(frame.head(1).iloc[:0]))
        amounts = [name for name in done.columns if name.startswith(("employer_cost", "net_paid"))]
        print(done.groupby("month")[amounts].sum().compute().sort_index().to_csv(), end="")


if __name__ == "__main__":
    main(sys.argv[1])
