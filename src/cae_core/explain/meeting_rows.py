"""The result of a general meeting in words: who was there, each resolution, its reasons, the composition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from textwrap import wrap

import attrs

from cae_core.explain.words import Words
from cae_core.membership.meeting import MeetingResult, ResolutionResult
from cae_core.reasons import Reason

__all__ = [
    "MEETING_COLUMNS",
    "ResolutionRow",
    "meeting_text",
    "meeting_titles",
    "outcome",
    "presence_text",
    "reason_lines",
    "resolution_rows",
]

#: The columns of figures of a table of resolutions: fields of :class:`ResolutionRow`.
MEETING_COLUMNS = ("votes_for", "votes_against", "abstained", "outcome")


@attrs.frozen(kw_only=True)
class ResolutionRow:
    """One resolution, in words.

    Attributes:
        code, title: what was voted.
        votes_for, votes_against, abstained: votes; those of all colleges where there are some.
        outcome: carried, rejected, or no quorum.
        notes: each reason with its texts, and the votes of each college.
    """

    code: str
    title: str
    votes_for: str
    votes_against: str
    abstained: str
    outcome: str
    notes: tuple[str, ...]


def meeting_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns."""
    words = Words(lang)
    return {
        "votes_for": words("Pour", "For"),
        "votes_against": words("Contre", "Against"),
        "abstained": words("Abst.", "Abst."),
        "outcome": words("Résultat", "Result"),
    }


def _votes(number: Fraction, words: Words) -> str:
    """Return a number of votes: whole, or with two decimals where votes are reduced."""
    return words.number(number, 0 if number.denominator == 1 else 2)


def presence_text(result: MeetingResult, lang: str = "fr") -> str:
    """Return who was there: ``21 voix présentes ou représentées sur 27 (27 associés)``."""
    words = Words(lang)
    present, every = _votes(result.present_votes, words), _votes(result.all_votes, words)
    return words(
        f"{present} voix présentes ou représentées sur {every} ({len(result.roll)} associés)",
        f"{present} of {every} votes present or represented ({len(result.roll)} associates)",
    )


def outcome(done: ResolutionResult, words: Words) -> str:
    """Return the outcome of a resolution in a word."""
    if done.carried:
        return words("adoptée", "carried")
    return words("rejetée", "rejected") if done.quorum_met else words("quorum non atteint", "no quorum")


def resolution_rows(result: MeetingResult, lang: str = "fr") -> tuple[ResolutionRow, ...]:
    """Return the resolutions in words, in the order of the meeting."""
    words = Words(lang)
    return tuple(
        ResolutionRow(
            code=done.resolution.code,
            title=done.resolution.title,
            votes_for=_votes(done.votes_for, words),
            votes_against=_votes(done.votes_against, words),
            abstained=_votes(done.abstained, words),
            outcome=outcome(done, words),
            notes=tuple(_notes(done, words)),
        )
        for done in result.results
    )


def _notes(done: ResolutionResult, words: Words) -> Iterator[str]:
    for reason in done.reasons:
        yield _reason(reason, words)
    for college in done.colleges:
        yes, no = (_votes(number, words) for number in (college.votes_for, college.votes_against))
        for_all = words.number(college.carried_for * 100, 2)
        yield words(
            f"collège {college.name} ({words.percent(college.weight_ppm)}) : {yes} pour, {no} contre, "
            f"soit {for_all} % des voix pour",
            f"college {college.name} ({words.percent(college.weight_ppm)}): {yes} for, {no} against, "
            f"so {for_all} % of the votes for",
        )


def _reason(reason: Reason, words: Words) -> str:
    mark = "✓" if reason.met else "✗"
    review = words(" – à vérifier", " – to review") if reason.needs_review else ""
    return f"{mark} {reason.text(words.lang)}{review}"


def reason_lines(reasons: Iterable[Reason], lang: str = "fr") -> tuple[str, ...]:
    """Return some reasons, each with a mark for met or not, its texts and whether it is to be reviewed."""
    return tuple(_reason(reason, Words(lang)) for reason in reasons)


def meeting_text(result: MeetingResult, lang: str = "fr", *, width: int = 96) -> str:
    """Return the result of a meeting as plain text, for minutes or a notebook."""
    words = Words(lang)
    lines = [presence_text(result, lang), ""]
    titles = meeting_titles(lang)
    for row in resolution_rows(result, lang):
        lines += wrap(f"{row.code}. {row.title}{words.colon}{row.outcome}", width)
        counted = [
            f"{titles[name].lower()} {getattr(row, name)}" for name in MEETING_COLUMNS if name != "outcome"
        ]
        lines.append("   " + ", ".join(counted))
        for note in row.notes:
            lines += wrap(note, width, initial_indent="   ", subsequent_indent="     ")
    return "\n".join(lines) + "\n"
