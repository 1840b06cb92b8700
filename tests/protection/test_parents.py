"""Maternity, paternity, adoption, supplementary birth leave: days before and after each change."""

import pytest
from rights_samples import RULES, case, euros, history, level

from cae_core.calendar import Month
from cae_core.errors import InputError
from cae_core.france.protection.birth_leave import SupplementaryLeave
from cae_core.france.protection.opening import WorkPattern
from cae_core.france.protection.parents import Birth, maternity_weeks, rest_benefit
from cae_core.protection import Person

OLD_HAND = Person(affiliated_on="2015-01-01")


def paid(on, pay=2500, **more):
    return level(Month.parse(on[:7]) + -1, pay, **more)


class TestInsurance:
    """R313-4: ten months of insurance, six for leaves from 20 August 2023 on."""

    @pytest.mark.parametrize(
        ("on", "since", "granted"),
        [
            ("2023-06-01", "2022-10-01", False),
            ("2023-08-19", "2023-02-01", False),
            ("2023-08-20", "2023-02-01", True),
            ("2023-09-01", "2023-01-01", True),
            ("2023-09-01", "2023-03-02", False),
            ("2023-08-19", "2022-10-19", True),
        ],
    )
    def test_months(self, on, since, granted):
        found = RULES.assess("maternity_benefit", paid(on), on, Person(affiliated_on=since))
        assert found.granted is granted

    def test_pay_or_hours_as_for_sickness(self):
        poor = paid("2026-03-01", 100, hours=49)
        refused = RULES.assess(
            "maternity_benefit", poor, "2026-03-01", OLD_HAND, WorkPattern(discontinuous=False)
        )
        assert refused.granted is False
        assert refused.amounts == ()


class TestAmount:
    """R331-5: pay under the ceiling of the month before, less 21 %, between a minimum and a maximum."""

    @pytest.mark.parametrize(
        ("on", "wanted"),
        [
            ("2019-02-01", "87.71"),
            ("2020-02-01", "89.03"),
            ("2022-12-01", "89.03"),
            ("2023-02-01", "95.22"),
            ("2024-02-01", "100.36"),
            ("2025-02-01", "101.94"),
            ("2026-01-31", "101.94"),
            ("2026-02-01", "104.02"),
        ],
    )
    def test_maximum(self, on, wanted):
        """The ceiling is that of the last day of the month before, so that each maximum starts in February."""
        found = RULES.assess("maternity_benefit", paid(on, 9000), on, OLD_HAND)
        assert euros(found, "daily_benefit") == euros(found, "maximum_daily_benefit") == wanted

    def test_worked_example(self):
        found = RULES.assess("maternity_benefit", paid("2026-02-01", 2500), "2026-02-01", OLD_HAND)
        assert euros(found, "daily_benefit") == "64.93"
        assert euros(found, "total") == "7272.16"
        father = RULES.assess("paternity_benefit", paid("2026-02-01", 2500), "2026-02-01", OLD_HAND)
        assert euros(father, "total") == "1623.25"

    def test_irregular_pay_is_not_cut_at_the_cap_of_sickness(self):
        pays = history("2026-03", 900, 2800, 1500, hours=100)
        assert (
            rest_benefit(case("maternity_benefit", "2026-06-10", pays), irregular=False).daily_cents == 4_502
        )

    def test_minimum(self):
        pays = paid("2026-02-01", 200)
        assert (
            rest_benefit(case("maternity_benefit", "2026-02-01", pays), irregular=False).daily_cents == 1_112
        )


class TestLengths:
    """L1225-17 to L1225-21: weeks before and after the birth."""

    @pytest.mark.parametrize(
        ("birth", "weeks"),
        [
            (Birth(), (6, 10)),
            (Birth(children_before=1), (6, 10)),
            (Birth(children_before=2), (8, 18)),
            (Birth(children=2), (12, 22)),
            (Birth(children=2, children_before=3), (12, 22)),
            (Birth(children=3), (24, 22)),
            (Birth(illness=True), (8, 14)),
        ],
    )
    def test_maternity(self, birth, weeks):
        assert maternity_weeks(case("maternity_benefit", "2026-02-01"), birth) == weeks

    @pytest.mark.parametrize(
        ("birth", "days"),
        [(Birth(), 112), (Birth(children_before=2), 182), (Birth(children=2), 238), (Birth(children=3), 322)],
    )
    def test_days(self, birth, days):
        found = RULES.assess("maternity_benefit", paid("2026-02-01"), "2026-02-01", OLD_HAND, birth)
        assert found.value("leave_days") == days

    @pytest.mark.parametrize(("weeks", "granted"), [(7, False), (8, True)])
    def test_eight_weeks_off_at_least(self, weeks, granted):
        birth = Birth(stopped_weeks=weeks)
        found = RULES.assess("maternity_benefit", paid("2026-02-01"), "2026-02-01", OLD_HAND, birth)
        assert found.granted is granted

    @pytest.mark.parametrize(
        ("born", "children", "days", "until"),
        [
            ("2021-06-30", 1, 11, "30/10/2021"),
            ("2021-06-30", 2, 18, "30/10/2021"),
            ("2021-07-01", 1, 25, "01/01/2022"),
            ("2021-07-01", 2, 32, "01/01/2022"),
        ],
    )
    def test_paternity(self, born, children, days, until):
        """25 days instead of 11 for births from 1 July 2021, six months instead of four to take them."""
        birth = Birth(born_on=born, children=children)
        found = RULES.assess("paternity_benefit", paid("2021-07-10"), "2021-07-10", OLD_HAND, birth)
        assert found.granted is True
        assert found.value("leave_days") == days
        assert found.value("birth_days") == 3
        assert until in found.reason("in_time").french

    @pytest.mark.parametrize(("on", "granted"), [("2021-12-31", True), ("2022-01-01", False)])
    def test_paternity_in_time(self, on, granted):
        found = RULES.assess("paternity_benefit", paid(on), on, OLD_HAND, Birth(born_on="2021-07-01"))
        assert found.granted is granted

    def test_a_child_in_hospital(self):
        birth = Birth(born_on="2026-01-10", hospitalised=True)
        found = RULES.assess("paternity_benefit", paid("2026-02-01"), "2026-02-01", OLD_HAND, birth)
        assert found.value("leave_days") == 55
        assert found.needs_review

    @pytest.mark.parametrize(
        ("on", "birth", "days"),
        [
            ("2021-06-30", Birth(), 70),
            ("2021-07-01", Birth(), 112),
            ("2021-07-01", Birth(children_before=2), 126),
            ("2021-07-01", Birth(children=2), 154),
            ("2021-06-30", Birth(shared=True), 81),
            ("2021-07-01", Birth(shared=True), 137),
            ("2021-07-01", Birth(children=2, shared=True), 186),
        ],
    )
    def test_adoption(self, on, birth, days):
        """
        Ten weeks, sixteen from July 2021, more for a third child or several; shared, 11 then 25 days more.
        (Code du travail, art. L1225-37 and L1225-40)
        """
        found = RULES.assess("adoption_benefit", paid(on), on, OLD_HAND, birth)
        assert found.value("leave_days") == days
        assert not found.needs_review


class TestSupplementaryLeave:
    """L1225-46-2: one or two months more, from 1 July 2026, for children of 2026."""

    def assess(self, on="2026-07-01", born="2026-03-01", pay=2500, **more):
        return RULES.assess(
            "supplementary_birth_benefit",
            paid(on, pay),
            on,
            OLD_HAND,
            Birth(born_on=born, due_on=more.pop("due", None)),
            SupplementaryLeave(**more),
            assume_unchanged=True,
        )

    def test_worked_example(self):
        found = self.assess(months=2)
        assert euros(found, "first_daily_benefit") == "45.45"
        assert euros(found, "second_daily_benefit") == "38.96"
        assert euros(found, "total") == "2532.30"
        assert found.needs_review

    def test_the_leave_starts_to_exist(self):
        assert self.assess(on="2026-06-30").granted is False
        assert self.assess(on="2026-07-01").granted is True

    @pytest.mark.parametrize(
        ("born", "due", "granted"),
        [
            ("2025-12-31", None, False),
            ("2026-01-01", None, True),
            ("2025-12-20", "2026-01-05", True),
            ("2025-12-20", "2025-12-31", False),
        ],
    )
    def test_children_of_2026(self, born, due, granted):
        assert self.assess(born=born, due=due).granted is granted

    @pytest.mark.parametrize(
        ("born", "on", "granted"),
        [
            ("2026-01-05", "2027-03-31", True),
            ("2026-01-05", "2027-04-01", False),
            ("2026-07-10", "2027-04-09", True),
            ("2026-07-10", "2027-04-10", False),
        ],
    )
    def test_nine_months(self, born, on, granted):
        assert self.assess(born=born, on=on).granted is granted

    @pytest.mark.parametrize(("months", "granted"), [(2, True), (3, False)])
    def test_two_months_at_most(self, months, granted):
        assert self.assess(months=months).granted is granted

    def test_the_other_leave_first(self):
        assert self.assess(birth_leave_used=False).granted is False

    def test_a_birth_nobody_said(self):
        found = RULES.assess("supplementary_birth_benefit", paid("2026-07-01"), "2026-07-01", OLD_HAND)
        assert found.granted is None
        assert "born_on" in found.missing_facts


class TestRefusals:
    @pytest.mark.parametrize("wrong", [{"children": 0}, {"children_before": -1}])
    def test_births(self, wrong):
        with pytest.raises(InputError):
            Birth(**wrong)

    def test_leave(self):
        with pytest.raises(InputError, match="one month"):
            SupplementaryLeave(months=0)
