"""Seniority: whole months of the contract, less those that do not count."""

import datetime as dt
from fractions import Fraction

import pytest
from exit_samples import EXAMPLES, day, law_on
from hypothesis import given
from hypothesis import strategies as st

from cae_core import InputError
from cae_core.calendar import add_months
from cae_core.france.exits import Absence, AbsenceKind, seniority

ABSENCES = {
    "end-seniority-3": [Absence(kind="parental_leave", months=1)],
    "end-seniority-4": [],
    "end-seniority-5": [Absence(kind="sickness", months=1)],
}


class TestOfficialExamples:
    """The tests of the simulator of the Ministry of Labour: whole months, divided by twelve."""

    @pytest.mark.parametrize("name", ABSENCES)
    def test_each(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        found = seniority(law_on(), day(inputs["entry"]), day(inputs["exit"]), ABSENCES[name])
        exact = {"end-seniority-3": Fraction(23, 24)}.get(name)
        # 0.9583333333333334 is 23/24 written as a binary double.
        assert found.years == (exact if exact is not None else Fraction(str(expected["years"])))
        assert f"{float(found.years)}" == f"{float(expected['years'])}"

    @pytest.mark.parametrize(
        "kind",
        ["commuting_accident", "sabbatical", "business_creation", "unpaid_leave", "strike", "disciplinary"],
    )
    def test_a_month_of_any_other_absence(self, kind):
        """anciennete.spec.ts: 20 February 2020 to 20 February 2021 less one month, 0.91666 years."""
        absence = [Absence(kind=kind, months=1)]
        assert seniority(law_on(), day("2020-02-20"), day("2021-02-20"), absence).years == Fraction(11, 12)

    def test_less_than_nothing_is_nothing(self):
        """
        anciennete.spec.ts expects −0.5416 years for one month of contract and eight absences.

        Seven whole months and a half are taken off one: a seniority below zero opens nothing, and neither
        does none, so it is written 0 here.
        """
        kinds = [
            kind
            for kind in AbsenceKind
            if kind.code not in ("work_accident", "maternity", "partial_activity")
        ]
        assert len(kinds) == 8
        found = seniority(
            law_on(), day("2021-01-20"), day("2021-02-20"), [Absence(kind=kind, months=1) for kind in kinds]
        )
        assert found.whole_months - sum(months for _, months in found.removed) == Fraction(-13, 2)
        assert found.months == 0


class TestWholeMonths:
    """
    In an incomplete year, whole months count alone.
    (Code du travail, art. R1234-1)
    """

    @pytest.mark.parametrize(
        ("starts", "on", "months"),
        [
            ("2025-01-01", "2025-01-30", 0),
            ("2025-01-01", "2025-01-31", 1),
            ("2025-01-15", "2025-02-13", 0),
            ("2025-01-15", "2025-02-14", 1),
            ("2024-02-29", "2025-02-27", 12),
            ("2024-02-29", "2025-02-26", 11),
            ("2025-01-31", "2025-02-27", 1),
            ("2025-01-31", "2025-02-26", 0),
            ("2025-03-01", "2025-03-01", 0),
        ],
    )
    def test_the_day_before_a_month_is_whole_and_the_day_it_is(self, starts, on, months):
        assert seniority(law_on(), day(starts), day(on)).whole_months == months

    @given(st.dates(day("1990-01-01"), day("2025-01-01")), st.integers(0, 420))
    def test_the_months_from_a_day_to_the_eve_of_its_anniversary(self, starts, months):
        eve = add_months(starts, months) - dt.timedelta(days=1)
        if eve >= starts:
            assert seniority(law_on(), starts, eve).whole_months == months

    def test_before_the_start(self):
        with pytest.raises(InputError, match="2025-02-28 comes before the contract starts, on 2025-03-01"):
            seniority(law_on(), day("2025-03-01"), day("2025-02-28"))


class TestSuspension:
    """
    A suspended month does not count; half of it does for a full-time parental leave, all of it for a work
    accident, a birth or partial activity.
    (Code du travail, art. L1234-11, L1225-54, L1226-7, L1225-24)
    """

    @pytest.mark.parametrize(
        ("kind", "counted"),
        [
            ("sickness", 0),
            ("parental_leave", 2),
            ("work_accident", 4),
            ("maternity", 4),
            ("partial_activity", 4),
            ("congé sans solde", 0),
        ],
    )
    def test_four_months(self, kind, counted):
        found = seniority(law_on(), day("2024-01-01"), day("2024-12-31"), [Absence(kind=kind, months=4)])
        assert found.months == 8 + counted

    def test_parts_of_months(self):
        found = seniority(
            law_on(), day("2024-01-01"), day("2024-12-31"), [Absence(kind="sickness", months="1.5")]
        )
        assert found.months == Fraction(21, 2)

    @pytest.mark.parametrize("months", [-1, "x", 1.5, True])
    def test_months_that_cannot_be(self, months):
        with pytest.raises(InputError, match="Absence"):
            Absence(kind="sickness", months=months)

    def test_a_kind_nobody_knows(self):
        with pytest.raises(InputError, match="did you mean 'sickness'"):
            Absence(kind="siknes", months=1)
