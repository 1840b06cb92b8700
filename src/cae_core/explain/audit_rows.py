"""The audit of a cooperative in words and figures: lines, totals, timetable, remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from cae_core.calendar import Month
from cae_core.explain.slip_data import plain_euros
from cae_core.explain.words import Words
from cae_core.france.partial_activity import Audit, AuditLine, Decision
from cae_core.money import format_decimal

__all__ = [
    "AUDIT_COLUMNS",
    "AuditTotal",
    "audit_cells",
    "audit_figures",
    "audit_notes",
    "audit_titles",
    "audit_totals",
    "decision_rows",
    "line_remarks",
    "rights_rows",
    "timetable_days",
    "timetable_rows",
]

#: The columns of the file, names as in the code; amounts in euros, hours in hours.
AUDIT_COLUMNS = (
    "number",
    "trade",
    "standing",
    "state",
    "month",
    "decision",
    "method",
    "months_used",
    "reference_pay",
    "reference_hours",
    "hourly_reference",
    "share_lost",
    "hours_paid",
    "hourly_indemnity",
    "hourly_allowance",
    "indemnity",
    "allowance",
    "cost",
    "levies",
    "net_to_person",
    "hours_in_year",
    "pension_quarters",
    "to_look_at",
)


def _flags(line: AuditLine) -> str:
    codes = [reason.code for reason in line.reasons if not reason.met]
    codes += [reason.code for reason in line.reasons if reason.met and reason.code in ("floor", "cap")]
    return " ".join(dict.fromkeys(codes))


def audit_figures(line: AuditLine) -> dict[str, str]:
    """Return a line for a program: amounts such as ``"756.21"``, empty where there is none."""
    reference, part = line.reference, line.parts[0] if line.parts else None

    def euros(cents: int | None) -> str:
        return "" if cents is None else plain_euros(cents)

    return {
        "number": line.person.code,
        "trade": line.person.trade,
        "standing": line.person.standing.code,
        "state": line.person.state.code,
        "month": str(line.month),
        "decision": line.decision.code,
        "method": reference.method.code if reference else "",
        "months_used": str(reference.months_used) if reference else "",
        "reference_pay": euros(reference.pay_cents if reference else None),
        "reference_hours": euros(reference.hours if reference else None),
        "hourly_reference": euros(reference.hourly_cents if reference else None),
        "share_lost": f"{line.share_ppm // 10_000}.{line.share_ppm % 10_000:04d}",
        "hours_paid": euros(line.hours),
        "hourly_indemnity": euros(part.hourly.indemnity_cents if part else None),
        "hourly_allowance": euros(part.hourly.allowance_cents if part else None),
        "indemnity": euros(line.indemnity_cents),
        "allowance": euros(line.allowance_cents),
        "cost": euros(line.cost_cents),
        "levies": euros(line.levies_cents),
        "net_to_person": euros(line.net_cents),
        "hours_in_year": euros(line.hours_in_year),
        "pension_quarters": str(line.pension_quarters),
        "to_look_at": _flags(line),
    }


def audit_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the columns that people read."""
    words = Words(lang)
    return {
        "number": words("N°", "No."),
        "trade": words("Métier", "Trade"),
        "standing": words("Statut", "Standing"),
        "decision": words("Décision", "Decision"),
        "reference_pay": words("Brut moyen", "Mean pay"),
        "hourly_reference": words("Brut horaire", "Pay an hour"),
        "hours": words("Heures", "Hours"),
        "indemnity": words("Indemnité", "Indemnity"),
        "allowance": words("Allocation", "Allowance"),
        "cost": words("Reste à charge", "Cost"),
        "levies": words("CSG-CRDS", "CSG-CRDS"),
        "net": words("Net versé", "Net paid"),
    }


def audit_cells(line: AuditLine, lang: str = "fr") -> dict[str, str]:
    """Return a line for people, by the names of :func:`audit_titles`."""
    words, reference = Words(lang), line.reference
    paid = bool(line.parts)

    def amount(cents: int | None) -> str:
        return words.amount(cents) if paid and cents is not None else ""

    return {
        "number": line.person.code,
        "trade": line.person.trade,
        "standing": line.person.standing.name_in(lang),
        "decision": line.decision.name_in(lang),
        "reference_pay": words.amount(reference.pay_cents) if reference else "",
        "hourly_reference": words.amount(reference.hourly_cents) if reference else "",
        "hours": amount(line.hours),
        "indemnity": amount(line.indemnity_cents),
        "allowance": amount(line.allowance_cents),
        "cost": amount(line.cost_cents),
        "levies": amount(line.levies_cents),
        "net": amount(line.net_cents),
    }


@attrs.frozen(kw_only=True)
class AuditTotal:
    """The totals of a month, in cents and hundredths of an hour."""

    month: Month
    placed: int
    to_review: int
    hours: int
    indemnity: int
    allowance: int
    cost: int
    levies: int


def audit_totals(audit: Audit) -> tuple[AuditTotal, ...]:
    """Return the totals of each month; the indemnities are the cash to advance before the refund."""
    return tuple(
        AuditTotal(
            month=month,
            placed=sum(line.decision.placed for line in audit.of(month)),
            to_review=sum(line.decision is Decision.REVIEW for line in audit.of(month)),
            hours=audit.total(month, "hours"),
            indemnity=audit.total(month, "indemnity_cents"),
            allowance=audit.total(month, "allowance_cents"),
            cost=audit.total(month, "cost_cents"),
            levies=audit.total(month, "levies_cents"),
        )
        for month in audit.months
    )


def decision_rows(audit: Audit, lang: str = "fr") -> list[tuple[str, list[int]]]:
    """Return how many people have each decision, month by month, in the order of the decisions."""
    counts = [audit.decisions(month) for month in audit.months]
    return [
        (decision.name_in(lang), [count.get(decision, 0) for count in counts])
        for decision in Decision
        if any(decision in count for count in counts)
    ]


def timetable_days(audit: Audit) -> dict[str, str]:
    """Return the days of the timetable for a program."""
    found = audit.timetable
    days: dict[str, dt.date | None] = {
        "placed_on": found.placed_on,
        "request_by": found.request_by,
        "requested_on": found.requested_on,
        "granted_on": found.granted_on,
        "works_council_by": found.works_council_by,
        "period_ends_on": found.period_ends_on,
        "authorised_until": found.authorised_until,
        "claim_by": found.claim_by,
    }
    return {name: "" if day is None else day.isoformat() for name, day in days.items()}


def timetable_rows(audit: Audit, lang: str = "fr") -> list[tuple[str, str]]:
    """Return the timetable of the request, a row a deadline."""
    words, found = Words(lang), audit.timetable

    def day(value: dt.date | None) -> str:
        return words.day(value) if value else words("aucun délai", "no deadline")

    rows = [
        (words("Placement", "Placement"), day(found.placed_on)),
        (words("Demande au plus tard", "Request by"), day(found.request_by)),
        (
            words(
                f"Silence valant accord ({found.silence_days} jours), pour une demande de ce jour-là",
                f"Granted by silence ({found.silence_days} days), if requested that day",
            ),
            day(found.granted_on),
        ),
    ]
    if found.works_council_by:
        rows.append((words("Avis du CSE au plus tard", "Works council by"), day(found.works_council_by)))
    return [
        *rows,
        (words("Fin de la période demandée", "End of the period asked for"), day(found.period_ends_on)),
        (words("Fin possible d'une autorisation", "Longest authorisation"), day(found.authorised_until)),
        (words("Demande de paiement au plus tard", "Payment claimed by"), day(found.claim_by)),
    ]


def line_remarks(line: AuditLine, lang: str = "fr", *, texts: bool = True) -> list[tuple[bool, str]]:
    """Return what is to be known of a line: whether somebody must look at it, and the sentence.

    Args:
        line: the line.
        lang: ``"fr"`` or ``"en"``.
        texts: with the texts of the law behind each sentence.
    """
    words = Words(lang)
    return [
        (not reason.met, words.title(reason.text(lang) if texts else words(reason.french, reason.english)))
        for reason in line.reasons
        if not reason.met or reason.code in ("floor", "cap", "allowance_cap", "value_to_review")
    ]


def rights_rows(audit: Audit, lang: str = "fr") -> list[tuple[str, str, str]]:
    """Return what the employment contract gives here, against a project holder and a self-employed person."""
    words = Words(lang)
    last = {line.person.code: line for line in audit.lines}
    hours = sum(line.hours_in_year for line in last.values())
    indemnity = sum(line.indemnity_cents for line in audit.lines)
    quarters = sum(line.pension_quarters for line in last.values())
    nothing = words("rien", "nothing")
    return [
        (words("Indemnité versée", "Indemnity paid"), words.euros(indemnity), nothing),
        (
            words("Heures comptées pour la retraite", "Hours counted for the pension"),
            format_decimal(hours, 2, lang) + "\u00a0h",
            nothing,
        ),
        (words("Trimestres validés à ce jour", "Quarters validated so far"), str(quarters), nothing),
        (
            words("Affiliation à l'assurance chômage", "Unemployment insurance"),
            words("continue pendant l'activité partielle", "goes on during partial activity"),
            nothing,
        ),
    ]


def audit_notes(audit: Audit, lang: str = "fr") -> list[str]:
    """Return the choices made, and how many people each open point touches."""
    words, settings = Words(lang), audit.settings
    notes = [
        words(
            f"Méthode d'heures : {settings.method.french_name} (aucun texte ne désigne les CESA).",
            f"Hours: {settings.method.english_name} (no text names the CESA).",
        ),
        words(
            f"Motif : {settings.ground.french_name} ; régime : {settings.regime.french_name} ; "
            f"plancher : {settings.floor_policy.french_name} ; effectif : {audit.headcount}.",
            f"Ground: {settings.ground.english_name}; regime: {settings.regime.english_name}; "
            f"floor: {settings.floor_policy.english_name}; headcount: {audit.headcount}.",
        ),
        words(
            "Sommes à avancer avant le remboursement : les indemnités du mois, CSG et CRDS comprises.",
            "Cash to advance before the refund: the indemnities of the month, CSG and CRDS included.",
        ),
    ]
    for name in audit.timetable.to_review:
        notes.append(words(f"Délai à vérifier, texte non relu : {name}.", f"Deadline to review: {name}."))
    for code, french, english in _COUNTED:
        people = {line.person.code for line in audit.lines if _has(line, code)}
        if people:
            notes.append(words(f"{french} : {_some(people)}.", f"{english}: {_some(people)}."))
    return notes


#: What is counted under the tables: the code of a reason, and how it is said.
_COUNTED = (
    ("floor", "Plancher horaire appliqué", "Hourly floor applied"),
    ("whole_reference_period", "Moins de douze mois de rémunération", "Fewer than twelve months of pay"),
    ("paid_before", "Aucune rémunération avant le placement", "No pay before the placement"),
    ("evidence", "Justificatif manquant", "Proof missing"),
    ("kept_net_known", "Net maintenu inconnu", "Net pay kept unknown"),
    ("childcare_sick_leave", "Garde d'enfant : arrêt dérogatoire", "Childcare: sick leave"),
    (
        "regime_ends_within",
        "Garde d'enfant : régime fini dans le mois",
        "Childcare: regime over in the month",
    ),
    ("quota", "Contingent annuel atteint", "Yearly quota reached"),
    ("value_to_review", "Valeur dont le texte n'a pas été relu", "Value whose text was not read"),
)


def _has(line: AuditLine, code: str) -> bool:
    return any(reason.code == code for reason in line.reasons)


def _some(people: Sequence[str] | set[str], shown: int = 12) -> str:
    listed = sorted(people)
    more = f" … ({len(listed)})" if len(listed) > shown else ""
    return ", ".join(listed[:shown]) + more
