"""The chain published by the cooperative Optéos on 30 September 2024, done again under the law of that month.

Source: https://documentation.opteos.fr/wiki/Calcul_salaire, « Exemples de rémunération au 30/09/2024 ».
The page gives three columns, from a net pay to the turnover to invoice. It says: employee contributions of
21 % and 29 € of health cover, 29 € of employer cover, a fee of 11.5 % (cost ÷ 0.885). It does not say the
headcount, the accident rate, the mobility rate, nor the month or the tool behind each column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

import cae_core
from cae_core import HoursPolicy, Month, PayFacts, Payslip
from cae_core.account import FeeScale, MonthActivity, fee_for

MONTH = Month(2024, 9)
COVER = 29_00
#: Net pay, gross pay, total cost and turnover of each column, in cents.
PUBLISHED = (
    (1365_00, 1765_00, 1896_00, 2142_00),
    (1600_00, 2055_00, 2420_00, 2734_00),
    (2000_00, 2560_00, 3367_00, 3805_00),
)
#: One headcount for each class that the law tells apart.
CLASSES = {8: "under 11", 30: "11 to 49", 130: "50 to 249", 300: "250 and more"}

rules = cae_core.load()
scale = FeeScale.from_mapping(
    {
        "code": "opteos",
        "name": "Contribution coopérative",
        "citation": "Page « Calcul salaire », 30/09/2024",
        "url": "https://documentation.opteos.fr/wiki/Calcul_salaire",
        "in_force_from": dt.date(2024, 1, 1),
        "base": "gross_margin",
        "mode": "flat",
        "brackets": [{"from": "0", "rate": "11.5"}],
    },
    "opteos",
)


def payslip(gross: int, headcount: int = 30, rates_ppm: int = 0, month: Month = MONTH) -> Payslip:
    """The payslip of a gross pay; accident and mobility rates are one rate, for only their sum shows."""
    facts = PayFacts(
        gross_pay_cents=gross,
        headcount=headcount,
        workplace_accident_ppm=rates_ppm,
        health_cover_employee_cents=COVER,
        health_cover_employer_cents=COVER,
    )
    return rules.payslip(month, facts)


def nearest(target: int, value: Callable[[int], int], around: int) -> int:
    """The whole number of cents whose value is nearest to the target, by exact search."""
    return min(range(around - 50_00, around + 50_00), key=lambda cents: abs(value(cents) - target))


def left_after_fee(turnover: int) -> int:
    """What a turnover leaves once the cooperative's fee is charged."""
    charge, *_ = fee_for([MonthActivity(month=MONTH, gross_margin_cents=turnover)], scale)
    return turnover - charge.amount_cents


def gap(choice: tuple[int, int], month: Month) -> int:
    """The largest difference between a published cost and ours, for a headcount and rates."""
    return max(
        abs(cost - payslip(gross, *choice, month).employer_cost_cents) for _, gross, cost, _ in PUBLISHED
    )


def euros(cents: float, sign: str = "") -> str:
    """Write an amount; only here, for people, are cents divided."""
    return f"{round(cents) / 100:{sign},.2f}"


def row(label: str, published: int, computed: int, reason: str) -> None:
    """Print one line of the table."""
    figures = f"{euros(published):>10}{euros(computed):>11}{euros(published - computed, '+'):>9}"
    print(f"{label:<22}{figures}  {reason}".rstrip())


def title(text: str) -> None:
    print(f"\n{text:<22}{'published':>10}{'computed':>11}{'differs':>9}  reason")


def which_net() -> None:
    print("Which net is it? Largest difference of the three columns, at the published gross:")
    for name, read in {
        "before tax, cover deducted": lambda slip: slip.net_before_tax_cents,
        "before tax, cover not deducted": lambda slip: slip.net_before_tax_cents + COVER,
        "after tax at the neutral rate": lambda slip: slip.net_paid_cents,
    }.items():
        worst = max(abs(net - read(payslip(gross))) for net, gross, _, _ in PUBLISHED)
        print(f"  {name:<32}{euros(worst):>8}")


def from_net_to_gross() -> None:
    title("Net and gross")
    for net, gross, _, _ in PUBLISHED:
        slip = payslip(gross)
        share = (slip.employee_contributions_cents - COVER) / gross
        reason = f"employee share {share:.2%} of gross, 21 % on the page"
        row(f"net of {euros(gross)}", net, slip.net_before_tax_cents, reason)
        found = nearest(net, lambda cents: payslip(cents).net_before_tax_cents, gross)
        grossed_up, added = (net + COVER) / 0.79, net / 0.79 + COVER
        if abs(gross - grossed_up) < abs(gross - added):
            reason = f"(net + 29) / 0.79 = {euros(grossed_up)}"
        else:
            reason = f"net / 0.79 + 29 = {euros(added)}: the cover is added after the division"
        row(f"gross for {euros(net)}", gross, found, reason)


def hours_policy() -> None:
    print("\nThe hours policy changes nothing here. Coefficient of the reduction, by policy:")
    for policy in (HoursPolicy.EQUIVALENT_HOURS, HoursPolicy.FULL_TIME):
        slips = [
            rules.payslip(MONTH, attrs.evolve(payslip(g).facts, hours_policy=policy))
            for _, g, *_ in PUBLISHED
        ]
        print(
            f"  {policy.value:<18}" + "".join(f"{s.reductions[0].coefficient / 10_000:>8.4f}" for s in slips)
        )


def rates_that_close() -> tuple[int, int]:
    print("\nAccident and mobility rates, together, that would close the cost of each column:")
    for headcount, name in CLASSES.items():
        alone = [
            (cost - payslip(gross, headcount).employer_cost_cents) / gross for _, gross, cost, _ in PUBLISHED
        ]
        print(f"  {name:<14}" + "".join(f"{rate:>8.2%}" for rate in alone))
    print("Nearest for the three columns, over the four classes and rates up to 5 %:")
    choices = [(headcount, ppm) for headcount in CLASSES for ppm in range(0, 50_001, 500)]
    best = choices[0]
    for month in (Month(2024, 11), MONTH):
        best = min(choices, key=lambda choice: gap(choice, month))
        wage = rules.month_law(month).snapshot.format("general_reduction_minimum_wage_hourly", "en")
        print(f"  law of {month}, minimum wage {wage}: {CLASSES[best[0]]} people, {best[1] / 10_000:.2f} %, "
              f"within {euros(gap(best, month))}")  # fmt: skip
    return best


def cost_and_turnover(best: tuple[int, int]) -> None:
    title("Cost and turnover")
    for _, gross, cost, turnover in PUBLISHED:
        slip = payslip(gross, *best)
        (reduction,) = slip.reductions
        mine = slip.employer_cost_cents
        implied = (reduction.amount_cents - (cost - mine)) / gross
        reason = f"unexplained; coefficient {reduction.coefficient / 10_000:.4f}, implied {implied:.4f}"
        row(f"cost of {euros(gross)}", cost, mine, reason)
        needed = nearest(mine, left_after_fee, round(mine / 0.885))
        of_page = nearest(cost, left_after_fee, round(cost / 0.885))
        row("  turnover", turnover, needed, f"follows the cost: {euros(cost)} needs {euros(of_page)}")


def two_columns_at_a_time() -> None:
    print("\nColumns two and three alone: the rate, and the fixed amount, that would close both")
    _, (_, low, cost_low, _), (_, high, cost_high, _) = PUBLISHED
    for headcount, name in CLASSES.items():
        mine = [payslip(gross, headcount).employer_cost_cents for gross in (low, high)]
        rate = ((cost_high - cost_low) - (mine[1] - mine[0])) / (high - low)
        fixed = cost_low - mine[0] - rate * low
        verdict = "impossible" if rate < 0 else f"and {euros(fixed)} a month, which the page does not name"
        print(f"  {name:<14}{rate:>8.2%}  {verdict}")


def page_against_itself() -> None:
    net, _, cost, turnover = PUBLISHED[0]
    by_cost, by_turnover = (cost - net) / cost, (turnover - net) / turnover
    rates = ", ".join(f"{(cost - gross - COVER) / gross:.2%}" for _, gross, cost, _ in PUBLISHED)
    older = next(c for c in range(cost, cost + 20_00, 1_00) if f"{(c - net) / c:.2%}" == "28.27%")
    print("\nThe page against itself")
    print(f"  cost = invoice × 0.8935 on the page; its own 1.1299 and 11.5 % give {1 / 1.1299:.4f}")
    print(f"  employer rates without the cover = {rates}, on the page 5, 16 and 30 %: cut, not rounded")
    print(f"  (cost − net) / cost = {by_cost:.2%}, on the page 28.27%")
    print(f"  (turnover − net) / turnover = {by_turnover:.1%}, on the page 36.5%")
    print(f"  a cost of {euros(older)} gives 28.27% and {1 - net * 0.885 / older:.1%}: an older first column")


if __name__ == "__main__":
    which_net()
    from_net_to_gross()
    hours_policy()
    cost_and_turnover(rates_that_close())
    two_columns_at_a_time()
    page_against_itself()
