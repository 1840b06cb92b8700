"""Ten thousand payslips at once: the same rules on columns of integer cents, the same cents row by row."""

import numpy as np

import cae_core

rules = cae_core.load()
random = np.random.default_rng(2026)
facts = cae_core.PayFacts(
    gross_pay_cents=random.integers(400_00, 6_000_00, size=10_000),
    headcount=130,
    workplace_accident_ppm=11_500,  # 1.15 %
    mobility_ppm=8_000,
    health_cover_employee_cents=25_00,
    health_cover_employer_cents=25_00,
)
first = rules.payslips("2026-01", facts, lines=True)
second = rules.payslips("2026-02", facts, year_to_date=first.year_to_date)

for batch in (first, second):
    cost, reductions = int(batch["employer_cost"].sum()), int(batch["reductions"].sum())
    print(
        f"{batch.law.month}  cost {cae_core.format_euros(cost, 'en')}, "
        f"reductions {cae_core.format_euros(reductions, 'en')}"
    )

alone = rules.payslip("2026-01", facts.row(1234))
same = first.row(1234)
print(f"row 1234: {same.employer_cost} in the batch, {alone.employer_cost} alone")
