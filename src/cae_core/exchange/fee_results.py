"""What cooperatives take from an activity, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cae_core.explain.fee_rows import fee_notes, fee_year_title
from cae_core.explain.slip_data import plain_euros
from cae_core.profile import FeeYear

__all__ = ["fee_dict", "fee_json"]


def fee_dict(year: FeeYear, lang: str = "fr") -> dict[str, Any]:
    """Return what one cooperative takes as plain data; amounts are texts such as ``"1234.56"``."""
    scale, confidence = year.scale.scale, year.profile.source.confidence
    return {
        "cooperative": year.profile.code,
        "name": fee_year_title(year, lang),
        "reading": year.scale.reading_code,
        "scale": {
            "version": scale.version,
            "base": scale.base.code,
            "mode": scale.mode.code,
            "citation": scale.citation,
            "url": scale.url,
            "confidence": confidence and confidence.code,
        },
        "months": [
            {
                "month": str(activity.month),
                "turnover": plain_euros(activity.turnover_invoiced_cents),
                "internal_sales": plain_euros(activity.internal_sales_cents),
                "gross_margin": plain_euros(activity.gross_margin_cents),
                "fee": plain_euros(charge.amount_cents),
                "lines": [
                    {
                        "kind": line.kind.code,
                        "rate_ppm": None if line.rate is None else line.rate.ppm,
                        "base": plain_euros(line.base_cents),
                        "due_to_date": plain_euros(line.due_cents),
                        "due_before": plain_euros(line.before_cents),
                        "amount": plain_euros(line.amount_cents),
                    }
                    for line in charge.lines
                ],
            }
            for activity, charge in zip(year.months, year.charges, strict=True)
        ],
        "lines": [
            {
                "kind": share.kind.code,
                "rate_ppm": None if share.rate is None else share.rate.ppm,
                "base": plain_euros(share.base_cents),
                "amount": plain_euros(share.amount_cents),
            }
            for share in year.shares
        ],
        "other_charges": [
            {"label": each.charge.text(lang), "amount": plain_euros(each.amount_cents)} for each in year.other
        ],
        "totals": {
            "turnover": plain_euros(year.turnover_cents),
            "internal_sales": plain_euros(year.internal_sales_cents),
            "gross_margin": plain_euros(year.gross_margin_cents),
            "fee": plain_euros(year.fee_cents),
            "other_charges": plain_euros(year.other_cents),
            "left_for_pay": plain_euros(year.left_cents),
        },
        "notes": list(fee_notes(year, lang)),
    }


def fee_json(years: Sequence[FeeYear], lang: str = "fr") -> str:
    """Return several cooperatives, or readings, as a JSON text."""
    data = {"cooperatives": [fee_dict(year, lang) for year in years]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
