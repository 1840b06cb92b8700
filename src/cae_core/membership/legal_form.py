"""A legal form of cooperative, as a record that a plugin registers.

The record names the form and holds the functions that read the law of a day for it. They take a
:class:`~cae_core.law.Snapshot`, so that the same form answers for any day that the law is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import attrs

from cae_core.errors import RefusedError
from cae_core.law import Snapshot
from cae_core.membership.allocation import SurplusRules
from cae_core.membership.associates import Roll
from cae_core.membership.shares import ShareAccount
from cae_core.membership.statutes import Statutes
from cae_core.membership.voting import MeetingRules
from cae_core.money import Rate
from cae_core.reasons import Reason, unmet

__all__ = ["LegalForm"]

#: What each associate holds, by code.
Holdings: TypeAlias = "dict[str, ShareAccount]"


@attrs.frozen(kw_only=True, eq=False)
class LegalForm:
    """A legal form (forme juridique) of cooperative. Functions only: it holds no number of the law.

    Attributes:
        code: short and stable, such as ``"scop_sarl"``.
        french_name, english_name: its names.
        family: forms that share a statute of law, such as ``"scop"``.
        statutes_reasons: what the law wants of the statutes, met or not.
        composition_reasons: what it wants of the associates and of their shares on a day, met or not.
        meeting_rules: the rules of its general meeting, the choices of the statutes taken in.
        surplus_rules: how it shares out its surplus; the rate is the average yield of bonds that bounds
            interest, where the law has such a bound.
        capital_floor: name of the parameter of the capital floor.
    """

    code: str
    french_name: str
    english_name: str
    family: str
    statutes_reasons: Callable[[Statutes, Snapshot], Iterable[Reason]]
    composition_reasons: Callable[[Roll, Holdings, Snapshot], Iterable[Reason]]
    meeting_rules: Callable[[Statutes, Snapshot], MeetingRules]
    surplus_rules: Callable[[Snapshot, Rate | None], SurplusRules]
    capital_floor: str

    def check(self, statutes: Statutes, law: Snapshot) -> None:
        """Refuse statutes that the law of a day does not allow.

        Raises:
            RefusedError: every objection, with its article.
        """
        objections = list(unmet(self.statutes_reasons(statutes, law)))
        if statutes.legal_form != self.code:
            objections.insert(
                0,
                Reason(
                    code="another_legal_form",
                    met=False,
                    french=f"les statuts sont ceux d'une autre forme : {statutes.legal_form}",
                    english=f"these are the statutes of another legal form: {statutes.legal_form}",
                ),
            )
        if objections:
            raise RefusedError(
                f"les statuts de « {statutes.name} » ne sont pas permis ({self.french_name})",
                f"the statutes of “{statutes.name}” are not allowed ({self.english_name})",
                objections,
            )
