"""The conformance kit finds each broken promise, and names what broke it and where."""

import datetime as dt
import itertools
from types import SimpleNamespace

import attrs
import pytest

from cae_core import Month, hookimpl, load
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.money import apply_rate, least
from cae_core.payroll import Base, Contribution, Quantity
from cae_core.plugins import plugin as found_plugin
from cae_core.testing import SAMPLE, assert_plugin_conforms, columns
from cae_core.variants import RemoveLine, VariantInfo, VariantKind

pytest.importorskip("numpy")

TEXT = Citation("Délibération d'exemple")
START = dt.date(2025, 6, 1)


def rate(name="local_rate", value=12_345, start=START):
    row = DatedValue(value, start, TEXT, source="invented")
    return Parameter(
        name=name, french_name="taux local", unit="percent", values=(row,), known_until=dt.date(2026, 12, 31)
    )


def line(code="local_levy", base="gross_pay", rates=("local_rate",)):
    return Contribution(
        code=code, french_name="Taxe locale", english_name="Local levy", heading="other_employer",
        base=base, citation=TEXT, employer_rates=rates,
    )  # fmt: skip


def base(formula, name="local_pay", citations=(TEXT,), needs=()):
    return Base(
        name=name, french_name="base", english_name="base", formula=formula, citations=citations, needs=needs
    )


def plugin(kind=VariantKind.TERRITORY, **hooks):
    said = VariantInfo(kind=kind, french_name="variante", english_name="variant")
    hooks = {"cae_variant": lambda: [said], "cae_register_parameters": lambda: [rate()], **hooks}
    return SimpleNamespace(**{name: hookimpl(hook) for name, hook in hooks.items()})


def nothing():
    return []


def broken(match, subject, **more):
    with pytest.raises(AssertionError, match=f"(?s){match}") as caught:
        assert_plugin_conforms(subject, "local", **more)
    return str(caught.value)


class TestAGoodPlugin:
    def test_a_line_of_its_own(self):
        assert_plugin_conforms(plugin(cae_register_contributions=lambda: [line()]), "local")

    def test_formulas_made_at_each_call(self):
        """Two closures that do the same are the same declaration."""

        def bases():
            share = 3
            return [base(lambda year, values: year["gross_pay"] // share)]

        assert_plugin_conforms(plugin(cae_register_bases=bases), "local")

    def test_the_country_itself(self):
        assert_plugin_conforms(found_plugin("fr"), "fr", months=["2026-03"])


class TestPurity:
    """Asked twice, a plugin declares the same."""

    def test_another_value_each_time(self):
        values = itertools.count(10_000)
        message = broken(
            "cae_register_parameters: record 0, values, 0, value: 1",
            plugin(cae_register_parameters=lambda: [rate(value=next(values))]),
        )
        assert "asked twice, it declares something else" in message

    def test_another_formula_each_time(self):
        shares = itertools.count(2)

        def bases():
            share = next(shares)
            return [base(lambda year, values: year["gross_pay"] // share)]

        broken("record 0, formula: function .*bases.* does something else", plugin(cae_register_bases=bases))

    def test_more_records_each_time(self):
        names = ["a_rate"]

        def parameters():
            names.append("b_rate")
            return [rate(f"{name}_{rank}") for rank, name in enumerate(names)]

        broken("cae_register_parameters: . records, then", plugin(cae_register_parameters=parameters))

    def test_other_cents_each_time(self):
        """The declaration is the same, what the formula returns is not."""
        drawn = itertools.count()
        hooks = {
            "cae_register_bases": lambda: [
                base(lambda year, values: year["gross_pay"] * 0 + next(drawn) ** 2)
            ],
            "cae_register_contributions": lambda: [line(base="local_pay")],
        }
        broken("or a second run changes cents:.*line 'local_levy'", plugin(**hooks))


class TestTexts:
    """Each line, base, parameter and change cites a text."""

    def test_a_base(self):
        silent = base(lambda year, values: year["gross_pay"], citations=())
        broken(
            "cae_register_bases, base 'local_pay': no citation", plugin(cae_register_bases=lambda: [silent])
        )

    def test_a_line(self):
        silent = attrs.evolve(line(), citation=None)
        broken(
            "cae_register_contributions, line 'local_levy': no citation",
            plugin(cae_register_contributions=lambda: [silent]),
        )

    def test_a_value(self):
        (row,) = rate().values
        silent = attrs.evolve(rate(), values=(attrs.evolve(row, citation=None),))
        broken("parameter 'local_rate', from 2025-06-01", plugin(cae_register_parameters=lambda: [silent]))

    def test_a_change(self):
        broken(
            "the change of line 'apprenticeship'",
            plugin(cae_register_changes=lambda: [RemoveLine(code="apprenticeship", citation=None)]),
        )


class TestLanes:
    """One formula, two lanes."""

    def levy(self, formula):
        return plugin(
            cae_register_bases=lambda: [base(formula)],
            cae_register_contributions=lambda: [line(base="local_pay")],
        )

    def test_a_formula_for_one_person_alone(self):
        broken(
            "columns are not computed:.*with fr, local, 2019-01: ValueError",
            self.levy(lambda year, values: min(year["gross_pay"], 100_000)),
        )

    def test_another_result_in_columns(self):
        def formula(year, values):
            pay = year["gross_pay"]
            return least(pay, 100_000) if type(pay) is int else least(pay, 100_001)

        broken(
            "columns and one person differ:.*line 'local_levy', .51030, .* and .51031,", self.levy(formula)
        )


class TestInverse:
    def test_an_operation_that_is_not_followed(self):
        """A remainder jumps without any comparison: the search of a gross pay could not see where."""
        hooks = {
            "cae_register_bases": lambda: [base(lambda year, values: year["gross_pay"] % 100_000)],
            "cae_register_contributions": lambda: [line(base="local_pay")],
        }
        broken("gross pay is not found again:.*2025-06: person 1 .*TypeError", plugin(**hooks))


class TestMoney:
    def test_a_float(self):
        hooks = {
            "cae_register_bases": lambda: [base(lambda year, values: year["gross_pay"] / 2)],
            "cae_register_contributions": lambda: [line(base="local_pay")],
        }
        broken(
            "a payslip is not computed:.*2025-06: person 0 .0 cents gross.: AttributeError", plugin(**hooks)
        )


class TestBeforeTheFirstValue:
    """A rule waits for its parameters: it says what it needs."""

    @staticmethod
    def formula(year, values):
        return apply_rate(year["gross_pay"], values["local_rate"])

    def test_a_base_that_does_not_say_what_it_needs(self):
        message = broken("KeyError: 'local_rate'", plugin(cae_register_bases=lambda: [base(self.formula)]))
        assert "2025-05" in message
        assert "2026-07" not in message

    def test_a_quantity_that_does(self):
        quantity = Quantity(
            name="local_part", french_name="part", unit="cents", needs=("local_rate",),
            formula=lambda facts, values: apply_rate(facts.gross_pay_cents, values["local_rate"]),
        )  # fmt: skip
        assert_plugin_conforms(plugin(cae_register_quantities=lambda: [quantity]), "local")
        assert_plugin_conforms(
            plugin(cae_register_bases=lambda: [base(self.formula, needs=("local_rate",))]), "local"
        )


class TestTogether:
    def test_two_that_touch_one_thing(self):
        change = [RemoveLine(code="apprenticeship", citation=TEXT)]
        one, other = (
            plugin(cae_register_parameters=nothing, cae_register_changes=lambda: change) for _ in "12"
        )
        assert_plugin_conforms(one, "local")
        broken(
            "it is not assembled:.*line 'apprenticeship' is changed by both 'local' and 'other'",
            one,
            together_with={"other": other},
        )

    def test_one_it_requires(self):
        said = VariantInfo(kind=VariantKind.SECTOR, french_name="x", english_name="x", requires=["other"])
        needy = plugin(cae_variant=lambda: [said])
        broken("plugin 'local' requires other: activate it too", needy)
        assert_plugin_conforms(
            needy, "local", together_with={"other": plugin(cae_register_parameters=nothing)}
        )


class TestPeople:
    def test_the_sample_meets_both_statuses_and_no_pay(self):
        assert {each.executive for each in SAMPLE} == {False, True}
        assert min(each.gross_pay_cents for each in SAMPLE) == 0
        assert len({load().month_law("2026-03").headcount_class(each.headcount) for each in SAMPLE}) >= 4

    def test_columns(self):
        batch = load().payslips("2026-03", columns(SAMPLE), lines=True)
        for rank, person in enumerate(SAMPLE):
            assert batch.row(rank).lines == load().payslip("2026-03", person).lines

    def test_people_of_two_policies(self):
        with pytest.raises(ValueError, match="one batch holds people of one kind .*, got 2"):
            columns([SAMPLE[0], attrs.evolve(SAMPLE[0], last_month=True)])

    def test_a_month_of_the_caller(self):
        hooks = {
            "cae_register_bases": lambda: [
                base(lambda year, values: year["gross_pay"] // (values["days_in_month"] - 29))
            ],
        }
        with_february = plugin(**hooks)
        assert_plugin_conforms(with_february, "local")
        message = broken("ZeroDivisionError", with_february, months=[Month(2024, 2), "2024-03"])
        assert "2024-02" in message
