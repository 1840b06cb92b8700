"""Strategies shared by the tests: those that plugins use too, with the places where French rules break."""

from cae_core import HoursPolicy, Month, load
from cae_core.testing import strategies

RULES = load()
FIRST, LAST = Month(2019, 1), Month(2026, 7)
MONTHS = list(FIRST.through(LAST))

months = strategies.months(RULES)

#: Gross pay: anything up to 40,000 €, with the places where some rule starts or stops more often.
EDGES = (
    0, 1, 2, 99, 100,
    *(152_122 + d for d in (-1, 0, 1)), *(337_700 + d for d in (-1, 0, 1)), *(380_305 + d for d in (-1, 0, 1)),
    *(176_692 + d for d in (-1, 0, 1)), *(180_180 + d for d in (-1, 0, 1)), *(182_303 + d for d in (-1, 0, 1)),
    *(386_400 + d for d in (-1, 0, 1)), *(392_500 + d for d in (-1, 0, 1)), *(400_500 + d for d in (-1, 0, 1)),
    *(405_405 + d for d in (-1, 0, 1)), *(436_800 + d for d in (-1, 0, 1)), *(594_594 + d for d in (-1, 0, 1)),
    *(546_910 + d for d in (-1, 0, 1)), *(1_602_000 + d for d in (-1, 0, 1)), *(3_204_000 + d for d in (-1, 0, 1)),
)  # fmt: skip
gross_cents = strategies.gross_cents(EDGES)

headcounts = strategies.headcounts()


def pay_facts(policies=tuple(HoursPolicy)):
    """Facts of one person for one month."""
    return strategies.pay_facts(gross=gross_cents, policies=policies)


def pay_years(most=12):
    """A year and the monthly grosses of its first months, zeros included."""
    return strategies.pay_years(RULES, gross=gross_cents, most=most)
