"""Deadlines as an iCalendar file, read back by the library that reads any."""

import builtins
from pathlib import Path

import attrs
import pytest

from cae_core.calendar import to_day
from cae_core.errors import MissingExtraError
from cae_core.exchange.calendar_file import calendar_text
from cae_core.exchange.path_file import read_paths
from cae_core.explain import problem_text
from cae_core.pathway import deadlines_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "path" / "arches.toml"
ON = to_day("2026-02-15")


@pytest.fixture(scope="module")
def due():
    return deadlines_of(read_paths(EXAMPLE).people, ON, "2027-02-15")


class TestCalendar:
    def test_an_event_each(self, due):
        icalendar = pytest.importorskip("icalendar")
        read = icalendar.Calendar.from_ical(calendar_text(due, ON, title="Coopérative des Arches"))
        events = read.walk("VEVENT")
        assert [event["dtstart"].dt for event in events] == [each.on for each in due]
        assert len({str(event["uid"]) for event in events}) == len(events) == len(due)
        assert str(read["x-wr-calname"]) == "Coopérative des Arches"
        first = events[0]
        assert (
            str(first["summary"]).replace("\u00a0", " ").startswith("Claire Vasseur : encore 1 entretien(s)")
        )
        assert "R7331-3" in str(first["description"])
        assert "à vérifier" not in str(first["description"])
        assert first["dtend"].dt.toordinal() == first["dtstart"].dt.toordinal() + 1

    def test_a_text_to_be_reviewed_is_said(self, due):
        pytest.importorskip("icalendar")
        assert "à vérifier" in calendar_text([attrs.evolve(due[0], needs_review=True)], ON)

    def test_the_same_deadlines_give_the_same_file(self, due):
        pytest.importorskip("icalendar")
        text = calendar_text(due, ON)
        assert text == calendar_text(due, ON)
        assert text.startswith("BEGIN:VCALENDAR\r\n")

    def test_the_extra_is_named_where_it_is_missing(self, due, monkeypatch):
        real = builtins.__import__

        def without(name, *rest, **more):
            if name.startswith("icalendar"):
                raise ImportError(name)
            return real(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(
            MissingExtraError, match=r"icalendar is not installed: pip install 'cae-core\[calendar\]'"
        ):
            calendar_text(due, ON)
        error = MissingExtraError("icalendar", "calendar")
        assert isinstance(error, ImportError)
        assert problem_text(error) == "icalendar n'est pas installé : pip install 'cae-core[calendar]'"
