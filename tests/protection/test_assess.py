"""A rule is asked about a person on a day; the answer carries the texts of what it read."""

import datetime as dt

import attrs
import pytest

import cae_core
from cae_core.errors import InputError, RulesetError, UnknownNameError
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.plugins import plugin
from cae_core.protection import Amount, Entitlement, PayHistory, PayMonth, Person, format_quantity
from cae_core.reasons import Reason


@attrs.frozen
class Shift:
    nights: int = 0


def lantern_bonus(case):
    """An invented right: two nights of shift, and 100 € of pay in the month before."""
    nights, pay = case.fact(Shift).nights, case.history.last_months(1, case.on).gross_pay_cents
    wanted = case.value("lantern_pay")
    reasons = (
        Reason(code="nights", met=nights >= 2, french="deux nuits", english="two nights"),
        Reason(code="pay", met=pay >= wanted, french="la paie", english="the pay", found=pay, wanted=wanted),
    )
    granted = all(reason.met for reason in reasons)
    return case.finding(
        granted,
        reasons=reasons,
        amounts=[Amount(code="bonus", french="prime", english="bonus", value=pay // 10, per="month")],
    )


BONUS = Entitlement(
    code="lantern_bonus",
    french_name="prime de lanterne",
    english_name="lantern bonus",
    family="lanterns",
    formula=lantern_bonus,
    citations=(Citation("Code des lanternes, art. 1"),),
    facts=(Person, Shift),
)


class Lanterns:
    @cae_core.hookimpl
    def cae_register_entitlements(self):
        return (BONUS,)

    @cae_core.hookimpl
    def cae_register_rights_parameters(self):
        row = DatedValue(
            value=10_000,
            in_force_from=dt.date(2025, 1, 1),
            citation=Citation("Code des lanternes, art. 2"),
            source="invented",
            needs_review=True,
        )
        return [Parameter("lantern_pay", "paie", "EUR", (row,), dt.date(2026, 6, 30))]


RULES = cae_core.assemble({"fr": plugin("fr"), "lanterns": Lanterns()})
HISTORY = PayHistory([PayMonth(month="2026-02", gross_pay_cents=12_000)])


class TestAnAnswer:
    """Granted or not, with every condition and every text."""

    def test_granted(self):
        finding = RULES.assess("lantern_bonus", HISTORY, "2026-03-10", Shift(nights=2))
        assert finding.granted is True
        assert finding.value("bonus") == 1_200
        assert finding.amount("bonus").text() == "12,00\u00a0€ par mois"
        assert finding.amount("bonus").text("en") == "€12.00 a month"
        assert finding.objections == ()

    def test_the_texts_of_the_right_and_of_its_numbers(self):
        finding = RULES.assess("lantern_bonus", HISTORY, "2026-03-10")
        assert list(map(str, finding.citations)) == [
            "Code des lanternes, art. 1",
            "Code des lanternes, art. 2",
        ]

    def test_a_number_nobody_checked_marks_the_answer(self):
        assert RULES.assess("lantern_bonus", HISTORY, "2026-03-10").needs_review

    def test_refused_with_every_objection(self):
        finding = RULES.assess("lantern_bonus", PayHistory(), "2026-03-10")
        assert finding.granted is False
        assert [reason.code for reason in finding.objections] == ["nights", "pay"]
        assert finding.reason("pay").missing == 10_000

    def test_unknown_names(self):
        finding = RULES.assess("lantern_bonus", HISTORY, "2026-03-10")
        for ask in (finding.amount, finding.reason):
            with pytest.raises(UnknownNameError):
                ask("no such")
        with pytest.raises(UnknownNameError, match="lantern_bonus"):
            RULES.assess("lantern_bonu", HISTORY, "2026-03-10")

    def test_facts_are_checked(self):
        with pytest.raises(InputError, match="twice"):
            RULES.assess("lantern_bonus", HISTORY, "2026-03-10", Shift(nights=1), Shift(nights=2))
        with pytest.raises(InputError, match="Person, Shift"):
            RULES.assess("lantern_bonus", HISTORY, "2026-03-10", "two nights")


class TestUnknownLaw:
    """Beyond what is known the law refuses, unless the caller carries it forward."""

    def test_refused(self):
        with pytest.raises(cae_core.LawNotKnownError):
            RULES.assess("lantern_bonus", HISTORY, "2026-07-01")

    def test_carried_forward_and_marked(self):
        assert RULES.assess("lantern_bonus", HISTORY, "2026-07-01", assume_unchanged=True).assumed
        assert not RULES.assess("lantern_bonus", HISTORY, "2026-06-30", assume_unchanged=True).assumed


class TestPlugins:
    """A right belongs to one plugin."""

    def test_declared_by_two(self):
        class Again:
            @cae_core.hookimpl
            def cae_register_entitlements(self):
                return (BONUS,)

        rules = cae_core.assemble({"fr": plugin("fr"), "again": Again(), "lanterns": Lanterns()})
        with pytest.raises(RulesetError, match="lantern_bonus"):
            rules.entitlements  # noqa: B018 - the property reads the plugins


class TestQuantities:
    """Figures for people, in both languages."""

    @pytest.mark.parametrize(
        ("value", "unit", "french", "english"),
        [
            (123_456, "cents", "1\u202f234,56\u00a0€", "€1,234.56"),
            (1, "quarters", "1 trimestre", "1 quarter"),
            (0, "days", "0 jour", "0 days"),
            (4, "quarters", "4 trimestres", "4 quarters"),
            (1, "months", "1 mois", "1 month"),
            (1, "working_days", "1 jour ouvrable", "1 working day"),
            (5_375, "points_hundredths", "53,75 points", "53.75 points"),
            (15_000, "hours_hundredths", "150,00 h", "150.00 h"),
            (15_000, "ppm", "1,5 %", "1.5 %"),
            (3, "lanterns", "3 lanterns", "3 lanterns"),
        ],
    )
    def test_written(self, value, unit, french, english):
        assert format_quantity(value, unit) == french
        assert format_quantity(value, unit, "en") == english
