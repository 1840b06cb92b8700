"""Rules assembled from plugins: one frozen ruleset, or an error that names who is at fault."""

import datetime as dt
import itertools
from collections.abc import Mapping
from types import SimpleNamespace

import attrs
import pytest

from cae_core import HoursPolicy, LawNotKnownError, Month, PayFacts, RulesetError, UnknownNameError, load
from cae_core import assembly as assembly_module
from cae_core.assembly import assemble
from cae_core.errors import InputError
from cae_core.hooks import hookimpl
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.payroll import Base, Contribution, Heading, Quantity, Reduction, Withholding, engine
from cae_core.plugins import plugin as found_plugin

FR = found_plugin("fr")
FACTS = PayFacts.of(2000, headcount=130, workplace_accident_rate="1.05")
TEXT = Citation("Délibération d'exemple")


def plugin(**declared):
    """Return a plugin that declares lists of records: ``plugin(parameters=[…], contributions=[…])``."""

    def hook(records):
        return hookimpl(lambda: records)

    names = {name: name if name.startswith("cae_") else f"cae_register_{name}" for name in declared}
    return SimpleNamespace(**{names[name]: hook(records) for name, records in declared.items()})


def parameter(name, value=5_000, **changes):
    row = DatedValue(value, dt.date(2024, 1, 1), TEXT, source="invented")
    values = {"unit": "percent", "values": (row,), "known_until": dt.date(2026, 12, 31), **changes}
    return Parameter(name=name, french_name="taxe locale", **values)


def contribution(code="local_levy", **changes):
    values = {
        "french_name": "Taxe locale d'exemple",
        "english_name": "Local levy",
        "heading": "other_employer",
        "base": "gross_pay",
        "citation": TEXT,
        "employer_rates": ("local_levy_rate",),
        **changes,
    }
    return Contribution(code=code, **values)


def levy(rate=5_000, code="local_levy"):
    """A plugin with one contribution and its own table."""
    name = f"{code}_rate"
    return plugin(
        parameters=[parameter(name, rate)], contributions=[contribution(code, employer_rates=(name,))]
    )


def refusal(**plugins) -> str:
    with pytest.raises(RulesetError) as caught:
        assemble(plugins)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


def printed(slip):
    """All that a payslip shows, lines in their order."""
    return (
        [(line.code, line.base_cents, line.employee_cents, line.employer_cents) for line in slip.lines],
        [(heading.code, [line.code for line in lines]) for heading, lines in slip.by_heading()],
        [(line.code, line.coefficient, line.amount_cents) for line in slip.reductions],
        (slip.gross_pay_cents, slip.employer_cost_cents, slip.net_before_tax_cents, slip.net_paid_cents),
    )


class TestLoad:
    """Variants are activated by name; installing a package never changes an amount."""

    def test_the_default_is_france(self):
        assert load().variants == ("fr",)
        assert printed(load().payslip("2026-03", FACTS)) == printed(load("fr").payslip("2026-03", FACTS))

    def test_the_same_names_give_the_same_ruleset(self):
        assert load() is load() is load("fr")
        assert load().month_law("2026-03") is load().month_law(Month(2026, 3))

    def test_an_unknown_variant_is_told_the_close_ones(self):
        with pytest.raises(UnknownNameError) as caught:
            load("fra")
        assert str(caught.value) == "no variant is called 'fra'. Did you mean fr?"
        assert isinstance(caught.value, KeyError)

    def test_an_installed_variant_is_found_by_its_entry_point(self, monkeypatch):
        def entry_points(*, group, name=None):
            assert group == "cae_core.variants"
            found = [SimpleNamespace(name="island", load=levy)]
            return [point for point in found if name in (None, point.name)]

        monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
        monkeypatch.setattr(assembly_module, "_LOADED", dict(assembly_module._LOADED))
        assert "local_levy" in {row.code for row in load("fr", "island").contributions}
        assert "local_levy" not in {row.code for row in load().contributions}
        with pytest.raises(UnknownNameError, match="Did you mean island"):
            load("fr", "iland")

    def test_an_installed_package_never_replaces_a_built_in_one(self, monkeypatch):
        def entry_points(**_):
            raise AssertionError("the built-in rules are not looked for")

        monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
        monkeypatch.setattr(assembly_module, "_LOADED", {})
        assert load("fr").variants == ("fr",)

    def test_rights_have_parameters_of_their_own(self):
        """They see those of the payslip; the payslip does not wait for them."""
        short = parameter("island_right", known_until=dt.date(2024, 12, 31))
        rules = assemble({"fr": FR, "island": plugin(rights_parameters=[short])})
        assert rules.rights.parameter("island_right") is short
        assert rules.rights.parameter("minimum_wage_hourly").on(dt.date(2026, 7, 1)).value == 1231
        assert rules.legislation.known_until == dt.date(2026, 7, 31)
        with pytest.raises(UnknownNameError):
            rules.legislation.parameter("island_right")
        with pytest.raises(LawNotKnownError, match="'island_right' is not known on 2025-01-01"):
            rules.rights.on(dt.date(2025, 1, 1))["island_right"]

    def test_a_right_does_not_replace_a_parameter_of_the_payslip(self):
        rules = assemble({"fr": FR, "island": plugin(rights_parameters=[parameter("minimum_wage_hourly")])})
        with pytest.raises(RulesetError, match="for the payslip and for rights: minimum_wage_hourly"):
            _ = rules.rights

    def test_a_contribution_by_its_code(self):
        assert load().contribution("csg_deductible").code == "csg_deductible"
        with pytest.raises(
            UnknownNameError, match="no contribution is called 'csg_deductable'. Did you mean csg_ded"
        ):
            load().contribution("csg_deductable")


class TestVariant:
    """A plugin with its own table adds a line, and the order of registration shows nowhere."""

    def test_the_line_is_added_and_nothing_else_moves(self):
        plain, more = (
            rules.payslip("2026-03", FACTS) for rules in (load(), assemble({"fr": FR, "levy": levy()}))
        )
        assert more.line("local_levy").employer_cents == 1000  # 0.5 % of 2,000 €
        assert more.employer_cost_cents == plain.employer_cost_cents + 1000
        assert more.net_paid_cents == plain.net_paid_cents
        assert [line.code for line in more.lines if line.code != "local_levy"] == [
            line.code for line in plain.lines
        ]

    @pytest.mark.parametrize("order", list(itertools.permutations(["fr", "alps", "levy"])))
    def test_the_order_of_registration_shows_nowhere(self, order):
        """Lines, headings and totals; the country comes first, whatever the names."""
        plugins = {"fr": FR, "alps": levy(7_000, "alps_levy"), "levy": levy()}
        wanted = assemble(plugins)
        found = assemble({name: plugins[name] for name in order})
        assert found.variants == order
        for month in ("2024-05", "2025-06", "2026-07"):
            assert printed(found.payslip(month, FACTS)) == printed(wanted.payslip(month, FACTS))
        assert found.contributions[0].code == "health_reduced"

    def test_the_days_covered_are_those_of_all_plugins(self):
        """The latest first day and the earliest last day."""
        short = plugin(
            parameters=[parameter("island_rate", known_until=dt.date(2026, 3, 31))],
            cae_known_from=[dt.date(2025, 1, 1)],
        )
        rules = assemble({"fr": FR, "island": short})
        assert (rules.legislation.known_from, rules.legislation.known_until) == (
            dt.date(2025, 1, 1),
            dt.date(2026, 3, 31),
        )
        for month in ("2024-12", "2026-04"):
            with pytest.raises(LawNotKnownError):
                rules.payslip(month, FACTS)


class TestDeclaredTwice:
    """Replacing a rule must be said, never done by accident: the error names both plugins."""

    @pytest.mark.parametrize(
        ("kind", "declared", "name"),
        [
            ("parameter", {"parameters": [parameter("social_security_ceiling_monthly")]}, "social_security_ceiling_monthly"),
            ("heading", {"headings": [Heading("health", "Santé", "Health")]}, "health"),
            ("contribution", {"contributions": [contribution("ags", employer_rates=())]}, "ags"),
        ],
    )  # fmt: skip
    def test_a_name_of_the_country(self, kind, declared, name):
        assert (
            refusal(fr=FR, island=plugin(**declared))
            == f"{kind} {name!r} is declared by both 'fr' and 'island'"
        )

    def test_a_base_and_a_quantity(self):
        base = Base(name="bracket_1", french_name="t", english_name="t", formula=lambda year, values: 0)
        assert (
            refusal(fr=FR, island=plugin(bases=[base]))
            == "base 'bracket_1' is declared by both 'fr' and 'island'"
        )
        quantity = Quantity(name="ceiling", french_name="p", unit="cents", formula=lambda facts, values: 0)
        found = refusal(fr=FR, island=plugin(quantities=[quantity]))
        assert found == "quantity 'ceiling' is declared by both 'fr' and 'island'"

    def test_by_two_variants(self):
        found = refusal(fr=FR, one=levy(), two=levy())
        assert found == "parameter 'local_levy_rate' is declared by both 'one' and 'two'"

    def test_twice_by_one_plugin(self):
        twice = plugin(parameters=[parameter("a_rate"), parameter("a_rate")])
        assert refusal(fr=FR, island=twice) == "parameter 'a_rate' is declared by both 'island' and 'island'"


class TestHooks:
    """A hook that does not exist would never be called: it is refused, and its plugin named."""

    def test_a_misspelt_hook(self):
        misspelt = SimpleNamespace(cae_register_contribution=plugin(x=[]).cae_register_x)
        found = refusal(fr=FR, island=misspelt)
        assert found.startswith("plugin 'island': unknown hook 'cae_register_contribution'")

    def test_a_hook_with_an_argument(self):
        """Hooks declare: they are given nothing to intervene in."""
        curious = SimpleNamespace(cae_register_contributions=hookimpl(lambda payslip: []))
        found = refusal(fr=FR, island=curious)
        assert found.startswith("plugin 'island': ")
        assert "payslip" in found

    def test_they_are_called_at_assembly_alone(self):
        calls = []

        @hookimpl
        def cae_register_contributions():
            calls.append("called")
            return [contribution("island_levy", employer_rates=("ags_rate",))]

        rules = assemble(
            {"fr": FR, "island": SimpleNamespace(cae_register_contributions=cae_register_contributions)}
        )
        assert calls == ["called"]
        rules.payslip("2026-03", FACTS)
        assert calls == ["called"]


class TestUnknownNames:
    """A rule that names what nobody declares is refused, with the close names."""

    @pytest.mark.parametrize(
        ("changes", "wanted"),
        [
            ({"employer_rates": ("ags_rte",)}, "no parameter is called 'ags_rte'. Did you mean ags_rate"),
            ({"employee_rates": ("ags_rte",)}, "no parameter is called 'ags_rte'"),
            ({"headcount_from": "fnal_headcout"}, "no parameter is called 'fnal_headcout'. Did you mean fnal_headcount"),
            ({"headcount_below": "nobody"}, "no parameter is called 'nobody'"),
            ({"employer_scale": ("no_scale", "headcount")}, "no parameter is called 'no_scale'"),
            ({"base": "bracket_3"}, "no base is called 'bracket_3'. Did you mean bracket_2, bracket_1"),
            ({"heading": "helth"}, "no heading is called 'helth'. Did you mean health"),
        ],
    )  # fmt: skip
    def test_in_a_contribution(self, changes, wanted):
        row = contribution(**{"employer_rates": ("ags_rate",), **changes})
        assert f"contribution 'local_levy': {wanted}" in refusal(fr=FR, island=plugin(contributions=[row]))

    def test_in_what_a_base_needs(self):
        """Else the base would never be in force, and no line could say so."""
        base = Base(name="b", french_name="b", english_name="b", formula=lambda y, v: 0, needs=("ags_rte",))
        assert "base 'b': no parameter is called 'ags_rte'" in refusal(fr=FR, island=plugin(bases=[base]))

    def test_in_what_a_quantity_needs(self):
        quantity = Quantity(
            name="q", french_name="q", unit="cents", formula=lambda f, v: 0, needs=("ags_rte",)
        )
        found = refusal(fr=FR, island=plugin(quantities=[quantity]))
        assert "quantity 'q': no parameter is called 'ags_rte'" in found

    @pytest.mark.parametrize(
        ("field", "value", "wanted"),
        [
            ("needs", ("general_reduction_powr",), "no parameter is called 'general_reduction_powr'"),
            ("pension_share", "nobody", "no parameter is called 'nobody'"),
            ("headcount", "nobody", "no parameter is called 'nobody'"),
            ("base", "gross", "no base is called 'gross'"),
            ("heading", "reduction", "no heading is called 'reduction'. Did you mean reductions"),
        ],
    )
    def test_in_a_reduction(self, field, value, wanted):
        """A reduction that is silently never granted would be the costliest slip of all."""
        reduction: Reduction = attrs.evolve(load().reductions[1], code="other", **{field: value})
        assert f"reduction 'other': {wanted}" in refusal(fr=FR, island=plugin(reductions=[reduction]))

    def test_in_the_withholding(self):
        country = plugin(
            parameters=[parameter("a_rate")],
            withholding=[Withholding(scale="no_scale", citation=TEXT)],
            cae_known_from=[dt.date(2024, 1, 1)],
        )
        assert "withholding: no parameter is called 'no_scale'" in refusal(land=country)


class TestCountry:
    """One country, and one alone, says how income tax is withheld and from when its rules are complete."""

    def test_no_withholding(self):
        assert refusal(levy=levy()) == "exactly one withholding is wanted, got 0"
        assert refusal() == "exactly one withholding is wanted, got 0"

    def test_two_withholdings(self):
        """A plugin that declares one, and says nothing else of itself, is taken for a country."""
        other = plugin(withholding=[Withholding(scale="withholding_neutral_scale", citation=TEXT)])
        assert refusal(fr=FR, other=other) == "one country is wanted, got fr, other"

    @pytest.mark.parametrize(
        "more", [{"parameters": [parameter("a_rate")]}, {"cae_known_from": [dt.date(2024, 1, 1)]}, {}]
    )
    def test_no_parameters_or_no_first_day(self, more):
        country = plugin(withholding=[Withholding(scale="a_rate", citation=TEXT)], **more)
        assert refusal(land=country) == "no plugin declares parameters and the first day they are known"


class Recorded(Mapping):
    """Values of the law that remember which of them were read."""

    def __init__(self, values, seen):
        self.values_, self.seen = values, seen

    def __getitem__(self, name):
        self.seen.add(name)
        return self.values_[name]

    def __contains__(self, name):
        return name in self.values_

    def __iter__(self):
        return iter(self.values_)

    def __len__(self):
        return len(self.values_)


@pytest.fixture(scope="module")
def read():
    seen: set[str] = set()
    rules = load()
    for month in Month(2019, 1).through(Month(2026, 7)):
        law = rules.month_law(month)
        law = attrs.evolve(law, values=Recorded(law.values, seen), schedules={})
        for executive, headcount, policy in itertools.product(
            (False, True), (5, 11, 50, 250, 2000), HoursPolicy
        ):
            facts = PayFacts(
                gross_pay_cents=200_000,
                executive=executive,
                headcount=headcount,
                hours_policy=policy,
                contract_hours_hundredths=10_000,
                employed_days=20,
            )
            assert engine.payslip(law, facts).reference_hours_hundredths > 0
    return seen


class TestParameters:
    """No parameter of the tables is useless, none is missing."""

    def test_every_parameter_is_read_or_needed(self, read):
        rules = load()
        needed = {
            name for rule in (*rules.quantities, *rules.bases, *rules.reductions) for name in rule.needs
        }
        declared = set(rules.legislation.parameters)
        assert declared - read - needed == set()

    def test_nothing_else_is_read(self, read):
        """``days_in_month`` is the calendar's, not the law's."""
        assert read - set(load().legislation.parameters) == {"days_in_month"}

    def test_each_parameter_has_its_own_table(self):
        families = {parameter.family for parameter in load().legislation.parameters.values()}
        assert len(families) == 11
        assert "" not in families

    def test_every_row_applies_to_somebody_at_some_time(self):
        """A row whose parameters are never in force together would never be owed."""
        rules = load()
        in_force = {
            code
            for month in Month(2019, 1).through(Month(2026, 7))
            for code in rules.month_law(month).contributions
        }
        assert in_force == {row.code for row in rules.contributions}


class TestDaysCovered:
    """Outside the days the tables cover: ask, don't extrapolate."""

    @pytest.mark.parametrize(("month", "day"), [("2018-12", "2018-12-01"), ("2026-08", "2026-08-01")])
    def test_the_refusal_names_the_law_the_day_and_what_is_known(self, month, day):
        with pytest.raises(LawNotKnownError) as caught:
            load().payslip(month, FACTS)
        message = str(caught.value)
        assert message.startswith(
            f"'the law' is not known on {day}: first known day 2019-01-01, last known day 2026-07-31."
        )
        assert ("Pass assume_unchanged=True" in message) is (month == "2026-08")
        error = caught.value
        assert (error.day, error.first_known, error.last_known) == (
            dt.date.fromisoformat(day),
            dt.date(2019, 1, 1),
            dt.date(2026, 7, 31),
        )
        assert isinstance(error, LookupError)

    def test_the_first_and_the_last_month(self):
        assert load().payslip("2019-01", FACTS).assumed is False
        assert load().payslip("2026-07", FACTS).assumed is False

    def test_assumed_unchanged_is_marked(self):
        july = load().payslip("2026-07", FACTS)
        august = load().payslip("2026-08", FACTS, assume_unchanged=True)
        assert august.assumed
        assert printed(august) == printed(july)
        # The law that was assumed is not kept as the law that is known.
        with pytest.raises(LawNotKnownError):
            load().payslip("2026-08", FACTS)
        assert load().payslip("2026-07", FACTS, assume_unchanged=True).assumed is False

    def test_before_the_first_day_nothing_can_be_assumed(self):
        with pytest.raises(LawNotKnownError, match="on 2018-12-01"):
            load().payslip("2018-12", FACTS, assume_unchanged=True)

    def test_the_inverse_asks_for_the_same_law(self):
        with pytest.raises(LawNotKnownError):
            load().gross_for_budget("2026-08", 200_000, FACTS)
        assert load().gross_for_budget("2026-08", 200_000, FACTS, assume_unchanged=True).fits

    def test_a_month_is_asked_for_as_a_month(self):
        with pytest.raises(InputError, match="month: expected a month such as 2026-03, got '2026-3'"):
            load().payslip("2026-3", FACTS)


class TestMinimumWageOfTheReductionInJune2026:
    """
    The minimum wage rose to 12.31 € on 1 June 2026; for the general reduction, it stays at 12.02 € until the
    end of the year.  (Décret n° 2026-509 du 12 juin 2026, Journal officiel du 14 juin, retroactive)
    """

    #: Full time: 1,820 hours over twelve months, in 1/1200 of a cent.
    AT_12_31, AT_12_02 = 1231 * 182_000, 1202 * 182_000

    def reference_wage(self, month, known_on=None):
        (line,) = load().payslip(month, FACTS, known_on=known_on).reductions
        return line.reference_wage

    def test_as_known_before_the_decree(self):
        assert self.reference_wage("2026-06", dt.date(2026, 6, 5)) == self.AT_12_31
        assert self.reference_wage("2026-06", dt.date(2026, 6, 13)) == self.AT_12_31

    def test_as_known_since(self):
        assert self.reference_wage("2026-06", dt.date(2026, 6, 14)) == self.AT_12_02
        assert self.reference_wage("2026-06") == self.AT_12_02
        assert self.reference_wage("2026-07") == self.AT_12_02

    def test_may_is_the_same_in_either_case(self):
        assert self.reference_wage("2026-05", dt.date(2026, 6, 5)) == self.AT_12_02
        assert self.reference_wage("2026-05") == self.AT_12_02

    def test_a_higher_minimum_wage_means_a_larger_reduction(self):
        before = load().payslip("2026-06", FACTS, known_on=dt.date(2026, 6, 5))
        since = load().payslip("2026-06", FACTS)
        assert before.employer_cost_cents < since.employer_cost_cents
        assert before.net_before_tax_cents == since.net_before_tax_cents

    def test_every_door_may_look_back(self):
        """Before décret n° 2026-509 the reference wage of June 2026 was 12.31 €: every door gives that reduction."""
        np = pytest.importorskip("numpy")
        known = {"known_on": dt.date(2026, 6, 5)}
        facts = attrs.evolve(FACTS, gross_pay_cents=300_000, hours_policy=HoursPolicy.FULL_TIME)
        before, now = load().payslip("2026-06", facts, **known), load().payslip("2026-06", facts)
        assert before.reductions_cents > now.reductions_cents
        batch = load().payslips("2026-06", facts.with_gross(np.array([300_000])), **known)
        assert batch["reductions"].tolist() == [before.reductions_cents]
        cost = before.employer_cost_cents
        assert (
            300_000
            in load().inverse("2026-06", facts, **known).grosses_for("employer_cost", cost).grosses_cents
        )
        assert load().gross_for_budget("2026-06", cost, facts, **known).gross_pay_cents >= 300_000
        assert load().gross_for_budget("2026-06", cost, facts).gross_pay_cents < 300_000
        changed = load().compare("2026-05", "2026-06", **known)
        assert "general_reduction_minimum_wage_hourly" in {change.name for change in changed.parameters}
