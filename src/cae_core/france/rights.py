"""The French parameters of protection, path, exits and membership, for the rules that read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from cae_core.errors import AmountTypeError, UnknownNameError
from cae_core.law import Citation, Parameter, load_parameters

__all__ = ["Right", "right", "rights_parameters"]


@cache
def rights_parameters() -> Mapping[str, Parameter]:
    """Return the dated parameters of the tables under ``rights``, by name."""
    return load_parameters(files("cae_core.france") / "tables" / "rights")


@attrs.frozen
class Right:
    """A number of the law as a rule reads it on a day.

    Attributes:
        value: in the unit of the parameter: months, days, times.
        citation: its text.
        needs_review: nobody has read the text yet.
        assumed: the day lies beyond what is known, and the caller chose to carry the value forward.
    """

    value: int
    citation: Citation
    needs_review: bool
    assumed: bool


def right(name: str, day: dt.date, *, assume_unchanged: bool = False) -> Right:
    """Return a number of the law on a day.

    Args:
        name: the parameter.
        day: the day whose law applies.
        assume_unchanged: after the last day known, carry the last value forward and mark it.

    Raises:
        UnknownNameError: no parameter has this name.
        LawNotKnownError: the day is outside the days known.
    """
    parameter = rights_parameters().get(name)
    if parameter is None:
        raise UnknownNameError("parameter", name, sorted(rights_parameters()))
    row = parameter.on(day, assume_unchanged=assume_unchanged)
    if not isinstance(row.value, int):
        raise AmountTypeError(f"{name!r} is a scale, not one number", row.value)
    return Right(row.value, row.citation, row.needs_review, day > parameter.known_until)
