"""A lifecycle as a table: stages, kinds of events, and transitions with what they ask and what they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import attrs

from cae_core.calendar import to_day
from cae_core.errors import RulesetError, UnknownNameError
from cae_core.law import Citation
from cae_core.reasons import Reason

if TYPE_CHECKING:
    from cae_core.pathway.due import Deadline, Window
    from cae_core.pathway.path import Pathway

__all__ = ["Effect", "Event", "EventKind", "Fact", "Guard", "Lifecycle", "Stage", "Step", "Transition"]


@attrs.frozen
class Stage:
    """Where a person stands.

    Attributes:
        code: such as ``"cape"``.
        french_name, english_name: what people call it.
        resting: a person may stay there for ever: nothing has to follow.
    """

    code: str
    french_name: str
    english_name: str
    resting: bool = False

    def name(self, lang: str = "fr") -> str:
        """Return what it is called in a language."""
        return self.french_name if lang == "fr" else self.english_name


@attrs.frozen(kw_only=True)
class Fact:
    """Something an event tells.

    Attributes:
        name: the key.
        kind: the type of the value: ``datetime.date``, ``bool``, ``str``, ``int`` (cents) or a class.
        french_name, english_name: what people call it.
        required: an event without it is refused.
        choices: the only values allowed, where they are few.
    """

    name: str
    kind: type
    french_name: str
    english_name: str
    required: bool = True
    choices: tuple[str, ...] = ()

    def problem(self, value: object) -> Reason | None:
        """Return the objection to a value, if any."""
        fits = type(value) is self.kind if self.kind in (bool, int) else isinstance(value, self.kind)
        if fits and (not self.choices or value in self.choices):
            return None
        wanted = ", ".join(self.choices) or self.kind.__name__
        return Reason(
            code=f"fact_{self.name}",
            met=False,
            french=f"{self.french_name} ({self.name}) : attendu {wanted}, reçu {value!r}",
            english=f"{self.english_name} ({self.name}): expected {wanted}, got {value!r}",
        )


@attrs.frozen(kw_only=True)
class EventKind:
    """A kind of event.

    Attributes:
        code: such as ``"admission"``.
        french_name, english_name: what people call it.
        facts: what such an event tells.
        automatic: it comes with the day, by law: nobody may report it.
        gives_way_to: of an automatic one, the kinds of events that are looked at first on the same day.
    """

    code: str
    french_name: str
    english_name: str
    facts: tuple[Fact, ...] = ()
    automatic: bool = False
    gives_way_to: tuple[str, ...] = ()

    def name(self, lang: str = "fr") -> str:
        """Return what it is called in a language."""
        return self.french_name if lang == "fr" else self.english_name

    def problems(self, facts: Mapping[str, Any]) -> Iterable[Reason]:
        """Iterate over what is missing, unknown or not understood in the facts of an event."""
        known = {fact.name: fact for fact in self.facts}
        for name in facts:
            if name not in known:
                listed = ", ".join(known) or "–"
                yield Reason(
                    code=f"fact_{name}",
                    met=False,
                    french=f"fait inconnu : {name} (connus : {listed})",
                    english=f"unknown fact: {name} (known: {listed})",
                )
        for fact in self.facts:
            if facts.get(fact.name) is not None:
                problem = fact.problem(facts[fact.name])
                if problem is not None:
                    yield problem
            elif fact.required:
                yield Reason(
                    code=f"fact_{fact.name}",
                    met=False,
                    french=f"manque : {fact.french_name} ({fact.name})",
                    english=f"missing: {fact.english_name} ({fact.name})",
                )


def _frozen_facts(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(facts))


@attrs.frozen
class Event:
    """Something that happened on a day.

    Attributes:
        kind: the code of an :class:`EventKind`.
        on: the day.
        facts: what it tells, by name.
    """

    kind: str
    on: dt.date = attrs.field(converter=to_day)
    facts: Mapping[str, Any] = attrs.field(factory=dict, converter=_frozen_facts, hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.facts.get(name)


@attrs.frozen(kw_only=True)
class Effect:
    """What a transition does in law.

    Attributes:
        french, english: the sentence.
        citations: the texts.
        needs_review: no text settles it, or nobody has read the text yet.
    """

    french: str
    english: str
    citations: tuple[Citation, ...] = ()
    needs_review: bool = False

    def text(self, lang: str = "fr") -> str:
        """Return the sentence in a language, its texts behind it."""
        sentence = self.french if lang == "fr" else self.english
        texts = " ; ".join(map(str, self.citations))
        return f"{sentence} ({texts})" if texts else sentence


@attrs.frozen
class Step:
    """A transition about to be taken: what its guards look at.

    Attributes:
        pathway: the person, time having passed until the day before.
        event: what happened.
    """

    pathway: Pathway
    event: Event


_Named = TypeVar("_Named")
#: A condition of a transition: returns its reasons, those that hold and those that do not.
Guard: TypeAlias = Callable[[Step], Iterable[Reason]]


@attrs.frozen(kw_only=True)
class Transition:
    """One row of the table.

    Attributes:
        number: its number; rows that differ by a case alone share it.
        code: its name, of its own.
        sources: the stages it starts from.
        event: the kind of event that triggers it.
        target: the stage it leads to; ``None`` stays where one is.
        when: which row is meant, where several start from one stage by one event.
        guards: what the law asks.
        effects: what it does in law.
        citations: the texts.
    """

    number: int
    code: str
    sources: tuple[str, ...]
    event: str
    target: str | None
    when: Callable[[Step], bool] | None = None
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether an effect of it is not settled."""
        return any(effect.needs_review for effect in self.effects)


def _never(pathway: Pathway) -> Event | None:
    return None


@attrs.frozen(kw_only=True)
class Lifecycle:
    """Every stage, event and transition of a kind of path.

    Attributes:
        name: its name in a ruleset, such as ``"cae"``.
        french_name, english_name: what people call it.
        stages: the stages, in their order.
        start: the stage of a person who begins.
        events: the kinds of events.
        transitions: the table.
        facts: the class of what has to be known of the person and her cooperative.
        next_automatic: what will happen by law if nothing else does, and when.
        duties: what falls due, each a function of a path and a window of days.

    Raises:
        RulesetError: a name that nobody declares, a stage that cannot be reached or left.
    """

    name: str
    french_name: str
    english_name: str
    stages: tuple[Stage, ...]
    start: str
    events: tuple[EventKind, ...]
    transitions: tuple[Transition, ...]
    facts: type = object
    next_automatic: Callable[[Pathway], Event | None] = _never
    duties: tuple[Callable[[Pathway, Window], Iterable[Deadline]], ...] = ()

    def __attrs_post_init__(self) -> None:
        stages = {stage.code for stage in self.stages}
        kinds = {kind.code for kind in self.events}
        codes = [row.code for row in self.transitions]
        for code in codes:
            if codes.count(code) > 1:
                raise RulesetError(f"lifecycle {self.name!r}: two transitions are called {code!r}")
        for row in self.transitions:
            unknown = {*row.sources, row.target or self.start} - stages
            if unknown or row.event not in kinds or not row.sources:
                names = ", ".join(sorted(unknown) or [row.event or "no source"])
                raise RulesetError(f"lifecycle {self.name!r}, transition {row.code!r}: unknown {names}")
        reached, left = {self.start}, {code for row in self.transitions if row.target for code in row.sources}
        while (
            more := {row.target for row in self.transitions if row.target and reached & set(row.sources)}
            - reached
        ):
            reached |= more
        for stage in self.stages:
            if stage.code not in reached:
                raise RulesetError(f"lifecycle {self.name!r}: nothing leads to {stage.code!r}")
            if not stage.resting and stage.code not in left:
                raise RulesetError(f"lifecycle {self.name!r}: nothing leads out of {stage.code!r}")

    def stage(self, code: str) -> Stage:
        """Return a stage by its code.

        Raises:
            UnknownNameError: there is none; the message suggests close ones.
        """
        return _named("stage", code, {stage.code: stage for stage in self.stages})

    def kind(self, code: str) -> EventKind:
        """Return a kind of event by its code.

        Raises:
            UnknownNameError: there is none; the message suggests close ones.
        """
        return _named("event", code, {kind.code: kind for kind in self.events})

    def transition(self, code: str) -> Transition:
        """Return a transition by its code.

        Raises:
            UnknownNameError: there is none; the message suggests close ones.
        """
        return _named("transition", code, {row.code: row for row in self.transitions})


def _named(kind: str, code: str, known: Mapping[str, _Named]) -> _Named:
    try:
        return known[code]
    except KeyError:
        raise UnknownNameError(kind, code, sorted(known)) from None
