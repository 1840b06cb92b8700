"""What a person is covered for as a picture: how much of each condition that is counted she has."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import attrs

from cae_core.explain.cover_rows import answer, cover_row
from cae_core.explain.picture import COLOURS, Picture, drawing, plain
from cae_core.explain.words import Words
from cae_core.money import divide_half_up
from cae_core.protection import Finding, Findings, format_quantity
from cae_core.reasons import Reason

__all__ = ["finding_picture", "findings_picture"]

_WIDTH, _LONGEST, _LABEL, _SAID = 11, 150, 52, 62


@attrs.frozen
class _Bar:
    """How much of what is wanted is there, in percent; ``None`` where nothing is counted."""

    label: str
    percent: int | None
    colour: str
    said: str


def findings_picture(findings: Findings, words: Words) -> Picture:
    """Draw every answer: a bar for how much she has of the condition she has least of."""
    bars = []
    for row in (cover_row(finding, words.lang) for finding in findings):
        granted = row.finding.granted
        said = row.amount if granted and row.amount else row.missing
        bars.append(
            _Bar(
                row.name,
                _least(row.finding),
                _colour(granted),
                f"{row.answer}{words.colon}{said}" if said else row.answer,
            )
        )
    day = words.day(findings[0].on) if findings else ""
    title = words(f"À quoi elle a droit le {day}", f"What she is covered for on {day}")
    number = sum(finding.granted is True for finding in findings)
    told = words(
        f"{number} droits ouverts sur {len(findings)}", f"{number} of {len(findings)} rights granted"
    )
    return _picture(bars, title, told, words)


def finding_picture(finding: Finding, words: Words) -> Picture:
    """Draw one answer: a bar for each condition that counts something."""
    bars = []
    for reason in finding.reasons:
        said = words(reason.french, reason.english)
        percent = _percent(reason)
        if percent is not None and reason.found is not None and reason.wanted is not None:
            found, wanted = (
                format_quantity(value, reason.unit, words.lang) for value in (reason.found, reason.wanted)
            )
            bars.append(_Bar(said, percent, _colour(reason.met), f"{found} / {wanted}"))
        else:
            bars.append(
                _Bar(
                    said,
                    None,
                    _colour(reason.met),
                    words("remplie", "met") if reason.met else words("non remplie", "not met"),
                )
            )
    day, name = words.day(finding.on), finding.entitlement.name(words.lang)
    title = f"{name}{words.colon}{answer(finding.granted, words)}, {day}"
    return _picture(bars, title, "; ".join(f"{bar.label} {bar.said}" for bar in bars), words)


def _percent(reason: Reason) -> int | None:
    if reason.found is None or not reason.wanted or reason.wanted < 0:
        return None
    percent: int = divide_half_up(100 * max(reason.found, 0), reason.wanted)
    # A ceiling that is met, or missed, is no progress towards it.
    return None if (percent >= 100) is not reason.met else percent


def _least(finding: Finding) -> int | None:
    """The condition she has least of; where the right is granted, of those that opened it."""
    reasons = [each for each in finding.reasons if each.met or not finding.granted]
    return min((percent for each in reasons if (percent := _percent(each)) is not None), default=None)


def _colour(granted: bool | None) -> str:
    return COLOURS["soft" if granted is None else "net" if granted else "late"]


def _picture(bars: list[_Bar], title: str, told: str, words: Words) -> Picture:
    with drawing(_WIDTH, 1 + (3 * len(bars) + 9) // 10) as figure:
        axes: Any = figure.subplots()
        for rank, bar in enumerate(bars):
            if bar.percent is None:
                axes.plot([0], [rank], marker="o", color=bar.colour, markersize=6, clip_on=False)
            else:
                axes.barh([rank], [min(bar.percent, _LONGEST)], color=bar.colour)
            end = min(bar.percent or 0, _LONGEST)
            axes.annotate(
                shorten(bar.said, _SAID, placeholder=" …"), (max(end, 0), rank), xytext=(8, 0),
                textcoords="offset points", va="center", color=bar.colour,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )  # fmt: skip
        axes.axvline(100, color=COLOURS["soft"], linewidth=1, linestyle=":", zorder=0)
        axes.set_yticks(range(len(bars)), [shorten(bar.label, _LABEL, placeholder=" …") for bar in bars])
        axes.set_ylim(len(bars), -1)
        # Room for what is said beside the longest bar.
        axes.set_xlim(0, 3 * _LONGEST // 2)
        axes.set_xticks(
            [0, 50, 100, _LONGEST],
            [
                "0",
                words("50 %", "50%"),
                words("100 % de la condition", "100% of the condition"),
                "≥ " + words("150 %", "150%"),
            ],
        )
        plain(axes, title, kept=("left",))
        # Room for the dots that stand at zero.
        axes.tick_params(axis="y", pad=8)
    return Picture(figure, f"{title}{words.colon}{told}")
