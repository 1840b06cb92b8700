"""Whole files of payslips, on this process, on several or on a cluster: the same cents, nothing lost."""

from cae_core.exchange.batches.parts import Part, PartJob, part_results, plan_parts, sum_part, write_part
from cae_core.exchange.batches.run import BatchDone, BatchWork, open_batch, run_batch
from cae_core.exchange.batches.runners import Runner, WorkersLostError, open_runner

__all__ = [
    "BatchDone",
    "BatchWork",
    "Part",
    "PartJob",
    "Runner",
    "WorkersLostError",
    "open_batch",
    "open_runner",
    "part_results",
    "plan_parts",
    "run_batch",
    "sum_part",
    "write_part",
]
