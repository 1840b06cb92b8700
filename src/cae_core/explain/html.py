"""HTML for people: escaping, tables and their style, for pages and for what notebooks show.

Colours are mixed from the one of the text around, so that a table reads on a light and on a dark ground. What
is written is well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as escape_markup

__all__ = ["STYLE", "Cell", "escape", "fragment", "notes", "page", "row", "section", "table"]

#: A text already escaped, and whether it is a figure.
Cell = tuple[str, bool]

#: The style of everything: tables, notes, marks.
STYLE = """
.cae { --soft: color-mix(in srgb, currentColor 68%, transparent);
  --line: color-mix(in srgb, currentColor 20%, transparent);
  --tint: color-mix(in srgb, currentColor 6%, transparent);
  --mark: color-mix(in srgb, currentColor 25%, #ea580c);
  --good: color-mix(in srgb, currentColor 25%, #16a34a);
  font: 14px/1.45 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; overflow-x: auto; }
.cae h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
.cae h2 { font-size: 1.15em; margin: 1.6em 0 .5em; }
.cae p.lead { margin: 0 0 1.2em; color: var(--soft); }
.cae table.rows { border-collapse: collapse; width: auto; margin: 0 0 .8em; table-layout: auto; border: 0;
  font-size: inherit; font-variant-numeric: tabular-nums; }
.cae table.rows caption { caption-side: top; text-align: left; font-weight: 600; font-size: 1.1em;
  padding: 0 0 .4em; color: inherit; }
.cae table.rows tr { background: none; }
.cae table.rows th, .cae table.rows td { padding: .25em .65em; text-align: left; vertical-align: top;
  border: 0; border-bottom: 1px solid var(--line); max-width: 46em; white-space: normal; }
.cae table.rows thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); }
.cae table.rows .figure { text-align: right; white-space: nowrap; }
.cae table.rows thead th.figure, .cae table.wrapped td.figure { white-space: normal; }
.cae table.rows tfoot td, .cae table.rows tr.sum td { font-weight: 600; border-top: 2px solid var(--line); }
.cae table.rows tr.head td { font-weight: 600; }
.cae table.rows tr.under-head td:first-child { padding-left: 1.6em; }
.cae table.rows tr.detail td { color: var(--soft); }
.cae table.rows tr.detail td:first-child { padding-left: 2.6em; }
.cae table.rows tr.net td { font-weight: 700; background: var(--tint); }
.cae table.rows tr.late td, .cae .look { color: var(--mark); }
.cae .yes { color: var(--good); }
.cae table.rows tr.quiet td { color: var(--soft); }
.cae ul { margin: 0 0 .8em; padding-left: 1.3em; }
.cae ul.notes, .cae details { color: var(--soft); font-size: .9em; }
.cae summary { cursor: pointer; }
""".strip()

#: What a page of its own has besides.
_PAGE_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body.cae { margin: 2.5rem auto; max-width: 84rem; padding: 0 1.5rem; color: CanvasText; background: Canvas;
  font-size: 15px; overflow-x: visible; }
.cae table.rows { width: 100%; }
.cae table.narrow { width: auto; min-width: 34rem; }
.cae table.rows thead th { position: sticky; top: 0; background: Canvas; }
.cae table.rows tr.noted td { border-bottom: 0; padding-bottom: 0; }
.cae tr.under ul { margin: 0; padding-left: 1.1rem; color: var(--soft); font-size: .86rem; }
@media print { body.cae { margin: 0; max-width: none; font-size: 11px; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } .cae table.rows thead th { position: static; } }
""".strip()


def escape(text: str) -> str:
    """Return a text that cannot be taken for markup; it never stands in an attribute."""
    return escape_markup(text, quote=False)


def row(cells: Iterable[Cell], tag: str = "td", style: str = "") -> str:
    """Return a row of a table; its cells are escaped already."""
    scope = ' scope="col"' if tag == "th" else ""
    inside = "".join(
        f'<{tag}{scope} class="figure">{text}</{tag}>' if figure else f"<{tag}{scope}>{text}</{tag}>"
        for text, figure in cells
    )
    return f'<tr class="{style}">{inside}</tr>' if style else f"<tr>{inside}</tr>"


def table(
    head: Sequence[Cell], body: Iterable[str], foot: str = "", style: str = "", caption: str = ""
) -> str:
    """Return a table from its rows; the caption is escaped here."""
    opening = f'<table class="rows {style}">' if style else '<table class="rows">'
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = f"<thead>{row(head, 'th')}</thead>" if head else ""
    end = f"<tfoot>{foot}</tfoot>" if foot else ""
    return f"{opening}{title}{top}<tbody>{''.join(body)}</tbody>{end}</table>"


def notes(texts: Iterable[str], style: str = "notes") -> str:
    """Return sentences as a list, escaped here; nothing where there is none."""
    lines = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="{style}">{lines}</ul>' if lines else ""


def section(title: str, content: str) -> str:
    """Return a part of a page under its title."""
    return f"<section>\n<h2>{escape(title)}</h2>\n{content}\n</section>"


def fragment(content: str, lang: str) -> str:
    """Return what stands in a page of somebody else's, with its style."""
    return f'<div class="cae" lang="{lang}"><style>\n{STYLE}\n</style>{content}</div>'


def page(title: str, lead: str, sections: Iterable[str], lang: str) -> str:
    """Return a page that holds its style, calls nothing from elsewhere, and prints."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n{_PAGE_STYLE}\n</style>\n</head>\n"
        f'<body class="cae">\n<h1>{escape(title)}</h1>\n<p class="lead">{escape(lead)}</p>\n'
        + "\n".join(sections)
        + "\n</body>\n</html>\n"
    )
