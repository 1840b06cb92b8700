"""What an explanation is made of: sections of steps, each a small sum that a clerk can redo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

import attrs

from cae_core.explain.words import Words
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.payroll.month_law import MonthLaw

__all__ = [
    "Explanation",
    "Section",
    "Step",
    "cited",
    "dated_text",
    "parameter_step",
    "parameter_steps",
    "rounded_product",
]


@attrs.frozen
class Step:
    """One step: what it gives, how, and the texts behind it.

    Attributes:
        label: what the step is about.
        text: the sum with its figures, such as ``2 000,00 × 6,90 % = 138,00``.
        sources: texts, sources and remarks, a line each.
    """

    label: str
    text: str = ""
    sources: tuple[str, ...] = ()


def _steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(steps)


@attrs.frozen
class Section:
    """Steps under one title."""

    title: str
    steps: tuple[Step, ...] = attrs.field(converter=_steps)


def _sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(sections)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@attrs.frozen(kw_only=True)
class Explanation:
    """An amount of a payslip, step by step.

    Attributes:
        name: the code or the name explained.
        title: what people call it, with the month.
        result: the amount, or the amounts of both shares.
        sections: the steps.
        notes: assumptions and remarks.
    """

    name: str
    title: str
    result: str
    sections: tuple[Section, ...] = attrs.field(converter=_sections)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    words: Words = attrs.field(factory=Words, repr=False)

    def lines(self, width: int = 100) -> Iterator[tuple[str, str]]:
        """Iterate over the lines, each with its kind: title, result, section, step, source or note."""
        yield from (("title", line) for line in wrap(self.title, width))
        yield from (("result", line) for line in wrap(self.result, width))
        for section in self.sections:
            yield "", ""
            yield from (("section", line) for line in wrap(section.title, width))
            for step in section.steps:
                line = f"{step.label}{self.words.colon}{step.text}" if step.text else step.label
                yield from (("step", part) for part in _wrapped(self.words.title(line), width, 2))
                for source in step.sources:
                    yield from (("source", part) for part in _wrapped(source, width, 6))
        if self.notes:
            yield "", ""
            for note in self.notes:
                lines = wrap(note, width, initial_indent="– ", subsequent_indent="  ")
                yield from (("note", line) for line in lines)

    def text(self, width: int = 100) -> str:
        """Return the explanation as text."""
        return "\n".join(line for _, line in self.lines(width)) + "\n"


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    # A web address is never cut: it could no longer be followed.
    yield from wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def cited(words: Words, citations: Iterable[Citation]) -> Step | None:
    """Return the step that lists texts, or None where there is none."""
    listed = tuple(
        f"{citation.text}{f' – {citation.url}' if citation.url else ''}"
        for citation in dict.fromkeys(citations)
    )
    return Step(words("Textes", "Texts"), sources=listed) if listed else None


def dated_text(words: Words, parameter: Parameter, row: DatedValue) -> tuple[str, ...]:
    """Return what stands behind a dated value: its day and text, its source, its remarks."""
    since = words(
        f"depuis le {words.day(row.in_force_from)}, {row.citation.text}",
        f"since {words.day(row.in_force_from)}, {row.citation.text}",
    )
    lines = [since, f"source{words.colon}{row.source}"]
    if row.citation.url:
        lines.insert(1, row.citation.url)
    if row.published_on is not None:
        lines.append(
            words(f"publié le {words.day(row.published_on)}", f"published on {words.day(row.published_on)}")
        )
    if row.note:
        lines.append(f"note{words.colon}{row.note}")
    if row.needs_review:
        lines.append(
            words("à vérifier : le texte n'a pas été relu", "to review: the text has not been read yet")
        )
    return tuple(lines)


def rounded_product(words: Words, base_cents: int, ppm: int, cents: int) -> str:
    """Return a multiplication with its exact product, then the amount in cents where it was rounded."""
    exact = words.product(base_cents, ppm)
    text = f"{words.amount(base_cents)} × {words.percent(ppm)} = {exact}"
    if exact == words.amount(cents):
        return text
    rounded = words("arrondi au centime le plus proche", "rounded to the nearest cent")
    return f"{text} → {words.amount(cents)}, {rounded}"


def parameter_step(words: Words, law: MonthLaw, name: str) -> Step:
    """Return the step that gives a value of the law, with its day, its text and its source."""
    parameter, row = law.snapshot.parameter(name), law.snapshot[name]
    assert row.value is not None  # a snapshot holds no repealed row
    label = parameter.french_name if words.lang == "fr" else f"{name} ({parameter.french_name})"
    if isinstance(row.value, tuple):
        text = words(f"{len(row.value)} tranches", f"{len(row.value)} brackets")
    else:
        text = parameter.measure.format(row.value, words.lang)
    return Step(label, text, dated_text(words, parameter, row))


def parameter_steps(words: Words, law: MonthLaw, names: Sequence[str]) -> list[Step]:
    """Return a step for each value of the law, each once."""
    return [parameter_step(words, law, name) for name in dict.fromkeys(names)]
