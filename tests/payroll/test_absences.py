"""Months that are not wholly paid: entry, exit, absence. The ceiling goes by days, the reference wage by pay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError, PayFacts, load
from cae_core.explain import explain_amount, explainable_amounts
from strategies import months, pay_facts
from test_explain import check_explanation

RULES = load()


def facts(gross, **more):
    return PayFacts.of(
        gross, **{"headcount": 30, "workplace_accident_rate": "1.05", "hours_policy": "full_time", **more}
    )


def wage_cents(slip):
    """The reference wage of the month, which is kept in twelve-hundredths of a cent, to the nearest cent."""
    return (slip.year_to_date.sums["reference_wage"] + 600) // 1200


class TestCeiling:
    """
    The ceiling of a month that is not whole is reduced by calendar days of employment, absences without pay left
    out.
    (CSS art. R242-2)
    """

    def test_two_days_of_unpaid_leave(self):
        """Published: 2 days without pay, ceiling × 28 / 30 in a month of 30 days (efl.fr, BOSS). 4,005 × 28 / 30 = 3,738."""
        slip = RULES.payslip("2026-04", facts("3000", employed_days=28))
        assert slip.year_to_date.sums["ceiling"] == 373_800

    def test_a_month_of_absence(self):
        """Published: no day of employment, no ceiling (efl.fr)."""
        assert RULES.payslip("2026-04", facts("0", employed_days=0)).year_to_date.sums["ceiling"] == 0


class TestReferenceWage:
    """
    Where the contract is suspended without full pay, the minimum wage of the formula is reduced as the pay is:
    pay received to pay that a whole month would have given, both without what the absence does not touch.
    (CSS art. D241-7)
    """

    def test_published_january_2024(self):
        """legisocial.fr: 3,000 €, ten days of 23 absent, 1,695.65 € left: 1,766.92 × 1,695.65 / 3,000 = 998.69."""
        slip = RULES.payslip("2024-01", facts("1695.65", affected_pay="1695.65", affected_pay_due="3000"))
        assert wage_cents(slip) == 99_869

    def test_a_bonus_that_the_absence_does_not_touch_changes_nothing(self):
        slip = RULES.payslip("2024-01", facts("2195.65", affected_pay="1695.65", affected_pay_due="3000"))
        assert wage_cents(slip) == 99_869

    def test_an_absence_paid_in_full(self):
        """Pay is kept: no reduction."""
        slip = RULES.payslip("2024-01", facts("3000", affected_pay="3000", affected_pay_due="3000"))
        assert wage_cents(slip) == 176_692

    def test_entry_by_days(self):
        """Entry on 17 March 2025: 15 of 31 days; 11.88 × 1,820 / 12 = 1,801.80; × 15 / 31 = 871.84."""
        assert wage_cents(RULES.payslip("2025-03", facts("3000", employed_days=15))) == 87_184

    def test_the_pay_prevails_over_the_days(self):
        slip = RULES.payslip(
            "2024-01", facts("1695.65", affected_pay="1695.65", affected_pay_due="3000", employed_days=17)
        )
        assert wage_cents(slip) == 99_869

    @pytest.mark.parametrize(
        ("gross", "paid", "due", "cents"),
        [
            # 900 € of 1,200 € due, under the minimum wage: the hours are those of the pay, hence the pay itself.
            ("900", "900", "1200", 90_000),
            # 1,500 € of 3,000 €: full time for 3,000 €, half of 1,823.03 €.
            ("1500", "1500", "3000", 91_152),
            # 600 € of 800 € and 700 € of variable pay: 1,500 € without the absence, × 600 / 800.
            ("1300", "600", "800", 112_500),
        ],
    )
    def test_equivalent_hours(self, gross, paid, due, cents):
        given_facts = facts(gross, affected_pay=paid, affected_pay_due=due, hours_policy="equivalent_hours")
        assert wage_cents(RULES.payslip("2026-03", given_facts)) == cents

    def test_equivalent_hours_by_days(self):
        """10 of 31 days: 1,823.03 × 10 / 31 = 588.08 at most; a pay of 500 € is under it."""
        for gross, cents in (("2000", 58_808), ("500", 50_000)):
            slip = RULES.payslip("2026-03", facts(gross, employed_days=10, hours_policy="equivalent_hours"))
            assert wage_cents(slip) == cents

    def test_hours_of_the_contract_are_those_of_a_whole_month(self):
        """75 h × 12.02 = 901.50; half of the pay is left: 450.75."""
        slip = RULES.payslip(
            "2026-03",
            facts(
                "600",
                affected_pay="600",
                affected_pay_due="1200",
                hours_policy="contract_hours",
                contract_hours="75",
            ),
        )
        assert wage_cents(slip) == 45_075

    def test_the_reduction_of_a_half_month_is_half(self):
        """The ratio of pay to wage is that of the whole month: 2,000 € whole, 1,000 € of 2,000 € due."""
        whole = RULES.payslip("2026-03", facts("2000"))
        half = RULES.payslip("2026-03", facts("1000", affected_pay="1000", affected_pay_due="2000"))
        assert half.reductions[0].coefficient == whole.reductions[0].coefficient
        assert 2 * half.reductions_cents == whole.reductions_cents

    def test_more_left_than_was_due(self):
        with pytest.raises(
            InputError, match="affected_pay: in 2026-03, the pay that an absence left is more than"
        ):
            RULES.payslip("2026-03", facts("2000", affected_pay="2000", affected_pay_due="1999.99"))


class TestProperties:
    """Whatever is missing, the wage of a part is at most that of the whole, and nothing at nothing."""

    @given(months, pay_facts(), st.integers(0, 28))
    def test_between_nothing_and_the_whole(self, month, given_facts, days):
        import attrs

        whole = attrs.evolve(given_facts, employed_days=None, affected_pay_cents=0, affected_pay_due_cents=0)
        part = attrs.evolve(whole, employed_days=days)
        wages = [RULES.payslip(month, each).year_to_date.sums["reference_wage"] for each in (part, whole)]
        assert 0 <= wages[0] <= wages[1]
        assert days or wages[0] == 0

    @pytest.mark.parametrize("policy", ["full_time", "equivalent_hours", "contract_hours"])
    @pytest.mark.parametrize(
        "more", [{"employed_days": 10}, {"affected_pay": "700", "affected_pay_due": "1500"}]
    )
    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_it_is_explained(self, policy, more, lang):
        slip = RULES.payslip("2026-03", facts("1900", hours_policy=policy, contract_hours="100", **more))
        names = [name for name, _, _ in explainable_amounts(slip, lang)]
        assert sum(check_explanation(explain_amount(slip, name, lang), lang) for name in names) > 20
        shown = "\n".join(
            step.text
            for section in explain_amount(slip, "general_reduction", lang).sections
            for step in section.steps
        )
        assert ("÷ 31" in shown) or ("÷ 1" in shown)
