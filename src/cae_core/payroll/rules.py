"""The records a country's payroll is made of. Plain data; the only functions are formulas on lanes.

A month is computed in phases, ``GROSS → BASES → CONTRIBUTIONS → REDUCTIONS → NET``; a rule sees only the
results of earlier phases, so order inside a phase cannot matter.

A rule is in force as long as the parameters it needs are: days stand in the tables, never in code.
Everything the law measures over the year is a function of *cumulated* quantities. A month is charged
what is due to date less what was charged before, so that every prefix of the year agrees with the
annual rule to the cent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from cae_core.law import Citation, Snapshot
from cae_core.money import Lane
from cae_core.payroll.facts import PayFacts
from cae_core.reasons import Reason

__all__ = [
    "Base",
    "Choice",
    "Contribution",
    "FactCheck",
    "FactSpec",
    "Heading",
    "Quantity",
    "Reduction",
    "Status",
    "TaxStep",
    "Values",
    "Withholding",
    "YearSums",
]

#: Raw values of the parameters in force, by name (cents, millionths, hundredths: see each unit).
Values: TypeAlias = Mapping[str, Any]
#: Quantities cumulated since 1 January or entry, by name.
YearSums: TypeAlias = Mapping[str, Lane]


@attrs.frozen
class Heading:
    """A heading of the statutory payslip; their order in the table is the order of the law."""

    code: str
    french_name: str
    english_name: str

    def name(self, lang: str = "fr") -> str:
        """The name in a language."""
        return self.french_name if lang == "fr" else self.english_name


@attrs.frozen
class Status:
    """What decides which contributions a person owes: one value for a whole group of a batch."""

    executive: bool
    headcount: int


@attrs.frozen(kw_only=True)
class Quantity:
    """A quantity of the month that the law cumulates over the year, such as gross pay or the ceiling.

    Attributes:
        unit: ``"cents"``, a part of a cent such as ``"1/1200 cent"``, or what it counts: ``"months"``.
        quarterly: cumulated over the calendar quarter alone.
        english_name: what people call it in English; the French name where it is not said.
    """

    name: str
    french_name: str
    unit: str
    formula: Callable[[PayFacts, Values], Lane]
    citations: tuple[Citation, ...] = ()
    needs: tuple[str, ...] = ()
    quarterly: bool = False
    english_name: str = ""

    def in_force(self, values: Values) -> bool:
        """Whether the quantity exists under the law of a day."""
        return all(name in values for name in self.needs)


@attrs.frozen(kw_only=True)
class Base:
    """A named contribution base (assiette), a function of the year's cumulated quantities.

    Attributes:
        formula: the base due to date, in cents.
        after_cover: computed after the cover lines, which it adds (CSG, forfait social).
        counts: what it counts as pay: the gross pay, or what a variant puts in its place.
        quarterly: due over the calendar quarter, from quarterly quantities, not over the year.
    """

    name: str
    french_name: str
    english_name: str
    formula: Callable[[YearSums, Values], Lane]
    citations: tuple[Citation, ...] = ()
    after_cover: bool = False
    needs: tuple[str, ...] = ()
    counts: str = "gross_pay"
    quarterly: bool = False

    def in_force(self, values: Values) -> bool:
        """Whether the base exists under the law of a day."""
        return all(name in values for name in self.needs)


@attrs.frozen(kw_only=True)
class Contribution:
    """One line of the payslip: who owes which rate on which base. A row of a table, not a function.

    Attributes:
        employee_rates: parameters whose sum is the employee rate; likewise ``employer_rates``.
        employee_fact: the fact that holds the employee rate or amount, when the law leaves it to a
            notification or a contract; likewise ``employer_fact``. Facts in cents are amounts. A fact that a
            plugin declares holds a rate, in millionths.
        employee_scale: where the employee rate depends on a fact, the parameter with a rate for each bracket
            and the fact; likewise ``employer_scale``.
        whole_base: where the employee has a base of her own, that of the whole contribution. Halves are
            shared: the employer owes twice the employer rate on the whole base, less that rate on ``base``.
        executive: only for executives (True) or non-executives (False); ``None`` is everybody.
        headcount_from: parameter with the headcount from which it is due; ``headcount_below`` likewise.
        cover: a cover line, computed before the bases that add its employer share.
        employee_share_taxable: the employee share is not deducted from taxable net (CSG, CRDS).
        employer_share_taxable: the employer share is added to taxable net (health cover).
        provision: a yearly debt shown as a monthly provision.
    """

    code: str
    french_name: str
    english_name: str
    heading: str
    base: str
    citation: Citation
    employee_rates: tuple[str, ...] = ()
    employer_rates: tuple[str, ...] = ()
    employee_scale: tuple[str, str] | None = None
    employer_scale: tuple[str, str] | None = None
    whole_base: str | None = None
    employee_fact: str | None = None
    employer_fact: str | None = None
    executive: bool | None = None
    headcount_from: str | None = None
    headcount_below: str | None = None
    cover: bool = False
    employee_share_taxable: bool = False
    employer_share_taxable: bool = False
    in_general_reduction: bool = False
    provision: bool = False
    urssaf_codes: tuple[str, ...] = ()
    dsn_code: str = ""
    assumptions: tuple[str, ...] = ()

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        return self.french_name if lang == "fr" else self.english_name

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters the row names: rates, then thresholds."""
        headcounts = (self.headcount_from, self.headcount_below)
        return (*self.rate_parameters, *(name for name in headcounts if name))

    @property
    def rate_parameters(self) -> tuple[str, ...]:
        """The parameters that give the rates of both shares."""
        scales = ((scale or ())[:1] for scale in (self.employee_scale, self.employer_scale))
        return (*self.employee_rates, *self.employer_rates, *(name for scale in scales for name in scale))

    @property
    def named_facts(self) -> tuple[str, ...]:
        """The facts that the row reads."""
        scales = ((scale or ())[1:] for scale in (self.employee_scale, self.employer_scale))
        names = (self.employee_fact, self.employer_fact, *(name for scale in scales for name in scale))
        return tuple(name for name in names if name)

    @property
    def bases(self) -> tuple[str, ...]:
        """The bases that the row is charged on."""
        return (self.base,) if self.whole_base is None else (self.base, self.whole_base)

    def in_force(self, values: Values) -> bool:
        """Whether the row exists under the law of a day: as long as its rates do."""
        return all(name in values for name in self.parameters)

    def applies_to(self, status: Status, values: Values) -> bool:
        """Whether a person of this status owes it."""
        return (
            (self.executive is None or self.executive is status.executive)
            and (self.headcount_from is None or status.headcount >= values[self.headcount_from])
            and (self.headcount_below is None or status.headcount < values[self.headcount_below])
        )

    @property
    def is_amount(self) -> bool:
        """Whether the amounts are given in cents by a contract, without base nor rate."""
        return bool(self.employer_fact and self.employer_fact.endswith("_cents"))


@attrs.frozen
class Choice:
    """One of several rules that the facts of a month decide between.

    Attributes:
        of: returns a number from the facts and the values in force; asked once for all rules that share it.
        number: the rule is for those who get this one.
    """

    of: Callable[[PayFacts, Values], Lane]
    number: int

    def holds(self, facts: PayFacts, values: Values) -> Lane:
        """Return whether the rule is for these facts."""
        return self.of(facts, values) == self.number


@attrs.frozen(kw_only=True)
class Reduction:
    """A reduction of employer contributions by a coefficient of the year's pay.

    The scale (the maximum coefficient) may change within a year: then each scale counts on the pay of its
    own months, with the one ratio of the year.

    Attributes:
        scale: returns what of the coefficient depends on the period and the status.
        coefficient: returns the coefficient of a scale on cumulated quantities, in ten-thousandths.
        maximum: returns the largest coefficient of a scale, in ten-thousandths.
        pension_share: parameter of the supplementary-pension part of the reduction.
        headcount: parameter with the headcount at which the scale changes.
        base: the base whose pay it counts.
        limit: returns the most that is due to date under a scale, in cents, where the law has such a limit.
        changed: a variant changed its coefficient, which is then told without the formula.
        applies: whether the pay of a month counts, by its facts; ``None`` is always. Pay of the year is kept
            as under several scales: that of its own months, with the one ratio of the year.
        monthly: the law measures it month by month: nothing of the earlier months is set right.
        why: returns the conditions behind ``applies`` for one person, met or not, for the payslip to tell.
    """

    code: str
    french_name: str
    english_name: str
    heading: str
    base: str
    scale: Callable[[Values, Status], Hashable]
    coefficient: Callable[[Any, YearSums, Values], Lane]
    maximum: Callable[[Any], int]
    pension_share: str
    headcount: str
    citations: tuple[Citation, ...]
    assumptions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    limit: Callable[[Any, YearSums, Values], Lane] | None = None
    changed: bool = False
    applies: Choice | None = None
    monthly: bool = False
    why: Callable[[PayFacts, Snapshot], tuple[Reason, ...]] | None = None

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        return self.french_name if lang == "fr" else self.english_name

    def measured(self, sums: YearSums, earlier: YearSums) -> YearSums:
        """Return what the coefficient looks at: the year to date, or the month alone."""
        if not self.monthly or not earlier:
            return sums
        return {name: lane - earlier.get(name, 0) for name, lane in sums.items()}

    def in_force(self, values: Values) -> bool:
        """Whether the reduction exists under the law of a day: as long as its parameters do."""
        return all(name in values for name in self.needs)


@attrs.frozen
class TaxStep:
    """A step of a formula of income tax, told with its amount in cents."""

    french: str
    english: str
    cents: int


@attrs.frozen(kw_only=True)
class Withholding:
    """Income tax withheld when the tax office has sent no personal rate; with neither of both, none is.

    Attributes:
        scale: the parameter with a rate for each bracket of taxable net.
        formula: where the law has no such scale, the tax itself in cents, from the facts, the values in
            force and the taxable net; a rate that somebody sent is then left aside.
        steps: the steps of that formula, as they are told; for one person alone.
    """

    citation: Citation
    scale: str = ""
    formula: Callable[[PayFacts, Values, Lane], Lane] | None = None
    steps: Callable[[PayFacts, Values, int], Iterable[TaxStep]] | None = None


@attrs.frozen(kw_only=True)
class FactSpec:
    """A fact that the rules of a plugin ask for, beside those every payslip has.

    Formulas read it from ``facts.given.get(name, default)``.

    Attributes:
        name: the identifier; one plugin alone declares it.
        unit: what the whole number counts, such as ``"cents"``, ``"people"`` or ``"years"``.
        default: what stands where nobody gave it; ``None`` where it must be given.
    """

    name: str
    french_name: str
    english_name: str
    unit: str
    default: int | None = 0


@attrs.frozen(kw_only=True)
class FactCheck:
    """Something the law does not allow in the facts, such as too small an employer share of the cover."""

    code: str
    message: str
    citation: Citation
    violated: Callable[[PayFacts, Values], Lane]
