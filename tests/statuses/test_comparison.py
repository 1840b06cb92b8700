"""Both sides in numbers: identities, conditions, events, and what is not known."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from status_samples import LAW, RULES, on

from cae_core.errors import AmountTypeError, InputError, InputErrors, LawNotKnownError
from cae_core.france.statuses import (
    Event,
    Status,
    compare_statuses,
    micro_declaration,
    portage_minimum_reason,
    portage_month,
    sole_trader_year,
)
from cae_core.france.statuses.self_employed_side import MICRO
from cae_core.law import Legislation, load_parameters
from cae_core.money import MILLION, Rate
from cae_core.payroll import PayFacts

OFFICE = PayFacts(gross_pay_cents=0, headcount=60, workplace_accident_ppm=6_400)


def compare(turnover="30000", expenses="3000", year=2025, **more):
    return compare_statuses(turnover, expenses, year, rules=RULES, **more)


class TestIdentity:
    """What is paid and what is left is turnover less expenses, to the cent."""

    @settings(max_examples=8, deadline=None)
    @given(
        turnover=st.integers(0, 15_000_000),
        expenses=st.integers(0, 5_000_000),
        craft=st.booleans(),
        acre=st.booleans(),
    )
    def test_to_the_cent(self, turnover, expenses, craft, acre):
        from decimal import Decimal

        found = compare(
            Decimal(turnover) / 100, Decimal(expenses) / 100, 2025, craft=craft, acre=acre, flat_tax=True
        )
        assert len(found.sides) == len(Status)
        for side in found.sides:
            assert side.paid_cents + side.left_cents == turnover - expenses
            assert side.paid_cents == sum(line.amount_cents for line in side.lines)

    def test_the_lines_are_those_of_the_other_modules(self):
        found = compare()
        liberal = micro_declaration(LAW, MICRO[Status.MICRO_LIBERAL], 2_500_00, "2025-03-01")
        assert found.side("micro_liberal").contributions_cents == 12 * liberal.contributions_cents
        trader = sole_trader_year(LAW, 2025, 27_000_00)
        assert found.side("sole_trader").contributions_cents == trader.contributions_cents

    def test_the_year_of_a_cesa_is_its_payslips(self):
        """Twelve payslips whose cost is the turnover less the fee and the expenses."""
        found = compare(facts=OFFICE, cooperative_fee=Rate.percent("10")).side(Status.COOPERATIVE)
        before, net, cost = None, 0, 0
        for number in range(1, 13):
            month = f"2025-{number:02}"
            gross = RULES.gross_for_budget(month, 2_000_00, OFFICE, year_to_date=before).gross_pay_cents
            slip = RULES.payslip(month, OFFICE.with_gross(gross), year_to_date=before)
            before, net, cost = (
                slip.year_to_date,
                net + slip.net_before_tax_cents,
                cost + slip.employer_cost_cents,
            )
        assert found.net_cents == net
        assert found.held_cents == 24_000_00 - cost
        assert found.fee_cents == 3_000_00


class TestMoreTurnover:
    """More turnover never leaves less under the same status, but where the law has a cliff."""

    @settings(max_examples=5, deadline=None)
    @given(turnover=st.integers(0, 59), expenses=st.integers(0, 10))
    def test_below_three_minimum_wages(self, turnover, expenses):
        less, more = (compare(each * 1000, expenses * 1000).sides for each in (turnover, turnover + 1))
        for before, after in zip(less, more, strict=True):
            if before.status is Status.WAGE_PORTAGE:
                # What is held carries the contributions of the reserve: dearer under 1.6 minimum wages, where it
                # would lessen the general reduction, than above (55,000 and 56,000 of turnover).
                assert before.net_cents < after.net_cents or not after.net_cents
            else:
                assert before.left_cents < after.left_cents

    def test_the_documented_cliff(self):
        """From 2026 the general reduction ends at three minimum wages of pay with a step of about 110 euros a month.

        Below it the cents that no pay can use stay on the account, so what is left falls when pay passes it.
        """
        sides = [
            compare(
                each, "0", 2026, statuses=["cooperative"], facts=OFFICE, cooperative_fee=Rate(0),
                assume_unchanged=True,
            ).sides[0]
            for each in ("93600", "94700")
        ]  # fmt: skip
        assert sides[0].held_cents > 12 * 20_00
        assert sides[1].held_cents < 12 * 1_00


class TestConditions:
    """Whether one may work so at this turnover."""

    def test_micro_ceiling(self):
        found = compare("77701", year=2025)
        assert [side.status for side in found.sides if side.objections] == [
            Status.MICRO_LIBERAL,
            Status.MICRO_SERVICES,
        ]
        assert not compare("77700", statuses=["micro_liberal"]).sides[0].objections

    @pytest.mark.parametrize(
        ("when", "least"), [("2017-07-01", 2_517_13), ("2024-07-17", 2_517_13), ("2024-07-18", 2_255_61)]
    )
    def test_portage_minimum(self, when, least):
        """77 % of 3,269 is 2,517.13 (propulsebyca.fr, advizium.fr); 69 % is 2,255 (guideduportage.com)."""
        assert portage_minimum_reason(on(when), least).met
        assert not portage_minimum_reason(on(when), least - 1).met

    def test_portage_below_its_minimum_is_said(self):
        (side,) = compare(statuses=["wage_portage"]).sides
        assert [reason.code for reason in side.objections] == ["portage_minimum"]
        assert not compare("60000", statuses=["wage_portage"]).sides[0].objections


class TestPortage:
    """A reserve of 10 % is held; the rest is a payslip."""

    def test_reserve(self):
        lived = portage_month(RULES, on("2025-03-01"), "2025-03", 4_000_00, OFFICE)
        pay, whole = lived.payslip.gross_pay_cents, lived.gross_with_reserve_cents
        assert abs(whole - pay * 11 // 10) <= 1
        assert lived.payslip.employer_cost_cents + lived.held_cents == 4_000_00
        assert whole == RULES.gross_for_budget("2025-03", 4_000_00, OFFICE).gross_pay_cents

    def test_an_account_that_is_short(self):
        lived = portage_month(RULES, on("2025-03-01"), "2025-03", -100_00, OFFICE)
        assert lived.payslip.gross_pay_cents == 0
        assert lived.held_cents == -100_00


class TestEvents:
    """Each event is the answer of a right, with its conditions."""

    def test_every_status_answers_every_event(self):
        for side in compare().sides:
            assert [cover.event for cover in side.events] == list(Event)
            for cover in side.events:
                assert cover.finding.reasons
                assert cover.finding.citations
                for lang in ("fr", "en"):
                    assert cover.text(lang)

    def test_an_employee_is_covered_for_each(self):
        side = compare().side("cooperative")
        assert all(side.event(event).granted and side.event(event).total_cents > 0 for event in Event)

    def test_loss_without_ten_thousand_of_income(self):
        """10,000 after the abatement: 8,700 of 30,000 of sales are not enough, 19,800 of liberal are."""
        found = compare()
        assert found.side("micro_sales").event(Event.LOSS).total_cents == 0
        assert found.side("micro_sales").event(Event.LOSS).text("en") == "nothing"
        assert found.side("micro_liberal").event(Event.LOSS).total_cents == 4_786_60

    def test_months_of_the_paid_year(self):
        """Illness: half of the daily pay of three months, three days out of thirty unpaid."""
        side = compare().side("cooperative")
        cover = side.event(Event.ILLNESS)
        daily = cover.amount("daily_benefit").value
        assert cover.total_cents == 27 * daily

    def test_the_supplement_is_further(self):
        """What the employer adds is charged to her own account: it is told, and not counted."""
        cover = compare().side("cooperative").event(Event.ILLNESS)
        assert [each.code for each in cover.further] == ["employer_supplement"]
        assert cover.total_cents == cover.finding.amount("total").value

    def test_a_quarter_of_cesa_against_micro(self):
        """Four quarters need 7,212 of gross pay in 2026, or 24,115 of sales."""
        found = compare("14000", "0", 2026, assume_unchanged=True)
        quarters = {
            side.status: side.event(Event.RETIREMENT).amount("quarters").value for side in found.sides
        }
        assert quarters[Status.COOPERATIVE] == 4
        assert quarters[Status.MICRO_SALES] == 2
        assert quarters[Status.MICRO_SERVICES] == quarters[Status.MICRO_LIBERAL] == 4

    def test_self_employed_rights_of_2020_are_not_known(self):
        """The mean of ceilings needs 2017."""
        (side,) = compare(year=2020, statuses=["micro_services"], facts=OFFICE).sides
        cover = side.event(Event.ILLNESS)
        assert cover.finding is None
        assert cover.total_cents is None
        assert "social_security_ceiling_monthly" in cover.unknown[1]
        assert cover.text("en") == "law not known here"


class TestWhatIsPaidFirst:
    """The sentence to prove: a CESA pays more at first and is covered for each event."""

    @pytest.mark.parametrize("turnover", ["20000", "30000", "45000"])
    def test_pays_more_than_any_self_employed(self, turnover):
        found = compare(turnover, "0", 2026, assume_unchanged=True)
        cooperative = found.side("cooperative")
        others = [side for side in found.sides if not side.status.salaried]
        assert all(side.paid_cents < cooperative.paid_cents for side in others)
        for event in (Event.WORK_ACCIDENT, Event.LOSS):
            assert all(
                side.event(event).total_cents < cooperative.event(event).total_cents for side in others
            )

    def test_but_a_birth_pays_the_self_employed_more(self):
        """A flat allowance beats 79 % of a small pay: said plainly."""
        found = compare("30000", "3000", 2026, assume_unchanged=True)
        assert found.side("micro_liberal").event(Event.BIRTH).total_cents > (
            found.side("cooperative").event(Event.BIRTH).total_cents
        )


class TestWhatIsNotKnown:
    """A year that the law known here does not cover is refused, or the status is left out with why."""

    def test_sole_trader_before_2025(self):
        found = compare(year=2024)
        assert [reason.code for reason in found.left_out] == ["sole_trader"]
        assert "2024" in found.left_out[0].french
        with pytest.raises(LawNotKnownError):
            compare(year=2024, statuses=["sole_trader"])

    def test_a_year_that_is_not_over(self):
        with pytest.raises(LawNotKnownError):
            compare(year=2026, statuses=["cooperative", "micro_sales"])
        found = compare(year=2026, assume_unchanged=True)
        assert found.assumed_from == dt.date(2026, 8, 1)
        assert compare(year=2025).assumed_from is None

    def test_every_problem_at_once(self):
        with pytest.raises(InputErrors) as caught:
            compare_statuses("-1", "-2", "2025", statuses=["cesa"])
        assert {problem.where for problem in caught.value.exceptions} == {
            "turnover",
            "expenses",
            "year",
            "statuses",
        }
        with pytest.raises(InputErrors):
            compare(statuses=[])
        with pytest.raises(AmountTypeError):
            compare(1.5)

    def test_a_status_that_was_not_asked_for(self):
        found = compare(statuses=["micro_sales"])
        with pytest.raises(InputError):
            found.side("cooperative")


class TestTables:
    """Every number of the tables is read by the statuses."""

    def test_every_number_is_read(self):
        from importlib.resources import files

        from cae_core.france.law_on import LawOn
        from cae_core.france.statuses import (
            ATI,
            SELF_EMPLOYED_BIRTH,
            SELF_EMPLOYED_SICKNESS,
            MicroActivity,
            SelfEmployed,
            flat_tax_reason,
            micro_ceiling_reason,
            micro_income,
            micro_quarter_turnover,
            micro_rate,
        )
        from cae_core.protection import PayHistory, assess

        folder = files("cae_core.france") / "tables" / "rights"
        names = ("micro", "sole_trader", "portage", "comparison", "self_employed_cover")
        tables = load_parameters([folder / f"{name}.toml" for name in names])
        read = set()

        class Watched(Legislation):
            def parameter(self, name):
                read.add(name)
                return super().parameter(name)

        law = Watched(parameters=LAW.parameters, known_from=LAW.known_from, known_until=LAW.known_until)
        today = LawOn(law, dt.date(2026, 7, 1))
        for activity in MicroActivity:
            micro_rate(law, activity, "2026-03-01", acre_created_on="2026-01-01")
            micro_ceiling_reason(today, activity, 1, 365)
            micro_income(today, activity, 1)
            micro_quarter_turnover(today, activity, 1)
            for craft in {False, activity.family != "liberal"}:
                micro_declaration(law, activity, 1, "2026-03-01", craft=craft, flat_tax=True)
        flat_tax_reason(today, 1)
        for craft in (False, True):
            sole_trader_year(law, 2026, 40_000_00, craft=craft, acre=True)
        portage_minimum_reason(today, 1)
        portage_month(RULES, today, "2026-03", 1_000_00, OFFICE)
        for regulated in (False, True):
            for income in (100_00, 50_000_00):
                person = SelfEmployed(
                    incomes_cents=[income], affiliated_on="2015-01-01", regulated=regulated, days=30,
                    pension_base_cents=1, points_contribution_cents=1, liquidated=True,
                )  # fmt: skip
                for right in (ATI, SELF_EMPLOYED_BIRTH, SELF_EMPLOYED_SICKNESS):
                    assess(right, PayHistory(()), "2026-07-01", person, law=law)
        from cae_core.france.statuses import SELF_EMPLOYED_PENSION

        assess(SELF_EMPLOYED_PENSION, PayHistory(()), "2026-07-01", person, law=law)
        from cae_core.france.statuses.micro import micro_points_contribution

        for activity in list(MicroActivity)[:3]:
            micro_points_contribution(today, activity, 1)
        usual = {"usual_cooperative_fee", "usual_portage_fee", "office_accident_rate"}  # by compare_statuses
        assert set(tables) - read == usual

    def test_usual_values(self):
        found = compare(statuses=["cooperative", "wage_portage"])
        rates = [side.lines[0].rate * MILLION for side in found.sides]
        assert rates == [100_000, 80_000]

    def test_reviewed(self):
        from importlib.resources import files

        folder = files("cae_core.france") / "tables" / "rights"
        names = ("micro", "sole_trader", "portage", "comparison", "self_employed_cover")
        tables = load_parameters([folder / f"{name}.toml" for name in names])
        review = {
            (name, row.in_force_from.isoformat())
            for name, parameter in tables.items()
            for row in parameter.values
            if row.needs_review
        }
        assert review == {
            ("micro_base_pension_rate", "2026-01-01"),
            ("micro_regulated_quarter_turnover", "2026-01-01"),
            ("portage_minimum_rate", "2024-07-18"),
            ("portage_reserve", "2017-07-01"),
        }
        assert all(row.note for parameter in tables.values() for row in parameter.values if row.needs_review)
