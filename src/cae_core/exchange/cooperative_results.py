"""The result of a meeting and of a year as plain data, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from cae_core.explain.slip_data import plain_euros
from cae_core.france.cooperative_law.participation import SpecialReserve
from cae_core.france.cooperative_law.surplus import CooperativeYear
from cae_core.membership.meeting import MeetingResult
from cae_core.money import format_decimal
from cae_core.reasons import Reason

__all__ = ["meeting_dict", "meeting_json", "reason_dict", "surplus_csv", "surplus_dict", "surplus_json"]

_PART_COLUMNS = ("code", "name", "pay", "years", "coefficient", "amount")


def reason_dict(reason: Reason, lang: str = "fr") -> dict[str, Any]:
    """Return a reason as plain data."""
    return {
        "code": reason.code,
        "met": reason.met,
        "text": reason.french if lang == "fr" else reason.english,
        "citations": [citation.text for citation in reason.citations],
        "found": reason.found,
        "wanted": reason.wanted,
        "unit": reason.unit,
        "needs_review": reason.needs_review,
    }


def _reasons(reasons: Iterable[Reason], lang: str) -> list[dict[str, Any]]:
    return [reason_dict(reason, lang) for reason in reasons]


def meeting_dict(result: MeetingResult, composition: Iterable[Reason], lang: str = "fr") -> dict[str, Any]:
    """Return the result of a meeting as plain data; votes are exact fractions, written ``7`` or ``20/3``."""
    return {
        "held_on": result.roll.day.isoformat(),
        "associates": [one.code for one in result.roll],
        "votes_present": str(result.present_votes),
        "votes": str(result.all_votes),
        "resolutions": [
            {
                "code": done.resolution.code,
                "title": done.resolution.title,
                "kind": done.resolution.kind,
                "for": str(done.votes_for),
                "against": str(done.votes_against),
                "abstain": str(done.abstained),
                "colleges": [
                    {
                        "code": college.code,
                        "weight_ppm": college.weight_ppm,
                        "for": str(college.votes_for),
                        "against": str(college.votes_against),
                        "abstain": str(college.abstained),
                    }
                    for college in done.colleges
                ],
                "carried": done.carried,
                "quorum_met": done.quorum_met,
                "reasons": _reasons(done.reasons, lang),
            }
            for done in result.results
        ],
        "composition": _reasons(composition, lang),
    }


def meeting_json(result: MeetingResult, composition: Iterable[Reason], lang: str = "fr") -> str:
    """Return :func:`meeting_dict` as JSON text."""
    return json.dumps(meeting_dict(result, composition, lang), ensure_ascii=False, indent=1) + "\n"


def surplus_csv(year: CooperativeYear) -> str:
    """Return each person's part as CSV: cells separated by ``;``, amounts such as ``1234.56``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_PART_COLUMNS)
    for part in year.parts:
        one = part.beneficiary
        coefficient = format_decimal(part.coefficient, 2, "en")
        writer.writerow(
            (
                one.code,
                one.name,
                plain_euros(one.pay_cents),
                part.years,
                coefficient,
                plain_euros(part.amount_cents),
            )
        )
    return text.getvalue()


def surplus_dict(
    year: CooperativeYear, reserve: SpecialReserve | None = None, lang: str = "fr"
) -> dict[str, Any]:
    """Return a year as plain data: the lines of the allocation, the rights, the parts, with every reason."""
    data: dict[str, Any] = {
        "opens_on": year.opens_on.isoformat(),
        "closes_on": year.closes_on.isoformat(),
        "surplus": plain_euros(year.allocation.facts.surplus_cents),
        "allocation": [
            {
                "code": line.code,
                "label": line.french if lang == "fr" else line.english,
                "amount": plain_euros(line.amount_cents),
                "base": None if line.base_cents is None else plain_euros(line.base_cents),
                "rate_ppm": line.rate_ppm,
                "citations": [citation.text for citation in line.citations],
                "needs_review": line.needs_review,
            }
            for line in year.allocation.lines
        ],
        "reasons": _reasons(year.allocation.reasons, lang),
        "parts": [
            {
                "code": part.beneficiary.code,
                "name": part.beneficiary.name,
                "pay": plain_euros(part.beneficiary.pay_cents),
                "years": part.years,
                "coefficient": format_decimal(part.coefficient, 2, "en"),
                "exact": f"{part.numerator}/{part.denominator}",
                "amount": plain_euros(part.amount_cents),
            }
            for part in year.parts
        ],
        "without_right": [
            {
                "code": right.employee.code,
                "name": right.employee.name,
                "reasons": _reasons(right.reasons, lang),
            }
            for right in year.rights
            if not right.granted
        ],
    }
    if reserve is not None:
        data["special_reserve"] = {
            "amount": plain_euros(reserve.amount_cents),
            "net_profit": plain_euros(reserve.net_profit_cents),
            "equity": plain_euros(reserve.equity_cents),
            "wages": plain_euros(reserve.wages_cents),
            "added_value": plain_euros(reserve.added_value_cents),
            "citations": [citation.text for citation in reserve.citations],
        }
    return data


def surplus_json(year: CooperativeYear, reserve: SpecialReserve | None = None, lang: str = "fr") -> str:
    """Return :func:`surplus_dict` as JSON text."""
    return json.dumps(surplus_dict(year, reserve, lang), ensure_ascii=False, indent=1) + "\n"
