"""``cae exit``: how a contract ends, what is owed, and the wages that empty the account before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from cae_core.assembly import load
from cae_core.calendar import Month, to_day
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table
from cae_core.errors import AmountError, InputError, InputErrors
from cae_core.exchange.case_file import Case, read_case
from cae_core.explain import Words
from cae_core.explain.exit_rows import (
    PLAN_COLUMNS,
    ending_title,
    exit_dict,
    indemnity_rows,
    plan_rows,
    plan_titles,
    plan_totals,
    reason_rows,
    timetable_rows,
)
from cae_core.france.exits import (
    AgreedNotice,
    ClosingPlan,
    CooperativeForm,
    EndingKind,
    EndingResult,
    ExitFacts,
    PayMonth,
    closing_plan,
    ending,
    pay_months,
)
from cae_core.money import to_cents
from cae_core.payroll.run import MonthRun, RunState, run_months
from cae_core.ruleset import Ruleset

__all__ = ["command"]

#: Option, letters that stand for its value in French and in English, help in French and in English.
_OPTIONS = (
    ("--kind", "FIN", "ENDING", "Manière de finir.", "How the contract ends."),
    ("--on", "JOUR", "DAY", "Signature, notification ou événement.", "Signature, telling or event."),
    ("--end", "JOUR", "DAY", "Dernier jour souhaité ; sinon le premier.", "Last day wished; else the first."),
    (
        "--way",
        "FIN",
        "ENDING",
        "D'un transfert : resignation ou mutual.",
        "Of a transfer: resignation, mutual.",
    ),
    ("--presented", "JOUR", "DAY", "Première présentation de la lettre.", "The letter is first presented."),
    ("--sent", "JOUR", "DAY", "Envoi de la demande d'homologation.", "The request for approval is sent."),
    ("--received", "JOUR", "DAY", "Réception de cette demande.", "The request is received."),
    ("--trial-ends", "JOUR", "DAY", "Dernier jour de l'essai.", "Last day of the trial."),
    ("--born", "JOUR", "DAY", "Naissance, pour une mise à la retraite.", "Birth, for a retirement."),
    ("--form", "FORME", "FORM", "scop (par défaut), scic ou other.", "scop (the default), scic or other."),
    ("--statutes", "EFFET", "EFFECT", "Statuts, qualité d'associé : keep, lose.", "Statutes: keep or lose."),
    ("--notice-months", "N", "N", "Préavis de l'accord ou de l'usage, en mois.", "Notice agreed, in months."),
    ("--notice-days", "N", "N", "Le même, en jours.", "The same, in days."),
    ("--indemnity", "EUROS", "EUROS", "Indemnité convenue.", "Indemnity agreed."),
    ("--leave-indemnity", "EUROS", "EUROS", "Congés non pris, en brut.", "Leave not taken, gross."),
)


def command(words: Words) -> click.Command:
    """Return the command."""
    kinds = ", ".join(kind.code for kind in EndingKind)
    options: list[click.Parameter] = [
        click.Option([option], metavar=words(french, english), help=words(help_fr, help_en))
        for option, french, english, help_fr, help_en in _OPTIONS
    ]
    return LocalisedCommand(
        words,
        name="exit",
        help=words(
            "Montrer comment un contrat finit : calendrier, indemnité, suites, et les salaires qui vident "
            "le compte avant la sortie.\n\nFICHIER est un dossier TOML, comme pour « cae year ». "
            f"FIN : {kinds}.",
            "Show how a contract ends: timetable, indemnity, what follows, and the wages that empty the "
            f"account before the exit.\n\nFILE is a TOML case, as for “cae year”. ENDING: {kinds}.",
        ),
        short_help=words("Montrer comment un contrat finit.", "Show how a contract ends."),
        params=[
            click.Argument(["file"], metavar=words("FICHIER", "FILE")),
            *options,
            click.Option(
                ["--past-pay"],
                multiple=True,
                metavar=words("AAAA-MM=BRUT", "YYYY-MM=GROSS"),
                help=words(
                    "Salaire d'un mois d'avant le dossier ; répétable.",
                    "Pay of a month before the case; repeatable.",
                ),
            ),
            click.Option(
                ["--associate"], is_flag=True, help=words("La personne est associée.", "An associate.")
            ),
            click.Option(
                ["--disabled"], is_flag=True, help=words("Travailleur handicapé.", "A disabled worker.")
            ),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words("Écrire en JSON.", "Write as JSON.")
            ),
            click.Option(
                ["--assume-unchanged"],
                is_flag=True,
                help=words(
                    "Après le dernier jour connu, reconduire le droit.",
                    "After the last day known, carry the law forward.",
                ),
            ),
        ],
        callback=lambda **values: _run(words, values),
    )


def _run(words: Words, values: dict[str, Any]) -> int:
    case = read_case(values["file"])
    asked = _Options(values, words)
    assume = values["assume_unchanged"]
    rules = load()
    first = max(Month.parse(asked.on), case.first_month)
    before = _months_before(rules, case, first, assume_unchanged=assume)
    facts = asked.facts(case, before)
    result = ending(
        rules.rights,
        asked.kind,
        facts,
        asked.on,
        **asked.days,
        way=values["way"],
        assume_unchanged=assume,
    )
    plan = None
    if result.ends_on is not None:
        plan = closing_plan(
            rules,
            case.engagement,
            first,
            result.ends_on,
            before[-1].state if before else case.start,
            charges=result.charges(leave_indemnity_cents=asked.leave_cents),
            assume_unchanged=assume,
        )
    if values["as_json"]:
        click.echo(json.dumps(exit_dict(result, plan, words.lang), ensure_ascii=False, indent=2))
    else:
        _print(case, result, plan, words)
    return 0


def _months_before(rules: Ruleset, case: Case, first: Month, *, assume_unchanged: bool) -> list[MonthRun]:
    """Run the months of the case before the decision, under its own pay policy."""
    if first <= case.first_month:
        return []
    state: RunState = case.start
    return list(
        run_months(
            rules, case.engagement, case.first_month, first + -1, state, assume_unchanged=assume_unchanged
        )
    )


class _Options:
    """The options, read; every problem is raised together."""

    def __init__(self, values: dict[str, Any], words: Words) -> None:
        self.values, self.problems = values, list[InputError]()
        missing = words("manque", "is missing")
        for option in ("kind", "on"):
            if values[option] is None:
                self.problems.append(InputError(f"--{option}", missing))
        self.kind = self._read("kind", lambda value: EndingKind.parse(value, "--kind"))
        self.on = self._read("on", lambda value: to_day(value, "--on"))
        self.form = self._read("form", lambda value: CooperativeForm.parse(value, "--form"))
        days = {"ends_on": "end", "presented_on": "presented", "sent_on": "sent", "received_on": "received"}
        self.days = {name: self._day(option) for name, option in days.items()}
        self.trial_ends_on, self.born_on = self._day("trial_ends"), self._day("born")
        self.indemnity_cents, self.leave_cents = self._cents("indemnity"), self._cents("leave_indemnity")
        self.notice = self._notice()
        self.past: list[PayMonth] = []
        for text in values["past_pay"]:
            self._past(text)
        self.keeps = self._read("statutes", self._statutes)
        if self.problems:
            raise InputErrors(
                words("la sortie ne peut pas être calculée", "the exit cannot be computed"), self.problems
            )

    def _read(self, name: str, convert: Any) -> Any:
        value = self.values[name]
        if value is None:
            return None
        try:
            return convert(value)
        except InputError as problem:
            self.problems.append(problem)
        except AmountError as problem:
            where = _option(name)
            self.problems.append(InputError(where, str(problem).removeprefix(f"{where} ")))
        return None

    def _day(self, name: str) -> Any:
        return self._read(name, lambda value: to_day(value, _option(name)))

    def _cents(self, name: str) -> int:
        def convert(value: str) -> int:
            cents = to_cents(value, _option(name))
            if cents < 0:
                raise InputError(_option(name), f"expected zero or more, got {value!r}")
            return cents

        return self._read(name, convert) or 0

    def _notice(self) -> AgreedNotice | None:
        def convert(value: str, name: str) -> int:
            if not value.isdecimal():
                raise InputError(_option(name), f"expected a whole number, zero or more, got {value!r}")
            return int(value)

        months, days = (
            self._read(name, lambda value, name=name: convert(value, name))
            for name in ("notice_months", "notice_days")
        )
        return None if months is None and days is None else AgreedNotice(months=months or 0, days=days or 0)

    def _past(self, text: str) -> None:
        month, _, gross = text.partition("=")
        try:
            self.past.append(PayMonth(month=month, gross_cents=to_cents(gross, "--past-pay")))
        except InputError as problem:
            self.problems.append(InputError("--past-pay", problem.message))
        except AmountError as problem:
            self.problems.append(InputError("--past-pay", str(problem).removeprefix("--past-pay ")))

    @staticmethod
    def _statutes(value: str) -> bool:
        if value not in ("keep", "lose"):
            raise InputError("--statutes", f"expected one of keep, lose, got {value!r}")
        return value == "keep"

    def facts(self, case: Case, before: Sequence[MonthRun]) -> ExitFacts:
        """Return the facts of the person."""
        engagement = case.engagement
        return ExitFacts(
            starts_on=engagement.contract.period.starts_on,
            pay=[*self.past, *pay_months(before, engagement.policy)],
            trial_ends_on=self.trial_ends_on,
            born_on=self.born_on,
            form=self.form or CooperativeForm.SCOP,
            associate=self.values["associate"],
            statutes_keep_status=self.keeps,
            disabled=self.values["disabled"],
            agreed_notice=self.notice,
            agreed_indemnity_cents=self.indemnity_cents,
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _print(case: Case, result: EndingResult, plan: ClosingPlan | None, words: Words) -> None:
    screen, lang = console(), words.lang
    screen.print(f"{case.entrepreneur.name} – {ending_title(result.rule, lang)}", style="bold")
    screen.print()
    titles = (words("Jour", "Day"), words("Étape", "Step"), words("Texte", "Text"))
    table = new_table(
        [(titles[0], "word"), (titles[1], "text"), (titles[2], "text")],
        title=words("Calendrier", "Timetable"),
    )
    for row in timetable_rows(result, lang):
        table.add_row(*row)
    print_table(table, screen)
    screen.print()
    table = new_table([("", "word"), ("", "figure")], title=words("Indemnité", "Indemnity"))
    for label, figure in indemnity_rows(result, lang):
        table.add_row(label, figure)
    table.show_header = False
    print_table(table, screen)
    screen.print()
    if plan is not None:
        _print_plan(plan, words)
    screen.print(words("Suites", "What follows"), style="bold")
    for mark, sentence in reason_rows(result.effects, lang):
        print_note(screen, mark, sentence, "")
    screen.print()
    others = [reason for reason in result.reasons if reason not in result.effects]
    for mark, sentence in reason_rows([*others, *(plan.findings if plan else ())], lang):
        print_note(screen, mark, sentence)
    print_note(
        screen,
        "[?]",
        words("aucun texte ne le règle, ou il n'a pas été relu.", "no text settles it, or it was not read."),
    )


def _print_plan(plan: ClosingPlan, words: Words) -> None:
    screen, titles = console(), plan_titles(words.lang)
    columns = [(titles["month"], "word"), *((titles[name], "figure") for name in PLAN_COLUMNS)]
    table = new_table(columns, title=words("Plan de sortie", "Closing plan"))
    for row in plan_rows(plan):
        cells = (getattr(row, name) for name in PLAN_COLUMNS)
        table.add_row(row.month, *("–" if cents is None else words.amount(cents) for cents in cells))
    print_table(table, screen)
    screen.print()
    table = new_table([("", "word"), ("", "figure")])
    for label, cents in plan_totals(plan, words.lang):
        table.add_row(label, words.amount(cents))
    table.show_header = False
    print_table(table, screen)
    screen.print()
