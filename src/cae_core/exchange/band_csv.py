"""The bands of a simulation as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from cae_core.explain.slip_data import plain_euros
from cae_core.simulation import MEASURES, Simulation, band

__all__ = ["band_csv"]


def band_csv(simulation: Simulation) -> str:
    """Return the bands month by month: a row a month and figure, amounts such as ``1234.56``.

    Cells are separated by ``;``: the month, the figure, its mean, then a column a level.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    bands = [band(simulation, measure) for measure in MEASURES]
    levels = [str(level).removesuffix("%") for level in bands[0].levels]
    writer.writerow(("month", "figure", "mean", *(f"level_{level}" for level in levels)))
    for rank, month in enumerate(simulation.months):
        for found in bands:
            amounts = (found.means[rank], *found.amounts[rank])
            writer.writerow((str(month), found.measure, *map(plain_euros, amounts)))
    return text.getvalue()
