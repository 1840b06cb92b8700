"""The parameters of exits: each has its text, is used, and holds what the texts say."""

from importlib.resources import files

import pytest
from exit_samples import LAW, day

from cae_core import Month
from cae_core.france.exits import Absence, AgreedNotice, EndingKind, ExitFacts, PayMonth, ending
from cae_core.law import Legislation, load_parameters

TABLES = files("cae_core.france") / "tables" / "rights"
FAMILIES = ("severance", "notice", "mutual", "retirement_leave", "ending_levies")
PARAMETERS = load_parameters([TABLES / f"{family}.toml" for family in FAMILIES])
ROWS = [(name, row) for name, parameter in PARAMETERS.items() for row in parameter.values]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row.in_force_from}" for name, row in ROWS])
class TestEveryRow:
    """A number never travels without its day and its text."""

    def test_has_a_text_and_a_source(self, name, row):
        assert len(row.citation.text) > 8
        assert len(row.source) > 8

    def test_says_why_where_it_is_to_be_reviewed(self, name, row):
        assert row.note or not row.needs_review


def test_nothing_is_left_to_be_reviewed():
    assert not [(name, row.in_force_from) for name, row in ROWS if row.needs_review]


def test_every_family_is_known_to_the_same_day():
    assert {parameter.known_until for parameter in PARAMETERS.values()} == {day("2026-07-31")}


def test_each_parameter_is_read_by_some_ending():
    """A number that nobody reads is a number that nobody checks."""
    read: set[str] = set()

    class Watched(Legislation):
        def parameter(self, name):
            read.add(name)
            return super().parameter(name)

    law = Watched(parameters=LAW.parameters, known_from=LAW.known_from, known_until=LAW.known_until)
    pay = [PayMonth(month=Month(2024, 9) + rank, gross_cents=100_000) for rank in range(12)]
    for kind in EndingKind:
        for starts in ("2005-01-01", "2025-06-15", "2025-08-01", "2025-09-18"):
            facts = ExitFacts(
                starts_on=starts,
                pay=pay,
                disabled=True,
                agreed_notice=AgreedNotice(days=10),
                absences=[Absence(kind="parental_leave", months=0)],
            )
            ending(law, kind, facts, day("2025-09-20"))
    assert set(PARAMETERS) <= read
