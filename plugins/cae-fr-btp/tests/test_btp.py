"""Building against published figures and an engine, line by line; what is wrong elsewhere is said."""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import cae_core
import cae_fr_btp as subject
from cae_core import InputError, LawNotKnownError, PayFacts, UnknownNameError, hookimpl
from cae_core.law import Citation, DatedValue
from cae_core.plugins import plugin
from cae_core.testing import assert_plugin_conforms
from cae_core.variants import ChangeParameter

FR = plugin("fr")
RULES = cae_core.assemble({"fr": FR, "fr-btp": subject})
EXAMPLES = {
    each["id"]: each
    for each in json.loads(
        (Path(__file__).parent / "examples.json").read_text("utf-8"), parse_float=Decimal, parse_int=Decimal
    )
}


def frozen_at(hourly_cents):
    """What modele-social believes of 2026: the minimum wage of its formula follows that of June, 12.31.

    Décret n° 2026-509 keeps 12.02 in the formula for the whole year; cae_core follows the decree.
    """
    row = DatedValue(
        hourly_cents, dt.date(2026, 1, 1), Citation("modele-social 11.1.0"), source="its answers"
    )
    name = "general_reduction_minimum_wage_hourly"
    other = attrs.evolve(FR_LAW.parameter(name), values=(row,))
    return SimpleNamespace(cae_register_changes=hookimpl(lambda: [ChangeParameter(parameter=other)]))


FR_LAW = cae_core.load().legislation
ENGINE = cae_core.assemble({"fr": FR, "fr-btp": subject, "engine": frozen_at(1231)})


def cents(euros):
    """Whole cents of a figure, half up: engines print more decimals."""
    return int((Decimal(euros) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def worker(gross, headcount=60, fund="20.70", deduction=True, **given):
    facts = {
        "btp_expense_deduction": int(deduction),
        "btp_holiday_fund_ppm": int(Decimal(fund) * 10_000),
        **given,
    }
    return PayFacts.of(
        str(gross),
        headcount=int(headcount),
        workplace_accident_rate="3",
        hours_policy="full_time",
        given=facts,
    )


def reduction(slip):
    (line,) = slip.reductions
    return line


class TestItConforms:
    people = (
        worker("1900"),
        worker("2345.67", deduction=False, btp_structural_works=1, btp_weather_allowance_cents=60_000),
        worker("3456.78", fund="0", btp_weather_allowance_cents=12_345),
        worker("9000"),
    )

    def test_alone_and_with_a_territory(self):
        try:
            import cae_fr_alsace_moselle
        except ImportError:  # installed alone
            others = {}
        else:
            others = {"fr-alsace-moselle": cae_fr_alsace_moselle}
        assert_plugin_conforms(
            subject, "fr-btp", people=self.people, together_with=others, months=["2026-03"]
        )


class TestExpenseDeduction:
    """10 % until 2023, a point less a year, nothing in 2032; 7,600 € a year; never under the minimum wage."""

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("btp-dfs-")])
    def test_published_way_out(self, name):
        example = EXAMPLES[name]
        expected, day = example["expected"], dt.date.fromisoformat(example["date"])
        rate = RULES.legislation.parameter("btp_expense_deduction_rate").on(day).value
        assert rate == expected["dfs_rate"] * 1_000_000
        # Beyond July 2026 everything else is carried forward, as the caller asks.
        slip = RULES.payslip(
            f"{day:%Y-%m}", worker(example["inputs"]["gross"]), assume_unchanged=day.year > 2026
        )
        assert slip.line("old_age_uncapped").base_cents == cents(expected["base_after_dfs_before_floor"])

    @pytest.mark.parametrize(("month", "base"), [("2023-12", 2250_00), ("2024-01", 2275_00)])
    def test_the_turn_of_the_year(self, month, base):
        assert RULES.payslip(month, worker("2500")).line("agirc_arrco_t1").base_cents == base

    def test_the_csg_counts_all(self):
        """The abatement of 1.75 % is on the whole pay; the employer's cover is added."""
        line = RULES.payslip("2026-03", worker("2500")).line("csg_deductible")
        assert line.base_cents == 2456_25 + 43_00

    def test_the_ceiling_of_the_year(self):
        """12 × 10,000 € at 10 % would be 12,000 €: 7,600 are taken, whatever the months."""
        state, bases = None, []
        for number in range(1, 13):
            slip = RULES.payslip(f"2023-{number:02d}", worker("10000"), year_to_date=state)
            state = slip.year_to_date
            bases.append(slip.line("old_age_uncapped").base_cents)
        assert bases == [9_000_00] * 7 + [9_400_00] + [10_000_00] * 4
        assert sum(bases) == 12 * 10_000_00 - 7_600_00

    def test_the_minimum_wage_is_left(self):
        """1,823.03 € in January 2026: 1,900 € may lose 76.97, not 133."""
        assert RULES.payslip("2026-01", worker("1900")).line("old_age_uncapped").base_cents == 1823_03

    def test_not_of_executives(self):
        with pytest.raises(InputError, match="for workers .ouvriers., not for executives"):
            RULES.payslip("2026-03", attrs.evolve(worker("2500"), executive=True))


class TestReduction:
    """On abated pay, × 100/90 where a fund pays the holidays, at most 130 % of that on the whole pay."""

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("btp-oracle-")])
    def test_the_engine_with_its_own_minimum_wage(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        slip = ENGINE.payslip("2026-07", worker(inputs["gross"], inputs["headcount"]))
        line = reduction(slip)
        assert slip.line("old_age_uncapped").base_cents == cents(expected["base"])
        assert slip.line("btp_oppbtp").employer_cents == cents(expected["oppbtp"])
        if inputs["gross"] == 6000:
            # 6,000 € are over three minimum wages: without the deduction nothing is due, and 130 % of nothing
            # is nothing. The engine forgets its limit there, and grants the 2 % of the abated pay.
            assert line.coefficient == expected["rgdu_coefficient_as_computed"] * 10_000
            assert (line.limit_cents, line.amount_cents) == (0, 0)
            assert cents(expected["rgdu_amount"]) == 123_88
            return
        assert line.coefficient == expected["rgdu_coefficient_as_computed"] * 10_000
        assert line.amount_cents == cents(expected["rgdu_amount"])

    def test_a_holiday_fund_without_the_deduction(self):
        """The engine again: 0.1856 becomes 0.2062."""
        expected = EXAMPLES["btp-rgdu-holidayfund-2500"]["expected"]
        for fund, name in (("0", "rgdu_coefficient_standard"), ("19.70", "rgdu_coefficient")):
            line = reduction(ENGINE.payslip("2026-06", worker("2500", fund=fund, deduction=False)))
            assert line.coefficient == expected[name] * 10_000
        assert line.amount_cents == cents(expected["rgdu_amount"])

    def test_with_the_minimum_wage_of_the_decree(self):
        """0.02 + 0.3821 × (½ (3 × 1,823.0333 ÷ 2,325 − 1)) ^ 1.75 = 0.21264…, ÷ 0.9 = 0.2363; × 2,325."""
        line = reduction(RULES.payslip("2026-06", worker("2500")))
        assert (line.coefficient, line.base_cents, line.amount_cents) == (2363, 2325_00, 549_40)

    def test_the_example_of_the_urssaf(self):
        """January 2023, 1,750 €, 50 people or more, no fund: abated to the minimum wage, 552.28; limit not met.

        The example adds 70 € of expenses to the pay before the deduction, and the minimum wage is reached with
        or without them. It counts 151.67 hours a month, 1,709.32 €; by the yearly formula of CSS art. D241-7 they
        are 1,820 / 12, 1,709.28 €, as everywhere in the library: a cent of reduction lies between.
        """
        line = reduction(RULES.payslip("2023-01", worker("1750", fund="0")))
        assert (line.base_cents, line.coefficient) == (1709_28, 3231)
        assert line.amount_cents == cents(Decimal("1709.28") * Decimal("0.3231")) == 552_27
        assert cents(Decimal("1709.32") * Decimal("0.3231")) == 552_28
        # 1,750 × 0.3031 = 530.43; the page adds 30 % of it, 159.13.
        without = reduction(RULES.payslip("2023-01", worker("1750", fund="0", deduction=False)))
        assert (without.coefficient, without.amount_cents) == (3031, 530_43)
        assert line.limit_cents == cents(Decimal("530.43") + Decimal("159.13"))

    def test_the_limit_is_met(self):
        """2022, 2,000 € in a firm under 50 with a fund: 0.1872 × 2,000 = 374.40, × 130 % = 486.72.

        The page of a payroll editor has this case. It multiplies unrounded coefficients, and says 374.48 and
        486.42, which is not 130 % of it; the law rounds a coefficient to four decimals (CSS art. D241-7).
        """
        line = reduction(RULES.payslip("2022-07", worker("2000", headcount=30)))
        assert line.base_cents == 1800_00
        without = reduction(RULES.payslip("2022-07", worker("2000", headcount=30, deduction=False)))
        assert (without.coefficient, without.amount_cents) == (1872, 374_40)
        # The coefficient on abated pay is the editor's, 0.2738; it would give 492.84.
        assert (line.coefficient, line.limit_cents, line.amount_cents) == (2738, 486_72, 486_72)

    def test_the_month_before_the_limit_is_not_known(self):
        with pytest.raises(LawNotKnownError, match="first known day 2020-01-01"):
            RULES.payslip("2019-12", worker("2000"))
        assert reduction(RULES.payslip("2020-01", worker("2000"))).limit_cents is not None


class TestHolidayFund:
    """A fund announces its rate to its members; few are published."""

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("btp-cibtp-no-")])
    def test_published(self, name):
        inputs, expected, month = (EXAMPLES[name][key] for key in ("inputs", "expected", "date"))
        ppm = subject.holiday_fund_ppm(RULES, "nord-ouest", month[:7])
        assert ppm == expected["rate"] * 1_000_000
        line = RULES.payslip(month[:7], worker(inputs["gross"], fund=Decimal(ppm) / 10_000)).line(
            "btp_holiday_fund"
        )
        assert line.employer_cents == cents(expected["holiday_contribution"])
        assert line.base_cents == cents(inputs["gross"])  # before the deduction

    def test_of_another_fund(self):
        with pytest.raises(
            UnknownNameError, match="no holiday fund with a known rate is called 'cooperatives'"
        ):
            subject.holiday_fund_ppm(RULES, "cooperatives", "2026-03")

    def test_in_an_unknown_year(self):
        with pytest.raises(LawNotKnownError):
            subject.holiday_fund_ppm(RULES, "nord-ouest", "2024-12")


class TestWeather:
    """A rate over an allowance that belongs to the company, April to March."""

    def test_published(self):
        example = EXAMPLES["btp-intemperies-2024-gros-oeuvre"]
        expected = example["expected"]
        value = RULES.legislation.parameter("btp_weather_allowance").on(
            dt.date.fromisoformat(example["date"])
        )
        assert value.value == cents(expected["allowance"])
        facts = worker(
            example["inputs"]["company_payroll_period"],
            btp_structural_works=1,
            btp_weather_allowance_cents=value.value,
        )
        line = RULES.payslip("2024-06", facts).line("btp_weather_structural")
        assert line.employer_ppm == expected["rate"] * 1_000_000
        assert line.employer_cents == cents(expected["due"])

    def test_the_allowance_of_2021_was_put_right(self):
        """82,000 € in the order of December 2021, by mistake; 82,008 € since it was put right."""
        of_2021 = RULES.legislation.parameter("btp_weather_allowance").on(dt.date(2021, 6, 1))
        assert of_2021.value == 82_008_00

    @pytest.mark.parametrize(
        ("month", "structural", "other"),
        [("2021-03", 7_400, 1_500), ("2021-04", 6_800, 1_300), ("2026-03", 6_800, 1_300)],
    )
    def test_rates(self, month, structural, other):
        values = RULES.month_law(month).values
        assert values["btp_weather_structural_rate"] == structural
        assert values["btp_weather_other_rate"] == other

    def test_what_is_not_published_yet_is_marked(self):
        snapshot = RULES.month_law("2026-04").snapshot
        assert snapshot["btp_weather_structural_rate"].needs_review
        assert not RULES.month_law("2026-03").snapshot["btp_weather_structural_rate"].needs_review

    def test_shares_add_up_to_the_allowance(self):
        pays = [2_100_00, 1_850_33, 0, 2_600_01]
        campaign = [f"2024-{number:02d}" for number in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
        shares = [subject.weather_allowance_shares(RULES, month, pays) for month in campaign]
        assert sum(map(sum, shares)) == 93_204_00
        assert all(share[2] == 0 and share[3] > share[0] > share[1] for share in shares)

    def test_a_low_month_keeps_its_allowance(self):
        """Within the year, what a low month did not use serves a high one."""
        low = worker("100", btp_weather_allowance_cents=500_00)
        high = worker("2500", btp_weather_allowance_cents=500_00)
        first = RULES.payslip("2026-01", low)
        second = RULES.payslip("2026-02", high, year_to_date=first.year_to_date)
        assert first.line("btp_weather_other").base_cents == 0
        assert second.line("btp_weather_other").base_cents == 2600_00 - 1000_00

    def test_one_of_two_trades(self):
        with pytest.raises(InputError, match="btp_structural_works is 0 or 1"):
            RULES.payslip("2026-03", worker("2500", btp_structural_works=2))


class TestCovers:
    def test_published(self):
        expected = EXAMPLES["btp-probtp-ouvrier"]["expected"]
        line = RULES.payslip("2026-06", worker("2500")).line("btp_worker_cover")
        assert line.employer_cents == cents(expected["employer"])
        assert line.employee_cents == cents(expected["employee"])
        # The agreement calls for 2.59 % in all (art. 5.3).
        assert line.employer_ppm + line.employee_ppm == 25_900

    def test_three_ceilings(self):
        line = RULES.payslip("2026-03", worker("13000")).line("btp_worker_cover")
        assert line.base_cents == 3 * 4005_00

    def test_executives_by_brackets(self):
        executive = attrs.evolve(worker("20000", deduction=False), executive=True)
        slip = RULES.payslip("2026-03", executive)
        bases = [slip.line(f"btp_executive_cover_{rank}").base_cents for rank in (2, 3)]
        assert bases == [3 * 4005_00, 20_000_00 - 4 * 4005_00]
        assert slip.line("btp_worker_cover").employer_cents == 0
        assert slip.line("provident_executive").employer_ppm == 15_000


class TestWithAlsaceMoselle:
    """A building worker of Strasbourg: the abated base reaches the local line, not the CSG."""

    example = EXAMPLES["combo-alsace-btp-2026-2500"]

    def test_the_engine(self):
        alsace = pytest.importorskip("cae_fr_alsace_moselle")
        expected = self.example["expected"]
        plugins = {"fr": FR, "fr-alsace-moselle": alsace, "fr-btp": subject}
        for with_engine in (True, False):
            extra = {"engine": frozen_at(1231)} if with_engine else {}
            slip = cae_core.assemble({**plugins, **extra}).payslip("2026-06", worker("2500"))
            found = {
                "base": slip.line("health").base_cents,
                "employee_sickness": slip.line("health_alsace_moselle").employee_cents,
                "employer_sickness": slip.line("health").employer_cents,
                "apprenticeship_tax": slip.line("apprenticeship").employer_cents,
                "csg_deductible": slip.line("csg_deductible").employee_cents,
            }
            for name, value in found.items():
                assert value == cents(expected[name]), name
            line = reduction(slip)
            if with_engine:
                assert line.coefficient == expected["rgdu_coefficient"] * 10_000
                assert line.amount_cents == cents(expected["rgdu_amount"])
            else:  # 12.02 in the formula, by décret n° 2026-509
                assert (line.coefficient, line.amount_cents) == (2363, 549_40)


def test_every_example_is_used():
    """One is no rule of pay: a cooperative wants 6,000 € of working capital before a CESA, by its own choice."""
    here = {
        *(name for name in EXAMPLES if name.startswith(("btp-dfs-", "btp-oracle-", "btp-cibtp-no-"))),
        "btp-rgdu-holidayfund-2500",
        "btp-intemperies-2024-gros-oeuvre",
        "btp-probtp-ouvrier",
        "combo-alsace-btp-2026-2500",
    }
    assert set(EXAMPLES) - here == {"btp-lifecycle-coopaction"}


def test_it_is_found_by_its_name():
    try:
        metadata.distribution("cae-fr-btp")
    except metadata.PackageNotFoundError:
        pytest.skip("the plugin is tested from its sources; `nox -s plugins` installs it")
    found = cae_core.load("fr", "fr-btp").payslip("2026-03", worker("2500"))
    assert found.line("btp_oppbtp").employer_cents == 3_11
