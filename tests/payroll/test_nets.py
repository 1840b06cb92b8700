"""The nets and the income tax withheld."""

import pytest
from hypothesis import given

from cae_core import PayFacts, load
from strategies import months, pay_facts

RULES = load()


def slip(month, gross, **more):
    return RULES.payslip(month, PayFacts.of(gross, headcount=30, workplace_accident_rate="1.05", **more))


def with_taxable_net(month, cents):
    """A payslip whose taxable net is exactly this, if the rule of a month allows it."""
    low, high = cents, cents * 2
    while low < high:
        middle = (low + high) // 2
        if slip(month, f"{middle // 100}.{middle % 100:02d}").taxable_net_cents < cents:
            low = middle + 1
        else:
            high = middle
    return slip(month, f"{low // 100}.{low % 100:02d}")


class TestTaxableNet:
    """
    Taxable net is the net before tax, plus CSG and CRDS that are not deductible, plus the employer share of the health
    cover; the employer share of the provident cover is not added.  (CGI art. 83, 1° quater)
    """

    @given(months, pay_facts())
    def test_what_comes_back(self, month, facts):
        if facts.employed_days is not None and facts.employed_days > month.days:
            return
        found = RULES.payslip(month, facts)
        back = found.line("csg_crds_non_deductible").employee_cents + facts.health_cover_employer_cents
        assert found.taxable_net_cents == found.net_before_tax_cents + back

    def test_the_death_cover_of_executives_is_not_taxable(self):
        found = slip("2026-03", "5000", executive=True)
        csg = found.line("csg_crds_non_deductible").employee_cents
        assert found.taxable_net_cents == found.net_before_tax_cents + csg


class TestNetSocialAmount:
    """Pay less all mandatory employee contributions; covers are neutral since 2024.  (Arrêté du 31 janvier 2023)"""

    def test_the_plain_case(self):
        found = slip("2026-03", "2000", health_cover_employee="25", health_cover_employer="25")
        assert found.net_social_amount_cents == 1555_77


class TestTheNeutralRate:
    """
    Without a rate from the tax office, the rate is that of the grid in force in the month, by taxable net; a lower
    bound belongs to its bracket.  (CGI art. 204 H, III)
    """

    @pytest.mark.parametrize(
        ("month", "bound", "below", "at"),
        [
            ("2024-01", 1591_00, 0, 5_000),
            ("2025-04", 1591_00, 0, 5_000),
            ("2025-05", 1620_00, 0, 5_000),
            ("2026-04", 1620_00, 0, 5_000),
            ("2026-05", 1635_00, 0, 5_000),
            ("2026-05", 2315_00, 41_000, 53_000),
            ("2026-05", 5624_00, 158_000, 179_000),
        ],
    )
    def test_grids_change_in_may_and_bounds_are_inclusive(self, month, bound, below, at):
        law = RULES.month_law(month)
        from cae_core.payroll.engine import withhold

        facts = PayFacts.of(0, workplace_accident_rate=0)
        assert withhold(law, facts, bound - 1)[0] == below
        assert withhold(law, facts, bound)[0] == at

    def test_the_amount_is_to_the_cent(self):
        found = slip(
            "2026-03", "3000", mobility_rate="2", health_cover_employee="25", health_cover_employer="25"
        )
        assert (found.taxable_net_cents, found.withholding_ppm, found.withholding_cents) == (
            2458_57,
            53_000,
            130_30,
        )

    def test_the_last_month_of_a_grid_and_the_first_of_the_next(self):
        # A taxable net of 1,625 € is taxed at 0.5 % in April 2026 (from 1,620) and not in May (from 1,635).
        april, may = with_taxable_net("2026-04", 1625_00), with_taxable_net("2026-05", 1625_00)
        assert (april.withholding_ppm, may.withholding_ppm) == (5_000, 0)


class TestThePersonalRate:
    """The rate sent by the tax office replaces the grid.  (CGI art. 204 E)"""

    def test_it_applies_to_the_taxable_net(self):
        found = slip("2026-03", "2000", withholding="4.3")
        assert found.withholding_rate.ppm == 43_000
        assert found.withholding_cents == (found.taxable_net_cents * 43 + 500) // 1000

    def test_zero_is_a_rate(self):
        assert slip("2026-03", "5000", withholding="0").withholding_cents == 0

    def test_nothing_is_withheld_on_a_negative_taxable_net(self):
        before = slip("2026-01", "9000").year_to_date
        facts = PayFacts.of(0, headcount=30, workplace_accident_rate="1.05", withholding="10")
        found = RULES.payslip("2026-02", facts, year_to_date=before)
        # Pay of bracket 2 in January comes back under the ceiling of February, at the dearer rates of bracket 1.
        assert found.taxable_net_cents < 0
        assert found.withholding_cents == 0
        assert found.net_paid_cents == found.net_before_tax_cents
