"""What many paths say, for a reader: bands of each figure, the chance of each thing one fears or hopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from cae_core.explain.words import Words
from cae_core.money import Rate, divide_half_up, format_decimal
from cae_core.protection import Finding
from cae_core.simulation import MEASURES, Band, Chance, Projection, Simulation, band, chance, right_band

__all__ = [
    "BandRow",
    "ChanceRow",
    "band_rows",
    "chance_rows",
    "level_title",
    "measure_titles",
    "model_lines",
    "path_columns",
    "path_remarks",
    "right_rows",
]

#: What a right counts, by ``code.figure``: unit in French and English; money is cents.
_FIGURES = {
    "retirement_quarters.quarters": ("trimestres", "quarters"),
    "unemployment_benefit.daily_allowance": ("€ par jour", "€ a day"),
}


@attrs.frozen(kw_only=True)
class BandRow:
    """A line of a table of bands.

    Attributes:
        title: the figure.
        mean: its mean over the paths, written.
        amounts: the amount of each level, written.
    """

    title: str
    mean: str
    amounts: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ChanceRow:
    """A line of the table of chances: the share of the paths, and how far it may be off for want of paths."""

    title: str
    share: str
    error: str


def measure_titles(lang: str = "fr") -> dict[str, str]:
    """Return the titles of the figures of a simulation, by name."""
    words = Words(lang)
    return {
        "turnover": words("Chiffre d'affaires", "Turnover"),
        "cashed": words("Encaissé", "Cashed"),
        "expenses": words("Charges directes", "Direct expenses"),
        "written_off": words("Impayés", "Written off"),
        "fee": words("Contribution coopérative", "Cooperative fee"),
        "gross_pay": words("Salaire brut", "Gross pay"),
        "employer_cost": words("Coût total", "Total cost"),
        "net_before_tax": words("Net avant impôt", "Net before tax"),
        "net_paid": words("Net payé", "Net paid"),
        "treasury": words("Trésorerie à la fin", "Treasury at the end"),
        "result": words("Résultat reporté à la fin", "Result carried at the end"),
    }


def level_title(level: Rate, lang: str = "fr") -> str:
    """Return the title of a column: the share of the paths that are at or under its amounts."""
    words = Words(lang)
    if level == Rate.percent("50"):
        return words("Médiane", "Median")
    share = str(level).removesuffix(".00%").removesuffix("%")
    return f"{share}\u00a0%" if lang == "fr" else f"{share}%"


def band_rows(simulation: Simulation, year: int, lang: str = "fr") -> tuple[BandRow, ...]:
    """Return the bands of a calendar year, a line for each figure that is not always zero."""
    words, titles = Words(lang), measure_titles(lang)
    rank, rows = simulation.years.index(year), []
    for measure in MEASURES:
        found = band(simulation, measure, yearly=True)
        if any(found.amounts[rank]) or found.means[rank]:
            rows.append(_row(titles[measure], found, rank, words.amount))
    return tuple(rows)


def right_rows(simulation: Simulation, lang: str = "fr") -> tuple[BandRow, ...]:
    """Return the bands of the figures of rights that were watched, a line for each day."""
    words, rows = Words(lang), []

    def whole(value: int) -> str:
        return format_decimal(value, 0, lang)

    for name, (french, english) in _FIGURES.items():
        if name not in simulation.rights:
            continue
        found = right_band(simulation, name)
        money = name.endswith("allowance")
        for rank, day in enumerate(simulation.right(name).days):
            title = f"{_right(name, words)}, {words.day(day)} ({words(french, english)})"
            rows.append(
                _row(
                    title,
                    found,
                    rank,
                    words.amount if money else lambda value: format_decimal(value, 0, lang),
                )
            )
    return tuple(rows)


def _row(title: str, found: Band, rank: int, write: Callable[[int], str]) -> BandRow:
    return BandRow(
        title=title,
        mean=write(found.means[rank]),
        amounts=tuple(write(amount) for amount in found.amounts[rank]),
    )


def chance_rows(simulation: Simulation, lang: str = "fr") -> tuple[ChanceRow, ...]:
    """Return the chance of each thing that a person asks about."""
    words = Words(lang)
    return tuple(_chances(simulation, words))


def _chances(simulation: Simulation, words: Words) -> Iterator[ChanceRow]:
    def row(french: str, english: str, found: Chance) -> ChanceRow:
        return ChanceRow(
            title=words(french, english),
            share=words.percent(found.rate.ppm),
            error=f"±\u00a0{words.percent(divide_half_up(found.error_ppm, 100) * 100)}",
        )

    yield row(
        "La trésorerie ne passe jamais sous zéro",
        "The treasury never falls under zero",
        chance((simulation["treasury"] >= 0).all(axis=0)),
    )
    paid = simulation["net_before_tax"] > 0
    yield row("Une paie chaque mois", "Pay every month", chance(paid[_working(simulation)].all(axis=0)))
    for name, right in simulation.rights.items():
        title = _right(name, words)
        if name == "retirement_quarters.quarters":
            for day, values in zip(right.days, right.values, strict=True):
                yield row(
                    f"{title} : quatre en {day.year}", f"{title}: four in {day.year}", chance(values >= 4)
                )
        elif name.endswith(".granted"):
            last = right.days[-1]
            at_end = chance(right.values[-1] != 0)
            yield row(f"{title} : droit le {words.day(last)}", f"{title}: due on {words.day(last)}", at_end)
            if len(right.days) > 1:
                always = chance((right.values != 0).all(axis=0))
                since = words.day(right.days[0])
                yield row(
                    f"{title} : droit sans interruption depuis le {since}",
                    f"{title}: due without a break since {since}",
                    always,
                )


def _working(simulation: Simulation) -> list[int]:
    months = simulation.months
    return [rank for rank, month in enumerate(months) if simulation.scenario.works_in(month)]


def _right(name: str, words: Words) -> str:
    titles = {
        "retirement_quarters": words("Trimestres de retraite", "Retirement quarters"),
        "sickness_daily_benefit": words("Indemnités maladie", "Sickness benefit"),
        "unemployment_benefit": words("Allocation chômage", "Unemployment benefit"),
    }
    code = name.partition(".")[0]
    return titles.get(code, code)


def model_lines(simulation: Simulation, lang: str = "fr") -> tuple[str, ...]:
    """Return what was drawn and what was assumed, a sentence each."""
    words, scenario = Words(lang), simulation.scenario
    drawn = dict.fromkeys(words(each.french_name, each.english_name) for each in scenario.drawn)
    lines = [
        words(f"Tiré au sort : {', '.join(drawn)}.", f"Drawn: {', '.join(drawn)}.")
        if drawn
        else words("Rien n'est tiré au sort.", "Nothing is drawn.")
    ]
    lines.append(
        words(
            "Une colonne donne le montant que cette part des trajectoires ne dépasse pas ; neuf sur dix sont "
            "entre la première et la dernière.",
            "A column gives the amount that this share of the paths does not pass; nine of ten lie between "
            "the first and the last.",
        )
    )
    if scenario.assume_unchanged:
        lines.append(
            words(
                "Hypothèse : après le dernier jour connu, le droit est reconduit sans changement.",
                "Assumption: beyond the last day known, the law is carried forward unchanged.",
            )
        )
    return tuple(lines)


def path_columns(
    projection: Projection, lang: str = "fr"
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return one path month by month: the titles of its figures, and a line a month with the month first."""
    words, titles = Words(lang), measure_titles(lang)
    kept = [measure for measure in MEASURES if any(each.cents(measure) for each in projection)]
    rows = tuple(
        (str(each.month), *(words.amount(each.cents(measure)) for measure in kept)) for each in projection
    )
    return tuple(titles[measure] for measure in kept), rows


def path_remarks(projection: Projection, lang: str = "fr") -> tuple[str, ...]:
    """Return what happens on one path: what its pay makes one say, rights gained and lost, deadlines."""
    words, lines = Words(lang), []
    known: dict[str, bool | None] = {}
    for each in projection:
        said = [remark.text(lang) for remark in each.remarks]
        for finding in each.findings:
            if known.get(finding.code) != finding.granted:
                known[finding.code] = finding.granted
                said.append(_turn(finding, words))
        said += [
            f"{words.day(due.on)}{words.colon}{words(due.french, due.english)}" for due in each.deadlines
        ]
        lines += [f"{words.title(words.month(each.month))}{words.colon}{line}" for line in said]
    return tuple(lines)


def _turn(finding: Finding, words: Words) -> str:
    """Say that a right begins or ends, and what is missing."""
    name = finding.entitlement.name(words.lang)
    if finding.granted:
        return words(f"{name} : droit ouvert", f"{name}: due")
    why = words.then.join(reason.text(words.lang) for reason in finding.objections)
    return words(f"{name} : pas de droit", f"{name}: not due") + (f" ({why})" if why else "")
