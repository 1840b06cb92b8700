"""Pictures of pay: where the cost of a payslip goes, the result of an account, months of both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cae_core.account import ActivityStatement
from cae_core.explain.picture import COLOURS, Picture, Step, drawing, euros_axis, plain, waterfall
from cae_core.explain.plain_text import slip_title
from cae_core.explain.statement_rows import line_name, statement_title
from cae_core.explain.words import Words
from cae_core.explain.year_rows import MonthRow, month_row
from cae_core.money import divide_half_up
from cae_core.payroll import Payslip
from cae_core.payroll.run import MonthRun, MonthRuns

__all__ = ["month_picture", "months_picture", "payslip_picture", "statement_picture"]

_WIDTH = 9


def payslip_picture(slip: Payslip, words: Words) -> Picture:
    """Draw where the cost of a payslip goes: from what the employer pays to what is paid out."""
    return _steps(_slip_steps(slip, words), slip_title(slip, words.lang), words)


def month_picture(done: MonthRun, words: Words) -> Picture:
    """Draw a month of the chain, from turnover to net paid."""
    available, kept = done.available_cents, done.balance_cents
    steps = [
        *_statement_steps(done.statement, words, until="result_before_pay"),
        Step(words("Disponible sur le compte", "Available on the account"), available, "held", total=True),
        Step(words("Laissé sur le compte", "Left on the account"), -kept, "held"),
        *_slip_steps(done.payslip, words),
    ]
    title = words("Du chiffre d'affaires au net payé", "From turnover to net paid")
    return _steps(steps, f"{title}, {words.month(done.month)}", words)


def statement_picture(statement: ActivityStatement, words: Words) -> Picture:
    """Draw the profit and loss of a statement, from turnover to result."""
    return _steps(_statement_steps(statement, words), statement_title(statement, words.lang), words)


def _steps(steps: Sequence[Step], title: str, words: Words) -> Picture:
    with drawing(_WIDTH, 1 + (3 * len(steps) + 9) // 10) as figure:
        axes = figure.subplots()
        waterfall(axes, steps, words)
        plain(axes, words(f"{title} (euros)", f"{title} (euros)"))
    told = ", ".join(f"{step.label} {words.euros(step.cents)}" for step in steps)
    return Picture(figure, f"{title}{words.colon}{told}")


def _slip_steps(slip: Payslip, words: Words) -> list[Step]:
    employer = slip.employer_contributions_cents - slip.reductions_cents
    steps = [
        Step(words("Coût total", "Total cost"), slip.employer_cost_cents, "gross", total=True),
        Step(
            words("Cotisations employeur, allègements déduits", "Employer contributions, net"),
            -employer,
            "contributions",
        ),
        Step(words("Brut", "Gross pay"), slip.gross_pay_cents, "gross", total=True),
        Step(
            words("Cotisations salarié", "Employee contributions"),
            -slip.employee_contributions_cents,
            "contributions",
        ),
        Step(words("Net avant impôt", "Net before tax"), slip.net_before_tax_cents, "net", total=True),
    ]
    if slip.withholding_cents:
        steps += [
            Step(words("Impôt prélevé", "Income tax withheld"), -slip.withholding_cents, "tax"),
            Step(words("Net payé", "Net paid"), slip.net_paid_cents, "net", total=True),
        ]
    return steps


_LINE_COLOURS = {"turnover": "turnover", "internal_sales": "turnover", "fee": "fee", "pay": "contributions"}


def _statement_steps(statement: ActivityStatement, words: Words, until: str = "result") -> list[Step]:
    """The lines that something moved; subtotals but the gross margin, which few steps away says little."""
    steps = []
    for line in statement.profit_and_loss:
        kept = line.code in ("result_before_pay", "result") if line.adds else bool(line.amount_cents)
        if kept:
            colour = _LINE_COLOURS.get(line.code, "gross" if line.adds else "expenses")
            steps.append(Step(line_name(line, words), line.amount_cents, colour, total=bool(line.adds)))
        if line.code == until:
            break
    return steps


def months_picture(runs: MonthRuns, words: Words) -> Picture:
    """Draw months of the chain: turnover, cost, gross and net of each; under them what the account keeps."""
    rows = [month_row(done) for done in runs]
    title = words("Chiffre d'affaires, paie et compte d'activité", "Turnover, pay and activity account")
    with drawing(_WIDTH, 5) as figure:
        pay, account = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        _pay_panel(pay, rows, words)
        plain(pay, f"{title} (euros)", kept=("bottom",))
        balances = [_euros(each.account_balance) for each in rows]
        colours = [COLOURS["late"] if each < 0 else COLOURS["held"] for each in balances]
        account.bar(range(len(rows)), balances, color=colours)
        account.axhline(0, color=COLOURS["soft"], linewidth=1)
        plain(account, kept=("bottom",))
        account.set_ylabel(words("Solde du compte", "Account balance"), color=COLOURS["ink"])
        for axes in (pay, account):
            euros_axis(axes.yaxis, words.lang)
            axes.grid(axis="y", color=COLOURS["rule"], linewidth=1)
            axes.set_axisbelow(True)
        account.set_xticks(range(len(rows)), _month_labels(rows))
    paid = sum(each.net_paid for each in rows)
    return Picture(
        figure,
        f"{title}{words.colon}{len(rows)} {words('mois, net payé', 'months, net paid')} {words.euros(paid)}",
    )


def _pay_panel(axes: Any, rows: Sequence[MonthRow], words: Words) -> None:
    places = range(len(rows))
    turnover = [_euros(each.turnover + each.internal_sales) for each in rows]
    axes.bar(places, turnover, color=COLOURS["rule"], label=words("Chiffre d'affaires", "Turnover"))
    for name, label, colour in (
        ("employer_cost", words("Coût total de la paie", "Total cost of pay"), "contributions"),
        ("gross_pay", words("Brut", "Gross pay"), "gross"),
        ("net_paid", words("Net payé", "Net paid"), "net"),
    ):
        values = [_euros(getattr(each, name)) for each in rows]
        axes.plot(places, values, color=COLOURS[colour], marker="o", markersize=4, linewidth=2, label=label)
    axes.legend(loc="upper left", ncols=4, frameon=False, fontsize=8)
    # Room for the legend over the highest point.
    axes.set_ylim(0, max(*turnover, *(_euros(each.employer_cost) for each in rows), 1) * 5 // 4)


def _month_labels(rows: Sequence[MonthRow]) -> list[str]:
    """The number of each month; the year under the first one and under each January."""
    months = [each.month for each in rows if each.month is not None]
    return [
        f"{month.number:02d}\n{month.year}" if not rank or month.number == 1 else f"{month.number:02d}"
        for rank, month in enumerate(months)
    ]


def _euros(cents: int) -> int:
    found: int = divide_half_up(cents, 100)
    return found
