"""The libraries of data frames, loaded when a frame comes and not before."""

from __future__ import annotations

from typing import Any, NamedTuple

from cae_core.errors import MissingExtraError

__all__ = ["Libraries", "libraries"]


class Libraries(NamedTuple):
    """numpy, pyarrow and pyarrow.compute."""

    np: Any
    pa: Any
    pc: Any


def libraries() -> Libraries:
    """Return the libraries of data frames.

    Raises:
        MissingExtraError: they are not installed.
    """
    try:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc
    except ImportError as error:
        raise MissingExtraError(error.name or "pyarrow", "arrow") from None
    return Libraries(np, pa, pc)
