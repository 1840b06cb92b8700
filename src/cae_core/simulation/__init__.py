"""Futures of an activity: scenarios, projections month by month, many paths at once, and advice."""

from cae_core.simulation.bands import (
    LEVELS,
    Band,
    Chance,
    Difference,
    band,
    chance,
    compare,
    quantile,
    right_band,
)
from cae_core.simulation.columns import MEASURES, RightColumns, run_columns
from cae_core.simulation.draws import Draws
from cae_core.simulation.flows import Flows, Sale
from cae_core.simulation.monte_carlo import Simulation, join, parts_of, simulate
from cae_core.simulation.projection import ProjectedMonth, Projection, project
from cae_core.simulation.scenario import Scenario, Start, WatchDay, Watched
from cae_core.simulation.turnover import Expenses, MonthsGiven, SeasonalTurnover, Turnover
from cae_core.simulation.uncertainty import Invoices, LostClient, Payment, Shock, UncertainLevel

__all__ = [
    "LEVELS",
    "MEASURES",
    "Band",
    "Chance",
    "Difference",
    "Draws",
    "Expenses",
    "Flows",
    "Invoices",
    "LostClient",
    "MonthsGiven",
    "Payment",
    "ProjectedMonth",
    "Projection",
    "RightColumns",
    "Sale",
    "Scenario",
    "SeasonalTurnover",
    "Shock",
    "Simulation",
    "Start",
    "Turnover",
    "UncertainLevel",
    "WatchDay",
    "Watched",
    "band",
    "chance",
    "compare",
    "join",
    "parts_of",
    "project",
    "quantile",
    "right_band",
    "run_columns",
    "simulate",
]
