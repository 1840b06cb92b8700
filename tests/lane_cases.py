"""People on whom lanes could differ, and what differs between two batches."""

from math import gcd

import numpy as np

from cae_core import HoursPolicy, PayFacts
from cae_core.payroll import TOTALS

MILLION = 1_000_000
#: The largest pay that a program takes.
PROGRAM_MAX = 10**8


def laws(rules, months):
    """The months at which something of the payroll law changes, the first included."""
    found, last = [], None
    for month in months:
        values = {
            name: value for name, value in rules.month_law(month).values.items() if name != "days_in_month"
        }
        if values != last:
            found.append(month)
        last = values
    return found


def ties(rates, rng, each):
    """Bases on which a rate gives exactly half a cent, in the whole domain of a program."""
    found = []
    for ppm in rates:
        common = gcd(ppm, MILLION)
        period = MILLION // common
        if ppm and (MILLION // 2) % common == 0:
            first = (MILLION // 2) // common * pow(ppm // common, -1, period) % period
            found += [first + period * int(rank) for rank in rng.integers(0, PROGRAM_MAX // period, each)]
            assert all(base * ppm % MILLION == MILLION // 2 for base in found[-each:])
    return found


def rates_of(law):
    """Every rate of a month, in millionths."""
    schedules = [
        law.schedule(executive, size) for executive in (False, True) for size in (1, *law.thresholds)
    ]
    return sorted({ppm for schedule in schedules for _, *both in schedule.rows for ppm in both})


def grosses(rules, month, rng, people):
    """Pays at and beside every threshold and tie, then pays of all sizes that programs take."""
    law = rules.month_law(month)
    edges = set()
    for headcount in (1, *law.thresholds):
        facts = PayFacts.of(0, headcount=headcount, workplace_accident_rate=1)
        edges |= set(rules.inverse(month, facts).breakpoints)
    edges |= (
        set(law.values["withholding_neutral_scale"][0])
        if "withholding_neutral_scale" in law.values
        else set()
    )
    edges |= {0, PROGRAM_MAX}
    beside = [edge + step for edge in edges for step in (-2, -1, 0, 1, 2) if 0 <= edge + step <= PROGRAM_MAX]
    beside += [tie + step for tie in ties(rates_of(law), rng, 8) for step in (-1, 0, 1)]
    drawn = rng.integers(0, 1_200_000, max(people - len(beside), 0))
    large = rng.random(len(drawn))
    drawn = np.where(large < 0.03, (10 ** rng.uniform(0, 8, len(drawn))).astype(np.int64), drawn)
    drawn = np.where(large > 0.9, 0, drawn)
    found = np.concatenate([np.array(beside, dtype=np.int64), drawn])
    rng.shuffle(found)
    return found


def population(rules, month, rng, people, policy=HoursPolicy.EQUIVALENT_HOURS, statuses=True, **more):
    """People of all kinds, or of one status with rates that are the same for everybody."""
    gross = grosses(rules, month, rng, people)
    size = len(gross)
    if not statuses:
        facts = {"headcount": 130, "workplace_accident_ppm": 10_500, "mobility_ppm": 20_000}
        return PayFacts(gross_pay_cents=gross, hours_policy=policy, **{**facts, **more})
    accident = rng.choice([0, 6_400, 10_500, 75_000, MILLION], size)
    # A rate that differs from person to person, and pays on which it gives half a cent.
    for ppm in (6_400, 10_500, 75_000):
        own = (accident == ppm).nonzero()[0][:20]
        gross[own] = (ties([ppm], rng, 20) or [0] * 20)[: len(own)]
    due = np.where(rng.random(size) < 0.1, rng.integers(1, 500_000, size), 0)
    facts = {
        "executive": rng.random(size) < 0.3,
        "headcount": rng.choice([1, 10, 11, 19, 20, 49, 50, 249, 250, 2000], size),
        "workplace_accident_ppm": accident,
        "mobility_ppm": rng.choice([0, 8_000, 32_000], size),
        "health_cover_employee_cents": rng.integers(0, 4_000, size),
        "health_cover_employer_cents": rng.integers(4_000, 9_000, size),
        "provident_employee_ppm": rng.choice([0, 5_000], size),
        "provident_employer_ppm": rng.choice([0, 12_345], size),
        "contract_hours_hundredths": rng.integers(0, 16_000, size),
        "affected_pay_cents": (due * rng.random(size)).astype(np.int64),
        "affected_pay_due_cents": due,
        "hours_policy": policy,
    }
    return PayFacts(gross_pay_cents=gross, **{**facts, **more})


def differences(left, right):
    """What differs between two batches: totals, lines and the state of the year, with the first row of each."""
    columns = [{name: batch[name] for name in (*TOTALS, "withholding_ppm")} for batch in (left, right)]
    if left.has_state:
        for batch, found in zip((left, right), columns, strict=True):
            found |= _state_of(batch)
    if left.has_lines:
        for batch, found in zip((left, right), columns, strict=True):
            found |= _lines_of(batch)
    ours, theirs = columns
    size, said = len(left), []
    for name in sorted(set(ours) | set(theirs)):
        a, b = (np.broadcast_to(found.get(name, 0), size) for found in columns)
        unequal = a != b
        if unequal.any():
            row = int(unequal.argmax())
            said.append(f"{name}: {int(unequal.sum())} rows, first row {row}: {int(a[row])}, {int(b[row])}")
    return said


def _state_of(batch):
    state = batch.year_to_date
    found = {
        f"{of} {name}": lane
        for of in ("sums", "bases", "granted")
        for name, lane in getattr(state, of).items()
    }
    return found | {
        f"pay {code} {scale}": lane for code, pay in state.reduction_pay.items() for scale, lane in pay
    }


def _lines_of(batch):
    """Base and amounts of every line, in the order of the people; a later piece stands over an earlier one."""
    found, size = {}, len(batch)

    def put(name, piece, lane):
        found.setdefault(name, np.zeros(size, np.int64))[piece.rows] = lane

    for piece in batch._pieces:
        for column in found.values():
            column[piece.rows] = 0
        for owed, base, employee, employer, *whole in piece.amounts.lines:
            code = owed.contribution.code
            rates = {"employee ppm": owed.employee_ppm, "employer ppm": owed.employer_ppm}
            for what, lane in {"base": base, "employee": employee, "employer": employer, **rates}.items():
                put(f"line {code} {what}", piece, lane)
            for lane in whole:
                if lane is not None:
                    put(f"line {code} whole", piece, lane)
        for reduction, base, coefficient, _, _, *rest in piece.amounts.reduction_lines:
            lanes = (base, coefficient, *(lane for lane in rest if lane is not None))
            for rank, lane in enumerate(lanes):
                put(f"line {reduction.code} {rank}", piece, lane)
    return found
