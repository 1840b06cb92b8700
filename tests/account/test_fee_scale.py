from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from account_samples import SCALES, refused, scale
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import FeeBase, FeeBracket, FeeLimit, FeeMode, FeePeriod, FeeScale
from cae_core.errors import InputErrors
from cae_core.money import Rate

GOOD = {
    "code": "mosaique",
    "name": "CAE Mosaïque",
    "citation": "Rémunération et contribution",
    "url": "https://caemosaique.fr/mosaique/remuneration-et-contribution",
    "in_force_from": dt.date(2024, 1, 1),
    "base": "gross_margin",
    "mode": "flat",
    "brackets": [{"from": "0", "rate": "12"}],
}


def problems(**changes: object) -> list[str]:
    """Read a scale with some keys changed; ``None`` removes a key."""
    data = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    with pytest.raises(InputErrors) as raised:
        FeeScale.from_mapping(data, "mosaique.toml")
    return [str(problem) for problem in raised.value.exceptions]


class TestPublishedScales:
    """Every published scale is data, with the text it comes from and the day it applies from."""

    @pytest.mark.parametrize("name", sorted(file.stem for file in SCALES.glob("*.toml")))
    def test_it_reads_and_names_its_source(self, name):
        read = scale(name)
        assert read.code == name
        assert read.url.startswith("http")
        assert read.citation

    def test_what_was_read(self):
        read = scale("mosaique")
        assert (read.base, read.mode, read.period) == (FeeBase.GROSS_MARGIN, FeeMode.FLAT, FeePeriod.YEAR)
        assert read.brackets == (FeeBracket(0, Rate.percent("12")),)
        assert read.floor == FeeLimit(40_00, FeePeriod.MONTH)
        assert read.cap == FeeLimit(8_400_00, FeePeriod.YEAR)
        assert scale("crealead").internal_sales_rate == Rate.percent("5")
        assert scale("coopaname").fixed_monthly_cents == 30_00
        assert scale("tumukumakop").exempt_first_months == 6

    def test_two_versions_of_a_scale_can_be_told_apart(self):
        assert scale("astrolabe_cesa").version == "astrolabe_cesa@2023-03-30"


class TestStrictReading:
    """A key that is unknown, missing or not understood is an error that names file and key."""

    def test_a_good_one(self):
        read = FeeScale.from_mapping({**GOOD, "in_force_from": "2024-01-01"}, "mosaique.toml")
        assert read.in_force_from == dt.date(2024, 1, 1)

    def test_a_misspelt_key_gets_the_right_one(self):
        assert problems(flor={"amount": "40", "period": "month"}) == [
            "mosaique.toml: flor: unknown key; did you mean 'floor'?"
        ]

    def test_an_unknown_key_gets_the_known_ones(self):
        (problem,) = problems(xyz=1)
        assert problem.startswith("mosaique.toml: xyz: unknown key; known: code, name, citation, url")

    def test_a_missing_key(self):
        assert problems(url=None, base=None) == [
            "mosaique.toml: url: is missing",
            "mosaique.toml: base: is missing",
        ]

    @pytest.mark.parametrize(
        ("key", "value", "message"),
        [
            ("code", " ", "code: expected a text, got ' '"),
            ("base", "turnover", "base: expected one of turnover_invoiced, turnover_cashed, gross_margin"),
            ("mode", 3, "mode: expected one of flat, marginal, whole_base, since_entry, got 3"),
            ("in_force_from", "1/1/2024", "in_force_from: expected a day such as 2026-03-31, got '1/1/2024'"),
            ("brackets", "12 %", "brackets: expected a list of tables {from, rate}, got '12 %'"),
            ("brackets", [], "brackets: expected a list of tables {from, rate}, got []"),
            ("brackets", [12], "brackets[1]: expected a table of keys and values, got 12"),
            (
                "brackets",
                [{"from": 0, "rate": 0.12}],
                "brackets[1]: rate: must be an int, a Decimal or a str",
            ),
            ("brackets", [{"from": 0, "rate": "120"}], "brackets[1]: rate: must be between 0 and 100 %"),
            ("brackets", [{"from": 0, "taux": "12"}], "brackets[1]: rate: is missing"),
            ("floor", {"amount": "-1", "period": "month"}, "floor: amount: expected zero or more, got '-1'"),
            ("floor", {"amount": "40"}, "floor: period: is missing"),
            ("cap", 8400, "cap: expected a table of keys and values, got 8400"),
            ("cap", {"amount": 1, "period": "week"}, "cap: period: expected one of month, year, got 'week'"),
            ("fixed_monthly", 30.5, "fixed_monthly: must be an int, a Decimal or a str, not float"),
            ("fixed_monthly", "-30", "fixed_monthly: expected zero or more, got '-30'"),
            ("exempt_first_months", -1, "exempt_first_months: expected a whole number, zero or more, got -1"),
            ("fixed_exempt_on_social_minimum", 1, "expected true or false, got 1"),
            ("year_starts_in", 13, "year_starts_in: expected a month number from 1 to 12, got 13"),
            ("internal_sales_rate", "5.00001", "internal_sales_rate: must have at most four decimals"),
        ],
    )
    def test_a_value_that_is_not_understood(self, key, value, message):
        found = problems(**{key: value})
        assert any(problem.startswith("mosaique.toml: ") and message in problem for problem in found), found

    def test_everything_is_reported_at_once(self):
        found = problems(code=None, base="x", brackets=[{"from": 0, "rate": "x"}], colour="red")
        assert len(found) == 4

    def test_a_whole_number_or_a_decimal_is_an_amount_too(self):
        read = FeeScale.from_mapping(
            {**GOOD, "brackets": [{"from": 0, "rate": Decimal("11.5")}], "fixed_monthly": Decimal("30.50")},
            "x",
        )
        assert read.brackets[0].rate.ppm == 115_000
        assert read.fixed_monthly_cents == 30_50

    def test_something_that_is_no_table(self):
        with refused("x.toml: expected a table of keys and values, got 'scale'"):
            FeeScale.from_mapping("scale", "x.toml")


class TestSoundness:
    """A scale that could be read in two ways is refused."""

    def test_brackets_start_at_zero_and_rise(self):
        late = [{"from": "10", "rate": "12"}]
        assert problems(mode="marginal", brackets=late) == [
            "mosaique.toml: brackets: the first one must start at 0"
        ]
        twice = [{"from": "0", "rate": "12"}, {"from": "0", "rate": "11"}]
        (problem,) = problems(mode="marginal", brackets=twice)
        assert "expected each to start above the one before, got €0.00, €0.00" in problem

    def test_a_flat_scale_has_one_bracket(self):
        two = [{"from": "0", "rate": "12"}, {"from": "10", "rate": "11"}]
        assert problems(brackets=two) == [
            "mosaique.toml: brackets: a flat scale (taux unique) has one, got 2"
        ]

    def test_a_floor_is_not_above_the_cap(self):
        """40 a month is 480 a year."""
        floor = {"amount": "40", "period": "month"}
        assert problems(floor=floor, cap={"amount": "479.99", "period": "year"}) == [
            "mosaique.toml: floor: over a year it exceeds the cap"
        ]
        FeeScale.from_mapping({**GOOD, "floor": floor, "cap": {"amount": "480", "period": "year"}}, "x")

    @pytest.mark.parametrize("limit", ["cap", "floor"])
    def test_only_a_yearly_limit_is_prorated(self, limit):
        (problem,) = problems(**{limit: {"amount": 1, "period": "month", "prorated": True}})
        assert problem.endswith(f"{limit}: only a yearly floor or cap can be prorated")

    def test_a_limit_that_changes_says_when_and_to_what(self):
        (problem,) = problems(floor={"amount": 80, "period": "month", "after_months": 12})
        assert problem == ("mosaique.toml: floor: expected after_months and after together, got one of them")
        (problem,) = problems(
            cap={"amount": 80, "period": "year", "after_months": 12, "after": 90, "associate": 70}
        )
        assert problem.endswith("cap: expected seniority or associates to change it, got both")

    def test_no_floor_of_a_person_is_above_a_cap_of_hers(self):
        """100 a month is 1,200 a year, the cap of an associate is 1,199.99."""
        floor = {"amount": "80", "period": "month", "after_months": 12, "after": "100"}
        cap = {"amount": "5000", "period": "year", "associate": "1199.99"}
        assert problems(floor=floor, cap=cap) == ["mosaique.toml: floor: over a year it exceeds the cap"]

    def test_no_float_enters_a_scale_made_in_code(self):
        with refused("fixed_monthly_cents: expected a whole number, zero or more, got 30.5"):
            attrs.evolve(scale("coopaname"), fixed_monthly_cents=30.5)

    def test_a_scale_made_in_code_is_checked_as_well(self):
        with refused("fee scale 'x' cannot be used"):
            FeeScale(
                code="x",
                name="x",
                citation="",
                url="",
                in_force_from=dt.date(2024, 1, 1),
                base=FeeBase.GROSS_MARGIN,
                mode=FeeMode.FLAT,
                brackets=(),
                fixed_monthly_cents=-1,
            )


class TestBrackets:
    """Bounds are half-open: an amount equal to a bound belongs to the bracket that starts there."""

    def test_at_the_bound(self):
        whole = scale("encom1_whole_base")
        assert whole.bracket_bases(34_999_99) == (34_999_99, 0, 0)
        assert whole.bracket_bases(35_000_00) == (0, 35_000_00, 0)
        marginal = scale("encom1_marginal")
        assert marginal.bracket_bases(35_000_00) == (35_000_00, 0, 0)
        assert marginal.bracket_bases(35_000_01) == (35_000_00, 1, 0)
        assert marginal.bracket_bases(50_000_00) == (35_000_00, 10_000_00, 5_000_00)

    @given(
        st.sampled_from(["astrolabe_cesa", "opteos", "encom1_whole_base", "crealead", "equinoxe"]),
        st.integers(-(10**8), 10**8),
    )
    def test_the_parts_make_the_base_and_a_negative_base_is_charged_nowhere(self, name, base):
        parts = scale(name).bracket_bases(base)
        assert sum(parts) == max(base, 0)
        assert min(parts) >= 0
