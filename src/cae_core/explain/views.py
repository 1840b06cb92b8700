"""What a notebook shows of each kind of result: :func:`html` and :func:`plot`, for every language.

``slip._repr_html_()`` and ``slip.plot()`` are these functions in the language that was chosen with
:func:`~cae_core.explain.language`.
"""

from __future__ import annotations

import datetime as dt
from functools import singledispatch

from cae_core.account import ActivityStatement
from cae_core.calendar import to_day
from cae_core.explain.band_view import band_html, band_picture, simulation_html, simulation_picture
from cae_core.explain.cover_picture import finding_picture, findings_picture
from cae_core.explain.html import fragment
from cae_core.explain.path_picture import deadlines_picture, path_picture
from cae_core.explain.pay_pictures import month_picture, months_picture, payslip_picture, statement_picture
from cae_core.explain.picture import Picture
from cae_core.explain.result_html import (
    comparison_html,
    deadlines_html,
    finding_html,
    findings_html,
    month_html,
    months_html,
    path_html,
    payslip_html,
    statement_html,
)
from cae_core.explain.sides_picture import sides_picture
from cae_core.explain.spoken import spoken
from cae_core.explain.words import Words
from cae_core.france.statuses import Comparison
from cae_core.pathway import Deadlines, Pathway, deadlines
from cae_core.payroll import Payslip
from cae_core.payroll.run import MonthRun, MonthRuns
from cae_core.protection import Finding, Findings
from cae_core.simulation import Band, Simulation

__all__ = ["html", "plot"]


def html(result: object, lang: str | None = None) -> str:
    """Return a result as HTML that stands in any page, with its style.

    Args:
        result: a payslip, a statement, a month or months of the chain, one answer or several about rights,
            a comparison of statuses, a path, deadlines, a simulation, a band.
        lang: ``"fr"`` or ``"en"``; by default the language of the notebook.

    Raises:
        TypeError: nothing says how this is shown.
    """
    words = spoken(lang)
    return fragment(_html(result, words), words.lang)


def plot(result: object, lang: str | None = None, **options: object) -> Picture:
    """Return the picture of a result.

    Args:
        result: what :func:`html` takes.
        lang: ``"fr"`` or ``"en"``; by default the language of the notebook.
        options: of a path, ``on``, the day it is looked at (by default that of the last event), and
            ``until``, the last day of what falls due.

    Raises:
        MissingExtraError: matplotlib is not installed.
        TypeError: nothing says how this is shown, or an option is not one of it.
        InputError: there is nothing to draw.
    """
    return _plot(result, spoken(lang), **options)


@singledispatch
def _html(result: object, words: Words) -> str:
    raise TypeError(f"nothing says how to show {type(result).__name__}")


_html.register(Payslip, payslip_html)
_html.register(ActivityStatement, statement_html)
_html.register(MonthRun, month_html)
_html.register(MonthRuns, months_html)
_html.register(Finding, finding_html)
_html.register(Findings, findings_html)
_html.register(Comparison, comparison_html)
_html.register(Deadlines, deadlines_html)
_html.register(Pathway, path_html)
_html.register(Simulation, simulation_html)
_html.register(Band, band_html)


@singledispatch
def _plot(result: object, words: Words) -> Picture:
    raise TypeError(f"nothing says how to draw {type(result).__name__}")


_plot.register(Payslip, payslip_picture)
_plot.register(ActivityStatement, statement_picture)
_plot.register(MonthRun, month_picture)
_plot.register(MonthRuns, months_picture)
_plot.register(Finding, finding_picture)
_plot.register(Findings, findings_picture)
_plot.register(Simulation, simulation_picture)
_plot.register(Band, band_picture)


@_plot.register
def _(result: Comparison, words: Words) -> Picture:
    return sides_picture(result, lang=words.lang)


@_plot.register
def _(result: Deadlines, words: Words) -> Picture:
    return deadlines_picture(result, lang=words.lang)


@_plot.register
def _(
    result: Pathway, words: Words, *, on: dt.date | str | None = None, until: dt.date | str | None = None
) -> Picture:
    day = to_day(on, "on") if on is not None else result.last_on
    due = () if day is None else deadlines(result, day, until, overdue=True)
    standing = result if day is None else result.until(day)
    return path_picture(standing, due, day or dt.date.min, lang=words.lang)
