"""The supplementary birth leave of 2026 (congé supplémentaire de naissance)."""

from __future__ import annotations

import attrs

from cae_core.calendar import add_months
from cae_core.errors import InputError
from cae_core.france.protection.common import css, figure, labour
from cae_core.france.protection.open_points import BIRTH_LEAVE_DECREES, UNDECIDED_REFERENCE
from cae_core.france.protection.opening import OPENING_ASSUMPTIONS, WorkPattern
from cae_core.france.protection.parents import Birth, opened_for_birth, rest_benefit
from cae_core.france.protection.reference_pay import REFERENCE_ASSUMPTIONS
from cae_core.money import apply_rate
from cae_core.protection import Case, Entitlement, Finding, Person
from cae_core.reasons import Reason

__all__ = ["SupplementaryLeave"]

_MONTH_DAYS = 30


@attrs.frozen(kw_only=True)
class SupplementaryLeave:
    """A supplementary birth leave that starts on the day asked about.

    Attributes:
        months: one month or two.
        birth_leave_used: the leave of maternity, paternity or adoption was taken to its end.
    """

    months: int = 1
    birth_leave_used: bool = True

    def __attrs_post_init__(self) -> None:
        if type(self.months) is not int or self.months < 1:
            raise InputError("months", f"expected one month or more, got {self.months!r}")


def _supplementary_birth(case: Case) -> Finding:
    leave, birth = case.fact(SupplementaryLeave), case.fact(Birth)
    if not case.entitlement.exists_on(case.on, case.law):
        first = case.law.parameter("supplementary_birth_rate_first").values[0]
        reason = Reason(
            code="exists",
            met=False,
            french=f"le congé n'existe que depuis le {first.in_force_from:%d/%m/%Y}",
            english=f"the leave exists since {first.in_force_from} only",
            citations=(first.citation,),
        )
        return case.finding(False, reasons=[reason])
    first, second = case.row("supplementary_birth_rate_first"), case.row("supplementary_birth_rate_second")
    born = birth.born_on
    longest = case.value("supplementary_birth_months")
    reasons = [
        Reason(
            code="length",
            met=leave.months <= longest,
            french=f"{leave.months} mois, {longest} au plus",
            english=f"{leave.months} months, {longest} at most",
            citations=(case.citation("supplementary_birth_months"),),
        ),
        Reason(
            code="birth_leave_used",
            met=leave.birth_leave_used,
            french="congé de maternité, de paternité ou d'adoption épuisé",
            english="leave of maternity, paternity or adoption used up",
            citations=(labour("L1225-46-2"),),
        ),
    ]
    if born is not None:
        counted = max(born, birth.due_on or born)
        since = case.law.parameter("supplementary_birth_months").values[0]
        until = add_months(
            max(counted, first.in_force_from), case.value("supplementary_birth_deadline_months")
        )
        reasons += [
            Reason(
                code="born_late_enough",
                met=counted >= since.in_force_from,
                french=f"enfant né, attendu ou adopté depuis le {since.in_force_from:%d/%m/%Y}",
                english=f"child born, expected or adopted since {since.in_force_from}",
                citations=(since.citation,),
            ),
            Reason(
                code="in_time",
                met=born <= case.on < until,
                french=f"congé commencé avant le {until:%d/%m/%Y}",
                english=f"leave started before {until}",
                citations=(case.citation("supplementary_birth_deadline_months"),),
                needs_review=True,
            ),
        ]
    granted, said = opened_for_birth(case, reasons)
    said["missing_facts"] += ["born_on"] if born is None else []
    said["assumptions"] += [BIRTH_LEAVE_DECREES]
    if granted is False:
        return case.finding(False, **said)
    benefit = rest_benefit(case, irregular=bool(case.fact(WorkPattern).discontinuous))
    assert isinstance(first.value, int)
    assert isinstance(second.value, int)
    one, two = (int(apply_rate(benefit.daily_cents, ppm)) for ppm in (first.value, second.value))
    total = _MONTH_DAYS * (one + (two if leave.months > 1 else 0))
    amounts = [
        figure(
            "first_daily_benefit",
            "indemnité journalière, premier mois",
            "daily benefit, first month",
            one,
            per="day",
        ),
        figure(
            "second_daily_benefit",
            "indemnité journalière, second mois",
            "daily benefit, second month",
            two,
            per="day",
        ),
        figure("total", "total du congé, mois de 30 jours", "total of the leave, months of 30 days", total),
    ]
    return case.finding(granted if born is not None else None, amounts=amounts, **said)


SUPPLEMENTARY_BIRTH = Entitlement(
    code="supplementary_birth_benefit",
    french_name="Congé supplémentaire de naissance",
    english_name="Supplementary birth leave",
    family="parents",
    formula=_supplementary_birth,
    citations=(css("L331-8-1"), labour("L1225-46-2 à L1225-46-7")),
    assumptions=(*OPENING_ASSUMPTIONS, *REFERENCE_ASSUMPTIONS, BIRTH_LEAVE_DECREES, UNDECIDED_REFERENCE),
    facts=(Person, WorkPattern, Birth, SupplementaryLeave),
    needs=("supplementary_birth_rate_first",),
)
