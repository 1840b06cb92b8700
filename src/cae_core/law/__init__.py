"""Law is dated data: a number never travels without its day and its text.

A :class:`Parameter` is a number of the law through time, read from a table by :func:`load_parameters`.
A :class:`Legislation` is all of them; :meth:`Legislation.on` gives the :class:`Snapshot` of one day.
Outside the days the tables cover the law refuses (:class:`~cae_core.errors.LawNotKnownError`).
"""

from cae_core.law.legislation import Legislation, Snapshot
from cae_core.law.parameters import Citation, DatedValue, Parameter
from cae_core.law.reader import load_parameters, read_parameters, read_toml
from cae_core.law.units import UNITS, Scale, Unit, Value

__all__ = [
    "UNITS",
    "Citation",
    "DatedValue",
    "Legislation",
    "Parameter",
    "Scale",
    "Snapshot",
    "Unit",
    "Value",
    "load_parameters",
    "read_parameters",
    "read_toml",
]
