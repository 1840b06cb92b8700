"""The tables of the path and of the CAPE hold the numbers of the texts, from the day of the text on.

Expected values were written by hand from the texts named beside them.
"""

import datetime as dt
from pathlib import Path

import pytest

import cae_core
from cae_core import AmountTypeError, LawNotKnownError, UnknownNameError
from cae_core.france.law_on import LawOn
from cae_core.france.rights import rights_law, rights_parameters
from cae_core.law import Legislation

#: Name, first day, value, unit, text, whether nobody has read it yet.
NUMBERS = [
    ("associate_deadline_months", "2014-08-02", 36, "months", "C. trav. art. L7331-3", False),
    ("trial_period_months", "2014-08-02", 8, "months", "C. trav. art. L7332-1", False),
    ("interviews_yearly", "2016-01-01", 2, "times", "C. trav. art. R7331-3", False),
    ("variable_balance_months", "2016-01-01", 1, "months", "C. trav. art. R7331-12", False),
    ("account_statement_months", "2016-01-01", 1, "months", "C. trav. art. R7331-5", False),
    ("associate_alert_first_months", "2014-08-02", 12, "months", "aucun texte", False),
    ("associate_alert_second_months", "2014-08-02", 6, "months", "aucun texte", False),
    ("associate_alert_third_months", "2014-08-02", 3, "months", "aucun texte", False),
    ("cape_term_months", "2005-05-21", 12, "months", "C. com. art. L127-2", False),
    ("cape_renewals", "2005-05-21", 2, "times", "C. com. art. L127-2", False),
    ("cape_contributions_day", "2008-05-01", 15, "days", "C. trav. art. R5142-4", False),
]
ONE_DAY = dt.timedelta(days=1)
LAST = dt.date(2026, 7, 31)


def right(name, day, **beyond):
    return LawOn.built_in(day, **beyond).right(name)


def test_the_names():
    families = {name for name, it in rights_parameters().items() if it.family in ("path", "cape")}
    assert families == {name for name, *_ in NUMBERS}


@pytest.mark.parametrize(
    ("name", "first", "value", "unit", "text", "review"), NUMBERS, ids=[row[0] for row in NUMBERS]
)
class TestNumber:
    def test_the_day_before_and_the_day(self, name, first, value, unit, text, review):
        day = dt.date.fromisoformat(first)
        found = right(name, day)
        assert (found.value, found.needs_review, found.assumed) == (value, review, False)
        assert text in found.citation.text
        assert rights_parameters()[name].unit == unit
        with pytest.raises(LawNotKnownError):
            right(name, day - ONE_DAY)

    def test_until_what_is_known(self, name, first, value, unit, text, review):
        assert right(name, LAST).value == value
        with pytest.raises(LawNotKnownError):
            right(name, LAST + ONE_DAY)
        carried = right(name, LAST + ONE_DAY, assume_unchanged=True)
        assert (carried.value, carried.assumed) == (value, True)

    def test_the_ruleset_has_it(self, name, first, value, unit, text, review):
        assert cae_core.load().rights.parameter(name) is rights_parameters()[name]

    def test_code_reads_it(self, name, first, value, unit, text, review):
        folder = Path(cae_core.__file__).parent / "france"
        code = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
        assert f'"{name}"' in code

    def test_what_is_to_be_reviewed_says_why(self, name, first, value, unit, text, review):
        (row,) = rights_parameters()[name].values
        assert row.note or not review


class TestReading:
    def test_an_unknown_name(self):
        with pytest.raises(UnknownNameError, match="Did you mean cape_renewals"):
            right("cape_renewal", LAST)

    def test_a_number_alone(self):
        name = "withholding_neutral_scale"
        scale = cae_core.load().legislation.parameter(name)
        law = LawOn(Legislation({name: scale}, LAST, LAST), LAST)
        with pytest.raises(AmountTypeError, match=f"'{name}' is a scale, not one number"):
            law.right(name)

    def test_the_built_in_law_is_that_of_the_ruleset(self):
        assert rights_law().parameters == dict(rights_parameters())

    def test_units_are_said(self):
        units = {
            name: rights_parameters()[name].measure
            for name in ("trial_period_months", "cape_renewals", "cape_contributions_day")
        }
        assert [unit.format(2) for unit in units.values()] == ["2\u00a0mois", "2\u00a0fois", "2\u00a0jours"]
        assert [unit.format(2, "en") for unit in units.values()] == [
            "2\u00a0months",
            "2\u00a0times",
            "2\u00a0days",
        ]
