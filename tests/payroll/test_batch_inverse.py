"""From budgets to gross pays in columns: row by row the answer of the inverse, which is tested on its own."""

import attrs
import pytest

from cae_core import AmountTypeError, HoursPolicy, PayFacts, Regularisation, load
from cae_core.payroll.batch_inverse import grosses_for_budgets
from cae_core.payroll.inverse import Inverse

np = pytest.importorskip("numpy")
RULES = load()
FACTS = PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05")
COVERED = attrs.evolve(FACTS, health_cover_employee_cents=2_500, health_cover_employer_cents=2_500)


def check_year(year, facts, people, level, seed):
    """A year in which each month's budgets become pay; some months have nothing to spend."""
    rng = np.random.default_rng(seed)
    before = None
    for number in range(1, 13):
        law = RULES.month_law(f"{year}-{number:02d}", assume_unchanged=True)
        budgets = rng.lognormal(np.log(level), 0.7, people) * rng.gamma(0.7, 1 / 0.7, people)
        budgets = (budgets * (rng.random(people) < 0.9)).astype(np.int64)
        found = grosses_for_budgets(law, facts, budgets, before)
        for row, budget in enumerate(budgets.tolist()):
            one = facts if isinstance(facts.headcount, int) else facts.with_gross(budgets * 0).row(row)
            alone = Inverse(law, one, None if before is None else before.row(row)).for_budget(budget)
            assert found[row] == alone.gross_pay_cents, (law.month, row, budget)
        paid = facts.with_gross(found)
        before = RULES.payslips(law.month, paid, year_to_date=before, assume_unchanged=True).year_to_date


class TestEachRow:
    """The largest gross pay whose cost fits, whatever the months before did to the coefficients."""

    @pytest.mark.parametrize(
        ("year", "level"),
        [(2026, 130_000), (2026, 500_000), (2025, 300_000), (2024, 400_000), (2019, 200_000)],
    )
    def test_of_a_year(self, year, level):
        check_year(year, FACTS, 8, level, seed=year + level)

    @pytest.mark.parametrize(
        "changes",
        [
            {"hours_policy": HoursPolicy.FULL_TIME},
            {"hours_policy": HoursPolicy.CONTRACT_HOURS, "contract_hours_hundredths": 8_000},
            {"regularisation": Regularisation.YEAR_END},
            {"executive": True},
            {"employed_days": 17},
        ],
        ids=str,
    )
    def test_under_other_facts(self, changes):
        check_year(2026, attrs.evolve(COVERED, **changes), 6, 180_000, seed=5)

    def test_of_people_of_several_sizes_of_company(self):
        headcounts = np.array([5, 30, 130, 300], dtype=np.int64)
        check_year(2026, attrs.evolve(COVERED, headcount=headcounts), 4, 180_000, seed=6)

    @pytest.mark.long
    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize("year", [2019, 2020, 2024, 2025, 2026])
    def test_of_many_people(self, year, seed):
        for level in (120_000, 300_000, 700_000):
            check_year(year, FACTS, 150, level, seed=1_000 * seed + year + level)


class TestAtTheEdges:
    def test_a_budget_under_the_cost_of_the_covers_pays_nothing(self):
        law = RULES.month_law("2026-03")
        found = grosses_for_budgets(law, COVERED, np.array([0, 2_499, 2_500, 3_000], dtype=np.int64))
        assert found.tolist() == [
            Inverse(law, COVERED).for_budget(budget).gross_pay_cents for budget in (0, 2_499, 2_500, 3_000)
        ]
        assert found[0] == 0
        assert found[3] > 0

    def test_one_cent_more_of_pay_would_not_fit(self):
        """Said without the inverse: the payslip itself, on 2,000 budgets of a first month."""
        budgets = np.arange(50_000, 1_050_000, 500, dtype=np.int64)
        law = RULES.month_law("2026-01")
        found = grosses_for_budgets(law, FACTS, budgets)
        for more, fits in ((0, True), (1, False)):
            cost = RULES.payslips("2026-01", FACTS.with_gross(found + more))["employer_cost"]
            assert ((cost <= budgets) == fits).all()

    @pytest.mark.parametrize("budgets", [[1, 2], 100_000, np.array([1.0])])
    def test_budgets_are_a_column_of_cents(self, budgets):
        with pytest.raises(AmountTypeError, match="int64"):
            grosses_for_budgets(RULES.month_law("2026-03"), FACTS, budgets)
