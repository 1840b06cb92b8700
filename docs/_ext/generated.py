"""Write the reference pages that are made from the tables of the law, so that they cannot drift from it.

Before each build, ``reference/generated/*.rst`` is written from :func:`cae_core.load`. :func:`pages` returns
the same texts for the tests. The files are not kept under version control.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, product
from pathlib import Path

from cli_help import cli_help
from extras_page import extras_page
from frames_page import frame_columns_page
from hooks_page import hooks_page
from path_page import pictures, transitions_page
from rights_page import entitlements_page, rights_open_points_page, rights_parameters_page
from rst import entry, fields, link, plain, table, title

import cae_core
from cae_core.calendar import Month
from cae_core.explain.reads import reads_of
from cae_core.france.exits import ENDINGS, AgreedNotice, EndingResult, ExitFacts, ending
from cae_core.france.quantities import WAGE_UNIT
from cae_core.hooks import Hooks
from cae_core.law import DatedValue, Parameter
from cae_core.money import CENTS_MAX, Rate, divide_half_up, format_euros
from cae_core.payroll import Base, Contribution, HoursPolicy, PayFacts, Reduction, Status
from cae_core.payroll.month_law import MonthLaw
from cae_core.terms import Term

FAMILIES = {
    "ceiling": "Social security ceiling",
    "cover": "Health and provident cover",
    "csg": "CSG and CRDS",
    "general_reduction": "General reduction",
    "health_family": "Health and family",
    "levies": "Other employer levies",
    "minimum_wage": "Minimum wage and working time",
    "old_age": "Old-age insurance",
    "supplementary_pension": "Supplementary pension",
    "unemployment": "Unemployment insurance",
    "withholding": "Income tax withheld",
}

#: What the two formulas of the general reduction are looked at for: both sides of the FNAL threshold.
SIZES = ((1, "below"), (1_000_000, "from"))


def months(rules: cae_core.Ruleset) -> tuple[MonthLaw, ...]:
    """Return the law of each month that is known."""
    first, last = Month.parse(rules.legislation.known_from), Month.parse(rules.legislation.known_until)
    return tuple(rules.month_law(month) for month in first.through(last))


def periods(laws: Iterable[MonthLaw], read: Callable[[MonthLaw], object]) -> Iterator[tuple[str, object]]:
    """Iterate over what is read of each month, once as long as it stays the same."""
    for value, group in groupby(laws, read):
        found = list(group)
        first, last = found[0].month, found[-1].month
        yield (str(first) if first == last else f"{first} to {last}"), value


def _day(day: dt.date) -> str:
    return day.isoformat()


def value_lines(parameter: Parameter, row: DatedValue) -> list[str]:
    """Return a value as it is shown, a line for each bracket of a scale."""
    if row.value is None:
        return ["*repealed*"]
    return plain(parameter.measure.format(row.value, "en")).split("; ")


def text_lines(row: DatedValue) -> list[str]:
    """What stands behind a value: its text, then everything that was noted."""
    text = plain(row.citation.text)
    lines = [f"`{text} <{row.citation.url}>`__" if row.citation.url else text]
    if row.published_on:
        lines.append(f"Published on {_day(row.published_on)}.")
    lines.append(f"Source: {plain(row.source)}.")
    if row.note:
        lines.append(f"Note: {plain(row.note)}.")
    if row.needs_review:
        lines.append("**Needs review**: nobody has read the text yet.")
    return lines


def _head(name: str, *sentences: str) -> list[str]:
    return [*title(name, "page"), *sentences, ""]


@cache
def _formulas_that_read(rules: cae_core.Ruleset) -> dict[str, dict[str, None]]:
    """Links to the quantities, bases and reductions whose formula reads a parameter in some known month."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for law, (size, _), policy in product(months(rules), SIZES, HoursPolicy):
        facts = PayFacts(gross_pay_cents=200_000, headcount=size, hours_policy=policy)
        reads = reads_of(rules.payslip(law.month, facts))
        for kind, by_code in (
            ("quantity", reads.quantities),
            ("base", {code: names for code, (_, names) in reads.bases.items()}),
            ("reduction", {code: names for code, (_, names) in reads.reductions.items()}),
        ):
            for code, names in by_code.items():
                for name in names:
                    found[name][link(kind, code)] = None
    for reduction in rules.reductions:
        for name in reduction.needs:
            found[name][link("reduction", reduction.code)] = None
    for check in rules.fact_checks:
        for name in rules.legislation.parameters:
            if f'"{name}"' in inspect.getsource(check.violated):
                found[name][f"the check ``{check.code}`` of the facts"] = None
    return found


def _users(rules: cae_core.Ruleset, name: str) -> str:
    """Which lines and formulas use a parameter."""
    used = [link("contribution", row.code) for row in rules.contributions if name in row.parameters]
    used += _formulas_that_read(rules).get(name, ())
    used += ["income tax withheld"] * (name == rules.withholding.scale)
    return ", ".join(used)


def parameters_page(rules: cae_core.Ruleset) -> str:
    """Every parameter with its history, by family."""
    law = rules.legislation
    found = list(law.parameters.values())
    count = sum(len(parameter.values) for parameter in found)
    lines = _head(
        "Parameters",
        f"{len(found)} numbers of the law, {count} dated values, each with its text.",
        f"Payslips are covered from {_day(law.known_from)} to {_day(law.known_until)}.",
        "The latest value comes first; where two rows share a day, the later publication prevails.",
    )
    for family in sorted({parameter.family for parameter in found}):
        lines += title(FAMILIES.get(family, family), "section")
        for parameter in found:
            if parameter.family != family:
                continue
            lines += entry("parameter", parameter.name)
            lines += fields(
                (
                    ("French", plain(parameter.french_name)),
                    ("Unit", f"{parameter.unit}, kept as {plain(parameter.measure.kept_as)}"),
                    ("Known until", _day(parameter.known_until)),
                    ("Used by", _users(rules, parameter.name)),
                )
            )
            rows = [
                ([_day(row.in_force_from)], value_lines(parameter, row), text_lines(row))
                for row in reversed(parameter.values)
            ]
            lines += table(("In force from", "Value", "Text"), rows, (15, 25, 60))
    return "\n".join(lines)


def _rates(law: MonthLaw, row: Contribution) -> object:
    """What a row charges in a month: for each share, its rate and where it comes from."""
    if not row.in_force(law.values):
        return None
    shares = []
    for names, fact in ((row.employee_rates, row.employee_fact), (row.employer_rates, row.employer_fact)):
        if fact:
            shares.append((f"given by the fact ``{fact}``",))
        elif names:
            each = [f"{link('parameter', name)} {law.snapshot.format(name, 'en')}" for name in names]
            total = Rate(sum(law.values[name] for name in names)).format("en")
            shares.append((f"**{total}**", *each))
        else:
            shares.append(("–",))
    if row.employer_scale:
        scale, fact = row.employer_scale
        shares[1] = (f"{link('parameter', scale)}, looked up by ``{fact}``",)
    return tuple(shares)


def _owed_by(rules: cae_core.Ruleset, row: Contribution) -> str:
    """Who owes a row."""
    words = {None: "everybody", True: "executives (cadres)", False: "people who are not executives"}
    parts = [words[row.executive]]
    for name, how in ((row.headcount_from, "from"), (row.headcount_below, "below")):
        if name:
            latest = rules.legislation.parameter(name).values[-1].value
            parts.append(f"{how} {latest} people ({link('parameter', name)})")
    return ", ".join(parts)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def contributions_page(rules: cae_core.Ruleset) -> str:
    """Every line of the payslip, under the headings of the statutory model."""
    laws = months(rules)
    lines = _head(
        "Contributions",
        f"{len(rules.contributions)} lines, in the order of the statutory payslip.",
        "A line is in force as long as its parameters are; the law of the first day of the month applies.",
        "Rates in bold are what is charged; under each stand the parameters it adds.",
    )
    for heading in rules.headings:
        rows = [row for row in rules.contributions if row.heading == heading.code]
        if not rows:
            continue
        lines += title(f"{heading.english_name}", "section")
        lines += [f"*{plain(heading.french_name)}*", ""]
        for row in rows:
            lines += _contribution(rules, laws, row)
    return "\n".join(lines)


def _contribution(rules: cae_core.Ruleset, laws: Sequence[MonthLaw], row: Contribution) -> list[str]:
    base = "amounts given by a contract, without base nor rate" if row.is_amount else link("base", row.base)
    flags = [
        ("the employee share is not deducted from taxable net", row.employee_share_taxable),
        ("the employer share is added to taxable net", row.employer_share_taxable),
        ("a yearly debt, shown as a monthly provision", row.provision),
        ("a cover line: CSG and forfait social are owed on its employer share", row.cover),
    ]
    lines = entry("contribution", row.code)
    lines += fields(
        (
            ("English", plain(row.english_name)),
            ("French", plain(row.french_name)),
            ("Base", base),
            ("Owed by", _owed_by(rules, row)),
            ("In the general reduction", _yes(row.in_general_reduction)),
            ("Urssaf codes (CTP)", ", ".join(row.urssaf_codes)),
            ("DSN code", row.dsn_code),
            ("Article", plain(row.citation.text)),
            ("Remark", "; ".join(text for text, said in flags if said)),
            ("Assumptions", " ".join(plain(sentence) for sentence in row.assumptions)),
        )
    )
    dated = []
    for period, rates in periods(laws, lambda law: _rates(law, row)):
        shares = (["not in force"], ["not in force"]) if rates is None else rates
        dated.append(([period], *shares))
    return [*lines, *table(("Months", "Employee", "Employer"), dated, (20, 40, 40))]


def _first_sentence(function: Callable[..., object]) -> str:
    text = inspect.getdoc(function) or ""
    return text.split("\n\n")[0].replace("\n", " ")


def _law_section(function: Callable[..., object]) -> str:
    text = inspect.getdoc(function) or ""
    return plain(" ".join(text.partition("Law:\n")[2].split()))


def _in_force(laws: Sequence[MonthLaw], holds: Callable[[MonthLaw], bool]) -> str:
    return ", ".join(period for period, value in periods(laws, holds) if value)


def bases_page(rules: cae_core.Ruleset) -> str:
    """Every contribution base, and the quantities of the year they are made of."""
    laws = months(rules)
    lines = _head(
        "Bases and quantities",
        "A quantity is measured each month and cumulated over the year.",
        "A base is a function of the cumulated quantities: a month is charged the base to date less what "
        "earlier months were charged.",
    )
    lines += title("Quantities of the year", "section")
    for quantity in rules.quantities:
        lines += entry("quantity", quantity.name)
        if inspect.getdoc(quantity.formula):
            lines += [plain(_first_sentence(quantity.formula)), ""]
        lines += fields(
            (
                ("French", plain(quantity.french_name)),
                ("Counted in", quantity.unit),
                ("Texts", plain("; ".join(map(str, quantity.citations)))),
                ("Law", _law_section(quantity.formula)),
                ("Known months", _in_force(laws, lambda law, it=quantity: it.in_force(law.values))),
            )
        )
    lines += title("Contribution bases (assiettes)", "section")
    for base in rules.bases:
        lines += _base(rules, laws, base)
    return "\n".join(lines)


def _base(rules: cae_core.Ruleset, laws: Sequence[MonthLaw], base: Base) -> list[str]:
    lines = entry("base", base.name)
    if inspect.getdoc(base.formula):
        lines += [plain(_first_sentence(base.formula)), ""]
    used = ", ".join(
        link("contribution", row.code)
        for row in rules.contributions
        if row.base == base.name and not row.is_amount
    )
    lines += fields(
        (
            ("English", plain(base.english_name)),
            ("French", plain(base.french_name)),
            ("Texts", plain("; ".join(map(str, base.citations)))),
            ("Remark", "computed after the cover lines, whose employer share it adds" * base.after_cover),
            ("Needs", ", ".join(link("parameter", name) for name in base.needs)),
            ("Used by", used),
            ("Known months", _in_force(laws, lambda law: base.in_force(law.values))),
        )
    )
    return lines


def _maxima(reduction: Reduction, law: MonthLaw) -> object:
    if not reduction.in_force(law.values):
        return None
    return tuple(reduction.maximum(reduction.scale(law.values, Status(False, size))) for size, _ in SIZES)


def _monthly_wage(law: MonthLaw) -> str:
    wage = next(quantity for quantity in law.quantities if quantity.name == "reference_wage")
    full_time = wage.formula(PayFacts(gross_pay_cents=CENTS_MAX), law.values)
    monthly = format_euros(divide_half_up(full_time, WAGE_UNIT), "en")
    return f"{law.snapshot.format('general_reduction_minimum_wage_hourly', 'en')}, {monthly} a month"


def reductions_page(rules: cae_core.Ruleset) -> str:
    """Every reduction: its formula and its largest coefficient by date."""
    laws = months(rules)
    lines = _head(
        "Reductions",
        "A reduction lowers employer contributions by a coefficient of the pay of the year.",
        "A month is granted what is due to date less what was granted before.",
    )
    for code, group in groupby(rules.reductions, lambda reduction: reduction.code):
        lines += [f".. _reduction-{code}:", "", *title(f"``{code}``", "section")]
        for reduction in group:
            lines += _reduction(laws, reduction)
    return "\n".join(lines)


def _reduction(laws: Sequence[MonthLaw], reduction: Reduction) -> list[str]:
    lines = title(plain(reduction.english_name), "entry")
    lines += [inspect.getdoc(reduction.coefficient).partition("\n\nLaw:")[0], ""]  # type: ignore[union-attr]
    needs = dict.fromkeys((*reduction.needs, reduction.pension_share, reduction.headcount))
    lines += fields(
        (
            ("French", plain(reduction.french_name)),
            ("Law", _law_section(reduction.coefficient)),
            ("Texts", plain("; ".join(map(str, reduction.citations)))),
            ("Needs", ", ".join(link("parameter", name) for name in needs)),
            ("Assumptions", " ".join(map(plain, reduction.assumptions))),
        )
    )
    rows = []
    for period, value in periods(laws, lambda law: (_maxima(reduction, law), _monthly_wage(law))):
        maxima, wage = value  # type: ignore[misc]
        if maxima is not None:
            rows.append(([period], *([f"{each / 10_000:.4f}"] for each in maxima), [wage]))
    head = ("Months", "Largest below 50", "Largest from 50", "Minimum wage counted")
    return [*lines, *table(head, rows, (25, 20, 20, 35))]


def open_points_page(rules: cae_core.Ruleset) -> str:
    """Everything that nobody has checked yet, and everything that is assumed."""
    lines = _head(
        "Open points",
        "What the tables themselves say is not settled.",
        "A payslip that uses such a value says so in its notes.",
    )
    lines += title("Values whose text nobody has read yet", "section")
    rows = []
    for parameter in rules.legislation.parameters.values():
        for row in parameter.values:
            if row.needs_review:
                said = [f"Source: {plain(row.source)}.", *([f"Note: {plain(row.note)}."] * bool(row.note))]
                rows.append(
                    (
                        [link("parameter", parameter.name)],
                        [_day(row.in_force_from)],
                        value_lines(parameter, row),
                        [plain(row.citation.text), *said],
                    )
                )
    lines += table(("Parameter", "From", "Value", "What is known"), rows, (30, 12, 13, 45))
    lines += title("Assumptions of the lines", "section")
    assumed = [
        ([link("contribution", row.code)], list(map(plain, row.assumptions)))
        for row in rules.contributions
        if row.assumptions
    ]
    lines += table(("Line", "What is assumed"), assumed, (30, 70))
    lines += title("Assumptions of the reductions", "section")
    assumed = [
        ([f"{plain(reduction.english_name)}"], list(map(plain, reduction.assumptions)))
        for reduction in rules.reductions
    ]
    lines += table(("Reduction", "What is assumed"), assumed, (30, 70))
    return "\n".join(lines)


def _words(term: Term) -> str:
    """An English code with spaces, and its French name."""
    return plain(f"{term.code.replace('_', ' ')} ({term.french_name})")


def _effect(result: EndingResult, code: str) -> list[str]:
    """What becomes of one thing: the sentence, and what is to be checked."""
    (reason,) = (each for each in result.effects if each.code == code)
    lines = [plain(f"{'Yes' if reason.met else 'No'}: {reason.english}.")]
    if reason.citations:
        lines.append(f"*{plain('; '.join(map(str, reason.citations)))}*")
    if reason.needs_review:
        lines.append("**Needs review**")
    return lines


def endings_page(rules: cae_core.Ruleset) -> str:
    """Every way in which a contract ends, with what it does."""
    lines = _head(
        "Endings",
        f"{len(ENDINGS)} ways in which the contract of a salaried entrepreneur ends, and what each does.",
        "The effects are those of an associate of a SCOP whose statutes say nothing; "
        ":doc:`/explanation/exits` explains them.",
    )
    decided_on = dt.date(2026, 3, 2)
    facts = ExitFacts(starts_on=dt.date(2023, 1, 2), associate=True, agreed_notice=AgreedNotice(months=1))
    summary = []
    for rule in ENDINGS.values():
        ways = " or ".join(way.code.replace("_", " ") for way in rule.ways)
        summary.append(
            (
                [f":ref:`{rule.kind.english_name} <ending-{rule.kind.code}>`"],
                [_words(rule.decider)],
                [f"by {ways}" if ways else _words(rule.notice)],
                [f"by {ways}" if ways else _words(rule.indemnity)],
                [_words(rule.unemployment)],
            )
        )
    head = ("Ending", "Who decides", "Notice", "Indemnity", "Unemployment benefit")
    lines += table(head, summary, (28, 16, 20, 20, 16))
    for rule in ENDINGS.values():
        result = ending(rules.rights, rule.kind, facts, decided_on)
        lines += [f".. _ending-{rule.kind.code}:", "", *title(f"``{rule.kind.code}``", "section")]
        lines += fields(
            (
                ("English", plain(rule.kind.english_name)),
                ("French", plain(rule.kind.french_name)),
                ("Texts", plain("; ".join(map(str, rule.citations)))),
                ("Levy of the employer", f"``{rule.levy}``" if rule.levy else ""),
                (
                    "Remark",
                    "**needs review**: no text read settles everything that follows" * rule.needs_review,
                ),
            )
        )
        rows = [
            ([name], _effect(result, code))
            for name, code in (
                ("Associate status is kept", "associate_status"),
                ("The account is emptied", "account_emptied"),
                ("The clientele stays with the person", "clientele"),
                ("Unemployment benefit is open", "unemployment"),
                ("The health cover goes on", "cover"),
                ("Leave not taken is paid", "leave_indemnity"),
            )
        ]
        lines += table(("What", "Answer"), rows, (25, 75))
    return "\n".join(lines)


#: Stands in for the comparison with two other programs, which takes them to be made.
NO_PEERS = "The comparison was not run for this build; ``nox -s peers`` writes its table here."


def pages(rules: cae_core.Ruleset | None = None) -> dict[str, str]:
    """Return every generated page, by its name."""
    rules = rules or cae_core.load()
    return {
        "extras": extras_page(),
        "parameters": parameters_page(rules),
        "contributions": contributions_page(rules),
        "bases": bases_page(rules),
        "reductions": reductions_page(rules),
        "open_points": open_points_page(rules),
        "endings": endings_page(rules),
        "entitlements": entitlements_page(rules),
        "rights_parameters": rights_parameters_page(rules),
        "rights_open_points": rights_open_points_page(rules),
        "transitions": transitions_page(rules),
        "hooks": hooks_page(Hooks),
        "frame_columns": frame_columns_page(),
    }


def write(folder: Path) -> None:
    """Write the pages that changed, so that a second build has nothing to do."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{name}.rst": text for name, text in pages().items()}
    texts["cli_help.txt"] = cli_help()
    texts |= pictures(cae_core.load())
    if not (folder / "peers.rst").exists():
        texts["peers.rst"] = NO_PEERS
    for name, text in texts.items():
        file, content = folder / name, text.rstrip() + "\n"
        if not file.exists() or file.read_text("utf-8") != content:
            file.write_text(content, "utf-8")


def setup(app: object) -> dict[str, bool]:
    """Write the pages before Sphinx looks for the files."""
    source = Path(app.srcdir)  # type: ignore[attr-defined]
    app.connect("builder-inited", lambda _: write(source / "reference" / "generated"))  # type: ignore[attr-defined]
    return {"parallel_read_safe": True, "parallel_write_safe": True}
