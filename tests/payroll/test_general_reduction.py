"""The general reduction of employer contributions, article by article."""

from calendar import monthrange
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import HoursPolicy, PayFacts, load
from cae_core.money import divide_half_up
from cae_core.payroll.rules import Status
from strategies import gross_cents, pay_years

RULES = load()
FULL_TIME = {"workplace_accident_rate": "1.05", "hours_policy": HoursPolicy.FULL_TIME}


def reduction(month, gross, *, headcount=30, before=None, policy=HoursPolicy.FULL_TIME):
    facts = PayFacts.of(gross, headcount=headcount, workplace_accident_rate="1.05", hours_policy=policy)
    (line,) = RULES.payslip(month, facts, year_to_date=before).reductions
    return line


def payslips(year, grosses, *, headcount=30, policy=HoursPolicy.FULL_TIME):
    """The payslips of the first months of a year, month after month."""
    slips, before = [], None
    for number, gross in enumerate(grosses, start=1):
        facts = PayFacts.of(gross, headcount=headcount, workplace_accident_rate="1.05", hours_policy=policy)
        slips.append(RULES.payslip(f"{year}-{number:02d}", facts, year_to_date=before))
        before = slips[-1].year_to_date
    return slips


def run(year, grosses, **more):
    """The reductions of the first months of a year, without the increase of 2019."""
    return [slip.reductions[0] for slip in payslips(year, grosses, **more)]


class TestTheFormulaFrom2026:
    """
    From 1 January 2026 the coefficient is Tmin + Tdelta × [½ × (3 × minimum wage / pay − 1)] ^ 1.75, with four
    decimals, where pay is under three minimum wages; else there is none.  (CSS art. D241-7; décret n° 2025-1446)
    """

    def test_a_declared_payslip_of_january_2026(self):
        # A real declaration (DSN): pay 3,023.40, minimum wage retained 2,277.75, under 50 people.
        (rule,) = (r for r in RULES.month_law("2026-01").reductions)
        sums = {"gross_pay": 302_340, "reference_wage": 227_775 * 1200}
        coefficient = rule.coefficient((200, 3781), sums, RULES.month_law("2026-01").values)
        amount = divide_half_up(302_340 * coefficient, 10_000)
        pension = divide_half_up(amount * 601, 3981)
        assert (coefficient, amount, pension, amount - pension) == (1885, 569_91, 86_04, 483_87)

    @pytest.mark.parametrize(("headcount", "maximum"), [(49, 3981), (50, 4021)])
    def test_the_maximum_follows_the_fnal_rate(self, headcount, maximum):
        at_minimum_wage = reduction("2026-03", "1823.03", headcount=headcount)
        assert (at_minimum_wage.coefficient, at_minimum_wage.maximum) == (maximum, maximum)
        assert reduction("2026-03", "900", headcount=headcount).coefficient == maximum

    def test_the_cliff_at_three_minimum_wages(self):
        # 3 × 12.02 × 1820 / 12 = 5,469.10 exactly: equality is out.
        last = reduction("2026-03", "5469.09")
        assert (last.coefficient, last.amount_cents) == (200, 109_38)
        assert reduction("2026-03", "5469.10").amount_cents == 0

    @given(gross_cents)
    def test_against_integer_arithmetic(self, gross):
        """The coefficient n is right if n − ½ ≤ 3781 x^1.75 < n + ½, asked with integers alone."""
        line = reduction("2026-03", Fraction_to_euros(gross))
        pay, wage = gross * 12, 1202 * 1820
        if pay >= 3 * wage or gross == 0:
            assert line.amount_cents == 0
            return
        if pay <= wage:
            assert line.coefficient == 3981
            return
        x = Fraction(3 * wage - pay, 2 * pay)
        n = line.coefficient - 200
        assert Fraction(max(2 * n - 1, 0)) ** 4 <= (2 * 3781) ** 4 * x**7 < Fraction(2 * n + 1) ** 4

    def test_it_does_not_apply_the_day_before(self):
        december = reduction("2025-12", "3000")
        assert december.reduction.french_name == "Réduction générale de cotisations patronales"
        assert december.amount_cents == 0  # above 1.6 minimum wages
        assert reduction("2026-01", "3000").amount_cents == 299_70


def Fraction_to_euros(cents):  # noqa: N802 - reads as a constructor
    return f"{cents // 100}.{cents % 100:02d}"


class TestTheFormulaUntil2025:
    """
    Until 31 December 2025 the coefficient is T / 0.6 × (1.6 × minimum wage / pay − 1), between 0 and T, with four
    decimals.  (CSS art. D241-7, before décret n° 2025-887)
    """

    @pytest.mark.parametrize(
        ("month", "headcount", "maximum"),
        [
            ("2019-09", 19, 2809),
            ("2019-09", 20, 2849),
            ("2020-01", 49, 3205),
            ("2020-01", 50, 3245),
            ("2021-12", 49, 3206),
            ("2022-01", 50, 3235),
            ("2023-12", 49, 3191),
            ("2024-01", 49, 3194),
            ("2024-12", 50, 3234),
            ("2025-04", 49, 3194),
            ("2025-05", 49, 3193),
            ("2025-04", 50, 3234),
            ("2025-12", 50, 3233),
        ],
    )
    def test_t_by_period_and_headcount(self, month, headcount, maximum):
        assert reduction(month, "1500", headcount=headcount).coefficient == maximum

    @given(
        gross_cents,
        st.sampled_from([f"{year}-{month:02d}" for year in range(2020, 2026) for month in (3, 9)]),
    )
    def test_the_article_transcribed(self, gross, month):
        day = int(month[:4]), int(month[5:])
        hourly, (t, _) = in_force(WAGES, *day), in_force(MAXIMA, *day)
        line = reduction(month, Fraction_to_euros(gross))
        if gross == 0:
            assert line.amount_cents == 0
            return
        wage = Fraction(hourly * 1820, 12)
        exact = Fraction(t) / Fraction(6, 10) * (Fraction(16, 10) * wage / gross - 1)
        rounded = int(exact + Fraction(1, 2)) if exact > 0 else 0
        assert line.coefficient == min(rounded, t)
        assert line.amount_cents == int(Fraction(gross * line.coefficient, 10_000) + Fraction(1, 2))

    def test_the_exit_at_1_6_minimum_wages(self):
        # 1.6 × 11.88 × 1820 / 12 = 2,882.88.
        assert reduction("2025-03", "2882.88").amount_cents == 0
        assert reduction("2025-03", "2870").amount_cents > 0


class TestTheMinimumWageOfTheFormula:
    """
    The minimum wage is that of each month until 2024, that of 1 January for all of 2025 (décret n° 2025-318) and of
    2026 (décret n° 2026-509), although it rose on 1 June 2026.
    """

    @pytest.mark.parametrize(
        ("month", "hourly"),
        [("2019-09", 1003), ("2020-01", 1015), ("2021-09", 1025), ("2021-10", 1048), ("2022-04", 1057),
         ("2022-05", 1085), ("2022-07", 1085), ("2022-08", 1107), ("2023-04", 1127), ("2023-05", 1152),
         ("2024-10", 1165), ("2024-11", 1188), ("2025-12", 1188), ("2026-01", 1202), ("2026-05", 1202),
         ("2026-06", 1202), ("2026-07", 1202)],
    )  # fmt: skip
    def test_the_month_before_and_after_each_change(self, month, hourly):
        assert reduction(month, "4000").reference_wage == hourly * 1820 * 100

    def test_june_2026_as_known_before_the_decree(self):
        import datetime as dt

        facts = PayFacts.of("2000", headcount=30, **FULL_TIME)
        known = {"known_on": dt.date(2026, 6, 5)}
        before, after = RULES.payslip("2026-06", facts, **known), RULES.payslip("2026-06", facts)
        # modele-social 11.1.0, which does not know the decree, finds 0.3346 for July.
        assert (before.reductions[0].coefficient, after.reductions[0].coefficient) == (3346, 3147)


class TestTheSplit:
    """
    The part of the reduction deducted from the supplementary pension is reduction × 0.0601 / T, to the cent; the
    Urssaf part is the rest.  (CSS art. D241-7)
    """

    @pytest.mark.parametrize(
        ("month", "gross", "urssaf", "pension"),
        [
            ("2025-05", "2200", 295_03, 68_41),
            ("2026-03", "2000", 534_38, 95_02),
            ("2026-03", "3000", 254_46, 45_24),
        ],
    )
    def test_worked_figures(self, month, gross, urssaf, pension):
        line = reduction(month, gross)
        assert (line.urssaf_part_cents, line.pension_part_cents) == (urssaf, pension)

    @given(pay_years())
    def test_no_cent_is_lost(self, pay):
        year, grosses = pay
        for slip in payslips(year, map(Fraction_to_euros, grosses)):
            assert sum(line.amount_cents for line in slip.reductions) == slip.reductions_cents
            for line in slip.reductions:
                assert line.urssaf_part_cents + line.pension_part_cents == line.amount_cents


class TestTheYear:
    """
    The reduction is that of the year; each month grants what is due to date less what was granted before, and may
    take back.  (CSS art. L241-13 et D241-9)
    """

    def test_the_published_year_at_full_time(self):
        lines = run(2026, ["2000", "3500", "2000", "6000"])
        assert [line.coefficient for line in lines] == [3147, 1302, 1719, 688]
        assert [line.due_to_date_cents for line in lines] == [629_40, 716_10, 1289_25, 928_80]
        assert [line.amount_cents for line in lines] == [629_40, 86_70, 573_15, -360_45]
        assert [line.urssaf_part_cents for line in lines] == [534_38, 73_61, 486_62, -306_03]
        assert [line.pension_part_cents for line in lines] == [95_02, 13_09, 86_53, -54_42]

    def test_the_same_for_a_cesa_with_months_under_the_minimum_wage(self):
        lines = run(2026, ["1200", "3500", "1500", "6000"], policy=HoursPolicy.EQUIVALENT_HOURS)
        assert [line.amount_cents for line in lines] == [477_72, 81_11, 508_19, -325_26]

    def test_seasonal_pay_loses_nothing(self):
        # 27,600 € a year, flat: the reduction of 12 equal months, from the annual formula.
        flat = [line.amount_cents for line in run(2025, ["2300"] * 12, headcount=60)]
        seasonal = [
            "1000",
            "1000",
            "4500",
            "1000",
            "1000",
            "1000",
            "4500",
            "4500",
            "1000",
            "1000",
            "1000",
            "6100",
        ]
        uneven = [line.amount_cents for line in run(2025, seasonal, headcount=60)]
        # The scale changed on 1 May 2025: each counts on the pay of its months, with the one ratio of the year.
        wage = Fraction(1188 * 1820)
        ratio = Fraction(16, 10) * wage / 2_760_000 - 1
        rounded = [int(Fraction(t) / Fraction(6, 10) * ratio + Fraction(1, 2)) for t in (3234, 3233)]

        def annual(*by_scale):
            cents = (Fraction(pay * c, 10_000) for pay, c in zip(by_scale, rounded, strict=True))
            return sum(int(c + Fraction(1, 2)) for c in cents)

        assert sum(flat) == annual(4 * 230_000, 8 * 230_000)
        assert sum(uneven) == annual(750_000, 2_010_000)

    @given(pay_years(), st.sampled_from([8, 30, 60]))
    def test_every_prefix_agrees_with_the_year(self, pay, headcount):
        """At every month, what was granted is the annual formula on the pay to date, to the cent."""
        year, grosses = pay
        slips = payslips(
            year, map(Fraction_to_euros, grosses), headcount=headcount, policy=HoursPolicy.EQUIVALENT_HOURS
        )
        granted = 0
        for count, slip in enumerate(slips, start=1):
            granted += slip.reductions_cents
            assert granted == annual_reduction(year, grosses[:count], headcount)


#: Minimum wage of the formula, in cents, from a month on: that of each month until 2024, then frozen by year.
WAGES = {
    (2019, 1): 1003, (2020, 1): 1015, (2021, 1): 1025, (2021, 10): 1048, (2022, 1): 1057, (2022, 5): 1085,
    (2022, 8): 1107, (2023, 1): 1127, (2023, 5): 1152, (2024, 1): 1165, (2024, 11): 1188, (2025, 1): 1188,
    (2026, 1): 1202,
}  # fmt: skip
#: T from a month on, at 0.10 % and at 0.50 % of FNAL; the second rate starts at 20 people in 2019, 50 since.
MAXIMA = {
    (2019, 1): (2809, 2849), (2020, 1): (3205, 3245), (2021, 1): (3206, 3246), (2022, 1): (3195, 3235),
    (2023, 1): (3191, 3231), (2024, 1): (3194, 3234), (2025, 5): (3193, 3233),
}  # fmt: skip


def in_force(rows, year, month):
    """The last value that starts in a month or before."""
    return rows[max(start for start in rows if start <= (year, month))]


def times(cents, coefficient):
    return int(Fraction(cents * coefficient, 10_000) + Fraction(1, 2))


def annual_reduction(year, grosses, headcount, first=1, entry_days=None):
    """The article on the pay to date, transcribed apart from the library; equivalent hours of a CESA.

    The pays are those of the months from ``first`` on; ``entry_days`` are the days employed in that month.
    """
    pay = sum(grosses)
    if pay == 0:
        return 0
    large = headcount >= (20 if year == 2019 else 50)
    months = list(enumerate(grosses, start=first))

    def whole(month):
        wage = Fraction(in_force(WAGES, year, month) * 1820, 12)
        if month == first and entry_days is not None:
            # Kept in twelve-hundredths of a cent, to the nearest.
            wage = Fraction(int(wage * 1200 * entry_days / monthrange(year, month)[1] + Fraction(1, 2)), 1200)
        return wage

    wage = sum(min(Fraction(gross), whole(month)) for month, gross in months)
    if year == 2026:
        if pay >= 3 * wage:
            return 0
        x = min(Fraction(3 * wage - pay) / (2 * pay), Fraction(1))
        return times(pay, 200 + root_of(3821 if large else 3781, x))

    def coefficient(t):
        exact = Fraction(t) / Fraction(6, 10) * (Fraction(16, 10) * wage / pay - 1)
        return min(int(exact + Fraction(1, 2)) if exact > 0 else 0, t)

    by_maximum: dict[int, int] = {}
    for month, gross in months:
        maximum = in_force(MAXIMA, year, month)[large]
        by_maximum[maximum] = by_maximum.get(maximum, 0) + gross
    due = sum(times(cents, coefficient(maximum)) for maximum, cents in by_maximum.items())
    if year == 2019:
        # Décret n° 2018-1356, art. 4: 0.0405 more on the pay from October, with the ratio of the year.
        due += times(sum(gross for month, gross in months if month >= 10), coefficient(405))
    return due


def root_of(scale, x):
    """The integer nearest to scale × x ** (7/4), by bisection on integers."""
    low, high = 0, scale
    while low < high:
        middle = (low + high + 1) // 2
        if Fraction(2 * middle - 1) ** 4 <= (2 * scale) ** 4 * x**7:
            low = middle
        else:
            high = middle - 1
    return low


class TestTheMaximumIsASum:
    """
    The maximum is the sum of the rates in scope: health, both old ages, family, solidarity, the accident share, FNAL,
    Agirc-Arrco and CEG on bracket 1, unemployment.  (CSS art. L241-13, D241-7)
    """

    @pytest.mark.parametrize(
        "month", [*(f"{year}-03" for year in range(2020, 2025)), "2025-04", "2025-05", "2026-03"]
    )
    @pytest.mark.parametrize(("fnal", "headcount"), [("capped", 30), ("uncapped", 60)])
    def test_the_rates_add_up(self, month, fnal, headcount):
        values = RULES.month_law(month).values
        names = [
            "health_reduced_rate" if "health_reduced_rate" in values else "health_rate",
            "old_age_capped_employer_rate",
            "old_age_uncapped_employer_rate",
            "family_reduced_rate" if "family_reduced_rate" in values else "family_rate",
            "solidarity_autonomy_rate",
            "workplace_accident_general_reduction_share",
            f"fnal_rate_{fnal}",
            "agirc_arrco_t1_employer_rate",
            "ceg_t1_employer_rate",
            "unemployment_employer_rate",
        ]
        line = reduction(month, "1000", headcount=headcount)
        assert sum(values[name] for name in names) == line.maximum * 100


class TestTheTwoStepsOf2019:
    """
    In 2019 T is 0.2809 (0.2849 from 20 people) on the pay of the year; unemployment insurance enters on 1 October,
    as 0.0405 more on the pay of October to December, the pay and the minimum wage of the year making both
    coefficients.  (Loi n° 2018-1203 art. 8, IX; décret n° 2018-1356, art. 4)
    """

    def test_september_has_one_coefficient_and_october_two(self):
        september, october = (
            RULES.payslip(month, PayFacts.of("1521.22", headcount=8, **FULL_TIME)).reductions
            for month in ("2019-09", "2019-10")
        )
        assert [line.coefficient for line in september] == [2809]
        assert [line.coefficient for line in october] == [2809, 405]
        assert [line.amount_cents for line in october] == [427_31, 61_61]

    def test_january_2020_has_one_again(self):
        (line,) = RULES.payslip("2020-01", PayFacts.of("1539.42", headcount=8, **FULL_TIME)).reductions
        assert line.coefficient == 3205

    def test_the_increase_is_unemployment_insurance_alone(self):
        """Nothing of it comes off the supplementary pension."""
        base, increase = RULES.payslip("2019-11", PayFacts.of("1600", headcount=8, **FULL_TIME)).reductions
        assert base.pension_part_cents == int(Fraction(base.amount_cents * 601, 2809) + Fraction(1, 2))
        assert (increase.pension_part_cents, increase.urssaf_part_cents) == (0, increase.amount_cents)

    def test_the_exit_of_the_year_takes_back_both(self):
        slips = payslips(2019, [*["1600"] * 11, "20000"])
        assert sum(slip.reductions_cents for slip in slips) == 0
        assert [line.amount_cents < 0 for line in slips[-1].reductions] == [True, True]


class TestPublishedYears:
    """Years of progressive regularisation computed by LégiSocial (legisocial.fr, paie, réductions de cotisations)."""

    def granted(self, year, grosses, headcount):
        slips = payslips(year, grosses, headcount=headcount)
        return sum(slip.reductions_cents for slip in slips), slips[-1].reductions

    def test_2019_a_pay_beyond_the_exit_at_the_end_of_the_year(self):
        # 9 people, 2,000 € until September, 3,500 € since: 0.0116 and 330.60 € on the year. The page goes on with
        # T = 0.0405 on the 10,500 € of the end of the year; its result is cut in our copy.
        _, (base, increase) = self.granted(2019, [*["2000"] * 9, *["3500"] * 3], 9)
        assert (base.coefficient, base.due_to_date_cents) == (116, 330_60)
        assert increase.pay_to_date_cents == 10_500_00
        assert (increase.coefficient, increase.due_to_date_cents) == (17, 17_85)

    def test_2021_the_minimum_wage_rises_in_october(self):
        # 15 people, 1,592.54 € a month: 5,826.79 €, and 5,736.97 € had the minimum wage not risen. The page prints
        # 0.3044 and 0.3002 beside 5,826.79; 19,110.48 × 0.3049 is what gives it.
        granted, (line,) = self.granted(2021, ["1592.54"] * 12, 15)
        assert (line.coefficient, granted) == (3049, 5826_79)

    def test_2022_three_minimum_wages(self):
        # 60 people, 2,000 € a month and a quarter of a thirteenth month in March, June, September, December.
        granted, (line,) = self.granted(2022, ["2000", "2000", "2500"] * 4, 60)
        assert line.coefficient == 1159
        assert granted == 3013_40  # 26,000 × 0.1159

    def test_2023_at_the_minimum_wage_all_year(self):
        # 15 people, 1,709.28 € until April, 1,747.20 € since: T itself, 6,641.98 €.
        granted, (line,) = self.granted(2023, [*["1709.28"] * 4, *["1747.20"] * 8], 15)
        assert (line.coefficient, granted) == (3191, 6641_98)


class TestAPublishedYearOfVariablePay:
    """
    A year of variable pay by LégiSocial, 9 people, 1,700 € a month and 21,322.00 € in all: overtime counts in the
    minimum wage of the month at its hours, an absence in the proportion of what was paid.  (CSS art. D241-7)

    Overtime and absences are no facts here, so its reference wages are put to the reduction as they are. Our copies
    of the pages end before the result; the reference wages that can be read are tested, the result is the article.
    """

    PAY = 21_322_00

    @staticmethod
    def wages(first, last):
        """The twelve reference wages as the page writes them, in cents, exact; the wage may rise in October."""
        full, risen = Fraction(first * 1820, 12), Fraction(last * 1820, 12)
        return [
            full, full + 10 * first, full * Fraction(1200, 1700), full, full, full * Fraction(1420, 1700), full,
            full + 8 * first, full * Fraction(1302, 1700), risen, risen * Fraction(1200, 1700), risen,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("hourly", "readable"),
        [
            # March 2020 is printed 1.085,… : 1,539.42 × 1,200 / 1,700 is 1,086.65, as 2019's 1,073.80 confirms.
            (1003, {0: 1521_22, 1: 1621_52, 2: 1073_80, 3: 1521_22, 5: 1270_66}),
            (1015, {0: 1539_42, 1: 1640_92}),
            (1025, {0: 1554_58}),
        ],
    )
    def test_the_reference_wages_that_can_be_read(self, hourly, readable):
        month = {1003: "2019-03", 1015: "2020-03", 1025: "2021-03"}[hourly]
        assert RULES.month_law(month).values["general_reduction_minimum_wage_hourly"] == hourly
        wages = self.wages(hourly, hourly)
        assert {rank: int(wages[rank] + Fraction(1, 2)) for rank in readable} == readable

    @pytest.mark.parametrize(
        ("year", "hourly", "coefficient", "amount"),
        [
            # 0.2809 / 0.6 × (1.6 × 16,933.61 / 21,322 − 1), the increase of October apart.
            (2019, (1003, 1003), 1267, 2701_50),
            # 0.3205 / 0.6 × (1.6 × 17,136.21 / 21,322 − 1)
            (2020, (1015, 1015), 1527, 3255_87),
            # 0.3206 / 0.6 × (1.6 × 17,399.43 / 21,322 − 1)
            (2021, (1025, 1048), 1633, 3481_88),
        ],
    )
    def test_the_year(self, year, hourly, coefficient, amount):
        law = RULES.month_law(f"{year}-12")
        wage = sum(self.wages(*hourly)) * 1200
        sums = {"gross_pay": self.PAY, "reference_wage": int(wage)}
        reduction = law.reductions[0]
        scale = reduction.scale(law.values, Status(executive=False, headcount=9))
        found = reduction.coefficient(scale, sums, law.values)
        assert (found, times(self.PAY, found)) == (coefficient, amount)


class TestItsTexts:
    """A reduction cites its articles, then the dated texts that set its numbers."""

    @pytest.mark.parametrize(
        ("month", "texts"),
        [
            ("2019-06", ["D241-7", "n° 2018-1356"]),
            ("2022-06", ["D241-7", "n° 2021-1936"]),
            ("2025-06", ["D241-7", "n° 2025-318"]),
            ("2026-03", ["D241-7", "n° 2025-887", "n° 2025-1446"]),
        ],
    )
    def test_articles_and_dated_texts(self, month, texts):
        slip = RULES.payslip(month, PayFacts.of("2000", headcount=30, **FULL_TIME))
        cited = " | ".join(text.text for text in slip.citations(slip.reductions[0]))
        assert [text for text in texts if text not in cited] == []
        assert len(slip.citations(slip.reductions[0])) > len(slip.reductions[0].reduction.citations)
