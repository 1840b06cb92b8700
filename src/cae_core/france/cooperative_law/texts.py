"""The texts of the law of cooperatives, and a short way to compare a fact with a number of the law."""

from __future__ import annotations

from cae_core.law import Citation, Snapshot
from cae_core.reasons import Reason

__all__ = ["art", "checked", "law_1947", "law_1978", "whole"]

_1978 = "Loi n° 78-763 du 19 juillet 1978"
_1947 = "Loi n° 47-1775 du 10 septembre 1947"


def law_1978(article: str) -> Citation:
    """Return the citation of an article of the law of Scop."""
    return Citation(f"{_1978}, art. {article}")


def law_1947(article: str) -> Citation:
    """Return the citation of an article of the law of cooperatives."""
    return Citation(f"{_1947}, art. {article}")


def art(law: Snapshot, *names: str) -> tuple[Citation, ...]:
    """Return the texts of some parameters."""
    return law.citations_of(*names)


def whole(law: Snapshot, name: str) -> int:
    """Return a plain number of the law that is kept in hundredths, and is a whole one."""
    number, rest = divmod(law.value(name), 100)
    assert not rest, name
    return number


def checked(
    law: Snapshot,
    name: str,
    *,
    code: str,
    met: bool,
    found: int,
    wanted: int,
    unit: str,
    french: str,
    english: str,
) -> Reason:
    """Return a reason that compares a fact with a parameter, with the text of the parameter and its mark."""
    row = law[name]
    return Reason(
        code=code,
        met=met,
        french=french,
        english=english,
        citations=(row.citation,),
        found=found,
        wanted=wanted,
        unit=unit,
        needs_review=row.needs_review,
    )
