"""The tables of rights: every number is used, dated, cited, and says why where nobody has read its text."""

import datetime as dt
from importlib.resources import files
from unittest.mock import patch

import pytest
from rights_samples import RULES, level

from cae_core.calendar import Interval, Month
from cae_core.errors import LawNotKnownError
from cae_core.france.protection.birth_leave import SupplementaryLeave
from cae_core.france.protection.childcare import ChildcareStop
from cae_core.france.protection.collective_cover import Contract, Cover, Judgment
from cae_core.france.protection.daily_benefit import SickCause, SickLeave
from cae_core.france.protection.invalidity_death import Invalidity
from cae_core.france.protection.opening import WorkPattern
from cae_core.france.protection.parents import Birth
from cae_core.france.protection.retirement import YearOfLife
from cae_core.france.protection.supplement import SupplementClaim
from cae_core.france.protection.training_account import Training
from cae_core.france.protection.work_accident import WorkAccident
from cae_core.law import load_parameters
from cae_core.protection import Case, PayHistory, Person, Stoppage

#: The tables that these rights read; others of the folder belong to other rules.
TABLES = (
    "sickness",
    "supplement",
    "parents",
    "work_accident",
    "invalidity_death",
    "retirement",
    "paid_leave",
    "wage_guarantee",
    "training_account",
    "collective_cover",
)
FOLDER = files("cae_core.france") / "tables" / "rights"
PARAMETERS = load_parameters([FOLDER / f"{name}.toml" for name in TABLES])
ROWS = [(name, row) for name, parameter in PARAMETERS.items() for row in parameter.values]

#: Questions that together read every number.
FACTS = [
    [],
    [
        WorkPattern(discontinuous=True),
        SickLeave(days=50, cause=SickCause.ISOLATION),
        Birth(children=2, shared=True),
    ],
    [SickLeave(days=50, cause=SickCause.LONG_ILLNESS, waiting_served=True), Birth(children=3, illness=True)],
    [SickLeave(days=50, waiting_served=True), Birth(children_before=2, hospitalised=True, shared=True)],
    [WorkAccident(days=40, discontinuous=True), SupplementClaim(work_accident=True), Judgment(months=30)],
    [
        Invalidity(category=3, yearly_pay_cents=[2_000_000] * 10),
        Judgment(months=8),
        Training(low_qualified=True),
    ],
    [Invalidity(category=2, yearly_pay_cents=[2_000_000] * 10), Judgment(months=2), Cover(executive=True)],
    [
        YearOfLife(sick_days=90, birth_days=90, unemployed_days=50, partial_activity_hours_hundredths=30_000),
        Contract(months_hundredths=500, unemployment_benefit=True),
        ChildcareStop(child_age=8, can_telework=False, other_parent_stopped=False, days=5),
        Birth(born_on="2026-01-10"),
        SupplementaryLeave(months=2),
    ],
]
DAYS = (
    "2019-07-03",
    "2020-04-10",
    "2021-01-20",
    "2022-03-01",
    "2024-12-01",
    "2026-03-15",
    "2026-07-10",
    "2026-09-10",
)


def test_every_number_is_read_by_some_right():
    """A number that nothing reads is a number that nobody checks."""
    read: set[str] = set()
    refused: set[str] = set()
    row = Case.row

    def remembered(self, name, day=None):
        read.add(name)
        return row(self, name, day)

    with patch.object(Case, "row", remembered):
        for on in DAYS:
            day = dt.date.fromisoformat(on)
            pays = level(Month.parse(day) + -1, 2_600, months=14, hours=30)
            sick = Stoppage(Interval(day - dt.timedelta(100), day - dt.timedelta(20)), "sickness")
            history = PayHistory(
                pays.months[:-1] + level(str(pays.months[-1].month), 1000, months=1).months, [sick]
            )
            person = Person(entered_on="2010-01-01", affiliated_on="2010-01-01", children=3)
            for facts in FACTS:
                for code, right in RULES.entitlements.items():
                    given = [fact for fact in (person, *facts) if isinstance(fact, right.facts)]
                    try:
                        RULES.assess(code, history, day, *given, assume_unchanged=day > dt.date(2026, 7, 31))
                    except LawNotKnownError as error:
                        refused.add(error.name)
    assert set(PARAMETERS) - read == set()
    assert refused == {"third_person_increase_monthly"}


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row.in_force_from}" for name, row in ROWS])
class TestEveryRow:
    def test_has_a_text_and_a_source(self, name, row):
        assert len(row.citation.text) > 8
        assert len(row.source) > 4

    def test_says_why_where_nobody_has_read_the_text(self, name, row):
        assert row.note or not row.needs_review


def test_until_when_they_are_known():
    ends = {name: parameter.known_until for name, parameter in PARAMETERS.items()}
    odd = {name: end for name, end in ends.items() if end != dt.date(2026, 7, 31)}
    assert odd == {
        "first_sick_note_days": dt.date(2026, 10, 1),
        "further_sick_note_days": dt.date(2026, 10, 1),
        "third_person_increase_monthly": dt.date(2026, 3, 31),
    }
