"""What changed between the laws of two months, and between two payslips: complete, exact, and with the texts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import HoursPolicy, PayFacts, UnknownNameError, load
from cae_core.explain.comparison_rows import effect_rows
from cae_core.payroll import TOTALS
from cae_core.payroll.causes import Cause, state_before
from cae_core.payroll.compare import Change, compare_laws, compare_payslips
from cae_core.payroll.engine import payslip
from strategies import months, pay_facts, pay_years

RULES = load()
LFSS_2025 = "Loi n° 2025-199 du 28 février 2025 (LFSS 2025) art. 18"
FULL_TIME = {"headcount": 30, "workplace_accident_rate": "1.05", "hours_policy": HoursPolicy.FULL_TIME}


def values(comparison):
    """The parameters that differ, with both values in French."""
    return {
        change.name: tuple(text.replace("\u202f", " ").replace("\u00a0", " ") for text in change.format())
        for change in comparison.parameters
    }


def lines(comparison, change):
    return {line.code for line in comparison.contributions if change in line.changes}


class TestDecember2025ToJanuary2026:
    """LFSS 2025 art. 18 ends the reduced rates and replaces T by Tmin and Tdelta; the yearly values move."""

    comparison = RULES.compare("2025-12", "2026-01")

    def test_values(self):
        found = values(self.comparison)
        assert found["social_security_ceiling_monthly"] == ("3 925,00 €", "4 005,00 €")
        assert found["minimum_wage_hourly"] == ("11,88 €/h", "12,02 €/h")
        assert found["general_reduction_minimum_wage_hourly"] == ("11,88 €/h", "12,02 €/h")
        assert found["old_age_uncapped_employer_rate"] == ("2,02 %", "2,11 %")
        assert found["health_reduced_rate"] == ("7,00 %", "")
        assert found["family_reduced_rate"] == ("3,45 %", "")
        assert found["general_reduction_maximum_small"] == ("0,3193", "")
        assert found["general_reduction_minimum_coefficient"] == ("", "0,0200")
        assert found["general_reduction_delta_small"] == ("", "0,3781")
        assert found["general_reduction_delta_large"] == ("", "0,3821")
        # Neither the unemployment rate nor the neutral grid of tax moved that day.
        assert not {"unemployment_employer_rate", "ags_rate", "withholding_neutral_scale"} & set(found)

    def test_texts(self):
        by_name = {change.name: change for change in self.comparison.parameters}
        ceiling = by_name["social_security_ceiling_monthly"]
        assert (ceiling.before.citation.text, ceiling.after.citation.text) == (
            "Arrêté du 19 décembre 2024",
            "Arrêté du 22 décembre 2025",
        )
        assert ceiling.parameter.french_name == "plafond mensuel de la sécurité sociale (PMSS)"
        for name in ("health_reduced_rate", "family_reduced_rate", "general_reduction_maximum_small"):
            assert by_name[name].change is Change.DISAPPEARS
            assert by_name[name].after.repealed
            assert by_name[name].deciding.citation.text.startswith(LFSS_2025)
        assert by_name["general_reduction_power"].change is Change.APPEARS
        assert by_name["general_reduction_power"].before is None

    def test_lines(self):
        assert lines(self.comparison, Change.DISAPPEARS) == {"health_reduced", "family_reduced"}
        assert lines(self.comparison, Change.APPEARS) == set()
        assert lines(self.comparison, Change.RATES) == {"old_age_uncapped"}
        assert lines(self.comparison, Change.POPULATION) == set()
        based = lines(self.comparison, Change.BASE)
        # The whole pay is now at the full rates of health and family; the others follow the ceiling.
        assert {
            "health",
            "family",
            "old_age_capped",
            "agirc_arrco_t2",
            "cet",
            "ags",
            "csg_deductible",
        } <= based
        assert not {"old_age_uncapped", "solidarity_autonomy", "workplace_accident", "mobility"} & based
        health = next(line for line in self.comparison.contributions if line.code == "health")
        assert [change.name for change in health.parameters[Change.BASE]] == [
            "health_reduced_rate_multiple",
            "reduced_rates_minimum_wage_hourly",
        ]

    def test_the_reduction_has_another_formula(self):
        (reduction,) = self.comparison.reductions
        assert reduction.change is Change.FORMULA
        assert reduction.before.french_name == "Réduction générale de cotisations patronales"
        assert reduction.after.french_name == "Réduction générale dégressive unique"
        names = {change.name for change in reduction.parameters}
        assert {
            "general_reduction_divisor",
            "general_reduction_power",
            "general_reduction_exit_multiple",
        } <= names

    def test_backwards_it_is_the_mirror(self):
        back = RULES.compare("2026-01", "2025-12")
        assert values(back) == {name: texts[::-1] for name, texts in values(self.comparison).items()}
        assert lines(back, Change.APPEARS) == {"health_reduced", "family_reduced"}


class TestApril2025ToMay2025:
    """On 1 May 2025: unemployment 4.05 → 4.00 %, T .3194 → .3193, another neutral grid of income tax."""

    comparison = RULES.compare("2025-04", "2025-05")

    def test_values(self):
        found = values(self.comparison)
        assert found.pop("withholding_neutral_scale")
        assert found == {
            "unemployment_employer_rate": ("4,05 %", "4,00 %"),
            "general_reduction_maximum_small": ("0,3194", "0,3193"),
            "general_reduction_maximum_large": ("0,3234", "0,3233"),
            "workplace_accident_general_reduction_share": ("0,46 %", "0,50 %"),
        }

    def test_lines_and_reduction(self):
        assert [(line.code, line.changes) for line in self.comparison.contributions] == [
            ("unemployment", (Change.RATES,))
        ]
        assert [reduction.change for reduction in self.comparison.reductions] == [Change.VALUE]


class TestNothing:
    """Where no text changed anything there is nothing to say."""

    @pytest.mark.parametrize(
        ("before", "after"), [("2026-02", "2026-03"), ("2024-02", "2024-03"), ("2026-03", "2026-03")]
    )
    def test_no_change(self, before, after):
        comparison = RULES.compare(before, after)
        assert not comparison
        assert (comparison.parameters, comparison.contributions, comparison.reductions) == ((), (), ())

    def test_a_value_confirmed_by_a_new_text_is_no_change(self):
        # From July 2026 the row of the AGS has another text and the same 0.25 %.
        assert (
            RULES.month_law("2026-06").snapshot["ags_rate"] != RULES.month_law("2026-07").snapshot["ags_rate"]
        )
        assert not RULES.compare("2026-06", "2026-07")


class TestAsKnownOnADay:
    """Décret n° 2026-509, published on 14 June 2026, changes June 2026 afterwards."""

    def test_only_the_minimum_wage_of_the_reduction(self):
        before = RULES.month_law("2026-06", known_on=dt.date(2026, 6, 5))
        comparison = compare_laws(before, RULES.month_law("2026-06"))
        assert values(comparison) == {"general_reduction_minimum_wage_hourly": ("12,31 €/h", "12,02 €/h")}
        assert "2026-509" in comparison.parameters[0].deciding.citation.text
        assert comparison.contributions == ()
        assert [reduction.code for reduction in comparison.reductions] == ["general_reduction"]


@st.composite
def pairs(draw):
    """Two payslips of any months, each alone or after earlier months of its year."""
    found = []
    for _ in range(2):
        year, grosses = draw(pay_years(most=4))
        facts, before = draw(pay_facts()), None
        for number, gross in enumerate(grosses, start=1):
            slip = RULES.payslip(f"{year}-{number:02d}", facts.with_gross(gross), year_to_date=before)
            before = slip.year_to_date
        found.append(slip)
    return found


class TestTwoPayslips:
    """Every cent of the difference of a total is in one item, and each item has a reason."""

    @given(pairs())
    def test_the_effects_sum_to_each_total(self, slips):
        before, after = slips
        comparison = compare_payslips(before, after)
        for total in TOTALS:
            cents = getattr(after, f"{total}_cents") - getattr(before, f"{total}_cents")
            effects = comparison.explains(total)
            assert comparison.totals[total].cents == cents == sum(effect.cents for effect in effects)
            assert all(effect.reasons and effect.cents for effect in effects)

    @given(pairs())
    def test_every_line_of_either_is_there_once(self, slips):
        before, after = slips
        comparison = compare_payslips(before, after)
        codes = [line.code for line in comparison.lines]
        assert sorted(codes) == sorted({line.code for slip in slips for line in slip.lines})
        for line in comparison.lines:
            was, now = before.lines, after.lines
            for field in ("base_cents", "employee_cents", "employer_cents"):
                amounts = [
                    sum(getattr(each, field) for each in found if each.code == line.code)
                    for found in (was, now)
                ]
                assert getattr(line, field) == amounts[1] - amounts[0]
        assert sum(line.employee_cents for line in comparison.lines) == (
            after.employee_contributions_cents - before.employee_contributions_cents
        )

    @given(pairs())
    def test_the_state_before_makes_the_slip_again(self, slips):
        for slip in slips:
            again = payslip(slip.law, slip.facts, state_before(slip))
            assert not compare_payslips(slip, again)
            assert again.year_to_date.sums == slip.year_to_date.sums
            assert again.year_to_date.bases == slip.year_to_date.bases
            assert again.year_to_date.granted == slip.year_to_date.granted

    @given(months, pay_facts())
    def test_a_slip_differs_from_itself_in_nothing(self, month, facts):
        facts = facts if facts.employed_days is None else facts.with_gross(0)
        comparison = compare_payslips(RULES.payslip(month, facts), RULES.payslip(month, facts))
        assert not comparison
        assert all(comparison.explains(total) == () for total in TOTALS)

    def test_unknown_names_are_refused(self):
        slip = RULES.payslip("2026-03", PayFacts.of(2000, **FULL_TIME))
        comparison = compare_payslips(slip, slip)
        with pytest.raises(UnknownNameError, match="net_paid"):
            comparison.explains("net_payd")
        with pytest.raises(UnknownNameError, match="csg_deductible"):
            comparison.line("csg_deductibl")


def reasons(comparison, total):
    """The reasons of each effect: causes, or the parameter or the fact."""
    return {
        effect.name: [
            reason.parameter.name if reason.parameter else reason.fact or reason.cause
            for reason in effect.reasons
        ]
        for effect in comparison.explains(total)
    }


class TestReasons:
    """Law, pay, facts or year to date: a cause is named where it moves the amount, and nowhere else."""

    facts = PayFacts.of("2000", **FULL_TIME)

    def test_the_law_alone(self):
        """2,000 € in December 2025 and in January 2026, months taken alone."""
        slips = [RULES.payslip(month, self.facts) for month in ("2025-12", "2026-01")]
        comparison = compare_payslips(*slips)
        assert comparison.explains("net_before_tax") == ()
        cost = {effect.name: effect.cents for effect in comparison.explains("employer_cost")}
        # 7 % of health and 3.45 % of family give way to 13 and 5.25 %; old age gains 0.09 %. The coefficient is
        # 0.3193 / 0.6 × (1.6 × 1,801.80 / 2,000 − 1) = 0.2349 in December, and 0.3147 in January.
        assert cost == {
            "health": 260_00,
            "health_reduced": -140_00,
            "old_age_uncapped": 1_80,
            "family": 105_00,
            "family_reduced": -69_00,
            "general_reduction": -(629_40 - 469_80),
        }
        why = reasons(comparison, "employer_cost")
        assert why["health_reduced"] == ["health_reduced_rate"]
        assert why["health"] == ["health_reduced_rate_multiple", "reduced_rates_minimum_wage_hourly"]
        assert why["old_age_uncapped"] == ["old_age_uncapped_employer_rate"]
        assert "general_reduction_power" in why["general_reduction"]
        rows = {row.name: row for row in effect_rows(comparison, "employer_cost")}
        (said,) = rows["health_reduced"].reasons
        assert said.startswith(
            "maladie, maternité, invalidité, décès, taux réduit\u00a0: 7,00\u00a0% → abrogé ("
        )
        assert LFSS_2025 in said

    def test_the_pay_alone(self):
        """The ceiling is not reached and no rate moved: nothing but the pay is named."""
        slips = [
            RULES.payslip(month, facts)
            for month, facts in (("2026-02", self.facts), ("2026-03", self.facts.with_gross(2500_00)))
        ]
        why = reasons(compare_payslips(*slips), "net_paid")
        assert why.pop("gross_pay") == [Cause.PAY]
        assert set(why) == {
            "old_age_capped", "old_age_uncapped", "agirc_arrco_t1", "ceg_t1", "csg_deductible",
            "csg_crds_non_deductible", "withholding",
        }  # fmt: skip
        assert all(found == [Cause.PAY] for found in why.values())

    def test_a_ceiling_counts_only_where_it_is_reached(self):
        low, high = (
            compare_payslips(
                RULES.payslip("2025-12", self.facts.with_gross(before)),
                RULES.payslip("2026-01", self.facts.with_gross(after)),
            )
            for before, after in ((2000_00, 2100_00), (5000_00, 5100_00))
        )
        assert reasons(low, "net_before_tax")["old_age_capped"] == [Cause.PAY]
        assert reasons(high, "net_before_tax")["old_age_capped"] == ["social_security_ceiling_monthly"]

    def test_a_share_is_not_explained_by_the_rate_of_the_other(self):
        """The employer rate of uncapped old age rose; the employee share follows the pay alone."""
        comparison = compare_payslips(
            RULES.payslip("2025-12", self.facts), RULES.payslip("2026-01", self.facts.with_gross(2100_00))
        )
        assert reasons(comparison, "net_before_tax")["old_age_uncapped"] == [Cause.PAY]
        assert reasons(comparison, "employer_cost")["old_age_uncapped"] == [
            "old_age_uncapped_employer_rate",
            Cause.PAY,
        ]

    def test_facts(self):
        other = PayFacts.of("2000", **{**FULL_TIME, "headcount": 60, "workplace_accident_rate": "2"})
        comparison = compare_payslips(RULES.payslip("2026-03", self.facts), RULES.payslip("2026-03", other))
        why = reasons(comparison, "employer_cost")
        assert why["workplace_accident"] == ["workplace_accident_ppm"]
        assert why["fnal_capped"] == why["fnal_uncapped"] == why["construction"] == ["headcount"]
        assert why["general_reduction"] == ["headcount"]
        rows = {row.name: row.reasons for row in effect_rows(comparison, "employer_cost", "en")}
        assert rows["workplace_accident"] == ("workplace accident rate: 1.05% → 2.00%",)

    def test_the_year_to_date(self):
        """The same pay twice: in February the ceiling that January left unused serves."""
        january = RULES.payslip("2026-01", self.facts)
        slips = [
            RULES.payslip("2026-02", self.facts.with_gross(5000_00), year_to_date=state)
            for state in (None, january.year_to_date)
        ]
        why = reasons(compare_payslips(*slips), "net_before_tax")
        assert why["old_age_capped"] == why["cet"] == [Cause.YEAR_TO_DATE]
        assert "old_age_uncapped" not in why

    def test_the_grid_of_income_tax(self):
        """On 1 May 2025 the bracket of 5.3 % starts at 2,294 € instead of 2,253 €: below it is 4.1 %."""
        facts = PayFacts.of("2770", **FULL_TIME)
        slips = [RULES.payslip(month, facts) for month in ("2025-04", "2025-05")]
        assert [slip.withholding_ppm for slip in slips] == [53_000, 41_000]
        assert all(2253_00 <= slip.taxable_net_cents < 2294_00 for slip in slips)
        comparison = compare_payslips(*slips)
        assert reasons(comparison, "net_paid") == {"withholding": ["withholding_neutral_scale"]}

    def test_the_length_of_a_month_is_the_law_without_a_value(self):
        facts = PayFacts.of("5000", employed_days=14, **FULL_TIME)
        comparison = compare_payslips(RULES.payslip("2026-02", facts), RULES.payslip("2026-03", facts))
        assert reasons(comparison, "net_before_tax")["old_age_capped"] == [Cause.LAW]
        (row,) = (row for row in effect_rows(comparison, "net_before_tax") if row.name == "old_age_capped")
        assert row.reasons == ("règle ou durée du mois",)
