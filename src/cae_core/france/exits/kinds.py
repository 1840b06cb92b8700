"""The ways in which the contract of a salaried entrepreneur ends, as a table of records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from cae_core.account.entries import Term
from cae_core.law import Citation

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

    TRIAL_BY_COOPERATIVE = "trial_by_cooperative", "rupture de l'essai par la coopérative"
    TRIAL_BY_ENTREPRENEUR = "trial_by_entrepreneur", "rupture de l'essai par l'entrepreneur"
    RESIGNATION = "resignation", "démission"
    MUTUAL = "mutual", "rupture conventionnelle"
    DISMISSAL_PERSONAL = "dismissal_personal", "licenciement pour motif personnel"
    DISMISSAL_ECONOMIC = "dismissal_economic", "licenciement économique"
    DISMISSAL_SERIOUS = "dismissal_serious", "licenciement pour faute grave"
    DISMISSAL_WILFUL = "dismissal_wilful", "licenciement pour faute lourde"
    UNFIT = "unfit", "licenciement pour inaptitude"
    UNFIT_WORK_ACCIDENT = "unfit_work_accident", "licenciement pour inaptitude professionnelle"
    RETIREMENT = "retirement", "départ à la retraite"
    RETIREMENT_BY_COOPERATIVE = "retirement_by_cooperative", "mise à la retraite"
    DEATH = "death", "décès"
    ASSOCIATE_DEADLINE = "associate_deadline", "fin de plein droit à l'échéance du sociétariat"
    STATUS_RENOUNCED = "status_renounced", "renonciation à la qualité d'associé"
    TRANSFER = "transfer", "transfert vers une autre CAE"
    OWN_STRUCTURE = "own_structure", "création de sa propre structure"


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
        english_name: what an English reader calls it.
        decider: who decides.
        citations: the texts.
        notice: the rule of the notice.
        indemnity: the rule of the indemnity.
        levy: the parameter of the employer's levy on the indemnity; ``None`` where there is none.
        keeps_scop_status: in a SCOP, associate status survives unless the statutes say otherwise.
        unemployment: whether it opens unemployment rights.
        keeps_cover: whether the health cover goes on with benefit; wilful misconduct forfeits it.
        ways: the ways by which it is done, where it is no way of its own: the first one is the default.
        needs_review: no text settles what it is, or nobody has read it.
    """

    kind: EndingKind
    english_name: str
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
        english_name="trial ended by the cooperative",
        decider=Decider.COOPERATIVE,
        citations=_code("L7332-1", "L1221-25"),
        notice=NoticeKind.TRIAL,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.TRIAL_BY_ENTREPRENEUR,
        english_name="trial ended by the entrepreneur",
        decider=Decider.ENTREPRENEUR,
        citations=_code("L7332-1", "L1221-26"),
        notice=NoticeKind.TRIAL,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.RESIGNATION,
        english_name="resignation",
        decider=Decider.ENTREPRENEUR,
        citations=_code("L1231-1", "L1237-1"),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.MUTUAL,
        english_name="ending by agreement",
        decider=Decider.BOTH,
        citations=_code("L1237-11", "L1237-13", "L1237-14"),
        notice=NoticeKind.TIMETABLE,
        indemnity=IndemnityKind.MUTUAL,
        levy="mutual_contribution_rate",
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_PERSONAL,
        english_name="dismissal on personal grounds",
        decider=Decider.COOPERATIVE,
        citations=_code("L1232-1", "L1234-1", "L1234-9"),
        notice=NoticeKind.DISMISSAL,
        indemnity=IndemnityKind.SEVERANCE,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_ECONOMIC,
        english_name="economic dismissal",
        decider=Decider.COOPERATIVE,
        citations=_code("L1233-1", "L1234-1", "L1234-9"),
        notice=NoticeKind.DISMISSAL,
        indemnity=IndemnityKind.SEVERANCE,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_SERIOUS,
        english_name="dismissal for serious misconduct",
        decider=Decider.COOPERATIVE,
        citations=_code("L1234-1", "L1234-9"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.FORFEITED,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.DISMISSAL_WILFUL,
        english_name="dismissal for wilful misconduct",
        decider=Decider.COOPERATIVE,
        citations=_code("L1234-1", "L1234-9"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.FORFEITED,
        unemployment=Unemployment.OPENS,
        keeps_cover=False,
    ),
    EndingRule(
        kind=EndingKind.UNFIT,
        english_name="dismissal of a person unfit for work",
        decider=Decider.COOPERATIVE,
        citations=_code("L1226-2-1", "L1226-4", "L1234-9"),
        notice=NoticeKind.NOT_WORKED,
        indemnity=IndemnityKind.SEVERANCE,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.UNFIT_WORK_ACCIDENT,
        english_name="dismissal of a person unfit after a work accident",
        decider=Decider.COOPERATIVE,
        citations=_code("L1226-12", "L1226-14"),
        notice=NoticeKind.NOT_WORKED,
        indemnity=IndemnityKind.SPECIAL,
        keeps_scop_status=True,
        unemployment=Unemployment.OPENS,
    ),
    EndingRule(
        kind=EndingKind.RETIREMENT,
        english_name="retirement of the entrepreneur",
        decider=Decider.ENTREPRENEUR,
        citations=_code("L1237-9", "L1237-10"),
        notice=NoticeKind.RETIREMENT,
        indemnity=IndemnityKind.RETIREMENT,
        unemployment=Unemployment.CLOSED,
    ),
    EndingRule(
        kind=EndingKind.RETIREMENT_BY_COOPERATIVE,
        english_name="retirement decided by the cooperative",
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
        english_name="death",
        decider=Decider.EVENT,
        citations=_code("L3141-28"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.NONE,
        unemployment=Unemployment.NOT_CONCERNED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.ASSOCIATE_DEADLINE,
        english_name="end by law at the associate deadline",
        decider=Decider.LAW,
        citations=_code("L7331-3"),
        notice=NoticeKind.NONE,
        indemnity=IndemnityKind.UNSETTLED,
        unemployment=Unemployment.UNSETTLED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.STATUS_RENOUNCED,
        english_name="associate status given up",
        decider=Decider.ENTREPRENEUR,
        citations=(Citation("Loi n° 78-763 du 19 juillet 1978, art. 10, 2°"),),
        notice=NoticeKind.RESIGNATION,
        indemnity=IndemnityKind.UNSETTLED,
        unemployment=Unemployment.UNSETTLED,
        needs_review=True,
    ),
    EndingRule(
        kind=EndingKind.TRANSFER,
        english_name="transfer to another cooperative",
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
        english_name="creation of one's own structure",
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
