"""What a notebook shows of a simulation: tables of bands and chances, and fans of what may come."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.explain.html import Cell, escape, notes, row, table
from cae_core.explain.picture import COLOURS, Picture, drawing, euros_axis, plain
from cae_core.explain.simulation_rows import (
    BandRow,
    band_rows,
    chance_rows,
    level_title,
    measure_titles,
    model_lines,
    right_rows,
)
from cae_core.explain.words import Words
from cae_core.money import divide_half_up
from cae_core.simulation import LEVELS, Band, Simulation, band

__all__ = ["band_html", "band_picture", "simulation_html", "simulation_picture"]

#: The figures that the picture of a simulation shows, and their colours.
_SHOWN = (("net_before_tax", "net"), ("treasury", "gross"))
#: How much of its colour a band has, in hexadecimal: about a third.
_VEIL = "50"
#: A label every so many months keeps them apart.
_MONTHS_A_LABEL = 3


def simulation_html(simulation: Simulation, words: Words) -> str:
    """Return the bands of each year and of the rights, the chances, what was drawn and assumed."""
    lang = words.lang
    parts = [_bands(str(year), band_rows(simulation, year, lang), words) for year in simulation.years]
    rights = right_rows(simulation, lang)
    if rights:
        parts.append(_bands(words("Droits", "Rights"), rights, words))
    chances = [
        row([(escape(each.title), False), (escape(each.share), True), (escape(each.error), True)])
        for each in chance_rows(simulation, lang)
    ]
    heads: list[Cell] = [("", False), (words("Chance", "Chance"), True), (words("Erreur", "Error"), True)]
    parts.append(table(heads, chances, caption=words("Chances", "Chances")))
    return "".join(parts) + notes(model_lines(simulation, lang))


def band_html(found: Band, words: Words) -> str:
    """Return a band as a table, a line a period."""
    money = found.unit == "cents"

    def write(value: int) -> str:
        return words.amount(value) if money else str(value)

    rows = [
        BandRow(title=_period(period, words), mean=write(mean), amounts=tuple(map(write, amounts)))
        for period, mean, amounts in zip(found.periods, found.means, found.amounts, strict=True)
    ]
    names = [level_title(level, words.lang) for level in found.levels]
    return _table(_title(found, words), rows, names, words)


def _bands(title: str, rows: tuple[BandRow, ...], words: Words) -> str:
    return _table(title, list(rows), [level_title(level, words.lang) for level in LEVELS], words)


def _table(title: str, rows: list[BandRow], levels: list[str], words: Words) -> str:
    heads: list[Cell] = [("", False), *((name, True) for name in (words("Moyenne", "Mean"), *levels))]
    lines = [
        row([(escape(each.title), False), *((cell, True) for cell in (each.mean, *each.amounts))])
        for each in rows
    ]
    return table(heads, lines, caption=title)


def _title(found: Band, words: Words) -> str:
    return measure_titles(words.lang).get(found.measure, found.measure)


def _period(period: str, words: Words) -> str:
    return words.month(Month.parse(period)) if len(period) == 7 else period


def simulation_picture(simulation: Simulation, words: Words) -> Picture:
    """Draw the net before tax and the treasury, month by month: the median and where paths lie."""
    with drawing(9, 6) as figure:
        panels = figure.subplots(len(_SHOWN), 1, sharex=True)
        texts = [
            _fan(axes, band(simulation, measure), COLOURS[colour], words)
            for axes, (measure, colour) in zip(panels, _SHOWN, strict=True)
        ]
    return Picture(figure, " ".join(texts))


def band_picture(found: Band, words: Words) -> Picture:
    """Draw a band over its periods: the median, and where so many paths of ten lie.

    Raises:
        InputError: a band of one period or of one level is no fan.
    """
    if len(found.periods) < 2 or len(found.levels) < 2:
        raise InputError("band", "expected two periods and two levels or more to draw")
    with drawing(9, 4) as figure:
        text = _fan(figure.subplots(), found, COLOURS["net"], words)
    return Picture(figure, text)


def _fan(axes: Any, found: Band, colour: str, words: Words) -> str:
    """Draw the levels in pairs, outermost first, and the middle one as a line; return what is told."""
    money = found.unit == "cents"
    places = range(len(found.periods))
    lines = [
        [divide_half_up(amount, 100) if money else amount for amount in found.at(level)]
        for level in found.levels
    ]
    half = len(lines) // 2
    for rank, (low, high) in enumerate(zip_longest(lines[:half], reversed(lines[-half:]))):
        spread = found.levels[-1 - rank].ppm - found.levels[rank].ppm
        label = words(f"{spread // 10_000} % des trajectoires", f"{spread // 10_000}% of the paths")
        # Each band lies on those outside it, so the middle is the darkest.
        axes.fill_between(places, low, high, color=f"{colour}{_VEIL}", linewidth=0, label=label)
    if len(lines) % 2:
        label = level_title(found.levels[half], words.lang)
        axes.plot(places, lines[half], color=colour, linewidth=2, label=label)
    axes.axhline(0, color=COLOURS["soft"], linewidth=1)
    step = _MONTHS_A_LABEL if len(found.periods) > 12 else 1
    axes.set_xticks(
        list(places)[::step], [_period(each, words) for each in found.periods[::step]], rotation=30
    )
    title = _title(found, words)
    plain(axes, words(f"{title} (euros)", f"{title} (euros)") if money else title, kept=("left",))
    if money:
        euros_axis(axes.yaxis, words.lang)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0, frameon=False, ncols=3, fontsize=8)
    last = found.amounts[-1]
    told = words.euros if money else str
    return (
        f"{title}{words.colon}{_period(found.periods[-1], words)}, "
        f"{told(last[0])} … {told(last[half])} … {told(last[-1])}."
    )
