"""A cooperative in one file: strict reading, one scale for a person on a day, and figures that add up."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.account import FeeMode, FeePeriod, fee_for
from cae_core.calendar import Month
from cae_core.errors import InputError, InputErrors
from cae_core.money import Rate
from cae_core.profile import (
    CapeTerms,
    CapitalTerms,
    FeeContract,
    activity_months,
    check_example,
    fee_years,
    inconsistencies,
    profile_from_mapping,
    read_profile,
    spread,
)

FILE = Path(__file__).parents[2] / "examples" / "cooperative" / "profile.toml"
PROFILE = read_profile(FILE)
JANUARY = Month(2026, 1)


def data():
    return tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal)


def problems(change):
    """Return what is said of the file once a function has spoilt it."""
    given_data = data()
    change(given_data)
    with pytest.raises(InputErrors) as raised:
        profile_from_mapping(given_data, "p.toml")
    return [str(each) for each in raised.value.exceptions]


class TestReading:
    """A key that is unknown, missing or not understood is a problem that names its place; all at once."""

    def test_what_was_read(self):
        assert (PROFILE.code, PROFILE.name, PROFILE.place) == (
            "arches",
            "Coopérative des Arches",
            "Clermont-Ferrand",
        )
        assert PROFILE.minimum_fixed_pay_cents == 150_00
        assert PROFILE.capital == CapitalTerms(
            share_cents=20_00, shares_at_entry=5, when=PROFILE.capital.when
        )
        assert PROFILE.capital.entry_cents == 100_00
        assert PROFILE.cape == CapeTerms(months=6, renewals=2, renewal_months=12, deposit_cents=240_00)
        assert PROFILE.cape.longest_months == 30
        general, training = PROFILE.scales
        assert (general.scale.code, training.scale.code) == ("arches", "arches_training")
        assert training.kinds == ("training",)
        assert general.scale.citation == "Assemblée générale du 12 juin 2023"
        assert general.scale.cap.associate_cents == 5_000_00
        assert PROFILE.charges[0].contract is FeeContract.CAPE
        assert PROFILE.charges[0].period is FeePeriod.MONTH

    def test_what_is_left_out_is_none(self):
        least = {key: value for key, value in data().items() if key in ("code", "name", "source")}
        profile = profile_from_mapping(least, "p.toml")
        assert profile.scales == ()
        assert (
            profile.capital
            is profile.cape
            is profile.minimum_fixed_pay_cents
            is profile.entry_fee_cents
            is None
        )
        assert profile.not_published == (
            "scales", "entry_fee_cents", "minimum_fixed_pay_cents", "capital", "cape",
        )  # fmt: skip

    def test_zero_is_published(self):
        profile = profile_from_mapping({**data(), "entry_fee": "0", "minimum_fixed_pay": 0}, "p.toml")
        assert profile.not_published == ()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda d: d.pop("name"), "p.toml: name: is missing"),
            (lambda d: d.update(nme="x"), "p.toml: nme: unknown key; did you mean 'name'?"),
            (lambda d: d["source"].pop("url"), "p.toml: source: url: is missing"),
            (
                lambda d: d["source"].update(confidence="sure"),
                "p.toml: source: confidence: expected one of high, medium, low, got 'sure'",
            ),
            (lambda d: d["scale"][1].pop("base"), "p.toml: scale[2]: base: is missing"),
            (lambda d: d["scale"][1].update(contracts=["cdi"]), "p.toml: scale[2]: contracts[1]: expected one of cape"),
            (lambda d: d["scale"][1].update(kinds=[]), "p.toml: scale[2]: kinds: expected a list, got []"),
            (lambda d: d["scale"][1].update(reading={"code": "x"}), "p.toml: scale[2]: reading: french: is missing"),
            (lambda d: d["scale"].append(3), "p.toml: scale[3]: expected a table of keys and values, got 3"),
            (lambda d: d.update(scale="x"), "p.toml: scale: expected a list of tables, got 'x'"),
            (lambda d: d["scale"][1].pop("code"), "p.toml: scale: two scales are 'arches@2023-07-01'"),
            (lambda d: d["capital"].update(share="-1"), "p.toml: capital: share: expected zero or more"),
            (lambda d: d["cape"].update(month=3), "p.toml: cape: month: unknown key; did you mean 'months'?"),
            (lambda d: d["charge"][0].pop("amount"), "p.toml: charge[1]: amount: is missing"),
            (lambda d: d["example"][0].pop("fee"), "p.toml: example[1]: expected a figure (fee, fees, other or left)"),
            (lambda d: d["example"][0].update(fees=["1"]), "p.toml: example[1]: fees: expected 12 amounts, one a month"),
            (lambda d: d["example"][0].update(costs=["1", "2"]), "p.toml: example[1]: costs: expected 12 months"),
            (lambda d: d["example"][0].update(turnover=[]), "example[1]: turnover: expected an amount or a list"),
        ],
    )  # fmt: skip
    def test_a_mistake(self, change, message):
        found = problems(change)
        assert any(message in problem for problem in found), found

    def test_everything_is_reported_at_once(self):
        def spoil(d):
            del d["name"], d["source"]["title"], d["scale"][0]["mode"]
            d["cape"]["months"] = "six"

        found = problems(spoil)
        for place in ("name", "source: title", "scale[1]: mode", "cape: months"):
            assert any(problem.startswith(f"p.toml: {place}") for problem in found), found

    def test_a_file_that_is_not_toml(self, tmp_path):
        file = tmp_path / "x.toml"
        file.write_text("name = ", "utf-8")
        with pytest.raises(InputError, match="is not a TOML file"):
            read_profile(file)
        with pytest.raises(InputError, match="cannot be read"):
            read_profile(tmp_path / "none.toml")


class TestWhichScale:
    """The scale of the kind goes before the general one; the latest in force on the day applies."""

    def test_the_kind_first(self):
        for kind, code in (("training", "arches_training"), ("services", "arches"), ("sales", "arches")):
            (found,) = PROFILE.scales_for(dt.date(2026, 1, 1), kind=kind)
            assert found.scale.code == code

    @pytest.mark.parametrize(("day", "code"), [("2026-06-30", "arches"), ("2026-07-01", "newer")])
    def test_the_day_before_and_the_day_of_a_vote(self, day, code):
        scale = attrs.evolve(PROFILE.scales[0].scale, code="newer", in_force_from=dt.date(2026, 7, 1))
        voted = attrs.evolve(PROFILE, scales=(*PROFILE.scales, attrs.evolve(PROFILE.scales[0], scale=scale)))
        (found,) = voted.scales_for(dt.date.fromisoformat(day))
        assert found.scale.code == code

    def test_none_yet(self):
        with pytest.raises(InputError, match="expected a day from 2023-07-01 on, its first scale"):
            PROFILE.scales_for(dt.date(2023, 6, 30))


class TestYears:
    """What is taken adds up, and is what the scale charges month by month."""

    def test_the_cap_of_an_associate(self):
        for associate, fee in ((False, 6_000_00), (True, 5_000_00)):
            (year,) = fee_years(PROFILE, activity_months(JANUARY, spread(80_000_00, 12), associate=associate))
            assert year.fee_cents == fee

    def test_other_charges_are_those_of_the_contract(self):
        months = activity_months(JANUARY, [0, 0, 0])
        (cape,) = fee_years(PROFILE, months, contract=FeeContract.CAPE)
        assert (cape.other_cents, cape.left_cents) == (3 * 4_00, -3 * 40_00 - 12_00)
        (cesa,) = fee_years(PROFILE, months)
        assert (cesa.other, cesa.left_cents) == ((), -3 * 40_00)

    def test_a_yearly_charge_is_due_for_each_calendar_year_begun(self):
        yearly = attrs.evolve(PROFILE.charges[0], period=FeePeriod.YEAR, contract=None)
        profile = attrs.evolve(PROFILE, charges=[yearly])
        (year,) = fee_years(profile, activity_months(Month(2025, 12), [0, 0]))
        assert year.other_cents == 2 * 4_00

    def test_no_month(self):
        with pytest.raises(InputError, match="expected one month or more, got none"):
            fee_years(PROFILE, [])

    AMOUNTS = st.lists(st.integers(-200_000, 1_500_000), min_size=1, max_size=26)

    @given(
        AMOUNTS,
        st.sampled_from(FeeMode),
        st.sampled_from(FeePeriod),
        st.booleans(),
        st.integers(0, 90_000_00),
    )
    def test_the_lines_make_the_fee_and_the_rest(self, amounts, mode, period, associate, before):
        used = attrs.evolve(
            PROFILE.scales[0].scale,
            mode=mode,
            period=period,
            brackets=PROFILE.scales[0].scale.brackets[: 1 if mode is FeeMode.FLAT else 2],
        )
        profile = attrs.evolve(PROFILE, scales=[attrs.evolve(PROFILE.scales[0], scale=used)])
        internal = [abs(amount) // 7 for amount in amounts]
        months = activity_months(JANUARY, amounts, internal_sales_cents=internal, associate=associate)
        (year,) = fee_years(profile, months, since_entry_cents=before)
        assert sum(share.amount_cents for share in year.shares) == year.fee_cents
        assert year.fee_cents + year.other_cents + year.left_cents == year.gross_margin_cents
        if mode is not FeeMode.SINCE_ENTRY:
            assert year.charges == fee_for(months, used)


class TestExamples:
    """An example is charged by the scale of its own page; both figures are kept where they differ."""

    def test_one_that_agrees(self):
        (example,) = PROFILE.examples
        check = check_example(PROFILE, example)
        assert check.agrees
        assert check.year.fee_cents == 4_500_00  # 11.5 % of 30,000 and 10.5 % of 10,000
        assert inconsistencies(PROFILE) == ()

    @pytest.mark.parametrize(
        ("field", "printed", "computed", "rate"),
        [
            ("fee_cents", 4_400_00, 4_500_00, Rate.percent("11")),
            ("fee_cents", 4_499_99, 4_500_00, None),
            ("left_cents", 36_000_00, 35_500_00, Rate.percent("10")),
            ("left_cents", 41_000_00, 35_500_00, None),
            ("other_cents", 1, 0, None),
        ],
    )
    def test_one_that_does_not(self, field, printed, computed, rate):
        (example,) = PROFILE.examples
        wrong = attrs.evolve(example, **{field: printed})
        (found,) = check_example(PROFILE, wrong).disagreements
        assert (found.printed_cents, found.computed_cents, found.implied_rate) == (printed, computed, rate)
        assert f"{found.what}_cents" == field

    def test_a_month_that_does_not(self):
        (example,) = PROFILE.examples
        charges = check_example(PROFILE, example).year.charges
        fees = [charge.amount_cents for charge in charges]
        assert check_example(PROFILE, attrs.evolve(example, fees_by_month=tuple(fees))).agrees
        fees[3] += 1
        (found,) = check_example(PROFILE, attrs.evolve(example, fees_by_month=tuple(fees))).disagreements
        assert found.what == "2024-04"
        assert "la contribution de 2024-04" in found.remark.french

    def test_whole_euros(self):
        """35,500.40 printed as 35,500; 35,500.50 as 35,501."""
        (example,) = PROFILE.examples
        rounded = attrs.evolve(example, left_cents=35_500_00, to_the_euro=True)
        assert check_example(PROFILE, rounded).agrees
        assert not check_example(PROFILE, attrs.evolve(rounded, left_cents=35_501_00)).agrees

    def test_a_reading_that_does_not_exist(self):
        (example,) = PROFILE.examples
        with pytest.raises(InputError, match="expected one of '' as reading, got 'other'"):
            check_example(PROFILE, attrs.evolve(example, reading="other"))
