"""The law as a whole: every parameter, and its state on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs

from cae_core.calendar import to_day
from cae_core.errors import AmountError, AmountTypeError, LawNotKnownError, UnknownNameError
from cae_core.law.parameters import Citation, DatedValue, Parameter
from cae_core.law.units import Scale, Value

__all__ = ["Legislation", "Snapshot"]


@attrs.frozen
class Snapshot:
    """Every value in force on one day. Made by :meth:`Legislation.on`.

    Attributes:
        day: the day.
        assumed: the day lies beyond what is known, and the caller chose to carry values forward.
        known_on: publications after this day were ignored; None takes them all.
        values: the raw value of each parameter in force, by name: what a formula reads.
    """

    day: dt.date
    assumed: bool
    known_on: dt.date | None
    _rows: Mapping[str, DatedValue] = attrs.field(repr=False, hash=False)
    _parameters: Mapping[str, Parameter] = attrs.field(repr=False, hash=False, eq=False)
    values: Mapping[str, Value] = attrs.field(init=False, repr=False, hash=False, eq=False)

    @values.default
    def _raw_values(self) -> Mapping[str, Value]:
        return {name: row.value for name, row in self._rows.items() if row.value is not None}

    def __getitem__(self, name: str) -> DatedValue:
        """Return the value in force with its text.

        Raises:
            UnknownNameError: no parameter has this name.
            LawNotKnownError: the parameter has no value on this day; the message says why.
        """
        row = self._rows.get(name)
        if row is None:
            # The parameter itself knows whether it is too early, too late or repealed.
            return self.parameter(name).on(self.day, assume_unchanged=self.assumed, known_on=self.known_on)
        return row

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def parameter(self, name: str) -> Parameter:
        """Return the parameter itself, with its French name, its unit and its other rows."""
        return _named(self._parameters, name)

    def get(self, name: str) -> DatedValue | None:
        """Return the value in force, or None where repealed or not yet in force; a wrong name is refused.

        Raises:
            LawNotKnownError: the parameter was not checked for this day: it is unknown, not absent.
        """
        row = self._rows.get(name)
        if row is None:
            parameter = self.parameter(name)
            last = parameter.row_on(self.day, self.known_on)
            if last is not None and not last.repealed:
                return parameter.on(self.day, assume_unchanged=self.assumed, known_on=self.known_on)
        return row

    def value(self, name: str) -> int:
        """Return the whole number in force; its unit says of what."""
        value = self[name].value
        if not isinstance(value, int):
            raise AmountTypeError(f"{name!r} is a scale, not one number; read it with scale()", value)
        return value

    def scale(self, name: str) -> Scale:
        """Return the brackets in force, as (from, rate in millionths)."""
        value = self[name].value
        if not isinstance(value, tuple):
            raise AmountTypeError(f"{name!r} is one number, not a scale; read it with value()", value)
        return value

    def format(self, name: str, lang: str = "fr") -> str:
        """Write the value in force for people, with its unit."""
        value = self[name].value
        assert value is not None  # a snapshot holds no repealed row
        return self.parameter(name).measure.format(value, lang)

    def citations_of(self, *names: str) -> tuple[Citation, ...]:
        """Return the texts behind some values, each once, in the order of the names."""
        return tuple(dict.fromkeys(self[name].citation for name in names))


def _named(parameters: Mapping[str, Parameter], name: str) -> Parameter:
    try:
        return parameters[name]
    except KeyError:
        raise UnknownNameError("parameter", name, sorted(parameters)) from None


@attrs.frozen
class Legislation:
    """All parameters, and the days for which they were checked together.

    Attributes:
        parameters: by name.
        known_from: the first day covered; older rows may exist, but not all of them.
        known_until: the last day covered.
    """

    parameters: Mapping[str, Parameter] = attrs.field(converter=dict, hash=False, repr=False)
    known_from: dt.date
    known_until: dt.date = attrs.field()

    @parameters.validator
    def _under_their_own_names(self, attribute: object, parameters: Mapping[str, Parameter]) -> None:
        for name, parameter in parameters.items():
            if name != parameter.name:
                raise AmountError(f"the parameter {parameter.name!r} stands under the name {name!r}", name)

    @known_until.validator
    def _not_before_the_start(self, attribute: object, known_until: dt.date) -> None:
        if known_until < self.known_from:
            raise AmountError(
                f"the law ends on {known_until}, before it starts on {self.known_from}", known_until
            )

    def parameter(self, name: str) -> Parameter:
        """Return one parameter by its name.

        Raises:
            UnknownNameError: no parameter has this name; the message suggests close ones.
        """
        return _named(self.parameters, name)

    def on(
        self, day: dt.date, *, assume_unchanged: bool = False, known_on: dt.date | None = None
    ) -> Snapshot:
        """Return every value in force on a day.

        A parameter without a value on that day, repealed for instance, is simply not in the snapshot;
        asking for it then says why.

        Args:
            day: the day the law applies to.
            assume_unchanged: after ``known_until``, carry the last values forward instead of refusing.
            known_on: ignore what was published after this day.

        Raises:
            LawNotKnownError: before ``known_from``, or after ``known_until`` without ``assume_unchanged``.
        """
        day = to_day(day)
        known_on = None if known_on is None else to_day(known_on, "known_on")
        if day < self.known_from:
            raise LawNotKnownError("the law", day, self.known_from, self.known_until)
        if day > self.known_until and not assume_unchanged:
            hint = " Pass assume_unchanged=True to carry the last values forward."
            raise LawNotKnownError("the law", day, self.known_from, self.known_until, hint)
        assumed = day > self.known_until
        rows: dict[str, DatedValue] = {}
        for name, parameter in self.parameters.items():
            row = parameter.row_on(day, known_on)
            if row is None or row.value is None:
                continue
            if day > parameter.known_until:
                if not assume_unchanged:
                    continue
                assumed = True
            rows[name] = row
        return Snapshot(day, assumed, known_on, rows, self.parameters)
