"""Variants change the rules of others by declaration: level by level, never silently, never by order."""

import datetime as dt
import itertools
from types import SimpleNamespace

import attrs
import pytest

from cae_core import InputError, PayFacts, RulesetError, assemble, hookimpl, load
from cae_core.explain import explain_amount, payslip_dict
from cae_core.explain.slip_rows import payslip_notes
from cae_core.law import Citation, DatedValue, Parameter
from cae_core.money import greatest, least
from cae_core.payroll import Base, Choice, Contribution, FactCheck, FactSpec, Quantity
from cae_core.payroll.correction import correct
from cae_core.plugins import plugin as found_plugin
from cae_core.reasons import Reason
from cae_core.variants import (
    ChangeParameter,
    ChangeReduction,
    ExtendParameter,
    MoveLine,
    Rebase,
    RemoveLine,
    ReplaceLine,
    SetRates,
    VariantInfo,
    VariantKind,
)  # fmt: skip

FR = found_plugin("fr")
FACTS = PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05")
TEXT = Citation("Délibération d'exemple")
KINDS = {"t": VariantKind.TERRITORY, "s": VariantKind.SECTOR, "c": VariantKind.COOPERATIVE}


def parameter(name, value, unit="percent"):
    row = DatedValue(value, dt.date(2019, 1, 1), TEXT, source="invented")
    return Parameter(
        name=name, french_name="taux local", unit=unit, values=(row,), known_until=dt.date(2026, 12, 31)
    )


def variant(kind="t", *, parameters=(), quantities=(), bases=(), changes=(), **info):
    said = VariantInfo(kind=KINDS[kind], french_name="variante", english_name="variant", **info)
    return SimpleNamespace(
        cae_variant=hookimpl(lambda: [said]),
        cae_register_parameters=hookimpl(lambda: parameters),
        cae_register_quantities=hookimpl(lambda: quantities),
        cae_register_bases=hookimpl(lambda: bases),
        cae_register_changes=hookimpl(lambda: changes),
    )


def rules(**variants):
    return assemble({"fr": FR, **variants})


def slip(**variants):
    return rules(**variants).payslip("2026-03", FACTS)


PLAIN = load().payslip("2026-03", FACTS)


class TestEachChange:
    """What a change names is changed, and nothing else moves."""

    def others(self, changed, *codes):
        kept = [[line for line in each.lines if line.code not in codes] for each in (PLAIN, changed)]
        assert kept[0] == kept[1]

    def test_a_line_is_removed(self):
        found = slip(v=variant(changes=[RemoveLine(code="apprenticeship_balance", citation=TEXT)]))
        assert "apprenticeship_balance" not in {line.code for line in found.lines}
        assert (
            found.employer_cost_cents
            == PLAIN.employer_cost_cents - PLAIN.line("apprenticeship_balance").employer_cents
        )
        self.others(found, "apprenticeship_balance")

    def test_a_rate_is_set(self):
        change = SetRates(code="apprenticeship", employer_rates=("local_rate",), citation=TEXT)
        found = slip(v=variant(parameters=[parameter("local_rate", 4_400)], changes=[change]))
        line = found.line("apprenticeship")
        assert (line.employer_ppm, line.employer_cents) == (4_400, 8_80)
        assert "Délibération d'exemple" in str(found.citations(line)[0])
        self.others(found, "apprenticeship")

    def test_a_line_is_replaced(self):
        line = attrs.evolve(load().contribution("apprenticeship"), french_name="Taxe locale")
        found = slip(v=variant(changes=[ReplaceLine(contribution=line)]))
        assert found.line("apprenticeship").contribution.french_name == "Taxe locale"
        assert [line.code for line in found.lines] == [line.code for line in PLAIN.lines]

    def test_a_line_is_charged_on_another_base(self):
        facts = FACTS.with_gross(600_000)
        moved = rules(v=variant(changes=[MoveLine(code="apprenticeship", base="bracket_1", citation=TEXT)]))
        assert moved.payslip("2026-03", facts).line("apprenticeship").base_cents == 400_500

    def test_bases_count_another_quantity(self):
        """Pay less 7 % on old age; the CSG still counts all of it."""
        abated = Quantity(
            name="abated_pay", french_name="rémunération abattue", unit="cents",
            formula=lambda facts, values: facts.gross_pay_cents - facts.gross_pay_cents * 7 // 100,
        )  # fmt: skip
        change = Rebase(bases=("gross_pay", "bracket_1"), quantity="abated_pay", citation=TEXT)
        found = slip(v=variant("s", quantities=[abated], changes=[change]))
        assert found.line("old_age_capped").base_cents == found.line("old_age_uncapped").base_cents == 186_000
        assert found.line("csg_deductible").base_cents == PLAIN.line("csg_deductible").base_cents

    def test_a_reduction_is_changed(self):
        def none(reduction):
            return None

        def doubled(reduction):
            return attrs.evolve(reduction, coefficient=lambda *a: 2 * reduction.coefficient(*a))

        assert (
            slip(v=variant(changes=[ChangeReduction(code="general_reduction", change=none)])).reductions_cents
            == 0
        )
        twice = slip(v=variant(changes=[ChangeReduction(code="general_reduction", change=doubled)]))
        assert twice.reductions_cents == 2 * PLAIN.reductions_cents

    def test_a_parameter_has_other_values(self):
        found = slip(v=variant(changes=[ChangeParameter(parameter=parameter("apprenticeship_rate", 4_400))]))
        assert found.line("apprenticeship").employer_ppm == 4_400

    def test_another_unit_is_refused(self):
        change = ChangeParameter(parameter=parameter("apprenticeship_rate", 44, unit="EUR"))
        with pytest.raises(RulesetError, match="'apprenticeship_rate' is in percent, not in EUR"):
            rules(v=variant(changes=[change]))


class TestLevels:
    """Country, territory, sector, cooperative: the more particular one has the last word, whatever the order."""

    def set_to(self, name, value):
        rate = f"{name}_rate"
        change = SetRates(code="apprenticeship", employer_rates=(rate,), citation=TEXT)
        return {"parameters": [parameter(rate, value)], "changes": [change]}

    def test_the_cooperative_speaks_after_the_territory(self):
        plugins = {
            "fr": FR, "z": variant("t", **self.set_to("z", 1_000)), "m": variant("s", **self.set_to("m", 2_000)),
            "a": variant("c", **self.set_to("a", 3_000)),
        }  # fmt: skip
        for order in itertools.permutations(plugins):
            found = assemble({name: plugins[name] for name in order}).payslip("2026-03", FACTS)
            assert found.line("apprenticeship").employer_ppm == 3_000

    def test_two_of_one_level_are_refused_by_name(self):
        plugins = {
            "one": variant("t", **self.set_to("one", 1_000)),
            "two": variant("t", **self.set_to("two", 2_000)),
        }
        with pytest.raises(RulesetError, match="line 'apprenticeship' is changed by both 'one' and 'two'"):
            rules(**plugins)

    def test_one_that_touches_a_thing_twice(self):
        changes = [RemoveLine(code="apprenticeship", citation=TEXT)] * 2
        with pytest.raises(RulesetError, match="line 'apprenticeship' is changed by both 'v' and 'v'"):
            rules(v=variant(changes=changes))


class TestMissing:
    """A change of something that nobody declares is an error that names the plugin."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (
                RemoveLine(code="aprenticeship", citation=TEXT),
                "no contribution is called 'aprenticeship'. Did you mean app",
            ),
            (MoveLine(code="apprenticeship", base="braket_1", citation=TEXT), "no base is called 'braket_1'"),
            (Rebase(bases=("gros_pay",), quantity="x", citation=TEXT), "no base is called 'gros_pay'"),
            (ChangeReduction(code="lodeom", change=lambda each: each), "no reduction is called 'lodeom'"),
            (
                ChangeParameter(parameter=parameter("apprentice_rate", 1)),
                "no parameter is called 'apprentice_rate'",
            ),
        ],
    )
    def test_each(self, change, said):
        with pytest.raises(RulesetError, match=f"plugin 'v' changes what is not there: {said}"):
            rules(v=variant(changes=[change]))


class TestTogether:
    """Requirements, conflicts, versions: said before anything is computed."""

    def test_what_is_required_is_there(self):
        assert rules(v=variant(requires=["fr"])).variants == ("fr", "v")
        with pytest.raises(RulesetError, match="plugin 'v' requires be, lu: activate it too"):
            rules(v=variant(requires=["lu", "fr", "be"]))

    def test_a_conflict(self):
        with pytest.raises(RulesetError, match="plugin 'v' cannot be active with w"):
            rules(v=variant(conflicts=["w"]), w=variant())

    def test_another_version_of_the_hooks(self):
        with pytest.raises(
            RulesetError, match="plugin 'v' was written for version 2 of the hooks, this is 1"
        ):
            rules(v=variant(api=2))

    def test_two_countries(self):
        other = SimpleNamespace(
            cae_variant=hookimpl(
                lambda: [VariantInfo(kind=VariantKind.COUNTRY, french_name="x", english_name="x")]
            )
        )
        with pytest.raises(RulesetError, match="one country is wanted, got fr, other"):
            rules(other=other)

    def test_a_plugin_that_raises(self):
        def broken():
            raise ZeroDivisionError("by nought")

        with pytest.raises(
            RulesetError, match="plugin 'v', hook cae_register_bases: ZeroDivisionError: by nought"
        ) as caught:
            rules(v=SimpleNamespace(cae_register_bases=hookimpl(broken)))
        assert isinstance(caught.value.__cause__, ZeroDivisionError)

    def test_one_record_says_what_it_is(self):
        def nothing():
            return []

        with pytest.raises(RulesetError, match="plugin 'v', hook cae_variant: expected one VariantInfo"):
            rules(v=SimpleNamespace(cae_variant=hookimpl(nothing)))


class TestAddedRules:
    """A variant adds rules beside its changes; both lanes read them."""

    def test_a_base_of_its_own_in_columns(self):
        np = pytest.importorskip("numpy")
        half = Base(
            name="half_pay", french_name="moitié", english_name="half", citations=(TEXT,),
            formula=lambda year, values: year["gross_pay"] // 2,
        )  # fmt: skip
        found = rules(
            v=variant(bases=[half], changes=[MoveLine(code="apprenticeship", base="half_pay", citation=TEXT)])
        )
        batch = found.payslips("2026-03", FACTS.with_gross(np.array([200_000, 300_001])), lines=True)
        assert [batch.row(rank).line("apprenticeship").base_cents for rank in range(2)] == [100_000, 150_000]


class TestGivenFacts:
    """A plugin asks for facts of its own; both lanes read them, and a name nobody declares is refused."""

    def declared(self, **more):
        spec = FactSpec(
            name="children", french_name="enfants", english_name="children", unit="people", **more
        )
        base = Quantity(
            name="children_pay", french_name="part des enfants", unit="cents",
            formula=lambda facts, values: facts.given.get("children", 0) * 100_00,
        )  # fmt: skip
        change = Rebase(bases=("bracket_1",), quantity="children_pay", citation=TEXT)
        plugin = variant(quantities=[base], changes=[change])
        plugin.cae_register_facts = hookimpl(lambda: [spec])
        return rules(v=plugin)

    def test_one_person(self):
        facts = PayFacts.of("2000", headcount=130, workplace_accident_rate="1.05", given={"children": 3})
        assert self.declared().payslip("2026-03", facts).line("old_age_capped").base_cents == 300_00
        assert self.declared().payslip("2026-03", FACTS).line("old_age_capped").base_cents == 0

    def test_many(self):
        np = pytest.importorskip("numpy")
        facts = attrs.evolve(
            FACTS.with_gross(np.array([200_000] * 3)),
            headcount=np.array([10, 130, 10]),
            given={"children": np.array([0, 1, 2])},
        )
        batch = self.declared().payslips("2026-03", facts, lines=True)
        assert [batch.row(rank).line("old_age_capped").base_cents for rank in range(3)] == [0, 100_00, 200_00]
        assert batch.row(2).facts.given == {"children": 2}

    def test_a_name_that_nobody_declares(self):
        facts = attrs.evolve(FACTS, given={"childs": 1})
        with pytest.raises(
            InputError, match=r"given: expected facts of the active variants \(children\), got childs"
        ):
            self.declared().payslip("2026-03", facts)
        with pytest.raises(
            InputError, match=r"given: expected facts of the active variants \(none\), got childs"
        ):
            load().payslip("2026-03", facts)

    def test_one_that_must_be_given(self):
        with pytest.raises(InputError, match="given: the active variants need children"):
            self.declared(default=None).payslip("2026-03", FACTS)


class TestRatesGiven:
    """A rate that a notification gives to the plugin is a fact of its own, on both lanes."""

    spec = FactSpec(
        name="fund_ppm", french_name="taux de la caisse", english_name="rate of the fund", unit="millionths",
        default=10_000,
    )  # fmt: skip
    row = Contribution(
        code="fund", french_name="Caisse", english_name="Fund", heading="other_employer", base="gross_pay",
        citation=TEXT, employer_fact="fund_ppm",
    )  # fmt: skip

    def rules(self, row=row):
        added = variant("s")
        added.cae_register_facts = hookimpl(lambda: [self.spec])
        added.cae_register_contributions = hookimpl(lambda: [row])
        return rules(v=added)

    def test_one_person(self):
        found = self.rules()
        assert found.payslip("2026-03", FACTS).line("fund").employer_cents == 20_00
        for ppm, cents in ((197_000, 394_00), (207_000, 414_00), (0, 0)):
            slip = found.payslip("2026-03", attrs.evolve(FACTS, given={"fund_ppm": ppm}))
            assert (slip.line("fund").employer_ppm, slip.line("fund").employer_cents) == (ppm, cents)

    def test_columns(self):
        np = pytest.importorskip("numpy")
        facts = attrs.evolve(
            FACTS.with_gross(np.array([200_000, 300_000])), given={"fund_ppm": np.array([197_000, 0])}
        )
        batch = self.rules().payslips("2026-03", facts, lines=True)
        assert [batch.row(rank).line("fund").employer_cents for rank in range(2)] == [394_00, 0]

    def test_a_fact_that_nobody_declares(self):
        with pytest.raises(RulesetError, match="contribution 'fund': no fact is called 'found_ppm'"):
            self.rules(attrs.evolve(self.row, employer_fact="found_ppm"))


class TestWholeOfAContribution:
    """The employee owes on a base of her own; of the whole, on another, the employer owes the rest."""

    own = Base(
        name="own_pay", french_name="part salariée", english_name="employee's", citations=(TEXT,),
        formula=lambda year, values: least(year["gross_pay"], 100_010),
    )  # fmt: skip
    spec = FactSpec(name="kids", french_name="enfants", english_name="children", unit="people", default=None)
    rates = Parameter(
        name="care_scale", french_name="soins", unit="scale_people", known_until=dt.date(2026, 7, 31),
        values=(DatedValue(((0, 18_000), (2, 15_500)), dt.date(2025, 1, 1), TEXT, source="invented"),),
    )  # fmt: skip
    half = Parameter(
        name="care_half", french_name="soins", unit="percent", known_until=dt.date(2026, 7, 31),
        values=(DatedValue(18_000, dt.date(2025, 1, 1), TEXT, source="invented"),),
    )  # fmt: skip
    row = Contribution(
        code="care", french_name="Soins", english_name="Care", heading="health", base="own_pay",
        whole_base="gross_pay", employee_scale=("care_scale", "kids"), employer_rates=("care_half",),
        citation=TEXT,
    )  # fmt: skip

    def rules(self, row=row):
        added = variant(bases=[self.own], parameters=[self.rates, self.half])
        added.cae_register_facts = hookimpl(lambda: [self.spec])
        added.cae_register_contributions = hookimpl(lambda: [row])
        return rules(v=added)

    def facts(self, gross, kids):
        return attrs.evolve(FACTS.with_gross(gross), given={"kids": kids})

    def test_by_hand(self):
        """Of 2,000.25 the half is 36.0045, so 72.00 in all; on 1,000.10 the half is 18.0018, with two children
        1.55 % is 15.50155: the employer owes 72.00 − 18.00, whatever the children take from the employee."""
        for kids, employee in ((0, 18_00), (1, 18_00), (2, 15_50), (5, 15_50)):
            line = self.rules().payslip("2026-03", self.facts(200_025, kids)).line("care")
            assert (line.base_cents, line.whole_base_cents) == (100_010, 200_025)
            assert (line.employee_cents, line.employer_cents) == (employee, 54_00)

    def test_within_a_year(self):
        """The second month brings the whole base of its own, and nothing of a base that is used up."""
        found = self.rules()
        first = found.payslip("2026-01", self.facts(200_025, 0))
        line = found.payslip("2026-02", self.facts(150_000, 0), year_to_date=first.year_to_date).line("care")
        assert (line.base_cents, line.employee_cents, line.employer_cents) == (0, 0, 54_00)

    @pytest.mark.parametrize("totals", [None, ["employer_cost", "net_before_tax"]])
    def test_columns(self, totals):
        np = pytest.importorskip("numpy")
        found = self.rules()
        many = self.facts(np.array([200_025, 50_050, 333_333]), np.array([2, 0, 1]))
        batch = found.payslips("2026-03", many, totals=totals)
        for rank in range(3):
            slip = found.payslip("2026-03", many.row(rank))
            for total in ("employer_cost", "net_before_tax"):
                assert batch[total][rank] == getattr(slip, f"{total}_cents")

    def test_gross_pay_is_found_again(self):
        found = self.rules()
        inverse = found.inverse("2026-03", self.facts(0, 2))
        for gross in (50_050, 100_009, 100_010, 100_011, 200_025):
            slip = found.payslip("2026-03", self.facts(gross, 2))
            for total in ("employer_cost", "net_before_tax"):
                asked = getattr(slip, f"{total}_cents")
                assert gross in inverse.grosses_for(total, asked).grosses_cents

    def test_it_is_explained(self):
        slip = self.rules().payslip("2026-03", self.facts(200_025, 2))
        steps = [
            step.text for section in explain_amount(slip, "care", "en").sections for step in section.steps
        ]
        assert "for children of 2: 1.55%" in steps
        assert "2 × 36.00 − 18.00 = 54.00" in steps
        (line,) = (line for line in payslip_dict(slip)["lines"] if line["code"] == "care")
        assert (line["base"], line["whole_base"]) == ("1000.10", "2000.25")

    def test_a_correction_takes_back_what_was_owed(self):
        found = self.rules()
        was, now = (found.payslip("2026-03", self.facts(gross, 0)) for gross in (200_025, 150_000))
        lines = [line for line in correct([was], "2026-03", now.facts).lines if line.code == "care"]
        moved = now.line("care").employer_cents - was.line("care").employer_cents
        assert sum(line.employer_cents for line in lines) == moved == -18_00
        assert [line.whole_base_cents for line in lines] == [-200_025, 150_000]

    def test_a_base_that_nobody_declares(self):
        with pytest.raises(RulesetError, match="contribution 'care': no base is called 'gros_pay'"):
            self.rules(attrs.evolve(self.row, whole_base="gros_pay"))


class TestInverseOfWhatTheLawDoesNotAllow:
    """A pay that a payslip refuses is not given as the answer to a total."""

    check = FactCheck(
        code="too_little", message="less than 500 €", citation=TEXT,
        violated=lambda facts, values: facts.gross_pay_cents < 500_00,
    )  # fmt: skip

    def test_it_is_refused(self):
        added = variant()
        added.cae_register_fact_checks = hookimpl(lambda: [self.check])
        inverse, plain = (found.inverse("2026-03", FACTS) for found in (rules(v=added), load()))
        for gross in (490_00, 300_00):
            with pytest.raises(InputError, match="too_little: in 2026-03, less than 500 €"):
                inverse.grosses_for("net_before_tax", inverse._total("net_before_tax", gross))
            with pytest.raises(InputError, match="too_little"):
                inverse.for_budget(plain.cost_cents(gross))
        assert inverse.for_budget(plain.cost_cents(500_00)).gross_pay_cents == 500_00


class TestReductionsOfAVariant:
    """A reduction counts its base; a variant may limit what is due to date."""

    half = Base(
        name="half_pay", french_name="moitié", english_name="half", citations=(TEXT,),
        formula=lambda year, values: year["gross_pay"] // 2,
    )  # fmt: skip

    def changed(self, **changes):
        def change(reduction):
            return attrs.evolve(reduction, changed=True, **changes)

        return rules(
            v=variant(
                "s", bases=[self.half], changes=[ChangeReduction(code="general_reduction", change=change)]
            )
        )

    def test_it_counts_its_base(self):
        (plain,) = PLAIN.reductions
        (found,) = self.changed(base="half_pay").payslip("2026-03", FACTS).reductions
        assert (found.base_cents, found.coefficient) == (1000_00, plain.coefficient)
        # 1,000 € at the coefficient of 2,000 €.
        assert found.amount_cents == 1000 * plain.coefficient // 100

    def test_a_limit_of_the_year(self):
        """100 € for the year: the first month takes them, a correction gives nothing back."""
        found = self.changed(limit=lambda scale, year, values: 100_00)
        first = found.payslip("2026-01", FACTS)
        second = found.payslip("2026-02", FACTS, year_to_date=first.year_to_date)
        assert [slip.reductions[0].amount_cents for slip in (first, second)] == [100_00, 0]
        assert [slip.reductions[0].limit_cents for slip in (first, second)] == [100_00, 100_00]
        assert "au plus 100,00" in "".join(
            step.text for part in explain_amount(first, "general_reduction").sections for step in part.steps
        )

    def test_gross_pay_is_found_again_beyond_a_limit(self):
        found = self.changed(limit=lambda scale, year, values: year["gross_pay"] // 10)
        for gross in (150_000, 199_999, 310_000):
            cost = found.payslip("2026-03", FACTS.with_gross(gross)).employer_cost_cents
            assert gross in found.inverse("2026-03", FACTS).grosses_for("employer_cost", cost).grosses_cents


class TestReductionsOfSome:
    """A reduction that some people have, by their facts: pay of their months counts, the reasons are told."""

    asked = FactSpec(name="island", french_name="île", english_name="island", unit="0 or 1")
    reason = Reason(code="island", met=False, french="sur une île", english="on an island", citations=(TEXT,))

    @staticmethod
    def on_an_island(facts, values):
        return facts.given.get("island", 0)

    def rules(self, **more):
        def of_the_island(reduction):
            changed = {
                "code": "island",
                "applies": Choice(self.on_an_island, 1),
                "coefficient": self.coefficient,
                **more,
            }
            return attrs.evolve(reduction, **changed)

        def of_the_rest(reduction):
            return attrs.evolve(reduction, applies=Choice(self.on_an_island, 0))

        plugin = variant("t", changes=[ChangeReduction(code="general_reduction", change=of_the_rest)])
        plugin.cae_register_facts = hookimpl(lambda: [self.asked])
        plugin.cae_register_reductions = hookimpl(
            lambda: [
                of_the_island(each)
                for each in FR.cae_register_reductions()
                if each.code == "general_reduction"
            ]
        )
        return rules(v=plugin)

    @staticmethod
    def coefficient(scale, year, values):
        """A tenth of pay over 1,000 €: 0.0500 of 2,000 €."""
        pay = year["gross_pay"]
        return greatest(pay - 1000_00, 0) * 1000 // greatest(pay, 1)

    def months(self, found, *islands, gross=2000_00):
        state, slips = None, []
        for number, island in enumerate(islands, start=1):
            facts = attrs.evolve(FACTS.with_gross(gross), given={"island": island})
            slips.append(found.payslip(f"2026-{number:02d}", facts, year_to_date=state))
            state = slips[-1].year_to_date
        return slips

    def test_each_has_its_own(self):
        there, elsewhere = (self.months(self.rules(), island)[0] for island in (1, 0))
        assert [line.code for line in there.reductions] == ["island"]
        assert [line.code for line in elsewhere.reductions] == ["general_reduction"]
        assert there.reductions_cents == 100_00
        assert elsewhere.reductions_cents == load().payslip("2026-01", FACTS).reductions_cents

    def test_pay_of_its_months_counts_with_the_ratio_of_the_year(self):
        """4,000 € in two months: a tenth of what exceeds 1,000 € is 0.0750, on the 2,000 € of the island."""
        second = self.months(self.rules(), 1, 0)[1]
        found = {line.code: line for line in second.reductions}
        assert set(found) == {"island", "general_reduction"}
        assert found["island"].due_to_date_cents == 150_00
        assert found["general_reduction"].pay_to_date_cents == 2000_00

    def test_month_by_month(self):
        """Measured on the month alone: the second month gives what the first gave, whatever the year."""
        slips = self.months(self.rules(monthly=True), 1, 1)
        assert [slip.reductions_cents for slip in slips] == [100_00, 100_00]
        told = explain_amount(slips[1], "island")
        texts = [step.text for part in told.sections for step in part.steps]
        assert any("2\u202f000,00 × 0,0500 = 100,00" in text for text in texts)

    @pytest.mark.parametrize("monthly", [False, True])
    def test_columns_and_the_inverse(self, monthly):
        np = pytest.importorskip("numpy")
        found = self.rules(monthly=monthly)
        slips = [
            self.months(found, island, island, gross=gross) for island, gross in ((1, 200_000), (0, 312_345))
        ]
        many = attrs.evolve(
            FACTS, gross_pay_cents=np.array([200_000, 312_345]), given={"island": np.array([1, 0])}
        )
        before = found.payslips("2026-01", many).year_to_date
        batch = found.payslips("2026-02", many, year_to_date=before, lines=True)
        for position, (first, second) in enumerate(slips):
            row = batch.row(position)
            assert [(each.code, each.amount_cents) for each in row.reductions] == [
                (each.code, each.amount_cents) for each in second.reductions
            ]
            inverse = found.inverse("2026-02", second.facts, year_to_date=first.year_to_date)
            cost = second.employer_cost_cents
            assert second.gross_pay_cents in inverse.grosses_for("employer_cost", cost).grosses_cents

    def test_the_reasons_are_told(self):
        slip = self.months(self.rules(why=lambda facts, law: (self.reason,)), 0)[0]
        assert slip.reasons == (self.reason,)
        assert "sur une île (Délibération d'exemple)\u00a0: non." in payslip_notes(slip)
        assert payslip_dict(slip)["reasons"][0]["met"] is False
        assert "reasons" not in payslip_dict(PLAIN)


class TestLaterValues:
    """A parameter that France repeals lives on in a territory."""

    def test_the_earlier_rows_stay(self):
        row = DatedValue(60_000, dt.date(2026, 1, 1), TEXT, source="invented")
        name = "health_reduced_rate"
        more = attrs.evolve(load().legislation.parameter(name), values=(row,))
        found = rules(v=variant(changes=[ExtendParameter(parameter=more)])).legislation.parameter(name)
        assert [found.on(dt.date(year, 6, 1)).value for year in (2025, 2026)] == [70_000, 60_000]
        with pytest.raises(RulesetError, match="no parameter is called 'nothing'"):
            rules(v=variant(changes=[ExtendParameter(parameter=attrs.evolve(more, name="nothing"))]))


class TestBasesOfAnotherBase:
    """What a base counts may be measured over the year: an abatement with a yearly ceiling, say."""

    abated = Base(
        name="abated_pay", french_name="rémunération abattue", english_name="abated pay", citations=(TEXT,),
        formula=lambda year, values: year["gross_pay"] - least(year["gross_pay"] // 10, 300_00),
    )  # fmt: skip
    change = Rebase(bases=("bracket_1",), quantity="abated_pay", citation=TEXT)

    def test_over_the_year(self):
        found = rules(v=variant("s", bases=[self.abated], changes=[self.change]))
        state, bases = None, []
        for month in ("2026-01", "2026-02", "2026-03"):
            slip = found.payslip(month, FACTS, year_to_date=state)
            state = slip.year_to_date
            bases.append(slip.line("old_age_capped").base_cents)
        assert bases == [1800_00, 1900_00, 2000_00]

    def test_it_is_explained_with_its_own_pay(self):
        found = rules(v=variant("s", bases=[self.abated], changes=[self.change]))
        told = explain_amount(found.payslip("2026-03", FACTS), "old_age_capped")
        texts = [step.text for part in told.sections for step in part.steps]
        assert any("la plus petite de 1\u202f800,00 et 4\u202f005,00" in text for text in texts)
