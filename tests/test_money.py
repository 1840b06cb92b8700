"""Integer cents, exact rates, one rounding, on a Python int and on an int64 array."""

import itertools
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae_core.errors import AmountError, AmountTypeError, CaeCoreError
from cae_core.money import (
    CENTS_MAX,
    MILLION,
    Rate,
    apply_rate,
    choose,
    divide_half_up,
    format_decimal,
    format_euros,
    greatest,
    half_for,
    least,
    lookup,
    split,
    sum_of_rates,
    times_power_seven_quarters,
    to_cents,
)

NO_BREAK, NARROW = "\u00a0", "\u202f"
INT64_MAX = 2**63 - 1

cents = st.integers(-CENTS_MAX, CENTS_MAX)
rates = st.integers(0, MILLION)
#: Products that fall on a tie are rare among random ones: these bases and rates give many.
tie_cents = st.integers(-2_000_000, 2_000_000).map(lambda number: number * 100)
tie_rates = st.integers(0, 200).map(lambda number: number * 5_000)


def half_up(exact: Fraction) -> int:
    """Round half away from zero, written without the code under test."""
    whole, rest = divmod(abs(exact), 1)
    rounded = int(whole) + (rest >= Fraction(1, 2))
    return rounded if exact >= 0 else -rounded


def column(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


class TestRounding:
    """To the nearest cent, a tie away from zero, the same on both lanes."""

    @pytest.mark.parametrize(
        ("numerator", "denominator", "rounded"),
        [
            (1, 2, 1),
            (-1, 2, -1),
            (3, 2, 2),
            (-3, 2, -2),
            (1, 3, 0),
            (-1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (0, 7, 0),
            (5, 10, 1),
            (-5, 10, -1),
            (4, 10, 0),
            (-4, 10, 0),
            (7, 1, 7),
            (-7, 1, -7),
        ],
    )
    def test_by_hand(self, numerator, denominator, rounded):
        assert divide_half_up(numerator, denominator) == rounded
        assert divide_half_up(column(numerator), denominator).tolist() == [rounded]
        assert divide_half_up(column(numerator), column(denominator)).tolist() == [rounded]

    @given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
    def test_division_is_that_of_fractions(self, numerator, denominator):
        rounded = divide_half_up(numerator, denominator)
        assert rounded == half_up(Fraction(numerator, denominator))
        assert divide_half_up(column(numerator), denominator).tolist() == [rounded]

    @given(st.one_of(cents, tie_cents), st.one_of(rates, tie_rates))
    def test_a_rate_is_that_of_fractions(self, base, ppm):
        amount = apply_rate(base, ppm)
        assert amount == half_up(Fraction(base * ppm, MILLION)) == divide_half_up(base * ppm, MILLION)
        assert apply_rate(column(base), ppm).tolist() == [amount]
        assert apply_rate(column(base), column(ppm)).tolist() == [amount]
        assert apply_rate(base, ppm, half_for(base)) == amount

    @given(st.one_of(cents, tie_cents), st.one_of(rates, tie_rates))
    def test_what_was_charged_is_taken_back_to_the_cent(self, base, ppm):
        assert apply_rate(-base, ppm) == -apply_rate(base, ppm)

    @given(st.lists(st.one_of(cents, tie_cents), min_size=1), tie_rates)
    def test_a_column_of_both_signs_rounds_each_row_by_its_own_sign(self, bases, ppm):
        amounts = apply_rate(column(*bases), ppm)
        assert amounts.dtype == np.int64
        assert amounts.tolist() == [apply_rate(base, ppm) for base in bases]

    def test_both_signs_on_a_tie(self):
        """Half a cent each way: +1 and −1, never 0 or −0."""
        assert apply_rate(column(1, -1, 3, -3), 500_000).tolist() == [1, -1, 2, -2]

    @given(st.one_of(cents, tie_cents), st.lists(st.one_of(rates, tie_rates), min_size=1, max_size=8))
    def test_a_sum_of_rates_rounds_each_rate(self, base, ppms):
        """Not the rate of the sum: each line of a payslip is rounded by itself."""
        wanted = sum(half_up(Fraction(base * ppm, MILLION)) for ppm in ppms)
        assert sum_of_rates(base, tuple(ppms), half_for(base)) == wanted
        row = column(base)
        assert sum_of_rates(row, tuple(ppms), half_for(row)).tolist() == [wanted]
        assert row.tolist() == [base], "the base of the caller must not change"

    def test_a_sum_of_rates_is_not_the_rate_of_the_sum(self):
        assert sum_of_rates(50, (10_000, 10_000), half_for(50)) == 2
        assert apply_rate(50, 20_000) == 1


class TestLanes:
    """The few operations a formula is written with give the same on an int and on a row of a column."""

    @given(cents, cents)
    def test_least_and_greatest(self, a, b):
        assert (least(a, b), greatest(a, b)) == (min(a, b), max(a, b))
        for left, right in ((column(a), b), (a, column(b)), (column(a), column(b))):
            assert least(left, right).tolist() == [min(a, b)]
            assert greatest(left, right).tolist() == [max(a, b)]

    def test_choose(self):
        assert (choose(True, 1, 2), choose(False, 1, 2)) == (1, 2)
        assert choose(column(1, 0) > 0, column(1, 1), 2).tolist() == [1, 2]

    @given(
        st.lists(st.integers(1, 10_000), max_size=6, unique=True).map(lambda rest: [0, *sorted(rest)]),
        st.integers(-5, 10_005),
    )
    def test_lookup_takes_the_last_bracket_begun(self, starts, amount):
        values = [100 + rank for rank in range(len(starts))]
        begun = [value for start, value in zip(starts, values, strict=True) if start <= amount]
        wanted = begun[-1] if begun else values[0]
        assert lookup(starts, values, amount) == wanted
        assert lookup(tuple(starts), tuple(values), column(amount)).tolist() == [wanted]

    def test_a_bracket_holds_its_own_start(self):
        """The neutral rate of 1,591 € is that of the bracket « from 1,591 € »."""
        starts, values = (0, 159_100, 165_300), (0, 5_000, 13_000)
        assert [lookup(starts, values, amount) for amount in (159_099, 159_100, 165_299, 165_300)] == [
            0, 5_000, 5_000, 13_000,
        ]  # fmt: skip

    @pytest.mark.parametrize("operation", [least, greatest])
    @pytest.mark.parametrize("wrong", [1.5, True, "1", None, Decimal(1)])
    def test_another_type_is_refused(self, operation, wrong):
        with pytest.raises(
            AmountTypeError, match=f"integer cents or an int64 array, got {type(wrong).__name__}"
        ):
            operation(wrong, 1)


class TestDomain:
    """No product of an amount and a rate leaves int64, where arithmetic wraps without a word."""

    @pytest.mark.parametrize("sign", [1, -1])
    def test_the_largest_year_at_the_largest_rate(self, sign):
        year = sign * 12 * CENTS_MAX
        assert apply_rate(column(year), MILLION).tolist() == [year]
        assert 2 * abs(year) * MILLION + MILLION < INT64_MAX

    @pytest.mark.parametrize("sign", [1, -1])
    @pytest.mark.parametrize("denominator", [1, 3, 60 * 1200 * 12 * CENTS_MAX])
    def test_the_largest_numerator_of_a_reduction(self, sign, denominator):
        """A year of the largest pay in 1/1200 cent, times ten, times a coefficient of one; rounding doubles it."""
        largest = sign * 12 * CENTS_MAX * 1200 * 10 * 10_000
        wanted = half_up(Fraction(largest, denominator))
        assert divide_half_up(column(largest), denominator).tolist() == [wanted]

    @given(st.integers(0, CENTS_MAX))
    def test_any_amount_at_the_largest_rate_but_one(self, base):
        assert apply_rate(column(base, -base), MILLION - 1).tolist() == [
            apply_rate(base, MILLION - 1),
            -apply_rate(base, MILLION - 1),
        ]


def is_nearest(result: int, scale: int, numerator: int, denominator: int) -> bool:
    """Whether an integer is nearest to ``scale × (numerator / denominator) ** 1.75``, by whole numbers alone.

    n − ½ ≤ s·x^(7/4) < n + ½ is, all to the fourth power, (2n−1)⁴·d⁷ ≤ (2s)⁴·a⁷ < (2n+1)⁴·d⁷.
    """
    middle, seventh = (2 * scale) ** 4 * numerator**7, denominator**7
    below = result == 0 or (2 * result - 1) ** 4 * seventh <= middle
    return below and middle < (2 * result + 1) ** 4 * seventh


class TestPowerSevenQuarters:
    """``scale × x^1.75`` to the nearest integer: the only place where a double exists."""

    def test_the_oracle_itself(self):
        assert is_nearest(3781, 3781, 1, 1)
        assert not is_nearest(3780, 3781, 1, 1)
        assert not is_nearest(3782, 3781, 1, 1)
        assert is_nearest(0, 3781, 0, 5)

    @pytest.mark.parametrize(("scale", "step"), [(3781, 1), (3821, 3)])
    def test_every_cent_of_the_reduction_of_2026(self, scale, step):
        """From one to three minimum wages of 12.02 €: ½ × (546,910 − pay) / pay, in cents."""
        exit_cents = 3 * 1202 * 1820 // 12
        pays = np.arange(exit_cents // 3, exit_cents + 1, step, dtype=np.int64)
        found = times_power_seven_quarters(scale, exit_cents - pays, 2 * pays)
        assert found.dtype == np.int64
        wrong = [
            pay
            for pay, result in zip(pays.tolist(), found.tolist(), strict=True)
            if not is_nearest(result, scale, exit_cents - pay, 2 * pay)
        ]
        assert wrong == []
        some = range(0, len(pays), 97)
        for rank in some:
            pay = int(pays[rank])
            assert times_power_seven_quarters(scale, exit_cents - pay, 2 * pay) == found[rank]

    @given(st.integers(1, 9_999), st.integers(0, 10**13), st.integers(1, 10**13))
    def test_any_ratio_up_to_one(self, scale, a, b):
        numerator, denominator = min(a, b), max(a, b)
        result = times_power_seven_quarters(scale, numerator, denominator)
        assert type(result) is int
        assert is_nearest(result, scale, numerator, denominator)
        assert times_power_seven_quarters(scale, column(numerator), column(denominator)).tolist() == [result]


class TestSplit:
    """An amount is shared in proportion without losing or making a cent."""

    weights = st.lists(st.integers(0, 1_000), min_size=1, max_size=8).filter(any)

    @given(cents, weights)
    def test_no_cent_is_lost_or_made(self, total, weights):
        assert sum(split(total, weights)) == total

    @given(cents, weights)
    def test_each_part_is_within_a_cent_of_its_share(self, total, weights):
        for part, weight in zip(split(total, weights), weights, strict=True):
            assert abs(part - Fraction(total * weight, sum(weights))) < 1

    @given(cents, weights)
    def test_the_parts_of_minus_x_are_minus_the_parts_of_x(self, total, weights):
        assert split(-total, weights) == tuple(-part for part in split(total, weights))

    @given(cents, weights)
    def test_a_larger_weight_never_gets_less(self, total, weights):
        by_weight = sorted(zip(weights, split(abs(total), weights), strict=True))
        for (low, less), (high, more) in itertools.pairwise(by_weight):
            assert low == high or less <= more

    @pytest.mark.parametrize(
        ("total", "weights", "parts"),
        [
            (100, [1, 1, 1], (34, 33, 33)),
            (101, [1, 1, 1], (34, 34, 33)),
            (-100, [1, 1, 1], (-34, -33, -33)),
            (100, [60, 40], (60, 40)),
            (1, [1, 2], (0, 1)),
            (10, [0, 1], (0, 10)),
            (0, [3, 4], (0, 0)),
        ],
    )
    def test_by_hand(self, total, weights, parts):
        """The cents left go to the largest remainders; among equals, to the first."""
        assert split(total, weights) == parts

    @pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [2, -1]])
    def test_weights_that_share_nothing(self, weights):
        with pytest.raises(AmountError, match="weights must be non-negative with a positive sum"):
            split(100, weights)


class TestToCents:
    """The public door for money: whole, decimal or text; never a float."""

    @pytest.mark.parametrize(
        ("euros", "wanted"),
        [
            (0, 0),
            (12, 1200),
            (-3, -300),
            ("12", 1200),
            ("12.3", 1230),
            ("12,34", 1234),
            ("-0.01", -1),
            ("+5", 500),
            (" 7 ", 700),
            ("1 234,56", 123456),
            (f"1{NO_BREAK}234,56", 123456),
            (f"1{NARROW}234,56", 123456),
            (f"1{NARROW}234{NO_BREAK}567,8", 123456780),
            ("12.3400", 1234),
            (Decimal("12.34"), 1234),
            (Decimal("1E+3"), 100_000),
            (Decimal("-0"), 0),
            ("10000000", CENTS_MAX),
            ("-10000000.00", -CENTS_MAX),
        ],
    )
    def test_what_is_read(self, euros, wanted):
        found = to_cents(euros)
        assert found == wanted
        assert type(found) is int

    @given(cents)
    def test_what_is_written_is_read_back(self, amount):
        """Whatever space separates thousands, and with a point or a comma."""
        text = format_decimal(amount, 2)
        assert (
            to_cents(text)
            == to_cents(text.replace(NARROW, " "))
            == to_cents(text.replace(NARROW, ""))
            == amount
        )
        assert to_cents(Decimal(amount).scaleb(-2)) == amount

    @pytest.mark.parametrize("euros", [1234.56, 0.1, 2.0, float("nan"), float("inf")])
    def test_a_float_is_refused_and_told_what_to_write(self, euros):
        with pytest.raises(AmountTypeError) as caught:
            to_cents(euros, "gross_pay")
        message = str(caught.value)
        assert "gross_pay must be an int, a Decimal or a str, not float" in message
        assert f'write "{euros}" or Decimal("{euros}")' in message
        assert caught.value.value is euros
        assert isinstance(caught.value, TypeError)
        assert isinstance(caught.value, CaeCoreError)

    @pytest.mark.parametrize("wrong", [True, False, None, [1], b"1", np.float64(1.5), np.int64(3)])
    def test_another_type_is_refused(self, wrong):
        with pytest.raises(AmountTypeError, match=f"not {type(wrong).__name__}"):
            to_cents(wrong)

    @pytest.mark.parametrize(
        "euros", ["0.001", "1,234", "12.345", Decimal("0.005"), "900.005", "1.000000000000000000000000000001"]
    )
    def test_a_third_decimal_is_refused_not_rounded(self, euros):
        with pytest.raises(AmountError, match="amount must have at most two decimals"):
            to_cents(euros)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "abc",
            "1,234.56",
            "1.234,56",
            "12 34",
            "1 2345",
            "1  234",
            "1e3",
            "--1",
            "1.",
            ".5",
            "12 €",
            "NaN",
            "Infinity",
            "1_000",
            "0x10",
            "1 234 5",
        ],
    )
    def test_a_text_that_is_not_a_plain_number(self, text):
        with pytest.raises(AmountError, match="must be a plain number such as 1234.56 or 1 234,56") as caught:
            to_cents(text)
        assert caught.value.value == text
        assert isinstance(caught.value, ValueError)

    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
    def test_a_decimal_that_is_not_a_number(self, number):
        with pytest.raises(AmountError, match="must be a finite number"):
            to_cents(Decimal(number))

    @pytest.mark.parametrize(
        "euros", ["10000000.01", "-10000000.01", 10_000_001, Decimal("1E+30"), Decimal("1E+999999")]
    )
    def test_beyond_the_domain(self, euros):
        with pytest.raises(AmountError, match="must be at most"):
            to_cents(euros)

    @pytest.mark.parametrize("precision", [1, 3, 6, 28])
    def test_the_decimal_context_of_the_caller_changes_nothing(self, precision):
        with localcontext() as context:
            context.prec = precision
            assert to_cents("1234567.89") == 123456789
            assert to_cents(Decimal("1234.56")) == 123456
            assert Rate.percent("8.55").ppm == 85_500
            with pytest.raises(AmountError):
                to_cents("1234567.891")


class TestFormatting:
    """Figures for people: French by default, English on demand."""

    @pytest.mark.parametrize(
        ("amount", "french", "english"),
        [
            (123456, f"1{NARROW}234,56{NO_BREAK}€", "€1,234.56"),
            (-123456, f"-1{NARROW}234,56{NO_BREAK}€", "-€1,234.56"),
            (5, f"0,05{NO_BREAK}€", "€0.05"),
            (-5, f"-0,05{NO_BREAK}€", "-€0.05"),
            (0, f"0,00{NO_BREAK}€", "€0.00"),
            (CENTS_MAX, f"10{NARROW}000{NARROW}000,00{NO_BREAK}€", "€10,000,000.00"),
        ],
    )
    def test_euros(self, amount, french, english):
        assert format_euros(amount) == format_euros(amount, "fr") == french
        assert format_euros(amount, "en") == english

    @pytest.mark.parametrize(
        ("number", "decimals", "french", "english"),
        [
            (15167, 2, "151,67", "151.67"),
            (3781, 4, "0,3781", "0.3781"),
            (1234567, 0, f"1{NARROW}234{NARROW}567", "1,234,567"),
            (-7, 4, "-0,0007", "-0.0007"),
        ],
    )  # fmt: skip
    def test_decimals(self, number, decimals, french, english):
        assert format_decimal(number, decimals) == french
        assert format_decimal(number, decimals, "en") == english


class TestRate:
    """An exact proportion in millionths: four decimals of a percent."""

    @pytest.mark.parametrize(
        ("text", "ppm"),
        [
            ("8.55", 85_500),
            ("8,55 %", 85_500),
            (f"8,55{NO_BREAK}%", 85_500),
            (f" 8,55{NARROW}% ", 85_500),
            ("0.016%", 160),
            ("0.0001", 1),
            (Decimal("6.90"), 69_000),
            (0, 0),
            (100, MILLION),
        ],
    )
    def test_percent(self, text, ppm):
        assert Rate.percent(text) == Rate(ppm)

    def test_fraction(self):
        assert Rate.fraction("0.0855") == Rate.percent("8.55") == Rate.fraction(Decimal("0.0855"))
        assert Rate.fraction("0.000001").ppm == 1

    @pytest.mark.parametrize("text", ["8.55001", "0.00001", Decimal("33.33333")])
    def test_a_fifth_decimal_of_a_percent_is_refused(self, text):
        with pytest.raises(AmountError, match="vat must have at most four decimals of a percent"):
            Rate.percent(text, "vat")

    @pytest.mark.parametrize("text", ["-1", "100.0001", 101, "-0.0001"])
    def test_out_of_bounds(self, text):
        with pytest.raises(AmountError, match="rate must be between 0 and 100 %"):
            Rate.percent(text)

    def test_a_fraction_over_one(self):
        with pytest.raises(AmountError, match="between 0 and 100 %"):
            Rate.fraction("1.000001")
        with pytest.raises(AmountError, match="at most four decimals"):
            Rate.fraction("0.0000001")

    @pytest.mark.parametrize("wrong", [8.55, True, None])
    def test_a_float_is_refused(self, wrong):
        with pytest.raises(AmountTypeError, match="rate must be an int, a Decimal or a str"):
            Rate.percent(wrong)
        with pytest.raises(TypeError):
            Rate(8.55)

    @pytest.mark.parametrize("text", ["8.55 %%", "%", "", "eight", "8.55 ‰"])
    def test_another_notation_is_refused(self, text):
        with pytest.raises(AmountError, match="plain number"):
            Rate.percent(text)

    def test_of_an_amount(self):
        """11.5 % of 2,005.50 € is 230.6325: 230.63; a tie goes away from zero."""
        assert Rate.percent("11.5").of(200_550) == 23_063
        assert Rate.percent("0.5").of(100) == 1
        assert Rate.percent("0.5").of(-100) == -1
        assert Rate.percent("50").of(column(1, -1)).tolist() == [1, -1]

    def test_for_people(self):
        """At least two decimals, more only where the rate has them."""
        assert Rate.percent("6.9").format() == f"6,90{NO_BREAK}%"
        assert Rate.percent("0.016").format() == f"0,016{NO_BREAK}%"
        assert str(Rate.percent("6.9")) == Rate(69_000).format("en") == "6.90%"
        assert Rate.percent("3").format("en", digits=0) == "3%"
        assert Rate.percent("0.0001").format("en") == "0.0001%"

    def test_rates_are_ordered_and_equal_by_value(self):
        assert Rate.percent("1") < Rate.percent("1.1")
        assert len({Rate.percent("1"), Rate.fraction("0.01")}) == 1
