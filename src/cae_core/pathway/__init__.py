"""The path of a person: any lifecycle, as a table of transitions, and a frozen record of what happened.

A :class:`Lifecycle` has stages, kinds of events and transitions with their guards, texts and legal effects.
A :class:`Pathway` is one person in it; :func:`advance` returns the next one or refuses with every objection,
:func:`at` lets time pass, :func:`deadlines` says what falls due. Nothing here knows a country or reads a
clock.
"""

from cae_core.pathway.due import Deadline, Deadlines, Window, deadlines, deadlines_of
from cae_core.pathway.lifecycle import (
    Effect,
    Event,
    EventKind,
    Fact,
    Guard,
    Lifecycle,
    Stage,
    Step,
    Transition,
)
from cae_core.pathway.path import Entry, Pathway, advance, at, begin

__all__ = [
    "Deadline",
    "Deadlines",
    "Effect",
    "Entry",
    "Event",
    "EventKind",
    "Fact",
    "Guard",
    "Lifecycle",
    "Pathway",
    "Stage",
    "Step",
    "Transition",
    "Window",
    "advance",
    "at",
    "begin",
    "deadlines",
    "deadlines_of",
]
