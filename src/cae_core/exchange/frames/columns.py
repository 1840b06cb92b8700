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
from enum import Enum
from types import MappingProxyType

import attrs

from cae_core.money import CENTS_MAX, MILLION
from cae_core.payroll.facts import HoursPolicy, Regularisation
from cae_core.payroll.rules import FactSpec

__all__ = ["COLUMNS", "GROSSES", "MONTH_GROSSES", "ColumnKind", "FrameColumn", "columns_of_facts"]


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
    #: A day, or a text such as ``2026-03-15``.
    DAY = "day"
    #: A text, taken as it is.
    TEXT = "text"
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
        also: other words for some of them.
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
    also: Mapping[str, str] = attrs.field(factory=dict)
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
#: The columns of a person-year that hold its months.
MONTH_GROSSES: Mapping[str, FrameColumn] = {
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
