"""A general meeting, from a TOML file, the statutes and a CSV of associates beside it: what ``cae meeting``
runs.

::

    statutes = "statutes.toml"
    associates = "associates.csv"      # code; name; standing; category; college; admitted_on; left_on;
                                       # vote_suspended; shares
    held_on = 2026-06-12
    call = 1
    present = ["A01", "A02"]           # or absent = [...]: everybody else is there
    proxies = { A07 = "A01" }          # the absent one = who stands for her

    [[resolution]]
    code = "1"
    title = "Approbation des comptes"
    kind = "ordinary"
    against = ["A02"]
    others = "for"

    [[resolution]]
    code = "2"
    title = "Admission de M. Roche"
    kind = "admission"
    others = "for"
    admits = { code = "A31", name = "M. Roche" }
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import attrs

from cae_core.calendar import to_day
from cae_core.errors import CaeCoreError, InputError, InputErrors
from cae_core.exchange.csv_rows import csv_day, csv_yes, read_rows
from cae_core.exchange.statutes_file import read_statutes, read_toml_file
from cae_core.membership.associates import Associate, Roll, Standing
from cae_core.membership.meeting import GeneralMeeting
from cae_core.membership.shares import Movement, MovementKind, ShareLedger
from cae_core.membership.statutes import Statutes
from cae_core.membership.voting import MeetingRules, Resolution, Vote
from cae_core.strict import StrictTable, count, text

__all__ = ["MeetingFile", "beside", "read_meeting"]

_COLUMNS = {
    "code": ("code",),
    "name": ("name", "nom"),
    "standing": ("standing", "situation"),
    "category": ("category", "categorie"),
    "college": ("college", "collège"),
    "admitted_on": ("admitted_on", "admission", "admis_le"),
    "left_on": ("left_on", "sortie", "sorti_le"),
    "vote_suspended": ("vote_suspended", "vote_suspendu"),
    "shares": ("shares", "parts"),
}


@attrs.frozen(kw_only=True)
class MeetingFile:
    """A meeting as it was written down; its rules come from the law of its day.

    Attributes:
        statutes: the statutes.
        roll: the associates of the day.
        ledger: the shares they hold.
        held_on: the day.
        call: first call, second call …
        present: codes of those who are there.
        proxies: who stands for whom.
        resolutions: what is voted.
    """

    statutes: Statutes
    roll: Roll
    ledger: ShareLedger
    held_on: dt.date
    call: int
    present: tuple[str, ...]
    proxies: dict[str, str] = attrs.field(hash=False)
    resolutions: tuple[Resolution, ...]

    def under(self, rules: MeetingRules) -> GeneralMeeting:
        """Return the meeting under some rules."""
        return GeneralMeeting(
            held_on=self.held_on,
            roll=self.roll,
            rules=rules,
            present=self.present,
            proxies=self.proxies,
            resolutions=self.resolutions,
            call=self.call,
        )


def _codes(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(where, f"expected a list of codes, got {value!r}")
    return tuple(value)


def _proxies(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise InputError(where, f"expected a table of codes, got {value!r}")
    return dict(value)


def _vote(value: object, where: str) -> Vote:
    try:
        return Vote(value)
    except ValueError:
        wanted = ", ".join(each.value for each in Vote)
        raise InputError(where, f"expected one of {wanted}, got {value!r}") from None


def read_meeting(path: str | Path) -> MeetingFile:
    """Read a meeting, its statutes and its associates.

    Raises:
        InputErrors: every key, column and cell that is missing, unknown or not understood, in all the files.
        InputError: a file cannot be read, or is not TOML.
    """
    path = Path(path)
    table = StrictTable(read_toml_file(path), path.name)
    statutes = table.take("statutes", lambda value, where: beside(path, value, where, read_statutes))
    associates, shares = _associates(table, path)
    held_on = table.take("held_on", to_day)
    call = table.take("call", count, 1)
    proxies = table.take("proxies", _proxies, {})
    absent = table.take("absent", _codes, None)
    present = table.take("present", _codes, None)
    if (absent is None) == (present is None) and not table.problems:
        table.problems.append(
            InputError(f"{table.where}: present", "expected either present or absent, a list of codes")
        )
    resolutions = tuple(_resolution(row, held_on) for row in table.tables("resolution"))
    table.finish("is not a meeting")
    roll = Roll.on(held_on, associates)
    if present is None:
        missing = [code for code in absent if code not in roll]
        if missing:
            problems = [
                InputError(f"{table.where}: absent", f"{code} is not on the roll") for code in missing
            ]
            raise InputErrors(f"{table.where} is not a meeting", problems)
        present = tuple(one.code for one in roll if one.code not in absent and one.code not in proxies)
    ledger = ShareLedger(
        statutes.share_value_cents,
        [
            Movement(
                dated_on=one.admitted_on, associate=one.code, kind=MovementKind.SUBSCRIPTION, shares=held
            )
            for one, held in zip(associates, shares, strict=True)
            if held and one.code in roll
        ],
    )
    return MeetingFile(
        statutes=statutes,
        roll=roll,
        ledger=ledger,
        held_on=held_on,
        call=call,
        present=present,
        proxies=proxies,
        resolutions=tuple(one for one in resolutions if one is not None),
    )


def beside(path: Path, value: object, where: str, read: Any) -> Any:
    """Read a file named beside another one.

    Raises:
        InputError: there is no such file; the message names the one that names it.
    """
    name = text(value, where)
    file = path.parent.joinpath(name)
    if not file.is_file():
        raise InputError(where, f"no file {name!r} beside {path.name}")
    return read(file)


def _associates(table: StrictTable, path: Path) -> tuple[list[Associate], list[int]]:
    file = table.take("associates", lambda value, where: beside(path, value, where, Path))
    associates, shares = [], []
    for row in [] if file is None else read_rows(file, _COLUMNS, table.problems):
        held = row.take("shares", _whole, 0)
        one = _associate(row)
        if one is not None and held is not None:
            associates.append(one)
            shares.append(held)
    return associates, shares


def _whole(value: object, where: str) -> int:
    if not str(value).isdecimal():
        raise InputError(where, f"expected a whole number, zero or more, got {value!r}")
    return int(str(value))


def _associate(row: StrictTable, admitted_on: dt.date | None = None) -> Associate | None:
    before = len(row.problems)
    values = {
        "code": row.take("code", text),
        "name": row.take("name", text),
        "standing": row.take("standing", Standing.parse, Standing.EMPLOYED),
        "category": row.take("category", text, ""),
        "college": row.take("college", text, ""),
        "admitted_on": admitted_on or row.take("admitted_on", csv_day),
        "left_on": row.take("left_on", csv_day, None),
        "vote_suspended": row.take("vote_suspended", csv_yes, False),
    }
    row.unknown()
    if len(row.problems) > before:
        return None
    try:
        return Associate(**values)
    except CaeCoreError as problem:
        row.problems.append(InputError(row.where, str(problem)))
        return None


def _resolution(row: StrictTable, held_on: dt.date | None) -> Resolution | None:
    before = len(row.problems)
    code, title = row.take("code", text), row.take("title", text)
    kind = row.take("kind", text, "ordinary")
    others = row.take("others", _vote, Vote.ABSTAIN)
    ballots = [(associate, vote) for vote in Vote for associate in row.take(vote.value, _codes, ()) or ()]
    admits = None
    if "admits" in row:
        admits = _associate(row.table("admits"), held_on)
    elects, months = row.take("elects", text, ""), row.take("term_months", count, None)
    row.take("admits", lambda value, where: value, None)
    row.unknown()
    if len(row.problems) > before:
        return None
    try:
        return Resolution.of(
            code, title, ballots, others, kind=kind, admits=admits, elects=elects, term_months=months
        )
    except InputErrors as errors:
        row.problems.extend(InputError(row.where, str(each)) for each in errors.exceptions)
        return None
