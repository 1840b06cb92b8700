"""An ending for people: what happens when, what is owed, what becomes of each thing, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from cae_core.explain.words import Words
from cae_core.france.exits import ClosingPlan, EndingResult, EndingRule, Indemnity
from cae_core.payroll.run import MonthRun
from cae_core.reasons import Reason

__all__ = [
    "PLAN_COLUMNS",
    "PlanRow",
    "ending_title",
    "exit_dict",
    "indemnity_rows",
    "plan_rows",
    "plan_titles",
    "plan_totals",
    "reason_rows",
    "timetable_rows",
]

#: The columns of the closing plan.
PLAN_COLUMNS = ("available", "budget", "gross_pay", "employer_cost", "net_paid", "balance")


@attrs.frozen(kw_only=True)
class PlanRow:
    """The figures of one month of a closing plan, in cents."""

    month: str
    available: int
    budget: int | None
    gross_pay: int
    employer_cost: int
    net_paid: int
    balance: int


def ending_title(rule: EndingRule, lang: str = "fr") -> str:
    """Return what a way of ending is called."""
    words = Words(lang)
    return words.title(words(rule.kind.french_name, f"{rule.kind.english_name} ({rule.kind.french_name})"))


def timetable_rows(result: EndingResult, lang: str = "fr") -> list[tuple[str, str, str]]:
    """Return the steps: day, what happens, texts."""
    words = Words(lang)
    return [
        (words.day(step.on), words.title(step.text(lang)), "; ".join(map(str, step.citations)))
        for step in result.timetable
    ]


def indemnity_rows(result: EndingResult, lang: str = "fr") -> list[tuple[str, str]]:
    """Return the indemnity down to its figures: label and figure."""
    words = Words(lang)
    found = result.indemnity
    if found is None:
        return [(words("Indemnité", "Indemnity"), words("aucune", "none"))]
    rows = [
        (words("Ancienneté comptée", "Seniority counted"), _months(found, words)),
        (words("Salaire de référence", "Reference pay"), _reference(found, words)),
        (words("Mois de salaire dus", "Months of pay"), words.number(found.months_of_pay, 4)),
        (words("Montant calculé", "Amount computed"), words.euros(found.computed_cents)),
    ]
    if found.factor != 1:
        rows.insert(3, (words("Multiplié par", "Multiplied by"), str(found.factor)))
    if found.agreed_cents:
        rows.append((words("Montant convenu", "Amount agreed"), words.euros(found.agreed_cents)))
    rows.append((words("Indemnité due", "Indemnity owed"), words.euros(found.cents)))
    levy = result.levy
    if levy is not None and levy.rate_ppm:
        label = words("Contribution patronale", "Employer's levy")
        rows.append((f"{label} ({words.percent(levy.rate_ppm)})", words.euros(levy.amount_cents)))
    return rows


def _months(found: Indemnity, words: Words) -> str:
    seniority = found.seniority
    removed = sum(months for _, months in seniority.removed)
    less = words(f" (dont {words.number(removed, 2)} retirés)", f" ({words.number(removed, 2)} taken off)")
    count = words.number(seniority.months, 2 if seniority.months.denominator != 1 else 0)
    return f"{count} {words('mois', 'months')}{less if removed else ''}"


def _reference(found: Indemnity, words: Words) -> str:
    from fractions import Fraction

    reference = found.reference
    amount = words.number(reference.cents * Fraction(1, 100), 2)
    months = reference.short_months if reference.method.value == "short" else reference.months
    return words(f"{amount} € ({len(months)} mois)", f"€{amount} ({len(months)} months)")


def reason_rows(reasons: Iterable[Reason], lang: str = "fr") -> list[tuple[str, str]]:
    """Return sentences, each with its mark: ``+`` it is so, ``–`` it is not, ``?`` to be checked besides."""
    return [
        ("+" if reason.met else "–", reason.text(lang) + (" [?]" if reason.needs_review else ""))
        for reason in reasons
    ]


def plan_rows(plan: ClosingPlan) -> list[PlanRow]:
    """Return the months of a closing plan."""
    return [_row(done) for done in plan.months]


def _row(done: MonthRun) -> PlanRow:
    return PlanRow(
        month=str(done.month),
        available=done.available_cents,
        budget=done.budget_cents,
        gross_pay=done.payslip.gross_pay_cents,
        employer_cost=done.payslip.employer_cost_cents,
        net_paid=done.payslip.net_paid_cents,
        balance=done.balance_cents,
    )


def plan_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns."""
    words = Words(lang)
    return {
        "month": words("Mois", "Month"),
        "available": words("Disponible", "Available"),
        "budget": words("Budget de paie", "Pay budget"),
        "gross_pay": words("Brut", "Gross pay"),
        "employer_cost": words("Coût total", "Total cost"),
        "net_paid": words("Net payé", "Net paid"),
        "balance": words("Solde du compte", "Account balance"),
    }


def plan_totals(plan: ClosingPlan, lang: str = "fr") -> list[tuple[str, int]]:
    """Return where the money of the account goes, from what was available to what is left, in cents."""
    words = Words(lang)
    charges = plan.charges
    rows = [
        (words("Disponible avant le plan", "Available before the plan"), plan.opening_cents),
        (words("Apporté par les écritures", "Brought by the entries"), plan.brought_cents),
        (words("Contribution coopérative", "Cooperative fee"), -plan.fees_cents),
        (words("Indemnité de rupture", "Ending indemnity"), -charges.indemnity_cents),
        (words("Contribution patronale", "Employer's levy"), -charges.levy_cents),
        (words("Coût des bulletins", "Cost of the payslips"), -plan.pay_cost_cents),
    ]
    kept = [row for row in rows if row[1]]
    return [*kept, (words("Reste sur le compte", "Left on the account"), plan.left_cents)]


def exit_dict(result: EndingResult, plan: ClosingPlan | None, lang: str = "fr") -> dict[str, Any]:
    """Return an ending and its plan as plain data; amounts are texts in euros."""

    def euros(cents: int | None) -> str | None:
        return (
            None if cents is None else f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
        )

    def reasons(found: Iterable[Reason]) -> list[dict[str, Any]]:
        return [
            {
                "code": reason.code,
                "met": reason.met,
                "text": reason.french if lang == "fr" else reason.english,
                "citations": list(map(str, reason.citations)),
                "needs_review": reason.needs_review,
            }
            for reason in found
        ]

    indemnity = result.indemnity
    data: dict[str, Any] = {
        "kind": result.rule.kind.code,
        "way": result.way.kind.code,
        "decided_on": result.decided_on.isoformat(),
        "earliest_end_on": result.earliest_end_on and result.earliest_end_on.isoformat(),
        "ends_on": result.ends_on and result.ends_on.isoformat(),
        "timetable": [
            {"code": step.code, "on": step.on.isoformat(), "text": step.text(lang)}
            for step in result.timetable
        ],
        "indemnity": indemnity
        and {
            "owed": euros(indemnity.cents),
            "computed": euros(indemnity.computed_cents),
            "months_of_seniority": str(indemnity.seniority.months),
            "months_of_pay": str(indemnity.months_of_pay),
            "reference_months": [str(each.month) for each in indemnity.reference.months],
        },
        "levy": euros(result.levy_cents),
        "reasons": reasons(result.reasons),
    }
    if plan is not None:
        data["closing_plan"] = {
            "months": [
                {
                    name: euros(value) if name != "month" else value
                    for name, value in attrs.asdict(row).items()
                }
                for row in plan_rows(plan)
            ],
            "opening": euros(plan.opening_cents),
            "brought": euros(plan.brought_cents),
            "fees": euros(plan.fees_cents),
            "left": euros(plan.left_cents),
            "unpaid": [{"document": each.document, "open": euros(each.open_cents)} for each in plan.unpaid],
            "findings": reasons(plan.findings),
        }
    return data
