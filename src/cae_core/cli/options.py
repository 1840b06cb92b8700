"""The options that give the facts of a payslip, and their reading, strict and all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import click

from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.exchange.payslip_json import PayslipCase, read_case_object
from cae_core.explain import Words
from cae_core.money import format_euros, to_cents
from cae_core.payroll import HoursPolicy, Payslip
from cae_core.payroll.preimage import Budgeted
from cae_core.ruleset import Ruleset

__all__ = ["Request", "budget_lines", "compute", "fact_options", "given_options"]

#: Option, key of a case, placeholder and help (French, English).
_OPTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("--month", "month", "AAAA-MM", "Mois payé.", "Month paid."),
    ("--gross", "gross_pay", "EUR", "Rémunération brute du mois.", "Gross pay of the month."),
    (
        "--budget",
        "budget",
        "EUR",
        "Au lieu du brut : le coût total à ne pas dépasser.",
        "Instead of the gross: the total cost not to exceed.",
    ),
    (
        "--headcount",
        "headcount",
        "N",
        "Effectif moyen annuel de la coopérative.",
        "Yearly average headcount of the cooperative.",
    ),
    (
        "--workplace-accident-rate",
        "workplace_accident_rate",
        "%",
        "Taux AT/MP notifié par la Carsat.",
        "Accident rate notified by the Carsat.",
    ),
    (
        "--mobility-rate",
        "mobility_rate",
        "%",
        "Taux du versement mobilité du lieu de travail.",
        "Mobility rate of the place of work.",
    ),
    (
        "--health-cover-employee",
        "health_cover.employee",
        "EUR",
        "Complémentaire santé, part salarié.",
        "Health cover, employee share.",
    ),
    (
        "--health-cover-employer",
        "health_cover.employer",
        "EUR",
        "Complémentaire santé, part employeur.",
        "Health cover, employer share.",
    ),
    (
        "--provident-employee-rate",
        "provident_cover.employee_rate",
        "%",
        "Prévoyance sur la tranche 1, part salarié.",
        "Provident cover on bracket 1, employee share.",
    ),
    (
        "--provident-employer-rate",
        "provident_cover.employer_rate",
        "%",
        "Prévoyance sur la tranche 1, part employeur.",
        "Provident cover on bracket 1, employer share.",
    ),
    (
        "--apprentice-ratio",
        "apprentice_ratio",
        "%",
        "Part des alternants dans l'effectif (250 et plus).",
        "Share of apprentices in the headcount (250 and more).",
    ),
    (
        "--hours-policy",
        "hours_policy",
        "RÈGLE",
        f"Heures de référence : {', '.join(policy.value for policy in HoursPolicy)}.",
        f"Reference hours: {', '.join(policy.value for policy in HoursPolicy)}.",
    ),
    (
        "--contract-hours",
        "contract_hours",
        "H",
        "Heures d'un mois entier, pour contract_hours.",
        "Hours of a whole month, for contract_hours.",
    ),
    (
        "--employed-days",
        "employed_days",
        "N",
        "Jours calendaires d'emploi d'un mois incomplet.",
        "Calendar days employed in a month that is not whole.",
    ),
    (
        "--affected-pay",
        "affected_pay",
        "EUR",
        "Ce qu'une absence laisse de la rémunération qu'elle réduit.",
        "What an absence leaves of the pay it reduces.",
    ),
    (
        "--affected-pay-due",
        "affected_pay_due",
        "EUR",
        "Cette rémunération sans l'absence.",
        "That pay without the absence.",
    ),
    (
        "--withholding",
        "withholding",
        "%",
        "Taux personnalisé d'impôt ; sinon neutral.",
        "Personal rate of income tax; else neutral.",
    ),
)
_NAMES = {option[2:].replace("-", "_"): (option, key) for option, key, *_ in _OPTIONS}
_WHOLE_NUMBERS = frozenset({"headcount", "employed_days"})


@attrs.frozen(kw_only=True)
class Request:
    """A payslip asked on the command line, with how its gross pay was found from a budget."""

    slip: Payslip
    budgeted: Budgeted | None = None


def fact_options(words: Words) -> list[click.Parameter]:
    """Return the options of the facts of one payslip."""
    options: list[click.Parameter] = [
        click.Option([option], metavar=metavar if words.lang == "fr" else _ENGLISH.get(metavar, metavar),
                     help=words(french, english))
        for option, _, metavar, french, english in _OPTIONS
    ]  # fmt: skip
    options.insert(
        4,
        click.Option(
            ["--executive"], is_flag=True, help=words("La personne est cadre.", "The person is a cadre.")
        ),
    )
    options.append(
        click.Option(
            ["--assume-unchanged"],
            is_flag=True,
            help=words(
                "Après le dernier jour connu, reconduire le droit ; le bulletin le dit.",
                "After the last day known, carry the law forward; the payslip says so.",
            ),
        )
    )
    return options


_ENGLISH = {"AAAA-MM": "YYYY-MM", "RÈGLE": "POLICY"}


def given_options(values: Mapping[str, Any]) -> list[str]:
    """Return the options of facts that were given."""
    given = [option for name, (option, _) in _NAMES.items() if values.get(name) is not None]
    return [*given, *(["--executive"] if values.get("executive") else [])]


def compute(rules: Ruleset, values: Mapping[str, Any], words: Words) -> Request:
    """Return the payslip that the options ask for.

    Raises:
        InputErrors: every option that is missing or not understood.
        LawNotKnownError: the month is outside the days known.
    """
    case, budget = _read(values, words)
    assume = bool(values.get("assume_unchanged"))
    if budget is None:
        return Request(slip=rules.payslip(case.month, case.facts, assume_unchanged=assume))
    # The facts are checked with the payslip, before the search: its answer must be one the law allows.
    rules.payslip(case.month, case.facts, assume_unchanged=assume)
    found = rules.gross_for_budget(case.month, budget, case.facts, assume_unchanged=assume)
    facts = case.facts.with_gross(found.gross_pay_cents)
    return Request(slip=rules.payslip(case.month, facts, assume_unchanged=assume), budgeted=found)


def _read(values: Mapping[str, Any], words: Words) -> tuple[PayslipCase, int | None]:
    """Read the options as one case; problems name the options."""
    content: dict[str, Any] = {"id": "cae", "executive": bool(values.get("executive"))}
    for name, (_, key) in _NAMES.items():
        value = values.get(name)
        if value is None or key == "budget":
            continue
        if key in _WHOLE_NUMBERS and value.isdecimal():
            value = int(value)
        outer, _, inner = key.rpartition(".")
        (content.setdefault(outer, {}) if outer else content)[inner] = value
    problems: list[InputError] = []
    budget = None
    if values.get("budget") is not None:
        if "gross_pay" in content:
            problems.append(
                InputError(
                    "--budget",
                    words("avec --gross, c'est l'un ou l'autre", "with --gross it is one or the other"),
                )
            )
        content["gross_pay"] = "0"
        try:
            budget = to_cents(values["budget"], "--budget")
        except AmountError as error:
            problems.append(InputError("--budget", str(error).removeprefix("--budget ")))
    elif "gross_pay" not in content:
        problems.append(InputError("--gross", words("manque, ou --budget", "is missing, or --budget")))
        content["gross_pay"] = "0"
    try:
        case = read_case_object(content, "case")
    except InputErrors as errors:
        found = [each for each in errors.exceptions if isinstance(each, InputError)]
        problems += [InputError(_option(each.where), each.message) for each in found]
    if problems:
        raise InputErrors(
            words("le bulletin ne peut pas être calculé", "the payslip cannot be computed"), problems
        )
    return case, budget


def _option(where: str) -> str:
    """Return the option behind a key of the case."""
    key = where.removeprefix("case: ").replace(": ", ".")
    return next((option for option, known, *_ in _OPTIONS if known == key), key)


def budget_lines(rules: Ruleset, asked: Request, values: Mapping[str, Any], words: Words) -> list[str]:
    """Return what a budget gives, what it leaves and why."""
    found = asked.budgeted
    assert found is not None  # asked by budget
    lang = words.lang

    def euros(cents: int) -> str:
        return format_euros(cents, lang)

    if not found.fits:
        return [
            words(
                f"Budget {euros(found.budget_cents)} : rien n'y tient. Même sans rémunération, le coût est "
                f"de {euros(found.employer_cost_cents)} ; il manque {euros(-found.left_over_cents)}.",
                f"Budget {euros(found.budget_cents)}: nothing fits. Even without pay the cost is "
                f"{euros(found.employer_cost_cents)}; {euros(-found.left_over_cents)} are missing.",
            )
        ]
    lines = [
        words(
            f"Budget {euros(found.budget_cents)} → brut {euros(found.gross_pay_cents)}, coût "
            f"{euros(found.employer_cost_cents)}, reste {euros(found.left_over_cents)}.",
            f"Budget {euros(found.budget_cents)} → gross {euros(found.gross_pay_cents)}, cost "
            f"{euros(found.employer_cost_cents)}, left {euros(found.left_over_cents)}.",
        ),
        words(
            f"Un centime de brut de plus coûterait {euros(found.next_cost_cents)}, "
            f"soit {euros(found.next_cost_cents - found.budget_cents)} de trop.",
            f"One cent of gross more would cost {euros(found.next_cost_cents)}, "
            f"{euros(found.next_cost_cents - found.budget_cents)} too much.",
        ),
    ]
    lines += _jumps(rules, asked.slip, bool(values.get("assume_unchanged")), words)
    return lines


#: A line that moves by more cents than rounding explains makes the cost jump.
_ROUNDING = 2


def _jumps(rules: Ruleset, slip: Payslip, assume_unchanged: bool, words: Words) -> list[str]:
    """Name what makes the cost jump at the next cent of gross pay, if anything."""
    facts = slip.facts.with_gross(slip.gross_pay_cents + 1)
    after = rules.payslip(slip.month, facts, assume_unchanged=assume_unchanged)
    moved = []
    for line in after.lines:
        before = slip.line(line.code).employer_cents
        if abs(line.employer_cents - before) > _ROUNDING:
            moved.append((line.contribution.name(words.lang), before, line.employer_cents))
    for was, now in zip(slip.reductions, after.reductions, strict=True):
        if abs(now.amount_cents - was.amount_cents) > _ROUNDING:
            moved.append((was.reduction.name(words.lang), was.amount_cents, now.amount_cents))
    return [
        words(
            f"Le coût fait un saut ici : {name}, {words.euros(before)} → {words.euros(now)}.",
            f"The cost jumps here: {name}, {words.euros(before)} → {words.euros(now)}.",
        )
        for name, before, now in moved
    ]
