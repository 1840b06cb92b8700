"""The micro-enterprise. Rates: CSS art. D613-4; examples: mon-entreprise's own tests and published pages."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from status_samples import LAW, day, euros, on

from cae_core.errors import AmountError, InputError, LawNotKnownError
from cae_core.france.statuses import (
    MicroActivity,
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

SALES, SERVICES, LIBERAL, REGULATED = MicroActivity


def percent(text):
    return Fraction(text) / 100


class TestRates:
    """D613-4: one rate on turnover, by activity; the day before and the day of each change."""

    @pytest.mark.parametrize(
        ("activity", "when", "rate"),
        [
            (SALES, "2019-01-01", "12.8"),
            (SALES, "2022-09-30", "12.8"),
            (SALES, "2022-10-01", "12.3"),
            (SALES, "2026-07-31", "12.3"),
            (SERVICES, "2022-09-30", "22"),
            (SERVICES, "2022-10-01", "21.2"),
            (SERVICES, "2026-01-01", "21.2"),
            (LIBERAL, "2019-01-01", "22"),
            (LIBERAL, "2022-09-30", "22"),
            (LIBERAL, "2022-10-01", "21.1"),
            (LIBERAL, "2024-06-30", "21.1"),
            (LIBERAL, "2024-07-01", "23.1"),
            (LIBERAL, "2024-12-31", "23.1"),
            (LIBERAL, "2025-01-01", "24.6"),
            (LIBERAL, "2025-12-31", "24.6"),
            (LIBERAL, "2026-01-01", "25.6"),
            (REGULATED, "2021-06-30", "22"),
            (REGULATED, "2021-07-01", "22.2"),
            (REGULATED, "2022-10-01", "21.2"),
            (REGULATED, "2024-06-30", "21.2"),
            (REGULATED, "2024-07-01", "23.2"),
            (REGULATED, "2026-01-01", "23.2"),
        ],
    )
    def test_rate(self, activity, when, rate):
        assert micro_rate(LAW, activity, when) == percent(rate)

    def test_beyond_the_days_known(self):
        with pytest.raises(LawNotKnownError):
            micro_rate(LAW, SALES, "2026-08-01")
        assert micro_rate(LAW, SALES, "2026-08-01", assume_unchanged=True) == percent("12.3")
        with pytest.raises(LawNotKnownError):
            micro_rate(LAW, SALES, "2017-12-31")


class TestDeclaration:
    """What a declaration costs, each line to the euro (L133-10)."""

    @pytest.mark.parametrize(
        ("when", "paid"),
        [("2020-06-01", 8800), ("2022-10-01", 8440), ("2024-07-01", 9240), ("2025-01-01", 9840), ("2026-01-01", 10240)],
    )  # fmt: skip
    def test_forty_thousand_liberal(self, when, paid):
        """Forty thousand of liberal turnover, before training and tax."""
        found = micro_declaration(LAW, LIBERAL, 40_000_00, when)
        assert euros(found.lines[0].amount_cents) == paid

    @pytest.mark.parametrize(
        ("activity", "craft", "contributions", "everything"),
        [
            (LIBERAL, False, 427, 430),
            (REGULATED, False, 387, 390),
            (SERVICES, True, 353, 366),
            (SERVICES, False, 353, 356),
        ],
        ids=["MICRO-20000-BNC", "MICRO-20000-CIPAV", "MICRO-20000-SERV-CRAFT", "MICRO-20000-SERV-COM"],
    )
    def test_twenty_thousand_a_year(self, activity, craft, contributions, everything):
        """Twenty thousand a year, a month: the regression tests of mon-entreprise (7b021aaf)."""
        found = micro_declaration(LAW, activity, 1_666_67, "2026-06-30", craft=craft)
        assert euros(found.lines[0].amount_cents) == contributions
        assert euros(found.contributions_cents) == everything

    def test_comparison_line(self):
        """40,000 in 2026: 10,240 and a training of 80 (BNC); 8,480 (BIC services)."""
        liberal = micro_declaration(LAW, LIBERAL, 40_000_00, "2026-01-01")
        assert [euros(line.amount_cents) for line in liberal.lines] == [10_240, 80]
        assert euros(micro_declaration(LAW, SERVICES, 40_000_00, "2026-01-01").lines[0].amount_cents) == 8_480

    @pytest.mark.parametrize(
        ("activity", "craft", "training", "chamber"),
        [(SALES, False, 100, 15), (SALES, True, 300, 220), (SERVICES, False, 100, 44), (SERVICES, True, 300, 480)],
    )  # fmt: skip
    def test_training_and_chambers(self, activity, craft, training, chamber):
        found = micro_declaration(LAW, activity, 100_000_00, "2026-01-01", craft=craft)
        assert [euros(line.amount_cents) for line in found.lines[1:]] == [training, chamber]

    def test_training_of_liberals_doubles_in_2022(self):
        paid = [
            euros(micro_declaration(LAW, LIBERAL, 100_000_00, when).lines[1].amount_cents)
            for when in ("2021-12-31", "2022-01-01")
        ]
        assert paid == [100, 200]

    @pytest.mark.parametrize(
        ("activity", "tax"), [(SALES, 1_000), (SERVICES, 1_700), (LIBERAL, 2_200), (REGULATED, 2_200)]
    )
    def test_flat_tax_stands_beside(self, activity, tax):
        """CGI 151-0: 1, 1.7 and 2.2 %; it is no contribution."""
        found = micro_declaration(LAW, activity, 100_000_00, "2026-01-01", flat_tax=True)
        without = micro_declaration(LAW, activity, 100_000_00, "2026-01-01")
        assert euros(found.tax.amount_cents) == tax
        assert found.contributions_cents == without.contributions_cents
        assert without.tax is None

    def test_lines_can_be_redone(self):
        line = micro_declaration(LAW, LIBERAL, 10_000_00, "2026-01-01").lines[0]
        assert line.how() == "10\u202f000,00\u00a0€ × 25,6\u00a0%"
        assert line.how("en") == "€10,000.00 × 25.6%"
        assert "2025-943" in line.citations[0].text

    def test_refusals(self):
        with pytest.raises(AmountError):
            micro_declaration(LAW, SALES, -1, "2026-01-01")
        with pytest.raises(InputError):
            micro_declaration(LAW, LIBERAL, 1, "2026-01-01", craft=True)


class TestAcre:
    """L131-6-4, D131-6-3: half of the rate until the end of the third quarter after the creation; three quarters of it
    for creations from July 2026 (décret 2026-69)."""

    @pytest.mark.parametrize(
        ("activity", "when", "created", "rate"),
        [
            (LIBERAL, "2026-03-01", "2026-01-01", "12.80"),
            (SALES, "2026-03-01", "2026-01-01", "6.2"),
            (SERVICES, "2026-03-01", "2026-01-01", "10.6"),
            (LIBERAL, "2026-07-15", "2026-06-30", "12.80"),
            (LIBERAL, "2026-07-15", "2026-07-01", "19.20"),
            (SALES, "2026-07-15", "2026-07-01", "9.2"),
            (SERVICES, "2026-07-15", "2026-07-01", "15.9"),
            (REGULATED, "2026-03-01", "2026-01-01", "13.4"),
            (REGULATED, "2024-06-30", "2024-01-01", "12.1"),
            (REGULATED, "2024-07-01", "2024-01-01", "13.9"),
            # 24.6 % / 2, to one decimal: 12.3; the second decimal comes in 2026.
            (LIBERAL, "2025-12-31", "2025-07-01", "12.3"),
        ],
    )
    def test_rate(self, activity, when, created, rate):
        assert micro_rate(LAW, activity, when, acre_created_on=created) == percent(rate)

    @pytest.mark.parametrize(
        ("created", "last"),
        [("2025-01-01", "2025-12-31"), ("2025-03-31", "2025-12-31"), ("2025-04-01", "2026-03-31")],
    )
    def test_last_day(self, created, last):
        assert micro_acre_ends_on(LAW, created) == day(last)

    def test_whole_rate_from_the_day_after(self):
        rates = [
            micro_rate(LAW, SERVICES, when, acre_created_on="2025-04-01") for when in ("2026-03-31", "2026-04-01")
        ]  # fmt: skip
        assert rates == [percent("10.6"), percent("21.2")]

    def test_the_day_of_creation_decides_not_that_of_the_declaration(self):
        """mon-entreprise switches on the day of calculation; the decree on that of the creation."""
        assert micro_rate(LAW, SALES, "2026-07-31", acre_created_on="2026-06-30") == percent("6.2")

    def test_not_known(self):
        with pytest.raises(LawNotKnownError):
            micro_rate(LAW, SALES, "2019-06-01", acre_created_on="2019-05-01")
        with pytest.raises(InputError):
            micro_rate(LAW, REGULATED, "2026-07-31", acre_created_on="2026-07-01")


class TestCeilings:
    """CGI 50-0 and 102 ter: the turnover of a year, in proportion to the days of a part of one."""

    @pytest.mark.parametrize(
        ("activity", "when", "most"),
        [
            (SERVICES, "2022-12-31", 72_600),
            (SERVICES, "2023-01-01", 77_700),
            (SERVICES, "2025-12-31", 77_700),
            (SERVICES, "2026-01-01", 83_600),
            (LIBERAL, "2026-01-01", 83_600),
            (SALES, "2022-12-31", 176_200),
            (SALES, "2025-12-31", 188_700),
            (SALES, "2026-01-01", 203_100),
        ],
    )
    def test_ceiling(self, activity, when, most):
        law = on(when)
        assert micro_ceiling_reason(law, activity, most * 100, 365).met
        over = micro_ceiling_reason(law, activity, most * 100 + 1, 365)
        assert not over.met
        assert euros(over.wanted) == most

    def test_a_part_of_a_year(self):
        """50,000 in 153 days is 119,281.05 a year; mon-entreprise prints 119,280."""
        found = micro_ceiling_reason(on("2025-01-01"), SALES, 50_000_00, 153)
        assert found.found == 119_281_04
        assert found.met

    def test_days(self):
        for days in (0, 366):
            with pytest.raises(InputError):
                micro_ceiling_reason(on("2026-01-01"), SALES, 1, days)


class TestIncome:
    """CGI 50-0 and 102 ter: a flat abatement for expenses."""

    @pytest.mark.parametrize(
        ("activity", "turnover", "income"),
        [(SERVICES, 40_000, 20_000), (LIBERAL, 40_000, 26_400), (LIBERAL, 9_000, 5_940), (SALES, 10_000, 2_900)],
    )  # fmt: skip
    def test_income(self, activity, turnover, income):
        assert euros(micro_income(on("2026-01-01"), activity, turnover * 100)) == income

    def test_at_least_305(self):
        assert euros(micro_income(on("2026-01-01"), LIBERAL, 500_00)) == 195
        assert micro_income(on("2026-01-01"), LIBERAL, 300_00) == 0

    @pytest.mark.parametrize(
        ("when", "most"),
        [
            ("2020-01-01", 27_519),
            ("2021-01-01", 27_794),
            ("2022-01-01", 25_710),
            ("2023-01-01", 26_070),
            ("2024-01-01", 27_478),
            ("2025-01-01", 28_797),
            ("2026-01-01", 29_315),
        ],
    )
    def test_flat_tax_needs_a_small_income(self, when, most):
        assert flat_tax_reason(on(when), most * 100).met
        assert not flat_tax_reason(on(when), most * 100 + 1).met


class TestQuarters:
    """R351-9: the share of the basic pension over its rate, in 150 hourly minimum wages."""

    @pytest.mark.parametrize(
        ("activity", "year", "published"),
        [(SALES, 2026, 24_115), (LIBERAL, 2026, 10_850), (SALES, 2024, 24_132), (SERVICES, 2024, 14_001)],
        ids=["MICRO-QTR-2026 sales", "MICRO-QTR-2026 bnc", "MICRO-QTR-2024 sales", "MICRO-QTR-2024 services"],
    )
    def test_turnover_of_four(self, activity, year, published):
        """Published to the euro: lamicrobyflo.fr (2026), nubiz.fr (2024)."""
        exact = micro_quarter_turnover(on(f"{year}-01-01"), activity, 4)
        assert (exact + 50) // 100 == published

    def test_services_of_2026_are_published_rounded_up(self):
        """13,991.19 is printed 13,992, while 14,001.14 of 2024 is printed 14,001: the page rounds at will."""
        assert micro_quarter_turnover(on("2026-01-01"), SERVICES, 4) == 13_991_19
        assert micro_quarter_turnover(on("2024-01-01"), SERVICES, 4) == 14_001_14

    @pytest.mark.parametrize(
        ("year", "one"), [(2022, 2421), (2023, 2571), (2024, 2660), (2025, 2694), (2026, 2860)]
    )
    def test_cipav(self, year, one):
        """MICRO-QTR-CIPAV: the table of mon-entreprise; another site gives 11,168 for four in 2026."""
        assert euros(micro_quarter_turnover(on(f"{year}-01-01"), REGULATED, 1)) == one
        assert euros(micro_quarter_turnover(on(f"{year}-01-01"), REGULATED, 4)) == 4 * one

    def test_split_of_decree_2025_943(self):
        """MICRO-DECRET-943: 46.4 % of 25.6 % to the basic pension, 21 % to the supplementary one."""
        law = on("2026-01-01")
        assert micro_points_contribution(law, LIBERAL, 40_000_00) == percent("21") * 10_240_00
        assert micro_pension_base(law, LIBERAL, 40_000_00) == percent("46.4") * 10_240_00 / percent("17.87")

    def test_cipav_counts_points(self):
        for ask in (micro_pension_base, micro_points_contribution):
            with pytest.raises(InputError):
                ask(on("2026-01-01"), REGULATED, 1)


@given(
    activity=st.sampled_from(MicroActivity),
    turnover=st.integers(0, 20_000_000),
    more=st.integers(10_00, 1_000_000),
    when=st.dates(day("2019-01-01"), day("2026-07-31")),
)
def test_more_turnover_leaves_more(activity, turnover, more, when):
    """Lines are rounded to the euro, so ten euros more always leave more than they cost."""
    paid = [
        micro_declaration(LAW, activity, each, when).contributions_cents
        for each in (turnover, turnover + more)
    ]
    assert paid[0] <= paid[1] < paid[0] + more
