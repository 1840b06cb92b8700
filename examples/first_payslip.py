"""A first payslip: the facts of one person, the lines of March 2026, and where one of them comes from."""

import cae_core
from cae_core.explain import explain_amount, payslip_text

rules = cae_core.load()
facts = cae_core.PayFacts.of(
    "2000.00",
    headcount=130,
    workplace_accident_rate="1.05",  # notified by the Carsat
    mobility_rate="0.80",
    health_cover_employee="25.00",
    health_cover_employer="25.00",
)
slip = rules.payslip("2026-03", facts)

print(payslip_text(slip, "en"))
print(explain_amount(slip, "old_age_capped", "en").text())
