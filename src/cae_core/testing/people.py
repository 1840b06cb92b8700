"""People to compute payslips for: a sample that meets most statuses, and any of them as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from cae_core.errors import MissingExtraError
from cae_core.payroll.facts import PayFacts

__all__ = ["SAMPLE", "columns", "kind"]

#: The facts whose numbers differ from person to person; the others are one for a whole batch.
_NUMBERS = (
    "gross_pay_cents",
    "headcount",
    "workplace_accident_ppm",
    "mobility_ppm",
    "health_cover_employee_cents",
    "health_cover_employer_cents",
    "provident_employee_ppm",
    "provident_employer_ppm",
    "apprentice_ratio_ppm",
    "contract_hours_hundredths",
    "affected_pay_cents",
    "affected_pay_due_cents",
)


def _person(gross_pay_cents: int, headcount: int, executive: bool = False) -> PayFacts:
    cover = 2_500 if gross_pay_cents else 0
    return PayFacts(
        gross_pay_cents=gross_pay_cents,
        executive=executive,
        headcount=headcount,
        workplace_accident_ppm=11_000,
        mobility_ppm=17_000,
        health_cover_employee_cents=cover,
        health_cover_employer_cents=cover,
        provident_employee_ppm=6_000,
        provident_employer_ppm=7_000,
    )


#: Nobody's pay and everybody's: nothing, a cent, part time, the low wages that reductions are about,
#: executives, and far beyond any ceiling; in small and in large cooperatives.
SAMPLE: tuple[PayFacts, ...] = (
    _person(0, 7),
    _person(1, 7),
    _person(73_456, 7),
    _person(187_001, 34),
    _person(212_345, 137),
    _person(250_000, 34),
    _person(333_333, 400, executive=True),
    _person(520_017, 137),
    _person(811_111, 34, executive=True),
    _person(3_600_000, 400, executive=True),
)


def kind(person: PayFacts) -> tuple[object, ...]:
    """Return what one batch holds once: people of one kind go together."""
    return (
        person.hours_policy,
        person.regularisation,
        person.last_month,
        person.employed_days,
        person.withholding_ppm,
        tuple(sorted(person.given)),
    )


def columns(people: Sequence[PayFacts]) -> PayFacts:
    """Return many people as one batch: each number a column of one int64 a person.

    Args:
        people: all with one hours policy, one regularisation, the same days employed, the same rate of tax
            and the same facts given, by name: what a batch holds once.

    Raises:
        MissingExtraError: numpy is not installed.
        ValueError: nobody, or people that one batch cannot hold.
    """
    try:
        import numpy as np
    except ImportError:
        raise MissingExtraError("numpy", "testing") from None
    kinds = len({kind(each) for each in people})
    if kinds != 1:
        raise ValueError(f"one batch holds people of one kind (hours policy, facts given), got {kinds}")
    found: dict[str, Any] = {
        name: np.array([getattr(each, name) for each in people], dtype=np.int64) for name in _NUMBERS
    }
    found["executive"] = np.array([each.executive for each in people], dtype=bool)
    found["given"] = {
        name: np.array([each.given[name] for each in people], dtype=np.int64) for name in people[0].given
    }
    return attrs.evolve(people[0], **found)
