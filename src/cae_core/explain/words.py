"""Numbers, days and sentences in the reader's language: French by default, or English."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.law import Parameter
from cae_core.money import Rate, divide_half_up, format_decimal, format_euros

__all__ = ["LANGUAGES", "Words"]

LANGUAGES = ("fr", "en")

_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

#: What the tables assume, said in French. The tables hold the English sentence, which is the key.
_ASSUMPTIONS = {
    "The cover is collective and mandatory, and within the limits of CGI art. 83.": (
        "La couverture est collective et obligatoire, dans les limites de l'article 83 du CGI."
    ),
    "The employer pays the minimum of the agreement; a better cover is the provident line.": (
        "L'employeur verse le minimum de l'accord ; une meilleure couverture est la ligne de prévoyance."
    ),
    "It follows the yearly cumul of pay and ceilings; no text on its regularisation was found.": (
        "Elle suit le cumul annuel des rémunérations et des plafonds ; aucun texte sur sa régularisation "
        "n'a été trouvé."
    ),
    "No bonus-malus nor surcharge on short contracts: a CAE is rarely concerned.": (
        "Ni bonus-malus ni majoration des contrats courts : une CAE est rarement concernée."
    ),
    "The rate given is that of the place of work, regional part included.": (
        "Le taux donné est celui du lieu de travail, part régionale comprise."
    ),
    "The cooperative owes it: it has a commercial form and more than six minimum wages of payroll.": (
        "La coopérative la doit : elle a une forme commerciale et plus de six SMIC de masse salariale."
    ),
    "Owed once a year with the declaration of April; provisioned here month by month.": (
        "Dû une fois par an avec la déclaration d'avril ; provisionné ici mois par mois."
    ),
    (
        "Owed once a year, mostly to the OPCO, on the pay of 2020 and of 2021; "
        "provisioned here month by month."
    ): (
        "Due une fois par an, surtout à l'OPCO, sur les rémunérations de 2020 et de 2021 ; provisionnée ici "
        "mois par mois."
    ),
    "Owed to Action Logement on the pay of the year before; provisioned here on the pay of the month.": (
        "Due à Action Logement sur les rémunérations de l'année précédente ; provisionnée sur celle du mois."
    ),
    (
        "The contributions in scope are owed at their ordinary rates: "
        "a lower real sum would lower the maximum."
    ): (
        "Les cotisations du périmètre sont dues à leur taux ordinaire : une somme réelle plus faible "
        "abaisserait le coefficient maximal."
    ),
    "A month that is not wholly paid counts its days, unless the pay due without the absence is given.": (
        "Un mois incomplet compte ses jours, sauf si la rémunération due sans l'absence est donnée."
    ),
    (
        "Two coefficients are rounded and applied apart in 2019: that of T on the pay of the whole year, "
        "that of its increase on the pay since October, both with the pay and wage of the whole year."
    ): (
        "En 2019 deux coefficients sont arrondis et appliqués à part : celui de T sur la rémunération de "
        "toute l'année, celui de sa majoration sur la rémunération versée depuis octobre, tous deux avec la "
        "rémunération et le SMIC de toute l'année."
    ),
}


@attrs.frozen
class Words:
    """Writes for a reader of one language.

    Attributes:
        lang: ``"fr"`` or ``"en"``.
    """

    lang: str = attrs.field(default="fr")

    @lang.validator
    def _known(self, attribute: object, value: str) -> None:
        if value not in LANGUAGES:
            raise InputError("lang", f"expected one of {', '.join(LANGUAGES)}, got {value!r}")

    def __call__(self, french: str, english: str) -> str:
        """Return the sentence of the reader's language."""
        return french if self.lang == "fr" else english

    @property
    def colon(self) -> str:
        """What separates a label from its figure."""
        return self("\u00a0: ", ": ")

    @property
    def then(self) -> str:
        """What separates two sums of one step."""
        return self("\u00a0; ", "; ")

    @staticmethod
    def title(label: str) -> str:
        """A label with a capital; acronyms and identifiers stay as they are."""
        return label if "_" in label else label[:1].upper() + label[1:]

    def amount(self, cents: int) -> str:
        """An amount for a column: ``1 234,56``."""
        return format_decimal(cents, 2, self.lang)

    def euros(self, cents: int) -> str:
        """An amount in a sentence: ``1 234,56 €``."""
        return format_euros(cents, self.lang)

    def percent(self, ppm: int) -> str:
        """A rate: ``6,90 %``."""
        return Rate(ppm).format(self.lang)

    def number(self, value: Fraction | int, decimals: int) -> str:
        """An exact number rounded half up to some decimals, for people alone."""
        value = Fraction(value) * 10**decimals
        return format_decimal(divide_half_up(value.numerator, value.denominator), decimals, self.lang)

    def product(self, base_cents: int, ppm: int) -> str:
        """The exact product of an amount and a rate, before any rounding: ``276,345``."""
        number, decimals = base_cents * ppm, 8
        while decimals > 2 and number % 10 == 0:
            number, decimals = number // 10, decimals - 1
        return format_decimal(number, decimals, self.lang)

    def month(self, month: Month) -> str:
        """A month: ``mars 2026``."""
        return f"{_MONTHS[self.lang][month.number - 1]} {month.year}"

    def day(self, day: dt.date) -> str:
        """A day: ``1er mars 2026``."""
        rank = "1er" if self.lang == "fr" and day.day == 1 else str(day.day)
        return f"{rank} {_MONTHS[self.lang][day.month - 1]} {day.year}"

    def parameter(self, parameter: Parameter) -> str:
        """What a parameter is called; English has its identifier alone, beside the French term."""
        return self(parameter.french_name, f"{parameter.name} ({parameter.french_name})")

    def assumption(self, sentence: str) -> str:
        """An assumption of the tables; one of a plugin that has no French stays as it was written."""
        return self(_ASSUMPTIONS.get(sentence, sentence), sentence)
