"""The paths of people, from a TOML file or a folder of them: what ``cae path`` reads.

::

    [cooperative]                      # name, seat, identification, legal_form, is_cae, account_online
    [[cooperative.meeting]]            # on, accounts_closed_on
    [[person]]                         # code, name, account_online
    [[person.prior_contract]]          # kind, starts_on, ends_on, counts, why
    [[person.event]]                   # kind, on, and what an event of that kind tells
    [person.event.contract]            # of a CAPE or a CESA, which starts on its first day

Amounts are in euros: the fact ``amount_cents`` is written ``amount``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors, RefusedError
from cae_core.exchange.contract_tables import build, read_cape, read_cesa, read_prior_contract
from cae_core.france.contracts import CapeContract, CesaContract, LegalPerson
from cae_core.france.lifecycle import CAE_LIFECYCLE, KNOWN_FORMS, CaeFacts, MeetingDay
from cae_core.pathway import Event, EventKind, Fact, Pathway, advance, begin
from cae_core.strict import StrictTable, flag, positive_cents, text

__all__ = ["PathFile", "read_paths"]

_CONVERTERS: dict[type, Callable[[Any, str], Any]] = {
    dt.date: to_day,
    bool: flag,
    str: text,
    int: positive_cents,
}


def _legal_form(value: object, where: str) -> str:
    if value not in KNOWN_FORMS:
        raise InputError(where, f"expected one of {', '.join(KNOWN_FORMS)}, got {value!r}")
    return str(value)


@attrs.frozen(kw_only=True)
class PathFile:
    """The people of a file or a folder.

    Attributes:
        cooperative: the name of the cooperative; those of a folder, each once.
        people: their paths, in order.
    """

    cooperative: str
    people: tuple[Pathway, ...]

    def person(self, code: str) -> Pathway:
        """Return the path of one person.

        Raises:
            InputError: nobody has this code.
        """
        for pathway in self.people:
            if pathway.person == code:
                return pathway
        known = ", ".join(pathway.person for pathway in self.people[:20])
        raise InputError("person", f"expected the code of one person ({known}), got {code!r}")


def read_paths(path: str | Path, *, assume_unchanged: bool = False) -> PathFile:
    """Read the paths of people.

    Args:
        path: a TOML file, or a folder whose TOML files are read by name.
        assume_unchanged: after the last day known, carry the law forward.

    Raises:
        InputErrors: every key that is missing, unknown or not understood, every contract that is not valid
            and every event that the law does not allow, each with its place and its articles. Of one person
            the events after the first refused one are not tried.
        InputError: the file cannot be read, or is not TOML.
        LawNotKnownError: the law of a day that matters is not known.
    """
    path = Path(path)
    problems: list[InputError] = []
    if not path.is_dir():
        found = [_read_file(path, problems, assume_unchanged)]
    else:
        files = sorted(file for file in path.iterdir() if file.suffix == ".toml")
        if not files:
            raise InputError(str(path), "the folder holds no TOML file")
        found = [_read_file(file, problems, assume_unchanged) for file in files]
    people = tuple(pathway for each in found for pathway in each.people)
    codes = [pathway.person for pathway in people]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        problems.append(InputError(path.name, f"{code} is the code of two people"))
    if problems:
        raise InputErrors(f"{path.name} is not a path that can be read", problems)
    names = dict.fromkeys(each.cooperative for each in found)
    return PathFile(cooperative=", ".join(names), people=people)


def _read_file(path: Path, problems: list[InputError], assume_unchanged: bool) -> PathFile:
    try:
        data = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not a TOML file: {error}") from None
    return _Reader(StrictTable(data, path.name, problems), assume_unchanged).read()


class _Reader:
    """Reads one file; problems are kept."""

    def __init__(self, table: StrictTable, assume_unchanged: bool) -> None:
        self.table, self.problems, self.assume = table, table.problems, assume_unchanged
        self.cooperative = LegalPerson(name="")
        self.shared: dict[str, Any] = {}

    def read(self) -> PathFile:
        self._cooperative()
        rows = list(self.table.tables("person"))
        people = [pathway for row in rows if (pathway := self._person(row)) is not None]
        if not rows:
            self.problems.append(InputError(f"{self.table.where}: person", "is missing: expected [[person]]"))
        self.table.unknown()
        return PathFile(cooperative=self.cooperative.name, people=tuple(people))

    def _cooperative(self) -> None:
        table = self.table.table("cooperative")
        values = {name: table.take(name, text, "") for name in ("seat", "identification")}
        name = table.take("name", text)
        self.shared = {
            "legal_form": table.take("legal_form", _legal_form, "scop"),
            "is_cae": table.take("is_cae", flag, True),
            "account_online": table.take("account_online", flag, True),
            "meetings": [self._meeting(row) for row in table.tables("meeting")],
        }
        made = build(self.problems, LegalPerson, {"name": name, **values}, table)
        self.cooperative = made or self.cooperative

    def _meeting(self, row: StrictTable) -> Any:
        values = {
            "on": row.take("on", to_day),
            "accounts_closed_on": row.take("accounts_closed_on", to_day, None),
        }
        return build(self.problems, MeetingDay, values, row)

    def _person(self, row: StrictTable) -> Pathway | None:
        code, name = row.take("code", text), row.take("name", text)
        own = {
            **self.shared,
            "account_online": row.take("account_online", flag, self.shared["account_online"]),
        }
        own["prior_contracts"] = [
            read_prior_contract(each, self.problems) for each in row.tables("prior_contract")
        ]
        events = [(each.where, self._event(each, name or "–")) for each in row.tables("event")]
        before = len(self.problems)
        facts = None
        if None not in own.values() and None not in own["prior_contracts"] and None not in own["meetings"]:
            facts = build(self.problems, CaeFacts, own, row)
        if len(self.problems) > before or facts is None or any(event is None for _, event in events):
            return None
        pathway = begin(CAE_LIFECYCLE, code, name=name, facts=facts, assume_unchanged=self.assume)
        for where, event in events:
            assert event is not None  # just above
            try:
                pathway = advance(pathway, event)
            except RefusedError as refused:
                problem = InputError(where, str(refused))
                problem.__cause__ = refused  # it says itself in both languages
                self.problems.append(problem)
                return None
        return pathway

    def _event(self, row: StrictTable, name: str) -> Event | None:
        kinds = {kind.code: kind for kind in CAE_LIFECYCLE.events if not kind.automatic}
        code = row.take("kind", text)
        kind = kinds.get(code)
        if kind is None:
            if code is not None:
                wanted = ", ".join(kinds)
                self.problems.append(
                    InputError(f"{row.where}: kind", f"expected one of {wanted}, got {code!r}")
                )
            return None
        facts = {fact.name: value for fact, value in self._facts(row, kind, name) if value is not None}
        if "contract" in facts:
            on = row.take("on", to_day, facts["contract"].starts_on)
        else:
            on = row.take(
                "on", to_day, *([None] if any(fact.name == "contract" for fact in kind.facts) else [])
            )
        made: Event | None = build(self.problems, Event, {"kind": code, "on": on, "facts": facts}, row)
        return made

    def _facts(self, row: StrictTable, kind: EventKind, name: str) -> Iterator[tuple[Fact, Any]]:
        for fact in kind.facts:
            if fact.kind is CapeContract:
                table = row.table(fact.name)
                more = {"assume_unchanged": self.assume}
                yield fact, read_cape(table, self.problems, self.cooperative, name, **more)
            elif fact.kind is CesaContract:
                table = row.table(fact.name)
                yield fact, read_cesa(table, self.problems, assume_unchanged=self.assume)
            else:
                key = fact.name.removesuffix("_cents")
                convert = _CONVERTERS[fact.kind]
                yield fact, row.take(key, convert) if fact.required else row.take(key, convert, None)
