"""What a written contract must contain, and the objections that the contracts share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from cae_core.law import Citation
from cae_core.reasons import Reason

__all__ = ["Content", "missing_contents", "objection", "out_of_order"]


@attrs.frozen
class Content:
    """Something a written contract must contain: the field that holds it, its article, what it is.

    Attributes:
        field: the field of the contract.
        article: such as ``"L7331-2 2° a"``.
        french, english: what it is.
        optional: the text says « le cas échéant » or « peut »: the contract is valid without it.
        code: the code that has the article, as it is cited.
    """

    field: str
    article: str
    french: str
    english: str
    optional: bool = False
    code: str = "C. trav."

    @property
    def citation(self) -> Citation:
        """The article."""
        return Citation(f"{self.code} art. {self.article}")


def objection(code: str, french: str, english: str, *texts: str, needs_review: bool = False) -> Reason:
    """Return a condition that is not met."""
    citations = tuple(map(Citation, texts))
    return Reason(
        code=code, met=False, french=french, english=english, citations=citations, needs_review=needs_review
    )


def missing_contents(contract: object, contents: Iterable[Content]) -> Iterator[Reason]:
    """Iterate over the contents that a contract lacks, each with its article."""
    for content in contents:
        value = getattr(contract, content.field)
        if not content.optional and (value is None or (isinstance(value, str) and not value.strip())):
            yield objection(
                f"content_{content.field}",
                f"manque : {content.french} ({content.field})",
                f"missing: {content.english} ({content.field})",
                content.citation.text,
            )


def out_of_order(signed_on: dt.date, starts_on: dt.date, ends_on: dt.date | None) -> Iterator[Reason]:
    """Iterate over what is wrong in the days of a contract: it is signed, then performed, then ends."""
    if starts_on < signed_on:
        yield objection(
            "starts_before_signature",
            f"il commence le {starts_on}, avant sa signature du {signed_on}",
            f"it starts on {starts_on}, before it is signed on {signed_on}",
        )
    if ends_on is not None and ends_on < starts_on:
        yield objection(
            "ends_before_start",
            f"il finit le {ends_on}, avant son début du {starts_on}",
            f"it ends on {ends_on}, before it starts on {starts_on}",
        )
