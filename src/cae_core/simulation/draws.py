"""Raw draws for blocks of paths: each month of each block has its own stream of whole numbers.

A draw depends on the seed, the block of the path, what is drawn and the month. It does not depend on how many
paths are asked for, in which order, by how many processes, nor on the policy or the length of what is
simulated. So paths may be partitioned at will, and two policies meet the same turnover.
"""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError, MissingExtraError
from cae_core.simulation.tables import CELLS, COUNT_BITS

__all__ = ["BLOCK", "Draws"]

#: Paths that share a stream: whoever wants one of them draws the block.
BLOCK = 256
#: What is drawn, in an order that never changes: its rank names the stream.
_STREAMS = ("level", "year", "client", "count", "size", "delay")
#: The largest seed, and the largest number of a path.
_MOST = 2**32


@attrs.frozen
class Draws:
    """What is drawn for some paths.

    Attributes:
        seed: a whole number; the same seed gives the same paths, on any machine.
        paths: the numbers of the paths, from 0, one after the other.

    Raises:
        InputError: a seed or paths out of bounds.
        MissingExtraError: numpy is not installed.
    """

    seed: int
    paths: range

    def __attrs_post_init__(self) -> None:
        if type(self.seed) is not int or not 0 <= self.seed < _MOST:
            raise InputError("seed", f"expected a whole number from 0 to {_MOST - 1}, got {self.seed!r}")
        paths = self.paths
        if paths.step != 1 or not len(paths) or paths.start < 0 or paths.stop > _MOST:
            raise InputError("paths", f"expected one path or more, in a row from 0, got {paths!r}")
        arrays()

    def words(self, stream: str, month: Month | None, rows: int, rank: int = 0) -> Any:
        """Return whole numbers of :data:`COUNT_BITS` bits, a row of them for each thing to draw.

        Args:
            stream: what is drawn.
            month: the month it is drawn for; ``None`` for what does not change.
            rows: how many things are drawn for each path.
            rank: which of several of the same kind.
        """
        np = arrays()
        when = 0 if month is None else month.year * 12 + month.number
        first = self.paths.start // BLOCK
        blocks = []
        for block in range(first, -(-self.paths.stop // BLOCK)):
            key = (block, _STREAMS.index(stream), rank, when)
            source = np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key))
            # Row after row: to draw a further thing moves none of the others.
            blocks.append(source.random_raw(rows * BLOCK).reshape(rows, BLOCK))
        raw = blocks[0] if len(blocks) == 1 else np.concatenate(blocks, axis=1)
        start = self.paths.start - first * BLOCK
        kept = raw[:, start : start + len(self.paths)] >> np.uint64(64 - COUNT_BITS)
        return kept.astype(np.int64)

    def cells(self, stream: str, month: Month | None, rows: int, rank: int = 0) -> Any:
        """Return cells of a table of :data:`~cae_core.simulation.tables.CELLS`, a row for each thing."""
        return self.words(stream, month, rows, rank) % CELLS


def arrays() -> Any:
    """Return numpy, which is an extra (``arrays``).

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import numpy as np
    except ImportError:
        raise MissingExtraError("numpy", "arrays") from None
    return np
