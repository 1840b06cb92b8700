"""The words of the facts: where the work is done, and in which sector. Facts are numbers: so are they."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

__all__ = ["Place", "Scale", "Sector"]


class _Word(IntEnum):
    """A number with a name in either language."""

    french_name: str
    english_name: str

    def __new__(cls, number: int, french_name: str = "", english_name: str = "") -> Self:
        """Keep the names beside the number."""
        word = int.__new__(cls, number)
        word._value_ = number
        word.french_name, word.english_name = french_name, english_name
        return word

    def name_in(self, lang: str = "fr") -> str:
        """Return the name in a language."""
        return self.french_name if lang == "fr" else self.english_name


class Place(_Word):
    """Where the work is done, by its official code (Insee)."""

    GUADELOUPE = 971, "Guadeloupe", "Guadeloupe"
    MARTINIQUE = 972, "Martinique", "Martinique"
    GUIANA = 973, "Guyane", "French Guiana"
    REUNION = 974, "La Réunion", "Réunion"
    #: Refused: it has other contributions, another minimum wage and a LODEOM of its own.
    MAYOTTE = 976, "Mayotte", "Mayotte"
    SAINT_BARTHELEMY = 977, "Saint-Barthélemy", "Saint-Barthélemy"
    SAINT_MARTIN = 978, "Saint-Martin", "Saint-Martin"


class Sector(_Word):
    """The sector of the activity a person works in, as CSS art. L752-3-2 and L752-3-3 name them.

    Where an enterprise has several activities, the Urssaf looks at that of each employee, which is what a
    cooperative of activities wants.
    """

    OTHER = 0, "autre secteur", "another sector"
    CONSTRUCTION = 1, "bâtiment et travaux publics", "building and public works"
    TRANSPORT = 2, "desserte aérienne, maritime ou fluviale", "air, sea or river links"
    PRESS = 3, "presse", "press"
    AUDIOVISUAL = 4, "production audiovisuelle", "audiovisual production"
    INDUSTRY = 5, "industrie", "industry"
    RESTAURANTS = 6, "restauration", "restaurants"
    HOTELS = 7, "hôtellerie", "hotels"
    FISHING = 8, "pêche, cultures marines, aquaculture", "fishing, sea farming, aquaculture"
    AGRICULTURE = 9, "agriculture", "agriculture"
    BOATING = 10, "nautisme", "boating"
    TOURISM = 11, "tourisme et loisirs qui s'y rapportent", "tourism and its leisure activities"
    ENVIRONMENT = 12, "environnement", "environment"
    AGRONUTRITION = 13, "agronutrition", "agronutrition"
    RENEWABLE_ENERGY = 14, "énergies renouvelables", "renewable energy"
    DIGITAL = 15, "technologies de l'information, centres d'appel", "information technology, call centres"
    RESEARCH = 16, "recherche et développement", "research and development"
    INWARD_PROCESSING = 17, "régime de perfectionnement actif", "inward processing"
    #: Guiana alone.
    BUSINESS_SERVICES = 18, "comptabilité, conseil, ingénierie", "accounting, advice, engineering"
    #: Guiana alone: another sector of CGI art. 199 undecies B.
    TAX_AIDED = (
        19,
        "autre secteur de l'art. 199 undecies B du CGI",
        "another sector of CGI art. 199 undecies B",
    )


class Scale(_Word):
    """The scale of the exemption, none included."""

    NONE = 0, "aucun barème", "no scale"
    COMPETITIVENESS = 1, "barème de compétitivité", "competitiveness scale"
    REINFORCED = 2, "barème de compétitivité renforcée", "reinforced competitiveness scale"
    INNOVATION = 3, "barème d'innovation et croissance", "innovation and growth scale"
    ISLANDS_SMALL = 4, "barème des moins de 11 salariés", "scale of fewer than 11 employees"
    ISLANDS_SECTOR = 5, "barème sectoriel", "sector scale"
    ISLANDS_REINFORCED = 6, "barème renforcé", "reinforced scale"
