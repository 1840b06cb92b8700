"""LODEOM against published figures and an engine; what each of them has wrong is said; who has it and why not."""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib import metadata
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

import cae_core
import cae_fr_overseas as subject
from cae_core import InputError, LawNotKnownError, PayFacts, RulesetError, hookimpl
from cae_core.explain import explain_amount, payslip_dict
from cae_core.explain.slip_rows import payslip_notes
from cae_core.law import Citation, DatedValue
from cae_core.money import apply_rate
from cae_core.payroll import Regularisation
from cae_core.plugins import plugin
from cae_core.testing import assert_plugin_conforms
from cae_core.variants import ChangeParameter
from cae_fr_overseas import Place, Scale, Sector

FR = plugin("fr")
FRANCE = cae_core.load("fr")
RULES = cae_core.assemble({"fr": FR, "fr-overseas": subject})
HERE = Path(__file__).parent


def read(name):
    return json.loads((HERE / name).read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)


EXAMPLES = {each["id"]: each for each in read("examples.json")}
ORACLE = read("oracle.json")
#: What gives each scale: place, sector, innovation.
WHO = {
    "lodeom_competitiveness": (Place.REUNION, Sector.CONSTRUCTION, False),
    "lodeom_reinforced": (Place.MARTINIQUE, Sector.RESTAURANTS, False),
    "lodeom_innovation": (Place.GUADELOUPE, Sector.DIGITAL, True),
    "lodeom_islands_small": (Place.SAINT_BARTHELEMY, Sector.OTHER, False),
    "lodeom_islands_sector": (Place.SAINT_MARTIN, Sector.CONSTRUCTION, False),
    "lodeom_islands_reinforced": (Place.SAINT_MARTIN, Sector.TOURISM, False),
}


def changed(name, *rows):
    values = tuple(
        DatedValue(value, dt.date(2026, month, 1), Citation("modele-social 11.1.0"), source="its answers")
        for month, value in rows
    )
    return ChangeParameter(parameter=attrs.evolve(RULES.legislation.parameter(name), values=values))


#: What modele-social 11.1.0 believes of 2026: the minimum wage of its formulas follows that of June, and the part
#: of accidents in T is that of 2025, 0.50. Both were put right upstream in September 2026 (issue 4550 and pull
#: request 4663 of betagouv/mon-entreprise): 0.49, and the minimum wage of January, as for the general reduction.
BELIEFS = SimpleNamespace(
    cae_register_changes=hookimpl(
        lambda: [
            changed("general_reduction_minimum_wage_hourly", (1, 1202), (6, 1231)),
            changed("lodeom_maximum_small", (1, 3202)),
            changed("lodeom_maximum_large", (1, 3242)),
        ]
    )
)
ENGINE = cae_core.assemble({"fr": FR, "fr-overseas": subject, "engine": BELIEFS})


def cents(euros):
    """Whole cents of a figure, half up: engines print more decimals."""
    return int((Decimal(euros) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def person(gross, scale="lodeom_competitiveness", headcount=8, **more):
    place, sector, innovation = WHO[scale]
    asked = subject.given(place, sector, turnover_cents=1_200_000_00, innovation=innovation)
    return PayFacts.of(
        str(gross),
        headcount=int(headcount),
        workplace_accident_rate="3",
        hours_policy="full_time",
        given={**asked, **more},
    )


def year(rules, number, facts, last=12, **more):
    """The payslips of the first months of a year, each after the other."""
    state, slips = None, []
    for month in range(1, last + 1):
        own = facts(month) if callable(facts) else facts
        slips.append(rules.payslip(f"{number}-{month:02d}", attrs.evolve(own, **more), year_to_date=state))
        state = slips[-1].year_to_date
    return slips


def exemption(slips):
    return sum(line.amount_cents for slip in slips for line in slip.reductions if line.code in WHO)


def others():
    """The other plugins of France that can stand with this one, where they can be imported."""
    try:
        import cae_fr_btp
    except ImportError:  # installed alone
        return {}
    return {"fr-btp": cae_fr_btp}


class TestItConforms:
    people = (
        *(person(gross, scale, headcount) for scale in WHO for gross, headcount in ((2345, 8), (3456, 60))),
        person("1900", headcount=249),
        person("2567.89", headcount=300, lodeom_sector=int(Sector.OTHER)),
        person("5100", "lodeom_innovation", 8),
    )

    def test_alone_and_with_building(self):
        assert_plugin_conforms(subject, "fr-overseas", people=self.people, together_with=others())


class TestEngine:
    """modele-social 11.1.0, as it was asked by make_oracle.mjs, under its own beliefs; then under the law."""

    @pytest.mark.parametrize("scale", WHO)
    def test_each_scale(self, scale):
        cases = [case for case in ORACLE if case["scale"] == scale]
        assert len(cases) >= 32
        for case in cases:
            where = (case["date"], case["headcount"], case["gross"])
            headcount = {"lodeom_islands_small": 8}.get(scale, case["headcount"])
            slip = ENGINE.payslip(case["date"][:7], person(case["gross"], scale, headcount))
            (line,) = [each for each in slip.reductions if each.code == scale]
            rate = {"health": (0, 0), "family": (0, 0)}
            for risk in rate:
                rate[risk] = sum(slip.line(code).employer_cents for code in (risk, f"{risk}_reduced"))
                assert rate[risk] == cents(case[risk]), (risk, where)
            if scale.startswith("lodeom_islands") and case["maximum"] > Decimal("0.2111"):
                # Over 2.5 minimum wages the engine counts the full rate of health in T, over 3.5 that of family
                # too; the text wants the rates at the level of the minimum wage (urssaf.fr): T is the same.
                assert Decimal(case["gross"]) > 4368
                assert line.maximum == 2111
                continue
            assert line.maximum == case["maximum"] * 10_000, where
            assert line.coefficient == case["coefficient"] * 10_000, where
            assert line.amount_cents == cents(case["amount"]), where

    @pytest.mark.parametrize(
        ("scale", "headcount", "amount", "pension"),
        [
            ("lodeom_competitiveness", 8, "281.05", "52.75"),
            ("lodeom_competitiveness", 50, "284.55", None),
            ("lodeom_reinforced", 8, "1120.70", "210.35"),
            ("lodeom_reinforced", 50, "1134.70", None),
            ("lodeom_innovation", 8, "1016.40", "190.77"),
            ("lodeom_innovation", 50, "1029.00", None),
            ("lodeom_islands_small", 8, "551.95", "0"),
            ("lodeom_islands_sector", 60, "388.15", "0"),
            ("lodeom_islands_reinforced", 60, "669.90", "0"),
        ],
    )
    def test_its_own_tests(self, scale, headcount, amount, pension):
        """3,500 € in June 2026, from lodeom.test.ts of betagouv/mon-entreprise, with the share of the pension."""
        (line,) = ENGINE.payslip("2026-06", person("3500", scale, headcount)).reductions
        assert line.amount_cents == cents(amount)
        if pension is not None:
            assert line.pension_part_cents == cents(pension)

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("drom-lodeom-comp")])
    def test_examples(self, name):
        inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
        facts = person(inputs["gross"], headcount=inputs["headcount"], lodeom_sector=int(Sector.OTHER))
        slip = ENGINE.payslip("2026-06", facts)
        (line,) = slip.reductions  # no general reduction beside it
        assert expected["rgdu"] == 0
        assert line.code == "lodeom_competitiveness"
        assert line.maximum == expected["T"] * 10_000
        assert line.coefficient == expected["coefficient"] * 10_000
        assert line.amount_cents == cents(expected["exemption"])

    def test_under_the_law_of_2026(self):
        """1.3 × 0.3201 ÷ 0.9 × (2.2 × 1,823.0333 ÷ 2,500 − 1) = 0.27941…, in January as in June."""
        for month in ("2026-01", "2026-06"):
            (line,) = RULES.payslip(month, person("2500")).reductions
            assert (line.coefficient, line.amount_cents) == (2794, 698_50)
            # 6.01 ÷ 32.01 of it comes off the supplementary pension.
            assert (line.pension_part_cents, line.urssaf_part_cents) == (131_15, 567_35)

    def test_at_fifty_people(self):
        """T has 0.50 of FNAL in place of 0.10."""
        found = [
            RULES.payslip("2026-03", person("1900", headcount=n)).reductions[0].maximum for n in (49, 50)
        ]
        assert found == [3201, 3241]


class TestPublished:
    """Examples of pages on pay, over a year or a month."""

    def test_2019_competitiveness(self):
        example = EXAMPLES["lodeom-2019-competitiveness-24000"]
        slips = year(RULES, 2019, person("2000", headcount=9))
        line = slips[-1].reductions[0]
        assert (
            line.coefficient
            == Decimal(example["expected"]["coefficient_unrounded"]).quantize(Decimal("0.0001")) * 10_000
        )
        # 24,000 × 0.3126; the page does not round the coefficient, and says 7,502.25.
        assert exemption(slips) == 7502_40
        assert cents(Decimal("0.3125934") * 24_000) == 7502_24
        assert Decimal(example["expected"]["exemption_unrounded"]) == Decimal("7502.25")

    @pytest.mark.parametrize(
        "name",
        [
            "lodeom-2022-reinforced-29400",
            "lodeom-2023-reinforced-36900",
            "lodeom-2024-competitiveness-27000",
            "lodeom-2025-innovation-30000",
            "lodeom-2025-reinforced-24000",
        ],
    )
    def test_a_year(self, name):
        example = EXAMPLES[name]
        inputs, expected = example["inputs"], example["expected"]
        facts = person(inputs["yearly_gross"] / 12, f"lodeom_{inputs['scale']}", inputs["headcount"])
        slips = year(RULES, example["date"], facts)
        assert exemption(slips) == cents(expected["exemption"])
        if "exemption_from_may" in expected:
            assert exemption(slips[4:]) == cents(expected["exemption_from_may"])
        else:
            assert slips[-1].reductions[0].maximum == Decimal(expected["maximum"]) * 10_000

    @pytest.mark.parametrize("name", ["lodeom-islands-2023-1900", "lodeom-islands-2026-2100"])
    def test_a_month_of_the_islands(self, name):
        example = EXAMPLES[name]
        facts = person(example["inputs"]["gross"], "lodeom_islands_sector", example["inputs"]["headcount"])
        (line,) = RULES.payslip(example["date"][:7], facts).reductions
        assert line.coefficient == line.maximum == Decimal(example["expected"]["maximum"]) * 10_000
        assert line.amount_cents == cents(example["expected"]["exemption"])

    @pytest.mark.parametrize("name", ["lodeom-islands-2023-2800", "lodeom-islands-2026-2800"])
    def test_the_slope_of_the_islands(self, name):
        """Ten hours of overtime are no case here: the formula alone is asked."""
        example = EXAMPLES[name]
        law = RULES.month_law(example["date"][:7])
        (reduction,) = [each for each in law.reductions if each.code == "lodeom_islands_sector"]
        hourly, hours = (
            law.values["general_reduction_minimum_wage_hourly"],
            Decimal(example["inputs"]["hours"]),
        )
        sums = {"gross_pay": 2800_00, "reference_wage": int(hourly * hours * 1200)}
        coefficient = reduction.coefficient(law.values["lodeom_islands_maximum"], sums, law.values)
        assert coefficient == Decimal(example["expected"]["coefficient"]) * 10_000
        assert apply_rate(2800_00, coefficient * 100) == cents(example["expected"]["exemption"])


#: First multiple, end of the plateau (the first multiple where there is none), exit.
MULTIPLES = {
    "lodeom_competitiveness": ("1.3", "1.3", "2.2"),
    "lodeom_reinforced": ("2", "2", "2.7"),
    "lodeom_innovation": ("1.7", "2.5", "3.5"),
    "lodeom_islands_small": ("1.4", "2", "3"),
    "lodeom_islands_sector": ("1.4", "1.4", "3"),
    "lodeom_islands_reinforced": ("1.7", "2.5", "4.5"),
}


class TestFormula:
    """D752-7 and D752-8 as they are written, piece by piece and in exact fractions, at any pay."""

    @drawn(st.sampled_from(list(WHO)), st.integers(1_000_00, 9_000_00))
    def test_any_pay(self, scale, gross):
        first, plateau, exit_ = map(Fraction, MULTIPLES[scale])
        headcount = 8 if scale == "lodeom_islands_small" else 60
        (line,) = RULES.payslip("2026-03", person(0, scale, headcount).with_gross(gross)).reductions
        maximum, pay, wage = (
            Fraction(line.maximum, 10_000),
            Fraction(gross, 100),
            Fraction("12.02") * 1820 / 12,
        )
        if pay <= first * wage:
            coefficient = maximum
        elif pay < plateau * wage:
            coefficient = first * maximum * wage / pay
        elif pay < exit_ * wage:
            coefficient = first * maximum / (exit_ - plateau) * (exit_ * wage / pay - 1)
        else:
            coefficient = Fraction(0)
        assert line.coefficient == (coefficient * 10_000 + Fraction(1, 2)) // 1


class TestHistory:
    """The scales are those of 2019, but for the reinforced one of 2020; T follows the rates in its scope."""

    @pytest.mark.parametrize(
        ("month", "coefficient"),
        # 3,000 € are 1.97 minimum wages of 2019 and 1.95 of 2020:
        # 1.7 × 0.3214 × (2.7 × 1,521.2167 ÷ 3,000 − 1) = 0.20166…; then T, under two minimum wages.
        [("2019-12", 2017), ("2020-01", 3205)],
    )
    def test_reinforced(self, month, coefficient):
        (line,) = RULES.payslip(month, person("3000", "lodeom_reinforced", 15)).reductions
        assert line.coefficient == coefficient

    @pytest.mark.parametrize(
        ("month", "small", "large", "islands"),
        [
            ("2019-01", 3214, 3254, 2090),
            ("2019-12", 3214, 3254, 2090),
            ("2020-01", 3205, 3245, 2090),
            ("2021-01", 3206, 3246, 2090),
            ("2022-01", 3195, 3235, 2090),
            ("2023-12", 3191, 3231, 2090),
            ("2024-01", 3194, 3234, 2102),
            ("2025-04", 3194, 3234, 2102),
            ("2025-05", 3193, 3233, 2102),
            ("2026-01", 3201, 3241, 2111),
        ],
    )
    def test_maximum(self, month, small, large, islands):
        values = RULES.month_law(month).values
        names = ("lodeom_maximum_small", "lodeom_maximum_large", "lodeom_islands_maximum")
        assert tuple(values[name] for name in names) == (small, large, islands)

    @pytest.mark.parametrize(
        "month", ["2020-01", "2021-06", "2022-06", "2023-06", "2024-06", "2025-04", "2025-06"]
    )
    def test_it_is_that_of_the_general_reduction_until_2025(self, month):
        values = RULES.month_law(month).values
        for size in ("small", "large"):
            assert values[f"lodeom_maximum_{size}"] == values[f"general_reduction_maximum_{size}"]

    @pytest.mark.parametrize(
        ("month", "accidents", "old_age", "unemployment"),
        [("2024-01", 46, 1057, 405), ("2025-05", 50, 1057, 400), ("2026-01", 49, 1066, 400)],
    )
    def test_it_is_the_sum_of_the_rates(self, month, accidents, old_age, unemployment):
        """Health 7, family 3.45, solidarity 0.30, pension 6.01, FNAL 0.10 and what moves: in hundredths."""
        total = 700 + 345 + 30 + 601 + 10 + accidents + old_age + unemployment
        assert RULES.month_law(month).values["lodeom_maximum_small"] == total

    def test_the_press_and_audiovisual_production(self):
        def scale(month, sector):
            facts = person("2000", "lodeom_reinforced", 60, lodeom_sector=int(sector))
            return subject.lodeom(RULES, month, facts).scale

        assert scale("2019-12", Sector.PRESS) is Scale.COMPETITIVENESS
        assert scale("2020-01", Sector.PRESS) is Scale.REINFORCED
        assert scale("2024-12", Sector.AUDIOVISUAL) is Scale.COMPETITIVENESS
        assert scale("2025-01", Sector.AUDIOVISUAL) is Scale.REINFORCED

    def test_before_the_reform(self):
        with pytest.raises(LawNotKnownError, match="2019-01-01"):
            RULES.payslip("2018-12", person("2000"))


class TestReducedRates:
    """7 % up to 2.5 and 3.45 % up to 3.5 minimum wages of 31 December 2023, for those who have LODEOM."""

    @pytest.mark.parametrize(
        ("gross", "health", "family"),
        # 11.52 × 1,820 ÷ 12 = 1,747.20: 4,368.00 and 6,115.20.
        [("4368.00", 70_000, 34_500), ("4368.01", 130_000, 34_500), ("6115.20", 130_000, 34_500), ("6115.21", 130_000, 52_500)],
    )  # fmt: skip
    def test_in_2026(self, gross, health, family):
        slip = RULES.payslip("2026-03", person(gross))
        rates = {
            risk: max(
                slip.line(code).employer_ppm
                for code in (risk, f"{risk}_reduced")
                if slip.line(code).base_cents
            )
            for risk in ("health", "family")
        }
        assert rates == {"health": health, "family": family}

    @pytest.mark.parametrize("month", ["2019-06", "2023-06", "2024-06", "2025-06"])
    @pytest.mark.parametrize("gross", ["1900", "3800", "4200", "5600", "6400"])
    def test_until_2025_everybody_has_them(self, month, gross):
        ours, theirs = (
            RULES.payslip(month, person(gross)),
            FRANCE.payslip(month, attrs.evolve(person(gross), given={})),
        )
        for code in ("health", "health_reduced", "family", "family_reduced"):
            assert ours.line(code).employer_cents == theirs.line(code).employer_cents

    def test_not_without_lodeom(self):
        slip = RULES.payslip("2026-03", person("2500", headcount=25, lodeom_sector=int(Sector.OTHER)))
        assert slip.line("health").employer_cents == 325_00
        assert slip.line("family").employer_cents == 131_25
        assert slip.line("health_reduced").employer_cents == 0


class TestNotEligible:
    """The general reduction instead, as if nothing were active; and why."""

    facts = person("2500", headcount=25, overseas_place=int(Place.GUIANA), lodeom_sector=int(Sector.OTHER))

    def test_the_example(self):
        example = EXAMPLES["drom-lodeom-not-eligible"]
        slip = RULES.payslip(example["date"][:7], self.facts)
        assert [line.code for line in slip.reductions] == ["general_reduction"]
        assert not subject.lodeom(RULES, "2026-06", self.facts).granted
        assert (example["expected"]["lodeom"], example["expected"]["general_reduction"]) == (False, True)

    @pytest.mark.parametrize("month", ["2019-11", "2022-06", "2025-06", "2026-06"])
    def test_every_cent_is_that_of_france(self, month):
        ours = RULES.payslip(month, self.facts)
        theirs = FRANCE.payslip(month, attrs.evolve(self.facts, given={}))
        for total in cae_core.payroll.TOTALS:
            assert getattr(ours, f"{total}_cents") == getattr(theirs, f"{total}_cents")

    def test_why(self):
        found = subject.lodeom(RULES, "2026-06", self.facts)
        assert [(reason.code, reason.met) for reason in found.reasons] == [
            ("lodeom_headcount", False),
            ("lodeom_sector", False),
            ("lodeom_reinforced", False),
            ("lodeom_innovation", False),
            ("lodeom", False),
        ]
        headcount, *_, last = found.reasons
        assert (headcount.found, headcount.wanted, headcount.unit) == (25, 11, "people")
        assert all(reason.citations for reason in found.reasons)
        assert last.english == "LODEOM, no scale: the general reduction instead"

    def test_the_payslip_says_so(self):
        slip = RULES.payslip("2026-06", self.facts)
        notes = payslip_notes(slip)
        assert any(
            note.startswith("LODEOM, moins de 11 salariés, quel que soit le secteur : 25") for note in notes
        )
        assert any("la réduction générale s'applique à la place" in note for note in notes)
        assert [reason["met"] for reason in payslip_dict(slip)["reasons"]] == [False] * 5
        assert not [name for name in payslip_dict(slip)["needs_review"] if name.startswith("lodeom_maximum")]


class TestWho:
    """CSS art. L752-3-2 and L752-3-3: headcount, sector, turnover, innovative projects, and Guiana."""

    @pytest.mark.parametrize(
        ("place", "sector", "headcount", "turnover", "innovation", "scale"),
        [
            # Under 11 people, whatever the sector.
            (Place.REUNION, Sector.OTHER, 10, 1, False, Scale.COMPETITIVENESS),
            (Place.REUNION, Sector.OTHER, 11, 1, False, Scale.NONE),
            # A listed sector, whatever the headcount; building has the first scale alone.
            (Place.MARTINIQUE, Sector.CONSTRUCTION, 900, 90_000_000, False, Scale.COMPETITIVENESS),
            (Place.MARTINIQUE, Sector.CONSTRUCTION, 8, 1, False, Scale.COMPETITIVENESS),
            (Place.GUADELOUPE, Sector.TRANSPORT, 60, 1, False, Scale.COMPETITIVENESS),
            # Under 250 people and 50 million.
            (Place.GUADELOUPE, Sector.INDUSTRY, 249, 49_999_999, False, Scale.REINFORCED),
            (Place.GUADELOUPE, Sector.INDUSTRY, 250, 1, False, Scale.COMPETITIVENESS),
            (Place.GUADELOUPE, Sector.INDUSTRY, 60, 50_000_000, False, Scale.COMPETITIVENESS),
            (Place.GUADELOUPE, Sector.INWARD_PROCESSING, 60, 1, False, Scale.REINFORCED),
            # Guiana has more sectors, under the same size; they are not listed whatever the headcount.
            (Place.GUIANA, Sector.BUSINESS_SERVICES, 60, 1, False, Scale.REINFORCED),
            (Place.GUIANA, Sector.TAX_AIDED, 60, 1, False, Scale.REINFORCED),
            (Place.GUIANA, Sector.BUSINESS_SERVICES, 250, 1, False, Scale.NONE),
            (Place.REUNION, Sector.BUSINESS_SERVICES, 60, 1, False, Scale.NONE),
            (Place.REUNION, Sector.BUSINESS_SERVICES, 10, 1, False, Scale.COMPETITIVENESS),
            # Innovative projects.
            (Place.REUNION, Sector.DIGITAL, 60, 1, True, Scale.INNOVATION),
            (Place.REUNION, Sector.DIGITAL, 60, 1, False, Scale.REINFORCED),
            (Place.REUNION, Sector.DIGITAL, 250, 1, True, Scale.COMPETITIVENESS),
            # Saint-Barthélemy and Saint-Martin: their own lists, no innovation.
            (Place.SAINT_MARTIN, Sector.OTHER, 10, 1, True, Scale.ISLANDS_SMALL),
            (Place.SAINT_MARTIN, Sector.OTHER, 11, 1, True, Scale.NONE),
            (Place.SAINT_BARTHELEMY, Sector.CONSTRUCTION, 60, 1, False, Scale.ISLANDS_SECTOR),
            (Place.SAINT_BARTHELEMY, Sector.CONSTRUCTION, 8, 1, False, Scale.ISLANDS_SMALL),
            (Place.SAINT_BARTHELEMY, Sector.BOATING, 60, 1, False, Scale.NONE),
            (Place.SAINT_BARTHELEMY, Sector.TOURISM, 60, 1, False, Scale.ISLANDS_REINFORCED),
            (Place.SAINT_BARTHELEMY, Sector.TOURISM, 250, 1, False, Scale.ISLANDS_SECTOR),
            (Place.SAINT_BARTHELEMY, Sector.RESEARCH, 250, 1, False, Scale.NONE),
        ],
    )  # fmt: skip
    def test_each(self, place, sector, headcount, turnover, innovation, scale):
        asked = subject.given(place, sector, turnover_cents=turnover * 100, innovation=innovation)
        facts = PayFacts.of("2000", headcount=headcount, workplace_accident_rate="1", given=asked)
        found = subject.lodeom(RULES, "2026-03", facts)
        assert found.scale is scale
        assert found.reasons[-1].met is found.granted
        # The reasons agree with the formula: some condition is met where there is a scale, and none else.
        assert any(reason.met for reason in found.reasons[:-1]) is found.granted
        slip = RULES.payslip("2026-03", facts)
        assert [line.code in WHO for line in slip.reductions] == [found.granted]

    def test_each_in_columns(self):
        """One batch with every place, sector and size: each row is its payslip alone."""
        np = pytest.importorskip("numpy")
        rows = [
            (int(place), int(sector), headcount, innovation)
            for place in Place if place is not Place.MAYOTTE
            for sector in Sector for headcount in (8, 60, 250) for innovation in (0, 1)
        ]  # fmt: skip
        place, sector, headcount, innovation = (np.array(column) for column in zip(*rows, strict=True))
        asked = {"overseas_place": place, "lodeom_sector": sector, "lodeom_innovation": innovation,
                 "lodeom_turnover_cents": place * 0}  # fmt: skip
        many = attrs.evolve(
            person("2500"), gross_pay_cents=place * 0 + 250_000, headcount=headcount, given=asked
        )
        batch = RULES.payslips("2026-03", many, lines=True)
        for position in range(0, len(rows), 7):
            alone = RULES.payslip("2026-03", many.row(position))
            assert batch["employer_cost"][position] == alone.employer_cost_cents
            assert [line.code for line in batch.row(position).reductions] == [
                line.code for line in alone.reductions
            ]


class TestRefused:
    def test_mayotte(self):
        with pytest.raises(InputError, match="Mayotte has other contributions.*not covered.*LFSS 2026"):
            RULES.payslip("2026-07", person("2000", overseas_place=int(Place.MAYOTTE)))

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("overseas_place", 75, "the place of work is one of 971, 972"),
            ("lodeom_sector", 20, "the sector is a number from 0 to 19"),
            ("lodeom_innovation", 2, "lodeom_innovation is 0 or 1"),
            ("lodeom_turnover_cents", -1, "the turnover is zero or more"),
        ],
    )
    def test_a_fact(self, name, value, said):
        with pytest.raises(InputError, match=said):
            RULES.payslip("2026-03", person("2000", **{name: value}))

    def test_what_must_be_given(self):
        with pytest.raises(InputError, match="need lodeom_sector, lodeom_turnover_cents, overseas_place"):
            RULES.payslip("2026-03", attrs.evolve(person("2000"), given={}))

    def test_alsace_at_once(self):
        alsace = pytest.importorskip("cae_fr_alsace_moselle")
        with pytest.raises(RulesetError, match="cannot be active with fr-alsace-moselle"):
            cae_core.assemble({"fr": FR, "fr-overseas": subject, "fr-alsace-moselle": alsace})


class TestYear:
    """The departments count the year, the islands the month."""

    def test_low_months_and_high_ones(self):
        """1,200 and 4,000 € in turn are 31,200 € of the year: the coefficient is that of 2,600 €."""
        facts = {0: person("4000"), 1: person("1200")}
        slips = year(RULES, 2025, lambda month: facts[month % 2])
        even = year(RULES, 2025, person("2600"))
        assert slips[-1].reductions[0].coefficient == even[-1].reductions[0].coefficient
        # T changes in May, so the pay of either part of the year counts at its own.
        assert [line.pay_to_date_cents for line in (slips[-1].reductions[0], even[-1].reductions[0])] == [
            31_200_00
        ] * 2

    @drawn(st.permutations([1000_00, 1500_00, 2000_00, 3333_33, 5000_00, 2718_28]))
    def test_the_path_does_not_matter(self, pays):
        facts = person("0")
        slips = year(RULES, 2026, lambda month: facts.with_gross(pays[month - 1]), last=6)
        assert exemption(slips) == slips[-1].reductions[0].due_to_date_cents
        total = sum([1000_00, 1500_00, 2000_00, 3333_33, 5000_00, 2718_28])
        assert slips[-1].reductions[0].due_to_date_cents == apply_rate(
            total, slips[-1].reductions[0].coefficient * 100
        )
        assert exemption(slips) == self.whole

    # 15,551.61 € in six months: 1.3 × 0.3201 ÷ 0.9 × (2.2 × 10,938.20 ÷ 15,551.61 − 1) = 0.25308…
    whole = apply_rate(15_551_61, 2531 * 100)

    def test_at_the_end_of_the_year(self):
        """Set right in December: the same for the year."""
        facts = {0: person("4000"), 1: person("1200")}
        ends = [
            exemption(year(RULES, 2024, lambda month: facts[month % 2], regularisation=each))
            for each in Regularisation
        ]
        assert ends[0] == ends[1]

    @pytest.mark.parametrize("scale", [scale for scale in WHO if scale.startswith("lodeom_islands")])
    def test_the_islands_set_nothing_right(self, scale):
        headcount = 8 if scale == "lodeom_islands_small" else 60
        facts = {0: person("6500", scale, headcount), 1: person("1900", scale, headcount)}
        slips = year(RULES, 2026, lambda month: facts[month % 2], last=6)
        alone = [RULES.payslip(slip.month, facts[slip.month.number % 2]) for slip in slips]
        assert [slip.reductions_cents for slip in slips] == [slip.reductions_cents for slip in alone]

    def test_eleven_people_in_july(self):
        """A scale of its own for the months before, with the ratio of the year: the other counts the rest."""
        facts = {True: person("2200", lodeom_sector=0), False: person("2200", headcount=11, lodeom_sector=0)}
        slips = year(RULES, 2026, lambda month: facts[month < 5], last=7)
        pay = {line.code: line.pay_to_date_cents for line in slips[-1].reductions}
        assert pay == {"lodeom_competitiveness": 4 * 2200_00, "general_reduction": 3 * 2200_00}


class TestTold:
    def test_the_amount(self):
        slip = year(RULES, 2026, person("2500"), last=2)[-1]
        for lang in ("fr", "en"):
            told = explain_amount(slip, "lodeom_competitiveness", lang)
            texts = [step.text for part in told.sections for step in part.steps]
            assert any("0,2794" in text or "0.2794" in text for text in texts)
            assert "D752-7" in str(told)

    def test_a_month_of_the_islands(self):
        slip = year(RULES, 2026, person("2500", "lodeom_islands_small"), last=2)[-1]
        told = explain_amount(slip, "lodeom_islands_small")
        texts = [step.text for part in told.sections for step in part.steps]
        # 2,500 € are under 1.4 minimum wages, 2,552.25 €: 0.2111.
        assert any("2\u202f500,00 × 0,2111 = 527,75" in text for text in texts)


class TestWithBuilding:
    """Building in Réunion: the flat deduction lowers the pay that LODEOM counts."""

    def rules(self):
        building = pytest.importorskip("cae_fr_btp")
        return {"fr": FR, "fr-overseas": subject, "fr-btp": building}

    facts = person(
        "3000",
        headcount=60,
        btp_expense_deduction=1,
        btp_holiday_fund_ppm=200_000,
        btp_weather_allowance_cents=0,
    )

    def test_abated_pay(self):
        """3,000 less 7 % are 2,790: 1.3 × 0.3241 ÷ 0.9 × (2.2 × 1,823.0333 ÷ 2,790 − 1) = 0.20484…; × 2,790."""
        slip = cae_core.assemble(self.rules()).payslip("2026-03", self.facts)
        (line,) = slip.reductions
        assert (line.code, line.base_cents, line.coefficient) == ("lodeom_competitiveness", 2790_00, 2048)
        assert line.amount_cents == 571_39
        # Health on abated pay at the reduced rate, the CSG on the whole pay.
        assert slip.line("health_reduced").employer_cents == 195_30
        assert slip.line("csg_deductible").base_cents >= 2947_50

    def test_the_general_reduction_of_building(self):
        """Not eligible: what building makes of the general reduction, to the cent."""
        facts = attrs.evolve(
            self.facts,
            given={**self.facts.given, "lodeom_sector": int(Sector.OTHER)},
        )
        plugins = self.rules()
        ours = cae_core.assemble(plugins).payslip("2026-03", facts)
        building = {name: value for name, value in facts.given.items() if name.startswith("btp")}
        theirs = cae_core.assemble({"fr": FR, "fr-btp": plugins["fr-btp"]}).payslip(
            "2026-03", attrs.evolve(facts, given=building)
        )
        assert ours.reductions_cents == theirs.reductions_cents > 0
        assert ours.employer_cost_cents == theirs.employer_cost_cents

    def test_in_any_order(self):
        found = {
            cae_core.assemble(dict(order)).payslip("2026-03", self.facts).employer_cost_cents
            for order in permutations(self.rules().items())
        }
        assert len(found) == 1


def test_every_example_is_used():
    text = (HERE / "test_overseas.py").read_text("utf-8")
    assert [name for name in EXAMPLES if name not in text and not name.startswith("drom-lodeom-comp")] == []


def test_it_is_found_by_its_name():
    try:
        metadata.distribution("cae-fr-overseas")
    except metadata.PackageNotFoundError:
        pytest.skip("the plugin is tested from its sources; `nox -s plugins` installs it")
    found = cae_core.load("fr", "fr-overseas").payslip("2026-03", person("2500"))
    assert found.reductions_cents == 698_50
