"""Futures of an activity: scenarios, projections month by month, many paths at once, and advice."""

from cae_core.simulation.advice import Advice, Price, Shortfall, advise
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
from cae_core.simulation.extra_pay import (
    ExtraPay,
    FigureChange,
    NextStep,
    RightChange,
    extra_pay,
    extra_pay_in,
)
from cae_core.simulation.flows import Flows, Sale
from cae_core.simulation.guarantees import (
    AccountHolds,
    FixedPartPaid,
    Guarantee,
    NetReached,
    RightHeld,
    Verdict,
    judge,
)
from cae_core.simulation.monte_carlo import Simulation, join, parts_of, simulate
from cae_core.simulation.outcomes import Aim, Outcome, outcome_of
from cae_core.simulation.projection import ProjectedMonth, Projection, project
from cae_core.simulation.scenario import Scenario, Start, WatchDay, Watched
from cae_core.simulation.smoothing import Plan, PlanFamily, RegularPay, family_for
from cae_core.simulation.turnover import Expenses, MonthsGiven, SeasonalTurnover, Turnover
from cae_core.simulation.uncertainty import Invoices, LostClient, Payment, Shock, UncertainLevel

__all__ = [
    "LEVELS",
    "MEASURES",
    "AccountHolds",
    "Advice",
    "Aim",
    "Band",
    "Chance",
    "Difference",
    "Draws",
    "Expenses",
    "ExtraPay",
    "FigureChange",
    "FixedPartPaid",
    "Flows",
    "Guarantee",
    "Invoices",
    "LostClient",
    "MonthsGiven",
    "NetReached",
    "NextStep",
    "Outcome",
    "Payment",
    "Plan",
    "PlanFamily",
    "Price",
    "ProjectedMonth",
    "Projection",
    "RegularPay",
    "RightChange",
    "RightColumns",
    "RightHeld",
    "Sale",
    "Scenario",
    "SeasonalTurnover",
    "Shock",
    "Shortfall",
    "Simulation",
    "Start",
    "Turnover",
    "UncertainLevel",
    "Verdict",
    "WatchDay",
    "Watched",
    "advise",
    "band",
    "chance",
    "compare",
    "extra_pay",
    "extra_pay_in",
    "family_for",
    "join",
    "judge",
    "outcome_of",
    "parts_of",
    "project",
    "quantile",
    "right_band",
    "run_columns",
    "simulate",
]
