"""A fee in words: month by month, line by line, and cooperatives side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from cae_core.account import FeeLineKind
from cae_core.explain.words import Words
from cae_core.profile import FeeYear, inconsistencies

__all__ = [
    "ComparisonRow",
    "FeeMonthRow",
    "FeeShareRow",
    "comparison_rows",
    "fee_month_rows",
    "fee_notes",
    "fee_share_rows",
    "fee_titles",
    "fee_year_title",
]

_KINDS = {
    FeeLineKind.BRACKET: ("Tranche", "Bracket"),
    FeeLineKind.INTERNAL_SALES: ("Ventes internes", "Internal sales"),
    FeeLineKind.CAP: ("Plafond", "Cap"),
    FeeLineKind.FLOOR: ("Plancher", "Floor"),
    FeeLineKind.FIXED: ("Part fixe", "Fixed part"),
    FeeLineKind.DEDUCTION: ("Abattement", "Deduction"),
    FeeLineKind.EXEMPTION: ("Exonération", "Exemption"),
}
_TERMS = {
    "scales": ("le barème", "the scale"),
    "scale_day": ("le jour d'effet du barème", "the day the scale starts"),
    "entry_fee_cents": ("les frais d'entrée", "the entry fee"),
    "minimum_fixed_pay_cents": ("la part fixe minimale", "the least fixed part"),
    "capital": ("le capital", "the capital"),
    "cape": ("les conditions du CAPE", "the terms of the CAPE"),
}


@attrs.frozen(kw_only=True)
class FeeMonthRow:
    """One month in words, or their total."""

    month: str
    turnover: str
    internal_sales: str
    gross_margin: str
    fee: str
    left: str


@attrs.frozen(kw_only=True)
class FeeShareRow:
    """What one line of a scale, or another charge, took; a total has no base."""

    label: str
    how: str
    amount: str
    total: bool = False


@attrs.frozen(kw_only=True)
class ComparisonRow:
    """One figure of several cooperatives, in their order; empty where there is none."""

    name: str
    label: str
    cells: tuple[str, ...]
    total: bool = False


def fee_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns of the months."""
    words = Words(lang)
    return {
        "month": words("Mois", "Month"),
        "turnover": words("Chiffre d'affaires", "Turnover"),
        "internal_sales": words("Ventes internes", "Internal sales"),
        "gross_margin": words("Marge brute", "Gross margin"),
        "fee": words("Contribution", "Fee"),
        "left": words("Marge moins contribution", "Margin less fee"),
    }


def fee_year_title(year: FeeYear, lang: str = "fr") -> str:
    """Return the name of the cooperative, with the reading of its page if there are several."""
    reading = year.scale.reading
    return f"{year.profile.name} ({reading.text(lang)})" if reading else year.profile.name


def fee_month_rows(year: FeeYear, lang: str = "fr") -> tuple[FeeMonthRow, ...]:
    """Return the months, then their total. Other charges are not in them: a yearly one has no month."""
    words = Words(lang)

    def row(title: str, turnover: int, internal: int, margin: int, fee: int) -> FeeMonthRow:
        figures = (turnover, internal, margin, fee, margin - fee)
        turned, sold, left_margin, charged, left = map(words.amount, figures)
        return FeeMonthRow(
            month=title,
            turnover=turned,
            internal_sales=sold,
            gross_margin=left_margin,
            fee=charged,
            left=left,
        )

    rows = [
        row(
            str(done.month),
            done.turnover_invoiced_cents,
            done.internal_sales_cents,
            done.gross_margin_cents,
            charge.amount_cents,
        )
        for done, charge in zip(year.months, year.charges, strict=True)
    ]
    total = row(
        "Total", year.turnover_cents, year.internal_sales_cents, year.gross_margin_cents, year.fee_cents
    )
    return (*rows, total)


def fee_share_rows(year: FeeYear, lang: str = "fr") -> tuple[FeeShareRow, ...]:
    """Return what each line of the scale took, the fee, the other charges and what is left for pay."""
    words = Words(lang)
    rows = []
    for share in year.shares:
        how = ""
        if share.rate is not None:
            how = f"{words.amount(share.base_cents)} × {words.percent(share.rate.ppm)}"
        elif share.base_cents:
            how = words.amount(share.base_cents)
        rows.append(
            FeeShareRow(label=words(*_KINDS[share.kind]), how=how, amount=words.amount(share.amount_cents))
        )
    rows.append(
        FeeShareRow(
            label=words("Contribution coopérative", "Cooperative fee"),
            how="",
            amount=words.amount(year.fee_cents),
            total=True,
        )
    )
    for each in year.other:
        times = f"{each.times} × {words.amount(each.charge.amount_cents)}" if each.times > 1 else ""
        rows.append(
            FeeShareRow(label=each.charge.text(lang), how=times, amount=words.amount(each.amount_cents))
        )
    rows.append(
        FeeShareRow(
            label=words(
                "Reste de la marge pour la paie, cotisations employeur comprises",
                "Left of the margin for pay, employer contributions included",
            ),
            how="",
            amount=words.amount(year.left_cents),
            total=True,
        )
    )
    return tuple(rows)


def comparison_rows(years: Sequence[FeeYear], lang: str = "fr") -> tuple[ComparisonRow, ...]:
    """Return the figures of several cooperatives on one activity, a row a figure.

    What no cooperative has is left out; what one does not publish is empty.
    """
    words = Words(lang)
    names = fee_titles(lang)
    rows = [
        _row("base", words("Base", "Base"), [_base(year, words) for year in years]),
        _row("turnover", names["turnover"], [words.amount(year.turnover_cents) for year in years]),
        _row(
            "gross_margin", names["gross_margin"], [words.amount(year.gross_margin_cents) for year in years]
        ),
    ]
    for kind in FeeLineKind:
        amounts = [sum(share.amount_cents for share in year.shares if share.kind is kind) for year in years]
        if any(amounts):
            cells = [words.amount(cents) if cents else "" for cents in amounts]
            rows.append(_row(kind.code, f"  {words(*_KINDS[kind])}", cells))
    rows.append(
        _row(
            "fee", words("Contribution", "Fee"), [words.amount(year.fee_cents) for year in years], total=True
        )
    )
    if any(year.other for year in years):
        cells = [words.amount(year.other_cents) if year.other else "" for year in years]
        rows.append(_row("other", words("Autres charges", "Other charges"), cells))
    left = [words.amount(year.left_cents) for year in years]
    rows.append(_row("left", words("Reste pour la paie", "Left for pay"), left, total=True))
    part = words("Prélevé / marge brute", "Taken / gross margin")
    rows.append(_row("part", part, [_part(year, words) for year in years]))
    rows += _terms(years, words)
    return tuple(rows)


def _row(name: str, label: str, cells: Sequence[str], *, total: bool = False) -> ComparisonRow:
    return ComparisonRow(name=name, label=label, cells=tuple(cells), total=total)


def _base(year: FeeYear, words: Words) -> str:
    english = {
        "turnover_invoiced": "turnover invoiced",
        "turnover_cashed": "turnover cashed",
        "gross_margin": "gross margin",
    }
    french = {
        "turnover_invoiced": "CA facturé",
        "turnover_cashed": "CA encaissé",
        "gross_margin": "marge brute",
    }
    code = year.scale.scale.base.code
    return words(french[code], english[code])


def _part(year: FeeYear, words: Words) -> str:
    if year.gross_margin_cents <= 0:
        return ""
    taken = Fraction(100 * (year.fee_cents + year.other_cents), year.gross_margin_cents)
    return words.number(taken, 2) + words("\u00a0%", "%")


def _terms(years: Sequence[FeeYear], words: Words) -> list[ComparisonRow]:
    """Return the other terms that at least one of the cooperatives publishes."""

    def euros(cents: int | None) -> str:
        return "" if cents is None else words.amount(cents)

    def months(number: int | None) -> str:
        return "" if number is None else words(f"{number} mois", f"{number} months")

    profiles = [year.profile for year in years]
    found = {
        "minimum_fixed_pay": (
            words("Part fixe minimale par mois", "Least fixed part a month"),
            [euros(each.minimum_fixed_pay_cents) for each in profiles],
        ),
        "entry_fee": (
            words("Frais d'entrée", "Entry fee"),
            [euros(each.entry_fee_cents) for each in profiles],
        ),
        "share": (
            words("Part sociale", "Share"),
            [euros(each.capital.share_cents if each.capital else None) for each in profiles],
        ),
        "capital_at_entry": (
            words("Capital à l'entrée", "Capital at entry"),
            [euros(each.capital.entry_cents if each.capital else None) for each in profiles],
        ),
        "cape": (
            words("CAPE, durée la plus longue", "CAPE, longest duration"),
            [months(each.cape.longest_months if each.cape else None) for each in profiles],
        ),
        "deposit": (
            words("Dépôt à la signature du CAPE", "Deposit when signing the CAPE"),
            [euros(each.cape.deposit_cents if each.cape else None) for each in profiles],
        ),
    }
    return [_row(name, label, cells) for name, (label, cells) in found.items() if any(cells)]


def fee_notes(year: FeeYear, lang: str = "fr") -> tuple[str, ...]:
    """Return where the scale comes from, what its page leaves out, and where it contradicts itself."""
    words = Words(lang)
    profile, scale, source = year.profile, year.scale.scale, year.profile.source
    sure = ""
    if source.confidence is not None:
        day = f", {words.day(source.dated_on)}" if source.dated_on else words(", sans date", ", undated")
        confidence = words(source.confidence.french_name, source.confidence.code)
        sure = day + words(f" (degré de confiance : {confidence})", f" (confidence: {confidence})")
    notes = [words("Barème", "Scale") + f"{words.colon}{scale.citation}{sure}. {scale.url}"]
    notes += [gap.text(lang) for gap in profile.gaps]
    if profile.not_published and source.confidence is not None:
        missing = ", ".join(words(*_TERMS[name]) for name in profile.not_published)
        notes.append(words(f"Non publié : {missing}.", f"Not published: {missing}."))
    notes += [
        words("La page se contredit", "The page contradicts itself") + words.colon + said.text(lang)
        for said in inconsistencies(profile)
    ]
    return tuple(notes)
