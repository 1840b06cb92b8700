"""A year of the chain, month by month: from turnover to net paid and to what the account keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from cae_core.calendar import Month
from cae_core.explain.reads import values_to_review
from cae_core.explain.words import Words
from cae_core.payroll.run import MonthRun

__all__ = [
    "ACCOUNT_COLUMNS",
    "PAY_COLUMNS",
    "MonthRow",
    "kept_columns",
    "month_row",
    "total_row",
    "year_findings",
    "year_notes",
    "year_titles",
]

#: The columns of the activity account, then those of pay; names as in the results of a payslip.
ACCOUNT_COLUMNS = (
    "turnover",
    "internal_sales",
    "direct_expenses",
    "cooperative_fee",
    "result_before_pay",
    "budget",
    "employer_cost",
    "account_balance",
)
PAY_COLUMNS = (
    "gross_pay",
    "employee_contributions",
    "employer_contributions_net",
    "employer_cost",
    "net_before_tax",
    "withholding",
    "net_paid",
)


@attrs.frozen(kw_only=True)
class MonthRow:
    """The figures of one month, in cents, or of several added up.

    Attributes:
        month: the month; ``None`` for a total.
        internal_sales: sales to other activities of the cooperative, beside ``turnover``.
        budget: what the policy spends; ``None`` pays the fixed part alone.
        employer_contributions_net: employer contributions less reductions.
        account_balance: what the account can still spend after the pay of the month.
    """

    month: Month | None
    turnover: int
    internal_sales: int
    direct_expenses: int
    cooperative_fee: int
    result_before_pay: int
    budget: int | None
    gross_pay: int
    employee_contributions: int
    employer_contributions_net: int
    employer_cost: int
    net_before_tax: int
    withholding: int
    net_paid: int
    account_balance: int


def month_row(done: MonthRun) -> MonthRow:
    """Return the figures of a month of the chain."""
    statement, slip = done.statement, done.payslip
    return MonthRow(
        month=done.month,
        turnover=statement.turnover_cents,
        internal_sales=statement.internal_sales_cents,
        direct_expenses=statement.direct_expenses_cents,
        cooperative_fee=statement.fee_cents,
        result_before_pay=statement.result_before_pay_cents,
        budget=done.budget_cents,
        gross_pay=slip.gross_pay_cents,
        employee_contributions=slip.employee_contributions_cents,
        employer_contributions_net=slip.employer_contributions_cents - slip.reductions_cents,
        employer_cost=slip.employer_cost_cents,
        net_before_tax=slip.net_before_tax_cents,
        withholding=slip.withholding_cents,
        net_paid=slip.net_paid_cents,
        account_balance=done.balance_cents,
    )


def total_row(rows: Sequence[MonthRow]) -> MonthRow:
    """Return the sum of some months; the balance is that of the last one, and a budget is not added up."""
    added = {
        name: sum(getattr(row, name) for row in rows)
        for name in (*ACCOUNT_COLUMNS, *PAY_COLUMNS)
        if name not in ("budget", "account_balance")
    }
    return MonthRow(month=None, budget=None, account_balance=rows[-1].account_balance if rows else 0, **added)


def kept_columns(names: Sequence[str], rows: Sequence[MonthRow]) -> tuple[str, ...]:
    """Leave out a column that is empty all along and that most people do not have."""
    return tuple(
        name for name in names if name != "internal_sales" or any(row.internal_sales for row in rows)
    )


def year_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns."""
    words = Words(lang)
    return {
        "month": words("Mois", "Month"),
        "turnover": words("Chiffre d'aff.", "Turnover"),
        "internal_sales": words("Ventes internes", "Internal sales"),
        "direct_expenses": words("Charges directes", "Direct expenses"),
        "cooperative_fee": words("Contrib. coop.", "Coop. fee"),
        "result_before_pay": words("Résultat avant paie", "Result before pay"),
        "budget": words("Budget de paie", "Pay budget"),
        "gross_pay": words("Brut", "Gross pay"),
        "employee_contributions": words("Cotis. salarié", "Employee contrib."),
        "employer_contributions_net": words("Cotis. employeur", "Employer contrib."),
        "employer_cost": words("Coût total", "Total cost"),
        "net_before_tax": words("Net avant impôt", "Net before tax"),
        "withholding": words("Impôt", "Tax"),
        "net_paid": words("Net payé", "Net paid"),
        "account_balance": words("Solde du compte", "Account balance"),
    }


def year_findings(runs: Iterable[MonthRun], lang: str = "fr") -> tuple[str, ...]:
    """Return what a person should know about the months, each with its month and its text."""
    words = Words(lang)
    return tuple(
        words.title(words.month(finding.month))
        + f"{words.colon}{finding.text(lang)} ({finding.citation.text})"
        for done in runs
        for finding in done.findings
    )


def year_notes(runs: Iterable[MonthRun], lang: str = "fr") -> tuple[str, ...]:
    """Return what stands under the months: how to read them, assumptions, values to review."""
    words, runs = Words(lang), tuple(runs)
    notes = [
        words(
            "Budget de paie « – » : part fixe seule. Cotisations employeur : allègements déduits.",
            "Pay budget “–”: fixed part alone. Employer contributions: net of reductions.",
        )
    ]
    assumed = [words.month(done.month) for done in runs if done.payslip.assumed]
    if assumed:
        notes.append(
            words(
                f"Hypothèse : droit reconduit sans changement pour {', '.join(assumed)}.",
                f"Assumption: law carried forward unchanged for {', '.join(assumed)}.",
            )
        )
    review = dict.fromkeys(name for done in runs for name in values_to_review(done.payslip))
    if review:
        notes.append(
            words(
                f"À vérifier, texte non relu : {', '.join(review)}.",
                f"To review, text not read: {', '.join(review)}.",
            )
        )
    return tuple(notes)
