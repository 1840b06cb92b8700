"""A cooperative's year in words: the allocation of the surplus and each person's part."""

from __future__ import annotations

from fractions import Fraction
from textwrap import wrap

import attrs

from cae_core.explain.meeting_rows import reason_lines
from cae_core.explain.words import Words
from cae_core.membership.allocation import Allocation
from cae_core.membership.split import Part
from cae_core.money import format_decimal

__all__ = [
    "AllocationRow",
    "PartRow",
    "allocation_rows",
    "allocation_text",
    "allocation_titles",
    "part_rows",
    "part_titles",
]


@attrs.frozen(kw_only=True)
class AllocationRow:
    """One destination of the surplus, in words.

    Attributes:
        label: its name.
        how: ``45,00 % × 40 000,00``, where it is a rate of something.
        amount: what it receives.
        texts: the articles.
        review: nobody has read the text yet.
    """

    label: str
    how: str
    amount: str
    texts: str
    review: bool = False


@attrs.frozen(kw_only=True)
class PartRow:
    """One person's part, in words."""

    code: str
    name: str
    pay: str
    seniority: str
    coefficient: str
    share: str
    amount: str


def allocation_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns of the allocation."""
    words = Words(lang)
    return {
        "label": words("Affectation", "Allocation"),
        "how": words("Calcul", "How"),
        "amount": words("Montant", "Amount"),
        "texts": words("Textes", "Texts"),
    }


def part_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns of the parts."""
    words = Words(lang)
    return {
        "code": words("Code", "Code"),
        "name": words("Nom", "Name"),
        "pay": words("Rémunération", "Pay"),
        "seniority": words("Ancienneté", "Seniority"),
        "coefficient": words("Coef.", "Coef."),
        "share": words("Part", "Share"),
        "amount": words("Montant", "Amount"),
    }


def allocation_rows(allocation: Allocation, lang: str = "fr") -> tuple[AllocationRow, ...]:
    """Return the destinations of the surplus in words, in the order of the law."""
    words = Words(lang)
    rows = []
    for line in allocation.lines:
        how = ""
        if line.rate_ppm is not None and line.base_cents is not None:
            how = f"{words.percent(line.rate_ppm)} × {words.amount(line.base_cents)}"
        rows.append(
            AllocationRow(
                label=words(line.french, line.english),
                how=how,
                amount=words.amount(line.amount_cents),
                texts=" ; ".join(map(str, line.citations)),
                review=line.needs_review,
            )
        )
    return tuple(rows)


def part_rows(parts: tuple[Part, ...], lang: str = "fr") -> tuple[PartRow, ...]:
    """Return the parts in words, by code."""
    words = Words(lang)
    return tuple(
        PartRow(
            code=part.beneficiary.code,
            name=part.beneficiary.name,
            pay=words.amount(part.beneficiary.pay_cents),
            seniority=words(f"{part.years} an{'s' * (part.years > 1)}", f"{part.years} y"),
            coefficient=format_decimal(part.coefficient, 2, lang),
            share=_share(part, words),
            amount=words.amount(part.amount_cents),
        )
        for part in parts
    )


def _share(part: Part, words: Words) -> str:
    return words.number(Fraction(part.numerator * 100, part.denominator), 3) + words("\u00a0%", "%")


def allocation_text(allocation: Allocation, lang: str = "fr", *, width: int = 96) -> str:
    """Return the allocation of the surplus as plain text in aligned columns, with its reasons."""
    words = Words(lang)
    rows = allocation_rows(allocation, lang)
    label, how, amount = (
        max((len(getattr(row, name)) for row in rows), default=0) for name in ("label", "how", "amount")
    )
    lines = [f"{row.label:<{label}}  {row.how:>{how}}  {row.amount:>{amount}}" for row in rows]
    if rows:
        total = words.amount(allocation.total_cents)
        lines.append(f"{words('Excédent', 'Surplus'):<{label}}  {'':>{how}}  {total:>{amount}}")
    for note in reason_lines(allocation.reasons, lang):
        lines += wrap(note, width, subsequent_indent="  ")
    return "\n".join(lines) + "\n"
