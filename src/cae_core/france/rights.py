"""The French parameters of protection, path, exits and membership: the tables under ``rights``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from cae_core.law import Legislation, Parameter, load_parameters

__all__ = ["rights_law", "rights_parameters"]


@cache
def rights_parameters() -> Mapping[str, Parameter]:
    """Return the dated parameters of the tables under ``rights``, by name."""
    return load_parameters(files("cae_core.france") / "tables" / "rights")


@cache
def rights_law() -> Legislation:
    """Return them as a law, from the first day of any to the last day of any."""
    parameters: dict[str, Any] = {**rights_parameters()}
    first = min(parameter.values[0].in_force_from for parameter in parameters.values())
    last = max(parameter.known_until for parameter in parameters.values())
    return Legislation(parameters, first, last)
