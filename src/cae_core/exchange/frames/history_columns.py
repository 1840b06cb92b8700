"""The columns of a frame of pay histories: a row a month of a person, and what does not change of her."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cae_core.exchange.frames.columns import COLUMNS, ColumnKind, FrameColumn
from cae_core.exchange.pay_history_csv import KINDS
from cae_core.protection import MonthKind

__all__ = ["HISTORY_COLUMNS", "PERSON_COLUMNS"]

_MONTHS = (
    COLUMNS["person"],
    FrameColumn(
        name="month", kind=ColumnKind.MONTH, needed=True, monthly=True,
        meaning="the month paid: a day of it, or a text such as 2026-03; a month without pay has 0",
        french="le mois payé : un de ses jours, ou un texte comme 2026-03 ; 0 sans rémunération",
    ),
    COLUMNS["gross_pay"],
    FrameColumn(
        name="hours", integer_name="hours_hundredths", decimals=2, default=None, monthly=True,
        meaning="hours of the month; empty: nobody knows", french="heures du mois ; vide : inconnues",
    ),
    FrameColumn(
        name="hours_policy", kind=ColumnKind.TEXT, default=None, monthly=True,
        meaning="what gave the hours, such as equivalent_hours; empty: declared",
        french="d'où viennent les heures, par exemple equivalent_hours ; vide : declared",
    ),
    FrameColumn(
        name="employed_days", highest=31, default=None, monthly=True,
        meaning="calendar days under contract; empty is the whole month",
        french="jours calendaires sous contrat ; vide : le mois entier",
    ),
    FrameColumn(
        name="kind", kind=ColumnKind.WORD, words=MonthKind, monthly=True,
        also={word: kind.value for word, kind in KINDS.items()},
        meaning="the kind of contract", french="la nature du contrat",
    ),
)  # fmt: skip


def _day(name: str, meaning: str, french: str) -> FrameColumn:
    return FrameColumn(name=name, kind=ColumnKind.DAY, default=None, meaning=meaning, french=french)


#: What does not change from a month to the next: one value a person, on one of her rows or on all of them.
PERSON_COLUMNS: Mapping[str, FrameColumn] = MappingProxyType({
    column.name: column
    for column in (
        _day("on", "day of the event, where it is not the same for all", "jour de l'événement, s'il diffère"),
        _day("born_on", "day of birth", "jour de naissance"),
        FrameColumn(
            name="children", highest=99, default=None,
            meaning="dependent children", french="enfants à charge",
        ),
        _day("entered_on", "first day in the company", "entrée dans la coopérative"),
        _day(
            "affiliated_on", "first day of insurance, if earlier", "début d'affiliation, si plus ancien"
        ),
    )
})  # fmt: skip
#: Every column of a frame of pay histories, by name.
HISTORY_COLUMNS: Mapping[str, FrameColumn] = MappingProxyType(
    {column.name: column for column in _MONTHS} | dict(PERSON_COLUMNS)
)
