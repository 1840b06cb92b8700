"""Every gross pay from 600.00 to 15,000.00 €: the inverse and a forward table agree on every target."""

import pytest

from cae_core import PayFacts, load
from cae_core.payroll.inverse import INVERTIBLE

np = pytest.importorskip("numpy")
RULES = load()
FIRST, LAST = 60_000, 1_500_000
FACTS = PayFacts.of(
    0, headcount=130, workplace_accident_rate="1.05", mobility_rate="2",
    health_cover_employee="25", health_cover_employer="25", hours_policy="full_time",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("total", INVERTIBLE)
@pytest.mark.parametrize("month", ["2024-03", "2026-03"])
def test_every_target(month, total):
    """Each total that some gross of the range gives, and each that none gives: gaps and doubles included."""
    grosses = np.arange(LAST + 1)
    column = RULES.payslips(month, FACTS.with_gross(grosses), state=False)[total]
    order = np.argsort(column, kind="stable")
    values = column[order]
    inverse = RULES.inverse(month, FACTS)
    low, high = int(column[FIRST:].min()), int(column[FIRST:].max())
    starts = np.searchsorted(values, np.arange(low, high + 2))
    checked = doubles = gaps = 0
    for target in range(low, high + 1):
        first, after = int(starts[target - low]), int(starts[target - low + 1])
        exact = tuple(sorted(order[first:after].tolist()))
        found = inverse.grosses_for(total, target, most_cents=LAST)
        assert found.grosses_cents == exact, target
        if not exact:
            assert found.below.total_cents == values[first - 1], target
            assert found.above.total_cents == values[after], target
            for point in (found.below, found.above):
                assert column[point.gross_pay_cents] == point.total_cents, target
            gaps += 1
        doubles += len(exact) > 1
        checked += len(exact)
    # Every gross whose total is in the range was given back, none twice.
    assert checked == int(((column >= low) & (column <= high)).sum()) >= LAST + 1 - FIRST
    print(
        f"{month} {total}: {checked:,} grosses, {doubles:,} totals given by several, {gaps:,} given by none"
    )
