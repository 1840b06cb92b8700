"""The columns of a frame of pay: their names, their units, what each may hold.

Two shapes of rows. A **person-month** is a month of pay; the rows of a person in a year continue each other.
A **person-year** has the grosses of the twelve months side by side, and stands alone.

An amount comes in euros (a decimal, a whole number or a text) or, under a name that ends in ``_cents``, in
whole cents; a rate in percent or in millionths (``_ppm``); hours with two decimals or in hundredths.
A ``float`` column is refused: it does not hold cents exactly.

A fact that an active plugin asks for (:class:`~cae_core.payroll.FactSpec`) has a column of its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType

import attrs

from cae_core.errors import InputError
from cae_core.money import CENTS_MAX, MILLION
from cae_core.payroll.facts import HoursPolicy, Regularisation
from cae_core.payroll.rules import FactSpec

__all__ = ["COLUMNS", "GROSSES", "ColumnKind", "Columns", "FrameColumn", "columns_of_facts", "name_columns"]


class ColumnKind(Enum):
    """What a column holds."""

    #: An exact number with a fixed number of decimals.
    NUMBER = "number"
    #: A truth value, or a text such as ``oui`` or ``no``.
    FLAG = "flag"
    #: One word of a list.
    WORD = "word"
    #: A month, a day of it or a text such as ``2026-03``.
    MONTH = "month"
    #: Who: a text or a whole number, the caller's own.
    PERSON = "person"


@attrs.frozen(kw_only=True)
class FrameColumn:
    """A column of a frame.

    Attributes:
        name: its name, in euros, percents or hours where it is a number with decimals.
        meaning: what it says; likewise ``french``.
        integer_name: its name in whole units of the last decimal, where it has decimals.
        fact: the field of :class:`~cae_core.PayFacts` it fills.
        decimals: how many decimals a number has.
        lowest, highest: the bounds of the number, in units of the last decimal.
        default: what an empty cell, or no column, stands for; ``None`` where the law has its own answer.
        needed: whether every row needs it.
        words: the words of a list.
        monthly: a fact of one month, which a person-year cannot hold.
    """

    name: str
    meaning: str
    french: str
    kind: ColumnKind = ColumnKind.NUMBER
    integer_name: str = ""
    fact: str = ""
    decimals: int = 0
    lowest: int = 0
    highest: int = CENTS_MAX
    default: int | None = 0
    needed: bool = False
    words: type[Enum] | None = None
    monthly: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names the column may have."""
        return (self.name, self.integer_name) if self.integer_name else (self.name,)


def _amount(
    name: str, meaning: str, french: str, *, needed: bool = False, monthly: bool = False
) -> FrameColumn:
    return FrameColumn(
        name=name, meaning=meaning, french=french, integer_name=f"{name}_cents", fact=f"{name}_cents",
        decimals=2, needed=needed, monthly=monthly,
    )  # fmt: skip


def _rate(name: str, fact: str, meaning: str, french: str, *, needed: bool = False) -> FrameColumn:
    return FrameColumn(
        name=name, meaning=meaning, french=french, integer_name=fact, fact=fact, decimals=4, highest=MILLION,
        needed=needed,
    )  # fmt: skip


#: A month of pay from a number of 1 to 12.
GROSSES: tuple[str, ...] = tuple(f"gross_pay_{number:02d}" for number in range(1, 13))

_ROW = (
    FrameColumn(
        name="person", kind=ColumnKind.PERSON, needed=True,
        meaning="who is paid: any text or whole number", french="qui est payé : un texte ou un entier",
    ),
    FrameColumn(
        name="month", kind=ColumnKind.MONTH, needed=True, monthly=True,
        meaning="the month paid: a day of it, or a text such as 2026-03",
        french="le mois payé : un de ses jours, ou un texte comme 2026-03",
    ),
    FrameColumn(
        name="year", needed=True, lowest=1945, highest=9999,
        meaning="the calendar year of a person-year", french="l'année civile",
    ),
    _amount("gross_pay", "gross pay of the month", "rémunération brute du mois", needed=True, monthly=True),
)  # fmt: skip
_FACTS = (
    FrameColumn(
        name="executive", fact="executive", kind=ColumnKind.FLAG,
        meaning="whether the person is a cadre", french="la personne est cadre",
    ),
    FrameColumn(
        name="headcount", fact="headcount", lowest=1, needed=True,
        meaning="yearly average headcount of the cooperative",
        french="effectif moyen annuel de la coopérative",
    ),
    _rate(
        "workplace_accident_rate", "workplace_accident_ppm",
        "rate notified by the Carsat", "taux AT/MP notifié par la Carsat", needed=True,
    ),
    _rate(
        "mobility_rate", "mobility_ppm",
        "mobility rate of the place of work", "taux du versement mobilité du lieu de travail",
    ),
    _amount("health_cover_employee", "health cover, employee share", "complémentaire santé, part salarié"),
    _amount("health_cover_employer", "health cover, employer share", "complémentaire santé, part employeur"),
    _rate(
        "provident_employee_rate", "provident_employee_ppm",
        "provident cover on bracket 1, employee share", "prévoyance sur la tranche 1, part salarié",
    ),
    _rate(
        "provident_employer_rate", "provident_employer_ppm",
        "provident cover on bracket 1, employer share", "prévoyance sur la tranche 1, part employeur",
    ),
    _rate(
        "apprentice_ratio", "apprentice_ratio_ppm",
        "share of apprentices in the headcount", "part des alternants dans l'effectif",
    ),
    FrameColumn(
        name="hours_policy", fact="hours_policy", kind=ColumnKind.WORD, words=HoursPolicy,
        meaning="how reference hours are found", french="règle des heures de référence",
    ),
    FrameColumn(
        name="contract_hours", integer_name="contract_hours_hundredths", fact="contract_hours_hundredths",
        decimals=2, default=None,
        meaning="hours of a whole month, for contract_hours",
        french="heures d'un mois entier, pour contract_hours",
    ),
    FrameColumn(
        name="employed_days", fact="employed_days", highest=31, default=None, monthly=True,
        meaning="calendar days employed; empty is the whole month",
        french="jours calendaires d'emploi ; vide : le mois entier",
    ),
    _amount(
        "affected_pay", "what an absence leaves of the pay it reduces",
        "ce qu'une absence laisse de la rémunération qu'elle réduit", monthly=True,
    ),
    _amount(
        "affected_pay_due", "that pay without the absence", "cette rémunération sans l'absence", monthly=True
    ),
    attrs.evolve(
        _rate(
            "withholding", "withholding_ppm", "personal rate of income tax; empty is the neutral rate",
            "taux personnalisé d'impôt ; vide : le taux neutre",
        ),
        default=None,
    ),
    FrameColumn(
        name="regularisation", fact="regularisation", kind=ColumnKind.WORD, words=Regularisation,
        meaning="when the year is set right", french="quand l'année est régularisée",
    ),
    FrameColumn(
        name="last_month", fact="last_month", kind=ColumnKind.FLAG,
        meaning="the month, or the last one of a person-year, is the last with the employer",
        french="le mois, ou le dernier de l'année, est le dernier chez l'employeur",
    ),
)  # fmt: skip

#: Every column by name. A person-year has ``year`` and ``gross_pay_01`` … ``gross_pay_12`` instead of
#: ``month`` and ``gross_pay``, and none of the facts of one month.
COLUMNS: Mapping[str, FrameColumn] = MappingProxyType({column.name: column for column in (*_ROW, *_FACTS)})
_MONTH_GROSSES = {
    name: attrs.evolve(
        COLUMNS["gross_pay"], name=name, integer_name=f"{name}_cents", fact="", needed=False, monthly=False,
        default=None,
    )
    for name in GROSSES
}  # fmt: skip


def columns_of_facts(specs: Iterable[FactSpec]) -> Mapping[str, FrameColumn]:
    """Return the columns of the facts that the active plugins ask for, by name: whole numbers."""
    return {
        spec.name: FrameColumn(
            name=spec.name, meaning=f"{spec.english_name} ({spec.unit})", french=spec.french_name,
            lowest=-CENTS_MAX, default=spec.default, needed=spec.default is None,
        )
        for spec in specs
    }  # fmt: skip


#: Made by pandas of an index; never a column of the caller's.
_INDEX = "__index_level_"


@attrs.frozen(kw_only=True)
class Columns:
    """The columns of one frame, recognised.

    Attributes:
        wide: whether a row is a person-year.
        names: for each column of :data:`COLUMNS` that is there, the name it has in the frame.
        kept: the columns that come back beside the results, in their order.
        in_cents: whether amounts came, and go back, in whole cents.
        by_person: whether the rows of a person continue each other.
        given: the columns of facts of plugins, those that are not there included.
    """

    wide: bool
    names: Mapping[str, str]
    kept: tuple[str, ...]
    in_cents: bool
    by_person: bool
    given: Mapping[str, FrameColumn] = attrs.field(factory=dict)

    def column(self, name: str) -> FrameColumn:
        """Return what a column may hold."""
        return _MONTH_GROSSES.get(name) or self.given.get(name) or COLUMNS[name]


def name_columns(
    given: tuple[str, ...],
    *,
    keep: tuple[str, ...] = (),
    year_to_date: bool = True,
    facts: Mapping[str, FrameColumn] = MappingProxyType({}),
) -> tuple[Columns, list[InputError]]:
    """Recognise the columns of a frame, and say what is wrong with their names.

    Args:
        given: the names of the columns, in their order.
        keep: further columns of the caller's, which come back beside the results.
        year_to_date: the rows of a person in a year continue each other; otherwise each month stands alone.
        facts: the columns of facts of plugins.
    """
    problems = []
    wide = any(name.removesuffix("_cents") in GROSSES for name in given)
    known = {
        column.name: column
        for column in (*COLUMNS.values(), *(_MONTH_GROSSES.values() if wide else ()), *facts.values())
        if not (column.monthly if wide else column.name == "year")
    }
    by_name = {name: column for column in known.values() for name in column.names}
    names: dict[str, str] = {}
    for name in given:
        column = by_name.get(name)
        if column is None:
            if name not in keep and not name.startswith(_INDEX):
                problems.append(InputError(name, _unknown(name, tuple(by_name))))
        elif column.name in names:
            problems.append(InputError(name, f"gives {names[column.name]} a second time"))
        else:
            names[column.name] = name
    wanted = [column for column in known.values() if column.needed]
    for column in wanted:
        if column.name == "person" and (wide or not year_to_date):
            continue
        if column.name not in names:
            hint = "; or take each month alone (year_to_date=False)" if column.name == "person" else ""
            problems.append(InputError(column.name, f"expected a column {' or '.join(column.names)}{hint}"))
    problems += [InputError(name, "there is no such column to keep") for name in keep if name not in given]
    kept = tuple(name for name in given if name in ("person", "month", "year") or name in keep)
    problems += [
        InputError(name, "is the name of a result: give the column another name")
        for name in kept
        if name == "error"
    ]
    grosses = [names[name] for name in ("gross_pay", *GROSSES) if name in names]
    return (
        Columns(
            wide=wide,
            names=names,
            kept=kept,
            in_cents=any(name.endswith("_cents") for name in grosses),
            by_person=not wide and year_to_date,
            given=facts,
        ),
        problems,
    )


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"unknown column, copied only if it is asked for{f'; did you mean {close[0]}?' if close else ''}"
