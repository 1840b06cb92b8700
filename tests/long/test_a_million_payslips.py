"""A million random payslips over all months: every cent is in one line, and the years add up without drift."""

import pytest

from cae_core import Month, PayFacts, load
from cae_core.payroll import HoursPolicy

np = pytest.importorskip("numpy")
RULES = load()
PAYSLIPS = 1_000_000
MONTHS = list(Month.parse(RULES.legislation.known_from).through(Month.parse(RULES.legislation.known_until)))


def rounded(base, ppm):
    """``base × ppm``, to the cent, half up and away from zero below it: written apart from the library."""
    product = np.abs(base * ppm)
    return np.sign(base * ppm) * ((product + 500_000) // 1_000_000)


def random_facts(rng, people, policy):
    """People of all kinds; a fifth earn nothing this month, some earn the thresholds exactly."""
    gross = rng.integers(0, 1_200_000, people)
    gross = np.where(rng.random(people) < 0.05, rng.integers(0, 4_000_000, people), gross)
    gross = np.where(rng.random(people) < 0.2, 0, gross)
    due = np.where(rng.random(people) < 0.1, rng.integers(1, 500_000, people), 0)
    return PayFacts(
        gross_pay_cents=gross,
        executive=rng.random(people) < 0.3,
        headcount=rng.choice([1, 10, 11, 19, 20, 49, 50, 249, 250, 2000], people),
        workplace_accident_ppm=rng.choice([0, 6_400, 10_500, 75_000], people),
        mobility_ppm=rng.choice([0, 8_000, 32_000], people),
        health_cover_employee_cents=rng.integers(0, 4_000, people),
        health_cover_employer_cents=rng.integers(4_000, 9_000, people),
        provident_employee_ppm=rng.choice([0, 5_000], people),
        provident_employer_ppm=rng.choice([0, 12_345], people),
        hours_policy=policy,
        contract_hours_hundredths=rng.integers(0, 16_000, people),
        affected_pay_cents=(due * rng.random(people)).astype(np.int64),
        affected_pay_due_cents=due,
    )


def check_month(batch):
    """The identities of each payslip, from its lines."""
    gross = batch["gross_pay"]
    employee, employer, taxable = np.zeros_like(gross), np.zeros_like(gross), np.zeros_like(gross)
    reductions = np.zeros_like(gross)
    for piece in batch._pieces:
        for owed, base, employee_part, employer_part in piece.amounts.lines:
            row = owed.contribution
            if not row.is_amount:
                assert (employee_part == rounded(base, owed.employee_ppm)).all()
                assert (employer_part == rounded(base, owed.employer_ppm)).all()
            employee[piece.rows] += employee_part
            employer[piece.rows] += employer_part
            if row.employee_share_taxable:
                taxable[piece.rows] += employee_part
            if row.employer_share_taxable:
                taxable[piece.rows] += employer_part
        for line in piece.amounts.reduction_lines:
            due, granted, amount = line[-4:-1]
            assert (amount == due - granted).all()
            reductions[piece.rows] += amount
    assert (employee == batch["employee_contributions"]).all()
    assert (employer == batch["employer_contributions"]).all()
    assert (reductions == batch["reductions"]).all()
    assert (batch["net_before_tax"] == gross - employee).all()
    assert (batch["employer_cost"] == gross + employer - reductions).all()
    assert (batch["taxable_net"] == gross - employee + taxable).all()
    assert (batch["net_paid"] == batch["net_before_tax"] - batch["withholding"]).all()
    assert (
        batch["withholding"] == rounded(np.maximum(batch["taxable_net"], 0), batch["withholding_ppm"])
    ).all()
    return len(gross)


@pytest.mark.long
@pytest.mark.parametrize("policy", list(HoursPolicy))
def test_identities(policy):
    rng = np.random.default_rng(2026_11 + len(policy.value))
    people = -(-PAYSLIPS // (len(MONTHS) * len(HoursPolicy)))
    done, state, charged, granted = 0, None, {}, 0
    for month in MONTHS:
        if month.number == 1:
            state, charged, granted = None, {}, 0
        batch = RULES.payslips(month, random_facts(rng, people, policy), year_to_date=state, lines=True)
        before, state = state, batch.year_to_date
        done += check_month(batch)
        # No drift: what the months charged and granted is what the year says was charged and granted.
        for name, base in state.bases.items():
            charged[name] = charged.get(name, 0) + base - (before.bases.get(name, 0) if before else 0)
            assert (charged[name] == base).all()
        granted = granted + batch["reductions"]
        assert (granted == sum(state.granted.values())).all()
    print(f"{policy.value}: {done:,} payslips")
    assert done * len(HoursPolicy) >= PAYSLIPS
