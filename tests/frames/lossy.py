"""What a worker does when it is killed in the middle of a part: once, then never again."""

import os
import signal
from pathlib import Path

from cae_core.exchange.batches import write_part


def write_or_die(job):
    """Compute a part; the worker that gets part 2 first is killed at once."""
    if job.part.number == 2:
        killed = Path(job.folder).joinpath("killed")
        if not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return write_part(job)


def always_die(job):
    os.kill(os.getpid(), signal.SIGKILL)
