"""What an ending does to shares, account, clientele and rights: sentences with their texts.

An effect is a :class:`~cae_core.reasons.Reason`: ``met`` says whether the person keeps or receives the thing.
"""

from __future__ import annotations

from cae_core.france.exits.kinds import EndingKind, EndingRule, Unemployment
from cae_core.law import Citation
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = ["CooperativeForm", "effects"]

_SCOP = Citation("Loi n° 78-763 du 19 juillet 1978, art. 10")
_SCOP_KEPT = Citation("Loi n° 78-763 du 19 juillet 1978, art. 11")
_1947 = Citation("Loi n° 47-1775 du 10 septembre 1947, art. 18")
_REGULARISATION = Citation("C. trav. art. R7331-12")
_PRACTICE = Citation("Optéos, Fin de CESA", "https://documentation.opteos.fr/wiki/Fin_de_CESA")
_CLIENTELE = Citation("C. trav. art. L7331-2, 2° f")
_OWNER = Citation(
    "Fédération des CAE, agora 2021",
    "https://agora.les-cae.coop/t/contribution-cooperative-revente-activite-esa/2021",
)
_ASSETS = Citation(
    "Fédération des CAE, agora 2837",
    "https://agora.les-cae.coop/t/cape-et-mise-a-disposition-ou-immobilisation/2837",
)
_DEADLINE = Citation(
    "Fédération des CAE, agora 1620",
    "https://agora.les-cae.coop/t/les-consequences-dun-non-acces-au-societariat-apres-3-ans-de-presence/1620",
)
_ARE = Citation("C. trav. art. L5422-1")
_COVER = Citation("CSS art. L911-8")
_LEAVE = Citation("C. trav. art. L3141-28 ; Cons. const. n° 2015-523 QPC du 2 mars 2016")


class CooperativeForm(Term):
    """The law under which the cooperative is set up, which says whether contract and shares are linked."""

    SCOP = "scop", "SCOP"
    SCIC = "scic", "SCIC"
    OTHER = "other", "coopérative de la loi de 1947"


def effects(
    rule: EndingRule,
    way: EndingRule,
    *,
    form: CooperativeForm,
    associate: bool,
    statutes_keep_status: bool | None = None,
    holds_new_contract: bool = False,
) -> tuple[Reason, ...]:
    """Return what an ending does, from shares and account to clientele, benefit, cover and leave.

    Args:
        rule: the way of ending.
        way: the way by which it is done; the same, but for a transfer and for a structure of one's own.
        form: the law of the cooperative.
        associate: the person is an associate.
        statutes_keep_status: what the statutes say of associate status, where the law leaves it to them;
            ``None`` where they say nothing.
        holds_new_contract: another employment starts at once.
    """
    shares = _shares(way, form, associate, statutes_keep_status)
    return (
        shares,
        *([_refund()] if associate and not shares.met else []),
        _account(rule),
        _clientele(rule),
        _unemployment(rule, way, holds_new_contract),
        _cover(way),
        _leave(rule),
    )


def _shares(
    rule: EndingRule, form: CooperativeForm, associate: bool, statutes_keep_status: bool | None
) -> Reason:
    if not associate:
        return Reason(
            code="associate_status",
            met=False,
            french="la personne n'est pas associée : aucune part à rembourser",
            english="the person is not an associate: there is no share to refund",
        )
    if form is CooperativeForm.SCOP and rule.keeps_scop_status:
        return Reason(
            code="associate_status",
            met=True,
            french=(
                "la qualité d'associé subsiste : mise à la retraite, licenciement économique et invalidité "
                "ne la font pas perdre, quoi que disent les statuts"
            ),
            english=(
                "associate status goes on: retirement by the cooperative, economic dismissal and disability "
                "do not end it, whatever the statutes say"
            ),
            citations=(_SCOP_KEPT,),
            needs_review=rule.kind in (EndingKind.UNFIT, EndingKind.UNFIT_WORK_ACCIDENT),
        )
    if statutes_keep_status is not None:
        kept = statutes_keep_status
        return Reason(
            code="associate_status",
            met=kept,
            french=f"d'après les statuts, la qualité d'associé {'subsiste' if kept else 'prend fin'}",
            english=f"by the statutes, associate status {'goes on' if kept else 'ends'}",
            citations=(_SCOP,) if form is CooperativeForm.SCOP else (),
        )
    if form is not CooperativeForm.SCOP:
        return Reason(
            code="associate_status",
            met=True,
            french=(
                "la loi de 1978 ne s'applique pas : la fin du contrat laisse la qualité d'associé, sauf si "
                "les statuts disent autre chose ; une SCIC peut demander un changement de catégorie"
            ),
            english=(
                "the law of 1978 does not apply: the end of the contract leaves associate status, unless the "
                "statutes say otherwise; a SCIC may ask for a change of category"
            ),
            citations=(Citation("Loi n° 47-1775 du 10 septembre 1947, art. 19 septies"),),
            needs_review=True,
        )
    return Reason(
        code="associate_status",
        met=False,
        french="la qualité d'associé prend fin avec le contrat, sauf clause contraire des statuts",
        english="associate status ends with the contract, unless the statutes say otherwise",
        citations=(_SCOP,),
        needs_review=rule.kind in (EndingKind.ASSOCIATE_DEADLINE, EndingKind.DEATH),
    )


def _refund() -> Reason:
    return Reason(
        code="shares_refunded",
        met=True,
        french=(
            "les parts sont remboursées à leur valeur nominale, moins les pertes du bilan de l'exercice de "
            "sortie, dans le délai des statuts et sans descendre sous le capital minimal"
        ),
        english=(
            "the shares are refunded at their nominal value, less the losses of the balance sheet of the "
            "year of exit, within the delay of the statutes and not below the smallest capital"
        ),
        citations=(_1947,),
        needs_review=True,
    )


def _account(rule: EndingRule) -> Reason:
    if rule.kind is EndingKind.DEATH:
        return Reason(
            code="account_emptied",
            met=True,
            french=(
                "le solde est payé aux héritiers avec les salaires et congés dus ; sous quelle forme le "
                "solde d'activité leur revient, aucun texte ne le dit"
            ),
            english=(
                "the balance is paid to the heirs with the wages and leave owed; in what form the balance of "
                "the activity comes to them, no text says"
            ),
            citations=(_REGULARISATION,),
            needs_review=True,
        )
    more, more_english = "", ""
    if rule.kind is EndingKind.TRANSFER:
        more = " ; il ne passe pas à l'autre coopérative, où l'activité repart d'un compte à zéro"
        more_english = "; it does not go to the other cooperative, where the activity starts from nothing"
    elif rule.kind is EndingKind.OWN_STRUCTURE:
        more = " ; il n'est pas un apport à la nouvelle structure"
        more_english = "; it is no contribution to the new structure"
    return Reason(
        code="account_emptied",
        met=True,
        french=f"le solde est versé en salaire avant la fin du contrat : aucune réserve n'est gardée{more}",
        english=f"the balance is paid as wages before the contract ends: no reserve is kept{more_english}",
        citations=(_REGULARISATION, _PRACTICE),
        needs_review=True,
    )


def _clientele(rule: EndingRule) -> Reason:
    if rule.kind is EndingKind.DEATH:
        return Reason(
            code="clientele",
            met=True,
            french="les droits sur la clientèle et droits d'auteur passent aux héritiers, selon le contrat",
            english="the rights on the clientele and authors' rights go to the heirs, by the contract",
            citations=(_CLIENTELE,),
            needs_review=True,
        )
    where = {
        EndingKind.TRANSFER: ("la nouvelle coopérative", "the new cooperative"),
        EndingKind.OWN_STRUCTURE: ("la nouvelle structure", "the new structure"),
    }.get(rule.kind, ("l'entrepreneur ou une autre structure", "the entrepreneur or another structure"))
    return Reason(
        code="clientele",
        met=True,
        french=(
            "la clientèle apportée, créée et développée, les marques et le nom de l'activité restent à la "
            f"personne ; les contrats en cours passent à {where[0]} avec l'accord des clients ; le matériel "
            "et les stocks achetés par la coopérative sont à racheter"
        ),
        english=(
            "the clientele brought, created and developed, the marks and the name of the activity stay with "
            f"the person; running contracts go to {where[1]} if the customers agree; equipment and stock "
            "bought by the cooperative are to be bought back"
        ),
        citations=(_CLIENTELE, Citation("C. civ. art. 1216"), _OWNER, _ASSETS),
        needs_review=True,
    )


def _unemployment(rule: EndingRule, way: EndingRule, holds_new_contract: bool) -> Reason:
    if holds_new_contract:
        return Reason(
            code="unemployment",
            met=False,
            french="un nouveau contrat suit : pas de perte d'emploi, les droits déjà acquis restent acquis",
            english="a new contract follows: no loss of employment; rights already built are kept",
            citations=(_ARE,),
            needs_review=True,
        )
    kind = way.unemployment if way.kind is not EndingKind.RESIGNATION else rule.unemployment
    if kind is Unemployment.OPENS:
        return Reason(
            code="unemployment",
            met=True,
            french="la perte d'emploi est involontaire : elle ouvre des droits, selon l'affiliation",
            english="the loss of employment is involuntary: it opens benefit, if affiliation is enough",
            citations=(_ARE,),
            needs_review=way.kind is EndingKind.TRIAL_BY_COOPERATIVE,
        )
    if kind is Unemployment.NOT_CONCERNED:
        return Reason(
            code="unemployment", met=False, french="sans objet", english="not concerned", citations=(_ARE,)
        )
    if rule.kind is EndingKind.ASSOCIATE_DEADLINE:
        return Reason(
            code="unemployment",
            met=False,
            french=(
                "aucun texte ne nomme cette fin : involontaire si la coopérative a refusé l'admission, "
                "discutable si la personne ne l'a pas demandée ; une rupture conventionnelle l'évite"
            ),
            english=(
                "no text names this end: involuntary if the cooperative refused the admission, arguable if "
                "the person did not ask for it; an ending by agreement before it avoids the question"
            ),
            citations=(_ARE, _DEADLINE),
            needs_review=True,
        )
    if rule.kind is EndingKind.OWN_STRUCTURE:
        return Reason(
            code="unemployment",
            met=False,
            french=(
                "une démission pour créer une entreprise n'ouvre droit qu'avec un projet reconnu réel et "
                "sérieux avant la démission et une durée d'emploi suffisante ; une rupture conventionnelle "
                "ouvre droit"
            ),
            english=(
                "a resignation to create a business opens benefit only with a project found real and serious "
                "before it and 1,300 days worked in sixty months; an ending by agreement opens it"
            ),
            citations=(Citation("C. trav. art. L5422-1, II et L5422-1-1"),),
            needs_review=True,
        )
    if kind is Unemployment.UNSETTLED:
        return Reason(
            code="unemployment",
            met=False,
            french="aucun texte ne dit si cette fin est une perte involontaire d'emploi",
            english="no text says whether this end is an involuntary loss of employment",
            citations=(_ARE,),
            needs_review=True,
        )
    return Reason(
        code="unemployment",
        met=False,
        french=(
            "pas de droit à l'allocation, sauf démission légitime ou réexamen"
            if rule.kind not in (EndingKind.RETIREMENT, EndingKind.RETIREMENT_BY_COOPERATIVE)
            else "pas d'allocation : la personne a sa pension"
        ),
        english=(
            "no benefit, unless the resignation is legitimate or the case is examined again"
            if rule.kind not in (EndingKind.RETIREMENT, EndingKind.RETIREMENT_BY_COOPERATIVE)
            else "no benefit: the person has a pension"
        ),
        citations=(_ARE,),
        needs_review=True,
    )


def _cover(way: EndingRule) -> Reason:
    if not way.keeps_cover:
        return Reason(
            code="cover",
            met=False,
            french="la faute lourde prive du maintien gratuit de la complémentaire",
            english="wilful misconduct forfeits the free health cover",
            citations=(_COVER,),
        )
    if way.kind is EndingKind.DEATH:
        return Reason(
            code="cover",
            met=True,
            french=(
                "les personnes que couvrait la complémentaire du défunt peuvent, dans les six mois, "
                "en demander le maintien, pour douze mois au moins"
            ),
            english=(
                "those whom the health cover of the deceased protected may ask within six months that it "
                "goes on, for twelve months at least"
            ),
            # Read: doctrine.fr, text in force from 1 January 2014.
            citations=(Citation("Loi n° 89-1009 du 31 décembre 1989, art. 4, 2°"),),
        )
    opens = way.unemployment is Unemployment.OPENS
    return Reason(
        code="cover",
        met=opens,
        french=(
            "la complémentaire est maintenue sans cotisation tant que la personne est indemnisée"
            if opens
            else "la complémentaire ne suit pas : elle dépend de l'allocation de chômage"
        ),
        english=(
            "the health cover goes on free of charge as long as the person draws benefit"
            if opens
            else "the health cover does not follow: it depends on unemployment benefit"
        ),
        citations=(_COVER,),
        needs_review=way.unemployment is Unemployment.UNSETTLED,
    )


def _leave(rule: EndingRule) -> Reason:
    heirs = rule.kind is EndingKind.DEATH
    return Reason(
        code="leave_indemnity",
        met=True,
        french="les congés acquis et non pris sont payés"
        + (" aux ayants droit" if heirs else ", faute lourde comprise"),
        english="leave earned and not taken is paid"
        + (" to the heirs" if heirs else ", wilful misconduct included"),
        citations=(_LEAVE, Citation("C. trav. art. L7332-2")),
    )
