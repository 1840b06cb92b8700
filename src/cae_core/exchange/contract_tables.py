"""Contracts written as TOML tables: a CESA, a CAPE, and what came before them."""

from __future__ import annotations

from typing import Any

from cae_core.calendar import to_day
from cae_core.errors import CaeCoreError, InputError, InputErrors, LawNotKnownError
from cae_core.france.contracts import (
    CAPE_CONTENTS,
    CONTENTS,
    Amendment,
    CapeContract,
    CesaContract,
    LegalPerson,
    PriorContract,
    Renewal,
)
from cae_core.strict import StrictTable, flag, positive_cents, text

__all__ = ["build", "read_cape", "read_cesa", "read_prior_contract"]


def build(problems: list[InputError], kind: Any, values: dict[str, Any], *tables: StrictTable) -> Any:
    """Make the object of a table, unless one of its values is already a problem.

    Args:
        problems: where what is wrong is kept.
        kind: the class.
        values: its fields.
        tables: the table it is read from, and those under it; a key that nobody asked for is a problem.

    Returns:
        the object, or ``None`` where something is wrong.

    Raises:
        LawNotKnownError: the law of a day that the object needs is not known; carrying it forward may help.
    """
    before = len(problems)
    for table in tables:
        table.unknown()
    where = tables[0].where
    if before != len(problems) or any(
        problem.where == where or problem.where.startswith(f"{where}:") for problem in problems
    ):
        return None
    try:
        return kind(**values)
    except (InputError, InputErrors) as problem:
        found = problem.exceptions if isinstance(problem, InputErrors) else (problem,)
        for each in found:
            assert isinstance(each, InputError)
            problems.append(InputError(f"{where}: {each.where}", each.message))
    except LawNotKnownError:
        raise
    except CaeCoreError as problem:
        refused = InputError(where, str(problem))
        refused.__cause__ = problem  # it says itself in both languages
        problems.append(refused)
    return None


def read_cesa(table: StrictTable, problems: list[InputError], **more: Any) -> CesaContract | None:
    """Return the CESA of a table; what is wrong with it is kept, each missing content with its letter."""
    values: dict[str, Any] = {
        "signed_on": table.take("signed_on", to_day),
        "starts_on": table.take("starts_on", to_day),
        "ends_on": table.take("ends_on", to_day, None),
        "trial_ends_on": table.take("trial_ends_on", to_day, None),
        "trial_renewed_until": table.take("trial_renewed_until", to_day, None),
        # An absent content is for the contract itself to object to, with its letter.
        "fixed_pay_cents": table.take("fixed_pay", positive_cents, None),
        **more,
    }
    for content in CONTENTS:
        if content.field != "fixed_pay_cents":
            values[content.field] = table.take(content.field, text, "")
    values["amendments"] = [
        build(
            problems,
            Amendment,
            {"from_day": row.take("from", to_day), "fixed_pay_cents": row.take("fixed_pay", positive_cents)},
            row,
        )
        for row in table.tables("amendment")
    ]
    made: CesaContract | None = build(problems, CesaContract, values, table)
    return made


def read_cape(
    table: StrictTable, problems: list[InputError], cooperative: LegalPerson, beneficiary: str, **more: Any
) -> CapeContract | None:
    """Return the CAPE of a table; what is wrong with it is kept, each missing content with its item."""
    values: dict[str, Any] = {
        "cooperative": cooperative,
        "beneficiary": beneficiary,
        "signed_on": table.take("signed_on", to_day),
        "starts_on": table.take("starts_on", to_day),
        "ends_on": table.take("ends_on", to_day),
        "registered_on": table.take("registered_on", to_day, None),
        "full_time_employee": table.take("full_time_employee", flag, False),
        "beneficiary_is_natural_person": table.take("beneficiary_is_natural_person", flag, True),
        "commitments_ceiling_cents": table.take("commitments_ceiling", positive_cents, None),
        **more,
    }
    for content in CAPE_CONTENTS:
        if content.field != "commitments_ceiling_cents":
            values[content.field] = table.take(content.field, text, "")
    values["renewals"] = [
        build(
            problems,
            Renewal,
            {"signed_on": row.take("signed_on", to_day), "ends_on": row.take("ends_on", to_day)},
            row,
        )
        for row in table.tables("renewal")
    ]
    made: CapeContract | None = build(problems, CapeContract, values, table)
    return made


def read_prior_contract(table: StrictTable, problems: list[InputError]) -> PriorContract | None:
    """Return an earlier contract of a table."""
    values = {
        "kind": table.take("kind", text),
        "starts_on": table.take("starts_on", to_day),
        "ends_on": table.take("ends_on", to_day, None),
        "counts": table.take("counts", flag, True),
        "why": table.take("why", text, ""),
    }
    made: PriorContract | None = build(problems, PriorContract, values, table)
    return made
