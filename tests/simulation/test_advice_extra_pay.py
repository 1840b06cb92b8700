"""What a euro more of pay costs and brings: payslips redone by hand, rights by the published formulas."""

from functools import cache
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_samples import RULES, engagement, scenario

from cae_core import InputError, Month, PayFacts, UnknownNameError
from cae_core.france.unemployment import BenefitGround, Ending
from cae_core.payroll.pay_policy import FixedThenSettle
from cae_core.protection import PayHistory, PayMonth
from cae_core.simulation import (
    Expenses,
    Payment,
    SeasonalTurnover,
    WatchDay,
    Watched,
    extra_pay,
    extra_pay_in,
    project,
)

RIGHTS = RULES.entitlements
QUARTERS = Watched(RIGHTS["retirement_quarters"], WatchDay.YEAR_END)
POINTS = Watched(RIGHTS["supplementary_pension_points"], WatchDay.YEAR_END)
SICKNESS = Watched(RIGHTS["sickness_daily_benefit"], WatchDay.EACH_MONTH)
UNEMPLOYMENT = Watched(
    RIGHTS["unemployment_benefit"], WatchDay.LAST_DAY, (Ending(kind=BenefitGround.AGREED),)
)
EVERY = (QUARTERS, POINTS, SICKNESS, UNEMPLOYMENT)


@cache
def year(gross_pay_cents):
    """Return December 2025 after eleven months of the same pay, the state before it and the history."""
    facts = PayFacts(
        gross_pay_cents=gross_pay_cents, headcount=130, workplace_accident_ppm=11_500, mobility_ppm=8_000
    )
    slips, before = [], None
    for number in range(1, 13):
        before = slips[-1].year_to_date if slips else None
        slips.append(RULES.payslip(Month(2025, number), facts, year_to_date=before))
    return slips[-1], before, PayHistory([PayMonth.of(slip) for slip in slips[:-1]])


def more(gross_pay_cents, *rights, **options):
    slip, before, history = year(gross_pay_cents)
    return extra_pay(RULES, slip, before=before, history=history, rights=rights, **options)


class TestCost:
    def test_a_hundred_euros_at_the_published_rates(self):
        """3,500 € a month in 2025: under the ceiling of 3,925 €, over 1.6 minimum wages: no reduction.

        Employer, in percent: health 7, old age 8.55 and 2.02, family 3.45, autonomy 0.30, work accident 1.15,
        housing 0.50, mobility 0.80, unemployment 4.00 since May, AGS 0.25, Agirc-Arrco 4.72 and 1.29,
        training 1.00, apprenticeship 0.59 and 0.09, construction 0.45, social dialogue 0.016, which goes from
        0.56 € to 0.58 €. Employee: old age 6.90 and 0.40, Agirc-Arrco 3.15 and 0.86, CSG and CRDS 9.70 on
        98.25 %: 6.68 € and 2.85 €.
        """
        found = more(350_000, amount_cents=10_000)
        employer = 700 + 855 + 202 + 345 + 30 + 115 + 50 + 80 + 400 + 25 + 472 + 129 + 100 + 59 + 9 + 45 + 2
        employee = 690 + 40 + 315 + 86 + 668 + 285
        assert found.cents("employer_cost") == 10_000 + employer == 13_618
        assert found.cents("net_before_tax") == 10_000 - employee == 7_916
        assert found.cents("reductions") == 0
        assert found.net_of_cost_ppm == 581_289  # 7,916 ÷ 13,618 = 0.5812894…

    def test_line_by_line(self):
        lines = more(350_000, amount_cents=10_000).lines
        assert lines.line("old_age_capped").employer_cents == 855
        assert sum(line.employer_cents for line in lines.lines) == 3_618
        assert sum(line.employee_cents for line in lines.lines) == 2_084

    def test_over_the_ceiling_of_the_year(self):
        """4,000 € a month are over it: no more capped old age, and the second bracket of Agirc-Arrco."""
        lines = more(400_000, amount_cents=10_000).lines
        assert lines.line("old_age_capped").employer_cents == 0
        assert lines.line("agirc_arrco_t1").employer_cents == 0
        assert lines.line("agirc_arrco_t2").employer_cents == 1_295

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 600_000), st.integers(1, 300_000))
    def test_is_the_difference_of_two_payslips_of_december(self, gross, amount):
        slip, before, _ = year(150_000)
        slip = RULES.payslip("2025-12", slip.facts.with_gross(gross), year_to_date=before)
        found = extra_pay(RULES, slip, before=before, amount_cents=amount)
        again = RULES.payslip("2025-12", slip.facts.with_gross(gross + amount), year_to_date=before)
        for total in ("gross_pay", "employer_cost", "net_before_tax", "net_paid", "reductions"):
            wanted = getattr(again, f"{total}_cents") - getattr(slip, f"{total}_cents")
            assert found.cents(total) == wanted

    def test_under_a_minimum_wage_the_reduction_grows_at_its_greatest_rate(self):
        """At 1,500 € a month reference hours follow pay: 32.33 % since May 2025 of a hundred euros."""
        assert more(150_000, amount_cents=10_000).cents("reductions") == 3_233

    def test_over_it_the_reduction_of_the_whole_year_falls(self):
        """At 2,000 € a month, for pay of 24,000 then 24,100 € over a minimum wage of 21,621.60 €.

        The coefficient is T / 0.6 × (1.6 × minimum wage / pay − 1), to four decimals: of T = 0.3234 on the
        8,000 € paid to April 0.2379 then 0.2347, of T = 0.3233 on the rest 0.2379 then 0.2346.
        """
        found = more(200_000, amount_cents=10_000)
        (before,), (after,) = found.before.reductions, found.after.reductions
        assert before.due_to_date_cents == 190_320 + 380_640
        assert after.due_to_date_cents == 187_760 + 377_706
        assert found.cents("reductions") == 187_760 + 377_706 - 190_320 - 380_640


class TestOf:
    """A euro may be one of gross pay, of net, or of the account's."""

    @pytest.mark.parametrize("total", ["net_before_tax", "net_paid"])
    def test_net(self, total):
        found = more(350_000, amount_cents=10_000, of=total)
        assert found.cents(total) == 10_000
        less = RULES.payslip(
            "2025-12",
            found.before.facts.with_gross(found.after.gross_pay_cents - 1),
            year_to_date=year(350_000)[1],
        )
        assert getattr(less, f"{total}_cents") < getattr(found.after, f"{total}_cents")

    def test_cost_is_never_passed(self):
        found = more(350_000, amount_cents=13_618, of="employer_cost")
        assert found.cents("gross_pay") == 10_000
        assert more(350_000, amount_cents=13_617, of="employer_cost").cents("gross_pay") == 9_999

    def test_a_cent_of_cost_may_buy_nothing(self):
        """A cent of gross pay costs 1.36 cents on average: not every cent of the account buys one."""
        bought = [
            more(350_000, amount_cents=cents, of="employer_cost").cents("gross_pay")
            for cents in range(1, 137)
        ]
        assert bought == sorted(bought)
        assert bought[-1] in (99, 100, 101)
        assert len(set(bought)) < len(bought)
        nothing = more(200_000, amount_cents=1, of="employer_cost")
        assert nothing.cents("employer_cost") <= 1

    def test_refusals(self):
        with pytest.raises(InputError, match="over zero"):
            more(350_000, amount_cents=0)
        with pytest.raises(UnknownNameError, match="no total is called"):
            more(350_000, of="net")


class TestRights:
    def test_the_euro_that_makes_a_quarter(self):
        """In 2025 a quarter is 150 × 11.88 € = 1,782 €, and four are twelve months of 594 €."""
        slip, before, history = year(59_400)
        short = RULES.payslip("2025-12", slip.facts.with_gross(59_300), year_to_date=before)
        found = extra_pay(RULES, short, before=before, history=history, rights=[QUARTERS])
        (right,) = found.moved
        assert {figure.either.code: figure.difference for figure in right.figures} == {
            "quarters": 1,
            "quarters_of_pay": 1,
        }
        (step,) = found.steps
        assert step.gross_pay_cents == 100
        assert step.employer_cost_cents == found.cents("employer_cost")
        assert step.net_before_tax_cents == found.cents("net_before_tax")
        assert step.right.after.value("quarters") == 4

    def test_the_euro_after_makes_none(self):
        found = more(59_400, QUARTERS)
        assert (found.moved, found.steps) == ((), ())
        assert len(found.rights) == 1

    def test_the_next_step_is_the_least_pay_that_reaches_it(self):
        """1,200 € a month are far over four quarters; 400 € are 4,800 €, two quarters, 546 € from three."""
        found = more(40_000, QUARTERS)
        (step,) = found.steps
        assert step.gross_pay_cents == 3 * 178_200 - 12 * 40_000 == 54_600
        assert step.right.before.value("quarters") == 2
        assert step.right.after.value("quarters") == 3
        slip, before, history = year(40_000)
        under = RULES.payslip("2025-12", slip.facts.with_gross(40_000 + 54_599), year_to_date=before)
        years = history.with_months(PayMonth.of(under))
        assert RULES.assess("retirement_quarters", years, "2025-12-31").value("quarters") == 2

    def test_what_a_hundred_euros_bring(self):
        """1,200 € a month, 1,300 € in December.

        Sickness on 1 January: three months ÷ 91.25. Unemployment on 31 December: the year ÷ 365. Points:
        6.20 % ÷ 20.1877 €.
        """
        found = more(120_000, *EVERY, amount_cents=10_000)
        moved = {
            figure.either.code: (figure.before.value, figure.after.value)
            for right in found.moved
            for figure in right.figures
        }
        assert moved["daily_base"] == (3_945, 4_055)  # 3,600 and 3,700 € ÷ 91.25 = 39.452 and 40.548
        assert moved["daily_benefit"] == (1_972, 2_027)  # half of it, cut to the cent
        assert moved["reference_daily_wage"] == (3_945, 3_973)  # 14,400 and 14,500 € ÷ 365
        assert moved["points"] == (4_422, 4_453)  # 892.80 and 899.00 € ÷ 20.1877
        assert "quarters" not in moved
        assert not any(right.opened for right in found.moved)

    def test_a_right_that_opens(self):
        """150 hours of minimum wage over three months are 1,782 €: 591 + 591 + 599 lack a euro."""
        slip, before, history = year(59_100)
        short = RULES.payslip("2025-12", slip.facts.with_gross(59_900), year_to_date=before)
        asked = {"before": before, "history": history, "rights": [SICKNESS]}
        opens = extra_pay(RULES, short, amount_cents=200, **asked)
        assert opens.rights[0].before.granted is not True
        assert opens.rights[0].opened


class TestProjection:
    flat = scenario(
        engagement=engagement(policy=FixedThenSettle()),
        first=Month(2025, 1),
        last=Month(2026, 6),
        shocks=(),
        invoices=None,
        payment=Payment(),
        expenses=Expenses(),
        turnover=SeasonalTurnover(yearly_cents=2_400_000, from_year=2025),
    )

    @pytest.mark.parametrize("month", ["2025-01", "2025-12", "2026-01", "2026-06"])
    def test_a_month_of_it(self, month):
        done = project(RULES, self.flat)
        found = extra_pay_in(RULES, done, month, rights=EVERY[:2], amount_cents=5_000)
        assert found.before == done[month].payslip
        assert found.cents("gross_pay") == 5_000
        year = None
        for slip in done.payslips:
            if slip.month == Month.parse(month):
                break
            year = slip.year_to_date if slip.month.year == int(month[:4]) else None
        facts = found.before.facts.with_gross(found.before.gross_pay_cents + 5_000)
        again = RULES.payslip(month, facts, year_to_date=year)
        assert again.employer_cost_cents == found.after.employer_cost_cents

    def test_the_history_is_that_of_the_months_before(self):
        done = project(RULES, self.flat)
        found = extra_pay_in(RULES, done, "2025-12", rights=[QUARTERS])
        gross = sum(slip.gross_pay_cents for slip in done.payslips if slip.month.year == 2025)
        assert found.rights[0].before.reason("quarter").found == gross
        assert found.rights[0].after.reason("quarter").found == gross + 100

    def test_a_month_without_pay(self):
        turnover = SeasonalTurnover(yearly_cents=2_400_000, from_year=2024)
        late = attrs.evolve(self.flat, first=Month(2024, 12), turnover=turnover)
        with pytest.raises(InputError, match="no payslip"):
            extra_pay_in(RULES, project(RULES, late), "2024-12")

    def test_december_costs_more_than_a_month_of_its_own(self):
        """A pay that comes all at once in December has the reference hours of one month for the year's pay."""
        done = project(RULES, self.flat)
        slips = [slip for slip in done.payslips if slip.month.year == 2025]
        assert all(before.gross_pay_cents == 60_000 for before, _ in pairwise(slips))
        assert slips[-1].gross_pay_cents > 300_000
