"""The incomes that a cooperative published, and those of a simulated one: Artenréel, Strasbourg, 2013.

Source: https://artenreel.fr/les-chiffres-cooperatifs/temps-et-revenus-dans-la-cae/

Each path is a person. Three numbers are chosen so that three figures come out: how unequal people are (the
ten highest pays), and the share of expenses of each group (its mean pay). The others are then what they are.
The law is that of 2019, the first year known; the fee (10 %) and the invoices (two a month) are assumed.
"""

import datetime as dt

import numpy as np

import cae_core
from cae_core import Month, Rate
from cae_core.account import FeeBase, FeeBracket, FeeMode, FeeScale
from cae_core.cooperative import Cooperative
from cae_core.france.contracts import CesaContract
from cae_core.payroll.engagement import Engagement
from cae_core.payroll.pay_policy import SpendAvailable
from cae_core.simulation import Expenses, Invoices, Scenario, SeasonalTurnover, UncertainLevel, simulate

COOPERATIVES = 40  # the same cooperative so many times, to tell chance from law
RECENT, SETTLED = 53, 40  # people of less, and of more, than three years

said = "not published"
engagement = Engagement(
    cooperative=Cooperative(
        name="93 entrepreneurs", headcount=93, workplace_accident_rate=Rate.percent("1.5")
    ),
    contract=CesaContract(
        signed_on="2018-12-03", starts_on="2019-01-01", fixed_pay_cents=0, goals=said, support=said,
        fee_terms=said, variable_pay_terms=said, statutes=said, rights=said, membership_terms=said,
    ),
    scale=FeeScale(
        code="tenth", name="Contribution", citation="assumed", url="", in_force_from=dt.date(2018, 1, 1),
        base=FeeBase.TURNOVER_CASHED, mode=FeeMode.FLAT, brackets=(FeeBracket(0, Rate.percent("10")),),
    ),
    policy=SpendAvailable(),
)  # fmt: skip


def group(people, yearly_euros, expenses, seed):
    """Simulate the people of a group, all cooperatives one after the other."""
    scenario = Scenario(
        name="group",
        engagement=engagement,
        first=Month(2019, 1),
        last=Month(2019, 12),
        turnover=SeasonalTurnover(yearly_cents=yearly_euros * 100, from_year=2019),
        shocks=[UncertainLevel(spread_hundredths=90)],
        invoices=Invoices(a_month_hundredths=200, spread_hundredths=60),
        expenses=Expenses(share=Rate.percent(expenses)),
    )
    return simulate(cae_core.load(), scenario, seed=seed, paths=people * COOPERATIVES)


recent, settled = group(RECENT, 7_500, "28", 2013), group(SETTLED, 15_000, "33", 2014)
pays = [many.yearly("gross_pay")[0] for many in (recent, settled)]
everybody = np.concatenate([pays[0].reshape(-1, RECENT), pays[1].reshape(-1, SETTLED)], axis=1)
highest = np.sort(everybody, axis=1)[:, -10:]
turnover = sum(int(many["turnover"].sum()) for many in (recent, settled))
pay = int(everybody.sum())
cost = sum(int(many["employer_cost"].sum()) for many in (recent, settled))
hourly = cae_core.load().legislation.on(dt.date(2019, 1, 1)).value("minimum_wage_hourly")
full_time = hourly * 1820  # hours of a year at 35 a week


def line(name, published, cents=None, text=""):
    """Print one figure of both."""
    found = text or cae_core.format_euros(-(-cents // 100) * 100, "en").removesuffix(".00")
    print(f"{name:52}{published:>12}{found:>12}")


print(f"{'':52}{'published':>12}{'simulated':>12}")
line("turnover of one of less than 3 years", "€7,500", int(recent["turnover"].sum()) // pays[0].size)
line("turnover of one of more", "€15,000", int(settled["turnover"].sum()) // pays[1].size)
line("gross pay of one of less than 3 years (chosen)", "€4,200", int(pays[0].sum()) // pays[0].size)
line("gross pay of one of more (chosen)", "€7,500", int(pays[1].sum()) // pays[1].size)
line("mean of the ten highest pays (chosen)", "€18,000", int(highest.sum()) // highest.size)
line("gross pay, part of turnover", "about 50%", text=f"{100 * pay // turnover}%")
line("employer contributions, part of gross pay", "about 20%", text=f"{100 * (cost - pay) // pay}%")
line("turnover of the cooperative", "€1,250,000", turnover // COOPERATIVES)
above = int((everybody > full_time).sum())
line("people above a full-time minimum wage", "a few", text=f"{above / COOPERATIVES:.1f} of 93")
