"""Does the scale that a cooperative publishes give the figures of its own examples?"""

from __future__ import annotations

import attrs

from cae_core.account import FeeBase
from cae_core.errors import InputError
from cae_core.money import MILLION, Rate, apply_rate, divide_half_up, format_euros
from cae_core.profile.cooperative_profile import CooperativeProfile
from cae_core.profile.fee_year import FeeYear, fee_years
from cae_core.profile.published import PublishedExample
from cae_core.profile.terms import Remark

__all__ = ["Disagreement", "ExampleCheck", "check_example", "inconsistencies"]

_WORDS = {
    "fee": ("la contribution", "the fee"),
    "other": ("les autres charges", "the other charges"),
    "left": ("le reste après contribution", "what is left after the fee"),
}


@attrs.frozen(kw_only=True)
class Disagreement:
    """A figure that the scale of the same page does not give.

    Attributes:
        what: ``"fee"``, ``"other"``, ``"left"``, or the month whose fee it is.
        printed_cents: what the example says.
        computed_cents: what the scale gives.
        implied_rate: the flat rate that would give what is printed, if one does.
    """

    what: str
    printed_cents: int
    computed_cents: int
    implied_rate: Rate | None = None

    @property
    def remark(self) -> Remark:
        """The two figures in words."""
        french, english = _WORDS.get(
            self.what, (f"la contribution de {self.what}", f"the fee of {self.what}")
        )
        printed, computed = (
            {lang: format_euros(cents, lang) for lang in ("fr", "en")}
            for cents in (self.printed_cents, self.computed_cents)
        )
        said = Remark(
            french=f"l'exemple donne {printed['fr']} pour {french}, le barème {computed['fr']}",
            english=f"the example gives {printed['en']} for {english}, the scale {computed['en']}",
        )
        if self.implied_rate is None:
            return said
        return Remark(
            french=f"{said.french} ; l'exemple correspond à un taux de {self.implied_rate.format()}",
            english=f"{said.english}; the example is what a rate of {self.implied_rate.format('en')} gives",
        )


@attrs.frozen(kw_only=True)
class ExampleCheck:
    """An example, what the scale gives for it, and where the two disagree."""

    example: PublishedExample
    year: FeeYear
    disagreements: tuple[Disagreement, ...]

    @property
    def agrees(self) -> bool:
        """Every figure printed is the one the scale gives."""
        return not self.disagreements


def check_example(profile: CooperativeProfile, example: PublishedExample) -> ExampleCheck:
    """Charge what an example describes, by the scale of the profile, and compare every figure it prints.

    Raises:
        InputError: no scale of the profile is for the example, or it names a reading that does not exist.
    """
    years = fee_years(profile, example.months, contract=example.contract, kind=example.kind)
    matching = [year for year in years if year.scale.reading_code == example.reading]
    if not matching:
        known = ", ".join(repr(year.scale.reading_code) for year in years)
        raise InputError(
            f"example of {profile.code!r}", f"expected one of {known} as reading, got {example.reading!r}"
        )
    (year,) = matching
    pairs: list[tuple[str, int | None, int]] = [
        ("fee", example.fee_cents, year.fee_cents),
        ("other", example.other_cents, year.other_cents),
        ("left", example.left_cents, year.left_cents),
    ]
    if example.fees_by_month is not None:
        pairs += [
            (str(charge.month), printed, charge.amount_cents)
            for charge, printed in zip(year.charges, example.fees_by_month, strict=True)
        ]
    found = []
    for what, printed, computed in pairs:
        shown = 100 * divide_half_up(computed, 100) if example.to_the_euro else computed
        if printed is not None and printed != shown:
            found.append(
                Disagreement(
                    what=what,
                    printed_cents=printed,
                    computed_cents=computed,
                    implied_rate=_implied(year, what, printed),
                )
            )
    return ExampleCheck(example=example, year=year, disagreements=tuple(found))


def _implied(year: FeeYear, what: str, printed_cents: int) -> Rate | None:
    """Return the flat rate that gives a printed fee, or a printed rest, to the cent."""
    on_margin = year.scale.scale.base is FeeBase.GROSS_MARGIN
    base = year.gross_margin_cents if on_margin else year.turnover_cents
    if what not in ("fee", "left") or base <= 0:
        return None
    fee = printed_cents if what == "fee" else year.gross_margin_cents - year.other_cents - printed_cents
    # In hundredths of a percent, as a page prints them.
    ppm = 100 * divide_half_up(fee * 10_000, base)
    return Rate(ppm) if 0 <= ppm <= MILLION and apply_rate(base, ppm) == fee else None


def inconsistencies(profile: CooperativeProfile) -> tuple[Remark, ...]:
    """Return where a page contradicts itself: in its words, and in the examples its scale does not give."""
    found = list(profile.contradictions)
    for example in profile.examples:
        for disagreement in check_example(profile, example).disagreements:
            said = disagreement.remark
            found.append(
                Remark(
                    french=f"{example.french} : {said.french}", english=f"{example.english}: {said.english}"
                )
            )
    return tuple(found)
