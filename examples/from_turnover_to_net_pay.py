"""A year of one entrepreneur, from the entries of her account to her net pay (the case in ``atelier/``)."""

from pathlib import Path

import cae_core
from cae_core.exchange.case_file import read_case
from cae_core.payroll.run import run_months

case = read_case(Path(__file__).parent / "atelier" / "case.toml")
rules = cae_core.load()
runs = list(run_months(rules, case.engagement, case.first_month, case.last_month, case.start))

columns = ("turnover", "fee", "available", "budget", "gross", "cost", "net paid", "left")
print(f"{'month':<8}" + "".join(f"{name:>11}" for name in columns))
for run in runs:
    cents = (
        run.statement.turnover_cents,
        run.fee.amount_cents,
        run.available_cents,
        run.budget_cents or 0,
        run.payslip.gross_pay_cents,
        run.payslip.employer_cost_cents,
        run.payslip.net_paid_cents,
        run.balance_cents,
    )
    print(f"{run.month!s:<8}" + "".join(f"{cae_core.format_euros(each, 'en'):>11}" for each in cents))

gross = cae_core.format_euros(sum(run.payslip.gross_pay_cents for run in runs), "en")
net = cae_core.format_euros(sum(run.payslip.net_paid_cents for run in runs), "en")
print(f"\nGross pay of the year {gross}, net paid {net}")
