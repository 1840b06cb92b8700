"""A payslip as plain data for a program: what ``cae payslip --json`` writes.

Amounts are texts in euros with two decimals and rates are texts in percent, so that no reader turns them
into floats by accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cae_core.explain.reads import values_to_review
from cae_core.explain.slip_rows import ordered_lines
from cae_core.explain.words import Words
from cae_core.law import Citation
from cae_core.payroll import TOTALS, Payslip, PayslipLine
from cae_core.payroll.month_law import MonthLaw

__all__ = ["payslip_dict", "plain_euros", "plain_percent"]


def plain_euros(cents: int) -> str:
    """Write an amount for a program: ``"1555.77"``."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def plain_percent(ppm: int) -> str:
    """Write a rate in percent for a program, without useless zeros: ``"6.9"``."""
    whole, rest = divmod(ppm, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def _whole_base(line: PayslipLine) -> dict[str, str]:
    """The base of the whole contribution, of a line that has one beside its own."""
    return {} if line.whole_base_cents is None else {"whole_base": plain_euros(line.whole_base_cents)}


def _plain_coefficient(value: int) -> str:
    return f"{value // 10_000}.{value % 10_000:04d}"


def _citations(citations: Iterable[Citation]) -> list[dict[str, str]]:
    return [{"text": citation.text, "url": citation.url} for citation in citations]


@lru_cache(maxsize=4096)
def _line_head(law: MonthLaw, code: str, lang: str) -> tuple[str, str, list[dict[str, str]]]:
    row = law.contributions[code]
    return row.name(lang), row.heading, _citations(law.citations_of(row))


def payslip_dict(slip: Payslip, lang: str = "fr") -> dict[str, Any]:
    """Return a payslip as texts, lists and dictionaries, ready for JSON.

    The result follows ``docs/schema/payslip-results.schema.json``, without the ``id`` of a case.

    Args:
        slip: the payslip.
        lang: the language of the labels, ``"fr"`` or ``"en"``.
    """
    words = Words(lang)
    lines = []
    assumptions: dict[str, None] = {}
    for line in ordered_lines(slip):
        label, heading, citations = _line_head(slip.law, line.code, lang)
        rated = not line.contribution.is_amount
        lines.append(
            {
                "code": line.code,
                "label": label,
                "heading": heading,
                "base": plain_euros(line.base_cents) if rated else None,
                **_whole_base(line),
                "employee_rate": plain_percent(line.employee_ppm) if rated else None,
                "employee_share": plain_euros(line.employee_cents),
                "employer_rate": plain_percent(line.employer_ppm) if rated else None,
                "employer_share": plain_euros(line.employer_cents),
                "citations": citations,
            }
        )
        assumptions.update(dict.fromkeys(line.contribution.assumptions))
    reductions = []
    for reduction in slip.reductions:
        reductions.append(
            {
                "code": reduction.code,
                "label": reduction.reduction.name(lang),
                "coefficient": _plain_coefficient(reduction.coefficient),
                "pay_to_date": plain_euros(reduction.pay_to_date_cents),
                "due_to_date": plain_euros(reduction.due_to_date_cents),
                "granted_before": plain_euros(reduction.granted_before_cents),
                "amount": plain_euros(reduction.amount_cents),
                "urssaf_part": plain_euros(reduction.urssaf_part_cents),
                "supplementary_pension_part": plain_euros(reduction.pension_part_cents),
                "citations": _citations(slip.citations(reduction)),
            }
        )
        assumptions.update(dict.fromkeys(reduction.reduction.assumptions))
    told = [
        {
            "code": reason.code,
            "met": reason.met,
            "text": reason.french if lang == "fr" else reason.english,
            "citations": _citations(reason.citations),
            "needs_review": reason.needs_review,
        }
        for reason in slip.reasons
    ]
    withholding = slip.law.withholding
    neutral = slip.taxed_by == "neutral"
    texts = [withholding.citation, *slip.law.snapshot.citations_of(withholding.scale)] if neutral else []
    return {
        "month": str(slip.month),
        "law_on": slip.law.snapshot.day.isoformat(),
        "law_assumed_unchanged": slip.assumed,
        "hours_policy": slip.hours_policy.value,
        "reference_hours": None
        if slip.reference_hours_hundredths is None
        else plain_euros(slip.reference_hours_hundredths),
        "lines": lines,
        "reductions": reductions,
        # Only variants have reductions that depend on facts.
        **({"reasons": told} if told else {}),
        "withholding": {
            "kind": slip.taxed_by,
            "base": plain_euros(max(slip.taxable_net_cents, 0)),
            "rate": plain_percent(slip.withholding_ppm),
            "amount": plain_euros(slip.withholding_cents),
            "citations": _citations(texts or [withholding.citation]),
        },
        "totals": {name: plain_euros(getattr(slip, f"{name}_cents")) for name in TOTALS},
        "assumptions": [words.assumption(sentence) for sentence in assumptions],
        "needs_review": list(values_to_review(slip)),
    }
