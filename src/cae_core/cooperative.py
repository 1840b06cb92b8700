"""Who takes part: the cooperative, the entrepreneur and the activity.

Facts only. What the law makes of them (thresholds of the headcount, smallest employer share of the
health cover) is asked where the law is known, in the payroll.
"""

from __future__ import annotations

from typing import Any

import attrs

from cae_core.errors import InputError
from cae_core.money import Rate

__all__ = ["Activity", "Cooperative", "Entrepreneur"]


def _refuse(instance: object, attribute: attrs.Attribute[Any], wanted: str, value: object) -> None:
    raise InputError(f"{type(instance).__name__}.{attribute.name}", f"expected {wanted}, got {value!r}")


def _text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        _refuse(instance, attribute, "a text that is not empty", value)


def _cents(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    # ``bool`` is an ``int`` for Python, never an amount for a clerk.
    if type(value) is not int or value < 0:
        _refuse(instance, attribute, "a whole number of cents, zero or more", value)


def _rate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, Rate):
        _refuse(instance, attribute, "a Rate such as Rate.percent('2.20')", value)


def _at_least_one(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if type(value) is not int or value < 1:
        _refuse(instance, attribute, "a whole number of people, at least 1", value)


@attrs.frozen(kw_only=True)
class Activity:
    """One economic activity carried in the cooperative (activité autonome).

    Attributes:
        code: short and stable; the entries of an account name the activity by it.
        name: the name people read.
        kind: free word of the cooperative, such as ``"services"``, ``"training"`` or ``"sales"``: some
            cooperatives have one fee scale per kind.

    Law:
        Code du travail, art. R7331-5.
    """

    code: str = attrs.field(validator=_text)
    name: str = attrs.field(validator=_text)
    kind: str = attrs.field(default="services", validator=_text)


@attrs.frozen(kw_only=True)
class Entrepreneur:
    """A natural person who runs an activity in the cooperative (entrepreneur, entrepreneure).

    The same person first holds a CAPE, then a CESA, then becomes an associate: those are stages of her
    path, not kinds of person.

    Attributes:
        code: short and stable, the key of the person in the cooperative's own books.
        name: the name people read.

    Law:
        Code du travail, art. L7331-2.
    """

    code: str = attrs.field(validator=_text)
    name: str = attrs.field(validator=_text)


@attrs.frozen(kw_only=True)
class Cooperative:
    """The employer (coopérative d'activité et d'emploi, CAE), with the figures that are its own.

    Attributes:
        name: the name people read.
        headcount: effectif, in the meaning of social security, at least 1.
        workplace_accident_rate: rate notified by the fund (taux accidents du travail, maladies
            professionnelles).
        mobility_rate: versement mobilité of the place of work.
        health_cover_employee_cents: monthly employee share of the health cover (mutuelle).
        health_cover_employer_cents: monthly employer share of it.
        provident_employee_rate: employee share of the provident scheme (prévoyance).
        provident_employer_rate: employer share of it, beside the mandatory death cover of executives.
        apprentice_ratio: share of apprentices and the like in the headcount.

    Law:
        Loi n° 47-1775 du 10 septembre 1947, art. 26-41.
    """

    name: str = attrs.field(validator=_text)
    headcount: int = attrs.field(validator=_at_least_one)
    workplace_accident_rate: Rate = attrs.field(validator=_rate)
    mobility_rate: Rate = attrs.field(default=Rate(0), validator=_rate)
    health_cover_employee_cents: int = attrs.field(default=0, validator=_cents)
    health_cover_employer_cents: int = attrs.field(default=0, validator=_cents)
    provident_employee_rate: Rate = attrs.field(default=Rate(0), validator=_rate)
    provident_employer_rate: Rate = attrs.field(default=Rate(0), validator=_rate)
    apprentice_ratio: Rate = attrs.field(default=Rate(0), validator=_rate)
