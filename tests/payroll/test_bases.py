"""The bases: ceilings, brackets, thresholds, CSG; alone and over the year."""

import pytest
from hypothesis import given

from cae_core import HoursPolicy, InputError, PayFacts, YearToDate, load
from strategies import pay_years

RULES = load()


def facts(gross, **more):
    more.setdefault("headcount", 30)
    return PayFacts.of(gross, workplace_accident_rate="1.05", **more)


def run(year, grosses, **more):
    slips, before = [], None
    for number, gross in enumerate(grosses, start=1):
        slip = RULES.payslip(f"{year}-{number:02d}", facts(gross, **more), year_to_date=before)
        before = slip.year_to_date
        slips.append(slip)
    return slips


def euros(cents):
    return f"{cents // 100}.{cents % 100:02d}"


class TestTheCeiling:
    """
    Contributions of bracket 1 are due up to the ceiling of the month; in a month that is not whole, by calendar days
    of employment.  (CSS art. R242-2 ; L241-3, al. 1)
    """

    @pytest.mark.parametrize(
        ("month", "ceiling"),
        [("2024-12", 386_400), ("2025-01", 392_500), ("2025-12", 392_500), ("2026-01", 400_500)],
    )
    def test_the_month_before_and_after_each_change(self, month, ceiling):
        slip = RULES.payslip(month, facts("9000"))
        assert slip.line("old_age_capped").base_cents == ceiling
        assert slip.line("agirc_arrco_t2").base_cents == 900_000 - ceiling

    @pytest.mark.parametrize("month", ["2024-02", "2025-02", "2026-02"])
    def test_a_whole_february_has_a_whole_ceiling(self, month):
        whole = {"2024-02": 386_400, "2025-02": 392_500, "2026-02": 400_500}[month]
        assert RULES.payslip(month, facts("9000")).line("old_age_capped").base_cents == whole

    def test_calendar_days_not_thirtieths(self):
        # Ten days of a February of 28: 4,005 × 10 / 28 = 1,430.357…
        slip = RULES.payslip("2026-02", facts("9000", employed_days=10))
        assert slip.line("old_age_capped").base_cents == 143_036

    def test_days_beyond_the_month_are_refused(self):
        with pytest.raises(InputError, match="employed_days.*2026-02"):
            RULES.payslip("2026-02", facts("9000", employed_days=30))

    def test_brackets_stop_at_eight_ceilings(self):
        slip = RULES.payslip("2026-03", facts("40000"))
        assert slip.line("agirc_arrco_t2").base_cents == 7 * 400_500
        assert slip.line("cet").base_cents == 8 * 400_500
        assert slip.line("unemployment").base_cents == 4 * 400_500


class TestTheYearlyRegularisation:
    """
    Ceilings are those of the year: each month, the base is that of the pay to date under the ceilings to date, less
    the bases of the months before.  (CSS art. R243-10)
    """

    def test_the_worked_table_of_2026(self):
        slips = run(2026, ["3000", "6000", "2000", "5500"])
        assert [s.line("old_age_capped").base_cents for s in slips] == [3000_00, 5010_00, 2990_00, 5020_00]
        assert [s.line("agirc_arrco_t2").base_cents for s in slips] == [0, 990_00, -990_00, 480_00]

    def test_cet_is_due_on_the_whole_pay_and_given_back(self):
        bases = [s.line("cet").base_cents for s in run(2026, ["3000", "6000", "2000", "5500"])]
        # To date: 3,000 under; 9,000 over 8,010; 11,000 under 12,015; 16,500 over 16,020.
        assert bases == [0, 9000_00, -9000_00, 16500_00]

    @given(pay_years())
    def test_every_prefix_agrees_with_the_year(self, pay):
        year, grosses = pay
        ceiling = {
            2019: 337_700, 2020: 342_800, 2021: 342_800, 2022: 342_800, 2023: 366_600, 2024: 386_400,
            2025: 392_500, 2026: 400_500,
        }[year]  # fmt: skip
        slips = run(year, map(euros, grosses))
        charged = {"old_age_capped": 0, "agirc_arrco_t2": 0, "ags": 0, "cet": 0, "csg_deductible": 0}
        for count, slip in enumerate(slips, start=1):
            pay_to_date, ceilings = sum(grosses[:count]), count * ceiling
            for code in charged:
                charged[code] += slip.line(code).base_cents
            assert charged["old_age_capped"] == min(pay_to_date, ceilings)
            assert charged["agirc_arrco_t2"] == min(pay_to_date, 8 * ceilings) - min(pay_to_date, ceilings)
            assert charged["ags"] == min(pay_to_date, 4 * ceilings)
            assert charged["cet"] == (min(pay_to_date, 8 * ceilings) if pay_to_date > ceilings else 0)
            abated = min(pay_to_date, 4 * ceilings)
            assert charged["csg_deductible"] == pay_to_date - (abated * 175 + 5000) // 10_000

    def test_months_must_follow_each_other(self):
        january, february = run(2026, ["2000", "2000"])
        with pytest.raises(InputError, match="already includes 2026-02"):
            RULES.payslip("2026-02", facts("2000"), year_to_date=february.year_to_date)
        with pytest.raises(InputError, match="of 2026.*2025-12"):
            RULES.payslip("2025-12", facts("2000"), year_to_date=january.year_to_date)

    def test_the_first_state_is_as_good_as_none(self):
        alone = RULES.payslip("2026-01", facts("3333.33"))
        first = RULES.payslip("2026-01", facts("3333.33"), year_to_date=YearToDate(2026))
        assert [line.base_cents for line in alone.lines] == [line.base_cents for line in first.lines]
        assert alone.net_paid == first.net_paid


class TestTheReducedHealthRate:
    """
    Until 2025 the health rate is 7 % where pay does not exceed a multiple of the minimum wage, else 13 %, all or
    nothing.  (CSS art. L241-2-1, D241-3-2)
    """

    @pytest.mark.parametrize(
        ("month", "limit"),
        [
            # 2.5 × minimum wage × 1,820 / 12: the current one until 2023, then frozen.
            ("2019-06", 380_304),
            ("2020-06", 384_854),
            ("2021-09", 388_645),
            ("2021-10", 397_366),
            ("2022-04", 400_779),
            ("2022-05", 411_395),
            ("2022-08", 419_737),
            ("2023-04", 427_320),
            ("2023-05", 436_800),
            ("2023-12", 436_800),
            ("2024-01", 436_800),
            ("2024-12", 436_800),
            ("2025-01", 405_405),
            ("2025-12", 405_405),
        ],
    )
    def test_equality_is_within(self, month, limit):
        within, beyond = (
            RULES.payslip(month, facts(euros(limit))),
            RULES.payslip(month, facts(euros(limit + 1))),
        )
        assert (within.line("health_reduced").base_cents, within.line("health").base_cents) == (limit, 0)
        assert (beyond.line("health_reduced").base_cents, beyond.line("health").base_cents) == (0, limit + 1)

    def test_everybody_pays_13_percent_from_2026(self):
        december, january = RULES.payslip("2025-12", facts("2000")), RULES.payslip("2026-01", facts("2000"))
        assert december.line("health_reduced").employer_cents == 140_00
        assert january.line("health").employer_cents == 260_00
        assert "health_reduced" not in {line.code for line in january.lines}

    def test_a_year_that_crosses_the_threshold_is_charged_again(self):
        slips = run(2025, ["3000", "6000"], hours_policy=HoursPolicy.FULL_TIME)
        # 9,000 exceed 2 × 4,054.05: the whole pay to date goes from 7 % to 13 %.
        assert slips[1].line("health_reduced").base_cents == -3000_00
        assert slips[1].line("health_reduced").employer_cents == -210_00
        assert slips[1].line("health").employer_cents == 1170_00

    def test_the_minimum_wage_of_the_threshold_is_frozen(self):
        # With the current minimum wage, 11.65, the threshold of 2024 would be 4,417.29.
        assert RULES.payslip("2024-03", facts("4400")).line("health").employer_cents == 572_00


class TestTheReducedFamilyRate:
    """
    Until 2025 the family rate is 3.45 % where pay does not exceed a multiple of the minimum wage, else 5.25 %.
    (CSS art. L241-6-1, D241-3-1)
    """

    @pytest.mark.parametrize(
        ("month", "limit"),
        [
            ("2019-06", 532_425),  # 3.5 × 10.03 × 1,820 / 12 = 5,324.258…
            ("2021-09", 544_104),
            ("2021-10", 556_313),
            ("2023-05", 611_520),
            ("2024-06", 611_520),
            ("2025-06", 594_594),
        ],
    )
    def test_equality_is_within(self, month, limit):
        within, beyond = (
            RULES.payslip(month, facts(euros(limit))),
            RULES.payslip(month, facts(euros(limit + 1))),
        )
        assert within.line("family_reduced").base_cents == limit
        assert beyond.line("family").base_cents == limit + 1

    def test_everybody_pays_5_25_percent_from_2026(self):
        assert RULES.payslip("2025-12", facts("2000")).line("family_reduced").employer_cents == 69_00
        assert RULES.payslip("2026-01", facts("2000")).line("family").employer_cents == 105_00


class TestTheCsgBase:
    """
    CSG and CRDS are due on pay less 1.75 % up to four ceilings, on the whole above, and on the employer share of
    covers without abatement.  (CSS art. L136-1-1, L136-2)
    """

    def test_above_four_ceilings(self):
        # 4 × 4,005 = 16,020, abated by 280.35; 3,980 more are whole.
        slip = RULES.payslip("2026-03", facts("20000"))
        assert slip.line("csg_deductible").base_cents == 19_719_65

    def test_employer_covers_come_on_top(self):
        slip = RULES.payslip(
            "2026-03", facts("2000", health_cover_employer="40", provident_employer_rate="1")
        )
        assert slip.line("csg_deductible").base_cents == 1965_00 + 40_00 + 20_00

    def test_the_forfait_social_has_covers_for_base_from_11_people(self):
        given = {"health_cover_employer": "40", "provident_employer_rate": "1"}
        assert (
            RULES.payslip("2026-03", facts("2000", headcount=11, **given))
            .line("forfait_social")
            .employer_cents
            == 4_80
        )
        assert (
            RULES.payslip("2026-03", facts("2000", headcount=10, **given))
            .line("forfait_social")
            .employer_cents
            == 0
        )


class TestReferenceHours:
    """
    A CESA has no working time: equivalent hours are 151.67 from the monthly minimum wage up, in proportion below.
    (CSS art. D241-27; note of the federation of CAE, 2016)
    """

    def test_the_published_proportion(self):
        # Note of 2016: 1,000 € at 9.67 € an hour are 103.4 hours; in 2026, at 12.02, 1,000 / 1,823.03 × 151.67.
        slip = RULES.payslip("2026-03", facts("1000"))
        assert slip.hours_policy is HoursPolicy.EQUIVALENT_HOURS
        assert slip.reference_hours_hundredths == 8320

    @pytest.mark.parametrize(
        ("gross", "policy", "more", "hours", "coefficient"),
        [
            ("1200", "equivalent_hours", {}, 9984, 3981),
            ("1823.04", "equivalent_hours", {}, 15167, 3981),
            # ½ × (3 × 1,823.0333 / 5,000 − 1) = 0.04691; to the power 1.75, 0.0047285; × 3781 = 17.9.
            ("5000", "equivalent_hours", {}, 15167, 218),
            ("1200", "full_time", {}, 15167, 3981),
            # 75 × 12.02 = 901.50; ½ × (3 × 901.50 / 1,200 − 1) = 0.626875; 0.44164 × 3781 = 1669.8.
            ("1200", "contract_hours", {"contract_hours": "75"}, 7500, 1870),
            ("1200", "contract_hours", {"contract_hours": "160"}, 15167, 3981),
        ],
    )
    def test_three_policies(self, gross, policy, more, hours, coefficient):
        slip = RULES.payslip("2026-03", facts(gross, hours_policy=policy, **more))
        assert slip.reference_hours_hundredths == hours
        assert slip.reductions[0].coefficient == coefficient

    def test_the_ceiling_is_whole_whatever_the_hours(self):
        slip = RULES.payslip("2026-03", facts("5000", hours_policy="contract_hours", contract_hours="50"))
        assert slip.line("old_age_capped").base_cents == 400_500
