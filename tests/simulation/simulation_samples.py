"""A scenario to simulate, and the pieces it is made of."""

import datetime as dt

from cae_core import Month, load
from cae_core.account import FeeBase, FeeBracket, FeeMode, FeeScale
from cae_core.cooperative import Cooperative
from cae_core.france.contracts import CesaContract
from cae_core.money import Rate
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.pay_policy import SharePay
from cae_core.simulation import (
    Expenses,
    Invoices,
    LostClient,
    Payment,
    Scenario,
    SeasonalTurnover,
    UncertainLevel,
)

RULES = load()

COOPERATIVE = Cooperative(
    name="Coopérative des Arches",
    headcount=130,
    workplace_accident_rate=Rate.percent("1.15"),
    mobility_rate=Rate.percent("0.80"),
    health_cover_employee_cents=2_500,
    health_cover_employer_cents=2_500,
)


def scale(**changes) -> FeeScale:
    values = {
        "code": "flat",
        "name": "Contribution",
        "citation": "assemblée générale",
        "url": "",
        "in_force_from": dt.date(2020, 1, 1),
        "base": FeeBase.TURNOVER_CASHED,
        "mode": FeeMode.FLAT,
        "brackets": (FeeBracket(0, Rate.percent("10")),),
        **changes,
    }
    return FeeScale(**values)


def contract(fixed_pay_cents=60_000, **changes) -> CesaContract:
    values = {
        "signed_on": "2024-12-02",
        "starts_on": "2025-01-01",
        "goals": "a",
        "support": "b",
        "fee_terms": "c",
        "fixed_pay_cents": fixed_pay_cents,
        "variable_pay_terms": "d",
        "statutes": "e",
        "rights": "f",
        "membership_terms": "g",
        **changes,
    }
    return CesaContract(**values)


def engagement(**changes) -> Engagement:
    values = {
        "cooperative": COOPERATIVE,
        "contract": contract(),
        "scale": scale(),
        "policy": SharePay(share=Rate.percent("40"), reserve_cents=50_000),
        **changes,
    }
    return Engagement(**values)


def scenario(**changes) -> Scenario:
    """Two years, everything uncertain."""
    values = {
        "name": "atelier",
        "engagement": engagement(),
        "first": Month(2026, 1),
        "last": Month(2027, 12),
        "turnover": SeasonalTurnover(
            yearly_cents=3_600_000,
            from_year=2026,
            profile=(8, 8, 10, 9, 9, 9, 6, 2, 9, 10, 10, 10),
            growth_ppm=30_000,
        ),
        "shocks": (
            UncertainLevel(spread_hundredths=25),
            UncertainLevel(spread_hundredths=15, each_year=True),
            LostClient(share=Rate.percent("30"), chance=Rate.percent("2"), months=4),
        ),
        "invoices": Invoices(a_month_hundredths=250, variance_ratio_hundredths=150, spread_hundredths=70),
        "payment": Payment(
            delays=((0, Rate.percent("30")), (1, Rate.percent("45")), (2, Rate.percent("23"))),
            written_off_after=6,
        ),
        "expenses": Expenses(share=Rate.percent("10"), monthly_cents=12_000),
        "assume_unchanged": True,
        **changes,
    }
    return Scenario(**values)
