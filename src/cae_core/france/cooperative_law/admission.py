"""Becoming an associate: the request, the right to a ruling, the duty to apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from cae_core.calendar import Interval, add_months, to_day
from cae_core.france.cooperative_law.forms import SCOP
from cae_core.france.cooperative_law.texts import checked, law_1947, law_1978
from cae_core.law import Citation, Snapshot
from cae_core.membership.employment import unbroken_since, whole_months
from cae_core.membership.legal_form import LegalForm
from cae_core.membership.statutes import Statutes
from cae_core.reasons import Reason

__all__ = ["AdmissionRight", "ApplicationDuty", "admission_right", "application_duty"]


def _days(given: Iterable[dt.date | str]) -> tuple[dt.date, ...]:
    return tuple(sorted(to_day(day) for day in given))


@attrs.frozen(kw_only=True)
class AdmissionRight:
    """What a request to become an associate entitles to.

    Attributes:
        requested_on: the day of the request.
        must_rule: the meeting has to rule on it.
        of_right_on: the day of an admission without a vote, under the statutes; ``None`` where they give
            none.
        first_meeting: the first meeting that can rule on it; ``None`` if none of those given comes after it.
        reasons: the conditions of the ruling, and whether the meeting comes in time.
    """

    requested_on: dt.date
    must_rule: bool
    of_right_on: dt.date | None
    first_meeting: dt.date | None
    reasons: tuple[Reason, ...]


def admission_right(
    form: LegalForm,
    statutes: Statutes,
    *,
    requested_on: dt.date | str,
    adult_on: dt.date | str,
    employment: Sequence[Interval],
    meetings: Iterable[dt.date | str],
    law: Snapshot,
    refused_on: dt.date | str | None = None,
    deadline_on: dt.date | str | None = None,
) -> AdmissionRight:
    """Return whether the meeting has to rule on a request, and which meeting is the first that can.

    The text does not say whether the year of employment must be over at the request or at the meeting: if it
    is only at the meeting, the right is granted and the reason is marked for review.

    Args:
        form: the legal form; a Scic has no such right, its statutes say how one becomes an associate.
        statutes: where an admission without a vote may be written.
        requested_on: the day of the request.
        adult_on: the day the person comes of age.
        employment: days under an employment contract; a CAPE is not employment.
        meetings: days of ordinary meetings.
        law: the law of the day of the request.
        refused_on: the last refusal, where there was one.
        deadline_on: first day on which a salaried entrepreneur who is not an associate loses her contract.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 7 and 8; code du travail, art. L7331-3.
    """
    requested_on, adult_on = to_day(requested_on), to_day(adult_on)
    first = next((day for day in _days(meetings) if day >= requested_on), None)
    reasons = list(_conditions(form, requested_on, adult_on, employment, first, law))
    if refused_on is not None and form.family == SCOP:
        again = add_months(to_day(refused_on), law.value("scop_new_request_months"))
        reasons.append(
            Reason(
                code="a_year_since_the_refusal",
                met=requested_on >= again,
                french=f"nouvelle demande à partir du {again}, un an après le refus du {refused_on}",
                english=f"a new request from {again} on, a year after the refusal of {refused_on}",
                citations=(law_1978("7"),),
            )
        )
    by_code = {reason.code: reason.met for reason in reasons}
    employed = by_code.get("employed_a_year_at_request") or by_code.get("employed_a_year_at_meeting")
    others = [reason.met for reason in reasons if not reason.code.startswith("employed_a_year")]
    must_rule = form.family == SCOP and bool(employed) and all(others)
    if deadline_on is not None:
        deadline = to_day(deadline_on)
        reasons.append(
            Reason(
                code="meeting_before_deadline",
                met=first is not None and first < deadline,
                french=f"assemblée du {first or '—'} avant le {deadline}, où le contrat prend fin faute "
                "d'être "
                "associé",
                english=f"meeting of {first or '—'} before {deadline}, when the contract ends for want of "
                "membership",
                citations=(Citation("C. trav. art. L7331-3"),),
            )
        )
    return AdmissionRight(
        requested_on=requested_on,
        must_rule=must_rule,
        of_right_on=_of_right(statutes, requested_on, adult_on, employment),
        first_meeting=first,
        reasons=tuple(reasons),
    )


def _conditions(
    form: LegalForm,
    requested_on: dt.date,
    adult_on: dt.date,
    employment: Sequence[Interval],
    first: dt.date | None,
    law: Snapshot,
) -> Iterable[Reason]:
    if form.family != SCOP:
        yield Reason(
            code="no_right_in_this_form",
            met=False,
            french="aucun texte n'oblige à statuer : les statuts disent comment on devient associé",
            english="no text obliges to rule: the statutes say how one becomes an associate",
            citations=(law_1947("19 septies"),),
        )
        return
    yield Reason(
        code="adult",
        met=adult_on <= requested_on,
        french=f"majeure le {adult_on}, demande du {requested_on}",
        english=f"of age on {adult_on}, request of {requested_on}",
        citations=(law_1978("7"),),
    )
    name = "scop_admission_employment_months"
    for code, day, french, english in (
        ("employed_a_year_at_request", requested_on, "à la demande", "at the request"),
        ("employed_a_year_at_meeting", first, "à l'assemblée", "at the meeting"),
    ):
        since = None if day is None else unbroken_since(employment, day)
        full = None if since is None else add_months(since, law.value(name))
        met = full is not None and day is not None and full <= day
        yield attrs.evolve(
            checked(
                law,
                name,
                code=code,
                met=met,
                found=0 if since is None or day is None else whole_months(since, day - dt.timedelta(days=1)),
                wanted=law.value(name),
                unit="months",
                french=f"employée sans interruption depuis {since or '—'} ; un an {french} ({day or '—'})",
                english=f"employed without a break since {since or '—'}; a year {english} ({day or '—'})",
            ),
            needs_review=code.endswith("meeting") and met,
        )


def _of_right(
    statutes: Statutes, requested_on: dt.date, adult_on: dt.date, employment: Sequence[Interval]
) -> dt.date | None:
    if statutes.admitted_after_months is None:
        return None
    since = unbroken_since(employment, requested_on)
    if since is None:
        return None
    return max(requested_on, adult_on, add_months(since, statutes.admitted_after_months))


@attrs.frozen(kw_only=True)
class ApplicationDuty:
    """The duty of an employee to apply, under the statutes.

    Attributes:
        due_on: last day to apply; ``None`` where nobody has to.
        deemed_resigned: who has not applied by then is deemed to have resigned.
        reasons: the texts, and why a salaried entrepreneur is not deemed to have resigned.
    """

    due_on: dt.date | None
    deemed_resigned: bool
    reasons: tuple[Reason, ...]


def application_duty(
    form: LegalForm, statutes: Statutes, *, hired_on: dt.date | str, adult_on: dt.date | str, cesa: bool
) -> ApplicationDuty:
    """Return by when an employee has to apply, and what happens otherwise.

    For a salaried entrepreneur the labour code rules: without membership in time the contract ends by law,
    she does not resign. The articles on resignation belong to the Scop alone.

    Law:
        Loi n° 78-763 du 19 juillet 1978, art. 9; loi n° 47-1775 du 10 septembre 1947, art. 19 septies; code
        du travail, art. L7331-3.
    """
    months = statutes.apply_within_months
    due = None if months is None else max(add_months(to_day(hired_on), months), to_day(adult_on))
    text = law_1978("9") if form.family == SCOP else law_1947("19 septies")
    reasons = [
        Reason(
            code="duty_in_the_statutes",
            met=due is not None,
            french=f"les statuts obligent à demander son admission (au plus tard le {due or '—'})",
            english=f"the statutes oblige to apply (by {due or '—'})",
            citations=(text,),
        )
    ]
    if cesa:
        reasons.append(
            Reason(
                code="cesa_does_not_resign",
                met=True,
                french="un CESA n'est pas réputé démissionnaire : sans admission à temps, il prend fin "
                "par la loi",
                english="a CESA holder is not deemed to resign: without admission in time the law ends "
                "the contract",
                citations=(Citation("C. trav. art. L7331-3"),),
                needs_review=True,
            )
        )
    return ApplicationDuty(
        due_on=due,
        deemed_resigned=due is not None and form.family == SCOP and not cesa,
        reasons=tuple(reasons),
    )
