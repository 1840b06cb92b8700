"""One status in a comparison: what is paid, what is left, what each event would bring."""

from __future__ import annotations

import attrs

from cae_core.france.statuses.lines import PaidLine
from cae_core.money import format_euros
from cae_core.protection import Amount, Assumption, Finding
from cae_core.reasons import Reason, unmet
from cae_core.terms import Term

__all__ = ["Event", "EventCover", "Status", "StatusSide"]


class Status(Term):
    """Under what one works."""

    COOPERATIVE = "cooperative", "CESA en coopérative", "CESA in a cooperative"
    WAGE_PORTAGE = "wage_portage", "portage salarial", "wage portage"
    MICRO_LIBERAL = "micro_liberal", "micro-entreprise (BNC)", "micro-enterprise (liberal)"
    MICRO_SERVICES = "micro_services", "micro-entreprise (services BIC)", "micro-enterprise (services)"
    MICRO_SALES = "micro_sales", "micro-entreprise (vente)", "micro-enterprise (sales)"
    SOLE_TRADER = "sole_trader", "entreprise individuelle au réel", "individual enterprise"

    @property
    def salaried(self) -> bool:
        """Whether one is an employee under it."""
        return self in (Status.COOPERATIVE, Status.WAGE_PORTAGE)


class Event(Term):
    """What may happen to anyone."""

    ILLNESS = "illness", "un mois de maladie", "a month of illness"
    BIRTH = "birth", "une naissance", "a birth"
    WORK_ACCIDENT = (
        "work_accident",
        "un mois d'arrêt pour accident du travail",
        "a month after a work accident",
    )
    LOSS = "loss", "la perte de l'activité", "loss of the activity"
    RETIREMENT = "retirement", "une année de retraite", "a year of retirement"


@attrs.frozen(kw_only=True)
class EventCover:
    """What an event would bring under a status.

    Attributes:
        event: the event.
        finding: the answer of the right that covers it, with its conditions and texts; ``None`` where the law
            of the day is not known.
        further: other answers that add to it: the employer's supplement, the points of a year.
        unknown: why there is no answer, in French and in English.
    """

    event: Event
    finding: Finding | None
    further: tuple[Finding, ...] = ()
    unknown: tuple[str, str] = ("", "")

    def amount(self, code: str) -> Amount | None:
        """Return a figure of the answers by its code, where there is one."""
        findings = () if self.finding is None else (self.finding, *self.further)
        return next((each for found in findings for each in found.amounts if each.code == code), None)

    @property
    def granted(self) -> bool | None:
        """Whether something is due; ``None`` where nobody knows."""
        return None if self.finding is None else self.finding.granted

    @property
    def total_cents(self) -> int | None:
        """What the event brings in all, gross; of retirement, the yearly pension of the points of the year.

        ``None`` where nobody knows; 0 where nothing is due.
        """
        if self.finding is None or (self.finding.granted is None and self.event is not Event.LOSS):
            return None
        codes = {
            Event.LOSS: ("whole_benefit", "total"),
            Event.RETIREMENT: ("pension_of_the_points",),
        }.get(self.event, ("total",))
        for code in codes:
            found = self.amount(code)
            if found is not None:
                return found.value
        return 0

    def text(self, lang: str = "fr") -> str:
        """What it brings, in a few words."""
        if self.finding is None:
            return "droit non connu ici" if lang == "fr" else "law not known here"
        total = self.total_cents
        if total is None:
            return "?"
        if self.event is Event.RETIREMENT:
            quarters, points = self.amount("quarters"), self.amount("points")
            parts = [each.text(lang) for each in (quarters, points) if each is not None]
            yearly = Amount(code="", french="", english="", value=total, per="year").text(lang)
            return f"{', '.join(parts)} ({yearly})"
        if not total:
            return "rien" if lang == "fr" else "nothing"
        written = format_euros(total, lang)
        daily, days = self.amount("daily_allowance"), self.amount("benefit_days")
        if self.event is Event.LOSS and daily is not None and days is not None:
            # Nobody knows how long she will be without work: this is the most.
            most = "au plus" if lang == "fr" else "at most"
            return f"{most} {written} ({format_euros(daily.value, lang)} × {days.text(lang)})"
        return written


@attrs.frozen(kw_only=True)
class StatusSide:
    """One status on a year of turnover and expenses.

    ``turnover − expenses = fee + contributions + held + net``, to the cent.

    Attributes:
        status: under what one works.
        turnover_cents, expenses_cents: the same for all.
        lines: what is paid: the fee first where there is one, then contributions.
        held_cents: what stays in one's name without being paid out: the reserve of portage, cents that no
            pay could use; negative where the account is short.
        net_cents: cash in hand, before income tax.
        gross_pay_cents: the gross pay of the year, of employees alone.
        tax_cents: income tax by the method named; ``None`` where it is not modelled.
        tax_method: how, in French and in English.
        conditions: whether one may work so at this turnover.
        events: what each event would bring.
        assumptions: what was taken as given.
    """

    status: Status
    turnover_cents: int
    expenses_cents: int
    lines: tuple[PaidLine, ...]
    held_cents: int
    net_cents: int
    gross_pay_cents: int | None = None
    tax_cents: int | None
    tax_method: tuple[str, str]
    conditions: tuple[Reason, ...] = ()
    events: tuple[EventCover, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @property
    def fee_cents(self) -> int:
        """The fee of the cooperative or of the portage company."""
        return sum(line.amount_cents for line in self.lines if line.code == "fee")

    @property
    def contributions_cents(self) -> int:
        """Social contributions, those of the employer included, and the small taxes paid with them."""
        return sum(line.amount_cents for line in self.lines if line.code != "fee")

    @property
    def paid_cents(self) -> int:
        """Everything paid: the fee and the contributions."""
        return self.fee_cents + self.contributions_cents

    @property
    def left_cents(self) -> int:
        """What is left: cash in hand before income tax, and what is held in one's name."""
        return self.net_cents + self.held_cents

    @property
    def objections(self) -> tuple[Reason, ...]:
        """Why one may not work so, or not wholly, at this turnover."""
        return unmet(self.conditions)

    def event(self, event: Event) -> EventCover:
        """Return what an event would bring."""
        return next(cover for cover in self.events if cover.event is event)
