"""What a Geneva payslip measures: insured pay under a ceiling of the year, and coordinated pay by age.

The law has yearly amounts. Each month with the employer brings a twelfth of them, and pay of the months adds
up, so that a high month fills the room that a low one left, and a whole year agrees with the yearly rule.
"""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.law import Citation
from cae_core.money import Lane, choose, divide_half_up, greatest, least
from cae_core.payroll import Base, FactCheck, FactSpec, PayFacts, Quantity
from cae_core.payroll.rules import Values, YearSums

__all__ = ["BANDS", "BASES", "CHECKS", "FACTS", "QUANTITIES", "source_tax"]

#: The bands of age of the occupational pension.
BANDS = (1, 2, 3, 4)
_LPP = Citation("LPP (RS 831.40) art. 7, 8 et 16 ; OPP 2 art. 3 et 13")

FACTS = (
    FactSpec(
        name="ch_age",
        french_name="âge : l'année moins l'année de naissance",
        english_name="age: the year less the year of birth",
        unit="years",
        default=None,
    ),
    FactSpec(
        name="ch_non_professional_accident_ppm",
        french_name="prime d'assurance-accidents non professionnels, du contrat",
        english_name="premium of the non-professional accident insurance, from the contract",
        unit="millionths",
    ),
    FactSpec(
        name="ch_source_tax_ppm",
        french_name="taux de l'impôt à la source, du barème de la personne ; 0 sans",
        english_name="rate of the tax at source, from the person's scale; 0 without",
        unit="millionths",
    ),
)


def _gross_pay(facts: PayFacts, values: Values) -> Lane:
    return facts.gross_pay_cents


@attrs.frozen
class _Twelfth:
    """A month's part of a yearly amount."""

    parameter: str

    def __call__(self, facts: PayFacts, values: Values) -> Lane:
        # A lane even where everybody has the same.
        return divide_half_up(values[self.parameter], 12) + facts.gross_pay_cents * 0


@attrs.frozen
class _PayOfBand:
    """The pay of those whose age is in a band."""

    band: int

    def __call__(self, facts: PayFacts, values: Values) -> Lane:
        age = facts.given.get("ch_age", 0)
        last = values["reference_age"] if self.band == BANDS[-1] else values[f"lpp_band_{self.band + 1}_from"]
        inside = (age >= values[f"lpp_band_{self.band}_from"]) & (age < last)
        return facts.gross_pay_cents * inside


def _quantity(name: str, french_name: str, formula: Any, citation: Citation) -> Quantity:
    return Quantity(name=name, french_name=french_name, unit="cents", formula=formula, citations=(citation,))


QUANTITIES = (
    _quantity("gross_pay", "salaire brut", _gross_pay, Citation("LAVS art. 5, al. 2")),
    _quantity(
        "insured_ceiling",
        "gain assuré maximal",
        _Twelfth("insured_pay_ceiling_yearly"),
        Citation("OLAA art. 22"),
    ),
    _quantity("lpp_entry", "seuil d'entrée LPP", _Twelfth("lpp_entry_yearly"), _LPP),
    _quantity("lpp_deduction", "déduction de coordination", _Twelfth("lpp_deduction_yearly"), _LPP),
    _quantity("lpp_least", "salaire coordonné minimal", _Twelfth("lpp_least_yearly"), _LPP),
    _quantity("lpp_most", "salaire maximal LPP", _Twelfth("lpp_most_yearly"), _LPP),
    *(
        _quantity(f"lpp_pay_{band}", f"salaire de la tranche d'âge {band}", _PayOfBand(band), _LPP)
        for band in BANDS
    ),
)


def _whole(year: YearSums, values: Values) -> Lane:
    """The whole pay."""
    return year["gross_pay"]


def _insured(year: YearSums, values: Values) -> Lane:
    """Pay up to the ceiling of the year."""
    return least(year["gross_pay"], year["insured_ceiling"])


def _coordinated(pay: Lane, year: YearSums) -> Lane:
    """Pay up to the maximum, less the deduction, at least the minimum; nothing up to the entry threshold.

    Law:
        LPP art. 7 and 8: the deduction is whole, for part time too.
    """
    room = greatest(least(pay, year["lpp_most"]) - year["lpp_deduction"], year["lpp_least"])
    return choose(pay > year["lpp_entry"], room, 0)


def _coordinated_pay(year: YearSums, values: Values) -> Lane:
    return _coordinated(year["gross_pay"], year)


@attrs.frozen
class _CoordinatedOfBand:
    """The coordinated pay of a band of age; a person is in one band for a whole calendar year."""

    band: int

    def __call__(self, year: YearSums, values: Values) -> Lane:
        return _coordinated(year[f"lpp_pay_{self.band}"], year)


def _base(name: str, french_name: str, english_name: str, formula: Any, citation: Citation) -> Base:
    return Base(
        name=name, french_name=french_name, english_name=english_name, formula=formula, citations=(citation,)
    )


BASES = (
    _base("gross_pay", "salaire brut", "gross pay", _whole, Citation("LAVS art. 5, al. 2")),
    _base(
        "insured_pay",
        "salaire jusqu'au gain assuré maximal",
        "pay up to the largest insured pay",
        _insured,
        Citation("LACI art. 3, al. 2 ; OLAA art. 22"),
    ),
    _base("coordinated_pay", "salaire coordonné", "coordinated pay", _coordinated_pay, _LPP),
    *(
        _base(
            f"coordinated_pay_{band}",
            f"salaire coordonné, tranche d'âge {band}",
            f"coordinated pay, age band {band}",
            _CoordinatedOfBand(band),
            _LPP,
        )
        for band in BANDS
    ),
)


def source_tax(facts: PayFacts, values: Values, taxable_net: Lane) -> Lane:
    """Return the tax at source: a rate of the person's scale, on the gross pay of the month.

    Law:
        LIFD (RS 642.11), art. 83 to 86; the scale is of the canton, and is not coded.
    """
    rate = facts.given.get("ch_source_tax_ppm", 0)
    return divide_half_up(facts.gross_pay_cents * rate, 1_000_000)


def _too_young(facts: PayFacts, values: Values) -> Lane:
    return facts.given.get("ch_age", 0) < values["working_life_from"]


def _too_old(facts: PayFacts, values: Values) -> Lane:
    return facts.given.get("ch_age", 0) >= values["reference_age"]


CHECKS = (
    FactCheck(
        code="ch_age",
        message="before the year of her 18th birthday a person owes no AVS: not covered",
        citation=Citation("LAVS art. 3, al. 2, let. a"),
        violated=_too_young,
    ),
    FactCheck(
        code="ch_age",
        message="from the year of the reference age on other rules apply (exempt pay): not covered",
        citation=Citation("LAVS art. 4, al. 2, let. b et art. 21"),
        violated=_too_old,
    ),
)
