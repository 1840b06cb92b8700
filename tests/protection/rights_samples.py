"""Histories and questions that the tests of rights share."""

import datetime as dt

import cae_core
from cae_core.calendar import Month
from cae_core.protection import Case, PayHistory, PayMonth

RULES = cae_core.load()


def history(first, *euros, hours=None, policy="declared", stoppages=(), days=None):
    """Months in a row from the first one: gross pay in euros, whole hours for each, or none known."""
    start = Month.parse(first)
    return PayHistory(
        [
            PayMonth(
                month=start + rank,
                gross_pay_cents=cae_core.to_cents(str(pay)),
                hours_hundredths=None if hours is None else hours * 100,
                hours_policy="" if hours is None else policy,
                employed_days=(days or {}).get(rank),
            )
            for rank, pay in enumerate(euros)
        ],
        stoppages,
    )


def level(last, euros, months=12, hours=100, **more):
    """The same pay every month up to the last one."""
    return history(Month.parse(last) + (1 - months), *[euros] * months, hours=hours, **more)


def case(code, on, pays=None, *facts, assume_unchanged=False):
    """What a formula of a right looks at, to ask one of its steps alone."""
    return Case(
        entitlement=RULES.entitlements[code],
        history=pays or PayHistory(),
        on=dt.date.fromisoformat(on) if isinstance(on, str) else on,
        law=RULES.rights,
        facts=facts,
        assume_unchanged=assume_unchanged,
    )


def euros(finding, code):
    """A figure of an answer, as the text of euros with two decimals."""
    return cents(finding.value(code))


def cents(value):
    return f"{value // 100}.{value % 100:02d}"
