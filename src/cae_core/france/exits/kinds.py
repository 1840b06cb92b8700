"""The ways in which the contract of a salaried entrepreneur ends, as a table of records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from cae_core.law import Citation
from cae_core.terms import Term

__all__ = ["ENDINGS", "Decider", "EndingKind", "EndingRule", "IndemnityKind", "NoticeKind", "Unemployment"]


class Decider(Term):
    """Who decides the end."""

    COOPERATIVE = "cooperative", "la coopérative"
    ENTREPRENEUR = "entrepreneur", "l'entrepreneur"
    BOTH = "both", "les deux parties"
    LAW = "law", "la loi"
    EVENT = "event", "un événement"


class EndingKind(Term):
    """How a contract ends."""

    TRIAL_BY_COOPERATIVE = (
        "trial_by_cooperative",
        "rupture de l'essai par la coopérative",
        "trial ended by the cooperative",
    )
    TRIAL_BY_ENTREPRENEUR = (
        "trial_by_entrepreneur",
        "rupture de l'essai par l'entrepreneur",
        "trial ended by the entrepreneur",
    )
    RESIGNATION = "resignation", "démission", "resignation"
    MUTUAL = "mutual", "rupture conventionnelle", "ending by agreement"
    DISMISSAL_PERSONAL = (
        "dismissal_personal",
        "licenciement pour motif personnel",
        "dismissal on personal grounds",
    )
    DISMISSAL_ECONOMIC = "dismissal_economic", "licenciement économique", "economic dismissal"
    DISMISSAL_SERIOUS = (
        "dismissal_serious",
        "licenciement pour faute grave",
        "dismissal for serious misconduct",
    )
    DISMISSAL_WILFUL = "dismissal_wilful", "licenciement pour faute lourde", "dismissal for wilful misconduct"
    UNFIT = "unfit", "licenciement pour inaptitude", "dismissal of a person unfit for work"
    UNFIT_WORK_ACCIDENT = (
        "unfit_work_accident",
        "licenciement pour inaptitude professionnelle",
        "dismissal of a person unfit after a work accident",
    )
    RETIREMENT = "retirement", "départ à la retraite", "retirement of the entrepreneur"
    RETIREMENT_BY_COOPERATIVE = (
        "retirement_by_cooperative",
        "mise à la retraite",
        "retirement decided by the cooperative",
    )
    DEATH = "death", "décès", "death"
    ASSOCIATE_DEADLINE = (
        "associate_deadline",
        "fin de plein droit à l'échéance du sociétariat",
        "end by law at the associate deadline",
    )
    STATUS_RENOUNCED = "status_renounced", "renonciation à la qualité d'associé", "associate status given up"
    TRANSFER = "transfer", "transfert vers une autre CAE", "transfer to another cooperative"
    OWN_STRUCTURE = "own_structure", "création de sa propre structure", "creation of one's own structure"


class NoticeKind(Term):
    """Which rule gives the notice."""

    NONE = "none", "sans préavis"
    TRIAL = "trial", "délai de prévenance"
    DISMISSAL = "dismissal", "préavis de licenciement"
    NOT_WORKED = "not_worked", "préavis non exécuté"
    RESIGNATION = "resignation", "préavis de l'accord ou de l'usage"
    RETIREMENT = "retirement", "préavis de retraite"
    TIMETABLE = "timetable", "délais de la rupture conventionnelle"


class IndemnityKind(Term):
    """Which rule gives the indemnity."""

    NONE = "none", "aucune"
    SEVERANCE = "severance", "indemnité légale de licenciement"
    SPECIAL = "special", "indemnité spéciale (double)"
    FORFEITED = "forfeited", "perdue par la faute"
    MUTUAL = "mutual", "indemnité spécifique, au moins l'indemnité légale"
    RETIREMENT = "retirement", "indemnité de départ à la retraite"
    UNSETTLED = "unsettled", "non tranchée"


class Unemployment(Term):
    """Whether the end is an involuntary loss of employment for unemployment insurance."""

    OPENS = "opens", "ouvre des droits"
    CLOSED = "closed", "n'ouvre pas de droits"
    UNSETTLED = "unsettled", "non tranché"
    NOT_CONCERNED = "not_concerned", "sans objet"


@attrs.frozen(kw_only=True)
class EndingRule:
    """What the law attaches to one way of ending.

    Attributes:
        kind: the way.
        decider: who decides.
        citations: the texts.
        notice: the rule of the notice.
        indemnity: the rule of the indemnity.
        levy: the parameter of the employer's levy on the indemnity; ``None`` where there is none.
        keeps_scop_status: in a SCOP, associate status survives, whatever the statutes say.
        unemployment: whether it opens unemployment rights.
        keeps_cover: whether the health cover goes on with benefit; wilful misconduct forfeits it.
        ways: the ways by which it is done, where it is no way of its own: the first one is the default.
        needs_review: no text settles what it is, or nobody has read it.
    """

    kind: EndingKind
    decider: Decider
    citations: tuple[Citation, ...]
    notice: NoticeKind
    indemnity: IndemnityKind
    levy: str | None = None
    keeps_scop_status: bool = False
    unemployment: Unemployment
    keeps_cover: bool = True
    ways: tuple[EndingKind, ...] = ()
    needs_review: bool = False


def _code(*articles: str) -> tuple[Citation, ...]:
    return tuple(Citation(f"C. trav. art. {article}") for article in articles)


_RULES = (
    EndingRule(
        kind=EndingKind.TRIAL_BY_COOPERATIVE,
        decider=Decider.COOPERATIVE,
        citations=_code("L7332-1", "L1221-25"),
        notice=NoticeKind.TRIAL,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.TRIAL_BY_ENTREPRENEUR,
        decider=Decider.ENTREPRENEUR,
        citations=_code("L7332-1", "L1221-26"),
        notice=NoticeKind.TRIAL,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.RESIGNATION,
        decider=Decider.ENTREPRENEUR,
        citations=_code("L1231-1", "L1237-1"),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.MUTUAL,
        decider=Decider.BOTH,
        citations=_code("L1237-11", "L1237-13", "L1237-14"),
        notice=NoticeKind.TIMETABLE,
        indemnity=IndemnityKind.MUTUAL,
        levy="mutual_contribution_rate",
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_PERSONAL,
        decider=Decider.COOPERATIVE,
        citations=_code("L1232-1", "L1234-1", "L1234-9"),
        notice=NoticeKind.DISMISSAL,
        indemnity=IndemnityKind.SEVERANCE,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_ECONOMIC,
        decider=Decider.COOPERATIVE,
        citations=_code("L1233-1", "L1234-1", "L1234-9"),
        notice=NoticeKind.DISMISSAL,
        indemnity=IndemnityKind.SEVERANCE,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_SERIOUS,
        decider=Decider.COOPERATIVE,
        citations=_code("L1234-1", "L1234-9"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.FORFEITED,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_WILFUL,
        decider=Decider.COOPERATIVE,
        citations=_code("L1234-1", "L1234-9"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.FORFEITED,
        unemployment=Unemployment.OPENS,
        keeps_cover=False,
    ),
    EndingRule(
        kind=EndingKind.UNFIT,
        decider=Decider.COOPERATIVE,
        citations=_code("L1226-2-1", "L1226-4", "L1234-9"),
        notice=NoticeKind.NOT_WORKED,
        indemnity=IndemnityKind.SEVERANCE,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.UNFIT_WORK_ACCIDENT,
        decider=Decider.COOPERATIVE,
        citations=_code("L1226-12", "L1226-14"),
        notice=NoticeKind.NOT_WORKED,
        indemnity=IndemnityKind.SPECIAL,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.RETIREMENT,
        decider=Decider.ENTREPRENEUR,
        citations=_code("L1237-9", "L1237-10"),
        notice=NoticeKind.RETIREMENT,
        indemnity=IndemnityKind.RETIREMENT,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.RETIREMENT_BY_COOPERATIVE,
        decider=Decider.COOPERATIVE,
        citations=_code("L1237-5", "L1237-6", "L1237-7"),
        notice=NoticeKind.RETIREMENT,
        indemnity=IndemnityKind.SEVERANCE,
        levy="retirement_by_employer_contribution_rate",
        keeps_scop_status=True,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.DEATH,
        decider=Decider.EVENT,
        citations=_code("L3141-28"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.NOT_CONCERNED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.ASSOCIATE_DEADLINE,
        decider=Decider.LAW,
        citations=_code("L7331-3"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.UNSETTLED,
        unemployment=Unemployment.UNSETTLED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.STATUS_RENOUNCED,
        decider=Decider.ENTREPRENEUR,
        citations=(Citation("Loi n° 78-763 du 19 juillet 1978, art. 10, 2°"),),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.UNSETTLED,
        unemployment=Unemployment.UNSETTLED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.TRANSFER,
        decider=Decider.ENTREPRENEUR,
        citations=_code("L7331-2", "L7331-3"),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.CLOSED,
        ways=(EndingKind.RESIGNATION, EndingKind.MUTUAL),
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.OWN_STRUCTURE,
        decider=Decider.ENTREPRENEUR,
        citations=_code("L7331-2", "L5422-1"),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.UNSETTLED,
        ways=(EndingKind.RESIGNATION, EndingKind.MUTUAL),
        needs_review=True,
    ),
)

#: What the law attaches to each way of ending.
ENDINGS: Mapping[EndingKind, EndingRule] = MappingProxyType({rule.kind: rule for rule in _RULES})
