"""Strategies shared by the tests: months the law is known for, facts of a payslip, years of pay."""

from hypothesis import strategies as st

from cae_core import HoursPolicy, Month, PayFacts

FIRST, LAST = Month(2019, 1), Month(2026, 7)
MONTHS = list(FIRST.through(LAST))

months = st.sampled_from(MONTHS)

#: Gross pay: anything up to 40,000 €, with the places where some rule starts or stops more often.
EDGES = (
    0, 1, 2, 99, 100,
    *(152_122 + d for d in (-1, 0, 1)), *(337_700 + d for d in (-1, 0, 1)), *(380_305 + d for d in (-1, 0, 1)),
    *(176_692 + d for d in (-1, 0, 1)), *(180_180 + d for d in (-1, 0, 1)), *(182_303 + d for d in (-1, 0, 1)),
    *(386_400 + d for d in (-1, 0, 1)), *(392_500 + d for d in (-1, 0, 1)), *(400_500 + d for d in (-1, 0, 1)),
    *(405_405 + d for d in (-1, 0, 1)), *(436_800 + d for d in (-1, 0, 1)), *(594_594 + d for d in (-1, 0, 1)),
    *(546_910 + d for d in (-1, 0, 1)), *(1_602_000 + d for d in (-1, 0, 1)), *(3_204_000 + d for d in (-1, 0, 1)),
)  # fmt: skip
gross_cents = st.one_of(st.integers(0, 1_200_000), st.sampled_from(EDGES), st.integers(0, 4_000_000))

headcounts = st.sampled_from([1, 10, 11, 30, 49, 50, 130, 249, 250, 1999, 2000])


@st.composite
def pay_facts(draw, policies=tuple(HoursPolicy)):
    """Facts of one person for one month."""
    employer_cover = draw(st.integers(0, 8_000))
    due = draw(st.one_of(st.just(0), st.integers(1, 800_000)))
    return PayFacts(
        gross_pay_cents=draw(gross_cents),
        executive=draw(st.booleans()),
        headcount=draw(headcounts),
        workplace_accident_ppm=draw(st.sampled_from([0, 6_400, 10_500, 21_200, 75_000])),
        mobility_ppm=draw(st.sampled_from([0, 8_000, 20_000, 32_000])),
        health_cover_employee_cents=draw(st.integers(0, employer_cover)),
        health_cover_employer_cents=employer_cover,
        provident_employee_ppm=draw(st.sampled_from([0, 5_000])),
        provident_employer_ppm=draw(st.sampled_from([0, 12_345])),
        apprentice_ratio_ppm=draw(st.sampled_from([0, 9_999, 10_000, 25_000, 49_999, 50_000])),
        hours_policy=draw(st.sampled_from(policies)),
        contract_hours_hundredths=draw(st.integers(0, 16_000)),
        employed_days=draw(st.one_of(st.none(), st.integers(1, 28))),
        affected_pay_cents=draw(st.integers(0, due)),
        affected_pay_due_cents=due,
        withholding_ppm=draw(st.one_of(st.none(), st.sampled_from([0, 43_000, 138_000]))),
    )


@st.composite
def pay_years(draw, most=12):
    """A year and the monthly grosses of its first months, zeros included."""
    year = draw(st.sampled_from(range(2019, 2027)))
    last = 7 if year == 2026 else 12
    grosses = draw(st.lists(st.one_of(st.just(0), gross_cents), min_size=1, max_size=min(last, most)))
    return year, grosses
