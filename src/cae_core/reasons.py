"""A reason: one condition of the law, whether it is met, the figures compared and the text.

Whatever the library decides – that a contract is valid, that a step may be taken, that a benefit is due –
is carried by its reasons, those that hold and those that do not. A refusal is the reasons that are not met.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cae_core.law import Citation

__all__ = ["Reason", "unmet"]


@attrs.frozen(kw_only=True)
class Reason:
    """One condition of the law and whether it is met.

    Attributes:
        code: which condition; stable, such as ``"six_months_pay"``.
        met: whether it holds.
        french, english: the sentence, figures included.
        citations: the texts that set the condition.
        found, wanted: the two figures compared, where there are two, as whole numbers in ``unit``.
        unit: ``"cents"``, ``"days"``, ``"months"``, ``"hours_hundredths"``, ``"people"``, ``"ppm"`` …
        needs_review: no text settles it, or nobody has read the text yet.
    """

    code: str
    met: bool
    french: str
    english: str
    citations: tuple[Citation, ...] = ()
    found: int | None = None
    wanted: int | None = None
    unit: str = ""
    needs_review: bool = False

    @property
    def missing(self) -> int | None:
        """What is missing to meet it, in ``unit``: 0 where it is met, ``None`` where nothing is compared."""
        if self.found is None or self.wanted is None:
            return None
        return 0 if self.met else max(self.wanted - self.found, 0)

    def text(self, lang: str = "fr") -> str:
        """The sentence in a language, its texts behind it."""
        sentence = self.french if lang == "fr" else self.english
        texts = " ; ".join(map(str, self.citations))
        return f"{sentence} ({texts})" if texts else sentence

    def __str__(self) -> str:
        return self.text("en")


def unmet(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons that are not met: the objections."""
    return tuple(reason for reason in reasons if not reason.met)
