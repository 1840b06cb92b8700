"""``cae advise``: how much every month, how safely, and what each guarantee costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cae_core.calendar import Month
from cae_core.cli.localised import LocalisedCommand
from cae_core.cli.screen import console, new_table, print_note, print_table, progress
from cae_core.cli.watched_rights import watched_rights
from cae_core.explain import Words
from cae_core.money import Rate, format_decimal, to_cents

if TYPE_CHECKING:
    from rich.console import Console

    from cae_core.exchange.case_scenario import CaseScenario
    from cae_core.ruleset import Ruleset
    from cae_core.simulation import Advice, ExtraPay, Guarantee, Scenario, Watched

__all__ = ["command"]

#: What is added to the pay of the last month of the case: a euro, and enough for its slope.
_EXTRA_CENTS = (100, 10_000)
#: The steps of the bar.
_BAR = 100
#: The figures of rights that are shown.
_FIGURES = frozenset({"quarters", "points", "daily_benefit", "reference_daily_wage", "daily_allowance"})
#: A right that looks at three months of pay is asked about once there are three.
_MONTHS_BEFORE = 3


def command(words: Words) -> click.Command:
    """Return the command."""
    return LocalisedCommand(
        words,
        name="advise",
        help=words(
            "Dire combien se verser chaque mois, avec quelle sûreté, et ce que coûte chaque garantie.\n\n"
            "FICHIER est un dossier TOML : son année est calculée, et les mois qui suivent sont tirés au "
            "sort autour d'elle. Puis : ce qu'un euro de plus coûte et rapporte le dernier mois du "
            "dossier.\n\n"
            "\b\n"
            "  cae advise dossier.toml --assume-unchanged\n"
            "  cae advise dossier.toml --turnover 40000 --net 1200 --chance 90 --assume-unchanged",
            "Say how much to pay every month, how safely, and what each guarantee costs.\n\n"
            "FILE is a TOML case: its year is run, and the months after it are drawn around it. Then: what a "
            "euro more costs and brings in the last month of the case.\n\n"
            "\b\n"
            "  cae advise case.toml --assume-unchanged\n"
            "  cae advise case.toml --turnover 40000 --net 1200 --chance 90 --assume-unchanged",
        ),
        short_help=words("Conseiller une rémunération régulière.", "Advise a regular pay."),
        params=[
            click.Argument(["file"], metavar=words("FICHIER", "FILE")),
            click.Option(
                ["--until"], metavar=words("AAAA-MM", "YYYY-MM"),
                help=words(
                    "Dernier mois ; sinon le premier décembre à six mois au moins.",
                    "Last month; else the first December at least half a year away.",
                ),
            ),
            click.Option(
                ["--turnover"], metavar="EUR",
                help=words(
                    "Chiffre d'affaires attendu par an ; sinon celui du dossier.",
                    "Turnover expected of a year; else that of the case.",
                ),
            ),
            click.Option(
                ["--uncertainty"], metavar="%", default="20",
                help=words(
                    "Incertitude sur ce niveau, en écart-type ; 20 sinon.",
                    "How uncertain that level is, as a standard deviation; else 20.",
                ),
            ),
            click.Option(
                ["--paid-after"], metavar="N", type=click.IntRange(0, 24), default=1,
                help=words("Délai des clients, en mois ; 1 sinon.", "Months until customers pay; else 1."),
            ),
            click.Option(
                ["--chance"], metavar="%", default="95",
                help=words(
                    "Sûreté demandée, en part des trajectoires ; 95 sinon.",
                    "How safe, as a share of the paths; else 95.",
                ),
            ),
            click.Option(
                ["--net"], metavar="EUR",
                help=words("Net avant impôt voulu chaque mois.", "Net before tax wanted every month."),
            ),
            click.Option(
                ["--floor"], metavar="EUR", default="0",
                help=words(
                    "Solde que le compte ne doit pas franchir ; 0 sinon.",
                    "Balance that the account must not fall under; else 0.",
                ),
            ),
            click.Option(
                ["--aim"], type=click.Choice(["monthly", "mean", "median"]), default="monthly",
                help=words(
                    "Viser le plus chaque mois, ou au total (moyenne, médiane).",
                    "Aim at most every month, or in total (mean, median).",
                ),
            ),
            click.Option(
                ["--paths"], metavar="N", type=click.IntRange(1, 100_000), default=1000,
                help=words("Nombre de trajectoires ; 1000 sinon.", "How many paths; else 1000."),
            ),
            click.Option(
                ["--seed"], metavar="N", type=click.IntRange(0, 2**32 - 1), default=1,
                help=words("Graine du tirage ; 1 sinon.", "Seed of the draws; else 1."),
            ),
            click.Option(["--json"], is_flag=True, help=words("Écrire en JSON.", "Write as JSON.")),
            click.Option(
                ["--assume-unchanged"], is_flag=True,
                help=words(
                    "Après le dernier jour connu, reconduire le droit.",
                    "After the last day known, carry the law forward.",
                ),
            ),
        ],
        callback=lambda **values: _run(words, values),
    )  # fmt: skip


def _run(words: Words, values: dict[str, Any]) -> int:
    from cae_core.assembly import load
    from cae_core.exchange.case_file import read_case
    from cae_core.exchange.case_scenario import Outlook, scenario_after
    from cae_core.simulation import Aim, advise, extra_pay

    rules = load()
    spread = Rate.percent(values["uncertainty"], "--uncertainty").ppm
    outlook = Outlook(
        last=None if values["until"] is None else Month.parse(values["until"], "--until"),
        yearly_turnover_cents=_euros(values, "turnover"),
        level_spread_hundredths=spread // 10_000,
        paid_after=values["paid_after"],
    )
    case = scenario_after(
        rules, read_case(values["file"]), outlook, assume_unchanged=values["assume_unchanged"]
    )
    guarantees = _guarantees(rules, case.scenario, values)
    with progress(words("Plans", "Plans"), _BAR) as step:

        def advance(done: int, count: int) -> None:
            for _ in range(done * _BAR // count - (done - 1) * _BAR // count):
                step()

        advice = advise(
            rules, case.scenario, guarantees,
            seed=values["seed"], paths=values["paths"], aim=Aim.parse(values["aim"], "--aim"), step=advance,
        )  # fmt: skip
    last, before = case.runs[-1], case.runs[-2:-1]
    year = before[0].state.year_to_date if before else None
    history = case.scenario.start.history.until(last.month + -1)
    extras = [
        extra_pay(
            rules, last.payslip,
            before=year if year is not None and year.year == last.month.year else None,
            history=history, amount_cents=cents, rights=_rights_of_pay(rules),
            assume_unchanged=values["assume_unchanged"],
        )
        for cents in _EXTRA_CENTS
    ]  # fmt: skip
    if values["json"]:
        import json

        from cae_core.explain.advice_rows import advice_dict, extra_dict

        content = {"advice": advice_dict(advice, words.lang), "extra_pay": [*map(extra_dict, extras)]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        _print(case, advice, guarantees[0], extras, words)
    return 0


def _euros(values: dict[str, Any], name: str) -> int | None:
    return None if values[name] is None else to_cents(values[name], f"--{name}")


def _rights_of_pay(rules: Ruleset) -> tuple[Watched, ...]:
    """Return the rights that the pay of a month may move, each on its day."""
    from cae_core.simulation import WatchDay, Watched

    points = Watched(rules.entitlements["supplementary_pension_points"], WatchDay.YEAR_END)
    quarters, *others = watched_rights(rules)
    return (quarters, points, *others)


def _guarantees(rules: Ruleset, scenario: Scenario, values: dict[str, Any]) -> list[Guarantee]:
    """Return what the plan must keep: the account, the fixed part, the quarters of whole years, the cover."""
    from cae_core.simulation import AccountHolds, FixedPartPaid, NetReached, RightHeld

    chance = Rate.percent(values["chance"], "--chance")
    quarters, sickness, *_ = watched_rights(rules)
    floor = to_cents(values["floor"], "--floor")
    found: list[Guarantee] = [AccountHolds(floor_cents=floor, chance=chance), FixedPartPaid()]
    if scenario.last.number == 12:
        found.append(RightHeld(watch=quarters, figure="quarters", least=4, unit="quarters", chance=chance))
    paid = scenario.start.history.months
    since = (paid[0].month if paid else scenario.first) + _MONTHS_BEFORE
    found.append(RightHeld(watch=sickness, figure="granted", since=since, chance=chance))
    net = _euros(values, "net")
    if net is not None:
        found.append(NetReached(net_cents=net))
    return found


def _print(
    case: CaseScenario, advice: Advice, account: Guarantee, extras: list[ExtraPay], words: Words
) -> None:
    from cae_core.explain.advice_rows import (
        advice_lines,
        guarantee_rows,
        ladder_rows,
    )

    screen, scenario, lang = console(), case.scenario, words.lang
    screen.print(f"{scenario.name} – {scenario.engagement.cooperative.name}", style="bold")
    months = f"{words.month(scenario.first)} … {words.month(scenario.last)}"
    screen.print(
        words(
            f"{months}, {advice.paths} trajectoires, graine {advice.seed} ; viser : {advice.aim.french_name}",
            f"{months}, {advice.paths} paths, seed {advice.seed}; aim: {advice.aim.english_name}",
        )
    )
    screen.print()
    for rank, line in enumerate(advice_lines(advice, lang)):
        print_note(screen, "→" if rank == 0 else "–", line, "bold" if rank == 0 else "")
    screen.print()
    table = new_table(
        [
            ("", "text"),
            (words("Voulu", "Wanted"), "figure"),
            (words("Trajectoires", "Paths"), "figure"),
            (words("Autres tirages", "Other paths"), "figure"),
            (words("Prix", "Price"), "figure"),
        ],
        title=words("Garanties", "Guarantees"),
    )
    for *cells, met in guarantee_rows(advice, lang):
        table.add_row(*cells, style=None if met else "red")
    print_table(table, screen)
    screen.print()
    table = new_table(
        [
            (words("Brut par mois", "Gross a month"), "figure"),
            (words("Net avant impôt", "Net before tax"), "figure"),
            (words("Réserve", "Reserve"), "figure"),
            (account.name(lang), "figure"),
        ],
        title=words("Combien, avec quelle sûreté", "How much, how safely"),
    )
    for *row, chosen in ladder_rows(advice, account, lang):
        table.add_row(*row, style="bold" if chosen else None)
    print_table(table, screen)
    screen.print()
    _print_extra(screen, extras, words)
    for note in _notes(case, advice, words):
        print_note(screen, "–", note)


def _print_extra(screen: Console, extras: list[ExtraPay], words: Words) -> None:
    from cae_core.explain.advice_rows import extra_rows, step_lines

    month = words.month(extras[0].before.month)
    table = new_table(
        [("", "text"), *((f"+{words.euros(cents)}", "figure") for cents in _EXTRA_CENTS)],
        title=words(f"De plus en brut en {month}", f"More gross pay in {month}"),
    )
    for row in extra_rows(extras, words.lang, figures=_FIGURES):
        table.add_row(*row)
    print_table(table, screen)
    screen.print()
    for line in step_lines(extras[0], words.lang):
        print_note(screen, "–", line)


def _notes(case: CaseScenario, advice: Advice, words: Words) -> list[str]:
    """Return what must be known to read the advice."""
    prices = {
        "monthly": words("de net par mois", "of net a month"),
        "mean": words("de net sur toute la période, en moyenne", "of net over all the months, on average"),
        "median": words(
            "de net sur toute la période, sur la trajectoire médiane",
            "of net over all the months, on the median path",
        ),
    }
    unit, invoices = prices[advice.aim.code], case.scenario.invoices
    assert invoices is not None  # drawn from the case
    number = format_decimal(invoices.a_month_hundredths, 2, words.lang)
    notes = [
        words(
            f"Tirage : {number} factures par mois en moyenne, comme dans le dossier, de tailles inégales.",
            f"Draws: {number} invoices a month on average, as in the case, of unequal sizes.",
        ),
        words(
            f"Prix d'une garantie : ce que le meilleur plan donnerait de plus sans elle, {unit}.",
            f"Price of a guarantee: what the best plan would give more without it, {unit}.",
        ),
        words(
            f"{len(advice.outcomes)} plans comparés sur les mêmes trajectoires ; « autres tirages » : "
            "des trajectoires qui n'ont pas servi à choisir.",
            f"{len(advice.outcomes)} plans compared on the same paths; “other paths” had no part in the "
            "choice.",
        ),
    ]
    if case.receivables_cents:
        owed = words.euros(case.receivables_cents)
        notes.append(
            words(
                f"{'Compté' if case.receivables_counted else 'Non compté'} au départ : {owed} que des "
                "clients doivent encore.",
                f"{'Counted' if case.receivables_counted else 'Not counted'} at the start: {owed} that "
                "customers still owe.",
            )
        )
    if case.scenario.assume_unchanged:
        notes.append(
            words(
                "Hypothèse : après le dernier jour connu, le droit est reconduit sans changement.",
                "Assumption: beyond the last day known, the law is carried forward unchanged.",
            )
        )
    return notes
