"""Figures of rights in columns: row by row those of the finding, for thousands of pay histories."""

import attrs
import pytest

from cae_core import InputError, Month, load
from cae_core.france.protection.opening import MinimumWageDay, WorkPattern
from cae_core.france.unemployment import BenefitGround, Ending
from cae_core.protection import PayHistory, PayMonth, measure

np = pytest.importorskip("numpy")
RULES = load()
PEOPLE = 300


def histories(seed, first, last, level):
    """The same histories in columns and one by one, around the thresholds of the rights."""
    rng = np.random.default_rng(seed)
    months = list(Month.parse(first).through(Month.parse(last)))
    levels = rng.lognormal(np.log(level), 0.6, PEOPLE)
    pay = [
        (levels * rng.gamma(2, 0.5, PEOPLE)).astype(np.int64) * (rng.random(PEOPLE) < 0.85) for _ in months
    ]
    hours = [np.minimum(each * 100 // 1_202, 15_167) for each in pay]
    columns = PayHistory(
        [
            PayMonth(
                month=month, gross_pay_cents=gross, hours_hundredths=worked, hours_policy="equivalent_hours"
            )
            for month, gross, worked in zip(months, pay, hours, strict=True)
        ]
    )
    rows = [
        PayHistory([
            PayMonth(
                month=month, gross_pay_cents=int(gross[row]), hours_hundredths=int(worked[row]),
                hours_policy="equivalent_hours",
            )
            for month, gross, worked in zip(months, pay, hours, strict=True)
        ])
        for row in range(PEOPLE)
    ]  # fmt: skip
    return columns, rows


def both(code, on, *facts, seed=1, first="2024-07", last="2026-06", level=60_000):
    columns, rows = histories(seed, first, last, level)
    found = measure(RULES.entitlements[code], columns, on, *facts, law=RULES.rights)
    return found, [RULES.assess(code, row, on, *facts) for row in rows]


class TestSickness:
    """R313-3: enough pay over six months or enough hours over three; R313-7: over twelve."""

    @pytest.mark.parametrize("level", [30_000, 60_000, 200_000])
    @pytest.mark.parametrize(
        "pattern",
        [
            WorkPattern(),
            WorkPattern(discontinuous=True),
            WorkPattern(discontinuous=False),
            WorkPattern(minimum_wage_day=MinimumWageDay.STOPPAGE),
        ],
    )
    def test_opens_where_the_finding_is_sure(self, pattern, level):
        found, findings = both("sickness_daily_benefit", "2026-07-01", pattern, level=level)
        assert found["granted"].tolist() == [finding.granted is True for finding in findings]

    def test_cases_are_on_both_sides(self):
        found, _ = both("sickness_daily_benefit", "2026-07-01")
        assert 0 < found["granted"].sum() < PEOPLE

    def test_months_whose_hours_nobody_knows_count_for_their_pay_alone(self):
        """Known hours open the right by themselves; without them the finding is open, the column not."""
        columns, rows = histories(1, "2026-01", "2026-06", 60_000)
        columns, *rows = (
            PayHistory([
                attrs.evolve(month, hours_hundredths=None, hours_policy="") if month.month.number < 5 else month
                for month in history.months
            ])
            for history in (columns, *rows)
        )  # fmt: skip
        found = measure(RULES.entitlements["sickness_daily_benefit"], columns, "2026-07-01", law=RULES.rights)
        findings = [RULES.assess("sickness_daily_benefit", row, "2026-07-01") for row in rows]
        assert found["granted"].tolist() == [finding.granted is True for finding in findings]
        assert 0 < found["granted"].sum() < PEOPLE


class TestQuarters:
    """R351-9: one for 150 hourly minimum wages of the year, four at most."""

    @pytest.mark.parametrize("on", ["2025-12-31", "2026-06-30"])
    def test_are_those_of_the_finding(self, on):
        found, findings = both("retirement_quarters", on, level=40_000)
        assert found["quarters"].tolist() == [finding.value("quarters") for finding in findings]
        assert set(found["quarters"].tolist()) >= {1, 2, 3, 4}


class TestUnemployment:
    @pytest.mark.parametrize(
        "kind", [BenefitGround.AGREED, BenefitGround.DISMISSAL, BenefitGround.RESIGNATION]
    )
    @pytest.mark.parametrize("first", ["2024-07", "2026-01", "2026-04"])
    def test_allowance_is_that_of_the_finding(self, kind, first):
        found, findings = both(
            "unemployment_benefit", "2026-06-30", Ending(kind=kind), first=first, level=180_000
        )
        granted = np.zeros(PEOPLE, dtype=bool) | found["granted"]
        daily = np.zeros(PEOPLE, dtype=np.int64) + found["daily_allowance"]
        for row, finding in enumerate(findings):
            # Without an age nobody is refused for good: a senior's window is longer.
            assert (finding.granted is True) == granted[row]
            assert daily[row] == (finding.value("daily_allowance") if granted[row] else 0)
            if finding.granted:
                assert finding.reason("affiliation").found == found["affiliation_days"]

    def test_needs_to_know_how_the_contract_ends(self):
        with pytest.raises(InputError, match=r"Ending\.kind"):
            both("unemployment_benefit", "2026-06-30")


class TestDoor:
    def test_a_right_without_columns_is_asked_one_by_one(self):
        right = next(right for right in RULES.entitlements.values() if right.columns is None)
        with pytest.raises(InputError, match="one person at a time"):
            measure(right, PayHistory(), "2026-06-30", law=RULES.rights)

    def test_facts_are_checked_as_for_one_person(self):
        with pytest.raises(InputError, match="looks at"):
            measure(
                RULES.entitlements["retirement_quarters"],
                PayHistory(),
                "2026-06-30",
                WorkPattern(),
                law=RULES.rights,
            )

    @pytest.mark.parametrize("figure", [np.array([-1]), np.array([1.0]), np.array([10**10])])
    def test_a_column_of_pay_is_whole_cents_in_bounds(self, figure):
        with pytest.raises(InputError, match="whole cents"):
            PayMonth(month="2026-01", gross_pay_cents=figure)
