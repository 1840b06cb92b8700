"""The statutes of a cooperative: the choices that its legal form leaves to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from cae_core.calendar import to_day
from cae_core.errors import InputError, InputErrors
from cae_core.membership.refund import RefundTerms
from cae_core.membership.split import SplitKey
from cae_core.membership.voting import College, CollegeCount, DecisionRule
from cae_core.money import MILLION, Rate

__all__ = ["Statutes"]

_NOTHING = Rate(0)


@attrs.frozen(kw_only=True)
class Statutes:
    """What the statutes say (statuts). Whether the law allows it is asked from the legal form.

    Attributes:
        name: name of the cooperative.
        legal_form: code of its legal form, such as ``"scop_sarl"``.
        adopted_on: day of the version; the law of that day is not asked, that of each question is.
        share_value_cents: nominal value of a share.
        shares_at_admission: shares that one must take to be admitted.
        required_shares: shares that associates who work there have to reach, with their pay; ``None``: none.
        pay_rate: percentage of gross pay that associates who work there put into shares.
        holding_ceiling_cents: nominal value beyond which pay is left alone; ``None`` without one.
        contract_end_ends_status: the end of the employment contract ends the status of associate; ``None``:
            as the law of the legal form says.
        renunciation_ends_contract: giving up the status ends the employment contract; ``None`` likewise.
        apply_within_months: employees must apply to become associates within so many months; ``None``: they
            need not.
        admitted_after_months: employees are admitted on request after so many months; ``None``: the meeting
            votes.
        term_months: term of managers; ``None``: the longest of the law.
        employees_rate: part of the surplus for the employees.
        interest_rate: rate of interest on paid-up shares.
        split: how the employees' part is split; ``None`` where there is none.
        refund: losses, delay and instalments of refunds.
        decisions: decision rules that replace those of the law, by kind, first call first.
        colleges: colleges, where there are some.
        college_count: how a college's vote is carried.
    """

    name: str
    legal_form: str
    adopted_on: dt.date = attrs.field(converter=to_day)
    share_value_cents: int
    shares_at_admission: int = 1
    required_shares: int | None = None
    pay_rate: Rate = _NOTHING
    holding_ceiling_cents: int | None = None
    contract_end_ends_status: bool | None = None
    renunciation_ends_contract: bool | None = None
    apply_within_months: int | None = None
    admitted_after_months: int | None = None
    term_months: int | None = None
    employees_rate: Rate = _NOTHING
    interest_rate: Rate = _NOTHING
    split: SplitKey | None = None
    refund: RefundTerms = attrs.field(factory=RefundTerms)
    decisions: Mapping[str, tuple[DecisionRule, ...]] = attrs.field(factory=dict, converter=dict, hash=False)
    colleges: tuple[College, ...] = attrs.field(default=(), converter=tuple)
    college_count: CollegeCount = CollegeCount.PROPORTIONAL

    def __attrs_post_init__(self) -> None:
        problems = [
            InputError(f"statutes: {name}", "expected a text, got nothing")
            for name in ("name", "legal_form")
            if not getattr(self, name).strip()
        ]
        for name, least in (("share_value_cents", 1), ("shares_at_admission", 1)):
            value = getattr(self, name)
            if type(value) is not int or value < least:
                problems.append(InputError(f"statutes: {name}", f"expected at least {least}, got {value!r}"))
        for name in (
            "apply_within_months",
            "admitted_after_months",
            "term_months",
            "holding_ceiling_cents",
            "required_shares",
        ):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                problems.append(InputError(f"statutes: {name}", f"expected zero or more, got {value!r}"))
        total = sum(college.weight_ppm for college in self.colleges)
        if self.colleges and total != MILLION:
            problems.append(
                InputError("statutes: colleges", f"expected weights that make 100 %, got {total} millionths")
            )
        codes = [college.code for college in self.colleges]
        if len(codes) != len(set(codes)):
            problems.append(InputError("statutes: colleges", f"expected each code once, got {codes}"))
        if problems:
            raise InputErrors(f"the statutes of {self.name!r} cannot be used", problems)
