"""Who can be placed in partial activity, and for which reason."""

from __future__ import annotations

from cae_core.law import Citation
from cae_core.reasons import Reason
from cae_core.terms import Term

__all__ = ["Ground", "Standing", "can_be_placed"]

_EMPLOYEE = Citation("C. trav. art. L5122-1 ; L7331-1")
_NO_EMPLOYEE = Citation("C. com. art. L127-1 ; C. trav. art. L5122-1")
_MANAGER = Citation("Loi n° 78-763 du 19 juillet 1978, art. 17")


class Standing(Term):
    """What binds a person to the cooperative."""

    CAPE = ("CAPE", "CAPE", "support contract (CAPE)")
    CESA = ("CESA", "CESA", "salaried entrepreneur (CESA)")
    ASSOCIATE = ("ASSOCIATE", "associé", "salaried entrepreneur, associate")
    MANAGER = ("MANAGER", "mandataire", "remunerated manager")

    @property
    def employed(self) -> bool:
        """Whether the person is an employee by contract."""
        return self in (Standing.CESA, Standing.ASSOCIATE)


class Ground(Term):
    """The five grounds of a request.

    Law:
        Code du travail, art. R5122-1.
    """

    ECONOMY = ("economy", "conjoncture économique", "the economic situation")
    SUPPLY = ("supply", "difficultés d'approvisionnement", "supply of materials or energy")
    DISASTER = ("disaster", "sinistre ou intempéries exceptionnels", "exceptional disaster or weather")
    MODERNISATION = ("modernisation", "transformation ou modernisation", "restructuring or modernisation")
    EXCEPTIONAL = ("exceptional", "circonstance exceptionnelle", "another exceptional circumstance")

    @property
    def may_be_asked_afterwards(self) -> bool:
        """Whether the request may follow the placement."""
        return self in (Ground.DISASTER, Ground.EXCEPTIONAL)


def can_be_placed(standing: Standing) -> Reason:
    """Tell whether a person can be placed in partial activity.

    Salaried entrepreneurs can, as employees; no text names them. Holders of a CAPE are no employees.
    For a remunerated manager the authorities disagreed, so the answer is no and is to be reviewed.

    Law:
        Code du travail, art. L5122-1, and L7331-1 which makes the whole code apply; loi n° 78-763, art. 17.
    """
    if standing.employed:
        return Reason(
            code="employee",
            met=True,
            french="l'entrepreneur salarié peut être placé en activité partielle, comme tout salarié",
            english="a salaried entrepreneur can be placed in partial activity, as any employee",
            citations=(_EMPLOYEE,),
        )
    if standing is Standing.CAPE:
        return Reason(
            code="employee",
            met=False,
            french="le contrat d'appui (CAPE) n'est pas un contrat de travail",
            english="a support contract (CAPE) is no employment contract",
            citations=(_NO_EMPLOYEE,),
        )
    return Reason(
        code="employee",
        met=False,
        french="pour un mandataire, l'administration et les fédérations divergent : à examiner",
        english="for a manager, the administration and the federations disagree: to be examined",
        citations=(_MANAGER,),
        needs_review=True,
    )
