"""The dated values of the law for a reader: all of them on a day, or the history of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from cae_core.explain.words import Words
from cae_core.law import DatedValue, Legislation, Parameter

__all__ = ["LawRow", "ValueRow", "close_names", "law_rows", "law_text", "value_rows"]

#: What the families of the built-in tables are called; another family is called by its own name.
_FAMILIES = {
    "ceiling": ("Plafond de la sécurité sociale", "Social security ceiling"),
    "cover": ("Couverture complémentaire", "Complementary cover"),
    "csg": ("CSG et CRDS", "CSG and CRDS"),
    "general_reduction": ("Réduction générale", "General reduction"),
    "health_family": ("Maladie et famille", "Health and family"),
    "levies": ("Autres contributions de l'employeur", "Other employer levies"),
    "minimum_wage": ("SMIC et durée du travail", "Minimum wage and working time"),
    "old_age": ("Assurance vieillesse", "Old-age insurance"),
    "supplementary_pension": ("Retraite complémentaire", "Supplementary pension"),
    "unemployment": ("Assurance chômage", "Unemployment insurance"),
    "withholding": ("Prélèvement à la source", "Tax withheld at source"),
}


@attrs.frozen(kw_only=True)
class LawRow:
    """A parameter and its value on a day."""

    name: str
    french_name: str
    family: str
    value: str
    since: str
    needs_review: bool


@attrs.frozen(kw_only=True)
class ValueRow:
    """One dated value of a parameter, with everything behind it.

    Attributes:
        since: the first day, as an ISO date.
        value: the value, a line for each bracket of a scale.
        text: the citation.
        url, source, published_on, note: what the table says, or empty.
    """

    since: str
    value: str
    text: str
    url: str
    source: str
    published_on: str
    note: str
    needs_review: bool
    repealed: bool


def law_rows(
    legislation: Legislation,
    on: dt.date,
    lang: str = "fr",
    *,
    known_on: dt.date | None = None,
    assume_unchanged: bool = False,
) -> Iterator[LawRow]:
    """Iterate over the parameters that have a value on a day, by family.

    Args:
        legislation: the dated parameters.
        on: the day.
        lang: ``"fr"`` or ``"en"``.
        known_on: ignore what was published after this day.
        assume_unchanged: after the last day known, carry the values forward.

    Raises:
        LawNotKnownError: the day is not covered.
    """
    words = Words(lang)
    snapshot = legislation.on(on, known_on=known_on, assume_unchanged=assume_unchanged)
    for name in sorted(snapshot, key=lambda name: snapshot.parameter(name).family):
        parameter, row = snapshot.parameter(name), snapshot[name]
        yield LawRow(
            name=name,
            french_name=parameter.french_name,
            family=words(*_FAMILIES.get(parameter.family, (parameter.family, parameter.family))),
            value=_short(parameter, row, words),
            since=row.in_force_from.isoformat(),
            needs_review=row.needs_review,
        )


def value_rows(
    parameter: Parameter,
    lang: str = "fr",
    *,
    on: dt.date | None = None,
    known_on: dt.date | None = None,
    assume_unchanged: bool = False,
) -> tuple[ValueRow, ...]:
    """Return the history of a parameter, the latest value first; or the one value of a day.

    Args:
        parameter: the parameter.
        lang: ``"fr"`` or ``"en"``.
        on: only the value in force on this day.
        known_on: ignore what was published after this day.
        assume_unchanged: after the last day known, carry the last value forward.

    Raises:
        LawNotKnownError: the parameter has no value on the day asked.
    """
    words = Words(lang)
    if on is not None:
        return (
            _row(parameter, parameter.on(on, known_on=known_on, assume_unchanged=assume_unchanged), words),
        )
    known = [
        row
        for row in reversed(parameter.values)
        if known_on is None or row.published_on is None or row.published_on <= known_on
    ]
    return tuple(_row(parameter, row, words) for row in known)


def _row(parameter: Parameter, row: DatedValue, words: Words) -> ValueRow:
    return ValueRow(
        since=row.in_force_from.isoformat(),
        value=_whole(parameter, row, words),
        text=row.citation.text,
        url=row.citation.url,
        source=row.source,
        published_on="" if row.published_on is None else row.published_on.isoformat(),
        note=row.note,
        needs_review=row.needs_review,
        repealed=row.repealed,
    )


def _whole(parameter: Parameter, row: DatedValue, words: Words) -> str:
    if row.value is None:
        return words("abrogé", "repealed")
    return parameter.measure.format(row.value, words.lang).replace("; ", "\n")


def _short(parameter: Parameter, row: DatedValue, words: Words) -> str:
    if isinstance(row.value, tuple):
        return words(f"{len(row.value)} tranches", f"{len(row.value)} brackets")
    return _whole(parameter, row, words)


def law_text(
    parameter: Parameter, lang: str = "fr", *, on: dt.date | None = None, known_on: dt.date | None = None
) -> str:
    """Return the dated values of a parameter as text: day, value, text, source, remarks."""
    words = Words(lang)
    lines = [f"{parameter.name} – {parameter.french_name}"]
    for row in value_rows(parameter, lang, on=on, known_on=known_on):
        lines.append(f"{row.since}  {row.value}".replace("\n", f"\n{' ' * 12}"))
        details = [row.text, row.url, f"source{words.colon}{row.source}"]
        if row.published_on:
            details.append(words(f"publié le {row.published_on}", f"published on {row.published_on}"))
        if row.note:
            details.append(f"note{words.colon}{row.note}")
        if row.needs_review:
            details.append(words("à vérifier", "to review"))
        lines += [f"{' ' * 12}{detail}" for detail in details if detail]
    known = parameter.known_until.isoformat()
    lines.append(words(f"Connu jusqu'au {known}.", f"Known until {known}."))
    return "\n".join(lines) + "\n"


def close_names(legislation: Legislation, name: str) -> tuple[str, ...]:
    """Return the parameters a reader may have meant: by spelling, then by a word of their French name."""
    from difflib import get_close_matches

    wanted = name.casefold().replace("-", "_").replace(" ", "_")
    found = dict.fromkeys(get_close_matches(wanted, legislation.parameters, n=3))
    for known, parameter in legislation.parameters.items():
        if wanted in known or name.casefold() in parameter.french_name.casefold():
            found[known] = None
    return tuple(found)
