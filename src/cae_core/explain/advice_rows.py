"""An advice in words, rows and plain data: the plan, its guarantees, how much how safely, a euro more."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

from cae_core.calendar import Month
from cae_core.explain.words import Words
from cae_core.money import Rate, format_euros
from cae_core.protection import format_quantity
from cae_core.simulation import Advice, ExtraPay, Guarantee, Outcome, Plan

__all__ = [
    "advice_dict",
    "advice_lines",
    "extra_dict",
    "extra_rows",
    "guarantee_rows",
    "ladder_rows",
    "step_lines",
]

#: The totals of a payslip that a euro more is looked at in.
_TOTALS = (
    ("gross_pay", "brut", "gross pay"),
    ("employer_cost", "coût total pour le compte", "total cost to the account"),
    ("reductions", "dont allègements", "of which reductions"),
    ("net_before_tax", "net avant impôt", "net before tax"),
    ("net_paid", "net payé", "net paid"),
)


def _plan(plan: Plan, outcome: Outcome, words: Words) -> str:
    euros = words.euros
    monthly, net = euros(plan.monthly_cents), euros(outcome.monthly_net_cents)
    text = words(
        f"{monthly} brut chaque mois, soit au moins {net} net avant impôt",
        f"{monthly} gross every month, that is at least {net} net before tax",
    )
    if plan.settles_in is None:
        return text + words(" ; rien de plus.", "; nothing more.")
    month, reserve = words.month(Month(2000, plan.settles_in)).split(" ")[0], euros(plan.reserve_cents)
    return text + words(
        f" ; en {month}, en plus, tout ce qui dépasse une réserve de {reserve}.",
        f"; in {month}, on top, all that exceeds a reserve of {reserve}.",
    )


def advice_lines(advice: Advice, lang: str = "fr") -> list[str]:
    """Return what is advised, in sentences."""
    words, best = Words(lang), advice.best
    euros = words.euros
    if advice.feasible:
        lines = [words("Le plan : ", "The plan: ") + _plan(best.plan, best, words)]
    else:
        count = len(advice.outcomes)
        lines = [
            words(
                f"Aucun des {count} plans comparés ne tient toutes les garanties. Le plus proche : ",
                f"None of the {count} plans compared keeps every guarantee. The nearest: ",
            )
            + _plan(best.plan, best, words)
        ]
        lines += [*_shortfall_lines(advice, words)]
    lines.append(
        words(
            f"Net avant impôt sur toute la période, dettes du compte déduites : {euros(best.mean_cents)} en "
            f"moyenne, {euros(best.median_cents)} sur la trajectoire médiane ; {euros(best.kept_cents)} "
            "restent au compte en moyenne.",
            f"Net before tax over all the months, debts of the account deducted: {euros(best.mean_cents)} on "
            f"average, {euros(best.median_cents)} on the median path; {euros(best.kept_cents)} stay in the "
            "account on average.",
        )
    )
    return lines


def _shortfall_lines(advice: Advice, words: Words) -> Iterator[str]:
    for short in advice.shortfalls:
        guarantee, lang = short.guarantee, words.lang
        missing = format_quantity(-short.verdict.slack, guarantee.unit, lang)
        best = short.best.verdict(guarantee).chance.rate.format(lang)
        text = words(
            f"{guarantee.name(lang)} : il manque {missing} sur la trajectoire qui décide",
            f"{guarantee.name(lang)}: {missing} missing on the path that decides",
        )
        if not short.alone:
            text += words(
                f" ; le plan le plus sûr n'atteint que {best}", f"; the safest plan reaches {best} only"
            )
        if short.without is not None:
            monthly = format_euros(short.without.plan.monthly_cents, lang)
            text += words(
                f" ; sans elle, un plan à {monthly} tient les autres",
                f"; without it, a plan of {monthly} keeps the others",
            )
        yield text + "."


def guarantee_rows(advice: Advice, lang: str = "fr") -> list[tuple[str, str, str, str, str, bool]]:
    """Return for each guarantee: name, chance wanted, on the paths, on others, price, whether it holds."""
    prices = {price.guarantee: format_euros(price.cents, lang) for price in advice.prices}
    rows = []
    for verdict, other in zip(advice.best.verdicts, advice.elsewhere.verdicts, strict=True):
        rates = (verdict.guarantee.chance, verdict.chance.rate, other.chance.rate)
        wanted, found, elsewhere = (rate.format(lang, digits=0) for rate in rates)
        price = prices.get(verdict.guarantee, "–")
        rows.append((verdict.guarantee.name(lang), wanted, found, elsewhere, price, verdict.met))
    return rows


def ladder_rows(
    advice: Advice, guarantee: Guarantee, lang: str = "fr", *, most: int = 9
) -> list[tuple[str, str, str, str, bool]]:
    """Return how much every month, how safely: gross, net, reserve, chance, and whether it is the plan.

    Args:
        advice: the advice.
        guarantee: the one whose chance is shown; the others are left aside.
        lang: the language.
        most: how many rows: the plan, and others as far from each other as can be.
    """
    rungs = advice.ladder(guarantee, others=False)
    chosen = advice.best
    count = min(most, len(rungs))
    ranks = {(len(rungs) - 1) * rank // max(count - 1, 1) for rank in range(count)}
    at_plan = next(
        rank for rank, rung in enumerate(rungs) if rung.plan.monthly_cents == chosen.plan.monthly_cents
    )
    rows = []
    for rank in sorted(ranks | {at_plan}):
        outcome = chosen if rank == at_plan else rungs[rank]
        chance: Rate = outcome.verdict(guarantee).chance.rate
        rows.append(
            (
                format_euros(outcome.plan.monthly_cents, lang),
                format_euros(outcome.monthly_net_cents, lang),
                format_euros(outcome.plan.reserve_cents, lang),
                chance.format(lang, digits=0),
                rank == at_plan,
            )
        )
    return rows


def extra_rows(
    extras: Sequence[ExtraPay], lang: str = "fr", *, figures: Container[str] | None = None
) -> list[tuple[str, ...]]:
    """Return what more pay costs and brings, a column for each amount: totals, then the rights that move.

    Args:
        extras: the same pay with different amounts added.
        lang: the language.
        figures: the codes of the figures of rights to show; by default all that move.
    """
    words = Words(lang)
    rows = [
        (words(french, english), *(_signed(extra.cents(total), "cents", lang) for extra in extras))
        for total, french, english in _TOTALS
    ]
    names: dict[tuple[str, str], str] = {}
    moved: dict[tuple[str, str], dict[int, str]] = {}
    for rank, extra in enumerate(extras):
        for right in extra.moved:
            for figure in right.figures:
                if figures is not None and figure.either.code not in figures:
                    continue
                key = right.entitlement.code, figure.either.code
                names[key] = f"{right.entitlement.name(lang)}, {figure.either.name(lang)}"
                moved.setdefault(key, {})[rank] = _signed(figure.difference, figure.either.unit, lang)
    return rows + [
        (name, *(moved[key].get(rank, "–") for rank in range(len(extras)))) for key, name in names.items()
    ]


def _signed(value: int, unit: str, lang: str) -> str:
    text = format_quantity(value, unit, lang)
    return f"+{text}" if value > 0 else text


def step_lines(extra: ExtraPay, lang: str = "fr") -> list[str]:
    """Return what each next step of a right costs, in sentences."""
    words = Words(lang)
    lines = []
    for step in extra.steps:
        gross, cost, net = (
            format_euros(cents, lang)
            for cents in (step.gross_pay_cents, step.employer_cost_cents, step.net_before_tax_cents)
        )
        right = step.right.entitlement.name(lang)
        lines.append(
            words(
                f"{right} : il manque {gross} de brut pour le palier suivant ; ils coûtent {cost} au compte "
                f"et paient {net} net avant impôt.",
                f"{right}: {gross} of gross pay are missing for the next step; they cost the account {cost} "
                f"and pay {net} net before tax.",
            )
        )
    return lines


def _outcome_dict(outcome: Outcome) -> dict[str, Any]:
    plan = outcome.plan
    return {
        "monthly_cents": plan.monthly_cents,
        "reserve_cents": plan.reserve_cents,
        "settles_in": plan.settles_in,
        "monthly_net_cents": outcome.monthly_net_cents,
        "mean_cents": outcome.mean_cents,
        "median_cents": outcome.median_cents,
        "kept_cents": outcome.kept_cents,
        "guarantees": [
            {
                "code": verdict.guarantee.code,
                "wanted_ppm": verdict.guarantee.chance.ppm,
                "found_ppm": verdict.chance.ppm,
                "met": verdict.met,
                "slack": verdict.slack,
                "unit": verdict.guarantee.unit,
            }
            for verdict in outcome.verdicts
        ],
    }


def advice_dict(advice: Advice, lang: str = "fr") -> dict[str, Any]:
    """Return an advice as plain data."""
    return {
        "first_month": str(advice.scenario.first),
        "last_month": str(advice.scenario.last),
        "seed": advice.seed,
        "paths": advice.paths,
        "aim": advice.aim.code,
        "feasible": advice.feasible,
        "plan": _outcome_dict(advice.best),
        "on_other_paths": _outcome_dict(advice.elsewhere),
        "reasons": [reason.text(lang) for reason in advice.reasons],
        "prices": [
            {
                "code": price.guarantee.code,
                "name": price.guarantee.name(lang),
                "cents": price.cents,
                "without": _outcome_dict(price.without),
            }
            for price in advice.prices
        ],
        "shortfalls": [
            {
                "code": short.guarantee.code,
                "name": short.guarantee.name(lang),
                "missing": -short.verdict.slack,
                "unit": short.guarantee.unit,
                "kept_by_some_plan": short.alone,
                "without": None if short.without is None else _outcome_dict(short.without),
            }
            for short in advice.shortfalls
        ],
        "plans": [_outcome_dict(outcome) for outcome in advice.outcomes],
    }


def extra_dict(extra: ExtraPay) -> dict[str, Any]:
    """Return what more pay costs and brings as plain data."""
    return {
        "month": str(extra.before.month),
        **{f"{total}_cents": extra.cents(total) for total, *_ in _TOTALS},
        "rights": [
            {
                "code": right.entitlement.code,
                "granted": right.after.granted,
                "granted_before": right.before.granted,
                "figures": {
                    figure.either.code: {
                        "before": figure.before.value if figure.before else None,
                        "after": figure.after.value if figure.after else None,
                        "unit": figure.either.unit,
                    }
                    for figure in right.figures
                },
            }
            for right in extra.moved
        ],
        "next_steps": [
            {
                "code": step.right.entitlement.code,
                "gross_pay_cents": step.gross_pay_cents,
                "employer_cost_cents": step.employer_cost_cents,
                "net_before_tax_cents": step.net_before_tax_cents,
            }
            for step in extra.steps
        ],
    }
