"""What changed between the payroll laws of two months: parameters, lines and reductions, with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import attrs

from cae_core.errors import UnknownNameError
from cae_core.law import DatedValue, Parameter
from cae_core.payroll.month_law import MonthLaw
from cae_core.payroll.reads import law_reads
from cae_core.payroll.rules import Contribution, Reduction

__all__ = [
    "Change",
    "ContributionChange",
    "LawComparison",
    "ParameterChange",
    "ReductionChange",
    "behind_bases",
    "compare_laws",
    "in_order",
]


class Change(Enum):
    """How a thing of the law differs from one month to another."""

    APPEARS = "appears"
    DISAPPEARS = "disappears"
    VALUE = "value"
    RATES = "rates"
    BASE = "base"
    POPULATION = "population"
    FORMULA = "formula"


@attrs.frozen(kw_only=True)
class ParameterChange:
    """A parameter whose value differs.

    Attributes:
        parameter: the parameter, with its French name and its unit.
        before, after: the dated values with their texts; a repealed row where the law has ended it, and
            ``None`` before its first row.
    """

    parameter: Parameter
    before: DatedValue | None
    after: DatedValue | None

    @property
    def name(self) -> str:
        """The identifier of the parameter."""
        return self.parameter.name

    @property
    def change(self) -> Change:
        """Whether it appears, disappears or has another value."""
        if self.before is None or self.before.repealed:
            return Change.APPEARS
        return Change.DISAPPEARS if self.after is None or self.after.repealed else Change.VALUE

    @property
    def deciding(self) -> DatedValue:
        """The row that makes the difference, with its text: the later one, a repeal included."""
        row = self.after or self.before
        assert row is not None  # a parameter without any row differs from nothing
        return row

    def format(self, lang: str = "fr") -> tuple[str, str]:
        """Write both values with their unit; an empty text where there is none."""
        measure = self.parameter.measure
        before, after = (
            "" if row is None or row.value is None else measure.format(row.value, lang)
            for row in (self.before, self.after)
        )
        return before, after


@attrs.frozen(kw_only=True)
class ContributionChange:
    """A line of the payslip that the law adds, ends or changes.

    Attributes:
        before, after: the rows of the table, ``None`` where there is none.
        changes: what differs, in the order of :class:`Change`.
        parameters: the values behind each of the changes.
    """

    code: str
    before: Contribution | None
    after: Contribution | None
    changes: tuple[Change, ...]
    parameters: Mapping[Change, tuple[ParameterChange, ...]]

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        row = self.after or self.before
        assert row is not None  # one of the laws has it
        return row.name(lang)


@attrs.frozen(kw_only=True)
class ReductionChange:
    """A reduction that appears, disappears, or follows another formula or other values."""

    code: str
    before: Reduction | None
    after: Reduction | None
    change: Change
    parameters: tuple[ParameterChange, ...]

    def name(self, lang: str = "fr") -> str:
        """The label in a language."""
        row = self.after or self.before
        assert row is not None  # one of the laws has it
        return row.name(lang)


@attrs.frozen(kw_only=True, eq=False)
class LawComparison:
    """The differences of the payroll law of two months; false where there is none.

    A value confirmed by a new text is no difference.
    """

    before: MonthLaw
    after: MonthLaw
    parameters: tuple[ParameterChange, ...]
    contributions: tuple[ContributionChange, ...]
    reductions: tuple[ReductionChange, ...]

    def __bool__(self) -> bool:
        return bool(self.parameters or self.contributions or self.reductions)


def compare_laws(before: MonthLaw, after: MonthLaw) -> LawComparison:
    """Return what differs between the laws of two months, parameters by family, lines in their order."""
    changed: dict[str, ParameterChange] = {}
    names = dict.fromkeys((*before.snapshot, *after.snapshot))
    for name in sorted(names, key=lambda name: _parameter(name, after, before).family):
        rows = _row(before, name), _row(after, name)
        if (rows[0] and rows[0].value) != (rows[1] and rows[1].value):
            parameter = _parameter(name, after, before)
            changed[name] = ParameterChange(parameter=parameter, before=rows[0], after=rows[1])
    codes = in_order(before, after, (*before.contributions, *after.contributions))
    contributions = (_contribution_change(code, before, after, changed) for code in codes)
    return LawComparison(
        before=before,
        after=after,
        parameters=tuple(changed.values()),
        contributions=tuple(each for each in contributions if each.changes),
        reductions=tuple(_reduction_changes(before, after, changed)),
    )


def _parameter(name: str, *laws: MonthLaw) -> Parameter:
    """The parameter, from a law that has it: two laws may come from different variants."""
    law = next(law for law in laws if name in law.snapshot)
    return law.snapshot.parameter(name)


def _row(law: MonthLaw, name: str) -> DatedValue | None:
    """The row that rules the day, a repeal included."""
    try:
        return law.snapshot.parameter(name).row_on(law.snapshot.day, law.snapshot.known_on)
    except UnknownNameError:
        return None


def in_order(before: MonthLaw, after: MonthLaw, codes: Iterable[str]) -> list[str]:
    """Sort codes of lines by heading, then as the tables list them; a line that ended keeps its place."""
    headings = [heading.code for heading in (*after.headings, *before.headings)]
    rows = {**before.contributions, **after.contributions}
    places = {code: place for law in (before, after) for place, code in enumerate(law.contributions)}
    return sorted(
        dict.fromkeys(codes), key=lambda code: (headings.index(rows[code].heading), places[code], code)
    )


def _picked(
    names: Iterable[str | None], changed: Mapping[str, ParameterChange]
) -> tuple[ParameterChange, ...]:
    return tuple(changed[name] for name in dict.fromkeys(names) if name is not None and name in changed)


def behind_bases(
    old: Iterable[str], new: Iterable[str], changed: Mapping[str, ParameterChange]
) -> tuple[ParameterChange, ...]:
    """Return the values that changed a base, of those its formula reads under each law.

    Where the formula stops reading one that merely moved, what ended or began is the cause.
    """
    found = _picked((*old, *new), changed)
    both = set(old) & set(new)
    return tuple(each for each in found if each.change is not Change.VALUE or each.name in both) or found


def _rates(row: Contribution) -> tuple[object, ...]:
    return (
        row.employee_rates, row.employer_rates, row.employee_scale, row.employer_scale,
        row.employee_fact, row.employer_fact,
    )  # fmt: skip


def _population(row: Contribution) -> tuple[object, ...]:
    return row.executive, row.headcount_from, row.headcount_below


def _contribution_change(
    code: str, before: MonthLaw, after: MonthLaw, changed: Mapping[str, ParameterChange]
) -> ContributionChange:
    was, now = before.contributions.get(code), after.contributions.get(code)
    found: dict[Change, tuple[ParameterChange, ...]] = {}
    if was is None or now is None:
        row = was or now
        assert row is not None  # one of the laws has it
        found[Change.APPEARS if was is None else Change.DISAPPEARS] = _picked(row.parameters, changed)
    else:
        population = [name for row in (was, now) for name in (row.headcount_from, row.headcount_below)]
        rates = [name for row in (was, now) for name in row.parameters if name not in population]
        old, new = (
            tuple(dict.fromkeys(name for base in row.bases for name in law_reads(law).bases[base]))
            for row, law in ((was, before), (now, after))
        )
        for change, parameters, same in (
            (Change.RATES, _picked(rates, changed), _rates(was) == _rates(now)),
            (Change.BASE, behind_bases(old, new, changed), was.bases == now.bases and set(old) == set(new)),
            (Change.POPULATION, _picked(population, changed), _population(was) == _population(now)),
        ):
            if parameters or not same:
                found[change] = parameters
    return ContributionChange(code=code, before=was, after=now, changes=tuple(found), parameters=found)


def _reduction_changes(
    before: MonthLaw, after: MonthLaw, changed: Mapping[str, ParameterChange]
) -> Iterator[ReductionChange]:
    old, new = ({reduction.code: reduction for reduction in law.reductions} for law in (before, after))
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        names = (*law_reads(before).reductions.get(code, ()), *law_reads(after).reductions.get(code, ()))
        parameters = _picked(names, changed)
        if was != now or parameters:
            change = Change.VALUE if was == now else Change.FORMULA
            if was is None or now is None:
                change = Change.APPEARS if was is None else Change.DISAPPEARS
            yield ReductionChange(code=code, before=was, after=now, change=change, parameters=parameters)
