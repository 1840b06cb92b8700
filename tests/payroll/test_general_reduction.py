"""The general reduction of employer contributions, article by article."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import HoursPolicy, PayFacts, load
from cae_core.money import divide_half_up
from strategies import gross_cents, pay_years

RULES = load()
FULL_TIME = {"workplace_accident_rate": "1.05", "hours_policy": HoursPolicy.FULL_TIME}


def reduction(month, gross, *, headcount=30, before=None, policy=HoursPolicy.FULL_TIME):
    facts = PayFacts.of(gross, headcount=headcount, workplace_accident_rate="1.05", hours_policy=policy)
    (line,) = RULES.payslip(month, facts, year_to_date=before).reductions
    return line


def run(year, grosses, *, headcount=30, policy=HoursPolicy.FULL_TIME):
    """The reductions of the first months of a year, month after month."""
    lines, before = [], None
    for number, gross in enumerate(grosses, start=1):
        facts = PayFacts.of(gross, headcount=headcount, workplace_accident_rate="1.05", hours_policy=policy)
        slip = RULES.payslip(f"{year}-{number:02d}", facts, year_to_date=before)
        before = slip.year_to_date
        lines.append(slip.reductions[0])
    return lines


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

    @given(gross_cents, st.sampled_from(["2024-03", "2024-12", "2025-03", "2025-09"]))
    def test_the_article_transcribed(self, gross, month):
        hourly = 1165 if month == "2024-03" else 1188
        t = 3193 if month == "2025-09" else 3194
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
        [("2024-10", 1165), ("2024-11", 1188), ("2025-12", 1188), ("2026-01", 1202), ("2026-05", 1202),
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
        for line in run(year, map(Fraction_to_euros, grosses)):
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

    @given(pay_years(), st.sampled_from([30, 60]))
    def test_every_prefix_agrees_with_the_year(self, pay, headcount):
        """At every month, what was granted is the annual formula on the pay to date, to the cent."""
        year, grosses = pay
        lines = run(
            year, map(Fraction_to_euros, grosses), headcount=headcount, policy=HoursPolicy.EQUIVALENT_HOURS
        )
        granted = 0
        for count, line in enumerate(lines, start=1):
            granted += line.amount_cents
            assert granted == annual_reduction(year, grosses[:count], headcount)


def annual_reduction(year, grosses, headcount):
    """The article on the pay to date, transcribed apart from the library; equivalent hours of a CESA."""
    hourly = {2024: 1165, 2025: 1188, 2026: 1202}
    pay = sum(grosses)
    if pay == 0:
        return 0
    wage = Fraction(0)
    by_scale = {}
    for number, gross in enumerate(grosses, start=1):
        price = 1188 if year == 2024 and number >= 11 else hourly[year]
        wage += min(Fraction(gross), Fraction(price * 1820, 12))
        scale = 1 if year == 2025 and number >= 5 else 0
        by_scale[scale] = by_scale.get(scale, 0) + gross
    due = 0
    for scale, cents in by_scale.items():
        if year == 2026:
            if pay >= 3 * wage:
                return 0
            delta = 3781 if headcount < 50 else 3821
            x = min(Fraction(3 * wage - pay) / (2 * pay), Fraction(1))
            coefficient = 200 + root_of(delta, x)
        else:
            t = (3194 if headcount < 50 else 3234) - scale
            exact = Fraction(t) / Fraction(6, 10) * (Fraction(16, 10) * wage / pay - 1)
            coefficient = min(int(exact + Fraction(1, 2)) if exact > 0 else 0, t)
        due += int(Fraction(cents * coefficient, 10_000) + Fraction(1, 2))
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

    @pytest.mark.parametrize("month", ["2024-03", "2025-04", "2025-05", "2026-03"])
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


class TestItsTexts:
    """A reduction cites its articles, then the dated texts that set its numbers."""

    @pytest.mark.parametrize(
        ("month", "texts"),
        [("2025-06", ["D241-7", "n° 2025-318"]), ("2026-03", ["D241-7", "n° 2025-887", "n° 2025-1446"])],
    )
    def test_articles_and_dated_texts(self, month, texts):
        slip = RULES.payslip(month, PayFacts.of("2000", headcount=30, **FULL_TIME))
        cited = " | ".join(text.text for text in slip.citations(slip.reductions[0]))
        assert [text for text in texts if text not in cited] == []
        assert len(slip.citations(slip.reductions[0])) > len(slip.reductions[0].reduction.citations)
