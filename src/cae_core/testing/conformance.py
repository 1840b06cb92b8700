"""The promises a plugin makes, checked on a sample of people and of months around each of its changes."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, permutations
from typing import Any

import attrs

from cae_core.assembly import assemble
from cae_core.calendar import Month
from cae_core.errors import CaeCoreError, InputError, RefusedError, SlowerLaneWarning
from cae_core.explain import explain_amount, explainable_amounts, payslip_text
from cae_core.law import Parameter
from cae_core.money import round_to_step
from cae_core.payroll import TOTALS, PayFacts, Payslip, YearToDate
from cae_core.plugins import Plugins, infos_of
from cae_core.plugins import plugin as found_plugin
from cae_core.ruleset import Ruleset
from cae_core.testing.declarations import Problem, check_citations, check_declared_twice
from cae_core.testing.people import SAMPLE, columns, kind
from cae_core.variants import VariantKind

__all__ = ["assert_plugin_conforms"]

#: Orders of registration that are tried, where there are more.
_MOST_ORDERS = 6
#: What shows one broken promise, where there is more: the first places usually say it all.
_MOST_SHOWN = 5
#: One person in so many is looked at in detail: each amount explained, each order, the inverse.
_IN_DETAIL = 4
#: What computes columns without more than numpy, and how it is said that a payslip is another one there.
_LANES = {
    "arrays": "columns and one person differ",
    "buffers": "a program of the formulas and one person differ",
}
_ONE_DAY = dt.timedelta(days=1)


def assert_plugin_conforms(
    plugin: object,
    name: str,
    *,
    together_with: Mapping[str, object] | None = None,
    people: Iterable[PayFacts] = (),
    months: Iterable[Month | str] = (),
    country: str = "fr",
) -> None:
    """Check that a plugin keeps the promises of the house, alone and together with others.

    * Purity: asked twice, it declares the same; computed twice, a payslip has the same cents.
    * Texts: each line, base, reduction, parameter and change cites one.
    * Every lane, one person, columns of people and a program of the formulas, gives the same cents, alone and
      within a year; a rule that no program can follow is no fault.
    * The order of registration changes nothing.
    * The month before the first value of each of its parameters is computed, or refused as unknown.
    * Money is conserved: every cent of a total is in one line, and the totals reconcile.
    * A payslip and each of its amounts can be told in both languages.
    * Gross pay is found again from the net and the cost it gives.

    The months are the first and the last that are known, and those around each change of its parameters.

    Args:
        plugin: the module or object that holds the hooks.
        name: the name it is activated under.
        together_with: other plugins, by name, that it must also stand with; those it requires among them.
        people: people that its rules are about, beside :data:`~cae_core.testing.SAMPLE`.
        months: further months to compute.
        country: the built-in country it is activated with, unless it is a country itself.

    Raises:
        AssertionError: a promise is broken; the message names each, what broke it and where.
        MissingExtraError: numpy is not installed.
    """
    others = dict(together_with or {})
    asked = tuple(month if isinstance(month, Month) else Month.parse(month) for month in months)
    problems = list(_problems(plugin, name, others, (*SAMPLE, *people), asked, country))
    if problems:
        raise AssertionError("\n".join([f"plugin {name!r} breaks promises", *_told(problems)]))


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    """Tell each broken promise once, with the first thing that shows it in each of the first places."""
    for promise in dict.fromkeys(problem.promise for problem in problems):
        places: dict[str, str] = {}
        for problem in problems:
            if problem.promise == promise:
                places.setdefault(problem.where, problem.shown_by)
        yield f"  {promise}:"
        yield from (f"    - {where}: {shown_by}" for where, shown_by in islice(places.items(), _MOST_SHOWN))
        if len(places) > _MOST_SHOWN:
            yield f"    … and in {len(places) - _MOST_SHOWN} more places"


def _problems(
    plugin: object,
    name: str,
    others: Mapping[str, object],
    people: Sequence[PayFacts],
    months: Sequence[Month],
    country: str,
) -> Iterator[Problem]:
    try:
        alone = {**_below(plugin, name, others, country), name: plugin}
        together = {**alone, **others}
        declared = Plugins.of(alone)
        yield from check_declared_twice(declared, name)
        yield from check_citations(declared, name)
        parameters = [each for owner, each in declared.declared("cae_register_parameters") if owner == name]
        assemble(alone)
        assemble(together)
    except CaeCoreError as error:
        yield Problem("it is not assembled", "while declaring", str(error))
        return
    for plugins in (alone, together) if set(together) != set(alone) else (alone,):
        yield from _check_payslips(plugins, parameters, people, months)


def _below(plugin: object, name: str, others: Mapping[str, object], country: str) -> dict[str, object]:
    """Return what a plugin stands on: a country, unless it is one, and what it requires."""
    infos = infos_of({**others, name: plugin})
    required = {each: others[each] for each in infos[name].requires if each in others}
    if VariantKind.COUNTRY in {info.kind for info in infos.values()}:
        countries = {each: others[each] for each in others if infos[each].kind is VariantKind.COUNTRY}
        return {**countries, **required}
    return {country: found_plugin(country), **required}


def _check_payslips(
    plugins: Mapping[str, object],
    parameters: Sequence[Parameter],
    people: Sequence[PayFacts],
    months: Sequence[Month],
) -> Iterator[Problem]:
    """Compute the sample under one set of plugins, in several orders of registration."""
    active = f"with {', '.join(plugins)}"
    orders = [dict(order) for order in islice(permutations(plugins.items()), _MOST_ORDERS)]
    # Other objects under the same names: nothing computed before can show.
    rules = assemble(plugins)
    others = [assemble(order) for order in orders]
    computed: set[int] = set()
    for month in _months(rules, parameters, months):
        where = f"{active}, {month}"
        before: dict[int, Payslip] = {}
        for rank, facts in enumerate(people):
            who = _who(rank, facts)
            try:
                slip = before[rank] = _payslip(rules, month, facts)
            except (InputError, RefusedError):
                continue  # facts that the plugin does not allow; that someone is left is checked below
            except Exception as error:
                yield Problem("a payslip is not computed", where, f"{who}: {type(error).__name__}: {error}")
                continue
            computed.add(rank)
            yield from _check_identities(slip, where, who)
            yield from _check_told(slip, where, who, rank % _IN_DETAIL == 1)
            if rank % _IN_DETAIL == 1:
                yield from _check_inverse(rules, month, facts, where, who)
            # A second run for everybody, every order for some.
            tried = _MOST_ORDERS if rank % _IN_DETAIL == 1 else 1
            for order, other in islice(zip(orders, others, strict=True), tried):
                again = _payslip(other, month, facts)
                run = f"{who}, order {', '.join(order)}"
                yield from _differences(slip, again, "an order or a second run changes cents", where, run)
        yield from _check_lanes(rules, month, people, before, where)
    if parameters and not computed:
        yield Problem("nobody is paid", active, "every person of the sample is refused; give people=…")


def _payslip(rules: Ruleset, month: Month, facts: PayFacts) -> Payslip:
    """Return a payslip after one month of the same year, where there is one: sums of the year matter."""
    if not _has_earlier(rules, month):
        return rules.payslip(month, facts)
    earlier = rules.payslip(month + -1, facts.with_gross(facts.gross_pay_cents * 2 // 3))
    return rules.payslip(month, facts, year_to_date=earlier.year_to_date)


def _has_earlier(rules: Ruleset, month: Month) -> bool:
    return month.number > 1 and (month + -1).first_day >= rules.legislation.known_from


def _months(rules: Ruleset, parameters: Sequence[Parameter], months: Sequence[Month]) -> list[Month]:
    """Return the months around each change of the parameters that are known, and the ends of the law."""
    law = rules.legislation
    days = {law.known_from, law.known_until}
    for parameter in parameters:
        for row in parameter.values:
            days |= {row.in_force_from - _ONE_DAY, row.in_force_from}
    found = {Month(day.year, day.month) for day in days if law.known_from <= day <= law.known_until}
    return sorted(found | set(months))


def _who(rank: int, facts: PayFacts) -> str:
    return f"person {rank} ({facts.gross_pay_cents} cents gross)"


def _check_identities(slip: Payslip, where: str, who: str) -> Iterator[Problem]:
    sums = {
        "employee shares are the sum of the lines": (
            slip.employee_contributions_cents,
            sum(line.employee_cents for line in slip.lines),
        ),
        "employer shares are the sum of the lines": (
            slip.employer_contributions_cents,
            sum(line.employer_cents for line in slip.lines),
        ),
        "reductions are the sum of their lines": (
            slip.reductions_cents,
            sum(line.amount_cents for line in slip.reductions),
        ),
        "gross + employer shares − reductions is the cost": (
            slip.employer_cost_cents,
            slip.gross_pay_cents + slip.employer_contributions_cents - slip.reductions_cents,
        ),
        "gross − employee shares is the net before tax": (
            slip.net_before_tax_cents,
            slip.gross_pay_cents - slip.employee_contributions_cents,
        ),
        "net before tax − tax is the net paid": (
            slip.net_paid_cents,
            round_to_step(
                slip.net_before_tax_cents - slip.withholding_cents, slip.law.currency.payment_step_cents
            ),
        ),
        "each line stands once": (len(slip.lines), len({line.code for line in slip.lines})),
    }
    for identity, (found, wanted) in sums.items():
        if found != wanted:
            yield Problem("money is not conserved", where, f"{who}: {identity}, got {found} and {wanted}")


def _check_told(slip: Payslip, where: str, who: str, in_detail: bool) -> Iterator[Problem]:
    for lang in ("fr", "en"):
        try:
            payslip_text(slip, lang, detail=True)
            for name, *_ in explainable_amounts(slip, lang) if in_detail else ():
                explain_amount(slip, name, lang)
        except Exception as error:
            yield Problem("a payslip is not told", where, f"{who}, {lang}: {type(error).__name__}: {error}")


def _check_inverse(rules: Ruleset, month: Month, facts: PayFacts, where: str, who: str) -> Iterator[Problem]:
    """Ask which gross pay gives a total of the month alone: a formula that is no lane hides its turns."""
    try:
        slip, inverse = rules.payslip(month, facts), rules.inverse(month, facts)
        for total in ("net_before_tax", "employer_cost"):
            asked = getattr(slip, f"{total}_cents")
            found = inverse.grosses_for(total, asked).grosses_cents
            if facts.gross_pay_cents not in found:
                yield Problem(
                    "gross pay is not found again", where, f"{who}: from {total} {asked}, got {found[:3]}"
                )
    except InputError:
        return  # a country whose tax cannot be inverted says so
    except Exception as error:
        yield Problem("gross pay is not found again", where, f"{who}: {type(error).__name__}: {error}")


def _check_lanes(
    rules: Ruleset, month: Month, people: Sequence[PayFacts], slips: Mapping[int, Payslip], where: str
) -> Iterator[Problem]:
    """Compare the columns with the payslips one by one, the year to date included."""
    groups: dict[object, list[int]] = {}
    for rank in slips:
        groups.setdefault(kind(people[rank]), []).append(rank)
    for ranks in groups.values():
        facts = columns([people[rank] for rank in ranks])
        try:
            before = None
            if _has_earlier(rules, month):
                earlier = facts.with_gross(facts.gross_pay_cents * 2 // 3)
                before = rules.payslips(month + -1, earlier).year_to_date
            rows = {problem: _rows(rules, month, facts, before, lane) for lane, problem in _LANES.items()}
        except Exception as error:
            yield Problem("columns are not computed", where, f"{type(error).__name__}: {error}")
            continue
        for problem, found in rows.items():
            for rank, row in zip(ranks, found, strict=True):
                yield from _differences(slips[rank], row, problem, where, _who(rank, people[rank]))


def _rows(
    rules: Ruleset, month: Month, facts: PayFacts, before: YearToDate | None, lane: str
) -> list[Payslip]:
    with warnings.catch_warnings():
        # A rule that no program can follow keeps its promises all the same.
        warnings.simplefilter("ignore", SlowerLaneWarning)
        batch = rules.payslips(month, facts, year_to_date=before, lines=True, lane=lane)
    return [batch.row(position) for position in range(len(batch))]


def _differences(slip: Payslip, other: Payslip, kind: str, where: str, who: str) -> Iterator[Problem]:
    """Say where two payslips that should be one differ: the first line, reduction and total."""
    for what, found, wanted in (
        ("line", _lines(slip), _lines(other)),
        ("reduction", _reductions(slip), _reductions(other)),
        ("total", _totals(slip), _totals(other)),
    ):
        for code in dict.fromkeys((*found, *wanted)):
            if found.get(code) != wanted.get(code):
                yield Problem(
                    kind, where, f"{who}: {what} {code!r}, {found.get(code)} and {wanted.get(code)}"
                )
                break


def _lines(slip: Payslip) -> dict[str, tuple[int, ...]]:
    return {
        line.code: (
            line.base_cents,
            line.employee_ppm,
            line.employee_cents,
            line.employer_ppm,
            line.employer_cents,
        )
        for line in slip.lines
    }


def _reductions(slip: Payslip) -> dict[str, tuple[Any, ...]]:
    return {
        line.code: tuple(
            getattr(line, field.name) for field in attrs.fields(type(line)) if field.name != "reduction"
        )
        for line in slip.reductions
    }


def _totals(slip: Payslip) -> dict[str, int]:
    return {total: getattr(slip, f"{total}_cents") for total in TOTALS}
