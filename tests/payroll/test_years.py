"""Any year of pay since 2019, entered and left when it may be: every prefix is the annual rule, to the cent."""

from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_general_reduction import annual_reduction

from cae_core import Month, PayFacts, load
from strategies import gross_cents

RULES = load()
#: Monthly ceilings of each year, in cents (arrêtés of December of the year before).
CEILINGS = {
    2019: 337_700, 2020: 342_800, 2021: 342_800, 2022: 342_800, 2023: 366_600, 2024: 386_400, 2025: 392_500,
    2026: 400_500,
}  # fmt: skip


def ceiling_of(year, month, days):
    """CSS art. R242-2: by calendar days, to the cent."""
    whole = CEILINGS[year]
    return (
        whole
        if days is None
        else (2 * whole * days + monthrange(year, month)[1]) // (2 * monthrange(year, month)[1])
    )


def bases_of(pay, ceilings):
    """The bases of the year, from the articles: brackets, four ceilings, CET, CSG."""
    abated = min(pay, 4 * ceilings)
    return {
        "old_age_capped": min(pay, ceilings),
        "agirc_arrco_t2": min(pay, 8 * ceilings) - min(pay, ceilings),
        "ags": abated,
        "cet": min(pay, 8 * ceilings) if pay > ceilings else 0,
        "csg_deductible": pay - (abated * 175 + 5_000) // 10_000,
    }


@st.composite
def engaged_years(draw):
    """A year, the month and the days of entry, the pays until the exit: zero months, up to 40,000 €."""
    year = draw(st.sampled_from(range(2019, 2027)))
    last = 7 if year == 2026 else 12
    first = draw(st.integers(1, last))
    whole = monthrange(year, first)[1]
    days = draw(st.one_of(st.none(), st.integers(1, whole - 1)))
    grosses = draw(st.lists(st.one_of(st.just(0), gross_cents), min_size=1, max_size=last - first + 1))
    return year, first, days, grosses


@given(engaged_years(), st.sampled_from([8, 19, 20, 30, 49, 50, 60]))
def test_every_prefix_is_the_annual_rule(engaged, headcount):
    year, first, entry_days, grosses = engaged
    state, granted, ceilings = None, 0, 0
    charged = dict.fromkeys(bases_of(0, 0), 0)
    for rank, gross in enumerate(grosses):
        month, days = Month(year, first + rank), entry_days if rank == 0 else None
        facts = PayFacts(
            gross_pay_cents=gross, headcount=headcount, workplace_accident_ppm=10_500, employed_days=days
        )
        slip = RULES.payslip(month, facts, year_to_date=state)
        state = slip.year_to_date
        granted += slip.reductions_cents
        ceilings += ceiling_of(year, month.number, days)
        for code in charged:
            charged[code] += slip.line(code).base_cents
        pay = sum(grosses[: rank + 1])
        assert granted == annual_reduction(year, grosses[: rank + 1], headcount, first, entry_days)
        assert charged == bases_of(pay, ceilings)


@pytest.mark.long
@pytest.mark.parametrize("year", CEILINGS)
def test_a_hundred_thousand_sequences(year):
    """12,500 random sequences a year, entered in any month; the arrays lane against the article."""
    np = pytest.importorskip("numpy")
    rng = np.random.default_rng(year)
    last = 7 if year == 2026 else 12
    people, done = -(-12_500 // last), 0
    for first in range(1, last + 1):
        pays = rng.integers(0, 1_200_000, (people, last - first + 1))
        pays = np.where(rng.random(pays.shape) < 0.05, rng.integers(0, 4_000_000, pays.shape), pays)
        pays = np.where(rng.random(pays.shape) < 0.2, 0, pays)
        pays = np.where(rng.random((people, 1)) < 0.3, pays // 6, pays)  # some live around the minimum wage
        days = int(rng.integers(1, monthrange(year, first)[1]))
        headcount = int(rng.choice([8, 19, 20, 49, 50, 60]))
        state, granted, ceilings = None, np.zeros(people, dtype=np.int64), 0
        for rank in range(pays.shape[1]):
            month, employed = Month(year, first + rank), days if rank == 0 else None
            facts = PayFacts(
                gross_pay_cents=pays[:, rank].copy(), headcount=headcount, workplace_accident_ppm=10_500,
                employed_days=employed,
            )  # fmt: skip
            batch = RULES.payslips(month, facts, year_to_date=state)
            state = batch.year_to_date
            granted += batch["reductions"]
            ceilings += ceiling_of(year, month.number, employed)
            for person in range(people):
                prefix = pays[person, : rank + 1].tolist()
                assert granted[person] == annual_reduction(year, prefix, headcount, first, days), (
                    first,
                    prefix,
                )
                due = bases_of(sum(prefix), ceilings)
                assert state.bases["bracket_1"][person] == due["old_age_capped"], (first, prefix)
                assert state.bases["bracket_2"][person] == due["agirc_arrco_t2"], (first, prefix)
                assert state.bases["capped_pay"][person] == due["ags"], (first, prefix)
                assert state.bases["cet_pay"][person] == due["cet"], (first, prefix)
                assert state.bases["csg_pay"][person] == due["csg_deductible"], (first, prefix)
        done += people
    assert done >= 12_500
