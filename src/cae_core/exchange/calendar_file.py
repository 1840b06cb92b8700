"""What falls due as an iCalendar file, for any diary. The only importer of icalendar (extra ``calendar``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cae_core.errors import MissingExtraError
from cae_core.explain.words import Words
from cae_core.pathway import Deadline

__all__ = ["calendar_text"]


def calendar_text(deadlines: Iterable[Deadline], on: dt.date, *, title: str = "", lang: str = "fr") -> str:
    """Return what falls due as the text of an iCalendar file (RFC 5545), a whole-day event each.

    The same deadlines give the same text: an event keeps its identifier when it is imported again.

    Args:
        deadlines: what falls due.
        on: today, which stamps the events; there is no clock.
        title: the name of the calendar.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        MissingExtraError: icalendar is not installed.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise MissingExtraError("icalendar", "calendar") from None

    words = Words(lang)
    calendar = Calendar()
    calendar.add("prodid", "-//cae_core//cae path//FR")
    calendar.add("version", "2.0")
    if title:
        calendar.add("x-wr-calname", title)
    stamp = dt.datetime.combine(on, dt.time(), dt.UTC)
    for each in deadlines:
        notes = [*(citation.text for citation in each.citations)]
        if each.needs_review:
            notes.append(
                words("à vérifier : texte non relu ou non tranché", "to review: text not read or not settled")
            )
        if each.assumed:
            notes.append(words("droit reconduit sans changement", "law carried forward unchanged"))
        event = Event()
        event.add("uid", f"{each.person}-{each.code}-{each.on.isoformat()}@cae-core")
        event.add("dtstamp", stamp)
        event.add("dtstart", each.on)
        event.add("dtend", each.on + dt.timedelta(days=1))
        event.add("summary", f"{each.name}{words.colon}{each.text(lang)}")
        event.add("description", "\n".join(notes))
        event.add("categories", [words("alerte", "alert") if each.alert else words("échéance", "deadline")])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))
