"""The statuses one may work under, compared on equal turnover and expenses: what is paid, left and covered.

A salaried entrepreneur of a cooperative (CESA), a micro-enterprise, an individual enterprise under the
standard regime and wage portage; :func:`compare_statuses` puts them side by side.
"""

from cae_core.france.statuses.comparison import (
    Comparison,
    Event,
    EventCover,
    Status,
    StatusSide,
    compare_statuses,
    usual_facts,
)
from cae_core.france.statuses.later_life_of_self_employed import ATI, SELF_EMPLOYED_PENSION
from cae_core.france.statuses.lines import PaidLine
from cae_core.france.statuses.micro import (
    MicroActivity,
    MicroDeclaration,
    flat_tax_reason,
    micro_acre_ends_on,
    micro_ceiling_reason,
    micro_declaration,
    micro_income,
    micro_pension_base,
    micro_points_contribution,
    micro_quarter_turnover,
    micro_rate,
)
from cae_core.france.statuses.protection_of_self_employed import (
    SELF_EMPLOYED_ACCIDENT,
    SELF_EMPLOYED_BIRTH,
    SELF_EMPLOYED_SICKNESS,
    SelfEmployed,
)
from cae_core.france.statuses.sole_trader import SoleTraderYear, sole_trader_base, sole_trader_year
from cae_core.france.statuses.wage_portage import PortageMonth, portage_minimum_reason, portage_month

__all__ = [
    "ATI",
    "SELF_EMPLOYED_ACCIDENT",
    "SELF_EMPLOYED_BIRTH",
    "SELF_EMPLOYED_PENSION",
    "SELF_EMPLOYED_SICKNESS",
    "Comparison",
    "Event",
    "EventCover",
    "MicroActivity",
    "MicroDeclaration",
    "PaidLine",
    "PortageMonth",
    "SelfEmployed",
    "SoleTraderYear",
    "Status",
    "StatusSide",
    "compare_statuses",
    "flat_tax_reason",
    "micro_acre_ends_on",
    "micro_ceiling_reason",
    "micro_declaration",
    "micro_income",
    "micro_pension_base",
    "micro_points_contribution",
    "micro_quarter_turnover",
    "micro_rate",
    "portage_minimum_reason",
    "portage_month",
    "sole_trader_base",
    "sole_trader_year",
    "usual_facts",
]
